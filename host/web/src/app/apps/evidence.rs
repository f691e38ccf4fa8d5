//! The very rows behind a figure of a result, as the app says and the host looked up.

use super::AppPage;
use crate::Shared;
use crate::app::data::{lines, table, turn_in};
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::parts::{Section, crumbs, note, section};
use crate::app::visitor::Tester;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_platform::consent::ReceiptId;
use mesinfos_platform::{Evidence, KeptResult, Row};
use mesinfos_words::page::{Apps, Evidence as Words};

/// Rows shown of each category.
const SHOWN: usize = 300;

/// The labels with evidence, each once, in order.
fn labels(result: &KeptResult) -> Vec<&str> {
    let mut labels: Vec<&str> = Vec::new();
    for evidence in &result.evidence {
        if !labels.contains(&evidence.label.as_str()) {
            labels.push(&evidence.label);
        }
    }
    labels
}

/// Words and path of the rows behind the figures with a label; `None` if the app named none.
pub(super) fn link(result: &KeptResult, label: &str, here: &str) -> Option<(String, String)> {
    let at = labels(result).iter().position(|known| *known == label)?;
    let of: Vec<&Evidence> = result.evidence.iter().filter(|one| one.label == label).collect();
    let rows: u64 = of.iter().map(|one| one.rows.len() as u64).sum();
    let sums: u64 = of.iter().map(|one| one.sums).sum();
    let lang = result.view.lang;
    let words = if rows > 0 { Words::FromRows { rows } } else { Words::FromSums { sums } };
    Some((words.to(lang), format!("{here}/evidence/{at}")))
}

/// What the page shows.
struct Seen {
    name: String,
    app: String,
    label: String,
    of: Vec<(Evidence, Vec<Row>)>,
}

/// The page.
pub(crate) async fn page(
    State(shared): State<Shared>,
    tester: Tester,
    Path((id, figure)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let nowhere = || Failure::not_found(&tester.shell("", Section::Apps));
    let id: ReceiptId = id.parse().map_err(|_| nowhere())?;
    let figure: usize = figure.parse().map_err(|_| nowhere())?;
    let turn = turn_in(&shared, &tester, Section::Apps).await?;
    let seen = tester
        .run(move |platform, caller| {
            let _turn = turn;
            let Some(result) = platform.result(caller, id)? else { return Ok(None) };
            let Some(label) = labels(&result).get(figure).map(|label| (*label).to_owned()) else {
                return Ok(None);
            };
            let mut of = Vec::new();
            for evidence in result.evidence.iter().filter(|one| one.label == label) {
                let ids = evidence.rows.iter().copied().collect();
                let rows = platform.rows_at(caller, evidence.category, &ids, SHOWN)?;
                of.push((evidence.clone(), rows));
            }
            let name = AppPage::read(platform, &result.app).map(|app| app.name(lang).to_owned());
            Ok(Some(Seen { name: name.unwrap_or_else(|_| result.app.clone()), app: result.app, label, of }))
        })
        .await?
        .ok_or_else(nowhere)?;
    let title = Words::Title { label: &seen.label }.to(lang);
    let result = format!("/results/{id}");
    let body = html! {
        header.head {
            (crumbs(
                &[
                    ("/apps", &Apps::Crumb.to(lang)),
                    (&format!("/apps/{}", seen.app), &seen.name),
                    (&result, &Words::Result.to(lang)),
                ],
                &Words::Crumb.to(lang),
                lang,
            ))
            h1 { bdi { (title) } }
            p.lead { (Words::Lead { app: &seen.name }.to(lang)) }
        }
        @for (evidence, rows) in &seen.of { (of_category(evidence, rows, lang)) }
        p.row.sec { a.btn href=(result) { (Words::Back.to(lang)) } }
    };
    Ok(tester.page(&title, Section::Apps, body))
}

fn of_category(evidence: &Evidence, rows: &[Row], lang: Lang) -> Markup {
    let (category, domain) = (evidence.category, Domain::of(evidence.category));
    let name = category.name(lang);
    let cited = evidence.rows.len();
    let heading = Words::RowsOf { rows: cited as u64, category: name }.to(lang);
    let title =
        if cited > 0 { heading } else { Words::SumsOf { sums: evidence.sums, category: name }.to(lang) };
    let gone = cited.min(SHOWN).saturating_sub(rows.len());
    section(
        category.id(),
        &title,
        html! {
            @if !rows.is_empty() {
                p.soft { (Words::Hint.to(lang)) }
                (table(&Words::Table { category: name }.to(lang), (domain, category), &lines(rows), lang))
            }
            @if cited > SHOWN { p.soft { (Words::Oldest { rows: SHOWN as u64, total: cited as u64 }.to(lang)) } }
            @if gone > 0 { (note("", &Words::Gone { rows: gone as u64 }.to(lang), false)) }
            @if evidence.sums > 0 {
                p {
                    (Words::Sums { sums: evidence.sums }.to(lang)) " "
                    a href=(format!("/data/{}/{}", domain.id(), category.id())) { (Words::AllRows.to(lang)) }
                }
            }
        },
    )
}
