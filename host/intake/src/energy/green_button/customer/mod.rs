//! The retail customer feed of Green Button: agreements, accounts, service locations and meters, in Atom
//! entries with a namespace of their own (NAESB REQ.21, `customer.xsd`).
//!
//! By the standard it is a file without readings. Some real files hold both, so both Green Button formats
//! read both; they differ only in a file's format name.
//!
//! Rows: of `contracts`, one for each `CustomerAgreement`; of `profile`, an account for each
//! `CustomerAccount` (or for a `Customer` without one), a home for each `ServiceLocation` and a device
//! for each `Meter` and `EndDevice`. Times are seconds since 1970 UTC and become local days. Telephone
//! numbers, e-mail addresses, passwords, special needs, notes on access to the premises, and amounts owed
//! are not kept.

mod address;
mod book;
mod resource;
mod text;

use super::read;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
pub(super) use book::Customers;
use mesinfos_model::Category;

/// The `green-button-customer-xml` format.
pub(crate) struct GreenButtonCustomer;

pub(super) const CUSTOMER: &str = "http://naesb.org/espi/customer";

/// Elements of the namespace to read.
pub(super) const NAMES: [&str; 8] = [
    "Customer",
    "CustomerAccount",
    "CustomerAgreement",
    "EndDevice",
    "LocalTimeParameters",
    "Meter",
    "ServiceLocation",
    "ServiceSupplier",
];

/// Elements that only a file of readings or bills has.
const USAGE: [&str; 5] =
    ["IntervalBlock", "MeterReading", "ReadingType", "UsageSummary", "ElectricPowerUsageSummary"];

static ABOUT: FormatInfo = FormatInfo {
    id: "green-button-customer-xml",
    fr: "Green Button, fiche client (ESPI, XML)",
    en: "Green Button, retail customer (ESPI, XML)",
    origin: "PG&E, SCE…",
    categories: &[Category::Contracts, Category::Profile, Category::Energy, Category::Water, Category::Bills],
    looks_for: "XML with the namespace http://naesb.org/espi/customer, and neither readings nor bills \
                in its first part",
    spec: "https://www.naesb.org/ESPI_Standards.asp",
    counts: OrdinalKind::Lines,
};

impl Format for GreenButtonCustomer {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        is_one(head)
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        read(input, Reason::NoCustomerData, rows)
    }
}

/// Whether a file that begins like this is a customer feed, with no usage in the part seen.
///
/// The namespace alone does not decide: feeds declare both and use one.
pub(super) fn is_one(head: &Head) -> bool {
    head.is_markup_with(CUSTOMER) && head.xml_root() != Some("schema") && !has_usage(head.text())
}

/// Whether an element of a reading or a bill begins in this text.
fn has_usage(text: &str) -> bool {
    text.split('<').skip(1).any(|tag| {
        let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(tag.len());
        let name = &tag[..end];
        USAGE.contains(&name.rsplit(':').next().unwrap_or(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;
    use mesinfos_model::category::{contracts, energy, profile};
    use mesinfos_model::{Batch, Reach};

    const ACCOUNT: &str = "/RetailCustomer/1/Customer/2/CustomerAccount/3";

    fn feed(entries: &[&str]) -> String {
        format!(
            r#"<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:c="http://naesb.org/espi/customer">{}</feed>"#,
            entries.join("\n")
        )
    }

    /// An entry with its own address and the addresses it names.
    fn entry(own: &str, related: &[&str], content: &str) -> String {
        let links: String =
            related.iter().map(|href| format!(r#"<link rel="related" href="{href}"/>"#)).collect();
        format!(r#"<entry><link rel="self" href="{own}"/>{links}<content>{content}</content></entry>"#)
    }

    fn agreement(own: &str, fields: &str) -> String {
        entry(own, &[], &format!("<c:CustomerAgreement>{fields}</c:CustomerAgreement>"))
    }

    fn location(own: &str, street: &str) -> String {
        let address =
            format!("<c:streetDetail><c:addressGeneral>{street}</c:addressGeneral></c:streetDetail>");
        entry(
            own,
            &[],
            &format!("<c:ServiceLocation><c:mainAddress>{address}</c:mainAddress></c:ServiceLocation>"),
        )
    }

    fn supplier(own: &str, kind: &str, name: &str) -> String {
        let name =
            format!("<c:Organisation><c:organisationName>{name}</c:organisationName></c:Organisation>");
        entry(own, &[], &format!("<c:ServiceSupplier>{name}<c:kind>{kind}</c:kind></c:ServiceSupplier>"))
    }

    fn read(entries: &[&str]) -> (crate::Read, Vec<Batch>) {
        let (mut reads, batches) = read_all(feed(entries).as_bytes()).unwrap();
        (reads.remove(0), batches)
    }

    fn of(batches: &[Batch], category: Category) -> &Batch {
        batches.iter().find(|batch| batch.category() == category).unwrap()
    }

    fn texts(batch: &Batch, field: usize) -> Vec<Option<&str>> {
        (0..batch.rows()).map(|row| batch.text(field, row)).collect()
    }

    fn integers(batch: &Batch, field: usize) -> Vec<Option<i64>> {
        (0..batch.rows()).map(|row| batch.integer(field, row)).collect()
    }

    #[test]
    fn agreements_are_contracts() {
        let own = format!("{ACCOUNT}/CustomerAgreement/4");
        let whole = agreement(
            &own,
            "<c:type>Electric service</c:type><c:status><c:value>Active</c:value></c:status><c:signDate>1376550000</c:signDate>\
             <c:validityInterval><c:duration>31536000</c:duration><c:start>1377000000</c:start></c:validityInterval>\
             <c:PricingStructures>https://x.example/PricingStructure/E-1</c:PricingStructures><c:agreementId>A-77</c:agreementId>",
        );
        let supplier = supplier(&format!("{own}/ServiceSupplier/lse"), "lse", "Light &amp; Power");
        for entries in [[&*whole, &supplier], [&supplier, &whole]] {
            let (read, batches) = read(&entries);
            assert_eq!((read.about.id, read.rejected_count), ("green-button-customer-xml", 0));
            let batch = of(&batches, Category::Contracts);
            assert_eq!(batch.rows(), 1);
            let text = |field| batch.text(field, 0);
            assert_eq!(text(contracts::HOLDER), Some("Light & Power"));
            assert_eq!((text(contracts::CONTRACT), text(contracts::NUMBER)), (Some("A-77"), Some("A-77")));
            assert_eq!(
                (text(contracts::PLAN), text(contracts::PRODUCT)),
                (Some("E-1"), Some("Electric service"))
            );
            let integer = |field| batch.integer(field, 0);
            // 2013-08-20, and one year later.
            assert_eq!((integer(contracts::START), integer(contracts::END)), (Some(15_937), Some(16_302)));
            assert_eq!(integer(contracts::KIND), Some(contracts::kind::ENERGY));
            assert_eq!(integer(contracts::STATUS), Some(contracts::status::ACTIVE));
            assert_eq!((integer(contracts::POWER), integer(contracts::PREMIUM)), (None, None));
        }
    }

    #[test]
    fn what_an_agreement_does_not_say_is_missing() {
        let account = entry(ACCOUNT, &[], "<c:CustomerAccount><c:name>2-00</c:name></c:CustomerAccount>");
        let below = agreement(&format!("{ACCOUNT}/CustomerAgreement/4"), "<c:signDate>0</c:signDate>");
        let (read, batches) = read(&[&below, &account]);
        assert_eq!((read.rows, read.rejected_count), (2, 0));
        let batch = of(&batches, Category::Contracts);
        assert_eq!(batch.text(contracts::CONTRACT, 0), Some("2-00"));
        assert_eq!(batch.text(contracts::HOLDER, 0), None);
        for field in [contracts::START, contracts::END, contracts::KIND, contracts::STATUS] {
            assert_eq!(batch.integer(field, 0), None, "{field}");
        }
        // Neither has a number: the address identifies the contract but is not its number.
        let (_, batches) = self::read(&[&below]);
        let batch = of(&batches, Category::Contracts);
        assert!(batch.text(contracts::CONTRACT, 0).is_some_and(|address| address.ends_with("/4")));
        assert_eq!(batch.text(contracts::NUMBER, 0), None);
        // The longest possible duration means no end.
        let endless = agreement(
            "/a",
            "<c:name>9</c:name><c:validityInterval><c:duration>4294967295</c:duration><c:start>2013-08-15</c:start></c:validityInterval>",
        );
        let (_, batches) = self::read(&[&endless]);
        assert_eq!(
            (batches[0].integer(contracts::START, 0), batches[0].integer(contracts::END, 0)),
            (Some(15_932), None)
        );
    }

    #[test]
    fn suppliers_and_accounts_belong_to_their_agreements() {
        let other = "/RetailCustomer/1/Customer/2/CustomerAccount/5";
        let account = |own: &str, id: &str, related: &[&str]| {
            entry(
                own,
                related,
                &format!("<c:CustomerAccount><c:accountId>{id}</c:accountId></c:CustomerAccount>"),
            )
        };
        let (one, two) = (format!("{ACCOUNT}/CustomerAgreement/4"), format!("{other}/CustomerAgreement/6"));
        let entries = [
            agreement(&one, ""),
            agreement(&two, ""),
            agreement("/CustomerAgreement/7", ""),
            account(ACCOUNT, "first", &["/LocalTimeParameters/1"]),
            account(other, "second", &["/CustomerAgreement/7", "/LocalTimeParameters/1"]),
            supplier(&format!("{one}/ServiceSupplier/msp"), "msp", "Meters Ltd"),
            supplier(&format!("{one}/ServiceSupplier/utility"), "utility", "Grid"),
            supplier(&format!("{one}/ServiceSupplier/lse"), "lse", "Seller"),
            supplier(&format!("{two}/ServiceSupplier/1"), "utility", "Grid"),
        ];
        let (read, batches) = read(&entries.each_ref().map(String::as_str));
        assert_eq!(read.rejected_count, 0);
        let batch = of(&batches, Category::Contracts);
        assert_eq!(texts(batch, contracts::CONTRACT), [Some("first"), Some("second"), Some("second")]);
        // The third names no supplier, and the file has two.
        assert_eq!(texts(batch, contracts::HOLDER), [Some("Seller"), Some("Grid"), None]);
    }

    #[test]
    fn accounts_homes_and_meters_are_of_the_profile() {
        let customer = entry(
            "/RetailCustomer/1/Customer/2",
            &[],
            "<c:Customer><c:Organisation><c:streetAddress><c:townDetail><c:name>Milton</c:name></c:townDetail><c:postalCode>L0L 0L0</c:postalCode>\
             </c:streetAddress><c:phone1><c:localNumber>5550100</c:localNumber></c:phone1><c:electronicAddress><c:email1>a@b.example</c:email1>\
             <c:password>secret</c:password></c:electronicAddress></c:Organisation><c:kind>residential</c:kind>\
             <c:specialNeed>life support</c:specialNeed><c:customerName>Ann Example</c:customerName></c:Customer>",
        );
        let account =
            entry(ACCOUNT, &[], "<c:CustomerAccount><c:accountId>100</c:accountId></c:CustomerAccount>");
        let home = location("/ServiceLocation/1", "1 Elm Rd");
        let meter = entry(
            "/Meter/1",
            &[],
            "<c:Meter><c:type>AMI</c:type><c:serialNumber>S9</c:serialNumber><c:lifecycle><c:installationDate>1376550000</c:installationDate></c:lifecycle><c:formNumber>2S</c:formNumber></c:Meter>",
        );
        let (read, batches) = read(&[&account, &customer, &home, &meter]);
        assert_eq!((read.rows, read.rejected_count), (3, 0));
        let batch = &batches[0];
        assert_eq!(
            integers(batch, profile::ROW),
            [profile::row::ACCOUNT, profile::row::HOME, profile::row::DEVICE].map(Some)
        );
        assert_eq!(texts(batch, profile::ITEM), [Some("100"), Some("1 Elm Rd"), Some("S9")]);
        assert_eq!(texts(batch, profile::NUMBER), [Some("100"), None, Some("S9")]);
        assert_eq!(texts(batch, profile::NAME), [Some("Ann Example"), None, None]);
        assert_eq!(texts(batch, profile::KIND), [Some("residential"), None, Some("AMI")]);
        assert_eq!(texts(batch, profile::ADDRESS), [Some("Milton L0L 0L0"), Some("1 Elm Rd"), None]);
        assert_eq!(texts(batch, profile::POSTCODE), [Some("L0L 0L0"), None, None]);
        assert_eq!(integers(batch, profile::SINCE), [None, None, Some(15_932)]);
        for field in 0..batch.schema().fields.len() {
            let kept = (0..batch.rows()).filter_map(|row| batch.text(field, row));
            for text in kept {
                assert!(!["5550100", "a@b.example", "secret", "life support"].contains(&text), "{text}");
            }
        }
        // A customer without an account is still a row; a customer without any facts is not.
        let (read, batches) = self::read(&[&customer]);
        assert_eq!((read.rows, batches[0].text(profile::NAME, 0)), (1, Some("Ann Example")));
        let (read, batches) = self::read(&["<entry><content><c:Customer/></content></entry>", &account]);
        assert_eq!((read.rows, texts(&batches[0], profile::NAME)), (1, vec![None]));
    }

    /// Fields that identify the person are given by name only, or are pseudonyms.
    #[test]
    fn what_identifies_the_person_is_given_by_name_only() {
        for field in [profile::NAME, profile::ADDRESS, profile::POSTCODE, profile::NUMBER] {
            assert_eq!(Category::Profile.schema().fields[field].reach, Reach::Named, "{field}");
        }
        assert_eq!(Category::Contracts.schema().fields[contracts::NUMBER].reach, Reach::Named);
    }

    #[test]
    fn bad_rows_are_rejected_with_place_field_and_reason() {
        let good = location("/ServiceLocation/1", "1 Elm Rd");
        for (bad, field, reason) in [
            (agreement("/a", "<c:signDate>soon</c:signDate>"), "signDate", "seconds since 1970"),
            (
                agreement("/a", "<c:validityInterval><c:start>2013-02-30</c:start></c:validityInterval>"),
                "validityInterval",
                "seconds since 1970",
            ),
            (
                agreement(
                    "/a",
                    "<c:validityInterval><c:duration>-1</c:duration><c:start>1</c:start></c:validityInterval>",
                ),
                "duration",
                "whole number",
            ),
            (agreement("/a", "<c:signDate>9223372036854775807</c:signDate>"), "start", "between the years"),
            (agreement("", ""), "agreementId", "number"),
            (entry("", &[], "<c:CustomerAccount/>"), "accountId", "number"),
            (
                entry("/l", &[], "<c:ServiceLocation><c:type>house</c:type></c:ServiceLocation>"),
                "mainAddress",
                "address",
            ),
            (entry("/m", &[], "<c:Meter/>"), "serialNumber", "number"),
            (
                entry(
                    "/m",
                    &[],
                    "<c:EndDevice><c:serialNumber>1</c:serialNumber><c:lifecycle><c:installationDate>x</c:installationDate></c:lifecycle></c:EndDevice>",
                ),
                "installationDate",
                "seconds since 1970",
            ),
        ] {
            let (read, _) = read(&[&good, &bad]);
            assert_eq!((read.rows, read.rejected_count), (1, 1), "{bad}");
            let rejected = &read.rejected[0];
            assert_eq!((rejected.line, rejected.field.as_deref()), (Some(2), Some(field)), "{bad}");
            assert!(rejected.reason.to_string().contains(reason), "{}", rejected.reason);
        }
        // Reported once even when alone.
        let (read, _) = read(&[&agreement("", "")]);
        assert_eq!((read.rows, read.rejected_count), (0, 1));
        let (read, _) = self::read(&["<entry><content><c:Statement/></content></entry>"]);
        assert!(read.rejected[0].reason.to_string().contains("no agreement"));
    }

    #[test]
    fn a_file_of_both_gives_both() {
        let usage = r#"<entry xmlns:e="http://naesb.org/espi"><link rel="self" href="/UsagePoint/1"/><content><e:UsagePoint><e:ServiceCategory><e:kind>2</e:kind></e:ServiceCategory></e:UsagePoint></content></entry>
            <entry xmlns:e="http://naesb.org/espi"><link rel="self" href="/LocalTimeParameters/1"/><content><e:LocalTimeParameters><e:tzOffset>-18000</e:tzOffset></e:LocalTimeParameters></content></entry>
            <entry xmlns:e="http://naesb.org/espi"><link rel="self" href="/ReadingType/3"/><content><e:ReadingType><e:intervalLength>3600</e:intervalLength><e:uom>72</e:uom></e:ReadingType></content></entry>
            <entry xmlns:e="http://naesb.org/espi"><link rel="self" href="/UsagePoint/1/MeterReading/7/IntervalBlock/1"/><content><e:IntervalBlock><e:interval><e:start>1293868800</e:start></e:interval><e:IntervalReading><e:value>450</e:value></e:IntervalReading></e:IntervalBlock></content></entry>"#;
        // 03:00 UTC is the day before in New York.
        let contract =
            agreement("/CustomerAgreement/4", "<c:name>9</c:name><c:signDate>1376535600</c:signDate>");
        let home = entry(
            "/CustomerAgreement/4/ServiceLocation/1",
            &[],
            "<c:ServiceLocation><c:mainAddress><c:postalCode>1</c:postalCode></c:mainAddress><c:UsagePoints><c:UsagePoint>/UsagePoint/1</c:UsagePoint></c:UsagePoints></c:ServiceLocation>",
        );
        for entries in [[usage, &contract, &home], [&contract, &home, usage]] {
            let (read, batches) = read(&entries);
            assert_eq!((read.about.id, read.rows, read.rejected_count), ("green-button-xml", 3, 0));
            assert_eq!(of(&batches, Category::Energy).integer(energy::ENERGY, 0), Some(450_000));
            let batch = of(&batches, Category::Contracts);
            // The usage point says that the service is water.
            assert_eq!(
                (batch.integer(contracts::KIND, 0), batch.integer(contracts::START, 0)),
                (Some(contracts::kind::WATER), Some(15_931))
            );
            assert_eq!(of(&batches, Category::Profile).rows(), 1);
        }
        // If the head shows no readings, the format name differs and the rows are the same.
        let far = format!("<!--{}-->", "x".repeat(70_000));
        let (read, batches) = read(&[&contract, &home, &far, usage]);
        assert_eq!((read.about.id, read.rows), ("green-button-customer-xml", 3));
        assert_eq!(of(&batches, Category::Energy).rows(), 1);
    }

    #[test]
    fn files_are_told_apart_by_what_is_in_them() {
        let id = |text: &str| {
            let by: Vec<&str> = crate::recognised_by(text.as_bytes()).iter().map(|about| about.id).collect();
            by.join(" ")
        };
        let both = r#"<n1:feed xmlns:n0="http://naesb.org/espi" xmlns:n1="http://www.w3.org/2005/Atom" xmlns:c='http://naesb.org/espi/customer'>"#;
        assert_eq!(id(&format!("{both}<c:Customer/></n1:feed>")), "green-button-customer-xml");
        assert_eq!(id(&format!("{both}<n0:ReadingType/></n1:feed>")), "green-button-xml");
        assert_eq!(
            id(&format!("{both}<n1:link href='/UsagePoint/1/MeterReading/1'/></n1:feed>")),
            "green-button-customer-xml"
        );
        assert_eq!(id("<e:UsagePoint xmlns:e='http://naesb.org/espi'/>"), "green-button-xml");
        assert_eq!(id("<xs:schema targetNamespace='http://naesb.org/espi/customer'/>"), "");
    }

    #[test]
    fn a_resource_by_itself_and_a_cut_file_give_what_they_have() {
        let bare = r#"<CustomerAgreement xmlns="http://naesb.org/espi/customer"><agreementId>A</agreementId></CustomerAgreement>"#;
        let (reads, batches) = read_all(bare.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, batches[0].text(contracts::CONTRACT, 0)), (1, Some("A")));
        let whole = feed(&[&location("/1", "1 Elm Rd"), &location("/2", "2 Elm Rd")]);
        let (reads, batches) = read_all(&whole.as_bytes()[..whole.len() - 60]).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (1, 1));
        // Cut at any point.
        for end in 0..whole.len() {
            drop(read_all(&whole.as_bytes()[..end]));
        }
    }

    #[test]
    fn many_resources_are_given_as_they_come() {
        let links: String = (0..2_000).map(|n| format!(r#"<link rel="related" href="/{n}"/>"#)).collect();
        let meters = "<c:Meter><c:serialNumber>1</c:serialNumber></c:Meter>".repeat(12_000);
        let (read, _) = read(&[&format!("<entry>{links}<content>{meters}</content></entry>")]);
        assert_eq!((read.rows, read.rejected_count), (12_000, 0));
    }
}
