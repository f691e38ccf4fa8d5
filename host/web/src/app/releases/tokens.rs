//! Tokens with which a developer publishes from a terminal under their own account.

use super::developer::{Developer, LIST};
use crate::Shared;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Shell, Stands, icon, section};
use crate::errors::tried;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::credentials::{Credentials, Token};
use mesinfos_platform::{Clock, PlatformError, SystemClock};
use mesinfos_words::page::Releases as Words;
use std::sync::Arc;

/// Days for which a token is valid.
const DAYS: u32 = 90;

/// The section of the list of apps: the developer's tokens, and the form for another.
pub(super) async fn section_of(shared: &Shared, developer: &Developer) -> Result<Markup, Failure> {
    if shared.platform.is_event() {
        // The page of the team has its token.
        return Ok(html! {});
    }
    let (lang, now) = (developer.0.lang(), SystemClock.now());
    let tokens = at_doors(shared, developer, Credentials::account_tokens).await?;
    let list = html! {
        p.soft { (Words::TerminalWhy.to(lang)) }
        @if !tokens.is_empty() {
            ul.list { @for token in &tokens { (line(token, now, lang)) } }
        }
        form.row method="post" action="/developer/tokens" {
            label.field { (Words::TokenName.to(lang)) input name="name" maxlength="60" required autocomplete="off"; }
            button.btn type="submit" { (icon(Icon::KeyRound)) (Words::NewToken.to(lang)) }
        }
    };
    Ok(section("terminal", &Words::Terminal.to(lang), list))
}

fn line(token: &Token, now: i64, lang: Lang) -> Markup {
    let at = mesinfos_words::instant(token.expires_at, lang);
    let until = match token.expires_at > now {
        true => Words::TokenUntil { at: &at }.to(lang),
        false => Words::TokenOver { at: &at }.to(lang),
    };
    html! {
        li.row {
            span { b { bdi { (token.name) } } " " span.soft { (until) } }
            form method="post" action={ "/developer/tokens/" (token.id) "/end" } {
                button.btn.quiet.small type="submit" aria-label={ (Words::EndToken.to(lang)) " : " (token.name) } {
                    (Words::EndToken.to(lang))
                }
            }
        }
    }
}

/// Does something with the tokens of an account.
async fn at_doors<T: Send + 'static>(
    shared: &Shared,
    developer: &Developer,
    act: impl FnOnce(&Credentials, mesinfos_platform::identity::AccountId) -> Result<T, PlatformError>
    + Send
    + 'static,
) -> Result<T, Failure> {
    let (doors, account) = (Arc::clone(&shared.doors), developer.0.account.id);
    let shell = developer.0.shell("", None);
    match tried(move || act(&doors, account)).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(PlatformError::NoSuchToken { .. })) => Err(Failure::not_found(&shell)),
        Ok(Err(error)) => Err(Failure::of(&error, &shell)),
        Err(error) => Err(Failure::broken(&error, &shell)),
    }
}

/// A page that takes forms only leads to the list.
pub(super) async fn back(_: Developer) -> Redirect {
    Redirect::to(LIST)
}

/// [`back`] for a token of the developer's own.
pub(super) async fn back_of(
    State(shared): State<Shared>,
    developer: Developer,
    Path(id): Path<String>,
) -> Result<Redirect, Failure> {
    let own = at_doors(&shared, &developer, Credentials::account_tokens).await?;
    match own.iter().any(|token| token.id == id) {
        true => Ok(Redirect::to(LIST)),
        false => Err(Failure::not_found(&developer.0.shell("", None))),
    }
}

/// Makes a token, and shows it once.
pub(super) async fn create(
    State(shared): State<Shared>,
    developer: Developer,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    if shared.platform.is_event() {
        // The page of the team makes its tokens.
        return Err(Failure::not_found(&developer.0.shell("", None)));
    }
    developer.0.fresh(LIST)?;
    let lang = developer.0.lang();
    let name = fields.get("name").to_owned();
    let token =
        at_doors(&shared, &developer, move |doors, account| doors.create_account_token(account, &name, DAYS));
    let (_, token) = token.await?;
    let title = Words::TokenTitle.to(lang);
    let address = shared.hosts.address(crate::hosts::reached(&headers));
    let command = format!("mesinfos publish app.wasm --to {address} --token-file mesinfos.token");
    let body = html! {
        header.head {
            h1 { (title) }
            p.lead { (Words::TokenOnce { days: u64::from(DAYS) }.to(lang)) }
        }
        div.flow {
            p { code.url-small { (token) } }
            p { (Words::TokenHow.to(lang)) }
            p { code.url-small { (command) } }
            p.row { a.btn href=(LIST) { (Words::Title.to(lang)) } }
        }
    };
    let shell = Shell { title: &title, stands: Stands::Once, ..developer.0.shell("", None) };
    Ok(shell.around(body).into_response())
}

/// Ends a token.
pub(super) async fn end(
    State(shared): State<Shared>,
    developer: Developer,
    Path(id): Path<String>,
) -> Result<Redirect, Failure> {
    at_doors(&shared, &developer, move |doors, account| doors.revoke_account_token(account, &id)).await?;
    Ok(Redirect::to(LIST))
}
