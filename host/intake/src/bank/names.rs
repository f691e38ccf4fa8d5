//! Names of banks by the codes that files have in their place.

/// Banks by the first letters of their BIC (ISO 9362): four name the institution, more where others share them.
const BICS: [(&str, &str); 30] = [
    ("ABNA", "ABN AMRO"),
    ("AGRI", "Crédit Agricole"),
    ("BARC", "Barclays"),
    ("BBRU", "ING"),
    ("BNPA", "BNP Paribas"),
    ("BOUS", "Boursorama"),
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

/// Banks of France by their code of five digits.
const CODES: [(&str, &str); 11] = [
    ("16958", "Qonto"),
    ("20041", "La Banque Postale"),
    ("20433", "N26"),
    ("28233", "Revolut"),
    ("30002", "LCL"),
    ("30003", "Société Générale"),
    ("30004", "BNP Paribas"),
    ("30066", "Crédit Mutuel / CIC"),
    ("30076", "Crédit du Nord"),
    ("40618", "Boursorama"),
    ("42559", "Crédit Coopératif"),
];

/// Bank with this BIC.
pub(super) fn of_bic(bic: &str) -> Option<&'static str> {
    let bic = bic.trim().to_ascii_uppercase();
    let is_one = matches!(bic.len(), 8 | 11) && bic.bytes().all(|byte| byte.is_ascii_alphanumeric());
    BICS.iter().find(|(start, _)| is_one && bic.starts_with(start)).map(|(_, name)| *name)
}

/// Bank with this code: that of a bank of France, or a BIC.
pub(super) fn of_code(code: &str) -> Option<&'static str> {
    let code = code.trim();
    CODES.iter().find(|(known, _)| code == *known).map(|(_, name)| *name).or_else(|| of_bic(code))
}

/// Bank of an account by its IBAN, if it is one of France.
pub(super) fn of_iban(iban: &str) -> Option<&'static str> {
    let plain: String = iban.chars().filter(|c| !c.is_whitespace()).collect();
    let is_french = plain.len() == 27 && plain.starts_with("FR");
    plain.get(4..9).filter(|_| is_french).and_then(of_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_to_names() {
        assert_eq!(of_bic("BNPAFRPPXXX"), Some("BNP Paribas"));
        assert_eq!((of_bic("BYLADEM1001"), of_bic("BYLADEM1NBG")), (Some("DKB"), None));
        assert_eq!((of_bic("BNPA"), of_bic("BANKFRPP")), (None, None));
        assert_eq!((of_code(" 30004 "), of_code("revofrp2")), (Some("BNP Paribas"), Some("Revolut")));
        assert_eq!(of_iban("FR76 3000 3000 0000 0000 0000 000"), Some("Société Générale"));
        assert_eq!((of_iban("FR7630003"), of_iban("DE76300030000000000000000000")), (None, None));
    }
}
