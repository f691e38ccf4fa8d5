//! Sentences about the audit chain: events of a person's data and grants, and differences in a replay.

use crate::consent::{actor, channel};
use crate::date::{last_day, period};
use crate::message::messages;
use crate::names;
use crate::number::size;
use crate::outcome::outcome_of_code;
use crate::scope::scope;
use mesinfos_consent::{
    AccountAct, Act, AppChange, AuditEvent, CategoryRead, Change, Decision, Difference, EventKind, Item,
    ReadDigest, RowChange, WithheldKind,
};
use mesinfos_model::view::Lang;
use mesinfos_model::{Period, Scope};
use mesinfos_platform::RunState;

messages! {
    /// Messages about the audit chain.
    pub(crate) enum Audit<'a> in "audit" {
        PersonCreated,
        Imported { import: &'a str, file: &'a str, format: &'a str, category: &'a str, counts: &'a str },
        NewRows { rows: u64 },
        CorrectedRows { rows: u64 },
        KnownRows { rows: u64 },
        RejectedRows { rows: u64 },
        Undone { import: &'a str, file: &'a str, rows: u64 },
        RowDeleted { category: &'a str, file: &'a str },
        RowCorrected { category: &'a str, file: &'a str },
        RowRestored { category: &'a str, file: &'a str },
        RowLifted { category: &'a str, file: &'a str },
        RowAdded { category: &'a str, file: &'a str },
        RowsStayed { rows: u64, category: &'a str, file: &'a str },
        RowsReturned { rows: u64, category: &'a str, file: &'a str },
        RowSuperseded { category: &'a str, file: &'a str },
        RowsReplaced { rows: u64, category: &'a str, file: &'a str },
        TextRead { file: &'a str, size: &'a str },
        TextRecognised { file: &'a str, size: &'a str },
        Installed { app: &'a str, version: &'a str, component: &'a str },
        Began { app: &'a str, version: &'a str, run: &'a str },
        TrialBegan { app: &'a str, version: &'a str },
        Tried { app: &'a str, version: &'a str, outcome: &'a str, reads: &'a str },
        BeganAgain { app: &'a str, version: &'a str, receipt: &'a str, run: &'a str },
        Ran { app: &'a str, version: &'a str, outcome: &'a str, reads: &'a str },
        NotRun { app: &'a str, version: &'a str, outcome: &'a str, times: u64 },
        ReplayedIdentical { receipt: &'a str, reads: &'a str },
        ReplayedDifferent { receipt: &'a str, reads: &'a str },
        ReadNothing,
        Read { reads: &'a str },
        ReadOfCategory { rows: u64, category: &'a str, period: &'a str, size: &'a str },
        ReadAgain { rows: u64, category: &'a str, period: &'a str, size: &'a str, read: &'a str },
        AppSuspended { app: &'a str, version: &'a str, reason: &'a str },
        AppResumed { app: &'a str, version: &'a str, reason: &'a str },
        AppYanked { app: &'a str, version: &'a str, reason: &'a str },
        Exported,
        Downloaded { category: &'a str, form: &'a str },
        WithheldRow { category: &'a str },
        WithheldHolder { category: &'a str, of: &'a str },
        WithheldNoHolder { category: &'a str },
        WithheldWords { category: &'a str, of: &'a str },
        ShownRow { category: &'a str },
        ShownHolder { category: &'a str, of: &'a str },
        ShownNoHolder { category: &'a str },
        ShownWords { category: &'a str, of: &'a str },
        SignedIn { device: &'a str },
        SignedInWithPasskey { device: &'a str },
        SignInFailed { device: &'a str, times: u64 },
        Recovered { device: &'a str },
        PasswordChanged { device: &'a str },
        PasskeyAdded { device: &'a str },
        PasskeyRemoved { device: &'a str },
        CodesReplaced { device: &'a str },
        EndedEverywhere { device: &'a str },
        UnknownDevice,
        Erased,
        By { actor: &'a str, channel: &'a str },
        UnderWay,
        Interrupted,
        Shown { app: &'a str },
        Deferred { app: &'a str },
        Refused { app: &'a str },
        Given { app: &'a str },
        Paused { app: &'a str },
        Resumed { app: &'a str },
        Renewed { app: &'a str },
        Narrowed { app: &'a str },
        Expired { app: &'a str },
        Withdrawn { app: &'a str },
        Revoked { app: &'a str },
        Invalidated { app: &'a str },
        Superseded { app: &'a str },
        ChangeShown { items: &'a str },
        ChangeDeferred,
        ChangeRefused,
        ChangeGiven { items: &'a str },
        ChangeGivenUntil { until: &'a str, items: &'a str },
        ChangePaused,
        ChangeResumed,
        ChangeRenewed,
        ChangeRenewedUntil { until: &'a str },
        ChangeNarrowed { items: &'a str },
        ChangeExpired,
        ChangeWithdrawn,
        ChangeRevoked { reason: &'a str },
        ChangeInvalidated { reason: &'a str },
        ChangeSuperseded { by: &'a str },
        Item { category: &'a str, scope: &'a str },
        ItemRefused { category: &'a str },
        DifferentComponent { now: &'a str, then: &'a str },
        DifferentEngine { now: &'a str, then: &'a str },
        DifferentInputs,
        DifferentScope,
        DifferentRows { now: u64, category: &'a str },
        DifferentCount { now: u64, category: &'a str, then: u64 },
        DifferentOutcome { now: &'a str, then: &'a str },
        DifferentView,
    }
}

/// An event of the audit chain.
pub fn audit_event(event: &AuditEvent, lang: Lang) -> String {
    match event {
        AuditEvent::PersonCreated => Audit::PersonCreated.to(lang),
        AuditEvent::Imported {
            import,
            file,
            format,
            category,
            accepted,
            rejected,
            duplicates,
            corrected,
        } => {
            let known = mesinfos_intake::about(format.as_str());
            let format = known.map_or(format.as_str(), |about| about.name(lang));
            let (import, counts) =
                (import.to_string(), rows(*accepted, *corrected, *duplicates, *rejected, lang));
            let (file, category) = (file.as_str(), category.name(lang));
            Audit::Imported { import: &import, file, format, category, counts: &counts }.to(lang)
        }
        AuditEvent::Undone { import, file, rows } => {
            Audit::Undone { import: &import.to_string(), file: file.as_str(), rows: *rows }.to(lang)
        }
        AuditEvent::Amended { import: _, file, category, change, removed, returned } => {
            let (category, file) = (category.name(lang), file.as_str());
            match change {
                RowChange::Deleted => Audit::RowDeleted { category, file },
                RowChange::Corrected => Audit::RowCorrected { category, file },
                RowChange::Restored => Audit::RowRestored { category, file },
                RowChange::Lifted => Audit::RowLifted { category, file },
                RowChange::Superseded => Audit::RowSuperseded { category, file },
                RowChange::Replaced => Audit::RowsReplaced { rows: *removed, category, file },
                RowChange::Added => Audit::RowAdded { category, file },
                RowChange::Stayed => Audit::RowsStayed { rows: *returned, category, file },
                RowChange::Returned => Audit::RowsReturned { rows: *returned, category, file },
            }
            .to(lang)
        }
        AuditEvent::TextRead { import: _, file, recognised, bytes } => {
            let (file, size) = (file.as_str(), &size(*bytes, lang));
            if *recognised { Audit::TextRecognised { file, size } } else { Audit::TextRead { file, size } }
                .to(lang)
        }
        AuditEvent::Installed { app, version, component } => {
            let (app, version, component) = (app.as_str(), version.as_str(), component.to_string());
            Audit::Installed { app, version, component: &component }.to(lang)
        }
        AuditEvent::AppChanged { app, version, component: _, change, reason } => {
            let (app, version, reason) = (app.as_str(), version.as_str(), reason.as_str());
            let sentence = match change {
                AppChange::Suspended => Audit::AppSuspended { app, version, reason },
                AppChange::Resumed => Audit::AppResumed { app, version, reason },
                AppChange::Yanked => Audit::AppYanked { app, version, reason },
            };
            sentence.to(lang).trim_end().to_owned()
        }
        AuditEvent::Grant { grant: _, app, change, event: _ } => grant_event(app.as_str(), *change, lang),
        AuditEvent::Began { run, app, version, component: _, grant: _, as_of: _, replay } => {
            let (app, version, run) = (app.as_str(), version.as_str(), &run.to_string());
            match replay {
                Some(receipt) => {
                    Audit::BeganAgain { app, version, receipt: &receipt.to_string(), run }.to(lang)
                }
                None => Audit::Began { app, version, run }.to(lang),
            }
        }
        AuditEvent::Ran {
            run,
            app,
            version,
            component: _,
            grants: _,
            outcome,
            receipt,
            digest: _,
            reads,
            times,
        } => {
            let (app, version) = (app.as_str(), version.as_str());
            let outcome = &outcome_of_code(outcome.as_str(), lang);
            match (run, receipt) {
                // The run was refused.
                (None, None) => Audit::NotRun { app, version, outcome, times: times.unwrap_or(1) }.to(lang),
                _ => Audit::Ran { app, version, outcome, reads: &what_was_read(reads, lang) }.to(lang),
            }
        }
        AuditEvent::Replayed { receipt, identical, run: _, outcome: _, reads } => {
            let (receipt, reads) = (&receipt.to_string(), &what_was_read(reads, lang));
            match identical {
                true => Audit::ReplayedIdentical { receipt, reads },
                false => Audit::ReplayedDifferent { receipt, reads },
            }
            .to(lang)
        }
        AuditEvent::TrialBegan { run: _, app, version, component: _, runs: _ } => {
            Audit::TrialBegan { app: app.as_str(), version: version.as_str() }.to(lang)
        }
        AuditEvent::Tried { run: _, app, version, component: _, runs: _, outcome, reads } => {
            let (app, version) = (app.as_str(), version.as_str());
            let outcome = &outcome_of_code(outcome.as_str(), lang);
            Audit::Tried { app, version, outcome, reads: &what_was_read(reads, lang) }.to(lang)
        }
        AuditEvent::Exported => Audit::Exported.to(lang),
        AuditEvent::Downloaded { category, form } => {
            let form = match form.as_str() {
                "csv" => "CSV",
                "json" => "JSON",
                "parquet" => "Parquet",
                other => other,
            };
            Audit::Downloaded { category: category.name(lang), form }.to(lang)
        }
        AuditEvent::Withheld { category, what, of, ended } => {
            let (category, of) = (category.name(lang), of.as_str());
            match (what, ended) {
                (WithheldKind::Row, false) => Audit::WithheldRow { category },
                (WithheldKind::Holder, false) if of.is_empty() => Audit::WithheldNoHolder { category },
                (WithheldKind::Holder, false) => Audit::WithheldHolder { category, of },
                (WithheldKind::Words, false) => Audit::WithheldWords { category, of },
                (WithheldKind::Row, true) => Audit::ShownRow { category },
                (WithheldKind::Holder, true) if of.is_empty() => Audit::ShownNoHolder { category },
                (WithheldKind::Holder, true) => Audit::ShownHolder { category, of },
                (WithheldKind::Words, true) => Audit::ShownWords { category, of },
            }
            .to(lang)
        }
        AuditEvent::Account { act, device, times } => account_event(*act, device.as_str(), *times, lang),
        AuditEvent::Erased => Audit::Erased.to(lang),
    }
}

/// What happened to how the person signs in.
fn account_event(act: AccountAct, device: &str, times: u64, lang: Lang) -> String {
    let unknown = Audit::UnknownDevice.to(lang);
    let device = if device.is_empty() { &unknown } else { device };
    match act {
        AccountAct::SignedIn => Audit::SignedIn { device },
        AccountAct::SignedInWithPasskey => Audit::SignedInWithPasskey { device },
        AccountAct::SignInFailed => Audit::SignInFailed { device, times },
        AccountAct::Recovered => Audit::Recovered { device },
        AccountAct::PasswordChanged => Audit::PasswordChanged { device },
        AccountAct::PasskeyAdded => Audit::PasskeyAdded { device },
        AccountAct::PasskeyRemoved => Audit::PasskeyRemoved { device },
        AccountAct::CodesReplaced => Audit::CodesReplaced { device },
        AccountAct::EndedEverywhere => Audit::EndedEverywhere { device },
    }
    .to(lang)
}

/// Rows of an import: "12 lignes nouvelles, 2 corrigées, 3 déjà là, 1 écartée". Omits zeros, except for new rows.
pub fn rows(new: u64, corrected: u64, known: u64, rejected: u64, lang: Lang) -> String {
    let mut parts = vec![Audit::NewRows { rows: new }.to(lang)];
    if corrected > 0 {
        parts.push(Audit::CorrectedRows { rows: corrected }.to(lang));
    }
    if known > 0 {
        parts.push(Audit::KnownRows { rows: known }.to(lang));
    }
    if rejected > 0 {
        parts.push(Audit::RejectedRows { rows: rejected }.to(lang));
    }
    parts.join(", ")
}

fn what_was_read(reads: &[CategoryRead], lang: Lang) -> String {
    let reads: Vec<String> = reads
        .iter()
        .filter(|read| read.rows > 0)
        .map(|read| {
            let days = period(&Period { from: read.from, until: read.until }, lang);
            let (category, size) = (read.category.name(lang), size(read.bytes, lang));
            let (rows, period, size) = (read.distinct_rows(), &days, &size);
            if rows == read.rows {
                return Audit::ReadOfCategory { rows, category, period, size }.to(lang);
            }
            let read = &crate::number::count(read.rows, lang);
            Audit::ReadAgain { rows, category, period, size, read }.to(lang)
        })
        .collect();
    if reads.is_empty() {
        return Audit::ReadNothing.to(lang);
    }
    Audit::Read { reads: &names::series(&reads, lang) }.to(lang)
}

/// An event of an app's grant.
fn grant_event(app: &str, change: EventKind, lang: Lang) -> String {
    match change {
        EventKind::Shown => Audit::Shown { app },
        EventKind::Deferred => Audit::Deferred { app },
        EventKind::Refused => Audit::Refused { app },
        EventKind::Given => Audit::Given { app },
        EventKind::Paused => Audit::Paused { app },
        EventKind::Resumed => Audit::Resumed { app },
        EventKind::Renewed => Audit::Renewed { app },
        EventKind::Narrowed => Audit::Narrowed { app },
        EventKind::Expired => Audit::Expired { app },
        EventKind::Withdrawn => Audit::Withdrawn { app },
        EventKind::Revoked => Audit::Revoked { app },
        EventKind::Invalidated => Audit::Invalidated { app },
        EventKind::Superseded => Audit::Superseded { app },
    }
    .to(lang)
}

/// A change of a grant, with details.
pub fn change(change: &Change, lang: Lang) -> String {
    match change {
        Change::Shown { items: asked } => Audit::ChangeShown { items: &items(asked, lang) }.to(lang),
        Change::Deferred => Audit::ChangeDeferred.to(lang),
        Change::Refused => Audit::ChangeRefused.to(lang),
        Change::Given { items: given, until } => {
            let items = &items(given, lang);
            match until {
                Some(until) => Audit::ChangeGivenUntil { until: &last_day(*until, lang), items }.to(lang),
                None => Audit::ChangeGiven { items }.to(lang),
            }
        }
        Change::Paused => Audit::ChangePaused.to(lang),
        Change::Resumed => Audit::ChangeResumed.to(lang),
        Change::Renewed { until: None } => Audit::ChangeRenewed.to(lang),
        Change::Renewed { until: Some(until) } => {
            Audit::ChangeRenewedUntil { until: &last_day(*until, lang) }.to(lang)
        }
        Change::Narrowed { scope: left } => {
            Audit::ChangeNarrowed { items: &whole_scope(left, lang) }.to(lang)
        }
        Change::Expired => Audit::ChangeExpired.to(lang),
        Change::Withdrawn => Audit::ChangeWithdrawn.to(lang),
        Change::Revoked { reason } => Audit::ChangeRevoked { reason: reason.as_str() }.to(lang),
        Change::Invalidated { reason } => Audit::ChangeInvalidated { reason: reason.as_str() }.to(lang),
        Change::Superseded { by } => Audit::ChangeSuperseded { by: &by.to_string() }.to(lang),
    }
}

fn items(items: &[Item], lang: Lang) -> String {
    let items = items.iter().map(|item| {
        let category = item.category.name(lang);
        match &item.decision {
            Decision::Open(asked) | Decision::Given(asked) => {
                Audit::Item { category, scope: &scope(asked, lang) }.to(lang)
            }
            Decision::Refused => Audit::ItemRefused { category }.to(lang),
        }
    });
    names::series(&items.collect::<Vec<_>>(), lang)
}

fn whole_scope(all: &Scope, lang: Lang) -> String {
    let items = all.iter().map(|(category, one)| {
        Audit::Item { category: category.name(lang), scope: &scope(one, lang) }.to(lang)
    });
    names::series(&items.collect::<Vec<_>>(), lang)
}

/// Actor and channel of an act: "la personne, en ligne de commande".
pub fn act(act: Act, lang: Lang) -> String {
    Audit::By { actor: &actor(act.actor, lang), channel: &channel(act.channel, lang) }.to(lang)
}

/// State of a run without an end in the audit chain.
pub fn run_state(state: RunState, lang: Lang) -> String {
    match state {
        RunState::UnderWay => Audit::UnderWay,
        RunState::Interrupted => Audit::Interrupted,
    }
    .to(lang)
}

/// A difference between a replay and its receipt.
pub fn difference(difference: &Difference, lang: Lang) -> String {
    let rows = |read: &Option<ReadDigest>| read.map_or(0, |read| read.rows);
    match difference {
        Difference::Component { then, now } => {
            Audit::DifferentComponent { now: &now.to_string(), then: &then.to_string() }.to(lang)
        }
        Difference::Engine { then, now } => {
            Audit::DifferentEngine { now: now.as_str(), then: then.as_str() }.to(lang)
        }
        Difference::Inputs => Audit::DifferentInputs.to(lang),
        Difference::Scope => Audit::DifferentScope.to(lang),
        Difference::Reads { category, then, now } if rows(then) == rows(now) => {
            Audit::DifferentRows { now: rows(now), category: category.name(lang) }.to(lang)
        }
        Difference::Reads { category, then, now } => {
            let (now, then) = (rows(now), rows(then));
            Audit::DifferentCount { now, category: category.name(lang), then }.to(lang)
        }
        Difference::Outcome { then, now } => {
            let [now, then] = [now, then].map(|code| outcome_of_code(code.as_str(), lang));
            Audit::DifferentOutcome { now: &now, then: &then }.to(lang)
        }
        Difference::View => Audit::DifferentView.to(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::event_kind;
    use Lang::{En, Fr};
    use mesinfos_consent::{Actor, Channel, GrantId, ReceiptId};
    use mesinfos_model::{Category, Day, Digest};

    #[test]
    fn an_import_is_told_with_its_format_by_name() {
        let event = AuditEvent::Imported {
            import: 3,
            file: "banque.csv".into(),
            format: "green-button-xml".into(),
            category: Category::Energy,
            accepted: 12_000,
            rejected: 1,
            duplicates: 0,
            corrected: 0,
        };
        assert_eq!(
            audit_event(&event, Fr),
            "Import n° 3\u{A0}: «\u{A0}banque.csv\u{A0}» (Green Button (ESPI, XML)), relevés d’énergie\u{A0}: \
             12\u{202F}000 lignes nouvelles, 1 écartée."
        );
    }

    #[test]
    fn a_run_is_told_with_what_it_read() {
        let read = CategoryRead {
            category: Category::Bank,
            from: Some(Day(0)),
            until: None,
            rows: 1,
            distinct: None,
            bytes: 480,
        };
        let ran = |run, reads: Vec<CategoryRead>, outcome: &str, times| AuditEvent::Ran {
            run,
            app: "budget".into(),
            version: "1.0.0".into(),
            component: Digest([0; 32]),
            grants: Vec::new(),
            outcome: outcome.into(),
            receipt: run,
            digest: None,
            reads,
            times,
        };
        assert_eq!(
            audit_event(&ran(Some(ReceiptId::new(7)), vec![read], "completed", None), En),
            "The run of \"budget\" 1.0.0 ended: it gave its result. Read: bank transactions (from 1\u{A0}January 1970 on), \
             1 row, 480\u{A0}bytes."
        );
        let refused = audit_event(&ran(None, Vec::new(), "not-granted", Some(12)), Fr);
        assert!(refused.contains("n’a pas été lancée, 12 fois\u{A0}: "), "{refused}");
    }

    #[test]
    fn every_act_of_an_account_has_a_sentence_of_its_own() {
        for lang in [Fr, En] {
            let told = |device: &'static str| {
                AccountAct::ALL.map(|act| {
                    audit_event(&AuditEvent::Account { act, device: device.into(), times: 4 }, lang)
                })
            };
            let (mut named, unknown) = (told("Firefox, Linux").to_vec(), told(""));
            assert!(
                named.iter().all(|one| one.contains("Firefox, Linux") && one.ends_with('.')),
                "{named:?}"
            );
            assert!(unknown.iter().all(|one| !one.contains("()") && !one.contains("  ")), "{unknown:?}");
            named.sort();
            named.dedup();
            assert_eq!(named.len(), AccountAct::ALL.len());
        }
    }

    #[test]
    fn every_kind_of_event_has_a_sentence_and_a_word() {
        for &kind in EventKind::ALL {
            for lang in [Fr, En] {
                let (sentence, word) = (grant_event("budget", kind, lang), event_kind(kind, lang));
                assert!(sentence.ends_with('.') && sentence.contains("budget") && !word.is_empty());
            }
        }
        let by = GrantId::new(0);
        assert!(change(&Change::Superseded { by }, Fr).contains(&by.to_string()));
        let person = Act { actor: Actor::Person, channel: Channel::Cli };
        assert_eq!(act(person, Fr), "la personne, en ligne de commande");
    }

    #[test]
    fn differences_count_rows() {
        let read = |rows| Some(ReadDigest { rows, distinct: None, bytes: 1, digest: Digest([0; 32]) });
        let differs = Difference::Reads { category: Category::Bank, then: read(12), now: None };
        assert_eq!(
            difference(&differs, Fr),
            "l’application a lu 0 ligne (opérations bancaires) au lieu de 12"
        );
        let same = Difference::Reads { category: Category::Bank, then: read(1), now: read(1) };
        assert!(difference(&same, En).ends_with("but not the same one"));
    }
}
