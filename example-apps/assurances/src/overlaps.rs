//! Contracts that may cover the same thing. An overlap is a question to ask, never a finding: the
//! conditions define what a contract covers, and no file contains them.

use crate::contract::Contract;
use mesinfos_sdk::Date;
use mesinfos_sdk::contracts::Kind;
use mesinfos_sdk::words::fold;

/// A guarantee often included in several contracts, detected by whole words of products.
struct Guarantee(&'static str, &'static str, &'static [&'static str]);

const GUARANTEES: &[Guarantee] = &[
    Guarantee("protection juridique", "legal protection", &["JURIDIQUE", "LEGAL PROTECTION"]),
    Guarantee("responsabilité civile", "third-party liability", &["RESPONSABILITE CIVILE", "LIABILITY"]),
    Guarantee("accidents de la vie", "personal accidents", &["ACCIDENTS DE LA VIE", "GAV"]),
    Guarantee(
        "voyage et annulation",
        "travel and cancellation",
        // Cards of this range insure trips paid with them.
        &[
            "VOYAGE",
            "VOYAGES",
            "ANNULATION",
            "VISA PREMIER",
            "GOLD MASTERCARD",
            "PLATINUM",
            "INFINITE",
            "TRAVEL",
        ],
    ),
    Guarantee("appareils", "devices", &["MOBILE", "SMARTPHONE", "TELEPHONE", "APPAREILS", "MULTIMEDIA"]),
    Guarantee("moyens de paiement", "means of payment", &["MOYENS DE PAIEMENT"]),
];

/// Generic words that identify no particular thing.
const ANY: &[&str] =
    &["VEHICULE", "LIEU", "LOGEMENT", "HABITATION", "APPARTEMENT", "MAISON", "VEHICLE", "HOME"];

/// Why two contracts may overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// Both cover this thing.
    Thing(String),
    /// They are of one kind, and nothing shows that they cover different things.
    Kind,
    /// Products of both name this guarantee, in French and English.
    Guarantee(&'static str, &'static str),
}

/// Two contracts that may overlap, by index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Overlap {
    pub(crate) pair: [usize; 2],
    pub(crate) why: Why,
    /// The lower of the two yearly prices: the maximum saving. `None` if only the kind is the same, or if a
    /// price is unknown.
    pub(crate) at_most: Option<i64>,
}

/// Pairs of active contracts that may overlap.
pub(crate) fn overlaps(contracts: &[Contract], today: Date) -> Vec<Overlap> {
    let active: Vec<usize> = (0..contracts.len()).filter(|i| contracts[*i].is_active(today)).collect();
    let mut found = Vec::new();
    for (i, one) in active.iter().enumerate() {
        for other in active.iter().skip(i + 1) {
            let (a, b) = (&contracts[*one], &contracts[*other]);
            if let Some(why) = same_kind(a, b).or_else(|| guarantee(a, b)) {
                // Two contracts of one kind may be for two homes or two cars: promise no saving.
                let is_named = why != Why::Kind;
                let at_most = a.yearly().zip(b.yearly()).filter(|_| is_named).map(|(a, b)| a.min(b));
                found.push(Overlap { pair: [*one, *other], why, at_most });
            }
        }
    }
    found
}

fn same_kind(one: &Contract, other: &Contract) -> Option<Why> {
    if one.kind != other.kind || !matches!(one.kind, Kind::Home | Kind::Vehicle | Kind::Health) {
        return None;
    }
    let things = |contract: &Contract| -> Vec<String> {
        contract
            .covered
            .iter()
            .map(|thing| fold(thing))
            .filter(|thing| !ANY.contains(&thing.as_str()))
            .collect()
    };
    let (things, others) = (things(one), things(other));
    if things.is_empty() || others.is_empty() {
        return Some(Why::Kind);
    }
    let shared = one.covered.iter().find(|thing| others.contains(&fold(thing)));
    shared.map(|thing| Why::Thing(thing.clone()))
}

fn guarantee(one: &Contract, other: &Contract) -> Option<Why> {
    // A telephone line does not insure the telephone.
    let may_insure = |contract: &Contract| contract.is_insurance() || contract.kind == Kind::Bank;
    if !may_insure(one) || !may_insure(other) {
        return None;
    }
    let has = |contract: &Contract, words: &[&str]| {
        let said = format!(" {} {} ", fold(&contract.name), fold(&contract.covered.join(" ")));
        words.iter().any(|words| said.contains(&format!(" {words} ")))
    };
    let shared = GUARANTEES.iter().find(|Guarantee(.., words)| has(one, words) && has(other, words))?;
    Some(Why::Guarantee(shared.0, shared.1))
}
