//! The activity table in Strava's bulk export: `activities.csv`,
//! `Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,…`.
//!
//! Strava publishes no description; the headers come from public programs and issues
//! (hugovk/strava-tools, martin-ueding/geo-activity-playground). The tracks are in separate files, as GPX
//! among other formats.
//!
//! Gotchas:
//! - headers, dates and types are in the account's language: the first four columns are told by the word for
//!   "activity" in each;
//! - dates are UTC, "Oct 7, 2020, 2:43:11 PM", "7 oct. 2020 à 14:43:11" or "07.10.2020, 14:43:11", with a narrow space
//!   before PM in new exports: local time is unknown;
//! - names repeat: the first `Distance` is for display (kilometres or miles, by the account's setting,
//!   metres for swims), the second in metres. A single one has an unknown unit;
//! - until June 2019, "id,date,name,type,description,elapsed_time,distance,…", with dates like "2018-09-12 15:02:23" and a
//!   single distance in metres (<https://github.com/hugovk/strava-tools/pull/1>);
//! - each activity also has a file, named by the table, in the archive: see [`paths`];
//! - an activity on a trainer ("Virtual Ride") covers no ground, whatever its distance.

use super::mode;
use super::place::rounded;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Row};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::{month, time};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use mesinfos_model::Category;
use mesinfos_model::category::mobility::{self, row};
use std::collections::HashSet;

/// The `strava-activities` format.
pub(crate) struct Strava;

static ABOUT: FormatInfo = FormatInfo {
    id: "strava-activities",
    fr: "Activités Strava (activities.csv de l’export complet)",
    en: "Strava activities (activities.csv of the bulk export)",
    origin: "Strava",
    categories: &[Category::Mobility],
    looks_for: "a first line \"Activity ID,Activity Date,Activity Name,Activity Type,…\", in the language of the account",
    spec: "https://support.strava.com/hc/en-us/articles/216918437-Exporting-your-Data-and-Bulk-Export",
    counts: OrdinalKind::Lines,
};

/// Beginnings of the word "activity" in the languages of accounts, in lower case.
const ACTIVITY: [&str; 6] = ["activi", "aktivi", "attivi", "ativid", "aktywn", "actividad"];

/// The words for a date, in lower case.
const DATES: [&str; 6] = ["date", "datum", "fecha", "data", "dato", "tid"];

/// Names of the elapsed time, in lower case.
const ELAPSED: [&str; 10] = [
    "elapsed_time",
    "elapsed time",
    "verstrichene zeit",
    "temps écoulé",
    "tiempo transcurrido",
    "tempo trascorso",
    "verstreken tijd",
    "tempo decorrido",
    "förfluten tid",
    "medgået tid",
];

/// Names of the distance, in lower case.
const DISTANCES: [&str; 9] =
    ["distance", "distanz", "distancia", "distanza", "afstand", "distância", "distans", "avstånd", "avstand"];

/// Words between a date and a time.
const AT: [&str; 6] = ["à", "at", "um", "om", "kl.", "às"];

/// The first columns until June 2019.
const FORMER: [&str; 7] = ["id", "date", "name", "type", "description", "elapsed_time", "distance"];

/// Whether a file begins with a header of activities.
fn is_header(line: &str) -> bool {
    if line.split(',').map(|name| name.trim().trim_matches('"')).take(FORMER.len()).eq(FORMER) {
        return true;
    }
    let mut names = line.split(',').map(|name| name.trim().trim_matches('"').to_lowercase());
    let is_own = |name: &String| ACTIVITY.iter().any(|word| name.contains(word));
    let (Some(id), Some(date), Some(name), Some(kind)) =
        (names.next(), names.next(), names.next(), names.next())
    else {
        return false;
    };
    let is_id = id.split(|c: char| !c.is_alphabetic()).any(|word| word == "id");
    let has_time = names.any(|name| ELAPSED.contains(&name.as_str()));
    is_id
        && has_time
        && DATES.iter().any(|word| date.contains(word))
        && [&id, &date, &name, &kind].into_iter().all(is_own)
}

/// Whether a file is the table of activities.
pub(crate) fn is_table(head: &Head) -> bool {
    head.text().lines().next().is_some_and(is_header)
}

/// Ends of the names of files with the path of an activity.
const PATHS: [&str; 6] = [".gpx", ".gpx.gz", ".fit", ".fit.gz", ".tcx", ".tcx.gz"];

/// Names, without their folder, of the files of the activities that a table tells of; at most so many.
pub(crate) fn paths(input: Input<'_>, most: usize) -> Result<HashSet<String>, FormatError> {
    let mut table = input.table(b',');
    let mut paths = HashSet::new();
    let Some(header) = table.next()? else { return Ok(paths) };
    let layout = Layout::of(header);
    while let Some(cells) = table.next()? {
        if paths.len() >= most {
            break;
        }
        if cells.len() != layout.width || instant(cells.get(DATE), layout.dates).is_none() {
            continue;
        }
        // The name of the column is in the language of the account.
        let path = cells.iter().skip(TYPE + 1).find(|cell| PATHS.iter().any(|end| cell.ends_with(end)));
        paths.extend(path.and_then(|path| path.rsplit('/').next()).map(str::to_owned));
    }
    Ok(paths)
}

impl Format for Strava {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        is_table(head)
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
    dates: Dates,
}

/// How dates are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dates {
    /// With the name of the month. Dates in digits, whose order depends on the country, do not occur in English.
    Named,
    /// With the name of the month, or with the day first.
    NamedOrDayFirst,
    /// With the year first, until June 2019.
    YearFirst,
}

impl Layout {
    fn of(header: Row<'_>) -> Layout {
        let places = |names: &[&str]| {
            let is_it =
                |(place, other): (usize, &str)| names.contains(&&*other.to_lowercase()).then_some(place);
            header.iter().enumerate().filter_map(is_it).collect::<Vec<usize>>()
        };
        let (dates, distance) = match header.get(DATE) {
            "date" if header.get(0) == "id" => (Dates::YearFirst, 0),
            "Activity Date" => (Dates::Named, 1),
            _ => (Dates::NamedOrDayFirst, 1),
        };
        Layout {
            elapsed: places(&ELAPSED).first().copied(),
            distance: places(&DISTANCES).get(distance).copied(),
            width: header.len(),
            dates,
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
    let Some(at) = instant(date, layout.dates) else {
        let reason = Reason::not_a_date(date, "Oct 7, 2020, 2:43:11 PM");
        rows.reject(line, Some("Activity Date"), reason);
        return Ok(());
    };
    let whole = |cell: Option<usize>| {
        let value: f64 = cells.get(cell?).replace(',', ".").parse().ok()?;
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

/// UTC seconds of a date and a time of day.
fn instant(text: &str, dates: Dates) -> Option<i64> {
    let words: Vec<&str> = text.split_whitespace().filter(|word| !AT.contains(word)).collect();
    let clock = words.iter().position(|word| word.contains(':'))?;
    let date = words[..clock].join(" ");
    let date = date.trim_end_matches(',');
    let digits = || match dates {
        Dates::Named => None,
        Dates::NamedOrDayFirst => time::day(date, "dmy").filter(|_| !date.contains(' ')),
        Dates::YearFirst => time::day(date, "ymd"),
    };
    let day = month::day(date).or_else(digits)?;
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
    fn the_files_of_activities_are_bounded() {
        let head = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Filename\n";
        let rows: String = (0..5)
            .map(|at| format!("{at},\"Oct 7, 2020, 2:43:11 PM\",x,Ride,1,activities/{at}.gpx\n"))
            .collect();
        let text = format!("{head}{rows}9,yesterday,x,Ride,1,activities/9.gpx\n");
        let of = |most: usize| {
            let (head, input) = Head::take(text.as_bytes()).unwrap();
            paths(Input::new(&head, input), most).unwrap().len()
        };
        assert_eq!((of(3), of(100)), (3, 5));
    }

    #[test]
    fn dates_of_both_clocks() {
        for text in ["Oct 7, 2020, 2:43:11 PM", "Oct 7, 2020, 2:43:11\u{202f}PM", "7 Oct 2020, 14:43:11"] {
            assert_eq!(instant(text, Dates::Named), Some(1_602_081_791), "{text}");
        }
        for text in [
            "7 oct. 2020 à 14:43:11",
            "07.10.2020, 14:43:11",
            "7 de out. de 2020, 14:43:11",
            "7 okt. 2020 om 14:43:11",
        ] {
            assert_eq!(instant(text, Dates::NamedOrDayFirst), Some(1_602_081_791), "{text}");
        }
        assert_eq!(instant("Oct 7, 2020, 12:00:00 AM", Dates::Named), Some(1_602_028_800));
        for bad in
            ["", "Oct 7, 2020", "07/10/2020, 14:43:11", "Oct 7, 2020, 14:43:11 PM", "Xkt 7, 2020, 2:43:11 PM"]
        {
            assert_eq!(instant(bad, Dates::Named), None, "{bad}");
        }
    }
}
