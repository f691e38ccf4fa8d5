//! Health of the server and of its data folder, for the operator.

use crate::run::AppVersion;
use mesinfos_platform::{Advice, Backup, Found, Readiness, Restored};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Liveness of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Alive {
    /// Always true: a dead server does not answer.
    pub alive: bool,
}

/// Readiness of the server, by condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ready {
    /// Whether all conditions hold.
    pub ready: bool,
    /// The store answers.
    pub store: bool,
    /// Keys are available.
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

/// Whether a store was created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StoreCreated {
    /// False: it was there, and was left as it is.
    pub created: bool,
}

/// State of a store on PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StoreState {
    /// Major version of the server.
    pub server: u64,
    /// Format of the store.
    pub format: u64,
    /// `open`, `read-only` or `closed`.
    pub mode: String,
    /// What the operator should know: `not-durable`, `slots-elsewhere`, `no-standby`, `no-checksums`.
    pub concerns: Vec<String>,
}

/// Contents of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BackedUp {
    /// Path of the file.
    pub file: String,
    /// People with a vault.
    pub persons: u64,
    /// Records.
    pub records: u64,
    /// Sealed chunks of rows and documents.
    pub chunks: u64,
}

impl BackedUp {
    /// Describes a backup written to `file`.
    pub fn new(file: String, backup: Backup) -> BackedUp {
        let Backup { persons, records, chunks } = backup;
        BackedUp { file, persons, records, chunks }
    }
}

/// Result of restoring a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PutBack {
    /// People whose vaults open.
    pub open: u64,
    /// People whose vaults do not open: erased since the backup, or sharing a key with an erased person.
    /// None of their data was restored.
    pub closed: u64,
    /// Installed apps whose components are missing and must be installed again.
    pub apps_missing: u64,
    /// Time of the backup, in UTC seconds; null if an earlier version made it. Later withdrawals, undos and
    /// imports are not included.
    #[schema(required = true)]
    pub at: Option<i64>,
    /// Grants that were in force in the backup, now paused: the person may have withdrawn them since, and
    /// resumes those that still hold.
    pub paused: u64,
    /// Versions of installed apps, now suspended: the operator may have stopped them since, and resumes those that
    /// are still good.
    pub suspended: Vec<AppVersion>,
}

impl From<&Restored> for PutBack {
    fn from(restored: &Restored) -> PutBack {
        let Restored { open, closed, apps_missing, at, paused, ref suspended } = *restored;
        let suspended = suspended.iter().map(AppVersion::from).collect();
        PutBack { open, closed, apps_missing, at, paused, suspended }
    }
}

/// Result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Health {
    /// No fault found.
    Good,
    /// Works, with a remark for the operator.
    Remark,
    /// Faulty: needs the operator.
    Wrong,
    /// Could not be checked.
    Unknown,
}

/// Result of one check, with details and advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Finding {
    /// Name of the check: folder, disk, store, keys, walls, clock, erasures, formats, logs or rows.
    pub check: String,
    /// Result.
    pub health: Health,
    /// Details.
    pub words: String,
    /// What to do. Absent if the result is good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

/// Results of all checks of a data folder and its machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Diagnosis {
    /// Whether no check failed.
    pub ok: bool,
    /// Results, in order of the checks.
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
    /// Renders findings and advice with the functions of a door.
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
