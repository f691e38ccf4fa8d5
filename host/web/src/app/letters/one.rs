//! One letter that a person keeps: where it stands, and what can be done.

use super::form;
use super::list::{name, state};
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Question, Section, confirm, crumbs, icon, is_sure, note, section};
use crate::app::visitor::Tester;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::Day;
use mesinfos_model::view::Lang;
use mesinfos_platform::letters::{Letter, LetterChange, LetterDraft, LetterId, LetterState};
use mesinfos_words::letter::asks;
use mesinfos_words::page::{Data, Letters as Words};

/// The page.
pub(crate) async fn page(tester: Tester, Path(id): Path<String>) -> Result<Response, Failure> {
    let (id, letter) = found(&tester, &id).await?;
    Ok(shown(&tester, id, &letter, &html! {}))
}

/// The letter with the id of a path. One that is somebody else's is not there.
async fn found(tester: &Tester, id: &str) -> Result<(LetterId, Letter), Failure> {
    let nothing = || Failure::not_found(&tester.shell("", Section::Data));
    let id: LetterId = id.parse().map_err(|()| nothing())?;
    let letter = tester.run(move |platform, caller| platform.letter(caller, id)).await?;
    Ok((id, letter.ok_or_else(nothing)?))
}

fn shown(tester: &Tester, id: LetterId, letter: &Letter, told: &Markup) -> Response {
    let (lang, today) = (tester.lang(), tester.caller.today);
    let title = name(letter, lang);
    let is_over = matches!(letter.state(today), LetterState::Overdue(_));
    let body = html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang)), ("/letters", &Words::Title.to(lang))], &title, lang))
            h1 { bdi { (title) } }
            p.lead { (Words::Sort { asks: &asks(letter.right, lang) }.to(lang)) }
            div.row { (state(letter, today, lang)) }
        }
        (told)
        (section("next", &Words::Next.to(lang), next(id, letter, today, lang)))
        @if is_over { (section("complaint", &Words::Complaint.to(lang), complaint(lang))) }
        (section("history", &Words::History.to(lang), history(letter, today, lang)))
        (section("kept", &Words::Kept.to(lang), kept(id, letter, lang)))
    };
    tester.page(&title, Section::Data, body)
}

/// What can be done now.
fn next(id: LetterId, letter: &Letter, today: Day, lang: Lang) -> Markup {
    let act = |value: &str, of: Icon, words: Words<'_>, class: &str| {
        html! {
            form method="post" action=(format!("/letters/{id}")) {
                button class=(format!("btn {class}").trim_end()) type="submit" name="do" value=(value) {
                    (icon(of)) (words.to(lang))
                }
            }
        }
    };
    let again = |draft: LetterDraft, words: Words<'_>, class: &str| {
        html! {
            form method="post" action="/letters/new" {
                (form::hidden(&draft))
                button class=(format!("btn {class}").trim_end()) type="submit" { (icon(Icon::FileText)) (words.to(lang)) }
            }
        }
    };
    let draft = |reminds: bool| LetterDraft {
        to: letter.to.clone(),
        from: letter.from.clone().unwrap_or_default(),
        right: letter.right,
        lang: letter.lang,
        day: today,
        reminder: letter.reminder().filter(|_| reminds),
    };
    let extended = html! {
        @if !letter.extended {
            (act("extended", Icon::CalendarClock, Words::Extended, ""))
        }
    };
    match letter.state(today) {
        LetterState::Written => html! {
            p { (Words::NextWritten.to(lang)) }
            form.flow-s.find method="post" action=(format!("/letters/{id}")) {
                (form::day(today, lang))
                button.btn.pri type="submit" name="do" value="sent" { (icon(Icon::Check)) (Words::SentButton.to(lang)) }
            }
            div.row {
                (again(draft(false), Words::WriteAgain, ""))
                (act("closed", Icon::X, Words::Close, "quiet"))
            }
        },
        LetterState::Waiting(due) => html! {
            p { (Words::NextWaiting { due: &mesinfos_words::day(due, lang) }.to(lang)) }
            (arrival(id, letter, today, lang))
            div.row {
                (act("answered", Icon::Check, Words::Answered, "pri"))
                (extended)
                (again(draft(false), Words::WriteAgain, ""))
                (act("closed", Icon::X, Words::Close, "quiet"))
            }
            @if !letter.extended { p.soft.small { (Words::ExtendedWhy.to(lang)) } }
        },
        LetterState::Overdue(_) => html! {
            p { (Words::NextOverdue.to(lang)) }
            (arrival(id, letter, today, lang))
            div.row {
                (again(draft(true), Words::Remind, "pri"))
                (act("answered", Icon::Check, Words::Answered, ""))
                (extended)
                (act("closed", Icon::X, Words::Close, "quiet"))
            }
            @if !letter.extended { p.soft.small { (Words::ExtendedWhy.to(lang)) } }
        },
        LetterState::Answered(_) => html! {
            p { (Words::NextAnswered.to(lang)) }
            div.row { a.btn.pri href="/add" { (icon(Icon::FileUp)) (Words::AddFiles.to(lang)) } }
        },
        LetterState::Closed(_) => html! {
            p { (Words::NextClosed.to(lang)) }
            div.row { a.btn href="/letters/new" { (icon(Icon::Mail)) (Words::Write.to(lang)) } }
        },
    }
}

/// Asks on which day the letter arrived, if that is not known.
fn arrival(id: LetterId, letter: &Letter, today: Day, lang: Lang) -> Markup {
    let Some(sent) = letter.sent.filter(|_| letter.received.is_none()) else { return html! {} };
    html! {
        p.soft { (Words::ArrivalWhy.to(lang)) }
        form.flow-s.find method="post" action=(format!("/letters/{id}")) {
            label.field {
                (Words::ArrivedOn.to(lang))
                input type="date" name="on" min=(sent) max=(today) required;
            }
            button.btn type="submit" name="do" value="received" { (icon(Icon::Check)) (Words::ArrivedButton.to(lang)) }
        }
    }
}

fn complaint(lang: Lang) -> Markup {
    html! {
        p { (Words::ComplaintWhy.to(lang)) }
        ul.limits {
            li { (Words::ComplaintHow.to(lang)) }
            li { (Words::ComplaintPost.to(lang)) }
            li { (Words::ComplaintProof.to(lang)) }
        }
    }
}

fn history(letter: &Letter, today: Day, lang: Lang) -> Markup {
    let day = |day: Day| mesinfos_words::day(day, lang);
    let due = letter.reminder().map(|sent| day(sent.due()));
    html! {
        ol.thread {
            li { (Words::WrittenOn { on: &day(letter.written) }.to(lang)) }
            @if let Some(sent) = letter.sent { li { (Words::SentOnDay { on: &day(sent) }.to(lang)) } }
            @if let Some(on) = letter.received { li { (Words::ReceivedOnDay { on: &day(on) }.to(lang)) } }
            @if let Some(due) = due {
                @if letter.extended { li { (Words::ExtendedTo { due: &due }.to(lang)) } }
                @else { li { (Words::DueOn { due: &due }.to(lang)) } }
            }
            @match letter.state(today) {
                LetterState::Answered(on) => li { (Words::StateAnswered { on: &day(on) }.to(lang)) },
                LetterState::Closed(on) => li { (Words::StateClosed { on: &day(on) }.to(lang)) },
                _ => {}
            }
        }
    }
}

/// What is kept, and how to erase it.
fn kept(id: LetterId, letter: &Letter, lang: Lang) -> Markup {
    let has_sender = letter.from.is_some();
    html! {
        p { (if has_sender { Words::KeptMine } else { Words::KeptNothing }.to(lang)) }
        div.row {
            @if has_sender {
                form method="post" action=(format!("/letters/{id}")) {
                    button.btn type="submit" name="do" value="forgotten" { (icon(Icon::Eraser)) (Words::Forget.to(lang)) }
                }
            }
            form method="post" action=(format!("/letters/{id}/erase")) {
                button.btn.danger type="submit" { (icon(Icon::Eraser)) (Words::Erase.to(lang)) }
            }
        }
        p.soft.small { (Words::EraseWhy.to(lang)) }
    }
}

/// Changes the letter. A change that does not fit any more, as after a second click, changes nothing.
pub(crate) async fn change(
    tester: Tester,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let (id, letter) = found(&tester, &id).await?;
    let lang = tester.lang();
    let change = match fields.get("do") {
        "sent" => fields.get("on").parse().ok().map(LetterChange::Sent),
        "received" => fields.get("on").parse().ok().map(LetterChange::Received),
        "extended" => Some(LetterChange::Extended),
        "answered" => Some(LetterChange::Answered),
        "closed" => Some(LetterChange::Closed),
        "forgotten" => Some(LetterChange::Forgotten),
        _ => return Err(Failure::not_understood(&tester.shell("", Section::Data))),
    };
    let fits = match change {
        Some(change) => {
            tester.run(move |platform, caller| platform.change_letter(caller, id, change)).await?
        }
        None => false,
    };
    // Only a day can be wrong.
    let is_open = match fields.get("do") {
        "sent" => letter.sent.is_none(),
        "received" => letter.received.is_none(),
        _ => false,
    };
    if !fits && is_open {
        let page = shown(&tester, id, &letter, &note("", &Words::BadDay.to(lang), true));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    Ok(Redirect::to(&format!("/letters/{id}")).into_response())
}

/// Erases the letter.
pub(crate) async fn erase(
    tester: Tester,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let (id, letter) = found(&tester, &id).await?;
    if !is_sure(&fields) {
        let lang = tester.lang();
        let title = Words::EraseAsk { holder: &name(&letter, lang) }.to(lang);
        let here = format!("/letters/{id}");
        let question = Question {
            title: &title,
            words: &Words::EraseWhy.to(lang),
            facts: &[],
            button: &Words::Erase.to(lang),
            action: &format!("{here}/erase"),
            back: &here,
            fields: &[],
        };
        return Ok(tester.page(&title, Section::Data, confirm(&question, lang)));
    }
    tester.run(move |platform, caller| platform.erase_letter(caller, id)).await?;
    Ok(Redirect::to("/letters").into_response())
}
