//! The texts that a person typed in a form, of an act that was not done: their page gives them back to copy.

use crate::app::form::Fields;
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, FieldKind};

/// Fields of forms that people type in at length. No field with a password or a code is among them.
const FIELDS: [&str; 8] =
    ["merchant", "note", "reason", "their-address", "their-name", "wanted", "words", "address"];

/// Starts of the names of such fields, of which a form has several.
const STARTS: [&str; 3] = ["cell.", "label.", "words."];

/// Before the name of a field of a row, in the form that corrects it.
const VALUE: &str = "v.";

/// The typed texts of a form that was sent to a path, a line or more for each.
pub(crate) fn texts(path: &str, body: &[u8], lang: Lang) -> String {
    let fields = Fields::read(body).unwrap_or_default();
    let category = path.split('/').find_map(Category::from_id);
    let texts = fields.pairs().filter(|(_, text)| !text.trim().is_empty()).filter_map(|(name, text)| {
        if let Some(name) = name.strip_prefix(VALUE) {
            let field = category?.schema().fields.iter().find(|field| field.name == name)?;
            // A choice from a list is made again.
            let is_typed = !matches!(field.kind, FieldKind::Code(_));
            return is_typed.then(|| format!("{}\n{}", field.label(lang), clean(text)));
        }
        let is_typed = FIELDS.contains(&name) || STARTS.iter().any(|start| name.starts_with(start));
        is_typed.then(|| text.lines().map(clean).collect::<Vec<_>>().join("\n"))
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_given_back_and_no_secret() {
        let of = |path, form: &str| texts(path, form.as_bytes(), Lang::En);
        let row = "/data/money/bank/1.0.1/change";
        assert_eq!(of(row, "act=note&note=first%0D%0Asecond+%3Cb%3E"), "first\nsecond <b>");
        let corrected = of(row, "key=ab&v.label=CAF%C3%89&v.method=card&v.none=x&act=correct");
        assert!(corrected.to_lowercase().contains("label\ncafé"), "{corrected}");
        assert!(!corrected.contains("card") && corrected.lines().count() == 2, "{corrected}");
        assert_eq!(of("/letters/new", "wanted=all&name=&holder=edf"), "all");
        assert_eq!(of("/settings/password", "password=secret&code=12345&next=/home"), "");
        assert_eq!(of("/add", "%FF"), "");
    }
}
