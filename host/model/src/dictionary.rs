//! The data dictionary: what each category holds, in plain words, generated from the tables.

use crate::category::{Category, Field, FieldKind, Grain, Reach, Schema};
use crate::view::Lang;
use std::fmt::Write as _;

/// One of two texts.
fn t(lang: Lang, fr: &'static str, en: &'static str) -> &'static str {
    if lang == Lang::Fr { fr } else { en }
}

impl Category {
    /// What people call it.
    pub fn name(self, lang: Lang) -> &'static str {
        t(lang, self.schema().fr, self.schema().en)
    }
}

impl Schema {
    /// What the category holds, in a sentence.
    pub fn about(&self, lang: Lang) -> &'static str {
        t(lang, self.about_fr, self.about_en)
    }
}

impl Field {
    /// What people call it.
    pub fn label(&self, lang: Lang) -> &'static str {
        t(lang, self.fr, self.en)
    }

    /// What has to be known of it beside its name; may be empty.
    pub fn explained(&self, lang: Lang) -> &'static str {
        t(lang, self.about_fr, self.about_en)
    }

    /// What its values are.
    pub fn values(&self, lang: Lang) -> String {
        match self.kind {
            FieldKind::Date => t(lang, "date", "date").to_owned(),
            FieldKind::Instant => t(lang, "instant (UTC)", "instant (UTC)").to_owned(),
            FieldKind::Integer => self.unit.says(lang).to_owned(),
            FieldKind::Code(codes) => {
                let words: Vec<&str> = codes.iter().map(|code| t(lang, code.fr, code.en)).collect();
                words.join(t(lang, " · ", " · "))
            }
            FieldKind::Term | FieldKind::Text => t(lang, "texte", "text").to_owned(),
            FieldKind::Pseudonym => t(lang, "pseudonyme", "pseudonym").to_owned(),
        }
    }

    /// Whether giving the category gives it.
    pub fn given(&self, lang: Lang) -> &'static str {
        match self.reach {
            Reach::App => t(lang, "avec la catégorie", "with the category"),
            Reach::Named => t(lang, "seulement si on le nomme", "only if it is named"),
            Reach::Host => t(lang, "jamais", "never"),
        }
    }
}

impl Grain {
    /// What people call it.
    pub fn says(self, lang: Lang) -> &'static str {
        match self {
            Grain::Raw => t(lang, "exact", "exact"),
            Grain::Rounded => {
                t(lang, "arrondi (unité de monnaie, kilomètre)", "rounded (unit of money, kilometre)")
            }
            Grain::Hourly => t(lang, "par heure", "by the hour"),
            Grain::Daily => t(lang, "par jour", "by the day"),
            Grain::Monthly => t(lang, "par mois", "by the month"),
        }
    }
}

/// The dictionary of these categories, as Markdown (CommonMark with tables).
pub fn markdown(categories: &[Category], lang: Lang) -> String {
    let mut page = String::new();
    for &category in categories {
        section(&mut page, category, lang);
    }
    page
}

fn section(page: &mut String, category: Category, lang: Lang) {
    let schema = category.schema();
    // Writing to a string does not fail.
    let mut line = |text: std::fmt::Arguments<'_>| {
        let _ = writeln!(page, "{text}");
    };
    line(format_args!("## `{category}` — {}\n", category.name(lang)));
    line(format_args!("{}\n", schema.about(lang)));
    let grains: Vec<&str> = schema.grains.iter().map(|grain| grain.says(lang)).collect();
    line(format_args!(
        "{}{}\n",
        t(lang, "Finesse au choix : ", "Granularities on offer: "),
        grains.join(", ")
    ));
    if schema.undated {
        let undated = t(
            lang,
            "Des lignes peuvent ne pas avoir de date ; si vous donnez une période, elles n’en font partie que si vous le dites.",
            "Rows may have no date; where you give a period, they come only if you say so.",
        );
        line(format_args!("{undated}\n"));
    }
    let heads = match lang {
        Lang::Fr => ["champ", "nom", "valeurs", "donné", "à savoir"],
        Lang::En => ["field", "name", "values", "given", "to know"],
    };
    line(format_args!("| {} |", heads.join(" | ")));
    line(format_args!("|{}", "---|".repeat(heads.len())));
    for (_, field) in schema.open_fields() {
        line(format_args!(
            "| `{}` | {} | {} | {} | {} |",
            field.name,
            field.label(lang),
            field.values(lang),
            field.given(lang),
            field.explained(lang),
        ));
    }
    line(format_args!(""));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_that_an_app_can_have_is_in_it() {
        for lang in [Lang::Fr, Lang::En] {
            let page = markdown(Category::ALL, lang);
            for &category in Category::ALL {
                assert!(page.contains(&format!("## `{category}` — {}", category.name(lang))));
                for (_, field) in category.schema().open_fields() {
                    assert!(page.contains(&format!("| `{}` | {} |", field.name, field.label(lang))));
                    assert!(!field.values(lang).is_empty(), "{category}.{}", field.name);
                }
            }
            assert!(!page.contains("| `place` |"));
        }
    }
}
