//! Care, its cost and its payers (FHIR `ExplanationOfBenefit`), and the items of a health record.

use super::{Alike, CURRENCY_FIELD, Category, End, Grain, Identity, Name, Parts, Revision, Schema, Unit, Within, codes, date, holder, int, money, pseudonym, term, text};

codes! {
    row {
        CLAIM = code("claim", "demande de remboursement", "claim"),
        CLAIM_LINE = code("claim-line", "acte ou produit", "line of a claim"),
        ITEM = code("item", "élément du dossier", "item of the record"),
    }
    kind {
        PROFESSIONAL = code("professional", "soins de ville", "professional"),
        INSTITUTIONAL = code("institutional", "hôpital", "institutional"),
        PHARMACY = code("pharmacy", "pharmacie", "pharmacy"),
        DENTAL = code("dental", "dentaire", "dental"),
        VISION = code("vision", "optique", "vision"),
        MEDICATION = code("medication", "médicament", "medication"),
        ALLERGY = code("allergy", "allergie", "allergy"),
        IMMUNIZATION = code("immunization", "vaccination", "immunization"),
        PROBLEM = code("problem", "problème de santé", "problem"),
        VITAL = code("vital", "mesure", "vital sign"),
        LAB_RESULT = code("lab-result", "analyse", "laboratory result"),
        PROCEDURE = code("procedure", "acte", "procedure"),
        APPOINTMENT = code("appointment", "rendez-vous", "appointment"),
        DEVICE = code("device", "dispositif médical", "device"),
        ENCOUNTER = code("encounter", "consultation ou séjour", "encounter"),
        IMAGING = code("imaging", "imagerie", "imaging"),
        ACTIVITY = code("activity", "activité physique", "activity"),
        COVERAGE = code("coverage", "couverture", "coverage"),
        OTHER = code("other", "autre", "other"),
    }
}

fields! {
    1: HOLDER = holder(["détenteur", "data holder"], [
        "qui a donné ces données, p. ex. « Assurance Maladie »",
        "who gave the data, e.g. \"Medicare\"",
    ]),
    2: ROW = codes("row", row::CODES, ["nature de la ligne", "kind of row"]).about([
        "une demande, l’une de ses lignes, ou un élément du dossier de santé : ne pas les additionner",
        "a claim, one of its lines, or an item of the health record: never add them together",
    ]),
    3: CLAIM = pseudonym("claim", ["demande", "claim"])
        .about(["la même pour la demande et ses lignes", "the same for a claim and its lines"]),
    4: ON = date("on", ["date", "date"]).about(["des soins, ou de l’élément", "of the care, or of the item"]),
    5: UNTIL = date("until", ["fin", "end"]).about(["le dernier jour", "the last day"]),
    6: KIND = codes("kind", kind::CODES, ["type", "kind"]),
    7: LABEL = text("label", ["libellé", "label"]),
    8: CODE_SYSTEM = term("code-system", ["nomenclature", "code system"])
        .about(["p. ex. « ICD-10 », « CCAM », « LOINC », « CIP »", "e.g. \"ICD-10\", \"CPT\", \"LOINC\", \"NDC\""]),
    9: CODE = term("code", ["code", "code"]),
    10: PROVIDER = term("provider", ["professionnel ou établissement", "provider"]),
    11: QUANTITY = int("quantity", Unit::Thousandths, ["quantité", "quantity"]),
    12: CHARGED = money("charged", ["facturé", "charged"]),
    13: ALLOWED = money("allowed", ["base de remboursement", "allowed"]),
    14: PAID = money("paid", ["payé par l’assurance", "paid by the insurer"]),
    15: PATIENT = money("patient", ["payé par la personne", "paid by the person"]),
    16: CURRENCY = CURRENCY_FIELD,
    17: STATUS = term("status", ["état", "status"]),
    18: VALUE = text("value", ["valeur", "value"])
        .about(["comme elle est écrite, p. ex. « 120/80 »", "as it is written, e.g. \"120/80\""]),
    19: NUMBER = int("number", Unit::Thousandths, ["valeur en nombre", "value as a number"])
        .about(["millièmes de `unit`", "thousandths of `unit`"]),
    20: UNIT = term("unit", ["unité", "unit"])
        .about(["de `value` et `number` (UCUM si possible)", "of `value` and `number` (UCUM where possible)"]),
    21: DOSE = text("dose", ["posologie", "dose"]),
    22: DIAGNOSES = text("diagnoses", ["diagnostics", "diagnoses"]).named()
        .about(["codes séparés par des espaces", "codes, separated by spaces"]),
    23: NOTE = text("note", ["note", "note"]).named()
        .about(["ce que le soignant a écrit", "what the carer wrote"]),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Health,
    version: 1,
    fields: FIELDS,
    time: ON,
    end: Some(End::Day(UNTIL)),
    undated: true,
    utc_offset: None,
    holder: HOLDER,
    grains: &[Grain::Raw, Grain::Rounded],
    series: None,
    identity: Identity::Multiset(&[ROW, CLAIM, ON, UNTIL, KIND, LABEL, CODE, VALUE, NUMBER, CHARGED, PAID]),
    alike: Some(Alike {
        equal: &[ROW, KIND, CHARGED, PAID],
        measures: &[CHARGED, PAID],
        compatible: &[CURRENCY],
        within: 0,
        pending: None,
    }),
    parts: Some(Parts { of: CLAIM, kind: ROW, sums: &[row::CLAIM], parts: &[row::CLAIM_LINE] }),
    revision: Revision {
        values: &[ALLOWED, PATIENT, STATUS, QUANTITY],
        names: &[Name { required: &[CLAIM], others: &[ROW], within: Within::Days }],
        firmness: None,
    },
    totals: &[(CHARGED, Some(ROW)), (PAID, Some(ROW)), (PATIENT, Some(ROW))],
    fr: "santé",
    en: "health",
    about_fr: "Soins, ce qu’ils ont coûté et qui a payé (FHIR `ExplanationOfBenefit`), et les éléments du dossier de santé.",
    about_en: "Care, what it cost and who paid (FHIR `ExplanationOfBenefit`), and the items of a health record.",
    sdk: ("HealthEntry", "entries"),
};
