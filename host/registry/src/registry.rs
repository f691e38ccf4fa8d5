//! Apps and versions in the store. Every change is an event of its version and, once it leaves its author, an entry of
//! the log, in the commit of the caller.

use crate::claim::Proof;
use crate::error::{RegistryError, Result};
use crate::log::Log;
use crate::log::note::LogKey;
use crate::record::{damaged, read, written};
use crate::release::{App, By, Change, Event, LogEntry, Owner, Release, Role, State, Version, number};
use mesinfos_model::Digest;
use mesinfos_model::visible::clean;
use mesinfos_store::{Commit, Partition, Range, Store};
use std::ops::Bound;

/// Maximum number of drafts of one owner: each keeps its component.
pub const MOST_DRAFTS: usize = 20;

/// Maximum number of versions of one owner that wait for a review: somebody has to read them.
pub const MOST_WAITING: usize = 10;

/// Longest reason, in characters: people read it.
pub const LONGEST_REASON: usize = 500;

/// Version of the entries of the log.
const FORMAT: u32 = 1;

const HOUSE: Partition = Partition::House;

/// The registry in a store.
pub struct Registry<'a> {
    store: &'a dyn Store,
    log: Log<'a>,
}

const APPS: &[u8] = b"registry/app/";
const VERSIONS: &[u8] = b"registry/version/";
const COMPONENTS: &[u8] = b"registry/component/";
const DRAFTS: &[u8] = b"registry/draft/";
const EVENTS: &[u8] = b"registry/event/";
const REVIEWS: &[u8] = b"registry/review/";
const OWNERS: &[u8] = b"registry/owner/";

fn app_key(id: &str) -> Vec<u8> {
    [APPS, id.as_bytes()].concat()
}

fn versions_key(app: &str) -> Vec<u8> {
    [VERSIONS, app.as_bytes(), b"/"].concat()
}

fn version_key(app: &str, seq: u64) -> Vec<u8> {
    [&versions_key(app)[..], &seq.to_be_bytes()].concat()
}

fn component_key(component: Digest) -> Vec<u8> {
    [COMPONENTS, &component.0].concat()
}

/// Keys of what one owner has, in a part of the registry.
fn of_owner(part: &[u8], owner: &Owner) -> Vec<u8> {
    [part, owner.as_str().as_bytes(), b"/"].concat()
}

fn draft_key(owner: &Owner, component: Digest) -> Vec<u8> {
    [&of_owner(DRAFTS, owner)[..], &component.0].concat()
}

fn review_key(owner: &Owner, component: Digest) -> Vec<u8> {
    [&of_owner(REVIEWS, owner)[..], &component.0].concat()
}

fn events_key(owner: &Owner, component: Digest) -> Vec<u8> {
    [&of_owner(EVENTS, owner)[..], &component.0].concat()
}

/// A stored value and its bytes, which a commit expects.
type Stored<T> = (T, Vec<u8>);

impl<'a> Registry<'a> {
    /// The registry of a store; `key` signs its log.
    pub fn new(store: &'a dyn Store, key: &'a LogKey) -> Registry<'a> {
        Registry { store, log: Log::new(store, key) }
    }

    /// Its log.
    pub fn log(&self) -> &Log<'a> {
        &self.log
    }

    fn stored<T: serde::de::DeserializeOwned>(&self, key: &[u8]) -> Result<Option<Stored<T>>> {
        self.store.get(HOUSE, key)?.map(|bytes| Ok((read(&bytes)?, bytes))).transpose()
    }

    /// The app with this id.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn app(&self, id: &str) -> Result<Option<App>> {
        Ok(self.stored(&app_key(id))?.map(|(app, _)| app))
    }

    /// The version with this component, unless it is a draft.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn version(&self, component: Digest) -> Result<Option<Version>> {
        Ok(self.registered(component)?.map(|(version, _)| version))
    }

    fn registered(&self, component: Digest) -> Result<Option<Stored<Version>>> {
        let Some(key) = self.store.get(HOUSE, &component_key(component))? else { return Ok(None) };
        match self.stored(&key)? {
            Some(found) => Ok(Some(found)),
            // Another writer gave it back to its author between the two reads.
            None if self.store.get(HOUSE, &component_key(component))?.is_none() => Ok(None),
            None => Err(damaged("the index of versions")),
        }
    }

    /// At most `limit` versions of an app, the newest first, before the one numbered `before`.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn versions(&self, app: &str, before: Option<u64>, limit: usize) -> Result<Vec<Version>> {
        let mut range = Range::prefix(HOUSE, versions_key(app)).last(limit);
        if let Some(before) = before {
            range.until = Bound::Excluded(version_key(app, before));
        }
        let found = self.store.read(&[range])?.pop().unwrap_or_default();
        found.iter().rev().map(|(_, value)| read(value)).collect()
    }

    /// A draft of an owner.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn draft(&self, owner: &Owner, component: Digest) -> Result<Option<Version>> {
        Ok(self.stored(&draft_key(owner, component))?.map(|(draft, _)| draft))
    }

    /// The drafts of an owner, the newest first.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn drafts(&self, owner: &Owner) -> Result<Vec<Version>> {
        let found = self.store.scan(HOUSE, &of_owner(DRAFTS, owner), None, usize::MAX)?;
        let mut drafts = found.iter().map(|(_, value)| read(value)).collect::<Result<Vec<Version>>>()?;
        drafts.sort_by_key(|draft| std::cmp::Reverse(draft.since));
        Ok(drafts)
    }

    /// The apps of an owner, by id.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn apps_of(&self, owner: &Owner) -> Result<Vec<App>> {
        let prefix = of_owner(OWNERS, owner);
        let found = self.store.scan(HOUSE, &prefix, None, usize::MAX)?;
        let ids = found.iter().filter_map(|(key, _)| std::str::from_utf8(&key[prefix.len()..]).ok());
        let apps: Result<Vec<Option<App>>> = ids.map(|id| self.app(id)).collect();
        Ok(apps?.into_iter().flatten().collect())
    }

    /// Versions that wait for a review, the oldest first.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn waiting(&self) -> Result<Vec<Version>> {
        let found = self.store.scan(HOUSE, REVIEWS, None, usize::MAX)?;
        let mut waiting = Vec::new();
        for (_, key) in found {
            waiting.extend(self.stored::<Version>(&key)?.map(|(version, _)| version));
        }
        waiting.sort_by_key(|version| version.since);
        Ok(waiting)
    }

    /// What happened to a version, the oldest first.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn events(&self, version: &Version) -> Result<Vec<Event>> {
        let prefix = events_key(&version.owner, version.release.component);
        let found = self.store.scan(HOUSE, &prefix, None, usize::MAX)?;
        found.iter().map(|(_, value)| read(value)).collect()
    }

    /// Whether a component is that of a version or of anybody's draft.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn has(&self, component: Digest) -> Result<bool> {
        if self.store.get(HOUSE, &component_key(component))?.is_some() {
            return Ok(true);
        }
        let drafts = self.store.scan(HOUSE, DRAFTS, None, usize::MAX)?;
        Ok(drafts.iter().any(|(key, _)| key.ends_with(&component.0)))
    }

    /// Whether a component was suspended or withdrawn, and why.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn blocked(&self, component: Digest) -> Result<Option<Version>> {
        Ok(self.version(component)?.filter(|version| version.state.is_blocked()))
    }

    /// Adds a draft to a commit.
    ///
    /// # Errors
    /// [`RegistryError::Known`] if it is registered; [`RegistryError::TooManyDrafts`].
    pub fn upload(&self, release: Release, by: &By, at: i64, commit: &mut Commit) -> Result<Version> {
        if self.version(release.component)?.is_some() {
            return Err(RegistryError::Known);
        }
        let key = draft_key(&by.who, release.component);
        if let Some((known, bytes)) = self.stored::<Version>(&key)? {
            commit.expect(key, Some(bytes));
            return Ok(known);
        }
        if self.drafts(&by.who)?.len() >= MOST_DRAFTS {
            return Err(RegistryError::TooManyDrafts { most: MOST_DRAFTS });
        }
        let (owner, reason) = (by.who.clone(), String::new());
        let mut draft =
            Version { release, owner, seq: None, state: State::Draft, since: at, reason, events: 0 };
        self.happened(&mut draft, Change::Uploaded, by, "", at, commit)?;
        commit.expect(key.clone(), None);
        commit.put(key, written(&draft)?);
        Ok(draft)
    }

    /// Deletes a draft with its events.
    ///
    /// # Errors
    /// [`RegistryError::NoSuchVersion`].
    pub fn delete(&self, owner: &Owner, component: Digest, commit: &mut Commit) -> Result<Version> {
        let key = draft_key(owner, component);
        let (draft, bytes) = self.stored::<Version>(&key)?.ok_or(RegistryError::NoSuchVersion)?;
        commit.expect(key.clone(), Some(bytes));
        commit.delete(key);
        for (event, _) in self.store.scan(HOUSE, &events_key(owner, component), None, usize::MAX)? {
            commit.delete(event);
        }
        Ok(draft)
    }

    /// Whether the id of a draft belongs to nobody, or would pass to the owner of the draft once it is published, so that
    /// its submission needs a [`Proof`].
    ///
    /// # Errors
    /// [`RegistryError::NoSuchVersion`]; errors of the store.
    pub fn needs_claim(&self, owner: &Owner, component: Digest) -> Result<bool> {
        let draft = self.draft(owner, component)?.ok_or(RegistryError::NoSuchVersion)?;
        let app = self.app(&draft.release.app)?;
        Ok(app.is_none_or(|app| app.owner != *owner))
    }

    /// Adds the submission of a draft to a commit. The id then belongs to its owner and its key.
    ///
    /// # Errors
    /// [`RegistryError`] if it is not signed, or the id or the number is taken.
    pub fn submit(
        &self,
        component: Digest,
        works_refused: bool,
        (by, proof): (&By, &Proof),
        at: i64,
        commit: &mut Commit,
    ) -> Result<Version> {
        let draft_key = draft_key(&by.who, component);
        let (mut draft, bytes) = self.stored::<Version>(&draft_key)?.ok_or(RegistryError::NoSuchVersion)?;
        if draft.release.key.is_none() {
            return Err(RegistryError::Unsigned);
        }
        if self.version(component)?.is_some() {
            return Err(RegistryError::Known);
        }
        if self.store.scan(HOUSE, &of_owner(REVIEWS, &by.who), None, MOST_WAITING)?.len() == MOST_WAITING {
            return Err(RegistryError::TooManyWaiting { most: MOST_WAITING });
        }
        commit.expect(draft_key.clone(), Some(bytes));
        commit.delete(draft_key);
        draft.release.works_refused = works_refused;
        draft.state = State::Submitted;
        let mut app = self.claim(&draft.release, &by.who, at)?;
        if app.before.is_none() || app.value.owner != by.who {
            check_proof(&draft.release, &by.who, proof)?;
        }
        check_number(&app.value, &draft.release)?;
        draft.seq = Some(app.value.next);
        app.value.next += 1;
        app.value.versions += 1;
        self.keep_app(&app, commit)?;
        let entries = [entry(&draft.release, Change::Submitted, by.role, "", at)];
        self.happened(&mut draft, Change::Submitted, by, "", at, commit)?;
        draft.since = at;
        draft.reason.clear();
        self.keep_version(&draft, None, commit)?;
        self.logged(&entries, commit)?;
        Ok(draft)
    }

    /// Adds a change of a registered version to a commit. To a developer, a version of somebody else does not exist.
    ///
    /// # Errors
    /// [`RegistryError::NoSuchVersion`], [`RegistryError::Impossible`], [`RegistryError::NoReason`], or
    /// [`RegistryError::NotAbove`] if a higher number was published meanwhile.
    pub fn change(
        &self,
        component: Digest,
        change: Change,
        by: &By,
        reason: &str,
        at: i64,
        commit: &mut Commit,
    ) -> Result<Version> {
        let (mut version, bytes) = self.registered(component)?.ok_or(RegistryError::NoSuchVersion)?;
        let is_theirs = by.role == Role::Operator || version.owner == by.who;
        if !change.is_for(by.role) || !is_theirs {
            return Err(RegistryError::NoSuchVersion);
        }
        let state = version.state;
        // An operator installs with a component, which is checked on its way.
        let after = change.after(state).filter(|_| change != Change::Installed);
        let after = after.ok_or(RegistryError::Impossible { state, change })?;
        let reason: String = clean(reason).trim().chars().take(LONGEST_REASON).collect();
        if change.needs_reason() && reason.is_empty() {
            return Err(RegistryError::NoReason);
        }
        let mut entries = Vec::new();
        if change == Change::Resumed {
            // A key may have passed the id on meanwhile. What it signed before is over.
            let app = self.kept_app(&version.release)?.value;
            if let Some(owner) = app.key.filter(|_| version.release.key != app.key) {
                return Err(RegistryError::OtherKey { app: app.id, owner });
            }
        }
        if change == Change::Published {
            let id = &version.release.app;
            let (app, stored) = self.stored::<App>(&app_key(id))?.ok_or_else(|| damaged("an app"))?;
            check_number(&app, &version.release)?;
            // Another version may have brought another key meanwhile.
            if let Some(owner) = app.key.filter(|_| !has_key(&app, &version.release)) {
                return Err(RegistryError::OtherKey { app: id.clone(), owner });
            }
            let (highest, key) = (number(&version.release.version), version.release.key.or(app.key));
            if app.key.is_some() && key != app.key {
                entries.push(entry(&version.release, Change::KeyChanged, by.role, "", at));
            }
            let owner = version.owner.clone();
            if app.owner != owner {
                // Only what the operator installed passes on; another account may have got it meanwhile.
                if app.owner != Owner::operator() {
                    return Err(RegistryError::OtherOwner { app: id.clone() });
                }
                commit.delete([&of_owner(OWNERS, &app.owner)[..], id.as_bytes()].concat());
                commit.put([&of_owner(OWNERS, &owner)[..], id.as_bytes()].concat(), Vec::new());
            }
            commit.expect(app_key(id), Some(stored));
            commit.put(app_key(id), written(&App { highest, key, owner, ..app })?);
        }
        self.happened(&mut version, change, by, &reason, at, commit)?;
        (version.state, version.since, version.reason) = (after, at, reason.clone());
        if after == State::Draft {
            self.give_back(&mut version, &bytes, change, commit)?;
        } else {
            self.keep_version(&version, Some(bytes), commit)?;
        }
        entries.push(entry(&version.release, change, by.role, &reason, at));
        self.logged(&entries, commit)?;
        Ok(version)
    }

    /// Adds to a commit that the operator installs a component without a review.
    ///
    /// # Errors
    /// [`RegistryError::Blocked`]; [`RegistryError::OtherKey`] if the id belongs to another key;
    /// [`RegistryError::NotAbove`] for a signed version with a number that is not above the published ones.
    pub fn install(&self, release: Release, by: &By, at: i64, commit: &mut Commit) -> Result<Version> {
        let known = self.registered(release.component)?;
        let is_known = known.is_some();
        let (mut version, bytes) = match known {
            Some((version, _)) if version.state.is_blocked() => {
                return Err(RegistryError::Blocked(version.state));
            }
            Some((version, bytes)) => (version, Some(bytes)),
            None => {
                let (owner, reason) = (by.who.clone(), String::new());
                let state = State::Draft;
                (Version { release, owner, seq: None, state, since: at, reason, events: 0 }, None)
            }
        };
        let was_published = version.state == State::Published;
        let mut entries = Vec::new();
        if was_published {
            // The installed version may be installed again. An older one, one of a key that is over, or one without a
            // signature of an id that has a key by now, may not.
            let app = self.kept_app(&version.release)?.value;
            if let Some(owner) = app.key.filter(|_| version.release.key != app.key) {
                return Err(RegistryError::OtherKey { app: app.id, owner });
            }
            if version.release.key.is_some() && number(&version.release.version) < app.highest {
                check_number(&app, &version.release)?;
            }
        }
        if !was_published {
            // Also of a version that waits for a review: another one may have brought another key meanwhile.
            let mut app = self.claim_for_operator(&version.release, &by.who, at)?;
            if version.release.key.is_some() {
                check_number(&app.value, &version.release)?;
            }
            if !is_known {
                version.seq = Some(app.value.next);
                app.value.next += 1;
                app.value.versions += 1;
            }
            app.value.highest = app.value.highest.max(number(&version.release.version));
            self.keep_app(&app, commit)?;
            entries.extend(
                app.changed_key.then(|| entry(&version.release, Change::KeyChanged, by.role, "", at)),
            );
        }
        entries.push(entry(&version.release, Change::Installed, by.role, "", at));
        self.happened(&mut version, Change::Installed, by, "", at, commit)?;
        (version.state, version.since) = (State::Published, at);
        version.reason.clear();
        self.keep_version(&version, bytes, commit)?;
        self.logged(&entries, commit)?;
        Ok(version)
    }

    /// Adds to a commit that the operator uninstalled a component, which need not be registered.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn uninstalled(&self, release: &Release, by: &By, at: i64, commit: &mut Commit) -> Result<()> {
        if let Some((mut version, bytes)) = self.registered(release.component)? {
            self.happened(&mut version, Change::Uninstalled, by, "", at, commit)?;
            self.keep_version(&version, Some(bytes), commit)?;
        }
        self.logged(&[entry(release, Change::Uninstalled, by.role, "", at)], commit)
    }

    /// Adds an event to a commit.
    fn happened(
        &self,
        version: &mut Version,
        change: Change,
        by: &By,
        reason: &str,
        at: i64,
        commit: &mut Commit,
    ) -> Result<()> {
        let event = Event { at, change, by: by.clone(), reason: reason.to_owned() };
        let prefix = events_key(&version.owner, version.release.component);
        commit.put([&prefix[..], &version.events.to_be_bytes()].concat(), written(&event)?);
        version.events += 1;
        Ok(())
    }

    /// Writes a registered version, which was `before`.
    fn keep_version(&self, version: &Version, before: Option<Vec<u8>>, commit: &mut Commit) -> Result<()> {
        let Some(seq) = version.seq else { return Err(damaged("a version without a number")) };
        let (release, key) = (&version.release, version_key(&version.release.app, seq));
        let component = component_key(release.component);
        if before.is_none() {
            commit.expect(component.clone(), None);
            commit.put(component, key.clone());
        }
        let review = review_key(&version.owner, release.component);
        if version.state == State::Submitted {
            commit.put(review, key.clone());
        } else {
            commit.delete(review);
        }
        commit.expect(key.clone(), before);
        commit.put(key, written(version)?);
        Ok(())
    }

    /// Makes a version a draft of its owner again. The id stays with its owner and its key, unless an operator returns
    /// its only version, which nobody was offered: whoever sent it may not be its author.
    fn give_back(
        &self,
        version: &mut Version,
        bytes: &[u8],
        change: Change,
        commit: &mut Commit,
    ) -> Result<()> {
        let Some(seq) = version.seq.take() else { return Err(damaged("a version without a number")) };
        let (id, component, owner) =
            (version.release.app.clone(), version.release.component, version.owner.clone());
        let (app, stored) = self.stored::<App>(&app_key(&id))?.ok_or_else(|| damaged("an app"))?;
        commit.expect(app_key(&id), Some(stored));
        if change == Change::Returned && app.versions <= 1 && app.highest.is_none() {
            commit.delete(app_key(&id));
            commit.delete([&of_owner(OWNERS, &app.owner)[..], id.as_bytes()].concat());
        } else {
            commit.put(app_key(&id), written(&App { versions: app.versions.saturating_sub(1), ..app })?);
        }
        commit.expect(version_key(&id, seq), Some(bytes.to_vec()));
        commit.delete(version_key(&id, seq));
        commit.delete(component_key(component));
        commit.delete(review_key(&owner, component));
        commit.put(draft_key(&owner, component), written(version)?);
        Ok(())
    }

    fn logged(&self, entries: &[LogEntry], commit: &mut Commit) -> Result<()> {
        let entries: Vec<Vec<u8>> = entries.iter().map(written).collect::<Result<_>>()?;
        self.log.append(&entries, commit)
    }

    /// The app of a version that is registered.
    fn kept_app(&self, release: &Release) -> Result<Claim> {
        let found = self.stored::<App>(&app_key(&release.app))?;
        let (value, before) = found.ok_or_else(|| damaged("an app"))?;
        Ok(Claim { value, before: Some(before), changed_key: false })
    }

    /// The app of a version that `owner` submits.
    fn claim(&self, release: &Release, owner: &Owner, at: i64) -> Result<Claim> {
        let Some((mut app, before)) = self.stored::<App>(&app_key(&release.app))? else {
            return Ok(Claim::new(release, owner, at));
        };
        let id = || release.app.clone();
        // What the operator installed passes to who signs with its key, once that version is published; every other app
        // stays.
        let is_of_operator = app.owner == Owner::operator() && app.key.is_some();
        if app.owner != *owner && !(is_of_operator && has_key(&app, release)) {
            return Err(RegistryError::OtherOwner { app: id() });
        }
        match app.key {
            Some(key) if !has_key(&app, release) => Err(RegistryError::OtherKey { app: id(), owner: key }),
            // A key that names its successor is over once a version of that one is published.
            key => {
                app.key = key.or(release.key);
                Ok(Claim { value: app, before: Some(before), changed_key: false })
            }
        }
    }

    /// The app of a version that the operator installs: of any owner, of its key only.
    fn claim_for_operator(&self, release: &Release, operator: &Owner, at: i64) -> Result<Claim> {
        let Some((mut app, before)) = self.stored::<App>(&app_key(&release.app))? else {
            return Ok(Claim::new(release, operator, at));
        };
        if let Some(owner) = app.key.filter(|_| !has_key(&app, release)) {
            return Err(RegistryError::OtherKey { app: release.app.clone(), owner });
        }
        let changed_key = app.key.is_some() && app.key != release.key;
        app.key = release.key.or(app.key);
        Ok(Claim { value: app, before: Some(before), changed_key })
    }

    fn keep_app(&self, claim: &Claim, commit: &mut Commit) -> Result<()> {
        let (app, id) = (&claim.value, claim.value.id.as_bytes());
        commit.expect(app_key(&app.id), claim.before.clone());
        commit.put([&of_owner(OWNERS, &app.owner)[..], id].concat(), Vec::new());
        commit.put(app_key(&app.id), written(app)?);
        Ok(())
    }
}

/// An app as it will be.
struct Claim {
    value: App,
    /// The stored record before.
    before: Option<Vec<u8>>,
    /// Whether the id passes to another key.
    changed_key: bool,
}

impl Claim {
    fn new(release: &Release, owner: &Owner, at: i64) -> Claim {
        let (id, owner, key) = (release.app.clone(), owner.clone(), release.key);
        let value = App { id, key, owner, at, next: 0, versions: 0, highest: None };
        Claim { value, before: None, changed_key: false }
    }
}

/// Whether a component is signed with the key of its app, or with the key that this one named.
fn has_key(app: &App, release: &Release) -> bool {
    release.key == app.key || (app.key.is_some() && release.succession.map(|named| named.before) == app.key)
}

/// Refuses an owner who does not show that they have the key of a component. A component that names a successor shows it by
/// the key that it is signed with.
fn check_proof(release: &Release, owner: &Owner, proof: &Proof) -> Result<()> {
    let (app, key) = (release.app.clone(), release.key.ok_or(RegistryError::Unsigned)?);
    match proof {
        Proof::Local => Ok(()),
        Proof::Claim(claim) if claim.holds(&key, owner, &app) => Ok(()),
        Proof::Claim(_) => Err(RegistryError::BadClaim { app, key }),
        Proof::Missing => Err(RegistryError::Unclaimed { app, key, owner: owner.as_str().to_owned() }),
    }
}

/// Refuses a number that is not above every published one.
fn check_number(app: &App, release: &Release) -> Result<()> {
    match app.highest {
        Some(highest) if number(&release.version).is_none_or(|number| number <= highest) => {
            let (a, b, c) = highest;
            let (app, version) = (release.app.clone(), release.version.clone());
            Err(RegistryError::NotAbove { app, version, highest: format!("{a}.{b}.{c}") })
        }
        _ => Ok(()),
    }
}

fn entry(release: &Release, change: Change, by: Role, reason: &str, at: i64) -> LogEntry {
    LogEntry {
        format: FORMAT,
        at,
        change,
        by,
        app: release.app.clone(),
        version: release.version.clone(),
        component: release.component,
        publisher: clean(&release.publisher),
        key: release.key,
        succession: release.succession.filter(|_| change == Change::KeyChanged),
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests;
