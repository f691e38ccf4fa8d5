//! Bank data: yearly spending on energy, fuel and transport.

use mesinfos_sdk::{AccessError, Currency, Date, Period, bank};
use std::collections::BTreeMap;

/// Purpose of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Theme {
    Energy,
    Fuel,
    Transit,
    Flights,
}

/// Words of labels and of banks' own categories, in capitals, without accents; whole words only.
const WORDS: [(Theme, &[&str]); 4] = [
    (
        Theme::Energy,
        &[
            "EDF",
            "ENGIE",
            "TOTALENERGIES ELECTRICITE",
            "EKWATEUR",
            "VATTENFALL",
            "ENERCOOP",
            "ILEK",
            "PLENITUDE",
            "OCTOPUS ENERGY",
            "MINT ENERGIE",
            "OHM ENERGIE",
            "GAZ DE BORDEAUX",
            "ELECTRICITE",
            "ENERGIE",
        ],
    ),
    (
        Theme::Fuel,
        &[
            "CARBURANT",
            "CARBURANTS",
            "STATION SERVICE",
            "TOTAL ACCESS",
            "TOTALENERGIES",
            "ESSO",
            "SHELL",
            "AVIA",
            "DAC",
            "FUEL",
        ],
    ),
    (
        Theme::Transit,
        &[
            "SNCF",
            "RATP",
            "NAVIGO",
            "KEOLIS",
            "TRANSDEV",
            "TISSEO",
            "TCL",
            "TAN",
            "ILEVIA",
            "RTM",
            "BLABLACAR",
            "FLIXBUS",
            "TRANSPORTS EN COMMUN",
            "OUIGO",
            "ALEOP",
            "SYTRAL",
        ],
    ),
    (Theme::Flights, &["AIR FRANCE", "EASYJET", "RYANAIR", "TRANSAVIA", "VOLOTEA", "VUELING"]),
];

/// Purpose of a payment: by its merchant category code (ISO 18245) if it has one, else by words.
pub(crate) fn theme(code: Option<i64>, words: &[&str]) -> Option<Theme> {
    match code {
        Some(5541 | 5542 | 5983) => return Some(Theme::Fuel),
        Some(4111 | 4112 | 4131) => return Some(Theme::Transit),
        Some(3000..=3350 | 4511) => return Some(Theme::Flights),
        // Utilities: words decide between energy and water. Any other code is conclusive; words would only
        // guess.
        Some(4900) | None => {}
        Some(_) => return None,
    }
    let text: Vec<String> = words.iter().map(|words| format!(" {} ", plain(words))).collect();
    let says = |word: &&str| text.iter().any(|text| text.contains(&format!(" {word} ")));
    // Check fuel before energy: "TotalEnergies" is in labels of both.
    let order = [Theme::Fuel, Theme::Flights, Theme::Transit, Theme::Energy];
    order
        .into_iter()
        .find(|theme| WORDS.iter().filter(|(of, _)| of == theme).any(|(_, known)| known.iter().any(says)))
}

/// Capitals without accents, with one space between words.
fn plain(words: &str) -> String {
    let letter = |c: char| match c {
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' => 'E',
        'à' | 'â' | 'À' => 'A',
        'ç' => 'C',
        'î' | 'ï' => 'I',
        'ô' => 'O',
        'ù' | 'û' => 'U',
        c if c.is_ascii_alphanumeric() => c.to_ascii_uppercase(),
        _ => ' ',
    };
    words
        .chars()
        .map(letter)
        .collect::<String>()
        .split(' ')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A payment with a theme.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Payment {
    pub(crate) day: Date,
    pub(crate) cents: i64,
    pub(crate) theme: Option<Theme>,
}

/// Yearly spending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spending {
    /// Cents per year.
    pub(crate) yearly: BTreeMap<Theme, i64>,
    /// Known days among the last 365.
    pub(crate) days: i64,
}

impl Spending {
    /// From payments in any order; `None` with less than four weeks.
    pub(crate) fn of(payments: &[Payment]) -> Option<Spending> {
        let last = payments.iter().map(|payment| payment.day).max()?;
        let recent = || payments.iter().filter(|payment| payment.day > last.plus_days(-365));
        let first = recent().map(|payment| payment.day).min()?;
        let days = i64::from(last - first) + 1;
        let mut yearly: BTreeMap<Theme, i64> = BTreeMap::new();
        for payment in recent() {
            if let Some(theme) = payment.theme {
                *yearly.entry(theme).or_default() += payment.cents;
            }
        }
        // Eleven months or more count as a year: a monthly payment must not count thirteen times.
        let pace = if days >= 330 { 365 } else { days };
        yearly.values_mut().for_each(|cents| *cents = cents.saturating_mul(365) / pace);
        (days >= 28).then_some(Spending { yearly, days })
    }

    pub(crate) fn get(&self, theme: Theme) -> Option<i64> {
        self.yearly.get(&theme).copied()
    }
}

/// Reads outgoing payments in euros.
pub(crate) fn payments() -> Result<Vec<Payment>, AccessError> {
    let mut payments = Vec::new();
    for row in bank::transactions(Period::all()) {
        let row = row?;
        if let (Some(day), Some(money)) = (row.booked_on(), row.amount())
            && money.minor < 0
            && money.currency == Currency::EUR
        {
            let words = [row.label().unwrap_or_default(), row.bank_category().unwrap_or_default()];
            let theme = theme(row.merchant_category(), &words);
            payments.push(Payment { day, cents: -money.minor, theme });
        }
    }
    Ok(payments)
}
