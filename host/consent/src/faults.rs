//! What does not hold together: in a chain of records, in what is asked or given, in a change.

use crate::id::{GrantId, ReceiptId};
use mesinfos_model::{Category, Digest, Grain};
use mesinfos_records::Fault;
use std::fmt;

/// The longest id and version of an app, in characters. A manifest allows 40 for an id.
pub const MAX_APP_NAME: usize = 120;

/// The most holders that a scope names. With [`MAX_HOLDER_NAME`] it keeps a scope readable; that
/// it fits into a record is checked in bytes when the record is written.
pub const MAX_HOLDERS: usize = 32;

/// The most rows of a category that a scope leaves out, one by one: what is more is a period or a holder.
pub const MAX_EXCLUDED: usize = 1_000;

/// The longest name of a holder, in characters.
pub const MAX_HOLDER_NAME: usize = 120;

/// The records of this room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// A grant, or an event of one.
    Grant,
    /// Which grant of an app is the newest.
    OfApp,
    /// What a grant gives.
    Scope,
    /// An entry of the audit log.
    Entry,
    /// Where a list ends.
    End,
    /// A receipt.
    Receipt,
}

impl RecordKind {
    const ALL: [RecordKind; 6] = [
        RecordKind::Grant,
        RecordKind::OfApp,
        RecordKind::Scope,
        RecordKind::Entry,
        RecordKind::End,
        RecordKind::Receipt,
    ];

    /// The record that is called so; an entry if none is.
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
            RecordKind::End => "the end of a list",
            RecordKind::Receipt => "a receipt",
        }
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str((*self).into())
    }
}

/// Lists of records, each of which holds the hash of the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// The audit log of a person.
    Audit,
    /// The events of a grant.
    Grant,
}

impl Log {
    /// The list that is called so.
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

/// What of an app has a name of some length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppField {
    /// Its id.
    Id,
    /// Its version.
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

/// How a category in a question or in an answer is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// Not yet.
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

/// A chain that was tampered with: the first place where that shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the {log} is broken at entry {seq}: {fault}")]
pub struct Broken {
    /// Which list.
    pub log: Log,
    /// Which of its entries, counted from 0.
    pub seq: u64,
    /// What is wrong with it.
    pub fault: Fault,
}

/// Records that do not agree with the log, each of which may be sound by itself: what an older copy of
/// them that was put back looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}. Nothing was run and nothing was changed", self.words())]
pub enum Mismatch {
    /// The records of the newest grants are not those that the head of the log is bound to.
    Grants,
    /// The record of a grant is not the one that its app's record tells.
    Grant(GrantId),
    /// An event of a grant is not what the log says of it.
    Event {
        /// Of which grant.
        grant: GrantId,
        /// Which of its events.
        event: u64,
        /// What is wrong with it.
        what: Against,
    },
    /// A receipt is not what the log says of it.
    Receipt {
        /// Which.
        receipt: ReceiptId,
        /// What is wrong with it.
        what: Against,
    },
    /// The vault counts other imports than the log.
    Sequence {
        /// What the log says.
        logged: u64,
        /// What the vault says.
        found: u64,
    },
    /// The vault holds more or fewer rows of an import than the log.
    Rows {
        /// Which import.
        import: u64,
        /// Of which category.
        category: Category,
        /// What the log says.
        logged: u64,
        /// What the vault holds.
        found: u64,
    },
    /// The log does not contain a head that was kept.
    Head(Digest),
}

/// How a record stands against the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// The log tells of it, and it is not there.
    Missing,
    /// It is another than the log tells of.
    Other,
    /// The log does not tell of it.
    Unlogged,
}

impl fmt::Display for Against {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Against::Missing => "is missing: the log tells of it",
            Against::Other => "is not the one that the log tells of",
            Against::Unlogged => "is not in the log",
        })
    }
}

impl Mismatch {
    fn words(&self) -> String {
        match self {
            Mismatch::Grants => {
                "the records of your grants are not those that the audit log knows: some were \
                                 put back to an older state, or left out"
                    .to_owned()
            }
            Mismatch::Grant(id) => {
                format!("the grant {id} is not as the audit log knows it: it was put back to an older state")
            }
            Mismatch::Event { grant, event, what } => format!("event {event} of the grant {grant} {what}"),
            Mismatch::Receipt { receipt, what } => format!("the receipt {receipt} {what}"),
            Mismatch::Sequence { logged, found } => {
                format!("the vault counts {found} imports and undoings, and the audit log {logged}")
            }
            Mismatch::Rows { import, category, logged, found } => format!(
                "the vault holds {found} rows of {category} of import {import}, and the audit log tells of {logged}"
            ),
            Mismatch::Head(kept) => format!(
                "the head {kept} is not in this log: it was copied wrongly, it is of another log, or this one was put back to before it"
            ),
        }
    }
}

/// Something in a request or a grant that does not hold together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// The app's id or version is empty or too long.
    #[error("the app's {field} has {length} characters; 1 to {MAX_APP_NAME} are expected")]
    AppName {
        /// What of it.
        field: AppField,
        /// How many it has.
        length: usize,
    },
    /// It asks for nothing.
    #[error("a grant needs at least one category")]
    NoItems,
    /// A category comes twice.
    #[error("{0} is in the grant twice; join the two")]
    Twice(Category),
    /// A question holds an answer.
    #[error("{category} is {found}, and in this place it has to be open")]
    Answered {
        /// Which category.
        category: Category,
        /// What it is.
        found: Decided,
    },
    /// An answer holds a question.
    #[error("{0} is open, and in this place it has to be given or refused")]
    Unanswered(Category),
    /// The scope of one category stands under another.
    #[error("the scope under {category} is one of {scope}")]
    OtherCategory {
        /// Under which category.
        category: Category,
        /// Of which category it is.
        scope: Category,
    },
    /// The category has no such grain, so that it could not be kept.
    #[error("{category} is not given by \"{}\"; on offer: {}", .grain.id(), grains(*.category))]
    Grain {
        /// Which category.
        category: Category,
        /// Which grain.
        grain: Grain,
    },
    /// No day is in the period.
    #[error("the period of {0} ends before it starts")]
    EmptyPeriod(Category),
    /// Too many holders.
    #[error("{category} names {count} holders; at most {MAX_HOLDERS} can be named")]
    Holders {
        /// Which category.
        category: Category,
        /// How many.
        count: usize,
    },
    /// The name of a holder is too long.
    #[error("{category} names a holder with {length} characters; at most {MAX_HOLDER_NAME} can be")]
    HolderName {
        /// Which category.
        category: Category,
        /// How long it is.
        length: usize,
    },
    /// Too many rows are left out one by one.
    #[error(
        "{category} leaves {count} rows out; at most {MAX_EXCLUDED} can be left out one by one: give a shorter period instead"
    )]
    Excluded {
        /// Which category.
        category: Category,
        /// How many there are.
        count: usize,
    },
    /// No category is given.
    #[error("nothing would be given: refuse or withdraw instead")]
    NothingGiven,
    /// It would end before it starts, or a question has an end.
    #[error("a grant made in second {from} cannot end in second {until}: choose a later day")]
    Ends {
        /// When it starts.
        from: i64,
        /// When it would end.
        until: i64,
    },
    /// An answer, or a question that is shown again, is about other things than the question.
    #[error(
        "this is not what the person was asked: the categories of the request, each with its necessity, are expected"
    )]
    NotTheQuestion,
}

fn grains(category: Category) -> String {
    category.schema().grains.iter().map(|grain| grain.id()).collect::<Vec<_>>().join(", ")
}

/// One way in which a scope is wider than another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wider {
    /// The category was not given at all.
    Category,
    /// Days that were not.
    Period,
    /// Rows without a date.
    Undated,
    /// These fields were not.
    Fields(Vec<&'static str>),
    /// More finely.
    Grain,
    /// Holders that were not.
    Holders,
    /// Rows that were left out.
    Rows,
}

/// A change that would let an app see more than was agreed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "this would widen {category} ({}); a grant can only become narrower: give a new one instead",
    .by.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
)]
pub struct Widening {
    /// Which category.
    pub category: Category,
    /// In what.
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
