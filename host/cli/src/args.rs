//! The command line. Its help is in `host/words/messages/{fr,en}/help.ftl`, where `usage.rs` finds it by the names of verbs
//! and of arguments.

use clap::{Parser, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Parser)]
#[command(name = "mesinfos", version, propagate_version = true)]
pub(crate) struct Args {
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "LANG")]
    pub(crate) lang: Option<String>,
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
    pub(crate) app: String,
    #[arg(long)]
    pub(crate) person: String,
    #[arg(long = "category", value_name = "CATEGORY", value_delimiter = ',')]
    pub(crate) categories: Vec<String>,
    #[arg(long)]
    pub(crate) period: Option<String>,
    #[arg(long, requires = "period")]
    pub(crate) undated: bool,
    #[arg(long, alias = "grain")]
    pub(crate) granularity: Option<String>,
    #[arg(long, value_delimiter = ',')]
    pub(crate) fields: Option<Vec<String>>,
    #[arg(long, value_delimiter = ',')]
    pub(crate) holders: Option<Vec<String>>,
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    pub(crate) without: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    Demo {
        #[arg(long, value_name = "DIR")]
        apps: PathBuf,
        #[arg(long, value_name = "DIR")]
        samples: Option<PathBuf>,
        #[arg(long)]
        once: bool,
        #[arg(long, default_value_t = 7380)]
        port: u16,
    },
    Gallery {
        #[arg(value_name = "NAME", conflicts_with = "samples")]
        names: Vec<String>,
        #[arg(long, value_name = "DIR")]
        apps: PathBuf,
        #[arg(long, value_name = "DIR", default_value = "gallery")]
        out: PathBuf,
        #[arg(long, value_name = "DIR")]
        samples: Option<PathBuf>,
        #[arg(long, value_name = "DATE")]
        today: Option<String>,
    },
    Serve {
        #[arg(long, default_value_t = 7380)]
        port: u16,
        #[arg(long = "host-name", value_name = "NAME")]
        host_names: Vec<String>,
        /// What the server writes to stderr of what it does, without anybody's data: off, text or json
        /// [default: from MESINFOS_LOG, else text].
        #[arg(long, value_name = "FORM")]
        log: Option<LogArg>,
    },
    Open,
    Token {
        #[command(subcommand)]
        act: TokenVerb,
    },
    Import {
        #[arg(long, required_unless_present = "dry_run")]
        person: Option<String>,
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[arg(long)]
        document: bool,
        #[arg(long)]
        dry_run: bool,
        #[arg(long, value_name = "CSV")]
        rejects: Option<PathBuf>,
    },
    Imports {
        #[arg(long)]
        person: String,
    },
    Rows {
        category: String,
        #[arg(long)]
        person: String,
        #[arg(long)]
        period: Option<String>,
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    Documents {
        #[arg(requires = "output")]
        id: Option<String>,
        #[arg(long)]
        person: String,
        #[arg(long, short, value_name = "FILE", requires = "id")]
        output: Option<PathBuf>,
    },
    Undo {
        import: u64,
        #[arg(long)]
        person: String,
    },
    Check {
        #[arg(value_name = "APP.wasm")]
        app: PathBuf,
    },
    Build {
        #[arg(value_name = "APP_DIR")]
        folder: PathBuf,
        #[arg(long, value_name = "FILE", requires = "output")]
        component: Option<PathBuf>,
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    Install {
        #[arg(value_name = "APP.wasm")]
        app: PathBuf,
        #[arg(long)]
        new_publisher: bool,
    },
    Apps,
    People {
        #[arg(long)]
        person: Option<String>,
    },
    Grant {
        #[command(flatten)]
        grant: GrantArgs,
        #[arg(long, value_name = "DATE")]
        until: Option<String>,
        #[arg(long, value_name = "SHA256")]
        component: Option<String>,
    },
    Narrow {
        #[command(flatten)]
        grant: GrantArgs,
    },
    Grants {
        #[arg(long)]
        person: String,
    },
    Pause {
        app: String,
        #[arg(long)]
        person: String,
    },
    Resume {
        app: String,
        #[arg(long)]
        person: String,
    },
    Revoke {
        app: String,
        #[arg(long)]
        person: String,
    },
    Run {
        app: String,
        #[arg(long)]
        person: String,
        #[arg(long = "param", value_name = "ID=VALUE")]
        params: Vec<String>,
        #[arg(long, value_name = "DATE")]
        today: Option<String>,
    },
    Receipts {
        #[arg(long)]
        person: String,
    },
    Replay {
        receipt: String,
        #[arg(long)]
        person: String,
    },
    Audit {
        #[command(subcommand)]
        act: Option<AuditVerb>,
        #[arg(long, global = true)]
        person: Option<String>,
    },
    Erase {
        #[arg(long)]
        person: String,
        #[arg(long)]
        yes: bool,
    },
    Backup {
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    Restore {
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    Doctor {
        #[arg(long)]
        deep: bool,
    },
    Personas {
        #[arg(value_name = "NAME")]
        names: Vec<String>,
        #[arg(long, value_name = "DIR", conflicts_with = "import")]
        out: Option<PathBuf>,
        #[arg(long)]
        import: bool,
        #[arg(long, value_name = "N", default_value_t = mesinfos_personas::SEED)]
        seed: u64,
        #[arg(long, value_name = "N", requires = "out", conflicts_with = "names")]
        people: Option<u64>,
    },
    Formats,
    Dictionary {
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
    Deposit,
    All,
    /// Read the figures of the server (/metrics), and nothing else.
    Metrics,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenVerb {
    Create {
        #[arg(long)]
        scope: ScopeArg,
        #[arg(long = "person", value_name = "NAME")]
        people: Vec<String>,
        #[arg(long)]
        new: bool,
        #[arg(long, value_name = "DAYS", default_value = "30d")]
        expires: String,
        #[arg(long)]
        name: String,
    },
    List,
    Revoke {
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditVerb {
    Verify {
        #[arg(long, value_name = "HASH")]
        head: Option<String>,
    },
}
