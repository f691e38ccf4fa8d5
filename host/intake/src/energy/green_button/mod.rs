//! Green Button: NAESB REQ.21 ESPI resources in an Atom feed, or a single resource.
//!
//! Elements are matched by namespace and local name. Interval starts are UTC seconds; money is in
//! 1/100000 of the currency; local time follows `LocalTimeParameters`. Customer facts have a namespace of
//! their own, and usually a file of their own: the module `customer` makes rows of them. One file may
//! hold both.

mod bill;
mod block;
mod customer;
mod feed;
mod series;
mod unit;
mod zone;

use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Node, Step, Xml};
use crate::reason::Reason;
use crate::rows::RowWriter;
use block::Given;
pub(crate) use customer::GreenButtonCustomer;
use customer::{CUSTOMER, Customers};
use feed::{Feed, ResourceLinks};
use mesinfos_model::Category;

/// The `green-button-xml` format.
pub(crate) struct GreenButton;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const ESPI: &str = "http://naesb.org/espi";

/// Elements of the namespace to read.
const NAMES: [&str; 7] = [
    "IntervalBlock",
    "MeterReading",
    "ReadingType",
    "UsagePoint",
    "LocalTimeParameters",
    "UsageSummary",
    "ElectricPowerUsageSummary",
];

static ABOUT: FormatInfo = FormatInfo {
    id: "green-button-xml",
    fr: "Green Button (ESPI, XML)",
    en: "Green Button (ESPI, XML)",
    origin: "PG&E, SCE…",
    categories: &[Category::Energy, Category::Water, Category::Bills, Category::Contracts, Category::Profile],
    looks_for: "XML with elements of the namespace http://naesb.org/espi",
    spec: "https://www.naesb.org/ESPI_Standards.asp",
    counts: OrdinalKind::Lines,
};

impl Format for GreenButton {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_markup_with(ESPI) && head.xml_root() != Some("schema") && !customer::is_one(head)
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        read(input, Reason::NoReadingsNorBill, rows)
    }
}

/// Reads a usage feed, a customer feed, or both. A file without any result is rejected with `nothing`.
fn read(input: Input<'_>, nothing: Reason, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let (mut feed, mut customers) = (Feed::default(), Customers::default());
    let ended = walk(&mut input.xml(), &mut feed, &mut customers, rows);
    if matches!(ended, Ok(()) | Err(FormatError::Broken { .. })) {
        customers.end_entry(feed.links());
        feed.finish(rows)?;
        customers.give(&feed, rows)?;
        if rows.given() == 0 && !feed.has_blocks() && !customers.has_rows() {
            rows.reject(1, None, nothing);
        }
    }
    ended
}

fn walk(
    xml: &mut Xml<'_>,
    feed: &mut Feed,
    customers: &mut Customers,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    let names: Vec<&str> = [&["entry", "link"], &NAMES[..], &customer::NAMES].concat();
    while let Some(step) = xml.step(&names)? {
        match step {
            Step::Begins(node) => match (&*node.ns, &*node.name) {
                (ATOM, "entry") => feed.begin_entry(),
                (ATOM, "link") => {
                    if let (Some(rel), Some(href)) = (node.attribute("rel"), node.attribute("href")) {
                        feed.link(rel, href)?;
                    }
                }
                (ESPI, "IntervalBlock") => block(xml, &node, feed, rows)?,
                (ESPI, name) if NAMES.contains(&name) => {
                    let whole = xml.whole(node)?;
                    feed.resource(&whole)?;
                }
                (CUSTOMER, name) if customer::NAMES.contains(&name) => {
                    let whole = xml.whole(node)?;
                    customers.resource(&whole, feed, rows)?;
                }
                _ => {}
            },
            Step::Ends(name) if &*name == "entry" => {
                customers.end_entry(feed.links());
                feed.end_entry(rows)?;
            }
            Step::Ends(_) => {}
        }
    }
    Ok(())
}

fn block(
    xml: &mut Xml<'_>,
    node: &Node,
    feed: &mut Feed,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    match feed.begin_block(rows)? {
        ResourceLinks::Series(series) => {
            let mut next = None;
            block::read(xml, &mut |given| match given {
                Given::Starts(start) => {
                    next = Some(start);
                    Ok(())
                }
                Given::Reading(reading) => series.take(reading, &mut next, rows),
            })
        }
        ResourceLinks::Refused(reason) => {
            let (mut count, mut first) = (0, node.line);
            let ended = block::read(xml, &mut |given| {
                if let Given::Reading(reading) = given {
                    first = if count == 0 { reading.line } else { first };
                    count += 1;
                }
                Ok(())
            });
            if count > 0 {
                rows.reject_rows(count, first, Some("ReadingType"), reason.clone());
            }
            ended
        }
        ResourceLinks::Unknown => block::read(xml, &mut |given| feed.hold(given, rows)),
    }
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::Batch;
    use mesinfos_model::Category;
    use mesinfos_model::category::{bills, energy, water};

    const POINT: &str = r#"<entry><link rel="self" href="/UsagePoint/1"/><content><e:UsagePoint><e:ServiceCategory><e:kind>0</e:kind></e:ServiceCategory></e:UsagePoint></content></entry>"#;
    const METER_READING: &str = r#"<entry><link rel="self" href="/UsagePoint/1/MeterReading/7"/><link rel="related" href="/ReadingType/3"/><content><e:MeterReading/></content></entry>"#;
    const ZONE: &str = r#"<entry><link rel="self" href="/LocalTimeParameters/1"/><content><e:LocalTimeParameters><e:dstEndRule>B40E2000</e:dstEndRule><e:dstOffset>3600</e:dstOffset><e:dstStartRule>360E2000</e:dstStartRule><e:tzOffset>-18000</e:tzOffset></e:LocalTimeParameters></content></entry>"#;

    fn feed(entries: &[&str]) -> String {
        format!(
            r#"<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:e="http://naesb.org/espi">{}</feed>"#,
            entries.join("\n")
        )
    }

    fn reading_type(fields: &str) -> String {
        format!(
            r#"<entry><link rel="self" href="/ReadingType/3"/><content><e:ReadingType>{fields}<e:currency>840</e:currency><e:intervalLength>3600</e:intervalLength></e:ReadingType></content></entry>"#
        )
    }

    fn block(readings: &str) -> String {
        format!(
            r#"<entry><link rel="self" href="/UsagePoint/1/MeterReading/7/IntervalBlock/1"/><content><e:IntervalBlock><e:interval><e:duration>86400</e:duration><e:start>1293868800</e:start></e:interval>{readings}</e:IntervalBlock></content></entry>"#
        )
    }

    fn reading(value: &str) -> String {
        format!("<e:IntervalReading><e:value>{value}</e:value></e:IntervalReading>")
    }

    fn read(entries: &[&str]) -> (crate::Read, Vec<Batch>) {
        let (mut reads, batches) = read_all(feed(entries).as_bytes()).unwrap();
        (reads.remove(0), batches)
    }

    #[test]
    fn readings_are_read_with_their_units() {
        let readings = block(
            "<e:IntervalReading><e:cost>150000</e:cost><e:ReadingQuality><e:quality>8</e:quality></e:ReadingQuality><e:value>450</e:value></e:IntervalReading>\n\
            <e:IntervalReading><e:value>x</e:value></e:IntervalReading>\n\
            <e:IntervalReading><e:timePeriod><e:duration>1800</e:duration><e:start>1309500000</e:start></e:timePeriod><e:value>100</e:value></e:IntervalReading>",
        );
        for (uom, power, first, last) in [
            (72, 0, 450_000, 100_000),
            (72, -3, 450, 100),
            (38, 0, 450_000, 50_000),
            (169, 0, 13_185_045_000, 2_930_010_000),
        ] {
            let kind = reading_type(&format!(
                "<e:powerOfTenMultiplier>{power}</e:powerOfTenMultiplier><e:uom>{uom}</e:uom>"
            ));
            let (read, batches) = read(&[POINT, METER_READING, &kind, ZONE, &readings]);
            let batch = &batches[0];
            assert_eq!((batch.rows(), read.rejected_count), (2, 1), "{uom}");
            let of = |field| [0, 1].map(|row| batch.integer(field, row));
            assert_eq!(of(energy::ENERGY), [Some(first), Some(last)]);
            assert_eq!(of(energy::COST), [Some(150), None]);
            assert_eq!(of(energy::QUALITY), [Some(energy::quality::ESTIMATED), None]);
            assert_eq!(of(energy::UTC_OFFSET), [Some(-300), Some(-240)]);
            assert_eq!(batch.text(energy::SERIES, 0), Some("/UsagePoint/1/MeterReading/7"));
            assert_eq!(batch.text(energy::METER, 0), Some("/UsagePoint/1"));
            assert_eq!(batch.time(0), Some(1_293_868_800));
        }
    }

    #[test]
    fn a_cost_without_a_currency_is_counted_and_told() {
        let with =
            |cost: &str| reading("450").replace("<e:value>", &format!("<e:cost>{cost}</e:cost><e:value>"));
        let readings = block(&[with("150000"), with("0"), with("7"), reading("1")].join("\n"));
        let kind = reading_type("<e:uom>72</e:uom>");
        let none = kind.replace("<e:currency>840</e:currency>", "");
        let (read, batches) = read(&[POINT, METER_READING, &none, &readings]);
        assert_eq!((batches[0].rows(), read.rejected_count), (4, 0));
        assert!((0..4).all(|row| batches[0].integer(energy::COST, row).is_none()));
        let [told] = &read.rejected[..] else { panic!("{:?}", read.rejected) };
        let words = "the file does not name the currency of its costs, so they are not taken: 2 in all";
        assert_eq!(
            (told.to_string().as_str(), told.line, told.field.as_deref()),
            (words, Some(4), Some("cost"))
        );
        // The sign of a dollar names no currency; what the feed says elsewhere does, as it does for bills.
        let sign = kind.replace("840", "$");
        assert_eq!(self::read(&[POINT, METER_READING, &sign, &readings]).0.rejected.len(), 1);
        let other = kind.replace("ReadingType/3", "ReadingType/4").replace("840", "124");
        let (read, batches) = self::read(&[POINT, METER_READING, &none, &other, &readings]);
        assert_eq!((batches[0].text(energy::CURRENCY, 0), read.rejected.len()), (Some("CAD"), 0));
    }

    fn energies(batch: &Batch) -> Vec<(Option<i64>, Option<i64>, Option<i64>)> {
        let row = |row| {
            (batch.integer(energy::ENERGY, row), batch.integer(energy::UTC_OFFSET, row), batch.time(row))
        };
        let mut rows: Vec<_> = (0..batch.rows()).map(row).collect();
        rows.sort_unstable();
        rows
    }

    #[test]
    fn resources_come_in_any_order() {
        let kind = reading_type("<e:uom>72</e:uom>");
        let (one, two) = (block(&reading("450")), block(&format!("{}{}", reading("1"), reading("2"))));
        let (_, expected) = read(&[POINT, METER_READING, &kind, ZONE, &one, &two]);
        for entries in
            [[&one, &two, &kind, ZONE, METER_READING, POINT], [ZONE, &one, METER_READING, POINT, &two, &kind]]
        {
            assert_eq!(energies(&read(&entries).1[0]), energies(&expected[0]));
        }
        // Links after the content they describe, and a file without any links.
        let late = one
            .replacen(r#"<link rel="self" href="/UsagePoint/1/MeterReading/7/IntervalBlock/1"/>"#, "", 1)
            .replace(
                "</entry>",
                r#"<link rel="up" href="/UsagePoint/1/MeterReading/7/IntervalBlock"/></entry>"#,
            );
        let (_, batches) = read(&[POINT, METER_READING, &kind, ZONE, &late]);
        assert_eq!(batches[0].text(energy::SERIES, 0), Some("/UsagePoint/1/MeterReading/7"));
        let bare =
            "<e:IntervalBlock xmlns:e=\"http://naesb.org/espi\"><e:IntervalReading/></e:IntervalBlock>";
        let (reads, _) = read_all(bare.as_bytes()).unwrap();
        assert_eq!(reads[0].rows, 0);
    }

    #[test]
    fn registers_are_differenced_forward_and_backward() {
        let kind = reading_type("<e:accumulationBehaviour>1</e:accumulationBehaviour><e:uom>72</e:uom>");
        let at = |start: i64, value: i64| {
            format!(
                "<e:IntervalReading><e:timePeriod><e:duration>3600</e:duration><e:start>{start}</e:start></e:timePeriod><e:value>{value}</e:value></e:IntervalReading>"
            )
        };
        let states = [at(1_293_868_800, 10), at(1_293_872_400, 15), at(1_293_876_000, 35)];
        // A register continues from one block to the next.
        let forward = [block(&states[0]), block(&states[1..].concat())];
        let backward = block(&[states[2].as_str(), &states[1], &states[0]].concat());
        for blocks in [vec![forward[0].as_str(), &forward[1]], vec![&backward]] {
            let entries: Vec<&str> = [POINT, METER_READING, &kind, ZONE].into_iter().chain(blocks).collect();
            let (read, batches) = read(&entries);
            assert_eq!((read.rows, read.rejected_count), (2, 0));
            let mut used: Vec<_> =
                (0..2).map(|row| (batches[0].time(row), batches[0].integer(energy::ENERGY, row))).collect();
            used.sort_unstable();
            assert_eq!(used, [(Some(1_293_872_400), Some(5_000)), (Some(1_293_876_000), Some(20_000))]);
        }
        let (read, _) = read(&[POINT, METER_READING, &kind, ZONE, &block(&states[0])]);
        assert!(read.rejected[0].reason.to_string().contains("two"));
        let swapped = block(&format!("{}{}", at(1_293_868_800, 10), at(1_293_872_400, 9)));
        assert_eq!(self::read(&[POINT, METER_READING, &kind, ZONE, &swapped]).0.rejected_count, 1);
    }

    #[test]
    fn gas_water_and_peaks_have_their_columns() {
        let with = |fields: &str| {
            read(&[POINT, METER_READING, &reading_type(fields), ZONE, &block(&reading("2"))]).1.remove(0)
        };
        let gas = with("<e:commodity>7</e:commodity><e:uom>42</e:uom>");
        assert_eq!((gas.integer(energy::VOLUME, 0), gas.integer(energy::ENERGY, 0)), (Some(2_000_000), None));
        assert_eq!(gas.integer(energy::COMMODITY, 0), Some(energy::commodity::GAS));
        let drunk = with("<e:commodity>9</e:commodity><e:uom>128</e:uom>");
        assert_eq!((drunk.category(), drunk.integer(water::VOLUME, 0)), (Category::Water, Some(7_571)));
        let peak =
            with("<e:kind>8</e:kind><e:powerOfTenMultiplier>3</e:powerOfTenMultiplier><e:uom>61</e:uom>");
        assert_eq!((peak.integer(energy::PEAK, 0), peak.integer(energy::ENERGY, 0)), (Some(2_000), None));
        let sold = with(
            "<e:flowDirection>19</e:flowDirection><e:defaultQuality>19</e:defaultQuality><e:uom>72</e:uom>",
        );
        assert_eq!(
            (sold.integer(energy::DIRECTION, 0), sold.integer(energy::QUALITY, 0)),
            (Some(energy::direction::PRODUCED), Some(energy::quality::VALIDATED))
        );
    }

    #[test]
    fn what_is_no_energy_or_out_of_bounds_is_rejected() {
        for (uom, power, value) in [
            ("73", "0", "1"),
            ("72", "12", "9000000000000000000"),
            ("72", "13", "1"),
            ("42", "0", "1"),
            ("72", "0", ""),
        ] {
            let kind = reading_type(&format!(
                "<e:powerOfTenMultiplier>{power}</e:powerOfTenMultiplier><e:uom>{uom}</e:uom>"
            ));
            let (read, batches) = read(&[POINT, METER_READING, &kind, ZONE, &block(&reading(value))]);
            assert_eq!((batches.len(), read.rejected_count), (0, 1), "{uom} {power}");
        }
        let (read, _) = read(&[POINT, METER_READING, &block(&[reading("1"), reading("2")].concat())]);
        assert_eq!(read.rejected_count, 2);
        assert!(read.rejected[0].reason.to_string().contains("no ReadingType"));
        let (read, _) = self::read(&[POINT]);
        assert!(read.rejected[0].reason.to_string().contains("IntervalBlock"));
    }

    #[test]
    fn bills_have_lines() {
        let summary = r#"<entry><link rel="up" href="/UsagePoint/1/UsageSummary"/><link rel="self" href="/UsagePoint/1/UsageSummary/5"/><content><e:UsageSummary>
            <e:billingPeriod><e:duration>2592000</e:duration><e:start>1463961600</e:start></e:billingPeriod><e:billLastPeriod>17418000</e:billLastPeriod>
            <e:costAdditionalDetailLastPeriod><e:amount>-150500</e:amount><e:note>Solar credit</e:note><e:itemKind>6</e:itemKind></e:costAdditionalDetailLastPeriod>
            <e:costAdditionalDetailLastPeriod><e:amount>x</e:amount></e:costAdditionalDetailLastPeriod>
            <e:currency>840</e:currency><e:statusTimeStamp>1466240895</e:statusTimeStamp></e:UsageSummary></content></entry>"#;
        let (read, batches) = read(&[summary, POINT, ZONE]);
        let batch = &batches[0];
        assert_eq!((batch.category(), batch.rows(), read.rejected_count), (Category::Bills, 2, 1));
        let of = |field| [0, 1].map(|row| batch.integer(field, row));
        assert_eq!(of(bills::AMOUNT), [Some(17_418), Some(-151)]);
        assert_eq!(of(bills::ROW), [Some(bills::row::BILL), Some(bills::row::LINE)]);
        assert_eq!(of(bills::KIND), [None, Some(bills::kind::CREDIT)]);
        // 2016-05-22 to 2016-06-21 in New York.
        assert_eq!((of(bills::PERIOD_FROM)[0], of(bills::PERIOD_UNTIL)[0]), (Some(16_943), Some(16_973)));
        assert_eq!(batch.text(bills::CONTRACT, 1), Some("/UsagePoint/1"));
        let none = summary.replace("<e:currency>840</e:currency>", "");
        assert_eq!(self::read(&[&none]).0.rejected_count, 4);
        // Letters name a currency as well; the sign of a dollar is of several countries.
        let (_, letters) = self::read(&[&summary.replace("840", " cad ")]);
        assert_eq!(letters[0].text(bills::CURRENCY, 0), Some("CAD"));
        assert_eq!(self::read(&[&summary.replace(">840<", ">$<")]).0.rejected_count, 4);
    }

    #[test]
    fn a_cut_file_gives_what_it_has() {
        let kind = reading_type("<e:uom>72</e:uom>");
        let whole =
            feed(&[POINT, METER_READING, &kind, ZONE, &block(&[reading("1"), reading("2")].concat())]);
        let cut = whole.find("<e:value>2").unwrap();
        let (reads, batches) = read_all(&whole.as_bytes()[..cut]).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (1, 1));
    }

    #[test]
    fn hostile_xml_is_an_error() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x xmlns=\"http://naesb.org/espi\">&a;</x>";
        let deep = format!("<feed xmlns=\"http://naesb.org/espi\">{}", "<a>".repeat(1_000));
        for bad in [bomb, &deep] {
            let (reads, _) = read_all(bad.as_bytes()).unwrap_or_default();
            assert!(reads.iter().all(|read| read.rows == 0));
        }
    }
}
