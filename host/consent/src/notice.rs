//! Notices: the exact text that a person was shown before they answered.
//!
//! A grant, and a refusal, hold the digest of their notice. The text is stored once for each digest, so that it can be
//! shown again years later, when the app and the words of this platform have changed.

use crate::error::{ConsentError, Result};
use crate::faults::RecordKind;
use crate::keys;
use mesinfos_model::Digest;
use mesinfos_model::view::Lang;
use mesinfos_records::{Current, PART, Records, all_or_nothing, json, sha};
use mesinfos_store::{Commit, PersonId, Sealer, Store};
use serde::{Deserialize, Serialize};

/// Layout of a notice's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Schema {
    /// The first layout.
    #[serde(rename = "mesinfos/notice/1")]
    V1,
}

/// A notice, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    schema: Schema,
    /// Language of the text.
    pub language: Lang,
    /// Version of the template that the text was made from.
    pub version: u16,
    /// The text, line by line.
    pub text: String,
}

impl Notice {
    /// A notice.
    pub fn new(language: Lang, version: u16, text: String) -> Notice {
        Notice { schema: Schema::V1, language, version, text }
    }

    /// SHA-256 (FIPS 180-4) of the text in UTF-8, as `sha256sum` computes it.
    pub fn digest(&self) -> Digest {
        sha::of_bytes(self.text.as_bytes())
    }
}

/// The notices that one person was shown.
#[derive(Clone, Copy)]
pub struct Notices<'a> {
    records: Records<'a>,
    person: PersonId,
}

const WHAT: RecordKind = RecordKind::Notice;

impl<'a> Notices<'a> {
    /// The notices of a person, with the sealer of that person.
    pub fn new(store: &'a dyn Store, sealer: &'a dyn Sealer, person: PersonId) -> Notices<'a> {
        Notices { records: Records::new(store, sealer, person), person }
    }

    /// Adds a notice to the commit of the answer to it, unless it is stored already.
    ///
    /// # Errors
    /// [`ConsentError::TooLarge`] and others; the commit is then unchanged.
    pub fn put(&self, notice: &Notice, commit: &mut Commit) -> Result<Digest> {
        let digest = notice.digest();
        if self.get(digest)?.is_some() {
            return Ok(digest);
        }
        let key = keys::notice(self.person, digest);
        let plain = json(WHAT, notice)?;
        all_or_nothing(commit, |commit| {
            let parts = keys::notice_parts(self.person, digest);
            let stored = self.records.split(WHAT, &parts, &plain, PART, commit)?;
            self.records.replace(WHAT, key, Current::Stored(None), &stored, commit)
        })?;
        Ok(digest)
    }

    /// The notice with a digest; `None` if it is not stored.
    ///
    /// # Errors
    /// [`ConsentError::Unreadable`] if it was changed.
    pub fn get(&self, digest: Digest) -> Result<Option<Notice>> {
        let key = keys::notice(self.person, digest);
        let Some(sealed) = self.records.get(&key)? else { return Ok(None) };
        let unreadable =
            |why: String| ConsentError::Unreadable { what: WHAT, why: format!("{digest}: {why}") };
        let stored = self.records.sealer.open(&key, &sealed).map_err(|e| unreadable(e.to_string()))?;
        let parts = keys::notice_parts(self.person, digest);
        let plain = self.records.join_parts(&parts, stored, &self.records.empty_commit())?;
        let plain = plain.ok_or_else(|| unreadable("a part is missing or was changed".to_owned()))?;
        let notice: Notice = serde_json::from_slice(&plain).map_err(|e| unreadable(e.to_string()))?;
        if notice.digest() == digest {
            Ok(Some(notice))
        } else {
            Err(unreadable("its text has another digest".to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ALICE, BOB, Home, OpenSealer};

    fn notices(home: &Home) -> Notices<'_> {
        Notices::new(&home.store, &home.sealer, ALICE)
    }

    #[test]
    fn a_notice_comes_back_by_its_digest_and_is_stored_once() {
        let home = Home::new();
        for length in [3, 3 * PART] {
            let notice = Notice::new(Lang::Fr, 1, "é".repeat(length));
            assert_eq!(notices(&home).get(notice.digest()).unwrap(), None);
            let digest = home.commit(|commit| notices(&home).put(&notice, commit));
            assert_eq!(digest, notice.digest());
            assert_eq!(notices(&home).get(digest).unwrap(), Some(notice.clone()));
            let mut again = crate::testing::empty_commit();
            notices(&home).put(&notice, &mut again).unwrap();
            assert!(again.puts.is_empty());
        }
    }

    #[test]
    fn a_notice_with_another_text_or_of_somebody_else_does_not_open() {
        let home = Home::new();
        let notice = Notice::new(Lang::En, 1, "what was said".to_owned());
        let digest = home.commit(|commit| notices(&home).put(&notice, commit));
        let key = keys::notice(ALICE, digest);
        let other = Notice { text: "something else".to_owned(), ..notice };
        let sealed = home.sealer.seal(&key, &serde_json::to_vec(&other).unwrap()).unwrap();
        home.overwrite(&key, Some(sealed));
        let error = notices(&home).get(digest).unwrap_err();
        assert!(matches!(error, ConsentError::Unreadable { what: RecordKind::Notice, .. }), "{error}");
        let bob = OpenSealer(BOB);
        home.overwrite_of(BOB, &keys::notice(BOB, digest), Some(home.value(&key)));
        assert!(Notices::new(&home.store, &bob, BOB).get(digest).is_err());
    }
}
