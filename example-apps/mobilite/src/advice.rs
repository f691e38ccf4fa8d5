//! For each route by car: an alternative, its saving, and the computation.

use crate::modes::{E_BIKE, Way};
use crate::show::{kilometres, nearest};
use crate::trips::{Mean, Route};
use mesinfos_sdk::span::Span;
use mesinfos_sdk::view::{self, Advice, Confidence, Effort, Icon, Unit};
use mesinfos_sdk::{Context, Currency, Money};

/// Alternative to the car.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instead {
    /// A way already used by the person on this route.
    Known(Way),
    Walk,
    Bike,
    ElectricBike,
    Carpool,
}

/// Longest way on foot and by bicycle that is advised, in metres.
const LONGEST_WALK: i64 = 3_000;
const LONGEST_RIDE: i64 = 15_000;

/// Alternative for a route of `metres`: a way sometimes used by the person on it over the same distance, else chosen by
/// length. Between two places there may be a drive of 52 km with stops and a walk of 1 km: these are not the same trip.
pub(crate) fn instead(route: &Route<'_>, metres: i64) -> Instead {
    let gentle = |way: &Way| !matches!(way, Way::Car | Way::Motorcycle | Way::Plane | Way::Other);
    let alike = |way: &Way| {
        let other = route.by(*way).and_then(|mean| mean.metres);
        other.is_some_and(|other| (other - metres).abs() * 10 <= metres * 3)
    };
    let bearable = |way: &Way| match way {
        Way::Foot => metres <= LONGEST_WALK,
        Way::Bike => metres <= LONGEST_RIDE,
        _ => true,
    };
    match route.ways().into_iter().find(|way| gentle(way) && alike(way) && bearable(way)) {
        Some(way) => Instead::Known(way),
        None if metres <= 1_500 => Instead::Walk,
        None if metres <= 7_000 => Instead::Bike,
        None if metres <= LONGEST_RIDE => Instead::ElectricBike,
        None => Instead::Carpool,
    }
}

/// Yearly gain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gain {
    /// Cents. `None` if the fare of the alternative is unknown.
    pub(crate) cents: Option<i64>,
    pub(crate) grams: i64,
}

/// Gain of `metres` per year by `other`, compared with the car at `cents_a_km`.
pub(crate) fn gain(other: Instead, metres: i64, cents_a_km: i64) -> Gain {
    let car = nearest(metres.saturating_mul(cents_a_km), 1_000);
    let emitted = Way::Car.grams(metres).unwrap_or(0);
    let free = |grams: i64| Gain { cents: Some(car), grams: emitted - grams };
    match other {
        Instead::Walk => free(0),
        Instead::Bike => free(Way::Bike.grams(metres).unwrap_or(0)),
        Instead::ElectricBike => free(nearest(metres.saturating_mul(E_BIKE), 10_000)),
        Instead::Carpool => Gain { cents: Some(car / 2), grams: emitted / 2 },
        Instead::Known(way @ (Way::Foot | Way::Bike)) => free(way.grams(metres).unwrap_or(0)),
        Instead::Known(way) => Gain { cents: None, grams: emitted - way.grams(metres).unwrap_or(0) },
    }
}

/// Seconds for `metres` at `speed` kilometres per hour.
fn at(metres: i64, speed: i64) -> i64 {
    metres * 36 / (speed * 10)
}

/// Car trips of a route, and their mean length in metres: at least four trips of known length.
pub(crate) fn driven(route: &Route<'_>) -> Option<(Mean, i64)> {
    let car = route.by(Way::Car).filter(|car| car.count >= 4)?;
    Some((car, car.metres.filter(|metres| *metres > 0)?))
}

/// Least saving of a year that is worth advice: in cents, else in grams. An electric bicycle has to be bought.
const LEAST_CENTS: i64 = 1_000;
const LEAST_GRAMS: i64 = 10_000;
const LEAST_OF_A_PURCHASE: i64 = 10_000;

/// Whether a gain is worth the effort.
fn is_worth(other: Instead, gain: Gain) -> bool {
    match (other, gain.cents) {
        (Instead::ElectricBike, cents) => cents.is_some_and(|cents| cents >= LEAST_OF_A_PURCHASE),
        (_, Some(cents)) => cents >= LEAST_CENTS,
        (_, None) => gain.grams >= LEAST_GRAMS,
    }
}

/// Advice for a route called `name`, if it is travelled by car and the gain is worth it; `days` is the time in which trips
/// have their places, and whether it ended long before the last trip.
pub(crate) fn of(
    ctx: &Context,
    route: &Route<'_>,
    name: &str,
    (days, is_past): (Span, bool),
    cents_a_km: i64,
) -> Option<(Gain, Advice)> {
    let (car, metres) = driven(route)?;
    let other = instead(route, metres);
    let trips = nearest(car.count * 365, days.days());
    let gain = gain(other, metres.saturating_mul(trips), cents_a_km);
    if !is_worth(other, gain) {
        return None;
    }
    let t = |(fr, en): (&'static str, &'static str)| ctx.t(fr, en);
    let electric = ("à vélo électrique", "by electric bicycle");
    let (by, icon, seconds, effort) = match other {
        Instead::Known(way) => {
            (way.by(), way.icon(), route.by(way).and_then(|mean| mean.seconds), Effort::Minutes)
        }
        Instead::Walk => (Way::Foot.by(), Icon::Walk, Some(at(metres, 5)), Effort::Minutes),
        Instead::Bike => (Way::Bike.by(), Icon::Bike, Some(at(metres, 15)), Effort::Minutes),
        Instead::ElectricBike => (electric, Icon::Bike, Some(at(metres, 19)), Effort::Days),
        Instead::Carpool => (("à deux en voiture", "with two in the car"), Icon::People, None, Effort::Days),
    };
    let title = match other {
        Instead::Known(_) => ctx.t(
            "Faites plus souvent le parcours {name} {by}, comme vous le faites déjà parfois",
            "Travel {name} {by} more often, as you already do sometimes",
        ),
        _ => ctx.t("Faites le parcours {name} {by}", "Travel {name} {by}"),
    };
    let title = title.replace("{name}", name).replace("{by}", t(by));
    let how = match other {
        Instead::Carpool => ctx.t(
            "Vos trajets en voiture sur ce parcours, ramenés à un an ; la moitié de {} par kilomètre, le coût indiqué dans les réglages, et la moitié des émissions (ADEME, Impact CO₂, 2024).",
            "Your car trips on this route, scaled to a year; half of {} per kilometre, the cost in the settings, and half the emissions (ADEME, Impact CO₂, 2024).",
        ),
        Instead::Known(_) if gain.cents.is_none() => ctx.t(
            "Vos trajets en voiture sur ce parcours, ramenés à un an ; la différence d’émissions par kilomètre (ADEME, Impact CO₂, 2024). L’argent n’est pas compté : le prix du billet dépend de votre abonnement.",
            "Your car trips on this route, scaled to a year; the difference in emissions per kilometre (ADEME, Impact CO₂, 2024). Money is not counted: the fare depends on your travel pass.",
        ),
        Instead::Walk | Instead::Known(Way::Foot) => ctx.t(
            "Vos trajets en voiture sur ce parcours, ramenés à un an, à {} par kilomètre, le coût indiqué dans les réglages ; les émissions d’un kilomètre en voiture (ADEME, Impact CO₂, 2024). La durée est la vôtre si vous faites déjà ce trajet à pied, sinon elle suppose 5 km/h.",
            "Your car trips on this route, scaled to a year, at {} per kilometre, the cost in the settings; the emissions of a kilometre by car (ADEME, Impact CO₂, 2024). The time is your own if you already walk this trip, otherwise it assumes 5 km/h.",
        ),
        _ => ctx.t(
            "Vos trajets en voiture sur ce parcours, ramenés à un an, à {} par kilomètre, le coût indiqué dans les réglages ; la différence d’émissions par kilomètre (ADEME, Impact CO₂, 2024). La durée est la vôtre si vous faites déjà ce trajet ainsi, sinon elle suppose 15 km/h à vélo et 19 km/h à vélo électrique. L’achat d’un vélo n’est pas compté.",
            "Your car trips on this route, scaled to a year, at {} per kilometre, the cost in the settings; the difference in emissions per kilometre (ADEME, Impact CO₂, 2024). The time is your own if you already travel this way, otherwise it assumes 15 km/h by bicycle and 19 km/h by electric bicycle. Buying a bicycle is not counted.",
        ),
    };
    let mut advice = view::advice(icon, &title, "", effort, "");
    advice.how_computed = view::rich(how, vec![Money::new(cents_a_km, Currency::EUR).into()]);
    let minutes = |seconds: i64| view::quantity(nearest(seconds, 60), Unit::Minute);
    let (count, yearly) = (view::quantity(car.count, Unit::Trip), view::quantity(trips, Unit::Trip));
    let mut values = vec![count, kilometres(metres)];
    let words = match (car.seconds, seconds) {
        (Some(now), Some(then)) => {
            values.extend([minutes(now), yearly, minutes(then)]);
            ctx.t(
                "{days}, vous avez fait {} en voiture sur ce parcours, de {} et {} en moyenne : au même rythme, {} par an. Le même trajet {by} prend {}.",
                "{days}, you made {} by car on this route, of {} and {} on average: at the same pace, {} a year. The same trip {by} takes {}.",
            )
        }
        _ => {
            values.push(yearly);
            ctx.t(
                "{days}, vous avez fait {} en voiture sur ce parcours, de {} en moyenne : au même rythme, {} par an.",
                "{days}, you made {} by car on this route, of {} on average: at the same pace, {} a year.",
            )
        }
    };
    let range = ctx.lang.sentence(&ctx.lang.days(days.first, days.last));
    let words = words.replace("{days}", range.trim_end_matches('.')).replace("{by}", t(by));
    advice.body = view::rich(&words, values);
    let money = gain.cents.map(|cents| Money::new(cents, Currency::EUR));
    let sure = if days.days() >= 180 && !is_past { Confidence::Medium } else { Confidence::Low };
    let kg = f64::from(i32::try_from(nearest(gain.grams, 1_000)).unwrap_or(0));
    Some((gain, advice.saves(money, Some(kg), sure)))
}
