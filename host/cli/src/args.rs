//! The command line.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Your personal data, and apps that compute over it without keeping any.
#[derive(Debug, Parser)]
#[command(name = "mesinfos", version, propagate_version = true)]
pub(crate) struct Args {
    /// Print results as JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// The data folder [default: mesinfos in your data directory].
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Language of views: fr or en [default: from LANG, else fr].
    #[arg(long, global = true, value_name = "LANG")]
    pub(crate) lang: Option<String>,
    /// Where apps run and files are read: process (each in a process of its own that can only compute; Linux) or
    /// in-process [default: process where it is to be had].
    #[arg(long, global = true, value_name = "WHERE")]
    pub(crate) isolation: Option<IsolationArg>,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// Where apps run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum IsolationArg {
    InProcess,
    Process,
}

/// What a person lets an app see of some categories.
#[derive(Debug, clap::Args)]
pub(crate) struct GrantArgs {
    /// The app's id.
    pub(crate) app: String,
    /// The person's name.
    #[arg(long)]
    pub(crate) person: String,
    /// A category to give, as bank or energy. Repeat it for several [default: all that the app asks
    /// for]. The options below hold for all categories named.
    #[arg(long = "category", value_name = "CATEGORY", value_delimiter = ',')]
    pub(crate) categories: Vec<String>,
    /// Only these days: 2011, 2011-03, 2011-03-05, 2011-03..2011-06, 2011..
    #[arg(long)]
    pub(crate) period: Option<String>,
    /// With --period: also rows that have no date, such as contacts or allergies.
    #[arg(long, requires = "period")]
    pub(crate) undated: bool,
    /// No finer than: raw (exact), rounded, hourly, daily or monthly; `mesinfos dictionary` says which
    /// a category has.
    #[arg(long, alias = "grain")]
    pub(crate) granularity: Option<String>,
    /// Only these fields; fields that are given only by name have to be here.
    #[arg(long, value_delimiter = ',')]
    pub(crate) fields: Option<Vec<String>>,
    /// Only rows of these holders.
    #[arg(long, value_delimiter = ',')]
    pub(crate) holders: Option<Vec<String>>,
    /// Without these rows, by their ids, as 3.0.17; `mesinfos rows` shows them.
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    pub(crate) without: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Makes sample people, imports their files, grants, runs every app, and keeps serving.
    Demo {
        /// Folder with the built apps (*.wasm).
        #[arg(long, value_name = "DIR")]
        apps: PathBuf,
        /// Other people than the sample people: a folder with a folder of files for each person.
        #[arg(long, value_name = "DIR")]
        samples: Option<PathBuf>,
        /// Print the views and exit.
        #[arg(long)]
        once: bool,
        /// Port of the server.
        #[arg(long, default_value_t = 7380)]
        port: u16,
    },
    /// Makes a folder of what every app shows every sample person, in French and English (or --lang).
    Gallery {
        /// Names of sample people [default: all].
        #[arg(value_name = "NAME", conflicts_with = "samples")]
        names: Vec<String>,
        /// Folder with the built apps (*.wasm).
        #[arg(long, value_name = "DIR")]
        apps: PathBuf,
        /// Where to put it.
        #[arg(long, value_name = "DIR", default_value = "gallery")]
        out: PathBuf,
        /// Other people than the sample people: a folder with a folder of files for each person.
        #[arg(long, value_name = "DIR")]
        samples: Option<PathBuf>,
        /// The day that the apps are told [default: that of the sample people, else today].
        #[arg(long, value_name = "DATE")]
        today: Option<String>,
    },
    /// Serves the HTTP API and the pages on this machine.
    Serve {
        /// Port.
        #[arg(long, default_value_t = 7380)]
        port: u16,
        /// A name under which the server is asked, beside 127.0.0.1 and localhost: that of what stands before it.
        /// Repeat it for several.
        #[arg(long = "host-name", value_name = "NAME")]
        host_names: Vec<String>,
        /// What the server writes to stderr of what it does, without anybody's data: off, text or json
        /// [default: from MESINFOS_LOG, else text].
        #[arg(long, value_name = "FORM")]
        log: Option<LogArg>,
    },
    /// Prints an address that opens the pages of the running server, once.
    Open,
    /// Makes, lists and revokes tokens for the HTTP API.
    Token {
        #[command(subcommand)]
        act: TokenVerb,
    },
    /// Imports holders' files into a person's vault.
    Import {
        /// The person's name; the vault is made if it is not there.
        #[arg(long, required_unless_present = "dry_run")]
        person: Option<String>,
        /// Files, or archives (ZIP) of files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Keep the files as documents, whatever they are: sealed in the vault, as they came.
        #[arg(long)]
        document: bool,
        /// Write nothing: say what would come in, and what would be rejected and why.
        #[arg(long)]
        dry_run: bool,
        /// Write the rows that were rejected, with their reasons, to this CSV file.
        #[arg(long, value_name = "CSV")]
        rejects: Option<PathBuf>,
    },
    /// Lists a person's imports.
    Imports {
        /// The person's name.
        #[arg(long)]
        person: String,
    },
    /// Shows a person's rows of a category, each with the file and the place in it that it came from.
    Rows {
        /// The category.
        category: String,
        /// The person's name.
        #[arg(long)]
        person: String,
        /// Only these days: 2011, 2011-03, 2011-03-05, 2011-03..2011-06, 2011..
        #[arg(long)]
        period: Option<String>,
        /// At most so many rows.
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Lists the documents that are kept of a person, or gets one back as it came.
    Documents {
        /// The document's id.
        #[arg(requires = "output")]
        id: Option<String>,
        /// The person's name.
        #[arg(long)]
        person: String,
        /// Where to put it.
        #[arg(long, short, value_name = "FILE", requires = "id")]
        output: Option<PathBuf>,
    },
    /// Takes an import back, whole.
    Undo {
        /// The number of the import: `mesinfos imports` lists them.
        import: u64,
        /// The person's name.
        #[arg(long)]
        person: String,
    },
    /// Says what an app asks for, and why it would be refused.
    Check {
        /// The component.
        #[arg(value_name = "APP.wasm")]
        app: PathBuf,
    },
    /// Builds an app from its folder (Cargo.toml, mesinfos.toml, src/) to a component.
    Build {
        /// The app's folder.
        #[arg(value_name = "APP_DIR")]
        folder: PathBuf,
        /// Build nothing: take the component that another toolchain made of the folder, and add its
        /// mesinfos.toml.
        #[arg(long, value_name = "FILE", requires = "output")]
        component: Option<PathBuf>,
        /// Where to put it [default: apps/ID.wasm in the target directory].
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Installs an app, or a new version of it.
    Install {
        /// The component.
        #[arg(value_name = "APP.wasm")]
        app: PathBuf,
        /// Let it take the place of an app of the same id that another publisher made.
        #[arg(long)]
        new_publisher: bool,
    },
    /// Lists what is installed.
    Apps,
    /// Lists the people, or what is in one person's vault.
    People {
        /// The person's name.
        #[arg(long)]
        person: Option<String>,
    },
    /// Lets an app see categories of a person's data.
    Grant {
        #[command(flatten)]
        grant: GrantArgs,
        /// The last day of the grant, as 2027-01-31 [default: until it is withdrawn].
        #[arg(long, value_name = "DATE")]
        until: Option<String>,
        /// Only if this component of the app is installed: its SHA-256, as `mesinfos check` and `mesinfos apps`
        /// show it [default: the installed one, which is shown].
        #[arg(long, value_name = "SHA256")]
        component: Option<String>,
    },
    /// Lets an app see less than it was given.
    Narrow {
        #[command(flatten)]
        grant: GrantArgs,
    },
    /// Lists a person's grants.
    Grants {
        /// The person's name.
        #[arg(long)]
        person: String,
    },
    /// Switches an app off for a person; its grant stays.
    Pause {
        /// The app's id.
        app: String,
        /// The person's name.
        #[arg(long)]
        person: String,
    },
    /// Switches a paused app on again.
    Resume {
        /// The app's id.
        app: String,
        /// The person's name.
        #[arg(long)]
        person: String,
    },
    /// Withdraws what an app was given.
    Revoke {
        /// The app's id.
        app: String,
        /// The person's name.
        #[arg(long)]
        person: String,
    },
    /// Runs an app for a person and prints its view.
    Run {
        /// The app's id.
        app: String,
        /// The person's name.
        #[arg(long)]
        person: String,
        /// Sets a parameter: --param id=value. Repeat it for several.
        #[arg(long = "param", value_name = "ID=VALUE")]
        params: Vec<String>,
        /// The day that the app is told [default: today].
        #[arg(long, value_name = "DATE")]
        today: Option<String>,
    },
    /// Lists the receipts of a person's runs.
    Receipts {
        /// The person's name.
        #[arg(long)]
        person: String,
    },
    /// Runs an app again from a receipt, and says whether everything came out the same.
    Replay {
        /// The receipt's id.
        receipt: String,
        /// The person's name.
        #[arg(long)]
        person: String,
    },
    /// Shows a person's audit log.
    Audit {
        #[command(subcommand)]
        act: Option<AuditVerb>,
        /// The person's name.
        #[arg(long, global = true)]
        person: Option<String>,
    },
    /// Erases a person: destroys the keys, so that no copy can be read, and deletes everything.
    Erase {
        /// The person's name.
        #[arg(long)]
        person: String,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
    /// Writes the whole store to a file, sealed as it stands and without the keys. No server may be running.
    Backup {
        /// The file, which is made.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Puts a backup back into a data folder that has its keys and no store, and says whose vaults open.
    Restore {
        /// The file.
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    /// Looks at the data folder, its keys, the disk and this machine, and says what is wrong and what to do.
    Doctor {
        /// Also open every vault and verify every audit log, which reads all of them.
        #[arg(long)]
        deep: bool,
    },
    /// Lists sample people, writes their holders' files, or imports them.
    Personas {
        /// Only these people [default: all].
        #[arg(value_name = "NAME")]
        names: Vec<String>,
        /// Write each person's files to a folder of her name in this one.
        #[arg(long, value_name = "DIR", conflicts_with = "import")]
        out: Option<PathBuf>,
        /// Import each person's files into a vault of her name.
        #[arg(long)]
        import: bool,
        /// Another number gives other days to the same people.
        #[arg(long, value_name = "N", default_value_t = mesinfos_personas::SEED)]
        seed: u64,
        /// Write the files of so many people with one year of bank, energy and telephone instead.
        #[arg(long, value_name = "N", requires = "out", conflicts_with = "names")]
        people: Option<u64>,
    },
    /// Lists the formats that can be imported, with their categories, origin and specification.
    Formats,
    /// Says what each category of data holds, field by field.
    Dictionary {
        /// Only this category.
        category: Option<String>,
    },
    /// The fork server of --isolation process: started by mesinfos itself.
    #[command(hide = true)]
    Runner,
}

impl Verb {
    /// Whether the files that it writes hold personal data: apps, sample people and galleries do not.
    pub(crate) fn has_personal_files(&self) -> bool {
        !matches!(
            self,
            Verb::Build { .. }
                | Verb::Check { .. }
                | Verb::Gallery { .. }
                | Verb::Personas { out: Some(_), .. }
                | Verb::Runner
        )
    }

    /// Whether it compiles or runs apps.
    pub(crate) fn is_walled(&self) -> bool {
        matches!(
            self,
            Verb::Demo { .. }
                | Verb::Gallery { .. }
                | Verb::Import { .. }
                | Verb::Install { .. }
                | Verb::Replay { .. }
                | Verb::Run { .. }
                | Verb::Serve { .. }
        )
    }
}

/// In which form a server tells what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum LogArg {
    Off,
    Text,
    Json,
}

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ScopeArg {
    /// Send files for the people who are named, and nothing else.
    Deposit,
    /// Everything that the API offers, for everybody.
    All,
    /// Read the figures of the server (/metrics), and nothing else.
    Metrics,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenVerb {
    /// Makes a token, and shows it once.
    Create {
        /// What it is good for.
        #[arg(long)]
        scope: ScopeArg,
        /// For whom it deposits. Repeat it for several.
        #[arg(long = "person", value_name = "NAME")]
        people: Vec<String>,
        /// Let its first file make the vault of a person who has none yet.
        #[arg(long)]
        new: bool,
        /// For how many days it is good.
        #[arg(long, value_name = "DAYS", default_value = "30d")]
        expires: String,
        /// Who gets it, as "EDF".
        #[arg(long)]
        name: String,
    },
    /// Lists the tokens: who has them, for what and until when.
    List,
    /// Takes a token back, at once.
    Revoke {
        /// Its id: `mesinfos token list` shows it.
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditVerb {
    /// Walks the whole log, holds grants, receipts and rows against it, and says whether anything was
    /// changed, left out or put back to an older state.
    Verify {
        /// A head of the log that you kept: `mesinfos audit` prints it last, and a receipt has one. Says
        /// whether the log still contains it.
        #[arg(long, value_name = "HASH")]
        head: Option<String>,
    },
}
