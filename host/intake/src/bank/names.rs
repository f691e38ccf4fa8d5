//! Names of banks by the codes that files have in their place.

use mesinfos_model::bic;

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
    ("40618", "BoursoBank"),
    ("42559", "Crédit Coopératif"),
];

/// Bank with this code: that of a bank of France, or a BIC.
pub(super) fn of_code(code: &str) -> Option<&'static str> {
    let code = code.trim();
    CODES.iter().find(|(known, _)| code == *known).map(|(_, name)| *name).or_else(|| bic::bank(code))
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
        assert_eq!((of_code(" 30004 "), of_code("revofrp2")), (Some("BNP Paribas"), Some("Revolut")));
        assert_eq!(of_iban("FR76 3000 3000 0000 0000 0000 000"), Some("Société Générale"));
        assert_eq!((of_iban("FR7630003"), of_iban("DE76300030000000000000000000")), (None, None));
    }
}
