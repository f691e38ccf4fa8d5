//! European Digital Credentials for Learning in the European Learning Model 3 (JSON-LD): diplomas and
//! certificates of the Europass wallet.
//!
//! The content of a credential is in `hasClaim`: achievements, activities, assessments and entitlements,
//! with further claims nested in them. A value may be single or in an array, and text is keyed by
//! language. The issuing tool writes a day as its midnight in Central Europe, in UTC
//! ("2022-12-31T23:00:00Z" is the first of January). The credential's subject is never kept.

use super::json::{at, has_type, many, text, thousandths, whole, words};
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
use std::collections::BTreeSet;

pub(super) struct ElmJson;

static ABOUT: FormatInfo = FormatInfo {
    id: "elm-credential-json",
    fr: "Diplôme ou certificat numérique européen (ELM 3, JSON-LD)",
    en: "European Digital Credential for Learning (ELM 3, JSON-LD)",
    origin: "Europass",
    categories: &[Category::Education],
    looks_for: "JSON with a verifiable credential of type \"EuropeanDigitalCredential\"",
    spec: "https://github.com/european-commission-empl/European-Learning-Model",
    counts: OrdinalKind::Entries,
};

/// Deepest nesting of claims: programmes nest their parts a few levels deep.
const DEPTH: u32 = 16;

/// A path of member names to a value.
type Way = &'static [&'static str];

/// A kind of claim.
struct Kind {
    /// Name of its type.
    name: &'static str,
    /// Our code of the row.
    row: i64,
    /// Paths to its first day, the most reliable first, and to its last.
    first: &'static [Way],
    last: &'static [Way],
}

const KINDS: [Kind; 4] = [
    Kind {
        name: "LearningAchievement",
        row: row::CREDENTIAL,
        first: &[&["awardedBy", "awardingDate"]],
        last: &[],
    },
    Kind {
        name: "LearningActivity",
        row: row::COURSE,
        first: &[&["temporal", "startDate"]],
        last: &[&["temporal", "endDate"]],
    },
    Kind {
        name: "LearningAssessment",
        row: row::GRADE,
        first: &[&["dateIssued"], &["awardedBy", "awardingDate"]],
        last: &[],
    },
    Kind {
        name: "LearningEntitlement",
        row: row::CREDENTIAL,
        first: &[&["dateIssued"]],
        last: &[&["expiryDate"]],
    },
];

/// Members of a claim that hold nested claims.
const WITHIN: [&str; 4] = ["hasPart", "provenBy", "influencedBy", "entitlesTo"];

impl Format for ElmJson {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_json_with(&["\"EuropeanDigitalCredential\""])
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let file = whole(input)?;
        let mut ordinal = 0;
        for one in many(&file) {
            let presented = many(&one["verifiableCredential"]);
            for credential in if presented.is_empty() { std::slice::from_ref(one) } else { presented } {
                ordinal += 1;
                Reader { credential, ordinal, seen: BTreeSet::new(), rows }.read()?;
            }
        }
        Ok(())
    }
}

struct Reader<'v, 'o, 'r> {
    credential: &'v Value,
    ordinal: u64,
    /// Ids of claims already read: one claim may be nested in several others.
    seen: BTreeSet<&'v str>,
    rows: &'o mut RowWriter<'r>,
}

impl<'v> Reader<'v, '_, '_> {
    fn read(&mut self) -> Result<(), FormatError> {
        let credential = self.credential;
        let subjects = many(&credential["credentialSubject"]);
        let mut claims = subjects.iter().flat_map(|subject| many(&subject["hasClaim"])).peekable();
        if claims.peek().is_none() {
            // A credential without claims becomes one row, by its title.
            return self.row(&Value::Null, row::CREDENTIAL, None, None);
        }
        for claim in claims {
            self.claim(claim, DEPTH)?;
        }
        Ok(())
    }

    fn claim(&mut self, claim: &'v Value, depth: u32) -> Result<(), FormatError> {
        let is_new = claim["id"].as_str().is_none_or(|id| self.seen.insert(id));
        let kind = KINDS.iter().find(|kind| has_type(claim, kind.name));
        let Some(kind) = kind.filter(|_| is_new) else { return Ok(()) };
        // A claim defined elsewhere is only referenced here. A malformed claim may contain good ones.
        if !claim["title"].is_null() || !claim["specifiedBy"].is_null() {
            if let (Ok(start), Ok(end)) = (self.day(claim, kind.first), self.day(claim, kind.last)) {
                self.row(claim, kind.row, start, end)?;
            }
        } else if let Some(id) = claim["id"].as_str() {
            self.seen.remove(id);
        }
        let Some(depth) = depth.checked_sub(1) else { return Ok(()) };
        for one in WITHIN.iter().flat_map(|member| many(&claim[*member])) {
            self.claim(one, depth)?;
        }
        Ok(())
    }

    /// Day in the first of several members that has one; a value that is not a date is rejected.
    fn day(&mut self, value: &Value, ways: &[Way]) -> Result<Option<i64>, ()> {
        let Some((way, found)) = ways.iter().find_map(|way| text(value, way).map(|found| (way, found)))
        else {
            return Ok(None);
        };
        day(&found).map(Some).ok_or_else(|| {
            let reason = Reason::not_a_date(found, "2023-06-28T14:00:00Z");
            self.rows.reject(self.ordinal, way.last().copied(), reason);
        })
    }

    fn row(
        &mut self,
        claim: &Value,
        code: i64,
        start: Option<i64>,
        end: Option<i64>,
    ) -> Result<(), FormatError> {
        let credential = self.credential;
        let (mut start, mut end) = (start, end);
        if code == row::CREDENTIAL {
            // Without a day of its own, a claim takes the credential's award day.
            let own =
                |ways: &[&[&str]]| ways.iter().find_map(|way| text(credential, way)).and_then(|t| day(&t));
            start = start.or_else(|| own(&[&["validFrom"], &["issuanceDate"], &["issued"]]));
            end = end.or_else(|| own(&[&["validUntil"], &["expirationDate"]]));
        }
        let issuer = words(credential, &["issuer", "legalName"]);
        let institution = [&["awardedBy", "awardingBody", "legalName"][..], &["directedBy", "legalName"]]
            .iter()
            .find_map(|way| words(claim, way))
            .or_else(|| issuer.clone());
        let title = words(claim, &["title"])
            .or_else(|| words(claim, &["specifiedBy", "title"]))
            .or_else(|| words(credential, &["displayParameter", "title"]));
        let description =
            words(claim, &["description"]).or_else(|| words(claim, &["specifiedBy", "description"]));
        self.rows.push(
            Category::Education,
            self.ordinal,
            &[
                (education::HOLDER, issuer.as_deref().into()),
                (education::ROW, code.into()),
                (education::START, start.into()),
                (education::END, end.into()),
                (education::TITLE, title.as_deref().into()),
                (education::INSTITUTION, institution.as_deref().into()),
                (education::LEVEL, level(claim).into()),
                (education::CREDITS, thousandths(claim, &["specifiedBy", "creditPoint", "point"]).into()),
                (education::RESULT, words(claim, &["grade", "noteLiteral"]).as_deref().into()),
                (
                    education::PROOF,
                    if credential["proof"].is_null() { proof::NONE } else { proof::PRESENT }.into(),
                ),
                (education::DESCRIPTION, description.as_deref().into()),
            ],
        )
    }
}

/// Level of the European Qualifications Framework, from its concept URI (".../snb/eqf/6").
fn level(claim: &Value) -> Option<i64> {
    let concept = at(claim, &["specifiedBy", "eqfLevel", "id"]).as_str()?;
    eqf_level(concept)
}

/// Level at the end of a concept URI; `None` outside 1 to 8.
pub(super) fn eqf_level(concept: &str) -> Option<i64> {
    let level = concept.strip_prefix("http://data.europa.eu/snb/eqf/")?.parse().ok()?;
    (1..=8).contains(&level).then_some(level)
}

/// The day as written, or the Central European day of a UTC instant.
fn day(text: &str) -> Option<i64> {
    if !text.ends_with(['Z', 'z']) {
        return time::days(text, "ymd");
    }
    let (at, _) = time::instant(text)?;
    let offset = time::offset(at, &time::zone("Europe/Brussels"))?;
    Some(i64::from(Day::of_instant(at, offset).0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    #[test]
    fn claims_and_those_within_them_once() {
        let file = r#"{"type":["VerifiableCredential","EuropeanDigitalCredential"],"validFrom":"2022-12-31T23:00:00Z",
          "issuer":{"legalName":{"en":["University"]}},"credentialSubject":{"fullName":{"en":"Max Secret"},"hasClaim":[
          {"id":"a","type":"LearningAchievement","title":{"en":"Master","fr":"Mastère"},"specifiedBy":{
            "eqfLevel":[{"id":"http://data.europa.eu/snb/eqf/7"}],"creditPoint":{"point":"120.5"}},
            "provenBy":[{"id":"t","type":"LearningAssessment","title":{"en":"Exam"},"grade":{"noteLiteral":{"en":"B"}}}],
            "influencedBy":{"id":"c","type":"LearningActivity","title":{"en":["Course"]},
              "temporal":[{"startDate":"2022-05-05T07:00:00Z","endDate":"2022-06-06T15:00:00Z"}]}},
          {"id":"c","type":"LearningActivity","title":{"en":["Course"]}},
          {"id":"w","type":"LearningActivity","title":{"en":["Wrong"]},"temporal":{"startDate":"soon"}}]}}"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("elm-credential-json", 3, 1)
        );
        let batch = &batches[0];
        assert_eq!(batch.text(education::TITLE, 0), Some("Mastère"));
        assert_eq!(batch.integer(education::START, 0), time::days("2023-01-01", "ymd"));
        assert_eq!(batch.integer(education::LEVEL, 0), Some(7));
        assert_eq!(batch.integer(education::CREDITS, 0), Some(120_500));
        assert_eq!(batch.text(education::RESULT, 1), Some("B"));
        assert_eq!(batch.integer(education::END, 2), time::days("2022-06-06", "ymd"));
        for row in 0..batch.rows() {
            for field in 0..batch.schema().fields.len() {
                assert!(batch.text(field, row).is_none_or(|text| !text.contains("Secret")));
            }
        }
    }

    #[test]
    fn a_credential_without_claims_is_one_by_its_title() {
        let file = r#"{"type":"EuropeanDigitalCredential","issued":"2010-01-01T00:00:00",
            "displayParameter":{"title":{"en":"Some certificate"}}}"#;
        let (_, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(batches[0].text(education::TITLE, 0), Some("Some certificate"));
    }
}
