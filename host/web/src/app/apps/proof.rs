//! The proof page: what an app's program is able to ask for, computed from the program.

use super::AppPage;
use super::digest::grouped;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Section, badge, chosen, crumbs, drop_zone, icon, publisher, section, tinted};
use crate::app::visitor::Tester;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use mesinfos_platform::runtime::Request;
use mesinfos_words::page::{Apps, Proof as Words};

/// The page.
pub(crate) async fn page(tester: Tester, Path(id): Path<String>) -> Result<Response, Failure> {
    let lang = tester.lang();
    let app = tester.run(move |platform, _| AppPage::read(platform, &id)).await?;
    let name = app.name(lang);
    let title = Words::Title { app: name }.to(lang);
    Ok(tester.page(&title, Section::Apps, content(&app, &html! {}, lang)))
}

/// The content of the page, with what was found in a program that the person sent.
pub(super) fn content(app: &AppPage, found: &Markup, lang: Lang) -> Markup {
    let name = app.name(lang);
    let path = format!("/apps/{}", app.record.id);
    html! {
        header.head {
            (crumbs(&[("/apps", &Apps::Crumb.to(lang)), (&path, name)], &Words::Crumb.to(lang), lang))
            (badge(Icon::ShieldCheck, &Apps::KeepsNothing.to(lang), ""))
            h1 { (Words::Title { app: name }.to(lang)) }
            p.lead { (Words::Lead.to(lang)) }
        }
        (found)
        div.two {
            (section("can", &Words::Can.to(lang), can(&app.inspection.request, &app.categories(), lang)))
            (section("cannot", &Words::Cannot.to(lang), cannot(lang)))
        }
        (section("check", &Words::CheckYourself.to(lang), check_yourself(&path, lang)))
        (section("technical", &Words::Technical.to(lang), technical(app, lang)))
    }
}

/// The program to take away, and the form that analyses one.
fn check_yourself(path: &str, lang: Lang) -> Markup {
    html! {
        p { (Words::CheckHow.to(lang)) }
        p.row {
            a.btn href=(format!("{path}/program")) { (icon(Icon::Download)) (Words::TakeProgram.to(lang)) }
        }
        form.flow method="post" action=(format!("{path}/proof")) enctype="multipart/form-data" {
            (drop_zone(
                ("program", html! {
                    input #program type="file" name="program" accept=".wasm,application/wasm" required;
                }),
                Icon::ShieldCheck,
                (&Words::DropProgram.to(lang), &Words::DropProgramWhy.to(lang)),
                lang,
            ))
            (chosen(lang))
            div.row { button.btn type="submit" { (icon(Icon::Search)) (Words::Analyse.to(lang)) } }
        }
        p.soft.small { (Words::CheckElsewhere.to(lang)) }
    }
}

/// What a program is able to ask for: each import once, in words and by its name in the program.
pub(super) fn can(request: &Request, categories: &[Category], lang: Lang) -> Markup {
    let import = |name: &str| html! { br; span.soft.small { code { (name) } } };
    html! {
        ul.list {
            @for category in categories.iter().copied() {
                li data-d=(Domain::of(category).id()) {
                    (tinted(Domain::of(category).icon()))
                    span {
                        (Words::ReadCategory { category: category.name(lang) }.to(lang))
                        @if let Some(fields) = request.categories.get(&category) {
                            br;
                            span.soft.small {
                                (mesinfos_words::names::fields(category, &fields.names(category), lang))
                            }
                        }
                        (import(&format!("mesinfos:data/{}", category.id())))
                    }
                }
            }
            @if request.notes {
                li data-d="digital" {
                    (tinted(Icon::Pencil))
                    span { (Words::WriteNotes.to(lang)) (import("mesinfos:app/log")) }
                }
            }
            @for interface in &request.wasi {
                li data-d="digital" {
                    (tinted(Icon::Ban))
                    span { (Words::Wasi.to(lang)) (import(interface)) }
                }
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
    html! { ul.nots { @for words in nots { li { (icon(Icon::Ban)) (words.to(lang)) } } } }
}

fn technical(app: &AppPage, lang: Lang) -> Markup {
    html! {
        dl.kv {
            div { dt { (Words::Version.to(lang)) } dd { (app.record.version) } }
            div { dt { (Words::Publisher.to(lang)) } dd { (publisher(&app.manifest.app.publisher, app.record.key.is_some(), lang)) } }
            div { dt { (Words::Licence.to(lang)) } dd { bdi { (app.manifest.app.licence) } } }
            div {
                dt { (Words::Size.to(lang)) }
                dd { (mesinfos_words::size(app.inspection.size as u64, lang)) }
            }
            div { dt { (Words::Component.to(lang)) } dd { code.url-small { (grouped(app.record.component)) } } }
        }
    }
}
