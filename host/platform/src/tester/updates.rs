//! What a new version of an app asks beyond what the person gave to an earlier one, and what changes in its result.
//!
//! A grant binds to one component, so a new version always asks again, even if it reads the same or less: only an act of
//! the person leads to a grant. This tells the person what is new.

use super::consents::chosen;
use super::trials::TrialRun;
use crate::{Caller, CategoryChoice, InstalledApp, Platform, Result};
use mesinfos_consent::{Grant, GrantState, Widening, Wider, widenings};
use mesinfos_model::{Category, Digest, Scope};
use std::collections::BTreeSet;

/// The installed version of an app, beside an earlier one to which the person gave a grant.
#[derive(Debug, Clone)]
pub struct Update {
    /// The earlier version.
    pub version: String,
    /// Its component.
    pub component: Digest,
    /// What the person gave to it.
    pub given: Scope,
    /// Categories that it asked for, given or refused.
    pub asked: BTreeSet<Category>,
    /// What the installed version asks beyond that. A category that was asked for and refused is not in it.
    pub more: Vec<Widening>,
    /// What it no longer asks for.
    pub less: Vec<Widening>,
}

impl Update {
    /// What is new in a category.
    pub fn of(&self, category: Category) -> Option<&Widening> {
        self.more.iter().find(|way| way.category == category)
    }
}

/// Whether a grant says what the person once agreed to: nobody took it back.
fn counts(grant: &Grant) -> bool {
    !matches!(grant.recorded, GrantState::Withdrawn | GrantState::Revoked | GrantState::Invalidated)
}

impl Platform {
    /// The installed version of an app beside the one of the person's last grant; `None` if that is the installed one,
    /// or if there is no grant that still counts.
    ///
    /// # Errors
    /// If there is no such app or person.
    pub fn update_of(&self, caller: &Caller, app: &str) -> Result<Option<Update>> {
        let (record, manifest, inspection) = self.describe(app)?;
        self.read_of(caller, |person| {
            let Some(last) = self.grants(person).last_for(app)?.filter(counts) else { return Ok(None) };
            if last.app().component == record.component {
                return Ok(None);
            }
            let kept = self.left_out(person, Some(last.clone()))?;
            let whole = inspection.request.categories.keys().map(|&category| {
                let kept = (caller.today, kept.get(&category));
                Ok((category, chosen(category, &CategoryChoice::default(), &manifest, &inspection, kept)?))
            });
            let whole: Scope = whole.collect::<Result<_>>()?;
            let given = last.given();
            let asked: BTreeSet<Category> = last.items.iter().map(|item| item.category).collect();
            let is_new = |way: &Widening| way.by != [Wider::Category] || !asked.contains(&way.category);
            Ok(Some(Update {
                version: last.app().version.clone(),
                component: last.app().component,
                more: widenings(&given, &whole).into_iter().filter(is_new).collect(),
                less: widenings(&whole, &given),
                given,
                asked,
            }))
        })
    }

    /// Runs the earlier version of an update once more, with what the person gave to it, to compare its result with
    /// that of the installed one. It is a trial: logged, and nothing is kept. `None` if its component is gone.
    ///
    /// # Errors
    /// As [`Platform::try_app`].
    pub fn try_earlier(&self, caller: &Caller, app: &str, update: &Update) -> Result<Option<TrialRun>> {
        let earlier = InstalledApp {
            id: app.to_owned(),
            version: update.version.clone(),
            component: update.component,
            publisher: String::new(),
            key: None,
            installed_at: 0,
            stopped: None,
        };
        if self.load(earlier.component).is_err() {
            return Ok(None);
        }
        self.write_of(caller, |person| {
            let tried = self.try_scopes(caller, person, &earlier, vec![update.given.clone()], &[])?;
            Ok(tried.into_iter().next())
        })
    }
}
