//! Trying a version on sample people before it is published: every life, whatever is refused.
//!
//! The sample people live in memory, apart from every vault. What fails here would fail for people.

use crate::{
    Caller, Isolation, MatrixFailure, OnDay, Platform, PlatformError, Result, Row, RowFilter, TrialRun,
    all_but,
};
use mesinfos_consent::{Actor, Channel};
use mesinfos_model::view::{Lang, View};
use mesinfos_model::{Category, Day, Digest};
use mesinfos_registry::{Owner, RegistryError};
use mesinfos_runtime::{Inspection, Outcome};
use mesinfos_store::memory::MemoryStore;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Maximum number of subsets of optional categories that are refused. Up to six categories, every subset is tried.
/// Beyond, these: nothing, each one, each pair, everything but one, everything.
pub const MOST_SUBSETS: usize = 64;

/// Maximum number of failures that are told.
const MOST_FAILURES: usize = 20;

/// Authors whose versions wait to be tried, with the one that is.
const MOST_WAITING: usize = 8;

/// Authors who wait in the playground: a room of people, each for about a second.
const MOST_PLAYING: usize = 80;

/// Runs at once without a look at what came out.
const AT_ONCE: usize = 8;

/// Time that a version has for all its runs.
pub(super) const LONGEST: Duration = Duration::from_secs(90);

/// Rows of a sample person among which one of each kind is looked for.
const LOOKED: usize = 200;

/// A trait of people, and one of its groups.
pub type Group = (&'static str, &'static str);

/// Sample people.
pub struct Samples {
    platform: Platform,
    people: Vec<(String, Vec<Group>)>,
    turns: Turns,
    plays: Turns,
}

/// Turns to try a version, first come, first served. One version at a time: the runs share this machine with those of
/// people. One turn for each author: nobody keeps the others waiting with many versions.
pub(super) struct Turns {
    /// Maximum number of authors, with the one that has its turn.
    most: usize,
    waiting: Mutex<Waiting>,
    over: Condvar,
}

#[derive(Default)]
struct Waiting {
    next: u64,
    /// Tickets in their order, each with its author. The first one has its turn.
    tickets: VecDeque<(u64, String)>,
}

/// A turn. Dropping it gives it to the next.
struct Turn<'a> {
    turns: &'a Turns,
    ticket: u64,
}

impl Turns {
    fn of(most: usize) -> Turns {
        Turns { most, waiting: Mutex::default(), over: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the turn of an author.
    fn take(&self, who: &str) -> Result<Turn<'_>> {
        let mut waiting = self.lock();
        if waiting.tickets.iter().any(|(_, author)| author == who) {
            return Err(PlatformError::TrialUnderWay);
        }
        if waiting.tickets.len() >= self.most {
            return Err(PlatformError::Busy);
        }
        let turn = Turn { turns: self, ticket: waiting.next };
        waiting.next += 1;
        waiting.tickets.push_back((turn.ticket, who.to_owned()));
        while waiting.tickets.front().is_some_and(|(first, _)| *first != turn.ticket) {
            waiting = self.over.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        drop(waiting);
        Ok(turn)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.turns.lock().tickets.retain(|(ticket, _)| *ticket != self.ticket);
        self.turns.over.notify_all();
    }
}

/// What came out.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    /// Number of runs; 0 if the version was not tried.
    pub runs: u64,
    /// Number of sample people.
    pub people: u64,
    /// Number of subsets of optional categories.
    pub subsets: u64,
    /// Whether these are all subsets.
    pub is_whole: bool,
    /// Runs in which the app failed, at most 20.
    pub failures: Vec<MatrixFailure>,
    /// Whether it has optional categories, and gives a view without any of them wherever it gives one with all.
    pub works_refused: bool,
    /// Its views with everything, by sample person; `None` where it has none to give.
    pub views: BTreeMap<String, Option<View>>,
}

/// Whether an outcome is a failure of the app: it ended neither with a view nor with its reason for giving none.
fn is_failure(outcome: &Outcome) -> bool {
    !matches!(
        outcome,
        Outcome::Completed | Outcome::NeedsData(_) | Outcome::Declined(_) | Outcome::NotGranted(_)
    )
}

/// The subsets of optional categories to refuse, the empty one first, and whether they are all.
fn subsets(optional: &[Category]) -> (Vec<Vec<Category>>, bool) {
    let count = optional.len();
    let of = |bits: usize| -> Vec<Category> {
        optional.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, one)| *one).collect()
    };
    if count <= MOST_SUBSETS.ilog2() as usize {
        return ((0..1_usize << count).map(of).collect(), true);
    }
    let all = (1_usize << count) - 1;
    let mut chosen = vec![0, all];
    chosen.extend((0..count).flat_map(|at| [1 << at, all & !(1 << at)]));
    chosen.extend((0..count).flat_map(|a| (a + 1..count).map(move |b| 1 << a | 1 << b)));
    chosen.truncate(MOST_SUBSETS);
    (chosen.into_iter().map(of).collect(), false)
}

impl Samples {
    /// Nobody yet, on a day. `folder` is an empty one for keys and code, which go with it.
    ///
    /// # Errors
    /// As [`Platform::on`].
    pub fn open(folder: &Path, isolation: &Isolation, today: Option<Day>) -> Result<Samples> {
        let platform = Platform::on(Arc::new(MemoryStore::default()), folder, isolation)?;
        let platform = match today {
            Some(today) => platform.with_clock(OnDay(today)),
            None => platform,
        };
        let (turns, plays) = (Turns::of(MOST_WAITING), Turns::of(MOST_PLAYING));
        Ok(Samples { platform, people: Vec::new(), turns, plays })
    }

    /// Imports the files of a sample person.
    ///
    /// # Errors
    /// As [`Platform::import`].
    pub fn welcome(
        &mut self,
        person: &str,
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<()> {
        self.welcome_of(person, &[], files)
    }

    /// [`Samples::welcome`] of somebody who is of these groups.
    ///
    /// # Errors
    /// As [`Platform::import`].
    pub fn welcome_of(
        &mut self,
        person: &str,
        groups: &[Group],
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<()> {
        for (name, bytes) in files {
            self.platform.import(&self.caller(person)?, &name, bytes.as_slice())?;
        }
        self.people.push((person.to_owned(), groups.to_vec()));
        Ok(())
    }

    pub(super) fn people(&self) -> &[(String, Vec<Group>)] {
        &self.people
    }

    pub(super) fn turns(&self) -> &Turns {
        &self.turns
    }

    pub(super) fn plays(&self) -> &Turns {
        &self.plays
    }

    pub(super) fn platform(&self) -> &Platform {
        &self.platform
    }

    pub(super) fn caller(&self, person: &str) -> Result<Caller> {
        let caller = self.platform.caller(Actor::Person, Channel::Web, Lang::Fr);
        Ok(caller.about(person.parse()?))
    }

    /// Rows of a category, as the sample people see them: the newest of each kind and of each holder, at most `most`,
    /// each with the person. The words of codes are in this language.
    ///
    /// # Errors
    /// If they cannot be opened.
    pub fn rows(&self, category: Category, most: usize, lang: Lang) -> Result<Vec<(String, Row)>> {
        let mut rows = Vec::new();
        let mut kinds = BTreeSet::new();
        for (person, _) in &self.people {
            let (caller, all) = (Caller { lang, ..self.caller(person)? }, RowFilter::default());
            for row in self.platform.rows_page(&caller, category, &all, 0, LOOKED)?.rows {
                let text =
                    |name: &str| row.values.iter().find(|value| value.field == name).map(|value| &value.text);
                let kind = ["row", "kind", "holder"].map(|name| text(name).cloned());
                if kinds.insert(kind) {
                    rows.push((person.clone(), row));
                }
                if rows.len() >= most {
                    return Ok(rows);
                }
            }
        }
        Ok(rows)
    }

    /// Runs a component on every sample person, with each subset of its optional categories refused. A run that takes
    /// too long ends it, and so do all runs together. `who` asks for it.
    ///
    /// # Errors
    /// [`PlatformError::TrialUnderWay`] if another one of `who` is not over; [`PlatformError::Busy`]; if it cannot be run
    /// at all.
    pub fn matrix(&self, who: &Owner, bytes: &[u8]) -> Result<Matrix> {
        self.as_draft(&self.turns, who, bytes, |app, component, inspection| {
            self.tried(app, component, inspection)
        })
    }

    /// Installs a component for the sample people in a turn of `who`, does something with it, and removes it.
    pub(super) fn as_draft<T>(
        &self,
        turns: &Turns,
        who: &Owner,
        bytes: &[u8],
        does: impl FnOnce(&str, Digest, &Inspection) -> Result<T>,
    ) -> Result<T> {
        let _turn = turns.take(who.as_str())?;
        let (app, inspection) = self.platform.install_draft(bytes)?;
        let done = does(&app.id, app.component, &inspection);
        self.platform.uninstall(&app.id)?;
        self.platform.forget_component(app.component)?;
        done
    }

    fn tried(&self, app: &str, component: Digest, inspection: &Inspection) -> Result<Matrix> {
        let required = inspection.required();
        let asked = inspection.request.categories.keys().copied();
        let optional: Vec<Category> = asked.filter(|category| !required.contains(category)).collect();
        let (subsets, is_whole) = subsets(&optional);
        let mut matrix = Matrix {
            people: self.people.len() as u64,
            subsets: subsets.len() as u64,
            is_whole,
            works_refused: !optional.is_empty(),
            ..Matrix::default()
        };
        let names = |refused: &[Category]| -> Vec<String> {
            refused.iter().map(|category| category.id().to_owned()).collect()
        };
        let since = Instant::now();
        for (person, _) in &self.people {
            let caller = self.caller(person)?;
            let mut has_view = false;
            // The first run alone: what it does, the others do.
            let (first, others) = subsets.split_at(subsets.len().min(1));
            for some in std::iter::once(first).chain(others.chunks(AT_ONCE)) {
                let choices: Vec<_> =
                    some.iter().map(|refused| all_but(inspection, &names(refused))).collect();
                let mut is_slow = false;
                let runs = self.platform.try_app(&caller, app, component, &choices, &[])?;
                for (refused, TrialRun { view, outcome, .. }) in some.iter().zip(runs) {
                    matrix.runs += 1;
                    if is_failure(&outcome) {
                        matrix.works_refused = false;
                        if matrix.failures.len() < MOST_FAILURES {
                            let (person, refused) = (person.clone(), refused.clone());
                            matrix.failures.push(MatrixFailure { person, refused, outcome: outcome.clone() });
                        }
                    }
                    if refused.is_empty() {
                        has_view = view.is_some();
                        matrix.views.insert(person.clone(), view);
                    } else if has_view && view.is_none() {
                        matrix.works_refused = false;
                    }
                    is_slow |= matches!(outcome, Outcome::TimedOut { .. });
                }
                if !is_slow && since.elapsed() > LONGEST {
                    let outcome = Outcome::TimedOut { seconds: LONGEST.as_secs() };
                    matrix.failures.push(MatrixFailure {
                        person: person.clone(),
                        refused: Vec::new(),
                        outcome,
                    });
                    is_slow = true;
                }
                if is_slow || matrix.failures.len() >= MOST_FAILURES {
                    (matrix.is_whole, matrix.works_refused) = (false, false);
                    return Ok(matrix);
                }
            }
        }
        Ok(matrix)
    }
}

impl Platform {
    /// The component of a draft, for its author.
    ///
    /// # Errors
    /// [`RegistryError::NoSuchVersion`].
    pub fn draft_program(&self, caller: &Caller, who: &Owner, component: Digest) -> Result<Vec<u8>> {
        let version = self.version(caller, who, component)?;
        if version.seq.is_some() {
            return Err(RegistryError::Known.into());
        }
        Ok(self.component(component)?.1)
    }

    /// The component of a registered version, for its author or an operator.
    ///
    /// # Errors
    /// [`RegistryError::NoSuchVersion`].
    pub fn version_program(&self, caller: &Caller, who: &Owner, component: Digest) -> Result<Vec<u8>> {
        let version = self.version(caller, who, component)?;
        Ok(self.component(version.release.component)?.1)
    }
}

/// Refuses a version that failed for a sample person.
pub(crate) fn check(matrix: &Matrix) -> Result<()> {
    match matrix.failures.first() {
        None => Ok(()),
        Some(failure) => Err(PlatformError::FailsFor(Box::new(failure.clone()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subset_is_tried_until_there_are_too_many() {
        for count in 0..=6 {
            let (subsets, is_whole) = subsets(&Category::ALL[..count]);
            assert_eq!((subsets.len(), is_whole, subsets[0].len()), (1 << count, true, 0));
        }
        for count in 7..=Category::ALL.len() {
            let optional = &Category::ALL[..count];
            let (subsets, is_whole) = subsets(optional);
            assert!(!is_whole && subsets.len() <= MOST_SUBSETS && subsets[0].is_empty(), "{count}");
            assert!(subsets.contains(&optional.to_vec()), "everything is refused once");
            for one in optional {
                assert!(subsets.contains(&vec![*one]), "each is refused alone");
                let others: Vec<Category> = optional.iter().copied().filter(|other| other != one).collect();
                assert!(subsets.contains(&others), "each is given alone");
            }
        }
    }

    #[test]
    fn a_reason_for_giving_no_view_is_no_failure() {
        assert!(!is_failure(&Outcome::Completed) && !is_failure(&Outcome::NeedsData(Vec::new())));
        assert!(is_failure(&Outcome::Trapped) && is_failure(&Outcome::TimedOut { seconds: 1 }));
    }
}
