//! The whole app on rows that can be added up by hand: what it shows is in `whole/`.

use crate::{parameters, run};
use mesinfos_sdk::mobility::{self, Mode, PlaceKind};
use mesinfos_sdk::testing::{Row, decimals, give, says};
use mesinfos_sdk::{Context, Date, Failure, Lang, profile};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

/// A leg at an hour and a minute of France in winter.
fn leg(on: Date, (hour, minute): (i64, i64), mode: Mode, metres: i64, minutes: i64) -> Row {
    let row = Row::new().set("row", mobility::Row::Leg).set("mode", mode).set("holder", "Google");
    let row =
        row.set("at", i64::from(on.0) * 86_400 + (hour - 1) * 3_600 + minute * 60).set("utc_offset", 60);
    row.set("distance", metres).set("duration", minutes * 60)
}

fn between(leg: Row, from: &'static str, to: &'static str) -> Row {
    leg.set("from", from).set("to", to)
}

fn visit(on: Date, hour: i64, place: &'static str, kind: PlaceKind) -> Row {
    let row = Row::new().set("row", mobility::Row::Visit).set("to", place).set("place_kind", kind);
    row.set("at", i64::from(on.0) * 86_400 + (hour - 1) * 3_600).set("utc_offset", 60).set("holder", "Google")
}

/// Eight weeks from Monday 6 January 2025 on. From Monday to Thursday to work and back by car: 64 trips of 10 km and 20
/// minutes. On Fridays by bus: 16 trips of 11 km and 30 minutes. On Saturdays to a shop and back by car: 16 trips of 1 km
/// and 4 minutes. On Sundays a ride of 6 km without places.
fn weeks(count: i32) -> Vec<Row> {
    let mut rows = vec![
        visit(day(2025, 1, 5), 20, "office", PlaceKind::Work),
        visit(day(2025, 1, 5), 22, "home", PlaceKind::Home),
    ];
    for on in (0..count * 7).map(|n| day(2025, 1, 6).plus_days(n)) {
        let both = |mode, metres, minutes, place| {
            [
                between(leg(on, (8, 15), mode, metres, minutes), "home", place),
                between(leg(on, (18, 0), mode, metres, minutes), place, "home"),
            ]
        };
        match on.weekday() {
            0..4 => rows.extend(both(Mode::Car, 10_000, 20, "office")),
            4 => rows.extend(both(Mode::Bus, 11_000, 30, "office")),
            5 => rows.extend(both(Mode::Car, 1_000, 4, "shop")),
            _ => rows.push(leg(on, (10, 0), Mode::Bike, 6_000, 24)),
        }
    }
    rows
}

fn shown(lang: Lang) -> mesinfos_sdk::Report {
    run(&Context::new(lang, day(2026, 1, 1))).unwrap()
}

#[test]
fn eight_weeks() {
    let mut rows = weeks(8);
    // The ride of the first Sunday, as a watch saw it; a touched card without a length; a ticket that is not a trip.
    rows.push(
        leg(day(2025, 1, 12), (10, 1), Mode::Bike, 5_800, 23).set("holder", "GPX").without("utc_offset"),
    );
    let touched = leg(day(2025, 2, 28), (12, 0), Mode::Metro, 0, 0).without("distance").without("duration");
    rows.push(touched.set("cost", 215).set("currency", "EUR").set("holder", "IDFM"));
    rows.push(
        leg(day(2025, 2, 28), (12, 0), Mode::Metro, 0, 0)
            .set("row", mobility::Row::Payment)
            .set("cost", 9_999)
            .set("currency", "EUR"),
    );
    give("mobility", rows);
    let car = Row::new().set("row", profile::Row::Vehicle).set("distance", 60_000_000).set("built", 2020);
    give(
        "profile",
        vec![car.clone(), car.clone().without("built"), car.set("built", 2026).set("distance", 500_000)],
    );
    says(&shown(Lang::Fr), include_str!("whole/weeks.fr.txt"));
    says(&shown(Lang::En), include_str!("whole/weeks.en.txt"));
    let ctx = Context::new(Lang::Fr, day(2026, 1, 1)).with("km", decimals(60, 2));
    says(&run(&ctx).unwrap(), include_str!("whole/dear.fr.txt"));
    assert_eq!(parameters(Lang::Fr).len(), 1);
}

/// Places of one year only: the routes say which, and nothing is told of now. A drive that is rare gets no advice to buy.
#[test]
fn routes_of_an_earlier_year() {
    let mut rows = weeks(8);
    for n in 0..5 {
        let on = day(2025, 1, 6).plus_days(n * 7);
        rows.push(between(leg(on, (20, 0), Mode::Car, 12_000, 15), "shop", "gym"));
    }
    rows.push(leg(day(2025, 11, 3), (8, 0), Mode::Car, 3_000, 10));
    give("mobility", rows);
    let said = mesinfos_sdk::testing::lines(&shown(Lang::Fr)).join("\n").replace('\u{a0}', " ");
    let begins = "Mobilité: Votre moyen de transport le plus fréquent : la voiture. Les conseils partent de vos parcours du 6 janvier au 1er mars 2025.";
    assert!(said.starts_with(begins), "{said}");
    assert!(said.contains(
        "D’après vos trajets du 6 janvier au 1er mars 2025 : les autres n’indiquent pas les lieux."
    ));
    assert!(said.contains("Lieu 2 – Lieu 1 | Voiture | 5 Trip"), "{said}");
    assert!(!said.contains("vélo électrique"), "{said}");
    let said = mesinfos_sdk::testing::lines(&shown(Lang::En)).join("\n").replace('\u{a0}', " ");
    assert!(
        said.starts_with("Getting around: How you travel most often: by car. The advice is about your routes from 6 January to 1 March 2025."),
        "{said}"
    );
}

/// Three weeks and six days: routes, and nothing that is brought to a year.
#[test]
fn less_than_four_weeks() {
    let mut rows = weeks(4);
    rows.retain(|row| *row != row.clone().set("mode", Mode::Bike));
    rows.truncate(rows.len() - 2);
    give("mobility", rows);
    says(&shown(Lang::Fr), include_str!("whole/fewer.fr.txt"));
}

/// A school and a station beside home and work: only a school has a name of its own.
#[test]
fn places_are_named_by_their_kind() {
    let kinds =
        [("a", PlaceKind::Work), ("b", PlaceKind::School), ("c", PlaceKind::Station), ("d", PlaceKind::Home)];
    let mut rows: Vec<Row> =
        kinds.iter().map(|(place, kind)| visit(day(2025, 1, 1), 1, place, *kind)).collect();
    for on in [1, 2, 3, 10, 11].map(|of| day(2025, 2, of)) {
        let go = |hour, from, to| between(leg(on, (hour, 0), Mode::Bus, 3_000, 10), from, to);
        rows.extend([go(8, "d", "b"), go(12, "b", "c"), go(18, "a", "c")]);
    }
    give("mobility", rows);
    let said = mesinfos_sdk::testing::lines(&shown(Lang::Fr));
    let from = said.iter().position(|line| line.starts_with("table Parcours")).unwrap();
    let routes: Vec<&str> =
        said[from + 1..from + 4].iter().map(|line| line.split(" |").next().unwrap().trim()).collect();
    assert_eq!(routes, ["Travail – Lieu 1", "École – Lieu 1", "Domicile – École"]);
}

/// Six days: nothing is said of a week. Of ten trips two have no length: no share of the car.
#[test]
fn six_days_without_places() {
    let rows = (0..10).map(|n| {
        let row = leg(
            day(2025, 3, 3 + u8::try_from(n / 2 + n / 9).unwrap()),
            (8 + n % 2 * 9, 0),
            Mode::Car,
            2_500,
            6,
        );
        if n < 2 { row.without("distance") } else { row }
    });
    give("mobility", rows.collect());
    says(&shown(Lang::Fr), include_str!("whole/six.fr.txt"));
}

#[test]
fn what_is_no_trip_is_told() {
    let ctx = Context::new(Lang::Fr, day(2026, 1, 1));
    assert_eq!(run(&ctx).err(), Some(Failure::NeedsData(vec!["mobility"])));
    give("mobility", vec![visit(day(2025, 1, 5), 20, "home", PlaceKind::Home)]);
    assert!(matches!(run(&ctx), Err(Failure::Other(_))));
    give("mobility", vec![leg(day(2025, 1, 5), (8, 0), Mode::Car, 1, 1).set("row", mobility::Row::Point)]);
    assert!(matches!(run(&ctx), Err(Failure::Other(_))));
    give("mobility", vec![leg(day(2025, 1, 5), (8, 0), Mode::Car, 1, 1).without("at")]);
    assert_eq!(run(&ctx).err(), Some(Failure::NeedsData(vec!["mobility"])));
}
