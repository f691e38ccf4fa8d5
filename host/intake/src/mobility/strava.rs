//! The activity table in Strava's bulk export: `activities.csv`,
//! `Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,…`.
//!
//! Strava publishes no description; the headers come from public programs and issues
//! (hugovk/strava-tools, martin-ueding/geo-activity-playground). The tracks are in separate files, as GPX
//! among other formats.
//!
//! Gotchas:
//! - headers and dates are in the account's language: only English ones are read;
//! - dates are UTC, "Oct 7, 2020, 2:43:11 PM" or "7 Oct 2020, 14:43:11", with a narrow space before PM in
//!   new exports: local time is unknown;
//! - names repeat: the first `Distance` is for display (kilometres or miles, by the account's setting,
//!   metres for swims), the second in metres. A single one has an unknown unit;
//! - an activity on a trainer ("Virtual Ride") covers no ground, whatever its distance.

use super::place::rounded;
use super::{english, mode};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Row};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use mesinfos_model::Category;
use mesinfos_model::category::mobility::{self, row};

/// The `strava-activities` format.
pub(crate) struct Strava;

static ABOUT: FormatInfo = FormatInfo {
    id: "strava-activities",
    fr: "Activités Strava (activities.csv de l’export complet)",
    en: "Strava activities (activities.csv of the bulk export)",
    origin: "Strava",
    categories: &[Category::Mobility],
    looks_for: "a first line \"Activity ID,Activity Date,Activity Name,Activity Type,…\"",
    spec: "https://support.strava.com/hc/en-us/articles/216918437-Exporting-your-Data-and-Bulk-Export",
    counts: OrdinalKind::Lines,
};

const HEADER: &str = "Activity ID,Activity Date,Activity Name,Activity Type,";

impl Format for Strava {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.text().starts_with(HEADER)
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut table = input.table(b',');
        let Some(header) = table.next()? else { return Ok(()) };
        let layout = Layout::of(header);
        while let Some(cells) = table.next()? {
            if !cells.is_blank() {
                activity(&layout, cells, rows)?;
            }
        }
        Ok(())
    }
}

// The header begins with these.
const DATE: usize = 1;
const NAME: usize = 2;
const TYPE: usize = 3;

/// Index of each other column.
struct Layout {
    elapsed: Option<usize>,
    /// In metres.
    distance: Option<usize>,
    width: usize,
}

impl Layout {
    fn of(header: Row<'_>) -> Layout {
        let places = |name: &str| {
            let is_it = |(place, other): (usize, &str)| (other == name).then_some(place);
            header.iter().enumerate().filter_map(is_it).collect::<Vec<usize>>()
        };
        Layout {
            elapsed: places("Elapsed Time").first().copied(),
            distance: places("Distance").get(1).copied(),
            width: header.len(),
        }
    }
}

fn activity(layout: &Layout, cells: Row<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let line = cells.line;
    if cells.len() != layout.width {
        let reason = Reason::columns(layout.width.to_string(), cells.len().to_string());
        rows.reject(line, None, reason);
        return Ok(());
    }
    let date = cells.get(DATE);
    let Some(at) = instant(date) else {
        let reason = Reason::not_a_date(date, "Oct 7, 2020, 2:43:11 PM");
        rows.reject(line, Some("Activity Date"), reason);
        return Ok(());
    };
    let whole = |cell: Option<usize>| {
        let value: f64 = cells.get(cell?).parse().ok()?;
        rounded(value).filter(|&value| value >= 0)
    };
    rows.push(
        Category::Mobility,
        line,
        &[
            (mobility::HOLDER, "Strava".into()),
            (mobility::ROW, row::LEG.into()),
            (mobility::AT, at.into()),
            (mobility::DURATION, whole(layout.elapsed).into()),
            (mobility::MODE, mode::of(cells.get(TYPE)).into()),
            (mobility::DISTANCE, whole(layout.distance).into()),
            (mobility::LABEL, cells.get(NAME).into()),
        ],
    )
}

/// UTC seconds of an English date and time of day.
fn instant(text: &str) -> Option<i64> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let clock = words.iter().position(|word| word.contains(':'))?;
    let day = english::day(&words[..clock].join(" "))?;
    let time = time::clock(words[clock])?;
    let hour = match (words[clock + 1..].join("").to_lowercase().as_str(), time.hour()) {
        ("", hour) => hour,
        ("am", hour @ 1..=11) => hour,
        ("am", 12) => 0,
        ("pm", hour @ 1..=11) => hour + 12,
        ("pm", 12) => 12,
        _ => return None,
    };
    let time = Time::new(hour, time.minute(), time.second(), 0).ok()?;
    Some(time::local_at(day, time, &TimeZone::UTC)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;
    use mesinfos_model::category::mobility::mode::{BIKE, OTHER, RUN};

    #[test]
    fn activities_are_trips() {
        let sample = include_str!("../../tests/samples/strava-activities.csv");
        let (reads, batches) = read_all(sample.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rejected_count), ("strava-activities", 0));
        let rows = &batches[0];
        let all = |field| (0..rows.rows()).map(|row| rows.integer(field, row)).collect::<Vec<_>>();
        assert_eq!(all(mobility::AT), [1_602_081_791, 1_603_501_504, 1_603_614_000].map(Some));
        assert_eq!(all(mobility::MODE), [BIKE, RUN, OTHER].map(Some));
        assert_eq!(all(mobility::DURATION), [5_601, 1_700, 3_600].map(Some));
        assert_eq!(all(mobility::DISTANCE), [Some(18_963), Some(5_012), None]);
        assert_eq!(rows.text(mobility::LABEL, 1), Some("Morning run, easy"));
    }

    #[test]
    fn a_single_distance_is_of_no_known_unit() {
        let text = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Filename\n\
            1,\"Sep 12, 2018, 3:02:23 PM\",Evening Ride,Ride,,783,3.68,a.gpx\n2,yesterday,x,Ride,,1,2,a.gpx\n3,short\n";
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        let places: Vec<_> =
            reads[0].rejected.iter().map(|r| (r.line.unwrap(), r.field.as_deref())).collect();
        assert_eq!(places, [(3, Some("Activity Date")), (4, None)]);
        assert_eq!(
            (batches[0].integer(mobility::DISTANCE, 0), batches[0].integer(mobility::DURATION, 0)),
            (None, Some(783))
        );
    }

    #[test]
    fn dates_of_both_clocks() {
        for text in ["Oct 7, 2020, 2:43:11 PM", "Oct 7, 2020, 2:43:11\u{202f}PM", "7 Oct 2020, 14:43:11"] {
            assert_eq!(instant(text), Some(1_602_081_791), "{text}");
        }
        assert_eq!(instant("Oct 7, 2020, 12:00:00 AM"), Some(1_602_028_800));
        for bad in [
            "",
            "Oct 7, 2020",
            "7 oct. 2020 à 14:43:11",
            "Oct 7, 2020, 14:43:11 PM",
            "Okt 7, 2020, 2:43:11 PM",
        ] {
            assert_eq!(instant(bad), None, "{bad}");
        }
    }
}
