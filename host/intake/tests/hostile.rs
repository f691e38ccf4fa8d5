//! Whatever the bytes are, reading them ends with rows or with an error.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_intake::{read_file, totals};
use proptest::prelude::*;

/// A small good file of each format.
const SEEDS: [&str; 6] = [
    concat!(
        r#"<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:e="http://naesb.org/espi">"#,
        r#"<entry><link rel="self" href="/UsagePoint/1/MeterReading/7"/><link rel="related" href="/ReadingType/3"/>"#,
        r#"<content><e:MeterReading/></content></entry><entry><link rel="self" href="/ReadingType/3"/><content>"#,
        r#"<e:ReadingType><e:currency>840</e:currency><e:flowDirection>1</e:flowDirection>"#,
        r#"<e:intervalLength>3600</e:intervalLength><e:powerOfTenMultiplier>0</e:powerOfTenMultiplier>"#,
        r#"<e:uom>72</e:uom></e:ReadingType></content></entry><entry>"#,
        r#"<link rel="self" href="/UsagePoint/1/MeterReading/7/IntervalBlock/1"/><content><e:IntervalBlock>"#,
        r#"<e:interval><e:duration>86400</e:duration><e:start>1293868800</e:start></e:interval>"#,
        r#"<e:IntervalReading><e:cost>150000</e:cost><e:value>450</e:value></e:IntervalReading>"#,
        r#"<e:IntervalReading><e:timePeriod><e:duration>1800</e:duration><e:start>1293880000</e:start>"#,
        r#"</e:timePeriod><e:value>100</e:value></e:IntervalReading></e:IntervalBlock></content></entry></feed>"#
    ),
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;\
     Unite;Pas en minutes\n09111642617347;Courbe de charge;1;2;Energie active;Consommation;Comptage Brut;W;\n\
     Horodate;Valeur\n2021-02-12T22:00:00+01:00;100\n2021-02-12T23:00:00+01:00;200\n2021-02-12T23:30:00+01:00;9\n",
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;\
     Unite;Pas en minutes\n1;Index;1;2;Energie active;Consommation;Comptage Brut;Wh;\n\
     Horodate;Type de releve;EAS F1;EAS T\n2021-07-01T00:00:00+02:00;Arrêté quotidien;10;1000\n\
     2021-07-02T00:00:00+02:00;Arrêté quotidien;10;1500\n2021-07-03T00:00:00+02:00;Arrêté quotidien;20;1900\n",
    "Account Number,****1234\nAccount Name,Mx Test\n\
     Date,Type,Merchant/Description,Debit/Credit,Balance\n23/07/2024,VIS,Shop,-£12.50,+£100.00\n\
     24/07/2024,CR,Wages,+£1200.00,+£1300.00\nArranged overdraft limit,24/07/2024,+£0.00\n",
    r#"[{"docType":"bankoperation","date":"2016-03-08T00:00:00.000Z","amount":-22.28,"raw":"CB SHOP",
     "title":"SHOP","dateImport":"2016-03-09T00:00:00.000Z","bankAccount":"a1"},
     {"docType":"bankoperation","date":"2016-03-09T00:00:00.000Z","amount":1000.5,"raw":"PAY"}]"#,
    r#"[{"docType":"phonecommunicationlog","timestamp":"2016-10-01T08:59:08.000Z","partner":"336","msisdn":"x",
     "chipType":"M","length":3,"type":"SMS sortant"},{"docType":"phonecommunicationlog",
     "timestamp":"2016-10-02T08:59:08.000Z","length":62,"chipType":"c",
     "type":"SMS entrant"}]"#,
];

/// Pieces that parsers stumble over.
const TRAPS: [&str; 16] = [
    "-9223372036854775808",
    "99999999999999999999999999",
    "1e400",
    "-0",
    "0.000000000000000000001",
    "NaN",
    "\u{feff}",
    "\0",
    "2016-02-30",
    "9999-12-31T23:59:60Z",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "]]>",
    "\"",
    "{",
    ";;;;",
    "\u{202e}",
];

fn survives(bytes: &[u8]) {
    if let Ok(intake) = read_file("hostile", &mut &bytes[..]) {
        for batch in &intake.batches {
            totals(batch);
            for row in 0..batch.rows() {
                batch.day(row);
            }
        }
        assert!(intake.rejected.len() as u64 <= intake.rejected_count);
    }
}

#[test]
fn the_seeds_are_good_files() {
    for seed in SEEDS {
        let intake = read_file("seed", &mut seed.as_bytes()).unwrap();
        assert_eq!(intake.rejected_count, 0, "{:?} {:?}", intake.format, intake.rejected);
        assert!(intake.batches[0].rows() >= 2, "{:?}", intake.format);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        survives(&bytes);
    }

    /// A good file in which pieces are cut out, doubled, overwritten or replaced by traps.
    #[test]
    fn a_good_file_gone_wrong(
        seed in 0..SEEDS.len(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), 0..40_usize, 0..5_u8, any::<u8>()), 1..6),
    ) {
        let mut bytes = SEEDS[seed].as_bytes().to_vec();
        for (at, length, what, byte) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            match what {
                0 => drop(bytes.drain(at..end)),
                1 => bytes.truncate(at),
                2 => bytes[at] = byte,
                3 => {
                    let twice = bytes[at..end].to_vec();
                    bytes.splice(at..at, twice);
                }
                _ => drop(bytes.splice(at..end.min(at + 3), TRAPS[usize::from(byte) % TRAPS.len()].bytes())),
            }
        }
        survives(&bytes);
    }
}
