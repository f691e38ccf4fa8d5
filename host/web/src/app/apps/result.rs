//! A result: what an app showed, kept in the person's vault, with its receipt.

use super::{AppPage, Sign, Standing};
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Question, Section, badge, confirm, crumbs, icon, is_sure, note};
use crate::app::visitor::Tester;
use crate::view::{self, Address, Context, Filled, Pages};
use axum::extract::{Path, RawQuery};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::{Lang, Param};
use mesinfos_model::{Category, Grain};
use mesinfos_platform::consent::{Difference, ReadDigest, Receipt, ReceiptId};
use mesinfos_platform::{Caller, CountedTwice, GrantSummary, KeptResult, Platform, PlatformError};
use mesinfos_words::page::{Apps, Results as Words, Withheld};

/// What the page shows.
struct Seen {
    app: Option<AppPage>,
    receipt: Receipt,
    result: Option<KeptResult>,
    params: Vec<Param>,
    /// Where the app stands now: it may be run again only where it reads.
    standing: Standing,
    /// Rows of what was read that may be there twice.
    twice: Vec<CountedTwice>,
    /// Why the result is not there.
    gone: Words<'static>,
    /// The other kept result of the app.
    other: Option<(ReceiptId, i64)>,
}

fn id_of(tester: &Tester, id: &str) -> Result<ReceiptId, Failure> {
    id.parse().map_err(|_| Failure::not_found(&tester.shell("", Section::Apps)))
}

async fn seen(tester: &Tester, id: ReceiptId) -> Result<Seen, Failure> {
    tester
        .run(move |platform, caller| {
            let receipt = platform.receipt(caller, id)?;
            let result = platform.result(caller, id)?;
            let app = match AppPage::read(platform, &receipt.app.id) {
                Ok(app) => Some(app),
                Err(PlatformError::NoSuchApp { .. }) => None,
                Err(error) => return Err(error),
            };
            let params = match &app {
                Some(app) => platform.parameters(caller, &app.record.id).unwrap_or_default(),
                None => Vec::new(),
            };
            let grants = platform.grants_of(caller)?;
            let grant = grants.iter().rfind(|grant| grant.app == receipt.app.id && grant.is_in_force);
            let runs = app.as_ref().and_then(AppPage::runs);
            let standing = grant.map_or(Standing::Over, |grant| Standing::of(grant, runs));
            let mut twice = platform.counted_twice(caller)?;
            twice.retain(|twice| receipt.reads.contains_key(&twice.category) && twice.since <= receipt.at);
            let other = platform.results(caller)?.into_iter().rev();
            let other = other
                .filter(|other| result.is_some() && other.app == receipt.app.id && other.receipt != id)
                .map(|other| (other.receipt, other.at))
                .next();
            let gone = gone(platform, caller, &receipt, &grants)?;
            Ok(Seen { app, receipt, result, params, standing, twice, gone, other })
        })
        .await
}

impl Seen {
    /// Whether the app may be run again.
    fn is_granted(&self) -> bool {
        self.standing == Standing::Reads
    }

    /// What keeps the app from being run again; `None` if nothing does.
    fn held_up(&self) -> Option<Words<'static>> {
        match (&self.app, self.standing) {
            (_, Standing::Reads) => None,
            (None, _) => Some(Words::StandsRemoved),
            (Some(app), _) if app.record.stopped.is_some() => Some(Words::StandsStopped),
            (_, Standing::Paused) => Some(Words::StandsPaused),
            (_, Standing::Changed) => Some(Words::StandsChanged),
            // Why the result is gone says it.
            (_, Standing::Over) => self.result.is_some().then_some(Words::StandsEnded),
        }
    }
}

/// Why the result of a run is not there.
fn gone(
    platform: &Platform,
    caller: &Caller,
    receipt: &Receipt,
    grants: &[GrantSummary],
) -> Result<Words<'static>, PlatformError> {
    if receipt.view.is_none() {
        return Ok(Words::GoneNone);
    }
    let is_later =
        |other: &&Receipt| other.app.id == receipt.app.id && other.at > receipt.at && other.view.is_some();
    let later = platform.receipts_of(caller)?.iter().filter(is_later).count();
    // Its own grant was withdrawn, or one that was given after the run.
    let of_app = || grants.iter().filter(|grant| grant.app == receipt.app.id);
    let is_stopped = |grant: &GrantSummary| {
        grant.state == "withdrawn" && (grant.id == receipt.grant.id || grant.given_at >= receipt.at)
    };
    let is_ended = of_app().any(|grant| matches!(grant.state.as_str(), "revoked" | "invalidated"));
    Ok(match () {
        () if of_app().any(is_stopped) => Words::GoneStopped,
        () if later >= mesinfos_platform::KEPT_RESULTS => Words::GoneReplaced,
        () if is_ended => Words::GoneWhy,
        () => Words::GoneErased,
    })
}

/// The page.
pub(crate) async fn page(
    tester: Tester,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let id = id_of(&tester, &id)?;
    let seen = seen(&tester, id).await?;
    let query = Fields::read(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let pages = Pages::named(query.has("page").then(|| query.get("page")));
    Ok(drawn(&tester, &seen, pages, None, html! {}))
}

/// `filled` is the form of parameters as it was sent, if it was refused.
#[allow(clippy::needless_pass_by_value, reason = "markup is made for one place")]
fn drawn(tester: &Tester, seen: &Seen, pages: Pages, filled: Option<Filled>, told: Markup) -> Response {
    let (lang, is_refused) = (tester.lang(), filled.is_some());
    let name = seen.app.as_ref().map_or(seen.receipt.app.id.as_str(), |app| app.name(lang)).to_owned();
    let path = format!("/apps/{}", seen.receipt.app.id);
    let first = seen.receipt.reads.keys().next().copied();
    let sign = seen.app.as_ref().map_or_else(|| Sign::of_read(first), AppPage::sign);
    let here = format!("/results/{}", seen.receipt.id);
    let rows = seen.receipt.reads.values().map(ReadDigest::distinct_rows).sum::<u64>();
    let body = html! {
        div.row.end.no-print {
            (crumbs(&[("/apps", &Apps::Crumb.to(lang)), (&path, &name)], &Words::Crumb.to(lang), lang))
            div.row {
                @if seen.result.as_ref().is_some_and(|result| result.view.pages.len() > 1) {
                    a.btn.small href="?page=all" { (icon(Icon::Rows3)) (Words::AllPages.to(lang)) }
                }
                button.btn.small type="button" data-print hidden { (icon(Icon::Printer)) (Words::Print.to(lang)) }
                @if seen.is_granted() {
                    form method="post" action=(format!("{path}/run")) {
                        button.btn.small type="submit" { (icon(Icon::RotateCw)) (Words::Again.to(lang)) }
                    }
                }
                @if seen.result.is_some() {
                    form method="post" action=(format!("{here}/erase")) {
                        button.btn.small type="submit" { (icon(Icon::Eraser)) (Words::Erase.to(lang)) }
                    }
                }
            }
        }
        (told)
        @if let Some(words) = seen.held_up() {
            div.note.sec.flow-s.no-print {
                p { (words.to(lang)) }
                @if seen.app.is_some() { p { a href=(path) { (Words::ToApp.to(lang)) } } }
            }
        }
        @if seen.result.is_some() {
            (super::ask::twice(&seen.twice, &Words::TwiceWhy.to(lang), lang))
        }
        @if let Some(result) = &seen.result {
            (other_language(seen, result, lang))
            // What the app lacks may look as if it were nowhere: it is told first.
            @if !result.not_given.is_empty() {
                p.note.sec {
                    (Words::NotGiven {
                        categories: &mesinfos_words::names::categories(&result.not_given, lang),
                    }.to(lang))
                    @if seen.app.is_some() { " " a href=(path) { (Words::ToApp.to(lang)) } }
                }
            }
            @let rounded = seen.receipt.scope.values().filter(|scope| scope.grain == Grain::Rounded);
            @let rounded: Vec<Category> = rounded.map(|scope| scope.category).collect();
            @if !rounded.is_empty() {
                p.note.sec { (Words::Rounded { categories: &mesinfos_words::names::categories(&rounded, lang) }.to(lang)) }
            }
        }
        @if let Some((other, at)) = seen.other {
            p.row.no-print {
                // The earlier one is the one on the left.
                @let (now, before) = if at <= seen.receipt.at { (seen.receipt.id, other) } else { (other, seen.receipt.id) };
                a.btn.small href=(format!("/results/{now}/with/{before}")) {
                    (icon(Icon::Scale)) (Words::Compare { at: &mesinfos_words::instant(at, lang) }.to(lang))
                }
            }
        }
        @match &seen.result {
            Some(result) => {
                @let csv = |at: Address| format!("{here}/csv/{at}");
                @let rows_of = |label: &str| super::evidence::link(result, label, &here);
                @let context = Context {
                    app: &name,
                    icon: sign.icon,
                    domain: Some(sign.domain.id()),
                    lang,
                    read: &Words::RowsRead { rows }.to(lang),
                    is_trial: false,
                    pages,
                    csv: Some(&csv),
                    evidence: Some(&rows_of),
                };
                @let filled = filled.unwrap_or_else(|| Filled {
                    answers: result.parameters.clone(),
                    ..Filled::default()
                });
                @let settings = (seen.is_granted() && !seen.params.is_empty())
                    .then(|| view::parameters(&seen.params, &filled, &format!("{here}/run"), lang));
                (view::report(&result.view, &context, settings))
            }
            None => {
                header.head { h1 { bdi { (mesinfos_words::view::result_of(&name, lang)) } } }
                (note(&Words::Gone.to(lang), &seen.gone.to(lang), false))
            }
        }
        div.two.sec.after {
            (receipt(seen, &name, &here, tester.visitor.account.sample.is_some(), lang))
            div.flow {
                h2.h3s { (Words::FromWhat.to(lang)) }
                ul.limits {
                    @for (category, read) in &seen.receipt.reads {
                        li {
                            a href=(format!("/data/{}/{}", Domain::of(*category).id(), category.id())) {
                                (rows_of(read, *category, lang))
                            }
                        }
                    }
                }
                @if let Some(result) = &seen.result {
                    (view::notes(&result.notes, lang))
                }
            }
        }
    };
    let title = mesinfos_words::view::result_of(&name, lang);
    let mut shell = tester.shell(&title, Section::Apps);
    shell.charts = true;
    let status = if is_refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    (status, shell.around(body)).into_response()
}

/// What a run read of a category, in words.
fn rows_of(read: &ReadDigest, category: Category, lang: Lang) -> String {
    let (rows, category) = (read.distinct_rows(), category.name(lang));
    if rows == read.rows {
        return Words::RowsOf { rows, category }.to(lang);
    }
    Words::RowsAgain { rows, category, read: &mesinfos_words::count(read.rows, lang) }.to(lang)
}

/// A result whose sentences are not in the language of the page, and the way to have it in that one.
fn other_language(seen: &Seen, result: &KeptResult, lang: Lang) -> Markup {
    if result.view.lang == lang {
        return html! {};
    }
    html! {
        div.note.sec.flow-s.no-print {
            p { (Words::OtherLanguage { language: result.view.lang.code() }.to(lang)) }
            @if seen.is_granted() {
                form method="post" action=(format!("/results/{}/run", seen.receipt.id)) {
                    @for (name, value) in &result.parameters { input type="hidden" name=(name) value=(value); }
                    button.btn.small type="submit" { (icon(Icon::RotateCw)) (Words::OtherLanguageAgain.to(lang)) }
                }
            } @else if seen.app.is_some() {
                p {
                    (Words::OtherLanguageGrant.to(lang)) " "
                    a href=(format!("/apps/{}", seen.receipt.app.id)) { (Words::ToApp.to(lang)) }
                }
            }
        }
    }
}

/// The receipt of the reading, as a till receipt.
fn receipt(seen: &Seen, name: &str, here: &str, is_sample: bool, lang: Lang) -> Markup {
    let receipt = &seen.receipt;
    let short: String = receipt.id.to_string().chars().take(8).collect();
    let rows = receipt.reads.values().map(ReadDigest::distinct_rows).sum::<u64>();
    let read = receipt.reads.values().map(|read| read.rows).sum::<u64>();
    let count = |rows| mesinfos_words::count(rows, lang);
    let rows = match rows == read {
        true => count(rows),
        false => Words::Readings { rows: &count(rows), read: &count(read) }.to(lang),
    };
    let left_out = receipt.scope.values().map(|scope| scope.excluded.len() as u64).sum::<u64>();
    let nothing = Words::Nothing.to(lang);
    html! {
        div.receipt {
            p.row.end { strong { (Words::Receipt.to(lang)) } code.soft { (short) } }
            p.soft { (Words::ReceiptWhy { at: &mesinfos_words::instant(receipt.at, lang) }.to(lang)) }
            @if !receipt.scope.is_empty() {
                p { (Words::Given.to(lang)) }
                ul.limits { @for scope in receipt.scope.values() { li { (super::standing::gives(scope, lang)) } } }
            }
            dl {
                dt { (Words::App.to(lang)) } dd { bdi { (name) } " " (receipt.app.version) }
                dt { (Words::Rows.to(lang)) } dd { (rows) }
                @if left_out > 0 { dt { (Words::LeftOut.to(lang)) } dd { (count(left_out)) } }
                @let withheld = receipt.withheld.values().sum::<u64>();
                @if withheld > 0 { dt { (Withheld::InReceipt.to(lang)) } dd { (count(withheld)) } }
                dt { (Words::Today.to(lang)) } dd {
                    (mesinfos_words::day(receipt.today, lang))
                    @if is_sample { br; span.soft { (Words::TodayOfSample.to(lang)) } }
                }
                dt { (Words::KeptByApp.to(lang)) } dd { strong { (nothing) } }
                dt { (Words::Sent.to(lang)) } dd { strong { (nothing) } }
                dt { (Words::Outcome.to(lang)) }
                dd { (mesinfos_words::outcome::outcome_of_code(receipt.outcome.as_str(), lang)) }
            }
            div.row.no-print {
                @if seen.is_granted() {
                    form method="post" action=(format!("{here}/replay")) {
                        button.btn.small type="submit" { (icon(Icon::RotateCw)) (Words::Replay.to(lang)) }
                    }
                }
                a.btn.small href="/journal" { (icon(Icon::ScrollText)) (Words::InJournal.to(lang)) }
            }
        }
    }
}

/// Runs the app again with the parameters of the form.
pub(crate) async fn run(tester: Tester, Path(id): Path<String>, fields: Fields) -> Result<Response, Failure> {
    let id = id_of(&tester, &id)?;
    let seen = seen(&tester, id).await?;
    let sent: Vec<(String, String)> =
        fields.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let answers = match view::chosen(&seen.params, &sent, tester.lang()) {
        Ok(answers) => answers,
        Err(filled) => return Ok(drawn(&tester, &seen, Pages::One(0), Some(filled), html! {})),
    };
    let app = seen.receipt.app.id.clone();
    let receipt =
        tester.run(move |platform, caller| super::consent::ran(platform, caller, &app, answers)).await?;
    Ok(Redirect::to(&format!("/results/{receipt}")).into_response())
}

/// The rows of a block as a CSV file (RFC 4180).
pub(crate) async fn csv(
    tester: Tester,
    Path((id, block)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let id = id_of(&tester, &id)?;
    let result = tester.run(move |platform, caller| platform.result(caller, id)).await?;
    let text = result.and_then(|result| view::csv(&result.view, block.parse().ok()?));
    let Some(text) = text else { return Err(Failure::not_found(&tester.shell("", Section::Apps))) };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"table.csv\""),
    ];
    Ok((headers, text).into_response())
}

/// Erases the kept result; its receipt stays.
pub(crate) async fn erase(
    tester: Tester,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let id = id_of(&tester, &id)?;
    if !is_sure(&fields) {
        let there = tester.run(move |platform, caller| platform.result(caller, id)).await?;
        there.ok_or_else(|| Failure::not_found(&tester.shell("", Section::Apps)))?;
        let lang = tester.lang();
        let title = Words::EraseAsk.to(lang);
        let here = format!("/results/{id}");
        let question = Question {
            title: &title,
            words: &Words::EraseWhy.to(lang),
            facts: &[],
            button: &Words::Erase.to(lang),
            action: &format!("{here}/erase"),
            back: &here,
            fields: &[],
        };
        return Ok(tester.page(&title, Section::Apps, confirm(&question, lang)));
    }
    let erased = tester.run(move |platform, caller| platform.erase_result(caller, id)).await?;
    if !erased {
        return Err(Failure::not_found(&tester.shell("", Section::Apps)));
    }
    Ok(Redirect::to("/apps?erased").into_response())
}

/// Runs the app again from the receipt, and says whether everything is the same.
pub(crate) async fn replay(tester: Tester, Path(id): Path<String>) -> Result<Response, Failure> {
    let id = id_of(&tester, &id)?;
    let lang = tester.lang();
    let (_, differences) = tester.run(move |platform, caller| platform.replay(caller, id)).await?;
    let seen = seen(&tester, id).await?;
    Ok(drawn(&tester, &seen, Pages::One(0), None, replayed(&differences, lang)))
}

fn replayed(differences: &[Difference], lang: Lang) -> Markup {
    if differences.is_empty() {
        return html! { p.sec role="status" tabindex="-1" autofocus { (badge(Icon::CircleCheck, &Words::Identical.to(lang), "")) } };
    }
    html! {
        div.note.sec.flow-s role="status" tabindex="-1" autofocus {
            h2.h3s { (Words::Different.to(lang)) }
            ul.limits { @for difference in differences { li { (mesinfos_words::audit::difference(difference, lang)) } } }
        }
    }
}
