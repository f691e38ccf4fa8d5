//! Trials: what an app would show, before the person grants it anything.
//!
//! A trial is a processing that the person asks for, so it is logged like a run: an entry before the first row is
//! read, another at the end. Nothing else is kept: no grant, no receipt, no view. It may consist of several runs
//! over different choices, so that the person sees what each choice changes.

use super::consents::{check_choice, chosen};
use super::runs::{Request, answers};
use crate::{Caller, CategoryChoice, InstalledApp, Person, Platform, PlatformError, Result};
use mesinfos_consent::{AuditEvent, ConsentError, ReceiptId};
use mesinfos_model::view::View;
use mesinfos_model::{Category, Digest, Scope};
use mesinfos_runtime::{Inspection, Manifest, Outcome, Run, Usage};
use mesinfos_store::StoreError;
use std::collections::BTreeMap;

/// Maximum number of runs of one trial.
pub const TRIAL_RUNS: usize = 40;

/// The categories that one run of a trial gives, with the choice for each. All others are refused.
pub type TrialChoices = Vec<(Category, CategoryChoice)>;

/// Everything that an app asks for, without what `refused` names: a category ("bank"), or a field of one
/// ("bank.label").
pub fn all_but(inspection: &Inspection, refused: &[String]) -> TrialChoices {
    let is_refused = |what: &str| refused.iter().any(|refused| refused == what);
    let asked = inspection.request.categories.iter().filter(|(category, _)| !is_refused(category.id()));
    asked
        .map(|(category, fields)| {
            let names = fields.names(*category);
            let is_kept = |field: &&&str| !is_refused(&format!("{}.{field}", category.id()));
            let kept: Vec<String> = names.iter().filter(is_kept).map(|field| (*field).to_owned()).collect();
            let fields = (kept.len() < names.len()).then_some(kept);
            (*category, CategoryChoice { fields, ..CategoryChoice::default() })
        })
        .collect()
}

/// Result of one run of a trial. For the person only.
#[derive(Debug, Clone)]
pub struct TrialRun {
    /// The view; `None` if the run ended otherwise.
    pub view: Option<View>,
    /// How the run ended.
    pub outcome: Outcome,
    /// Number of rows read, by category.
    pub rows: BTreeMap<Category, u64>,
    /// What the run used.
    pub usage: Usage,
    /// Notes of the app.
    pub notes: String,
}

impl Platform {
    /// Scope that a grant with these choices would give. Rows that the person excluded before stay excluded.
    ///
    /// # Errors
    /// As [`Platform::grant_shown`].
    pub fn scope_of(&self, caller: &Caller, app: &str, choices: &TrialChoices) -> Result<Scope> {
        let (record, manifest, inspection) = self.describe(app)?;
        self.read_of(caller, |person| self.chosen(caller, person, (&record, &manifest, &inspection), choices))
    }

    fn chosen(
        &self,
        caller: &Caller,
        person: &Person,
        (record, manifest, inspection): (&InstalledApp, &Manifest, &Inspection),
        choices: &TrialChoices,
    ) -> Result<Scope> {
        let kept = self.left_out(person, self.grants(person).last_for(&record.id)?)?;
        let mut scope = Scope::new();
        for (at, (category, choice)) in choices.iter().enumerate() {
            check_choice(person, choices, at, choice)?;
            if !inspection.request.categories.contains_key(category) {
                let asked = inspection.request.categories.keys().copied().collect();
                let (app, category) = (record.id.clone(), *category);
                return Err(crate::GrantError::NotAsked { app, category, asked }.into());
            }
            let kept = (caller.today, kept.get(category));
            scope.insert(*category, chosen(*category, choice, manifest, inspection, kept)?);
        }
        Ok(scope)
    }

    /// Runs the installed version of an app without a grant, once for each of `variants`, in order. `shown` is the
    /// component that was shown to the person.
    ///
    /// # Errors
    /// [`PlatformError::OtherComponent`] if another component is installed; as [`Platform::grant_shown`] for a
    /// choice, and as [`Platform::run`] for parameters; [`PlatformError::Busy`]. A run that ends without a view is no
    /// error.
    pub fn try_app(
        &self,
        caller: &Caller,
        app: &str,
        shown: Digest,
        variants: &[TrialChoices],
        params: &[(String, String)],
    ) -> Result<Vec<TrialRun>> {
        let (record, manifest, inspection) = self.describe(app)?;
        if record.component != shown {
            let (app, installed) = (record.id, record.component);
            return Err(PlatformError::OtherComponent { app, installed, shown: Some(shown.to_string()) });
        }
        let described = (&record, &manifest, &inspection);
        self.write_of(caller, |person| {
            let variants = variants.iter().take(TRIAL_RUNS);
            let scopes: Result<Vec<Scope>> =
                variants.map(|choices| self.chosen(caller, person, described, choices)).collect();
            self.try_scopes(caller, person, &record, scopes?, params)
        })
    }

    pub(super) fn try_scopes(
        &self,
        caller: &Caller,
        person: &Person,
        record: &InstalledApp,
        scopes: Vec<Scope>,
        params: &[(String, String)],
    ) -> Result<Vec<TrialRun>> {
        let (by, name, at) = (caller.act(), person.vault.name(), self.clock.now());
        self.check_not_stopped(record)?;
        let loaded = self.load(record.component)?;
        let declared = self.declared(&record.id, name, &loaded, caller.lang)?;
        let answers = answers(&declared, params)
            .and_then(|answers| mesinfos_runtime::params::complete(&declared, &answers))
            .map_err(PlatformError::Run)?;
        let (run, runs) = (ReceiptId::new(at), scopes.len() as u64);
        let underway =
            self.underway.register_trial(run, person.vault.id(), (record.id.as_str(), record.component));
        let event = AuditEvent::TrialBegan {
            run,
            app: record.id.as_str().into(),
            version: record.version.as_str().into(),
            component: record.component,
            runs,
        };
        if self.log(person, by, at, &[event], person.vault.empty_commit())?.is_none() {
            return Err(PlatformError::Run(Outcome::Withdrawn));
        }
        // From here on, whoever erases the person or stops the app finds the trial and stops it.
        self.check_not_stopped(record)?;
        let as_of = self.as_of(person)?;
        let (mut tried, mut first) = (Vec::new(), None);
        for scope in scopes {
            let slot = self.runs.enter(&record.id, name)?;
            let (lang, today, answers) = (caller.lang, caller.today, answers.clone());
            let request = Request { app: loaded.clone(), scope: scope.clone(), as_of, lang, today, answers };
            let mut done = self.execute(person, underway.stop(), request, slot.starts());
            if underway.stop().is_over() {
                done.withdraw();
            }
            first.get_or_insert_with(|| (done.outcome(), done.reads(&scope)));
            let rows = done.reads.iter().map(|(category, read)| (*category, read.distinct_rows())).collect();
            let Run { view, outcome, usage, notes, .. } = done.run;
            tried.push(TrialRun { view, outcome, rows, usage, notes });
        }
        let (outcome, reads) = first.unwrap_or_else(|| (Outcome::Completed.code().into(), Vec::new()));
        let event = AuditEvent::Tried {
            run,
            app: record.id.as_str().into(),
            version: record.version.as_str().into(),
            component: record.component,
            runs,
            outcome,
            reads,
        };
        match self.log(&self.afresh(person), by, self.clock.now(), &[event], person.vault.empty_commit()) {
            Ok(Some(_)) => Ok(tried),
            Ok(None) | Err(PlatformError::Consent(ConsentError::Closed)) => {
                Err(PlatformError::Run(Outcome::Withdrawn))
            }
            Err(PlatformError::Consent(ConsentError::Store(StoreError::Conflict))) => {
                Err(StoreError::Conflict.into())
            }
            Err(error) => Err(error),
        }
    }
}
