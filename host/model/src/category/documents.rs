//! Documents: their name, kind and date, and their text if known.

use super::{Category, Grain, Identity, Revision, Schema, Unit, codes, date, holder, int, term, text};

codes! {
    kind {
        INVOICE = code("invoice", "facture", "invoice"),
        STATEMENT = code("statement", "relevé", "statement"),
        CERTIFICATE = code("certificate", "attestation", "certificate"),
        CONTRACT = code("contract", "contrat", "contract"),
        PAYSLIP = code("payslip", "bulletin de paie", "payslip"),
        TAX = code("tax", "impôts", "tax"),
        PHOTO = code("photo", "photo", "photo"),
        EVENT = code("event", "rendez-vous", "calendar event"),
        TASK = code("task", "tâche", "task"),
        NOTE = code("note", "note", "note"),
        OTHER = code("other", "autre", "other"),
    }
}

fields! {
    1: HOLDER = holder(["détenteur", "data holder"], [
        "d’où vient le document, p. ex. « MAIF »",
        "where the paper comes from, e.g. \"MAIF\"",
    ]),
    2: ON = date("on", ["date", "date"]),
    3: KIND = codes("kind", kind::CODES, ["type", "kind"]),
    4: MEDIA_TYPE = term("media-type", ["format", "media type"])
        .about(["type MIME, p. ex. « application/pdf »", "MIME type, e.g. \"application/pdf\""]),
    5: SIZE = int("size", Unit::Bytes, ["taille", "size"]),
    6: NAME = text("name", ["nom", "name"]).named(),
    7: FOLDER = term("folder", ["dossier", "folder"]).named(),
    8: BODY = text("body", ["texte", "text"]).named()
        .about(["le texte, s’il est connu", "its text, where known"]),
    9: SHA256 = text("sha256", ["empreinte", "digest"]).host().about([
        "l’empreinte SHA-256 du fichier, s’il est gardé",
        "the SHA-256 of the file, if it is kept",
    ]),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Documents,
    version: 2,
    fields: FIELDS,
    time: ON,
    end: None,
    undated: true,
    utc_offset: None,
    holder: HOLDER,
    grains: &[Grain::Raw],
    series: None,
    identity: Identity::Multiset(&[ON, KIND, NAME, SIZE, FOLDER, BODY, SHA256]),
    alike: None,
    parts: None,
    revision: Revision::NONE,
    totals: &[],
    fr: "documents",
    en: "documents",
    about_fr: "Papiers : nom, type, date, et texte s’il est connu. Le fichier lui-même reste chiffré dans le \
               coffre : aucune application ne le reçoit.",
    about_en: "Papers: name, kind, date, and text where it is known. The file itself stays sealed in the vault: \
               no app is given it.",
    sdk: ("Document", "documents"),
};
