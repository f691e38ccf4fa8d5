//! From rows to trips: the legs between two stays form one trip, and trips between the same two places form
//! a route.

use crate::modes::Way;
use crate::show::nearest;
use mesinfos_sdk::Timestamp;
use mesinfos_sdk::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// A part of a trip by one mode.
#[derive(Clone, Debug)]
pub(crate) struct Leg {
    pub(crate) start: Timestamp,
    pub(crate) seconds: Option<i64>,
    pub(crate) metres: Option<i64>,
    pub(crate) way: Way,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

/// Events of a person, in order of time.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Leg(Leg),
    /// A stay: its start, and the pseudonym of the place.
    Stay(Timestamp, Option<String>),
}

impl Step {
    pub(crate) fn start(&self) -> Timestamp {
        match self {
            Step::Leg(leg) => leg.start,
            Step::Stay(start, _) => *start,
        }
    }
}

/// A trip from one place to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trip {
    pub(crate) start: Timestamp,
    /// Travel time, including waits between legs; `None` if a leg has no duration.
    pub(crate) seconds: Option<i64>,
    pub(crate) metres: Option<i64>,
    /// Way of the longest leg.
    pub(crate) way: Way,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

/// Longest wait for a bus, a tram or a train, in seconds: between two legs without known ends, one of which is by public
/// transport. Who goes on by car, by bicycle or on foot after as long was somewhere.
const WAIT: i64 = 3_600;

/// The same for other legs, and for those with known ends: the time of a change.
const CHANGE: i64 = 600;

/// Where a trip begins, as far as the steps before it tell.
#[derive(Clone, Copy, Default)]
struct Before<'a> {
    /// Place of the stay before it, which is better known than the end of a leg.
    stay: Option<&'a String>,
    /// End of the leg before it.
    leg: Option<&'a String>,
}

/// Trips from events in order of time. Legs are joined between two stays, which provide the ends of the trip. Where there
/// is no stay, a leg goes on from the one before it if it begins soon after and does not lead back to the start: a way
/// back is another trip, however short the time between.
pub(crate) fn trips(steps: &[Step]) -> Vec<Trip> {
    let mut trips = Vec::new();
    let mut legs: Vec<&Leg> = Vec::new();
    let mut before = Before::default();
    for step in steps {
        match step {
            Step::Leg(leg) => {
                if !goes_on(&legs, leg) {
                    let end = legs.last().and_then(|last| last.to.as_ref());
                    trips.extend(joined(&legs, before, None));
                    legs.clear();
                    before = Before { stay: None, leg: end };
                }
                legs.push(leg);
            }
            Step::Stay(_, to) => {
                trips.extend(joined(&legs, before, to.as_ref()));
                legs.clear();
                before = Before { stay: to.as_ref(), leg: None };
            }
        }
    }
    trips.extend(joined(&legs, before, None));
    trips
}

/// Whether a leg belongs to the trip of the legs before it.
fn goes_on(legs: &[&Leg], leg: &Leg) -> bool {
    let (Some(first), Some(last)) = (legs.first(), legs.last()) else { return true };
    let end = last.start.utc.saturating_add(last.seconds.unwrap_or(0));
    let has_ends = |leg: &Leg| leg.from.is_some() && leg.to.is_some();
    let (wait, are_known) = (leg.start.utc - end, has_ends(leg) && has_ends(last));
    // A touched card tells when a leg began, and not how long it took: the next one may be the way on or another trip.
    if are_known && last.seconds.is_none() {
        return false;
    }
    let is_back = first.from.is_some() && leg.to == first.from;
    let is_public = |way| matches!(way, Way::Bus | Way::Rail | Way::Train | Way::Plane);
    let may_wait = !are_known && (is_public(leg.way) || is_public(last.way));
    wait <= if may_wait { WAIT } else { CHANGE } && !is_back
}

/// Days from the first trip with both ends to the last one, both included.
pub(crate) fn days_with_places(trips: &[Trip]) -> Option<Span> {
    Span::of(
        trips.iter().filter(|trip| trip.from.is_some() && trip.to.is_some()).map(|trip| trip.start.date()),
    )
}

fn joined(legs: &[&Leg], before: Before<'_>, to: Option<&String>) -> Option<Trip> {
    let (first, last) = (legs.first()?, legs.last()?);
    let longest = legs.iter().max_by_key(|leg| (leg.metres, leg.seconds))?;
    let whole = legs.iter().all(|leg| leg.seconds.is_some());
    let end = last.start.utc.saturating_add(last.seconds.unwrap_or(0));
    Some(Trip {
        start: first.start,
        seconds: whole.then_some(end - first.start.utc),
        metres: legs.iter().map(|leg| leg.metres).sum(),
        way: longest.way,
        from: before.stay.or(first.from.as_ref()).or(before.leg).cloned(),
        to: to.or(last.to.as_ref()).cloned(),
    })
}

/// Trips between the same two places, in both directions.
pub(crate) struct Route<'a> {
    /// The two places, ordered by pseudonym.
    pub(crate) ends: (&'a str, &'a str),
    pub(crate) trips: Vec<&'a Trip>,
}

impl Route<'_> {
    /// Trips by `way`: number, mean metres, mean seconds (each over the trips where it is known).
    pub(crate) fn by(&self, way: Way) -> Option<Mean> {
        let those = || self.trips.iter().filter(move |trip| trip.way == way);
        let mean = |of: Vec<i64>| {
            let count = i64::try_from(of.len()).ok().filter(|count| *count > 0)?;
            Some(nearest(of.iter().sum(), count))
        };
        let count = i64::try_from(those().count()).ok().filter(|count| *count > 0)?;
        let metres = mean(those().filter_map(|trip| trip.metres).collect());
        Some(Mean { count, metres, seconds: mean(those().filter_map(|trip| trip.seconds).collect()) })
    }

    /// Ways used, most frequent first.
    pub(crate) fn ways(&self) -> Vec<Way> {
        let mut counts: BTreeMap<Way, usize> = BTreeMap::new();
        for trip in &self.trips {
            *counts.entry(trip.way).or_default() += 1;
        }
        let mut ways: Vec<Way> = counts.keys().copied().collect();
        ways.sort_by_key(|way| std::cmp::Reverse(counts[way]));
        ways
    }
}

/// The trips of a route by one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mean {
    pub(crate) count: i64,
    pub(crate) metres: Option<i64>,
    pub(crate) seconds: Option<i64>,
}

/// Recurring routes: at least four trips, in at least two weeks; most frequent first.
pub(crate) fn routes(trips: &[Trip]) -> Vec<Route<'_>> {
    let mut found: BTreeMap<(&str, &str), Vec<&Trip>> = BTreeMap::new();
    for trip in trips {
        if let (Some(from), Some(to)) = (&trip.from, &trip.to)
            && from != to
        {
            let ends = if from < to { (from, to) } else { (to, from) };
            found.entry((ends.0, ends.1)).or_default().push(trip);
        }
    }
    let weeks = |trips: &[&Trip]| {
        trips.iter().map(|trip| (trip.start.date().0 + 3).div_euclid(7)).collect::<BTreeSet<i32>>().len()
    };
    let mut routes: Vec<Route<'_>> = found
        .into_iter()
        .filter(|(_, trips)| trips.len() >= 4 && weeks(trips) >= 2)
        .map(|(ends, trips)| Route { ends, trips })
        .collect();
    routes.sort_by_key(|route| std::cmp::Reverse(route.trips.len()));
    routes
}
