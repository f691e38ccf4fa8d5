//! Labels, and kinds of movement from the words that banks use.

use mesinfos_model::category::bank::kind::{
    CARD, CASH, CHEQUE, DEPOSIT, DIRECT_DEBIT, FEE, INTEREST, OTHER, TRANSFER,
};
use std::borrow::Cow;

/// Words of a label to examine: banks put the kind first, and names of people and shops after it.
const WORDS: usize = 5;

/// Banks' words for movements, in lower case, by first letter. The first match wins.
fn known(first: u8) -> &'static [(&'static str, i64)] {
    match first {
        b'a' => &[("atm", CASH), ("achat cb", CARD), ("avoir carte", CARD)],
        b'b' => &[("bacs", TRANSFER), ("bank credit", TRANSFER), ("bargeldauszahlung", CASH)],
        b'c' => &[
            ("carte", CARD),
            ("card", CARD),
            ("cb", CARD),
            ("contactless", CARD),
            ("cash", CASH),
            ("cheque", CHEQUE),
            ("chèque", CHEQUE),
            ("chq", CHEQUE),
            ("check", CHEQUE),
            ("commission", FEE),
            ("cotisation", FEE),
            ("cotis", FEE),
            ("charge", FEE),
            ("charges", FEE),
            ("credit transfer", TRANSFER),
        ],
        b'd' => &[
            ("direct debit", DIRECT_DEBIT),
            ("dd", DIRECT_DEBIT),
            ("dauerauftrag", TRANSFER),
            ("debit transfer", TRANSFER),
            ("debit purchase", CARD),
            ("deposit", DEPOSIT),
        ],
        b'e' => &[("especes", CASH), ("espèces", CASH)],
        b'f' => &[
            ("fee", FEE),
            ("fees", FEE),
            ("frais", FEE),
            ("faster payment", TRANSFER),
            ("facture carte", CARD),
        ],
        b'g' => &[("geldautomat", CASH)],
        b'i' => &[
            ("interest", INTEREST),
            ("interets", INTEREST),
            ("intérêts", INTEREST),
            ("incasso", DIRECT_DEBIT),
        ],
        b'k' => &[("kartenzahlung", CARD)],
        b'l' => &[("lastschrift", DIRECT_DEBIT)],
        b'm' => &[("mastercard", CARD)],
        b'o' => &[("overboeking", TRANSFER), ("overschrijving", TRANSFER)],
        b'p' => &[
            ("paiement par carte", CARD),
            ("paiement carte", CARD),
            ("paiement cb", CARD),
            ("paiement psc", CARD),
            ("prlv", DIRECT_DEBIT),
            ("prelevement", DIRECT_DEBIT),
            ("prélèvement", DIRECT_DEBIT),
            ("purchase", CARD),
            ("presentment", CARD),
            ("payment to", TRANSFER),
        ],
        b'r' => &[("retrait", CASH), ("remise cheque", CHEQUE), ("remise chq", CHEQUE), ("rem chq", CHEQUE)],
        b's' => &[("standing order", TRANSFER), ("service charge", FEE)],
        b't' => &[("transfer", TRANSFER), ("tfr", TRANSFER)],
        b'u' => &[("ueberweisung", TRANSFER)],
        b'v' => &[
            ("vir", TRANSFER),
            ("virt", TRANSFER),
            ("virement", TRANSFER),
            ("virements", TRANSFER),
            ("visa", CARD),
            ("vis", CARD),
            ("versement", DEPOSIT),
        ],
        b'w' => &[("withdrawal", CASH)],
        b'z' => &[("zinsen", INTEREST)],
        _ => &[],
    }
}

/// Kind of a movement, from the first of its words that names one.
pub(crate) fn kind(text: &str) -> Option<i64> {
    let mut rest = text;
    for _ in 0..WORDS {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let first = rest.as_bytes().first()?.to_ascii_lowercase();
        let found = known(first).iter().find(|(words, _)| begins(rest, words));
        if let Some((_, kind)) = found {
            return Some(*kind);
        }
        rest = &rest[rest.find(|c: char| !c.is_alphanumeric())?..];
    }
    None
}

/// Kind for an ISO 20022 bank transaction code: domain, family and sub-family.
pub(crate) fn iso_kind(domain: &str, family: &str, sub_family: &str) -> i64 {
    match (domain, family, sub_family) {
        (_, _, "CHRG" | "COMM" | "FEES" | "COME" | "COMI" | "COMT" | "TAXE") => FEE,
        (_, _, "INTR") => INTEREST,
        (_, _, "CWDL" | "CDPT") | ("PMNT", "CNTR", _) => CASH,
        ("PMNT", "ICDT" | "RCDT" | "IRCT" | "RRCT" | "ICCN" | "RCCN", _) => TRANSFER,
        ("PMNT", "IDDT" | "RDDT", _) => DIRECT_DEBIT,
        ("PMNT", "CCRD" | "MCRD", _) => CARD,
        ("PMNT", "ICHQ" | "RCHQ", _) => CHEQUE,
        _ => OTHER,
    }
}

/// Whether a text begins with these whole words, in any case.
fn begins(text: &str, words: &str) -> bool {
    let (text, words) = (text.as_bytes(), words.as_bytes());
    text.len() >= words.len()
        && text[..words.len()].eq_ignore_ascii_case(words)
        && text.get(words.len()).is_none_or(|&next| !next.is_ascii_alphanumeric() && next < 0x80)
}

/// Text with single spaces between words: banks pad with spaces and break lines.
pub(crate) fn squeezed(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    // Without a branch for each byte: labels are looked at in blocks.
    let bytes = text.as_bytes();
    let has_control = bytes.iter().fold(false, |has, byte| has | byte.is_ascii_control());
    let next = bytes.get(1..).unwrap_or_default();
    let has_spaces = bytes.iter().zip(next).fold(false, |has, pair| has | (pair == (&b' ', &b' ')));
    if !has_control && !has_spaces {
        return Cow::Borrowed(text);
    }
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    Cow::Owned(squeezed)
}

/// Adds a part to a label unless the label already contains it; a part that begins with the whole label
/// replaces it. Banks repeat the start of a text in a shorter field.
pub(crate) fn add(label: &mut String, part: &str) {
    let part = squeezed(part);
    if part.is_empty() || label.contains(&*part) {
        return;
    }
    if part.starts_with(label.as_str()) {
        label.clear();
    } else {
        label.push(' ');
    }
    label.push_str(&part);
}

/// Trimmed text, or `None` if it is empty.
pub(crate) fn some(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_the_first_words() {
        for (text, is) in [
            ("CARTE 09/02/26 CARREFOUR", Some(CARD)),
            ("VIR SEPA EMPLOYEUR", Some(TRANSFER)),
            ("PRLV EDF", Some(DIRECT_DEBIT)),
            ("Direct debit CARD SHOP", Some(DIRECT_DEBIT)),
            ("RETRAIT DAB 12/03", Some(CASH)),
            ("CCY CONVERSION FEE", Some(FEE)),
            ("PAYMENT TO****", Some(TRANSFER)),
            ("CBRE", None),
            ("Prélèvement", Some(DIRECT_DEBIT)),
            ("Cheminée", None),
            ("", None),
            (")))", None),
        ] {
            assert_eq!(kind(text), is, "{text}");
        }
    }

    #[test]
    fn labels_say_nothing_twice() {
        let mut label = String::new();
        add(&mut label, "DIVIDEND  EARNED");
        add(&mut label, "DIVIDEND EARNED FOR\r\n2011");
        add(&mut label, "FOR 2011");
        add(&mut label, "X");
        add(&mut label, " ");
        assert_eq!(label, "DIVIDEND EARNED FOR 2011 X");
    }
}
