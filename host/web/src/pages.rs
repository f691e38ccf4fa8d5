//! The plain pages: who and what there is, and a run's view.

use crate::Shared;
use crate::api::{ApiError, blocking};
use crate::page::{self, Chrome};
use axum::extract::{Form, State};
use axum::http::header;
use axum::response::IntoResponse;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::RunInput;
use mesinfos_platform::consent::Channel;
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

/// Every person with every app: one button for each run.
pub(crate) async fn home(State(shared): State<Shared>) -> Result<Markup, ApiError> {
    let today = shared.today;
    let (people, apps) =
        blocking(shared.platform, |platform| Ok((platform.persons()?, platform.apps()?))).await?;
    Ok(page::shell(
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
                @if people.is_empty() || apps.is_empty() {
                    p { "Rien encore : importez un fichier (mesinfos import) et installez une application (mesinfos install)." }
                }
                @for person in &people {
                    section {
                        h2 { (person) }
                        @for app in &apps {
                            form.run method="post" action="/view" {
                                strong { (app.id) }
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
    ))
}

/// Runs an app and shows its view. Nothing of it is kept here: loading the page again runs again.
pub(crate) async fn view(State(shared): State<Shared>, Form(form): Form<ViewForm>) -> Result<Markup, Markup> {
    let lang = Lang::from_tag(&form.lang).unwrap_or(Lang::Fr);
    let today = shared.today;
    let done = blocking(shared.platform, move |platform| {
        let (record, manifest, _) = platform.describe(&form.app)?;
        let input = RunInput { lang, params: Vec::new(), today };
        Ok((platform.via(Channel::Web).run(&form.person, &form.app, &input)?, record, manifest))
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
            Ok(page::shell(
                &output.report.title,
                lang,
                html! {
                    (page::report(&output.report, &chrome))
                    (page::log(&output.log, lang))
                    nav.back { a href="/" { "← MesInfos" } }
                },
            ))
        }
        Err(error) => Err(page::shell(
            "MesInfos",
            lang,
            html! { main { h1 { "MesInfos" } p role="alert" { (error.message()) }
            (page::log(error.log(), lang)) p { a href="/" { "←" } } } },
        )),
    }
}
