//! Rows and results as JSON, for peers that read no other format.

use crate::rows;
use crate::work::Work;
use bench_kernels::Answer;
use mesinfos_vault::PersonVault;
use serde::{Deserialize, Serialize};

/// A result as printed by a peer.
#[derive(Deserialize)]
pub(crate) struct Said {
    numbers: Vec<i64>,
    texts: Vec<String>,
    /// Time in seconds, if the peer measures itself.
    #[serde(default)]
    pub(crate) seconds: f64,
}

impl Said {
    pub(crate) fn parse(line: &str) -> Said {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    pub(crate) fn answer(self) -> Answer {
        Answer { numbers: self.numbers, texts: self.texts }
    }
}

/// The rows of a computation as one JSON array, read from the sealed chunks.
pub(crate) fn rows(person: &PersonVault, work: Work) -> String {
    let mut text = vec![b'['];
    match work {
        Work::Budget => rows::transactions(person, |row| push(&mut text, &row)),
        Work::Profile => rows::readings(person, |row| push(&mut text, &row)),
        Work::Plans => rows::events(person, |row| push(&mut text, &row)),
    }
    text.push(b']');
    String::from_utf8(text).unwrap()
}

fn push(text: &mut Vec<u8>, row: &impl Serialize) {
    if text.len() > 1 {
        text.push(b',');
    }
    serde_json::to_writer(text, row).unwrap();
}
