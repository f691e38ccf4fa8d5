//! Use cases of accounts: opening a person's vault for an account, leaving, and sample lives.
//!
//! `identity` and `vault` do not know each other. Here their changes become one commit of the house partition, so that
//! an account and its vault begin and end together.

mod door;
mod leave;
mod samples;
mod secrets;
#[cfg(test)]
mod tests;
mod vaults;

pub(crate) use secrets::HouseSecrets;

use crate::Platform;
use mesinfos_identity::Identity;

impl Platform {
    /// Accounts, sign-in and sessions. Times that it takes are those of [`Platform::clock`].
    pub fn identity(&self) -> Identity<'_> {
        Identity::new(self.store(), &self.secrets)
    }
}
