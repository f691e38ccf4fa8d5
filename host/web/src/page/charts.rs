//! Charts as their takeaway and a table of their values, for screen readers, print, and browsers that
//! cannot draw.

use maud::{Markup, html};
use mesinfos_model::Day;
use mesinfos_model::view::{Axis, Calendar, Chart, Date, Heatmap, Lang, Parts, Plot, QuantityUnit, Xy};
use mesinfos_words::{self as words, Word};

/// Tables with more rows are collapsed, so that the takeaway comes first.
const ROWS_SHOWN_AT_ONCE: usize = 12;

pub(super) fn chart(chart: &Chart, lang: Lang) -> Markup {
    let data = match &chart.plot {
        Plot::Xy(xy) => xy_data(xy, lang),
        Plot::Parts(parts) => parts_data(parts, lang),
        Plot::Calendar(calendar) => calendar_data(calendar, lang),
        Plot::Heatmap(heatmap) => heatmap_data(heatmap, lang),
    };
    let table = html! { div.scroll tabindex="0" role="region" aria-label=(chart.title) {
        (data.table())
    } };
    html! {
        figure {
            figcaption { strong { (chart.title) } p { (chart.takeaway) } }
            @if data.rows.len() > ROWS_SHOWN_AT_ONCE {
                details { summary { (Word::SeeData.to(lang)) } (table) }
            } @else {
                (table)
            }
        }
    }
}

/// Values of a chart, as text.
struct Data {
    heads: Vec<String>,
    /// Per row: a label, its share of the largest value (0 to 1) for a bar where bars make sense, and
    /// values.
    rows: Vec<Row>,
}

struct Row {
    label: String,
    bar: Option<f64>,
    values: Vec<String>,
}

impl Data {
    fn table(&self) -> Markup {
        let has_bars = self.rows.iter().any(|row| row.bar.is_some());
        html! {
            table {
                thead { tr { @for (at, head) in self.heads.iter().enumerate() {
                    th scope="col" class=[(at > 0).then_some("number")] { (head) }
                    // The bars repeat the values.
                    @if at == 0 && has_bars { td aria-hidden="true" {} }
                } } }
                tbody { @for row in &self.rows { tr {
                    th scope="row" { (row.label) }
                    @if has_bars { td.bar aria-hidden="true" { (bar(row.bar.unwrap_or(0.0))) } }
                    @for value in &row.values { td.number { (value) } }
                } } }
            }
        }
    }
}

/// A bar, in SVG attributes: the page's content security policy refuses `style` attributes.
fn bar(share: f64) -> Markup {
    let length = format!("{:.1}", share.clamp(0.0, 1.0) * 100.0);
    html! {
        svg viewBox="0 0 100 10" preserveAspectRatio="none" {
            rect width=(length) height="10" rx="1" {}
        }
    }
}

/// A series as a line scaled to its minimum and maximum. A gap breaks the line.
pub(super) fn sparkline(points: &[Option<f64>]) -> Markup {
    let known = || points.iter().flatten().copied();
    let (least, most) = (known().fold(f64::MAX, f64::min), known().fold(f64::MIN, f64::max));
    let place = |n: f64| {
        if most > least { (n - least) / (most - least) } else { 0.5 }
    };
    let last = f64::from(u32::try_from(points.len().saturating_sub(1)).unwrap_or(u32::MAX)).max(1.0);
    let mut path = String::new();
    let mut pen = 'M';
    for (point, at) in points.iter().zip(0_u32..) {
        let Some(n) = point else {
            pen = 'M';
            continue;
        };
        let (x, y) = (f64::from(at) / last * 100.0, 22.0 - place(*n) * 20.0);
        path.push_str(&format!("{pen}{x:.1} {y:.1}"));
        pen = 'L';
    }
    html! { svg.spark viewBox="-2 0 104 24" { path d=(path) {} } }
}

fn xy_data(xy: &Xy, lang: Lang) -> Data {
    let first = match &xy.axis {
        Axis::Dates(..) => Word::Date,
        Axis::Labels(_) => Word::Name,
    };
    let mut heads = vec![first.to(lang)];
    heads.extend(xy.series.iter().map(|series| series.label.clone()));
    // Bars for a single non-negative series only: with more, plain values are clearer.
    let bars = match xy.series.as_slice() {
        [one] if one.points.iter().flatten().all(|n| *n >= 0.0) => Some(&one.points),
        _ => None,
    };
    let most = bars.map_or(0.0, |points| points.iter().flatten().copied().fold(0.0, f64::max));
    let rows = words::axis_labels(&xy.axis, lang)
        .into_iter()
        .enumerate()
        .map(|(at, label)| Row {
            label,
            bar: bars.and_then(|points| *points.get(at)?).map(|n| share(n, most)),
            values: xy
                .series
                .iter()
                .map(|series| {
                    let point = series.points.get(at).copied().flatten();
                    words::chart_point(point, series.unit, series.currency.as_deref(), lang)
                })
                .collect(),
        })
        .collect();
    Data { heads, rows }
}

fn share(n: f64, whole: f64) -> f64 {
    if whole > 0.0 { n / whole } else { 0.0 }
}

fn parts_data(parts: &Parts, lang: Lang) -> Data {
    let whole: f64 = parts.slices.iter().map(|slice| slice.value).sum();
    let rows = parts
        .slices
        .iter()
        .map(|slice| {
            let part = share(slice.value, whole);
            let percent = (part * 100.0).round();
            Row {
                label: slice.label.clone(),
                bar: Some(part),
                values: vec![
                    words::chart_number(slice.value, parts.unit, parts.currency.as_deref(), lang),
                    words::chart_number(percent, QuantityUnit::Percent, None, lang),
                ],
            }
        })
        .collect();
    let heads = [Word::Name, Word::Value, Word::Share].map(|word| word.to(lang));
    Data { heads: heads.to_vec(), rows }
}

fn calendar_data(calendar: &Calendar, lang: Lang) -> Data {
    let start = calendar.start.day().unwrap_or(Day(0));
    let rows = (start.0..)
        .zip(&calendar.values)
        .map(|(day, value)| Row {
            label: words::date(Date::from(Day(day)), lang),
            bar: None,
            values: vec![words::chart_point(*value, calendar.unit, calendar.currency.as_deref(), lang)],
        })
        .collect();
    let heads = [Word::Date, Word::Value].map(|word| word.to(lang));
    Data { heads: heads.to_vec(), rows }
}

fn heatmap_data(heatmap: &Heatmap, lang: Lang) -> Data {
    // Most cells of a week of hours are zero: write them short, so that they do not hide the others.
    let point = |cell: Option<f64>| match cell {
        Some(0.0) => "0".to_owned(),
        cell => words::chart_point(cell, heatmap.unit, None, lang),
    };
    let mut heads = vec![Word::Name.to(lang)];
    heads.extend(heatmap.columns.iter().cloned());
    let rows = heatmap
        .rows
        .iter()
        .zip(heatmap.cells.chunks(heatmap.columns.len().max(1)))
        .map(|(label, cells)| Row {
            label: label.clone(),
            bar: None,
            values: cells.iter().map(|cell| point(*cell)).collect(),
        })
        .collect();
    Data { heads, rows }
}
