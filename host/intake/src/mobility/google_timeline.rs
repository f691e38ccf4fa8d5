//! Google's timeline as a phone exports it (since 2024). Android:
//! `{"semanticSegments": […], "rawSignals": […], …}`, each segment being
//! `{"startTime", "endTime", "visit" | "activity" | "timelinePath" | "timelineMemory": …}`. iOS: the
//! array of segments alone.
//!
//! Gotchas:
//! - positions are "45.76°, 4.83°" (Android) or "geo:45.76,4.83" (iOS), bare or in an object;
//! - on iOS, numbers are strings, `placeId` is `placeID`, types have spaces ("in passenger vehicle"), and
//!   a point along the way has minutes since the segment's start instead of an instant;
//! - instants have the local offset, except on iOS, which may write `Z`; Android also has
//!   `startTimeTimezoneUtcOffsetMinutes`, the offset at the place, which takes precedence;
//! - a stay in a shop within a stay in its building is a second visit with a `hierarchyLevel`: it is not
//!   a row, because the time would count twice. A `timelineMemory` summarises a journey, and is not a row
//!   either;
//! - `rawSignals` are the raw data of the last weeks behind the path, and are skipped.

use super::google::{Leg, Spot, Stretch, Visit, has_array, push_point};
use super::lenient::{LenientPosition, Text, Whole};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{self, Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// The `google-timeline` format.
pub(crate) struct GoogleTimeline;

static ABOUT: FormatInfo = FormatInfo {
    id: "google-timeline",
    fr: "Trajets Google exportés du téléphone (Timeline.json, location-history.json)",
    en: "Google Timeline exported from the phone (Timeline.json, location-history.json)",
    origin: "Google",
    categories: &[Category::Mobility],
    looks_for: "JSON with an array \"semanticSegments\", or an array of objects with \"startTime\", \"endTime\" and a visit, an activity or a path",
    spec: "https://support.google.com/maps/answer/6258979",
    counts: OrdinalKind::Entries,
};

/// Minutes of a day: no clock differs more from UTC.
const DAY_MINUTES: i64 = 24 * 60;

/// Used members of a segment.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Segment<'a> {
    #[serde(borrow, default)]
    start_time: Text<'a>,
    #[serde(borrow, default)]
    end_time: Text<'a>,
    #[serde(default, rename = "startTimeTimezoneUtcOffsetMinutes")]
    offset: Whole,
    #[serde(borrow)]
    visit: Option<SegmentVisit<'a>>,
    #[serde(borrow)]
    activity: Option<Activity<'a>>,
    #[serde(borrow)]
    timeline_path: Option<Vec<PathPoint<'a>>>,
    timeline_memory: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SegmentVisit<'a> {
    #[serde(default)]
    hierarchy_level: Whole,
    #[serde(borrow)]
    top_candidate: Option<PlaceCandidate<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PlaceCandidate<'a> {
    #[serde(borrow, default, alias = "placeID")]
    place_id: Text<'a>,
    #[serde(borrow, default)]
    semantic_type: Text<'a>,
    #[serde(default)]
    place_location: LenientPosition,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Activity<'a> {
    #[serde(default)]
    start: LenientPosition,
    #[serde(default)]
    end: LenientPosition,
    #[serde(default)]
    distance_meters: Whole,
    #[serde(borrow)]
    top_candidate: Option<ActivityCandidate<'a>>,
}

#[derive(Deserialize)]
struct ActivityCandidate<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PathPoint<'a> {
    #[serde(default)]
    point: LenientPosition,
    #[serde(borrow, default)]
    time: Text<'a>,
    #[serde(default, rename = "durationMinutesOffsetFromStartTime")]
    minutes: Whole,
}

impl Format for GoogleTimeline {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let kinds = ["\"visit\"", "\"activity\"", "\"timelinePath\"", "\"timelineMemory\""];
        if is_array(head) {
            head.is_json_with(&["\"startTime\"", "\"endTime\""])
                && kinds.iter().any(|kind| head.text().contains(kind))
        } else {
            has_array(head, "semanticSegments")
        }
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let path: &[&str] = if is_array(input.head) { &[] } else { &["semanticSegments"] };
        read::entries(input.text(), path, &mut |place, ahead| {
            let Some((entry, end)) = ahead.parse(place, rows)? else { return Ok(None) };
            entry.map_or(Ok(()), |entry| segment(place, &entry, rows))?;
            Ok(Some(end))
        })
    }
}

fn is_array(head: &Head) -> bool {
    head.text().trim_start().starts_with('[')
}

fn segment(place: u64, segment: &Segment<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let Some((at, offset)) = segment.start_time.instant() else {
        rows.reject(
            place,
            Some("startTime"),
            Reason::not_an_instant(segment.start_time.shown(), "2019-05-30T15:37:14Z"),
        );
        return Ok(());
    };
    let own_offset = segment.offset.0.filter(|minutes| (-DAY_MINUTES..=DAY_MINUTES).contains(minutes));
    let start = (at, own_offset.or(offset));
    let stretch = Stretch::new(start, segment.end_time.instant());
    if let Some(visit) = &segment.visit {
        return push_visit(place, stretch, visit, rows);
    }
    if let Some(activity) = &segment.activity {
        return push_leg(place, stretch, activity, rows);
    }
    if let Some(path) = &segment.timeline_path {
        return push_path(place, start, path, rows);
    }
    if segment.timeline_memory.is_none() {
        rows.reject(place, None, Reason::NoTripNorStay);
    }
    Ok(())
}

fn push_visit(
    place: u64,
    stretch: Stretch,
    visit: &SegmentVisit<'_>,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    if visit.hierarchy_level.0.is_some_and(|level| level > 0) {
        return Ok(());
    }
    let candidate = visit.top_candidate.as_ref();
    let spot = Spot {
        id: candidate.and_then(|candidate| candidate.place_id.get()),
        name: None,
        position: candidate.and_then(|candidate| candidate.place_location.0),
    };
    let semantic = candidate.and_then(|candidate| candidate.semantic_type.get());
    Visit { stretch, spot, semantic }.push(place, rows)
}

fn push_leg(
    place: u64,
    stretch: Stretch,
    activity: &Activity<'_>,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    let at = |position: LenientPosition| Spot { position: position.0, ..Spot::default() };
    let kind = activity.top_candidate.as_ref().and_then(|candidate| candidate.kind.get());
    let leg = Leg {
        stretch,
        activity: kind.unwrap_or_default(),
        distance: activity.distance_meters.0,
        line: None,
        from: at(activity.start),
        to: at(activity.end),
    };
    leg.push(place, rows)
}

fn push_path(
    place: u64,
    (start, offset): (i64, Option<i64>),
    path: &[PathPoint<'_>],
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    for point in path {
        let Some(position) = point.point.0 else {
            rows.reject(place, Some("point"), Reason::no_position_as("45.76°, 4.83°; geo:45.76,4.83"));
            continue;
        };
        let since = |minutes: i64| start.checked_add(minutes.checked_mul(60)?);
        let at = match (point.time.get(), point.minutes.0.and_then(since)) {
            (Some(_), _) => point.time.instant(),
            (None, Some(at)) => Some((at, offset)),
            (None, None) => None,
        };
        let Some((at, own_offset)) = at else {
            rows.reject(
                place,
                Some("time"),
                Reason::not_an_instant(point.time.shown(), "2019-05-30T15:37:14Z"),
            );
            continue;
        };
        push_point(place, at, own_offset.or(offset), position, rows)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::mobility::{self, mode, place_kind, row};

    #[test]
    fn both_phones_tell_the_same() {
        for sample in [
            include_str!("../../tests/samples/google-timeline.json"),
            include_str!("../../tests/samples/google-timeline--ios.json"),
            concat!("\u{feff}", include_str!("../../tests/samples/google-timeline--ios.json")),
        ] {
            let (reads, batches) = read_all(sample.as_bytes()).unwrap();
            assert_eq!(
                (reads[0].about.id, reads[0].rejected_count),
                ("google-timeline", 0),
                "{:?}",
                reads[0].rejected
            );
            let rows = &batches[0];
            let all = |field| (0..rows.rows()).map(|row| rows.integer(field, row)).collect::<Vec<_>>();
            assert_eq!(all(mobility::ROW), [row::VISIT, row::LEG, row::POINT, row::POINT].map(Some));
            assert_eq!(
                all(mobility::AT),
                [1_718_434_800, 1_718_438_400, 1_718_438_640, 1_718_439_540].map(Some)
            );
            assert_eq!(all(mobility::UTC_OFFSET), [Some(120); 4]);
            assert_eq!(all(mobility::DURATION), [Some(3_600), Some(1_860), None, None]);
            assert_eq!(all(mobility::MODE), [None, Some(mode::METRO), None, None]);
            assert_eq!(all(mobility::DISTANCE), [None, Some(2_301), None, None]);
            assert_eq!(
                all(mobility::LATITUDE),
                [457_640_000, 457_640_000, 457_640_000, 457_602_000].map(Some)
            );
            assert_eq!(all(mobility::TO_LONGITUDE), [None, Some(48_599_000), None, None]);
            assert_eq!(all(mobility::PLACE_KIND)[0], Some(place_kind::HOME));
            assert_eq!(rows.text(mobility::TO, 0), Some("ChIJinvented-home"));
        }
    }

    #[test]
    fn what_is_wrong_is_told_of() {
        let text = r#"[
            {"startTime": "soon", "endTime": "2024-06-15T10:00:00Z", "visit": {}},
            {"startTime": "2024-06-15T09:00:00Z", "endTime": "2024-06-15T10:00:00Z"},
            {"startTime": "2024-06-15T09:00:00Z", "endTime": "2024-06-15T08:00:00Z", "visit": {"hierarchyLevel": "0"}},
            {"startTime": "2024-06-15T09:00:00Z", "endTime": "2024-06-15T10:00:00Z", "visit": {"hierarchyLevel": "1"}},
            {"startTime": "2024-06-15T09:00:00Z", "timelinePath": [
                {"point": "geo:95,5", "durationMinutesOffsetFromStartTime": "1"},
                {"point": "geo:45,5"},
                {"point": "geo:45,5", "time": "later"},
                {"point": "geo:45,5", "durationMinutesOffsetFromStartTime": 9223372036854775807},
                {"point": "geo:45,5", "durationMinutesOffsetFromStartTime": 2}]},
            {"startTime": "2024-06-15T09:00:00Z", "activity": {"start": {}, "end": null, "distanceMeters": "-1"}},
            {"startTime": "2024-06-15T09:00:00Z", "timelineMemory": {"trip": {}}},
            {"startTime": "2024-06-15T09:00:00Z", "timelinePath": {}}
        ]"#;
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        let places: Vec<_> =
            reads[0].rejected.iter().map(|r| (r.line.unwrap(), r.field.as_deref())).collect();
        let expected = [
            (1, Some("startTime")),
            (2, None),
            (5, Some("point")),
            (5, Some("time")),
            (5, Some("time")),
            (5, Some("time")),
            (8, None),
        ];
        assert_eq!(places, expected);
        let rows = &batches[0];
        let all = |field| (0..rows.rows()).map(|row| rows.integer(field, row)).collect::<Vec<_>>();
        assert_eq!(all(mobility::ROW), [row::VISIT, row::POINT, row::LEG].map(Some));
        assert_eq!(all(mobility::UTC_OFFSET), [None; 3], "UTC says nothing of local time");
        assert_eq!((all(mobility::DURATION)[0], all(mobility::DISTANCE)[2]), (None, None));
        assert_eq!(all(mobility::MODE)[2], Some(mode::UNKNOWN));
    }
}
