//! Running an app for a person, and running it again from its receipt.

use crate::consents::back;
use crate::rows::{self, Reading, VaultRows};
use crate::turns::Turn;
use crate::{Person, Platform, PlatformError, Result, now};
use mesinfos_consent::{AuditEvent, CategoryRead, Difference, Grant, Receipt, ReceiptId, pseudonym, receipt};
use mesinfos_model::view::{Lang, Param, Report, Value};
use mesinfos_model::{Category, CategoryScope, Day, Digest, FieldSet, Period, Scope};
use mesinfos_runtime::{App, Inspection, Outcome, Rows, Run, RunRequest, Usage};
use mesinfos_store::StoreError;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

/// What a person asks for when she runs an app.
#[derive(Debug, Clone)]
pub struct RunInput {
    /// Her language.
    pub lang: Lang,
    /// What she set: ids of parameters and what she wrote.
    pub params: Vec<(String, String)>,
    /// The day of the run; none is today, UTC.
    pub today: Option<Day>,
}

/// What a run gave.
#[derive(Debug)]
pub struct RunOutput {
    /// The view, for her alone.
    pub report: Report,
    /// Its receipt.
    pub receipt: Receipt,
    /// What it used.
    pub usage: Usage,
    /// What the app noted down. Like the view it is for her alone, and it is kept nowhere.
    pub log: String,
    /// Categories that the app asks for and that she did not give: the host says so, the app does
    /// not know.
    pub not_given: Vec<Category>,
}

/// What determines a run, beside its app and its person.
struct Request {
    scope: Scope,
    as_of: u64,
    lang: Lang,
    today: Day,
    answers: Vec<(String, Value)>,
}

struct Done {
    run: Run,
    reads: BTreeMap<Category, receipt::ReadDigest>,
}

impl Platform {
    /// Runs the installed version of an app under the person's grant. The run, however it ends, is
    /// one entry of her audit chain.
    ///
    /// # Errors
    /// [`PlatformError::NotGranted`] and [`PlatformError::Busy`] before anything is started;
    /// [`PlatformError::Ended`] with how it ended, if not with a view.
    pub fn run(&self, name: &str, app: &str, input: &RunInput) -> Result<RunOutput> {
        let record = self.app(app)?;
        let person = self.person(name)?;
        let app = self.load(record.component)?;
        let at = now();
        let today = input.today.unwrap_or(Day::of_instant(at, 0));
        let live = self.grants(&person).live_for(&record.id, record.component, at)?;
        let Some(grant) = live else {
            return Err(self.not_granted(&person, &record, app.inspection().required(), at)?);
        };
        let scope = grant.scope_at(at);
        let missing: Vec<Category> = app
            .inspection()
            .required()
            .into_iter()
            .filter(|category| !scope.contains_key(category))
            .collect();
        if !missing.is_empty() {
            return Err(self.not_granted(&person, &record, missing, at)?);
        }
        let params = self.declared(&record.id, name, &app, input.lang)?;
        let answers = answers(&params, &input.params).map_err(PlatformError::Run)?;
        let turn = self.runs.enter(&record.id, name)?;
        let as_of = person.vault.sequence()?;
        let request = Request { scope: scope.clone(), as_of, lang: input.lang, today, answers };
        let done = self.execute(&person, &app, &grant, request, turn);
        let receipt = Receipt {
            schema: receipt::Schema::V1,
            id: ReceiptId::new(at),
            at,
            person: pseudonym(person.vault.id(), &record.id),
            app: grant.app().clone(),
            engine: self.engine().as_str().into(),
            lang: input.lang,
            today,
            parameters: parameters(&done.run.answers)?,
            grant: grant.reference(at)?,
            scope,
            as_of,
            reads: done.reads,
            view: done.run.report.as_ref().map(view_digest).transpose()?,
            outcome: done.run.outcome.code().into(),
        };
        self.record(&person, &grant, &receipt, &done.run.usage)?;
        match done.run.report {
            Some(report) => Ok(RunOutput {
                not_given: app
                    .inspection()
                    .asks
                    .keys()
                    .copied()
                    .filter(|category| !receipt.scope.contains_key(category))
                    .collect(),
                report,
                receipt,
                usage: done.run.usage,
                log: done.run.log,
            }),
            None => Err(PlatformError::Ended { outcome: done.run.outcome, log: done.run.log }),
        }
    }

    /// Why an app may not run, also written to the audit chain: she can see that it was tried.
    fn not_granted(
        &self,
        person: &Person,
        record: &crate::AppRecord,
        missing: Vec<Category>,
        at: i64,
    ) -> Result<PlatformError> {
        let why = match self.grants(person).why_not(&record.id, record.component, at)? {
            Some(absence) => absence.to_string(),
            None => "you refused it, and the app cannot do without".to_owned(),
        };
        let event = AuditEvent::Ran {
            app: record.id.as_str().into(),
            version: record.version.as_str().into(),
            component: record.component,
            grants: Vec::new(),
            outcome: "not-granted".into(),
            receipt: None,
            reads: Vec::new(),
        };
        self.act(person, at, |_| Ok(((), vec![event.clone()])))?;
        let (app, person) = (record.id.clone(), person.vault.name().to_owned());
        Ok(PlatformError::NotGranted { app, person, missing, why })
    }

    fn execute(&self, person: &Person, app: &App, grant: &Grant, request: Request, turn: Turn) -> Done {
        let Request { scope, as_of, lang, today, answers } = request;
        let ended = {
            let mut runs = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(runs.entry(grant.id()).or_insert_with(|| Arc::new(AtomicBool::new(false))))
        };
        let ahead = turn.has_room();
        let mut rows: BTreeMap<Category, Box<dyn Rows>> = BTreeMap::new();
        let mut readings: BTreeMap<Category, Arc<Mutex<Reading>>> = BTreeMap::new();
        let mut told = wishes(app.inspection(), today);
        for (category, item) in scope {
            let source =
                VaultRows::new(person.vault.clone(), item.clone(), as_of, Arc::clone(&ended)).ahead(ahead);
            // Of what it could be refused, an app is told the same whether it was or nothing is there. What
            // cannot be opened is left to the reader, which says so.
            let is_optional = !app.inspection().required().contains(&category);
            if is_optional && source.is_empty().unwrap_or(false) {
                continue;
            }
            readings.insert(category, source.reading());
            rows.insert(category, Box::new(source));
            told.insert(category, item);
        }
        let pace = turn.pace();
        let mut run = self.runtime.run(app, RunRequest { scope: told, rows, lang, today, answers, pace });
        turn.ended(&run.outcome);
        let mut reads = BTreeMap::new();
        for (category, (rows, bytes)) in &mut run.usage.reads {
            if let Some(reading) = readings.get(category) {
                // What left the vault, which is known here; bytes are those that the app looked at.
                let (left, digest) = rows::read(reading);
                *rows = left;
                reads.insert(*category, receipt::ReadDigest { rows: left, bytes: *bytes, digest });
            }
        }
        Done { run, reads }
    }

    /// Keeps the receipt and the audit entry. If the grant ended meanwhile the view is not handed
    /// over: the commit that would say "this ran under it" cannot happen.
    fn record(&self, person: &Person, grant: &Grant, receipt: &Receipt, usage: &Usage) -> Result<()> {
        let reads = usage
            .reads
            .iter()
            .map(|(category, (rows, bytes))| {
                let period = receipt.scope.get(category).map(|s| s.period).unwrap_or_default();
                CategoryRead {
                    category: *category,
                    from: period.from,
                    until: period.until,
                    rows: *rows,
                    bytes: *bytes,
                }
            })
            .collect();
        let event = AuditEvent::Ran {
            app: receipt.app.id.as_str().into(),
            version: receipt.app.version.as_str().into(),
            component: receipt.app.component,
            grants: vec![grant.id()],
            outcome: receipt.outcome.clone(),
            receipt: Some(receipt.id),
            reads,
        };
        let kept = self.act(person, receipt.at, |batch| {
            self.receipts(person).put(receipt, batch)?;
            self.grants(person).guard(grant, batch)?;
            Ok(((), vec![event.clone()]))
        });
        match kept {
            Err(PlatformError::Store(StoreError::Conflict)) => Err(PlatformError::Run(Outcome::Withdrawn)),
            kept => kept,
        }
    }

    /// The parameters that an app declares.
    ///
    /// # Errors
    /// If there is no such app, or it fails to say; [`PlatformError::Busy`].
    pub fn parameters(&self, app: &str, lang: Lang) -> Result<Vec<Param>> {
        let record = self.app(app)?;
        let loaded = self.load(record.component)?;
        // They are for nobody in particular: no person has this name.
        let nobody = format!("app/{}", record.id);
        Ok(self.declared(&record.id, &nobody, &loaded, lang)?.to_vec())
    }

    /// The parameters of an app, which is called to say them in a turn like that of a run: it can do
    /// the same harm.
    fn declared(&self, id: &str, person: &str, app: &App, lang: Lang) -> Result<Arc<Vec<Param>>> {
        if let Some(declared) = self.runtime.declared(app, lang) {
            return Ok(declared);
        }
        let turn = self.runs.enter(id, person)?;
        let declared = self.runtime.parameters(app, lang, turn.pace());
        turn.ended(declared.as_ref().err().unwrap_or(&Outcome::Completed));
        declared.map_err(PlatformError::Run)
    }

    /// Runs an app again exactly as a receipt says: the same component, parameters, day and scope,
    /// over the rows that were in the vault then. Nothing that differs proves the receipt. It needs
    /// a grant in force, as every run does.
    ///
    /// # Errors
    /// [`PlatformError::NotReplayable`] if there is no grant in force that covers it.
    pub fn replay(&self, name: &str, id: ReceiptId) -> Result<(Receipt, Vec<Difference>)> {
        let person = self.person(name)?;
        let receipt = self.receipts(&person).get(id)?;
        let at = now();
        let app = self.load(receipt.app.component)?;
        let live = self.grants(&person).live_for(&receipt.app.id, receipt.app.component, at)?;
        let Some(grant) = live else {
            let why = self.grants(&person).why_not(&receipt.app.id, receipt.app.component, at)?;
            let why = why.map_or_else(|| "there is no grant".to_owned(), |why| why.to_string());
            return Err(PlatformError::NotReplayable(why));
        };
        let now_given = grant.scope_at(at);
        let covered = receipt
            .scope
            .iter()
            .all(|(category, then)| now_given.get(category).is_some_and(|now| now.covers(then)));
        if !covered {
            let why = "your grant lets the app see less today than it saw then".to_owned();
            return Err(PlatformError::NotReplayable(why));
        }
        let answers = receipt
            .parameters
            .iter()
            .map(|(id, value)| Ok((id.clone(), serde_json::from_value(value.clone())?)))
            .collect::<std::result::Result<Vec<(String, Value)>, serde_json::Error>>()
            .map_err(|e| PlatformError::NotReplayable(e.to_string()))?;
        let request = Request {
            scope: receipt.scope.clone(),
            as_of: receipt.as_of,
            lang: receipt.lang,
            today: receipt.today,
            answers,
        };
        let turn = self.runs.enter(&receipt.app.id, name)?;
        let done = self.execute(&person, &app, &grant, request, turn);
        let replayed = Receipt {
            engine: self.engine().as_str().into(),
            parameters: parameters(&done.run.answers)?,
            reads: done.reads,
            view: done.run.report.as_ref().map(view_digest).transpose()?,
            outcome: done.run.outcome.code().into(),
            ..receipt.clone()
        };
        let differences = receipt.differences(&replayed);
        let event = AuditEvent::Replayed { receipt: id, identical: differences.is_empty() };
        self.act(&person, at, |_| Ok(((), vec![event.clone()])))?;
        Ok((receipt, differences))
    }
}

/// What an app is told of categories of which it gets no rows: what it wished for, and that no field is there.
fn wishes(inspection: &Inspection, today: Day) -> Scope {
    let wish = |&category: &Category| {
        let read = inspection.manifest.as_ref().and_then(|manifest| manifest.read(category));
        let period = read.and_then(|read| read.months).map_or(Period::ALL, |months| back(today, months));
        (category, CategoryScope { period, fields: FieldSet::NONE, ..CategoryScope::all(category) })
    };
    inspection.asks.keys().map(wish).collect()
}

fn answers(
    params: &[Param],
    given: &[(String, String)],
) -> std::result::Result<Vec<(String, Value)>, Outcome> {
    given
        .iter()
        .map(|(id, text)| {
            let value = match params.iter().find(|param| param.id == *id) {
                Some(param) => mesinfos_runtime::params::read(param, text)?,
                // The runtime says which parameters there are.
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

fn view_digest(report: &Report) -> Result<Digest> {
    let json = serde_json::to_vec(report).map_err(std::io::Error::from)?;
    Ok(Digest(Sha256::digest(json).into()))
}
