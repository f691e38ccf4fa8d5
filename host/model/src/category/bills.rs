//! Bills of a provider, their lines, payments and refunds (ESPI `UsageSummary`, schema.org `Invoice`).

use super::{Alike, CURRENCY_FIELD, Category, Grain, Identity, Name, Parts, Revision, Schema, Within, codes, date, holder, money, pseudonym, term, text};

codes! {
    row {
        BILL = code("bill", "facture", "bill"),
        LINE = code("line", "ligne", "line"),
        PAYMENT = code("payment", "paiement", "payment"),
    }
    service {
        ENERGY = code("energy", "énergie", "energy"),
        TELECOM = code("telecom", "téléphone", "telephone"),
        INTERNET = code("internet", "internet", "internet"),
        WATER = code("water", "eau", "water"),
        INSURANCE = code("insurance", "assurance", "insurance"),
        HEALTH = code("health", "santé", "health"),
        VIDEO = code("video", "vidéo", "video"),
        TRANSPORT = code("transport", "transport", "transport"),
        HOUSING = code("housing", "logement", "housing"),
        OTHER = code("other", "autre", "other"),
    }
    kind {
        SUBSCRIPTION = code("subscription", "abonnement", "subscription"),
        USAGE = code("usage", "consommation", "usage"),
        TAX = code("tax", "taxe", "tax"),
        CREDIT = code("credit", "avoir", "credit"),
        FEE = code("fee", "frais", "fee"),
        OTHER = code("other", "autre", "other"),
    }
    status {
        DUE = code("due", "à payer", "due"),
        PAID = code("paid", "payée", "paid"),
        REFUNDED = code("refunded", "remboursée", "refunded"),
    }
}

fields! {
    1: HOLDER = holder(["émetteur", "issuer"], [
        "qui a donné ces factures, p. ex. « EDF »",
        "who gave the data, e.g. \"EDF\"",
    ]),
    2: ROW = codes("row", row::CODES, ["nature de la ligne", "kind of row"]).about([
        "la facture, l’une de ses lignes, ou un paiement : ne pas les additionner",
        "the bill, one of its lines, or a payment: never add them together",
    ]),
    3: BILL = pseudonym("bill", ["facture", "bill"])
        .about(["la même pour la facture et ses lignes", "the same for a bill and its lines"]),
    4: CONTRACT = pseudonym("contract", ["contrat", "contract"])
        .about(["le même que dans `contracts`", "the same as in `contracts`"]),
    5: ISSUED_ON = date("issued-on", ["date de facture", "date of issue"]),
    6: DUE_ON = date("due-on", ["date limite de paiement", "due on"]),
    7: PERIOD_FROM = date("period-from", ["début de période", "first day of the period"]),
    8: PERIOD_UNTIL = date("period-until", ["fin de période", "end of the period"])
        .about(["le jour d’après le dernier", "the day after the last one"]),
    9: VENDOR = term("vendor", ["fournisseur", "provider"]),
    10: SERVICE = codes("service", service::CODES, ["service", "service"]),
    11: KIND = codes("kind", kind::CODES, ["nature de la ligne de facture", "kind of line"]),
    12: LABEL = text("label", ["libellé", "label"]),
    13: AMOUNT = money("amount", ["montant", "amount"]).about([
        "toutes taxes comprises ; négatif : un remboursement",
        "taxes included; negative is a refund",
    ]),
    14: CURRENCY = CURRENCY_FIELD,
    15: STATUS = codes("status", status::CODES, ["état", "status"]),
    16: METHOD = term("method", ["moyen de paiement", "means of payment"]),
    17: NUMBER = text("number", ["numéro", "number"]).named()
        .about(["le numéro que le fournisseur lui donne", "the provider’s own number"]),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Bills,
    version: 1,
    fields: FIELDS,
    time: ISSUED_ON,
    end: None,
    undated: false,
    utc_offset: None,
    holder: HOLDER,
    grains: &[Grain::Raw, Grain::Rounded],
    series: None,
    identity: Identity::Multiset(&[ROW, BILL, CONTRACT, ISSUED_ON, PERIOD_FROM, LABEL, AMOUNT, CURRENCY]),
    alike: Some(Alike {
        equal: &[ROW, AMOUNT, CURRENCY],
        measures: &[AMOUNT],
        compatible: &[CONTRACT, SERVICE],
        within: 0,
        pending: None,
    }),
    parts: Some(Parts { of: BILL, kind: ROW, sums: &[row::BILL, row::PAYMENT], parts: &[row::LINE] }),
    revision: Revision {
        values: &[DUE_ON, PERIOD_UNTIL, STATUS],
        // Without the contract, two lines of one operator have bills of one number.
        names: &[Name { required: &[BILL, CONTRACT], others: &[ROW, LABEL], within: Within::Always }],
        firmness: None,
    },
    totals: &[(AMOUNT, Some(ROW))],
    fr: "factures",
    en: "bills",
    about_fr: "Factures, leurs lignes et leurs paiements (ESPI `UsageSummary`, schema.org `Invoice`).",
    about_en: "Bills, their lines and payments (ESPI `UsageSummary`, schema.org `Invoice`).",
    sdk: ("Bill", "bills"),
};
