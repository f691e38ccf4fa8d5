//! The grant in force on the page of its app: what it gives, in words, and what can be done with it.

use super::ask::Ask;
use super::{AppPage, Standing};
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Question, Section, badge, capital, confirm, icon, is_sure, section_with};
use crate::app::visitor::Tester;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, CategoryScope, Holders};
use mesinfos_platform::consent::{ConsentError, GrantState};
use mesinfos_platform::{Caller, GrantSummary, KeptResult, Platform, PlatformError};
use mesinfos_words::page::{Apps, Consent as Words};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Query of the page of an app after an act on a grant that is another one meanwhile.
pub(super) const NOW: &str = "now";

/// Whether a grant is paused.
pub(super) fn is_paused(grant: &GrantSummary) -> bool {
    grant.state == GrantState::Paused.id()
}

/// Where an app stands, in a word on every page that names it; nothing if nothing is given to it.
pub(crate) fn sign(standing: Standing, lang: Lang) -> Markup {
    match standing {
        Standing::Reads => badge(Icon::Check, &Apps::Granted.to(lang), "small"),
        Standing::Paused => badge(Icon::Pause, &Apps::Paused.to(lang), "plain small"),
        Standing::Changed => badge(Icon::RotateCw, &Apps::Changed.to(lang), "plain small"),
        Standing::Over => html! {},
    }
}

/// Withdraws the grant of an app, and leads to the journal, which says so. Where kept results go with it, it asks first.
pub(crate) async fn stopped(
    tester: &Tester,
    app: String,
    fields: &Fields,
    (at, back): (Section, &str),
) -> Result<Response, Failure> {
    if !is_sure(fields) {
        let lang = tester.lang();
        let of = app.clone();
        let read = move |platform: &Platform, caller: &Caller| {
            let kept = platform.results(caller)?.into_iter().filter(|result| result.app == of);
            let kept: Vec<i64> = kept.map(|result| result.at).collect();
            let name = AppPage::read(platform, &of).map(|app| app.name(lang).to_owned());
            Ok((name.unwrap_or(of), kept))
        };
        let (name, kept) = tester.run(read).await?;
        if !kept.is_empty() {
            return Ok(ask_to_stop(tester, (&app, &name), &kept, (at, back)));
        }
    }
    let to = format!("/journal?stopped={}", utf8_percent_encode(&app, NON_ALPHANUMERIC));
    // Stopped in another tab already: it is as the person wants it.
    let stop = move |platform: &Platform, caller: &Caller| match platform.withdraw(caller, &app) {
        Ok(_) | Err(PlatformError::NoGrant { .. }) => Ok(()),
        Err(error) => Err(error),
    };
    tester.run(stop).await?;
    Ok(Redirect::to(&to).into_response())
}

/// Pauses or resumes the grant of an app, and leads to `next`. If it is another one meanwhile, of another tab or over, it
/// leads to the page of the app, which says how it stands.
pub(crate) async fn turned(
    tester: &Tester,
    app: String,
    act: fn(&Platform, &Caller, &str) -> Result<GrantSummary, PlatformError>,
    next: &str,
) -> Result<Response, Failure> {
    let now = format!("/apps/{}?{NOW}", utf8_percent_encode(&app, NON_ALPHANUMERIC));
    let done = tester
        .run(move |platform, caller| match act(platform, caller, &app) {
            Ok(_) => Ok(true),
            Err(PlatformError::NoGrant { .. } | PlatformError::Consent(ConsentError::Transition(_))) => {
                Ok(false)
            }
            Err(error) => Err(error),
        })
        .await?;
    Ok(Redirect::to(if done { next } else { &now }).into_response())
}

/// The page that says what goes with a grant that is stopped. `kept` are the times of the kept results.
fn ask_to_stop(
    tester: &Tester,
    (app, name): (&str, &str),
    kept: &[i64],
    (at, back): (Section, &str),
) -> Response {
    let lang = tester.lang();
    let title = Words::StopAsk { app: name }.to(lang);
    let mut facts = vec![Words::StopGrant.to(lang)];
    let gone = |at: &i64| Words::StopResult { at: &mesinfos_words::instant(*at, lang) }.to(lang);
    facts.extend(kept.iter().map(gone));
    facts.extend([Words::StopStays.to(lang), Words::StopPause.to(lang)]);
    let question = Question {
        title: &title,
        words: &Words::StopLead.to(lang),
        facts: &facts,
        button: &Words::StopSure.to(lang),
        action: &format!("/apps/{app}/stop"),
        back,
        fields: &[],
    };
    tester.page(&title, at, confirm(&question, lang))
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
