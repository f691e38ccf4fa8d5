//! The sandbox alone, offered more rows and fields than granted: it forwards only granted ones.

use crate::forge::{Forged, reader};
use crate::handles::{GLOBALS, looks_for_fields};
use mesinfos_model::batch::BatchBuilder;
use mesinfos_model::category::bank;
use mesinfos_model::view::Lang;
use mesinfos_model::{Batch, Category, CategoryScope, Day, FieldSet, Period, Scope};
use mesinfos_platform::runtime::{
    ArtifactKey, Artifacts, InProcess, Limits, Pace, PageSource, RowSource, RowSourceError, RunRequest,
    Runtime, Withdrawal, inspect,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An artifact cache that stores nothing.
struct Nowhere;

// SAFETY: `get` returns nothing.
#[allow(unsafe_code, reason = "it gives nothing back")]
unsafe impl Artifacts for Nowhere {
    fn get(&self, _: &ArtifactKey) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: &ArtifactKey, _: &[u8]) {}
}

/// Three pages of twenty rows with all fields, whatever is requested.
#[derive(Clone, Copy)]
struct Uncut(u8);

impl RowSource for Uncut {
    fn open(&self, _: Period) -> Box<dyn PageSource> {
        Box::new(*self)
    }
}

impl PageSource for Uncut {
    fn next(&mut self) -> Result<Option<Batch>, RowSourceError> {
        if self.0 == 0 {
            return Ok(None);
        }
        self.0 -= 1;
        let mut rows = BatchBuilder::new(Category::Bank);
        for row in 0..20_i64 {
            rows.push(&[
                (bank::HOLDER, "Bank".into()),
                (bank::AMOUNT, (-row).into()),
                (bank::LABEL, "canary".into()),
                (bank::COUNTERPARTY, "canary".into()),
            ]);
        }
        Ok(Some(rows.finish()))
    }
}

/// Outcome of an app that looks for fields, of which these are granted.
fn outcome(limits: Limits, granted: &[&str]) -> &'static str {
    let (head, run) = looks_for_fields();
    let component = Forged { head: &head, fields: GLOBALS, ..reader("uncut", &run) }.component();
    let runtime = Runtime::new(Box::new(InProcess::new(limits).unwrap()), Box::new(Nowhere));
    let app = runtime.compile(&Arc::new(inspect(&component)), &component).unwrap();
    let fields = FieldSet::from_names(Category::Bank, granted.iter().copied()).unwrap();
    let scope = CategoryScope { fields, ..CategoryScope::all(Category::Bank) };
    let run = runtime.run(
        &app,
        RunRequest {
            wishes: Scope::new(),
            withdrawal: Withdrawal::never(),
            scope: Scope::from([(Category::Bank, scope)]),
            rows: BTreeMap::from([(Category::Bank, Box::new(Uncut(3)) as Box<dyn RowSource>)]),
            lang: Lang::En,
            today: Day(0),
            answers: Vec::new(),
            pace: Pace::Usual,
        },
    );
    run.outcome.code()
}

#[test]
fn a_field_that_was_not_granted_is_not_linked() {
    assert_eq!(outcome(Limits::default(), &["amount"]), "invalid-view");
    assert_eq!(outcome(Limits::default(), &["amount", "label"]), "trapped", "it would be found");
}

#[test]
fn more_rows_than_there_may_be_end_the_run() {
    assert_eq!(outcome(Limits { rows: 60, ..Limits::default() }, &["amount"]), "invalid-view");
    assert_eq!(outcome(Limits { rows: 59, ..Limits::default() }, &["amount"]), "too-many-rows");
}
