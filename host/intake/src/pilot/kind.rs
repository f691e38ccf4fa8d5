//! Kinds of documents, and a format that reads the kinds of one subject.

use super::document::{Doc, Done, Fault, Out};
use super::insured::Insured;
use super::sms_duplicates::Legs;
use crate::Format;
use crate::error::FormatError;
use crate::format::FormatInfo;
use crate::read::{Head, Input, elements};
use crate::reason::Reason;
use crate::rows::RowWriter;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Most documents examined to recognise a file.
const LOOKED_AT: usize = 64;

/// A kind of document.
pub(super) struct Kind {
    /// Values of `docType`: its last part, in lower case.
    pub(super) doc_types: &'static [&'static str],
    /// Required members. A document without `docType` can only be of a kind that lists members here.
    pub(super) members: &'static [&'static str],
    /// Required text, for kinds whose members have common names.
    pub(super) pieces: &'static [&'static str],
    /// Its reader.
    pub(super) read: fn(&Doc<'_>, &mut Out<'_, '_>) -> Done,
}

impl Kind {
    /// Whether a document is of this kind, by its `docType`, its members (`has`) and its text.
    fn is_kind_of(&self, doc_type: Option<&str>, has: &dyn Fn(&str) -> bool, text: &str) -> bool {
        let named = match doc_type {
            Some(doc_type) => self.doc_types.contains(&last_part(doc_type).as_str()),
            None => !self.members.is_empty(),
        };
        named
            && self.members.iter().all(|member| has(member))
            && self.pieces.iter().all(|piece| text.contains(piece))
    }
}

/// Kinds of documents on one subject: a format.
pub(super) struct Group {
    pub(super) about: &'static FormatInfo,
    pub(super) kinds: &'static [Kind],
}

impl Group {
    /// Whether one of these documents, from a file that begins with `text`, belongs to this group.
    fn has_some_of(&self, documents: &[Signs], text: &str) -> bool {
        documents.iter().any(|signs| {
            let has = |member: &str| signs.members.iter().any(|other| other == member);
            self.kinds.iter().any(|kind| kind.is_kind_of(signs.doc_type.as_deref(), &has, text))
        })
    }
}

impl Format for Group {
    fn about(&self) -> &'static FormatInfo {
        self.about
    }

    fn recognise(&self, head: &Head) -> bool {
        groups_of(head).is_some_and(|groups| matches!(groups[..], [only] if std::ptr::eq(only, self)))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        documents(input, rows, &[self])
    }
}

/// Groups of the documents at the start of a file; `None` if it is not an array of objects.
pub(super) fn groups_of(head: &Head) -> Option<Vec<&'static Group>> {
    let text = head.text();
    if !text.trim_start().starts_with('[') {
        return None;
    }
    let documents = signs_of(text);
    let groups = super::GROUPS.iter().copied();
    Some(groups.filter(|group| group.has_some_of(&documents, text)).collect())
}

/// Reads each document of an array by its kind; a malformed one is rejected alone.
pub(super) fn documents(
    input: Input<'_>,
    rows: &mut RowWriter<'_>,
    groups: &[&Group],
) -> Result<(), FormatError> {
    let (mut legs, mut insured) = (Legs::default(), Insured::default());
    elements(input.text(), &[], &mut |ordinal, raw| {
        let Some(doc) = Doc::parse(raw) else {
            rows.reject(ordinal, None, Reason::NotAnObject);
            return Ok(());
        };
        let doc_type = doc.text("docType");
        let mut kinds = groups.iter().flat_map(|group| group.kinds);
        let has = |member: &str| doc.has(member);
        let Some(kind) = kinds.find(|kind| kind.is_kind_of(doc_type.as_deref(), &has, raw)) else {
            rows.reject(ordinal, Some("docType"), not_expected(doc_type.as_deref()));
            return Ok(());
        };
        let mut out = Out { ordinal, rows: &mut *rows, legs: &mut legs, insured: &mut insured };
        match (kind.read)(&doc, &mut out) {
            Err(Fault::FormatError(stop)) => Err(stop),
            Err(Fault::Wrong(field, reason)) => {
                rows.reject(ordinal, Some(field), reason);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    })
}

fn not_expected(doc_type: Option<&str>) -> Reason {
    match doc_type {
        Some(doc_type) => Reason::unexpected_kind(doc_type),
        None => Reason::UnexpectedDocument,
    }
}

/// "fr.orange.geopoint" becomes "geopoint".
fn last_part(doc_type: &str) -> String {
    doc_type.rsplit('.').next().unwrap_or(doc_type).to_lowercase()
}

/// Marks that identify the kind of a document, even if it is truncated.
#[derive(Default)]
struct Signs {
    doc_type: Option<String>,
    members: Vec<String>,
}

/// Marks of the documents of an array that may be truncated anywhere, up to the cut.
fn signs_of(text: &str) -> Vec<Signs> {
    let mut documents = Vec::new();
    let mut json = serde_json::Deserializer::from_str(text);
    // The cut ends in an error, and so does the input after the examined documents.
    let _ = Documents(&mut documents).deserialize(&mut json);
    documents
}

struct Documents<'s>(&'s mut Vec<Signs>);

impl<'de> DeserializeSeed<'de> for Documents<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Documents<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while self.0.len() < LOOKED_AT {
            let mut signs = Signs::default();
            let read = seq.next_element_seed(Members(&mut signs));
            let more = matches!(read, Ok(Some(())));
            if more || read.is_err() {
                self.0.push(signs);
            }
            if !more {
                return read.map(drop);
            }
        }
        Ok(())
    }
}

/// Collects the members of an object, up to the cut.
struct Members<'s>(&'s mut Signs);

impl<'de> DeserializeSeed<'de> for Members<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(member) = map.next_key::<String>()? {
            if member == "docType" {
                let doc_type = map.next_value::<serde_json::Value>()?;
                self.0.doc_type = doc_type.as_str().map(str::to_owned);
                continue;
            }
            self.0.members.push(member);
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_a_cut_is_seen() {
        let signs = signs_of(r#"[{"docType":"fr.orange.GeoPoint","a":[1,2]},{"b":1,"c":{"d":"#);
        assert_eq!(signs.len(), 2);
        assert_eq!(
            (signs[0].doc_type.as_deref(), &signs[0].members[..]),
            (Some("fr.orange.GeoPoint"), &["a".to_owned()][..])
        );
        assert_eq!(signs[1].members, ["b", "c"]);
        assert_eq!(signs_of("[]").len(), 0);
        assert_eq!(signs_of(&"[1,".repeat(10_000)).len(), 1);
    }
}
