//! Sample lives: accounts of visitors, and their end.

use crate::{Platform, Result};
use mesinfos_consent::{Act, Actor, Channel};
use mesinfos_identity::{Account, IdentityError};

/// Maximum number of sample accounts that one round of upkeep ends: each erasure wraps up to 64 keys again and takes
/// two synced writes of the key file. With a round every five minutes, the 200 accounts that there can be are gone
/// within an hour.
const ENDED_AT_ONCE: usize = 20;

impl Platform {
    /// Ends a sample account at once: erases its person and removes it. One that has ended is ignored.
    ///
    /// # Errors
    /// [`IdentityError::NoSuchSample`] if it is the account of a person; errors of the store.
    pub fn end_sample(&self, account: &Account) -> Result<()> {
        self.end_sample_by(account, Act { actor: Actor::Person, channel: Channel::Web })
    }

    fn end_sample_by(&self, account: &Account, by: Act) -> Result<()> {
        match self.identity().account(account.id) {
            Ok(account) if account.sample.is_some() => self.end_account(account, by),
            Ok(_) => Err(IdentityError::NoSuchSample.into()),
            Err(IdentityError::NoSuchAccount) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Ends at most [`ENDED_AT_ONCE`] sample accounts whose session has ended. Returns their number.
    ///
    /// # Errors
    /// The error of the first that cannot be ended; the others are still attempted.
    pub(crate) fn end_samples(&self) -> Result<usize> {
        let ended = self.identity().ended_samples(ENDED_AT_ONCE, self.clock.now())?;
        let mut outcome = Ok(ended.len());
        for account in ended {
            let done = self.end_sample_by(&account, Act { actor: Actor::Platform, channel: Channel::Web });
            if let (Ok(_), Err(error)) = (&outcome, done) {
                outcome = Err(error);
            }
        }
        outcome
    }
}
