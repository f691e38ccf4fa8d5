//! The rows of a block: what its table shows, and what its CSV file contains.

use mesinfos_model::Day;
use mesinfos_model::view::{
    Axis, Block, Calendar, Chart, Column, ColumnKind, Comparison, Date, Heatmap, Lang, Money, Parts, Plot,
    QuantityUnit, Step, Table, Value, Xy,
};
use mesinfos_words::{self as words, Word};
use std::borrow::Cow;

/// Rows under heads. Each row has a cell for each head; the first one names the row.
pub(super) struct Grid<'a> {
    pub(super) heads: Vec<Head<'a>>,
    pub(super) rows: Vec<Vec<Cell<'a>>>,
}

/// Head of a column.
pub(super) struct Head<'a> {
    pub(super) label: Cow<'a, str>,
    /// Whether its cells are numbers, which are aligned at their end.
    pub(super) is_number: bool,
}

/// A cell.
#[derive(Clone)]
pub(super) enum Cell<'a> {
    /// Text of the app.
    Said(&'a str),
    /// Text of the host.
    Host(String),
    /// Point of a date axis.
    Step(Date, Step),
    /// Value of the app.
    Value(&'a Value),
    /// Amount of the app.
    Money(&'a Money),
    /// Number of a chart.
    Point(Point<'a>),
}

/// Number of a chart; `None` is a gap.
#[derive(Clone, Copy)]
pub(super) struct Point<'a> {
    pub(super) number: Option<f64>,
    pub(super) unit: QuantityUnit,
    pub(super) currency: Option<&'a str>,
    /// Whether it is shown without its unit, which the table says once.
    pub(super) is_bare: bool,
}

impl Cell<'_> {
    /// The cell as people read it.
    pub(super) fn shown(&self, lang: Lang) -> Cow<'_, str> {
        match self {
            Cell::Said(text) => Cow::Borrowed(text),
            Cell::Host(text) => Cow::Borrowed(text),
            Cell::Step(date, Step::Hour | Step::Day | Step::Week) => words::date(*date, lang).into(),
            Cell::Step(date, step) => words::axis_label(*date, *step, lang).into(),
            Cell::Value(value) => words::value(value, lang).into(),
            Cell::Money(money) => words::money(money, lang).into(),
            Cell::Point(point) => {
                let unit = if point.is_bare { QuantityUnit::None } else { point.unit };
                words::chart_point(point.number, unit, point.currency, lang).into()
            }
        }
    }

    /// Whether it is text of the app, which may be written from right to left.
    pub(super) fn is_said(&self) -> bool {
        matches!(self, Cell::Said(_) | Cell::Value(Value::Text(_)))
    }
}

/// The rows of a block. `None` if it is not one that has rows.
pub(super) fn grid(block: &Block, lang: Lang) -> Option<Grid<'_>> {
    Some(match block {
        Block::Table(one) => table(one),
        Block::Chart(one) => chart(one, lang),
        Block::Comparison(one) => comparison(one, lang),
        Block::Paragraph(_)
        | Block::Bullets(_)
        | Block::KeyFigures(_)
        | Block::Timeline(_)
        | Block::Notice(_)
        | Block::Advice(_)
        | Block::Progress(_) => return None,
    })
}

pub(super) fn table(table: &Table) -> Grid<'_> {
    let head = |column: &'_ Column| {
        matches!(column.kind, ColumnKind::Number | ColumnKind::Money | ColumnKind::Quantity)
    };
    let heads = table
        .columns
        .iter()
        .map(|column| Head { label: Cow::Borrowed(column.label.as_str()), is_number: head(column) });
    let rows = table.cells.chunks(table.columns.len().max(1));
    Grid { heads: heads.collect(), rows: rows.map(|row| row.iter().map(Cell::Value).collect()).collect() }
}

pub(super) fn chart(chart: &Chart, lang: Lang) -> Grid<'_> {
    match &chart.plot {
        Plot::Xy(one) => xy(one, lang),
        Plot::Parts(one) => parts(one, lang),
        Plot::Calendar(one) => calendar(one, lang),
        Plot::Heatmap(one) => heatmap(one, lang),
    }
}

fn number(label: &str) -> Head<'_> {
    Head { label: Cow::Borrowed(label), is_number: true }
}

fn word<'a>(word: Word, is_number: bool, lang: Lang) -> Head<'a> {
    Head { label: Cow::Owned(word.to(lang)), is_number }
}

fn xy(xy: &Xy, lang: Lang) -> Grid<'_> {
    let (first, labels): (Word, Vec<Cell<'_>>) = match &xy.axis {
        Axis::Dates(step, dates) => (Word::Date, dates.iter().map(|date| Cell::Step(*date, *step)).collect()),
        Axis::Labels(labels) => (Word::Name, labels.iter().map(|label| Cell::Said(label)).collect()),
    };
    let mut heads = vec![word(first, false, lang)];
    heads.extend(xy.series.iter().map(|series| number(&series.label)));
    let rows = labels.into_iter().enumerate().map(|(at, label)| {
        let points = xy.series.iter().map(|series| {
            Cell::Point(Point {
                number: series.points.get(at).copied().flatten(),
                unit: series.unit,
                currency: series.currency.as_deref(),
                is_bare: false,
            })
        });
        std::iter::once(label).chain(points).collect()
    });
    Grid { rows: rows.collect(), heads }
}

fn parts(parts: &Parts, lang: Lang) -> Grid<'_> {
    let whole: f64 = parts.slices.iter().map(|slice| slice.value).sum();
    let point =
        |number, unit, currency| Cell::Point(Point { number: Some(number), unit, currency, is_bare: false });
    let rows = parts.slices.iter().map(|slice| {
        let share = if whole > 0.0 { slice.value / whole } else { 0.0 };
        vec![
            Cell::Said(&slice.label),
            point(slice.value, parts.unit, parts.currency.as_deref()),
            point((share * 100.0).round(), QuantityUnit::Percent, None),
        ]
    });
    Grid {
        rows: rows.collect(),
        heads: vec![
            word(Word::Name, false, lang),
            word(Word::Value, true, lang),
            word(Word::Share, true, lang),
        ],
    }
}

fn calendar(calendar: &Calendar, lang: Lang) -> Grid<'_> {
    let start = calendar.start.day().unwrap_or(Day(0));
    let rows = (start.0..).zip(&calendar.values).map(|(day, value)| {
        let point = Point {
            number: *value,
            unit: calendar.unit,
            currency: calendar.currency.as_deref(),
            is_bare: false,
        };
        vec![Cell::Step(Date::from(Day(day)), Step::Day), Cell::Point(point)]
    });
    Grid { rows: rows.collect(), heads: vec![word(Word::Date, false, lang), word(Word::Value, true, lang)] }
}

/// Columns of a heatmap that are columns of its table too. With more, and fewer rows than columns, its rows are.
const WIDEST: usize = 12;

fn heatmap(heatmap: &Heatmap, lang: Lang) -> Grid<'_> {
    let point = |number| Cell::Point(Point { number, unit: heatmap.unit, currency: None, is_bare: true });
    let across = heatmap.columns.len();
    if across > WIDEST && heatmap.rows.len() < across {
        let mut heads = vec![word(Word::Name, false, lang)];
        heads.extend(heatmap.rows.iter().map(|row| number(row)));
        let rows = heatmap.columns.iter().enumerate().map(|(at, label)| {
            let cells = heatmap.cells.iter().skip(at).step_by(across);
            std::iter::once(Cell::Said(label)).chain(cells.map(|cell| point(*cell))).collect()
        });
        return Grid { rows: rows.collect(), heads };
    }
    let mut heads = vec![word(Word::Name, false, lang)];
    heads.extend(heatmap.columns.iter().map(|column| number(column)));
    let rows = heatmap.rows.iter().zip(heatmap.cells.chunks(heatmap.columns.len().max(1)));
    let rows = rows.map(|(label, cells)| {
        std::iter::once(Cell::Said(label)).chain(cells.iter().map(|cell| point(*cell))).collect()
    });
    Grid { rows: rows.collect(), heads }
}

fn comparison(comparison: &Comparison, lang: Lang) -> Grid<'_> {
    let mut heads = vec![word(Word::Offer, false, lang), word(Word::Provider, false, lang)];
    heads.extend(
        comparison.criteria.iter().map(|label| Head { label: Cow::Borrowed(label), is_number: false }),
    );
    heads.push(word(Word::YearlyCost, true, lang));
    heads.extend(
        [Word::CurrentOffer, Word::Advised, Word::Pros, Word::Cons].map(|one| word(one, false, lang)),
    );
    let advised = comparison.recommended.and_then(|at| usize::try_from(at).ok());
    let yes_or_no = |yes| Cell::Host(words::flag(yes, lang));
    let rows = comparison.offers.iter().enumerate().map(|(at, offer)| {
        let mut row = vec![Cell::Said(&offer.name), Cell::Said(&offer.provider)];
        row.extend(offer.values.iter().map(Cell::Value));
        row.push(offer.yearly_cost.as_ref().map_or(Cell::Value(&Value::Missing), Cell::Money));
        row.extend([yes_or_no(offer.is_current), yes_or_no(advised == Some(at))]);
        row.extend([&offer.pros, &offer.cons].map(|said| Cell::Host(said.join("; "))));
        row
    });
    Grid { rows: rows.collect(), heads }
}
