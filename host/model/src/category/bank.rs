//! Transactions on bank accounts (ISO 20022 `Ntry`).

use super::{Alike, CURRENCY_FIELD, Category, Firmness, Grain, Identity, Name, Revision, Schema, Unit, Within, codes, date, holder, int, money, pseudonym, term, text};

codes! {
    status {
        BOOKED = code("booked", "passée", "booked"),
        PENDING = code("pending", "à venir", "pending"),
        REVERSED = code("reversed", "annulée", "reversed"),
    }
    kind {
        CARD = code("card", "carte", "card"),
        TRANSFER = code("transfer", "virement", "transfer"),
        DIRECT_DEBIT = code("direct-debit", "prélèvement", "direct debit"),
        CASH = code("cash", "espèces", "cash"),
        CHEQUE = code("cheque", "chèque", "cheque"),
        FEE = code("fee", "frais", "fee"),
        INTEREST = code("interest", "intérêts", "interest"),
        DEPOSIT = code("deposit", "dépôt", "deposit"),
        OTHER = code("other", "autre", "other"),
    }
}

fields! {
    1: HOLDER = holder(["banque", "bank"], [
        "qui a donné ces opérations, p. ex. « Boursorama »",
        "who gave the data, e.g. \"Boursorama\"",
    ]),
    2: ACCOUNT = pseudonym("account", ["compte", "account"]).about([
        "le même pour toutes les opérations d’un compte ; jamais son numéro",
        "the same for all rows of one account; never its number",
    ]),
    3: BOOKED_ON = date("booked-on", ["date d’opération", "booking date"]),
    4: VALUE_ON = date("value-on", ["date de valeur", "value date"]),
    5: AMOUNT = money("amount", ["montant", "amount"])
        .about(["positif : l’argent entre", "positive is money coming in"]),
    6: CURRENCY = CURRENCY_FIELD,
    7: BALANCE = money("balance", ["solde", "balance"]).running()
        .about(["solde du compte après l’opération", "balance of the account after the booking"]),
    8: STATUS = codes("status", status::CODES, ["état", "status"]),
    9: KIND = codes("kind", kind::CODES, ["type d’opération", "kind of movement"]),
    10: LABEL = text("label", ["libellé", "label"]).about([
        "dans les termes de la banque ; des parties peuvent être masquées par « * »",
        "the holder’s wording; parts may be masked with `*`",
    ]),
    11: COUNTERPARTY = term("counterparty", ["tiers", "other party"]).about([
        "le nom de l’autre partie, si la banque le donne",
        "the other party’s name, where the holder gives one",
    ]),
    12: MERCHANT_CATEGORY = int("merchant-category", Unit::Count, ["catégorie du commerçant", "merchant category"])
        .about(["code de catégorie de commerçant (ISO 18245)", "merchant category code (ISO 18245)"]),
    13: BANK_CATEGORY = term("bank-category", ["catégorie de la banque", "bank’s category"])
        .about(["où la banque range l’opération, dans ses propres termes", "where the bank files the movement, in its own words"]),
    14: REFERENCE = text("reference", ["référence", "reference"]).named().about([
        "la référence de l’opération chez la banque",
        "the bank’s own reference of the booking",
    ]),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Bank,
    version: 2,
    fields: FIELDS,
    time: BOOKED_ON,
    end: None,
    undated: false,
    utc_offset: None,
    holder: HOLDER,
    grains: &[Grain::Raw, Grain::Rounded],
    series: None,
    identity: Identity::Multiset(&[ACCOUNT, BOOKED_ON, AMOUNT, CURRENCY, BALANCE, LABEL, REFERENCE]),
    alike: Some(Alike {
        equal: &[AMOUNT, CURRENCY],
        measures: &[AMOUNT],
        compatible: &[ACCOUNT],
        // A card payment is booked some days after it was announced.
        within: 5,
        pending: Some((STATUS, status::PENDING)),
    }),
    parts: None,
    revision: Revision {
        values: &[VALUE_ON, STATUS, COUNTERPARTY, MERCHANT_CATEGORY, BANK_CATEGORY],
        names: &[
            // A reference may be that of a mandate or an order, and be there each month.
            Name {
                required: &[REFERENCE, ACCOUNT, AMOUNT],
                others: &[CURRENCY],
                within: Within::Days,
            },
            // The identity without the balance, which moves when the bank inserts a booking before it.
            Name {
                required: &[AMOUNT],
                others: &[ACCOUNT, BOOKED_ON, CURRENCY, LABEL, REFERENCE],
                within: Within::InnerDays,
            },
        ],
        firmness: Some(Firmness { field: STATUS, firm: &[], provisional: &[status::PENDING] }),
    },
    totals: &[(AMOUNT, None)],
    fr: "opérations bancaires",
    en: "bank transactions",
    about_fr: "Mouvements sur les comptes en banque, une ligne par écriture (ISO 20022 `Ntry`).",
    about_en: "Movements on bank accounts, one row for each booking (ISO 20022 `Ntry`).",
    sdk: ("Transaction", "transactions"),
};
