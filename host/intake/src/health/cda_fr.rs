//! Clinical documents of Mon espace santé: the reimbursement history (CNAM-HR), the vaccination history
//! (VAC) and the medical summary (VSM), as the CI-SIS of the Agence du numérique en santé describes them.
//!
//! The reimbursement history holds acts, medicines and stays, and no amounts: its rows are items. The
//! dispensing date of a medicine is on its supply, not on the medicine itself. See [`cda`] for the rest.

use super::cda;
use crate::Format;
use crate::error::FormatError;
use crate::format::FormatInfo;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::rows::RowWriter;
use mesinfos_model::Category;

/// The `cda-fr` format.
pub(crate) struct CdaFr;

static ABOUT: FormatInfo = FormatInfo {
    id: "cda-fr",
    fr: "Document de Mon espace santé (CDA)",
    en: "Mon espace santé document (CDA)",
    origin: "Assurance Maladie, Mon espace santé",
    categories: &[Category::Health],
    looks_for: "an XML <ClinicalDocument> of urn:hl7-org:v3 with the French template 1.2.250.1.213.1.1.1.1",
    spec: "https://esante.gouv.fr/offres-services/ci-sis/espace-publication",
    counts: OrdinalKind::Lines,
};

impl Format for CdaFr {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_markup_with("urn:hl7-org:v3")
            && head.xml_root() == Some("ClinicalDocument")
            && (head.text().contains("\"1.2.250.1.213.1.1.1.1\"")
                || head.text().contains("\"2.16.840.1.113883.2.8.2.1\""))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        cda::read(input, rows, "Mon espace santé")
    }
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::Day;
    use mesinfos_model::category::health;

    #[test]
    fn a_medicine_has_the_date_of_its_supply_and_a_stay_what_it_was_for() {
        let text = r##"<ClinicalDocument xmlns="urn:hl7-org:v3"><templateId root="1.2.250.1.213.1.1.1.1"/>
<component><structuredBody><component><section><code code="10160-0"/><title>Médicaments</title><text><content ID="M1">CRESTOR 5MG</content></text>
<entry><substanceAdministration><statusCode code="completed"/><effectiveTime><low nullFlavor="UNK"/></effectiveTime><consumable><manufacturedProduct><manufacturedMaterial>
<code><originalText><reference value="#M1"/></originalText><translation code="3400935673220" codeSystem="1.2.250.1.215.200.1.1.1"/></code></manufacturedMaterial></manufacturedProduct></consumable>
<entryRelationship><supply><quantity value="2"/><performer><time value="20190311"/><assignedEntity><representedOrganization><name>PHARMACIE</name></representedOrganization></assignedEntity></performer></supply></entryRelationship>
</substanceAdministration></entry></section></component>
<component><section><code code="46240-8"/><title>Hospitalisations</title><text/><entry><encounter><code code="IMP" displayName="Hospitalisation"><qualifier>
<value code="1940" displayName="Interventions" codeSystem="1.2.250.1.215.200.3.1"/></qualifier></code><effectiveTime><low value="20190515"/><high value="20190530"/></effectiveTime></encounter></entry></section></component>
<component><section><code code="29554-3"/><title>Biologie</title><text/><entry><procedure><code code="1208" displayName="T.S.H." codeSystem="1.2.250.1.215.200.4.1"/>
<effectiveTime value="20190611"/></procedure></entry></section></component></structuredBody></component></ClinicalDocument>"##;
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows, reads[0].rejected_count), ("cda-fr", 3, 0));
        let batch = &batches[0];
        assert_eq!(batch.text(health::LABEL, 0), Some("CRESTOR 5MG"));
        assert_eq!(
            (batch.text(health::CODE_SYSTEM, 0), batch.text(health::CODE, 0)),
            (Some("CIP"), Some("3400935673220"))
        );
        assert_eq!(batch.day(0), Day::from_ymd(2019, 3, 11));
        assert_eq!(batch.integer(health::QUANTITY, 0), Some(2_000));
        assert_eq!(batch.text(health::PROVIDER, 0), Some("PHARMACIE"));
        assert_eq!(
            (batch.text(health::CODE_SYSTEM, 1), batch.text(health::LABEL, 1)),
            (Some("GHM"), Some("Interventions"))
        );
        assert_eq!(batch.integer(health::KIND, 2), Some(health::kind::LAB_RESULT));
    }
}
