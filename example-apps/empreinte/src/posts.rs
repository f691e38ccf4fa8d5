//! Posts of a household: quantity, carbon and money, each only if there is data, and of which days.

use crate::factors;
use crate::home::Meter;
use crate::money::{Spending, Theme};
use crate::moves::Moves;
use mesinfos_sdk::Context;
use mesinfos_sdk::mobility::Mode;
use mesinfos_sdk::numbers::scaled;
use mesinfos_sdk::span::{Reach, Span};
use mesinfos_sdk::view::{Icon, Unit};

/// Data from each category; `None` if it is missing.
pub(crate) struct Facts {
    pub(crate) electricity: Option<Meter>,
    pub(crate) gas: Option<Meter>,
    pub(crate) moves: Option<Moves>,
    pub(crate) spending: Option<Spending>,
    pub(crate) household: crate::home::Household,
}

impl Facts {
    pub(crate) fn meters(&self) -> impl Iterator<Item = Meter> {
        [self.electricity, self.gas].into_iter().flatten()
    }
}

/// Days that an amount is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Of {
    pub(crate) span: Span,
    pub(crate) reach: Reach,
}

impl Of {
    /// Whether amounts are those of a year, counted or at the same pace.
    pub(crate) fn is_yearly(self) -> bool {
        self.reach != Reach::Part
    }

    /// Whether amounts of both can be added or divided: each is of a year, and of the same one.
    pub(crate) fn is_with(self, other: Of) -> bool {
        self.is_yearly() && other.is_yearly() && self.span.is_with(other.span)
    }

    /// The days in words; says if the amount was brought to a year.
    pub(crate) fn words(self, ctx: &Context) -> String {
        let days = ctx.lang.days(self.span.first, self.span.last);
        match self.reach {
            Reach::Pace => format!("{days}{}", ctx.t(", ramené à un an", ", scaled to a year")),
            Reach::Year | Reach::Part => days,
        }
    }
}

/// What these amounts are of together; `None` if they cannot be added.
pub(crate) fn together(all: impl IntoIterator<Item = Of>) -> Option<Of> {
    let all: Vec<Of> = all.into_iter().collect();
    let is_one = all.iter().all(|of| all.iter().all(|other| of.is_with(*other)));
    let both = |a: Of, b: Of| Of { span: a.span.and(b.span), reach: a.reach.min(b.reach) };
    all.into_iter().filter(|_| is_one).reduce(both)
}

/// A line of the balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Post {
    pub(crate) fr: &'static str,
    pub(crate) en: &'static str,
    pub(crate) icon: Icon,
    /// Tenths of a unit.
    pub(crate) quantity: Option<(i64, Unit)>,
    /// Grams of CO2 equivalent.
    pub(crate) grams: Option<i64>,
    /// What the quantity and the grams are of.
    pub(crate) of: Option<Of>,
    /// Cents paid, from bank data.
    pub(crate) cents: Option<i64>,
}

/// Emissions of energy, in grams of CO2 equivalent.
pub(crate) fn grams(energy: mesinfos_sdk::Energy, a_kwh: i64) -> i64 {
    scaled(energy.0, a_kwh, 1_000_000)
}

/// Emissions of the fuel bought for `cents`.
pub(crate) fn fuel_grams(cents: i64) -> i64 {
    scaled(cents, factors::FUEL, factors::LITRE)
}

/// Posts with data.
pub(crate) fn all(facts: &Facts) -> Vec<Post> {
    let paid = |theme| facts.spending.as_ref().and_then(|spending| spending.get(theme));
    let by = |modes: &[Mode]| facts.moves.as_ref().and_then(|moves| moves.by(modes));
    let meter = |fr, en, icon, meter: Option<Meter>, factor| {
        meter.map(|meter| Post {
            fr,
            en,
            icon,
            quantity: Some((scaled(meter.energy.0, 1, 100_000), Unit::Kwh)),
            grams: Some(grams(meter.energy, factor)),
            of: Some(meter.of),
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
            of: facts.moves.as_ref().filter(|_| known.is_some()).map(|moves| moves.of),
            cents,
        })
    };
    let mut car = trips("Voiture", "Car", Icon::Car, &[Mode::Car, Mode::Motorcycle], paid(Theme::Fuel));
    if let Some(car) = &mut car {
        // Kilometres are more precise than fuel; count only one of them.
        if car.grams.is_none() {
            car.grams = car.cents.map(fuel_grams);
            car.of = facts.spending.as_ref().map(|spending| spending.of);
        }
    }
    let public = [Mode::Bus, Mode::Tram, Mode::Metro, Mode::Train];
    let energy = paid(Theme::Energy).map(|cents| Post {
        fr: "Factures d’énergie",
        en: "Energy bills",
        icon: Icon::Receipt,
        quantity: None,
        grams: None,
        of: None,
        cents: Some(cents),
    });
    let posts = [
        meter("Électricité", "Electricity", Icon::Energy, facts.electricity, factors::ELECTRICITY),
        meter("Gaz", "Gas", Icon::Gas, facts.gas, factors::GAS),
        energy,
        car,
        trips("Transports en commun", "Public transport", Icon::Train, &public, paid(Theme::Transit)),
        trips("Avion", "Air travel", Icon::None, &[Mode::Plane], paid(Theme::Flights)),
    ];
    posts.into_iter().flatten().collect()
}

/// Actual price of a metered kWh, in ten-thousandths of a euro, subscription included: payments divided by
/// metered energy. Only if all cover nearly the same year and no energy can be missing: gas is metered, or the
/// profile says that the home is heated with electricity.
pub(crate) fn paid_a_kwh(facts: &Facts) -> Option<i64> {
    let spending = facts.spending.as_ref().filter(|spending| spending.of.reach == Reach::Year)?;
    let electricity = facts.electricity.filter(Meter::is_whole)?;
    let gas = match facts.gas {
        Some(gas) => gas.is_whole().then_some(gas.energy.0)?,
        None => (facts.household.electric == Some(true)).then_some(0)?,
    };
    together(facts.meters().map(|meter| meter.of).chain([spending.of]))?;
    let energy = electricity.energy.0.saturating_add(gas);
    // A hundred ten-thousandths of a euro make a cent, and a million mWh a kWh.
    (energy > 0).then_some(scaled(spending.get(Theme::Energy)?, 100 * 1_000_000, energy))
}

/// Fuel cost per kilometre by car, in cents: payments divided by trips, if the result is realistic (5 to 30
/// cents; trips are rarely all known). Only of the same year.
pub(crate) fn fuel_a_km(facts: &Facts) -> Option<i64> {
    let (spending, moves) = (facts.spending.as_ref()?, facts.moves.as_ref()?);
    let cents = spending.get(Theme::Fuel).filter(|_| spending.of.is_with(moves.of))?;
    let (metres, _) = moves.by(&[Mode::Car])?;
    Some(scaled(cents, 1_000, metres)).filter(|cents| (5..=30).contains(cents))
}
