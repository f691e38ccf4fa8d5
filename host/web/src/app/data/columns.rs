//! The columns of tables of rows: the main fields of each category first. A narrow screen shows the first
//! few; the page of a row has all fields.

use crate::app::data::path;
use crate::app::domain::Domain;
use crate::app::parts::{Icon, badge, capital, table_region};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, Field, FieldKind, RowId, Unit};
use mesinfos_platform::{Row, RowValue};
use mesinfos_words::MISSING;
use mesinfos_words::own_rows::cell;
use mesinfos_words::page::{Data as Words, Measures, Withheld};

/// Columns that a narrow screen shows.
const NARROW: usize = 3;

/// Longest name of a code that is not broken, in characters.
const WORD: usize = 10;

/// Longest text of a cell, in characters. The page of a row has the whole text.
const LONGEST: usize = 120;

/// A row of a table: its id and values.
pub(in crate::app) type Line<'a> = (RowId, &'a [RowValue]);

/// Rows as lines of a table.
pub(in crate::app) fn lines(rows: &[Row]) -> Vec<Line<'_>> {
    rows.iter().map(|row| (row.id, row.values.as_slice())).collect()
}

/// The value of a field.
fn value<'a>(values: &'a [RowValue], field: &str) -> Option<&'a RowValue> {
    values.iter().find(|value| value.field == field)
}

/// Main fields of a category, the most telling first. The first is the field that orders rows.
fn main(category: Category) -> &'static [&'static str] {
    match category {
        Category::Bank => &["booked-on", "label", "amount", "kind", "counterparty", "balance", "holder"],
        Category::Bills => &["issued-on", "label", "amount", "vendor", "row", "status", "holder"],
        Category::Energy => &["start", "energy", "commodity", "volume", "duration", "quality", "holder"],
        Category::Water => &["start", "volume", "index", "duration", "quality", "holder"],
        Category::Mobility => {
            &["at", "mode", "distance", "row", "label", "to-name", "duration", "cost", "holder"]
        }
        Category::Purchases => &["at", "label", "amount", "merchant", "quantity", "row", "holder"],
        Category::Telecom => {
            &["at", "service", "direction", "duration", "peer-number", "bytes", "cost", "holder"]
        }
        Category::Health => &["on", "label", "kind", "provider", "charged", "paid", "value", "holder"],
        Category::Browsing => &["at", "title", "site", "kind", "query", "product", "holder"],
        Category::Social => &["at", "name", "row", "channel", "direction", "organisation", "holder"],
        Category::Contracts => &["start", "product", "premium", "kind", "end", "status", "amount", "holder"],
        Category::Education => {
            &["start", "title", "institution", "row", "result", "amount", "status", "holder"]
        }
        Category::Profile => &["since", "row", "kind", "name", "model", "area", "occupation", "holder"],
        Category::Documents => &["on", "name", "kind", "size", "media-type", "holder"],
    }
}

/// The columns of these rows: main fields that some of them have, and always the first.
fn columns(category: Category, rows: &[Line<'_>]) -> Vec<&'static Field> {
    let schema = category.schema();
    let fields = main(category).iter().filter_map(|name| Some(&schema.fields[schema.index(name)?]));
    let is_there = |field: &Field| rows.iter().any(|(_, values)| value(values, field.name).is_some());
    fields.enumerate().filter(|(at, field)| *at == 0 || is_there(field)).map(|(_, field)| field).collect()
}

/// Whether values of a field are numbers, which are set at the right.
fn is_number(field: &Field) -> bool {
    field.kind == FieldKind::Integer && field.unit != Unit::None
}

/// A value in words, without hidden characters.
pub(in crate::app) fn written(
    category: Category,
    values: &[RowValue],
    value: &RowValue,
    lang: Lang,
) -> String {
    clean(&cell(category, values, value, lang))
}

/// A text of at most [`LONGEST`] characters.
fn short(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}

/// Rows as a table. The first cell of a row leads to its page.
pub(in crate::app) fn table(label: &str, of: (Domain, Category), rows: &[Line<'_>], lang: Lang) -> Markup {
    table_read(label, of, rows, Beside::Nothing, lang)
}

/// Who could read a row, by name, and whether apps are given it.
#[derive(Debug, Clone, Default)]
pub(super) struct Readers {
    pub(super) names: Vec<String>,
    pub(super) is_withheld: bool,
}

/// What stands beside the rows of a table.
#[derive(Clone, Copy)]
pub(super) enum Beside<'a> {
    Nothing,
    /// A mark on those that no app is given.
    Marks(&'a [bool]),
    /// The apps that could read each, too.
    Readers(&'a [Readers]),
}

/// [`table`], with the apps that could read each row, which a narrow screen leaves to the page of the row, and a mark on
/// those that no app is given.
pub(super) fn table_read(
    label: &str,
    (domain, category): (Domain, Category),
    rows: &[Line<'_>],
    beside: Beside<'_>,
    lang: Lang,
) -> Markup {
    let readers = match beside {
        Beside::Readers(readers) => Some(readers),
        Beside::Nothing | Beside::Marks(_) => None,
    };
    let is_withheld = |line: usize| match beside {
        Beside::Nothing => false,
        Beside::Marks(marks) => marks.get(line).copied().unwrap_or_default(),
        Beside::Readers(readers) => readers.get(line).is_some_and(|of| of.is_withheld),
    };
    let columns = columns(category, rows);
    let class = |at: usize, field: &Field| {
        let (number, wide) = (is_number(field), at >= NARROW);
        [number.then_some("num"), wide.then_some("x")].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let named = |at: usize, field: &Field| Some(class(at, field)).filter(|class| !class.is_empty());
    let cell = |values: &[RowValue], field: &Field| {
        let value = value(values, field.name);
        let text =
            value.map_or_else(|| MISSING.to_owned(), |value| short(written(category, values, value, lang)));
        // "à pied" stays on one line of a narrow column.
        let is_word = matches!(field.kind, FieldKind::Code(_)) && text.chars().count() <= WORD;
        if is_word { text.replace(' ', "\u{a0}") } else { text }
    };
    table_region(
        label,
        html! {
            // Three columns are left on a phone: with large text they are a list.
            table.rows role="table" {
                caption.sr { (label) }
                thead role="rowgroup" {
                    tr role="row" {
                        @for (at, field) in columns.iter().enumerate() {
                            th class=[named(at, field)] scope="col" role="columnheader" { (capital(field.label(lang))) }
                        }
                        @if readers.is_some() { th.x scope="col" role="columnheader" { (Words::WhoCould.to(lang)) } }
                    }
                }
                tbody role="rowgroup" {
                    @for (line, (id, values)) in rows.iter().enumerate() {
                        tr role="row" {
                            @for (at, field) in columns.iter().enumerate() {
                                @if at == 0 {
                                    th scope="row" role="rowheader" {
                                        a href=(format!("{}/{id}", path(domain, category))) {
                                            @match value(values, field.name) {
                                                Some(_) => (cell(values, field)),
                                                None => (Words::Open.to(lang)),
                                            }
                                            // Rows of one day have different links.
                                            @if let Some(title) = title(category, values, lang) {
                                                span.sr { " · " bdi { (title) } }
                                            }
                                        }
                                        @if is_withheld(line) {
                                            " " (badge(Icon::Ban, &Withheld::ForNoApp.to(lang), "plain small"))
                                        }
                                    }
                                } @else {
                                    td class=[named(at, field)] role="cell" data-l=(capital(field.label(lang))) { bdi { (cell(values, field)) } }
                                }
                            }
                            @if let Some(readers) = readers { td.x role="cell" data-l=(Words::WhoCould.to(lang)) { (who(readers.get(line), lang)) } }
                        }
                    }
                }
            }
        },
    )
}

/// The apps that could read a row.
fn who(readers: Option<&Readers>, lang: Lang) -> Markup {
    html! {
        @match readers.map_or(&[][..], |readers| readers.names.as_slice()) {
            [] => span.soft { (Measures::Nobody.to(lang)) },
            readers => span.row { @for name in readers { span.badge.plain.small { bdi { (name) } } } },
        }
    }
}

/// The title of a row: its main text, if it has one.
pub(in crate::app) fn title(category: Category, values: &[RowValue], lang: Lang) -> Option<String> {
    let schema = category.schema();
    let text = main(category).iter().skip(1).filter(|name| **name != "holder").find_map(|name| {
        let field = &schema.fields[schema.index(name)?];
        let is_text = matches!(field.kind, FieldKind::Text | FieldKind::Term | FieldKind::Code(_));
        value(values, name).filter(|_| is_text)
    });
    text.map(|value| short(written(category, values, value, lang)))
}

/// The time of a row, in words.
pub(in crate::app) fn time(category: Category, values: &[RowValue], lang: Lang) -> Option<String> {
    let schema = category.schema();
    let value = value(values, schema.fields[schema.time].name)?;
    Some(written(category, values, value, lang))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use mesinfos_model::Position;

    pub(in super::super) const ID: RowId = RowId { import: 3, position: Position { member: 0, ordinal: 17 } };

    pub(in super::super) fn row(values: &[(&'static str, &str, Option<i64>)]) -> Vec<RowValue> {
        let value = |(field, text, number): &(&'static str, &str, Option<i64>)| RowValue {
            code: None,
            field,
            text: (*text).to_owned(),
            number: *number,
        };
        values.iter().map(value).collect()
    }

    #[test]
    fn every_category_has_main_fields_and_the_first_orders_its_rows() {
        for &category in Category::ALL {
            let schema = category.schema();
            let names = main(category);
            assert_eq!(names.first(), Some(&schema.fields[schema.time].name), "{category}");
            for name in names {
                assert!(schema.index(name).is_some(), "{category}.{name}");
            }
            assert!(names.contains(&schema.fields[schema.holder].name), "{category}");
        }
    }

    #[test]
    fn a_table_shows_what_its_rows_have() {
        let rows = [
            row(&[
                ("booked-on", "2025-01-03", Some(20_091)),
                ("amount", "-61.37", Some(-6_137)),
                ("currency", "EUR", None),
                ("label", "<b>INTERMARCHE\u{202e}</b>", None),
                ("holder", "Rives", None),
            ]),
            row(&[("label", &"x".repeat(500), None)]),
        ];
        let lines = [(ID, rows[0].as_slice()), (ID, rows[1].as_slice())];
        let page = table("t", (Domain::Money, Category::Bank), &lines, Lang::Fr).into_string();
        assert!(page.contains("<a href=\"/data/money/bank/3.0.17\">3\u{a0}janvier 2025<"), "{page}");
        assert!(page.contains("Ouvrir la ligne"), "a row without a date has a link too");
        assert!(
            page.contains("<td class=\"num\" role=\"cell\" data-l=\"Montant\"><bdi>−61,37\u{a0}€</bdi></td>"),
            "{page}"
        );
        assert!(page.contains("&lt;b&gt;INTERMARCHE&lt;/b&gt;") && !page.contains("<b>"));
        assert!(!page.contains('\u{202e}') && !page.contains(&"x".repeat(LONGEST + 1)));
        assert!(!page.contains("Solde"), "no row has a balance");
        assert_eq!(page.matches("class=\"x\"").count(), 1 + 2, "the fourth column, head and cells");
    }

    #[test]
    fn the_apps_that_could_read_a_row_stand_beside_it() {
        let values = row(&[("label", "a", None)]);
        let lines = [(ID, values.as_slice()), (ID, values.as_slice())];
        let names = vec!["Budget".to_owned(), "<b>".to_owned()];
        let readers =
            [Readers { names, is_withheld: false }, Readers { is_withheld: true, ..Readers::default() }];
        let of = (Domain::Money, Category::Bank);
        let page = table_read("t", of, &lines, Beside::Readers(&readers), Lang::Fr).into_string();
        assert!(page.contains("role=\"columnheader\">Qui a pu la lire</th>"), "{page}");
        assert!(page.contains("<bdi>Budget</bdi>") && page.contains("<bdi>&lt;b&gt;</bdi>"), "{page}");
        assert_eq!(page.matches(">personne<").count(), 1, "{page}");
        let marked = table_read("t", of, &lines, Beside::Marks(&[false, true]), Lang::Fr).into_string();
        assert!(!marked.contains("Qui a pu") && marked.contains("pour aucune application"), "{marked}");
        assert_eq!(page.matches("pour aucune application").count(), 1, "the second one is hidden: {page}");
        assert!(!table("t", of, &lines, Lang::Fr).into_string().contains("Qui a pu"));
    }

    #[test]
    fn a_row_is_called_by_its_text() {
        let of = |values: &[(&'static str, &str, Option<i64>)]| title(Category::Bank, &row(values), Lang::Fr);
        assert_eq!(of(&[("label", "Loyer", None), ("holder", "Rives", None)]).as_deref(), Some("Loyer"));
        assert_eq!(of(&[("holder", "Rives", None)]), None);
        let dated = row(&[("booked-on", "2025-01-03", Some(20_091))]);
        assert_eq!(time(Category::Bank, &dated, Lang::En).as_deref(), Some("3\u{a0}January 2025"));
    }
}
