//! The timeline: a month of a person's life, all domains on the same days.
//!
//! - [`query`]: the month, domain and days that an address names. `month`: the page's parts above the days.
//! - `lines`: rows of a day, in words. `moments`: rows of several holders that tell of one thing.

mod lines;
mod moments;
mod month;
mod query;

use crate::Shared;
use crate::app::data::turn;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Section, Shell, capital, empty, icon};
use crate::app::visitor::Tester;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use lines::{Line, lines};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::{Day, Period};
use mesinfos_platform::{DayCounts, DayRows};
use mesinfos_words::page::Timeline as Words;
use moments::{Moment, moments};
use query::Asked;
use std::collections::BTreeSet;

/// Days on a page.
const DAYS: usize = 7;

/// Rows of a category on a day that are opened: a day of quarters of an hour.
const MOST: usize = 96;

pub(crate) fn pages() -> Router<Shared> {
    Router::new().route("/timeline", get(page))
}

/// What the page shows.
struct Seen {
    /// Months with rows, oldest first.
    months: Vec<i32>,
    month: i32,
    counts: Vec<DayCounts>,
    /// Rows of the days on the page, and of some days around them.
    rows: Vec<DayRows>,
    /// Days on the page, newest first.
    days: Vec<Day>,
    has_older: bool,
}

async fn page(
    State(shared): State<Shared>,
    tester: Tester,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let asked = Asked::read(query.as_deref());
    let turn = turn(&shared, &tester).await?;
    let today = tester.caller.today;
    let seen = tester
        .run(move |platform, caller| {
            let _turn = turn;
            let months: BTreeSet<i32> = platform
                .months(caller)?
                .iter()
                .filter(|month| asked.domain.is_none_or(|domain| Domain::of(month.category) == domain))
                .map(|month| month.month)
                .filter(|month| *month < i32::MAX)
                .collect();
            let months: Vec<i32> = months.into_iter().collect();
            let Some(month) = asked.month(&months, today) else { return Ok(None) };
            let counts = platform.day_counts(caller, month)?;
            let (days, has_older) = days(&counts, month, &asked);
            let rows = match (days.last(), days.first()) {
                (Some(from), Some(last)) => {
                    // The days around: an event and its payment may stand on both sides of an end of the page.
                    let from = Day(from.0.saturating_sub(moments::LATER));
                    let until = Day(last.0.saturating_add(1 + moments::LATER));
                    platform.day_rows(caller, &Period { from: Some(from), until: Some(until) }, MOST)?
                }
                _ => Vec::new(),
            };
            Ok(Some(Seen { months, month, counts, rows, days, has_older }))
        })
        .await?;
    let Some(seen) = seen else {
        let title = Words::Timeline.to(lang);
        return Ok(tester.page(&title, Section::Data, nothing(&title, lang)));
    };
    let title = month::name(seen.month, lang);
    let of_page = format!("{} · {title}", Words::Timeline.to(lang));
    let shell = Shell { charts: true, ..tester.shell(&of_page, Section::Data) };
    Ok(shell.around(body(&seen, &asked, &title, lang)).into_response())
}

fn nothing(title: &str, lang: Lang) -> Markup {
    html! {
        header.head { h1 { (title) } p.lead { (Words::Lead.to(lang)) } }
        (empty(&Words::Nothing.to(lang), &Words::NothingWhy.to(lang), html! {
            a.btn.pri href="/add" { (icon(Icon::FileUp)) (Words::Add.to(lang)) }
        }))
    }
}

/// The days on the page, newest first, and whether older ones of the month follow.
fn days(counts: &[DayCounts], month: i32, asked: &Asked) -> (Vec<Day>, bool) {
    let first = Day::first_of_month(month);
    let is_there = |at: &usize| {
        counts.iter().any(|count| {
            count.days[*at] > 0 && asked.domain.is_none_or(|domain| Domain::of(count.category) == domain)
        })
    };
    let day = |at: usize| Day(first.0.saturating_add(i32::try_from(at).unwrap_or(0)));
    let mut days =
        (0..31).rev().filter(is_there).map(day).filter(|day| asked.until.is_none_or(|until| *day < until));
    let page: Vec<Day> = days.by_ref().take(DAYS).collect();
    let has_older = days.next().is_some();
    (page, has_older)
}

fn body(seen: &Seen, asked: &Asked, title: &str, lang: Lang) -> Markup {
    let mut moments = if asked.domain.is_none() { moments(&seen.rows) } else { Vec::new() };
    // A payment whose event is on another page stays a line of this one.
    moments.retain(|moment| seen.days.contains(&moment.day));
    let domains = month::by_domain(seen);
    html! {
        (month::head(seen, &domains, asked, title, lang))
        (month::lanes(seen.month, &domains, lang))
        div.days.sec { @for day in &seen.days { (one_day(*day, seen, asked, &moments, lang)) } }
        @if let (true, Some(oldest)) = (seen.has_older, seen.days.last()) {
            p { a.btn href=(asked.before(seen.month, *oldest)) { (Words::Older.to(lang)) } }
        }
    }
}

/// A day: what several holders tell of one thing, then everything else.
fn one_day(day: Day, seen: &Seen, asked: &Asked, moments: &[Moment<'_>], lang: Lang) -> Markup {
    let of_domain = |rows: &&DayRows| asked.domain.is_none_or(|domain| Domain::of(rows.category) == domain);
    let rows: Vec<&DayRows> = seen.rows.iter().filter(|rows| rows.day == day).filter(of_domain).collect();
    let total: u64 = rows.iter().map(|rows| rows.total).sum();
    let holders: BTreeSet<&String> = rows.iter().flat_map(|rows| &rows.holders).collect();
    let told = moments.iter().flat_map(Moment::rows).collect();
    let heading = Words::Day { weekday: weekday(day), day: u64::from(day.civil().day().unsigned_abs()) };
    html! {
        section.day {
            header {
                h2.h3s { (heading.to(lang)) }
                p.soft.small { (Words::DayAbout { rows: total, holders: holders.len() as u64 }.to(lang)) }
            }
            div {
                @for moment in moments.iter().filter(|moment| moment.day == day) { (card(moment, lang)) }
                @let lines = lines(&rows, &told, lang);
                @if !lines.is_empty() { ul.list { @for line in &lines { (item(line)) } } }
            }
        }
    }
}

/// Days since Monday.
fn weekday(day: Day) -> u64 {
    // Day 0, 1 January 1970, is a Thursday.
    (i64::from(day.0) + 3).rem_euclid(7).unsigned_abs()
}

fn card(moment: &Moment<'_>, lang: Lang) -> Markup {
    let lines = moment.lines(lang);
    html! {
        div.card.moment data-d=(moment.domain().id()) {
            p.small.soft {
                (icon(Icon::Link2)) " " (Words::Moment { holders: moment.holders() }.to(lang))
            }
            h3 { bdi { (capital(&moment.title(lang))) } }
            ul.list { @for line in &lines { (item(line)) } }
            p.small.soft { (Words::MomentWhy.to(lang)) }
        }
    }
}

fn item(line: &Line) -> Markup {
    html! {
        li data-d=(line.domain.id()) {
            span.dic { (icon(line.domain.icon())) }
            span {
                a href=(line.href) { strong { bdi { (capital(&line.title)) } } }
                @if !line.holder.is_empty() { br; span.soft.small { bdi { (line.holder) } } }
            }
            span.end {
                @if let Some(when) = &line.when { span.soft.small { (when) } }
                @if let Some(figure) = &line.figure {
                    @if line.when.is_some() { br; }
                    strong { (figure) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_week_begin_on_monday() {
        let of = |text: &str| weekday(text.parse().unwrap());
        assert_eq!((of("1970-01-01"), of("2025-07-29"), of("2026-11-29"), of("1969-12-29")), (3, 1, 6, 0));
    }

    #[test]
    fn a_page_has_the_newest_days_with_rows() {
        let mut days_of = [0; 31];
        (0..20).for_each(|at| days_of[at] = 1);
        let bank = DayCounts { category: mesinfos_model::Category::Bank, days: days_of };
        let month = (2025 - 1970) * 12 + 6;
        let (page, has_older) = days(&[bank], month, &Asked::read(None));
        assert_eq!((page.len(), has_older), (DAYS, true));
        assert_eq!(page.first().unwrap().to_string(), "2025-07-20");
        let asked = Asked::read(Some("until=2025-07-04"));
        let (page, has_older) = days(&[bank], month, &asked);
        assert_eq!((page.len(), has_older), (3, false));
        assert!(days(&[bank], month, &Asked::read(Some("domain=health"))).0.is_empty());
    }
}
