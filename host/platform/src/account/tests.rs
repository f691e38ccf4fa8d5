use crate::caller::me;
use crate::{Caller, Clock, ErrorKind, Isolation, Platform, PlatformError, Result};
use mesinfos_consent::{AccountAct, Actor, AuditEvent, Channel};
use mesinfos_identity::{
    Account, IdentityError, LoginName, Password, RelyingParty, Role, SignedUp, Token, limits,
};
use mesinfos_model::view::Lang;
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::{ChunkId, Commit, Partition, PersonId, Range, Record, Store, StoreError, Which};
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What happens once the number of requests is reached.
enum Then {
    /// Something else, once.
    Do(Box<dyn FnOnce() + Send>),
    /// Every further request fails.
    Fail,
}

/// A store that does something between two requests.
struct Between {
    store: MemoryStore,
    left: AtomicI64,
    then: Mutex<Option<Then>>,
}

impl Between {
    fn asked(&self) -> mesinfos_store::Result<&MemoryStore> {
        let left = self.left.fetch_sub(1, SeqCst);
        let happens = {
            let mut then = self.then.lock().unwrap();
            match &*then {
                Some(Then::Fail) if left <= 0 => {
                    return Err(StoreError::Unavailable("power cut".to_owned()));
                }
                Some(Then::Do(_)) if left == 0 => then.take(),
                _ => None,
            }
        };
        if let Some(Then::Do(happens)) = happens {
            happens();
        }
        Ok(&self.store)
    }
}

impl Store for Between {
    fn read(&self, ranges: &[Range]) -> mesinfos_store::Result<Vec<Vec<Record>>> {
        self.asked()?.read(ranges)
    }
    fn commit(&self, commit: &Commit) -> mesinfos_store::Result<()> {
        self.asked()?.commit(commit)
    }
    fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> mesinfos_store::Result<()> {
        self.asked()?.put_chunks(partition, chunks)
    }
    fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> mesinfos_store::Result<Vec<Vec<u8>>> {
        self.asked()?.get_chunks(partition, chunks)
    }
    fn chunks_of(&self, partition: Partition) -> mesinfos_store::Result<Vec<(ChunkId, Duration)>> {
        self.asked()?.chunks_of(partition)
    }
    fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> mesinfos_store::Result<()> {
        self.asked()?.delete_chunks(partition, which)
    }
    fn persons(&self, after: Option<PersonId>, limit: usize) -> mesinfos_store::Result<Vec<PersonId>> {
        self.asked()?.persons(after, limit)
    }
    fn clock(&self) -> mesinfos_store::Result<i64> {
        self.store.clock()
    }
}

/// A clock that tests set.
#[derive(Clone, Default)]
struct Time(Arc<AtomicI64>);

impl Clock for Time {
    fn now(&self) -> i64 {
        self.0.load(SeqCst)
    }
}

struct Home {
    store: Arc<Between>,
    platform: Arc<Platform>,
    time: Time,
    _folder: tempfile::TempDir,
}

impl Home {
    fn new() -> Home {
        let store = Arc::new(Between {
            store: MemoryStore::new(),
            left: AtomicI64::new(i64::MAX),
            then: Mutex::default(),
        });
        let (folder, time) = (tempfile::tempdir().unwrap(), Time::default());
        let on = Arc::clone(&store) as Arc<dyn Store>;
        let platform = Platform::on(on, folder.path(), &Isolation::InProcess).unwrap();
        Home { store, platform: Arc::new(platform.with_clock(time.clone())), time, _folder: folder }
    }

    /// Does something after `at` more requests of the store. Returns whether there were that many.
    fn after<T>(&self, at: i64, then: Then, act: impl FnOnce(&Platform) -> T) -> (T, bool) {
        *self.store.then.lock().unwrap() = Some(then);
        self.store.left.store(at, SeqCst);
        let done = act(&self.platform);
        let is_reached = self.store.left.swap(i64::MAX, SeqCst) < 0;
        *self.store.then.lock().unwrap() = None;
        (done, is_reached)
    }

    fn sign_up(&self, name: &str, role: Role) -> SignedUp {
        let identity = self.platform.identity();
        let now = self.time.now();
        let (code, _) = identity.invite(role, None, limits::INVITATION, now).unwrap();
        identity.accept(&code, &login(name), &Password::typed(GOOD), "Firefox", now).unwrap()
    }

    fn house(&self, prefix: &str) -> usize {
        self.store.store.scan(Partition::House, prefix.as_bytes(), None, usize::MAX).unwrap().len()
    }

    /// Two rounds of upkeep, a day apart, after which nothing abandoned is left.
    fn keep_up(&self) {
        self.platform.upkeep().unwrap();
        self.store.store.pass(Duration::from_hours(25));
        self.platform.upkeep().unwrap();
    }

    fn is_in(&self, token: &Token) -> bool {
        self.platform.identity().present(token, self.time.now()).unwrap().is_some()
    }
}

const GOOD: &str = "quatre chevaux sous la pluie";

fn login(name: &str) -> LoginName {
    name.parse().unwrap()
}

fn open(platform: &Platform, account: &Account) -> Result<Caller> {
    platform.caller_of(account, Channel::Web, Lang::Fr)
}

fn refused(outcome: Result<impl Sized>) -> &'static str {
    outcome.map(|_| ()).unwrap_err().code()
}

#[test]
fn an_account_of_a_tester_opens_one_vault_under_a_name_that_says_nothing() {
    let home = Home::new();
    let (anne, luc) = (home.sign_up("anne", Role::Tester), home.sign_up("luc", Role::Tester));
    let caller = open(&home.platform, &anne.account).unwrap();
    let name = caller.person().unwrap().as_str();
    assert_eq!((name.len(), &name[..2]), (28, "t-"));
    let other = open(&home.platform, &luc.account).unwrap();
    assert_ne!(other.person().unwrap().as_str(), name);
    // Also with an account that was read before the vault was there.
    for account in [&anne.account, &home.platform.identity().account(anne.account.id).unwrap()] {
        assert_eq!(open(&home.platform, account).unwrap().person().unwrap().as_str(), name);
    }
    let entries = home.platform.audit_entries(&caller).unwrap();
    assert!(matches!(entries[..], [ref made] if matches!(made.entry.event, AuditEvent::PersonCreated)));
    assert_eq!(home.platform.persons().unwrap().len(), 2);
}

/// What happens to how a person signs in is in their log, with its time, and in nobody else's.
#[test]
fn sign_ins_are_in_the_log_of_their_person() {
    let home = Home::new();
    let (anne, luc) = (home.sign_up("anne", Role::Tester), home.sign_up("luc", Role::Tester));
    let operator = home.sign_up("o", Role::Operator).account;
    let told = |account: &Account| -> Vec<(AccountAct, String, u64, Actor)> {
        let caller = open(&home.platform, account).unwrap();
        let entries = home.platform.audit_entries(&caller).unwrap().into_iter();
        let told = entries.filter_map(|logged| match logged.entry.event {
            AuditEvent::Account { act, device, times } => {
                Some((act, device.to_string(), times, logged.entry.by.unwrap().actor))
            }
            _ => None,
        });
        told.collect()
    };
    // Without a vault there is no log yet.
    home.platform.note_account(anne.account.id, AccountAct::SignedIn, "Firefox");
    home.platform.note_account(operator.id, AccountAct::SignedIn, "Firefox");
    assert!(told(&anne.account).is_empty());
    for act in AccountAct::ALL.into_iter().filter(|act| *act != AccountAct::SignInFailed) {
        home.platform.note_account(anne.account.id, act, "Firefox");
        assert_eq!(told(&anne.account).pop(), Some((act, "Firefox".to_owned(), 0, Actor::Person)));
    }
    // A stranger who knows a name cannot fill the log of its person.
    let before = told(&anne.account).len();
    let (identity, wrong) = (home.platform.identity(), Password::typed("quatre ânes sous la pluie"));
    let (mut at, mut failed) = (home.time.now(), 0);
    while failed < 9 {
        match identity.sign_in(&login("anne"), &wrong, "Chrome", at) {
            Err(IdentityError::NoSuchSignIn) => {
                failed += 1;
                home.platform.note_failed_sign_in(&login("anne"), "Chrome");
            }
            Err(IdentityError::Wait { wait_seconds }) => at += i64::try_from(wait_seconds).unwrap(),
            other => panic!("{other:?}"),
        }
    }
    home.platform.note_failed_sign_in(&login("nobody"), "Chrome");
    let times: Vec<u64> = told(&anne.account)[before..].iter().map(|(.., times, _)| *times).collect();
    assert_eq!(times, [1, 2, 4, 8]);
    let last = told(&anne.account).pop().unwrap();
    assert_eq!((last.0, last.3), (AccountAct::SignInFailed, Actor::Platform));
    assert!(told(&luc.account).is_empty());
    let caller = open(&home.platform, &anne.account).unwrap();
    home.platform.audit_verify(&caller, None).unwrap();
}

#[test]
fn an_account_of_another_role_opens_none() {
    let home = Home::new();
    for (name, role) in
        [("o", Role::Operator), ("d", Role::Developer), ("h", Role::Holder), ("r", Role::Researcher)]
    {
        let account = home.sign_up(name, role).account;
        let error = open(&home.platform, &account).map(|_| ()).unwrap_err();
        assert_eq!((error.code(), error.kind()), ("no-vault", ErrorKind::Refused), "{name}");
        // Nor if the account claims to be a tester's.
        let claims = Account { roles: [Role::Tester].into(), ..account };
        assert_eq!(refused(open(&home.platform, &claims)), "no-vault");
    }
    assert!(home.platform.persons().unwrap().is_empty());
    let gone = Home::new().sign_up("anne", Role::Tester).account;
    assert_eq!(refused(open(&home.platform, &gone)), "no-such-account");
}

/// Wherever one call is interrupted by another, both open the same vault, and no other exists.
#[test]
fn two_first_calls_at_once_make_one_vault() {
    for at in 0.. {
        let home = Home::new();
        let account = home.sign_up("anne", Role::Tester).account;
        let seen = Arc::new(Mutex::new(None));
        let (says, platform, same) = (Arc::clone(&seen), Arc::clone(&home.platform), account.clone());
        let then = Then::Do(Box::new(move || *says.lock().unwrap() = open(&platform, &same).unwrap().whose));
        let (caller, is_reached) = home.after(at, then, |platform| open(platform, &account).unwrap());
        if !is_reached {
            assert!(at > 5, "a first call makes more requests than {at}");
            break;
        }
        assert_eq!(*seen.lock().unwrap(), caller.whose, "request {at}");
        assert_eq!(home.platform.persons().unwrap().len(), 1, "request {at}");
        home.keep_up();
        assert_eq!(home.store.store.persons(None, 9).unwrap().len(), 1, "request {at}: nothing is left");
        home.platform.audit_verify(&caller, None).unwrap();
    }
}

/// Wherever the power is cut, the next call opens the vault, and upkeep leaves no other.
#[test]
fn a_first_call_that_was_cut_short_leaves_nothing() {
    for at in 0.. {
        let home = Home::new();
        let account = home.sign_up("anne", Role::Tester).account;
        let (cut, is_reached) = home.after(at, Then::Fail, |platform| open(platform, &account).map(|_| ()));
        if !is_reached {
            cut.unwrap();
            break;
        }
        assert!(cut.is_err(), "request {at}");
        let is_linked = home.platform.identity().account(account.id).unwrap().person.is_some();
        assert_eq!(home.platform.persons().unwrap().len(), usize::from(is_linked), "request {at}");
        let caller = open(&home.platform, &account).unwrap();
        home.keep_up();
        assert_eq!(home.platform.persons().unwrap().len(), 1, "request {at}");
        assert_eq!(home.store.store.persons(None, 9).unwrap().len(), 1, "request {at}");
        assert_eq!(open(&home.platform, &account).unwrap().whose, caller.whose);
    }
}

#[test]
fn who_leaves_takes_the_account_along() {
    let home = Home::new();
    let (anne, luc) = (home.sign_up("anne", Role::Tester), home.sign_up("luc", Role::Tester));
    let [caller, other] = [&anne, &luc].map(|who| open(&home.platform, &who.account).unwrap());
    // Not with the account of another, nor by a name alone.
    assert_eq!(refused(home.platform.leave(&caller, &luc.account)), "no-vault");
    let by_name = me(caller.person().unwrap().as_str());
    assert_eq!(refused(home.platform.leave(&by_name, &anne.account)), "no-vault");
    let receipt = home.platform.leave(&caller, &anne.account).unwrap();
    assert_eq!(Some(receipt.person), caller.whose);
    assert!(!home.is_in(&anne.token) && home.is_in(&luc.token));
    assert_eq!(refused(open(&home.platform, &anne.account)), "no-such-account");
    let sign_in = home.platform.identity().sign_in(&login("anne"), &Password::typed(GOOD), "", 1);
    assert!(matches!(sign_in, Err(IdentityError::NoSuchSignIn)));
    assert_eq!(open(&home.platform, &luc.account).unwrap().whose, other.whose);
    assert_eq!(home.sign_up("anne", Role::Tester).account.name, "anne", "the name is free again");
}

/// Wherever the power is cut, account and vault are both there, or both gone after upkeep.
#[test]
fn a_leave_that_was_cut_short_leaves_both_or_neither() {
    let (mut before, mut after) = (0, 0);
    for at in 0.. {
        let home = Home::new();
        let anne = home.sign_up("anne", Role::Tester);
        let caller = open(&home.platform, &anne.account).unwrap();
        let leave = |platform: &Platform| platform.leave(&caller, &anne.account).map(|_| ());
        let (cut, is_reached) = home.after(at, Then::Fail, leave);
        if !is_reached {
            cut.unwrap();
            break;
        }
        assert!(cut.is_err(), "request {at}");
        home.keep_up();
        match home.platform.identity().account(anne.account.id) {
            Ok(account) => {
                before += 1;
                assert_eq!(open(&home.platform, &account).unwrap().whose, caller.whose, "request {at}");
                leave(&home.platform).unwrap();
            }
            Err(_) => after += 1,
        }
        assert!(home.platform.persons().unwrap().is_empty(), "request {at}");
        assert_eq!(home.house("identity/") + home.house("erasing/") + home.house("key/"), 0, "request {at}");
        assert!(home.store.store.persons(None, 9).unwrap().is_empty(), "request {at}");
    }
    assert!(before > 0 && after > 0, "{before} {after}");
}

/// Whatever happens to the account between two requests of an erasure, no account is left without a vault.
#[test]
fn an_erasure_goes_with_the_account_as_it_is_then() {
    type Happens = fn(&Platform, &SignedUp);
    let happens: [(&str, Happens); 3] = [
        ("sign-in", |platform, who| {
            let name = login(&who.account.name);
            let _ = platform.identity().sign_in(&name, &Password::typed(GOOD), "", 1);
        }),
        ("open", |platform, who| drop(open(platform, &who.account))),
        ("leave", |platform, who| {
            let _ = open(platform, &who.account).and_then(|caller| platform.leave(&caller, &who.account));
        }),
    ];
    for (what, happens) in happens {
        for at in 0.. {
            let home = Home::new();
            let anne = home.sign_up("anne", Role::Tester);
            let caller = open(&home.platform, &anne.account).unwrap();
            let platform = Arc::clone(&home.platform);
            let same = SignedUp { account: anne.account.clone(), token: anne.token, recovery: Vec::new() };
            let then = Then::Do(Box::new(move || happens(&platform, &same)));
            let (done, is_reached) = home.after(at, then, |platform| platform.erase(&caller).map(|_| ()));
            if !is_reached {
                done.unwrap();
                break;
            }
            if let Err(error) = done {
                assert_eq!((what, error.code()), ("leave", "no-such-person"), "request {at}");
            }
            home.keep_up();
            assert!(home.platform.persons().unwrap().is_empty(), "{what} at request {at}");
            assert_eq!(home.house("identity/account/") + home.house("identity/person/"), 0, "{what} {at}");
        }
    }
}

#[test]
fn who_is_erased_by_another_door_has_no_account_either() {
    let home = Home::new();
    let anne = home.sign_up("anne", Role::Tester);
    let caller = open(&home.platform, &anne.account).unwrap();
    home.platform.erase(&me(caller.person().unwrap().as_str())).unwrap();
    assert!(!home.is_in(&anne.token));
    assert_eq!(refused(open(&home.platform, &anne.account)), "no-such-account");
    assert_eq!(home.house("identity/"), 0);
}

/// Records of accounts that were tampered with must not prevent an erasure.
#[test]
fn an_account_that_does_not_open_is_erased_with_its_person() {
    for prefix in ["identity/account/", "identity/person/"] {
        let home = Home::new();
        let anne = home.sign_up("anne", Role::Tester);
        let caller = open(&home.platform, &anne.account).unwrap();
        let mut commit = Commit::new(Partition::House);
        let found = home.store.store.scan(Partition::House, prefix.as_bytes(), None, 1).unwrap();
        commit.put(found[0].0.clone(), [0; 64]);
        home.store.store.commit(&commit).unwrap();
        home.platform.erase(&caller).unwrap();
        assert_eq!(home.house(prefix), 0, "{prefix}");
        assert!(home.platform.persons().unwrap().is_empty());
    }
}

/// The caller of an account acts on nobody else of the same name, and creates nobody.
#[test]
fn a_caller_of_an_account_is_about_one_person() {
    let home = Home::new();
    let anne = home.sign_up("anne", Role::Tester);
    let caller = open(&home.platform, &anne.account).unwrap();
    let row = br#"[{"docType":"bankoperation","date":"2026-01-01T00:00:00.000Z","amount":-1.5,"raw":"r","title":"t",
        "bankAccount":"a"}]"#;
    home.platform.import(&caller, "a.json", &row[..]).unwrap();
    home.platform.erase(&caller).unwrap();
    assert_eq!(refused(home.platform.import(&caller, "a.json", &row[..])), "no-such-person");
    assert!(home.platform.persons().unwrap().is_empty(), "an import creates nobody");
    home.platform.create_person(&me(caller.person().unwrap().as_str())).unwrap();
    assert_eq!(refused(home.platform.import(&caller, "a.json", &row[..])), "no-such-person");
    assert_eq!(refused(home.platform.imports(&caller)), "no-such-person");
    assert_eq!(refused(home.platform.erase(&caller)), "no-such-person");
    assert_eq!(home.platform.who(&caller).unwrap(), None);
    assert_eq!(home.platform.persons().unwrap().len(), 1);
}

#[test]
fn a_person_that_is_gone_is_replaced_by_an_empty_vault() {
    let home = Home::new();
    let account = home.sign_up("anne", Role::Tester).account;
    let account = home.platform.identity().link(account.id, PersonId([7; 16])).unwrap();
    let caller = open(&home.platform, &account).unwrap();
    assert_ne!(caller.whose, account.person);
    assert!(home.platform.imports(&caller).unwrap().is_empty());
    assert_eq!(home.platform.identity().of_person(PersonId([7; 16])).unwrap(), None);
    assert_eq!(home.platform.identity().of_person(caller.whose.unwrap()).unwrap(), Some(account.id));
}

#[test]
fn a_sample_life_ends_with_its_session() {
    let home = Home::new();
    let anne = home.sign_up("anne", Role::Tester);
    let sample = |life| home.platform.identity().sample(life, "Firefox", home.time.now()).unwrap();
    let (first, token) = sample("camille");
    let (second, _) = sample("dominique");
    for account in [&first, &second, &anne.account] {
        open(&home.platform, account).unwrap();
    }
    assert_eq!(home.platform.persons().unwrap().len(), 3);
    assert_eq!(home.platform.upkeep().unwrap().samples, 0, "their sessions go on");
    home.platform.end_sample(&first).unwrap();
    home.platform.end_sample(&first).unwrap();
    assert!(!home.is_in(&token));
    assert_eq!(home.platform.persons().unwrap().len(), 2);
    assert_eq!(refused(home.platform.end_sample(&anne.account)), "no-such-sample");
    // One that never opened its vault ends too.
    let (third, _) = sample("camille");
    home.time.0.store(30 * 60, SeqCst);
    assert_eq!(home.platform.upkeep().unwrap().samples, 2);
    assert_eq!(home.house("identity/sample/"), 0);
    for ended in [second, third] {
        assert_eq!(refused(open(&home.platform, &ended)), "no-such-account");
    }
    assert_eq!(home.platform.persons().unwrap().len(), 1);
    assert!(home.is_in(&anne.token));
}

#[test]
fn a_round_of_upkeep_ends_some_sample_lives_and_the_next_the_others() {
    let home = Home::new();
    for _ in 0..25 {
        home.platform.identity().sample("camille", "", 0).unwrap();
    }
    home.time.0.store(3 * 3_600, SeqCst);
    assert_eq!([(); 3].map(|()| home.platform.upkeep().unwrap().samples), [20, 5, 0]);
    assert_eq!(home.house("identity/account/"), 0);
}

/// A restored store signs nobody in, and those who left after the backup have no account.
#[test]
fn a_restore_brings_no_session_and_no_account_without_a_vault_back() {
    let temporary = tempfile::tempdir().unwrap();
    let path = temporary.path().join("data");
    let on_disk = || Platform::open(&path, &Isolation::InProcess).unwrap();
    let platform = on_disk();
    let now = platform.clock().now();
    let sign_up = |name: &str| {
        let (code, _) = platform.identity().invite(Role::Tester, None, limits::INVITATION, now).unwrap();
        platform.identity().accept(&code, &login(name), &Password::typed(GOOD), "", now).unwrap()
    };
    let (anne, luc) = (sign_up("anne"), sign_up("luc"));
    let caller = open(&platform, &anne.account).unwrap();
    let (code, _) = platform.identity().invite(Role::Tester, None, limits::INVITATION, now).unwrap();
    let mut backup = Vec::new();
    platform.backup(&mut backup).unwrap();
    platform.leave(&caller, &anne.account).unwrap();
    drop(platform);
    std::fs::remove_dir_all(path.join("store")).unwrap();
    Platform::restore(&path, &mut &backup[..], "a backup").unwrap();
    let platform = on_disk();
    let identity = platform.identity();
    assert!(matches!(identity.account(anne.account.id), Err(IdentityError::NoSuchAccount)));
    for token in [&anne.token, &luc.token] {
        assert!(identity.present(token, now).unwrap().is_none());
    }
    assert!(identity.invitation(&code, now).is_err());
    assert!(identity.sign_in(&login("anne"), &Password::typed(GOOD), "", now).is_err());
    identity.sign_in(&login("luc"), &Password::typed(GOOD), "", now).unwrap();
    open(&platform, &luc.account).unwrap();
}

/// What a browser keeps of a challenge is sealed with the keys of this instance.
#[test]
fn a_challenge_says_nothing_and_is_of_one_instance() {
    let (home, other) = (Home::new(), Home::new());
    let site = RelyingParty::new("https://mesinfos.example", "MesInfos").unwrap();
    let (challenge, options) = home.platform.identity().passkey_ask(&site, 0).unwrap();
    let text = challenge.to_string();
    let bytes: Vec<u8> =
        (0..text.len() / 2).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap()).collect();
    for word in ["SignIn", "state", options["challenge"].as_str().unwrap()] {
        assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
    }
    for home in [&home, &other] {
        let refused = home.platform.identity().passkey_sign_in(&site, &challenge, b"{}", "", 0);
        assert!(matches!(refused, Err(IdentityError::NoSuchPasskey)));
    }
    assert!(home.house("identity/") == 0 && other.house("identity/") == 0);
}

#[test]
fn errors_of_accounts_have_kinds() {
    let full = StoreError::Io(std::io::ErrorKind::StorageFull.into());
    for (error, code, kind) in [
        (IdentityError::from(full), "storage", ErrorKind::Full),
        (IdentityError::from(StoreError::Conflict), "changed-meanwhile", ErrorKind::Conflict),
        (IdentityError::SessionOver, "session-over", ErrorKind::Refused),
        (IdentityError::Wait { wait_seconds: 3 }, "wait", ErrorKind::Busy),
        (IdentityError::NoSuchInvitation, "no-such-invitation", ErrorKind::NotFound),
        (IdentityError::NameTaken, "name-taken", ErrorKind::Conflict),
    ] {
        let error = PlatformError::from(error);
        assert_eq!((error.code(), error.kind()), (code, kind));
    }
}
