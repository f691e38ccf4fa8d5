//! One run: checks that the required categories are granted and the parameters are complete, and checks the
//! app's result before anyone sees it.

use crate::citations::Citations;
use crate::contract::v0_1::exports::mesinfos::app::app::Failure;
use crate::inspect::Inspection;
use crate::limits;
use crate::lru::Lru;
use crate::outcome::{Expected, Outcome};
use crate::row_source::{RowSource, Withdrawal};
use crate::sandbox::{Call, Context, Loaded, Pace, Sandbox, Usage};
use crate::{params, view};
use mesinfos_model::view::{Lang, Param, Value, View};
use mesinfos_model::{Category, Day, Digest, Scope};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Loads and runs apps in a sandbox.
pub struct Runtime {
    sandbox: Box<dyn Sandbox>,
    /// Identity of the sandbox, computed once: it hashes the settings of the engine.
    identity: String,
    artifacts: Box<dyn Artifacts>,
    inspected: Lru<Digest, Arc<Inspection>>,
    loaded: Lru<Digest, LoadedApp>,
    declared: Lru<(Digest, Lang), Arc<Vec<Param>>>,
}

/// A store of compiled artifacts, so that each component is compiled once.
///
/// # Safety
/// Artifacts are native code that is executed unchecked: [`Artifacts::get`] must return exactly what
/// [`Artifacts::put`] was given under the same key on this host, or `None`.
#[allow(unsafe_code, reason = "the keeper of native code vouches for it")]
pub unsafe trait Artifacts: Send + Sync {
    /// The artifact stored under a key; `None` if it is missing or damaged.
    fn get(&self, key: &ArtifactKey) -> Option<Vec<u8>>;

    /// Stores an artifact. On failure the next process compiles again.
    fn put(&self, key: &ArtifactKey, artifact: &[u8]);
}

/// Stores no artifacts.
pub struct Nowhere;

// SAFETY: it never returns an artifact.
#[allow(unsafe_code, reason = "the trait is unsafe for those that return artifacts")]
unsafe impl Artifacts for Nowhere {
    fn get(&self, _: &ArtifactKey) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: &ArtifactKey, _: &[u8]) {}
}

/// Identifies an artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArtifactKey {
    /// SHA-256 of the component.
    pub component: Digest,
    /// Kind of the sandbox and identity of its engine.
    pub made_by: String,
}

/// An inspected app that is ready to run.
#[derive(Clone)]
pub struct LoadedApp {
    inspection: Arc<Inspection>,
    loaded: Arc<dyn Loaded>,
}

/// Input of a run.
pub struct RunRequest {
    /// Granted rows: see [`Call::scope`].
    pub scope: Scope,
    /// Scopes announced to the app for its other categories: see [`Call::wishes`].
    pub wishes: Scope,
    /// Rows of each category in `scope`, cut to it.
    pub rows: BTreeMap<Category, Box<dyn RowSource>>,
    /// Ends the run early if its data is withdrawn.
    pub withdrawal: Withdrawal,
    /// The person's language.
    pub lang: Lang,
    /// The day of the run.
    pub today: Day,
    /// Parameters that the person set.
    pub answers: Vec<(String, Value)>,
    /// Priority relative to other runs.
    pub pace: Pace,
}

/// Result of a run.
#[derive(Debug)]
pub struct Run {
    /// How it ended.
    pub outcome: Outcome,
    /// The checked view; `None` unless the run completed.
    pub view: Option<View>,
    /// Resources used.
    pub usage: Usage,
    /// Notes of the app, for the person only.
    pub notes: String,
    /// Rows that the app names as evidence, not looked up yet.
    pub citations: Citations,
    /// Value of every parameter, given or initial.
    pub answers: Vec<(String, Value)>,
}

impl LoadedApp {
    /// The inspection of its component.
    pub fn inspection(&self) -> &Inspection {
        &self.inspection
    }
}

impl Runtime {
    /// Creates a runtime on a sandbox.
    pub fn new(sandbox: Box<dyn Sandbox>, artifacts: Box<dyn Artifacts>) -> Runtime {
        let (loaded, declared) = (Lru::new(limits::LOADED_APPS), Lru::new(2 * limits::LOADED_APPS));
        let (inspected, identity) = (Lru::new(limits::INSPECTIONS), sandbox.identity());
        Runtime { sandbox, identity, artifacts, inspected, loaded, declared }
    }

    /// Engine and configuration.
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// Layers of isolation that not every machine supports, by name, and whether this one does.
    pub fn walls(&self) -> Vec<(&'static str, bool)> {
        self.sandbox.walls()
    }

    /// The inspection of a component, cached by the digest of its bytes; `inspect` makes it if it is not there.
    ///
    /// # Errors
    /// Those of `inspect`.
    pub fn inspection<E>(
        &self,
        component: Digest,
        inspect: impl FnOnce() -> Result<Inspection, E>,
    ) -> Result<Arc<Inspection>, E> {
        if let Some(inspection) = self.inspected.get(&component) {
            return Ok(inspection);
        }
        let inspection = Arc::new(inspect()?);
        self.inspected.put(inspection.component, Arc::clone(&inspection));
        Ok(inspection)
    }

    /// A recently loaded app; `None` if it is no longer cached.
    pub fn recent(&self, component: Digest) -> Option<LoadedApp> {
        self.loaded.get(&component)
    }

    /// The app of an inspected component from the cache or from a stored artifact; `None` if there is
    /// neither.
    pub fn kept(&self, inspection: &Arc<Inspection>) -> Option<LoadedApp> {
        if let Some(app) = self.recent(inspection.component) {
            return Some(app);
        }
        let artifact = self.artifacts.get(&self.key(inspection))?;
        // Treat an artifact that does not load as missing.
        self.ready(inspection, &artifact).ok()
    }

    /// Compiles the app of an inspected component.
    ///
    /// # Errors
    /// [`Outcome::Incompatible`] if it does not compile or does not match the contract.
    pub fn compile(&self, inspection: &Arc<Inspection>, bytes: &[u8]) -> Result<LoadedApp, Outcome> {
        let artifact = self.sandbox.compile(bytes, &inspection.request)?;
        let app = self.ready(inspection, &artifact)?;
        self.artifacts.put(&self.key(inspection), &artifact);
        Ok(app)
    }

    fn key(&self, inspection: &Inspection) -> ArtifactKey {
        let made_by = format!("{} {}", self.sandbox.kind(), self.identity);
        ArtifactKey { component: inspection.component, made_by }
    }

    fn ready(&self, inspection: &Arc<Inspection>, artifact: &[u8]) -> Result<LoadedApp, Outcome> {
        // SAFETY: this sandbox compiled it just now, or `Artifacts` guarantees it; the key contains the
        // sandbox's kind and identity.
        #[allow(unsafe_code, reason = "both sources of the artifact are vouched for")]
        let loaded = unsafe { self.sandbox.load(artifact, &inspection.request) }?;
        let app = LoadedApp { inspection: Arc::clone(inspection), loaded };
        self.loaded.put(inspection.component, app.clone());
        Ok(app)
    }

    /// Cached parameters of an app; `None` if they were not declared recently.
    pub fn declared(&self, app: &LoadedApp, lang: Lang) -> Option<Arc<Vec<Param>>> {
        self.declared.get(&(app.inspection.component, lang))
    }

    /// The parameters that an app declares. The app has no access to data while declaring them, so they are
    /// the same for everyone and fetched once.
    ///
    /// # Errors
    /// The [`Outcome`] if declaring them fails.
    pub fn parameters(&self, app: &LoadedApp, lang: Lang, pace: Pace) -> Result<Arc<Vec<Param>>, Outcome> {
        if let Some(declared) = self.declared(app, lang) {
            return Ok(declared);
        }
        let declared = Arc::new(view::params(app.loaded.parameters(lang, pace)?.0)?);
        self.declared.put((app.inspection.component, lang), Arc::clone(&declared));
        Ok(declared)
    }

    /// Runs an app and checks its result. Whatever the app does, later runs are unaffected.
    pub fn run(&self, app: &LoadedApp, request: RunRequest) -> Run {
        let mut run = Run {
            outcome: Outcome::Completed,
            view: None,
            usage: Usage::default(),
            notes: String::new(),
            citations: Citations::default(),
            answers: Vec::new(),
        };
        let mut missing = app.inspection.required();
        missing.retain(|category| !request.scope.contains_key(category));
        if !missing.is_empty() {
            run.outcome = Outcome::NotGranted(missing);
            return run;
        }
        match self.attempt(app, request, &mut run) {
            Ok(report) => run.view = Some(report),
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
        (run.usage, run.notes, run.citations) = (called.usage, called.notes, called.citations);
        match called.result?.0 {
            Ok(report) => Ok(view::report(report)?),
            Err(failure) => Err(outcome_of_failure(failure)),
        }
    }
}

/// Converts a failure reported by the app itself.
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
