//! The proof page: what an app's program is able to ask for, computed from the program.

use super::AppPage;
use super::digest::grouped;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Section, badge, crumbs, icon, section, table_region, tinted};
use crate::app::visitor::Tester;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_words::page::{Apps, Proof as Words};

/// The page.
pub(crate) async fn page(tester: Tester, Path(id): Path<String>) -> Result<Response, Failure> {
    let lang = tester.lang();
    let app = tester.run(move |platform, _| AppPage::read(platform, &id)).await?;
    let name = app.name(lang);
    let path = format!("/apps/{}", app.record.id);
    let body = html! {
        header.head {
            (crumbs(&[("/apps", &Apps::Crumb.to(lang)), (&path, name)], &Words::Crumb.to(lang), lang))
            (badge(Icon::ShieldCheck, &Apps::KeepsNothing.to(lang), ""))
            h1 { (Words::Title { app: name }.to(lang)) }
            p.lead { (Words::Lead.to(lang)) }
        }
        div.two {
            (section("can", &Words::Can.to(lang), can(&app, lang)))
            (section("cannot", &Words::Cannot.to(lang), cannot(lang)))
        }
        (section("check", &Words::CheckYourself.to(lang), html! { p { (Words::CheckHow.to(lang)) } }))
        (section("technical", &Words::Technical.to(lang), technical(&app, lang)))
    };
    Ok(tester.page(&Words::Title { app: name }.to(lang), Section::Apps, body))
}

fn can(app: &AppPage, lang: Lang) -> Markup {
    html! {
        ul.list {
            @for category in app.categories() {
                li data-d=(Domain::of(category).id()) {
                    (tinted(Domain::of(category).icon()))
                    span { (Words::ReadCategory { category: category.name(lang) }.to(lang)) }
                }
            }
            @if app.inspection.request.notes {
                li data-d="digital" { (tinted(Icon::Pencil)) span { (Words::WriteNotes.to(lang)) } }
            }
        }
        p.soft { (Words::NothingElse.to(lang)) }
    }
}

fn cannot(lang: Lang) -> Markup {
    let nots = [
        Words::NoNetwork,
        Words::NoFile,
        Words::NoMemory,
        Words::NoClock,
        Words::NoChance,
        Words::NoOther,
        Words::NoRefusal,
        Words::NoField,
    ];
    html! { ul.nots { @for words in nots { li { (icon(Icon::Check)) (words.to(lang)) } } } }
}

fn technical(app: &AppPage, lang: Lang) -> Markup {
    html! {
        dl.kv {
            div { dt { (Words::Version.to(lang)) } dd { (app.record.version) } }
            div { dt { (Words::Publisher.to(lang)) } dd { bdi { (app.manifest.app.publisher) } } }
            div { dt { (Words::Licence.to(lang)) } dd { bdi { (app.manifest.app.licence) } } }
            div {
                dt { (Words::Size.to(lang)) }
                dd { (mesinfos_words::size(app.inspection.size as u64, lang)) }
            }
            div { dt { (Words::Component.to(lang)) } dd { code.url-small { (grouped(app.record.component)) } } }
        }
        (table_region(&Words::Imports.to(lang), html! {
            table {
                caption.sr { (Words::Imports.to(lang)) }
                thead { tr {
                    th scope="col" { (Words::Import.to(lang)) }
                    th scope="col" { (Words::Allows.to(lang)) }
                } }
                tbody {
                    @for (category, fields) in &app.inspection.request.categories {
                        tr {
                            th scope="row" { code { "mesinfos:data/" (category.id()) } }
                            td {
                                (category.name(lang)) ": "
                                (mesinfos_words::names::fields(*category, &fields.names(*category), lang))
                            }
                        }
                    }
                    @if app.inspection.request.notes {
                        tr {
                            th scope="row" { code { "mesinfos:app/log" } }
                            td { (Words::WriteNotes.to(lang)) }
                        }
                    }
                    @for interface in &app.inspection.request.wasi {
                        tr {
                            th scope="row" { code { (interface) } }
                            td { (Words::Wasi.to(lang)) }
                        }
                    }
                }
            }
        }))
    }
}
