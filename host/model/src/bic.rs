//! Banks by their BIC (ISO 9362), which files have in place of a name.

/// Banks by the first letters of their BIC (ISO 9362): four name the institution, more where others share them.
const BICS: [(&str, &str); 30] = [
    ("ABNA", "ABN AMRO"),
    ("AGRI", "Crédit Agricole"),
    ("BARC", "Barclays"),
    ("BBRU", "ING"),
    ("BNPA", "BNP Paribas"),
    ("BOUS", "BoursoBank"),
    ("BUNQ", "bunq"),
    ("BYLADEM1001", "DKB"),
    ("CCBP", "Banque Populaire / Caisse d’Épargne"),
    ("CCOP", "Crédit Coopératif"),
    ("CEPA", "Banque Populaire / Caisse d’Épargne"),
    ("CMCI", "Crédit Mutuel / CIC"),
    ("COBADEHD", "comdirect"),
    ("CRLY", "LCL"),
    ("DEUT", "Deutsche Bank"),
    ("FTNO", "Fortuneo"),
    ("GEBA", "BNP Paribas Fortis"),
    ("GKCC", "Belfius"),
    ("INGB", "ING"),
    ("INGD", "ING"),
    ("KRED", "KBC"),
    ("LOYD", "Lloyds"),
    ("MONZ", "Monzo"),
    ("NTSB", "N26"),
    ("PSST", "La Banque Postale"),
    ("RABO", "Rabobank"),
    ("REVO", "Revolut"),
    ("SOGE", "Société Générale"),
    ("SRLG", "Starling"),
    ("TRWI", "Wise"),
];

/// Bank with this BIC, if it is a known one.
pub fn bank(bic: &str) -> Option<&'static str> {
    let bic = bic.trim().to_ascii_uppercase();
    let is_one = matches!(bic.len(), 8 | 11) && bic.bytes().all(|byte| byte.is_ascii_alphanumeric());
    BICS.iter().find(|(start, _)| is_one && bic.starts_with(start)).map(|(_, name)| *name)
}

/// Whether a text has the form of a BIC, in capitals: four letters of a bank, two of a country, two or five more.
pub fn is_bic(text: &str) -> bool {
    let (letters, rest) = text.split_at_checked(6).unwrap_or_default();
    letters.bytes().all(|byte| byte.is_ascii_uppercase())
        && matches!(rest.len(), 2 | 5)
        && rest.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_to_names() {
        assert_eq!(bank("BNPAFRPPXXX"), Some("BNP Paribas"));
        assert_eq!((bank("BYLADEM1001"), bank("BYLADEM1NBG")), (Some("DKB"), None));
        assert_eq!((bank("BNPA"), bank("BANKFRPP")), (None, None));
    }

    #[test]
    fn a_bic_is_told_from_a_name() {
        assert!(["BNPAFRPP", "BNPAFRPPXXX", "BYLADEM1001"].iter().all(|bic| is_bic(bic)));
        for name in ["", "BNPA", "BNP Paribas", "Revolut1", "BNPAFRPPXX", "30004123", "BNPAFRP\u{e9}"] {
            assert!(!is_bic(name), "{name}");
        }
    }
}
