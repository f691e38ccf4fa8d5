//! Purchases: lines of receipts as plain rows, and sums over them. Amounts are minor units (cents) of one
//! currency, quantities thousandths of a piece, kilogram, litre or metre.

use mesinfos_sdk::Date;
use mesinfos_sdk::words::fold;
use std::collections::BTreeMap;

/// A number divided, to the nearest whole one, half away from zero; `by` is positive.
pub(crate) fn nearest(number: i64, by: i64) -> i64 {
    let by = by.max(1);
    number.saturating_add(by / 2 * number.signum()) / by
}

/// A product on a receipt.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) gtin: Option<String>,
    pub(crate) shelf: Option<String>,
    /// Positive.
    pub(crate) quantity: i64,
    /// Price of one unit, before discounts.
    pub(crate) unit_price: Option<i64>,
    /// Amount paid for the line; negative for a return.
    pub(crate) amount: i64,
}

/// Amounts paid at one merchant, by day.
#[derive(Debug, Default)]
pub(crate) struct Shop {
    pub(crate) receipts: Vec<(Date, i64)>,
    /// Sums of lines, for merchants whose receipts have no total.
    pub(crate) lines: Vec<(Date, i64)>,
}

impl Shop {
    /// Amounts paid by day: from receipt totals if there are any, else from lines, never from both.
    pub(crate) fn paid(&self) -> &[(Date, i64)] {
        if self.receipts.is_empty() { &self.lines } else { &self.receipts }
    }

    pub(crate) fn total(&self) -> i64 {
        self.paid().iter().map(|(_, minor)| minor).sum()
    }
}

/// Prices of a product at one merchant: day, price of one unit, quantity.
#[derive(Clone, Debug, Default)]
pub(crate) struct Course {
    pub(crate) name: String,
    pub(crate) prices: Vec<(Date, i64, i64)>,
}

/// Courses of prices by product (its barcode, or its label if it has none) and merchant. The same label at
/// several merchants is one product.
pub(crate) type Courses = BTreeMap<String, BTreeMap<String, Course>>;

pub(crate) fn add_price(courses: &mut Courses, day: Date, shop: &str, line: &Line) {
    let paid = || (line.amount.checked_mul(1_000)?).checked_div(line.quantity);
    let Some(price) = line.unit_price.or_else(paid).filter(|price| *price > 0) else { return };
    let product = line.gtin.clone().unwrap_or_else(|| fold(&line.label));
    if product.is_empty() {
        return;
    }
    let course = courses.entry(product).or_default().entry(shop.to_owned()).or_default();
    if !line.label.is_empty() {
        course.name.clone_from(&line.label);
    }
    course.prices.push((day, price, line.quantity));
}

/// Price change of a product at one merchant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) name: String,
    pub(crate) shop: String,
    pub(crate) first: (Date, i64),
    pub(crate) last: (Date, i64),
    /// Total quantity bought.
    pub(crate) quantity: i64,
}

impl Change {
    /// Change in thousandths of the first price.
    pub(crate) fn per_mille(&self) -> i64 {
        nearest((self.last.1 - self.first.1) * 1_000, self.first.1)
    }
}

/// Minimum days between two compared prices: a shorter change is a promotion.
const APART: i32 = 90;

/// Above this factor, two prices are for different units (a piece, a kilogram): no product became that much
/// more expensive.
const FACTOR: i64 = 3;

/// Price changes, products with the highest spending first.
pub(crate) fn changes(courses: &Courses) -> Vec<Change> {
    let all = courses.values().flatten();
    let mut found: Vec<Change> = all
        .filter_map(|(shop, course)| {
            let mut prices = course.prices.clone();
            prices.sort_unstable();
            let (first, last) = (*prices.first()?, *prices.last()?);
            let same_unit = last.1 <= first.1 * FACTOR && first.1 <= last.1 * FACTOR;
            (last.0 - first.0 >= APART && same_unit).then(|| Change {
                name: course.name.clone(),
                shop: shop.clone(),
                first: (first.0, first.1),
                last: (last.0, last.1),
                quantity: prices.iter().map(|(.., quantity)| quantity).sum(),
            })
        })
        .collect();
    found.sort_by_key(|change| -change.last.1.saturating_mul(change.quantity));
    found
}

/// Cost of the same quantities at first and at last prices (a Lowe index: the basket is fixed, only prices
/// move; ILO and others, Consumer Price Index Manual, 2020, chapter 2).
pub(crate) fn same_basket(changes: &[Change]) -> (i64, i64) {
    // Thousandths of a cent, rounded once.
    let sum = |price: fn(&Change) -> i64| {
        nearest(changes.iter().map(|change| price(change) * change.quantity).sum(), 1_000)
    };
    (sum(|change| change.first.1), sum(|change| change.last.1))
}

/// The same product at two merchants: the last price at each, and the quantity bought at each in the year
/// before `until`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) prices: [i64; 2],
    pub(crate) quantities: [i64; 2],
}

impl Pair {
    /// Saving over the year if all had been bought at the cheaper merchant.
    pub(crate) fn saving(&self) -> i64 {
        let [one, other] = self.prices;
        let dearer = usize::from(other > one);
        (one - other).abs() * self.quantities[dearer] / 1_000
    }
}

/// Maximum days between two compared prices at two merchants.
const NEAR: i32 = 183;

/// The two merchants with the most products in common, and these products.
pub(crate) fn two_shops(courses: &Courses, until: Date) -> Option<([String; 2], Vec<Pair>)> {
    let mut pairs: BTreeMap<[&String; 2], Vec<Pair>> = BTreeMap::new();
    for shops in courses.values() {
        let shops: Vec<_> = shops.iter().collect();
        for (i, (one, at_one)) in shops.iter().enumerate() {
            for (other, at_other) in shops.iter().skip(i + 1) {
                if let Some(pair) = pair(at_one, at_other, until) {
                    pairs.entry([one, other]).or_default().push(pair);
                }
            }
        }
    }
    let (shops, pairs) = pairs.into_iter().max_by_key(|(_, pairs)| pairs.len())?;
    Some((shops.map(Clone::clone), pairs))
}

fn pair(one: &Course, other: &Course, until: Date) -> Option<Pair> {
    let last = |course: &Course| course.prices.iter().copied().max();
    let ((day, price, _), (other_day, other_price, _)) = (last(one)?, last(other)?);
    let same_unit = price <= other_price * FACTOR && other_price <= price * FACTOR;
    let year = until.plus_days(-365);
    let bought = |course: &Course| {
        course.prices.iter().filter(|(on, ..)| *on > year).map(|(.., quantity)| quantity).sum::<i64>()
    };
    ((day - other_day).abs() <= NEAR && same_unit).then(|| Pair {
        name: one.name.clone(),
        prices: [price, other_price],
        quantities: [bought(one), bought(other)],
    })
}
