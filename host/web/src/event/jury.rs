//! The ballots of a juror.

use super::parts::{criterion, question, ranking, stage};
use super::seat::{OfJury, caller};
use crate::Shared;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, badge, crumbs, icon, note, section};
use crate::app::releases_report as report;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_platform::hackathon::{Ballot, Criterion, Marks, limits};
use mesinfos_platform::registry::Owner;
use mesinfos_platform::runtime::Inspection;
use mesinfos_platform::{Entry, Matrix};
use mesinfos_words::event::Event as Words;
use mesinfos_words::page::Releases;

/// The teams that handed in, each with what the juror gave it.
pub(super) async fn list(jury: OfJury) -> Result<Response, Failure> {
    let (lang, number) = (jury.visitor.lang(), jury.juror.number);
    let is_revealed = jury.about.revealed_at.is_some();
    let (entries, given, ranks) = jury
        .visitor
        .work(move |platform| {
            let (event, entries) = (platform.event()?, platform.entries()?);
            let mut given = Vec::new();
            for entry in &entries {
                given.extend(event.ballot(number, entry.team.number)?);
            }
            let ranks = if is_revealed { Some(platform.event_ranking()?) } else { None };
            Ok((entries, given, ranks))
        })
        .await?;
    let title = Words::BallotsTitle.to(lang);
    let of = |entry: &Entry| given.iter().find(|ballot| ballot.team == entry.team.number);
    let handed_in: Vec<&Entry> = entries.iter().filter(|entry| entry.version.is_some()).collect();
    let body = html! {
        header.head {
            p.h3s { bdi { (jury.about.name) } " · " bdi { (jury.juror.name) } }
            h1 { (title) }
            p.lead { (stage(&jury.about, jury.now, lang)) }
        }
        @if let Some(ranks) = &ranks {
            (section("ranking", &Words::Ranking.to(lang), ranking(&entries, ranks, lang)))
        }
        @if handed_in.is_empty() { p.soft { (Words::NobodyHandedIn.to(lang)) } }
        ul.list.wrap.ruled {
            @for entry in handed_in {
                li {
                    span {
                        a href=(format!("/ballots/{}", entry.team.number)) { strong { bdi { (entry.team.name) } } } br;
                        @if let Some(version) = &entry.version { span.soft.small { bdi { (version.release.app) } } }
                    }
                    span.end {
                        @if jury.juror.team == Some(entry.team.number) {
                            (badge(Icon::Ban, &Words::YourTeam.to(lang), "plain"))
                        } @else if let Some(ballot) = of(entry) {
                            (badge(Icon::CircleCheck, &Words::Given { marks: &marks(ballot) }.to(lang), ""))
                        } @else {
                            (badge(Icon::CircleDashed, &Words::NotGiven.to(lang), "plain"))
                        }
                    }
                }
            }
        }
    };
    Ok(jury.visitor.shell(&title, None).around(body).into_response())
}

/// The marks of a ballot, in the order of the criteria.
fn marks(ballot: &Ballot) -> String {
    ballot.marks.map(|mark| mark.to_string()).join(", ")
}

/// What a juror sees of a team.
struct Seen {
    entry: Entry,
    inspection: Inspection,
    ballot: Option<Ballot>,
}

/// What a team handed in. One that handed in nothing, or does not exist, is not there.
async fn seen(jury: &OfJury, text: &str) -> Result<Seen, Failure> {
    let missing = || Failure::not_found(&jury.visitor.shell("", None));
    let team: u16 = text.parse().map_err(|_| missing())?;
    let number = jury.juror.number;
    jury.visitor
        .work(move |platform| {
            let entry = platform.entry(team)?;
            let (inspection, _) = platform.handed_in(&entry)?;
            let ballot = platform.event()?.ballot(number, team)?;
            Ok(Seen { entry, inspection, ballot })
        })
        .await
}

/// The page of a team, with the ballot.
pub(super) async fn page(jury: OfJury, Path(team): Path<String>) -> Result<Response, Failure> {
    let seen = seen(&jury, &team).await?;
    Ok(shown(&jury, &seen, &html! {}))
}

fn shown(jury: &OfJury, seen: &Seen, tried: &Markup) -> Response {
    let lang = jury.visitor.lang();
    let team = &seen.entry.team;
    let title = team.name.clone();
    let own = jury.juror.team == Some(team.number);
    let path = format!("/ballots/{}", team.number);
    let name = seen.inspection.manifest.as_ref().map(|manifest| manifest.app.name.get(lang).to_owned());
    let list = Words::BallotsTitle.to(lang);
    let ballot = html! {
        @if own {
            (note("", &Words::OwnTeamNot.to(lang), false))
        } @else if jury.about.takes_ballots(jury.now) {
            form.flow method="post" action=(path) {
                @for (at, of) in Criterion::ALL.into_iter().enumerate() {
                    label.field {
                        (criterion(of, lang))
                        select name=(of.id()) required {
                            @let given = seen.ballot.as_ref().map(|ballot| ballot.marks[at]);
                            @if given.is_none() { option value="" { (Words::Choose.to(lang)) } }
                            @for mark in 1..=limits::HIGHEST {
                                option value=(mark) selected[given == Some(mark)] { (mark) }
                            }
                        }
                        small { (question(of, lang)) }
                    }
                }
                label.field {
                    (Words::Comment.to(lang))
                    textarea name="comment" rows="4" maxlength=(limits::COMMENT) {
                        "\n" (seen.ballot.as_ref().map_or("", |ballot| ballot.comment.as_str()))
                    }
                    small { (Words::CommentWhy.to(lang)) }
                }
                button.btn.pri type="submit" { (icon(Icon::Check)) (Words::Vote.to(lang)) }
            }
        } @else {
            @if let Some(ballot) = &seen.ballot { p { (Words::Given { marks: &marks(ballot) }.to(lang)) } }
            (note("", &stage(&jury.about, jury.now, lang), false))
        }
    };
    let is_signed = seen.entry.version.as_ref().is_some_and(|version| version.release.key.is_some());
    let body = html! {
        header.head {
            (crumbs(&[("/ballots", &list)], &title, lang))
            h1 { bdi { (title) } }
            @if let Some(name) = &name { p.lead { bdi { (name) } } }
            @if seen.entry.version.as_ref().is_some_and(|version| version.release.works_refused) {
                p.row { (badge(Icon::ShieldCheck, &Releases::WorksRefused.to(lang), "")) }
            }
        }
        div.side {
            div {
                (section("seen", &Releases::PeopleSee.to(lang), report::asked(&seen.inspection, is_signed, lang)))
                (section("checks", &Releases::Checked.to(lang), report::checks(&seen.inspection, seen.entry.version.as_ref(), lang)))
                form.row method="post" action=(format!("{path}/try")) {
                    button.btn type="submit" { (icon(Icon::FlaskConical)) (Releases::Try.to(lang)) }
                }
                (tried)
            }
            div { (section("ballot", &Words::Ballot.to(lang), ballot)) }
        }
    };
    jury.visitor.shell(&title, None).around(body).into_response()
}

/// Runs what a team handed in on every sample life, and shows what came out.
pub(super) async fn tried(
    State(shared): State<Shared>,
    jury: OfJury,
    Path(team): Path<String>,
) -> Result<Response, Failure> {
    let seen = seen(&jury, &team).await?;
    let (entry, lives) = (seen.entry.clone(), shared.lives);
    let account = jury.visitor.account.id.to_string();
    let matrix: Option<Matrix> = jury
        .visitor
        .work(move |platform| {
            let (_, bytes) = platform.handed_in(&entry)?;
            // Turns are shared out by author: a juror is one like them.
            let who = Owner::new(&format!("account:{account}")).unwrap_or_else(Owner::operator);
            lives.samples()?.map(|samples| samples.matrix(&who, &bytes)).transpose()
        })
        .await?;
    let tried = report::tried(matrix.as_ref(), None, jury.visitor.lang());
    Ok(shown(&jury, &seen, &tried))
}

/// Gives a ballot.
pub(super) async fn vote(
    jury: OfJury,
    Path(text): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let shell = jury.visitor.shell("", None);
    let team: u16 = text.parse().map_err(|_| Failure::not_found(&shell))?;
    let mut marks: Marks = [0; Criterion::ALL.len()];
    for (mark, of) in marks.iter_mut().zip(Criterion::ALL) {
        // What is no mark is refused with the others.
        *mark = fields.get(of.id()).parse().unwrap_or(0);
    }
    let (comment, juror, lang) = (fields.get("comment").to_owned(), jury.juror.number, jury.visitor.lang());
    jury.visitor
        .work(move |platform| platform.vote(&caller(platform, lang), juror, team, marks, &comment))
        .await?;
    Ok(Redirect::to("/ballots").into_response())
}
