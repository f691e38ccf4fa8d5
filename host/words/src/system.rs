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
        Number { number: &'a str },
        BrokenDisk,
        TimedOut,
        CutOff,
        EndsEarly,
        TooManyFiles,
        NoMemory,
        BadName,
        TooLarge,
        Other { why: &'a str },
    }
}

/// Errors of the system that its library has no kind for, by their number on Linux: `EIO`, `ENFILE`, `EMFILE`.
const NUMBERED: [(i32, System<'static>); 3] =
    [(5, System::BrokenDisk), (23, System::TooManyFiles), (24, System::TooManyFiles)];

/// An I/O error as part of a sentence: "il n’y a plus de place sur le disque". A rare error has its number, or the
/// text of the program that made it.
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
        ErrorKind::TimedOut => Some(System::TimedOut),
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::ConnectionRefused
        | ErrorKind::NotConnected
        | ErrorKind::BrokenPipe => Some(System::CutOff),
        ErrorKind::UnexpectedEof => Some(System::EndsEarly),
        ErrorKind::OutOfMemory => Some(System::NoMemory),
        ErrorKind::InvalidFilename => Some(System::BadName),
        ErrorKind::FileTooLarge => Some(System::TooLarge),
        // `ErrorKind` is non-exhaustive.
        _ => None,
    };
    if let Some(known) = known {
        return known.to(lang);
    }
    match error.raw_os_error() {
        Some(number) => match NUMBERED.iter().find(|(known, _)| *known == number) {
            Some((_, words)) => words.to(lang),
            None => System::Number { number: &number.to_string() }.to(lang),
        },
        None => System::Other { why: &error.to_string() }.to(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common_is_said_in_the_language() {
        let full = io::Error::from(ErrorKind::StorageFull);
        assert_eq!(system(&full, Lang::Fr), "il n’y a plus de place sur le disque");
        assert_eq!(system(&io::Error::from_raw_os_error(110), Lang::En), "no answer came in time");
        assert_eq!(
            system(&io::Error::from_raw_os_error(5), Lang::En),
            "the disk no longer reads or writes correctly"
        );
        assert_eq!(system(&io::Error::from_raw_os_error(75), Lang::Fr), "erreur 75 du système");
        let other = system(&io::Error::other("why"), Lang::Fr);
        assert_eq!(other, "erreur inattendue (détail technique\u{A0}: «\u{A0}why\u{A0}»)");
    }
}
