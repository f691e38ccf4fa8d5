//! The table that drives categories: their fields, units, grains and names.
//!
//! The WIT interfaces under `wit/data` say the same thing to apps; a test of `mesinfos-runtime`
//! holds the two against each other. To add a category: add its table here, its `.wit` file there.

use serde::{Deserialize, Serialize};

/// A kind of personal data. Its id is the name of its WIT interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Category {
    /// Movements on bank accounts.
    Bank = 1,
    /// Readings of energy meters.
    Energy = 2,
    /// Use of telephone lines.
    Telecom = 3,
}

/// What the numbers of a field count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Not a quantity.
    None,
    /// Minor units of the currency in the row's `currency` field.
    MinorUnits,
    /// 1/1000 watt-hour. Mean powers over half an hour give half watt-hours, so Wh would not be
    /// exact.
    MilliwattHours,
    /// 1/1000 litre.
    Millilitres,
    /// Seconds of duration.
    Seconds,
    /// Minutes of duration.
    Minutes,
    /// Bytes.
    Bytes,
    /// Messages.
    Messages,
}

/// How a field is stored and crosses to an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Days since 1970-01-01 (`list<s32>`).
    Date,
    /// UTC seconds since 1970-01-01T00:00:00Z (`list<s64>`).
    Instant,
    /// A whole number of the field's unit (`list<s64>`).
    Integer,
    /// One of the names, by index (`list<u8>`).
    Code(&'static [&'static str]),
    /// Text that repeats (`terms`).
    Term,
    /// A `Term` that names someone and reaches an app only as a pseudonym that holds within one run.
    Pseudonym,
    /// Free text (`text`).
    Text,
}

/// One field of a category.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name, in kebab case: the column function of the WIT interface.
    pub name: &'static str,
    /// How it is stored and crosses.
    pub kind: FieldKind,
    /// What it counts.
    pub unit: Unit,
    /// What a French reader calls it.
    pub fr: &'static str,
    /// What an English reader calls it.
    pub en: &'static str,
}

/// How finely rows are given, from the finest to the coarsest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grain {
    /// The holder's rows, amounts exact.
    Raw,
    /// The holder's rows, money rounded to whole units of the currency.
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

    /// The grain with that id; `exact` is another word for `raw`.
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

/// How rows that are the same row of the holder's are known when a file is imported again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Two rows with these fields equal are the same row: one interval of one series.
    Set(&'static [usize]),
    /// Rows with these fields equal may be several (two coffees at the same price on one day): a
    /// file adds only as many as it has more of them than the vault.
    Multiset(&'static [usize]),
}

/// The table of one category.
#[derive(Debug)]
pub struct Schema {
    /// Which category.
    pub category: Category,
    /// Version of the stored layout of this table.
    pub version: u16,
    /// Fields, in the order in which batches hold their columns.
    pub fields: &'static [Field],
    /// Index of the field by which rows are ordered and windows are cut: a `Date` or an `Instant`.
    pub time: usize,
    /// Index of the field with local time minus UTC in minutes, where `time` is an `Instant`.
    pub utc_offset: Option<usize>,
    /// Index of the holder's name.
    pub holder: usize,
    /// Grains on offer, the finest first.
    pub grains: &'static [Grain],
    /// What makes two rows one.
    pub identity: Identity,
    /// What a French reader calls the category.
    pub fr: &'static str,
    /// What an English reader calls the category.
    pub en: &'static str,
}

impl Schema {
    /// Index of the field with that name.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|f| f.name == name)
    }
}

const fn field(name: &'static str, kind: FieldKind, unit: Unit, fr: &'static str, en: &'static str) -> Field {
    Field { name, kind, unit, fr, en }
}

use FieldKind::{Code, Date, Instant, Integer, Pseudonym, Term, Text};

/// Indexes of the fields of `bank`.
#[allow(missing_docs, reason = "each is the index of the field of that name in the table below")]
pub mod bank {
    pub const HOLDER: usize = 0;
    pub const ACCOUNT: usize = 1;
    pub const BOOKED_ON: usize = 2;
    pub const VALUE_ON: usize = 3;
    pub const AMOUNT: usize = 4;
    pub const CURRENCY: usize = 5;
    pub const BALANCE: usize = 6;
    pub const STATUS: usize = 7;
    pub const KIND: usize = 8;
    pub const LABEL: usize = 9;
    pub const COUNTERPARTY: usize = 10;
}

/// Indexes of the fields of `energy`.
#[allow(missing_docs, reason = "each is the index of the field of that name in the table below")]
pub mod energy {
    pub const HOLDER: usize = 0;
    pub const SERIES: usize = 1;
    pub const METER: usize = 2;
    pub const COMMODITY: usize = 3;
    pub const DIRECTION: usize = 4;
    pub const START: usize = 5;
    pub const UTC_OFFSET: usize = 6;
    pub const DURATION: usize = 7;
    pub const ENERGY: usize = 8;
    pub const VOLUME: usize = 9;
    pub const QUALITY: usize = 10;
    pub const TARIFF: usize = 11;
    pub const COST: usize = 12;
    pub const CURRENCY: usize = 13;
}

/// Indexes of the fields of `telecom`.
#[allow(missing_docs, reason = "each is the index of the field of that name in the table below")]
pub mod telecom {
    pub const HOLDER: usize = 0;
    pub const LINE: usize = 1;
    pub const AT: usize = 2;
    pub const UTC_OFFSET: usize = 3;
    pub const SERVICE: usize = 4;
    pub const DIRECTION: usize = 5;
    pub const PEER: usize = 6;
    pub const PEER_KIND: usize = 7;
    pub const DURATION: usize = 8;
    pub const MESSAGES: usize = 9;
    pub const BYTES: usize = 10;
    pub const COST: usize = 11;
    pub const CURRENCY: usize = 12;
    pub const ROAMING: usize = 13;
}

static BANK: Schema = Schema {
    category: Category::Bank,
    version: 1,
    fields: &[
        field("holder", Term, Unit::None, "banque", "bank"),
        field("account", Term, Unit::None, "compte", "account"),
        field("booked-on", Date, Unit::None, "date d’opération", "booking date"),
        field("value-on", Date, Unit::None, "date de valeur", "value date"),
        field("amount", Integer, Unit::MinorUnits, "montant", "amount"),
        field("currency", Term, Unit::None, "devise", "currency"),
        field("balance", Integer, Unit::MinorUnits, "solde", "balance"),
        field("status", Code(&["booked", "pending", "reversed"]), Unit::None, "état", "status"),
        field(
            "kind",
            Code(&[
                "card",
                "transfer",
                "direct-debit",
                "cash",
                "cheque",
                "fee",
                "interest",
                "deposit",
                "other",
            ]),
            Unit::None,
            "type d’opération",
            "kind of movement",
        ),
        field("label", Text, Unit::None, "libellé", "label"),
        field("counterparty", Term, Unit::None, "tiers", "other party"),
    ],
    time: bank::BOOKED_ON,
    utc_offset: None,
    holder: bank::HOLDER,
    grains: &[Grain::Raw, Grain::Rounded],
    identity: Identity::Multiset(&[
        bank::ACCOUNT,
        bank::BOOKED_ON,
        bank::AMOUNT,
        bank::CURRENCY,
        bank::BALANCE,
        bank::LABEL,
    ]),
    fr: "opérations bancaires",
    en: "bank transactions",
};

static ENERGY: Schema = Schema {
    category: Category::Energy,
    version: 1,
    fields: &[
        field("holder", Term, Unit::None, "fournisseur de la donnée", "data holder"),
        field("series", Term, Unit::None, "série de relevés", "series of readings"),
        field("meter", Term, Unit::None, "compteur", "meter"),
        field("commodity", Code(&["electricity", "gas", "heat"]), Unit::None, "énergie", "commodity"),
        field("direction", Code(&["consumed", "produced", "net", "total"]), Unit::None, "sens", "direction"),
        field("start", Instant, Unit::None, "début", "start"),
        field("utc-offset", Integer, Unit::Minutes, "décalage horaire", "offset from UTC"),
        field("duration", Integer, Unit::Seconds, "durée", "duration"),
        field("energy", Integer, Unit::MilliwattHours, "énergie mesurée", "energy"),
        field("volume", Integer, Unit::Millilitres, "volume de gaz", "volume of gas"),
        field(
            "quality",
            Code(&["measured", "estimated", "validated", "raw", "derived", "other"]),
            Unit::None,
            "qualité du relevé",
            "quality",
        ),
        field("tariff", Term, Unit::None, "poste tarifaire", "price slot"),
        field("cost", Integer, Unit::MinorUnits, "coût", "cost"),
        field("currency", Term, Unit::None, "devise", "currency"),
    ],
    time: energy::START,
    utc_offset: Some(energy::UTC_OFFSET),
    holder: energy::HOLDER,
    grains: &[Grain::Raw, Grain::Hourly, Grain::Daily, Grain::Monthly],
    identity: Identity::Set(&[energy::SERIES, energy::START, energy::DURATION]),
    fr: "relevés d’énergie",
    en: "energy readings",
};

static TELECOM: Schema = Schema {
    category: Category::Telecom,
    version: 1,
    fields: &[
        field("holder", Term, Unit::None, "opérateur", "operator"),
        field("line", Pseudonym, Unit::None, "ligne", "line"),
        field("at", Instant, Unit::None, "date et heure", "date and time"),
        field("utc-offset", Integer, Unit::Minutes, "décalage horaire", "offset from UTC"),
        field(
            "service",
            Code(&["voice", "sms", "mms", "data", "voicemail"]),
            Unit::None,
            "service",
            "service",
        ),
        field(
            "direction",
            Code(&["in", "out", "forwarded", "missed", "rejected"]),
            Unit::None,
            "sens",
            "direction",
        ),
        field("peer", Pseudonym, Unit::None, "correspondant", "other party"),
        field(
            "peer-kind",
            Code(&["mobile", "landline", "short", "international", "unknown"]),
            Unit::None,
            "type de correspondant",
            "kind of other party",
        ),
        field("duration", Integer, Unit::Seconds, "durée", "duration"),
        field("messages", Integer, Unit::Messages, "messages", "messages"),
        field("bytes", Integer, Unit::Bytes, "données", "data"),
        field("cost", Integer, Unit::MinorUnits, "coût", "cost"),
        field("currency", Term, Unit::None, "devise", "currency"),
        field("roaming", Term, Unit::None, "pays d’itinérance", "roaming country"),
    ],
    time: telecom::AT,
    utc_offset: Some(telecom::UTC_OFFSET),
    holder: telecom::HOLDER,
    grains: &[Grain::Raw, Grain::Rounded],
    identity: Identity::Multiset(&[
        telecom::LINE,
        telecom::AT,
        telecom::SERVICE,
        telecom::DIRECTION,
        telecom::PEER,
        telecom::DURATION,
    ]),
    fr: "communications téléphoniques",
    en: "telephone use",
};

impl Category {
    /// Every category, in the order in which they are shown.
    pub const ALL: &'static [Category] = &[Category::Bank, Category::Energy, Category::Telecom];

    /// Its id: the name of its WIT interface, and the word in commands and the API.
    pub fn id(self) -> &'static str {
        match self {
            Category::Bank => "bank",
            Category::Energy => "energy",
            Category::Telecom => "telecom",
        }
    }

    /// The category with that id.
    pub fn from_id(id: &str) -> Option<Category> {
        Category::ALL.iter().copied().find(|c| c.id() == id)
    }

    /// Its number in stored keys and sealed headers. Never reused.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// Its table.
    pub fn schema(self) -> &'static Schema {
        match self {
            Category::Bank => &BANK,
            Category::Energy => &ENERGY,
            Category::Telecom => &TELECOM,
        }
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

    #[test]
    fn indexes_name_the_fields_of_the_table() {
        assert_eq!(Category::Bank.schema().index("counterparty"), Some(bank::COUNTERPARTY));
        assert_eq!(Category::Energy.schema().index("currency"), Some(energy::CURRENCY));
        assert_eq!(Category::Energy.schema().index("start"), Some(energy::START));
        assert_eq!(Category::Telecom.schema().index("roaming"), Some(telecom::ROAMING));
        for category in Category::ALL {
            let schema = category.schema();
            assert_eq!(schema.category, *category);
            assert_eq!(Category::from_id(category.id()), Some(*category));
            assert!(matches!(schema.fields[schema.time].kind, Date | Instant));
            assert_eq!(schema.fields[schema.holder].name, "holder");
            assert_eq!(schema.grains[0], Grain::Raw);
            assert!(schema.fields.len() <= 64, "a field set is 64 bits");
        }
    }
}
