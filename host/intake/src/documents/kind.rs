//! The kind of a document, from the words of its name.

use mesinfos_model::category::documents::kind;

/// Word stems, in French and English, and the kind of document they name. The first word of the name with
/// a known stem decides.
static WORDS: &[(&str, i64)] = &[
    ("factur", kind::INVOICE),
    ("invoice", kind::INVOICE),
    ("receipt", kind::INVOICE),
    ("relev", kind::STATEMENT),
    ("statement", kind::STATEMENT),
    ("attest", kind::CERTIFICATE),
    ("certif", kind::CERTIFICATE),
    ("justificatif", kind::CERTIFICATE),
    ("diplom", kind::CERTIFICATE),
    ("contrat", kind::CONTRACT),
    ("contract", kind::CONTRACT),
    ("avenant", kind::CONTRACT),
    ("paie", kind::PAYSLIP),
    ("paye", kind::PAYSLIP),
    ("payslip", kind::PAYSLIP),
    ("salaire", kind::PAYSLIP),
    ("impot", kind::TAX),
    ("impôt", kind::TAX),
    ("imposition", kind::TAX),
    ("tax", kind::TAX),
];

/// Code of `kind` for a file name; without a known word, images are photos.
pub(super) fn of(name: &str, media_type: &str) -> i64 {
    let name = name.to_lowercase();
    let named = name
        .split(|c: char| !c.is_alphanumeric())
        .find_map(|word| WORDS.iter().find(|(stem, _)| word.starts_with(stem)).map(|(_, kind)| *kind));
    named.unwrap_or(if media_type.starts_with("image/") { kind::PHOTO } else { kind::OTHER })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_a_paper_is() {
        for (name, code) in [
            ("Facture_2024-01.pdf", kind::INVOICE),
            ("relevé bancaire.pdf", kind::STATEMENT),
            ("2023 Attestation de droits.PDF", kind::CERTIFICATE),
            ("contrat-habitation.pdf", kind::CONTRACT),
            ("Bulletin de paie 03.pdf", kind::PAYSLIP),
            ("avis_impôt_2023.pdf", kind::TAX),
            ("scan0001.pdf", kind::OTHER),
        ] {
            assert_eq!(of(name, "application/pdf"), code, "{name}");
        }
        assert_eq!(of("IMG_0001.JPG", "image/jpeg"), kind::PHOTO);
        assert_eq!(of("facture.jpg", "image/jpeg"), kind::INVOICE);
    }
}
