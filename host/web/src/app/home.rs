//! Home: the person's year as a circle, what there is to do, and who has read.

use crate::app::apps::{AppPage, Sign, Standing, first_figure, rounded, sign};
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::letters::overdue;
use crate::app::parts::{
    Icon, Known, Section, Year, empty, figure, icon, paused_note, ring, section_with, tinted,
};
use crate::app::visitor::Tester;
use crate::view::spark;
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::view::{Axis, Block, KeyFigure, Lang, Plot, QuantityUnit, Series, Value, View};
use mesinfos_model::{Category, Day, Digest};
use mesinfos_platform::consent::{AuditEvent, EventKind, GrantId, ReceiptId};
use mesinfos_platform::{CategorySummary, GrantSummary, KeptResult, Logged, MonthSummary, OwnPapers};
use mesinfos_words::page::{Apps, Domains, Home as Words, Letters, Releases, Results};
use std::collections::{BTreeMap, BTreeSet};

/// Figures of apps shown.
const FIGURES: usize = 3;

/// Years to choose from, the latest ones.
const MOST_YEARS: usize = 12;

/// Runs listed under "who has read".
const READS: usize = 3;

/// Things to do that are listed.
const TO_DO: usize = 3;

/// Apps that are named beside a first step.
const NAMED: usize = 3;

/// What the page shows.
struct Seen {
    summary: Vec<CategorySummary>,
    months: Vec<MonthSummary>,
    log: Vec<Logged>,
    /// Letters that were not answered in time.
    overdue: usize,
    /// Imports with rows that are probably there twice, and how many.
    alike: Vec<(u64, usize)>,
    /// What the person's own papers gave.
    own: OwnPapers,
    /// Start of the pause of everything, in UTC seconds.
    paused: Option<i64>,
    grants: Vec<GrantSummary>,
    /// The newest kept results, one of each app, that have a key figure.
    results: Vec<KeptResult>,
    /// Those of them that rest on rounded amounts.
    rounded: BTreeSet<ReceiptId>,
    /// The installed apps, by id.
    apps: BTreeMap<String, App>,
}

/// An installed app.
struct App {
    name: String,
    sign: Sign,
    /// Categories that it asks for.
    asked: Vec<Category>,
    /// The installed component; `None` if it was stopped.
    component: Option<Digest>,
}

impl Seen {
    /// Name of an app; its id if it is no longer installed.
    fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.apps.get(id).map_or(id, |app| &app.name)
    }

    /// Where an app stands.
    fn stands(&self, id: &str) -> Standing {
        let of = self.grants.iter().filter(|grant| grant.app == id && grant.is_in_force);
        let app = self.apps.get(id).and_then(|app| app.component);
        of.map(|grant| Standing::of(grant, app)).next().unwrap_or(Standing::Over)
    }

    /// Names of the apps of grants that stand so.
    fn standing(&self, as_: Standing) -> Vec<&str> {
        let all = self.grants.iter().filter_map(|grant| {
            let app = self.apps.get(&grant.app)?;
            (Standing::of(grant, app.component) == as_).then_some(app.name.as_str())
        });
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The sign of an app; that of what it read last if it is no longer installed.
    fn sign(&self, id: &str) -> Sign {
        if let Some(app) = self.apps.get(id) {
            return app.sign;
        }
        let read = self.log.iter().rev().find_map(|logged| match &logged.entry.event {
            AuditEvent::Ran { app, reads, .. } if app.as_str() == id => {
                reads.first().map(|read| read.category)
            }
            _ => None,
        });
        Sign::of_read(read)
    }
}

/// The home page of a tester.
pub(crate) async fn page(tester: Tester, query: &str) -> Result<Response, Failure> {
    let lang = tester.lang();
    let asked = Fields::read(query.as_bytes()).unwrap_or_default();
    let asked: Option<i32> = asked.get("year").parse().ok();
    let seen = tester
        .run(move |platform, caller| {
            let app = |id: &str| {
                let page = AppPage::read(platform, id).ok()?;
                let (name, sign, component) = (page.name(lang).to_owned(), page.sign(), page.runs());
                Some(App { name, sign, asked: page.categories(), component })
            };
            let apps = platform.apps()?.into_iter();
            let results = told(platform.results(caller)?);
            Ok(Seen {
                apps: apps.filter_map(|record| Some((record.id.clone(), app(&record.id)?))).collect(),
                summary: platform.summary(caller)?,
                months: platform.months(caller)?,
                log: platform.audit_entries(caller)?,
                overdue: overdue(&platform.letters(caller)?, caller.today),
                alike: platform.undecided_imports(caller)?,
                own: platform.own_papers(caller)?,
                paused: platform.paused_since(caller)?,
                grants: platform.grants_of(caller)?,
                rounded: rounded(platform, caller, &results)?,
                results,
            })
        })
        .await?;
    let rows: u64 = seen.summary.iter().map(|category| category.rows).sum();
    let title = Words::Title.to(lang);
    let body = if rows == 0 {
        nothing_yet(&seen, lang, tester.caller.today)
    } else {
        full(&seen, rows, asked, lang)
    };
    let body = html! { (paused_note(seen.paused, &seen.standing(Standing::Reads), "/home", lang)) (body) };
    Ok(tester.page(&title, Section::Home, body))
}

/// Letters around the circle.
pub(crate) fn letters(lang: Lang) -> [String; 12] {
    std::array::from_fn(|at| {
        let number = u8::try_from(at + 1).unwrap_or(1);
        let name = mesinfos_words::date::month(number, lang);
        name.chars().next().map_or_else(String::new, |first| first.to_uppercase().collect())
    })
}

/// The page before the first file: the same circle, empty, and what to begin with.
fn nothing_yet(seen: &Seen, lang: Lang, today: Day) -> Markup {
    let year = i32::from(today.civil().year());
    let to_do = to_do(seen, true, lang);
    html! {
        div.year {
            header.head {
                h1 { (Words::EmptyTitle.to(lang)) }
                p.lead { (Words::EmptyLead.to(lang)) }
            }
            (ring(
                &Year::default(),
                &letters(lang),
                (&year.to_string(), &Words::Sources { holders: 0 }.to(lang)),
                &Words::EmptyRing.to(lang),
            ))
            div.flow-l {
                section.card.flow aria-labelledby="begin" {
                    h2 id="begin" { (Words::BeginWith.to(lang)) }
                    ol.list.wrap { (first_steps(seen, lang)) }
                    p { a.btn.pri href="/add" { (icon(Icon::FileUp)) (Words::AddFirst.to(lang)) } }
                }
                ul.list.wrap {
                    li data-d="travel" {
                        (tinted(Icon::FlaskConical))
                        span {
                            strong { (Words::BeginSample.to(lang)) } br;
                            span.soft.small { (Words::BeginSampleWhy.to(lang)) }
                        }
                        a.btn.small.end href="/welcome" { (Words::TrySample.to(lang)) }
                    }
                }
            }
        }
        @if !to_do.is_empty() {
            (section_with("todo", &Words::ToDo.to(lang), html! {}, html! {
                ul.list.wrap { @for thing in to_do { (thing) } }
            }))
        }
    }
}

/// Three first steps, each with what it gives.
fn first_steps(seen: &Seen, lang: Lang) -> Markup {
    let answers = |category: Category| {
        let of = seen.apps.values().filter(|app| app.asked.contains(&category)).take(NAMED);
        let names: Vec<String> = of.map(|app| app.name.clone()).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let file = |domain: Domain, category: Category, name: Words<'_>, why: Words<'_>| {
        html! {
            li data-d=(domain.id()) {
                (tinted(domain.icon()))
                span {
                    strong { (name.to(lang)) } br;
                    span.soft.small {
                        (why.to(lang))
                        @if let Some(apps) = answers(category) { " " (Words::WillAnswer { apps: &apps }.to(lang)) }
                    }
                }
            }
        }
    };
    html! {
        (file(Domain::Money, Category::Bank, Words::BeginBank, Words::BeginBankWhy))
        (file(Domain::Energy, Category::Energy, Words::BeginEnergy, Words::BeginEnergyWhy))
        li data-d="papers" {
            (tinted(Icon::Mail))
            span {
                strong { (Words::BeginLetter.to(lang)) } br;
                span.soft.small { (Words::BeginLetterWhy.to(lang)) }
            }
            a.btn.small.end href="/letters/new" { (Letters::Write.to(lang)) }
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
pub(crate) fn known(months: &[MonthSummary], year: i32) -> Year {
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

/// Rows of a domain with a day in a year.
fn rows_of(months: &[MonthSummary], domain: Domain, year: i32) -> u64 {
    let is_of = |month: &&MonthSummary| {
        Domain::of(month.category) == domain && 1970 + month.month.div_euclid(12) == year
    };
    months.iter().filter(is_of).map(|month| month.rows).sum()
}

/// Years with days that are known.
fn years(months: &[MonthSummary]) -> BTreeSet<i32> {
    months.iter().map(|month| 1970 + month.month.div_euclid(12)).collect()
}

/// Links to the other years, and why this one is shown first.
fn other_years(months: &[MonthSummary], shown: i32, best: i32, lang: Lang) -> Markup {
    let years = years(months);
    html! {
        @if years.len() > 1 {
            nav.row aria-label=(Words::Years.to(lang)) {
                @for year in years.into_iter().rev().take(MOST_YEARS) {
                    a.chip href=(format!("/home?year={year}")) aria-current=[(year == shown).then_some("page")] { (year) }
                }
            }
            @if shown == best { p.soft.small { (Words::YearWhy { year: &best.to_string() }.to(lang)) } }
        }
    }
}

/// The newest year that is known well: the latest with at least three quarters as many known months as the best.
fn year_to_show(months: &[MonthSummary]) -> i32 {
    let years = years(months);
    let weight =
        |year: &i32| known(months, *year).iter().flatten().filter(|known| **known != Known::Nothing).count();
    let best = years.iter().map(weight).max().unwrap_or(0);
    years.into_iter().rev().find(|year| weight(year) * 4 >= best * 3).unwrap_or(1970)
}

fn full(seen: &Seen, rows: u64, asked: Option<i32>, lang: Lang) -> Markup {
    let all = seen.summary.iter().flat_map(|category| &category.holders);
    // Whoever is named by the person's own papers only has given nothing back.
    let holders: BTreeSet<&String> = all.filter(|holder| !seen.own.holders.contains(*holder)).collect();
    let (holders, best) = (holders.len() as u64, year_to_show(&seen.months));
    let year = asked.filter(|year| years(&seen.months).contains(year)).unwrap_or(best);
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
                p.lead {
                    @let given = rows.saturating_sub(seen.own.rows);
                    @if holders > 0 { (Words::YearLead { holders, rows: given }.to(lang)) " " }
                    @if seen.own.rows > 0 { (Words::YearOwn { rows: seen.own.rows }.to(lang)) " " }
                    (Words::YearWays.to(lang))
                }
                (other_years(&seen.months, year, best, lang))
            }
            (ring(&shares, &letters(lang), (&shown, &Words::Sources { holders }.to(lang)), &label))
            ul.list.dom {
                @for (domain, months) in counts {
                    @let rows: u64 = of(&seen.summary, domain).map(|category| category.rows).sum();
                    @let of_year = rows_of(&seen.months, domain, year);
                    li data-d=(domain.id()) {
                        (tinted(domain.icon()))
                        span {
                            a.cover href=(format!("/data/{}", domain.id())) { strong { (domain.name(lang)) } } br;
                            span.soft.small {
                                span.x { (about(domain).to(lang)) " · " }
                                // The months beside are those of the year: so is the first count.
                                @if rows > 0 {
                                    (Words::RowsInYear { rows: of_year, year: &shown }.to(lang))
                                    @if rows != of_year { ", " (Words::RowsInAll { rows }.to(lang)) }
                                } @else {
                                    (Words::Rows { rows }.to(lang))
                                }
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
            (section_with("todo", &Words::ToDo.to(lang), html! {}, html! {
                ul.list.wrap { @for thing in to_do(seen, false, lang) { (thing) } }
            }))
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

/// The newest result of each app that has a key figure, at most [`FIGURES`]: those with a course first, then the newest.
fn told(results: Vec<KeptResult>) -> Vec<KeptResult> {
    let mut newest: Vec<KeptResult> = Vec::new();
    for result in results.into_iter().rev() {
        if !newest.iter().any(|other| other.app == result.app) {
            newest.push(result);
        }
    }
    newest.retain(|result| first_figure(&result.view).is_some());
    // A figure with a course says more than a bare number. The sort is stable: the newest comes first among equals.
    let has_course = |result: &KeptResult| {
        first_figure(&result.view)
            .is_some_and(|figure| course(&result.view, figure, result.view.lang).is_some())
    };
    newest.sort_by_key(|result| !has_course(result));
    newest.truncate(FIGURES);
    newest
}

/// The first figures of kept results, each with its course, its app and its date.
fn figures(seen: &Seen, lang: Lang) -> Markup {
    html! {
        dl.figs {
            @for result in &seen.results {
                @if let Some(found) = first_figure(&result.view) {
                    @let said = result.view.lang.code();
                    // A result keeps the language that it was made in. The name of its figure is told in it, and marked so.
                    @let is_other = result.view.lang != lang;
                    div data-d=(seen.sign(&result.app).domain.id()) {
                        dt {
                            @if is_other { bdi lang=(said) { (found.label) } " · " bdi { (seen.name(&result.app)) } }
                            @else { bdi { (found.label) } }
                        }
                        dd {
                            (figure(&mesinfos_words::value(&found.value, lang), "l"))
                            @match course(&result.view, found, lang) {
                                Some(Course { points, .. }) if is_other => (spark(points)),
                                Some(Course { points, of: Some((series, [from, until])) }) => {
                                    (spark(points))
                                    small.soft { bdi {
                                        (Words::SparkOf {
                                            series,
                                            from: &from,
                                            until: &until,
                                        }.to(lang))
                                    } }
                                }
                                Some(Course { points, of: None }) => (spark(points)),
                                None => {}
                            }
                            @if is_other {
                                small.soft { (Words::FigureOtherLanguage { language: said }.to(lang)) }
                                @if seen.stands(&result.app) == Standing::Reads {
                                    form method="post" action=(format!("/results/{}/run", result.receipt)) {
                                        @for (name, value) in &result.parameters {
                                            input type="hidden" name=(name) value=(value);
                                        }
                                        button.btn.small type="submit" {
                                            (icon(Icon::RotateCw)) (Results::OtherLanguageAgain.to(lang))
                                        }
                                    }
                                }
                            } @else if let Some(note) = &found.note {
                                small.soft { bdi { (note) } }
                            }
                            @if seen.rounded.contains(&result.receipt) { small.soft { (Apps::Rounded.to(lang)) } }
                            small.soft { (Words::FigureAt { at: &mesinfos_words::instant(result.at, lang) }.to(lang)) }
                            // A result of an app that reads needs no word about it.
                            @let stands = seen.stands(&result.app);
                            @if stands != Standing::Reads { p { (sign(stands, lang)) } }
                            a href=(format!("/results/{}", result.receipt)) { (Words::OpenApp { app: seen.name(&result.app) }.to(lang)) }
                        }
                    }
                }
            }
        }
    }
}

/// Numbers that are drawn beside a figure.
struct Course<'a> {
    points: &'a [Option<f64>],
    /// The series of a chart that they are, and its first and last date in words.
    of: Option<(&'a str, [String; 2])>,
}

/// The course of a figure: its own, or the first series over time of the view that is in its unit.
fn course<'a>(view: &'a View, figure: &'a KeyFigure, lang: Lang) -> Option<Course<'a>> {
    let is_course = |points: &[Option<f64>]| points.iter().flatten().count() > 2;
    if is_course(&figure.spark) {
        return Some(Course { points: &figure.spark, of: None });
    }
    let unit = match &figure.value {
        Value::Money(money) => (QuantityUnit::None, Some(money.currency.as_str())),
        Value::Quantity(quantity) if quantity.unit != QuantityUnit::None => (quantity.unit, None),
        _ => return None,
    };
    let blocks = view.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Chart(chart) => Some(&chart.plot),
            _ => None,
        })
        .find_map(|plot| {
            let Plot::Xy(xy) = plot else { return None };
            let Axis::Dates(step, dates) = &xy.axis else { return None };
            let is_it = |one: &&Series| (one.unit, one.currency.as_deref()) == unit && is_course(&one.points);
            // One of several series is not the whole.
            let [one] = &xy.series[..] else { return None };
            let one = Some(one).filter(is_it)?;
            let ends = [*dates.first()?, *dates.last()?];
            let ends = ends.map(|date| mesinfos_words::axis_label(date, *step, lang));
            Some(Course { points: &one.points, of: Some((&one.label, ends)) })
        })
}

/// Apps whose question the person put off, with the time, newest first. An answer takes it away.
fn deferred(log: &[Logged]) -> Vec<(&str, i64)> {
    let mut open: Vec<(GrantId, &str, i64)> = Vec::new();
    for logged in log {
        if let AuditEvent::Grant { grant, app, change, .. } = &logged.entry.event {
            open.retain(|(id, ..)| id != grant);
            if *change == EventKind::Deferred {
                open.push((*grant, app.as_str(), logged.entry.at));
            }
        }
    }
    open.into_iter().rev().map(|(_, app, at)| (app, at)).collect()
}

/// What there is to do: at most three things. Before the first file, only what waits for the person.
fn to_do(seen: &Seen, is_empty: bool, lang: Lang) -> Vec<Markup> {
    let has_run =
        seen.log.iter().any(|logged| matches!(logged.entry.event, AuditEvent::Ran { run: Some(_), .. }));
    let missing: Vec<Domain> = Domain::ALL
        .into_iter()
        .filter(|domain| of(&seen.summary, *domain).all(|found| found.rows == 0))
        .collect();
    let mut all = Vec::new();
    // Who has an app that was stopped finds it in the journal; the home page says it first.
    let told: BTreeSet<&str> = seen
        .log
        .iter()
        .filter_map(|logged| match &logged.entry.event {
            AuditEvent::AppChanged { app, .. } => Some(app.as_str()),
            _ => None,
        })
        .collect();
    let stopped =
        told.iter().filter_map(|id| Some((id, seen.apps.get(*id).filter(|app| app.component.is_none())?)));
    all.extend(stopped.map(|(id, app)| {
        html! {
            li data-d="papers" {
                (tinted(Icon::Ban))
                span {
                    strong { bdi { (Releases::StoppedApp { app: &app.name }.to(lang)) } } br;
                    span.soft.small { (Releases::StoppedWhy.to(lang)) }
                }
                a.btn.small.end href=(format!("/apps/{id}")) { (Words::See.to(lang)) }
            }
        }
    }));
    let changed =
        seen.grants.iter().filter_map(|grant| Some((&grant.app, grant, seen.apps.get(&grant.app)?)));
    let changed = changed.filter(|(_, grant, app)| Standing::of(grant, app.component) == Standing::Changed);
    all.extend(changed.map(|(id, _, app)| {
        html! {
            li data-d=(app.sign.domain.id()) {
                (tinted(Icon::RotateCw))
                span {
                    strong { bdi { (Words::Changed { app: &app.name }.to(lang)) } } br;
                    span.soft.small { (Words::ChangedWhy.to(lang)) }
                }
                a.btn.small.end href=(format!("/apps/{id}")) { (Words::See.to(lang)) }
            }
        }
    }));
    all.extend(seen.alike.iter().map(|(import, rows)| {
        html! {
            li data-d="papers" {
                (tinted(Icon::Copy))
                span {
                    strong { (Words::Alike { rows: *rows as u64 }.to(lang)) } br;
                    span.soft.small { (Words::AlikeWhy.to(lang)) }
                }
                a.btn.small.end href=(format!("/imports/{import}#alike")) { (Words::See.to(lang)) }
            }
        }
    }));
    if seen.overdue > 0 {
        all.push(unanswered(seen.overdue, lang));
    }
    let put_off =
        deferred(&seen.log).into_iter().filter_map(|(app, at)| Some((app, seen.apps.get(app)?, at)));
    all.extend(put_off.map(|(id, app, at)| {
        html! {
            li data-d=(app.sign.domain.id()) {
                (tinted(Icon::Hourglass))
                span {
                    strong { bdi { (Words::Deferred { app: &app.name }.to(lang)) } } br;
                    span.soft.small { (Words::DeferredAt { at: &mesinfos_words::instant(at, lang) }.to(lang)) }
                }
                a.btn.small.end href=(format!("/apps/{id}")) { (Words::See.to(lang)) }
            }
        }
    }));
    if !is_empty {
        if !has_run && !seen.apps.is_empty() {
            all.push(html! {
                li data-d="money" {
                    (tinted(Icon::LayoutGrid))
                    span { strong { (Words::RunFirst.to(lang)) } br; span.soft.small { (Words::RunFirstWhy.to(lang)) } }
                    a.btn.small.end href="/apps" { (Words::See.to(lang)) }
                }
            });
        }
        if let Some(domain) = missing.first() {
            all.push(html! {
                li data-d=(domain.id()) {
                    (tinted(domain.icon()))
                    span {
                        strong { (Words::NothingOf { domain: &domain.name(lang) }.to(lang)) } br;
                        span.soft.small { (about(*domain).to(lang)) }
                    }
                    a.btn.small.end href="/add" { (Words::Add.to(lang)) }
                }
            });
        }
        if seen.overdue == 0 {
            all.push(html! {
                li data-d="papers" {
                    (tinted(Icon::Inbox))
                    span { strong { (Words::AddMore.to(lang)) } br; span.soft.small { (Words::AddMoreWhy.to(lang)) } }
                    a.btn.small.end href="/add" { (Words::Add.to(lang)) }
                }
            });
        }
    }
    all.truncate(TO_DO);
    all
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
    let runs: Vec<(i64, &str, u64)> = seen
        .log
        .iter()
        .rev()
        .filter_map(|logged| match &logged.entry.event {
            AuditEvent::Ran { run: Some(_), app, reads, .. } => {
                // Different rows: an app may read one several times.
                let rows = reads.iter().map(|read| read.distinct.unwrap_or(read.rows)).sum();
                Some((logged.entry.at, app.as_str(), rows))
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
            @for (at, app, rows) in runs {
                @let name = seen.name(app);
                li data-d=(seen.sign(app).domain.id()) {
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
        let created = logged(5, AuditEvent::PersonCreated);
        assert_eq!(copied(std::slice::from_ref(&created)), None);
        let log = [created, logged(6, AuditEvent::Exported), logged(9, AuditEvent::Exported)];
        assert_eq!(copied(&log), Some(9));
    }

    fn logged(at: i64, event: AuditEvent) -> Logged {
        use mesinfos_model::Digest;
        use mesinfos_platform::consent::AuditEntry;
        let entry = AuditEntry { seq: 1, at, by: None, event, prev: Digest([0; 32]), hash: Digest([0; 32]) };
        Logged { run: None, entry }
    }

    #[test]
    fn what_was_put_off_is_told_until_it_is_answered() {
        let of = |at, grant: u8, app: &str, change| {
            let grant = GrantId::from_bytes([grant; 16]);
            logged(at, AuditEvent::Grant { grant, app: app.into(), change, event: None })
        };
        let log = [
            of(1, 1, "budget", EventKind::Shown),
            of(1, 1, "budget", EventKind::Deferred),
            of(2, 2, "conso", EventKind::Shown),
            of(2, 2, "conso", EventKind::Deferred),
            // Another grant of the app says nothing about the question.
            of(3, 3, "conso", EventKind::Paused),
            of(4, 1, "budget", EventKind::Superseded),
            of(4, 4, "budget", EventKind::Given),
        ];
        assert_eq!(deferred(&log[..5]), [("conso", 2), ("budget", 1)]);
        assert_eq!(deferred(&log), [("conso", 2)]);
    }

    #[test]
    fn a_figure_has_its_own_course_or_that_of_a_chart_in_its_unit() {
        use mesinfos_model::view::{Chart, Date, Decimal, Money, Page, Section, Step, Tone, Xy, XyKind};
        let money = Value::Money(Money { amount: Decimal { mantissa: 5, scale: 0 }, currency: "EUR".into() });
        let icon = mesinfos_model::view::Icon::None;
        let own = |spark: Vec<Option<f64>>| KeyFigure {
            label: "l".into(),
            value: money.clone(),
            trend: None,
            spark,
            icon,
            note: None,
        };
        let points = vec![Some(1.0), None, Some(2.0), Some(3.0)];
        let series = |currency: &str| Series {
            label: "Dépenses".into(),
            unit: QuantityUnit::None,
            currency: Some(currency.into()),
            points: points.clone(),
            tone: Tone::Auto,
        };
        let dates = (1..=4).map(|month| Date { year: 2025, month, day: 1 }).collect::<Vec<_>>();
        let view = |series: Vec<Series>| View {
            lang: Lang::Fr,
            title: String::new(),
            headline: String::new(),
            headline_figure: None,
            period: None,
            pages: vec![Page {
                title: String::new(),
                icon,
                sections: vec![Section {
                    title: None,
                    layout: mesinfos_model::view::Layout::Stack,
                    blocks: vec![Block::Chart(Chart {
                        title: String::new(),
                        takeaway: String::new(),
                        plot: Plot::Xy(Xy {
                            kind: XyKind::Line,
                            axis: Axis::Dates(Step::Month, dates.clone()),
                            series,
                        }),
                    })],
                }],
            }],
            limits: Vec::new(),
        };
        let of = |view: &View, figure: &KeyFigure| {
            let course = course(view, figure, Lang::Fr);
            course.map(|course| (course.points.len(), course.of.map(|(label, _)| label.to_owned())))
        };
        let euros = view(vec![series("EUR")]);
        assert_eq!(of(&euros, &own(vec![Some(1.0); 3])), Some((3, None)));
        assert_eq!(of(&euros, &own(Vec::new())), Some((4, Some("Dépenses".to_owned()))));
        assert_eq!(of(&view(vec![series("USD")]), &own(Vec::new())), None, "another unit");
        assert_eq!(of(&view(vec![series("EUR"), series("EUR")]), &own(Vec::new())), None, "a part of it");
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
    fn rows_beside_the_months_of_a_year_are_those_of_the_year() {
        let january = 55 * 12;
        let mut months = [
            month(Category::Bank, january - 1, 1),
            month(Category::Bank, january, 1),
            month(Category::Bills, january + 11, 1),
            month(Category::Energy, january, 1),
            month(Category::Bank, january + 12, 1),
        ];
        for (at, month) in months.iter_mut().enumerate() {
            month.rows = 10_u64.pow(u32::try_from(at).unwrap());
        }
        assert_eq!(rows_of(&months, Domain::Money, 2025), 110);
        assert_eq!(rows_of(&months, Domain::Energy, 2025), 1_000);
        assert_eq!(rows_of(&months, Domain::Money, 2024), 1);
        assert_eq!(rows_of(&months, Domain::Health, 2025), 0);
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
