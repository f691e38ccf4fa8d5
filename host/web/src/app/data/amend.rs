//! Changing one row: a correction, a note, a deletion; and the rows that were deleted.

use super::{category, not_found, path, row_of, turn};
use crate::Shared;
use crate::app::data::columns::{time, title as row_title};
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{
    Icon, Question, Section, capital, confirm, crumbs, empty, icon, is_sure, note, section, tinted,
};
use crate::app::visitor::Tester;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, Digest, Field, FieldKind, RowId, Unit};
use mesinfos_platform::{
    Corrected, DeletedRow, LONGEST_NOTE, LONGEST_TYPED, MOST_REFILED, PlatformError, Refiled, RowOrigin,
    RowValue, filed_by, instant_of, is_changeable, local_time,
};
use mesinfos_words::page::{Amend as Words, Data};

/// Before the name of a field in the form.
const VALUE: &str = "v.";

/// The box that files the rows with the same label too.
const TOGETHER: &str = "together";

/// What a form does that takes back a correction of all rows with one label.
const RESTORE_ALL: &str = "restore-all";

/// Query of the page of deleted rows after one was allowed to come back.
const LIFTED: &str = "lifted";

/// Id of the list of purposes of payments, in words that apps know ([`mesinfos_words::purposes`]).
const PURPOSES: &str = "purposes";

type Of = Path<(String, String, String)>;

/// A row that is to be changed.
struct Chosen {
    domain: Domain,
    category: Category,
    id: RowId,
    key: Digest,
    origin: RowOrigin,
}

impl Chosen {
    fn here(&self) -> String {
        format!("{}/{}", path(self.domain, self.category), self.id)
    }

    /// The label of the row and the field by which its holder files it, if other rows could be filed with it.
    fn filed(&self) -> Option<(&str, &'static str)> {
        let (named, filed) = filed_by(self.category)?;
        let label = self.values().iter().find(|value| value.field == named)?;
        Some((&label.text, filed))
    }

    /// The label of the row and what it is filed as.
    fn filed_as(&self) -> Option<(String, String)> {
        filed_as(self.category, self.values())
    }

    fn values(&self) -> &[RowValue] {
        let at = self.origin.keys.iter().position(|key| *key == self.key);
        at.and_then(|at| self.origin.rows.get(at)).map_or(&[][..], |row| &row.values)
    }
}

/// The label of a row and what it is filed as; `None` if rows of the category are not filed by label.
pub(super) fn filed_as(category: Category, values: &[RowValue]) -> Option<(String, String)> {
    let (named, filed) = filed_by(category)?;
    let text = |field: &str| values.iter().find(|value| value.field == field).map(|value| value.text.clone());
    Some((text(named)?, text(filed).unwrap_or_default()))
}

/// What the id and the fingerprint of a request find.
enum Found {
    Row(Chosen),
    /// The line has rows, but none with this fingerprint: another tab, or an import meanwhile. The first of them.
    Changed(Chosen),
}

impl Found {
    /// The row, unless it has changed.
    fn unchanged(self, tester: &Tester) -> Result<Chosen, Failure> {
        match self {
            Found::Row(chosen) => Ok(chosen),
            Found::Changed(now) => Err(changed_meanwhile(tester, &now.here())),
        }
    }
}

/// The row with the id and fingerprint of a request. One that is somebody else's is not there.
async fn chosen(
    shared: &Shared,
    tester: &Tester,
    of: (&str, &str, &str),
    key: &str,
) -> Result<Found, Failure> {
    let key: Digest = key.parse().map_err(|_| not_found(tester))?;
    let (domain, category, id, origin) = row_of(shared, tester, of).await?;
    if origin.keys.contains(&key) {
        return Ok(Found::Row(Chosen { domain, category, id, key, origin }));
    }
    let first = *origin.keys.first().ok_or_else(|| not_found(tester))?;
    Ok(Found::Changed(Chosen { domain, category, id, key: first, origin }))
}

/// The page of a row that is no longer the one that a form was about.
fn changed_meanwhile(tester: &Tester, here: &str) -> Failure {
    let lang = tester.lang();
    let title = Words::ChangedMeanwhile.to(lang);
    let body = html! {
        header.head { h1 { (title) } p.lead { (Words::ChangedMeanwhileWhy.to(lang)) } }
        p.row { a.btn.pri href=(here) { (Words::SeeRow.to(lang)) } }
    };
    Failure::from((StatusCode::CONFLICT, tester.page(&title, Section::Data, body)).into_response())
}

/// The form.
pub(crate) async fn page(
    State(shared): State<Shared>,
    tester: Tester,
    Path((domain, of, row)): Of,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let query = Fields::read(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let found = chosen(&shared, &tester, (&domain, &of, &row), query.get("key")).await?;
    let chosen = found.unchanged(&tester)?;
    let alike = alike(&shared, &tester, &chosen).await?;
    Ok(drawn(&tester, (&chosen, alike), None, None, StatusCode::OK))
}

/// Number of other rows with the label of a row, if they can be filed with it.
async fn alike(shared: &Shared, tester: &Tester, chosen: &Chosen) -> Result<usize, Failure> {
    let Some((label, _)) = chosen.filed() else { return Ok(0) };
    let (category, label) = (chosen.category, label.to_owned());
    let turn = turn(shared, tester).await?;
    let labelled = tester
        .run(move |platform, caller| {
            let _turn = turn;
            platform.rows_labelled(caller, category, &label)
        })
        .await?;
    Ok(labelled.saturating_sub(1))
}

fn drawn(
    tester: &Tester,
    (chosen, alike): (&Chosen, usize),
    typed: Option<&Fields>,
    wrong: Option<&str>,
    status: StatusCode,
) -> Response {
    let lang = tester.lang();
    let title = Words::Title.to(lang);
    let here = chosen.here();
    let offset = offset(chosen.category, chosen.values());
    let fields = chosen.category.schema().fields.iter().filter(|field| is_changeable(chosen.category, field));
    let body = html! {
        header.head data-d=(chosen.domain.id()) {
            (crumbs(
                &[
                    ("/data", &Data::Title.to(lang)),
                    (&path(chosen.domain, chosen.category), &capital(chosen.category.name(lang))),
                    (&here, &Data::Row.to(lang)),
                ],
                &title,
                lang,
            ))
            h1 { (title) }
            p.lead { (Words::Lead.to(lang)) }
        }
        @if let Some(words) = wrong { (note("", words, true)) }
        form.flow method="post" action=(format!("{here}/change")) {
            input type="hidden" name="key" value=(chosen.key);
            div.till-head {
                @for field in fields { (input(field, (chosen.values(), offset), typed, lang)) }
            }
            @if let (Some((label, filed)), true) = (chosen.filed(), alike > 0) {
                (together(chosen.category, (label, filed), alike, typed.is_some_and(|typed| typed.has(TOGETHER)), lang))
            }
            div.row {
                button.btn.pri type="submit" name="act" value="correct" { (icon(Icon::Check)) (Words::Save.to(lang)) }
                a.btn.quiet href=(here) { (Words::Leave.to(lang)) }
            }
        }
        (annotation(&here, chosen.origin.note.as_deref(), lang))
        @if chosen.category != Category::Documents {
            (section("delete", &Words::Delete.to(lang), html! {
                p { (Words::DeleteWhy.to(lang)) }
                form method="post" action=(format!("{here}/change")) {
                    input type="hidden" name="key" value=(chosen.key);
                    button.btn.danger type="submit" name="act" value="delete" { (icon(Icon::Eraser)) (Words::Delete.to(lang)) }
                }
            }))
        }
    };
    (status, tester.page(&title, Section::Data, body)).into_response()
}

/// Whether to file the other rows with the same label as this one.
fn together(
    category: Category,
    (label, filed): (&str, &str),
    alike: usize,
    is_ticked: bool,
    lang: Lang,
) -> Markup {
    let field = category.schema().fields.iter().find(|field| field.name == filed);
    let field = field.map_or(filed, |field| field.label(lang));
    let gist = mesinfos_platform::gist(label);
    html! {
        label.yes {
            input type="checkbox" name=(TOGETHER) checked[is_ticked];
            span {
                bdi { (Words::Together { rows: alike as u64, label: &clean(&gist), field }.to(lang)) }
                @if gist != label { " " (Words::TogetherGist.to(lang)) }
                @if alike >= MOST_REFILED {
                    " " (Words::TogetherMost { most: MOST_REFILED as u64 }.to(lang))
                }
            }
        }
    }
}

/// Difference between the local time of a row and UTC, in minutes.
fn offset(category: Category, values: &[RowValue]) -> i64 {
    let field = category.schema().utc_offset.map(|at| category.schema().fields[at].name);
    let value = values.iter().find(|value| Some(value.field) == field);
    value.and_then(|value| value.number).unwrap_or(0)
}

/// A value as it stands in a form, a number with the decimal mark of the language.
fn written(field: &Field, value: &RowValue, offset: i64, lang: Lang) -> String {
    match field.kind {
        FieldKind::Instant => value.number.and_then(|number| local_time(number, offset)),
        FieldKind::Integer if value.text.contains('.') => {
            let is_money = field.unit == Unit::MinorUnits;
            let text =
                if is_money { &value.text } else { value.text.trim_end_matches('0').trim_end_matches('.') };
            Some(in_lang(text, lang))
        }
        _ => None,
    }
    .unwrap_or_else(|| value.code.unwrap_or(&value.text).to_owned())
}

/// A number with the decimal mark of the language.
fn in_lang(number: &str, lang: Lang) -> String {
    lang.of(number.replace('.', ","), number.to_owned())
}

/// What a number of a field is in, and an example of another unit that is understood.
fn number_words(field: &Field, values: &[RowValue], lang: Lang) -> String {
    let (unit, example) = match field.unit {
        Unit::MinorUnits => {
            let currency = values.iter().find(|value| value.field == "currency");
            let code = currency.map_or("", |value| value.text.as_str());
            if code.is_empty() {
                return Words::Numbers.to(lang);
            }
            (if code == "EUR" { "€" } else { code }, "")
        }
        Unit::MilliwattHours => ("Wh", "0.6 kWh"),
        Unit::Millilitres => ("L", "1.2 m³"),
        Unit::E7Degrees => ("°", ""),
        Unit::BasisPoints => ("%", ""),
        Unit::VoltAmperes => ("VA", "6 kVA"),
        Unit::Metres => ("m", "1.5 km"),
        Unit::SquareMetres => ("m²", ""),
        Unit::Seconds => ("s", "30 min"),
        Unit::Minutes => ("min", "1 h 30"),
        Unit::Bytes => lang.of(("o", "2 Mo"), ("B", "2 MB")),
        Unit::None
        | Unit::Thousandths
        | Unit::Points
        | Unit::Messages
        | Unit::Characters
        | Unit::Count
        | Unit::Year => return Words::Numbers.to(lang),
    };
    let unit = &clean(unit);
    if example.is_empty() {
        Words::InUnit { unit }.to(lang)
    } else {
        Words::InUnitOr { unit, example: &in_lang(example, lang) }.to(lang)
    }
}

/// The field of a form for a field of a row.
fn input(field: &Field, (values, offset): (&[RowValue], i64), typed: Option<&Fields>, lang: Lang) -> Markup {
    let name = format!("{VALUE}{}", field.name);
    let value = values.iter().find(|value| value.field == field.name);
    let stored = value.map(|value| written(field, value, offset, lang)).unwrap_or_default();
    let shown = typed.filter(|typed| typed.has(&name)).map_or(&*stored, |typed| typed.get(&name));
    html! {
        label.field {
            (capital(field.label(lang)))
            @match field.kind {
                FieldKind::Code(codes) => select name=(name) {
                    option value="" selected[shown.is_empty()] { (Words::Nothing.to(lang)) }
                    @for code in codes { option value=(code.id) selected[code.id == shown] { (code.name(lang)) } }
                },
                FieldKind::Date => input type="date" name=(name) value=(shown);,
                FieldKind::Instant => input type="datetime-local" step="1" name=(name) value=(shown);,
                FieldKind::Integer => {
                    input name=(name) value=(shown) inputmode="decimal" maxlength="40" autocomplete="off";
                    small { (number_words(field, values, lang)) }
                }
                FieldKind::Term if field.name == "bank-category" => {
                    input name=(name) value=(shown) maxlength=(LONGEST_TYPED) autocomplete="off" list=(PURPOSES);
                    datalist id=(PURPOSES) {
                        @for purpose in mesinfos_words::purposes(lang) { option value=(purpose) {} }
                    }
                    small { (Words::Purposes.to(lang)) }
                }
                FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => {
                    input name=(name) value=(shown) maxlength=(LONGEST_TYPED) autocomplete="off";
                }
            }
        }
    }
}

/// Changes the row.
pub(crate) async fn change(
    State(shared): State<Shared>,
    tester: Tester,
    Path((domain, of, row)): Of,
    fields: Fields,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    if fields.get("act") == "note" {
        return annotate(&tester, (&domain, &of, &row), &fields).await;
    }
    let found = chosen(&shared, &tester, (&domain, &of, &row), fields.get("key")).await?;
    let chosen = match found {
        // What was typed stays in the form, which is now about the row as it is.
        Found::Changed(now) if fields.get("act") == "correct" => {
            let words = Words::ChangedTyped.to(lang);
            let alike = alike(&shared, &tester, &now).await?;
            let now = (&now, alike);
            return Ok(drawn(&tester, now, Some(&fields), Some(&words), StatusCode::CONFLICT));
        }
        found => found.unchanged(&tester)?,
    };
    let (category, id, key) = (chosen.category, chosen.id, chosen.key);
    match fields.get("act") {
        "correct" => {
            let new = changed(&chosen, &fields, lang);
            let refiled = refiled(&chosen, &fields);
            if new.is_empty() && refiled.is_none() {
                return Ok(Redirect::to(&chosen.here()).into_response());
            }
            let turn = turn(&shared, &tester).await?;
            let done = tester
                .run(move |platform, caller| {
                    let _turn = turn;
                    let corrected = if new.is_empty() {
                        Ok(true)
                    } else {
                        platform.correct_row(caller, category, id, key, &new)
                    };
                    match corrected {
                        Ok(true) => {}
                        Ok(false) => return Ok(Ok(None)),
                        Err(error @ PlatformError::BadRowValue { .. }) => {
                            return Ok(Err(mesinfos_words::error(&error, lang)));
                        }
                        Err(error) => return Err(error),
                    }
                    let Some((label, text)) = refiled else { return Ok(Ok(Some(Refiled::default()))) };
                    Ok(Ok(Some(platform.refile(caller, category, &label, &text)?)))
                })
                .await?;
            match done {
                Ok(Some(Refiled { corrected: 0, .. })) => Ok(Redirect::to(&chosen.here()).into_response()),
                Ok(Some(Refiled { corrected, left })) => {
                    let to = format!("{}?refiled={corrected}&left={left}", chosen.here());
                    Ok(Redirect::to(&to).into_response())
                }
                Ok(None) => Err(changed_meanwhile(&tester, &chosen.here())),
                Err(words) => {
                    let status = StatusCode::UNPROCESSABLE_ENTITY;
                    let alike = alike(&shared, &tester, &chosen).await?;
                    Ok(drawn(&tester, (&chosen, alike), Some(&fields), Some(&words), status))
                }
            }
        }
        "restore" => {
            let done =
                tester.run(move |platform, caller| platform.restore_row(caller, category, id, key)).await?;
            if !done {
                return Err(changed_meanwhile(&tester, &chosen.here()));
            }
            Ok(Redirect::to(&format!("{}?restored=1", chosen.here())).into_response())
        }
        RESTORE_ALL => restore_all(&shared, &tester, &chosen, &fields).await,
        "delete" if is_sure(&fields) => {
            let done =
                tester.run(move |platform, caller| platform.delete_row(caller, category, id, key)).await?;
            if !done {
                return Err(changed_meanwhile(&tester, &chosen.here()));
            }
            // The line of the file may have had other rows.
            let is_alone = chosen.origin.rows.len() == 1;
            let to = if is_alone {
                format!("{}?deleted=on", path(chosen.domain, category))
            } else {
                chosen.here()
            };
            Ok(Redirect::to(&to).into_response())
        }
        "delete" => {
            let values = chosen.values();
            let row = [time(category, values, lang), row_title(category, values, lang)];
            let row: Vec<String> = row.into_iter().flatten().collect();
            let title = match row.join(" · ") {
                row if row.is_empty() => Words::DeleteAsk.to(lang),
                row => Words::DeleteAskOf { row: &row }.to(lang),
            };
            let question = Question {
                title: &title,
                words: &Words::DeleteWhy.to(lang),
                facts: &[],
                button: &Words::DeleteButton.to(lang),
                action: &format!("{}/change", chosen.here()),
                back: &chosen.here(),
                fields: &[("key", &key.to_string()), ("act", "delete")],
            };
            Ok(tester.page(&title, Section::Data, confirm(&question, lang)))
        }
        _ => Err(Failure::not_understood(&tester.shell("", Section::Data))),
    }
}

/// Takes back the correction of a row and of all that were filed with it, after the person has read how many they are.
async fn restore_all(
    shared: &Shared,
    tester: &Tester,
    chosen: &Chosen,
    fields: &Fields,
) -> Result<Response, Failure> {
    let lang = tester.lang();
    let here = chosen.here();
    let Some((label, filed)) = chosen.filed_as() else { return Err(not_found(tester)) };
    let (category, id, key) = (chosen.category, chosen.id, chosen.key);
    let turn = turn(shared, tester).await?;
    if !is_sure(fields) {
        let others = tester
            .run(move |platform, caller| {
                let _turn = turn;
                platform.refiled_with(caller, category, (&label, &filed), id)
            })
            .await?;
        let title = Words::RestoreAsk { rows: others.min(MOST_REFILED) as u64 + 1 }.to(lang);
        let question = Question {
            title: &title,
            words: &Words::RestoreWhy.to(lang),
            facts: &[],
            button: &Words::RestoreSure.to(lang),
            action: &format!("{here}/change"),
            back: &here,
            fields: &[("key", &key.to_string()), ("act", RESTORE_ALL)],
        };
        return Ok(tester.page(&title, Section::Data, confirm(&question, lang)));
    }
    let done = tester
        .run(move |platform, caller| {
            let _turn = turn;
            platform.restore_refiled(caller, category, (&label, &filed), (id, key))
        })
        .await?;
    match done {
        Some(Refiled { corrected, left }) => {
            Ok(Redirect::to(&format!("{here}?restored={corrected}&left={left}")).into_response())
        }
        None => Err(changed_meanwhile(tester, &here)),
    }
}

async fn annotate(
    tester: &Tester,
    (domain, of, row): (&str, &str, &str),
    fields: &Fields,
) -> Result<Response, Failure> {
    let (domain, category) = category(tester, domain, of)?;
    let id: RowId = row.parse().map_err(|_| not_found(tester))?;
    let text = fields.get("note").to_owned();
    let is_there = tester.run(move |platform, caller| platform.note_row(caller, category, id, &text)).await?;
    if !is_there {
        return Err(not_found(tester));
    }
    Ok(Redirect::to(&format!("{}/{id}#note", path(domain, category))).into_response())
}

/// The fields of a form whose value is another one than the row's.
fn changed(chosen: &Chosen, fields: &Fields, lang: Lang) -> Vec<(String, String)> {
    let typed: Vec<(&str, &str)> =
        fields.pairs().filter_map(|(name, text)| Some((name.strip_prefix(VALUE)?, text))).collect();
    let offset = offset(chosen.category, chosen.values());
    let is_stored = |name: &str, text: &str| {
        let value = chosen.values().iter().find(|value| value.field == name);
        let field = chosen.category.schema().fields.iter().find(|field| field.name == name);
        let Some((value, field)) = value.zip(field) else { return text.is_empty() };
        match field.kind {
            // A browser leaves out seconds that are zero.
            FieldKind::Instant => instant_of(text, offset) == value.number,
            _ => text == written(field, value, offset, lang),
        }
    };
    // A number is read with the currency beside it.
    let has_currency =
        typed.iter().any(|(name, text)| *name == "currency" && !is_stored("currency", text.trim()));
    typed
        .into_iter()
        .filter(|(name, text)| !is_stored(name, text.trim()) || has_currency && !text.trim().is_empty())
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect()
}

/// The label whose rows are to be filed with this one, and where.
fn refiled(chosen: &Chosen, fields: &Fields) -> Option<(String, String)> {
    let (label, filed) = chosen.filed().filter(|_| fields.has(TOGETHER))?;
    let name = format!("{VALUE}{filed}");
    fields.has(&name).then(|| (label.to_owned(), fields.get(&name).trim().to_owned()))
}

/// How many rows were filed with one, on its page after that.
pub(super) fn told(fields: &Fields, lang: Lang) -> Markup {
    let number = |name: &str| fields.get(name).parse::<u64>().ok();
    html! {
        @if let Some(rows) = number("refiled") {
            @let left = number("left").unwrap_or(0);
            div.note role="status" {
                p { (Words::Refiled { rows }.to(lang)) }
                @if left > 0 { p { (Words::RefiledLeft { left }.to(lang)) } }
            }
        }
        @if let Some(rows) = number("restored") {
            @let left = number("left").unwrap_or(0);
            div.note role="status" {
                p { (Words::Restored { rows }.to(lang)) }
                @if left > 0 { p { (Words::RestoredLeft { left }.to(lang)) } }
            }
        }
    }
}

/// What can be done with a row, on its page.
pub(super) fn ways(here: &str, key: Digest, lang: Lang) -> Markup {
    html! {
        p.row {
            a.btn.small href=(format!("{here}/change?key={key}")) { (icon(Icon::Pencil)) (Words::Change.to(lang)) }
        }
    }
}

/// What the holder gave of a row that the person corrected. `others` is the number of rows that were filed with it.
pub(super) fn before(
    here: &str,
    key: Digest,
    (of, others): (&Corrected, usize),
    shown: &Markup,
    lang: Lang,
) -> Markup {
    html! {
        div.note.flow-s {
            p { (Words::Corrected { at: &mesinfos_words::instant(of.at, lang) }.to(lang)) }
            @if !of.before.is_empty() { p { (Words::Before.to(lang)) } (shown) }
            form.row method="post" action=(format!("{here}/change")) {
                input type="hidden" name="key" value=(key);
                button.btn.small type="submit" name="act" value="restore" { (icon(Icon::Undo2)) (Words::Restore.to(lang)) }
                @if others > 0 {
                    button.btn.small type="submit" name="act" value=(RESTORE_ALL) {
                        (icon(Icon::Undo2)) (Words::RestoreAll { rows: others as u64 }.to(lang))
                    }
                }
            }
        }
    }
}

/// The person's note with a line.
pub(super) fn annotation(here: &str, text: Option<&str>, lang: Lang) -> Markup {
    section(
        "note",
        &Words::Note.to(lang),
        html! {
            form.flow method="post" action=(format!("{here}/change")) {
                label.field {
                    span.sr { (Words::Note.to(lang)) }
                    textarea name="note" rows="2" maxlength=(LONGEST_NOTE) { "\n" (text.unwrap_or_default()) }
                    small { (Words::NoteWhy { most: LONGEST_NOTE as u64 }.to(lang)) }
                }
                div.row { button.btn.small type="submit" name="act" value="note" { (icon(Icon::Check)) (Words::NoteSave.to(lang)) } }
            }
        },
    )
}

/// The rows that the person deleted.
pub(crate) async fn deleted(tester: Tester, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let lang = tester.lang();
    let was_lifted = query.as_deref() == Some(LIFTED);
    let rows = tester.run(|platform, caller| platform.deleted_rows(caller)).await?;
    let title = Words::Deleted.to(lang);
    let body = html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang))], &title, lang))
            h1 { (title) }
            p.lead { (Words::DeletedLead.to(lang)) }
        }
        @if was_lifted { (note("", &Words::Lifted.to(lang), false)) }
        @if rows.is_empty() {
            (empty(&Words::DeletedNone.to(lang), &Words::DeletedNoneWhy.to(lang), html! {
                a.btn href="/data" { (Data::Title.to(lang)) }
            }))
        } @else {
            ul.list.wrap { @for row in &rows { (gone(row, lang)) } }
            p.soft { (Words::LiftWhy.to(lang)) }
        }
    };
    Ok(tester.page(&title, Section::Data, body))
}

fn gone(row: &DeletedRow, lang: Lang) -> Markup {
    let domain = Domain::of(row.category);
    let at = mesinfos_words::instant(row.at, lang);
    html! {
        li data-d=(domain.id()) {
            (tinted(domain.icon()))
            span {
                strong {
                    (capital(&Words::DeletedLine { category: row.category.name(lang), place: row.row.position.ordinal }.to(lang)))
                } br;
                span.soft.small { bdi { (Words::DeletedAt { file: &clean(&row.file), at: &at }.to(lang)) } }
            }
            form.end method="post" action="/data/deleted" {
                input type="hidden" name="category" value=(row.category.id());
                input type="hidden" name="row" value=(row.row);
                input type="hidden" name="key" value=(row.key);
                button.btn.small type="submit" { (Words::Lift.to(lang)) }
            }
        }
    }
}

/// Lets a deleted row come back.
pub(crate) async fn lift(tester: Tester, fields: Fields) -> Result<Response, Failure> {
    let category = Category::ALL.iter().copied().find(|category| category.id() == fields.get("category"));
    let (row, key) = (fields.get("row").parse::<RowId>(), fields.get("key").parse::<Digest>());
    let (Some(category), Ok(row), Ok(key)) = (category, row, key) else { return Err(not_found(&tester)) };
    let lifted =
        tester.run(move |platform, caller| platform.lift_deletion(caller, category, row, key)).await?;
    if !lifted {
        return Err(not_found(&tester));
    }
    Ok(Redirect::to(&format!("/data/deleted?{LIFTED}")).into_response())
}

#[cfg(test)]
mod tests {
    use super::super::columns::tests::row;
    use super::*;

    #[test]
    fn each_number_of_the_form_says_its_unit() {
        let schema = Category::Energy.schema();
        let field = |name: &str| &schema.fields[schema.index(name).unwrap()];
        let values = row(&[("energy", "4999.500", Some(4_999_500)), ("duration", "1800", Some(1_800))]);
        let of = |name, lang| input(field(name), (&values, 60), None, lang).into_string();
        let energy = of("energy", Lang::Fr);
        assert!(energy.contains("value=\"4999,5\"") && energy.contains("en Wh"), "{energy}");
        assert!(energy.contains("0,6 kWh"), "{energy}");
        let duration = of("duration", Lang::En);
        assert!(duration.contains("value=\"1800\"") && duration.contains("30 min"), "{duration}");
        let bank = Category::Bank.schema();
        let amount = &bank.fields[bank.index("amount").unwrap()];
        let values = row(&[("amount", "-5.00", Some(-500)), ("currency", "EUR", None)]);
        let amount = input(amount, (&values, 0), None, Lang::Fr).into_string();
        assert!(amount.contains("value=\"-5,00\"") && amount.contains("en €"), "{amount}");
    }
}
