//! Blocks, one function each.

use super::Address;
use super::advice::advice;
use super::chart::chart;
use super::csv::iso;
use super::drawing::{Drawing, heading};
use super::figures::figures;
use super::icon::{self, Mark, mark};
use super::offers::comparison;
use super::table::table;
use super::text::{paragraph, pieces};
use maud::{Markup, html};
use mesinfos_model::view::{
    Block, Bullets, Event, Lang, Level, ListStyle, Notice, Progress, QuantityUnit, Timeline, Tone,
};
use mesinfos_words as words;

/// A block. `level` is that of its headings. A block that is alone in a section with a title leaves its own
/// title to it.
pub(super) fn block(block: &Block, at: Address, level: u8, alone: bool, drawing: &Drawing<'_>) -> Markup {
    let lang = drawing.lang;
    let titled = if alone { 0 } else { level };
    match block {
        Block::Paragraph(one) => paragraph(&one.0, lang),
        Block::Bullets(one) => bullets(one, lang),
        Block::KeyFigures(all) => figures(all, drawing),
        Block::Table(one) => table(one, at, titled, drawing),
        Block::Chart(one) => chart(one, at, drawing),
        Block::Timeline(one) => timeline(one, level, titled, lang),
        Block::Notice(one) => notice(one, lang),
        Block::Advice(all) => advice(all, level, drawing),
        Block::Comparison(one) => comparison(one, at, titled, drawing),
        Block::Progress(all) => progress(all, lang),
    }
}

/// CSS class of a tone, which sets the colour of a part (`--d`).
fn tone(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Auto => None,
        Tone::Accent => Some("t-accent"),
        Tone::Neutral | Tone::Compare => Some("t-rest"),
        Tone::Good => Some("t-good"),
        Tone::Warn => Some("t-warn"),
        Tone::Bad => Some("t-bad"),
    }
}

fn bullets(list: &Bullets, lang: Lang) -> Markup {
    let item = |item| html! { li dir="auto" { (pieces(item, lang)) } };
    match list.style {
        ListStyle::Bullet => html! { ul.limits { @for one in &list.items { (item(one)) } } },
        ListStyle::Numbered => html! { ol.numbered { @for one in &list.items { (item(one)) } } },
        ListStyle::Check => html! {
            ul.checked { @for one in &list.items {
                li { (mark(Mark::Check)) span dir="auto" { (pieces(one, lang)) } }
            } }
        },
    }
}

fn timeline(timeline: &Timeline, level: u8, titled: u8, lang: Lang) -> Markup {
    // Events are below the timeline's title where it has one.
    let below = if titled > 0 && !timeline.title.is_empty() { level + 1 } else { level };
    html! {
        @if titled > 0 { (heading(titled, &timeline.title)) }
        ol.thread {
            @for event in &timeline.events {
                li class=[tone(event.tone)] {
                    div.flow-s {
                        time.soft.small datetime=(iso(event.at)) { (words::date(event.at, lang)) }
                        (event_title(below, event))
                        @if let Some(value) = &event.value {
                            p { strong { bdi { (words::value(value, lang)) } } }
                        }
                        (paragraph(&event.body, lang))
                    }
                }
            }
        }
    }
}

/// The title of an event, after its icons.
fn event_title(level: u8, event: &Event) -> Markup {
    let title = html! { (icon::tone(event.tone)) (icon::icon(event.icon)) " " bdi { (event.title) } };
    html! {
        @match level {
            0..=2 => { h2.h3s { (title) } }
            3 => { h3 { (title) } }
            _ => { h4.h3s { (title) } }
        }
    }
}

fn notice(notice: &Notice, lang: Lang) -> Markup {
    let (class, ink) = match notice.level {
        Level::Info => ("t-accent", "soft"),
        Level::Success => ("t-good", "good"),
        Level::Warning => ("t-warn", "warn"),
        Level::Danger => ("t-bad", "bad"),
    };
    html! {
        div class=(format!("note flow-s {class}")) {
            p {
                strong class=(ink) { (icon::level(notice.level)) " " (words::level(notice.level, lang)) }
                " " strong { bdi { (notice.title) } }
            }
            (paragraph(&notice.body, lang))
        }
    }
}

fn progress(all: &[Progress], lang: Lang) -> Markup {
    html! {
        div.flow {
            @for one in all {
                @let write = |number| words::chart_number(number, one.unit, one.currency.as_deref(), lang);
                @let reached = words::out_of(&write(one.value), &write(one.target), lang);
                div class=(format!("flow-s {}", tone(one.tone).unwrap_or_default()).trim_end()) {
                    p.row.end {
                        strong { bdi { (one.label) } }
                        span {
                            (reached)
                            @if one.target > 0.0 {
                                span.soft { " · " (percent(one.value / one.target, lang)) }
                            }
                        }
                    }
                    // A goal of zero has no share.
                    @if one.target > 0.0 {
                        progress max="100" value=((one.value / one.target * 100.0).clamp(0.0, 100.0).round())
                            aria-label=(if one.label.is_empty() { &reached } else { &one.label }) {
                                (reached)
                            }
                    }
                }
            }
        }
    }
}

/// A share of 0 to 1 in whole percent.
fn percent(share: f64, lang: Lang) -> String {
    words::chart_number((share * 100.0).round(), QuantityUnit::Percent, None, lang)
}
