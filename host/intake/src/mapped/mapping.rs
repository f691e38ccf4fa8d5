//! What a person says about the columns of a table.

use super::MOST_COLUMNS;
use super::currencies::is_currency;
use mesinfos_model::Category;
use serde::{Deserialize, Serialize};

/// Version of the mappings that this program writes.
pub const MAPPING_VERSION: u32 = 1;

/// Longest name of a data holder, in characters.
pub const LONGEST_HOLDER: usize = 80;

/// Most lines above the first row.
pub const MOST_SKIPPED: u16 = 200;

/// Most columns that make a label.
pub const MOST_LABELS: usize = 4;

/// What the columns of a table mean. Columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Mapping {
    /// [`MAPPING_VERSION`].
    pub version: u32,
    /// What a row is.
    pub rows: RowKind,
    /// Name of the data holder, as a person knows it.
    pub holder: String,
    /// Character between cells: `;`, `,`, a tab or `|`.
    pub delimiter: char,
    /// Number of records above the first row: the header, and what stands above it.
    pub skip: u16,
    /// Column of the date. It may have the time of day too.
    pub date: u16,
    /// Order of its digits.
    pub date_order: DateOrder,
    /// Column of the time of day.
    #[serde(default)]
    pub time: Option<u16>,
    /// Columns of the label, in order; none for readings.
    #[serde(default)]
    pub label: Vec<u16>,
    /// Column of the account, or of the meter or register: rows of two are never taken for the same, nor added up.
    #[serde(default)]
    pub account: Option<u16>,
    /// Columns of the amount or reading.
    pub value: ValueColumns,
    /// Decimal mark, where a number does not tell.
    pub decimal: DecimalMark,
    /// Currency of amounts.
    #[serde(default)]
    pub currency: Option<CurrencyColumn>,
    /// Whether amounts are whole numbers of the smallest unit of the currency, such as cents.
    #[serde(default)]
    pub in_cents: bool,
    /// Unit of readings.
    #[serde(default)]
    pub unit: Option<ReadingUnit>,
    /// Time that a reading covers. A register needs none.
    #[serde(default)]
    pub every: Option<Every>,
}

/// What a row of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// A movement on a bank account.
    Bank,
    /// A purchase: a receipt or an order.
    Purchase,
    /// A reading of electricity.
    Electricity,
    /// A reading of gas.
    Gas,
    /// A reading of water.
    Water,
}

/// Order of the digits of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 2025-12-31.
    YearFirst,
    /// 31/12/2025.
    DayFirst,
    /// 12/31/2025.
    MonthFirst,
}

/// Decimal mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecimalMark {
    /// 1 234,50.
    Comma,
    /// 1,234.50.
    Point,
}

/// Columns of an amount or of a reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ValueColumns {
    /// An amount: money that comes in is positive.
    Signed {
        /// The column.
        column: u16,
    },
    /// An amount: money that goes out is positive.
    Spent {
        /// The column.
        column: u16,
    },
    /// Money that goes out in one column, and what comes in in another. All that goes out has a minus sign, or nothing
    /// does: a row with another sign than the first one is rejected, because it may be a correction.
    OutAndIn {
        /// Column of money that goes out.
        out: u16,
        /// Column of money that comes in.
        into: u16,
    },
    /// An amount without a sign, and a word that says which way it goes.
    Directed {
        /// Column of the amount.
        amount: u16,
        /// Column of the word.
        direction: u16,
        /// Word of money that goes out.
        out: String,
        /// Word of money that comes in. Without it, it is the first other word of the table, unless `out` is known as one
        /// of a pair: then the other one of such a pair is expected. A row with a third word is rejected.
        #[serde(default)]
        into: Option<String>,
    },
    /// What was consumed in the time of a reading.
    Consumed {
        /// The column.
        column: u16,
    },
    /// What the meter shows: the difference of two states is what was consumed between them.
    Register {
        /// The column.
        column: u16,
    },
}

/// Where the currency of amounts stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum CurrencyColumn {
    /// All amounts are in this currency (ISO 4217).
    Is(String),
    /// In a column, as codes of ISO 4217.
    In(u16),
}

/// Unit of readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingUnit {
    /// Watt-hours.
    Wh,
    /// Kilowatt-hours.
    Kwh,
    /// Litres.
    Litre,
    /// Cubic metres.
    CubicMetre,
}

/// Time that a reading covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    /// A quarter of an hour.
    QuarterHour,
    /// Half an hour.
    HalfHour,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A month.
    Month,
}

/// What a mapping lacks, or what does not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MappingProblem {
    /// It was written by a later program.
    #[error("the mapping is of a version that this program does not know")]
    Version,
    /// The data holder has no name, or too long a name.
    #[error("the data holder needs a name of at most {LONGEST_HOLDER} characters")]
    Holder,
    /// Cells are separated by another character.
    #[error("cells are separated by a semicolon, a comma, a tab or a bar")]
    Delimiter,
    /// Too many lines are skipped.
    #[error("at most {MOST_SKIPPED} lines stand above the first row")]
    Skip,
    /// A column is not one of the table.
    #[error("a column is not one of the table: columns count from 1")]
    Column,
    /// One column has two meanings.
    #[error("one column has two meanings")]
    Twice,
    /// The value does not fit what a row is.
    #[error("movements and purchases have an amount, and readings are consumed or states of a register")]
    Value,
    /// Amounts have no currency, or a text that is not a code of ISO 4217.
    #[error("amounts need a currency such as EUR")]
    Currency,
    /// Readings have no unit, or one that is not of what is read.
    #[error(
        "readings need a unit: Wh or kWh for electricity, also litres or m³ for gas, litres or m³ for water"
    )]
    Unit,
    /// Readings do not say how long they last.
    #[error("readings need the time that each of them covers")]
    Every,
    /// A purchase cannot tell money that comes in from what goes out by two columns.
    #[error("the word of money that goes out is missing")]
    Direction,
}

impl RowKind {
    /// All of them.
    pub const ALL: &'static [RowKind] =
        &[RowKind::Bank, RowKind::Purchase, RowKind::Electricity, RowKind::Gas, RowKind::Water];

    /// Category of the rows.
    pub fn category(self) -> Category {
        match self {
            RowKind::Bank => Category::Bank,
            RowKind::Purchase => Category::Purchases,
            RowKind::Electricity | RowKind::Gas => Category::Energy,
            RowKind::Water => Category::Water,
        }
    }

    /// Whether rows are readings of a meter.
    pub fn is_reading(self) -> bool {
        matches!(self, RowKind::Electricity | RowKind::Gas | RowKind::Water)
    }
}

impl DateOrder {
    pub(super) fn code(self) -> &'static str {
        match self {
            DateOrder::YearFirst => "yymd",
            DateOrder::DayFirst => "dmy",
            DateOrder::MonthFirst => "mdy",
        }
    }

    pub(super) fn example(self) -> &'static str {
        match self {
            DateOrder::YearFirst => "2025-12-31",
            DateOrder::DayFirst => "31/12/2025",
            DateOrder::MonthFirst => "12/31/2025",
        }
    }
}

impl ValueColumns {
    /// Its columns.
    pub fn columns(&self) -> Vec<u16> {
        match self {
            ValueColumns::Signed { column }
            | ValueColumns::Spent { column }
            | ValueColumns::Consumed { column }
            | ValueColumns::Register { column } => vec![*column],
            ValueColumns::OutAndIn { out, into } => vec![*out, *into],
            ValueColumns::Directed { amount, direction, .. } => vec![*amount, *direction],
        }
    }

    fn is_reading(&self) -> bool {
        matches!(self, ValueColumns::Consumed { .. } | ValueColumns::Register { .. })
    }
}

impl Mapping {
    /// Checks a mapping, which may come from anybody.
    ///
    /// # Errors
    /// What it lacks first.
    pub fn check(&self) -> Result<(), MappingProblem> {
        let Mapping { rows, value, unit, .. } = self;
        let problem = |is_wrong, problem| if is_wrong { Err(problem) } else { Ok(()) };
        problem(self.version == 0 || self.version > MAPPING_VERSION, MappingProblem::Version)?;
        let holder = mesinfos_model::visible::clean(&self.holder);
        let is_named = !holder.trim().is_empty() && holder.chars().count() <= LONGEST_HOLDER;
        problem(!is_named, MappingProblem::Holder)?;
        problem(!super::DELIMITERS.contains(&self.delimiter), MappingProblem::Delimiter)?;
        problem(self.skip > MOST_SKIPPED, MappingProblem::Skip)?;
        problem(value.is_reading() != rows.is_reading(), MappingProblem::Value)?;
        if let ValueColumns::Directed { out, into, .. } = value {
            let is_wrong = |word: &str| word.trim().is_empty() || word.chars().count() > LONGEST_HOLDER;
            let is_same = |into: &str| into.trim().to_lowercase() == out.trim().to_lowercase();
            let is_wrong_into = into.as_deref().is_some_and(|into| is_wrong(into) || is_same(into));
            problem(is_wrong(out) || is_wrong_into, MappingProblem::Direction)?;
        }
        self.check_columns()?;
        if !rows.is_reading() {
            return match &self.currency {
                Some(CurrencyColumn::In(_)) => Ok(()),
                Some(CurrencyColumn::Is(code)) if is_currency(code) => Ok(()),
                _ => Err(MappingProblem::Currency),
            };
        }
        let fits = match unit {
            Some(ReadingUnit::Wh | ReadingUnit::Kwh) => *rows != RowKind::Water,
            Some(ReadingUnit::Litre | ReadingUnit::CubicMetre) => *rows != RowKind::Electricity,
            None => false,
        };
        problem(!fits, MappingProblem::Unit)?;
        let needs_time = matches!(value, ValueColumns::Consumed { .. });
        problem(needs_time && self.every.is_none(), MappingProblem::Every)
    }

    fn check_columns(&self) -> Result<(), MappingProblem> {
        let mut used = self.columns();
        if used.iter().any(|column| *column == 0 || *column > MOST_COLUMNS) || self.label.len() > MOST_LABELS
        {
            return Err(MappingProblem::Column);
        }
        used.sort_unstable();
        let is_double = used.windows(2).any(|pair| pair[0] == pair[1]);
        if is_double { Err(MappingProblem::Twice) } else { Ok(()) }
    }

    /// All columns that it uses.
    pub fn columns(&self) -> Vec<u16> {
        let mut used = vec![self.date];
        used.extend(self.value.columns());
        used.extend(&self.label);
        used.extend(self.time);
        used.extend(self.account);
        if let Some(CurrencyColumn::In(column)) = &self.currency {
            used.push(*column);
        }
        used
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn of_bank() -> Mapping {
        Mapping {
            version: MAPPING_VERSION,
            rows: RowKind::Bank,
            holder: "Ma banque".to_owned(),
            delimiter: ';',
            skip: 1,
            date: 1,
            date_order: DateOrder::DayFirst,
            time: None,
            label: vec![2],
            account: None,
            value: ValueColumns::Signed { column: 3 },
            decimal: DecimalMark::Comma,
            currency: Some(CurrencyColumn::Is("EUR".to_owned())),
            in_cents: false,
            unit: None,
            every: None,
        }
    }

    pub(crate) fn of_meter() -> Mapping {
        Mapping {
            rows: RowKind::Electricity,
            label: Vec::new(),
            value: ValueColumns::Consumed { column: 2 },
            currency: None,
            unit: Some(ReadingUnit::Kwh),
            every: Some(Every::Day),
            ..of_bank()
        }
    }

    #[test]
    fn a_whole_mapping_is_fit() {
        assert_eq!(of_bank().check(), Ok(()));
        assert_eq!(of_meter().check(), Ok(()));
        let text = serde_json::to_string(&of_meter()).unwrap();
        assert_eq!(serde_json::from_str::<Mapping>(&text).unwrap(), of_meter());
        assert!(serde_json::from_str::<Mapping>(&text.replace("\"skip\"", "\"skap\"")).is_err());
    }

    /// A kept mapping has no more fields than it needs, and one of an earlier program is read.
    #[test]
    fn a_mapping_comes_back_with_and_without_its_later_fields() {
        // One of the first version, which had neither.
        let mut early = serde_json::to_value(of_bank()).unwrap();
        for later in ["account", "in-cents"] {
            early.as_object_mut().unwrap().remove(later).unwrap();
        }
        assert_eq!(serde_json::from_value::<Mapping>(early).unwrap(), of_bank());
        let said = Mapping { account: Some(4), in_cents: true, ..of_bank() };
        let text = serde_json::to_string(&said).unwrap();
        assert_eq!(serde_json::from_str::<Mapping>(&text).unwrap(), said);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let bank = of_bank();
        let meter = of_meter();
        let directed = |out: &str, into: Option<&str>| Mapping {
            value: ValueColumns::Directed {
                amount: 3,
                direction: 4,
                out: out.to_owned(),
                into: into.map(str::to_owned),
            },
            ..of_bank()
        };
        for (mapping, problem) in [
            (Mapping { version: 2, ..bank.clone() }, MappingProblem::Version),
            (Mapping { holder: " \u{200b}".to_owned(), ..bank.clone() }, MappingProblem::Holder),
            (Mapping { holder: "é".repeat(81), ..bank.clone() }, MappingProblem::Holder),
            (Mapping { delimiter: 'a', ..bank.clone() }, MappingProblem::Delimiter),
            (Mapping { skip: 201, ..bank.clone() }, MappingProblem::Skip),
            (Mapping { date: 0, ..bank.clone() }, MappingProblem::Column),
            (Mapping { date: MOST_COLUMNS + 1, ..bank.clone() }, MappingProblem::Column),
            (Mapping { time: Some(0), ..bank.clone() }, MappingProblem::Column),
            (Mapping { label: vec![4, 5, 6, 7, 8], ..bank.clone() }, MappingProblem::Column),
            (Mapping { label: vec![1], ..bank.clone() }, MappingProblem::Twice),
            (Mapping { time: Some(1), ..bank.clone() }, MappingProblem::Twice),
            (Mapping { time: Some(3), ..bank.clone() }, MappingProblem::Twice),
            (Mapping { account: Some(2), ..bank.clone() }, MappingProblem::Twice),
            (Mapping { account: Some(0), ..bank.clone() }, MappingProblem::Column),
            (Mapping { time: Some(2), ..meter.clone() }, MappingProblem::Twice),
            (
                Mapping { currency: Some(CurrencyColumn::Is("ZZZ".to_owned())), ..bank.clone() },
                MappingProblem::Currency,
            ),
            (directed("D", Some(" d")), MappingProblem::Direction),
            (directed("D", Some("")), MappingProblem::Direction),
            (
                Mapping { value: ValueColumns::OutAndIn { out: 3, into: 3 }, ..bank.clone() },
                MappingProblem::Twice,
            ),
            (Mapping { value: ValueColumns::Consumed { column: 3 }, ..bank.clone() }, MappingProblem::Value),
            (directed(" ", None), MappingProblem::Direction),
            (Mapping { currency: None, ..bank.clone() }, MappingProblem::Currency),
            (
                Mapping { currency: Some(CurrencyColumn::Is("euro".to_owned())), ..bank },
                MappingProblem::Currency,
            ),
            (Mapping { unit: None, ..meter.clone() }, MappingProblem::Unit),
            (Mapping { unit: Some(ReadingUnit::Litre), ..meter.clone() }, MappingProblem::Unit),
            (Mapping { rows: RowKind::Water, ..meter.clone() }, MappingProblem::Unit),
            (Mapping { every: None, ..meter }, MappingProblem::Every),
        ] {
            assert_eq!(mapping.check(), Err(problem), "{mapping:?}");
        }
    }
}
