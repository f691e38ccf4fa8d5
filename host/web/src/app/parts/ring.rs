//! The year as a circle: a ring for each domain, an arc for each month, as thick as days are known.

use crate::app::domain::Domain;
use maud::{Markup, html};

/// Share of the days of a month that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Known {
    #[default]
    Nothing,
    /// Up to a quarter of the days.
    Little,
    Half,
    Most,
    All,
}

impl Known {
    /// The share of `days` of a month of `length` days.
    pub(crate) fn of(days: u32, length: u32) -> Known {
        match (days * 4).div_ceil(length.max(1)) {
            0 => Known::Nothing,
            1 => Known::Little,
            2 => Known::Half,
            3 => Known::Most,
            _ => Known::All,
        }
    }

    /// Width of the arc.
    fn width(self) -> f64 {
        match self {
            Known::Nothing => 0.0,
            Known::Little => 3.0,
            Known::Half => 6.0,
            Known::Most => 8.5,
            Known::All => 11.0,
        }
    }
}

/// Months of a year, by domain.
pub(crate) type Year = [[Known; 12]; Domain::ALL.len()];

/// Degrees left open before January, as in the brand.
const GAP: f64 = 16.0;
const MONTH: f64 = (360.0 - GAP) / 12.0;
const START: f64 = -90.0 + GAP / 2.0;

/// A point at `degrees` on a circle of the drawing.
fn point(radius: f64, degrees: f64) -> (String, String) {
    let (sin, cos) = degrees.to_radians().sin_cos();
    (format!("{:.1}", 240.0 + radius * cos), format!("{:.1}", 240.0 + radius * sin))
}

fn arc(radius: f64, from: f64, to: f64) -> String {
    let ((x0, y0), (x1, y1)) = (point(radius, from), point(radius, to));
    let is_large = u8::from(to - from > 180.0);
    format!("M{x0} {y0}A{radius} {radius} 0 {is_large} 1 {x1} {y1}")
}

/// The circle, with the first letters of the months, and two lines in its middle.
pub(crate) fn ring(year: &Year, months: &[String; 12], centre: (&str, &str), label: &str) -> Markup {
    let rings = Domain::ALL
        .iter()
        .zip(year)
        .zip(0_u8..)
        .map(|((domain, months), at)| (domain, months, 206.0 - f64::from(at) * 18.5));
    html! {
        svg.ring viewBox="0 0 480 480" role="img" aria-label=(label) {
            @for (domain, months, radius) in rings {
                g.track data-d=(domain.id()) {
                    path.base d=(arc(radius, START, START + 12.0 * MONTH)) {}
                    @for (month, known) in (0_u8..).zip(months).filter(|(_, known)| **known != Known::Nothing) {
                        @let pad = (known.width() / 2.0 + 1.6) / radius * 57.3;
                        @let from = START + f64::from(month) * MONTH;
                        path d=(arc(radius, from + pad, from + MONTH - pad)) stroke-width=(known.width()) {}
                    }
                }
            }
            @for (month, name) in (0_u8..).zip(months) {
                @let (x, y) = point(228.0, START + MONTH / 2.0 + f64::from(month) * MONTH);
                text x=(x) y=(y) dy=".35em" { (name) }
            }
            text.yr x="240" y="238" { (centre.0) }
            text.ct x="240" y="264" { (centre.1) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arc_is_as_thick_as_days_are_known() {
        let known = [(0, 31), (1, 31), (8, 31), (16, 31), (24, 31), (31, 31), (28, 28), (3, 0)];
        let expected = [
            Known::Nothing,
            Known::Little,
            Known::Half,
            Known::Most,
            Known::All,
            Known::All,
            Known::All,
            Known::All,
        ];
        assert_eq!(known.map(|(days, length)| Known::of(days, length)), expected);
    }

    #[test]
    fn only_known_months_are_drawn() {
        let mut year = Year::default();
        year[2][5] = Known::Most;
        let months = std::array::from_fn(|_| "J".to_owned());
        let drawn = ring(&year, &months, ("2025", "<b>"), "\"<b>").into_string();
        assert_eq!(drawn.matches("stroke-width").count(), 1);
        assert_eq!(drawn.matches("class=\"base\"").count(), Domain::ALL.len());
        assert!(!drawn.contains("<b>") && !drawn.contains("NaN"));
    }
}
