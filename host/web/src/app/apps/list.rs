//! The list of apps, by everyday need.

use super::{AppPage, Standing, first_figure, rounded, search, standing};
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Section, badge, empty, figure, icon, meter, publisher};
use crate::app::visitor::Tester;
use axum::extract::RawQuery;
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::Category;
use mesinfos_model::view::{KeyFigure, Lang};
use mesinfos_words::page::{Apps as Words, Purposes, Releases};

/// An everyday need. The order is that of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    PayLess,
    Money,
    Travel,
    Papers,
    Research,
}

impl Need {
    const ALL: [Need; 5] = [Need::PayLess, Need::Money, Need::Travel, Need::Papers, Need::Research];

    /// The need that an app answers, from its purpose.
    fn of(purpose: &str) -> Need {
        match purpose {
            "energy-saving" | "service-comparison" => Need::PayLess,
            "carbon-footprint" | "mobility" => Need::Travel,
            "health-summary" | "education-summary" | "record-management" => Need::Papers,
            "research" => Need::Research,
            _ => Need::Money,
        }
    }

    fn words(self) -> (Purposes, Purposes) {
        match self {
            Need::PayLess => (Purposes::NeedPayLess, Purposes::AboutPayLess),
            Need::Money => (Purposes::NeedMoney, Purposes::AboutMoney),
            Need::Travel => (Purposes::NeedTravel, Purposes::AboutTravel),
            Need::Papers => (Purposes::NeedPapers, Purposes::AboutPapers),
            Need::Research => (Purposes::NeedResearch, Purposes::AboutResearch),
        }
    }
}

/// An app with what the person has for it.
struct Offer {
    app: AppPage,
    /// Requested categories that have rows.
    has: usize,
    asked: Vec<Category>,
    /// Where it stands, if it has a grant.
    standing: Standing,
    figure: Option<KeyFigure>,
    /// The language of the result that it is of.
    said_in: Option<Lang>,
    /// Whether the result rests on rounded amounts.
    is_rounded: bool,
}

/// Name in the query: only apps whose data is all there.
const READY: &str = "ready";

/// The page.
pub(crate) async fn page(tester: Tester, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let lang = tester.lang();
    let query = Fields::read(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let offers = tester
        .run(move |platform, caller| {
            let there = platform.summary(caller)?;
            let (grants, results) = (platform.grants_of(caller)?, platform.results(caller)?);
            let rounded = rounded(platform, caller, &results)?;
            let mut offers = Vec::new();
            for record in platform.apps()? {
                let grant = grants.iter().find(|grant| grant.app == record.id && grant.is_in_force);
                // Who has a stopped app is told; nobody else is offered one.
                if record.stopped.is_some() && grant.is_none() {
                    continue;
                }
                let app = AppPage::read(platform, &record.id)?;
                let asked = app.categories();
                let has =
                    asked.iter().filter(|asked| there.iter().any(|s| s.category == **asked && s.rows > 0));
                let result = results.iter().rev().find(|result| result.app == record.id);
                offers.push(Offer {
                    has: has.count(),
                    asked,
                    standing: grant.map_or(Standing::Over, |grant| Standing::of(grant, app.runs())),
                    is_rounded: result.is_some_and(|result| rounded.contains(&result.receipt)),
                    said_in: result.map(|result| result.view.lang),
                    figure: result.and_then(|result| first_figure(&result.view).cloned()),
                    app,
                });
            }
            Ok(offers)
        })
        .await?;
    let total = offers.len() as u64;
    let is_ready = |offer: &&Offer| offer.has == offer.asked.len();
    let ready = offers.iter().filter(is_ready).count() as u64;
    let only_ready = query.has(READY);
    let found: Vec<&Offer> = offers
        .iter()
        .filter(|offer| search::answers(&offer.app, query.get("q")))
        .filter(|offer| !only_ready || is_ready(offer))
        .collect();
    let title = Words::Title.to(lang);
    let refused = offers.iter().find(|offer| offer.app.record.id == query.get("refused"));
    let body = html! {
        @if let Some(refused) = refused {
            @let app = refused.app.name(lang);
            @let words = match refused.standing {
                Standing::Over => Words::Refused { app },
                _ => Words::RefusedStands { app },
            };
            p.note.sec role="status" { bdi { (words.to(lang)) } }
        }
        @if query.has("erased") { p.note.sec role="status" { (Words::Erased.to(lang)) } }
        header.head {
            h1 { (title) }
            p.lead { (Words::Lead { apps: total }.to(lang)) }
            form.row role="search" method="get" action="/apps" {
                label.field.find {
                    span.sr { (Words::Search.to(lang)) }
                    input type="search" name="q" value=(query.get("q")) placeholder=(Words::SearchHint.to(lang))
                        maxlength="80";
                }
                button.btn.small type="submit" { (icon(Icon::Search)) (Words::Search.to(lang)) }
            }
            @if total > 0 {
                @let here = |is_here: bool| is_here.then_some("true");
                p.row {
                    a.chip href="/apps" aria-current=[here(!only_ready && !query.has("q"))] {
                        (Words::AllOf { apps: total }.to(lang))
                    }
                    a.chip href=(format!("/apps?{READY}")) aria-current=[here(only_ready)] {
                        (Words::Ready { apps: ready }.to(lang))
                    }
                }
            }
        }
        @if total == 0 {
            (empty(&Words::None.to(lang), &Words::NoneWhy.to(lang), html! {}))
        } @else if found.is_empty() {
            (empty(
                &Words::NotFound.to(lang),
                &Words::NotFoundWhy.to(lang),
                html! { a.btn href="/apps" { (Words::All.to(lang)) } },
            ))
        }
        @for need in Need::ALL {
            @let of: Vec<&&Offer> =
                found.iter().filter(|offer| Need::of(&offer.app.manifest.app.purpose) == need).collect();
            @if !of.is_empty() {
                @let (name, about) = need.words();
                section.need {
                    header { h2 { (name.to(lang)) } p.soft { (about.to(lang)) } }
                    div { @for offer in of { (card(offer, lang)) } }
                }
            }
        }
        @if total > 0 {
            div.note.sec {
                p {
                    strong { (Words::SameSign.to(lang)) } " "
                    (badge(Icon::ShieldCheck, &Words::KeepsNothing.to(lang), ""))
                }
                p.soft {
                    (Words::SameSignWhy.to(lang))
                    @if let Some(first) = offers.first() {
                        " " a href=(format!("/apps/{}/proof", first.app.record.id)) { (Words::HowChecked.to(lang)) }
                    }
                }
            }
        }
    };
    Ok(tester.page(&title, Section::Apps, body))
}

fn card(offer: &Offer, lang: Lang) -> Markup {
    let (app, of) = (&offer.app, offer.asked.len());
    let have = Words::Have { have: offer.has as u64, of: of as u64 }.to(lang);
    html! {
        article.app.card data-d=(app.sign().domain.id()) {
            (app.sign().large())
            div.flow-s {
                h3 { a.cover href=(format!("/apps/{}", app.record.id)) { bdi { (app.name(lang)) } } }
                p { bdi { (app.manifest.app.summary.get(lang)) } }
                p.row.small.soft {
                    span.row { (meter(offer.has, of, &have)) span aria-hidden="true" { (have) } }
                    span { (Words::By.to(lang)) " " (publisher(&app.manifest.app.publisher, app.record.key.is_some(), lang)) }
                    @if offer.app.record.stopped.is_some() {
                        (badge(Icon::Ban, &Releases::Stopped.to(lang), "plain small"))
                    } @else { (standing::sign(offer.standing, lang)) }
                }
            }
            @if let Some(found) = &offer.figure {
                p.gain {
                    (figure(&mesinfos_words::value(&found.value, lang), ""))
                    // A label may be in the other language, and is marked so.
                    small.soft { bdi lang=[offer.said_in.filter(|said| *said != lang).map(Lang::code)] { (found.label) } }
                    @if offer.is_rounded { small.soft { (Words::Rounded.to(lang)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_answers_a_need() {
        let needs: Vec<Need> =
            mesinfos_model::purpose::PURPOSES.iter().map(|(purpose, _)| Need::of(purpose)).collect();
        for need in Need::ALL {
            assert!(needs.contains(&need), "{need:?}");
        }
    }
}
