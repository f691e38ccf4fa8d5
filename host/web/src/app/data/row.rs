//! One row: all its fields, the line of the file it comes from, and which runs could read it. A document can
//! be taken away as it came.

use super::columns::{time, title, written};
use super::sources::beside;
use super::{amend, category, not_found, owner, path, turn, withheld};
use crate::Shared;
use crate::app::apps::{AppPage, Named, Sign};
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Section, capital, crumbs, icon, more, section, tinted};
use crate::app::visitor::Tester;
use crate::transfer;
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, Reach, RowId, Unit};
use mesinfos_platform::intake::{ARCHIVE, about};
use mesinfos_platform::{EarlierVersion, RowOrigin, RowRun, RowValue};
use mesinfos_words::names;
use mesinfos_words::page::{Data as Words, Rejects};

type Of = Path<(String, String, String)>;

/// The page.
pub(crate) async fn page(
    State(shared): State<Shared>,
    tester: Tester,
    Path((domain, of, row)): Of,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let told = Fields::read(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let (domain, category) = category(&tester, &domain, &of)?;
    let id: RowId = row.parse().map_err(|_| not_found(&tester))?;
    let turn = turn(&shared, &tester).await?;
    let found = tester
        .run(move |platform, caller| {
            let _turn = turn;
            let Some(origin) = platform.row_origin(caller, category, id)? else { return Ok(None) };
            let named = |run: &RowRun| match AppPage::read(platform, &run.app) {
                Ok(app) => Named { name: app.name(lang).to_owned(), sign: app.sign(), component: app.runs() },
                Err(_) => {
                    let (name, sign) = (run.app.clone(), Sign::of_read(Some(category)));
                    Named { name, sign, component: None }
                }
            };
            let apps: Vec<Named> = origin.runs.iter().map(named).collect();
            let is_kept = category == Category::Documents
                && platform.documents(caller)?.iter().any(|document| document.id == id);
            // Of each corrected row, how many others were corrected with it.
            let mut others = Vec::new();
            for (row, corrected) in origin.rows.iter().zip(&origin.corrected) {
                let filed = corrected.as_ref().and_then(|_| amend::filed_as(category, &row.values));
                others.push(match filed {
                    Some((label, filed)) => platform.refiled_with(caller, category, (&label, &filed), id)?,
                    None => 0,
                });
            }
            Ok(Some((origin, apps, is_kept, others)))
        })
        .await?;
    let (origin, apps, is_kept, others) = found.ok_or_else(|| not_found(&tester))?;
    let first = origin.rows.first().map_or(&[][..], |row| &row.values);
    let heading = title(category, first, lang).unwrap_or_else(|| Words::Row.to(lang));
    let body = html! {
        header.head data-d=(domain.id()) {
            (crumbs(
                &[
                    ("/data", &Words::Title.to(lang)),
                    (&format!("/data/{}", domain.id()), &domain.name(lang)),
                    (&path(domain, category), &capital(category.name(lang))),
                ],
                &heading,
                lang,
            ))
            div.row { span.dic.big { (icon(domain.icon())) } h1 { bdi { (heading) } } }
            @if let Some(time) = time(category, first, lang) { p.lead { (time) } }
            @if is_kept {
                a.btn href=(format!("{}/{id}/file", path(domain, category))) {
                    (icon(Icon::Download)) (Words::Download.to(lang))
                }
            }
        }
        (amend::told(&told, lang))
        @if origin.rows.len() > 1 { p.soft { (Words::RowsOfLine { rows: origin.rows.len() as u64 }.to(lang)) } }
        @let here = format!("{}/{id}", path(domain, category));
        @for ((((row, key), corrected), earlier), others) in origin.rows.iter().zip(&origin.keys).zip(&origin.corrected).zip(&origin.earlier).zip(&others) {
            div.flow {
                (values(category, &row.values, lang))
                @if let Some(of) = corrected {
                    (amend::before(&here, *key, (of, *others), &values(category, &of.before, lang), lang))
                }
                (versions(category, earlier, lang))
                (amend::ways(&here, *key, lang))
            }
        }
        (withheld::ways(&here, &origin.withheld, lang))
        div.two {
            (section("origin", &Words::WhereFrom.to(lang), from(&origin, domain, lang)))
            (section("reads", &Words::WhoCould.to(lang), runs(&origin.runs, &apps, category, lang)))
        }
        (amend::annotation(&here, origin.note.as_deref(), lang))
    };
    // Many rows have one name: their times tell them apart.
    let of_page =
        time(category, first, lang).map_or_else(|| heading.clone(), |time| format!("{heading}, {time}"));
    Ok(tester.page(&of_page, Section::Data, body))
}

/// Earlier versions of a row, each with what it said otherwise.
fn versions(category: Category, earlier: &[EarlierVersion], lang: Lang) -> Markup {
    html! {
        @for version in earlier {
            @let at = mesinfos_words::instant(version.replaced_at, lang);
            (more(&Words::Earlier { file: &clean(&version.row.file), at: &at }.to(lang), html! {
                @if version.differs.is_empty() { p.soft { (Words::EarlierSame.to(lang)) } }
                @else { (values(category, &version.differs, lang)) }
            }))
        }
    }
}

/// All fields that a row has, with their names.
fn values(category: Category, values: &[RowValue], lang: Lang) -> Markup {
    let schema = category.schema();
    let named = values.iter().filter_map(|value| Some((value, &schema.fields[schema.index(value.field)?])));
    let has_amount = named.clone().any(|(_, field)| field.unit == Unit::MinorUnits);
    html! {
        dl.kv.panel {
            // Amounts already show the currency.
            @for (value, field) in named.filter(|(value, _)| !(has_amount && value.field == "currency")) {
                div {
                    dt {
                        (capital(field.label(lang)))
                        @if field.reach == Reach::Named { " " span.small { "(" (Words::ByNameOnly.to(lang)) ")" } }
                    }
                    dd { bdi { (written(category, values, value, lang)) } }
                }
            }
        }
    }
}

/// The file, the place in it, and the import.
fn from(origin: &RowOrigin, domain: Domain, lang: Lang) -> Markup {
    let Some(row) = origin.rows.first() else { return html! {} };
    let source = &origin.import.source;
    let place = match about(&source.format) {
        // The format of a file in an archive is not recorded.
        Some(about) if about.id != ARCHIVE.id => {
            mesinfos_words::intake::place_in_file(about.counts, row.place, lang)
        }
        _ => Words::Place { number: row.place }.to(lang),
    };
    let at = mesinfos_words::instant(source.at_utc_seconds, lang);
    html! {
        ul.list.wrap {
            li data-d=(domain.id()) {
                (tinted(Icon::FileText))
                span {
                    strong { bdi { (Words::InFile { file: &clean(&row.file), place: &place }.to(lang)) } } br;
                    span.soft.small { (Words::ImportedAt { at: &at }.to(lang)) }
                    @if origin.is_mended { br; span.soft.small { (Rejects::Mended.to(lang)) } }
                }
                span.row.end {
                    @if let Some(document) = origin.document {
                        a.btn.small href=(format!("/documents/{document}")) { (Words::SeeDocument.to(lang)) }
                    }
                    a.btn.small href=(format!("/imports/{}", row.import)) { (Words::SeeImport.to(lang)) }
                }
            }
        }
    }
}

/// The runs that could read a row.
fn runs(runs: &[RowRun], apps: &[Named], category: Category, lang: Lang) -> Markup {
    if runs.is_empty() {
        return html! { p.soft { (Words::NobodyCould.to(lang)) } };
    }
    html! {
        ul.list.wrap {
            @for (run, app) in runs.iter().zip(apps) {
                li data-d=(app.sign.domain.id()) {
                    (app.sign.drawn())
                    span {
                        strong { bdi { (clean(&app.name)) } } " "
                        @match &run.shown {
                            Some((grain, fields)) => {
                                (Words::CouldRead { rows: run.rows }.to(lang)) br;
                                span.soft.small {
                                    (Words::CouldSee {
                                        fields: &names::fields(category, fields, lang),
                                        grain: &mesinfos_words::scope::grain(*grain, lang),
                                    }.to(lang))
                                }
                            }
                            None => (Words::CouldTry { rows: run.rows }.to(lang)),
                        }
                        br;
                        span.soft.small { (mesinfos_words::instant(run.at, lang)) }
                    }
                    (beside(run.receipt, &run.app, lang))
                }
            }
        }
        p.soft.small { (Words::WhoCouldWhy.to(lang)) }
    }
}

/// A document, as it came.
pub(crate) async fn file(
    State(shared): State<Shared>,
    tester: Tester,
    Path((domain, of, row)): Of,
) -> Result<Response, Failure> {
    let (_, category) = category(&tester, &domain, &of)?;
    let id: RowId = row.parse().map_err(|_| not_found(&tester))?;
    if category != Category::Documents {
        return Err(not_found(&tester));
    }
    send_document(&shared, &tester, id).await
}

/// Sends the file of a document, as it came. It may be hostile: browsers are made to save it, and never display it.
pub(crate) async fn send_document(shared: &Shared, tester: &Tester, id: RowId) -> Result<Response, Failure> {
    let Some(slot) = shared.slots.downloads.take(&owner(tester)) else {
        return Err(Failure::busy(&tester.shell("", Section::Data)));
    };
    let (known, pieces) = tester.run(move |platform, caller| platform.document(caller, id)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, known.size.to_string()),
        (header::CONTENT_DISPOSITION, transfer::attachment(&known.name)),
    ];
    Ok((headers, transfer::download(pieces, slot)).into_response())
}

#[cfg(test)]
mod tests {
    use super::super::columns::tests::row;
    use super::*;
    use mesinfos_model::Grain;
    use mesinfos_platform::consent::ReceiptId;

    #[test]
    fn all_fields_are_told_as_text() {
        let row = row(&[
            ("booked-on", "2025-01-03", Some(20_091)),
            ("amount", "-61.37", Some(-6_137)),
            ("currency", "EUR", None),
            ("label", "<b>x\u{202e}", None),
            ("reference", "r", None),
        ]);
        let page = values(Category::Bank, &row, Lang::Fr).into_string();
        assert_eq!(page.matches("<dt>").count(), 4, "the currency stands with the amount");
        assert!(page.contains("−61,37\u{a0}€") && page.contains("3\u{a0}janvier 2025"));
        assert!(page.contains("&lt;b&gt;x") && !page.contains("<b>") && !page.contains('\u{202e}'));
        assert!(page.contains("donné seulement si vous le nommez"));
    }

    #[test]
    fn runs_say_what_they_could_see() {
        let run = RowRun {
            app: "budget".to_owned(),
            receipt: Some(ReceiptId::from_bytes([7; 16])),
            at: 0,
            rows: 12,
            shown: Some((Grain::Rounded, vec!["amount", "label"])),
        };
        let trial = RowRun { receipt: None, shown: None, rows: 3, ..run.clone() };
        let of = Category::Bank;
        let named = |name: &str| Named { name: name.to_owned(), sign: Sign::of_read(None), component: None };
        let page = runs(&[run, trial], &["Budget<b>", "Budget"].map(named), of, Lang::En).into_string();
        assert!(
            page.contains("read 12 rows of this kind, from a selection") && page.contains("amount, label")
        );
        assert!(page.contains("/results/") && page.contains("href=\"/apps/budget\""));
        assert!(page.contains("3 rows of this kind in a trial") && !page.contains("<b>"));
        assert!(page.contains("It may have read others only"));
        assert!(runs(&[], &[], of, Lang::En).into_string().contains("No app could read it"));
    }
}
