//! The error type of this program: the context and the error, in the language of this process for people
//! and in English for programs.

use crate::language::lang;
use mesinfos_model::view::Lang;
use mesinfos_platform::{PlatformError, VaultError};
use mesinfos_words::cli::Cli;
use std::fmt;

/// Result of this program.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// Error of this program.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Context: what was being done, outermost first.
    doing: Vec<Said>,
    cause: Box<Cause>,
    /// Next step, if it does not follow from the cause alone.
    hint: Option<Box<Said>>,
    /// Whether the JSON output of the verb contains it already.
    is_in_output: bool,
}

/// A message in the language of this process and in English, for JSON.
#[derive(Debug, Clone)]
struct Said {
    here: String,
    english: String,
}

#[derive(Debug)]
enum Cause {
    Platform(PlatformError),
    System(std::io::Error),
    /// Message of this program.
    Said(Said),
    /// Message of a library.
    Other(String),
    Several(Vec<Failure>),
}

impl Said {
    fn of(message: Cli<'_>) -> Said {
        Said { here: message.to(lang()), english: message.to(Lang::En) }
    }

    fn to(&self, language: Lang) -> &str {
        if language == lang() { &self.here } else { &self.english }
    }
}

impl Failure {
    fn of(cause: Cause) -> Failure {
        Failure { doing: Vec::new(), cause: Box::new(cause), hint: None, is_in_output: false }
    }

    /// An error with one of this program's own messages.
    pub(crate) fn said(message: Cli<'_>) -> Failure {
        Failure::of(Cause::Said(Said::of(message)))
    }

    /// [`Failure::said`], whose arguments are in the language of the message too.
    pub(crate) fn said_in(text: impl Fn(Lang) -> String) -> Failure {
        Failure::of(Cause::Said(Said { here: text(lang()), english: text(Lang::En) }))
    }

    /// Combines several errors.
    pub(crate) fn several(failures: Vec<Failure>) -> Failure {
        Failure::of(Cause::Several(failures))
    }

    /// An error with the message of a library.
    pub(crate) fn other(error: impl fmt::Display) -> Failure {
        // `{:#}` includes the causes, where the library supports it.
        Failure::of(Cause::Other(format!("{error:#}")))
    }

    /// Adds outer context.
    #[must_use]
    pub(crate) fn while_doing(mut self, what: Cli<'_>) -> Failure {
        self.doing.insert(0, Said::of(what));
        self
    }

    /// Attaches the next step.
    #[must_use]
    pub(crate) fn hint(self, message: Cli<'_>) -> Failure {
        Failure { hint: Some(Box::new(Said::of(message))), ..self }
    }

    /// Marks it as part of the verb's JSON output, which has one document only.
    #[must_use]
    pub(crate) fn in_output(self) -> Failure {
        Failure { is_in_output: true, ..self }
    }

    /// Whether the JSON output of the verb contains it already.
    pub(crate) fn is_in_output(&self) -> bool {
        self.is_in_output
    }

    /// The platform error, if that is the cause.
    pub(crate) fn platform(&self) -> Option<&PlatformError> {
        match self.cause.as_ref() {
            Cause::Platform(error) => Some(error),
            Cause::System(_) | Cause::Said(_) | Cause::Other(_) | Cause::Several(_) => None,
        }
    }

    /// Next step attached with [`Failure::hint`].
    pub(crate) fn said_hint(&self, lang: Lang) -> Option<&str> {
        self.hint.as_ref().map(|hint| hint.to(lang))
    }

    /// The combined errors, or this one alone.
    pub(crate) fn each(&self) -> &[Failure] {
        match self.cause.as_ref() {
            Cause::Several(failures) => failures,
            _ => std::slice::from_ref(self),
        }
    }

    /// Message with context, as sentences.
    pub(crate) fn words(&self, lang: Lang) -> String {
        let doing: Vec<&str> = self.doing.iter().map(|said| said.to(lang)).collect();
        let doing = doing.join(", ");
        let (cause, is_sentence) = match self.cause.as_ref() {
            Cause::Platform(error) => (mesinfos_words::error(error, lang), true),
            Cause::System(error) => (mesinfos_words::system::system(error, lang), false),
            Cause::Said(said) => (said.to(lang).to_owned(), true),
            Cause::Other(words) => (words.clone(), false),
            Cause::Several(failures) => {
                let all: Vec<String> = failures.iter().map(|failure| failure.words(lang)).collect();
                return all.join("\n");
            }
        };
        match (doing.is_empty(), is_sentence) {
            (true, true) => cause,
            (true, false) => capital(&format!("{cause}.")),
            (false, true) => capital(&format!("{doing}. {cause}")),
            (false, false) => capital(&format!("{}.", mesinfos_words::labelled(doing, cause, lang))),
        }
    }
}

/// Capitalises the first letter.
fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

impl From<PlatformError> for Failure {
    fn from(error: PlatformError) -> Failure {
        Failure::of(Cause::Platform(error))
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Failure {
        PlatformError::from(error).into()
    }
}

impl From<mesinfos_model::person::NotAName> for Failure {
    fn from(error: mesinfos_model::person::NotAName) -> Failure {
        PlatformError::from(error).into()
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::of(Cause::System(error))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::other(error)
    }
}

/// Adds context to errors.
pub(crate) trait Doing<T> {
    /// Adds what was being done to an error.
    fn doing(self, what: Cli<'_>) -> Result<T>;
}

impl<T, E: Into<Failure>> Doing<T> for std::result::Result<T, E> {
    fn doing(self, what: Cli<'_>) -> Result<T> {
        self.map_err(|error| error.into().while_doing(what))
    }
}

/// Replaces a missing value or an error with a message.
pub(crate) trait OrSay<T> {
    /// Returns the value, or an error with `message`.
    fn or_say(self, message: Cli<'_>) -> Result<T>;
}

impl<T> OrSay<T> for Option<T> {
    fn or_say(self, message: Cli<'_>) -> Result<T> {
        self.ok_or_else(|| Failure::said(message))
    }
}

impl<T, E> OrSay<T> for std::result::Result<T, E> {
    fn or_say(self, message: Cli<'_>) -> Result<T> {
        self.map_err(|_| Failure::said(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{self, ErrorKind};

    #[test]
    fn what_was_being_done_stands_before_what_went_wrong() {
        let missing = || io::Error::from(ErrorKind::NotFound);
        let failure = Err::<(), _>(missing()).doing(Cli::Reading { path: "/x" }).unwrap_err();
        assert_eq!(failure.words(Lang::En), "Cannot read /x: the file or folder does not exist.");
        let busy = Err::<(), _>(PlatformError::Busy).doing(Cli::Opening { path: "/x" }).unwrap_err();
        assert!(
            busy.words(Lang::En).starts_with("Cannot open /x. Too many apps"),
            "{}",
            busy.words(Lang::En)
        );
        let said = None::<()>.or_say(Cli::NothingErased).unwrap_err();
        assert_eq!(said.words(Lang::En), "Nothing was erased.");
        let both = Failure::several(vec![said, Failure::from(missing())]);
        assert_eq!(both.words(Lang::En), "Nothing was erased.\nThe file or folder does not exist.");
        assert_eq!(both.each().len(), 2);
    }
}
