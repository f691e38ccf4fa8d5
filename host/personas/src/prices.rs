//! Prices in France from 2023 to 2025 (electricity from 2016), each with its source. "Checked" means that
//! the named document was read and contains the number; numbers that could not be checked are marked. All
//! amounts include taxes and are in cents unless noted. The first row of a table also applies before its
//! first day.

use jiff::civil::{Date, date};

/// A price of energy, valid from a day on.
pub(crate) struct Tariff {
    pub(crate) from: Date,
    /// In 1/1000 cent per kilowatt-hour.
    pub(crate) kilowatt_hour: i64,
    /// In cents per year.
    pub(crate) subscription: i64,
}

/// The regulated tariff of electricity (« Tarif Bleu », option Base, 6 kVA): CRE, « Historique des tarifs
/// réglementés de vente d’électricité pour les consommateurs résidentiels », file `Option_Base.csv`, columns
/// `PART_VARIABLE_TTC` and `PART_FIXE_TTC`
/// (<https://www.data.gouv.fr/datasets/historique-des-tarifs-reglementes-de-vente-delectricite-pour-les-consommateurs-residentiels>).
/// Checked, in a copy of autumn 2025 (<https://github.com/martinhsn/IA-verte>). The subscription of August 2025
/// is twelve times EDF’s monthly one, 15.47 € (checked in <https://www.commentaider.fr/tarifs-abonnements-edf-2025>):
/// the copy has 185.94 € for that period, in a row formatted unlike the others.
pub(crate) static ELECTRICITY: [Tariff; 18] = [
    Tariff { from: date(2015, 8, 1), kilowatt_hour: 14_370, subscription: 8_649 },
    Tariff { from: date(2016, 8, 1), kilowatt_hour: 15_030, subscription: 8_839 },
    Tariff { from: date(2017, 8, 1), kilowatt_hour: 14_660, subscription: 9_992 },
    Tariff { from: date(2018, 2, 1), kilowatt_hour: 14_670, subscription: 10_708 },
    Tariff { from: date(2018, 8, 1), kilowatt_hour: 14_500, subscription: 11_055 },
    Tariff { from: date(2019, 6, 1), kilowatt_hour: 15_310, subscription: 11_055 },
    Tariff { from: date(2019, 8, 1), kilowatt_hour: 15_240, subscription: 11_972 },
    Tariff { from: date(2020, 2, 1), kilowatt_hour: 15_460, subscription: 12_168 },
    Tariff { from: date(2020, 8, 1), kilowatt_hour: 15_570, subscription: 12_852 },
    Tariff { from: date(2021, 2, 1), kilowatt_hour: 15_820, subscription: 12_779 },
    Tariff { from: date(2021, 8, 1), kilowatt_hour: 15_580, subscription: 13_766 },
    Tariff { from: date(2022, 2, 1), kilowatt_hour: 17_400, subscription: 13_614 },
    Tariff { from: date(2022, 8, 1), kilowatt_hour: 17_400, subscription: 13_685 },
    Tariff { from: date(2023, 2, 1), kilowatt_hour: 20_620, subscription: 14_371 },
    Tariff { from: date(2023, 8, 1), kilowatt_hour: 22_760, subscription: 14_996 },
    Tariff { from: date(2024, 2, 1), kilowatt_hour: 25_160, subscription: 15_186 },
    Tariff { from: date(2025, 2, 1), kilowatt_hour: 20_160, subscription: 16_517 },
    Tariff { from: date(2025, 8, 1), kilowatt_hour: 19_520, subscription: 18_564 },
];

/// Gas for heating: the regulated tariff until June 2023, then the CRE’s « prix repère de vente de gaz
/// naturel à destination des clients résidentiels » (heating, mean price, GRDF), month by month.
///
/// Checked in press reports of each publication: MoneyVox (2023-06-19, and each month of 2024 and
/// 2025), Économie Matin (October 2023), LeLynx (December 2023 to February 2024), expertise-energie.fr
/// (January and May 2025), planet.fr (December 2025); docs/sample-people.md has the links. Where the press
/// rounds (November 2023, October and November 2024, February to April, July, September and October 2025),
/// the last digits are not known. March to June 2024 follow from the published changes. August
/// 2023 is not checked against a source: plausible, near its neighbours.
pub(crate) static GAS: [Tariff; 31] = [
    Tariff { from: date(2023, 1, 1), kilowatt_hour: 10_430, subscription: 24_984 },
    Tariff { from: date(2023, 7, 1), kilowatt_hour: 8_195, subscription: 25_718 },
    Tariff { from: date(2023, 8, 1), kilowatt_hour: 8_406, subscription: 25_718 },
    Tariff { from: date(2023, 9, 1), kilowatt_hour: 8_218, subscription: 25_718 },
    Tariff { from: date(2023, 10, 1), kilowatt_hour: 9_324, subscription: 25_718 },
    Tariff { from: date(2023, 11, 1), kilowatt_hour: 9_800, subscription: 25_718 },
    Tariff { from: date(2023, 12, 1), kilowatt_hour: 10_406, subscription: 25_718 },
    Tariff { from: date(2024, 1, 1), kilowatt_hour: 10_950, subscription: 25_718 },
    Tariff { from: date(2024, 2, 1), kilowatt_hour: 9_851, subscription: 25_718 },
    Tariff { from: date(2024, 3, 1), kilowatt_hour: 9_292, subscription: 25_718 },
    Tariff { from: date(2024, 4, 1), kilowatt_hour: 8_620, subscription: 25_718 },
    Tariff { from: date(2024, 5, 1), kilowatt_hour: 8_768, subscription: 25_718 },
    Tariff { from: date(2024, 6, 1), kilowatt_hour: 8_968, subscription: 25_718 },
    Tariff { from: date(2024, 7, 1), kilowatt_hour: 10_261, subscription: 27_743 },
    Tariff { from: date(2024, 8, 1), kilowatt_hour: 10_495, subscription: 27_743 },
    Tariff { from: date(2024, 9, 1), kilowatt_hour: 10_360, subscription: 27_743 },
    Tariff { from: date(2024, 10, 1), kilowatt_hour: 11_000, subscription: 27_743 },
    Tariff { from: date(2024, 11, 1), kilowatt_hour: 10_900, subscription: 27_743 },
    Tariff { from: date(2024, 12, 1), kilowatt_hour: 11_237, subscription: 27_743 },
    Tariff { from: date(2025, 1, 1), kilowatt_hour: 11_751, subscription: 27_743 },
    Tariff { from: date(2025, 2, 1), kilowatt_hour: 11_900, subscription: 27_743 },
    Tariff { from: date(2025, 3, 1), kilowatt_hour: 12_100, subscription: 27_743 },
    Tariff { from: date(2025, 4, 1), kilowatt_hour: 12_400, subscription: 27_743 },
    Tariff { from: date(2025, 5, 1), kilowatt_hour: 11_619, subscription: 27_743 },
    Tariff { from: date(2025, 6, 1), kilowatt_hour: 11_003, subscription: 27_743 },
    Tariff { from: date(2025, 7, 1), kilowatt_hour: 10_850, subscription: 29_083 },
    Tariff { from: date(2025, 8, 1), kilowatt_hour: 10_801, subscription: 33_080 },
    Tariff { from: date(2025, 9, 1), kilowatt_hour: 10_500, subscription: 33_080 },
    Tariff { from: date(2025, 10, 1), kilowatt_hour: 10_300, subscription: 33_080 },
    Tariff { from: date(2025, 11, 1), kilowatt_hour: 10_345, subscription: 33_080 },
    Tariff { from: date(2025, 12, 1), kilowatt_hour: 10_282, subscription: 33_080 },
];

/// The tariff of a month. A change during a month would count for the whole month; all changes here are on
/// the first.
pub(crate) fn of(tariffs: &[Tariff], month: Date) -> &Tariff {
    tariffs.iter().rfind(|tariff| tariff.from <= month).unwrap_or(&tariffs[0])
}

/// Cost of a month in cents: whole kilowatt-hours, and a twelfth of the subscription.
pub(crate) fn energy_bill(tariff: &Tariff, watt_hours: i64) -> i64 {
    (watt_hours / 1_000 * tariff.kilowatt_hour + 500) / 1_000 + tariff.subscription / 12
}

/// A cubic metre of water with its treatment: 4.52 €, the mean on 1 January 2023 for 120 m³ a year, taxes and
/// subscription included (Observatoire national des services d’eau et d’assainissement, SISPEA, 14th report,
/// July 2024; checked in <https://www.banquedesterritoires.fr/un-prix-total-de-leau-en-hausse-en-2022>). Used
/// for all years here.
pub(crate) const WATER_CUBIC_METRE: i64 = 452;

/// A litre of SP95-E10 in 1/10 cent, mean of the year, from the weekly prices of the Ministère de la
/// Transition écologique: 2021 and 2022 checked in
/// <https://prixdubaril.com/news-petrole/72299-prix-carburants-novembre2023.html>, 2023 and 2024 in
/// <https://prixdubaril.com/news-petrole/73540-prix-des-carburants-juin-2025.html>. 2025 is not checked against a
/// source: plausible, for a week of January had 1.742, one of June 1.670 and one of December below 1.60.
pub(crate) fn fuel_litre(year: i16) -> i64 {
    match year {
        ..=2021 => 1_528,
        2022 => 1_765,
        2023 => 1_858,
        2024 => 1_784,
        _ => 1_680,
    }
}

/// Food prices of a year in thousandths of those of 2023: INSEE, consumer prices of food, yearly means:
/// +6.8 % in 2022 (checked in
/// <https://www.tf1info.fr/economie/inflation-la-hausse-des-prix-bondit-a-5-2-en-moyenne-sur-2022-selon-insee-2244862.html>),
/// +11.8 % in 2023 and +1.4 % in 2024 (checked in
/// <https://h24media.com/linflation-a-marque-un-net-ralentissement-en-2024>). About +1 % in 2025 is not checked
/// against a source: plausible.
pub(crate) fn food(year: i16) -> i64 {
    match year {
        ..=2021 => 837,
        2022 => 894,
        2023 => 1_000,
        2024 => 1_014,
        _ => 1_025,
    }
}

/// A visit to a general practitioner of sector 1: 25 €, 26.50 € from 2023-11-01 (checked, to the month, in
/// <https://mongustave.fr/blog/assurance-sante/les-nouveaux-tarifs-des-consultations-medicales-2024>), 30 € from
/// 2024-12-22 (convention médicale, order of 20 June 2024; checked in
/// <https://defenseconso.fr/medecin-generaliste-pediatre-psychiatre-vos-consultations-vont-bientot-augmenter>).
pub(crate) fn doctor(day: Date) -> i64 {
    match day {
        day if day < date(2023, 11, 1) => 2_500,
        day if day < date(2024, 12, 22) => 2_650,
        _ => 3_000,
    }
}

/// The part of each visit that the person pays: 1 €, 2 € from 2024-05-15 (« participation forfaitaire »;
/// checked on the same page as [`doctor`]).
pub(crate) fn forfeit(day: Date) -> i64 {
    if day < date(2024, 5, 15) { 100 } else { 200 }
}

/// Share of care paid by the Assurance Maladie, in per cent of the tariff (visit to the regular doctor;
/// checked on the same page as [`doctor`]).
pub(crate) const CARE_PERCENT: i64 = 70;

/// Share of common medicines paid by the Assurance Maladie, in per cent (checked in
/// <https://droit-pratique.fr/votre-vie-quotidienne/sante/remboursement-des-frais-medicaux>). The franchise
/// per box is left out.
pub(crate) const MEDICINE_PERCENT: i64 = 65;

/// A single ticket from Nantes to Angers by TER Aléop. Not checked against a source: plausible, about 20
/// cents a kilometre, like full fares of regional trains.
pub(crate) const TRAIN_NANTES_ANGERS: i64 = 1_810;

/// A month of TCL (Lyon) for ages 26 to 64; the employer pays half of it. Sytral Mobilités, checked in
/// <https://www.lyonmag.com/article/127683/lyon-toutes-les-augmentations-de-tarifs-tcl-au-1er-janvier> (2022 and 2023),
/// <https://www.lyonmag.com/article/133765/tcl-toutes-les-hausses-de-tarifs-de-ce-1er-janvier-2024-a-lyon> (2024) and
/// <https://lebonbon.fr/lyon/news/augmentation-prix-tcl-1er-janvier-2025> (2025).
pub(crate) fn tcl_month(year: i16) -> i64 {
    match year {
        ..=2022 => 6_640,
        2023 => 6_940,
        2024 => 7_260,
        _ => 7_410,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_go_forward_and_divide_by_twelve_months() {
        for table in [&ELECTRICITY[..], &GAS[..]] {
            assert!(table.windows(2).all(|pair| pair[0].from < pair[1].from));
        }
        assert_eq!(of(&ELECTRICITY, date(2015, 1, 1)).kilowatt_hour, 14_370);
        // 100 kWh at 0.2016 € and a twelfth of 165.17 €.
        assert_eq!(energy_bill(of(&ELECTRICITY, date(2025, 3, 1)), 100_900), 2_016 + 1_376);
    }
}
