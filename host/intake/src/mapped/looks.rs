//! What the columns of a table look like, and whether that contradicts a mapping that was made for another table with
//! this header.

use super::columns::{Column, Settled};
use super::currencies::is_currency;
use super::ways;
use super::{CurrencyColumn, DateOrder, DecimalMark, Mapping, Open, TableProbe, ValueColumns};
use serde::{Deserialize, Serialize};

/// Amounts without a single sign from which money that only comes in is not believed.
const UNSIGNED: u64 = 5;

/// Longest text of [`ColumnLook::texts`], in characters, and most of them.
const LONGEST: usize = 24;
const MOST: usize = 4;

/// What the cells of a column look like. Empty cells do not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ColumnLook {
    /// Number of cells.
    pub filled: u64,
    /// Whether nearly all are dates.
    pub is_dates: bool,
    /// The orders in which most dates can be read, in no order of preference.
    pub orders: Vec<DateOrder>,
    /// The order that the dates settle.
    pub order: Option<DateOrder>,
    /// Whether nearly all are numbers.
    pub is_numbers: bool,
    /// Number of negative numbers.
    pub negatives: u64,
    /// Number of numbers.
    pub numbers: u64,
    /// Whether signs or marks say which way money goes.
    pub tells_ways: bool,
    /// The decimal mark of the numbers that tell theirs, if it is one mark.
    pub decimal: Option<DecimalMark>,
    /// Whether numbers are there that may be read with either mark.
    pub is_unsure: bool,
    /// The one currency of the signs beside numbers.
    pub currency: Option<String>,
    /// Whether nearly all are codes of currencies.
    pub is_codes: bool,
    /// Its different texts, if they are few.
    pub texts: Option<Vec<String>>,
}

impl ColumnLook {
    pub(super) fn of(column: &Column) -> ColumnLook {
        let (decimal, is_unsure) = column.told();
        let is_dates = column.is_dates();
        let order = match column.date_order() {
            Settled::By(order) if is_dates => Some(order),
            _ => None,
        };
        let texts = column.texts().filter(|_| !is_dates && !column.is_numbers());
        let shown = |text: &String| crate::display_text::part(text);
        ColumnLook {
            filled: column.filled,
            is_dates,
            orders: if is_dates { column.orders() } else { Vec::new() },
            order,
            is_numbers: column.is_numbers(),
            negatives: column.negatives,
            numbers: column.numbers,
            tells_ways: column.tells_ways(),
            decimal,
            is_unsure,
            currency: column.currency().flatten().map(str::to_owned),
            is_codes: column.is_codes(),
            texts: texts.map(|texts| texts.iter().map(shown).collect()),
        }
    }

    /// The same, with its texts for display.
    pub(super) fn cleaned(&self) -> ColumnLook {
        let part = |text: &String| crate::display_text::part(text);
        let texts = self.texts.as_ref().map(|texts| texts.iter().map(part).collect());
        ColumnLook { texts, ..self.clone() }
    }

    /// Whether this program could have said so.
    pub(super) fn is_credible(&self) -> bool {
        let texts = self.texts.as_deref().unwrap_or_default();
        self.orders.len() <= 3
            && texts.len() <= MOST
            && texts.iter().all(|text| text.chars().count() <= LONGEST)
            && self.currency.as_deref().is_none_or(is_currency)
    }
}

impl Mapping {
    /// What a table tells otherwise than this mapping, which was made for another one with the same header: then the
    /// person is asked again. Empty if nothing speaks against it.
    ///
    /// - [`Open::Date`], [`Open::DateOrder`]: the column has no dates, or dates that do not exist in the order of the
    ///   mapping, or run in one direction of time in another order alone.
    /// - [`Open::Value`], [`Open::Decimal`], [`Open::Currency`]: the column has no numbers, or another decimal mark where
    ///   it tells and numbers that do not tell, or another currency.
    /// - [`Open::Sign`]: money that goes out is positive by the mapping, and most amounts are negative; or it is negative,
    ///   and no amount of five or more is.
    /// - [`Open::Direction`]: a word of directions that is neither of the two.
    pub fn contradicted(&self, table: &TableProbe) -> Vec<Open> {
        let mut found = Vec::new();
        if self.columns().iter().any(|column| *column > table.columns) {
            return vec![Open::Value];
        }
        let look = |column: u16| usize::from(column).checked_sub(1).and_then(|at| table.looks.get(at));
        if let Some(date) = look(self.date) {
            if !date.is_dates {
                found.push(Open::Date);
            } else if !date.orders.contains(&self.date_order)
                || date.order.is_some_and(|order| order != self.date_order && date.orders.len() > 1)
            {
                found.push(Open::DateOrder);
            }
        }
        let values = match &self.value {
            ValueColumns::Directed { amount, .. } => vec![*amount],
            other => other.columns(),
        };
        for value in values.into_iter().filter_map(look) {
            self.contradicted_by(value, &mut found);
        }
        match &self.currency {
            Some(CurrencyColumn::In(column))
                if look(*column).is_some_and(|look| look.filled > 0 && !look.is_codes) =>
            {
                found.push(Open::Currency);
            }
            _ => {}
        }
        if let ValueColumns::Directed { direction, out, into, .. } = &self.value
            && let Some(texts) = look(*direction).and_then(|look| look.texts.as_ref())
        {
            let is = |text: &str, word: &str| text.to_lowercase() == word.trim().to_lowercase();
            let comes_in = |text: &str| match into {
                Some(into) => is(text, into),
                None => !ways::is_known(out) || ways::comes_in(text, out),
            };
            let others: Vec<&String> = texts.iter().filter(|text| !is(text, out)).collect();
            if others.len() > 1 || others.iter().any(|text| !comes_in(text)) {
                found.push(Open::Direction);
            }
        }
        found.dedup();
        found
    }

    fn contradicted_by(&self, value: &ColumnLook, found: &mut Vec<Open>) {
        // A column of money that comes in may be empty.
        if value.filled > 0 && !value.is_numbers {
            found.push(Open::Value);
            return;
        }
        if value.is_unsure && value.decimal.is_some_and(|mark| mark != self.decimal) {
            found.push(Open::Decimal);
        }
        let is_wrong = match &self.value {
            ValueColumns::Spent { .. } => value.tells_ways,
            ValueColumns::Signed { .. } => {
                value.numbers >= UNSIGNED && value.negatives == 0 && !value.tells_ways
            }
            ValueColumns::Directed { .. } => value.negatives > 0,
            _ => false,
        };
        if is_wrong {
            found.push(Open::Sign);
        }
        if let (Some(CurrencyColumn::Is(is)), Some(other)) = (&self.currency, &value.currency)
            && is != other
        {
            found.push(Open::Currency);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::mapping::tests::{of_bank, of_meter};
    use super::super::probe::tests::probed;
    use super::*;

    fn against(mapping: &Mapping, rows: &str) -> Vec<Open> {
        let table = probed(format!("Jour;Texte;Somme;Autre\n{rows}").as_bytes()).unwrap();
        mapping.contradicted(&table)
    }

    #[test]
    fn dates_that_do_not_exist_in_the_kept_order_contradict_it() {
        let months = Mapping { date_order: DateOrder::MonthFirst, ..of_bank() };
        let days = of_bank();
        let rows = "31/12/2025;A;-5,00;\n01/02/2026;B;-6,00;\n";
        assert_eq!(against(&days, rows), []);
        assert_eq!(against(&months, rows), [Open::DateOrder]);
        // Nothing tells: what the person said holds.
        let either = "01/02/2026;A;-5,00;\n02/03/2026;B;-6,00;\n";
        assert_eq!((against(&days, either), against(&months, either)), (vec![], vec![]));
        // They run in one direction in one order alone.
        let run: String = ["10/01", "11/01", "12/01", "01/02", "02/02"]
            .map(|day| format!("{day}/2026;A;-5,00;\n"))
            .concat();
        assert_eq!((against(&days, &run), against(&months, &run)), (vec![], vec![Open::DateOrder]));
        let moved = "A;31/12/2025;-5,00;\nB;01/02/2026;-6,00;\n";
        assert_eq!(against(&days, moved), [Open::Date]);
    }

    #[test]
    fn signs_that_speak_against_a_mapping_contradict_it() {
        let rows = |amounts: &[&str]| -> String {
            amounts.iter().map(|amount| format!("13/01/2026;A;{amount};\n")).collect()
        };
        let spent = Mapping { value: ValueColumns::Spent { column: 3 }, ..of_bank() };
        assert_eq!(against(&spent, &rows(&["-5,00", "-6,00", "7,00"])), [Open::Sign]);
        assert_eq!(against(&spent, &rows(&["5,00", "6,00", "-7,00"])), []);
        assert_eq!(against(&of_bank(), &rows(&["5,00"; 5])), [Open::Sign]);
        assert_eq!(against(&of_bank(), &rows(&["5,00"; 4])), []);
        assert_eq!(against(&of_bank(), &rows(&["5,00", "5,00", "5,00", "5,00", "-5,00"])), []);
    }

    #[test]
    fn other_columns_contradict_a_mapping() {
        assert_eq!(against(&of_bank(), "13/01/2026;5,00;A;\n14/01/2026;6,00;B;\n"), [Open::Value]);
        assert_eq!(against(&of_bank(), "13/01/2026;A;-5,00 £;\n14/01/2026;A;-5,00 £;\n"), [Open::Currency]);
        assert_eq!(against(&of_bank(), "13/01/2026;A;-1.234;\n14/01/2026;A;-5.50;\n"), [Open::Decimal]);
        let codes = Mapping { currency: Some(CurrencyColumn::In(4)), ..of_bank() };
        assert_eq!(against(&codes, "13/01/2026;A;-5,00;EUR\n14/01/2026;A;-5,00;EUR\n"), []);
        assert_eq!(against(&codes, "13/01/2026;A;-5,00;x\n14/01/2026;A;-5,00;y\n"), [Open::Currency]);
        let far = Mapping { account: Some(9), ..of_bank() };
        assert_eq!(against(&far, "13/01/2026;A;-5,00;\n"), [Open::Value]);
        let meter = Mapping { value: super::ValueColumns::Consumed { column: 3 }, ..of_meter() };
        assert_eq!(against(&meter, "13/01/2026;A;5,00;\n14/01/2026;A;5,00;\n"), []);
    }

    #[test]
    fn a_third_word_contradicts_a_mapping() {
        let directed = |out: &str, into: Option<&str>| {
            let (out, into) = (out.to_owned(), into.map(str::to_owned));
            Mapping { value: ValueColumns::Directed { amount: 3, direction: 4, out, into }, ..of_bank() }
        };
        let rows = |words: &[&str]| -> String {
            words.iter().map(|word| format!("13/01/2026;A;5,00;{word}\n")).collect()
        };
        assert_eq!(against(&directed("D", None), &rows(&["D", "C"])), []);
        assert_eq!(against(&directed("D", None), &rows(&["D", "R"])), [Open::Direction]);
        assert_eq!(against(&directed("D", Some("R")), &rows(&["D", "r"])), []);
        assert_eq!(against(&directed("D", Some("R")), &rows(&["D", "R", "X"])), [Open::Direction]);
        assert_eq!(against(&directed("achat", None), &rows(&["achat", "remboursé"])), []);
    }
}
