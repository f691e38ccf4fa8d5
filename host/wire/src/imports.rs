//! Imports, their reports, rows and documents.

use crate::problem::Problem;
use mesinfos_model::{Category, Day, Digest, RowId};
use mesinfos_platform as platform;
use mesinfos_platform::intake;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Options of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Name of the file.
    pub file: Option<String>,
    /// Dry run: write nothing and report what would happen.
    #[serde(default)]
    pub dry_run: bool,
    /// Keep the file as a document, whatever its format.
    #[serde(default)]
    pub document: bool,
    /// What the columns of a table mean that no format knows, as JSON: `mesinfos map FILE` prints one to complete. Not
    /// for deposits.
    pub mapping: Option<String>,
    /// Create the person's vault if missing.
    #[serde(default)]
    pub new: bool,
}

/// Report of an import or dry run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportReport {
    /// Name of the file.
    pub file: String,
    /// Number of the import, for undoing it. Null for a dry run.
    #[schema(required = true)]
    pub import: Option<u64>,
    /// Whether the import created the person's vault or, for a dry run, would create it.
    pub is_first: bool,
    /// The file itself, or each member of an archive.
    pub files: Vec<FileReport>,
    /// Rows added to the vault, by category.
    pub categories: Vec<CategoryReport>,
    /// What another instance's archive said is shown to no app.
    #[serde(default)]
    pub withheld: WithheldCame,
    /// Rows that are shown to no app until the person decides, because they are probably the same as others that are
    /// shown to none.
    #[serde(default)]
    pub withheld_alike: u64,
}

/// Choices of what no app is shown that came with an archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WithheldCame {
    /// Number of those that were not there before.
    pub new: u64,
    /// Number of those that were.
    pub same: u64,
}

/// Report to a depositor: only the file's own rows, nothing about the contents of the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Deposited {
    /// Name of the file.
    pub file: String,
    /// The file itself, or each member of an archive.
    pub files: Vec<FileReport>,
}

/// Report of an import: complete, or limited for a depositor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum ImportAnswer {
    /// For a token with full access.
    All(ImportReport),
    /// For a deposit token.
    OfTheFile(Deposited),
}

/// Report of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileReport {
    /// Name of the file. For an archive member: the archive's name, "/", and the member's name.
    pub file: String,
    /// Id of the recognised format.
    pub format: String,
    /// What the ordinals of rows and problems count.
    pub counts: OrdinalKind,
    /// Rows that could be read.
    pub rows: u64,
    /// Rows rejected.
    pub rejected: u64,
    /// Reasons for rejections, at most the first ten thousand.
    pub problems: Vec<Rejected>,
    /// Characters that could not be read. Each is replaced by U+FFFD; the rest of its line is kept.
    #[serde(default)]
    pub unreadable: Unreadable,
}

/// Characters of a file that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Unreadable {
    /// Number of characters.
    pub characters: u64,
    /// Lines of the file with one, from 1: at most the first twenty.
    pub lines: Vec<u64>,
}

/// What the ordinal of a row in a file counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OrdinalKind {
    /// Lines, from 1.
    Lines,
    /// Entries, from 1: array elements or database records.
    Entries,
}

/// A rejected row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rejected {
    /// Line or entry number in the file, from 1; see `counts`. Null if the reason concerns no single row.
    #[schema(required = true)]
    pub line: Option<u64>,
    /// Name of the field with the error. Null if the error concerns no single field.
    #[schema(required = true)]
    pub field: Option<String>,
    /// The error, and the value expected.
    pub reason: String,
}

/// Report of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CategoryReport {
    /// The category.
    pub category: Category,
    /// New rows.
    pub accepted: u64,
    /// Rows that replaced an earlier version.
    #[serde(default)]
    pub corrected: u64,
    /// Rows the vault already had, of which it has a later or a firmer version.
    #[serde(default)]
    pub older: u64,
    /// Rows the vault already had.
    pub duplicates: u64,
    /// Time of the file's earliest row: an instant in UTC, or a date. Null if no row has a time.
    #[schema(required = true)]
    pub first: Option<String>,
    /// Time of the file's latest row.
    #[schema(required = true)]
    pub last: Option<String>,
    /// First day of the file's rows, in local time of the row. Null if no row has a time.
    #[schema(required = true)]
    pub first_day: Option<Day>,
    /// Last day of the file's rows, in local time of the row.
    #[schema(required = true)]
    pub last_day: Option<Day>,
    /// Sums over the file's rows.
    pub totals: Vec<Total>,
}

/// A sum over the rows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Total {
    /// Name of the field added up.
    #[schema(examples("amount"))]
    pub field: String,
    /// Which values are added up, such as "in" and "out", or a code of a field. Empty if the sum is not
    /// split.
    pub of: String,
    /// Unit, or ISO 4217 code for minor units of that currency.
    #[schema(examples("EUR", "Wh"))]
    pub unit: String,
    /// Sum, as a whole number of the unit.
    pub value: i64,
}

impl From<intake::OrdinalKind> for OrdinalKind {
    fn from(counts: intake::OrdinalKind) -> OrdinalKind {
        match counts {
            intake::OrdinalKind::Lines => OrdinalKind::Lines,
            intake::OrdinalKind::Entries => OrdinalKind::Entries,
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
            unreadable: Unreadable {
                characters: report.unreadable.count,
                lines: report.unreadable.lines.clone(),
            },
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
            corrected: report.corrected,
            older: report.older,
            duplicates: report.duplicates,
            first: report.first.clone(),
            last: report.last.clone(),
            first_day: report.days.map(|(first, _)| first),
            last_day: report.days.map(|(_, last)| last),
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
            withheld: WithheldCame { new: report.withheld.new, same: report.withheld.same },
            withheld_alike: report.withheld_alike,
        }
    }
}

impl From<&platform::ImportReport> for Deposited {
    fn from(report: &platform::ImportReport) -> Deposited {
        Deposited { file: report.file.clone(), files: crate::each(&report.files) }
    }
}

/// Reports of several files. Only the command imports several at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Imported {
    /// Successful imports.
    pub imports: Vec<ImportReport>,
    /// Errors of the others.
    pub errors: Vec<Problem>,
}

/// An import of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Import {
    /// Number of the import, for undoing it.
    pub import: u64,
    /// Name of the file.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: Digest,
    /// Id of the format it was read as.
    pub format: String,
    /// Time, in UTC seconds.
    pub at: i64,
    /// Rows added, by category.
    pub categories: Vec<ImportedCategory>,
    /// Time of the undo, in UTC seconds; its rows are deleted. Absent if the import stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub undone_at: Option<i64>,
}

/// Rows that an import added in one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportedCategory {
    /// The category.
    pub category: Category,
    /// New rows.
    pub accepted: u64,
    /// Rows that replaced an earlier version.
    #[serde(default)]
    pub corrected: u64,
    /// Rows the vault already had, of which it has a later or a firmer version.
    #[serde(default)]
    pub older: u64,
    /// Rows the vault already had.
    pub duplicates: u64,
    /// First day of the file's rows, new or not.
    #[schema(required = true)]
    pub first: Option<Day>,
    /// Last day of the file's rows, new or not.
    #[schema(required = true)]
    pub last: Option<Day>,
}

impl From<&platform::ImportRecord> for Import {
    fn from(record: &platform::ImportRecord) -> Import {
        let categories = record.outcome.categories.iter().map(|outcome| ImportedCategory {
            category: outcome.category,
            accepted: outcome.added,
            corrected: outcome.corrected,
            older: outcome.older,
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

/// Report of an undone import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Undone {
    /// Number of the import.
    pub import: u64,
    /// Name of its file.
    pub file: String,
    /// Rows removed.
    pub rows: u64,
    /// Rows that stay, because other imports hold them too: they are rows of those imports now.
    #[serde(default)]
    pub stayed: u64,
    /// Earlier versions removed: rows of this import that later ones had replaced.
    #[serde(default)]
    pub earlier: u64,
    /// Rows of other imports that are back: rows of this one had stood for them, or replaced them.
    #[serde(default)]
    pub restored: u64,
    /// Choices of what no app is shown that had come with this file, and are gone with it.
    #[serde(default)]
    pub shown_again: u64,
    /// Apps whose grants exclude rows of this import.
    pub left_out_for: Vec<String>,
    /// Files of later imports that may have contained some of the same rows: import them again to restore
    /// those rows.
    pub import_again: Vec<String>,
}

impl From<&platform::UndoReport> for Undone {
    fn from(report: &platform::UndoReport) -> Undone {
        Undone {
            import: report.import,
            file: report.file.clone(),
            rows: report.rows,
            stayed: report.stayed.iter().map(|(.., rows)| rows).sum(),
            earlier: report.earlier,
            restored: report.restored,
            shown_again: report.shown_again,
            left_out_for: report.left_out_for.clone(),
            import_again: report.import_again.iter().map(|(_, file)| file.clone()).collect(),
        }
    }
}

/// Rows of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Rows {
    /// Rows, oldest first, up to the limit.
    pub rows: Vec<Row>,
    /// Total number of rows, including those beyond the limit.
    pub total: u64,
    /// Number of rows omitted because they have no date.
    pub undated_left_out: u64,
}

impl From<&platform::Rows> for Rows {
    fn from(found: &platform::Rows) -> Rows {
        Rows { rows: crate::each(&found.rows), total: found.total, undated_left_out: found.undated_left_out }
    }
}

/// A row, as the person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Row {
    /// Row id.
    pub id: RowId,
    /// Known fields, in the order of the dictionary.
    pub values: Vec<RowValue>,
    /// Number of the import that added the row.
    pub import: u64,
    /// Name of the file that contained it.
    pub file: String,
    /// Line or entry number in the file, from 1.
    pub place: u64,
}

/// A field of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowValue {
    /// Id of the field.
    pub field: String,
    /// Value: ISO 8601 for dates and instants (UTC), a decimal for a number, a name for a code.
    pub value: String,
    /// Id of the code, which is the same in every language; absent if the field has no codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

impl From<&platform::Row> for Row {
    fn from(row: &platform::Row) -> Row {
        let value = |value: &platform::RowValue| RowValue {
            field: value.field.to_owned(),
            value: value.text.clone(),
            code: value.code.map(str::to_owned),
        };
        Row {
            id: row.id,
            values: row.values.iter().map(value).collect(),
            import: row.import,
            file: row.file.clone(),
            place: row.place,
        }
    }
}

/// A kept document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Document {
    /// Row id, which names the document.
    pub id: RowId,
    /// Name of the document.
    pub name: String,
    /// Kind, in words.
    pub kind: String,
    /// Media type, detected from the first bytes.
    pub media_type: String,
    /// Date of creation, if known.
    #[schema(required = true)]
    pub on: Option<String>,
    /// Size in bytes.
    pub size: u64,
    /// Name of the imported file.
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
