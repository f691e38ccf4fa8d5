//! Meters: Enedis (electricity, CSV), GRDF (gas, JSON) and Veolia (water, CSV).

use super::{SampleFile, file, some};
use crate::calendar::{at, french, later, local};
use crate::life::{Life, Record};
use crate::text::{Object, array};
use std::fmt::Write;

const NAMES: &str = "\u{feff}Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;\
                     Grandeur metier;Etape metier;Unite;Pas en minutes\n";

/// The load curve. Each row has the end time of its half-hour.
pub(crate) fn half_hours(life: &Life, record: &Record) -> Vec<SampleFile> {
    let mut text = head(life, record, "Courbe de charge", "W");
    for (day, watts) in record.power.iter().filter(|(day, _)| record.shows(*day)) {
        let mut end = at(*day, 0);
        for watts in watts {
            end += 1_800;
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{};{watts}", local(end));
        }
    }
    file("enedis-courbe-de-charge.csv", text)
}

/// Daily energy: Enedis's file for a meter without a recorded curve.
pub(crate) fn daily(life: &Life, record: &Record) -> Vec<SampleFile> {
    let mut text = head(life, record, "Energie globale quotidienne", "Wh");
    for (day, watts) in record.power.iter().filter(|(day, _)| record.shows(*day)) {
        let used: i64 = watts.iter().sum::<i64>() / 2;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{};{used}", local(at(*day, 0)));
    }
    file("enedis-energie-quotidienne.csv", text)
}

fn head(life: &Life, record: &Record, what: &str, unit: &str) -> String {
    let (from, until) = record.window.unwrap_or((life.from, life.until));
    let (from, until, meter) = (french(from), french(until), 14_000_000_000_000 + life.key % 1_000_000_000);
    format!(
        "{NAMES}{meter:014};{what};{from};{until};Energie active;Consommation;Comptage Brut;{unit};\nHorodate;Valeur\n"
    )
}

/// Volumes are whole cubic metres, differences between readings of the cumulative use.
pub(super) fn gas(life: &Life, record: &Record) -> Vec<SampleFile> {
    some("grdf.json", !record.gas.iter().any(|(day, _)| record.shows(*day)), || {
        let mut used = 0;
        let readings = record.gas.iter().filter_map(|(day, energy)| {
            // 11.2 kWh per cubic metre. Not checked against a source: plausible.
            let (before, after) = (used / 11_200, (used + energy) / 11_200);
            used += energy;
            let reading = Object::new()
                .text("journeeGaziere", &day.to_string())
                .text("dateDebutReleve", &format!("{day}T06:00:00+00:00"))
                .text("dateFinReleve", &format!("{}T06:00:00+00:00", later(*day, 1)))
                .raw("energieConsomme", energy / 1_000)
                .raw("volumeBrutConsomme", after - before)
                .raw("indexDebut", 4_000 + before)
                .raw("indexFin", 4_000 + after)
                .raw("coeffConversion", "11.20")
                .text("natureReleve", "Informative Journalier")
                .text("qualificationReleve", "Mesuré")
                .raw("temperature", "null");
            record.shows(*day).then_some(reading)
        });
        let meter = format!("{:014}", 21_000_000_000_000 + life.key % 1_000_000_000);
        let readings = array(readings);
        let of_meter = Object::new().text("idPce", &meter).raw("frequence", "null").raw("releves", readings);
        Object::new().object(&meter, &of_meter).to_string()
    })
}

/// Each row is for the day that ends on its evening.
pub(crate) fn water(_: &Life, record: &Record) -> Vec<SampleFile> {
    some("veolia-eau.csv", !record.water.iter().any(|(day, _)| record.shows(*day)), || {
        let names =
            "Date de relevé;Index relevé (litres);Consommation du jour (litres);Index Mesuré/Estimé\n";
        let mut index = 812_000;
        let rows: String = record
            .water
            .iter()
            .filter_map(|(day, litres)| {
                index += litres;
                record.shows(*day).then(|| format!("{day} 19:00:00;{index};{litres};Mesuré\n"))
            })
            .collect();
        format!("{names}{rows}")
    })
}
