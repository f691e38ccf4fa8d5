//! Currencies: number of decimals of their minor unit (ISO 4217).

/// Whether a text has the form of an ISO 4217 alphabetic code: three capital letters.
pub fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Number of decimals of a currency's minor unit, by its ISO 4217 alphabetic code: 2 for EUR, 0 for JPY, 3
/// for TND. Unlisted codes have 2, like most currencies.
pub fn exponent(currency: &str) -> u8 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

/// Minor units in one unit of the currency: 100 for EUR.
pub fn minor_per_unit(currency: &str) -> i64 {
    10_i64.pow(u32::from(exponent(currency)))
}

/// The alphabetic code for an ISO 4217 numeric code, for the currencies that meter and bank files identify
/// by number.
pub fn from_numeric(code: u16) -> Option<&'static str> {
    Some(match code {
        36 => "AUD",
        124 => "CAD",
        156 => "CNY",
        208 => "DKK",
        344 => "HKD",
        356 => "INR",
        392 => "JPY",
        484 => "MXN",
        554 => "NZD",
        578 => "NOK",
        752 => "SEK",
        756 => "CHF",
        788 => "TND",
        826 => "GBP",
        840 => "USD",
        978 => "EUR",
        985 => "PLN",
        986 => "BRL",
        _ => return None,
    })
}

/// An amount in minor units rounded to whole units of its currency, half away from zero.
pub fn round_to_unit(minor: i64, currency: &str) -> i64 {
    let unit = minor_per_unit(currency);
    let half = unit / 2;
    let shifted = if minor < 0 { minor.saturating_sub(half) } else { minor.saturating_add(half) };
    shifted / unit * unit
}

/// Formats `number` × 10^-`digits` as a decimal.
pub fn decimal(number: i64, digits: u8) -> String {
    let (one, digits) = (10_u64.pow(u32::from(digits)), usize::from(digits));
    let (whole, rest) = (number.unsigned_abs() / one, number.unsigned_abs() % one);
    let sign = if number < 0 { "-" } else { "" };
    if digits == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:0digits$}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_to_whole_units() {
        assert_eq!(round_to_unit(149, "EUR"), 100);
        assert_eq!(round_to_unit(150, "EUR"), 200);
        assert_eq!(round_to_unit(-150, "EUR"), -200);
        assert_eq!(round_to_unit(-149, "EUR"), -100);
        assert_eq!(round_to_unit(7, "JPY"), 7);
        assert_eq!(round_to_unit(1_500, "TND"), 2_000);
    }

    #[test]
    fn decimals_are_written_out() {
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(123_456, 3), "123.456");
        assert_eq!(decimal(7, 0), "7");
    }
}
