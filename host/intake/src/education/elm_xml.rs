//! European Digital Credentials for Learning from before 2023, in the European Learning Model 2 (XML).
//!
//! A `europassCredential` lists its subject's achievements, activities, assessments and entitlements.
//! Each refers to others by `idref`: its specification, its awarding body, organisations. Each may have parts, and names
//! what it was derived from and influenced by: those are rows too, each once. Text is in `text` elements by language. The credential's subject is never kept.

use super::elm_json::eqf_level;
use super::json::LANGUAGES;
use crate::Format;
use crate::error::FormatError;
use crate::format::FormatInfo;
use crate::number::scaled;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Node};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::Category;
use mesinfos_model::category::education::{self, proof, row};
use std::collections::{BTreeMap, HashSet};

pub(super) struct ElmXml;

static ABOUT: FormatInfo = FormatInfo {
    id: "elm-credential-xml",
    fr: "Diplôme ou certificat numérique européen (ELM 2, XML)",
    en: "European Digital Credential for Learning (ELM 2, XML)",
    origin: "Europass",
    categories: &[Category::Education],
    looks_for: "XML with an element europassCredential of the namespace http://data.europa.eu/snb",
    spec: "https://github.com/european-commission-empl/European-Learning-Model",
    counts: OrdinalKind::Lines,
};

/// Lists under the subject, and our row code for their items.
const LISTS: [(&str, i64); 4] = [
    ("achievements", row::CREDENTIAL),
    ("activities", row::COURSE),
    ("assessments", row::GRADE),
    ("entitlements", row::CREDENTIAL),
];

/// Elements of an item that hold or name others, and our row code for those; `None` for that of the item.
const WITHIN: [(&str, Option<i64>); 4] = [
    ("hasPart", None),
    ("wasDerivedFrom", Some(row::GRADE)),
    ("wasInfluencedBy", Some(row::COURSE)),
    ("entitlesTo", Some(row::CREDENTIAL)),
];

/// Deepest nesting of items: programmes nest their parts a few levels deep.
const DEPTH: u32 = 16;

impl Format for ElmXml {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_markup_with("europassCredential")
            && ["http://data.europa.eu/snb", "http://data.europa.eu/europass/model/credentials"]
                .iter()
                .any(|ns| head.text().contains(ns))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        // A credential is one element whose parts refer to each other.
        let mut xml = input.xml();
        while let Some(node) = xml.next(&["verifiablePresentation", "europassCredential"])? {
            presented(&node, false, rows)?;
        }
        Ok(())
    }
}

/// Reads a credential, or those that an element around them presents, whose proof is theirs.
fn presented(node: &Node, is_signed: bool, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let is_signed = is_signed || is_proved(node);
    if &*node.name == "europassCredential" {
        return Credential::of(node, is_signed).read(rows);
    }
    node.children.iter().try_for_each(|inner| presented(inner, is_signed, rows))
}

/// Whether an element has a proof of its own that is not empty.
fn is_proved(node: &Node) -> bool {
    ["proof", "Signature"]
        .iter()
        .filter_map(|name| node.child(name))
        .any(|proof| !proof.text.is_empty() || !proof.children.is_empty())
}

/// A credential and its elements that have an id.
struct Credential<'n> {
    node: &'n Node,
    is_signed: bool,
    by_id: BTreeMap<&'n str, &'n Node>,
}

impl<'n> Credential<'n> {
    fn of(node: &'n Node, is_signed: bool) -> Credential<'n> {
        let mut by_id = BTreeMap::new();
        node.walk(&mut |inner| {
            if let Some(id) = inner.attribute("id") {
                by_id.insert(id, inner);
            }
        });
        Credential { node, is_signed, by_id }
    }

    fn read(&self, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut listed = Vec::new();
        for subject in self.node.all("credentialSubject") {
            for (list, code) in LISTS {
                let items = subject.all(list).flat_map(|list| &list.children);
                listed.extend(items.map(|item| (self.named(item), code)));
            }
        }
        // A credential with empty lists becomes one row, by its title.
        if listed.is_empty() {
            return self.row(self.node, row::CREDENTIAL, rows);
        }
        let mut seen: HashSet<*const Node> = HashSet::new();
        listed.retain(|(item, _)| seen.insert(std::ptr::from_ref(*item)));
        for &(item, code) in &listed {
            self.row(item, code, rows)?;
        }
        for (item, code) in listed {
            self.within(item, code, DEPTH, &mut seen, rows)?;
        }
        Ok(())
    }

    /// Rows of the items that an item holds or names and that have none yet.
    fn within(
        &self,
        item: &'n Node,
        code: i64,
        depth: u32,
        seen: &mut HashSet<*const Node>,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let Some(depth) = depth.checked_sub(1) else { return Ok(()) };
        for (name, own) in WITHIN {
            let code = own.unwrap_or(code);
            for holder in item.all(name) {
                let named = holder.attribute("idref").is_some();
                let items = if named { std::slice::from_ref(holder) } else { &holder.children[..] };
                for part in items {
                    let part = self.named(part);
                    // A name that leads nowhere is no item.
                    if part.attribute("idref").is_some() || !seen.insert(std::ptr::from_ref(part)) {
                        continue;
                    }
                    self.row(part, code, rows)?;
                    self.within(part, code, depth, seen, rows)?;
                }
            }
        }
        Ok(())
    }

    /// The element itself, or the one that it refers to by `idref`.
    fn named(&self, node: &'n Node) -> &'n Node {
        node.attribute("idref").and_then(|id| self.by_id.get(id).copied()).unwrap_or(node)
    }

    /// The child element of this name, or the element that it refers to by `idref`.
    fn find(&self, node: &'n Node, name: &str) -> Option<&'n Node> {
        Some(self.named(node.child(name)?)).filter(|found| found.attribute("idref").is_none())
    }

    /// Preferred name of a referenced organisation, or its legal identifier.
    fn organisation(&self, node: &'n Node, name: &str) -> Option<&'n str> {
        let organisation = self.find(node, name)?;
        words(organisation, "prefLabel").or_else(|| words(organisation, "legalIdentifier"))
    }

    fn row(&self, item: &'n Node, code: i64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let awarded = self.find(item, "wasAwardedBy");
        let specified = self.find(item, "specifiedBy");
        let first = ["startedAtTime", "issuedDate", "dateIssued"].iter().find_map(|name| dated(item, name));
        let first = first.or_else(|| dated(awarded?, "awardingDate"));
        let own = || ["validFrom", "issued", "issuanceDate"].iter().find_map(|name| dated(self.node, name));
        let last = ["endedAtTime", "expiryDate"].iter().find_map(|name| dated(item, name));
        let is_credential = code == row::CREDENTIAL;
        let first = first.or_else(|| is_credential.then(own).flatten());
        let last = last.or_else(|| is_credential.then(|| dated(self.node, "expirationDate")).flatten());
        let mut day = |found: Option<(&'static str, &str)>| match found {
            None => Ok(None),
            Some((name, text)) => time::days(text, "ymd").map(Some).ok_or_else(|| {
                rows.reject(item.line, Some(name), Reason::not_a_date(text, "2021-12-22T00:00:00+01:00"));
            }),
        };
        let (Ok(start), Ok(end)) = (day(first), day(last)) else { return Ok(()) };
        let issuer = self.organisation(self.node, "issuer");
        let institution = awarded
            .and_then(|awarded| self.organisation(awarded, "awardingBody"))
            .or_else(|| self.organisation(item, "directedBy"))
            .or_else(|| self.organisation(item, "assessedBy"))
            .or(issuer);
        let level = specified.and_then(|s| s.child("eqfLevel")?.attribute("uri")).and_then(eqf_level);
        let points =
            ["hasECTSCreditPoints", "hasCreditPoints"].iter().find_map(|name| specified?.text_at(&[name]));
        let grade = item.child("grade").map(Node::whole_text).filter(|grade| !grade.is_empty());
        rows.push(
            Category::Education,
            item.line,
            &[
                (education::HOLDER, issuer.into()),
                (education::ROW, code.into()),
                (education::START, start.into()),
                (education::END, end.into()),
                (education::TITLE, words(item, "title").or_else(|| words(specified?, "title")).into()),
                (education::INSTITUTION, institution.into()),
                (education::LEVEL, level.into()),
                (education::CREDITS, points.and_then(|points| scaled(points, 3)).into()),
                (education::RESULT, grade.as_deref().into()),
                (education::PROOF, if self.is_signed { proof::PRESENT } else { proof::NONE }.into()),
                (education::DESCRIPTION, words(item, "description").into()),
            ],
        )
    }
}

/// The time in a child element, with the element's name.
fn dated<'n>(node: &'n Node, name: &'static str) -> Option<(&'static str, &'n str)> {
    node.text_at(&[name]).map(|text| (name, text))
}

/// Text of an element, in a preferred language if there is one.
fn words<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    let element = node.child(name)?;
    let in_language =
        |language: &&str| element.all("text").find(|text| text.attribute("lang") == Some(language));
    let text = LANGUAGES.iter().find_map(in_language).or_else(|| element.child("text")).unwrap_or(element);
    Some(text.text.as_str()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    #[test]
    fn what_is_named_elsewhere_is_found() {
        let file = r##"<?xml version="1.0"?><europassCredential xmlns="http://data.europa.eu/snb"
          xmlns:cred="http://data.europa.eu/europass/model/credentials/w3c#" cred:id="urn:credential:1">
          <cred:validFrom>2021-12-22T00:00:00+01:00</cred:validFrom><cred:issuer idref="o1"/>
          <title><text lang="en">Certificate</text></title>
          <credentialSubject id="p1"><fullName><text lang="en">Ana Secret</text></fullName>
          <achievements><qualificationAward id="q1"><title><text lang="en">Master</text><text lang="fr">Mastère</text></title>
            <wasAwardedBy idref="w1"/><specifiedBy idref="s1"/></qualificationAward></achievements>
          <activities>
            <activity id="a1"><title><text lang="en">Course</text></title><startedAtTime>2015-10-01T00:00:00+02:00</startedAtTime>
            <endedAtTime>2018-06-30T00:00:00+02:00</endedAtTime><directedBy idref="o2"/></activity>
            <activity id="a2"><startedAtTime>soon</startedAtTime></activity></activities>
          <assessments><assessment id="e1"><title><text lang="en">Exam</text></title><grade><numericScore>16</numericScore></grade>
            </assessment></assessments>
          <awardings><awardingProcess id="w1"><awardingBody idref="o2"/><awardingDate>2016-08-16T11:13:35+01:00</awardingDate>
            </awardingProcess></awardings></credentialSubject>
          <learningSpecificationReferences><qualification id="s1"><eqfLevel uri="http://data.europa.eu/snb/eqf/7"/>
            <hasECTSCreditPoints>120</hasECTSCreditPoints></qualification></learningSpecificationReferences>
          <agentReferences><organization id="o1"><prefLabel><text lang="en">Issuer</text></prefLabel></organization>
            <organization id="o2"><prefLabel><text lang="en">University</text></prefLabel></organization></agentReferences>
          <proof></proof></europassCredential>"##;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows, reads[0].rejected_count), ("elm-credential-xml", 3, 1));
        let batch = &batches[0];
        assert_eq!(batch.text(education::TITLE, 0), Some("Mastère"));
        assert_eq!(batch.text(education::INSTITUTION, 0), Some("University"));
        assert_eq!(batch.text(education::HOLDER, 0), Some("Issuer"));
        assert_eq!(batch.integer(education::START, 0), time::days("2016-08-16", "ymd"));
        assert_eq!(batch.integer(education::LEVEL, 0), Some(7));
        assert_eq!(batch.integer(education::CREDITS, 0), Some(120_000));
        assert_eq!(batch.integer(education::END, 1), time::days("2018-06-30", "ymd"));
        assert_eq!(batch.text(education::RESULT, 2), Some("16"));
        assert_eq!(batch.integer(education::PROOF, 0), Some(proof::NONE));
    }

    #[test]
    fn a_credential_that_lists_nothing_is_one_by_its_title() {
        let file = r#"<europassCredential xmlns="http://data.europa.eu/snb"><issued>2022-02-02T14:15:15+01:00</issued>
            <title><text lang="de">Zeugnis</text></title><credentialSubject/></europassCredential>"#;
        let (_, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(batches[0].text(education::TITLE, 0), Some("Zeugnis"));
    }
}
