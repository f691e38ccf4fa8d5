//! The list of imports, and undoing one.

use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{
    Icon, Question, Section, badge, confirm, crumbs, empty, icon, is_sure, note, table_region,
};
use crate::app::visitor::Tester;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_platform::{PastImport, UndoPreview, UndoReport};
use mesinfos_words::page::{Add as Words, Data, Withheld};

/// Parameter of the page with the imports of one form, after it was sent.
pub(super) const ADDED: &str = "added";

/// The page of all imports.
pub(super) fn page(tester: &Tester, past: &[PastImport]) -> Response {
    let lang = tester.lang();
    let title = Words::Imports.to(lang);
    let body = html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang))], &title, lang))
            h1 { (title) }
            p.lead { (Words::ImportsLead.to(lang)) }
            div.row { a.btn.pri href="/add" { (icon(Icon::FileUp)) (Words::AddMore.to(lang)) } }
        }
        @if past.is_empty() {
            (empty(&Words::NoImports.to(lang), &Words::NoImportsWhy.to(lang), html! {
                a.btn href="/add" { (Words::Title.to(lang)) }
            }))
        } @else {
            (list(&title, past, lang))
        }
    };
    tester.page(&title, Section::Data, body)
}

/// Imports as a table with this label, each with its undo button.
pub(crate) fn list(label: &str, past: &[PastImport], lang: Lang) -> Markup {
    let count = |count: u64| mesinfos_words::count(count, lang);
    table_region(
        label,
        html! {
            table class=[crate::view::narrow(5)] role="table" {
                caption.sr { (label) }
                thead role="rowgroup" {
                    tr role="row" {
                        th scope="col" role="columnheader" { (Words::FileHead.to(lang)) }
                        th.num scope="col" role="columnheader" { (Words::KnownHead.to(lang)) }
                        th.num scope="col" role="columnheader" { (Words::RejectedHead.to(lang)) }
                        th.x scope="col" role="columnheader" { (Words::FormatHead.to(lang)) }
                        th scope="col" role="columnheader" { (Words::StateHead.to(lang)) }
                    }
                }
                tbody role="rowgroup" {
                    @for past in past {
                        @let record = &past.record;
                        tr role="row" {
                            th scope="row" role="rowheader" {
                                a href=(format!("/imports/{}", record.outcome.import_id)) { bdi { (clean(&record.source.file_name)) } } br;
                                span.soft.small { (mesinfos_words::instant(record.source.at_utc_seconds, lang)) } br;
                                span.soft.small { (Words::Done { rows: record.outcome.added() }.to(lang)) }
                                @if record.outcome.corrected() > 0 {
                                    br;
                                    span.soft.small { (Words::DoneCorrected { rows: record.outcome.corrected() }.to(lang)) }
                                }
                                @if past.alike > 0 {
                                    br;
                                    a.small href=(format!("/imports/{}#alike", record.outcome.import_id)) {
                                        (Words::AlikeCount { rows: past.alike as u64 }.to(lang))
                                    }
                                }
                            }
                            td.num role="cell" data-l=(Words::KnownHead.to(lang)) { (count(record.outcome.duplicates())) }
                            td.num role="cell" data-l=(Words::RejectedHead.to(lang)) { (count(past.rejected)) }
                            td.x role="cell" data-l=(Words::FormatHead.to(lang)) { (format_name(&record.source.format, lang)) }
                            td role="cell" { (undo_form(past, lang)) }
                        }
                    }
                }
            }
        },
    )
}

/// Name of a format, or its id if it is no longer known.
pub(crate) fn format_name(id: &str, lang: Lang) -> String {
    mesinfos_platform::intake::about(id).map_or_else(|| clean(id), |about| about.name(lang).to_owned())
}

/// Number of rows that undoing an import takes away.
pub(super) fn rows_added(past: &PastImport) -> u64 {
    past.rows
}

/// What undoing takes away, or when it was undone.
pub(super) fn undo_words(past: &PastImport, lang: Lang) -> String {
    match (past.record.undone_at, rows_added(past)) {
        (Some(at), _) => Words::UndoneAt { at: &mesinfos_words::instant(at, lang) }.to(lang),
        (None, 0) if !past.is_changed => Words::UndoNothing.to(lang),
        (None, rows) => {
            let forgets = if past.is_changed { Words::UndoForgets } else { Words::UndoAgain };
            let returns = match past.record.outcome.corrected() {
                0 => String::new(),
                rows => format!(" {}", Words::UndoReturns { rows }.to(lang)),
            };
            format!("{}{returns} {}", Words::UndoWould { rows }.to(lang), forgets.to(lang))
        }
    }
}

/// The button that undoes an import; a word if it is undone.
pub(crate) fn undo_form(past: &PastImport, lang: Lang) -> Markup {
    let record = &past.record;
    if record.undone_at.is_some() {
        return badge(Icon::Undo2, &Words::Undone.to(lang), "plain small");
    }
    let label = Words::UndoFile { file: &clean(&record.source.file_name) }.to(lang);
    html! {
        form method="post" action=(format!("/imports/{}/undo", record.outcome.import_id)) {
            button.btn.small type="submit" aria-label=(label) { (icon(Icon::Undo2)) (Words::Undo.to(lang)) }
        }
    }
}

/// Undoes an import, once the person has confirmed it.
pub(crate) async fn undo(
    tester: Tester,
    Path(import): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let Ok(import) = import.parse::<u64>() else {
        return Err(Failure::not_found(&tester.shell("", Section::Data)));
    };
    if !is_sure(&fields) {
        return undo_question(&tester, import).await;
    }
    let report = tester
        .run(move |platform, caller| {
            let is_undone = platform
                .imports(caller)?
                .iter()
                .any(|record| record.outcome.import_id == import && record.undone_at.is_some());
            // A second click, or another tab: it is as the person wished.
            if is_undone { Ok(None) } else { platform.undo_import(caller, import).map(Some) }
        })
        .await?;
    match report {
        Some(report) => {
            let title = Words::UndoTitle.to(lang);
            Ok(tester.page(&title, Section::Data, undone(&report, &title, lang)))
        }
        None => Ok(Redirect::to(&format!("/imports/{import}")).into_response()),
    }
}

/// Asks before an import is undone. One that is undone already is shown.
async fn undo_question(tester: &Tester, import: u64) -> Result<Response, Failure> {
    let lang = tester.lang();
    let past = tester.run(|platform, caller| platform.past_imports(caller)).await?;
    let past = past.into_iter().find(|past| past.record.outcome.import_id == import);
    let past = past.ok_or_else(|| Failure::not_found(&tester.shell("", Section::Data)))?;
    let here = format!("/imports/{import}");
    if past.record.undone_at.is_some() {
        return Ok(Redirect::to(&here).into_response());
    }
    let preview = tester.run(move |platform, caller| platform.preview_undo(caller, import)).await?;
    let title = Words::UndoAsk { file: &clean(&past.record.source.file_name) }.to(lang);
    let question = Question {
        title: &title,
        words: &takes(&past, &preview, lang),
        facts: &facts(&preview, lang),
        button: &Words::UndoButton.to(lang),
        action: &format!("{here}/undo"),
        back: &here,
        fields: &[],
    };
    Ok(tester.page(&title, Section::Data, confirm(&question, lang)))
}

/// What an undo takes away, and what is forgotten with it.
fn takes(past: &PastImport, preview: &UndoPreview, lang: Lang) -> String {
    let takes = match preview.rows {
        0 => Words::UndoNone.to(lang),
        rows => Words::UndoTakes { rows }.to(lang),
    };
    let forgets = if past.is_changed { Words::UndoForgets } else { Words::UndoAgain };
    format!("{takes} {}", forgets.to(lang))
}

/// What else an undo does.
fn facts(preview: &UndoPreview, lang: Lang) -> Vec<String> {
    let restored = (preview.restored > 0).then(|| Words::UndoRestores { rows: preview.restored }.to(lang));
    let stay =
        |(_, file, rows): &(u64, String, u64)| Words::UndoStays { rows: *rows, file: &clean(file) }.to(lang);
    let earlier = (preview.earlier > 0).then(|| Words::UndoEarlier { rows: preview.earlier }.to(lang));
    let documents = match preview.documents {
        0 => Words::UndoNoDocument,
        files => Words::UndoDocuments { files },
    };
    let stays = preview.stayed.iter().map(stay);
    let rules = preview.shown_again;
    let shown = (rules > 0).then(|| Withheld::UndoEnds { rules }.to(lang));
    restored.into_iter().chain(stays).chain(earlier).chain(shown).chain([documents.to(lang)]).collect()
}

fn undone(report: &UndoReport, title: &str, lang: Lang) -> Markup {
    html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang)), ("/imports", &Words::Imports.to(lang))], title, lang))
            h1 { (title) }
            p.lead { (Words::UndoRows { rows: report.rows, file: &clean(&report.file) }.to(lang)) }
            @for (_, file, rows) in &report.stayed {
                p { bdi { (Words::UndoStays { rows: *rows, file: &clean(file) }.to(lang)) } }
            }
            @if report.shown_again > 0 {
                p { (mesinfos_words::report::shown_again(report.shown_again, lang)) }
            }
            @if report.restored > 0 { p { (Words::UndoRestored { rows: report.restored }.to(lang)) } }
        }
        div.flow-l {
            @for (_, file) in &report.import_again {
                (note("", &Words::ImportAgain { file: &clean(file) }.to(lang), false))
            }
            @for app in &report.left_out_for {
                (note("", &Words::LeftOutFor { app: &clean(app) }.to(lang), false))
            }
            p { (Words::UndoAgain.to(lang)) }
            div.row {
                a.btn href="/imports" { (Words::SeeImports.to(lang)) }
                a.btn.quiet href="/add" { (Words::AddMore.to(lang)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undo_says_what_is_gone_and_what_to_do() {
        let report = UndoReport {
            import: 2,
            file: "<b>\u{202e}.csv".to_owned(),
            rows: 12,
            stayed: vec![(5, "<u>\u{202e}.csv".to_owned(), 3)],
            documents: 0,
            earlier: 0,
            restored: 2,
            import_again: vec![(4, "<i>".to_owned())],
            left_out_for: vec!["budget".to_owned()],
            shown_again: 2,
        };
        let page = undone(&report, "t", Lang::En).into_string();
        assert!(page.contains("12 rows of “&lt;b&gt;.csv” are no longer in your vault"), "{page}");
        assert!(page.contains("2 rows of other files are back"), "{page}");
        assert!(page.contains("2 choices of what no app is shown had come with this file"), "{page}");
        assert!(page.contains("3 rows stay: the file “&lt;u&gt;.csv” holds them too"), "{page}");
        assert!(page.contains("&lt;i&gt;") && page.contains("budget"));
        assert!(!page.contains("<b>") && !page.contains('\u{202e}'));
    }

    #[test]
    fn an_undo_says_beforehand_what_it_takes() {
        let nothing = UndoPreview::default();
        assert_eq!(facts(&nothing, Lang::En), ["No file kept among your documents is deleted."]);
        let preview = UndoPreview {
            rows: 7,
            restored: 2,
            earlier: 1,
            stayed: vec![(4, "<b>\u{202e}.csv".to_owned(), 3), (6, "c.csv".to_owned(), 1)],
            documents: 1,
            shown_again: 3,
        };
        let told = facts(&preview, Lang::En);
        assert_eq!(told.len(), 6);
        assert_eq!(told[0], "2 rows return to their earlier values.");
        assert_eq!(told[1], "3 rows stay: the file “<b>.csv” holds them too.");
        assert_eq!(told[2], "1 row stays: the file “c.csv” holds it too.");
        assert!(
            told[4].starts_with("3 choices of what you show to no app came with this file"),
            "{}",
            told[4]
        );
        assert_eq!(told[5], "The file kept among your documents is deleted.");
        assert_eq!(facts(&preview, Lang::Fr).len(), 6);
    }
}
