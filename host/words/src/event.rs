//! Texts of an event: its pages, its errors, what the command says, and the archive of what was handed in.

use crate::message::messages;
use crate::names;
use mesinfos_model::view::Lang;
use mesinfos_platform::hackathon::EventError;
use mesinfos_platform::registry::Version;
use mesinfos_platform::runtime::Inspection;

messages! {
    /// Texts of an event.
    pub enum Event<'a> in "event" {
        // Errors.
        IsEvent { path: &'a str },
        NotAnEvent { path: &'a str },
        OnlySamplesHere,
        NoEvent,
        Exists,
        WrongCode,
        BadName { most: u64 },
        NameTaken,
        BadTeams { most: u64 },
        BadDeadline,
        TooManyTeams { most: u64 },
        TooManyMembers { most: u64 },
        TooManyJurors { most: u64 },
        NoSuchTeam,
        NoSuchJuror,
        SubmissionsOver,
        NotYet,
        VoteOver,
        VoteOpen,
        OwnTeamRefused,
        NothingHandedIn,
        BadBallot { most: u64 },
        NoRandomness,
        Unreadable,
        // What goes on.
        StageLeft { left: &'a str, at: &'a str },
        StageOpen,
        StageVote,
        StageVoteClosed,
        StageRevealed,
        Published,
        HandedIn,
        Draft,
        Nothing,
        OnlySamples,
        // Joining.
        JoinWith,
        JoinTitle,
        JoinLead,
        Code,
        Continue,
        IamJuror,
        IamOrganiser,
        YourName,
        YourNameWhy,
        NewTeam,
        TeamName,
        CreateTeam,
        NoNewTeam,
        OldTeam,
        Team,
        TeamCode,
        TeamCodeWhy,
        WrongTeamCode,
        JoinTeam,
        SessionWhy,
        // A team.
        Counts { app: &'a str, version: &'a str, at: &'a str },
        NothingCounts,
        HandInHow,
        Members,
        TeamCodeIs,
        TeamCodeTell,
        TokenWhy,
        NewToken,
        TokenTitle,
        TokenOnce,
        TokenHow,
        Back,
        // The jury.
        JuryTitle,
        JuryLead,
        JurorNamed { name: &'a str },
        OwnTeam,
        OwnTeamWhy,
        NoTeam,
        JurorOnce,
        BeginJury,
        BallotsTitle,
        YourTeam,
        OwnTeamNot,
        Given { marks: &'a str },
        NotGiven,
        Ballot,
        Usefulness,
        UsefulnessWhy,
        Minimisation,
        MinimisationWhy,
        Clarity,
        ClarityWhy,
        Choose,
        Comment,
        CommentWhy,
        Vote,
        // The ranking.
        Ranking,
        Means,
        Rank,
        Mean,
        MeanOf { mean: &'a str, ballots: u64 },
        Ballots,
        NobodyHandedIn,
        // The organiser.
        Projector,
        Export,
        Teams,
        TeamsOf { teams: u64, most: u64 },
        ToDo,
        Deadline,
        DeadlineWhy,
        MoveDeadline,
        CloseSubmissionsWhy,
        CloseSubmissions,
        CloseVoteWhy,
        CloseVote,
        RevealWhy,
        Reveal,
        AllDone,
        Jury,
        JuryWhy,
        JurorGave { ballots: u64 },
        JurorWaits,
        JurorName,
        AddJuror,
        CommentBy { name: &'a str, comment: &'a str },
        JurorCodeWhy,
        JurorBegan,
        RenewWhy,
        Renew,
        Qr,
        // The wall.
        Ready { teams: u64, ready: u64 },
        Before { at: &'a str },
        JoinAt,
        // The command.
        Made { name: &'a str, path: &'a str },
        MadeUntil { at: &'a str },
        MadeOpen,
        MadeNext,
        JoinHere { url: &'a str, code: &'a str },
        OrganiserHere { url: &'a str, minutes: u64 },
        // The archive.
        ReadmeName,
        ReadmeTitle { name: &'a str },
        ReadmeMade { at: &'a str, teams: u64, ready: u64 },
        ReadmeFolders,
        ReadmeResult,
        ReadmeNoResult,
        ReadmeInstall,
        ReportName,
        ReportTeam { team: &'a str, members: &'a str },
        ReportApp { app: &'a str, version: &'a str, at: &'a str },
        ReportSays { text: &'a str },
        ReportReads { categories: &'a str },
        ReportReadsNothing,
        ReportSize { size: &'a str },
        ReportRefused,
        ReportDigest { digest: &'a str },
    }
}

/// An error of an event.
pub(crate) fn event_error(error: &EventError, lang: Lang) -> String {
    let most = |most: usize| most as u64;
    match error {
        EventError::Store(_) | EventError::Record(_) => Event::Unreadable,
        EventError::NoRandomness => Event::NoRandomness,
        EventError::NoEvent => Event::NoEvent,
        EventError::Exists => Event::Exists,
        EventError::WrongCode => Event::WrongCode,
        EventError::BadName { most: limit } => Event::BadName { most: most(*limit) },
        EventError::NameTaken => Event::NameTaken,
        EventError::BadTeams { most } => Event::BadTeams { most: u64::from(*most) },
        EventError::BadDeadline => Event::BadDeadline,
        EventError::TooManyTeams { most } => Event::TooManyTeams { most: u64::from(*most) },
        EventError::TooManyMembers { most: limit } => Event::TooManyMembers { most: most(*limit) },
        EventError::TooManyJurors { most } => Event::TooManyJurors { most: u64::from(*most) },
        EventError::NoSuchTeam => Event::NoSuchTeam,
        EventError::NoSuchJuror => Event::NoSuchJuror,
        EventError::SubmissionsOver => Event::SubmissionsOver,
        EventError::NotYet => Event::NotYet,
        EventError::VoteOver => Event::VoteOver,
        EventError::VoteOpen => Event::VoteOpen,
        EventError::OwnTeam => Event::OwnTeamRefused,
        EventError::NothingHandedIn => Event::NothingHandedIn,
        EventError::BadBallot { most: limit } => Event::BadBallot { most: most(*limit) },
    }
    .to(lang)
}

/// What a team handed in.
#[derive(Debug, Clone, Copy)]
pub struct Submitted<'a> {
    /// Name of the team.
    pub team: &'a str,
    /// Names of its members.
    pub members: &'a [String],
    /// The version.
    pub version: &'a Version,
    /// What its component says.
    pub inspection: &'a Inspection,
}

/// The instructions of the archive in each language, by file name. `of` is the number of teams, and of those that
/// handed in; `is_over` whether the vote is closed.
pub fn readmes(name: &str, at: i64, of: (u64, u64), is_over: bool) -> Vec<(String, String)> {
    [Lang::Fr, Lang::En]
        .into_iter()
        .map(|lang| (Event::ReadmeName.to(lang), readme(name, at, of, is_over, lang)))
        .collect()
}

fn readme(name: &str, at: i64, (teams, ready): (u64, u64), is_over: bool, lang: Lang) -> String {
    let at = &crate::instant(at, lang);
    paragraphs(
        &[
            Event::ReadmeTitle { name },
            Event::ReadmeMade { at, teams, ready },
            Event::ReadmeFolders,
            if is_over { Event::ReadmeResult } else { Event::ReadmeNoResult },
            Event::ReadmeInstall,
        ],
        lang,
    )
}

/// The report about what a team handed in: file name and text.
pub fn report(submitted: &Submitted<'_>, lang: Lang) -> (String, String) {
    let Submitted { team, members, version, inspection } = *submitted;
    let release = &version.release;
    let categories = names::categories(inspection.request.categories.keys(), lang);
    let members = &names::series(members, lang);
    let at = &crate::instant(version.since, lang);
    let (size, digest) = (&crate::size(release.size, lang), &release.component.to_string());
    let summary = inspection.manifest.as_ref().map(|manifest| manifest.app.summary.get(lang));
    let mut parts = vec![
        Event::ReportTeam { team, members },
        Event::ReportApp { app: &release.app, version: &release.version, at },
    ];
    parts.extend(summary.map(|text| Event::ReportSays { text }));
    parts.push(match categories.as_str() {
        "" => Event::ReportReadsNothing,
        categories => Event::ReportReads { categories },
    });
    if release.works_refused {
        parts.push(Event::ReportRefused);
    }
    parts.extend([Event::ReportSize { size }, Event::ReportDigest { digest }]);
    (Event::ReportName.to(lang), paragraphs(&parts, lang))
}

fn paragraphs(parts: &[Event<'_>], lang: Lang) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(&part.to(lang));
        text.push_str("\n\n");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}
