//! Builders for views. The host formats every value: an app returns a number with its unit, never
//! "1 234,50 €".

use crate::bindings::mesinfos::app::{charts, params, text, values, view};
use crate::evidence::{Source, cite};
use crate::numbers::scaled;
use crate::units::{Date, Energy, Money};
use crate::{Context, Lang};

pub use crate::bindings::mesinfos::app::charts::{Tone, XyKind};
pub use crate::bindings::mesinfos::app::params::Param;
pub use crate::bindings::mesinfos::app::text::Piece;
pub use crate::bindings::mesinfos::app::values::{Unit, Value};
pub use crate::bindings::mesinfos::app::view::{
    Advice, Block, Column, ColumnKind, Confidence, Direction, Effort, Event, Icon, KeyFigure, Level,
    ListStyle, Offer, Progress, Report, Section,
};

impl From<Money> for Value {
    fn from(money: Money) -> Value {
        Value::Money(money.into())
    }
}

impl From<Money> for values::Money {
    fn from(money: Money) -> values::Money {
        let amount = values::Decimal { mantissa: money.minor, scale: money.currency.decimals() };
        values::Money { amount, currency: money.currency.code().to_owned() }
    }
}

/// Energy in kilowatt-hours, rounded to a tenth.
impl From<Energy> for Value {
    fn from(energy: Energy) -> Value {
        // 1 kWh is a million mWh.
        tenths(scaled(energy.0, 1, 100_000), Unit::Kwh)
    }
}

impl From<&str> for Value {
    fn from(words: &str) -> Value {
        Value::Text(words.to_owned())
    }
}

impl From<Date> for values::Date {
    fn from(date: Date) -> values::Date {
        values::Date { year: date.year(), month: date.month(), day: date.day() }
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Value {
        Value::Date(date.into())
    }
}

/// A whole month, the one of this day: the host shows "mars 2025", "March 2025".
#[must_use]
pub fn month(day: Date) -> Value {
    let start = day.month_start();
    let end = start.plus_months(1).into();
    Value::Span(values::Span { start: start.into(), end, step: values::Step::Month })
}

/// A whole number with a unit.
#[must_use]
pub fn quantity(amount: i64, unit: Unit) -> Value {
    Value::Quantity(values::Quantity { amount: values::Decimal { mantissa: amount, scale: 0 }, unit })
}

/// A price with `decimals` decimals, such as that of a kilowatt-hour. `amount` is in units of the last
/// decimal.
#[must_use]
pub fn price_of(amount: i64, decimals: u8, currency: &str) -> Value {
    let amount = values::Decimal { mantissa: amount, scale: decimals };
    Value::Money(values::Money { amount, currency: currency.to_owned() })
}

/// A number of tenths, with a unit.
#[must_use]
pub fn tenths(amount: i64, unit: Unit) -> Value {
    Value::Quantity(values::Quantity { amount: values::Decimal { mantissa: amount, scale: 1 }, unit })
}

/// A number of hundredths, with a unit.
#[must_use]
pub fn hundredths(amount: i64, unit: Unit) -> Value {
    Value::Quantity(values::Quantity { amount: values::Decimal { mantissa: amount, scale: 2 }, unit })
}

/// A view of one page.
#[must_use]
pub fn report(ctx: &Context, title: &str, headline: &str, sections: Vec<Section>) -> Report {
    Report {
        lang: match ctx.lang {
            Lang::Fr => "fr".to_owned(),
            Lang::En => "en".to_owned(),
        },
        title: title.to_owned(),
        headline: headline.to_owned(),
        headline_figure: None,
        period: None,
        pages: vec![view::Page { title: title.to_owned(), icon: Icon::None, sections }],
        limits: Vec::new(),
    }
}

impl Report {
    /// Says which days the view is about, the first and the last one. The host shows them under the title.
    #[must_use]
    pub fn days(mut self, first: Date, last: Date) -> Report {
        let (start, end) = (first.into(), last.plus_days(1).into());
        self.period = Some(values::Span { start, end, step: values::Step::Day });
        self
    }

    /// Adds a page; several pages are shown as tabs. The first page keeps the title of the view.
    #[must_use]
    pub fn page(mut self, title: &str, icon: Icon, sections: Vec<Section>) -> Report {
        self.pages.push(view::Page { title: title.to_owned(), icon, sections });
        self
    }

    /// Adds a limitation: something that the app could not do.
    #[must_use]
    pub fn limit(mut self, words: &str) -> Report {
        self.limits.push(plain(words));
        self
    }
}

/// A part of a page.
#[must_use]
pub fn section(title: &str, blocks: Vec<Block>) -> Section {
    Section { title: Some(title.to_owned()), layout: view::Layout::Stack, blocks }
}

fn plain(words: &str) -> text::Rich {
    vec![text::Piece::Plain(words.to_owned())]
}

/// Text with embedded values: the host formats each one in place of a `{}`.
///
/// ```
/// use mesinfos_sdk::view::{Unit, quantity, rich};
/// let said = rich("{} in {} months", vec![quantity(3, Unit::Call), quantity(2, Unit::None)]);
/// assert_eq!(said.len(), 4);
/// ```
#[must_use]
pub fn rich(words: &str, values: Vec<Value>) -> Vec<text::Piece> {
    let mut values = values.into_iter();
    let mut pieces = Vec::new();
    for (i, part) in words.split("{}").enumerate() {
        if i > 0 {
            pieces.extend(values.next().map(text::Piece::Val));
        }
        if !part.is_empty() {
            pieces.push(text::Piece::Plain(part.to_owned()));
        }
    }
    pieces
}

/// A paragraph.
#[must_use]
pub fn paragraph(words: &str) -> Block {
    Block::Paragraph(view::Paragraph { body: plain(words) })
}

/// A paragraph with embedded values, see [`rich`].
#[must_use]
pub fn told(words: &str, values: Vec<Value>) -> Block {
    Block::Paragraph(view::Paragraph { body: rich(words, values) })
}

/// A list of texts, see [`rich`].
#[must_use]
pub fn bullets(style: ListStyle, items: Vec<Vec<text::Piece>>) -> Block {
    Block::Bullets(view::Bullets { style, items })
}

/// A notice.
#[must_use]
pub fn notice(level: Level, title: &str, words: &str) -> Block {
    Block::Notice(view::Notice { level, title: title.to_owned(), body: plain(words) })
}

/// A key figure. A block has at most six.
#[must_use]
pub fn figure(icon: Icon, label: &str, value: impl Into<Value>) -> KeyFigure {
    KeyFigure {
        label: label.to_owned(),
        value: value.into(),
        trend: None,
        spark: Vec::new(),
        icon,
        note: None,
    }
}

impl KeyFigure {
    /// Adds a sparkline.
    #[must_use]
    pub fn spark(mut self, points: Vec<Option<f64>>) -> KeyFigure {
        self.spark = points;
        self
    }

    /// Adds a trend, with the reference that it is relative to.
    #[must_use]
    pub fn trend(
        mut self,
        direction: Direction,
        change: impl Into<Value>,
        versus: &str,
        tone: Tone,
    ) -> KeyFigure {
        let (change, versus) = (change.into(), versus.to_owned());
        self.trend = Some(view::Trend { direction, change, versus, tone });
        self
    }

    /// Says which rows it was computed from. The person can open them. Figures with the same label share them, so give
    /// each its own label.
    #[must_use]
    pub fn because(self, sources: impl IntoIterator<Item = Source>) -> KeyFigure {
        cite(&self.label, sources);
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, words: &str) -> KeyFigure {
        self.note = Some(words.to_owned());
        self
    }
}

/// A table: heads with the kind of their cells, and rows of cells.
#[must_use]
pub fn table(title: &str, columns: &[(&str, ColumnKind)], rows: Vec<Vec<Value>>) -> Block {
    Block::Table(view::Table {
        title: title.to_owned(),
        columns: columns
            .iter()
            .map(|(label, kind)| Column { label: (*label).to_owned(), kind: *kind })
            .collect(),
        cells: rows.into_iter().flatten().collect(),
    })
}

/// A series of a chart.
#[must_use]
pub fn series(label: &str, unit: Unit, currency: Option<&str>, points: Vec<Option<f64>>) -> charts::Series {
    charts::Series {
        label: label.to_owned(),
        unit,
        currency: currency.map(str::to_owned),
        points,
        tone: Tone::Auto,
    }
}

fn chart(title: &str, takeaway: &str, plot: charts::Plot) -> Block {
    Block::Chart(charts::Chart { title: title.to_owned(), takeaway: takeaway.to_owned(), plot })
}

/// A chart by month. `takeaway` states its message.
#[must_use]
pub fn by_month(
    title: &str,
    takeaway: &str,
    kind: XyKind,
    months: &[Date],
    series: Vec<charts::Series>,
) -> Block {
    let dates = months.iter().map(|month| (*month).into()).collect();
    let axis = charts::Axis::Dates((values::Step::Month, dates));
    chart(title, takeaway, charts::Plot::Xy(charts::Xy { kind, axis, series }))
}

/// A chart by label. `takeaway` states its message.
#[must_use]
pub fn by_label(
    title: &str,
    takeaway: &str,
    kind: XyKind,
    labels: Vec<String>,
    series: Vec<charts::Series>,
) -> Block {
    let axis = charts::Axis::Labels(labels);
    chart(title, takeaway, charts::Plot::Xy(charts::Xy { kind, axis, series }))
}

/// A year calendar: one value per day from `start` on, at most 1 100.
#[must_use]
pub fn calendar(title: &str, takeaway: &str, start: Date, unit: Unit, values: Vec<Option<f64>>) -> Block {
    let plot = charts::Calendar { start: start.into(), values, unit, currency: None };
    chart(title, takeaway, charts::Plot::Calendar(plot))
}

/// Parts of a whole, largest first: label and amount, in units of `currency` or of `unit`.
#[must_use]
pub fn parts(
    title: &str,
    takeaway: &str,
    unit: Unit,
    currency: Option<&str>,
    slices: Vec<(String, f64)>,
) -> Block {
    let slices =
        slices.into_iter().map(|(label, value)| charts::Slice { label, value, tone: Tone::Auto }).collect();
    let plot = charts::Parts { slices, unit, currency: currency.map(str::to_owned) };
    chart(title, takeaway, charts::Plot::Parts(plot))
}

/// A value per row and column, in row order, such as hours by weekdays.
#[must_use]
pub fn heatmap(
    title: &str,
    takeaway: &str,
    rows: Vec<String>,
    columns: Vec<String>,
    unit: Unit,
    cells: Vec<Option<f64>>,
) -> Block {
    chart(title, takeaway, charts::Plot::Heatmap(charts::Heatmap { rows, columns, cells, unit }))
}

/// Events as a list of dates.
#[must_use]
pub fn timeline(title: &str, events: Vec<Event>) -> Block {
    Block::Timeline(view::Timeline { title: title.to_owned(), events })
}

/// An event of a [`timeline`].
#[must_use]
pub fn event(at: Date, icon: Icon, title: &str, words: &str, value: Option<Value>) -> Event {
    Event { at: at.into(), title: title.to_owned(), body: plain(words), value, icon, tone: Tone::Neutral }
}

/// Advice: what to do, and how its saving was computed. [`Advice::saves`] adds the saving.
#[must_use]
pub fn advice(icon: Icon, title: &str, words: &str, effort: Effort, how_computed: &str) -> Advice {
    Advice {
        title: title.to_owned(),
        body: plain(words),
        saving: view::Saving { money_per_year: None, kg_co2e_per_year: None, confidence: Confidence::Medium },
        effort,
        how_computed: plain(how_computed),
        icon,
    }
}

impl Advice {
    /// Adds the yearly saving: money, and kilograms of CO2 equivalent.
    #[must_use]
    pub fn saves(mut self, money: Option<Money>, kg_co2e: Option<f64>, confidence: Confidence) -> Advice {
        self.saving =
            view::Saving { money_per_year: money.map(Into::into), kg_co2e_per_year: kg_co2e, confidence };
        self
    }
}

/// Progress towards a goal.
#[must_use]
pub fn progress(label: &str, value: f64, target: f64, unit: Unit, currency: Option<&str>) -> Progress {
    let currency = currency.map(str::to_owned);
    Progress { label: label.to_owned(), value, target, unit, currency, tone: Tone::Auto }
}

/// Offers side by side. `disclosure` states the author's ties to the offers, or that there are none.
#[must_use]
pub fn comparison(
    title: &str,
    criteria: &[&str],
    offers: Vec<Offer>,
    recommended: Option<u32>,
    disclosure: &str,
) -> Block {
    Block::Comparison(view::Comparison {
        title: title.to_owned(),
        criteria: criteria.iter().map(|c| (*c).to_owned()).collect(),
        offers,
        recommended,
        disclosure: disclosure.to_owned(),
    })
}

/// An offer of a [`comparison`].
#[must_use]
pub fn offer(
    name: &str,
    provider: &str,
    is_current: bool,
    yearly: Option<Money>,
    values: Vec<Value>,
) -> Offer {
    Offer {
        name: name.to_owned(),
        provider: provider.to_owned(),
        is_current,
        values,
        yearly_cost: yearly.map(Into::into),
        pros: Vec::new(),
        cons: Vec::new(),
    }
}

/// A parameter for a whole amount of euros.
#[must_use]
pub fn euros(id: &str, label: &str, most: i64, initial: i64) -> Param {
    let whole = |mantissa| values::Decimal { mantissa, scale: 0 };
    Param {
        id: id.to_owned(),
        label: label.to_owned(),
        help: None,
        control: params::Control::Number(params::NumberField {
            min: whole(0),
            max: whole(most),
            step: whole(1),
            initial: whole(initial),
            unit: Unit::None,
            currency: Some("EUR".to_owned()),
        }),
    }
}

/// A parameter for a price in euros with `decimals` decimals, such as that of a kilowatt-hour. `most` and
/// `initial` are in units of the last decimal.
#[must_use]
pub fn price(id: &str, label: &str, decimals: u8, most: i64, initial: i64) -> Param {
    let exact = |mantissa| values::Decimal { mantissa, scale: decimals };
    Param {
        id: id.to_owned(),
        label: label.to_owned(),
        help: None,
        control: params::Control::Number(params::NumberField {
            min: exact(0),
            max: exact(most),
            step: exact(1),
            initial: exact(initial),
            unit: Unit::None,
            currency: Some("EUR".to_owned()),
        }),
    }
}

/// A parameter for a whole number between `least` and `most`, with a unit.
#[must_use]
pub fn number(id: &str, label: &str, unit: Unit, (least, most): (i64, i64), initial: i64) -> Param {
    let whole = |mantissa| values::Decimal { mantissa, scale: 0 };
    Param {
        id: id.to_owned(),
        label: label.to_owned(),
        help: None,
        control: params::Control::Number(params::NumberField {
            min: whole(least),
            max: whole(most),
            step: whole(1),
            initial: whole(initial),
            unit,
            currency: None,
        }),
    }
}

/// A parameter for one of several choices: ids and labels.
#[must_use]
pub fn choice(id: &str, label: &str, choices: &[(&str, &str)]) -> Param {
    let initial = choices.first().map_or("", |(id, _)| id).to_owned();
    let choices = choices
        .iter()
        .map(|(id, label)| params::Choice { id: (*id).to_owned(), label: (*label).to_owned() })
        .collect();
    Param {
        id: id.to_owned(),
        label: label.to_owned(),
        help: None,
        control: params::Control::Choice(params::ChoiceField { choices, initial }),
    }
}
