//! One import: what was stored, what was not, what can be done with it.

use super::alike;
use super::imports::{self, ADDED, format_name, undo_form, undo_words};
use crate::app::apps::{AppPage, Sign};
use crate::app::documents::read_receipt;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Section, badge, crumbs, icon, list_table, section};
use crate::app::visitor::Tester;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, Day, Period, RowId};
use mesinfos_platform::{
    AlikePairs, Paper, PaperFilter, Papers, PastImport, Platform, PlatformError, Readable,
};
use mesinfos_words::page::{Add as Words, Data, Documents, Rejects, Tables, Withheld};
use std::collections::BTreeSet;

/// Apps proposed after an import.
const PROPOSED: usize = 3;

/// Pictures that are offered to be read as till receipts.
const PICTURES: usize = 10;

/// An app that reads some of the categories of an import.
pub(crate) struct Proposal {
    id: String,
    name: String,
    summary: String,
    sign: Sign,
}

/// The page.
pub(crate) async fn page(
    tester: Tester,
    Path(import): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let is_all = query.as_deref() == Some(alike::ALL);
    let nothing = || Failure::not_found(&tester.shell("", Section::Data));
    let Ok(import) = import.parse::<u64>() else { return Err(nothing()) };
    let found = tester
        .run(move |platform, caller| {
            let past = platform.past_imports(caller)?;
            let found = past.into_iter().find(|past| past.record.outcome.import_id == import);
            let Some(found) = found else { return Ok(None) };
            let proposals = proposals(platform, &of_file(&found), lang)?;
            let pairs = match found.alike {
                0 => AlikePairs::default(),
                _ if is_all => platform.all_alike_rows(caller, import)?,
                _ => platform.alike_rows(caller, import)?,
            };
            let is_kept = found.record.undone_at.is_none() && found.rejected > 0;
            let rejects = if is_kept { platform.rejected_rows(caller, import)? } else { None };
            let mended = rejects.as_ref().map(|files| {
                let rows = files.iter().flat_map(|file| &file.rows);
                rows.filter(|row| row.is_mended).count() as u64
            });
            let pictures = match with_rows(&found).contains(&Category::Documents) {
                true => {
                    unread_pictures(&platform.papers(caller, &PaperFilter::default(), 0, usize::MAX)?, import)
                }
                false => Vec::new(),
            };
            let came = platform.withheld_of(caller, import)?;
            Ok(Some((found, proposals, pairs, mended, pictures, came)))
        })
        .await?;
    let (past, proposals, pairs, mended, pictures, came) = found.ok_or_else(nothing)?;
    let title = clean(&past.record.source.file_name);
    let body = html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang)), ("/imports", &Words::Imports.to(lang))], &title, lang))
            h1 { bdi { (title) } }
            p.lead { (about(&past, lang)) }
            div.row { (state(&past, lang)) (undo_form_if_stored(&past, lang)) }
            p.soft.small { (undo_words(&past, lang)) }
        }
        @if past.record.source.format == mesinfos_platform::intake::mapped::FORMAT {
            p.soft {
                (Tables::KeptUsed.to(lang)) " " a href="/add/tables" { (Tables::KeptSee.to(lang)) }
            }
        }
        (categories(&past, lang))
        @if came > 0 {
            p { (Withheld::CameCount { rules: came }.to(lang)) " " a href="/data/withheld" { (Withheld::See.to(lang)) } }
        }
        @if !pictures.is_empty() { (ask_receipt(&pictures, lang)) }
        @else if with_rows(&past).contains(&Category::Documents) { (papers_next(lang)) }
        (alike::pairs(import, &pairs, lang))
        @if past.rejected > 0 {
            @let (all, mended, is_kept) = (past.rejected, mended.unwrap_or_default(), mended.is_some());
            (section("rejected", &Words::RejectedRows { rows: all.saturating_sub(mended) }.to(lang), html! {
                @if mended > 0 { p { (Words::RejectedMended { rows: mended }.to(lang)) } }
                @if all > mended { p { (Words::RejectedWhy.to(lang)) } }
                @if is_kept {
                    a.btn href=(format!("/imports/{import}/rejected")) { (Rejects::See.to(lang)) }
                } @else {
                    p.soft { (Words::RejectedNotKept.to(lang)) }
                }
            }))
        }
        @if !past.members.is_empty() {
            (section("members", &Words::Members.to(lang), html! {
                ul.limits { @for member in once(&past.members) { li { bdi { (member) } } } }
            }))
        }
        @if past.record.undone_at.is_none() { (next(&proposals, lang)) }
    };
    Ok(tester.page(&title, Section::Data, body))
}

/// All imports, or those of one form.
pub(crate) async fn list(tester: Tester, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let query = Fields::read(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let past = tester.run(|platform, caller| platform.past_imports(caller)).await?;
    let added: BTreeSet<u64> = query.get(ADDED).split(',').filter_map(|id| id.parse().ok()).collect();
    let of_form: Vec<PastImport> =
        past.iter().rev().filter(|past| added.contains(&past.record.outcome.import_id)).cloned().collect();
    if of_form.is_empty() { Ok(imports::page(&tester, &past)) } else { several(&tester, of_form).await }
}

/// The page after several files were sent at once, all stored whole: what came in of each, what there is to decide, and what
/// to do next.
async fn several(tester: &Tester, all: Vec<PastImport>) -> Result<Response, Failure> {
    let lang = tester.lang();
    let there: Vec<Category> = all.iter().flat_map(of_file).collect::<BTreeSet<_>>().into_iter().collect();
    let proposals = tester.run(move |platform, _| proposals(platform, &there, lang)).await?;
    let title = Words::AddedOf { files: all.len() as u64 }.to(lang);
    let body = html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang)), ("/imports", &Words::Imports.to(lang))], &title, lang))
            h1 { (title) }
            p.lead {
                @let decide: u64 = all.iter().map(|past| past.alike as u64).sum();
                @if decide > 0 { (Words::AlikeCount { rows: decide }.to(lang)) } @else { (Words::AllStored.to(lang)) }
            }
        }
        @for past in &all { (one_of(past, lang)) }
        (next(&proposals, lang))
    };
    Ok(tester.page(&title, Section::Data, body))
}

/// One of several files.
fn one_of(past: &PastImport, lang: Lang) -> Markup {
    let here = format!("/imports/{}", past.record.outcome.import_id);
    section(
        &format!("import-{}", past.record.outcome.import_id),
        &clean(&past.record.source.file_name),
        html! {
            p.row { (state(past, lang)) span.soft.small { (about(past, lang)) } }
            (categories(past, lang))
            @if past.rejected > 0 {
                p {
                    (Words::RejectedRows { rows: past.rejected }.to(lang)) " "
                    a href=(format!("{here}#rejected")) { (Rejects::See.to(lang)) }
                }
            }
            @if past.alike > 0 {
                p {
                    strong { (Words::AlikeCount { rows: past.alike as u64 }.to(lang)) } " "
                    a href=(format!("{here}#alike")) { (Words::AlikeDecide.to(lang)) }
                }
            }
            @if with_rows(past).contains(&Category::Documents) { (papers_next(lang)) }
            p { a.btn.small href=(here) { (Words::SeeReport.to(lang)) } }
        },
    )
}

/// Names of files, each once, in their order: of an archive in an archive, several have one name.
fn once(names: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names.iter().map(|name| clean(name)) {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn about(past: &PastImport, lang: Lang) -> String {
    let source = &past.record.source;
    let (at, format) =
        (mesinfos_words::instant(source.at_utc_seconds, lang), format_name(&source.format, lang));
    Words::ImportedAt { at: &at, format: &format }.to(lang)
}

fn state(past: &PastImport, lang: Lang) -> Markup {
    match past.record.undone_at {
        Some(_) => badge(Icon::Undo2, &Words::Undone.to(lang), "plain"),
        None => badge(Icon::Check, &Words::Stored.to(lang), ""),
    }
}

fn undo_form_if_stored(past: &PastImport, lang: Lang) -> Markup {
    if past.record.undone_at.is_some() {
        html! {}
    } else {
        undo_form(past, lang)
    }
}

/// Categories of an import that have rows of it in the vault.
fn with_rows(past: &PastImport) -> Vec<Category> {
    if past.record.undone_at.is_some() { Vec::new() } else { past.categories.clone() }
}

/// Days in words.
pub(crate) fn days(first: Option<Day>, last: Option<Day>, lang: Lang) -> Option<String> {
    let (first, last) = first.zip(last)?;
    let days = Period { from: Some(first), until: Some(Day(last.0.saturating_add(1))) };
    Some(mesinfos_words::period(&days, lang))
}

/// Pictures of an import whose text was not recognised: they may be of till receipts.
fn unread_pictures(papers: &Papers, import: u64) -> Vec<(RowId, String)> {
    let is_it = |paper: &&Paper| {
        paper.document.id.import == import && paper.readable == Readable::Picture && paper.text.is_none()
    };
    let found = papers.page.iter().filter(is_it).take(PICTURES);
    found.map(|paper| (paper.document.id, clean(&paper.document.name))).collect()
}

/// The way from photographs to the lines of till receipts, which the person confirms.
fn ask_receipt(pictures: &[(RowId, String)], lang: Lang) -> Markup {
    section(
        "receipt",
        &Documents::AskReceipt.to(lang),
        html! {
            p { (Documents::AskReceiptWhy.to(lang)) }
            ul.list.wrap {
                @for (id, name) in pictures {
                    li {
                        a href=(format!("/documents/{id}")) { bdi { (name) } }
                        (read_receipt(*id, "small", lang))
                    }
                }
            }
        },
    )
}

/// What can be done with a document that was kept.
pub(super) fn papers_next(lang: Lang) -> Markup {
    html! { p { (Words::PapersNext.to(lang)) " " a href="/documents" { (Data::Documents.to(lang)) } } }
}

/// Link to the rows of a category.
pub(crate) fn rows_path(category: Category) -> String {
    format!("/data/{}/{}", Domain::of(category).id(), category.id())
}

fn categories(past: &PastImport, lang: Lang) -> Markup {
    let count = |count: u64| mesinfos_words::count(count, lang);
    let there = with_rows(past);
    let heads = [
        (Words::Category, false),
        (Words::New, true),
        (Words::Corrected, true),
        (Words::Known, true),
        (Words::Days, false),
    ]
    .map(|(head, number)| (head.to(lang), number));
    let rows = past.record.outcome.categories.iter().map(|outcome| {
        let name = outcome.category.name(lang);
        let days = days(outcome.first, outcome.last, lang).unwrap_or_else(|| Words::NoDays.to(lang));
        vec![
            html! {
                @if there.contains(&outcome.category) { a href=(rows_path(outcome.category)) { (name) } }
                @else { (name) }
            },
            html! { (count(outcome.added)) },
            html! { (count(outcome.corrected)) },
            html! { (count(outcome.duplicates)) },
            html! { (days) },
        ]
    });
    // Rows that were taken out since, or for which those of another file stand.
    let fewer = match past.record.undone_at {
        Some(_) => 0,
        None => past.record.outcome.added().saturating_sub(past.rows),
    };
    html! {
        div.sec {
            // Each region of a page has a name of its own.
            @let label = format!("{} ({})", Words::Category.to(lang), clean(&past.record.source.file_name));
            (list_table(&label, &heads, rows.collect()))
            @if fewer > 0 { p.soft { (Words::FewerNow { rows: fewer }.to(lang)) } }
            @if past.record.source.format == mesinfos_platform::intake::till::FORMAT {
                p.soft { (Words::TillRows.to(lang)) }
            }
        }
    }
}

/// Installed apps that read one of these categories, those that read most of them first.
pub(crate) fn proposals(
    platform: &Platform,
    categories: &[Category],
    lang: Lang,
) -> Result<Vec<Proposal>, PlatformError> {
    let mut found: Vec<(usize, Proposal)> = Vec::new();
    for record in platform.apps()? {
        let app = AppPage::read(platform, &record.id)?;
        let reads = app.categories().iter().filter(|category| categories.contains(category)).count();
        if reads > 0 {
            let manifest = &app.manifest.app;
            let proposal = Proposal {
                name: manifest.name.get(lang).to_owned(),
                summary: manifest.summary.get(lang).to_owned(),
                sign: app.sign(),
                id: record.id,
            };
            found.push((reads, proposal));
        }
    }
    found.sort_by_key(|(reads, _)| std::cmp::Reverse(*reads));
    Ok(found.into_iter().map(|(_, proposal)| proposal).take(PROPOSED).collect())
}

/// Categories of the rows that the file had, new to the vault or not.
fn of_file(past: &PastImport) -> Vec<Category> {
    past.record.outcome.categories.iter().map(|of| of.category).collect()
}

/// What to do next.
pub(crate) fn next(proposals: &[Proposal], lang: Lang) -> Markup {
    section(
        "next",
        &Words::Next.to(lang),
        html! {
            @if proposals.is_empty() {
                p { (Words::NoApps.to(lang)) }
            } @else {
                p { (Words::NextWhy.to(lang)) }
                ul.list.wrap {
                    @for app in proposals {
                        li data-d=(app.sign.domain.id()) {
                            (app.sign.drawn())
                            span {
                                strong { bdi { (app.name) } } br;
                                span.soft.small { bdi { (app.summary) } }
                            }
                            a.btn.small.end href=(format!("/apps/{}", app.id)) { (Data::SeeApp.to(lang)) }
                        }
                    }
                }
            }
            div.row {
                a.btn href="/add" { (icon(Icon::FileUp)) (Words::AddMore.to(lang)) }
                a.btn.quiet href="/apps" { (Words::AllApps.to(lang)) }
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::super::imports::rows_added;
    use super::*;
    use mesinfos_model::Digest;
    use mesinfos_platform::model;

    fn past(undone_at: Option<i64>) -> PastImport {
        // The stored form: the types of the vault are not all public here.
        let record = serde_json::from_value(serde_json::json!({
            "source": {
                "file_name": "<b>.csv", "file_sha256": Digest([0; 32]), "format": "bank-csv", "at_utc_seconds": 0
            },
            "import_id": 3,
            "categories": [
                { "category": "bank", "added": 12, "duplicates": 2, "first": "2025-01-03", "last": "2025-01-09" },
                { "category": "documents", "added": 0, "duplicates": 1, "first": null, "last": null },
            ],
        }));
        let record = mesinfos_platform::ImportRecord { undone_at, ..record.unwrap() };
        let rows = if undone_at.is_some() { 0 } else { 12 };
        let categories = if rows > 0 { vec![Category::Bank] } else { Vec::new() };
        PastImport { record, rejected: 0, rows, categories, is_changed: false, members: Vec::new(), alike: 0 }
    }

    #[test]
    fn an_import_leads_to_its_rows_until_it_is_undone() {
        let stored = categories(&past(None), Lang::Fr).into_string();
        assert_eq!(stored.matches("href=\"/data/money/bank\"").count(), 1);
        assert!(!stored.contains("/data/papers/documents"), "nothing of it there");
        assert!(stored.contains("3 au 9\u{a0}janvier 2025") && stored.contains("sans date"), "{stored}");
        assert!(undo_words(&past(None), Lang::En).contains("12 rows"));
        let changed = PastImport { rows: 11, is_changed: true, ..past(None) };
        let words = undo_words(&changed, Lang::En);
        assert!(words.contains("11 rows") && words.contains("are forgotten"), "{words}");
        assert!(!words.contains("earlier values"), "{words}");
        let mut corrected = past(None);
        corrected.record.outcome.categories[0].corrected = 2;
        let words = undo_words(&corrected, Lang::En);
        assert!(words.contains("corrected 2 rows, the earlier values return"), "{words}");
        let undone = past(Some(86_400));
        assert!(!categories(&undone, Lang::Fr).into_string().contains("href"));
        assert!(undo_words(&undone, Lang::En).starts_with("Undone on 2\u{a0}January 1970"));
        assert_eq!((rows_added(&past(None)), rows_added(&undone)), (12, 0));
        assert!(with_rows(&undone).is_empty());
    }

    #[test]
    fn photographs_lead_to_receipts_by_their_names_as_text() {
        let id: RowId = "3.0.1".parse().unwrap();
        let page = ask_receipt(&[(id, "<b>.jpg".to_owned())], Lang::Fr).into_string();
        assert!(page.contains("action=\"/documents/3.0.1/read\"") && page.contains("value=\"receipt\""));
        assert!(page.contains("ticket de caisse") && !page.contains("<b>"));
    }

    #[test]
    fn rows_of_every_category_have_a_page() {
        for category in model::Category::ALL {
            let path = rows_path(*category);
            let domain = path.split('/').nth(2).and_then(Domain::from_id).unwrap();
            assert!(domain.categories().any(|of| of == *category), "{path}");
        }
    }
}
