//! Files of the MesInfos pilot as published, if they are present.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_intake::{IntakeError, Read, Totals, read_file};
use mesinfos_model::{Batch, Category};

/// A file and its expected content, counted from the file by other means.
struct Expected {
    file: &'static str,
    format: &'static str,
    /// Rows of each category.
    rows: &'static [(&'static str, u64)],
    rejected: u64,
    /// First and last time: UTC seconds, or days since 1970 for categories with dates.
    times: Option<(i64, i64)>,
    /// Sums: category, field, subset, value.
    totals: &'static [(&'static str, &'static str, &'static str, i64)],
}

fn fixture(file: &str) -> Option<Vec<u8>> {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/fixtures");
    let folder = std::env::var("MESINFOS_FIXTURES").unwrap_or_else(|_| own.to_owned());
    let bytes = std::fs::read(format!("{folder}/{file}")).ok();
    if bytes.is_none() {
        println!("skipped: {file} is not on this machine");
    }
    bytes
}

fn read(bytes: &[u8]) -> Result<(Read, Vec<Batch>), IntakeError> {
    let mut batches = Vec::new();
    let mut reads = read_file("file", &mut &*bytes, &mut |batch| {
        batches.push(batch);
        Ok(())
    })?;
    Ok((reads.remove(0), batches))
}

fn check(expected: &Expected) {
    let Some(bytes) = fixture(expected.file) else { return };
    let (read, batches) = read(&bytes).unwrap();
    let file = expected.file;
    assert_eq!(read.about.id, expected.format, "{file}");
    assert_eq!(read.rejected_count, expected.rejected, "{file}: {:?}", read.rejected);
    let mut rows: Vec<(&str, u64)> = batches.iter().map(|b| (b.category().id(), b.rows() as u64)).collect();
    rows.sort_unstable();
    assert_eq!(rows, expected.rows, "{file}");
    let times: Vec<i64> = batches
        .iter()
        .flat_map(|batch| (0..batch.rows()).filter_map(|row| batch.integer(batch.schema().time, row)))
        .collect();
    let times = times.iter().min().copied().zip(times.iter().max().copied());
    assert_eq!(times, expected.times, "{file}");
    for (category, field, of, value) in expected.totals {
        let mut totals = Totals::default();
        batches.iter().for_each(|batch| totals.add(batch));
        let category = *Category::ALL.iter().find(|known| known.id() == *category).unwrap();
        let found = totals.of(category);
        let sum =
            found.iter().find(|total| total.field == *field && total.of == *of).map(|total| total.value);
        assert_eq!(sum, Some(*value), "{file}: {field} of {of} in {found:?}");
    }
}

#[test]
fn real_files_of_the_pilot() {
    EXPECTED.iter().for_each(check);
}

#[test]
fn files_without_rows_of_a_person_are_not_known() {
    for name in [
        "operationtype",
        "items",
        "mesinfos_datasets",
        "datamodels/all_metadoctypes",
        "datamodels/receipt",
        "datamodels/bankoperation",
        "datamodels/geolocationlog",
    ] {
        let Some(bytes) = fixture(&format!("mesinfos-pilot/{name}.json")) else { continue };
        assert!(matches!(read(&bytes), Err(IntakeError::Unrecognised { .. })), "{name}");
    }
    if let Some(bytes) = fixture("mesinfos-pilot/datamodels/tableau_data.csv") {
        assert!(matches!(read(&bytes), Err(IntakeError::Unrecognised { .. })));
    }
}

#[test]
fn no_secret_of_a_file_is_kept() {
    for name in
        ["modalites_paiement_edf", "modalites_paiement_maif", "client_edf", "societaire_maif", "foyer_maif"]
    {
        let Some(bytes) = fixture(&format!("mesinfos-pilot/{name}.json")) else { continue };
        for batch in read(&bytes).unwrap().1 {
            for (field, row) in
                (0..batch.schema().fields.len()).flat_map(|f| (0..batch.rows()).map(move |r| (f, r)))
            {
                let text = batch.text(field, row).unwrap_or_default();
                assert!(
                    !text.contains("FR76") && !text.contains('@') && !text.contains("+33"),
                    "{name}: {text}"
                );
            }
        }
    }
}

const EXPECTED: &[Expected] = &[
    Expected {
        file: "mesinfos-pilot/operations_bancaires.json",
        format: "mesinfos-bank-json",
        rows: &[("bank", 10)],
        rejected: 0,
        times: Some((16_802, 16_991)),
        totals: &[("bank", "amount", "in", 128781), ("bank", "amount", "out", -17514)],
    },
    Expected {
        file: "mesinfos-pilot/donnees_d_appel_telephonique.json",
        format: "mesinfos-phone-json",
        rows: &[("telecom", 8)],
        rejected: 0,
        times: Some((1_475_312_348, 1_475_405_365)),
        totals: &[
            ("telecom", "duration", "out", 134),
            ("telecom", "duration", "forwarded", 11),
            ("telecom", "messages", "out", 1),
            ("telecom", "messages", "in", 2),
        ],
    },
    Expected {
        file: "mesinfos-pilot/geoloc.json",
        format: "mesinfos-position-json",
        rows: &[("mobility", 799)],
        rejected: 26,
        times: Some((1_472_716_845, 1_475_269_241)),
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/consommation_electrique.json",
        format: "mesinfos-energy-json",
        rows: &[("energy", 20)],
        rejected: 1,
        times: Some((1_278_021_600, 1_475_272_800)),
        totals: &[("energy", "energy", "consumed", 11313000)],
    },
    Expected {
        file: "mesinfos-pilot/consommation_linky_demiheure.json",
        format: "mesinfos-energy-json",
        rows: &[("energy", 11)],
        rejected: 0,
        times: Some((1_488_322_800, 1_488_340_800)),
        totals: &[("energy", "energy", "consumed", 3700)],
    },
    Expected {
        file: "mesinfos-pilot/consommation_gazpar_journaliere.json",
        format: "mesinfos-energy-json",
        rows: &[("energy", 10)],
        rejected: 0,
        times: Some((1_488_344_400, 1_489_122_000)),
        totals: &[("energy", "energy", "consumed", 478000), ("energy", "volume", "consumed", 43200000)],
    },
    Expected {
        file: "mesinfos-pilot/estimation_consommation_edelia.json",
        format: "mesinfos-energy-json",
        rows: &[("energy", 10)],
        rejected: 0,
        times: Some((1_456_786_800, 1_477_954_800)),
        totals: &[("energy", "energy", "consumed", 5836000)],
    },
    Expected {
        file: "mesinfos-pilot/enedis_loadcurve.json",
        format: "mesinfos-energy-json",
        rows: &[("energy", 48)],
        rejected: 0,
        times: Some((1_502_920_800, 1_503_005_400)),
        totals: &[("energy", "energy", "consumed", 14742)],
    },
    Expected {
        file: "mesinfos-pilot/enedis_energy.json",
        format: "mesinfos-energy-json",
        rows: &[("energy", 1)],
        rejected: 0,
        times: Some((1_502_920_800, 1_502_920_800)),
        totals: &[("energy", "energy", "consumed", 17051)],
    },
    Expected {
        file: "mesinfos-pilot/contrat_electricite.json",
        format: "mesinfos-contracts-json",
        rows: &[("contracts", 1)],
        rejected: 0,
        times: Some((15_765, 15_765)),
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/contrat_maif.json",
        format: "mesinfos-contracts-json",
        rows: &[("contracts", 4)],
        rejected: 0,
        times: Some((7_058, 15_807)),
        totals: &[("contracts", "premium", "contract", 53874)],
    },
    Expected {
        file: "mesinfos-pilot/sinistre_habitation.json",
        format: "mesinfos-contracts-json",
        rows: &[("contracts", 1)],
        rejected: 0,
        times: Some((16_636, 16_636)),
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/client_edf.json",
        format: "mesinfos-profile-json",
        rows: &[("profile", 2)],
        rejected: 0,
        times: None,
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/domicile_maif.json",
        format: "mesinfos-profile-json",
        rows: &[("profile", 1)],
        rejected: 0,
        times: None,
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/foyer_maif.json",
        format: "mesinfos-profile-json",
        rows: &[("profile", 2)],
        rejected: 0,
        times: None,
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/societaire_maif.json",
        format: "mesinfos-profile-json",
        rows: &[("profile", 1)],
        rejected: 0,
        times: None,
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/modalites_paiement_maif.json",
        format: "mesinfos-profile-json",
        rows: &[("profile", 1)],
        rejected: 0,
        times: None,
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/enedis_customer_identity.json",
        format: "mesinfos-profile-json",
        rows: &[("profile", 1)],
        rejected: 0,
        times: None,
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/enedis_customer_usagepointaddress.json",
        format: "mesinfos-profile-json",
        rows: &[("profile", 1)],
        rejected: 0,
        times: None,
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/enedis_customer_usagepoints.json",
        format: "mesinfos-profile-json",
        rows: &[("profile", 1)],
        rejected: 0,
        times: None,
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/profile_energetique_habitat.json",
        format: "mesinfos-profile-json",
        rows: &[("profile", 1)],
        rejected: 0,
        times: Some((17_093, 17_093)),
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/factures_telephone.json",
        format: "mesinfos-bills-json",
        rows: &[("bills", 8)],
        rejected: 0,
        times: Some((16_960, 17_130)),
        totals: &[("bills", "amount", "bill", 24264)],
    },
    Expected {
        file: "mesinfos-pilot/modalites_paiement_edf.json",
        format: "mesinfos-bills-json",
        rows: &[("bills", 11)],
        rejected: 0,
        times: Some((16_902, 17_176)),
        totals: &[("bills", "amount", "payment", 77033)],
    },
    Expected {
        file: "mesinfos-pilot/vod_iptv.json",
        format: "mesinfos-video-json",
        rows: &[("browsing", 1), ("purchases", 58)],
        rejected: 0,
        times: Some((1_454_889_374, 1_483_124_238)),
        totals: &[("purchases", "amount", "receipt", 2998), ("purchases", "amount", "line", 2998)],
    },
    Expected {
        file: "authored/intermarche_receipts.json",
        format: "mesinfos-receipts-json",
        rows: &[("purchases", 3)],
        rejected: 0,
        times: Some((1_380_924_000, 1_380_972_180)),
        totals: &[("purchases", "amount", "receipt", 735), ("purchases", "amount", "line", 735)],
    },
    Expected {
        file: "mesinfos-pilot/carnet_d_adresse.json",
        format: "mesinfos-contacts-json",
        rows: &[("social", 11)],
        rejected: 0,
        times: None,
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/mon_agenda.json",
        format: "mesinfos-documents-json",
        rows: &[("documents", 16)],
        rejected: 0,
        times: Some((-25_203, 16_605)),
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/tasky.json",
        format: "mesinfos-documents-json",
        rows: &[("documents", 3)],
        rejected: 0,
        times: None,
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/photos.json",
        format: "mesinfos-documents-json",
        rows: &[("documents", 3)],
        rejected: 0,
        times: None,
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/album_photo.json",
        format: "mesinfos-documents-json",
        rows: &[("documents", 3)],
        rejected: 0,
        times: Some((17_057, 17_057)),
        totals: &[],
    },
    Expected {
        file: "mesinfos-pilot/album_photo_v3.json",
        format: "mesinfos-documents-json",
        rows: &[("documents", 1)],
        rejected: 0,
        times: Some((17_421, 17_421)),
        totals: &[],
    },
    // The file lacks a comma after its first document: the rows before it are kept.
    Expected {
        file: "mesinfos-pilot/fichiers_dossiers.json",
        format: "mesinfos-documents-json",
        rows: &[("documents", 1)],
        rejected: 1,
        times: Some((17_298, 17_298)),
        totals: &[],
    },
];
