//! Authentication: tokens for the API and one-time codes for the pages.
//!
//! Tokens and codes are small files in `doors/` of the data folder, not records of the store: a running
//! server holds the store's lock, and `mesinfos token` must work beside it. The server reads the file on each
//! request, so a revocation takes effect at once.
//!
//! Invariant: of a secret only the SHA-256 is stored, and of a person's name only the HMAC under a key in
//! `keys/`. Secrets have 256 random bits, so no slow hash is needed. Write access to this folder implies
//! access to the keys beside it.

use crate::clock::{Clock, SystemClock};
use crate::private;
use crate::{PlatformError, Result, TokenError};
use aws_lc_rs::hmac;
use cap_std::fs::Dir;
use mesinfos_identity::AccountId;
use mesinfos_model::PersonName;
use mesinfos_model::visible::visible;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::Path;

/// Validity of a code, in seconds: long enough to copy it to a browser.
pub const CODE_SECONDS: i64 = 10 * 60;

/// Maximum number of unused codes. Each start of a server creates one.
const MOST_CODES: usize = 64;

/// Maximum number of tokens: a person has to read the list.
const MOST_TOKENS: usize = 1_000;

/// Most tokens of one account. A further one ends the oldest.
const MOST_OF_ACCOUNT: usize = 4;

/// Maximum validity of a token, in days, so that a forgotten token expires.
pub const MOST_DAYS: u32 = 366;

/// Maximum length of a token's name, in characters.
const NAME_LENGTH: usize = 60;

/// Prefix of every token, so that a leaked token is recognisable.
const PREFIX: &str = "mi_";

const ID_LENGTH: usize = 8;
const SECRET_LENGTH: usize = 32;

/// Permissions of the bearer of a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "scope")]
pub enum TokenScope {
    /// Use the whole API, for everybody.
    All,
    /// Read the server's metrics only.
    Metrics,
    /// Send files for these people only.
    Deposit {
        /// Marks of the people (see [`Credentials::is_for`]); their names when passed to [`Credentials::create_token`].
        people: Vec<String>,
        /// Whether a person's first file may create their vault.
        may_create: bool,
    },
    /// Send versions of the apps of one developer.
    Publish {
        /// The developer, as the operator calls them: ids of apps belong to this name.
        developer: String,
    },
    /// Send versions of the apps of one account of the web app, while it may publish.
    Account {
        /// Id of the account, in hexadecimal.
        account: String,
    },
}

/// A stored token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Id for listing and revoking it.
    pub id: String,
    /// Name given by the operator, which says who the token is for.
    pub name: String,
    /// Permissions of the bearer.
    #[serde(flatten)]
    pub scope: TokenScope,
    /// Time of creation, in UTC seconds.
    pub made_at: i64,
    /// Expiry, in UTC seconds.
    pub expires_at: i64,
    /// SHA-256 of the secret, in hexadecimal. `None` in tokens returned to callers.
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Code {
    expires_at: i64,
}

/// Folder of tokens and codes.
pub struct Credentials {
    tokens: Dir,
    codes: Dir,
    folder: Dir,
    marks: hmac::Key,
}

/// The key file for marks in `keys/`.
const MARKS: &str = "doors.key";

/// File with the address of the server of this folder.
const ADDRESS: &str = "address";

impl Credentials {
    /// Opens `doors/` of a data folder, creating both if missing. Takes no lock.
    ///
    /// # Errors
    /// If a folder cannot be created, or is accessible to users other than its owner.
    pub fn open(data: &Path) -> Result<Credentials> {
        private::open(data)?;
        let path = data.join("doors");
        Ok(Credentials {
            folder: private::open(&path)?,
            tokens: private::open(&path.join("tokens"))?,
            codes: private::open(&path.join("codes"))?,
            marks: hmac::Key::new(
                hmac::HMAC_SHA256,
                private::key(&private::open(&data.join("keys"))?, MARKS)?.as_ref(),
            ),
        })
    }

    /// Creates a token valid for `days` days. The returned text contains the secret and cannot be read again.
    ///
    /// # Errors
    /// [`PlatformError::BadToken`] for an invalid number of days, an empty name, no people, or too many
    /// tokens.
    pub fn create_token(&self, name: &str, scope: TokenScope, days: u32) -> Result<(Token, String)> {
        self.create_at(name, scope, days, SystemClock.now())
    }

    fn create_at(&self, name: &str, scope: TokenScope, days: u32, at: i64) -> Result<(Token, String)> {
        let bad = |why: TokenError| Err(why.into());
        let name: String = visible(name).take(NAME_LENGTH).collect();
        if name.trim().is_empty() {
            return bad(TokenError::NoName);
        }
        if !(1..=MOST_DAYS).contains(&days) {
            return bad(TokenError::Days { days, most: MOST_DAYS });
        }
        if matches!(&scope, TokenScope::Deposit { people, .. } if people.is_empty()) {
            return bad(TokenError::NoPeople);
        }
        if self.tokens()?.len() >= MOST_TOKENS {
            return bad(TokenError::TooMany { most: MOST_TOKENS });
        }
        let scope = match scope {
            TokenScope::All => TokenScope::All,
            TokenScope::Metrics => TokenScope::Metrics,
            TokenScope::Publish { developer } if is_developer(&developer) => {
                TokenScope::Publish { developer }
            }
            TokenScope::Publish { .. } => return bad(TokenError::NoDeveloper),
            TokenScope::Account { account } => TokenScope::Account { account },
            TokenScope::Deposit { people, may_create } => TokenScope::Deposit {
                people: people.iter().map(|name| self.mark(name)).collect(),
                may_create,
            },
        };
        let (id, secret) = (random(ID_LENGTH)?, random(SECRET_LENGTH)?);
        let expires_at = at + i64::from(days) * mesinfos_model::day::DAY_SECONDS;
        let token = Token { id, name, scope, made_at: at, expires_at, sha256: Some(hash(&secret)) };
        write(&self.tokens, &token.id, &token)?;
        let text = format!("{PREFIX}{}_{secret}", token.id);
        Ok((Token { sha256: None, ..token }, text))
    }

    /// Creates a token of an account of the web app. Ends its oldest ones, so that it has four at most.
    ///
    /// # Errors
    /// Those of [`Credentials::create_token`].
    pub fn create_account_token(&self, account: AccountId, name: &str, days: u32) -> Result<(Token, String)> {
        let made = self.create_token(name, TokenScope::Account { account: account.to_string() }, days)?;
        // Only once there is a new one.
        let own = self.account_tokens(account)?;
        let others = own.iter().filter(|token| token.id != made.0.id);
        for old in others.take(own.len().saturating_sub(MOST_OF_ACCOUNT)) {
            self.revoke_token(&old.id)?;
        }
        Ok(made)
    }

    /// Revokes all tokens of an account.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn end_account_tokens(&self, account: AccountId) -> Result<()> {
        self.account_tokens(account)?.iter().try_for_each(|token| self.revoke_token(&token.id))
    }

    /// The tokens of an account, oldest first.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn account_tokens(&self, account: AccountId) -> Result<Vec<Token>> {
        let scope = TokenScope::Account { account: account.to_string() };
        Ok(self.tokens()?.into_iter().filter(|token| token.scope == scope).collect())
    }

    /// Revokes a token of an account.
    ///
    /// # Errors
    /// [`PlatformError::NoSuchToken`], also for a token of somebody else.
    pub fn revoke_account_token(&self, account: AccountId, id: &str) -> Result<()> {
        if self.account_tokens(account)?.iter().any(|token| token.id == id) {
            return self.revoke_token(id);
        }
        Err(PlatformError::NoSuchToken { id: id.to_owned() })
    }

    /// All tokens, oldest first, expired ones included.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn tokens(&self) -> Result<Vec<Token>> {
        let mut tokens = Vec::new();
        for entry in self.tokens.entries()? {
            let name = entry?.file_name();
            if let Some(token) = name.to_str().filter(|id| is_hex(id, ID_LENGTH)).map(|id| self.token(id)) {
                tokens.extend(token?.map(|token| Token { sha256: None, ..token }));
            }
        }
        tokens.sort_by(|a, b| (a.made_at, &a.id).cmp(&(b.made_at, &b.id)));
        Ok(tokens)
    }

    /// Whether the marks in a deposit token include the mark of `name`.
    pub fn is_for(&self, people: &[String], name: &str) -> bool {
        people.contains(&self.mark(name))
    }

    fn mark(&self, name: &str) -> String {
        // All spellings of a name have one mark. A text that is not a valid name is marked unchanged.
        let known = name.parse::<PersonName>();
        let name = known.as_ref().map_or(name, PersonName::as_str);
        hex(hmac::sign(&self.marks, name.as_bytes()).as_ref())
    }

    /// Removes a person from all deposit tokens. Revokes tokens that name nobody else.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub(crate) fn forget(&self, name: &str) -> Result<()> {
        for token in self.tokens()? {
            let Some(mut kept) = self.token(&token.id)? else { continue };
            let TokenScope::Deposit { people, .. } = &mut kept.scope else { continue };
            let before = people.len();
            let mark = self.mark(name);
            people.retain(|other| *other != mark);
            if people.is_empty() {
                self.revoke_token(&token.id)?;
            } else if people.len() < before {
                write(&self.tokens, &token.id, &kept)?;
            }
        }
        Ok(())
    }

    fn token(&self, id: &str) -> Result<Option<Token>> {
        match self.tokens.read(id) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Revokes a token. The next request with it is refused.
    ///
    /// # Errors
    /// [`PlatformError::NoSuchToken`].
    pub fn revoke_token(&self, id: &str) -> Result<()> {
        let no_such = || PlatformError::NoSuchToken { id: id.to_owned() };
        if !is_hex(id, ID_LENGTH) {
            return Err(no_such());
        }
        match self.tokens.remove_file(id) {
            Err(error) if error.kind() == ErrorKind::NotFound => Err(no_such()),
            done => Ok(done?),
        }
    }

    /// The token with this text, without its secret. `None` if it is unknown, expired or revoked.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn bearer(&self, text: &str) -> Result<Option<Token>> {
        self.bearer_at(text, SystemClock.now())
    }

    fn bearer_at(&self, text: &str, at: i64) -> Result<Option<Token>> {
        let parts = text.strip_prefix(PREFIX).and_then(|text| text.split_once('_'));
        let Some((id, secret)) = parts.filter(|(id, _)| is_hex(id, ID_LENGTH)) else {
            return Ok(None);
        };
        let Some(token) = self.token(id)? else { return Ok(None) };
        let kept = token.sha256.as_deref().unwrap_or_default();
        let same =
            aws_lc_rs::constant_time::verify_slices_are_equal(hash(secret).as_bytes(), kept.as_bytes());
        Ok((same.is_ok() && at < token.expires_at).then_some(Token { sha256: None, ..token }))
    }

    /// Whether the token with this id is valid and may deposit files for `name`.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn is_good_for(&self, id: &str, name: &str) -> Result<bool> {
        let token = self.token(id)?.filter(|token| SystemClock.now() < token.expires_at);
        Ok(token.is_some_and(|token| match token.scope {
            TokenScope::All => true,
            TokenScope::Metrics | TokenScope::Publish { .. } | TokenScope::Account { .. } => false,
            TokenScope::Deposit { people, .. } => self.is_for(&people, name),
        }))
    }

    /// Creates a code that opens the pages once, within [`CODE_SECONDS`].
    ///
    /// # Errors
    /// If the folder cannot be written, or too many codes are unused.
    pub fn create_code(&self) -> Result<String> {
        self.code_at(SystemClock.now())
    }

    fn code_at(&self, at: i64) -> Result<String> {
        let mut waiting = 0;
        for entry in self.codes.entries()? {
            let name = entry?.file_name();
            let code = self.codes.read(&name).ok();
            let code = code.and_then(|bytes| serde_json::from_slice::<Code>(&bytes).ok());
            if code.is_some_and(|code| at < code.expires_at) {
                waiting += 1;
            } else {
                let _ = self.codes.remove_file(&name);
            }
        }
        if waiting >= MOST_CODES {
            return Err(TokenError::TooManyCodes { most: MOST_CODES, minutes: CODE_SECONDS / 60 }.into());
        }
        let code = random(SECRET_LENGTH)?;
        write(&self.codes, &hash(&code), &Code { expires_at: at + CODE_SECONDS })?;
        Ok(code)
    }

    /// Consumes a code, and returns whether it was valid. Only one of two concurrent uses succeeds.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn use_code(&self, code: &str) -> Result<bool> {
        self.use_code_at(code, SystemClock.now())
    }

    fn use_code_at(&self, code: &str, at: i64) -> Result<bool> {
        if !is_hex(code, SECRET_LENGTH) {
            return Ok(false);
        }
        let name = hash(code);
        let kept = match self.codes.read(&name) {
            Ok(bytes) => serde_json::from_slice::<Code>(&bytes).ok(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        // The process that removes the file consumes the code.
        match self.codes.remove_file(&name) {
            Ok(()) => Ok(kept.is_some_and(|code| at < code.expires_at)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Records the address on which the server of this folder listens.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn serves_at(&self, address: SocketAddr) -> Result<()> {
        write(&self.folder, ADDRESS, &address)
    }

    /// The address on which the server of this folder listens, or last listened; `None` if it never did.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn address(&self) -> Result<Option<SocketAddr>> {
        match self.folder.read(ADDRESS) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// Whether a text may name a developer: 2 to 40 characters from a-z, 0-9 and -.
fn is_developer(name: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (2..=40).contains(&name.len()) && name.bytes().all(is_plain)
}

/// `bytes` random bytes in hexadecimal.
fn random(bytes: usize) -> Result<String> {
    let mut random = vec![0_u8; bytes];
    aws_lc_rs::rand::fill(&mut random)
        .map_err(|_| std::io::Error::other("the system provides no random bytes"))?;
    Ok(hex(&random))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Whether `text` is `bytes` bytes in lowercase hexadecimal. Such a name cannot leave its folder.
fn is_hex(text: &str, bytes: usize) -> bool {
    text.len() == 2 * bytes && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn write<T: Serialize>(folder: &Dir, name: &str, value: &T) -> Result<()> {
    let json = serde_json::to_vec(value).map_err(std::io::Error::from)?;
    Ok(private::write(folder, name, &[&json])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doors() -> (tempfile::TempDir, Credentials) {
        let temporary = tempfile::tempdir().unwrap();
        let doors = Credentials::open(temporary.path()).unwrap();
        (temporary, doors)
    }

    fn deposit() -> TokenScope {
        TokenScope::Deposit { people: vec!["camille".to_owned()], may_create: false }
    }

    #[test]
    fn a_token_is_good_until_it_is_over_or_revoked() {
        let (_temporary, doors) = doors();
        let (token, text) = doors.create_at("EDF", deposit(), 30, 1_000).unwrap();
        let over = 1_000 + 30 * 86_400;
        let TokenScope::Deposit { people, .. } = doors.bearer_at(&text, over - 1).unwrap().unwrap().scope
        else {
            panic!("it is for deposits")
        };
        assert!(doors.is_for(&people, "camille") && !doors.is_for(&people, "dominique"));
        assert!(!people.contains(&"camille".to_owned()), "no name is kept");
        assert_eq!(doors.bearer_at(&text, over).unwrap(), None);
        // A second handle, such as a running server's, sees changes at once.
        let server = Credentials::open(_temporary.path()).unwrap();
        assert!(server.bearer_at(&text, 1_000).unwrap().is_some());
        doors.revoke_token(&token.id).unwrap();
        assert_eq!(server.bearer_at(&text, 1_000).unwrap(), None);
        assert!(doors.revoke_token(&token.id).is_err());
    }

    #[test]
    fn nothing_but_the_text_is_a_token() {
        let (_temporary, doors) = doors();
        let (token, text) = doors.create_token("x", TokenScope::All, 1).unwrap();
        let (_, other) = doors.create_token("y", deposit(), 1).unwrap();
        let secret = text.rsplit('_').next().unwrap();
        let swapped = format!("mi_{}_{secret}", other.split('_').nth(1).unwrap());
        let (cut, long) = (&text[..text.len() - 1], format!("{text}0"));
        for none in ["", "mi_", "mi__", secret, &swapped, cut, &long, "mi_../tokens_x", &text.to_uppercase()]
        {
            assert_eq!(doors.bearer(none).unwrap(), None, "{none}");
        }
        assert_eq!(doors.bearer(&text).unwrap(), Some(token.clone()));
        assert!(doors.revoke_token("../address").is_err());
        // Neither the list nor the folder contains the secret.
        let listed = serde_json::to_string(&doors.tokens().unwrap()).unwrap();
        assert!(listed.contains(&token.id) && !listed.contains(&hash(secret)));
        let kept = doors.tokens.read_to_string(&token.id).unwrap();
        assert!(!kept.contains(secret) && kept.contains(&hash(secret)));
    }

    #[test]
    fn what_is_no_token_is_not_made() {
        let (_temporary, doors) = doors();
        let nobody = TokenScope::Deposit { people: Vec::new(), may_create: true };
        for (name, scope, days) in [
            ("", TokenScope::All, 1),
            ("x", TokenScope::All, 0),
            ("x", TokenScope::All, 367),
            ("x", nobody, 1),
        ] {
            assert!(matches!(doors.create_token(name, scope, days), Err(PlatformError::BadToken(_))));
        }
        let (token, _) = doors.create_token(&"\u{1b}[2J\u{202e}é".repeat(40), TokenScope::All, 1).unwrap();
        assert_eq!((token.name.chars().count(), token.name.contains('\u{1b}')), (60, false));
    }

    #[test]
    fn a_code_opens_once_and_in_time() {
        let (_temporary, doors) = doors();
        let code = doors.code_at(1_000).unwrap();
        assert!(!doors.use_code_at(&"0".repeat(64), 1_000).unwrap());
        assert!(doors.use_code_at(&code, 1_000 + CODE_SECONDS - 1).unwrap());
        assert!(!doors.use_code_at(&code, 1_000).unwrap(), "twice");
        let late = doors.code_at(1_000).unwrap();
        assert!(!doors.use_code_at(&late, 1_000 + CODE_SECONDS).unwrap());
        for none in ["", "..", "../address", "codes/x"] {
            assert!(!doors.use_code_at(none, 0).unwrap());
        }
    }

    #[test]
    fn codes_that_wait_are_bounded_and_old_ones_go() {
        let (_temporary, doors) = doors();
        for _ in 0..MOST_CODES {
            doors.code_at(1_000).unwrap();
        }
        assert!(doors.code_at(1_000).is_err());
        doors.code_at(1_000 + CODE_SECONDS).unwrap();
        assert_eq!(doors.codes.entries().unwrap().count(), 1);
    }
}
