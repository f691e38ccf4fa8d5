//! Views as rendered in a terminal.

use super::*;
use mesinfos_model::sample;
use mesinfos_model::view::{Chart, Decimal, Layout, Plot, Quantity, Value};

fn drawn(one: &View, style: Style) -> String {
    let mut out = Vec::new();
    view(one, &mut out, style).unwrap();
    String::from_utf8(out).unwrap()
}

fn with_blocks(blocks: Vec<Block>) -> View {
    let page = Page {
        title: "P".to_owned(),
        icon: mesinfos_model::view::Icon::None,
        sections: vec![Section { title: None, layout: Layout::Stack, blocks }],
    };
    View {
        headline: "Rien.".to_owned(),
        headline_figure: None,
        period: None,
        pages: vec![page],
        limits: Vec::new(),
        ..sample::view(Lang::Fr, &str::to_owned)
    }
}

#[test]
fn every_block_fits_every_width_in_both_languages() {
    for lang in [Lang::Fr, Lang::En] {
        let one = sample::view(lang, &str::to_owned);
        for columns in [40, 80, 120] {
            let text = drawn(&one, Style { color: false, width: columns });
            for line in text.lines() {
                assert!(width(line) <= columns, "{} columns of {columns}: {line}", width(line));
            }
            for title in ["Vos factures", "Répartition", "Calendrier", "Trois offres"] {
                assert!(text.contains(title), "{title} at {columns}");
            }
            assert!(text.contains(&Word::Limits.to(lang)));
            assert!(!text.contains("\n\n\n"), "blank lines pile up");
        }
    }
}

#[test]
fn colour_only_adds_sequences_of_our_own() {
    let one = sample::view(Lang::Fr, &str::to_owned);
    let bare = drawn(&one, Style { color: false, width: 80 });
    let mut colored = drawn(&one, Style { color: true, width: 80 });
    assert!(!bare.contains('\u{1b}') && colored.contains("\u{1b}[1m"));
    for code in ["0", "1", "2", "1;34", "31", "32", "33", "36"] {
        colored = colored.replace(&format!("\u{1b}[{code}m"), "");
    }
    assert_eq!(
        colored.lines().map(str::trim_end).collect::<Vec<_>>(),
        bare.lines().map(str::trim_end).collect::<Vec<_>>()
    );
}

#[test]
fn no_text_of_a_report_commands_the_terminal() {
    let hostile = |text: &str| format!("\u{1b}[31m{text}\u{202E}\u{9b}2J\u{7}\r\n\u{2067}");
    let one = sample::view(Lang::Fr, &hostile);
    for columns in [40, 120] {
        let text = drawn(&one, Style { color: false, width: columns });
        assert!(text.contains("Votre électricité"));
        for c in text.chars() {
            assert!(!c.is_control() || c == '\n', "{c:?}");
            assert!(!('\u{202A}'..='\u{202E}').contains(&c) && !('\u{2066}'..='\u{2069}').contains(&c));
        }
    }
}

#[test]
fn a_small_report_looks_like_this() {
    let figure = |label: &str, mantissa| KeyFigure {
        label: label.to_owned(),
        value: Value::Quantity(Quantity { amount: Decimal { mantissa, scale: 0 }, unit: QuantityUnit::Kwh }),
        trend: None,
        spark: vec![Some(1.0), Some(2.0)],
        icon: mesinfos_model::view::Icon::None,
        note: None,
    };
    let parts = Plot::Parts(mesinfos_model::view::Parts {
        slices: vec![
            mesinfos_model::view::Slice { label: "Nuit".to_owned(), value: 3.0, tone: Tone::Auto },
            mesinfos_model::view::Slice { label: "Jour".to_owned(), value: 1.0, tone: Tone::Auto },
        ],
        unit: QuantityUnit::Kwh,
        currency: None,
    });
    let one = with_blocks(vec![
        Block::KeyFigures(vec![figure("Hiver", 1_200), figure("Été", 90)]),
        Block::Chart(Chart { title: "Heures".to_owned(), takeaway: "La nuit.".to_owned(), plot: parts }),
        Block::Progress(vec![Progress {
            label: "Objectif".to_owned(),
            value: 50.0,
            target: 100.0,
            unit: QuantityUnit::Kwh,
            currency: None,
            tone: Tone::Auto,
        }]),
    ]);
    let text = drawn(&one, Style { color: false, width: 60 }).replace(['\u{A0}', '\u{202F}'], " ");
    assert_eq!(
        text,
        "\
Votre électricité

Rien.

Hiver  1 200 kWh  ▁█
Été       90 kWh  ▁█

Heures
La nuit.
Nuit ████████████████████████████████▎           3 kWh  75 %
Jour ██████████▊                                 1 kWh  25 %

Objectif ▕███████████▌           ▏50 kWh sur 100 kWh (50 %)

"
    );
}
