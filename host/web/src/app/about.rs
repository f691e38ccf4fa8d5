//! Pages about the platform: privacy and accessibility.

use crate::app::parts::{Shell, section};
use crate::app::preferences::Preferences;
use axum::response::{IntoResponse, Response};
use maud::html;
use mesinfos_words::page::About as Words;

/// What becomes of a person's data.
pub(crate) async fn privacy(preferences: Preferences) -> Response {
    let lang = preferences.lang;
    let title = Words::PrivacyTitle.to(lang);
    let shell = Shell { classes: ("", "page slim"), ..Shell::outside(&title, preferences, "/about/privacy") };
    let parts = [
        ("keys", Words::KeysTitle, Words::Keys),
        ("apps", Words::AppsTitle, Words::Apps),
        ("host", Words::HostTitle, Words::Host),
        ("browser", Words::BrowserTitle, Words::Browser),
        ("leave", Words::LeaveTitle, Words::Leave),
    ];
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::PrivacyLead.to(lang)) } }
        @for (id, title, words) in parts { (section(id, &title.to(lang), html! { p { (words.to(lang)) } })) }
    };
    shell.around(body).into_response()
}

/// How accessible the pages are, and what is known to be missing.
pub(crate) async fn accessibility(preferences: Preferences) -> Response {
    let lang = preferences.lang;
    let title = Words::AccessTitle.to(lang);
    let shell =
        Shell { classes: ("", "page slim"), ..Shell::outside(&title, preferences, "/about/accessibility") };
    let faults = [
        Words::FaultForms,
        Words::FaultConfirm,
        Words::FaultTime,
        Words::FaultMap,
        Words::FaultTables,
        Words::FaultCharts,
        Words::FaultPointer,
    ];
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::AccessLead.to(lang)) } }
        p { (Words::AccessState.to(lang)) }
        p { (Words::AccessHow.to(lang)) " " (Words::AccessMissing.to(lang)) }
        (section("faults", &Words::AccessFaults.to(lang), html! {
            ul.limits { @for fault in faults { li { (fault.to(lang)) } } }
        }))
        (section("help", &Words::AccessHelpTitle.to(lang), html! { p { (Words::AccessHelp.to(lang)) } }))
    };
    shell.around(body).into_response()
}
