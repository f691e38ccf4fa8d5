//! The next step after an error, at the command line. Libraries say what is; what to type is known here alone.

use mesinfos_model::Category;
use mesinfos_platform::consent::ConsentError;
use mesinfos_platform::intake::IntakeError;
use mesinfos_platform::runtime::Problem;
use mesinfos_platform::runtime::manifest::ManifestError;
use mesinfos_platform::{Advice, PlatformError, StoreError, TokenError, VaultError};
use std::path::Path;

/// An error as doors write it, with what was being done and with the next step.
pub(crate) fn problem(error: &anyhow::Error) -> mesinfos_wire::Problem {
    let known = error.downcast_ref::<PlatformError>();
    let other = || mesinfos_wire::Problem::other(String::new());
    known.map_or_else(other, From::from).with_detail(format!("{error:#}")).with_hint(of(error))
}

/// What to do next, as one line; none where the error says all.
fn of(error: &anyhow::Error) -> Option<String> {
    error.downcast_ref::<PlatformError>().and_then(of_platform)
}

fn of_platform(error: &PlatformError) -> Option<String> {
    Some(match error {
        PlatformError::OpenToOthers { path, .. } => format!("To mend it: chmod 700 {}", quoted(path)),
        PlatformError::NotEmpty { path } => {
            format!("If you mean it: mv {0} {0}.old", quoted(path))
        }
        PlatformError::NoKeys { .. } => {
            "Put the folder keys/ of the data folder that was backed up in its place".to_owned()
        }
        PlatformError::Store(StoreError::InUse) => {
            "Is `mesinfos serve` or `mesinfos demo` running on it?".to_owned()
        }
        PlatformError::Vault(VaultError::NoSuchImport { .. }) => {
            "`mesinfos imports` lists those that there are".to_owned()
        }
        PlatformError::Consent(ConsentError::Mismatch(_)) => {
            "`mesinfos audit verify` looks at everything".to_owned()
        }
        PlatformError::Intake(IntakeError::Unrecognised { .. }) => {
            "`mesinfos formats` lists what is known, and with --document any file is kept as it is".to_owned()
        }
        PlatformError::BadToken(error) => return of_token(error),
        PlatformError::NoSuchToken { .. } => "`mesinfos token list` shows them".to_owned(),
        PlatformError::Refused(problems) => return of_problems(problems),
        PlatformError::OtherPublisher { .. } => {
            "If you know that the publisher changed, say so: --new-publisher".to_owned()
        }
        PlatformError::OtherComponent { .. } => {
            "`mesinfos apps` shows the component that is installed; --component names another".to_owned()
        }
        PlatformError::NoSuchApp { installed, .. } if installed.is_empty() => {
            "`mesinfos install APP.wasm` installs one".to_owned()
        }
        PlatformError::NotGranted { app, person, missing, .. } => {
            format!("To grant: mesinfos grant {app} --person {person}{}", options(missing))
        }
        #[cfg(target_os = "linux")]
        PlatformError::Isolation(_) => WITHOUT.to_owned(),
        PlatformError::NoRunners => WITHOUT.to_owned(),
        PlatformError::NoSuchDocument { .. } => "`mesinfos documents` lists those that are kept".to_owned(),
        _ => return None,
    })
}

const WITHOUT: &str = "--isolation in-process does without runner processes";

/// What makes an app of what is none yet.
pub(crate) fn of_problems(problems: &[Problem]) -> Option<String> {
    let can_be_built = |problem: &Problem| {
        matches!(problem, Problem::CoreModule | Problem::Manifest(ManifestError::Missing))
    };
    let hint = "`mesinfos build` makes a component, with mesinfos.toml in it";
    problems.iter().any(can_be_built).then(|| hint.to_owned())
}

fn of_token(error: &TokenError) -> Option<String> {
    Some(match error {
        TokenError::NoName => "Give it one with --name \"EDF\"".to_owned(),
        TokenError::NoPeople => "Name each of them with --person NAME".to_owned(),
        TokenError::TooMany { .. } => {
            "`mesinfos token list` shows them, and `mesinfos token revoke` takes one back".to_owned()
        }
        TokenError::Days { most, .. } => format!("Write it as --expires 30d, and at most {most}d"),
        TokenError::TooManyCodes { .. } => return None,
    })
}

/// What to do about what the doctor found.
pub(crate) fn of_advice(advice: &Advice) -> String {
    let words = match advice {
        Advice::MakeOrRestore => "mesinfos import makes one; mesinfos restore puts one back",
        Advice::KeepOthersOut(path) => return format!("chmod 700 {}", quoted(path)),
        Advice::BeTheOwner => "run this as the owner of the folder",
        Advice::PutKeysBack => "put the folder keys/ back as it was; without it what is in the store is lost",
        Advice::LookAtTheDisk => "look at the disk: df shows what is free",
        Advice::MakeRoom(least) => return format!("make room: {least} MiB at least"),
        Advice::OtherMachine => {
            "use a Linux with Landlock, seccomp and user namespaces, outside a container that forbids them"
        }
        Advice::AskTheServer => {
            "a server has it: ask that one at /readyz, or stop it to have everything looked at"
        }
        Advice::NewerProgram => "use the version of mesinfos that wrote it, or a later one",
        Advice::RestoreLastBackup => {
            "keep a copy of the folder, and put the last backup back: mesinfos restore"
        }
        Advice::RestoreNotByHand => "put a backup back with mesinfos restore, and not by hand",
        Advice::SetTheClock => "set the clock, and keep it with NTP",
        Advice::LetAServerFinish => {
            "mesinfos serve finishes them when it starts; if it does not, its log says why"
        }
        Advice::VerifyEach => "mesinfos audit verify --person NAME says where; stop apps for them",
    };
    words.to_owned()
}

fn options(categories: &[Category]) -> String {
    categories.iter().map(|category| format!(" --category {category}")).collect()
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;

    fn hint(error: PlatformError) -> String {
        // Whatever was being done when it happened.
        of(&Err::<(), _>(error).context("opening").unwrap_err()).unwrap_or_default()
    }

    #[test]
    fn an_error_says_what_to_type() {
        let refused = PlatformError::NotGranted {
            app: "budget".to_owned(),
            person: "camille".to_owned(),
            missing: vec![Category::Bank, Category::Energy],
            why: String::new(),
        };
        let expected = "To grant: mesinfos grant budget --person camille --category bank --category energy";
        assert_eq!(hint(refused), expected);
        let open = PlatformError::OpenToOthers { path: "/a/it's b".into(), mode: 0o755 };
        assert_eq!(hint(open), r"To mend it: chmod 700 '/a/it'\''s b'");
        assert!(hint(PlatformError::Store(StoreError::InUse)).contains("mesinfos serve"));
        assert!(hint(PlatformError::Refused(vec![Problem::CoreModule])).contains("mesinfos build"));
        assert!(hint(PlatformError::NoRunners).contains("--isolation in-process"));
        assert_eq!(hint(PlatformError::Busy), "");
    }
}
