//! Words that say which way money goes.

/// Which way money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Out,
    In,
}

/// Words of columns of directions, as pairs that tables use together: money that goes out, and what comes in. In lower
/// case.
const PAIRS: &[(&str, &str)] = &[
    // French.
    ("d", "c"),
    ("débit", "crédit"),
    ("debit", "credit"),
    ("deb", "cred"),
    ("déb", "créd"),
    ("dépense", "recette"),
    ("depense", "recette"),
    ("dépense", "revenu"),
    ("depense", "revenu"),
    ("dépenses", "revenus"),
    ("depenses", "revenus"),
    ("sortie", "entrée"),
    ("sortie", "entree"),
    ("retrait", "dépôt"),
    ("retrait", "versement"),
    ("décaissement", "encaissement"),
    // English.
    ("dr", "cr"),
    ("db", "cr"),
    ("dbit", "crdt"),
    ("out", "in"),
    ("paid out", "paid in"),
    ("money out", "money in"),
    ("outgoing", "incoming"),
    ("outflow", "inflow"),
    ("expense", "income"),
    ("withdrawal", "deposit"),
    ("sent", "received"),
    // German: S and H are Soll and Haben.
    ("s", "h"),
    ("soll", "haben"),
    ("ausgabe", "einnahme"),
    ("ausgang", "eingang"),
    ("belastung", "gutschrift"),
    ("lastschrift", "gutschrift"),
    // Dutch.
    ("af", "bij"),
    ("uit", "in"),
    ("uitgave", "inkomst"),
    // Spanish.
    ("cargo", "abono"),
    ("debe", "haber"),
    ("gasto", "ingreso"),
    // Italian.
    ("dare", "avere"),
    ("addebito", "accredito"),
    ("uscita", "entrata"),
    ("débito", "crédito"),
    ("debito", "credito"),
    ("-", "+"),
];

fn folded(word: &str) -> String {
    word.trim().trim_end_matches('.').to_lowercase()
}

/// Which of two words is that of money that goes out, if the two are known as a pair.
pub(super) fn out_of<'w>(one: &'w str, other: &'w str) -> Option<&'w str> {
    let (first, second) = (folded(one), folded(other));
    PAIRS.iter().find_map(|(out, into)| match () {
        () if first == *out && second == *into => Some(one),
        () if second == *out && first == *into => Some(other),
        () => None,
    })
}

/// Whether a word is known beside others: then a word that is none of a pair with it means something else.
pub(super) fn is_known(word: &str) -> bool {
    let word = folded(word);
    PAIRS.iter().any(|(out, into)| word == *out || word == *into)
}

/// Whether a word may be that of money that comes in, where another is that of money that goes out.
pub(super) fn comes_in(word: &str, out: &str) -> bool {
    let (word, out) = (folded(word), folded(out));
    PAIRS.iter().any(|pair| (pair.0 == out && pair.1 == word) || (pair.1 == out && pair.0 == word))
}

/// What a mark beside an amount says, as in "12.50 DR". A letter alone is one only after the number.
pub(super) fn mark(word: &str, is_after: bool) -> Option<Way> {
    match (folded(word).as_str(), is_after) {
        ("dr" | "db" | "debit" | "débit" | "dbit", _) | ("d", true) => Some(Way::Out),
        ("cr" | "credit" | "crédit" | "crdt", _) | ("c", true) => Some(Way::In),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_pairs_say_which_word_is_which() {
        assert_eq!(out_of("Crédit", "DÉBIT"), Some("DÉBIT"));
        assert_eq!(out_of("Af", "Bij"), Some("Af"));
        assert_eq!(out_of("H", "S"), Some("S"));
        for (one, other) in [("S", "V"), ("Card", "Transfer"), ("D", "Bij"), ("A", "B"), ("D", "D")] {
            assert_eq!(out_of(one, other), None, "{one} {other}");
        }
        assert!(comes_in("Recette", "dépense") && comes_in("haben", "Soll"));
        assert!(!comes_in("Annulé", "débit") && is_known("Débit") && !is_known("annulé"));
    }

    #[test]
    fn marks_beside_an_amount() {
        assert_eq!((mark("DR", true), mark("Cr.", true)), (Some(Way::Out), Some(Way::In)));
        assert_eq!((mark("D", true), mark("D", false), mark("BTC", true)), (Some(Way::Out), None, None));
    }
}
