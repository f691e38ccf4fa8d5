//! Key figures, with their course and their change.

use super::drawing::Drawing;
use super::icon;
use super::text::big;
use maud::{Markup, html};
use mesinfos_model::view::{KeyFigure, Lang, Tone, Trend};
use mesinfos_words as words;

/// Figures side by side.
pub(super) fn figures(all: &[KeyFigure], drawing: &Drawing<'_>) -> Markup {
    // The first of four is bigger if it alone has a course.
    let leads = all.len() == 4 && all.iter().position(|one| !one.spark.is_empty()) == Some(0);
    let leads = leads && all.iter().filter(|one| !one.spark.is_empty()).count() == 1;
    html! {
        dl.figs.lead4[leads] {
            @for (at, one) in all.iter().enumerate() {
                (figure(one, if leads && at == 0 { "l" } else { "" }, drawing))
            }
        }
    }
}

/// The figure of a whole result.
pub(super) fn headline(one: &KeyFigure, drawing: &Drawing<'_>) -> Markup {
    html! { dl.figs { (figure(one, "l", drawing)) } }
}

fn figure(figure: &KeyFigure, class: &str, drawing: &Drawing<'_>) -> Markup {
    let lang = drawing.lang;
    html! {
        div {
            dt dir="auto" { (figure.label) }
            dd {
                (big(&figure.value, class, lang))
                @if let Some(one) = &figure.trend { (trend(one, lang)) }
                @if figure.spark.iter().flatten().count() > 1 { (spark(&figure.spark)) }
                @if let Some(note) = &figure.note { small.soft dir="auto" { (note) } }
                @if let Some((words, path)) = drawing.evidence(&figure.label) {
                    a.small href=(path) { (words) span.sr { " · " bdi { (figure.label) } } }
                }
            }
        }
    }
}

fn trend(trend: &Trend, lang: Lang) -> Markup {
    let class = match trend.tone {
        Tone::Good => Some("good"),
        Tone::Warn => Some("warn"),
        Tone::Bad => Some("bad"),
        Tone::Auto | Tone::Accent | Tone::Neutral | Tone::Compare => None,
    };
    html! {
        span.small {
            strong class=[class] {
                (icon::direction(trend.direction))
                span.sr { " " (words::direction(trend.direction, lang)) }
                " " bdi { (words::value(&trend.change, lang)) }
            }
            " " bdi.soft { (trend.versus) }
        }
    }
}

/// Width and height of a course, in its own units.
const WIDE: f64 = 200.0;
const HIGH: f64 = 30.0;

/// A course as a line from its least to its most. A gap breaks the line.
pub(crate) fn spark(points: &[Option<f64>]) -> Markup {
    let known = || points.iter().flatten().copied();
    let (least, most) = (known().fold(f64::MAX, f64::min), known().fold(f64::MIN, f64::max));
    let place = |number: f64| {
        if most > least { (number - least) / (most - least) } else { 0.5 }
    };
    let last = f64::from(u32::try_from(points.len().saturating_sub(1)).unwrap_or(u32::MAX)).max(1.0);
    let mut path = String::new();
    let mut is_down = false;
    for (point, at) in points.iter().zip(0_u32..) {
        let Some(number) = point else {
            is_down = false;
            continue;
        };
        let (x, y) = (f64::from(at) / last * WIDE, HIGH - 2.0 - place(*number) * (HIGH - 4.0));
        let pen = if is_down { 'L' } else { 'M' };
        path.push_str(&format!("{pen}{x:.1} {y:.1}"));
        is_down = true;
    }
    html! {
        svg.spark viewBox=(format!("0 0 {WIDE} {HIGH}")) preserveAspectRatio="none" aria-hidden="true" {
            path d=(path) fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"
                vector-effect="non-scaling-stroke" {}
        }
    }
}
