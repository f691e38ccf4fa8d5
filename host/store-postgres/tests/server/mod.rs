//! A PostgreSQL server for one test: a cluster in a temporary folder, on a Unix socket.
//!
//! The programs are those of the folder that `MESINFOS_POSTGRES_BIN` names, else the newest of Debian's packages, else
//! those in `PATH`. Without any, a test fails: what is not tested must be seen.

use mesinfos_store_postgres::{Address, Patience, PostgresStore, init};
use rustix::process::{Pid, Signal, kill_process};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The usual port, which names a socket.
const PORT: u16 = 5432;
/// Variable with the folder of the programs.
const PROGRAMS: &str = "MESINFOS_POSTGRES_BIN";
/// Folder of Debian's packages, with one folder for each major version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// PostgreSQL refuses to run as root; this user is that of Debian's package, or one that every system has.
const USERS: [&str; 2] = ["postgres", "nobody"];

/// A running server. It is stopped, and its folder removed, when this is dropped.
pub(crate) struct Server {
    folder: TempDir,
    child: Child,
    port: u16,
}

fn programs() -> PathBuf {
    if let Some(given) = std::env::var_os(PROGRAMS) {
        return PathBuf::from(given);
    }
    let versions = std::fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let newest = versions.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()).max();
    let debian = newest.map(|version| Path::new(DEBIAN).join(version.to_string()).join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all: Vec<PathBuf> = debian.into_iter().chain(std::env::split_paths(&path)).collect();
    all.into_iter().find(|folder| folder.join("initdb").is_file()).unwrap_or_else(|| {
        panic!(
            "PostgreSQL is needed for this test: \"apt-get install postgresql\" as root on Debian, or set \
             {PROGRAMS} to the folder of initdb and postgres"
        )
    })
}

/// A command as a user that PostgreSQL accepts. It ends with the thread that starts it.
fn unprivileged(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "INT"]);
    if let Some((user, _)) = other_user() {
        command.args(["--reuid", user, "--regid", &user_number("-g", user).to_string(), "--clear-groups"]);
    }
    command.arg(program);
    command
}

fn user_number(which: &str, user: &str) -> u32 {
    let output = Command::new("id").args([which, user]).output().unwrap();
    String::from_utf8_lossy(&output.stdout).trim().parse().unwrap()
}

/// For root, the user as whom to run.
fn other_user() -> Option<(&'static str, u32)> {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let is_known =
        |user: &&str| Command::new("id").arg(user).output().is_ok_and(|output| output.status.success());
    let user = USERS.into_iter().find(is_known).unwrap();
    Some((user, user_number("-u", user)))
}

impl Server {
    /// A new cluster, running, that listens on its socket only.
    pub(crate) fn start() -> Server {
        Server::start_with(PORT, |_| vec!["listen_addresses=".to_owned()])
    }

    /// A new cluster with settings, which may name files that `prepare` writes to its data folder.
    pub(crate) fn start_with(port: u16, prepare: impl FnOnce(&Path) -> Vec<String>) -> Server {
        let folder = tempfile::Builder::new().prefix("mi-pg-").tempdir().unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        let own = |path: &Path| {
            if let Some((_, user)) = other_user() {
                chown(path, Some(user), None).unwrap();
            }
        };
        own(folder.path());
        own(&data);
        let programs = programs();
        let output = unprivileged(&programs.join("initdb"))
            .args(["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "--username=mi", "-k", "-D"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(output.status.success(), "initdb: {}", String::from_utf8_lossy(&output.stderr));
        let settings = prepare(&data);
        for entry in std::fs::read_dir(&data).unwrap().flatten() {
            own(&entry.path());
        }
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let mut command = unprivileged(&programs.join("postgres"));
        command.arg("-D").arg(&data).arg("-k").arg(folder.path()).args(["-c", "fsync=off"]);
        command.args(["-c", "shared_buffers=16MB", "-c", "max_connections=40", "-p", &port.to_string()]);
        for setting in &settings {
            command.args(["-c", setting]);
        }
        let child = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let server = Server { folder, child, port };
        let until = Instant::now() + Duration::from_secs(60);
        // The state of the server is the eighth line of this file.
        let is_ready = || {
            std::fs::read_to_string(data.join("postmaster.pid"))
                .is_ok_and(|text| text.lines().nth(7).is_some_and(|line| line.trim() == "ready"))
        };
        while !is_ready() {
            assert!(Instant::now() < until, "PostgreSQL does not start: {}", server.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the server has logged.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Address of the database that every cluster has.
    pub(crate) fn address(&self) -> Address {
        self.address_at(self.port)
    }

    pub(crate) fn address_at(&self, port: u16) -> Address {
        Address::parse(&self.text(port)).unwrap()
    }

    /// The address as people type it.
    pub(crate) fn text(&self, port: u16) -> String {
        format!("postgres://mi@/postgres?host={}&port={port}", self.folder.path().display())
    }

    /// A new store on it.
    pub(crate) fn store(&self) -> PostgresStore {
        self.store_with(Patience::default())
    }

    pub(crate) fn store_with(&self, patience: Patience) -> PostgresStore {
        init(&self.address(), &Patience::default()).unwrap();
        PostgresStore::with(self.address(), patience).unwrap()
    }

    /// Executes SQL as the administrator. Returns the first column of the last rows.
    pub(crate) fn sql(&self, sql: &str) -> Vec<String> {
        use tokio_postgres::SimpleQueryMessage::Row;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut config = tokio_postgres::Config::new();
            config.host_path(self.folder.path()).port(self.port).user("mi").dbname("postgres");
            let (client, connection) = config.connect(tokio_postgres::NoTls).await.unwrap();
            let driven = tokio::spawn(connection);
            let rows = client.simple_query(sql).await.unwrap();
            drop(client);
            driven.await.unwrap().unwrap();
            let first = |message| match message {
                Row(row) => row.get(0).map(ToOwned::to_owned),
                _ => None,
            };
            rows.into_iter().filter_map(first).collect()
        })
    }

    /// The server and all its processes.
    fn processes(&self) -> Vec<Pid> {
        let server = i32::try_from(self.child.id()).unwrap();
        let parent = |pid: i32| -> Option<i32> {
            let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            text.rsplit(')').next()?.split_whitespace().nth(1)?.parse().ok()
        };
        let all = std::fs::read_dir("/proc").unwrap().flatten();
        let all = all.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
        all.filter(|&pid| pid == server || parent(pid) == Some(server)).filter_map(Pid::from_raw).collect()
    }

    fn signal(&self, signal: Signal) {
        for process in self.processes() {
            let _ = kill_process(process, signal);
        }
    }

    /// Stops all its processes where they are.
    pub(crate) fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets them go on.
    pub(crate) fn thaw(&self) {
        self.signal(Signal::CONT);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.thaw();
        // QUIT ends it at once: nothing of it is needed.
        if let Some(pid) = Pid::from_raw(i32::try_from(self.child.id()).unwrap_or(0)) {
            let _ = kill_process(pid, Signal::QUIT);
        }
        let _ = self.child.wait();
    }
}
