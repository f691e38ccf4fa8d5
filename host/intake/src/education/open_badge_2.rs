//! Open Badges 1 and 2: an assertion that a person has earned a badge, with the badge class and its
//! issuer embedded or elsewhere on the web. The recipient is never kept.

use super::json::{many, text, whole, words};
use crate::Format;
use crate::error::FormatError;
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::category::education::{self, proof, row};
use mesinfos_model::{Category, Day};
use serde_json::Value;

pub(super) struct OpenBadge2;

static ABOUT: FormatInfo = FormatInfo {
    id: "open-badges-2-json",
    fr: "Badge numérique Open Badges 2 (JSON)",
    en: "Open Badges 2 assertion (JSON)",
    origin: "Open Badges (1EdTech)",
    categories: &[Category::Education],
    looks_for: "JSON with \"badge\", \"recipient\" and \"verify\" or \"verification\"",
    spec: "https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html",
    counts: OrdinalKind::Entries,
};

impl Format for OpenBadge2 {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_json_with(&["\"badge\"", "\"recipient\"", "\"issuedOn\""])
            && (head.text().contains("\"verify\"") || head.text().contains("\"verification\""))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let file = whole(input)?;
        for (ordinal, assertion) in (1..).zip(many(&file)) {
            badge(assertion, ordinal, rows)?;
        }
        Ok(())
    }
}

fn badge(assertion: &Value, ordinal: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    if assertion["badge"].is_null() {
        rows.reject(ordinal, Some("badge"), Reason::Missing);
        return Ok(());
    }
    let mut date = |field: &str| match text(assertion, &[field]) {
        None => Ok(None),
        Some(found) => day(&found).map(Some).ok_or_else(|| {
            rows.reject(ordinal, Some(field), Reason::not_a_date(found, "2020-05-31T10:00:00Z"));
        }),
    };
    let (Ok(issued), Ok(expires)) = (date("issuedOn"), date("expires")) else { return Ok(()) };
    let issuer = words(assertion, &["badge", "issuer", "name"]);
    let is_revoked = assertion["revoked"].as_bool() == Some(true);
    // A badge given only as an address is identified by that address alone.
    let evidence = text(assertion, &["evidence", "id"])
        .or_else(|| text(assertion, &["evidence"]))
        .or_else(|| text(assertion, &["badge"]));
    rows.push(
        Category::Education,
        ordinal,
        &[
            (education::HOLDER, issuer.as_deref().into()),
            (education::ROW, row::CREDENTIAL.into()),
            (education::START, issued.into()),
            (education::END, expires.into()),
            (education::TITLE, words(assertion, &["badge", "name"]).as_deref().into()),
            (education::INSTITUTION, issuer.as_deref().into()),
            (education::PROOF, proof::NONE.into()),
            (education::STATUS, is_revoked.then_some("revoked").into()),
            (education::DESCRIPTION, words(assertion, &["badge", "description"]).as_deref().into()),
            (education::EVIDENCE, evidence.as_deref().into()),
        ],
    )
}

/// Day of an ISO 8601 time; Open Badges 1 also allows seconds since 1970.
fn day(text: &str) -> Option<i64> {
    if text.len() > 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse::<i64>().ok().map(|seconds| i64::from(Day::of_instant(seconds, 0).0));
    }
    time::days(text, "ymd")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    #[test]
    fn assertions_alone_and_in_an_array() {
        let assertion = |badge: &str, issued: &str| {
            format!(
                r#"{{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","recipient":{{"type":"email",
                "hashed":true,"identity":"sha256$00ff"}},"badge":{badge},"issuedOn":{issued},
                "verification":{{"type":"HostedBadge"}}}}"#
            )
        };
        let class = r#"{"type":"BadgeClass","name":"Robots","description":"d","issuer":{"name":"School"}}"#;
        let file = format!(
            "[{},{},{}]",
            assertion(class, r#""2020-05-31T10:00:00Z""#),
            assertion(r#""https://example.org/badge""#, "1590919200"),
            assertion(class, r#""2020-05-311""#)
        );
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows, reads[0].rejected_count), ("open-badges-2-json", 2, 1));
        let batch = &batches[0];
        assert_eq!(batch.text(education::TITLE, 0), Some("Robots"));
        assert_eq!(batch.text(education::INSTITUTION, 0), Some("School"));
        assert_eq!(batch.text(education::EVIDENCE, 1), Some("https://example.org/badge"));
        assert_eq!(batch.integer(education::START, 0), batch.integer(education::START, 1));
        let (reads, _) = read_all(assertion(class, r#""2020-05-31""#).as_bytes()).unwrap();
        assert_eq!(reads[0].rows, 1);
    }
}
