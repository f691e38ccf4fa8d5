//! Journey histories of Transport for London: of an Oyster card
//! (`Date,Start Time,End Time,Journey/Action,Charge,Credit,Balance,Note`) and of a contactless bank card
//! (`Date,Start Time,End Time,Journey,Charged (GBP),Capped,Notes`; in 2018 `Date,Time,Journey,Charge (GBP),…`, with
//! one time or both: "15:10", "15:10 - 15:42").
//!
//! TfL describes neither; the details come from files published in tests (joerayme/oyster-analyser,
//! WilliamMayor/tellfl).
//!
//! Gotchas:
//! - an Oyster file begins with an empty line, and has the newest row first;
//! - TfL's day runs from 04:30 to 04:29: a time before 04:30 is in the night after the printed day;
//! - a journey across midnight ends "before" it starts;
//! - `[No touch-in]` or `[No touch-out]` replaces a station: the journey is incomplete, and its single
//!   time is used;
//! - trams and buses are only touched in: such a journey has only a start, and is complete;
//! - a fare made free by a cap is `.00`; the contactless file has negative fares;
//! - top-ups, refunds and passes are rows as well: payments;
//! - a station with several services has the service in brackets. Without brackets the mode is unknown,
//!   because a journey may change between Underground and train on the way.

use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::{self, Mark};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Columns, Head, Input, Row};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::{month, time};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use mesinfos_model::category::mobility::{self, complete, mode, row};
use mesinfos_model::{Category, Day};

/// The `tfl-journeys` format.
pub(crate) struct Tfl;

static ABOUT: FormatInfo = FormatInfo {
    id: "tfl-journeys",
    fr: "Trajets de Transport for London (CSV, Oyster ou carte bancaire)",
    en: "Journeys with Transport for London (CSV, Oyster or contactless)",
    origin: "Transport for London",
    categories: &[Category::Mobility],
    looks_for: "a first line \"Date,Start Time,End Time,Journey…\" or \"Date,Time,Journey,Charge…\"",
    spec: "https://matt-dray.github.io/oystr/articles/oystr-intro.html",
    counts: OrdinalKind::Lines,
};

const HOLDER: &str = "Transport for London";
const CURRENCY: &str = "GBP";

/// Start of TfL's day.
const DAY_BEGINS: Time = Time::constant(4, 30, 0, 0);

impl Format for Tfl {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let names = head.names(',');
        let has = |name: &str| names.contains(&name);
        let begins = |start: &str| names.iter().any(|name| name.starts_with(start));
        has("Date")
            && begins("Journey")
            && begins("Charge")
            && (has("Start Time") && has("End Time") || has("Time"))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut table = input.table(b',');
        let Some(header) = table.next()? else { return Ok(()) };
        let layout = Layout::of(&Columns::of(header))?;
        let zone = time::zone("Europe/London");
        while let Some(cells) = table.next()? {
            if !cells.is_blank() {
                record(&layout, cells, &zone, rows)?;
            }
        }
        Ok(())
    }
}

/// Index of each column.
struct Layout {
    date: usize,
    start: usize,
    /// `None` if the column of the start has both times.
    end: Option<usize>,
    action: usize,
    charge: usize,
    /// Only for an Oyster card.
    credit: Option<usize>,
    width: usize,
}

impl Layout {
    fn of(columns: &Columns) -> Result<Layout, FormatError> {
        let find = |names: &[&str]| {
            let lacks = || FormatError::broken(1, Reason::no_column(names[0]));
            columns.find(names).ok_or_else(lacks)
        };
        Ok(Layout {
            date: find(&["Date"])?,
            start: find(&["Start Time", "Time"])?,
            end: match columns.find(&["Time"]) {
                Some(_) => None,
                None => Some(find(&["End Time"])?),
            },
            action: find(&["Journey/Action", "Journey"])?,
            charge: find(&["Charge", "Charged (GBP)", "Charge (GBP)"])?,
            credit: columns.find(&["Credit"]),
            width: columns.len(),
        })
    }
}

/// Content of a row.
#[derive(Debug, PartialEq, Eq)]
enum Action<'a> {
    Journey {
        mode: i64,
        line: Option<&'a str>,
        from: Option<&'a str>,
        to: Option<&'a str>,
        complete: Option<i64>,
    },
    /// Money paid to the card or returned from it.
    Payment {
        is_refund: bool,
    },
    Unknown,
}

/// Words that mark a payment, in lower case.
const PAYMENTS: [&str; 9] = [
    "top-up",
    "topped-up",
    "topped up",
    "top up",
    "refund",
    "season ticket",
    "travelcard",
    "bus & tram pass",
    "railcard",
];

/// Prefixes of a bus journey, on Oyster and contactless, in lower case.
const BUS: [&str; 2] = ["bus journey, route ", "bus journey - route "];

/// Services in brackets after a station, in lower case.
const SERVICES: [(&str, i64); 8] = [
    ("london underground", mode::METRO),
    ("dlr", mode::METRO),
    ("london overground", mode::TRAIN),
    ("national rail", mode::TRAIN),
    ("tfl rail", mode::TRAIN),
    ("elizabeth line", mode::TRAIN),
    ("tram", mode::TRAM),
    ("london tramlink", mode::TRAM),
];

impl<'a> Action<'a> {
    fn of(words: &'a str) -> Action<'a> {
        let lower = words.to_lowercase();
        if PAYMENTS.iter().any(|payment| lower.contains(payment)) {
            return Action::Payment { is_refund: lower.contains("refund") };
        }
        let journey = |mode, line, from, to, complete| Action::Journey { mode, line, from, to, complete };
        let whole = Some(complete::COMPLETE);
        if let Some(route) =
            BUS.iter().find(|start| lower.starts_with(**start)).and_then(|start| words.get(start.len()..))
        {
            return journey(mode::BUS, Some(route.trim()), None, None, whole);
        }
        if lower.contains("ticket bought using pay as you go") {
            let mode = if lower.starts_with("riverboat") { mode::FERRY } else { mode::OTHER };
            return journey(mode, None, None, None, whole);
        }
        if let Some(place) = words.strip_prefix("Entered and exited ") {
            let (station, mode) = station(place);
            return journey(mode.unwrap_or(mode::UNKNOWN), None, station, station, whole);
        }
        if let Some(place) = words.strip_prefix("Entered ") {
            let (station, mode) = station(place);
            let whole = whole.filter(|_| mode == Some(mode::TRAM));
            return journey(mode.unwrap_or(mode::UNKNOWN), None, station, None, whole);
        }
        let (from, to) = match words.split_once(" to ") {
            Some(ends) => ends,
            // Only the note mentions the other end.
            None if words.starts_with("[No touch-in]") => ("", ""),
            None if words.starts_with("[No touch-out]") => {
                (words.split_once(" from ").map_or("", |(_, from)| from), "")
            }
            None => return Action::Unknown,
        };
        let ((from, from_mode), (to, to_mode)) = (station(from), station(to));
        let mode = match (from_mode, to_mode) {
            (Some(one), Some(other)) if one != other => mode::UNKNOWN,
            (one, other) => one.or(other).unwrap_or(mode::UNKNOWN),
        };
        let is_whole = from.is_some() && to.is_some();
        let complete = if is_whole { complete::COMPLETE } else { complete::INCOMPLETE };
        journey(mode, None, from, to, Some(complete))
    }
}

/// A station without its brackets, and the mode if they name one.
fn station(words: &str) -> (Option<&str>, Option<i64>) {
    let words = words.trim();
    if let Some(stop) = words.strip_suffix(" tram stop") {
        return (Some(stop), Some(mode::TRAM));
    }
    if let Some(stop) = words.strip_suffix(" DLR") {
        return (Some(stop), Some(mode::METRO));
    }
    if words.is_empty() || words.starts_with("[No touch-") || words == "Unknown" {
        return (None, None);
    }
    let Some((name, services)) = words.split_once(" [") else { return (Some(words), None) };
    let mode_of = |service: &str| {
        let service = service.trim().trim_end_matches(']').to_lowercase();
        SERVICES.iter().find(|(known, _)| *known == service).map(|(_, mode)| *mode)
    };
    let mut modes = services.split('/').map(mode_of);
    let first = modes.next().flatten();
    (Some(name), first.filter(|_| modes.all(|other| other == first)))
}

fn record(
    layout: &Layout,
    cells: Row<'_>,
    zone: &TimeZone,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    let line = cells.line;
    if cells.len() != layout.width {
        let reason = Reason::columns(layout.width.to_string(), cells.len().to_string());
        rows.reject(line, None, reason);
        return Ok(());
    }
    let taken = times(layout, cells, zone).and_then(|times| Ok((times, cost(layout, cells)?)));
    let ((at, duration), (charge, credit)) = match taken {
        Ok(taken) => taken,
        Err((field, reason)) => {
            rows.reject(line, Some(field), reason);
            return Ok(());
        }
    };
    let words = cells.get(layout.action);
    let mut own = vec![
        (mobility::HOLDER, HOLDER.into()),
        (mobility::AT, at.0.into()),
        (mobility::UTC_OFFSET, at.1.into()),
        (mobility::CURRENCY, CURRENCY.into()),
        (mobility::LABEL, words.into()),
    ];
    match Action::of(words) {
        Action::Journey { mode, line, from, to, complete } => own.extend([
            (mobility::ROW, row::LEG.into()),
            (mobility::DURATION, duration.into()),
            (mobility::MODE, mode.into()),
            (mobility::COST, charge.or(credit.map(|credit| -credit)).into()),
            (mobility::LINE, line.into()),
            (mobility::COMPLETE, complete.into()),
            (mobility::FROM, from.into()),
            (mobility::TO, to.into()),
            (mobility::FROM_NAME, from.into()),
            (mobility::TO_NAME, to.into()),
        ]),
        Action::Payment { is_refund } => {
            // Money paid to the card is positive, money returned is negative.
            let paid = credit.map(|credit| if is_refund { -credit } else { credit });
            own.extend([(mobility::ROW, row::PAYMENT.into()), (mobility::COST, paid.or(charge).into())]);
        }
        Action::Unknown => {
            let reason = Reason::unknown_journey(words);
            rows.reject(line, Some("Journey/Action"), reason);
            return Ok(());
        }
    }
    rows.push(Category::Mobility, line, &own)
}

/// The problem in a row: the column, and the reason.
type Wrong = (&'static str, Reason);

/// Start, or end if there is no start; and the duration in seconds.
fn times(layout: &Layout, cells: Row<'_>, zone: &TimeZone) -> Result<(time::Instant, Option<i64>), Wrong> {
    let text = cells.get(layout.date);
    let day = month::day(text)
        .or_else(|| time::day(text, "dmy"))
        .ok_or_else(|| ("Date", Reason::not_a_date(text, "01-Jan-2015")))?;
    let clock = |text: &str, name: &'static str| match text.trim() {
        "" => Ok(None),
        text => match time::clock(text) {
            Some(clock) => Ok(Some(clock)),
            None => Err((name, Reason::not_a_time(text, "14:03"))),
        },
    };
    let (start, end) = match (layout.end, cells.get(layout.start)) {
        (Some(end), start) => (start, cells.get(end)),
        (None, both) => both.split_once('-').unwrap_or((both, "")),
    };
    let (start, end) = (clock(start, "Start Time")?, clock(end, "End Time")?);
    let first = start.or(end).ok_or(("Start Time", Reason::NoTime))?;
    let after = |day: Day| Day(day.0.saturating_add(1));
    let day = if first < DAY_BEGINS { after(day) } else { day };
    let instant = |day: Day, clock: Time| {
        time::local_at(day, clock, zone).ok_or_else(|| ("Date", Reason::no_such_date(text)))
    };
    let at = instant(day, first)?;
    let duration = match (start, end) {
        (Some(start), Some(end)) => {
            let day = if end < start { after(day) } else { day };
            Some(instant(day, end)?.0 - at.0)
        }
        _ => None,
    };
    Ok((at, duration))
}

/// Fare and credit to the card, in pence.
fn cost(layout: &Layout, cells: Row<'_>) -> Result<(Option<i64>, Option<i64>), Wrong> {
    let amount = |cell: usize, name: &'static str| match cells.get(cell) {
        "" => Ok(None),
        text => number::amount(text, CURRENCY, Mark::Point).map(Some).map_err(|reason| (name, reason)),
    };
    match layout.credit {
        Some(credit) => Ok((amount(layout.charge, "Charge")?, amount(credit, "Credit")?)),
        // Contactless: charges to the bank card are negative, refunds positive.
        None => match amount(layout.charge, "Charged (GBP)")? {
            Some(given @ 1..) => Ok((None, Some(given))),
            charged => Ok((charged.map(|charged| -charged), None)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    fn all(rows: &mesinfos_model::Batch, field: usize) -> Vec<Option<i64>> {
        (0..rows.rows()).map(|row| rows.integer(field, row)).collect()
    }

    #[test]
    fn an_oyster_card_has_journeys_and_payments() {
        let sample = include_str!("../../tests/samples/tfl-journeys.csv");
        let (reads, batches) = read_all(sample.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rejected_count),
            ("tfl-journeys", 0),
            "{:?}",
            reads[0].rejected
        );
        let rows = &batches[0];
        let (leg, payment) = (Some(row::LEG), Some(row::PAYMENT));
        assert_eq!(
            all(rows, mobility::ROW),
            [leg, leg, leg, payment, leg, leg, leg, leg, payment, payment, leg]
        );
        let modes = [12, 7, 8, 12, 5, 9, 12, 6].map(Some);
        assert_eq!(all(rows, mobility::MODE).into_iter().filter(Option::is_some).collect::<Vec<_>>(), modes);
        let costs = [230, 230, 280, 2_000, 0, 150, 644, 760, -570, 0, 165].map(Some);
        assert_eq!(all(rows, mobility::COST), costs);
        assert_eq!(all(rows, mobility::DURATION)[4], Some(1_200), "across midnight");
        // 2015-02-22 00:12: in the night after the printed day.
        assert_eq!(all(rows, mobility::AT)[1], Some(1_424_563_920));
        assert_eq!(
            (all(rows, mobility::AT)[7], all(rows, mobility::UTC_OFFSET)[7]),
            (Some(1_436_516_520), Some(60))
        );
        assert_eq!(all(rows, mobility::COMPLETE)[7], Some(complete::INCOMPLETE));
        assert_eq!([rows.text(mobility::FROM, 7), rows.text(mobility::TO, 7)], [None, Some("Farringdon")]);
        assert_eq!(rows.text(mobility::LINE, 5), Some("55"));
        assert_eq!(rows.text(mobility::TO, 1), Some("Brixton"));
    }

    #[test]
    fn a_bank_card_is_charged_below_zero() {
        let sample = include_str!("../../tests/samples/tfl-journeys--contactless.csv");
        let (reads, batches) = read_all(sample.as_bytes()).unwrap();
        assert_eq!(reads[0].rejected_count, 0, "{:?}", reads[0].rejected);
        let rows = &batches[0];
        assert_eq!(all(rows, mobility::COST), [150, 290, 240, -240].map(Some));
        assert_eq!(all(rows, mobility::ROW)[3], Some(row::PAYMENT));
        assert_eq!(
            (all(rows, mobility::MODE)[0], rows.text(mobility::LINE, 0)),
            (Some(mode::BUS), Some("78"))
        );
        assert_eq!(all(rows, mobility::AT)[0], Some(1_462_018_440));
    }

    #[test]
    fn what_is_wrong_is_told_of() {
        let text = "Date,Start Time,End Time,Journey/Action,Charge,Credit,Balance,Note\n\
            31-Feb-2015,14:03,14:20,A to B,2.30,,1,\n01-Jan-2015,25:03,14:20,A to B,2.30,,1,\n\
            01-Jan-2015,,,A to B,2.30,,1,\n01-Jan-2015,14:03,14:20,A to B,2.3.0,,1,\n\
            01-Jan-2015,14:03,14:20,A to B,2.30\n01-Jan-2015,14:03,,Something new,2.30,,1,\n,,,,,,,\n\
            31/12/2014,14:03,14:20,A to B,£2.30,,1,\n";
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        let places: Vec<_> =
            reads[0].rejected.iter().map(|r| (r.line.unwrap(), r.field.as_deref())).collect();
        let expected = [
            (2, Some("Date")),
            (3, Some("Start Time")),
            (4, Some("Start Time")),
            (5, Some("Charge")),
            (6, None),
            (7, Some("Journey/Action")),
        ];
        assert_eq!(places, expected);
        assert_eq!((batches[0].rows(), batches[0].integer(mobility::COST, 0)), (1, Some(230)));
    }

    #[test]
    fn words_are_known() {
        let journey = |words| match Action::of(words) {
            Action::Journey { mode, from, to, complete, .. } => (mode, from, to, complete),
            other => panic!("{other:?}"),
        };
        let (whole, part) = (Some(complete::COMPLETE), Some(complete::INCOMPLETE));
        assert_eq!(
            journey("Entered and exited Angel Road [National Rail]"),
            (mode::TRAIN, Some("Angel Road"), Some("Angel Road"), whole)
        );
        assert_eq!(journey("Entered Wandle Park tram stop"), (mode::TRAM, Some("Wandle Park"), None, whole));
        assert_eq!(journey("Ruislip to [No touch-out]"), (mode::UNKNOWN, Some("Ruislip"), None, part));
        assert_eq!(journey("[No touch-out]"), (mode::UNKNOWN, None, None, part));
        let both = "West Croydon [London Overground/National Rail] to London City Airport DLR";
        assert_eq!(journey(both), (mode::UNKNOWN, Some("West Croydon"), Some("London City Airport"), whole));
        assert_eq!(journey("Greenwich [DLR/National Rail] to East Croydon [National Rail]").0, mode::TRAIN);
        for payment in [
            "Auto top-up, Ruislip",
            "Topped-up on touch in, Old Street",
            "Season ticket added on touch in, Old Street",
        ] {
            assert_eq!(Action::of(payment), Action::Payment { is_refund: false });
        }
        assert_eq!(Action::of("Automated Refund, Peckham Rye"), Action::Payment { is_refund: true });
        assert_eq!(Action::of(""), Action::Unknown);
    }
}
