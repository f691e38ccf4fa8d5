//! The three computations behind a contract with lists of records.

use bench_kernels::{Answers, Budget, Calls, Profile};

wit_bindgen::generate!({ path: "wit", world: "rows" });

struct Rows;

impl From<bench_kernels::Answer> for Answer {
    fn from(answer: bench_kernels::Answer) -> Answer {
        Answer { numbers: answer.numbers, texts: answer.texts }
    }
}

impl Guest for Rows {
    fn budget(rows: Vec<Transaction>) -> Answer {
        let mut budget = Budget::default();
        for row in &rows {
            budget.add(row.booked_on, row.amount, row.kind, &row.label);
        }
        budget.finish().answer().into()
    }

    fn profile(rows: Vec<Reading>) -> Answer {
        let mut profile = Profile::default();
        for row in &rows {
            profile.add(row.start, row.utc_offset, row.duration, row.energy);
        }
        profile.finish().answer().into()
    }

    fn plans(rows: Vec<Event>) -> Answer {
        let mut calls = Calls::default();
        for row in &rows {
            calls.add(row.at, row.utc_offset, (row.service, row.direction), row.duration, row.messages);
        }
        calls.finish().answer().into()
    }
}

export!(Rows);
