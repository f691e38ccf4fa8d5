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
        meter.heating.filter(|heating| heating.0 > meter.yearly.0 / 5)
    };
    let gas = of(facts.gas).map(|heating| (heating, factors::GAS_PRICE, factors::GAS));
    let electricity = || of(facts.electricity).map(|h| (h, factors::ELECTRICITY_PRICE, factors::ELECTRICITY));
    let (heating, price, factor) = gas.or_else(electricity)?;
    let less = Energy(scaled(heating.0, 7, 100));
    let mut advice = view::advice(
        Icon::Home,
        ctx.t("Chauffez un degré de moins", "Turn the heating down by one degree"),
        "",
        Effort::Minutes,
        ctx.t(
            "7 % (ADEME, pour un degré de moins) de ce que vous consommez en un an au-dessus de votre niveau d’été ; le prix et les émissions du kWh sont indiqués plus bas.",
            "7% (ADEME, for one degree less) of what you use in a year above your summer level; the price and emissions of a kWh are given below.",
        ),
    );
    let words = ctx.t(
        "Hors de l’été, {} par an s’ajoutent à votre niveau d’été : sans doute du chauffage.",
        "Outside summer, you use {} a year above your summer level: most likely heating.",
    );
    advice.body = view::rich(words, vec![heating.into()]);
    Some(saves(advice, cents(less, price), grams(less, factor), Confidence::Medium))
}

fn always_on(ctx: &Context, facts: &Facts) -> Option<Advice> {
    let watts = facts.electricity?.base_load.filter(|watts| *watts >= NOTABLE)?;
    let third = Energy(scaled(watts, 8_760 * 1_000, 3));
    let mut advice = view::advice(
        Icon::Energy,
        ctx.t("Éteignez un tiers de ce qui reste en veille", "Switch off a third of what is always on"),
        "",
        Effort::Minutes,
        ctx.t(
            "Neuf relevés sur dix atteignent cette puissance. Un tiers de celle-ci, 8 760 heures par an ; le prix et les émissions du kWh sont indiqués plus bas.",
            "Nine readings out of ten reach this power. A third of it, 8,760 hours a year; the price and emissions of a kWh are given below.",
        ),
    );
    let words = ctx.t(
        "Vos appareils demandent {} jour et nuit : box, veilles, vieux congélateur.",
        "Your appliances draw {} day and night: router, standby, an old freezer.",
    );
    advice.body = view::rich(words, vec![view::quantity(watts, Unit::Watt)]);
    let (price, factor) = (factors::ELECTRICITY_PRICE, factors::ELECTRICITY);
    Some(saves(advice, cents(third, price), grams(third, factor), Confidence::Low))
}

/// Short car trips by bicycle; bank data gives the cost per kilometre, if possible.
fn short_trips(ctx: &Context, facts: &Facts) -> Option<Advice> {
    let short = facts.moves.as_ref()?.short();
    (short >= 100_000).then_some(())?;
    let crossed = fuel_a_km(facts);
    let price = crossed.unwrap_or(factors::FUEL_A_KM);
    let car = factors::decigrams(mesinfos_sdk::mobility::Mode::Car).unwrap_or(0);
    let bike = factors::decigrams(mesinfos_sdk::mobility::Mode::Bike).unwrap_or(0);
    let how = match crossed {
        Some(_) => ctx.t(
            "La moitié de vos trajets en voiture de 5 km au plus, ramenés à un an, au prix de votre carburant par kilomètre (d’après votre banque et vos trajets) ; les émissions d’un kilomètre sont celles de l’ADEME (Base Empreinte).",
            "Half of your car trips of up to 5 km, scaled to a year, at what fuel costs you per kilometre (from your bank and your trips); emissions per kilometre are ADEME’s (Base Empreinte).",
        ),
        None => ctx.t(
            "La moitié de vos trajets en voiture de 5 km au plus, ramenés à un an, à 12 centimes de carburant par kilomètre ; les émissions d’un kilomètre sont celles de l’ADEME (Base Empreinte).",
            "Half of your car trips of up to 5 km, scaled to a year, at 12 cents of fuel per kilometre; emissions per kilometre are ADEME’s (Base Empreinte).",
        ),
    };
    let title = ctx.t("Faites un petit trajet sur deux à vélo", "Cycle one short trip in two");
    let mut advice = view::advice(Icon::Bike, title, "", Effort::Minutes, how);
    let words = ctx.t(
        "Vous faites {} par an en voiture par trajets de 5 km au plus : chacun prend vingt minutes au plus à vélo.",
        "You drive {} a year in trips of 5 km or less: each takes twenty minutes at most by bicycle.",
    );
    advice.body = view::rich(words, vec![view::quantity(scaled(short, 1, 1_000), Unit::Km)]);
    // Half of them, because of rain and luggage.
    let saved = scaled(short, car - bike, 2 * 10_000);
    Some(saves(advice, scaled(short, price, 2 * 1_000), saved, Confidence::Medium))
}

/// Gentler driving, from bank data alone.
fn gentle_driving(ctx: &Context, facts: &Facts, litre: i64) -> Option<Advice> {
    let fuel = facts.spending.as_ref()?.get(Theme::Fuel).filter(|cents| *cents >= 20_000)?;
    let mut advice = view::advice(
        Icon::Car,
        ctx.t("Roulez plus souplement", "Drive more smoothly"),
        "",
        Effort::Days,
        ctx.t(
            "10 % de ce que vous payez en carburant par an ; pour les émissions, ce montant est converti en litres au prix indiqué dans les réglages.",
            "10% of what you pay for fuel a year; for emissions, that amount is converted to litres at the price in the settings.",
        ),
    );
    let words = ctx.t(
        "Vous payez {} de carburant par an. Des pneus bien gonflés, 110 km/h au lieu de 130 et des accélérations douces en économisent environ 10 %.",
        "You pay {} for fuel a year. Well-inflated tyres, 110 km/h instead of 130 and gentle acceleration save about 10%.",
    );
    advice.body = view::rich(words, vec![Money::new(fuel, Currency::EUR).into()]);
    let grams = scaled(fuel, factors::FUEL, i128::from(litre.max(1)) * 10);
    Some(saves(advice, scaled(fuel, 1, 10), grams, Confidence::Low))
}

/// All applicable advice, largest carbon saving first.
pub(crate) fn all(ctx: &Context, facts: &Facts, litre: i64) -> Vec<Advice> {
    let found = [
        heating(ctx, facts),
        always_on(ctx, facts),
        short_trips(ctx, facts),
        gentle_driving(ctx, facts, litre),
    ];
    let mut advice: Vec<Advice> = found.into_iter().flatten().collect();
    let carbon = |advice: &Advice| advice.saving.kg_co2e_per_year.unwrap_or(0.0);
    advice.sort_by(|a, b| carbon(b).total_cmp(&carbon(a)));
    advice
}
