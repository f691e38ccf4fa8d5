//! The tables that define categories: their fields, units, grains, sensitivity and names.
//!
//! Each category is one file here, which holds its table. Everything else about its fields is generated
//! from the table or reads it: the WIT interface in `wit/data`, the columns of the SDK, the data dictionary
//! (`mesinfos dictionary` and `docs/data-dictionary.md`), the linked functions, and the texts of a consent
//! screen. To add a category, write its table and name it in `categories!`. `cargo xtask generate` then
//! writes the dependent files, and a test compares them with the table. The guide is
//! `docs/adding/category.md`.

use crate::view::Lang;
use serde::{Deserialize, Serialize};

/// Unit of the numbers in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Not a quantity.
    None,
    /// Minor units of the currency in the row's `currency` field.
    MinorUnits,
    /// 1/1000 watt-hour. Mean powers over half an hour give half watt-hours, which whole Wh could not
    /// represent exactly.
    MilliwattHours,
    /// Volt-amperes: subscribed power and peaks of a supply.
    VoltAmperes,
    /// 1/1000 litre.
    Millilitres,
    /// Metres.
    Metres,
    /// Square metres.
    SquareMetres,
    /// 1/10 000 000 degree, WGS 84: north and east are positive.
    E7Degrees,
    /// Seconds of duration.
    Seconds,
    /// Minutes of duration.
    Minutes,
    /// Bytes of data.
    Bytes,
    /// Number of messages.
    Messages,
    /// Number of characters.
    Characters,
    /// 1/1000 of the unit named by another field of the row, or of one piece.
    Thousandths,
    /// 1/100 per cent a year.
    BasisPoints,
    /// Points of a loyalty scheme.
    Points,
    /// Number of items.
    Count,
    /// A year of the Gregorian calendar.
    Year,
}

impl Unit {
    /// Id used in the API and in totals of files. Empty if it is not a quantity.
    pub fn id(self) -> &'static str {
        match self {
            Unit::None => "",
            Unit::MinorUnits => "minor-units",
            Unit::MilliwattHours => "mWh",
            Unit::VoltAmperes => "VA",
            Unit::Millilitres => "ml",
            Unit::Metres => "m",
            Unit::SquareMetres => "m2",
            Unit::E7Degrees => "e7-degrees",
            Unit::Seconds => "s",
            Unit::Minutes => "min",
            Unit::Bytes => "bytes",
            Unit::Messages => "messages",
            Unit::Characters => "characters",
            Unit::Thousandths => "thousandths",
            Unit::BasisPoints => "basis-points",
            Unit::Points => "points",
            Unit::Count => "count",
            Unit::Year => "year",
        }
    }

    /// Description in the data dictionary. Empty if it is not a quantity.
    pub fn says(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Unit::None => ("", ""),
            Unit::MinorUnits => {
                ("plus petites unités de la devise (centimes)", "minor units of the currency (cents)")
            }
            Unit::MilliwattHours => ("milliwattheures", "milliwatt-hours"),
            Unit::VoltAmperes => ("voltampères", "volt-amperes"),
            Unit::Millilitres => ("millilitres", "millilitres"),
            Unit::Metres => ("mètres", "metres"),
            Unit::SquareMetres => ("mètres carrés", "square metres"),
            Unit::E7Degrees => ("dix-millionièmes de degré (WGS 84)", "1/10 000 000 degree (WGS 84)"),
            Unit::Seconds => ("secondes", "seconds"),
            Unit::Minutes => ("minutes", "minutes"),
            Unit::Bytes => ("octets", "bytes"),
            Unit::Messages => ("messages", "messages"),
            Unit::Characters => ("caractères", "characters"),
            Unit::Thousandths => ("millièmes", "thousandths"),
            Unit::BasisPoints => ("centièmes de pour cent par an", "1/100 per cent a year"),
            Unit::Points => ("points", "points"),
            Unit::Count => ("nombre", "number"),
            Unit::Year => ("année", "year"),
        };
        lang.of(fr, en)
    }
}

/// One of the values of a [`FieldKind::Code`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Id, in kebab case.
    pub id: &'static str,
    /// French name.
    pub fr: &'static str,
    /// English name.
    pub en: &'static str,
}

/// Representation of a field, in storage and for apps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Days since 1970-01-01 (`list<s32>`).
    Date,
    /// UTC seconds since 1970-01-01T00:00:00Z (`list<s64>`).
    Instant,
    /// A whole number of the field's unit (`list<s64>`).
    Integer,
    /// One of these codes, by index (`list<u8>`). New codes are only added at the end.
    Code(&'static [Code]),
    /// Text that repeats (`terms`).
    Term,
    /// A `Term` that identifies someone or something related to the person. Apps only receive a pseudonym,
    /// valid within one run.
    Pseudonym,
    /// Free text (`text`).
    Text,
}

/// Who may see a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Apps that ask for the field and are given its category.
    App,
    /// Apps that ask for the field and are given it by name. Giving the category is not enough.
    Named,
    /// Only the host: the row's position in the holder's file, or the document kept with it.
    Host,
}

/// One field of a category.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Number in stored rows. It never changes, and the number of a removed field is never reused.
    pub number: u8,
    /// Name in kebab case, as in the column function of the WIT interface.
    pub name: &'static str,
    /// Representation, in storage and for apps.
    pub kind: FieldKind,
    /// Unit of its numbers.
    pub unit: Unit,
    /// Who may see it.
    pub reach: Reach,
    /// Whether its value sums over earlier rows. It then reveals other rows, so it is withheld if rows are
    /// excluded.
    pub is_running: bool,
    /// French name.
    pub fr: &'static str,
    /// English name.
    pub en: &'static str,
    /// French explanation beyond the name. May be empty.
    pub about_fr: &'static str,
    /// English explanation beyond the name, also for authors of apps. May be empty.
    pub about_en: &'static str,
}

/// How finely rows are given, from the finest to the coarsest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Grain {
    /// The holder's rows, exact.
    Raw,
    /// The holder's rows, money rounded to whole units of the currency and positions to 1/100 degree
    /// (about a kilometre).
    Rounded,
    /// One row for each series and local hour.
    Hourly,
    /// One row for each series and local day.
    Daily,
    /// One row for each series and local month.
    Monthly,
}

impl Grain {
    /// The id used in commands, the API and stored grants.
    pub fn id(self) -> &'static str {
        match self {
            Grain::Raw => "raw",
            Grain::Rounded => "rounded",
            Grain::Hourly => "hourly",
            Grain::Daily => "daily",
            Grain::Monthly => "monthly",
        }
    }

    /// Whether the grain joins rows.
    pub fn is_coarse(self) -> bool {
        matches!(self, Grain::Hourly | Grain::Daily | Grain::Monthly)
    }

    /// The grain with an id. `exact` is an alias of `raw`.
    pub fn from_id(id: &str) -> Option<Grain> {
        Some(match id {
            "raw" | "exact" => Grain::Raw,
            "rounded" => Grain::Rounded,
            "hourly" => Grain::Hourly,
            "daily" => Grain::Daily,
            "monthly" => Grain::Monthly,
            _ => return None,
        })
    }
}

/// Rule by which a re-imported file's rows are recognised as already stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Rows with equal values in these fields are the same row: one interval of one series.
    Set(&'static [usize]),
    /// Rows with equal values in these fields may be several (two coffees at the same price on one day). A
    /// file adds only the rows by which it has more of them than the vault.
    Multiset(&'static [usize]),
}

/// Rule by which two rows with different identities are found to be probably one: a payment that was announced and is
/// now booked, or one call of two exports. They are shown to the person, who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike {
    /// Fields with equal values, missing ones included. All are part of the identity.
    pub equal: &'static [usize],
    /// Fields of which one at least has a value.
    pub measures: &'static [usize],
    /// Fields with equal values if both rows have one.
    pub compatible: &'static [usize],
    /// Largest distance of the times of two rows of one holder: in days if the time is a `Date`, else in seconds. Rows of
    /// two holders have equal times.
    pub within: i64,
    /// Field and code of rows that were announced only. Such a row is another one than the row that follows it, and gives
    /// way to it even if the file no longer covers its day.
    pub pending: Option<(usize, i64)>,
}

/// Rows of one thing of which some tell the sum of others: a receipt and its lines. If a row is withheld, rows that would
/// tell it with those that are left are withheld too: of a part, the sums; of a sum, all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Field with the name of the thing.
    pub of: usize,
    /// Code field that tells sums from parts.
    pub kind: usize,
    /// Its codes of rows that tell the sum of the parts, or what was paid for all.
    pub sums: &'static [i64],
    /// Its codes of rows that are parts.
    pub parts: &'static [i64],
}

/// Rule by which a row of a later file is another version of a stored one, which it replaces: a reading that was
/// estimated and is now measured, a payment that moved to another day, a bill that was issued again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision {
    /// Fields of which a row with the same identity may have another value. A version that lacks one says nothing of it.
    pub values: &'static [usize],
    /// Names of what a row tells. At most [`Revision::MOST_NAMES`].
    pub names: &'static [Name],
    /// How firm a row is; `None` if all are alike. A row never replaces a firmer one.
    pub firmness: Option<Firmness>,
}

/// A name of what a row tells: two rows of one holder with an equal name are versions of one, if the later file lacks the
/// earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Fields that must have a value.
    pub required: &'static [usize],
    /// Fields that may lack a value; a missing one equals a missing one only.
    pub others: &'static [usize],
    /// Days on which a file that lacks a row speaks of it.
    pub within: Within,
}

/// Days on which a file that lacks a stored row speaks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Any: the name is one of a single thing.
    Always,
    /// From the first to the last day of its rows.
    Days,
    /// Between the first and the last day of its rows, which may be there in part.
    InnerDays,
}

/// A code field that says how firm a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Firmness {
    /// The field.
    pub field: usize,
    /// Codes of what is certain. A row with another code, or none, is less firm.
    pub firm: &'static [i64],
    /// Codes of what does not last: an estimate, an announcement.
    pub provisional: &'static [i64],
}

impl Revision {
    /// Largest number of names in [`Revision::names`].
    pub const MOST_NAMES: usize = 2;
    /// No row has another version.
    pub const NONE: Revision = Revision { values: &[], names: &[], firmness: None };
}

/// End of a row's interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// This field holds the length in seconds, from the row's time.
    Seconds(usize),
    /// This field holds the last day.
    Day(usize),
}

impl End {
    /// Index of the field.
    pub fn field(self) -> usize {
        match self {
            End::Seconds(field) | End::Day(field) => field,
        }
    }
}

/// Fields used to join rows of a series into hours, days and months.
#[derive(Debug, Clone, Copy)]
pub struct Series {
    /// Name of the series.
    pub series: usize,
    /// Length of a row in seconds. Summed.
    pub duration: usize,
    /// What is measured: rows with the same value here, or without one of the same holder, tell of each other if their
    /// intervals overlap. A file may leave out what else tells them apart, such as the commodity.
    pub measured: usize,
    /// Fields that are summed.
    pub sums: &'static [usize],
    /// Fields with the same value in all rows of a series. Taken from the first row.
    pub common: &'static [usize],
    /// Fields kept if all joined rows agree, and missing otherwise.
    pub agreed: &'static [usize],
    /// A sum, and the field on which all joined rows must agree for it to be meaningful. Otherwise the sum
    /// is missing.
    pub sum_needs: Option<(usize, usize)>,
}

/// The table of one category.
#[derive(Debug)]
pub struct Schema {
    /// Category of the table.
    pub category: Category,
    /// Version of this table, increased by one whenever a field or a code is added or removed. Rows of
    /// earlier versions stay readable; those of later versions are refused.
    pub version: u16,
    /// Fields, in the order of a batch's columns.
    pub fields: &'static [Field],
    /// Index of the field that orders rows and limits windows: a `Date` or an `Instant`.
    pub time: usize,
    /// End of a row's interval; `None` if rows are events. A row is in a window if its whole interval is.
    pub end: Option<End>,
    /// Whether rows may lack a time. A bounded window includes such rows only if the person chose so.
    pub undated: bool,
    /// Index of the field with local time minus UTC in minutes, if `time` is an `Instant`.
    pub utc_offset: Option<usize>,
    /// Index of the field with the holder's name.
    pub holder: usize,
    /// Available grains, the finest first.
    pub grains: &'static [Grain],
    /// How rows are joined; set if `grains` contains hours, days or months.
    pub series: Option<Series>,
    /// Fields that identify a row.
    pub identity: Identity,
    /// How rows are found that are probably the same; `None` if such rows cannot be told.
    pub alike: Option<Alike>,
    /// Which rows tell the sum of others; `None` if none do.
    pub parts: Option<Parts>,
    /// How another version of a stored row is recognised.
    pub revision: Revision,
    /// Totals used to check an import: a field to sum, and the code field to group by.
    pub totals: &'static [(usize, Option<usize>)],
    /// French name of the category.
    pub fr: &'static str,
    /// English name of the category.
    pub en: &'static str,
    /// Content of the category, as a French sentence.
    pub about_fr: &'static str,
    /// Content of the category, as an English sentence. Also the documentation of the interface.
    pub about_en: &'static str,
    /// Names, in the SDK, of a row and of the function that returns rows.
    pub sdk: (&'static str, &'static str),
}

impl Schema {
    /// Index of the field with a number in stored rows; `None` if the table no longer has it.
    pub fn index_of_number(&self, number: u8) -> Option<usize> {
        self.fields.iter().position(|field| field.number == number)
    }

    /// Index of the field with the row's position in its file.
    pub fn position(&self) -> usize {
        self.fields.len() - 1
    }

    /// Index of the field with a name; `None` if apps cannot ask for it.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.open_fields().find(|(_, f)| f.name == name).map(|(i, _)| i)
    }

    /// Fields that apps may ask for, with their indexes.
    pub fn open_fields(&self) -> impl Iterator<Item = (usize, &'static Field)> + use<> {
        self.fields.iter().enumerate().filter(|(_, field)| field.reach != Reach::Host)
    }
}

impl Schema {
    /// Content of the category, as a sentence.
    pub fn about(&self, lang: Lang) -> &'static str {
        lang.of(self.about_fr, self.about_en)
    }
}

impl Code {
    /// Name for people.
    pub fn name(&self, lang: Lang) -> &'static str {
        lang.of(self.fr, self.en)
    }
}

impl Field {
    /// Name for people.
    pub fn label(&self, lang: Lang) -> &'static str {
        lang.of(self.fr, self.en)
    }

    /// Explanation beyond the name. May be empty.
    pub fn explained(&self, lang: Lang) -> &'static str {
        lang.of(self.about_fr, self.about_en)
    }

    const fn new(name: &'static str, kind: FieldKind, unit: Unit, names: [&'static str; 2]) -> Field {
        let [fr, en] = names;
        Field {
            number: POSITION_NUMBER,
            name,
            kind,
            unit,
            reach: Reach::App,
            is_running: false,
            fr,
            en,
            about_fr: "",
            about_en: "",
        }
    }

    /// Sets the number in stored rows.
    const fn numbered(self, number: u8) -> Field {
        Field { number, ..self }
    }

    /// Sets the explanations beyond the name, in French and English.
    const fn about(self, about: [&'static str; 2]) -> Field {
        let [about_fr, about_en] = about;
        Field { about_fr, about_en, ..self }
    }

    /// Makes the field one that is given only by name.
    const fn named(self) -> Field {
        Field { reach: Reach::Named, ..self }
    }

    /// Marks the field as a sum over earlier rows.
    const fn running(self) -> Field {
        Field { is_running: true, ..self }
    }

    /// Makes the field visible only to the host.
    const fn host(self) -> Field {
        Field { reach: Reach::Host, ..self }
    }
}

/// Constructors of fields: name, then the French and English names for people.
const fn date(name: &'static str, names: [&'static str; 2]) -> Field {
    Field::new(name, FieldKind::Date, Unit::None, names)
}
const fn instant(name: &'static str, names: [&'static str; 2]) -> Field {
    Field::new(name, FieldKind::Instant, Unit::None, names)
}
const fn int(name: &'static str, unit: Unit, names: [&'static str; 2]) -> Field {
    Field::new(name, FieldKind::Integer, unit, names)
}
const fn money(name: &'static str, names: [&'static str; 2]) -> Field {
    Field::new(name, FieldKind::Integer, Unit::MinorUnits, names)
}
const fn codes(name: &'static str, codes: &'static [Code], names: [&'static str; 2]) -> Field {
    Field::new(name, FieldKind::Code(codes), Unit::None, names)
}
const fn term(name: &'static str, names: [&'static str; 2]) -> Field {
    Field::new(name, FieldKind::Term, Unit::None, names)
}
const fn pseudonym(name: &'static str, names: [&'static str; 2]) -> Field {
    Field::new(name, FieldKind::Pseudonym, Unit::None, names)
}
const fn text(name: &'static str, names: [&'static str; 2]) -> Field {
    Field::new(name, FieldKind::Text, Unit::None, names)
}

// Fields with the same meaning in every category.

const fn holder(names: [&'static str; 2], about: [&'static str; 2]) -> Field {
    term("holder", names).about(about)
}
const UTC_OFFSET_FIELD: Field = int("utc-offset", Unit::Minutes, ["décalage horaire", "offset from UTC"])
    .about([
        "heure locale moins UTC ; absent si inconnu, à compter alors comme 0",
        "local time minus UTC; missing means unknown, count it as 0",
    ]);
const CURRENCY_FIELD: Field = term("currency", ["devise", "currency"])
    .about(["code ISO 4217, trois lettres", "ISO 4217 code, three letters"]);
const POSITION_FIELD: Field =
    int("place", Unit::Count, ["place dans le fichier", "place in the file"]).host().about([
        "la ligne ou le numéro d’ordre dans le fichier importé",
        "the line or the ordinal in the file that was imported",
    ]);

/// The number of the position field (named `place`), which every table has.
pub const POSITION_NUMBER: u8 = 0;

/// Codes of a table's fields: one module per field, with the field's name, that contains `CODES` for the
/// field and a constant for each code. Rows store the index of a code in its list, so new codes go at the
/// end.
macro_rules! codes {
    ($($field:ident { $($name:ident = code($id:literal, $fr:literal, $en:literal),)* })*) => { $(
        #[doc = concat!("Codes of the field `", stringify!($field), "`.")]
        pub mod $field {
            use crate::category::Code;

            #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "it numbers the constants below")]
            enum Index { $($name,)* }
            $(
                #[doc = concat!("`", $id, "`: ", $en, ".")]
                pub const $name: i64 = Index::$name as i64;
            )*

            pub(super) const CODES: &[Code] = &[$(Code { id: $id, fr: $fr, en: $en },)*];

            #[test]
            fn constants_stand_for_their_ids() {
                $(
                    let id = stringify!($name).to_ascii_lowercase().replace('_', "-");
                    assert_eq!(CODES.iter().position(|code| code.id == id), usize::try_from($name).ok());
                )*
            }
        }
    )* };
}

/// Fields of a table: the number in stored rows, a constant for the index, and the definition. `POSITION`,
/// the row's position in its file, is appended as the last field.
macro_rules! fields {
    ($($number:literal: $name:ident = $field:expr,)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "it numbers the constants below")]
        #[repr(usize)]
        enum Index { $($name,)* POSITION }
        $(
            #[allow(missing_docs, reason = "the index of the field of that name")]
            pub const $name: usize = Index::$name as usize;
        )*
        /// Index of the field with the row's position in its file.
        pub const POSITION: usize = Index::POSITION as usize;

        const FIELDS: &[crate::category::Field] =
            &[$($field.numbered($number),)* crate::category::POSITION_FIELD];
    };
}

/// Categories: id of the module and of the WIT interface, name of the variant, number in stored keys.
macro_rules! categories {
    ($($(#[$doc:meta])* $module:ident $name:ident = $number:literal,)*) => {
        $(pub mod $module;)*

        /// A kind of personal data. Its id is the name of its WIT interface.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(rename_all = "kebab-case")]
        #[repr(u8)]
        pub enum Category { $($(#[$doc])* $name = $number,)* }

        impl Category {
            /// All categories, in display order.
            pub const ALL: &'static [Category] = &[$(Category::$name,)*];

            /// Id: the name of the WIT interface, also used in commands and the API.
            pub fn id(self) -> &'static str {
                match self { $(Category::$name => stringify!($module),)* }
            }

            /// Whether its rows may reveal special categories of data (GDPR, article 9): health, opinions,
            /// beliefs, private life. A payment or a visited page can. Such a category is confirmed separately.
            pub fn is_sensitive(self) -> bool {
                matches!(self, Category::Bank | Category::Health | Category::Browsing | Category::Social)
            }

            /// Table of the category.
            pub fn schema(self) -> &'static Schema {
                match self { $(Category::$name => &$module::SCHEMA,)* }
            }
        }
    };
}

categories! {
    /// Transactions on bank accounts.
    bank Bank = 1,
    /// Receipts and their lines.
    purchases Purchases = 4,
    /// Bills of a provider, their lines and payments.
    bills Bills = 5,
    /// Contracts and claims under them.
    contracts Contracts = 6,
    /// Use of telephone lines.
    telecom Telecom = 3,
    /// Readings of energy meters.
    energy Energy = 2,
    /// Readings of water meters.
    water Water = 7,
    /// Trips, stays and positions.
    mobility Mobility = 8,
    /// Care, its cost and its payers, and the items of a health record.
    health Health = 9,
    /// Qualifications, marks and student loans.
    education Education = 10,
    /// Visited pages and search terms.
    browsing Browsing = 11,
    /// Contacts and messages.
    social Social = 12,
    /// Household, home and vehicles.
    profile Profile = 13,
    /// Documents.
    documents Documents = 14,
}

impl Category {
    /// The category with an id.
    pub fn from_id(id: &str) -> Option<Category> {
        Category::ALL.iter().copied().find(|c| c.id() == id)
    }

    /// Name for people.
    pub fn name(self, lang: Lang) -> &'static str {
        lang.of(self.schema().fr, self.schema().en)
    }

    /// Number in stored keys and sealed headers. Never reused.
    pub fn number(self) -> u8 {
        self as u8
    }
}

impl std::fmt::Display for Category {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn tables_hold_together() {
        let mut numbers = BTreeSet::new();
        for &category in Category::ALL {
            let schema = category.schema();
            assert_eq!(schema.category, category);
            assert!(numbers.insert(category.number()), "{category}");
            assert_eq!(Category::from_id(category.id()), Some(category));
            assert!(schema.fields.len() <= 64, "a field set is 64 bits");
            let time = schema.fields[schema.time].kind;
            assert!(matches!(time, FieldKind::Date | FieldKind::Instant), "{category}");
            assert_eq!(schema.utc_offset.is_some(), time == FieldKind::Instant, "{category}");
            let (Identity::Set(identity) | Identity::Multiset(identity)) = schema.identity;
            if let Some(alike) = schema.alike {
                assert!(matches!(schema.identity, Identity::Multiset(_)), "{category}");
                assert!(alike.equal.iter().all(|field| identity.contains(field)), "{category}");
                assert!(alike.measures.iter().all(|field| alike.equal.contains(field)), "{category}");
                assert!(!alike.measures.is_empty() && alike.within >= 0, "{category}");
            }
            assert_eq!(schema.fields[schema.holder].name, "holder");
            assert_eq!(schema.grains[0], Grain::Raw);
            let joins = schema.grains.iter().any(|g| !matches!(g, Grain::Raw | Grain::Rounded));
            assert_eq!(joins, schema.series.is_some(), "{category}");
            assert_eq!(schema.fields[schema.position()].reach, Reach::Host);
            assert_eq!(schema.index_of_number(POSITION_NUMBER), Some(schema.position()));
            let stored: BTreeSet<u8> = schema.fields.iter().map(|field| field.number).collect();
            assert_eq!(stored.len(), schema.fields.len(), "{category}: a number twice");
            assert_eq!(schema.index("place"), None, "apps may not ask for it");
            let names: BTreeSet<&str> = schema.fields.iter().map(|f| f.name).collect();
            assert_eq!(names.len(), schema.fields.len(), "{category}: a name twice");
            for (index, field) in schema.open_fields() {
                assert_eq!(schema.index(field.name), Some(index));
                let kebab = |name: &str| {
                    name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                };
                assert!(kebab(field.name), "{category}.{}", field.name);
                assert!(!field.fr.is_empty() && !field.en.is_empty());
                assert_eq!(field.about_fr.is_empty(), field.about_en.is_empty(), "{category}.{}", field.name);
                assert_eq!(field.unit == Unit::None, field.kind != FieldKind::Integer, "{}", field.name);
                if field.unit == Unit::MinorUnits {
                    assert!(schema.index("currency").is_some(), "{category}: money without a currency");
                }
                if let FieldKind::Code(codes) = field.kind {
                    let ids: BTreeSet<&str> = codes.iter().map(|c| c.id).collect();
                    assert_eq!(ids.len(), codes.len());
                    assert!(codes.len() < 255 && ids.iter().all(|id| kebab(id)));
                }
            }
        }
    }
}
