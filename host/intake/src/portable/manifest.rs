//! The list of an archive: what it is, and what is in it.

use mesinfos_model::{Category, Digest, FieldKind};
use serde::{Deserialize, Serialize};

/// Name of the member with the list.
pub const MANIFEST: &str = "manifest.json";

/// Name of the format, in the list.
pub const NAME: &str = "mesinfos-archive";

/// Version of the format. A reader refuses a later one.
pub const VERSION: u32 = 1;

/// The list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`NAME`].
    pub format: String,
    /// Version of the format.
    pub version: u32,
    /// When the archive was made: an instant in UTC, RFC 3339.
    pub made_at: String,
    /// Tables of rows, one for each category that has some.
    pub tables: Vec<TableOf>,
    /// The files that the rows came from.
    pub files: Vec<SourceFile>,
    /// All members but this list, in the order of the archive.
    pub members: Vec<MemberOf>,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberOf {
    /// Name: parts of letters, digits, `.`, `-` and `_`, separated by `/`.
    pub name: String,
    /// Form of the content: a media type, with the schema where there is one.
    pub form: String,
    /// Size in bytes, unpacked.
    pub bytes: u64,
    /// SHA-256 of the unpacked bytes.
    pub sha256: Digest,
}

/// The rows of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableOf {
    /// Id of the category.
    pub category: String,
    /// Version of its table.
    pub version: u16,
    /// Number of rows.
    pub rows: u64,
    /// Member with the rows as JSON lines.
    pub json: String,
    /// Member with the rows as Parquet.
    pub parquet: String,
    /// Fields of a row.
    pub fields: Vec<FieldOf>,
}

/// A field of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldOf {
    /// Name, as in the rows and in the data dictionary.
    pub name: String,
    /// Kind of the values: `date`, `instant`, `integer`, `code` or `text`.
    pub kind: String,
    /// Unit of the numbers; empty if they are no quantity.
    pub unit: String,
    /// French name.
    pub fr: String,
    /// English name.
    pub en: String,
    /// Values of a code; empty otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// A file that rows came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Number of the import, the first number of a row's id.
    pub import: u64,
    /// Number of the file in an imported archive, the second number of a row's id; 0 for a file on its own.
    pub member: u64,
    /// Name of the file.
    pub name: String,
    /// Id of the format in which the import was read.
    pub format: String,
    /// When it was imported: an instant in UTC, RFC 3339.
    pub imported_at: String,
    /// SHA-256 of the imported file, of the whole archive if it was one.
    pub sha256: Digest,
}

impl TableOf {
    /// The table of a category with this number of rows.
    pub fn of(category: Category, rows: u64) -> TableOf {
        let schema = category.schema();
        let position = schema.position();
        let fields = schema.fields.iter().enumerate().filter(|(index, _)| *index != position);
        let fields = fields.map(|(_, field)| {
            let (kind, values) = match field.kind {
                FieldKind::Date => ("date", &[][..]),
                FieldKind::Instant => ("instant", &[][..]),
                FieldKind::Integer => ("integer", &[][..]),
                FieldKind::Code(codes) => ("code", codes),
                FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => ("text", &[][..]),
            };
            FieldOf {
                name: field.name.to_owned(),
                kind: kind.to_owned(),
                unit: field.unit.id().to_owned(),
                fr: field.fr.to_owned(),
                en: field.en.to_owned(),
                values: values.iter().map(|code| code.id.to_owned()).collect(),
            }
        });
        let id = category.id();
        TableOf {
            category: id.to_owned(),
            version: schema.version,
            rows,
            json: format!("rows/{id}.jsonl"),
            parquet: format!("rows/{id}.parquet"),
            fields: fields.collect(),
        }
    }
}
