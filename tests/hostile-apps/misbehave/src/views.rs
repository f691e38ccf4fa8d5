//! Views that cannot be shown, and some that can after cleaning.

use mesinfos_sdk::Context;
use mesinfos_sdk::bindings::mesinfos::app::{charts, text, values, view as raw};
use mesinfos_sdk::view::{self, Block, Report, Unit, Value, XyKind};

/// Names of all views.
pub(crate) const NAMES: [&str; 20] = [
    "plain",
    "long",
    "hidden",
    "pages",
    "sections",
    "blocks",
    "pieces",
    "rows",
    "columns",
    "points",
    "series",
    "all-points",
    "labels",
    "nan",
    "infinite",
    "beyond",
    "no-date",
    "digits",
    "currency",
    "no-pages",
];

/// The view named by the parameter `view`.
pub(crate) fn view(ctx: &Context) -> Report {
    let name = ctx.choice("view").unwrap_or("plain");
    let mut report = view::report(ctx, "Misbehave", name, vec![view::section("s", blocks(name))]);
    match name {
        "long" => (report.title, report.headline) = ("t".repeat(100_000), "h".repeat(100_000)),
        "hidden" => report.headline = hidden(),
        "pages" => report.pages = (0..7).map(|_| page()).collect(),
        "sections" => report.pages[0].sections = (0..13).map(|_| view::section("s", Vec::new())).collect(),
        "no-pages" => report.pages = Vec::new(),
        _ => {}
    }
    report
}

/// Invisible characters, and characters that change the direction of text.
fn hidden() -> String {
    "a\u{1b}[31mb\0c\u{202e}d\u{2066}e\u{200b}f\u{e0041}g\u{feff}h\u{7f}i\u{85}j".to_owned()
}

fn page() -> raw::Page {
    raw::Page { title: "p".to_owned(), icon: view::Icon::None, sections: Vec::new() }
}

fn table(columns: usize, rows: usize) -> Block {
    let heads: Vec<_> = (0..columns).map(|_| ("c", view::ColumnKind::Text)).collect();
    view::table("t", &heads, (0..rows).map(|_| vec![Value::Missing; columns]).collect())
}

fn bars(series: usize, points: usize, value: f64) -> Block {
    let labels = (0..points).map(|_| "x".to_owned()).collect();
    let series =
        (0..series).map(|_| view::series("s", Unit::None, None, vec![Some(value); points])).collect();
    view::by_label("t", "takeaway", XyKind::Bar, labels, series)
}

fn value(value: Value) -> Vec<Block> {
    vec![Block::Paragraph(raw::Paragraph { body: vec![text::Piece::Val(value)] })]
}

fn blocks(name: &str) -> Vec<Block> {
    match name {
        "long" => vec![view::paragraph(&"p".repeat(100_000))],
        "hidden" => vec![view::paragraph(&hidden())],
        "blocks" => (0..200).map(|_| view::paragraph("x")).collect(),
        "pieces" => {
            let body = (0..100).map(|_| text::Piece::Plain("x".to_owned())).collect();
            vec![Block::Paragraph(raw::Paragraph { body })]
        }
        "rows" => vec![table(1, 501)],
        "columns" => vec![table(13, 1)],
        "points" => vec![bars(1, 1_501, 1.0)],
        "series" => vec![bars(9, 1, 1.0)],
        "all-points" => (0..2).map(|_| bars(8, 1_000, 1.0)).collect(),
        "labels" => {
            let plot = charts::Plot::Heatmap(charts::Heatmap {
                rows: vec!["r".to_owned(); 3_000],
                columns: vec!["c".to_owned()],
                cells: vec![None; 3_000],
                unit: Unit::None,
            });
            vec![Block::Chart(charts::Chart { title: "t".to_owned(), takeaway: "takeaway".to_owned(), plot })]
        }
        "nan" => vec![bars(1, 1, f64::NAN)],
        "infinite" => vec![bars(1, 1, f64::NEG_INFINITY)],
        "beyond" => vec![bars(1, 1, 1e300)],
        "no-date" => value(Value::Date(values::Date { year: 2026, month: 2, day: 31 })),
        "digits" => value(Value::Number(values::Decimal { mantissa: i64::MIN, scale: 255 })),
        "currency" => {
            let amount = values::Decimal { mantissa: 1, scale: 0 };
            value(Value::Money(values::Money { amount, currency: "\u{202e}€".to_owned() }))
        }
        _ => vec![view::paragraph("plain")],
    }
}
