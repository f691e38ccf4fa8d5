use super::*;
use crate::account::Role;
use crate::codes::InvitationCode;
use crate::error::Unfit;
use crate::testing::{GOOD, Home, is_in, name, typed};
use mesinfos_store::{PersonId, Store};
use std::collections::BTreeSet;
use std::time::Duration;

const OTHER: &str = "sept lampes au fond du puits";
const DAY: i64 = 86_400;

fn sign_up(identity: &Identity<'_>, who: &str) -> SignedUp {
    crate::testing::sign_up(identity, who, Role::Tester)
}

#[test]
fn an_invitation_is_accepted_once_and_in_time() {
    let home = Home::new();
    let identity = home.identity();
    let (code, invitation) = identity.invite(Role::Researcher, None, Duration::from_hours(24), 100).unwrap();
    assert_eq!(identity.invitation(&code, 100).unwrap(), invitation);
    assert_eq!(invitation.ends_at, 100 + DAY);
    let accept = |code: &InvitationCode, who: &str, password: &str, now| {
        identity.accept(code, &name(who), &typed(password), "Firefox", now)
    };
    // A refusal uses nothing up.
    assert!(matches!(accept(&code, "Anne", "court", 101), Err(IdentityError::Unfit(Unfit::Short))));
    let late = accept(&code, "Anne", GOOD, 100 + DAY);
    assert!(matches!(late, Err(IdentityError::NoSuchInvitation)));
    let done = accept(&code, "Anne", GOOD, 100 + DAY - 1).unwrap();
    assert_eq!(done.account.roles, BTreeSet::from([Role::Researcher]));
    assert_eq!((done.recovery.len(), done.account.recovery_codes), (10, 10));
    let present = identity.present(&done.token, 100 + DAY).unwrap().unwrap();
    assert_eq!((present.account, present.is_fresh), (done.account, true));
    assert!(matches!(accept(&code, "Luc", GOOD, 102), Err(IdentityError::NoSuchInvitation)));
    let unknown = InvitationCode::random().unwrap();
    assert!(matches!(identity.invitation(&unknown, 0), Err(IdentityError::NoSuchInvitation)));
    // A name is taken in any form, and the invitation stays valid.
    let (code, _) = identity
        .invite(Role::Tester, Some(present_id(&identity, &done.token)), limits::INVITATION, 0)
        .unwrap();
    assert!(matches!(accept(&code, "ANNE", GOOD, 1), Err(IdentityError::NameTaken)));
    assert!(accept(&code, "Anne-Marie", GOOD, 1).is_ok());
    let (_, long) = identity.invite(Role::Tester, None, Duration::MAX, 0).unwrap();
    assert_eq!(long.ends_at, 90 * DAY);
}

fn present_id(identity: &Identity<'_>, token: &Token) -> AccountId {
    identity.present(token, 1).unwrap().unwrap().account.id
}

#[test]
fn of_two_that_accept_at_once_one_does() {
    let home = Home::new();
    let (code, _) = home.identity().invite(Role::Tester, None, limits::INVITATION, 0).unwrap();
    let accepted: usize = std::thread::scope(|scope| {
        let all: Vec<_> = (0..4)
            .map(|number| {
                let (home, code) = (&home, &code);
                scope.spawn(move || {
                    let who = name(&format!("anne {number}"));
                    usize::from(home.identity().accept(code, &who, &typed(GOOD), "Firefox", 1).is_ok())
                })
            })
            .collect();
        all.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(accepted, 1);
}

#[test]
fn who_signs_in_needs_name_and_password_and_is_told_no_more() {
    let home = Home::new();
    let identity = home.identity();
    sign_up(&identity, "Éloïse");
    let sign_in = |who: &str, password: &str| identity.sign_in(&name(who), &typed(password), "Chrome", 10);
    let token = sign_in(" ÉLOÏSE", GOOD).unwrap();
    assert!(is_in(&identity, &token, 10));
    for (who, password) in [("Éloïse", OTHER), ("Éloïse", ""), ("nobody", GOOD)] {
        let refused = sign_in(who, password).unwrap_err();
        assert!(matches!(refused, IdentityError::NoSuchSignIn), "{who}: {refused}");
    }
    let stranger: Token = format!("{}.{}", "0".repeat(32), "0".repeat(64)).parse().unwrap();
    assert!(!is_in(&identity, &stranger, 10));
}

#[test]
fn guesses_wait_whether_or_not_the_name_exists_and_a_code_does_not() {
    let home = Home::new();
    let identity = home.identity();
    let codes = sign_up(&identity, "anne").recovery;
    for who in ["anne", "nobody"] {
        let guess = |now| identity.sign_in(&name(who), &typed(OTHER), "", now).unwrap_err();
        for _ in 0..5 {
            assert!(matches!(guess(100), IdentityError::NoSuchSignIn), "{who}");
        }
        assert!(matches!(guess(100), IdentityError::Wait { wait_seconds: 1 }), "{who}");
        assert!(matches!(guess(101), IdentityError::NoSuchSignIn), "{who}");
        assert!(matches!(guess(102), IdentityError::Wait { wait_seconds: 1 }), "{who}");
    }
    // The right password waits too; a recovery code is accepted, and ends the wait.
    let sign_in = |password: &str, now| identity.sign_in(&name("anne"), &typed(password), "", now);
    assert!(matches!(sign_in(GOOD, 102), Err(IdentityError::Wait { .. })));
    identity.recover(&name("anne"), &codes[0], &typed(OTHER), "", 102).unwrap();
    assert!(sign_in(OTHER, 102).is_ok());
    // A success forgets the failures before it.
    for round in 0..3 {
        for _ in 0..4 {
            assert!(matches!(sign_in(GOOD, 200 + round), Err(IdentityError::NoSuchSignIn)));
        }
        assert!(sign_in(OTHER, 200 + round).is_ok());
    }
}

#[test]
fn guesses_made_at_once_are_counted() {
    let home = Home::new();
    sign_up(&home.identity(), "anne");
    let checked: usize = std::thread::scope(|scope| {
        let guess = |_| {
            scope.spawn(|| {
                let refused = home.identity().sign_in(&name("anne"), &typed(OTHER), "", 100).unwrap_err();
                usize::from(matches!(refused, IdentityError::NoSuchSignIn))
            })
        };
        let all: Vec<_> = (0..12).map(guess).collect();
        all.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert!(checked <= 5, "{checked} of 12 guesses were free");
}

#[test]
fn a_recovery_code_is_valid_once_and_ends_every_session() {
    let home = Home::new();
    let identity = home.identity();
    let SignedUp { token, recovery, .. } = sign_up(&identity, "anne");
    let recover = |who: &str, code: &RecoveryCode, password: &str| {
        identity.recover(&name(who), code, &typed(password), "Chrome", 10)
    };
    assert!(matches!(recover("anne", &recovery[0], "court"), Err(IdentityError::Unfit(_))));
    assert!(matches!(recover("luc", &recovery[0], OTHER), Err(IdentityError::NoSuchSignIn)));
    let unknown = RecoveryCode::random().unwrap();
    assert!(matches!(recover("anne", &unknown, OTHER), Err(IdentityError::NoSuchSignIn)));
    assert!(is_in(&identity, &token, 10), "a refusal ends nothing");
    let new = recover("anne", &recovery[0], OTHER).unwrap();
    assert!(!is_in(&identity, &token, 10) && is_in(&identity, &new, 10));
    assert!(matches!(recover("anne", &recovery[0], GOOD), Err(IdentityError::NoSuchSignIn)), "once");
    assert!(identity.sign_in(&name("anne"), &typed(OTHER), "", 11).is_ok());
    assert!(identity.sign_in(&name("anne"), &typed(GOOD), "", 11).is_err());
    // New codes replace the old ones, and need a fresh proof.
    let later = 10 + i64::try_from(limits::FRESH.as_secs()).unwrap();
    assert!(matches!(identity.new_recovery_codes(&new, later), Err(IdentityError::NotFresh)));
    let codes = identity.new_recovery_codes(&new, 11).unwrap();
    assert!(recover("anne", &recovery[1], GOOD).is_err() && recover("anne", &codes[9], GOOD).is_ok());
}

#[test]
fn a_proof_replaces_the_token_and_a_new_password_ends_the_others() {
    let home = Home::new();
    let identity = home.identity();
    let first = sign_up(&identity, "anne").token;
    let second = identity.sign_in(&name("anne"), &typed(GOOD), "Chrome", 1_000).unwrap();
    let present = |token: &Token, now| identity.present(token, now).unwrap();
    assert!(!present(&first, 1_000).unwrap().is_fresh && present(&second, 1_000).unwrap().is_fresh);
    assert!(matches!(identity.prove(&first, &typed(OTHER), 1_000), Err(IdentityError::NoSuchSignIn)));
    let proven = identity.prove(&first, &typed(GOOD), 1_001).unwrap();
    assert!(present(&first, 1_001).is_none() && present(&proven, 1_001).unwrap().is_fresh);
    assert!(matches!(identity.prove(&first, &typed(GOOD), 1_001), Err(IdentityError::SessionOver)));
    // The session is the same one under another token: what a list shows can be ended.
    let shown = present(&proven, 1_001).unwrap().session;
    let again = identity.prove(&proven, &typed(GOOD), 1_001).unwrap();
    assert_eq!(present(&again, 1_001).unwrap().session, shown);
    let (id, proven) = (again.account, again);
    let wrong = identity.change_password(&proven, &typed(OTHER), &typed(OTHER), 1_002);
    assert!(matches!(wrong, Err(IdentityError::NoSuchSignIn)));
    let changed = identity.change_password(&proven, &typed(GOOD), &typed(OTHER), 1_003).unwrap();
    assert!(is_in(&identity, &changed, 1_003));
    assert!(!is_in(&identity, &second, 1_003) && !is_in(&identity, &proven, 1_003));
    assert!(identity.sign_in(&name("anne"), &typed(GOOD), "", 1_003).is_err());
    assert!(identity.end(id, shown).unwrap() && !is_in(&identity, &changed, 1_003));
}

/// Neither new codes nor a proof come from a session that was ended meanwhile.
#[test]
fn an_ended_session_gives_nothing() {
    let home = Home::new();
    let identity = home.identity();
    let SignedUp { token, account, .. } = sign_up(&identity, "anne");
    identity.end_everywhere(account.id).unwrap();
    assert!(matches!(identity.new_recovery_codes(&token, 1), Err(IdentityError::SessionOver)));
    assert!(matches!(identity.prove(&token, &typed(GOOD), 1), Err(IdentityError::SessionOver)));
    let changed = identity.change_password(&token, &typed(GOOD), &typed(OTHER), 1);
    assert!(matches!(changed, Err(IdentityError::SessionOver)));
    // The record of the session put back is of an earlier epoch.
    assert!(!is_in(&identity, &token, 1));
}

/// Attempts of a stranger delay no proof.
#[test]
fn a_stranger_delays_no_proof() {
    let home = Home::new();
    let identity = home.identity();
    let token = sign_up(&identity, "anne").token;
    for _ in 0..6 {
        identity.sign_in(&name("anne"), &typed(OTHER), "", 100).unwrap_err();
    }
    let token = identity.prove(&token, &typed(GOOD), 100).unwrap();
    for _ in 0..5 {
        let refused = identity.prove(&token, &typed(OTHER), 100);
        assert!(matches!(refused, Err(IdentityError::NoSuchSignIn)));
    }
    let refused = identity.prove(&token, &typed(GOOD), 100);
    assert!(matches!(refused, Err(IdentityError::Wait { .. })), "its own failures are counted");
}

#[test]
fn sessions_are_listed_ended_and_bounded() {
    let home = Home::new();
    let identity = home.identity();
    let (first, luc) = (sign_up(&identity, "anne"), sign_up(&identity, "luc"));
    let id = first.account.id;
    let second = identity.sign_in(&name("anne"), &typed(GOOD), "Chrome", 5).unwrap();
    let devices = |now| -> Vec<String> {
        identity.sessions(id, now).unwrap().into_iter().map(|session| session.device).collect()
    };
    assert_eq!(devices(5), ["Chrome", "Firefox"]);
    // A use is noted at intervals.
    let id_of = |token: &Token| identity.present(token, 6).unwrap().unwrap().session;
    let first_id = id_of(&first.token);
    let second_id = id_of(&second);
    let noted = i64::try_from(limits::NOTED.as_secs()).unwrap();
    for (now, used_at) in [(noted - 1, 0), (noted, noted), (noted + 1, noted)] {
        assert!(is_in(&identity, &first.token, now));
        let session = identity.sessions(id, now).unwrap().into_iter().find(|one| one.id == first_id);
        assert_eq!(session.unwrap().used_at, used_at);
    }
    // Another account's session cannot be ended.
    assert!(!identity.end(luc.account.id, second_id).unwrap());
    assert!(is_in(&identity, &second, 6));
    assert!(identity.end(id, second_id).unwrap() && !identity.end(id, second_id).unwrap());
    assert!(!is_in(&identity, &second, 6) && is_in(&identity, &first.token, 6));
    identity.sign_out(&first.token).unwrap();
    assert!(devices(6).is_empty() && is_in(&identity, &luc.token, 6));
    let all: Vec<Token> =
        (0..40).map(|at| identity.sign_in(&name("anne"), &typed(GOOD), "", at).unwrap()).collect();
    assert_eq!(devices(40).len(), limits::SESSIONS);
    assert!(!is_in(&identity, &all[0], 40) && is_in(&identity, &all[39], 40));
    identity.end_everywhere(id).unwrap();
    assert!(all.iter().all(|token| !is_in(&identity, token, 40)) && is_in(&identity, &luc.token, 40));
    // Idle, and old.
    assert!(is_in(&identity, &luc.token, 7 * DAY - 1));
    let mut now = 7 * DAY - 1;
    while now < 30 * DAY - 6 * DAY {
        now += 6 * DAY;
        assert!(is_in(&identity, &luc.token, now), "{now}");
    }
    assert!(!is_in(&identity, &luc.token, 30 * DAY));
}

/// A session that is opened while another one ends them all has ended too: its password was checked before.
#[test]
fn nobody_signs_in_with_the_password_of_before() {
    for round in 0..20 {
        let home = Home::new();
        let token = sign_up(&home.identity(), "anne").token;
        let (opened, changed) = std::thread::scope(|scope| {
            let opened = scope.spawn(|| home.identity().sign_in(&name("anne"), &typed(GOOD), "", 10));
            let changed = home.identity().change_password(&token, &typed(GOOD), &typed(OTHER), 10);
            (opened.join().unwrap(), changed)
        });
        let changed = changed.unwrap();
        let identity = home.identity();
        assert!(is_in(&identity, &changed, 11));
        if let Ok(opened) = opened {
            assert!(!is_in(&identity, &opened, 11), "round {round}");
        }
        assert_eq!(identity.sessions(token.account, 11).unwrap().len(), 1);
    }
}

#[test]
fn an_account_is_linked_once_and_removed_whole() {
    let home = Home::new();
    let identity = home.identity();
    let SignedUp { account, token, recovery } = sign_up(&identity, "anne");
    let (anne, luc) = (PersonId([1; 16]), PersonId([2; 16]));
    assert_eq!(identity.link(account.id, anne).unwrap().person, Some(anne));
    assert!(identity.link(account.id, anne).is_ok());
    assert!(matches!(identity.link(account.id, luc), Err(IdentityError::Linked)));
    identity.sign_in(&name("anne"), &typed(OTHER), "", 1).unwrap_err();
    assert!(matches!(identity.remove(account.id), Err(IdentityError::HasVault)));
    home.0.commit(&identity.removal(account.id).unwrap().unwrap()).unwrap();
    identity.remove(account.id).unwrap();
    assert!(!is_in(&identity, &token, 2));
    assert!(matches!(identity.account(account.id), Err(IdentityError::NoSuchAccount)));
    assert!(identity.recover(&name("anne"), &recovery[0], &typed(OTHER), "", 2).is_err());
    assert!(home.0.scan(Partition::House, b"", None, usize::MAX).unwrap().is_empty(), "nothing stays");
    assert!(sign_up(&identity, "anne").account.id != account.id);
}

/// A vault is opened by one account, and only a tester's account opens one.
#[test]
fn a_person_is_linked_once_too() {
    let home = Home::new();
    let identity = home.identity();
    let [anne, luc] = ["anne", "luc"].map(|who| sign_up(&identity, who).account.id);
    let (person, other) = (PersonId([1; 16]), PersonId([2; 16]));
    identity.link(anne, person).unwrap();
    assert!(matches!(identity.link(luc, person), Err(IdentityError::Linked)));
    assert_eq!(identity.of_person(person).unwrap(), Some(anne));
    // Somebody who is gone is replaced, if it is still them.
    assert!(matches!(identity.linking(anne, None, other), Err(IdentityError::Linked)));
    assert!(matches!(identity.linking(anne, Some(other), other), Err(IdentityError::Linked)));
    home.0.commit(&identity.linking(anne, Some(person), other).unwrap()).unwrap();
    assert_eq!([person, other].map(|one| identity.of_person(one).unwrap()), [None, Some(anne)]);
    assert_eq!(identity.people().unwrap(), [other]);
    identity.link(luc, person).unwrap();
    let developer = crate::testing::sign_up(&identity, "dev", Role::Developer).account.id;
    assert!(matches!(identity.link(developer, PersonId([3; 16])), Err(IdentityError::NoVault)));
    // A removal that was prepared before a link does not leave the vault behind.
    let zoe = sign_up(&identity, "zoe").account.id;
    let removal = identity.removal(zoe).unwrap().unwrap();
    identity.link(zoe, PersonId([4; 16])).unwrap();
    assert!(home.0.commit(&removal).is_err());
    // Nor does an erasure that was prepared before it leave the account behind.
    let removal = identity.removal_of(PersonId([5; 16])).unwrap();
    identity.link(sign_up(&identity, "eve").account.id, PersonId([5; 16])).unwrap();
    assert!(home.0.commit(&removal).is_err());
}

#[test]
fn sessions_live_as_long_as_the_role_allows() {
    let home = Home::new();
    let identity = home.identity();
    let hour = 3_600;
    for role in [Role::Operator, Role::Developer, Role::Holder, Role::Researcher] {
        let token = crate::testing::sign_up(&identity, role.id(), role).token;
        let idle = identity.sign_in(&name(role.id()), &typed(GOOD), "", 0).unwrap();
        let mut now = 0;
        while now < 12 * hour - 1_500 {
            now += 1_500;
            assert!(is_in(&identity, &token, now), "{role:?} at {now}");
        }
        assert!(!is_in(&identity, &token, 12 * hour), "{role:?}");
        assert!(is_in(&identity, &idle, 1_799) && !is_in(&identity, &idle, 2 * 1_800), "{role:?}");
    }
    // Noted often enough that 30 minutes are 30 minutes.
    let token = crate::testing::sign_up(&identity, "olga", Role::Operator).token;
    assert!(is_in(&identity, &token, 500) && is_in(&identity, &token, 500 + 1_799));
    let id = token.account;
    assert_eq!(identity.sessions(id, 500 + 2 * 1_799).unwrap().len(), 1);
    assert_eq!(identity.sessions(id, 500 + 2 * 1_800).unwrap().len(), 0);
}

#[test]
fn a_restore_signs_everybody_out() {
    let home = Home::new();
    let identity = home.identity();
    let token = sign_up(&identity, "anne").token;
    let (code, _) = identity.invite(Role::Tester, None, limits::INVITATION, 0).unwrap();
    identity.end_all_of_everybody().unwrap();
    assert!(!is_in(&identity, &token, 1));
    assert!(identity.invitation(&code, 1).is_err());
    assert!(identity.sign_in(&name("anne"), &typed(GOOD), "", 1).is_ok());
}

#[test]
fn what_is_over_is_swept_and_nothing_else() {
    let home = Home::new();
    let identity = home.identity();
    let anne = sign_up(&identity, "anne");
    identity.invite(Role::Tester, None, Duration::from_hours(24), 0).unwrap();
    identity.sign_in(&name("nobody"), &typed(GOOD), "", 0).unwrap_err();
    assert_eq!(identity.sweep(DAY - 1).unwrap(), 0);
    assert_eq!(identity.sweep(DAY).unwrap(), 2, "an invitation and a failure");
    assert_eq!(identity.sweep(7 * DAY).unwrap(), 1, "a session");
    assert_eq!(identity.account(anne.account.id).unwrap().name, "anne");
}

/// Nothing that signs in is in the store, and no name is in a key.
#[test]
fn a_copy_of_the_store_signs_in_nobody() {
    let home = Home::new();
    let identity = home.identity();
    let (code, _) = identity.invite(Role::Tester, None, limits::INVITATION, 0).unwrap();
    let SignedUp { token, recovery, .. } = sign_up(&identity, "anne");
    identity.sign_in(&name("anne"), &typed(OTHER), "", 1).unwrap_err();
    let secrets = [
        code.expose().to_string(),
        token.expose()[33..].to_owned(),
        recovery[0].expose().to_string(),
        GOOD.to_owned(),
        OTHER.to_owned(),
    ];
    for (key, value) in home.0.scan(Partition::House, b"", None, usize::MAX).unwrap() {
        let (key, value) =
            (String::from_utf8_lossy(&key).into_owned(), String::from_utf8_lossy(&value).into_owned());
        assert!(!key.contains("anne"), "{key}");
        for secret in &secrets {
            assert!(
                !value.contains(secret) && !value.contains(&secret.replace('-', "")) && !key.contains(secret)
            );
        }
    }
}

/// A record that was moved or changed is an error, and opens no session.
#[test]
fn records_that_were_moved_do_not_count() {
    let home = Home::new();
    let identity = home.identity();
    let (anne, luc) = (sign_up(&identity, "anne"), sign_up(&identity, "luc"));
    let of = |who: &SignedUp| keys::account(who.account.id);
    let taken = home.0.get(Partition::House, &of(&luc)).unwrap().unwrap();
    let mut commit = Commit::new(Partition::House);
    commit.put(of(&anne), taken);
    home.0.commit(&commit).unwrap();
    assert!(matches!(identity.present(&anne.token, 1), Err(IdentityError::Records(_))));
    assert!(identity.sign_in(&name("anne"), &typed(GOOD), "", 1).is_err());
    assert!(is_in(&identity, &luc.token, 1));
}
