//! Giving, narrowing, pausing and withdrawing grants.

use crate::tester::outside::outside;
use crate::tester::own_rows::id;
use crate::tester::pause::is_of_a_restore;
use crate::tester::shown::{Shown, purpose};
use crate::{Caller, GrantError, Outside, Person, Platform, PlatformError, Result};
use mesinfos_consent::{
    Act, Change, Channel, Draft, Grant, GrantEvent, GrantId, GrantState, Item, MAX_EXCLUDED, Mode, Widening,
    widenings,
};
use mesinfos_model::day::END;
use mesinfos_model::{
    Category, CategoryScope, Day, Digest, FieldSet, Grain, Holders, Necessity, Period, RowId, RowSet, Scope,
};
use mesinfos_runtime::manifest::DeclaredRead;
use mesinfos_runtime::{Inspection, Manifest};
use mesinfos_store::{Commit, StoreError};
use mesinfos_vault::{Link, PersonVault};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The person's choice for one category. Fields left at their defaults follow the app's request.
#[derive(Debug, Clone, Default)]
pub struct CategoryChoice {
    /// Only these days.
    pub period: Option<Period>,
    /// Whether to include rows without a date when the days are bounded.
    pub undated: Option<bool>,
    /// Only these fields, by name.
    pub fields: Option<Vec<String>>,
    /// Granularity to give.
    pub grain: Option<Grain>,
    /// Only rows of these holders.
    pub holders: Option<Vec<String>>,
    /// Rows to exclude.
    pub excluded: RowSet,
}

/// Summary of a grant for doors.
#[derive(Debug, Clone)]
pub struct GrantSummary {
    /// Id of the grant.
    pub id: GrantId,
    /// Id of the app.
    pub app: String,
    /// Version of the app.
    pub version: String,
    /// SHA-256 of the component it binds to.
    pub component: Digest,
    /// Id of its state, as in `consent`.
    pub state: String,
    /// Scope of the app now, or once a paused grant is resumed. Empty if the grant is over.
    pub scope: Scope,
    /// Expiry in UTC seconds. `None` if it lasts until withdrawal.
    pub until: Option<i64>,
    /// Digest of the notice that was shown; `None` if none of ours was.
    pub notice: Option<Digest>,
    /// Time it was given, in UTC seconds.
    pub given_at: i64,
    /// Whether it lets the app run, or would once resumed.
    pub is_in_force: bool,
    /// Whether it is paused because the platform was restored from a backup.
    pub is_of_a_restore: bool,
    /// The grant it replaced, if that was in force. `None` except in the result of giving a grant.
    pub replaced: Option<Replaced>,
    /// Number of rows that earlier grants excluded and that stay excluded although no choice names them now.
    /// 0 except in the result of giving a grant.
    pub kept_out: u64,
    /// Categories that it gives and the vault has rows of, none within its scope. Empty except in the result
    /// of giving or narrowing a grant.
    pub unmatched: Vec<Outside>,
}

/// A replaced grant, and its differences from the new one.
#[derive(Debug, Clone)]
pub struct Replaced {
    /// Scope it gave.
    pub scope: Scope,
    /// Its expiry in UTC seconds. `None` if it would have lasted until withdrawal.
    pub until: Option<i64>,
    /// Whether it was paused, so that no app ran under it.
    pub was_paused: bool,
    /// Ways in which the new grant is wider.
    pub wider: Vec<Widening>,
    /// Ways in which the old grant was wider, which the new one no longer gives.
    pub narrower: Vec<Widening>,
}

impl Replaced {
    /// Compares the replaced grant `before` with the scope of the new one.
    fn by(before: &Grant, scope: &Scope, at: i64) -> Replaced {
        let given = before.given();
        Replaced {
            wider: widenings(&given, scope),
            narrower: widenings(scope, &given),
            until: before.validity.and_then(|validity| validity.until),
            was_paused: before.state_at(at) == GrantState::Paused,
            scope: given,
        }
    }
}

impl GrantSummary {
    /// Whether it lasts longer than the grant it replaced.
    pub fn lasts_longer(&self) -> bool {
        self.replaced.as_ref().is_some_and(|before| end(self.until) > end(before.until))
    }

    /// Whether it ends before the grant it replaced would have ended.
    pub fn ends_sooner(&self) -> bool {
        self.replaced.as_ref().is_some_and(|before| end(self.until) < end(before.until))
    }
}

/// The end of a grant, for comparison; the maximum for a grant that lasts until withdrawal.
fn end(until: Option<i64>) -> i64 {
    until.unwrap_or(i64::MAX)
}

/// Summary of a grant at `now` (UTC seconds).
fn view(grant: &Grant, now: i64) -> GrantSummary {
    GrantSummary {
        id: grant.id(),
        app: grant.app().id.clone(),
        version: grant.app().version.clone(),
        component: grant.app().component,
        state: grant.state_at(now).id().to_owned(),
        // For a paused grant, the scope once it is resumed.
        scope: if grant.state_at(now) == GrantState::Paused { grant.given() } else { grant.scope_at(now) },
        until: grant.validity.and_then(|validity| validity.until),
        notice: grant.terms.notice,
        given_at: given_at(grant),
        is_in_force: is_in_force(grant, now),
        is_of_a_restore: grant.state_at(now) == GrantState::Paused && is_of_a_restore(grant),
        replaced: None,
        kept_out: 0,
        unmatched: Vec::new(),
    }
}

/// Time a grant was given, or requested if it was not given, in UTC seconds.
fn given_at(grant: &Grant) -> i64 {
    let given = grant.events.iter().find(|event| matches!(event.change, Change::Given { .. }));
    given.or(grant.events.first()).map_or(0, |event| event.at)
}

/// Sorts grants, oldest first. Within one second, grants in force come last, and the others are in the order
/// in which they replaced each other.
fn sort(grants: &mut [Grant], now: i64) {
    let replaced = |grant: &Grant| {
        grant.events.iter().find_map(|event| match event.change {
            Change::Superseded { by } => Some((grant.id(), by)),
            _ => None,
        })
    };
    let next: BTreeMap<GrantId, GrantId> = grants.iter().filter_map(replaced).collect();
    let later = |grant: &Grant| {
        let after = std::iter::successors(next.get(&grant.id()), |id| next.get(*id));
        after.take(next.len()).count()
    };
    grants.sort_by_cached_key(|grant| {
        let order = (given_at(grant), is_in_force(grant, now), Reverse(later(grant)));
        (order, grant.app().id.clone(), grant.id())
    });
}

impl Platform {
    /// [`Platform::grant_shown`] for the component installed now. For callers that inspected it in this
    /// process, because no other process can install one.
    ///
    /// # Errors
    /// As [`Platform::grant_shown`].
    pub fn grant(
        &self,
        caller: &Caller,
        app: &str,
        given: &[(Category, CategoryChoice)],
        until: Option<i64>,
    ) -> Result<GrantSummary> {
        let shown = self.app(app)?.component.to_string();
        self.grant_shown(caller, app, &Shown::component(Some(&shown)), given, until)
    }

    /// Gives an app the categories named in `given`, or all that it requests if `given` is empty. Other
    /// requested categories are refused. `shown` is what the person was shown: the grant binds to that component
    /// and to that notice.
    ///
    /// # Errors
    /// [`PlatformError::OtherComponent`] if another component is installed or none was shown;
    /// [`PlatformError::OtherNotice`] if the notice has changed since it was shown;
    /// [`PlatformError::BadGrant`] for a category, field or granularity that the app does not request or that
    /// does not exist.
    pub fn grant_shown(
        &self,
        caller: &Caller,
        app: &str,
        shown: &Shown,
        given: &[(Category, CategoryChoice)],
        until: Option<i64>,
    ) -> Result<GrantSummary> {
        let (record, manifest, inspection) = self.describe(app)?;
        record.may_run()?;
        let notice = shown.check(&record)?;
        if until.is_some_and(|until| until > END) {
            return Err(GrantError::EndsTooLate.into());
        }
        self.write_of(caller, |person| {
            for (at, (category, choice)) in given.iter().enumerate() {
                check_choice(person, given, at, choice)?;
                if !inspection.request.categories.contains_key(category) {
                    let asked = inspection.request.categories.keys().copied().collect();
                    let (app, category) = (app.to_owned(), *category);
                    return Err(GrantError::NotAsked { app, category, asked }.into());
                }
            }
            // The pages ask whether this app may read all the same; the other doors have no such question.
            if caller.channel != Channel::Web && self.is_all_paused(person)? {
                return Err(PlatformError::EverythingPaused);
            }
            let at = self.clock.now();
            let act = caller.act();
            let purpose = purpose(&manifest, caller)?;
            let (grant, before, kept) = self.act(person, act, at, |commit| {
                // Read again on each attempt: excluded rows stay excluded until the person withdraws the
                // grant.
                let last = self.grants(person).last_for(&record.id)?;
                let kept = self.left_out(person, last.clone())?;
                let items = inspection.request.categories.keys().map(|&category| {
                    item(category, given, &manifest, &inspection, (caller.today, kept.get(&category)))
                });
                let draft = Draft {
                    app: record.named(),
                    mode: Mode::Read,
                    purpose: purpose.clone(),
                    items: items.collect::<Result<Vec<Item>>>()?,
                    until,
                    language: caller.lang,
                    notice: notice.cloned(),
                    act,
                };
                let grant = self.grants(person).give(&draft, at, commit)?;
                // More rows may have been excluded since the read above. A change from here on makes the
                // commit conflict.
                if self.grants(person).last_for(&record.id)? != last {
                    return Err(StoreError::Conflict.into());
                }
                Ok(((grant, last, kept), Vec::new()))
            })?;
            // Stop runs under older grants of this app; keep those that began meanwhile under a newer one.
            let whose = person.vault.id();
            let grants = self.grants(person);
            let is_over = |id| !grants.get(id).is_ok_and(|grant| grant.state_at(self.clock.now()).runs());
            self.underway.stop(|run| run.person == whose && run.app == app && is_over(run.grant));
            let scope = grant.given();
            let before = before.filter(|before| is_in_force(before, at));
            Ok(GrantSummary {
                replaced: before.map(|before| Replaced::by(&before, &scope, at)),
                kept_out: kept_out(&kept, &scope, given),
                unmatched: outside(&person.vault, &scope, scope.keys().copied()),
                ..view(&grant, at)
            })
        })
    }

    /// Grants of a person, oldest first.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn grants_of(&self, caller: &Caller) -> Result<Vec<GrantSummary>> {
        let mut grants = self.read_of(caller, |person| Ok(self.grants(person).list()?))?;
        let now = self.clock.now();
        sort(&mut grants, now);
        Ok(grants.iter().map(|grant| view(grant, now)).collect())
    }

    /// The last grant of an app if the person withdrew it, with the scope that it gave, so that they can give the same
    /// again. `None` if there is none, or another grant followed.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn withdrawn_grant(&self, caller: &Caller, app: &str) -> Result<Option<GrantSummary>> {
        let last = self.read_of(caller, |person| Ok(self.grants(person).last_for(app)?))?;
        let now = self.clock.now();
        let last = last.filter(|grant| grant.state_at(now) == GrantState::Withdrawn);
        Ok(last.map(|grant| GrantSummary { scope: grant.given(), ..view(&grant, now) }))
    }

    /// Scope that the open grant of an app gives, paused or not.
    ///
    /// # Errors
    /// As [`Platform::withdraw`].
    pub fn given_to(&self, caller: &Caller, app: &str) -> Result<Scope> {
        self.read_of(caller, |person| Ok(self.newest(person, app, self.clock.now())?.given()))
    }

    /// Withdraws an app's grant, stops its runs and erases its kept results.
    ///
    /// # Errors
    /// [`PlatformError::NoGrant`] if the app has no grant in force.
    pub fn withdraw(&self, caller: &Caller, app: &str) -> Result<GrantSummary> {
        self.write_of(caller, |person| self.withdraw_newest(caller, person, app))
    }

    fn withdraw_newest(&self, caller: &Caller, person: &Person, app: &str) -> Result<GrantSummary> {
        // Check first that there is a grant. Then erase before withdrawing: a failure leaves both, and a retry
        // does both.
        self.settled(person, |person| self.newest(person, app, self.clock.now()))?;
        self.erase_results_of(caller, app)?;
        let withdrawn = self.change(caller, person, app, |_| Ok(Change::Withdrawn))?;
        // Withdraw every other grant of the app that is in force, even if the app's record does not name it.
        let is_other = |grant: &&Grant| {
            grant.app().id == app && grant.id() != withdrawn.id && is_in_force(grant, self.clock.now())
        };
        for grant in self.grants(person).list()?.iter().filter(is_other) {
            let (at, act) = (self.clock.now(), caller.act());
            self.act(person, act, at, |commit| {
                let change = self.grants(person).change(grant.id(), Change::Withdrawn, act, at, commit)?;
                Ok((change, Vec::new()))
            })?;
            self.underway.stop(|run| run.grant == grant.id());
        }
        Ok(withdrawn)
    }

    /// Pauses a grant: the record stays, and the app cannot run.
    ///
    /// # Errors
    /// As [`Platform::withdraw`].
    pub fn pause(&self, caller: &Caller, app: &str) -> Result<GrantSummary> {
        self.write_of(caller, |person| self.change(caller, person, app, |_| Ok(Change::Paused)))
    }

    /// Resumes a paused grant.
    ///
    /// # Errors
    /// As [`Platform::withdraw`].
    pub fn resume(&self, caller: &Caller, app: &str) -> Result<GrantSummary> {
        self.write_of(caller, |person| self.change(caller, person, app, |_| Ok(Change::Resumed)))
    }

    /// Returns the `ids` that are rows of `category`.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn known_rows(&self, caller: &Caller, category: Category, ids: &RowSet) -> Result<RowSet> {
        self.read_of(caller, |person| rows_at(&person.vault, category, ids))
    }

    /// Checks, for doors, that each named holder has rows in one of the given categories, because a
    /// misspelled name would give nothing without any sign why. While none of these categories has rows, any
    /// holder passes.
    ///
    /// # Errors
    /// [`GrantError::NoSuchHolder`] with the holders that have rows there.
    pub fn check_holders(&self, caller: &Caller, given: &[(Category, CategoryChoice)]) -> Result<()> {
        let named: Vec<(Category, &String)> = given
            .iter()
            .flat_map(|(category, choice)| choice.holders.iter().flatten().map(|name| (*category, name)))
            .collect();
        if named.is_empty() {
            return Ok(());
        }
        let there = self.summary(caller)?;
        let is_given = |category: Category| given.iter().any(|(other, _)| *other == category);
        let known: BTreeSet<String> = there
            .into_iter()
            .filter(|one| one.rows > 0 && is_given(one.category))
            .flat_map(|one| one.holders)
            .collect();
        match named.into_iter().find(|(_, name)| !known.contains(*name)) {
            Some((category, name)) if !known.is_empty() => {
                let known = known.into_iter().collect();
                Err(GrantError::NoSuchHolder { category, name: name.clone(), known }.into())
            }
            _ => Ok(()),
        }
    }

    /// Narrows a grant from now on: narrows the categories in `choices`, removes those in `dropped`, and
    /// leaves the others unchanged.
    ///
    /// # Errors
    /// [`GrantError::NothingNarrower`] if that takes nothing away; others if it would widen the grant, or the
    /// app has no grant in force.
    pub fn narrow(
        &self,
        caller: &Caller,
        app: &str,
        choices: &[(Category, CategoryChoice)],
        dropped: &[Category],
    ) -> Result<GrantSummary> {
        let not_given = |category: Category| GrantError::NotGiven { app: app.to_owned(), category };
        self.write_of(caller, |person| {
            for (at, (_, choice)) in choices.iter().enumerate() {
                check_choice(person, choices, at, choice)?;
            }
            let changed = self.change(caller, person, app, |grant| {
                // Use `given`: a paused grant can be narrowed too.
                let mut scope = grant.given();
                for (category, choice) in choices {
                    let old = scope.get(category).ok_or_else(|| not_given(*category))?;
                    // Fields that were not given are refused later, as a widening.
                    let all = CategoryScope { fields: FieldSet::all(*category), ..old.clone() };
                    let new = narrowed(all, old.fields, choice)?;
                    scope.insert(*category, new);
                }
                if let Some(category) = dropped.iter().find(|category| !scope.contains_key(*category)) {
                    return Err(not_given(*category).into());
                }
                scope.retain(|category, _| !dropped.contains(category));
                if scope == grant.given() {
                    return Err(GrantError::NothingNarrower { app: app.to_owned() }.into());
                }
                Ok(Change::Narrowed { scope })
            })?;
            let unmatched = outside(&person.vault, &changed.scope, changed.scope.keys().copied());
            Ok(GrantSummary { unmatched, ..changed })
        })
    }

    fn change(
        &self,
        caller: &Caller,
        person: &Person,
        app: &str,
        change: impl Fn(&Grant) -> Result<Change>,
    ) -> Result<GrantSummary> {
        let at = self.clock.now();
        let act = caller.act();
        let changed = self.act(person, act, at, |commit| {
            let grant = self.newest(person, app, at)?;
            let changed = self.grants(person).change(grant.id(), change(&grant)?, act, at, commit)?;
            if changed.last_event() != grant.last_event() + 1 {
                // The grant changed after it was read: decide again.
                return Err(StoreError::Conflict.into());
            }
            Ok((changed, Vec::new()))
        })?;
        // Runs that began after the change keep running.
        self.underway.stop(|run| run.grant == changed.id() && run.event < changed.last_event());
        Ok(view(&changed, at))
    }

    /// Rows excluded by the last grant of an app and by the grants it superseded, by category, back to a
    /// withdrawal. A later grant with fewer exclusions does not bring excluded rows back.
    pub(super) fn left_out(
        &self,
        person: &Person,
        last: Option<Grant>,
    ) -> Result<BTreeMap<Category, RowSet>> {
        let mut left_out: BTreeMap<Category, RowSet> = BTreeMap::new();
        let mut next = last.filter(|last| last.recorded != GrantState::Withdrawn);
        let mut before = if next.is_some() { self.grants(person).list()? } else { Vec::new() };
        while let Some(grant) = next.take() {
            for (category, scope) in grant.given() {
                left_out.entry(category).or_default().extend(scope.excluded);
            }
            // Nothing supersedes a withdrawn grant.
            let by_it = |event: &GrantEvent| event.change == Change::Superseded { by: grant.id() };
            next = before
                .iter()
                .position(|other| other.events.iter().any(by_it))
                .map(|at| before.swap_remove(at));
        }
        // Grants that ended were not narrowed when a later version replaced a row.
        for (category, rows) in &mut left_out {
            *rows = person.vault.with_later(*category, rows)?;
        }
        Ok(left_out)
    }

    /// Rows that grants in force exclude, by category.
    pub(super) fn excluded_now(&self, person: &Person) -> Result<BTreeMap<Category, RowSet>> {
        let (mut excluded, at) = (BTreeMap::<Category, RowSet>::new(), self.clock.now());
        for grant in self.grants(person).list()?.iter().filter(|grant| is_in_force(grant, at)) {
            for (category, scope) in grant.given() {
                excluded.entry(category).or_default().extend(scope.excluded);
            }
        }
        excluded.retain(|_, rows| !rows.is_empty());
        Ok(excluded)
    }

    /// Adds to a commit that what a grant excludes stays excluded: for each row that it excludes, the row that stands for
    /// it now. A category of which too many rows would be excluded is refused from now on; a grant without another ends.
    pub(super) fn exclude_too(
        &self,
        person: &Person,
        links: &[Link],
        by: Act,
        at: i64,
        commit: &mut Commit,
    ) -> Result<bool> {
        let mut has_changed = false;
        if links.is_empty() {
            return Ok(has_changed);
        }
        for grant in self.grants(person).list()?.iter().filter(|grant| is_in_force(grant, at)) {
            let mut scope = grant.given();
            for (category, old, new) in links {
                if let Some(of) = scope.get_mut(category).filter(|of| of.excluded.contains(old)) {
                    of.excluded.insert(*new);
                }
            }
            if scope == grant.given() {
                continue;
            }
            scope.retain(|_, of| of.excluded.len() <= MAX_EXCLUDED);
            let change = if scope.is_empty() { Change::Expired } else { Change::Narrowed { scope } };
            self.grants(person).change(grant.id(), change, by, at, commit)?;
            has_changed = true;
        }
        Ok(has_changed)
    }

    /// [`Platform::exclude_too`] for grants that were given while the rows were replaced.
    pub(super) fn exclude_later(&self, person: &Person, links: &[Link], by: Act) -> Result<()> {
        if links.is_empty() {
            return Ok(());
        }
        let at = self.clock.now();
        let mut unused = person.vault.empty_commit();
        if self.exclude_too(person, links, by, at, &mut unused)? {
            self.act(person, by, at, |commit| {
                self.exclude_too(person, links, by, at, commit)?;
                Ok(((), Vec::new()))
            })?;
        }
        Ok(())
    }

    /// The app's open grant: given, renewed or paused.
    fn newest(&self, person: &Person, app: &str, at: i64) -> Result<Grant> {
        let last = self.grants(person).last_for(app)?.filter(|last| is_in_force(last, at));
        last.ok_or_else(|| PlatformError::NoGrant { app: app.to_owned() })
    }
}

/// Number of rows that earlier grants excluded and that stay excluded from a scope although no choice names
/// them.
fn kept_out(kept: &BTreeMap<Category, RowSet>, scope: &Scope, given: &[(Category, CategoryChoice)]) -> u64 {
    let is_named = |category: Category, row: &RowId| {
        given.iter().any(|(other, choice)| *other == category && choice.excluded.contains(row))
    };
    let still = kept.iter().filter(|(category, _)| scope.contains_key(*category));
    still.map(|(&category, rows)| rows.iter().filter(|row| !is_named(category, row)).count() as u64).sum()
}

/// Whether a grant lets its app run, or would once resumed.
fn is_in_force(grant: &Grant, at: i64) -> bool {
    matches!(grant.state_at(at), GrantState::Given | GrantState::Renewed | GrantState::Paused)
}

/// Checks that the category of a choice is named once, that the choice gives something, and that its excluded
/// rows exist. A typing error must not make a person believe that a row is excluded.
pub(super) fn check_choice(
    person: &Person,
    all: &[(Category, CategoryChoice)],
    at: usize,
    choice: &CategoryChoice,
) -> Result<()> {
    let category = all[at].0;
    if all[..at].iter().any(|(other, _)| *other == category) {
        return Err(GrantError::Twice(category).into());
    }
    let is_empty = |list: &Option<Vec<String>>| list.as_ref().is_some_and(Vec::is_empty);
    if is_empty(&choice.fields) || is_empty(&choice.holders) {
        return Err(GrantError::GivesNothing(category).into());
    }
    if choice.excluded.is_empty() {
        return Ok(());
    }
    let there = rows_at(&person.vault, category, &choice.excluded)?;
    match choice.excluded.difference(&there).next() {
        Some(&id) => Err(GrantError::NoSuchRow { category, id }.into()),
        None => Ok(()),
    }
}

/// Returns the `ids` that are rows of `category`.
fn rows_at(vault: &PersonVault, category: Category, ids: &RowSet) -> Result<RowSet> {
    let imports: BTreeSet<u64> = ids.iter().map(|id| id.import).collect();
    let mut there = RowSet::new();
    for origin in vault.origins(category, &Period::ALL)?.of_imports(&imports) {
        let (import, commit) = origin?;
        there.extend((0..commit.rows()).map(|row| id(&commit, row, import)).filter(|id| ids.contains(id)));
    }
    Ok(there)
}

/// The grant item for one requested category.
fn item(
    category: Category,
    given: &[(Category, CategoryChoice)],
    manifest: &Manifest,
    inspection: &Inspection,
    (today, kept): (Day, Option<&RowSet>),
) -> Result<Item> {
    let necessity = manifest.read(category).map_or(Necessity::Required, |read| read.need);
    let choice = match given.iter().find(|(c, _)| *c == category) {
        Some((_, choice)) => choice.clone(),
        None if given.is_empty() => CategoryChoice::default(),
        None => return Ok(Item::refused(necessity, category)),
    };
    Ok(Item::given(necessity, chosen(category, &choice, manifest, inspection, (today, kept))?))
}

/// Scope of one requested category under a choice. `kept` are rows that stay excluded.
pub(super) fn chosen(
    category: Category,
    choice: &CategoryChoice,
    manifest: &Manifest,
    inspection: &Inspection,
    (today, kept): (Day, Option<&RowSet>),
) -> Result<CategoryScope> {
    let read = manifest.read(category);
    let whole = CategoryScope {
        fields: inspection.request.categories.get(&category).copied().unwrap_or(FieldSet::NONE),
        excluded: kept.cloned().unwrap_or_default(),
        ..wish(read, category, today)
    };
    // A field that is given only by name is not given with its category.
    let usual = whole.fields.without(whole.fields.named(category));
    narrowed(whole, usual, choice)
}

/// Scope that an app's manifest requests of a category on a day, with all fields, because manifests do not
/// name fields.
pub(crate) fn wish(read: Option<&DeclaredRead>, category: Category, today: Day) -> CategoryScope {
    CategoryScope {
        period: read.and_then(|read| read.months).map_or(Period::ALL, |months| back(today, months)),
        undated: read.is_some_and(|read| read.undated),
        ..CategoryScope::all(category)
    }
}

/// The last `months` calendar months and the current one, open-ended.
fn back(today: Day, months: u16) -> Period {
    let month = today.month() - i32::from(months);
    Period { from: Some(Day::first_of_month(month)), until: None }
}

/// A scope narrowed to a choice. `usual` are the fields for a choice that names none.
fn narrowed(scope: CategoryScope, usual: FieldSet, choice: &CategoryChoice) -> Result<CategoryScope> {
    let category = scope.category;
    let bad = |error: GrantError| Err(error.into());
    let grain = choice.grain.unwrap_or(scope.grain);
    if !category.schema().grains.contains(&grain) {
        return bad(GrantError::Granularity { category, grain });
    }
    let fields = match &choice.fields {
        None => usual,
        Some(names) => match FieldSet::from_names(category, names.iter().map(String::as_str)) {
            Ok(fields) if scope.fields.covers(fields) => fields,
            Ok(_) => {
                let asked = scope.fields.names(category);
                return bad(GrantError::FieldsNotAsked { category, asked });
            }
            Err(name) => return bad(GrantError::NoSuchField { category, name }),
        },
    };
    let holders = match &choice.holders {
        None => scope.holders,
        Some(names) => Holders::Only(names.iter().cloned().collect::<BTreeSet<String>>()),
    };
    // The person's period replaces the one the app requests, and may be wider.
    let period = choice.period.unwrap_or(scope.period);
    // A monthly grant without a whole month would give nothing, and the app would report that there is no
    // data.
    if let (Grain::Monthly, Some(from)) = (grain, period.from)
        && ![0, 1].iter().any(|next| period.covers(&Period::of_month(from.month() + next)))
    {
        return bad(GrantError::NoWholeMonth { period });
    }
    let undated = choice.undated.unwrap_or(scope.undated);
    let excluded = &scope.excluded | &choice.excluded;
    // A balance or meter index reveals the rows before it.
    let running = if excluded.is_empty() { FieldSet::NONE } else { FieldSet::running(category) };
    let is_named = |name: &&str| choice.fields.iter().flatten().any(|asked| asked == name);
    if let Some(field) = running.names(category).into_iter().find(is_named) {
        return bad(GrantError::RunningField { category, field });
    }
    let fields = fields.without(running);
    Ok(CategoryScope { category, period, undated, fields, grain, holders, excluded })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_without_fields_keeps_those_that_are_usual() {
        let bank = CategoryScope::all(Category::Bank);
        let named = bank.fields.named(Category::Bank);
        assert_ne!(named, FieldSet::NONE);
        let choice =
            CategoryChoice { period: Some(Period::parse("2026").unwrap()), ..CategoryChoice::default() };
        let kept = narrowed(bank.clone(), bank.fields, &choice).unwrap();
        assert_eq!(kept.fields, bank.fields, "narrowing takes no named field away");
        let usual = bank.fields.without(named);
        assert_eq!(narrowed(bank, usual, &choice).unwrap().fields, usual);
    }
}
