//! Conformance to the OpenAPI document: Schemathesis generates requests from it, sends them to a server
//! with sample data, and checks each response against it.

use crate::{Done, root, target};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// Pinned to the version whose findings are known. A newer one may have new checks.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// Excluded check: that every request that fits the schema is accepted. A name may belong to nobody, and a
/// period may be meaningless.
const NOT_HELD: &str = "positive_data_acceptance";

/// Number of generated requests per operation, in addition to those derived from the schemas.
const EXAMPLES: &str = "60";

/// A server, stopped on drop.
struct Server {
    child: Child,
    address: String,
    /// Kept open: the server stops when nobody reads its output.
    stdout: BufReader<ChildStdout>,
}

impl Drop for Server {
    fn drop(&mut self) {
        // The server may already have exited.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn conformance() -> Done {
    crate::apps()?;
    let Some(schemathesis) = installed()? else { return Ok(()) };
    let data = target().join("conformance");
    if data.is_dir() {
        std::fs::remove_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    }
    let component = target().join("apps/budget.wasm");
    let samples = root().join("tests/samples/camille");
    let paper = target().join("conformance.txt");
    std::fs::write(&paper, "a letter\n").map_err(|error| format!("{}: {error}", paper.display()))?;
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let person = ["--person", "camille"];
    let done = |arguments: &[&str]| said(&data, arguments).map(drop);
    done(&[&["import", &text(&samples.join("banque.json"))], &person[..]].concat())?;
    done(&[&["import", "--document", &text(&paper)], &person[..]].concat())?;
    done(&["install", &text(&component)])?;
    done(&[&["grant", "budget"], &person[..]].concat())?;
    // Another person, for the requests that erase one.
    done(&["import", "--person", "zoe", &text(&samples.join("banque.json"))])?;
    done(&["grant", "budget", "--person", "zoe"])?;
    done(&[&["run", "budget"], &person[..]].concat())?;
    let token = said(&data, &["token", "create", "--scope", "all", "--name", "conformance"])?;
    let token = token.lines().next().unwrap_or_default().trim();
    let server = serve(&data)?;
    let url = format!("http://{}", server.address);
    let status = Command::new(schemathesis)
        .args(["run", &format!("{url}/api/openapi.json"), "--no-color", "--continue-on-failure"])
        .args(["-H", &format!("Authorization: Bearer {token}"), "--max-examples", EXAMPLES])
        .args([
            "--exclude-checks",
            NOT_HELD,
            "--phases",
            "examples,coverage,fuzzing,stateful",
            "--warnings",
            "off",
        ])
        .current_dir(target())
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("PYTHONPATH", root().join("tests/conformance"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("MESINFOS_URL", &url)
        .env("MESINFOS_TOKEN", token)
        .env("MESINFOS_APP", &component)
        .status()
        .map_err(|error| format!("schemathesis: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err("a response does not match the document: see above".to_owned())
    }
}

/// Installs Schemathesis in its own environment. If it is unavailable, prints a line and returns `None`.
fn installed() -> Result<Option<PathBuf>, String> {
    let environment = target().join("venv");
    let program = environment.join("bin/st");
    let quiet = |program: &Path, arguments: &[&str]| {
        let status =
            Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    };
    if !program.is_file() {
        let path = environment.to_string_lossy();
        if !quiet(Path::new("python3"), &["-m", "venv", &path]) {
            eprintln!("conformance is skipped: Python with venv is not available");
            return Ok(None);
        }
        if !quiet(&environment.join("bin/pip"), &["install", "--quiet", SCHEMATHESIS]) {
            eprintln!("conformance is skipped: pip cannot fetch {SCHEMATHESIS}");
            return Ok(None);
        }
    }
    Ok(Some(program))
}

fn program() -> PathBuf {
    target().join("debug/mesinfos")
}

/// Output of the command.
fn said(data: &Path, arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new(program());
    command.arg("--data").arg(data).args(arguments).stderr(Stdio::piped());
    let output = command.output().map_err(|error| format!("mesinfos: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("mesinfos {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)))
}

fn serve(data: &Path) -> Result<Server, String> {
    let mut command = Command::new(program());
    command.arg("--data").arg(data).args(["serve", "--port", "0"]).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("mesinfos serve: {error}"))?;
    let stdout = child.stdout.take().ok_or("mesinfos serve has no output")?;
    let mut server = Server { child, address: String::new(), stdout: BufReader::new(stdout) };
    let mut first = String::new();
    server.stdout.read_line(&mut first).map_err(|error| format!("mesinfos serve: {error}"))?;
    let address = first.split("http://").nth(1).and_then(|rest| rest.split('/').next());
    server.address = address.ok_or_else(|| format!("mesinfos serve printed no address: {first}"))?.to_owned();
    Ok(server)
}
