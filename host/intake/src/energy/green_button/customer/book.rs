//! Resources of the customer feed, their links, and the rows made from them.
//!
//! As with readings, links form the tree: an agreement is below its account by address, or one names the
//! other. A resource that is the only one of its kind in a file belongs to all. Resources come in any
//! order, so they are kept until the file ends, up to [`KEPT`]; past that, rows are made from the
//! resources known so far.

use super::super::feed::{Feed, Links, up_to};
use super::super::zone::LocalTime;
use super::CUSTOMER;
use super::address::Address;
use super::resource::{
    Account, Agreement, Customer, Fault, Location, Meter, Moment, Resource, Supplier, agreed, kind_of_service,
};
use crate::error::FormatError;
use crate::read::Node;
use crate::reason::Reason;
use crate::rows::{DAYS, RowWriter};
use mesinfos_model::category::{contracts, profile};
use mesinfos_model::{Category, Cell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Most resources kept, of some kilobytes each: a house has ten, a company some thousand.
const KEPT: usize = 5_000;

/// Whether a row was written or rejected.
type Done = Result<bool, FormatError>;

/// Customer resources read so far.
#[derive(Default)]
pub(in super::super) struct Customers {
    /// Resources of the open entry.
    entry: Vec<Resource>,
    kept: Vec<(Rc<Links>, Resource)>,
    zone: Option<LocalTime>,
    /// A row was written or rejected.
    has_rows: bool,
}

impl Customers {
    /// Whether any row was written or rejected.
    pub(in super::super) fn has_rows(&self) -> bool {
        self.has_rows
    }

    /// Takes a resource of the entry.
    pub(in super::super) fn resource(
        &mut self,
        node: &Node,
        feed: &Feed,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        debug_assert!(*node.ns == *CUSTOMER);
        if &*node.name == "LocalTimeParameters" {
            // Only days matter: a customer with homes in two zones gets the days of the first zone.
            self.zone = self.zone.take().or_else(|| LocalTime::of(node));
        }
        self.entry.extend(Resource::of(node));
        if self.entry.len() + self.kept.len() >= KEPT { self.give(feed, rows) } else { Ok(()) }
    }

    /// Ends the entry: its links are complete.
    pub(in super::super) fn end_entry(&mut self, links: &Links) {
        if self.entry.is_empty() {
            return;
        }
        // One copy for all: an entry may hold many resources.
        let links = Rc::new(links.clone());
        self.kept.extend(self.entry.drain(..).map(|resource| (Rc::clone(&links), resource)));
    }

    /// Writes or rejects a row for each kept resource.
    pub(in super::super) fn give(
        &mut self,
        feed: &Feed,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        self.end_entry(feed.links());
        let kept = std::mem::take(&mut self.kept);
        let book = Book::of(&kept, feed, self.zone.as_ref());
        for (index, (links, resource)) in kept.iter().enumerate() {
            self.has_rows |= match resource {
                Resource::Agreement(agreement) => book.agreement(agreement, links, rows)?,
                Resource::Account(account) => book.account(account, links, rows)?,
                Resource::Customer(customer) => book.customer(index, customer, links, rows)?,
                Resource::Location(location) => book.location(location, rows)?,
                Resource::Meter(meter) => book.meter(meter, links, rows)?,
                Resource::Supplier(_) => false,
            };
        }
        Ok(())
    }
}

/// Resources of one kind, by their own addresses and by the addresses they name.
struct Index<'k, T> {
    own: HashMap<&'k str, T>,
    named: HashMap<&'k str, T>,
    count: usize,
    first: Option<T>,
}

impl<'k, T: Copy> Index<'k, T> {
    /// Indexes resources; the first of several with one address counts.
    fn of(resources: impl Iterator<Item = (&'k Links, T)>) -> Index<'k, T> {
        let mut index = Index { own: HashMap::new(), named: HashMap::new(), count: 0, first: None };
        for (links, resource) in resources {
            index.count += 1;
            index.first = index.first.or(Some(resource));
            index.own.entry(&*links.own).or_insert(resource);
            let named = links.related.iter().map(|address| &**address);
            // An agreement above it in the address counts as named.
            for address in named.chain(above(links, "CustomerAgreement")) {
                index.named.entry(address).or_insert(resource);
            }
        }
        // A resource without an address must not match all others without one.
        index.own.remove("");
        index.named.remove("");
        index
    }

    /// Finds the resource above these links, named by them, or naming them.
    fn find(&self, links: &Links, collection: Option<&str>) -> Option<T> {
        collection
            .and_then(|collection| self.own.get(above(links, collection)?))
            .or_else(|| links.related.iter().find_map(|address| self.own.get(&**address)))
            .or_else(|| self.named.get(&*links.own))
            .or_else(|| self.named.get(links.collection()))
            .copied()
    }

    /// The only resource of its kind; `None` if there are several.
    fn only(&self) -> Option<T> {
        self.first.filter(|_| self.count == 1)
    }
}

/// Address of the collection element that a resource is below.
fn above<'l>(links: &'l Links, collection: &str) -> Option<&'l str> {
    up_to(&links.own, collection).or_else(|| up_to(links.collection(), collection))
}

/// The kept resources, indexed to resolve their links.
struct Book<'k> {
    feed: &'k Feed,
    zone: Option<&'k LocalTime>,
    accounts: Index<'k, &'k Account>,
    /// With their indexes among the kept resources.
    customers: Index<'k, (usize, &'k Customer)>,
    locations: Index<'k, &'k Location>,
    suppliers: Index<'k, &'k Supplier>,
    /// The supplier's name, if all suppliers share one.
    supplier: Option<&'k str>,
    /// Indexes of customers whose account is present.
    with_account: HashSet<usize>,
}

impl<'k> Book<'k> {
    fn of(kept: &'k [(Rc<Links>, Resource)], feed: &'k Feed, zone: Option<&'k LocalTime>) -> Book<'k> {
        let mut suppliers = each(kept, |resource| match resource {
            Resource::Supplier(supplier) => Some(supplier),
            _ => None,
        });
        // The most likely first, because the first one counts.
        suppliers.sort_by_key(|(_, supplier)| supplier.rank);
        let name = suppliers.first().map(|(_, supplier)| supplier.name.as_str());
        let supplier = name.filter(|name| suppliers.iter().all(|(_, other)| other.name == *name));
        let accounts = each(kept, |resource| match resource {
            Resource::Account(account) => Some(account),
            _ => None,
        });
        let customers = kept.iter().enumerate().filter_map(|(index, (links, resource))| match resource {
            Resource::Customer(customer) => Some((&**links, (index, customer))),
            _ => None,
        });
        let locations = each(kept, |resource| match resource {
            Resource::Location(location) => Some(location),
            _ => None,
        });
        let mut book = Book {
            feed,
            zone: zone.or_else(|| feed.only_zone()),
            accounts: Index::of(accounts.iter().copied()),
            customers: Index::of(customers),
            locations: Index::of(locations.into_iter()),
            suppliers: Index::of(suppliers.into_iter()),
            supplier,
            with_account: HashSet::new(),
        };
        let owners = accounts.iter().filter_map(|(links, _)| book.owner(links).map(|(index, _)| index));
        book.with_account = owners.collect();
        book
    }

    /// Customer of the account with these links.
    fn owner(&self, account: &Links) -> Option<(usize, &'k Customer)> {
        self.customers.find(account, Some("Customer")).or_else(|| self.customers.only())
    }

    /// The data holder of facts about the customer.
    fn holder(&self) -> Option<&'k str> {
        self.supplier
    }

    fn day(&self, moment: Moment) -> i64 {
        moment.day(self.zone)
    }

    fn agreement(&self, agreement: &Agreement, links: &Links, rows: &mut RowWriter<'_>) -> Done {
        let account = self.accounts.find(links, Some("CustomerAccount")).or_else(|| self.accounts.only());
        let number = agreement.number.as_deref().or_else(|| account?.number.as_deref());
        let Some(contract) = number.or_else(|| address(links)) else {
            return reject(rows, agreement.line, ("agreementId", Reason::NoAgreementNumber));
        };
        let (start, end) = match agreement.dates.clone() {
            Ok(dates) => dates,
            Err(fault) => return reject(rows, agreement.line, fault),
        };
        let supplier = self.suppliers.find(links, None).map(|supplier| supplier.name.as_str());
        let end = end.map(|end| self.day(end)).filter(|end| DAYS.contains(end));
        rows.push(
            Category::Contracts,
            agreement.line,
            &[
                (contracts::HOLDER, supplier.or(self.holder()).into()),
                (contracts::ROW, contracts::row::CONTRACT.into()),
                (contracts::CONTRACT, contract.into()),
                (contracts::START, start.map(|start| self.day(start)).into()),
                (contracts::END, end.into()),
                (contracts::KIND, agreement.kind.or_else(|| self.service(links)).into()),
                (contracts::PRODUCT, agreement.product.as_deref().into()),
                (contracts::PLAN, agreement.tariff.as_deref().into()),
                (contracts::STATUS, agreement.status.into()),
                (contracts::NUMBER, number.into()),
            ],
        )?;
        Ok(true)
    }

    /// Code of `kind`, from the usage points of an agreement, which are in the usage feed.
    fn service(&self, agreement: &Links) -> Option<i64> {
        let location = self.locations.find(agreement, None);
        let there = location.map_or(&[][..], |location| &location.points);
        let named = agreement.related.iter().map(|point| &**point);
        let services =
            named.chain(there.iter().map(String::as_str)).filter_map(|point| self.feed.service(point));
        agreed(services.map(kind_of_service))
    }

    fn account(&self, account: &Account, links: &Links, rows: &mut RowWriter<'_>) -> Done {
        let customer = self.owner(links).map(|(_, customer)| customer);
        let name = account.name.as_deref().or_else(|| customer?.name.as_deref());
        let postal_address = account.address.as_ref().or_else(|| customer?.address.as_ref());
        let number = account.number.as_deref();
        let item = number.or_else(|| address(links));
        if item.is_none() && name.is_none() && postal_address.is_none() {
            return reject(rows, account.line, ("accountId", Reason::NoAccountNumber));
        }
        let own = [
            (profile::ITEM, item.into()),
            (profile::KIND, customer.and_then(|customer| customer.kind.as_deref()).into()),
            (profile::NAME, name.into()),
            (profile::NUMBER, number.into()),
        ];
        self.fact(profile::row::ACCOUNT, account.line, postal_address, &own, rows)
    }

    /// A customer without an account in the file still becomes a row.
    fn customer(&self, index: usize, customer: &Customer, links: &Links, rows: &mut RowWriter<'_>) -> Done {
        let says_nothing = customer.name.is_none() && customer.kind.is_none() && customer.address.is_none();
        if says_nothing || self.with_account.contains(&index) {
            return Ok(false);
        }
        let own = [
            (profile::ITEM, address(links).into()),
            (profile::KIND, customer.kind.as_deref().into()),
            (profile::NAME, customer.name.as_deref().into()),
        ];
        self.fact(profile::row::ACCOUNT, customer.line, customer.address.as_ref(), &own, rows)
    }

    fn location(&self, location: &Location, rows: &mut RowWriter<'_>) -> Done {
        let Some(address) = &location.address else {
            return reject(rows, location.line, ("mainAddress", Reason::NoLocationAddress));
        };
        // Agreements may link to one home separately: equal addresses identify it.
        let own =
            [(profile::ITEM, address.text.as_str().into()), (profile::KIND, location.kind.as_deref().into())];
        self.fact(profile::row::HOME, location.line, Some(address), &own, rows)
    }

    fn meter(&self, meter: &Meter, links: &Links, rows: &mut RowWriter<'_>) -> Done {
        let number = meter.number.as_deref();
        let since = match meter.since.clone() {
            Ok(since) => since.map(|since| self.day(since)),
            Err(fault) => return reject(rows, meter.line, fault),
        };
        if number.is_none() && meter.kind.is_none() && meter.model.is_none() && since.is_none() {
            return reject(rows, meter.line, ("serialNumber", Reason::NoMeterNumber));
        }
        let own = [
            (profile::SINCE, since.into()),
            (profile::ITEM, number.or_else(|| address(links)).into()),
            (profile::KIND, meter.kind.as_deref().into()),
            (profile::MODEL, meter.model.as_deref().into()),
            (profile::NUMBER, number.into()),
        ];
        self.fact(profile::row::DEVICE, meter.line, None, &own, rows)
    }

    /// Writes a row of `profile`.
    fn fact(
        &self,
        row: i64,
        line: u64,
        address: Option<&Address>,
        own: &[(usize, Cell<'_>)],
        rows: &mut RowWriter<'_>,
    ) -> Done {
        let common = [
            (profile::HOLDER, self.holder().into()),
            (profile::ROW, row.into()),
            (profile::ADDRESS, address.map(|address| address.text.as_str()).into()),
            (profile::POSTCODE, address.and_then(|address| address.postcode.as_deref()).into()),
        ];
        let cells: Vec<_> = common.iter().chain(own).copied().collect();
        rows.push(Category::Profile, line, &cells)?;
        Ok(true)
    }
}

/// Resources of one kind, with their links.
fn each<'k, T>(
    kept: &'k [(Rc<Links>, Resource)],
    of: impl Fn(&'k Resource) -> Option<&'k T>,
) -> Vec<(&'k Links, &'k T)> {
    kept.iter().filter_map(|(links, resource)| Some((&**links, of(resource)?))).collect()
}

/// A resource's own address, used as its id if it has no number.
fn address(links: &Links) -> Option<&str> {
    Some(&*links.own).filter(|address| !address.is_empty())
}

fn reject(rows: &mut RowWriter<'_>, line: u64, (field, reason): Fault) -> Done {
    rows.reject(line, Some(field), reason);
    Ok(true)
}
