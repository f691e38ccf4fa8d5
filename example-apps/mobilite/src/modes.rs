//! Ways of travelling: their names, and emissions per kilometre.

use crate::show::nearest;
use mesinfos_sdk::mobility::Mode;
use mesinfos_sdk::view::Icon;

/// A way of travelling, as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    Foot,
    Bike,
    Car,
    Motorcycle,
    Bus,
    Rail,
    Train,
    Plane,
    Other,
}

impl From<Mode> for Way {
    fn from(mode: Mode) -> Way {
        match mode {
            Mode::Walk | Mode::Run => Way::Foot,
            Mode::Bike => Way::Bike,
            Mode::Car => Way::Car,
            Mode::Motorcycle => Way::Motorcycle,
            Mode::Bus => Way::Bus,
            Mode::Tram | Mode::Metro => Way::Rail,
            Mode::Train => Way::Train,
            Mode::Plane => Way::Plane,
            Mode::Ferry | Mode::Other | Mode::Unknown => Way::Other,
        }
    }
}

impl Way {
    /// Name in French and English.
    pub(crate) fn name(self) -> (&'static str, &'static str) {
        match self {
            Way::Foot => ("À pied", "On foot"),
            Way::Bike => ("Vélo", "Bicycle"),
            Way::Car => ("Voiture", "Car"),
            Way::Motorcycle => ("Moto", "Motorcycle"),
            Way::Bus => ("Bus", "Bus"),
            Way::Rail => ("Métro et tram", "Metro and tram"),
            Way::Train => ("Train", "Train"),
            Way::Plane => ("Avion", "Plane"),
            Way::Other => ("Autre ou inconnu", "Other or unknown"),
        }
    }

    /// How one travels by it, within a sentence: in French and English.
    pub(crate) fn by(self) -> (&'static str, &'static str) {
        match self {
            Way::Foot => ("à pied", "on foot"),
            Way::Bike => ("à vélo", "by bicycle"),
            Way::Car => ("en voiture", "by car"),
            Way::Motorcycle => ("à moto", "by motorcycle"),
            Way::Bus => ("en bus", "by bus"),
            Way::Rail => ("en métro ou en tram", "by metro or tram"),
            Way::Train => ("en train", "by train"),
            Way::Plane => ("en avion", "by plane"),
            Way::Other => ("autrement", "in another way"),
        }
    }

    /// The same as the end of a sentence that names it: in French with its article.
    pub(crate) fn told(self) -> (&'static str, &'static str) {
        let fr = match self {
            Way::Foot => "la marche",
            Way::Bike => "le vélo",
            Way::Car => "la voiture",
            Way::Motorcycle => "la moto",
            Way::Bus => "le bus",
            Way::Rail => "le métro ou le tram",
            Way::Train => "le train",
            Way::Plane => "l’avion",
            Way::Other => "un autre moyen, ou un moyen inconnu",
        };
        (fr, self.by().1)
    }

    pub(crate) fn icon(self) -> Icon {
        match self {
            Way::Foot => Icon::Walk,
            Way::Bike => Icon::Bike,
            Way::Car | Way::Motorcycle => Icon::Car,
            _ => Icon::Train,
        }
    }

    /// Emissions per passenger-kilometre, in tenths of a gram of CO2 equivalent, manufacture of the vehicle
    /// included: ADEME, Base Empreinte, as published by Impact CO2 in 2024. Car: petrol or diesel, one
    /// person in it. Train: regional (TER), the highest of the trains. Rail: underground. Plane: 1 000 to
    /// 3 500 km, with its contrails. `None` if there is no factor.
    ///
    /// Checked in the source of Impact CO2 (github.com/incubateur-ademe/impactco2,
    /// `src/data/categories/deplacement.ts`, commit 5c135f4 of July 2024; the bicycle, which was zero
    /// there, in the version of January 2025). Later versions changed some factors: see the README.
    pub(crate) fn decigrams(self) -> Option<i64> {
        match self {
            Way::Foot => Some(0),
            Way::Bike => Some(2),
            Way::Car => Some(2_176),
            Way::Motorcycle => Some(1_913),
            Way::Bus => Some(1_132),
            Way::Rail => Some(44),
            Way::Train => Some(277),
            Way::Plane => Some(1_876),
            Way::Other => None,
        }
    }

    /// Tenths of a milligram of CO2 equivalent for a distance in metres: exact, to be rounded once where it is shown.
    pub(crate) fn exactly(self, metres: i64) -> Option<i64> {
        Some(metres.saturating_mul(self.decigrams()?))
    }

    /// Grams of CO2 equivalent for a distance in metres.
    pub(crate) fn grams(self, metres: i64) -> Option<i64> {
        Some(nearest(self.exactly(metres)?, 10_000))
    }
}

/// Electric bicycle, in tenths of a gram per kilometre; same source.
pub(crate) const E_BIKE: i64 = 110;
