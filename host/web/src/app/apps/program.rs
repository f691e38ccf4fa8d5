//! The program of an app: taken away, and analysed anew when somebody sends one.
//!
//! A program that was sent is inspected, never compiled or run, and not kept.

use super::digest::grouped;
use super::{AppPage, proof};
use crate::Shared;
use crate::app::add::multipart::{Form, Part};
use crate::app::data::owner;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Section, badge, section};
use crate::app::visitor::Tester;
use crate::bodies::{announced, drain, refuse};
use crate::errors::{ApiError, blocking};
use crate::limits;
use crate::slots::Slot;
use crate::transfer::{IncomingFile, attachment};
use axum::body::Body;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_platform::runtime::Inspection;
use mesinfos_platform::runtime::limits::MAX_COMPONENT;
use mesinfos_platform::{Spooled, check as inspect};
use mesinfos_words::page::Proof as Words;
use std::io::{Read, Seek};
use std::sync::Arc;

/// Name of the field with the program.
const FIELD: &str = "program";

/// Problems of a program that are listed.
const LISTED: usize = 20;

/// The program that runs here.
pub(crate) async fn download(
    State(shared): State<Shared>,
    tester: Tester,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let slot = shared.slots.downloads.take(&owner(&tester));
    let _slot = slot.ok_or_else(|| Failure::busy(&tester.shell("", Section::Apps)))?;
    let (name, program) = tester
        .run(move |platform, _| {
            let app = AppPage::read(platform, &id)?.record;
            Ok((format!("{}-{}.wasm", app.id, app.version), platform.program(&id)?))
        })
        .await?;
    let headers = [
        (header::CONTENT_TYPE, "application/wasm".to_owned()),
        (header::CONTENT_DISPOSITION, attachment(&name)),
    ];
    Ok((headers, program).into_response())
}

/// Analyses a program that somebody sends. It takes the body itself, so that a stranger's file is not received.
pub(crate) async fn check(State(shared): State<Shared>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let (tester, id) = match Tester::from_request_parts(&mut parts, &shared).await {
        Ok(tester) => match Path::<String>::from_request_parts(&mut parts, &shared).await {
            Ok(Path(id)) => (tester, id),
            Err(rejection) => return rejection.into_response(),
        },
        Err(response) => {
            refuse(body).await;
            return response;
        }
    };
    let form = Form::new(&parts.headers, body);
    let is_large = announced(&parts.headers).is_some_and(|length| length > limits::APP_BYTES as u64);
    match checked(&shared, &tester, id, form, is_large).await {
        Ok((app, found)) => answer(&tester, &app, found.as_ref()),
        Err(failure) => failure.into_response(),
    }
}

/// The app of the page, and what the analysis found; nothing if the program is too large.
async fn checked(
    shared: &Shared,
    tester: &Tester,
    id: String,
    form: Result<Form, Body>,
    is_large: bool,
) -> Result<(AppPage, Option<Inspection>), Failure> {
    let form = match form {
        Ok(form) => form,
        Err(body) => {
            drain(body).await;
            return Err(Failure::not_understood(&tester.shell("", Section::Apps)));
        }
    };
    let app = tester.run(move |platform, _| AppPage::read(platform, &id)).await;
    let slot = shared.slots.uploads.take(&owner(tester));
    let (app, slot) = match (app, slot) {
        (Ok(app), Some(slot)) if !is_large => (app, slot),
        (app, slot) => {
            drain(form.into_rest()).await;
            let app = app?;
            slot.ok_or_else(|| Failure::busy(&tester.shell("", Section::Apps)))?;
            return Ok((app, None));
        }
    };
    let (file, rest) = received(shared, form, &slot).await;
    // The sender must be able to receive the answer.
    drain(rest).await;
    let mut file = match file {
        Ok(file) => file,
        Err(error) if error.is_too_large() => return Ok((app, None)),
        Err(_) => return Err(Failure::not_understood(&tester.shell("", Section::Apps))),
    };
    let turn = shared.slots.readings.wait(&owner(tester), limits::READING_WAIT).await;
    let turn = turn.ok_or_else(|| Failure::busy(&tester.shell("", Section::Apps)))?;
    let found = tester.run(move |_, _| {
        let mut bytes = Vec::new();
        file.rewind()?;
        file.read_to_end(&mut bytes)?;
        drop((slot, turn));
        Ok(inspect(&bytes).1)
    });
    Ok((app, Some(found.await?)))
}

/// The program in a form, on disk, and the rest of the body. An empty one if the form has none.
async fn received(shared: &Shared, mut form: Form, slot: &Slot) -> (Result<Spooled, ApiError>, Body) {
    let most = limits::APP_BYTES as u64;
    let platform = Arc::clone(&shared.platform);
    let whole = async {
        let spool = blocking(platform, move |platform| platform.spool(most)).await?;
        let mut file = IncomingFile::new(spool, most);
        while let Some(Part { name, file: of }) = form.part().await? {
            if name != FIELD || of.is_none() {
                continue;
            }
            while let Some(piece) = form.piece().await? {
                file = file.write(&piece, slot).await?;
            }
            break;
        }
        file.finish().await
    };
    let whole = whole.await;
    (whole, form.into_rest())
}

fn answer(tester: &Tester, app: &AppPage, found: Option<&Inspection>) -> Response {
    let lang = tester.lang();
    let found = match found {
        Some(found) => verdict(app, found, lang),
        None => {
            let most = mesinfos_words::size(MAX_COMPONENT as u64, lang);
            section(
                "found",
                &Words::Found.to(lang),
                html! {
                    p { (badge(Icon::TriangleAlert, &Words::TooLarge { most: &most }.to(lang), "warn")) }
                },
            )
        }
    };
    tester.page(&Words::Found.to(lang), Section::Apps, proof::content(app, &found, lang))
}

/// What the analysis of a program says, beside the app that is installed here.
fn verdict(app: &AppPage, found: &Inspection, lang: Lang) -> Markup {
    let is_same = found.component == app.record.component;
    let categories: Vec<Category> = found.request.categories.keys().copied().collect();
    let name = found.manifest.as_ref().map(|manifest| clean(manifest.app.name.get(lang)));
    let request = &found.request;
    let is_empty = categories.is_empty() && !request.notes && request.wasi.is_empty();
    section(
        "found",
        &Words::Found.to(lang),
        html! {
            p {
                @if is_same { (badge(Icon::ShieldCheck, &Words::Same.to(lang), "")) }
                @else { (badge(Icon::TriangleAlert, &Words::Other.to(lang), "warn")) }
            }
            @if !is_same {
                @if let Some(name) = name { p { (Words::ItsName.to(lang)) " " bdi { (name) } } }
            }
            p { code.url-small { (grouped(found.component)) } }
            @if found.problems.is_empty() {
                h3.h3s { (Words::FoundCan.to(lang)) }
                @if is_empty { p { (Words::FoundNothing.to(lang)) } }
                @else { (proof::can(&found.request, &categories, lang)) }
            } @else {
                p { (Words::NotAnApp.to(lang)) }
                ul.limits {
                    @for problem in found.problems.iter().take(LISTED) {
                        li { bdi { (clean(&mesinfos_words::outcome::problem(problem, lang))) } }
                    }
                }
            }
            p.soft.small { (Words::NotKept.to(lang)) }
        },
    )
}
