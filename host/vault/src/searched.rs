//! Words that are looked for in texts and in numbers: each text is folded once, whatever the number of words.

use crate::rule_set::RuleSet;
use icu_normalizer::DecomposingNormalizerBorrowed;
use mesinfos_model::visible::is_hidden;
use std::collections::HashMap;

/// Fewest and most characters of words: a letter would withhold nearly everything.
pub const WITHHELD_WORDS: std::ops::RangeInclusive<usize> = 3..=200;

/// Bytes by which words are found in a text. Folded words are at least as long.
const START: usize = 3;

/// Fewest letters and digits of words that are compared as a number, and fewest digits among those that are not masked.
const NUMBER: (usize, usize) = (6, 4);

/// Shortest number that a holder masks in part.
const SHORTEST_MASKED: usize = 8;

/// What stands for characters that a number does not show.
const MASK: char = '*';

/// A text without case, accents, strokes and characters that nobody sees. Ligatures are their letters, letters of full width
/// plain ones, and apostrophes one.
pub fn folded(text: &str) -> String {
    let is_seen = |c: &char| c.is_whitespace() || !is_hidden(*c);
    if text.is_ascii() {
        return text.chars().filter(is_seen).map(|c| c.to_ascii_lowercase()).collect();
    }
    const NFKD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfkd();
    // The blocks of combining marks.
    let is_mark = |c: &char| {
        matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}')
            || matches!(c, '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
    };
    let plain = NFKD.normalize_iter(text.chars()).filter(|c| !is_mark(c) && is_seen(c));
    let mut folded = String::with_capacity(text.len());
    for c in plain.flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'þ' => folded.push_str("th"),
            // Letters with a stroke have no decomposition.
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ŧ' => folded.push('t'),
            'ı' => folded.push('i'),
            '’' | '‘' | 'ʼ' => folded.push('\''),
            c => folded.push(c),
        }
    }
    folded
}

/// Folded words with single spaces: a hyphen between words is one.
fn squeezed(text: &str) -> String {
    let folded = folded(text);
    let mut squeezed = String::with_capacity(folded.len());
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    for word in folded.split(is_gap).filter(|word| !word.is_empty()) {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// Whether words can be a rule.
pub fn are_words(words: &str) -> bool {
    WITHHELD_WORDS.contains(&squeezed(words).chars().count())
}

/// The texts of an entry: one in each line, or between semicolons of any script. A comma is part of a text.
pub fn each_words(entry: &str) -> impl Iterator<Item = &str> {
    let is_end = |c: char| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}' | ';' | '；' | '؛' | '\u{37E}');
    entry.split(is_end).map(str::trim).filter(|words| !words.is_empty())
}

/// A folded text as a number is compared: its letters and digits, with one [`MASK`] for what it does not show.
fn compact(folded: &str) -> String {
    let is_gap =
        |c: char| c.is_whitespace() || matches!(c, '-' | '.' | '/' | '_' | ':' | ',' | '(' | ')' | '+');
    let is_mask = |c: char| matches!(c, MASK | '•' | '●' | '·' | '#' | '∗' | '×');
    let shown: Vec<char> = folded.chars().filter(|c| !is_gap(*c)).collect();
    let mut compact = String::with_capacity(folded.len());
    let mut at = 0;
    while let Some(c) = shown.get(at).copied() {
        // Letters x stand for what is not shown, unless they are in a word.
        let run = shown[at..].iter().take_while(|c| **c == 'x').count();
        let is_letter = |c: Option<&char>| c.is_some_and(|c| c.is_alphabetic());
        let before = at.checked_sub(1).and_then(|at| shown.get(at));
        let is_x = run >= 3 || run == 2 && !is_letter(before) && !is_letter(shown.get(at + run));
        if is_mask(c) || is_x {
            if !compact.ends_with(MASK) {
                compact.push(MASK);
            }
            at += run.max(1);
        } else {
            compact.push(c);
            at += 1;
        }
    }
    compact
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// Words as a number, and the same number of a telephone as it is written abroad; nothing if they are none.
fn numbers(words: &str) -> Vec<String> {
    let number = compact(words);
    let shown = number.chars().filter(|c| c.is_alphanumeric()).count();
    let is_number = number.chars().all(|c| c.is_alphanumeric() || c == MASK) && digits(&number) >= NUMBER.1;
    if !is_number || shown < NUMBER.0 && !number.contains(MASK) {
        return Vec::new();
    }
    // 06… here is +33 6… elsewhere.
    let own = number.strip_prefix("00").or_else(|| number.strip_prefix('0')).filter(|own| own.len() >= 9);
    let home = number.strip_prefix("33").filter(|own| own.len() == 9).map(|own| format!("0{own}"));
    let is_telephone = digits(&number) == number.len();
    let others = [own.map(str::to_owned), home].into_iter().flatten().filter(|_| is_telephone);
    let others: Vec<String> = others.collect();
    std::iter::once(number).chain(others).collect()
}

/// Whether a number is another one that is masked.
fn fits(masked: &str, number: &str) -> bool {
    let Some((first, rest)) = masked.split_once(MASK) else { return masked == number };
    let Some(mut left) = number.strip_prefix(first) else { return false };
    let (between, last) = rest.rsplit_once(MASK).unwrap_or(("", rest));
    for piece in between.split(MASK) {
        let Some(at) = left.find(piece) else { return false };
        left = &left[at + piece.len()..];
    }
    left.ends_with(last)
}

/// Whether two numbers, of which one is masked, may be one. Enough digits are shown to tell, and a whole one is long
/// enough to have been masked.
fn may_be(one: &str, other: &str) -> bool {
    let is_long = |number: &str| number.contains(MASK) || number.len() >= SHORTEST_MASKED;
    let can_be = |number: &str| digits(number) >= NUMBER.1 && is_long(number);
    can_be(one) && can_be(other) && (fits(one, other) || fits(other, one))
}

/// Kind of what is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Searched {
    /// A text: words are found anywhere in it.
    Text,
    /// A name or a number of the holder's: words are found as whole words.
    Name,
}

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Search {
    /// Folded words, each with its rule.
    words: Vec<(String, RuleSet)>,
    /// Words by their first bytes.
    starts: HashMap<[u8; START], Vec<usize>>,
    /// Which first two bytes there are.
    pairs: Vec<u64>,
    /// Numbers, each with its rule.
    numbers: Vec<(String, RuleSet)>,
}

impl Search {
    /// Looks for words too.
    pub(crate) fn add(&mut self, words: &str, rule: RuleSet) {
        let words = squeezed(words);
        self.numbers.extend(numbers(&words).into_iter().map(|number| (number, rule)));
        let Some(start) = words.as_bytes().first_chunk::<START>() else { return };
        self.pairs.resize(1 << 10, 0);
        let pair = usize::from(start[0]) << 8 | usize::from(start[1]);
        self.pairs[pair / 64] |= 1 << (pair % 64);
        self.starts.entry(*start).or_default().push(self.words.len());
        self.words.push((words, rule));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The rules whose words a text has.
    pub(crate) fn find(&self, text: &str, kind: Searched) -> RuleSet {
        let mut found = RuleSet::default();
        let text = squeezed(text);
        for (at, start) in text.as_bytes().windows(START).enumerate() {
            let pair = usize::from(start[0]) << 8 | usize::from(start[1]);
            if self.pairs[pair / 64] >> (pair % 64) & 1 == 0 {
                continue;
            }
            let of_start = start.first_chunk().and_then(|start| self.starts.get(start));
            for (words, rule) in of_start.into_iter().flatten().map(|word| &self.words[*word]) {
                let is_it = text.as_bytes()[at..].starts_with(words.as_bytes());
                if is_it && (kind == Searched::Text || is_apart(&text, at..at + words.len())) {
                    found.add(*rule);
                }
            }
        }
        if !self.numbers.is_empty() && digits(&text) >= NUMBER.1 {
            self.find_numbers(&text, &mut found);
        }
        found
    }

    fn find_numbers(&self, text: &str, found: &mut RuleSet) {
        let whole = compact(text);
        // A number in a text stands alone.
        let parts: Vec<String> =
            text.split(' ').filter(|part| digits(part) >= NUMBER.1).map(compact).collect();
        for (number, rule) in &self.numbers {
            let is_plain = !number.contains(MASK);
            let mut alone = std::iter::once(&whole).chain(&parts);
            if is_plain && whole.contains(number.as_str())
                || alone.any(|one| (!is_plain || one.contains(MASK)) && may_be(one, number))
            {
                found.add(*rule);
            }
        }
    }
}

/// Whether neither a letter nor a digit is next to a part of a text.
fn is_apart(text: &str, at: std::ops::Range<usize>) -> bool {
    let before = text.get(..at.start).and_then(|before| before.chars().next_back());
    let after = text.get(at.end..).and_then(|after| after.chars().next());
    [before, after].into_iter().flatten().all(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(words: &str, text: &str, kind: Searched) -> bool {
        let mut search = Search::default();
        search.add("nothing of this", RuleSet::of(1));
        search.add(words, RuleSet::of(2));
        let found = search.find(text, kind).numbers().collect::<Vec<_>>();
        assert!(found.is_empty() || found == [2], "{words} {text}");
        !found.is_empty()
    }

    #[test]
    fn words_are_found_in_texts_as_they_are_seen() {
        for (words, text) in [
            ("pharmacie du port", "CARTE PHARMACIE  DU PORT"),
            ("PHARMACIE DU PORTÉ", "Pharmacie du Porte 2"),
            ("pharmacie", "PHARM\u{200B}ACIE"),
            ("pharmacie", "PHA\u{1AB0}RMACI\u{20DD}E"),
            ("l'œuf", "L’Œuf"),
            ("Saint-Étienne", "VIR SAINT ETIENNE 42"),
            ("saint etienne", "Hôpital de Saint\u{2011}Étienne"),
            ("Łódź", "LODZ"),
            ("Bodø", "BODO KOMMUNE"),
            ("Đorđe", "dorde"),
            ("officine", "Oﬃcine du Port"),
            ("pharmacie", "ＰＨＡＲＭＡＣＩＥ"),
        ] {
            assert!(has(words, text, Searched::Text), "{words} {text}");
        }
        assert_eq!(folded("L’Œuf ß Æ"), "l'oeuf ss ae");
        assert!(!has("pharmacie du port", "PHARMACIE", Searched::Text));
        // A name is no text: a part of a hexadecimal number is no word.
        assert!(has("café", "0a cafe 1", Searched::Name) && !has("café", "0acafe1", Searched::Name));
        assert!(has("Martin", "Camille Martin", Searched::Name) && !has("mart", "Martin", Searched::Name));
    }

    #[test]
    fn numbers_are_found_with_and_without_spaces_and_in_part_masked() {
        let iban = "FR76 3000 4000 0312 3456 7890 143";
        for (words, text) in [
            (iban, "FR7630004000031234567890143"),
            ("FR7630004000031234567890143", iban),
            ("FR76-3000-4000-0312-3456-7890-143", iban),
            ("3456 7890 143", iban),
            (iban, "VIR DE FR7630004000031234567890143 LOYER"),
            (iban, "****0143"),
            (iban, "FR76 XXXX XXXX XXXX XXXX XXXX 143"),
            ("FR76 **** 0143", "FR7630004000031234567890143"),
            ("XXXX0143", iban),
            ("•••• 0143", "****0143"),
            ("****0143", "CARTE X4970XXXXXXXX0143 DU 12"),
            ("06 12 34 56 78", "0612345678"),
            ("06.12.34.56.78", "+33 (0)6 12 34 56 78"),
            ("06 12 34 56 78", "+33612345678"),
            ("+33 6 12 34 56 78", "0612345678"),
            ("PDL 12345", "pdl-12345"),
        ] {
            assert!(has(words, text, Searched::Name), "{words} in {text}");
        }
        for (words, text) in [
            (iban, "FR7630004000031234567890144"),
            (iban, "****0144"),
            // Too few digits are shown to tell.
            (iban, "****143"),
            ("****43", iban),
            ("****0143", "REF 20143 9"),
            ("1234", "00123400"),
        ] {
            assert!(!has(words, text, Searched::Name), "{words} in {text}");
        }
        // Letters x of a word are no mask.
        assert_eq!(
            (compact("exxon 12"), compact("xx12"), compact("a-xxxx 1")),
            ("exxon12".into(), "*12".into(), "a*1".into())
        );
    }

    #[test]
    fn words_that_would_withhold_nearly_everything_are_none() {
        assert!(!are_words("\u{200B}\u{200B}\u{200B}\u{200B}"));
        assert!(are_words("cpam") && are_words(&"é".repeat(200)));
        assert!(!are_words(" a b".trim_end_matches('b')) && !are_words("  ") && !are_words(&"é".repeat(201)));
    }

    #[test]
    fn each_line_is_a_text_and_so_is_what_semicolons_part() {
        let of = |entry: &'static str| each_words(entry).collect::<Vec<_>>();
        assert_eq!(of("a, b; c\r\n\n d；e؛f\u{37E};"), ["a, b", "c", "d", "e", "f"]);
        assert!(of(" ;\n ").is_empty());
    }
}
