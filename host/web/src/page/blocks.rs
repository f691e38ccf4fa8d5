//! Rendering of view blocks, one function each.

use super::charts;
use maud::{Markup, html};
use mesinfos_model::view::{
    Advice, Block, Bullets, ColumnKind, Comparison, Direction, Emphasis, KeyFigure, Lang, Level, ListStyle,
    Notice, Offer, Piece, Progress, QuantityUnit, Table, Timeline, Tone, Trend,
};
use mesinfos_words::{self as words, Word};

pub(super) fn block(block: &Block, lang: Lang) -> Markup {
    match block {
        Block::Paragraph(paragraph) => html! { p { (pieces(&paragraph.0, lang)) } },
        Block::Bullets(list) => bullets(list, lang),
        Block::KeyFigures(figures) => key_figures(figures, lang),
        Block::Table(one) => table(one, lang),
        Block::Chart(one) => charts::chart(one, lang),
        Block::Timeline(one) => timeline(one, lang),
        Block::Notice(one) => notice(one, lang),
        Block::Advice(all) => html! { @for one in all { (advice(one, lang)) } },
        Block::Comparison(one) => comparison(one, lang),
        Block::Progress(all) => progress(all, lang),
    }
}

/// Text with its marks.
pub(super) fn pieces(pieces: &[Piece], lang: Lang) -> Markup {
    html! {
        @for piece in pieces {
            @match piece {
                Piece::Plain(text) | Piece::Marked(Emphasis::None, text) => { (text) }
                Piece::Marked(Emphasis::Strong, text) => { strong { (text) } }
                Piece::Marked(Emphasis::Soft, text) => { span.soft { (text) } }
                Piece::Val(value) => { span.value { (words::value(value, lang)) } }
            }
        }
    }
}

/// CSS class of a tone, which sets its colour.
pub(super) fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Auto | Tone::Accent => "accent",
        Tone::Neutral => "neutral",
        Tone::Good => "good",
        Tone::Warn => "warn",
        Tone::Bad => "bad",
        Tone::Compare => "compare",
    }
}

fn bullets(list: &Bullets, lang: Lang) -> Markup {
    let items = html! { @for item in &list.items { li { (pieces(item, lang)) } } };
    match list.style {
        ListStyle::Bullet => html! { ul { (items) } },
        ListStyle::Numbered => html! { ol { (items) } },
        ListStyle::Check => html! { ul.check { (items) } },
    }
}

pub(super) fn key_figures(figures: &[KeyFigure], lang: Lang) -> Markup {
    html! {
        dl.figures {
            @for figure in figures {
                div {
                    dt { (figure.label) }
                    dd.figure { (words::value(&figure.value, lang)) }
                    @if let Some(one) = &figure.trend { dd { (trend(one, lang)) } }
                    @if !figure.spark.is_empty() { dd aria-hidden="true" { (charts::sparkline(&figure.spark)) } }
                    @if let Some(note) = &figure.note { dd.soft { (note) } }
                }
            }
        }
    }
}

fn trend(trend: &Trend, lang: Lang) -> Markup {
    let arrow = match trend.direction {
        Direction::Up => "↗",
        Direction::Down => "↘",
        Direction::Flat => "→",
    };
    let class = if trend.tone == Tone::Auto { "neutral" } else { tone(trend.tone) };
    html! {
        strong class=(class) {
            span aria-hidden="true" { (arrow) " " }
            span.unseen { (words::direction(trend.direction, lang)) " " }
            (words::value(&trend.change, lang))
        }
        " " span.soft { (trend.versus) }
    }
}

fn is_number(kind: ColumnKind) -> bool {
    matches!(kind, ColumnKind::Number | ColumnKind::Money | ColumnKind::Quantity)
}

fn table(table: &Table, lang: Lang) -> Markup {
    let class = |kind| is_number(kind).then_some("number");
    html! {
        div.scroll tabindex="0" role="region" aria-label=(table.title) {
            table {
                @if !table.title.is_empty() { caption { (table.title) } }
                thead { tr {
                    @for column in &table.columns {
                        th scope="col" class=[class(column.kind)] { (column.label) }
                    }
                } }
                tbody {
                    @for row in table.cells.chunks(table.columns.len().max(1)) {
                        tr {
                            @for (cell, column) in row.iter().zip(&table.columns) {
                                td class=[class(column.kind)] { (words::value(cell, lang)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn timeline(timeline: &Timeline, lang: Lang) -> Markup {
    html! {
        section {
            @if !timeline.title.is_empty() { h4 { (timeline.title) } }
            ol.timeline {
                @for event in &timeline.events {
                    li class=(tone(event.tone)) {
                        time datetime=(format!("{:04}-{:02}-{:02}", event.at.year, event.at.month, event.at.day)) {
                            (words::date(event.at, lang))
                        }
                        p {
                            strong { (event.title) }
                            @if let Some(value) = &event.value { " " span.value { (words::value(value, lang)) } }
                        }
                        @if !event.body.is_empty() { p { (pieces(&event.body, lang)) } }
                    }
                }
            }
        }
    }
}

fn notice(notice: &Notice, lang: Lang) -> Markup {
    let class = match notice.level {
        Level::Info => "notice accent",
        Level::Success => "notice good",
        Level::Warning => "notice warn",
        Level::Danger => "notice bad",
    };
    html! {
        aside class=(class) {
            p {
                span.badge { (words::level(notice.level, lang)) } " "
                strong { (notice.title) }
            }
            @if !notice.body.is_empty() { p { (pieces(&notice.body, lang)) } }
        }
    }
}

fn advice(advice: &Advice, lang: Lang) -> Markup {
    let confidence = words::confidence(advice.saving.confidence, lang);
    html! {
        article.advice {
            h4 { (advice.title) }
            @if let Some(saving) = words::saving(&advice.saving, lang) {
                p.good { (words::labelled(Word::PossibleSaving.to(lang), "", lang)) strong { (saving) } }
            }
            @if !advice.body.is_empty() { p { (pieces(&advice.body, lang)) } }
            p.soft {
                (words::labelled(Word::Effort.to(lang), words::effort(advice.effort, lang), lang)) " · "
                (words::labelled(Word::Confidence.to(lang), confidence, lang))
            }
            @if !advice.how_computed.is_empty() {
                details {
                    summary { (Word::HowComputed.to(lang)) }
                    p { (pieces(&advice.how_computed, lang)) }
                }
            }
        }
    }
}

/// Offers as table rows, so that many criteria scroll and a few fit on a phone.
fn comparison(comparison: &Comparison, lang: Lang) -> Markup {
    let recommended = comparison.recommended.and_then(|i| usize::try_from(i).ok());
    html! {
        section {
            div.scroll tabindex="0" role="region" aria-label=(comparison.title) {
                table {
                    @if !comparison.title.is_empty() { caption { (comparison.title) } }
                    thead { tr {
                        th scope="col" { (Word::Name.to(lang)) }
                        @for criterion in &comparison.criteria { th scope="col" { (criterion) } }
                        th.number scope="col" { (Word::YearlyCost.to(lang)) }
                        th scope="col" { (Word::Pros.to(lang)) }
                        th scope="col" { (Word::Cons.to(lang)) }
                    } }
                    tbody {
                        @for (i, one) in comparison.offers.iter().enumerate() {
                            (offer(one, recommended == Some(i), lang))
                        }
                    }
                }
            }
            @if !comparison.disclosure.is_empty() {
                p.soft {
                    (words::labelled(Word::Disclosure.to(lang), &comparison.disclosure, lang))
                }
            }
        }
    }
}

fn offer(offer: &Offer, recommended: bool, lang: Lang) -> Markup {
    let list =
        |items: &[String]| html! { @if !items.is_empty() { ul { @for item in items { li { (item) } } } } };
    html! {
        tr class=[recommended.then_some("recommended")] {
            th scope="row" {
                (offer.name)
                span.soft { " " (offer.provider) }
                @if recommended { " " span.badge.good { (Word::Recommended.to(lang)) } }
                @if offer.is_current { " " span.badge { (Word::CurrentOffer.to(lang)) } }
            }
            @for value in &offer.values { td { (words::value(value, lang)) } }
            td.number {
                @match &offer.yearly_cost {
                    Some(cost) => strong { (words::money(cost, lang)) },
                    None => (words::MISSING),
                }
            }
            td { (list(&offer.pros)) }
            td { (list(&offer.cons)) }
        }
    }
}

fn progress(all: &[Progress], lang: Lang) -> Markup {
    html! {
        div.progress {
            @for one in all {
                @let write = |n| words::chart_number(n, one.unit, one.currency.as_deref(), lang);
                @let reached = words::out_of(&write(one.value), &write(one.target), lang);
                div {
                    p { (one.label) span.soft { " " (reached) @if one.target > 0.0 { " (" (percent(one.value / one.target, lang)) ")" } } }
                    // A goal of zero has no percentage.
                    @if one.target > 0.0 {
                        progress class=(tone(one.tone)) max="100"
                            value=((one.value / one.target * 100.0).clamp(0.0, 100.0).round())
                            aria-label=(one.label) { (reached) }
                    }
                }
            }
        }
    }
}

/// A share of 0 to 1 in whole percent.
pub(super) fn percent(share: f64, lang: Lang) -> String {
    words::chart_number((share * 100.0).round(), QuantityUnit::Percent, None, lang)
}
