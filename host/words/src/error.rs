//! Errors of use cases as sentences: what happened, what was not lost, the next step. Doors add what to
//! type.

use crate::consent::{absence, consent_error};
use crate::date::{last_day, period};
use crate::event::{Event, event_error};
use crate::identity::identity_error;
use crate::intake::{intake_error, reason};
use crate::message::messages;
use crate::names;
use crate::outcome::{outcome, problem};
use crate::scope::{grain, typed_grains};
use crate::system::system;
use crate::vault::{store_error, vault_error};
use crate::view::labelled;
use mesinfos_consent::NotLive;
use mesinfos_intake::Extent;
use mesinfos_intake::till::{LONGEST_TILL_LABEL, MOST_TILL_LINES, TillError};
use mesinfos_model::FieldKind;
use mesinfos_model::day::END;
use mesinfos_model::view::Lang;
use mesinfos_model::{Category, FieldSet, Period};
use mesinfos_platform::intake::mapped::MappingProblem;
use mesinfos_platform::registry::{RegistryError, State};
use mesinfos_platform::{
    FileReport, GrantError, ImportReport, Outside, PlatformError, RecognitionError, ReplayError, TokenError,
};
use mesinfos_runtime::Outcome;

/// Maximum number of reasons in one sentence.
const REASONS: usize = 3;

/// Maximum number of files of an archive that are told in one sentence, beside the last.
const FILES: usize = 10;

messages! {
    /// Messages about platform errors.
    pub(crate) enum Platform<'a> in "platform" {
        Io { why: &'a str },
        OpenToOthers { path: &'a str, mode: &'a str },
        NoPerson,
        NotEmpty { path: &'a str },
        NoKeys { path: &'a str },
        RestoreUnfinished { path: &'a str },
        StoreGone { path: &'a str },
        ChunksMissing { chunks: u64, people: u64 },
        AllRejected { rejected: u64, file: &'a str, reasons: &'a str },
        NothingInFiles { file: &'a str, reasons: &'a str },
        NoSuchToken { id: &'a str },
        Refused { problems: &'a str },
        SameVersion { app: &'a str, version: &'a str },
        OtherPublisher { app: &'a str, installed: &'a str, new: &'a str },
        OtherNotice { app: &'a str },
        OtherComponentNamed { app: &'a str, installed: &'a str, shown: &'a str },
        OtherComponentUnnamed { app: &'a str, installed: &'a str },
        NoSuchApp { app: &'a str, installed: &'a str },
        NoAppYet { app: &'a str },
        NotGranted { app: &'a str, why: &'a str },
        NotGrantedMissing { app: &'a str, missing: &'a str, why: &'a str },
        NotGrantedRefused,
        Busy,
        NoGrant { app: &'a str },
        NoRunners,
        NoSuchDocument { id: &'a str },
        NoCharacters,
        NoRecogniser,
        RecogniserNotConfined,
        RecogniserBusy,
        NotRecognised,
        BadRowValue { field: &'a str, expected: &'a str },
        ExpectedDate,
        ExpectedInstant,
        ExpectedNumber,
        ExpectedCode,
        ExpectedText,
        MappingVersion,
        MappingHolder,
        MappingDelimiter,
        MappingSkip,
        MappingColumn,
        MappingTwice,
        MappingValue,
        MappingCurrency,
        MappingUnit,
        MappingEvery,
        MappingDirection,
        ReceiptNoDay,
        ReceiptBadTime,
        ReceiptNoLine,
        ReceiptTooManyLines { most: u64 },
        ReceiptBadMerchant { most: u64 },
        ReceiptBadLabel { line: u64, most: u64 },
        ReceiptBadTotal,
        ReceiptTooLarge { line: u64 },
        ReceiptKept { import: &'a str },
        NotReplayable { why: &'a str },
        ReplayNoGrant,
        ReplayNarrower,
        ReplayParameters,
        ReplayStopped,
        TokenNoDeveloper,
        FailsFor { person: &'a str, outcome: &'a str },
        FailsForWithout { person: &'a str, refused: &'a str, outcome: &'a str },
        TrialUnderWay,
        LongSource { bytes: u64, most: u64 },
        EverythingPaused,
        Stopped { app: &'a str, version: &'a str, reason: &'a str },
        StoppedForGood { app: &'a str, version: &'a str, reason: &'a str },
        NoSuchVersion,
        Unsigned,
        Forged,
        OtherKey { app: &'a str, key: &'a str },
        OtherOwner { app: &'a str },
        Unclaimed { app: &'a str, key: &'a str, owner: &'a str },
        BadClaim { app: &'a str, key: &'a str },
        NotAbove { app: &'a str, version: &'a str, highest: &'a str },
        KnownComponent,
        ImpossibleChange { state: &'a str },
        NoReason,
        BlockedComponent { state: &'a str },
        TooManyDrafts { most: u64 },
        TooManyWaiting { most: u64 },
        RecordTooLarge,
        StateDraft,
        StateSubmitted,
        StatePublished,
        StateSuspended,
        StateYanked,
        GrantNotAsked { app: &'a str, category: &'a str, asked: &'a str },
        GrantAsksNothing { app: &'a str, category: &'a str },
        GrantUnknownPurpose,
        NeedsBeyond { categories: &'a str },
        NeedsFields { fields: &'a str },
        GrantNotGiven { app: &'a str, category: &'a str },
        GrantNothingNarrower { app: &'a str },
        GrantTwice { category: &'a str },
        GrantNoSuchRow { category: &'a str, id: &'a str },
        GrantNoSuchHolder { category: &'a str, name: &'a str, known: &'a str },
        GrantGranularity { category: &'a str, refused: &'a str, offered: &'a str },
        GrantFieldsNotAsked { category: &'a str, asked: &'a str },
        GrantNoSuchField { category: &'a str, name: &'a str, known: &'a str },
        GrantGivesNothing { category: &'a str },
        GrantEndsTooLate { last: &'a str },
        GrantNoWholeMonth { period: &'a str },
        GrantRunningField { category: &'a str, field: &'a str },
        TokenNoName,
        TokenDays { days: u64, most: u64 },
        TokenNoPeople,
        TokenTooMany { most: u64 },
        TokenTooManyCodes { minutes: u64, most: u64 },
    }
}

/// What a field takes.
fn expected(kind: FieldKind) -> Platform<'static> {
    match kind {
        FieldKind::Date => Platform::ExpectedDate,
        FieldKind::Instant => Platform::ExpectedInstant,
        FieldKind::Integer => Platform::ExpectedNumber,
        FieldKind::Code(_) => Platform::ExpectedCode,
        FieldKind::Term | FieldKind::Pseudonym | FieldKind::Text => Platform::ExpectedText,
    }
}

fn mapping_problem(problem: MappingProblem) -> Platform<'static> {
    match problem {
        MappingProblem::Version => Platform::MappingVersion,
        MappingProblem::Holder => Platform::MappingHolder,
        MappingProblem::Delimiter => Platform::MappingDelimiter,
        MappingProblem::Skip => Platform::MappingSkip,
        MappingProblem::Column => Platform::MappingColumn,
        MappingProblem::Twice => Platform::MappingTwice,
        MappingProblem::Value => Platform::MappingValue,
        MappingProblem::Currency => Platform::MappingCurrency,
        MappingProblem::Unit => Platform::MappingUnit,
        MappingProblem::Every => Platform::MappingEvery,
        MappingProblem::Direction => Platform::MappingDirection,
    }
}

fn recognition_error(error: RecognitionError) -> Platform<'static> {
    match error {
        RecognitionError::NoCharacters => Platform::NoCharacters,
        RecognitionError::NoProgram => Platform::NoRecogniser,
        RecognitionError::NotConfined => Platform::RecogniserNotConfined,
        RecognitionError::Busy => Platform::RecogniserBusy,
        RecognitionError::Failed => Platform::NotRecognised,
    }
}

fn receipt_error(error: TillError) -> Platform<'static> {
    let most = LONGEST_TILL_LABEL as u64;
    match error {
        TillError::NoDay => Platform::ReceiptNoDay,
        TillError::BadTime => Platform::ReceiptBadTime,
        TillError::NoLine => Platform::ReceiptNoLine,
        TillError::TooManyLines => Platform::ReceiptTooManyLines { most: MOST_TILL_LINES as u64 },
        TillError::BadLabel { line: 0 } => Platform::ReceiptBadMerchant { most },
        TillError::BadLabel { line } => Platform::ReceiptBadLabel { line: line as u64, most },
        TillError::TooLarge { line: 0 } => Platform::ReceiptBadTotal,
        TillError::TooLarge { line } => Platform::ReceiptTooLarge { line: line as u64 },
    }
}

/// State of a version, in a few words.
pub fn version_state(state: State, lang: Lang) -> String {
    match state {
        State::Draft => Platform::StateDraft,
        State::Submitted => Platform::StateSubmitted,
        State::Published => Platform::StatePublished,
        State::Suspended => Platform::StateSuspended,
        State::Yanked => Platform::StateYanked,
    }
    .to(lang)
}

fn registry_error(error: &RegistryError, lang: Lang) -> String {
    match error {
        RegistryError::Store(error) => store_error(error, lang),
        RegistryError::NoSuchVersion => Platform::NoSuchVersion.to(lang),
        RegistryError::Unsigned => Platform::Unsigned.to(lang),
        RegistryError::Forged => Platform::Forged.to(lang),
        RegistryError::OtherKey { app, owner } => Platform::OtherKey { app, key: &owner.short() }.to(lang),
        RegistryError::OtherOwner { app } => Platform::OtherOwner { app }.to(lang),
        RegistryError::Unclaimed { app, key, owner } => {
            Platform::Unclaimed { app, key: &key.short(), owner }.to(lang)
        }
        RegistryError::BadClaim { app, key } => Platform::BadClaim { app, key: &key.short() }.to(lang),
        RegistryError::NotAbove { app, version, highest } => {
            Platform::NotAbove { app, version, highest }.to(lang)
        }
        RegistryError::Known => Platform::KnownComponent.to(lang),
        RegistryError::Impossible { state, change: _ } => {
            Platform::ImpossibleChange { state: &version_state(*state, lang) }.to(lang)
        }
        RegistryError::NoReason => Platform::NoReason.to(lang),
        RegistryError::Blocked(state) => {
            Platform::BlockedComponent { state: &version_state(*state, lang) }.to(lang)
        }
        RegistryError::TooManyDrafts { most } => Platform::TooManyDrafts { most: *most as u64 }.to(lang),
        RegistryError::TooManyWaiting { most } => Platform::TooManyWaiting { most: *most as u64 }.to(lang),
        RegistryError::TooLarge { .. } => Platform::RecordTooLarge.to(lang),
    }
}

/// An error of a use case.
pub fn error(error: &PlatformError, lang: Lang) -> String {
    match error {
        PlatformError::Store(error) => store_error(error, lang),
        PlatformError::Vault(error) => vault_error(error, lang),
        PlatformError::Consent(error) => consent_error(error, lang),
        PlatformError::Identity(error) => identity_error(error, lang),
        PlatformError::Intake(error) => intake_error(error, lang),
        PlatformError::AllRejected(report) => all_rejected(report, lang),
        PlatformError::Io(error) => Platform::Io { why: &system(error, lang) }.to(lang),
        PlatformError::OpenToOthers { path, mode } => {
            let (path, mode) = (path.display().to_string(), format!("{mode:o}"));
            Platform::OpenToOthers { path: &path, mode: &mode }.to(lang)
        }
        PlatformError::NoPerson => Platform::NoPerson.to(lang),
        PlatformError::NotEmpty { path } => Platform::NotEmpty { path: &path.display().to_string() }.to(lang),
        PlatformError::NoKeys { path } => Platform::NoKeys { path: &path.display().to_string() }.to(lang),
        PlatformError::RestoreUnfinished { path } => {
            Platform::RestoreUnfinished { path: &path.display().to_string() }.to(lang)
        }
        PlatformError::StoreGone { path } => {
            Platform::StoreGone { path: &path.display().to_string() }.to(lang)
        }
        PlatformError::ChunksMissing(gaps) => {
            Platform::ChunksMissing { chunks: gaps.chunks, people: gaps.persons }.to(lang)
        }
        PlatformError::BadToken(error) => token_error(error, lang),
        PlatformError::NoSuchToken { id } => Platform::NoSuchToken { id }.to(lang),
        PlatformError::Refused(problems) => {
            let problems: Vec<String> = problems.iter().map(|one| problem(one, lang)).collect();
            Platform::Refused { problems: &names::series(&problems, lang) }.to(lang)
        }
        PlatformError::SameVersion { app, version } => Platform::SameVersion { app, version }.to(lang),
        PlatformError::OtherPublisher { app, installed, new } => {
            Platform::OtherPublisher { app, installed, new }.to(lang)
        }
        PlatformError::Registry(error) => registry_error(error, lang),
        PlatformError::Event(error) => event_error(error, lang),
        PlatformError::IsEvent { path } => Event::IsEvent { path: &path.display().to_string() }.to(lang),
        PlatformError::NotAnEvent { path } => {
            Event::NotAnEvent { path: &path.display().to_string() }.to(lang)
        }
        PlatformError::OnlySamples => Event::OnlySamplesHere.to(lang),
        PlatformError::FailsFor(failure) => {
            let (person, ended) = (failure.person.as_str(), &outcome(&failure.outcome, lang));
            match names::categories(&failure.refused, lang).as_str() {
                "" => Platform::FailsFor { person, outcome: ended },
                refused => Platform::FailsForWithout { person, refused, outcome: ended },
            }
            .to(lang)
        }
        PlatformError::Stopped { app, version, is_final: false, reason } => {
            Platform::Stopped { app, version, reason }.to(lang)
        }
        PlatformError::Stopped { app, version, is_final: true, reason } => {
            Platform::StoppedForGood { app, version, reason }.to(lang)
        }
        PlatformError::OtherComponent { app, installed, shown } => {
            let installed = &installed.to_string();
            match shown {
                Some(shown) => Platform::OtherComponentNamed { app, installed, shown },
                None => Platform::OtherComponentUnnamed { app, installed },
            }
            .to(lang)
        }
        PlatformError::OtherNotice { app } => Platform::OtherNotice { app }.to(lang),
        PlatformError::NoSuchApp { app, installed } if installed.is_empty() => {
            Platform::NoAppYet { app }.to(lang)
        }
        PlatformError::NoSuchApp { app, installed } => {
            Platform::NoSuchApp { app, installed: &installed.join(", ") }.to(lang)
        }
        PlatformError::NotGranted { app, person: _, missing, why } => {
            not_granted(app, missing, why.as_deref(), lang)
        }
        PlatformError::Busy => Platform::Busy.to(lang),
        PlatformError::LongSource { bytes, most } => {
            Platform::LongSource { bytes: *bytes as u64, most: *most as u64 }.to(lang)
        }
        PlatformError::TrialUnderWay => Platform::TrialUnderWay.to(lang),
        PlatformError::EverythingPaused => Platform::EverythingPaused.to(lang),
        PlatformError::Run(ended) => outcome(ended, lang),
        PlatformError::Ended { outcome: ended, log: _, beyond } => ended_with(ended, beyond, lang),
        PlatformError::BadGrant(error) => grant_error(error, lang),
        PlatformError::NoGrant { app } => Platform::NoGrant { app }.to(lang),
        #[cfg(target_os = "linux")]
        PlatformError::Isolation(error) => crate::outcome::runner_error(error, lang),
        PlatformError::NoRunners => Platform::NoRunners.to(lang),
        PlatformError::NoSuchDocument { id } => Platform::NoSuchDocument { id }.to(lang),
        PlatformError::NotRecognised(why) => recognition_error(*why).to(lang),
        PlatformError::BadRowValue { category, field } => {
            let known = category.schema().fields.iter().find(|known| known.name == field);
            let expected = known.map_or_else(String::new, |known| expected(known.kind).to(lang));
            let field = known.map_or(field.as_str(), |known| known.label(lang));
            Platform::BadRowValue { field, expected: &expected }.to(lang)
        }
        PlatformError::BadMapping(why) => mapping_problem(*why).to(lang),
        PlatformError::BadReceipt(why) => receipt_error(*why).to(lang),
        PlatformError::ReceiptKept { import } => {
            Platform::ReceiptKept { import: &import.to_string() }.to(lang)
        }
        PlatformError::NotReplayable(why) => {
            Platform::NotReplayable { why: &replay_error(why, lang) }.to(lang)
        }
    }
}

/// The outcome of a run. Missing data that the vault has, outside the grant, is reported separately.
fn ended_with(ended: &Outcome, beyond: &[Outside], lang: Lang) -> String {
    let Outcome::NeedsData(lacked) = ended else { return outcome(ended, lang) };
    if beyond.is_empty() {
        return outcome(ended, lang);
    }
    let (partly, wholly): (Vec<&Outside>, Vec<&Outside>) =
        beyond.iter().partition(|one| !one.withheld.is_empty());
    let fields = partly.iter().map(|one| {
        format!("{} ({})", one.category.name(lang), names::fields(one.category, &one.withheld, lang))
    });
    let fields = fields.collect::<Vec<String>>().join(", ");
    let named = wholly.iter().map(|one| {
        let name = one.category.name(lang);
        let days = one.scope.as_ref().map(|scope| scope.period).filter(|days| *days != Period::ALL);
        days.map_or_else(|| name.to_owned(), |days| format!("{name} ({})", period(&days, lang)))
    });
    let named = named.collect::<Vec<String>>().join(", ");
    let wholly = (!named.is_empty()).then(|| Platform::NeedsBeyond { categories: &named }.to(lang));
    let partly = (!fields.is_empty()).then(|| Platform::NeedsFields { fields: &fields }.to(lang));
    let there = wholly.into_iter().chain(partly).collect::<Vec<String>>().join(" ");
    let is_there = |category: &Category| beyond.iter().any(|one| one.category == *category);
    let absent: Vec<Category> = lacked.iter().copied().filter(|category| !is_there(category)).collect();
    if absent.is_empty() {
        return there;
    }
    format!("{} {there}", outcome(&Outcome::NeedsData(absent), lang))
}

/// The first reasons for rejections, at most [`REASONS`]; of an archive, one for each of its first files.
fn all_rejected(report: &ImportReport, lang: Lang) -> String {
    let within = |file: &FileReport| {
        let own = file.file.strip_prefix(report.file.as_str())?.strip_prefix('/')?;
        let first = file.problems.first()?;
        let why = match first.extent {
            Extent::File { ordinal: 0, .. } => reason(&first.reason, lang),
            _ => crate::intake::rejected(first, file.counts, lang),
        };
        Some(labelled(own, &why, lang))
    };
    let mut files: Vec<String> = report.files.iter().filter_map(within).collect();
    if !files.is_empty() {
        // The last one may count those that are not named.
        files.drain(FILES.min(files.len() - 1)..files.len() - 1);
        return Platform::NothingInFiles {
            file: &report.file,
            reasons: &files.join(lang.of("\u{A0}; ", "; ")),
        }
        .to(lang);
    }
    let reasons = report.files.iter().flat_map(|file| {
        file.problems.iter().map(move |one| crate::intake::rejected(one, file.counts, lang))
    });
    let reasons: Vec<String> = reasons.take(REASONS).collect();
    let reasons = names::series(&reasons, lang);
    Platform::AllRejected { rejected: report.rejected(), file: &report.file, reasons: &reasons }.to(lang)
}

fn not_granted(app: &str, missing: &[Category], why: Option<&NotLive>, lang: Lang) -> String {
    let why = &why.map_or_else(|| Platform::NotGrantedRefused.to(lang), |why| absence(why, lang));
    if missing.is_empty() {
        return Platform::NotGranted { app, why }.to(lang);
    }
    Platform::NotGrantedMissing { app, missing: &names::categories(missing, lang), why }.to(lang)
}

/// A requested grant that does not fit the app.
pub fn grant_error(error: &GrantError, lang: Lang) -> String {
    match error {
        GrantError::NotAsked { app, category, asked } => {
            let category = category.name(lang);
            if asked.is_empty() {
                return Platform::GrantAsksNothing { app, category }.to(lang);
            }
            Platform::GrantNotAsked { app, category, asked: &names::typed_categories(asked, lang) }.to(lang)
        }
        GrantError::UnknownPurpose => Platform::GrantUnknownPurpose.to(lang),
        GrantError::NotGiven { app, category } => {
            Platform::GrantNotGiven { app, category: category.name(lang) }.to(lang)
        }
        GrantError::NothingNarrower { app } => Platform::GrantNothingNarrower { app }.to(lang),
        GrantError::Twice(category) => Platform::GrantTwice { category: category.name(lang) }.to(lang),
        GrantError::NoSuchRow { category, id } => {
            Platform::GrantNoSuchRow { category: category.name(lang), id: &id.to_string() }.to(lang)
        }
        GrantError::NoSuchHolder { category, name, known } => {
            let (category, known) = (category.name(lang), &known.join(", "));
            Platform::GrantNoSuchHolder { category, name, known }.to(lang)
        }
        GrantError::Granularity { category, grain: refused } => {
            let (category, refused, offered) =
                (category.name(lang), grain(*refused, lang), typed_grains(*category, lang));
            Platform::GrantGranularity { category, refused: &refused, offered: &offered }.to(lang)
        }
        GrantError::FieldsNotAsked { category, asked } => {
            let asked = names::typed_fields(*category, asked, lang);
            Platform::GrantFieldsNotAsked { category: category.name(lang), asked: &asked }.to(lang)
        }
        GrantError::NoSuchField { category, name } => {
            let known = FieldSet::all(*category).names(*category);
            let known = names::typed_fields(*category, &known, lang);
            Platform::GrantNoSuchField { category: category.name(lang), name, known: &known }.to(lang)
        }
        GrantError::GivesNothing(category) => {
            Platform::GrantGivesNothing { category: category.name(lang) }.to(lang)
        }
        GrantError::EndsTooLate => Platform::GrantEndsTooLate { last: &last_day(END, lang) }.to(lang),
        GrantError::NoWholeMonth { period: within } => {
            Platform::GrantNoWholeMonth { period: &period(within, lang) }.to(lang)
        }
        GrantError::RunningField { category, field } => {
            let field = names::field(*category, field, lang);
            Platform::GrantRunningField { category: category.name(lang), field }.to(lang)
        }
    }
}

fn replay_error(error: &ReplayError, lang: Lang) -> String {
    match error {
        ReplayError::NotGranted(Some(why)) => absence(why, lang),
        ReplayError::NotGranted(None) => Platform::ReplayNoGrant.to(lang),
        ReplayError::Stopped => Platform::ReplayStopped.to(lang),
        ReplayError::Narrower => Platform::ReplayNarrower.to(lang),
        ReplayError::Parameters(_) => Platform::ReplayParameters.to(lang),
    }
}

/// Why a token or code cannot be created.
pub fn token_error(error: &TokenError, lang: Lang) -> String {
    match error {
        TokenError::NoName => Platform::TokenNoName,
        TokenError::Days { days, most } => {
            Platform::TokenDays { days: u64::from(*days), most: u64::from(*most) }
        }
        TokenError::NoPeople => Platform::TokenNoPeople,
        TokenError::NoDeveloper => Platform::TokenNoDeveloper,
        TokenError::TooMany { most } => Platform::TokenTooMany { most: *most as u64 },
        TokenError::TooManyCodes { most, minutes } => {
            Platform::TokenTooManyCodes { minutes: minutes.unsigned_abs(), most: *most as u64 }
        }
    }
    .to(lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{En, Fr};
    use mesinfos_model::{CategoryScope, Digest, Grain};
    use mesinfos_store::StoreError;
    use std::io::{self, ErrorKind};

    #[test]
    fn a_full_disk_says_what_is_not_lost() {
        let full = PlatformError::Store(StoreError::Io(io::Error::from(ErrorKind::StorageFull)));
        let said = error(&full, Fr);
        assert!(
            said.contains("il n’y a plus de place sur le disque. Ce qui était enregistré l’est toujours"),
            "{said}"
        );
    }

    #[test]
    fn an_app_without_a_grant_says_what_it_lacks_and_why() {
        let refused = |missing: &[Category], why: Option<NotLive>| PlatformError::NotGranted {
            app: "budget".to_owned(),
            person: "camille".to_owned(),
            missing: missing.to_vec(),
            why: why.map(Box::new),
        };
        assert_eq!(
            error(&refused(&[Category::Bank], Some(NotLive::NeverAsked)), Fr),
            "L’application «\u{A0}budget\u{A0}» n’a pas été lancée\u{A0}: il lui faut des données qu’elle n’a pas le droit de lire \
             (opérations bancaires). On ne vous a pas encore demandé si cette application peut lire vos données."
        );
        let without = error(&refused(&[], None), En);
        assert!(
            without.ends_with("was not started. You refused it, and the app cannot do without it."),
            "{without}"
        );
    }

    #[test]
    fn a_grant_that_does_not_fit_says_what_would() {
        let bad = |fault| error(&PlatformError::BadGrant(fault), Fr);
        let app = || "budget".to_owned();
        let category = Category::Energy;
        let not_asked = GrantError::NotAsked { app: app(), category, asked: vec![Category::Bank] };
        assert!(bad(not_asked).ends_with("Elle demande\u{A0}: bank (opérations bancaires)."));
        assert!(
            bad(GrantError::NotAsked { app: app(), category, asked: Vec::new() })
                .ends_with("elle ne demande rien.")
        );
        let category = Category::Bank;
        let grain = bad(GrantError::Granularity { category, grain: Grain::Monthly });
        assert!(grain.ends_with("Au choix\u{A0}: raw (exact), rounded (arrondi)."), "{grain}");
        let field = bad(GrantError::NoSuchField { category, name: "iban".to_owned() });
        assert!(field.contains("amount (montant), "), "{field}");
        let asked = bad(GrantError::FieldsNotAsked { category, asked: vec!["label"] });
        assert!(asked.ends_with("que\u{A0}: label (libellé)."), "{asked}");
        assert!(
            bad(GrantError::EndsTooLate).contains("31\u{A0}décembre 9999"),
            "{}",
            bad(GrantError::EndsTooLate)
        );
        let period = Period::parse("2011-03-05").unwrap();
        assert!(bad(GrantError::NoWholeMonth { period }).contains("(5\u{A0}mars 2011)"));
    }

    #[test]
    fn what_is_there_and_not_given_is_told_from_what_is_not_there() {
        let period = Period::parse("2026").unwrap();
        let scope = Some(CategoryScope { period, ..CategoryScope::all(Category::Bank) });
        let beyond = Outside { category: Category::Bank, scope, days: None, withheld: Vec::new() };
        let ended = |lacked: &[Category]| PlatformError::Ended {
            outcome: Outcome::NeedsData(lacked.to_vec()),
            log: String::new(),
            beyond: [beyond.clone()].into(),
        };
        let there = "This is in the vault but not covered by your grant: bank transactions (2026). You do not have to give it.";
        assert_eq!(error(&ended(&[Category::Bank]), En), there);
        let partly = PlatformError::Ended {
            outcome: Outcome::NeedsData(vec![Category::Bank]),
            log: String::new(),
            beyond: [Outside { withheld: vec!["label", "booked-on"], ..beyond.clone() }].into(),
        };
        assert_eq!(
            error(&partly, En),
            "Your grant withholds fields that this app asks for: bank transactions (label, booking date). You do not have to give them."
        );
        let both = error(&ended(&[Category::Bank, Category::Energy]), En);
        assert!(both.ends_with(there) && both.contains("is missing: energy readings."), "{both}");
    }

    #[test]
    fn another_component_is_named_where_one_was_named() {
        let other = |shown| PlatformError::OtherComponent {
            app: "budget".to_owned(),
            installed: Digest([0; 32]),
            shown,
        };
        assert!(error(&other(Some("abc".to_owned())), En).contains("names \"abc\""));
        assert!(error(&other(None), En).contains("names none"));
    }
}
