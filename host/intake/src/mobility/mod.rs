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

/// Codes of `row` (see [`mesinfos_model::category::mobility`]).
mod row {
    pub(super) const LEG: i64 = 0;
    pub(super) const VISIT: i64 = 1;
    pub(super) const POINT: i64 = 2;
    pub(super) const PAYMENT: i64 = 3;
}

/// Codes of `complete`.
mod complete {
    pub(super) const COMPLETE: i64 = 0;
    pub(super) const INCOMPLETE: i64 = 1;
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::Category;
    use mesinfos_model::category::{FieldKind, mobility};

    #[test]
    fn codes_are_those_of_the_table() {
        let ids = |field: usize| match Category::Mobility.schema().fields[field].kind {
            FieldKind::Code(codes) => codes.iter().map(|code| code.id).collect::<Vec<_>>(),
            _ => panic!(),
        };
        let id = |field: usize, code: i64| ids(field)[usize::try_from(code).unwrap()];
        let rows = [row::LEG, row::VISIT, row::POINT, row::PAYMENT].map(|code| id(mobility::ROW, code));
        assert_eq!(rows, ["leg", "visit", "point", "payment"]);
        let completeness =
            [complete::COMPLETE, complete::INCOMPLETE].map(|code| id(mobility::COMPLETE, code));
        assert_eq!(completeness, ["complete", "incomplete"]);
        let modes = [
            mode::WALK,
            mode::RUN,
            mode::BIKE,
            mode::CAR,
            mode::MOTORCYCLE,
            mode::BUS,
            mode::TRAM,
            mode::METRO,
            mode::TRAIN,
            mode::FERRY,
            mode::PLANE,
            mode::OTHER,
            mode::UNKNOWN,
        ];
        assert_eq!(modes.map(|code| id(mobility::MODE, code)).to_vec(), ids(mobility::MODE));
    }
}
