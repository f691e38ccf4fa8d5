//! The page on the wall: big letters, the way in, the teams, the time, and in the end the ranking. It reloads itself.

use super::parts::{address, left, rank, stage, state};
use super::seat::Organiser;
use crate::app::failure::Failure;
use crate::app::parts::{Shell, qr, section};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use maud::html;
use mesinfos_words::event::Event as Words;

/// Seconds between two reloads, as the browser does them by itself (HTML, 7.4.6.5). What is on the wall is no older.
const RELOAD: HeaderValue = HeaderValue::from_static("10");

pub(super) async fn page(organiser: Organiser, headers: HeaderMap) -> Result<Response, Failure> {
    let (lang, about, now) = (organiser.visitor.lang(), &organiser.about, organiser.now);
    let is_revealed = about.revealed_at.is_some();
    let (entries, ranks) = organiser
        .visitor
        .work(move |platform| {
            let ranks = if is_revealed { Some(platform.event_ranking()?) } else { None };
            Ok((platform.entries()?, ranks))
        })
        .await?;
    let title = about.name.clone();
    let join = address(&headers, &format!("/join/{}", about.code.plain()));
    let ready = entries.iter().filter(|entry| entry.version.is_some()).count() as u64;
    let body = html! {
        header.head {
            h1 { bdi { (title) } }
            p.lead { (Words::Ready { teams: entries.len() as u64, ready }.to(lang)) }
        }
        @if let Some(ranks) = &ranks {
            (section("ranking", &Words::Ranking.to(lang), html! {
                ol.list.ruled.wrap.teams {
                    @for one in ranks {
                        @let team = entries.iter().find(|entry| entry.team.number == one.team);
                        li {
                            span.n { (rank(one, lang)) }
                            span { strong { bdi { (team.map_or("", |entry| entry.team.name.as_str())) } } }
                            span.end {
                                (Words::MeanOf {
                                    mean: &super::parts::mean(one.mean_hundredths(), lang),
                                    ballots: one.ballots,
                                }.to(lang))
                            }
                        }
                    }
                }
            }))
        } @else {
            div.stage {
                @if let Some(qr) = qr(&join, &Words::Qr.to(lang)) { (qr) }
                div.flow {
                    @match about.ends_at().filter(|ends| now < *ends) {
                        Some(ends) => {
                            p.n.url { (left(ends - now, lang)) }
                            p.lead { (Words::Before { at: &mesinfos_words::instant(ends, lang) }.to(lang)) }
                        }
                        None => { p.lead { (stage(about, now, lang)) } }
                    }
                    p { (Words::JoinAt.to(lang)) }
                    p.n.url { (address(&headers, "").trim_start_matches("http://")) }
                    p.lead { (Words::Code.to(lang)) " " strong.mono { (about.code) } }
                    p.soft { (Words::OnlySamples.to(lang)) }
                }
            }
            (section("teams", &Words::Teams.to(lang), html! {
                ol.list.ruled.wrap.teams {
                    @for entry in &entries {
                        li {
                            span {
                                strong { bdi { (entry.team.name) } } br;
                                span { bdi { (entry.version.as_ref().map_or("", |version| version.release.app.as_str())) } }
                            }
                            span.end { (state(entry, lang)) }
                        }
                    }
                }
            }))
        }
    };
    let shell = Shell { classes: ("proj", "page"), ..organiser.visitor.shell(&title, None) };
    let mut response = shell.around(body).into_response();
    response.headers_mut().insert(HeaderName::from_static("refresh"), RELOAD);
    Ok(response)
}
