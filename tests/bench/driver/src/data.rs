//! Input data: data holders' files, generated from a fixed seed, so that every machine measures the same
//! rows.

use std::fmt::Write;

/// Transactions of [`bank`], over [`MONTHS`] months.
pub(crate) const TRANSACTIONS: u32 = 20_000;
const MONTHS: u32 = 60;
/// Calls and messages of [`phone`], over two years.
pub(crate) const CALLS: u32 = 5_000;

/// Reproducible random numbers (Knuth's LCG).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Ids of operation kinds in the pilot's data, most frequent first.
const CARD: &str = "b24a4f14e7f1a2ee3b507b2ba9010a93";
const TRANSFER: &str = "b24a4f14e7f1a2ee3b507b2ba900d6c1";
const DEBIT: &str = "b24a4f14e7f1a2ee3b507b2ba900ddae";
const CASH: &str = "b24a4f14e7f1a2ee3b507b2ba901071c";

const SHOPS: [&str; 24] = [
    "BOULANGERIE DU PONT",
    "SUPERMARCHE CENTRAL",
    "TRAM",
    "CINEMA LUX",
    "PHARMACIE",
    "LIBRAIRIE",
    "CAFE",
    "GARAGE MARTIN",
    "COIFFEUR",
    "FLEURISTE",
    "PRESSE",
    "RESTAURANT ASIE",
    "PISCINE",
    "BRICOLAGE",
    "PRIMEUR",
    "FROMAGERIE",
    "JARDINERIE",
    "OPTIQUE",
    "STATION SERVICE",
    "PEAGE",
    "GARE",
    "MUSEE",
    "VETEMENTS",
    "CHAUSSURES",
];

/// Monthly transactions: label, kind, cents, and range of variation.
const REGULAR: [(&str, &str, i64, u64); 8] = [
    ("LOYER RESIDENCE DES LILAS", DEBIT, -65_000, 1),
    ("VIR SALAIRE", TRANSFER, 210_000, 5_000),
    ("PRLV TELEPHONE", DEBIT, -1_499, 1),
    ("PRLV ELECTRICITE", DEBIT, -7_050, 400),
    ("PRLV ASSURANCE", DEBIT, -3_220, 1),
    ("ABONNEMENT MUSIQUE", CARD, -1_099, 1),
    ("SALLE DE SPORT", DEBIT, -2_990, 1),
    ("VIR EPARGNE", TRANSFER, -10_000, 1),
];

/// Transactions of a plausible account over five years, in the pilot's format.
pub(crate) fn bank(transactions: u32) -> String {
    let mut random = Random(1);
    let mut rows = String::from("[");
    let in_month = transactions.div_ceil(MONTHS);
    for row in 0..transactions {
        let (month, of_month) = (row / in_month, row % in_month);
        let (year, month, day) = (2019 + month / 12, month % 12 + 1, of_month * 28 / in_month + 1);
        let (label, kind, cents) = match REGULAR.get(of_month as usize) {
            Some((label, kind, cents, spread)) => {
                let more = i64::try_from(random.below(*spread)).unwrap();
                (format!("{label} {year}{month:02}"), *kind, cents + more)
            }
            None if random.below(20) == 0 => {
                ("RETRAIT DAB".to_owned(), CASH, -2_000 * i64::try_from(1 + random.below(5)).unwrap())
            }
            None => {
                let shop = SHOPS[usize::try_from(random.below(24)).unwrap()];
                let cents = -i64::try_from(150 + random.below(6_000)).unwrap();
                (format!("CB {shop} {:03} {day:02}/{month:02}", random.below(400)), CARD, cents)
            }
        };
        let (comma, sign) = (if row == 0 { "" } else { "," }, if cents < 0 { "-" } else { "" });
        let (units, cents) = (cents.abs() / 100, cents.abs() % 100);
        write!(
            rows,
            r#"{comma}{{"docType":"bankoperation","date":"{year}-{month:02}-{day:02}T00:00:00.000Z","amount":{sign}{units}.{cents:02},"raw":"{label}","title":"{label}","bankAccount":"a1","operationTypeID":"{kind}"}}"#
        )
        .unwrap();
    }
    rows.push(']');
    rows
}

/// Half-hours in a number of years.
pub(crate) fn half_hours(years: u32) -> u32 {
    // A year has 365.25 days.
    years * 17_532
}

/// A load curve in Enedis's format, from 2000 on, in Paris.
pub(crate) fn energy(half_hours: u32) -> String {
    let mut random = Random(2);
    let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
    let midnight = jiff::civil::date(2000, 1, 1).at(0, 0, 0, 0);
    let first = zone.to_timestamp(midnight).unwrap().as_second();
    let mut rows = String::from(
        "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes\n00000000000001;Courbe de charge;01/01/2000;01/01/2001;Energie active;Consommation;Comptage Brut;W;30\nHorodate;Valeur\n",
    );
    for row in 0..i64::from(half_hours) {
        // The timestamp of a row is its end.
        let at =
            jiff::Timestamp::from_second(first + (row + 1) * 1_800).unwrap().to_zoned_datetime(zone.clone());
        let evening = if (17..22).contains(&at.hour()) { 600 } else { 0 };
        let winter = if at.month() < 4 || at.month() > 10 { 300 } else { 0 };
        let watts = 90 + evening + winter + random.below(400);
        let (date, time) = (at.date(), at.time());
        let offset = at.offset().seconds() / 3_600;
        writeln!(rows, "{date}T{:02}:{:02}:00+{offset:02}:00;{watts}", time.hour(), time.minute()).unwrap();
    }
    rows
}

/// The log of a telephone line over two years, in the pilot's format.
pub(crate) fn phone(events: u32) -> String {
    phone_over(events, 2 * 365)
}

/// A few calls of one month.
pub(crate) fn phone_of_a_month() -> String {
    phone_over(10, 30)
}

fn phone_over(events: u32, days: i64) -> String {
    let mut random = Random(3);
    let first: jiff::Timestamp = "2022-01-01T07:00:00Z".parse().unwrap();
    let step = days * 86_400 / i64::from(events);
    let mut rows = String::from("[");
    for row in 0..events {
        let at = first.as_second() + i64::from(row) * step + i64::try_from(random.below(600)).unwrap();
        let at = jiff::Timestamp::from_second(at).unwrap();
        let way = if random.below(2) == 0 { "sortant" } else { "entrant" };
        let (length, chip, what) = if random.below(5) < 2 {
            (1 + random.below(900), "s", "appel")
        } else {
            (1 + random.below(3), "M", "SMS")
        };
        let comma = if row == 0 { "" } else { "," };
        write!(
            rows,
            r#"{comma}{{"docType":"fr.orange.phonecommunicationlog","timestamp":"{at}","msisdn":"33600000000","partner":"336000000{:02}","length":{length},"chipType":"{chip}","type":"{what} {way}"}}"#,
            random.below(40)
        )
        .unwrap();
    }
    rows.push(']');
    rows
}

/// Transactions as exported by a French bank (Boursorama), over ten years.
pub(crate) fn boursorama(transactions: u32) -> String {
    let mut random = Random(4);
    let mut rows = String::from(
        "\u{feff}dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n",
    );
    let days = 3_652;
    for row in 0..transactions {
        let day = jiff::civil::date(2014, 1, 1)
            .checked_add(jiff::Span::new().days(i64::from(row) * days / i64::from(transactions)))
            .unwrap();
        let shop = SHOPS[usize::try_from(random.below(24)).unwrap()];
        let (euros, cents) = (random.below(200), random.below(100));
        writeln!(
            rows,
            "{day};{day};\"CARTE {:02}/{:02}/{:02} {shop} {:04}\";Vie quotidienne;Courses;{};-{euros},{cents:02};;00040123456;BoursoBank;1 234,56",
            day.day(),
            day.month(),
            day.year() % 100,
            random.below(10_000),
            shop.to_lowercase(),
        )
        .unwrap();
    }
    rows
}

/// Hourly readings of an American meter (Green Button).
pub(crate) fn green_button(readings: u32) -> String {
    let mut random = Random(5);
    let mut feed = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="R/1/UsagePoint/1/MeterReading/1"/><link rel="related" href="R/1/ReadingType/1"/><content><MeterReading xmlns="http://naesb.org/espi"/></content></entry><entry><link rel="self" href="R/1/ReadingType/1"/><content><ReadingType xmlns="http://naesb.org/espi"><accumulationBehaviour>4</accumulationBehaviour><commodity>1</commodity><currency>840</currency><flowDirection>1</flowDirection><intervalLength>3600</intervalLength><kind>12</kind><powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom></ReadingType></content></entry>"#,
    );
    for block in 0..readings.div_ceil(24) {
        let start = 1_293_868_800 + u64::from(block) * 86_400;
        write!(
            feed,
            r#"<entry><link rel="self" href="R/1/UsagePoint/1/MeterReading/1/IntervalBlock/{block}"/><content><IntervalBlock xmlns="http://naesb.org/espi"><interval><duration>86400</duration><start>{start}</start></interval>"#
        )
        .unwrap();
        for hour in 0..24.min(readings - block * 24) {
            let at = start + u64::from(hour) * 3_600;
            write!(
                feed,
                "\n      <IntervalReading>\n        <cost>{}</cost>\n        <timePeriod>\n          <duration>3600</duration>\n          <start>{at}</start>\n        </timePeriod>\n        <value>{}</value>\n      </IntervalReading>",
                random.below(90_000),
                random.below(3_000)
            )
            .unwrap();
        }
        feed.push_str("</IntervalBlock></content></entry>\n");
    }
    feed.push_str("</feed>");
    feed
}

/// Transactions as OFX 1.
pub(crate) fn ofx(transactions: u32) -> String {
    let mut random = Random(6);
    let mut file = String::from(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20240101000000<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>30002<BRANCHID>00550<ACCTID>0000012345X<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20140101<DTEND>20240101\n",
    );
    for row in 0..transactions {
        let day = jiff::civil::date(2014, 1, 1)
            .checked_add(jiff::Span::new().days(i64::from(row) * 3_652 / i64::from(transactions)))
            .unwrap();
        let shop = SHOPS[usize::try_from(random.below(24)).unwrap()];
        writeln!(
            file,
            "<STMTTRN>\n<TRNTYPE>DEBIT\n<DTPOSTED>{:04}{:02}{:02}\n<TRNAMT>-{}.{:02}\n<FITID>{row:09}\n<NAME>{shop}\n<MEMO>CB {:04}\n</STMTTRN>",
            day.year(),
            day.month(),
            day.day(),
            random.below(200),
            random.below(100),
            random.below(10_000)
        )
        .unwrap();
    }
    file.push_str("</BANKTRANLIST><LEDGERBAL><BALAMT>0<DTASOF>20240101</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n");
    file
}

/// Positions as exported by Google Takeout (Records.json).
pub(crate) fn records(positions: u32) -> String {
    let mut random = Random(7);
    let mut file = String::from("{\n  \"locations\": [");
    for row in 0..positions {
        let at = jiff::Timestamp::from_second(1_600_000_000 + i64::from(row) * 120).unwrap();
        let comma = if row == 0 { "" } else { "," };
        write!(
            file,
            "{comma}{{\n    \"latitudeE7\": {},\n    \"longitudeE7\": {},\n    \"accuracy\": {},\n    \"source\": \"WIFI\",\n    \"deviceTag\": 12345678,\n    \"timestamp\": \"{at}\"\n  }}",
            472_000_000 + random.below(1_000_000),
            -15_000_000 - i64::try_from(random.below(1_000_000)).unwrap(),
            5 + random.below(60)
        )
        .unwrap();
    }
    file.push_str("]\n}");
    file
}
