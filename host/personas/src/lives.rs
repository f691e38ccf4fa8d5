//! The sample people: three whole lives, and short ones for edge cases that developers forget.

use crate::life::{Charges, Commute, Heating, Life, Member, Mode, Plan, Record, Vehicle};
use crate::loan::Loan;
use crate::weather::{LIMOGES, LYON, NANTES};
use crate::write::{EVERYBODY, Holder, boursobank, camt, half_hours, ofx};
use crate::{random, write};
use jiff::civil::{Date, date};

/// A sample person.
pub struct Persona {
    /// Id of the person, in commands and as the name of their folder.
    pub id: &'static str,
    /// Description in French.
    pub fr: &'static str,
    /// Description in English.
    pub en: &'static str,
    pub(crate) life: fn() -> Life,
    /// Holders with data of the person, banks first.
    pub(crate) banks: &'static [Holder],
    pub(crate) others: &'static [Holder],
    /// Edit of the recorded events, if any.
    pub(crate) cut: Option<fn(&mut Record)>,
}

const fn persona(id: &'static str, fr: &'static str, en: &'static str, life: fn() -> Life) -> Persona {
    Persona { id, fr, en, life, banks: &[ofx], others: &EVERYBODY, cut: None }
}

pub(crate) static ALL: [Persona; 12] = [
    Persona {
        banks: &[boursobank],
        ..persona(
            "cycliste",
            "29 ans, Nantes, à vélo et en train ; un prêt étudiant ; chauffage électrique",
            "29, Nantes, by bicycle and train; a student loan; electric heating",
            cyclist,
        )
    },
    Persona {
        banks: &[ofx, camt],
        ..persona(
            "famille",
            "quatre personnes, Lyon, une voiture ; chauffage au gaz, deux banques",
            "four people, Lyon, a car; gas heating, two banks",
            family,
        )
    },
    persona(
        "retraitee",
        "71 ans, Limoges, une petite retraite ; à pied et en bus, beaucoup de soins",
        "71, Limoges, a small pension; on foot and by bus, much care",
        pensioner,
    ),
    persona(
        "sans-voiture",
        "trois mois sans voiture ni assurance auto",
        "three months without a car or its insurance",
        || Life {
            vehicle: None,
            premiums: [19_200, 0, 96_000],
            commute: Some(Commute { mode: Mode::Metro, metres: 6_200, minutes: 24 }),
            ..short(family, date(2025, 4, 1))
        },
    ),
    persona(
        "compteur-partage",
        "un compteur pour deux foyers : la facture en est la moitié",
        "one meter for two households: the bill is half of it",
        || Life { sharing: 2, ..short(cyclist, date(2025, 4, 1)) },
    ),
    Persona {
        banks: &[boursobank, camt],
        ..persona(
            "deux-banques",
            "deux comptes, et des virements de l’un à l’autre",
            "two accounts, with transfers from one to the other",
            || Life {
                second_income: Some((42_000, "COURS PARTICULIERS")),
                ..short(cyclist, date(2025, 4, 1))
            },
        )
    },
    persona(
        "trois-mois-vides",
        "une année dont trois mois sans rien, nulle part",
        "a year with three months without any data",
        || Life { silent: Some((date(2025, 5, 1), date(2025, 8, 1))), ..short(pensioner, date(2026, 1, 1)) },
    ),
    Persona {
        cut: Some(Record::keep_refunds),
        ..persona(
            "remboursements",
            "que des remboursements et des retours",
            "refunds and returns only",
            || short(pensioner, date(2025, 7, 1)),
        )
    },
    persona(
        "changement-heure",
        "le jour de 25 heures, et rien d’autre",
        "the day of 25 hours, and nothing else",
        || Life { from: date(2025, 10, 26), until: date(2025, 10, 27), ..cyclist() },
    ),
    Persona {
        cut: Some(Record::keep_first),
        banks: &[ofx],
        others: &ONE_ROW,
        ..persona("une-ligne", "une ligne dans chaque catégorie", "one row in each category", || {
            short(cyclist, date(2025, 6, 1))
        })
    },
    Persona {
        others: &[half_hours, write::history],
        cut: Some(|record| *record = Record::default()),
        ..persona("rien", "des fichiers, sans une ligne", "files, without a row", || {
            short(cyclist, date(2025, 2, 1))
        })
    },
    persona("dix-ans", "dix ans, de 2016 à 2025", "ten years, from 2016 to 2025", || Life {
        from: date(2016, 1, 1),
        ..pensioner()
    }),
];

/// Data holders that each give one row, each in a category of its own.
static ONE_ROW: [Holder; 13] = [
    half_hours,
    write::log,
    write::chat,
    write::water,
    write::receipts,
    write::timeline,
    write::bills,
    write::energy_contract,
    write::household,
    write::papers,
    write::claims,
    write::badge,
    write::history,
];

/// The same life from 2025 on.
fn short(life: fn() -> Life, until: Date) -> Life {
    Life { from: date(2025, 1, 1), until, ..life() }
}

/// Unlimited calls. The call log is Orange’s, so the bill is, too. The price is not checked against a source:
/// plausible.
const UNLIMITED: Plan =
    Plan { vendor: "Orange", name: "Forfait illimité", month: 1_999, included: None, minute: 0 };

/// Two hours of calls, and a price per minute beyond. Orange’s « Forfait Mini » had 0.38 € a minute beyond
/// two hours (checked in <https://boutique.orange.fr/informations/rlh/mini-non-bloque/>, 2017); the monthly
/// price is not checked against a source: plausible.
const TWO_HOURS: Plan =
    Plan { vendor: "Orange", name: "Forfait 2 h", month: 799, included: Some(2 * 3_600), minute: 35 };

// Premiums below are invented, near means. Home: 299 € a year before tax (France Assureurs, 2024, checked in
// https://www.franceassureurs.fr/?p=18116), less for a flat. Car: 709 € (barometer of LeLynx, end of 2024, checked in
// https://lelynx.fr/assurance-auto/comparaison/meilleure-offre/etude-prix-2022). Health: from 36 € a month at 20 to
// 142 € at 85 (DREES, of 2023, checked in
// https://www.moneyvox.fr/assurance/actualites/105204/sante-a-20-ans-40-ans-75-ans-le-prix-de-votre-mutuelle-est-il-plus-avantageux-que-la-moyenne),
// 1 172 € a year for a family of four (Meilleurtaux, 2022, checked in
// https://www.cbanque.com/assurance/actualites/90486/mutuelle-les-familles-principales-victimes-des-hausses-de-tarifs-des-complementaires-sante).
// The other amounts (the second wage, the mortgage, the rent of the pensioner, pocket money) are not checked against a
// source: plausible.

/// Two cards, and a day in Geneva.
const FAMILY_CHARGES: Charges = Charges {
    quarter: 630,
    card: (4_760, 3),
    second_card: 4_900,
    abroad: &[("MIGROS GENEVE 48,50 CHF", 5_141), ("TPG GENEVE 20,00 CHF", 2_120)],
    abroad_rate: 230,
    cheques: &[],
    until: 0,
};

/// A card and some cheques; one of them, in 2025, is more than the account holds.
const PENSIONER_CHARGES: Charges = Charges {
    quarter: 630,
    card: (4_760, 11),
    second_card: 0,
    abroad: &[],
    abroad_rate: 0,
    cheques: &[(2024, 2, 6, 4_500), (2024, 6, 17, 6_000), (2024, 10, 9, 4_500), (2025, 3, 18, 235_000)],
    until: 2025,
};

/// A loan for the last two years of studies: only the interest is paid until they end, in 2020. Student loans had 0.80 to
/// 1 % in autumn 2018 (checked in <https://www.lafranceagricole.fr/archives/article/798049/quelle-offre-de-prets>), and
/// take up to nine years, of which two to six without repaying (checked in <https://club-finance.fr/?p=79>). The sum and
/// its insurance, 0.20 % a year of the sum lent, are not checked against a source: plausible.
const STUDENT_LOAN: Loan = Loan {
    lender: "Crédit Mutuel",
    lent: 1_200_000,
    rate: 90,
    start: date(2018, 9, 5),
    deferred: 24,
    months: 108,
    insurance: 200,
};

fn cyclist() -> Life {
    Life {
        key: random::name("cycliste"),
        first: "Maïwenn",
        family: "Le Goff",
        birth: date(1996, 5, 17),
        occupation: "Ingénieure d’études",
        household: &[Member { name: "Maïwenn", birth: "1996-05-17", role: "Membre principal" }],
        town: &NANTES,
        street: "8 RUE DES OLIVETTES",
        area: 38,
        from: date(2023, 1, 1),
        until: date(2026, 1, 1),
        // Near the median wage, 2 183 € a month in 2023 (INSEE Première 2020, October 2024; checked in
        // https://insee.fr/fr/statistiques/8270416).
        income: (212_000, "SALAIRE ATELIER BOIS"),
        second_income: None,
        // Near the 17.71 € a square metre, charges included, that LocService found in Nantes in early 2023
        // (checked in https://www.mysweetimmo.com/2023/02/14/immobilier-nantes-tres-forte-post-covid-la-hausse-des-loyers-marque-le-pas/).
        housing: (69_000, "LOYER RESIDENCE OLIVETTES"),
        heating: Heating::Electric,
        heat: 45,
        base: 70,
        sharing: 1,
        plan: UNLIMITED,
        premiums: [12_000, 0, 42_000],
        vehicle: None,
        commute: Some(Commute { mode: Mode::Bike, metres: 4_200, minutes: 16 }),
        train: 2,
        pass: false,
        loan: Some(STUDENT_LOAN),
        care: 5,
        pocket: 32_000,
        calls: 6,
        visits: 14,
        charges: None,
        silent: None,
    }
}

fn family() -> Life {
    Life {
        key: random::name("famille"),
        first: "Claire",
        family: "Morel",
        birth: date(1984, 2, 9),
        occupation: "Professeure",
        household: &[
            Member { name: "Claire", birth: "1984-02-09", role: "Membre principal" },
            Member { name: "Karim", birth: "1982-11-23", role: "Conjoint" },
            Member { name: "Lina", birth: "2012-04-02", role: "Enfant à charge" },
            Member { name: "Noé", birth: "2016-09-14", role: "Enfant à charge" },
        ],
        town: &LYON,
        street: "21 RUE DE GERLAND",
        area: 86,
        from: date(2023, 1, 1),
        until: date(2026, 1, 1),
        income: (246_000, "SALAIRE RECTORAT DE LYON"),
        second_income: Some((208_000, "SALAIRE LOGISTIQUE RHONE")),
        housing: (118_000, "PRET IMMOBILIER"),
        heating: Heating::Gas,
        heat: 190,
        base: 130,
        sharing: 1,
        plan: UNLIMITED,
        premiums: [24_000, 62_400, 138_000],
        vehicle: Some(Vehicle {
            make: "RENAULT",
            model: "SCENIC",
            plate: "AB-123-CD",
            since: "2017-05-04",
            thirst: 66,
        }),
        commute: Some(Commute { mode: Mode::Car, metres: 11_400, minutes: 27 }),
        train: 0,
        pass: true,
        loan: None,
        care: 14,
        pocket: 38_000,
        calls: 9,
        visits: 12,
        charges: Some(FAMILY_CHARGES),
        silent: None,
    }
}

fn pensioner() -> Life {
    Life {
        key: random::name("retraitee"),
        first: "Monique",
        family: "Lachaud",
        birth: date(1954, 6, 30),
        occupation: "Retraitée",
        household: &[Member { name: "Monique", birth: "1954-06-30", role: "Membre principal" }],
        town: &LIMOGES,
        street: "5 AVENUE DES BENEDICTINS",
        area: 52,
        from: date(2023, 1, 1),
        until: date(2026, 1, 1),
        // The mean own pension of women is 1 268 € before deductions (DREES, « Les retraités et les
        // retraites », 2024, of 2022; checked in
        // https://agcr-expertise.fr/retraites-les-pensions-des-femmes-toujours-a-la-traine).
        income: (118_500, "RETRAITE CARSAT"),
        second_income: None,
        housing: (39_800, "LOYER OFFICE HLM"),
        heating: Heating::Electric,
        heat: 62,
        base: 85,
        sharing: 1,
        plan: TWO_HOURS,
        premiums: [14_400, 0, 102_000],
        vehicle: None,
        commute: None,
        train: 0,
        pass: false,
        loan: None,
        care: 16,
        pocket: 14_000,
        calls: 5,
        visits: 5,
        charges: Some(PENSIONER_CHARGES),
        silent: None,
    }
}
