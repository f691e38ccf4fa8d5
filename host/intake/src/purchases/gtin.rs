//! Product numbers shared by all shops: GTIN (GS1 General Specifications), and the former ISBN-10 of
//! books.

/// The number, if it is a GTIN-8, -12, -13 or -14 with a correct check digit and the same meaning in
/// every shop. In-store numbers begin with 2; with thirteen digits also with 02 or 04, with eight also
/// with 0.
pub(super) fn checked(text: &str) -> Option<&str> {
    let text = text.trim();
    if !matches!(text.len(), 8 | 12..=14) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // From the right, starting with the check digit, digits have weights 1 and 3 in turn.
    let sum: u32 = (text.bytes().rev().zip([1, 3].into_iter().cycle()))
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let owns: &[&str] = match text.len() {
        8 => &["0", "2"],
        12 => &["2", "4"],
        13 => &["02", "04", "2"],
        _ => &["002", "004", "02"],
    };
    let is_shops_own = owns.iter().any(|own| text.starts_with(own)) || sum == 0;
    (sum.is_multiple_of(10) && !is_shops_own).then_some(text)
}

/// The GTIN-13 of a book with this ISBN-10, if its check digit (0 to 10, with 10 written X) is correct.
pub(super) fn of_isbn10(text: &str) -> Option<String> {
    let text = text.trim();
    let (body, check) = text.split_at_checked(9)?;
    let check = match check {
        "X" | "x" => 10,
        check if check.len() == 1 => check.parse::<u32>().ok()?,
        _ => return None,
    };
    if !body.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let sum: u32 =
        body.bytes().zip((2..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    if !(sum + check).is_multiple_of(11) {
        return None;
    }
    // Exactly one of the ten possible check digits is correct.
    (0..=9).map(|last| format!("978{body}{last}")).find(|number| checked(number).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_and_numbers_of_a_shops_own() {
        for good in [
            "3017620422003",
            "4006381333931",
            "036000291452",
            "96385074",
            "10614141543219",
            " 3017620422003 ",
        ] {
            assert_eq!(checked(good), Some(good.trim()), "{good}");
        }
        for bad in [
            "3017620422004",
            "2012345678900",
            "0212345678904",
            "2900000000001",
            "0000000000000",
            "123",
            "",
            "30176204220O3",
            "212345678909",
        ] {
            assert_eq!(checked(bad), None, "{bad}");
        }
    }

    #[test]
    fn books_have_a_number_of_products() {
        assert_eq!(of_isbn10("2070360024").as_deref(), Some("9782070360024"));
        assert_eq!(of_isbn10("080442957X").as_deref(), Some("9780804429573"));
        for bad in ["2070360025", "B000000001", "", "207036002", "20703600244", "é07036002"] {
            assert_eq!(of_isbn10(bad), None, "{bad}");
        }
    }
}
