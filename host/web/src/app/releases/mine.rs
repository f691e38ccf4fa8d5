//! A developer's apps: upload, report, submission.

use super::developer::{Developer, LIST};
use super::report::{Seen, checks, report, versions};
use crate::Shared;
use crate::app::add::multipart::{Form, Part};
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, drop_zone, empty, icon, note, section};
use crate::bodies::{announced, drain, refuse};
use crate::errors::ApiError;
use crate::limits;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::PlatformError;
use mesinfos_platform::consent::{Actor, Channel};
use mesinfos_platform::registry::{Change, Owner};
use mesinfos_words::page::Releases as Words;

/// Number of versions of each app in the list.
const LISTED: usize = 20;

/// Name of the field with the component.
const FIELD: &str = "component";

/// Name of the field with the claim of an id.
const CLAIM: &str = "claim";

/// A page that takes forms only leads to the page of the version.
pub(super) async fn back(developer: Developer, Path(text): Path<String>) -> Result<Redirect, Failure> {
    let seen = developer.seen(developer.component(&text)?).await?;
    Ok(Redirect::to(&format!("{LIST}/{}", seen.version.release.component)))
}

/// The developer's drafts and apps, and the form for a component.
pub(super) async fn list(State(shared): State<Shared>, developer: Developer) -> Result<Response, Failure> {
    let (owner, lang) = (developer.owner(), developer.0.lang());
    let (drafts, apps) = developer
        .0
        .work(move |platform| {
            let caller = platform.caller(Actor::Publisher, Channel::Web, lang);
            let (drafts, apps) = platform.own_apps(&caller, &owner)?;
            let mut all = Vec::new();
            for app in apps {
                let versions = platform.versions(&caller, &owner, &app.id, None, LISTED).unwrap_or_default();
                all.push((app.id, versions));
            }
            Ok((drafts, all))
        })
        .await?;
    let terminal = super::tokens::section_of(&shared, &developer).await?;
    let title = Words::Title.to(lang);
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::Lead.to(lang)) } }
        form.card.flow method="post" action=(LIST) enctype="multipart/form-data" {
            @let input = html! { input id="component" type="file" name=(FIELD) accept=".wasm,application/wasm" required; };
            (drop_zone(
                ("component", input),
                Icon::FileUp,
                (&Words::Drop.to(lang), &Words::DropWhy.to(lang)),
                lang,
            ))
            p { button.btn.pri type="submit" { (icon(Icon::FileCheck)) (Words::Check.to(lang)) } }
        }
        @if drafts.is_empty() && apps.is_empty() {
            div.sec { (empty(&Words::None.to(lang), &Words::NoneWhy.to(lang), html! {})) }
        }
        @if !drafts.is_empty() {
            (section("drafts", &Words::Drafts.to(lang), versions(&drafts, LIST, lang)))
        }
        @for (at, (id, all)) in apps.iter().enumerate() {
            @if !all.is_empty() { (section(&format!("app-{at}"), id, versions(all, LIST, lang))) }
        }
        (terminal)
    };
    Ok(developer.0.shell(&title, None).around(body).into_response())
}

/// Receives a component, and shows its report. The handler takes the body itself, so that a stranger's is not
/// received.
pub(super) async fn upload(State(shared): State<Shared>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let developer = match Developer::from_request_parts(&mut parts, &shared).await {
        Ok(developer) => developer,
        Err(response) => {
            refuse(body).await;
            return response;
        }
    };
    let shell = developer.0.shell("", None);
    let form = match Form::new(&parts.headers, body) {
        Ok(form) => form,
        Err(body) => {
            drain(body).await;
            return Failure::not_understood(&shell).into_response();
        }
    };
    if announced(&parts.headers).is_some_and(|length| length > limits::APP_FORM_BYTES) {
        drain(form.into_rest()).await;
        return Failure::unread(&ApiError::too_large(limits::APP_FORM_BYTES), &shell).into_response();
    }
    let owner = crate::client::Client::new(&developer.0.account.id.to_string()).slot_owner("");
    let Some(slot) = shared.slots.apps.take(&owner) else {
        drain(form.into_rest()).await;
        return Failure::busy(&shell).into_response();
    };
    let bytes = match tokio::time::timeout(limits::BODY, sent(form)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return Failure::unread(&error, &shell).into_response(),
        Err(_) => return Failure::unread(&ApiError::too_slow(), &shell).into_response(),
    };
    drop(slot);
    match kept(&developer, bytes).await {
        Ok(response) => response,
        Err(failure) => failure.into_response(),
    }
}

/// The component in a form.
async fn sent(mut form: Form) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    while let Some(Part { name, file }) = form.part().await? {
        while let Some(piece) = form.piece().await? {
            if name == FIELD && file.is_some() {
                if bytes.len() + piece.len() > limits::APP_BYTES {
                    return Err(ApiError::too_large(limits::APP_BYTES as u64));
                }
                bytes.extend(piece);
            }
        }
    }
    Ok(bytes)
}

/// Keeps a component as a draft, or says everything that is wrong with it.
async fn kept(developer: &Developer, bytes: Vec<u8>) -> Result<Response, Failure> {
    let (owner, lang) = (developer.owner(), developer.0.lang());
    let done = developer
        .0
        .work(move |platform| {
            let caller = platform.caller(Actor::Publisher, Channel::Web, lang);
            match platform.upload_draft(&caller, &owner, &bytes) {
                Ok((draft, _)) => Ok(Ok(draft.release.component)),
                Err(error @ (PlatformError::Refused(_) | PlatformError::Registry(_))) => {
                    Ok(Err((error, mesinfos_platform::check(&bytes).1)))
                }
                Err(error) => Err(error),
            }
        })
        .await?;
    let (error, inspection) = match done {
        Ok(component) => return Ok(Redirect::to(&format!("{LIST}/{component}")).into_response()),
        Err(refused) => refused,
    };
    let title = Words::RefusedTitle.to(lang);
    let problems: Vec<String> = match &error {
        PlatformError::Refused(problems) => {
            problems.iter().map(|problem| mesinfos_words::outcome::problem(problem, lang)).collect()
        }
        error => vec![mesinfos_words::error(error, lang)],
    };
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::RefusedLead.to(lang)) } }
        div.note.bad.flow-s role="alert" tabindex="-1" autofocus {
            ul { @for problem in &problems { li { bdi { (problem) } } } }
        }
        (section("checks", &Words::Checked.to(lang), checks(&inspection, None, lang)))
        p.row { a.btn href=(LIST) { (Words::Again.to(lang)) } }
    };
    let page = developer.0.shell(&title, None).around(body);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The page of a version.
pub(super) async fn page(
    developer: Developer,
    Path(text): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let seen = developer.seen(developer.component(&text)?).await?;
    shown(&developer, &seen, &html! {}, &headers)
}

/// Asks for the claim of the id of a draft, with the command that makes it.
fn claim(seen: &Seen, owner: &Owner, headers: &HeaderMap, lang: Lang) -> Markup {
    let app = &seen.version.release.app;
    let host = crate::hosts::reached(headers);
    let command = format!("mesinfos keys claim {app} --owner {} --to {host}", owner.as_str());
    html! {
        label.field {
            (Words::Claim.to(lang))
            input name=(CLAIM) maxlength="200" required autocomplete="off" spellcheck="false";
            small { (Words::ClaimWhy { app }.to(lang)) }
        }
        pre.code tabindex="0" { code { (command) } }
    }
}

fn shown(
    developer: &Developer,
    seen: &Seen,
    tried: &Markup,
    headers: &HeaderMap,
) -> Result<Response, Failure> {
    let lang = developer.0.lang();
    let title = seen.title(lang);
    let component = seen.version.release.component;
    let at = |act: &str| format!("{LIST}/{component}/{act}");
    let state = seen.version.state;
    let to_do = html! {
        div.flow {
            @if Change::Submitted.after(state).is_some() {
                @if seen.version.release.key.is_none() {
                    (note("", &Words::SignFirst.to(lang), false))
                } @else {
                    form.flow-s method="post" action=(at("submit")) {
                        @if seen.needs_claim { (claim(seen, &developer.owner(), headers, lang)) }
                        p.soft.small { (Words::SubmitWhy.to(lang)) }
                        button.btn.pri type="submit" { (icon(Icon::FileCheck)) (Words::Submit.to(lang)) }
                    }
                }
                form.row method="post" action=(at("try")) {
                    button.btn type="submit" { (icon(Icon::FlaskConical)) (Words::Try.to(lang)) }
                }
                form.row method="post" action=(at("delete")) {
                    button.btn.quiet type="submit" { (icon(Icon::Eraser)) (Words::Delete.to(lang)) }
                }
            }
            @if Change::TakenBack.after(state).is_some() {
                form.row method="post" action=(at("take-back")) {
                    button.btn type="submit" { (icon(Icon::Undo2)) (Words::TakeBack.to(lang)) }
                }
            }
            @if Change::Yanked.after(state).is_some() {
                form.flow-s method="post" action=(at("withdraw")) {
                    label.field {
                        (Words::WithdrawReason.to(lang))
                        input name="reason" maxlength="500" required;
                    }
                    button.btn.danger type="submit" { (icon(Icon::Ban)) (Words::Withdraw.to(lang)) }
                }
            }
        }
    };
    let body = report(seen, (LIST, &Words::Title.to(lang)), tried, &to_do, lang);
    Ok(developer.0.shell(&title, None).around(body).into_response())
}

/// Runs a draft on every sample life, and shows what came out. Nothing is kept of it.
pub(super) async fn tried(
    State(shared): State<Shared>,
    developer: Developer,
    Path(text): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let component = developer.component(&text)?;
    let seen = developer.seen(component).await?;
    let (owner, lang, lives) = (developer.owner(), developer.0.lang(), shared.lives);
    let (matrix, fairness) = developer
        .0
        .work(move |platform| {
            let caller = platform.caller(Actor::Publisher, Channel::Web, lang);
            let bytes = platform.draft_program(&caller, &owner, component)?;
            let matrix = lives.samples()?.map(|samples| samples.matrix(&owner, &bytes)).transpose()?;
            Ok((matrix, lives.population()?.map(|people| people.fairness(&owner, &bytes)).transpose()?))
        })
        .await?;
    let tried = html! {
        (super::report::tried(matrix.as_ref(), None, lang))
        (super::report::profits(fairness.as_ref(), lang))
    };
    shown(&developer, &seen, &tried, &headers)
}

/// Sends a draft to be reviewed, once it was tried on every sample life.
pub(super) async fn submit(
    State(shared): State<Shared>,
    developer: Developer,
    Path(text): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let component = developer.component(&text)?;
    let (owner, lives) = (developer.owner(), shared.lives);
    let caller = developer.caller(&developer.0.platform);
    let Ok(proof) = crate::releases::proof(fields.get(CLAIM), &headers) else {
        let seen = developer.seen(component).await?;
        let words = Words::NotAClaim.to(developer.0.lang());
        let page = shown(&developer, &seen, &note("", &words, true), &headers)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    developer
        .0
        .work(move |platform| crate::lives::submit(platform, &*lives, &caller, (&owner, &proof), component))
        .await?;
    Ok(Redirect::to(&format!("{LIST}/{component}")).into_response())
}

/// Takes a version back before it is published.
pub(super) async fn take_back(developer: Developer, Path(text): Path<String>) -> Result<Response, Failure> {
    developer.change(&text, Change::TakenBack, String::new()).await
}

/// Withdraws a published version for good.
pub(super) async fn withdraw(
    developer: Developer,
    Path(text): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    developer.0.fresh(&format!("{LIST}/{text}"))?;
    developer.change(&text, Change::Yanked, fields.get("reason").to_owned()).await
}

/// Deletes a draft.
pub(super) async fn delete(developer: Developer, Path(text): Path<String>) -> Result<Response, Failure> {
    let (component, owner) = (developer.component(&text)?, developer.owner());
    let caller = developer.caller(&developer.0.platform);
    developer.0.work(move |platform| platform.delete_draft(&caller, &owner, component)).await?;
    Ok(Redirect::to(LIST).into_response())
}
