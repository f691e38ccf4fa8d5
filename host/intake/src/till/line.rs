//! What one line of a till receipt says.

use super::amount::{amount, quantity};

/// A line, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// A label with an amount at the end of the line, and how many there are if the line says so.
    Item { label: String, amount: i64, count: Option<Count> },
    /// How many of something, and the price of one: `2 X 1,50`, with the amount if the line has one.
    Count { count: Count, amount: Option<i64> },
    /// What was paid in all.
    Total(i64),
    /// Words without an amount.
    Words(String),
    /// About payment, taxes, points or the shop.
    Aside,
}

/// How many of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    /// Thousandths.
    pub(super) quantity: i64,
    pub(super) is_weight: bool,
    /// Price of one, in cents.
    pub(super) price: i64,
    /// Whether it stands before the label, without the price of one: `2 X YAOURT 1,30`. The amount is that of the line, or
    /// of one of them: the total of the receipt tells.
    pub(super) is_ahead: bool,
}

impl Count {
    /// Whether so many at this price cost this amount, to the nearest cent or the one below.
    pub(super) fn costs(self, paid: i64) -> bool {
        let cost = self.quantity.saturating_mul(self.price);
        (cost / 1_000 == paid) || ((cost + 500) / 1_000 == paid)
    }
}

/// Words that begin the total, without accents. The longest of a receipt counts.
const TOTALS: &[&str] = &["TOTAL", "NET A PAYER", "A PAYER", "MONTANT DU", "MONTANT TTC", "MONTANT TOTAL"];

/// Words of lines that look like a total and are none.
const NOT_TOTALS: &[&str] = &[
    "SOUS", "SUB", "TVA", "HT", "REMISE", "AVANTAGE", "ECONOMI", "ARTICLE", "POINT", "FIDELITE", "ELIGIBLE",
    "LIGNE",
];

/// Words of lines about something else than what was bought. A word of two letters stands alone.
const ASIDES: &[&str] = &[
    "TVA",
    "HT",
    "TTC",
    "CB",
    "CARTE",
    "VISA",
    "MASTERCARD",
    "ESPECES",
    "ESPECE",
    "CHEQUE",
    "RENDU",
    "MONNAIE",
    "PAYE",
    "PAIEMENT",
    "REGLEMENT",
    "SANS CONTACT",
    "TITRE",
    "TITRES",
    "TICKET",
    "SIRET",
    "SIREN",
    "NAF",
    "APE",
    "RCS",
    "TEL",
    "FAX",
    "POINTS",
    "FIDELITE",
    "CAGNOTTE",
    "SOLDE",
    "CAISSE",
    "CAISSIER",
    "CAISSIERE",
    "VENDEUR",
    "HOTE",
    "MERCI",
    "AUTORISATION",
    "DEBIT",
    "COMPTANT",
    "MONTANT",
    "ARTICLES",
    "ARTICLE",
    "NB",
    "TAUX",
    "SUBTOTAL",
    "WWW",
    "HTTP",
    "BIENVENUE",
    "ECHANGE",
    "DONT",
    "RESTE",
    "EUROS",
];

/// Words of a discount.
const DISCOUNTS: &[&str] = &[
    "REMISE",
    "REDUCTION",
    "PROMO",
    "PROMOTION",
    "RABAIS",
    "COUPON",
    "AVANTAGE",
    "BON DE REDUCTION",
    "OFFERT",
];

/// Words without case and accents, as a till prints them.
pub(super) fn plain(text: &str) -> String {
    let letter = |c: char| match c.to_uppercase().next().unwrap_or(c) {
        'À' | 'Â' | 'Ä' => 'A',
        'É' | 'È' | 'Ê' | 'Ë' => 'E',
        'Î' | 'Ï' => 'I',
        'Ô' | 'Ö' => 'O',
        'Ù' | 'Û' | 'Ü' => 'U',
        'Ç' => 'C',
        c => c,
    };
    text.chars().map(letter).collect()
}

/// A line of capitals without how many articles there are: `(5 ARTICLES)`, `7 ART.`, `12 LIGNES`.
fn without_count(line: &str) -> String {
    let words: Vec<&str> = line.split([' ', '(', ')']).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &&str| word.bytes().all(|c| c.is_ascii_digit());
    let is_counted = |word: &&str| {
        let word = word.trim_end_matches(['.', ':']);
        matches!(word, "ARTICLE" | "ARTICLES" | "ART" | "ARTS" | "LIGNE" | "LIGNES" | "PRODUIT" | "PRODUITS")
    };
    let mut kept = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if is_number(word) && words.get(at + 1).is_some_and(is_counted) {
            at += 2;
        } else {
            kept.push(*word);
            at += 1;
        }
    }
    kept.join(" ")
}

/// Whether a text has one of these words, not as a part of a longer one.
fn has_word(plain: &str, words: &[&str]) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    words.iter().any(|word| {
        plain.match_indices(word).any(|(at, found)| {
            is_edge(plain[..at].chars().next_back()) && is_edge(plain[at + found.len()..].chars().next())
        })
    })
}

/// Takes a line apart.
pub(super) fn say(line: &str) -> Said {
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = plain(&line);
    let (before, paid) = end_amount(&line);
    if has_word(&words, TOTALS) || words.starts_with("TOTAL") {
        // "TOTAL (5 ARTICLES) 9,92": how many there are says nothing against it.
        let rest = without_count(&words);
        let is_total = !NOT_TOTALS
            .iter()
            .any(|word| rest.contains(word) && (word.len() > 2 || has_word(&rest, &[word])));
        return match paid {
            Some(paid) if is_total && paid > 0 => Said::Total(paid),
            _ => Said::Aside,
        };
    }
    let is_discount = has_word(&words, DISCOUNTS);
    if !is_discount && has_word(&words, ASIDES) {
        return Said::Aside;
    }
    let (label, count) = split_count(before);
    // The last amount of a line may be the price of one: "BAGUETTE 3 X 1,10", "2 X 1,65".
    let (paid, label, count) = match (count, split_count(&line)) {
        (None, (label, Some(count))) => (None, label, Some(count)),
        (count, _) => (paid, label, count),
    };
    let (label, count) = match (paid, count) {
        (Some(paid), None) => count_ahead(label, paid),
        (_, count) => (label, count),
    };
    match (paid, count) {
        (paid, Some(count)) if !has_letters(label) => Said::Count { count, amount: paid },
        (Some(paid), count) if has_letters(label) => {
            let paid = if is_discount { -paid.abs() } else { paid };
            Said::Item { label: label.to_owned(), amount: paid, count }
        }
        (None, Some(count)) => Said::Item {
            label: label.to_owned(),
            amount: (count.quantity.saturating_mul(count.price) + 500) / 1_000,
            count: Some(count),
        },
        (None, None) if has_letters(&line) => Said::Words(line),
        _ => Said::Aside,
    }
}

/// Whether a line has an amount and nothing that says what it is of.
pub(super) fn is_amount_alone(line: &str) -> bool {
    end_amount(line).1.is_some() && !has_letters(line)
}

/// Whether a text can be a label: it has at least two letters.
fn has_letters(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

/// The amount at the end of a line, and what is before it. After it there may be a sign of the currency and the
/// letter or number of a rate of tax.
fn end_amount(line: &str) -> (&str, Option<i64>) {
    let mut rest = line;
    for _ in 0..3 {
        let (before, last) = rest.rsplit_once(' ').unwrap_or(("", rest));
        if let Some(paid) = price(last) {
            // "- 0,50", with the sign apart.
            let before = before.trim_end();
            return match before.strip_suffix([' ', '-']).filter(|_| before.ends_with(" -")) {
                Some(before) if paid > 0 => (before.trim_end(), Some(-paid)),
                _ => (before, Some(paid)),
            };
        }
        let is_mark =
            matches!(last, "€" | "EUR" | "E" | "*") || (last.len() == 1 && last.is_ascii()) || last == "-";
        if !is_mark || before.is_empty() {
            return (line, None);
        }
        rest = before;
    }
    (line, None)
}

/// An amount with two decimals: other numbers on a receipt are none.
fn price(word: &str) -> Option<i64> {
    let digits = word.trim_end_matches(['€', '-', 'E', '*']).trim_end_matches("EUR");
    let has_cents = digits.len() > 3
        && digits.as_bytes().get(digits.len().checked_sub(3)?).is_some_and(|c| matches!(c, b',' | b'.'));
    if !has_cents {
        return None;
    }
    let is_negative = word.ends_with('-');
    let paid = amount(digits)?;
    Some(if is_negative { -paid.abs() } else { paid })
}

/// The label of a line, and how many there are: `BAGUETTE 2 X 1,10`, `0,532 kg x 2,99 €/kg`, `2 X BAGUETTE`.
fn split_count(text: &str) -> (&str, Option<Count>) {
    let words: Vec<(usize, &str)> = places(text).collect();
    for (nth, (start, word)) in words.iter().enumerate() {
        // "2x 1,15" and "2x1,15": the sign stands at the number.
        if let Some((number, rest)) = word.split_once(['x', 'X', '×'])
            && let Some(quantity) = quantity(number)
        {
            let one = if rest.is_empty() { words.get(nth + 1).map(|(_, word)| *word) } else { Some(rest) };
            if let Some(price) = one.and_then(price).filter(|price| *price > 0) {
                return (
                    text[..*start].trim_end(),
                    Some(Count { quantity, is_weight: false, price, is_ahead: false }),
                );
            }
        }
        if !matches!(*word, "x" | "X" | "*" | "×") || nth == 0 {
            continue;
        }
        let weighs = |word: &str| matches!(word.to_ascii_lowercase().as_str(), "kg" | "kgs");
        let is_weight = nth > 1 && weighs(words[nth - 1].1);
        let first = if is_weight { nth - 2 } else { nth - 1 };
        let (start, number) = words[first];
        let one_word = number.to_ascii_lowercase();
        let glued = one_word.strip_suffix("kg");
        let Some(quantity) = quantity(glued.unwrap_or(number)) else { continue };
        let per = words.get(nth + 1).map(|(_, word)| word.split('/').next().unwrap_or(word));
        if let Some(price) = per.and_then(price).filter(|price| *price > 0) {
            let is_weight = is_weight || glued.is_some();
            return (text[..start].trim_end(), Some(Count { quantity, is_weight, price, is_ahead: false }));
        }
    }
    (text, None)
}

/// Largest number of pieces that stands before a label.
const MOST_AHEAD: i64 = 99_000;

/// The label of a line that begins with how many there are, and costs this in all or each: `2 X YAOURT`, `2x YAOURT 0,65`.
fn count_ahead(text: &str, paid: i64) -> (&str, Option<Count>) {
    let none = (text, None);
    let Some((first, rest)) = text.split_once(' ') else { return none };
    let is_sign = |word: &str| matches!(word, "x" | "X" | "*" | "×");
    let (number, rest) = match first.strip_suffix(['x', 'X', '×']) {
        Some(number) => (number, rest),
        None => match rest.split_once(' ') {
            Some((sign, rest)) if is_sign(sign) => (first, rest),
            _ => return none,
        },
    };
    let is_whole = !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit());
    let Some(quantity) = quantity(number).filter(|of| is_whole && *of <= MOST_AHEAD) else { return none };
    let label = rest.trim();
    if !has_letters(label) || paid <= 0 {
        return none;
    }
    // The price of one may stand before the amount.
    if let (before, Some(price)) = end_amount(label)
        && has_letters(before)
    {
        let count = Count { quantity, is_weight: false, price, is_ahead: false };
        if count.costs(paid) {
            return (before, Some(count));
        }
    }
    (label, Some(Count { quantity, is_weight: false, price: paid, is_ahead: quantity > 1_000 }))
}

/// Words with their places.
fn places(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split(' ').filter(|word| !word.is_empty()).map(move |word| (word.as_ptr() as usize - start, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(label: &str, amount: i64, count: Option<(i64, bool, i64)>) -> Said {
        let count =
            count.map(|(quantity, is_weight, price)| Count { quantity, is_weight, price, is_ahead: false });
        Said::Item { label: label.to_owned(), amount, count }
    }

    #[test]
    fn lines_are_taken_apart() {
        assert_eq!(say("PAIN COMPLET      1,50 A"), item("PAIN COMPLET", 150, None));
        assert_eq!(say("LAIT 1L  0.99 €"), item("LAIT 1L", 99, None));
        assert_eq!(say("CAFÉ 4,20€ 2"), item("CAFÉ", 420, None));
        assert_eq!(say("BAGUETTE 2 X 1,10  2,20"), item("BAGUETTE", 220, Some((2_000, false, 110))));
        assert_eq!(say("BAGUETTE 3 x 1,10"), item("BAGUETTE", 330, Some((3_000, false, 110))));
        assert_eq!(say("REMISE IMMEDIATE  -0,50"), item("REMISE IMMEDIATE", -50, None));
        assert_eq!(say("Remise fidélité 0,30"), item("Remise fidélité", -30, None));
        assert_eq!(say("BON ACHAT  1,00-"), item("BON ACHAT", -100, None));
        assert_eq!(say("RETOUR BOUTEILLE - 0,20"), item("RETOUR BOUTEILLE", -20, None));
        let count = |quantity, is_weight, price, amount| Said::Count {
            count: Count { quantity, is_weight, price, is_ahead: false },
            amount,
        };
        assert_eq!(say("   2 X 1,50"), count(2_000, false, 150, None));
        assert_eq!(say("2 X 1,50 3,00 €"), count(2_000, false, 150, Some(300)));
        assert_eq!(say("2x 1,15 2,30"), count(2_000, false, 115, Some(230)));
        assert_eq!(say("3X1,10"), count(3_000, false, 110, None));
        assert_eq!(say("BAGUETTE 2x 1,10 2,20"), item("BAGUETTE", 220, Some((2_000, false, 110))));
        assert_eq!(say("EAU 6X1,5L 3,30"), item("EAU 6X1,5L", 330, None));
        assert_eq!(say("2 X YAOURT 0,65 1,30 A"), item("YAOURT", 130, Some((2_000, false, 65))));
        for line in ["2 x YAOURT 1,30", "2x YAOURT 1,30 €", "2 × YAOURT 1,30"] {
            let Said::Item { label, amount, count: Some(count) } = say(line) else { panic!("{line}") };
            assert_eq!((label.as_str(), amount, count.quantity), ("YAOURT", 130, 2_000), "{line}");
            assert!(count.is_ahead, "{line}");
        }
        for line in ["2 YAOURTS 1,30", "2,5 X YAOURT 1,30", "XX YAOURT 1,30", "100 X YAOURT 1,30"] {
            assert!(matches!(say(line), Said::Item { count: None, .. }), "{line}");
        }
        assert_eq!(say("0,532 kg x 2,99 €/kg   1,59"), count(532, true, 299, Some(159)));
        assert_eq!(say("0,532kg X 2,99 1,59"), count(532, true, 299, Some(159)));
    }

    #[test]
    fn totals_are_told_from_what_looks_like_them() {
        for line in [
            "TOTAL 12,34 €",
            "Total TTC   12.34",
            "NET À PAYER: 12,34 EUR",
            "TOTAL EUR 12,34",
            "TOTAL A PAYER 12,34",
            "TOTAL (5 ARTICLES) 12,34",
            "Total 5 articles : 12,34 €",
            "TOTAL (1 ARTICLE)  12,34",
            "TOTAL 12 LIGNES 12,34",
        ] {
            assert_eq!(say(line), Said::Total(1_234), "{line}");
        }
        for line in [
            "SOUS-TOTAL 12,34",
            "TOTAL TVA 1,00",
            "TOTAL HT 11,00",
            "Total remises -1,00",
            "TOTAL 7 ARTICLES",
            "TOTAL ARTICLES 12,34",
            "TOTAL ELIGIBLE (3 ARTICLES) 4,00",
            "CB 12,34",
            "CARTE BANCAIRE 12,34 €",
            "RENDU 7,66",
            "TVA 5,5% 10,00 0,55",
            "dont TVA 0,55",
            "SIRET 552 100 554 00013",
            "Tel 01.02.03.04.05",
            "1,50",
            "----------",
        ] {
            assert_eq!(say(line), Said::Aside, "{line}");
        }
        assert_eq!(say("SUPER MARCHE DU COIN"), Said::Words("SUPER MARCHE DU COIN".to_owned()));
        // Parts of words do not count.
        assert_eq!(say("BOCB FRAIS 2,00"), item("BOCB FRAIS", 200, None));
        assert_eq!(say("THT 2,00"), item("THT", 200, None));
    }
}
