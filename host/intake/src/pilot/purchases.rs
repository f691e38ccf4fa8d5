//! Receipts of Intermarché, and videos of Orange.

use super::SPEC;
use super::document::{Doc, Done, Out, midnight, moment, written_day, wrong};
use super::kind::{Group, Kind};
use crate::format::FormatInfo;
use crate::number::times;
use crate::ordinal_kind::OrdinalKind;
use crate::reason::Reason;
use mesinfos_model::Category;
use mesinfos_model::category::browsing;
use mesinfos_model::category::purchases::{self, channel, kind, row, status, unit};

static RECEIPTS_ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-receipts-json",
    fr: "Tickets de caisse du pilote MesInfos (JSON)",
    en: "Receipts of the MesInfos pilot (JSON)",
    origin: "MesInfos: Intermarché",
    categories: &[Category::Purchases],
    looks_for: "a JSON array of documents with docType \"Receipt\" and \"ReceiptDetail\"",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

pub(super) static RECEIPTS: Group = Group {
    about: &RECEIPTS_ABOUT,
    kinds: &[
        Kind { doc_types: &["receipt"], members: &[], pieces: &["\"receiptId\""], read: receipt },
        Kind { doc_types: &["receiptdetail"], members: &[], pieces: &["\"receiptId\""], read: line },
    ],
};

static VIDEOS_ABOUT: FormatInfo = FormatInfo {
    id: "mesinfos-video-json",
    fr: "Vidéos à la demande du pilote MesInfos (JSON)",
    en: "Videos on demand of the MesInfos pilot (JSON)",
    origin: "MesInfos: Orange",
    categories: &[Category::Purchases, Category::Browsing],
    looks_for: "a JSON array of documents with docType \"fr.orange.videostream\" or \"VideoOnDemand\"",
    spec: SPEC,
    counts: OrdinalKind::Entries,
};

pub(super) static VIDEOS: Group = Group {
    about: &VIDEOS_ABOUT,
    kinds: &[Kind { doc_types: &["videostream", "videoondemand"], members: &[], pieces: &[], read: video }],
};

/// Kinds of line by the words of `typeLabel`.
const LINE_KINDS: &[(&str, i64)] = &[
    ("article", kind::PRODUCT),
    ("produit", kind::PRODUCT),
    ("remise", kind::DISCOUNT),
    ("consigne", kind::DEPOSIT),
    ("livraison", kind::DELIVERY),
    ("bon", kind::VOUCHER),
];

fn channel(doc: &Doc<'_>, member: &str) -> Option<i64> {
    doc.has(member).then(|| if doc.is_true(member) { channel::ONLINE } else { channel::STORE })
}

/// The header of a receipt. `amount` is in points of the loyalty card, which a transfer of points
/// deducts; `paidAmount` and `total` are in euros.
fn receipt(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let id = doc.needed("receiptId")?;
    let (at, offset) = doc.instant("timestamp")?;
    let paid = doc.euros("paidAmount")?;
    let amount = if paid.is_some() { paid } else { doc.euros("total")? };
    let granted = doc.number("acquiredPoints", 0)?.filter(|points| *points != 0);
    let points = if granted.is_some() { granted } else { doc.number("amount", 0)? };
    let status = match doc.text("transaction").unwrap_or_default().to_lowercase() {
        words if words.contains("annul") => status::CANCELLED,
        words if words.contains("retour") || words.contains("rembours") => status::RETURNED,
        _ => status::BOUGHT,
    };
    let shop = doc.text("origin").unwrap_or_else(|| "Intermarché".to_owned());
    out.push(
        Category::Purchases,
        &[
            (purchases::HOLDER, shop.as_str().into()),
            (purchases::ROW, row::RECEIPT.into()),
            (purchases::RECEIPT, id.as_str().into()),
            (purchases::AT, at.into()),
            (purchases::UTC_OFFSET, offset.into()),
            (purchases::MERCHANT, shop.as_str().into()),
            (purchases::STORE, doc.text("intermarcheShopId").as_deref().into()),
            (purchases::CHANNEL, channel(doc, "isOnline").into()),
            (purchases::STATUS, status.into()),
            (purchases::AMOUNT, amount.into()),
            (purchases::CURRENCY, amount.map(|_| "EUR").into()),
            (purchases::POINTS, points.into()),
        ],
    )
}

/// A line of a receipt, which has only the day of the receipt. `amount` is a quantity and `price` the
/// unit price.
fn line(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let id = doc.needed("receiptId")?;
    let time = doc.needed("timestamp")?;
    let at = match written_day(&time).filter(|_| time.ends_with("T00:00:00.000Z")) {
        Some(day) => midnight(day),
        None => moment(&time),
    };
    let Some((at, offset)) = at else {
        return wrong("timestamp", Reason::not_an_instant(time, "2013-10-05T00:00:00.000Z"));
    };
    let price = doc.euros("price")?;
    let quantity = doc.number("amount", 3)?;
    let amount = price.zip(quantity).and_then(|(price, quantity)| times(price, quantity, 1_000));
    let words = doc.text("typeLabel").unwrap_or_default().to_lowercase();
    let kind =
        LINE_KINDS.iter().find(|(word, _)| words.contains(word)).map_or(kind::OTHER, |(_, kind)| *kind);
    let shop = doc.text("origin").unwrap_or_else(|| "Intermarché".to_owned());
    out.push(
        Category::Purchases,
        &[
            (purchases::HOLDER, shop.as_str().into()),
            (purchases::ROW, row::LINE.into()),
            (purchases::RECEIPT, id.as_str().into()),
            (purchases::AT, at.into()),
            (purchases::UTC_OFFSET, offset.into()),
            (purchases::MERCHANT, shop.as_str().into()),
            (purchases::STORE, doc.text("intermarcheShopId").as_deref().into()),
            (purchases::CHANNEL, channel(doc, "isOnlineBuy").into()),
            (
                purchases::STATUS,
                if quantity.is_some_and(|q| q < 0) { status::RETURNED } else { status::BOUGHT }.into(),
            ),
            (purchases::LABEL, doc.text("label").as_deref().into()),
            (purchases::KIND, kind.into()),
            (purchases::GTIN, doc.text("barcode").filter(|code| is_gtin(code)).as_deref().into()),
            (purchases::QUANTITY, quantity.into()),
            (purchases::UNIT, quantity.filter(|quantity| quantity % 1_000 == 0).map(|_| unit::PIECE).into()),
            (purchases::UNIT_PRICE, price.into()),
            (purchases::AMOUNT, amount.into()),
            (purchases::CURRENCY, price.map(|_| "EUR").into()),
            (purchases::SHELF, doc.joined(&["sectionLabel", "familyLabel"], " / ").as_deref().into()),
        ],
    )
}

/// Whether a code is a GTIN with a correct check digit, and not a shop's own (prefixes 02 and 20 to 29 of
/// GTIN-13: weighed goods).
fn is_gtin(code: &str) -> bool {
    let digits = code.as_bytes();
    if !matches!(digits.len(), 8 | 12..=14) || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    if digits.len() == 13 && (digits[0] == b'2' || digits.starts_with(b"02")) {
        return false;
    }
    let weighted = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, digit)| u32::from(digit - b'0') * if index % 2 == 1 { 3 } else { 1 });
    weighted.sum::<u32>() % 10 == 0
}

/// A video, in one of three layouts. An order, which is free if a subscription pays for it, is a purchase
/// of one line; a mere viewing ("Visualisation") is not a purchase.
fn video(doc: &Doc<'_>, out: &mut Out<'_, '_>) -> Done {
    let was_viewed = doc.has("viewingDate");
    let (at, offset) = doc.instant(if was_viewed { "viewingDate" } else { "timestamp" })?;
    let price = doc.euros("price")?;
    let title = doc.first(&["content.title", "content.subTitle", "title"]);
    let offer = doc.first(&["details.offerName", "details.offer", "fromOffer"]);
    let is_watched = doc.text("action").is_some_and(|action| action == "Visualisation");
    if is_watched || was_viewed && price.is_none() {
        return out.push(
            Category::Browsing,
            &[
                (browsing::HOLDER, "Orange".into()),
                (browsing::AT, at.into()),
                (browsing::UTC_OFFSET, offset.into()),
                (browsing::KIND, browsing::kind::WATCH.into()),
                (browsing::PRODUCT, doc.first(&["details.service", "fromOffer"]).as_deref().into()),
                (browsing::TITLE, title.as_deref().into()),
            ],
        );
    }
    let Some(price) = price else { return wrong("price", Reason::Missing) };
    // "N": the order failed.
    let status = if doc.text("status").is_some_and(|status| status == "N") {
        status::CANCELLED
    } else {
        status::BOUGHT
    };
    let id = doc.first(&["orderId", "_id"]);
    let currency =
        doc.text("currency").filter(|currency| currency.len() == 3).unwrap_or_else(|| "EUR".to_owned());
    for row in [row::RECEIPT, row::LINE] {
        let of_line = |text: &Option<String>| text.clone().filter(|_| row == row::LINE);
        out.push(
            Category::Purchases,
            &[
                (purchases::HOLDER, "Orange".into()),
                (purchases::ROW, row.into()),
                (purchases::RECEIPT, id.as_deref().into()),
                (purchases::AT, at.into()),
                (purchases::UTC_OFFSET, offset.into()),
                (purchases::MERCHANT, "Orange".into()),
                (purchases::CHANNEL, channel::ONLINE.into()),
                (purchases::STATUS, status.into()),
                (purchases::LABEL, of_line(&title).as_deref().into()),
                (purchases::KIND, (row == row::LINE).then_some(kind::PRODUCT).into()),
                (purchases::SHELF, of_line(&offer).as_deref().into()),
                (purchases::AMOUNT, price.into()),
                (purchases::CURRENCY, currency.as_str().into()),
            ],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    #[test]
    fn amounts_of_receipts_are_points_and_of_lines_quantities() {
        let file = r#"[
          {"docType":"Receipt","receiptId":"1","timestamp":"2013-10-05T11:23:00.000Z","amount":0,"total":7.3500000000000005,
           "acquiredPoints":12,"isOnline":false,"transaction":"Vente"},
          {"docType":"ReceiptDetail","receiptId":"1","timestamp":"2013-10-05T00:00:00.000Z","barcode":"4006381333931",
           "label":"STYLO","typeLabel":"Article","price":3.25,"amount":1},
          {"docType":"ReceiptDetail","receiptId":"1","timestamp":"2013-10-05T00:00:00.000Z","barcode":"0250000012345",
           "label":"POMME","typeLabel":"Article","price":2.05,"amount":0.304},
          {"docType":"ReceiptDetail","receiptId":null,"timestamp":"2013-10-05T00:00:00.000Z","price":2.05,"amount":1},
          {"docType":"ReceiptDetail","receiptId":"1","timestamp":"2013-10-055","price":2.05,"amount":1}]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("mesinfos-receipts-json", 3, 2)
        );
        let batch = &batches[0];
        let all = |field: usize| (0..3).map(|row| batch.integer(field, row)).collect::<Vec<_>>();
        assert_eq!(all(purchases::AMOUNT), [Some(735), Some(325), Some(62)]);
        assert_eq!(all(purchases::POINTS), [Some(12), None, None]);
        assert_eq!(all(purchases::QUANTITY), [None, Some(1_000), Some(304)]);
        assert_eq!(batch.text(purchases::GTIN, 1), Some("4006381333931"));
        assert_eq!(batch.text(purchases::GTIN, 2), None);
    }

    #[test]
    fn gtins_are_checked() {
        assert!(is_gtin("4006381333931") && is_gtin("96385074") && is_gtin("036000291452"));
        for bad in ["4006381333932", "2500000123454", "", "40063813339", "40063813339x1"] {
            assert!(!is_gtin(bad), "{bad}");
        }
    }

    #[test]
    fn videos_are_bought_or_watched() {
        let file = r#"[
          {"docType":"fr.orange.videostream","timestamp":"2016-12-30T18:52:55Z","content":{"title":"Film"},
           "price":15.99,"action":"Commande","_id":"a"},
          {"docType":"fr.orange.videostream","timestamp":"2016-12-30T18:52:55Z","content":{"title":"Film"},
           "price":0,"action":"Visualisation","viewingDuration":100},
          {"docType":"VideoStream","viewingDate":"2016-10-24T18:45:12Z","title":"Magazine","fromOffer":"24/24 TV"}]"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows), ("mesinfos-video-json", 4));
        assert_eq!(batches.len(), 2);
    }
}
