//! Summaries of care in the United States: C-CDA (2012 and later) and its predecessor C32.
//!
//! See [`cda`] for their content. The document that Apple Health exports beside its own file repeats that
//! file, is as long, and is often invalid XML: it is not recognised.

use super::cda;
use crate::Format;
use crate::error::FormatError;
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::rows::RowWriter;
use mesinfos_model::Category;

/// The `ccda` format.
pub(crate) struct Ccda;

static ABOUT: FormatInfo = FormatInfo {
    id: "ccda",
    fr: "Résumé de soins C-CDA ou C32 (XML)",
    en: "C-CDA or C32 summary of care (XML)",
    origin: "HL7",
    categories: &[Category::Health],
    looks_for: "an XML <ClinicalDocument> of urn:hl7-org:v3 with a template of 2.16.840.1.113883.10.20",
    spec: "https://www.hl7.org/implement/standards/product_brief.cfm?product_id=492",
    counts: OrdinalKind::Lines,
};

impl Format for Ccda {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_markup_with("urn:hl7-org:v3")
            && head.xml_root() == Some("ClinicalDocument")
            && head.text().contains("\"2.16.840.1.113883.10.20.")
            && !head.text().contains("\"Health Export CDA\"")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        cda::read(input, rows, "")
    }
}

#[cfg(test)]
mod tests {
    use crate::{Read, read_all};
    use mesinfos_model::category::health;
    use mesinfos_model::{Batch, Category, Day};

    fn read(sections: &str) -> (Read, Batch) {
        let text = format!(
            r#"<?xml version="1.0"?><h:ClinicalDocument xmlns:h="urn:hl7-org:v3"><h:templateId root="2.16.840.1.113883.10.20.22.1.2"/>
<h:custodian><h:assignedCustodian><h:representedCustodianOrganization><h:name>Good Clinic</h:name></h:representedCustodianOrganization></h:assignedCustodian></h:custodian>
<h:component><h:structuredBody>{}</h:structuredBody></h:component></h:ClinicalDocument>"#,
            sections.replace("</", "</h:").replace('<', "<h:").replace("<h:/h:", "</h:")
        );
        let (mut reads, mut batches) = read_all(text.as_bytes()).unwrap();
        (reads.remove(0), batches.pop().unwrap_or_else(|| Batch::empty(Category::Health)))
    }

    fn section(code: &str, text: &str, entries: &str) -> String {
        format!(
            r#"<component><section><code code="{code}"/><text>{text}</text>{entries}</section></component>"#
        )
    }

    #[test]
    fn a_problem_with_a_partial_date_and_a_text_reference() {
        let entry = r##"<entry><act><statusCode code="active"/><effectiveTime><low nullFlavor="UNK"/></effectiveTime>
            <entryRelationship><observation><text><reference value="#p1"/></text><effectiveTime><low value="199701"/></effectiveTime>
            <value nullFlavor="UNK"><originalText><reference value="#p1"/></originalText><translation code="786.2" codeSystem="2.16.840.1.113883.6.103"/></value>
            <entryRelationship><observation><code code="33999-4"/><value displayName="Resolved"/></observation></entryRelationship>
            </observation></entryRelationship></act></entry>"##;
        let (read, batch) = read(&section(
            "11450-4",
            r#"<list><item ID="p1">Cough <content>dry</content></item></list>"#,
            entry,
        ));
        assert_eq!((read.rows, read.rejected_count), (1, 0), "{:?}", read.rejected);
        assert_eq!(batch.text(health::LABEL, 0), Some("Cough dry"));
        assert_eq!(batch.text(health::CODE_SYSTEM, 0), Some("ICD-9-CM"));
        assert_eq!(batch.text(health::STATUS, 0), Some("Resolved"));
        assert_eq!(batch.text(health::HOLDER, 0), Some("Good Clinic"));
        assert_eq!(batch.day(0), Day::from_ymd(1997, 1, 1));
    }

    #[test]
    fn results_take_the_date_of_their_panel_and_bad_dates_are_rejected() {
        let entry = r#"<entry><organizer><effectiveTime value="200003231430"/>
            <component><observation><code code="30313-1" codeSystem="2.16.840.1.113883.6.1" displayName="HGB"/><value value="13.2" unit="g/dl"/></observation></component>
            <component><observation><code code="UNK"><originalText>GLUCOSE</originalText></code><value>152 MG/DL</value></observation></component>
            <component><observation><code displayName="WBC"/><effectiveTime value="20000230"/><value value="6"/></observation></component>
            </organizer></entry>"#;
        let (read, batch) = read(&section("30954-2", "", entry));
        assert_eq!((read.rows, read.rejected_count), (2, 1));
        assert_eq!(batch.integer(health::NUMBER, 0), Some(13_200));
        assert_eq!(batch.day(0), Day::from_ymd(2000, 3, 23));
        assert_eq!((batch.text(health::VALUE, 1), batch.text(health::UNIT, 1)), (Some("152"), Some("MG/DL")));
        assert_eq!(batch.text(health::CODE, 1), None);
    }

    #[test]
    fn what_was_not_done_is_no_row() {
        let shot = |negated: &str| {
            format!(
                r#"<entry><substanceAdministration negationInd="{negated}"><effectiveTime value="1998"/><doseQuantity value="50" unit="mcg"/>
                <consumable><manufacturedProduct><manufacturedMaterial><code code="88" codeSystem="2.16.840.1.113883.6.59" displayName="Flu"/></manufacturedMaterial></manufacturedProduct></consumable>
                </substanceAdministration></entry>"#
            )
        };
        let (read, batch) = read(&section("11369-6", "", &(shot("true") + &shot("false"))));
        assert_eq!((read.rows, read.rejected_count), (1, 0));
        assert_eq!(batch.text(health::DOSE, 0), Some("50 mcg"));
        assert_eq!(batch.day(0), Day::from_ymd(1998, 1, 1));
        assert_eq!(batch.integer(health::UNTIL, 0), Day::from_ymd(1998, 12, 31).map(|d| i64::from(d.0)));
    }

    #[test]
    fn what_is_planned_is_no_row() {
        let act = |mood: &str| {
            format!(r#"<entry><procedure moodCode="{mood}"><code displayName="X-Ray"/></procedure></entry>"#)
        };
        let (read, _) = read(&section("47519-4", "", &(act("RQO") + &act("EVN"))));
        assert_eq!((read.rows, read.rejected_count), (1, 0));
    }

    #[test]
    fn an_allergy_has_the_name_of_its_agent_and_the_state_of_its_concern() {
        let entry = r##"<entry><act><statusCode code="active"/><entryRelationship typeCode="SUBJ"><observation><statusCode code="completed"/>
            <participant><participantRole><playingEntity><code code="UNK"><originalText><reference value="#no"/></originalText></code><name>LATEX</name></playingEntity></participantRole></participant>
            <entryRelationship typeCode="MFST"><observation><text><reference value="#r1"/></text></observation></entryRelationship>
            </observation></entryRelationship></act></entry>"##;
        let text = r#"<content ID="no">Coded Allergy Name Not Available</content><content ID="r1">URTICARIA</content>"#;
        let (read, batch) = read(&section("48765-2", text, entry));
        assert_eq!((read.rows, read.rejected_count), (1, 0));
        assert_eq!(batch.text(health::LABEL, 0), Some("LATEX"));
        assert_eq!(batch.text(health::STATUS, 0), Some("active"));
        assert_eq!(batch.text(health::VALUE, 0), Some("URTICARIA"));
        assert_eq!(batch.time(0), None);
    }

    #[test]
    fn the_second_file_of_apple_health_is_none() {
        let text = r#"<ClinicalDocument xmlns="urn:hl7-org:v3"><templateId root="2.16.840.1.113883.10.20.22.1.2"/>
            <id extension="Health Export CDA" root="1.1.1.1.1.1.1.1.1"/></ClinicalDocument>"#;
        assert!(matches!(read_all(text.as_bytes()), Err(crate::IntakeError::Unrecognised { .. })));
    }

    #[test]
    fn a_truncated_document_gives_the_sections_before() {
        let entry = r#"<entry><procedure><code displayName="X-Ray"/><effectiveTime value="2012"/></procedure></entry>"#;
        let whole = format!(
            r#"<ClinicalDocument xmlns="urn:hl7-org:v3"><templateId root="2.16.840.1.113883.10.20.3"/>{}<component><section><code code="8716-3"/>"#,
            section("47519-4", "", entry)
        );
        let (reads, batches) = read_all(whole.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count, batches.len()), (1, 1, 1));
    }
}
