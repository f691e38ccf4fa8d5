use super::*;
use crate::category::{bank, energy, health, mobility, social, telecom};
use std::collections::BTreeSet;

fn half_hours(days: i64) -> Batch {
    let mut builder = BatchBuilder::new(Category::Energy);
    for slot in 0..days * 48 {
        builder.push(&[
            (energy::HOLDER, "Enedis".into()),
            (energy::SERIES, "S".into()),
            (energy::START, (slot * 1_800 - 3_600).into()),
            (energy::UTC_OFFSET, 60_i64.into()),
            (energy::DURATION, 1_800_i64.into()),
            (energy::ENERGY, (1_000 + slot).into()),
        ]);
    }
    builder.finish()
}

#[test]
fn days_are_local_and_sums_are_kept() {
    let rows = half_hours(3);
    let total = |b: &Batch| (0..b.rows()).filter_map(|r| b.integer(energy::ENERGY, r)).sum::<i64>();
    for (grain, count) in [(Grain::Hourly, 72), (Grain::Daily, 3), (Grain::Monthly, 1)] {
        let scope = CategoryScope { grain, ..CategoryScope::all(Category::Energy) };
        let cut = scope.cut(&rows, &mut Pseudonyms::default()).unwrap();
        assert_eq!(cut.rows(), count, "{grain:?}");
        assert_eq!(total(&cut), total(&rows));
        assert_eq!(cut.time(0), Some(-3_600), "local midnight");
    }
}

/// Half-hours of one local day in Paris. Clocks change at 01:00 UTC, from offset `before` to offset
/// `after`.
fn half_hours_of_a_change(day: &str, before: i64, after: i64) -> Batch {
    let midnight = i64::from(day.parse::<Day>().unwrap().0) * 86_400;
    let (first, end, change) = (midnight - before * 60, midnight + 86_400 - after * 60, midnight + 3_600);
    let mut builder = BatchBuilder::new(Category::Energy);
    for (number, start) in (first..end).step_by(1_800).enumerate() {
        builder.push(&[
            (energy::HOLDER, "Enedis".into()),
            (energy::SERIES, "S".into()),
            (energy::START, start.into()),
            (energy::UTC_OFFSET, if start < change { before } else { after }.into()),
            (energy::DURATION, 1_800_i64.into()),
            (energy::ENERGY, (1_000 + i64::try_from(number).unwrap()).into()),
        ]);
    }
    builder.finish()
}

#[test]
fn a_day_has_as_many_hours_as_its_clocks_make_it() {
    let total =
        |rows: &Batch, field: usize| (0..rows.rows()).filter_map(|row| rows.integer(field, row)).sum::<i64>();
    for (day, before, after, hours) in
        [("2025-03-30", 60, 120, 23), ("2025-10-26", 120, 60, 25), ("2025-06-01", 120, 120, 24)]
    {
        let rows = half_hours_of_a_change(day, before, after);
        assert_eq!(rows.rows(), hours * 2, "{day}");
        let all = FieldSet::all(Category::Energy);
        let unnamed = all.without(FieldSet::NONE.with(energy::UTC_OFFSET));
        for (fields, shows_offset) in [(all, true), (unnamed, false)] {
            for (grain, count) in [(Grain::Hourly, hours), (Grain::Daily, 1)] {
                let scope = CategoryScope { grain, fields, ..CategoryScope::all(Category::Energy) };
                let cut = scope.cut(&rows, &mut Pseudonyms::default()).unwrap();
                assert_eq!(cut.rows(), count, "{day} {grain:?}");
                for field in [energy::ENERGY, energy::DURATION] {
                    assert_eq!(total(&cut, field), total(&rows, field), "{day} {grain:?}");
                }
                if shows_offset {
                    // Each unit begins where the previous one ends.
                    let ends = |row: usize| Some(cut.time(row)? + cut.integer(energy::DURATION, row)?);
                    assert!((1..count).all(|row| cut.time(row) == ends(row - 1)), "{day} {grain:?}");
                }
            }
        }
    }
}

#[test]
fn rows_with_the_offset_of_their_end_are_summed_into_the_hours_that_they_cover() {
    // As earlier versions stored them: the half-hour before a change has the offset that applies after it.
    let october = i64::from("2025-10-26".parse::<Day>().unwrap().0) * 86_400;
    let mut builder = BatchBuilder::new(Category::Energy);
    for (start, offset) in [(0, 120), (1_800, 60), (3_600, 60), (5_400, 60)] {
        builder.push(&[
            (energy::SERIES, "S".into()),
            (energy::START, (october + start).into()),
            (energy::UTC_OFFSET, i64::from(offset).into()),
            (energy::DURATION, 1_800_i64.into()),
            (energy::ENERGY, 1_i64.into()),
        ]);
    }
    let scope = CategoryScope { grain: Grain::Hourly, ..CategoryScope::all(Category::Energy) };
    let cut = scope.cut(&builder.finish(), &mut Pseudonyms::default()).unwrap();
    let hours: Vec<_> =
        (0..cut.rows()).map(|row| (cut.time(row), cut.integer(energy::DURATION, row))).collect();
    assert_eq!(hours, [(Some(october), Some(3_600)), (Some(october + 3_600), Some(3_600))]);
}

#[test]
fn days_fields_and_holders_are_cut() {
    let rows = half_hours(3);
    let scope = CategoryScope {
        period: Period::parse("1970-01-02").unwrap(),
        fields: FieldSet::NONE.with(energy::START).with(energy::ENERGY),
        ..CategoryScope::all(Category::Energy)
    };
    let cut = scope.cut(&rows, &mut Pseudonyms::default()).unwrap();
    assert_eq!(cut.rows(), 48);
    assert_eq!(cut.time(0), Some(23 * 3_600));
    assert!(cut.column(energy::HOLDER).is_absent());
    let other = Holders::Only(BTreeSet::from(["EDF".to_owned()]));
    let none = CategoryScope { holders: other, ..CategoryScope::all(Category::Energy) };
    assert_eq!(none.cut(&rows, &mut Pseudonyms::default()).unwrap().rows(), 0);
}

#[test]
fn a_cut_needs_no_more_than_what_it_looks_at() {
    let rows = half_hours(3);
    let window = Period::parse("1970-01-02").unwrap();
    let enedis = Holders::Only(BTreeSet::from(["Enedis".to_owned()]));
    let fields = FieldSet::NONE.with(energy::ENERGY);
    for grain in [Grain::Raw, Grain::Hourly, Grain::Daily, Grain::Monthly] {
        for period in [Period::ALL, window] {
            for holders in [Holders::Any, enedis.clone()] {
                let scope =
                    CategoryScope { period, fields, grain, holders, ..CategoryScope::all(Category::Energy) };
                let columns = rows.columns().iter().enumerate();
                let given = columns.map(|(field, column)| match column {
                    column if scope.looks_at().contains(field) => column.clone(),
                    _ => Column::Absent,
                });
                let less = Batch::new(Category::Energy, rows.rows(), given.collect()).unwrap();
                let cut = |rows: &Batch| scope.cut(rows, &mut Pseudonyms::default()).unwrap();
                assert_eq!(cut(&less), cut(&rows), "{scope:?}");
            }
        }
    }
}

#[test]
fn what_never_leaves_the_host_does_not_leave_it() {
    let mut builder = BatchBuilder::new(Category::Bank);
    builder.push(&[(bank::BOOKED_ON, 1_i64.into()), (bank::POSITION, 17_i64.into())]);
    let batch = builder.finish();
    assert_eq!(batch.integer(bank::POSITION, 0), Some(17));
    let scopes = [FieldSet::all(Category::Bank), FieldSet::stored(Category::Bank)]
        .map(|fields| CategoryScope { fields, ..CategoryScope::all(Category::Bank) });
    for scope in scopes {
        let cut = scope.cut(&batch, &mut Pseudonyms::default()).unwrap();
        assert!(cut.column(bank::POSITION).is_absent());
    }
    assert!(FieldSet::from_names(Category::Bank, ["place"]).is_err());
}

#[test]
fn what_has_no_date_is_in_a_window_only_if_the_person_says_so() {
    let window = Period::parse("2011").unwrap();
    let rows = |category: Category, period, undated| {
        let mut builder = BatchBuilder::new(category);
        for time in [None, Some(0)] {
            builder.push(&[(category.schema().time, time.into())]);
        }
        let scope = CategoryScope { period, undated, ..CategoryScope::all(category) };
        scope.cut(&builder.finish(), &mut Pseudonyms::default()).unwrap().rows()
    };
    assert_eq!(rows(Category::Social, window, false), 0);
    assert_eq!(rows(Category::Social, window, true), 1);
    assert_eq!(rows(Category::Social, Period::ALL, false), 2, "without a window there is nothing to say");
    assert_eq!(rows(Category::Bank, window, true), 0);
    let mut builder = BatchBuilder::new(Category::Social);
    builder.push(&[(social::NAME, "Anne".into())]);
    assert_eq!(builder.finish().by_month()[0].0, crate::day::UNDATED);
}

#[test]
fn rounded_positions_are_a_kilometre_wide() {
    let mut builder = BatchBuilder::new(Category::Mobility);
    for latitude in [488_566_140_i64, 488_549_999, -337_654_321] {
        builder.push(&[(mobility::AT, 0_i64.into()), (mobility::LATITUDE, latitude.into())]);
    }
    let scope = CategoryScope { grain: Grain::Rounded, ..CategoryScope::all(Category::Mobility) };
    let cut = scope.cut(&builder.finish(), &mut Pseudonyms::default()).unwrap();
    let latitudes: Vec<_> = (0..3).map(|row| cut.integer(mobility::LATITUDE, row).unwrap()).collect();
    assert_eq!(latitudes, [488_600_000, 488_500_000, -337_700_000]);
}

#[test]
fn rounded_money_hides_cents() {
    let mut builder = BatchBuilder::new(Category::Bank);
    builder.push(&[
        (bank::BOOKED_ON, 1_i64.into()),
        (bank::AMOUNT, (-1_249_i64).into()),
        (bank::CURRENCY, "EUR".into()),
    ]);
    let scope = CategoryScope { grain: Grain::Rounded, ..CategoryScope::all(Category::Bank) };
    let cut = scope.cut(&builder.finish(), &mut Pseudonyms::default()).unwrap();
    assert_eq!(cut.integer(bank::AMOUNT, 0), Some(-1_200));
}

#[test]
fn numbers_become_pseudonyms_that_hold_over_pages() {
    let page = |peers: &[&str]| {
        let mut builder = BatchBuilder::new(Category::Telecom);
        for peer in peers {
            builder.push(&[(telecom::AT, 0_i64.into()), (telecom::PEER, (*peer).into())]);
        }
        builder.finish()
    };
    let scope = CategoryScope::all(Category::Telecom);
    let mut names = Pseudonyms::default();
    let first = scope.cut(&page(&["+33611", "+33622"]), &mut names).unwrap();
    let second = scope.cut(&page(&["+33622", "+33633"]), &mut names).unwrap();
    assert_eq!(first.text(telecom::PEER, 0), Some("1"));
    assert_eq!(second.text(telecom::PEER, 0), Some("2"));
    assert_eq!(second.text(telecom::PEER, 1), Some("3"));
}

fn pages(scope: &CategoryScope, asked: Period, rows: &Batch) -> Vec<Batch> {
    let mut units = scope.units(asked);
    for (month, rows) in rows.by_month() {
        // In parts, like a large month.
        for from in (0..rows.rows()).step_by(1_000) {
            units.push(month, &slice(&rows, from, 1_000.min(rows.rows() - from))).unwrap();
        }
    }
    units.end();
    let whole: Vec<Batch> = std::iter::from_fn(|| units.page()).collect();
    if scope.by_month() {
        return whole;
    }
    let (mut from, mut pages) = (0, Vec::new());
    while let Some((page, next)) = page_of(&whole[0], scope, &asked, from) {
        (from, pages) = (next, [pages, vec![page]].concat());
    }
    pages
}

#[test]
fn a_reader_of_one_day_gives_whole_months_or_none() {
    let rows = half_hours(40);
    let scope = CategoryScope { grain: Grain::Monthly, ..CategoryScope::all(Category::Energy) };
    let whole = pages(&scope, Period::ALL, &rows);
    let [whole] = &whole[..] else { panic!("one page") };
    let month = |number: usize| vec![slice(whole, number, 1)];
    for day in 0..31 {
        let asked = Period { from: Some(Day(day)), until: Some(Day(day + 1)) };
        assert_eq!(pages(&scope, asked, &rows), month(0));
    }
    let february = Period { from: Some(Day(31)), until: Some(Day(32)) };
    assert_eq!(pages(&scope, february, &rows), month(1));
    // A window gives the months that are entirely in it, so moving it by a day does not change a sum by a
    // day.
    let window = |text: &str| CategoryScope { period: Period::parse(text).unwrap(), ..scope.clone() };
    assert_eq!(pages(&window("1970-01-01..1970-02-15"), Period::ALL, &rows), month(0));
    assert!(pages(&window("1970-01-02..1970-02-15"), Period::ALL, &rows).is_empty());
}

#[test]
fn without_its_time_a_row_tells_no_date() {
    let rows = half_hours(40);
    let fields = FieldSet::NONE.with(energy::ENERGY);
    let scope = CategoryScope { fields, ..CategoryScope::all(Category::Energy) };
    let all = pages(&scope, Period::ALL, &rows);
    assert_eq!(all.iter().map(Batch::rows).collect::<Vec<_>>(), [40 * 48], "no page for each month");
    let energies: Vec<_> = (0..all[0].rows()).map(|row| all[0].integer(energy::ENERGY, row)).collect();
    assert!(energies.is_sorted(), "the order is that of what is shown");
    let day = Period { from: Some(Day(3)), until: Some(Day(4)) };
    assert_eq!(pages(&scope, day, &rows), all);
}

#[test]
fn a_row_is_in_a_window_with_the_whole_of_its_interval() {
    let day = |text: &str| i64::from(text.parse::<Day>().unwrap().0);
    let mut builder = BatchBuilder::new(Category::Health);
    for (on, until) in [("2011-12-30", "2011-12-31"), ("2011-12-31", "2012-01-01")] {
        builder.push(&[(health::ON, day(on).into()), (health::UNTIL, day(until).into())]);
    }
    builder.push(&[(health::ON, day("2011-06-01").into())]);
    let window = Period::parse("2011").unwrap();
    let scope = CategoryScope { period: window, ..CategoryScope::all(Category::Health) };
    assert_eq!(scope.cut(&builder.finish(), &mut Pseudonyms::default()).unwrap().rows(), 2);
    let mut builder = BatchBuilder::new(Category::Energy);
    for from in ["2011-11-30", "2011-12-10"] {
        let start = day(from) * 86_400 - 3_600;
        builder.push(&[
            (energy::START, start.into()),
            (energy::UTC_OFFSET, 60_i64.into()),
            (energy::DURATION, (31 * 86_400_i64).into()),
        ]);
    }
    let scope = CategoryScope { period: window, ..CategoryScope::all(Category::Energy) };
    assert_eq!(scope.cut(&builder.finish(), &mut Pseudonyms::default()).unwrap().rows(), 1);
}

#[test]
fn pages_end_where_the_units_say() {
    let mut builder = BatchBuilder::new(Category::Bank);
    for row in 0..40_000_i64 {
        builder.push(&[
            (bank::BOOKED_ON, (row % 20).into()),
            (bank::HOLDER, ["A", "B"][usize::from(row % 3 == 0)].into()),
        ]);
    }
    let rows = builder.finish().sorted();
    let all = CategoryScope::all(Category::Bank);
    let sizes =
        |scope: &CategoryScope| pages(scope, Period::ALL, &rows).iter().map(Batch::rows).collect::<Vec<_>>();
    assert_eq!(sizes(&all), [PAGE_ROWS, PAGE_ROWS, 40_000 - 2 * PAGE_ROWS]);
    let a = Holders::Only(BTreeSet::from(["A".to_owned()]));
    let only = CategoryScope { holders: a, ..all };
    assert_eq!(sizes(&only), [PAGE_ROWS, 26_666 - PAGE_ROWS], "rows that are not granted take no place");
}

#[test]
fn cents_are_in_no_label() {
    let mut builder = BatchBuilder::new(Category::Bank);
    builder.push(&[
        (bank::BOOKED_ON, 1_i64.into()),
        (bank::AMOUNT, (-1_249_i64).into()),
        (bank::LABEL, "CB MONOPRIX 12,49 EUR (12.490) n° 1 249".into()),
        (bank::COUNTERPARTY, "MONOPRIX".into()),
    ]);
    let scope = CategoryScope { grain: Grain::Rounded, ..CategoryScope::all(Category::Bank) };
    let cut = scope.cut(&builder.finish(), &mut Pseudonyms::default()).unwrap();
    assert_eq!(cut.text(bank::LABEL, 0), Some("CB MONOPRIX 12,** EUR (12.***) n° 1 249"));
    assert_eq!(cut.text(bank::COUNTERPARTY, 0), Some("MONOPRIX"));
}

#[test]
fn a_page_says_nothing_of_rows_that_are_not_on_it() {
    let row = |builder: &mut BatchBuilder, day: i64, holder: &str, balance: Option<i64>| {
        builder.push(&[
            (bank::BOOKED_ON, day.into()),
            (bank::HOLDER, holder.into()),
            (bank::BALANCE, balance.into()),
        ]);
    };
    let mut builder = BatchBuilder::new(Category::Bank);
    row(&mut builder, 1, "B", Some(7));
    row(&mut builder, 40, "A", None);
    row(&mut builder, 41, "B", None);
    let window = Period { from: Some(Day(2)), until: None };
    let scope = CategoryScope { period: window, ..CategoryScope::all(Category::Bank) };
    let seen = scope.cut(&builder.finish(), &mut Pseudonyms::default()).unwrap();
    let mut builder = BatchBuilder::new(Category::Bank);
    row(&mut builder, 40, "A", None);
    row(&mut builder, 41, "B", None);
    assert_eq!(seen, builder.finish(), "neither a column of nothing nor the order of another's terms");
}

#[test]
fn more_units_than_can_be_put_in_order_are_not_given() {
    let mut builder = BatchBuilder::new(Category::Bank);
    (0..100_000_i64)
        .for_each(|row| builder.push(&[(bank::BOOKED_ON, 1_i64.into()), (bank::AMOUNT, row.into())]));
    let rows = builder.finish();
    let pushed = |fields: FieldSet| {
        let scope = CategoryScope { fields, ..CategoryScope::all(Category::Bank) };
        let mut units = scope.units(Period::ALL);
        (0..100).position(|_| units.push(0, &rows).is_err())
    };
    let amount = FieldSet::NONE.with(bank::AMOUNT);
    assert_eq!(pushed(amount), Some(HELD_ROWS / 100_000), "they are held to hide their time");
    assert_eq!(pushed(amount.with(bank::BOOKED_ON)), None, "month by month there may be any number");
}

#[test]
fn the_rows_that_a_reader_gets_are_named_in_their_order() {
    let mut builder = BatchBuilder::new(Category::Bank);
    for number in 0..90_i64 {
        builder.push(&[
            (bank::HOLDER, if number % 3 == 0 { "A" } else { "B" }.into()),
            (bank::BOOKED_ON, (20_000 + number).into()),
            (bank::AMOUNT, number.into()),
            (bank::CURRENCY, "EUR".into()),
        ]);
    }
    let rows = builder.finish();
    let days = |from: i32, until: i32| Period { from: Some(Day(from)), until: Some(Day(until)) };
    let only_a = Holders::Only(BTreeSet::from(["A".to_owned()]));
    for (period, holders, grain) in [
        (Period::ALL, Holders::Any, Grain::Raw),
        (days(20_005, 20_050), Holders::Any, Grain::Raw),
        (days(20_005, 20_050), only_a.clone(), Grain::Rounded),
        (Period::ALL, only_a, Grain::Raw),
    ] {
        let scope = CategoryScope { period, holders, grain, ..CategoryScope::all(Category::Bank) };
        assert!(scope.by_month());
        for asked in [Period::ALL, days(20_010, 20_040), days(20_000, 20_001)] {
            let mut units = scope.units(asked);
            let mut named = Vec::new();
            for (month, batch) in rows.by_month() {
                units.push(month, &batch).unwrap();
                let given = scope.rows_given(&asked, month, &batch);
                named.extend(given.into_iter().map(|row| batch.day(row)));
            }
            units.end();
            let pages: Vec<Batch> = std::iter::from_fn(|| units.page()).collect();
            let given: Vec<Option<Day>> =
                pages.iter().flat_map(|page| (0..page.rows()).map(|row| page.day(row))).collect();
            assert_eq!(named, given, "{scope:?} {asked:?}");
        }
    }
}
