//! Native Rust over the sealed chunks: the reference for all contestants.

use crate::work::{Contestant, Ran, Work};
use bench_kernels::{Answer, Answers, Budget, Calls, Profile};
use mesinfos_model::category::{bank, energy, telecom};
use mesinfos_model::column::{MISSING_I32, MISSING_I64, MISSING_U8};
use mesinfos_model::{Batch, Category, Column, FieldSet, Period};
use mesinfos_store::sled_store::SledStore;
use mesinfos_vault::kms::LocalKms;
use mesinfos_vault::{PersonVault, Vault};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// Opens the vault of a data folder, without the platform.
pub(crate) fn vault(folder: &Path) -> Vault {
    let open = |name: &str| {
        let ambient = cap_std::ambient_authority();
        cap_std::fs::Dir::open_ambient_dir(folder.join(name), ambient).unwrap()
    };
    let store = SledStore::open(&open("store"), &folder.join("store")).unwrap();
    Vault::open(Arc::new(store), Arc::new(LocalKms::open(open("keys")).unwrap())).unwrap()
}

/// The rows of a category, one month at a time: every chunk is read, decrypted and decompressed.
pub(crate) fn batches(
    person: &PersonVault,
    category: Category,
    fields: FieldSet,
) -> impl Iterator<Item = Batch> {
    let months = person.months(category, &Period::default(), u64::MAX).unwrap();
    months.only(fields).map(|month| month.unwrap().batch)
}

pub(crate) struct Native {
    pub(crate) person: PersonVault,
}

impl Contestant for Native {
    fn id(&self) -> &'static str {
        "native"
    }

    fn name(&self) -> String {
        "native Rust".to_owned()
    }

    fn includes(&self) -> &'static str {
        "opening the sealed chunks, computing"
    }

    fn run(&mut self, work: Work) -> Ran {
        let started = Instant::now();
        let answer = compute(&self.person, work);
        Ran { time: started.elapsed(), whole: None, answer }
    }
}

/// Runs a computation.
pub(crate) fn compute(person: &PersonVault, work: Work) -> Answer {
    let batches = batches(person, work.category(), work.fields());
    match work {
        Work::Budget => budget(batches),
        Work::Profile => profile(batches),
        Work::Plans => plans(batches),
    }
}

/// A column of numbers; empty if it is absent.
pub(crate) fn longs(batch: &Batch, field: usize) -> &[i64] {
    match batch.column(field) {
        Column::I64(values) => values,
        _ => &[],
    }
}

pub(crate) fn bytes(batch: &Batch, field: usize) -> &[u8] {
    match batch.column(field) {
        Column::U8(values) => values,
        _ => &[],
    }
}

pub(crate) fn known(column: &[i64], row: usize) -> Option<i64> {
    column.get(row).copied().filter(|value| *value != MISSING_I64)
}

fn budget(batches: impl Iterator<Item = Batch>) -> Answer {
    let mut budget = Budget::default();
    for batch in batches {
        let (amounts, kinds) = (longs(&batch, bank::AMOUNT), bytes(&batch, bank::KIND));
        let (Column::I32(days), Column::Text(labels)) =
            (batch.column(bank::BOOKED_ON), batch.column(bank::LABEL))
        else {
            continue;
        };
        for (row, (&day, &kind)) in days.iter().zip(kinds).enumerate() {
            if let Some(minor) = known(amounts, row)
                && day != MISSING_I32
                && kind != MISSING_U8
            {
                budget.add(day, minor, kind, labels.get(row));
            }
        }
    }
    budget.finish().answer()
}

fn profile(batches: impl Iterator<Item = Batch>) -> Answer {
    let mut profile = Profile::default();
    for batch in batches {
        let [starts, offsets, durations, energies] =
            [energy::START, energy::UTC_OFFSET, energy::DURATION, energy::ENERGY]
                .map(|field| longs(&batch, field));
        for row in 0..batch.rows() {
            if let (Some(start), Some(seconds), Some(energy)) =
                (known(starts, row), known(durations, row), known(energies, row))
            {
                profile.add(start, known(offsets, row).unwrap_or(0), seconds, energy);
            }
        }
    }
    profile.finish().answer()
}

fn plans(batches: impl Iterator<Item = Batch>) -> Answer {
    let mut calls = Calls::default();
    for batch in batches {
        let [starts, offsets, durations, messages] =
            [telecom::AT, telecom::UTC_OFFSET, telecom::DURATION, telecom::MESSAGES]
                .map(|field| longs(&batch, field));
        let (services, directions) = (bytes(&batch, telecom::SERVICE), bytes(&batch, telecom::DIRECTION));
        for (row, codes) in services.iter().copied().zip(directions.iter().copied()).enumerate() {
            if let Some(at) = known(starts, row)
                && codes.0 != MISSING_U8
                && codes.1 != MISSING_U8
            {
                let (seconds, messages) = (known(durations, row), known(messages, row));
                calls.add(at, known(offsets, row).unwrap_or(0), codes, seconds, messages);
            }
        }
    }
    calls.finish().answer()
}
