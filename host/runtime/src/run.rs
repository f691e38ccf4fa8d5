//! One run: checks that the required categories are granted and the parameters complete, and checks what the
//! app returned before anybody sees it.

use crate::contract::v0_1::exports::mesinfos::app::app::Failure;
use crate::inspect::Inspection;
use crate::limits;
use crate::lru::Recent;
use crate::outcome::{Expected, Outcome};
use crate::row_source::{RowSource, Withdrawal};
use crate::sandbox::{Call, Context, Loaded, Pace, Sandbox, Usage};
use crate::{params, view};
use mesinfos_model::view::{Lang, Param, Value, View};
use mesinfos_model::{Category, Day, Digest, Scope};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Runs apps in a sandbox.
pub struct Runtime {
    sandbox: Box<dyn Sandbox>,
    artifacts: Box<dyn Artifacts>,
    loaded: Recent<Digest, LoadedApp>,
    declared: Recent<(Digest, Lang), Arc<Vec<Param>>>,
}

/// Keeps what was compiled, so that it is compiled once.
///
/// # Safety
/// It is native code that is run as it comes: [`Artifacts::get`] must return what
/// [`Artifacts::put`] was given under the same key, on this host, or nothing.
#[allow(unsafe_code, reason = "whoever keeps native code vouches for it")]
pub unsafe trait Artifacts: Send + Sync {
    /// What was put under this key, if it is there and whole.
    fn get(&self, key: &ArtifactKey) -> Option<Vec<u8>>;

    /// Keeps it. If it cannot, the next process compiles again.
    fn put(&self, key: &ArtifactKey, artifact: &[u8]);
}

/// Keeps no artifact.
pub struct Nowhere;

// SAFETY: nothing is returned, so nothing is returned that was not put.
#[allow(unsafe_code, reason = "the trait is unsafe for those that return artifacts")]
unsafe impl Artifacts for Nowhere {
    fn get(&self, _: &ArtifactKey) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: &ArtifactKey, _: &[u8]) {}
}

/// What an artifact is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArtifactKey {
    /// SHA-256 of the component.
    pub component: Digest,
    /// The sandbox's kind and its engine's identity.
    pub made_by: String,
}

/// An app that was inspected and is ready to run.
#[derive(Clone)]
pub struct LoadedApp {
    inspection: Arc<Inspection>,
    loaded: Arc<dyn Loaded>,
}

/// What a run is given.
pub struct RunRequest {
    /// What may be seen: see [`Call::scope`].
    pub scope: Scope,
    /// What the app is told of its other categories: see [`Call::wishes`].
    pub wishes: Scope,
    /// Rows of each category of `scope`, cut to it.
    pub rows: BTreeMap<Category, Box<dyn RowSource>>,
    /// When it has to end before its time.
    pub withdrawal: Withdrawal,
    /// The person's language.
    pub lang: Lang,
    /// The day of the run.
    pub today: Day,
    /// What the person set.
    pub answers: Vec<(String, Value)>,
    /// Before or behind other runs.
    pub pace: Pace,
}

/// How a run went.
#[derive(Debug)]
pub struct Run {
    /// How it ended.
    pub outcome: Outcome,
    /// The checked view, if it completed.
    pub report: Option<View>,
    /// What it used.
    pub usage: Usage,
    /// What it noted down, for the person alone.
    pub log: String,
    /// Every parameter's value, given or initial.
    pub answers: Vec<(String, Value)>,
}

impl LoadedApp {
    /// What it asks for.
    pub fn inspection(&self) -> &Inspection {
        &self.inspection
    }
}

impl Runtime {
    /// A runtime on a sandbox.
    pub fn new(sandbox: Box<dyn Sandbox>, artifacts: Box<dyn Artifacts>) -> Runtime {
        let (loaded, declared) = (Recent::new(limits::LOADED_APPS), Recent::new(2 * limits::LOADED_APPS));
        Runtime { sandbox, artifacts, loaded, declared }
    }

    /// Which engine, with which configuration.
    pub fn identity(&self) -> String {
        self.sandbox.identity()
    }

    /// Walls of the sandbox that this machine may not have, by name, and whether it has them.
    pub fn walls(&self) -> Vec<(&'static str, bool)> {
        self.sandbox.walls()
    }

    /// An app that was loaded not long ago.
    pub fn recent(&self, component: Digest) -> Option<LoadedApp> {
        self.loaded.get(&component)
    }

    /// The app of an inspected component that was compiled before, if that is kept.
    pub fn kept(&self, inspection: &Arc<Inspection>) -> Option<LoadedApp> {
        if let Some(app) = self.recent(inspection.component) {
            return Some(app);
        }
        let artifact = self.artifacts.get(&self.key(inspection))?;
        // One that does not load is as good as none.
        self.ready(inspection, &artifact).ok()
    }

    /// Compiles the app of an inspected component.
    ///
    /// # Errors
    /// [`Outcome::Incompatible`] if it does not compile or does not fit the contract.
    pub fn compile(&self, inspection: &Arc<Inspection>, bytes: &[u8]) -> Result<LoadedApp, Outcome> {
        let artifact = self.sandbox.compile(bytes, &inspection.request)?;
        let app = self.ready(inspection, &artifact)?;
        self.artifacts.put(&self.key(inspection), &artifact);
        Ok(app)
    }

    fn key(&self, inspection: &Inspection) -> ArtifactKey {
        let made_by = format!("{} {}", self.sandbox.kind(), self.sandbox.identity());
        ArtifactKey { component: inspection.component, made_by }
    }

    fn ready(&self, inspection: &Arc<Inspection>, artifact: &[u8]) -> Result<LoadedApp, Outcome> {
        // SAFETY: it was compiled by this sandbox just now, or `Artifacts` vouches for it; the key
        // holds the sandbox's kind and identity.
        #[allow(unsafe_code, reason = "both sources of the artifact are vouched for")]
        let loaded = unsafe { self.sandbox.load(artifact, &inspection.request) }?;
        let app = LoadedApp { inspection: Arc::clone(inspection), loaded };
        self.loaded.put(inspection.component, app.clone());
        Ok(app)
    }

    /// The parameters that an app declared not long ago.
    pub fn declared(&self, app: &LoadedApp, lang: Lang) -> Option<Arc<Vec<Param>>> {
        self.declared.get(&(app.inspection.component, lang))
    }

    /// The parameters that an app declares. It has no access to data while it does, so they are
    /// the same for everybody and asked for once.
    ///
    /// # Errors
    /// The [`Outcome`] if it does not.
    pub fn parameters(&self, app: &LoadedApp, lang: Lang, pace: Pace) -> Result<Arc<Vec<Param>>, Outcome> {
        if let Some(declared) = self.declared(app, lang) {
            return Ok(declared);
        }
        let declared = Arc::new(view::params(app.loaded.parameters(lang, pace)?.0)?);
        self.declared.put((app.inspection.component, lang), Arc::clone(&declared));
        Ok(declared)
    }

    /// Runs an app. What it returns is checked; whatever it does, the next run is unaffected.
    pub fn run(&self, app: &LoadedApp, request: RunRequest) -> Run {
        let mut run = Run {
            outcome: Outcome::Completed,
            report: None,
            usage: Usage::default(),
            log: String::new(),
            answers: Vec::new(),
        };
        let mut missing = app.inspection.required();
        missing.retain(|category| !request.scope.contains_key(category));
        if !missing.is_empty() {
            run.outcome = Outcome::NotGranted(missing);
            return run;
        }
        match self.attempt(app, request, &mut run) {
            Ok(report) => run.report = Some(report),
            Err(outcome) => run.outcome = outcome,
        }
        run
    }

    fn attempt(&self, app: &LoadedApp, request: RunRequest, run: &mut Run) -> Result<View, Outcome> {
        let RunRequest { mut scope, wishes, rows, withdrawal, lang, today, answers, pace } = request;
        run.answers = params::complete(&self.parameters(app, lang, pace)?, &answers)?;
        scope.retain(|category, _| app.inspection.request.categories.contains_key(category));
        let context = Context::new(lang, today, &run.answers);
        let called = app.loaded.call(Call { scope, wishes, rows, withdrawal, context, pace });
        (run.usage, run.log) = (called.usage, called.log);
        match called.result?.0 {
            Ok(report) => Ok(view::report(report)?),
            Err(failure) => Err(outcome_of_failure(failure)),
        }
    }
}

/// What the app itself says.
fn outcome_of_failure(failure: Failure) -> Outcome {
    match failure {
        Failure::NeedsData(ids) => {
            Outcome::NeedsData(ids.iter().filter_map(|id| Category::from_id(id)).collect())
        }
        Failure::BadAnswer((param, message)) => Outcome::BadAnswer {
            param: view::clean(&param, limits::view::LABEL),
            message: Expected::Said(view::clean(&message, limits::view::SENTENCE)),
        },
        Failure::Other(reason) => Outcome::Declined(view::clean(&reason, limits::view::SENTENCE)),
    }
}
