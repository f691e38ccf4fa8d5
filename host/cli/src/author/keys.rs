//! Keys of a publisher: files in the configuration folder, for their owner only.

use crate::failure::{Doing, Failure, OrSay, Result};
use crate::private;
use crate::shared::shown;
use mesinfos_platform::registry::{IdClaim, Owner, PublicKey, SecretKey, Succession, sign};
use mesinfos_words::cli::Cli;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Name of the key that is used without a choice.
pub(crate) const USUAL: &str = "publisher";

/// Ending of a file with a key.
const ENDING: &str = "key";

/// Largest file of a key that is read, in bytes.
const LARGEST: u64 = 4 << 10;

/// A key, and the one before, which named it.
pub(crate) struct Key {
    secret: SecretKey,
    succession: Option<Succession>,
}

impl Key {
    /// A new key, which succeeds `before` if there is one.
    pub(crate) fn generate(before: Option<&Key>) -> Result<Key> {
        let secret = SecretKey::generate()?;
        let succession = before.map(|before| Succession::new(&before.secret, &secret.public()));
        Ok(Key { secret, succession })
    }

    /// Its public key.
    pub(crate) fn public(&self) -> PublicKey {
        self.secret.public()
    }

    /// A component signed with it.
    pub(crate) fn sign(&self, component: &[u8]) -> Vec<u8> {
        sign(component, &self.secret, self.succession.as_ref())
    }

    /// Its claim of the id of an app, for an account of the server that is reached as `host`.
    pub(crate) fn claim(&self, host: &str, owner: &Owner, app: &str) -> String {
        IdClaim::made(&self.secret, host, owner, app)
    }

    /// Reads a file that nobody but its owner may read.
    pub(crate) fn read(path: &Path) -> Result<Key> {
        let name = shown(path);
        let reading = Cli::Reading { path: &name };
        let about = std::fs::metadata(path).doing(reading)?;
        let mode = about.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            let mode = format!("{mode:o}");
            return Err(Failure::said(Cli::KeyOpenToOthers { path: &name, mode: &mode }));
        }
        if about.len() > LARGEST {
            return Err(Failure::said(Cli::NotAKeyFile { path: &name }));
        }
        let text = Zeroizing::new(std::fs::read_to_string(path).doing(reading)?);
        let not_a_key = || Failure::said(Cli::NotAKeyFile { path: &name });
        let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let secret = SecretKey::read(lines.next().unwrap_or_default()).map_err(|_| not_a_key())?;
        let succession = lines.next().map(Succession::read).transpose().map_err(|_| not_a_key())?;
        Ok(Key { secret, succession })
    }

    /// Writes a new file for its owner only. Fails if it exists.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let name = shown(path);
        let writing = Cli::Writing { path: &name };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            let mut builder = std::fs::DirBuilder::new();
            builder.recursive(true).mode(0o700).create(folder).doing(Cli::Making { path: &shown(folder) })?;
        }
        let mut file = private::create_new(path).doing(writing)?;
        let succession = self.succession.as_ref().map(|succession| format!("{}\n", succession.text()));
        for part in [ABOUT.as_bytes(), self.secret.expose().as_bytes(), b"\n"] {
            file.write_all(part).doing(writing)?;
        }
        file.write_all(succession.unwrap_or_default().as_bytes()).doing(writing)?;
        file.sync_all().doing(writing)
    }
}

/// First line of the file of a key.
const ABOUT: &str =
    "# The secret key of a publisher of MesInfos apps. Who has it signs in the publisher's name.\n";

/// Folder of the configuration of this program; `None` without a home.
pub(crate) fn configuration() -> Option<PathBuf> {
    if let Some(base) = std::env::var_os("XDG_CONFIG_HOME").filter(|base| !base.is_empty()) {
        return Some(PathBuf::from(base).join("mesinfos"));
    }
    Some(PathBuf::from(std::env::var_os("HOME")?).join(".config/mesinfos"))
}

/// Path of a key: a name is one in the configuration folder, anything else is a path.
pub(crate) fn path(name: &str) -> Result<PathBuf> {
    let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !is_name || name.is_empty() {
        return Ok(PathBuf::from(name));
    }
    let folder = configuration().or_say(Cli::NoHome)?;
    Ok(folder.join("keys").join(name).with_extension(ENDING))
}

/// The keys in the configuration folder, by name.
pub(crate) fn all() -> Result<Vec<(String, PathBuf)>> {
    let Some(folder) = configuration().map(|folder| folder.join("keys")) else { return Ok(Vec::new()) };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let is_key = |path: &PathBuf| path.extension().is_some_and(|ending| ending == ENDING);
    let named = |path: PathBuf| Some((path.file_stem()?.to_str()?.to_owned(), path));
    Ok(crate::samples::entries(&folder)?.into_iter().filter(is_key).filter_map(named).collect())
}

/// How a component is signed.
#[derive(Debug, Clone)]
pub(crate) enum Signing {
    /// With the usual key, if there is one.
    Usual,
    /// With this key.
    With(String),
    /// Not at all.
    Unsigned,
}

impl Signing {
    /// The key to sign with.
    pub(crate) fn key(&self) -> Result<Option<Key>> {
        match self {
            Signing::Unsigned => Ok(None),
            Signing::With(name) => Key::read(&path(name)?).map(Some),
            Signing::Usual => {
                let Some(folder) = configuration() else { return Ok(None) };
                let path = folder.join("keys").join(USUAL).with_extension(ENDING);
                match std::fs::metadata(&path) {
                    Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                    _ => Key::read(&path).map(Some),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_platform::registry::signature;

    #[test]
    fn a_key_is_its_owners_alone_and_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/one.key");
        let key = Key::generate(None).unwrap();
        key.write(&path).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(path.parent().unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(Key::read(&path).unwrap().public(), key.public());
        assert!(key.write(&path).is_err(), "it is never written over");
        let next = Key::generate(Some(&key)).unwrap();
        let other = folder.path().join("two.key");
        next.write(&other).unwrap();
        let signed = Key::read(&other).unwrap().sign(b"a component");
        let found = signature(&signed).unwrap().unwrap();
        assert_eq!(
            (found.key, found.succession.map(|named| named.before)),
            (next.public(), Some(key.public()))
        );
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
        assert!(Key::read(&path).is_err(), "others may read it");
    }

    #[test]
    fn what_is_no_key_is_refused_without_being_shown() {
        let folder = tempfile::tempdir().unwrap();
        let secret = Key::generate(None).unwrap().secret.expose();
        for (at, text) in ["", "hello", &secret[..secret.len() - 1], &format!("{}\nnonsense", *secret)]
            .into_iter()
            .enumerate()
        {
            let path = folder.path().join(format!("{at}.key"));
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
            let Err(refused) = Key::read(&path) else { panic!("{text}") };
            let words = refused.words(mesinfos_model::view::Lang::En);
            assert!(!words.contains(&secret[30..60]), "{words}");
        }
    }
}
