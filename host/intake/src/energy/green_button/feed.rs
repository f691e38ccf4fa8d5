//! Resources of a feed, and the links between them.
//!
//! Links form the tree of a feed, not nesting: an `IntervalBlock` belongs to the `MeterReading` whose
//! address is a prefix of its own, or that names it; a `MeterReading` names its `ReadingType`; a
//! `UsagePoint` names its `LocalTimeParameters`. Resources may come in any order. Readings whose
//! `ReadingType` has not come yet are held back, up to [`HELD`]; past that, they are resolved with the
//! resources known so far.

use super::bill::Bill;
use super::block::Given;
use super::series::{LeftOut, Reading, Series};
use super::unit::ReadingType;
use super::zone::LocalTime;
use crate::error::FormatError;
use crate::read::Node;
use crate::reason::{Excess, Limit, Reason};
use crate::rows::RowWriter;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Most readings held back: about 30 MiB.
const HELD: usize = 250_000;

/// Most blocks held back.
const HELD_BLOCKS: usize = 50_000;

/// Most resources of each kind, and lines of bills: a house has a handful, the largest public file
/// twenty.
const RESOURCES: usize = 20_000;

/// Most links kept per entry: a real one has five.
const LINKS: usize = 100;

/// Longest address, in bytes: real ones have a hundred.
const ADDRESS: usize = 2 << 10;

/// Maximum number of bytes of all addresses.
const ADDRESSES: usize = 16 << 20;

/// Addresses of an entry, shared by everything in the entry.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Links {
    pub(super) own: Rc<str>,
    up: Rc<str>,
    /// The first [`LINKS`] of the related addresses.
    pub(super) related: Vec<Rc<str>>,
}

impl Links {
    /// Address of the collection that contains the resource; empty if unknown.
    pub(super) fn collection(&self) -> &str {
        match (&*self.up, self.own.rsplit_once('/')) {
            ("", Some((collection, _))) => collection,
            (up, _) => up,
        }
    }
}

/// Kept part of a resource.
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
        Some(match &*node.name {
            "MeterReading" => Resource::MeterReading,
            "ReadingType" => Resource::ReadingType(ReadingType::of(node)),
            "UsagePoint" => Resource::UsagePoint(
                node.text_at(&["ServiceCategory", "kind"]).and_then(|kind| kind.parse().ok()),
            ),
            "LocalTimeParameters" => Resource::LocalTime(LocalTime::of(node)?),
            _ => Resource::Bill(Bill::of(node)?),
        })
    }

    /// Memory weight, in resources.
    fn weight(&self) -> usize {
        if let Resource::Bill(bill) = self { bill.weight() } else { 1 }
    }
}

#[derive(Default)]
struct Point {
    service: Option<i64>,
    links: Rc<Links>,
}

/// A block whose series is not known yet.
struct Held {
    /// `None` until its entry ends: more links may follow.
    links: Option<Rc<Links>>,
    /// Start of a reading without a start of its own.
    next: Option<i64>,
    readings: Vec<Reading>,
}

/// Destination of a block's readings.
pub(super) enum ResourceLinks<'f> {
    /// They belong to this series.
    Series(&'f mut Series),
    /// They cannot be read.
    Refused(&'f Reason),
    /// Their type may still come.
    Unknown,
}

/// Resources of a feed read so far.
#[derive(Default)]
pub(super) struct Feed {
    links: Links,
    entry: Vec<Resource>,
    entry_weight: usize,
    /// Number of blocks held when the entry began.
    held_before: usize,
    /// Links of each `MeterReading`'s entry.
    meter_readings: Vec<Rc<Links>>,
    by_own: HashMap<Rc<str>, usize>,
    by_named: HashMap<Rc<str>, usize>,
    reading_types: HashMap<Rc<str>, ReadingType>,
    points: HashMap<Rc<str>, Point>,
    zones: HashMap<Rc<str>, LocalTime>,
    series: BTreeMap<Rc<str>, Result<Series, Reason>>,
    held: Vec<Held>,
    held_readings: usize,
    bills: Vec<(Rc<Links>, Bill)>,
    blocks: u64,
    addresses: usize,
    /// Stop waiting for missing resources.
    is_late: bool,
}

impl Feed {
    /// Begins an entry.
    pub(super) fn begin_entry(&mut self) {
        self.links = Links::default();
        self.held_before = self.held.len();
    }

    /// Takes a link of the entry.
    pub(super) fn link(&mut self, rel: &str, href: &str) -> Result<(), FormatError> {
        if href.len() > ADDRESS {
            return Err(FormatError::too_large(Excess::Address, Limit::Bytes(ADDRESS as u64)));
        }
        self.addresses += href.len();
        if self.addresses > ADDRESSES {
            return Err(FormatError::too_large(Excess::Addresses, Limit::Bytes(ADDRESSES as u64)));
        }
        match rel {
            "self" => self.links.own = href.into(),
            "up" => self.links.up = href.into(),
            _ if self.links.related.len() < LINKS => self.links.related.push(href.into()),
            _ => {}
        }
        Ok(())
    }

    /// Links of the entry so far.
    pub(super) fn links(&self) -> &Links {
        &self.links
    }

    /// Kind of the `ServiceCategory` of the usage point with this address.
    pub(super) fn service(&self, address: &str) -> Option<i64> {
        self.points.get(address)?.service
    }

    /// The local time, if the feed has only one.
    pub(super) fn only_zone(&self) -> Option<&LocalTime> {
        only(&self.zones)
    }

    /// Whether there was a block of readings, even if all were rejected.
    pub(super) fn has_blocks(&self) -> bool {
        self.blocks > 0
    }

    /// Takes a resource of the entry.
    pub(super) fn resource(&mut self, node: &Node) -> Result<(), FormatError> {
        let Some(resource) = Resource::of(node) else { return Ok(()) };
        self.entry_weight += resource.weight();
        self.entry.push(resource);
        bounded(self.entry_weight)
    }

    /// Ends the entry: its links are now complete.
    pub(super) fn end_entry(&mut self, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let links = Rc::new(std::mem::take(&mut self.links));
        self.entry_weight = 0;
        for resource in std::mem::take(&mut self.entry) {
            self.keep(resource, &links);
        }
        for count in
            [self.meter_readings.len(), self.reading_types.len(), self.points.len(), self.zones.len()]
        {
            bounded(count)?;
        }
        let own = self.held.split_off(self.held_before.min(self.held.len()));
        for held in own {
            self.let_go(Held { links: Some(Rc::clone(&links)), ..held }, &links, rows)?;
        }
        // What is still held has its links: the end of the file is no end of its entry.
        self.held_before = self.held.len();
        if self.bills.iter().map(|(_, bill)| bill.weight()).sum::<usize>() > RESOURCES {
            self.give_bills(rows)?;
        }
        Ok(())
    }

    fn keep(&mut self, resource: Resource, links: &Rc<Links>) {
        let own = || Rc::clone(&links.own);
        match resource {
            // Some holders send a resource twice; the first one counts.
            Resource::MeterReading => {
                let index = self.meter_readings.len();
                self.meter_readings.push(Rc::clone(links));
                self.by_own.entry(own()).or_insert(index);
                for named in &links.related {
                    self.by_named.entry(Rc::clone(named)).or_insert(index);
                }
            }
            Resource::ReadingType(reading_type) => {
                self.reading_types.entry(own()).or_insert(reading_type);
            }
            Resource::UsagePoint(service) => {
                let point = || Point { service, links: Rc::clone(links) };
                self.points.entry(own()).or_insert_with(point);
            }
            Resource::LocalTime(zone) => {
                self.zones.entry(own()).or_insert(zone);
            }
            Resource::Bill(bill) => self.bills.push((Rc::clone(links), bill)),
        }
    }

    /// Begins a block in the entry, and returns the destination of its readings.
    pub(super) fn begin_block(&mut self, rows: &mut RowWriter<'_>) -> Result<ResourceLinks<'_>, FormatError> {
        self.blocks += 1;
        bounded(self.series.len())?;
        if self.held.len() >= HELD_BLOCKS {
            self.is_late = true;
            self.let_all_go(rows)?;
        }
        // Taken out because `series_of` borrows all of `self`; put back at once.
        let links = std::mem::take(&mut self.links);
        let series = self.series_of(&links);
        self.links = links;
        if series.is_none() {
            self.held.push(Held { links: None, next: None, readings: Vec::new() });
        }
        Ok(self.known(series.as_deref()))
    }

    /// Holds an item of the last block begun, whose series is unknown.
    pub(super) fn hold(&mut self, given: Given<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
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
        let next = self.let_all_go(rows)?;
        self.held.push(Held { links: None, next, readings: Vec::new() });
        Ok(())
    }

    /// Ends the file, or the readable part of it.
    pub(super) fn finish(&mut self, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        self.end_entry(rows)?;
        self.is_late = true;
        self.let_all_go(rows)?;
        self.give_bills(rows)?;
        let mut left_out = LeftOut::default();
        for series in self.series.values().flatten() {
            left_out.add(series.finish(rows));
        }
        left_out.tell(rows);
        Ok(())
    }

    /// Writes or rejects every held reading. Returns the start of the last block's next reading.
    fn let_all_go(&mut self, rows: &mut RowWriter<'_>) -> Result<Option<i64>, FormatError> {
        let mut next = None;
        let open = Rc::new(self.links.clone());
        for held in std::mem::take(&mut self.held) {
            next = self.let_go(held, &open, rows)?;
        }
        self.held_before = 0;
        Ok(next)
    }

    /// Writes or rejects the readings of a block if their type is known. `open` are the links so far of
    /// the open entry.
    fn let_go(
        &mut self,
        mut held: Held,
        open: &Rc<Links>,
        rows: &mut RowWriter<'_>,
    ) -> Result<Option<i64>, FormatError> {
        let series = self.series_of(held.links.as_ref().unwrap_or(open));
        match self.known(series.as_deref()) {
            ResourceLinks::Series(series) => {
                for reading in &held.readings {
                    series.take(reading, &mut held.next, rows)?;
                }
            }
            ResourceLinks::Refused(reason) => refuse(&held.readings, reason, rows),
            ResourceLinks::Unknown => {
                self.held.push(held);
                return Ok(None);
            }
        }
        self.held_readings -= held.readings.len();
        Ok(held.next)
    }

    /// Name of the series for the readings of a block with these addresses; `None` if their type may
    /// still come.
    fn series_of(&mut self, links: &Links) -> Option<Rc<str>> {
        let collection = links.collection();
        let owner = up_to(collection, "MeterReading");
        let found = self
            .by_named
            .get(collection)
            .or_else(|| self.by_named.get(&*links.own))
            .or_else(|| self.by_own.get(owner?))
            .copied();
        let name = found.map(|index| &*self.meter_readings[index].own).or(owner).unwrap_or(collection);
        if let Some((name, _)) = self.series.get_key_value(name) {
            return Some(Rc::clone(name));
        }
        let series = self.describe(name, collection, found)?;
        let name: Rc<str> = name.into();
        self.series.insert(Rc::clone(&name), series);
        Some(name)
    }

    fn known(&mut self, series: Option<&str>) -> ResourceLinks<'_> {
        match series.and_then(|name| self.series.get_mut(name)) {
            Some(Ok(series)) => ResourceLinks::Series(series),
            Some(Err(reason)) => ResourceLinks::Refused(reason),
            None => ResourceLinks::Unknown,
        }
    }

    /// Describes the series of a `MeterReading`; `None` if its type may still come.
    fn describe(&self, name: &str, collection: &str, found: Option<usize>) -> Option<Result<Series, Reason>> {
        let named = found.map_or(&[][..], |index| &self.meter_readings[index].related);
        let reading_type = match named.iter().find_map(|href| self.reading_types.get(&**href)) {
            Some(reading_type) => reading_type,
            None if !self.is_late => return None,
            // A file with a single type need not link to it.
            None => match only(&self.reading_types) {
                Some(reading_type) => reading_type,
                None => {
                    return Some(Err(Reason::NoReadingType));
                }
            },
        };
        let meter = up_to(collection, "UsagePoint").unwrap_or(name);
        let point = self.point(meter);
        let zone = point.and_then(|point| self.zone(point)).or_else(|| only(&self.zones));
        let names_zone =
            |point: &Point| point.links.related.iter().any(|href| href.contains("/LocalTimeParameters/"));
        let waits = point.is_none_or(|point| zone.is_none() && names_zone(point));
        if waits && !self.is_late {
            return None;
        }
        let service = point.and_then(|point| point.service);
        let of = (service, zone.cloned(), self.only_currency());
        Some(Series::new(name, meter, reading_type.clone(), of))
    }

    fn point(&self, meter: &str) -> Option<&Point> {
        self.points.get(meter).or_else(|| if self.is_late { only(&self.points) } else { None })
    }

    fn zone(&self, point: &Point) -> Option<&LocalTime> {
        point.links.related.iter().find_map(|href| self.zones.get(&**href))
    }

    /// Currency of all resources that name one, if they name the same.
    fn only_currency(&self) -> Option<&'static str> {
        let of_types = self.reading_types.values().filter_map(|reading_type| reading_type.currency);
        let mut all = of_types.chain(self.bills.iter().filter_map(|(_, bill)| bill.currency));
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    }

    fn give_bills(&mut self, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let currency = self.only_currency();
        for (links, bill) in std::mem::take(&mut self.bills) {
            let collection = links.collection();
            let meter = up_to(collection, "UsagePoint").unwrap_or(collection);
            let point = self.points.get(meter).or_else(|| only(&self.points));
            let zone = point.and_then(|point| self.zone(point)).or_else(|| only(&self.zones));
            let service = point.and_then(|point| point.service);
            bill.give(&links.own, meter, service, zone, currency, rows)?;
        }
        Ok(())
    }
}

/// Rejects readings that all have one problem.
pub(super) fn refuse(readings: &[Reading], reason: &Reason, rows: &mut RowWriter<'_>) {
    if let Some(first) = readings.first() {
        rows.reject_rows(readings.len() as u64, first.line, Some("ReadingType"), reason.clone());
    }
}

fn bounded(count: usize) -> Result<(), FormatError> {
    match count > RESOURCES {
        true => Err(FormatError::too_many(Excess::Resources, RESOURCES)),
        false => Ok(()),
    }
}

/// The only value of a map; `None` if there are several.
fn only<T>(map: &HashMap<Rc<str>, T>) -> Option<&T> {
    map.values().next().filter(|_| map.len() == 1)
}

/// Prefix of an address up to and including the element after a collection:
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
