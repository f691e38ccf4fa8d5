//! What a version asks and says, beside another one.

use maud::{Markup, html};
use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use mesinfos_platform::runtime::{Inspection, Manifest};
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

fn said(manifest: &Manifest, lang: Lang) -> Vec<Line> {
    let app = &manifest.app;
    let mut lines = vec![
        (Words::Name.to(lang), app.name.get(lang).to_owned()),
        (Words::Summary.to(lang), app.summary.get(lang).to_owned()),
        (Words::Publisher.to(lang), app.publisher.clone()),
        (Words::Purpose.to(lang), app.purpose.clone()),
        (Words::Licence.to(lang), app.licence.clone()),
    ];
    for read in &manifest.reads {
        let of =
            |words: Words<'_>| mesinfos_words::view::labelled(read.category.name(lang), words.to(lang), lang);
        lines.push((of(Words::Why), read.why.get(lang).to_owned()));
        lines.push((of(Words::Need), need(read.category, manifest, lang)));
        let months = read.months.map_or_else(
            || Words::WholePast.to(lang),
            |months| Words::Months { months: u64::from(months) }.to(lang),
        );
        lines.push((of(Words::Period), months));
    }
    lines
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
