//! Contacts of an address book.

use super::SPEC;
use super::document::{Doc, Done, Out};
use super::kind::{Group, Kind};
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::phone;
use mesinfos_model::Category;
use mesinfos_model::category::social;

static ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-contacts-json",
    fr: "Carnet d’adresses du pilote MesInfos (JSON)",
    en: "Address book of the MesInfos pilot (JSON)",
    origin: "MesInfos: Cozy",
    categories: &[Category::Social],
    looks_for: "a JSON array of documents with docType \"contact\" and \"fn\"",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

pub(super) static GROUP: Group = Group {
    about: &ABOUT,
    kinds: &[Kind { doc_types: &["contact"], members: &[], pieces: &["\"fn\""], read: contact }],
};

/// A contact, modelled on vCard: `fn` is the name, and each of `datapoints` a telephone number ("tel"),
/// an e-mail address ("email"), an address ("adr")… Notes are not kept, and the file does not date the
/// acquaintance.
fn contact(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let points = doc.parts("datapoints");
    let values = |name: &str| -> Vec<String> {
        let those =
            points.iter().filter(|point| point.text("name").is_some_and(|n| n.eq_ignore_ascii_case(name)));
        // The parts of an address are an array.
        let value = |point: &Doc<'_>| {
            let parts = point.texts("value");
            point.text("value").or_else(|| (!parts.is_empty()).then(|| parts.join(" ")))
        };
        those.filter_map(value).collect()
    };
    let some = |texts: &[String], between: &str| (!texts.is_empty()).then(|| texts.join(between));
    let phones: Vec<String> = values("tel").iter().filter_map(|number| phone::normal(number)).collect();
    out.push(
        Category::Social,
        &[
            (social::HOLDER, "Cozy".into()),
            (social::ROW, social::row::CONTACT.into()),
            (social::CHANNEL, social::channel::ADDRESS_BOOK.into()),
            (social::PERSON, doc.first(&["_id", "id"]).as_deref().into()),
            (social::GROUPS, some(&doc.texts("tags"), ", ").as_deref().into()),
            (social::NAME, doc.text("fn").as_deref().into()),
            (social::ORGANISATION, doc.text("org").as_deref().into()),
            (social::PHONES, some(&phones, " ").as_deref().into()),
            (social::EMAILS, some(&values("email"), " ").as_deref().into()),
            (social::ADDRESS, some(&values("adr"), "; ").as_deref().into()),
            (social::BIRTHDAY, doc.day("bday").unwrap_or_default().into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    #[test]
    fn contacts_with_their_data() {
        let file = r#"[{"docType":"contact","fn":" Anne Test ","tags":["amis","chorale"],"note":"secret","datapoints":[
            {"name":"tel","type":"main","value":"06 12 34 56 78"},{"name":"email","value":"a@example.org"},
            {"name":"adr","value":["","","2 rue X","Lyon"]}]},{"docType":"contact","fn":"Bo","datapoints":[]}]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows), ("mesinfos-contacts-json", 2));
        let text = |field| batches[0].text(field, 0);
        assert_eq!(text(social::NAME), Some("Anne Test"));
        assert_eq!(text(social::PHONES), Some("+33612345678"));
        assert_eq!(text(social::ADDRESS), Some("2 rue X Lyon"));
        assert_eq!(text(social::GROUPS), Some("amis, chorale"));
        assert_eq!(text(social::BODY), None);
    }
}
