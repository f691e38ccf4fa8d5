//! What the tests of an app need on the developer's machine, where there is no host: rows to read, and the view as lines
//! of text.
//!
//! ```
//! use mesinfos_sdk::testing::{self, Row};
//! use mesinfos_sdk::{Date, Period, bank};
//!
//! let day = Date::new(2026, 3, 5).unwrap();
//! let rent = Row::new().set("booked_on", day).set("amount", -65_000).set("currency", "EUR");
//! testing::give("bank", vec![rent.clone(), rent.set("kind", bank::Kind::Transfer)]);
//!
//! let rows: Vec<_> = bank::transactions(Period::all()).map(Result::unwrap).collect();
//! assert_eq!(rows[1].kind(), Some(bank::Kind::Transfer));
//! assert_eq!(rows[0].amount().map(|money| money.minor), Some(-65_000));
//! ```

use crate::bindings::mesinfos::app::charts::{Axis, Plot, Tone};
use crate::bindings::mesinfos::app::text::Piece;
use crate::bindings::mesinfos::app::values;
use crate::units::Date;
use crate::view::{Block, KeyFigure, Report, Unit, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A number, a day, an instant, a code.
    Number(i64),
}

impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Number(number)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Cell {
        Cell::Number(i64::from(day.0))
    }
}

/// A row of a category. A field that is not set is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    cells: BTreeMap<&'static str, Cell>,
}

impl Row {
    /// A row without fields.
    #[must_use]
    pub fn new() -> Row {
        Row::default()
    }

    /// Sets a field by the name of its column.
    #[must_use]
    pub fn set(mut self, column: &'static str, value: impl Into<Cell>) -> Row {
        self.cells.insert(column, value.into());
        self
    }

    /// Takes a field away.
    #[must_use]
    pub fn without(mut self, column: &'static str) -> Row {
        self.cells.remove(column);
        self
    }

    /// The number, day, instant or code in a column; `None` if it is missing.
    ///
    /// # Panics
    /// If the column holds a text.
    #[must_use]
    pub fn number(&self, column: &str) -> Option<i64> {
        match self.cells.get(column)? {
            Cell::Number(number) => Some(*number),
            Cell::Text(text) => panic!("{column} is a number, not {text:?}"),
        }
    }

    fn text(&self, column: &str) -> Option<&str> {
        match self.cells.get(column)? {
            Cell::Text(text) => Some(text),
            Cell::Number(number) => panic!("{column} is a text, not {number}"),
        }
    }
}

thread_local! {
    /// The rows of this thread, by category.
    static GIVEN: RefCell<BTreeMap<String, Vec<Row>>> = const { RefCell::new(BTreeMap::new()) };
    /// The rows that each reader of this thread has, by category and number of the reader.
    static READ: RefCell<BTreeMap<(String, u32), Vec<Row>>> = const { RefCell::new(BTreeMap::new()) };
    /// The rows that figures rest on, by the label of the figures, since rows were given last.
    static CITED: RefCell<BTreeMap<String, Vec<Row>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Gives the rows of a category to the test of this thread, in place of those given before, from the oldest to the
/// newest. A category without rows is as one that is refused.
pub fn give(category: &str, rows: Vec<Row>) {
    CITED.with_borrow_mut(BTreeMap::clear);
    GIVEN.with_borrow_mut(|given| given.insert(category.to_owned(), rows));
}

/// The rows that the figures with this label rest on, in all runs since rows were given last: those that the host would
/// show behind the figure. A figure that says none has none.
///
/// ```
/// use mesinfos_sdk::testing::{self, Row};
/// use mesinfos_sdk::view::{self, Icon, Unit};
/// use mesinfos_sdk::{Period, bank};
///
/// testing::give("bank", vec![Row::new().set("amount", -200), Row::new().set("amount", 300).set("currency", "EUR")]);
/// let rows: Vec<_> = bank::transactions(Period::all()).map(Result::unwrap).collect();
/// let _figure = view::figure(Icon::Money, "Received", view::quantity(1, Unit::None)).because([rows[1].as_source()]);
/// assert_eq!(testing::behind("Received").iter().map(|row| row.number("amount")).collect::<Vec<_>>(), [Some(300)]);
/// ```
#[must_use]
pub fn behind(label: &str) -> Vec<Row> {
    CITED.with_borrow(|cited| cited.get(label).cloned().unwrap_or_default())
}

/// Rows of a reader are cited as evidence.
#[cfg_attr(target_arch = "wasm32", expect(dead_code, reason = "there, the host keeps them"))]
pub(crate) fn cite(label: &str, category: &str, reader: u32, rows: &[u32]) {
    let cited: Vec<Row> = READ.with_borrow(|read| {
        let of = read.get(&(category.to_owned(), reader));
        let at = |row: &u32| of.and_then(|of| of.get(usize::try_from(*row).ok()?)).cloned();
        rows.iter().filter_map(at).collect()
    });
    CITED.with_borrow_mut(|all| all.entry(label.to_owned()).or_default().extend(cited));
}

/// A whole number, as a person sets it for a parameter: see [`Context::with`](crate::Context::with).
#[must_use]
pub fn whole(number: i64) -> Value {
    decimals(number, 0)
}

/// A number with decimals, in units of the last one, as a person sets it for a parameter.
#[must_use]
pub fn decimals(mantissa: i64, scale: u8) -> Value {
    Value::Number(values::Decimal { mantissa, scale })
}

/// What stands in for the host.
pub(crate) mod host {
    use super::{GIVEN, READ, Row};
    use crate::bindings::mesinfos::data::types::{self, AccessError, Grain, Granted};
    use crate::data::{Column, Period};

    /// Rows of a page: few, so that tests cross from one to the next.
    const PAGE: usize = 5;

    /// The rows of a category.
    #[derive(Debug)]
    pub(crate) struct Reader {
        rows: std::cell::RefCell<std::collections::VecDeque<Row>>,
    }

    impl Reader {
        /// Panics if a row has a field that the category does not have.
        pub(crate) fn open(
            (category, number): (&str, u32),
            columns: &[(&str, &str)],
            period: Period,
        ) -> Reader {
            let rows = GIVEN.with_borrow(|given| given.get(category).cloned().unwrap_or_default());
            for name in rows.iter().flat_map(|row| row.cells.keys()) {
                assert!(columns.iter().any(|(known, _)| known == name), "{category} has no column {name}");
            }
            let in_period = |row: &Row| {
                let Some(day) = day(row, columns) else { return true };
                period.from.is_none_or(|from| day >= i64::from(from.0))
                    && period.until.is_none_or(|until| day < i64::from(until.0))
            };
            let rows: Vec<Row> = rows.into_iter().filter(in_period).collect();
            READ.with_borrow_mut(|read| read.insert((category.to_owned(), number), rows.clone()));
            Reader { rows: std::cell::RefCell::new(rows.into()) }
        }

        pub(crate) fn next(&self) -> Result<Option<Page>, AccessError> {
            let mut rows = self.rows.borrow_mut();
            let count = rows.len().min(PAGE);
            let page: Vec<Row> = rows.drain(..count).collect();
            Ok((!page.is_empty()).then_some(Page { rows: page }))
        }
    }

    /// Local day of a row: its first day or instant.
    fn day(row: &Row, columns: &[(&str, &str)]) -> Option<i64> {
        let (name, kind) = columns.iter().find(|(name, kind)| {
            kind.ends_with("i32>") || (kind.ends_with("i64>") && matches!(*name, "at" | "start"))
        })?;
        let number = row.number(name)?;
        let offset = row.number("utc_offset").unwrap_or(0);
        Some(if kind.ends_with("i32>") { number } else { (number + offset * 60).div_euclid(86_400) })
    }

    /// Some rows.
    #[derive(Debug)]
    pub(crate) struct Page {
        rows: Vec<Row>,
    }

    impl Page {
        pub(crate) fn rows(&self) -> u32 {
            u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
        }

        /// An entry for each row, or none if no row has the field.
        pub(crate) fn column<C: Column>(&self, name: &str) -> C {
            let known: &[Row] =
                if self.rows.iter().any(|row| row.cells.contains_key(name)) { &self.rows } else { &[] };
            C::of(known, name)
        }
    }

    /// Everything, as it is.
    pub(crate) fn scope() -> Granted {
        Granted { period: types::Period { from: None, until: None }, grain: Grain::Raw }
    }
}

impl crate::data::Column for Vec<i64> {
    fn of(rows: &[Row], name: &str) -> Self {
        rows.iter().map(|row| row.number(name).unwrap_or(i64::MIN)).collect()
    }
}

impl crate::data::Column for Vec<i32> {
    fn of(rows: &[Row], name: &str) -> Self {
        let day = |row: &Row| row.number(name).and_then(|day| i32::try_from(day).ok());
        rows.iter().map(|row| day(row).unwrap_or(i32::MIN)).collect()
    }
}

impl crate::data::Column for Vec<u8> {
    fn of(rows: &[Row], name: &str) -> Self {
        let code = |row: &Row| row.number(name).and_then(|code| u8::try_from(code).ok());
        rows.iter().map(|row| code(row).unwrap_or(u8::MAX)).collect()
    }
}

impl crate::data::Column for crate::data::Texts {
    fn of(rows: &[Row], name: &str) -> Self {
        Self::from_iter(rows.iter().map(|row| row.text(name).unwrap_or_default()))
    }
}

impl crate::data::Column for crate::data::Terms {
    fn of(rows: &[Row], name: &str) -> Self {
        Self::from_iter(rows.iter().map(|row| row.text(name)))
    }
}

/// A view as lines of text: every word and every value, with its unit. In tests of an app it is compared with what the
/// view must say.
#[must_use]
pub fn lines(report: &Report) -> Vec<String> {
    let mut out = vec![format!("{}: {}", report.title, report.headline)];
    out.extend(report.headline_figure.iter().map(key_figure));
    out.extend(report.period.as_ref().map(|it| format!("period {} – {}", date(it.start), date(it.end))));
    for page in &report.pages {
        out.push(format!("page {}", page.title));
        for section in &page.sections {
            out.extend(section.title.as_ref().map(|title| format!("section {title}")));
            section.blocks.iter().for_each(|one| block(one, &mut out));
        }
    }
    out.extend(report.limits.iter().map(|limit| format!("limit {}", rich(limit))));
    out
}

/// Panics unless the lines of a view are these, but for the kinds of spaces: with both, and the first line that differs.
#[track_caller]
pub fn says(report: &Report, expected: &str) {
    let spaced = |line: &str| line.replace(['\u{a0}', '\u{202f}'], " ").trim_end().to_owned();
    let said: Vec<String> = lines(report).iter().map(|line| spaced(line)).collect();
    let expected: Vec<String> = expected.trim_end().lines().map(spaced).collect();
    if said != expected {
        let at = said.iter().zip(&expected).position(|(one, other)| one != other);
        let at = at.unwrap_or(said.len().min(expected.len()));
        let line = |all: &[String]| all.get(at).cloned().unwrap_or_default();
        panic!(
            "line {}\n said: {}\n not:  {}\n\n{}\n",
            at + 1,
            line(&said),
            line(&expected),
            said.join("\n")
        );
    }
}

fn block(it: &Block, out: &mut Vec<String>) {
    match it {
        Block::Paragraph(it) => out.push(rich(&it.body)),
        Block::Bullets(it) => out.extend(it.items.iter().map(|item| format!("- {}", rich(item)))),
        Block::KeyFigures(all) => out.extend(all.iter().map(key_figure)),
        Block::Table(it) => {
            let heads: Vec<&str> = it.columns.iter().map(|column| column.label.as_str()).collect();
            out.push(format!("table {}: {}", it.title, heads.join(" | ")));
            for row in it.cells.chunks(heads.len().max(1)) {
                out.push(format!("  {}", values_of(row).join(" | ")));
            }
        }
        Block::Chart(it) => {
            out.push(format!("chart {}: {}", it.title, it.takeaway));
            plot(&it.plot, out);
        }
        Block::Timeline(it) => {
            out.push(format!("timeline {}", it.title));
            for event in &it.events {
                let value = event.value.as_ref().map(|it| format!(" = {}", value(it))).unwrap_or_default();
                out.push(format!("  {} {}: {}{value}", date(event.at), event.title, rich(&event.body)));
            }
        }
        Block::Notice(it) => out.push(format!("notice {} {}: {}", word(&it.level), it.title, rich(&it.body))),
        Block::Advice(all) => {
            for one in all {
                let saving = &one.saving;
                let money = saving.money_per_year.as_ref().map_or("–".to_owned(), money);
                let kg = saving.kg_co2e_per_year.map_or("–".to_owned(), |kg| format!("{} kg", number(kg)));
                out.push(format!("advice {}: {}", one.title, rich(&one.body)));
                out.push(format!(
                    "  saves {money}, {kg}, {}, {}",
                    word(&saving.confidence),
                    word(&one.effort)
                ));
                out.push(format!("  how: {}", rich(&one.how_computed)));
            }
        }
        Block::Comparison(it) => {
            out.push(format!("comparison {}: {}", it.title, it.criteria.join(" | ")));
            for (at, offer) in (0..).zip(&it.offers) {
                let mark = if it.recommended == Some(at) { "> " } else { "  " };
                let cost = offer.yearly_cost.as_ref().map_or("–".to_owned(), money);
                let current = if offer.is_current { " (current)" } else { "" };
                let values = values_of(&offer.values).join(" | ");
                let (pros, cons) = (offer.pros.join(" "), offer.cons.join(" "));
                out.push(format!("{mark}{}{current}, {}: {values} = {cost}", offer.name, offer.provider));
                out.extend((!pros.is_empty()).then(|| format!("    + {pros}")));
                out.extend((!cons.is_empty()).then(|| format!("    - {cons}")));
            }
            out.push(format!("  {}", it.disclosure));
        }
        Block::Progress(all) => {
            for bar in all {
                let unit = named(bar.unit, bar.currency.as_deref());
                let (value, target) = (number(bar.value), number(bar.target));
                out.push(format!("progress {}: {value} of {target}{unit}", bar.label));
            }
        }
    }
}

fn key_figure(it: &KeyFigure) -> String {
    let mut out = format!("figure {} = {}", it.label, value(&it.value));
    if let Some(trend) = &it.trend {
        let change = value(&trend.change);
        let _ = write!(out, ", {} {change} {} ({})", word(&trend.direction), trend.versus, word(&trend.tone));
    }
    if !it.spark.is_empty() {
        let _ = write!(out, " [{}]", points(&it.spark));
    }
    if let Some(note) = &it.note {
        let _ = write!(out, ". {note}");
    }
    out
}

fn plot(it: &Plot, out: &mut Vec<String>) {
    match it {
        Plot::Xy(it) => {
            let (step, labels) = match &it.axis {
                Axis::Dates((step, dates)) => (word(step), dates.iter().map(|it| date(*it)).collect()),
                Axis::Labels(labels) => ("Labels".to_owned(), labels.clone()),
            };
            out.push(format!("  {} {step}: {}", word(&it.kind), labels.join(" ")));
            for series in &it.series {
                let unit = named(series.unit, series.currency.as_deref());
                let tone = toned(series.tone);
                out.push(format!("  {}{tone}: {}{unit}", series.label, points(&series.points)));
            }
        }
        Plot::Parts(it) => {
            let unit = named(it.unit, it.currency.as_deref());
            out.extend(
                it.slices.iter().map(|part| {
                    format!("  {}{}: {}{unit}", part.label, toned(part.tone), number(part.value))
                }),
            );
        }
        Plot::Calendar(it) => {
            let unit = named(it.unit, it.currency.as_deref());
            out.push(format!("  from {}: {}{unit}", date(it.start), points(&it.values)));
        }
        Plot::Heatmap(it) => {
            out.push(format!("  columns {}{}", it.columns.join(" "), named(it.unit, None)));
            for (row, cells) in it.rows.iter().zip(it.cells.chunks(it.columns.len().max(1))) {
                out.push(format!("  {row}: {}", points(cells)));
            }
        }
    }
}

fn toned(tone: Tone) -> String {
    if tone == Tone::Auto { String::new() } else { format!(" ({})", word(&tone)) }
}

/// The name of a case of the contract, without that of its type.
fn word(case: &impl std::fmt::Debug) -> String {
    let name = format!("{case:?}");
    name.rsplit("::").next().unwrap_or_default().to_owned()
}

/// A number of a chart, with six decimals at most.
fn number(number: f64) -> String {
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn points(all: &[Option<f64>]) -> String {
    let shown: Vec<String> = all.iter().map(|point| point.map_or("–".to_owned(), number)).collect();
    shown.join(" ")
}

fn named(unit: Unit, currency: Option<&str>) -> String {
    match (currency, unit) {
        (Some(code), _) => format!(" {code}"),
        (None, Unit::None) => String::new(),
        (None, unit) => format!(" {}", word(&unit)),
    }
}

fn rich(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Plain(text) | Piece::Marked((_, text)) => text.clone(),
            Piece::Val(it) => format!("[{}]", value(it)),
        })
        .collect()
}

fn values_of(all: &[Value]) -> Vec<String> {
    all.iter().map(value).collect()
}

fn value(it: &Value) -> String {
    match it {
        Value::Text(text) => text.clone(),
        Value::Number(number) => decimal(*number),
        Value::Money(it) => money(it),
        Value::Quantity(it) => format!("{}{}", decimal(it.amount), named(it.unit, None)),
        Value::Date(it) => date(*it),
        Value::DateTime(it) => format!("{} {:02}:{:02}", date(it.date), it.hour, it.minute),
        Value::Span(it) => format!("{} {} – {}", word(&it.step), date(it.start), date(it.end)),
        Value::Flag(it) => it.to_string(),
        Value::Missing => "–".to_owned(),
    }
}

fn money(it: &values::Money) -> String {
    format!("{} {}", decimal(it.amount), it.currency)
}

fn date(it: values::Date) -> String {
    format!("{:04}-{:02}-{:02}", it.year, it.month, it.day)
}

fn decimal(it: values::Decimal) -> String {
    let one = 10_u64.pow(u32::from(it.scale));
    let (whole, rest) = (it.mantissa.unsigned_abs() / one, it.mantissa.unsigned_abs() % one);
    let sign = if it.mantissa < 0 { "-" } else { "" };
    let width = usize::from(it.scale);
    if width == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:0width$}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{self, Icon};
    use crate::{Context, Lang, Money, Period, bank, energy};

    fn day(month: u8, day: u8) -> Date {
        Date::new(2026, month, day).unwrap()
    }

    #[test]
    fn rows_are_read_over_pages_and_within_a_period() {
        let on = |day: Date| {
            Row::new().set("booked_on", day).set("amount", i64::from(day.0)).set("currency", "EUR")
        };
        let mut rows: Vec<Row> = (1..=12).map(|month| on(day(month, 1))).collect();
        rows.insert(0, Row::new().set("label", "no day"));
        give("bank", rows);
        assert_eq!(bank::transactions(Period::all()).count(), 13);
        let period = Period { from: Some(day(3, 1)), until: Some(day(9, 1)) };
        let read: Vec<_> = bank::transactions(period).map(Result::unwrap).collect();
        let days: Vec<Option<u8>> = read.iter().map(|row| row.booked_on().map(Date::month)).collect();
        assert_eq!(days, [None, Some(3), Some(4), Some(5), Some(6), Some(7), Some(8)]);
        assert_eq!(read[0].label(), Some("no day"));
        assert_eq!(read[6].amount(), Some(Money::new(i64::from(day(8, 1).0), crate::Currency::EUR)));
        assert_eq!((read[6].label(), read[6].kind(), read[6].balance()), (None, None, None));
        assert_eq!(energy::readings(Period::all()).count(), 0, "nothing was given");
    }

    #[test]
    #[should_panic(expected = "bank has no column amounts")]
    fn a_column_that_does_not_exist_is_told() {
        give("bank", vec![Row::new().set("amounts", 1)]);
        drop(bank::transactions(Period::all()));
    }

    #[test]
    fn every_word_and_value_of_a_view_is_a_line() {
        let ctx = Context::new(Lang::Fr, day(1, 1));
        let money = Money::new(-1_205, crate::Currency::EUR);
        let figure = view::figure(Icon::Money, "Solde", money).note("ici").spark(vec![Some(1.5), None]);
        let said = view::told("de {}", vec![view::tenths(15, Unit::Kwh)]);
        let table = view::table("T", &[("A", view::ColumnKind::Date)], vec![vec![day(2, 3).into()]]);
        let sections = vec![view::section("S", vec![Block::KeyFigures(vec![figure]), said, table])];
        let report = view::report(&ctx, "Vue", "Tout", sections).limit("rien").days(day(1, 1), day(1, 2));
        let all = lines(&report);
        assert_eq!(
            all,
            [
                "Vue: Tout",
                "period 2026-01-01 – 2026-01-03",
                "page Vue",
                "section S",
                "figure Solde = -12.05 EUR [1.5 –]. ici",
                "de [1.5 Kwh]",
                "table T: A",
                "  2026-02-03",
                "limit rien"
            ]
        );
        says(&report, &all.join("\n"));
    }

    #[test]
    #[should_panic(expected = "line 3\n said: page Vue\n not:  page Autre")]
    fn the_first_line_that_differs_is_told() {
        let ctx = Context::new(Lang::Fr, day(1, 1));
        let report = view::report(&ctx, "Vue", "Tout", Vec::new()).days(day(1, 1), day(1, 2));
        says(&report, "Vue: Tout\nperiod 2026-01-01 – 2026-01-03\npage Autre\n");
    }
}
