//! Taking everything away: what is in the archive, and the archive.

use crate::Shared;
use crate::app::data::owner;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Section, crumbs, icon, note};
use crate::app::visitor::Tester;
use crate::errors::ApiError;
use crate::transfer::{attachment, download};
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::html;
use mesinfos_words::page::{Export as Words, Settings};

/// Name of the archive.
const NAME: &str = "mesinfos.zip";

pub(crate) fn pages() -> Router<Shared> {
    Router::new().route("/settings/export", get(page)).route("/settings/export/archive", post(archive))
}

/// What the archive contains, and what to know before.
async fn page(tester: Tester) -> Result<Response, Failure> {
    tester.visitor.fresh("/settings/export")?;
    let lang = tester.lang();
    let holdings = tester.run(|platform, caller| platform.holdings(caller)).await?;
    let (title, size) = (Words::Title.to(lang), mesinfos_words::size(holdings.paper_bytes, lang));
    let contents = [
        Words::Rows { rows: holdings.rows },
        Words::Papers { papers: holdings.papers, size: &size },
        Words::Grants { grants: holdings.grants },
        Words::Receipts { receipts: holdings.receipts },
        Words::Results { results: holdings.results },
        Words::Letters { letters: holdings.letters },
        // With the one about taking it away.
        Words::Entries { entries: holdings.entries + 1 },
        Words::List,
    ];
    let without = [Words::WithoutAccount, Words::WithoutDisplay, Words::WithoutRejected];
    let body = html! {
        header.head {
            (crumbs(&[("/settings", &Settings::Title.to(lang))], &title, lang))
            h1 { (title) }
            p.lead { (Words::Lead.to(lang)) }
        }
        div.two {
            div.flow-s {
                h2.h3s { (Words::Contents.to(lang)) }
                ul.limits { @for words in contents { li { (words.to(lang)) } } }
            }
            div.flow-s {
                h2.h3s { (Words::Without.to(lang)) }
                ul.limits { @for words in without { li { (words.to(lang)) } } }
            }
        }
        form.sec.flow method="post" action="/settings/export/archive" {
            (note(&Words::Before.to(lang), &Words::Open.to(lang), false))
            p { (Words::Long.to(lang)) }
            p.soft { (Words::Logged.to(lang)) }
            div.row {
                button.btn.pri type="submit" { (icon(Icon::Download)) (Words::Act.to(lang)) }
            }
        }
        div.sec.flow-s {
            h2.h3s { (Words::Elsewhere.to(lang)) }
            p { (Words::ElsewhereHow.to(lang)) }
            p { (Words::ElsewhereNot.to(lang)) }
        }
    };
    Ok(tester.page(&title, Section::Settings, body))
}

/// The archive, made while it is sent: one at a time for each person.
async fn archive(State(shared): State<Shared>, tester: Tester) -> Result<Response, Failure> {
    tester.visitor.fresh("/settings/export")?;
    let lang = tester.lang();
    let Some(slot) = shared.slots.archives.take(&owner(&tester)) else {
        let (title, why) = (Words::Underway.to(lang), Words::UnderwayWhy.to(lang));
        let error = ApiError::busy("an archive is being made");
        return Err(Failure::told(&error, &title, &why, &tester.shell("", Section::Settings)));
    };
    let readme = mesinfos_words::archive::readmes(tester.caller.at);
    let pieces = tester.run(move |platform, caller| platform.take_away(caller, &readme)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, attachment(NAME)),
    ];
    Ok((headers, download(pieces, slot)).into_response())
}
