//! All data by domain, and the categories of one domain.

use super::chart;
use super::columns::{Beside, lines, table_read};
use super::rows::lead;
use super::sources::{days, holders_in_words};
use super::{domain, path, turn};
use crate::Shared;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, Section, Shell, capital, crumbs, empty, icon, section, section_with, tinted};
use crate::app::visitor::Tester;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_platform::{CategorySummary, MonthSummary, OwnPapers, Quantities, Row, RowFilter};
use mesinfos_words::names::categories;
use mesinfos_words::page::{Amend, Data as Words, Letters, Timeline};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of a category on the page of its domain.
const NEWEST: usize = 5;

/// What a domain has: the sum of its categories.
fn summed(summary: &[CategorySummary], domain: Domain) -> Option<CategorySummary> {
    let mut of = summary.iter().filter(|one| one.rows > 0 && Domain::of(one.category) == domain).cloned();
    let first = of.next()?;
    Some(of.fold(first, |mut sum, one| {
        sum.rows += one.rows;
        sum.undated += one.undated;
        sum.first = sum.first.into_iter().chain(one.first).min();
        sum.last = sum.last.max(one.last);
        sum.holders.extend(one.holders);
        sum
    }))
}

/// All data.
pub(crate) async fn overview(tester: Tester) -> Result<Response, Failure> {
    let lang = tester.lang();
    let (summary, own, deleted) = tester
        .run(|platform, caller| {
            let (summary, own) = (platform.summary(caller)?, platform.own_papers(caller)?);
            Ok((summary, own, platform.deleted_rows(caller)?.len()))
        })
        .await?;
    let title = Words::Title.to(lang);
    let body = html! {
        (all(&summary, &own, &title, lang))
        @if deleted > 0 {
            p { a href="/data/deleted" { (Amend::SeeDeleted { rows: deleted as u64 }.to(lang)) } }
        }
    };
    Ok(tester.page(&title, Section::Data, body))
}

fn all(summary: &[CategorySummary], own: &OwnPapers, title: &str, lang: Lang) -> Markup {
    let rows: u64 = summary.iter().map(|one| one.rows).sum();
    let mut holders: BTreeMap<&str, BTreeSet<Category>> = BTreeMap::new();
    for one in summary.iter().filter(|one| one.rows > 0) {
        for holder in &one.holders {
            holders.entry(holder).or_default().insert(one.category);
        }
    }
    html! {
        header.head {
            h1 { (title) }
            @if rows > 0 {
                @let given = holders.keys().filter(|holder| !own.holders.contains(**holder)).count() as u64;
                p.lead {
                    @if rows > own.rows { (Words::Lead { rows: rows - own.rows, holders: given }.to(lang)) " " }
                    @if own.rows > 0 { (Words::LeadOwn { rows: own.rows }.to(lang)) " " }
                    (Words::LeadWho.to(lang))
                }
            }
            div.row {
                a.btn.pri href="/add" { (icon(Icon::FileUp)) (Words::Add.to(lang)) }
                @if rows > 0 {
                    a.btn.quiet href="/timeline" { (icon(Icon::CalendarClock)) (Timeline::Timeline.to(lang)) }
                }
                a.btn.quiet href="/documents" { (icon(Icon::FileText)) (Words::Documents.to(lang)) }
                a.btn.quiet href="/imports" { (icon(Icon::History)) (Words::Imports.to(lang)) }
                a.btn.quiet href="/letters" { (icon(Icon::Mail)) (Letters::Title.to(lang)) }
            }
        }
        @if rows == 0 {
            (empty(&Words::Nothing.to(lang), &Words::NothingWhy.to(lang), html! {
                a.btn href="/add" { (Words::Add.to(lang)) }
                a.btn.quiet href="/letters/new" { (Letters::Write.to(lang)) }
            }))
        }
        (section("domains", &Words::Domains.to(lang), html! {
            ul.list.dom { @for of in Domain::ALL { (line(of, summed(summary, of).as_ref(), lang)) } }
        }))
        @if !holders.is_empty() {
            (section("holders", &Words::Holders.to(lang), html! {
                p.soft { (Words::HoldersWhy.to(lang)) }
                ul.grid.list.ruled { @for (holder, of) in holders { (holder_line(holder, &of, own.holders.contains(holder), lang)) } }
            }))
        }
    }
}

/// A domain in the list.
fn line(of: Domain, there: Option<&CategorySummary>, lang: Lang) -> Markup {
    html! {
        li data-d=(of.id()) {
            (tinted(of.icon()))
            span {
                a.cover href=(format!("/data/{}", of.id())) { strong { (of.name(lang)) } } br;
                span.soft.small {
                    @match there {
                        Some(there) => {
                            @if there.holders.is_empty() && matches!(of, Domain::Papers) { (Words::FromYou.to(lang)) }
                            @else { (Words::From { holders: &holders_in_words(&there.holders, lang) }.to(lang)) }
                            @if let Some(days) = days(there, lang) { span.x { ", " (days) } }
                        }
                        None => (categories(&of.categories().collect::<Vec<_>>(), lang)),
                    }
                }
            }
            span.end.small {
                @match there {
                    Some(there) => strong { (Words::Rows { rows: there.rows }.to(lang)) },
                    None => span.soft { (Words::NoRows.to(lang)) },
                }
            }
        }
    }
}

/// A holder with the categories that it returned.
fn holder_line(holder: &str, of: &BTreeSet<Category>, is_own: bool, lang: Lang) -> Markup {
    let domain = of.first().map_or(Domain::Papers, |category| Domain::of(*category));
    html! {
        li data-d=(domain.id()) {
            (tinted(domain.icon()))
            span {
                strong { bdi { (clean(holder)) } } br;
                span.soft.small {
                    @if is_own { (Words::FromPapers.to(lang)) " · " }
                    @for (at, category) in of.iter().enumerate() {
                        @if at > 0 { ", " }
                        a href=(super::query::of_holder(Domain::of(*category), *category, holder)) { (category.name(lang)) }
                    }
                }
            }
        }
    }
}

/// One domain: its categories, each with its newest rows.
pub(crate) async fn page(
    State(shared): State<Shared>,
    tester: Tester,
    Path(of): Path<String>,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let of = domain(&tester, &of)?;
    let turn = turn(&shared, &tester).await?;
    let (summary, there) = tester
        .run(move |platform, caller| {
            let _turn = turn;
            let summary = platform.summary(caller)?;
            let months = platform.months(caller)?;
            let mut there = Vec::new();
            for one in summary.iter().filter(|one| one.rows > 0 && Domain::of(one.category) == of) {
                let category = one.category;
                let (page, marks) =
                    platform.rows_page_marked(caller, category, &RowFilter::default(), 0, NEWEST)?;
                let months: Vec<MonthSummary> =
                    months.iter().filter(|month| month.category == category).copied().collect();
                let quantities = match chart::drawn(&months) {
                    Some(drawn) => platform.quantities(caller, category, drawn)?,
                    None => None,
                };
                there.push(Known { summary: one.clone(), newest: page.rows, marks, months, quantities });
            }
            Ok((summary, there))
        })
        .await?;
    let title = of.name(lang);
    let shell = Shell { charts: true, ..tester.shell(&title, Section::Data) };
    Ok(shell.around(of_domain(of, summed(&summary, of).as_ref(), &there, lang)).into_response())
}

/// What the page of a domain shows of one of its categories.
struct Known {
    summary: CategorySummary,
    newest: Vec<Row>,
    /// Which of them no app is given.
    marks: Vec<bool>,
    months: Vec<MonthSummary>,
    /// What its rows amount to by month, where rows of the category add up.
    quantities: Option<Quantities>,
}

/// The categories whose months are drawn: those whose rows add up to something; in a domain without such a category,
/// the one with the most rows.
fn drawn(there: &[Known]) -> BTreeSet<Category> {
    let measured = there.iter().filter(|one| one.quantities.is_some()).map(|one| one.summary.category);
    let measured: BTreeSet<Category> = measured.collect();
    if !measured.is_empty() {
        return measured;
    }
    there.iter().max_by_key(|one| one.summary.rows).map(|one| one.summary.category).into_iter().collect()
}

fn of_domain(of: Domain, sum: Option<&CategorySummary>, there: &[Known], lang: Lang) -> Markup {
    let title = of.name(lang);
    let missing: Vec<Category> = of
        .categories()
        .filter(|category| there.iter().all(|one| one.summary.category != *category))
        .collect();
    let drawn = drawn(there);
    html! {
        header.head data-d=(of.id()) {
            (crumbs(&[("/data", &Words::Title.to(lang))], &title, lang))
            div.row { span.dic.big { (icon(of.icon())) } h1 { (title) } }
            @if let Some(sum) = sum { p.lead { (lead(sum, lang)) } }
            @if !there.is_empty() {
                div.row {
                    @if of == Domain::Papers {
                        a.btn href="/documents" { (icon(Icon::Search)) (Words::Documents.to(lang)) }
                    }
                    a.btn.quiet href="/add" { (icon(Icon::Plus)) (Words::Add.to(lang)) }
                }
            }
        }
        @if there.is_empty() {
            (empty(&Words::EmptyCategory.to(lang), &Words::NothingWhy.to(lang), html! {
                a.btn.pri href="/add" { (icon(Icon::FileUp)) (Words::Add.to(lang)) }
                a.btn href=(format!("/letters/new#{}", of.id())) { (icon(Icon::Mail)) (Letters::Write.to(lang)) }
            }))
        }
        @for Known { summary: one, newest, marks, months, quantities } in there {
            @let name = capital(one.category.name(lang));
            @let to = path(of, one.category);
            (section_with(
                one.category.id(),
                &name,
                html! { a href=(to) { (Words::SeeAll.to(lang)) } },
                html! {
                    @if there.len() > 1 { p.soft { (lead(one, lang)) } }
                    @if drawn.contains(&one.category) {
                        (chart::of_months((of, one.category), months, quantities.as_ref(), lang))
                    }
                    h3.sr { (Words::Newest.to(lang)) }
                    @let label = format!("{name} : {}", Words::Newest.to(lang));
                    (table_read(&label, (of, one.category), &lines(newest), Beside::Marks(marks), lang))
                },
            ))
        }
        @if !missing.is_empty() && !there.is_empty() {
            p.soft.sec { (Words::NotYet { categories: &categories(&missing, lang) }.to(lang)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_platform::Measured;

    fn one(category: Category, rows: u64, holder: &str) -> CategorySummary {
        CategorySummary {
            category,
            rows,
            undated: 0,
            first: "2025-01-03".parse().ok(),
            last: "2025-06-30".parse().ok(),
            holders: BTreeSet::from([holder.to_owned()]),
        }
    }

    #[test]
    fn a_domain_is_the_sum_of_its_categories() {
        let later = CategorySummary { last: "2026-01-01".parse().ok(), ..one(Category::Bills, 3, "EDF") };
        let summary = [one(Category::Bank, 10, "Rives"), later, one(Category::Energy, 5, "Enedis")];
        let money = summed(&summary, Domain::Money).unwrap();
        assert_eq!((money.rows, money.holders.len()), (13, 2));
        assert_eq!(money.last.unwrap().to_string(), "2026-01-01");
        assert!(summed(&summary, Domain::Health).is_none());
    }

    #[test]
    fn every_domain_and_holder_is_there() {
        let summary = [one(Category::Bank, 10, "<Rives> & \"co\""), one(Category::Water, 2, "Eau")];
        let page = all(&summary, &OwnPapers::default(), "t", Lang::Fr).into_string();
        for domain in Domain::ALL {
            assert!(page.contains(&format!("href=\"/data/{}\"", domain.id())), "{domain:?}");
        }
        assert!(page.contains("&lt;Rives&gt;") && !page.contains("<Rives>"));
        assert!(page.contains("href=\"/data/money/bank?holder=%3CRives%3E%20%26%20%22co%22\""), "{page}");
        let nothing = all(&[], &OwnPapers::default(), "t", Lang::Fr).into_string();
        assert!(nothing.contains("href=\"/add\"") && nothing.contains("Rien encore dans votre coffre"));
    }

    #[test]
    fn a_domain_without_rows_says_what_to_do() {
        let page = of_domain(Domain::Health, None, &[], Lang::En).into_string();
        assert!(page.contains("Nothing here yet") && page.contains("href=\"/add\""));
        let there = [known(Category::Bank, 1)];
        let page =
            of_domain(Domain::Money, Some(&one(Category::Bank, 1, "Rives")), &there, Lang::En).into_string();
        assert!(page.contains("Nothing yet: bills") && page.contains("href=\"/data/money/bank\""), "{page}");
    }

    fn known(category: Category, rows: u64) -> Known {
        let month = |month| MonthSummary { category, month, rows: rows / 2, days: 1 };
        let summary = one(category, rows, "Rives");
        Known {
            summary,
            newest: Vec::new(),
            marks: Vec::new(),
            months: vec![month(660), month(661)],
            quantities: None,
        }
    }

    #[test]
    fn a_domain_has_a_chart() {
        // Without sums, the category with the most rows is drawn, and no other one.
        let there = [known(Category::Browsing, 10), known(Category::Social, 30)];
        assert_eq!(drawn(&there), BTreeSet::from([Category::Social]));
        let page = of_domain(Domain::Digital, None, &there, Lang::En).into_string();
        assert_eq!(page.matches("<mi-chart").count(), 1, "{page}");
        let sums = Quantities { measured: Measured::Money, series: Vec::new(), left_out: 0 };
        let there =
            [Known { quantities: Some(sums), ..known(Category::Bills, 3) }, known(Category::Bank, 30)];
        assert_eq!(drawn(&there), BTreeSet::from([Category::Bills]));
    }
}
