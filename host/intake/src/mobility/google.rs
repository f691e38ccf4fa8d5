//! Rows of Google's timelines: trips, stays and positions, for every generation of the export.

use super::mode;
use super::place::GeoPoint;
use crate::error::FormatError;
use crate::read::Head;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::category::mobility::{self, row};

/// Whether a file is a JSON object in which a member of this name is an array. (In a JSON Schema of such
/// files, that member is an object.)
pub(super) fn has_array(head: &Head, member: &str) -> bool {
    let name = format!("\"{member}\"");
    let is_array = |(place, _): (usize, &str)| {
        let value = head.text()[place + name.len()..].trim_start().strip_prefix(':');
        value.is_some_and(|value| value.trim_start().starts_with('['))
    };
    head.text().trim_start().starts_with('{') && head.text().match_indices(&name).any(is_array)
}

/// Data holder of the rows.
pub(super) const HOLDER: &str = "Google";

/// A start and a duration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    at: i64,
    offset: Option<i64>,
    duration: Option<i64>,
}

impl Stretch {
    /// Without an end, or with one before the start, there is no duration.
    pub(super) fn new(start: (i64, Option<i64>), end: Option<(i64, Option<i64>)>) -> Stretch {
        let (at, offset) = start;
        let duration = end.and_then(|(end, _)| end.checked_sub(at)).filter(|&seconds| seconds >= 0);
        Stretch { at, offset, duration }
    }
}

/// An end of a trip, or the location of a stay.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spot<'a> {
    /// Identifies the place: Google's id, else its name.
    pub(super) id: Option<&'a str>,
    pub(super) name: Option<&'a str>,
    pub(super) position: Option<GeoPoint>,
}

/// A trip by one mode.
pub(super) struct Leg<'a> {
    pub(super) stretch: Stretch,
    /// Name of the activity.
    pub(super) activity: &'a str,
    pub(super) distance: Option<i64>,
    pub(super) line: Option<&'a str>,
    pub(super) from: Spot<'a>,
    pub(super) to: Spot<'a>,
}

impl Leg<'_> {
    pub(super) fn push(&self, place: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let Stretch { at, offset, duration } = self.stretch;
        rows.push(
            Category::Mobility,
            place,
            &[
                (mobility::HOLDER, HOLDER.into()),
                (mobility::ROW, row::LEG.into()),
                (mobility::AT, at.into()),
                (mobility::UTC_OFFSET, offset.into()),
                (mobility::DURATION, duration.into()),
                (mobility::MODE, mode::of(self.activity).into()),
                (mobility::DISTANCE, self.distance.filter(|&metres| metres >= 0).into()),
                (mobility::LINE, self.line.into()),
                (mobility::FROM, self.from.id.into()),
                (mobility::TO, self.to.id.into()),
                (mobility::LABEL, self.activity.into()),
                (mobility::FROM_NAME, self.from.name.into()),
                (mobility::TO_NAME, self.to.name.into()),
                (mobility::LATITUDE, self.from.position.map(|p| p.latitude).into()),
                (mobility::LONGITUDE, self.from.position.map(|p| p.longitude).into()),
                (mobility::TO_LATITUDE, self.to.position.map(|p| p.latitude).into()),
                (mobility::TO_LONGITUDE, self.to.position.map(|p| p.longitude).into()),
            ],
        )
    }
}

/// A stay at a place.
pub(super) struct Visit<'a> {
    pub(super) stretch: Stretch,
    pub(super) spot: Spot<'a>,
    /// Google's word for the meaning of the place to the person.
    pub(super) semantic: Option<&'a str>,
}

impl Visit<'_> {
    pub(super) fn push(&self, place: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let Stretch { at, offset, duration } = self.stretch;
        rows.push(
            Category::Mobility,
            place,
            &[
                (mobility::HOLDER, HOLDER.into()),
                (mobility::ROW, row::VISIT.into()),
                (mobility::AT, at.into()),
                (mobility::UTC_OFFSET, offset.into()),
                (mobility::DURATION, duration.into()),
                (mobility::TO, self.spot.id.into()),
                (mobility::PLACE_KIND, self.semantic.and_then(place_kind).into()),
                (mobility::TO_NAME, self.spot.name.into()),
                (mobility::LATITUDE, self.spot.position.map(|p| p.latitude).into()),
                (mobility::LONGITUDE, self.spot.position.map(|p| p.longitude).into()),
            ],
        )
    }
}

/// Writes a position along the way.
pub(super) fn push_point(
    place: u64,
    at: i64,
    offset: Option<i64>,
    position: GeoPoint,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    rows.push(
        Category::Mobility,
        place,
        &[
            (mobility::HOLDER, HOLDER.into()),
            (mobility::ROW, row::POINT.into()),
            (mobility::AT, at.into()),
            (mobility::UTC_OFFSET, offset.into()),
            (mobility::LATITUDE, position.latitude.into()),
            (mobility::LONGITUDE, position.longitude.into()),
        ],
    )
}

/// Code of `place-kind`. Google writes `TYPE_HOME` (Takeout), `HOME` or `INFERRED_HOME` (Android), "Home"
/// or "Inferred Home" (iOS).
fn place_kind(semantic: &str) -> Option<i64> {
    let word = semantic.to_uppercase().replace(' ', "_");
    match word.trim_start_matches("TYPE_").trim_start_matches("INFERRED_") {
        "HOME" => Some(mobility::place_kind::HOME),
        "WORK" => Some(mobility::place_kind::WORK),
        "SCHOOL" => Some(mobility::place_kind::SCHOOL),
        "" | "UNKNOWN" => None,
        _ => Some(mobility::place_kind::OTHER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::category::mobility::place_kind::{HOME, OTHER, WORK};

    #[test]
    fn words_for_places_of_every_generation() {
        for home in ["TYPE_HOME", "HOME", "INFERRED_HOME", "Inferred Home", "Home"] {
            assert_eq!(place_kind(home), Some(HOME), "{home}");
        }
        assert_eq!([place_kind("Inferred Work"), place_kind("SEARCHED_ADDRESS")], [Some(WORK), Some(OTHER)]);
        assert_eq!([place_kind("UNKNOWN"), place_kind("Unknown"), place_kind("TYPE_")], [None; 3]);
    }

    #[test]
    fn an_end_before_its_start_is_no_duration() {
        assert_eq!(Stretch::new((10, None), Some((25, None))).duration, Some(15));
        assert_eq!(Stretch::new((10, None), Some((9, None))).duration, None);
        assert_eq!(Stretch::new((i64::MIN, None), Some((i64::MAX, None))).duration, None);
    }
}
