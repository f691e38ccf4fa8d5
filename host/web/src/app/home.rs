//! Home: the person's year as a circle, what there is to do, and who has read.

use crate::app::apps::{first_figure, names};
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::letters::overdue;
use crate::app::parts::{Icon, Known, Section, Year, empty, figure, icon, ring, section_with, tinted};
use crate::app::visitor::Tester;
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Day};
use mesinfos_platform::consent::AuditEvent;
use mesinfos_platform::{CategorySummary, KeptResult, Logged, MonthSummary};
use mesinfos_words::page::{Domains, Home as Words, Letters};
use std::collections::{BTreeMap, BTreeSet};

/// Figures of apps shown.
const FIGURES: usize = 3;

/// Runs listed under "who has read".
const READS: usize = 3;

/// What the page shows.
struct Seen {
    summary: Vec<CategorySummary>,
    months: Vec<MonthSummary>,
    log: Vec<Logged>,
    /// Letters that were not answered in time.
    overdue: usize,
    /// The newest kept results, one of each app, that have a key figure.
    results: Vec<KeptResult>,
    /// Names of the installed apps, by id.
    apps: BTreeMap<String, String>,
}

impl Seen {
    /// Domain of what an app read last.
    fn domain_of(&self, id: &str) -> Domain {
        let read = self.log.iter().rev().find_map(|logged| match &logged.entry.event {
            AuditEvent::Ran { app, reads, .. } if app.as_str() == id => {
                reads.first().map(|read| read.category)
            }
            _ => None,
        });
        read.map_or(Domain::Papers, Domain::of)
    }
}

/// The home page of a tester.
pub(crate) async fn page(tester: Tester) -> Result<Response, Failure> {
    let lang = tester.lang();
    let seen = tester
        .run(move |platform, caller| {
            Ok(Seen {
                apps: names(platform, lang)?,
                summary: platform.summary(caller)?,
                months: platform.months(caller)?,
                log: platform.audit_entries(caller)?,
                overdue: overdue(&platform.letters(caller)?, caller.today),
                results: told(platform.results(caller)?),
            })
        })
        .await?;
    let rows: u64 = seen.summary.iter().map(|category| category.rows).sum();
    let title = Words::Title.to(lang);
    let body = if rows == 0 {
        nothing_yet(seen.overdue, lang, tester.caller.today)
    } else {
        full(&seen, rows, lang)
    };
    Ok(tester.page(&title, Section::Home, body))
}

/// Letters around the circle.
fn letters(lang: Lang) -> [String; 12] {
    std::array::from_fn(|at| {
        let number = u8::try_from(at + 1).unwrap_or(1);
        let name = mesinfos_words::date::month(number, lang);
        name.chars().next().map_or_else(String::new, |first| first.to_uppercase().collect())
    })
}

/// The page before the first file: the same circle, empty, and one thing to do.
fn nothing_yet(overdue: usize, lang: Lang, today: Day) -> Markup {
    let year = i32::from(today.civil().year());
    html! {
        div.year {
            header.head {
                h1 { (Words::EmptyTitle.to(lang)) }
                p.lead { (Words::EmptyLead.to(lang)) }
                div.row {
                    a.btn.pri href="/add" { (icon(Icon::FileUp)) (Words::AddFirst.to(lang)) }
                    a.btn href="/welcome" { (icon(Icon::FlaskConical)) (Words::SeeExample.to(lang)) }
                    a.btn.quiet href="/letters/new" { (icon(Icon::Mail)) (Letters::Write.to(lang)) }
                }
                @if overdue > 0 { ul.list { (unanswered(overdue, lang)) } }
            }
            (ring(&Year::default(), &letters(lang), (&year.to_string(), ""), &Words::EmptyRing.to(lang)))
            ul.list.dom {
                @for domain in Domain::ALL {
                    li data-d=(domain.id()) {
                        (tinted(domain.icon()))
                        span { strong { (domain.name(lang)) } br; span.soft.small { (about(domain).to(lang)) } }
                    }
                }
            }
        }
    }
}

fn about(domain: Domain) -> Domains {
    match domain {
        Domain::Money => Domains::AboutMoney,
        Domain::Energy => Domains::AboutEnergy,
        Domain::Travel => Domains::AboutTravel,
        Domain::Purchases => Domains::AboutPurchases,
        Domain::Phone => Domains::AboutPhone,
        Domain::Digital => Domains::AboutDigital,
        Domain::Papers => Domains::AboutPapers,
        Domain::Health => Domains::AboutHealth,
    }
}

/// Days known of each month of a year, by domain.
fn known(months: &[MonthSummary], year: i32) -> Year {
    let january = (year - 1970) * 12;
    let mut days = [[0_u32; 12]; Domain::ALL.len()];
    for month in months {
        let at = usize::try_from(month.month - january).ok().filter(|at| *at < 12);
        let domain = Domain::ALL.iter().position(|domain| *domain == Domain::of(month.category));
        if let (Some(at), Some(domain)) = (at, domain) {
            days[domain][at] |= month.days;
        }
    }
    days.map(|months| {
        let mut shares = [Known::Nothing; 12];
        for ((share, days), month) in shares.iter_mut().zip(months).zip(january..) {
            let length = Day::first_of_month(month + 1).0 - Day::first_of_month(month).0;
            *share = Known::of(days.count_ones(), u32::try_from(length).unwrap_or(31));
        }
        shares
    })
}

/// The newest year that is known well: the latest with at least three quarters as many known months as the best.
fn year_to_show(months: &[MonthSummary]) -> i32 {
    let years: BTreeSet<i32> = months.iter().map(|month| 1970 + month.month.div_euclid(12)).collect();
    let weight =
        |year: &i32| known(months, *year).iter().flatten().filter(|known| **known != Known::Nothing).count();
    let best = years.iter().map(weight).max().unwrap_or(0);
    years.into_iter().rev().find(|year| weight(year) * 4 >= best * 3).unwrap_or(1970)
}

fn full(seen: &Seen, rows: u64, lang: Lang) -> Markup {
    let holders: BTreeSet<&str> =
        seen.summary.iter().flat_map(|category| category.holders.iter().map(String::as_str)).collect();
    let (holders, year) = (holders.len() as u64, year_to_show(&seen.months));
    let shares = known(&seen.months, year);
    let counts: Vec<(Domain, usize)> = Domain::ALL
        .into_iter()
        .zip(shares)
        .map(|(domain, months)| (domain, months.iter().filter(|known| **known != Known::Nothing).count()))
        .collect();
    let spoken: Vec<String> = counts
        .iter()
        .map(|(domain, months)| {
            Words::RingDomain { domain: &domain.name(lang), months: *months as u64 }.to(lang)
        })
        .collect();
    let shown = year.to_string();
    let label = Words::Ring { year: &shown, domains: &spoken.join(" ; ") }.to(lang);
    html! {
        div.year {
            header.head {
                h1 { (Words::YearTitle { year: &shown }.to(lang)) }
                p.lead { (Words::YearLead { holders, rows }.to(lang)) }
            }
            (ring(&shares, &letters(lang), (&shown, &Words::Sources { holders }.to(lang)), &label))
            ul.list.dom {
                @for (domain, months) in counts {
                    @let rows: u64 = of(&seen.summary, domain).map(|category| category.rows).sum();
                    li data-d=(domain.id()) {
                        (tinted(domain.icon()))
                        span {
                            a.cover href=(format!("/data/{}", domain.id())) { strong { (domain.name(lang)) } } br;
                            span.soft.small {
                                span.x { (about(domain).to(lang)) " · " } (Words::Rows { rows }.to(lang))
                            }
                        }
                        span.end.small {
                            strong { (Words::Months { months: months as u64 }.to(lang)) } br;
                            span.soft { (Words::OfTwelve.to(lang)) }
                        }
                    }
                }
            }
        }
        @if !seen.results.is_empty() {
            (section_with(
                "figures",
                &Words::Figures { figures: seen.results.len() as u64 }.to(lang),
                html! { a href="/apps" { (Words::AllApps.to(lang)) } },
                figures(seen, lang),
            ))
        }
        div.two {
            (section_with("todo", &Words::ToDo.to(lang), html! {}, to_do(seen, lang)))
            (section_with(
                "reads",
                &Words::WhoRead.to(lang),
                html! { a href="/journal" { (Words::WholeJournal.to(lang)) } },
                reads(seen, lang),
            ))
        }
    }
}

fn of(summary: &[CategorySummary], domain: Domain) -> impl Iterator<Item = &CategorySummary> {
    summary.iter().filter(move |category| Domain::of(category.category) == domain)
}

/// The newest result of each app that has a key figure, newest first, at most [`FIGURES`].
fn told(results: Vec<KeptResult>) -> Vec<KeptResult> {
    let mut newest: Vec<KeptResult> = Vec::new();
    for result in results.into_iter().rev() {
        if !newest.iter().any(|other| other.app == result.app) {
            newest.push(result);
        }
    }
    newest.retain(|result| first_figure(&result.view).is_some());
    newest.truncate(FIGURES);
    newest
}

/// The first figures of kept results, each with its app and its date.
fn figures(seen: &Seen, lang: Lang) -> Markup {
    let name = |id: &str| seen.apps.get(id).map_or(id, String::as_str).to_owned();
    html! {
        dl.figs {
            @for result in &seen.results {
                @if let Some(found) = first_figure(&result.view) {
                    div data-d=(seen.domain_of(&result.app).id()) {
                        dt { bdi lang=(result.view.lang.code()) { (found.label) } }
                        dd {
                            (figure(&mesinfos_words::value(&found.value, lang), "l"))
                            small.soft { (Words::FigureAt { at: &mesinfos_words::instant(result.at, lang) }.to(lang)) }
                            a href=(format!("/results/{}", result.receipt)) { (Words::OpenApp { app: &name(&result.app) }.to(lang)) }
                        }
                    }
                }
            }
        }
    }
}

/// What there is to do: at most three things.
fn to_do(seen: &Seen, lang: Lang) -> Markup {
    let has_run =
        seen.log.iter().any(|logged| matches!(logged.entry.event, AuditEvent::Ran { run: Some(_), .. }));
    let missing: Vec<Domain> = Domain::ALL
        .into_iter()
        .filter(|domain| of(&seen.summary, *domain).all(|found| found.rows == 0))
        .collect();
    html! {
        ul.list.wrap {
            @if seen.overdue > 0 { (unanswered(seen.overdue, lang)) }
            @if !has_run && !seen.apps.is_empty() {
                li data-d="money" {
                    (tinted(Icon::LayoutGrid))
                    span { strong { (Words::RunFirst.to(lang)) } br; span.soft.small { (Words::RunFirstWhy.to(lang)) } }
                    a.btn.small.end href="/apps" { (Words::See.to(lang)) }
                }
            }
            @if let Some(domain) = missing.first() {
                @let name = domain.name(lang);
                li data-d=(domain.id()) {
                    (tinted(domain.icon()))
                    span {
                        strong { (Words::NothingOf { domain: &name }.to(lang)) } br;
                        span.soft.small { (about(*domain).to(lang)) }
                    }
                    a.btn.small.end href="/add" { (Words::Add.to(lang)) }
                }
            }
            @if seen.overdue == 0 { li data-d="papers" {
                (tinted(Icon::Inbox))
                span { strong { (Words::AddMore.to(lang)) } br; span.soft.small { (Words::AddMoreWhy.to(lang)) } }
                a.btn.small.end href="/add" { (Words::Add.to(lang)) }
            } }
        }
    }
}

/// Letters that were not answered in time.
fn unanswered(overdue: usize, lang: Lang) -> Markup {
    html! {
        li data-d="papers" {
            (tinted(Icon::TriangleAlert))
            span {
                strong { (Letters::Overdue { letters: overdue as u64 }.to(lang)) } br;
                span.soft.small { (Letters::OverdueWhy.to(lang)) }
            }
            a.btn.small.end href="/letters" { (Words::See.to(lang)) }
        }
    }
}

/// When the person last took a copy of everything, in UTC seconds.
fn copied(log: &[Logged]) -> Option<i64> {
    let copies = log.iter().rev().filter(|logged| matches!(logged.entry.event, AuditEvent::Exported));
    copies.map(|logged| logged.entry.at).next()
}

/// The last runs, newest first.
fn reads(seen: &Seen, lang: Lang) -> Markup {
    let runs: Vec<(i64, &str, u64, Option<Category>)> = seen
        .log
        .iter()
        .rev()
        .filter_map(|logged| match &logged.entry.event {
            AuditEvent::Ran { run: Some(_), app, reads, .. } => {
                let rows = reads.iter().map(|read| read.rows).sum();
                Some((logged.entry.at, app.as_str(), rows, reads.first().map(|read| read.category)))
            }
            _ => None,
        })
        .take(READS)
        .collect();
    if runs.is_empty() {
        return empty(
            &Words::NobodyRead.to(lang),
            &Words::NobodyReadWhy.to(lang),
            html! { a.btn href="/apps" { (Words::SeeApps.to(lang)) } },
        );
    }
    html! {
        ol.thread {
            @for (at, app, rows, category) in runs {
                @let name = seen.apps.get(app).map_or(app, String::as_str);
                li data-d=(category.map_or(Domain::Papers, Domain::of).id()) {
                    strong { bdi { (name) } } " " (Words::HasRead { rows }.to(lang)) br;
                    span.soft.small { (mesinfos_words::instant(at, lang)) ", " (Words::ShownToYou.to(lang)) }
                }
            }
        }
        p.soft {
            (Words::NothingSent.to(lang))
            @if let Some(at) = copied(&seen.log) {
                " " (Words::TookCopy { at: &mesinfos_words::instant(at, lang) }.to(lang))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_that_was_taken_is_told() {
        use mesinfos_model::Digest;
        use mesinfos_platform::consent::AuditEntry;
        let logged = |at, event| {
            let entry =
                AuditEntry { seq: 1, at, by: None, event, prev: Digest([0; 32]), hash: Digest([0; 32]) };
            Logged { run: None, entry }
        };
        let created = logged(5, AuditEvent::PersonCreated);
        assert_eq!(copied(std::slice::from_ref(&created)), None);
        let log = [created, logged(6, AuditEvent::Exported), logged(9, AuditEvent::Exported)];
        assert_eq!(copied(&log), Some(9));
    }

    fn month(category: Category, month: i32, days: u32) -> MonthSummary {
        MonthSummary { category, month, rows: 1, days }
    }

    #[test]
    fn days_of_two_categories_of_a_domain_are_counted_once() {
        // January 2025: bank knows the first week, bills the second day and the second week.
        let january = 55 * 12;
        let months = [
            month(Category::Bank, january, 0b111_1111),
            month(Category::Bills, january, 0b11_1111_1000_0010),
            month(Category::Bank, january - 1, 1),
        ];
        let year = known(&months, 2025);
        assert_eq!(year[0][0], Known::Half, "14 days of 31");
        assert!(year[0][1..].iter().all(|known| *known == Known::Nothing));
        assert_eq!(known(&months, 2024)[0][11], Known::Little);
    }

    #[test]
    fn the_year_shown_is_the_one_known_best() {
        let of = |years: &[(i32, i32)]| {
            let months: Vec<MonthSummary> = years
                .iter()
                .flat_map(|(year, count)| {
                    (0..*count).map(move |at| month(Category::Bank, (year - 1970) * 12 + at, 1))
                })
                .collect();
            year_to_show(&months)
        };
        assert_eq!(of(&[(2024, 12), (2025, 12), (2026, 1)]), 2025);
        assert_eq!(of(&[(2025, 3)]), 2025);
        assert_eq!(of(&[]), 1970);
    }
}
