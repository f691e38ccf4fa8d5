//! What a person shows to no app: rows, holders and words, reached from a row, and taken back in one list.

use super::{not_found, path, row_of, turn};
use crate::Shared;
use crate::app::data::columns::{time as row_time, title as row_title, written as cell};
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::form::Fields;
use crate::app::parts::{Icon, Section, capital, crumbs, empty, icon, note, tinted};
use crate::app::visitor::Tester;
use crate::errors::sentence;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, RowId};
use mesinfos_platform::{
    Caller, MOST_WITHHELD, Platform, PlatformError, Row, RowOrigin, RuleId, RuleRows, VaultError,
    WITHHELD_WORDS, Withheld, WithheldAs, WithheldRule, Withhold, each_words,
};
use mesinfos_words::page::{Data, Withheld as Words};

type Of = Path<(String, String, String)>;

/// A row to begin with.
struct Chosen {
    domain: Domain,
    category: Category,
    id: RowId,
    origin: RowOrigin,
    /// Number of other rows that go with it.
    with_it: u64,
}

/// Most characters of an entry: some words in each of a few lines.
const LONGEST_ENTRY: usize = 4_000;

impl Chosen {
    fn first(&self) -> Option<&Row> {
        self.origin.rows.first()
    }

    fn value(&self, field: &str) -> Option<&str> {
        self.first()?.value(field)
    }

    /// Name of the row's holder.
    fn holder(&self) -> Option<String> {
        let schema = self.category.schema();
        self.value(schema.fields[schema.holder].name).map(str::to_owned)
    }

    /// Words to begin with: who the other party is, or else what the row is called.
    fn words(&self) -> String {
        let most = *WITHHELD_WORDS.end();
        let found = ["counterparty", "merchant", "label", "title"].iter().find_map(|field| self.value(field));
        // A label may have a semicolon, which would part it.
        let found = each_words(found.unwrap_or_default()).max_by_key(|part| part.len());
        clean(found.unwrap_or_default()).chars().take(most).collect()
    }

    fn here(&self) -> String {
        format!("{}/{}", path(self.domain, self.category), self.id)
    }
}

async fn chosen(shared: &Shared, tester: &Tester, of: (&str, &str, &str)) -> Result<Chosen, Failure> {
    let (domain, category, id, origin) = row_of(shared, tester, of).await?;
    let with_it = tester.run(move |platform, caller| platform.withheld_with(caller, category, id)).await?;
    Ok(Chosen { domain, category, id, origin, with_it })
}

/// The choice: this row, the rows of its holder, or those with some words.
pub(crate) async fn ask(
    State(shared): State<Shared>,
    tester: Tester,
    Path((domain, of, row)): Of,
) -> Result<Response, Failure> {
    let chosen = chosen(&shared, &tester, (&domain, &of, &row)).await?;
    Ok(drawn(&tester, &chosen, &chosen.words(), None, StatusCode::OK))
}

fn drawn(tester: &Tester, chosen: &Chosen, words: &str, wrong: Option<&str>, status: StatusCode) -> Response {
    let lang = tester.lang();
    let title = Words::Ask.to(lang);
    let page = tester.page(&title, Section::Data, form(&title, chosen, words, wrong, lang));
    (status, page).into_response()
}

fn form(title: &str, chosen: &Chosen, words: &str, wrong: Option<&str>, lang: Lang) -> Markup {
    let here = chosen.here();
    let values = chosen.first().map_or(&[][..], |row| &row.values);
    let heading = row_title(chosen.category, values, lang).unwrap_or_else(|| Data::Row.to(lang));
    let holder = match chosen.holder() {
        Some(holder) => Words::OfHolder { holder: &clean(&holder) }.to(lang),
        None => Words::OfNoHolder.to(lang),
    };
    let hide = |what: &str, of: &str| {
        html! {
            button.btn.small.end type="submit" name="what" value=(what) {
                (icon(Icon::Ban)) (Words::Hide.to(lang)) span.sr { " " (of) }
            }
        }
    };
    html! {
        header.head data-d=(chosen.domain.id()) {
            (crumbs(
                &[
                    ("/data", &Data::Title.to(lang)),
                    (&path(chosen.domain, chosen.category), &capital(chosen.category.name(lang))),
                    (&here, &heading),
                ],
                title,
                lang,
            ))
            h1 { (title) }
            p.lead { (Words::AskLead.to(lang)) }
        }
        @if let Some(wrong) = wrong { (note("", wrong, true)) }
        form method="post" action=(format!("{here}/withhold")) {
            ul.list.wrap {
                li {
                    span {
                        strong { (Words::ThisRow.to(lang)) } " " bdi { (heading) } br;
                        @let rows = &chosen.origin.rows;
                        @if rows.len() > 1 {
                            span { (Words::Together { rows: rows.len() as u64 }.to(lang)) " " }
                            @for (at, row) in rows.iter().enumerate() {
                                @if at > 0 { ", " }
                                bdi { (row_title(chosen.category, &row.values, lang).unwrap_or_else(|| Data::Row.to(lang))) }
                            }
                            br;
                        }
                        span.soft.small {
                            (Words::ThisRowWhy.to(lang))
                            @if chosen.with_it > 0 { " " (Words::WithIt { rows: chosen.with_it }.to(lang)) }
                        }
                    }
                    (hide("row", &Words::ThisRow.to(lang)))
                }
                li {
                    span { strong { bdi { (holder) } } br; span.soft.small { (Words::OfHolderWhy.to(lang)) } }
                    (hide("holder", &holder))
                }
            }
        }
        form.flow-s method="post" action=(format!("{here}/withhold")) {
            label.field {
                (Words::Words.to(lang))
                textarea name="words" rows="3" minlength=(WITHHELD_WORDS.start()) maxlength=(LONGEST_ENTRY)
                    required autocomplete="off" { (words) }
                small { (Words::WordsWhy.to(lang)) }
            }
            p.soft.small { (Words::Searched.to(lang)) " " (Words::Many.to(lang)) }
            button.btn type="submit" name="what" value="words" { (icon(Icon::Ban)) (Words::WordsButton.to(lang)) }
        }
        p.soft.small { (Words::Past.to(lang)) }
        p { a href="/data/withheld" { (Words::See.to(lang)) } }
    }
}

/// What became of a choice.
enum Done {
    New,
    Same,
    Full(PlatformError),
    NotWords,
}

/// Withholds what was chosen.
pub(crate) async fn withhold(
    State(shared): State<Shared>,
    tester: Tester,
    Path((domain, of, row)): Of,
    fields: Fields,
) -> Result<Response, Failure> {
    let chosen = chosen(&shared, &tester, (&domain, &of, &row)).await?;
    let (lang, category) = (tester.lang(), chosen.category);
    let what = match fields.get("what") {
        "row" => Withhold::Row(chosen.id),
        "holder" => Withhold::Holder(chosen.holder()),
        "words" => Withhold::Words(fields.get("words").chars().take(LONGEST_ENTRY).collect()),
        _ => return Err(Failure::not_understood(&tester.shell("", Section::Data))),
    };
    let is_words = matches!(what, Withhold::Words(_));
    let done = tester
        .run(move |platform, caller| match platform.withhold(caller, category, &what) {
            Err(PlatformError::BadRowValue { .. }) if is_words => Ok(Done::NotWords),
            Err(error @ PlatformError::Vault(VaultError::TooManyWithheld { .. })) => Ok(Done::Full(error)),
            Ok(true) => Ok(Done::New),
            done => done.map(|_| Done::Same),
        })
        .await?;
    let wrong = match done {
        Done::New => return Ok(Redirect::to("/data/withheld").into_response()),
        Done::Same => Words::Full { most: MOST_WITHHELD as u64 }.to(lang),
        Done::Full(error) => sentence(&error, lang),
        Done::NotWords => {
            Words::NotWords { least: *WITHHELD_WORDS.start() as u64, most: *WITHHELD_WORDS.end() as u64 }
                .to(lang)
        }
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(drawn(&tester, &chosen, fields.get("words"), Some(&wrong), status))
}

/// The list.
pub(crate) async fn list(State(shared): State<Shared>, tester: Tester) -> Result<Response, Failure> {
    let lang = tester.lang();
    let turn = turn(&shared, &tester).await?;
    let rules = tester
        .run(move |platform, caller| {
            let _turn = turn;
            platform.withheld_named(caller)
        })
        .await?;
    let title = Words::Title.to(lang);
    let body = html! {
        header.head {
            (crumbs(&[("/data", &Data::Title.to(lang))], &title, lang))
            h1 { (title) }
            p.lead { (Words::Lead.to(lang)) }
        }
        @if rules.is_empty() {
            (empty(&Words::None.to(lang), &Words::NoneWhy.to(lang), html! {
                a.btn href="/data" { (Data::Title.to(lang)) }
            }))
        } @else {
            ul.list.wrap { @for (of, row) in &rules { (told(of, row.as_ref(), lang)) } }
            p.soft.small { (Words::ShowAgainWhy.to(lang)) }
            p.soft.small { (Words::Past.to(lang)) }
        }
    };
    Ok(tester.page(&title, Section::Data, body))
}

/// What a rule withholds, in words.
fn what(rule: &WithheldRule, lang: Lang) -> String {
    match &rule.what {
        Withheld::Row { .. } => Words::RuleRow.to(lang),
        Withheld::Holder(Some(holder)) => Words::RuleHolder { holder: &clean(holder) }.to(lang),
        Withheld::Holder(None) => Words::RuleNoHolder.to(lang),
        Withheld::Words(words) => Words::RuleWords { words: &clean(words) }.to(lang),
    }
}

/// A row in words: what it is, its amount, its day, and who gave it; `None` if it says none of it.
fn named(category: Category, row: &Row, lang: Lang) -> Option<String> {
    let schema = category.schema();
    let written = |field: &str| {
        let value = row.values.iter().find(|value| value.field == field)?;
        Some(cell(category, &row.values, value, lang))
    };
    let title = row_title(category, &row.values, lang);
    let holder = written(schema.fields[schema.holder].name).filter(|holder| Some(holder) != title.as_ref());
    let amount = ["amount", "charged", "premium", "energy", "volume", "distance", "duration"];
    let amount = amount.iter().find_map(|field| written(field));
    let said = [title, amount, row_time(category, &row.values, lang), holder].into_iter().flatten();
    let said: Vec<String> = said.filter(|words| !words.is_empty()).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

fn told(of: &RuleRows, row: Option<&Row>, lang: Lang) -> Markup {
    let RuleRows { rule, rows, along, .. } = of;
    let rows = *rows;
    let is_one_text =
        matches!(&rule.what, Withheld::Words(words) if rows == 0 && words.contains([',', '，', '،']));
    let domain = Domain::of(rule.category);
    let what = row.and_then(|row| named(rule.category, row, lang)).unwrap_or_else(|| what(rule, lang));
    html! {
        li data-d=(domain.id()) {
            (tinted(domain.icon()))
            span {
                strong {
                    @match rule.what {
                        Withheld::Row { row: at, .. } if rows > 0 => {
                            // A later file may have it at another place.
                            @match row.map(|row| row.id).or(at) {
                                Some(row) => a href=(format!("{}/{row}", path(domain, rule.category))) { bdi { (what) } },
                                None => bdi { (what) },
                            }
                        }
                        _ => bdi { (what) },
                    }
                } br;
                span.soft.small {
                    (capital(rule.category.name(lang))) " · " (Words::Now { rows }.to(lang))
                    @if *along > 0 { ", " (Words::Along { rows: *along }.to(lang)) }
                    " · " (Words::Since { at: &mesinfos_words::instant(rule.at, lang) }.to(lang))
                    @for import in &rule.imports {
                        " · " (Words::CameWith { import: &import.to_string() }.to(lang))
                    }
                    @if is_one_text { br; (Words::OneText.to(lang)) }
                }
            }
            form.end method="post" action="/data/withheld" {
                input type="hidden" name="rule" value=(rule.id);
                @if !rule.imports.is_empty() {
                    button.btn.quiet.small type="submit" name="keep" value="1" {
                        (Words::Keep.to(lang)) span.sr { " " (what) }
                    }
                }
                button.btn.small type="submit" { (Words::ShowAgain.to(lang)) span.sr { " " (what) } }
            }
        }
    }
}

/// Takes a rule back, or keeps one that came with an import.
pub(crate) async fn show_again(tester: Tester, fields: Fields) -> Result<Response, Failure> {
    let Some(id) = RuleId::parse(fields.get("rule")) else { return Err(not_found(&tester)) };
    let is_kept = fields.get("keep") == "1";
    let act = move |platform: &Platform, caller: &Caller| match is_kept {
        true => platform.keep_withheld(caller, id),
        false => platform.show_again(caller, id),
    };
    if !tester.run(act).await? {
        return Err(not_found(&tester));
    }
    Ok(Redirect::to("/data/withheld").into_response())
}

/// On the page of a row: whether it is shown to apps, and the way to change it.
pub(super) fn ways(here: &str, rules: &[(WithheldRule, WithheldAs)], lang: Lang) -> Markup {
    html! {
        @if let Some((first, reason)) = rules.first() {
            div.note.flow-s {
                p {
                    strong { (Words::IsHidden.to(lang)) } " "
                    bdi { (what(first, lang)) } ", "
                    (Words::Since { at: &mesinfos_words::instant(first.at, lang) }.to(lang))
                }
                @match reason {
                    WithheldAs::Itself => {}
                    WithheldAs::Alike => { p { (Words::IsAlike.to(lang)) } }
                    WithheldAs::Total => { p { (Words::IsTotal.to(lang)) } }
                }
                p { a href="/data/withheld" { (Words::See.to(lang)) } }
            }
        } @else {
            p.row {
                a.btn.small href=(format!("{here}/withhold")) { (icon(Icon::Ban)) (Words::Ask.to(lang)) }
            }
        }
    }
}
