//! A report with every kind of block, for tests of code that draws views.

use crate::view::*;

fn decimal(mantissa: i64, scale: u8) -> Decimal {
    Decimal { mantissa, scale }
}

fn euros(cents: i64) -> Money {
    Money { amount: decimal(cents, 2), currency: "EUR".to_owned() }
}

fn date(year: i32, month: u8, day: u8) -> Date {
    Date { year, month, day }
}

/// The report. `text` derives each text from a short one.
pub fn view(lang: Lang, text: &dyn Fn(&str) -> String) -> View {
    let t = text;
    View {
        lang,
        title: t("Votre électricité"),
        headline: t("Vous avez payé 212 € de moins que l’an dernier, surtout l’hiver."),
        headline_figure: Some(figure(t)),
        period: Some(Span { start: date(2013, 1, 1), end: date(2014, 1, 1), step: Step::Year }),
        pages: vec![
            Page { title: t("Résumé"), icon: Icon::Energy, sections: vec![words(t), figures(t)] },
            Page { title: t("Courbes"), icon: Icon::Chart, sections: vec![charts(t), offers(t)] },
        ],
        limits: vec![vec![Piece::Plain(t("Deux factures n’ont pas pu être lues."))]],
    }
}

fn pieces(t: &dyn Fn(&str) -> String) -> Vec<Piece> {
    vec![
        Piece::Plain(t("Vous payez ")),
        Piece::Val(Value::Money(euros(148_620))),
        Piece::Marked(Emphasis::Strong, t(" de trop")),
        Piece::Marked(Emphasis::Soft, t(" selon vos factures.")),
        Piece::Marked(Emphasis::None, t(" Fin.")),
    ]
}

fn figure(t: &dyn Fn(&str) -> String) -> KeyFigure {
    KeyFigure {
        label: t("Dépense annuelle"),
        value: Value::Money(euros(148_620)),
        trend: Some(Trend {
            direction: Direction::Down,
            change: Value::Quantity(Quantity { amount: decimal(125, 1), unit: QuantityUnit::Percent }),
            versus: t("par rapport à 2012"),
            tone: Tone::Good,
        }),
        spark: vec![Some(140.0), Some(130.5), None, Some(90.0), Some(60.0), Some(120.0)],
        icon: Icon::Money,
        note: Some(t("D’après 12 factures.")),
    }
}

fn words(t: &dyn Fn(&str) -> String) -> Section {
    let list = |style| Block::Bullets(Bullets { style, items: vec![pieces(t), pieces(t)] });
    let notice = |level| Block::Notice(Notice { level, title: t("Un mois manque"), body: pieces(t) });
    Section {
        title: Some(t("En mots")),
        layout: Layout::Stack,
        blocks: vec![
            Block::Paragraph(Paragraph(pieces(t))),
            list(ListStyle::Bullet),
            list(ListStyle::Numbered),
            list(ListStyle::Check),
            notice(Level::Info),
            notice(Level::Success),
            notice(Level::Warning),
            notice(Level::Danger),
            Block::Timeline(Timeline {
                title: t("Ce qui s’est passé"),
                events: vec![Event {
                    at: date(2013, 4, 1),
                    title: t("Nouveau contrat"),
                    body: pieces(t),
                    value: Some(Value::Money(euros(4_500))),
                    icon: Icon::Contract,
                    tone: Tone::Accent,
                }],
            }),
        ],
    }
}

fn figures(t: &dyn Fn(&str) -> String) -> Section {
    let column = |label: &str, kind| Column { label: t(label), kind };
    let row = |name: &str, day| {
        vec![
            Value::Text(t(name)),
            Value::Number(decimal(12_345, 1)),
            Value::Money(euros(9_905)),
            Value::Quantity(Quantity { amount: decimal(512, 0), unit: QuantityUnit::Kwh }),
            Value::Date(date(2013, 2, day)),
            Value::Flag(day == 3),
        ]
    };
    let mut cells = row("Facture de l’hiver, heures pleines et heures creuses", 3);
    cells.extend(row("Facture du printemps", 14));
    cells.extend(vec![Value::Missing; 6]);
    let progress = |value, target, unit, currency: Option<&str>| Progress {
        label: t("Budget du mois"),
        value,
        target,
        unit,
        currency: currency.map(str::to_owned),
        tone: Tone::Auto,
    };
    Section {
        title: None,
        layout: Layout::TwoColumns,
        blocks: vec![
            Block::KeyFigures(vec![figure(t), KeyFigure { trend: None, note: None, ..figure(t) }]),
            Block::Table(Table {
                title: t("Vos factures"),
                columns: vec![
                    column("Libellé", ColumnKind::Text),
                    column("Nombre", ColumnKind::Number),
                    column("Montant", ColumnKind::Money),
                    column("Consommation relevée", ColumnKind::Quantity),
                    column("Date", ColumnKind::Date),
                    column("Payée", ColumnKind::Flag),
                ],
                cells,
            }),
            Block::Progress(vec![
                progress(45.5, 60.0, QuantityUnit::None, Some("EUR")),
                progress(250.0, 200.0, QuantityUnit::Kwh, None),
                progress(0.0, 0.0, QuantityUnit::Call, None),
            ]),
        ],
    }
}

fn charts(t: &dyn Fn(&str) -> String) -> Section {
    let chart = |title: &str, plot| {
        Block::Chart(Chart { title: t(title), takeaway: t("L’hiver pèse le plus."), plot })
    };
    let months = |n: u8| (1..=n).map(|m| date(2013, m, 1)).collect::<Vec<_>>();
    let wave = |n: u16| (0..n).map(|i| (i % 7 != 3).then(|| f64::from(i * 37 % 90))).collect();
    let series = |label: &str, points, currency: Option<&str>| Series {
        label: t(label),
        unit: if currency.is_some() { QuantityUnit::None } else { QuantityUnit::Kwh },
        currency: currency.map(str::to_owned),
        points,
        tone: Tone::Auto,
    };
    let days = (0..60).map(|d| Date::from(crate::Day(15_706 + d))).collect();
    Section {
        title: Some(t("Mois par mois")),
        layout: Layout::Grid,
        blocks: vec![
            chart(
                "Consommation",
                Plot::Xy(Xy {
                    kind: XyKind::Bar,
                    axis: Axis::Dates(Step::Month, months(12)),
                    series: vec![series("Électricité", wave(12), None)],
                }),
            ),
            chart(
                "Coût et consommation",
                Plot::Xy(Xy {
                    kind: XyKind::Line,
                    axis: Axis::Labels(vec![t("matin"), t("soir")]),
                    series: vec![
                        series("Coût", vec![Some(-12.5), Some(30.0)], Some("EUR")),
                        series("Consommation", vec![Some(1_250.0), None], None),
                    ],
                }),
            ),
            chart(
                "Deux postes",
                Plot::Xy(Xy {
                    kind: XyKind::StackedBar,
                    axis: Axis::Dates(Step::Quarter, vec![date(2013, 1, 1), date(2013, 4, 1)]),
                    series: vec![
                        series("Chauffage", vec![Some(300.0), Some(80.0)], None),
                        series("Reste", vec![Some(100.0), None], None),
                    ],
                }),
            ),
            chart(
                "Jour par jour",
                Plot::Xy(Xy {
                    kind: XyKind::Area,
                    axis: Axis::Dates(Step::Day, days),
                    series: vec![series("Électricité", wave(60), None)],
                }),
            ),
            chart(
                "Répartition",
                Plot::Parts(Parts {
                    slices: vec![
                        Slice { label: t("Chauffage"), value: 620.0, tone: Tone::Auto },
                        Slice { label: t("Eau chaude"), value: 210.0, tone: Tone::Good },
                        Slice { label: t("Rien"), value: 0.0, tone: Tone::Neutral },
                    ],
                    unit: QuantityUnit::None,
                    currency: Some("EUR".to_owned()),
                }),
            ),
            chart(
                "Calendrier",
                Plot::Calendar(Calendar {
                    start: date(2013, 1, 10),
                    values: wave(45),
                    unit: QuantityUnit::Kwh,
                    currency: None,
                }),
            ),
            chart(
                "Heures",
                Plot::Heatmap(Heatmap {
                    rows: vec![t("lundi"), t("mardi")],
                    columns: (0..24_u8).map(|h| t(&format!("{h} h"))).collect(),
                    cells: wave(48),
                    unit: QuantityUnit::Kwh,
                }),
            ),
        ],
    }
}

fn offers(t: &dyn Fn(&str) -> String) -> Section {
    let offer = |name: &str, is_current, cents| Offer {
        name: t(name),
        provider: t("Fournisseur Exemple"),
        is_current,
        values: vec![Value::Flag(!is_current), Value::Text(t("12 mois"))],
        yearly_cost: Some(euros(cents)),
        pros: vec![t("Moins cher l’hiver")],
        cons: vec![t("Engagement")],
    };
    Section {
        title: Some(t("Que faire")),
        layout: Layout::Stack,
        blocks: vec![
            Block::Advice(vec![Advice {
                title: t("Baisser le chauffage la nuit"),
                body: pieces(t),
                saving: Saving {
                    money_per_year: Some(euros(12_000)),
                    kg_co2e_per_year: Some(85.0),
                    confidence: Confidence::Medium,
                },
                effort: Effort::Minutes,
                how_computed: pieces(t),
                icon: Icon::Idea,
            }]),
            Block::Comparison(Comparison {
                title: t("Trois offres"),
                criteria: vec![t("Verte"), t("Durée")],
                offers: vec![offer("Tarif bleu", true, 148_620), offer("Tarif vert", false, 127_400)],
                recommended: Some(1),
                disclosure: t("L’auteur n’a de lien avec aucun fournisseur."),
            }),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_is_one_of_every_block() {
        let view = view(Lang::Fr, &str::to_owned);
        let blocks = view.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
        let kinds: BTreeSet<&str> = blocks.map(Block::kind).collect();
        assert_eq!(kinds, Block::KINDS.into());
    }
}
