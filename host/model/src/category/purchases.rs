//! Receipts and their lines (schema.org `Order` and `OrderItem`).

use super::{Alike, CURRENCY_FIELD, Category, Grain, Identity, Name, Parts, Revision, Schema, UTC_OFFSET_FIELD, Unit, Within, codes, holder, instant, int, money, pseudonym, term, text};

codes! {
    row {
        RECEIPT = code("receipt", "ticket", "receipt"),
        LINE = code("line", "ligne", "line"),
    }
    channel {
        STORE = code("store", "en magasin", "in store"),
        ONLINE = code("online", "en ligne", "online"),
    }
    status {
        BOUGHT = code("bought", "acheté", "bought"),
        CANCELLED = code("cancelled", "annulé", "cancelled"),
        RETURNED = code("returned", "retourné", "returned"),
    }
    kind {
        PRODUCT = code("product", "produit", "product"),
        DISCOUNT = code("discount", "remise", "discount"),
        DEPOSIT = code("deposit", "consigne", "deposit"),
        DELIVERY = code("delivery", "livraison", "delivery"),
        VOUCHER = code("voucher", "bon d’achat", "voucher"),
        OTHER = code("other", "autre", "other"),
    }
    unit {
        PIECE = code("piece", "pièce", "piece"),
        KILOGRAM = code("kilogram", "kilogramme", "kilogram"),
        LITRE = code("litre", "litre", "litre"),
        METRE = code("metre", "mètre", "metre"),
    }
}

fields! {
    1: HOLDER = holder(["enseigne", "shop’s data holder"], [
        "qui a donné ces tickets, p. ex. « Intermarché »",
        "who gave the data, e.g. \"Intermarché\"",
    ]),
    2: ROW = codes("row", row::CODES, ["nature de la ligne", "kind of row"]).about([
        "le ticket, ou l’une de ses lignes : ne pas additionner les deux",
        "the receipt, or one of its lines: never add the two",
    ]),
    3: RECEIPT = pseudonym("receipt", ["ticket", "receipt"])
        .about(["le même pour le ticket et ses lignes", "the same for a receipt and its lines"]),
    4: AT = instant("at", ["date et heure", "date and time"]),
    5: UTC_OFFSET = UTC_OFFSET_FIELD,
    6: MERCHANT = term("merchant", ["commerçant", "merchant"]),
    7: STORE = term("store", ["magasin", "store"]).named().about([
        "le magasin précis : il dit où l’on vit",
        "which store: it says where someone lives",
    ]),
    8: CHANNEL = codes("channel", channel::CODES, ["canal", "channel"]),
    9: STATUS = codes("status", status::CODES, ["état", "status"]),
    10: LABEL = text("label", ["produit", "product"])
        .about(["tel qu’il est écrit sur le ticket", "the wording of the receipt"]),
    11: KIND = codes("kind", kind::CODES, ["nature de l’article", "kind of line"]),
    12: GTIN = term("gtin", ["code-barres", "barcode"]).about([
        "GTIN (EAN-13, UPC) vérifié ; absent pour les codes internes du magasin",
        "checked GTIN (EAN-13, UPC); missing for codes of the store’s own",
    ]),
    13: QUANTITY = int("quantity", Unit::Thousandths, ["quantité", "quantity"])
        .about(["millièmes de `unit`", "thousandths of `unit`"]),
    14: UNIT = codes("unit", unit::CODES, ["unité", "unit"]),
    15: UNIT_PRICE = money("unit-price", ["prix unitaire", "unit price"]),
    16: AMOUNT = money("amount", ["montant", "amount"]).about([
        "ce qui a été payé : du ticket entier, ou de la ligne, remise déduite",
        "what was paid: for the whole receipt, or for the line, discount taken off",
    ]),
    17: DISCOUNT = money("discount", ["remise", "discount"])
        .about(["ce qui a été déduit, positif", "what was taken off, positive"]),
    18: CURRENCY = CURRENCY_FIELD,
    19: SHELF = term("shelf", ["rayon", "shelf"])
        .about(["où l’enseigne range le produit, dans ses propres termes", "where the shop files the product, in its own words"]),
    20: POINTS = int("points", Unit::Points, ["points de fidélité", "loyalty points"]),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Purchases,
    version: 1,
    fields: FIELDS,
    time: AT,
    end: None,
    undated: false,
    utc_offset: Some(UTC_OFFSET),
    holder: HOLDER,
    grains: &[Grain::Raw, Grain::Rounded],
    series: None,
    identity: Identity::Multiset(&[RECEIPT, ROW, AT, LABEL, GTIN, QUANTITY, AMOUNT]),
    alike: Some(Alike {
        equal: &[ROW, AMOUNT],
        measures: &[AMOUNT],
        compatible: &[CURRENCY, GTIN, QUANTITY, MERCHANT],
        within: 60,
        pending: None,
    }),
    parts: Some(Parts { of: RECEIPT, kind: ROW, sums: &[row::RECEIPT], parts: &[row::LINE] }),
    revision: Revision {
        values: &[STATUS, UNIT_PRICE, DISCOUNT],
        names: &[Name { required: &[RECEIPT], others: &[ROW, LABEL], within: Within::Days }],
        firmness: None,
    },
    totals: &[(AMOUNT, Some(ROW))],
    fr: "achats",
    en: "purchases",
    about_fr: "Tickets de caisse et commandes, avec leurs lignes (schema.org `Order`, `OrderItem`).",
    about_en: "Receipts and orders, with their lines (schema.org `Order`, `OrderItem`).",
    sdk: ("Purchase", "purchases"),
};
