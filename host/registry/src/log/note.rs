//! Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint), with Ed25519 signatures.

use crate::key::{PublicKey, SIGNATURE, SecretKey};
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mesinfos_model::Digest;
use std::fmt;
use std::str::FromStr;

/// Largest note that is read, in bytes: a checkpoint with sixteen signatures.
pub const LONGEST_NOTE: usize = 16 << 10;

/// Type of an Ed25519 signature.
const ED25519: u8 = 1;

/// Error: a note, a checkpoint or a key that is not as specified, or not signed by the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not a signed note.
    #[error("this is not a signed note")]
    NotANote,
    /// The key did not sign it, or its signature is not good.
    #[error("the note is not signed by the key of the log")]
    NotSigned,
    /// Its text is not a checkpoint.
    #[error("the note is not a checkpoint")]
    NotACheckpoint,
    /// Not a key of a log.
    #[error("this is not the key of a log: expected name+hash+key")]
    NotAKey,
}

/// Name and public key of a log. As text, the "vkey" of Go's `sumdb/note`: `name+hash+base64(type, key)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    /// Name of the key, which is the origin of the log.
    pub name: String,
    /// The key.
    pub key: PublicKey,
}

impl Verifier {
    fn id(&self) -> [u8; 4] {
        let bytes = [self.name.as_bytes(), b"\n", &[ED25519], &self.key.0].concat();
        let hash = digest(&SHA256, &bytes);
        let mut id = [0; 4];
        id.copy_from_slice(&hash.as_ref()[..4]);
        id
    }

    /// The text of a note that the key signed.
    ///
    /// # Errors
    /// [`NoteError::NotANote`]; [`NoteError::NotSigned`].
    pub fn open<'n>(&self, note: &'n str) -> Result<&'n str, NoteError> {
        let is_text = |c: char| c == '\n' || !c.is_ascii_control();
        if note.len() > LONGEST_NOTE || !note.chars().all(is_text) || !note.ends_with('\n') {
            return Err(NoteError::NotANote);
        }
        // The last empty line divides the text from the signatures.
        let at = note.rfind("\n\n").ok_or(NoteError::NotANote)?;
        let (text, signatures) = (&note[..=at], &note[at + 2..]);
        let mut is_signed = false;
        for line in signatures.lines() {
            let (name, signature) = line
                .strip_prefix("— ")
                .and_then(|line| line.split_once(' '))
                .filter(|(name, _)| is_name(name))
                .ok_or(NoteError::NotANote)?;
            let bytes = STANDARD.decode(signature).map_err(|_| NoteError::NotANote)?;
            let (id, signature) = bytes.split_first_chunk::<4>().ok_or(NoteError::NotANote)?;
            if name == self.name && *id == self.id() {
                if !self.key.has_signed(text.as_bytes(), signature) {
                    return Err(NoteError::NotSigned);
                }
                is_signed = true;
            }
        }
        if is_signed { Ok(text) } else { Err(NoteError::NotSigned) }
    }
}

/// A text without a space of Unicode and without a plus.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+')
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        f.write_str("+")?;
        self.id().iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        write!(f, "+{}", STANDARD.encode([&[ED25519][..], &self.key.0].concat()))
    }
}

impl FromStr for Verifier {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Verifier, NoteError> {
        let read = || {
            let mut parts = text.trim().splitn(3, '+');
            let (name, _, key) = (parts.next()?, parts.next()?, parts.next()?);
            let bytes = STANDARD.decode(key).ok()?;
            let (kind, key) = bytes.split_first()?;
            let key = PublicKey(key.try_into().ok().filter(|_| *kind == ED25519 && is_name(name))?);
            Some(Verifier { name: name.to_owned(), key })
        };
        // The hash in the text must be that of the name and the key.
        read().filter(|verifier| verifier.to_string() == text.trim()).ok_or(NoteError::NotAKey)
    }
}

/// Signs the notes of a log.
pub struct LogKey {
    secret: SecretKey,
    verifier: Verifier,
}

impl LogKey {
    /// The key with these bytes. The origin of its log has the beginning of the public key in it, so that two
    /// instances never have one origin.
    pub fn new(seed: [u8; 32]) -> LogKey {
        let secret = SecretKey::of_seed(seed);
        let key = secret.public();
        let name: String = key.0[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        LogKey { secret, verifier: Verifier { name: format!("mesinfos.invalid/log/{name}"), key } }
    }

    /// Name and public key.
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// A text as a signed note. The text ends in a line feed.
    pub fn sign(&self, text: &str) -> String {
        let signature: [u8; SIGNATURE] = self.secret.sign(text.as_bytes());
        let bytes = [&self.verifier.id()[..], &signature].concat();
        format!("{text}\n— {} {}\n", self.verifier.name, STANDARD.encode(bytes))
    }
}

/// The head of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Name of the log.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the tree.
    pub root: Digest,
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, STANDARD.encode(self.root.0))
    }
}

impl Checkpoint {
    /// The checkpoint in a note that the log signed.
    ///
    /// # Errors
    /// [`NoteError`].
    pub fn open(note: &str, log: &Verifier) -> Result<Checkpoint, NoteError> {
        let text = log.open(note)?;
        let read = || {
            let mut lines = text.lines();
            let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
            let root = STANDARD.decode(root).ok()?.try_into().ok().map(Digest)?;
            let checkpoint = Checkpoint { origin: origin.to_owned(), size: size.parse().ok()?, root };
            // Lines that follow are extensions. The three lines have one spelling.
            text.starts_with(&checkpoint.to_string()).then_some(checkpoint)
        };
        read().filter(|checkpoint| checkpoint.origin == log.name).ok_or(NoteError::NotACheckpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Go's `golang.org/x/mod/sumdb/note`.
    #[test]
    fn notes_and_keys_are_those_of_go() {
        let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        let note = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n\n\
                    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        let verifier: Verifier = key.parse().unwrap();
        assert_eq!(verifier.to_string(), key);
        assert_eq!(verifier.open(note).unwrap().lines().count(), 2);
        for (wrong, why) in [
            (note.replace("answer", "Answer"), NoteError::NotSigned),
            (note.replace("PeterNeumann", "PeterNewmann"), NoteError::NotSigned),
            (note.replace("x08go", "x08gp"), NoteError::NotSigned),
            (note.replace("— ", "- "), NoteError::NotANote),
            (note.replace("\n\n", "\n"), NoteError::NotANote),
            (note.trim_end().to_owned(), NoteError::NotANote),
            (note.replace("then", "th\ren"), NoteError::NotANote),
            ("\n".repeat(LONGEST_NOTE + 1), NoteError::NotANote),
            (String::new(), NoteError::NotANote),
        ] {
            assert_eq!(verifier.open(&wrong), Err(why), "{wrong}");
        }
        assert!(
            "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
                .parse::<Verifier>()
                .is_ok()
        );
        for not in
            ["", "a", "a+b", "a+b+c", &key.replace("c74f20a3", "c74f20a4"), &key.replace("Peter", "P ")]
        {
            assert_eq!(not.parse::<Verifier>(), Err(NoteError::NotAKey), "{not}");
        }
    }

    #[test]
    fn a_checkpoint_is_read_if_this_log_signed_it() {
        let (log, other) = (LogKey::new([1; 32]), LogKey::new([2; 32]));
        let origin = log.verifier().name.clone();
        let head = Checkpoint { origin, size: 20_852_163, root: Digest([7; 32]) };
        let note = log.sign(&head.to_string());
        assert_eq!(Checkpoint::open(&note, log.verifier()), Ok(head.clone()));
        assert_eq!(Checkpoint::open(&note, other.verifier()), Err(NoteError::NotSigned));
        let extended = log.sign(&format!("{head}an extension\n"));
        assert_eq!(Checkpoint::open(&extended, log.verifier()), Ok(head.clone()));
        let of_other = Checkpoint { origin: other.verifier().name.clone(), ..head };
        for text in [
            of_other.to_string(),
            head.to_string().replace("20852163", "020852163"),
            head.to_string().replace("20852163", "+20852163"),
            "a\nb\n".to_owned(),
        ] {
            assert_eq!(Checkpoint::open(&log.sign(&text), log.verifier()), Err(NoteError::NotACheckpoint));
        }
    }
}
