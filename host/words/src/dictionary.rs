//! Data dictionary: the contents of each category in readable form, generated from its table.

use crate::scope::{Model, grain};
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Field, FieldKind, Reach, Unit};
use std::fmt::Write as _;

/// Description of a field's values.
pub fn values(field: &Field, lang: Lang) -> String {
    match field.kind {
        FieldKind::Date => Model::ValuesDate.to(lang),
        FieldKind::Instant => Model::ValuesInstant.to(lang),
        FieldKind::Integer => unit(field.unit, lang),
        FieldKind::Code(codes) => codes.iter().map(|code| code.name(lang)).collect::<Vec<_>>().join(" · "),
        FieldKind::Term | FieldKind::Text => Model::ValuesText.to(lang),
        FieldKind::Pseudonym => Model::ValuesPseudonym.to(lang),
    }
}

/// Stored unit of a number and, if people see another one, that one too.
fn unit(unit: Unit, lang: Lang) -> String {
    let stored = unit.says(lang);
    let shown = match unit {
        Unit::MilliwattHours => "Wh",
        Unit::Millilitres => "L",
        Unit::E7Degrees => "°",
        Unit::BasisPoints => "%",
        _ => return stored.to_owned(),
    };
    Model::ValuesShownIn { stored, shown }.to(lang)
}

/// Whether a grant of the category includes the field.
pub fn given(field: &Field, lang: Lang) -> String {
    match field.reach {
        Reach::App => Model::GivenWithCategory,
        Reach::Named => Model::GivenByName,
        Reach::Host => Model::GivenNever,
    }
    .to(lang)
}

/// A head of the table of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// Name of the field in code.
    Field,
    /// Name for people.
    Name,
    /// Its values.
    Values,
    /// Whether a grant includes it.
    Given,
    /// What else there is to know.
    About,
}

impl Head {
    const ALL: [Head; 5] = [Head::Field, Head::Name, Head::Values, Head::Given, Head::About];

    /// The head in words.
    pub fn to(self, lang: Lang) -> String {
        match self {
            Head::Field => Model::HeadField,
            Head::Name => Model::HeadName,
            Head::Values => Model::HeadValues,
            Head::Given => Model::HeadGiven,
            Head::About => Model::HeadAbout,
        }
        .to(lang)
    }
}

/// What a category is, for people: without the standard that its table names, "(ISO 20022 `Ntry`)".
pub fn about_people(category: Category, lang: Lang) -> String {
    let about = category.schema().about(lang);
    match about.split_once(" (").and_then(|(first, rest)| Some((first, rest.split_once(')')?))) {
        Some((first, (standard, rest))) if standard.contains('`') => format!("{first}{rest}"),
        _ => about.to_owned(),
    }
}

/// The levels of detail of a category and, if some of its rows have no date, that they have none.
pub fn about(category: Category, lang: Lang) -> String {
    let schema = category.schema();
    let grains: Vec<String> = schema.grains.iter().map(|&one| grain(one, lang)).collect();
    let grains = Model::Granularities { grains: &grains.join(", ") }.to(lang);
    if schema.undated { format!("{grains}. {}", Model::Undated.to(lang)) } else { grains }
}

/// Dictionary of these categories as Markdown (CommonMark with tables).
pub fn markdown(categories: &[Category], lang: Lang) -> String {
    let mut page = String::new();
    for &category in categories {
        section(&mut page, category, lang);
    }
    page
}

fn section(page: &mut String, category: Category, lang: Lang) {
    let schema = category.schema();
    // Writing to a string cannot fail.
    let mut line = |text: std::fmt::Arguments<'_>| {
        let _ = writeln!(page, "{text}");
    };
    line(format_args!("## `{category}` — {}\n", category.name(lang)));
    line(format_args!("{}\n", schema.about(lang)));
    let grains: Vec<String> = schema.grains.iter().map(|&one| grain(one, lang)).collect();
    line(format_args!("{}\n", Model::Granularities { grains: &grains.join(", ") }.to(lang)));
    if schema.undated {
        line(format_args!("{}\n", Model::Undated.to(lang)));
    }
    let heads = Head::ALL.map(|head| head.to(lang));
    line(format_args!("| {} |", heads.join(" | ")));
    line(format_args!("|{}", "---|".repeat(heads.len())));
    for (_, field) in schema.open_fields() {
        line(format_args!(
            "| `{}` | {} | {} | {} | {} |",
            field.name,
            field.label(lang),
            values(field, lang),
            given(field, lang),
            field.explained(lang),
        ));
    }
    line(format_args!(""));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_no_names_of_standards() {
        for lang in [Lang::Fr, Lang::En] {
            for &category in Category::ALL {
                assert!(!about_people(category, lang).contains('`'), "{category}");
            }
        }
        let bank = about_people(Category::Bank, Lang::Fr);
        assert_eq!(bank, "Mouvements sur les comptes en banque, une ligne par écriture.");
    }

    #[test]
    fn every_field_that_an_app_can_have_is_in_it() {
        for lang in [Lang::Fr, Lang::En] {
            let page = markdown(Category::ALL, lang);
            for &category in Category::ALL {
                assert!(page.contains(&format!("## `{category}` — {}", category.name(lang))));
                for (_, field) in category.schema().open_fields() {
                    assert!(page.contains(&format!("| `{}` | {} |", field.name, field.label(lang))));
                    assert!(!values(field, lang).is_empty(), "{category}.{}", field.name);
                }
            }
            assert!(!page.contains("| `place` |"));
        }
    }
}
