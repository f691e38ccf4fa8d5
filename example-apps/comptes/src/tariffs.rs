//! Published tariffs of French banks, each with its sources. Amounts are in cents, all taxes included.
//!
//! A price that no document that was read states is not here: it is `Unknown`, and the view says so. Most documents are
//! the press on a bank's brochure, not the brochure itself, because few brochures could be read; the README has the
//! addresses. Prices are those of one entry card with immediate debit, for an adult, outside promotions.

use mesinfos_sdk::Date;

/// Text in French and English.
pub(crate) type Words = (&'static str, &'static str);

/// Price of a payment or a withdrawal in another currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abroad {
    Unknown,
    Free,
    /// Ten-thousandths of the amount, and at most these cents.
    Rate {
        rate: i64,
        most: Option<i64>,
    },
    /// Cost of one of 100 euros; how it depends on the amount is not said.
    ForHundred(i64),
    /// So many a month are free, then a rate.
    After {
        free: usize,
        rate: i64,
    },
    /// So many a year are free; what comes then is not said.
    Yearly(usize),
}

/// Price of a withdrawal in euros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cash {
    Free,
    /// At machines of other banks, so many a month are free; then each costs this, if it is known. At machines of the
    /// bank itself (`own`) all are.
    Each {
        free: usize,
        then: Option<i64>,
        own: bool,
    },
}

/// A document that states prices.
pub(crate) struct Document {
    /// Name. All of them are in French.
    pub(crate) name: Words,
    /// Publication that was read, if it is not the document itself.
    pub(crate) read_in: Option<Words>,
    /// Year, month and day since when the prices apply or, in the press, were published; none if the page has no date.
    pub(crate) on: Option<(i32, u8, u8)>,
}

impl Document {
    pub(crate) fn day(&self) -> Option<Date> {
        let (year, month, day) = self.on?;
        Date::new(year, month, day)
    }
}

/// A tariff.
pub(crate) struct Tariff {
    pub(crate) bank: &'static str,
    pub(crate) name: Words,
    /// Keeping the account, for a year; with the card if it is a package.
    pub(crate) account: i64,
    /// The card, for a year; `None` if the account includes it.
    pub(crate) card: Option<i64>,
    /// A whole month without a payment by card.
    pub(crate) idle: i64,
    pub(crate) abroad: Abroad,
    pub(crate) abroad_cash: Abroad,
    pub(crate) cash: Cash,
    /// For each payment passed beyond the limit; if it is not known, the law bounds it.
    pub(crate) intervention: Option<i64>,
    /// Whether it can be overdrawn.
    pub(crate) overdraft: bool,
    /// Whether there are cheques, if it is known.
    pub(crate) cheques: Option<bool>,
    pub(crate) conditions: Words,
    pub(crate) sources: &'static [&'static Document],
}

/// Most that a bank may take for a payment beyond the limit (décret n° 2013-931).
pub(crate) const INTERVENTION: i64 = 800;

static POSTALE_2026: Document = Document {
    name: (
        "La Banque Postale, brochure tarifaire au 1er janvier 2026",
        "La Banque Postale, price list of 1 January 2026",
    ),
    read_in: Some(("Infonet, d’après MoneyVox", "Infonet, after MoneyVox")),
    on: Some((2026, 1, 1)),
};

static POSTALE_ABROAD: Document = Document {
    name: (
        "La Banque Postale, « Frais bancaires à l’étranger »",
        "La Banque Postale, page about charges abroad",
    ),
    read_in: None,
    on: None,
};

static POSTALE_2024: Document = Document {
    name: (
        "La Banque Postale, brochure tarifaire au 1er janvier 2024",
        "La Banque Postale, price list of 1 January 2024",
    ),
    read_in: Some(("MoneyVox", "MoneyVox")),
    on: Some((2024, 1, 1)),
};

static NORD_2024: Document = Document {
    name: (
        "Crédit Agricole Nord de France, tarifs au 1er novembre 2024",
        "Crédit Agricole Nord de France, prices of 1 November 2024",
    ),
    read_in: Some(("MoneyVox", "MoneyVox")),
    on: Some((2024, 11, 1)),
};

static BNP_2026: Document = Document {
    name: (
        "BNP Paribas, brochure tarifaire au 1er janvier 2026",
        "BNP Paribas, price list of 1 January 2026",
    ),
    read_in: Some(("Économie Matin", "Économie Matin")),
    on: Some((2026, 1, 1)),
};

static CLCV_2026: Document = Document {
    name: (
        "CLCV, palmarès des tarifs au 1er février 2026, profil « petit consommateur », Île-de-France",
        "CLCV (consumers’ association), ranking of prices of 1 February 2026, light use, Paris region",
    ),
    read_in: Some(("Linternaute", "Linternaute")),
    on: Some((2026, 2, 1)),
};

static FORTUNEO_2026: Document = Document {
    name: ("Fortuneo, brochure tarifaire au 9 février 2026", "Fortuneo, price list of 9 February 2026"),
    read_in: Some(("MoneyVox", "MoneyVox")),
    on: Some((2026, 2, 9)),
};

static TRAVEL: Document = Document {
    name: ("MoneyVox, comparatif des cartes pour voyager", "MoneyVox, comparison of cards for travel"),
    read_in: None,
    on: None,
};

static ABROAD_2024: Document = Document {
    name: ("Panorabanques, frais à l’étranger", "Panorabanques, charges abroad"),
    read_in: Some(("RMC BFM", "RMC BFM")),
    on: Some((2024, 6, 9)),
};

static IDLE: Document = Document {
    name: (
        "comparateurbanque.com, frais d’inactivité de carte",
        "comparateurbanque.com, charges for an unused card",
    ),
    read_in: None,
    on: None,
};

static ONLINE_2023: Document = Document {
    name: (
        "Banque de France, Observatoire des tarifs bancaires, banques en ligne",
        "Banque de France, observatory of bank charges, online banks",
    ),
    read_in: Some(("Économie Matin", "Économie Matin")),
    on: Some((2023, 3, 23)),
};

static LIMIT: Document = Document {
    name: ("01banque-en-ligne.fr, frais de découvert", "01banque-en-ligne.fr, overdraft charges"),
    read_in: None,
    on: None,
};

static ULTIM: Document = Document {
    name: ("ma-resiliation.fr, carte Ultim de BoursoBank", "ma-resiliation.fr, BoursoBank’s Ultim card"),
    read_in: None,
    on: None,
};

static N26_CASH: Document = Document {
    name: (
        "N26, aide, « Quelle est la fréquence des retraits gratuits ? »",
        "N26, help page on free withdrawals",
    ),
    read_in: None,
    on: None,
};

static N26_2020: Document = Document {
    name: ("N26, liste des prix pour la France, version 1.7", "N26, price list for France, version 1.7"),
    read_in: None,
    on: Some((2020, 9, 28)),
};

static MATCH: Document = Document {
    name: ("MoneyVox, « Ultim contre Fosfo »", "MoneyVox, “Ultim or Fosfo”"),
    read_in: None,
    on: None,
};

static BASKET: [&Document; 1] = [&CLCV_2026];

/// A bank whose only price that was read is that of a usual basket.
const fn basket(bank: &'static str, name: Words, cents: i64) -> Tariff {
    Tariff {
        bank,
        name,
        account: cents,
        card: None,
        idle: 0,
        abroad: Abroad::Unknown,
        abroad_cash: Abroad::Unknown,
        cash: Cash::Each { free: 1, then: None, own: true },
        intervention: None,
        overdraft: true,
        cheques: Some(true),
        conditions: (
            "Le prix est celui d’un panier : compte, carte classique, prélèvements et un retrait par mois à une autre banque. Île-de-France.",
            "The price is that of a basket: account, classic card, direct debits and one withdrawal a month at another bank. Île-de-France.",
        ),
        sources: &BASKET,
    }
}

/// The tariffs: as many as a view has place for, beside what the person pays.
pub(crate) static TARIFFS: [Tariff; 11] = [
    Tariff {
        bank: "BoursoBank",
        name: ("Ultim", "Ultim"),
        account: 0,
        card: Some(0),
        idle: 900,
        abroad: Abroad::Free,
        abroad_cash: Abroad::After { free: 3, rate: 169 },
        cash: Cash::Free,
        intervention: Some(0),
        overdraft: true,
        cheques: Some(true),
        conditions: (
            "Banque en ligne. Un paiement par carte chaque mois, sinon 9\u{a0}€. Versement à l’ouverture.",
            "Online bank. One card payment each month, else €9. A deposit to open it.",
        ),
        sources: &[&TRAVEL, &ABROAD_2024, &IDLE, &ONLINE_2023, &LIMIT, &ULTIM, &MATCH],
    },
    Tariff {
        bank: "Fortuneo",
        name: ("Fosfo", "Fosfo"),
        account: 0,
        card: Some(0),
        idle: 300,
        abroad: Abroad::Free,
        abroad_cash: Abroad::Free,
        cash: Cash::Free,
        intervention: Some(0),
        overdraft: true,
        cheques: Some(true),
        conditions: (
            "Banque en ligne, sans condition de revenus. Un paiement par carte chaque mois, sinon 3\u{a0}€. Versement à l’ouverture.",
            "Online bank, no income required. One card payment each month, else €3. A deposit to open it.",
        ),
        sources: &[&FORTUNEO_2026, &TRAVEL, &ONLINE_2023, &LIMIT, &MATCH],
    },
    Tariff {
        bank: "Hello bank!",
        name: ("Hello One", "Hello One"),
        account: 0,
        card: Some(0),
        idle: 0,
        abroad: Abroad::Free,
        abroad_cash: Abroad::Rate { rate: 150, most: None },
        cash: Cash::Free,
        intervention: Some(0),
        overdraft: false,
        cheques: None,
        conditions: (
            "Banque en ligne, sans condition de revenus. 10\u{a0}€ à l’ouverture. Pas de découvert.",
            "Online bank, no income required. €10 to open it. No overdraft.",
        ),
        sources: &[&ABROAD_2024, &ONLINE_2023, &LIMIT],
    },
    Tariff {
        bank: "Hello bank!",
        name: ("Hello Prime", "Hello Prime"),
        account: 6_000,
        card: None,
        idle: 0,
        abroad: Abroad::Free,
        abroad_cash: Abroad::Free,
        cash: Cash::Free,
        intervention: Some(0),
        overdraft: true,
        cheques: None,
        conditions: (
            "Banque en ligne. Revenus nets d’au moins 1\u{202f}000\u{a0}€ par mois. 5\u{a0}€ par mois, carte comprise.",
            "Online bank. Net income of at least €1,000 a month. €5 a month, card included.",
        ),
        sources: &[&TRAVEL, &LIMIT],
    },
    Tariff {
        bank: "Monabanq",
        name: ("Uniq", "Uniq"),
        account: 7_200,
        card: None,
        idle: 0,
        abroad: Abroad::Free,
        abroad_cash: Abroad::Yearly(25),
        cash: Cash::Free,
        intervention: Some(800),
        overdraft: true,
        cheques: None,
        conditions: (
            "Banque en ligne. 6\u{a0}€ par mois, carte comprise. 50\u{a0}€ à l’ouverture.",
            "Online bank. €6 a month, card included. €50 to open it.",
        ),
        sources: &[&TRAVEL, &LIMIT],
    },
    Tariff {
        bank: "N26",
        name: ("Standard", "Standard"),
        account: 0,
        card: Some(0),
        idle: 0,
        abroad: Abroad::Free,
        abroad_cash: Abroad::Rate { rate: 170, most: None },
        cash: Cash::Each { free: 3, then: Some(200), own: false },
        intervention: None,
        overdraft: false,
        cheques: Some(false),
        conditions: (
            "Banque mobile allemande, sans découvert ni chéquier. La liste de prix que nous avons lue est ancienne.",
            "German mobile bank, without overdraft or cheques. The price list that we read is old.",
        ),
        sources: &[&ABROAD_2024, &N26_CASH, &N26_2020],
    },
    Tariff {
        bank: "La Banque Postale",
        name: ("à la carte, Visa Classic", "no package, Visa Classic"),
        account: 2_520,
        card: Some(4_760),
        idle: 0,
        abroad: Abroad::Rate { rate: 230, most: Some(600) },
        abroad_cash: Abroad::Unknown,
        cash: Cash::Each { free: 0, then: None, own: true },
        intervention: Some(790),
        overdraft: true,
        cheques: Some(true),
        conditions: ("Banque avec agences.", "Bank with branches."),
        sources: &[&POSTALE_2026, &POSTALE_ABROAD, &POSTALE_2024],
    },
    Tariff {
        bank: "Crédit Agricole Nord de France",
        name: ("à la carte, Visa Classic", "no package, Visa Classic"),
        account: 2_400,
        card: Some(4_900),
        idle: 0,
        abroad: Abroad::ForHundred(370),
        abroad_cash: Abroad::ForHundred(640),
        cash: Cash::Each { free: 0, then: None, own: true },
        intervention: None,
        overdraft: true,
        cheques: Some(true),
        conditions: ("Caisse régionale, avec agences.", "Regional bank with branches."),
        sources: &[&NORD_2024],
    },
    Tariff {
        bank: "BNP Paribas",
        name: ("Esprit Libre Référence, Visa Classic", "Esprit Libre Référence, Visa Classic"),
        account: 9_600,
        card: None,
        idle: 0,
        abroad: Abroad::Unknown,
        abroad_cash: Abroad::Unknown,
        cash: Cash::Each { free: 0, then: Some(120), own: true },
        intervention: None,
        overdraft: true,
        cheques: Some(true),
        conditions: (
            "Banque avec agences. Offre groupée : elle comprend d’autres services.",
            "Bank with branches. A package: it includes other services.",
        ),
        sources: &[&BNP_2026],
    },
    basket("LCL", ("à la carte, carte classique", "no package, classic card"), 5_220),
    basket("Crédit Coopératif", ("carte classique", "classic card"), 4_800),
];

/// The documents, each once.
pub(crate) fn documents() -> Vec<&'static Document> {
    let mut all: Vec<&Document> = Vec::new();
    for document in TARIFFS.iter().flat_map(|tariff| tariff.sources) {
        if !all.iter().any(|one| one.name == document.name) {
            all.push(document);
        }
    }
    all
}
