//! Trips: kilometres per mode, scaled to a year if the days allow it.

use crate::factors;
use crate::posts::Of;
use mesinfos_sdk::mobility::{self, Mode, Row};
use mesinfos_sdk::numbers::scaled;
use mesinfos_sdk::span::{Reach, Span};
use mesinfos_sdk::{AccessError, Date, Period};
use std::collections::BTreeMap;

/// A leg of a trip.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leg {
    pub(crate) day: Date,
    pub(crate) mode: Mode,
    pub(crate) metres: Option<i64>,
}

/// Maximum length of car legs that can be cycled, in metres.
const SHORT: i64 = 5_000;

/// Trips of the newest days without a hole, a year at most; their sums are scaled when they are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moves {
    /// Metres, by mode.
    metres: BTreeMap<Mode, i64>,
    /// Metres of car legs up to 5 km.
    short: i64,
    /// Days from the first leg to the last.
    pub(crate) of: Of,
    /// Number of legs without a length.
    pub(crate) unmeasured: i64,
}

impl Moves {
    /// From legs in any order; `None` without any length.
    pub(crate) fn of(legs: &[Leg]) -> Option<Moves> {
        // Days without a trip at the begin of the year are known, if the data begins before.
        let span = Span::newest(legs.iter().map(|leg| leg.day))?.last_year();
        let of = Of { span, reach: Reach::of(span.days()) };
        let mut moves = Moves { metres: BTreeMap::new(), short: 0, of, unmeasured: 0 };
        for leg in legs.iter().filter(|leg| leg.day >= span.first) {
            match leg.metres {
                Some(metres) => {
                    *moves.metres.entry(leg.mode).or_default() += metres;
                    moves.short += if leg.mode == Mode::Car && metres <= SHORT { metres } else { 0 };
                }
                None => moves.unmeasured += 1,
            }
        }
        (!moves.metres.is_empty()).then_some(moves)
    }

    /// An amount of these days, in units of `unit`, brought to a year if they allow it. A day at the end does no harm.
    fn yearly(&self, amount: i128, unit: i64) -> i64 {
        let days = self.of.span.days();
        if days >= 364 || self.of.reach == Reach::Part {
            scaled(amount, 1, unit)
        } else {
            scaled(amount, 365, i128::from(days) * i128::from(unit))
        }
    }

    /// Metres of car legs up to 5 km.
    pub(crate) fn short(&self) -> i64 {
        self.yearly(i128::from(self.short), 1)
    }

    /// Metres and grams of some modes; `None` if there are no such trips.
    pub(crate) fn by(&self, modes: &[Mode]) -> Option<(i64, i64)> {
        let those = || modes.iter().filter_map(|mode| Some((*mode, i128::from(*self.metres.get(mode)?))));
        let metres: i128 = those().map(|(_, metres)| metres).sum();
        let decigrams: i128 =
            those().map(|(mode, m)| m * i128::from(factors::decigrams(mode).unwrap_or(0))).sum();
        // Metres x tenths of a gram per kilometre: 10^4 of them make a gram.
        (metres > 0).then(|| (self.yearly(metres, 1), self.yearly(decigrams, 10_000)))
    }
}

/// Reads the legs, without places or positions.
pub(crate) fn legs() -> Result<Vec<Leg>, AccessError> {
    let mut legs = Vec::new();
    for row in mobility::movements(Period::all()) {
        let row = row?;
        if row.row() == Some(Row::Leg)
            && let Some(at) = row.at()
        {
            let mode = row.mode().unwrap_or(Mode::Unknown);
            legs.push(Leg { day: at.date(), mode, metres: row.distance() });
        }
    }
    Ok(legs)
}
