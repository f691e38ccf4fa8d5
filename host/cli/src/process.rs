//! Protection of this process's memory, which holds keys and rows.

use crate::language::lang;
use crate::terminal::say;
use mesinfos_words::cli::Cli;

/// Protects the memory of this process: no core dump, whatever limit the parent set, and on Linux no
/// debugger except the administrator's.
pub(crate) fn keep_to_itself() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        // Lowering a limit is always allowed.
        let refused = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
        #[cfg(target_os = "linux")]
        let refused = {
            use rustix::process::{DumpableBehavior, set_dumpable_behavior};
            refused.and(set_dumpable_behavior(DumpableBehavior::NotDumpable))
        };
        if let Err(error) = refused {
            say::remark!(
                "{}",
                Cli::CoreDumps { why: &mesinfos_words::system::system(&error.into(), lang()) }.to(lang())
            );
        }
    }
}

/// Makes new files of this process private to its owner.
pub(crate) fn make_private_files() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// Panics report their location only: the message may quote data that was being read.
pub(crate) fn panic_without_data() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map_or_else(|| "?".to_owned(), ToString::to_string);
        say::remark!("{}", Cli::Fault { at: &at }.to(lang()));
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    #[ignore = "panics, for the test below"]
    fn panics() {
        panic_without_data();
        let row = "LOYER Mme Canari";
        panic!("what was read: {row}");
    }

    #[test]
    fn a_panic_says_where_and_nothing_of_the_data() {
        let panicked = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "process::tests::panics", "--ignored", "--nocapture"])
            .output()
            .unwrap();
        let said = [panicked.stdout, panicked.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert!(!panicked.status.success() && said.contains("process.rs:"), "{said}");
        assert!(!said.contains("Canari"), "{said}");
    }
}
