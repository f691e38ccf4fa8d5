//! A view as figures: each has a path of the texts around it, and a value.

use mesinfos_model::view::{
    Axis, Block, Chart, Date, Decimal, KeyFigure, Money, Piece, Plot, QuantityUnit, Series, Table, Value,
    View,
};
use mesinfos_platform::Evidence;
use std::collections::{BTreeMap, BTreeSet};

/// A value that a person reads or sees drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Figure {
    /// A number that is written, with its decimals and its unit.
    Written(i64, u8, String),
    /// A number that is drawn, with its unit.
    Drawn(f64, String),
    Date(Date),
    Text(String),
    Missing,
}

/// Unit of an amount: the currency after this mark, which no other unit has.
const CURRENCY: &str = "¤";

impl Figure {
    pub(super) fn is_money(&self) -> bool {
        matches!(self, Figure::Written(_, _, unit) | Figure::Drawn(_, unit) if unit.starts_with(CURRENCY))
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Figure::Written(mantissa, scale, _) => Some(*mantissa as f64 / 10_f64.powi(i32::from(*scale))),
            Figure::Drawn(number, _) => Some(*number),
            _ => None,
        }
    }

    fn of(value: &Value) -> Figure {
        match value {
            Value::Text(text) => Figure::Text(text.clone()),
            Value::Number(number) => written(*number, "number"),
            Value::Money(money) => amount(money),
            Value::Quantity(quantity) => written(quantity.amount, &unit(quantity.unit)),
            Value::Date(date) => Figure::Date(*date),
            Value::DateTime(at) => Figure::Text(format!(
                "{}-{:02}-{:02} {:02}:{:02}",
                at.date.year, at.date.month, at.date.day, at.hour, at.minute
            )),
            Value::Span(span) => Figure::Text(format!("{} – {}", iso(span.start), iso(span.end))),
            Value::Flag(flag) => Figure::Text(flag.to_string()),
            Value::Missing => Figure::Missing,
        }
    }
}

fn written(number: Decimal, unit: &str) -> Figure {
    Figure::Written(number.mantissa, number.scale, unit.to_owned())
}

fn amount(money: &Money) -> Figure {
    Figure::Written(money.amount.mantissa, money.amount.scale, format!("{CURRENCY}{}", money.currency))
}

fn unit(unit: QuantityUnit) -> String {
    format!("{unit:?}")
}

fn drawn(number: Option<f64>, of: QuantityUnit, currency: Option<&str>) -> Figure {
    let unit = currency.map_or_else(|| unit(of), |code| format!("{CURRENCY}{code}"));
    number.map_or(Figure::Missing, |number| Figure::Drawn(number, unit))
}

fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// The figures of a view, in the order in which they are shown. Repeated paths get a last part "#2", "#3".
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Figures {
    pub(super) all: Vec<(String, Figure)>,
    known: BTreeSet<String>,
}

impl Figures {
    pub(super) fn of(view: &View, evidence: &[Evidence]) -> Figures {
        let mut figures = Figures::default();
        figures.text(&["headline"], &view.headline);
        for page in &view.pages {
            for section in &page.sections {
                let title = section.title.as_ref().unwrap_or(&page.title);
                for block in &section.blocks {
                    figures.block(title, block);
                }
            }
        }
        for limit in &view.limits {
            // The sentence tells which limit it is.
            let sentence = plain(limit);
            figures.rich(&["limits", &sentence], limit);
        }
        for one in evidence {
            // Which rows they are changes with the imports: how many there are does not.
            let rows = i64::try_from(one.rows.len()).unwrap() + i64::try_from(one.sums).unwrap();
            figures.put(
                &["evidence", &one.label, one.category.id()],
                Figure::Written(rows, 0, "row".to_owned()),
            );
        }
        figures
    }

    /// The figures by path.
    pub(super) fn by_path(&self) -> BTreeMap<&str, &Figure> {
        self.all.iter().map(|(path, figure)| (path.as_str(), figure)).collect()
    }

    fn put(&mut self, path: &[&str], figure: Figure) {
        let first: Vec<String> =
            path.iter().map(|part| part.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ")).collect();
        let first = first.join(" / ");
        let mut path = first.clone();
        for number in 2.. {
            if self.known.insert(path.clone()) {
                break;
            }
            path = format!("{first} / #{number}");
        }
        self.all.push((path, figure));
    }

    fn text(&mut self, path: &[&str], text: &str) {
        if !text.is_empty() {
            self.put(path, Figure::Text(text.to_owned()));
        }
    }

    /// A text and its values.
    fn rich(&mut self, path: &[&str], pieces: &[Piece]) {
        self.text(&[path, &["words"]].concat(), &plain(pieces));
        let values = pieces.iter().filter_map(|piece| match piece {
            Piece::Val(value) => Some(Figure::of(value)),
            _ => None,
        });
        for (number, value) in (1..).zip(values) {
            let number: usize = number;
            self.put(&[path, &["value", &number.to_string()]].concat(), value);
        }
    }

    fn block(&mut self, section: &str, block: &Block) {
        match block {
            Block::Paragraph(paragraph) => self.rich(&[section, &plain(&paragraph.0)], &paragraph.0),
            Block::Bullets(bullets) => {
                bullets.items.iter().for_each(|item| self.rich(&[section, &plain(item)], item));
            }
            Block::Notice(notice) => self.rich(&["notice", &notice.title], &notice.body),
            Block::KeyFigures(figures) => figures.iter().for_each(|figure| self.key_figure(section, figure)),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Timeline(timeline) => {
                for event in &timeline.events {
                    let path = [&timeline.title, &*iso(event.at), &event.title];
                    self.put(&path, event.value.as_ref().map_or(Figure::Missing, Figure::of));
                    self.rich(&[&path[..], &["body"]].concat(), &event.body);
                }
            }
            Block::Advice(all) => {
                for advice in all {
                    let at = |part: &'static str| ["advice", &advice.title, part];
                    let saving = &advice.saving;
                    if let Some(money) = &saving.money_per_year {
                        self.put(&at("money"), amount(money));
                    }
                    if let Some(kilograms) = saving.kg_co2e_per_year {
                        self.put(&at("carbon"), Figure::Drawn(kilograms, "KgCo2e".to_owned()));
                    }
                    self.text(&at("confidence"), &format!("{:?}", saving.confidence));
                    self.rich(&at("body"), &advice.body);
                    self.rich(&at("how"), &advice.how_computed);
                }
            }
            Block::Comparison(comparison) => {
                let title = &comparison.title;
                for offer in &comparison.offers {
                    for (criterion, value) in comparison.criteria.iter().zip(&offer.values) {
                        self.put(&[title, &offer.name, criterion], Figure::of(value));
                    }
                    let cost = offer.yearly_cost.as_ref().map_or(Figure::Missing, amount);
                    self.put(&[title, &offer.name, "yearly cost"], cost);
                    for (part, texts) in [("pro", &offer.pros), ("con", &offer.cons)] {
                        texts.iter().for_each(|text| self.text(&[title, &offer.name, part], text));
                    }
                }
                let best = comparison.recommended.and_then(|at| comparison.offers.get(at as usize));
                if let Some(best) = best {
                    self.text(&[title, "recommended"], &best.name);
                }
            }
            Block::Progress(bars) => {
                for bar in bars {
                    for (part, number) in [("value", bar.value), ("target", bar.target)] {
                        let figure = drawn(Some(number), bar.unit, bar.currency.as_deref());
                        self.put(&[section, &bar.label, part], figure);
                    }
                }
            }
        }
    }

    fn key_figure(&mut self, section: &str, figure: &KeyFigure) {
        let label = &figure.label;
        let value = Figure::of(&figure.value);
        let unit = match &value {
            Figure::Written(_, _, unit) => unit.clone(),
            _ => String::new(),
        };
        self.put(&[section, label], value);
        if let Some(trend) = &figure.trend {
            self.put(&[section, label, "trend"], Figure::of(&trend.change));
            self.text(&[section, label, "trend", "way"], &format!("{:?} {:?}", trend.direction, trend.tone));
            self.text(&[section, label, "trend", "versus"], &trend.versus);
        }
        for (number, point) in figure.spark.iter().enumerate() {
            let point = point.map_or(Figure::Missing, |point| Figure::Drawn(point, unit.clone()));
            self.put(&[section, label, "spark", &number.to_string()], point);
        }
        if let Some(note) = &figure.note {
            self.text(&[section, label, "note"], note);
        }
    }

    /// A row is named after its first cell.
    fn table(&mut self, table: &Table) {
        for row in table.cells.chunks(table.columns.len().max(1)) {
            let first = match row.first().map(Figure::of) {
                Some(Figure::Text(text)) => text,
                Some(Figure::Date(date)) => iso(date),
                Some(Figure::Written(mantissa, _, _)) => mantissa.to_string(),
                _ => "–".to_owned(),
            };
            for (column, cell) in table.columns.iter().zip(row).skip(usize::from(table.columns.len() > 1)) {
                self.put(&[&table.title, &first, &column.label], Figure::of(cell));
            }
        }
    }

    fn chart(&mut self, chart: &Chart) {
        let title = &chart.title;
        self.text(&[title, "takeaway"], &chart.takeaway);
        match &chart.plot {
            Plot::Xy(xy) => {
                let names: Vec<String> = match &xy.axis {
                    Axis::Dates(_, dates) => dates.iter().map(|date| iso(*date)).collect(),
                    Axis::Labels(labels) => labels.clone(),
                };
                for Series { label, unit, currency, points, .. } in &xy.series {
                    for (name, point) in names.iter().zip(points) {
                        self.put(&[title, label, name], drawn(*point, *unit, currency.as_deref()));
                    }
                }
            }
            Plot::Parts(parts) => {
                for slice in &parts.slices {
                    let figure = drawn(Some(slice.value), parts.unit, parts.currency.as_deref());
                    self.put(&[title, &slice.label], figure);
                }
            }
            Plot::Calendar(calendar) => {
                let start = calendar.start.day().unwrap();
                for (days, value) in (0..).zip(&calendar.values) {
                    let day = mesinfos_model::Day(start.0 + days).to_string();
                    self.put(&[title, &day], drawn(*value, calendar.unit, calendar.currency.as_deref()));
                }
            }
            Plot::Heatmap(map) => {
                let mut cells = map.cells.iter();
                for row in &map.rows {
                    for column in &map.columns {
                        self.put(
                            &[title, row, column],
                            drawn(*cells.next().unwrap_or(&None), map.unit, None),
                        );
                    }
                }
            }
        }
    }
}

/// The words of a text, with … for each value.
fn plain(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Plain(text) | Piece::Marked(_, text) => text.as_str(),
            Piece::Val(_) => "…",
        })
        .collect()
}
