//! Files that come in, and what is known of what they brought.

use crate::problem::Problem;
use mesinfos_model::{Category, Day, Digest, RowId};
use mesinfos_platform as platform;
use mesinfos_platform::intake;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How a file is imported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Name of the file.
    pub file: Option<String>,
    /// Write nothing, and say what would happen.
    #[serde(default)]
    pub dry_run: bool,
    /// Keep it as a document, whatever it is.
    #[serde(default)]
    pub document: bool,
    /// Make the person's vault if it is not there.
    #[serde(default)]
    pub new: bool,
}

/// What came of a file that was imported, or would come of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportReport {
    /// The file's name.
    pub file: String,
    /// The number of the import, by which it can be undone; none if nothing was written (a dry run).
    #[schema(required = true)]
    pub import: Option<u64>,
    /// Whether the person's vault was made for it.
    pub is_first: bool,
    /// The file by itself, or each file of an archive.
    pub files: Vec<FileReport>,
    /// By category, what came into the vault.
    pub categories: Vec<CategoryReport>,
}

/// What who may only deposit hears of a file: what was read of it, and nothing of what was in the vault before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Deposited {
    /// The file's name.
    pub file: String,
    /// The file by itself, or each file of an archive.
    pub files: Vec<FileReport>,
}

/// What is told of an import: all of it, or what was read of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum ImportAnswer {
    /// To who may do everything.
    All(ImportReport),
    /// To who may only deposit.
    OfTheFile(Deposited),
}

/// What was read of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileReport {
    /// Its name; in an archive, the archive's name, "/", and its name there.
    pub file: String,
    /// Id of the format that it was recognised as.
    pub format: String,
    /// What the places of its rows and problems count.
    pub counts: Counts,
    /// Rows that it gave.
    pub rows: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Why rows were rejected: the first ten thousand.
    pub problems: Vec<Rejected>,
}

/// What a row's place in a file counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// Lines, from 1.
    Lines,
    /// Entries, from 1: elements of an array, records of a database.
    Entries,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rejected {
    /// Its line or ordinal in the file, from 1, as the format counts.
    #[schema(required = true)]
    pub line: Option<u64>,
    /// The field that is wrong.
    #[schema(required = true)]
    pub field: Option<String>,
    /// What is wrong, and what was expected.
    pub reason: String,
}

/// What of a file belongs to one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CategoryReport {
    /// The category.
    pub category: Category,
    /// Rows that are new in the vault.
    pub accepted: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// Time of the file's first row: an instant in UTC, or a date; none if no row has one.
    #[schema(required = true)]
    pub first: Option<String>,
    /// Time of the file's last row.
    #[schema(required = true)]
    pub last: Option<String>,
    /// Sums over the file's rows.
    pub totals: Vec<Total>,
}

/// A sum over the rows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Total {
    /// What is added.
    #[schema(examples("amount"))]
    pub field: String,
    /// Of which of them; of money, "in" and "out". Empty if it is not parted.
    pub of: String,
    /// Its unit, or an ISO 4217 code for minor units of that currency.
    #[schema(examples("EUR", "Wh"))]
    pub unit: String,
    /// A whole number of the unit.
    pub value: i64,
}

impl From<intake::Counts> for Counts {
    fn from(counts: intake::Counts) -> Counts {
        match counts {
            intake::Counts::Lines => Counts::Lines,
            intake::Counts::Entries => Counts::Entries,
        }
    }
}

impl From<&platform::FileReport> for FileReport {
    fn from(report: &platform::FileReport) -> FileReport {
        let rejected = |row: &intake::Rejected| Rejected {
            line: row.line,
            field: row.field.clone(),
            reason: row.to_string(),
        };
        FileReport {
            file: report.file.clone(),
            format: report.format.to_owned(),
            counts: report.counts.into(),
            rows: report.rows,
            rejected: report.rejected,
            problems: report.problems.iter().map(rejected).collect(),
        }
    }
}

impl From<&platform::CategoryReport> for CategoryReport {
    fn from(report: &platform::CategoryReport) -> CategoryReport {
        let total = |total: &intake::Total| Total {
            field: total.field.to_owned(),
            of: total.of.to_owned(),
            unit: total.unit.clone(),
            value: total.value,
        };
        CategoryReport {
            category: report.category,
            accepted: report.accepted,
            duplicates: report.duplicates,
            first: report.first.clone(),
            last: report.last.clone(),
            totals: report.totals.iter().map(total).collect(),
        }
    }
}

impl From<&platform::ImportReport> for ImportReport {
    fn from(report: &platform::ImportReport) -> ImportReport {
        ImportReport {
            file: report.file.clone(),
            import: report.import,
            is_first: report.is_first,
            files: crate::each(&report.files),
            categories: crate::each(&report.categories),
        }
    }
}

impl From<&platform::ImportReport> for Deposited {
    fn from(report: &platform::ImportReport) -> Deposited {
        Deposited { file: report.file.clone(), files: crate::each(&report.files) }
    }
}

/// What came of several files. Only the command takes several at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Imported {
    /// Those that came in.
    pub imports: Vec<ImportReport>,
    /// Why the others did not.
    pub errors: Vec<Problem>,
}

/// An import of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Import {
    /// Its number, by which it can be undone.
    pub import: u64,
    /// The file's name.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: Digest,
    /// Id of the format that it was read as.
    pub format: String,
    /// When, in UTC seconds.
    pub at: i64,
    /// What it brought, by category.
    pub categories: Vec<ImportedCategory>,
    /// When it was undone, if it was, in UTC seconds: its rows are gone then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub undone_at: Option<i64>,
}

/// What an import brought of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportedCategory {
    /// The category.
    pub category: Category,
    /// Rows that were new.
    pub accepted: u64,
    /// Rows that were there already.
    pub duplicates: u64,
    /// The first day of the file's rows, new or not.
    #[schema(required = true)]
    pub first: Option<Day>,
    /// The last day of the file's rows, new or not.
    #[schema(required = true)]
    pub last: Option<Day>,
}

impl From<&platform::ImportRecord> for Import {
    fn from(record: &platform::ImportRecord) -> Import {
        let categories = record.outcome.categories.iter().map(|outcome| ImportedCategory {
            category: outcome.category,
            accepted: outcome.added,
            duplicates: outcome.duplicates,
            first: outcome.first,
            last: outcome.last,
        });
        Import {
            import: record.outcome.import_id,
            file: record.source.file_name.clone(),
            sha256: record.source.file_sha256,
            format: record.source.format.clone(),
            at: record.source.at_utc_seconds,
            categories: categories.collect(),
            undone_at: record.undone_at,
        }
    }
}

/// An import that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Undone {
    /// Its number.
    pub import: u64,
    /// The name that the file had.
    pub file: String,
    /// Rows that are gone.
    pub rows: u64,
    /// Apps that were given less: rows of this import were left out for them.
    pub left_out_for: Vec<String>,
    /// Files of which some rows were there already, and may be gone now: they can be imported again.
    pub import_again: Vec<String>,
}

impl From<&platform::UndoReport> for Undone {
    fn from(report: &platform::UndoReport) -> Undone {
        Undone {
            import: report.import,
            file: report.file.clone(),
            rows: report.rows,
            left_out_for: report.left_out_for.clone(),
            import_again: report.import_again.clone(),
        }
    }
}

/// A row, as the person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Row {
    /// Its address.
    pub id: RowId,
    /// Its fields that are known, in the order of the dictionary.
    pub values: Vec<RowValue>,
    /// The number of the import that brought it.
    pub import: u64,
    /// The file that it stood in.
    pub file: String,
    /// Its line there, or its ordinal.
    pub place: u64,
}

/// A field of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowValue {
    /// Which field.
    pub field: String,
    /// Its value, as people write it.
    pub value: String,
}

impl From<&platform::Row> for Row {
    fn from(row: &platform::Row) -> Row {
        let value =
            |(field, value): &(&str, String)| RowValue { field: (*field).to_owned(), value: value.clone() };
        Row {
            id: row.id,
            values: row.values.iter().map(value).collect(),
            import: row.import,
            file: row.file.clone(),
            place: row.place,
        }
    }
}

/// A document that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Document {
    /// By which it is got back.
    pub id: RowId,
    /// Its name.
    pub name: String,
    /// Its kind, in words.
    pub kind: String,
    /// Its media type, as its first bytes say.
    pub media_type: String,
    /// When it was made, if that is known.
    #[schema(required = true)]
    pub on: Option<String>,
    /// Bytes.
    pub size: u64,
    /// The file that was imported.
    pub file: String,
}

impl From<&platform::Document> for Document {
    fn from(document: &platform::Document) -> Document {
        Document {
            id: document.id,
            name: document.name.clone(),
            kind: document.kind.clone(),
            media_type: document.media_type.clone(),
            on: document.on.clone(),
            size: document.size,
            file: document.file.clone(),
        }
    }
}
