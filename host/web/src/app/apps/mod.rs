//! Apps: the list by everyday need, the page that asks for consent, the proof, and results.

mod ask;
mod choice;
mod compare;
mod consent;
mod digest;
mod evidence;
mod list;
mod notice;
mod program;
mod proof;
mod result;
mod search;
mod standing;
mod stopped;
mod update;

pub use consent::consent_document;
pub(crate) use standing::{gives, sign, stopped, turned};

use crate::Shared;
use crate::app::domain::Domain;
use crate::view::{self, Icon};
use axum::Router;
use axum::routing::{get, post};
use maud::{Markup, html};
use mesinfos_model::view::{KeyFigure, Lang, View};
use mesinfos_model::{Category, Digest, Grain};
use mesinfos_platform::consent::{Notice, ReceiptId};
use mesinfos_platform::runtime::{Inspection, Manifest};
use mesinfos_platform::{Caller, GrantSummary, InstalledApp, KeptResult, Platform, PlatformError};
use std::collections::{BTreeMap, BTreeSet};

/// The pages of apps and results.
pub(crate) fn pages() -> Router<Shared> {
    Router::new()
        .route("/apps", get(list::page))
        .route("/apps/{app}", get(consent::page).post(consent::redrawn))
        .route("/apps/{app}/try", get(consent::back).post(consent::trial))
        .route("/apps/{app}/refuse", get(consent::back).post(consent::refuse))
        .route("/apps/{app}/later", get(consent::back).post(consent::later))
        .route("/apps/{app}/grant", get(consent::back).post(consent::grant))
        .route("/apps/{app}/run", get(consent::back).post(consent::run))
        .route("/apps/{app}/stop", get(consent::back).post(consent::stop))
        .route("/apps/{app}/resume", get(consent::back).post(consent::resume))
        .route("/apps/{app}/proof", get(proof::page).post(program::check))
        .route("/apps/{app}/program", get(program::download))
        .route("/journal/notices/{grant}", get(notice::page))
        .route("/results/{receipt}", get(result::page))
        .route("/results/{receipt}/evidence/{figure}", get(evidence::page))
        .route("/results/{receipt}/with/{other}", get(compare::page))
        .route("/results/{receipt}/run", post(result::run))
        .route("/results/{receipt}/csv/{block}", get(result::csv))
        .route("/results/{receipt}/erase", post(result::erase))
        .route("/results/{receipt}/replay", post(result::replay))
}

/// The figure that says most of a result: that of its headline, or the first of its blocks.
pub(crate) fn first_figure(view: &View) -> Option<&KeyFigure> {
    ask::key_figures(view).into_iter().next()
}

/// The kept results that rest on rounded amounts, by their receipts: their figures are approximate wherever they stand.
pub(crate) fn rounded(
    platform: &Platform,
    caller: &Caller,
    results: &[KeptResult],
) -> Result<BTreeSet<ReceiptId>, PlatformError> {
    let mut found = BTreeSet::new();
    for result in results {
        let receipt = platform.receipt(caller, result.receipt)?;
        if receipt.scope.values().any(|scope| scope.grain == Grain::Rounded) {
            found.insert(result.receipt);
        }
    }
    Ok(found)
}

/// An installed app.
#[derive(Debug, Clone)]
pub(crate) struct AppPage {
    pub(crate) record: InstalledApp,
    pub(crate) manifest: Manifest,
    pub(crate) inspection: Inspection,
}

impl AppPage {
    pub(crate) fn read(platform: &Platform, id: &str) -> Result<AppPage, PlatformError> {
        let (record, manifest, inspection) = platform.describe(id)?;
        Ok(AppPage { record, manifest, inspection })
    }

    pub(crate) fn name(&self, lang: Lang) -> &str {
        self.manifest.app.name.get(lang)
    }

    /// The installed component; `None` if it was stopped.
    pub(crate) fn runs(&self) -> Option<Digest> {
        self.record.stopped.is_none().then_some(self.record.component)
    }

    /// Number of months of a category that the app asks for; `None` if it asks for all.
    pub(crate) fn months(&self, category: Category) -> Option<u16> {
        self.manifest.read(category).and_then(|read| read.months)
    }

    /// Categories that it requests, in the order of its manifest.
    pub(crate) fn categories(&self) -> Vec<Category> {
        let asked = &self.inspection.request.categories;
        let named =
            self.manifest.reads.iter().map(|read| read.category).filter(|read| asked.contains_key(read));
        let mut categories: Vec<Category> = named.collect();
        categories.extend(asked.keys().copied().filter(|category| self.manifest.read(*category).is_none()));
        categories
    }

    pub(crate) fn is_required(&self, category: Category) -> bool {
        self.inspection.required().contains(&category)
    }

    /// The notice of what it asks for.
    pub(crate) fn notice(&self, lang: Lang) -> Notice {
        mesinfos_words::notice::notice(&self.record, &self.manifest, &self.inspection, lang)
    }

    /// What people recognise it by.
    pub(crate) fn sign(&self) -> Sign {
        let domain = self.categories().first().map_or(Domain::Papers, |category| Domain::of(*category));
        let icon = match view::icon_named(&self.manifest.app.icon) {
            Icon::None => domain.icon_of_app(),
            icon => icon,
        };
        Sign { domain, icon }
    }
}

/// What people recognise an app by on every page: the icon of its manifest, in the colour of the domain of the first
/// category of its manifest. No page draws an app by other means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sign {
    pub(crate) domain: Domain,
    pub(crate) icon: Icon,
}

impl Sign {
    /// The sign of an app that is no longer installed, from what it read first.
    pub(crate) fn of_read(category: Option<Category>) -> Sign {
        let domain = category.map_or(Domain::Papers, Domain::of);
        Sign { domain, icon: domain.icon_of_app() }
    }

    /// The icon on its tint. What stands around it has the domain (`data-d`).
    pub(crate) fn drawn(self) -> Markup {
        html! { span.dic { (view::icon(self.icon)) } }
    }

    /// [`Sign::drawn`], beside a title.
    pub(crate) fn large(self) -> Markup {
        html! { span.dic.big { (view::icon(self.icon)) } }
    }
}

/// An installed app, as lists of what happened show it.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) sign: Sign,
    /// The installed component; `None` if it was stopped.
    pub(crate) component: Option<Digest>,
}

/// Where an app stands that a grant is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It may read.
    Reads,
    /// The grant is paused.
    Paused,
    /// Another version is installed than the one that the grant was given to: it waits for an answer.
    Changed,
    /// The grant is over, or the app is stopped or gone.
    Over,
}

impl Standing {
    /// Of a grant of an app of which `component` is installed; `None` if none is, or it was stopped.
    pub(crate) fn of(grant: &GrantSummary, component: Option<Digest>) -> Standing {
        match component {
            Some(component) if grant.is_in_force => {
                if component != grant.component {
                    Standing::Changed
                } else if standing::is_paused(grant) {
                    Standing::Paused
                } else {
                    Standing::Reads
                }
            }
            _ => Standing::Over,
        }
    }
}

/// Names of the apps that may read now.
pub(crate) fn reading<'a>(grants: &[GrantSummary], apps: &'a BTreeMap<String, Named>) -> Vec<&'a str> {
    let reads = grants.iter().filter_map(|grant| {
        let app = apps.get(&grant.app)?;
        (Standing::of(grant, app.component) == Standing::Reads).then_some(app.name.as_str())
    });
    reads.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The installed apps, by id.
pub(crate) fn named(platform: &Platform, lang: Lang) -> Result<BTreeMap<String, Named>, PlatformError> {
    let one = |id: &str| {
        let app = AppPage::read(platform, id).ok()?;
        Some(Named { name: app.name(lang).to_owned(), sign: app.sign(), component: app.runs() })
    };
    Ok(platform.apps()?.into_iter().filter_map(|app| Some((app.id.clone(), one(&app.id)?))).collect())
}
