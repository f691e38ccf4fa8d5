//! Formats of trips, stays and positions.
//!
//! Start reading at [`gpx`] for the plainest, [`google_timeline`] for the fullest. What several share:
//! [`place`] (positions and distances), [`mode`] (names of activities), [`lenient`] (JSON values that are
//! numbers or strings from one export to the next), [`google`] (rows of both its timelines), [`english`]
//! (dates with the names of months).

mod english;
mod google;
mod google_records;
mod google_semantic;
mod google_timeline;
mod gpx;
mod lenient;
mod mode;
mod ov_chipkaart;
mod place;
mod strava;
mod tfl;

use crate::Format;

/// The formats, in the order in which files are tried.
pub(crate) static FORMATS: &[&dyn Format] = &[
    &google_semantic::GoogleSemantic,
    &google_timeline::GoogleTimeline,
    &google_records::GoogleRecords,
    &gpx::Gpx,
    &tfl::Tfl,
    &ov_chipkaart::OvChipkaart,
    &strava::Strava,
];
