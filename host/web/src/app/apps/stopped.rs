//! The page of an app that was stopped: what happened, why, and what stays.

use super::AppPage;
use crate::app::parts::{Icon, Section, badge, crumbs, icon, note};
use crate::app::visitor::Tester;
use axum::response::Response;
use maud::html;
use mesinfos_platform::Stopped;
use mesinfos_words::page::{Apps, Releases as Words};

pub(super) fn page(tester: &Tester, app: &AppPage, stopped: &Stopped) -> Response {
    let lang = tester.lang();
    let at = &mesinfos_words::instant(stopped.at, lang);
    let words = if stopped.is_final { Words::StoppedForGood { at } } else { Words::StoppedNow { at } };
    let body = html! {
        header.head {
            (crumbs(&[("/apps", &Apps::Title.to(lang))], app.name(lang), lang))
            h1 { bdi { (app.name(lang)) } }
            p.row { (badge(Icon::Ban, &Words::Stopped.to(lang), "plain")) }
            p.lead { (words.to(lang)) }
        }
        div.flow-l {
            (note("", &Words::StoppedReason { reason: &stopped.reason }.to(lang), true))
            p { (Words::StoppedWhy.to(lang)) }
            p.row { a.btn href="/journal" { (icon(Icon::ScrollText)) (Words::SeeJournal.to(lang)) } }
        }
    };
    tester.page(app.name(lang), Section::Apps, body)
}
