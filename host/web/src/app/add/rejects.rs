//! Rows of an import that could not be read: listed, taken away as CSV, and corrected one by one.

use crate::app::data::csv_table;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Section, badge, crumbs, icon, note, table_region};
use crate::app::visitor::Tester;
use crate::transfer::attachment;
use axum::extract::{Path, RawQuery};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_platform::intake::{LARGEST_RAW_ROW, MOST_RAW_CELLS, Rejected};
use mesinfos_platform::{Mended, RejectPlace, RejectedFile, RejectedRow};
use mesinfos_words::intake::{place_in_file, why};
use mesinfos_words::page::{Add, Data, Rejects as Words};

/// Rows that the page lists; the download has all that are kept.
const LISTED: usize = 500;

/// An import, as the pages name it.
struct Of {
    import: u64,
    file: String,
    /// Number of its rows that could not be read.
    rejected: u64,
}

type Found = (Of, Vec<RejectedFile>);

/// An import that is not undone, with its rejected rows.
async fn found(tester: &Tester, import: &str) -> Result<Found, Failure> {
    let nothing = || Failure::not_found(&tester.shell("", Section::Data));
    let Ok(import) = import.parse::<u64>() else { return Err(nothing()) };
    let found = tester
        .run(move |platform, caller| {
            let mut past = platform.past_imports(caller)?.into_iter();
            let past = past.find(|past| past.record.outcome.import_id == import);
            Ok(past.zip(platform.rejected_rows(caller, import)?))
        })
        .await?;
    let found = found.filter(|(past, _)| past.record.undone_at.is_none());
    let (past, files) = found.ok_or_else(nothing)?;
    let file = clean(&past.record.source.file_name);
    Ok((Of { import, file, rejected: past.rejected }, files))
}

/// The list.
pub(crate) async fn page(
    tester: Tester,
    Path(import): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let (past, files) = found(&tester, &import).await?;
    let told = match query.as_deref() {
        Some("added") => Some(Words::Added),
        Some("known") => Some(Words::Known),
        Some("before") => Some(Words::Before),
        _ => None,
    };
    let title = Words::Title.to(lang);
    let body = list(&title, &past, &files, told.map(|words| words.to(lang)).as_deref(), lang);
    Ok(tester.page(&title, Section::Data, body))
}

fn trail(past: &Of, lang: Lang) -> [(String, String); 3] {
    let import = past.import;
    [
        ("/data".to_owned(), Data::Title.to(lang)),
        ("/imports".to_owned(), Add::Imports.to(lang)),
        (format!("/imports/{import}"), past.file.clone()),
    ]
}

fn list(title: &str, past: &Of, files: &[RejectedFile], told: Option<&str>, lang: Lang) -> Markup {
    let import = past.import;
    let trail = trail(past, lang);
    let trail: Vec<(&str, &str)> = trail.iter().map(|(path, name)| (path.as_str(), name.as_str())).collect();
    let of = |(number, file): (usize, &'_ RejectedFile)| {
        (0..file.rows.len()).map(move |row| (number, row)).collect::<Vec<_>>()
    };
    let all: Vec<(usize, usize)> = files.iter().enumerate().flat_map(of).collect();
    let listed = &all[..all.len().min(LISTED)];
    let left = past.rejected.saturating_sub(listed.len() as u64);
    html! {
        header.head {
            (crumbs(&trail, title, lang))
            h1 { (title) }
            p.lead { (Words::Lead.to(lang)) }
            div.row {
                a.btn href=(format!("/imports/{import}/rejected.csv")) { (icon(Icon::Download)) (Words::Download.to(lang)) }
            }
        }
        @if let Some(told) = told { (note("", told, false)) }
        (table_region(title, html! {
            table.tight {
                caption.sr { (title) }
                thead {
                    tr {
                        th scope="col" { (Words::HeadLine.to(lang)) }
                        th scope="col" { (Words::HeadField.to(lang)) }
                        th scope="col" { (Words::HeadWhy.to(lang)) }
                        th scope="col" { (Words::HeadAct.to(lang)) }
                    }
                }
                tbody {
                    @for (number, at) in listed {
                        @let (file, row) = (&files[*number], &files[*number].rows[*at]);
                        tr {
                            th scope="row" {
                                @if files.len() > 1 { bdi { (clean(&file.file)) } br; }
                                (place(file, &row.rejected, lang))
                            }
                            td { @match &row.rejected.field {
                                Some(field) => code { bdi { (clean(field)) } },
                                None => (mesinfos_words::MISSING),
                            } }
                            td {
                                bdi { (clean(&why(&row.rejected, lang))) }
                                @if let Some(text) = &row.text { br; span.soft.small { bdi { (clean(text)) } } }
                            }
                            td {
                                @if row.is_mended { (badge(Icon::Check, &Words::Corrected.to(lang), "small")) }
                                @else if row.cells.is_some() {
                                    a.btn.small href=(format!("/imports/{import}/rejected/{number}.{at}"))
                                        aria-label=(Words::CorrectAt { place: &place(file, &row.rejected, lang) }.to(lang)) {
                                        (Words::Correct.to(lang))
                                    }
                                } @else { span.soft.small { (Words::NoCells.to(lang)) } }
                            }
                        }
                    }
                }
            }
        }))
        @if left > 0 { p.soft { (Words::Left { rows: left }.to(lang)) } }
    }
}

fn place(file: &RejectedFile, rejected: &Rejected, lang: Lang) -> String {
    match rejected.line {
        Some(line) => place_in_file(file.counts, line, lang),
        None => mesinfos_words::MISSING.to_owned(),
    }
}

/// All rejected rows that are kept, as CSV.
pub(crate) async fn csv(tester: Tester, Path(import): Path<String>) -> Result<Response, Failure> {
    let lang = tester.lang();
    let (past, files) = found(&tester, &import).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (header::CONTENT_DISPOSITION, attachment(&format!("mesinfos-import-{}.csv", past.import))),
    ];
    Ok((headers, as_csv(&files, lang)).into_response())
}

fn as_csv(files: &[RejectedFile], lang: Lang) -> String {
    let names = [Words::HeadFile, Words::HeadLine, Words::HeadField, Words::HeadWhy, Words::HeadText];
    let rows = files.iter().flat_map(|file| {
        file.rows.iter().map(|RejectedRow { rejected, text, .. }| {
            let line = rejected.line.map(|line| line.to_string()).unwrap_or_default();
            let field = rejected.field.as_deref().map(clean).unwrap_or_default();
            let text = text.clone().unwrap_or_default();
            vec![clean(&file.file), line, field, clean(&why(rejected, lang)), text]
        })
    });
    csv_table(&names.map(|name| name.to(lang)), rows, lang)
}

/// The place in a path.
fn place_of(text: &str) -> Option<RejectPlace> {
    let (file, row) = text.split_once('.')?;
    Some((file.parse().ok()?, row.parse().ok()?))
}

/// A row with its cells, if it can be corrected.
fn correctable(
    files: &[RejectedFile],
    place: RejectPlace,
) -> Option<(&RejectedFile, &RejectedRow, &[String])> {
    let file = files.get(place.0 as usize)?;
    let row = file.rows.get(place.1 as usize)?;
    Some((file, row, row.cells.as_deref()?))
}

/// The form of one row.
pub(crate) async fn row(
    tester: Tester,
    Path((import, at)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let (past, files) = found(&tester, &import).await?;
    let nothing = || Failure::not_found(&tester.shell("", Section::Data));
    let place = place_of(&at).ok_or_else(nothing)?;
    let (file, row, cells) = correctable(&files, place).ok_or_else(nothing)?;
    if row.is_mended {
        return Ok(Redirect::to(&format!("/imports/{import}/rejected?before")).into_response());
    }
    let form =
        Form { cells, why: &why(&row.rejected, lang), bad: row.rejected.field.as_deref(), is_again: false };
    let title = Words::TitleOf { place: &self::place(file, &row.rejected, lang) }.to(lang);
    Ok(tester.page(&title, Section::Data, shown(&title, &past, (file, place), &form, lang)))
}

/// Reads the row again with the cells of the form.
pub(crate) async fn mend(
    tester: Tester,
    Path((import, at)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let (past, files) = found(&tester, &import).await?;
    let nothing = || Failure::not_found(&tester.shell("", Section::Data));
    let place = place_of(&at).ok_or_else(nothing)?;
    let (file, row, before) = correctable(&files, place).ok_or_else(nothing)?;
    let cells = typed(&fields, before.len());
    let id = past.import;
    let sent = cells.clone();
    let done = tester.run(move |platform, caller| platform.mend_rejected(caller, id, place, &sent)).await?;
    let back = |how: &str| Ok(Redirect::to(&format!("/imports/{id}/rejected?{how}")).into_response());
    let (words, bad) = match &done {
        Mended::Added => return back("added"),
        Mended::Known => return back("known"),
        Mended::Before => return back("before"),
        Mended::NoCells => return Err(nothing()),
        Mended::Refused(refused) => (why(refused, lang), refused.field.as_deref()),
        Mended::NotRead => (Words::NotRead.to(lang), None),
        Mended::TooLong => (Words::TooLong.to(lang), None),
    };
    let form = Form { cells: &cells, why: &words, bad, is_again: true };
    let title = Words::TitleOf { place: &self::place(file, &row.rejected, lang) }.to(lang);
    let page = tester.page(&title, Section::Data, shown(&title, &past, (file, place), &form, lang));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The cells of a form, on one line each. What is longer than a row is cut a little above it, so that it is refused.
fn typed(fields: &Fields, cells: usize) -> Vec<String> {
    let cell = |number: usize| {
        let text = fields.get(&format!("cell.{number}"));
        clean(&text[..text.floor_char_boundary(LARGEST_RAW_ROW + 1)])
    };
    (0..cells.min(MOST_RAW_CELLS)).map(cell).collect()
}

/// A row as a form shows it.
struct Form<'a> {
    cells: &'a [String],
    why: &'a str,
    /// Name of the column that the reason concerns.
    bad: Option<&'a str>,
    /// Whether the person sent it.
    is_again: bool,
}

fn shown(
    title: &str,
    past: &Of,
    (file, place): (&RejectedFile, RejectPlace),
    form: &Form<'_>,
    lang: Lang,
) -> Markup {
    let import = past.import;
    let list = format!("/imports/{import}/rejected");
    let mut trail = trail(past, lang).to_vec();
    trail.push((list.clone(), Words::Title.to(lang)));
    let trail: Vec<(&str, &str)> = trail.iter().map(|(path, name)| (path.as_str(), name.as_str())).collect();
    let folded = |name: &str| clean(name).trim().to_lowercase();
    let is_bad = |name: &str| form.bad.is_some_and(|bad| folded(bad) == folded(name));
    html! {
        header.head {
            (crumbs(&trail, title, lang))
            h1 { (title) }
            p.lead { (Words::LeadOf.to(lang)) }
        }
        @if form.is_again {
            (note("", form.why, true))
        }
        form.flow method="post" action=(format!("{list}/{}.{}", place.0, place.1)) {
            p #why { strong { (Words::Why.to(lang)) } " : " bdi { (clean(form.why)) } }
            @for (number, cell) in form.cells.iter().enumerate() {
                @let name = file.names.get(number).map(|name| clean(name)).filter(|name| !name.is_empty());
                @let is_bad = name.as_deref().is_some_and(is_bad);
                label.field.bad[is_bad] {
                    @match &name {
                        Some(name) => bdi { (name) },
                        None => (Words::Column { number: number as u64 + 1 }.to(lang)),
                    }
                    input name=(format!("cell.{number}")) value=(clean(cell)) maxlength=(LARGEST_RAW_ROW)
                        autocomplete="off" aria-invalid=[is_bad.then_some("true")]
                        aria-describedby=[is_bad.then_some("why")];
                }
            }
            div.row {
                button.btn.pri type="submit" { (icon(Icon::Check)) (Words::Add.to(lang)) }
                a.btn.quiet href=(list) { (Words::Leave.to(lang)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_platform::intake::{Extent, OrdinalKind, Reason};

    fn file(cells: &[&str]) -> RejectedFile {
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        let row = |is_mended| RejectedRow {
            rejected: Rejected {
                line: Some(3),
                field: Some("Date".to_owned()),
                extent: Extent::Row,
                reason: Reason::NoDate,
            },
            cells: Some(cells.clone()),
            text: Some(cells.join(";")),
            is_mended,
        };
        RejectedFile {
            file: "=a.csv".to_owned(),
            counts: OrdinalKind::Lines,
            names: vec!["Date".to_owned(), "<b>".to_owned()],
            rows: vec![row(false), row(true)],
        }
    }

    #[test]
    fn a_download_holds_no_formula() {
        let text = as_csv(&[file(&["x", "=HYPERLINK(1)", "+2"])], Lang::Fr);
        assert!(text.starts_with("\u{feff}Fichier;Ligne;Champ;Raison;"), "{text}");
        assert!(text.contains("'=a.csv;3;Date;il n’y a pas de date;\"x;'=HYPERLINK(1);'+2\""), "{text}");
    }

    #[test]
    fn a_form_is_bounded() {
        let long = "x".repeat(3 * LARGEST_RAW_ROW);
        let fields = Fields::read(format!("cell.0={long}&cell.1=a%0Ab&cell.9=z").as_bytes()).unwrap();
        let cells = typed(&fields, 3);
        assert_eq!(cells.iter().map(String::len).collect::<Vec<_>>(), [LARGEST_RAW_ROW + 1, 3, 0]);
        assert_eq!(cells[1], "a b");
        assert_eq!(typed(&fields, 10_000).len(), MOST_RAW_CELLS);
        assert_eq!(place_of("1.12"), Some((1, 12)));
        assert!(["", "1", "-1.2", "1.2.3", "99999999999.0"].iter().all(|text| place_of(text).is_none()));
    }

    #[test]
    fn a_row_is_text_and_its_bad_cell_is_marked() {
        let past = Of { import: 3, file: "<b>.csv".to_owned(), rejected: 2 };
        let of = file(&["\"><script>", "b", "c"]);
        let cells = of.rows[0].cells.clone().unwrap();
        let form = Form { cells: &cells, why: "<i>", bad: Some("date"), is_again: true };
        let page = shown("t", &past, (&of, (0, 1)), &form, Lang::En).into_string();
        for not in ["<script", "<i>", "<b>"] {
            assert!(!page.contains(not), "{not}");
        }
        assert_eq!(page.matches("aria-invalid").count(), 1);
        assert!(page.contains("action=\"/imports/3/rejected/0.1\"") && page.contains("Column 3"), "{page}");
        let page = list("t", &past, &[of], None, Lang::En).into_string();
        assert!(page.contains("href=\"/imports/3/rejected/0.0\"") && !page.contains("rejected/0.1\""));
    }
}
