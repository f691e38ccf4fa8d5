//! Running an app for a person, and replaying a run from its receipt.

use crate::developer;
use crate::run::cited::{Evidence, look_up};
use crate::run::running::{RunGuard, StopFlag};
use crate::run::scheduler::Slot;
use crate::run::vault_rows::{VaultRead, VaultRows};
use crate::telemetry;
use crate::tester::outside::{outside, withheld};
use crate::tester::wish;
use crate::{Caller, InstalledApp, Person, Platform, PlatformError, ReplayError, Result, TRIES};
use mesinfos_consent::{
    Act, Actor, AuditEvent, CategoryRead, Channel, ConsentError, Difference, Grant, GrantRef, Name, Receipt,
    ReceiptId, Receipts, pseudonym, receipt,
};
use mesinfos_model::view::{Lang, Param, Value, View};
use mesinfos_model::{Category, Day, Digest, Scope};
use mesinfos_runtime::{Inspection, LoadedApp, Outcome, RowSource, Run, RunRequest, Usage, Withdrawal};
use mesinfos_store::{Commit, Partition, Range, StoreError};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

/// Input of a run.
#[derive(Debug, Clone)]
pub struct RunInput {
    /// Parameter ids and the person's answers as typed.
    pub params: Vec<(String, String)>,
}

/// Result of a run.
#[derive(Debug)]
pub struct RunOutput {
    /// The view, for the person only.
    pub view: View,
    /// Receipt of the run.
    pub receipt: Receipt,
    /// Resources used.
    pub usage: Usage,
    /// The app's notes. For the person only, like the view, and stored nowhere.
    pub notes: String,
    /// Requested categories that the grant does not give. The host reports them; the app cannot tell.
    pub not_given: Vec<Category>,
    /// Rows that figures rest on, as the app says. For the person only, like the view.
    pub evidence: Vec<Evidence>,
}

/// Inputs that determine a run, besides its person and grant.
pub(super) struct Request {
    pub(super) app: LoadedApp,
    pub(super) scope: Scope,
    pub(super) as_of: u64,
    pub(super) lang: Lang,
    pub(super) today: Day,
    pub(super) answers: Vec<(String, Value)>,
}

/// A run with an entry in the audit chain, which may read rows.
struct Begun {
    id: ReceiptId,
    at: i64,
    grant: Grant,
    /// Reference to the grant at the beginning of the run.
    reference: GrantRef,
    /// Scope of the run.
    scope: Scope,
    as_of: u64,
    /// The vault's sequence number at the beginning.
    sequence: u64,
    /// Head of the audit chain at the beginning.
    head: Digest,
    underway: RunGuard,
    /// The person's data at the beginning.
    person: Person,
}

/// The run to begin.
struct Wanted<'a> {
    app: mesinfos_consent::AppVersion,
    /// Installed version, if only that one may run.
    installed: Option<&'a InstalledApp>,
    /// Receipt to replay, if any.
    replay: Option<&'a Receipt>,
    /// Categories the run may read.
    categories: Vec<Category>,
}

pub(super) struct Done {
    pub(super) run: Run,
    pub(super) reads: BTreeMap<Category, receipt::ReadDigest>,
    /// Number of rows that the person withholds from every app, by category.
    withheld: BTreeMap<Category, u64>,
    /// What the rows of each category were read through.
    sources: BTreeMap<Category, VaultRows>,
}

impl Done {
    /// Drops the view and the notes, because the grant ended.
    pub(super) fn withdraw(&mut self) {
        self.run.outcome = Outcome::Withdrawn;
        self.run.view = None;
        self.run.notes.clear();
    }

    pub(super) fn outcome(&self) -> Name {
        self.run.outcome.code().into()
    }

    fn view(&self) -> Result<Option<Digest>> {
        self.run.view.as_ref().map(view_digest).transpose()
    }

    /// Reads of the run, for the audit chain.
    pub(super) fn reads(&self, scope: &Scope) -> Vec<CategoryRead> {
        let of = |(category, read): (&Category, &receipt::ReadDigest)| {
            let period = scope.get(category).map(|scope| scope.period).unwrap_or_default();
            let receipt::ReadDigest { rows, distinct, bytes, digest: _ } = *read;
            CategoryRead {
                category: *category,
                from: period.from,
                until: period.until,
                rows,
                distinct,
                bytes,
            }
        };
        self.reads.iter().map(of).collect()
    }
}

impl Platform {
    /// Runs the installed version of an app under the person's grant. The audit chain gets an entry before
    /// the app reads a row, and another when the run ends, even if the grant changes meanwhile.
    ///
    /// # Errors
    /// [`PlatformError::NotGranted`] and [`PlatformError::Busy`] before anything is started;
    /// [`PlatformError::Ended`] with the outcome, if the run ends without a view.
    pub fn run(&self, caller: &Caller, app: &str, input: &RunInput) -> Result<RunOutput> {
        let since = Instant::now();
        let done = self.try_run(caller, app, input);
        self.figures.ran(caller.request, telemetry::installed(app, &done), since, "completed", &done);
        done
    }

    fn try_run(&self, caller: &Caller, app: &str, input: &RunInput) -> Result<RunOutput> {
        let (record, person) = self.app_and_person(app, caller)?;
        let ran = self.run_for(caller, &person, &record, input);
        ran.map_err(|error| self.or_gone(&person, error))
    }

    fn run_for(
        &self,
        caller: &Caller,
        person: &Person,
        record: &InstalledApp,
        input: &RunInput,
    ) -> Result<RunOutput> {
        let (by, name) = (caller.act(), person.vault.name());
        if let Err(error) = record.may_run() {
            self.refused(by, person, record, STOPPED)?;
            return Err(error);
        }
        let app = self.load(record.component)?;
        // Refuse before anything is started. `begin` checks again.
        let allowed = self.allowed(by, person, record, &app, self.clock.now())?;
        let params = self.declared(&record.id, name, &app, caller.lang)?;
        let answers = answers(&params, &input.params)
            .and_then(|answers| mesinfos_runtime::params::complete(&params, &answers))
            .map_err(PlatformError::Run)?;
        let parameters = parameters(&answers)?;
        let slot = self.runs.enter(&record.id, name)?;

        let grant = |person: &Person, at| self.allowed(by, person, record, &app, at);
        let draft = |begun: &Begun| Receipt {
            schema: receipt::Schema::V1,
            id: begun.id,
            at: begun.at,
            person: pseudonym(person.vault.id(), &record.id),
            app: begun.grant.app().clone(),
            engine: self.engine().into(),
            lang: caller.lang,
            today: caller.today,
            parameters: parameters.clone(),
            grant: begun.reference,
            scope: begun.scope.clone(),
            as_of: begun.as_of,
            reads: BTreeMap::new(),
            withheld: BTreeMap::new(),
            view: None,
            outcome: Outcome::Completed.code().into(),
            log: Some(begun.head),
        };
        let categories = app.inspection().request.categories.keys().copied().collect();
        let wanted = Wanted { app: record.named(), installed: Some(record), replay: None, categories };
        let mut begun = self.begin(by, person, &wanted, allowed, grant, |begun| {
            // Do not begin a run whose receipt would be too large to store.
            Ok(Receipts::check(&largest(draft(begun)))?)
        })?;
        let draft = draft(&begun);
        let Receipt { scope, as_of, lang, today, .. } = draft.clone();
        let request = Request { app: app.clone(), scope, as_of, lang, today, answers };
        let mut done = self.execute(&begun.person, begun.underway.stop(), request, slot.starts());

        let evidence = match &done.run.view {
            Some(_) => look_up(&done.sources, &done.run.citations),
            None => Vec::new(),
        };

        let mut receipt = draft.clone();
        self.end(by, person, &mut begun, &mut done, |done, commit| {
            receipt = Receipt {
                reads: done.reads.clone(),
                withheld: done.withheld.clone(),
                view: done.view()?,
                outcome: done.outcome(),
                ..draft.clone()
            };
            let kept = match self.receipts(person).put(&receipt, commit) {
                // Log the end even if the receipt is too large to store.
                Err(ConsentError::TooLarge { .. }) => None,
                kept => Some(kept?),
            };
            Ok(AuditEvent::Ran {
                run: Some(receipt.id),
                app: receipt.app.id.as_str().into(),
                version: receipt.app.version.as_str().into(),
                component: receipt.app.component,
                grants: vec![receipt.grant.id],
                outcome: receipt.outcome.clone(),
                receipt: kept.map(|_| receipt.id),
                digest: kept,
                reads: done.reads(&receipt.scope),
                times: None,
            })
        })?;
        let Run { outcome, view, usage, notes, .. } = done.run;
        let Some(view) = view else {
            let lacked: &[Category] = match &outcome {
                Outcome::NeedsData(lacked) => lacked,
                _ => &[],
            };
            let mut beyond = outside(&begun.person.vault, &receipt.scope, lacked.iter().copied());
            let is_told = |category: &Category| !beyond.iter().any(|one| one.category == *category);
            let others: Vec<Category> = lacked.iter().copied().filter(is_told).collect();
            let asked = &app.inspection().request.categories;
            beyond.extend(withheld(&begun.person.vault, &receipt.scope, asked, others));
            return Err(PlatformError::Ended { outcome, log: notes, beyond: beyond.into() });
        };
        let asks = app.inspection().request.categories.keys().copied();
        let not_given = asks.filter(|category| !receipt.scope.contains_key(category)).collect();
        Ok(RunOutput { not_given, view, receipt, usage, notes, evidence })
    }

    /// An installed app and a person, with the records that decide whether the app may run for them.
    fn app_and_person(&self, app: &str, caller: &Caller) -> Result<(InstalledApp, Person)> {
        let name = caller.person()?.as_str();
        let house = vec![Range::key(Partition::House, developer::key(app))];
        let found = self.vault.look_up(name, house, mesinfos_consent::ranges)?;
        let record = self.app_in(&found.house, app)?;
        match found.vault {
            Some(vault) => {
                let person = Person::new(vault);
                self.check_whose(caller, &person)?;
                Ok((record, person))
            }
            None => Err(self.vault.no_such_person(name)?.into()),
        }
    }

    /// The grant under which the installed version of an app may run now.
    ///
    /// # Errors
    /// [`PlatformError::NotGranted`], recorded in the audit chain so that the person sees the attempt.
    fn allowed(
        &self,
        by: Act,
        person: &Person,
        record: &InstalledApp,
        app: &LoadedApp,
        at: i64,
    ) -> Result<Grant> {
        let mut missing = app.inspection().required();
        if let Some(grant) = self.grants(person).live_for(&record.id, record.component, at)? {
            let scope = grant.scope_at(at);
            missing.retain(|category| !scope.contains_key(category));
            if missing.is_empty() {
                return Ok(grant);
            }
        }
        let why = self.grants(person).why_not(&record.id, record.component, at)?.map(Box::new);
        self.refused(by, person, record, NOT_GRANTED)?;
        let (app, person) = (record.id.clone(), person.vault.name().to_owned());
        Err(PlatformError::NotGranted { app, person, missing, why })
    }

    /// Logs a refused run, or counts it for later if there were many.
    fn refused(&self, by: Act, person: &Person, record: &InstalledApp, outcome: &str) -> Result<()> {
        let Some(times) = self.refusals.count(person.vault.id(), &record.id) else { return Ok(()) };
        self.log_refusal(by, person, record, (outcome, times))
    }

    fn log_refusal(
        &self,
        by: Act,
        person: &Person,
        record: &InstalledApp,
        (outcome, times): (&str, u64),
    ) -> Result<()> {
        let event = AuditEvent::Ran {
            run: None,
            app: record.id.as_str().into(),
            version: record.version.as_str().into(),
            component: record.component,
            grants: Vec::new(),
            outcome: outcome.into(),
            receipt: None,
            digest: None,
            reads: Vec::new(),
            times: (times > 1).then_some(times),
        };
        self.act(&self.afresh(person), by, self.clock.now(), |_| Ok(((), vec![event.clone()])))
    }

    /// Logs pending refusals, before the person reads the audit chain.
    pub(crate) fn log_refusals(&self, person: &Person, channel: Channel) -> Result<()> {
        for (app, times) in self.refusals.due(person.vault.id()) {
            let record = self.app(&app)?;
            let by = Act { actor: Actor::Platform, channel };
            let outcome = if record.stopped.is_some() { STOPPED } else { NOT_GRANTED };
            self.log_refusal(by, person, &record, (outcome, times))?;
        }
        Ok(())
    }

    /// Begins a run. On return, its entry is durable in the audit chain. The same commit checks that the
    /// grant found by `grant` (usually `first`) has not changed. Fails if the app is no longer installed.
    /// Code that ends the grant or removes the app from now on finds the run in `underway`.
    fn begin(
        &self,
        by: Act,
        person: &Person,
        wanted: &Wanted<'_>,
        first: Grant,
        mut grant: impl FnMut(&Person, i64) -> Result<Grant>,
        check: impl Fn(&Begun) -> Result<()>,
    ) -> Result<Begun> {
        let whose = person.vault.id();
        let mut expected = first;
        for _ in 0..TRIES {
            let at = self.clock.now();
            let id = ReceiptId::new(at);
            // Register the run before reading its grant: code that ends the grant later finds the run, and an
            // earlier end is seen here.
            let underway = self.underway.register(id, whose, &expected);
            let mut ranges = mesinfos_consent::ranges(whose);
            ranges.extend(mesinfos_vault::ranges(whose, &wanted.categories));
            ranges.extend(wanted.installed.map(|app| Range::key(Partition::House, developer::key(&app.id))));
            let person = self.now(person, ranges)?;
            let grant = grant(&person, at)?;
            if (grant.id(), grant.last_event()) != (expected.id(), expected.last_event()) {
                expected = grant;
                continue;
            }
            let mut commit = person.vault.empty_commit();
            match self.grants(&person).guard(&grant, &mut commit) {
                // A concurrent writer changed the grant: retry.
                Err(ConsentError::Store(StoreError::Conflict)) => continue,
                guarded => guarded?,
            }
            match wanted.installed {
                Some(installed) if !self.is_installed(&person, installed)? => {
                    return Err(PlatformError::Run(Outcome::Withdrawn));
                }
                Some(_) => {}
                None if self.registry().blocked(wanted.app.component)?.is_some() => {
                    return Err(PlatformError::NotReplayable(ReplayError::Stopped));
                }
                None => {}
            }
            let (reference, scope, sequence) =
                (grant.reference(at)?, grant.scope_at(at), self.as_of(&person)?);
            let as_of = wanted.replay.map_or(sequence, |receipt| receipt.as_of);
            let head = Digest([0; 32]);
            let mut begun =
                Begun { id, at, grant, reference, scope, as_of, sequence, head, underway, person };
            check(&begun)?;
            let event = AuditEvent::Began {
                run: id,
                app: wanted.app.id.as_str().into(),
                version: wanted.app.version.as_str().into(),
                component: wanted.app.component,
                grant: begun.reference,
                as_of,
                replay: wanted.replay.map(|receipt| receipt.id),
            };
            if let Some(entries) = self.log(&begun.person, by, at, &[event], commit)? {
                begun.head = entries.first().map_or(begun.head, |entry| entry.hash);
                return Ok(begun);
            }
            // The grant changed, or the person was erased.
            if !self.is_there(&begun.person)? {
                return Err(PlatformError::Run(Outcome::Withdrawn));
            }
        }
        Err(StoreError::Conflict.into())
    }

    pub(super) fn execute(
        &self,
        person: &Person,
        stop: &Arc<StopFlag>,
        request: Request,
        slot: Slot,
    ) -> Done {
        let Request { app, scope, as_of, lang, today, answers } = request;
        let ahead = slot.has_room();
        let mut rows: BTreeMap<Category, Box<dyn RowSource>> = BTreeMap::new();
        let mut sources: BTreeMap<Category, VaultRows> = BTreeMap::new();
        let mut seen = Scope::new();
        let mut wishes = wishes(app.inspection(), today);
        let mut withheld = BTreeMap::new();
        for (category, item) in scope {
            // If they cannot be counted, they cannot be left out: the reader reports it.
            let left = person.vault.withheld_count(category, &item.period).unwrap_or(0);
            if left > 0 {
                withheld.insert(category, left);
            }
            let source = VaultRows::new(person.vault.clone(), item.clone(), as_of, Arc::clone(stop));
            let source = source.ahead(ahead);
            // Empty and refused optional categories must look the same to an app. An error on opening is left
            // to the reader, which reports it.
            let is_optional = !app.inspection().required().contains(&category);
            if is_optional && source.is_empty().unwrap_or(false) {
                continue;
            }
            sources.insert(category, source.clone());
            rows.insert(category, Box::new(source));
            wishes.remove(&category);
            seen.insert(category, item);
        }
        let pace = slot.pace();
        let flag = Arc::clone(stop);
        let withdrawal = Withdrawal::new(move || flag.is_over());
        let request = RunRequest { scope: seen, wishes, rows, withdrawal, lang, today, answers, pace };
        let mut run = self.runtime.run(&app, request);
        let is_over = stop.is_over();
        // Do not judge an app by its behaviour after its grant ended.
        slot.ended(if is_over { &Outcome::Withdrawn } else { &run.outcome });
        let mut reads = BTreeMap::new();
        for (&category, source) in &sources {
            // The rows that left the vault are counted here, the bytes that the app looked at by the runtime.
            let VaultRead { rows: left, distinct, digest } = source.read();
            let opened = run.usage.reads.get_mut(&category);
            if left == 0 && opened.is_none() {
                continue;
            }
            let bytes = opened.map_or(0, |(rows, bytes)| {
                *rows = left;
                *bytes
            });
            let distinct = (distinct != left).then_some(distinct);
            reads.insert(category, receipt::ReadDigest { rows: left, distinct, bytes, digest });
        }
        Done { run, reads, withheld, sources }
    }

    /// Logs the end of a run, together with the changes that `entry` adds to the commit. If the grant ended
    /// meanwhile, the outcome becomes `Withdrawn` and no view is returned; a precondition on the grant keeps
    /// the commit from claiming otherwise. The entry is written in either case.
    fn end(
        &self,
        by: Act,
        person: &Person,
        begun: &mut Begun,
        done: &mut Done,
        mut entry: impl FnMut(&Done, &mut Commit) -> Result<AuditEvent>,
    ) -> Result<()> {
        loop {
            if begun.underway.stop().is_over() {
                done.withdraw();
            }
            let person = &self.now(person, mesinfos_consent::ranges(person.vault.id()))?;
            // The vault changed during the run, such as by an undo of an import being read: the data is not
            // damaged.
            if matches!(done.run.outcome, Outcome::Unavailable(_))
                && self.is_there(person)?
                && person.vault.sequence()? != begun.sequence
            {
                done.withdraw();
            }
            let mut commit = person.vault.empty_commit();
            if done.run.outcome != Outcome::Withdrawn {
                match self.grants(person).guard(&begun.grant, &mut commit) {
                    Ok(()) => {}
                    // The change may be harmless, such as an extension.
                    Err(ConsentError::Store(StoreError::Conflict)) => {
                        begun.grant = self.grants(person).get(begun.grant.id())?;
                        let given = begun.grant.scope_at(self.clock.now());
                        if !covers(&given, &begun.scope) {
                            done.withdraw();
                        }
                        continue;
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            let event = entry(done, &mut commit)?;
            match self.log(person, by, self.clock.now(), &[event], commit) {
                Ok(Some(_)) => return Ok(()),
                // The grant changed concurrently: retry.
                Ok(None) if self.is_there(person)? => {}
                // The person was erased together with the audit chain.
                Ok(None) | Err(PlatformError::Consent(ConsentError::Closed)) => {
                    return Err(PlatformError::Run(Outcome::Withdrawn));
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Parameters that an app declares.
    ///
    /// # Errors
    /// If there is no such app, or it fails to declare them; [`PlatformError::Busy`].
    pub fn parameters(&self, caller: &Caller, app: &str) -> Result<Vec<Param>> {
        let record = self.app(app)?;
        record.may_run()?;
        let loaded = self.load(record.component)?;
        // The call is for no particular person. No person can have this name.
        let nobody = format!("app/{}", record.id);
        Ok(self.declared(&record.id, &nobody, &loaded, caller.lang)?.to_vec())
    }

    /// Parameters of an app. The call to the app takes a slot like a run, because it can do the same harm.
    pub(super) fn declared(
        &self,
        id: &str,
        person: &str,
        app: &LoadedApp,
        lang: Lang,
    ) -> Result<Arc<Vec<Param>>> {
        if let Some(declared) = self.runtime.declared(app, lang) {
            return Ok(declared);
        }
        let slot = self.runs.enter(id, person)?;
        let declared = self.runtime.parameters(app, lang, slot.pace());
        slot.ended(declared.as_ref().err().unwrap_or(&Outcome::Completed));
        declared.map_err(PlatformError::Run)
    }

    /// Replays a run from its receipt, with the same component, parameters, day and scope, over the rows in
    /// the vault at that time. An empty list of differences proves the receipt. A replay needs a grant in
    /// force and is logged like a run.
    ///
    /// # Errors
    /// [`PlatformError::NotReplayable`] if no grant in force covers the receipt's scope.
    pub fn replay(&self, caller: &Caller, id: ReceiptId) -> Result<(Receipt, Vec<Difference>)> {
        let since = Instant::now();
        let done = self.try_replay(caller, id);
        // If the replay failed, the app's id is known only from the person's receipt: omit it.
        let app = done.as_ref().ok().map(|(receipt, _)| receipt.app.id.as_str());
        self.figures.ran(caller.request, app, since, "replayed", &done);
        done
    }

    fn try_replay(&self, caller: &Caller, id: ReceiptId) -> Result<(Receipt, Vec<Difference>)> {
        self.write_of(caller, |person| self.replay_for(caller, person, id))
    }

    fn replay_for(
        &self,
        caller: &Caller,
        person: &Person,
        id: ReceiptId,
    ) -> Result<(Receipt, Vec<Difference>)> {
        let (by, name) = (caller.act(), person.vault.name());
        let receipt = self.receipts(person).get(id)?;
        // An app that was uninstalled runs for nobody, also not to verify.
        self.app(&receipt.app.id)?;
        let app = self.load(receipt.app.component)?;
        let answers = receipt
            .parameters
            .iter()
            .map(|(id, value)| Ok((id.clone(), serde_json::from_value(value.clone())?)))
            .collect::<std::result::Result<Vec<(String, Value)>, serde_json::Error>>()
            .map_err(|e| PlatformError::NotReplayable(ReplayError::Parameters(e.to_string())))?;
        let allowed = self.covering(person, &receipt, self.clock.now())?;
        let slot = self.runs.enter(&receipt.app.id, name)?;
        let grant = |person: &Person, at| self.covering(person, &receipt, at);
        let categories = receipt.scope.keys().copied().collect();
        let wanted = Wanted { app: receipt.app.clone(), installed: None, replay: Some(&receipt), categories };
        let mut begun = self.begin(by, person, &wanted, allowed, grant, |_| Ok(()))?;
        begun.scope.clone_from(&receipt.scope);
        let Receipt { scope, as_of, lang, today, .. } = receipt.clone();
        let request = Request { app, scope, as_of, lang, today, answers };
        let mut done = self.execute(&begun.person, begun.underway.stop(), request, slot.starts());

        let mut differences = Vec::new();
        let run = begun.id;
        self.end(by, person, &mut begun, &mut done, |done, _| {
            let replayed = Receipt {
                engine: self.engine().into(),
                parameters: parameters(&done.run.answers)?,
                reads: done.reads.clone(),
                view: done.view()?,
                outcome: done.outcome(),
                ..receipt.clone()
            };
            differences = receipt.differences(&replayed);
            Ok(AuditEvent::Replayed {
                receipt: id,
                identical: differences.is_empty(),
                run: Some(run),
                outcome: Some(done.outcome()),
                reads: done.reads(&receipt.scope),
            })
        })?;
        if done.run.outcome == Outcome::Withdrawn {
            let Run { outcome, notes, .. } = done.run;
            return Err(PlatformError::Ended { outcome, log: notes, beyond: Box::default() });
        }
        Ok((receipt, differences))
    }

    /// The grant in force that covers a replay.
    fn covering(&self, person: &Person, receipt: &Receipt, at: i64) -> Result<Grant> {
        let (app, component) = (&receipt.app.id, receipt.app.component);
        let Some(grant) = self.grants(person).live_for(app, component, at)? else {
            let why = self.grants(person).why_not(app, component, at)?;
            return Err(PlatformError::NotReplayable(ReplayError::NotGranted(why)));
        };
        if !covers(&grant.scope_at(at), &receipt.scope) {
            return Err(PlatformError::NotReplayable(ReplayError::Narrower));
        }
        Ok(grant)
    }
}

/// Outcome of a run that no grant allows.
const NOT_GRANTED: &str = "not-granted";

/// Outcome of a run of an app that was stopped.
const STOPPED: &str = "stopped";

/// Whether `given` covers all of `scope`.
fn covers(given: &Scope, scope: &Scope) -> bool {
    scope.iter().all(|(category, then)| given.get(category).is_some_and(|now| now.covers(then)))
}

/// The draft with the largest possible results: an upper bound for the size of the run's receipt.
fn largest(draft: Receipt) -> Receipt {
    let (most, digest) = (u64::MAX, Digest([0; 32]));
    let read = receipt::ReadDigest { rows: most, distinct: Some(most), bytes: most, digest };
    let reads = draft.scope.keys().map(|category| (*category, read)).collect();
    let longest = Outcome::CODES.iter().max_by_key(|code| code.len()).copied().unwrap_or_default();
    let withheld = draft.scope.keys().map(|category| (*category, most)).collect();
    Receipt { reads, withheld, view: Some(Digest([0; 32])), outcome: longest.into(), ..draft }
}

/// Requested scopes, shown to the app for categories without rows.
fn wishes(inspection: &Inspection, today: Day) -> Scope {
    let read = |category| inspection.manifest.as_ref().and_then(|manifest| manifest.read(category));
    let of = |&category: &Category| (category, wish(read(category), category, today));
    inspection.request.categories.keys().map(of).collect()
}

pub(super) fn answers(
    params: &[Param],
    given: &[(String, String)],
) -> std::result::Result<Vec<(String, Value)>, Outcome> {
    given
        .iter()
        .map(|(id, text)| {
            let value = match params.iter().find(|param| param.id == *id) {
                Some(param) => mesinfos_runtime::params::read(param, text)?,
                // The runtime reports unknown parameters.
                None => Value::Text(text.clone()),
            };
            Ok((id.clone(), value))
        })
        .collect()
}

fn parameters(answers: &[(String, Value)]) -> Result<Vec<(String, serde_json::Value)>> {
    answers
        .iter()
        .map(|(id, value)| Ok((id.clone(), serde_json::to_value(value)?)))
        .collect::<std::result::Result<_, serde_json::Error>>()
        .map_err(|error| std::io::Error::from(error).into())
}

fn view_digest(view: &View) -> Result<Digest> {
    let json = serde_json::to_vec(view).map_err(std::io::Error::from)?;
    Ok(Digest(Sha256::digest(json).into()))
}
