//! A `StreetAddress`, written on one line.

use super::text::{cut, value};
use crate::read::Node;

/// An address as on a letter, and its postcode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) text: String,
    pub(super) postcode: Option<String>,
}

impl Address {
    /// Address at the end of a path; `None` if it has neither street nor town.
    pub(super) fn at(node: &Node, path: &[&str]) -> Option<Address> {
        let node = node.at(path)?;
        let street =
            street(node).or_else(|| value(node, &["poBox"]).map(|number| format!("PO Box {number}")));
        let code = value(node, &["postalCode"])
            .or_else(|| value(node, &["townDetail", "code"]).filter(|code| is_zip(code)));
        let town = ["name", "stateOrProvince"].map(|part| value(node, &["townDetail", part]));
        if street.is_none() && town[0].is_none() && code.is_none() {
            return None;
        }
        let town = joined(&[town[0], town[1], code], " ");
        let inner = |part| value(node, &["streetDetail", part]);
        let parts = [
            street.as_deref(),
            inner("suiteNumber"),
            inner("buildingName"),
            town.as_deref(),
            value(node, &["townDetail", "country"]),
        ];
        let text = joined(&parts, ", ")?;
        Some(Address { text: cut(&text).to_owned(), postcode: code.map(str::to_owned) })
    }
}

/// Number and name of the street if they are separate, else the free-form lines.
fn street(address: &Node) -> Option<String> {
    let inner = |part| value(address, &["streetDetail", part]);
    if inner("name").is_some() {
        return joined(&["number", "prefix", "name", "type", "suffix"].map(inner), " ");
    }
    joined(&["addressGeneral", "addressGeneral2", "addressGeneral3"].map(inner), ", ")
}

/// PG&E writes the ZIP code where the standard has a town code.
fn is_zip(code: &str) -> bool {
    let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    match code.split_once('-') {
        Some((zip, four)) => digits(zip, 5) && digits(four, 4),
        None => digits(code, 5),
    }
}

fn joined(parts: &[Option<&str>], between: &str) -> Option<String> {
    let parts: Vec<&str> = parts.iter().copied().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(between))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(name: &str, text: &str) -> Node {
        Node { name: name.into(), text: text.to_owned(), ..Node::default() }
    }

    fn read(street: &[(&str, &str)], town: &[(&str, &str)], own: &[(&str, &str)]) -> Option<Address> {
        let of = |name: &str, leaves: &[(&str, &str)]| Node {
            children: leaves.iter().map(|(name, text)| leaf(name, text)).collect(),
            ..leaf(name, "")
        };
        let mut address = of("mainAddress", own);
        address.children.extend([of("streetDetail", street), of("townDetail", town)]);
        Address::at(&Node { children: vec![address], ..Node::default() }, &["mainAddress"])
    }

    #[test]
    fn addresses_are_one_line() {
        let apart = read(
            &[
                ("name", "Elm"),
                ("number", "12"),
                ("type", "St"),
                ("suffix", "N"),
                ("suiteNumber", "4B"),
                ("addressGeneral", "again"),
            ],
            &[("name", "Milton"), ("stateOrProvince", "ON"), ("country", "CA")],
            &[("postalCode", "L0L 0L0"), ("poBox", "9")],
        );
        let apart = apart.unwrap();
        assert_eq!(apart.text, "12 Elm St N, 4B, Milton ON L0L 0L0, CA");
        assert_eq!(apart.postcode.as_deref(), Some("L0L 0L0"));
        let free = read(
            &[("addressGeneral", "1 Elm Rd"), ("addressGeneral2", "Rear")],
            &[("code", "93930"), ("name", "King City")],
            &[],
        );
        assert_eq!(
            free.unwrap(),
            Address {
                text: "1 Elm Rd, Rear, King City 93930".to_owned(),
                postcode: Some("93930".to_owned())
            }
        );
        let boxed =
            read(&[("suiteNumber", "")], &[("name", "Milton"), ("code", "T-7")], &[("poBox", "9")]).unwrap();
        assert_eq!((boxed.text.as_str(), boxed.postcode), ("PO Box 9, Milton", None));
    }

    #[test]
    fn what_is_no_address_is_none() {
        for none in [
            read(&[], &[], &[]),
            read(&[("addressGeneral", "N/A")], &[("country", "US")], &[("poBox", "n/a")]),
            read(&[("number", "12")], &[("stateOrProvince", "CA"), ("code", "123456")], &[]),
            Address::at(&Node::default(), &["mainAddress"]),
        ] {
            assert_eq!(none, None);
        }
    }
}
