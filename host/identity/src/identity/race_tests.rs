//! One act happens between any two store requests of another, as with two browsers or two hosts. And: acts on a full
//! disk, and the work of a refusal.

use super::*;
use crate::account::Role;
use crate::codes::InvitationCode;
use crate::ids::PasskeyId;
use crate::password::tests::COMPUTED;
use crate::testing::{
    Authenticator, GOOD, Home, Hooked, Request, is_in, name, sign_up as sign_up_as, site, typed,
};
use mesinfos_store::{PersonId, StoreError};
use std::cell::Cell;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

const OTHER: &str = "sept lampes au fond du puits";
const THIRD: &str = "deux violons dans la brume";

fn sign_up(identity: &Identity<'_>, who: &str) -> SignedUp {
    sign_up_as(identity, who, Role::Tester)
}

/// Does one thing, and another before request `at` of it. Returns both results, and whether there was such a request.
fn between<A, B: Send>(
    home: &Home,
    at: i64,
    does: impl FnOnce(&Identity<'_>) -> A,
    happens: impl Fn(&Identity<'_>) -> B + Send + Sync,
) -> (A, Option<B>) {
    let (left, happened) = (AtomicI64::new(at), Mutex::new(None));
    let hooked = Hooked(
        &home.0,
        Box::new(|_| {
            if left.fetch_sub(1, SeqCst) == 0 {
                *happened.lock().unwrap() = Some(happens(&home.identity()));
            }
            Ok(())
        }),
    );
    let done = does(&Home::through(&hooked));
    drop(hooked);
    (done, happened.into_inner().unwrap())
}

fn ok<T, E>(outcome: &std::result::Result<T, E>) -> bool {
    outcome.is_ok()
}

#[test]
fn a_recovery_code_is_used_once_also_at_once() {
    for at in 0.. {
        let home = Home::new();
        let SignedUp { account, token, recovery } = sign_up(&home.identity(), "anne");
        let recover = |identity: &Identity<'_>, new: &str, code: usize| {
            identity.recover(&name("anne"), &recovery[code], &typed(new), "", 1)
        };
        let same = between(&home, at, |i| recover(i, OTHER, 0), |i| recover(i, THIRD, 0));
        let (first, Some(second)) = same else {
            assert!(at > 5, "a recovery makes more requests than {at}");
            break;
        };
        assert!(matches!(first, Err(IdentityError::NoSuchSignIn)), "request {at}");
        let identity = home.identity();
        let second = second.unwrap();
        assert!(is_in(&identity, &second, 1) && !is_in(&identity, &token, 1));
        assert!(identity.sign_in(&name("anne"), &typed(THIRD), "", 1).is_ok(), "the other's password holds");
        // With two codes both are used, and the sessions of the first to end have ended.
        let two = between(&home, at, |i| recover(i, OTHER, 1), |i| recover(i, THIRD, 2));
        let (Ok(first), Some(Ok(second))) = two else { panic!("request {at}") };
        assert!(is_in(&identity, &first, 1) && !is_in(&identity, &second, 1), "request {at}");
        assert_eq!(identity.account(account.id).unwrap().recovery_codes, 7);
    }
}

/// Whoever is signed out everywhere at the moment of an act gets nothing out of it, or was just before it.
#[test]
fn who_signs_out_everywhere_is_out() {
    type Act = (&'static str, fn(&Identity<'_>, &SignedUp) -> Option<Token>);
    let acts: [Act; 4] = [
        ("prove", |i, who| i.prove(&who.token, &typed(GOOD), 1).ok()),
        ("sign-in", |i, who| i.sign_in(&name(&who.account.name), &typed(GOOD), "", 1).ok()),
        ("codes", |i, who| i.new_recovery_codes(&who.token, 1).ok().map(|_| who.token.clone())),
        ("password", |i, who| i.change_password(&who.token, &typed(GOOD), &typed(OTHER), 1).ok()),
    ];
    for (act, does) in acts {
        for at in 0.. {
            let home = Home::new();
            let anne = sign_up(&home.identity(), "anne");
            let end = |i: &Identity<'_>| i.end_everywhere(anne.account.id).unwrap();
            let (token, Some(())) = between(&home, at, |i| does(i, &anne), end) else { break };
            let identity = home.identity();
            assert!(!is_in(&identity, &anne.token, 1), "{act} at request {at}");
            // Only somebody who proved the password after the end may be in.
            let may_be_in = act == "sign-in";
            assert!(may_be_in || token.is_none_or(|token| !is_in(&identity, &token, 1)), "{act} at {at}");
            let codes = identity.account(anne.account.id).unwrap();
            assert_eq!(codes.recovery_codes, limits::RECOVERY_CODES);
        }
    }
}

#[test]
fn an_invitation_makes_one_account_also_with_passkeys() {
    for at in 0.. {
        let home = Home::new();
        let identity = home.identity();
        let (code, _) = identity.invite(Role::Tester, None, limits::INVITATION, 0).unwrap();
        let (begun, options) = identity.passkey_invited(&code, &name("anne"), &site(), 0).unwrap();
        let answer = Authenticator::new().create(&options);
        let accept = |i: &Identity<'_>, code: &InvitationCode| {
            i.accept_with_passkey(code, &name("anne"), &site(), &begun, &answer, "", 1)
        };
        let with_password =
            |i: &Identity<'_>| i.accept(&code, &name("luc"), &typed(GOOD), "", 1).map(|done| done.account.id);
        let (first, Some(second)) = between(&home, at, |i| accept(i, &code), with_password) else { break };
        assert!(matches!(first, Err(IdentityError::NoSuchInvitation)), "request {at}");
        second.unwrap();
        assert_eq!(home.0.scan(Partition::House, keys::ACCOUNTS, None, 9).unwrap().len(), 1, "request {at}");
    }
}

#[test]
fn of_two_passkeys_one_stays() {
    for at in 0.. {
        let home = Home::new();
        let identity = home.identity();
        let (code, _) = identity.invite(Role::Tester, None, limits::INVITATION, 0).unwrap();
        let (begun, options) = identity.passkey_invited(&code, &name("anne"), &site(), 0).unwrap();
        let answer = Authenticator::new().create(&options);
        let SignedUp { account, token, .. } =
            identity.accept_with_passkey(&code, &name("anne"), &site(), &begun, &answer, "", 0).unwrap();
        let (begun, options) = identity.passkey_begin(&token, &site(), 0).unwrap();
        let answer = Authenticator::new().create(&options);
        identity.passkey_finish(&token, &site(), &begun, "", &answer, 0).unwrap();
        let [one, other]: [PasskeyId; 2] = identity
            .passkeys(account.id)
            .unwrap()
            .iter()
            .map(|key| key.id)
            .collect::<Vec<_>>()
            .try_into()
            .unwrap();
        let remove = |i: &Identity<'_>, id| i.remove_passkey(&token, id, 1);
        let (first, Some(second)) = between(&home, at, |i| remove(i, one), |i| remove(i, other)) else {
            break;
        };
        assert!(matches!(first, Err(IdentityError::LastSignIn)), "request {at}");
        assert!(second.unwrap());
        assert_eq!(identity.passkeys(account.id).unwrap().len(), 1);
    }
}

/// A session that was opened while sweeping read the accounts is not swept.
#[test]
fn a_sweep_ends_nothing_that_has_just_begun() {
    for at in 0.. {
        let home = Home::new();
        sign_up(&home.identity(), "anne");
        let begin = |i: &Identity<'_>| {
            let luc = sign_up(i, "luc");
            let (code, _) = i.invite(Role::Tester, Some(luc.account.id), limits::INVITATION, 0).unwrap();
            let anne = i.sign_in(&name("anne"), &typed(GOOD), "", 0).unwrap();
            let anne = i.change_password(&anne, &typed(GOOD), &typed(OTHER), 0).unwrap();
            (luc.token, anne, code)
        };
        let (swept, Some((luc, anne, code))) = between(&home, at, |i| i.sweep(1), begin) else { break };
        swept.unwrap();
        let identity = home.identity();
        assert!(is_in(&identity, &luc, 1) && is_in(&identity, &anne, 1), "request {at}");
        identity.invitation(&code, 1).unwrap();
    }
}

/// On a full disk only commits that end something are accepted.
#[test]
fn on_a_full_disk_sessions_go_on_and_everything_can_be_ended() {
    let home = Home::new();
    let identity = home.identity();
    let anne = sign_up(&identity, "anne");
    let (begun, options) = identity.passkey_begin(&anne.token, &site(), 0).unwrap();
    let mut key = Authenticator::new();
    let passkey =
        identity.passkey_finish(&anne.token, &site(), &begun, "", &key.create(&options), 0).unwrap();
    let (code, invitation) = identity.invite(Role::Tester, None, limits::INVITATION, 0).unwrap();
    let second = identity.sign_in(&name("anne"), &typed(GOOD), "Chrome", 0).unwrap();
    let full = Hooked(
        &home.0,
        Box::new(|request| match request {
            Request::Commit(commit) if !commit.is_ending => {
                Err(StoreError::Io(std::io::ErrorKind::StorageFull.into()))
            }
            _ => Ok(()),
        }),
    );
    let full = Home::through(&full);
    let is_full = |error: IdentityError| {
        assert!(
            matches!(error.into_store(), Ok(StoreError::Io(error)) if error.kind() == std::io::ErrorKind::StorageFull)
        );
    };
    let before = home.0.scan(Partition::House, b"", None, usize::MAX).unwrap();
    is_full(full.sign_in(&name("anne"), &typed(GOOD), "", 1_000).unwrap_err());
    is_full(full.accept(&code, &name("luc"), &typed(GOOD), "", 1_000).unwrap_err());
    is_full(full.sample("camille", "", 1_000).unwrap_err());
    is_full(full.invite(Role::Tester, None, limits::INVITATION, 1_000).unwrap_err());
    is_full(full.link(anne.account.id, PersonId([1; 16])).unwrap_err());
    let (asked, options) = full.passkey_ask(&site(), 1_000).unwrap();
    is_full(full.passkey_sign_in(&site(), &asked, &key.get(&options), "", 1_000).unwrap_err());
    assert_eq!(home.0.scan(Partition::House, b"", None, usize::MAX).unwrap(), before, "nothing was changed");
    // Presence can be shown and proven, as an erasure needs it.
    assert!(full.present(&anne.token, 1_000).unwrap().is_some());
    assert!(matches!(full.prove(&anne.token, &typed(OTHER), 1_000), Err(IdentityError::NoSuchSignIn)));
    let token = full.prove(&anne.token, &typed(GOOD), 1_000).unwrap();
    let (asked, options) = full.passkey_ask_proof(&token, &site(), 1_000).unwrap();
    let token = full.passkey_prove(&token, &site(), &asked, &key.get(&options), 1_000).unwrap();
    assert!(full.present(&token, 1_000).unwrap().unwrap().is_fresh);
    // And everything can be ended.
    assert!(full.withdraw_invitation(invitation.id).unwrap());
    assert!(full.remove_passkey(&token, passkey.id, 1_000).unwrap());
    full.sign_out(&second).unwrap();
    full.end_everywhere(anne.account.id).unwrap();
    full.sweep(1_000_000_000).unwrap();
    full.remove(anne.account.id).unwrap();
    assert!(home.0.scan(Partition::House, b"", None, 9).unwrap().is_empty());
}

/// A wrong name, a wrong password, an account without a password and a code for nobody cost the same.
#[test]
fn refusals_take_the_same_work() {
    let home = Home::new();
    let identity = home.identity();
    let anne = sign_up(&identity, "anne");
    let (code, _) = identity.invite(Role::Tester, None, limits::INVITATION, 0).unwrap();
    let (begun, options) = identity.passkey_invited(&code, &name("luc"), &site(), 0).unwrap();
    let answer = Authenticator::new().create(&options);
    identity.accept_with_passkey(&code, &name("luc"), &site(), &begun, &answer, "", 0).unwrap();
    let nobodys = typed("x").is_of(None);
    assert!(!nobodys.unwrap(), "the hash of nobody exists");
    let work = |act: &dyn Fn(&Identity<'_>) -> IdentityError| {
        let requests = Mutex::new(Vec::new());
        let hooked = Hooked(
            &home.0,
            Box::new(|request| {
                requests.lock().unwrap().push(match request {
                    Request::Read(ranges) => format!("read {}", ranges.len()),
                    Request::Commit(commit) => {
                        let size: usize =
                            commit.puts.iter().map(|(key, value)| key.len() + value.len()).sum();
                        format!("commit {} {} {size}", commit.puts.len(), commit.deletes.len())
                    }
                });
                Ok(())
            }),
        );
        COMPUTED.with(|computed| computed.set(0));
        let refused = act(&Home::through(&hooked));
        assert!(matches!(refused, IdentityError::NoSuchSignIn), "{refused}");
        drop(hooked);
        (requests.into_inner().unwrap(), COMPUTED.with(Cell::get))
    };
    let sign_in = |who: &'static str, password: &'static str| {
        work(&move |i| i.sign_in(&name(who), &typed(password), "", 100).unwrap_err())
    };
    let wrong_password = sign_in("anne", OTHER);
    assert_eq!(wrong_password.1, 1, "one computation");
    for (who, password) in [("nobody", OTHER), ("nobody", GOOD), ("luc", GOOD), ("personne", "")] {
        assert_eq!(sign_in(who, password), wrong_password, "{who}");
    }
    let unknown = RecoveryCode::random().unwrap();
    let recover = |who: &'static str, code: &RecoveryCode| {
        work(&move |i| i.recover(&name(who), code, &typed(OTHER), "", 100).unwrap_err())
    };
    let wrong_code = recover("anne", &unknown);
    assert_eq!(recover("nobody", &unknown), wrong_code);
    assert_eq!(recover("luc", &anne.recovery[0]), wrong_code);
    assert!(ok(&identity.recover(&name("anne"), &anne.recovery[0], &typed(OTHER), "", 100)));
}
