//! A till receipt, proposed from the text of a paper: the person corrects each line and confirms. Nothing is
//! stored before.

use super::picture::beside;
use super::receipt_form::{TypedLine, TypedReceipt, Wrong};
use super::{id, path, turn};
use crate::Shared;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Section, crumbs, icon, note, section};
use crate::app::visitor::Tester;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::RowId;
use mesinfos_model::view::Lang;
use mesinfos_platform::intake::till::{self, LONGEST_TILL_LABEL, TillReceipt};
use mesinfos_platform::{PaperDetail, PlatformError, Readable};
use mesinfos_words::page::{Data, Documents, Receipts as Words};

/// The form of the proposal.
pub(crate) async fn page(
    State(shared): State<Shared>,
    tester: Tester,
    Path(document): Path<String>,
) -> Result<Response, Failure> {
    let (lang, id) = (tester.lang(), id(&tester, &document)?);
    let turn = turn(&shared, &tester).await?;
    let (detail, proposed) = tester
        .run(move |platform, caller| {
            let _turn = turn;
            Ok((platform.paper(caller, id)?, platform.propose_receipt(caller, id)?))
        })
        .await?;
    if let Some(import) = detail.receipt {
        return Ok(Redirect::to(&format!("/imports/{import}")).into_response());
    }
    let form = Form {
        typed: TypedReceipt::of(&proposed, &Words::Mark.to(lang)),
        wrong: Vec::new(),
        refused: None,
        is_first: true,
    };
    Ok(shown(&tester, id, &detail, form, lang, StatusCode::OK))
}

/// A form, and what is to be said about it.
struct Form {
    typed: TypedReceipt,
    wrong: Vec<Wrong>,
    refused: Option<String>,
    /// Whether it is the proposal itself.
    is_first: bool,
}

fn shown(
    tester: &Tester,
    id: RowId,
    detail: &PaperDetail,
    form: Form,
    lang: Lang,
    status: StatusCode,
) -> Response {
    let title = Words::Title.to(lang);
    let page = tester.page(&title, Section::Data, body(&title, id, detail, form, lang));
    (status, page).into_response()
}

/// Checks the form, and adds the receipt if the person confirms it.
pub(crate) async fn submit(
    State(shared): State<Shared>,
    tester: Tester,
    Path(document): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let (lang, id) = (tester.lang(), id(&tester, &document)?);
    let turn = turn(&shared, &tester).await?;
    let detail = tester.run(move |platform, caller| platform.paper(caller, id)).await?;
    let typed = TypedReceipt::read(&fields);
    let form = |typed, wrong, refused| Form { typed, wrong, refused, is_first: false };
    let receipt = match typed.understood() {
        Ok(receipt) => receipt,
        Err(wrong) => {
            let form = form(typed, wrong, None);
            return Ok(shown(&tester, id, &detail, form, lang, StatusCode::UNPROCESSABLE_ENTITY));
        }
    };
    let is_agreed = agrees(&receipt, fields.get("anyway"));
    if fields.get("act") != "confirm" {
        return Ok(shown(&tester, id, &detail, form(typed, Vec::new(), None), lang, StatusCode::OK));
    }
    if !is_agreed {
        let form = form(typed, Vec::new(), Some(Words::NotAgreed.to(lang)));
        return Ok(shown(&tester, id, &detail, form, lang, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let done = tester
        .run(move |platform, caller| {
            let _turn = turn;
            match platform.confirm_receipt(caller, id, &receipt) {
                Ok(import) => Ok(Ok(import)),
                Err(error @ (PlatformError::BadReceipt(_) | PlatformError::ReceiptKept { .. })) => {
                    Ok(Err(mesinfos_words::error(&error, lang)))
                }
                Err(error) => Err(error),
            }
        })
        .await?;
    match done {
        Ok(import) => Ok(Redirect::to(&format!("/imports/{import}")).into_response()),
        Err(refused) => {
            let form = form(typed, Vec::new(), Some(refused));
            Ok(shown(&tester, id, &detail, form, lang, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// Whether the sum of the lines is the total, or the person agreed to exactly this difference.
fn agrees(receipt: &TillReceipt, anyway: &str) -> bool {
    receipt.difference().is_none_or(|over| over == 0 || anyway == over.to_string())
}

fn body(title: &str, id: RowId, detail: &PaperDetail, form: Form, lang: Lang) -> Markup {
    let name = super::list::named(&detail.paper.document.name, lang);
    let checked = form.typed.understood().ok();
    let is_empty = form.is_first && form.typed.lines.is_empty();
    let typed = form.typed.with_room();
    html! {
        header.head data-d=(Domain::Purchases.id()) {
            (crumbs(
                &[
                    ("/data", &Data::Title.to(lang)),
                    ("/documents", &Documents::Title.to(lang)),
                    (&path(id), &name),
                ],
                title,
                lang,
            ))
            div.row { span.dic.big { (icon(Icon::Receipt)) } h1 { (title) } }
            p.lead { (Words::Lead.to(lang)) }
        }
        @if let Some(words) = &form.refused { (note("", words, true)) }
        @for wrong in &form.wrong { (note("", &told(wrong, lang), true)) }
        @if is_empty { (note("", &Words::NoLines.to(lang), false)) }
        @match beside(detail, lang) {
            Some(paper) => div.with-paper { (paper) (fields(id, detail, &typed, checked.as_ref(), lang)) },
            None => (fields(id, detail, &typed, checked.as_ref(), lang)),
        }
        @if let Some(words) = words_below(detail) {
            (section("text", &Documents::TheText.to(lang), html! {
                pre.words tabindex="0" role="group" aria-label=(Documents::TheText.to(lang)) { (words) }
            }))
        }
    }
}

/// The text that was recognised in a picture, which stands below the form; that of another paper stands beside it.
fn words_below(detail: &PaperDetail) -> Option<&str> {
    let is_picture = detail.paper.readable == Readable::Picture;
    detail.words.as_deref().filter(|words| is_picture && !words.is_empty())
}

/// The form.
fn fields(
    id: RowId,
    detail: &PaperDetail,
    typed: &TypedReceipt,
    checked: Option<&TillReceipt>,
    lang: Lang,
) -> Markup {
    html! {
        form.flow.till method="post" action=(format!("{}/receipt", path(id))) {
            // Pressing Enter in a field checks, and adds nothing.
            button hidden type="submit" name="act" value="check" { (Words::Check.to(lang)) }
            (section("head", &Words::Head.to(lang), head(typed, lang)))
            (section("lines", &Words::Lines.to(lang), html! {
                p.soft { (Words::LinesWhy.to(lang)) }
                ol.till-lines {
                    @for (line, number) in typed.lines.iter().zip(1..) { (row(line, number, lang)) }
                }
            }))
            (left(detail, lang))
            (section("sum", &Words::Sum.to(lang), sum(typed, checked, lang)))
            div.row {
                button.btn type="submit" name="act" value="check" { (icon(Icon::RotateCw)) (Words::Check.to(lang)) }
                button.btn.pri type="submit" name="act" value="confirm" { (icon(Icon::Check)) (Words::Confirm.to(lang)) }
                a.btn.quiet href=(path(id)) { (Words::Leave.to(lang)) }
            }
        }
    }
}

/// Lines of the text that have an amount and became no line of the form.
fn left(detail: &PaperDetail, lang: Lang) -> Markup {
    unread_lines(&till::unread(detail.words.as_deref().unwrap_or_default()), lang)
}

fn unread_lines(lines: &[String], lang: Lang) -> Markup {
    html! {
        @if !lines.is_empty() {
            div.note.flow-s {
                p { (Words::Unread { lines: lines.len() as u64 }.to(lang)) }
                ul { @for line in lines { li { bdi.mono { (line) } } } }
            }
        }
    }
}

/// What cannot be understood, in a sentence.
fn told(wrong: &Wrong, lang: Lang) -> String {
    match wrong {
        Wrong::Day => Words::BadDay,
        Wrong::Time => Words::BadTime,
        Wrong::Total => Words::BadTotal,
        Wrong::Amount(line) => Words::BadAmount { line: *line as u64 },
        Wrong::Quantity(line) => Words::BadQuantity { line: *line as u64 },
    }
    .to(lang)
}

fn head(typed: &TypedReceipt, lang: Lang) -> Markup {
    html! {
        div.till-head {
            label.field {
                (Words::Merchant.to(lang))
                input name="merchant" value=(typed.merchant) maxlength=(LONGEST_TILL_LABEL) autocomplete="off";
            }
            label.field {
                (Words::Day.to(lang))
                input type="date" name="day" value=(typed.day) required;
            }
            label.field {
                (Words::Time.to(lang))
                input type="time" name="time" value=(typed.time);
            }
        }
    }
}

/// The fields of a line.
fn row(line: &TypedLine, number: usize, lang: Lang) -> Markup {
    let of = |name: &str| format!("{name}.{number}");
    html! {
        li {
            fieldset {
                legend.sr { (Words::Line { line: number as u64 }.to(lang)) }
                label.field.wide {
                    span.small { (Words::Label.to(lang)) }
                    input name=(of("label")) value=(line.label) maxlength=(LONGEST_TILL_LABEL) autocomplete="off";
                }
                label.field {
                    span.small { (Words::Quantity.to(lang)) }
                    input name=(of("quantity")) value=(line.quantity) inputmode="decimal" maxlength="20" autocomplete="off";
                }
                label.field {
                    span.small { (Words::Unit.to(lang)) }
                    select name=(of("unit")) {
                        option value="piece" selected[!line.is_weight] { (Words::Piece.to(lang)) }
                        option value="kg" selected[line.is_weight] { "kg" }
                    }
                }
                label.field {
                    span.small { (Words::Amount.to(lang)) }
                    input name=(of("amount")) value=(line.amount) inputmode="decimal" maxlength="20" autocomplete="off";
                }
            }
        }
    }
}

/// The total, the sum of the lines, and whether they agree.
fn sum(typed: &TypedReceipt, checked: Option<&TillReceipt>, lang: Lang) -> Markup {
    let euros = |cents: i64| mesinfos_words::minor_units(cents, "EUR", lang);
    let difference = checked.and_then(TillReceipt::difference);
    html! {
        label.field.narrow {
            (Words::Total.to(lang))
            input name="total" value=(typed.total) inputmode="decimal" maxlength="20" autocomplete="off";
        }
        p role="status" {
            @match (checked, difference) {
                (None, _) => (Words::SumUnknown.to(lang)),
                (Some(receipt), None) => (Words::SumAlone { sum: &euros(receipt.sum()) }.to(lang)),
                (Some(receipt), Some(0)) => {
                    (icon(Icon::CircleCheck)) " " (Words::SumAgrees { sum: &euros(receipt.sum()) }.to(lang))
                }
                (Some(receipt), Some(over)) => {
                    (icon(Icon::TriangleAlert)) " "
                    (Words::SumDiffers { sum: &euros(receipt.sum()), over: &euros(over.saturating_abs()) }.to(lang))
                }
            }
        }
        @if let Some(over) = difference.filter(|over| *over != 0) {
            label.yes { input type="checkbox" name="anyway" value=(over); span { (Words::Anyway.to(lang)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::list::tests::paper;
    use super::*;
    use mesinfos_platform::intake::till;

    fn drawn(text: &str, wrong: Vec<Wrong>, is_first: bool) -> String {
        let typed = TypedReceipt::of(&till::propose(text), ".");
        let detail = PaperDetail {
            paper: paper(None),
            words: Some("<b>text</b>".to_owned()),
            together: 1,
            receipt: None,
            is_receipt: false,
        };
        let form = Form { typed, wrong, refused: Some("<i>".to_owned()), is_first };
        body("t", "3.0.1".parse().unwrap(), &detail, form, Lang::En).into_string()
    }

    #[test]
    fn a_proposal_is_fields_to_correct() {
        let page = drawn("SHOP <b>\"\n14/03/2025\nBREAD <i> 1,30\nTOTAL 1,30\n", Vec::new(), true);
        for not in ["<b>", "<i>", "<script", "\u{202e}"] {
            assert!(!page.contains(not), "{not}");
        }
        assert!(
            page.contains("name=\"label.1\" value=\"BREAD &lt;i&gt;\"") && page.contains("name=\"label.4\"")
        );
        assert!(page.contains("name=\"day\" value=\"2025-03-14\"") && !page.contains("name=\"anyway\""));
        // The first button of a form is the one that Enter presses: it must not confirm.
        let first = page.split("<button").nth(1).unwrap().split('>').next().unwrap();
        assert!(first.contains("value=\"check\""), "{first}");
    }

    #[test]
    fn a_difference_has_to_be_agreed_to() {
        let page = drawn("14/03/2025\nBREAD 1,30\nTOTAL 2,00\n", Vec::new(), false);
        assert!(page.contains("name=\"anyway\"") && !page.contains("checked"), "never ticked beforehand");
        assert!(page.contains("€0.70"), "{page}");
        let receipt = till::propose("14/03/2025\nBREAD 1,30\nTOTAL 2,00\n");
        assert!(agrees(&receipt, &receipt.difference().unwrap().to_string()));
        assert!(
            !agrees(&receipt, "on") && !agrees(&receipt, "") && !agrees(&receipt, "-71"),
            "another difference"
        );
        let nothing = drawn("hello", vec![Wrong::Day, Wrong::Amount(2)], true);
        assert_eq!(nothing.matches("role=\"alert\"").count(), 3);
    }
}
