//! Green Button: NAESB REQ.21 ESPI resources in an Atom feed.
//!
//! The tree of a feed is made of links, not of nesting: an `IntervalBlock` belongs to the
//! `MeterReading` whose address its own begins with, or that names it; a `MeterReading` names its
//! `ReadingType`. Elements count by namespace and local name.
//!
//! Interval starts are UTC seconds; money is in 1/100000 of the currency; local time is the
//! standard time of `LocalTimeParameters` (its rule of summer time is not applied).

use crate::{Format, Intake, IntakeError, text};
use mesinfos_model::category::energy;
use mesinfos_model::view::Lang;
use mesinfos_model::{BatchBuilder, Category, money};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use std::io::BufRead;

/// The format.
pub(crate) struct GreenButton;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const ESPI: &str = "http://naesb.org/espi";
/// Elements are never nested deeper in a real file than about fifteen.
const DEPTH: usize = 64;

impl Format for GreenButton {
    fn id(&self) -> &'static str {
        "green-button-xml"
    }
    fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => "Green Button (ESPI, XML)",
            Lang::En => "Green Button (ESPI, XML)",
        }
    }
    fn categories(&self) -> &'static [Category] {
        &[Category::Energy]
    }
    fn looks_for(&self) -> &'static str {
        "XML with elements of the namespace http://naesb.org/espi"
    }
    fn spec(&self) -> &'static str {
        "https://www.naesb.org/ESPI_Standards.asp"
    }
    fn recognise(&self, head: &[u8]) -> bool {
        let head = text::decode(head);
        head.trim_start().starts_with('<') && head.contains("naesb.org/espi")
    }
    fn read(&self, file: &str, input: &mut dyn BufRead) -> Result<Intake, IntakeError> {
        let text = text::whole(file, input)?;
        let feed = parse(file, &text)?;
        let mut intake = Intake::default();
        let mut builder = BatchBuilder::new(Category::Energy);
        for block in &feed.blocks {
            read_block(block, &feed, &mut builder, &mut intake);
        }
        intake.batches.push(builder.finish());
        Ok(intake)
    }
}

/// An element: what is kept of the tree while one entry is read.
#[derive(Debug, Default)]
struct Node {
    name: String,
    text: String,
    /// `rel` and `href` of a link.
    link: Option<(String, String)>,
    children: Vec<Node>,
    line: u64,
}

impl Node {
    fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.child(name)?.text.trim().parse().ok()
    }

    /// The element of that name, here or anywhere below.
    fn find(&self, name: &str) -> Option<&Node> {
        if self.name == name {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(name))
    }
}

/// An entry: its addresses and its resource.
struct Entry {
    own: String,
    up: String,
    related: Vec<String>,
    resource: Node,
}

#[derive(Default)]
struct Feed {
    blocks: Vec<Entry>,
    meter_readings: Vec<Entry>,
    reading_types: Vec<Entry>,
    usage_points: Vec<Entry>,
    /// Local standard time minus UTC, in minutes.
    offset: Option<i64>,
}

const RESOURCES: [&str; 5] =
    ["IntervalBlock", "MeterReading", "ReadingType", "UsagePoint", "LocalTimeParameters"];

impl Feed {
    /// Takes an entry of a feed, or the one resource of a file that has no feed.
    fn take(&mut self, mut node: Node) {
        let mut entry =
            Entry { own: String::new(), up: String::new(), related: Vec::new(), resource: Node::default() };
        for link in node.children.iter().filter_map(|child| child.link.as_ref()) {
            match link.0.as_str() {
                "self" => entry.own.clone_from(&link.1),
                "up" => entry.up.clone_from(&link.1),
                _ => entry.related.push(link.1.clone()),
            }
        }
        // An entry may hold several blocks.
        let mut resources = Vec::new();
        collect(&mut node, &mut resources);
        for resource in resources {
            let entry = Entry {
                own: entry.own.clone(),
                up: entry.up.clone(),
                related: entry.related.clone(),
                resource,
            };
            match entry.resource.name.as_str() {
                "IntervalBlock" => self.blocks.push(entry),
                "MeterReading" => self.meter_readings.push(entry),
                "ReadingType" => self.reading_types.push(entry),
                "UsagePoint" => self.usage_points.push(entry),
                _ => {
                    self.offset = entry.resource.number("tzOffset").map(|seconds| seconds / 60);
                }
            }
        }
    }
}

/// Moves the resources out of an entry's tree.
fn collect(node: &mut Node, into: &mut Vec<Node>) {
    if RESOURCES.contains(&node.name.as_str()) {
        into.push(std::mem::take(node));
        return;
    }
    for child in &mut node.children {
        collect(child, into);
    }
}

fn parse(file: &str, text: &str) -> Result<Feed, IntakeError> {
    let mut reader = NsReader::from_str(text);
    let (mut feed, mut stack) = (Feed::default(), Vec::<Node>::new());
    let (mut line, mut seen) = (1_u64, 0_usize);
    loop {
        let (namespace, event) = match reader.read_resolved_event() {
            Ok(event) => event,
            Err(error) => return Err(malformed(file, line, error.to_string())),
        };
        let ours =
            matches!(namespace, ResolveResult::Bound(ns) if ns.as_ref() == ATOM || ns.as_ref() == ESPI);
        match event {
            // Nothing in these files needs a document type, and entities are how XML bombs work.
            Event::DocType(_) => {
                return Err(malformed(file, line, "a DOCTYPE is not taken".to_owned()));
            }
            Event::Start(start) => {
                if stack.len() >= DEPTH {
                    return Err(malformed(file, line, format!("elements nested deeper than {DEPTH}")));
                }
                stack.push(node(&start, ours, line));
            }
            Event::Empty(start) => {
                let node = node(&start, ours, line);
                match stack.last_mut() {
                    Some(parent) => parent.children.push(node),
                    None => feed.take(node),
                }
            }
            Event::Text(words) => {
                if let Some(node) = stack.last_mut().filter(|_| !words.trim().is_empty()) {
                    node.text.push_str(&words);
                }
            }
            Event::End(_) => {
                let Some(node) = stack.pop() else { continue };
                // Entries are read and dropped one at a time; so is the root of a file without.
                match stack.last_mut() {
                    _ if node.name == "entry" => feed.take(node),
                    Some(parent) => parent.children.push(node),
                    None => feed.take(node),
                }
            }
            Event::Eof => break,
            _ => {}
        }
        let here = usize::try_from(reader.buffer_position()).unwrap_or(seen).min(text.len());
        line += text.as_bytes()[seen..here].iter().filter(|&&byte| byte == b'\n').count() as u64;
        seen = here;
    }
    if let Some(open) = stack.last() {
        let reason = format!("the file ends inside <{}> (line {})", open.name, open.line);
        return Err(malformed(file, line, reason));
    }
    Ok(feed)
}

fn malformed(file: &str, line: u64, reason: String) -> IntakeError {
    IntakeError::Malformed { file: file.to_owned(), line, reason }
}

fn node(start: &BytesStart<'_>, ours: bool, line: u64) -> Node {
    let name = if ours { start.local_name().as_ref().to_owned() } else { String::new() };
    let attribute = |wanted: &str| {
        let found = start.attributes().flatten().find(|a| a.key.local_name().as_ref() == wanted)?;
        Some(found.value.into_owned())
    };
    let link = (name == "link").then(|| (attribute("rel"), attribute("href")));
    let link = match link {
        Some((Some(rel), Some(href))) => Some((rel, href)),
        _ => None,
    };
    Node { name, link, line, ..Node::default() }
}

/// The part of an address up to and with the element after a collection:
/// ".../UsagePoint/1/MeterReading/2/IntervalBlock" and "MeterReading" give ".../MeterReading/2".
fn up_to<'a>(address: &'a str, collection: &str) -> Option<&'a str> {
    let marker = format!("/{collection}/");
    let after = address.find(&marker)? + marker.len();
    let length = address[after..].find('/').unwrap_or(address.len() - after);
    Some(&address[..after + length])
}

/// What the readings of a block are.
struct Kind<'a> {
    series: &'a str,
    meter: &'a str,
    reading_type: &'a Node,
    /// ESPI `ServiceCategory`.
    service: Option<i64>,
    line: u64,
}

fn kind_of<'a>(block: &'a Entry, feed: &'a Feed) -> Option<Kind<'a>> {
    let address = if block.up.is_empty() { &block.own } else { &block.up };
    let owner = up_to(address, "MeterReading");
    let meter_reading = feed
        .meter_readings
        .iter()
        .find(|reading| reading.related.contains(address) || owner.is_some_and(|owner| reading.own == owner));
    let reading_type = match (meter_reading, feed.reading_types.as_slice()) {
        (Some(reading), types) => types
            .iter()
            .find(|t| reading.related.contains(&t.own))
            .or(if types.len() == 1 { types.first() } else { None }),
        // A file with one type and one series need not say which is whose.
        (None, [only]) => Some(only),
        (None, _) => None,
    }?;
    let series = meter_reading.map(|r| r.own.as_str()).or(owner).unwrap_or(address.as_str());
    let meter = up_to(address, "UsagePoint").unwrap_or(series);
    let point = feed.usage_points.iter().find(|point| point.own == meter);
    let point = point.or(if feed.usage_points.len() == 1 { feed.usage_points.first() } else { None });
    let service = point.and_then(|p| p.resource.find("ServiceCategory")).and_then(|s| s.number("kind"));
    Some(Kind { series, meter, reading_type: &reading_type.resource, service, line: block.resource.line })
}

/// Milliwatt-hours or millilitres in one unit, as a fraction.
enum Factor {
    Energy(i128, i128),
    Volume(i128, i128),
}

/// The factor of a unit of measure (ESPI `UnitSymbolKind`), for readings of so many seconds.
fn factor(uom: i64, seconds: i64) -> Option<Factor> {
    Some(match uom {
        72 => Factor::Energy(1_000, 1),
        38 => Factor::Energy(1_000 * i128::from(seconds), 3_600),
        31 => Factor::Energy(1_000, 3_600),
        132 => Factor::Energy(293_071, 1_000),
        // The US therm: 29 300.1 Wh.
        169 => Factor::Energy(29_300_100, 1),
        42 => Factor::Volume(1_000_000, 1),
        134 => Factor::Volume(1_000, 1),
        119 | 120 => Factor::Volume(28_316_846_592, 1_000_000),
        128 => Factor::Volume(3_785_411_784, 1_000_000),
        _ => return None,
    })
}

/// `value` x 10^`power` x factor, rounded half away from zero; none when it is out of all bounds.
fn scale(value: i64, power: i64, (numerator, denominator): (i128, i128)) -> Option<i64> {
    let ten = 10_i128.checked_pow(u32::try_from(power.unsigned_abs()).ok().filter(|p| *p <= 12)?)?;
    let (up, down) = if power < 0 { (1, ten) } else { (ten, 1) };
    let top = i128::from(value).checked_mul(numerator)?.checked_mul(up)?;
    let bottom = denominator.checked_mul(down)?;
    let half = if top < 0 { -bottom / 2 } else { bottom / 2 };
    i64::try_from(top.checked_add(half)? / bottom).ok()
}

fn read_block(block: &Entry, feed: &Feed, builder: &mut BatchBuilder, intake: &mut Intake) {
    let readings: Vec<&Node> =
        block.resource.children.iter().filter(|child| child.name == "IntervalReading").collect();
    let (count, line) = (readings.len() as u64, block.resource.line);
    let Some(kind) = kind_of(block, feed) else {
        let reason = "there is no ReadingType for this block, so its unit is not known";
        intake.reject(count, line, Some("ReadingType"), reason);
        return;
    };
    let gas = kind.service == Some(1) || kind.reading_type.number("commodity") == Some(7);
    let uom = kind.reading_type.number("uom").unwrap_or(0);
    match factor(uom, 3_600) {
        None => {
            let reason = format!("the unit {uom} is neither energy nor gas: it is not imported");
            intake.reject(count, kind.line, Some("uom"), reason);
            return;
        }
        Some(Factor::Volume(..)) if !gas => {
            intake.reject(count, kind.line, Some("uom"), "volumes that are not gas are not imported");
            return;
        }
        Some(_) => {}
    }
    let interval = block.resource.child("interval");
    let step = kind.reading_type.number("intervalLength").filter(|step| *step > 0);
    let mut next = interval.and_then(|interval| interval.number("start"));
    let mut register: Option<i64> = None;
    for reading in readings {
        match row(reading, &kind, feed, gas, uom, step, &mut next, &mut register, builder) {
            Ok(()) => {}
            Err((field, reason)) => intake.reject(1, reading.line, Some(field), reason),
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "what a reading inherits from its block")]
fn row(
    reading: &Node,
    kind: &Kind<'_>,
    feed: &Feed,
    gas: bool,
    uom: i64,
    step: Option<i64>,
    next: &mut Option<i64>,
    register: &mut Option<i64>,
    builder: &mut BatchBuilder,
) -> Result<(), (&'static str, String)> {
    let period = reading.child("timePeriod");
    // Without a period, readings follow each other from the start of the block.
    let start = period.and_then(|p| p.number("start")).or(*next);
    let start = start.ok_or(("timePeriod", "the reading has no start, and its block neither".to_owned()))?;
    let duration = period.and_then(|p| p.number("duration")).or(step);
    let duration = duration
        .filter(|duration| (1..=400 * 86_400).contains(duration))
        .ok_or(("duration", "a duration of 1 second to 400 days is expected".to_owned()))?;
    if !(-5_000_000_000..=20_000_000_000).contains(&start) {
        return Err(("start", format!("{start} is not a time in UTC seconds")));
    }
    *next = Some(start + duration);
    let value = reading.number("value").ok_or(("value", "a whole number is expected".to_owned()))?;
    // 1, 2 and 3 are registers that only grow: a reading is the step from the one before.
    let value = match kind.reading_type.number("accumulationBehaviour") {
        Some(1..=3) => match register.replace(value) {
            None => {
                return Err(("value", "the first state of a register: a difference needs two".to_owned()));
            }
            Some(before) if value < before => {
                return Err(("value", "the register is lower than before".to_owned()));
            }
            Some(before) => value - before,
        },
        _ => value,
    };
    let power = kind.reading_type.number("powerOfTenMultiplier").unwrap_or(0);
    let too_large = || ("value", format!("{value} x 10^{power} is out of all bounds"));
    let (energy, volume) = match factor(uom, duration) {
        Some(Factor::Energy(n, d)) => (Some(scale(value, power, (n, d)).ok_or_else(too_large)?), None),
        Some(Factor::Volume(n, d)) => (None, Some(scale(value, power, (n, d)).ok_or_else(too_large)?)),
        None => (None, None),
    };
    let currency = kind.reading_type.number("currency").and_then(|code| u16::try_from(code).ok());
    let currency = currency.and_then(money::from_numeric);
    // 1/100000 of the currency, to its minor unit.
    let cost = currency
        .zip(reading.number("cost"))
        .and_then(|(code, cost)| scale(cost, 0, (i128::from(money::minor_per_unit(code)), 100_000)));
    let quality = reading.find("quality").and_then(|q| q.text.trim().parse::<i64>().ok());
    builder.push(&[
        (energy::HOLDER, "Green Button".into()),
        (energy::SERIES, kind.series.into()),
        (energy::METER, kind.meter.into()),
        (energy::COMMODITY, i64::from(gas).into()),
        (energy::DIRECTION, direction(kind.reading_type.number("flowDirection")).into()),
        (energy::START, start.into()),
        (energy::UTC_OFFSET, feed.offset.into()),
        (energy::DURATION, duration.into()),
        (energy::ENERGY, energy.into()),
        (energy::VOLUME, volume.into()),
        (energy::QUALITY, quality.map(self::quality).into()),
        (energy::TARIFF, reading.child("tou").map(|tou| tou.text.trim()).filter(|t| *t != "0").into()),
        (energy::COST, cost.into()),
        (energy::CURRENCY, cost.and(currency).into()),
    ]);
    Ok(())
}

/// ESPI `FlowDirectionKind`: 1 is delivered to the customer, 19 received from them.
fn direction(flow: Option<i64>) -> i64 {
    match flow {
        Some(19) => 1,
        Some(4) => 2,
        Some(20) => 3,
        _ => 0,
    }
}

/// ESPI `QualityOfReading`.
fn quality(code: i64) -> i64 {
    match code {
        0 | 17..=19 => 2,
        8 | 9 => 1,
        14 => 3,
        11 => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(uom: &str, power: &str, readings: &str) -> String {
        format!(
            r#"<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:e="http://naesb.org/espi">
<entry><link rel="self" href="/UsagePoint/1"/><content><e:UsagePoint><e:ServiceCategory><e:kind>0</e:kind></e:ServiceCategory></e:UsagePoint></content></entry>
<entry><link rel="self" href="/UsagePoint/1/MeterReading/7"/><link rel="related" href="/ReadingType/3"/><content><e:MeterReading/></content></entry>
<entry><link rel="self" href="/ReadingType/3"/><content><e:ReadingType><e:accumulationBehaviour>4</e:accumulationBehaviour><e:currency>840</e:currency><e:flowDirection>1</e:flowDirection><e:intervalLength>3600</e:intervalLength><e:powerOfTenMultiplier>{power}</e:powerOfTenMultiplier><e:uom>{uom}</e:uom></e:ReadingType></content></entry>
<entry><link rel="self" href="/UsagePoint/1/MeterReading/7/IntervalBlock/1"/><content><e:IntervalBlock><e:interval><e:duration>86400</e:duration><e:start>1293868800</e:start></e:interval>{readings}</e:IntervalBlock></content></entry>
<entry><content><e:LocalTimeParameters><e:tzOffset>-18000</e:tzOffset></e:LocalTimeParameters></content></entry></feed>"#
        )
    }

    #[test]
    fn readings_are_read_with_their_units() {
        let readings = "<e:IntervalReading><e:cost>150000</e:cost><e:value>450</e:value></e:IntervalReading>\n\
            <e:IntervalReading><e:value>x</e:value></e:IntervalReading>\n\
            <e:IntervalReading><e:timePeriod><e:duration>1800</e:duration><e:start>1293880000</e:start></e:timePeriod><e:value>100</e:value></e:IntervalReading>";
        for (uom, power, first, last) in [
            ("72", "0", 450_000, 100_000),
            ("72", "-3", 450, 100),
            ("38", "0", 450_000, 50_000),
            ("169", "0", 13_185_045_000, 2_930_010_000),
        ] {
            let intake = crate::read_file("g.xml", &mut feed(uom, power, readings).as_bytes()).unwrap();
            let batch = &intake.batches[0];
            assert_eq!((batch.rows(), intake.rejected_count), (2, 1), "{uom}");
            assert_eq!(batch.integer(energy::ENERGY, 0), Some(first));
            assert_eq!(batch.integer(energy::ENERGY, 1), Some(last));
            assert_eq!(batch.integer(energy::COST, 0), Some(150));
            assert_eq!(batch.text(energy::SERIES, 0), Some("/UsagePoint/1/MeterReading/7"));
            assert_eq!(batch.integer(energy::UTC_OFFSET, 0), Some(-300));
            assert_eq!(batch.time(0), Some(1_293_868_800));
        }
    }

    #[test]
    fn what_is_no_energy_or_out_of_bounds_is_rejected() {
        let one = |value: &str| format!("<e:IntervalReading><e:value>{value}</e:value></e:IntervalReading>");
        for (uom, power, value) in
            [("73", "0", "1"), ("72", "12", "9000000000000000000"), ("72", "13", "1"), ("42", "0", "1")]
        {
            let intake = crate::read_file("g.xml", &mut feed(uom, power, &one(value)).as_bytes()).unwrap();
            assert_eq!((intake.batches[0].rows(), intake.rejected_count), (0, 1), "{uom} {power}");
        }
    }

    #[test]
    fn hostile_xml_is_an_error() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x xmlns=\"http://naesb.org/espi\">&a;</x>";
        assert!(crate::read_file("b.xml", &mut bomb.as_bytes()).is_err());
        let deep = format!("<feed xmlns=\"http://naesb.org/espi\">{}", "<a>".repeat(1_000));
        assert!(crate::read_file("d.xml", &mut deep.as_bytes()).is_err());
        let cut = &feed("72", "0", "")[..400];
        assert!(crate::read_file("c.xml", &mut cut.as_bytes()).is_err());
    }
}
