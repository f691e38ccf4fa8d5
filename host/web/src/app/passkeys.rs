//! Passkeys: two requests each. The first asks for options, which a script gives to the browser; the second is a form
//! with the browser's answer. A page without a script has the password instead.

use crate::Shared;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::invitation::codes_page;
use crate::app::parts::{Icon, Shell, icon, tinted};
use crate::app::preferences::Preferences;
use crate::app::relying_party::relying_party;
use crate::app::sign_in::{confirm_page, device, door, name, noted, opened};
use crate::app::visitor::{Visitor, local, session_cookie};
use crate::app::wrong::Wrong;
use crate::errors::tried;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Json, Router};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::PlatformError;
use mesinfos_platform::consent::AccountAct;
use mesinfos_platform::identity::{
    ChallengeId, Identity, IdentityError, InvitationCode, Passkey, PasskeyId, RelyingParty,
};
use mesinfos_wire::{PasskeyOptions, PasskeyRefused};
use mesinfos_words::page::Passkeys as Words;
use serde_json::Value;
use std::sync::Arc;

pub(crate) fn pages() -> Router<Shared> {
    Router::new()
        .route("/sign-in/passkey", post(sign_in))
        .route("/sign-in/passkey/ask", post(ask_to_sign_in))
        .route("/confirm/passkey", post(prove))
        .route("/confirm/passkey/ask", post(ask_for_proof))
        .route("/invitation/{code}/passkey", post(accept))
        .route("/invitation/{code}/passkey/ask", post(ask_to_accept))
        .route("/settings/passkeys", post(add))
        .route("/settings/passkeys/ask", post(ask_to_add))
        .route("/settings/passkeys/{id}/remove", post(remove))
}

type Asked = Result<(ChallengeId, Value), IdentityError>;

/// Options for the browser, as JSON; or what stands in the way, in the language of the page.
async fn options(
    shared: &Shared,
    lang: Lang,
    headers: &HeaderMap,
    ask: impl FnOnce(Identity<'_>, &RelyingParty, i64) -> Asked + Send + 'static,
) -> Response {
    let platform = Arc::clone(&shared.platform);
    let Some(site) = relying_party(headers) else {
        return refused(&Words::NoName.to(lang));
    };
    let asked = tried(move || {
        let now = platform.clock().now();
        Ok(ask(platform.identity(), &site, now))
    });
    match asked.await {
        Ok(Ok(Ok((challenge, options)))) => {
            Json(PasskeyOptions { challenge: challenge.to_string(), options }).into_response()
        }
        Ok(Ok(Err(error))) => refused(&mesinfos_words::error(&PlatformError::from(error), lang)),
        Ok(Err(error)) => refused(&mesinfos_words::error(&error, lang)),
        Err(_) => refused(&Words::NotRecognised.to(lang)),
    }
}

fn refused(words: &str) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Json(PasskeyRefused { error: words.to_owned() })).into_response()
}

/// The challenge and the answer of a form.
fn answer(fields: &Fields) -> Option<(ChallengeId, Vec<u8>)> {
    Some((fields.get("challenge").parse().ok()?, fields.get("response").as_bytes().to_vec()))
}

/// Runs work on accounts with the answer of a form. A form without one is an answer that is not valid.
async fn answered<T: Send + 'static>(
    shared: &Shared,
    shell: &Shell<'_>,
    headers: &HeaderMap,
    fields: &Fields,
    work: impl FnOnce(Identity<'_>, &RelyingParty, &ChallengeId, &[u8], i64) -> Result<T, IdentityError>
    + Send
    + 'static,
) -> Result<Result<T, IdentityError>, Failure> {
    let platform = Arc::clone(&shared.platform);
    let (Some(site), Some((challenge, answer))) = (relying_party(headers), answer(fields)) else {
        return Ok(Err(IdentityError::NoSuchPasskey));
    };
    let done = tried(move || {
        let now = platform.clock().now();
        Ok(work(platform.identity(), &site, &challenge, &answer, now))
    });
    match done.await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(Failure::of(&error, shell)),
        Err(error) => Err(Failure::broken(&error, shell)),
    }
}

fn said(error: IdentityError, lang: Lang) -> String {
    mesinfos_words::error(&PlatformError::from(error), lang)
}

async fn ask_to_sign_in(
    State(shared): State<Shared>,
    preferences: Preferences,
    headers: HeaderMap,
) -> Response {
    options(&shared, preferences.lang, &headers, |identity, site, now| identity.passkey_ask(site, now)).await
}

async fn sign_in(
    State(shared): State<Shared>,
    preferences: Preferences,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let shell = Shell::outside("", preferences, "/sign-in");
    let (device, next) = (device(&headers), local(fields.get("next")).unwrap_or("/home").to_owned());
    let done = answered(&shared, &shell, &headers, &fields, move |identity, site, challenge, answer, now| {
        identity.passkey_sign_in(site, challenge, answer, &device, now)
    });
    match done.await? {
        Ok(token) => {
            noted(&shared, token.account, AccountAct::SignedInWithPasskey, &headers).await;
            Ok(opened(&headers, &token, &next))
        }
        Err(error) => {
            let words = said(error, preferences.lang);
            Ok(door(
                &shared,
                preferences,
                &headers,
                (&next, ""),
                Some(&Wrong::words(words)),
                StatusCode::UNPROCESSABLE_ENTITY,
            ))
        }
    }
}

async fn ask_for_proof(State(shared): State<Shared>, visitor: Visitor, headers: HeaderMap) -> Response {
    let token = visitor.token.clone();
    let ask =
        move |identity: Identity<'_>, site: &RelyingParty, now| identity.passkey_ask_proof(&token, site, now);
    options(&shared, visitor.lang(), &headers, ask).await
}

async fn prove(
    State(shared): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let shell = visitor.shell("", None);
    let (token, next) = (visitor.token.clone(), local(fields.get("next")).unwrap_or("/home").to_owned());
    let done = answered(&shared, &shell, &headers, &fields, move |identity, site, challenge, answer, now| {
        identity.passkey_prove(&token, site, challenge, answer, now)
    });
    match done.await? {
        Ok(token) => Ok(opened(&headers, &token, &next)),
        Err(error) => {
            Ok(confirm_page(&visitor, &headers, &next, Some(&Wrong::words(said(error, visitor.lang())))))
        }
    }
}

async fn ask_to_accept(
    State(shared): State<Shared>,
    preferences: Preferences,
    headers: HeaderMap,
    Path(code): Path<String>,
    fields: Fields,
) -> Response {
    let (code, name) = (code.parse::<InvitationCode>(), name(&fields));
    let ask = move |identity: Identity<'_>, site: &RelyingParty, now| {
        let code = code.map_err(|_| IdentityError::NoSuchInvitation)?;
        let name = name.ok_or(IdentityError::NoSuchSignIn)?;
        identity.passkey_invited(&code, &name, site, now)
    };
    if self::name(&fields).is_none() {
        return refused(&Words::NameFirst.to(preferences.lang));
    }
    options(&shared, preferences.lang, &headers, ask).await
}

async fn accept(
    State(shared): State<Shared>,
    preferences: Preferences,
    headers: HeaderMap,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let shell = Shell::outside("", preferences, "");
    let (parsed, name, device) = (code.parse::<InvitationCode>(), name(&fields), device(&headers));
    let done = answered(&shared, &shell, &headers, &fields, move |identity, site, challenge, answer, now| {
        let code = parsed.map_err(|_| IdentityError::NoSuchInvitation)?;
        let name = name.ok_or(IdentityError::NoSuchPasskey)?;
        identity.accept_with_passkey(&code, &name, site, challenge, answer, &device, now)
    });
    match done.await? {
        Ok(signed_up) => {
            let mut response = codes_page(preferences, &signed_up.recovery).into_response();
            response.headers_mut().append(header::SET_COOKIE, session_cookie(&headers, &signed_up.token));
            Ok(response)
        }
        Err(error) => {
            let words = said(error, preferences.lang);
            crate::app::invitation::again(
                &shared,
                preferences,
                &headers,
                &code,
                &fields,
                &Wrong::words(words),
            )
            .await
        }
    }
}

async fn ask_to_add(State(shared): State<Shared>, visitor: Visitor, headers: HeaderMap) -> Response {
    let token = visitor.token.clone();
    let ask =
        move |identity: Identity<'_>, site: &RelyingParty, now| identity.passkey_begin(&token, site, now);
    options(&shared, visitor.lang(), &headers, ask).await
}

async fn add(
    State(shared): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    visitor.fresh("/settings#sign-in")?;
    let shell = visitor.shell("", None);
    let (token, label) = (visitor.token.clone(), fields.get("label").to_owned());
    let label = if label.trim().is_empty() { device(&headers) } else { label };
    let done = answered(&shared, &shell, &headers, &fields, move |identity, site, challenge, answer, now| {
        identity.passkey_finish(&token, site, challenge, &label, answer, now).map(drop)
    });
    match done.await? {
        Ok(()) => {
            noted(&shared, visitor.account.id, AccountAct::PasskeyAdded, &headers).await;
            Ok(Redirect::to("/settings#sign-in").into_response())
        }
        Err(error) => Err(Failure::of(&error.into(), &shell)),
    }
}

async fn remove(
    State(shared): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let Ok(id) = id.parse::<PasskeyId>() else { return Err(Failure::not_found(&visitor.shell("", None))) };
    let account = visitor.account.id;
    let there = visitor.work(move |platform| Ok(platform.identity().passkeys(account)?)).await?;
    if !there.iter().any(|passkey| passkey.id == id) {
        return Err(Failure::not_found(&visitor.shell("", None)));
    }
    visitor.fresh("/settings#sign-in")?;
    let token = visitor.token.clone();
    visitor
        .work(move |platform| {
            let now = platform.clock().now();
            Ok(platform.identity().remove_passkey(&token, id, now)?)
        })
        .await?;
    noted(&shared, account, AccountAct::PasskeyRemoved, &headers).await;
    Ok(Redirect::to("/settings#sign-in").into_response())
}

/// The passkeys of an account, and the form for a further one.
pub(crate) fn list(visitor: &Visitor, passkeys: &[Passkey], are_offered: bool) -> Markup {
    let lang = visitor.lang();
    html! {
        h3 { (Words::Title.to(lang)) }
        @if passkeys.is_empty() { p.soft { (Words::None.to(lang)) } }
        ul.list.wrap {
            @for passkey in passkeys {
                li {
                    (tinted(Icon::KeyRound))
                    span {
                        strong { bdi { (passkey.label) } } br;
                        span.soft.small {
                            (Words::MadeAt { at: &mesinfos_words::instant(passkey.made_at, lang) }.to(lang))
                            @if let Some(used) = passkey.used_at {
                                ", " (Words::UsedAt { at: &mesinfos_words::instant(used, lang) }.to(lang))
                            }
                        }
                    }
                    form.end method="post" action=(format!("/settings/passkeys/{}/remove", passkey.id)) {
                        button.btn.small type="submit" { (Words::Remove.to(lang)) }
                    }
                }
            }
        }
        @if are_offered && !visitor.is_present() {
            p { (Words::ConfirmFirst.to(lang)) }
            p { a.btn href="/confirm?next=%2Fsettings%23sign-in" { (Words::Confirm.to(lang)) } }
        } @else if are_offered {
            form.passkey.filters method="post" action="/settings/passkeys" data-passkey="create" hidden {
                input type="hidden" name="challenge";
                input type="hidden" name="response";
                label.field {
                    (Words::Label.to(lang))
                    input name="label" maxlength="40" autocomplete="off";
                }
                button.btn type="submit" { (icon(Icon::Plus)) (Words::Add.to(lang)) }
                p.soft role="status" data-failed=(Words::NotMade.to(lang)) {}
            }
        }
    }
}
