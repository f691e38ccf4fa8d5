//! Sign-in, recovery, sign-out, and the fresh check before acts that matter.

use crate::Shared;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::home::{known, letters};
use crate::app::parts::{Icon, Shell, icon, more, ring};
use crate::app::preferences::Preferences;
use crate::app::relying_party::has_passkeys;
use crate::app::visitor::{Visitor, local, no_session, session_cookie};
use crate::app::wrong::{Typed, Wrong, invalid, told, why};
use crate::errors::tried;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_platform::Platform;
use mesinfos_platform::consent::AccountAct;
use mesinfos_platform::identity::{AccountId, Identity, IdentityError, LoginName, NotACode, Password, Token};
use mesinfos_words::page::SignIn as Words;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

/// The sign-in page.
pub(crate) async fn page(
    State(shared): State<Shared>,
    preferences: Preferences,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = Fields::read(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let over = query.has("over").then(|| Wrong::words(Words::Over.to(preferences.lang)));
    let next = local(query.get("next")).unwrap_or("/home").to_owned();
    door(&shared, preferences, &headers, (&next, ""), over.as_ref(), StatusCode::OK)
}

pub(crate) fn door(
    shared: &Shared,
    preferences: Preferences,
    headers: &HeaderMap,
    (next, name): (&str, &str),
    wrong: Option<&Wrong>,
    status: StatusCode,
) -> Response {
    let lang = preferences.lang;
    let title = Words::Title.to(lang);
    let circle = circle(shared, lang);
    let main = if circle.is_some() { "page" } else { "page slim" };
    let shell = Shell { classes: ("door", main), ..Shell::outside(&title, preferences, "/sign-in") };
    let forms = html! {
        div.flow-l {
            header.head { h1 { (title) } p.lead { (Words::Lead.to(lang)) } }
            (told(wrong))
            form.flow method="post" action="/sign-in" {
                input type="hidden" name="next" value=(next);
                (all_required(lang))
                (name_field(name, wrong, lang))
                (password_field("password", &Words::Password.to(lang), wrong))
                button.btn.pri.full type="submit" { (icon(Icon::DoorOpen)) (Words::Open.to(lang)) }
            }
            // Nobody knows yet whether this person has one.
            @if has_passkeys(headers) { (passkey_form("/sign-in/passkey", next, "btn full", lang)) }
            div {
                (more(&Words::FirstTime.to(lang), code_form(None, lang)))
                (more(&Words::LostAccess.to(lang), html! {
                    p { (Words::LostAccessWhy.to(lang)) }
                    p { a.btn href="/sign-in/recover" { (Words::EnterCode.to(lang)) } }
                }))
            }
            p.soft { a href="/welcome" { (Words::NoAccount.to(lang)) } }
        }
    };
    let body = match circle {
        Some(circle) => html! { div.two { (circle) (forms) } },
        None => forms,
    };
    (status, shell.around(body)).into_response()
}

/// The year of the first sample life as a circle, which a narrow screen leaves out. `None` without sample lives.
fn circle(shared: &Shared, lang: Lang) -> Option<Markup> {
    let facts = shared.lives.all().first().and_then(|life| shared.lives.facts(life.id))?;
    let year = known(&facts.known, facts.year);
    Some(ring(&year, &letters(lang), ("", &Words::YourYear.to(lang)), &Words::Circle.to(lang)))
}

/// A form that a passkey fills; the script shows it where the browser has passkeys.
pub(crate) fn passkey_form(action: &str, next: &str, button: &str, lang: Lang) -> Markup {
    html! {
        form.passkey method="post" action=(action) data-passkey="get" hidden {
            input type="hidden" name="next" value=(next);
            input type="hidden" name="challenge";
            input type="hidden" name="response";
            button class=(button) type="submit" { (icon(Icon::KeyRound)) (Words::UsePasskey.to(lang)) }
            p.soft role="status" data-failed=(Words::NotRecognised.to(lang)) {}
        }
    }
}

/// The form for an invitation's code.
pub(crate) fn code_form(wrong: Option<&Wrong>, lang: Lang) -> Markup {
    html! {
        form.filters method="post" action="/invitation" {
            label.field {
                (Words::InvitationCode.to(lang)) " " (Words::Required.to(lang))
                input name="code" autocomplete="off" spellcheck="false" autocapitalize="none" required maxlength="60" size="32"
                    aria-invalid=[invalid(wrong, Typed::Code)] aria-describedby=[why(wrong, Typed::Code)];
            }
            button.btn type="submit" { (Words::Continue.to(lang)) }
        }
    }
}

/// A place among the few password checks at once: each takes memory and time.
pub(crate) fn turn(shared: &Shared, shell: &Shell<'_>) -> Result<OwnedSemaphorePermit, Failure> {
    Arc::clone(&shared.passwords).try_acquire_owned().map_err(|_| Failure::busy(shell))
}

/// Runs work on accounts. An error that the person can mend is words for the form.
async fn accounts<T: Send + 'static>(
    platform: &Arc<Platform>,
    shell: &Shell<'_>,
    work: impl FnOnce(Identity<'_>, i64) -> Result<T, IdentityError> + Send + 'static,
) -> Result<Result<T, Wrong>, Failure> {
    let platform = Arc::clone(platform);
    let done = tried(move || {
        let now = platform.clock().now();
        Ok(work(platform.identity(), now))
    });
    let lang = shell.preferences.lang;
    match done.await {
        Ok(Ok(Ok(done))) => Ok(Ok(done)),
        Ok(Ok(Err(error))) if is_of_the_form(&error) => Ok(Err(Wrong::of(error, lang))),
        Ok(Ok(Err(error))) => Err(Failure::of(&error.into(), shell)),
        Ok(Err(error)) => Err(Failure::of(&error, shell)),
        Err(error) => Err(Failure::broken(&error, shell)),
    }
}

/// Whether the person can mend the error in the form.
fn is_of_the_form(error: &IdentityError) -> bool {
    matches!(
        error,
        IdentityError::NoSuchSignIn
            | IdentityError::Wait { .. }
            | IdentityError::Unfit(_)
            | IdentityError::NotACode(_)
            | IdentityError::NameTaken
            | IdentityError::NoSuchInvitation
    )
}

/// Signs in with a name and a password.
pub(crate) async fn with_password(
    State(shared): State<Shared>,
    preferences: Preferences,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let shell = Shell::outside("", preferences, "/sign-in");
    let next = local(fields.get("next")).unwrap_or("/home").to_owned();
    let _turn = turn(&shared, &shell)?;
    let (typed, password, agent) = (name(&fields), password(&fields, "password"), device(&headers));
    let (name, device) = (typed.clone(), agent.clone());
    let done = accounts(&shared.platform, &shell, move |identity, now| {
        // A text that cannot be a name is one that nobody has.
        let name = name.ok_or(IdentityError::NoSuchSignIn)?;
        identity.sign_in(&name, &password, &device, now)
    });
    match done.await? {
        Ok(token) => {
            noted(&shared, token.account, AccountAct::SignedIn, &headers).await;
            Ok(opened(&headers, &token, &next))
        }
        Err(wrong) => {
            // Beside the answer, whose time does not tell whether somebody has this name.
            if let Some(name) = typed.filter(|_| wrong.is_at(Typed::Password)) {
                let platform = Arc::clone(&shared.platform);
                tokio::task::spawn_blocking(move || platform.note_failed_sign_in(&name, &agent));
            }
            let filled = (&*next, fields.get("name"));
            Ok(door(&shared, preferences, &headers, filled, Some(&wrong), StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// Writes to the person's log what happened to how they sign in.
pub(crate) async fn noted(shared: &Shared, account: AccountId, act: AccountAct, headers: &HeaderMap) {
    let (platform, device) = (Arc::clone(&shared.platform), device(headers));
    // What cannot be written is left out.
    let _ = tokio::task::spawn_blocking(move || platform.note_account(account, act, &device)).await;
}

/// The response that opens a session: its cookie, and the page that was asked for.
pub(crate) fn opened(headers: &HeaderMap, token: &Token, next: &str) -> Response {
    let mut response = Redirect::to(next).into_response();
    response.headers_mut().append(header::SET_COOKIE, session_cookie(headers, token));
    response
}

pub(crate) fn name(fields: &Fields) -> Option<LoginName> {
    fields.get("name").parse().ok()
}

pub(crate) fn password(fields: &Fields, field: &str) -> Password {
    Password::typed(fields.get(field))
}

/// Description of a device from its `User-Agent`: browser and system in two words. It helps the person to
/// recognise their sessions; nothing depends on it.
pub(crate) fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let found = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map_or("", |(_, name)| *name)
    };
    let browser = found(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = found(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS X", "macOS"),
        ("Windows", "Windows"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The page for a recovery code.
pub(crate) async fn recovery(preferences: Preferences) -> Response {
    recovery_page(preferences, None, StatusCode::OK)
}

fn recovery_page(preferences: Preferences, wrong: Option<&Wrong>, status: StatusCode) -> Response {
    let lang = preferences.lang;
    let title = Words::RecoverTitle.to(lang);
    let shell =
        Shell { classes: ("door", "page slim"), ..Shell::outside(&title, preferences, "/sign-in/recover") };
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::RecoverLead.to(lang)) } }
        form.flow method="post" action="/sign-in/recover" {
            (told(wrong))
            (all_required(lang))
            (name_field("", wrong, lang))
            label.field {
                (Words::RecoveryCode.to(lang))
                input name="code" autocomplete="off" spellcheck="false" autocapitalize="none" required maxlength="60"
                    aria-invalid=[invalid(wrong, Typed::Code)] aria-describedby=[why(wrong, Typed::Code)];
            }
            (new_password("password", wrong, lang))
            button.btn.pri type="submit" { (Words::Recover.to(lang)) }
        }
        p.soft { (Words::NoCodes.to(lang)) }
    };
    (status, shell.around(body)).into_response()
}

/// What the labels of a form do not say one by one.
pub(crate) fn all_required(lang: Lang) -> Markup {
    html! { p.soft.small { (Words::AllRequired.to(lang)) } }
}

/// A field for the name of an account.
fn name_field(typed: &str, wrong: Option<&Wrong>, lang: Lang) -> Markup {
    html! {
        label.field {
            (Words::Name.to(lang))
            input name="name" value=(clean(typed)) autocomplete="username" required maxlength="64"
                aria-invalid=[invalid(wrong, Typed::Name)] aria-describedby=[why(wrong, Typed::Name)];
        }
    }
}

/// A field for the password of an account.
pub(crate) fn password_field(field: &str, label: &str, wrong: Option<&Wrong>) -> Markup {
    html! {
        label.field {
            (label)
            input name=(field) type="password" autocomplete="current-password" required maxlength="512"
                aria-invalid=[invalid(wrong, Typed::Password)] aria-describedby=[why(wrong, Typed::Password)];
        }
    }
}

/// A field for a new password, with its rule.
pub(crate) fn new_password(field: &str, wrong: Option<&Wrong>, lang: Lang) -> Markup {
    html! {
        label.field {
            (Words::NewPassword.to(lang))
            input name=(field) type="password" autocomplete="new-password" required maxlength="512"
                aria-invalid=[invalid(wrong, Typed::NewPassword)] aria-describedby=[why(wrong, Typed::NewPassword)];
            small { (Words::PasswordRule.to(lang)) }
        }
    }
}

/// Replaces a lost password with the help of a recovery code.
pub(crate) async fn recover(
    State(shared): State<Shared>,
    preferences: Preferences,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let shell = Shell::outside("", preferences, "/sign-in/recover");
    let _turn = turn(&shared, &shell)?;
    let (name, password, device) = (name(&fields), password(&fields, "password"), device(&headers));
    let code = fields.get("code").parse();
    let done = accounts(&shared.platform, &shell, move |identity, now| {
        let code = code.map_err(|error: NotACode| IdentityError::NotACode(error))?;
        let name = name.ok_or(IdentityError::NoSuchSignIn)?;
        identity.recover(&name, &code, &password, &device, now)
    });
    match done.await? {
        Ok(token) => {
            noted(&shared, token.account, AccountAct::Recovered, &headers).await;
            Ok(opened(&headers, &token, "/home"))
        }
        Err(wrong) => Ok(recovery_page(preferences, Some(&wrong), StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

/// Ends the session.
pub(crate) async fn sign_out(visitor: Visitor, headers: HeaderMap) -> Result<Response, Failure> {
    if visitor.account.sample.is_some() {
        return crate::app::start::end(visitor, headers).await;
    }
    let token = visitor.token.clone();
    visitor.work(move |platform| Ok(platform.identity().sign_out(&token)?)).await?;
    let mut response = Redirect::to("/?out").into_response();
    let headers = (no_session(&headers), HeaderValue::from_static("\"cache\", \"storage\""));
    response.headers_mut().append(header::SET_COOKIE, headers.0);
    // ASVS 5.0, 14.3.1: what the browser kept of the session goes too.
    response.headers_mut().insert("clear-site-data", headers.1);
    Ok(response)
}

/// The fresh check: the page that asks who is there before an act that matters.
pub(crate) async fn confirmation(
    visitor: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = Fields::read(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    confirm_page(&visitor, &headers, local(query.get("next")).unwrap_or("/home"), None)
}

pub(crate) fn confirm_page(
    visitor: &Visitor,
    headers: &HeaderMap,
    next: &str,
    wrong: Option<&Wrong>,
) -> Response {
    confirm_form(visitor, headers, next, ("/confirm", &Fields::default()), wrong)
}

/// The fresh check in the way of a form: its password goes to `action` together with the fields of that form, so
/// that nothing that was chosen is lost. A passkey leads to `next`.
pub(crate) fn confirm_form(
    visitor: &Visitor,
    headers: &HeaderMap,
    next: &str,
    (action, fields): (&str, &Fields),
    wrong: Option<&Wrong>,
) -> Response {
    let lang = visitor.lang();
    let title = Words::ConfirmTitle.to(lang);
    let shell = Shell { classes: ("", "page slim"), ..visitor.shell(&title, None) };
    let kept = fields.pairs().filter(|(name, _)| !["password", "next", "username"].contains(name));
    let page = shell.around(html! {
        header.head { h1 { (title) } p.lead { (Words::ConfirmLead.to(lang)) } }
        div.flow-l {
            (told(wrong))
            @if visitor.account.passkeys > 0 && has_passkeys(headers) {
                (passkey_form("/confirm/passkey", next, "btn pri full", lang))
            }
            @if visitor.account.has_password { form.flow method="post" action=(action) {
                @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
                input type="hidden" name="next" value=(next);
                (all_required(lang))
                (username(&visitor.account.name, lang))
                (password_field("password", &Words::Password.to(lang), wrong))
                button.btn type="submit" class=[(visitor.account.passkeys == 0).then_some("pri")] {
                    (Words::Continue.to(lang))
                }
            } }
        }
    });
    (if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, page).into_response()
}

/// The name of the account beside its password: what stores passwords needs to see which one this is.
pub(crate) fn username(name: &str, lang: Lang) -> Markup {
    html! {
        label.field {
            (Words::Name.to(lang)) input name="username" value=(name) autocomplete="username" readonly;
        }
    }
}

/// Proves presence with the password in the fields of a form, if there is one. `Ok` with the new token, or `Err` with
/// the page that asks.
pub(crate) async fn proven(
    shared: &Shared,
    visitor: &Visitor,
    headers: &HeaderMap,
    next: &str,
    (action, fields): (&str, &Fields),
) -> Result<Result<Token, Response>, Failure> {
    if !fields.has("password") {
        return Ok(Err(confirm_form(visitor, headers, next, (action, fields), None)));
    }
    let shell = visitor.shell("", None);
    let _turn = turn(shared, &shell)?;
    let (token, password) = (visitor.token.clone(), password(fields, "password"));
    let done =
        accounts(&shared.platform, &shell, move |identity, now| identity.prove(&token, &password, now));
    Ok(match done.await? {
        Ok(token) => Ok(token),
        Err(wrong) => Err(confirm_form(visitor, headers, next, (action, fields), Some(&wrong))),
    })
}

/// Proves presence with the password; the session goes on under a new token.
pub(crate) async fn confirm(
    State(shared): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let shell = visitor.shell("", None);
    let _turn = turn(&shared, &shell)?;
    let next = local(fields.get("next")).unwrap_or("/home").to_owned();
    let (token, password) = (visitor.token.clone(), password(&fields, "password"));
    let done =
        accounts(&shared.platform, &shell, move |identity, now| identity.prove(&token, &password, now));
    match done.await? {
        Ok(token) => Ok(opened(&headers, &token, &next)),
        Err(wrong) => Ok(confirm_page(&visitor, &headers, &next, Some(&wrong))),
    }
}

impl Visitor {
    /// Whether presence was proven a few minutes ago, or need not be.
    pub(crate) fn is_present(&self) -> bool {
        self.is_fresh || self.account.sample.is_some()
    }

    /// Leads to the fresh check unless presence was proven a few minutes ago; afterwards to `next`. A sample life
    /// has nothing to prove with, and nothing to lose.
    pub(crate) fn fresh(&self, next: &str) -> Result<(), Failure> {
        if self.is_present() {
            return Ok(());
        }
        let next = percent_encoding::utf8_percent_encode(next, percent_encoding::NON_ALPHANUMERIC);
        Err(Redirect::to(&format!("/confirm?next={next}")).into_response().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_in_two_of_our_own_words() {
        let of = |agent: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, HeaderValue::from_static(agent));
            device(&headers)
        };
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Safari/604.1";
        assert_eq!(of(chrome), "Chrome, Linux");
        assert_eq!(of(phone), "Safari, iPhone");
        assert_eq!(of("<script>alert(1)</script>"), "");
    }
}
