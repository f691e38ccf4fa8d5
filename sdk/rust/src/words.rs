//! Words of statements and receipts, normalised for comparison.

/// Digits and upper-case letters without accents, with one space between words.
///
/// ```
/// assert_eq!(mesinfos_sdk::words::fold("Œufs  bio, n°6"), "OEUFS BIO N 6");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        let plain = match c {
            'à' | 'â' | 'ä' | 'À' | 'Â' | 'Ä' => "A",
            'ç' | 'Ç' => "C",
            'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => "E",
            'î' | 'ï' | 'Î' | 'Ï' => "I",
            'ô' | 'ö' | 'Ô' | 'Ö' => "O",
            'ù' | 'û' | 'ü' | 'Ù' | 'Û' | 'Ü' => "U",
            'œ' | 'Œ' => "OE",
            _ if c.is_ascii_alphanumeric() => {
                folded.push(c.to_ascii_uppercase());
                continue;
            }
            _ => " ",
        };
        if plain != " " || !(folded.is_empty() || folded.ends_with(' ')) {
            folded.push_str(plain);
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Whether a statement names an organisation, both folded: it contains the first two words of three letters
/// or more of the organisation's name. Prefers a missed match to a wrong one: "Direct Assurance" is not in
/// "DIRECT ENERGIE".
///
/// ```
/// use mesinfos_sdk::words::names;
/// assert!(names("PRLV MAIF 0042", "MAIF") && !names("PRLV DIRECT ENERGIE", "DIRECT ASSURANCE"));
/// ```
#[must_use]
pub fn names(statement: &str, organisation: &str) -> bool {
    let mut words = organisation.split(' ').filter(|word| word.len() >= 3).take(2).peekable();
    words.peek().is_some() && words.all(|word| statement.split(' ').any(|said| said == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_accents_and_anything_else_parts_words() {
        assert_eq!(
            fold("àâäÀÂÄ çÇ éèêëÉÈÊË îïÎÏ ôöÔÖ ùûüÙÛÜ œŒ"),
            "AAAAAA CC EEEEEEEE IIII OOOO UUUUUU OEOE"
        );
        assert_eq!(fold("  d'Été --- 12,50 €  "), "D ETE 12 50");
        assert_eq!(fold("...é"), "E", "nothing stands before the first word");
        assert_eq!((fold(""), fold(" . ")), (String::new(), String::new()));
    }

    #[test]
    fn the_first_two_long_words_of_a_name_are_there() {
        assert!(
            names("PRLV SEPA SOCIETE GENERALE 12", "SOCIETE GENERALE FRANCE"),
            "the third does not count"
        );
        assert!(!names("PRLV SOCIETE", "SOCIETE GENERALE"));
        assert!(names("PRLV BANQUE POSTALE", "LA BANQUE POSTALE"), "two letters do not count");
        assert!(names("PRLV EDF", "EDF") && !names("PRLV EDFX", "EDF"), "whole words");
        assert!(!names("PRLV LA", "LA") && !names("PRLV", ""), "a name without a long word is not found");
    }
}
