//! The page of a team: its people, its apps, its time, and its token.

use super::parts::{address, ranking, stage, state};
use super::seat::Member;
use crate::Shared;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Shell, Stands, icon, section};
use crate::errors::tried;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use mesinfos_words::event::Event as Words;
use mesinfos_words::page::{Blocks, Dictionary, Playground, Releases};
use std::sync::Arc;

/// Days for which a token of a team is valid: an event is over within a week.
const TOKEN_DAYS: u32 = 7;

pub(super) async fn page(member: Member) -> Result<Response, Failure> {
    let (lang, number) = (member.visitor.lang(), member.team.number);
    let is_revealed = member.about.revealed_at.is_some();
    let (entry, all) = member
        .visitor
        .work(move |platform| {
            let all = if is_revealed { Some((platform.entries()?, platform.event_ranking()?)) } else { None };
            Ok((platform.entry(number)?, all))
        })
        .await?;
    let title = member.team.name.clone();
    let body = html! {
        header.head {
            p.h3s { bdi { (member.about.name) } }
            h1 { bdi { (title) } }
            p.lead { (stage(&member.about, member.now, lang)) }
            p.row { (state(&entry, lang)) }
        }
        @if let Some((entries, ranks)) = &all {
            (section("ranking", &Words::Ranking.to(lang), ranking(entries, ranks, lang)))
        }
        div.side {
            div.flow {
                p {
                    @match &entry.version {
                        Some(version) => {
                            @let at = mesinfos_words::instant(version.since, lang);
                            @let (app, version) = (&version.release.app, &version.release.version);
                            (Words::Counts { app, version, at: &at }.to(lang))
                        }
                        None => (Words::NothingCounts.to(lang)),
                    }
                }
                p.row {
                    a.btn.pri href="/developer/apps" { (icon(Icon::FileUp)) (Releases::Title.to(lang)) }
                    a.btn href="/developer/dictionary" { (icon(Icon::Rows3)) (Dictionary::Title.to(lang)) }
                    a.btn href="/developer/playground" { (icon(Icon::FlaskConical)) (Playground::Title.to(lang)) }
                    a.btn href="/developer/blocks" { (icon(Icon::LayoutGrid)) (Blocks::Title.to(lang)) }
                }
                p.soft { (Words::HandInHow.to(lang)) }
                form.flow-s method="post" action="/team/token" {
                    p.soft.small { (Words::TokenWhy.to(lang)) }
                    button.btn.small type="submit" { (icon(Icon::KeyRound)) (Words::NewToken.to(lang)) }
                }
            }
            div {
                (section("members", &Words::Members.to(lang), html! {
                    ul.limits { @for name in &member.team.members { li { bdi { (name) } } } }
                    p { (Words::TeamCodeIs.to(lang)) " " strong.mono { (member.team.code) } }
                    p.soft.small { (Words::TeamCodeTell.to(lang)) }
                }))
            }
        }
    };
    Ok(member.visitor.shell(&title, None).around(body).into_response())
}

/// A page that takes forms only leads to the page of the team.
pub(super) async fn back(_: Member) -> Redirect {
    Redirect::to("/team")
}

/// Makes a token with which the team publishes from a terminal, and shows it once.
pub(super) async fn token(
    State(shared): State<Shared>,
    member: Member,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let lang = member.visitor.lang();
    let shell = member.visitor.shell("", None);
    let (doors, account, name) =
        (Arc::clone(&shared.doors), member.visitor.account.id, member.team.name.clone());
    let made = tried(move || Ok(doors.create_account_token(account, &name, TOKEN_DAYS)?.1));
    let token = match made.await {
        Ok(Ok(token)) => token,
        Ok(Err(error)) => return Err(Failure::of(&error, &shell)),
        Err(error) => return Err(Failure::broken(&error, &shell)),
    };
    let title = Words::TokenTitle.to(lang);
    let command =
        format!("mesinfos publish app.wasm --event --to {} --token-file team.token", address(&headers, ""));
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::TokenOnce.to(lang)) } }
        div.flow {
            p { code.url-small { (token) } }
            p { (Words::TokenHow.to(lang)) }
            p { code.url-small { (command) } }
            p.row { a.btn href="/team" { (Words::Back.to(lang)) } }
        }
    };
    Ok(Shell { title: &title, stands: Stands::Once, ..shell }.around(body).into_response())
}
