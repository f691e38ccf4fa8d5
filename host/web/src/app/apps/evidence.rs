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
use mesinfos_platform::{Evidence, EvidenceRows, KeptResult};
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
    of: Vec<(Evidence, EvidenceRows)>,
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
                let rows = platform.evidence_rows(caller, id, evidence, SHOWN)?;
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

fn of_category(evidence: &Evidence, found: &EvidenceRows, lang: Lang) -> Markup {
    let (category, domain) = (evidence.category, Domain::of(evidence.category));
    let name = category.name(lang);
    let heading = Words::RowsOf { rows: found.total, category: name }.to(lang);
    let is_sums = evidence.rows.is_empty();
    let title =
        if is_sums { Words::SumsOf { sums: evidence.sums, category: name }.to(lang) } else { heading };
    let shown = found.rows.len() as u64;
    section(
        category.id(),
        &title,
        html! {
            @if shown > 0 {
                p.soft { (Words::Hint.to(lang)) }
                (table(&Words::Table { category: name }.to(lang), (domain, category), &lines(&found.rows), lang))
            }
            @if found.total > shown { p.soft { (Words::Oldest { rows: shown, total: found.total }.to(lang)) } }
            @if found.corrected_since > 0 {
                (note("", &Words::CorrectedSince { rows: found.corrected_since }.to(lang), false))
            }
            @if found.gone > 0 { (note("", &Words::Gone { rows: found.gone }.to(lang), false)) }
            @if evidence.sums > 0 {
                p {
                    (Words::Sums { sums: evidence.sums }.to(lang)) " "
                    a href=(format!("/data/{}/{}", domain.id(), category.id())) { (Words::AllRows.to(lang)) }
                }
            }
        },
    )
}
