//! Errors of the operating system.

use crate::message::messages;
use mesinfos_model::view::Lang;
use std::io::{self, ErrorKind};

messages! {
    /// Errors of the operating system, as parts of sentences.
    pub(crate) enum System<'a> in "system" {
        NotFound,
        Denied,
        Exists,
        Full,
        ReadOnly,
        IsADirectory,
        NotADirectory,
        InUse,
        Other { why: &'a str },
    }
}

/// An I/O error as part of a sentence: "il n’y a plus de place sur le disque". Rare errors keep the
/// system's own text.
pub fn system(error: &io::Error, lang: Lang) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => Some(System::NotFound),
        ErrorKind::PermissionDenied => Some(System::Denied),
        ErrorKind::AlreadyExists => Some(System::Exists),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(System::Full),
        ErrorKind::ReadOnlyFilesystem => Some(System::ReadOnly),
        ErrorKind::IsADirectory => Some(System::IsADirectory),
        ErrorKind::NotADirectory => Some(System::NotADirectory),
        ErrorKind::AddrInUse => Some(System::InUse),
        // `ErrorKind` is non-exhaustive.
        _ => None,
    };
    let said = error.to_string();
    let why = said.split(" (os error ").next().unwrap_or(&said);
    known.unwrap_or(System::Other { why }).to(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common_is_said_in_the_language() {
        let full = io::Error::from(ErrorKind::StorageFull);
        assert_eq!(system(&full, Lang::Fr), "il n’y a plus de place sur le disque");
        let odd = io::Error::from_raw_os_error(110);
        assert!(!system(&odd, Lang::En).contains("os error"), "{}", system(&odd, Lang::En));
        assert_eq!(system(&io::Error::other("why"), Lang::Fr), "«\u{A0}why\u{A0}»");
    }
}
