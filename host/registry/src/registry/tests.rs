use super::*;
use crate::claim::{IdClaim, Proof};
use crate::key::{PublicKey, SecretKey};
use crate::log::keys::{Followed, Keys, NotFollowed};
use crate::log::note::Checkpoint;
use crate::signature::Succession;
use mesinfos_store::memory::MemoryStore;

struct House {
    store: MemoryStore,
    key: LogKey,
}

impl House {
    fn new() -> House {
        House { store: MemoryStore::default(), key: LogKey::new([1; 32]) }
    }

    fn registry(&self) -> Registry<'_> {
        Registry::new(&self.store, &self.key)
    }

    /// Prepares a change and commits it.
    fn act<T>(&self, act: impl FnOnce(&Registry<'_>, &mut Commit) -> Result<T>) -> Result<T> {
        let mut commit = Commit::new(HOUSE);
        let done = act(&self.registry(), &mut commit)?;
        self.store.commit(&commit)?;
        Ok(done)
    }

    fn upload(&self, release: &Release, by: &By) -> Result<Version> {
        self.act(|registry, commit| registry.upload(release.clone(), by, 1, commit))
    }

    fn submit(&self, release: &Release, by: &By) -> Result<Version> {
        self.upload(release, by)?;
        self.act(|registry, commit| registry.submit(release.component, true, (by, &Proof::Local), 2, commit))
    }

    fn change(&self, release: &Release, change: Change, by: &By) -> Result<Version> {
        let why = "because\u{202e} of this";
        self.act(|registry, commit| registry.change(release.component, change, by, why, 3, commit))
    }

    fn install(&self, release: &Release) -> Result<Version> {
        self.act(|registry, commit| registry.install(release.clone(), &By::operator(), 4, commit))
    }

    fn entries(&self) -> Vec<LogEntry> {
        let (mut entries, registry) = (Vec::new(), self.registry());
        let log = registry.log();
        let head = Checkpoint::open(&log.checkpoint().unwrap(), self.key.verifier()).unwrap();
        for tile in crate::log::tile::Tile::all(crate::log::tile::Kind::Entries, head.size) {
            let bytes = log.tile(tile).unwrap().unwrap();
            let bundle = crate::log::proof::entries(&bytes).unwrap();
            entries.extend(bundle.iter().map(|entry| serde_json::from_slice::<LogEntry>(entry).unwrap()));
        }
        entries
    }

    fn changes(&self) -> Vec<&'static str> {
        self.entries().iter().map(|entry| entry.change.id()).collect()
    }
}

fn key(seed: u8) -> PublicKey {
    SecretKey::of_seed([seed; 32]).public()
}

/// The key of `seed` names that of `next` for the id "budget".
fn named(seed: u8, next: u8) -> Option<Succession> {
    named_for("budget", seed, next)
}

fn named_for(app: &str, seed: u8, next: u8) -> Option<Succession> {
    Some(Succession::new(&SecretKey::of_seed([seed; 32]), app, &key(next)))
}

fn by(who: &str) -> By {
    By::developer(Owner::new(who).unwrap())
}

/// Index of the first entry whose key is not that of the id.
fn follow(entries: &[LogEntry]) -> Option<usize> {
    let mut keys = Keys::default();
    entries.iter().position(|entry| keys.follow(entry).is_err())
}

/// The entries of a log that is sound, and the index of the one by which an id passes to another key.
fn passed_on(house: &House) -> (Vec<LogEntry>, usize) {
    let entries = house.entries();
    assert_eq!(follow(&entries), None);
    let passes = entries.iter().position(|entry| entry.change == Change::KeyChanged).unwrap();
    (entries, passes)
}

/// [`follow`], with the entry at an index changed.
fn follow_changed(
    (entries, at): &(Vec<LogEntry>, usize),
    change: impl FnOnce(&mut LogEntry),
) -> Option<usize> {
    let mut entries = entries.clone();
    change(&mut entries[*at]);
    follow(&entries)
}

/// A version of `app` signed with a key; its bytes follow from its version and its key.
fn release(app: &str, version: &str, key: Option<PublicKey>) -> Release {
    let mut component = [0; 32];
    for (at, byte) in app.bytes().chain(version.bytes()).enumerate() {
        component[at % 31] ^= byte.rotate_left(u32::try_from(at).unwrap() % 8);
    }
    component[31] = key.map_or(0, |key| key.0[0]);
    Release {
        app: app.to_owned(),
        version: version.to_owned(),
        component: Digest(component),
        publisher: "Nous".to_owned(),
        key,
        succession: None,
        size: 10,
        works_refused: false,
    }
}

#[test]
fn a_version_goes_from_draft_to_published_to_suspended_and_the_log_has_it() {
    let (house, us) = (House::new(), by("account:1"));
    let release = release("budget", "1.0.0", Some(key(1)));
    let version = house.submit(&release, &us).unwrap();
    assert_eq!(
        (version.state, version.seq, version.release.works_refused),
        (State::Submitted, Some(0), true)
    );
    assert_eq!(house.registry().waiting().unwrap(), [version]);
    assert!(house.registry().drafts(&us.who).unwrap().is_empty());
    house.change(&release, Change::Published, &By::operator()).unwrap();
    assert!(house.registry().waiting().unwrap().is_empty());
    let suspended = house.change(&release, Change::Suspended, &By::operator()).unwrap();
    assert_eq!((suspended.state, suspended.reason.as_str()), (State::Suspended, "because of this"));
    assert_eq!(house.registry().blocked(release.component).unwrap(), Some(suspended.clone()));
    house.change(&release, Change::Resumed, &By::operator()).unwrap();
    assert_eq!(house.registry().blocked(release.component).unwrap(), None);
    house.change(&release, Change::Yanked, &us).unwrap();
    assert!(matches!(
        house.change(&release, Change::Resumed, &By::operator()),
        Err(RegistryError::Impossible { state: State::Yanked, .. })
    ));
    assert!(matches!(house.install(&release), Err(RegistryError::Blocked(State::Yanked))));
    assert_eq!(house.changes(), ["submitted", "published", "suspended", "resumed", "yanked"]);
    let events: Vec<_> =
        house.registry().events(&suspended).unwrap().into_iter().map(|event| event.change.id()).collect();
    assert_eq!(events, ["uploaded", "submitted", "published", "suspended", "resumed", "yanked"]);
    // An entry names the key and the component, and no account.
    let all = serde_json::to_string(&house.entries()).unwrap();
    assert!(!all.contains("account:") && all.contains(&key(1).to_string()));
    assert_eq!(house.registry().apps_of(&us.who).unwrap()[0].highest, Some((1, 0, 0)));
}

#[test]
fn a_role_does_only_what_is_its_own_and_sees_no_difference_otherwise() {
    let (us, them) = (by("account:1"), by("account:2"));
    for change in Change::ALL {
        for role in [Role::Developer, Role::Operator] {
            if change.is_for(role) && role == Role::Operator {
                continue;
            }
            let house = House::new();
            let release = release("budget", "1.0.0", Some(key(1)));
            house.submit(&release, &us).unwrap();
            house.change(&release, Change::Published, &By::operator()).unwrap();
            // Somebody else's, or not for this role: as if it did not exist.
            let by = if role == Role::Operator { By::operator() } else { them.clone() };
            let refused = house.change(&release, change, &by);
            assert!(matches!(refused, Err(RegistryError::NoSuchVersion)), "{change} {role:?}");
        }
    }
    let house = House::new();
    let draft = release("budget", "1.0.0", Some(key(1)));
    house.upload(&draft, &us).unwrap();
    assert!(house.registry().draft(&them.who, draft.component).unwrap().is_none());
    let submitted = house.act(|r, commit| r.submit(draft.component, true, (&them, &Proof::Local), 2, commit));
    assert!(matches!(submitted, Err(RegistryError::NoSuchVersion)));
    let deleted = house.act(|r, commit| r.delete(&them.who, draft.component, commit));
    assert!(matches!(deleted, Err(RegistryError::NoSuchVersion)));
    assert!(house.changes().is_empty(), "a draft is not in the log");
    house.act(|r, commit| r.delete(&us.who, draft.component, commit)).unwrap();
    assert!(house.registry().drafts(&us.who).unwrap().is_empty());
}

#[test]
fn an_id_belongs_to_the_first_key_and_the_account_that_registered_it() {
    let (house, us, them) = (House::new(), by("account:1"), by("account:2"));
    house.submit(&release("budget", "1.0.0", Some(key(1))), &us).unwrap();
    let other_account = house.submit(&release("budget", "2.0.0", Some(key(1))), &them);
    assert!(matches!(other_account, Err(RegistryError::OtherOwner { .. })));
    let other_key = house.submit(&release("budget", "2.0.0", Some(key(2))), &us);
    assert!(matches!(other_key, Err(RegistryError::OtherKey { owner, .. }) if owner == key(1)));
    let unsigned = house.submit(&release("budget", "2.0.0", None), &us);
    assert!(matches!(unsigned, Err(RegistryError::Unsigned)));
    // Nor does the operator replace it by another key's or by an unsigned one.
    for key in [Some(key(2)), None] {
        let installed = house.install(&release("budget", "3.0.0", key));
        assert!(matches!(installed, Err(RegistryError::OtherKey { .. })));
    }
    // A key that claims to succeed another one than that of the id.
    let stranger = Release { succession: named(3, 2), ..release("budget", "3.0.0", Some(key(2))) };
    assert!(matches!(house.submit(&stranger, &us), Err(RegistryError::OtherKey { .. })));
    let heir = Release { succession: named(1, 2), ..release("budget", "3.1.0", Some(key(2))) };
    house.submit(&heir, &us).unwrap();
    assert_eq!(
        house.changes(),
        ["submitted", "submitted"],
        "a key changes with a version that people are offered"
    );
    house.change(&heir, Change::TakenBack, &us).unwrap();
    let ours = release("budget", "4.0.0", Some(key(1)));
    house.submit(&ours, &us).unwrap();
    let heir = Release { succession: named(1, 2), ..release("budget", "3.2.0", Some(key(2))) };
    house.submit(&heir, &us).unwrap();
    house.change(&heir, Change::Published, &By::operator()).unwrap();
    assert_eq!(house.changes()[4..], ["submitted", "key-changed", "published"]);
    // Whoever reads the log sees that the old key named the new one, and would see where it did not.
    let log = passed_on(&house);
    let passes = log.1;
    assert_eq!(follow_changed(&log, |entry| entry.succession = None), Some(passes));
    assert_eq!(follow_changed(&log, |entry| entry.succession = named(1, 3)), Some(passes), "to another key");
    // One that the old key made for another of its ids.
    let replayed = |entry: &mut LogEntry| entry.succession = named_for("mobilite", 1, 2);
    assert_eq!(follow_changed(&log, replayed), Some(passes), "for another id");
    // The old key is over, also for what waits.
    for late in [
        house.submit(&release("budget", "5.0.0", Some(key(1))), &us),
        house.change(&ours, Change::Published, &By::operator()),
        house.install(&release("budget", "5.0.0", Some(key(1)))),
    ] {
        assert!(matches!(late, Err(RegistryError::OtherKey { owner, .. }) if owner == key(2)));
    }
}

#[test]
fn what_was_published_before_is_not_installed_again_in_place_of_what_came_after() {
    let (house, us) = (House::new(), by("account:1"));
    let (first, second) =
        (release("budget", "1.0.0", Some(key(1))), release("budget", "2.0.0", Some(key(1))));
    for version in [&first, &second] {
        house.submit(version, &us).unwrap();
        // An operator installs with the component, and never by naming the change.
        let named = house.change(version, Change::Installed, &By::operator());
        assert!(matches!(named, Err(RegistryError::Impossible { .. })));
        house.change(version, Change::Published, &By::operator()).unwrap();
    }
    assert!(matches!(house.install(&first), Err(RegistryError::NotAbove { .. })));
    house.install(&second).unwrap();
    let heir = Release { succession: named(1, 2), ..release("budget", "3.0.0", Some(key(2))) };
    house.install(&heir).unwrap();
    assert!(matches!(house.install(&second), Err(RegistryError::OtherKey { .. })), "a key that is over");
    let log = passed_on(&house);
    let passes = log.1;
    assert_eq!(follow_changed(&log, |entry| entry.succession = named(3, 2)), Some(passes), "another key's");
    assert_eq!(
        follow_changed(&log, |entry| entry.change = Change::Submitted),
        Some(passes + 1),
        "no change of key"
    );
}

#[test]
fn who_sends_what_the_operator_installed_owns_it_only_once_it_is_published() {
    let (house, us, them) = (House::new(), by("account:1"), by("account:2"));
    house.install(&release("budget", "1.0.0", Some(key(1)))).unwrap();
    // A signed file is public: whoever has it can send it.
    let second = release("budget", "2.0.0", Some(key(1)));
    house.submit(&second, &them).unwrap();
    assert_eq!(house.registry().app("budget").unwrap().unwrap().owner, Owner::operator());
    house.change(&second, Change::Returned, &By::operator()).unwrap();
    let third = release("budget", "3.0.0", Some(key(1)));
    house.submit(&third, &us).unwrap();
    house.change(&third, Change::Published, &By::operator()).unwrap();
    assert_eq!(house.registry().apps_of(&us.who).unwrap().len(), 1);
    assert!(house.registry().apps_of(&Owner::operator()).unwrap().is_empty());
    let late = house.submit(&release("budget", "4.0.0", Some(key(1))), &them);
    assert!(matches!(late, Err(RegistryError::OtherOwner { .. })));
    // Of two that wait, the first one that is published has it, and the other one gets nothing.
    house.install(&release("other", "1.0.0", Some(key(1)))).unwrap();
    let (ours, theirs) = (release("other", "2.0.0", Some(key(1))), release("other", "3.0.0", Some(key(1))));
    house.submit(&ours, &us).unwrap();
    house.submit(&theirs, &them).unwrap();
    house.change(&ours, Change::Published, &By::operator()).unwrap();
    let taken = house.change(&theirs, Change::Published, &By::operator());
    assert!(matches!(taken, Err(RegistryError::OtherOwner { .. })));
    assert_eq!(house.registry().app("other").unwrap().unwrap().owner, us.who);
}

#[test]
fn a_number_stands_for_one_component_and_never_goes_back() {
    let (house, us) = (House::new(), by("account:1"));
    let second = release("budget", "2.0.0", Some(key(1)));
    house.submit(&second, &us).unwrap();
    house.change(&second, Change::Published, &By::operator()).unwrap();
    let other = Release { component: Digest([9; 32]), ..second.clone() };
    for lower in [&release("budget", "1.9.9", Some(key(1))), &other] {
        assert!(matches!(house.submit(lower, &us), Err(RegistryError::NotAbove { .. })));
        assert!(matches!(house.install(lower), Err(RegistryError::NotAbove { .. })));
    }
    assert!(matches!(house.submit(&second, &us), Err(RegistryError::Known)));
    // Two wait at once; the lower one is not published after the higher one.
    let (third, fourth) =
        (release("budget", "3.0.0", Some(key(1))), release("budget", "4.0.0", Some(key(1))));
    house.submit(&third, &us).unwrap();
    house.submit(&fourth, &us).unwrap();
    house.change(&fourth, Change::Published, &By::operator()).unwrap();
    let late = house.change(&third, Change::Published, &By::operator());
    assert!(matches!(late, Err(RegistryError::NotAbove { .. })));
    // Given back to its author, it may be sent again, and its event says why.
    house.change(&third, Change::Returned, &By::operator()).unwrap();
    let draft = house.registry().draft(&us.who, third.component).unwrap().unwrap();
    assert_eq!((draft.state, draft.reason.as_str()), (State::Draft, "because of this"));
    assert_eq!(house.registry().version(third.component).unwrap(), None);
}

#[test]
fn an_id_that_was_never_published_is_free_again_if_the_operator_returns_it() {
    let (house, us, them) = (House::new(), by("account:1"), by("account:2"));
    let ours = release("budget", "1.0.0", Some(key(1)));
    house.submit(&ours, &us).unwrap();
    // Who takes a version back to correct it keeps the id.
    house.change(&ours, Change::TakenBack, &us).unwrap();
    let taken = house.submit(&release("budget", "1.0.0", Some(key(2))), &them);
    assert!(matches!(taken, Err(RegistryError::OtherOwner { .. })));
    house.act(|r, commit| r.submit(ours.component, true, (&us, &Proof::Local), 5, commit)).unwrap();
    house.change(&ours, Change::Returned, &By::operator()).unwrap();
    assert!(
        house.registry().app("budget").unwrap().is_none()
            && house.registry().apps_of(&us.who).unwrap().is_empty()
    );
    house
        .act(|r, commit| {
            r.submit(
                release("budget", "1.0.0", Some(key(2))).component,
                true,
                (&them, &Proof::Local),
                6,
                commit,
            )
        })
        .unwrap();
    let late = house.act(|r, commit| r.submit(ours.component, true, (&us, &Proof::Local), 9, commit));
    assert!(matches!(late, Err(RegistryError::OtherOwner { .. })));
}

#[test]
fn the_operator_of_a_machine_installs_what_they_like_and_the_log_says_so() {
    let house = House::new();
    for version in ["2.0.0", "1.0.0", "2.0.0"] {
        house.install(&release("budget", version, None)).unwrap();
    }
    let signed = release("budget", "2.1.0", Some(key(1)));
    house.install(&signed).unwrap();
    for version in ["9.0.0", "2.0.0", "1.0.0"] {
        let unsigned = house.install(&release("budget", version, None));
        assert!(
            matches!(unsigned, Err(RegistryError::OtherKey { .. })),
            "{version}, also one that was installed"
        );
    }
    house.act(|r, commit| r.uninstalled(&signed, &By::operator(), 5, commit)).unwrap();
    house.install(&signed).unwrap();
    assert_eq!(
        house.changes(),
        ["installed", "installed", "installed", "installed", "uninstalled", "installed"]
    );
    // Who has the key takes it over with an account; nobody else does.
    let us = by("account:1");
    let next = release("budget", "2.2.0", Some(key(1)));
    assert!(matches!(
        house.submit(&release("budget", "3.0.0", Some(key(2))), &us),
        Err(RegistryError::OtherOwner { .. })
    ));
    house.submit(&next, &us).unwrap();
    house.change(&next, Change::Published, &By::operator()).unwrap();
    assert_eq!(house.registry().apps_of(&us.who).unwrap().len(), 1);
    assert!(house.registry().apps_of(&Owner::operator()).unwrap().is_empty());
    // An unsigned one is no claim that an account could take over.
    house.install(&release("other", "1.0.0", None)).unwrap();
    let taken = house.submit(&release("other", "2.0.0", Some(key(1))), &us);
    assert!(matches!(taken, Err(RegistryError::OtherOwner { .. })));
}

#[test]
fn what_an_account_may_send_is_bounded() {
    let (house, us) = (House::new(), by("account:1"));
    for at in 0..MOST_WAITING {
        house.submit(&release(&format!("app-{at}"), "1.0.0", Some(key(1))), &us).unwrap();
    }
    let more = house.submit(&release("one-more", "1.0.0", Some(key(1))), &us);
    assert!(matches!(more, Err(RegistryError::TooManyWaiting { .. })));
    for at in 1..MOST_DRAFTS {
        house.upload(&release(&format!("draft-{at}"), "1.0.0", None), &us).unwrap();
    }
    let more = house.upload(&release("draft-too-many", "1.0.0", None), &us);
    assert!(matches!(more, Err(RegistryError::TooManyDrafts { .. })));
    // The same one again is no other one.
    house.upload(&release("draft-1", "1.0.0", None), &us).unwrap();
    house.upload(&release("draft-1", "1.0.0", None), &by("account:2")).unwrap();
}

#[test]
fn ten_thousand_versions_are_listed_a_page_at_a_time() {
    let house = House::new();
    let component = |at: u32| {
        let mut digest = [0; 32];
        digest[..4].copy_from_slice(&at.to_be_bytes());
        Digest(digest)
    };
    for at in 0..10_000 {
        let version = format!("1.0.{at}");
        house
            .install(&Release { component: component(at), ..release("budget", &version, Some(key(1))) })
            .unwrap();
    }
    let registry = house.registry();
    let newest = registry.versions("budget", None, 3).unwrap();
    let numbers: Vec<_> = newest.iter().map(|version| version.release.version.as_str()).collect();
    assert_eq!(numbers, ["1.0.9999", "1.0.9998", "1.0.9997"]);
    let next = registry.versions("budget", newest[2].seq, 1).unwrap();
    assert_eq!(next[0].release.version, "1.0.9996");
    assert_eq!(registry.version(component(5_000)).unwrap().unwrap().release.version, "1.0.5000");
    assert_eq!(registry.log().size().unwrap(), 10_000);
    assert!(registry.versions("budge", None, 3).unwrap().is_empty());
}

#[test]
fn texts_of_others_are_cleaned_and_bounded() {
    let (house, us) = (House::new(), by("account:1"));
    let hostile =
        Release { publisher: "A\u{202e}\u{1b}[2J\nB".to_owned(), ..release("budget", "1.0.0", Some(key(1))) };
    house.submit(&hostile, &us).unwrap();
    let long = "<script>\u{200b}".to_owned() + &"é".repeat(5_000);
    let change = |registry: &Registry<'_>, reason: &str, commit: &mut Commit| {
        registry.change(hostile.component, Change::Returned, &By::operator(), reason, 3, commit)
    };
    let blank = house.act(|registry, commit| change(registry, " \u{200b}\u{202e}\n ", commit));
    assert!(matches!(blank, Err(RegistryError::NoReason)));
    let returned = house.act(|registry, commit| change(registry, &long, commit)).unwrap();
    assert_eq!(returned.reason.chars().count(), LONGEST_REASON);
    let entries = house.entries();
    assert_eq!(entries[0].publisher, "A[2J B");
    assert!(entries[1].reason.starts_with("<script>é"));
}

#[test]
fn an_id_goes_to_who_has_its_key() {
    let (house, us, them) = (House::new(), by("account:1"), by("account:2"));
    let secret = |seed: u8| SecretKey::of_seed([seed; 32]);
    let first = release("budget", "1.0.0", Some(secret(1).public()));
    let claim = |seed: u8, host: &str, owner: &By, app: &str| {
        let text = IdClaim::made(&secret(seed), host, &owner.who, app);
        Proof::Claim(IdClaim::read(&text, "here").unwrap())
    };
    let submit = |release: &Release, by: &By, proof: &Proof| {
        house.act(|r, commit| r.submit(release.component, true, (by, proof), 2, commit))
    };
    for who in [&us, &them] {
        house.upload(&first, who).unwrap();
        assert!(house.registry().needs_claim(&who.who, first.component).unwrap());
    }
    // Who found the file has no claim for their own account, and another's is of no use to them.
    let unclaimed = submit(&first, &them, &Proof::Missing);
    assert!(matches!(unclaimed, Err(RegistryError::Unclaimed { owner, .. }) if owner == "account:2"));
    for (seed, host, owner, app) in [
        (1, "here", &us, "budget"),
        (2, "here", &them, "budget"),
        (1, "elsewhere", &them, "budget"),
        (1, "here", &them, "other"),
    ] {
        let refused = submit(&first, &them, &claim(seed, host, owner, app));
        assert!(matches!(refused, Err(RegistryError::BadClaim { .. })), "{seed} {host} {app}");
    }
    assert!(house.registry().app("budget").unwrap().is_none() && house.changes().is_empty());
    submit(&first, &us, &claim(1, "here", &us, "budget")).unwrap();
    // From now on the account is enough.
    let second = release("budget", "2.0.0", Some(secret(1).public()));
    house.upload(&second, &us).unwrap();
    assert!(!house.registry().needs_claim(&us.who, second.component).unwrap());
    submit(&second, &us, &Proof::Missing).unwrap();
    // What the operator installed passes to who has its key only.
    let installed = release("installed", "1.0.0", Some(secret(1).public()));
    house.install(&installed).unwrap();
    let next = release("installed", "2.0.0", Some(secret(1).public()));
    house.upload(&next, &them).unwrap();
    assert!(matches!(submit(&next, &them, &Proof::Missing), Err(RegistryError::Unclaimed { .. })));
    submit(&next, &them, &claim(1, "here", &them, "installed")).unwrap();
}

#[test]
fn an_id_without_a_signature_passes_to_a_key_only_by_the_operator_and_the_log_tells_it() {
    let house = House::new();
    house.install(&release("budget", "1.0.0", None)).unwrap();
    house.install(&release("budget", "2.0.0", Some(key(1)))).unwrap();
    let entries = house.entries();
    let followed = |entries: &[LogEntry]| {
        let mut keys = Keys::default();
        entries.iter().map(|entry| keys.follow(entry)).collect::<Vec<_>>()
    };
    assert_eq!(followed(&entries), [Ok(Followed::Usual), Ok(Followed::SignedSince(key(1)))]);
    for (change, by, expected) in [
        (Change::Published, Role::Operator, NotFollowed::OtherKey),
        (Change::Resumed, Role::Operator, NotFollowed::OtherKey),
        (Change::Installed, Role::Developer, NotFollowed::OtherKey),
    ] {
        let mut taken = entries.clone();
        (taken[1].change, taken[1].by) = (change, by);
        assert_eq!(followed(&taken)[1], Err(expected), "{change}");
    }
    // A key that names another had nothing of this id to pass on.
    let mut taken = entries.clone();
    (taken[1].change, taken[1].succession) = (Change::KeyChanged, named(2, 1));
    assert_eq!(followed(&taken)[1], Err(NotFollowed::OtherKey));
    for change in [Change::Submitted, Change::Published] {
        let mut unsigned = entries.clone();
        unsigned[0].change = change;
        assert_eq!(followed(&unsigned)[0], Err(NotFollowed::Unsigned), "{change}");
    }
    let mut other = entries;
    other[0].format = 2;
    assert_eq!(followed(&other)[0], Err(NotFollowed::Format));
}

/// Ids that an app can have, and texts that it cannot, for every reader of an id.
#[test]
fn a_log_with_an_odd_id_is_refused() {
    #[derive(serde::Deserialize)]
    struct Ids {
        good: Vec<String>,
        odd: Vec<String>,
    }
    let ids: Ids = serde_json::from_str(include_str!("../../../../tests/log/ids.json")).unwrap();
    let entry =
        |app: &str| entry(&release(app, "1.0.0", Some(key(1))), Change::Installed, Role::Operator, "", 1);
    for id in &ids.good {
        assert_eq!(Keys::default().follow(&entry(id)), Ok(Followed::Usual), "{id}");
    }
    for id in &ids.odd {
        assert_eq!(Keys::default().follow(&entry(id)), Err(NotFollowed::OddId), "{id:?}");
    }
    assert!(ids.good.len() > 4 && ids.odd.len() > 20);
}

/// Whatever people and the operator do, whoever reads the log finds nothing wrong: each act is refused, or its entries
/// can be followed.
#[test]
fn a_registry_writes_no_log_that_its_readers_refuse() {
    for seed in 0..60_u64 {
        let (house, us, them) = (House::new(), by("account:1"), by("account:2"));
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut any = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % below as u64).unwrap()
        };
        let mut made: Vec<Release> = Vec::new();
        for step in 0..60 {
            let seed = [0, 1, 1, 2, 3][any(5)];
            let succession =
                if seed > 1 && any(2) == 0 { named(u8::try_from(1 + any(2)).unwrap(), seed) } else { None };
            let key = (seed > 0).then(|| key(seed));
            let fresh = Release { succession, ..release("budget", &format!("{step}.{}.0", any(3)), key) };
            let known =
                if made.is_empty() || any(3) == 0 { None } else { Some(made[any(made.len())].clone()) };
            let (chosen, who) = (known.unwrap_or(fresh), if any(4) == 0 { &them } else { &us });
            let change = Change::ALL[any(Change::ALL.len())];
            // What is not allowed is refused; that is the subject of other tests.
            let _ = match any(6) {
                0 | 1 => house.submit(&chosen, who).map(drop),
                2 => house.install(&chosen).map(drop),
                3 => house.change(&chosen, change, who).map(drop),
                _ => house.change(&chosen, change, &By::operator()).map(drop),
            };
            made.push(chosen);
        }
        let entries = house.entries();
        let wrong = follow(&entries);
        assert_eq!(wrong, None, "seed {seed}: {:#?}", &entries[..=wrong.unwrap_or(0)]);
    }
}

#[test]
fn what_an_old_key_signed_is_not_resumed_and_what_waits_is_not_installed_past_its_key() {
    let (house, us) = (House::new(), by("account:1"));
    let first = release("budget", "1.0.0", Some(key(1)));
    house.submit(&first, &us).unwrap();
    house.change(&first, Change::Published, &By::operator()).unwrap();
    house.change(&first, Change::Suspended, &By::operator()).unwrap();
    // Both wait; the operator installs the one that the key before named.
    let late = release("budget", "2.0.0", Some(key(1)));
    let heir = Release { succession: named(1, 2), ..release("budget", "3.0.0", Some(key(2))) };
    house.submit(&late, &us).unwrap();
    house.submit(&heir, &us).unwrap();
    house.install(&heir).unwrap();
    assert_eq!(house.changes()[5..], ["key-changed", "installed"]);
    for refused in [house.change(&first, Change::Resumed, &By::operator()), house.install(&late)] {
        assert!(matches!(refused, Err(RegistryError::OtherKey { owner, .. }) if owner == key(2)));
    }
    assert_eq!(follow(&house.entries()), None);
}
