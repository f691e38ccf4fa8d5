//! Dates that name their month, in the languages of holders.
//!
//! Names and usual abbreviations of CLDR (<https://cldr.unicode.org>), without accents and case. Each language's name is
//! matched by a beginning that no other month of any of them has.

use mesinfos_model::Day;

/// Beginnings of the names of each month, without accents, in English, French, German, Dutch, Spanish, Italian,
/// Portuguese, Polish, Swedish, Danish and Norwegian.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "sty"],
    &["feb", "fev", "lut"],
    &["mar", "maa", "mrt", "mrz", "maer"],
    &["apr", "avr", "abr", "kwi"],
    &["may", "mai", "mei", "maj", "mag"],
    &["jun", "juin", "giu", "cze"],
    &["jul", "juil", "lug", "lip"],
    &["aug", "aou", "ago", "sie"],
    &["sep", "set", "wrz"],
    &["oct", "okt", "out", "ott", "paz"],
    &["nov", "lis"],
    &["dec", "dez", "des", "dic", "gru"],
];

/// Words between the parts of a date: Spanish and Portuguese « 27 de enero de 2026 ».
const BETWEEN: [&str; 3] = ["de", "del", "of"];

/// A day that names its month: "27 Jan 2026", "27-janv.-26", "Jan 27, 2026", "1er août 2025", "27. März 2026",
/// "27 de enero de 2026"; a two-digit year means 1970 to 2069. Nothing may follow.
pub(crate) fn day(text: &str) -> Option<Day> {
    let words = text.split(['-', ' ', ',', '.', '/', '\'', '\u{a0}', '\u{202f}']);
    let mut words = words.filter(|word| !word.is_empty() && !BETWEEN.contains(word));
    let (first, second, year) = (words.next()?, words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let (month, day) = match month(first) {
        Some(month) => (month, second),
        None => (month(second)?, first),
    };
    let is_year = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let year = match (year.len(), year.parse::<i16>().ok().filter(|_| is_year(year))?) {
        (2, year) if year >= 70 => 1900 + year,
        (2, year) => 2000 + year,
        (4, year) => year,
        _ => return None,
    };
    let day = ["er", "st", "nd", "rd", "th"].iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day);
    let day = Some(day).filter(|day| matches!(day.len(), 1 | 2) && is_year(day))?;
    Day::from_ymd(year, month, day.parse().ok()?)
}

/// Month of a name or an abbreviation, from 1.
fn month(name: &str) -> Option<i8> {
    let plain: String = name.chars().map(plain).collect();
    if plain.len() < 3 || !plain.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let is_it = |starts: &&[&str]| starts.iter().any(|start| plain.starts_with(start));
    i8::try_from(MONTHS.iter().position(is_it)? + 1).ok()
}

/// A letter in lower case and without its accent.
fn plain(letter: char) -> char {
    match letter {
        'é' | 'è' | 'É' => 'e',
        'û' | 'ü' | 'ú' | 'Û' => 'u',
        'ä' | 'á' | 'Ä' => 'a',
        'ç' | 'Ç' => 'c',
        'ź' | 'Ź' => 'z',
        'ń' => 'n',
        'ś' => 's',
        'ó' => 'o',
        'ł' => 'l',
        letter => letter.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        day(text).map(|day| day.to_string())
    }

    #[test]
    fn days_with_names_of_months() {
        for text in
            ["01-Jan-2015", "01-Jan-15", "Jan 1, 2015", "1 Jan 2015", "1 January 2015", "1er janvier 2015"]
        {
            assert_eq!(shown(text).as_deref(), Some("2015-01-01"), "{text}");
        }
        for bad in [
            "",
            "31-Feb-2015",
            "01-01-2015",
            "01-Jan",
            "01-Jan-2015-1",
            "é-é-é",
            "1 Jan 5",
            "1 Jan 20155",
            "1 Foo 2018",
        ] {
            assert_eq!(shown(bad), None, "{bad}");
        }
    }

    #[test]
    fn each_month_in_each_language() {
        for names in [
            "january february march april may june july august september october november december",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "Jan. Feb. Mrz Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
            "januari februari maart april mei juni juli augustus september oktober november december",
            "jan feb mrt apr mei jun jul aug sep okt nov dec",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
            "januari februari mars april maj juni juli augusti september oktober november december",
            "januar februar marts april maj juni juli august september oktober november desember",
        ] {
            for (index, name) in names.split(' ').enumerate() {
                let expected = format!("2026-{:02}-05", index + 1);
                assert_eq!(shown(&format!("5 {name} 2026")).as_deref(), Some(expected.as_str()), "{name}");
                assert_eq!(shown(&format!("{name} 5, 2026")).as_deref(), Some(expected.as_str()), "{name}");
            }
        }
        assert_eq!(shown("27 de enero de 2026").as_deref(), Some("2026-01-27"));
    }
}
