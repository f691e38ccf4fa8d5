//! Files as people really have them: small ones, written anew with invented values, after public reports of people who
//! import such files. Each test names its source.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use mesinfos_intake::{IntakeError, Read, Totals, read_file};
use mesinfos_model::category::{bank, energy, mobility, purchases, social, water};
use mesinfos_model::{Batch, Category, Day};

/// What came of a file.
struct Came {
    read: Read,
    batch: Batch,
    totals: Totals,
}

fn tried(bytes: &[u8]) -> Result<(Vec<Read>, Vec<Batch>), IntakeError> {
    let mut batches = Vec::new();
    let mut sink = |batch: Batch| {
        batches.push(batch);
        Ok(())
    };
    read_file("file", &mut &*bytes, &mut sink).map(|reads| (reads, batches))
}

/// Rows of one category in a file that has no other.
fn came(bytes: &[u8]) -> Came {
    let (mut reads, batches) = tried(bytes).unwrap();
    let mut totals = Totals::default();
    batches.iter().for_each(|batch| totals.add(batch));
    let category = batches[0].category();
    Came { read: reads.remove(0), batch: Batch::concat(category, &batches), totals }
}

impl Came {
    fn counts(&self) -> (usize, u64) {
        (self.batch.rows(), self.read.rejected_count)
    }

    fn integers(&self, field: usize) -> Vec<Option<i64>> {
        (0..self.batch.rows()).map(|row| self.batch.integer(field, row)).collect()
    }

    fn texts(&self, field: usize) -> Vec<Option<&str>> {
        (0..self.batch.rows()).map(|row| self.batch.text(field, row)).collect()
    }

    fn days(&self) -> Vec<String> {
        (0..self.batch.rows()).map(|row| self.batch.day(row).unwrap().to_string()).collect()
    }

    fn total(&self, of: &str, unit: &str) -> Option<i64> {
        let totals = self.totals.of(self.batch.category());
        totals.iter().find(|total| total.of == of && total.unit == unit).map(|total| total.value)
    }
}

fn ofx(header: &str, bookings: &[u8]) -> Vec<u8> {
    let start = format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\n{header}\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>\
         <CURDEF>EUR<BANKACCTFROM><ACCTID>42</BANKACCTFROM><BANKTRANLIST>\n"
    );
    [start.as_bytes(), bookings, b"</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"].concat()
}

fn booking(amount: &str, label: &[u8]) -> Vec<u8> {
    let start = format!("<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260105<TRNAMT>{amount}<NAME>");
    [start.as_bytes(), label, b"</STMTTRN>\n"].concat()
}

/// <https://github.com/libofx/libofx/issues/32>
#[test]
fn a_memo_with_a_line_break_of_html_is_whole() {
    let row = b"<STMTTRN><DTPOSTED>20260105<TRNAMT>-5<MEMO>KIOSK 7<BR/>Card 0099 <b>abroad</b></STMTTRN>";
    let came = came(&ofx("CHARSET:1252", row));
    assert_eq!(came.texts(bank::LABEL), [Some("KIOSK 7 Card 0099 abroad")]);
}

/// A text cut at n bytes, <https://github.com/mongodb-js/compass/issues/4084>, and a bank's file of mixed encodings,
/// <https://github.com/otherworld-dev/Budget/issues/189>
#[test]
fn one_bad_byte_costs_one_character() {
    let rows = [
        booking("-1", "DÉPÔT".as_bytes()),
        booking("-2", b"BOUCHERIE DU MARCH\xC3"),
        booking("-3", "CRÊPERIE".as_bytes()),
        booking("-4", b"TH\xC9\xC2TRE"),
    ];
    let came = came(&ofx("CHARSET:1252", &rows.concat()));
    assert_eq!(
        came.texts(bank::LABEL),
        [Some("DÉPÔT"), Some("BOUCHERIE DU MARCH\u{fffd}"), Some("CRÊPERIE"), Some("THÉÂTRE")]
    );
}

/// <https://github.com/otherworld-dev/Budget/issues/371>
#[test]
fn a_declared_code_page_is_used() {
    let russian = encoding_rs_of("windows-1251", "АПТЕКА 12");
    assert_eq!(came(&ofx("CHARSET:1251", &booking("-9", &russian))).texts(bank::LABEL), [Some("АПТЕКА 12")]);
    let polish = encoding_rs_of("iso-8859-2", "ŻABKA ŁÓDŹ");
    assert_eq!(
        came(&ofx("CHARSET:8859-2", &booking("-9", &polish))).texts(bank::LABEL),
        [Some("ŻABKA ŁÓDŹ")]
    );
}

/// The bytes of a text in two code pages that the tests use.
fn encoding_rs_of(page: &str, text: &str) -> Vec<u8> {
    let latin2 = [('Ż', 0xAF), ('Ł', 0xA3), ('Ó', 0xD3), ('Ź', 0xAC)];
    text.chars()
        .map(|c| match u32::from(c) {
            ascii @ ..0x80 => u8::try_from(ascii).unwrap(),
            cyrillic @ 0x410..=0x44F if page == "windows-1251" => {
                u8::try_from(cyrillic - 0x410 + 0xC0).unwrap()
            }
            _ => latin2.iter().find(|(letter, _)| *letter == c).unwrap().1,
        })
        .collect()
}

/// <https://github.com/OCA/l10n-spain/issues/1070>, <https://github.com/bank2ynab/bank2ynab/issues/60>: a sample of the
/// first bytes says nothing about the rest.
#[test]
fn a_declaration_holds_beyond_the_beginning() {
    let entry = |amount: &str, text: &[u8]| {
        let start = format!(
            "<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-01-05</Dt>\
             </BookgDt><AddtlNtryInf>"
        );
        [start.as_bytes(), text, b"</AddtlNtryInf></Ntry>\n"].concat()
    };
    let mut file = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt>\n".to_vec();
    for number in 1..=400 {
        file.extend(entry(
            &number.to_string(),
            b"A TEXT THAT FILLS THE FIRST BYTES OF THE FILE WITH PLAIN LETTERS",
        ));
    }
    file.extend(entry("1.00", b"K\xD6TTBULLAR"));
    file.extend_from_slice(b"</Stmt></BkToCstmrStmt></Document>");
    let came = came(&file);
    assert_eq!((came.counts(), came.texts(bank::LABEL)[400]), ((401, 0), Some("KÖTTBULLAR")));
}

/// <https://github.com/we-promise/sure/issues/2498>, and the same in French
#[test]
fn qif_dates_may_name_the_month() {
    let came = came(
        "!Type:Bank\nD3 Feb 2026\nT-4.00\n^\nD17 févr. 2026\nT-5.00\n^\nD1 août 25\nT-6.00\n^\n".as_bytes(),
    );
    assert_eq!(came.days(), ["2026-02-03", "2026-02-17", "2025-08-01"]);
}

/// <https://github.com/moneymanagerex/moneymanagerex/issues/5602>
#[test]
fn qif_dates_with_dots_have_the_day_first() {
    let came = came(b"!Type:Bank\nD04.05'2026\nT-1\n^\nD05.05'2026\nT-2\n^\nD11.05'2026\nT-3\n^\n");
    assert_eq!(came.days(), ["2026-05-04", "2026-05-05", "2026-05-11"]);
}

/// Some banks leave out the type: <https://github.com/egh/ledger-autosync/issues/62> and others
#[test]
fn qif_without_a_type_is_an_account() {
    let came = came(b"D13/01/2026\nT-7.50\nPBAKER\n^\nD14/01/2026\nT-8.50\nPBAKER\n^\n");
    assert_eq!((came.counts(), came.total("out", "unknown")), ((2, 0), Some(-1_600)));
}

/// A row balance that is the account's: <https://github.com/mincong-h/finance-toolkit>
#[test]
fn a_balance_of_the_day_of_export_is_no_part_of_a_row() {
    let file = |balance: &str| {
        format!(
            "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n\
             2026-05-04;2026-05-04;\"LOYER\";\"Logement\";\"Vie\";;-600,00;;0042;\"B\";{balance}\n"
        )
    };
    let identity = match Category::Bank.schema().identity {
        mesinfos_model::category::Identity::Multiset(fields) => fields,
        mesinfos_model::category::Identity::Set(fields) => fields,
    };
    let [first, second] = ["910,00", "85,50"].map(|balance| came(file(balance).as_bytes()));
    for &field in identity {
        assert_eq!(
            (first.batch.integer(field, 0), first.batch.text(field, 0)),
            (second.batch.integer(field, 0), second.batch.text(field, 0))
        );
    }
    assert_eq!(first.integers(bank::BALANCE), [None]);
}

/// <https://github.com/wealthfolio/wealthfolio/issues/1622>, <https://github.com/actualbudget/actual/issues/2310>
#[test]
fn a_file_saved_again_by_a_spreadsheet_keeps_its_days() {
    let came = came(
        "dateOp;dateVal;label;amount;accountNum\n03/04/26;05/04/26;A;-1,00;1\n2026-04-07;2026-04-07;B;-2,00;1\n".as_bytes(),
    );
    assert_eq!(came.days(), ["2026-04-03", "2026-04-07"]);
    // A bank with customers in many countries: only a day of one order is read.
    let header = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n";
    let row =
        |date: &str| format!("CARD,Current,{date} 10:00,{date} 10:00,Shop,-1.00,0,EUR,COMPLETED,5.00\n");
    let file = format!("{header}{}{}{}", row("03/04/2026"), row("3/24/2026"), row("05/05/2026"));
    let came = self::came(file.as_bytes());
    assert_eq!(
        (came.counts(), came.days()),
        ((2, 1), vec!["2026-03-24".to_owned(), "2026-05-05".to_owned()])
    );
}

/// <https://github.com/tilo/smarter_csv/issues/283>, <https://github.com/pviotti/degiro-bookkeeper/issues/119>
#[test]
fn a_quote_without_an_end_costs_no_other_row() {
    let header = "Date operation;Libelle court;Type operation;Libelle operation;Montant operation en euro\n";
    let file = format!(
        "{header}02/02/2026;CB;CB;\"15 INCH FRAME;-1,00\n03/02/2026;CB;CB;\"SHOP B\";-2,00\n04/02/2026;CB;CB;\"LE \"BON\" PAIN\";-4,00\n"
    );
    let came = came(file.as_bytes());
    assert_eq!((came.counts(), came.total("out", "EUR")), ((3, 0), Some(-700)));
    assert_eq!(came.texts(bank::LABEL), [Some("\"15 INCH FRAME"), Some("SHOP B"), Some("LE \"BON\" PAIN")]);
}

/// <https://github.com/DanielHaitink/YNABGoingDutch/issues/43>
#[test]
fn bunq_with_the_day_of_interest() {
    let came = came(
        b"\"Date\",\"Interest Date\",\"Amount\",\"Account\",\"Counterparty\",\"Name\",\"Description\"\n\
          \"2026-05-02\",\"2026-05-04\",\"-1.007,25\",\"NL42\",\"NL43\",\"GARAGE\",\"Repair\"\n",
    );
    assert_eq!((came.counts(), came.total("out", "EUR")), ((1, 0), Some(-100_725)));
    assert_eq!(came.integers(bank::VALUE_ON), [Day::from_ymd(2026, 5, 4).map(|day| i64::from(day.0))]);
}

/// <https://github.com/siddhantgoel/beancount-dkb/issues/123>, and 146, 155 and 163
#[test]
fn dkb_since_2023() {
    let came = came(
        "\"Girokonto\";\"DE42\"\n\"\"\n\"Buchungsdatum\";\"Wertstellung\";\"Status\";\"Zahlungspflichtige*r\";\"Zahlungsempfänger*in\";\
         \"Verwendungszweck\";\"Umsatztyp\";\"IBAN\";\"Betrag (€)\";\"Gläubiger-ID\";\"Mandatsreferenz\";\"Kundenreferenz\"\n\
         \"04.05.26\";\"04.05.26\";\"Gebucht\";\"Ich\";\"Bäcker\";\"Brot\";\"Ausgang\";\"DE1\";\"-7,5\";\"\";\"\";\"\"\n\
         \"05.05.26\";\"\";\"Vorgemerkt\";\"Firma\";\"Ich\";\"Lohn\";\"Eingang\";\"DE2\";\"2.100\";\"\";\"\";\"\"\n"
            .as_bytes(),
    );
    assert_eq!((came.counts(), came.integers(bank::AMOUNT)), ((2, 0), vec![Some(-750), Some(210_000)]));
    let (booked, pending) = (Some(bank::status::BOOKED), Some(bank::status::PENDING));
    assert_eq!(came.integers(bank::STATUS), [booked, pending]);
    assert_eq!(came.texts(bank::COUNTERPARTY), [Some("Bäcker"), Some("Firma")]);
    assert_eq!(came.texts(bank::ACCOUNT), [Some("DE42"), Some("DE42")]);
}

/// <https://github.com/reubano/csv2ofx/pull/69>
#[test]
fn starling_in_another_currency() {
    let came = came(
        b"Date,Counter Party,Reference,Type,Amount (USD),Balance (USD),Spending Category,Notes\n04/05/2026,Deli,Lunch,MASTERCARD,-9.75,10.25,EATING_OUT,\n",
    );
    assert_eq!((came.counts(), came.total("out", "USD")), ((1, 0), Some(-975)));
}

/// <https://github.com/Bone008/finance-tracker/issues/285>; money changed between two currencies is two movements
#[test]
fn wise_has_two_sides_and_no_sign() {
    let header = "ID,Status,Direction,\"Created on\",\"Finished on\",\"Source fee amount\",\"Source fee currency\",\"Target fee amount\",\"Target fee currency\",\"Source name\",\"Source amount (after fees)\",\"Source currency\",\"Target name\",\"Target amount (after fees)\",\"Target currency\",\"Exchange rate\",Reference,Batch,\"Created by\",Category,Note\n";
    let row = |id, status, way, fee, source, from, target, to| {
        format!(
            "{id},{status},{way},2026-05-04 10:00:00,2026-05-05 10:00:00,{fee},{from},,,A,{source},{from},B,{target},{to},1,,,A,,\n"
        )
    };
    let file = [
        header.to_owned(),
        row("C-1", "COMPLETED", "OUT", "0.25", "12.00", "EUR", "13.10", "USD"),
        row("T-2", "COMPLETED", "IN", "0.40", "90.00", "GBP", "100.00", "EUR"),
        row("N-3", "COMPLETED", "NEUTRAL", "0.10", "50.00", "EUR", "54.00", "USD"),
        row("T-4", "CANCELLED", "OUT", "0", "7.00", "EUR", "7.00", "EUR"),
        row("T-5", "COMPLETED", "SIDEWAYS", "0", "7.00", "EUR", "7.00", "EUR"),
    ]
    .concat();
    let came = came(file.as_bytes());
    assert_eq!(came.counts(), (5, 1));
    assert_eq!(came.integers(bank::AMOUNT), [-1_225, 10_000, -5_010, 5_400, -700].map(Some));
    assert_eq!(came.texts(bank::CURRENCY), ["EUR", "EUR", "EUR", "USD", "EUR"].map(Some));
    assert_eq!(came.texts(bank::COUNTERPARTY)[..2], [Some("B"), Some("A")]);
    assert_eq!(came.integers(bank::STATUS)[4], Some(bank::status::REVERSED));
}

/// Layouts that public importers have and we had not: their headers, with a row each
#[test]
fn further_banks() {
    for (holder, file, amount) in [
        (
            "comdirect",
            "\"Umsätze Girokonto\";\"Zeitraum: 30 Tage\";\n\n\"Buchungstag\";\"Wertstellung (Valuta)\";\"Vorgang\";\"Buchungstext\";\"Umsatz in EUR\";\n\"04.05.2026\";\"04.05.2026\";\"Lastschrift\";\"STROM\";\"-1.045,20\";\n\n\"Alter Kontostand\";\"5,00 EUR\";\n",
            -104_520,
        ),
        (
            "ING",
            "IBAN;DE42\n\nBuchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung\n04.05.2026;04.05.2026;Laden;Lastschrift;Kauf;100,00;EUR;-3,20;EUR\n",
            -320,
        ),
        (
            "KBC",
            "Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet\nBE42;;X;EUR;1;04/05/2026;BETALING;04/05/2026;-12,10;88,00;;-12,10\n",
            -1_210,
        ),
        (
            "Belfius",
            "Compte;Date de comptabilisation;Numéro d'extrait;Numéro de transaction;Compte contrepartie;Nom contrepartie contient;Rue et numéro;Code postal et localité;Transaction;Date valeur;Montant;Devise;BIC;Code pays;Communications\nBE42;04/05/2026;1;7;BE1;Shop;;;PAIEMENT;04/05/2026;-2,50;EUR;;BE;x\n",
            -250,
        ),
        (
            "Barclays",
            "Number,Date,Account,Amount,Subcategory,Memo\n,04/05/2026,20-00-00 42,-10.99,PAYMENT,CINEMA\n",
            -1_099,
        ),
        (
            "Lloyds",
            "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance\n04/05/2026,DEB,'11-02-39,42,TEA ROOM,4.20,,92.33\n",
            -420,
        ),
        (
            "Revolut",
            "Typ,Produkt,Startdatum,Datum des Abschlusses,Beschreibung,Betrag,Gebühr,Währung,Status,Guthaben\nKARTE,Aktuell,2026-05-03 10:00:00,2026-05-04 10:00:00,Laden,-6.00,0.00,EUR,ABGESCHLOSSEN,4.00\n",
            -600,
        ),
        (
            "Wise",
            "\"TransferWise ID\",Date,Amount,Currency,Description,\"Payment Reference\",\"Running Balance\"\nC-1,04-05-2026,-8.00,EUR,Card,,12.00\n",
            -800,
        ),
        (
            "BNP Paribas Fortis",
            "Nº de séquence;Date d'exécution;Date valeur;Montant;Devise du compte;Numéro de compte;Type de transaction;Contrepartie;Nom de la contrepartie;Communication;Détails;Statut;Motif du refus\n2026-1;04/05/2026;04/05/2026;-5,05;EUR;BE42;Carte;;Shop;;x;Accepté;\n",
            -505,
        ),
    ] {
        let came = came(file.as_bytes());
        assert_eq!(
            (came.counts(), came.texts(bank::HOLDER)),
            ((1, 0), vec![Some(holder)]),
            "{:?}",
            came.read.rejected
        );
        assert_eq!(
            (came.integers(bank::AMOUNT), came.days()),
            (vec![Some(amount)], vec!["2026-05-04".to_owned()]),
            "{holder}"
        );
    }
}

/// <https://github.com/joweich/chat-miner/issues/66>: the first day that tells the order comes late.
#[test]
fn the_order_of_days_is_settled_by_the_whole_conversation() {
    let mut file = String::new();
    for day in 1..=12 {
        for minute in 0..60 {
            file.push_str(&format!("7/{day}/21, 18:{minute:02} - Zoe: a message long enough to fill the first bytes of the file with words and words\n"));
        }
    }
    file.push_str("7/13/21, 09:00 - Yan: the thirteenth\n");
    let came = came(file.as_bytes());
    assert_eq!(
        (came.counts(), came.days()[0].as_str(), came.days()[720].as_str()),
        ((721, 0), "2021-07-01", "2021-07-13")
    );
    // Days that would run backwards in one order.
    let came = self::came(b"3/1/21, 08:00 - Zoe: a\n4/1/21, 08:00 - Zoe: b\n1/2/21, 08:00 - Zoe: c\n");
    assert_eq!(came.days(), ["2021-01-03", "2021-01-04", "2021-02-01"]);
}

/// <https://github.com/alignerg/lappers-posts/issues/133>, <https://github.com/lucasrodes/whatstk/issues/139>
#[test]
fn notices_of_whatsapp_are_no_messages() {
    let iphone = "[04/05/2026, 10:00:00] Cousins: \u{200E}Messages are encrypted.\n[04/05/2026, 10:00:01] Cousins: \u{200E}Zoe added you\n\
                  [04/05/2026, 10:05:00] Zoe: \u{200E}image omitted\n[04/05/2026, 10:06:00] Yan: Hi\n";
    assert_eq!(came(iphone.as_bytes()).texts(social::NAME), [Some("Zoe"), Some("Yan")]);
    // A conversation of two: the first line is in the name of the other person, who calls and writes.
    let two = "[04/05/2026, 10:00:00] Zoe: \u{200E}Messages are encrypted.\n[04/05/2026, 10:05:00] Zoe: \u{200E}Missed voice call\n[04/05/2026, 10:06:00] Zoe: Hi\n";
    assert_eq!(came(two.as_bytes()).counts(), (2, 0));
    let android = "04/05/2026, 22:00 - +33 6 00 00 00 01 added you to a group in the community: Flowers\n\
                   04/05/2026, 22:01 - Zoe Doe changed the subject from \"Trip: Rome\" to \"Trip: Bari\"\n\
                   04/05/2026, 22:02 - Jean a créé le groupe « Fête : été »\n04/05/2026, 22:03 - +33 6 00 00 00 02: Hi: all\n";
    assert_eq!(came(android.as_bytes()).texts(social::BODY), [Some("Hi: all")]);
}

/// <https://github.com/stepva/chatalysis/issues/104>
#[test]
fn encrypted_messenger_conversations() {
    let came = came(
        r#"{"participants": ["Zoé Doe", "Me"], "threadName": "Zoé Doe_7", "messages": [
            {"isUnsent": false, "media": [], "reactions": [], "senderName": "Me", "text": "déjà", "timestamp": 1777888800000, "type": "text"},
            {"isUnsent": true, "media": [], "reactions": [], "senderName": "Zoé Doe", "text": "", "timestamp": 1777888860000, "type": "text"}]}"#
            .as_bytes(),
    );
    assert_eq!(came.integers(social::DIRECTION), [Some(social::direction::OUT), Some(social::direction::IN)]);
    assert_eq!(
        (came.integers(social::AT)[0], came.texts(social::BODY)),
        (Some(1_777_888_800), vec![Some("déjà"), None])
    );
}

/// <https://github.com/nextcloud/server/issues/16086>: people born in 1604
#[test]
fn birthdays_without_a_year() {
    let card = |bday: &str| format!("BEGIN:VCARD\nVERSION:3.0\nFN:Zoe\n{bday}\nEND:VCARD\n");
    let cards = [
        card("BDAY;X-APPLE-OMIT-YEAR=1604;VALUE=DATE:16040930"),
        card("BDAY;value=date:1604-09-30"),
        card("BDAY;X-APPLE-OMIT-YEAR=1900:1900-09-30"),
        card("BDAY:--0930"),
        card("BDAY:19810930"),
    ];
    let came = came(cards.concat().as_bytes());
    let born = Day::from_ymd(1981, 9, 30).map(|day| i64::from(day.0));
    assert_eq!(came.integers(social::BIRTHDAY), [None, None, None, None, born]);
}

/// <https://github.com/mangstadt/ez-vcard/issues/80>
#[test]
fn a_soft_break_and_a_fold_at_once() {
    let came = came(b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=\n =AB=20D=\n\toe\nTEL;CELL:0600000001\nEND:VCARD\n");
    assert_eq!(came.texts(social::NAME), [Some("Zoë Doe")]);
}

const ENEDIS: &str = "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes\n\
    00000000000042;Courbe de charge;1;2;Energie active;Consommation;Comptage Brut;W;\nHorodate;Valeur\n";

/// <https://github.com/JC144/EDF_Simulateur_Prix/issues/3>
#[test]
fn a_reading_that_stands_twice_counts_once() {
    let rows = "2026-01-05T00:30:00+01:00;100\n2026-01-05T00:30:00+01:00;100\n2026-01-05T01:00:00+01:00;300\n2026-01-05T00:30:00+01:00;100\n2026-01-05T01:00:00+01:00;400\n";
    let came = came(format!("{ENEDIS}{rows}").as_bytes());
    // Two values for one half-hour: the second is told of, not added.
    assert_eq!((came.counts(), came.total("consumed", "Wh")), ((2, 1), Some(200)));
}

/// The same issue: a point between two half-hours; and a change of the step, which is none
#[test]
fn a_point_off_the_steps_has_no_interval() {
    let rows = "2026-01-05T00:30:00+01:00;100\n2026-01-05T01:00:00+01:00;100\n2026-01-05T01:17:10+01:00;100\n2026-01-05T01:30:00+01:00;100\n";
    let came = came(format!("{ENEDIS}{rows}").as_bytes());
    assert_eq!((came.counts(), came.integers(energy::DURATION)), ((3, 1), vec![Some(1_800); 3]));
}

/// Local times without an offset, in the night in which an hour occurs twice
#[test]
fn the_hour_that_occurs_twice_is_two_hours() {
    let rows: String = ["01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30"]
        .iter()
        .map(|time| format!("2026-10-25T{time}:00;100\n"))
        .collect();
    let came = came(format!("{ENEDIS}{rows}").as_bytes());
    let starts = came.integers(energy::START);
    assert_eq!(came.counts(), (7, 0), "{:?}", came.read.rejected);
    assert!(starts.windows(2).all(|pair| pair[1].unwrap() - pair[0].unwrap() == 1_800), "{starts:?}");
}

/// <https://github.com/electricitymaps/bloom-contrib/issues/3>
#[test]
fn tfl_with_one_column_of_times() {
    let came = came(b"Date,Time,Journey,Charge (GBP),Capped,Notes\n04/05/2018,08:10 - 08:40,Oval to Bank,-2.40,N,\n04/05/2018,18:10,\"Bus Journey, Route 9\",-1.50,N,\n");
    assert_eq!((came.counts(), came.total("leg", "GBP")), ((2, 0), Some(390)));
    assert_eq!(came.integers(mobility::DURATION), [Some(1_800), None]);
    assert_eq!(came.texts(mobility::LINE), [None, Some("9")]);
}

/// <https://github.com/martin-ueding/geo-activity-playground/issues/86>, and 191
#[test]
fn strava_in_the_language_of_the_account() {
    let file = |header: &str, row: &str| came(format!("{header}\n{row}\n").as_bytes());
    let german = file(
        "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,Verstrichene Zeit,Distanz",
        "1,\"04.05.2026, 06:00:00\",Früh,Lauf,,1800,\"5,02\",1800.0,5020.4",
    );
    let french = file(
        "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Description de l'activité,Temps écoulé,Distance,Temps écoulé,Distance",
        "1,4 mai 2026 à 06:00:00,Tôt,Course à pied,,1800,\"5,02\",1800.0,5020.4",
    );
    for came in [german, french] {
        assert_eq!(came.counts(), (1, 0), "{:?}", came.read.rejected);
        assert_eq!(came.integers(mobility::AT), [Some(1_777_874_400)]);
        assert_eq!(came.integers(mobility::DISTANCE), [Some(5_020)]);
        assert_eq!(came.integers(mobility::MODE), [Some(mobility::mode::RUN)]);
    }
}

/// <https://github.com/jonroig/nozama/issues/1>
#[test]
fn amazon_with_decimal_commas() {
    let came = came(
        b"\"Website\",\"Order ID\",\"Order Date\",\"Currency\",\"Unit Price\",\"Unit Price Tax\",\"Total Discounts\",\"Total Owed\",\"ASIN\",\"Quantity\",\"Order Status\",\"Product Name\"\n\
          \"Amazon.it\",\"7-1\",\"2026-05-04T10:00:00Z\",\"Not Available\",\"1.000,00\",\"220,00\",\"'-20,00'\",\"1.200\",\"B000000042\",\"1\",\"Closed\",\"Oven\"\n",
    );
    assert_eq!((came.counts(), came.total("receipt", "EUR")), ((2, 0), Some(120_000)));
    assert_eq!(came.integers(purchases::DISCOUNT)[0], Some(2_000));
}

/// <https://github.com/mdeweerd/meterstoha/issues/11>
#[test]
fn veolia_with_letters_and_the_index_of_the_morning() {
    let came = came(
        "Date de relevé;Index relevé (litres);Consommation du jour (litres);Index Mesuré/Estimé\n04/05/2026;100;20;M\n05/05/2026;120;30;E\n"
            .as_bytes(),
    );
    assert_eq!(
        came.integers(water::QUALITY),
        [Some(water::quality::MEASURED), Some(water::quality::ESTIMATED)]
    );
    assert_eq!(came.days(), ["2026-05-04", "2026-05-05"]);
}

/// Statements of a deferred card: every amount without a sign, the types tell what went out
#[test]
fn ofx_amounts_without_signs() {
    let row = |kind: &str, amount: &str| {
        format!("<STMTTRN><TRNTYPE>{kind}<DTPOSTED>20260105<TRNAMT>{amount}<FITID>{amount}</STMTTRN>\n")
    };
    let unsigned = [row("POS", "12.50"), row("DEBIT", "3.00"), row("CREDIT", "40.00")].concat();
    let came = self::came(&ofx("CHARSET:1252", unsigned.as_bytes()));
    assert_eq!(came.integers(bank::AMOUNT), [-1_250, -300, 4_000].map(Some));
    // One sign tells that the others have theirs: a purchase that was paid back.
    let signed = [row("POS", "12.50"), row("DEBIT", "-3.00")].concat();
    assert_eq!(
        self::came(&ofx("CHARSET:1252", signed.as_bytes())).integers(bank::AMOUNT),
        [1_250, -300].map(Some)
    );
}

/// Programs leave old bookings in comments: <https://github.com/asgrim/ofxparser/issues/49> and others
#[test]
fn ofx_tags_in_comments_are_no_bookings() {
    let row = "<STMTTRN><DTPOSTED>20260105<TRNAMT>-5.00<NAME>A</STMTTRN>\n";
    let file = format!("<!-- {row} -->\n{row}<!-- <STMTTRN><TRNAMT>-9.00 -->\n");
    let mut file = ofx("CHARSET:1252", file.as_bytes());
    file.splice(0..0, *b"\x01\r\n");
    assert_eq!(came(&file).integers(bank::AMOUNT), [Some(-500)]);
}

/// A movement that is announced is not booked; what follows a day must be a time.
#[test]
fn announced_movements_and_words_after_a_day() {
    let header = "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Beguenstigter/Zahlungspflichtiger;Betrag;Waehrung;Info\n";
    let row = |day: &str, info: &str| format!("DE42;{day};{day};LASTSCHRIFT;X;Y;-1,00;EUR;{info}\n");
    let file = [
        header.to_owned(),
        row("04.05.26", "Umsatz gebucht"),
        row("05.05.26", "Umsatz vorgemerkt"),
        row("06.05.26 ?", "Umsatz gebucht"),
    ]
    .concat();
    let came = came(file.as_bytes());
    assert_eq!(
        (came.counts(), came.integers(bank::STATUS)),
        ((2, 1), vec![Some(bank::status::BOOKED), Some(bank::status::PENDING)])
    );
}

/// Blue Button 2: a variable of CMS decides, not the FHIR code that several variables share.
#[test]
fn amounts_of_blue_button_are_those_of_their_variables() {
    let amount = |variable: &str, code: &str, value: &str| {
        format!(
            r#"{{"category": {{"coding": [{{"system": "http://terminology.hl7.org/CodeSystem/adjudication", "code": "{code}"}},
            {{"code": "https://bluebutton.cms.gov/resources/variables/{variable}"}}]}}, "amount": {{"value": {value}, "currency": "USD"}}}}"#
        )
    };
    let amounts = [
        amount("clm_tot_chrg_amt", "submitted", "120.00"),
        amount("nch_blood_ncvrd_chrg_amt", "submitted", "7.00"),
        amount("clm_pmt_amt", "paidtoprovider", "80.00"),
        amount("nch_clm_prvdr_pmt_amt", "paidtoprovider", "80.00"),
    ];
    let claim = |rest: &str| {
        format!(
            r#"{{"resourceType": "Bundle", "entry": [{{"resource": {{"resourceType": "ExplanationOfBenefit", "id": "c-1", "status": "active", "billablePeriod": {{"start": "2026-05-04"}}, {rest}}}}}]}}"#
        )
    };
    let came = self::came(claim(&format!(r#""adjudication": [{}]"#, amounts.join(","))).as_bytes());
    use mesinfos_model::category::health;
    assert_eq!(came.integers(health::CHARGED), [Some(12_000)]);
    assert_eq!(came.integers(health::PAID), [Some(8_000)]);
    // In STU3, the charge is a member of its own.
    let came = self::came(
        claim(r#""totalCost": {"value": 33.5, "system": "urn:iso:std:iso:4217", "code": "USD"}"#).as_bytes(),
    );
    assert_eq!(came.integers(health::CHARGED), [Some(3_350)]);
}

/// CDA: discharge sections, medicines within an act, and codes that say that there is nothing
#[test]
fn sections_of_a_discharge_and_nothing_known() {
    let medicine = r#"<substanceAdministration classCode="SBADM" moodCode="EVN"><consumable><manufacturedProduct><manufacturedMaterial><code code="42" codeSystem="2.16.840.1.113883.6.88" displayName="A medicine"/></manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration>"#;
    let problem = |code: &str, name: &str| {
        format!(
            r#"<entry><act classCode="ACT" moodCode="EVN"><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN"><code code="55607006"/><value code="{code}" codeSystem="2.16.840.1.113883.6.96" displayName="{name}"/></observation></entryRelationship></act></entry>"#
        )
    };
    let file = format!(
        r#"<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/><templateId root="2.16.840.1.113883.10.20.22.1.1"/><component><structuredBody>
        <component><section><code code="75311-1" codeSystem="2.16.840.1.113883.6.1"/><entry><act classCode="ACT" moodCode="EVN"><entryRelationship typeCode="SUBJ">{medicine}</entryRelationship></act></entry></section></component>
        <component><section><code code="11535-2" codeSystem="2.16.840.1.113883.6.1"/>{}{}</section></component>
        </structuredBody></component></ClinicalDocument>"#,
        problem("233604007", "Pneumonia"),
        problem("160245001", "No current problems")
    );
    let came = came(file.as_bytes());
    use mesinfos_model::category::health;
    assert_eq!(came.texts(health::LABEL), [Some("A medicine"), Some("Pneumonia")]);
}

/// The pilot's points of delivery: a highest power in W is no energy
#[test]
fn a_daily_power_is_no_energy() {
    let point = |kind: &str, step: &str, unit: &str| {
        format!(
            r#"{{"usage_point": [{{"usage_point_id": "42", "meter_reading": {{"reading_type": {{"measurement_kind": "{kind}",
            "start_measurement_period": "2026-05-04", "end_measurement_period": "2026-05-05", "interval_length": "",
            "time_attribute": "{step}", "unit": "{unit}", "flow_direction": "forward"}},
            "interval_block": [{{"value": "6000", "reading_number": "1"}}]}}}}]}}"#
        )
    };
    let file = format!("[{},{}]", point("CDC", "30mn", "W"), point("PMAX", "day", "W"));
    let came = came(file.as_bytes());
    assert_eq!((came.counts(), came.total("consumed", "Wh")), ((1, 1), Some(3_000)));
}

/// <https://github.com/Freika/dawarich/issues/3163>: an export with thousands of photographs. Files that are nothing to us
/// are counted, not listed one by one.
#[test]
fn an_export_of_many_files_comes_in() {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for number in 0..12_000 {
        archive.start_file(format!("media/{number}.dat"), options).unwrap();
        archive.write_all(b"?").unwrap();
    }
    archive.start_file("chat.txt", options).unwrap();
    archive.write_all(b"04/05/2026, 10:00 - Zoe: Hi\n").unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    let (reads, batches) = tried(&bytes).unwrap();
    assert_eq!(batches.iter().map(Batch::rows).sum::<usize>(), 1);
    let last = reads.last().unwrap().rejected[0].reason.to_string();
    assert_eq!(last, "11900 further files are not in a known format");
    assert!(reads.len() < 200, "{} files are listed", reads.len());
}

/// A statement of a month without movements is a good file, and says that it gives nothing.
#[test]
fn a_statement_without_entries_is_a_sound_file_without_rows() {
    let camt = b"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt><Id>1</Id></Stmt></BkToCstmrStmt></Document>";
    for file in [camt.to_vec(), ofx("CHARSET:1252", b"")] {
        let (reads, batches) = tried(&file).unwrap();
        // What is told of a file without rows is up to who tells it: nothing was rejected.
        assert!(batches.is_empty() && reads[0].rejected.is_empty());
    }
}

/// A comma is a decimal mark: OFX does not group digits. https://github.com/jseutter/ofxparse/pull/91
#[test]
fn a_comma_in_ofx_is_a_decimal_mark() {
    let rows = [
        booking("-24,990", b"A"),
        booking("-12,500", b"B"),
        booking("100,000", b"C"),
        booking("-3.50", b"D"),
    ];
    let came = came(&ofx("CHARSET:1252", &rows.concat()));
    assert_eq!(came.integers(bank::AMOUNT), [-2_499, -1_250, 10_000, -350].map(Some));
}

/// A mark beside an amount says which way money goes. https://github.com/assetgrid/assetgridapp/issues/36
#[test]
fn marks_of_debit_and_credit_are_signs() {
    let rows = [booking("10.00 DR", b"A"), booking("7.00 Cr", b"B"), booking("-5.00", b"C")];
    assert_eq!(
        came(&ofx("CHARSET:1252", &rows.concat())).integers(bank::AMOUNT),
        [-1_000, 700, -500].map(Some)
    );
    // A sign beside a mark would say it twice, and the code of another money is another money.
    let rows = [booking("-10.00 DR", b"A"), booking("5.00 BTC", b"B"), booking("-2.00", b"C")];
    let (reads, batches) = tried(&ofx("CHARSET:1252", &rows.concat())).unwrap();
    assert_eq!((batches[0].rows(), reads[0].rejected.len()), (1, 2));
}

/// Rents of three months, not three days of January. https://github.com/securo-finance/securo/pull/547
#[test]
fn dates_of_qif_that_nothing_settles_are_day_first() {
    let rows: String = (2..5).map(|month| format!("D01/{month:02}/2026\nT-800.00\nPLOYER\n^\n")).collect();
    let came = came(format!("!Type:Bank\n{rows}").as_bytes());
    let days: Vec<_> = ["2026-02-01", "2026-03-01", "2026-04-01"]
        .iter()
        .map(|day| Some(i64::from(day.parse::<mesinfos_model::Day>().unwrap().0)))
        .collect();
    assert_eq!(came.integers(bank::BOOKED_ON), days);
}

/// A date that cannot be costs neither its row nor its file. https://github.com/krtek/Birthday-widget/issues/9
#[test]
fn a_date_that_cannot_be_is_none() {
    let row = "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260105<DTAVAIL>00000101<TRNAMT>-5.00<NAME>A</STMTTRN>\n";
    assert_eq!(came(&ofx("CHARSET:1252", row.as_bytes())).integers(bank::AMOUNT), [Some(-500)]);
    let card = |born: &str| {
        format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nTEL:0601020304\r\nBDAY:{born}\r\nEND:VCARD\r\n")
    };
    let (reads, batches) = tried((card("0000-04-12") + &card("1980-04-12")).as_bytes()).unwrap();
    assert!(reads[0].rejected.is_empty());
    assert!(batches.iter().all(|batch| mesinfos_intake::check(batch).is_ok()));
    assert_eq!(batches.iter().map(Batch::rows).sum::<usize>(), 2);
}

/// A claim that was withdrawn counts for nothing. https://hl7.org/fhir/R4B/valueset-explanationofbenefit-status.html
#[test]
fn withdrawn_claims_are_not_counted() {
    let claim = |id: &str, status: &str| {
        format!(
            r#"{{"resource":{{"resourceType":"ExplanationOfBenefit","id":"{id}","status":"{status}","use":"claim",
                "billablePeriod":{{"start":"2026-01-05"}},
                "total":[{{"category":{{"coding":[{{"code":"submitted"}}]}},"amount":{{"value":90.0,"currency":"USD"}}}}]}}}}"#
        )
    };
    let entries =
        [claim("e1", "cancelled"), claim("e2", "active"), claim("e3", "entered-in-error")].join(",");
    let file = format!(r#"{{"resourceType":"Bundle","type":"searchset","entry":[{entries}]}}"#);
    let (reads, batches) = tried(file.as_bytes()).unwrap();
    assert_eq!((batches[0].rows(), reads[0].rejected.len()), (1, 2));
    assert_eq!(reads[0].rejected[0].reason.to_string(), "its status is \"cancelled\": it counts for nothing");
}
