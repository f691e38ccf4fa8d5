//! What a grant says: who may read what, what for, for how long.
//!
//! The fields are those of a consent record of ISO/IEC TS 27560:2023 as far as they are true of
//! this platform today; what is not there yet (parties, jurisdiction, rights) is left out rather
//! than filled with words.

use crate::error::Result;
use crate::faults::{AppField, MAX_APP_NAME, TermsError};
use crate::id::GrantId;
use crate::items::{Item, check_given, check_items, check_open};
use crate::state::Actor;
use crate::text::Sentence;
use mesinfos_model::view::Lang;
use mesinfos_model::{Digest, DpvPurpose};
use mesinfos_records::sha;
use mesinfos_store::PersonId;
use serde::{Deserialize, Serialize};

/// The layout of a grant's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schema {
    /// The first one.
    #[serde(rename = "mesinfos/grant/1")]
    V1,
}

/// What makes reading lawful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LawfulBasis {
    /// Consent: GDPR article 6(1)(a), as DPV's `eu-gdpr` module names it.
    #[serde(rename = "eu-gdpr:A6-1-a")]
    Consent,
}

/// How long an app keeps what it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppRetention {
    /// Not at all (an ISO 8601 duration): its instance is dropped after the run.
    #[serde(rename = "PT0S")]
    Nothing,
}

/// How long the result of a run is kept, in the vault of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResultRetention {
    /// Until she withdraws.
    #[serde(rename = "until-withdrawal")]
    UntilWithdrawal,
}

/// How long what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// What the app keeps.
    pub app: AppRetention,
    /// What the vault keeps.
    pub result: ResultRetention,
}

/// What an app may do, computed from its imports and never declared. In French: lire, se souvenir,
/// proposer, contribuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Read and show something to the person.
    Read,
    /// Keep something in her vault between runs.
    Remember,
    /// Propose an act that leaves the vault if she approves it.
    Propose,
    /// Contribute to a table over many people.
    Contribute,
}

/// One version of an app. Consent binds to `component`: the version is for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    /// Its id, at most [`MAX_APP_NAME`] characters.
    pub id: String,
    /// Its version, at most [`MAX_APP_NAME`] characters.
    pub version: String,
    /// SHA-256 of the component.
    pub component: Digest,
}

/// What for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// A purpose of the closed list.
    pub iri: DpvPurpose,
    /// The sentence that the person reads.
    pub sentence: Sentence,
}

/// When a grant holds: `from` included, `until` excluded, in UTC seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The first second: that in which it was given or renewed.
    pub from: i64,
    /// The second after the last; none is until it is withdrawn.
    pub until: Option<i64>,
}

/// Through which door something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// The `mesinfos` command.
    Cli,
    /// The web pages.
    Web,
    /// The JSON API.
    Api,
}

impl std::fmt::Display for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Channel::Cli => "cli",
            Channel::Web => "web",
            Channel::Api => "api",
        })
    }
}

/// Who did something, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Who.
    pub actor: Actor,
    /// Through which door.
    pub channel: Channel,
}

/// What of a grant never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The layout of the record.
    pub schema: Schema,
    /// The grant's id.
    pub id: GrantId,
    /// The person, under a name that holds for this app only: see [`pseudonym`].
    pub person: String,
    /// Whom it is given to.
    pub app: App,
    /// What that app may do.
    pub mode: Mode,
    /// What for.
    pub purpose: Purpose,
    /// The language in which the person was asked.
    pub language: Lang,
    /// SHA-256 of the text that she was shown, where one was.
    pub notice: Option<Digest>,
    /// What makes it lawful.
    pub lawful_basis: LawfulBasis,
    /// How long what is kept.
    pub retention: Retention,
}

/// What a grant or a request is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Who asks.
    pub app: App,
    /// What it may do.
    pub mode: Mode,
    /// What for.
    pub purpose: Purpose,
    /// Each category that the app asks for: [`Decision::Open`](crate::Decision::Open) to show it to the person, decided to
    /// give it.
    pub items: Vec<Item>,
    /// Until when (UTC seconds, excluded); none is until it is withdrawn. A request has none.
    pub until: Option<i64>,
    /// The language in which the person is asked.
    pub language: Lang,
    /// SHA-256 of the text that she is shown, where one is.
    pub notice: Option<Digest>,
    /// Who does it, and where.
    pub act: Act,
}

/// The person towards one app: the first 16 bytes, in hexadecimal, of a digest of her id and the
/// app's. Two apps cannot tell that they have the same person.
pub fn pseudonym(person: PersonId, app: &str) -> String {
    let digest = sha::digest("mesinfos/pseudonym/1", &[&person.0, app.as_bytes()]).to_string();
    digest[..32].to_owned()
}

impl Draft {
    /// Checks a draft that is to be shown.
    pub(crate) fn check_question(&self) -> Result<()> {
        self.app.check()?;
        check_items(&self.items)?;
        check_open(&self.items)
    }

    /// Checks a draft that is to be given.
    pub(crate) fn check_answer(&self) -> Result<()> {
        self.app.check()?;
        check_items(&self.items)?;
        check_given(&self.items)
    }

    pub(crate) fn terms(&self, id: GrantId, person: PersonId) -> Terms {
        Terms {
            schema: Schema::V1,
            id,
            person: pseudonym(person, &self.app.id),
            app: self.app.clone(),
            mode: self.mode,
            purpose: self.purpose.clone(),
            language: self.language,
            notice: self.notice,
            lawful_basis: LawfulBasis::Consent,
            retention: Retention { app: AppRetention::Nothing, result: ResultRetention::UntilWithdrawal },
        }
    }
}

impl App {
    pub(crate) fn check(&self) -> Result<()> {
        for (field, text) in [(AppField::Id, &self.id), (AppField::Version, &self.version)] {
            let length = text.chars().count();
            if !(1..=MAX_APP_NAME).contains(&length) {
                return Err(TermsError::AppName { field, length }.into());
            }
        }
        Ok(())
    }
}

impl Validity {
    pub(crate) fn new(from: i64, until: Option<i64>) -> Result<Validity> {
        match until {
            Some(until) if until <= from => Err(TermsError::Ends { from, until }.into()),
            until => Ok(Validity { from, until }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_apps_cannot_tell_that_they_have_the_same_person() {
        let person = PersonId([1; 16]);
        let name = pseudonym(person, "a");
        assert_eq!(name.len(), 32);
        assert_eq!(name, pseudonym(person, "a"));
        assert_ne!(name, pseudonym(person, "b"));
        assert_ne!(name, pseudonym(PersonId([2; 16]), "a"));
    }
}
