//! Sample accounts: for a visitor who tries a sample life. They begin without a name or a password and end with their
//! session.

use super::{ACCOUNT, Identity, retried};
use crate::account::{Account, AccountRecord, Role, Sample};
use crate::error::{IdentityError, Result};
use crate::ids::AccountId;
use crate::keys;
use crate::limits;
use crate::session::Token;
use std::collections::BTreeSet;

const SLOT: &str = "a sample account";

impl Identity<'_> {
    /// Makes an account of a tester for a sample life, signed in. Nobody can sign in to it again.
    ///
    /// # Errors
    /// [`IdentityError::TooManySamples`]; [`IdentityError::NoSuchSample`] if `life` is empty or longer than
    /// [`limits::SAMPLE_LIFE`].
    pub fn sample(&self, life: &str, device: &str, now: i64) -> Result<(Account, Token)> {
        if life.is_empty() || life.len() > limits::SAMPLE_LIFE {
            return Err(IdentityError::NoSuchSample);
        }
        let id = AccountId::random()?;
        retried(|| {
            // The slot is the limit: of two that take the last one, one commits.
            let slot = self.free_slot()?.ok_or(IdentityError::TooManySamples)?;
            let account = AccountRecord {
                name: String::new(),
                folded: String::new(),
                roles: BTreeSet::from([Role::Tester]),
                person: None,
                made_at: now,
                password: None,
                recovery: BTreeSet::new(),
                passkeys: BTreeSet::new(),
                epoch: 0,
                sample: Some(Sample { life: life.to_owned(), slot }),
            };
            let mut commit = self.records.empty_commit();
            self.write(SLOT, keys::sample(slot), None, id.as_bytes(), &mut commit)?;
            self.write(ACCOUNT, keys::account(id), None, &account, &mut commit)?;
            let token = self.open(id, &account, device, now, &mut commit)?;
            self.commit(&commit)?;
            Ok((account.account(id), token))
        })
    }

    /// At most `limit` sample accounts whose session has ended.
    ///
    /// # Errors
    /// Errors of the store.
    pub fn ended_samples(&self, limit: usize, now: i64) -> Result<Vec<Account>> {
        let mut ended = Vec::new();
        for (key, sealed) in self.records.all(keys::SAMPLES)? {
            if ended.len() == limit {
                break;
            }
            // One that does not open is not touched.
            let Ok(id) = self.records.open::<[u8; 16]>(SLOT, &key, &sealed) else { continue };
            let id = AccountId::from_bytes(id);
            match self.sessions(id, now) {
                Ok(sessions) if sessions.is_empty() => ended.push(self.account(id)),
                // Removed since the scan.
                Ok(_) | Err(IdentityError::NoSuchAccount) => {}
                Err(error) => return Err(error),
            }
        }
        let is_there = |account: &Result<Account>| !matches!(account, Err(IdentityError::NoSuchAccount));
        ended.into_iter().filter(is_there).collect()
    }

    /// A free slot, at random so that visitors who come at once rarely choose the same.
    fn free_slot(&self) -> Result<Option<u16>> {
        let taken: BTreeSet<Vec<u8>> =
            self.records.all(keys::SAMPLES)?.into_iter().map(|(key, _)| key).collect();
        let free: Vec<u16> =
            (0..limits::SAMPLES).filter(|slot| !taken.contains(&keys::sample(*slot))).collect();
        if free.is_empty() {
            return Ok(None);
        }
        let mut chance = [0; 8];
        getrandom::fill(&mut chance).map_err(|_| IdentityError::NoRandomness)?;
        let at = u64::from_le_bytes(chance) % free.len() as u64;
        Ok(usize::try_from(at).ok().and_then(|at| free.get(at).copied()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::login_name::LoginName;
    use crate::testing::{GOOD, Home, is_in, name, sign_up, typed};
    use mesinfos_store::{Partition, Store};

    #[test]
    fn a_sample_account_has_no_way_back() {
        let home = Home::new();
        let identity = home.identity();
        let (account, token) = identity.sample("camille", "Firefox", 0).unwrap();
        assert_eq!((account.sample.as_deref(), account.name.as_str()), (Some("camille"), ""));
        assert_eq!((account.roles.len(), account.recovery_codes), (1, 0));
        let present = identity.present(&token, 1_000).unwrap().unwrap();
        assert_eq!((present.account, present.is_fresh), (account.clone(), true));
        let (old, new) = (typed(""), typed(GOOD));
        assert!(matches!(identity.change_password(&token, &old, &new, 1), Err(IdentityError::IsSample)));
        assert!(matches!(identity.new_recovery_codes(&token, 1), Err(IdentityError::IsSample)));
        assert!(matches!(identity.prove(&token, &old, 1), Err(IdentityError::IsSample)));
        assert!("".parse::<LoginName>().is_err(), "nobody can sign in under its name");
        for life in ["", &"x".repeat(65)] {
            assert!(matches!(identity.sample(life, "", 0), Err(IdentityError::NoSuchSample)));
        }
        home.0.commit(&identity.removal(account.id).unwrap().unwrap()).unwrap();
        assert!(home.0.scan(Partition::House, b"", None, 9).unwrap().is_empty());
    }

    #[test]
    fn it_ends_after_half_an_hour_unused_and_after_two() {
        let home = Home::new();
        let identity = home.identity();
        let ended = |now| identity.ended_samples(9, now).unwrap().len();
        let (_, token) = identity.sample("camille", "", 0).unwrap();
        identity.sample("dominique", "", 0).unwrap();
        sign_up(&identity, "anne", Role::Tester);
        assert!(is_in(&identity, &token, 1_799));
        assert_eq!((ended(1_799), ended(1_800)), (0, 1));
        for now in (0..7_200).step_by(1_000).skip(3) {
            assert!(is_in(&identity, &token, now), "{now}");
        }
        assert_eq!((ended(7_199), ended(7_200)), (1, 2));
        assert!(!is_in(&identity, &token, 7_200));
        assert_eq!(identity.ended_samples(1, 7_200).unwrap().len(), 1);
        // Ended by the visitor, or swept.
        let (_, token) = identity.sample("camille", "", 7_200).unwrap();
        identity.sign_out(&token).unwrap();
        identity.sweep(7_200).unwrap();
        assert_eq!(ended(7_200), 3);
    }

    #[test]
    fn there_are_so_many_at_once_and_no_more() {
        let home = Home::new();
        let taken: usize = std::thread::scope(|scope| {
            let take = |_| {
                scope.spawn(|| {
                    let made = (0..55).map(|_| home.identity().sample("camille", "", 0));
                    made.filter(|made| match made {
                        Ok(_) => true,
                        Err(error) => {
                            assert!(
                                matches!(error, IdentityError::TooManySamples) || error.is_conflict(),
                                "{error}"
                            );
                            false
                        }
                    })
                    .count()
                })
            };
            let all: Vec<_> = (0..4).map(take).collect();
            all.into_iter().map(|one| one.join().unwrap()).sum()
        });
        let identity = home.identity();
        let more = (taken..220).take_while(|_| identity.sample("camille", "", 0).is_ok()).count();
        assert_eq!(taken + more, usize::from(limits::SAMPLES));
        let (account, _) = match identity.sample("camille", "", 0) {
            Err(IdentityError::TooManySamples) => {
                let ended = identity.ended_samples(1, 7_200).unwrap().remove(0);
                home.0.commit(&identity.removal(ended.id).unwrap().unwrap()).unwrap();
                identity.sample("camille", "", 0).unwrap()
            }
            other => panic!("{other:?}"),
        };
        assert!(account.sample.is_some());
        assert!(matches!(
            identity.sign_in(&name("camille"), &typed(GOOD), "", 0),
            Err(IdentityError::NoSuchSignIn)
        ));
    }
}
