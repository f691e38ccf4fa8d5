//! The verbs of the command, one file each: arguments and implementation.
//!
//! Help texts of verbs and arguments are in `host/words/messages/{fr,en}/help.ftl`, by name.

mod apps;
mod audit;
mod backup;
mod build;
mod check;
mod completions;
mod demo;
mod dev;
mod dictionary;
mod doctor;
mod documents;
mod erase;
mod event;
mod formats;
mod gallery;
mod grant;
mod grants;
mod import;
mod imports;
mod install;
mod keys;
mod log;
mod man;
mod map;
mod narrow;
mod new;
mod notice;
mod open;
mod pause;
mod people;
mod personas;
mod preview;
mod publish;
mod receipts;
mod replay;
mod restore;
mod resume;
mod review;
mod revoke;
mod rows;
mod run;
mod serve;
mod store;
mod test;
mod token;
mod undo;
mod uninstall;

use crate::failure::Result;
use crate::session::Session;
use std::process::ExitCode;

/// A verb. The implementing type holds its arguments.
trait Act: clap::Args {
    /// Whether it compiles or runs apps, or reads files of others. These run in separate processes where
    /// isolation is supported.
    const IS_WALLED: bool = false;

    /// Whether it works on a store outside the data folder, if the command line names one.
    const TAKES_STORE: bool = true;

    /// Whether it writes files with personal data, which must be private to their owner.
    fn has_personal_files(&self) -> bool {
        true
    }

    /// Whether it creates a missing data folder. The other verbs check for the folder: a misspelt name must
    /// not create one.
    fn makes_folder(&self) -> bool {
        false
    }

    /// Runs the verb and prints the result.
    fn run(self, session: &Session) -> Result<ExitCode>;
}

macro_rules! verbs {
    ($($verb:ident in $module:ident,)*) => {
        /// Verbs of the command.
        #[derive(Debug, clap::Subcommand)]
        pub(crate) enum Verb {
            $($verb($module::Args),)*
            /// The fork server of `--isolation process`, started by mesinfos itself.
            #[command(hide = true)]
            Runner,
            /// Becomes another program, confined. Started by mesinfos itself.
            #[command(hide = true)]
            Recogniser {
                /// The program and its arguments.
                #[arg(value_name = "APP", trailing_var_arg = true, allow_hyphen_values = true, required = true)]
                command: Vec<std::ffi::OsString>,
            },
        }

        impl Verb {
            /// As [`Act::IS_WALLED`].
            pub(crate) fn is_walled(&self) -> bool {
                match self {
                    $(Verb::$verb(_) => <$module::Args as Act>::IS_WALLED,)*
                    Verb::Runner | Verb::Recogniser { .. } => false,
                }
            }

            /// As [`Act::TAKES_STORE`].
            pub(crate) fn takes_store(&self) -> bool {
                match self {
                    $(Verb::$verb(_) => <$module::Args as Act>::TAKES_STORE,)*
                    Verb::Runner | Verb::Recogniser { .. } => false,
                }
            }

            /// As [`Act::has_personal_files`].
            pub(crate) fn has_personal_files(&self) -> bool {
                match self {
                    $(Verb::$verb(args) => args.has_personal_files(),)*
                    Verb::Runner | Verb::Recogniser { .. } => false,
                }
            }

            /// As [`Act::makes_folder`].
            pub(crate) fn makes_folder(&self) -> bool {
                match self {
                    $(Verb::$verb(args) => args.makes_folder(),)*
                    Verb::Runner | Verb::Recogniser { .. } => false,
                }
            }

            /// As [`Act::run`].
            pub(crate) fn run(self, session: &Session) -> Result<ExitCode> {
                match self {
                    $(Verb::$verb(args) => args.run(session),)*
                    Verb::Runner => Ok(mesinfos_platform::serve_runners().map(|()| ExitCode::SUCCESS)?),
                    Verb::Recogniser { command } => {
                        Ok(mesinfos_platform::become_recogniser(&command).map(|()| ExitCode::SUCCESS)?)
                    }
                }
            }
        }
    };
}

// In help order.
verbs! {
    Demo in demo,
    Gallery in gallery,
    Serve in serve,
    Event in event,
    Open in open,
    Token in token,
    Import in import,
    Map in map,
    Imports in imports,
    Rows in rows,
    Documents in documents,
    Undo in undo,
    New in new,
    Dev in dev,
    Test in test,
    Check in check,
    Preview in preview,
    Build in build,
    Keys in keys,
    Publish in publish,
    Review in review,
    Install in install,
    Uninstall in uninstall,
    Apps in apps,
    Log in log,
    People in people,
    Notice in notice,
    Grant in grant,
    Narrow in narrow,
    Grants in grants,
    Pause in pause,
    Resume in resume,
    Revoke in revoke,
    Run in run,
    Receipts in receipts,
    Replay in replay,
    Audit in audit,
    Erase in erase,
    Backup in backup,
    Restore in restore,
    Store in store,
    Doctor in doctor,
    Personas in personas,
    Formats in formats,
    Dictionary in dictionary,
    Completions in completions,
    Man in man,
}
