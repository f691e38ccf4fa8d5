//! Errors of accounts and sign-in.

use crate::message::messages;
use mesinfos_model::view::Lang;
use mesinfos_platform::identity::{IdentityError, Unfit, limits};

messages! {
    /// Messages about accounts.
    pub(crate) enum Identity in "identity" {
        Records,
        NoRandomness,
        Hash,
        PasswordShort { shortest: u64 },
        PasswordLong { longest: u64 },
        PasswordGuessable,
        NotALoginName,
        NotACode,
        NoSuchSignIn,
        NoSuchPasskey,
        TooManyPasskeys { most: u64 },
        PasskeyKnown,
        LastSignIn,
        Passkeys,
        Wait { seconds: u64 },
        NameTaken,
        NoSuchInvitation,
        SessionOver,
        NotFresh,
        Linked,
        HasVault,
        NoVault,
        TooManySamples,
        IsSample,
        NoSuchSample,
        NoSuchAccount,
    }
}

/// An error of accounts or sign-in.
pub fn identity_error(error: &IdentityError, lang: Lang) -> String {
    match error {
        IdentityError::Records(_) => Identity::Records.to(lang),
        IdentityError::NoRandomness => Identity::NoRandomness.to(lang),
        IdentityError::Hash(_) => Identity::Hash.to(lang),
        IdentityError::Unfit(why) => unfit(*why, lang),
        IdentityError::NotALoginName(_) => Identity::NotALoginName.to(lang),
        IdentityError::NotACode(_) => Identity::NotACode.to(lang),
        IdentityError::NoSuchSignIn => Identity::NoSuchSignIn.to(lang),
        IdentityError::NoSuchPasskey => Identity::NoSuchPasskey.to(lang),
        IdentityError::TooManyPasskeys => {
            Identity::TooManyPasskeys { most: limits::PASSKEYS as u64 }.to(lang)
        }
        IdentityError::PasskeyKnown => Identity::PasskeyKnown.to(lang),
        IdentityError::LastSignIn => Identity::LastSignIn.to(lang),
        IdentityError::Passkeys(_) => Identity::Passkeys.to(lang),
        IdentityError::Wait { wait_seconds } => Identity::Wait { seconds: *wait_seconds }.to(lang),
        IdentityError::NameTaken => Identity::NameTaken.to(lang),
        IdentityError::NoSuchInvitation => Identity::NoSuchInvitation.to(lang),
        IdentityError::SessionOver => Identity::SessionOver.to(lang),
        IdentityError::NotFresh => Identity::NotFresh.to(lang),
        IdentityError::Linked => Identity::Linked.to(lang),
        IdentityError::HasVault => Identity::HasVault.to(lang),
        IdentityError::NoVault => Identity::NoVault.to(lang),
        IdentityError::TooManySamples => Identity::TooManySamples.to(lang),
        IdentityError::IsSample => Identity::IsSample.to(lang),
        IdentityError::NoSuchSample => Identity::NoSuchSample.to(lang),
        IdentityError::NoSuchAccount => Identity::NoSuchAccount.to(lang),
    }
}

/// Why a text cannot become a password.
pub fn unfit(why: Unfit, lang: Lang) -> String {
    match why {
        Unfit::Short => Identity::PasswordShort { shortest: limits::SHORTEST_PASSWORD as u64 },
        Unfit::Long => Identity::PasswordLong { longest: limits::LONGEST_PASSWORD as u64 },
        Unfit::Guessable => Identity::PasswordGuessable,
    }
    .to(lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{En, Fr};

    #[test]
    fn a_wait_says_how_long_and_a_password_how_many_characters() {
        let wait = |wait_seconds| identity_error(&IdentityError::Wait { wait_seconds }, Fr);
        assert!(wait(1).contains("1 seconde,"), "{}", wait(1));
        assert!(wait(900).contains("900 secondes,"), "{}", wait(900));
        assert!(unfit(Unfit::Short, En).contains("at least 12 characters"));
        assert!(unfit(Unfit::Long, Fr).contains("128 caractères au plus"));
    }
}
