//! Passkeys: what the library does for us, and the stored record. No other module uses the library.
//!
//! User verification is required, so that a passkey counts as two factors. Credentials are discoverable, so that sign-in
//! needs no name. Attestation is not asked for: any make of authenticator will do.

use crate::error::{IdentityError, NotAnOrigin, Result};
use crate::ids::{AccountId, PasskeyId};
use crate::limits;
use mesinfos_model::Digest;
use mesinfos_records::sha;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

pub(crate) use webauthn_rs::prelude::Passkey as PublicKey;

/// A passkey, as listed for its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Its id.
    pub id: PasskeyId,
    /// What the person calls it; may be empty.
    pub label: String,
    /// Time of registration, in UTC seconds.
    pub made_at: i64,
    /// Time of its last use, in UTC seconds. `None` if it was not used yet.
    pub used_at: Option<i64>,
}

/// Record of a passkey.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct PasskeyRecord {
    pub(crate) id: PasskeyId,
    pub(crate) label: String,
    pub(crate) made_at: i64,
    pub(crate) used_at: Option<i64>,
    pub(crate) key: PublicKey,
}

impl PasskeyRecord {
    pub(crate) fn new(label: &str, key: PublicKey, now: i64) -> Result<PasskeyRecord> {
        let is_shown = |c: &char| !c.is_control() && !mesinfos_model::visible::is_hidden(*c);
        let label: String = label.trim().chars().filter(is_shown).take(limits::PASSKEY_LABEL).collect();
        Ok(PasskeyRecord { id: PasskeyId::random()?, label, made_at: now, used_at: None, key })
    }

    pub(crate) fn passkey(self) -> Passkey {
        Passkey { id: self.id, label: self.label, made_at: self.made_at, used_at: self.used_at }
    }
}

/// Digest of a credential id, under which it is found.
pub(crate) fn digest(credential: &[u8]) -> Digest {
    sha::digest("mesinfos/credential/1", &[credential])
}

/// The site that passkeys are bound to: an authenticator signs for the host name only, and an answer from another origin
/// is refused.
#[derive(Debug, Clone)]
pub struct RelyingParty(Webauthn);

impl RelyingParty {
    /// The site at `origin`, as browsers name it: scheme, host name and port. `name` is shown by authenticators.
    ///
    /// # Errors
    /// [`NotAnOrigin`] if the host is not a name, the scheme is not `https` (`http` for `localhost`), or there is more
    /// than an origin.
    pub fn new(origin: &str, name: &str) -> std::result::Result<RelyingParty, NotAnOrigin> {
        let refused = || NotAnOrigin(origin.to_owned());
        let url: Url = origin.parse().map_err(|_| refused())?;
        let host = url.domain().ok_or_else(refused)?;
        let is_local = host == "localhost" || host.ends_with(".localhost");
        let is_secure = url.scheme() == "https" || url.scheme() == "http" && is_local;
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let is_anonymous = url.username().is_empty() && url.password().is_none();
        if !(is_secure && is_bare && is_anonymous) {
            return Err(refused());
        }
        let builder = WebauthnBuilder::new(host, &url).map_err(|_| refused())?;
        let built = builder.rp_name(name).timeout(limits::CHALLENGE).build();
        built.map(RelyingParty).map_err(|_| refused())
    }

    /// Begins a registration. Returns the options for the browser, and the state for [`RelyingParty::registered`].
    pub(crate) fn begin(
        &self,
        account: AccountId,
        name: &str,
        known: Vec<CredentialID>,
    ) -> Result<(Value, PasskeyRegistration)> {
        let user = Uuid::from_bytes(*account.as_bytes());
        let (options, state) =
            self.0.start_passkey_registration(user, name, name, Some(known)).map_err(failed)?;
        let mut options = public_key(options)?;
        // The library asks for a passkey that may or may not be discoverable.
        options["authenticatorSelection"]["residentKey"] = json!("required");
        options["authenticatorSelection"]["requireResidentKey"] = json!(true);
        without_methods(&mut options);
        Ok((options, state))
    }

    /// The key in the answer of an authenticator; `None` if the answer is not valid.
    pub(crate) fn registered(&self, state: &PasskeyRegistration, answer: &[u8]) -> Option<PublicKey> {
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let key = self.0.finish_passkey_registration(&answer, state).ok()?;
        // The library accepts any length.
        limits::CREDENTIAL_ID.contains(&key.cred_id().len()).then_some(key)
    }

    /// Asks for a proof with one of these passkeys; with any passkey if there are none.
    pub(crate) fn ask(&self, keys: &[PublicKey]) -> Result<(Value, DiscoverableAuthentication)> {
        let (options, state) = self.0.start_discoverable_authentication().map_err(failed)?;
        let mut options = public_key(options)?;
        if !keys.is_empty() {
            let (naming, _) = self.0.start_passkey_authentication(keys).map_err(failed)?;
            options["allowCredentials"] = public_key(naming)?["allowCredentials"].take();
        }
        without_methods(&mut options);
        Ok((options, state))
    }

    /// Whether an answer is a valid proof with this key. Updates the key's counter.
    pub(crate) fn is_proof(
        &self,
        state: &DiscoverableAuthentication,
        answer: &Answer,
        key: &mut PublicKey,
    ) -> bool {
        let verified = self.0.finish_discoverable_authentication_v2(&answer.0, state.clone(), &*key);
        match verified {
            Ok(verified) => verified.user_verified() && key.update_credential(&verified).is_some(),
            Err(_) => false,
        }
    }
}

/// Answer of an authenticator to a request for a proof.
pub(crate) struct Answer(PublicKeyCredential);

impl Answer {
    /// An answer as `PublicKeyCredential.toJSON()` gives it; `None` if it is none.
    pub(crate) fn read(text: &[u8]) -> Option<Answer> {
        read(text).map(Answer)
    }

    /// Digest of the credential id that it names.
    pub(crate) fn credential(&self) -> Digest {
        digest(self.0.get_credential_id())
    }

    /// The account that the authenticator made the credential for, if it says so.
    pub(crate) fn account(&self) -> Option<&[u8]> {
        self.0.get_user_unique_id()
    }
}

fn read<T: DeserializeOwned>(answer: &[u8]) -> Option<T> {
    if answer.len() > limits::PASSKEY_ANSWER {
        return None;
    }
    serde_json::from_slice(answer).ok()
}

/// The options as `PublicKeyCredential.parseCreationOptionsFromJSON` and `parseRequestOptionsFromJSON` read them.
fn public_key(options: impl Serialize) -> Result<Value> {
    let mut options =
        serde_json::to_value(options).map_err(|error| IdentityError::Passkeys(error.to_string()))?;
    Ok(options["publicKey"].take())
}

/// Omits the request to be told by which methods an authenticator verifies people: nobody needs to know.
fn without_methods(options: &mut Value) {
    if let Some(extensions) = options["extensions"].as_object_mut() {
        extensions.remove("uvm");
    }
}

#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
fn failed(error: WebauthnError) -> IdentityError {
    IdentityError::Passkeys(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_has_a_name_and_is_secure() {
        for origin in [
            "https://mesinfos.example",
            "https://mesinfos.example:8443/",
            "http://localhost:8080",
            "http://a.localhost",
        ] {
            assert!(RelyingParty::new(origin, "MesInfos").is_ok(), "{origin}");
        }
        for not in [
            "",
            "mesinfos.example",
            "http://mesinfos.example",
            "https://192.0.2.1",
            "https://[::1]",
            "http://127.0.0.1:8080",
            "https://mesinfos.example/path",
            "https://mesinfos.example/?q",
            "https://mesinfos.example/#f",
            "https://u@mesinfos.example",
            "ftp://localhost",
            "file:///etc",
        ] {
            assert_eq!(RelyingParty::new(not, "").unwrap_err(), NotAnOrigin(not.to_owned()));
        }
    }

    #[test]
    fn a_label_is_what_can_be_read() {
        let key = crate::testing::Authenticator::new().public_key();
        let label = |text: &str| PasskeyRecord::new(text, key.clone(), 0).unwrap().label;
        assert_eq!(label(" Télé\u{202e}phone\u{7} "), "Téléphone");
        assert_eq!(label(&"é".repeat(99)).chars().count(), limits::PASSKEY_LABEL);
        assert_eq!(label("\n"), "");
    }
}
