//! The resources of a feed, and how they hang together.
//!
//! The tree of a feed is made of links, not of nesting: an `IntervalBlock` belongs to the `MeterReading`
//! whose address its own begins with, or that names it; a `MeterReading` names its `ReadingType`; a
//! `UsagePoint` names its `LocalTimeParameters`. Resources may come in any order. Readings whose
//! `ReadingType` is not there yet are held back, up to [`HELD`]; past that, what is known must do.

use super::bill::Bill;
use super::block::Given;
use super::series::{Reading, Series};
use super::unit::ReadingType;
use super::zone::LocalTime;
use crate::error::Stop;
use crate::read::Node;
use crate::rows::Rows;
use std::collections::{BTreeMap, HashMap};

/// Readings that are held back at most: about 30 MiB of them.
const HELD: usize = 250_000;

/// Blocks that are held back at most.
const HELD_BLOCKS: usize = 50_000;

/// Resources of each kind: a house has a handful, the largest public file twenty.
const RESOURCES: usize = 20_000;

/// Bytes of all their addresses.
const ADDRESSES: usize = 16 << 20;

/// The addresses of an entry.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Links {
    pub(super) own: String,
    up: String,
    pub(super) related: Vec<String>,
}

impl Links {
    /// The address of the collection that a resource is in; empty if it says none.
    pub(super) fn collection(&self) -> &str {
        match (self.up.as_str(), self.own.rsplit_once('/')) {
            ("", Some((collection, _))) => collection,
            (up, _) => up,
        }
    }
}

/// What is kept of a resource.
enum Resource {
    MeterReading,
    ReadingType(ReadingType),
    /// With the kind of its `ServiceCategory`.
    UsagePoint(Option<i64>),
    LocalTime(LocalTime),
    Bill(Bill),
}

impl Resource {
    fn of(node: &Node) -> Option<Resource> {
        Some(match node.name.as_str() {
            "MeterReading" => Resource::MeterReading,
            "ReadingType" => Resource::ReadingType(ReadingType::of(node)),
            "UsagePoint" => Resource::UsagePoint(
                node.text_at(&["ServiceCategory", "kind"]).and_then(|kind| kind.parse().ok()),
            ),
            "LocalTimeParameters" => Resource::LocalTime(LocalTime::of(node)?),
            _ => Resource::Bill(Bill::of(node)?),
        })
    }
}

#[derive(Default)]
struct Point {
    service: Option<i64>,
    related: Vec<String>,
}

/// A block whose series is not known yet.
struct Held {
    links: Links,
    /// Where a reading without a start begins.
    next: Option<i64>,
    readings: Vec<Reading>,
}

/// What the readings of a block are for.
pub(super) enum Place<'f> {
    /// They are of this series.
    Series(&'f mut Series),
    /// They cannot be read.
    Refused(String),
    /// What they are may yet come.
    Unknown,
}

/// What is known of a feed so far.
#[derive(Default)]
pub(super) struct Feed {
    links: Links,
    entry: Vec<Resource>,
    /// How many blocks were held when the entry began.
    held_before: usize,
    /// Own address of each `MeterReading`, and what it names.
    meter_readings: Vec<(String, Vec<String>)>,
    by_own: HashMap<String, usize>,
    by_named: HashMap<String, usize>,
    reading_types: HashMap<String, ReadingType>,
    points: HashMap<String, Point>,
    zones: HashMap<String, LocalTime>,
    series: BTreeMap<String, Result<Series, String>>,
    held: Vec<Held>,
    held_readings: usize,
    bills: Vec<(Links, Bill)>,
    blocks: u64,
    addresses: usize,
    /// Nothing more is waited for.
    is_late: bool,
}

impl Feed {
    /// An entry begins.
    pub(super) fn begin_entry(&mut self) {
        self.links = Links::default();
        self.held_before = self.held.len();
    }

    /// A link of the entry.
    pub(super) fn link(&mut self, rel: &str, href: &str) -> Result<(), Stop> {
        self.addresses += href.len();
        if self.addresses > ADDRESSES {
            return Err(Stop::too_large("the addresses in the feed", format!("{} MiB", ADDRESSES >> 20)));
        }
        match rel {
            "self" => href.clone_into(&mut self.links.own),
            "up" => href.clone_into(&mut self.links.up),
            _ => self.links.related.push(href.to_owned()),
        }
        Ok(())
    }

    /// The links of the entry so far.
    pub(super) fn links(&self) -> &Links {
        &self.links
    }

    /// The kind of the `ServiceCategory` of the usage point that has this address.
    pub(super) fn service(&self, address: &str) -> Option<i64> {
        self.points.get(address)?.service
    }

    /// The local time, if the feed has one only.
    pub(super) fn only_zone(&self) -> Option<&LocalTime> {
        only(&self.zones)
    }

    /// Whether there was a block of readings, whatever came of them.
    pub(super) fn has_blocks(&self) -> bool {
        self.blocks > 0
    }

    /// A resource of the entry.
    pub(super) fn resource(&mut self, node: &Node) -> Result<(), Stop> {
        self.entry.extend(Resource::of(node));
        bounded(self.entry.len())
    }

    /// The entry ends: its links are all there now.
    pub(super) fn end_entry(&mut self, rows: &mut Rows<'_>) -> Result<(), Stop> {
        let links = std::mem::take(&mut self.links);
        for resource in std::mem::take(&mut self.entry) {
            self.keep(resource, &links);
        }
        for count in
            [self.meter_readings.len(), self.reading_types.len(), self.points.len(), self.zones.len()]
        {
            bounded(count)?;
        }
        let own = self.held.split_off(self.held_before.min(self.held.len()));
        for mut held in own {
            held.links.clone_from(&links);
            self.let_go(held, rows)?;
        }
        if self.bills.iter().map(|(_, bill)| bill.weight()).sum::<usize>() > RESOURCES {
            self.give_bills(rows)?;
        }
        Ok(())
    }

    fn keep(&mut self, resource: Resource, links: &Links) {
        let own = || links.own.clone();
        match resource {
            // Some holders send a resource twice; the first one counts.
            Resource::MeterReading => {
                let place = self.meter_readings.len();
                self.meter_readings.push((own(), links.related.clone()));
                self.by_own.entry(own()).or_insert(place);
                for named in &links.related {
                    self.by_named.entry(named.clone()).or_insert(place);
                }
            }
            Resource::ReadingType(reading_type) => {
                self.reading_types.entry(own()).or_insert(reading_type);
            }
            Resource::UsagePoint(service) => {
                let point = Point { service, related: links.related.clone() };
                self.points.entry(own()).or_insert(point);
            }
            Resource::LocalTime(zone) => {
                self.zones.entry(own()).or_insert(zone);
            }
            Resource::Bill(bill) => self.bills.push((links.clone(), bill)),
        }
    }

    /// A block begins in the entry: what its readings are for.
    pub(super) fn begin_block(&mut self, rows: &mut Rows<'_>) -> Result<Place<'_>, Stop> {
        self.blocks += 1;
        bounded(self.series.len())?;
        if self.held.len() >= HELD_BLOCKS {
            self.is_late = true;
            self.let_all_go(rows)?;
        }
        // A copy, as what is given back borrows the feed. Blocks are hundreds of readings.
        let links = self.links.clone();
        if let Place::Unknown = self.place(&links) {
            self.held.push(Held { links, next: None, readings: Vec::new() });
            return Ok(Place::Unknown);
        }
        Ok(self.place(&links))
    }

    /// Something of the block that began last and is of no known series.
    pub(super) fn hold(&mut self, given: Given<'_>, rows: &mut Rows<'_>) -> Result<(), Stop> {
        let Some(held) = self.held.last_mut() else { return Ok(()) };
        match given {
            Given::Starts(start) => held.next = held.next.or(Some(start)),
            Given::Reading(reading) => {
                held.readings.push(*reading);
                self.held_readings += 1;
            }
        }
        if self.held_readings < HELD {
            return Ok(());
        }
        self.is_late = true;
        let links = self.links.clone();
        let next = self.let_all_go(rows)?;
        self.held.push(Held { links, next, readings: Vec::new() });
        Ok(())
    }

    /// The file ends, or what follows cannot be read.
    pub(super) fn finish(&mut self, rows: &mut Rows<'_>) -> Result<(), Stop> {
        self.end_entry(rows)?;
        self.is_late = true;
        self.let_all_go(rows)?;
        self.give_bills(rows)?;
        for series in self.series.values().flatten() {
            series.finish(rows);
        }
        Ok(())
    }

    /// Gives or rejects every reading that is held. Where the last block would go on.
    fn let_all_go(&mut self, rows: &mut Rows<'_>) -> Result<Option<i64>, Stop> {
        let mut next = None;
        for held in std::mem::take(&mut self.held) {
            next = self.let_go(held, rows)?;
        }
        self.held_before = 0;
        Ok(next)
    }

    fn let_go(&mut self, mut held: Held, rows: &mut Rows<'_>) -> Result<Option<i64>, Stop> {
        let links = std::mem::take(&mut held.links);
        match self.place(&links) {
            Place::Series(series) => {
                for reading in &held.readings {
                    series.take(reading, &mut held.next, rows)?;
                }
            }
            Place::Refused(reason) => refuse(&held.readings, reason, rows),
            Place::Unknown => {
                self.held.push(Held { links, ..held });
                return Ok(None);
            }
        }
        self.held_readings -= held.readings.len();
        Ok(held.next)
    }

    /// What the readings of a block with these addresses are for.
    fn place(&mut self, links: &Links) -> Place<'_> {
        let collection = links.collection();
        let owner = up_to(collection, "MeterReading");
        let found = self
            .by_named
            .get(collection)
            .or_else(|| self.by_named.get(&links.own))
            .or_else(|| self.by_own.get(owner?))
            .copied();
        let name = found.map(|place| self.meter_readings[place].0.as_str()).or(owner).unwrap_or(collection);
        if !self.series.contains_key(name) {
            let name = name.to_owned();
            match self.describe(&name, collection, found) {
                Some(series) => self.series.insert(name.clone(), series),
                None => return Place::Unknown,
            };
            return self.known(&name);
        }
        let name = name.to_owned();
        self.known(&name)
    }

    fn known(&mut self, name: &str) -> Place<'_> {
        match self.series.get_mut(name) {
            Some(Ok(series)) => Place::Series(series),
            Some(Err(reason)) => Place::Refused(reason.clone()),
            None => Place::Unknown,
        }
    }

    /// What the series of a `MeterReading` is; none if that may yet come.
    fn describe(&self, name: &str, collection: &str, found: Option<usize>) -> Option<Result<Series, String>> {
        let named = found.map_or(&[][..], |place| &self.meter_readings[place].1);
        let reading_type = match named.iter().find_map(|href| self.reading_types.get(href)) {
            Some(reading_type) => reading_type,
            None if !self.is_late => return None,
            // A file with one type need not say what it is the type of.
            None => match only(&self.reading_types) {
                Some(reading_type) => reading_type,
                None => {
                    return Some(Err(
                        "there is no ReadingType for this block, so its unit is not known".to_owned()
                    ));
                }
            },
        };
        let meter = up_to(collection, "UsagePoint").unwrap_or(name);
        let point = self.point(meter);
        let zone = point.and_then(|point| self.zone(point)).or_else(|| only(&self.zones));
        let names_zone =
            |point: &Point| point.related.iter().any(|href| href.contains("/LocalTimeParameters/"));
        let waits = point.is_none_or(|point| zone.is_none() && names_zone(point));
        if waits && !self.is_late {
            return None;
        }
        let service = point.and_then(|point| point.service);
        Some(Series::new(name, meter, reading_type.clone(), service, zone.cloned()))
    }

    fn point(&self, meter: &str) -> Option<&Point> {
        self.points.get(meter).or_else(|| if self.is_late { only(&self.points) } else { None })
    }

    fn zone(&self, point: &Point) -> Option<&LocalTime> {
        point.related.iter().find_map(|href| self.zones.get(href))
    }

    fn give_bills(&mut self, rows: &mut Rows<'_>) -> Result<(), Stop> {
        for (links, bill) in std::mem::take(&mut self.bills) {
            let collection = links.collection();
            let meter = up_to(collection, "UsagePoint").unwrap_or(collection);
            let point = self.points.get(meter).or_else(|| only(&self.points));
            let zone = point.and_then(|point| self.zone(point)).or_else(|| only(&self.zones));
            bill.give(&links.own, meter, point.and_then(|point| point.service), zone, rows)?;
        }
        Ok(())
    }
}

/// Rejects readings that are all wrong for one reason.
pub(super) fn refuse(readings: &[Reading], reason: String, rows: &mut Rows<'_>) {
    if let Some(first) = readings.first() {
        rows.reject_rows(readings.len() as u64, first.line, Some("ReadingType"), reason);
    }
}

fn bounded(count: usize) -> Result<(), Stop> {
    match count > RESOURCES {
        true => Err(Stop::too_large("the number of resources in the feed", RESOURCES.to_string())),
        false => Ok(()),
    }
}

/// The value of a map that has but one.
fn only<T>(map: &HashMap<String, T>) -> Option<&T> {
    map.values().next().filter(|_| map.len() == 1)
}

/// The part of an address up to and with the element after a collection:
/// ".../UsagePoint/1/MeterReading/2/IntervalBlock" and "MeterReading" give ".../MeterReading/2".
pub(super) fn up_to<'a>(address: &'a str, collection: &str) -> Option<&'a str> {
    let mut end = 0;
    let mut before = "";
    for piece in address.split('/') {
        end += piece.len() + 1;
        if before == collection && !piece.is_empty() {
            return address.get(..end - 1);
        }
        before = piece;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_their_owner() {
        let address = "https://x//espi/UsagePoint/1/MeterReading/2/IntervalBlock/3";
        assert_eq!(up_to(address, "MeterReading"), Some("https://x//espi/UsagePoint/1/MeterReading/2"));
        assert_eq!(up_to("UsagePoint/01", "UsagePoint"), Some("UsagePoint/01"));
        assert_eq!(up_to("/UsagePoint/", "UsagePoint"), None);
        assert_eq!(up_to("/MeterReadings/1", "MeterReading"), None);
    }
}
