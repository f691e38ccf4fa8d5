//! Peers in separate processes: Node.js and DuckDB. Each is started once, reads the rows before the timing
//! starts, and measures itself.

use crate::json::{self, Said};
use crate::work::{Contestant, Ran, Work};
use mesinfos_vault::PersonVault;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

pub(crate) struct Peer {
    id: &'static str,
    name: String,
    includes: &'static str,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Peer {
    /// Starts a script with the folder of its rows.
    pub(crate) fn start(
        id: &'static str,
        name: String,
        includes: &'static str,
        program: &Path,
        script: &str,
        rows: &Path,
    ) -> Peer {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../peers").join(script);
        let mut child = Command::new(program)
            .arg(script)
            .arg(rows)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Peer { id, name, includes, child, input, output }
    }
}

impl Contestant for Peer {
    fn id(&self) -> &'static str {
        self.id
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn includes(&self) -> &'static str {
        self.includes
    }

    fn run(&mut self, work: Work) -> Ran {
        writeln!(self.input, "{}", work.id()).unwrap();
        self.input.flush().unwrap();
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let said = Said::parse(&line);
        Ran { time: Duration::from_secs_f64(said.seconds), whole: None, answer: said.answer() }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may already have exited.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Writes the rows of all computations as JSON files.
pub(crate) fn write_rows(person: &PersonVault, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for work in Work::ALL {
        std::fs::write(folder.join(format!("{}.json", work.id())), json::rows(person, work)).unwrap();
    }
}
