//! Care: claims with amounts (FHIR `ExplanationOfBenefit`, in the profile of CARIN Blue Button, in euros),
//! and the medicines of Mon espace santé (CDA), whose documents have no amounts.

use super::{SampleFile, some};
use crate::calendar::compact;
use crate::life::{Care, Claim, Life, Record};
use crate::text::{Object, euros, xml};

pub(crate) fn claims(_: &Life, record: &Record) -> Vec<SampleFile> {
    some("remboursements-fhir.json", !record.claims.iter().any(|claim| record.shows(claim.on)), || {
        let entries = record
            .claims
            .iter()
            .enumerate()
            .filter(|(_, claim)| record.shows(claim.on))
            .map(|(ordinal, claim)| Object::new().object("resource", &benefit(ordinal, claim)));
        Object::new()
            .text("resourceType", "Bundle")
            .text("type", "collection")
            .list("entry", entries)
            .to_string()
    })
}

fn coded(code: &str) -> Object {
    Object::new().list("coding", [Object::new().text("code", code)])
}

fn benefit(ordinal: usize, claim: &Claim) -> Object {
    let amount = |category: &str, cents: i64| {
        let amount = Object::new().raw("value", euros(cents)).text("currency", "EUR");
        Object::new().object("category", &coded(category)).object("amount", &amount)
    };
    let kind = if claim.kind == Care::Doctor { "professional" } else { "pharmacy" };
    let day = claim.on.to_string();
    Object::new()
        .text("resourceType", "ExplanationOfBenefit")
        .text("id", &format!("s{ordinal:06}"))
        .text("status", "active")
        .text("use", "claim")
        .object("type", &coded(kind))
        .object("billablePeriod", &Object::new().text("start", &day))
        .object("insurer", &Object::new().text("display", "Assurance Maladie"))
        .object("provider", &Object::new().text("display", claim.provider))
        .list(
            "total",
            [
                amount("submitted", claim.charged),
                amount("benefit", claim.paid),
                amount("paidbypatient", claim.charged - claim.paid),
            ],
        )
}

/// The dispensed medicines.
pub(super) fn record(_: &Life, record: &Record) -> Vec<SampleFile> {
    let medicines: Vec<&Claim> =
        record.claims.iter().filter(|claim| claim.kind == Care::Pharmacy && record.shows(claim.on)).collect();
    some("mon-espace-sante.xml", medicines.is_empty(), || {
        let texts = medicines
            .iter()
            .enumerate()
            .map(|(n, claim)| format!("<content ID=\"MED{n}\">{}</content>", xml(claim.label)));
        let entries = medicines.iter().enumerate().map(|(n, claim)| {
            format!(
                "      <entry><substanceAdministration><statusCode code=\"completed\"/><effectiveTime><low nullFlavor=\"UNK\"/></effectiveTime>\n        \
                 <consumable><manufacturedProduct><manufacturedMaterial><code><originalText><reference value=\"#MED{n}\"/></originalText></code></manufacturedMaterial></manufacturedProduct></consumable>\n        \
                 <entryRelationship typeCode=\"REFR\"><supply><quantity value=\"1\"/><performer><time value=\"{}\"/><assignedEntity><representedOrganization><name>{}</name></representedOrganization></assignedEntity></performer></supply></entryRelationship>\n      \
                 </substanceAdministration></entry>\n",
                compact(claim.on),
                xml(claim.provider)
            )
        });
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\">\n  \
             <templateId root=\"2.16.840.1.113883.2.8.2.1\"/><templateId root=\"1.2.250.1.213.1.1.1.1\"/>\n  \
             <title>Données de remboursement</title>\n  <component><structuredBody>\n    <component><section>\n      \
             <code code=\"10160-0\"/><title>Médicaments</title><text>{}</text>\n{}    \
             </section></component>\n  </structuredBody></component>\n</ClinicalDocument>\n",
            texts.collect::<String>(),
            entries.collect::<String>()
        )
    })
}
