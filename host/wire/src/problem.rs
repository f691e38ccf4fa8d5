//! Errors as problem details (RFC 9457).

use mesinfos_model::view::Lang;
use mesinfos_platform::{ErrorKind, PlatformError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Page that describes the kinds of problems.
const KINDS: &str = "https://github.com/mesinfos/mesinfos/blob/main/docs/errors.md#";

/// Kind and code of an invalid command line.
const USAGE: &str = "usage";

/// An error as problem details (RFC 9457), with a code for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// URL that describes the kind of the problem; "about:blank" if the status is enough.
    #[serde(rename = "type")]
    #[schema(
        format = "uri",
        examples("https://github.com/mesinfos/mesinfos/blob/main/docs/errors.md#not-found")
    )]
    pub kind: String,
    /// Title shared by all problems of the kind.
    #[schema(examples("Not found"))]
    pub title: String,
    /// HTTP status. Absent outside HTTP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 400, maximum = 599)]
    pub status: Option<u16>,
    /// Description of this occurrence, for the person.
    pub detail: String,
    /// Stable code, independent of the wording.
    #[schema(examples("no-such-app"))]
    pub code: String,
    /// Next step, in the terms of the door. Absent if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub hint: Option<String>,
    /// The app's notes up to the end of its run, for the person only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub log: Option<String>,
}

impl Problem {
    /// A problem without a kind of its own.
    pub fn new(title: &str, code: &str, detail: String) -> Problem {
        Problem {
            kind: "about:blank".to_owned(),
            title: title.to_owned(),
            status: None,
            detail,
            code: code.to_owned(),
            hint: None,
            log: None,
        }
    }

    /// An error outside the use cases: a missing file, an unknown option.
    pub fn other(detail: String) -> Problem {
        Problem::new("Failed", "error", detail)
    }

    /// An invalid command line.
    pub fn usage(detail: String) -> Problem {
        let problem = Problem::new("Usage error", USAGE, detail);
        Problem { kind: format!("{KINDS}{USAGE}"), ..problem }
    }

    /// Sets the hint: the next step.
    #[must_use]
    pub fn with_hint(self, hint: Option<String>) -> Problem {
        Problem { hint, ..self }
    }

    /// Sets the detail.
    #[must_use]
    pub fn with_detail(self, detail: String) -> Problem {
        Problem { detail, ..self }
    }
}

impl From<&PlatformError> for Problem {
    fn from(error: &PlatformError) -> Problem {
        let kind: ErrorKind = error.kind();
        let log = Some(error.log()).filter(|log| !log.is_empty()).map(str::to_owned);
        let problem = Problem::new(kind.title(), error.code(), mesinfos_words::error(error, Lang::En));
        Problem { kind: format!("{KINDS}{}", kind.id()), log, ..problem }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_described_where_its_problems_point() {
        let page = include_str!("../../../docs/errors.md");
        for kind in ErrorKind::ALL {
            assert!(page.contains(&format!("\n## {}\n", kind.id())), "{}", kind.id());
        }
        let usage = Problem::usage(String::new());
        assert!(usage.kind.ends_with("#usage") && page.contains("\n## usage\n"), "{}", usage.kind);
        let problem = Problem::from(&PlatformError::Busy);
        assert!(problem.kind.ends_with("/docs/errors.md#busy"), "{}", problem.kind);
    }

    #[test]
    fn what_is_not_there_is_left_out() {
        let json = serde_json::to_value(Problem::from(&PlatformError::Busy)).unwrap();
        let mut names: Vec<&String> = json.as_object().unwrap().keys().collect();
        names.sort();
        assert_eq!(names, ["code", "detail", "title", "type"]);
    }
}
