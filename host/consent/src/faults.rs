//! Inconsistencies in chains, in requests and answers, and in changes.

use crate::id::{GrantId, ReceiptId};
use mesinfos_model::{Category, Digest, Grain};
use mesinfos_records::{END, Fault};
use std::fmt;

/// Maximum length of an app's id and of its version, in characters. A manifest allows 40 for an id.
pub const MAX_APP_NAME: usize = 120;

/// Maximum number of holders in a scope. With [`MAX_HOLDER_NAME`] it keeps a scope readable; the size in
/// bytes that fits into a record is checked on writing.
pub const MAX_HOLDERS: usize = 32;

/// Maximum number of rows of a category that a scope excludes one by one; for more, use a period or holders.
pub const MAX_EXCLUDED: usize = 1_000;

/// Maximum length of a holder's name, in characters.
pub const MAX_HOLDER_NAME: usize = 120;

/// Kinds of records of this crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// A grant, or an event of one.
    Grant,
    /// The newest grant of an app.
    OfApp,
    /// The scope of a grant.
    Scope,
    /// An entry of the audit chain.
    Entry,
    /// The end of a chain.
    End,
    /// A receipt.
    Receipt,
    /// A notice.
    Notice,
}

impl RecordKind {
    const ALL: [RecordKind; 7] = [
        RecordKind::Grant,
        RecordKind::OfApp,
        RecordKind::Scope,
        RecordKind::Entry,
        RecordKind::End,
        RecordKind::Receipt,
        RecordKind::Notice,
    ];

    /// The kind with this name; an entry if there is none.
    pub(crate) fn called(name: &str) -> RecordKind {
        RecordKind::ALL.into_iter().find(|record| <&str>::from(*record) == name).unwrap_or(RecordKind::Entry)
    }
}

impl From<RecordKind> for &'static str {
    fn from(record: RecordKind) -> &'static str {
        match record {
            RecordKind::Grant => "a grant",
            RecordKind::OfApp => "the newest grant of an app",
            RecordKind::Scope => "a scope",
            RecordKind::Entry => "an audit entry",
            RecordKind::End => END,
            RecordKind::Receipt => "a receipt",
            RecordKind::Notice => "a notice",
        }
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str((*self).into())
    }
}

/// Kinds of hash chains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// The audit chain of a person.
    Audit,
    /// The events of a grant.
    Grant,
}

impl Log {
    /// The chain with this name; the audit chain if there is none.
    pub(crate) fn called(name: &str) -> Log {
        if name == <&str>::from(Log::Grant) { Log::Grant } else { Log::Audit }
    }
}

impl From<Log> for &'static str {
    fn from(log: Log) -> &'static str {
        match log {
            Log::Audit => "audit log",
            Log::Grant => "record of the grant",
        }
    }
}

impl fmt::Display for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str((*self).into())
    }
}

/// Fields of an app with a limited length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppField {
    /// Id of the app.
    Id,
    /// Version of the app.
    Version,
}

impl fmt::Display for AppField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AppField::Id => "id",
            AppField::Version => "version",
        })
    }
}

/// Decision about a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// None yet.
    Open,
    /// Yes.
    Given,
    /// No.
    Refused,
}

impl fmt::Display for Decided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Decided::Open => "open",
            Decided::Given => "given",
            Decided::Refused => "refused",
        })
    }
}

/// A broken chain, with the first record that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the {log} is broken at entry {seq}: {fault}")]
pub struct Broken {
    /// Kind of the chain.
    pub log: Log,
    /// Number of the record, from 0.
    pub seq: u64,
    /// Fault of that record.
    pub fault: Fault,
}

/// Records that do not agree with the audit chain, although each may be valid on its own. Restoring older
/// copies causes this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}. Nothing was run and nothing was changed", self.words())]
pub enum Mismatch {
    /// The records of the newest grants are not those bound to the head of the audit chain.
    Grants,
    /// The record of a grant does not end as its app's record says.
    Grant(GrantId),
    /// An event of a grant does not agree with the audit chain.
    Event {
        /// Id of the grant.
        grant: GrantId,
        /// Number of the event.
        event: u64,
        /// Disagreement.
        what: Against,
    },
    /// A receipt does not agree with the audit chain.
    Receipt {
        /// Id of the receipt.
        receipt: ReceiptId,
        /// Disagreement.
        what: Against,
    },
    /// The vault's count of imports and undos differs from the audit chain's.
    Sequence {
        /// Count in the audit chain.
        logged: u64,
        /// Count in the vault.
        found: u64,
    },
    /// The vault has more or fewer rows of an import than the audit chain.
    Rows {
        /// Number of the import.
        import: u64,
        /// Category of the rows.
        category: Category,
        /// Rows in the audit chain.
        logged: u64,
        /// Rows in the vault.
        found: u64,
    },
    /// The notice of a grant is missing.
    Notice(GrantId),
    /// The audit chain does not contain a head that was kept elsewhere.
    Head(Digest),
}

/// Disagreement of a record with the audit chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// The audit chain has it, but the record is missing.
    Missing,
    /// The record differs from the one in the audit chain.
    Other,
    /// The audit chain does not have it.
    Unlogged,
}

impl fmt::Display for Against {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Against::Missing => "is missing, although the log mentions it",
            Against::Other => "is not the one that the log mentions",
            Against::Unlogged => "is not in the log",
        })
    }
}

impl Mismatch {
    fn words(&self) -> String {
        match self {
            Mismatch::Grants => {
                "the records of your grants do not match the audit log: some were restored to an older state, \
                 or omitted"
                    .to_owned()
            }
            Mismatch::Grant(id) => {
                format!("the grant {id} does not match the audit log: it was restored to an older state")
            }
            Mismatch::Event { grant, event, what } => format!("event {event} of the grant {grant} {what}"),
            Mismatch::Receipt { receipt, what } => format!("the receipt {receipt} {what}"),
            Mismatch::Sequence { logged, found } => {
                format!("the vault counts {found} imports and undos, but the audit log {logged}")
            }
            Mismatch::Rows { import, category, logged, found } => format!(
                "the vault holds {found} rows of {category} of import {import}, but the audit log says {logged}"
            ),
            Mismatch::Notice(id) => format!("the notice of the grant {id} is missing"),
            Mismatch::Head(kept) => format!(
                "the head {kept} is not in this log: it was copied wrongly, it belongs to another log, or this log was restored to an older state"
            ),
        }
    }
}

/// Inconsistency in a request or a grant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// The app's id or version is empty or too long.
    #[error("the app's {field} has {length} characters; 1 to {MAX_APP_NAME} are expected")]
    AppName {
        /// The field.
        field: AppField,
        /// Length in characters.
        length: usize,
    },
    /// The request or grant has no category.
    #[error("a grant needs at least one category")]
    NoItems,
    /// A category occurs twice.
    #[error("{0} is in the grant twice; merge the two")]
    Twice(Category),
    /// A question holds an answer.
    #[error("{category} is {found}, but a question expects it to be open")]
    Answered {
        /// Category of the item.
        category: Category,
        /// Decision found.
        found: Decided,
    },
    /// An answer holds an open question.
    #[error("{0} is open, but an answer expects it to be given or refused")]
    Unanswered(Category),
    /// The scope of one category is in the item of another.
    #[error("the item of {category} has a scope of {scope}; a scope of {category} is expected")]
    OtherCategory {
        /// Category of the item.
        category: Category,
        /// Category of the scope.
        scope: Category,
    },
    /// The category lacks this grain, so it could not be applied.
    #[error("{category} is not offered with the granularity \"{}\"; choose from: {}", .grain.id(), grains(*.category))]
    Grain {
        /// Category of the item.
        category: Category,
        /// Grain of the scope.
        grain: Grain,
    },
    /// The period contains no day.
    #[error("the period of {0} contains no day: its end must be after its start")]
    EmptyPeriod(Category),
    /// Too many holders.
    #[error("{category} names {count} holders; at most {MAX_HOLDERS} are allowed")]
    Holders {
        /// Category of the item.
        category: Category,
        /// Number of holders.
        count: usize,
    },
    /// The name of a holder is too long.
    #[error("{category} names a holder with {length} characters; at most {MAX_HOLDER_NAME} are allowed")]
    HolderName {
        /// Category of the item.
        category: Category,
        /// Length in characters.
        length: usize,
    },
    /// Too many rows are excluded one by one.
    #[error(
        "{category} excludes {count} rows; at most {MAX_EXCLUDED} can be excluded one by one: choose a shorter period instead"
    )]
    Excluded {
        /// Category of the item.
        category: Category,
        /// Number of rows.
        count: usize,
    },
    /// No category is given.
    #[error("nothing would be given: refuse or withdraw instead")]
    NothingGiven,
    /// The grant would end before it starts, or as it starts.
    #[error("a grant that starts at {from} cannot end at {until} (UTC seconds): choose a later day")]
    Ends {
        /// Start in UTC seconds.
        from: i64,
        /// End in UTC seconds.
        until: i64,
    },
    /// An answer, or a question shown again, does not match the question.
    #[error(
        "this does not match the question shown to the person: expected the same categories, each with the same necessity"
    )]
    NotTheQuestion,
}

fn grains(category: Category) -> String {
    category.schema().grains.iter().map(|grain| grain.id()).collect::<Vec<_>>().join(", ")
}

/// One way in which a scope is wider than another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wider {
    /// The category was not given.
    Category,
    /// Days outside the period.
    Period,
    /// Rows without a date.
    Undated,
    /// Fields that were not given.
    Fields(Vec<&'static str>),
    /// A finer grain.
    Grain,
    /// Holders that were not given.
    Holders,
    /// Rows that were excluded.
    Rows,
}

/// A change that would let an app see more than was agreed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "this would widen {category} ({}); a grant can only become narrower: give a new one instead",
    .by.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
)]
pub struct Widening {
    /// Category of the scope.
    pub category: Category,
    /// All ways in which it is wider.
    pub by: Vec<Wider>,
}

impl fmt::Display for Wider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wider::Category => f.write_str("it was not given"),
            Wider::Period => f.write_str("more days"),
            Wider::Undated => f.write_str("rows without a date"),
            Wider::Fields(names) => write!(f, "more fields: {}", names.join(" ")),
            Wider::Grain => f.write_str("a finer grain"),
            Wider::Holders => f.write_str("more holders"),
            Wider::Rows => f.write_str("rows that were left out"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_found_by_their_names() {
        for kind in RecordKind::ALL {
            assert_eq!(RecordKind::called(kind.into()), kind);
        }
        for log in [Log::Audit, Log::Grant] {
            assert_eq!(Log::called(log.into()), log);
        }
    }
}
