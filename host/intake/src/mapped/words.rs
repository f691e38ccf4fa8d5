//! Words in headers, in the languages of the holders.

/// What the name of a column says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    Date,
    /// A date that is not the one to use, such as a value date.
    OtherDate,
    Time,
    Label,
    Amount,
    Out,
    In,
    Balance,
    Currency,
    Direction,
    Energy,
    Gas,
    Water,
    Register,
}

/// Words of headers, the more telling ones first. A word stands for itself or begins a longer one.
const WORDS: &[(Hint, &[&str])] = &[
    (
        Hint::OtherDate,
        &[
            "date de valeur",
            "date valeur",
            "value date",
            "valuta",
            "valutadatum",
            "fecha valor",
            "wertstellung",
            "due date",
        ],
    ),
    (Hint::Balance, &["solde", "balance", "saldo", "kontostand"]),
    (
        Hint::Date,
        &[
            "date",
            "datum",
            "fecha",
            "data",
            "jour",
            "day",
            "buchungstag",
            "buchungsdatum",
            "horodate",
            "mois",
            "month",
        ],
    ),
    (Hint::Time, &["heure", "hour", "time", "uhrzeit", "tijd", "hora", "ora"]),
    (
        Hint::Out,
        &[
            "débit",
            "debit",
            "soll",
            "cargo",
            "dare",
            "paid out",
            "money out",
            "withdrawal",
            "sortie",
            "dépense",
            "depense",
            "uitgave",
            "ausgabe",
            "lastschrift",
            "spent",
        ],
    ),
    (
        Hint::In,
        &[
            "crédit",
            "credit",
            "haben",
            "abono",
            "avere",
            "paid in",
            "money in",
            "deposit",
            "entrée",
            "entree",
            "recette",
            "inkomst",
            "einnahme",
            "gutschrift",
            "received",
        ],
    ),
    (
        Hint::Currency,
        &["devise", "currency", "währung", "wahrung", "waehrung", "munt", "divisa", "valuta code"],
    ),
    (Hint::Direction, &["sens", "af bij", "af/bij", "direction", "type d'opération", "dr/cr", "d/c", "s/h"]),
    (
        Hint::Register,
        &["index", "register", "zählerstand", "zahlerstand", "meterstand", "relevé compteur", "lectura"],
    ),
    (
        Hint::Energy,
        &[
            "kwh",
            "wh",
            "consommation",
            "conso",
            "consumption",
            "verbrauch",
            "verbruik",
            "consumo",
            "énergie",
            "energie",
            "energy",
            "électricité",
            "electricity",
            "strom",
        ],
    ),
    (Hint::Gas, &["gaz", "gas", "erdgas"]),
    (Hint::Water, &["eau", "water", "wasser", "agua", "acqua", "litre", "liter"]),
    (
        Hint::Amount,
        &[
            "montant", "amount", "betrag", "umsatz", "importe", "importo", "bedrag", "valor", "prix",
            "price", "total", "somme",
        ],
    ),
    (
        Hint::Label,
        &[
            "libellé",
            "libelle",
            "label",
            "description",
            "désignation",
            "verwendungszweck",
            "buchungstext",
            "omschrijving",
            "concepto",
            "descrizione",
            "causale",
            "details",
            "détail",
            "detail",
            "communication",
            "memo",
            "payee",
            "merchant",
            "marchand",
            "commerçant",
            "bénéficiaire",
            "beneficiaire",
            "auftraggeber",
            "empfänger",
            "naam",
            "name",
            "nom",
            "intitulé",
            "objet",
            "narrative",
            "reference",
            "référence",
            "article",
            "produit",
            "product",
            "magasin",
            "shop",
        ],
    ),
];

/// What the name of a column says, if anything.
pub(super) fn hint(name: &str) -> Option<Hint> {
    hints(name).first().copied()
}

/// All that the name of a column says, the most telling first.
pub(super) fn hints(name: &str) -> Vec<Hint> {
    let name = folded(name);
    let says = |words: &[&str]| words.iter().any(|word| stands_in(&name, word));
    WORDS.iter().filter(|(_, words)| says(words)).map(|(hint, _)| *hint).collect()
}

fn folded(name: &str) -> String {
    name.trim_start_matches('\u{feff}').trim().to_lowercase().replace('’', "'")
}

/// Whether a word begins somewhere in a text, after a character that is not a letter.
fn stands_in(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        // Short words stand alone: "wh" is not "what".
        let ends = word.len() > 4 || after.is_none_or(|c| !c.is_alphabetic() || c == 's');
        before.is_none_or(|c| !c.is_alphabetic()) && ends
    })
}

/// Whether headers are in a language whose dates begin with the day.
pub(super) fn begins_with_day(names: &[String]) -> bool {
    const OTHERS: &[&str] = &[
        "libellé",
        "libelle",
        "montant",
        "débit",
        "crédit",
        "solde",
        "devise",
        "opération",
        "datum",
        "betrag",
        "buchung",
        "verwendungszweck",
        "währung",
        "saldo",
        "fecha",
        "importe",
        "concepto",
        "data contabile",
        "importo",
        "bedrag",
        "omschrijving",
        "jour",
        "heure",
        "consommation",
        "relevé",
        "mois",
        "valeur",
        "prix",
        "enseigne",
    ];
    names.iter().any(|name| {
        let name = folded(name);
        OTHERS.iter().any(|word| stands_in(&name, word))
    })
}

/// A unit in a header such as "Consommation (kWh)".
pub(super) fn unit(name: &str) -> Option<super::ReadingUnit> {
    use super::ReadingUnit::{CubicMetre, Kwh, Litre, Wh};
    let name = folded(name);
    [
        ("kwh", Kwh),
        ("wh", Wh),
        ("m3", CubicMetre),
        ("m³", CubicMetre),
        ("litres", Litre),
        ("litre", Litre),
        ("l", Litre),
    ]
    .into_iter()
    .find(|(word, _)| {
        let mut words = name.split(|c: char| !c.is_alphanumeric() && c != '³');
        words.any(|one| one == *word)
    })
    .map(|(_, unit)| unit)
}

/// The currency of a sign or code in a text such as "Montant (EUR)" or "-3,50 €". A dollar may be of several countries.
pub(super) fn currency_in(text: &str) -> Option<&'static str> {
    const KNOWN: &[(&str, &str)] =
        &[("€", "EUR"), ("£", "GBP"), ("eur", "EUR"), ("gbp", "GBP"), ("usd", "USD"), ("chf", "CHF")];
    let text = text.to_lowercase();
    let has = |mark: &str| {
        if mark.chars().all(char::is_alphabetic) {
            text.split(|c: char| !c.is_alphabetic()).any(|word| word == mark)
        } else {
            text.contains(mark)
        }
    };
    let mut found = KNOWN.iter().filter(|(mark, _)| has(mark)).map(|(_, code)| *code);
    let first = found.next()?;
    // Two currencies tell nothing.
    found.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::ReadingUnit;
    use super::*;

    #[test]
    fn headers_in_the_languages_of_holders() {
        for (name, is) in [
            ("\u{feff}Date opération", Some(Hint::Date)),
            ("Date de valeur", Some(Hint::OtherDate)),
            ("Buchungstag", Some(Hint::Date)),
            ("Libellé", Some(Hint::Label)),
            ("Verwendungszweck", Some(Hint::Label)),
            ("Montant (EUR)", Some(Hint::Amount)),
            ("Débit euros", Some(Hint::Out)),
            ("Paid in", Some(Hint::In)),
            ("Solde", Some(Hint::Balance)),
            ("Consommation (kWh)", Some(Hint::Energy)),
            ("Zählerstand", Some(Hint::Register)),
            ("Colonne 7", None),
            ("Whatever", None),
            ("", None),
        ] {
            assert_eq!(hint(name), is, "{name}");
        }
    }

    #[test]
    fn units_and_currencies_in_a_header() {
        assert_eq!(unit("Consommation (kWh)"), Some(ReadingUnit::Kwh));
        assert_eq!(unit("Volume m³"), Some(ReadingUnit::CubicMetre));
        assert_eq!(unit("Wholesale"), None);
        assert_eq!(currency_in("Montant en €"), Some("EUR"));
        assert_eq!(currency_in("Amount (GBP)"), Some("GBP"));
        assert_eq!(currency_in("EUR or GBP"), None);
        assert_eq!(currency_in("europe"), None);
    }
}
