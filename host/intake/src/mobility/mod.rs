//! Formats of trips, stays and positions.
//!
//! Start reading at [`gpx`] for the simplest, [`google_timeline`] for the fullest. Shared parts:
//! [`place`] (positions and distances), [`mode`] (activity names), [`lenient`] (JSON values that are
//! numbers or strings depending on the export), [`google`] (rows of both its timelines), [`english`]
//! (dates with month names).

mod google;
mod google_records;
mod google_semantic;
mod google_timeline;
pub(crate) mod gpx;
mod lenient;
mod mode;
mod ov_chipkaart;
mod place;
mod strava;
mod tfl;

pub(crate) use strava::{is_table as is_activity_table, paths as activity_paths};

use crate::Format;

/// Formats, in the order they are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[
    &google_semantic::GoogleSemantic,
    &google_timeline::GoogleTimeline,
    &google_records::GoogleRecords,
    &gpx::Gpx { has_trips: true },
    &tfl::Tfl,
    &ov_chipkaart::OvChipkaart,
    &strava::Strava,
];

/// Tracks of activities that a table tells of: their points are read, and not their trips.
pub(crate) static PATHS: gpx::Gpx = gpx::Gpx { has_trips: false };
