//! Admission control and scheduling of runs, so that no app and no person monopolises the host.
//!
//! Slots are limited globally, per app and per person. A run that finds no slot waits in a bounded queue or
//! fails with `Busy`. The next slot goes to the app with the fewest runs under way, and within that app to
//! the run that came first.
//!
//! Two kinds of runs have background priority and get only idle CPU time: runs of a person whose runs
//! exceeded their share of the last seconds, and runs of an app that was stopped in the last minute when it
//! ran for that person. The latter are on probation: one at a time. Background runs also start with a delay,
//! because starting and ending a run costs more CPU than a low priority can hold back. Runs on probation
//! always start with the delay, the others while somebody else is active.

use crate::run::probation::{Probation, ProbationScope};
use crate::{PlatformError, Result};
use mesinfos_runtime::{Outcome, Pace};
use std::collections::{HashMap, VecDeque};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Limits on slots and queues.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SlotLimits {
    /// Slots in all. Each run may use the memory in [`Limits`](mesinfos_runtime::Limits), so this bounds the
    /// memory of the host.
    pub(crate) all: usize,
    /// Slots per app. An honest run takes milliseconds, so this many keep any machine busy.
    pub(crate) app: usize,
    /// Slots per person. A person looks at one view at a time and opens a few in tabs.
    pub(crate) person: usize,
    /// Slots for runs on probation, over all apps.
    pub(crate) probation: usize,
    /// Length of the queue.
    pub(crate) waiting: usize,
    /// Length of the queue per app, and per person.
    pub(crate) waiting_each: usize,
    /// Maximum wait. After a longer one, the page appears dead.
    pub(crate) patience: Duration,
    /// Run time of a person above which their runs go to the background.
    pub(crate) burst: Duration,
    /// Run time that a person regains per second.
    pub(crate) share: Duration,
    /// Duration of a probation.
    pub(crate) term: Duration,
    /// Delay before a background run starts.
    pub(crate) late: Duration,
    /// Time for which a person counts as active after their last normal run began.
    pub(crate) at_work: Duration,
}

/// Slots for runs.
pub(crate) const RUNS: SlotLimits = SlotLimits {
    all: 32,
    app: 8,
    person: 3,
    probation: 4,
    waiting: 256,
    waiting_each: 64,
    patience: Duration::from_secs(5),
    burst: Duration::from_secs(1),
    share: Duration::from_millis(100),
    term: Duration::from_secs(60),
    late: Duration::from_millis(250),
    at_work: Duration::from_secs(1),
};

/// Slots for compilations, each of which may keep a core busy for minutes.
pub(crate) const COMPILATIONS: SlotLimits = SlotLimits {
    all: 1,
    app: 1,
    person: 1,
    probation: 1,
    waiting: 8,
    waiting_each: 8,
    patience: Duration::from_secs(60),
    burst: Duration::MAX,
    share: Duration::ZERO,
    term: Duration::ZERO,
    late: Duration::ZERO,
    at_work: Duration::ZERO,
};

impl SlotLimits {
    /// Current balance of an account whose balance was `spent` at `at`.
    fn left(&self, (spent, at): (Duration, Instant), now: Instant) -> Duration {
        spent.saturating_sub(self.share.mul_f64((now - at).as_secs_f64()))
    }
}

/// Slots and queue.
pub(crate) struct Scheduler {
    limits: SlotLimits,
    /// CPU cores, counted once: counting reads the files of the control group.
    processors: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    running: usize,
    /// Runs on probation among those running.
    late: usize,
    apps: HashMap<String, usize>,
    persons: HashMap<String, usize>,
    /// Number of runs by person and app.
    pairs: HashMap<(String, String), usize>,
    /// Run time by person, less the time regained, and the time of that balance.
    spent: HashMap<String, (Duration, Instant)>,
    probation: Probation,
    /// Person of the last normal run, and its start.
    usual: Option<(String, Instant)>,
    waiting: VecDeque<Waiting>,
    next: u64,
}

/// App and person of a run.
#[derive(Clone)]
struct Who {
    app: String,
    person: String,
}

impl Who {
    fn pair(&self) -> (String, String) {
        (self.person.clone(), self.app.clone())
    }
}

/// Decrements a count, and drops counts of zero.
fn one_less<K: Eq + std::hash::Hash>(counts: &mut HashMap<K, usize>, of: &K) {
    if let Some(count) = counts.get_mut(of) {
        *count -= 1;
    }
    counts.retain(|_, count| *count > 0);
}

struct Waiting {
    number: u64,
    who: Who,
    /// Receives the lane on admission.
    admitted: SyncSender<Lane>,
}

/// Priority of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lane {
    Usual,
    /// Background.
    Background,
    /// Background, one at a time per app (or per app and person), with a delay.
    Probation,
}

/// A slot, released on drop.
pub(crate) struct Slot {
    scheduler: Arc<Scheduler>,
    who: Who,
    lane: Lane,
    started: Instant,
}

impl Scheduler {
    pub(crate) fn new(limits: SlotLimits) -> Arc<Scheduler> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Arc::new(Scheduler { limits, processors, state: Mutex::default() })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Number of slots taken, and number of runs waiting.
    pub(crate) fn taken_and_waiting(&self) -> (usize, usize) {
        let state = self.lock();
        (state.running, state.waiting.len())
    }

    /// Waits for a slot.
    ///
    /// # Errors
    /// [`PlatformError::Busy`] if the queue is full or the wait times out.
    pub(crate) fn enter(self: &Arc<Scheduler>, app: &str, person: &str) -> Result<Slot> {
        let who = Who { app: app.to_owned(), person: person.to_owned() };
        let slot = |lane| {
            if self.starts_late(lane, person) {
                std::thread::sleep(self.limits.late);
            }
            Slot { scheduler: Arc::clone(self), who: who.clone(), lane, started: Instant::now() }
        };
        let (number, admitted) = {
            let mut state = self.lock();
            // Every waiting run that could be admitted has been, so this run overtakes none of them.
            if let Some(lane) = state.lane(&self.limits, &who) {
                state.take(&who, lane);
                drop(state);
                return Ok(slot(lane));
            }
            state.queue(&self.limits, &who)?
        };
        if let Ok(lane) = admitted.recv_timeout(self.limits.patience) {
            return Ok(slot(lane));
        }
        self.lock().waiting.retain(|waiting| waiting.number != number);
        // The run may have been admitted between the timeout and the lock.
        admitted.try_recv().map(slot).map_err(|_| PlatformError::Busy)
    }
}

impl Scheduler {
    fn starts_late(&self, lane: Lane, person: &str) -> bool {
        match lane {
            Lane::Usual => false,
            Lane::Probation => true,
            Lane::Background => self
                .lock()
                .usual
                .as_ref()
                .is_some_and(|(other, since)| other != person && since.elapsed() < self.limits.at_work),
        }
    }
}

impl State {
    /// The lane of a run; `None` if no slot is free for it.
    fn lane(&self, limits: &SlotLimits, who: &Who) -> Option<Lane> {
        let now = Instant::now();
        let of_app = self.apps.get(&who.app).copied().unwrap_or(0);
        let of_person = self.persons.get(&who.person).copied().unwrap_or(0);
        if self.running >= limits.all || of_app >= limits.app || of_person >= limits.person {
            return None;
        }
        if let Some(whose) = self.probation.of(&who.app, &who.person, now) {
            let of_these = match whose {
                ProbationScope::Hers => self.pairs.get(&who.pair()).copied().unwrap_or(0),
                ProbationScope::Everybodys => of_app,
            };
            return (of_these == 0 && self.late < limits.probation).then_some(Lane::Probation);
        }
        let spent = self.spent.get(&who.person).map_or(Duration::ZERO, |account| limits.left(*account, now));
        Some(if spent > limits.burst { Lane::Background } else { Lane::Usual })
    }

    fn take(&mut self, who: &Who, lane: Lane) {
        self.running += 1;
        self.late += usize::from(lane == Lane::Probation);
        if lane == Lane::Usual {
            self.usual = Some((who.person.clone(), Instant::now()));
        }
        *self.apps.entry(who.app.clone()).or_default() += 1;
        *self.persons.entry(who.person.clone()).or_default() += 1;
        *self.pairs.entry(who.pair()).or_default() += 1;
    }

    fn free(&mut self, who: &Who, lane: Lane) {
        self.running -= 1;
        self.late -= usize::from(lane == Lane::Probation);
        one_less(&mut self.apps, &who.app);
        one_less(&mut self.persons, &who.person);
        one_less(&mut self.pairs, &who.pair());
    }

    /// Adds a run's duration to its person's account.
    fn spend(&mut self, limits: &SlotLimits, person: &str, took: Duration) {
        let now = Instant::now();
        // Drop balances that have reached zero.
        self.spent.retain(|_, account| !limits.left(*account, now).is_zero());
        let account = self.spent.entry(person.to_owned()).or_insert((Duration::ZERO, now));
        *account = (limits.left(*account, now) + took, now);
    }

    fn queue(&mut self, limits: &SlotLimits, who: &Who) -> Result<(u64, Receiver<Lane>)> {
        let of_app = self.waiting.iter().filter(|waiting| waiting.who.app == who.app).count();
        let of_person = self.waiting.iter().filter(|waiting| waiting.who.person == who.person).count();
        if self.waiting.len() >= limits.waiting || of_app.max(of_person) >= limits.waiting_each {
            return Err(PlatformError::Busy);
        }
        let (admitted, told) = sync_channel(1);
        let number = self.next;
        self.next += 1;
        self.waiting.push_back(Waiting { number, who: who.clone(), admitted });
        Ok((number, told))
    }

    /// Assigns free slots to waiting runs. Takes each slot before sending, so that no other run can take it
    /// in between.
    fn admit(&mut self, limits: &SlotLimits) {
        while let Some((i, lane)) = self.next(limits) {
            let Some(waiting) = self.waiting.remove(i) else {
                return;
            };
            self.take(&waiting.who, lane);
            // The channel has room for one message: this fails only if the receiver is gone.
            if waiting.admitted.try_send(lane).is_err() {
                self.free(&waiting.who, lane);
            }
        }
    }

    /// The next run to admit: the first one of the app with the fewest runs under way.
    fn next(&self, limits: &SlotLimits) -> Option<(usize, Lane)> {
        let admissible = self.waiting.iter().enumerate().filter_map(|(i, waiting)| {
            let lane = self.lane(limits, &waiting.who)?;
            Some((self.apps.get(&waiting.who.app).copied().unwrap_or(0), i, lane))
        });
        admissible.min_by_key(|(of_app, i, _)| (*of_app, *i)).map(|(_, i, lane)| (i, lane))
    }
}

impl Slot {
    /// Resets the start of the run. Time before it, such as a wait for the disk, is charged to nobody.
    pub(crate) fn starts(self) -> Slot {
        let mut slot = self;
        slot.started = Instant::now();
        slot
    }

    /// Priority of the run.
    pub(crate) fn pace(&self) -> Pace {
        if self.lane == Lane::Usual { Pace::Usual } else { Pace::Background }
    }

    /// Whether a second CPU core is available to the run.
    pub(crate) fn has_room(&self) -> bool {
        self.lane == Lane::Usual && self.scheduler.lock().running < self.scheduler.processors
    }

    /// Releases the slot. Puts an app whose run was stopped on probation for the person.
    pub(crate) fn ended(self, outcome: &Outcome) {
        if outcome.stopped() {
            let (now, term) = (Instant::now(), self.scheduler.limits.term);
            self.scheduler.lock().probation.stopped(&self.who.app, &self.who.person, now, now + term);
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut state = self.scheduler.lock();
        state.free(&self.who, self.lane);
        state.spend(&self.scheduler.limits, &self.who.person, self.started.elapsed());
        state.admit(&self.scheduler.limits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::probation::FEW_PEOPLE;

    const FEW: SlotLimits = SlotLimits {
        all: 4,
        app: 2,
        person: 3,
        probation: 1,
        waiting: 3,
        waiting_each: 2,
        patience: Duration::from_millis(50),
        burst: Duration::from_secs(600),
        share: Duration::ZERO,
        term: Duration::from_secs(600),
        late: Duration::from_millis(1),
        at_work: Duration::from_secs(600),
    };
    /// Limits with a timeout that no test reaches.
    const PATIENT: SlotLimits = SlotLimits { patience: Duration::from_secs(60), ..FEW };

    fn busy(scheduler: &Arc<Scheduler>, app: &str, person: &str) -> bool {
        matches!(scheduler.enter(app, person), Err(PlatformError::Busy))
    }

    #[test]
    fn an_app_a_person_and_all_have_their_slots() {
        let scheduler = Scheduler::new(FEW);
        let mut taken: Vec<Slot> = (0..2).map(|_| scheduler.enter("a", "p").unwrap()).collect();
        assert!(busy(&scheduler, "a", "q"), "a third of one app");
        taken.push(scheduler.enter("b", "p").unwrap());
        assert!(busy(&scheduler, "c", "p"), "a fourth for one person");
        taken.push(scheduler.enter("b", "q").unwrap());
        assert!(busy(&scheduler, "c", "q"), "a fifth in all");
        taken.remove(0);
        drop(scheduler.enter("c", "q").unwrap());
        drop(taken);
        let state = scheduler.lock();
        assert_eq!((state.running, state.late, state.apps.len(), state.persons.len()), (0, 0, 0, 0));
        assert_eq!(state.waiting.len(), 0);
    }

    /// Waits until `count` runs are in the queue.
    fn until_waiting(scheduler: &Arc<Scheduler>, count: usize) {
        while scheduler.lock().waiting.len() < count {
            std::thread::yield_now();
        }
    }

    #[test]
    fn the_queue_has_a_bound_for_each_app_and_in_all() {
        let scheduler = Scheduler::new(PATIENT);
        let taken: Vec<Slot> =
            ["a", "a", "b", "b"].iter().map(|app| scheduler.enter(app, app).unwrap()).collect();
        std::thread::scope(|scope| {
            for (i, person) in ["p", "q"].into_iter().enumerate() {
                let scheduler = &scheduler;
                scope.spawn(move || drop(scheduler.enter("a", person).unwrap()));
                until_waiting(scheduler, i + 1);
            }
            assert!(busy(&scheduler, "a", "r"), "two of this app wait already");
            scope.spawn(|| drop(scheduler.enter("c", "r").unwrap()));
            until_waiting(&scheduler, 3);
            assert!(busy(&scheduler, "d", "s"), "three wait already");
            drop(taken);
        });
    }

    #[test]
    fn the_app_with_the_fewest_runs_is_next() {
        let scheduler = Scheduler::new(SlotLimits { app: 4, ..PATIENT });
        let mut taken: Vec<Slot> = (0..3).map(|_| scheduler.enter("greedy", "p").unwrap()).collect();
        taken.push(scheduler.enter("other", "q").unwrap());
        let order = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for (i, app) in ["greedy", "rare"].into_iter().enumerate() {
                let (scheduler, order) = (&scheduler, &order);
                scope.spawn(move || {
                    let slot = scheduler.enter(app, "r").unwrap();
                    order.lock().unwrap().push(app);
                    drop(slot);
                });
                until_waiting(scheduler, i + 1);
            }
            taken.remove(0);
        });
        assert_eq!(order.into_inner().unwrap(), ["rare", "greedy"]);
    }

    #[test]
    fn who_takes_more_than_a_share_runs_in_the_background() {
        let share = Duration::from_millis(100);
        let scheduler = Scheduler::new(SlotLimits { burst: Duration::from_secs(1), share, ..FEW });
        scheduler.lock().spend(&scheduler.limits, "p", Duration::from_millis(1_500));
        assert_eq!(scheduler.enter("a", "p").unwrap().pace(), Pace::Background);
        assert_eq!(scheduler.enter("a", "q").unwrap().pace(), Pace::Usual);
        let earlier = Instant::now().checked_sub(Duration::from_secs(6)).unwrap();
        scheduler.lock().spent.get_mut("p").unwrap().1 = earlier;
        assert_eq!(scheduler.enter("a", "p").unwrap().pace(), Pace::Usual, "six seconds later");
        scheduler.lock().spent.get_mut("p").unwrap().1 = earlier - Duration::from_secs(10);
        drop(scheduler.enter("a", "q").unwrap());
        assert!(!scheduler.lock().spent.contains_key("p"), "nothing is kept of who is even");
    }

    #[test]
    fn behind_others_starts_late_while_they_are_at_work() {
        let share = Duration::from_millis(1);
        let scheduler = Scheduler::new(SlotLimits { burst: Duration::from_millis(1), share, ..FEW });
        scheduler.lock().spend(&scheduler.limits, "greedy", Duration::from_secs(60));
        assert!(!scheduler.starts_late(Lane::Background, "greedy"), "nobody else is there");
        assert_eq!(scheduler.enter("a", "greedy").unwrap().pace(), Pace::Background);
        assert_eq!(scheduler.enter("a", "other").unwrap().pace(), Pace::Usual);
        assert!(
            scheduler.starts_late(Lane::Background, "greedy")
                && !scheduler.starts_late(Lane::Usual, "greedy")
        );
        assert!(
            !scheduler.starts_late(Lane::Background, "other"),
            "the person's own runs are not those of others"
        );
        let long_ago = Instant::now().checked_sub(Duration::from_secs(700)).unwrap();
        scheduler.lock().usual = Some(("other".to_owned(), long_ago));
        assert!(!scheduler.starts_late(Lane::Background, "greedy"));
    }

    #[test]
    fn an_app_that_was_stopped_goes_one_by_one_behind_all_others() {
        let scheduler = Scheduler::new(FEW);
        let slot = scheduler.enter("bad", "p").unwrap();
        assert_eq!(slot.pace(), Pace::Usual);
        slot.ended(&Outcome::Completed);
        let second = scheduler.enter("bad", "p").unwrap();
        assert_eq!(second.pace(), Pace::Usual, "a view is no reason");
        second.ended(&Outcome::TimedOut { seconds: 5 });
        let third = scheduler.enter("bad", "p").unwrap();
        assert_eq!(third.pace(), Pace::Background);
        assert!(busy(&scheduler, "bad", "p"), "two at once");
        assert_eq!(scheduler.enter("good", "p").unwrap().pace(), Pace::Usual);
        scheduler.enter("worse", "q").unwrap().ended(&Outcome::Trapped);
        assert!(busy(&scheduler, "worse", "q"), "the one slot in the background is taken");
        drop(third);
        assert_eq!(scheduler.enter("worse", "q").unwrap().pace(), Pace::Background);
    }

    /// An app's behaviour on one person's data must not be measurable in another person's runs.
    #[test]
    fn a_run_that_was_stopped_delays_nobody_elses() {
        let late = Duration::from_secs(1);
        let scheduler = Scheduler::new(SlotLimits { late, all: 10, app: 10, ..FEW });
        for person in 0..FEW_PEOPLE {
            scheduler.enter("bad", &person.to_string()).unwrap().ended(&Outcome::Trapped);
        }
        let began = Instant::now();
        let hers = scheduler.enter("bad", "0").unwrap();
        assert!(hers.pace() == Pace::Background && began.elapsed() >= late);
        let began = Instant::now();
        let others: Vec<Slot> = (0..2).map(|_| scheduler.enter("bad", "other").unwrap()).collect();
        assert!(others.iter().all(|slot| slot.pace() == Pace::Usual), "beside theirs, two at a time");
        assert!(began.elapsed() < late);
        drop((hers, others));
        scheduler.enter("bad", "one more").unwrap().ended(&Outcome::Trapped);
        assert_eq!(
            scheduler.enter("bad", "other").unwrap().pace(),
            Pace::Background,
            "it fails for everybody"
        );
    }
}
