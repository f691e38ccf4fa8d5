//! Posts of a household: yearly quantity, carbon and money, each only if there is data.

use crate::factors;
use crate::home::Meter;
use crate::money::{Spending, Theme};
use crate::moves::Moves;
use mesinfos_sdk::mobility::Mode;
use mesinfos_sdk::numbers::scaled;
use mesinfos_sdk::view::{Icon, Unit};

/// Data from each category; `None` if it is missing.
pub(crate) struct Facts {
    pub(crate) electricity: Option<Meter>,
    pub(crate) gas: Option<Meter>,
    pub(crate) moves: Option<Moves>,
    pub(crate) spending: Option<Spending>,
    pub(crate) household: crate::home::Household,
}

/// A line of the balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Post {
    pub(crate) fr: &'static str,
    pub(crate) en: &'static str,
    pub(crate) icon: Icon,
    /// Tenths of a unit per year.
    pub(crate) quantity: Option<(i64, Unit)>,
    /// Grams of CO2 equivalent per year.
    pub(crate) grams: Option<i64>,
    /// Cents paid per year, from bank data.
    pub(crate) cents: Option<i64>,
}

/// Emissions of energy, in grams of CO2 equivalent.
pub(crate) fn grams(energy: mesinfos_sdk::Energy, a_kwh: i64) -> i64 {
    scaled(energy.0, a_kwh, 1_000_000)
}

/// Emissions of the fuel bought for `cents`, at a price of `litre` cents per litre.
pub(crate) fn fuel_grams(cents: i64, litre: i64) -> i64 {
    scaled(cents, factors::FUEL, litre.max(1))
}

/// Posts with data; `litre` is the price of a litre of fuel, in cents.
pub(crate) fn all(facts: &Facts, litre: i64) -> Vec<Post> {
    let paid = |theme| facts.spending.as_ref().and_then(|spending| spending.get(theme));
    let by = |modes: &[Mode]| facts.moves.as_ref().and_then(|moves| moves.by(modes));
    let meter = |fr, en, icon, meter: Option<Meter>, factor| {
        meter.map(|meter| Post {
            fr,
            en,
            icon,
            quantity: Some((scaled(meter.yearly.0, 1, 100_000), Unit::Kwh)),
            grams: Some(grams(meter.yearly, factor)),
            cents: None,
        })
    };
    let trips = |fr, en, icon, modes: &[Mode], cents: Option<i64>| {
        let known = by(modes);
        (known.is_some() || cents.is_some()).then(|| Post {
            fr,
            en,
            icon,
            quantity: known.map(|(metres, _)| (scaled(metres, 1, 100), Unit::Km)),
            grams: known.map(|(_, grams)| grams),
            cents,
        })
    };
    let mut car = trips("Voiture", "Car", Icon::Car, &[Mode::Car, Mode::Motorcycle], paid(Theme::Fuel));
    if let Some(car) = &mut car {
        // Kilometres are more precise than fuel; count only one of them.
        car.grams = car.grams.or(car.cents.map(|cents| fuel_grams(cents, litre)));
    }
    let public = [Mode::Bus, Mode::Tram, Mode::Metro, Mode::Train];
    let energy = paid(Theme::Energy).map(|cents| Post {
        fr: "Factures d’énergie",
        en: "Energy bills",
        icon: Icon::Receipt,
        quantity: None,
        grams: None,
        cents: Some(cents),
    });
    let posts = [
        meter("Électricité", "Electricity", Icon::Energy, facts.electricity, factors::ELECTRICITY),
        meter("Gaz", "Gas", Icon::Gas, facts.gas, factors::GAS),
        energy,
        car,
        trips("Transports", "Public transport", Icon::Train, &public, paid(Theme::Transit)),
        trips("Avion", "Air travel", Icon::None, &[Mode::Plane], paid(Theme::Flights)),
    ];
    posts.into_iter().flatten().collect()
}

/// Actual price of a metered kWh, in ten-thousandths of a euro, subscription included: payments divided by
/// metered energy. Only if both cover nearly a year and no energy can be missing: gas is metered, or the
/// profile says that the home is heated with electricity.
pub(crate) fn paid_a_kwh(facts: &Facts) -> Option<i64> {
    let spending = facts.spending.as_ref().filter(|spending| spending.days >= 330)?;
    let electricity = facts.electricity.filter(Meter::is_whole)?;
    let gas = match facts.gas {
        Some(gas) => gas.is_whole().then_some(gas.yearly.0)?,
        None => (facts.household.electric == Some(true)).then_some(0)?,
    };
    let energy = electricity.yearly.0.saturating_add(gas);
    // A hundred ten-thousandths of a euro make a cent, and a million mWh a kWh.
    (energy > 0).then_some(scaled(spending.get(Theme::Energy)?, 100 * 1_000_000, energy))
}

/// Fuel cost per kilometre by car, in cents: payments divided by trips, if the result is realistic (5 to 30
/// cents; trips are rarely all known).
pub(crate) fn fuel_a_km(facts: &Facts) -> Option<i64> {
    let cents = facts.spending.as_ref()?.get(Theme::Fuel)?;
    let (metres, _) = facts.moves.as_ref()?.by(&[Mode::Car])?;
    Some(scaled(cents, 1_000, metres)).filter(|cents| (5..=30).contains(cents))
}
