//! Rows that a person corrects or deletes, across vault, consent, runtime, platform and pages: whoever reads sees the
//! same, whatever was imported, changed and undone before.

use crate::http::Server;
use crate::lab::{Lab, PEOPLE};
use crate::pages::{Browser, upload_as};
use crate::support::{Data, app, me};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day, Digest, Period, RowId};
use mesinfos_platform::{PlatformError, Row, RowFilter, RowsAsked, RunInput};
use std::collections::{BTreeMap, BTreeSet};

const WHO: &str = PEOPLE[0];

/// A statement with the rows of these numbers.
fn statement(numbers: std::ops::Range<u32>) -> String {
    let row = |number: u32| {
        format!(
            r#"{{"docType":"bankoperation","date":"2030-{:02}-{:02}T00:00:00.000Z","amount":-{}.50,
                "raw":"{label}","title":"{label}","bankAccount":"a"}}"#,
            1 + number % 3,
            1 + number % 28,
            10 + number,
            label = label(number)
        )
    };
    format!("[{}]", numbers.map(row).collect::<Vec<_>>().join(","))
}

/// Every fourth label is longer than a record of the store.
fn label(number: u32) -> String {
    let long = if number.is_multiple_of(4) { 9_000 } else { 0 };
    format!("N{number}{}", ".".repeat(long))
}

/// What becomes of a row of the statements, in the model of the test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// In the vault since an import, with an amount in cents; corrected or not.
    There { import: u64, amount: i64, is_corrected: bool },
    /// Deleted, of an import.
    Gone { import: u64 },
}

fn number_of(label: &str) -> Option<u32> {
    label.strip_prefix('N')?.trim_end_matches('.').parse().ok()
}

fn rows(lab: &Lab) -> Vec<Row> {
    let asked = RowsAsked { period: Period::parse("2030").unwrap(), undated: false, limit: 10_000 };
    lab.platform.rows(&me(WHO), Category::Bank, &asked).unwrap().rows
}

/// The row with a number: its id, and its fingerprint.
fn row_of(lab: &Lab, number: u32) -> (RowId, Digest) {
    let found = rows(lab).into_iter().find(|row| row.value("label") == Some(&label(number))).unwrap();
    let origin = lab.platform.row_origin(&me(WHO), Category::Bank, found.id).unwrap().unwrap();
    assert_eq!(origin.rows.len(), 1);
    (found.id, origin.keys[0])
}

fn amount_of(number: u32) -> i64 {
    -i64::from(10 + number) * 100 - 50
}

/// All readers see what the model says.
fn check(lab: &Lab, model: &BTreeMap<u32, Fate>, others: u64, told: &str) {
    let expected: BTreeMap<u32, i64> = model
        .iter()
        .filter_map(|(number, fate)| match fate {
            Fate::There { amount, .. } => Some((*number, *amount)),
            Fate::Gone { .. } => None,
        })
        .collect();
    let seen: Vec<(u32, i64)> = rows(lab)
        .iter()
        .map(|row| (number_of(row.value("label").unwrap()).unwrap(), row.number("amount").unwrap()))
        .collect();
    assert_eq!(seen.len(), expected.len(), "{told}: each once");
    assert_eq!(seen.into_iter().collect::<BTreeMap<_, _>>(), expected, "{told}");
    let all = others + expected.len() as u64;
    let summary = lab.platform.summary(&me(WHO)).unwrap();
    assert_eq!(
        summary.iter().find(|of| of.category == Category::Bank).unwrap().rows,
        all,
        "{told}: the index"
    );
    let filter =
        RowFilter { text: "N".to_owned(), period: Period::parse("2030").unwrap(), ..RowFilter::default() };
    let page = lab.platform.rows_page(&me(WHO), Category::Bank, &filter, 0, 500).unwrap();
    assert_eq!(page.total, Some(expected.len() as u64), "{told}: the page");
    let days: u64 = (0..3)
        .map(|month| {
            let counts = lab.platform.day_counts(&me(WHO), (2030 - 1970) * 12 + month).unwrap();
            counts.iter().flat_map(|of| of.days).map(u64::from).sum::<u64>()
        })
        .sum();
    assert_eq!(days, expected.len() as u64, "{told}: the timeline");
    let output = lab.platform.run(&me(WHO), "misbehave", &RunInput { params: Vec::new() }).unwrap();
    assert!(output.view.headline.ends_with(&format!(" {all}")), "{told}: an app: {}", output.view.headline);
    let deleted = lab.platform.deleted_rows(&me(WHO)).unwrap().len();
    assert_eq!(deleted, model.values().filter(|fate| matches!(fate, Fate::Gone { .. })).count(), "{told}");
    lab.platform.audit_verify(&me(WHO), None).unwrap();
}

#[test]
fn whoever_reads_sees_the_same_after_any_changes() {
    let lab = Lab::new();
    lab.install(&std::fs::read(app("hostile-apps/misbehave")).unwrap());
    let platform = &lab.platform;
    let others = platform.summary(&me(WHO)).unwrap()[0].rows;
    let mut random: u64 = 7;
    let mut next = |below: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % below
    };
    let mut model: BTreeMap<u32, Fate> = BTreeMap::new();
    let mut imports: Vec<u64> = Vec::new();
    // The numbers that each import of a file holds. The person's own archive holds what was there.
    let mut holding: BTreeMap<u64, BTreeSet<u32>> = BTreeMap::new();
    let mut has_archive = false;
    for step in 0..crate::lab::times(60, 400) {
        let there: Vec<u32> = model
            .iter()
            .filter(|(_, fate)| matches!(fate, Fate::There { .. }))
            .map(|(number, _)| *number)
            .collect();
        let told = match next(7) {
            0 | 1 => {
                let from = u32::try_from(next(8)).unwrap();
                let numbers = from..from + 6;
                let name = format!("{step}.json");
                let report = platform.import(&me(WHO), &name, statement(numbers.clone()).as_bytes()).unwrap();
                let import = report.import.unwrap();
                imports.push(import);
                let is_gone = |number: &u32| matches!(model.get(number), Some(Fate::Gone { .. }));
                holding.insert(import, numbers.clone().filter(|number| !is_gone(number)).collect());
                let new: Vec<u32> = numbers.filter(|number| !model.contains_key(number)).collect();
                assert_eq!(report.categories[0].accepted, new.len() as u64, "step {step}");
                for number in new {
                    let fate = Fate::There { import, amount: amount_of(number), is_corrected: false };
                    model.insert(number, fate);
                }
                format!("step {step}: import {import}")
            }
            2 if !there.is_empty() => {
                let number = there[usize::try_from(next(there.len() as u64)).unwrap()];
                let (id, key) = row_of(&lab, number);
                assert!(platform.delete_row(&me(WHO), Category::Bank, id, key).unwrap());
                assert!(!platform.delete_row(&me(WHO), Category::Bank, id, key).unwrap(), "once");
                let Fate::There { import, .. } = model[&number] else { unreachable!() };
                model.insert(number, Fate::Gone { import });
                for numbers in holding.values_mut() {
                    numbers.remove(&number);
                }
                format!("step {step}: N{number} deleted")
            }
            3 if !there.is_empty() => {
                let number = there[usize::try_from(next(there.len() as u64)).unwrap()];
                let (id, key) = row_of(&lab, number);
                let Fate::There { import, is_corrected, .. } = model[&number] else { unreachable!() };
                let amount = -i64::try_from(next(90_000)).unwrap() - 1;
                // Sometimes to another month, which is another chunk.
                let mut new = vec![("amount".to_owned(), format!("-{}.{:02}", -amount / 100, -amount % 100))];
                if next(2) == 0 {
                    new.push(("booked-on".to_owned(), format!("2030-0{}-15", 1 + next(3))));
                }
                assert!(
                    platform.correct_row(&me(WHO), Category::Bank, id, key, &new).unwrap(),
                    "{is_corrected}"
                );
                model.insert(number, Fate::There { import, amount, is_corrected: true });
                format!("step {step}: N{number} corrected")
            }
            4 if !there.is_empty() => {
                let number = there[usize::try_from(next(there.len() as u64)).unwrap()];
                let (id, key) = row_of(&lab, number);
                let Fate::There { import, amount, is_corrected } = model[&number] else { unreachable!() };
                assert_eq!(platform.restore_row(&me(WHO), Category::Bank, id, key).unwrap(), is_corrected);
                let amount = if is_corrected { amount_of(number) } else { amount };
                model.insert(number, Fate::There { import, amount, is_corrected: false });
                format!("step {step}: N{number} restored")
            }
            5 => {
                // The person's own archive has every row as it is now: it adds none.
                let pieces = platform.take_away(&me(WHO), &[]).unwrap();
                let archive = pieces.fold(Vec::new(), |mut all, piece| {
                    all.extend(piece.unwrap());
                    all
                });
                let report = platform.import(&me(WHO), "mesinfos.zip", &archive[..]).unwrap();
                let added: u64 = report.categories.iter().map(|of| of.accepted).sum();
                assert_eq!(added, 0, "step {step}: {report:?}");
                has_archive = true;
                format!("step {step}: own archive")
            }
            _ if next(2) == 0 => {
                let Some(deleted) = platform.deleted_rows(&me(WHO)).unwrap().pop() else { continue };
                let lifted = platform.lift_deletion(&me(WHO), deleted.category, deleted.row, deleted.key);
                assert!(lifted.unwrap());
                // Which number it was, nobody knows any more: the one that the next import of everything brings.
                let report = platform.import(&me(WHO), "all.json", statement(0..14).as_bytes()).unwrap();
                let import = report.import.unwrap();
                imports.push(import);
                let back: Vec<u32> = rows(&lab)
                    .iter()
                    .filter(|row| row.id.import == import)
                    .filter_map(|row| number_of(row.value("label")?))
                    .collect();
                for number in back {
                    let was_gone = matches!(model.get(&number), None | Some(Fate::Gone { .. }));
                    assert!(was_gone, "step {step}: N{number} came twice");
                    let fate = Fate::There { import, amount: amount_of(number), is_corrected: false };
                    model.insert(number, fate);
                }
                assert!((0..14).all(|number| model.contains_key(&number)), "step {step}");
                let is_gone = |number: &u32| matches!(model.get(number), Some(Fate::Gone { .. }));
                holding.insert(import, (0..14).filter(|number| !is_gone(number)).collect());
                format!("step {step}: one lifted")
            }
            _ => {
                if imports.is_empty() {
                    continue;
                }
                let import = imports.remove(usize::try_from(next(imports.len() as u64)).unwrap());
                platform.undo_import(&me(WHO), import).unwrap();
                holding.remove(&import);
                let seen: BTreeMap<u32, (u64, i64)> = rows(&lab)
                    .iter()
                    .map(|row| {
                        let number = number_of(row.value("label").unwrap()).unwrap();
                        (number, (row.id.import, row.number("amount").unwrap()))
                    })
                    .collect();
                // What another import holds stays, as the holder gave it.
                model.retain(|number, fate| match fate {
                    Fate::There { import: of, .. } if *of == import => match seen.get(number) {
                        Some(&(other, amount)) => {
                            let is_held = holding.get(&other).is_some_and(|of| of.contains(number));
                            assert!(other != import && (is_held || has_archive), "step {step}: N{number}");
                            *fate = Fate::There { import: other, amount, is_corrected: false };
                            true
                        }
                        None => {
                            assert!(
                                !holding.values().any(|of| of.contains(number)),
                                "step {step}: N{number}"
                            );
                            false
                        }
                    },
                    Fate::There { import: of, .. } | Fate::Gone { import: of } => *of != import,
                });
                format!("step {step}: import {import} undone")
            }
        };
        check(&lab, &model, others, &told);
    }
}

#[test]
fn a_row_is_corrected_annotated_and_deleted_on_its_page() {
    let data = Data::new();
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let alice = operator.invite("tester", "alice");
    let file = statement(0..3);
    assert_eq!(upload_as(&alice, "s.json", file.as_bytes()).status, 303);
    let list = alice.get("/data/money/bank").text();
    let row = list.split("href=\"/data/money/bank/1.").nth(1).unwrap().split('"').next().unwrap();
    let path = format!("/data/money/bank/1.{row}");
    let page = alice.get(&path).text();
    let key = page.split("/change?key=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let change = format!("{path}/change");
    let form = alice.get(&format!("{change}?key={key}")).text();
    assert!(form.contains("name=\"v.amount\"") && !form.contains("name=\"v.holder\""), "{form}");
    let bad = alice.post(&change, &format!("key={key}&act=correct&v.amount=beaucoup"));
    assert_eq!(bad.status, 422);
    assert!(
        bad.text().contains("ne se lit pas") && bad.text().contains("value=\"beaucoup\""),
        "{}",
        bad.text()
    );
    for forbidden in [
        "v.holder=Autre",
        "v.position=7",
        "v.account=x",
        "v.nothing=1",
        "v.booked-on=",
        "v.booked-on=0001-01-01",
        "v.booked-on=9999-12-31",
        "v.amount=",
        "v.amount=-1,000",
        "v.amount=99999999999999999",
        "v.currency=",
        "v.currency=%3Cb%3E",
        "v.currency=euros",
    ] {
        let answer = alice.post(&change, &format!("key={key}&act=correct&{forbidden}"));
        assert_eq!(answer.status, 422, "{forbidden}");
    }
    let done = alice.post(&change, &format!("key={key}&act=correct&v.amount=-99,99&v.label=%3Cb%3EX"));
    assert_eq!((done.status, done.header("location")), (303, Some(path.as_str())), "{}", done.text());
    let page = alice.get(&path).text();
    assert!(page.contains("99,99") && page.contains("Vous avez corrigé cette ligne"), "{page}");
    assert!(page.contains("L’organisme disait") && !page.contains("<b>X"));
    assert_eq!(alice.get(&format!("{change}?key={key}")).status, 409, "it has changed");
    // Another tab: what was typed is not lost, and nothing is changed without a look.
    let late = alice.post(&change, &format!("key={key}&act=correct&v.amount=-12,34"));
    assert!(late.status == 409 && late.text().contains("value=\"-12,34\""), "{}", late.text());
    for act in ["restore", "delete&sure=yes"] {
        let late = alice.post(&change, &format!("key={key}&act={act}"));
        assert!(late.status == 409 && late.text().contains("entre-temps"), "{act}: {}", late.text());
    }
    assert!(alice.get(&path).text().contains("99,99"));
    assert_eq!(alice.post(&change, "act=note&note=%3Ci%3Eà+vérifier").status, 303);
    let page = alice.get(&path).text();
    assert!(page.contains("&lt;i&gt;à vérifier") && !page.contains("<i>à"));
    // The file once more does not bring its row back.
    assert_eq!(upload_as(&alice, "s.json", file.as_bytes()).status, 303);
    assert!(alice.get("/data/money/bank").text().contains("3 lignes"));
    let key = page.split("/change?key=").nth(1).unwrap().split('"').next().unwrap();
    // Nobody else reaches it.
    let bruno = operator.invite("tester", "bruno");
    assert_eq!(bruno.post(&change, &format!("key={key}&act=delete&sure=yes")).status, 404);
    assert_eq!(bruno.post(&change, "act=note&note=x").status, 404);
    let asked = alice.post(&change, &format!("key={key}&act=delete"));
    assert!(asked.status == 200 && asked.text().contains("name=\"sure\""), "{}", asked.text());
    assert_eq!(alice.post(&change, &format!("key={key}&act=delete&sure=yes")).status, 303);
    assert_eq!(alice.get(&path).status, 404);
    assert_eq!(upload_as(&alice, "s.json", file.as_bytes()).status, 303);
    assert!(alice.get("/data/money/bank").text().contains("2 lignes"), "it does not come back");
    let deleted = alice.get("/data/deleted").text();
    assert!(deleted.contains("s.json") && !deleted.contains("99,99"), "{deleted}");
    assert!(alice.get("/journal").text().contains("Vous avez retiré une ligne"));
    let of = |name: &str| {
        deleted
            .split(&format!("name=\"{name}\" value=\""))
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    let lift = format!("category={}&row={}&key={}", of("category"), of("row"), of("key"));
    assert_eq!(bruno.post("/data/deleted", &lift).status, 404);
    assert_eq!(alice.post("/data/deleted", &lift).status, 303);
    assert_eq!(upload_as(&alice, "s.json", file.as_bytes()).status, 303);
    assert!(alice.get("/data/money/bank").text().contains("3 lignes"), "now it does");
}

#[test]
fn where_a_person_files_payments_is_what_an_app_tells() {
    let lab = Lab::new();
    lab.install(&std::fs::read(app("budget")).unwrap());
    let platform = &lab.platform;
    for (who, lang) in [("lea", Lang::Fr), ("leo", Lang::En)] {
        let caller = me(who);
        let yesterday = caller.today.0 - 1;
        let words: Vec<&str> = mesinfos_words::purposes(lang).collect();
        let row = |(at, _): (usize, &&str)| {
            format!(
                r#"{{"docType":"bankoperation","date":"{}T00:00:00.000Z","amount":-{}.50,
                    "raw":"ZZ {at} QQ","title":"ZZ {at} QQ","bankAccount":"a"}}"#,
                Day(yesterday - i32::try_from(at).unwrap()),
                10 + at,
            )
        };
        // Twice each, in different months.
        let again = |(at, word)| {
            row((at, word)).replace(
                &Day(yesterday - i32::try_from(at).unwrap()).to_string(),
                &Day(yesterday - 40 - i32::try_from(at).unwrap()).to_string(),
            )
        };
        let file: Vec<String> =
            words.iter().enumerate().map(row).chain(words.iter().enumerate().map(again)).collect();
        platform.import(&caller, "a.json", format!("[{}]", file.join(",")).as_bytes()).unwrap();
        lab.grant(who, "budget");
        let text = |lab: &Lab| format!("{:?}", lab.run(who, "budget").unwrap().view);
        let unknown = ["purpose unknown", "Other\""];
        assert!(unknown.iter().any(|words| text(&lab).contains(words)), "{}", text(&lab));
        for (at, word) in words.iter().enumerate() {
            let label = format!("ZZ {at} QQ");
            assert_eq!(platform.rows_labelled(&caller, Category::Bank, &label).unwrap(), 2, "{label}");
            let done = platform.refile(&caller, Category::Bank, &label, word).unwrap();
            assert_eq!((done.corrected, done.left), (2, 0), "{label}");
            let again = platform.refile(&caller, Category::Bank, &label, word).unwrap();
            assert_eq!((again.corrected, again.left), (0, 0), "{label}");
        }
        // Labels that differ in a date and a reference are one.
        let dated = [
            "CARTE 02/03 CHOEUR QQ CB*4412",
            "CARTE 09/03 CHOEUR QQ CB*4412",
            "CARTE 16/03 AUTRE QQ CB*4412",
        ];
        let file: Vec<String> = dated
            .iter()
            .map(|label| {
                format!(
                    r#"{{"docType":"bankoperation","date":"{}T00:00:00.000Z","amount":-3.50,
                        "raw":"{label}","title":"{label}","bankAccount":"a"}}"#,
                    Day(yesterday)
                )
            })
            .collect();
        platform.import(&caller, "b.json", format!("[{}]", file.join(",")).as_bytes()).unwrap();
        let done = platform.refile(&caller, Category::Bank, dated[0], words[0]).unwrap();
        assert_eq!((done.corrected, done.left), (2, 0));
        platform.refile(&caller, Category::Bank, dated[2], words[0]).unwrap();
        let after = text(&lab);
        assert!(!unknown.iter().any(|words| after.contains(words)), "{after}");
        // One press takes a correction of many rows back; a row that was corrected in something else too stays.
        let label = "ZZ 0 QQ";
        let asked = RowsAsked { period: Period::ALL, undated: true, limit: 10_000 };
        let rows = platform.rows(&caller, Category::Bank, &asked).unwrap().rows;
        let of_label: Vec<_> = rows.iter().filter(|row| row.value("label") == Some(label)).collect();
        let first = of_label[0].id;
        let key = |row| platform.row_origin(&caller, Category::Bank, row).unwrap().unwrap().keys[0];
        let filed = (label, words[0]);
        assert_eq!(platform.refiled_with(&caller, Category::Bank, filed, first).unwrap(), 1);
        assert_eq!(platform.refiled_with(&caller, Category::Bank, (label, "x"), first).unwrap(), 0);
        let back = platform.restore_refiled(&caller, Category::Bank, filed, (first, key(first))).unwrap();
        assert_eq!(back.map(|back| (back.corrected, back.left)), Some((2, 0)));
        assert_eq!(platform.refiled_with(&caller, Category::Bank, filed, first).unwrap(), 0);
        platform.refile(&caller, Category::Bank, label, words[0]).unwrap();
        let amount = vec![("amount".to_owned(), "-1".to_owned())];
        let other = of_label[1].id;
        assert!(platform.correct_row(&caller, Category::Bank, other, key(other), &amount).unwrap());
        assert_eq!(platform.refiled_with(&caller, Category::Bank, filed, first).unwrap(), 0);
        let gone =
            platform.restore_refiled(&caller, Category::Bank, filed, (first, Digest([0; 32]))).unwrap();
        assert_eq!(gone, None, "the row has changed meanwhile");
        platform.audit_verify(&caller, None).unwrap();
        assert!(matches!(
            platform.refile(&caller, Category::Energy, "x", "y"),
            Err(PlatformError::BadRowValue { .. })
        ));
    }
}
