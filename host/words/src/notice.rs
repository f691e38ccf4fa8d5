//! The notice of a request: the exact text that a person is shown before they answer.
//!
//! It says what the app asks for, not what the vault holds, so it stays the same while rows arrive. The choice of the
//! person is not part of it: the grant records that.

use crate::message::messages;
use crate::names;
use crate::page::Purposes;
use crate::scope::grain;
use mesinfos_consent::Notice;
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Category, FieldSet, Necessity};
use mesinfos_platform::InstalledApp;
use mesinfos_runtime::{Inspection, Manifest};

/// Version of the text: raised with every change of its words or its lines.
pub const VERSION: u16 = 3;

messages! {
    /// Lines of a notice.
    pub(crate) enum Lines<'a> in "notice" {
        Head { version: u64 },
        App { name: &'a str, id: &'a str, version: &'a str, publisher: &'a str, standing: &'a str },
        Signed,
        Declared,
        Component { digest: &'a str },
        Purpose { purpose: &'a str, iri: &'a str },
        Summary { summary: &'a str },
        Mode,
        Asks { categories: u64 },
        Required,
        Optional,
        Sensitive,
        Category { category: &'a str, how: &'a str },
        Fields { fields: &'a str },
        ByName { fields: &'a str },
        NoFields,
        PeriodAll,
        PeriodMonths { months: u64 },
        Undated,
        Grain { grain: &'a str },
        Why { why: &'a str },
        Recipient,
        RetentionApp,
        RetentionResult,
        Basis,
        BasisExplicit,
        Withdrawal,
    }
}

/// A purpose of a manifest in our own words, after "… wants to read … to".
pub fn purpose(id: &str, lang: Lang) -> String {
    match id {
        "personal-finance" => Purposes::PersonalFinance,
        "service-comparison" => Purposes::ServiceComparison,
        "energy-saving" => Purposes::EnergySaving,
        "carbon-footprint" => Purposes::CarbonFootprint,
        "mobility" => Purposes::Mobility,
        "health-summary" => Purposes::HealthSummary,
        "education-summary" => Purposes::EducationSummary,
        "record-management" => Purposes::RecordManagement,
        "research" => Purposes::Research,
        _ => Purposes::PersonalisedBenefits,
    }
    .to(lang)
}

/// What stands behind the name of a publisher, which is what the author wrote: a signature, or nothing.
pub fn standing(is_signed: bool, lang: Lang) -> String {
    if is_signed { Lines::Signed } else { Lines::Declared }.to(lang)
}

/// Whether an app can do without a category, in a word.
pub fn need(need: Necessity, lang: Lang) -> String {
    match need {
        Necessity::Required => Lines::Required,
        Necessity::Optional => Lines::Optional,
    }
    .to(lang)
}

/// The notice of what an installed app asks for.
pub fn notice(app: &InstalledApp, manifest: &Manifest, inspection: &Inspection, lang: Lang) -> Notice {
    let asked = &inspection.request.categories;
    let info = &manifest.app;
    let iri = manifest.purpose().map_or("", |purpose| purpose.iri());
    let mut lines = vec![
        Lines::Head { version: VERSION.into() }.to(lang),
        String::new(),
        Lines::App {
            name: &clean(info.name.get(lang)),
            id: &app.id,
            version: &app.version,
            publisher: &clean(&info.publisher),
            standing: &standing(app.key.is_some(), lang),
        }
        .to(lang),
        Lines::Component { digest: &app.component.to_string() }.to(lang),
        Lines::Purpose { purpose: &purpose(&info.purpose, lang), iri }.to(lang),
        Lines::Summary { summary: &clean(info.summary.get(lang)) }.to(lang),
        Lines::Mode.to(lang),
        String::new(),
        Lines::Asks { categories: asked.len() as u64 }.to(lang),
    ];
    for &category in asked.keys() {
        lines.push(String::new());
        lines.extend(of_category(category, manifest, inspection, lang));
    }
    lines.push(String::new());
    lines.extend(
        [Lines::Recipient, Lines::RetentionApp, Lines::RetentionResult, Lines::Basis].map(|l| l.to(lang)),
    );
    if asked.keys().any(|category| category.is_sensitive()) {
        lines.push(Lines::BasisExplicit.to(lang));
    }
    lines.push(Lines::Withdrawal.to(lang));
    lines.push(String::new());
    Notice::new(lang, VERSION, lines.join("\n"))
}

/// The lines of one category.
fn of_category(category: Category, manifest: &Manifest, inspection: &Inspection, lang: Lang) -> Vec<String> {
    let asked = inspection.request.categories.get(&category).copied().unwrap_or(FieldSet::NONE);
    let read = manifest.read(category);
    let mut how = vec![need(read.map_or(Necessity::Required, |read| read.need), lang)];
    how.extend(category.is_sensitive().then(|| Lines::Sensitive.to(lang)));
    let mut lines = vec![Lines::Category { category: category.name(lang), how: &how.join(", ") }.to(lang)];
    let named = asked.named(category);
    let listed = |fields: FieldSet| names::fields(category, &fields.names(category), lang);
    let usual = listed(asked.without(named));
    lines.push(if usual.is_empty() { Lines::NoFields } else { Lines::Fields { fields: &usual } }.to(lang));
    let named = listed(named);
    if !named.is_empty() {
        lines.push(Lines::ByName { fields: &named }.to(lang));
    }
    lines.push(match read.and_then(|read| read.months) {
        Some(months) => Lines::PeriodMonths { months: months.into() }.to(lang),
        None => Lines::PeriodAll.to(lang),
    });
    if read.is_some_and(|read| read.undated) {
        lines.push(Lines::Undated.to(lang));
    }
    if let Some(finest) = category.schema().grains.first() {
        lines.push(Lines::Grain { grain: &grain(*finest, lang) }.to(lang));
    }
    if let Some(read) = read {
        lines.push(Lines::Why { why: &clean(read.why.get(lang)) }.to(lang));
    }
    lines
}
