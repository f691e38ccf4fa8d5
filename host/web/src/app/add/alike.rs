//! Rows of an import that are probably the same as earlier ones: what differs, and what the person says.

use crate::app::data::columns::{time, title, written};
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Section, capital, icon, list_table, section};
use crate::app::visitor::Tester;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, Field, Unit};
use mesinfos_platform::{
    AlikePair, AlikePairs, AlikeRow, AlikeRows, Caller, DECIDED_AT_ONCE, Decision, ImportRecord, Platform,
    PlatformError, Row,
};
use mesinfos_words::page::{Add as Words, Withheld};

/// The pairs on which the person has not decided; nothing if there are none.
pub(super) fn pairs(import: u64, found: &AlikePairs, lang: Lang) -> Markup {
    if found.pairs.is_empty() {
        return html! {};
    }
    let rows = (found.pairs.len() + found.more) as u64;
    section(
        "alike",
        &Words::AlikeCount { rows }.to(lang),
        html! {
            p { (Words::AlikeWhy.to(lang)) }
            @if found.groups.len() > 1 { (all(import, (rows, None), lang)) }
            @for group in &found.groups {
                @let of = |pair: &&(usize, &AlikePair)| pair.1.rows.old.id.import == group.import;
                @let pairs: Vec<(usize, &AlikePair)> = found.pairs.iter().enumerate().collect();
                @let pairs: Vec<&(usize, &AlikePair)> = pairs.iter().filter(of).collect();
                h3 id=(format!("alike-of-{}", group.import)) {
                    bdi { (Words::AlikeWith { file: &clean(&group.file), rows: group.pairs as u64 }.to(lang)) }
                }
                @if group.pairs > 1 { (all(import, (group.pairs as u64, Some(group.import)), lang)) }
                @for (at, pair) in pairs { (one(import, at + 1, pair, lang)) }
            }
            @if found.more > 0 {
                p.soft { (Words::AlikeMore { rows: found.more as u64 }.to(lang)) }
                p { a.btn.small href=(format!("/imports/{import}?{ALL}#alike")) { (Words::AlikeSeeAll { rows }.to(lang)) } }
            }
        },
    )
}

/// Query of the page of an import that shows all its pairs.
pub(super) const ALL: &str = "all-alike";

/// Field of a form with the import of the earlier rows that the answer is for; without it, it is for all pairs.
const OF: &str = "of";

/// One answer for all pairs, or for those with rows of one earlier import.
fn all(import: u64, (rows, of): (u64, Option<u64>), lang: Lang) -> Markup {
    let rows = rows.min(DECIDED_AT_ONCE as u64);
    let heading = of.map_or_else(|| "alike-all".to_owned(), |of| format!("alike-all-{of}"));
    html! {
        form.panel.flow-s method="post" action=(format!("/imports/{import}/alike/all")) {
            @if let Some(of) = of { input type="hidden" name=(OF) value=(of); }
            p id=(heading) { strong { (Words::AlikeAll { rows }.to(lang)) } }
            div.row {
                @for (value, words, sign) in [
                    ("keep-new", Words::KeepAllNew, Icon::Check),
                    ("keep-old", Words::KeepAllOld, Icon::Check),
                    ("keep-both", Words::KeepAllBoth, Icon::Plus),
                ] {
                    button.btn.small type="submit" name="act" value=(value) aria-describedby=(heading) {
                        (icon(sign)) (words.to(lang))
                    }
                }
            }
        }
    }
}

fn one(import: u64, number: usize, pair: &AlikePair, lang: Lang) -> Markup {
    let AlikePair { rows, new, old, is_withheld } = pair;
    let category = rows.category;
    let heading = title(category, &new.values, lang).unwrap_or_else(|| capital(category.name(lang)));
    let heading_id = format!("alike-{number}");
    let act = |value: &str, words: Words<'_>, sign: Icon| {
        html! {
            button.btn.small type="submit" name="act" value=(value) aria-describedby=(heading_id) {
                (icon(sign)) (words.to(lang))
            }
        }
    };
    html! {
        form.panel.flow-s method="post" action=(format!("/imports/{import}/alike")) {
            h4.h3s id=(heading_id) { bdi { (heading) } }
            @let parts = [amount(category, new, lang), time(category, &new.values, lang)];
            @let parts: Vec<String> = parts.into_iter().flatten().collect();
            @if !parts.is_empty() { p.soft.small { bdi { (parts.join(" · ")) } } }
            (differences(category, number, (new, old), lang))
            @if *is_withheld { p { strong { (Withheld::PairHidden.to(lang)) } } }
            input type="hidden" name="category" value=(category.id());
            input type="hidden" name="new" value=(rows.new.id);
            input type="hidden" name="new-key" value=(rows.new.key);
            input type="hidden" name="old" value=(rows.old.id);
            input type="hidden" name="old-key" value=(rows.old.key);
            div.row {
                (act("keep-new", Words::KeepNew, Icon::Check))
                (act("keep-old", Words::KeepOld, Icon::Check))
                (act("keep-both", Words::KeepBoth, Icon::Plus))
            }
        }
    }
}

/// The amount of a row, if it has one: what both have in common tells them from the other pairs.
fn amount(category: Category, row: &Row, lang: Lang) -> Option<String> {
    let mut sums = category.schema().open_fields().filter(|(_, field)| field.unit == Unit::MinorUnits);
    let value = sums.find_map(|(_, field)| row.values.iter().find(|value| value.field == field.name))?;
    Some(written(category, &row.values, value, lang))
}

/// What the two rows say, where they differ, and their files.
fn differences(category: Category, number: usize, (new, old): (&Row, &Row), lang: Lang) -> Markup {
    let said = |row: &Row, field: &Field| {
        let value = row.values.iter().find(|value| value.field == field.name);
        value.map_or_else(
            || mesinfos_words::MISSING.to_owned(),
            |value| written(category, &row.values, value, lang),
        )
    };
    let fields = category.schema().open_fields().map(|(_, field)| field);
    let differ: Vec<(&Field, String, String)> = fields
        .map(|field| (field, said(new, field), said(old, field)))
        .filter(|(_, new, old)| new != old)
        .collect();
    // Each region of a page has a name of its own.
    let label = format!("{} ({number})", Words::AlikeDiffer.to(lang));
    let heads = [Words::FieldHead, Words::InThisFile, Words::AlreadyThere].map(|head| (head.to(lang), false));
    let row = |head: String, new: &str, old: &str| {
        vec![html! { (head) }, html! { bdi { (new) } }, html! { bdi { (old) } }]
    };
    let files = row(Words::FileHead.to(lang), &clean(&new.file), &clean(&old.file));
    let rows = differ.into_iter().map(|(field, new, old)| row(capital(field.label(lang)), &new, &old));
    list_table(&label, &heads, std::iter::once(files).chain(rows).collect())
}

/// The pair and the decision of a form.
fn read(fields: &Fields) -> Option<(AlikeRows, Decision)> {
    let row = |id: &str, key: &str| {
        Some(AlikeRow { id: fields.get(id).parse().ok()?, key: fields.get(key).parse().ok()? })
    };
    let rows = AlikeRows {
        category: Category::from_id(fields.get("category"))?,
        new: row("new", "new-key")?,
        old: row("old", "old-key")?,
    };
    Some((rows, decision(fields)?))
}

fn decision(fields: &Fields) -> Option<Decision> {
    match fields.get("act") {
        "keep-new" => Some(Decision::KeepNew),
        "keep-old" => Some(Decision::KeepOld),
        "keep-both" => Some(Decision::KeepBoth),
        _ => None,
    }
}

/// What the person says of a pair. If it is gone meanwhile (a second click, another tab), the import is shown as it is.
pub(crate) async fn decide(
    tester: Tester,
    Path(import): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let nothing = || Failure::not_found(&tester.shell("", Section::Data));
    let import: u64 = import.parse().map_err(|_| nothing())?;
    let (rows, decision) = read(&fields).ok_or_else(nothing)?;
    decided(&tester, import, move |platform, caller| platform.decide_alike(caller, import, &rows, decision))
        .await
}

/// What the person says of all pairs.
pub(crate) async fn decide_all(
    tester: Tester,
    Path(import): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let nothing = || Failure::not_found(&tester.shell("", Section::Data));
    let import: u64 = import.parse().map_err(|_| nothing())?;
    let decision = decision(&fields).ok_or_else(nothing)?;
    // What names no import is not an answer for all.
    let of = match fields.get(OF) {
        "" => None,
        of => Some(of.parse().map_err(|_| nothing())?),
    };
    let act = move |platform: &Platform, caller: &Caller| {
        Ok(platform.decide_alike_of(caller, import, of, decision)? > 0)
    };
    decided(&tester, import, act).await
}

async fn decided(
    tester: &Tester,
    import: u64,
    act: impl FnOnce(&Platform, &Caller) -> Result<bool, PlatformError> + Send + 'static,
) -> Result<Response, Failure> {
    let is_there = tester
        .run(move |platform, caller| {
            let is_it = |record: &ImportRecord| record.outcome.import_id == import;
            Ok(act(platform, caller)? || platform.imports(caller)?.iter().any(is_it))
        })
        .await?;
    if !is_there {
        return Err(Failure::not_found(&tester.shell("", Section::Data)));
    }
    Ok(Redirect::to(&format!("/imports/{import}#alike")).into_response())
}
