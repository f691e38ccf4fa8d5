//! Trips and positions: Google's monthly files (2023) and timeline (since), tracks of rides, the operator's
//! cells.

use super::phone::number;
use super::{SampleFile, some};
use crate::calendar::{at, local, offset, utc};
use crate::life::{Leg, Life, Mode, Record, Spot};
use crate::text::{Object, array, degrees};
use std::fmt::Write;

/// The last year of Google's monthly files; later years are in one timeline.
const LAST_MONTHS: i16 = 2023;

const MONTHS: [&str; 12] = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
];

fn activity(mode: Mode) -> &'static str {
    match mode {
        Mode::Walk => "WALKING",
        Mode::Bike => "CYCLING",
        Mode::Car => "IN_PASSENGER_VEHICLE",
        Mode::Bus => "IN_BUS",
        Mode::Metro => "IN_SUBWAY",
        Mode::Train => "IN_TRAIN",
    }
}

fn shown(record: &Record) -> impl Iterator<Item = &Leg> {
    record.legs.iter().filter(|leg| record.shows(leg.on))
}

/// One file per month.
pub(super) fn months(_: &Life, record: &Record) -> Vec<SampleFile> {
    let old: Vec<&Leg> = shown(record).filter(|leg| leg.on.year() <= LAST_MONTHS).collect();
    old.chunk_by(|one, other| one.on.first_of_month() == other.on.first_of_month())
        .filter_map(|legs| {
            let month = legs.first()?.on;
            let name = MONTHS.get(usize::try_from(month.month()).ok()?.checked_sub(1)?)?;
            let text = Object::new().list("timelineObjects", legs.iter().map(|leg| segment(leg))).to_string();
            Some(SampleFile { name: format!("{}_{name}.json", month.year()), bytes: text.into_bytes() })
        })
        .collect()
}

fn segment(leg: &Leg) -> Object {
    let spot = |spot: &Spot| {
        Object::new()
            .raw("latitudeE7", spot.latitude)
            .raw("longitudeE7", spot.longitude)
            .text("name", spot.name)
    };
    let duration =
        Object::new().text("startTimestamp", &utc(leg.at)).text("endTimestamp", &utc(leg.at + leg.seconds));
    let segment = Object::new()
        .object("startLocation", &spot(&leg.from))
        .object("endLocation", &spot(&leg.to))
        .object("duration", &duration)
        .raw("distance", leg.metres)
        .text("activityType", activity(leg.mode))
        .text("confidence", "HIGH");
    Object::new().object("activitySegment", &segment)
}

/// `Timeline.json`, as exported by a telephone.
pub(crate) fn timeline(_: &Life, record: &Record) -> Vec<SampleFile> {
    let new: Vec<&Leg> = shown(record).filter(|leg| leg.on.year() > LAST_MONTHS).collect();
    some("Timeline.json", new.is_empty(), || {
        let point = |spot: &Spot| {
            let position = format!("{}°, {}°", degrees(spot.latitude), degrees(spot.longitude));
            Object::new().text("latLng", &position)
        };
        let segments = new.iter().map(|leg| {
            let top = Object::new().text("type", activity(leg.mode)).raw("probability", "0.9");
            let activity = Object::new()
                .object("start", &point(&leg.from))
                .object("end", &point(&leg.to))
                .raw("distanceMeters", leg.metres)
                .object("topCandidate", &top);
            Object::new()
                .text("startTime", &local(leg.at))
                .text("endTime", &local(leg.at + leg.seconds))
                .raw("startTimeTimezoneUtcOffsetMinutes", offset(leg.at) / 60)
                .object("activity", &activity)
        });
        Object::new().list("semanticSegments", segments).to_string()
    })
}

/// The way to work by bicycle on the first days of each month, as recorded by a sports watch.
pub(super) fn rides(_: &Life, record: &Record) -> Vec<SampleFile> {
    let rides: Vec<&Leg> = shown(record).filter(|leg| leg.is_recorded()).collect();
    some("trajets-velo.gpx", rides.is_empty(), || {
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx creator=\"MesInfos\" version=\"1.1\" \
             xmlns=\"http://www.topografix.com/GPX/1/1\">\n",
        );
        for leg in rides {
            text.push_str(" <trk><name>À vélo</name><type>cycling</type><trkseg>\n");
            for step in 0..=10 {
                let between = |from: i64, to: i64| degrees(from + (to - from) * step / 10);
                let (lat, lon) = (
                    between(leg.from.latitude, leg.to.latitude),
                    between(leg.from.longitude, leg.to.longitude),
                );
                let time = utc(leg.at + leg.seconds * step / 10);
                // Writing to a string cannot fail.
                let _ = writeln!(text, "  <trkpt lat=\"{lat}\" lon=\"{lon}\"><time>{time}</time></trkpt>");
            }
            text.push_str(" </trkseg></trk>\n");
        }
        text.push_str("</gpx>\n");
        text
    })
}

/// Position of the telephone at the first trip of each week, by the operator's cells.
pub(super) fn positions(life: &Life, record: &Record) -> Vec<SampleFile> {
    let monday = |leg: &&Leg| leg.on.weekday().to_monday_one_offset() == 1;
    some("orange-positions.json", !shown(record).any(|leg| monday(&leg)), || {
        let line = number(life);
        array(shown(record).filter(monday).map(|leg| {
            Object::new()
                .text("docType", "fr.orange.geopoint")
                .text("msisdn", &line)
                .text("timestamp", &utc(at(leg.on, 12 * 60)))
                .raw("latitude", degrees(leg.to.latitude / 10_000 * 10_000))
                .raw("longitude", degrees(leg.to.longitude / 10_000 * 10_000))
                .raw("radius", 420)
        }))
    })
}
