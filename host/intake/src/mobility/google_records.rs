//! Positions that Google recorded of a phone: Takeout's `Location History.json` (until 2021) and
//! `Records.json` (until 2024),
//! `{"locations": [{"latitudeE7", "longitudeE7", "timestamp" | "timestampMs", …}]}`.
//!
//! Gotchas:
//! - the file is often over a gigabyte, most of it Wi-Fi scans and activity guesses: they are skipped
//!   without being kept;
//! - `timestampMs` is a string of milliseconds, `timestamp` is ISO 8601 in UTC: local time is unknown;
//! - southern or western positions may be 2^32 too large (see [`GeoPoint::of_e7`]);
//! - `activity` is the phone's guess around that time, often several at once: it is not a mode.

use super::google::{HOLDER, has_array};
use super::lenient::{Text, Whole};
use super::place::GeoPoint;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{self, Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::category::mobility::{self, row};
use serde::Deserialize;

/// The `google-records` format.
pub(crate) struct GoogleRecords;

static ABOUT: FormatInfo = FormatInfo {
    id: "google-records",
    fr: "Positions Google (Takeout : Records.json, Location History.json)",
    en: "Google positions (Takeout: Records.json, Location History.json)",
    origin: "Google",
    categories: &[Category::Mobility],
    looks_for: "JSON with an array \"locations\" of objects with \"latitudeE7\"",
    spec: "https://locationhistoryformat.com/reference/records/",
    counts: OrdinalKind::Entries,
};

/// Used members of an element of `locations`.
#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow, default)]
    timestamp: Text<'a>,
    #[serde(borrow, default, rename = "timestampMs")]
    timestamp_ms: Text<'a>,
    #[serde(default, rename = "latitudeE7")]
    latitude: Whole,
    #[serde(default, rename = "longitudeE7")]
    longitude: Whole,
    #[serde(default)]
    accuracy: Whole,
    #[serde(default)]
    altitude: Whole,
    #[serde(borrow, default, rename = "deviceTag")]
    device: Text<'a>,
}

impl Format for GoogleRecords {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        has_array(head, "locations") && head.text().contains("\"latitudeE7\"")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        read::entries(input.text(), &["locations"], &mut |place, ahead| {
            let Some((entry, end)) = ahead.parse(place, rows)? else { return Ok(None) };
            entry.map_or(Ok(()), |entry| record(place, &entry, rows))?;
            Ok(Some(end))
        })
    }
}

fn record(place: u64, record: &Record<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let (field, stamp) = match record.timestamp.get() {
        Some(_) => ("timestamp", &record.timestamp),
        None => ("timestampMs", &record.timestamp_ms),
    };
    let Some((at, offset)) = stamp.instant() else {
        rows.reject(place, Some(field), Reason::not_an_instant(stamp.shown(), "2019-05-30T15:37:14Z"));
        return Ok(());
    };
    let (Some(latitude), Some(longitude)) = (record.latitude.0, record.longitude.0) else {
        rows.reject(place, Some("latitudeE7"), Reason::NoPosition);
        return Ok(());
    };
    let Some(position) = GeoPoint::of_e7(latitude, longitude) else {
        rows.reject(
            place,
            Some("latitudeE7"),
            Reason::not_on_earth(latitude.to_string(), longitude.to_string()),
        );
        return Ok(());
    };
    rows.push(
        Category::Mobility,
        place,
        &[
            (mobility::HOLDER, HOLDER.into()),
            (mobility::ROW, row::POINT.into()),
            (mobility::SOURCE, record.device.get().into()),
            (mobility::AT, at.into()),
            (mobility::UTC_OFFSET, offset.into()),
            (mobility::LATITUDE, position.latitude.into()),
            (mobility::LONGITUDE, position.longitude.into()),
            (mobility::ACCURACY, record.accuracy.0.into()),
            (mobility::ALTITUDE, record.altitude.0.into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    #[test]
    fn both_generations_are_read() {
        for (sample, device) in [
            (include_str!("../../tests/samples/google-records.json"), Some("1234567890")),
            (include_str!("../../tests/samples/google-records--location-history.json"), None),
        ] {
            let (reads, batches) = read_all(sample.as_bytes()).unwrap();
            assert_eq!((reads[0].about.id, reads[0].rejected_count), ("google-records", 0));
            let rows = &batches[0];
            assert_eq!(rows.rows(), 3);
            let first = |field| rows.integer(field, 0);
            assert_eq!((first(mobility::AT), first(mobility::UTC_OFFSET)), (Some(1_642_007_904), None));
            assert_eq!(
                (first(mobility::LATITUDE), first(mobility::LONGITUDE)),
                (Some(457_640_000), Some(48_357_000))
            );
            assert_eq!((first(mobility::ACCURACY), first(mobility::ROW)), (Some(20), Some(row::POINT)));
            assert_eq!(rows.text(mobility::SOURCE, 0), device);
            assert_eq!(rows.integer(mobility::LONGITUDE, 2), Some(-1_219_287_261));
        }
    }

    #[test]
    fn what_is_wrong_is_told_of() {
        let text = r#"{"locations": [
            {"latitudeE7": 1, "longitudeE7": 2, "timestamp": "2022-13-12T17:18:24Z"},
            {"latitudeE7": 1, "longitudeE7": 2},
            {"timestamp": "2022-01-12T17:18:24Z"},
            {"latitudeE7": "457640000", "longitudeE7": "x", "timestampMs": 1642007904000},
            {"latitudeE7": -900000001, "longitudeE7": 2, "timestamp": "2022-01-12T17:18:24Z"},
            [1], 7,
            {"latitudeE7": "457640000", "longitudeE7": 48357000.0, "timestampMs": 1642007904000, "accuracy": null}
        ], "more": {}}"#;
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        let places: Vec<_> =
            reads[0].rejected.iter().map(|r| (r.line.unwrap(), r.field.as_deref())).collect();
        let position = Some("latitudeE7");
        let expected = [
            (1, Some("timestamp")),
            (2, Some("timestampMs")),
            (3, position),
            (4, position),
            (5, position),
            (6, position),
            (7, None),
        ];
        assert_eq!(places, expected);
        assert_eq!((batches[0].rows(), batches[0].integer(mobility::AT, 0)), (1, Some(1_642_007_904)));
    }

    #[test]
    fn what_is_before_a_break_stays() {
        let sample = include_str!("../../tests/samples/google-records.json");
        let (reads, _) = read_all(&sample.as_bytes()[..sample.len() - 80]).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (2, 1));
    }
}
