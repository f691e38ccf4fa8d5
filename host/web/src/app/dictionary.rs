//! The data dictionary for developers: what each category has, how to ask for it, and rows of the sample people.

use crate::Shared;
use crate::app::data::written;
use crate::app::domain::Domain;
use crate::app::failure::Failure;
use crate::app::parts::{Icon, badge, capital, crumbs, empty, list_table, more, section, tinted};
use crate::app::releases::Developer;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, Field, FieldKind, Reach};
use mesinfos_platform::{Row, RowValue};
use mesinfos_words::dictionary::{about, given, values};
use mesinfos_words::page::Dictionary as Words;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Path of the list.
const LIST: &str = "/developer/dictionary";

/// Rows that a page shows.
const ROWS: usize = 8;

/// Different values of a field that are examples.
const EXAMPLES: usize = 2;

/// Longest example, in characters.
const LONGEST: usize = 32;

/// The pages.
pub(crate) fn pages() -> Router<Shared> {
    Router::new()
        .route("/developer/dictionary", get(list))
        .route("/developer/dictionary/{category}", get(page))
}

/// All categories.
async fn list(Developer(visitor): Developer) -> Response {
    let lang = visitor.lang();
    let title = Words::Title.to(lang);
    let body = html! {
        header.head {
            h1 { (title) }
            p.lead { (Words::Lead { categories: Category::ALL.len() as u64 }.to(lang)) }
        }
        ul.list.wrap {
            @for category in Category::ALL {
                li data-d=(Domain::of(*category).id()) {
                    (tinted(Domain::of(*category).icon()))
                    span {
                        a.cover href=(path(*category)) { strong { (capital(category.name(lang))) } } " "
                        code { (category.id()) } br;
                        span.soft.small { (plain(category.schema().about(lang))) }
                    }
                    span.end.small.soft {
                        (Words::Fields { fields: category.schema().open_fields().count() as u64 }.to(lang))
                    }
                }
            }
        }
    };
    visitor.shell(&title, None).around(body).into_response()
}

fn path(category: Category) -> String {
    format!("{LIST}/{}", category.id())
}

/// A category.
async fn page(
    Developer(visitor): Developer,
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let lang = visitor.lang();
    let category = Category::from_id(&id).ok_or_else(|| Failure::not_found(&visitor.shell("", None)))?;
    let lives = Arc::clone(&shared.lives);
    let rows = visitor
        .work(move |_| match lives.samples()? {
            Some(samples) => samples.rows(category, ROWS, lang),
            None => Ok(Vec::new()),
        })
        .await?;
    let title = capital(category.name(lang));
    let shell = visitor.shell(&title, None);
    Ok(shell.around(body(category, &title, &rows, lang)).into_response())
}

fn body(category: Category, title: &str, rows: &[(String, Row)], lang: Lang) -> Markup {
    let domain = Domain::of(category);
    html! {
        header.head data-d=(domain.id()) {
            (crumbs(&[(LIST, &Words::Title.to(lang))], title, lang))
            div.row { (tinted(domain.icon())) h1 { (title) } }
            p.lead { (plain(category.schema().about(lang))) }
            p { code { (category.id()) } " · " (about(category, lang)) }
            @if category.is_sensitive() { p { (badge(Icon::Lock, &Words::Sensitive.to(lang), "plain")) } }
        }
        (section("ask", &Words::Ask.to(lang), html! {
            p { (Words::AskWhy.to(lang)) }
            pre.code tabindex="0" role="region" aria-label="mesinfos.toml, Rust, TypeScript, JavaScript, Python" { code { (asking(category)) } }
        }))
        (section("fields", &Words::TheFields.to(lang), fields(category, title, rows, lang)))
        (section("rows", &Words::Rows.to(lang), html! {
            @if rows.is_empty() { (empty(&Words::NoRows.to(lang), "", html! {})) }
            @else {
                p.soft { (Words::RowsWhy.to(lang)) }
                @for (at, (life, row)) in rows.iter().enumerate() { (one(category, at + 1, life, row, lang)) }
            }
        }))
    }
}

/// The manifest's entry and the imports, in each language.
fn asking(category: Category) -> String {
    let id = category.id();
    let [fr, en] = [Lang::Fr, Lang::En].map(|lang| Words::Why.to(lang));
    format!(
        "# mesinfos.toml\n[[reads]]\ncategory = \"{id}\"\nneed = \"required\"   # or \"optional\"\n\
         why = {{ fr = \"{fr}\", en = \"{en}\" }}\n\n\
         // Rust\nuse mesinfos_sdk::{id};\n\n\
         // TypeScript, JavaScript\nimport {{ rows }} from \"@mesinfos/sdk/{id}\";\n\n\
         # Python\nfrom mesinfos.{id} import rows"
    )
}

/// What an app gets of a value: the stored number, the word of a code, or the text; of an account or a meter a
/// pseudonym, which is another one for each app.
fn raw(category: Category, value: &RowValue, lang: Lang) -> String {
    let schema = category.schema();
    let field = schema.index(value.field).map(|index| &schema.fields[index]);
    if let Some(field) = field.filter(|field| field.kind == FieldKind::Pseudonym) {
        return values(field, lang);
    }
    match (&value.code, value.number) {
        (Some(code), _) => code.to_string(),
        (None, Some(number)) => number.to_string(),
        (None, None) => clean(&value.text),
    }
}

fn short(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}

/// The fields that an app can have.
fn fields(category: Category, title: &str, rows: &[(String, Row)], lang: Lang) -> Markup {
    use mesinfos_words::dictionary::Head;
    let heads = [Head::Field, Head::Name, Head::Values, Head::Given, Head::About].map(|head| head.to(lang));
    let heads: Vec<(String, bool)> =
        heads.into_iter().chain([Words::Example.to(lang)]).map(|head| (capital(&head), false)).collect();
    let examples = |field: &Field| -> String {
        // What is never given has no example either.
        let shown = rows.iter().filter(|_| field.reach != Reach::Host);
        let of_field = shown.flat_map(|(_, row)| row.values.iter().filter(|value| value.field == field.name));
        let different: BTreeSet<String> = of_field.map(|value| short(raw(category, value, lang))).collect();
        different.into_iter().take(EXAMPLES).collect::<Vec<_>>().join(", ")
    };
    let lines = category.schema().open_fields().map(|(_, field)| {
        vec![
            html! { code { (field.name) } },
            html! { (field.label(lang)) },
            html! { (values(field, lang)) },
            html! { (given(field, lang)) },
            html! { (plain(field.explained(lang))) },
            html! { bdi { (examples(field)) } },
        ]
    });
    list_table(title, &heads, lines.collect())
}

/// A text of the tables without the marks of Markdown.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// A row, as an app gets it and as the person reads it.
fn one(category: Category, number: usize, life: &str, row: &Row, lang: Lang) -> Markup {
    let holder = row.values.iter().find(|value| value.field == "holder").map_or("–", |value| &value.text);
    let is_open = |name: &str| category.schema().open_fields().any(|(_, field)| field.name == name);
    let heads = [Words::TheFields, Words::AppGets, Words::PersonReads];
    let heads: Vec<(String, bool)> = heads.map(|head| (capital(&head.to(lang)), false)).into();
    // Two rows of one holder have two names.
    let title = format!("{number}. {}", Words::RowOf { holder: &clean(holder), life }.to(lang));
    let lines = row.values.iter().filter(|value| is_open(value.field)).map(|value| {
        vec![
            html! { code { (value.field) } },
            html! { bdi { (short(raw(category, value, lang))) } },
            html! { bdi { (short(written(category, &row.values, value, lang))) } },
        ]
    });
    more(&title, list_table(&title, &heads, lines.collect()))
}
