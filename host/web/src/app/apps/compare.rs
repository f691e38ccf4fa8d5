//! Two kept results of an app side by side: what they follow from, what came out, and the difference.

use super::{AppPage, standing};
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Section, crumbs, icon, list_table, section};
use crate::app::visitor::Tester;
use crate::view;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::view::{Block, KeyFigure, Lang, Param, View};
use mesinfos_model::{Category, CategoryScope};
use mesinfos_platform::consent::{ReadDigest, Receipt, ReceiptId};
use mesinfos_platform::{KeptResult, PlatformError};
use mesinfos_words::page::{Apps, Compare as Words};
use std::cmp::Ordering;

/// Key figures that are compared.
const FIGURES: usize = 40;

/// Other parts that are compared.
const PARTS: usize = 60;

/// What the page shows.
struct Seen {
    app: AppPage,
    params: Vec<Param>,
    before: Side,
    now: Side,
}

impl Seen {
    /// When a result was made: to the second where the minutes of the two are the same.
    fn made(&self, result: &KeptResult, lang: Lang) -> String {
        let [before, now] =
            [&self.before, &self.now].map(|side| mesinfos_words::instant(side.result.at, lang));
        if before == now {
            mesinfos_words::date::instant_to_the_second(result.at, lang)
        } else {
            mesinfos_words::instant(result.at, lang)
        }
    }
}

/// A result, with the receipt of its run.
struct Side {
    result: KeptResult,
    receipt: Receipt,
}

/// The page. Both results are the visitor's, and of one app that is installed.
pub(crate) async fn page(
    tester: Tester,
    Path((id, other)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let nowhere = || Failure::not_found(&tester.shell("", Section::Apps));
    let id: ReceiptId = id.parse().map_err(|_| nowhere())?;
    let other: ReceiptId = other.parse().map_err(|_| nowhere())?;
    let seen = tester
        .run(move |platform, caller| {
            let (now, before) = (platform.result(caller, id)?, platform.result(caller, other)?);
            let (Some(now), Some(before)) = (now, before) else { return Ok(None) };
            if now.app != before.app || now.receipt == before.receipt {
                return Ok(None);
            }
            let app = match AppPage::read(platform, &now.app) {
                Ok(app) => app,
                Err(PlatformError::NoSuchApp { .. }) => return Ok(None),
                Err(error) => return Err(error),
            };
            let params = platform.parameters(caller, &app.record.id).unwrap_or_default();
            let side = |result: KeptResult| {
                let receipt = platform.receipt(caller, result.receipt)?;
                Ok::<_, PlatformError>(Side { result, receipt })
            };
            Ok(Some(Seen { app, params, before: side(before)?, now: side(now)? }))
        })
        .await?
        .ok_or_else(nowhere)?;
    Ok(drawn(&tester, &seen, lang))
}

fn drawn(tester: &Tester, seen: &Seen, lang: Lang) -> Response {
    let name = seen.app.name(lang);
    let title = Words::Title { app: name }.to(lang);
    let path = format!("/apps/{}", seen.app.record.id);
    let body = html! {
        header.head data-d=(seen.app.sign().domain.id()) {
            (crumbs(&[("/apps", &Apps::Crumb.to(lang)), (&path, name)], &Words::Crumb.to(lang), lang))
            h1 { bdi { (title) } }
            p.lead { (Words::Lead.to(lang)) }
        }
        (section("settings", &Words::Settings.to(lang), settings(seen, lang)))
        (section("figures", &Words::Figures.to(lang), figures(seen, lang)))
        (section("parts", &Words::Parts.to(lang), parts(seen, lang)))
        (section("said", &Words::Said.to(lang), html! {
            div.two {
                @for (result, words) in [(&seen.before.result, Words::Before), (&seen.now.result, Words::Now)] {
                    div.res data-d=(seen.app.sign().domain.id()) {
                        div.res-h {
                            strong { (words.to(lang)) }
                            span.soft { (seen.made(result, lang)) }
                        }
                        div.res-b.flow lang=(result.view.lang.code()) { p.lead { bdi { (result.view.headline) } } }
                    }
                }
            }
        }))
        p.row.sec {
            a.btn href=(format!("/results/{}", seen.before.result.receipt)) { (Words::OpenBefore.to(lang)) }
            a.btn href=(format!("/results/{}", seen.now.result.receipt)) { (Words::OpenNow.to(lang)) }
        }
    };
    tester.page(&title, Section::Apps, body)
}

/// What a result follows from, where the two differ: settings, what was given, the app, its day, the data.
fn settings(seen: &Seen, lang: Lang) -> Markup {
    let (before, now) = (&seen.before, &seen.now);
    let of = |side: &Side, param: &Param| view::answer_shown(param, &side.result.parameters, lang);
    let text = |text: &str| html! { bdi { (text) } };
    let mut different: Vec<[Markup; 3]> = Vec::new();
    for param in &seen.params {
        let (then, today) = (of(before, param), of(now, param));
        if then != today {
            different.push([text(&param.label), text(&then), text(&today)]);
        }
    }
    for category in Category::ALL {
        let (then, today) = (before.receipt.scope.get(category), now.receipt.scope.get(category));
        if then != today {
            let given = |scope: Option<&CategoryScope>| match scope {
                Some(scope) => standing::gives(scope, lang),
                None => html! { (Words::NotGiven.to(lang)) },
            };
            different.push([html! { (Words::Given.to(lang)) }, given(then), given(today)]);
        }
        let (read, reads) = (before.receipt.reads.get(category), now.receipt.reads.get(category));
        if then == today && read.map(|read| read.digest) != reads.map(|read| read.digest) {
            let rows = |read: Option<&ReadDigest>| read.map_or(0, ReadDigest::distinct_rows);
            let (then, today) = (rows(read), rows(reads));
            let after =
                if then == today { Words::SameRows { rows: today } } else { Words::Rows { rows: today } };
            let category = category.name(lang);
            different.push([
                html! { (Words::Data { category }.to(lang)) },
                html! { (Words::Rows { rows: then }.to(lang)) },
                html! { (after.to(lang)) },
            ]);
        }
    }
    let (then, today) = (&before.receipt, &now.receipt);
    if then.app.component != today.app.component {
        different.push([
            html! { (Words::Version.to(lang)) },
            text(&then.app.version),
            text(&today.app.version),
        ]);
    }
    if then.today != today.today {
        let day = |day| html! { (mesinfos_words::date::day(day, lang)) };
        different.push([html! { (Words::Day.to(lang)) }, day(then.today), day(today.today)]);
    }
    if different.is_empty() {
        return html! { (times(seen, lang)) p.soft { (Words::SameSettings.to(lang)) } };
    }
    let heads = [Words::Setting, Words::Before, Words::Now].map(|head| (head.to(lang), false));
    html! {
        (times(seen, lang))
        (list_table(&Words::SettingsTable.to(lang), &heads, different.into_iter().map(Vec::from).collect()))
    }
}

/// When the two results were made.
fn times(seen: &Seen, lang: Lang) -> Markup {
    html! {
        dl.kv {
            @for (words, result) in [(Words::Before, &seen.before.result), (Words::Now, &seen.now.result)] {
                div { dt { (words.to(lang)) } dd { (seen.made(result, lang)) } }
            }
        }
    }
}

/// The key figures of a view, in order, each label once.
fn key_figures(view: &View) -> Vec<&KeyFigure> {
    let blocks = view.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
    let of_blocks = blocks.filter_map(|block| match block {
        Block::KeyFigures(figures) => Some(figures),
        _ => None,
    });
    let mut found: Vec<&KeyFigure> = Vec::new();
    for figure in view.headline_figure.iter().chain(of_blocks.flatten()).take(FIGURES) {
        if !found.iter().any(|other| other.label == figure.label) {
            found.push(figure);
        }
    }
    found
}

fn figures(seen: &Seen, lang: Lang) -> Markup {
    let (before, now) = (key_figures(&seen.before.result.view), key_figures(&seen.now.result.view));
    let mut labels: Vec<&str> = now.iter().map(|figure| figure.label.as_str()).collect();
    labels.extend(before.iter().map(|figure| figure.label.as_str()).filter(|label| !has(&now, label)));
    if labels.is_empty() {
        return html! { p.soft { (Words::NoFigures.to(lang)) } };
    }
    let heads = [Words::Figure, Words::Before, Words::Now, Words::Difference];
    let heads = heads.map(|head| (head.to(lang), !matches!(head, Words::Figure)));
    let rows = labels.into_iter().map(|label| {
        let (a, b) = (find(&before, label), find(&now, label));
        vec![html! { bdi { (label) } }, value(a, lang), value(b, lang), difference(a, b, lang)]
    });
    list_table(&Words::FiguresTable.to(lang), &heads, rows.collect())
}

/// The titled parts of a view but its key figures, in order.
fn titled(view: &View) -> Vec<(&str, &Block)> {
    let blocks = view.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
    let named = blocks.filter_map(|block| {
        let title = match block {
            Block::Table(table) => &table.title,
            Block::Chart(chart) => &chart.title,
            Block::Timeline(timeline) => &timeline.title,
            Block::Notice(notice) => &notice.title,
            Block::Comparison(comparison) => &comparison.title,
            Block::Paragraph(_)
            | Block::Bullets(_)
            | Block::KeyFigures(_)
            | Block::Advice(_)
            | Block::Progress(_) => {
                return None;
            }
        };
        Some((title.as_str(), block))
    });
    named.take(PARTS).collect()
}

/// Which other parts differ: a figure may be the same, and what it is made of another.
fn parts(seen: &Seen, lang: Lang) -> Markup {
    let (before, now) = (titled(&seen.before.result.view), titled(&seen.now.result.view));
    let mut lines: Vec<(&str, Words<'_>)> = Vec::new();
    for (title, block) in &now {
        match before.iter().find(|(other, _)| other == title) {
            Some((_, other)) if other == block => {}
            Some(_) => lines.push((title, Words::OtherPart)),
            None => lines.push((title, Words::NewPart)),
        }
    }
    let gone = before.iter().filter(|(title, _)| !now.iter().any(|(other, _)| other == title));
    lines.extend(gone.map(|(title, _)| (*title, Words::PartGone)));
    if lines.is_empty() {
        return html! { p.soft { (Words::SameParts.to(lang)) } };
    }
    html! {
        ul.limits { @for (title, words) in lines { li { bdi { (title) } " · " (words.to(lang)) } } }
        p.soft { (Words::PartsWhy.to(lang)) }
    }
}

fn find<'a>(figures: &[&'a KeyFigure], label: &str) -> Option<&'a KeyFigure> {
    figures.iter().copied().find(|figure| figure.label == label)
}

fn has(figures: &[&KeyFigure], label: &str) -> bool {
    find(figures, label).is_some()
}

fn value(of: Option<&KeyFigure>, lang: Lang) -> Markup {
    match of {
        // In a table of numbers, all are set alike.
        Some(found) => html! { strong { bdi { (mesinfos_words::value(&found.value, lang)) } } },
        None => html! { span.soft { (Words::Absent.to(lang)) } },
    }
}

/// The difference, with its direction in words.
fn difference(before: Option<&KeyFigure>, now: Option<&KeyFigure>, lang: Lang) -> Markup {
    let (Some(before), Some(now)) = (before, now) else { return html! {} };
    if before.value == now.value {
        return html! { span.soft { (Words::Same.to(lang)) } };
    }
    let less = |one: &KeyFigure, other: &KeyFigure| {
        one.value.minus(&other.value).map(|value| mesinfos_words::value(&value, lang)).unwrap_or_default()
    };
    let (mark, words) = match now.value.minus(&before.value).and_then(|value| value.sign()) {
        Some(Ordering::Greater) => (Icon::TrendingUp, Words::More { by: &less(now, before) }.to(lang)),
        Some(Ordering::Less) => (Icon::TrendingDown, Words::LessBy { by: &less(before, now) }.to(lang)),
        Some(Ordering::Equal) => (Icon::Minus, Words::Same.to(lang)),
        None => (Icon::Minus, Words::Other.to(lang)),
    };
    // One piece: where a row is a list, the mark stays beside its words.
    html! { span { (icon(mark)) " " bdi { (words) } } }
}
