//! The journal: running grants, then everything that came in and was read, day by day.

use crate::Shared;
use crate::app::apps::{Named, Sign, Standing, gives, named as apps_by_id, reading, stopped, turned};
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Section, Shell, badge, empty, icon, more, paused_note, section, section_with};
use crate::app::visitor::Tester;
use crate::view::{OwnLook, own_chart_in};
use axum::Router;
use axum::extract::RawQuery;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use mesinfos_model::view::{Axis, Chart, Date, Lang, Plot, QuantityUnit, Series, Step, Tone, Xy, XyKind};
use mesinfos_model::{CategoryScope, Day, Grain, Holders, Period};
use mesinfos_platform::consent::{
    Act, Actor, AuditEvent, CategoryRead, Channel, EventKind, GrantId, GrantState, RowChange, WithheldKind,
};
use mesinfos_platform::{GrantSummary, Logged, Platform};
use mesinfos_words::page::{Journal as Words, Withheld};
use std::collections::{BTreeMap, BTreeSet};

/// Lines on one page.
const PAGE: usize = 60;

/// Files, or rows that were changed alike, in a row that have a line each; more are told in one.
const APART: usize = 3;

/// Weeks that are drawn.
const WEEKS: usize = 8;

/// Domains that have a colour in the drawing; the others are one.
const APART_IN_WEEKS: usize = 3;

/// The installed apps, by id.
type Apps = BTreeMap<String, Named>;

/// Code of an execution that ended well.
const FINISHED: &str = "completed";

pub(crate) fn pages() -> Router<Shared> {
    Router::new()
        .route("/journal", get(page))
        .route("/journal/verify", post(verify))
        .route("/journal/journal.json", get(export))
        .route("/journal/grants/{app}/stop", post(stop))
        .route("/journal/grants/{app}/pause", post(pause))
        .route("/journal/grants/{app}/resume", post(resume))
}

/// A kind of entries to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    All,
    Reads,
    Arrivals,
    Grants,
    Account,
}

impl Kind {
    const ALL: [Kind; 5] = [Kind::All, Kind::Reads, Kind::Arrivals, Kind::Grants, Kind::Account];

    fn id(self) -> &'static str {
        match self {
            Kind::All => "all",
            Kind::Reads => "reads",
            Kind::Arrivals => "arrivals",
            Kind::Grants => "grants",
            Kind::Account => "sign-ins",
        }
    }

    fn words(self) -> Words<'static> {
        match self {
            Kind::All => Words::KindAll,
            Kind::Reads => Words::KindReads,
            Kind::Arrivals => Words::KindArrivals,
            Kind::Grants => Words::KindGrants,
            Kind::Account => Words::KindAccount,
        }
    }

    fn has(self, event: &AuditEvent) -> bool {
        match event {
            AuditEvent::Ran { .. }
            | AuditEvent::Began { .. }
            | AuditEvent::Replayed { .. }
            | AuditEvent::TrialBegan { .. }
            | AuditEvent::Tried { .. }
            | AuditEvent::Downloaded { .. } => matches!(self, Kind::All | Kind::Reads),
            AuditEvent::Imported { .. }
            | AuditEvent::Undone { .. }
            | AuditEvent::Amended { .. }
            | AuditEvent::TextRead { .. } => {
                matches!(self, Kind::All | Kind::Arrivals)
            }
            AuditEvent::Grant { .. } | AuditEvent::AppChanged { .. } | AuditEvent::Withheld { .. } => {
                matches!(self, Kind::All | Kind::Grants)
            }
            AuditEvent::Account { .. } => matches!(self, Kind::All | Kind::Account),
            _ => self == Kind::All,
        }
    }
}

/// The page.
pub(crate) async fn page(tester: Tester, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    shown(&tester, &query.unwrap_or_default(), html! {}).await
}

async fn shown(tester: &Tester, query: &str, told: Markup) -> Result<Response, Failure> {
    let lang = tester.lang();
    let query = Fields::read(query.as_bytes()).unwrap_or_default();
    let kind = Kind::ALL.into_iter().find(|kind| kind.id() == query.get("kind")).unwrap_or(Kind::All);
    let from: usize = query.get("from").parse().unwrap_or(0);
    let (grants, log, apps, paused) = tester
        .run(move |platform, caller| {
            let (grants, log) = (platform.grants_of(caller)?, platform.audit_entries(caller)?);
            Ok((grants, log, apps_by_id(platform, lang)?, platform.paused_since(caller)?))
        })
        .await?;
    let given: BTreeSet<GrantId> = log.iter().filter_map(|logged| given(&logged.entry.event)).collect();
    let told = html! { (told) (after_stop(query.get("stopped"), &grants, &apps, lang)) };
    let running: Vec<&GrantSummary> = grants.iter().rev().filter(|grant| grant.is_in_force).collect();
    // A run that ended is told by its end alone.
    let is_told = |logged: &&Logged| {
        let is_start = matches!(logged.entry.event, AuditEvent::Began { .. } | AuditEvent::TrialBegan { .. });
        // So is a question: its answer follows at once. One that was put off gives way to its answer; only a grant is
        // replaced.
        let is_question = match &logged.entry.event {
            AuditEvent::Grant { change: EventKind::Shown, .. } => true,
            AuditEvent::Grant { change: EventKind::Superseded, grant, .. } => !given.contains(grant),
            _ => false,
        };
        kind.has(&logged.entry.event) && !is_question && (!is_start || logged.run.is_some())
    };
    let entries: Vec<&Logged> = log.iter().rev().filter(is_told).collect();
    // What is one line is one on its page too.
    let lines: Vec<&[&Logged]> = entries.chunk_by(|a, b| is_same_day(a, b) && is_together(a, b)).collect();
    let total = lines.len();
    let page: Vec<&Logged> = lines.into_iter().skip(from).take(PAGE).flatten().copied().collect();
    let title = Words::Title.to(lang);
    let body = html! {
        header.head {
            h1 { (title) }
            p.lead { (Words::Lead.to(lang)) }
            @if tester.visitor.account.sample.is_some() { p.soft.small { (Words::RealDates.to(lang)) } }
            div.row {
                form method="post" action="/journal/verify" {
                    button.btn.small type="submit" { (icon(Icon::Link2)) (Words::Verify.to(lang)) }
                }
                a.btn.quiet.small href="/journal/journal.json" { (icon(Icon::Download)) (Words::Take.to(lang)) }
            }
        }
        (told)
        (paused_note(paused, &reading(&grants, &apps), "/journal", lang))
        (section_with(
            "grants",
            &Words::Running.to(lang),
            html! { span.soft.small { (Words::Count { grants: running.len() as u64 }.to(lang)) } },
            running_grants(&running, &apps, lang),
        ))
        p { a href="/data/withheld" { (Withheld::Title.to(lang)) } }
        (weeks(&log, mesinfos_words::day_of(tester.caller.at), lang))
        (section("days", &Words::DayByDay.to(lang), html! {
            nav.row aria-label=(Words::Kinds.to(lang)) {
                @for of in Kind::ALL {
                    a.chip href=(format!("/journal?kind={}#days", of.id())) aria-current=[(of == kind).then_some("true")] {
                        (of.words().to(lang))
                    }
                }
            }
            @if page.is_empty() { (empty(&Words::Nothing.to(lang), &Words::NothingWhy.to(lang), html! {})) }
            (days(&page, &apps, lang))
            @if from + PAGE < total {
                p { a.btn href=(format!("/journal?kind={}&from={}#days", kind.id(), from + PAGE)) { (Words::Older.to(lang)) } }
            }
        }))
    };
    let shell = Shell { charts: true, ..tester.shell(&title, Section::Journal) };
    Ok(shell.around(body).into_response())
}

/// The grant that an event gave.
fn given(event: &AuditEvent) -> Option<GrantId> {
    match event {
        AuditEvent::Grant { grant, change: EventKind::Given, .. } => Some(*grant),
        _ => None,
    }
}

/// Number of the week of a day, which begins on Monday; the first one has 1 January 1970, a Thursday.
fn week(day: Day) -> i32 {
    day.0.saturating_add(3).div_euclid(7)
}

/// First day of a week.
fn monday(week: i32) -> Day {
    Day(week.saturating_mul(7).saturating_sub(3))
}

/// Runs and trials that read rows, by week and by domain of what was read first; nothing if there was none in
/// these weeks.
fn weeks(log: &[Logged], today: Day, lang: Lang) -> Markup {
    let last = week(today);
    let first = last.saturating_sub(i32::try_from(WEEKS - 1).unwrap_or(0));
    let mut reads: BTreeMap<Domain, [u32; WEEKS]> = BTreeMap::new();
    for logged in log {
        let (AuditEvent::Ran { reads: read, .. } | AuditEvent::Tried { reads: read, .. }) =
            &logged.entry.event
        else {
            continue;
        };
        let Some(read) = read.iter().find(|read| read.rows > 0) else { continue };
        let at = week(mesinfos_words::day_of(logged.entry.at)).checked_sub(first);
        let at = at.and_then(|at| usize::try_from(at).ok());
        let count = at.and_then(|at| reads.entry(Domain::of(read.category)).or_default().get_mut(at));
        if let Some(count) = count {
            *count = count.saturating_add(1);
        }
    }
    reads.retain(|_, weeks| weeks.iter().any(|reads| *reads > 0));
    if reads.is_empty() {
        return html! {};
    }
    let sum = |at: usize| reads.values().map(|weeks| weeks[at]).sum::<u32>();
    let most = (0..WEEKS).max_by_key(|at| sum(*at)).unwrap_or(0);
    let mut domains: Vec<(Domain, [u32; WEEKS])> = reads.iter().map(|(of, weeks)| (*of, *weeks)).collect();
    domains.sort_by_key(|(_, weeks)| std::cmp::Reverse(weeks.iter().sum::<u32>()));
    let others = domains.split_off(domains.len().min(APART_IN_WEEKS));
    let series = |label: String, weeks: [u32; WEEKS]| Series {
        label,
        unit: QuantityUnit::None,
        currency: None,
        points: weeks.iter().map(|reads| Some(f64::from(*reads))).collect(),
        tone: Tone::Auto,
    };
    let mut colours: Vec<u8> = domains.iter().map(|(of, _)| of.colour()).collect();
    let mut all: Vec<Series> = domains.into_iter().map(|(of, weeks)| series(of.name(lang), weeks)).collect();
    if !others.is_empty() {
        let mut rest = [0; WEEKS];
        for (_, weeks) in &others {
            rest.iter_mut().zip(weeks).for_each(|(sum, reads)| *sum += reads);
        }
        all.push(series(Words::OtherDomains.to(lang), rest));
        colours.push(0);
    }
    let begins = |at: usize| monday(first.saturating_add(i32::try_from(at).unwrap_or(0)));
    let chart = Chart {
        title: Words::WeeksTitle.to(lang),
        takeaway: Words::WeeksMost {
            reads: u64::from(sum(most)),
            week: &mesinfos_words::day(begins(most), lang),
        }
        .to(lang),
        plot: Plot::Xy(Xy {
            kind: XyKind::StackedBar,
            axis: Axis::Dates(Step::Week, (0..WEEKS).map(|at| Date::from(begins(at))).collect()),
            series: all,
        }),
    };
    section("weeks", &Words::Weeks.to(lang), own_chart_in(&chart, OwnLook { colours, is_low: true }, lang))
}

/// Whether a grant gives less of a category than all its rows as they are.
fn is_narrowed(scope: &CategoryScope) -> bool {
    scope.period != Period::ALL
        || scope.grain != Grain::Raw
        || scope.holders != Holders::Any
        || !scope.excluded.is_empty()
}

fn running_grants(running: &[&GrantSummary], apps: &Apps, lang: Lang) -> Markup {
    if running.is_empty() {
        return html! { p.soft { (Words::NoGrant.to(lang)) " " a href="/apps" { (Words::SeeApps.to(lang)) } } };
    }
    html! {
        ul.list.wrap {
            @for grant in running {
                @let sign = apps.get(&grant.app).map_or_else(
                    || Sign::of_read(grant.scope.keys().next().copied()),
                    |app| app.sign,
                );
                @let is_paused = grant.state == "paused";
                @let has_changed = apps.get(&grant.app).is_some_and(|app| {
                    Standing::of(grant, app.component) == Standing::Changed
                });
                @let name = apps.get(&grant.app).map_or(&grant.app, |app| &app.name);
                @let since = mesinfos_words::instant(grant.given_at, lang);
                li data-d=(sign.domain.id()) {
                    (sign.drawn())
                    span {
                        a href=(format!("/apps/{}", grant.app)) { strong { bdi { (name) } } } " "
                        (Words::MayRead { categories: &mesinfos_words::names::categories(grant.scope.keys(), lang) }.to(lang))
                        br;
                        @for scope in grant.scope.values().filter(|scope| is_narrowed(scope)) {
                            span.small { (gives(scope, lang)) } br;
                        }
                        span.soft.small {
                            @match grant.until {
                                Some(until) => (Words::SinceUntil {
                                    since: &since,
                                    until: &mesinfos_words::instant(until, lang),
                                }.to(lang)),
                                None => (Words::Since { since: &since }.to(lang)),
                            }
                            @if has_changed { " · " strong { (Words::HasChanged.to(lang)) } }
                            @else if grant.is_of_a_restore { " · " strong { (Words::IsPausedByRestore.to(lang)) } }
                            @else if is_paused { " · " strong { (Words::IsPaused.to(lang)) } }
                        }
                    }
                    div.row.end {
                        @if has_changed {
                            a.btn.small href=(format!("/apps/{}", grant.app)) {
                                (Words::Answer.to(lang)) span.sr { " " bdi { (name) } }
                            }
                        } @else { form method="post" action=(format!("/journal/grants/{}/{}", grant.app, if is_paused { "resume" } else { "pause" })) {
                            button.btn.small type="submit" {
                                (if is_paused { Words::Resume } else { Words::Pause }.to(lang))
                                span.sr { " " bdi { (name) } }
                            }
                        } }
                        form method="post" action=(format!("/journal/grants/{}/stop", grant.app)) {
                            button.btn.small type="submit" { (Words::Stop.to(lang)) span.sr { " " bdi { (name) } } }
                        }
                    }
                }
            }
        }
        p.soft.small { (Words::StopWhy.to(lang)) }
    }
}

/// Whether two entries are trials of one app that read the same and ended alike.
fn is_same_trial(one: &Logged, other: &Logged) -> bool {
    match (&one.entry.event, &other.entry.event) {
        (
            AuditEvent::Tried { app, reads, outcome, .. },
            AuditEvent::Tried { app: other_app, reads: other_reads, outcome: other_outcome, .. },
        ) => (app, reads, outcome) == (other_app, other_reads, other_outcome),
        _ => false,
    }
}

/// Whether two entries are of rows that were changed alike, each in an entry of its own: one act may be about many.
fn is_same_change(one: &Logged, other: &Logged) -> bool {
    let words = |logged: &Logged| changed(&logged.entry.event, 2, Lang::En);
    one.entry.by == other.entry.by && words(one).is_some() && words(one) == words(other)
}

fn is_arrival(logged: &Logged) -> bool {
    matches!(logged.entry.event, AuditEvent::Imported { .. })
}

fn is_same_day(one: &Logged, other: &Logged) -> bool {
    mesinfos_words::day_of(one.entry.at) == mesinfos_words::day_of(other.entry.at)
}

/// Whether two entries of a day, one after the other, may be told in one line.
fn is_together(one: &Logged, other: &Logged) -> bool {
    is_arrival(one) && is_arrival(other) || is_same_trial(one, other) || is_same_change(one, other)
}

/// So many changes of rows like this one, in words; `None` if they are not told together.
fn changed(event: &AuditEvent, rows: u64, lang: Lang) -> Option<String> {
    let words = match event {
        AuditEvent::Amended { category, change, .. } => {
            let category = category.name(lang);
            match change {
                RowChange::Deleted => Words::RowsDeleted { rows, category },
                RowChange::Corrected => Words::RowsCorrected { rows, category },
                RowChange::Restored => Words::RowsRestored { rows, category },
                RowChange::Lifted => Words::RowsLifted { rows, category },
                RowChange::Superseded => Words::RowsSuperseded { rows, category },
                RowChange::Added => Words::RowsAdded { rows, category },
                // These entries count their rows.
                RowChange::Replaced | RowChange::Stayed | RowChange::Returned => return None,
            }
        }
        AuditEvent::Withheld { category, what: WithheldKind::Row, ended, .. } => {
            let category = category.name(lang);
            if *ended { Words::RowsShown { rows, category } } else { Words::RowsHidden { rows, category } }
        }
        _ => return None,
    };
    Some(words.to(lang))
}

/// Entries by day, newest first. Many files that came one after the other are one line, which opens, and so are many rows
/// that were changed alike; trials that read the same are one line too.
fn days(entries: &[&Logged], apps: &Apps, lang: Lang) -> Markup {
    let day_of = |logged: &Logged| mesinfos_words::day_of(logged.entry.at);
    html! {
        @for day in entries.chunk_by(|a, b| day_of(a) == day_of(b)) {
            section.day {
                header { h3 { (mesinfos_words::day(day_of(day[0]), lang)) } }
                ol.thread {
                    @for together in day.chunk_by(|a, b| is_together(a, b)) {
                        @let changed = changed(&together[0].entry.event, together.len() as u64, lang);
                        @if !is_arrival(together[0]) && changed.is_none() {
                            (line(together[0], together.len(), apps, lang))
                        } @else if together.len() <= APART {
                            @for logged in together { (line(logged, 1, apps, lang)) }
                        } @else if let Some(changed) = changed {
                            (changes(together, &changed, apps, lang))
                        } @else { (arrivals(together, apps, lang)) }
                    }
                }
            }
        }
    }
}

/// Many rows that were changed alike, in one line that opens.
fn changes(entries: &[&Logged], changed: &str, apps: &Apps, lang: Lang) -> Markup {
    html! {
        li data-d=(domain(entries[0], apps).id()) {
            p.row.end {
                span { (changed) }
                span.soft.small { (mesinfos_words::time_of(entries[0].entry.at, lang)) }
            }
            (more(&Words::EachChange.to(lang), html! {
                ul.flow { @for logged in entries { (line(logged, 1, apps, lang)) } }
            }))
        }
    }
}

/// Many files, in one line that opens.
fn arrivals(entries: &[&Logged], apps: &Apps, lang: Lang) -> Markup {
    let (mut imports, mut rows) = (BTreeSet::new(), 0_u64);
    for logged in entries {
        if let AuditEvent::Imported { import, accepted, .. } = &logged.entry.event {
            imports.insert(*import);
            rows = rows.saturating_add(*accepted);
        }
    }
    html! {
        li data-d=(Domain::Papers.id()) {
            p { (Words::Arrivals { files: imports.len() as u64, rows }.to(lang)) }
            (more(&Words::EachFile.to(lang), html! {
                ul.flow { @for logged in entries { (line(logged, 1, apps, lang)) } }
            }))
        }
    }
}

/// The domain of an entry: that of what came, or that of the app.
fn domain(logged: &Logged, apps: &Apps) -> Domain {
    let event = &logged.entry.event;
    if let Some(app) = app_of(event).and_then(|app| apps.get(app)) {
        return app.sign.domain;
    }
    match event {
        AuditEvent::Imported { category, .. }
        | AuditEvent::Amended { category, .. }
        | AuditEvent::Withheld { category, .. }
        | AuditEvent::Downloaded { category, .. } => Domain::of(*category),
        AuditEvent::Ran { reads, .. }
        | AuditEvent::Replayed { reads, .. }
        | AuditEvent::Tried { reads, .. } => Sign::of_read(reads.first().map(|read| read.category)).domain,
        _ => Domain::Papers,
    }
}

/// The app that an event is about.
fn app_of(event: &AuditEvent) -> Option<&str> {
    match event {
        AuditEvent::Installed { app, .. }
        | AuditEvent::Grant { app, .. }
        | AuditEvent::Began { app, .. }
        | AuditEvent::Ran { app, .. }
        | AuditEvent::TrialBegan { app, .. }
        | AuditEvent::Tried { app, .. } => Some(app.as_str()),
        _ => None,
    }
}

/// An event with the app's name in place of its id.
fn named(event: &AuditEvent, apps: &Apps) -> AuditEvent {
    let mut event = event.clone();
    if let AuditEvent::Installed { app, .. }
    | AuditEvent::AppChanged { app, .. }
    | AuditEvent::Grant { app, .. }
    | AuditEvent::Began { app, .. }
    | AuditEvent::Ran { app, .. }
    | AuditEvent::TrialBegan { app, .. }
    | AuditEvent::Tried { app, .. } = &mut event
        && let Some(Named { name, .. }) = apps.get(app.as_str())
    {
        *app = name.as_str().into();
    }
    event
}

/// An event in a few words, if its whole sentence says more than most people want to know.
fn brief(event: &AuditEvent, lang: Lang) -> Option<String> {
    let read = |app: &str, reads: &[CategoryRead]| {
        let read: Vec<&CategoryRead> = reads.iter().filter(|read| read.rows > 0).collect();
        let categories = mesinfos_words::names::categories(read.iter().map(|read| &read.category), lang);
        let rows = read.iter().map(|read| read.distinct_rows()).sum();
        match rows {
            0 => Words::ReadNothing { app }.to(lang),
            rows => Words::Read { app, rows, categories: &categories }.to(lang),
        }
    };
    Some(match event {
        AuditEvent::Imported { file, accepted, corrected, duplicates, rejected, .. } => {
            let counts = mesinfos_words::audit::rows(*accepted, *corrected, *duplicates, *rejected, lang);
            Words::Arrived { file: file.as_str(), counts: &counts }.to(lang)
        }
        AuditEvent::Installed { app, .. } => Words::Installed { app: app.as_str() }.to(lang),
        AuditEvent::Began { app, replay: None, .. } | AuditEvent::TrialBegan { app, .. } => {
            Words::Began { app: app.as_str() }.to(lang)
        }
        AuditEvent::Ran { receipt: Some(_), app, outcome, reads, .. }
        | AuditEvent::Tried { app, outcome, reads, .. }
            if outcome.as_str() == FINISHED =>
        {
            read(app.as_str(), reads)
        }
        _ => return None,
    })
}

/// An entry as an item of a list.
fn line(logged: &Logged, times: usize, apps: &Apps, lang: Lang) -> Markup {
    html! { li data-d=(domain(logged, apps).id()) { (entry(logged, times, apps, lang)) } }
}

/// An entry, which stands for so many that are alike.
fn entry(logged: &Logged, times: usize, apps: &Apps, lang: Lang) -> Markup {
    let event = &named(&logged.entry.event, apps);
    let whole = mesinfos_words::audit::audit_event(event, lang);
    let brief = brief(event, lang);
    html! {
        p.row.end {
            span { bdi { (brief.as_deref().unwrap_or(&whole)) } }
            span.soft.small { (mesinfos_words::time_of(logged.entry.at, lang)) }
        }
        @let by = logged.entry.by.filter(|by| !is_own(*by));
        @let beside = beside(logged, by, lang);
        @if !beside.is_empty() {
            p.soft.small {
                @for (at, what) in beside.iter().enumerate() {
                    @if at > 0 { " · " }
                    (what)
                }
                @if times > 1 { " · " (Words::Trials { times: times as u64 }.to(lang)) }
            }
        }
        @if brief.is_some() { (more(&Words::Details.to(lang), html! { p.soft.small { bdi { (whole) } } })) }
    }
}

/// What stands beside an entry: who did it, how a run stands, and where more is told.
fn beside(logged: &Logged, by: Option<Act>, lang: Lang) -> Vec<Markup> {
    let event = &logged.entry.event;
    let mut all: Vec<Markup> = Vec::new();
    all.extend(by.map(|by| html! { (mesinfos_words::audit::act(by, lang)) }));
    all.extend(logged.run.map(|run| html! { (mesinfos_words::audit::run_state(run, lang)) }));
    if matches!(event, AuditEvent::TrialBegan { .. } | AuditEvent::Tried { .. }) {
        all.push(badge(Icon::FlaskConical, &Words::Trial.to(lang), "plain small"));
    }
    if let AuditEvent::Grant { grant, change: EventKind::Given | EventKind::Refused, .. } = event {
        all.push(html! { a href=(format!("/journal/notices/{grant}")) { (Words::Notice.to(lang)) } });
    }
    if let AuditEvent::Ran { receipt: Some(receipt), .. } = event {
        all.push(html! { a href=(format!("/results/{receipt}")) { (Words::Receipt.to(lang)) } });
    }
    all
}

/// Whether the person did it on these pages: that goes without saying.
fn is_own(by: Act) -> bool {
    by == Act { actor: Actor::Person, channel: Channel::Web }
}

/// Verifies the whole chain, and the vault against it.
pub(crate) async fn verify(tester: Tester) -> Result<Response, Failure> {
    let lang = tester.lang();
    let verified = tester.run(|platform, caller| platform.audit_verify(caller, None)).await?;
    let words = Words::Verified { entries: verified.entries }.to(lang);
    let told = html! {
        div.sec role="status" tabindex="-1" autofocus {
            p { (badge(Icon::Link2, &words, "")) }
            p.soft.small { (Words::Head.to(lang)) " " code.url-small { (verified.head) } }
        }
    };
    shown(&tester, "", told).await
}

/// The journal as JSON, in the form of the API.
pub(crate) async fn export(tester: Tester) -> Result<Response, Failure> {
    let log = tester.run(|platform, caller| platform.audit_entries(caller)).await?;
    let entries: Vec<mesinfos_wire::AuditEntry> = mesinfos_wire::each(&log);
    // Serialising our own types cannot fail.
    let body = serde_json::to_vec_pretty(&entries).unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"journal.json\""),
    ];
    Ok((headers, body).into_response())
}

type App = axum::extract::Path<String>;

pub(crate) async fn stop(
    tester: Tester,
    axum::extract::Path(app): App,
    fields: Fields,
) -> Result<Response, Failure> {
    stopped(&tester, app, &fields, (Section::Journal, "/journal")).await
}

/// What is said after an app was stopped. Nothing if it still has a grant: the address was opened again later.
fn after_stop(app: &str, grants: &[GrantSummary], apps: &Apps, lang: Lang) -> Markup {
    let was_stopped =
        grants.iter().any(|grant| grant.app == app && grant.state == GrantState::Withdrawn.id());
    let is_given = grants.iter().any(|grant| grant.app == app && grant.is_in_force);
    let Some(Named { name, component, .. }) = apps.get(app).filter(|_| was_stopped && !is_given) else {
        return html! {};
    };
    // Another version asks anew, from nothing.
    let last = grants.iter().rfind(|grant| grant.app == app);
    let is_same = last.is_some_and(|last| *component == Some(last.component));
    html! {
        div.note.sec.flow-s role="status" tabindex="-1" autofocus {
            h2.h3s { bdi { (Words::Stopped { app: name }.to(lang)) } }
            p { (Words::StoppedWhy.to(lang)) }
            @if is_same { p.row { a.btn.small href=(format!("/apps/{app}?again=on")) { (icon(Icon::RotateCw)) (Words::GiveAgain.to(lang)) } } }
        }
    }
}

pub(crate) async fn pause(tester: Tester, axum::extract::Path(app): App) -> Result<Response, Failure> {
    turned(&tester, app, Platform::pause, "/journal").await
}

pub(crate) async fn resume(tester: Tester, axum::extract::Path(app): App) -> Result<Response, Failure> {
    turned(&tester, app, Platform::resume, "/journal").await
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::{Category, Digest};
    use mesinfos_platform::consent::{AuditEntry, ReceiptId};

    fn logged(at: i64, event: AuditEvent) -> Logged {
        let entry = AuditEntry { seq: 1, at, by: None, event, prev: Digest([0; 32]), hash: Digest([0; 32]) };
        Logged { run: None, entry }
    }

    fn imported(import: u64, accepted: u64) -> Logged {
        logged(
            i64::try_from(import).unwrap(),
            AuditEvent::Imported {
                import,
                file: format!("<b>{import}.csv").as_str().into(),
                format: "bank-csv".into(),
                category: Category::Bank,
                accepted,
                rejected: 0,
                duplicates: 0,
                corrected: 0,
            },
        )
    }

    fn drawn(log: &[Logged]) -> String {
        days(&log.iter().collect::<Vec<_>>(), &apps(), Lang::En).into_string()
    }

    fn apps() -> Apps {
        let sign = Sign { domain: Domain::Health, icon: crate::view::Icon::Bike };
        BTreeMap::from([("budget".to_owned(), Named { name: "Budget".to_owned(), sign, component: None })])
    }

    #[test]
    fn many_files_of_a_day_are_one_line_that_opens() {
        let few: Vec<Logged> = (1..=3).map(|import| imported(import, 10)).collect();
        assert!(!drawn(&few).contains("files were added"));
        let many: Vec<Logged> = (1..=5).map(|import| imported(import, 10)).collect();
        let page = drawn(&many);
        assert!(page.contains("5 files were added: 50 new rows"), "{page}");
        assert!(page.contains("&lt;b&gt;5.csv") && !page.contains("<b>"), "each of them is told: {page}");
        // Another day, or something between them, is apart.
        let mut apart = many;
        apart[2].entry.at += 86_400;
        apart.sort_by_key(|logged| logged.entry.at);
        assert_eq!(drawn(&apart).matches("<h3>").count(), 2);
    }

    #[test]
    fn many_rows_changed_alike_are_one_line_that_opens() {
        let of = |at: i64, change| {
            let event = AuditEvent::Amended {
                import: 1,
                file: format!("<b>{at}.csv").as_str().into(),
                category: Category::Bank,
                change,
                removed: 0,
                returned: 0,
            };
            logged(at, event)
        };
        let hidden = |at, ended| {
            let (category, what) = (Category::Bank, WithheldKind::Row);
            logged(at, AuditEvent::Withheld { category, what, of: "".into(), ended })
        };
        let many: Vec<Logged> = (0..95).map(|at| of(at, RowChange::Corrected)).collect();
        let page = drawn(&many);
        assert!(page.contains("95 rows") && page.matches("<h3>").count() == 1, "{page}");
        assert_eq!(page.matches("You corrected 95").count(), 1, "{page}");
        assert!(page.contains("&lt;b&gt;94.csv") && !page.contains("<b>"), "each of them is told: {page}");
        assert!(drawn(&(0..5).map(|at| hidden(at, false)).collect::<Vec<_>>()).contains("5 rows"));
        // A few are told one by one, and other changes apart.
        assert!(!drawn(&many[..3]).contains("3 rows"));
        let mixed: Vec<Logged> = (0..8).map(|at| hidden(at, at % 2 == 0)).collect();
        assert!(!drawn(&mixed).contains("rows ("), "{}", drawn(&mixed));
    }

    #[test]
    fn trials_that_read_the_same_are_one_line() {
        let tried = |at: i64, app: &str, rows| {
            let read = CategoryRead {
                category: Category::Bank,
                from: None,
                until: None,
                rows,
                distinct: None,
                bytes: 9,
            };
            logged(
                at,
                AuditEvent::Tried {
                    run: ReceiptId::from_bytes([u8::try_from(at).unwrap(); 16]),
                    app: app.into(),
                    version: "1.0.0".into(),
                    component: Digest([0; 32]),
                    runs: 1,
                    outcome: FINISHED.into(),
                    reads: vec![read],
                },
            )
        };
        let page = drawn(&[tried(3, "budget", 12), tried(2, "budget", 12), tried(1, "budget", 12)]);
        assert_eq!((page.matches("data-d").count(), page.contains("3 trials")), (1, true), "{page}");
        let apart = drawn(&[tried(3, "budget", 12), tried(2, "budget", 13), tried(1, "conso", 13)]);
        assert_eq!((apart.matches("data-d").count(), apart.contains("trials")), (3, false), "{apart}");
    }

    #[test]
    fn reads_are_counted_by_week_and_domain() {
        assert_eq!(monday(week(Day(0))).to_string(), "1969-12-29");
        let today: Day = "2026-01-01".parse().unwrap();
        assert_eq!(monday(week(today)).to_string(), "2025-12-29");
        let tried = |day: &str, category, rows| {
            let at = i64::from(day.parse::<Day>().unwrap().0) * 86_400 + 43_200;
            let read = CategoryRead { category, from: None, until: None, rows, distinct: None, bytes: 9 };
            logged(
                at,
                AuditEvent::Tried {
                    run: ReceiptId::from_bytes([7; 16]),
                    app: "conso".into(),
                    version: "1.0.0".into(),
                    component: Digest([0; 32]),
                    runs: 1,
                    outcome: "completed".into(),
                    reads: vec![read],
                },
            )
        };
        let log = [
            tried("2025-11-09", Category::Health, 5),
            tried("2025-11-10", Category::Health, 5),
            tried("2025-12-29", Category::Energy, 5),
            tried("2025-12-30", Category::Energy, 5),
            tried("2025-12-31", Category::Bank, 5),
            tried("2025-12-31", Category::Mobility, 5),
            tried("2025-12-31", Category::Telecom, 0),
            tried("2026-01-01", Category::Purchases, 5),
        ];
        let page = weeks(&log, today, Lang::Fr).into_string();
        assert!(page.contains("commence le 29\u{a0}décembre 2025\u{a0}: 5 lectures"), "{page}");
        // Two in the domain read most, one in each of the others, and none that read nothing.
        let energy = r"&quot;points&quot;:[0.0,0.0,0.0,0.0,0.0,0.0,0.0,2.0],&quot;tone&quot;:&quot;auto&quot;,&quot;c&quot;:2}";
        assert!(page.contains(energy), "{page}");
        assert!(page.contains("Autres") && !page.contains("Téléphone"), "{page}");
        assert!(page.contains("<table"), "{page}");
        assert_eq!(weeks(&log[..1], today, Lang::Fr).into_string(), "", "the week before");
    }

    #[test]
    fn a_reading_is_told_in_a_few_words_and_in_full() {
        let read = CategoryRead {
            category: Category::Bank,
            from: None,
            until: None,
            rows: 2_164,
            distinct: Some(1_082),
            bytes: 308,
        };
        let ran = |outcome: &str| AuditEvent::Ran {
            run: Some(ReceiptId::from_bytes([7; 16])),
            app: "budget".into(),
            version: "0.2.0".into(),
            component: Digest([0; 32]),
            grants: Vec::new(),
            outcome: outcome.into(),
            receipt: Some(ReceiptId::from_bytes([7; 16])),
            digest: None,
            reads: vec![read.clone()],
            times: None,
        };
        let told = brief(&named(&ran("completed"), &apps()), Lang::En);
        let told = told.unwrap();
        assert!(told.starts_with("Budget read 1,082 rows") && !told.contains("0.2.0"), "{told}");
        let page = drawn(&[logged(0, ran("completed"))]);
        let details = page.contains("0.2.0") && page.contains("308") && page.contains("2,164 in all");
        assert!(details, "the details have the rest: {page}");
        assert!(!page.contains("“budget”"), "{page}");
        // The colour is that of the app, whatever it read first.
        assert!(page.contains("<li data-d=\"health\">"), "{page}");
        assert_eq!(brief(&ran("timed-out"), Lang::En), None, "what went wrong is told whole");
    }
}
