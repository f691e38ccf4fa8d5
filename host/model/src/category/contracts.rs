//! Contracts and claims under them (schema.org `Service`).

use super::{CURRENCY_FIELD, Category, End, Grain, Identity, Parts, Revision, Schema, Unit, codes, date, holder, int, money, pseudonym, term, text};

codes! {
    row {
        CONTRACT = code("contract", "contrat", "contract"),
        COVERED = code("covered", "objet couvert", "thing covered"),
        CLAIM = code("claim", "sinistre", "claim"),
    }
    kind {
        HOME = code("home", "habitation", "home insurance"),
        VEHICLE = code("vehicle", "véhicule", "vehicle insurance"),
        HEALTH = code("health", "santé", "health insurance"),
        ENERGY = code("energy", "énergie", "energy"),
        TELECOM = code("telecom", "téléphone", "telephone"),
        INTERNET = code("internet", "internet", "internet"),
        WATER = code("water", "eau", "water"),
        BANK = code("bank", "banque", "bank"),
        TRANSPORT = code("transport", "transport", "transport"),
        OTHER = code("other", "autre", "other"),
    }
    status {
        ACTIVE = code("active", "en cours", "active"),
        ENDED = code("ended", "terminé", "ended"),
        OPEN = code("open", "ouvert", "open"),
        CLOSED = code("closed", "clos", "closed"),
    }
    premium_period {
        MONTH = code("month", "mois", "month"),
        QUARTER = code("quarter", "trimestre", "quarter"),
        YEAR = code("year", "an", "year"),
        ONCE = code("once", "une fois", "once"),
    }
}

fields! {
    1: HOLDER = holder(["cocontractant", "provider"], [
        "qui a donné ces contrats, p. ex. « MAIF »",
        "who gave the data, e.g. \"MAIF\"",
    ]),
    2: ROW = codes("row", row::CODES, ["nature de la ligne", "kind of row"]),
    3: CONTRACT = pseudonym("contract", ["contrat", "contract"]).about([
        "le même pour le contrat, ce qu’il couvre et ses sinistres",
        "the same for a contract, what it covers and its claims",
    ]),
    4: START = date("start", ["début", "start"])
        .about(["du contrat ; d’un sinistre, son jour", "of the contract; of a claim, its day"]),
    5: END = date("end", ["fin", "end"]),
    6: KIND = codes("kind", kind::CODES, ["type", "kind"]),
    7: PRODUCT = text("product", ["produit", "product"]),
    8: PLAN = text("plan", ["formule", "plan"])
        .about(["formule, option tarifaire", "level of cover, option of the price"]),
    9: STATUS = codes("status", status::CODES, ["état", "status"]),
    10: PREMIUM = money("premium", ["prix", "price"])
        .about(["par `premium-period`, taxes comprises", "for each `premium-period`, taxes included"]),
    11: PREMIUM_PERIOD = codes("premium-period", premium_period::CODES, ["période du prix", "period of the price"]),
    12: CURRENCY = CURRENCY_FIELD,
    13: POWER = int("power", Unit::VoltAmperes, ["puissance souscrite", "subscribed power"]),
    14: COVERED = text("covered", ["ce qui est couvert", "what is covered"]),
    15: AMOUNT = money("amount", ["montant du sinistre", "amount of the claim"]),
    16: PLACE_NAME = text("place-name", ["lieu", "where"]).named(),
    17: PLATE = term("plate", ["immatriculation", "number plate"]).named(),
    18: NUMBER = text("number", ["numéro", "number"]).named()
        .about(["le numéro du contrat ou du sinistre", "the number of the contract or claim"]),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Contracts,
    version: 1,
    fields: FIELDS,
    time: START,
    end: Some(End::Day(END)),
    undated: true,
    utc_offset: None,
    holder: HOLDER,
    grains: &[Grain::Raw, Grain::Rounded],
    series: None,
    identity: Identity::Set(&[ROW, CONTRACT, START, KIND, PRODUCT, COVERED, NUMBER]),
    alike: None,
    parts: Some(Parts { of: CONTRACT, kind: ROW, sums: &[row::CONTRACT], parts: &[row::COVERED] }),
    revision: Revision {
        values: &[END, PLAN, STATUS, PREMIUM, PREMIUM_PERIOD, POWER, AMOUNT],
        names: &[],
        firmness: None,
    },
    totals: &[(PREMIUM, Some(ROW))],
    fr: "contrats et sinistres",
    en: "contracts and claims",
    about_fr: "Contrats (assurance, énergie, téléphone…), ce qu’ils couvrent, et les sinistres.",
    about_en: "Contracts (insurance, energy, telephone…), what they cover, and claims.",
    sdk: ("Contract", "contracts"),
};
