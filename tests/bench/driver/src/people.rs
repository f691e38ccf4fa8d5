//! Effect of other people in the vault on the time of a run.

use crate::options::Options;
use crate::ours::me;
use crate::table::{Report, median, millis};
use crate::work::Work;
use crate::{data, guest, ours};
use mesinfos_platform::{Isolation, Platform};
use std::path::Path;
use std::time::{Duration, Instant};

const FEW: u32 = 100;

pub(crate) fn measure(options: &Options, report: &mut Report) {
    let many = options.people;
    // In memory if possible: imports for so many people would wait long for the disk, and the subject here
    // is the index.
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory } else { &std::env::temp_dir() };
    let [less, more] = [FEW, many].map(|count| (count, tempfile::tempdir_in(place).unwrap()));
    let platforms = [less, more].map(|(count, folder)| {
        let started = Instant::now();
        let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
        fill(&platform, count);
        eprintln!("  {count} people, imported in {:.0} s", started.elapsed().as_secs_f64());
        (count, platform, folder)
    });
    let mut times = [const { (Vec::new(), Vec::new()) }; 2];
    for run in 0..options.runs() {
        for ((count, platform, _), times) in platforms.iter().zip(&mut times) {
            let person = name(run as u32 % SUBJECTS * (count / SUBJECTS));
            let started = Instant::now();
            let output = platform.run(&me(&person), Work::Plans.id(), &ours::input()).unwrap();
            times.1.push(started.elapsed());
            times.0.push(output.usage.time);
        }
    }
    report.title("More people in the vault: `plans` for one of them, milliseconds (median)");
    report.head(&["people", "from the grant to the view", "whole run"].map(str::to_owned));
    let medians = times.map(|(time, whole)| [median(time), median(whole)]);
    for ((count, ..), [time, whole]) in platforms.iter().zip(medians) {
        report.row(&[count.to_string(), millis(time), millis(whole)]);
    }
    let change = |i: usize| {
        let [less, more]: [Duration; 2] = [medians[0][i], medians[1][i]];
        format!("{:+.1} %", (more.as_secs_f64() / less.as_secs_f64() - 1.0) * 100.0)
    };
    report.row(&["change".to_owned(), change(0), change(1)]);
    report.text(
        "Each of the people has a vault with a month of calls; twenty of them, from the first to the last, \
         have two years and are measured. The folder is in memory: the whole run does not wait for a disk here.",
    );
}

/// Number of people measured, spread over all.
const SUBJECTS: u32 = 20;

fn name(person: u32) -> String {
    format!("p{person:06}")
}

fn fill(platform: &Platform, count: u32) {
    let (little, much) = (data::phone_of_a_month(), data::phone(data::CALLS));
    for person in 0..count {
        let subject = person % (count / SUBJECTS) == 0;
        let file = if subject { &much } else { &little };
        // Create the person first: an import for an unknown name searches all names for a similar one.
        platform.create_person(&me(&name(person))).unwrap();
        platform.import(&me(&name(person)), "phone.json", file.as_bytes()).unwrap();
    }
    let subjects: Vec<String> = (0..SUBJECTS).map(|i| name(i * (count / SUBJECTS))).collect();
    ours::give(platform, &guest("plans.wasm"), subjects.iter().map(String::as_str));
}
