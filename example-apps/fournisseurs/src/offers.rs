//! The offers, which are invented, and their costs.
//!
//! They resemble, in price and kind, the offers to households in France in 2025, taxes included; no
//! supplier sells them.

use mesinfos_sdk::energy::Interval;
use mesinfos_sdk::numbers::scaled;

/// Ten-thousandths of a euro per kWh.
type Price = i64;

/// Dependence of the price of a kWh on time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prices {
    /// Flat price.
    Flat(Price),
    /// Cheaper for eight hours a night.
    OffPeak { day: Price, night: Price },
    /// Far cheaper for four hours a night (2:00 to 6:00).
    DeepNight { day: Price, night: Price },
    /// Cheaper on Saturdays and Sundays.
    Weekend { week: Price, weekend: Price },
    /// Cheaper on weekends and for eight hours a night.
    NightAndWeekend { day: Price, rest: Price },
    /// More expensive from November to March.
    Seasons { winter: Price, summer: Price },
    /// Follows [`index`].
    Indexed(Price),
}

/// Time resolution needed to price something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grain {
    Hour,
    Day,
    Month,
}

/// An offer.
pub(crate) struct Offer {
    pub(crate) fr: &'static str,
    pub(crate) en: &'static str,
    /// Invented supplier.
    pub(crate) supplier: &'static str,
    /// Subscription for 6, 9 and 12 kVA, in cents per month.
    monthly: [i64; 3],
    pub(crate) prices: Prices,
}

pub(crate) const OFFERS: [Offer; 8] = [
    Offer {
        fr: "Base fixe",
        en: "Fixed flat rate",
        supplier: "Exemple A",
        monthly: [1_520, 1_900, 2_290],
        prices: Prices::Flat(1_890),
    },
    Offer {
        fr: "Prix bas, abonnement élevé",
        en: "Low price, high standing charge",
        supplier: "Exemple B",
        monthly: [2_350, 2_730, 3_120],
        prices: Prices::Flat(1_690),
    },
    Offer {
        fr: "Heures creuses",
        en: "Off-peak hours",
        supplier: "Exemple A",
        monthly: [1_560, 1_960, 2_350],
        prices: Prices::OffPeak { day: 2_040, night: 1_540 },
    },
    Offer {
        fr: "Super creuses, 2 h – 6 h",
        en: "Deep night, 02:00–06:00",
        supplier: "Exemple C",
        monthly: [1_590, 1_990, 2_390],
        prices: Prices::DeepNight { day: 2_010, night: 1_150 },
    },
    Offer {
        fr: "Week-end",
        en: "Weekend",
        supplier: "Exemple C",
        monthly: [1_560, 1_960, 2_350],
        prices: Prices::Weekend { week: 2_030, weekend: 1_490 },
    },
    Offer {
        fr: "Nuit et week-end",
        en: "Night and weekend",
        supplier: "Exemple D",
        monthly: [1_590, 1_990, 2_390],
        prices: Prices::NightAndWeekend { day: 2_240, rest: 1_580 },
    },
    Offer {
        fr: "Deux saisons",
        en: "Two seasons",
        supplier: "Exemple D",
        monthly: [1_480, 1_860, 2_240],
        prices: Prices::Seasons { winter: 2_190, summer: 1_420 },
    },
    Offer {
        fr: "Indexée sur le marché",
        en: "Linked to the market",
        supplier: "Exemple B",
        monthly: [1_490, 1_870, 2_250],
        prices: Prices::Indexed(1_720),
    },
];

/// Level of the invented market in each year from 2018 on, in hundredths of 2025. It follows wholesale
/// prices, but less sharply, because taxes and network costs do not follow them.
const YEARS: [i64; 9] = [86, 84, 80, 104, 158, 140, 108, 100, 98];

/// Level of each month, in hundredths of the yearly mean.
const MONTHS: [i64; 12] = [112, 110, 104, 96, 92, 91, 92, 93, 98, 102, 105, 105];

/// Index in ten-thousandths. A year outside the list counts as the nearest one in it.
pub(crate) fn index(year: i32, month: u8) -> i64 {
    let year = usize::try_from(year - 2018).unwrap_or(0).min(YEARS.len() - 1);
    YEARS[year] * MONTHS[usize::from(month.clamp(1, 12) - 1)]
}

impl Prices {
    /// Time resolution needed for this price.
    pub(crate) fn needs(self) -> Grain {
        match self {
            Prices::OffPeak { .. } | Prices::DeepNight { .. } | Prices::NightAndWeekend { .. } => Grain::Hour,
            Prices::Weekend { .. } => Grain::Day,
            Prices::Flat(_) | Prices::Seasons { .. } | Prices::Indexed(_) => Grain::Month,
        }
    }

    /// When which price holds, in French and English.
    pub(crate) fn parts(self) -> Vec<(&'static str, &'static str, Price)> {
        match self {
            Prices::Flat(price) => vec![("à toute heure", "at all times", price)],
            Prices::OffPeak { day, night } => {
                vec![("heures pleines", "peak hours", day), ("heures creuses", "off-peak hours", night)]
            }
            Prices::DeepNight { day, night } => vec![
                ("de 6\u{a0}h à 2\u{a0}h", "06:00–02:00", day),
                ("de 2\u{a0}h à 6\u{a0}h", "02:00–06:00", night),
            ],
            Prices::Weekend { week, weekend } => {
                vec![("du lundi au vendredi", "Monday to Friday", week), ("le week-end", "weekend", weekend)]
            }
            Prices::NightAndWeekend { day, rest } => vec![
                ("heures pleines, du lundi au vendredi", "peak hours, Monday to Friday", day),
                ("heures creuses et week-end", "off-peak hours and weekend", rest),
            ],
            Prices::Seasons { winter, summer } => vec![
                ("de novembre à mars", "November to March", winter),
                ("d’avril à octobre", "April to October", summer),
            ],
            Prices::Indexed(price) => vec![(
                "en moyenne en 2025\u{a0}; change chaque mois",
                "average of 2025; changes every month",
                price,
            )],
        }
    }

    /// Whether the price depends on the season, so that a part of a year would misprice it.
    pub(crate) fn is_seasonal(self) -> bool {
        matches!(self, Prices::Seasons { .. } | Prices::Indexed(_))
    }

    /// Price of a kWh at the beginning of an interval; off-peak hours begin at `night`.
    pub(crate) fn at(self, reading: &Interval, night: u8) -> Price {
        let (day, hour) = (reading.start.date(), reading.start.hour());
        let is_night = (24 + hour - night % 24) % 24 < 8;
        let is_weekend = day.weekday() >= 5;
        let (cheap, low, high) = match self {
            Prices::Flat(price) => return price,
            Prices::Indexed(price) => return scaled(price, index(day.year(), day.month()), 10_000),
            Prices::OffPeak { day, night } => (is_night, night, day),
            Prices::DeepNight { day, night } => ((2..6).contains(&hour), night, day),
            Prices::Weekend { week, weekend } => (is_weekend, weekend, week),
            Prices::NightAndWeekend { day, rest } => (is_night || is_weekend, rest, day),
            Prices::Seasons { winter, summer } => ((4..=10).contains(&day.month()), summer, winter),
        };
        if cheap { low } else { high }
    }
}

/// Terms set by the person or taken from their contract.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    /// Index of the subscribed power: 0, 1 or 2 for 6, 9 or 12 kVA.
    pub(crate) power: usize,
    /// First of the eight off-peak hours.
    pub(crate) night: u8,
}

/// What makes a cent of the unit of [`Offer::energy`].
pub(crate) const A_CENT: i64 = 100_000_000;

impl Offer {
    /// Cost of the energy of `readings`, without subscription, in mWh x 1/10000 EUR per kWh: see [`A_CENT`].
    pub(crate) fn energy(&self, readings: &[Interval], terms: Terms) -> i128 {
        let price = |r: &Interval| i128::from(self.prices.at(r, terms.night)) * i128::from(r.energy.0);
        readings.iter().map(price).sum()
    }

    /// Subscription per month, in cents.
    pub(crate) fn monthly(&self, terms: Terms) -> i64 {
        self.monthly.get(terms.power).copied().unwrap_or(self.monthly[0])
    }
}
