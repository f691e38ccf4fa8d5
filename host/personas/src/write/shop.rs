//! The shop's receipts, in the format of Intermarché's in the MesInfos pilot.

use super::{SampleFile, some};
use crate::calendar::utc;
use crate::life::{Life, Receipt, Record};
use crate::random;
use crate::simulate::shop::SHOP;
use crate::text::{Object, array, euros};

pub(crate) fn receipts(life: &Life, record: &Record) -> Vec<SampleFile> {
    some("intermarche-tickets.json", !record.receipts.iter().any(|receipt| record.shows(receipt.on)), || {
        array(
            record
                .receipts
                .iter()
                .enumerate()
                .filter(|(_, receipt)| record.shows(receipt.on))
                .flat_map(|(ordinal, receipt)| documents(life, ordinal, receipt)),
        )
    })
}

/// The header of a receipt and its lines; returns are negative.
fn documents(life: &Life, ordinal: usize, receipt: &Receipt) -> Vec<Object> {
    let id = format!("{}{ordinal:06}", 1_000 + life.key % 1_000);
    let sign = if receipt.returned { -1 } else { 1 };
    let paid = euros(sign * receipt.total);
    let head = Object::new()
        .text("docType", "Receipt")
        .text("origin", SHOP)
        .text("receiptId", &id)
        .text("transaction", if receipt.returned { "Retour" } else { "Vente" })
        .text("intermarcheShopId", "07651")
        .raw("isOnline", false)
        .text("timestamp", &utc(receipt.at))
        .raw("articlesCount", receipt.lines.len())
        .raw("amount", 0)
        .raw("total", &paid)
        .raw("paidAmount", &paid);
    let lines = receipt.lines.iter().zip(1..).map(|(line, order)| {
        Object::new()
            .text("docType", "ReceiptDetail")
            .text("origin", SHOP)
            .text("receiptId", &id)
            .raw("order", order)
            .text("timestamp", &format!("{}T00:00:00.000Z", receipt.on))
            .text("barcode", &barcode(line.product.label))
            .text("label", line.product.label)
            .text("familyLabel", line.product.family)
            .text("sectionLabel", line.product.section)
            .text("typeLabel", "Article")
            .raw("price", euros(line.price))
            .raw("amount", sign * line.quantity)
            .raw("isOnlineBuy", false)
            .text("intermarcheShopId", "07651")
    });
    std::iter::once(head).chain(lines).collect()
}

/// A shop-internal code (prefix 2), never used for a manufacturer's product.
fn barcode(label: &str) -> String {
    format!("2{:012}", random::name(label) % 1_000_000_000_000)
}
