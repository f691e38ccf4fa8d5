//! Next steps after an error, as commands to type. Libraries only describe errors; this module alone knows
//! the command line.

use crate::failure::Failure;
use mesinfos_model::Category;
use mesinfos_model::view::Lang;
use mesinfos_platform::consent::{ConsentError, NotLive, TermsError};
use mesinfos_platform::intake::IntakeError;
use mesinfos_platform::runtime::{ManifestError, Problem};
use mesinfos_platform::{Advice, GrantError, PlatformError, StoreError, TokenError, VaultError};
use mesinfos_words::cli::Cli;
use std::path::Path;

/// JSON form of a failure, with the next step.
pub(crate) fn problem(failure: &Failure) -> mesinfos_wire::Problem {
    let other = || mesinfos_wire::Problem::other(String::new());
    failure
        .platform()
        .map_or_else(other, From::from)
        .with_detail(failure.words(Lang::En))
        .with_hint(of(failure, Lang::En))
}

/// Next step for a failure, one line per combined failure. `None` if the error message is enough.
pub(crate) fn of(failure: &Failure, lang: Lang) -> Option<String> {
    if let many @ [_, _, ..] = failure.each() {
        let hints: Vec<String> = many.iter().filter_map(|failure| of(failure, lang)).collect();
        return (!hints.is_empty()).then(|| hints.join("\n"));
    }
    let said = failure.said_hint(lang).map(str::to_owned);
    said.or_else(|| failure.platform().and_then(|error| of_platform(error, lang)))
}

fn of_platform(error: &PlatformError, lang: Lang) -> Option<String> {
    let hint = match error {
        PlatformError::OpenToOthers { path, .. } => {
            return Some(Cli::HintChmod { path: &quoted(path) }.to(lang));
        }
        PlatformError::NotGranted { app, person, why: Some(why), .. }
            if matches!(**why, NotLive::Paused(_)) =>
        {
            return Some(Cli::HintResume { app, person: &word(person) }.to(lang));
        }
        PlatformError::NotGranted { app, person, missing, .. } => {
            return Some(Cli::HintGrant { app, person: &word(person), options: &options(missing) }.to(lang));
        }
        PlatformError::NotEmpty { path } => {
            return Some(Cli::HintMoveAway { path: &quoted(path) }.to(lang));
        }
        PlatformError::NoKeys { .. } => Cli::HintPutKeysBack,
        PlatformError::ChunksMissing(_) => Cli::HintDoctor,
        PlatformError::StoreGone { .. } => Cli::HintRestore,
        PlatformError::RestoreUnfinished { path } => {
            return Some(Cli::HintRestoreAgain { path: &quoted(path) }.to(lang));
        }
        PlatformError::Store(StoreError::InUse) => Cli::HintInUse,
        PlatformError::Store(StoreError::Dump(_)) => Cli::HintBackup,
        PlatformError::Vault(VaultError::NoSuchImport { .. }) => Cli::HintImports,
        PlatformError::Vault(VaultError::NoSuchPerson { total: None, .. }) => Cli::HintPeople,
        PlatformError::Consent(ConsentError::NoSuchReceipt(_)) => Cli::HintReceipts,
        PlatformError::Consent(ConsentError::Mismatch(_)) => Cli::HintVerify,
        PlatformError::Intake(IntakeError::Unrecognised { .. }) => Cli::HintFormats,
        PlatformError::BadToken(error) => of_token(error)?,
        PlatformError::NoSuchToken { .. } => Cli::HintTokenList,
        PlatformError::Refused(problems) => of_problems(problems)?,
        PlatformError::OtherPublisher { .. } => Cli::HintNewPublisher,
        PlatformError::OtherComponent { .. } => Cli::HintComponent,
        PlatformError::OtherNotice { .. } => Cli::HintNotice,
        PlatformError::NoSuchApp { installed, .. } if installed.is_empty() => Cli::HintInstall,
        PlatformError::NoGrant { .. } => Cli::HintGrants,
        PlatformError::Consent(ConsentError::Terms(TermsError::NothingGiven)) => Cli::HintNothingGiven,
        PlatformError::BadGrant(error) => of_grant(error)?,
        #[cfg(target_os = "linux")]
        PlatformError::Isolation(_) => Cli::HintIsolation,
        PlatformError::NoRunners => Cli::HintIsolation,
        PlatformError::NoSuchDocument { .. } => Cli::HintDocuments,
        _ => return None,
    };
    Some(hint.to(lang))
}

/// Hint to build the app, for a core module or a component without a manifest.
pub(crate) fn of_problems(problems: &[Problem]) -> Option<Cli<'static>> {
    let can_be_built = |problem: &Problem| {
        matches!(problem, Problem::CoreModule | Problem::Manifest(ManifestError::Missing))
    };
    problems.iter().any(can_be_built).then_some(Cli::HintBuild)
}

fn of_grant(error: &GrantError) -> Option<Cli<'static>> {
    Some(match error {
        GrantError::NothingNarrower { .. } => Cli::HintNarrow,
        GrantError::NotGiven { .. } => Cli::HintGrants,
        GrantError::NoSuchField { category, .. }
        | GrantError::FieldsNotAsked { category, .. }
        | GrantError::Granularity { category, .. } => Cli::HintDictionary { category: category.id() },
        _ => return None,
    })
}

fn of_token(error: &TokenError) -> Option<Cli<'static>> {
    Some(match error {
        TokenError::NoName => Cli::HintTokenName,
        TokenError::NoPeople => Cli::HintTokenPeople,
        TokenError::NoDeveloper => Cli::HintTokenDeveloper,
        TokenError::TooMany { .. } => Cli::HintTokenRevoke,
        TokenError::Days { most, .. } => Cli::HintTokenDays { most: u64::from(*most) },
        TokenError::TooManyCodes { .. } => return None,
    })
}

/// Advice for a finding of `doctor`.
pub(crate) fn of_advice(advice: &Advice, lang: Lang) -> String {
    let words = match advice {
        Advice::KeepOthersOut(path) => return Cli::HintChmod { path: &quoted(path) }.to(lang),
        Advice::MakeRoom(bytes) => {
            return Cli::MendRoom { size: &mesinfos_words::number::binary_size(*bytes, lang) }.to(lang);
        }
        Advice::Remove(path) => return Cli::MendRemove { path: &quoted(path) }.to(lang),
        Advice::MakeOrRestore => Cli::MendMakeOrRestore,
        Advice::Restore => Cli::HintRestore,
        Advice::MakeWritable => Cli::MendWritable,
        Advice::BeTheOwner => Cli::MendBeTheOwner,
        Advice::PutKeysBack => Cli::MendKeys,
        Advice::LookAtTheDisk => Cli::MendDisk,
        Advice::OtherMachine => Cli::MendMachine,
        Advice::AskTheServer => Cli::MendAskTheServer,
        Advice::NewerProgram => Cli::MendProgram,
        Advice::RestoreLastBackup => Cli::MendRestore,
        Advice::RestoreNotByHand => Cli::MendNotByHand,
        Advice::SetTheClock => Cli::MendClock,
        Advice::LetAServerFinish => Cli::MendErasures,
        Advice::VerifyEach => Cli::MendLogs,
        Advice::InstallAgain => Cli::MendApps,
    };
    words.to(lang)
}

fn options(categories: &[Category]) -> String {
    categories.iter().map(|category| format!(" --category {category}")).collect()
}

/// Quotes a word for the shell, unless it is plain.
pub(crate) fn word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if text.bytes().all(is_plain) { text.to_owned() } else { quoted(Path::new(text)) }
}

/// Quotes a path for the shell.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Doing;

    fn hint(error: PlatformError) -> String {
        // The hint must not depend on the context.
        let failure = Err::<(), _>(error).doing(Cli::Opening { path: "x" }).unwrap_err();
        of(&failure, Lang::En).unwrap_or_default()
    }

    #[test]
    fn an_error_says_what_to_type() {
        let refused = PlatformError::NotGranted {
            app: "budget".to_owned(),
            person: "camille".to_owned(),
            missing: vec![Category::Bank, Category::Energy],
            why: None,
        };
        let expected = "mesinfos grant budget --person camille --category bank --category energy";
        assert_eq!(hint(refused), expected);
        let open = PlatformError::OpenToOthers { path: "/a/it's b".into(), mode: 0o755 };
        assert_eq!(hint(open), r"chmod 700 '/a/it'\''s b'");
        assert!(hint(PlatformError::Store(StoreError::InUse)).contains("mesinfos serve"));
        assert!(hint(PlatformError::Refused(vec![Problem::CoreModule])).contains("mesinfos build"));
        let unknown = GrantError::NoSuchField { category: Category::Bank, name: "iban".to_owned() };
        assert!(hint(unknown.into()).contains("mesinfos dictionary bank"));
        assert!(hint(GrantError::NothingNarrower { app: "budget".to_owned() }.into()).contains("--drop"));
        assert!(hint(PlatformError::NoRunners).contains("--isolation in-process"));
        assert_eq!(hint(PlatformError::Busy), "");
    }
}
