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

/// Ending of the file of the key before.
const BEFORE: &str = "old";

/// A key, and the one before, which names it.
pub(crate) struct Key {
    secret: SecretKey,
    before: Option<Before>,
}

/// The key before.
struct Before {
    public: PublicKey,
    /// Where it lies, and what lies there: nothing once its owner took it away.
    file: PathBuf,
    secret: Option<SecretKey>,
}

impl Key {
    /// A new key, which succeeds `before` if there is one: that one goes to the file beside `path`, and names it for
    /// each app that is signed.
    pub(crate) fn generate(path: &Path, before: Option<Key>) -> Result<Key> {
        let before = before.map(|key| {
            let file = path.with_extension(BEFORE);
            Before { public: key.public(), file, secret: Some(key.secret) }
        });
        Ok(Key { secret: SecretKey::generate()?, before })
    }

    /// Where the key before lies.
    pub(crate) fn file_before(path: &Path) -> PathBuf {
        path.with_extension(BEFORE)
    }

    /// Where the key before should lie, if this key has one and it is not there.
    pub(crate) fn misses(&self) -> Option<&Path> {
        self.before.as_ref().filter(|before| before.secret.is_none()).map(|before| before.file.as_path())
    }

    /// Its public key.
    pub(crate) fn public(&self) -> PublicKey {
        self.secret.public()
    }

    /// A component with the id `app` signed with it.
    pub(crate) fn sign(&self, component: &[u8], app: &str) -> Vec<u8> {
        let before = self.before.as_ref().and_then(|before| before.secret.as_ref());
        let succession = before.map(|before| Succession::new(before, app, &self.public()));
        sign(component, &self.secret, succession.as_ref())
    }

    /// Its claim of the id of an app, for an account of the server that is reached as `host`.
    pub(crate) fn claim(&self, host: &str, owner: &Owner, app: &str) -> String {
        IdClaim::made(&self.secret, host, owner, app)
    }

    /// Reads a file that nobody but its owner may read.
    pub(crate) fn read(path: &Path) -> Result<Key> {
        let (secret, public) = Key::read_file(path)?;
        let Some(public) = public else { return Ok(Key { secret, before: None }) };
        let file = path.with_extension(BEFORE);
        let found = if file.exists() { Some(Key::read_file(&file)?.0) } else { None };
        let before = found.filter(|found| found.public() == public);
        Ok(Key { secret, before: Some(Before { public, file, secret: before }) })
    }

    /// The key in a file, and the public one of the key before.
    fn read_file(path: &Path) -> Result<(SecretKey, Option<PublicKey>)> {
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
        // Earlier versions wrote a signature behind the key before, which was for no id.
        let before = lines.next().map(|line| line.split(' ').next().unwrap_or_default().parse());
        Ok((secret, before.transpose().map_err(|_| not_a_key())?))
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
        let before = self.before.as_ref().map(|before| format!("{}\n", before.public));
        for part in [ABOUT.as_bytes(), self.secret.expose().as_bytes(), b"\n"] {
            file.write_all(part).doing(writing)?;
        }
        file.write_all(before.unwrap_or_default().as_bytes()).doing(writing)?;
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
        let key = Key::generate(&path, None).unwrap();
        key.write(&path).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(path.parent().unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(Key::read(&path).unwrap().public(), key.public());
        assert!(key.write(&path).is_err(), "it is never written over");
        let old = key.public();
        let other = folder.path().join("two.key");
        let next = Key::generate(&other, Some(key)).unwrap();
        next.write(&other).unwrap();
        // Without the key before, the id does not pass; with it, each id does.
        let alone = Key::read(&other).unwrap();
        assert_eq!(alone.misses(), Some(Key::file_before(&other).as_path()));
        let signed = |key: &Key, app: &str| signature(&key.sign(b"a component", app), app).unwrap().unwrap();
        assert_eq!(signed(&alone, "coffees").succession, None);
        std::fs::copy(&path, Key::file_before(&other)).unwrap();
        let both = Key::read(&other).unwrap();
        assert_eq!(both.misses(), None);
        for app in ["coffees", "teas"] {
            let found = signed(&both, app);
            assert_eq!((found.key, found.succession.unwrap().before), (next.public(), old));
            assert!(found.succession.unwrap().names(app, &found.key), "{app}");
        }
        // Another key in its place is not taken for it.
        std::fs::copy(&other, Key::file_before(&other)).unwrap();
        assert!(Key::read(&other).unwrap().misses().is_some());
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
        assert!(Key::read(&path).is_err(), "others may read it");
    }

    #[test]
    fn what_is_no_key_is_refused_without_being_shown() {
        let folder = tempfile::tempdir().unwrap();
        let secret = Key::generate(folder.path(), None).unwrap().secret.expose();
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
