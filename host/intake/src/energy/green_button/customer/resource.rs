//! Kept fields of each resource.

use super::super::zone::LocalTime;
use super::address::Address;
use super::text::{cut, value};
use crate::read::Node;
use crate::reason::Reason;
use crate::time;
use mesinfos_model::category::contracts::{kind, status};

/// Most usage points of a location to read: they serve only to tell the service supplied.
const POINTS: usize = 16;

/// The reason to reject a row: the element, and the problem.
pub(super) type Fault = (&'static str, Reason);

/// A resource of the customer feed.
#[derive(Debug)]
pub(super) enum Resource {
    Agreement(Agreement),
    Account(Account),
    Customer(Customer),
    Location(Location),
    Supplier(Supplier),
    Meter(Meter),
}

impl Resource {
    /// `None` for a supplier without a name, and for any other element.
    pub(super) fn of(node: &Node) -> Option<Resource> {
        Some(match &*node.name {
            "CustomerAgreement" => Resource::Agreement(Agreement::of(node)),
            "CustomerAccount" => Resource::Account(Account::of(node)),
            "Customer" => Resource::Customer(Customer::of(node)),
            "ServiceLocation" => Resource::Location(Location::of(node)),
            "ServiceSupplier" => Resource::Supplier(Supplier::of(node)?),
            "Meter" | "EndDevice" => Resource::Meter(Meter::of(node)),
            _ => return None,
        })
    }
}

/// `CustomerAgreement`
#[derive(Debug)]
pub(super) struct Agreement {
    pub(super) line: u64,
    pub(super) number: Option<String>,
    pub(super) product: Option<String>,
    pub(super) tariff: Option<String>,
    /// Code of `status`.
    pub(super) status: Option<i64>,
    /// Code of `kind`, if the agreement names the service in words.
    pub(super) kind: Option<i64>,
    /// Start and end.
    pub(super) dates: Result<(Option<Moment>, Option<Moment>), Fault>,
}

impl Agreement {
    fn of(node: &Node) -> Agreement {
        let text = |name| owned(node, &[name]);
        let words = ["type", "title", "subject"].map(|name| value(node, &[name]));
        // PG&E writes the document's status instead.
        let stated =
            [&["status", "value"][..], &["status"], &["docStatus", "value"]].map(|path| value(node, path));
        Agreement {
            line: node.line,
            number: text("agreementId").or_else(|| text("name")),
            product: text("title").or_else(|| text("type")),
            tariff: tariff(node),
            status: stated.into_iter().flatten().find_map(status),
            kind: agreed(words.into_iter().flatten().flat_map(kinds_in_words)),
            dates: dates(node),
        }
    }
}

/// `CustomerAccount`
#[derive(Debug)]
pub(super) struct Account {
    pub(super) line: u64,
    pub(super) number: Option<String>,
    pub(super) name: Option<String>,
    pub(super) address: Option<Address>,
}

impl Account {
    fn of(node: &Node) -> Account {
        Account {
            line: node.line,
            number: owned(node, &["accountId"]).or_else(|| owned(node, &["name"])),
            name: owned(node, &["contactInfo", "organisationName"]),
            address: organisation_address(node, "contactInfo"),
        }
    }
}

/// `Customer`
#[derive(Debug)]
pub(super) struct Customer {
    pub(super) line: u64,
    pub(super) name: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) address: Option<Address>,
}

impl Customer {
    fn of(node: &Node) -> Customer {
        // PG&E writes the name where the standard has an identifier made of digits.
        let written = value(node, &["name"])
            .filter(|name| name.contains(' ') || !name.bytes().any(|byte| byte.is_ascii_digit()));
        let name = value(node, &["customerName"])
            .or_else(|| value(node, &["Organisation", "organisationName"]))
            .or(written);
        Customer {
            line: node.line,
            name: name.map(str::to_owned),
            kind: owned(node, &["kind"]),
            address: organisation_address(node, "Organisation"),
        }
    }
}

/// `ServiceLocation`
#[derive(Debug)]
pub(super) struct Location {
    pub(super) line: u64,
    pub(super) address: Option<Address>,
    pub(super) kind: Option<String>,
    /// Addresses of the usage points there.
    pub(super) points: Vec<String>,
}

impl Location {
    fn of(node: &Node) -> Location {
        let points = node.all("UsagePoints").flat_map(|points| points.all("UsagePoint"));
        Location {
            line: node.line,
            address: Address::at(node, &["mainAddress"]),
            kind: owned(node, &["type"]),
            points: points.take(POINTS).map(|point| cut(&point.text).to_owned()).collect(),
        }
    }
}

/// `ServiceSupplier`
#[derive(Debug)]
pub(super) struct Supplier {
    pub(super) name: String,
    /// Likelihood of being the contract partner: lower is likelier.
    pub(super) rank: u8,
}

impl Supplier {
    fn of(node: &Node) -> Option<Supplier> {
        // By the standard this is an ISO/IEC 7812 number; SCE writes its name there.
        let named = value(node, &["issuerIdentificationNumber"]);
        let named = named.filter(|text| text.chars().any(char::is_alphabetic));
        let rank = match value(node, &["kind"]) {
            // A load serving entity sells the energy.
            Some("retailer" | "lse") => 0,
            Some("utility") => 1,
            // Companies that run meters (msp) or their data (mdma) for others are not a party to the
            // contract.
            Some("msp" | "mdma") => return None,
            _ => 2,
        };
        let name = owned(node, &["Organisation", "organisationName"]).or_else(|| named.map(str::to_owned))?;
        Some(Supplier { name, rank })
    }
}

/// `Meter` or `EndDevice`
#[derive(Debug)]
pub(super) struct Meter {
    pub(super) line: u64,
    pub(super) number: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) model: Option<String>,
    pub(super) since: Result<Option<Moment>, Fault>,
}

impl Meter {
    fn of(node: &Node) -> Meter {
        Meter {
            line: node.line,
            number: owned(node, &["serialNumber"]),
            kind: owned(node, &["type"]),
            model: owned(node, &["formNumber"]),
            since: moment(node, &["lifecycle", "installationDate"], "installationDate"),
        }
    }
}

/// A time in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    utc: i64,
    /// Local time minus UTC in minutes, if the file gives it with the time.
    offset: Option<i64>,
}

impl Moment {
    /// Local day, in days since 1970; a time without an offset uses `zone`, or else UTC.
    pub(super) fn day(self, zone: Option<&LocalTime>) -> i64 {
        match (self.offset, zone) {
            (None, Some(zone)) => zone.day(self.utc),
            (offset, _) => self.utc.saturating_add(offset.unwrap_or(0) * 60).div_euclid(86_400),
        }
    }

    fn after(self, seconds: u32) -> Option<Moment> {
        Some(Moment { utc: self.utc.checked_add(i64::from(seconds))?, ..self })
    }
}

fn owned(node: &Node, path: &[&str]) -> Option<String> {
    value(node, path).map(str::to_owned)
}

fn organisation_address(node: &Node, organisation: &str) -> Option<Address> {
    ["streetAddress", "postalAddress"].iter().find_map(|name| Address::at(node, &[organisation, name]))
}

/// A time: seconds since 1970 by the standard. Some holders write a date, or 0 for unknown.
fn moment(node: &Node, path: &[&str], name: &'static str) -> Result<Option<Moment>, Fault> {
    let Some(text) = value(node, path) else { return Ok(None) };
    if let Ok(utc) = text.parse::<i64>() {
        return Ok((utc != 0).then_some(Moment { utc, offset: None }));
    }
    let own = |(utc, minutes)| Moment { utc, offset: (!text.ends_with(['Z', 'z'])).then_some(minutes) };
    let of_day = |day: i64| Moment { utc: day * 86_400, offset: Some(0) };
    match time::instant(text).map(own).or_else(|| time::days(text, "ymd").map(of_day)) {
        Some(moment) => Ok(Some(moment)),
        None => Err((name, Reason::SecondsOrDateExpected)),
    }
}

/// Start and end of an agreement: its validity, or else the day it was signed.
fn dates(node: &Node) -> Result<(Option<Moment>, Option<Moment>), Fault> {
    let valid = moment(node, &["validityInterval", "start"], "validityInterval")?;
    let seconds = match value(node, &["validityInterval", "duration"]).map(str::parse::<u32>) {
        // An open-ended agreement has no duration, 0, or the longest possible one.
        None | Some(Ok(0 | u32::MAX)) => None,
        Some(Ok(seconds)) => Some(seconds),
        Some(Err(_)) => return Err(("duration", Reason::WholeSecondsExpected)),
    };
    let end = valid.zip(seconds).and_then(|(start, seconds)| start.after(seconds));
    let start = match valid {
        Some(start) => Some(start),
        None => moment(node, &["signDate"], "signDate")?,
    };
    Ok((start, end))
}

/// Names of the tariffs. By the standard each is a link: its last segment counts if it looks like a name.
fn tariff(node: &Node) -> Option<String> {
    let name = |node: &Node| {
        let text = node.whole_text();
        let is_link = text.contains('/');
        let piece = text.trim_end_matches('/').rsplit('/').next().unwrap_or_default().trim();
        let is_name = piece.chars().any(char::is_alphabetic) && !is_uuid(piece);
        (is_name || !is_link && !piece.is_empty()).then(|| cut(piece).to_owned())
    };
    let names: Vec<String> = node.all("PricingStructures").filter_map(name).collect();
    (!names.is_empty()).then(|| cut(&names.join(", ")).to_owned())
}

fn is_uuid(text: &str) -> bool {
    let text = text.rsplit(':').next().unwrap_or(text);
    text.len() == 36 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

fn status(text: &str) -> Option<i64> {
    Some(match text.to_ascii_lowercase().as_str() {
        "active" | "open" | "in service" => status::ACTIVE,
        "inactive" | "closed" | "ended" | "terminated" | "expired" | "canceled" | "cancelled" => {
            status::ENDED
        }
        _ => return None,
    })
}

/// Code of `kind` for an ESPI `ServiceKind`.
pub(super) fn kind_of_service(service: i64) -> i64 {
    match service {
        // Electricity, gas and heat.
        0 | 1 | 4 => kind::ENERGY,
        2 => kind::WATER,
        9 => kind::INTERNET,
        _ => kind::OTHER,
    }
}

/// Services in the holder's words ("Residential electric service"): the schema has no field for them.
fn kinds_in_words(text: &str) -> impl Iterator<Item = i64> {
    text.split(|c: char| !c.is_alphabetic()).filter_map(|word| match word.to_ascii_lowercase().as_str() {
        "electric" | "electricity" | "gas" | "heat" => Some(kind::ENERGY),
        "water" => Some(kind::WATER),
        "internet" => Some(kind::INTERNET),
        _ => None,
    })
}

/// The code shared by all of these; `None` if there is no code, or if they differ.
pub(super) fn agreed(mut codes: impl Iterator<Item = i64>) -> Option<i64> {
    let first = codes.next()?;
    codes.all(|code| code == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::super::text::TEXT;
    use super::*;

    fn with(leaves: &[(&str, &str)]) -> Node {
        let leaf = |(name, text): &(&str, &str)| Node {
            name: (*name).into(),
            text: (*text).to_owned(),
            ..Node::default()
        };
        Node { children: leaves.iter().map(leaf).collect(), ..Node::default() }
    }

    #[test]
    fn times_are_seconds_or_dates() {
        let of = |text| moment(&with(&[("signDate", text)]), &["signDate"], "signDate");
        let day = |text| of(text).unwrap().map(|moment| moment.day(None));
        // 2013-08-15 at midnight in California.
        assert_eq!(day("1376550000"), Some(15_932));
        assert_eq!(day("2013-08-15T00:00:00-07:00"), Some(15_932));
        assert_eq!(day("2013-08-15T07:00:00Z"), Some(15_932));
        assert_eq!(day("2013-08-15"), Some(15_932));
        assert_eq!(day("-86400"), Some(-1));
        assert_eq!((day("0"), day("N/A"), day("")), (None, None, None));
        for bad in ["soon", "2013-02-30", "1.5", "99999999999999999999", "1e9"] {
            assert!(of(bad).is_err(), "{bad}");
        }
        for far in [i64::MIN, i64::MAX] {
            let moment = Moment { utc: far, offset: Some(840) };
            assert!(moment.day(None) != 0 && (far < 0 || moment.after(1).is_none()));
        }
    }

    #[test]
    fn tariffs_are_names() {
        let of = |texts: &[&str]| {
            let leaves: Vec<(&str, &str)> = texts.iter().map(|text| ("PricingStructures", *text)).collect();
            tariff(&with(&leaves))
        };
        assert_eq!(
            of(&["https://x.example/PricingStructure/E-TOU-C/", "D1"]).as_deref(),
            Some("E-TOU-C, D1")
        );
        assert_eq!(of(&["17"]).as_deref(), Some("17"));
        for none in [
            &["https://x.example/PricingStructure/17"][..],
            &["/a/9b4a0bd5-16c2-4b0f-a6d2-f2c1b3a0e5d4"],
            &["/"],
            &[""],
            &[],
        ] {
            assert_eq!(of(none), None, "{none:?}");
        }
    }

    #[test]
    fn what_is_supplied_is_known_by_its_words() {
        let of = |text| agreed(kinds_in_words(text));
        assert_eq!(of("Residential ELECTRIC + gas"), Some(kind::ENERGY));
        assert_eq!(of("Water service"), Some(kind::WATER));
        assert_eq!((of("Water heat"), of("Gasoline"), of("")), (None, None, None));
        assert_eq!(
            [0, 1, 2, 4, 6, 9].map(kind_of_service),
            [kind::ENERGY, kind::ENERGY, kind::WATER, kind::ENERGY, kind::OTHER, kind::INTERNET]
        );
    }

    #[test]
    fn names_and_states_are_found_where_holders_write_them() {
        let name = |text| Customer::of(&with(&[("name", text)])).name;
        assert_eq!(name("ACME INDUSTRIES 2").as_deref(), Some("ACME INDUSTRIES 2"));
        assert_eq!((name("0A2F"), name("12")), (None, None));
        let mut agreement = with(&[("status", "unheard of")]);
        agreement.children.push(Node { name: "docStatus".into(), ..with(&[("value", "Active")]) });
        assert_eq!(Agreement::of(&agreement).status, Some(status::ACTIVE));
        assert_eq!(Agreement::of(&with(&[("status", "cancelled")])).status, Some(status::ENDED));
        assert_eq!(Agreement::of(&with(&[])).status, None);
    }

    #[test]
    fn long_texts_are_cut_and_suppliers_are_ranked() {
        let long = "é".repeat(TEXT);
        assert_eq!(value(&with(&[("type", &long)]), &["type"]).unwrap().len(), TEXT);
        let rank = |kind| {
            let node = with(&[("kind", kind), ("issuerIdentificationNumber", "SCE")]);
            Supplier::of(&node).map(|supplier| supplier.rank)
        };
        assert_eq!(["lse", "utility", "x", "mdma"].map(rank), [Some(0), Some(1), Some(2), None]);
        assert!(Supplier::of(&with(&[("issuerIdentificationNumber", "123456")])).is_none());
    }
}
