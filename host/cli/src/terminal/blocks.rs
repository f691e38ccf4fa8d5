//! The blocks of a section, one function each.

use super::canvas::{Canvas, Ink, Line, left, width};
use super::table::{self, Head};
use super::{charts, ink_of};
use mesinfos_model::view::{
    Advice, Block, Bullets, ColumnKind, Comparison, Direction, KeyFigure, Lang, Level, ListStyle,
    Notice, Progress, Table, Timeline, Value,
};
use mesinfos_model::words::{self, Word};

/// The longest progress bar.
const LONGEST_GAUGE: usize = 30;

pub(super) fn block(canvas: &mut Canvas, block: &Block, lang: Lang) {
    match block {
        Block::Paragraph(text) => canvas.text("", Ink::Plain, &words::text(text, lang)),
        Block::Bullets(list) => bullets(canvas, list, lang),
        Block::KeyFigures(figures) => key_figures(canvas, figures, lang),
        Block::Table(table) => draw_table(canvas, table, lang),
        Block::Chart(chart) => charts::chart(canvas, chart, lang),
        Block::Timeline(timeline) => draw_timeline(canvas, timeline, lang),
        Block::Notice(notice) => draw_notice(canvas, notice, lang),
        Block::Advice(list) => list.iter().for_each(|advice| draw_advice(canvas, advice, lang)),
        Block::Comparison(comparison) => draw_comparison(canvas, comparison, lang),
        Block::Progress(list) => list.iter().for_each(|one| draw_progress(canvas, one, lang)),
    }
}

fn bullets(canvas: &mut Canvas, list: &Bullets, lang: Lang) {
    for (at, item) in list.items.iter().enumerate() {
        let lead = match list.style {
            ListStyle::Bullet => "• ".to_owned(),
            ListStyle::Numbered => format!("{}. ", at + 1),
            ListStyle::Check => "✓ ".to_owned(),
        };
        canvas.text(&lead, Ink::Plain, &words::text(item, lang));
    }
}

/// One line each, aligned: label, value, trend, course. A note stands below.
pub(super) fn key_figures(canvas: &mut Canvas, figures: &[KeyFigure], lang: Lang) {
    let widest = figures.iter().map(|figure| width(&figure.label)).max().unwrap_or(0);
    let labels = widest.min(canvas.width / 2);
    for figure in figures {
        if width(&figure.label) > labels {
            canvas.text("", Ink::Plain, &figure.label);
            figure_line(canvas, "", labels, figure, lang);
        } else {
            figure_line(canvas, &figure.label, labels, figure, lang);
        }
        if let Some(note) = &figure.note {
            canvas.text(&" ".repeat(labels + 2), Ink::Soft, note);
        }
    }
}

fn figure_line(canvas: &mut Canvas, label: &str, labels: usize, figure: &KeyFigure, lang: Lang) {
    let lead = format!("{}  ", left(label, labels));
    let value = words::value(&figure.value, lang);
    let trend = figure.trend.as_ref().map(|trend| {
        let (arrow, change) = (arrow(trend.direction), words::value(&trend.change, lang));
        let course = words::direction(trend.direction, lang);
        (format!("{arrow} {change} {course}, {}", trend.versus), ink_of(trend.tone))
    });
    let spark = charts::sparkline(&figure.spark);
    let trend_width = trend.as_ref().map_or(0, |(text, _)| width(text) + 2);
    if width(&lead) + width(&value) + trend_width + width(&spark) + 2 > canvas.width {
        // Not all on one line: one below the other.
        canvas.text(&lead, Ink::Strong, &value);
        let indent = " ".repeat(labels + 2);
        if let Some((text, ink)) = &trend {
            canvas.text(&indent, *ink, text);
        }
        if !spark.is_empty() {
            let room = canvas.width.saturating_sub(labels + 2);
            let course: String = spark.chars().take(room).collect();
            canvas.line(Line::of(Ink::Plain, &indent).and(Ink::Accent, &course));
        }
        return;
    }
    let mut line = Line::of(Ink::Plain, &lead).and(Ink::Strong, &value);
    if let Some((text, ink)) = &trend {
        line = line.and(Ink::Plain, "  ").and(*ink, text);
    }
    if !spark.is_empty() {
        line = line.and(Ink::Plain, "  ").and(Ink::Accent, &spark);
    }
    canvas.line(line);
}

fn arrow(direction: Direction) -> char {
    match direction {
        Direction::Up => '↑',
        Direction::Down => '↓',
        Direction::Flat => '→',
    }
}

fn draw_table(canvas: &mut Canvas, table: &Table, lang: Lang) {
    canvas.text("", Ink::Strong, &table.title);
    let heads: Vec<Head> = table
        .columns
        .iter()
        .map(|column| Head {
            label: column.label.clone(),
            is_number: matches!(
                column.kind,
                ColumnKind::Number | ColumnKind::Money | ColumnKind::Quantity
            ),
        })
        .collect();
    let rows: Vec<Vec<String>> = table
        .cells
        .chunks(table.columns.len().max(1))
        .map(|row| row.iter().map(|cell| words::value(cell, lang)).collect())
        .collect();
    table::draw(canvas, &heads, &rows, lang);
}

fn draw_timeline(canvas: &mut Canvas, timeline: &Timeline, lang: Lang) {
    canvas.text("", Ink::Strong, &timeline.title);
    for event in &timeline.events {
        let mut title = format!("{} · {}", words::date(event.at, lang), event.title);
        if let Some(value) = &event.value {
            title.push_str(&format!(" · {}", words::value(value, lang)));
        }
        canvas.text("● ", ink_of(event.tone), &title);
        let body = words::text(&event.body, lang);
        if !body.is_empty() {
            canvas.text("│ ", Ink::Plain, &body);
        }
    }
}

fn draw_notice(canvas: &mut Canvas, notice: &Notice, lang: Lang) {
    let ink = match notice.level {
        Level::Info => Ink::Accent,
        Level::Success => Ink::Good,
        Level::Warning => Ink::Warn,
        Level::Danger => Ink::Bad,
    };
    let title = words::labelled(words::level(notice.level, lang), &notice.title, lang);
    canvas.text("! ", ink, &title);
    canvas.text("  ", Ink::Plain, &words::text(&notice.body, lang));
}

fn draw_advice(canvas: &mut Canvas, advice: &Advice, lang: Lang) {
    canvas.text("➜ ", Ink::Strong, &advice.title);
    canvas.text("  ", Ink::Plain, &words::text(&advice.body, lang));
    if let Some(saving) = words::saving(&advice.saving, lang) {
        let saving = words::labelled(Word::PossibleSaving.t(lang), &saving, lang);
        canvas.text("  ", Ink::Good, &saving);
    }
    let confidence = words::confidence(advice.saving.confidence, lang);
    let effort = words::effort(advice.effort, lang);
    let asks = format!(
        "{} · {}",
        words::labelled(Word::Effort.t(lang), effort, lang),
        words::labelled(Word::Confidence.t(lang), confidence, lang)
    );
    canvas.text("  ", Ink::Plain, &asks);
    let how = words::text(&advice.how_computed, lang);
    canvas.text("  ", Ink::Soft, &words::labelled(Word::HowComputed.t(lang), &how, lang));
}

/// A table of the offers, then what speaks for and against each, then the author's ties.
fn draw_comparison(canvas: &mut Canvas, comparison: &Comparison, lang: Lang) {
    canvas.text("", Ink::Strong, &comparison.title);
    let is_number = |of: usize| {
        let of_kind = |value: &Value| {
            matches!(value, Value::Number(_) | Value::Money(_) | Value::Quantity(_) | Value::Missing)
        };
        comparison.offers.iter().all(|offer| offer.values.get(of).is_none_or(of_kind))
    };
    let mut heads = vec![
        Head { label: Word::Name.t(lang).to_owned(), is_number: false },
        Head { label: Word::Provider.t(lang).to_owned(), is_number: false },
    ];
    for (at, label) in comparison.criteria.iter().enumerate() {
        heads.push(Head { label: label.clone(), is_number: is_number(at) });
    }
    heads.push(Head { label: Word::YearlyCost.t(lang).to_owned(), is_number: true });
    let recommended = comparison.recommended.and_then(|at| usize::try_from(at).ok());
    let rows: Vec<Vec<String>> = comparison
        .offers
        .iter()
        .enumerate()
        .map(|(at, offer)| {
            let mut name = offer.name.clone();
            if recommended == Some(at) {
                name = format!("★ {name} ({})", Word::Recommended.t(lang));
            }
            if offer.is_current {
                name.push_str(&format!(" ({})", Word::CurrentOffer.t(lang)));
            }
            let cost = offer.yearly_cost.as_ref();
            let cost = cost.map_or_else(|| words::MISSING.to_owned(), |m| words::money(m, lang));
            let values = offer.values.iter().map(|value| words::value(value, lang));
            [name, offer.provider.clone()].into_iter().chain(values).chain([cost]).collect()
        })
        .collect();
    table::draw(canvas, &heads, &rows, lang);
    for offer in &comparison.offers {
        for (word, list, ink) in
            [(Word::Pros, &offer.pros, Ink::Good), (Word::Cons, &offer.cons, Ink::Warn)]
        {
            if !list.is_empty() {
                let label = format!("{} – {}", offer.name, word.t(lang));
                canvas.text("  ", ink, &words::labelled(&label, &list.join(", "), lang));
            }
        }
    }
    let ties = words::labelled(Word::Disclosure.t(lang), &comparison.disclosure, lang);
    canvas.text("", Ink::Soft, &ties);
}

fn draw_progress(canvas: &mut Canvas, one: &Progress, lang: Lang) {
    let say = |n| words::chart_number(n, one.unit, one.currency.as_deref(), lang);
    let share = if one.target > 0.0 { one.value / one.target } else { 1.0 };
    canvas.text("", Ink::Plain, &one.label);
    let bar = charts::gauge(share, LONGEST_GAUGE.min(canvas.width / 3));
    let reached = words::out_of(&say(one.value), &say(one.target), lang);
    if width(&bar) + width(&reached) + 2 > canvas.width {
        canvas.line(Line::of(ink_of(one.tone), &bar));
        canvas.text("", Ink::Plain, &reached);
    } else {
        let line = Line::of(ink_of(one.tone), &bar).and(Ink::Plain, "  ").and(Ink::Plain, &reached);
        canvas.line(line);
    }
}
