//! What all teams handed in, as one archive, with what the jury said of it.

use super::seat::Organiser;
use crate::Shared;
use crate::app::failure::Failure;
use crate::client::Client;
use crate::transfer::{attachment, download};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use mesinfos_model::view::Lang;
use mesinfos_platform::hackathon::{About, Ballot, Rank};
use mesinfos_platform::{Content, Entry, Packed, Platform, PlatformError};
use mesinfos_wire::{EventResult, EventSubmission};
use mesinfos_words::event::{self, Submitted};
use std::sync::Arc;

/// Name of the archive.
const NAME: &str = "submissions.zip";

/// The archive, made while it is sent.
pub(super) async fn export(State(shared): State<Shared>, organiser: Organiser) -> Result<Response, Failure> {
    let owner = Client::new(&organiser.visitor.account.id.to_string()).slot_owner("");
    let shell = organiser.visitor.shell("", None);
    let Some(slot) = shared.slots.archives.take(&owner) else { return Err(Failure::busy(&shell)) };
    let (about, now) = (organiser.about.clone(), organiser.now);
    let members = organiser.visitor.work(move |platform| members(platform, &about, now)).await?;
    let pieces = Packed::new(Arc::clone(&shared.platform), members);
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, attachment(NAME)),
    ];
    Ok((headers, download(pieces, slot)).into_response())
}

/// A folder for each team that handed in, and the instructions in both languages.
fn members(platform: &Platform, about: &About, now: i64) -> Result<Vec<(String, Content)>, PlatformError> {
    let (entries, jurors) = (platform.entries()?, platform.event()?.jurors()?);
    // As long as jurors vote, nobody sees their ballots, the organiser neither.
    let is_over = about.vote_closed_at.is_some();
    let (ballots, ranks) = if is_over {
        (platform.event()?.ballots()?, platform.event_ranking()?)
    } else {
        (Vec::new(), Vec::new())
    };
    let handed_in = entries.iter().filter(|entry| entry.version.is_some()).count() as u64;
    let mut members: Vec<(String, Content)> =
        event::readmes(&about.name, now, (entries.len() as u64, handed_in), is_over)
            .into_iter()
            .map(|(name, text)| (name, Content::Text(text)))
            .collect();
    for entry in &entries {
        let Some(version) = &entry.version else { continue };
        let folder = folder(entry);
        let (inspection, _) = platform.handed_in(entry)?;
        let component = version.release.component;
        members.push((format!("{folder}/app.wasm"), Content::Component(component)));
        let manifest = inspection.manifest.as_ref().map(serde_json::to_string_pretty).transpose();
        let manifest = manifest.map_err(std::io::Error::from)?.unwrap_or_default();
        members.push((format!("{folder}/manifest.json"), Content::Text(manifest)));
        let submitted = Submitted {
            team: &entry.team.name,
            members: &entry.team.members,
            version,
            inspection: &inspection,
        };
        for lang in [Lang::Fr, Lang::En] {
            let (name, text) = event::report(&submitted, lang);
            members.push((format!("{folder}/{name}"), Content::Text(text)));
        }
        let result = result(entry, &ballots, &ranks, |number| {
            jurors.iter().find(|juror| juror.number == number).map_or("", |juror| juror.name.as_str())
        });
        let text = serde_json::to_string_pretty(&result).map_err(std::io::Error::from)?;
        members.push((format!("{folder}/result.json"), Content::Text(text)));
    }
    Ok(members)
}

/// Name of a team's folder: its number, and the letters of its name that every system takes.
fn folder(entry: &Entry) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = entry.team.name.chars().map(plain).collect();
    let parts: Vec<&str> = name.split('-').filter(|part| !part.is_empty()).collect();
    format!("{:02}-{}", entry.team.number + 1, parts.join("-")).trim_end_matches('-').to_owned()
}

fn result<'a>(
    entry: &Entry,
    ballots: &[Ballot],
    ranks: &[Rank],
    juror: impl Fn(u16) -> &'a str,
) -> EventResult {
    let rank = ranks.iter().find(|rank| rank.team == entry.team.number);
    let of_team = ballots.iter().filter(|ballot| ballot.team == entry.team.number);
    EventResult {
        submission: EventSubmission::from(entry),
        rank: rank.and_then(|rank| rank.rank).map(|rank| rank as u64),
        mean_hundredths: rank.and_then(Rank::mean_hundredths),
        ballots: of_team.map(|ballot| mesinfos_wire::EventBallot::new(juror(ballot.juror), ballot)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_platform::hackathon::{Code, Team};

    #[test]
    fn a_folder_has_a_name_that_every_system_takes() {
        let of = |number, name: &str| {
            let code = Code::typed("0000-0000").unwrap();
            let team = Team {
                number,
                name: name.to_owned(),
                account: String::new(),
                code,
                members: Vec::new(),
                made_at: 0,
            };
            folder(&Entry { team, version: None, drafts: 0 })
        };
        assert_eq!(of(0, "Watt & Co"), "01-watt-co");
        assert_eq!(of(11, "../../etc"), "12-etc");
        assert_eq!(of(59, "日本"), "60");
    }
}
