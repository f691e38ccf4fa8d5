//! Runs per second over HTTP: three hundred people request their view, compared with axum handlers that do
//! less. Every server is a separate process with a copy of the same data; the load comes from this process,
//! over persistent connections.

mod load;
mod server;

pub(crate) use server::serve;

use crate::options::Options;
use crate::ours::me;
use crate::table::{Report, millis};
use crate::{compute, data, guest, ours};
use load::Load;
use mesinfos_platform::{Isolation, Platform};
use server::Server;
use std::path::Path;
use std::time::Duration;

const PEOPLE: usize = 300;
/// Calls and messages of each person.
const ROWS: u32 = 500;
const CONNECTIONS: usize = 32;
const TURN: Duration = Duration::from_secs(3);

/// Argument that starts the server, name in the table, work per request.
const SERVERS: [(&str, &str, &str); 4] = [
    ("bare", "axum, the same bytes each time", "answers with a view that is in memory"),
    ("native", "axum, native Rust", "opens the sealed chunks, computes, writes JSON; no grant, no receipt"),
    ("ours", "**MesInfos**, in process", "token, grant, run, view, receipt and audit entry on disk"),
    ("apart", "**MesInfos**, process for each run", "the same, each run in a process of its own"),
];

pub(crate) fn measure(options: &Options, report: &mut Report) {
    let folder = tempfile::tempdir().unwrap();
    let original = folder.path().join("data");
    prepare(&original);
    let servers = SERVERS.map(|(kind, ..)| {
        let copied = folder.path().join(kind);
        compute::copy(&original, &copied);
        copied
    });
    // Response of the bare server: a real view.
    let view = {
        let platform = Platform::open(&original, &Isolation::InProcess).unwrap();
        let output = platform.run(&me(&name(0)), "plans", &ours::input()).unwrap();
        serde_json::to_vec(&serde_json::json!({ "view": output.view, "receipt": output.receipt,
            "not_given": output.not_given, "log": output.notes }))
    };
    std::fs::write(servers[0].join("view.json"), view.unwrap()).unwrap();
    let servers: Vec<Server> =
        SERVERS.iter().zip(&servers).map(|((kind, ..), folder)| Server::start(kind, folder)).collect();
    let mut loads: Vec<Load> = servers.iter().map(|_| Load::default()).collect();
    let rounds = if options.quick { 1 } else { 5 };
    for round in 0..=rounds {
        for (server, load) in servers.iter().zip(&mut loads) {
            let turn = load::turn(server, TURN, CONNECTIONS, PEOPLE);
            // The first turn warms up caches and compiled apps.
            if round > 0 {
                load.add(turn);
            }
        }
    }
    write(loads, report);
}

fn write(loads: Vec<Load>, report: &mut Report) {
    report.title(&format!("Over HTTP: `plans` for {PEOPLE} people in turn, {CONNECTIONS} connections"));
    let head =
        ["", "requests a second", "of bare", "median, ms", "99 %, ms", "refused", "what a request does"];
    report.head(&head.map(str::to_owned));
    let bare = loads[0].rate();
    for ((_, name, does), load) in SERVERS.iter().zip(loads) {
        let [half, most] = [0.5, 0.99].map(|part| millis(load.percentile(part)));
        let (rate, refused) = (load.rate(), load.refused.to_string());
        let share = format!("1/{:.1}", bare / rate);
        report.row(&[
            (*name).to_owned(),
            format!("{rate:.0}"),
            share,
            half,
            most,
            refused,
            (*does).to_owned(),
        ]);
    }
    report.text(&format!(
        "Each person has {ROWS} calls and messages of two years. Servers take turns of {} seconds; the load \
         generator runs on the same processors.",
        TURN.as_secs()
    ));
}

fn prepare(folder: &Path) {
    let platform = Platform::open(folder, &Isolation::InProcess).unwrap();
    let file = data::phone(ROWS);
    let people: Vec<String> = (0..PEOPLE).map(name).collect();
    for person in &people {
        platform.import(&me(person), "phone.json", file.as_bytes()).unwrap();
    }
    ours::give(&platform, &guest("plans.wasm"), people.iter().map(String::as_str));
}

fn name(person: usize) -> String {
    format!("p{person:03}")
}
