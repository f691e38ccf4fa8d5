//! Rows that a person takes away: every one that the selection has, with all fields. Streamed, some hundred
//! at a time.

use super::{category, not_found, owner, query::RowQuery};
use crate::Shared;
use crate::app::failure::Failure;
use crate::app::parts::Section;
use crate::app::visitor::Tester;
use crate::transfer::{attachment, download};
use axum::extract::{Path, RawQuery, State};
use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};
use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use mesinfos_platform::{Caller, Platform, PlatformError, RowExport};

type Of = Path<(String, String)>;

/// As CSV.
pub(crate) async fn csv(
    State(shared): State<Shared>,
    tester: Tester,
    method: Method,
    Path((domain, of)): Of,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let (_, of) = category(&tester, &domain, &of)?;
    let rows = selected(&tester, &method, of, query.as_deref(), "csv").await?;
    answer(
        &shared,
        &tester,
        ("csv", "text/csv; charset=utf-8; header=present"),
        of,
        csv_pieces(rows, of, tester.lang()),
    )
}

/// As JSON, in the form of `mesinfos rows --json`.
pub(crate) async fn json(
    State(shared): State<Shared>,
    tester: Tester,
    method: Method,
    Path((domain, of)): Of,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let (_, of) = category(&tester, &domain, &of)?;
    let rows = selected(&tester, &method, of, query.as_deref(), "json").await?;
    answer(&shared, &tester, ("json", "application/json"), of, json_pieces(rows))
}

/// As Apache Parquet: all rows of the category.
pub(crate) async fn parquet(
    State(shared): State<Shared>,
    tester: Tester,
    Path((domain, of)): Of,
) -> Result<Response, Failure> {
    let (_, of) = category(&tester, &domain, &of)?;
    let slot = shared.slots.downloads.take(&owner(&tester));
    let slot = slot.ok_or_else(|| Failure::busy(&tester.shell("", Section::Data)))?;
    let pieces = tester.run(move |platform, caller| platform.download_parquet(caller, of)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.apache.parquet".to_owned()),
        (header::CONTENT_DISPOSITION, attachment(&format!("mesinfos-{}.parquet", of.id()))),
    ];
    Ok((headers, download(pieces, slot)).into_response())
}

/// The selected rows. A request for the headers alone takes none away.
async fn selected(
    tester: &Tester,
    method: &Method,
    of: Category,
    query: Option<&str>,
    form: &'static str,
) -> Result<RowExport, Failure> {
    let query = RowQuery::read(query).ok_or_else(|| not_found(tester))?;
    let filter = query.filter();
    let filter = filter.map_err(|_| Failure::not_understood(&tester.shell("", Section::Data)))?;
    let is_head = *method == Method::HEAD;
    let rows = move |platform: &Platform, caller: &Caller| match is_head {
        true => platform.export_rows(caller, of, &filter),
        false => platform.download_rows(caller, of, &filter, form),
    };
    tester.run(rows).await
}

/// A download named after its category.
fn answer(
    shared: &Shared,
    tester: &Tester,
    (ending, media_type): (&str, &'static str),
    of: Category,
    pieces: impl Iterator<Item = Result<String, PlatformError>> + Send + 'static,
) -> Result<Response, Failure> {
    let slot = shared.slots.downloads.take(&owner(tester));
    let slot = slot.ok_or_else(|| Failure::busy(&tester.shell("", Section::Data)))?;
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, attachment(&format!("mesinfos-{}.{ending}", of.id()))),
    ];
    Ok((headers, download(pieces, slot)).into_response())
}

/// The head, then a line for each row.
fn csv_pieces(
    rows: RowExport,
    of: Category,
    lang: Lang,
) -> impl Iterator<Item = Result<String, PlatformError>> + Send {
    let lines = rows.map(move |rows| Ok(rows?.iter().map(|row| super::csv::row(of, row, lang)).collect()));
    std::iter::once(Ok(super::csv::head(of, lang))).chain(lines)
}

/// A `Rows` of the wire, whose numbers come last: they are known then.
fn json_pieces(rows: RowExport) -> JsonPieces {
    JsonPieces { rows, total: 0, at: At::Start }
}

struct JsonPieces {
    rows: RowExport,
    total: u64,
    at: At,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Rows,
    End,
}

impl Iterator for JsonPieces {
    type Item = Result<String, PlatformError>;

    fn next(&mut self) -> Option<Result<String, PlatformError>> {
        match self.at {
            At::Start => {
                self.at = At::Rows;
                Some(Ok("{\"rows\":[".to_owned()))
            }
            At::Rows => match self.rows.next() {
                Some(Ok(rows)) => {
                    let mut text = String::new();
                    for row in &rows {
                        let comma = if self.total > 0 { ",\n" } else { "\n" };
                        // Serialising our own types cannot fail.
                        let row = serde_json::to_string(&mesinfos_wire::Row::from(row)).unwrap_or_default();
                        text.push_str(comma);
                        text.push_str(&row);
                        self.total += 1;
                    }
                    Some(Ok(text))
                }
                Some(Err(error)) => {
                    self.at = At::End;
                    Some(Err(error))
                }
                None => {
                    self.at = At::End;
                    let (total, left_out) = (self.total, self.rows.undated_left_out());
                    Some(Ok(format!("\n],\"total\":{total},\"undated_left_out\":{left_out}}}\n")))
                }
            },
            At::End => None,
        }
    }
}
