//! The kind of a paper, from the words of its name.

use mesinfos_model::category::documents;
use mesinfos_model::{Category, FieldKind};

/// Beginnings of words, in French and English, and the kind of paper that they name. The first that is met
/// in the name says it.
static WORDS: &[(&str, &str)] = &[
    ("factur", "invoice"),
    ("invoice", "invoice"),
    ("receipt", "invoice"),
    ("relev", "statement"),
    ("statement", "statement"),
    ("attest", "certificate"),
    ("certif", "certificate"),
    ("justificatif", "certificate"),
    ("diplom", "certificate"),
    ("contrat", "contract"),
    ("contract", "contract"),
    ("avenant", "contract"),
    ("paie", "payslip"),
    ("paye", "payslip"),
    ("payslip", "payslip"),
    ("salaire", "payslip"),
    ("impot", "tax"),
    ("impôt", "tax"),
    ("imposition", "tax"),
    ("tax", "tax"),
];

/// The index of the kind among the codes of `documents`.
pub(super) fn of(name: &str, media_type: &str) -> Option<i64> {
    let name = name.to_lowercase();
    let named = name
        .split(|c: char| !c.is_alphanumeric())
        .find_map(|word| WORDS.iter().find(|(stem, _)| word.starts_with(stem)).map(|(_, kind)| *kind));
    let kind = named.unwrap_or(if media_type.starts_with("image/") { "photo" } else { "other" });
    let FieldKind::Code(codes) = Category::Documents.schema().fields[documents::KIND].kind else {
        return None;
    };
    codes.iter().position(|code| code.id == kind).and_then(|index| i64::try_from(index).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_a_paper_is() {
        for (name, code) in [
            ("Facture_2024-01.pdf", 0),
            ("relevé bancaire.pdf", 1),
            ("2023 Attestation de droits.PDF", 2),
            ("contrat-habitation.pdf", 3),
            ("Bulletin de paie 03.pdf", 4),
            ("avis_impôt_2023.pdf", 5),
            ("scan0001.pdf", 10),
        ] {
            assert_eq!(of(name, "application/pdf"), Some(code), "{name}");
        }
        assert_eq!(of("IMG_0001.JPG", "image/jpeg"), Some(6));
        assert_eq!(of("facture.jpg", "image/jpeg"), Some(0));
    }
}
