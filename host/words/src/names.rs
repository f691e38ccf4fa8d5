//! Names of categories and fields from the tables of the model, and lists of them.

use mesinfos_model::Category;
use mesinfos_model::view::Lang;

/// Names of categories: "opérations bancaires, factures".
pub fn categories<'c>(categories: impl IntoIterator<Item = &'c Category>, lang: Lang) -> String {
    categories.into_iter().map(|category| category.name(lang)).collect::<Vec<_>>().join(", ")
}

/// Name of a field, or its id if the category has no such field.
pub fn field(category: Category, id: &str, lang: Lang) -> &str {
    let schema = category.schema();
    schema.index(id).map_or(id, |index| schema.fields[index].label(lang))
}

/// Names of fields: "montant, devise".
pub fn fields(category: Category, ids: &[&str], lang: Lang) -> String {
    ids.iter().map(|id| field(category, id, lang)).collect::<Vec<_>>().join(", ")
}

/// Category ids as typed, each with its name: "bank (opérations bancaires)".
pub fn typed_categories<'c>(categories: impl IntoIterator<Item = &'c Category>, lang: Lang) -> String {
    let typed = categories.into_iter().map(|category| typed(category.id(), category.name(lang)));
    typed.collect::<Vec<_>>().join(", ")
}

/// Field ids as typed, each with its name: "amount (montant), label (libellé)".
pub fn typed_fields(category: Category, ids: &[&str], lang: Lang) -> String {
    ids.iter().map(|id| typed(id, field(category, id, lang))).collect::<Vec<_>>().join(", ")
}

/// An id as typed, with its name if that is a different word: "raw (exact)", "amount".
pub(crate) fn typed(id: &str, name: &str) -> String {
    if id == name { id.to_owned() } else { format!("{id} ({name})") }
}

/// Joins parts that contain commas.
pub fn series(parts: &[String], lang: Lang) -> String {
    parts.join(lang.of("\u{a0}; ", "; "))
}
