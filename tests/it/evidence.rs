//! Evidence, across SDK, runtime, runner, vault and platform: a figure opens the very rows that it was computed from, and
//! an app can name no other rows.

use crate::http::Server;
use crate::lab::{Lab, PEOPLE};
use crate::pages::{Browser, answers, upload_as};
use crate::support::{Data, app, me};
use crate::versions::{another, year};
use mesinfos_model::category::Grain;
use mesinfos_model::view::{Block, KeyFigure, Value, View};
use mesinfos_model::visible::is_hidden;
use mesinfos_model::{Category, Day, Period};
use mesinfos_platform::runtime::limits;
use mesinfos_platform::{CategoryChoice, Evidence, KeptResult, RunInput, RunOutput};

const WHO: &str = PEOPLE[0];

/// Figure of the budget app whose rows are named.
const MONTH: &str = "Last full month";

/// The movements of [`year`] in the last twelve whole months, and the days of the last six of them.
fn last_year() -> (String, Period) {
    let now = me(WHO).today.month();
    let moved = (1..=12).fold(year(), |text, month| {
        let civil = Day::first_of_month(now - 13 + month).civil();
        text.replace(&format!("2025-{month:02}-"), &format!("{:04}~{:02}~", civil.year(), civil.month()))
    });
    let until = Some(Day::first_of_month(now));
    (moved.replace('~', "-"), Period { from: Some(Day::first_of_month(now - 6)), until })
}

fn labs() -> [Lab; 2] {
    [Lab::new(), Lab::apart()]
}

fn figure<'a>(view: &'a View, label: &str) -> &'a KeyFigure {
    let blocks = view.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
    let figures = blocks.filter_map(|block| match block {
        Block::KeyFigures(figures) => Some(figures),
        _ => None,
    });
    figures.flatten().find(|figure| figure.label == label).unwrap()
}

fn of<'a>(run: &'a RunOutput, label: &str) -> Option<&'a Evidence> {
    run.evidence.iter().find(|evidence| evidence.label == label)
}

/// The amounts of the rows behind a figure, in cents.
fn amounts(lab: &Lab, run: &RunOutput, evidence: &Evidence) -> Vec<i64> {
    let found = lab.platform.evidence_rows(&me(WHO), run.receipt.id, evidence, 10_000).unwrap();
    assert_eq!((found.rows.len(), found.gone), (evidence.rows.len(), 0));
    found.rows.iter().map(|row| row.number("amount").unwrap()).collect()
}

#[test]
fn the_rows_behind_a_figure_are_those_that_add_up_to_it() {
    for lab in labs() {
        lab.platform.import(&me(WHO), "year.json", last_year().0.as_bytes()).unwrap();
        lab.install(&std::fs::read(app("budget")).unwrap());
        let run = lab.run(WHO, "budget").unwrap();
        let Value::Money(spent) = &figure(&run.view, MONTH).value else { panic!() };
        let evidence = of(&run, MONTH).unwrap();
        assert_eq!((evidence.category, evidence.sums), (Category::Bank, 0));
        let paid: i64 = amounts(&lab, &run, evidence).iter().sum();
        assert_eq!((-paid, 2), (spent.amount.mantissa, spent.amount.scale), "{evidence:?}");
        // It is kept with the result, and not with the receipt.
        let kept = KeptResult::of(run, Vec::new());
        lab.platform.keep_result(&me(WHO), &kept).unwrap();
        assert_eq!(lab.platform.result(&me(WHO), kept.receipt).unwrap(), Some(kept));
    }
}

#[test]
fn rows_that_were_left_out_are_never_evidence() {
    for lab in labs() {
        lab.platform.import(&me(WHO), "year.json", last_year().0.as_bytes()).unwrap();
        lab.install(&std::fs::read(app("budget")).unwrap());
        let rows = of(&lab.run(WHO, "budget").unwrap(), MONTH).unwrap().rows.clone();
        assert!(rows.len() > 3);
        let excluded = [rows[0], rows[rows.len() / 2]].into();
        let less = CategoryChoice { excluded, ..CategoryChoice::default() };
        lab.platform.grant(&me(WHO), "budget", &[(Category::Bank, less)], None).unwrap();
        let run = lab.run(WHO, "budget").unwrap();
        let left = of(&run, MONTH).unwrap();
        assert!(!left.rows.contains(&rows[0]) && left.rows.len() == rows.len() - 2);
        let Value::Money(spent) = &figure(&run.view, MONTH).value else { panic!() };
        assert_eq!(-amounts(&lab, &run, left).iter().sum::<i64>(), spent.amount.mantissa);
        // Within a period, and rounded, each row is still a row.
        let days = Some(last_year().1);
        let rounded =
            CategoryChoice { period: days, grain: Some(Grain::Rounded), ..CategoryChoice::default() };
        lab.platform.grant(&me(WHO), "budget", &[(Category::Bank, rounded)], None).unwrap();
        let run = lab.run(WHO, "budget").unwrap();
        let found = of(&run, MONTH).unwrap();
        assert!(
            found.sums == 0 && found.rows.iter().all(|id| !left.rows.is_empty() && !rows[..1].contains(id))
        );
    }
}

/// What the hostile app names, and what the host makes of it.
fn misbehave(lab: &Lab) -> RunOutput {
    let input = RunInput { params: vec![("attack".to_owned(), "cite".to_owned())] };
    lab.platform.run(&me(WHO), "misbehave", &input).unwrap()
}

#[test]
fn an_app_names_only_rows_that_it_was_given() {
    let mut seen = Vec::new();
    for lab in labs() {
        // The oldest row is of the second file.
        lab.platform.import(&me(WHO), "b.json", another().as_bytes()).unwrap();
        lab.install(&std::fs::read(app("hostile-apps/misbehave")).unwrap());
        let run = misbehave(&lab);
        let honest = of(&run, "honest").unwrap();
        assert_eq!(honest.rows.len(), 3, "{honest:?}");
        let rows = lab.platform.rows(
            &me(WHO),
            Category::Bank,
            &mesinfos_platform::RowsAsked { period: Period::ALL, undated: true, limit: 3 },
        );
        let first: Vec<_> = rows.unwrap().rows.into_iter().map(|row| row.id).collect();
        assert!(first.iter().all(|id| honest.rows.contains(id)), "{first:?} {honest:?}");
        assert_eq!(first.iter().filter(|id| id.import == 2).count(), 1);
        for forged in ["beyond", "last", "no reader", "not granted", "no category"] {
            assert!(of(&run, forged).is_none(), "{forged}");
        }
        assert!(run.evidence.iter().all(|one| !one.label.chars().any(is_hidden)), "{:?}", run.evidence);
        let total: usize = run.evidence.iter().map(|one| one.rows.len()).sum();
        assert!(total <= limits::CITED_ROWS && run.evidence.len() <= limits::CITATIONS);
        seen.push(run.evidence);
    }
    assert_eq!(seen[0], seen[1], "in a process of its own it is the same");
}

#[test]
fn rows_without_their_date_are_counted_and_not_looked_up() {
    for lab in labs() {
        lab.install(&std::fs::read(app("hostile-apps/misbehave")).unwrap());
        let fields = Some(vec!["amount".to_owned(), "currency".to_owned()]);
        let undated = CategoryChoice { fields, ..CategoryChoice::default() };
        lab.platform.grant(&me(WHO), "misbehave", &[(Category::Bank, undated)], None).unwrap();
        let run = misbehave(&lab);
        let honest = of(&run, "honest").unwrap();
        assert_eq!((honest.rows.len(), honest.sums), (0, 3), "{honest:?}");
        assert!(of(&run, "beyond").is_none() && of(&run, "last").is_none());
    }
}

#[test]
fn the_page_of_a_figure_lists_its_rows_and_those_erased_since() {
    let data = Data::with("budget", &["banque.json"]);
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let alice = operator.invite("tester", "alice");
    upload_as(&alice, "year.json", last_year().0.as_bytes());
    let page = alice.get("/apps/budget").text();
    let form = format!("{}&give.bank=on&sure.bank=on&for=quarter", answers(&page));
    let granted = alice.post("/apps/budget/grant", &form);
    assert_eq!(granted.status, 303, "{}", granted.text());
    let result = granted.header("location").unwrap().to_owned();
    let page = alice.get(&result).text();
    let link = page.split("/evidence/").nth(1).unwrap().split('"').next().unwrap();
    let path = format!("{result}/evidence/{link}");
    let rows = alice.get(&path);
    assert_eq!(rows.status, 200);
    let rows = rows.text();
    let row = rows.split("href=\"/data/money/bank/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(alice.get(&format!("/data/money/bank/{row}")).status, 200, "a row leads to its origin");
    for (other, status) in [("99", 404), ("x", 404), ("-1", 404)] {
        assert_eq!(alice.get(&format!("{result}/evidence/{other}")).status, status, "{other}");
    }
    let bruno = operator.invite("tester", "bruno");
    assert_eq!(bruno.get(&path).status, 404);
    // The import is undone: the rows are gone, and the page says so.
    assert_eq!(alice.post("/imports/1/undo", "sure=yes").status, 200);
    let gone = alice.get(&path).text();
    assert!(gone.contains("plus dans votre coffre") && !gone.contains("/data/money/bank/1."), "{gone}");
}

#[test]
fn two_kept_results_are_compared() {
    let data = Data::new();
    data.ok(&["install", app("forfait").to_str().unwrap()]);
    let server = Server::on(&data);
    let begun = Browser::life(&server, "famille");
    let page = begun.get("/apps/forfait").text();
    let form = format!("{}&give.telecom=on&sure.telecom=on&for=quarter", answers(&page));
    let first = begun.post("/apps/forfait/grant", &form);
    assert_eq!(first.status, 303, "{}", first.text());
    let first = first.header("location").unwrap().to_owned();
    assert!(!begun.get(&first).text().contains("/with/"), "there is nothing to compare with");
    // Results are in order of the second of their run.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let second = begun.post(&format!("{first}/run"), "p.bill=30&p.data=0");
    assert_eq!(second.status, 303, "{}", second.text());
    let second = second.header("location").unwrap().to_owned();
    let before = first.rsplit('/').next().unwrap();
    let now = second.rsplit('/').next().unwrap();
    let compared = format!("/results/{now}/with/{before}");
    assert!(begun.get(&second).text().contains(&compared));
    let page = begun.get(&compared);
    assert_eq!(page.status, 200);
    let page = page.text();
    assert!(page.contains("30\u{a0}€"), "the setting that changed: {page}");
    assert!(page.contains("identique"), "a figure that did not: {page}");
    for wrong in [format!("/results/{now}/with/{now}"), format!("/results/{now}/with/x")] {
        assert_eq!(begun.get(&wrong).status, 404, "{wrong}");
    }
    let home = begun.get("/home").text();
    assert!(
        home.contains(&format!("/results/{now}")) && home.contains("Un chiffre de vos applications"),
        "{home}"
    );
}
