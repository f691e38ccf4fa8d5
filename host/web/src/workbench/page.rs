//! The page of the workbench.

use super::tries::{Asked, Check, Ended, Subject};
use super::{Bench, Draft, DraftApp};
use crate::Life;
use crate::app::domain::Domain;
use crate::app::parts::{Icon, Shell, Who, badge, icon, more, note, section};
use crate::app::preferences::Preferences;
use crate::errors::sentence;
use crate::view::{self, Context, Filled, Pages};
use maud::{Markup, html};
use mesinfos_model::view::{Lang, Param, View};
use mesinfos_platform::runtime::{Inspection, limits};
use mesinfos_platform::{PlatformError, TrialRun};
use mesinfos_words::page::Workbench as Words;
use mesinfos_words::{names, number, outcome};

/// The sample person without any data.
const NOBODY: &str = "rien";

/// Bytes below the limit of notes from which a further note may have been dropped.
const NEARLY: usize = 1_024;

/// The page for a draft.
pub(super) fn page(bench: &Bench, draft: &Draft, asked: &Asked, preferences: Preferences) -> Markup {
    let lang = preferences.lang;
    let here = asked.address();
    let title = draft.app.as_ref().map_or_else(|| Words::Title.to(lang), |app| app.id.clone());
    let mut shell = Shell::outside(&title, preferences, &here);
    shell.who = Who::Author;
    shell.charts = true;
    shell.classes = ("", "page wide");
    let body = html! {
        div data-changes=(draft.number) data-awaits=[awaited(bench, draft, asked)] hidden {}
        @if let Some(wrong) = &draft.wrong {
            section.note.bad.flow-s role="alert" {
                h2.h3s { (Words::DoesNotBuild.to(lang)) }
                @if draft.app.is_some() { p { (Words::ShowsLast.to(lang)) } }
                pre.said tabindex="0" { (wrong) }
            }
        }
        @match &draft.app {
            Some(app) => (with_app(bench, draft, app, asked, lang)),
            None => {
                header.head { h1 { (Words::Title.to(lang)) } }
                @if draft.wrong.is_none() { p.lead { (Words::Building.to(lang)) } }
            }
        }
    };
    shell.around(body)
}

fn with_app(bench: &Bench, draft: &Draft, app: &DraftApp, asked: &Asked, lang: Lang) -> Markup {
    let (manifest, inspection) = match bench.platform.describe(&app.id) {
        Ok((_, manifest, inspection)) => (manifest, inspection),
        Err(error) => return failed(&error, lang),
    };
    let name = manifest.app.name.get(lang);
    let size = mesinfos_words::size(app.size, lang);
    let took = seconds(app.took, lang);
    // A view brings the heading of the page.
    let head = |has_view: bool| {
        html! {
            header.head {
                @if has_view { p.h3s { bdi { (name) } } } @else { h1 { bdi { (name) } } }
                p.lead { bdi { (manifest.app.summary.get(lang)) } }
                p.row {
                    (badge(Icon::ShieldCheck, &Words::KeepsNothing.to(lang), "small"))
                    span.soft {
                        (Words::Built { version: &manifest.app.version, size: &size, took: &took }.to(lang))
                    }
                }
            }
        }
    };
    let Some(life) = wanted(bench, asked) else { return head(false) };
    if !draft.ready.contains(&life.id) {
        return html! {
            (head(false))
            (choices(bench, asked, life.id, &inspection, lang))
            p.note { (Words::Preparing.to(lang)) }
        };
    }
    let subject = Subject { bench, app, inspection: &inspection, lang };
    let params = match subject.parameters(life.id) {
        Ok(params) => params,
        Err(error) => return html! { (head(false)) (failed(&error, lang)) },
    };
    let run = subject.run(life.id, asked, &params);
    let nobody = draft.ready.contains(&NOBODY).then_some(NOBODY);
    let checks = subject.checks(life.id, nobody);
    let domain =
        inspection.request.categories.keys().next().map_or(Domain::Papers, |first| Domain::of(*first));
    let shown = Shown { name, icon: view::icon_named(&manifest.app.icon), domain, lang };
    let has_view = run.as_ref().is_ok_and(|run| run.view.is_some());
    html! {
        (head(has_view))
        (choices(bench, asked, life.id, &inspection, lang))
        div.bench {
            div.flow {
                @match &run {
                    Ok(run) => (drawn(run, asked, &params, &shown)),
                    Err(error) => (failed(error, lang)),
                }
            }
            aside.flow aria-label=(Words::Beside.to(lang)) {
                @if let Ok(run) = &run { (used(run, lang)) }
                @match &checks {
                    Ok(checks) => (checked(checks, lang)),
                    Err(error) => (failed(error, lang)),
                }
                @if let Ok(run) = &run {
                    @if !run.notes.is_empty() {
                        (section("notes", &Words::Notes.to(lang), html! {
                            pre.said dir="auto" tabindex="0" { (run.notes) }
                            @if run.notes.len() + NEARLY > limits::NOTES { p { (Words::NotesCut.to(lang)) } }
                            p.soft.small { (Words::NotesStay.to(lang)) }
                        }))
                    }
                    @if let Some(view) = &run.view { (more(&Words::Json.to(lang), json(view))) }
                }
            }
        }
    }
}

/// The sample person that is asked for: the first one if there is none of that name.
fn wanted<'a>(bench: &'a Bench, asked: &Asked) -> Option<&'a Life> {
    bench.lives.iter().find(|life| life.id == asked.life).or_else(|| bench.lives.first())
}

/// The sample person whose data is not there yet.
fn awaited(bench: &Bench, draft: &Draft, asked: &Asked) -> Option<&'static str> {
    wanted(bench, asked).map(|life| life.id).filter(|id| !draft.ready.contains(id))
}

/// Who, and what is refused: a form that a change sends.
fn choices(bench: &Bench, asked: &Asked, life: &str, inspection: &Inspection, lang: Lang) -> Markup {
    let refused = |what: &str| asked.without.iter().any(|refused| refused == what);
    html! {
        form.panel.flow-s method="get" action="/" data-auto {
            div.row {
                label for="life" { (Words::Life.to(lang)) }
                select.bench-who id="life" name="life" {
                    @for one in bench.lives.iter() {
                        option value=(one.id) selected[one.id == life] {
                            (one.id) " · " (one.about(lang))
                        }
                    }
                }
            }
            @for (category, fields) in &inspection.request.categories {
                @let id = category.id();
                fieldset.refuse {
                    legend { (Words::AsIfRefused { category: category.name(lang) }.to(lang)) }
                    label.tick { input type="checkbox" name="without" value=(id) checked[refused(id)]; (Words::All.to(lang)) }
                    @for field in fields.names(*category) {
                        @let what = format!("{id}.{field}");
                        label.tick {
                            input type="checkbox" name="without" value=(what) checked[refused(&what)];
                            (names::field(*category, field, lang))
                        }
                    }
                }
            }
            @for (name, value) in &asked.answers { input type="hidden" name=(name) value=(value); }
            button.btn.small type="submit" { (Words::Show.to(lang)) }
        }
    }
}

/// How an app looks in its frame.
struct Shown<'a> {
    name: &'a str,
    icon: mesinfos_model::view::Icon,
    domain: Domain,
    lang: Lang,
}

fn drawn(run: &TrialRun, asked: &Asked, params: &[Param], shown: &Shown<'_>) -> Markup {
    let Shown { name, icon, domain, lang } = *shown;
    let Some(view) = &run.view else {
        let last = run.notes.lines().last().unwrap_or_default();
        return html! {
            div.note.bad.flow-s role="alert" {
                h2.h3s { (Words::NoView.to(lang)) }
                p { (outcome::outcome(&run.outcome, lang)) }
                @if !last.is_empty() { pre.said dir="auto" tabindex="0" { (last) } }
            }
        };
    };
    let rows = run.rows.values().sum();
    let context = Context {
        app: name,
        icon,
        domain: Some(domain.id()),
        lang,
        read: &Words::Read { rows }.to(lang),
        is_trial: true,
        pages: if view.pages.len() > 1 { Pages::named(Some(&asked.page)) } else { Pages::All },
        csv: None,
        evidence: None,
    };
    let typed = asked
        .answers
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("p.")?.to_owned(), value.clone())));
    let filled = match view::chosen(params, &asked.answers, lang) {
        Ok(_) => Filled { answers: typed.collect(), ..Filled::default() },
        Err(refused) => refused,
    };
    let form = (!params.is_empty()).then(|| view::parameters(params, &filled, &asked.address(), lang));
    view::report(view, &context, form)
}

/// Time, memory, calls, and the size of the view, beside their limits.
fn used(run: &TrialRun, lang: Lang) -> Markup {
    let most = limits::Limits::default();
    let blocks = run.view.as_ref().map_or(0, |view| {
        view.pages.iter().flat_map(|page| &page.sections).map(|section| section.blocks.len()).sum()
    });
    let count = |n: usize| number::count(n as u64, lang);
    let lines = [
        (Words::Time, seconds(run.usage.time, lang), seconds(most.time, lang)),
        (
            Words::Memory,
            number::binary_size(run.usage.memory as u64, lang),
            number::binary_size(most.memory as u64, lang),
        ),
        (Words::Calls, number::count(run.usage.host_calls, lang), number::count(most.host_calls, lang)),
        (Words::Blocks, count(blocks), count(limits::view::BLOCKS)),
    ];
    let table = html! {
        table {
            thead { tr {
                th scope="col" { (Words::What.to(lang)) }
                th.num scope="col" { (Words::Here.to(lang)) }
                th.num scope="col" { (Words::Most.to(lang)) }
            } }
            tbody {
                @for (what, here, most) in lines {
                    tr { th scope="row" { (what.to(lang)) } td.num { (here) } td.num { (most) } }
                }
                @for (category, rows) in &run.rows {
                    tr {
                        th scope="row" { (Words::RowsOf { category: category.name(lang) }.to(lang)) }
                        td.num { (number::count(*rows, lang)) }
                        td.num { "–" }
                    }
                }
            }
        }
    };
    section("used", &Words::Used.to(lang), table)
}

fn checked(checks: &[(Check, Ended)], lang: Lang) -> Markup {
    let failures = checks.iter().filter(|(_, ended)| matches!(ended, Ended::Failed(_))).count();
    let words = if failures == 0 {
        Words::ChecksHold.to(lang)
    } else {
        Words::ChecksFail { failures: failures as u64 }.to(lang)
    };
    section(
        "checks",
        &Words::Checks.to(lang),
        html! {
            p { (badge(if failures == 0 { Icon::CircleCheck } else { Icon::CircleX }, &words,
                if failures == 0 { "small" } else { "small warn" })) }
            ul.tried {
                @for (check, ended) in checks {
                    li {
                        @let (mark, words) = match ended {
                            Ended::Shown => (Icon::Check, Words::ShowsAView.to(lang)),
                            Ended::Told(said) => (Icon::Check, outcome::outcome(said, lang)),
                            Ended::Failed(failed) => (Icon::CircleX, outcome::outcome(failed, lang)),
                        };
                        (icon(mark)) " " strong { (name_of(check, lang)) } " " span.soft { (words) }
                    }
                }
            }
        },
    )
}

fn name_of(check: &Check, lang: Lang) -> String {
    match check {
        Check::Category(category) => Words::WithoutCategory { category: category.name(lang) }.to(lang),
        Check::Field(category, field) => {
            Words::WithoutField { category: category.name(lang), field: names::field(*category, field, lang) }
                .to(lang)
        }
        Check::Nobody => Words::Nobody.to(lang),
        Check::Language(other) => Words::InLanguage { language: other.code() }.to(lang),
    }
}

fn json(view: &View) -> Markup {
    // The types of a view serialise without errors.
    let text = serde_json::to_string_pretty(view).unwrap_or_default();
    html! { pre.said tabindex="0" { (text) } }
}

fn failed(error: &PlatformError, lang: Lang) -> Markup {
    note(&Words::NoView.to(lang), &sentence(error, lang), true)
}

/// A duration in milliseconds below a second, else in seconds.
fn seconds(time: std::time::Duration, lang: Lang) -> String {
    if time.as_secs() == 0 {
        let ms = u64::from(time.subsec_millis());
        return Words::Milliseconds { ms }.to(lang);
    }
    let seconds = number::decimal(time.as_secs_f64(), 1, lang);
    Words::Seconds { seconds: &seconds }.to(lang)
}
