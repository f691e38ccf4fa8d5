use super::*;
use crate::account::Role;
use crate::testing::{Authenticator, GOOD, Home, VERIFIED, is_in, name, sign_up as sign_up_as, site, typed};
use mesinfos_store::{Partition, Store};
use proptest::prelude::*;
use serde_json::json;

fn sign_up(identity: &Identity<'_>, who: &str) -> SignedUp {
    sign_up_as(identity, who, Role::Tester)
}

/// Registers the key of an authenticator.
fn add(identity: &Identity<'_>, token: &Token, key: &mut Authenticator, now: i64) -> Result<Passkey> {
    let (challenge, options) = identity.passkey_begin(token, &site(), now)?;
    identity.passkey_finish(token, &site(), &challenge, "Téléphone", &key.create(&options), now)
}

/// An account of a tester without a password.
fn accept(identity: &Identity<'_>, who: &str, key: &mut Authenticator) -> SignedUp {
    let (code, _) = identity.invite(Role::Tester, None, limits::INVITATION, 0).unwrap();
    let (challenge, options) = identity.passkey_invited(&code, &name(who), &site(), 0).unwrap();
    let answer = key.create(&options);
    identity.accept_with_passkey(&code, &name(who), &site(), &challenge, &answer, "Firefox", 0).unwrap()
}

fn sign_in(identity: &Identity<'_>, key: &mut Authenticator, now: i64) -> Result<Token> {
    let (challenge, options) = identity.passkey_ask(&site(), now)?;
    identity.passkey_sign_in(&site(), &challenge, &key.get(&options), "Chrome", now)
}

fn is_refused<T>(outcome: Result<T>) -> bool {
    matches!(outcome.err(), Some(IdentityError::NoSuchPasskey))
}

fn stored(home: &Home, prefix: &str) -> usize {
    home.0.scan(Partition::House, prefix.as_bytes(), None, usize::MAX).unwrap().len()
}

#[test]
fn a_passkey_signs_in_without_a_name() {
    let home = Home::new();
    let identity = home.identity();
    let (anne, mut key) = (sign_up(&identity, "anne"), Authenticator::new());
    let made = add(&identity, &anne.token, &mut key, 10).unwrap();
    assert_eq!((made.label.as_str(), made.made_at, made.used_at), ("Téléphone", 10, None));
    let token = sign_in(&identity, &mut key, 20).unwrap();
    let present = identity.present(&token, 20).unwrap().unwrap();
    assert_eq!((present.account.id, present.is_fresh), (anne.account.id, true));
    assert_eq!((present.account.passkeys, present.account.has_password), (1, true));
    let listed = identity.passkeys(anne.account.id).unwrap();
    assert_eq!(listed, [Passkey { used_at: Some(20), ..made }]);
    assert!(is_in(&identity, &anne.token, 20), "the other session goes on");
    assert_eq!(identity.sessions(anne.account.id, 20).unwrap()[0].device, "Chrome");
}

#[test]
fn browsers_are_asked_for_verified_people_and_discoverable_keys() {
    let home = Home::new();
    let identity = home.identity();
    let (token, mut key) = (sign_up(&identity, "anne").token, Authenticator::new());
    let (_, options) = identity.passkey_begin(&token, &site(), 0).unwrap();
    assert_eq!(options["rp"], json!({ "id": "mesinfos.example", "name": "MesInfos" }));
    assert_eq!(options["user"]["name"], "anne");
    let wanted = json!({
        "residentKey": "required", "requireResidentKey": true, "userVerification": "required"
    });
    assert_eq!(options["authenticatorSelection"], wanted);
    assert_eq!((&options["attestation"], &options["timeout"]), (&json!("none"), &json!(300_000)));
    assert!(options["extensions"].get("uvm").is_none());
    assert!(options["excludeCredentials"].as_array().is_none_or(Vec::is_empty));
    add(&identity, &token, &mut key, 0).unwrap();
    let (_, options) = identity.passkey_begin(&token, &site(), 0).unwrap();
    let id = &serde_json::from_slice::<Value>(&key.get(&options)).unwrap()["id"];
    assert_eq!(options["excludeCredentials"], json!([{ "type": "public-key", "id": id }]));
    let (_, options) = identity.passkey_ask(&site(), 0).unwrap();
    assert_eq!(options["userVerification"], "required");
    assert_eq!(options["rpId"], "mesinfos.example");
    assert_eq!(options["allowCredentials"], json!([]), "nobody is named to a stranger");
    let (_, options) = identity.passkey_ask_proof(&token, &site(), 0).unwrap();
    assert_eq!(options["allowCredentials"][0]["id"], *id);
}

#[test]
fn a_challenge_is_used_once_and_in_time() {
    let home = Home::new();
    let identity = home.identity();
    let (anne, mut key) = (sign_up(&identity, "anne"), Authenticator::new());
    let (begun, options) = identity.passkey_begin(&anne.token, &site(), 0).unwrap();
    let created = key.create(&options);
    let finish = |now| identity.passkey_finish(&anne.token, &site(), &begun, "", &created, now);
    assert!(is_refused(finish(300)));
    finish(299).unwrap();
    assert!(is_refused(finish(299)), "once");
    let (asked, options) = identity.passkey_ask(&site(), 400).unwrap();
    let answer = key.get(&options);
    let get = |now| identity.passkey_sign_in(&site(), &asked, &answer, "", now);
    assert!(is_refused(get(700)) && is_refused(get(400 - 3_600)), "late, and with a clock set back");
    get(699).unwrap();
    assert!(is_refused(get(699)), "once");
    let (asked, options) = identity.passkey_ask(&site(), 400).unwrap();
    let answer = key.get(&options);
    let opened: usize = std::thread::scope(|scope| {
        let get = |_| {
            scope.spawn(|| {
                let done = home.identity().passkey_sign_in(&site(), &asked, &answer, "", 401);
                usize::from(done.is_ok())
            })
        };
        let all: Vec<_> = (0..4).map(get).collect();
        all.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(opened, 1, "once also at once");
    // Marks go once no host accepts the challenge.
    assert_eq!(stored(&home, "identity/used/"), 3);
    identity.sweep(401 + 7_499).unwrap();
    assert_eq!(stored(&home, "identity/used/"), 2);
    identity.sweep(699 + 7_500).unwrap();
    assert_eq!(stored(&home, "identity/used/"), 0);
}

#[test]
fn a_stranger_who_asks_leaves_nothing() {
    let home = Home::new();
    let identity = home.identity();
    let (code, _) = identity.invite(Role::Tester, None, limits::INVITATION, 0).unwrap();
    let before = stored(&home, "");
    let mut key = Authenticator::new();
    for _ in 0..10 {
        identity.passkey_invited(&code, &name("anne"), &site(), 0).unwrap();
        assert!(is_refused(sign_in(&identity, &mut key, 0)));
    }
    assert_eq!(stored(&home, ""), before);
}

/// Each way in which an answer is wrong gives the same refusal.
#[test]
fn a_wrong_answer_signs_in_nobody() {
    let home = Home::new();
    let identity = home.identity();
    let anne = sign_up(&identity, "anne");
    let mut luc = Authenticator::new();
    accept(&identity, "luc", &mut luc);
    let mut key = Authenticator::new();
    add(&identity, &anne.token, &mut key, 0).unwrap();
    let (credential, user) = (key.credential.clone(), key.user.clone());
    type Wrong<'a> = (&'a str, Box<dyn Fn(&mut Authenticator) + 'a>);
    let wrong: Vec<Wrong<'_>> = vec![
        ("another origin", Box::new(|key| key.origin = "https://mesinfos.example.net")),
        ("another port", Box::new(|key| key.origin = "https://mesinfos.example:8443")),
        ("no encryption", Box::new(|key| key.origin = "http://mesinfos.example")),
        ("another host", Box::new(|key| key.host = "example")),
        ("nobody verified", Box::new(|key| key.flags = VERIFIED & !0b100)),
        ("nobody present", Box::new(|key| key.flags = VERIFIED & !0b1)),
        ("an unknown credential", Box::new(|key| key.credential[0] ^= 1)),
        ("somebody else's credential", Box::new(|key| key.credential = luc.credential.clone())),
        ("somebody else's account", Box::new(|key| key.user = luc.user.clone())),
        ("no account", Box::new(|key| key.user = None)),
    ];
    for (what, spoil) in &wrong {
        spoil(&mut key);
        assert!(is_refused(sign_in(&identity, &mut key, 1)), "{what}");
        (key.origin, key.host, key.flags) = (crate::testing::ORIGIN, "mesinfos.example", VERIFIED);
        (key.credential, key.user) = (credential.clone(), user.clone());
    }
    // Nor an answer to another challenge, nor a signature that was changed, nor another's.
    let (challenge, options) = identity.passkey_ask(&site(), 1).unwrap();
    let (_, other) = identity.passkey_ask(&site(), 1).unwrap();
    let get = |answer: &[u8]| identity.passkey_sign_in(&site(), &challenge, answer, "", 1);
    assert!(is_refused(get(&key.get(&other))));
    let answer: Value = serde_json::from_slice(&key.get(&options)).unwrap();
    let stranger: Value = serde_json::from_slice(&Authenticator::new().get(&options)).unwrap();
    let mut forged = answer.clone();
    forged["response"]["signature"] = stranger["response"]["signature"].clone();
    assert!(is_refused(get(forged.to_string().as_bytes())));
    let signature = answer["response"]["signature"].as_str().unwrap();
    for at in 0..signature.len() - 2 {
        let mut changed = signature.as_bytes().to_vec();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let mut forged = answer.clone();
        forged["response"]["signature"] = String::from_utf8(changed).unwrap().into();
        assert!(is_refused(get(forged.to_string().as_bytes())), "character {at}");
    }
    for not in ["", "null", "{}", "[]", "\u{0}", &"[".repeat(100_000), &" ".repeat(20_000)] {
        assert!(is_refused(get(not.as_bytes())));
    }
    get(answer.to_string().as_bytes()).unwrap();
    // Nothing of it was counted against anybody.
    assert!(identity.sign_in(&name("anne"), &typed(GOOD), "", 1).is_ok());
}

#[test]
fn a_counter_that_goes_back_is_refused() {
    let home = Home::new();
    let identity = home.identity();
    let (token, mut key) = (sign_up(&identity, "anne").token, Authenticator::new());
    key.counter = 5;
    add(&identity, &token, &mut key, 0).unwrap();
    sign_in(&identity, &mut key, 1).unwrap();
    sign_in(&identity, &mut key, 1).unwrap();
    for before in [5, 6] {
        // The copy of a key signs with an old counter.
        key.counter = before;
        assert!(is_refused(sign_in(&identity, &mut key, 1)), "{before}");
    }
    key.counter = 0;
    assert!(is_refused(sign_in(&identity, &mut key, 1)), "nor may it stop counting");
    key.counter = 7;
    sign_in(&identity, &mut key, 1).unwrap();
}

#[test]
fn a_registration_is_checked_as_a_proof_is() {
    let home = Home::new();
    let identity = home.identity();
    let (anne, luc) = (sign_up(&identity, "anne"), sign_up(&identity, "luc"));
    let spoiled: [fn(&mut Authenticator); 7] = [
        |key| key.origin = "https://mesinfos.example.net",
        |key| key.host = "example",
        |key| key.flags = 0b1,
        |key| key.flags = 0b100,
        |key| key.credential = Vec::new(),
        |key| key.credential.truncate(15),
        |key| key.credential.resize(1024, 0),
    ];
    for (number, spoil) in spoiled.into_iter().enumerate() {
        let mut key = Authenticator::new();
        spoil(&mut key);
        assert!(is_refused(add(&identity, &anne.token, &mut key, 0)), "{number}");
    }
    // Begun by another account, or in another session of the same.
    let (begun, options) = identity.passkey_begin(&luc.token, &site(), 0).unwrap();
    let created = Authenticator::new().create(&options);
    let finish = |token: &Token| identity.passkey_finish(token, &site(), &begun, "", &created, 0);
    let other = identity.sign_in(&name("luc"), &typed(GOOD), "", 0).unwrap();
    assert!(is_refused(finish(&anne.token)) && is_refused(finish(&other)));
    finish(&luc.token).unwrap();
    // The same authenticator again, also with another account.
    let mut key = Authenticator::new();
    add(&identity, &anne.token, &mut key, 0).unwrap();
    assert!(is_refused(add(&identity, &anne.token, &mut key, 0)), "it was to be excluded");
    assert!(matches!(add(&identity, &luc.token, &mut key, 0), Err(IdentityError::PasskeyKnown)));
    // A session that has ended, is not fresh, or of a sample account.
    assert!(matches!(identity.passkey_begin(&luc.token, &site(), 300), Err(IdentityError::NotFresh)));
    identity.sign_out(&luc.token).unwrap();
    assert!(matches!(finish(&luc.token), Err(IdentityError::SessionOver)));
    let (_, sample) = identity.sample("camille", "", 0).unwrap();
    assert!(matches!(identity.passkey_begin(&sample, &site(), 0), Err(IdentityError::IsSample)));
}

#[test]
fn a_proof_with_a_passkey_replaces_the_token() {
    let home = Home::new();
    let identity = home.identity();
    let (anne, mut key) = (sign_up(&identity, "anne"), Authenticator::new());
    assert!(is_refused(identity.passkey_ask_proof(&anne.token, &site(), 1)), "it has none");
    add(&identity, &anne.token, &mut key, 0).unwrap();
    let mut luc = Authenticator::new();
    let other = accept(&identity, "luc", &mut luc).token;
    let prove = |token: &Token, (challenge, options): &(ChallengeId, Value), key: &mut Authenticator| {
        identity.passkey_prove(token, &site(), challenge, &key.get(options), 1_000)
    };
    let asked = identity.passkey_ask_proof(&anne.token, &site(), 1_000).unwrap();
    assert!(is_refused(prove(&anne.token, &asked, &mut luc)), "another account's passkey");
    assert!(is_refused(prove(&other, &asked, &mut key)), "another session's challenge");
    let anybody = identity.passkey_ask(&site(), 1_000).unwrap();
    assert!(is_refused(prove(&anne.token, &anybody, &mut key)), "a challenge for sign-in");
    let (challenge, options) = &asked;
    let answer = key.get(options);
    assert!(is_refused(identity.passkey_sign_in(&site(), challenge, &answer, "", 1_000)));
    assert!(!identity.present(&anne.token, 1_000).unwrap().unwrap().is_fresh);
    // Authenticators need not name the account when credentials were named.
    key.user = None;
    let proven = prove(&anne.token, &asked, &mut key).unwrap();
    let present = identity.present(&proven, 1_000).unwrap().unwrap();
    assert!(present.is_fresh && !is_in(&identity, &anne.token, 1_000));
    assert!(is_refused(prove(&proven, &asked, &mut key)), "once");
}

#[test]
fn an_invitation_is_accepted_with_a_passkey() {
    let home = Home::new();
    let identity = home.identity();
    let (code, _) = identity.invite(Role::Tester, None, limits::INVITATION, 0).unwrap();
    let (other_code, _) = identity.invite(Role::Tester, None, limits::INVITATION, 0).unwrap();
    let mut key = Authenticator::new();
    let (challenge, options) = identity.passkey_invited(&code, &name("Anne"), &site(), 0).unwrap();
    let answer = key.create(&options);
    let accept = |code: &InvitationCode, who: &str| {
        identity.accept_with_passkey(code, &name(who), &site(), &challenge, &answer, "Firefox", 1)
    };
    assert!(is_refused(accept(&code, "luc")), "begun under another name");
    assert!(is_refused(accept(&other_code, "Anne")), "begun with another code");
    let done = accept(&code, "anne").unwrap();
    assert_eq!((done.account.has_password, done.account.passkeys, done.recovery.len()), (false, 1, 10));
    assert!(is_in(&identity, &done.token, 1));
    assert!(matches!(accept(&code, "anne"), Err(IdentityError::NoSuchInvitation)));
    assert_eq!(sign_in(&identity, &mut key, 2).unwrap().account, done.account.id);
    assert_eq!(identity.passkeys(done.account.id).unwrap()[0].label, "Firefox");
    assert!(matches!(identity.sign_in(&name("anne"), &typed(GOOD), "", 1), Err(IdentityError::NoSuchSignIn)));
    let taken = identity.passkey_invited(&other_code, &name("ANNE"), &site(), 1);
    assert!(matches!(taken, Err(IdentityError::NameTaken)));
    let unknown = InvitationCode::random().unwrap();
    let refused = identity.passkey_invited(&unknown, &name("zoe"), &site(), 1);
    assert!(matches!(refused, Err(IdentityError::NoSuchInvitation)));
    // A recovery code gives the account a password.
    identity.recover(&name("anne"), &done.recovery[0], &typed(GOOD), "", 3).unwrap();
    assert!(identity.sign_in(&name("anne"), &typed(GOOD), "", 3).is_ok());
    // Somebody takes the name meanwhile.
    let (challenge, options) = identity.passkey_invited(&other_code, &name("zoe"), &site(), 0).unwrap();
    let answer = Authenticator::new().create(&options);
    sign_up(&identity, "zoe");
    let late = identity.accept_with_passkey(&other_code, &name("zoe"), &site(), &challenge, &answer, "", 1);
    assert!(matches!(late, Err(IdentityError::NameTaken)));
    identity.invitation(&other_code, 1).unwrap();
}

#[test]
fn an_account_keeps_a_way_to_sign_in() {
    let home = Home::new();
    let identity = home.identity();
    let (mut first, mut second) = (Authenticator::new(), Authenticator::new());
    let SignedUp { account, token, .. } = accept(&identity, "anne", &mut first);
    let only = identity.passkeys(account.id).unwrap()[0].id;
    assert!(matches!(identity.remove_passkey(&token, only, 1), Err(IdentityError::LastSignIn)));
    let other = add(&identity, &token, &mut second, 1).unwrap().id;
    assert!(matches!(identity.remove_passkey(&token, only, 300), Err(IdentityError::NotFresh)));
    let luc = sign_up(&identity, "luc");
    assert!(!identity.remove_passkey(&luc.token, only, 1).unwrap(), "another account's is none");
    // Two removals at once leave one.
    let left: usize = std::thread::scope(|scope| {
        let remove = |id| {
            let (home, token) = (&home, &token);
            scope.spawn(move || usize::from(home_remove(&home.identity(), token, id)))
        };
        let all: Vec<_> = [only, other].map(remove).into();
        2 - all.into_iter().map(|one| one.join().unwrap()).sum::<usize>()
    });
    assert_eq!((left, identity.passkeys(account.id).unwrap().len()), (1, 1));
    let works = [&mut first, &mut second].map(|key| sign_in(&identity, key, 2).is_ok());
    assert_ne!(works[0], works[1], "the one that is left works");
    // With a password the last one can go.
    let mut key = Authenticator::new();
    let last = add(&identity, &luc.token, &mut key, 1).unwrap().id;
    assert!(identity.remove_passkey(&luc.token, last, 1).unwrap());
    assert!(is_refused(sign_in(&identity, &mut key, 2)));
    assert_eq!(identity.account(luc.account.id).unwrap().passkeys, 0);
    add(&identity, &luc.token, &mut key, 1).unwrap();
}

fn home_remove(identity: &Identity<'_>, token: &Token, id: PasskeyId) -> bool {
    match identity.remove_passkey(token, id, 1) {
        Ok(done) => done,
        Err(error) => {
            assert!(matches!(error, IdentityError::LastSignIn), "{error}");
            false
        }
    }
}

#[test]
fn an_account_has_so_many_passkeys_and_no_more() {
    let home = Home::new();
    let identity = home.identity();
    let token = sign_up(&identity, "anne").token;
    // With the longest credential ids that there are, the record of the account and the challenge still fit.
    let long = || {
        let mut key = Authenticator::new();
        key.credential.resize(1023, 7);
        key
    };
    let late = identity.passkey_begin(&token, &site(), 0).unwrap();
    for _ in 0..limits::PASSKEYS {
        add(&identity, &token, &mut long(), 0).unwrap();
    }
    assert!(matches!(add(&identity, &token, &mut long(), 0), Err(IdentityError::TooManyPasskeys)));
    let answer = long().create(&late.1);
    let refused = identity.passkey_finish(&token, &site(), &late.0, "", &answer, 0);
    assert!(matches!(refused, Err(IdentityError::TooManyPasskeys)));
    let (asked, _) = identity.passkey_ask_proof(&token, &site(), 0).unwrap();
    assert!(asked.to_string().len() <= limits::CHALLENGE_TEXT);
}

/// A record that was removed and put back by somebody with access to the store signs in nobody.
#[test]
fn a_passkey_that_was_put_back_does_not_count() {
    let home = Home::new();
    let identity = home.identity();
    let (anne, mut key) = (sign_up(&identity, "anne"), Authenticator::new());
    let id = add(&identity, &anne.token, &mut key, 0).unwrap().id;
    let mut back = Commit::new(Partition::House);
    for prefix in ["identity/passkey/", "identity/credential/"] {
        back.puts.extend(home.0.scan(Partition::House, prefix.as_bytes(), None, 9).unwrap());
    }
    identity.remove_passkey(&anne.token, id, 0).unwrap();
    home.0.commit(&back).unwrap();
    assert!(is_refused(sign_in(&identity, &mut key, 1)));
    assert!(identity.passkeys(anne.account.id).unwrap().is_empty());
}

#[test]
fn passkeys_go_with_their_account() {
    let home = Home::new();
    let identity = home.identity();
    let mut key = Authenticator::new();
    let SignedUp { account, token, .. } = accept(&identity, "anne", &mut key);
    add(&identity, &token, &mut Authenticator::new(), 0).unwrap();
    identity.remove(account.id).unwrap();
    assert!(is_refused(sign_in(&identity, &mut key, 1)));
    identity.sweep(1_000_000).unwrap();
    assert_eq!(stored(&home, ""), 0, "nothing stays");
}

#[test]
fn a_challenge_comes_back_from_its_text_and_nothing_else_is_one() {
    let home = Home::new();
    let identity = home.identity();
    let (token, mut key) = (sign_up(&identity, "anne").token, Authenticator::new());
    add(&identity, &token, &mut key, 0).unwrap();
    let (challenge, options) = identity.passkey_ask(&site(), 0).unwrap();
    let text = challenge.to_string();
    assert!(text.parse::<ChallengeId>() == Ok(challenge));
    for not in ["0", "é0", "0G", &text.to_uppercase(), &"0".repeat(limits::CHALLENGE_TEXT + 2)] {
        assert!(not.parse::<ChallengeId>().is_err());
    }
    let answer = key.get(&options);
    for (from, to) in [(0, 2), (text.len() - 2, text.len()), (0, text.len()), (100, text.len())] {
        let changed: ChallengeId = format!("{}{}", &text[..from], &text[to..]).parse().unwrap();
        assert!(is_refused(identity.passkey_sign_in(&site(), &changed, &answer, "", 0)));
    }
}

proptest! {
    /// Whatever an answer says, it is refused, and nothing breaks.
    #[test]
    fn any_bytes_in_an_answer_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let home = Home::new();
        let identity = home.identity();
        let (code, _) = identity.invite(Role::Tester, None, limits::INVITATION, 0).unwrap();
        let (asked, _) = identity.passkey_ask(&site(), 0).unwrap();
        let (begun, _) = identity.passkey_invited(&code, &name("anne"), &site(), 0).unwrap();
        let text = crate::testing::base64url(&bytes);
        let response = json!({
            "clientDataJSON": text, "authenticatorData": text, "signature": text, "attestationObject": text,
        });
        let answer = json!({ "id": text, "rawId": text, "type": "public-key", "response": response });
        for answer in [&bytes, answer.to_string().as_bytes()] {
            prop_assert!(is_refused(identity.passkey_sign_in(&site(), &asked, answer, "", 0)));
            let accepted = identity.accept_with_passkey(&code, &name("anne"), &site(), &begun, answer, "", 0);
            prop_assert!(is_refused(accepted));
        }
    }

    /// Nor do any bytes of an authenticator in an answer that is right otherwise.
    #[test]
    fn any_data_of_an_authenticator_are_refused(
        at in 0_usize..400,
        by in 1_u8..,
        cut in 0_usize..200,
    ) {
        let (options, state) = site().begin(AccountId::random().unwrap(), "anne", Vec::new()).unwrap();
        let mut answer: Value = serde_json::from_slice(&Authenticator::new().create(&options)).unwrap();
        let object = answer["response"]["attestationObject"].as_str().unwrap().to_owned();
        let mut bytes = crate::testing::from_base64url(&object);
        let at = at % bytes.len();
        bytes[at] ^= by;
        bytes.truncate(bytes.len() - cut.min(bytes.len()));
        answer["response"]["attestationObject"] = crate::testing::base64url(&bytes).into();
        // Some changes are harmless (of the credential id, of unused numbers): it must not break.
        let _ = site().registered(&state, answer.to_string().as_bytes());
    }
}
