//! The report as Markdown.

use std::fmt;
use std::time::Duration;

/// Markdown to print.
#[derive(Default)]
pub(crate) struct Report(String);

impl Report {
    pub(crate) fn title(&mut self, words: &str) {
        self.0 += &format!("\n### {words}\n\n");
    }

    pub(crate) fn head(&mut self, cells: &[String]) {
        self.row(cells);
        // Text is left-aligned, numbers are right-aligned.
        let words = |head: &String| head.is_empty() || head.starts_with("what") || head == "app";
        let rules = cells.iter().map(|head| if words(head) { "---" } else { "---:" });
        self.0 += &format!("| {} |\n", rules.collect::<Vec<_>>().join(" | "));
    }

    pub(crate) fn row(&mut self, cells: &[String]) {
        self.0 += &format!("| {} |\n", cells.join(" | "));
    }

    pub(crate) fn text(&mut self, words: &str) {
        self.0 += &format!("\n{words}\n");
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.trim_start())
    }
}

pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

pub(crate) fn millis(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1e3;
    if millis < 10.0 { format!("{millis:.2}") } else { format!("{millis:.1}") }
}

pub(crate) fn ratio(time: Duration, one: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() / one.as_secs_f64())
}
