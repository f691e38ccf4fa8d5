//! The plain pages: who and what there is, and a run's view.
//!
//! Addresses in them are relative: each browser has the pages at a place of its own.

use crate::Shared;
use crate::errors::{ApiError, blocking};
use crate::page::{self, Chrome};
use crate::requests::current;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use mesinfos_model::Day;
use mesinfos_model::view::Lang;
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::{AppRecord, Caller, RunInput};
use serde::Deserialize;

/// What the form of the home page sends.
#[derive(Debug, Deserialize)]
pub(crate) struct ViewForm {
    person: String,
    app: String,
    lang: String,
}

pub(crate) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], page::STYLE)
}

/// What whoever has no session is told, the same for each reason.
pub(crate) fn closed() -> (StatusCode, Markup) {
    let page = page::shell(
        "MesInfos",
        Lang::Fr,
        html! {
            main {
                h1 { "MesInfos" }
                p role="alert" {
                    "Cette page est fermée : son adresse a déjà servi, ou la session est terminée. Pour en ouvrir une \
                     nouvelle, tapez " code { "mesinfos open" } " et suivez l’adresse."
                }
                p lang="en" {
                    "This page is closed: its address was used, or the session is over. To open a new one, type "
                    code { "mesinfos open" } " and follow the address."
                }
            }
        },
    );
    (StatusCode::UNAUTHORIZED, page)
}

/// What went wrong, as a page, with the status that it has.
pub(crate) fn failed(error: &ApiError, lang: Lang) -> Response {
    error.around(page::shell(
        "MesInfos",
        lang,
        html! {
            main {
                h1 { "MesInfos" }
                p role="alert" { bdi { (error.message()) } }
                (page::log(error.log(), lang))
                p { a href="./" { "←" } }
            }
        },
    ))
}

/// Every person with every app: one button for each run.
pub(crate) async fn home(State(shared): State<Shared>) -> Response {
    let today = shared.platform.clock().other_day();
    let there = blocking(shared.platform, |platform| Ok((platform.few_persons()?, platform.apps()?))).await;
    match there {
        Ok((people, apps)) => choice(people.as_deref(), &apps, today).into_response(),
        Err(error) => failed(&error, Lang::Fr),
    }
}

/// `people` are none where they are too many to choose from.
fn choice(people: Option<&[String]>, apps: &[AppRecord], today: Option<Day>) -> Markup {
    let are_many = people.is_none();
    let people = people.unwrap_or_default();
    page::shell(
        "MesInfos",
        Lang::Fr,
        html! {
            main {
                h1 { "MesInfos" }
                p { "Choisissez une personne et une application. " span lang="en" { "Choose a person and an app." } }
                @if let Some(today) = today {
                    p.soft {
                        "Personnes inventées : les applications se croient le " (today) ". "
                        span lang="en" { "Sample people: apps are told that it is " (today) "." }
                    }
                }
                @if are_many {
                    p {
                        "Les personnes sont trop nombreuses pour cette page : passez par la commande ou par l’API. "
                        span lang="en" { "There are too many people for this page: use the command or the API." }
                    }
                } @else if people.is_empty() || apps.is_empty() {
                    p { "Rien encore : importez un fichier (mesinfos import) et installez une application (mesinfos install)." }
                }
                @for person in people {
                    section {
                        h2 { bdi { (person) } }
                        @for app in apps {
                            form.run method="post" action="view" {
                                strong { bdi { (app.id) } }
                                input type="hidden" name="person" value=(person);
                                input type="hidden" name="app" value=(app.id);
                                button type="submit" name="lang" value="fr" { "Voir en français" }
                                button type="submit" name="lang" value="en" lang="en" { "See in English" }
                            }
                        }
                    }
                }
            }
        },
    )
}

/// Runs an app and shows its view. Nothing of it is kept here: loading the page again runs again.
pub(crate) async fn view(
    State(shared): State<Shared>,
    form: Result<Form<ViewForm>, FormRejection>,
) -> Response {
    let form = match form {
        Ok(Form(form)) => form,
        Err(no) => return failed(&ApiError::not_understood(no.status(), no.body_text()), Lang::Fr),
    };
    let lang = Lang::from_tag(&form.lang).unwrap_or(Lang::Fr);
    let done = blocking(shared.platform, move |platform| {
        let (record, manifest, _) = platform.describe(&form.app)?;
        let caller = Caller { request: current(), ..platform.caller(Actor::Person, Channel::Web, lang) };
        let caller = caller.about(form.person.parse()?);
        Ok((platform.run(&caller, &form.app, &RunInput { params: Vec::new() })?, record, manifest))
    })
    .await;
    match done {
        Ok((output, record, manifest)) => {
            let reads = output.usage.reads.iter();
            let chrome = Chrome {
                app_name: manifest.app.name.get(lang).to_owned(),
                app_version: record.version,
                lang,
                receipt: Some(output.receipt.id.to_string()),
                reads: reads
                    .map(|(category, (rows, _))| {
                        let schema = category.schema();
                        let name = if lang == Lang::Fr { schema.fr } else { schema.en };
                        format!("{name} ({rows})")
                    })
                    .collect(),
            };
            page::shell(
                &output.report.title,
                lang,
                html! {
                    (page::report(&output.report, &chrome))
                    (page::log(&output.log, lang))
                    nav.back { a href="./" { "← MesInfos" } }
                },
            )
            .into_response()
        }
        Err(error) => failed(&error, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_platform::PlatformError;

    #[test]
    fn a_page_that_is_busy_says_when_to_come_back() {
        let page = failed(&PlatformError::Busy.into(), Lang::En);
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(page.headers()[header::RETRY_AFTER], crate::limits::RETRY_AFTER);
        assert_eq!(page.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
    }
}
