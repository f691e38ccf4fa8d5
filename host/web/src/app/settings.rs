//! Settings: pause, display, sign-in, taking everything away, leaving.

use crate::app::account::sign_in_section;
use crate::app::apps::{named, reading};
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Section, icon, paused_title, section};
use crate::app::passkeys;
use crate::app::preferences::{Preferences, Reading, TextSize, Theme};
use crate::app::relying_party::has_passkeys;
use crate::app::visitor::{Tester, local};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_words::page::{Settings as Words, Withheld};

/// Keeps language, theme, text size and easy reading, and goes back to the page of the form.
pub(crate) async fn preferences(before: Preferences, fields: Fields) -> Response {
    let kept = Preferences {
        lang: Lang::from_tag(fields.get("lang")).unwrap_or(before.lang),
        theme: Theme::from_id(fields.get("theme")).unwrap_or(before.theme),
        text: TextSize::from_id(fields.get("text")).unwrap_or(before.text),
        reading: Reading::from_id(fields.get("reading")).unwrap_or(before.reading),
    };
    let back = local(fields.get("back")).unwrap_or("/");
    // The address would name the old language again.
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let query: Vec<&str> =
        query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
    let back = if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) };
    let mut response = Redirect::to(&back).into_response();
    for cookie in kept.cookies() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// The settings of a tester.
pub(crate) async fn page(tester: Tester, headers: HeaderMap) -> Result<Response, Failure> {
    let lang = tester.lang();
    let now = tester.caller.at;
    let account = tester.visitor.account.id;
    let (grants, (since, apps), sessions, keys, rows) = tester
        .run(move |platform, caller| {
            let identity = platform.identity();
            let (sessions, passkeys) = (identity.sessions(account, now)?, identity.passkeys(account)?);
            let rows: u64 = platform.summary(caller)?.iter().map(|category| category.rows).sum();
            let pause = (platform.paused_since(caller)?, named(platform, lang)?);
            Ok((platform.grants_of(caller)?, pause, sessions, passkeys, rows))
        })
        .await?;
    let running = reading(&grants, &apps);
    let paused = grants.iter().filter(|grant| grant.state == "paused").count();
    let title = Words::Title.to(lang);
    let is_sample = tester.visitor.account.sample.is_some();
    let body = html! {
        header.head { h1 { (title) } }
        div.set {
            nav aria-label=(Words::InThisPage.to(lang)) {
                a href="#pause" { (Words::Pause.to(lang)) }
                a href="#display" { (Words::Display.to(lang)) }
                @if !is_sample { a href="#sign-in" { (Words::SignIn.to(lang)) } }
                a href="#take-away" { (Words::TakeAway.to(lang)) }
                a href="#leave" { (Words::Leave.to(lang)) }
            }
            div {
                (pause_panel(&running, paused, since, lang))
                p.sec { a href="/data/withheld" { (Withheld::Title.to(lang)) } }
                (section("display", &Words::Display.to(lang), display(tester.visitor.preferences)))
                @if !is_sample { (section("sign-in", &Words::SignIn.to(lang), html! {
                    (sign_in_section(&tester.visitor, &sessions))
                    (passkeys::list(&tester.visitor, &keys, has_passkeys(&headers)))
                })) }
                (section("take-away", &Words::TakeAway.to(lang), take_away(rows, lang)))
                (section("leave", &Words::Leave.to(lang), leave(is_sample, lang)))
            }
        }
    };
    Ok(tester.page(&title, Section::Settings, body))
}

/// `since` is the start of the pause of everything. Without one, grants may be paused one by one. `but` are the apps that
/// may read.
fn pause_panel(but: &[&str], paused: usize, since: Option<i64>, lang: Lang) -> Markup {
    let act = |words: Words, verb: &str, mark: Icon| {
        html! {
            button.btn type="submit" name="do" value=(verb) { (icon(mark)) (words.to(lang)) }
        }
    };
    let running = but.len();
    let title = match since {
        Some(since) => paused_title(since, but, lang),
        None => Words::PauseTitle.to(lang),
    };
    html! {
        form.panel.split #pause aria-label=(Words::Pause.to(lang)) method="post" action="/settings/pause" {
            div.flow-s {
                h2.h3s { (title) }
                p {
                    (match since {
                        Some(_) if but.is_empty() => Words::PausedWhy,
                        Some(_) => Words::PausedButWhy,
                        None => Words::PauseLead,
                    }.to(lang))
                }
                p.soft role="status" {
                    @if running > 0 || paused == 0 { (Words::Running { grants: running as u64 }.to(lang)) }
                    @if running > 0 && paused > 0 { " · " }
                    @if paused > 0 { (Words::Paused { grants: paused as u64 }.to(lang)) }
                }
            }
            // During a pause, a grant may have been given all the same: both are offered.
            div.flow-s {
                @if since.is_none() || running > 0 { (act(Words::PauseAll, "pause", Icon::Pause)) }
                @if since.is_some() { (act(Words::ResumeAll, "resume", Icon::Play)) }
            }
        }
    }
}

/// Pauses everything, or ends that pause.
pub(crate) async fn pause(tester: Tester, fields: Fields) -> Result<Response, Failure> {
    let resume = match fields.get("do") {
        "pause" => false,
        "resume" => true,
        _ => return Err(Failure::not_understood(&tester.shell("", Section::Settings))),
    };
    tester
        .run(
            move |platform, caller| {
                if resume { platform.resume_all(caller) } else { platform.pause_all(caller) }
            },
        )
        .await?;
    let back = local(fields.get("back")).unwrap_or("/settings#pause").to_owned();
    Ok(Redirect::to(&back).into_response())
}

fn choice(name: &str, legend: &str, options: &[(&str, String)], chosen: &str) -> Markup {
    html! {
        fieldset {
            legend { (legend) }
            div.seg {
                @for (id, label) in options {
                    label lang=[(name == "lang").then_some(*id)] {
                        input type="radio" name=(name) value=(id) checked[*id == chosen];
                        (label)
                    }
                }
            }
        }
    }
}

fn display(preferences: Preferences) -> Markup {
    let Preferences { lang, theme, text, reading } = preferences;
    let languages = [("fr", "Français".to_owned()), ("en", "English".to_owned())];
    let themes = Theme::ALL.map(|theme| {
        let words = match theme {
            Theme::Device => Words::ThemeDevice,
            Theme::Light => Words::ThemeLight,
            Theme::Dark => Words::ThemeDark,
        };
        (theme.id(), words.to(lang))
    });
    let sizes = TextSize::ALL.map(|size| {
        let words = match size {
            TextSize::Normal => Words::TextNormal,
            TextSize::Large => Words::TextLarge,
            TextSize::Larger => Words::TextLarger,
        };
        (size.id(), words.to(lang))
    });
    let readings = Reading::ALL.map(|reading| {
        let words = match reading {
            Reading::Usual => Words::ReadingUsual,
            Reading::Easy => Words::ReadingEasy,
        };
        (reading.id(), words.to(lang))
    });
    html! {
        form.flow-l method="post" action="/preferences" {
            input type="hidden" name="back" value="/settings#display";
            (choice("lang", &Words::Language.to(lang), &languages, lang.code()))
            (choice("theme", &Words::Theme.to(lang), &themes, theme.id()))
            (choice("text", &Words::TextSize.to(lang), &sizes, text.id()))
            div.flow-s {
                (choice("reading", &Words::Reading.to(lang), &readings, reading.id()))
                p.soft.small { (Words::ReadingWhy.to(lang)) }
            }
            button.btn.small type="submit" { (Words::Save.to(lang)) }
        }
    }
}

fn take_away(rows: u64, lang: Lang) -> Markup {
    html! {
        p { (Words::TakeAwayLead { rows }.to(lang)) }
        p.row {
            a.btn href="/settings/export" { (icon(Icon::Download)) (Words::TakeAwayAct.to(lang)) }
        }
    }
}

fn leave(is_sample: bool, lang: Lang) -> Markup {
    if is_sample {
        return html! {
            p { (Words::LeaveSample.to(lang)) }
            form method="post" action="/sample/end" {
                button.btn type="submit" { (icon(Icon::DoorOpen)) (Words::EndSample.to(lang)) }
            }
        };
    }
    html! {
        p { (Words::LeaveLead.to(lang)) }
        p.row {
            a.btn.danger href="/settings/leave" { (icon(Icon::DoorOpen)) (Words::LeaveAct.to(lang)) }
            span.soft { (Words::LeaveAsked.to(lang)) }
        }
    }
}
