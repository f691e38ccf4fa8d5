//! Rendering of a view for a terminal.
//!
//! Invariant: no control character or escape sequence of a view reaches the terminal. Views are checked
//! earlier; [`screen::Screen::line`] cleans every text again. All other output goes through [`mod@say`].
//!
//! Start reading at [`view`]; [`plot`] draws charts, [`mod@grid`] tables, [`screen`] wraps and paints.

mod grid;
mod plot;
pub(crate) mod say;
mod screen;

pub(crate) use screen::Style;

use crate::language::lang;
use grid::{Grid, Head, grid};
use mesinfos_model::view::{
    Advice, Block, Bullets, ColumnKind, Comparison, Direction, Emphasis, KeyFigure, Lang, Level, ListStyle,
    Notice, Offer, Page, Piece, Progress, QuantityUnit, Section, Table, Timeline, Tone, Trend, View,
};
use mesinfos_words::cli::Cli;
use mesinfos_words::{self as words, Word};
use screen::{Ink, Line, Run, Screen, cut, pad, pad_left, plain, run, width};
use std::io::{self, Write};

/// Maximum width of a sparkline beside a figure, in columns.
const SPARK: usize = 24;
/// Maximum width of a progress bar, in columns.
const PROGRESS: usize = 30;

/// Writes a view as text in the given style.
///
/// # Errors
/// Those of `out`.
pub(crate) fn view(view: &View, out: &mut dyn Write, style: Style) -> io::Result<()> {
    let screen = &mut Screen::new(out, style);
    let lang = view.lang;
    screen.paragraph(plain(""), &[run(Ink::Accent, view.title.clone())])?;
    if let Some(period) = &view.period {
        screen.line(&[run(Ink::Soft, words::span(period, lang))])?;
    }
    screen.gap()?;
    screen.paragraph(plain(""), &[run(Ink::Strong, view.headline.clone())])?;
    if let Some(figure) = &view.headline_figure {
        screen.gap()?;
        key_figures(screen, std::slice::from_ref(figure), lang)?;
    }
    for one in &view.pages {
        page(screen, one, view.pages.len() > 1, lang)?;
    }
    limits(screen, &view.limits, lang)
}

fn limits(screen: &mut Screen<'_>, limits: &[Vec<Piece>], lang: Lang) -> io::Result<()> {
    if limits.is_empty() {
        return Ok(());
    }
    screen.gap()?;
    screen.line(&[run(Ink::Strong, Word::Limits.to(lang))])?;
    for limit in limits {
        screen.paragraph(run(Ink::Soft, "• "), &pieces(limit, lang))?;
    }
    Ok(())
}

fn page(screen: &mut Screen<'_>, page: &Page, named: bool, lang: Lang) -> io::Result<()> {
    if named {
        screen.gap()?;
        let title = cut(&page.title, screen.width().saturating_sub(8));
        let rule = "─".repeat(screen.width().saturating_sub(width(&title) + 4));
        screen.line(&[run(Ink::Soft, "── "), run(Ink::Accent, title), run(Ink::Soft, format!(" {rule}"))])?;
    }
    page.sections.iter().try_for_each(|one| section(screen, one, lang))
}

fn section(screen: &mut Screen<'_>, section: &Section, lang: Lang) -> io::Result<()> {
    screen.gap()?;
    if let Some(title) = &section.title {
        screen.paragraph(plain(""), &[run(Ink::Accent, title.clone())])?;
    }
    for one in &section.blocks {
        block(screen, one, lang)?;
        screen.gap()?;
    }
    Ok(())
}

fn block(screen: &mut Screen<'_>, block: &Block, lang: Lang) -> io::Result<()> {
    match block {
        Block::Paragraph(paragraph) => screen.paragraph(plain(""), &pieces(&paragraph.0, lang)),
        Block::Bullets(list) => bullets(screen, list, lang),
        Block::KeyFigures(figures) => key_figures(screen, figures, lang),
        Block::Table(one) => table(screen, one, lang),
        Block::Chart(one) => plot::chart(screen, one, lang),
        Block::Timeline(one) => timeline(screen, one, lang),
        Block::Notice(one) => notice(screen, one, lang),
        Block::Advice(all) => all.iter().try_for_each(|one| {
            screen.gap()?;
            advice(screen, one, lang)
        }),
        Block::Comparison(one) => comparison(screen, one, lang),
        Block::Progress(all) => progress(screen, all, lang),
    }
}

fn pieces(pieces: &[Piece], lang: Lang) -> Line {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Plain(text) | Piece::Marked(Emphasis::None, text) => plain(text.clone()),
            Piece::Marked(Emphasis::Strong, text) => run(Ink::Strong, text.clone()),
            Piece::Marked(Emphasis::Soft, text) => run(Ink::Soft, text.clone()),
            Piece::Val(value) => run(Ink::Strong, words::value(value, lang)),
        })
        .collect()
}

fn bullets(screen: &mut Screen<'_>, list: &Bullets, lang: Lang) -> io::Result<()> {
    for (i, item) in list.items.iter().enumerate() {
        let mark = match list.style {
            ListStyle::Bullet => plain("• "),
            ListStyle::Numbered => plain(format!("{:>2}. ", i + 1)),
            ListStyle::Check => run(Ink::Good, "✓ "),
        };
        screen.paragraph(mark, &pieces(item, lang))?;
    }
    Ok(())
}

/// Writes figures one below the other, with aligned values. Sparkline and trend stand beside the value if
/// they fit, otherwise below.
fn key_figures(screen: &mut Screen<'_>, figures: &[KeyFigure], lang: Lang) -> io::Result<()> {
    let half = screen.width() / 2;
    let values: Vec<String> = figures.iter().map(|f| words::value(&f.value, lang)).collect();
    let label = figures.iter().map(|f| width(&f.label)).max().unwrap_or(0).min(half);
    let value = values.iter().map(|v| width(v)).max().unwrap_or(0).min(half.saturating_sub(2));
    for (figure, written) in figures.iter().zip(values) {
        let mut line = vec![plain(format!("{}  ", pad(&cut(&figure.label, label), label)))];
        line.push(run(Ink::Strong, pad_left(&cut(&written, value), value)));
        let beside = beside(figure, lang);
        let fits = screen::line_width(&line) + 2 + screen::line_width(&beside) <= screen.width();
        if fits && !beside.is_empty() {
            line.push(plain("  "));
            line.extend(beside.clone());
        }
        screen.line(&line)?;
        if !fits {
            screen.paragraph(plain("  "), &beside)?;
        }
        if let Some(note) = &figure.note {
            screen.paragraph(plain("  "), &[run(Ink::Soft, note.clone())])?;
        }
    }
    Ok(())
}

fn beside(figure: &KeyFigure, lang: Lang) -> Line {
    let mut beside = Vec::new();
    if !figure.spark.is_empty() {
        // No-break spaces: a line must not break at a gap in a sparkline.
        let spark = plot::sparkline(&figure.spark, SPARK).replace(' ', "\u{A0}");
        beside.push(run(Ink::Accent, spark));
    }
    if let Some(trend) = &figure.trend {
        if !beside.is_empty() {
            beside.push(plain(" "));
        }
        beside.push(trend_run(trend, lang));
        beside.push(run(Ink::Soft, format!(" {}", trend.versus)));
    }
    beside
}

fn trend_run(trend: &Trend, lang: Lang) -> Run {
    let arrow = match trend.direction {
        Direction::Up => '↗',
        Direction::Down => '↘',
        Direction::Flat => '→',
    };
    let ink = match trend.tone {
        Tone::Auto | Tone::Neutral => Ink::Plain,
        tone => plot::ink(tone, 0),
    };
    run(ink, format!("{arrow}\u{A0}{}", words::value(&trend.change, lang)))
}

fn title(screen: &mut Screen<'_>, title: &str) -> io::Result<()> {
    if title.is_empty() {
        return Ok(());
    }
    screen.paragraph(plain(""), &[run(Ink::Strong, title)])
}

fn table(screen: &mut Screen<'_>, table: &Table, lang: Lang) -> io::Result<()> {
    title(screen, &table.title)?;
    let is_number = |kind| matches!(kind, ColumnKind::Number | ColumnKind::Money | ColumnKind::Quantity);
    let heads =
        table.columns.iter().map(|c| Head { label: c.label.clone(), number: is_number(c.kind) }).collect();
    let rows = table
        .cells
        .chunks(table.columns.len().max(1))
        .map(|row| row.iter().map(|cell| plain(words::value(cell, lang))).collect())
        .collect();
    grid(screen, &Grid { heads, rows, lang })
}

fn timeline(screen: &mut Screen<'_>, timeline: &Timeline, lang: Lang) -> io::Result<()> {
    title(screen, &timeline.title)?;
    for event in &timeline.events {
        let mut line = vec![
            run(Ink::Soft, words::date(event.at, lang)),
            plain(" "),
            run(Ink::Strong, event.title.clone()),
        ];
        if let Some(value) = &event.value {
            line.push(plain(format!(" {}", words::value(value, lang))));
        }
        screen.paragraph(run(plot::ink(event.tone, 0), "● "), &line)?;
        if !event.body.is_empty() {
            screen.paragraph(plain("  "), &pieces(&event.body, lang))?;
        }
    }
    Ok(())
}

fn notice(screen: &mut Screen<'_>, notice: &Notice, lang: Lang) -> io::Result<()> {
    let ink = match notice.level {
        Level::Info => Ink::Accent,
        Level::Success => Ink::Good,
        Level::Warning => Ink::Warn,
        Level::Danger => Ink::Bad,
    };
    let edge = run(ink, "▌ ");
    let level = words::labelled(words::level(notice.level, lang), "", lang);
    let head = [run(ink, level), run(Ink::Strong, notice.title.clone())];
    screen.paragraph_with(edge.clone(), &edge, &head)?;
    if notice.body.is_empty() {
        return Ok(());
    }
    screen.paragraph_with(edge.clone(), &edge, &pieces(&notice.body, lang))
}

fn advice(screen: &mut Screen<'_>, advice: &Advice, lang: Lang) -> io::Result<()> {
    screen.paragraph(run(Ink::Accent, "▸ "), &[run(Ink::Strong, advice.title.clone())])?;
    let indent = || plain("  ");
    if !advice.body.is_empty() {
        screen.paragraph(indent(), &pieces(&advice.body, lang))?;
    }
    if let Some(saving) = words::saving(&advice.saving, lang) {
        let text = words::labelled(Word::PossibleSaving.to(lang), &saving, lang);
        screen.paragraph(indent(), &[run(Ink::Good, text)])?;
    }
    let (effort, sure) =
        (words::effort(advice.effort, lang), words::confidence(advice.saving.confidence, lang));
    let facts = format!(
        "{} · {}",
        words::labelled(Word::Effort.to(lang), effort, lang),
        words::labelled(Word::Confidence.to(lang), sure, lang)
    );
    screen.paragraph(indent(), &[plain(facts)])?;
    if !advice.how_computed.is_empty() {
        let how = words::text(&advice.how_computed, lang);
        let text = words::labelled(Word::HowComputed.to(lang), &how, lang);
        screen.paragraph(indent(), &[run(Ink::Soft, text)])?;
    }
    Ok(())
}

/// Writes offers as rows, then the pros and cons of each, then the author's disclosure.
fn comparison(screen: &mut Screen<'_>, comparison: &Comparison, lang: Lang) -> io::Result<()> {
    title(screen, &comparison.title)?;
    let mut heads = vec![
        Head { label: Word::Name.to(lang), number: false },
        Head { label: Word::Provider.to(lang), number: false },
    ];
    heads.extend(comparison.criteria.iter().map(|c| Head { label: c.clone(), number: false }));
    heads.push(Head { label: Word::YearlyCost.to(lang), number: true });
    let recommended = comparison.recommended.and_then(|i| usize::try_from(i).ok());
    let rows = comparison
        .offers
        .iter()
        .enumerate()
        .map(|(i, offer)| offer_row(offer, recommended == Some(i), lang))
        .collect();
    grid(screen, &Grid { heads, rows, lang })?;
    for offer in &comparison.offers {
        pros_and_cons(screen, offer)?;
    }
    if !comparison.disclosure.is_empty() {
        let text = words::labelled(Word::Disclosure.to(lang), &comparison.disclosure, lang);
        screen.paragraph(plain(""), &[run(Ink::Soft, text)])?;
    }
    Ok(())
}

fn offer_row(offer: &Offer, recommended: bool, lang: Lang) -> Vec<Run> {
    let (ink, name) = match (recommended, offer.is_current) {
        (true, _) => (Ink::Good, format!("★ {} ({})", offer.name, Word::Recommended.to(lang))),
        (false, true) => (Ink::Plain, format!("{} ({})", offer.name, Word::CurrentOffer.to(lang))),
        (false, false) => (Ink::Plain, offer.name.clone()),
    };
    let mut row = vec![run(ink, name), plain(offer.provider.clone())];
    row.extend(offer.values.iter().map(|value| plain(words::value(value, lang))));
    let cost = offer.yearly_cost.as_ref();
    let cost = cost.map_or_else(|| words::MISSING.to_owned(), |m| words::money(m, lang));
    row.push(run(Ink::Strong, cost));
    row
}

fn pros_and_cons(screen: &mut Screen<'_>, offer: &Offer) -> io::Result<()> {
    if offer.pros.is_empty() && offer.cons.is_empty() {
        return Ok(());
    }
    screen.paragraph(plain(""), &[run(Ink::Strong, offer.name.clone())])?;
    for pro in &offer.pros {
        screen.paragraph(run(Ink::Good, "  + "), &[plain(pro.clone())])?;
    }
    for con in &offer.cons {
        screen.paragraph(run(Ink::Warn, "  − "), &[plain(con.clone())])?;
    }
    Ok(())
}

fn progress(screen: &mut Screen<'_>, all: &[Progress], lang: Lang) -> io::Result<()> {
    let label = all.iter().map(|p| width(&p.label)).max().unwrap_or(0).min(screen.width() / 3);
    for (place, one) in all.iter().enumerate() {
        let write = |n| words::chart_number(n, one.unit, one.currency.as_deref(), lang);
        let mut text = words::out_of(&write(one.value), &write(one.target), lang);
        let share = if one.target > 0.0 { one.value / one.target } else { 0.0 };
        if one.target > 0.0 {
            let percent = (share * 100.0).round();
            let percent = words::chart_number(percent, QuantityUnit::Percent, None, lang);
            text = format!("{text} ({percent})");
        }
        let room = screen.width().saturating_sub(label + width(&text) + 4).min(PROGRESS);
        // Too narrow for a meaningful bar: text only.
        if room < 6 {
            screen.paragraph(plain(""), &[plain(format!("{} {text}", one.label))])?;
            continue;
        }
        screen.line(&[
            plain(format!("{} ", pad(&cut(&one.label, label), label))),
            run(Ink::Soft, "▕"),
            run(plot::ink(one.tone, place), plot::bar(share.clamp(0.0, 1.0), room)),
            run(Ink::Soft, "▏"),
            plain(text),
        ])?;
    }
    Ok(())
}

/// Writes a view to stdout: in colour on a terminal unless `NO_COLOR` is set, as wide as `COLUMNS`, or 80.
pub(crate) fn show(one: &View) -> io::Result<()> {
    let color = say::is_read_on_a_terminal() && std::env::var_os("NO_COLOR").is_none();
    let width = std::env::var("COLUMNS").ok().and_then(|width| width.parse().ok()).unwrap_or(80);
    let mut text = Vec::new();
    view(one, &mut text, Style { color, width })?;
    say::cleaned(&text);
    Ok(())
}

/// Prints the notes of an app line by line, marked as such.
pub(crate) fn log(log: &str) {
    for line in log.lines() {
        say::remark!("{}", Cli::AppNoted { line }.to(lang()));
    }
}

#[cfg(test)]
mod tests;
