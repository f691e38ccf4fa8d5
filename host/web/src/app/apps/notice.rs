//! The notice that a person was shown, word for word, beside its answer.

use super::AppPage;
use super::digest::grouped;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Section, badge, crumbs, note, section};
use crate::app::visitor::Tester;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::consent::{GrantId, Notice};
use mesinfos_platform::{GrantSummary, PlatformError};
use mesinfos_words::page::{Journal, Notices as Words};

/// The text of a notice, line by line, with its digest.
pub(super) fn said(notice: &Notice, lang: Lang) -> Markup {
    html! {
        div.panel.flow-s lang=(notice.language.code()) {
            @for part in notice.text.split("\n\n") {
                p { @for (at, line) in part.lines().enumerate() { @if at > 0 { br; } bdi { (line) } } }
            }
        }
        p.small.soft { (Words::Codes.to(lang)) }
        p.small.soft { (Words::Digest.to(lang)) " " code { (grouped(notice.digest())) } }
    }
}

/// The page: what was said, and what the person answered.
pub(crate) async fn page(tester: Tester, Path(id): Path<String>) -> Result<Response, Failure> {
    let lang = tester.lang();
    let nowhere = || Failure::not_found(&tester.shell("", Section::Journal));
    let id: GrantId = id.parse().map_err(|_| nowhere())?;
    let (grant, notice, name) = tester
        .run(move |platform, caller| {
            let notice = platform.notice_of(caller, id)?;
            let grants = platform.grants_of(caller)?;
            let grant = grants.into_iter().find(|grant| grant.id == id);
            let name = grant.as_ref().and_then(|grant| AppPage::read(platform, &grant.app).ok());
            let name = name.map(|app| app.name(lang).to_owned());
            Ok::<_, PlatformError>((grant, notice, name))
        })
        .await?;
    let Some(grant) = grant else { return Err(nowhere()) };
    let name = name.unwrap_or_else(|| grant.app.clone());
    let title = Words::Title.to(lang);
    let at = mesinfos_words::instant(grant.given_at, lang);
    let body = html! {
        header.head {
            (crumbs(&[("/journal", &Journal::Title.to(lang))], &name, lang))
            h1 { (title) }
            p.lead { (Words::Lead { at: &at }.to(lang)) }
        }
        @match &notice {
            Some(notice) => {
                (section("said", &Words::Said.to(lang), html! {
                    (said(notice, lang))
                    p { (badge(Icon::CircleCheck, &Words::Unchanged.to(lang), "")) }
                }))
            }
            None => div.sec { (note(&Words::None.to(lang), &Words::NoneWhy.to(lang), false)) },
        }
        (section("answer", &Words::Answer.to(lang), answer(&grant, &name, lang)))
    };
    Ok(tester.page(&title, Section::Journal, body))
}

fn answer(grant: &GrantSummary, name: &str, lang: Lang) -> Markup {
    let state = mesinfos_words::consent::state_of(&grant.state, lang);
    html! {
        p { (Words::State { app: name, version: &grant.version, state: &state }.to(lang)) }
        @if !grant.scope.is_empty() {
            ul.limits {
                @for one in grant.scope.values() {
                    li { strong { (one.category.name(lang)) } " · " bdi { (mesinfos_words::scope::scope(one, lang)) } }
                }
            }
        }
    }
}
