//! The letters that a person keeps.

use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Section, badge, crumbs, empty, icon, note, section, tinted};
use crate::app::visitor::Tester;
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::Day;
use mesinfos_model::view::Lang;
use mesinfos_platform::letters::{Letter, LetterId, LetterState};
use mesinfos_words::letter::asks;
use mesinfos_words::page::{Data, Letters as Words};

/// The page.
pub(crate) async fn page(tester: Tester) -> Result<Response, Failure> {
    let (lang, today) = (tester.lang(), tester.caller.today);
    let letters = tester.run(|platform, caller| platform.letters(caller)).await?;
    let late = overdue(&letters, today);
    let title = Words::Title.to(lang);
    let body = html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang))], &title, lang))
            h1 { (title) }
            p.lead { (Words::Lead.to(lang)) }
            div.row { a.btn.pri href="/letters/new" { (icon(Icon::Mail)) (Words::Write.to(lang)) } }
        }
        @if late > 0 {
            (note(&Words::Overdue { letters: late as u64 }.to(lang), &Words::OverdueWhy.to(lang), false))
        }
        @if letters.is_empty() {
            (empty(&Words::None.to(lang), &Words::NoneWhy.to(lang), html! {
                a.btn href="/letters/new" { (Words::Write.to(lang)) }
            }))
        } @else {
            (section("letters", &Words::All.to(lang), html! {
                ul.list.wrap { @for (id, letter) in &letters { (line(*id, letter, today, lang)) } }
            }))
        }
    };
    Ok(tester.page(&title, Section::Data, body))
}

/// How many letters were not answered in time.
pub(crate) fn overdue(letters: &[(LetterId, Letter)], today: Day) -> usize {
    letters.iter().filter(|(_, letter)| matches!(letter.state(today), LetterState::Overdue(_))).count()
}

fn line(id: LetterId, letter: &Letter, today: Day, lang: Lang) -> Markup {
    let domain = letter.to.known().map_or(Domain::Papers, Domain::of_holder);
    html! {
        li data-d=(domain.id()) {
            (tinted(Icon::Mail))
            span {
                a href=(format!("/letters/{id}")) { strong { bdi { (name(letter, lang)) } } } br;
                span.soft.small { (Words::Sort { asks: &asks(letter.right, lang) }.to(lang)) }
            }
            span.end { (state(letter, today, lang)) }
        }
    }
}

/// The name of the holder, as it was typed.
pub(crate) fn name(letter: &Letter, lang: Lang) -> String {
    let name = letter.to.name.as_str();
    if name.is_empty() { Words::TitleForNobody.to(lang) } else { name.to_owned() }
}

/// Where a letter stands.
pub(crate) fn state(letter: &Letter, today: Day, lang: Lang) -> Markup {
    let day = |day: Day| mesinfos_words::day(day, lang);
    let (of, words, class) = match letter.state(today) {
        LetterState::Written => (Icon::Pencil, Words::StateWritten.to(lang), "plain"),
        LetterState::Waiting(due) => {
            (Icon::Hourglass, Words::StateWaiting { due: &day(due) }.to(lang), "plain")
        }
        LetterState::Overdue(due) => {
            (Icon::TriangleAlert, Words::StateOverdue { due: &day(due) }.to(lang), "warn")
        }
        LetterState::Answered(on) => (Icon::Check, Words::StateAnswered { on: &day(on) }.to(lang), ""),
        LetterState::Closed(on) => (Icon::X, Words::StateClosed { on: &day(on) }.to(lang), "plain"),
    };
    badge(of, &words, class)
}
