//! Simple actions, each if the data allows it, with its saving and computation.

use crate::factors;
use crate::money::Theme;
use crate::posts::{Facts, fuel_a_km, grams};
use mesinfos_sdk::numbers::scaled;
use mesinfos_sdk::view::{self, Advice, Confidence, Effort, Icon, Unit};
use mesinfos_sdk::{Context, Currency, Energy, Money};

/// Minimum base load for advice, in watts.
const NOTABLE: i64 = 60;

/// Grams as whole kilograms, rounded.
fn kilograms(grams: i64) -> f64 {
    f64::from(i32::try_from(scaled(grams, 1, 1_000)).unwrap_or(i32::MAX))
}

fn saves(advice: Advice, cents: i64, grams: i64, confidence: Confidence) -> Advice {
    advice.saves(Some(Money::new(cents, Currency::EUR)), Some(kilograms(grams)), confidence)
}

/// Cost of energy in cents, at a price in ten-thousandths of a euro per kWh.
fn cents(energy: Energy, price: i64) -> i64 {
    scaled(energy.0, price, 100_000_000)
}

/// One degree less, on the use of gas or else electricity above the summer level.
fn heating(ctx: &Context, facts: &Facts) -> Option<Advice> {
    // Without heating, use above summer is lighting and cooking: at most a fifth of the year.
    let of = |meter: Option<crate::home::Meter>| {
        let meter = meter?;
        Some((meter.heating.filter(|heating| heating.0 > meter.energy.0 / 5)?, meter.of))
    };
    let gas = of(facts.gas).map(|known| (known, factors::GAS_PRICE, factors::GAS));
    let electricity =
        || of(facts.electricity).map(|known| (known, factors::ELECTRICITY_PRICE, factors::ELECTRICITY));
    // The app for electricity gives this advice too, if electricity heats.
    let is_gas = gas.is_some();
    let ((heating, days), price, factor) = gas.or_else(electricity)?;
    let less = Energy(scaled(heating.0, 7, 100));
    let how = ctx.t(
        "7 % (ADEME, pour un degré de moins) de ce que vous avez consommé ces jours-là au-dessus de votre niveau d’été ; le prix et les émissions du kWh sont indiqués plus bas.",
        "7% (ADEME, for one degree less) of what you used on these days above your summer level; the price and emissions of a kWh are given below.",
    );
    let also = match is_gas {
        true => "",
        false => ctx.t(
            " « Conso » peut donner le même conseil : ne comptez cette économie qu’une fois.",
            " “Electricity” may give the same advice: count this saving once.",
        ),
    };
    let mut advice = view::advice(
        Icon::Home,
        ctx.t("Chauffez un degré de moins", "Turn the heating down by one degree"),
        "",
        Effort::Minutes,
        &[how, also].concat(),
    );
    let words = ctx.t(
        "D’après vos relevés {days}, {} s’ajoutent hors de l’été à votre niveau d’été : sans doute du chauffage.",
        "Going by your readings {days}, outside summer you use {} above your summer level: most likely heating.",
    );
    let words = words.replace("{days}", &days.words(ctx));
    advice.body = view::rich(&words, vec![heating.into()]);
    Some(saves(advice, cents(less, price), grams(less, factor), Confidence::Medium))
}

fn always_on(ctx: &Context, facts: &Facts) -> Option<Advice> {
    let meter = facts.electricity?;
    let watts = meter.base_load.filter(|watts| *watts >= NOTABLE)?;
    let third = Energy(scaled(watts, 8_760 * 1_000, 3));
    let mut advice = view::advice(
        Icon::Energy,
        ctx.t("Éteignez un tiers de ce qui reste toujours allumé", "Switch off a third of what is always on"),
        "",
        Effort::Minutes,
        ctx.t(
            "Neuf relevés sur dix atteignent cette puissance. Un tiers de celle-ci, 8 760 heures par an ; le prix et les émissions du kWh sont indiqués plus bas. « Conso » peut donner le même conseil : ne comptez cette économie qu’une fois.",
            "Nine readings out of ten reach this power. A third of it, 8,760 hours a year; the price and emissions of a kWh are given below. “Electricity” may give the same advice: count this saving once.",
        ),
    );
    let words = ctx.t(
        "D’après vos relevés {days}, vos appareils demandent {} jour et nuit : box, veilles, vieux congélateur.",
        "Going by your readings {days}, your appliances draw {} day and night: router, standby, an old freezer.",
    );
    let words = words.replace("{days}", &ctx.lang.days(meter.of.span.first, meter.of.span.last));
    advice.body = view::rich(&words, vec![view::quantity(watts, Unit::Watt)]);
    let (price, factor) = (factors::ELECTRICITY_PRICE, factors::ELECTRICITY);
    Some(saves(advice, cents(third, price), grams(third, factor), Confidence::Low))
}

/// Short car trips by bicycle; bank data gives the cost per kilometre, if possible.
fn short_trips(ctx: &Context, facts: &Facts) -> Option<Advice> {
    let moves = facts.moves.as_ref().filter(|moves| moves.of.is_yearly())?;
    let short = moves.short();
    (short >= 100_000).then_some(())?;
    let crossed = fuel_a_km(facts);
    let price = crossed.unwrap_or(factors::FUEL_A_KM);
    let car = factors::decigrams(mesinfos_sdk::mobility::Mode::Car).unwrap_or(0);
    let bike = factors::decigrams(mesinfos_sdk::mobility::Mode::Bike).unwrap_or(0);
    let how = match crossed {
        Some(_) => ctx.t(
            "La moitié de ces trajets, au prix de votre carburant par kilomètre (d’après votre banque et vos trajets) ; les émissions d’un kilomètre sont celles de l’ADEME (Impact CO₂).",
            "Half of these trips, at what fuel costs you per kilometre (from your bank and your trips); emissions per kilometre are ADEME’s (Impact CO₂).",
        ),
        None => ctx.t(
            "La moitié de ces trajets, à 12 centimes de carburant par kilomètre ; les émissions d’un kilomètre sont celles de l’ADEME (Impact CO₂).",
            "Half of these trips, at 12 cents of fuel per kilometre; emissions per kilometre are ADEME’s (Impact CO₂).",
        ),
    };
    let title = ctx.t("Faites un petit trajet sur deux à vélo", "Cycle one short trip in two");
    let mut advice = view::advice(Icon::Bike, title, "", Effort::Minutes, how);
    let words = ctx.t(
        "D’après vos trajets {days}, vous faites {} en voiture par trajets de 5 km au plus : chacun prend vingt minutes au plus à vélo.",
        "Going by your trips {days}, you drive {} in trips of 5 km or less: each takes twenty minutes at most by bicycle.",
    );
    let kilometres = view::quantity(scaled(short, 1, 1_000), Unit::Km);
    let words = words.replace("{days}", &moves.of.words(ctx));
    advice.body = view::rich(&words, vec![kilometres]);
    // Half of them, because of rain and luggage.
    let saved = scaled(short, car - bike, 2 * 10_000);
    Some(saves(advice, scaled(short, price, 2 * 1_000), saved, Confidence::Medium))
}

/// Gentler driving, from bank data alone.
fn gentle_driving(ctx: &Context, facts: &Facts) -> Option<Advice> {
    let spending = facts.spending.as_ref().filter(|spending| spending.of.is_yearly())?;
    let fuel = spending.get(Theme::Fuel).filter(|cents| *cents >= 20_000)?;
    let mut advice = view::advice(
        Icon::Car,
        ctx.t("Roulez plus souplement", "Drive more smoothly"),
        "",
        Effort::Days,
        ctx.t(
            "10 % de ce que vous avez payé ; pour les émissions, ce montant est converti en litres, à 1,75 € le litre.",
            "10% of what you paid; for emissions, that amount is converted to litres, at €1.75 a litre.",
        ),
    );
    let words = ctx.t(
        "D’après votre banque, {days} : {} de carburant. Des pneus bien gonflés, 110 km/h au lieu de 130 et des accélérations douces en économisent environ 10 %.",
        "Going by your bank, {days}: {} for fuel. Well-inflated tyres, 110 km/h instead of 130 and gentle acceleration save about 10%.",
    );
    let fuel_paid = Money::new(fuel, Currency::EUR);
    let words = words.replace("{days}", &spending.of.words(ctx));
    advice.body = view::rich(&words, vec![fuel_paid.into()]);
    let grams = scaled(fuel, factors::FUEL, factors::LITRE * 10);
    Some(saves(advice, scaled(fuel, 1, 10), grams, Confidence::Low))
}

/// All applicable advice, largest carbon saving first.
pub(crate) fn all(ctx: &Context, facts: &Facts) -> Vec<Advice> {
    let found =
        [heating(ctx, facts), always_on(ctx, facts), short_trips(ctx, facts), gentle_driving(ctx, facts)];
    let mut advice: Vec<Advice> = found.into_iter().flatten().collect();
    let carbon = |advice: &Advice| advice.saving.kg_co2e_per_year.unwrap_or(0.0);
    advice.sort_by(|a, b| carbon(b).total_cmp(&carbon(a)));
    advice
}
