//! What things cost in France from 2023 to 2025, each with where the number is from. All amounts have
//! taxes included, in cents unless it says otherwise. Before the first day of a table its first row holds.

use jiff::civil::{Date, date};

/// A price of energy from a day on.
pub(crate) struct Tariff {
    pub(crate) from: Date,
    /// In 1/1000 cent for each kilowatt-hour.
    pub(crate) kilowatt_hour: i64,
    /// In cents for each year.
    pub(crate) subscription: i64,
}

/// The regulated tariff of electricity (« Tarif Bleu », option Base, 6 kVA): CRE, « Tarifs réglementés de
/// vente d’électricité », decisions of 2022-02, 2023-02, 2023-08, 2024-02, 2025-02 and 2025-08.
/// Subscriptions before 2025 are rounded.
pub(crate) static ELECTRICITY: [Tariff; 6] = [
    Tariff { from: date(2022, 2, 1), kilowatt_hour: 17_400, subscription: 14_520 },
    Tariff { from: date(2023, 2, 1), kilowatt_hour: 20_620, subscription: 14_928 },
    Tariff { from: date(2023, 8, 1), kilowatt_hour: 22_760, subscription: 14_928 },
    Tariff { from: date(2024, 2, 1), kilowatt_hour: 25_160, subscription: 15_216 },
    Tariff { from: date(2025, 2, 1), kilowatt_hour: 20_160, subscription: 16_464 },
    Tariff { from: date(2025, 8, 1), kilowatt_hour: 19_520, subscription: 18_600 },
];

/// Gas for heating: the regulated tariff until June 2023, then the CRE’s « prix repère de vente de gaz
/// naturel » (heating) as it was published in the months named; it moves monthly, here it holds until the
/// next row.
pub(crate) static GAS: [Tariff; 9] = [
    Tariff { from: date(2023, 1, 1), kilowatt_hour: 10_430, subscription: 24_984 },
    Tariff { from: date(2023, 7, 1), kilowatt_hour: 8_195, subscription: 25_718 },
    Tariff { from: date(2023, 8, 1), kilowatt_hour: 8_406, subscription: 25_718 },
    Tariff { from: date(2023, 9, 1), kilowatt_hour: 8_218, subscription: 25_718 },
    Tariff { from: date(2024, 7, 1), kilowatt_hour: 10_261, subscription: 27_743 },
    Tariff { from: date(2024, 8, 1), kilowatt_hour: 10_495, subscription: 27_743 },
    Tariff { from: date(2025, 1, 1), kilowatt_hour: 11_800, subscription: 27_743 },
    Tariff { from: date(2025, 2, 1), kilowatt_hour: 11_900, subscription: 27_743 },
    Tariff { from: date(2025, 7, 1), kilowatt_hour: 10_200, subscription: 33_080 },
];

/// The tariff of a month. One that changes within a month holds for all of it: ours change on firsts.
pub(crate) fn of(tariffs: &[Tariff], month: Date) -> &Tariff {
    tariffs.iter().rfind(|tariff| tariff.from <= month).unwrap_or(&tariffs[0])
}

/// What a month costs: whole kilowatt-hours, and a twelfth of the subscription.
pub(crate) fn energy_bill(tariff: &Tariff, watt_hours: i64) -> i64 {
    (watt_hours / 1_000 * tariff.kilowatt_hour + 500) / 1_000 + tariff.subscription / 12
}

/// A cubic metre of water with its treatment: 4.34 €, the mean of 2023 (SISPEA, Observatoire des services
/// publics d’eau et d’assainissement, report of 2023).
pub(crate) const WATER_CUBIC_METRE: i64 = 434;

/// A litre of SP95-E10 in 1/10 cent, mean of the year: Ministère de la Transition écologique, « Prix des
/// carburants » (2023, 2024, 2025; rounded).
pub(crate) fn fuel_litre(year: i16) -> i64 {
    match year {
        ..=2021 => 1_550,
        2022 => 1_780,
        2023 => 1_860,
        2024 => 1_790,
        _ => 1_710,
    }
}

/// Food prices of a year in thousandths of those of 2023: INSEE, consumer prices of food (+6.8 % in 2022,
/// +11.8 % in 2023, +1.4 % in 2024, about +1 % in 2025).
pub(crate) fn food(year: i16) -> i64 {
    match year {
        ..=2021 => 837,
        2022 => 894,
        2023 => 1_000,
        2024 => 1_014,
        _ => 1_025,
    }
}

/// A visit to a general practitioner: 25 €, 26.50 € from 2023-11-01, 30 € from 2024-12-22 (Assurance
/// Maladie, « Tarifs conventionnels »).
pub(crate) fn doctor(day: Date) -> i64 {
    match day {
        day if day < date(2023, 11, 1) => 2_500,
        day if day < date(2024, 12, 22) => 2_650,
        _ => 3_000,
    }
}

/// What stays with the person of each visit: 1 €, 2 € from 2024-05-15 (« participation forfaitaire »).
pub(crate) fn forfeit(day: Date) -> i64 {
    if day < date(2024, 5, 15) { 100 } else { 200 }
}

/// What the Assurance Maladie pays of care, in per cent of the tariff (visit to the own doctor).
pub(crate) const CARE_PERCENT: i64 = 70;

/// What it pays of medicines with an important service, in per cent.
pub(crate) const MEDICINE_PERCENT: i64 = 65;

/// A single from Nantes to Angers by TER Aléop, the normal fare of 2024 (rounded).
pub(crate) const TRAIN_NANTES_ANGERS: i64 = 1_810;

/// A month of TCL (Lyon), the pass of an adult in 2024 (rounded); half of it is the employer’s.
pub(crate) const TCL_MONTH: i64 = 7_180;

/// A euro for what a United States dollar cost in those years: 0.92 (Banque de France, means of 2023 and
/// 2024), in per cent.
pub(crate) const DOLLAR_PERCENT: i64 = 92;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_go_forward_and_divide_by_twelve_months() {
        for table in [&ELECTRICITY[..], &GAS[..]] {
            assert!(table.windows(2).all(|pair| pair[0].from < pair[1].from));
        }
        assert_eq!(of(&ELECTRICITY, date(2016, 1, 1)).kilowatt_hour, 17_400);
        // 100 kWh at 0.2016 € and a twelfth of 164.64 €.
        assert_eq!(energy_bill(of(&ELECTRICITY, date(2025, 3, 1)), 100_900), 2_016 + 1_372);
    }
}
