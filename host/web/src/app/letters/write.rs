//! A letter being written: the sheet beside its form, the PDF, and keeping it.

use super::form;
use super::pdf::{can_write, pdf};
use super::sheet::sheet;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Section, crumbs, icon, note};
use crate::app::visitor::Tester;
use crate::transfer::attachment;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::Holder;
use mesinfos_model::view::Lang;
use mesinfos_platform::letters::{Letter, LetterChange, LetterDraft, MOST_LETTERS};
use mesinfos_words::holders::download as how_to_download;
use mesinfos_words::letter::letter;
use mesinfos_words::page::{Data, Letters as Words};

/// The letter with what was typed.
pub(crate) async fn page(tester: Tester, fields: Fields) -> Result<Response, Failure> {
    let draft = form::draft(&fields, tester.lang(), tester.caller.today);
    Ok(shown(&tester, &draft, &html! {}))
}

/// The page of a draft, with a word about it.
pub(crate) fn shown(tester: &Tester, draft: &LetterDraft, told: &Markup) -> Response {
    let lang = tester.lang();
    let text = letter(draft);
    let title = title(draft, lang);
    let holder = draft.to.known();
    let body = html! {
        div.side.letter data-d=(holder.map_or(Domain::Papers, Domain::of_holder).id()) {
            div {
                header.head.no-print {
                    (crumbs(
                        &[
                            ("/data", &Data::Title.to(lang)),
                            ("/letters", &Words::Title.to(lang)),
                            ("/letters/new", &Words::Crumb.to(lang)),
                        ],
                        &Words::TheLetter.to(lang),
                        lang,
                    ))
                    h1 { bdi { (title) } }
                }
                (told)
                @if draft.reminder.is_none() { (without_a_letter(holder, lang)) }
                (sheet(&text, lang))
            }
            form.stick.flow.no-print method="post" action="/letters/new" {
                (form::fields(draft, can_write(&text), lang))
                @if draft.reminder.is_none() { (form::sending(draft, lang)) }
            }
        }
    };
    tester.page(&title, Section::Data, body)
}

fn title(draft: &LetterDraft, lang: Lang) -> String {
    let holder = draft.to.name.as_str();
    match (draft.reminder, holder) {
        (Some(_), holder) => Words::ReminderTitle { holder }.to(lang),
        (None, "") => Words::TitleForNobody.to(lang),
        (None, holder) => Words::TitleFor { holder }.to(lang),
    }
}

/// How to get the data without a letter.
fn without_a_letter(holder: Option<&Holder>, lang: Lang) -> Markup {
    let how = holder.and_then(|holder| Some((holder, how_to_download(holder, lang)?)));
    html! {
        @if let Some((holder, how)) = how {
            div.panel.flow-s.no-print {
                h2.h3s { (icon(Icon::Download)) " " (Words::DownloadTitle.to(lang)) }
                p { strong { (Words::DownloadSite { site: holder.site }.to(lang)) } }
                p { (how) }
                p.soft.small { (Words::DownloadMayDiffer.to(lang)) }
                p.row { a.btn.small href="/add" { (icon(Icon::FileUp)) (Words::AddFiles.to(lang)) } }
            }
        }
    }
}

/// The letter as PDF.
pub(crate) async fn download(tester: Tester, fields: Fields) -> Result<Response, Failure> {
    let lang = tester.lang();
    let draft = form::draft(&fields, lang, tester.caller.today);
    let text = letter(&draft);
    match tester.run(move |_, _| Ok(pdf(&text))).await? {
        Ok(bytes) => {
            let word = Words::PdfName.to(draft.lang);
            let name = match &draft.to.holder {
                Some(holder) => format!("{word}-{holder}.pdf"),
                None => format!("{word}.pdf"),
            };
            let headers = [
                (header::CONTENT_TYPE, "application/pdf".to_owned()),
                (header::CONTENT_DISPOSITION, attachment(&name)),
            ];
            Ok((headers, bytes).into_response())
        }
        Err(_) => {
            let page = shown(&tester, &draft, &html! {});
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// Keeps the letter, sent or not.
pub(crate) async fn keep(tester: Tester, fields: Fields) -> Result<Response, Failure> {
    let (lang, today) = (tester.lang(), tester.caller.today);
    let draft = form::draft(&fields, lang, today);
    let letter = Letter::of(&draft, fields.has("keep"));
    let letter = match fields.get("as") {
        "later" => Some(letter),
        "sent" => {
            fields.get("on").parse().ok().and_then(|day| letter.changed(LetterChange::Sent(day), today))
        }
        _ => return Err(Failure::not_understood(&tester.shell("", Section::Data))),
    };
    let Some(letter) = letter else {
        return Ok(refused(&tester, &draft, &Words::BadDay.to(lang)));
    };
    match tester.run(move |platform, caller| platform.keep_letter(caller, &letter)).await? {
        Some(id) => Ok(Redirect::to(&format!("/letters/{id}")).into_response()),
        None => {
            let words = Words::TooMany { letters: MOST_LETTERS as u64 }.to(lang);
            Ok(refused(&tester, &draft, &words))
        }
    }
}

fn refused(tester: &Tester, draft: &LetterDraft, words: &str) -> Response {
    let page = shown(tester, draft, &note("", words, true));
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
