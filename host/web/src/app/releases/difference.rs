//! What a version asks and says, beside another one.

use maud::{Markup, html};
use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use mesinfos_platform::runtime::{AppInfo, Bilingual, DeclaredRead, Inspection, Manifest};
use mesinfos_words::page::Releases as Words;
use std::collections::BTreeSet;

/// A thing that a version has: its name, and its value.
type Line = (String, String);

/// What one version has, as lines that can be compared: what it imports, and what its manifest says.
fn lines(inspection: &Inspection, lang: Lang) -> BTreeSet<Line> {
    let mut lines = BTreeSet::new();
    for (category, fields) in &inspection.request.categories {
        for field in fields.names(*category) {
            lines.insert((category.name(lang).to_owned(), field.to_owned()));
        }
    }
    if let Some(manifest) = &inspection.manifest {
        lines.extend(said(manifest, lang));
    }
    lines
}

/// What a manifest says. Everything in it is here: a reviewer sees what people of both languages will read.
fn said(manifest: &Manifest, lang: Lang) -> Vec<Line> {
    let Manifest { app, reads } = manifest;
    // The version is the title of the page, and the id is that of the app.
    let AppInfo { id: _, version: _, publisher, licence, icon, name, summary, purpose } = app;
    let mut lines = vec![
        (Words::Publisher.to(lang), publisher.clone()),
        (Words::Purpose.to(lang), purpose.clone()),
        (Words::Licence.to(lang), licence.clone()),
        (Words::SignOf.to(lang), icon.clone()),
    ];
    let mut both = |what: &str, text: &Bilingual| {
        let Bilingual { fr, en } = text;
        lines.push((Words::InFrench { what }.to(lang), fr.clone()));
        lines
            .push((Words::InEnglish { what }.to(lang), en.clone().unwrap_or_else(|| Words::NoText.to(lang))));
    };
    both(&Words::Name.to(lang), name);
    both(&Words::Summary.to(lang), summary);
    let of = |category: Category, words: Words<'_>| {
        mesinfos_words::view::labelled(category.name(lang), words.to(lang), lang)
    };
    for DeclaredRead { category, why, .. } in reads {
        both(&of(*category, Words::Why), why);
    }
    for DeclaredRead { category, need: _, months, undated, why: _ } in reads {
        lines.push((of(*category, Words::Need), need(*category, manifest, lang)));
        let months = months.map_or_else(
            || Words::WholePast.to(lang),
            |months| Words::Months { months: u64::from(months) }.to(lang),
        );
        lines.push((of(*category, Words::Period), months));
        let undated = if *undated { Words::Asked } else { Words::NotAsked };
        lines.push((of(*category, Words::Undated), undated.to(lang)));
    }
    lines
}

/// All that a version says, where there is nothing to compare it with.
pub(super) fn said_whole(inspection: &Inspection, lang: Lang) -> Markup {
    html! {
        ul.limits {
            @for (what, value) in inspection.manifest.iter().flat_map(|manifest| said(manifest, lang)) {
                li { strong { bdi { (what) } } " · " bdi { (value) } }
            }
        }
    }
}

/// Whether a manifest says that it requires a category.
pub(super) fn need(category: Category, manifest: &Manifest, lang: Lang) -> String {
    let is_optional =
        manifest.read(category).is_some_and(|read| read.need == mesinfos_model::Necessity::Optional);
    if is_optional { Words::Optional } else { Words::Required }.to(lang)
}

/// What is new and what is gone.
pub(super) fn difference(before: &Inspection, now: &Inspection, lang: Lang) -> Markup {
    let (before, now) = (lines(before, lang), lines(now, lang));
    let of = |name: Words<'_>, lines: Vec<&Line>| {
        html! {
            @if !lines.is_empty() {
                h3 { (name.to(lang)) }
                ul.limits {
                    @for (what, value) in lines { li { strong { bdi { (what) } } " · " bdi { (value) } } }
                }
            }
        }
    };
    html! {
        @if before == now {
            p { (Words::NoChange.to(lang)) }
        } @else {
            (of(Words::New, now.difference(&before).collect()))
            (of(Words::Gone, before.difference(&now).collect()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::Necessity;

    fn manifest() -> Manifest {
        let text = |words: &str| Bilingual { fr: words.to_owned(), en: Some(format!("{words} (en)")) };
        Manifest {
            app: AppInfo {
                id: "a".to_owned(),
                version: "1.0.0".to_owned(),
                publisher: "p".to_owned(),
                licence: "MIT".to_owned(),
                icon: "bell".to_owned(),
                name: text("nom"),
                summary: text("ce que c’est"),
                purpose: "budget".to_owned(),
            },
            reads: vec![DeclaredRead {
                category: Category::Bank,
                need: Necessity::Required,
                months: Some(3),
                undated: false,
                why: text("pour voir"),
            }],
        }
    }

    fn told(change: impl FnOnce(&mut Manifest)) -> bool {
        let (before, mut now) = (manifest(), manifest());
        change(&mut now);
        [Lang::Fr, Lang::En].iter().all(|lang| said(&before, *lang) != said(&now, *lang))
    }

    #[test]
    fn every_change_of_a_manifest_is_seen_in_both_languages() {
        let other = || "other".to_owned();
        assert!(told(|now| now.app.publisher = other()));
        assert!(told(|now| now.app.licence = other()));
        assert!(told(|now| now.app.icon = other()));
        assert!(told(|now| now.app.purpose = other()));
        assert!(told(|now| now.app.name.fr = other()));
        assert!(told(|now| now.app.name.en = Some(other())));
        assert!(told(|now| now.app.summary.fr = other()));
        assert!(told(|now| now.app.summary.en = None));
        assert!(told(|now| now.reads[0].why.fr = other()));
        assert!(told(|now| now.reads[0].why.en = Some(other())));
        assert!(told(|now| now.reads[0].need = Necessity::Optional));
        assert!(told(|now| now.reads[0].months = None));
        assert!(told(|now| now.reads[0].undated = true));
        assert!(told(|now| now.reads.clear()));
        assert!(!told(|now| now.app.version = "1.0.1".to_owned()), "the title of the page has it");
    }
}
