//! Pages about the platform: privacy, accessibility, and a list of its pages.

use crate::Shared;
use crate::app::domain::Domain;
use crate::app::parts::{Shell, section};
use crate::app::preferences::Preferences;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::html;
use mesinfos_words::page::{
    About as Words, Add, Amend, Data, Documents, Letters, Shell as Frame, SignIn, Tables, Timeline, Withheld,
};

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

/// Whom to ask: the address that the operator set, or that there is none here.
pub(crate) async fn help(State(shared): State<Shared>, preferences: Preferences) -> Response {
    let lang = preferences.lang;
    let title = Words::HelpTitle.to(lang);
    let shell = Shell { classes: ("", "page slim"), ..Shell::outside(&title, preferences, "/about/help") };
    let contact = shared.hosts.contact();
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::HelpLead.to(lang)) } }
        (section("ask", &Words::HelpAsk.to(lang), html! {
            @match contact {
                Some(contact) => {
                    p { (Words::HelpContact.to(lang)) " " a href=(contact.link()) { bdi { (contact.shown()) } } }
                    p.soft { (Words::HelpCare.to(lang)) }
                }
                None => p { (Words::HelpNone.to(lang)) },
            }
        }))
        (section("self", &Words::HelpSelf.to(lang), html! {
            ul {
                li { a href="/about/pages" { (Frame::Pages.to(lang)) } }
                li { a href="/about/privacy" { (Words::PrivacyTitle.to(lang)) } }
                li { a href="/about/accessibility" { (Words::AccessTitle.to(lang)) } }
            }
        }))
    };
    shell.around(body).into_response()
}

/// How accessible the pages are, and what is known to be missing.
pub(crate) async fn accessibility(preferences: Preferences) -> Response {
    let lang = preferences.lang;
    let title = Words::AccessTitle.to(lang);
    let shell =
        Shell { classes: ("", "page slim"), ..Shell::outside(&title, preferences, "/about/accessibility") };
    let faults = [Words::FaultPointer];
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

/// Path and name of a page.
type Link = (String, String);

/// The pages, by what they are about. Some ask who is there first.
pub(crate) async fn pages(preferences: Preferences) -> Response {
    let lang = preferences.lang;
    let title = Frame::Pages.to(lang);
    let shell = Shell { classes: ("", "page slim"), ..Shell::outside(&title, preferences, "/about/pages") };
    let data = [
        ("/data".to_owned(), Data::Title.to(lang)),
        ("/timeline".to_owned(), Timeline::Timeline.to(lang)),
        ("/documents".to_owned(), Documents::Title.to(lang)),
        ("/letters".to_owned(), Letters::Title.to(lang)),
        ("/add".to_owned(), Add::Title.to(lang)),
        ("/imports".to_owned(), Add::Imports.to(lang)),
        ("/add/tables".to_owned(), Tables::KeptTitle.to(lang)),
        ("/data/deleted".to_owned(), Amend::Deleted.to(lang)),
        ("/data/withheld".to_owned(), Withheld::Title.to(lang)),
    ];
    let domains = Domain::ALL.iter().map(|domain| (format!("/data/{}", domain.id()), domain.name(lang)));
    let settings = [
        ("/settings".to_owned(), Frame::Settings.to(lang)),
        ("/settings/export".to_owned(), Words::PageExport.to(lang)),
        ("/settings/password".to_owned(), Words::PagePassword.to(lang)),
        ("/settings/leave".to_owned(), Words::PageLeave.to(lang)),
    ];
    let parts: [(&str, String, Vec<Link>); 5] = [
        (
            "begin",
            Words::PagesBegin.to(lang),
            vec![
                ("/".to_owned(), Words::PageStart.to(lang)),
                ("/welcome".to_owned(), Words::PageWelcome.to(lang)),
                ("/sign-in".to_owned(), SignIn::Title.to(lang)),
                ("/invitation".to_owned(), Words::PageInvitation.to(lang)),
            ],
        ),
        ("data", Frame::Data.to(lang), data.into_iter().chain(domains).collect()),
        (
            "apps",
            Frame::Apps.to(lang),
            vec![
                ("/home".to_owned(), Frame::Home.to(lang)),
                ("/apps".to_owned(), Frame::Apps.to(lang)),
                ("/journal".to_owned(), Frame::Journal.to(lang)),
            ],
        ),
        ("settings", Frame::Settings.to(lang), settings.into()),
        (
            "about",
            Words::PagesAbout.to(lang),
            vec![
                ("/about/help".to_owned(), Words::HelpTitle.to(lang)),
                ("/about/privacy".to_owned(), Words::PrivacyTitle.to(lang)),
                ("/about/accessibility".to_owned(), Words::AccessTitle.to(lang)),
            ],
        ),
    ];
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::PagesLead.to(lang)) } }
        @for (id, title, links) in parts {
            (section(id, &title, html! { ul { @for (path, name) in links { li { a href=(path) { (name) } } } } }))
        }
    };
    shell.around(body).into_response()
}
