//! Charts: what one learns, the drawing, and the same numbers as a table.
//!
//! The drawing is made by `charts.js` from JSON in an attribute. Without the script it takes no room. A chart
//! with nothing to draw is a table only.

use super::Address;
use super::csv::iso;
use super::drawing::{Drawing, OwnLook};
use super::grid::chart as grid_of;
use super::icon::{Mark, mark};
use super::table;
use maud::{Markup, html};
use mesinfos_model::view::{
    Axis, Calendar, Chart, Heatmap, Lang, Parts, Plot, QuantityUnit, Series, Step, Tone, Xy, XyKind,
};
use mesinfos_words::{self as words, Word};
use serde::Serialize;

/// Rows of a table that need not be folded away where there is no drawing.
const OPEN: usize = 12;

/// A chart with its table.
pub(super) fn chart(chart: &Chart, at: Address, drawing: &Drawing<'_>) -> Markup {
    let lang = drawing.lang;
    let grid = grid_of(chart, lang);
    let drawn = drawn(&chart.plot, &drawing.own, lang);
    let title = match sole_unit(&chart.plot) {
        Some(unit) => titled(&chart.title, unit, lang),
        None => begun(&chart.title),
    };
    let is_open = drawn.is_empty() && grid.rows.len() <= OPEN;
    let label = [chart.takeaway.as_str(), title.as_str()].into_iter().find(|text| !text.trim().is_empty());
    html! {
        figure.fig role="figure" aria-label=[label] {
            figcaption {
                strong dir="auto" { (chart.takeaway) }
                @if !title.is_empty() { " " span dir="auto" { (title) } }
            }
            @let several = drawn.len() > 1;
            @for one in &drawn {
                @if several { p.soft.small dir="auto" { (one.title) } }
                mi-chart class=[one.height] data-chart=(one.json) {}
            }
            @if grid.rows.is_empty() {
                p.soft { (Word::NothingToShow.to(lang)) }
            } @else if is_open {
                (table::of_chart(&grid, &chart.title, at, drawing))
            } @else {
                details.more {
                    summary { (mark(Mark::Open)) (Word::SeeData.to(lang)) }
                    (table::of_chart(&grid, &chart.title, at, drawing))
                }
            }
        }
    }
}

/// A title with the unit of the numbers. A time stands with its units at each number.
fn titled(title: &str, (unit, currency): Unit<'_>, lang: Lang) -> String {
    let title = begun(title);
    match unit {
        QuantityUnit::Minute | QuantityUnit::Second if currency.is_none() => title,
        unit => words::in_unit(&title, unit, currency, lang),
    }
}

/// A title with a capital at its start, as it stands on a line of its own. A word such as "kWh" stays as it is.
fn begun(title: &str) -> String {
    let word: &str = title.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let mut letters = title.chars();
    match letters.next() {
        Some(first) if word.chars().all(char::is_lowercase) && !word.is_empty() => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}

/// A drawing of a chart.
struct Drawn {
    /// What it shows, where a chart has several.
    title: String,
    /// Class that keeps its room before it is drawn.
    height: Option<&'static str>,
    json: String,
}

/// What `charts.js` reads.
#[derive(Serialize)]
struct Spec<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<QuantityUnit>,
    /// The unit as it stands after a number, in the language of the view.
    #[serde(skip_serializing_if = "String::is_empty")]
    suffix: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    low: bool,
    #[serde(flatten)]
    data: Data<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Data<'a> {
    Xy { axis: AxisSpec<'a>, series: Vec<SeriesSpec<'a>> },
    Parts { slices: Vec<SliceSpec<'a>> },
    Calendar { start: String, values: &'a [Option<f64>] },
    Heatmap { rows: &'a [String], columns: &'a [String], cells: &'a [Option<f64>] },
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum AxisSpec<'a> {
    Dates(Step, Vec<String>),
    Labels(&'a [String]),
}

#[derive(Serialize)]
struct SeriesSpec<'a> {
    label: &'a str,
    points: &'a [Option<f64>],
    tone: Tone,
    /// Number of its colour, in a chart of the host's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    c: Option<u8>,
}

#[derive(Serialize)]
struct SliceSpec<'a> {
    label: &'a str,
    value: f64,
    tone: Tone,
}

/// The drawings of a chart: one for each unit, as two units do not share a scale. None if there is nothing
/// to draw.
fn drawn(plot: &Plot, own: &OwnLook, lang: Lang) -> Vec<Drawn> {
    match plot {
        Plot::Xy(one) => units(&one.series).into_iter().filter_map(|unit| xy(one, unit, own, lang)).collect(),
        Plot::Parts(one) => parts(one, lang).into_iter().collect(),
        Plot::Calendar(one) => calendar(one, lang).into_iter().collect(),
        Plot::Heatmap(one) => heatmap(one, lang).into_iter().collect(),
    }
}

/// A unit, or a currency if the numbers are money.
type Unit<'a> = (QuantityUnit, Option<&'a str>);

/// The units of series, in their order.
fn units(series: &[Series]) -> Vec<Unit<'_>> {
    let mut units = Vec::new();
    for one in series {
        let unit = (one.unit, one.currency.as_deref());
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}

/// The unit of a chart, if it has one only.
fn sole_unit(plot: &Plot) -> Option<Unit<'_>> {
    match plot {
        Plot::Xy(one) => match units(&one.series)[..] {
            [unit] => Some(unit),
            _ => None,
        },
        Plot::Parts(one) => Some((one.unit, one.currency.as_deref())),
        Plot::Calendar(one) => Some((one.unit, one.currency.as_deref())),
        Plot::Heatmap(one) => Some((one.unit, None)),
    }
}

fn spec<'a>(kind: &'static str, (unit, currency): Unit<'a>, data: Data<'a>, lang: Lang) -> Spec<'a> {
    let unit = (currency.is_none() && unit != QuantityUnit::None).then_some(unit);
    let suffix = unit.map(|unit| words::unit_name(unit, None, lang)).unwrap_or_default();
    Spec { kind, currency, unit, suffix, low: false, data }
}

impl Spec<'_> {
    fn drawn(&self, title: String, height: Option<&'static str>) -> Drawn {
        // Serialising texts and numbers cannot fail.
        Drawn { title, height, json: serde_json::to_string(self).unwrap_or_default() }
    }
}

/// The series of a unit. None without two points for a line, or without a number other than zero.
fn xy(xy: &Xy, unit: Unit<'_>, own: &OwnLook, lang: Lang) -> Option<Drawn> {
    let kind = match xy.kind {
        XyKind::Line => "line",
        XyKind::Area => "area",
        XyKind::Bar => "bar",
        XyKind::StackedBar => "stacked-bar",
    };
    let is_line = matches!(xy.kind, XyKind::Line | XyKind::Area);
    let (axis, length) = match &xy.axis {
        Axis::Dates(step, dates) => {
            (AxisSpec::Dates(*step, dates.iter().map(|date| iso(*date)).collect()), dates.len())
        }
        Axis::Labels(labels) => (AxisSpec::Labels(labels), labels.len()),
    };
    let colours = own.colours.iter().copied().map(Some).chain(std::iter::repeat(None));
    let of_unit =
        xy.series.iter().zip(colours).filter(|(series, _)| (series.unit, series.currency.as_deref()) == unit);
    // A series without a number has no line to name.
    let shown: Vec<(&Series, Option<u8>)> =
        of_unit.filter(|(series, _)| series.points.iter().any(Option::is_some)).collect();
    let is_flat = shown.iter().flat_map(|(series, _)| &series.points).flatten().all(|number| *number == 0.0);
    if is_flat || length < if is_line { 2 } else { 1 } {
        return None;
    }
    let names: Vec<&str> = shown.iter().map(|(series, _)| series.label.as_str()).collect();
    let title = titled(&names.join(", "), unit, lang);
    let height = match shown.len() {
        _ if own.is_low => None,
        2.. if !is_line => Some("h3"),
        _ => Some("h2"),
    };
    let series = shown.iter().map(|(series, c)| SeriesSpec {
        label: &series.label,
        points: &series.points,
        tone: if *c == Some(0) { Tone::Neutral } else { series.tone },
        c: c.filter(|c| *c > 0),
    });
    let data = Data::Xy { axis, series: series.collect() };
    let spec = Spec { low: own.is_low, ..spec(kind, unit, data, lang) };
    Some(spec.drawn(title, height))
}

fn parts(parts: &Parts, lang: Lang) -> Option<Drawn> {
    if parts.slices.iter().all(|slice| slice.value <= 0.0) {
        return None;
    }
    let slices = parts
        .slices
        .iter()
        .map(|slice| SliceSpec { label: &slice.label, value: slice.value, tone: slice.tone })
        .collect();
    let height = match parts.slices.len() {
        0..=4 => None,
        5..=8 => Some("h2"),
        _ => Some("h3"),
    };
    let unit = (parts.unit, parts.currency.as_deref());
    Some(spec("parts", unit, Data::Parts { slices }, lang).drawn(String::new(), height))
}

fn calendar(calendar: &Calendar, lang: Lang) -> Option<Drawn> {
    calendar.values.iter().flatten().next()?;
    let data = Data::Calendar { start: iso(calendar.start), values: &calendar.values };
    let unit = (calendar.unit, calendar.currency.as_deref());
    Some(spec("calendar", unit, data, lang).drawn(String::new(), Some("h2")))
}

fn heatmap(heatmap: &Heatmap, lang: Lang) -> Option<Drawn> {
    heatmap.cells.iter().flatten().next()?;
    let data = Data::Heatmap { rows: &heatmap.rows, columns: &heatmap.columns, cells: &heatmap.cells };
    let height = (heatmap.rows.len() > 4).then_some("h2");
    Some(spec("heatmap", (heatmap.unit, None), data, lang).drawn(String::new(), height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::view::{Date, Slice};

    fn series(label: &str, points: Vec<Option<f64>>, currency: Option<&str>) -> Series {
        let currency = currency.map(str::to_owned);
        Series { label: label.to_owned(), unit: QuantityUnit::None, currency, points, tone: Tone::Auto }
    }

    fn lines(series: Vec<Series>) -> Plot {
        let labels = ["a", "b"].map(str::to_owned).to_vec();
        Plot::Xy(Xy { kind: XyKind::Line, axis: Axis::Labels(labels), series })
    }

    #[test]
    fn the_script_gets_the_numbers_of_the_table() {
        let plot = Plot::Xy(Xy {
            kind: XyKind::StackedBar,
            axis: Axis::Dates(Step::Month, vec![Date { year: 2013, month: 4, day: 1 }]),
            series: vec![
                series("\"Chauffage\"", vec![Some(12.5)], Some("EUR")),
                series("vide", vec![None], Some("EUR")),
            ],
        });
        assert_eq!(
            drawn(&plot, &OwnLook::default(), Lang::Fr)[0].json,
            "{\"kind\":\"stacked-bar\",\"currency\":\"EUR\",\
             \"axis\":{\"dates\":[\"month\",[\"2013-04-01\"]]},\
             \"series\":[{\"label\":\"\\\"Chauffage\\\"\",\"points\":[12.5],\"tone\":\"auto\"}]}"
        );
        let plot = Plot::Calendar(Calendar {
            start: Date { year: 2013, month: 4, day: 1 },
            values: vec![Some(1.0), None],
            unit: QuantityUnit::Call,
            currency: None,
        });
        assert_eq!(
            drawn(&plot, &OwnLook::default(), Lang::Fr)[0].json,
            "{\"kind\":\"calendar\",\"unit\":\"call\",\"suffix\":\"appels\",\
             \"start\":\"2013-04-01\",\"values\":[1.0,null]}"
        );
    }

    #[test]
    fn each_unit_has_its_own_drawing() {
        let plot = lines(vec![
            series("Coût", vec![Some(1.0), Some(2.0)], Some("EUR")),
            series("Jours", vec![Some(3.0), Some(4.0)], None),
            series("Abonnement", vec![Some(5.0), None], Some("EUR")),
        ]);
        let all = drawn(&plot, &OwnLook::default(), Lang::Fr);
        let titles: Vec<&str> = all.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(titles, ["Coût, Abonnement, en\u{a0}€", "Jours"]);
        assert!(sole_unit(&plot).is_none());
    }

    #[test]
    fn titles_begin_with_a_capital_and_times_have_no_unit_of_their_own() {
        let of = |title, unit| titled(title, (unit, None), Lang::Fr);
        assert_eq!(of("appels émis", QuantityUnit::Minute), "Appels émis");
        assert_eq!(of("écart", QuantityUnit::Kwh), "Écart, en\u{a0}kWh");
        assert_eq!(of("kWh de chaque mois", QuantityUnit::None), "kWh de chaque mois");
        assert_eq!(of("", QuantityUnit::None), "");
    }

    #[test]
    fn a_chart_of_the_host_may_have_the_colours_of_domains() {
        let plot = lines(vec![
            series("a", vec![Some(1.0), None], None),
            series("b", vec![Some(1.0), None], None),
            series("c", vec![Some(1.0), None], None),
        ]);
        let json = &drawn(&plot, &OwnLook { colours: vec![6, 0], is_low: true }, Lang::Fr)[0].json;
        assert!(json.contains("\"low\":true") && json.contains("\"tone\":\"auto\",\"c\":6}"), "{json}");
        assert!(json.contains("\"label\":\"b\",\"points\":[1.0,null],\"tone\":\"neutral\"}"), "{json}");
        assert!(
            json.ends_with("\"tone\":\"auto\"}]}"),
            "a series without a colour has the usual one: {json}"
        );
    }

    #[test]
    fn what_cannot_be_drawn_is_left_to_the_table() {
        let nothing = || vec![None, None];
        for plot in [
            lines(Vec::new()),
            lines(vec![series("a", nothing(), None)]),
            lines(vec![series("a", vec![Some(0.0), Some(-0.0)], None)]),
            Plot::Xy(Xy {
                kind: XyKind::Area,
                axis: Axis::Labels(vec!["a".to_owned()]),
                series: vec![series("a", vec![Some(1.0)], None)],
            }),
            Plot::Parts(Parts { slices: Vec::new(), unit: QuantityUnit::None, currency: None }),
            Plot::Parts(Parts {
                slices: vec![Slice { label: "a".to_owned(), value: 0.0, tone: Tone::Auto }],
                unit: QuantityUnit::None,
                currency: None,
            }),
            Plot::Calendar(Calendar {
                start: Date { year: 2013, month: 1, day: 1 },
                values: nothing(),
                unit: QuantityUnit::None,
                currency: None,
            }),
            Plot::Heatmap(Heatmap {
                rows: vec!["a".to_owned()],
                columns: vec!["b".to_owned()],
                cells: vec![None],
                unit: QuantityUnit::None,
            }),
        ] {
            assert!(drawn(&plot, &OwnLook::default(), Lang::Fr).is_empty(), "{plot:?}");
        }
    }
}
