//! Where the rows of a category come from, and who has read some of them.

use crate::app::apps::{AppPage, Sign};
use crate::app::domain::Domain;
use crate::app::parts::{Icon, tinted};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, Day, Period};
use mesinfos_platform::consent::{AuditEvent, CategoryRead, ReceiptId, RowChange};
use mesinfos_platform::{Caller, CategorySummary, Platform, PlatformError};
use mesinfos_words::page::Data as Words;
use std::collections::{BTreeMap, BTreeSet};

/// Imports and reads that are listed, the newest.
const LISTED: usize = 5;

/// Imports and reads of a category.
#[derive(Debug, Clone, Default)]
pub(super) struct Sources {
    imports: Vec<Source>,
    reads: Vec<Read>,
}

/// An import that has rows of the category.
#[derive(Debug, Clone)]
struct Source {
    import: u64,
    file: String,
    at: i64,
    rows: u64,
}

/// A run or trial that read rows of the category.
#[derive(Debug, Clone)]
struct Read {
    app: String,
    name: String,
    sign: Sign,
    at: i64,
    rows: u64,
    is_trial: bool,
    receipt: Option<ReceiptId>,
}

impl Sources {
    /// The newest imports and reads of a category.
    pub(super) fn read(
        platform: &Platform,
        caller: &Caller,
        category: Category,
    ) -> Result<Sources, PlatformError> {
        let imports = platform.imports(caller)?;
        let log = platform.audit_entries(caller)?;
        let changed = changed(log.iter().map(|logged| &logged.entry.event), category);
        let of = imports.iter().rev().filter(|record| record.undone_at.is_none()).filter_map(|record| {
            let outcome = record.outcome.categories.iter().find(|outcome| outcome.category == category)?;
            let import = record.outcome.import_id;
            let brought = outcome.added + outcome.corrected;
            let change = changed.get(&import).copied().unwrap_or(0);
            let rows = brought.saturating_add_signed(change);
            (rows > 0).then(|| Source {
                import,
                file: record.source.file_name.clone(),
                at: record.source.at_utc_seconds,
                rows,
            })
        });
        let reads = log.iter().rev().filter_map(|logged| {
            let (app, reads, receipt, is_trial) = match &logged.entry.event {
                AuditEvent::Ran { app, reads, receipt, .. } => (app, reads, *receipt, false),
                AuditEvent::Tried { app, reads, .. } => (app, reads, None, true),
                _ => return None,
            };
            let rows =
                reads.iter().filter(|read| read.category == category).map(CategoryRead::distinct_rows).sum();
            let app = app.to_string();
            let sign = Sign::of_read(Some(category));
            (rows > 0).then(|| Read {
                name: app.clone(),
                sign,
                app,
                at: logged.entry.at,
                rows,
                is_trial,
                receipt,
            })
        });
        let mut sources = Sources { imports: of.take(LISTED).collect(), reads: reads.take(LISTED).collect() };
        for read in &mut sources.reads {
            if let Ok(app) = AppPage::read(platform, &read.app) {
                (read.name, read.sign) = (app.name(caller.lang).to_owned(), app.sign());
            }
        }
        Ok(sources)
    }
}

/// By how many rows of a category an import has more or less than it brought: some were deleted, others stand for them, or
/// they stay in place of those of another import.
fn changed<'a>(events: impl Iterator<Item = &'a AuditEvent>, of: Category) -> BTreeMap<u64, i64> {
    let signed = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    let mut changed: BTreeMap<u64, i64> = BTreeMap::new();
    for event in events {
        // The record of the import counts what was added to it later.
        if let AuditEvent::Amended { import, category, change, removed, returned, .. } = event
            && *category == of
            && *change != RowChange::Added
        {
            let rows = changed.entry(*import).or_default();
            *rows = rows.saturating_add(signed(*returned)).saturating_sub(signed(*removed));
        }
    }
    changed
}

/// Name of an app; its id if it is no longer installed.
pub(super) fn app_name(platform: &Platform, id: &str, lang: Lang) -> String {
    AppPage::read(platform, id).map_or_else(|_| id.to_owned(), |app| app.name(lang).to_owned())
}

pub(super) fn where_from(sources: &Sources, domain: Domain, lang: Lang) -> Markup {
    if sources.imports.is_empty() {
        return html! { p.soft { (Words::WhereFromEmpty.to(lang)) } };
    }
    html! {
        ul.list.wrap {
            @for source in &sources.imports {
                @let at = mesinfos_words::instant(source.at, lang);
                li data-d=(domain.id()) {
                    (tinted(Icon::FileText))
                    span {
                        strong { bdi { (clean(&source.file)) } } br;
                        span.soft.small { (Words::AddedBy { rows: source.rows, at: &at }.to(lang)) }
                    }
                    a.btn.small.end href=(format!("/imports/{}", source.import)) { (Words::SeeImport.to(lang)) }
                }
            }
        }
        p { a href="/imports" { (Words::Imports.to(lang)) } }
    }
}

pub(super) fn who_read(sources: &Sources, lang: Lang) -> Markup {
    if sources.reads.is_empty() {
        return html! { p.soft { (Words::NobodyRead.to(lang)) } };
    }
    html! {
        ul.list.wrap {
            @for read in &sources.reads {
                @let at = mesinfos_words::instant(read.at, lang);
                li data-d=(read.sign.domain.id()) {
                    (read.sign.drawn())
                    span {
                        strong { bdi { (clean(&read.name)) } } br;
                        span.soft.small {
                            @if read.is_trial { (Words::Tried { rows: read.rows, at: &at }.to(lang)) }
                            @else { (Words::Read { rows: read.rows, at: &at }.to(lang)) }
                        }
                    }
                    (beside(read.receipt, &read.app, lang))
                }
            }
        }
    }
}

/// Link to a receipt; to the app if there is none.
pub(super) fn beside(receipt: Option<ReceiptId>, app: &str, lang: Lang) -> Markup {
    html! {
        @match receipt {
            Some(receipt) => a.btn.small.end href=(format!("/results/{receipt}")) { (Words::SeeReceipt.to(lang)) },
            None => a.btn.small.end href=(format!("/apps/{app}")) { (Words::SeeApp.to(lang)) },
        }
    }
}

/// Names of holders in a sentence.
pub(super) fn holders_in_words(holders: &BTreeSet<String>, lang: Lang) -> String {
    if holders.is_empty() {
        return Words::NoHolder.to(lang);
    }
    holders.iter().map(|holder| clean(holder)).collect::<Vec<_>>().join(", ")
}

/// The days of a summary, in words. `None` without a date.
pub(super) fn days(summary: &CategorySummary, lang: Lang) -> Option<String> {
    let (first, last) = summary.first.zip(summary.last)?;
    let days = Period { from: Some(first), until: Some(Day(last.0.saturating_add(1))) };
    Some(mesinfos_words::period(&days, lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_file_that_a_later_one_replaced_are_not_its_own() {
        let amended = |import, category, change, removed, returned| AuditEvent::Amended {
            import,
            file: "f.csv".into(),
            category,
            change,
            removed,
            returned,
        };
        let log = [
            amended(1, Category::Energy, RowChange::Replaced, 3, 0),
            amended(1, Category::Energy, RowChange::Returned, 0, 1),
            amended(1, Category::Bank, RowChange::Deleted, 1, 0),
            amended(2, Category::Energy, RowChange::Corrected, 0, 0),
            amended(3, Category::Energy, RowChange::Stayed, 0, 4),
        ];
        let changed = changed(log.iter(), Category::Energy);
        assert_eq!((changed.get(&1), changed.get(&2), changed.get(&3)), (Some(&-2), Some(&0), Some(&4)));
    }
}
