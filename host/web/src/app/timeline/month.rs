//! The month above its days: its name, its neighbours, the domains, and a lane for each.

use super::Seen;
use super::query::Asked;
use crate::app::domain::Domain;
use crate::app::parts::{Icon, capital, crumbs, icon, more, table_region};
use maud::{Markup, html};
use mesinfos_model::Day;
use mesinfos_model::view::Lang;
use mesinfos_words::Word;
use mesinfos_words::page::{Data, Timeline as Words};
use serde::Serialize;

/// The month as a title: "Juillet 2025".
pub(super) fn name(month: i32, lang: Lang) -> String {
    let date = Day::first_of_month(month).civil();
    let name = mesinfos_words::date::month(date.month().unsigned_abs(), lang);
    capital(&format!("{name} {}", date.year()))
}

/// Number of rows of a domain on each day of the month.
pub(super) type DomainDays = (Domain, [u64; 31]);

/// Domains with rows in the month.
pub(super) fn by_domain(seen: &Seen) -> Vec<DomainDays> {
    let mut domains: Vec<DomainDays> = Domain::ALL.map(|domain| (domain, [0; 31])).to_vec();
    for of in &seen.counts {
        let (_, days) =
            &mut domains[Domain::ALL.iter().position(|one| *one == Domain::of(of.category)).unwrap_or(0)];
        for (sum, count) in days.iter_mut().zip(of.days) {
            *sum += u64::from(count);
        }
    }
    domains.retain(|(_, days)| days.iter().any(|count| *count > 0));
    domains
}

/// The head of the page.
pub(super) fn head(seen: &Seen, domains: &[DomainDays], asked: &Asked, title: &str, lang: Lang) -> Markup {
    let rows: u64 = domains.iter().flat_map(|(_, days)| days).sum();
    let at = seen.months.iter().position(|month| *month == seen.month).unwrap_or(0);
    let earlier = at.checked_sub(1).and_then(|at| seen.months.get(at));
    let later = seen.months.get(at + 1);
    html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang))], &Words::Timeline.to(lang), lang))
            div.row.end {
                h1 { (title) }
                nav.row aria-label=(Words::Months.to(lang)) {
                    @if let Some(month) = earlier {
                        a.btn.small href=(asked.at(*month)) { (icon(Icon::ChevronLeft)) (name(*month, lang)) }
                    }
                    @if let Some(month) = later {
                        a.btn.small href=(asked.at(*month)) { (name(*month, lang)) (icon(Icon::ChevronRight)) }
                    }
                }
            }
            p.lead { (Words::Lead.to(lang)) }
            nav.row aria-label=(Data::Domains.to(lang)) {
                @let all = asked.domain.is_none().then_some("true");
                a.chip href=(Asked::of(seen.month, None)) aria-current=[all] { (Words::All { rows }.to(lang)) }
                @for (domain, _) in domains {
                    @let here = (asked.domain == Some(*domain)).then_some("true");
                    a.chip href=(Asked::of(seen.month, Some(*domain))) aria-current=[here] data-d=(domain.id()) {
                        (icon(domain.icon())) (domain.name(lang))
                    }
                }
            }
        }
    }
}

/// What `charts.js` draws.
#[derive(Serialize)]
struct Lanes {
    kind: &'static str,
    rows: Vec<String>,
    axis: Axis,
    marks: Vec<Mark>,
    pick: usize,
}

#[derive(Serialize)]
struct Axis {
    dates: (&'static str, Vec<String>),
}

#[derive(Serialize)]
struct Mark {
    /// Lane, and day of the month from 0.
    y: usize,
    x: usize,
    /// Number of the colour.
    c: u8,
    /// Radius in pixels.
    r: u32,
}

/// Radius of a mark: it grows with the digits of the count, so that a day of half-hours does not hide the others.
fn radius(rows: u64) -> u32 {
    3 + rows.max(1).ilog2().min(5)
}

/// The lanes and their table. Says which day has the most domains.
pub(super) fn lanes(month: i32, domains: &[DomainDays], lang: Lang) -> Markup {
    let first = Day::first_of_month(month);
    let length =
        usize::try_from(Day::first_of_month(month.saturating_add(1)).0 - first.0).unwrap_or(31).min(31);
    let day = |at: usize| Day(first.0 + i32::try_from(at).unwrap_or(0));
    let touched = |at: usize| domains.iter().filter(|(_, days)| days[at] > 0).count();
    let pick = (0..length).max_by_key(|at| touched(*at)).unwrap_or(0);
    let marks = domains.iter().enumerate().flat_map(|(y, (domain, days))| {
        let c = domain.colour();
        let there = days.iter().enumerate().take(length).filter(|(_, rows)| **rows > 0);
        there.map(move |(x, rows)| Mark { y, x, c, r: radius(*rows) })
    });
    let spec = Lanes {
        kind: "lanes",
        rows: domains.iter().map(|(domain, _)| domain.name(lang)).collect(),
        axis: Axis { dates: ("day", (0..length).map(|at| day(at).to_string()).collect()) },
        marks: marks.collect(),
        pick,
    };
    let chart = serde_json::to_string(&spec).unwrap_or_default();
    let what = Words::Lanes.to(lang);
    html! {
        figure.fig role="figure" aria-label=(what) {
            figcaption {
                strong {
                    (Words::Picked { day: &mesinfos_words::day(day(pick), lang), domains: touched(pick) as u64 }.to(lang))
                }
                " " span { (what) }
            }
            mi-chart data-chart=(chart) {}
            (more(&Word::SeeData.to(lang), table_region(&what, html! {
                @let narrow = crate::view::narrow(domains.len() + 1);
                table class=(format!("{} tight", narrow.unwrap_or_default()).trim_start()) role="table" {
                    caption.sr { (what) }
                    thead role="rowgroup" {
                        tr role="row" {
                            th scope="col" role="columnheader" { (Words::DayColumn.to(lang)) }
                            @for (domain, _) in domains {
                                th.num scope="col" role="columnheader" { (domain.name(lang)) }
                            }
                        }
                    }
                    tbody role="rowgroup" {
                        @for at in (0..length).filter(|at| touched(*at) > 0) {
                            tr role="row" {
                                th scope="row" role="rowheader" { (mesinfos_words::day(day(at), lang)) }
                                @for (domain, days) in domains {
                                    td.num role="cell" data-l=(domain.name(lang)) { (mesinfos_words::count(days[at], lang)) }
                                }
                            }
                        }
                    }
                }
            })))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_of_the_style_sheet() {
        let css = include_str!("../../../assets/app.css");
        for domain in Domain::ALL {
            let rule = format!("[data-d={}]{{--d:var(--c{})}}", domain.id(), domain.colour());
            assert!(css.contains(&rule), "{rule}");
        }
    }

    #[test]
    fn a_mark_grows_with_the_digits_of_its_count() {
        assert_eq!([0, 1, 2, 48, 1_000_000].map(radius), [3, 3, 4, 8, 8]);
    }

    #[test]
    fn a_month_is_a_title() {
        let july = (2025 - 1970) * 12 + 6;
        assert_eq!(
            (name(july, Lang::Fr), name(july, Lang::En)),
            ("Juillet 2025".to_owned(), "July 2025".to_owned())
        );
    }
}
