//! Terms of a grant: the app, the data, the purpose and the duration.
//!
//! The fields are those of a consent record of ISO/IEC TS 27560:2023, as far as this platform has them today.
//! The others (parties, jurisdiction, rights) are omitted rather than filled with placeholder text.

use crate::bounded_text::Sentence;
use crate::error::Result;
use crate::faults::{AppField, MAX_APP_NAME, TermsError};
use crate::grant_items::{Item, check_given, check_items, check_open};
use crate::id::GrantId;
use crate::notice::Notice;
use crate::state::Actor;
use mesinfos_model::view::Lang;
use mesinfos_model::{Digest, DpvPurpose};
use mesinfos_records::sha;
use mesinfos_store::PersonId;
use serde::{Deserialize, Serialize};

/// Layout of a grant's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schema {
    /// The first layout.
    #[serde(rename = "mesinfos/grant/1")]
    V1,
}

/// Legal basis of the processing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LawfulBasis {
    /// Consent: GDPR article 6(1)(a), as DPV's `eu-gdpr` module names it.
    #[serde(rename = "eu-gdpr:A6-1-a")]
    Consent,
}

/// Retention by an app of the data it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppRetention {
    /// No retention: the instance is dropped after the run. `PT0S` is an ISO 8601 duration.
    #[serde(rename = "PT0S")]
    Nothing,
}

/// Retention in the person's vault of the result of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResultRetention {
    /// Until withdrawal.
    #[serde(rename = "until-withdrawal")]
    UntilWithdrawal,
}

/// Retention of data and results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Retention by the app.
    pub app: AppRetention,
    /// Retention in the vault.
    pub result: ResultRetention,
}

/// The most powerful action open to an app, computed from its imports and never declared. In French: lire, se
/// souvenir, proposer, contribuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Read, and show a result to the person.
    Read,
    /// Keep data in the person's vault between runs.
    Remember,
    /// Propose an act that leaves the vault if the person approves it.
    Propose,
    /// Contribute to a table over many people.
    Contribute,
}

/// One version of an app. Consent binds to `component`; `version` is for people to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppVersion {
    /// Id, of at most [`MAX_APP_NAME`] characters.
    pub id: String,
    /// Version, of at most [`MAX_APP_NAME`] characters.
    pub version: String,
    /// SHA-256 of the component.
    pub component: Digest,
}

/// Purpose of the processing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// A purpose of the closed list.
    pub iri: DpvPurpose,
    /// The sentence that the person reads.
    pub sentence: Sentence,
}

/// Time during which a grant is in force, in UTC seconds: `from` inclusive, `until` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// Start: the second in which the grant was given or renewed.
    pub from: i64,
    /// End; `None` until withdrawal.
    pub until: Option<i64>,
}

/// Interface through which an act was made.
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

/// Actor and channel of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// The actor.
    pub actor: Actor,
    /// The channel.
    pub channel: Channel,
}

/// The part of a grant that never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Layout of the record.
    pub schema: Schema,
    /// Id of the grant.
    pub id: GrantId,
    /// The person, under a pseudonym for this app only: see [`pseudonym`].
    pub person: String,
    /// The app version it is given to.
    pub app: AppVersion,
    /// Mode of that app.
    pub mode: Mode,
    /// Purpose of the processing.
    pub purpose: Purpose,
    /// Language of the question.
    pub language: Lang,
    /// Digest of the [`Notice`] shown to the person, if any.
    pub notice: Option<Digest>,
    /// Version of that notice's template; `None` without a notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_version: Option<u16>,
    /// Legal basis.
    pub lawful_basis: LawfulBasis,
    /// Retention of data and results.
    pub retention: Retention,
}

/// Content of a new grant or question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The app version that asks.
    pub app: AppVersion,
    /// Mode of the app.
    pub mode: Mode,
    /// Purpose of the processing.
    pub purpose: Purpose,
    /// One item per category that the app requests: [`Decision::Open`](crate::Decision::Open) in a question,
    /// given or refused in a grant.
    pub items: Vec<Item>,
    /// End in UTC seconds, exclusive; `None` until withdrawal. `None` in a question.
    pub until: Option<i64>,
    /// Language of the question.
    pub language: Lang,
    /// The text shown to the person, if any.
    pub notice: Option<Notice>,
    /// Actor and channel.
    pub act: Act,
}

/// The person's pseudonym for one app: the first 16 bytes, in hexadecimal, of a digest of the person's id and
/// the app's. Two apps cannot tell that they serve the same person.
pub fn pseudonym(person: PersonId, app: &str) -> String {
    let digest = sha::digest("mesinfos/pseudonym/1", &[&person.0, app.as_bytes()]).to_string();
    digest[..32].to_owned()
}

impl Draft {
    /// Checks a draft of a question.
    pub(crate) fn check_question(&self) -> Result<()> {
        self.app.check()?;
        check_items(&self.items)?;
        check_open(&self.items)
    }

    /// Checks a draft of a grant.
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
            notice: self.notice.as_ref().map(Notice::digest),
            notice_version: self.notice.as_ref().map(|notice| notice.version),
            lawful_basis: LawfulBasis::Consent,
            retention: Retention { app: AppRetention::Nothing, result: ResultRetention::UntilWithdrawal },
        }
    }
}

impl AppVersion {
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
