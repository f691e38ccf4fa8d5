//! A contact, filled property by property: vCard and jCard share them (RFC 6350, RFC 7095).

use crate::error::FormatError;
use crate::phone;
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::Category;
use mesinfos_model::category::social as s;

/// Most numbers, addresses or groups kept of one contact: nobody has more.
const MOST: usize = 100;

/// Names of the properties that are read, in lower case.
pub(super) const PROPERTIES: [&str; 11] =
    ["prodid", "fn", "n", "nickname", "org", "tel", "email", "adr", "bday", "rev", "categories"];

/// A property of a card.
#[derive(Debug, Default)]
pub(super) struct Property {
    /// In lower case, without its group.
    pub(super) name: String,
    /// Parameter words that give its kind ("cell", "pref"), in lower case.
    pub(super) kinds: Vec<String>,
    /// Its components, unescaped; one for most properties.
    pub(super) parts: Vec<String>,
    /// Apple's `X-APPLE-OMIT-YEAR`: the year of the date is a placeholder, if it is that of the parameter.
    pub(super) omits_year: bool,
}

#[derive(Debug, Default)]
pub(super) struct Contact {
    /// Whose program wrote it, if that is a name that a person knows.
    holder: Option<&'static str>,
    full_name: Option<String>,
    name: Option<String>,
    nickname: Option<String>,
    organisation: Option<String>,
    /// With their rank: mobile numbers, which receive messages, come first.
    phones: Vec<(u8, String)>,
    emails: Vec<String>,
    address: Option<String>,
    country: Option<String>,
    birthday: Option<i64>,
    revised: Option<(i64, Option<i64>)>,
    groups: Vec<String>,
}

impl Contact {
    /// Adds a property. If it occurs several times, the first names the contact.
    pub(super) fn take(&mut self, property: &Property) {
        let parts = &property.parts;
        let first = parts.first().map(String::as_str).unwrap_or_default();
        let part = |index: usize| parts.get(index).map(String::as_str).unwrap_or_default();
        let keep = |slot: &mut Option<String>, text: String| {
            if slot.is_none() && !text.is_empty() {
                *slot = Some(text);
            }
        };
        match property.name.as_str() {
            "fn" => keep(&mut self.full_name, joined(&[first], " ")),
            // Family, given, additional, prefixes, suffixes.
            "n" => keep(&mut self.name, joined(&[part(3), part(1), part(2), part(0), part(4)], " ")),
            "prodid" => self.holder = self.holder.or_else(|| holder_of(first)),
            "nickname" => keep(&mut self.nickname, joined(&[first], " ")),
            "org" => keep(&mut self.organisation, joined(&texts(parts), ", ")),
            "tel" if self.phones.len() < MOST => {
                if let Some(number) = number(first)
                    && !self.phones.iter().any(|(_, known)| *known == number)
                {
                    self.phones.push((rank(&property.kinds), number));
                }
            }
            "email" if self.emails.len() < MOST => {
                let address = first.trim();
                let address = address.strip_prefix("mailto:").unwrap_or(address);
                let sound = address.contains('@') && !address.contains(char::is_whitespace);
                if sound && !self.emails.iter().any(|known| known == address) {
                    self.emails.push(address.to_owned());
                }
            }
            "adr" => {
                keep(&mut self.country, country(part(6)).unwrap_or_default());
                keep(&mut self.address, joined(&texts(parts), ", "));
            }
            // A birthday without its year ("--0203", or Apple's 1604 with any separators) is not a date.
            "bday"
                if self.birthday.is_none() && !property.omits_year && !first.trim().starts_with("1604") =>
            {
                self.birthday = time::days(first, "ymd");
            }
            "rev" if self.revised.is_none() => self.revised = revised(first),
            "categories" => {
                let room = MOST.saturating_sub(self.groups.len());
                let groups = parts.iter().map(|group| group.trim()).filter(|group| !group.is_empty());
                self.groups.extend(groups.take(room).map(str::to_owned));
            }
            _ => {}
        }
    }

    /// Writes the contact to `rows`, or rejects it if it names nobody.
    pub(super) fn push(mut self, ordinal: u64, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        self.phones.sort_by_key(|(rank, _)| *rank);
        let name = self.full_name.or(self.name).or(self.nickname);
        let named = name.as_deref().or(self.organisation.as_deref());
        let email = self.emails.first().map(|email| email.to_lowercase());
        let person = self.phones.first().map(|(_, number)| number.as_str()).or(email.as_deref()).or(named);
        let Some(person) = person else {
            rows.reject(ordinal, Some("FN"), Reason::NobodyNamed);
            return Ok(());
        };
        let phones: Vec<&str> = self.phones.iter().map(|(_, number)| number.as_str()).collect();
        rows.push(
            Category::Social,
            ordinal,
            &[
                (s::HOLDER, self.holder.into()),
                (s::ROW, s::row::CONTACT.into()),
                (s::AT, self.revised.map(|(at, _)| at).into()),
                (s::UTC_OFFSET, self.revised.and_then(|(_, offset)| offset).into()),
                (s::CHANNEL, s::channel::ADDRESS_BOOK.into()),
                (s::PERSON, person.into()),
                (s::GROUPS, self.groups.join(",").as_str().into()),
                (s::COUNTRY, self.country.as_deref().into()),
                (s::NAME, name.as_deref().into()),
                (s::ORGANISATION, self.organisation.as_deref().into()),
                (s::PHONES, phones.join(" ").as_str().into()),
                (s::EMAILS, self.emails.join(" ").as_str().into()),
                (s::ADDRESS, self.address.as_deref().into()),
                (s::BIRTHDAY, self.birthday.into()),
            ],
        )
    }
}

/// Holders by a word of the product that wrote a card, in lower case.
const HOLDERS: [(&str, &str); 8] = [
    ("apple", "Apple"),
    ("google", "Google"),
    ("microsoft", "Microsoft"),
    ("outlook", "Microsoft"),
    ("proton", "Proton"),
    ("nextcloud", "Nextcloud"),
    ("fastmail", "Fastmail"),
    ("infomaniak", "Infomaniak"),
];

fn holder_of(product: &str) -> Option<&'static str> {
    let product = product.to_lowercase();
    HOLDERS.iter().find(|(word, _)| product.contains(word)).map(|(_, holder)| *holder)
}

fn texts(parts: &[String]) -> Vec<&str> {
    parts.iter().map(String::as_str).collect()
}

/// Non-empty lines of all parts, joined by `between`.
fn joined(parts: &[&str], between: &str) -> String {
    let lines = parts.iter().flat_map(|part| part.lines()).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<&str>>().join(between)
}

/// A telephone number in stored form, from text or a `tel:` address; extensions and digits dialled after
/// a pause are left out.
fn number(text: &str) -> Option<String> {
    let text = text.trim();
    let text =
        text.get(..4).filter(|scheme| scheme.eq_ignore_ascii_case("tel:")).map_or(text, |_| &text[4..]);
    // "(0)" is dialled only within the country.
    let text = if text.starts_with('+') { text.replacen("(0)", "", 1) } else { text.to_owned() };
    let end = text.find([',', ';']).unwrap_or(text.len());
    let text = &text[..end];
    let word = text.find(char::is_alphabetic).unwrap_or(text.len());
    let digits = text[..word].bytes().filter(u8::is_ascii_digit).count();
    phone::normal(if digits >= 5 { text[..word].trim_end_matches(['(', ' ', '#']) } else { text })
}

/// 0 for mobile telephones, 2 for lines without a person (fax, pager, modem), 1 for others; among equals
/// the first counts.
fn rank(kinds: &[String]) -> u8 {
    let is = |words: &[&str]| kinds.iter().any(|kind| words.contains(&kind.as_str()));
    match () {
        () if is(&["fax", "pager", "modem", "bbs"]) => 2,
        () if is(&["cell", "iphone", "mobile"]) => 0,
        () => 1,
    }
}

/// A country, if it consists of words: it is the only part of an address that apps see.
fn country(text: &str) -> Option<String> {
    let text = text.trim();
    let is_word = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’');
    (text.len() <= 60 && text.chars().all(is_word) && text.contains(char::is_alphabetic))
        .then(|| text.to_owned())
}

/// Instant of a card's last change; its separators may be missing. A value without a time of day is not
/// an instant.
fn revised(text: &str) -> Option<(i64, Option<i64>)> {
    let text = text.trim();
    let (at, offset) = time::instant(text).or_else(|| time::instant_in(text, &jiff::tz::TimeZone::UTC))?;
    // A time in UTC, or without a zone, gives no local offset.
    let says_where = text.contains('T') && !text.ends_with('Z') && time::instant(text).is_some();
    text.contains('T').then_some((at, says_where.then_some(offset)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_brought_to_one_spelling() {
        for (text, expected) in [
            ("tel:+1-418-656-9254;ext=102", Some("+14186569254")),
            ("+33 (0)6 12 34 56 78", Some("+33612345678")),
            ("06 12 34 56 78 (bureau)", Some("+33612345678")),
            ("905-555-1234 x12", Some("9055551234")),
            ("0612345678,,99", Some("+33612345678")),
            ("3949", Some("3949")),
            ("BusinessPhone", None),
            ("", None),
            ("é", None),
        ] {
            assert_eq!(number(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn times_of_revision() {
        assert_eq!(revised("20121012T210525Z"), Some((1_350_075_925, None)));
        assert_eq!(revised("2012-03-05T13:32:54Z"), Some((1_330_954_374, None)));
        assert_eq!(revised("2012-03-05T14:32:54+01:00"), Some((1_330_954_374, Some(60))));
        assert_eq!(revised("2012-03-05"), None);
        assert_eq!(revised("soon"), None);
    }

    #[test]
    fn a_country_is_words() {
        assert_eq!(country(" U.S.A. ").as_deref(), Some("U.S.A."));
        assert_eq!(country("12 rue X"), None);
        assert_eq!(country(""), None);
    }
}
