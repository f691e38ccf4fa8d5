//! Apps that impersonate others: names that look like the platform's own or that of a data holder, and parameters that
//! ask for what only a bank or the platform would ask for.
//!
//! A signature says that two versions have one author, not who that is. The platform's name is therefore reserved, even
//! from its own examples, and so is each name of the register of holders for a publisher.

use mesinfos_model::view::{Control, NumberField, Param, QuantityUnit};
use mesinfos_model::{HOLDERS, Holder};
use std::sync::LazyLock;
use unicode_security::confusable_detection::skeleton as confusables;

/// The platform's name, in the form returned by [`skeleton`].
const HOST: &str = "mesinfos";

/// Whether a name looks like the platform's, or contains it.
pub(crate) fn names_the_host(text: &str) -> bool {
    let usual = skeleton(text).replace("rn", "m").replace('l', "i");
    usual.contains(HOST) || folded(text, false).concat().contains(HOST)
}

/// A name of a holder as it is compared.
struct Reserved {
    holder: &'static Holder,
    /// What [`folded`] leaves of it, without spaces.
    name: String,
}

/// The names of the register: as in the address of a letter, without and within parentheses; the id; what people say.
static RESERVED: LazyLock<Vec<Reserved>> = LazyLock::new(|| {
    let names = HOLDERS.iter().flat_map(|holder| {
        let of_letter = holder.name.split(['(', ')']);
        let all = of_letter.chain([holder.id]).chain(holder.also.iter().copied());
        all.map(move |name| Reserved { holder, name: folded(name, true).concat() })
    });
    names.filter(|reserved| !reserved.name.is_empty()).collect()
});

/// Words that beside a name claim to be it, or say nothing. Articles of one letter are what an apostrophe leaves.
const CLAIMING: &[&str] = &[
    "officiel",
    "officielle",
    "official",
    "france",
    "service",
    "services",
    "client",
    "clients",
    "customer",
    "groupe",
    "group",
    "equipe",
    "team",
    "support",
    "assistance",
    "sa",
    "sas",
    "inc",
    "ltd",
    "app",
    "apps",
    "application",
    "applications",
    "le",
    "la",
    "les",
    "l",
    "de",
    "du",
    "des",
    "d",
    "the",
    "by",
    "par",
    "pour",
    "from",
    "of",
    "et",
    "and",
    "mobile",
    "telecom",
    "fr",
    "com",
];

/// The holder for which people would take a publisher of this name. A name is compared without case, accents, signs and
/// spaces, and with look-alike letters as one. One that is also an ordinary word or a surname counts alone or beside words
/// of [`CLAIMING`] only: "Orange France", but not "Jean Leclerc".
pub(crate) fn names_a_holder(text: &str) -> Option<&'static Holder> {
    // A sign may stand for a letter ("amel|") or between words ("Enedis!").
    [true, false].into_iter().find_map(|apart| {
        let words = folded(text, apart);
        let claiming = CLAIMING.iter().map(|word| folded(word, true).concat()).collect::<Vec<_>>();
        let is_claiming = |words: &[String]| words.iter().all(|word| claiming.contains(word));
        let found = |reserved: &&Reserved| {
            let parts =
                (0..words.len()).flat_map(|from| (from + 1..=words.len()).map(move |until| (from, until)));
            let mut named = parts.filter(|(from, until)| words[*from..*until].concat() == reserved.name);
            named.any(|(from, until)| {
                !reserved.holder.is_word || (is_claiming(&words[..from]) && is_claiming(&words[until..]))
            })
        };
        RESERVED.iter().find(found).map(|reserved| reserved.holder)
    })
}

/// The words of a text as [`skeleton`] sees them, with the letters that look alike in some case as one: i and l, m and rn.
/// A character of another script that the table here does not have is what Unicode says that it is confused with (UTS 39).
fn folded(text: &str, signs_are_apart: bool) -> Vec<String> {
    let is_sign = |c: char| matches!(c, '|' | '!' | '$');
    let is_apart = |c: char| c.is_whitespace() || !(c.is_alphanumeric() || is_sign(c) && !signs_are_apart);
    let plain = |c: char| latin(c).or_else(|| alike(c));
    let letters = |c: char| -> String {
        let lower: String = c.to_lowercase().filter_map(plain).collect();
        if !lower.is_empty() {
            return lower;
        }
        confusables(&c.to_string()).flat_map(char::to_lowercase).filter_map(plain).collect()
    };
    let word =
        |word: &str| word.chars().map(letters).collect::<String>().replace('l', "i").replace("rn", "m");
    let is_mark = |c: &char| ('\u{300}'..='\u{36F}').contains(c);
    let text: String = text.chars().filter(|c| !is_mark(c)).collect();
    text.split(is_apart).map(word).filter(|word| !word.is_empty()).collect()
}

/// Reduces a text to its visual skeleton: lower-case Latin letters, without accents, marks, spaces and
/// signs. Letters of other scripts and digits become the Latin letter that they resemble. The table covers
/// the letters of the platform's name and their neighbours, after Unicode's confusables (UTS 39); all other
/// characters are left out.
fn skeleton(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter_map(|c| latin(c).or_else(|| alike(c))).collect()
}

/// The lower-case base letter of an accented letter.
fn latin(c: char) -> Option<char> {
    let plain = match c {
        'a'..='z' => c,
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẽ' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' | 'ị' => 'i',
        'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'ọ' => 'o',
        'ś' | 'š' | 'ş' | 'ș' | 'ſ' => 's',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => 'u',
        'ý' | 'ÿ' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        // Full-width letters.
        '\u{FF41}'..='\u{FF5A}' => letter(c, '\u{FF41}'),
        // Mathematical alphabets: 26 capital and 26 small letters, repeated.
        // In circles and squares, black on white and white on black.
        '\u{24D0}'..='\u{24E9}' => letter(c, '\u{24D0}'),
        '\u{24B6}'..='\u{24CF}' => letter(c, '\u{24B6}'),
        '\u{1F130}'..='\u{1F149}' => letter(c, '\u{1F130}'),
        '\u{1F150}'..='\u{1F169}' => letter(c, '\u{1F150}'),
        '\u{1F170}'..='\u{1F189}' => letter(c, '\u{1F170}'),
        '\u{1D400}'..='\u{1D6A3}' => {
            letter(char::from_u32(0x1D400 + (c as u32 - 0x1D400) % 26).unwrap_or(c), '\u{1D400}')
        }
        _ => return None,
    };
    Some(plain)
}

fn letter(c: char, first: char) -> char {
    let letter = (c as u32).saturating_sub(first as u32) % 26;
    u8::try_from(letter).map_or(c, |letter| char::from(b'a' + letter))
}

/// The Latin letter that a character of another script, a digit or a sign resembles.
fn alike(c: char) -> Option<char> {
    Some(match c {
        '0' | 'о' | 'ο' | 'օ' | 'ᴏ' | '°' | 'º' => 'o',
        '1' | '|' | '!' | 'і' | 'ι' | 'ɩ' | 'ӏ' | 'ℹ' => 'i',
        '3' | 'е' | 'ε' | 'є' | 'ҽ' | 'ᴇ' => 'e',
        '5' | '$' | 'ѕ' | 'ꜱ' | 'ƨ' | 'ꮪ' => 's',
        'м' | 'μ' | 'ᴍ' | 'ⅿ' | 'ⲙ' => 'm',
        'п' | 'η' | 'ո' | 'ռ' | 'ɴ' => 'n',
        'ƒ' | 'ꜰ' | 'ғ' => 'f',
        'а' | 'α' => 'a',
        'р' | 'ρ' => 'p',
        'с' | 'ϲ' => 'c',
        _ => return None,
    })
}

/// Secrets known only to the person, their bank or the platform. An app has no legitimate use for them.
const SECRETS: &[&str] = &[
    "mot de passe",
    "mots de passe",
    "phrase secrete",
    "code secret",
    "code confidentiel",
    "code pin",
    "code de securite",
    "code de verification",
    "code recu",
    "code sms",
    "cryptogramme",
    "numero de carte",
    "numero de securite sociale",
    "pin",
    "cvv",
    "cvc",
    "otp",
    "iban",
    "password",
    "passcode",
    "passphrase",
    "secret code",
    "security code",
    "verification code",
    "one time code",
    "card number",
    "social security number",
];

/// Names of means of payment. An amount or a count may refer to one, but a bare number for one is a secret.
const BARE: &[&str] =
    &["carte bancaire", "carte bleue", "carte de credit", "bank card", "credit card", "debit card"];

/// The secret that a parameter asks for. People type only numbers; for all other parameters they choose
/// among values that the app provides.
pub(crate) fn secret(param: &Param) -> Option<&'static str> {
    let Control::Number(NumberField { unit, currency, .. }) = &param.control else { return None };
    let is_bare = *unit == QuantityUnit::None && currency.is_none();
    let bare = if is_bare { BARE } else { &[] };
    let texts = [Some(param.label.as_str()), param.help.as_deref(), Some(param.id.as_str())];
    texts.into_iter().flatten().map(words).find_map(|text| {
        SECRETS.iter().chain(bare).find(|secret| text.contains(&format!(" {secret} "))).copied()
    })
}

/// The words of a text, in lower case and without accents, with a space before and after each.
fn words(text: &str) -> String {
    let plain: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !('\u{300}'..='\u{36F}').contains(c))
        .map(|c| latin(c).or(c.is_alphanumeric().then_some(c)).unwrap_or(' '))
        .collect();
    format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::view::Decimal;

    #[test]
    fn what_looks_like_the_platform_is_seen() {
        for name in [
            "MesInfos",
            "mes-infos",
            "Mes Infos, officiel",
            "MΕSINFOS",
            "МеsІпfоѕ",
            "M3S1NF0S",
            "ｍｅｓｉｎｆｏｓ",
            "𝐌𝐞𝐬𝐈𝐧𝐟𝐨𝐬",
            "M\u{301}e\u{300}sinfos",
            "Mésïnfös",
            "rnesinfos",
            "M.e.s_I.n.f.o.s",
            "Meslnfos",
            "MeslnfosFr",
            "MesInfoṣ",
            "ṀesInfos",
            "MẻsInfos",
            "MesInḟos",
            "ⲘesInfos",
            "MesIոfoꮪ",
            "MesIռfos",
            "MesInfoƨ",
            "MesInf°s",
            "ⓂesInfos",
            "🅼🅴🆂🅸🅽🅵🅾🆂",
        ] {
            assert!(names_the_host(name), "{name}");
        }
        for name in
            ["Budget", "Mes dépenses", "Infos", "Mobilité", "Mes informations", "Énergie", "Forge", ""]
        {
            assert!(!names_the_host(name), "{name}");
        }
    }

    #[test]
    fn who_would_be_taken_for_a_data_holder_is_seen() {
        for (name, id) in [
            ("EDF", "edf"),
            ("edf", "edf"),
            ("E.D.F.", "edf"),
            ("Édf", "edf"),
            ("E\u{301}DF", "edf"),
            ("ЕDF", "edf"),
            ("ＥＤＦ", "edf"),
            ("𝐄𝐃𝐅", "edf"),
            ("EDF officiel", "edf"),
            ("L’équipe EDF", "edf"),
            ("Données EDF", "edf"),
            ("Ameli", "assurance-maladie"),
            ("AmeIi", "assurance-maladie"),
            ("аmеlі", "assurance-maladie"),
            ("amel1", "assurance-maladie"),
            ("amel|", "assurance-maladie"),
            ("arneli", "assurance-maladie"),
            ("l’Assurance-Maladie", "assurance-maladie"),
            ("CAF", "caf"),
            ("Caisse d'Allocations Familiales", "caf"),
            ("Credit  Agricole", "credit-agricole"),
            ("CréditAgricole", "credit-agricole"),
            ("Enedis!", "enedis"),
            ("S N C F Connect", "sncf"),
            ("0range", "orange"),
            ("Orange France", "orange"),
            ("Orange Service Clients", "orange"),
            ("Free", "free"),
            ("Les services Free", "free"),
            ("Veolia", "veolia"),
            ("Gооgle", "google"),
            ("Ꭼdf", "edf"),
        ] {
            assert_eq!(names_a_holder(name).map(|holder| holder.id), Some(id), "{name}");
        }
        for name in [
            "Atelier Exemple",
            "Applications d’exemple",
            "Exemples",
            "Forge",
            "Nous",
            "Équipe 7",
            "Jean Leclerc",
            "Free Software Foundation",
            "Carrefour des associations",
            "Amélie Dupont",
            "Caféine",
            "Les Engins",
            "Orangeraie",
            "Crédit citoyen",
            "Mes informations",
            "山田",
            "",
        ] {
            assert_eq!(names_a_holder(name).map(|holder| holder.id), None, "{name}");
        }
        // Each name of the register, however it is written.
        for holder in HOLDERS {
            for name in [holder.name.to_owned(), holder.name.to_uppercase(), holder.id.to_owned()] {
                assert!(names_a_holder(&name).is_some(), "{name}");
            }
        }
    }

    fn number(label: &str, unit: QuantityUnit) -> Param {
        let d = |mantissa| Decimal { mantissa, scale: 0 };
        let (min, max, step, initial) = (d(0), d(9), d(1), d(0));
        let control = Control::Number(NumberField { min, max, step, initial, unit, currency: None });
        Param { id: "a".to_owned(), label: label.to_owned(), help: None, control }
    }

    #[test]
    fn a_number_that_is_a_secret_is_seen() {
        for label in [
            "Votre mot de passe",
            "MOT-DE-PASSE",
            "Mo\u{301}t de passe",
            "Code confidentiel de la carte",
            "Your PIN?",
            "CVV (3 chiffres)",
            "Numéro de carte",
            "Code de sécurité",
            "Carte bancaire",
        ] {
            assert!(secret(&number(label, QuantityUnit::None)).is_some(), "{label}");
        }
        let mut helped = number("Nombre", QuantityUnit::None);
        helped.help = Some("Les quatre chiffres de votre code PIN".to_owned());
        assert_eq!(secret(&helped), Some("code pin"));
        for label in ["Opinion", "Pinces", "Facture d’énergie", "Code postal", "Budget mensuel", "Spinner"]
        {
            assert_eq!(secret(&number(label, QuantityUnit::None)), None, "{label}");
        }
        assert_eq!(secret(&number("Achats par carte bancaire", QuantityUnit::Item)), None);
        let toggle =
            Param { control: Control::Toggle(true), ..number("Sans mot de passe", QuantityUnit::None) };
        assert_eq!(secret(&toggle), None, "nothing is typed");
    }
}
