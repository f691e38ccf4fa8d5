//! Advice: an action, its yearly saving, and the computation.

use crate::curve::Curve;
use crate::tariffs::{BASE, OFF_PEAK, Plan, Year};
use mesinfos_sdk::energy;
use mesinfos_sdk::numbers::scaled;
use mesinfos_sdk::view::{self, Advice, Confidence, Effort, Icon, Unit};
use mesinfos_sdk::{Context, Currency, Energy, Money, Value};

/// Grams of CO2 equivalent per kWh of electricity used in mainland France: ADEME, Base Empreinte, mean mix
/// of 2022. The value was checked in a quotation of version 23.6, July 2025
/// (github.com/promeosenergies-svg/promeos-poc, `backend/config/emission_factors.py`); the year was not.
const GRAMS: i64 = 52;

/// Minimum base load for advice, in watts: a refrigerator and an internet box use this much.
const NOTABLE: i64 = 60;

/// Minimum saving for a change of contract, in cents.
const WORTH_IT: i64 = 500;

/// Cost of energy in cents, at a price in ten-thousandths of a euro per kWh.
fn cents(energy: Energy, price: i64) -> i64 {
    // 10^8 of (mWh x 1/10000 EUR per kWh) make a cent.
    scaled(energy.0, price, 100_000_000)
}

/// Adds the money and carbon saved by not using this energy.
fn less(advice: Advice, energy: Energy, price: i64, confidence: Confidence) -> Advice {
    let money = Money::new(cents(energy, price), Currency::EUR);
    // mWh x g per kWh: 10^9 of them make a kilogram.
    let kg = scaled(energy.0, GRAMS, 1_000_000_000);
    advice.saves(Some(money), Some(f64::from(i32::try_from(kg).unwrap_or(i32::MAX))), confidence)
}

/// The cheapest plan, compared with the person's own or else the flat one. Needs a whole year.
fn plan(ctx: &Context, curve: &Curve, costs: &[(Plan, &str, Year)]) -> Option<Advice> {
    let own = costs.iter().find(|(plan, ..)| matches!(plan, Plan::Own(..)));
    let (reference, from, now) = own.or_else(|| costs.first())?;
    let (best, to, then) = costs.iter().min_by_key(|(.., year)| year.total().minor)?;
    let saved = now.total().minor - then.total().minor;
    if best == reference || saved < WORTH_IT || !curve.is_whole() {
        return None;
    }
    let mut advice = view::advice(
        Icon::Contract,
        ctx.t("Changez d’option tarifaire", "Switch tariff option"),
        "",
        Effort::Minutes,
        &ctx.t(
            "Vos relevés {}, heure par heure, au prix de chaque option, abonnement compris ; puis la différence des deux totaux.",
            "Your readings {}, hour by hour, at the price of each option, standing charge included; then the difference between the two totals.",
        )
        .replace("{}", &curve.range(ctx.lang)),
    );
    let words = if own.is_some() {
        ctx.t(
            "Passez de « {} » à « {} » : {} au lieu de {} par an.",
            "Switch from “{}” to “{}”: {} instead of {} a year.",
        )
    } else {
        ctx.t(
            "Si vous avez l’option « {} », passez à « {} » : {} au lieu de {} par an. Indiquez votre prix dans les réglages pour comparer avec votre propre tarif.",
            "If you are on “{}”, switch to “{}”: {} instead of {} a year. Enter your price in the settings to compare with your own tariff.",
        )
    };
    advice.body =
        view::rich(words, vec![(*from).into(), (*to).into(), then.total().into(), now.total().into()]);
    // Prices change, and the calendar of Tempo is not known.
    Some(advice.saves(Some(Money::new(saved, Currency::EUR)), None, Confidence::Medium))
}

/// Advice on devices that are always on.
fn always_on(ctx: &Context, curve: &Curve, price: i64) -> Option<Advice> {
    let watts = curve.base_load().filter(|watts| *watts >= NOTABLE && curve.has_mild_days())?;
    let third = Energy(scaled(watts, 8_760 * 1_000, 3));
    let mut advice = view::advice(
        Icon::Home,
        ctx.t("Éteignez un tiers de ce qui reste toujours allumé", "Switch off a third of what is always on"),
        "",
        Effort::Minutes,
        ctx.t(
            "Neuf relevés sur dix atteignent cette puissance. Un tiers de celle-ci, 8 760 heures par an, au prix du kWh.",
            "Nine readings out of ten reach this power. A third of it, 8,760 hours a year, at the price of a kWh.",
        ),
    );
    let words = ctx.t(
        "D’après vos relevés {days}, vos appareils demandent {} jour et nuit : box, veilles, vieux congélateur. Une multiprise à interrupteur en coupe une part.",
        "Going by your readings {days}, your appliances draw {} day and night: router, standby, an old freezer. A power strip with a switch cuts part of it.",
    );
    let words = words.replace("{days}", &curve.range(ctx.lang));
    advice.body = view::rich(&words, vec![view::quantity(watts, Unit::Watt)]);
    Some(less(advice, third, price, Confidence::Low))
}

/// One degree less of heating, if winter use exceeds summer use.
fn heating(ctx: &Context, curve: &Curve, price: i64) -> Option<Advice> {
    let heating = energy::above_summer(&curve.readings).filter(|_| curve.is_whole())?;
    // Less than a fifth above summer use is lighting and cooking.
    (heating.0 > curve.energy().0 / 5).then_some(())?;
    let mut advice = view::advice(
        Icon::Energy,
        ctx.t("Chauffez un degré de moins", "Turn the heating down by one degree"),
        "",
        Effort::Minutes,
        ctx.t(
            "7 % (ADEME, pour un degré de moins) de ce que vous avez consommé ces jours-là au-dessus de votre niveau d’été, au prix du kWh.",
            "7% (ADEME, for one degree less) of what you used on these days above your summer level, at the price of a kWh.",
        ),
    );
    let words = ctx.t(
        "D’après vos relevés {days}, {} s’ajoutent hors de l’été à votre niveau d’été : sans doute du chauffage.",
        "Going by your readings {days}, outside summer you use {} above your summer level: most likely heating.",
    );
    let words = words.replace("{days}", &curve.range(ctx.lang));
    advice.body = view::rich(&words, vec![heating.into()]);
    Some(less(advice, Energy(scaled(heating.0, 7, 100)), price, Confidence::Medium))
}

/// Loads of a machine in a week that can be moved.
const LOADS: i64 = 3;

/// Some machine loads a week moved to the night.
fn shift(ctx: &Context, curve: &Curve) -> Option<Advice> {
    let from = curve.peak()?;
    (7..=20).contains(&from).then_some(())?;
    let [day, night] = OFF_PEAK.1;
    let saved = cents(Energy(LOADS * 52 * 1_000_000), day - night);
    let mut advice = view::advice(
        Icon::Clock,
        ctx.t(
            "Décalez trois lessives ou vaisselles par semaine",
            "Shift three laundry or dishwasher loads a week",
        ),
        "",
        Effort::Minutes,
        ctx.t(
            "1 kWh trois fois par semaine, 52 semaines, multiplié par la différence de prix entre heures pleines et heures creuses du tarif réglementé.",
            "1 kWh three times a week, 52 weeks, multiplied by the difference in price between peak and off-peak hours of the regulated tariff.",
        ),
    );
    let words = ctx.t(
        "Vous consommez le plus de {} à {}. Si vous avez l’option « Heures creuses », lancez plutôt trois machines par semaine (1 kWh chacune) aux heures creuses.",
        "You use most from {} to {}. If you are on “Off-peak hours”, run three loads a week (1 kWh each) in off-peak hours instead.",
    );
    let hour = |hour: usize| Value::Text(ctx.lang.hour(u8::try_from(hour % 24).unwrap_or(0)));
    advice.body = view::rich(words, vec![hour(from), hour(from + 3)]);
    Some(advice.saves(Some(Money::new(saved, Currency::EUR)), None, Confidence::Medium))
}

/// All applicable advice, largest saving first; none with too few days. `costs` has the flat plan first.
pub(crate) fn all(ctx: &Context, curve: &Curve, costs: &[(Plan, &str, Year)]) -> Vec<Advice> {
    if !curve.tells_of_a_year() {
        return Vec::new();
    }
    let price = costs.iter().find_map(|(plan, ..)| match plan {
        Plan::Own(price, _) => Some(*price),
        _ => None,
    });
    let price = price.unwrap_or(BASE.1);
    let found = [
        plan(ctx, curve, costs),
        always_on(ctx, curve, price),
        heating(ctx, curve, price),
        shift(ctx, curve),
    ];
    let mut advice: Vec<Advice> = found.into_iter().flatten().collect();
    advice.sort_by_key(|a| -a.saving.money_per_year.as_ref().map_or(0, |money| money.amount.mantissa));
    advice
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tariffs::year;
    use crate::tests::hours;
    use mesinfos_sdk::{Date, Lang};

    /// What a degree less saves, if outside summer this many watt-hours are used for 1 000 in summer.
    fn degree(winter: i64, count: i64) -> Option<i64> {
        let of = |day: Date, _| if (6..=8).contains(&day.month()) { 1_000 } else { winter };
        let curve = Curve::of(&hours(count, of)).unwrap();
        let ctx = Context::new(Lang::Fr, Date::new(2026, 1, 1).unwrap());
        let saving = heating(&ctx, &curve, 2_000)?.saving.money_per_year?;
        Some(saving.amount.mantissa)
    }

    #[test]
    fn another_plan_is_advised_from_five_euros_on() {
        let ctx = Context::new(Lang::Fr, Date::new(2026, 1, 1).unwrap());
        let curve = Curve::of(&hours(8_760, |_, _| 1_000)).unwrap();
        // The flat plan costs 1 895.59 EUR. The own one, 1 752 EUR of energy and twelve standing charges.
        let saved = |monthly| {
            let plans = [Plan::Own(2_000, monthly), Plan::Base];
            let costs = plans.map(|plan| (plan, "x", year(plan, &curve, 0, 22).unwrap()));
            Some(plan(&ctx, &curve, &costs)?.saving.money_per_year?.amount.mantissa)
        };
        assert_eq!((saved(1_238), saved(1_239)), (None, Some(509)), "4.97 and 5.09 EUR");
        assert_eq!(saved(100), None, "the own plan is the cheapest");
    }

    #[test]
    fn heating_is_more_than_a_fifth_above_summer() {
        // 92 days are of summer: 273 x 24 hours with 1 kWh more, 7 % of it, at 0.20 EUR: 91.728 EUR.
        assert_eq!(degree(2_000, 8_760), Some(9_173));
        assert_eq!((degree(1_000, 8_760), degree(500, 8_760)), (None, None));
        // Of 1.275 kWh an hour outside summer, 0.275 are 1 801.8 kWh, and a fifth of the year is 2 112.4 kWh. Of 1.36 kWh,
        // they are 2 358.7 and 2 223.7 kWh.
        assert_eq!((degree(1_275, 8_760), degree(1_360, 8_760).is_some()), (None, true));
        assert_eq!(degree(2_000, 24 * 300), None, "not a whole year");
    }
}
