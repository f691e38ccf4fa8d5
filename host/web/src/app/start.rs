//! First run: the start page, and sample lives without an account.

use crate::Shared;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Shell, capital, icon, portrait};
use crate::app::preferences::Preferences;
use crate::app::visitor::{Visitor, no_session, session_cookie};
use crate::errors::tried;
use crate::lives::{Life, LifeAmount, LifeFacts};
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::{Decimal, Lang, Money, QuantityUnit};
use mesinfos_platform::consent::Channel;
use mesinfos_platform::{Platform, PlatformError};
use mesinfos_words::number::{chart_number, money};
use mesinfos_words::page::Start as Words;
use std::sync::Arc;

/// Amounts that a card tells.
const TOLD: usize = 2;

/// The address itself: home for somebody with a session, else the sample lives.
pub(crate) async fn start(State(shared): State<Shared>, mut parts: Parts) -> Response {
    match Visitor::from_request_parts(&mut parts, &shared).await {
        Ok(_) => Redirect::to("/home").into_response(),
        Err(_) => {
            let query = Fields::read(parts.uri.query().unwrap_or_default().as_bytes()).unwrap_or_default();
            offered(&shared, Preferences::of(&parts), query.has("out"))
        }
    }
}

/// The page that offers the sample lives.
pub(crate) async fn welcome(State(shared): State<Shared>, preferences: Preferences) -> Response {
    offered(&shared, preferences, false)
}

/// The page that offers the sample lives. `is_out` if the visitor has just signed out.
fn offered(shared: &Shared, preferences: Preferences, is_out: bool) -> Response {
    let (lang, lives) = (preferences.lang, shared.lives.all());
    let title = Words::Title.to(lang);
    let shell = Shell { classes: ("welcome", "page"), ..Shell::outside(&title, preferences, "/welcome") };
    let body = html! {
        @if is_out { p.note role="status" { (Words::SignedOut.to(lang)) } }
        header.head.hero { h1 { (Words::TryFirst.to(lang)) } p.lead { (Words::Lead.to(lang)) } }
        @if !lives.is_empty() {
            ol.steps3 {
                li aria-current="step" { (Words::StepLife.to(lang)) }
                li { (Words::StepApp.to(lang)) }
                li { (Words::StepYou.to(lang)) }
            }
            section.flow-l aria-labelledby="lives" {
                h2 id="lives" { (Words::WhichLife.to(lang)) }
                div.grid {
                    @for (at, life) in lives.iter().enumerate() {
                        @let others: Vec<&LifeFacts> = lives
                            .iter()
                            .filter(|other| other.id != life.id)
                            .filter_map(|other| shared.lives.facts(other.id))
                            .collect();
                        (card(life, shared.lives.facts(life.id), &others, at, lang))
                    }
                }
            }
        }
        section.panel.split.sec aria-labelledby="you" {
            div.flow-s { h2 id="you" { (Words::You.to(lang)) } p { (Words::YouLead.to(lang)) } }
            div.row {
                a.btn.pri href="/invitation" { (Words::Begin.to(lang)) }
                a.btn.quiet href="/sign-in" { (Words::HaveVault.to(lang)) }
            }
        }
    };
    shell.around(body).into_response()
}

/// A life to choose, with what its files come to.
fn card(life: &Life, facts: Option<&LifeFacts>, others: &[&LifeFacts], at: usize, lang: Lang) -> Markup {
    let (what, more) = life
        .about(lang)
        .split_once(" ; ")
        .or_else(|| life.about(lang).split_once("; "))
        .unwrap_or((life.about(lang), ""));
    let seed = u32::try_from(at).unwrap_or(0) + 3;
    html! {
        article.card.life {
            div.face { (portrait(seed, 148)) }
            div.flow-s {
                h3 { (capital(what)) }
                @if !more.is_empty() { p.soft { (capital(more)) } }
            }
            @if let Some(facts) = facts {
                ul.gets {
                    @for (of, amount) in facts.distinct(others, TOLD) { (told(of, amount, facts.year, lang)) }
                    li {
                        (icon(Icon::Users))
                        span { (Words::LifeRows { holders: facts.holders, rows: facts.rows }.to(lang)) }
                    }
                }
            }
            form method="post" action="/welcome" {
                button.btn.full type="submit" name="life" value=(life.id) {
                    (icon(Icon::FlaskConical)) (Words::TryLife { life: life.id }.to(lang))
                }
            }
        }
    }
}

/// An amount of a life, in words.
fn told(of: LifeAmount, amount: u64, year: i32, lang: Lang) -> Markup {
    #[allow(clippy::cast_precision_loss, reason = "an amount of a year, shown with three digits")]
    let written = |unit| chart_number(amount as f64, unit, None, lang);
    // Whole euros: cents would be digits that the number does not have.
    let euros = || {
        let amount = Decimal { mantissa: i64::try_from(amount).unwrap_or(i64::MAX), scale: 0 };
        money(&Money { amount, currency: "EUR".to_owned() }, lang)
    };
    let year = &year.to_string();
    let (mark, words) = match of {
        LifeAmount::Spent => (Icon::Wallet, Words::LifeSpent { amount: &euros(), year }.to(lang)),
        LifeAmount::Electricity => {
            (Icon::Zap, Words::LifeElectricity { amount: &written(QuantityUnit::Kwh), year }.to(lang))
        }
        LifeAmount::Gas => {
            (Icon::Flame, Words::LifeGas { amount: &written(QuantityUnit::Kwh), year }.to(lang))
        }
        LifeAmount::Distance => {
            (Icon::MapPin, Words::LifeDistance { amount: &written(QuantityUnit::Km), year }.to(lang))
        }
        LifeAmount::Calls => {
            let hours = amount.saturating_add(30) / 60;
            (Icon::Phone, Words::LifeCalls { hours, year }.to(lang))
        }
        LifeAmount::Care => (Icon::HeartPulse, Words::LifeCare { amount: &euros(), year }.to(lang)),
    };
    html! { li { (icon(mark)) span { (words) } } }
}

/// Begins a sample life: an account of its own that ends by itself.
pub(crate) async fn begin(
    State(shared): State<Shared>,
    preferences: Preferences,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Failure> {
    let shell = Shell::outside("", preferences, "/welcome");
    let life = fields.get("life").to_owned();
    if !shared.lives.all().iter().any(|known| known.id == life) {
        return Err(Failure::not_understood(&shell));
    }
    // Each takes some seconds of work: a few at once, and the others wait or are told.
    let Ok(_slot) = Arc::clone(&shared.samples).try_acquire_owned() else {
        return Err(Failure::busy(&shell));
    };
    let (platform, lang, lives) = (Arc::clone(&shared.platform), preferences.lang, Arc::clone(&shared.lives));
    let begun = tried(move || {
        let now = platform.clock().now();
        let (account, token) = platform.identity().sample(&life, "", now)?;
        let filled = platform.caller_of(&account, Channel::Web, lang).and_then(|caller| {
            let caller = caller.on(lives.day());
            lives
                .files(&life)
                .into_iter()
                .flatten()
                .try_for_each(|(name, bytes)| platform.import(&caller, &name, bytes.as_slice()).map(drop))
        });
        match filled {
            Ok(()) => Ok(token),
            Err(error) => {
                // Keep the reason; upkeep removes what is left if this fails too.
                let _ = platform.end_sample(&account);
                Err(error)
            }
        }
    });
    let token = match begun.await {
        Ok(Ok(token)) => token,
        Ok(Err(error)) => return Err(Failure::of(&error, &shell)),
        Err(error) => return Err(Failure::broken(&error, &shell)),
    };
    let mut response = Redirect::to("/home").into_response();
    response.headers_mut().append(header::SET_COOKIE, session_cookie(&headers, &token));
    Ok(response)
}

/// Ends a sample life at once: nothing of it remains. An account of somebody real only goes to the start page.
pub(crate) async fn end(visitor: Visitor, headers: HeaderMap) -> Result<Response, Failure> {
    let mut response = Redirect::to("/welcome").into_response();
    if visitor.account.sample.is_some() {
        let account = visitor.account.clone();
        visitor
            .work(move |platform: &Platform| -> Result<(), PlatformError> { platform.end_sample(&account) })
            .await?;
        response.headers_mut().append(header::SET_COOKIE, no_session(&headers));
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_euros_are_written_without_cents() {
        for of in LifeAmount::ALL {
            for lang in [Lang::Fr, Lang::En] {
                let told = told(of, 1_009, 2025, lang).into_string();
                for not in ["1\u{202f}009,00", "1,009.00"] {
                    assert!(!told.contains(not), "{told}");
                }
            }
        }
        assert!(told(LifeAmount::Care, 1_009, 2025, Lang::Fr).into_string().contains("1\u{202f}009\u{a0}€"));
        assert!(told(LifeAmount::Spent, 1_009, 2025, Lang::En).into_string().contains("€1,009"));
    }
}
