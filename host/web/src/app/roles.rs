//! Pages of the other roles, and the operator's invitations.
//!
//! An operator sees health and invitations, never rows.

use crate::Shared;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::home;
use crate::app::invitation::role as role_name;
use crate::app::parts::{Icon, Shell, Stands, badge, capital, icon, qr, section, tinted};
use crate::app::preferences::Preferences;
use crate::app::visitor::{Tester, Visitor, is_loopback};
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::identity::{InvitationCode, Role};
use mesinfos_words::page::{Blocks, Dictionary, Playground, Releases, Roles as Words};
use std::time::Duration;

/// The first page of an account: the year of a tester, else the dashboard of the roles.
pub(crate) async fn home(State(shared): State<Shared>, mut parts: Parts) -> Result<Response, Failure> {
    let visitor = Visitor::from_request_parts(&mut parts, &shared).await.map_err(Failure::from)?;
    if visitor.account.roles.contains(&Role::Tester) {
        let tester = Tester::from_request_parts(&mut parts, &shared).await.map_err(Failure::from)?;
        let query = parts.uri.query().unwrap_or_default();
        return home::page(tester, query).await;
    }
    dashboard(&visitor).await
}

/// What each role finds here, and what comes.
async fn dashboard(visitor: &Visitor) -> Result<Response, Failure> {
    let lang = visitor.lang();
    let title = Words::Title.to(lang);
    let is_operator = visitor.account.roles.contains(&Role::Operator);
    let health = if is_operator { Some(health(visitor).await?) } else { None };
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::SignedInAs.to(lang)) " " strong { bdi { (visitor.account.name) } } } }
        @for role in &visitor.account.roles {
            (section(role.id(), &capital(&role_name(*role, lang)), html! {
                p { (comes(*role, lang)) }
                @if *role == Role::Developer {
                    p.row {
                        a.btn.pri href="/developer/apps" { (icon(Icon::FileUp)) (Releases::Title.to(lang)) }
                        a.btn href="/developer/dictionary" { (icon(Icon::Rows3)) (Dictionary::Title.to(lang)) }
                        a.btn href="/developer/playground" { (icon(Icon::FlaskConical)) (Playground::Title.to(lang)) }
                        a.btn href="/developer/blocks" { (icon(Icon::LayoutGrid)) (Blocks::Title.to(lang)) }
                    }
                }
                @if *role == Role::Operator {
                    @if let Some(health) = &health { (health) }
                    p.row {
                        a.btn.pri href="/operator/invitations" { (icon(Icon::Mail)) (Words::Invitations.to(lang)) }
                        a.btn href="/operator/apps" { (icon(Icon::FileCheck)) (Releases::ReviewTitle.to(lang)) }
                    }
                    p.soft { (Words::NoBreakGlass.to(lang)) }
                }
            }))
        }
    };
    Ok(visitor.shell(&title, None).around(body).into_response())
}

/// Where the way of a developer begins, for everybody: what the pages are, and how to get to them. It tells nothing of any
/// account.
pub(crate) async fn developers(preferences: Preferences) -> Response {
    let lang = preferences.lang;
    let title = Words::Developers.to(lang);
    let shell = Shell { classes: ("", "page slim"), ..Shell::outside(&title, preferences, "/developer") };
    let body = html! {
        header.head { h1 { (title) } p.lead { (comes(Role::Developer, lang)) } }
        div.flow-l {
            p { (Words::DevelopersHow.to(lang)) }
            p.row {
                a.btn.pri href="/developer/apps" { (Words::DevelopersOpen.to(lang)) }
                a.btn href="/about/help" { (Words::DevelopersAsk.to(lang)) }
            }
        }
    };
    shell.around(body).into_response()
}

/// What comes for a role.
fn comes(role: Role, lang: Lang) -> String {
    match role {
        Role::Tester => Words::ComesTester,
        Role::Developer => Words::ComesDeveloper,
        Role::Holder => Words::ComesHolder,
        Role::Researcher => Words::ComesResearcher,
        Role::Operator => Words::ComesOperator,
    }
    .to(lang)
}

/// Readiness of the server: figures about the machine, never about a person.
async fn health(visitor: &Visitor) -> Result<Markup, Failure> {
    let lang = visitor.lang();
    let (readiness, walls) = visitor.work(|platform| Ok((platform.readiness(), platform.walls()))).await?;
    Ok(html! {
        dl.kv {
            div { dt { (Words::Ready.to(lang)) } dd { (mesinfos_words::flag(readiness.is_ready(), lang)) } }
            @for (wall, there) in walls {
                div {
                    dt { (mesinfos_words::health::wall(wall, lang)) }
                    dd { (mesinfos_words::flag(there, lang)) }
                }
            }
        }
    })
}

/// An operator of the server. For anybody else, nothing is here.
pub(crate) struct Operator(pub(crate) Visitor);

impl FromRequestParts<Shared> for Operator {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Operator, Response> {
        let visitor = Visitor::from_request_parts(parts, shared).await?;
        if visitor.account.roles.contains(&Role::Operator) {
            return Ok(Operator(visitor));
        }
        Err(Failure::not_found(&visitor.shell("", None)).into_response())
    }
}

/// Pending invitations, and the form for a new one.
pub(crate) async fn invitations(Operator(visitor): Operator) -> Result<Response, Failure> {
    let lang = visitor.lang();
    let pending = visitor
        .work(|platform| {
            let now = platform.clock().now();
            Ok(platform.identity().invitations(now)?)
        })
        .await?;
    let title = Words::Invitations.to(lang);
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::InvitationsLead.to(lang)) } }
        form.filters method="post" action="/operator/invitations" {
            label.field {
                (Words::Role.to(lang))
                select name="role" {
                    @for role in Role::ALL { option value=(role.id()) { (role_name(role, lang)) } }
                }
            }
            label.field {
                (Words::Days.to(lang))
                input name="days" type="number" min="1" max="90" value="14" required;
            }
            button.btn.pri.small type="submit" { (icon(Icon::Plus)) (Words::Invite.to(lang)) }
        }
        @if pending.is_empty() {
            p.soft { (Words::NonePending.to(lang)) }
        } @else {
            @let said = |words: Words<'_>, at| {
                mesinfos_words::view::labelled(words.to(lang), mesinfos_words::instant(at, lang), lang)
            };
            ul.list.wrap.ruled {
                @for invitation in &pending {
                    li {
                        (tinted(Icon::Mail))
                        span {
                            strong { (role_name(invitation.role, lang)) } br;
                            span.soft.small { (said(Words::MadeAt, invitation.made_at)) } br;
                            span.soft.small { (said(Words::EndsAt, invitation.ends_at)) }
                        }
                        form.end method="post" action=(format!("/operator/invitations/{}/withdraw", invitation.id)) {
                            button.btn.small type="submit" { (Words::Withdraw.to(lang)) }
                        }
                    }
                }
            }
        }
    };
    Ok(visitor.shell(&title, None).around(body).into_response())
}

/// Makes an invitation and shows its code and QR once.
pub(crate) async fn invite(
    Operator(visitor): Operator,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let lang = visitor.lang();
    let role = Role::from_id(fields.get("role"));
    let days = fields.get("days").parse::<u64>().ok().filter(|days| (1..=90).contains(days));
    let (Some(role), Some(days)) = (role, days) else {
        return Err(Failure::not_understood(&visitor.shell("", None)));
    };
    visitor.fresh("/operator/invitations")?;
    let by = visitor.account.id;
    let (code, invitation) = visitor
        .work(move |platform| {
            let now = platform.clock().now();
            Ok(platform.identity().invite(role, Some(by), Duration::from_hours(24 * days), now)?)
        })
        .await?;
    let title = Words::NewInvitation.to(lang);
    let address = address(&headers, &code);
    let until = mesinfos_words::instant(invitation.ends_at, lang);
    let body = html! {
        header.head {
            (badge(Icon::Mail, &role_name(role, lang), "plain"))
            h1 { (title) }
            p.lead { (Words::ValidUntil { at: &until }.to(lang)) }
        }
        div.two {
            div.flow {
                p.n.m { code { (code.expose().as_str()) } }
                p { (Words::OrAddress.to(lang)) }
                p { code.url-small { (address) } }
                p.soft { (Words::ShownOnce.to(lang)) }
                p.row { a.btn href="/operator/invitations" { (Words::Back.to(lang)) } }
            }
            @if let Some(qr) = qr(&address, &Words::Qr.to(lang)) { (qr) }
        }
    };
    let shell = Shell { stands: Stands::Once, ..visitor.shell(&title, None) };
    Ok(shell.around(body).into_response())
}

/// Address of an invitation's page.
fn address(headers: &HeaderMap, code: &InvitationCode) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let scheme = if is_loopback(headers) { "http" } else { "https" };
    let code: String = code.expose().chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{scheme}://{host}/invitation/{code}")
}

/// Withdraws an invitation.
pub(crate) async fn withdraw(
    Operator(visitor): Operator,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let Ok(id) = id.parse() else { return Err(Failure::not_found(&visitor.shell("", None))) };
    let was_there = visitor.work(move |platform| Ok(platform.identity().withdraw_invitation(id)?)).await?;
    if !was_there {
        return Err(Failure::not_found(&visitor.shell("", None)));
    }
    Ok(Redirect::to("/operator/invitations").into_response())
}
