//! Receipts and their lines (schema.org `Order` and `OrderItem`).

use super::{CURRENCY_FIELD, Category, Grain, Identity, Schema, UTC_OFFSET_FIELD, Unit, code, codes, holder, instant, int, money, pseudonym, term, text};

fields! {
    HOLDER = holder(["enseigne", "shop’s data holder"], [
        "qui a donné ces tickets, p. ex. « Intermarché »",
        "who gave the data, e.g. \"Intermarché\"",
    ]),
    ROW = codes("row", &[
        code("receipt", "ticket", "receipt"),
        code("line", "ligne", "line"),
    ], ["nature de la ligne", "kind of row"]).about([
        "le ticket, ou l’une de ses lignes : ne pas additionner les deux",
        "the receipt, or one of its lines: never add the two",
    ]),
    RECEIPT = pseudonym("receipt", ["ticket", "receipt"])
        .about(["le même pour le ticket et ses lignes", "the same for a receipt and its lines"]),
    AT = instant("at", ["date et heure", "date and time"]),
    UTC_OFFSET = UTC_OFFSET_FIELD,
    MERCHANT = term("merchant", ["commerçant", "merchant"]),
    STORE = term("store", ["magasin", "store"]).named().about([
        "le magasin précis : il dit où l’on vit",
        "which store: it says where someone lives",
    ]),
    CHANNEL = codes("channel", &[
        code("store", "en magasin", "in store"),
        code("online", "en ligne", "online"),
    ], ["canal", "channel"]),
    STATUS = codes("status", &[
        code("bought", "acheté", "bought"),
        code("cancelled", "annulé", "cancelled"),
        code("returned", "retourné", "returned"),
    ], ["état", "status"]),
    LABEL = text("label", ["produit", "product"])
        .about(["les mots du ticket", "the wording of the receipt"]),
    KIND = codes("kind", &[
        code("product", "produit", "product"),
        code("discount", "remise", "discount"),
        code("deposit", "consigne", "deposit"),
        code("delivery", "livraison", "delivery"),
        code("voucher", "bon d’achat", "voucher"),
        code("other", "autre", "other"),
    ], ["nature de l’article", "kind of line"]),
    GTIN = term("gtin", ["code-barres", "barcode"]).about([
        "GTIN (EAN-13, UPC) vérifié ; absent pour les codes internes du magasin",
        "checked GTIN (EAN-13, UPC); missing for codes of the store’s own",
    ]),
    QUANTITY = int("quantity", Unit::Thousandths, ["quantité", "quantity"])
        .about(["millièmes de `unit`", "thousandths of `unit`"]),
    UNIT = codes("unit", &[
        code("piece", "pièce", "piece"),
        code("kilogram", "kilogramme", "kilogram"),
        code("litre", "litre", "litre"),
        code("metre", "mètre", "metre"),
    ], ["unité", "unit"]),
    UNIT_PRICE = money("unit-price", ["prix unitaire", "unit price"]),
    AMOUNT = money("amount", ["montant", "amount"]).about([
        "ce qui a été payé : du ticket entier, ou de la ligne, remise déduite",
        "what was paid: for the whole receipt, or for the line, discount taken off",
    ]),
    DISCOUNT = money("discount", ["remise", "discount"])
        .about(["ce qui a été déduit, positif", "what was taken off, positive"]),
    CURRENCY = CURRENCY_FIELD,
    SHELF = term("shelf", ["rayon", "shelf"])
        .about(["où l’enseigne range le produit, dans ses mots", "where the shop files the product, in its own words"]),
    POINTS = int("points", Unit::Points, ["points de fidélité", "loyalty points"]),
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
    totals: &[(AMOUNT, Some(ROW))],
    fr: "achats",
    en: "purchases",
    about_fr: "Tickets de caisse et commandes, avec leurs lignes (schema.org `Order`, `OrderItem`).",
    about_en: "Receipts and orders, with their lines (schema.org `Order`, `OrderItem`).",
    sdk: ("Purchase", "purchases"),
};
