//! Invitations: the code, and the account that it makes.

use crate::Shared;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Shell, Stands, icon};
use crate::app::preferences::Preferences;
use crate::app::relying_party::has_passkeys;
use crate::app::sign_in::{all_required, code_form, device, name, new_password, password, turn};
use crate::app::visitor::session_cookie;
use crate::app::wrong::{Typed, Wrong, invalid, told, why};
use crate::errors::tried;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::identity::{IdentityError, Invitation, InvitationCode, RecoveryCode, Role};
use mesinfos_words::page::{Letters, SignIn as Words, Start};
use std::sync::Arc;

/// The page for a code.
pub(crate) async fn by_query(preferences: Preferences) -> Response {
    asked(preferences, None, StatusCode::OK)
}

fn asked(preferences: Preferences, wrong: Option<&Wrong>, status: StatusCode) -> Response {
    let lang = preferences.lang;
    let title = Words::InvitationTitle.to(lang);
    let shell =
        Shell { classes: ("door", "page slim"), ..Shell::outside(&title, preferences, "/invitation") };
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::InvitationLead.to(lang)) } }
        div.flow-l {
            (told(wrong))
            (code_form(wrong, lang))
            div.flow-s {
                h2.h3s { (Words::NoInvitation.to(lang)) }
                p { (Words::NoInvitationWhy.to(lang)) }
                div.row {
                    a.btn.quiet href="/sign-in" { (Start::HaveVault.to(lang)) }
                    a.btn.quiet href="/welcome" { (Words::NoAccount.to(lang)) }
                }
            }
        }
    };
    (status, shell.around(body)).into_response()
}

/// A code that was typed.
pub(crate) async fn typed(preferences: Preferences, fields: Fields) -> Response {
    match fields.get("code").parse::<InvitationCode>() {
        Ok(_) => {
            let code: String = fields.get("code").chars().filter(char::is_ascii_alphanumeric).collect();
            Redirect::to(&format!("/invitation/{code}")).into_response()
        }
        Err(error) => {
            let wrong = Wrong::of(IdentityError::NotACode(error), preferences.lang);
            asked(preferences, Some(&wrong), StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// The page that accepts an invitation.
pub(crate) async fn page(
    State(shared): State<Shared>,
    preferences: Preferences,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let (path, shell) = (format!("/invitation/{code}"), Shell::outside("", preferences, ""));
    match found(&shared, &shell, &code).await? {
        Some(invitation) => Ok(sign_up(preferences, &headers, &path, &invitation, "", None)),
        None => Ok(not_valid(preferences)),
    }
}

/// The invitation of a code; `None` if it is not valid.
async fn found(shared: &Shared, shell: &Shell<'_>, code: &str) -> Result<Option<Invitation>, Failure> {
    let Ok(code) = code.parse::<InvitationCode>() else { return Ok(None) };
    let platform = Arc::clone(&shared.platform);
    let read = tried(move || {
        let now = platform.clock().now();
        match platform.identity().invitation(&code, now) {
            Ok(invitation) => Ok(Some(invitation)),
            Err(IdentityError::NoSuchInvitation) => Ok(None),
            Err(error) => Err(error.into()),
        }
    });
    match read.await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => Err(Failure::of(&error, shell)),
        Err(error) => Err(Failure::broken(&error, shell)),
    }
}

fn not_valid(preferences: Preferences) -> Response {
    let wrong = Wrong::of(IdentityError::NoSuchInvitation, preferences.lang);
    asked(preferences, Some(&wrong), StatusCode::NOT_FOUND)
}

fn sign_up(
    preferences: Preferences,
    headers: &HeaderMap,
    path: &str,
    invitation: &Invitation,
    name: &str,
    wrong: Option<&Wrong>,
) -> Response {
    let lang = preferences.lang;
    let title = Words::SignUpTitle.to(lang);
    let shell = Shell { classes: ("door", "page slim"), ..Shell::outside(&title, preferences, path) };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let body = html! {
        header.head {
            h1 { (title) }
            p.lead { (if invitation.role == Role::Tester { Words::SignUpLead } else { Words::SignUpOther }.to(lang)) }
        }
        div.flow-l {
            (told(wrong))
            form.flow method="post" action=(path) {
                (all_required(lang))
                label.field {
                    (Words::Name.to(lang))
                    input id="sign-up-name" name="name" value=(name) autocomplete="username" required maxlength="64"
                        aria-invalid=[invalid(wrong, Typed::Name)] aria-describedby=[why(wrong, Typed::Name)];
                    small { (Words::NameRule.to(lang)) }
                }
                (new_password("password", wrong, lang))
                button.btn.pri.full type="submit" { (Words::SignUp.to(lang)) }
            }
            @if has_passkeys(headers) {
                form.flow.passkey method="post" action=(format!("{path}/passkey")) data-passkey="create" hidden {
                    h2.h3s { (Words::OrPasskey.to(lang)) }
                    p.soft { (Words::OrPasskeyWhy.to(lang)) }
                    input type="hidden" name="challenge";
                    input type="hidden" name="response";
                    // The script takes it from the field above.
                    input type="hidden" name="name" data-from="sign-up-name";
                    button.btn.full type="submit" { (icon(Icon::KeyRound)) (Words::SignUpPasskey.to(lang)) }
                    p.soft role="status" data-failed=(Words::NotMade.to(lang)) {}
                }
            }
        }
    };
    (status, shell.around(body)).into_response()
}

/// The page of an invitation again, with what stood in the way of its form.
pub(crate) async fn again(
    shared: &Shared,
    preferences: Preferences,
    headers: &HeaderMap,
    code: &str,
    fields: &Fields,
    wrong: &Wrong,
) -> Result<Response, Failure> {
    let (path, shell) = (format!("/invitation/{code}"), Shell::outside("", preferences, ""));
    match found(shared, &shell, code).await? {
        Some(invitation) => {
            Ok(sign_up(preferences, headers, &path, &invitation, fields.get("name"), Some(wrong)))
        }
        None => Ok(not_valid(preferences)),
    }
}

/// Accepts an invitation: makes the account, opens its session, and shows the recovery codes once.
pub(crate) async fn accept(
    State(shared): State<Shared>,
    preferences: Preferences,
    headers: HeaderMap,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let (path, shell) = (format!("/invitation/{code}"), Shell::outside("", preferences, ""));
    let Some(invitation) = found(&shared, &shell, &code).await? else { return Ok(not_valid(preferences)) };
    let lang = preferences.lang;
    let again = |wrong: &Wrong| {
        Ok(sign_up(preferences, &headers, &path, &invitation, fields.get("name"), Some(wrong)))
    };
    let (Some(name), Ok(code)) = (name(&fields), code.parse::<InvitationCode>()) else {
        return again(&Wrong::about(Words::NotAName.to(lang), &[Typed::Name]));
    };
    let _turn = turn(&shared, &shell)?;
    let (password, device, platform) =
        (password(&fields, "password"), device(&headers), Arc::clone(&shared.platform));
    let done = tried(move || {
        let now = platform.clock().now();
        Ok(platform.identity().accept(&code, &name, &password, &device, now))
    });
    match done.await {
        Ok(Ok(Ok(signed_up))) => {
            let mut response = codes_page(preferences, &signed_up.recovery).into_response();
            response.headers_mut().append(header::SET_COOKIE, session_cookie(&headers, &signed_up.token));
            Ok(response)
        }
        Ok(Ok(Err(IdentityError::NoSuchInvitation))) => Ok(not_valid(preferences)),
        Ok(Ok(Err(error @ (IdentityError::NameTaken | IdentityError::Unfit(_))))) => {
            again(&Wrong::of(error, lang))
        }
        Ok(Ok(Err(error))) => Err(Failure::of(&error.into(), &shell)),
        Ok(Err(error)) => Err(Failure::of(&error, &shell)),
        Err(error) => Err(Failure::broken(&error, &shell)),
    }
}

/// The page that shows recovery codes, once.
pub(crate) fn codes_page(preferences: Preferences, codes: &[RecoveryCode]) -> Markup {
    let lang = preferences.lang;
    let title = Words::CodesTitle.to(lang);
    let stands = Stands::Once;
    let shell = Shell { classes: ("", "page slim"), stands, ..Shell::outside(&title, preferences, "") };
    shell.around(html! {
        header.head { h1 { (title) } p.lead { (Words::CodesLead.to(lang)) } }
        div.flow {
            (codes_list(codes))
            div.row.no-print {
                button.btn type="button" data-print hidden { (icon(Icon::Printer)) (Letters::Print.to(lang)) }
                button.btn type="button" data-copy="codes" hidden { (icon(Icon::Copy)) (Words::CodesCopy.to(lang)) }
                span role="status" data-done=(Words::CodesCopied.to(lang)) data-failed=(Words::CodesNotCopied.to(lang)) {}
            }
            p.soft { (Words::CodesOnce.to(lang)) }
            p.row.no-print { a.btn.pri href="/home" { (icon(Icon::Check)) (Words::CodesKept.to(lang)) } }
        }
    })
}

fn codes_list(codes: &[RecoveryCode]) -> Markup {
    let all: Vec<String> = codes.iter().map(|code| code.expose().as_str().to_owned()).collect();
    html! {
        ol.panel.flow-s.codes { @for code in &all { li { code { (code) } } } }
        // What the copy button copies.
        textarea #codes hidden readonly { "\n" (all.join("\n")) }
    }
}

/// Name of a role.
pub(crate) fn role(role: Role, lang: Lang) -> String {
    match role {
        Role::Tester => Words::RoleTester,
        Role::Developer => Words::RoleDeveloper,
        Role::Holder => Words::RoleHolder,
        Role::Researcher => Words::RoleResearcher,
        Role::Operator => Words::RoleOperator,
    }
    .to(lang)
}
