//! Plain pages: the list of people and apps, and a run's view.
//!
//! URLs in them are relative: each session has its own path.

use crate::Shared;
use crate::errors::{ApiError, sentence, tried};
use crate::language::Reader;
use crate::page::{self, Chrome};
use crate::telemetry::current;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use mesinfos_model::Day;
use mesinfos_model::view::Lang;
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::{Caller, InstalledApp, Platform, PlatformError, RunInput};
use mesinfos_words::web::Web;
use serde::Deserialize;

/// Form of the home page.
#[derive(Debug, Deserialize)]
pub(crate) struct ViewForm {
    person: String,
    app: String,
    lang: String,
}

pub(crate) async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], page::STYLE)
}

/// Page at `/`: how to obtain an address that opens the pages.
pub(crate) fn entrance(lang: Lang) -> (StatusCode, Markup) {
    outside(&format!("{} {}", Web::Entrance.to(lang), Web::AskForAddress.to(lang)), lang)
}

/// Page for a request without a valid session, the same for every reason.
pub(crate) fn closed(lang: Lang) -> (StatusCode, Markup) {
    outside(&format!("{} {}", Web::Closed.to(lang), Web::AskForAddress.to(lang)), lang)
}

/// Page that denies access, with status 401.
fn outside(words: &str, lang: Lang) -> (StatusCode, Markup) {
    let page = page::shell(
        "MesInfos",
        lang,
        html! {
            main {
                h1 { "MesInfos" }
                p role="alert" { (words) }
            }
        },
    );
    (StatusCode::UNAUTHORIZED, page)
}

/// Page for an unknown path.
pub(crate) fn nothing_here(path: &str, lang: Lang) -> Response {
    refused(&ApiError::no_such_path(), Web::NothingHere, lang, start_page(path))
}

/// The start page above a path: the person's in a session, else the entrance.
fn start_page(path: &str) -> &str {
    let session = path.strip_prefix("/p/").and_then(|rest| rest.find('/'));
    session.map_or("/", |end| &path[..=end + "/p/".len()])
}

/// Page for an error of a use case, with its status.
pub(crate) fn failed(error: PlatformError, lang: Lang) -> Response {
    let words = sentence(&error, lang);
    let log = error.log().to_owned();
    ApiError::from(error).around(told(&words, &log, lang, "./"))
}

/// Page for an error outside a use case.
pub(crate) fn not_done(error: &ApiError, words: Web<'_>, lang: Lang) -> Response {
    refused(error, words, lang, "./")
}

/// [`not_done`] for a path that is not directly below a start page: `home` is the link to it.
pub(crate) fn refused(error: &ApiError, words: Web<'_>, lang: Lang, home: &str) -> Response {
    error.around(told(&words.to(lang), "", lang, home))
}

fn told(words: &str, log: &str, lang: Lang, home: &str) -> Markup {
    page::shell(
        "MesInfos",
        lang,
        html! {
            main {
                h1 { "MesInfos" }
                p role="alert" { bdi { (words) } }
                (page::log(log, lang))
                p { a href=(home) { (Web::Back.to(lang)) } }
            }
        },
    )
}

/// Home page: one button to run each app for each person.
pub(crate) async fn home(State(shared): State<Shared>, Reader(lang): Reader) -> Response {
    let platform = shared.platform;
    let today = platform.clock().other_day();
    match tried(move || Ok((platform.few_persons()?, named(&platform, lang)?))).await {
        Ok(Ok((people, apps))) => choice(people.as_deref(), &apps, today, lang).into_response(),
        Ok(Err(error)) => failed(error, lang),
        Err(error) => not_done(&error, Web::Failed, lang),
    }
}

/// An installed app to choose.
struct Offer {
    id: String,
    name: String,
}

/// The installed apps by name. An app whose component cannot be read is listed by its id; running it
/// reports the error.
fn named(platform: &Platform, lang: Lang) -> Result<Vec<Offer>, PlatformError> {
    let offer = |InstalledApp { id, .. }: InstalledApp| {
        let name = platform.describe(&id).map(|(_, manifest, _)| manifest.app.name.get(lang).to_owned());
        Offer { name: name.unwrap_or_else(|_| id.clone()), id }
    };
    Ok(platform.apps()?.into_iter().map(offer).collect())
}

/// Form to choose a person and an app. `people` is `None` if there are too many to list.
fn choice(people: Option<&[String]>, apps: &[Offer], today: Option<Day>, lang: Lang) -> Markup {
    let are_many = people.is_none();
    let people = people.unwrap_or_default();
    let other = lang.other();
    page::shell(
        "MesInfos",
        lang,
        html! {
            main {
                h1 { "MesInfos" }
                nav { a href={ "./?lang=" (other.code()) } lang=(other.code()) hreflang=(other.code()) {
                    (Web::OtherLanguage.to(lang))
                } }
                p { (Web::Choose.to(lang)) }
                @if let Some(today) = today {
                    p.soft { (Web::SamplePeople { day: &mesinfos_words::day(today, lang) }.to(lang)) }
                }
                @if are_many {
                    p { (Web::TooManyPeople.to(lang)) }
                } @else if people.is_empty() || apps.is_empty() {
                    p { (Web::NothingYet.to(lang)) }
                }
                @for person in people {
                    section {
                        h2 { bdi { (person) } }
                        @for app in apps {
                            form.run method="post" action="view" {
                                input type="hidden" name="person" value=(person);
                                input type="hidden" name="app" value=(app.id);
                                input type="hidden" name="lang" value=(lang.code());
                                button type="submit" { bdi { (Web::See { app: &app.name }.to(lang)) } }
                            }
                        }
                    }
                }
            }
        },
    )
}

/// Runs an app and shows its view. The view is not stored: reloading the page runs the app again.
pub(crate) async fn view(
    State(shared): State<Shared>,
    Reader(reader): Reader,
    form: Result<Form<ViewForm>, FormRejection>,
) -> Response {
    let form = match form {
        Ok(Form(form)) => form,
        Err(no) => {
            let error = ApiError::not_understood(no.status(), "the form is not as expected");
            return not_done(&error, Web::NotUnderstood, reader);
        }
    };
    let lang = Lang::from_tag(&form.lang).unwrap_or(reader);
    let platform = shared.platform;
    let done = tried(move || {
        let (record, manifest, _) = platform.describe(&form.app)?;
        let caller = Caller { request: current(), ..platform.caller(Actor::Person, Channel::Web, lang) };
        let caller = caller.about(form.person.parse()?);
        Ok((platform.run(&caller, &form.app, &RunInput { params: Vec::new() })?, record, manifest))
    })
    .await;
    let (output, record, manifest) = match done {
        Ok(Ok(done)) => done,
        Ok(Err(error)) => return failed(error, lang),
        Err(error) => return not_done(&error, Web::Failed, lang),
    };
    let read = |(category, (rows, _)): (&mesinfos_model::Category, &(u64, u64))| {
        Web::ReadOfCategory { rows: *rows, category: category.name(lang) }.to(lang)
    };
    let chrome = Chrome {
        app_name: manifest.app.name.get(lang).to_owned(),
        app_version: record.version,
        lang,
        receipt: Some(output.receipt.id.to_string()),
        reads: output.usage.reads.iter().map(read).collect(),
    };
    page::shell(
        &output.view.title,
        lang,
        html! {
            (page::view(&output.view, &chrome))
            (page::log(&output.notes, lang))
            nav.back { a href={ "./?lang=" (lang.code()) } { (Web::Back.to(lang)) } }
        },
    )
    .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_platform::PlatformError;

    #[test]
    fn a_page_that_is_busy_says_when_to_come_back() {
        let page = failed(PlatformError::Busy, Lang::En);
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(page.headers()[header::RETRY_AFTER], crate::limits::RETRY_AFTER);
        assert_eq!(page.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
    }
}
