//! Readings from the customer portal, in JSON: `{"<PCE>": {"releves": [{…}]}}`.
//!
//! Daily readings name their `journeeGaziere`; billing readings have only a start and an end.

use super::{Fault, Used, after, millionths, qualification};
use crate::error::FormatError;
use crate::fault;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, Piece, Want, pieces};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::Category;
use serde::Deserialize;
use serde_json::value::RawValue;

/// The `grdf-json` format.
pub(crate) struct GrdfJson;

static ABOUT: FormatInfo = FormatInfo {
    id: "grdf-json",
    fr: "Relevés GRDF (JSON)",
    en: "GRDF gas readings (JSON)",
    origin: "GRDF",
    categories: &[Category::Energy],
    looks_for: "JSON with \"idPce\", \"releves\" and \"energieConsomme\"",
    spec: "https://github.com/ssenart/PyGazpar",
    counts: OrdinalKind::Entries,
};

impl Format for GrdfJson {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.is_json_with(&["\"releves\"", "\"energieConsomme\""])
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        pieces(input.text(), &|_| Want::Any, &mut |path, piece| {
            let ([.., meter, list], Piece::Element(ordinal, raw)) = (path, piece) else { return Ok(()) };
            if list != "releves" {
                return Ok(());
            }
            match reading(meter, ordinal, raw, rows) {
                Ok(given) => given,
                Err((field, reason)) => {
                    rows.reject(ordinal, Some(field), reason);
                    Ok(())
                }
            }
        })
    }
}

/// Numbers are kept as text, which is exact.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reading<'r> {
    journee_gaziere: Option<String>,
    date_debut_releve: Option<String>,
    date_fin_releve: Option<String>,
    #[serde(borrow)]
    energie_consomme: Option<&'r RawValue>,
    #[serde(borrow)]
    volume_brut_consomme: Option<&'r RawValue>,
    qualification_releve: Option<String>,
}

fn reading(
    meter: &str,
    ordinal: u64,
    raw: &str,
    rows: &mut RowWriter<'_>,
) -> Result<Result<(), FormatError>, Fault> {
    let reading: Reading<'_> =
        serde_json::from_str(raw).map_err(|error| ("releves", fault::record(&error)))?;
    let (quality, is_there) = qualification(reading.qualification_releve.as_deref().unwrap_or_default());
    if !is_there {
        return Ok(Ok(()));
    }
    let day = |text: &Option<String>, field| {
        let text = text.as_deref().unwrap_or_default();
        time::day(text, "ymd").ok_or_else(|| (field, Reason::not_a_date(text, "2019-11-30")))
    };
    let (from, until) = match &reading.journee_gaziere {
        Some(_) => {
            let day = day(&reading.journee_gaziere, "journeeGaziere")?;
            (day, after(day))
        }
        None => (
            day(&reading.date_debut_releve, "dateDebutReleve")?,
            day(&reading.date_fin_releve, "dateFinReleve")?,
        ),
    };
    let number = |value: Option<&RawValue>, field| {
        millionths(value.map_or("", RawValue::get).trim_matches('"'), field)
    };
    let energy = number(reading.energie_consomme, "energieConsomme")?;
    let volume = number(reading.volume_brut_consomme, "volumeBrutConsomme")?;
    Used { meter, from, until, energy, volume, quality }.give(ordinal, rows)
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::energy;

    #[test]
    fn gas_days_are_local_and_absent_ones_are_no_rows() {
        let file = r#"{"22423299474865":{"idPce":"22423299474865","releves":[
            {"journeeGaziere":"2021-03-27","dateDebutReleve":"2021-03-27T06:00:00+00:00","energieConsomme":75,
             "volumeBrutConsomme":7,"qualificationReleve":"Mesuré"},
            {"journeeGaziere":"2021-03-28","energieConsomme":10.5,"qualificationReleve":"Estimé"},
            {"journeeGaziere":"2021-03-29","energieConsomme":null,"qualificationReleve":"Absence de Données"},
            {"journeeGaziere":"2021-02-30","energieConsomme":1},{"journeeGaziere":"2021-03-30","energieConsomme":"x"},
            {"journeeGaziere":null,"dateDebutReleve":"2021-04-01T06:00:00+00:00","dateFinReleve":"2021-06-01T06:00:00+00:00",
             "energieConsomme":900,"volumeBrutConsomme":81.7,"natureReleve":"Publiée"}]}}"#;
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        let batch = &batches[0];
        assert_eq!((batch.rows(), reads[0].rejected_count), (3, 2), "{:?}", reads[0].rejected);
        let of = |field| [0, 1, 2].map(|row| batch.integer(field, row));
        assert_eq!(of(energy::ENERGY), [Some(75_000_000), Some(10_500_000), Some(900_000_000)]);
        assert_eq!(of(energy::VOLUME), [Some(7_000_000), None, Some(81_700_000)]);
        assert_eq!(
            of(energy::QUALITY),
            [Some(energy::quality::MEASURED), Some(energy::quality::ESTIMATED), None]
        );
        // 06:00 in winter time to 06:00 in summer time.
        assert_eq!(
            (batch.time(0), batch.integer(energy::DURATION, 0)),
            (Some(1_616_821_200), Some(23 * 3_600))
        );
        assert_eq!(batch.text(energy::SERIES, 2), Some("22423299474865/period"));
        assert_eq!(batch.text(energy::METER, 0), Some("22423299474865"));
    }
}
