//! Compares MesInfos with native code and with other ways to run third-party code over data.
//!
//! `cargo xtask bench` builds everything it needs and runs it; `README.md` describes the comparison.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    reason = "a measurement fails by panicking, and its numbers are small"
)]

mod compute;
mod data;
#[cfg(feature = "extism")]
mod extism;
mod formats;
mod growth;
mod http;
mod json;
mod machine;
mod memory;
mod native;
mod options;
mod ours;
mod people;
mod process;
mod records;
mod rows;
mod start;
mod table;
mod work;

use options::{Options, Section};
use std::path::PathBuf;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if words == ["runner"] {
        // The process isolation starts this program as its fork server.
        return mesinfos_platform::serve_runners().unwrap();
    }
    if let ["serve", kind, folder] = words[..] {
        return http::serve(kind, std::path::Path::new(folder));
    }
    let options = match Options::parse(&words) {
        Ok(options) => options,
        Err(why) => {
            eprintln!("{why}\n{}", options::HELP);
            std::process::exit(2);
        }
    };
    let mut report = table::Report::default();
    for section in Section::ALL.into_iter().filter(|section| options.has(*section)) {
        eprintln!("{}", section.id());
        let before = report.to_string().len();
        match section {
            Section::Compute => compute::measure(&options, &mut report),
            Section::Start => start::measure(&options, &mut report),
            Section::Memory => memory::measure(&options, &mut report),
            Section::Growth => growth::measure(&options, &mut report),
            Section::Formats => formats::measure(&options, &mut report),
            Section::People => people::measure(&options, &mut report),
            Section::Http => http::measure(&options, &mut report),
        }
        // Print each section at once: an interrupted measurement keeps its results so far.
        println!("{}", &report.to_string()[before..]);
    }
    let facts = machine::facts();
    println!("{facts}");
    report.text(&facts);
    if options.keep {
        let path = target().with_file_name("results.md");
        std::fs::write(&path, report.to_string()).unwrap();
    }
}

/// Target folder of this workspace, with this program and the guests.
fn target() -> PathBuf {
    std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned()
}

/// A built guest.
fn guest(name: &str) -> Vec<u8> {
    let path = target().join("guests").join(name);
    std::fs::read(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; cargo xtask bench builds it", path.display()))
}
