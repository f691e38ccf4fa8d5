//! Words in headers, in the languages of the holders.

use super::currencies::named;

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
    /// What was produced or fed into the grid.
    Produced,
    /// An account, a meter, or another thing of which a table may have several.
    Account,
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
            "data valuta",
            "échéance",
        ],
    ),
    (Hint::Balance, &["solde", "balance", "saldo", "kontostand"]),
    (
        Hint::Produced,
        &[
            "production",
            "produced",
            "injection",
            "injected",
            "surplus",
            "export",
            "feed-in",
            "generation",
            "generated",
            "erzeugung",
            "einspeisung",
            "teruglevering",
            "opwek",
            "vertido",
            "generación",
            "excedente",
            "immissione",
            "prodotta",
            "produzione",
        ],
    ),
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
            "hp",
            "hc",
            "hph",
            "hch",
            "hpe",
            "hce",
            "heures pleines",
            "heures creuses",
            "heures de pointe",
            "peak",
            "off-peak",
            "hochtarif",
            "niedertarif",
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
        Hint::Account,
        &[
            "compte",
            "account",
            "iban",
            "konto",
            "kontonummer",
            "rekening",
            "rekeningnummer",
            "cuenta",
            "conto",
            "compteur",
            "meter",
            "zähler",
            "zählernummer",
            "contador",
            "contatore",
            "prm",
            "pdl",
            "pce",
            "rib",
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

/// Whether a column is of the other side of a movement, so that its account is not the person's.
pub(super) fn is_of_another(name: &str) -> bool {
    const OTHERS: &[&str] = &[
        "bénéficiaire",
        "beneficiaire",
        "contrepartie",
        "counterparty",
        "destinataire",
        "donneur",
        "créancier",
        "tiers",
        "payee",
        "payer",
        "recipient",
        "sender",
        "empfänger",
        "auftraggeber",
        "zahlungspflichtiger",
        "beguenstigter",
        "begünstigter",
        "destinatario",
        "beneficiario",
        "beneficiary",
        "other",
        "from",
        "to",
    ];
    let name = folded(name);
    OTHERS.iter().any(|word| stands_in(&name, word))
}

/// Whether the label of a row says that it is a balance, or a sum of other rows. "Total" alone may be a shop.
pub(super) fn is_no_movement(label: &str) -> bool {
    const WHOLE: &[&str] = &[
        "solde",
        "solde initial",
        "solde final",
        "solde précédent",
        "solde antérieur",
        "ancien solde",
        "nouveau solde",
        "solde de départ",
        "solde créditeur",
        "solde débiteur",
        "report à nouveau",
        "sous-total",
        "sous total",
        "totaux",
        "total général",
        "total des opérations",
        "total des mouvements",
        "total des débits",
        "total des crédits",
        "total débit",
        "total crédit",
        "total du mois",
        "opening balance",
        "closing balance",
        "previous balance",
        "new balance",
        "balance brought forward",
        "balance carried forward",
        "brought forward",
        "carried forward",
        "subtotal",
        "grand total",
        "total debits",
        "total credits",
        "anfangssaldo",
        "endsaldo",
        "kontostand",
        "alter saldo",
        "neuer saldo",
        "alter kontostand",
        "neuer kontostand",
        "zwischensumme",
        "gesamtsumme",
        "beginsaldo",
        "eindsaldo",
        "eindtotaal",
        "saldo inicial",
        "saldo final",
        "saldo anterior",
        "saldo iniziale",
        "saldo finale",
        "saldo precedente",
        "totale generale",
    ];
    /// A day follows.
    const BEFORE_A_DAY: &[&str] = &[
        "solde",
        "solde créditeur",
        "solde débiteur",
        "solde précédent",
        "nouveau solde",
        "ancien solde",
        "total",
    ];
    let label = folded(label);
    let label = label.trim_end_matches([':', '.', ' ']);
    let is = |known: &[&str], text: &str| {
        known.iter().any(|known| known.chars().map(bare).eq(text.chars().map(bare)))
    };
    let dated = label.split_once(" au ").filter(|(_, day)| day.starts_with(|c: char| c.is_ascii_digit()));
    is(WHOLE, label) || dated.is_some_and(|(text, _)| is(BEFORE_A_DAY, text))
}

/// A letter without the accent that exports leave out of capitals.
fn bare(c: char) -> char {
    match c {
        'à' | 'â' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'ô' => 'o',
        other => other,
    }
}

/// The words of a name, each with the character before and after it.
fn tokens(name: &str) -> impl Iterator<Item = (Option<char>, &str, Option<char>)> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '³' | '€' | '£' | '$');
    let mut rest = name;
    std::iter::from_fn(move || {
        let start = rest.find(is_word)?;
        let (before, text) = rest.split_at(start);
        let (word, after) = text.split_at(text.find(|c| !is_word(c)).unwrap_or(text.len()));
        rest = after;
        Some((before.chars().next_back(), word, after.chars().next()))
    })
}

/// A unit in a header such as "Consommation (kWh)": a whole word, and not that of a rate such as "€/kWh". `None` if there
/// are two.
pub(super) fn unit(name: &str) -> Option<super::ReadingUnit> {
    let (units, is_rate) = units(name);
    let first = *units.first()?;
    (!is_rate && units.iter().all(|other| *other == first)).then_some(first)
}

/// Whether the name of a column is that of a rate or price for each unit, or of money.
pub(super) fn is_rate_or_money(name: &str) -> bool {
    units(name).1 || currency_in(name).is_some() || hints(name).contains(&Hint::Amount)
}

/// The units in a name, and whether one of them is what something else is divided by, or divided by something.
fn units(name: &str) -> (Vec<super::ReadingUnit>, bool) {
    use super::ReadingUnit::{CubicMetre, Kwh, Litre, Wh};
    const UNITS: &[(&str, super::ReadingUnit)] = &[
        ("kwh", Kwh),
        ("wh", Wh),
        ("m3", CubicMetre),
        ("m³", CubicMetre),
        ("litres", Litre),
        ("litre", Litre),
        ("liters", Litre),
        ("liter", Litre),
        ("l", Litre),
    ];
    /// What a unit may be divided by without being a rate of something else: the time of a row.
    const TIMES: &[&str] =
        &["jour", "j", "day", "d", "mois", "month", "heure", "tag", "dag", "día", "giorno"];
    let name = folded(name);
    let (mut found, mut is_rate, mut last_is_unit, mut is_per) = (Vec::new(), false, false, false);
    for (before, word, after) in tokens(&name) {
        let divides = before == Some('/') || is_per;
        is_per = matches!(word, "par" | "per" | "pro");
        // "l'eau" is no litre.
        let unit =
            UNITS.iter().find(|(known, _)| *known == word && after != Some('\'')).map(|(_, unit)| *unit);
        match unit {
            Some(_) if divides => is_rate = true,
            Some(unit) => found.push(unit),
            None => is_rate |= divides && last_is_unit && !TIMES.contains(&word),
        }
        last_is_unit = unit.is_some();
    }
    (found, is_rate)
}

/// Whether amounts of a column are in hundredths of the currency, as in "EUR cents".
pub(super) fn says_cents(name: &str) -> bool {
    const CENTS: &[&str] = &[
        "cent",
        "cents",
        "centime",
        "centimes",
        "ct",
        "cts",
        "penny",
        "pence",
        "céntimo",
        "céntimos",
        "centesimi",
        "centen",
    ];
    let name = folded(name);
    tokens(&name).any(|(_, word, _)| CENTS.contains(&word))
}

/// The currency of a sign or code in a header such as "Montant (EUR)". `None` if there are two. A dollar may be of several
/// countries; a pound in a header is that of the United Kingdom.
pub(super) fn currency_in(name: &str) -> Option<&'static str> {
    let name = name.to_uppercase();
    let mut found: Option<&'static str> = None;
    for (_, word, _) in tokens(&name) {
        // A code is in capital letters; of those, only the usual ones are no words of a header.
        let is_usual = matches!(word, "€" | "£" | "EUR" | "EURO" | "EUROS" | "GBP" | "USD" | "CHF");
        let Some([first, ..]) = Some(word).filter(|_| is_usual).and_then(named) else { continue };
        if found.is_some_and(|found| found != *first) {
            return None;
        }
        found = Some(first);
    }
    found
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
            ("Production (kWh)", Some(Hint::Produced)),
            ("Produit", Some(Hint::Label)),
            ("HP", Some(Hint::Energy)),
            ("Heures creuses", Some(Hint::Time)),
            ("N° de compte", Some(Hint::Account)),
            ("Compteur", Some(Hint::Account)),
            ("Tegenrekening", None),
            ("Colonne 7", None),
            ("Whatever", None),
            ("", None),
        ] {
            assert_eq!(hint(name), is, "{name}");
        }
    }

    #[test]
    fn balances_and_sums_are_told_from_movements() {
        for label in [
            "SOLDE INITIAL",
            "REPORT A NOUVEAU",
            "Solde précédent",
            "SOLDE PRECEDENT",
            "Solde au 31/12/2025",
            "Total général :",
            "Closing balance",
            "Saldo finale",
        ] {
            assert!(is_no_movement(label), "{label}");
        }
        for label in
            ["TOTAL", "CB TOTAL ACCESS", "Solde facture 12", "Solde final travaux", "Total au bon coin", ""]
        {
            assert!(!is_no_movement(label), "{label}");
        }
    }

    #[test]
    fn the_account_of_another_is_told() {
        for name in ["Compte bénéficiaire", "IBAN tiers", "Counterparty account", "To account"] {
            assert!(is_of_another(name), "{name}");
        }
        assert!(!is_of_another("Compte") && !is_of_another("Total"));
    }

    #[test]
    fn units_and_currencies_in_a_header() {
        assert_eq!(unit("Consommation (kWh)"), Some(ReadingUnit::Kwh));
        assert_eq!(unit("Volume m³"), Some(ReadingUnit::CubicMetre));
        for (name, is) in [
            ("m3", Some(ReadingUnit::CubicMetre)),
            ("kWh/jour", Some(ReadingUnit::Kwh)),
            ("Volume (l)", Some(ReadingUnit::Litre)),
            ("Volume en L", Some(ReadingUnit::Litre)),
            ("HP en kWh", Some(ReadingUnit::Kwh)),
            ("Wholesale", None),
            ("Date de l'opération", None),
            ("Index de l’eau", None),
            ("Prix (€/kWh)", None),
            ("Prix par kWh", None),
            ("Coefficient kWh/m3", None),
            ("Débit m3/h", None),
            ("Wh ou kWh", None),
            ("MWh", None),
        ] {
            assert_eq!(unit(name), is, "{name}");
        }
        assert!(
            is_rate_or_money("Prix (€/kWh)") && is_rate_or_money("EUR") && !is_rate_or_money("Conso kWh")
        );
        for name in ["EUR cents", "Montant (centimes)", "Amount in pence"] {
            assert!(says_cents(name), "{name}");
        }
        assert!(!says_cents("Centre") && !says_cents("Pourcentage"));
        assert_eq!(currency_in("Montant en €"), Some("EUR"));
        assert_eq!(currency_in("Amount (GBP)"), Some("GBP"));
        assert_eq!(currency_in("EUR or GBP"), None);
        assert_eq!(currency_in("europe"), None);
    }
}
