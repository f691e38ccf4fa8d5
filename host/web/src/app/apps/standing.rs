//! The grant in force on the page of its app: what it gives, in words, and what can be done with it.

use super::AppPage;
use super::ask::Ask;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, capital, icon, section_with};
use crate::app::visitor::Tester;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, CategoryScope, Holders};
use mesinfos_platform::consent::GrantState;
use mesinfos_platform::{Caller, GrantSummary, KeptResult, Platform, PlatformError};
use mesinfos_words::page::Consent as Words;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Whether a grant is paused.
pub(super) fn is_paused(grant: &GrantSummary) -> bool {
    grant.state == GrantState::Paused.id()
}

/// Withdraws the grant of an app, and leads to the journal, which says so.
pub(crate) async fn stopped(tester: &Tester, app: String) -> Result<Response, Failure> {
    let to = format!("/journal?stopped={}", utf8_percent_encode(&app, NON_ALPHANUMERIC));
    // Stopped in another tab already: it is as the person wants it.
    let stop = move |platform: &Platform, caller: &Caller| match platform.withdraw(caller, &app) {
        Ok(_) | Err(PlatformError::NoGrant { .. }) => Ok(()),
        Err(error) => Err(error),
    };
    tester.run(stop).await?;
    Ok(Redirect::to(&to).into_response())
}

/// The grant in force, with what it gives, and the last result.
pub(super) fn section(
    grant: &GrantSummary,
    app: &AppPage,
    asks: &[Ask],
    result: Option<&KeptResult>,
    lang: Lang,
) -> Markup {
    let id = &app.record.id;
    let until = grant.until.map(|until| mesinfos_words::instant(until, lang));
    let is_paused = is_paused(grant);
    let has_changed = grant.component != app.record.component;
    let not: Vec<Category> =
        asks.iter().map(|ask| ask.category).filter(|asked| !grant.scope.contains_key(asked)).collect();
    section_with(
        "standing",
        &Words::Standing.to(lang),
        html! {},
        html! {
            p {
                @if has_changed { (Words::StandingChanged.to(lang)) }
                @else if is_paused { (Words::StandingPaused.to(lang)) }
                @else if let Some(until) = until { (Words::StandingUntil { at: &until }.to(lang)) }
                @else { (Words::StandingOpen.to(lang)) }
            }
            @if !grant.scope.is_empty() {
                p.lab { (Words::StandingGives.to(lang)) }
                ul.limits { @for scope in grant.scope.values() { li { (gives(scope, lang)) } } }
            }
            @if !not.is_empty() {
                p.soft {
                    (Words::StandingWithout { categories: &mesinfos_words::names::categories(&not, lang) }.to(lang))
                }
            }
            div.row {
                @if !is_paused && !has_changed {
                    button.btn.pri type="submit" formaction=(format!("/apps/{id}/run")) {
                        (icon(Icon::Play)) (Words::RunNow.to(lang))
                    }
                }
                @if is_paused {
                    button.btn type="submit" formaction=(format!("/apps/{id}/resume")) {
                        (icon(Icon::Play)) (Words::ResumeThis.to(lang))
                    }
                }
                @if let Some(result) = result {
                    a.btn href=(format!("/results/{}", result.receipt)) { (Words::LastResult.to(lang)) }
                }
                button.btn type="submit" formaction=(format!("/apps/{id}/stop")) { (Words::Stop.to(lang)) }
            }
            p.soft.small { (Words::StopWhy.to(lang)) }
            @if !has_changed { p.soft.small { (Words::StandingForm.to(lang)) } }
        },
    )
}

/// What a grant gives of a category, in a line.
pub(crate) fn gives(scope: &CategoryScope, lang: Lang) -> Markup {
    html! {
        strong { (capital(scope.category.name(lang))) } " · "
        (mesinfos_words::scope::days(scope, lang)) " · " (mesinfos_words::scope::grain(scope.grain, lang))
        @if let Holders::Only(names) = &scope.holders {
            @let holders = names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            " · " bdi { (Words::OnlyOf { holders: &holders }.to(lang)) }
        }
        @if !scope.excluded.is_empty() {
            " · " (Words::Dropped { rows: scope.excluded.len() as u64 }.to(lang))
        }
    }
}
