//! Currencies by their code, and by the signs and names that stand beside amounts.

/// Codes of ISO 4217 for money that is in use, and for the money of Europe that the euro replaced. Metals, test codes and
/// units of account of funds are no money of a person.
const CODES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD",
    "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLF", "CLP",
    "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD",
    "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS",
    "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD",
    "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU",
    "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN",
    "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK",
    "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP",
    "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYI", "UYU", "UYW", "UZS", "VED", "VES", "VND", "VUV",
    "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG", "ATS", "BEF", "CYP", "DEM", "EEK",
    "ESP", "FIM", "FRF", "GRD", "HRK", "IEP", "ITL", "LTL", "LUF", "LVL", "MTL", "NLG", "PTE", "SIT", "SKK",
];

/// Currencies that a dollar sign may be.
const DOLLARS: &[&str] = &[
    "USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "BBD", "BMD", "BND", "BSD",
    "BZD", "DOP", "FJD", "GYD", "JMD", "KYD", "LRD", "NAD", "SBD", "SRD", "TTD", "UYU", "XCD",
];

/// Signs and names beside amounts, in lower case and without points, and the currencies that each may be.
const SIGNS: &[(&str, &[&str])] = &[
    ("€", &["EUR"]),
    ("euro", &["EUR"]),
    ("euros", &["EUR"]),
    ("£", &["GBP", "GIP", "FKP", "SHP", "EGP"]),
    ("$", DOLLARS),
    ("us$", &["USD"]),
    ("$us", &["USD"]),
    ("c$", &["CAD", "NIO"]),
    ("ca$", &["CAD"]),
    ("$ca", &["CAD"]),
    ("a$", &["AUD"]),
    ("au$", &["AUD"]),
    ("nz$", &["NZD"]),
    ("hk$", &["HKD"]),
    ("s$", &["SGD"]),
    ("nt$", &["TWD"]),
    ("r$", &["BRL"]),
    ("¥", &["JPY", "CNY"]),
    ("₹", &["INR"]),
    ("rs", &["INR", "PKR", "LKR", "NPR", "MUR"]),
    ("₽", &["RUB"]),
    ("₺", &["TRY"]),
    ("tl", &["TRY"]),
    ("₪", &["ILS"]),
    ("₩", &["KRW"]),
    ("฿", &["THB"]),
    ("₫", &["VND"]),
    ("₦", &["NGN"]),
    ("₴", &["UAH"]),
    ("kr", &["SEK", "NOK", "DKK", "ISK"]),
    ("fr", &["CHF", "FRF"]),
    ("sfr", &["CHF"]),
    ("f", &["FRF", "XPF", "XOF", "XAF"]),
    ("fcfa", &["XOF", "XAF"]),
    ("cfa", &["XOF", "XAF"]),
    ("fcfp", &["XPF"]),
    ("zł", &["PLN"]),
    ("kč", &["CZK"]),
    ("ft", &["HUF"]),
    ("lei", &["RON", "MDL"]),
    ("лв", &["BGN"]),
    ("dh", &["MAD", "AED"]),
    ("dhs", &["MAD", "AED"]),
    ("dt", &["TND"]),
    ("da", &["DZD"]),
];

/// Whether a text is the code of a currency, in capital letters.
pub(super) fn is_currency(code: &str) -> bool {
    CODES.contains(&code)
}

/// The currencies that a word or sign beside an amount may be; `None` if it is none.
pub(super) fn named(word: &str) -> Option<&'static [&'static str]> {
    let lower = word.to_lowercase();
    if let Some((_, may_be)) = SIGNS.iter().find(|(sign, _)| *sign == lower) {
        return Some(may_be);
    }
    let upper = word.to_uppercase();
    CODES.iter().position(|code| *code == upper).map(|at| &CODES[at..=at])
}

/// The currency that is meant, if it is clear: a pound is that of the United Kingdom, but a dollar is of many countries.
pub(super) fn usual(may_be: &'static [&'static str]) -> Option<&'static str> {
    match may_be {
        ["GBP", ..] => Some("GBP"),
        [only] => Some(only),
        _ => None,
    }
}

/// Whether a character is the sign of a currency.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '฿' | '\u{20a0}'..='\u{20cf}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::money::exponent;

    #[test]
    fn codes_are_those_of_money() {
        for known in ["EUR", "CHF", "XOF", "FRF", "JPY"] {
            assert!(is_currency(known), "{known}");
        }
        for no in ["ZZZ", "BTC", "EDF", "eur", "EU", "XXX", "XTS", "XAU", ""] {
            assert!(!is_currency(no), "{no}");
        }
        assert!(CODES.iter().all(|code| code.len() == 3 && exponent(code) <= 4));
        let mut sorted = CODES.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), CODES.len());
    }

    #[test]
    fn a_sign_may_be_of_several() {
        assert_eq!(named("€"), Some(&["EUR"][..]));
        assert_eq!(named("chf"), Some(&["CHF"][..]));
        assert_eq!(named("FCFA"), Some(&["XOF", "XAF"][..]));
        assert!(named("$").unwrap().contains(&"CAD"));
        assert_eq!((usual(named("£").unwrap()), usual(named("$").unwrap())), (Some("GBP"), None));
        for none in ["DB", "BTC", "CR", "kWh", "", "pts"] {
            assert_eq!(named(none), None, "{none}");
        }
        for (sign, may_be) in SIGNS {
            assert!(may_be.iter().all(|code| is_currency(code)), "{sign}");
        }
    }
}
