//! Shows what the testers of an app will be asked, from its component and its manifest alone, on a sample person.

use crate::author::component::{drafted, manifest};
use crate::author::keys::Signing;
use crate::author::workshop::Workshop;
use crate::failure::{Doing, Result};
use crate::session::Session;
use crate::shared::{Output, read_app, sample_caller, shown};
use crate::terminal::say::say;
use crate::verbs::Act;
use crate::verbs::personas::chosen;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, FieldSet, Necessity};
use mesinfos_platform::runtime::{Inspection, Manifest};
use mesinfos_platform::{CategoryChoice, InstalledApp, fields_read};
use mesinfos_wire::{ConsentAsk, ConsentPreview, ConsentText, Notice, Words};
use mesinfos_words::cli::Cli;
use mesinfos_words::notice::{need, notice, purpose, standing};
use mesinfos_words::page::{Apps, Consent};
use mesinfos_words::{names, scope};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    act: PreviewVerb,
}

#[derive(Debug, clap::Subcommand)]
enum PreviewVerb {
    Consent {
        #[arg(value_name = "APP", default_value = ".")]
        app: PathBuf,
        #[arg(long, value_name = "NAME", default_value = "famille")]
        sample: String,
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
    },
}

const LANGS: [Lang; 2] = [Lang::Fr, Lang::En];

impl Act for Args {
    const IS_WALLED: bool = true;
    const TAKES_STORE: bool = false;

    fn has_personal_files(&self) -> bool {
        false
    }

    fn run(self, session: &Session) -> Result<ExitCode> {
        let PreviewVerb::Consent { app, sample, html } = self.act;
        let workshop = Workshop::open(&session.wall)?;
        let (record, _) = workshop.platform.install_draft(&component(&app)?)?;
        for persona in chosen(std::slice::from_ref(&sample))? {
            workshop.welcome(persona)?;
        }
        let (record, manifest, inspection) = workshop.platform.describe(&record.id)?;
        let subject = (&record, &manifest, &inspection);
        let preview = ConsentPreview {
            app: record.id.clone(),
            version: record.version.clone(),
            component: record.component,
            publisher: manifest.app.publisher.clone(),
            signed: record.key.is_some(),
            purpose: manifest.app.purpose.clone(),
            texts: LANGS.map(|lang| text(subject, lang)).into(),
            asks: asks(&workshop, subject, &sample)?,
            sample,
        };
        let out = &session.out;
        if let Some(path) = &html {
            let caller = sample_caller(&workshop.platform, &preview.sample, out.lang)?;
            let page = mesinfos_web::consent_document(&workshop.platform, &caller, &record.id)?;
            std::fs::write(path, page).doing(Cli::Writing { path: &shown(path) })?;
        }
        out.print(&preview, |preview| {
            for (text, lang) in preview.texts.iter().zip(LANGS) {
                told(preview, text, &manifest, lang);
            }
            if !is_in_english(&manifest) {
                out.remark(Cli::PreviewNoEnglish);
            }
            next(out, html.as_deref(), &app);
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The component in a file, or that of a folder, signed as a build signs it.
fn component(app: &Path) -> Result<Vec<u8>> {
    if !app.is_dir() {
        return read_app(app);
    }
    let bytes = drafted(app)?;
    // What was compiled has a good manifest.
    Ok(match (Signing::Usual.key()?, Manifest::parse(&manifest(app)?)) {
        (Some(key), Ok(manifest)) => key.sign(&bytes, &manifest.app.id),
        _ => bytes,
    })
}

type Subject<'a> = (&'a InstalledApp, &'a Manifest, &'a Inspection);

fn text((record, manifest, inspection): Subject<'_>, lang: Lang) -> ConsentText {
    let app = &manifest.app;
    let categories = inspection.request.categories.len() as u64;
    let wants = Consent::Wants { app: app.name.get(lang), categories, purpose: &purpose(&app.purpose, lang) };
    ConsentText {
        question: wants.to(lang),
        badge: Apps::KeepsNothing.to(lang),
        notice: Notice::from(&notice(record, manifest, inspection, lang)),
    }
}

/// What is asked for, as a person gives it who gives what the app asks for.
fn asks(
    workshop: &Workshop,
    (record, manifest, inspection): Subject<'_>,
    sample: &str,
) -> Result<Vec<ConsentAsk>> {
    let platform = &workshop.platform;
    let caller = sample_caller(platform, sample, Lang::En)?;
    let asked = &inspection.request.categories;
    let of_manifest = manifest.reads.iter().map(|read| read.category);
    let all: Vec<Category> = of_manifest.filter(|category| asked.contains_key(category)).collect();
    let choices = all.iter().map(|category| (*category, CategoryChoice::default())).collect();
    let given = platform.scope_of(&caller, &record.id, &choices)?;
    let names =
        |fields: Vec<&mesinfos_model::Field>| fields.iter().map(|field| field.name.to_owned()).collect();
    let ask = |category: Category| {
        let fields = asked.get(&category).copied().unwrap_or(FieldSet::NONE);
        let Some((scope, read)) = given.get(&category).zip(manifest.read(category)) else { return Ok(None) };
        let (reads, not_read) = fields_read(scope, fields);
        let by_name = fields.named(category).names(category).into_iter().map(str::to_owned).collect();
        Ok(Some(ConsentAsk {
            category,
            required: read.need == Necessity::Required,
            sensitive: category.is_sensitive(),
            months: read.months,
            rows: platform.preview(&caller, scope, 0)?.total,
            read: names(reads),
            not_read: names(not_read),
            by_name,
            granularity: scope.grain,
            granularities: category.schema().grains.to_vec(),
            why: Words::of(|lang| read.why.get(lang)),
        }))
    };
    Ok(all.into_iter().map(ask).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}

fn told(preview: &ConsentPreview, text: &ConsentText, manifest: &Manifest, lang: Lang) {
    let detail = |words: Cli<'_>| say!("  {}", words.to(lang));
    say!("{}", Cli::PreviewHead { person: &preview.sample }.to(lang));
    say!("");
    say!("{} [{}]", text.question, text.badge);
    say!("{} {} ({})", Apps::By.to(lang), preview.publisher, standing(preview.signed, lang));
    say!("{}", manifest.app.summary.get(lang));
    for ask in &preview.asks {
        let list = |fields: &[String]| {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            names::fields(ask.category, &fields, lang)
        };
        let need = need(if ask.required { Necessity::Required } else { Necessity::Optional }, lang);
        let category = ask.category.name(lang);
        say!("");
        say!("{}", Cli::PreviewAsks { category, need: &need, rows: ask.rows }.to(lang));
        let (read, not_read) = (list(&ask.read), list(&ask.not_read));
        if !read.is_empty() {
            detail(Cli::PreviewRead { fields: &read });
        }
        if !not_read.is_empty() {
            detail(Cli::PreviewNotRead { fields: &not_read });
        }
        let grains: Vec<String> = ask.granularities.iter().map(|grain| scope::grain(*grain, lang)).collect();
        detail(Cli::PreviewGrains { now: &scope::grain(ask.granularity, lang), others: &grains.join(", ") });
        detail(Cli::PreviewWhy { why: lang.of(&ask.why.fr, &ask.why.en) });
    }
    say!("");
    text.notice.text.lines().for_each(|line| say!("  | {line}"));
    say!("");
}

/// Whether every text that people read is there in English.
fn is_in_english(manifest: &Manifest) -> bool {
    let app = &manifest.app;
    let texts = [&app.name, &app.summary].into_iter().chain(manifest.reads.iter().map(|read| &read.why));
    texts.into_iter().all(|text| text.en.is_some())
}

fn next(out: &Output, html: Option<&Path>, app: &Path) {
    match html {
        Some(path) => out.say(Cli::PreviewWritten { path: &shown(path) }),
        None => {
            let command = format!("mesinfos preview consent {} --html consent.html", shown(app));
            out.say(Cli::Next { command: &command });
        }
    }
}
