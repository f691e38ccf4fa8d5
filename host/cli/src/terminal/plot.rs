//! Text charts: bars, sparklines, shaded grids.

use super::screen::{Ink, Line, Run, Screen, cut, pad, pad_left, plain, run, width};
use mesinfos_model::view::{
    Calendar, Chart, Date, Heatmap, Lang, Parts, Plot, QuantityUnit, Series, Step, Tone, Xy, XyKind,
};
use mesinfos_words::{self as words, Word};
use std::io;

/// Maximum number of bars in one chart. With more, each series becomes a sparkline.
const MOST_BARS: usize = 24;
/// Fills of a stacked bar. This is also the maximum number of stacked series, which must differ without
/// colour.
const FILLS: [char; 4] = ['█', '▓', '▒', '░'];
/// Shades in ascending order.
const SHADES: [char; 4] = ['░', '▒', '▓', '█'];
/// Columns of a month of 31 days with its name ("janv. 2024"). A narrower screen names it in digits.
const WIDE_MONTHS: usize = 42;
/// Cell without a value.
const GAP: char = '·';

/// Ink of a tone. `place` is the index among siblings, for tones chosen by the host.
pub(crate) fn ink(tone: Tone, place: usize) -> Ink {
    const AUTO: [Ink; 4] = [Ink::Accent, Ink::Warn, Ink::Compare, Ink::Good];
    match tone {
        Tone::Auto => AUTO[place % AUTO.len()],
        Tone::Accent => Ink::Accent,
        Tone::Neutral => Ink::Plain,
        Tone::Good => Ink::Good,
        Tone::Warn => Ink::Warn,
        Tone::Bad => Ink::Bad,
        Tone::Compare => Ink::Compare,
    }
}

/// Writes a chart: title, takeaway, drawing.
pub(crate) fn chart(screen: &mut Screen<'_>, chart: &Chart, lang: Lang) -> io::Result<()> {
    screen.paragraph(plain(""), &[run(Ink::Strong, chart.title.clone())])?;
    screen.paragraph(plain(""), &[run(Ink::Soft, chart.takeaway.clone())])?;
    match &chart.plot {
        Plot::Xy(xy) => draw_xy(screen, xy, lang),
        Plot::Parts(parts) => draw_parts(screen, parts, lang),
        Plot::Calendar(calendar) => draw_calendar(screen, calendar, lang),
        Plot::Heatmap(heatmap) => draw_heatmap(screen, heatmap, lang),
    }
}

/// Number of `steps` filled by a share from 0 to 1, rounded.
fn filled(share: f64, steps: usize) -> usize {
    let parts = f64::from(u32::try_from(steps).unwrap_or(u32::MAX));
    (0..steps).zip(0_u32..).filter(|&(_, i)| share * parts >= f64::from(i) + 0.5).count()
}

/// Bar for a share from 0 to 1, padded to a width. A non-zero share is always visible.
pub(crate) fn bar(share: f64, to: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let mut eighths = filled(share, to * 8);
    if eighths == 0 && share > 0.0 {
        eighths = 1;
    }
    pad(&format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8]), to)
}

/// Minimum and maximum.
fn bounds(points: &[Option<f64>]) -> Option<(f64, f64)> {
    let mut known = points.iter().flatten().copied();
    let first = known.next()?;
    Some(known.fold((first, first), |(least, most), n| (least.min(n), most.max(n))))
}

/// Position of a number between two bounds, from 0 to 1. One half if the bounds are equal.
fn place((least, most): (f64, f64), n: f64) -> f64 {
    if most > least { (n - least) / (most - least) } else { 0.5 }
}

/// Sparkline from the minimum to the maximum. A gap is a space. Neighbours are averaged if there are more
/// points than columns.
pub(crate) fn sparkline(points: &[Option<f64>], most: usize) -> String {
    const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let together = points.len().div_ceil(most.max(1)).max(1);
    let means: Vec<Option<f64>> = points.chunks(together).map(mean).collect();
    let Some(bounds) = bounds(&means) else {
        return " ".repeat(means.len());
    };
    means.iter().map(|n| n.map_or(' ', |n| LEVELS[filled(place(bounds, n), LEVELS.len() - 1)])).collect()
}

fn mean(points: &[Option<f64>]) -> Option<f64> {
    let (sum, count) = points.iter().flatten().fold((0.0, 0_u32), |(sum, count), n| (sum + n, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

fn draw_xy(screen: &mut Screen<'_>, xy: &Xy, lang: Lang) -> io::Result<()> {
    let labels = words::axis_labels(&xy.axis, lang);
    if stacks(xy) && labels.len() <= MOST_BARS {
        stacked_bars(screen, xy, &labels, lang)
    } else if labels.len() * xy.series.len() <= MOST_BARS {
        bars(screen, &xy.series, &labels, lang)
    } else {
        sparklines(screen, &xy.series, &labels, lang)
    }
}

/// Whether series can be stacked: requested, of one unit, without negative values, and at least two but no
/// more than [`FILLS`] has.
fn stacks(xy: &Xy) -> bool {
    let one_unit = xy.series.windows(2).all(|two| same_unit(&two[0], &two[1]));
    let positive = xy.series.iter().flat_map(|s| s.points.iter().flatten()).all(|n| *n >= 0.0);
    xy.kind == XyKind::StackedBar && one_unit && positive && (2..=FILLS.len()).contains(&xy.series.len())
}

fn same_unit(a: &Series, b: &Series) -> bool {
    a.unit == b.unit && a.currency == b.currency
}

fn point(series: &Series, i: usize) -> Option<f64> {
    series.points.get(i).copied().flatten()
}

fn written(series: &Series, n: Option<f64>, lang: Lang) -> String {
    words::chart_point(n, series.unit, series.currency.as_deref(), lang)
}

/// A row: label on the left, bar over the remaining width, value on the right.
struct BarRow {
    label: String,
    name: String,
    ink: Ink,
    bar: BarKind,
    value: String,
}

enum BarKind {
    /// Share from 0 to 1.
    Share(f64),
    /// Negative value, as a share from 0 to 1; drawn with another fill.
    Below(f64),
    /// Stacked shares from 0 to 1.
    Stack(Vec<(Ink, f64)>),
    None,
}

/// Writes rows of bars in aligned columns.
fn bar_rows(screen: &mut Screen<'_>, rows: &[BarRow]) -> io::Result<()> {
    let widest = |text: fn(&BarRow) -> &str| rows.iter().map(|r| width(text(r))).max().unwrap_or(0);
    let value = widest(|r| &r.value).min(screen.width() / 2);
    // Names are whole as long as a third of the line is left for the bars.
    let texts = (screen.width() * 2 / 3).saturating_sub(value + 3);
    let name = widest(|r| &r.name);
    let label = widest(|r| &r.label).min(if name > 0 { screen.width() / 3 } else { texts });
    let name = name.min(texts.saturating_sub(label).max(screen.width() / 4));
    let names = if name > 0 { name + 1 } else { 0 };
    let room = screen.width().saturating_sub(label + names + value + 2).max(4);
    for row in rows {
        let mut line = vec![plain(pad(&cut(&row.label, label), label)), plain(" ")];
        if name > 0 {
            line.push(run(row.ink, pad(&cut(&row.name, name), name)));
            line.push(plain(" "));
        }
        line.extend(drawn(row, room));
        line.push(plain(" "));
        line.push(plain(pad_left(&cut(&row.value, value), value)));
        screen.line(&line)?;
    }
    Ok(())
}

fn drawn(row: &BarRow, room: usize) -> Line {
    match &row.bar {
        BarKind::Share(share) => vec![run(row.ink, bar(*share, room))],
        BarKind::Below(share) => {
            let cells = filled(*share, room).max(usize::from(*share > 0.0));
            vec![run(row.ink, pad(&"▒".repeat(cells), room))]
        }
        BarKind::Stack(shares) => stack(shares, room),
        BarKind::None => vec![plain(" ".repeat(room))],
    }
}

/// Draws a stacked bar. Each part ends at the rounded running sum, so that rounding errors do not add up.
fn stack(shares: &[(Ink, f64)], room: usize) -> Line {
    let (mut sum, mut at) = (0.0, 0);
    let mut line: Line = Vec::new();
    for (&(ink, share), fill) in shares.iter().zip(FILLS) {
        sum += share;
        let end = filled(sum, room);
        line.push(run(ink, String::from(fill).repeat(end.saturating_sub(at))));
        at = end.max(at);
    }
    line.push(plain(" ".repeat(room.saturating_sub(at))));
    line
}

/// Draws a bar per label and series. Series of the same unit share a scale.
fn bars(screen: &mut Screen<'_>, all: &[Series], labels: &[String], lang: Lang) -> io::Result<()> {
    let most = |of: &Series| {
        all.iter()
            .filter(|s| same_unit(s, of))
            .flat_map(|s| s.points.iter().flatten())
            .fold(0.0_f64, |most, n| most.max(n.abs()))
    };
    let mut rows = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        for (place, series) in all.iter().enumerate() {
            let n = point(series, i);
            let share = n.map_or(0.0, |n| n.abs() / most(series).max(f64::MIN_POSITIVE));
            rows.push(BarRow {
                label: if place == 0 { label.clone() } else { String::new() },
                name: if all.len() > 1 { series.label.clone() } else { String::new() },
                ink: ink(series.tone, place),
                bar: match n {
                    None => BarKind::None,
                    Some(n) if n < 0.0 => BarKind::Below(share),
                    Some(_) => BarKind::Share(share),
                },
                value: written(series, n, lang),
            });
        }
    }
    bar_rows(screen, &rows)
}

fn stacked_bars(screen: &mut Screen<'_>, xy: &Xy, labels: &[String], lang: Lang) -> io::Result<()> {
    let total = |i| xy.series.iter().filter_map(|s| point(s, i)).sum::<f64>();
    let most = (0..labels.len()).map(total).fold(f64::MIN_POSITIVE, f64::max);
    let legend: Vec<Run> = xy
        .series
        .iter()
        .zip(FILLS)
        .enumerate()
        .map(|(place, (s, fill))| run(ink(s.tone, place), format!("{fill}\u{A0}{}", s.label)))
        .flat_map(|entry| [entry, plain("  ")])
        .collect();
    screen.paragraph(plain(""), &legend)?;
    let rows: Vec<BarRow> = labels
        .iter()
        .enumerate()
        .map(|(i, label)| BarRow {
            label: label.clone(),
            name: String::new(),
            ink: Ink::Plain,
            bar: BarKind::Stack(
                xy.series
                    .iter()
                    .enumerate()
                    .map(|(place, s)| (ink(s.tone, place), point(s, i).unwrap_or(0.0) / most))
                    .collect(),
            ),
            value: xy.series.first().map_or_else(String::new, |s| {
                let known = xy.series.iter().any(|s| point(s, i).is_some());
                written(s, known.then(|| total(i)), lang)
            }),
        })
        .collect();
    bar_rows(screen, &rows)
}

/// Draws one sparkline per series with its bounds, and the first and last label below.
fn sparklines(screen: &mut Screen<'_>, all: &[Series], labels: &[String], lang: Lang) -> io::Result<()> {
    let (first, last) = (labels.first().map_or("", |l| l), labels.last().map_or("", |l| l));
    for (place, series) in all.iter().enumerate() {
        let mut head = vec![run(ink(series.tone, place), series.label.clone())];
        if let Some((least, most)) = bounds(&series.points) {
            head.push(run(Ink::Soft, bounds_text(least, most, &|n| written(series, Some(n), lang), lang)));
        }
        screen.paragraph(plain(""), &head)?;
        let line = sparkline(&series.points, screen.width());
        screen.line(&[run(ink(series.tone, place), line)])?;
    }
    // Labels of start and end, below the sparklines.
    let drawn = all.iter().map(|s| s.points.len().div_ceil(s.points.len().div_ceil(screen.width()).max(1)));
    let room = drawn.max().unwrap_or(0).max(width(first) + width(last) + 1).min(screen.width());
    let (first, last) = (cut(first, room / 2), cut(last, room / 2));
    let between = room.saturating_sub(width(&first) + width(&last));
    screen.line(&[run(Ink::Soft, format!("{first}{}{last}", " ".repeat(between)))])
}

fn bounds_text(least: f64, most: f64, write: &dyn Fn(f64) -> String, lang: Lang) -> String {
    format!("  {} {}, {} {}", Word::Least.to(lang), write(least), Word::Most.to(lang), write(most))
}

fn draw_parts(screen: &mut Screen<'_>, parts: &Parts, lang: Lang) -> io::Result<()> {
    let total: f64 = parts.slices.iter().map(|s| s.value).sum();
    let rows: Vec<BarRow> = parts
        .slices
        .iter()
        .enumerate()
        .map(|(place, slice)| {
            let share = if total > 0.0 { slice.value / total } else { 0.0 };
            let value = words::chart_number(slice.value, parts.unit, parts.currency.as_deref(), lang);
            // Whole percents are precise enough for parts of a whole.
            let percent = words::chart_number((share * 100.0).round(), QuantityUnit::Percent, None, lang);
            BarRow {
                label: slice.label.clone(),
                name: String::new(),
                ink: ink(slice.tone, place),
                bar: BarKind::Share(share),
                value: format!("{value} {}", pad_left(&percent, 5)),
            }
        })
        .collect();
    bar_rows(screen, &rows)
}

/// Shade of a number between bounds.
fn shade(bounds: (f64, f64), n: Option<f64>) -> char {
    n.map_or(GAP, |n| SHADES[filled(place(bounds, n), SHADES.len() - 1)])
}

/// Writes a legend such as "░ min. 1 kWh  █ max. 12 kWh  · aucune donnée".
fn legend(
    screen: &mut Screen<'_>,
    (least, most): (f64, f64),
    write: &dyn Fn(f64) -> String,
    lang: Lang,
) -> io::Result<()> {
    let text = format!(
        "{}\u{A0}{}\u{A0}{}  {}\u{A0}{}\u{A0}{}  {GAP}\u{A0}{}",
        SHADES[0],
        Word::Least.to(lang),
        write(least),
        SHADES[SHADES.len() - 1],
        Word::Most.to(lang),
        write(most),
        Word::NoData.to(lang)
    );
    screen.paragraph(plain(""), &[run(Ink::Soft, text)])
}

/// Draws a row per month with a character per day.
fn draw_calendar(screen: &mut Screen<'_>, calendar: &Calendar, lang: Lang) -> io::Result<()> {
    let (Some(start), Some(bounds)) = (calendar.start.day(), bounds(&calendar.values)) else {
        return screen.line(&[run(Ink::Soft, Word::NothingToShow.to(lang))]);
    };
    let mut rows: Vec<(String, String)> = Vec::new();
    for (&n, offset) in calendar.values.iter().zip(0_i32..) {
        let date = Date::from(mesinfos_model::Day(start.0.saturating_add(offset)));
        let month = if screen.width() < WIDE_MONTHS {
            format!("{:04}-{:02}", date.year, date.month)
        } else {
            words::axis_label(date, Step::Month, lang)
        };
        if rows.last().is_none_or(|(label, _)| *label != month) {
            rows.push((month, " ".repeat(usize::from(date.day.saturating_sub(1)))));
        }
        if let Some((_, days)) = rows.last_mut() {
            days.push(shade(bounds, n));
        }
    }
    let months = rows.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
    for (label, days) in rows {
        screen.line(&[plain(pad(&label, months)), plain(" "), run(Ink::Accent, days)])?;
    }
    let write = |n| words::chart_number(n, calendar.unit, calendar.currency.as_deref(), lang);
    legend(screen, bounds, &write, lang)
}

/// Draws a shaded grid. Columns that do not fit continue in further grids below.
fn draw_heatmap(screen: &mut Screen<'_>, map: &Heatmap, lang: Lang) -> io::Result<()> {
    let Some(bounds) = bounds(&map.cells) else {
        return screen.line(&[run(Ink::Soft, Word::NothingToShow.to(lang))]);
    };
    let label = map.rows.iter().map(|r| width(r)).max().unwrap_or(0).min(screen.width() / 3);
    let room = screen.width() - label - 1;
    // Cells are as wide as their column labels need, if all fit.
    let needed = map.columns.iter().map(|c| width(c) + 1).max().unwrap_or(1);
    let cell = (room / map.columns.len().max(1)).clamp(1, needed.clamp(2, 8));
    let together = (room / cell).max(1);
    for (chunk, first) in map.columns.chunks(together).zip((0..).step_by(together)) {
        screen.line(&[run(Ink::Soft, column_labels(chunk, label, cell))])?;
        for (y, name) in map.rows.iter().enumerate() {
            let cells: String = (first..first + chunk.len())
                .map(|x| map.cells.get(y * map.columns.len() + x).copied().flatten())
                .map(|n| String::from(shade(bounds, n)).repeat(cell))
                .collect();
            let name = pad(&cut(name, label), label);
            screen.line(&[plain(format!("{name} ")), run(Ink::Accent, cells)])?;
        }
    }
    let write = |n| words::chart_number(n, map.unit, None, lang);
    legend(screen, bounds, &write, lang)
}

/// Column labels above their cells. If they do not fit, only the first and the last.
fn column_labels(labels: &[String], indent: usize, cell: usize) -> String {
    let before = " ".repeat(indent + 1);
    if labels.iter().all(|label| width(label) < cell) {
        let labels: Vec<String> = labels.iter().map(|l| pad(l, cell)).collect();
        return format!("{before}{}", labels.concat());
    }
    match labels {
        [] => before,
        [only] => format!("{before}{only}"),
        [first, .., last] => {
            let room = (labels.len() * cell).max(3);
            let (first, last) = (cut(first, room / 2), cut(last, room / 2));
            let between = room.saturating_sub(width(&first) + width(&last));
            format!("{before}{first}{}{last}", " ".repeat(between))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_sparklines() {
        assert_eq!(bar(0.5, 4), "██  ");
        assert_eq!(bar(1.0, 4), "████");
        assert_eq!(bar(0.001, 4), "▏   ");
        assert_eq!(bar(0.0, 2), "  ");
        assert_eq!(bar(0.3, 5), "█▌   ");
        let ramp: Vec<Option<f64>> = (0..8_u32).map(|n| Some(f64::from(n))).collect();
        assert_eq!(sparkline(&ramp, 20), "▁▂▃▄▅▆▇█");
        assert_eq!(sparkline(&ramp, 4), "▁▃▆█");
        assert_eq!(sparkline(&[Some(1.0), None, Some(3.0)], 9), "▁ █");
        assert_eq!(sparkline(&[Some(2.0), Some(2.0)], 9), "▅▅");
        assert_eq!(sparkline(&[], 9), "");
        assert_eq!(sparkline(&[None, None], 9), "  ");
    }

    #[test]
    fn a_name_is_whole_where_there_is_room() {
        let row = |label: &str, name: &str| BarRow {
            label: label.to_owned(),
            name: name.to_owned(),
            ink: Ink::Plain,
            bar: BarKind::Share(1.0),
            value: "971,80 €".to_owned(),
        };
        let drawn = |width, rows: &[BarRow]| {
            let mut out = Vec::new();
            let style = super::super::screen::Style { color: false, width };
            bar_rows(&mut Screen::new(&mut out, style), rows).unwrap();
            String::from_utf8(out).unwrap()
        };
        let rows = [row("2023", "Prix bas, abonnement élevé"), row("", "Base fixe")];
        for width in [72, 80, 100] {
            let text = drawn(width, &rows);
            assert!(text.contains("2023 Prix bas, abonnement élevé █"), "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= width), "{text}");
        }
        // Where there is none, a quarter of the line is for names.
        let narrow = drawn(40, &rows);
        assert!(narrow.contains("2023 Prix bas, … █"), "{narrow}");
        assert!(drawn(100, &[row("Assurance habitation et responsabilité civile", "")]).contains("civile █"));
    }

    #[test]
    fn stacks_end_where_their_sum_ends() {
        let line = stack(&[(Ink::Accent, 0.26), (Ink::Warn, 0.26), (Ink::Good, 0.48)], 10);
        let text: String = line.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(text, "███▓▓▒▒▒▒▒");
    }
}
