//! What a person shows to no app, across vault, consent, runtime and every door: no row of it reaches an app, in a run, a
//! trial, an evidence or a preview, by the pages, the API or the command, and whatever comes later.

use crate::http::Server;
use crate::pages::{Browser, upload_as};
use crate::support::{Data, app, built_apps, me};
use mesinfos_model::{Category, Period, RowId};
use mesinfos_personas::{Persona, SEED, personas};
use mesinfos_platform::{
    CategoryChoice, Isolation, MOST_WITHHELD, Platform, PlatformError, Row, RowsAsked, RunInput, RunOutput,
    TrialChoices, Withhold,
};
use serde_json::json;
use std::collections::BTreeSet;

/// Rows that a grant can exclude, with which a rule is compared.
const MOST: usize = 900;

/// Numbers that look random and are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }
}

fn rows(platform: &Platform, who: &str, category: Category) -> Vec<Row> {
    let asked = RowsAsked { period: Period::ALL, undated: true, limit: usize::MAX };
    platform.rows(&me(who), category, &asked).unwrap().rows
}

fn values(row: &Row) -> Vec<(&'static str, String)> {
    row.values.iter().map(|value| (value.field, value.text.clone())).collect()
}

/// A rule of one of three kinds, and the rows that it is about, found without the code that applies it.
fn rule(
    all: &[Row],
    pairs: &[(RowId, RowId)],
    category: Category,
    numbers: &mut Numbers,
) -> Option<(Withhold, BTreeSet<RowId>)> {
    let row = &all[numbers.below(all.len())];
    let schema = category.schema();
    let holder = |row: &Row| row.value(schema.fields[schema.holder].name).map(str::to_owned);
    type IsIt = Box<dyn Fn(&Row) -> bool>;
    let (what, is_it): (Withhold, IsIt) = match numbers.below(3) {
        0 => {
            let (id, own) = (row.id, values(row));
            let is_alone = all.iter().filter(|other| values(other) == own).count() == 1;
            if !is_alone {
                return None;
            }
            (Withhold::Row(id), Box::new(move |other| other.id == id))
        }
        1 => {
            let own = holder(row);
            (Withhold::Holder(own.clone()), Box::new(move |other| holder(other) == own))
        }
        _ => {
            let label = row.value("label").or_else(|| row.value("counterparty"))?;
            let word =
                label.split(|c: char| !c.is_ascii_alphabetic()).find(|word| word.len() > 3)?.to_lowercase();
            let of_kind = |is_name: bool| -> Vec<&str> {
                use mesinfos_model::FieldKind::{Pseudonym, Term, Text};
                let is = |kind| if is_name { kind == Pseudonym } else { matches!(kind, Term | Text) };
                schema.fields.iter().filter(|field| is(field.kind)).map(|field| field.name).collect()
            };
            let (texts, names, own) = (of_kind(false), of_kind(true), word.clone());
            let has = move |other: &Row| {
                let is_apart =
                    |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|part| part == own);
                other.values.iter().any(|value| {
                    let text = value.text.to_lowercase();
                    texts.contains(&value.field) && text.contains(&own)
                        || names.contains(&value.field) && is_apart(&text)
                })
            };
            (Withhold::Words(word.to_uppercase()), Box::new(has))
        }
    };
    let mut own: BTreeSet<usize> = (0..all.len()).filter(|at| is_it(&all[*at])).collect();
    for _ in pairs {
        for (one, other) in pairs {
            if own.iter().any(|at| [*one, *other].contains(&all[*at].id)) {
                own.extend((0..all.len()).filter(|at| [*one, *other].contains(&all[*at].id)));
            }
        }
    }
    let own = with_what_would_tell(all, category, own, matches!(what, Withhold::Holder(_)));
    let about: BTreeSet<RowId> = own.iter().map(|at| all[*at].id).collect();
    // A grant excludes all rows of a line together.
    let is_whole = (0..all.len()).all(|at| own.contains(&at) == about.contains(&all[at].id));
    // What is probably the same as a sum is another test's.
    let is_settled = pairs.iter().all(|(one, other)| about.contains(one) == about.contains(other));
    (is_whole && is_settled).then_some((what, about))
}

/// Rows with those that would tell them: the sum of a line, the lines of a sum, the readings of the same time.
fn with_what_would_tell(
    all: &[Row],
    category: Category,
    mut own: BTreeSet<usize>,
    is_holder: bool,
) -> BTreeSet<usize> {
    let (name, sums, parts): (_, &[&str], &[&str]) = match category {
        Category::Purchases => ("receipt", &["receipt"], &["line"]),
        Category::Bills => ("bill", &["bill", "payment"], &["line"]),
        Category::Health => ("claim", &["claim"], &["claim-line"]),
        Category::Education => ("loan", &["loan"], &["disbursement", "instalment"]),
        Category::Contracts => ("contract", &["contract"], &["covered"]),
        Category::Energy | Category::Water if !is_holder => {
            let span = |row: &Row| {
                let start = row.number("start")?;
                Some((start, start + row.number("duration")?))
            };
            let same = |one: &Row, other: &Row| {
                ["holder", "meter", "commodity", "direction"]
                    .iter()
                    .all(|of| one.value(of) == other.value(of))
            };
            let is_over = |row: &Row| {
                own.iter().map(|at| &all[*at]).any(|own| match (span(own), span(row)) {
                    (Some((from, until)), Some((start, end))) => {
                        same(own, row) && start < until && from < end
                    }
                    _ => false,
                })
            };
            let over: Vec<usize> =
                (0..all.len()).filter(|at| own.len() <= MOST && is_over(&all[*at])).collect();
            own.extend(over);
            return own;
        }
        _ => return own,
    };
    let thing = |row: &Row| Some((row.value("holder").map(str::to_owned), row.value(name)?.to_owned()));
    let is = |row: &Row, kinds: &[&str]| {
        let kind = row.values.iter().find(|value| value.field == "row").and_then(|value| value.code);
        kind.is_some_and(|kind| kinds.contains(&kind))
    };
    let things = |kinds: &[&str]| -> BTreeSet<_> {
        own.iter().map(|at| &all[*at]).filter(|row| is(row, kinds)).filter_map(thing).collect()
    };
    let (of_sums, of_parts) = (things(sums), things(parts));
    for (at, row) in all.iter().enumerate() {
        let Some(of) = thing(row) else { continue };
        let is_sum = is(row, sums);
        if (is_sum || is(row, parts)) && of_sums.contains(&of) || is_sum && of_parts.contains(&of) {
            own.insert(at);
        }
    }
    own
}

fn run(platform: &Platform, who: &str, id: &str) -> Result<RunOutput, PlatformError> {
    platform.run(&me(who), id, &RunInput { params: Vec::new() })
}

/// What a run shows and reads: equal for equal input. The text of an error says the same.
fn told(run: Result<RunOutput, PlatformError>) -> String {
    match run {
        Ok(run) => {
            let reads: Vec<(Category, u64)> =
                run.receipt.reads.iter().map(|(category, read)| (*category, read.distinct_rows())).collect();
            format!("{reads:?} {}", serde_json::to_string(&run.view).unwrap())
        }
        Err(error) => error.to_string(),
    }
}

fn with_life(persona: &Persona) -> (Platform, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
    for file in persona.files(SEED) {
        platform.import(&me(persona.id), &file.name, file.bytes.as_slice()).unwrap();
    }
    for name in built_apps() {
        platform.install(&std::fs::read(app(&name)).unwrap()).unwrap();
    }
    (platform, folder)
}

/// For every app, sample lives and rules of all kinds: a run and a trial with the rule show what they show if the grant
/// itself excludes these rows, no evidence and no preview has one of them, and without the rule all is as before.
#[test]
fn no_app_is_given_what_is_withheld_in_any_way() {
    let (mut numbers, mut compared, mut changed) = (Numbers(7), 0, 0);
    for persona in personas().iter().filter(|persona| ["famille", "cycliste"].contains(&persona.id)) {
        let who = persona.id;
        let (platform, _folder) = with_life(persona);
        let imports = platform.imports(&me(who)).unwrap().into_iter().map(|record| record.outcome.import_id);
        let alike = imports.map(|import| {
            let alike = platform.alike_rows(&me(who), import).unwrap();
            assert_eq!(alike.more, 0, "all are seen");
            alike.pairs
        });
        let pairs: Vec<(Category, RowId, RowId)> =
            alike.flatten().map(|pair| (pair.rows.category, pair.rows.new.id, pair.rows.old.id)).collect();
        for record in platform.apps().unwrap() {
            let id = record.id.as_str();
            let (_, _, inspection) = platform.describe(id).unwrap();
            let asked: Vec<Category> = inspection.request.categories.keys().copied().collect();
            let of = |category: Category, excluded: &BTreeSet<RowId>| -> TrialChoices {
                let choice = |one: Category| match one == category {
                    true => CategoryChoice { excluded: excluded.clone(), ..CategoryChoice::default() },
                    false => CategoryChoice::default(),
                };
                asked.iter().map(|one| (*one, choice(*one))).collect()
            };
            for _ in 0..6 {
                let category = asked[numbers.below(asked.len())];
                let all = rows(&platform, who, category);
                if all.is_empty() {
                    continue;
                }
                let pairs: Vec<(RowId, RowId)> = pairs
                    .iter()
                    .filter(|(of, ..)| *of == category)
                    .map(|(_, one, other)| (*one, *other))
                    .collect();
                let Some((what, about)) = rule(&all, &pairs, category, &mut numbers) else { continue };
                if about.len() > MOST {
                    continue;
                }
                let whole = of(category, &BTreeSet::new());
                platform.grant(&me(who), id, &whole, None).unwrap();
                let before = told(run(&platform, who, id));
                platform.withdraw(&me(who), id).unwrap();
                platform.grant(&me(who), id, &of(category, &about), None).unwrap();
                let without = told(run(&platform, who, id));
                platform.withdraw(&me(who), id).unwrap();

                assert!(platform.withhold(&me(who), category, &what).unwrap());
                platform.grant(&me(who), id, &whole, None).unwrap();
                let ran = run(&platform, who, id);
                if let Ok(ran) = &ran {
                    let cited = ran.evidence.iter().filter(|evidence| evidence.category == category);
                    let cited: Vec<RowId> = cited.flat_map(|evidence| evidence.rows.clone()).collect();
                    assert!(cited.iter().all(|row| !about.contains(row)), "{id} {what:?}");
                    assert!(ran.receipt.withheld.get(&category).is_none_or(|rows| *rows <= all.len() as u64));
                    let view = Some(ran.view.clone());
                    let tried = platform
                        .try_app(&me(who), id, record.component, std::slice::from_ref(&whole), &[])
                        .unwrap();
                    assert_eq!(tried[0].view, view, "{id} {what:?}");
                }
                assert_eq!(told(ran), without, "{id} of {who}, {category} {what:?}");
                let scope = platform.scope_of(&me(who), id, &whole).unwrap().remove(&category).unwrap();
                let preview = platform.preview(&me(who), &scope, 2_000).unwrap();
                let listed = preview.rows.iter().filter_map(|row| row.id);
                assert!(listed.clone().all(|row| !about.contains(&row)), "{id} {what:?}");
                assert!(preview.withheld > 0 || scope.period != Period::ALL, "{id} {what:?}");
                compared += 1;
                changed += usize::from(without != before);

                let of = platform.withheld(&me(who)).unwrap().pop().unwrap();
                let rule = of.rule;
                assert_eq!(of.rows, all.iter().filter(|row| about.contains(&row.id)).count() as u64);
                assert!(platform.show_again(&me(who), rule.id).unwrap());
                assert!(!platform.show_again(&me(who), rule.id).unwrap());
                assert_eq!(told(run(&platform, who, id)), before, "{id} {what:?}: it can be taken back");
                platform.withdraw(&me(who), id).unwrap();
            }
        }
        platform.audit_verify(&me(who), None).unwrap();
    }
    assert!(compared > 30 && changed > 8, "{compared} rules, of which {changed} changed a result");
}

/// A statement with some payments, from a day of January 2026 on.
fn statement(from: u32, labels: &[&str]) -> String {
    let mut text = "dateOp;dateVal;label;category;amount;accountNum\n".to_owned();
    for (day, label) in (from..).zip(labels) {
        text.push_str(&format!("2026-01-{day:02};2026-01-{day:02};{label};;-{day},77;1\n"));
    }
    text
}

/// The same rows by the command and the API, over later files, and in another instance; nothing is left after an erasure.
#[test]
fn what_is_withheld_stays_so_through_every_door() {
    let data = Data::new();
    data.ok(&["install", app("budget").to_str().unwrap()]);
    let files = tempfile::tempdir().unwrap();
    let import = |data: &Data, name: &str, text: &str| {
        let path = files.path().join(name);
        std::fs::write(&path, text).unwrap();
        data.ok(&["import", "--person", "camille", path.to_str().unwrap()]);
    };
    import(&data, "a.csv", &statement(2, &["CARTE PHARMACIE DU PORT", "CARTE BOULANGER", "VIR LOYER"]));
    data.ok(&["grant", "--person", "camille", "budget"]);
    let within = |data: &Data| Platform::open(data.path(), &Isolation::InProcess).unwrap();
    let platform = within(&data);
    let words = Withhold::Words("pharmacie".to_owned());
    assert!(platform.withhold(&me("camille"), Category::Bank, &words).unwrap());
    assert!(!platform.withhold(&me("camille"), Category::Bank, &words).unwrap(), "once is enough");
    for none in [Withhold::Words(" a ".to_owned()), Withhold::Row("9.0.9".parse().unwrap())] {
        assert!(platform.withhold(&me("camille"), Category::Bank, &none).is_err());
    }
    drop(platform);
    // Rows that come later too.
    import(&data, "b.csv", &statement(9, &["CARTE Pharmacie CENTRALE", "CARTE BOULANGER"]));
    let hidden = ["PHARMACIE", "Pharmacie", "277", "2,77", "977", "9,77"];
    let is_clean = |text: &str| hidden.iter().all(|leak| !text.contains(leak));
    let seen = data.view(&["run", "--person", "camille", "--today", "2026-02-01", "budget"]).to_string();
    // Two payments at the baker's and the rent.
    assert!(seen.contains("\"mantissa\":1931") && is_clean(&seen), "{seen}");
    let receipts = data.ok(&["receipts", "--person", "camille"]).to_string();
    assert!(receipts.contains("\"withheld\":{\"bank\":2}"), "{receipts}");
    // The person still sees them.
    assert!(data.ok(&["rows", "--person", "camille", "bank"]).to_string().contains("PHARMACIE"));
    let server = Server::on(&data);
    let ran = server.ask_json("POST", "/api/runs", &json!({ "person": "camille", "app": "budget" }));
    assert!(ran.status == 200 && is_clean(&ran.json()["view"].to_string()), "{}", ran.text());
    drop(server);
    data.ok(&["audit", "verify", "--person", "camille"]);

    // Everything taken away, and taken in elsewhere.
    let platform = within(&data);
    let row = rows(&platform, "camille", Category::Bank)
        .into_iter()
        .find(|row| row.value("label") == Some("VIR LOYER"));
    platform.withhold(&me("camille"), Category::Bank, &Withhold::Row(row.unwrap().id)).unwrap();
    platform.withhold(&me("camille"), Category::Purchases, &Withhold::Holder(None)).unwrap();
    let archive: Vec<u8> =
        platform.take_away(&me("camille"), &[]).unwrap().flat_map(|piece| piece.unwrap()).collect();
    let elsewhere = tempfile::tempdir().unwrap();
    let other = Platform::open(elsewhere.path(), &Isolation::InProcess).unwrap();
    other.import(&me("camille"), "tout.zip", std::io::Cursor::new(archive.clone())).unwrap();
    let counts = |platform: &Platform| -> Vec<u64> {
        let all = platform.withheld(&me("camille")).unwrap();
        // Rules of one second have no order.
        let mut counts: Vec<u64> = all.into_iter().map(|of| of.rows).collect();
        counts.sort_by_key(|rows| std::cmp::Reverse(*rows));
        counts
    };
    assert_eq!((counts(&platform), counts(&other)), (vec![2, 1, 0], vec![2, 1, 0]));
    let view = |platform: &Platform| {
        platform.install(&std::fs::read(app("budget")).unwrap()).unwrap();
        platform.grant(&me("camille"), "budget", &[], None).unwrap();
        told(run(platform, "camille", "budget"))
    };
    let elsewhere = view(&other);
    assert_eq!(view(&platform), elsewhere);
    assert!(is_clean(&elsewhere) && !elsewhere.contains("LOYER"), "{elsewhere}");
    // Taken in once more, it is there once.
    other.import(&me("camille"), "tout.zip", std::io::Cursor::new(archive)).unwrap();
    assert_eq!(counts(&other), [2, 1, 0]);
    other.erase(&me("camille")).unwrap();
    other.create_person(&me("camille")).unwrap();
    assert!(counts(&other).is_empty());
    // They are few: each is looked at for every row.
    let mut made = 0;
    let next = |made: usize| Withhold::Words(format!("mot{made}"));
    while other.withhold(&me("camille"), Category::Bank, &next(made)).is_ok() {
        made += 1;
    }
    assert_eq!(made, MOST_WITHHELD);
}

/// Neither a later version, nor an undo that brings an earlier one back, nor a correction shows what is withheld; and a
/// holder's deposit brings no rule.
#[test]
fn versions_undo_and_corrections_show_nothing_that_is_withheld() {
    let file = |category: &str| {
        statement(2, &["CARTE PHARMACIE DU PORT", "CARTE BOULANGER"])
            .replace("PORT;;", &format!("PORT;{category};"))
    };
    let is_clean = |platform: &Platform| {
        let view = told(run(platform, "camille", "budget"));
        assert!(!view.contains("277") && !view.contains("2,77") && !view.contains("PHARMACIE"), "{view}");
    };
    // Which import is undone, and whether the row is withheld before the later version comes.
    for (undone, is_before) in [(2, false), (1, true), (1, false), (2, true)] {
        let folder = tempfile::tempdir().unwrap();
        let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
        platform.install(&std::fs::read(app("budget")).unwrap()).unwrap();
        let import = |name: &str, text: &str| platform.import(&me("camille"), name, text.as_bytes()).unwrap();
        let withhold = || {
            let all = rows(&platform, "camille", Category::Bank);
            let row =
                all.iter().find(|row| row.value("label").is_some_and(|label| label.contains("PHARMACIE")));
            let what = Withhold::Row(row.unwrap().id);
            assert!(platform.withhold(&me("camille"), Category::Bank, &what).unwrap());
        };
        import("a.csv", &file(""));
        if is_before {
            withhold();
        }
        assert_eq!(import("b.csv", &file("Santé")).categories[0].corrected, 1);
        if !is_before {
            withhold();
        }
        platform.grant(&me("camille"), "budget", &[], None).unwrap();
        is_clean(&platform);
        platform.undo_import(&me("camille"), undone).unwrap();
        is_clean(&platform);
        import("c.csv", &file(""));
        import("d.csv", &file("Santé"));
        is_clean(&platform);
    }
}

/// By the pages: from a row, told where an app asks and in the receipt, listed, taken back, and nobody else's.
#[test]
fn a_person_hides_rows_from_every_app_by_the_pages() {
    let data = Data::new();
    data.ok(&["install", app("budget").to_str().unwrap()]);
    let server = Server::on(&data);
    let operator = Browser::operator(&server);
    let (alice, bruno) = (operator.invite("tester", "alice"), operator.invite("tester", "bruno"));
    let file = statement(2, &["CARTE <b>PHARMACIE</b> DU PORT", "CARTE BOULANGER", "VIR LOYER"]);
    assert_eq!(upload_as(&alice, "s.csv", file.as_bytes()).status, 303);
    let row = alice.get("/data/money/bank").text();
    let row = row.split("href=\"/data/money/bank/1.").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let path = format!("/data/money/bank/1.{row}");
    assert!(alice.get(&path).text().contains("Ne montrer à aucune application"));
    let asked = alice.get(&format!("{path}/withhold"));
    assert!(asked.status == 200 && asked.text().contains("Toutes les lignes qui contiennent"));
    assert_eq!(bruno.get(&format!("{path}/withhold")).status, 404);
    assert_eq!(bruno.post(&format!("{path}/withhold"), "what=row").status, 404);
    let post = |form: &str| alice.post(&format!("{path}/withhold"), form);
    let short = post("what=words&words=ab");
    assert!(short.status == 422 && short.text().contains("presque tout"), "{}", short.text());
    assert_eq!(post("what=words&words=pharmacie").status, 303);
    assert!(post("what=words&words=pharmacie").text().contains("rien n’a été ajouté"));
    // One text in each line; a comma is part of a text, and the list says so if nothing has it.
    assert!(
        asked.text().contains("un point-virgule") && asked.text().contains("compteur"),
        "{}",
        asked.text()
    );
    assert!(post("what=words&words=loyer%3B%20ab").status == 422);
    assert_eq!(post("what=words&words=clinique%2C%20dentiste%0D%0Atabac%3B%20kiosque").status, 303);
    let several = alice.get("/data/withheld").text();
    for text in ["« clinique, dentiste »", "« tabac »", "« kiosque »"] {
        assert!(several.replace('\u{a0}', " ").contains(text), "{text}: {several}");
    }
    assert_eq!(several.matches("Cherché comme un seul texte").count(), 1);
    for rule in several.split("name=\"rule\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let told = several.split(rule).next().unwrap().rsplit("<li").next().unwrap();
        if !told.contains("pharmacie") {
            assert_eq!(alice.post("/data/withheld", &format!("rule={rule}")).status, 303);
        }
    }
    let consent = alice.get("/apps/budget").text();
    assert!(consent.contains("n’est pas comptée") && !consent.contains("PHARMACIE"), "{consent}");
    // What is said to be unread is not listed as read.
    let fields = consent.split("data-part=\"fields-bank\"").nth(1).unwrap().split("</dl>").next().unwrap();
    let (read, unread) = fields.split_once("Pas lu").unwrap();
    assert!(unread.contains("solde") && !read.contains("solde"), "{fields}");
    let list = alice.get("/data/withheld").text();
    assert!(list.contains("pharmacie") && list.contains("1 ligne aujourd’hui"), "{list}");
    let rule = list.split("name=\"rule\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(!bruno.get("/data/withheld").text().contains("pharmacie"));
    assert_eq!(bruno.post("/data/withheld", &format!("rule={rule}")).status, 404);
    let journal = alice.get("/journal").text();
    assert!(journal.contains("Vous ne montrez plus les lignes contenant"), "{journal}");
    assert!(journal.contains("/data/withheld"));
    assert_eq!(alice.post("/data/withheld", &format!("rule={rule}")).status, 303);
    assert!(!alice.get("/data/withheld").text().contains("name=\"rule\""));
    let consent = alice.get("/apps/budget").text();
    assert!(!consent.contains("n’est pas comptée"));
    let fields = consent.split("data-part=\"fields-bank\"").nth(1).unwrap().split("</dl>").next().unwrap();
    assert!(fields.split_once("Pas lu").unwrap().0.contains("solde"), "{fields}");
}
