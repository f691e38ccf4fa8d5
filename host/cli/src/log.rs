//! Log of the server for its operator: one line on stderr per event, without personal data.
//!
//! Invariant: numbers and booleans are shown. Text is shown only in the fields listed in [`SHOWN`], whose
//! values are words of this program, and only as one short word. Everything else, messages included,
//! becomes `[redacted]`. So a careless event reveals nothing.

use crate::failure::{Failure, Result};
use crate::terminal::say;
use mesinfos_platform::REDACTED;
use mesinfos_words::cli::Cli;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};

/// Format of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum LogArg {
    Off,
    Text,
    Json,
}

/// Fields whose text is shown: words of closed lists, route templates, request ids, and ids of installed
/// apps.
const SHOWN: &[&str] = &["app", "code", "method", "outcome", "request", "route"];

/// Maximum length of shown text, in bytes.
const LONGEST: usize = 100;

/// Environment variable for the format of the log.
const VARIABLE: &str = "MESINFOS_LOG";

/// Starts logging in the format of the flag, else of the environment, else of the configuration file.
pub(crate) fn begin(flag: Option<LogArg>, configured: Option<LogArg>) -> Result<()> {
    let form = match (flag, std::env::var(VARIABLE).as_deref()) {
        (Some(form), _) => form,
        (None, Ok("off")) => LogArg::Off,
        (None, Ok("json")) => LogArg::Json,
        (None, Ok("text")) => LogArg::Text,
        (None, Ok("") | Err(_)) => configured.unwrap_or(LogArg::Text),
        (None, Ok(value)) => return Err(Failure::said(Cli::NotALogForm { variable: VARIABLE, value })),
    };
    if form != LogArg::Off {
        let lines = Lines { is_json: form == LogArg::Json, write: say::warning };
        tracing::subscriber::set_global_default(tracing_subscriber::registry().with(lines))
            .map_err(Failure::other)?;
    }
    Ok(())
}

/// Layer that writes each event as a line.
struct Lines {
    is_json: bool,
    write: fn(&str),
}

impl<S: Subscriber> Layer<S> for Lines {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        // Skip events of libraries: their content is not under our control.
        metadata.is_event() && *metadata.level() <= Level::INFO && metadata.target().starts_with("mesinfos")
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line {
            at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
            level: match *event.metadata().level() {
                Level::ERROR => "error",
                Level::WARN => "warning",
                _ => "info",
            },
            event: event.metadata().name(),
            fields: BTreeMap::new(),
        };
        event.record(&mut line);
        // Serializing strings and numbers cannot fail.
        (self.write)(&if self.is_json {
            serde_json::to_string(&line).unwrap_or_default()
        } else {
            line.to_string()
        });
    }
}

/// A logged event.
#[derive(Serialize)]
struct Line {
    /// Time in UTC.
    at: String,
    level: &'static str,
    event: &'static str,
    #[serde(flatten)]
    fields: BTreeMap<&'static str, Value>,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:<7} {}", self.at, self.level, self.event)?;
        self.fields.iter().try_for_each(|(name, value)| match value.as_str() {
            Some(text) => write!(f, " {name}={text}"),
            None => write!(f, " {name}={value}"),
        })
    }
}

/// Whether a text is one short word: only the characters of ids, routes and codes, and no space.
fn is_word(text: &str) -> bool {
    text.len() <= LONGEST
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._/{}*".contains(&byte))
}

impl Visit for Line {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.fields.insert(field.name(), value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.fields.insert(field.name(), value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.fields.insert(field.name(), value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.fields.insert(field.name(), value.into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let is_shown = SHOWN.contains(&field.name()) && is_word(value);
        self.fields.insert(field.name(), if is_shown { value } else { REDACTED }.into());
    }

    fn record_debug(&mut self, field: &Field, _: &dyn fmt::Debug) {
        self.fields.insert(field.name(), REDACTED.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    static WRITTEN: Mutex<String> = Mutex::new(String::new());

    fn keep(line: &str) {
        *WRITTEN.lock().unwrap() += &format!("{line}\n");
    }

    #[test]
    fn nothing_passes_but_numbers_and_words_of_ours() {
        for is_json in [true, false] {
            let lines = Lines { is_json, write: keep };
            tracing::subscriber::with_default(tracing_subscriber::registry().with(lines), || {
                let name = "canary";
                let error = std::io::Error::other("canary");
                tracing::info!("a file of canary: {name}");
                tracing::info!(name: "one", person = name, file = %name, words = ?name, app = %name, "canary");
                tracing::info!(name: "two", error = &error as &dyn std::error::Error, bytes = &b"canary"[..]);
                // Shown fields whose values are not a single plain word.
                tracing::warn!(name: "three", app = "a canary", route = "/people/\u{e9}canary", code = "canary\n");
                tracing::info!(target: "hyper", code = "canary-of-a-library");
                tracing::debug!(code = "canary-in-detail");
                let _span = tracing::info_span!("canary", code = "canary").entered();
                tracing::info!(name: "four", app = "budget", ms = 7_u64, is_whole = true, share = 0.5, left = -1_i64);
            });
        }
        let written = WRITTEN.lock().unwrap().clone();
        assert!(!written.contains("canary"), "{written}");
        assert_eq!(written.lines().count(), 10);
        for shown in
            ["app=budget", "\"app\":\"budget\"", "\"ms\":7", "is_whole=true", "\"left\":-1", "share=0.5"]
        {
            assert!(written.contains(shown), "{shown}: {written}");
        }
        assert!(written.contains("\"level\":\"warning\"") && written.contains("message=[redacted]"));
    }
}
