//! Google's timeline of a month (Takeout, until 2024):
//! `Semantic Location History/2022/2022_JANUARY.json`,
//! `{"timelineObjects": [{"activitySegment": {…}} | {"placeVisit": {…}}]}`.
//!
//! Gotchas:
//! - instants are `startTimestamp` (ISO 8601, UTC) or, before 2022, `startTimestampMs` (a string of
//!   milliseconds); local time is unknown;
//! - a location may be `{}`, or lack its place: a trip without ends is still a trip;
//! - `distance` is in metres; activity names differ between exports (see [`super::mode`]);
//! - `simplifiedRawPath` repeats positions that [`super::google_records`] has, and `childVisits` are
//!   stays within a stay: neither yields rows, because each would count twice.

use super::google::{Leg, Spot, Stretch, Visit, has_array};
use super::lenient::{Text, Whole};
use super::place::GeoPoint;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{self, Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use serde::Deserialize;

/// The `google-semantic-history` format.
pub(crate) struct GoogleSemantic;

static ABOUT: FormatInfo = FormatInfo {
    id: "google-semantic-history",
    fr: "Trajets Google d’un mois (Takeout : Semantic Location History)",
    en: "A month of Google's timeline (Takeout: Semantic Location History)",
    origin: "Google",
    categories: &[Category::Mobility],
    looks_for: "JSON with an array \"timelineObjects\"",
    spec: "https://locationhistoryformat.com/reference/semantic/",
    counts: OrdinalKind::Entries,
};

/// Used members of an element of `timelineObjects`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TimelineObject<'a> {
    #[serde(borrow)]
    activity_segment: Option<ActivitySegment<'a>>,
    #[serde(borrow)]
    place_visit: Option<PlaceVisit<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ActivitySegment<'a> {
    #[serde(borrow)]
    start_location: Option<Location<'a>>,
    #[serde(borrow)]
    end_location: Option<Location<'a>>,
    #[serde(borrow)]
    duration: Option<Duration<'a>>,
    #[serde(default)]
    distance: Whole,
    #[serde(borrow, default)]
    activity_type: Text<'a>,
    #[serde(borrow)]
    transit_path: Option<TransitPath<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PlaceVisit<'a> {
    #[serde(borrow)]
    location: Option<Location<'a>>,
    #[serde(borrow)]
    duration: Option<Duration<'a>>,
    #[serde(default, rename = "centerLatE7")]
    center_latitude: Whole,
    #[serde(default, rename = "centerLngE7")]
    center_longitude: Whole,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(default, rename = "latitudeE7")]
    latitude: Whole,
    #[serde(default, rename = "longitudeE7")]
    longitude: Whole,
    #[serde(borrow, default)]
    place_id: Text<'a>,
    #[serde(borrow, default)]
    name: Text<'a>,
    #[serde(borrow, default)]
    address: Text<'a>,
    #[serde(borrow, default)]
    semantic_type: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Duration<'a> {
    #[serde(borrow, default)]
    start_timestamp: Text<'a>,
    #[serde(borrow, default)]
    start_timestamp_ms: Text<'a>,
    #[serde(borrow, default)]
    end_timestamp: Text<'a>,
    #[serde(borrow, default)]
    end_timestamp_ms: Text<'a>,
}

#[derive(Deserialize)]
struct TransitPath<'a> {
    #[serde(borrow, default)]
    name: Text<'a>,
}

impl Format for GoogleSemantic {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        has_array(head, "timelineObjects")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        read::entries(input.text(), &["timelineObjects"], &mut |place, ahead| {
            let Some((entry, end)) = ahead.parse(place, rows)? else { return Ok(None) };
            entry.map_or(Ok(()), |entry| object(place, &entry, rows))?;
            Ok(Some(end))
        })
    }
}

fn object(place: u64, object: &TimelineObject<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    match (&object.activity_segment, &object.place_visit) {
        (None, None) => {
            rows.reject(place, None, Reason::NoTripNorStay);
            Ok(())
        }
        (segment, visit) => {
            if let Some(segment) = segment {
                activity_segment(place, segment, rows)?;
            }
            visit.as_ref().map_or(Ok(()), |visit| place_visit(place, visit, rows))
        }
    }
}

fn activity_segment(
    place: u64,
    segment: &ActivitySegment<'_>,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    let Some(stretch) = stretch(place, segment.duration.as_ref(), rows) else { return Ok(()) };
    let leg = Leg {
        stretch,
        activity: segment.activity_type.get().unwrap_or_default(),
        distance: segment.distance.0,
        line: segment.transit_path.as_ref().and_then(|path| path.name.get()),
        from: segment.start_location.as_ref().map(Location::spot).unwrap_or_default(),
        to: segment.end_location.as_ref().map(Location::spot).unwrap_or_default(),
    };
    leg.push(place, rows)
}

fn place_visit(place: u64, visit: &PlaceVisit<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let Some(stretch) = stretch(place, visit.duration.as_ref(), rows) else { return Ok(()) };
    let mut spot = visit.location.as_ref().map(Location::spot).unwrap_or_default();
    if let (None, Some(latitude), Some(longitude)) =
        (spot.position, visit.center_latitude.0, visit.center_longitude.0)
    {
        spot.position = GeoPoint::of_e7(latitude, longitude);
    }
    let semantic = visit.location.as_ref().and_then(|location| location.semantic_type.get());
    Visit { stretch, spot, semantic }.push(place, rows)
}

/// Start and duration; without a start the row is rejected.
fn stretch(place: u64, duration: Option<&Duration<'_>>, rows: &mut RowWriter<'_>) -> Option<Stretch> {
    let Some(duration) = duration else {
        rows.reject(place, Some("duration"), Reason::NoDate);
        return None;
    };
    let start =
        duration.start_timestamp.get().map_or(&duration.start_timestamp_ms, |_| &duration.start_timestamp);
    let Some(at) = start.instant() else {
        rows.reject(
            place,
            Some("startTimestamp"),
            Reason::not_an_instant(start.shown(), "2019-05-30T15:37:14Z"),
        );
        return None;
    };
    let end = duration.end_timestamp.instant().or_else(|| duration.end_timestamp_ms.instant());
    Some(Stretch::new(at, end))
}

impl Location<'_> {
    fn spot(&self) -> Spot<'_> {
        let name = self.name.get().or_else(|| self.address.get());
        let position = self.latitude.0.zip(self.longitude.0);
        Spot {
            id: self.place_id.get().or(name),
            name,
            position: position.and_then(|(latitude, longitude)| GeoPoint::of_e7(latitude, longitude)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::mobility::{self, mode, place_kind, row};

    #[test]
    fn trips_and_stays_are_rows() {
        let sample = include_str!("../../tests/samples/google-semantic-history.json");
        let (reads, batches) = read_all(sample.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rejected_count), ("google-semantic-history", 0));
        let rows = &batches[0];
        let all = |field| (0..rows.rows()).map(|row| rows.integer(field, row)).collect::<Vec<_>>();
        assert_eq!(all(mobility::ROW), [row::LEG, row::VISIT, row::LEG, row::LEG].map(Some));
        assert_eq!(all(mobility::MODE), [Some(mode::WALK), None, Some(mode::BUS), Some(mode::CAR)]);
        assert_eq!(all(mobility::DURATION), [241, 3_600, 600, 900].map(Some));
        assert_eq!(all(mobility::DISTANCE), [Some(292), None, Some(2_413), None]);
        assert_eq!(all(mobility::PLACE_KIND), [None, Some(place_kind::HOME), None, None]);
        assert_eq!(rows.text(mobility::TO, 1), Some("ChIJinvented-home"));
        assert_eq!(rows.text(mobility::TO_NAME, 1), Some("Maison"));
        assert_eq!(rows.text(mobility::LINE, 2), Some("C3"));
        assert_eq!(rows.text(mobility::FROM, 2), Some("ChIJinvented-stop"));
        assert_eq!(rows.integer(mobility::LATITUDE, 3), None, "an empty location");
    }

    #[test]
    fn what_is_wrong_is_told_of() {
        let text = r#"{"timelineObjects": [
            {"activitySegment": {"duration": {"startTimestamp": "yesterday"}}},
            {"placeVisit": {"location": {}}},
            {"somethingNew": {}},
            {"placeVisit": {"location": {"latitudeE7": 1, "longitudeE7": 99999999999}, "centerLatE7": 5, "centerLngE7": 6,
              "duration": {"startTimestampMs": "1642007904000", "endTimestampMs": "5"}}},
            {"activitySegment": []}
        ]}"#;
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        let places: Vec<_> =
            reads[0].rejected.iter().map(|r| (r.line.unwrap(), r.field.as_deref())).collect();
        assert_eq!(places, [(1, Some("startTimestamp")), (2, Some("duration")), (3, None), (5, None)]);
        assert_eq!(batches[0].integer(mobility::LATITUDE, 0), Some(5));
        assert_eq!(batches[0].integer(mobility::DURATION, 0), None, "it ends before it starts");
    }
}
