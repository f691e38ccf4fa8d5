//! Whom to ask: the register of holders, by domain, and the beginning of a letter.

use super::{form, write};
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Section, crumbs, icon, section, tinted};
use crate::app::visitor::Tester;
use axum::extract::RawQuery;
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::{HOLDERS, Holder};
use mesinfos_platform::letters::MOST_LINE;
use mesinfos_words::page::{Data, Letters as Words};

/// The register, or the letter to the holder that the query names.
pub(crate) async fn page(tester: Tester, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let lang = tester.lang();
    let query = Fields::read(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    if query.has("holder") {
        let holder = Holder::find(query.get("holder"))
            .ok_or_else(|| Failure::not_found(&tester.shell("", Section::Data)))?;
        let draft = form::begun(Some(holder), lang, tester.caller.today);
        return Ok(write::shown(&tester, &draft, &html! {}));
    }
    let title = Words::AskTitle.to(lang);
    let body = html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang)), ("/letters", &Words::Title.to(lang))], &Words::Crumb.to(lang), lang))
            h1 { (title) }
            p.lead { (Words::AskLead.to(lang)) }
        }
        (somebody_else(lang))
        (section("holders", &Words::Holders.to(lang), html! {
            p { (Words::HoldersWhy.to(lang)) }
            @for domain in Domain::ALL { (of_domain(domain, lang)) }
        }))
    };
    Ok(tester.page(&title, Section::Data, body))
}

fn somebody_else(lang: Lang) -> Markup {
    html! {
        form.panel.split method="post" action="/letters/new" {
            div.flow-s {
                h2.h3s { (Words::SomebodyElse.to(lang)) }
                p.soft { (Words::SomebodyElseWhy.to(lang)) }
                label.field {
                    (Words::TheirName.to(lang))
                    input type="text" name="their-name" required maxlength=(MOST_LINE) autocomplete="off";
                }
            }
            button.btn type="submit" { (icon(Icon::Mail)) (Words::Continue.to(lang)) }
        }
    }
}

fn of_domain(of: Domain, lang: Lang) -> Markup {
    let holders: Vec<&Holder> = HOLDERS.iter().filter(|holder| Domain::of_holder(holder) == of).collect();
    html! {
        @if !holders.is_empty() {
            div.flow #(of.id()) data-d=(of.id()) {
                h3.row { (tinted(of.icon())) (of.name(lang)) }
                ul.grid.list.ruled {
                    @for holder in holders { (line(holder, lang)) }
                }
            }
        }
    }
}

fn line(holder: &Holder, lang: Lang) -> Markup {
    let how = if holder.has_download { Words::ByDownload } else { Words::ByLetter };
    let categories = mesinfos_words::names::categories(holder.categories, lang);
    html! {
        li {
            (icon(if holder.has_download { Icon::Download } else { Icon::Mail }))
            span {
                a.cover href=(format!("/letters/new?holder={}", holder.id)) { strong { (holder.name) } } br;
                span.soft.small { (how.to(lang)) } br;
                span.soft.small { (Words::CanGive { categories: &categories }.to(lang)) }
            }
        }
    }
}
