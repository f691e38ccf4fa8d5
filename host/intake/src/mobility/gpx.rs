//! GPX 1.0 and 1.1, the output of sports watches, navigation devices and apps (Strava, Garmin, Komoot,
//! …).
//!
//! Each point of a track is a row, and so is each segment with two or more timed points: a trip whose
//! distance follows its points in order.
//!
//! Gotchas:
//! - times are UTC by the specification, even without `Z`: local time is unknown;
//! - a point may have no time: it counts for its segment's distance, but is not a row; a segment without
//!   any time is rejected;
//! - a segment may be empty; a track may have several (the device was off in between);
//! - a waypoint is a mark on the map: with a time it is a position, without one it is rejected. A route
//!   is a plan, whatever times its points have;
//! - a track's `type` names the activity in free text (see [`super::mode`]); 1.0 has none;
//! - a segment of a day is many megabytes: points are read one by one.

use super::mode;
use super::place::{GeoPoint, rounded};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Node, Step, Xml};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::{digits, time};
use jiff::tz::TimeZone;
use mesinfos_model::Category;
use mesinfos_model::category::mobility::{self, row};

/// The `gpx` format.
pub(crate) struct Gpx {
    /// Whether segments are trips. In an export whose table has the activities, each would count twice.
    pub(crate) has_trips: bool,
}

static ABOUT: FormatInfo = FormatInfo {
    id: "gpx",
    fr: "Trace GPS (GPX)",
    en: "GPS track (GPX)",
    origin: "Strava, Garmin, Komoot, OsmAnd…",
    categories: &[Category::Mobility],
    looks_for: "an XML document whose root is <gpx>",
    spec: "https://www.topografix.com/GPX/1/1/",
    counts: OrdinalKind::Lines,
};

/// Holders by a word of the program that wrote a file, in lower case.
const HOLDERS: [(&str, &str); 20] = [
    ("strava", "Strava"),
    ("garmin", "Garmin"),
    ("komoot", "Komoot"),
    ("osmand", "OsmAnd"),
    ("polar", "Polar"),
    ("suunto", "Suunto"),
    ("movescount", "Suunto"),
    ("wahoo", "Wahoo"),
    ("coros", "COROS"),
    ("decathlon", "Decathlon"),
    ("runkeeper", "Runkeeper"),
    ("runtastic", "adidas Running"),
    ("endomondo", "Endomondo"),
    ("mapmyr", "MapMyRun"),
    ("fitbit", "Fitbit"),
    ("apple", "Apple"),
    ("visorando", "Visorando"),
    ("wikiloc", "Wikiloc"),
    ("opentracks", "OpenTracks"),
    ("outdooractive", "Outdooractive"),
];

/// Name of the holder that a file's `creator` tells; `None` if it is a program that nobody knows.
fn holder_of(creator: &str) -> Option<&'static str> {
    let creator = creator.to_lowercase();
    HOLDERS.iter().find(|(word, _)| creator.contains(word)).map(|(_, holder)| *holder)
}

impl Format for Gpx {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.xml_root() == Some("gpx")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut xml = input.xml();
        let mut tracks = Tracks { has_trips: self.has_trips, ..Tracks::default() };
        let ended = loop {
            match element(&mut xml, &mut tracks, rows) {
                Ok(true) => {}
                Ok(false) => break Ok(()),
                Err(stop) => break Err(stop),
            }
        };
        // A truncated file yields the path so far.
        tracks.end_segment(rows)?;
        ended
    }
}

/// Elements to stop at. Extensions and links have names and types of their own, which are not the
/// track's.
const ELEMENTS: [&str; 10] =
    ["gpx", "trk", "trkseg", "trkpt", "wpt", "rtept", "name", "type", "extensions", "link"];

/// Reads up to the next element; false at the end of the file.
fn element(xml: &mut Xml<'_>, tracks: &mut Tracks, rows: &mut RowWriter<'_>) -> Result<bool, FormatError> {
    let begun = match xml.step(&ELEMENTS)? {
        None => return Ok(false),
        Some(Step::Ends(name)) => {
            match &*name {
                "trkseg" => tracks.end_segment(rows)?,
                "trk" => tracks.end(),
                _ => {}
            }
            return Ok(true);
        }
        Some(Step::Begins(begun)) => begun,
    };
    match &*begun.name {
        "gpx" => tracks.holder = begun.attribute("creator").and_then(holder_of),
        "trk" => tracks.begin(),
        // An empty segment has no end event of its own.
        "trkseg" => {
            tracks.end_segment(rows)?;
            tracks.segment = Some(Segment::at(begun.line));
        }
        _ => {
            let node = xml.whole(begun)?;
            match &*node.name {
                "name" | "type" => tracks.describe(node),
                "trkpt" => tracks.point(&node, rows)?,
                "wpt" => waypoint(&node, tracks.holder, rows)?,
                "rtept" => {
                    let reason = Reason::PlannedRoute;
                    rows.reject(node.line, Some("rtept"), reason);
                }
                _ => {}
            }
        }
    }
    Ok(true)
}

/// A point of any kind.
struct Point {
    position: GeoPoint,
    /// `None` if it has no time.
    at: Option<(i64, Option<i64>)>,
    altitude: Option<i64>,
}

impl Point {
    /// `None` if it was rejected.
    fn of(node: &Node, rows: &mut RowWriter<'_>) -> Option<Point> {
        let (latitude, longitude) =
            (node.attribute("lat").unwrap_or_default(), node.attribute("lon").unwrap_or_default());
        let Some(position) = GeoPoint::of_degrees(latitude, longitude) else {
            let reason = Reason::not_degrees(latitude, longitude);
            rows.reject(node.line, Some("lat"), reason);
            return None;
        };
        let at = match node.text_at(&["time"]) {
            None => None,
            Some(text) => match instant(text) {
                None => {
                    let reason = Reason::not_an_instant(text, "2020-12-18T06:15:50Z");
                    rows.reject(node.line, Some("time"), reason);
                    return None;
                }
                at => at,
            },
        };
        let altitude = node.text_at(&["ele"]).and_then(|text| rounded(text.parse().ok()?));
        Some(Point { position, at, altitude })
    }

    fn push(
        &self,
        (at, offset): (i64, Option<i64>),
        node: &Node,
        holder: Option<&str>,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        // A track point has no name of its own; a waypoint's is the person's name for it.
        let label = if &*node.name == "wpt" { node.text_at(&["name"]) } else { None };
        rows.push(
            Category::Mobility,
            node.line,
            &[
                (mobility::HOLDER, holder.into()),
                (mobility::ROW, row::POINT.into()),
                (mobility::AT, at.into()),
                (mobility::UTC_OFFSET, offset.into()),
                (mobility::LABEL, label.into()),
                (mobility::LATITUDE, self.position.latitude.into()),
                (mobility::LONGITUDE, self.position.longitude.into()),
                (mobility::ALTITUDE, self.altitude.into()),
            ],
        )
    }
}

/// An instant, and local time minus UTC if given: `Z`, like a missing offset, only means UTC.
fn instant(text: &str) -> Option<(i64, Option<i64>)> {
    // Some programs write the digits of the device's language.
    let text = &*digits::all_western(text);
    // A day alone is not an instant.
    let clock = text.trim().get(10..).filter(|clock| !clock.is_empty())?;
    let (at, offset) = time::instant_in(text, &TimeZone::UTC)?;
    let says = clock.contains(['+', '-']);
    Some((at, Some(offset).filter(|_| says)))
}

fn waypoint(node: &Node, holder: Option<&str>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let Some(point) = Point::of(node, rows) else { return Ok(()) };
    match point.at {
        Some(at) => point.push(at, node, holder, rows),
        None => {
            let reason = Reason::MarkOnAMap;
            rows.reject(node.line, Some("time"), reason);
            Ok(())
        }
    }
}

/// The track and segment being read.
#[derive(Default)]
struct Tracks {
    has_trips: bool,
    holder: Option<&'static str>,
    is_in: bool,
    name: Option<String>,
    kind: Option<String>,
    segment: Option<Segment>,
}

#[derive(Default)]
struct Segment {
    line: u64,
    points: u64,
    /// Number of points with a time.
    timed: u64,
    /// First and last point with a time.
    first: Option<(GeoPoint, (i64, Option<i64>))>,
    last: Option<(GeoPoint, (i64, Option<i64>))>,
    before: Option<GeoPoint>,
    metres: f64,
}

impl Segment {
    fn at(line: u64) -> Segment {
        Segment { line, ..Segment::default() }
    }
}

impl Tracks {
    fn begin(&mut self) {
        self.end();
        self.is_in = true;
    }

    fn end(&mut self) {
        *self = Tracks { has_trips: self.has_trips, holder: self.holder, ..Tracks::default() };
    }

    fn describe(&mut self, node: Node) {
        let text = Some(node.text).filter(|text| self.is_in && !text.is_empty());
        if &*node.name == "name" { self.name = text } else { self.kind = text }
    }

    fn point(&mut self, node: &Node, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let Some(segment) = &mut self.segment else {
            rows.reject(node.line, Some("trkpt"), Reason::OutsideASegment);
            return Ok(());
        };
        let Some(point) = Point::of(node, rows) else { return Ok(()) };
        segment.points += 1;
        segment.metres += segment.before.map_or(0.0, |before| before.metres_to(point.position));
        segment.before = Some(point.position);
        let Some(at) = point.at else { return Ok(()) };
        segment.timed += 1;
        segment.last = Some((point.position, at));
        segment.first = segment.first.or(segment.last);
        point.push(at, node, self.holder, rows)
    }

    /// Ends the segment and writes its trip, if it was one.
    fn end_segment(&mut self, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let Some(segment) = self.segment.take() else { return Ok(()) };
        let (Some((from, (at, offset))), Some((to, (end, _)))) = (segment.first, segment.last) else {
            if segment.points > 0 {
                let reason = Reason::SegmentWithoutTime;
                rows.reject_rows(segment.points, segment.line, Some("time"), reason);
            }
            return Ok(());
        };
        // One timed point is not a path.
        if segment.timed < 2 || !self.has_trips {
            return Ok(());
        }
        let duration = end.checked_sub(at).filter(|&seconds| seconds >= 0);
        rows.push(
            Category::Mobility,
            segment.line,
            &[
                (mobility::HOLDER, self.holder.into()),
                (mobility::ROW, row::LEG.into()),
                (mobility::AT, at.into()),
                (mobility::UTC_OFFSET, offset.into()),
                (mobility::DURATION, duration.into()),
                (mobility::MODE, mode::of(self.kind.as_deref().unwrap_or_default()).into()),
                (mobility::DISTANCE, rounded(segment.metres).into()),
                (mobility::LABEL, self.name.as_deref().into()),
                (mobility::LATITUDE, from.latitude.into()),
                (mobility::LONGITUDE, from.longitude.into()),
                (mobility::TO_LATITUDE, to.latitude.into()),
                (mobility::TO_LONGITUDE, to.longitude.into()),
            ],
        )
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
    fn points_and_segments_are_rows() {
        let sample = include_str!("../../tests/samples/gpx.gpx");
        let (reads, batches) = read_all(sample.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rejected_count), ("gpx", 0), "{:?}", reads[0].rejected);
        let rows = &batches[0];
        let (point, leg) = (Some(row::POINT), Some(row::LEG));
        assert_eq!(all(rows, mobility::ROW), [point, point, point, leg, point, point, leg, point]);
        assert_eq!(all(rows, mobility::MODE)[3], Some(mobility::mode::BIKE));
        assert_eq!(
            all(rows, mobility::MODE)[6],
            Some(mobility::mode::UNKNOWN),
            "the second track says nothing"
        );
        assert_eq!(
            [rows.text(mobility::LABEL, 3), rows.text(mobility::LABEL, 6)],
            [Some("Au travail"), None]
        );
        assert_eq!(all(rows, mobility::DURATION)[3], Some(60));
        // 0.001 degree north twice, the point without a time between.
        assert_eq!(all(rows, mobility::DISTANCE)[3], Some(222));
        assert_eq!(all(rows, mobility::AT)[0], Some(1_608_272_150));
        assert_eq!(all(rows, mobility::UTC_OFFSET)[..2], [None, None]);
        assert_eq!(all(rows, mobility::ALTITUDE)[0], Some(211));
        assert_eq!(rows.text(mobility::LABEL, 7), Some("Fontaine"));
    }

    #[test]
    fn what_has_no_time_is_told_of() {
        let text = "<gpx version=\"1.0\" xmlns=\"http://www.topografix.com/GPX/1/0\">
            <wpt lat=\"1\" lon=\"2\"/><rte><rtept lat=\"1\" lon=\"2\"><time>2020-12-18T06:15:50Z</time></rtept></rte>
            <trk><trkseg>
            <trkpt lat=\"1\" lon=\"2\"/>
            <trkpt lat=\"1\" lon=\"2\"/></trkseg><trkseg/><trkseg>
            <trkpt lat=\"91\" lon=\"2\"><time>2020-12-18T06:15:50Z</time></trkpt>
            <trkpt lat=\"1\"><time>2020-12-18T06:15:50Z</time></trkpt>
            <trkpt lat=\"1\" lon=\"2\"><time>18/12/2020</time></trkpt></trkseg></trk>
            <trkpt lat=\"1\" lon=\"2\"><time>2020-12-18T06:15:50Z</time></trkpt></gpx>";
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        let rejected: Vec<_> =
            reads[0].rejected.iter().map(|r| (r.line.unwrap(), r.field.as_deref().unwrap())).collect();
        assert_eq!(
            rejected,
            [(2, "time"), (2, "rtept"), (3, "time"), (6, "lat"), (7, "lat"), (8, "time"), (9, "trkpt")]
        );
        assert_eq!((reads[0].rejected_count, batches.len()), (8, 0));
    }

    #[test]
    fn a_file_that_breaks_off_has_the_way_so_far() {
        let sample = include_str!("../../tests/samples/gpx.gpx");
        let cut = sample.find("</trkseg>").unwrap();
        let (reads, batches) = read_all(&sample.as_bytes()[..cut]).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (4, 1));
        assert_eq!(all(&batches[0], mobility::DISTANCE)[3], Some(222));
    }

    #[test]
    fn instants_are_utc_unless_they_say_more() {
        assert_eq!(instant("2013-01-01T12:00:04"), Some((1_357_041_604, None)));
        assert_eq!(instant("2013-01-01T12:00:04.250Z"), Some((1_357_041_604, None)));
        assert_eq!(instant("2013-01-01T13:00:04+01:00"), Some((1_357_041_604, Some(60))));
        assert_eq!(instant("2013-01-01"), None);
    }
}
