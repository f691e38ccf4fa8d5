//! Growth of time with data: `profile` over one, ten and a hundred years.

use crate::native;
use crate::options::Options;
use crate::ours;
use crate::ours::me;
use crate::table::{Report, median, millis};
use crate::work::Work;
use crate::{compute, data, guest};
use mesinfos_platform::{Isolation, Platform};
use std::time::{Duration, Instant};

const YEARS: [u32; 3] = [1, 10, 100];

pub(crate) fn measure(options: &Options, report: &mut Report) {
    let folder = tempfile::tempdir().unwrap();
    let [original, bare, apart] = ["in-process", "native", "apart"].map(|name| folder.path().join(name));
    let person = |years: u32| format!("years-{years}");
    let people = YEARS.map(person);
    {
        let platform = Platform::open(&original, &Isolation::InProcess).unwrap();
        for years in YEARS {
            eprintln!("  {years} years");
            let file = data::energy(data::half_hours(years));
            platform.import(&me(&person(years)), "energy.csv", file.as_bytes()).unwrap();
        }
        ours::give(&platform, &guest("profile.wasm"), people.iter().map(String::as_str));
    }
    compute::copy(&original, &bare);
    compute::copy(&original, &apart);
    let vault = native::vault(&bare);
    let [here, there] = [(&original, false), (&apart, true)]
        .map(|(folder, apart)| Platform::open(folder, &ours::isolation(apart)).unwrap());
    let run = |platform: &Platform, person: &str| {
        platform.run(&me(person), Work::Profile.id(), &ours::input()).unwrap().usage.time
    };
    let natively = |person: &str| {
        let person = vault.person(person).unwrap();
        let started = Instant::now();
        std::hint::black_box(native::compute(&person, Work::Profile));
        started.elapsed()
    };
    let who: [(&str, &dyn Fn(&str) -> Duration); 3] = [
        ("native Rust", &natively),
        ("**MesInfos**, in process", &|person| run(&here, person)),
        ("**MesInfos**, process for each run", &|person| run(&there, person)),
    ];
    report.title("`profile` over more years, milliseconds (median)");
    let head = ["", "1 year", "10 years", "100 years", "1 to 10", "10 to 100"];
    report.head(&head.map(str::to_owned));
    let mut times = vec![[const { Vec::new() }; 3]; who.len()];
    for _ in 0..options.runs().min(30) {
        for (i, person) in people.iter().enumerate() {
            for ((_, run), times) in who.iter().zip(&mut times) {
                times[i].push(run(person));
            }
        }
    }
    for ((name, _), times) in who.iter().zip(times) {
        let [one, ten, hundred] = times.map(median);
        let step =
            |less: Duration, more: Duration| format!("x {:.2}", more.as_secs_f64() / less.as_secs_f64());
        let [a, b, c] = [one, ten, hundred].map(millis);
        report.row(&[(*name).to_owned(), a, b, c, step(one, ten), step(ten, hundred)]);
    }
}
