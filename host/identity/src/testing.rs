//! Shared by the tests of this crate: a store, secrets that are none, and a software authenticator.

use crate::account::Role;
use crate::identity::{Identity, SignedUp};
use crate::ids::AccountId;
use crate::limits;
use crate::login_name::LoginName;
use crate::passkey::{PublicKey, RelyingParty};
use crate::password::Password;
use crate::secrets::Secrets;
use crate::session::Token;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use mesinfos_records::sha;
use mesinfos_store::memory::MemoryStore;
use mesinfos_store::{ChunkId, Commit, Partition, PersonId, Range, Record, SealError, Sealer, Store, Which};
use serde_json::{Value, json};
use std::time::Duration;

/// Binds a record to its key like a real sealer, but without encryption.
pub(crate) struct Open;

impl Sealer for Open {
    fn seal(&self, record_key: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
        Ok([&sha::digest("test", &[record_key, plain]).0[..], plain].concat())
    }

    fn open(&self, record_key: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (tag, plain) = sealed.split_first_chunk::<32>().ok_or(SealError)?;
        if sha::digest("test", &[record_key, plain]).0 == *tag { Ok(plain.to_vec()) } else { Err(SealError) }
    }
}

impl Secrets for Open {
    fn tag(&self, what: &str, text: &str) -> [u8; 32] {
        sha::digest("test", &[what.as_bytes(), text.as_bytes()]).0
    }
}

/// A password that the rules accept.
pub(crate) const GOOD: &str = "quatre chevaux sous la pluie";

pub(crate) fn name(text: &str) -> LoginName {
    text.parse().unwrap()
}

pub(crate) fn typed(text: &str) -> Password {
    Password::typed(text)
}

/// An account with the password [`GOOD`], made at time 0.
pub(crate) fn sign_up(identity: &Identity<'_>, who: &str, role: Role) -> SignedUp {
    let (code, _) = identity.invite(role, None, limits::INVITATION, 0).unwrap();
    identity.accept(&code, &name(who), &typed(GOOD), "Firefox", 0).unwrap()
}

/// Whether a session goes on.
pub(crate) fn is_in(identity: &Identity<'_>, token: &Token, now: i64) -> bool {
    identity.present(token, now).unwrap().is_some()
}

/// A software authenticator with one discoverable credential (ES256), which verifies its user. What it signs can be
/// wrong in ways that tests choose.
pub(crate) struct Authenticator {
    key: EcdsaKeyPair,
    pub(crate) credential: Vec<u8>,
    /// Account that the credential was made for.
    pub(crate) user: Option<String>,
    pub(crate) origin: &'static str,
    pub(crate) host: &'static str,
    pub(crate) flags: u8,
    pub(crate) counter: u32,
}

/// User present, user verified.
pub(crate) const VERIFIED: u8 = 0b101;

pub(crate) const ORIGIN: &str = "https://mesinfos.example";

pub(crate) fn site() -> RelyingParty {
    RelyingParty::new(ORIGIN, "MesInfos").unwrap()
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(crate) fn from_base64url(text: &str) -> Vec<u8> {
    let of = |chunk: &[u8]| {
        let six = |c: &u8| ALPHABET.iter().zip(0_u32..).find(|(known, _)| *known == c).unwrap().1;
        let bits = chunk.iter().fold(0, |bits, c| bits << 6 | six(c)) << (6 * (4 - chunk.len()));
        bits.to_be_bytes()[1..chunk.len()].to_vec()
    };
    text.as_bytes().chunks(4).flat_map(of).collect()
}

pub(crate) fn base64url(bytes: &[u8]) -> String {
    let of = |chunk: &[u8]| {
        let bits =
            chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        let characters = (0..=chunk.len()).map(move |at| ALPHABET[(bits >> (18 - 6 * at) & 63) as usize]);
        characters.map(char::from).collect::<String>()
    };
    bytes.chunks(3).map(of).collect()
}

/// A byte string in CBOR, of fewer than 65536 bytes.
fn cbor_bytes(bytes: &[u8]) -> Vec<u8> {
    [&[0x59][..], &u16::try_from(bytes.len()).unwrap().to_be_bytes(), bytes].concat()
}

impl Authenticator {
    pub(crate) fn new() -> Authenticator {
        let mut credential = vec![0; 32];
        getrandom::fill(&mut credential).unwrap();
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let (origin, host) = (ORIGIN, "mesinfos.example");
        Authenticator { key, credential, user: None, origin, host, flags: VERIFIED, counter: 0 }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let client = json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false });
        client.to_string().into_bytes()
    }

    /// Data of the authenticator, without a credential.
    fn data(&self, more: u8) -> Vec<u8> {
        let host = digest(&SHA256, self.host.as_bytes());
        [host.as_ref(), &[self.flags | more], &self.counter.to_be_bytes()].concat()
    }

    /// Creates the credential for the account named in the options.
    pub(crate) fn create(&mut self, options: &Value) -> Vec<u8> {
        self.user = Some(options["user"]["id"].as_str().unwrap().to_owned());
        // An uncompressed point: 4, x, y.
        let point = self.key.public_key().as_ref();
        let (x, y) = point[1..].split_at(32);
        // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
        let cose = [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32][..], x, &[0x22, 0x58, 32], y].concat();
        let length = u16::try_from(self.credential.len()).unwrap().to_be_bytes();
        let data = [&self.data(0x40)[..], &[0; 16], &length, &self.credential, &cose].concat();
        let object = [&b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData"[..], &cbor_bytes(&data)].concat();
        let answer = json!({
            "id": base64url(&self.credential),
            "rawId": base64url(&self.credential),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": { "credProps": { "rk": true } },
            "response": {
                "clientDataJSON": base64url(&self.client_data("webauthn.create", options)),
                "attestationObject": base64url(&object),
                "transports": ["internal"],
            },
        });
        answer.to_string().into_bytes()
    }

    /// Signs a challenge.
    pub(crate) fn get(&mut self, options: &Value) -> Vec<u8> {
        if self.counter > 0 {
            self.counter += 1;
        }
        let (client, data) = (self.client_data("webauthn.get", options), self.data(0));
        let signed = [&data[..], digest(&SHA256, &client).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        let answer = json!({
            "id": base64url(&self.credential),
            "rawId": base64url(&self.credential),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": base64url(&client),
                "authenticatorData": base64url(&data),
                "signature": base64url(signature.as_ref()),
                "userHandle": self.user,
            },
        });
        answer.to_string().into_bytes()
    }

    /// Its key, as registered.
    pub(crate) fn public_key(mut self) -> PublicKey {
        let (options, state) = site().begin(AccountId::random().unwrap(), "anne", Vec::new()).unwrap();
        site().registered(&state, &self.create(&options)).unwrap()
    }
}

/// A store.
pub(crate) struct Home(pub(crate) MemoryStore);

impl Home {
    pub(crate) fn new() -> Home {
        Home(MemoryStore::new())
    }

    pub(crate) fn identity(&self) -> Identity<'_> {
        Identity::new(&self.0, &Open)
    }

    /// The same accounts, through another store.
    pub(crate) fn through<'a>(store: &'a dyn Store) -> Identity<'a> {
        Identity::new(store, &Open)
    }
}

/// What a store does instead of answering, or before.
pub(crate) type Hook<'a> = Box<dyn Fn(Request<'_>) -> mesinfos_store::Result<()> + Send + Sync + 'a>;

/// A request of a store.
pub(crate) enum Request<'a> {
    Read(&'a [Range]),
    Commit(&'a Commit),
}

/// A store that calls a hook before each request.
pub(crate) struct Hooked<'a>(pub(crate) &'a MemoryStore, pub(crate) Hook<'a>);

impl Store for Hooked<'_> {
    fn read(&self, ranges: &[Range]) -> mesinfos_store::Result<Vec<Vec<Record>>> {
        (self.1)(Request::Read(ranges))?;
        self.0.read(ranges)
    }
    fn commit(&self, commit: &Commit) -> mesinfos_store::Result<()> {
        (self.1)(Request::Commit(commit))?;
        self.0.commit(commit)
    }
    fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> mesinfos_store::Result<()> {
        self.0.put_chunks(partition, chunks)
    }
    fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> mesinfos_store::Result<Vec<Vec<u8>>> {
        self.0.get_chunks(partition, chunks)
    }
    fn chunks_of(&self, partition: Partition) -> mesinfos_store::Result<Vec<(ChunkId, Duration)>> {
        self.0.chunks_of(partition)
    }
    fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> mesinfos_store::Result<()> {
        self.0.delete_chunks(partition, which)
    }
    fn persons(&self, after: Option<PersonId>, limit: usize) -> mesinfos_store::Result<Vec<PersonId>> {
        self.0.persons(after, limit)
    }
    fn clock(&self) -> mesinfos_store::Result<i64> {
        self.0.clock()
    }
}
