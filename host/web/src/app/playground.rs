//! The playground: a developer's code beside what it shows for a sample life.
//!
//! Nothing of it is kept: the code comes with each request, and a link to it has it in its fragment, which browsers do not
//! send.

use crate::Shared;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Shell, empty, icon, note, section};
use crate::app::releases::Developer;
use crate::view::{self, Context, Pages};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::{PlatformError, TrialRun};
use mesinfos_words::page::Playground as Words;
use mesinfos_words::{number, outcome};
use std::sync::Arc;

/// Path of the page.
const PATH: &str = "/developer/playground";

/// What a newcomer finds: the code of `mesinfos new --lang js`.
const FIRST: &str = include_str!("../../../../sdk/js/template-js/app.js");

/// The page.
pub(crate) fn pages() -> Router<Shared> {
    Router::new().route("/developer/playground", get(page).post(run))
}

/// What came out of a run, if there was one.
enum Played {
    Not,
    Ended(Box<TrialRun>),
    /// It was not run, for this reason.
    Refused(String),
}

async fn page(State(shared): State<Shared>, developer: Developer) -> Response {
    if shared.lives.playground().is_none() {
        return missing(&developer);
    }
    shown(&shared, &developer, (FIRST, ""), &Played::Not).into_response()
}

/// Runs the code of the form.
async fn run(
    State(shared): State<Shared>,
    developer: Developer,
    fields: Fields,
) -> Result<Response, Failure> {
    let Some(playground) = shared.lives.playground() else { return Ok(missing(&developer)) };
    // Browsers send the ends of lines as CR LF (WHATWG HTML, section 4.10.21.4).
    let code = fields.get("code").replace("\r\n", "\n");
    let life = shared.lives.all().iter().find(|life| life.id == fields.get("life"));
    let Some(life) = life.or_else(|| shared.lives.all().first()) else { return Ok(missing(&developer)) };
    let life = life.id;
    let (owner, lang, lives) = (developer.owner(), developer.0.lang(), Arc::clone(&shared.lives));
    let source = code.clone();
    let done = developer
        .0
        .work(move |_| {
            let Some(samples) = lives.samples()? else { return Ok(None) };
            let played =
                playground.with(&source).and_then(|component| samples.play(&owner, &component, life, lang));
            match played {
                Ok(run) => Ok(Some(Played::Ended(Box::new(run)))),
                Err(
                    error @ (PlatformError::LongSource { .. }
                    | PlatformError::TrialUnderWay
                    | PlatformError::Run(_)),
                ) => Ok(Some(Played::Refused(mesinfos_words::error(&error, lang)))),
                Err(error) => Err(error),
            }
        })
        .await?;
    let Some(played) = done else { return Ok(missing(&developer)) };
    let status = match played {
        Played::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Played::Not | Played::Ended(_) => StatusCode::OK,
    };
    Ok((status, shown(&shared, &developer, (&code, life), &played)).into_response())
}

fn missing(developer: &Developer) -> Response {
    let lang = developer.0.lang();
    let title = Words::Title.to(lang);
    let body = html! {
        header.head { h1 { (title) } }
        (empty(&Words::NotHere.to(lang), &Words::NotHereWhy.to(lang), html! {}))
    };
    developer.0.shell(&title, None).around(body).into_response()
}

fn shown(shared: &Shared, developer: &Developer, (code, life): (&str, &str), played: &Played) -> Markup {
    let lang = developer.0.lang();
    let title = Words::Title.to(lang);
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::Lead.to(lang)) } }
        div.play {
            form.flow-s method="post" action=(PATH) data-play {
                label.field {
                    (Words::Code.to(lang))
                    textarea.code-in name="code" lang="en" dir="ltr" rows="28" spellcheck="false" autocapitalize="off" autocomplete="off" {
                        // A first end of line is dropped by browsers.
                        "\n" (code)
                    }
                    small { (Words::CodeWhy.to(lang)) }
                }
                label.field {
                    (Words::Life.to(lang))
                    select name="life" {
                        @for one in shared.lives.all() {
                            option value=(one.id) selected[one.id == life] { (one.id) " · " (one.about(lang)) }
                        }
                    }
                }
                p.row {
                    button.btn.pri type="submit" { (icon(Icon::FlaskConical)) (Words::Run.to(lang)) }
                    button.btn type="button" data-link=(Words::Linked.to(lang)) hidden {
                        (icon(Icon::Link2)) (Words::Link.to(lang))
                    }
                }
                p.soft.small role="status" data-linked {}
                p.soft.small { (Words::Then.to(lang)) }
            }
            div.flow id="played" role="region" aria-label=(Words::Result.to(lang)) tabindex="-1"
                autofocus[!matches!(played, Played::Not)] { (result(played, lang)) }
        }
    };
    let shell = Shell { charts: true, classes: ("", "page wide"), ..developer.0.shell(&title, None) };
    shell.around(body)
}

fn result(played: &Played, lang: Lang) -> Markup {
    let run = match played {
        Played::Not => return html! { p.soft { (Words::NotRun.to(lang)) } },
        Played::Refused(why) => return note(&Words::NoView.to(lang), why, true),
        Played::Ended(run) => run,
    };
    let rows = run.rows.values().sum();
    html! {
        @match &run.view {
            Some(view) => {
                (view::report(view, &Context {
                    app: &Words::Title.to(lang),
                    icon: view::icon_named("idea"),
                    domain: Some(Domain::Papers.id()),
                    lang,
                    read: &Words::Read { rows }.to(lang),
                    is_trial: true,
                    pages: Pages::All,
                    csv: None,
                    evidence: None,
                }, None))
            }
            None => (note(&Words::NoView.to(lang), &outcome::outcome(&run.outcome, lang), true)),
        }
        @if !run.notes.is_empty() {
            (section("notes", &Words::Notes.to(lang), html! {
                pre.said dir="auto" tabindex="0" { (run.notes) }
            }))
        }
        ul.limits {
            @for (category, rows) in &run.rows {
                li { (Words::ReadOf { category: category.name(lang), rows: *rows }.to(lang)) }
            }
            li {
                (Words::Used {
                    ms: u64::try_from(run.usage.time.as_millis()).unwrap_or(u64::MAX),
                    memory: &number::binary_size(run.usage.memory as u64, lang),
                }.to(lang))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_platform::runtime::{Outcome, Usage};
    use std::collections::BTreeMap;

    #[test]
    fn what_an_app_says_is_text() {
        let hostile = "<script>x</script>".to_owned();
        let run = TrialRun {
            view: None,
            outcome: Outcome::Declined(hostile.clone()),
            rows: BTreeMap::new(),
            usage: Usage::default(),
            notes: hostile,
        };
        let page = result(&Played::Ended(Box::new(run)), Lang::En).into_string();
        assert!(!page.contains("<script>") && page.matches("&lt;script&gt;").count() == 2, "{page}");
    }
}
