//! The picture of a paper, beside the form of its receipt. Only pictures that every browser draws, told by their first bytes:
//! a file that only claims to be one stays a download.

use super::{id, path};
use crate::Shared;
use crate::app::data::{not_found, owner};
use crate::app::failure::Failure;
use crate::app::parts::Section;
use crate::app::visitor::Tester;
use crate::transfer;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::intake::LARGEST_READABLE;
use mesinfos_platform::{PaperDetail, Readable};
use mesinfos_words::page::{Documents, Receipts as Words};

/// Media type of a picture that begins like this; `None` if it is none that is shown.
fn media_type(start: &[u8]) -> Option<&'static str> {
    match start {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// The picture of a paper.
pub(crate) async fn picture(
    State(shared): State<Shared>,
    tester: Tester,
    Path(document): Path<String>,
) -> Result<Response, Failure> {
    let id = id(&tester, &document)?;
    let Some(slot) = shared.slots.downloads.take(&owner(&tester)) else {
        return Err(Failure::busy(&tester.shell("", Section::Data)));
    };
    let found = tester
        .run(move |platform, caller| {
            let (known, mut pieces) = platform.document(caller, id)?;
            let first = pieces.next().transpose()?;
            Ok((known.size, first, pieces))
        })
        .await?;
    let (size, Some(first), rest) = found else { return Err(not_found(&tester)) };
    let shown = media_type(&first).filter(|_| size <= LARGEST_READABLE);
    let Some(shown) = shown else { return Err(not_found(&tester)) };
    let headers = [
        (header::CONTENT_TYPE, shown.to_owned()),
        (header::CONTENT_LENGTH, size.to_string()),
        (header::CONTENT_DISPOSITION, "inline".to_owned()),
    ];
    let whole = std::iter::once(Ok(first)).chain(rest);
    Ok((headers, transfer::download(whole, slot)).into_response())
}

/// What the person compares a form with: the picture of the paper, or its text. `None` if there is neither.
pub(super) fn beside(detail: &PaperDetail, lang: Lang) -> Option<Markup> {
    let document = &detail.paper.document;
    if detail.paper.readable == Readable::Picture {
        let name = super::list::named(&document.name, lang);
        let words = Words::Picture { file: &name }.to(lang);
        return Some(html! {
            div.paper tabindex="0" role="group" aria-label=(Words::Paper.to(lang)) {
                img src=(format!("{}/picture", path(document.id))) alt=(words) decoding="async";
            }
        });
    }
    let words = detail.words.as_deref().filter(|words| !words.is_empty())?;
    Some(html! {
        pre.words.paper tabindex="0" role="group" aria-label=(Documents::TheText.to(lang)) { (words) }
    })
}

#[cfg(test)]
mod tests {
    use super::super::list::tests::paper;
    use super::*;

    #[test]
    fn only_pictures_are_shown() {
        assert_eq!(media_type(b"\xff\xd8\xff\xe0rest"), Some("image/jpeg"));
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\nrest"), Some("image/png"));
        assert_eq!(media_type(b"RIFF\0\0\0\0WEBPVP8 "), Some("image/webp"));
        for other in [
            &b""[..],
            b"\xff\xd8",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<!doctype html><script>",
            b"%PDF-1.7",
            b"GIF89a",
            b" \x89PNG\r\n\x1a\n",
        ] {
            assert_eq!(media_type(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_paper_is_shown_as_a_picture_or_as_its_text() {
        let detail = |readable, words: Option<&str>| {
            let mut paper = paper(None);
            paper.readable = readable;
            paper.document.name = "<b>\"\u{202e}.png".to_owned();
            PaperDetail {
                paper,
                words: words.map(str::to_owned),
                together: 1,
                receipt: None,
                is_receipt: false,
            }
        };
        for lang in [Lang::Fr, Lang::En] {
            let shown = beside(&detail(Readable::Picture, Some("x")), lang).unwrap().into_string();
            assert!(shown.contains("src=\"/documents/3.0.1/picture\""), "{shown}");
            let alt = shown.split("alt=\"").nth(1).unwrap().split('"').next().unwrap();
            assert!(alt.contains("&lt;b&gt;&quot;.png"), "{alt}");
            let text = beside(&detail(Readable::Characters, Some("<i>")), lang).unwrap().into_string();
            assert!(text.contains("&lt;i&gt;") && !text.contains("<img"));
            assert!(beside(&detail(Readable::No, None), lang).is_none());
        }
    }
}
