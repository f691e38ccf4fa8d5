//! The account of a tester: sessions, password, recovery codes, leaving.

use crate::Shared;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::invitation::codes_page;
use crate::app::parts::{Icon, Section, Shell, Stands, icon, tinted};
use crate::app::sign_in::{
    all_required, new_password, noted, opened, password, password_field, turn, username,
};
use crate::app::visitor::{Tester, Visitor, no_session};
use crate::app::wrong::{Wrong, told};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_platform::consent::AccountAct;
use mesinfos_platform::identity::{IdentityError, Session, SessionId};
use mesinfos_words::page::{Account as Words, Results, SignIn};
use std::sync::Arc;

/// How the account is opened, and where it is open now.
pub(crate) fn sign_in_section(visitor: &Visitor, sessions: &[Session]) -> Markup {
    let (lang, account) = (visitor.lang(), &visitor.account);
    html! {
        p { (Words::SignedInAs.to(lang)) " " strong { bdi { (account.name) } } }
        h3 { (Words::Sessions.to(lang)) }
        ul.list.wrap {
            @for session in sessions {
                @let is_here = session.id == visitor.session;
                @let device = if session.device.is_empty() { Words::UnknownDevice.to(lang) } else { session.device.clone() };
                @let used = mesinfos_words::instant(session.used_at, lang);
                li {
                    (tinted(Icon::Laptop))
                    span {
                        strong { bdi { (device) } } br;
                        span.soft.small {
                            @if is_here { (Words::ThisSession.to(lang)) }
                            @else { (Words::UsedAt { at: &used }.to(lang)) }
                        }
                    }
                    @if is_here {
                        form.end method="post" action="/sign-out" {
                            button.btn.small type="submit" { (Words::SignOut.to(lang)) }
                        }
                    } @else {
                        form.end method="post" action=(format!("/settings/sessions/{}/end", session.id)) {
                            button.btn.small type="submit" { (Words::EndSession.to(lang)) }
                        }
                    }
                }
            }
        }
        div.row {
            form method="post" action="/settings/sessions/end" {
                button.btn type="submit" { (icon(Icon::LogOut)) (Words::EndEverywhere.to(lang)) }
            }
            a.btn.quiet href="/settings/password" {
                (if account.has_password { Words::ChangePassword } else { Words::SetPassword }.to(lang))
            }
            form method="post" action="/settings/codes" {
                button.btn.quiet type="submit" { (Words::NewCodes.to(lang)) }
            }
        }
        p.soft { (Words::CodesLeft { codes: account.recovery_codes as u64 }.to(lang)) }
    }
}

/// Ends one session of the account.
pub(crate) async fn end_session(visitor: Visitor, Path(id): Path<String>) -> Result<Response, Failure> {
    let account = visitor.account.id;
    let Ok(id) = id.parse::<SessionId>() else { return Err(Failure::not_found(&visitor.shell("", None))) };
    let ended = visitor.work(move |platform| Ok(platform.identity().end(account, id)?)).await?;
    if !ended {
        return Err(Failure::not_found(&visitor.shell("", None)));
    }
    Ok(Redirect::to("/settings#sign-in").into_response())
}

/// Ends all sessions of the account, this one too.
pub(crate) async fn end_everywhere(
    State(shared): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let account = visitor.account.id;
    let doors = Arc::clone(&shared.doors);
    visitor
        .work(move |platform| {
            platform.identity().end_everywhere(account)?;
            // A token is a way in like a session.
            doors.end_account_tokens(account)
        })
        .await?;
    noted(&shared, account, AccountAct::EndedEverywhere, &headers).await;
    let mut response = Redirect::to("/sign-in").into_response();
    response.headers_mut().append(header::SET_COOKIE, no_session(&headers));
    Ok(response)
}

/// The page that changes the password.
fn password_page(visitor: &Visitor, wrong: Option<&Wrong>) -> Response {
    let lang = visitor.lang();
    let has_password = visitor.account.has_password;
    let (name, lead) = match has_password {
        true => (Words::ChangePassword, Words::ChangePasswordLead),
        false => (Words::SetPassword, Words::SetPasswordLead),
    };
    let title = name.to(lang);
    let shell = Shell { classes: ("", "page slim"), ..visitor.shell(&title, Some(Section::Settings)) };
    let page = shell.around(html! {
        header.head { h1 { (title) } p.lead { (lead.to(lang)) } }
        form.flow method="post" action="/settings/password" {
            (told(wrong))
            (all_required(lang))
            (username(&visitor.account.name, lang))
            @if has_password { (password_field("old", &Words::OldPassword.to(lang), wrong)) }
            (new_password("new", wrong, lang))
            button.btn.pri type="submit" { (title) }
        }
    });
    (if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, page).into_response()
}

pub(crate) async fn password_form(visitor: Visitor) -> Result<Response, Failure> {
    // Without an old password to type, presence is proven with a passkey.
    if !visitor.account.has_password {
        visitor.fresh("/settings/password")?;
    }
    Ok(password_page(&visitor, None))
}

/// Changes the password, and ends all other sessions.
pub(crate) async fn change_password(
    State(shared): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    if !visitor.account.has_password {
        visitor.fresh("/settings/password")?;
    }
    let _turn = turn(&shared, &visitor.shell("", None))?;
    let (token, old, new) = (visitor.token.clone(), password(&fields, "old"), password(&fields, "new"));
    let (doors, account) = (Arc::clone(&shared.doors), visitor.account.id);
    let done = visitor
        .work(move |platform| {
            let now = platform.clock().now();
            let changed = platform.identity().change_password(&token, &old, &new, now);
            if changed.is_ok() {
                doors.end_account_tokens(account)?;
            }
            Ok(changed)
        })
        .await?;
    match done {
        Ok(token) => {
            noted(&shared, token.account, AccountAct::PasswordChanged, &headers).await;
            Ok(opened(&headers, &token, "/settings#sign-in"))
        }
        Err(error @ (IdentityError::NoSuchSignIn | IdentityError::Wait { .. } | IdentityError::Unfit(_))) => {
            Ok(password_page(&visitor, Some(&Wrong::of(error, visitor.lang()))))
        }
        Err(error) => Err(Failure::of(&error.into(), &visitor.shell("", None))),
    }
}

/// Makes new recovery codes and shows them once; the old ones are worth nothing.
pub(crate) async fn new_codes(
    State(shared): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    visitor.fresh("/settings#sign-in")?;
    let token = visitor.token.clone();
    let codes = visitor
        .work(move |platform| {
            let now = platform.clock().now();
            Ok(platform.identity().new_recovery_codes(&token, now)?)
        })
        .await?;
    noted(&shared, visitor.account.id, AccountAct::CodesReplaced, &headers).await;
    Ok(codes_page(visitor.preferences, &codes).into_response())
}

/// The page before leaving: what is erased, what remains.
pub(crate) async fn leaving(tester: Tester) -> Result<Response, Failure> {
    tester.visitor.fresh("/settings/leave")?;
    let lang = tester.lang();
    let (rows, held) = tester
        .run(|platform, caller| {
            let rows: u64 = platform.summary(caller)?.iter().map(|category| category.rows).sum();
            // What does not open any more is erased all the same, without its number.
            Ok((rows, platform.holdings(caller).ok()))
        })
        .await?;
    let title = Words::LeaveTitle.to(lang);
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::LeaveLead.to(lang)) } }
        div.two {
            div.flow-s {
                h2.h3s { (Words::ErasedNow.to(lang)) }
                ul.limits {
                    li { (Words::ErasedRows { rows }.to(lang)) }
                    @match &held {
                        Some(held) => {
                            @if held.results > 0 { li { (Words::ErasedResults { results: held.results }.to(lang)) } }
                            @if held.letters > 0 { li { (Words::ErasedLetters { letters: held.letters }.to(lang)) } }
                            @if held.notes > 0 { li { (Words::ErasedNotes { notes: held.notes }.to(lang)) } }
                        }
                        None => li { (Words::ErasedKept.to(lang)) },
                    }
                    li { (Words::ErasedChoices.to(lang)) }
                    li { (Words::ErasedGrants.to(lang)) }
                    li { (Words::ErasedKey.to(lang)) }
                    li { (Words::ErasedAccount.to(lang)) }
                }
            }
            div.flow-s {
                h2.h3s { (Words::Remains.to(lang)) }
                ul.limits {
                    li { (Words::RemainsReceipt.to(lang)) }
                    li { (Words::RemainsHolders.to(lang)) }
                }
            }
        }
        form.sec.flow method="post" action="/settings/leave" {
            label.yes {
                input type="checkbox" name="sure" value="yes" required;
                (Words::LeaveSure.to(lang))
            }
            div.row {
                a.btn href="/settings" { (Words::Stay.to(lang)) }
                button.btn.danger type="submit" { (icon(Icon::DoorOpen)) (Words::LeaveAct.to(lang)) }
            }
        }
    };
    Ok(tester.page(&title, Section::Settings, body))
}

/// Erases the person and the account, and shows the receipt.
pub(crate) async fn leave(
    State(shared): State<Shared>,
    tester: Tester,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    tester.visitor.fresh("/settings/leave")?;
    if fields.get("sure") != "yes" {
        return Ok(Redirect::to("/settings/leave").into_response());
    }
    let (lang, account) = (tester.lang(), tester.visitor.account.clone());
    let id = account.id;
    let (held, receipt) = tester
        .run(move |platform, caller| {
            // Rows that do not open any more are erased all the same.
            let held = platform.holdings(caller).ok();
            Ok((held, platform.leave(caller, &account)?))
        })
        .await?;
    shared.tables.forget_all(id);
    let title = Words::Left.to(lang);
    let shell = Shell { stands: Stands::Once, ..Shell::outside(&title, tester.visitor.preferences, "") };
    let at = mesinfos_words::instant(receipt.at_utc_seconds, lang);
    let page = shell.around(html! {
        header.head { h1 { (title) } p.lead { (Words::LeftLead.to(lang)) } }
        div.receipt {
            h2.h3s { (Words::Receipt.to(lang)) }
            dl {
                dt { (Words::ReceiptAt.to(lang)) } dd { (at) }
                @if let Some(held) = held {
                    dt { (Words::ReceiptErased.to(lang)) }
                    dd {
                        (Words::LeftRows { rows: held.rows }.to(lang)) br;
                        (Words::LeftPapers { papers: held.papers }.to(lang)) br;
                        (Words::LeftResults { results: held.results }.to(lang)) br;
                        (Words::LeftLetters { letters: held.letters }.to(lang)) br;
                        (Words::LeftNotes { notes: held.notes }.to(lang))
                    }
                }
                dt { (Words::ReceiptHead.to(lang)) } dd { code { (receipt.closing) } }
            }
            p.soft { (Words::ReceiptWhy.to(lang)) }
        }
        p.row.no-print {
            button.btn type="button" data-print hidden { (icon(Icon::Printer)) (Results::Print.to(lang)) }
            a.btn href="/" { (SignIn::NoAccount.to(lang)) }
        }
    });
    let mut response = page.into_response();
    response.headers_mut().append(header::SET_COOKIE, no_session(&headers));
    Ok(response)
}
