//! Emission factors and prices included in the app, each with its source and year.

use mesinfos_sdk::mobility::Mode;

/// Grams of CO2 equivalent per kWh of electricity: ADEME, Base Empreinte, mean mix of mainland
/// France, 2022. The value was checked in a quotation of version 23.6, July 2025
/// (github.com/promeosenergies-svg/promeos-poc, `backend/config/emission_factors.py`); the year was not.
pub(crate) const ELECTRICITY: i64 = 52;

/// Grams per kWh of natural gas as metered (gross calorific value), upstream included: ADEME, Base
/// Empreinte, mean mix of 2022. Checked in ADEME's model Nos Gestes Climat, release 4.15.0 of 2026
/// (github.com/incubateur-ademe/nosgestesclimat, `data/empreinte/logement/chauffage.publicodes`).
pub(crate) const GAS: i64 = 215;

/// Grams per litre of fuel, upstream included: between petrol E10 (2 770) and diesel (3 170), because bank
/// data does not distinguish them; order of 26 April 2017 on the greenhouse gases of transport, annex.
/// Checked in legal.tricoteuses.fr/articles/JORFARTI000034502756.
pub(crate) const FUEL: i64 = 2_970;

/// Price of a litre of fuel, in cents: an estimate, used only for payments of fuel without any trip.
pub(crate) const LITRE: i64 = 175;

/// Price per kWh of electricity in ten-thousandths of a euro: regulated tariff, flat option, 1 August 2025,
/// taxes included. Checked in
/// www.soleio.fr/blog/evolution-des-prix-au-tarif-reglemente-a-compter-du-1r-aout-2025.
pub(crate) const ELECTRICITY_PRICE: i64 = 1_952;

/// Price per kWh of gas in ten-thousandths of a euro: reference price of the energy regulator (CRE) for
/// heating, December 2025, taxes included. Checked in
/// planet.fr/conso-gaz-votre-facture-sera-t-elle-plus-elevee-en-decembre.2990450.1404.html.
pub(crate) const GAS_PRICE: i64 = 1_028;

/// Default fuel cost per kilometre by car, in cents: 7 L per 100 km at 1.75 EUR. An estimate.
pub(crate) const FUEL_A_KM: i64 = 12;

/// Emissions per passenger-kilometre, in tenths of a gram, manufacture of the vehicle included: ADEME, Base
/// Empreinte, as published by Impact CO2 in 2024. Trains count as regional ones, planes as flights of 1 000
/// to 3 500 km with their contrails, a car with one person in it. `None` if there is no factor.
///
/// Checked in the source of Impact CO2 (github.com/incubateur-ademe/impactco2,
/// `src/data/categories/deplacement.ts`, commit 5c135f4 of July 2024; the bicycle, which was zero there, in
/// the version of January 2025). Later versions changed some factors: see the README.
pub(crate) fn decigrams(mode: Mode) -> Option<i64> {
    match mode {
        Mode::Walk | Mode::Run => Some(0),
        Mode::Bike => Some(2),
        Mode::Car => Some(2_176),
        Mode::Motorcycle => Some(1_913),
        Mode::Bus => Some(1_132),
        Mode::Tram | Mode::Metro => Some(44),
        Mode::Train => Some(277),
        Mode::Plane => Some(1_876),
        Mode::Ferry | Mode::Other | Mode::Unknown => None,
    }
}
