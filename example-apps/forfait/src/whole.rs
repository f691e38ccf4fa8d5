//! The whole app on rows that can be added up by hand: what it shows is in `whole/`.

use crate::{parameters, run};
use mesinfos_sdk::contracts::{self, PremiumPeriod};
use mesinfos_sdk::telecom::{Direction, PeerKind, Service};
use mesinfos_sdk::testing::{Row, behind, give, lines, says, whole};
use mesinfos_sdk::{Context, Date, Failure, Lang, bills};

fn day(year: i32, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

/// An event at noon.
fn event(on: Date, service: Service, peer: PeerKind) -> Row {
    let row =
        Row::new().set("at", i64::from(on.0) * 86_400 + 43_200).set("service", service).set("line", "A");
    row.set("direction", Direction::Out).set("peer_kind", peer)
}

fn call(on: Date, peer: PeerKind, minutes: i64) -> Row {
    event(on, Service::Voice, peer).set("duration", minutes * 60)
}

fn bill(on: Date, minor: i64) -> Row {
    let row =
        Row::new().set("row", bills::Row::Bill).set("service", bills::Service::Telecom).set("issued_on", on);
    row.set("amount", minor).set("currency", "EUR").set("vendor", "Orange")
}

fn contract(minor: i64, period: PremiumPeriod) -> Row {
    let row = Row::new().set("row", contracts::Row::Contract).set("kind", contracts::Kind::Telecom);
    let row = row.set("premium", minor).set("premium_period", period).set("currency", "EUR");
    row.set("holder", "Free").set("product", "Forfait 5G")
}

fn today() -> Date {
    day(2025, 6, 1)
}

fn shown(lang: Lang) -> mesinfos_sdk::Report {
    run(&Context::new(lang, today())).unwrap()
}

/// Two whole months, March and April: 100 and 50 minutes, 3 messages and 1, 2 GB and none that is told.
fn two_months() -> Vec<Row> {
    vec![
        call(day(2025, 2, 27), PeerKind::Mobile, 500),
        call(day(2025, 3, 1), PeerKind::Mobile, 60),
        call(day(2025, 3, 9), PeerKind::Landline, 40),
        call(day(2025, 3, 9), PeerKind::Mobile, 70).set("direction", Direction::In),
        call(day(2025, 3, 10), PeerKind::Short, 5),
        call(day(2025, 3, 11), PeerKind::International, 7),
        event(day(2025, 3, 12), Service::Sms, PeerKind::Mobile).set("messages", 3),
        event(day(2025, 3, 12), Service::Mms, PeerKind::Short).set("messages", 2),
        event(day(2025, 3, 13), Service::Data, PeerKind::Unknown).set("bytes", 2_000_000_000),
        event(day(2025, 4, 2), Service::Sms, PeerKind::Mobile),
        call(day(2025, 4, 3), PeerKind::Mobile, 50),
        // In Spain as at home, in the United States not.
        call(day(2025, 4, 4), PeerKind::Mobile, 20).set("roaming", "ES"),
        call(day(2025, 4, 5), PeerKind::Mobile, 9).set("roaming", "US"),
        event(day(2025, 4, 6), Service::Sms, PeerKind::Mobile).set("roaming", "US"),
        event(day(2025, 4, 30), Service::Voice, PeerKind::Mobile).set("line", "B"),
        call(day(2025, 4, 26), PeerKind::Mobile, 0),
    ]
}

#[test]
fn two_months_with_bills_and_a_contract() {
    give("telecom", two_months());
    let line = |kind, minor| bill(today(), minor).set("row", bills::Row::Line).set("kind", kind);
    give(
        "bills",
        vec![
            bill(day(2025, 2, 3), 3_000),
            bill(day(2025, 3, 3), 2_001),
            bill(day(2025, 4, 3), 1_501),
            line(bills::Kind::Subscription, 4_000),
            line(bills::Kind::Usage, 250),
            line(bills::Kind::Tax, 100),
            line(bills::Kind::Credit, -50),
            line(bills::Kind::Fee, 200),
            line(bills::Kind::Other, 1),
            bill(day(2025, 5, 3), 9_900).set("currency", "USD"),
            bill(day(2025, 5, 3), 9_900).set("service", bills::Service::Internet),
        ],
    );
    give("contracts", vec![contract(2_599, PremiumPeriod::Month)]);
    says(&shown(Lang::Fr), include_str!("whole/two.fr.txt"));
    let amounts: Vec<i64> = behind("Payé, par mois").iter().filter_map(|row| row.number("amount")).collect();
    assert_eq!(amounts, [3_000, 2_001, 1_501], "the bills that the figure adds up");
    says(&shown(Lang::En), include_str!("whole/two.en.txt"));
}

/// Without a whole month there is no mean, no plan and no advice.
#[test]
fn a_week_is_no_month() {
    give(
        "telecom",
        vec![
            call(day(2025, 3, 6), PeerKind::Mobile, 3),
            call(day(2025, 3, 13), PeerKind::Mobile, 4),
            event(day(2025, 3, 12), Service::Sms, PeerKind::Mobile),
        ],
    );
    says(&shown(Lang::Fr), include_str!("whole/week.fr.txt"));
}

/// One whole month, 10 GB and 2 EUR a month set: nothing is cheaper. Months without data are told.
#[test]
fn what_is_set_comes_first() {
    give(
        "telecom",
        vec![
            call(day(2024, 12, 20), PeerKind::Mobile, 1),
            call(day(2025, 3, 5), PeerKind::Mobile, 30),
            call(day(2025, 4, 2), PeerKind::Mobile, 30),
        ],
    );
    give("bills", vec![bill(day(2025, 4, 3), 1_501)]);
    let ctx = Context::new(Lang::Fr, today()).with("bill", whole(2)).with("data", whole(10));
    says(&run(&ctx).unwrap(), include_str!("whole/set.fr.txt"));
}

/// Without data in the log, advice says what it supposes of the internet; what is set is not supposed.
#[test]
fn advice_says_what_it_supposes() {
    let telecom = || {
        give(
            "telecom",
            [(2, 20), (3, 5), (4, 2)].map(|(m, d)| call(day(2025, m, d), PeerKind::Mobile, 30)).to_vec(),
        );
        give("bills", vec![bill(day(2025, 4, 3), 1_501)]);
    };
    let said = |ctx: &Context| {
        let said = lines(&run(ctx).unwrap());
        let at = said.iter().position(|line| line.starts_with("advice")).unwrap();
        (said[at].clone(), said[at + 2].clone())
    };
    telecom();
    let (advice, how) = said(&Context::new(Lang::En, today()));
    assert_eq!(
        advice.split(" This plan is made up").next().unwrap(),
        "advice Look for a plan like “Exemple 20”: This goes by your calls and messages in March\u{a0}2025 and by [20 Gigabyte] of data a month, which we assume; this plan includes [20 Gigabyte]. Your provider’s customer area gives the real figure."
    );
    assert_eq!(
        how.trim(),
        "how: What you pay in a year ([180.12 EUR]), whatever data you use, less what your use in March\u{a0}2025, with an assumed [20 Gigabyte] of data a month, would have cost on this plan, scaled to a year ([71.88 EUR])."
    );
    telecom();
    let (advice, how) = said(&Context::new(Lang::En, today()).with("data", whole(10)));
    assert!(advice.starts_with("advice Look for a plan like “Exemple 20”: This plan is made up"), "{advice}");
    assert!(how.contains("with [10 Gigabyte] of data a month from your settings,"), "{how}");
}

#[test]
fn the_price_is_that_of_the_bills_or_of_the_dearest_contract() {
    let paid = |bills: Vec<Row>, contracts: Vec<Row>| {
        give("telecom", two_months());
        give("bills", bills);
        give("contracts", contracts);
        let said = lines(&shown(Lang::En));
        said.into_iter().find(|line| line.starts_with("figure Paid")).unwrap_or_default()
    };
    let of = |contracts| paid(Vec::new(), contracts);
    let month = |minor| contract(minor, PremiumPeriod::Month);
    let dear = contract(9_900, PremiumPeriod::Month);
    assert_eq!(
        of(vec![month(1_000), month(2_000), month(1_500)]),
        "figure Paid, per month = 20.00 EUR. From your contract."
    );
    assert_eq!(
        of(vec![contract(3_000, PremiumPeriod::Quarter)]),
        "figure Paid, per month = 10.00 EUR. From your contract."
    );
    assert_eq!(
        of(vec![contract(12_600, PremiumPeriod::Year)]),
        "figure Paid, per month = 10.50 EUR. From your contract."
    );
    for other in [
        contract(9_900, PremiumPeriod::Once),
        dear.clone().set("status", contracts::Status::Ended),
        dear.clone().set("status", contracts::Status::Closed),
        dear.clone().set("kind", contracts::Kind::Energy),
        dear.clone().set("row", contracts::Row::Covered),
        dear.clone().set("currency", "USD"),
        dear.without("premium_period"),
    ] {
        assert_eq!(of(vec![other.clone()]), "", "{other:?}");
        assert_eq!(of(vec![month(1_000), other]), "figure Paid, per month = 10.00 EUR. From your contract.");
    }
    assert_eq!(
        paid(vec![bill(today(), 1_501)], vec![month(1_000)]),
        "figure Paid, per month = 15.01 EUR. From one bill, on 1\u{a0}June 2025."
    );
}

#[test]
fn nothing_is_no_view() {
    assert_eq!(run(&Context::new(Lang::Fr, today())).err(), Some(Failure::NeedsData(vec!["telecom"])));
    give("telecom", vec![call(today(), PeerKind::Mobile, 1).without("service")]);
    assert_eq!(run(&Context::new(Lang::Fr, today())).err(), Some(Failure::NeedsData(vec!["telecom"])));
    let ids: Vec<String> = parameters(Lang::Fr).into_iter().map(|one| one.id).collect();
    assert_eq!(ids, ["bill", "data"]);
}
