//! The page of an app: what it asks for, what a trial shows, and the person's choice.

use super::AppPage;
use super::ask::{self, Ask, PAGE, Tried, key_figures};
use super::choice::{Choices, Duration, EXCLUDED};
use super::notice::said;
use super::{standing, stopped, update};
use crate::Shared;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{
    Icon, Section, badge, capital, crumbs, document, figure, icon, more, note, publisher, section_with,
};
use crate::app::sign_in::proven;
use crate::app::visitor::{Tester, session_cookie};
use crate::errors::ApiError;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::{Lang, View};
use mesinfos_model::{Category, CategoryScope, Day, Digest, Grain};
use mesinfos_platform::consent::Notice;
use mesinfos_platform::{
    Caller, CategoryChoice, GrantSummary, KeptResult, Platform, PlatformError, RowFilter, RunInput, Shown,
    TrialChoices, Update,
};
use mesinfos_words::notice::purpose;
use mesinfos_words::page::{Apps, Consent as Words, Failures};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::{BTreeMap, BTreeSet};

/// Field of the form with the digest of the notice that it shows.
const NOTICE: &str = "notice";

/// Field of the form that says that the page has a trial.
const TRIED: &str = "tried";

/// Before the id of a category that is given apart: whether a trial may read it.
const APART: &str = "trial.";

/// Field of the form with a press for all categories at once, but those that are given apart.
const ALL: &str = "all";

/// Its value that gives; any other takes back.
const GIVE: &str = "give";

/// Categories from which on there is such a press.
const MANY: usize = 4;

/// Field of the form with the grant in force that it shows.
const STANDS: &str = "stands";

/// Field of the form in which the person says that an app may read although they paused all others.
const DESPITE: &str = "despite-pause";

/// What the page shows.
struct Seen {
    app: AppPage,
    notice: Notice,
    /// Whether the form was of another notice than the one of now.
    has_changed: bool,
    /// Whether the form was of another grant than the one in force now.
    has_answered: bool,
    /// Whether the page follows an act on a grant that was another one already.
    is_told_now: bool,
    /// Categories that the form gives and whose rows are no longer those that it showed.
    moved: Vec<Moved>,
    choices: Choices,
    grant: Option<GrantSummary>,
    update: Option<Update>,
    asks: Vec<Ask>,
    tried: Option<Tried>,
    /// Categories that are given apart and that a trial may read: the person said so, or a grant in force gives them.
    apart: BTreeSet<Category>,
    /// Whether the page had a trial, which is not kept.
    has_lost_trial: bool,
    /// Whether the choices are those of a grant that the person withdrew, to be given again.
    is_again: bool,
    /// Whether the person has paused every grant.
    is_paused: bool,
    /// Whether they said that this app may read all the same.
    is_despite: bool,
    result: Option<KeptResult>,
}

/// A category whose rows changed since a page showed them.
struct Moved {
    category: Category,
    /// Number of its rows in the vault that the page knew of; `None` if it showed none.
    before: Option<u64>,
    /// Their number now.
    now: u64,
}

/// What a page shows of the rows of a category: their number in the vault, and their mark, in a field of its form.
fn shown_rows(rows: u64, mark: Option<&Digest>) -> String {
    let mark = mark.map(Digest::to_string).unwrap_or_default();
    format!("{rows}.{}", mark.chars().take(MARK).collect::<String>())
}

/// Digits of a mark in a form: it tells two states of a vault apart, and keeps no secret.
const MARK: usize = 16;

/// What a form shows as the grant in force.
fn stands(grant: Option<&GrantSummary>) -> String {
    grant.map_or_else(String::new, |grant| format!("{}.{}", grant.id, grant.state))
}

/// Less detail for categories, which leaves the result as it is.
type Least = BTreeMap<Category, Grain>;

/// Where the choices of a page come from.
#[derive(Clone, Copy)]
enum Start<'a> {
    /// The grant in force; without one, nothing is given.
    Grant,
    /// The grant that the person withdrew last.
    Withdrawn,
    /// A form, with less detail for some categories.
    Form(&'a Fields, &'a Least),
}

fn holders(
    platform: &Platform,
    caller: &Caller,
) -> Result<BTreeMap<Category, BTreeSet<String>>, PlatformError> {
    Ok(platform.summary(caller)?.into_iter().map(|category| (category.category, category.holders)).collect())
}

impl Seen {
    /// What a form says, an empty one if there was none.
    fn read(platform: &Platform, caller: &Caller, id: &str, fields: &Fields) -> Result<Seen, PlatformError> {
        Seen::of(platform, caller, id, Start::Form(fields, &Least::new()))
    }

    fn of(platform: &Platform, caller: &Caller, id: &str, from: Start<'_>) -> Result<Seen, PlatformError> {
        let none = Fields::default();
        let fields = if let Start::Form(fields, _) = from { fields } else { &none };
        let app = AppPage::read(platform, id)?;
        let notice = app.notice(caller.lang);
        // What was chosen on another notice was chosen of something else.
        let has_changed = fields.has(NOTICE) && fields.get(NOTICE) != notice.digest().to_string();
        let fields = if has_changed { &none } else { fields };
        let summary = platform.summary(caller)?;
        let marks = platform.marks(caller)?;
        let twice = platform.counted_twice(caller)?;
        let rows_of = |category: Category| {
            let of = summary.iter().find(|of| of.category == category);
            of.map_or(0, |of| of.rows)
        };
        let holders: BTreeMap<Category, BTreeSet<String>> =
            summary.iter().map(|of| (of.category, of.holders.clone())).collect();
        let update = platform.update_of(caller, id)?;
        let grants = platform.grants_of(caller)?;
        let is_of_app = |grant: &&GrantSummary| grant.app == app.record.id && grant.is_in_force;
        let grant = grants.iter().rev().find(is_of_app).cloned();
        // Of another component, a grant says nothing about what is asked now.
        let same = grant.as_ref().filter(|grant| grant.component == app.record.component);
        let withdrawn = match from {
            Start::Withdrawn if grant.is_none() => platform.withdrawn_grant(caller, id)?,
            _ => None,
        };
        let withdrawn = withdrawn.filter(|grant| grant.component == app.record.component);
        let start = match from {
            Start::Form(..) => None,
            Start::Grant => same,
            Start::Withdrawn => withdrawn.as_ref().or(same),
        };
        let mut choices = match start {
            Some(grant) => {
                let asked =
                    app.categories().into_iter().map(|category| (category, CategoryChoice::default()));
                let asked = platform.scope_of(caller, id, &asked.collect::<Vec<_>>())?;
                Choices::of_grant(grant, &asked, caller.today, &holders)
            }
            None => Choices::read(fields, &app),
        };
        if fields.has(ALL) {
            let plain = |category: &Category| !category.is_sensitive() && holders.contains_key(category);
            for (_, choice) in choices.of.iter_mut().filter(|(category, _)| plain(category)) {
                choice.is_given = fields.get(ALL) == GIVE;
            }
        }
        if let Start::Form(_, least) = from {
            for (category, grain) in least {
                choices.of.entry(*category).or_default().grain = Some(*grain);
            }
        }
        let has_answered = fields.has(STANDS) && fields.get(STANDS) != stands(grant.as_ref());
        let mut moved = Vec::new();
        let nobody = BTreeSet::new();
        let mut asks = Vec::new();
        for category in app.categories() {
            let choice = choices.of.entry(category).or_default();
            let of = holders.get(&category).unwrap_or(&nobody);
            let kept_out = same.and_then(|grant| grant.scope.get(&category));
            let kept_out = kept_out.map(|scope| scope.excluded.clone()).unwrap_or_default();
            choice.excluded.extend(&kept_out);
            if !choice.words.is_empty() {
                let whole = CategoryChoice { grain: None, ..choice.for_grant(caller.today, Some(of)) };
                // Several words are several searches.
                let words = std::mem::take(&mut choice.words);
                for words in words.split(';').map(str::trim).filter(|words| !words.is_empty()) {
                    match matching(platform, caller, id, category, whole.clone(), words)? {
                        Some(rows) if choice.excluded.union(&rows).count() <= EXCLUDED => {
                            choice.found.push((words.to_owned(), rows.len() as u64));
                            choice.excluded.extend(rows);
                        }
                        _ => choice.is_too_much = true,
                    }
                }
            }
            let given = vec![(category, choice.for_grant(caller.today, Some(of)))];
            let scope = platform.scope_of(caller, id, &given)?.remove(&category);
            let Some(scope) = scope else { continue };
            let (now, was) = (rows_of(category), ask::rows_field(category));
            let rows = shown_rows(now, marks.get(&category));
            if choice.is_given && fields.has(NOTICE) && fields.get(&was) != rows {
                let before = fields.get(&was).split_once('.').and_then(|(before, _)| before.parse().ok());
                moved.push(Moved { category, before, now });
            }
            let at = |page: usize| page.saturating_mul(PAGE);
            let mut ask = Ask {
                category,
                preview: platform.preview_page(caller, &scope, at(choice.page), PAGE)?,
                scope,
                holders: of.clone(),
                kept_out,
                news: update.as_ref().and_then(|update| update.of(category).cloned()),
                has_rows: holders.contains_key(&category),
                rows,
                twice: twice.iter().filter(|twice| twice.category == category).copied().collect(),
            };
            // With fewer rows than before, there are fewer pages.
            if choice.page >= ask.pages() {
                choice.page = ask.pages() - 1;
                ask.preview = platform.preview_page(caller, &ask.scope, at(choice.page), PAGE)?;
            }
            asks.push(ask);
        }
        let may_try = |category: &Category| {
            fields.has(&format!("{APART}{}", category.id()))
                || choices.choice(*category).is_sure
                || grant.as_ref().is_some_and(|grant| grant.scope.contains_key(category))
        };
        let apart =
            app.categories().into_iter().filter(|category| category.is_sensitive() && may_try(category));
        let apart = apart.collect();
        let is_paused = platform.paused_since(caller)?.is_some();
        let (has_lost_trial, is_despite) = (fields.has(TRIED), fields.has(DESPITE));
        let result = platform.results(caller)?.into_iter().rev().find(|result| result.app == app.record.id);
        Ok(Seen {
            app,
            notice,
            has_changed,
            has_answered,
            is_told_now: false,
            moved,
            choices,
            grant,
            update,
            asks,
            tried: None,
            apart,
            has_lost_trial,
            is_again: withdrawn.is_some(),
            is_paused,
            is_despite,
            result,
        })
    }
}

impl Seen {
    /// What a trial with `choices` reads: everything that is there, but of what is given apart only what the person said.
    fn for_trial(
        &self,
        choices: &Choices,
        today: Day,
        holders: &BTreeMap<Category, BTreeSet<String>>,
    ) -> TrialChoices {
        let may = |category: &Category| !category.is_sensitive() || self.apart.contains(category);
        let whole = choices.whole(today, holders).into_iter();
        whole.filter(|(category, _)| holders.contains_key(category) && may(category)).collect()
    }

    /// What is given apart, is there, and is not read by a trial.
    fn kept_from_trial(&self) -> impl Iterator<Item = &Ask> {
        let is_kept =
            |ask: &&Ask| ask.category.is_sensitive() && ask.has_rows && !self.apart.contains(&ask.category);
        self.asks.iter().filter(is_kept)
    }
}

/// Rows that contain words, in any field. `None` if they are more than can be left out.
fn matching(
    platform: &Platform,
    caller: &Caller,
    app: &str,
    category: Category,
    choice: CategoryChoice,
    words: &str,
) -> Result<Option<BTreeSet<mesinfos_model::RowId>>, PlatformError> {
    let given = vec![(category, choice)];
    let Some(scope) = platform.scope_of(caller, app, &given)?.remove(&category) else {
        return Ok(Some(BTreeSet::new()));
    };
    // In all that the person sees of a row: an app that reads no label must not get the rows of a label either.
    let filter = RowFilter { text: words.to_owned(), period: scope.period, holder: None };
    let mut found = BTreeSet::new();
    for rows in platform.export_rows(caller, category, &filter)? {
        found.extend(rows?.into_iter().map(|row| row.id));
        if found.len() > EXCLUDED {
            return Ok(None);
        }
    }
    Ok(Some(found))
}

/// The page, with nothing chosen beyond a grant in force, or with the choices of the grant that was withdrawn.
pub(crate) async fn page(
    tester: Tester,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let app = id.clone();
    let app = tester.run(move |platform, _| AppPage::read(platform, &app)).await?;
    if let Some(stopped) = &app.record.stopped {
        return Ok(stopped::page(&tester, &app, stopped));
    }
    let query = Fields::read(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let from = if query.has("again") { Start::Withdrawn } else { Start::Grant };
    let mut seen = tester.run(move |platform, caller| Seen::of(platform, caller, &id, from)).await?;
    // The answer is that of a page that can be shown again.
    seen.is_told_now = query.has(standing::NOW);
    Ok(drawn(&tester, &seen, None))
}

/// The page with the choices of its form.
pub(crate) async fn redrawn(
    tester: Tester,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let seen = tester.run(move |platform, caller| Seen::read(platform, caller, &id, &fields)).await?;
    let wrong = too_much(&seen, tester.lang());
    Ok(drawn(&tester, &seen, wrong.as_ref()))
}

/// The address of a form, opened again from a history or a bookmark: back to the page of the app.
pub(crate) async fn back(_: Tester, Path(id): Path<String>) -> Redirect {
    Redirect::to(&format!("/apps/{}", utf8_percent_encode(&id, NON_ALPHANUMERIC)))
}

/// A trial with everything, without each category, and with each other detail. Nothing of it is kept.
pub(crate) async fn trial(
    tester: Tester,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let seen = tester
        .run(move |platform, caller| {
            let mut seen = Seen::read(platform, caller, &id, &fields)?;
            if seen.has_changed || untried(&seen, caller.lang).is_some() {
                return Ok(seen);
            }
            let mut tried = tried(platform, caller, &seen)?;
            // Later trials of this form show what the person chose.
            if !fields.has(TRIED) && seen.grant.is_none() {
                tried.least = least(platform, caller, &seen, &tried)?;
                if !tried.least.is_empty() {
                    seen = Seen::of(platform, caller, &id, Start::Form(&fields, &tried.least))?;
                }
            }
            seen.tried = Some(tried);
            Ok(seen)
        })
        .await?;
    let wrong = untried(&seen, tester.lang());
    Ok(drawn(&tester, &seen, wrong.as_ref()))
}

fn tried(platform: &Platform, caller: &Caller, seen: &Seen) -> Result<Tried, PlatformError> {
    let holders = holders(platform, caller)?;
    let whole = seen.for_trial(&seen.choices, caller.today, &holders);
    let mut variants = vec![whole.clone()];
    let mut labels = Vec::new();
    for (category, _) in &whole {
        if !seen.app.is_required(*category) {
            variants.push(whole.iter().filter(|(other, _)| other != category).cloned().collect());
            labels.push((*category, None));
        }
    }
    let is_read = |category: Category| whole.iter().any(|(of, _)| *of == category);
    for ask in seen.asks.iter().filter(|ask| ask.has_rows && is_read(ask.category)) {
        for grain in ask.category.schema().grains.iter().filter(|grain| **grain != ask.scope.grain) {
            let with = |(category, choice): &(Category, CategoryChoice)| {
                let grain = if *category == ask.category { Some(*grain) } else { choice.grain };
                (*category, CategoryChoice { grain, ..choice.clone() })
            };
            variants.push(whole.iter().map(with).collect());
            labels.push((ask.category, Some(*grain)));
        }
    }
    let app = &seen.app.record;
    let mut runs = platform.try_app(caller, &app.id, app.component, &variants, &[])?.into_iter();
    let Some(first) = runs.next() else { return Err(PlatformError::Busy) };
    let earlier = match &seen.update {
        Some(update) => platform.try_earlier(caller, &app.id, update)?,
        None => None,
    };
    let mut tried = Tried {
        whole: first,
        without: BTreeMap::new(),
        earlier,
        grains: Vec::new(),
        least: Least::new(),
        not_read: seen.kept_from_trial().map(|ask| ask.category).collect(),
    };
    for ((category, grain), run) in labels.into_iter().zip(runs) {
        match grain {
            None => {
                tried.without.insert(category, run);
            }
            Some(grain) => tried.grains.push((category, grain, run)),
        }
    }
    Ok(tried)
}

/// Whether a detail hides something of the rows that are shown: of some fields, all details say the same.
fn gives_less(platform: &Platform, caller: &Caller, ask: &Ask, grain: Grain) -> Result<bool, PlatformError> {
    let coarser = CategoryScope { grain, ..ask.scope.clone() };
    let page = |scope: &CategoryScope| platform.preview_page(caller, scope, 0, PAGE);
    let (coarse, fine) = (page(&coarser)?, page(&ask.scope)?);
    let values = |preview: &mesinfos_platform::Preview| -> Vec<_> {
        let values = preview.rows.iter().flat_map(|row| &row.values);
        values.map(|value| (value.field, value.text.clone(), value.number, value.code)).collect()
    };
    Ok(coarse.total != fine.total || values(&coarse) != values(&fine))
}

/// The least detail with which the result stays the same, of each category whose detail is still the one that the app
/// asks for. Tried together too: what each leaves as it is, all together may change.
fn least(platform: &Platform, caller: &Caller, seen: &Seen, tried: &Tried) -> Result<Least, PlatformError> {
    let all = seen.asks.iter().map(|ask| (ask.category, CategoryChoice::default()));
    let asked = platform.scope_of(caller, &seen.app.record.id, &all.collect::<Vec<_>>())?;
    let mut found = Least::new();
    for ask in &seen.asks {
        let grain = ask.scope.grain;
        // What changes nothing at all is not needed: no detail of it is proposed.
        let without = tried.without.get(&ask.category);
        let is_needless = without.is_some_and(|without| ask::is_equal(&tried.whole, without));
        if is_needless || asked.get(&ask.category).is_none_or(|asked| asked.grain != grain) {
            continue;
        }
        // The grains of a category are in order, the finest first.
        let grains = ask.category.schema().grains;
        let coarser = grains.iter().rev().take_while(|other| **other != grain);
        let mut same = coarser.filter(|coarser| {
            let run = tried.grains.iter().find(|(of, other, _)| (*of, other) == (ask.category, *coarser));
            run.is_some_and(|(.., run)| ask::is_same_result(&tried.whole, run))
        });
        if let Some(grain) = same.next()
            && gives_less(platform, caller, ask, *grain)?
        {
            found.insert(ask.category, *grain);
        }
    }
    if found.len() < 2 {
        return Ok(found);
    }
    let holders = holders(platform, caller)?;
    let run = |least: &Least| {
        let mut choices = seen.choices.clone();
        for (category, grain) in least {
            choices.of.entry(*category).or_default().grain = Some(*grain);
        }
        let whole = seen.for_trial(&choices, caller.today, &holders);
        let app = &seen.app.record;
        let runs = platform.try_app(caller, &app.id, app.component, &[whole], &[])?;
        Ok::<bool, PlatformError>(runs.first().is_some_and(|run| ask::is_same_result(&tried.whole, run)))
    };
    if run(&found)? {
        return Ok(found);
    }
    let mut kept = Least::new();
    for (category, grain) in found {
        kept.insert(category, grain);
        if kept.len() > 1 && !run(&kept)? {
            kept.remove(&category);
        }
    }
    Ok(kept)
}

/// What a form says that the person was shown.
fn shown(fields: &Fields, now: Notice) -> Shown {
    Shown::notice(fields.get("shown"), now, fields.get(NOTICE))
}

/// Does what a form answers, or reads the page anew if the person was shown something else than what is asked now.
fn answered<T>(
    platform: &Platform,
    caller: &Caller,
    id: &str,
    fields: &Fields,
    act: impl FnOnce(&Shown) -> Result<T, PlatformError>,
) -> Result<Result<T, Box<Seen>>, PlatformError> {
    let now = AppPage::read(platform, id)?.notice(caller.lang);
    match act(&shown(fields, now)) {
        Ok(done) => Ok(Ok(done)),
        Err(PlatformError::OtherComponent { .. } | PlatformError::OtherNotice { .. }) => {
            let seen = Seen::read(platform, caller, id, &Fields::default())?;
            Ok(Err(Box::new(Seen { has_changed: true, ..seen })))
        }
        Err(error) => Err(error),
    }
}

/// Refusing is in the journal; it changes nothing else, and the app does not learn of it.
pub(crate) async fn refuse(
    tester: Tester,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let to = format!("/apps?refused={}", utf8_percent_encode(&id, NON_ALPHANUMERIC));
    answered_without(&tester, id, fields, Platform::refuse, &to).await
}

/// Puts the answer off: nothing is given and nothing refused, and the home page reminds of it.
pub(crate) async fn later(
    tester: Tester,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    answered_without(&tester, id, fields, Platform::defer, "/home#todo").await
}

/// An answer that gives nothing, to what an app asks for.
type Answer = fn(&Platform, &Caller, &str, &Shown) -> Result<bool, PlatformError>;

/// Records an answer that gives nothing, and leads to `next`.
async fn answered_without(
    tester: &Tester,
    id: String,
    fields: Fields,
    answer: Answer,
    next: &str,
) -> Result<Response, Failure> {
    let done = tester
        .run(move |platform, caller| {
            // A tab that was open while the person answered elsewhere: nothing is recorded over that answer.
            let seen = Seen::of(platform, caller, &id, Start::Grant)?;
            if fields.get(STANDS) != stands(seen.grant.as_ref()) && !has_other_notice(&seen, &fields) {
                return Ok(Err(Box::new(Seen { has_answered: true, ..seen })));
            }
            answered(platform, caller, &id, &fields, |shown| answer(platform, caller, &id, shown))
        })
        .await?;
    Ok(match done {
        Ok(_) => Redirect::to(next).into_response(),
        Err(seen) => (StatusCode::CONFLICT, drawn(tester, &seen, None)).into_response(),
    })
}

/// Whether a form was of another notice than the one of now, which its page says first.
fn has_other_notice(seen: &Seen, fields: &Fields) -> bool {
    fields.get(NOTICE) != seen.notice.digest().to_string()
        || !fields.get("shown").eq_ignore_ascii_case(&seen.app.record.component.to_string())
}

/// Gives the grant, runs the app, and shows the result.
pub(crate) async fn grant(
    State(shared): State<Shared>,
    tester: Tester,
    headers: HeaderMap,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let read = fields.clone();
    let of = id.clone();
    let seen = tester.run(move |platform, caller| Seen::read(platform, caller, &of, &read)).await?;
    if seen.has_changed {
        return Ok(drawn(&tester, &seen, None));
    }
    if let Some(wrong) = incomplete(&seen, lang) {
        return Ok(drawn(&tester, &seen, Some(&wrong)));
    }
    // What is given is what was shown.
    if !seen.moved.is_empty() {
        return Ok((StatusCode::CONFLICT, drawn(&tester, &seen, None)).into_response());
    }
    let mut renewed = None;
    if !tester.visitor.is_present() {
        let (next, action) = (format!("/apps/{id}"), format!("/apps/{id}/grant"));
        match proven(&shared, &tester.visitor, &headers, &next, (&action, &fields)).await? {
            Ok(token) => renewed = Some(token),
            Err(page) => return Ok(page),
        }
    }
    let named = (id.clone(), seen.app.name(lang).to_owned());
    let done = tester
        .run(move |platform, caller| {
            let given = seen.choices.given(caller.today, &holders(platform, caller)?);
            let until = seen.choices.duration.until(caller.at);
            let done = answered(platform, caller, &id, &fields, |shown| {
                platform.grant_shown(caller, &id, shown, &given, Some(until))
            })?;
            Ok(match done {
                Ok(_) => Ok(ran(platform, caller, &id, Vec::new())),
                Err(seen) => Err(seen),
            })
        })
        .await?;
    let mut response = match done {
        Ok(Ok(receipt)) => Redirect::to(&format!("/results/{receipt}")).into_response(),
        Ok(Err(error)) => granted_without_result(&tester, &named, &error),
        Err(seen) => return Ok(drawn(&tester, &seen, None)),
    };
    if let Some(token) = renewed {
        response.headers_mut().append(header::SET_COOKIE, session_cookie(&headers, &token));
    }
    Ok(response)
}

/// The page after a grant whose first run failed: the grant stands, and can be withdrawn here.
fn granted_without_result(tester: &Tester, (id, name): &(String, String), error: &PlatformError) -> Response {
    let lang = tester.lang();
    let title = Words::GivenNoResult { app: name }.to(lang);
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::GivenNoResultWhy.to(lang)) } }
        (note("", &mesinfos_words::error(error, lang), true))
        div.row {
            form method="post" action=(format!("/apps/{id}/run")) {
                button.btn.pri type="submit" { (Words::RunNow.to(lang)) }
            }
            form method="post" action=(format!("/apps/{id}/stop")) {
                button.btn type="submit" { (Words::Stop.to(lang)) }
            }
        }
    };
    let status = ApiError::from(error).status();
    (status, tester.page(&title, Section::Apps, body)).into_response()
}

/// What stands in the way of a form, and the category that it is about.
struct Wrong {
    words: String,
    at: Option<Category>,
    /// Whether it is the pause of everything, beside which the person can say that this app may read.
    is_pause: bool,
    /// Whether it is answered beside the button of the trial.
    is_trial: bool,
}

impl Wrong {
    fn new(words: String, at: Option<Category>) -> Wrong {
        Wrong { words, at, is_pause: false, is_trial: false }
    }
}

/// Words about a category of which more was to be left out than can be, or of which the form says what cannot be
/// understood.
fn too_much(seen: &Seen, lang: Lang) -> Option<Wrong> {
    if let Some((category, _)) = seen.choices.of.iter().find(|(_, choice)| choice.is_unclear) {
        let words = Words::Unclear { category: category.name(lang) }.to(lang);
        return Some(Wrong::new(words, Some(*category)));
    }
    let (category, _) = seen.choices.of.iter().find(|(_, choice)| choice.is_too_much)?;
    let words = Words::TooMuchLeftOut { category: category.name(lang), rows: EXCLUDED as u64 }.to(lang);
    Some(Wrong::new(words, Some(*category)))
}

/// Words about the pause of everything, unless the person said that this app may read all the same.
fn paused(seen: &Seen, lang: Lang) -> Option<Wrong> {
    let stops = seen.is_paused && !seen.is_despite;
    stops.then(|| Wrong { words: Words::PausedAsk.to(lang), at: None, is_pause: true, is_trial: false })
}

/// What stands in the way of a trial or a grant.
fn in_the_way(seen: &Seen, lang: Lang) -> Option<Wrong> {
    too_much(seen, lang).or_else(|| paused(seen, lang))
}

/// What stands in the way of a trial, among it a category that is needed, and that the person has not given apart.
fn untried(seen: &Seen, lang: Lang) -> Option<Wrong> {
    in_the_way(seen, lang).or_else(|| {
        let ask = seen.kept_from_trial().find(|ask| seen.app.is_required(ask.category))?;
        let words = Words::TrialApartNeeded { category: ask.category.name(lang) }.to(lang);
        Some(Wrong { words, at: None, is_pause: false, is_trial: true })
    })
}

/// What is missing in a form before it can be a grant.
fn incomplete(seen: &Seen, lang: Lang) -> Option<Wrong> {
    if let Some(wrong) = in_the_way(seen, lang) {
        return Some(wrong);
    }
    let given = || seen.choices.of.iter().filter(|(_, choice)| choice.is_given);
    if given().next().is_none() {
        let at = seen.asks.first().map(|ask| ask.category);
        return Some(Wrong::new(Words::ChooseOne.to(lang), at));
    }
    let required = seen.app.inspection.required();
    if let Some(missing) = required.iter().find(|category| !seen.choices.choice(**category).is_given) {
        let words = Words::MissingRequired { category: missing.name(lang) }.to(lang);
        return Some(Wrong::new(words, Some(*missing)));
    }
    // What holds no row gives no result; the person chooses other days, or another holder.
    let chosen = || seen.asks.iter().filter(|ask| seen.choices.choice(ask.category).is_given && ask.has_rows);
    if let Some(ask) = chosen().next().filter(|_| chosen().all(|ask| ask.preview.total == 0)) {
        let words = Words::NothingChosen { category: ask.category.name(lang) }.to(lang);
        return Some(Wrong::new(words, Some(ask.category)));
    }
    let unsure = given().find(|(category, choice)| category.is_sensitive() && !choice.is_sure);
    unsure.map(|(category, _)| {
        Wrong::new(Words::MissingSure { category: category.name(lang) }.to(lang), Some(*category))
    })
}

/// Runs an app and keeps its result. Returns the id of its receipt.
pub(super) fn ran(
    platform: &Platform,
    caller: &Caller,
    id: &str,
    params: Vec<(String, String)>,
) -> Result<mesinfos_platform::consent::ReceiptId, PlatformError> {
    let output = platform.run(caller, id, &RunInput { params: params.clone() })?;
    let receipt = output.receipt.id;
    platform.keep_result(caller, &KeptResult::of(output, params))?;
    Ok(receipt)
}

/// Runs an app under its grant.
pub(crate) async fn run(tester: Tester, Path(id): Path<String>) -> Result<Response, Failure> {
    let receipt = tester.run(move |platform, caller| ran(platform, caller, &id, Vec::new())).await?;
    Ok(Redirect::to(&format!("/results/{receipt}")).into_response())
}

/// Resumes the paused grant of an app.
pub(crate) async fn resume(tester: Tester, Path(id): Path<String>) -> Result<Response, Failure> {
    let to = format!("/apps/{id}");
    standing::turned(&tester, id, Platform::resume, &to).await
}

/// Stops an app: withdraws its grant and erases its kept results.
pub(crate) async fn stop(
    tester: Tester,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let back = format!("/apps/{id}");
    standing::stopped(&tester, id, &fields, (Section::Apps, &back)).await
}

/// What the page shows, within its frame.
fn body(seen: &Seen, wrong: Option<&Wrong>, lang: Lang) -> Markup {
    let app = &seen.app;
    let name = app.name(lang);
    let asked = seen.asks.len() as u64;
    let title =
        Words::Wants { app: name, categories: asked, purpose: &purpose(&app.manifest.app.purpose, lang) }
            .to(lang);
    let (plain, sensitive): (Vec<&Ask>, Vec<&Ask>) =
        seen.asks.iter().partition(|ask| !ask.category.is_sensitive());
    let section =
        |ask: &&Ask| ask::section(ask, &seen.choices.choice(ask.category), app, seen.tried.as_ref(), lang);
    let required = app.inspection.required().len();
    html! {
        form.side.consent method="post" action=(format!("/apps/{}", app.record.id)) data-live {
            input type="hidden" name="shown" value=(app.record.component);
            input type="hidden" name=(NOTICE) value=(seen.notice.digest());
            input type="hidden" name=(STANDS) value=(stands(seen.grant.as_ref()));
            // Where resuming leads back to.
            input type="hidden" name="back" value=(format!("/apps/{}", app.record.id));
            // The first button is the one that Enter presses: it only draws the page again.
            button.sr type="submit" tabindex="-1" aria-hidden="true" data-turn="count" { (Words::Redraw.to(lang)) }
            @if seen.tried.is_some() { input type="hidden" name=(TRIED) value="on"; }
            div {
                header.head data-d=(app.sign().domain.id()) {
                    (crumbs(&[("/apps", &Apps::Crumb.to(lang))], name, lang))
                    (app.sign().large())
                    h1 { bdi { (title) } }
                    p.row.soft {
                        span {
                            (Apps::By.to(lang)) " " (publisher(&app.manifest.app.publisher, app.record.key.is_some(), lang)) " · "
                            (Words::Version { version: &app.record.version }.to(lang)) " · "
                            (Words::InstalledOn { on: &installed_on(app, lang) }.to(lang))
                        }
                        (badge(Icon::ShieldCheck, &Apps::KeepsNothing.to(lang), "small"))
                    }
                    p.lead { (lead(seen, required as u64, lang)) }
                }
                @if seen.has_changed {
                    div.sec { (note(&Words::NoticeChanged.to(lang), &Words::NoticeChangedWhy.to(lang), true)) }
                }
                div data-part="moved" { (moved(seen, lang)) }
                @if seen.is_again {
                    div.sec { (note(&Words::AgainTitle.to(lang), &Words::AgainWhy.to(lang), false)) }
                }
                @if let Some(wrong) = wrong { div.sec { (obstacle(wrong, lang)) } }
                @else if seen.is_paused && !seen.is_despite {
                    @let goes_on = seen.grant.as_ref().is_some_and(|grant| !standing::is_paused(grant));
                    div.sec.flow {
                        @if goes_on { (note(&Words::PausedBut.to(lang), &Words::PausedButWhy.to(lang), false)) }
                        @else { (note(&Words::PausedTitle.to(lang), &Words::PausedWhy.to(lang), false)) }
                        (resume_all(lang))
                    }
                }
                @if seen.is_despite { input type="hidden" name=(DESPITE) value="on"; }
                @if let Some(grant) = &seen.grant {
                    (standing::section(grant, app, &seen.asks, seen.result.as_ref(), lang))
                } @else if let Some(result) = &seen.result {
                    div.panel.split.sec {
                        p { (Words::ResultStays { at: &mesinfos_words::instant(result.at, lang) }.to(lang)) }
                        a.btn href=(format!("/results/{}", result.receipt)) { (Words::LastResult.to(lang)) }
                    }
                }
                @if let Some(update) = &seen.update { (update::section(update, app, seen.tried.as_ref(), lang)) }
                // What was asked for with the button is read first.
                @if seen.tried.is_some() && wrong.is_none() {
                    div role="group" aria-labelledby="trial-h" tabindex="-1" autofocus { (trial_section(seen, lang)) }
                } @else { (trial_section(seen, lang)) }
                @if !plain.is_empty() {
                    (section_with("asks", &Words::Asks.to(lang), html! {}, html! {
                        (all_at_once(&plain, &app.record.id, lang))
                        div.asks { @for ask in &plain { (section(ask)) } }
                    }))
                }
                @if !sensitive.is_empty() {
                    (section_with("apart", &Words::Apart.to(lang), html! {}, html! {
                        p.lead { (Words::ApartWhy.to(lang)) }
                        div.asks { @for ask in &sensitive { (section(ask)) } }
                    }))
                }
                (proof(app, lang))
                (notice(&seen.notice, lang))
            }
            (decide(seen, lang))
        }
    }
}

/// The page as a document that needs no server, for the author of an app: nothing on it can be pressed.
///
/// # Errors
/// Those of the platform.
pub fn consent_document(platform: &Platform, caller: &Caller, app: &str) -> Result<String, PlatformError> {
    let (seen, lang) = (Seen::of(platform, caller, app, Start::Grant)?, caller.lang);
    Ok(document(seen.app.name(lang), &Words::PreviewOnly.to(lang), body(&seen, None, lang), lang))
}

fn drawn(tester: &Tester, seen: &Seen, wrong: Option<&Wrong>) -> Response {
    let lang = tester.lang();
    let name = seen.app.name(lang);
    let status = if seen.has_changed {
        StatusCode::CONFLICT
    } else if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let of_page = format!("{name} · {}", Apps::Crumb.to(lang));
    let of_page = match (wrong, &seen.tried) {
        (Some(_), _) => Failures::ErrorOf { page: &of_page }.to(lang),
        (None, Some(_)) => format!("{} · {of_page}", Words::Trial.to(lang)),
        (None, None) => of_page,
    };
    let shell = tester.shell(&of_page, Section::Apps);
    (status, shell.around(body(seen, wrong, lang))).into_response()
}

/// The day on which the version was installed on this host.
fn installed_on(app: &AppPage, lang: Lang) -> String {
    mesinfos_words::day(mesinfos_words::day_of(app.record.installed_at), lang)
}

/// What the person has to know first: what is needed, or that they have answered before.
fn lead(seen: &Seen, required: u64, lang: Lang) -> String {
    let same = seen.grant.as_ref().filter(|grant| grant.component == seen.app.record.component);
    match (same, required) {
        (Some(_), _) => Words::Answered.to(lang),
        (None, 0) => Words::NoneRequired.to(lang),
        (None, _) if seen.asks.len() == 1 => Words::OneRequired.to(lang),
        (None, _) => Words::SomeRequired { categories: required }.to(lang),
    }
}

/// What changed since the page was shown whose form was sent: the answer, and the rows. A script shows it too.
fn moved(seen: &Seen, lang: Lang) -> Markup {
    let is_other_answer = (seen.has_answered || seen.is_told_now) && !seen.has_changed;
    html! {
        @if is_other_answer {
            div.sec { (note(&Words::AnswerChanged.to(lang), &Words::AnswerChangedWhy.to(lang), true)) }
        }
        @if !seen.moved.is_empty() {
            div.sec {
                div.note.bad.flow-s role="alert" {
                    h2.h3s { (Words::DataChanged.to(lang)) }
                    ul.limits {
                        @for moved in &seen.moved {
                            @let (category, after) = (&capital(moved.category.name(lang)), moved.now);
                            li {
                                @match moved.before.filter(|before| *before != after) {
                                    Some(before) => (Words::DataChangedOf { category, before, after }.to(lang)),
                                    None => (Words::DataChangedIn { category }.to(lang)),
                                }
                            }
                        }
                    }
                    p { (Words::DataChangedWhy.to(lang)) }
                }
            }
        }
    }
}

/// What stands in the way of what was pressed, and how to get past it.
fn obstacle(wrong: &Wrong, lang: Lang) -> Markup {
    html! {
        div.note.bad.flow-s role="alert" tabindex="-1" autofocus {
            p { (wrong.words) }
            @if let Some(category) = wrong.at {
                p { a href=(format!("#{}", ask::heading(category))) { (capital(category.name(lang))) } }
            }
            @if wrong.is_trial { p { a href="#try" { (Words::TryGo.to(lang)) } } }
            @if wrong.is_pause {
                label.yes {
                    input type="checkbox" name=(DESPITE);
                    span { (Words::PausedDespite.to(lang)) }
                }
                (resume_all(lang))
            }
        }
    }
}

/// The button that resumes all paused grants, in the form of the page.
fn resume_all(lang: Lang) -> Markup {
    html! {
        p.row {
            button.btn.small type="submit" formaction="/settings/pause" name="do" value="resume" {
                (icon(Icon::Play)) (Words::ResumeAll.to(lang))
            }
            a href="/settings#pause" { (Words::PauseSettings.to(lang)) }
        }
    }
}

/// The trial: its result, or the button that makes one.
fn trial_section(seen: &Seen, lang: Lang) -> Markup {
    let again = format!("/apps/{}/try", seen.app.record.id);
    // What is needed and not there cannot be tried.
    let required = seen.app.inspection.required();
    let missing: Vec<Category> =
        seen.asks.iter().filter(|ask| !ask.has_rows).map(|ask| ask.category).collect();
    let missing: Vec<Category> = missing.into_iter().filter(|category| required.contains(category)).collect();
    if !missing.is_empty() {
        let categories = mesinfos_words::names::categories(&missing, lang);
        return html! {
            div.panel.split.sec #trial {
                p id="trial-h" { (Words::TryNeeds { categories: &categories }.to(lang)) }
                a.btn href="/add" { (icon(Icon::FileUp)) (Words::Add.to(lang)) }
            }
        };
    }
    let Some(tried) = &seen.tried else {
        return html! {
            div.panel.split.sec #try {
                div.flow-s {
                    h2.h3s { (Words::TryFirst.to(lang)) }
                    p { (if seen.has_lost_trial { Words::TrialLost } else { Words::TryFirstWhy }.to(lang)) }
                    // What the button will ask for is said before it is pressed.
                    @if seen.kept_from_trial().any(|ask| required.contains(&ask.category)) {
                        p { strong { (Words::TryTick.to(lang)) } }
                    }
                    (apart_boxes(seen, lang))
                }
                button.btn type="submit" formaction=(again) { (icon(Icon::FlaskConical)) (Words::Try.to(lang)) }
            }
        };
    };
    section_with(
        "trial",
        &Words::Trial.to(lang),
        html! { span.soft.small { (Words::TrialWhy.to(lang)) } },
        html! {
            @match &tried.whole.view {
                Some(view) => {
                    div.res data-d=(seen.app.sign().domain.id()) {
                        div.res-h {
                            (seen.app.sign().drawn())
                            strong { bdi { (mesinfos_words::view::result_of(seen.app.name(lang), lang)) } }
                            (badge(Icon::FlaskConical, &Words::TrialBadge.to(lang), "plain small"))
                        }
                        div.res-b.flow {
                            p.lead { bdi { (view.headline) } }
                            dl.figs {
                                @for found in key_figures(view) {
                                    div {
                                        dt { bdi { (found.label) } }
                                        dd { (figure(&mesinfos_words::value(&found.value, lang), "m")) }
                                    }
                                }
                            }
                            (more_of_trial(view, lang))
                        }
                    }
                }
                None => p { (mesinfos_words::outcome::outcome(&tried.whole.outcome, lang)) }
            }
            @let left: Vec<Category> = seen.kept_from_trial().map(|ask| ask.category).collect();
            @if left.is_empty() {
                @for category in &seen.apart { input type="hidden" name=(format!("{APART}{}", category.id())) value="on"; }
            } @else {
                div.panel.split {
                    div.flow-s {
                        p { (Words::TrialWithout { categories: &mesinfos_words::names::categories(&left, lang) }.to(lang)) }
                        (apart_boxes(seen, lang))
                    }
                    button.btn type="submit" formaction=(again) { (icon(Icon::FlaskConical)) (Words::TryAgain.to(lang)) }
                }
            }
        },
    )
}

/// How much more the whole result has than the trial shows, and where.
fn more_of_trial(view: &View, lang: Lang) -> Markup {
    let all = ask::beyond(view);
    if all.is_empty() {
        return html! { p.soft { (Words::TrialWhole.to(lang)) } };
    }
    let figures = all.iter().map(|more| more.figures).sum();
    html! {
        p.soft { (Words::TrialMore { figures }.to(lang)) }
        ul.limits.soft {
            @for more in &all {
                li {
                    @if more.title.is_empty() { (Words::TrialFirst.to(lang)) } @else { bdi { (more.title) } }
                    " · "
                    @if more.figures > 0 { (Words::TrialFigures { figures: more.figures }.to(lang)) }
                    @if more.figures > 0 && more.parts > 0 { ", " }
                    @if more.parts > 0 { (Words::TrialParts { parts: more.parts }.to(lang)) }
                }
            }
        }
    }
}

/// A box for each category that is given apart: whether the trial may read it too.
fn apart_boxes(seen: &Seen, lang: Lang) -> Markup {
    html! {
        @for ask in seen.asks.iter().filter(|ask| ask.category.is_sensitive() && ask.has_rows) {
            label.yes {
                input type="checkbox" name=(format!("{APART}{}", ask.category.id()))
                    checked[seen.apart.contains(&ask.category)];
                span { (Words::TrialApart { category: ask.category.name(lang), rows: ask.preview.total }.to(lang)) }
            }
        }
    }
}

/// Two buttons that give, or take back, all that is not given apart. They only fill the form: nothing is given yet.
fn all_at_once(plain: &[&Ask], app: &str, lang: Lang) -> Markup {
    if plain.iter().filter(|ask| ask.has_rows).count() < MANY {
        return html! {};
    }
    let action = format!("/apps/{app}#asks");
    html! {
        div.row {
            button.btn.small type="submit" formaction=(action) name=(ALL) value=(GIVE) { (Words::AllGive.to(lang)) }
            button.btn.small type="submit" formaction=(action) name=(ALL) value="none" { (Words::AllNone.to(lang)) }
        }
        p.soft.small { (Words::AllWhy.to(lang)) }
    }
}

fn proof(app: &AppPage, lang: Lang) -> Markup {
    html! {
        div.proof.sec.flow {
            (badge(Icon::ShieldCheck, &Apps::KeepsNothing.to(lang), ""))
            p {
                (Words::ProofWords.to(lang)) " "
                a href=(format!("/apps/{}/proof", app.record.id)) { (Words::SeeProof.to(lang)) }
            }
            ul.modes {
                li.can { (icon(Icon::Eye)) strong { (Words::ModeRead.to(lang)) } span { (Words::ModeReadWhy.to(lang)) } }
                @for words in [Words::ModeRemember, Words::ModePropose, Words::ModeContribute] {
                    li { (icon(Icon::Ban)) strong { (words.to(lang)) } span { (Words::Never.to(lang)) } }
                }
            }
        }
    }
}

/// The notice, word for word, with its digest.
fn notice(notice: &Notice, lang: Lang) -> Markup {
    html! {
        div.sec {
            (more(&Words::Notice.to(lang), html! {
                p.small.soft { (Words::NoticeWhy.to(lang)) }
                (said(notice, lang))
            }))
        }
    }
}

/// The choice: what is given so far, for how long, and two buttons of equal weight.
fn decide(seen: &Seen, lang: Lang) -> Markup {
    let given = seen.asks.iter().filter(|ask| seen.choices.choice(ask.category).is_given);
    let rows: u64 = given.map(|ask| ask.preview.total).sum();
    let app = &seen.app.record.id;
    let stands = seen.grant.is_some();
    // What was answered is not put off.
    let is_open = seen.grant.as_ref().is_none_or(|grant| grant.component != seen.app.record.component);
    html! {
        aside.card.decide.stick.flow aria-labelledby="decide" {
            h2.h3s id="decide" { (Words::YourChoice.to(lang)) }
            p role="status" { strong data-part="given" { (Words::RowsGiven { rows }.to(lang)) } }
            fieldset {
                legend { (Words::HowLong.to(lang)) }
                div.pick {
                    @for duration in Duration::ALL {
                        @let (words, why) = duration_words(duration);
                        label {
                            input type="radio" name="for" value=(duration.id()) checked[duration == seen.choices.duration];
                            strong { (words.to(lang)) }
                            span.soft.small { (why.to(lang)) }
                        }
                    }
                }
            }
            div.pair {
                button.btn type="submit" formaction=(format!("/apps/{app}/refuse")) { (Words::Refuse.to(lang)) }
                button.btn type="submit" formaction=(format!("/apps/{app}/grant")) { (Words::GrantAndRun.to(lang)) }
            }
            @if is_open {
                button.btn.quiet.full type="submit" formaction=(format!("/apps/{app}/later")) { (Words::Later.to(lang)) }
            }
            // Where a script counts by itself, it takes these two away.
            div.flow-s data-recount {
                button.btn.quiet.full type="submit" formaction=(format!("/apps/{app}#decide")) { (Words::Redraw.to(lang)) }
                p.soft.small { (Words::RedrawWhy.to(lang)) }
            }
            p.soft.small { (if stands { Words::RefuseStanding } else { Words::RefuseWhy }.to(lang)) }
        }
    }
}

fn duration_words(duration: Duration) -> (Words<'static>, Words<'static>) {
    match duration {
        Duration::Once => (Words::Once, Words::OnceWhy),
        Duration::Quarter => (Words::Quarter, Words::QuarterWhy),
        Duration::Year => (Words::Year, Words::YearWhy),
    }
}
