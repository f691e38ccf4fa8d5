//! Joining: the first page, the form for a code, and the forms of teams and jurors.

use super::Whole;
use super::parts::{looked, ranking, stage};
use super::seat::{Seat, Seated, caller};
use crate::Shared;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Shell, icon, note, note_with, section};
use crate::app::preferences::Preferences;
use crate::app::sign_in::device;
use crate::app::visitor::{Visitor, session_cookie};
use crate::errors::tried;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::hackathon::{About, Code, EventError, Place, Team, limits};
use mesinfos_platform::identity::Token;
use mesinfos_platform::{Entry, Joining, Platform, PlatformError};
use mesinfos_words::event::Event as Words;
use std::sync::Arc;

/// The first page: what goes on, and the way in. Who is in is led to their page.
pub(super) async fn page(State(shared): Whole, mut parts: Parts) -> Result<Response, Failure> {
    if let Ok(seated) = Seated::from_request_parts(&mut parts, &shared).await {
        return Ok(Redirect::to(first_page(&seated.seat)).into_response());
    }
    let preferences = Preferences::of(&parts);
    let shell = Shell::outside("", preferences, "/");
    let (about, entries, now) = public(&shared, &shell).await?;
    let lang = preferences.lang;
    let ranks = match about.revealed_at {
        Some(_) => Some(looked(&shared.platform, &shell, Platform::event_ranking).await?),
        None => None,
    };
    let title = about.name.clone();
    let body = html! {
        header.head { h1 { bdi { (title) } } p.lead { (stage(&about, now, lang)) } }
        div.flow-l {
            @if let Some(ranks) = &ranks {
                (section("ranking", &Words::Ranking.to(lang), ranking(&entries, ranks, lang)))
            } @else {
                p { (Words::OnlySamples.to(lang)) }
                (code_form("/join", &Words::JoinWith.to(lang), lang))
                p.soft { a href="/jury" { (Words::IamJuror.to(lang)) } }
            }
            p.soft { a href="/sign-in?next=/organiser" { (Words::IamOrganiser.to(lang)) } }
        }
    };
    let shell = Shell { classes: ("", "page slim"), ..Shell::outside(&title, preferences, "/") };
    Ok(shell.around(body).into_response())
}

/// The page that belongs to a seat.
fn first_page(seat: &Seat) -> &'static str {
    match seat {
        Seat::Team(_) => "/team",
        Seat::Juror(_) => "/ballots",
        Seat::Organiser => "/organiser",
    }
}

/// The first page of whoever asks.
pub(super) async fn home(State(shared): Whole, mut parts: Parts) -> Redirect {
    match Seated::from_request_parts(&mut parts, &shared).await {
        Ok(seated) => Redirect::to(first_page(&seated.seat)),
        Err(_) => Redirect::to("/"),
    }
}

/// What everybody may know.
async fn public(shared: &Shared, shell: &Shell<'_>) -> Result<(About, Vec<Entry>, i64), Failure> {
    looked(&shared.platform, shell, |platform| {
        let about = platform.event()?.about()?;
        let entries = if about.revealed_at.is_some() { platform.entries()? } else { Vec::new() };
        Ok((about, entries, platform.clock().now()))
    })
    .await
}

/// A form for a code.
fn code_form(action: &str, label: &str, lang: Lang) -> Markup {
    html! {
        form.filters method="post" action=(action) {
            label.field {
                (label)
                input name="code" autocomplete="off" spellcheck="false" autocapitalize="none" required maxlength="20"
                    size="12";
            }
            button.btn.pri type="submit" { (icon(Icon::ArrowRight)) (Words::Continue.to(lang)) }
        }
    }
}

/// A page with a form for a code.
fn code_page(action: &'static str, wrong: Option<&str>, preferences: Preferences) -> Response {
    let lang = preferences.lang;
    let (title, lead) = match action {
        "/jury" => (Words::JuryTitle, Words::JuryLead),
        _ => (Words::JoinTitle, Words::JoinLead),
    };
    let (title, lead) = (title.to(lang), lead.to(lang));
    let shell = Shell { classes: ("door", "page slim"), ..Shell::outside(&title, preferences, action) };
    let status = if wrong.is_some() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let body = html! {
        header.head { h1 { (title) } p.lead { (lead) } }
        div.flow-l {
            @if let Some(wrong) = wrong { (note_with("wrong", wrong)) }
            (code_form(action, &Words::Code.to(lang), lang))
        }
    };
    (status, shell.around(body)).into_response()
}

fn wrong_code(action: &'static str, preferences: Preferences) -> Response {
    code_page(action, Some(&Words::WrongCode.to(preferences.lang)), preferences)
}

pub(super) async fn asked(preferences: Preferences) -> Response {
    code_page("/join", None, preferences)
}

pub(super) async fn asked_juror(preferences: Preferences) -> Response {
    code_page("/jury", None, preferences)
}

/// A code that was typed.
pub(super) async fn typed(preferences: Preferences, fields: Fields) -> Response {
    led("/join", preferences, &fields)
}

pub(super) async fn typed_juror(preferences: Preferences, fields: Fields) -> Response {
    led("/jury", preferences, &fields)
}

fn led(action: &'static str, preferences: Preferences, fields: &Fields) -> Response {
    match Code::typed(fields.get("code")) {
        Some(code) => Redirect::to(&format!("{action}/{}", code.plain())).into_response(),
        None => wrong_code(action, preferences),
    }
}

/// What the form to join shows.
struct Open {
    about: About,
    teams: Vec<Team>,
    now: i64,
}

async fn opened(
    shared: &Shared,
    shell: &Shell<'_>,
    code: Option<Code>,
) -> Result<Option<(Code, Open)>, Failure> {
    let Some(code) = code else { return Ok(None) };
    looked(&shared.platform, shell, move |platform| {
        let event = platform.event()?;
        match event.check_code(&code) {
            Ok(about) => {
                let open = Open { about, teams: event.teams()?, now: platform.clock().now() };
                Ok(Some((code, open)))
            }
            Err(EventError::WrongCode) => Ok(None),
            Err(error) => Err(error.into()),
        }
    })
    .await
}

/// The form to join a team or to make one.
pub(super) async fn form(
    State(shared): Whole,
    preferences: Preferences,
    Path(text): Path<String>,
) -> Result<Response, Failure> {
    let shell = Shell::outside("", preferences, "/join");
    match opened(&shared, &shell, Code::typed(&text)).await? {
        Some((code, open)) => Ok(join_page(&code, &open, &Fields::default(), None, preferences)),
        None => Ok(wrong_code("/join", preferences)),
    }
}

fn join_page(
    code: &Code,
    open: &Open,
    typed: &Fields,
    wrong: Option<&str>,
    preferences: Preferences,
) -> Response {
    let lang = preferences.lang;
    let path = format!("/join/{}", code.plain());
    let title = open.about.name.clone();
    let shell = Shell { classes: ("door", "page slim"), ..Shell::outside(&title, preferences, &path) };
    let has_room = open.teams.len() < usize::from(open.about.most_teams);
    let may_create = has_room && open.about.takes_submissions(open.now);
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let member = |lang| {
        html! {
            label.field {
                (Words::YourName.to(lang))
                input name="member" autocomplete="name" required maxlength=(limits::NAME) value=(typed.get("member"));
                small { (Words::YourNameWhy.to(lang)) }
            }
        }
    };
    let body = html! {
        header.head { h1 { bdi { (title) } } p.lead { (stage(&open.about, open.now, lang)) } }
        div.flow-l {
            @if let Some(wrong) = wrong { (note_with("wrong", wrong)) }
            @if may_create {
                (section("new", &Words::NewTeam.to(lang), html! {
                    form.flow method="post" action=(path) {
                        (member(lang))
                        label.field {
                            (Words::TeamName.to(lang))
                            input name="team" autocomplete="off" required maxlength=(limits::NAME) value=(typed.get("team"));
                        }
                        button.btn.pri type="submit" name="how" value="new" { (icon(Icon::Plus)) (Words::CreateTeam.to(lang)) }
                    }
                }))
            } @else {
                (note("", &Words::NoNewTeam.to(lang), false))
            }
            @if !open.teams.is_empty() {
                (section("there", &Words::OldTeam.to(lang), html! {
                    form.flow method="post" action=(path) {
                        (member(lang))
                        label.field {
                            (Words::Team.to(lang))
                            select name="number" {
                                @for team in &open.teams {
                                    option value=(team.number) selected[typed.get("number") == team.number.to_string()] {
                                        (team.name)
                                    }
                                }
                            }
                        }
                        label.field {
                            (Words::TeamCode.to(lang))
                            input name="of_team" autocomplete="off" spellcheck="false" autocapitalize="none" required
                                maxlength="20" size="12";
                            small { (Words::TeamCodeWhy.to(lang)) }
                        }
                        button.btn type="submit" name="how" value="join" { (icon(Icon::ArrowRight)) (Words::JoinTeam.to(lang)) }
                    }
                }))
            }
            p.soft { (Words::SessionWhy.to(lang)) }
        }
    };
    (status, shell.around(body)).into_response()
}

/// Whether the person can mend an error in the form.
fn is_of_the_form(error: &PlatformError) -> bool {
    matches!(
        error,
        PlatformError::Event(
            EventError::BadName { .. }
                | EventError::NameTaken
                | EventError::WrongCode
                | EventError::TooManyTeams { .. }
                | EventError::TooManyMembers { .. }
                | EventError::SubmissionsOver
                | EventError::NoSuchTeam
        )
    )
}

/// Makes or joins a team.
pub(super) async fn join(
    State(shared): Whole,
    preferences: Preferences,
    headers: HeaderMap,
    Path(text): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let shell = Shell::outside("", preferences, "/join");
    let Some((code, open)) = opened(&shared, &shell, Code::typed(&text)).await? else {
        return Ok(wrong_code("/join", preferences));
    };
    let how = match fields.get("how") {
        "new" => Joining::Creating(fields.get("team").to_owned()),
        "join" => {
            let of_team = fields.get("number").parse().ok().zip(Code::typed(fields.get("of_team")));
            let Some((number, of_team)) = of_team else {
                let words = Words::WrongTeamCode.to(preferences.lang);
                return Ok(join_page(&code, &open, &fields, Some(&words), preferences));
            };
            Joining::In(number, of_team)
        }
        _ => return Err(Failure::not_understood(&shell)),
    };
    let (member, device, lang) = (fields.get("member").to_owned(), device(&headers), preferences.lang);
    let with = code.clone();
    let platform = Arc::clone(&shared.platform);
    let joined = tried(move || {
        let caller = caller(&platform, lang);
        Ok(platform.join_event(&caller, &with, &member, &how, &device))
    });
    match joined.await {
        Ok(Ok(Ok((_, token)))) => Ok(entered("/team", &headers, &token)),
        Ok(Ok(Err(error))) if is_of_the_form(&error) => {
            let words = match &error {
                PlatformError::Event(EventError::WrongCode) => Words::WrongTeamCode.to(lang),
                error => mesinfos_words::error(error, lang),
            };
            Ok(join_page(&code, &open, &fields, Some(&words), preferences))
        }
        Ok(Ok(Err(error)) | Err(error)) => Err(Failure::of(&error, &shell)),
        Err(error) => Err(Failure::broken(&error, &shell)),
    }
}

/// The response that opens a session.
fn entered(path: &str, headers: &HeaderMap, token: &Token) -> Response {
    let mut response = Redirect::to(path).into_response();
    response.headers_mut().append(header::SET_COOKIE, session_cookie(headers, token));
    response
}

/// The form of a juror who has an unused code.
pub(super) async fn juror_form(
    State(shared): Whole,
    preferences: Preferences,
    Path(text): Path<String>,
    mut parts: Parts,
) -> Result<Response, Failure> {
    let own = own_team(&shared, &mut parts).await;
    juror_page(&shared, preferences, &text, own).await
}

/// The team of whoever asks, who does not vote about it.
async fn own_team(shared: &Shared, parts: &mut Parts) -> Option<u16> {
    let visitor = Visitor::from_request_parts(parts, shared).await.ok()?;
    let account = visitor.account.id.to_string();
    let place = visitor.work(move |platform| Ok(platform.event()?.place(&account)?)).await.ok()?;
    match place {
        Some(Place::Team(number)) => Some(number),
        Some(Place::Juror(_)) | None => None,
    }
}

async fn juror_page(
    shared: &Shared,
    preferences: Preferences,
    text: &str,
    own: Option<u16>,
) -> Result<Response, Failure> {
    let (lang, shell) = (preferences.lang, Shell::outside("", preferences, "/jury"));
    let Some(code) = Code::typed(text) else { return Ok(wrong_code("/jury", preferences)) };
    let with = code.clone();
    let found = looked(&shared.platform, &shell, move |platform| {
        let event = platform.event()?;
        match event.unused_juror(&with) {
            Ok(juror) => Ok(Some((juror, event.teams()?))),
            Err(EventError::WrongCode) => Ok(None),
            Err(error) => Err(error.into()),
        }
    });
    let Some((juror, teams)) = found.await? else { return Ok(wrong_code("/jury", preferences)) };
    let own = juror.team.or(own);
    let title = Words::JuryTitle.to(lang);
    let path = format!("/jury/{}", code.plain());
    let shell = Shell { classes: ("door", "page slim"), ..Shell::outside(&title, preferences, &path) };
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::JurorNamed { name: &juror.name }.to(lang)) } }
        form.flow method="post" action=(path) {
            label.field {
                (Words::OwnTeam.to(lang))
                select name="team" {
                    @if own.is_none() { option value="" { (Words::NoTeam.to(lang)) } }
                    @for team in teams.iter().filter(|team| own.is_none_or(|own| own == team.number)) {
                        option value=(team.number) { (team.name) }
                    }
                }
                small { (Words::OwnTeamWhy.to(lang)) }
            }
            p.soft { (Words::JurorOnce.to(lang)) }
            button.btn.pri type="submit" { (icon(Icon::ArrowRight)) (Words::BeginJury.to(lang)) }
        }
    };
    Ok(shell.around(body).into_response())
}

/// Uses the code of a juror.
pub(super) async fn begin_juror(
    State(shared): Whole,
    preferences: Preferences,
    Path(text): Path<String>,
    request: axum::extract::Request,
) -> Result<Response, Failure> {
    let shell = Shell::outside("", preferences, "/jury");
    let (mut parts, body) = request.into_parts();
    let own = own_team(&shared, &mut parts).await;
    let (device, headers) = (device(&parts.headers), parts.headers.clone());
    let request = axum::extract::Request::from_parts(parts, body);
    let fields = <Fields as axum::extract::FromRequest<Shared>>::from_request(request, &shared)
        .await
        .map_err(Failure::from)?;
    let Some(code) = Code::typed(&text) else { return Ok(wrong_code("/jury", preferences)) };
    let said = match fields.get("team") {
        "" => None,
        number => Some(number.parse().map_err(|_| Failure::not_understood(&shell))?),
    };
    let lang = preferences.lang;
    let platform = Arc::clone(&shared.platform);
    let begun = tried(move || {
        let caller = caller(&platform, lang);
        // The session tells more than the form.
        Ok(platform.begin_juror(&caller, &code, own.or(said), &device))
    });
    match begun.await {
        Ok(Ok(Ok((_, token)))) => Ok(entered("/ballots", &headers, &token)),
        Ok(Ok(Err(PlatformError::Event(EventError::WrongCode)))) => Ok(wrong_code("/jury", preferences)),
        Ok(Ok(Err(error)) | Err(error)) => Err(Failure::of(&error, &shell)),
        Err(error) => Err(Failure::broken(&error, &shell)),
    }
}
