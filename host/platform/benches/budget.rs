//! What consent and the sandbox cost: `budget` over 20 000 transactions of five years, from the
//! moment the grant is known to the checked view, beside the same computation written natively over
//! the same sealed chunks. Both open (decrypt, decompress) every chunk in every run.
//!
//! `cargo xtask bench` builds the app and runs this.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement fails by panicking")]

use mesinfos_model::column::MISSING_I64;
use mesinfos_model::view::{Block, Lang, Report, Value};
use mesinfos_model::{Category, Column, Day, Period};
use mesinfos_platform::consent::Channel;
use mesinfos_platform::{Isolation, Platform, RunInput};
use mesinfos_store::sled_store::SledStore;
use mesinfos_vault::Vault;
use mesinfos_vault::kms::LocalKms;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const ROWS: u32 = 20_000;
const MONTHS: u32 = 60;
/// Both sides take turns, so that a slow moment of the machine touches both.
const ROUNDS: usize = 12;
const RUNS: usize = 25;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let app = std::fs::read(app_path()).expect("build the apps first: cargo xtask bench does");
    let (mut ours, mut native, mut opened, mut whole) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
        if round == 0 {
            platform.import("bench", "statement.json", statement().as_bytes()).unwrap();
            let (app, _) = platform.install(&app).unwrap();
            platform.grant("bench", &app.id, &[], None, Channel::Cli).unwrap();
        }
        let input = RunInput { lang: Lang::En, params: Vec::new(), today: None };
        let run = || platform.run("bench", "budget", &input).unwrap();
        let reference = run();
        for _ in 0..RUNS {
            let started = Instant::now();
            ours.push(run().usage.time);
            whole.push(started.elapsed());
        }
        drop(platform);
        let vault = open_vault(folder.path());
        assert_eq!(shown(&reference.report), natively(&vault).shown(), "both compute the same");
        for _ in 0..RUNS {
            let started = Instant::now();
            std::hint::black_box(natively(&vault));
            native.push(started.elapsed());
            let started = Instant::now();
            let months = vault.person("bench").unwrap();
            let months = months.months(Category::Bank, &Period::default(), u64::MAX).unwrap();
            std::hint::black_box(months.map(|month| month.unwrap().batch.rows()).sum::<usize>());
            opened.push(started.elapsed());
        }
    }
    let [ours, native, opened, whole] = [ours, native, opened, whole].map(median);
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    println!("budget over {ROWS} transactions, median of {} runs, microseconds", ROUNDS * RUNS);
    println!("  only opening the sealed chunks      {:>8.0}", micros(opened));
    println!("  native Rust over the sealed chunks  {:>8.0}", micros(native));
    println!("  MesInfos, from granted to view      {:>8.0}", micros(ours));
    println!("  MesInfos, with receipt on disk      {:>8.0}", micros(whole));
    println!("  ratio, MesInfos / native            {:>8.2}", micros(ours) / micros(native));
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// `<target>/apps/budget.wasm`; this runs from `<target>/release/deps`.
fn app_path() -> std::path::PathBuf {
    std::env::current_exe().unwrap().ancestors().nth(3).unwrap().join("apps/budget.wasm")
}

fn open_vault(folder: &Path) -> Vault {
    let open = |name: &str| {
        let ambient = cap_std::ambient_authority();
        cap_std::fs::Dir::open_ambient_dir(folder.join(name), ambient).unwrap()
    };
    let store = SledStore::open(&open("store"), &folder.join("store")).unwrap();
    Vault::open(Arc::new(store), Arc::new(LocalKms::open(open("keys")).unwrap())).unwrap()
}

/// Transactions of a plausible account: a rent, subscriptions, and shops, in the pilot's format.
fn statement() -> String {
    let mut rows = String::from("[");
    let mut random = 1_u64;
    for row in 0..ROWS {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (month, of_month) = (row * MONTHS / ROWS, row % (ROWS / MONTHS + 1));
        let (year, month, day) = (2021 + month / 12, month % 12 + 1, of_month * 28 / (ROWS / MONTHS + 1) + 1);
        let (label, kind, cents) = match of_month {
            0 => ("LOYER RESIDENCE DES LILAS".to_owned(), "PRELEVEMENT", -65_000),
            1 => ("SALAIRE".to_owned(), "VIREMENT", 210_000),
            2 => ("ABONNEMENT TELEPHONE".to_owned(), "PRELEVEMENT", -1_499),
            _ => {
                let shop = ["BOULANGERIE", "SUPERMARCHE", "TRAM", "CINEMA", "PHARMACIE"]
                    [(random >> 33) as usize % 5];
                let cents = -i64::try_from(150 + (random >> 40) % 6_000).unwrap();
                (format!("CB {shop} {:03}", (random >> 50) % 400), "CARTE", cents)
            }
        };
        let comma = if row == 0 { "" } else { "," };
        let sign = if cents < 0 { "-" } else { "" };
        let (units, cents) = (cents.abs() / 100, cents.abs() % 100);
        write!(
            rows,
            r#"{comma}{{"docType":"bankoperation","date":"{year}-{month:02}-{day:02}T00:00:00.000Z","amount":{sign}{units}.{cents:02},"raw":"{kind} {label}","title":"{label}","bankAccount":"a1"}}"#
        )
        .unwrap();
    }
    rows.push(']');
    rows
}

/// What the app's key figures and table say.
#[derive(Debug, PartialEq)]
struct Shown {
    spent_a_month: i64,
    received_a_month: i64,
    recurring: Vec<(String, i64)>,
}

fn shown(report: &Report) -> Shown {
    let blocks = || report.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
    let minor = |value: &Value| match value {
        Value::Money(money) => money.amount.mantissa,
        other => panic!("{other:?} is no money"),
    };
    let figures = blocks().find_map(|block| match block {
        Block::KeyFigures(figures) => Some(figures),
        _ => None,
    });
    let table = blocks().find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let (figures, table) = (figures.unwrap(), table.unwrap());
    let row = |row: &[Value]| match &row[0] {
        Value::Text(label) => (label.clone(), minor(&row[1])),
        other => panic!("{other:?} is no label"),
    };
    Shown {
        spent_a_month: minor(&figures[0].value),
        received_a_month: minor(&figures[1].value),
        recurring: table.cells.chunks(table.columns.len()).map(row).collect(),
    }
}

/// What the app computes.
struct Budget {
    months: BTreeMap<i32, [i64; 9]>,
    income: i64,
    recurring: Vec<(String, i64)>,
}

impl Budget {
    fn shown(self) -> Shown {
        let count = i64::try_from(self.months.len()).unwrap();
        Shown {
            spent_a_month: self.months.values().flatten().sum::<i64>() / count,
            received_a_month: self.income / count,
            recurring: self.recurring,
        }
    }
}

/// The computation of `example-apps/budget`, as one would write it with the vault in hand.
fn natively(vault: &Vault) -> Budget {
    let field = |name: &str| Category::Bank.schema().fields.iter().position(|f| f.name == name).unwrap();
    let [amount, booked_on, kind, wording] = ["amount", "booked-on", "kind", "label"].map(field);
    let mut budget = Budget { months: BTreeMap::new(), income: 0, recurring: Vec::new() };
    let mut labels: BTreeMap<String, Vec<(i32, i64)>> = BTreeMap::new();
    let person = vault.person("bench").unwrap();
    let mut label = String::new();
    for month in person.months(Category::Bank, &Period::default(), u64::MAX).unwrap() {
        let batch = month.unwrap().batch;
        let columns =
            (batch.column(amount), batch.column(booked_on), batch.column(kind), batch.column(wording));
        let (Column::I64(amounts), Column::I32(days), Column::U8(kinds), Column::Text(texts)) = columns
        else {
            panic!("a column is not what the table says")
        };
        for (row, &minor) in amounts.iter().enumerate().filter(|(_, minor)| **minor != MISSING_I64) {
            if minor >= 0 {
                budget.income += minor;
                continue;
            }
            let month = Day(days[row]).month();
            budget.months.entry(month).or_default()[usize::from(kinds[row]).min(8)] -= minor;
            label.clear();
            label.extend(texts.get(row).split(|c: char| c.is_ascii_digit()));
            match labels.get_mut(&label) {
                Some(paid) => paid.push((month, -minor)),
                None => drop(labels.insert(label.clone(), vec![(month, -minor)])),
            }
        }
    }
    budget.recurring = labels
        .into_iter()
        .filter_map(|(label, paid)| {
            let count = i64::try_from(paid.len()).ok().filter(|count| *count >= 3)?;
            let mean = paid.iter().map(|(_, minor)| minor).sum::<i64>() / count;
            let steady = paid.iter().all(|(_, minor)| (minor - mean).abs() * 100 <= mean * 15);
            let monthly = paid.windows(2).all(|pair| pair[0].0 != pair[1].0);
            (steady && monthly && !label.is_empty()).then(|| (label.trim().to_owned(), mean))
        })
        .collect();
    budget.recurring.sort_by_key(|(_, mean)| -mean);
    budget
}
