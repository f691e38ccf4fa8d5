//! The page of the organiser: the code, the jury, the ends of the parts, the results.

use super::parts::{address, ranking, stage, state};
use super::seat::Organiser;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, icon, qr, section};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::hackathon::{About, Ballot, Juror, limits};
use mesinfos_platform::{Entry, PlatformError};
use mesinfos_words::event::Event as Words;

pub(super) async fn page(organiser: Organiser, headers: HeaderMap) -> Result<Response, Failure> {
    let (lang, about) = (organiser.visitor.lang(), &organiser.about);
    let is_over = about.vote_closed_at.is_some();
    let (entries, jurors, ballots, ranks) = organiser
        .visitor
        .work(move |platform| {
            let event = platform.event()?;
            let ranks = if is_over { Some(platform.event_ranking()?) } else { None };
            Ok((platform.entries()?, event.jurors()?, event.ballots()?, ranks))
        })
        .await?;
    let title = about.name.clone();
    let join = address(&headers, &format!("/join/{}", about.code.plain()));
    let body = html! {
        header.head {
            h1 { bdi { (title) } }
            p.lead { (stage(about, organiser.now, lang)) }
            p.row {
                a.btn.pri href="/projector" { (icon(Icon::Eye)) (Words::Projector.to(lang)) }
                a.btn href="/organiser/export" { (icon(Icon::Download)) (Words::Export.to(lang)) }
            }
        }
        div.side {
            div {
                (section("join", &Words::JoinTitle.to(lang), html! {
                    p { code.url-small { (join) } }
                    p { (Words::Code.to(lang)) " " strong.mono { (about.code) } }
                }))
                (section("teams", &Words::Teams.to(lang), teams(&entries, about, lang)))
                @if let Some(ranks) = &ranks {
                    (section("ranking", &Words::Ranking.to(lang), html! {
                        (ranking(&entries, ranks, lang))
                        (comments(&entries, &jurors, &ballots, lang))
                    }))
                }
            }
            div {
                (section("to-do", &Words::ToDo.to(lang), to_do(about, organiser.now, lang)))
                (section("jury", &Words::Jury.to(lang), jury(&jurors, &ballots, lang)))
            }
        }
    };
    Ok(organiser.visitor.shell(&title, None).around(body).into_response())
}

fn teams(entries: &[Entry], about: &About, lang: Lang) -> Markup {
    html! {
        p.soft { (Words::TeamsOf { teams: entries.len() as u64, most: u64::from(about.most_teams) }.to(lang)) }
        ul.list.wrap.ruled {
            @for entry in entries {
                li {
                    span {
                        strong { bdi { (entry.team.name) } } br;
                        span.soft.small { bdi { (entry.team.members.join(", ")) } }
                    }
                    span.end { (state(entry, lang)) }
                }
            }
        }
    }
}

/// The deadline, and the next end of a part. One button ends something, so that none is pressed too early.
fn to_do(about: &About, now: i64, lang: Lang) -> Markup {
    let act = |part: &str, why: Words<'_>, label: Words<'_>| {
        html! {
            form.flow-s method="post" action="/organiser/close" {
                p.soft { (why.to(lang)) }
                button.btn.danger type="submit" name="part" value=(part) { (icon(Icon::Lock)) (label.to(lang)) }
            }
        }
    };
    if about.takes_submissions(now) {
        return html! {
            form.flow-s method="post" action="/organiser/deadline" {
                label.field {
                    (Words::Deadline.to(lang))
                    input type="datetime-local" name="until" required
                        value=[about.until.map(mesinfos_words::date::as_typed)];
                    small { (Words::DeadlineWhy.to(lang)) }
                }
                button.btn type="submit" { (icon(Icon::Hourglass)) (Words::MoveDeadline.to(lang)) }
            }
            (act("submissions", Words::CloseSubmissionsWhy, Words::CloseSubmissions))
        };
    }
    if about.takes_ballots(now) {
        return act("vote", Words::CloseVoteWhy, Words::CloseVote);
    }
    if about.revealed_at.is_none() {
        return act("reveal", Words::RevealWhy, Words::Reveal);
    }
    html! { p { (Words::AllDone.to(lang)) } }
}

fn jury(jurors: &[Juror], ballots: &[Ballot], lang: Lang) -> Markup {
    html! {
        p.soft { (Words::JuryWhy.to(lang)) }
        ul.list.wrap.ruled {
            @for juror in jurors {
                @let given = ballots.iter().filter(|ballot| ballot.juror == juror.number).count();
                li {
                    span {
                        a href=(format!("/organiser/jury/{}", juror.number)) { strong { bdi { (juror.name) } } } br;
                        span.soft.small {
                            (if juror.account.is_some() {
                                Words::JurorGave { ballots: given as u64 }
                            } else {
                                Words::JurorWaits
                            }.to(lang))
                        }
                    }
                }
            }
        }
        form.flow-s method="post" action="/organiser/jury" {
            label.field {
                (Words::JurorName.to(lang))
                input name="name" autocomplete="off" required maxlength=(limits::NAME);
            }
            button.btn.small type="submit" { (icon(Icon::Plus)) (Words::AddJuror.to(lang)) }
        }
    }
}

/// What jurors wrote, once the vote is over.
fn comments(entries: &[Entry], jurors: &[Juror], ballots: &[Ballot], lang: Lang) -> Markup {
    let said =
        |team: u16| ballots.iter().filter(move |ballot| ballot.team == team && !ballot.comment.is_empty());
    html! {
        @for entry in entries {
            @if said(entry.team.number).next().is_some() {
                h3.h3s { bdi { (entry.team.name) } }
                ul.limits {
                    @for ballot in said(entry.team.number) {
                        @let who = jurors.iter().find(|juror| juror.number == ballot.juror);
                        @let who = who.map_or("", |juror| juror.name.as_str());
                        li { (Words::CommentBy { name: who, comment: &ballot.comment }.to(lang)) }
                    }
                }
            }
        }
    }
}

/// A page that takes forms only leads to the page of the organiser.
pub(super) async fn back(_: Organiser) -> Redirect {
    Redirect::to("/organiser")
}

/// Names a juror, and shows their code.
pub(super) async fn add_juror(organiser: Organiser, fields: Fields) -> Result<Response, Failure> {
    let name = fields.get("name").to_owned();
    let juror = organiser.visitor.work(move |platform| Ok(platform.event()?.add_juror(&name)?)).await?;
    Ok(Redirect::to(&format!("/organiser/jury/{}", juror.number)).into_response())
}

/// The page of a juror: the code, as long as it was not used.
pub(super) async fn juror(
    organiser: Organiser,
    headers: HeaderMap,
    Path(text): Path<String>,
) -> Result<Response, Failure> {
    let lang = organiser.visitor.lang();
    let shell = organiser.visitor.shell("", None);
    let number: u16 = text.parse().map_err(|_| Failure::not_found(&shell))?;
    let juror = organiser.visitor.work(move |platform| Ok(platform.event()?.juror(number)?)).await?;
    let title = juror.name.clone();
    let at = address(&headers, &format!("/jury/{}", juror.code.plain()));
    let body = html! {
        header.head { h1 { bdi { (title) } } p.lead { (Words::Jury.to(lang)) } }
        div.two {
            div.flow {
                @if juror.account.is_none() {
                    p.n.m { code { (juror.code) } }
                    p { code.url-small { (at) } }
                    p.soft { (Words::JurorCodeWhy.to(lang)) }
                } @else {
                    p { (Words::JurorBegan.to(lang)) }
                }
                form.flow-s method="post" action=(format!("/organiser/jury/{number}")) {
                    p.soft { (Words::RenewWhy.to(lang)) }
                    button.btn.small type="submit" { (icon(Icon::KeyRound)) (Words::Renew.to(lang)) }
                }
                p.row { a.btn href="/organiser" { (Words::Back.to(lang)) } }
            }
            @if juror.account.is_none() && let Some(qr) = qr(&at, &Words::Qr.to(lang)) { (qr) }
        }
    };
    let shell = organiser.visitor.shell(&title, None);
    Ok(shell.around(body).into_response())
}

/// Gives a juror a new code.
pub(super) async fn renew(organiser: Organiser, Path(text): Path<String>) -> Result<Response, Failure> {
    let shell = organiser.visitor.shell("", None);
    let number: u16 = text.parse().map_err(|_| Failure::not_found(&shell))?;
    organiser.visitor.work(move |platform| Ok(platform.event()?.renew_juror(number)?)).await?;
    Ok(Redirect::to(&format!("/organiser/jury/{number}")).into_response())
}

/// Moves the deadline.
pub(super) async fn move_deadline(organiser: Organiser, fields: Fields) -> Result<Response, Failure> {
    let now = organiser.now;
    let until = mesinfos_words::date::typed_instant(fields.get("until"));
    let until = until.ok_or_else(|| Failure::not_understood(&organiser.visitor.shell("", None)))?;
    organiser.visitor.work(move |platform| Ok(platform.event()?.move_deadline(until, now)?)).await?;
    Ok(Redirect::to("/organiser").into_response())
}

/// Ends a part of the event, or shows the ranking.
pub(super) async fn close(organiser: Organiser, fields: Fields) -> Result<Response, Failure> {
    let now = organiser.now;
    let part = fields.get("part").to_owned();
    if !matches!(part.as_str(), "submissions" | "vote" | "reveal") {
        return Err(Failure::not_understood(&organiser.visitor.shell("", None)));
    }
    organiser
        .visitor
        .work(move |platform| {
            let event = platform.event()?;
            match part.as_str() {
                "submissions" => event.close_submissions(now)?,
                "vote" => event.close_vote(now)?,
                _ => event.reveal(now)?,
            }
            Ok::<_, PlatformError>(())
        })
        .await?;
    Ok(Redirect::to("/organiser").into_response())
}
