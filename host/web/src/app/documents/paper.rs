//! One paper: what is known of it, its text, and what can be done with it.

use super::list::{about, named, state};
use super::{id, path, turn};
use crate::Shared;
use crate::app::data::send_document;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{
    Icon, Question, Section, Shell, confirm, crumbs, empty, icon, is_sure, note, section,
};
use crate::app::visitor::Tester;
use crate::errors::ApiError;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::RowId;
use mesinfos_model::view::Lang;
use mesinfos_platform::intake::IntakeError;
use mesinfos_platform::{PaperDetail, PapersRead, PlatformError, Readable, TextSource};
use mesinfos_words::page::{Data, Documents as Words};

/// The page.
pub(crate) async fn page(
    State(shared): State<Shared>,
    tester: Tester,
    Path(document): Path<String>,
) -> Result<Response, Failure> {
    shown(&shared, &tester, &document, None).await
}

async fn shown(
    shared: &Shared,
    tester: &Tester,
    document: &str,
    failed: Option<(StatusCode, String)>,
) -> Result<Response, Failure> {
    let (lang, id) = (tester.lang(), id(tester, document)?);
    let turn = turn(shared, tester).await?;
    let detail = tester
        .run(move |platform, caller| {
            let _turn = turn;
            platform.paper(caller, id)
        })
        .await?;
    let title = named(&detail.paper.document.name, lang);
    let (status, words) = failed.map_or((StatusCode::OK, None), |(status, words)| (status, Some(words)));
    let page = tester.page(&title, Section::Data, body(&title, &detail, words.as_deref(), lang));
    Ok((status, page).into_response())
}

fn body(title: &str, detail: &PaperDetail, failed: Option<&str>, lang: Lang) -> Markup {
    let (paper, domain) = (&detail.paper, Domain::Papers);
    let at = path(paper.document.id);
    html! {
        header.head data-d=(domain.id()) {
            (crumbs(
                &[("/data", &Data::Title.to(lang)), ("/documents", &Words::Title.to(lang))],
                title,
                lang,
            ))
            div.row { span.dic.big { (icon(Icon::FileText)) } h1 { bdi { (title) } } }
            p.lead { (about(paper, lang)) }
            div.row {
                a.btn.pri href=(format!("{at}/file")) { (icon(Icon::Download)) (Words::Download.to(lang)) }
                a.btn.quiet href=(format!("/data/papers/documents/{}", paper.document.id)) {
                    (icon(Icon::Info)) (Words::WhoRead.to(lang))
                }
                (state(paper, lang))
            }
        }
        @if let Some(words) = failed { (note("", words, true)) }
        @if detail.is_receipt && detail.receipt.is_none() {
            div.panel.split.sec {
                div.flow-s { h2.h3s { (Words::IsReceipt.to(lang)) } p { (Words::IsReceiptWhy.to(lang)) } }
                a.btn.pri href=(format!("{at}/receipt")) { (icon(Icon::Receipt)) (Words::ConfirmReceipt.to(lang)) }
            }
        }
        (section("text", &Words::TheText.to(lang), text(detail, lang)))
        @if detail.words.as_deref().is_some_and(|words| !words.is_empty()) {
            (section("receipt", &Words::TillReceipt.to(lang), receipt(detail, lang)))
        }
        (section("remove", &Words::Remove.to(lang), removal(detail, lang)))
    }
}

/// The text, or the way to it.
fn text(detail: &PaperDetail, lang: Lang) -> Markup {
    let paper = &detail.paper;
    let read = |words: Words<'static>, class: &str| {
        html! {
            form method="post" action=(format!("{}/read", path(paper.document.id))) {
                button class=(format!("btn {class}")) type="submit" { (icon(Icon::BookOpen)) (words.to(lang)) }
            }
        }
    };
    match (&detail.words, paper.readable) {
        (Some(words), _) if words.is_empty() => html! {
            p { (Words::NoTextWhy.to(lang)) }
            (read(Words::ReadAgain, "small"))
        },
        (Some(words), _) => html! {
            @if let Some(kept) = paper.text {
                p.soft {
                    (Words::ReadAt { at: &mesinfos_words::instant(kept.at, lang) }.to(lang))
                    @if kept.source == TextSource::Recognised { " " (Words::MayBeWrong.to(lang)) }
                    @if kept.is_cut { " " (Words::IsCut.to(lang)) }
                }
            }
            pre.words tabindex="0" role="group" aria-label=(Words::TheText.to(lang)) { (words) }
            (read(Words::ReadAgain, "small quiet"))
        },
        (None, Readable::No) => html! { p { (Words::CannotBeRead.to(lang)) } },
        (None, Readable::Picture) => {
            html! {
                p { (Words::PictureWhy.to(lang)) }
                div.row { (read(Words::Recognise, "")) (read_receipt(paper.document.id, "", lang)) }
            }
        }
        (None, Readable::Characters) => html! { p { (Words::ReadWhy.to(lang)) } (read(Words::ReadText, "")) },
    }
}

/// The button that recognises the text of a picture of a till receipt, and leads to its lines.
pub(crate) fn read_receipt(paper: RowId, class: &str, lang: Lang) -> Markup {
    html! {
        form method="post" action=(format!("{}/read", path(paper))) {
            button class=(format!("btn {class}")) type="submit" name="then" value="receipt" {
                (icon(Icon::Receipt)) (Words::ReadReceipt.to(lang))
            }
        }
    }
}

/// The way to a receipt.
fn receipt(detail: &PaperDetail, lang: Lang) -> Markup {
    match detail.receipt {
        Some(import) => html! {
            p { (Words::ReceiptKept.to(lang)) }
            a.btn.small href=(format!("/imports/{import}")) { (Data::SeeImport.to(lang)) }
        },
        None => html! {
            p { (Words::ReceiptWhy.to(lang)) }
            a.btn href=(format!("{}/receipt", path(detail.paper.document.id))) {
                (icon(Icon::Receipt)) (Words::MakeReceipt.to(lang))
            }
        },
    }
}

/// The way to remove the paper: its import is undone, if it brought nothing else.
fn removal(detail: &PaperDetail, lang: Lang) -> Markup {
    let id = detail.paper.document.id;
    if detail.together > 1 {
        return html! {
            p { (Words::RemoveTogether { rows: detail.together }.to(lang)) }
            a.btn.small href=(format!("/imports/{}", id.import)) { (Data::SeeImport.to(lang)) }
        };
    }
    html! {
        p { (Words::RemoveWhy.to(lang)) }
        form method="post" action=(format!("{}/remove", path(id))) {
            button.btn.danger type="submit" { (icon(Icon::Eraser)) (Words::Remove.to(lang)) }
        }
    }
}

/// The file of a paper.
pub(crate) async fn file(
    State(shared): State<Shared>,
    tester: Tester,
    Path(document): Path<String>,
) -> Result<Response, Failure> {
    let id = id(&tester, &document)?;
    send_document(&shared, &tester, id).await
}

/// Reads the text of a paper.
pub(crate) async fn read(
    State(shared): State<Shared>,
    tester: Tester,
    Path(document): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let (lang, id) = (tester.lang(), id(&tester, &document)?);
    let turn = turn(&shared, &tester).await?;
    let next = if fields.get("then") == "receipt" { "/receipt" } else { "#text" };
    let failed = tester
        .run(move |platform, caller| {
            let _turn = turn;
            match platform.read_paper(caller, id) {
                Ok(_) => Ok(None),
                Err(error @ (PlatformError::Intake(_) | PlatformError::NotRecognised(_))) => {
                    Ok(Some((ApiError::from(&error).status(), why(&error, lang))))
                }
                Err(error) => Err(error),
            }
        })
        .await?;
    match failed {
        Some(_) => shown(&shared, &tester, &document, failed).await,
        None => Ok(Redirect::to(&format!("{}{next}", path(id))).into_response()),
    }
}

/// Why a text could not be read. The file is already kept, so the sentences of an import do not fit.
fn why(error: &PlatformError, lang: Lang) -> String {
    match error {
        PlatformError::Intake(IntakeError::Malformed { reason, .. }) => {
            Words::NotReadWhy { why: &mesinfos_words::intake::reason(reason, lang) }.to(lang)
        }
        PlatformError::Intake(_) => Words::NotReadTooMuch.to(lang),
        other => mesinfos_words::error(other, lang),
    }
}

/// Reads the texts that were not read.
pub(crate) async fn read_all(
    State(shared): State<Shared>,
    tester: Tester,
    fields: Fields,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let after = fields.get("after").parse().ok();
    let turn = turn(&shared, &tester).await?;
    let done = tester
        .run(move |platform, caller| {
            let _turn = turn;
            platform.read_papers(caller, after)
        })
        .await?;
    let title = Words::Title.to(lang);
    let shell = Shell { classes: ("", "page slim"), ..tester.shell(&title, Section::Data) };
    Ok(shell.around(all_read(&title, done, lang)).into_response())
}

fn all_read(title: &str, done: PapersRead, lang: Lang) -> Markup {
    html! {
        header.head {
            (crumbs(
                &[("/data", &Data::Title.to(lang)), ("/documents", title)],
                &Words::ReadAll.to(lang),
                lang,
            ))
            h1 { (Words::ReadAll.to(lang)) }
            p.lead role="status" tabindex="-1" autofocus { (Words::PapersRead { papers: done.read as u64 }.to(lang)) }
        }
        @if done.failed > 0 { (note("", &Words::PapersFailed { papers: done.failed as u64 }.to(lang), false)) }
        @if done.left > 0 {
            (empty(&Words::Left { papers: done.left as u64 }.to(lang), &Words::LeftWhy.to(lang), html! {
                form method="post" action="/documents/read" {
                    @if let Some(last) = done.last { input type="hidden" name="after" value=(last); }
                    button.btn type="submit" { (icon(Icon::BookOpen)) (Words::ReadOn.to(lang)) }
                }
            }))
        }
        p.row { a.btn href="/documents" { (Words::SeeAll.to(lang)) } }
    }
}

/// What became of a paper that was to be removed.
enum Removal {
    Done,
    /// It came with other rows.
    Together,
    /// It stays as one of this import.
    Held(u64),
}

/// Removes a paper, by undoing the import that brought it alone.
pub(crate) async fn remove(
    tester: Tester,
    Path(document): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let id = id(&tester, &document)?;
    if !is_sure(&fields) {
        let lang = tester.lang();
        let detail = tester.run(move |platform, caller| platform.paper(caller, id)).await?;
        let title =
            Words::RemoveAsk { file: &super::list::named(&detail.paper.document.name, lang) }.to(lang);
        let question = Question {
            title: &title,
            words: &Words::RemoveWhy.to(lang),
            facts: &[],
            button: &Words::Remove.to(lang),
            action: &format!("{}/remove", path(id)),
            back: &path(id),
            fields: &[],
        };
        return Ok(tester.page(&title, Section::Data, confirm(&question, lang)));
    }
    let removal = tester
        .run(move |platform, caller| {
            if platform.paper(caller, id)?.together > 1 {
                return Ok(Removal::Together);
            }
            let report = platform.undo_import(caller, id.import)?;
            // Another file that the person added has the same paper.
            let other = report.stayed.first().map(|(import, ..)| *import);
            Ok(other.map_or(Removal::Done, Removal::Held))
        })
        .await?;
    let to = match removal {
        Removal::Done => "/documents".to_owned(),
        Removal::Held(import) => format!("/imports/{import}"),
        Removal::Together => format!("{}#remove", path(id)),
    };
    Ok(Redirect::to(&to).into_response())
}

#[cfg(test)]
mod tests {
    use super::super::list::tests::paper;
    use super::*;
    use mesinfos_platform::PaperText;

    fn detail(words: Option<&str>, together: u64) -> PaperDetail {
        let bytes = words.map(|words| words.len() as u64);
        let kept =
            bytes.map(|bytes| PaperText { source: TextSource::Recognised, is_cut: true, bytes, at: 0 });
        let words = words.map(str::to_owned);
        PaperDetail { paper: paper(kept), words, together, receipt: None, is_receipt: false }
    }

    #[test]
    fn the_words_of_a_paper_are_text() {
        let page = body("<t>", &detail(Some("<b>x</b>\n\"'>"), 1), Some("<i>"), Lang::Fr).into_string();
        for not in ["<b>", "<t>", "<i>", "<script"] {
            assert!(!page.contains(not), "{not}");
        }
        assert!(
            page.contains("action=\"/documents/3.0.1/remove\"") && page.contains("/documents/3.0.1/receipt")
        );
    }

    #[test]
    fn a_paper_without_words_offers_to_read_them() {
        let page = body("t", &detail(None, 3), None, Lang::En).into_string();
        assert!(page.contains("action=\"/documents/3.0.1/read\"") && !page.contains("/receipt\""));
        assert!(page.contains("href=\"/imports/3\"") && !page.contains("/remove\""), "it came with others");
        let kept = PaperDetail { receipt: Some(7), ..detail(Some("x"), 1) };
        assert!(body("t", &kept, None, Lang::En).into_string().contains("href=\"/imports/7\""));
    }

    /// A photograph of a till receipt is announced as one to confirm, until it is.
    #[test]
    fn a_till_receipt_is_announced_as_one() {
        let announced = |detail: &PaperDetail| {
            body("t", detail, None, Lang::Fr).into_string().contains("On dirait un ticket de caisse")
        };
        let of = |is_receipt, receipt| PaperDetail { is_receipt, receipt, ..detail(Some("x"), 1) };
        assert!(announced(&of(true, None)) && !announced(&of(false, None)) && !announced(&of(true, Some(7))));
        let mut picture = detail(None, 1);
        picture.paper.readable = Readable::Picture;
        let page = body("t", &picture, None, Lang::Fr).into_string();
        assert!(page.contains("name=\"then\" value=\"receipt\""), "{page}");
    }

    #[test]
    fn what_was_not_read_is_told() {
        let done = PapersRead { read: 2, failed: 1, left: 30, last: "3.0.7".parse().ok() };
        let page = all_read("t", done, Lang::En).into_string();
        assert!(page.contains("2 ") && page.contains("30") && page.contains("action=\"/documents/read\""));
        assert!(page.contains("name=\"after\" value=\"3.0.7\""), "it goes on after the last");
    }
}
