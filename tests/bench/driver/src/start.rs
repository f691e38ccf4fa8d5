//! Cost of creating an instance and calling it: a run over very few rows.

use crate::options::Options;
use crate::ours::me;
use crate::ours::{self, PERSON};
use crate::table::{Report, median, millis};
use crate::{data, target};
use mesinfos_platform::{Platform, RunInput};
use std::path::Path;
use std::time::{Duration, Instant};

/// Apps in other languages are ordinary components: their build puts them into the same folder.
const APPS: [(&str, &str); 3] =
    [("Rust", "plans.wasm"), ("JavaScript", "js.wasm"), ("Python", "python.wasm")];

/// Times of one app in one kind of sandbox.
struct Started {
    compile: Duration,
    first: Duration,
    again: Duration,
}

pub(crate) fn measure(options: &Options, report: &mut Report) {
    report.title("From nothing to a view over fifty rows, milliseconds");
    let head = [
        "app",
        "MB",
        "what sandbox",
        "instance and call",
        "first run of the server",
        "compiled at installation",
    ];
    report.head(&head.map(str::to_owned));
    for (language, file) in APPS {
        let Ok(app) = std::fs::read(target().join("guests").join(file)) else {
            report.row(&[language, "", "", "not built", "", ""].map(str::to_owned));
            continue;
        };
        for apart in [false, true] {
            let size = format!("{:.2}", app.len() as f64 / 1e6);
            let sandbox = if apart { "process for each run" } else { "in process" };
            let times = match started(&app, apart, options.runs()) {
                Ok(Started { compile, first, again }) => [again, first, compile].map(millis),
                Err(why) => [why, String::new(), String::new()],
            };
            report.row(&[&[language.to_owned(), size, sandbox.to_owned()][..], &times].concat());
        }
    }
    report.text(
        "Instance and call: median from the grant to the checked view, each run in a fresh instance. \
         First run: with the receipt, after the server was started anew and loads the compiled app from disk.",
    );
}

/// A person with a few rows in each of three categories.
fn prepare(platform: &Platform) {
    for (name, file) in
        [("bank.json", data::bank(60)), ("energy.csv", data::energy(48)), ("phone.json", data::phone(50))]
    {
        platform.import(&me(PERSON), name, file.as_bytes()).unwrap();
    }
}

fn started(app: &[u8], apart: bool, runs: usize) -> Result<Started, String> {
    let folder = tempfile::tempdir().unwrap();
    let open = |folder: &Path| Platform::open(folder, &ours::isolation(apart)).unwrap();
    let platform = open(folder.path());
    prepare(&platform);
    let began = Instant::now();
    platform.install(app).map_err(|error| error.to_string())?;
    let compile = began.elapsed();
    let id = ours::give(&platform, app, [PERSON]);
    drop(platform);
    let platform = open(folder.path());
    let run = |input: &RunInput| platform.run(&me(PERSON), &id, input).map_err(|error| error.to_string());
    let began = Instant::now();
    run(&ours::input())?;
    let first = began.elapsed();
    let times: Result<Vec<Duration>, String> =
        (0..runs).map(|_| Ok(run(&ours::input())?.usage.time)).collect();
    Ok(Started { compile, first, again: median(times?) })
}
