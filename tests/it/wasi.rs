//! WASI, for apps whose toolchain needs it: available, but without effect.

use crate::lab::Lab;
use crate::support::{app, me};
use mesinfos_platform::{PlatformError, RunInput, RunOutput};

fn run(lab: &Lab, person: &str, attack: &str) -> Result<RunOutput, PlatformError> {
    let params = vec![("attack".to_owned(), attack.to_owned())];
    let today = mesinfos_model::Day::from_ymd(2026, 11, 20);
    lab.platform.run(&me(person).on(today), "wasi", &RunInput { params })
}

#[test]
fn wasi_tells_the_day_and_leads_nowhere() {
    let component = std::fs::read(app("hostile-apps/wasi")).unwrap();
    let mut views = Vec::new();
    for lab in [Lab::new(), Lab::apart()] {
        lab.install(&component);
        for person in ["camille", "dominique", "camille"] {
            let output = run(&lab, person, "none").unwrap();
            assert_eq!(output.notes, format!("printed: {} rows\ncomplained\n", rows(&output)));
            views.push(serde_json::to_string(&output.view).unwrap());
        }
        let flood = run(&lab, "camille", "flood").unwrap();
        assert!(
            flood.notes.len() <= mesinfos_platform::runtime::limits::NOTES && flood.notes.starts_with("xxx")
        );
        let code = |attack| run(&lab, "dominique", attack).map_or_else(|e| e.code(), |_| "completed");
        assert_eq!(code("random"), "trapped", "a terabyte of random numbers");
        let wait = code("wait");
        assert!(["timed-out", "too-many-handles", "too-many-calls"].contains(&wait), "waiting takes no time");
        assert_eq!(code("calls"), "too-many-calls", "calls of WASI are calls");
    }
    // 20,777 days after 1970-01-01, without the time of day and without any fact about the machine.
    let expected = "day 20777 resolution 86400 waited 3600 ready 1 input false environment 0 arguments 0 folder \
                    None terminal false random";
    assert!(views[0].contains(expected), "{}", views[0]);
    // The same numbers for every person, run and process.
    assert!(views.iter().all(|view| *view == views[0]), "{views:#?}");
}

fn rows(output: &RunOutput) -> u64 {
    output.usage.reads.values().map(|(rows, _)| rows).sum()
}
