//! The three computations as an Extism plugin: JSON in, JSON out.

use bench_kernels::{Answer, Answers, Budget, Calls, Profile};
use extism_pdk::{Error, FnResult, plugin_fn};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Transaction<'a> {
    booked_on: i32,
    amount: i64,
    kind: u8,
    #[serde(borrow)]
    label: std::borrow::Cow<'a, str>,
}

#[derive(Deserialize)]
struct Reading {
    start: i64,
    utc_offset: i64,
    duration: i64,
    energy: i64,
}

#[derive(Deserialize)]
struct Event {
    at: i64,
    utc_offset: i64,
    service: u8,
    direction: u8,
    duration: Option<i64>,
    messages: Option<i64>,
}

#[derive(Serialize)]
struct Said {
    numbers: Vec<i64>,
    texts: Vec<String>,
}

fn said(answer: Answer) -> FnResult<String> {
    let said = Said { numbers: answer.numbers, texts: answer.texts };
    Ok(serde_json::to_string(&said).map_err(Error::from)?)
}

#[plugin_fn]
pub fn budget(rows: String) -> FnResult<String> {
    let rows: Vec<Transaction> = serde_json::from_str(&rows).map_err(Error::from)?;
    let mut budget = Budget::default();
    for row in &rows {
        budget.add(row.booked_on, row.amount, row.kind, &row.label);
    }
    said(budget.finish().answer())
}

#[plugin_fn]
pub fn profile(rows: String) -> FnResult<String> {
    let rows: Vec<Reading> = serde_json::from_str(&rows).map_err(Error::from)?;
    let mut profile = Profile::default();
    for row in &rows {
        profile.add(row.start, row.utc_offset, row.duration, row.energy);
    }
    said(profile.finish().answer())
}

#[plugin_fn]
pub fn plans(rows: String) -> FnResult<String> {
    let rows: Vec<Event> = serde_json::from_str(&rows).map_err(Error::from)?;
    let mut calls = Calls::default();
    for row in &rows {
        calls.add(row.at, row.utc_offset, (row.service, row.direction), row.duration, row.messages);
    }
    said(calls.finish().answer())
}
