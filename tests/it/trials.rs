//! Trials, previews and kept results, across consent, vault and runtime: what a trial shows is what a run with the
//! same choices shows, the rows of a preview are those that an app reads, and nothing is kept that is not said.

use crate::lab::Lab;
use crate::support::{app, me};
use mesinfos_model::category::Grain;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, Digest, Period};
use mesinfos_platform::consent::{Actor, AuditEvent, Channel};
use mesinfos_platform::{
    Caller, CategoryChoice, Clock, KeptResult, PlatformError, RowFilter, RunInput, SystemClock, TrialChoices,
    TrialRun,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const WHO: &str = "camille";

/// A lab whose person has bank rows, and an app that reads them.
fn lab() -> (Lab, Digest) {
    let lab = Lab::new();
    let (record, _) = lab.platform.install(&std::fs::read(app("budget")).unwrap()).unwrap();
    (lab, record.component)
}

fn bank(choice: CategoryChoice) -> TrialChoices {
    vec![(Category::Bank, choice)]
}

fn tried(lab: &Lab, component: Digest, variants: &[TrialChoices]) -> Vec<TrialRun> {
    lab.platform.try_app(&me(WHO), "budget", component, variants, &[]).unwrap()
}

#[test]
fn a_trial_shows_what_a_run_with_the_same_choices_shows() {
    let (lab, component) = lab();
    let period = |text: &str| Some(Period::parse(text).unwrap());
    let choices = [
        CategoryChoice::default(),
        CategoryChoice { period: period("2026-01"), ..CategoryChoice::default() },
        CategoryChoice { grain: Some(Grain::Rounded), ..CategoryChoice::default() },
    ];
    let variants: Vec<TrialChoices> = choices.into_iter().map(bank).collect();
    let trials = tried(&lab, component, &variants);
    assert_eq!(trials.len(), variants.len());
    let mut views = Vec::new();
    for (given, trial) in variants.iter().zip(&trials) {
        lab.platform.grant(&me(WHO), "budget", given, None).unwrap();
        let run = lab.platform.run(&me(WHO), "budget", &RunInput { params: Vec::new() }).unwrap();
        assert_eq!(trial.view.as_ref(), Some(&run.view), "{given:?}");
        let read: Vec<(Category, u64)> =
            run.receipt.reads.iter().map(|(c, read)| (*c, read.distinct_rows())).collect();
        assert_eq!(trial.rows.clone().into_iter().collect::<Vec<_>>(), read);
        views.push(run.view);
    }
    assert!(views[0] != views[1] && views[0] != views[2], "the choices change something");
}

#[test]
fn a_trial_keeps_nothing_and_is_in_the_journal() {
    let (lab, component) = lab();
    let before = lab.platform.audit_entries(&me(WHO)).unwrap().len();
    let trials = tried(&lab, component, &[bank(CategoryChoice::default()), Vec::new()]);
    assert!(trials[0].view.is_some());
    assert_eq!(trials[1].rows.len(), 0, "nothing was given");
    let log = lab.platform.audit_entries(&me(WHO)).unwrap();
    let events: Vec<&AuditEvent> = log[before..].iter().map(|logged| &logged.entry.event).collect();
    let [AuditEvent::TrialBegan { run, runs: 2, .. }, AuditEvent::Tried { run: ended, runs: 2, reads, .. }] =
        events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(run, ended);
    assert!(reads.iter().any(|read| read.category == Category::Bank && read.rows > 0));
    assert!(log.iter().all(|logged| logged.run.is_none()), "nothing is under way or interrupted");
    assert_eq!(lab.platform.grants_of(&me(WHO)).unwrap().len(), 0);
    assert_eq!(lab.platform.receipts_of(&me(WHO)).unwrap().len(), 0);
    assert_eq!(lab.platform.results(&me(WHO)).unwrap(), []);
    lab.platform.audit_verify(&me(WHO), None).unwrap();
    // Without a grant it still does not run.
    let run = lab.run(WHO, "budget");
    assert!(matches!(run, Err(PlatformError::NotGranted { .. })), "{run:?}");
}

#[test]
fn a_trial_is_of_the_component_that_was_shown_and_of_what_it_asks() {
    let (lab, component) = lab();
    let other = Digest([7; 32]);
    let none = lab.platform.try_app(&me(WHO), "budget", other, &[Vec::new()], &[]);
    assert!(matches!(none, Err(PlatformError::OtherComponent { .. })));
    let health = vec![(Category::Health, CategoryChoice::default())];
    let not_asked = lab.platform.try_app(&me(WHO), "budget", component, &[health], &[]);
    assert!(matches!(not_asked, Err(PlatformError::BadGrant(_))));
    let nobody = lab.platform.try_app(&me("nobody"), "budget", component, &[Vec::new()], &[]);
    assert!(nobody.is_err());
    assert_eq!(lab.platform.audit_entries(&me(WHO)).unwrap().iter().filter(|l| l.run.is_some()).count(), 0);
}

#[test]
fn a_preview_counts_the_rows_that_the_app_reads_and_leaves_out_what_is_excluded() {
    let (lab, _) = lab();
    let platform = &lab.platform;
    let given = bank(CategoryChoice::default());
    let scope = platform.scope_of(&me(WHO), "budget", &given).unwrap().remove(&Category::Bank).unwrap();
    let whole = platform.preview(&me(WHO), &scope, 10_000).unwrap();
    assert_eq!(whole.total, whole.rows.len() as u64);
    assert_eq!(whole.listed, whole.total);
    // Page by page, the same rows in the same order: none twice, and none is missing.
    let page = |at| platform.preview_page(&me(WHO), &scope, at, 37).unwrap().rows;
    let paged: Vec<_> = (0..whole.rows.len()).step_by(37).flat_map(page).map(|row| row.id).collect();
    assert_eq!(paged, whole.rows.iter().map(|row| row.id).collect::<Vec<_>>());
    assert!(page(whole.rows.len()).is_empty());
    platform.grant(&me(WHO), "budget", &given, None).unwrap();
    let read = |run: mesinfos_platform::RunOutput| run.receipt.reads[&Category::Bank].rows;
    let once = read(lab.run(WHO, "budget").unwrap());
    assert_eq!(once % whole.total, 0, "an app may read its rows more than once: {once} of {}", whole.total);
    // Newest first.
    let days: Vec<i64> = whole
        .rows
        .iter()
        .filter_map(|row| row.values.iter().find(|value| value.field == "booked-on")?.number)
        .collect();
    assert!(days.len() > 100 && days.is_sorted_by(|a, b| a >= b), "{days:?}");
    // No value of a field that is not given.
    let given_fields = scope.fields.names(Category::Bank);
    for row in &whole.rows {
        assert!(row.values.iter().all(|value| given_fields.contains(&value.field)));
    }
    // Excluded rows are still shown, marked, and are not counted.
    let some: Vec<_> = whole.rows.iter().take(3).filter_map(|row| row.id).collect();
    let less = bank(CategoryChoice { excluded: some.iter().copied().collect(), ..CategoryChoice::default() });
    let scope = platform.scope_of(&me(WHO), "budget", &less).unwrap().remove(&Category::Bank).unwrap();
    let left = platform.preview(&me(WHO), &scope, 10_000).unwrap();
    assert_eq!(left.total, whole.total - 3);
    assert_eq!(left.listed, whole.total, "they can be given again");
    let marked: Vec<_> = left.rows.iter().filter(|row| row.is_excluded).filter_map(|row| row.id).collect();
    assert_eq!(marked.len(), 3);
    assert!(some.iter().all(|id| marked.contains(id)));
}

#[test]
fn a_result_is_kept_sealed_until_it_is_erased_or_the_app_is_stopped() {
    let (lab, _) = lab();
    let platform = &lab.platform;
    platform.grant(&me(WHO), "budget", &[], None).unwrap();
    let keep = || {
        let run = lab.run(WHO, "budget").unwrap();
        let kept = KeptResult::of(run, vec![("a".to_owned(), "b".to_owned())]);
        platform.keep_result(&me(WHO), &kept).unwrap();
        kept
    };
    let first = keep();
    assert_eq!(platform.result(&me(WHO), first.receipt).unwrap(), Some(first.clone()));
    assert_eq!(platform.result(&me("dominique"), first.receipt).unwrap(), None, "it is in one vault");
    // The last two are kept, to be compared.
    let second = keep();
    let mut both: Vec<_> = platform.results(&me(WHO)).unwrap().into_iter().map(|kept| kept.receipt).collect();
    both.sort();
    assert_eq!(both, [first.receipt.min(second.receipt), first.receipt.max(second.receipt)]);
    let last = keep();
    let kept = platform.results(&me(WHO)).unwrap();
    assert_eq!(kept.len(), 2);
    assert!(platform.erase_result(&me(WHO), last.receipt).unwrap());
    let second = platform.results(&me(WHO)).unwrap().remove(0);
    assert!(platform.erase_result(&me(WHO), second.receipt).unwrap());
    assert!(!platform.erase_result(&me(WHO), second.receipt).unwrap(), "once");
    let third = keep();
    platform.withdraw(&me(WHO), "budget").unwrap();
    assert_eq!(platform.result(&me(WHO), third.receipt).unwrap(), None, "stopping erases it");
    platform.audit_verify(&me(WHO), None).unwrap();
}

/// A clock that the test sets, in UTC seconds.
#[derive(Debug, Clone)]
struct Set(Arc<AtomicI64>);

impl Clock for Set {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

#[test]
fn pausing_everything_stops_every_app_until_the_person_resumes() {
    let (lab, _) = lab();
    let clock = Set(Arc::new(AtomicI64::new(SystemClock.now())));
    let lab = lab.with_clock(clock.clone());
    let platform = &lab.platform;
    let later = || clock.0.fetch_add(60, Ordering::Relaxed);
    let state = |app: &str| {
        let grants = platform.grants_of(&me(WHO)).unwrap();
        grants.into_iter().rfind(|grant| grant.app == app).unwrap().state
    };
    platform.install(&std::fs::read(app("forfait")).unwrap()).unwrap();
    platform.grant(&me(WHO), "budget", &[], None).unwrap();
    platform.grant(&me(WHO), "forfait", &[], None).unwrap();
    assert_eq!(platform.paused_since(&me(WHO)).unwrap(), None);
    // One grant that is paused alone is not a pause of everything, even if there is no other.
    platform.withdraw(&me(WHO), "forfait").unwrap();
    platform.pause(&me(WHO), "budget").unwrap();
    assert_eq!(platform.paused_since(&me(WHO)).unwrap(), None);
    later();
    platform.grant(&me(WHO), "forfait", &[], None).unwrap();
    let began = clock.now();
    assert_eq!(platform.pause_all(&me(WHO)).unwrap(), 1);
    assert_eq!(platform.paused_since(&me(WHO)).unwrap(), Some(began));
    assert_eq!(platform.paused_since(&me("dominique")).unwrap(), None);
    later();
    assert_eq!(platform.pause_all(&me(WHO)).unwrap(), 0);
    assert_eq!(platform.paused_since(&me(WHO)).unwrap(), Some(began), "since the first time");
    assert!(matches!(lab.run(WHO, "forfait"), Err(PlatformError::NotGranted { .. })));
    // What is paused alone during it stays paused too.
    platform.resume(&me(WHO), "budget").unwrap();
    later();
    platform.pause(&me(WHO), "budget").unwrap();
    // A door that asks no question gives nothing meanwhile.
    let by_api = Caller::new(&SystemClock, Actor::Person, Channel::Api, Lang::En).about(WHO.parse().unwrap());
    let refused = platform.grant(&by_api, "forfait", &[], None).unwrap_err();
    assert_eq!(refused.code(), "everything-paused");
    // What it did not pause stays paused.
    assert_eq!(platform.resume_all(&me(WHO)).unwrap(), 1);
    assert_eq!((state("budget").as_str(), state("forfait").as_str()), ("paused", "given"));
    assert_eq!(platform.paused_since(&me(WHO)).unwrap(), None);
    assert!(lab.run(WHO, "budget").is_err());
    platform.resume(&me(WHO), "budget").unwrap();
    assert!(lab.run(WHO, "budget").is_ok());
    // Without any grant, everything can be paused: a grant that follows is then asked for apart.
    platform.withdraw(&me(WHO), "budget").unwrap();
    platform.withdraw(&me(WHO), "forfait").unwrap();
    assert_eq!(platform.pause_all(&me(WHO)).unwrap(), 0);
    assert!(platform.paused_since(&me(WHO)).unwrap().is_some());
    assert_eq!(platform.resume_all(&me(WHO)).unwrap(), 0);
    assert_eq!(platform.paused_since(&me(WHO)).unwrap(), None);
    platform.audit_verify(&me(WHO), None).unwrap();
}

#[test]
fn a_withdrawn_grant_can_be_given_again_as_it_was() {
    let (lab, _) = lab();
    let platform = &lab.platform;
    let last = || platform.withdrawn_grant(&me(WHO), "budget").unwrap();
    assert!(last().is_none(), "none was given");
    let period = Some(Period::parse("2026-01").unwrap());
    let choice = CategoryChoice { period, grain: Some(Grain::Rounded), ..CategoryChoice::default() };
    let given = platform.grant(&me(WHO), "budget", &bank(choice), None).unwrap();
    assert!(last().is_none(), "it is in force");
    platform.withdraw(&me(WHO), "budget").unwrap();
    assert_eq!(last().unwrap().scope, given.scope);
    platform.grant(&me(WHO), "budget", &[], None).unwrap();
    assert!(last().is_none(), "another one followed");
}

#[test]
fn rows_that_leave_as_a_file_are_in_the_journal() {
    let (lab, _) = lab();
    let platform = &lab.platform;
    let downloads = || {
        let log = platform.audit_entries(&me(WHO)).unwrap();
        let forms = log.into_iter().filter_map(|logged| match logged.entry.event {
            AuditEvent::Downloaded { category: Category::Bank, form } => Some(form.to_string()),
            _ => None,
        });
        forms.collect::<Vec<_>>()
    };
    // Looking at rows is not taking them away.
    platform.export_rows(&me(WHO), Category::Bank, &RowFilter::default()).unwrap();
    assert!(downloads().is_empty());
    let mut rows = platform.download_rows(&me(WHO), Category::Bank, &RowFilter::default(), "csv").unwrap();
    assert_eq!(downloads(), ["csv"], "before the first piece");
    assert!(rows.next().unwrap().is_ok());
    assert!(platform.download_parquet(&me(WHO), Category::Bank).unwrap().all(|piece| piece.is_ok()));
    assert_eq!(downloads(), ["csv", "parquet"]);
    platform.audit_verify(&me(WHO), None).unwrap();
}
