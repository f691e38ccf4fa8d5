//! What is to be paid to a provider, and what came back (ESPI `UsageSummary`, schema.org `Invoice`).

use super::{CURRENCY_FIELD, Category, Grain, Identity, Schema, code, codes, date, holder, money, pseudonym, term, text};

fields! {
    1: HOLDER = holder(["émetteur", "issuer"], [
        "qui a donné ces factures, p. ex. « EDF »",
        "who gave the data, e.g. \"EDF\"",
    ]),
    2: ROW = codes("row", &[
        code("bill", "facture", "bill"),
        code("line", "ligne", "line"),
        code("payment", "paiement", "payment"),
    ], ["nature de la ligne", "kind of row"]).about([
        "la facture, l’une de ses lignes, ou un paiement : ne pas additionner",
        "the bill, one of its lines, or a payment: never add them together",
    ]),
    3: BILL = pseudonym("bill", ["facture", "bill"])
        .about(["la même pour la facture et ses lignes", "the same for a bill and its lines"]),
    4: CONTRACT = pseudonym("contract", ["contrat", "contract"])
        .about(["le même que dans `contracts`", "the same as in `contracts`"]),
    5: ISSUED_ON = date("issued-on", ["date de facture", "date of issue"]),
    6: DUE_ON = date("due-on", ["à payer le", "due on"]),
    7: PERIOD_FROM = date("period-from", ["début de période", "first day of the period"]),
    8: PERIOD_UNTIL = date("period-until", ["fin de période", "end of the period"])
        .about(["le jour d’après le dernier", "the day after the last one"]),
    9: VENDOR = term("vendor", ["fournisseur", "provider"]),
    10: SERVICE = codes("service", &[
        code("energy", "énergie", "energy"),
        code("telecom", "téléphone", "telephone"),
        code("internet", "internet", "internet"),
        code("water", "eau", "water"),
        code("insurance", "assurance", "insurance"),
        code("health", "santé", "health"),
        code("video", "vidéo", "video"),
        code("transport", "transport", "transport"),
        code("housing", "logement", "housing"),
        code("other", "autre", "other"),
    ], ["service", "service"]),
    11: KIND = codes("kind", &[
        code("subscription", "abonnement", "subscription"),
        code("usage", "consommation", "usage"),
        code("tax", "taxe", "tax"),
        code("credit", "avoir", "credit"),
        code("fee", "frais", "fee"),
        code("other", "autre", "other"),
    ], ["nature de la ligne de facture", "kind of line"]),
    12: LABEL = text("label", ["libellé", "label"]),
    13: AMOUNT = money("amount", ["montant", "amount"]).about([
        "toutes taxes comprises ; négatif : un remboursement",
        "taxes included; negative is a refund",
    ]),
    14: CURRENCY = CURRENCY_FIELD,
    15: STATUS = codes("status", &[
        code("due", "à payer", "due"),
        code("paid", "payée", "paid"),
        code("refunded", "remboursée", "refunded"),
    ], ["état", "status"]),
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
    totals: &[(AMOUNT, Some(ROW))],
    fr: "factures",
    en: "bills",
    about_fr: "Factures, leurs lignes et leurs paiements (ESPI `UsageSummary`, schema.org `Invoice`).",
    about_en: "Bills, their lines and payments (ESPI `UsageSummary`, schema.org `Invoice`).",
    sdk: ("Bill", "bills"),
};
