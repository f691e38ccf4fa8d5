//! Fees of a bank: which movements are fees, and of what kind, by the words that French and British banks print. The
//! French names are those of the decree on common names of fees (décret n° 2014-373) and their short forms on
//! statements.

use mesinfos_sdk::bank::Kind;
use mesinfos_sdk::spending::Payment;
use mesinfos_sdk::words::fold;

/// What a fee is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fee {
    Account,
    Card,
    /// Several services for one price.
    Package,
    /// Interest on an overdraft.
    Overdraft,
    Intervention,
    /// Rejected payments, letters, seizures.
    Incident,
    /// Payments and withdrawals outside the euro area, or in another currency.
    Abroad,
    Withdrawal,
    Transfer,
    Cheque,
    /// Insurance of cards and cheques.
    Cover,
    Other,
}

/// All kinds, in the order in which they are shown.
pub(crate) const FEES: [Fee; 12] = [
    Fee::Account,
    Fee::Card,
    Fee::Package,
    Fee::Abroad,
    Fee::Withdrawal,
    Fee::Intervention,
    Fee::Overdraft,
    Fee::Incident,
    Fee::Transfer,
    Fee::Cheque,
    Fee::Cover,
    Fee::Other,
];

impl Fee {
    /// Name in French and English.
    pub(crate) fn names(self) -> (&'static str, &'static str) {
        match self {
            Fee::Account => ("Tenue de compte", "Account fee"),
            Fee::Card => ("Cotisation de carte", "Card fee"),
            Fee::Package => ("Offre groupée de services", "Package of services"),
            Fee::Overdraft => ("Agios (intérêts débiteurs)", "Overdraft interest"),
            Fee::Intervention => {
                ("Commissions d’intervention", "Fees for passing a payment beyond the limit")
            }
            Fee::Incident => ("Rejets, incidents et lettres", "Rejected payments, incidents and letters"),
            Fee::Abroad => {
                ("Paiements et retraits dans une autre monnaie", "Payments and cash in another currency")
            }
            Fee::Withdrawal => ("Retraits aux distributeurs", "Cash machines"),
            Fee::Transfer => ("Virements", "Transfers"),
            Fee::Cheque => ("Chèques et chéquiers", "Cheques"),
            Fee::Cover => ("Assurance des moyens de paiement", "Insurance of cards and cheques"),
            Fee::Other => ("Autres frais", "Other fees"),
        }
    }

    /// Whether the tariffs of this app have a price for it.
    pub(crate) fn is_compared(self) -> bool {
        use Fee::{Abroad, Account, Card, Intervention, Package, Withdrawal};
        matches!(self, Account | Card | Package | Abroad | Withdrawal | Intervention)
    }

    /// The fee that a movement is; `None` if it is no fee.
    pub(crate) fn of(kind: Kind, bank_category: Option<&str>, label: &str, minor: i64) -> Option<Fee> {
        let text = fold(label);
        let told = Fee::told(&text);
        let filed = bank_category.is_some_and(|words| {
            let words = fold(words);
            SHELVES.iter().any(|shelf| has(&words, shelf))
        });
        match kind {
            Kind::Interest if minor < 0 || told == Some(Fee::Overdraft) => Some(Fee::Overdraft),
            Kind::Fee => {
                // "COTISATION" and "CHARGES" are words of clubs, insurers and landlords too.
                let is_spending =
                    || Payment { kind: None, merchant: None, bank_category: None, label }.purpose().is_some();
                told.or_else(|| (filed || !is_spending()).then_some(Fee::Other))
            }
            _ if filed => Some(told.unwrap_or(Fee::Other)),
            // The bank names no kind: only words that nobody else uses.
            Kind::Other if minor < 0 => {
                told.filter(|fee| matches!(fee, Fee::Account | Fee::Overdraft | Fee::Intervention))
            }
            _ => None,
        }
    }

    fn told(text: &str) -> Option<Fee> {
        WORDS.iter().find(|(words, _)| has(text, words)).map(|(_, fee)| *fee)
    }
}

/// Whether a folded text has these whole words.
pub(crate) fn has(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
}

/// Names under which banks file their own fees.
const SHELVES: [&str; 3] = ["FRAIS BANCAIRES", "FRAIS BANCAIRES ET DE GESTION", "BANK FEES"];

/// Words of fees, folded; the first one that a text has decides.
const WORDS: [(&str, Fee); 74] = [
    ("COMMISSION D INTERVENTION", Fee::Intervention),
    ("COMMISSIONS D INTERVENTION", Fee::Intervention),
    ("COMMISSION INTERVENTION", Fee::Intervention),
    ("COM INTERVENTION", Fee::Intervention),
    ("COMM INTERVENTION", Fee::Intervention),
    ("FRAIS D INTERVENTION", Fee::Intervention),
    ("AGIOS", Fee::Overdraft),
    ("INTERETS DEBITEURS", Fee::Overdraft),
    ("INTERET DEBITEUR", Fee::Overdraft),
    ("INT DEBITEURS", Fee::Overdraft),
    ("ARRETE DE COMPTE", Fee::Overdraft),
    ("MINIMUM FORFAITAIRE", Fee::Overdraft),
    ("OVERDRAFT", Fee::Overdraft),
    ("HORS ZONE EURO", Fee::Abroad),
    ("HORS ZONE", Fee::Abroad),
    ("ETRANGER", Fee::Abroad),
    ("DEVISE", Fee::Abroad),
    ("DEVISES", Fee::Abroad),
    ("NON STERLING", Fee::Abroad),
    ("FOREIGN", Fee::Abroad),
    ("CCY CONVERSION", Fee::Abroad),
    ("CURRENCY CONVERSION", Fee::Abroad),
    ("REJET", Fee::Incident),
    ("REJETE", Fee::Incident),
    ("REJETS", Fee::Incident),
    ("IMPAYE", Fee::Incident),
    ("IMPAYES", Fee::Incident),
    ("INCIDENT", Fee::Incident),
    ("INCIDENTS", Fee::Incident),
    ("SANS PROVISION", Fee::Incident),
    ("LETTRE", Fee::Incident),
    ("SAISIE", Fee::Incident),
    ("SATD", Fee::Incident),
    ("UNPAID", Fee::Incident),
    ("RETURNED", Fee::Incident),
    ("INSUFFICIENT FUNDS", Fee::Incident),
    ("MOYENS DE PAIEMENT", Fee::Cover),
    ("MOYENS PAIEMENT", Fee::Cover),
    ("PERTE ET VOL", Fee::Cover),
    ("PERTE VOL", Fee::Cover),
    ("CHEQUE", Fee::Cheque),
    ("CHEQUES", Fee::Cheque),
    ("CHEQUIER", Fee::Cheque),
    ("CHEQUIERS", Fee::Cheque),
    ("CHEQUE BOOK", Fee::Cheque),
    ("STOP PAYMENT", Fee::Cheque),
    ("VIREMENT", Fee::Transfer),
    ("VIREMENTS", Fee::Transfer),
    ("VIR", Fee::Transfer),
    ("WIRE", Fee::Transfer),
    ("TRANSFER", Fee::Transfer),
    ("RETRAIT", Fee::Withdrawal),
    ("RETRAITS", Fee::Withdrawal),
    ("DAB", Fee::Withdrawal),
    ("ATM", Fee::Withdrawal),
    ("TENUE DE COMPTE", Fee::Account),
    ("TENUE COMPTE", Fee::Account),
    ("FRAIS DE COMPTE", Fee::Account),
    ("ACCOUNT FEE", Fee::Account),
    ("MAINTENANCE FEE", Fee::Account),
    ("MONTHLY FEE", Fee::Account),
    ("OFFRE GROUPEE", Fee::Package),
    ("FORMULE", Fee::Package),
    ("ESPRIT LIBRE", Fee::Package),
    ("EUROCOMPTE", Fee::Package),
    ("SOBRIO", Fee::Package),
    ("JAZZ", Fee::Package),
    ("FORFAIT", Fee::Package),
    ("CARTE", Fee::Card),
    ("CARTES", Fee::Card),
    ("CB", Fee::Card),
    ("VISA", Fee::Card),
    ("MASTERCARD", Fee::Card),
    ("CARD", Fee::Card),
];
