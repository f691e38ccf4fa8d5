//! Admission control and scheduling of runs, so that no app and no person monopolises the host.
//!
//! Slots are limited globally, per app and per person. A run that finds no slot waits in a bounded queue or
//! fails with `Busy`. The next slot goes to the app with the fewest runs under way; within it, first come
//! first served. Two kinds of runs have background priority and get only idle CPU time: those of a person
//! whose runs exceeded their share of the last seconds, and those of an app that was stopped in the last
//! minute when it ran for that person. The latter are on probation: one at a time. Background runs also start
//! with a delay: those on probation always, the others while somebody else is active. Starting and ending a
//! run costs more CPU than a low priority can hold back.

use crate::run::probation::{Probation, Whose};
use crate::{PlatformError, Result};
use mesinfos_runtime::{Outcome, Pace};
use std::collections::{HashMap, VecDeque};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Limits on slots and queues, each with its reason.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Places {
    /// Slots in all. Each run may use the memory in [`Limits`](mesinfos_runtime::Limits), so this bounds the
    /// memory of the host.
    pub(crate) all: usize,
    /// Slots per app. An honest run takes milliseconds: this many keep any machine busy.
    pub(crate) app: usize,
    /// Slots per person. They look at one view at a time and open a few in tabs.
    pub(crate) person: usize,
    /// Slots for runs on probation, over all apps.
    pub(crate) probation: usize,
    /// Length of the queue.
    pub(crate) waiting: usize,
    /// Runs in the queue per app, and per person.
    pub(crate) waiting_each: usize,
    /// Maximum wait. After longer, the page seems dead.
    pub(crate) patience: Duration,
    /// Run time per person before their runs go to the background.
    pub(crate) burst: Duration,
    /// Share of run time that a person regains per second.
    pub(crate) share: Duration,
    /// Duration of a probation.
    pub(crate) term: Duration,
    /// Delay before a background run starts.
    pub(crate) late: Duration,
    /// A person is active for this long after their last normal run began.
    pub(crate) at_work: Duration,
}

/// Slots for runs.
pub(crate) const RUNS: Places = Places {
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

/// Slots for compilations: each may keep a core busy for minutes.
pub(crate) const COMPILATIONS: Places = Places {
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

impl Places {
    /// Balance now of an account that was `spent` at `at`.
    fn left(&self, (spent, at): (Duration, Instant), now: Instant) -> Duration {
        spent.saturating_sub(self.share.mul_f64((now - at).as_secs_f64()))
    }
}

/// Slots and queue.
pub(crate) struct Turns {
    places: Places,
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
    /// Run time by person, less the share regained, and the time of that balance.
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
    Behind,
    /// Background, one at a time per app (or per app and person), with a delay.
    Probation,
}

/// A slot, released on drop.
pub(crate) struct Turn {
    turns: Arc<Turns>,
    who: Who,
    lane: Lane,
    started: Instant,
}

impl Turns {
    pub(crate) fn new(places: Places) -> Arc<Turns> {
        Arc::new(Turns { places, state: Mutex::default() })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Number of slots taken, and of runs waiting.
    pub(crate) fn taken_and_waiting(&self) -> (usize, usize) {
        let state = self.lock();
        (state.running, state.waiting.len())
    }

    /// Waits for a slot.
    ///
    /// # Errors
    /// [`PlatformError::Busy`] if the queue is full or the wait times out.
    pub(crate) fn enter(self: &Arc<Turns>, app: &str, person: &str) -> Result<Turn> {
        let who = Who { app: app.to_owned(), person: person.to_owned() };
        let turn = |lane| {
            if self.starts_late(lane, person) {
                std::thread::sleep(self.places.late);
            }
            Turn { turns: Arc::clone(self), who: who.clone(), lane, started: Instant::now() }
        };
        let (number, admitted) = {
            let mut state = self.lock();
            // Every waiting run that could be admitted has been: this overtakes none of them.
            if let Some(lane) = state.place(&self.places, &who) {
                state.take(&who, lane);
                drop(state);
                return Ok(turn(lane));
            }
            state.queue(&self.places, &who)?
        };
        if let Ok(lane) = admitted.recv_timeout(self.places.patience) {
            return Ok(turn(lane));
        }
        self.lock().waiting.retain(|waiting| waiting.number != number);
        // It may have been admitted between the timeout and the lock.
        admitted.try_recv().map(turn).map_err(|_| PlatformError::Busy)
    }
}

impl Turns {
    fn starts_late(&self, lane: Lane, person: &str) -> bool {
        match lane {
            Lane::Usual => false,
            Lane::Probation => true,
            Lane::Behind => self
                .lock()
                .usual
                .as_ref()
                .is_some_and(|(other, since)| other != person && since.elapsed() < self.places.at_work),
        }
    }
}

impl State {
    /// The lane, if a slot is free.
    fn place(&self, places: &Places, who: &Who) -> Option<Lane> {
        let now = Instant::now();
        let of_app = self.apps.get(&who.app).copied().unwrap_or(0);
        let of_person = self.persons.get(&who.person).copied().unwrap_or(0);
        if self.running >= places.all || of_app >= places.app || of_person >= places.person {
            return None;
        }
        if let Some(whose) = self.probation.of(&who.app, &who.person, now) {
            let of_these = match whose {
                Whose::Hers => self.pairs.get(&who.pair()).copied().unwrap_or(0),
                Whose::Everybodys => of_app,
            };
            return (of_these == 0 && self.late < places.probation).then_some(Lane::Probation);
        }
        let spent = self.spent.get(&who.person).map_or(Duration::ZERO, |account| places.left(*account, now));
        Some(if spent > places.burst { Lane::Behind } else { Lane::Usual })
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
    fn spend(&mut self, places: &Places, person: &str, took: Duration) {
        let now = Instant::now();
        // Drop balances that have reached zero.
        self.spent.retain(|_, account| !places.left(*account, now).is_zero());
        let account = self.spent.entry(person.to_owned()).or_insert((Duration::ZERO, now));
        *account = (places.left(*account, now) + took, now);
    }

    fn queue(&mut self, places: &Places, who: &Who) -> Result<(u64, Receiver<Lane>)> {
        let of_app = self.waiting.iter().filter(|waiting| waiting.who.app == who.app).count();
        let of_person = self.waiting.iter().filter(|waiting| waiting.who.person == who.person).count();
        if self.waiting.len() >= places.waiting || of_app.max(of_person) >= places.waiting_each {
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
    fn admit(&mut self, places: &Places) {
        while let Some((i, lane)) = self.next(places) {
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

    /// The next run: first come within the app that has the fewest runs under way.
    fn next(&self, places: &Places) -> Option<(usize, Lane)> {
        let admissible = self.waiting.iter().enumerate().filter_map(|(i, waiting)| {
            let lane = self.place(places, &waiting.who)?;
            Some((self.apps.get(&waiting.who.app).copied().unwrap_or(0), i, lane))
        });
        admissible.min_by_key(|(of_app, i, _)| (*of_app, *i)).map(|(_, i, lane)| (i, lane))
    }
}

impl Turn {
    /// Resets the start of the run: time before it, such as a wait for the disk, counts for nobody.
    pub(crate) fn starts(self) -> Turn {
        let mut turn = self;
        turn.started = Instant::now();
        turn
    }

    /// Priority of the run.
    pub(crate) fn pace(&self) -> Pace {
        if self.lane == Lane::Usual { Pace::Usual } else { Pace::Background }
    }

    /// Whether a second CPU core is available to the run.
    pub(crate) fn has_room(&self) -> bool {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        self.lane == Lane::Usual && self.turns.lock().running < processors
    }

    /// Releases the slot, and puts an app that was stopped on probation for the person.
    pub(crate) fn ended(self, outcome: &Outcome) {
        if outcome.stopped() {
            let (now, term) = (Instant::now(), self.turns.places.term);
            self.turns.lock().probation.stopped(&self.who.app, &self.who.person, now, now + term);
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = self.turns.lock();
        state.free(&self.who, self.lane);
        state.spend(&self.turns.places, &self.who.person, self.started.elapsed());
        state.admit(&self.turns.places);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::probation::FEW_PEOPLE;

    const FEW: Places = Places {
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
    const PATIENT: Places = Places { patience: Duration::from_secs(60), ..FEW };

    fn busy(turns: &Arc<Turns>, app: &str, person: &str) -> bool {
        matches!(turns.enter(app, person), Err(PlatformError::Busy))
    }

    #[test]
    fn an_app_a_person_and_all_have_their_places() {
        let turns = Turns::new(FEW);
        let mut taken: Vec<Turn> = (0..2).map(|_| turns.enter("a", "p").unwrap()).collect();
        assert!(busy(&turns, "a", "q"), "a third of one app");
        taken.push(turns.enter("b", "p").unwrap());
        assert!(busy(&turns, "c", "p"), "a fourth for one person");
        taken.push(turns.enter("b", "q").unwrap());
        assert!(busy(&turns, "c", "q"), "a fifth in all");
        taken.remove(0);
        drop(turns.enter("c", "q").unwrap());
        drop(taken);
        let state = turns.lock();
        assert_eq!((state.running, state.late, state.apps.len(), state.persons.len()), (0, 0, 0, 0));
        assert_eq!(state.waiting.len(), 0);
    }

    /// Waits until `count` runs are in the queue.
    fn until_waiting(turns: &Arc<Turns>, count: usize) {
        while turns.lock().waiting.len() < count {
            std::thread::yield_now();
        }
    }

    #[test]
    fn the_queue_has_a_bound_for_each_app_and_in_all() {
        let turns = Turns::new(PATIENT);
        let taken: Vec<Turn> =
            ["a", "a", "b", "b"].iter().map(|app| turns.enter(app, app).unwrap()).collect();
        std::thread::scope(|scope| {
            for (i, person) in ["p", "q"].into_iter().enumerate() {
                let turns = &turns;
                scope.spawn(move || drop(turns.enter("a", person).unwrap()));
                until_waiting(turns, i + 1);
            }
            assert!(busy(&turns, "a", "r"), "two of this app wait already");
            scope.spawn(|| drop(turns.enter("c", "r").unwrap()));
            until_waiting(&turns, 3);
            assert!(busy(&turns, "d", "s"), "three wait already");
            drop(taken);
        });
    }

    #[test]
    fn the_app_with_the_fewest_runs_is_next() {
        let turns = Turns::new(Places { app: 4, ..PATIENT });
        let mut taken: Vec<Turn> = (0..3).map(|_| turns.enter("greedy", "p").unwrap()).collect();
        taken.push(turns.enter("other", "q").unwrap());
        let order = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for (i, app) in ["greedy", "rare"].into_iter().enumerate() {
                let (turns, order) = (&turns, &order);
                scope.spawn(move || {
                    let turn = turns.enter(app, "r").unwrap();
                    order.lock().unwrap().push(app);
                    drop(turn);
                });
                until_waiting(turns, i + 1);
            }
            taken.remove(0);
        });
        assert_eq!(order.into_inner().unwrap(), ["rare", "greedy"]);
    }

    #[test]
    fn whoever_takes_more_than_her_share_goes_behind() {
        let share = Duration::from_millis(100);
        let turns = Turns::new(Places { burst: Duration::from_secs(1), share, ..FEW });
        turns.lock().spend(&turns.places, "p", Duration::from_millis(1_500));
        assert_eq!(turns.enter("a", "p").unwrap().pace(), Pace::Background);
        assert_eq!(turns.enter("a", "q").unwrap().pace(), Pace::Usual);
        let earlier = Instant::now().checked_sub(Duration::from_secs(6)).unwrap();
        turns.lock().spent.get_mut("p").unwrap().1 = earlier;
        assert_eq!(turns.enter("a", "p").unwrap().pace(), Pace::Usual, "six seconds later");
        turns.lock().spent.get_mut("p").unwrap().1 = earlier - Duration::from_secs(10);
        drop(turns.enter("a", "q").unwrap());
        assert!(!turns.lock().spent.contains_key("p"), "nothing is kept of who is even");
    }

    #[test]
    fn behind_others_starts_late_while_they_are_at_work() {
        let share = Duration::from_millis(1);
        let turns = Turns::new(Places { burst: Duration::from_millis(1), share, ..FEW });
        turns.lock().spend(&turns.places, "greedy", Duration::from_secs(60));
        assert!(!turns.starts_late(Lane::Behind, "greedy"), "nobody else is there");
        assert_eq!(turns.enter("a", "greedy").unwrap().pace(), Pace::Background);
        assert_eq!(turns.enter("a", "other").unwrap().pace(), Pace::Usual);
        assert!(turns.starts_late(Lane::Behind, "greedy") && !turns.starts_late(Lane::Usual, "greedy"));
        assert!(!turns.starts_late(Lane::Behind, "other"), "her own runs are no others'");
        let long_ago = Instant::now().checked_sub(Duration::from_secs(700)).unwrap();
        turns.lock().usual = Some(("other".to_owned(), long_ago));
        assert!(!turns.starts_late(Lane::Behind, "greedy"));
    }

    #[test]
    fn an_app_that_was_stopped_goes_one_by_one_behind_all_others() {
        let turns = Turns::new(FEW);
        let turn = turns.enter("bad", "p").unwrap();
        assert_eq!(turn.pace(), Pace::Usual);
        turn.ended(&Outcome::Completed);
        let second = turns.enter("bad", "p").unwrap();
        assert_eq!(second.pace(), Pace::Usual, "a view is no reason");
        second.ended(&Outcome::TimedOut { seconds: 5 });
        let third = turns.enter("bad", "p").unwrap();
        assert_eq!(third.pace(), Pace::Background);
        assert!(busy(&turns, "bad", "p"), "two at once");
        assert_eq!(turns.enter("good", "p").unwrap().pace(), Pace::Usual);
        turns.enter("worse", "q").unwrap().ended(&Outcome::Trapped);
        assert!(busy(&turns, "worse", "q"), "the one place in the background is taken");
        drop(third);
        assert_eq!(turns.enter("worse", "q").unwrap().pace(), Pace::Background);
    }

    /// An app's behaviour on one person's data must not be measurable in another person's runs.
    #[test]
    fn a_run_that_was_stopped_delays_nobody_elses() {
        let late = Duration::from_secs(1);
        let turns = Turns::new(Places { late, all: 10, app: 10, ..FEW });
        for person in 0..FEW_PEOPLE {
            turns.enter("bad", &person.to_string()).unwrap().ended(&Outcome::Trapped);
        }
        let began = Instant::now();
        let hers = turns.enter("bad", "0").unwrap();
        assert!(hers.pace() == Pace::Background && began.elapsed() >= late);
        let began = Instant::now();
        let others: Vec<Turn> = (0..2).map(|_| turns.enter("bad", "other").unwrap()).collect();
        assert!(others.iter().all(|turn| turn.pace() == Pace::Usual), "beside hers, two at a time");
        assert!(began.elapsed() < late);
        drop((hers, others));
        turns.enter("bad", "one more").unwrap().ended(&Outcome::Trapped);
        assert_eq!(turns.enter("bad", "other").unwrap().pace(), Pace::Background, "it fails for everybody");
    }
}
