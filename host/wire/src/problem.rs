//! What went wrong, as RFC 9457 writes it.

use mesinfos_model::view::Lang;
use mesinfos_platform::{ErrorKind, PlatformError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Where kinds of problems are described.
const KINDS: &str = "https://github.com/mesinfos/mesinfos/blob/main/docs/errors.md#";

/// An error: "problem details" of RFC 9457, with a code for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// What kind of problem it is: the address of its description; "about:blank" where the status says all.
    #[serde(rename = "type")]
    #[schema(
        format = "uri",
        examples("https://github.com/mesinfos/mesinfos/blob/main/docs/errors.md#not-found")
    )]
    pub kind: String,
    /// What all problems of the kind have in common.
    #[schema(examples("Not found"))]
    pub title: String,
    /// The status of the answer; none where there is no HTTP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 400, maximum = 599)]
    pub status: Option<u16>,
    /// What went wrong this time, for the person who asked.
    pub detail: String,
    /// A code that does not change with the wording.
    #[schema(examples("no-such-app"))]
    pub code: String,
    /// What to do next, at this door.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub hint: Option<String>,
    /// What an app noted down before it ended, for the person alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub log: Option<String>,
}

impl Problem {
    /// A problem of which the title says all.
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

    /// An error that no use case made: a file that is not there, an option that is not understood.
    pub fn other(detail: String) -> Problem {
        Problem::new("Not done", "error", detail)
    }

    /// With what to do next.
    #[must_use]
    pub fn with_hint(self, hint: Option<String>) -> Problem {
        Problem { hint, ..self }
    }

    /// With words for this door.
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
