//! Charts in characters. Each keeps its numbers in words beside the drawing.

use super::canvas::{Canvas, Ink, Line, cut, left, right, width, wrap};
use super::ink_of;
use mesinfos_model::view::{
    Calendar, Chart, Date, Heatmap, Lang, Parts, Plot, QuantityUnit, Series, Step, Xy,
};
use mesinfos_model::{Day, words};

/// Up to here each point has its own line with its value; beyond, a report would be only charts.
const POINTS_WITH_A_LINE: usize = 24;
/// A label takes at most this share of a line.
const LABEL_SHARE: usize = 3;
/// The longest bar: longer ones are not easier to compare.
const LONGEST_BAR: usize = 40;

const SPARKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const SHADES: [char; 4] = ['░', '▒', '▓', '█'];
/// Where there is no value.
const GAP: char = '·';

/// Title, drawing and takeaway.
pub(super) fn chart(canvas: &mut Canvas, chart: &Chart, lang: Lang) {
    canvas.text("", Ink::Strong, &chart.title);
    match &chart.plot {
        Plot::Xy(xy) => draw_xy(canvas, xy, lang),
        Plot::Parts(parts) => draw_parts(canvas, parts, lang),
        Plot::Calendar(calendar) => draw_calendar(canvas, calendar, lang),
        Plot::Heatmap(heatmap) => draw_heatmap(canvas, heatmap, lang),
    }
    canvas.text("→ ", Ink::Plain, &chart.takeaway);
}

/// The course of numbers in one character each; gaps are blanks.
pub(super) fn sparkline(points: &[Option<f64>]) -> String {
    let Some((least, most)) = bounds(points) else { return String::new() };
    points
        .iter()
        .map(|point| point.map_or(' ', |n| level(n, least, most, &SPARKS)))
        .collect()
}

/// A bar of so many columns, full up to the share (0 to 1).
pub(super) fn gauge(share: f64, columns: usize) -> String {
    let full = part_of(share, columns);
    format!("{}{}", "█".repeat(full), "░".repeat(columns - full))
}

/// The whole number of steps nearest to a share (0 to 1) of them.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "steps are columns of a terminal, and the share is clamped"
)]
fn part_of(share: f64, steps: usize) -> usize {
    (share.clamp(0.0, 1.0) * steps as f64).round() as usize
}

/// Smallest and largest of the points that are there.
fn bounds(points: &[Option<f64>]) -> Option<(f64, f64)> {
    let mut there = points.iter().flatten().copied();
    let first = there.next()?;
    Some(there.fold((first, first), |(low, high), n| (low.min(n), high.max(n))))
}

/// The mark of a number between two bounds.
fn level(n: f64, least: f64, most: f64, marks: &[char]) -> char {
    let span = most - least;
    let share = if span > 0.0 { (n - least) / span } else { 0.5 };
    marks.get(part_of(share, marks.len() - 1)).copied().unwrap_or(GAP)
}

/// A line of a bar chart.
struct Bar {
    label: String,
    /// Of the longest bar; negative ones are drawn lighter.
    share: f64,
    value: String,
    ink: Ink,
}

fn draw_bars(canvas: &mut Canvas, bars: &[Bar]) {
    let widest = |of: fn(&Bar) -> &str| bars.iter().map(|bar| width(of(bar))).max().unwrap_or(0);
    let labels = widest(|bar| &bar.label).min(canvas.width / LABEL_SHARE);
    let values = widest(|bar| &bar.value);
    let room = canvas.width.saturating_sub(labels + values + 2).clamp(1, LONGEST_BAR);
    for bar in bars {
        let mark = if bar.share < 0.0 { "▒" } else { "█" };
        let drawn = mark.repeat(part_of(bar.share.abs(), room));
        let line = Line::of(Ink::Plain, &left(&cut(&bar.label, labels), labels))
            .and(Ink::Plain, " ")
            .and(bar.ink, &left(&drawn, room))
            .and(Ink::Plain, " ")
            .and(Ink::Plain, &right(&bar.value, values));
        canvas.line(line);
    }
}

fn draw_xy(canvas: &mut Canvas, xy: &Xy, lang: Lang) {
    let labels = words::axis_labels(&xy.axis, lang);
    for series in &xy.series {
        if labels.len() > POINTS_WITH_A_LINE {
            draw_course(canvas, series, &labels, lang);
            continue;
        }
        if xy.series.len() > 1 {
            canvas.text("", ink_of(series.tone), &series.label);
        }
        // Series of the same kind share a scale, so that their bars can be compared.
        let same_kind = |other: &&Series| {
            (other.unit, &other.currency) == (series.unit, &series.currency)
        };
        let scale = xy
            .series
            .iter()
            .filter(same_kind)
            .flat_map(|other| other.points.iter().flatten())
            .fold(0.0_f64, |scale, n| scale.max(n.abs()));
        let bars: Vec<Bar> = labels
            .iter()
            .zip(&series.points)
            .map(|(label, point)| Bar {
                label: label.clone(),
                share: point.map_or(0.0, |n| share(n, scale)),
                value: words::chart_point(*point, series.unit, series.currency.as_deref(), lang),
                ink: ink_of(series.tone),
            })
            .collect();
        draw_bars(canvas, &bars);
    }
}

fn share(n: f64, whole: f64) -> f64 {
    if whole > 0.0 { n / whole } else { 0.0 }
}

/// A long series: its course, from when to when, its least and its most.
fn draw_course(canvas: &mut Canvas, series: &Series, labels: &[String], lang: Lang) {
    canvas.text("", ink_of(series.tone), &series.label);
    let points = squeezed(&series.points, canvas.width.min(80));
    canvas.line(Line::of(ink_of(series.tone), &sparkline(&points)));
    let say = |n| words::chart_number(n, series.unit, series.currency.as_deref(), lang);
    let mut text = match (labels.first(), labels.last()) {
        (Some(first), Some(last)) => format!("{first} – {last}"),
        _ => String::new(),
    };
    if let Some((least, most)) = bounds(&series.points) {
        let (low, high) = (words::Word::Least.t(lang), words::Word::Most.t(lang));
        text.push_str(&format!(" · {low} {} · {high} {}", say(least), say(most)));
    }
    canvas.text("", Ink::Soft, &text);
}

/// At most so many points: each is the mean of the ones that it stands for.
#[allow(clippy::cast_precision_loss, reason = "a chart has at most a few thousand points")]
fn squeezed(points: &[Option<f64>], at_most: usize) -> Vec<Option<f64>> {
    let each = points.len().div_ceil(at_most.max(1)).max(1);
    points
        .chunks(each)
        .map(|some| {
            let there: Vec<f64> = some.iter().flatten().copied().collect();
            (!there.is_empty()).then(|| there.iter().sum::<f64>() / there.len() as f64)
        })
        .collect()
}

fn draw_parts(canvas: &mut Canvas, parts: &Parts, lang: Lang) {
    let whole: f64 = parts.slices.iter().map(|slice| slice.value).sum();
    let most = parts.slices.iter().fold(0.0_f64, |most, slice| most.max(slice.value));
    let bars: Vec<Bar> = parts
        .slices
        .iter()
        .map(|slice| {
            let percent = (share(slice.value, whole) * 100.0).round();
            let percent = words::chart_number(percent, QuantityUnit::Percent, None, lang);
            let value =
                words::chart_number(slice.value, parts.unit, parts.currency.as_deref(), lang);
            Bar {
                label: slice.label.clone(),
                share: share(slice.value, most),
                value: format!("{value} {}", right(&percent, 5)),
                ink: ink_of(slice.tone),
            }
        })
        .collect();
    draw_bars(canvas, &bars);
}

/// One row for each month, one mark for each day.
fn draw_calendar(canvas: &mut Canvas, calendar: &Calendar, lang: Lang) {
    let (Some(start), Some((least, most))) = (calendar.start.day(), bounds(&calendar.values))
    else {
        canvas.text("", Ink::Soft, words::Word::NothingToShow.t(lang));
        return;
    };
    let mut rows: Vec<(i32, String)> = Vec::new();
    for (day, value) in (start.0..).map(Day).zip(&calendar.values) {
        if rows.last().is_none_or(|(month, _)| *month != day.month()) {
            // The days of the first month that come before the start.
            let before = usize::from(Date::from(day).day).saturating_sub(1);
            rows.push((day.month(), " ".repeat(before)));
        }
        if let Some((_, marks)) = rows.last_mut() {
            marks.push(value.map_or(GAP, |n| level(n, least, most, &SHADES)));
        }
    }
    for (month, marks) in &rows {
        let first = Date::from(Day::first_of_month(*month));
        let label = left(&short_month(first, canvas.width, lang), 8);
        canvas.line(Line::of(Ink::Plain, &label).and(Ink::Accent, marks));
    }
    legend(canvas, least, most, calendar.unit, calendar.currency.as_deref(), lang);
}

/// "janv. 2013"; where the line is narrow, "2013-01": a month's 31 marks must fit beside it.
fn short_month(first: Date, columns: usize, lang: Lang) -> String {
    if columns >= 48 {
        left(&words::axis_label(first, Step::Month, lang), 11)
    } else {
        format!("{:04}-{:02}", first.year, first.month)
    }
}

fn draw_heatmap(canvas: &mut Canvas, heatmap: &Heatmap, lang: Lang) {
    let Some((least, most)) = bounds(&heatmap.cells) else {
        canvas.text("", Ink::Soft, words::Word::NothingToShow.t(lang));
        return;
    };
    let widest = heatmap.rows.iter().map(|row| width(row)).max().unwrap_or(0);
    let labels = widest.min(canvas.width / LABEL_SHARE);
    let room = canvas.width.saturating_sub(labels + 1).max(1);
    let columns = heatmap.columns.len().max(1);
    // As wide as there is room for, as a mark is twice as high as wide; a mean where there is none.
    let each = (room / columns).clamp(1, 4);
    for (label, cells) in heatmap.rows.iter().zip(heatmap.cells.chunks(columns)) {
        let marks: String = squeezed(cells, room)
            .into_iter()
            .map(|cell| cell.map_or(GAP, |n| level(n, least, most, &SHADES)))
            .flat_map(|mark| std::iter::repeat_n(mark, each))
            .collect();
        let line = Line::of(Ink::Plain, &left(&cut(label, labels), labels))
            .and(Ink::Plain, " ")
            .and(Ink::Accent, &marks);
        canvas.line(line);
    }
    for names in wrap(&heatmap.columns.join(" "), room) {
        canvas.line(Line::of(Ink::Soft, &format!("{}{names}", " ".repeat(labels + 1))));
    }
    legend(canvas, least, most, heatmap.unit, None, lang);
}

fn legend(
    canvas: &mut Canvas,
    least: f64,
    most: f64,
    unit: QuantityUnit,
    currency: Option<&str>,
    lang: Lang,
) {
    let say = |n| words::chart_number(n, unit, currency, lang);
    let marks: String = SHADES.iter().collect();
    canvas.text("", Ink::Soft, &format!("{} {marks} {}", say(least), say(most)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sparklines_go_from_least_to_most() {
        assert_eq!(sparkline(&[Some(0.0), Some(3.5), None, Some(7.0)]), "▁▅ █");
        assert_eq!(sparkline(&[Some(2.0), Some(2.0)]), "▅▅");
        assert_eq!(sparkline(&[None]), "");
        assert_eq!(gauge(0.5, 4), "██░░");
        assert_eq!(gauge(7.0, 2), "██");
    }

    #[test]
    fn long_series_are_squeezed_by_means() {
        let points = [Some(1.0), Some(3.0), None, None, Some(5.0)];
        assert_eq!(squeezed(&points, 3), [Some(2.0), None, Some(5.0)]);
    }
}
