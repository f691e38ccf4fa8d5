//! The keys to which ids belong, from the entries of a log alone.

use crate::key::PublicKey;
use crate::release::{Change, LogEntry, Role};
use mesinfos_model::is_app_id;
use std::collections::BTreeMap;

/// Version of the entries that can be followed.
const FORMAT: u32 = 1;

/// To whom an id belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// The operator, who installed it without a signature.
    Operator,
    /// A key.
    Key(PublicKey),
}

/// The holder of each id, up to some entry of a log.
#[derive(Debug, Clone, Default)]
pub struct Keys(BTreeMap<String, Holder>);

/// What is worth telling about an entry that may be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// Nothing.
    Usual,
    /// The operator had installed versions without a signature under its id, which belongs to this key from now on.
    SignedSince(PublicKey),
}

/// Why an entry may not be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotFollowed {
    /// It has another format.
    #[error("the entry has another format")]
    Format,
    /// Its id is none that an app can have.
    #[error("its id is none that an app can have")]
    OddId,
    /// It was submitted or published without a signature: nobody does that but the operator, who installs.
    #[error("it was published without a signature")]
    Unsigned,
    /// Its key is not that of the id, and the key before did not name it for this id.
    #[error("the id belongs to another key")]
    OtherKey,
}

impl Keys {
    /// Follows the next entry: an id belongs to the first key that signed a version which people were offered, or to
    /// one that the key before named for this id. What the operator installed without a signature passes to a key only
    /// when the operator installs again.
    ///
    /// # Errors
    /// [`NotFollowed`].
    pub fn follow(&mut self, entry: &LogEntry) -> Result<Followed, NotFollowed> {
        if entry.format != FORMAT {
            return Err(NotFollowed::Format);
        }
        if !is_app_id(&entry.app) {
            return Err(NotFollowed::OddId);
        }
        let holder = self.0.get(&entry.app).copied();
        let (next, followed) = match entry.change {
            Change::KeyChanged => (Holder::Key(successor(entry, holder)?), Followed::Usual),
            Change::Submitted if entry.key.is_none() => return Err(NotFollowed::Unsigned),
            Change::Published | Change::Installed | Change::Resumed => offered(entry, holder)?,
            _ => return Ok(Followed::Usual),
        };
        self.0.insert(entry.app.clone(), next);
        Ok(followed)
    }
}

/// The key that an entry names for an id.
fn successor(entry: &LogEntry, holder: Option<Holder>) -> Result<PublicKey, NotFollowed> {
    let (key, named) = entry.key.zip(entry.succession).ok_or(NotFollowed::OtherKey)?;
    // The key before may have signed only versions that nobody was offered.
    let is_named = holder.is_none_or(|holder| holder == Holder::Key(named.before));
    if is_named && named.names(&entry.app, &key) { Ok(key) } else { Err(NotFollowed::OtherKey) }
}

/// The holder of an id of which people are offered a version.
fn offered(entry: &LogEntry, holder: Option<Holder>) -> Result<(Holder, Followed), NotFollowed> {
    let is_installed = entry.change == Change::Installed && entry.by == Role::Operator;
    match (holder, entry.key) {
        (Some(Holder::Key(owner)), Some(key)) if owner == key => Ok((Holder::Key(key), Followed::Usual)),
        (Some(Holder::Key(_)), _) => Err(NotFollowed::OtherKey),
        (None, Some(key)) => Ok((Holder::Key(key), Followed::Usual)),
        (Some(Holder::Operator), Some(key)) if is_installed => {
            Ok((Holder::Key(key), Followed::SignedSince(key)))
        }
        (Some(Holder::Operator), Some(_)) => Err(NotFollowed::OtherKey),
        (_, None) if entry.change == Change::Published => Err(NotFollowed::Unsigned),
        (_, None) => Ok((Holder::Operator, Followed::Usual)),
    }
}
