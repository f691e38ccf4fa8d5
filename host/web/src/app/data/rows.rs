//! The rows of a category: a table in pages, newest first, with filters; where they come from; who has read.

use super::chart;
use super::columns::{Beside, Readers, lines, table_read};
use super::query::{LAST, PAGE, RowQuery, WORDS};
use super::sources::{Sources, app_name, days, holders_in_words, where_from, who_read};
use super::{category, not_found, path, turn};
use crate::Shared;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Section, Shell, capital, crumbs, empty, icon, note_with, section};
use crate::app::visitor::Tester;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_platform::{
    CategorySummary, MOST_SKIPPED, MonthSummary, Quantities, RowPage, RowReader, RowReaders,
};
use mesinfos_words::page::{Amend, Data as Words, Measures};
use std::collections::BTreeMap;

/// What the page shows.
struct Shown {
    domain: Domain,
    category: Category,
    summary: Option<CategorySummary>,
    query: RowQuery,
    /// The rows, or the text that is not a date.
    page: Result<RowPage, String>,
    /// Names of the apps that could read each row of the page.
    readers: Vec<Readers>,
    sources: Sources,
    months: Vec<MonthSummary>,
    /// What the rows of the months drawn amount to, where rows of the category add up.
    quantities: Option<Quantities>,
    /// Number of rows of the category that the person deleted.
    gone: usize,
}

/// The page.
pub(crate) async fn page(
    State(shared): State<Shared>,
    tester: Tester,
    Path((domain, of)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let (domain, category) = category(&tester, &domain, &of)?;
    let was_deleted = query.as_deref() == Some("deleted=on");
    let query = RowQuery::read(query.as_deref()).ok_or_else(|| not_found(&tester))?;
    let turn = turn(&shared, &tester).await?;
    let shown = tester
        .run(move |platform, caller| {
            let _turn = turn;
            let summary = platform.summary(caller)?.into_iter().find(|one| one.category == category);
            let (page, readers) = match query.filter() {
                Ok(filter) => {
                    let (page, readers) =
                        platform.rows_page_read(caller, category, &filter, query.skipped(), PAGE)?;
                    (Ok(page), named(readers, |app| app_name(platform, app, lang), lang))
                }
                Err(bad) => (Err(bad.to_owned()), Vec::new()),
            };
            let sources = Sources::read(platform, caller, category)?;
            let mut months = platform.months(caller)?;
            months.retain(|month| month.category == category);
            let quantities = match chart::drawn(&months) {
                Some(drawn) => platform.quantities(caller, category, drawn)?,
                None => None,
            };
            let gone = platform.deleted_rows(caller)?;
            let gone = gone.iter().filter(|row| row.category == category).count();
            Ok(Shown { domain, category, summary, query, page, readers, sources, months, quantities, gone })
        })
        .await?;
    let title = capital(category.name(lang));
    // A domain, a category and an app may have one name.
    let of_page = format!("{title} · {}", Words::TheRows.to(lang));
    let shell = Shell { charts: true, ..tester.shell(&of_page, Section::Data) };
    let told = html! {
        @if was_deleted {
            div.note.flow-s role="status" tabindex="-1" autofocus {
                p { (Amend::WasDeleted.to(lang)) " " a href="/data/deleted" { (Amend::Deleted.to(lang)) } }
            }
        }
        (body(&shown, &title, lang))
    };
    Ok(shell.around(told).into_response())
}

/// The names of the apps that could read each row.
fn named(readers: Vec<RowReaders>, name: impl Fn(&str) -> String, lang: Lang) -> Vec<Readers> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut of = |reader: RowReader| {
        let name = names.entry(reader.app).or_insert_with_key(|app| clean(&name(app)));
        if reader.is_trial { Measures::OnTrial { app: name }.to(lang) } else { name.clone() }
    };
    let each = readers.into_iter();
    each.map(|row| Readers {
        names: row.apps.into_iter().map(&mut of).collect(),
        is_withheld: row.is_withheld,
    })
    .collect()
}

fn body(shown: &Shown, title: &str, lang: Lang) -> Markup {
    let Shown { domain, category, summary, query, .. } = shown;
    let there = summary.as_ref().filter(|summary| summary.rows > 0);
    let export = |ending: &str| format!("{}/export.{ending}{}", path(*domain, *category), query.on(1).text());
    html! {
        header.head data-d=(domain.id()) {
            (crumbs(
                &[("/data", &Words::Title.to(lang)), (&format!("/data/{}", domain.id()), &domain.name(lang))],
                title,
                lang,
            ))
            div.row { span.dic.big { (icon(domain.icon())) } h1 { (title) } }
            @if let Some(summary) = there {
                p.lead { (lead(summary, lang)) }
                div.row {
                    a.btn href=(export("csv")) { (icon(Icon::Download)) (Words::TakeCsv.to(lang)) }
                    a.btn.quiet href=(export("json")) { (icon(Icon::Download)) (Words::TakeJson.to(lang)) }
                    a.btn.quiet href=(format!("{}/export.parquet", path(*domain, *category))) {
                        (icon(Icon::Download)) (Words::TakeParquet.to(lang))
                    }
                    a.btn.quiet href="/add" { (icon(Icon::Plus)) (Words::Add.to(lang)) }
                }
                p.soft.small { (Words::TakeNote.to(lang)) }
            } @else {
                p.lead { (mesinfos_words::dictionary::about_people(*category, lang)) }
            }
        }
        @match there {
            None => (empty(&Words::EmptyCategory.to(lang), &Words::NothingWhy.to(lang), html! {
                a.btn.pri href="/add" { (icon(Icon::FileUp)) (Words::Add.to(lang)) }
            })),
            Some(summary) => {
                @let drawn = chart::of_months((*domain, *category), &shown.months, shown.quantities.as_ref(), lang);
                (drawn)
                @if let (Some(days), false) = (chart::days_drawn(&shown.months, lang), drawn.0.is_empty()) {
                    p.soft.small {
                        (Words::ChartFrom { from: &days.0, until: &days.1 }.to(lang))
                        @if !query.is_all() { " " (Words::ChartOfAll.to(lang)) }
                    }
                }
                (section("rows", &Words::TheRows.to(lang), html! {
                    (filters(shown, summary, lang))
                    (selection(shown, summary, lang))
                }))
            }
        }
        @if shown.gone > 0 {
            p { a href="/data/deleted" { (Amend::SeeDeleted { rows: shown.gone as u64 }.to(lang)) } }
        }
        @if there.is_some() {
            div.two {
                (section("sources", &Words::WhereFrom.to(lang), where_from(&shown.sources, *domain, lang)))
                (section("reads", &Words::WhoRead.to(lang), who_read(&shown.sources, lang)))
            }
        }
    }
}

/// What there is of a category, in a sentence.
pub(super) fn lead(summary: &CategorySummary, lang: Lang) -> String {
    let (rows, holders) = (summary.rows, holders_in_words(&summary.holders, lang));
    let sentence = match days(summary, lang) {
        Some(days) => Words::DomainLead { rows, holders: &holders, days: &days }.to(lang),
        None => Words::DomainLeadUndated { rows, holders: &holders }.to(lang),
    };
    match summary.undated {
        undated @ 1.. if undated < rows => {
            format!("{sentence} {}.", capital(&Words::Undated { rows: undated }.to(lang)))
        }
        _ => sentence,
    }
}

/// The form that selects rows. It is a link with a query: it works without a script, and can be kept.
fn filters(shown: &Shown, summary: &CategorySummary, lang: Lang) -> Markup {
    let query = &shown.query;
    let bad = |date: &str| shown.page.as_ref().err().filter(|bad| *bad == date).map(|_| WRONG);
    html! {
        form.filters role="search" method="get" action=(format!("{}#rows", path(shown.domain, shown.category)))
            aria-label=(Words::Filter.to(lang)) {
            label.field {
                span.small { (Words::FirstDay.to(lang)) }
                input type="date" name="from" value=(RowQuery::shown(&query.from))
                    aria-invalid=[bad(&query.from).map(|_| "true")] aria-describedby=[bad(&query.from)];
            }
            label.field {
                span.small { (Words::LastDay.to(lang)) }
                input type="date" name="to" value=(RowQuery::shown(&query.to))
                    aria-invalid=[bad(&query.to).map(|_| "true")] aria-describedby=[bad(&query.to)];
            }
            @if summary.holders.len() > 1 || !query.holder.is_empty() {
                label.field {
                    span.small { (Words::Holder.to(lang)) }
                    select name="holder" {
                        option value="" { (Words::AllHolders.to(lang)) }
                        @for holder in &summary.holders {
                            option value=(holder) selected[*holder == query.holder] { (clean(holder)) }
                        }
                    }
                }
            }
            label.field {
                span.small { (Words::Text.to(lang)) }
                input type="search" name="q" value=(query.words) maxlength=(WORDS);
            }
            button.btn.small type="submit" { (icon(Icon::Search)) (Words::Apply.to(lang)) }
            @if !query.is_all() { a.btn.quiet.small href=(path(shown.domain, shown.category)) { (Words::All.to(lang)) } }
        }
    }
}

/// The selected rows of the page.
/// Id of the words about a date that cannot be read.
const WRONG: &str = "wrong";

fn selection(shown: &Shown, summary: &CategorySummary, lang: Lang) -> Markup {
    let page = match &shown.page {
        Ok(page) => page,
        Err(text) => return note_with(WRONG, &Words::BadDate { text: &clean(text) }.to(lang)),
    };
    let query = &shown.query;
    let is_bounded = !query.from.is_empty() || !query.to.is_empty();
    let label = capital(shown.category.name(lang));
    html! {
        p.soft role="status" {
            @if query.is_swapped { (Words::DatesSwapped.to(lang)) " " }
            @if let Some(total) = page.total { (Words::Selected { rows: total }.to(lang)) }
            @if is_bounded && summary.undated > 0 { " " (Words::UndatedLeftOut { rows: summary.undated }.to(lang)) }
        }
        @if page.rows.is_empty() {
            @if page.total.is_some_and(|total| total > 0) {
                p { (Words::NoneHere.to(lang)) }
            } @else if page.searched_from.is_none() {
                (empty(&Words::NoneFound.to(lang), &Words::NoneFoundWhy.to(lang), html! {
                    a.btn href=(path(shown.domain, shown.category)) { (Words::All.to(lang)) }
                }))
            }
        } @else {
            @let of = (shown.domain, shown.category);
            (table_read(&label, of, &lines(&page.rows), Beside::Readers(&shown.readers), lang))
        }
        @if let Some(day) = page.searched_from {
            @let older = format!("{}{}", path(shown.domain, shown.category), query.before(day).text());
            p role="status" { (Words::SearchedFrom { day: &mesinfos_words::day(day, lang) }.to(lang)) }
            p { a.btn.small href=(older) { (Words::SearchOlder.to(lang)) } }
        }
        (paging(shown, page, lang))
    }
}

/// The way to newer and older rows.
fn paging(shown: &Shown, page: &RowPage, lang: Lang) -> Markup {
    let (query, rows) = (&shown.query, page.rows.len() as u64);
    let is_last = query.page >= LAST;
    let older = page.has_older && !is_last && page.searched_from.is_none();
    if query.page == 1 && !older {
        return html! {};
    }
    let to = |page: u64| format!("{}{}#rows", path(shown.domain, shown.category), query.on(page).text());
    let (first, last) = (query.skipped() + 1, query.skipped() + rows);
    html! {
        nav.row.end aria-label=(Words::Pages.to(lang)) {
            span.soft {
                @match page.total {
                    _ if rows == 0 => "",
                    Some(total) => (Words::ShownOf { first, last, total }.to(lang)),
                    None => (Words::Shown { first, last }.to(lang)),
                }
            }
            span.row {
                @if query.page > 1 { a.btn.small rel="prev" href=(to(query.page - 1)) { (Words::Newer.to(lang)) } }
                @if older { a.btn.small rel="next" href=(to(query.page + 1)) { (Words::Older.to(lang)) } }
            }
        }
        @if page.has_older && is_last { p.soft { (Words::TooFar { rows: MOST_SKIPPED }.to(lang)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn summary() -> CategorySummary {
        CategorySummary {
            category: Category::Bank,
            rows: 120,
            undated: 0,
            first: "2025-01-03".parse().ok(),
            last: "2025-06-30".parse().ok(),
            holders: BTreeSet::from(["<Rives>".to_owned(), "Nord".to_owned()]),
        }
    }

    fn shown(query: &str, page: RowPage) -> Shown {
        let query = RowQuery::read(Some(query)).unwrap();
        let bad = query.filter().err().map(str::to_owned);
        Shown {
            domain: Domain::Money,
            category: Category::Bank,
            summary: Some(summary()),
            query,
            page: bad.map_or(Ok(page), Err),
            readers: Vec::new(),
            sources: Sources::default(),
            months: Vec::new(),
            quantities: None,
            gone: 0,
        }
    }

    fn drawn(query: &str, page: RowPage) -> String {
        body(&shown(query, page), "Opérations bancaires", Lang::Fr).into_string()
    }

    #[test]
    fn pages_lead_to_their_neighbours_with_the_same_selection() {
        let page = RowPage { total: Some(120), has_older: true, ..RowPage::default() };
        let first = drawn("q=caf%C3%A9&from=2025-01-01", page.clone());
        assert!(
            first.contains("href=\"/data/money/bank?from=2025%2D01%2D01&amp;q=caf%C3%A9&amp;page=2#rows\""),
            "{first}"
        );
        assert!(!first.contains("rel=\"prev\""));
        let second = drawn("page=2", page.clone());
        assert!(second.contains("rel=\"prev\" href=\"/data/money/bank#rows\"") && second.contains("page=3"));
        let last = drawn("page=99999", page.clone());
        assert!(!last.contains("rel=\"next\"") && last.contains("200\u{202f}000 lignes"), "{last}");
        let only = drawn("", RowPage { total: Some(2), ..RowPage::default() });
        assert!(!only.contains("Plus anciennes"));
        // The exports have the selection, and all of it.
        assert!(drawn("q=x&page=2", page).contains("href=\"/data/money/bank/export.csv?q=x\""));
    }

    #[test]
    fn what_was_typed_is_shown_as_text() {
        let page = drawn("q=%22%3E%3Cscript%3E&from=%3Cb%3E&holder=%3CRives%3E", RowPage::default());
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("<Rives>"));
        assert!(
            page.contains("« &lt;b&gt; » n’est pas une date")
                || page.contains("«\u{a0}&lt;b&gt;\u{a0}» n’est pas une date")
        );
        assert!(page.contains("value=\"&lt;Rives&gt;\" selected"));
    }

    #[test]
    fn a_search_that_stopped_goes_on() {
        let stopped = RowPage { searched_from: "2025-03-01".parse().ok(), ..RowPage::default() };
        let page = drawn("q=x", stopped);
        assert!(
            page.contains("to=2025%2D02%2D28&amp;q=x\"") && page.contains("1er\u{a0}mars 2025"),
            "{page}"
        );
        assert!(!page.contains("Aucune ligne ne correspond"));
        let none = drawn("q=x", RowPage { total: Some(0), ..RowPage::default() });
        assert!(none.contains("Aucune ligne ne correspond"));
    }

    #[test]
    fn an_empty_category_says_what_it_is_for() {
        let nothing = Shown { summary: None, ..shown("", RowPage::default()) };
        let page = body(&nothing, "t", Lang::En).into_string();
        assert!(page.contains("href=\"/add\"") && !page.contains("export.csv"));
        assert!(lead(&summary(), Lang::En).starts_with("120 rows: "));
    }
}
