//! What an operator is told of the server, and of the folder that it serves.

use mesinfos_platform::{Advice, Backup, Found, Readiness, Restored};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The server lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Alive {
    /// Always so: one that does not live says nothing.
    pub alive: bool,
}

/// Whether the server can serve now, and what it lacks if not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ready {
    /// Whether all of the others are so.
    pub ready: bool,
    /// The store answers.
    pub store: bool,
    /// Keys can be had.
    pub keys: bool,
    /// The clocks of the store and of the host are less than two seconds apart.
    pub clock: bool,
}

impl From<Readiness> for Ready {
    fn from(found: Readiness) -> Ready {
        let Readiness { store, keys, clock } = found;
        Ready { ready: found.is_ready(), store, keys, clock }
    }
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BackedUp {
    /// The file.
    pub file: String,
    /// Persons who have anything.
    pub persons: u64,
    /// Records.
    pub records: u64,
    /// Sealed chunks of rows and documents.
    pub chunks: u64,
}

impl BackedUp {
    /// What was written to a file.
    pub fn new(file: String, backup: Backup) -> BackedUp {
        let Backup { persons, records, chunks } = backup;
        BackedUp { file, persons, records, chunks }
    }
}

/// Whom a backup brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PutBack {
    /// Persons whose vaults open.
    pub open: u64,
    /// Persons whose vaults do not: they were erased since, or share a key with one who was. Nothing of them was
    /// put back.
    pub closed: u64,
    /// Apps that were installed and whose components are not there: they are to be installed again.
    pub apps_missing: u64,
}

impl From<&Restored> for PutBack {
    fn from(restored: &Restored) -> PutBack {
        let Restored { open, closed, apps_missing } = *restored;
        PutBack { open, closed, apps_missing }
    }
}

/// How something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// As it should be.
    Good,
    /// It works, and somebody should know.
    Remark,
    /// Wrong.
    Wrong,
    /// It could not be looked at.
    Unknown,
}

/// What was looked at, how it is, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Finding {
    /// Its word: folder, disk, store, keys, walls, clock, erasures, formats or logs.
    pub check: String,
    /// How it is.
    pub health: Health,
    /// In words.
    pub words: String,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

/// What was found of a data folder and its machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Diagnosis {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// What was looked at, in order.
    pub findings: Vec<Finding>,
}

impl Finding {
    fn new(
        finding: &mesinfos_platform::Finding,
        words: impl Fn(&Found) -> String,
        advice: impl Fn(&Advice) -> String,
    ) -> Finding {
        use mesinfos_platform::Health as How;
        let health = match finding.health {
            How::Good => Health::Good,
            How::Remark => Health::Remark,
            How::Wrong => Health::Wrong,
            How::Unknown => Health::Unknown,
        };
        let (words, advice) = (words(&finding.found), finding.advice.as_ref().map(advice));
        Finding { check: finding.check.to_owned(), health, words, advice }
    }
}

impl Diagnosis {
    /// What was found, and what to do, in the words of a door.
    pub fn new(
        found: &[mesinfos_platform::Finding],
        words: impl Fn(&Found) -> String,
        advice: impl Fn(&Advice) -> String,
    ) -> Diagnosis {
        let findings: Vec<Finding> =
            found.iter().map(|finding| Finding::new(finding, &words, &advice)).collect();
        Diagnosis { ok: findings.iter().all(|finding| finding.health != Health::Wrong), findings }
    }
}
