//! Panier: spending on shopping, price changes of the same products, a comparison of two shops, and the
//! meaning of labels on products.

use mesinfos_sdk::purchases::{self, Kind, Purchase, Row, Status};
use mesinfos_sdk::spending::{Payment, Purpose};
use mesinfos_sdk::view::Report;
use mesinfos_sdk::words::fold;
use mesinfos_sdk::{Context, Currency, Date, Failure, Lang, Period, app, bank};
use std::collections::BTreeMap;

mod basket;
mod classes;
mod coverage;
mod labels;
mod pages;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod whole;

use basket::{Courses, Line, Shop};
use coverage::Debit;

app!(run: run);

/// Class of a product, if it is known, and indices of its labels.
type Told = (Option<String>, Vec<usize>);

/// Shopping in one currency. Amounts of different currencies are never added.
#[derive(Default)]
struct Shopping {
    rows: usize,
    shops: BTreeMap<String, Shop>,
    /// Spending on products by class, in minor units.
    classes: BTreeMap<String, i64>,
    /// Part of it for products with a label, by class.
    labelled: BTreeMap<String, i64>,
    /// Spending on products with a label, by index of the label.
    labels: BTreeMap<usize, i64>,
    /// Spending by month and class.
    months: BTreeMap<Date, BTreeMap<String, i64>>,
    courses: Courses,
    /// Class and labels of a product, by shelf and label.
    known: BTreeMap<(Option<String>, String), Told>,
    /// Number of receipts without a total.
    without_total: usize,
    /// Number of product lines; of those with a name or a barcode; of those without a known class.
    products: usize,
    named: usize,
    without_class: usize,
    /// Whether any row of the bank was read, of whatever kind.
    has_bank: bool,
}

impl Shopping {
    fn add_receipt(&mut self, day: Date, shop: &str, paid: i64) {
        self.rows += 1;
        self.shops.entry(shop.to_owned()).or_default().receipts.push((day, paid));
    }

    fn add_line(&mut self, day: Date, shop: &str, line: &Line, is_product: bool, lang: Lang) {
        self.rows += 1;
        self.shops.entry(shop.to_owned()).or_default().lines.push((day, line.amount));
        if !is_product {
            return;
        }
        self.products += 1;
        self.named += usize::from(!line.label.is_empty() || line.gtin.is_some());
        // The same words occur again and again: look them up once.
        let words = (line.shelf.clone(), line.label.clone());
        let (class, labels) = self.known.entry(words).or_insert_with(|| {
            let class = classes::class(line.shelf.as_deref(), &line.label, lang);
            (class, labels::labels(&line.label))
        });
        let class = class.clone().unwrap_or_else(|| {
            self.without_class += 1;
            lang.t("Autres produits", "Other products").to_owned()
        });
        *self.months.entry(day.month_start()).or_default().entry(class.clone()).or_default() += line.amount;
        *self.classes.entry(class.clone()).or_default() += line.amount;
        if !labels.is_empty() {
            *self.labelled.entry(class).or_default() += line.amount;
        }
        for label in labels {
            *self.labels.entry(*label).or_default() += line.amount;
        }
        if line.amount > 0 {
            basket::add_price(&mut self.courses, day, shop, line);
        }
    }

    /// First and last day with data.
    fn days(&self) -> Option<(Date, Date)> {
        let days = || self.shops.values().flat_map(Shop::paid).map(|(day, _)| *day);
        Some((days().min()?, days().max()?))
    }
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let mut currencies: BTreeMap<Currency, Shopping> = BTreeMap::new();
    for purchase in purchases::purchases(Period::all()) {
        add(ctx, &purchase?, &mut currencies);
    }
    currencies.retain(|_, shopping| shopping.rows > 0);
    let others = currencies.len() > 1;
    // Show the currency with the most rows.
    let most = currencies.into_iter().max_by_key(|(_, shopping)| shopping.rows);
    let (currency, mut shopping) = most.ok_or(Failure::NeedsData(vec!["purchases"]))?;
    let debits = debits(currency, &mut shopping.has_bank)?;
    let report = pages::report(ctx, currency, &shopping, &debits);
    Ok(if others {
        report.limit(ctx.t(
            "Les montants dans d’autres monnaies ne sont pas comptés.",
            "Amounts in other currencies are not counted.",
        ))
    } else {
        report
    })
}

/// Adds a row. Cancelled purchases were not paid; returns were refunded.
fn add(ctx: &Context, purchase: &Purchase, currencies: &mut BTreeMap<Currency, Shopping>) {
    let (Some(row), Some(at)) = (purchase.row(), purchase.at()) else { return };
    let status = purchase.status().unwrap_or(Status::Bought);
    let Some(currency) = purchase.currency().and_then(Currency::new) else { return };
    if status == Status::Cancelled {
        return;
    }
    let shopping = currencies.entry(currency).or_default();
    let shop = purchase.merchant().unwrap_or(ctx.t("Magasin non indiqué", "Shop not stated"));
    let Some(money) = purchase.amount() else {
        shopping.without_total += usize::from(row == Row::Receipt);
        return;
    };
    let amount = if status == Status::Returned { -money.minor.abs() } else { money.minor };
    if row == Row::Receipt {
        shopping.add_receipt(at.date(), shop, amount);
        return;
    }
    let line = Line {
        label: purchase.label().unwrap_or_default().to_owned(),
        gtin: purchase.gtin().map(str::to_owned),
        shelf: purchase.shelf().map(str::to_owned),
        quantity: purchase.quantity().filter(|quantity| *quantity > 0).unwrap_or(1_000),
        unit_price: purchase.unit_price().map(|price| price.minor),
        amount,
    };
    let is_product = purchase.kind().is_none_or(|kind| kind == Kind::Product);
    shopping.add_line(at.date(), shop, &line, is_product, ctx.lang);
}

/// Debits of the accounts in one currency; `has_bank` says whether any row was read.
fn debits(currency: Currency, has_bank: &mut bool) -> Result<Vec<Debit>, Failure> {
    let mut debits = Vec::new();
    for transaction in bank::transactions(Period::all()) {
        let transaction = transaction?;
        *has_bank = true;
        let (Some(day), Some(money)) = (transaction.booked_on(), transaction.amount()) else { continue };
        if money.currency == currency && money.minor < 0 {
            let label = transaction.label().unwrap_or_default();
            let merchant = transaction.merchant_category();
            let payment = Payment { merchant, label, ..Payment::default() };
            let (words, food) = (fold(label), payment.purpose() == Some(Purpose::Groceries));
            debits.push(Debit { day, words, food, minor: money.minor.saturating_neg() });
        }
    }
    Ok(debits)
}
