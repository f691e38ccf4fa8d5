//! Open Badges 3 (`OpenBadgeCredential`, a W3C verifiable credential) and the Comprehensive Learner
//! Record 2 (`ClrCredential`, a credential of such credentials). The subject is never kept, and
//! signatures are not verified.

use super::json::{at, has_type, many, text, thousandths, whole, words};
use crate::Format;
use crate::error::FormatError;
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::Category;
use mesinfos_model::category::education::{self, proof, row};
use serde_json::Value;

pub(super) struct OpenBadge3;

static ABOUT: FormatInfo = FormatInfo {
    id: "open-badges-3-json",
    fr: "Badge ou dossier d’apprentissage vérifiable Open Badges 3, CLR 2 (JSON)",
    en: "Open Badges 3 credential or Comprehensive Learner Record 2 (JSON)",
    origin: "Open Badges (1EdTech)",
    categories: &[Category::Education],
    looks_for: "JSON with a verifiable credential of type \"OpenBadgeCredential\", \
                \"AchievementCredential\" or \"ClrCredential\"",
    spec: "https://www.imsglobal.org/spec/ob/v3p0",
    counts: OrdinalKind::Entries,
};

/// Deepest nesting: records in records in a presentation, as deep as real ones go.
const DEPTH: u32 = 4;

impl Format for OpenBadge3 {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let is_one = |name: &&str| head.text().contains(*name);
        head.is_json_with(&["\"VerifiableCredential\""])
            && ["\"OpenBadgeCredential\"", "\"AchievementCredential\"", "\"ClrCredential\""]
                .iter()
                .any(is_one)
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let file = whole(input)?;
        let mut ordinal = 0;
        for one in many(&file) {
            credential(one, DEPTH, &mut ordinal, rows)?;
        }
        Ok(())
    }
}

/// Reads a credential, or each credential in a record; `ordinal` is the last ordinal used.
fn credential(
    vc: &Value,
    depth: u32,
    ordinal: &mut u64,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    let within = if has_type(vc, "ClrCredential") {
        Some(&at(vc, &["credentialSubject"])["verifiableCredential"])
    } else if has_type(vc, "VerifiablePresentation") {
        Some(&vc["verifiableCredential"])
    } else {
        None
    };
    if let Some(within) = within
        && depth > 0
    {
        for one in many(within) {
            credential(one, depth - 1, ordinal, rows)?;
        }
        return Ok(());
    }
    *ordinal += 1;
    if vc.is_string() {
        rows.reject(*ordinal, None, Reason::SignedToken);
        return Ok(());
    }
    let subjects = many(&vc["credentialSubject"]);
    let mut achievements =
        subjects.iter().flat_map(|s| many(&s["achievement"]).iter().map(move |a| (s, a))).peekable();
    if achievements.peek().is_none() {
        rows.reject(*ordinal, Some("credentialSubject"), Reason::NoAchievement);
    }
    for (subject, achievement) in achievements {
        achieved(vc, subject, achievement, *ordinal, rows)?;
    }
    Ok(())
}

/// Members of a credential that hold its award day, the most reliable first.
const AWARDED: [&str; 4] = ["awardedDate", "validFrom", "issuanceDate", "issuedOn"];
const EXPIRES: [&str; 2] = ["validUntil", "expirationDate"];

fn achieved(
    vc: &Value,
    subject: &Value,
    achievement: &Value,
    ordinal: u64,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    let is_course = achievement["achievementType"].as_str() == Some("Course");
    let mut date = |value: &Value, fields: &[&'static str]| {
        let found = fields.iter().find_map(|field| text(value, &[field]).map(|found| (*field, found)));
        let Some((field, found)) = found else { return Ok(None) };
        time::days(&found, "ymd").map(Some).ok_or_else(|| {
            rows.reject(ordinal, Some(field), Reason::not_a_date(found, "2022-11-04T22:20:25Z"));
        })
    };
    let (Ok(awarded), Ok(expires)) = (date(vc, &AWARDED), date(vc, &EXPIRES)) else { return Ok(()) };
    let (Ok(began), Ok(ended)) = (date(subject, &["activityStartDate"]), date(subject, &["activityEndDate"]))
    else {
        return Ok(());
    };
    let (start, end) = if is_course { (began.or(awarded), ended) } else { (awarded, expires) };
    let results: Vec<String> =
        many(&subject["result"]).iter().filter_map(|result| text(result, &["value"])).collect();
    let issuer = words(vc, &["issuer", "name"]).or_else(|| words(achievement, &["creator", "name"]));
    let evidence = text(vc, &["evidence", "id"]).or_else(|| text(vc, &["evidence"]));
    rows.push(
        Category::Education,
        ordinal,
        &[
            (education::HOLDER, issuer.as_deref().into()),
            (education::ROW, if is_course { row::COURSE } else { row::CREDENTIAL }.into()),
            (education::START, start.into()),
            (education::END, end.into()),
            (
                education::TITLE,
                words(achievement, &["name"]).or_else(|| words(vc, &["name"])).as_deref().into(),
            ),
            (education::INSTITUTION, issuer.as_deref().into()),
            (education::CREDITS, thousandths(subject, &["creditsEarned"]).into()),
            (education::RESULT, (!results.is_empty()).then(|| results.join(", ")).as_deref().into()),
            (education::PROOF, if vc["proof"].is_null() { proof::NONE } else { proof::PRESENT }.into()),
            (education::DESCRIPTION, words(achievement, &["description"]).as_deref().into()),
            (education::EVIDENCE, evidence.as_deref().into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    const BADGE: &str = r#"{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential",
        "OpenBadgeCredential"],"issuer":{"type":"Profile","name":"School"},"issuanceDate":"2022-11-04T22:20:25.682Z",
        "credentialSubject":{"id":"did:key:123","achievement":{"name":"Robots","description":"d"}},"proof":{"type":"x"}}"#;

    #[test]
    fn a_badge_is_a_credential() {
        let (reads, batches) = read_all(BADGE.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows), ("open-badges-3-json", 1));
        assert_eq!(batches[0].text(education::TITLE, 0), Some("Robots"));
        assert_eq!(batches[0].integer(education::START, 0), time::days("2022-11-04", "ymd"));
        assert_eq!(batches[0].integer(education::PROOF, 0), Some(proof::PRESENT));
    }

    #[test]
    fn a_record_is_the_credentials_in_it() {
        let course = r#"{"type":["VerifiableCredential","AchievementCredential"],"issuer":"did:web:x","validFrom":"2023-01-01",
            "credentialSubject":{"activityStartDate":"2022-09-01T00:00:00Z","activityEndDate":"2022-12-20T00:00:00Z",
            "creditsEarned":4.5,"result":[{"value":"B"}],"achievement":{"name":"Algebra","achievementType":"Course"}}}"#;
        let wrong = r#"{"type":"VerifiableCredential","validFrom":"soon","credentialSubject":{"achievement":{"name":"x"}}}"#;
        let file = format!(
            r#"{{"type":["VerifiableCredential","ClrCredential"],"credentialSubject":{{"verifiableCredential":[{BADGE},
            {course},{wrong},"eyJhbGciOi",{{"type":"VerifiableCredential","credentialSubject":{{}}}}]}}}}"#
        );
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (2, 3));
        let batch = &batches[0];
        assert_eq!(batch.integer(education::ROW, 1), Some(row::COURSE));
        assert_eq!(batch.integer(education::CREDITS, 1), Some(4_500));
        assert_eq!(batch.text(education::RESULT, 1), Some("B"));
        assert_eq!(batch.integer(education::END, 1), time::days("2022-12-20", "ymd"));
    }
}
