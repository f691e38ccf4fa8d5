//! Orders from Amazon's "Request your data": `Retail.OrderHistory.1.csv`, since 2025 `Order History.csv`.
//!
//! One row for each item of each shipment; both files have the same columns in a different order and
//! under partly different names (see [`COLUMNS`]). "Total Owed" belongs to the row: price, taxes and
//! shipping, less discounts. "Shipment Item Subtotal" belongs to the shipment, repeats on each of its
//! rows, and is not read. Unknown values are "Not Available"; amounts may be in apostrophes (`'-1.00'`).
//! Dates are in UTC.
//!
//! Rows of cancelled items still have amounts: the amount of an order counts only its bought items or, if
//! all were cancelled, all items.

use super::receipt::{Common, Line, Receipts};
use super::{Wrong, gtin};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::{Mark, amount, mark_of, scaled, told_mark};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Columns, Head, Input, Row};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::Category;
use mesinfos_model::category::purchases::{channel, kind, status, unit};
use mesinfos_model::money::is_code;

pub(crate) struct AmazonOrders;

static ABOUT: FormatInfo = FormatInfo {
    id: "amazon-orders-csv",
    fr: "Commandes Amazon (CSV)",
    en: "Amazon orders (CSV)",
    origin: "Amazon",
    categories: &[Category::Purchases],
    looks_for: "a first line with Order ID, Order Date, ASIN, Product Name, and Total Owed or Total Amount",
    spec: "https://www.amazon.com/hz/privacy-central/data-requests/preview.html",
    counts: OrdinalKind::Lines,
};

/// The columns read, with their names in either file, and whether they are required.
const COLUMNS: [(&[&str], bool); 12] = [
    (&["Order ID"], true),
    (&["Order Date"], true),
    (&["ASIN"], true),
    (&["Product Name"], true),
    (&["Total Owed", "Total Amount"], true),
    (&["Website"], false),
    (&["Currency"], false),
    (&["Quantity", "Original Quantity"], false),
    (&["Unit Price"], false),
    (&["Unit Price Tax"], false),
    (&["Total Discounts"], false),
    (&["Order Status"], false),
];

/// Currencies of Amazon's sites, for files that do not name one.
const CURRENCIES: [(&str, &str); 16] = [
    ("amazon.com", "USD"),
    ("amazon.fr", "EUR"),
    ("amazon.de", "EUR"),
    ("amazon.it", "EUR"),
    ("amazon.es", "EUR"),
    ("amazon.nl", "EUR"),
    ("amazon.com.be", "EUR"),
    ("amazon.ie", "EUR"),
    ("amazon.co.uk", "GBP"),
    ("amazon.ca", "CAD"),
    ("amazon.co.jp", "JPY"),
    ("amazon.in", "INR"),
    ("amazon.com.au", "AUD"),
    ("amazon.com.mx", "MXN"),
    ("amazon.pl", "PLN"),
    ("amazon.se", "SEK"),
];

impl Format for AmazonOrders {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let names = head.names(',');
        let has = |known: &&[&str]| known.iter().any(|name| names.contains(name));
        COLUMNS.iter().filter(|(_, needed)| *needed).all(|(known, _)| has(known))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut table = input.table(b',');
        let Some(header) = table.next()? else {
            return Ok(());
        };
        let columns = Columns::of(header);
        let places = COLUMNS.map(|(names, _)| columns.find(names));
        let mut receipts = Receipts::default();
        while let Some(row) = table.next()? {
            if row.is_blank() {
                continue;
            }
            let item = if row.len() == columns.len() {
                Item::of(&row, places)
            } else {
                Err((None, Reason::columns(columns.len().to_string(), row.len().to_string())))
            };
            match item {
                Ok(item) => receipts.add(&item.line(), rows)?,
                Err((field, reason)) => {
                    receipts.spoil(places[0].map(|column| row.get(column)).unwrap_or_default());
                    rows.reject(row.line, field, reason);
                }
            }
        }
        receipts.finish(rows)
    }
}

/// An item of a shipment.
struct Item<'a> {
    ordinal: u64,
    order: &'a str,
    at: i64,
    website: Option<&'a str>,
    currency: &'a str,
    label: &'a str,
    gtin: Option<String>,
    status: i64,
    quantity: Option<i64>,
    unit_price: Option<i64>,
    total: Option<i64>,
    discount: Option<i64>,
}

impl<'a> Item<'a> {
    /// Reads a row; on error, the wrong field and the reason.
    fn of(row: &Row<'a>, places: [Option<usize>; COLUMNS.len()]) -> Result<Item<'a>, Wrong> {
        let cells = places.map(|column| column.and_then(|column| known(row.get(column))));
        let [order, date, asin, label, total, website, currency, quantity, price, tax, discount, status] =
            cells;
        let order = order.ok_or((Some("Order ID"), Reason::NoOrderNumber))?;
        let date = date.unwrap_or_default();
        let at = time::instant(date)
            .ok_or_else(|| (Some("Order Date"), Reason::not_an_instant(date, "2022-03-04T18:22:07Z")))?;
        let currency = currency
            .or_else(|| of_website(website?))
            .filter(|code| is_code(code))
            .ok_or_else(|| (Some("Currency"), Reason::not_a_currency(currency.unwrap_or_default())))?;
        let usual = mark([total, price, tax, discount]);
        let money = |text: Option<&str>, field| {
            text.map(|text| amount(text, currency, mark_of(text, usual)))
                .transpose()
                .map_err(|reason| (Some(field), reason))
        };
        let quantity = quantity
            .map(|text| scaled(text, 3).ok_or_else(|| (Some("Quantity"), Reason::not_a_quantity(text))))
            .transpose()?;
        // A price in fractions of a cent is left out: the total gives the amount paid.
        let price = money(price, "Unit Price").ok().flatten();
        let tax = money(tax, "Unit Price Tax").ok().flatten();
        Ok(Item {
            ordinal: row.line,
            order,
            at: at.0,
            website,
            currency,
            label: label.unwrap_or_default(),
            gtin: asin.and_then(gtin::of_isbn10),
            status: if status.is_some_and(|s| s.to_lowercase().contains("cancel")) {
                status::CANCELLED
            } else {
                status::BOUGHT
            },
            quantity,
            unit_price: price.zip(tax).and_then(|(price, tax)| price.checked_add(tax)).or(price),
            total: money(total, "Total Owed")?,
            discount: money(discount, "Total Discounts")?.and_then(i64::checked_neg),
        })
    }

    fn line(&self) -> Line<'_> {
        Line {
            ordinal: self.ordinal,
            of: Common {
                holder: "Amazon",
                id: self.order,
                // In UTC: the local offset is unknown.
                at: (self.at, None),
                merchant: self.website,
                store: None,
                channel: channel::ONLINE,
                currency: self.currency,
            },
            status: self.status,
            label: self.label,
            kind: kind::PRODUCT,
            gtin: self.gtin.as_deref(),
            quantity: self.quantity,
            unit: self.quantity.map(|_| unit::PIECE),
            unit_price: self.unit_price,
            amount: self.total,
            discount: self.discount,
        }
    }
}

/// Content of a cell, without apostrophes around it; `None` if it is a placeholder for unknown.
fn known(cell: &str) -> Option<&str> {
    let cell = cell.strip_prefix('\'').and_then(|cell| cell.strip_suffix('\'')).unwrap_or(cell).trim();
    let says_nothing = ["", "not available", "not applicable", "n/a"];
    (!says_nothing.contains(&cell.to_lowercase().as_str())).then_some(cell)
}

/// Decimal mark of a row's amounts: a comma if one of them can only be read with a comma ("12,99", "1.289,30").
fn mark(amounts: [Option<&str>; 4]) -> Mark {
    let told = amounts.into_iter().flatten().find_map(told_mark);
    told.unwrap_or(Mark::Point)
}

fn of_website(website: &str) -> Option<&'static str> {
    let website = website.to_lowercase();
    CURRENCIES.iter().find(|(site, _)| *site == website).map(|(_, currency)| *currency)
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::purchases as p;

    const OLD: &str = "\"Website\",\"Order ID\",\"Order Date\",\"Currency\",\"Unit Price\",\"Unit Price Tax\",\"Total Discounts\",\"Total Owed\",\"Shipment Item Subtotal\",\"ASIN\",\"Quantity\",\"Order Status\",\"Product Name\"\n";

    #[test]
    fn orders_are_the_sum_of_their_own_rows() {
        let text = format!(
            "{OLD}\"Amazon.fr\",\"404-1\",\"2022-03-04T18:22:07Z\",\"EUR\",\"12.49\",\"2.50\",\"'-1.00'\",\"13.99\",\"24.98\",\"2070360024\",\"1\",\"Closed\",\"L'Étranger\"\n\
             \"Amazon.fr\",\"404-1\",\"2022-03-04T18:22:07Z\",\"EUR\",\"12.49\",\"2.50\",\"0\",\"14.99\",\"24.98\",\"2070368226\",\"1\",\"Closed\",\"La \"\"Peste\"\", poche\"\n\
             \"Amazon.fr\",\"404-1\",\"2022-03-04T18:22:07Z\",\"EUR\",\"12.49\",\"2.50\",\"0\",\"99.99\",\"24.98\",\"B000000001\",\"1\",\"Cancelled\",\"X\"\n\
             \"Amazon.com\",\"114-2\",\"2023-11-24T02:03:04.512Z\",\"Not Available\",\"1,049.00\",\"86.54\",\"0\",\"1,135.54\",\"1,049.00\",\"B000000001\",\"1\",\"Cancelled\",\"Laptop\"\n"
        );
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("amazon-orders-csv", 6, 0),
            "{reads:?}"
        );
        let batch = &batches[0];
        let column = |field: usize| (0..6).map(|row| batch.integer(field, row)).collect::<Vec<_>>();
        let (line, receipt) = (p::row::LINE, p::row::RECEIPT);
        assert_eq!(column(p::ROW), [line, line, line, line, receipt, receipt].map(Some));
        assert_eq!(column(p::AMOUNT), [1_399, 1_499, 9_999, 113_554, 2_898, 113_554].map(Some));
        let (bought, cancelled) = (p::status::BOUGHT, p::status::CANCELLED);
        assert_eq!(column(p::STATUS), [bought, bought, cancelled, cancelled, bought, cancelled].map(Some));
        assert_eq!(column(p::DISCOUNT), [100, 0, 0, 0, 100, 0].map(Some));
        assert_eq!(
            (batch.integer(p::UNIT_PRICE, 0), batch.integer(p::QUANTITY, 0)),
            (Some(1_499), Some(1_000))
        );
        assert_eq!((batch.text(p::GTIN, 0), batch.text(p::GTIN, 1)), (Some("9782070360024"), None));
        assert_eq!(
            (batch.text(p::CURRENCY, 5), batch.text(p::LABEL, 1)),
            (Some("USD"), Some("La \"Peste\", poche"))
        );
        assert_eq!((batch.integer(p::AT, 0), batch.integer(p::UTC_OFFSET, 0)), (Some(1_646_418_127), None));
    }

    #[test]
    fn the_newer_file_has_other_names() {
        let text = "ASIN,Currency,Order Date,Order ID,Order Status,Original Quantity,Payment Method Type,Product Name,Total Amount,Total Discounts,Unit Price,Unit Price Tax,Website\n\
            B0,GBP,2026-07-31T12:00:00Z,1,Closed,2,Card,Adapter,5.12,-0.57,4.74,0.95,Amazon.co.uk\n\
            B0,EUR,2026-07-31T12:00:00Z,2,Closed,1,Card,Câble,\"12,49\",Not Available,1.2345,0,Amazon.fr\n";
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (4, 0), "{reads:?}");
        let batch = &batches[0];
        assert_eq!(
            (batch.integer(p::AMOUNT, 0), batch.integer(p::DISCOUNT, 0), batch.integer(p::QUANTITY, 0)),
            (Some(512), Some(57), Some(2_000))
        );
        assert_eq!(
            (batch.integer(p::AMOUNT, 1), batch.integer(p::DISCOUNT, 1), batch.integer(p::UNIT_PRICE, 1)),
            (Some(1_249), None, None)
        );
    }

    #[test]
    fn what_is_wrong_is_told() {
        let text = format!(
            "{OLD}Amazon.fr,1,2022-03-04T18:22:07Z,EUR,1,0,0,1.00,1,B0,1,Closed,A\nAmazon.fr,1,2022-03-04T18:22:07Z,EUR,1,0,0,much,1,B0,1,Closed,B\n\
             Amazon.fr,2,04/03/2022,EUR,1,0,0,1.00,1,B0,1,Closed,A\nShop,2,2022-03-04T18:22:07Z,,1,0,0,1.00,1,B0,1,Closed,A\n\
             Amazon.fr,Not Available,2022-03-04T18:22:07Z,EUR,1,0,0,1.00,1,B0,1,Closed,A\nAmazon.fr,3,2022-03-04T18:22:07Z,EUR,1,0,0,1.00,1,B0,one,Closed,A\nshort\n"
        );
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (2, 6));
        assert_eq!(batches[0].integer(p::AMOUNT, 1), None);
        let fields: Vec<_> = reads[0].rejected.iter().map(|r| r.field.as_deref()).collect();
        assert_eq!(
            fields,
            [
                Some("Total Owed"),
                Some("Order Date"),
                Some("Currency"),
                Some("Order ID"),
                Some("Quantity"),
                None
            ]
        );
    }
}
