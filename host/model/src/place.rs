//! Places told by a position: of one place, a holder gives an id in one file, none in the next, and another holder has
//! ids of its own. The position is the same in all of them, so the pseudonym of such a place is that of its position.
//!
//! This happens in the cut, so that rows are stored as the holder gave them, and what an import takes for the same row
//! does not change.

use crate::batch::{Batch, BatchBuilder};
use crate::category::Place;
use crate::column::Column;
use crate::scope::FieldSet;

/// Side of the square that is one place, in 1/10 000 000 degree: 111 m to the north, about 80 m to the east in France.
const SIDE: i64 = 10_000;

/// Fields that tell the places of a set of fields.
pub(crate) fn looked_at(places: &[Place], fields: FieldSet) -> FieldSet {
    let granted = places.iter().filter(|place| fields.contains(place.field));
    let read = granted.flat_map(|place| [place.of.0, place.position.0, place.position.1]);
    read.fold(FieldSet::NONE, FieldSet::with)
}

/// The rows, with the position in place of the id of each place that is in `fields` and has one.
pub(crate) fn by_position(rows: Batch, fields: FieldSet) -> Batch {
    let places = rows.schema().places;
    let mut told = rows;
    let mut done = FieldSet::NONE;
    for place in places {
        if fields.contains(place.field) && !done.contains(place.field) {
            done = done.with(place.field);
            if let Some(column) = column(&told, places, place.field)
                && let Ok(with) = told.clone().with_column(place.field, column)
            {
                told = with;
            }
        }
    }
    told
}

/// The column of a field with places; `None` if no row has a position for it.
fn column(rows: &Batch, places: &[Place], field: usize) -> Option<Column> {
    let square = |row: usize| {
        let is_of =
            |place: &&Place| place.field == field && rows.integer(place.of.0, row) == Some(place.of.1);
        let place = places.iter().find(is_of)?;
        let (latitude, longitude) =
            (rows.integer(place.position.0, row)?, rows.integer(place.position.1, row)?);
        let nearest = |degrees: i64| degrees.saturating_add(SIDE / 2).div_euclid(SIDE);
        Some(format!("@{},{}", nearest(latitude), nearest(longitude)))
    };
    if !(0..rows.rows()).any(|row| square(row).is_some()) {
        return None;
    }
    let mut builder = BatchBuilder::new(rows.category());
    for row in 0..rows.rows() {
        let square = square(row);
        builder.push(&[(field, square.as_deref().or_else(|| rows.text(field, row)).into())]);
    }
    Some(builder.finish().column(field).clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::mobility::{self, row};
    use crate::cut::Pseudonyms;
    use crate::{Category, CategoryScope, Cell};

    fn rows(rows: &[&[(usize, Cell<'_>)]]) -> Batch {
        let mut builder = BatchBuilder::new(Category::Mobility);
        for (number, cells) in (0_i64..).zip(rows) {
            builder.push(&[&[(mobility::AT, (1_700_000_000 + number * 3_600).into())], *cells].concat());
        }
        builder.finish()
    }

    const HOME: (i64, i64) = (457_640_020, 48_357_010);
    const WORK: (i64, i64) = (457_702_000, 48_599_000);

    #[test]
    fn a_place_is_where_it_is_whichever_file_tells() {
        let leg = |from: (i64, i64), to: (i64, i64)| {
            [
                (mobility::ROW, row::LEG.into()),
                (mobility::LATITUDE, from.0.into()),
                (mobility::LONGITUDE, from.1.into()),
                (mobility::TO_LATITUDE, to.0.into()),
                (mobility::TO_LONGITUDE, to.1.into()),
            ]
        };
        let named = [&leg(HOME, WORK)[..], &[(mobility::FROM, "ChIJ-home".into())]].concat();
        let near = (HOME.0 + 1_000, HOME.1 - 1_000);
        let stay = [
            (mobility::ROW, row::VISIT.into()),
            (mobility::TO, "ChIJ-home".into()),
            (mobility::LATITUDE, HOME.0.into()),
            (mobility::LONGITUDE, HOME.1.into()),
        ];
        let touched = [(mobility::ROW, row::LEG.into()), (mobility::FROM, "Gare".into())];
        let rows = rows(&[&named, &leg(WORK, near), &stay, &touched]);
        let fields = FieldSet::NONE
            .with(mobility::AT)
            .with(mobility::UTC_OFFSET)
            .with(mobility::FROM)
            .with(mobility::TO);
        let scope = CategoryScope { fields, ..CategoryScope::all(Category::Mobility) };
        assert!(scope.looks_at().contains(mobility::TO_LATITUDE));
        let given = scope.cut(&rows, &mut Pseudonyms::default()).unwrap();
        let all = |field| (0..4).map(|row| given.text(field, row)).collect::<Vec<_>>();
        let (from, to) = (all(mobility::FROM), all(mobility::TO));
        assert_eq!((from[0], to[0]), (to[1], from[1]), "there and back, once with an id and once without");
        assert_eq!(to[2], from[0], "the stay is at the place where the trip began");
        assert!(from[3].is_some() && from[3] != from[0], "a station without a position keeps its name");
        assert_eq!(all(mobility::LATITUDE), [None; 4], "the position itself is not given");
    }

    #[test]
    fn a_stay_has_no_origin_and_a_position_no_place() {
        let at = [(mobility::LATITUDE, HOME.0.into()), (mobility::LONGITUDE, HOME.1.into())];
        let of = |code: i64| [&at[..], &[(mobility::ROW, code.into())]].concat();
        let rows = rows(&[&of(row::VISIT), &of(row::POINT)]);
        let told = by_position(rows, FieldSet::all(Category::Mobility));
        assert_eq!([told.text(mobility::FROM, 0), told.text(mobility::FROM, 1)], [None; 2]);
        assert_eq!([told.text(mobility::TO, 0), told.text(mobility::TO, 1)], [Some("@45764,4836"), None]);
    }
}
