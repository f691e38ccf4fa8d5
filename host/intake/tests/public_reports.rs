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
            "",
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
            "",
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
            ((1, 0), vec![Some(holder).filter(|name| !name.is_empty())]),
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

/// An account on which shops only paid back, beside transfers that say nothing: nothing has a minus, and the types are
/// those of purchases. OFX signs amounts from the account's point of view, so what came back came in. The sample life
/// "remboursements" has such a statement.
#[test]
fn ofx_purchases_that_were_all_paid_back() {
    let row = |kind: &str, amount: &str| {
        format!("<STMTTRN><TRNTYPE>{kind}<DTPOSTED>20260105<TRNAMT>{amount}<FITID>{amount}</STMTTRN>\n")
    };
    let back = [row("POS", "17,65"), row("POS", "8,97"), row("XFER", "19,00")].concat();
    assert_eq!(
        self::came(&ofx("CHARSET:1252", back.as_bytes())).integers(bank::AMOUNT),
        [1_765, 897, 1_900].map(Some)
    );
    // Nothing but purchases, and many of them: the statement has no signs.
    let spent: String = (1..=9).map(|at| row("DEBIT", &format!("{at}.00"))).collect();
    let came = self::came(&ofx("CHARSET:1252", spent.as_bytes()));
    assert!(came.integers(bank::AMOUNT).into_iter().all(|amount| amount.is_some_and(|amount| amount < 0)));
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
    assert_eq!(last, "11990 further files are not in a known format");
    assert!(reads.len() < 20, "{} files are listed", reads.len());
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

/// A refund in a column of debits: <https://github.com/firefly-iii/firefly-iii/issues/1650>; debits that have their sign
/// already: <https://github.com/ledger/ledger/pull/2853>, <https://github.com/davidfowl/tally/issues/86>
#[test]
fn a_minus_in_a_column_without_signs_turns_the_movement_round() {
    let lloyds = |cells: &[&str]| {
        let row = |cells: &&str| format!("04/05/2026,DEB,'11-02-39,42,SHOP,{cells},\n");
        let header = "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance\n";
        came((header.to_owned() + &cells.iter().map(row).collect::<String>()).as_bytes())
            .integers(bank::AMOUNT)
    };
    // A purchase, one that was paid back, a credit, and one that was taken back.
    assert_eq!(lloyds(&["4.20,", "-1.10,", ",9.00", ",-9.00"]), [-420, 110, 900, -900].map(Some));
    // Two refunds and nothing else are still refunds; a file whose debits all have a minus writes them so.
    assert_eq!(lloyds(&["-1.10,", "-1.20,"]), [110, 120].map(Some));
    assert_eq!(lloyds(&["-1.10,", "-1.20,", "-1.30,", ",5.00"]), [-110, -120, -130, 500].map(Some));
    let credit_agricole = came(
        "Date;Libellé;Débit euros;Crédit euros;\n04/05/2026;\"CARTE\";12,00;;\n05/05/2026;\"AVOIR\";-3,00;;\n06/05/2026;\"REJET\";;-7,00;\n"
            .as_bytes(),
    );
    assert_eq!(credit_agricole.integers(bank::AMOUNT), [-1_200, 300, -700].map(Some));
    // A layout whose debits have a minus: without one, money came back; a file without any is written in the other way.
    let mutuel = |rows: &str| {
        came(format!("Date;Date de valeur;Débit;Crédit;Libellé;Solde\n{rows}").as_bytes())
            .integers(bank::AMOUNT)
    };
    assert_eq!(
        mutuel(
            "04/05/2026;04/05/2026;-12,00;;A;\n05/05/2026;05/05/2026;3,00;;AVOIR;\n06/05/2026;06/05/2026;;-7,00;REJET;\n"
        ),
        [-1_200, 300, -700].map(Some)
    );
    assert_eq!(
        mutuel("04/05/2026;04/05/2026;12,00;;A;\n05/05/2026;05/05/2026;;3,00;B;\n"),
        [-1_200, 300].map(Some)
    );
}

/// A card's statement without signs, in which one purchase was paid back, or whose signs are the bank's:
/// <https://github.com/monetr/monetr/issues/2687>
#[test]
fn one_minus_in_a_card_statement_does_not_turn_its_purchases() {
    let card = |rows: &[(&str, &str)]| {
        let row = |(kind, amount): &(&str, &str)| {
            format!("<STMTTRN><TRNTYPE>{kind}<DTPOSTED>20260105<TRNAMT>{amount}</STMTTRN>\n")
        };
        let rows: String = rows.iter().map(row).collect();
        let file = format!(
            "OFXHEADER:100\n\n<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR<CCACCTFROM><ACCTID>42</CCACCTFROM>\
             <BANKTRANLIST>{rows}</BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>"
        );
        came(file.as_bytes()).integers(bank::AMOUNT)
    };
    // Without signs, and a purchase that was paid back.
    let unsigned = [("POS", "12.50"), ("POS", "3.00"), ("POS", "-4.00"), ("CREDIT", "20.00")];
    assert_eq!(card(&unsigned), [-1_250, -300, 400, 2_000].map(Some));
    // The bank's point of view: what is bought has no minus, what is paid back has one.
    let reversed = [("DEBIT", "12.50"), ("DEBIT", "3.00"), ("CREDIT", "-20.00"), ("DEBIT", "1.00")];
    assert_eq!(card(&reversed), [-1_250, -300, 2_000, -100].map(Some));
    // The usual way: paying the card off, and a refund of a wrong type.
    let usual = [("DEBIT", "-12.50"), ("PAYMENT", "100.00"), ("DEBIT", "5.00"), ("PAYMENT", "50.00")];
    assert_eq!(card(&usual), [-1_250, 10_000, 500, 5_000].map(Some));
}

/// <https://github.com/JBGruber/rwhatsapp/issues/28> (Persian digits and comma), <https://github.com/mtln/chat-export/pull/30>
/// (Arabic, with marks of direction and halves of the day), <https://github.com/ChatLab/ChatLab/pull/131> and public logs in
/// Chinese and Korean, whose half of the day stands before the time
#[test]
fn whatsapp_in_other_scripts() {
    let first = |text: &str| {
        let came = came(text.as_bytes());
        assert_eq!(came.counts(), (1, 0), "{text}: {:?}", came.read.rejected);
        (came.integers(social::AT)[0].unwrap(), came.texts(social::BODY)[0].unwrap().to_owned())
    };
    // 4 May 2023, 16:17 in Paris.
    for text in [
        "2023/5/4 下午4:17 - 小明: 你好",
        "[2023/5/4 下午4:17:00] 小明: 你好",
        "2023. 5. 4. 오후 4:17 - 小明: 你好",
        "\u{200f}٤\u{200f}/٥\u{200f}/٢٠٢٣، ٤:١٧ م - 小明: 你好",
        "\u{200e}[٠٤/٠٥/٢٠٢٣، ٤:١٧:٠٠ م] 小明: 你好",
        "۲۰۲۳/۵/۴، ۱۶:۱۷ - 小明: 你好",
        "\u{202b}4.5.2023, 16:17\u{202c} - 小明: 你好",
    ] {
        assert_eq!(first(&format!("{text}\n")), (1_683_209_820, "你好".to_owned()));
    }
    assert_eq!(first("2023/5/4 上午12:05 - 小明: ۱. شام\n"), (1_683_151_500, "۱. شام".to_owned()));
    // A year of the Persian calendar is no year of this one.
    let (reads, batches) = tried("۱۴۰۲/۲/۱۴، ۱۶:۱۷ - A: x\n۲۰۲۳/۵/۴، ۱۶:۱۷ - A: y\n".as_bytes()).unwrap();
    assert_eq!((batches[0].rows(), reads[0].rejected_count), (1, 1));
}

/// The night in which an hour occurs twice: messages stand in the order of time, several in one minute.
#[test]
fn messages_of_the_hour_that_occurs_twice() {
    let times = ["02:10", "02:50", "02:50", "02:05", "02:05", "02:55", "03:01"];
    let text: String = times.iter().map(|time| format!("25/10/2020, {time} - Zoe: x\n")).collect();
    let came = came(text.as_bytes());
    let starts = came.integers(social::AT);
    let minutes: Vec<i64> = starts.iter().map(|at| (at.unwrap() - starts[0].unwrap()) / 60).collect();
    assert_eq!(minutes, [0, 40, 40, 55, 55, 105, 111]);
    assert_eq!(came.integers(social::UTC_OFFSET), [120, 120, 120, 60, 60, 60, 60].map(Some));
}

/// <https://github.com/labexp/osmtracker-android/issues/324>
#[test]
fn gpx_times_in_persian_digits() {
    let came = came("<gpx version=\"1.1\" creator=\"OSMTracker\"><wpt lat=\"37.1\" lon=\"49.7\"><time>۲۰۲۳-۰۵-۰۴T۱۰:۳۸:۲۰Z</time></wpt></gpx>".as_bytes());
    assert_eq!((came.counts(), came.integers(mobility::AT)), ((1, 0), vec![Some(1_683_196_700)]));
}

/// A ZIP file of these members.
fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in members {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The text as `gzip` writes it, in blocks that are not compressed.
fn gzipped(text: &str) -> Vec<u8> {
    let mut packed = b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec();
    let length = u16::try_from(text.len()).unwrap();
    packed.push(1);
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.extend(text.as_bytes());
    let check = text.bytes().fold(!0_u32, |check, byte| {
        (0..8).fold(check ^ u32::from(byte), |check, _| {
            (check >> 1) ^ (0xEDB8_8320 & (check & 1).wrapping_neg())
        })
    });
    packed.extend((!check).to_le_bytes());
    packed.extend(u32::from(length).to_le_bytes());
    packed
}

/// An export of Strava: the table has every activity, and each has a file beside it, some of them packed
/// (<https://github.com/hugovk/strava-tools/pull/2>). Each counts once.
#[test]
fn activities_of_strava_count_once() {
    let track = |start: &str, end: &str| {
        format!(
            "<?xml version=\"1.0\"?><gpx creator=\"StravaGPX\" version=\"1.1\"><trk><name>Ride</name><type>1</type><trkseg>\
             <trkpt lat=\"45.0\" lon=\"4.0\"><time>{start}</time></trkpt><trkpt lat=\"45.1\" lon=\"4.0\"><time>{end}</time></trkpt>\
             </trkseg></trk></gpx>"
        )
    };
    let plain = track("2020-10-07T14:43:11Z", "2020-10-07T16:16:32Z");
    let packed = gzipped(&track("2020-10-08T14:43:11Z", "2020-10-08T16:16:32Z"));
    // A track that the table does not name, from somewhere else.
    let other = track("2020-11-09T14:43:11Z", "2020-11-09T16:16:32Z");
    let table = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Filename,Elapsed Time,Distance\n\
         1,\"Oct 7, 2020, 2:43:11 PM\",Ride,Ride,,5601,11.12,activities/1.gpx,5601.0,11120.0\n\
         2,\"Oct 8, 2020, 2:43:11 PM\",Ride,Ride,,5601,11.12,activities/2.gpx.gz,5601.0,11120.0\n\
         3,\"Oct 9, 2020, 2:43:11 PM\",Ride,Ride,,60,1.00,activities/3.fit.gz,60.0,1000.0\n";
    let fit = gzipped("\u{e}\u{10}........FIT");
    let archive = zipped(&[
        ("activities/1.gpx", plain.as_bytes()),
        ("activities/2.gpx.gz", &packed),
        ("activities/3.fit.gz", &fit),
        ("mine/other.gpx", other.as_bytes()),
        ("activities.csv", table.as_bytes()),
    ]);
    let (reads, batches) = tried(&archive).unwrap();
    let batch = Batch::concat(Category::Mobility, &batches);
    let of = |row: i64| {
        (0..batch.rows()).filter(|&at| batch.integer(mobility::ROW, at) == Some(row)).collect::<Vec<_>>()
    };
    let distance: i64 =
        of(mobility::row::LEG).iter().filter_map(|&at| batch.integer(mobility::DISTANCE, at)).sum();
    assert_eq!((of(mobility::row::LEG).len(), of(mobility::row::POINT).len()), (4, 6));
    assert_eq!(distance, 11_120 + 11_120 + 1_000 + 11_120);
    let told: Vec<_> = reads
        .iter()
        .filter(|read| read.rows == 0)
        .map(|read| (&*read.file, read.rejected[0].reason.to_string()))
        .collect();
    let reason =
        "the activity is in \"activities.csv\", and its path is in a format that is not read".to_owned();
    assert_eq!(told, [("file/activities/3.fit.gz", reason)]);
    // A track alone is a trip, packed or not.
    assert_eq!(came(&gzipped(&plain)).counts(), (3, 0));
    assert!(tried(&packed[..40]).is_err());
}

/// Until June 2019 Strava wrote other columns: <https://github.com/hugovk/strava-tools/pull/1>
#[test]
fn strava_of_early_2019() {
    let came = came(
        b"id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n\
          7,2018-09-12 15:02:23,Evening Ride,Ride,,783,3681.0,true,Bike,activities/7.gpx\n",
    );
    assert_eq!((came.counts(), came.integers(mobility::AT)), ((1, 0), vec![Some(1_536_764_543)]));
    assert_eq!(
        (came.integers(mobility::DURATION), came.integers(mobility::DISTANCE)),
        (vec![Some(783)], vec![Some(3_681)])
    );
}

/// <https://github.com/k0rventen/apple-health-grafana/issues/7>, <https://github.com/krokyze/FitKit/issues/22>: steps of a
/// telephone and of a watch, added up
#[test]
fn steps_of_two_devices_count_once() {
    use mesinfos_model::category::health;
    let record = |kind: &str, device: &str, from: &str, until: &str, value: u32| {
        format!(
            "<Record type=\"HKQuantityTypeIdentifier{kind}\" sourceName=\"{device}\" unit=\"count\" startDate=\"2026-05-04 {from}:00 +0200\" endDate=\"2026-05-04 {until}:00 +0200\" value=\"{value}\"/>\n"
        )
    };
    let file = [
        "<HealthData><ExportDate value=\"x\"/>".to_owned(),
        record("StepCount", "Phone", "10:00", "10:10", 500),
        record("StepCount", "Phone", "10:10", "10:20", 400),
        record("StepCount", "Watch", "10:01", "10:09", 420),
        record("StepCount", "Watch", "10:15", "10:20", 200),
        // The telephone was at home.
        record("StepCount", "Watch", "11:00", "11:30", 3_000),
        record("HeartRate", "Phone", "10:00", "10:00", 61),
        record("HeartRate", "Watch", "10:00", "10:00", 62),
        "</HealthData>".to_owned(),
    ]
    .concat();
    let came = came(file.as_bytes());
    assert_eq!(came.counts(), (5, 2));
    let steps: i64 = (0..came.batch.rows())
        .filter(|&row| came.batch.text(health::LABEL, row) == Some("Step Count"))
        .filter_map(|row| came.batch.integer(health::NUMBER, row))
        .sum();
    assert_eq!(steps, 3_900_000);
    assert_eq!(
        came.read.rejected[0].reason.to_string(),
        "another device measured the same at this time: it counts once"
    );
}

/// Quicken pads years of one digit: <https://github.com/kenlasko/monize/pull/246>,
/// <https://github.com/spmason/qif2json/pull/11>
#[test]
fn qif_years_with_a_space() {
    let came =
        came(b"!Type:Bank\nD1/ 2' 5\nT-1\n^\nD1/14' 5\nT-2\n^\nD1/22' 05\nT-3\n^\nD12/31'98\nT-4\n^\n");
    assert_eq!(came.days(), ["2005-01-02", "2005-01-14", "2005-01-22", "1998-12-31"]);
}

/// <https://github.com/jeroendesloovere/vcard/pull/90>: programs fold by bytes, and so within a letter
#[test]
fn a_fold_within_a_letter() {
    let came = came(b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zo\xC3\r\n \xAB \xE2\x82\r\n \xAC Doe\r\nTEL:0600000001\r\nEND:VCARD\r\n");
    assert_eq!(came.texts(social::NAME), [Some("Zoë € Doe")]);
}

/// Items of `hasPart`, and what an achievement was derived from, nested or by reference, each once
#[test]
fn parts_of_a_european_credential() {
    use mesinfos_model::category::education;
    let title = |text: &str| format!("<title><text lang=\"en\">{text}</text></title>");
    let file = format!(
        "<europassCredential xmlns=\"http://data.europa.eu/snb\"><issued>2022-02-02T14:15:15+01:00</issued><credentialSubject>\
         <achievements><learningAchievement id=\"a\">{}<hasPart><learningAchievement id=\"b\">{}</learningAchievement></hasPart>\
         <wasDerivedFrom idref=\"e\"/><wasInfluencedBy><learningActivity id=\"c\">{}</learningActivity></wasInfluencedBy>\
         <hasPart idref=\"b\"/><hasPart idref=\"nowhere\"/></learningAchievement></achievements>\
         <assessments><assessment id=\"e\">{}<grade>16</grade></assessment></assessments></credentialSubject></europassCredential>",
        title("Master"),
        title("Module"),
        title("Course"),
        title("Exam"),
    );
    let came = came(file.as_bytes());
    assert_eq!(came.texts(education::TITLE), ["Master", "Exam", "Module", "Course"].map(Some));
    use education::row;
    assert_eq!(
        came.integers(education::ROW),
        [row::CREDENTIAL, row::GRADE, row::CREDENTIAL, row::COURSE].map(Some)
    );
    assert_eq!(came.integers(education::PROOF), [Some(education::proof::NONE); 4]);
    // A wallet presents a credential, and the proof is beside it.
    let file = format!(
        "<verifiablePresentation xmlns=\"http://data.europa.eu/snb\"><verifiableCredential>{file}</verifiableCredential>\
         <proof><type>CAdES</type></proof></verifiablePresentation>"
    );
    let presented = self::came(file.as_bytes());
    assert_eq!(presented.integers(education::PROOF), [Some(education::proof::PRESENT); 4]);
}

/// Statuses of a loan in the order of time, and that of today under a name of its own
/// (public readers of studentaid.gov's file sort them by their day)
#[test]
fn the_status_of_a_loan_is_the_latest() {
    use mesinfos_model::category::education;
    let head = "File Source:U.S. DEPARTMENT OF EDUCATION, NATIONAL STUDENT LOAN DATA SYSTEM (NSLDS)\n";
    let loan = |rest: &str| {
        came(
            format!("{head}Loan Type Code:D1\nLoan Type Description:DIRECT\nLoan Date:08/24/2018\n{rest}")
                .as_bytes(),
        )
    };
    let status = |code: &str, words: &str, on: &str| {
        format!("Loan Status:{code}\nLoan Status Description:{words}\nLoan Status Effective Date:{on}\n")
    };
    let rising =
        [status("IA", "LOAN ORIGINATED", "08/24/2018"), status("RP", "IN REPAYMENT", "02/01/2023")].concat();
    let came = loan(&rising);
    assert_eq!(came.texts(education::STATUS), [Some("IN REPAYMENT")]);
    assert_eq!(came.integers(education::STATUS_ON), [Day::from_ymd(2023, 2, 1).map(|day| i64::from(day.0))]);
    let today =
        loan(&format!("Current Loan Status Code:FB\nCurrent Loan Status Description:FORBEARANCE\n{rising}"));
    assert_eq!(today.texts(education::STATUS), [Some("FORBEARANCE")]);
    let empty = loan(&format!("Loan Status:\nLoan Status Description:\n{rising}"));
    assert_eq!(empty.texts(education::STATUS), [Some("IN REPAYMENT")]);
}

/// A Green Button feed whose entry of readings comes last, after which nothing tells their type any more, and a summary
/// whose currency only the readings name
#[test]
fn the_last_entry_of_a_feed_keeps_its_meter() {
    let entry = |own: &str, related: &str, content: &str| {
        format!("<entry><link rel=\"self\" href=\"{own}\"/>{related}<content>{content}</content></entry>")
    };
    let related = |href: &str| format!("<link rel=\"related\" href=\"{href}\"/>");
    let feed = |entries: &[String]| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:e=\"http://naesb.org/espi\">{}</feed>",
            entries.concat()
        )
        .replace("<content>", "<content><e:")
        .replace("</content>", "></content>")
        .replace("<e:<", "<")
        .replace(">></content>", "></content>")
    };
    let espi = |text: &str| text.replace("<", "<e:").replace("<e:/", "</e:");
    let point = entry(
        "UsagePoint/1",
        &related("UsagePoint/1/MeterReading"),
        &espi("<UsagePoint><ServiceCategory><kind>0</kind></ServiceCategory></UsagePoint>"),
    );
    let kind = entry(
        "ReadingType/1",
        "",
        &espi(
            "<ReadingType><commodity>1</commodity><currency>840</currency><flowDirection>1</flowDirection><uom>72</uom></ReadingType>",
        ),
    );
    let block = |meter: u32| {
        entry(
            &format!("UsagePoint/1/MeterReading/{meter}/IntervalBlock/1"),
            "",
            &espi(
                "<IntervalBlock><IntervalReading><timePeriod><duration>3600</duration><start>1577836800</start></timePeriod><value>7</value></IntervalReading></IntervalBlock>",
            ),
        )
    };
    // The meter readings do not link to the only type.
    let reading =
        |meter: u32| entry(&format!("UsagePoint/1/MeterReading/{meter}"), "", &espi("<MeterReading/>"));
    let file = feed(&[point.clone(), kind.clone(), reading(1), reading(2), block(1), block(2)]);
    let came = self::came(file.as_bytes());
    assert_eq!(came.counts(), (2, 0), "{:?}", came.read.rejected);
    assert_eq!(
        came.texts(energy::SERIES),
        [Some("UsagePoint/1/MeterReading/1"), Some("UsagePoint/1/MeterReading/2")]
    );
    assert_eq!(came.texts(energy::METER), [Some("UsagePoint/1"); 2]);
    let summary = entry(
        "UsagePoint/1/UsageSummary/1",
        "",
        &espi(
            "<UsageSummary><billingPeriod><duration>2592000</duration><start>1577836800</start></billingPeriod><billLastPeriod>1250000</billLastPeriod></UsageSummary>",
        ),
    );
    let (_, batches) = tried(feed(&[point.clone(), kind, summary.clone()]).as_bytes()).unwrap();
    let bill = batches.iter().find(|batch| batch.category() == Category::Bills).unwrap();
    use mesinfos_model::category::bills;
    assert_eq!((bill.integer(bills::AMOUNT, 0), bill.text(bills::CURRENCY, 0)), (Some(1_250), Some("USD")));
    // Nothing names a currency: the bill is told, and none is guessed.
    let (reads, batches) = tried(feed(&[point, summary]).as_bytes()).unwrap();
    assert!(batches.is_empty());
    assert!(
        reads[0].rejected.iter().any(|row| row.field.as_deref() == Some("currency")),
        "{:?}",
        reads[0].rejected
    );
}

/// Bills of the pilot without a type, and without an amount: the paper is there, what it cost is not
#[test]
fn bills_of_the_pilot_without_type_or_amount() {
    use mesinfos_model::category::bills;
    let came = came(
        br#"[{"vendor":"Free","date":"2016-11-07T12:00:00.000Z","amount":"19.99"},
            {"vendor":"SFR","type":"Mobile","date":"2016-11-08T12:00:00.000Z"},
            {"docType":"org.fing.bill","vendor":"EDF","date":"2016-11-09T12:00:00.000Z","amount":""},
            {"docType":"bill","vendor":"EDF","date":"2016-11-10T12:00:00.000Z","amount":"dear"}]"#,
    );
    assert_eq!(came.counts(), (3, 1), "{:?}", came.read.rejected);
    assert_eq!(came.integers(bills::AMOUNT), [Some(1_999), None, None]);
    assert_eq!(came.texts(bills::CURRENCY), [Some("EUR"), None, None]);
    assert_eq!(came.texts(bills::HOLDER), ["Free", "SFR", "EDF"].map(Some));
}

/// A file that is empty says so, alone and in an archive, and is not "unknown".
#[test]
fn empty_files_say_so() {
    for (bytes, expected) in [
        (&b""[..], "EmptyFile"),
        (b"\n\r\n  \n", "EmptyFile"),
        (b"\xEF\xBB\xBF\n", "EmptyFile"),
        (b"\xFF\xFE\n\0", "EmptyFile"),
        (b"Date;Label;Amount\n", "OnlyHeader"),
        (b"\n\"Date\",\"Description\",\"Debit\"\r\n\r\n", "OnlyHeader"),
        // A known bank's, of a month without movements.
        (
            b"Booking Date,Value Date,Partner Name,Type,Payment Reference,Amount (EUR)\n",
            "OnlyHeader",
        ),
        (
            b"\xEF\xBB\xBFdateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n\n",
            "OnlyHeader",
        ),
    ] {
        match tried(bytes) {
            Err(IntakeError::Malformed { reason, .. }) => assert_eq!(reason.name(), expected, "{bytes:?}"),
            other => panic!("{bytes:?}: {other:?}"),
        }
    }
    for unknown in [&b"A sentence, and no table.\n12"[..], b"Dear Zoe: hello, you", b"\0\0\0\x01binary, yes"]
    {
        assert!(matches!(tried(unknown), Err(IntakeError::Unrecognised { .. })), "{unknown:?}");
    }
    let archive = zipped(&[
        (".nomedia", b""),
        ("table.csv", b"Date;Label\n"),
        ("chat.txt", b"04/05/2026, 10:00 - Zoe: Hi\n"),
    ]);
    let (reads, _) = tried(&archive).unwrap();
    let told: Vec<_> =
        reads.iter().map(|read| read.rejected.first().map(|rejected| rejected.reason.name())).collect();
    assert_eq!(told, [Some("EmptyFile"), Some("OnlyHeader"), None]);
}

/// Rows below a quote that does not end, even where a later quote ends well:
/// <https://github.com/tilo/smarter_csv/issues/283>
#[test]
fn a_quote_does_not_swallow_the_rows_below() {
    let came = came(
        "Date operation;Libelle court;Type operation;Libelle operation;Montant operation en euro\n\
         02/02/2026;CB;CB;\"TUBE 15;-1,00\n03/02/2026;CB;CB;SHOP B\";-2,00\n04/02/2026;CB;CB;\"TWO\nLINES\";-4,00\n"
            .as_bytes(),
    );
    assert_eq!((came.counts(), came.integers(bank::AMOUNT)), ((3, 0), [-100, -200, -400].map(Some).to_vec()));
}

/// The holder of a row is a name that a person knows, from what the file has, or unknown: never the name of a format.
#[test]
fn holders_are_names_or_unknown() {
    let holder = |bytes: &[u8]| {
        let came = came(bytes);
        came.batch.text(came.batch.schema().holder, 0).map(str::to_owned)
    };
    let booking = "<STMTTRN><DTPOSTED>20260105<TRNAMT>-5</STMTTRN>";
    let of_bank = |head: &str| format!("OFXHEADER:100\n\n<OFX>{head}<STMTRS>{booking}</STMTRS></OFX>");
    assert_eq!(holder(&ofx("CHARSET:1252", booking.as_bytes())), None);
    let account = "<STMTRS><BANKACCTFROM><BANKID>30004<ACCTID>42</BANKACCTFROM>";
    let french = of_bank("").replace("<STMTRS>", account);
    assert_eq!(holder(french.as_bytes()).as_deref(), Some("BNP Paribas"));
    assert_eq!(holder(of_bank("<FI><ORG>My Bank</FI>").as_bytes()).as_deref(), Some("My Bank"));
    assert_eq!(holder(b"!Type:Bank\nD04/05/2026\nT-1\n^\n"), None);
    let entry = "<Ntry><Amt Ccy=\"EUR\">1</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-05-04</Dt></BookgDt></Ntry>";
    let camt = |account: &str| {
        format!(
            "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt><Acct><Id><IBAN>X</IBAN></Id>{account}</Acct>{entry}</Stmt></BkToCstmrStmt></Document>"
        )
    };
    assert_eq!(holder(camt("").as_bytes()), None);
    let bic = "<Svcr><FinInstnId><BIC>REVOFRP2</BIC></FinInstnId></Svcr>";
    assert_eq!(holder(camt(bic).as_bytes()).as_deref(), Some("Revolut"));
    let gpx = |creator: &str| {
        format!(
            "<gpx version=\"1.1\" creator=\"{creator}\"><wpt lat=\"45\" lon=\"4\"><time>2026-05-04T10:00:00Z</time></wpt></gpx>"
        )
    };
    assert_eq!(holder(gpx("Garmin Connect").as_bytes()).as_deref(), Some("Garmin"));
    assert_eq!(holder(gpx("gpx.py").as_bytes()), None);
    let card = |product: &str| format!("BEGIN:VCARD\nVERSION:3.0\n{product}FN:Zoe\nEND:VCARD\n");
    assert_eq!(holder(card("").as_bytes()), None);
    assert_eq!(holder(card("PRODID:-//Apple Inc.//iPhone OS 18//EN\n").as_bytes()).as_deref(), Some("Apple"));
}

/// No sample of a format gives its rows a holder that is the name of a format.
#[test]
fn no_holder_is_a_format() {
    let formats = [
        "ofx",
        "qif",
        "camt",
        "gpx",
        "vcard",
        "csv",
        "stet",
        "midata",
        "berlin",
        "open ba",
        "green button",
        "fhir",
        "json",
        "xml",
        "elm",
        "browserexport",
        "espi",
        "cda",
    ];
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples")).unwrap() {
        let path = file.unwrap().path();
        let Ok((_, batches)) = tried(&std::fs::read(&path).unwrap()) else { continue };
        for batch in &batches {
            for row in 0..batch.rows() {
                let holder = batch.text(batch.schema().holder, row).unwrap_or_default().to_lowercase();
                assert!(
                    !formats.iter().any(|format| holder.contains(format)),
                    "{}: {holder}",
                    path.display()
                );
            }
        }
    }
}

/// <https://github.com/firefly-iii/firefly-iii/issues/1087>, <https://github.com/actualbudget/actual/issues/807>,
/// <https://github.com/moneymanagerex/moneymanagerex/issues/5801>, <https://github.com/firefly-iii/firefly-iii/issues/1938>,
/// <https://github.com/actualbudget/actual/issues/5020>
#[test]
fn minus_signs_of_every_kind() {
    let header = "Date operation;Libelle court;Type operation;Libelle operation;Montant operation en euro\n";
    let written = [
        ("(33,52)", -3_352),
        ("€(63,12)", -6_312),
        ("(182,77 €)", -18_277),
        ("\u{2212}12,50", -1_250),
        ("\u{2013}12,50", -1_250),
        ("12,50-", -1_250),
        ("-1.000,00 €", -100_000),
        ("-950,00 €", -95_000),
        (" -110.7 €", -11_070),
    ];
    let rows: String = written.iter().map(|(text, _)| format!("02/02/2026;CB;CB;X;{text}\n")).collect();
    let came = came(format!("{header}{rows}").as_bytes());
    assert_eq!(came.counts(), (written.len(), 0), "{:?}", came.read.rejected);
    assert_eq!(came.integers(bank::AMOUNT), written.map(|(_, amount)| Some(amount)));
}

/// A dash where there is nothing: <https://github.com/firefly-iii/firefly-iii/issues/2296>
#[test]
fn a_dash_is_no_amount() {
    let came = came(
        "Date;Date de valeur;Débit;Crédit;Libellé;Solde\n02/02/2026;03/02/2026;-;500,00;A;2000,00\n\
         03/02/2026;03/02/2026;-4,00;-;B;–\n04/02/2026;03/02/2026;-;-;C;-\n"
            .as_bytes(),
    );
    assert_eq!((came.counts(), came.integers(bank::AMOUNT)), ((2, 1), vec![Some(50_000), Some(-400)]));
    assert_eq!(came.integers(bank::BALANCE), [Some(200_000), None]);
}

/// <https://github.com/securo-finance/securo/issues/911>, <https://github.com/actualbudget/actual/issues/608>: a bank whose
/// references repeat; <https://github.com/actualbudget/actual/issues/1731>: days are those of the bank's clock
#[test]
fn ofx_references_that_repeat_and_days_with_a_zone() {
    let row = |at: &str, amount: &str| {
        format!("<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{at}<TRNAMT>{amount}<FITID>0<NAME>X</STMTTRN>\n")
    };
    let rows = [
        row("20260105235900.000[-8:PST]", "-1.00"),
        row("20260105000000[-03:EST]", "-2.00"),
        row("20260105000000[+9]", "3.00"),
    ];
    let came = came(&ofx("CHARSET:1252", rows.concat().as_bytes()));
    assert_eq!(came.counts(), (3, 0));
    assert_eq!(came.days(), ["2026-01-05"; 3]);
    assert_eq!(came.integers(bank::AMOUNT), [-100, -200, 300].map(Some));
}

/// <https://github.com/rhounsell/home-assistant-green-button/issues/6>: the cost of a reading is in 1/100000 of the
/// currency, whatever the power of ten of the energy is.
#[test]
fn the_cost_of_a_reading_has_its_own_scale() {
    let came = came(
        br#"<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="UsagePoint/1/MeterReading/1"/><link rel="related" href="ReadingType/1"/><content><MeterReading xmlns="http://naesb.org/espi"/></content></entry>
        <entry><link rel="self" href="ReadingType/1"/><content><ReadingType xmlns="http://naesb.org/espi"><commodity>1</commodity><currency>124</currency><flowDirection>1</flowDirection><powerOfTenMultiplier>-3</powerOfTenMultiplier><uom>72</uom></ReadingType></content></entry>
        <entry><link rel="self" href="UsagePoint/1/MeterReading/1/IntervalBlock/1"/><content><IntervalBlock xmlns="http://naesb.org/espi"><IntervalReading><cost>8700</cost><timePeriod><duration>3600</duration><start>1577836800</start></timePeriod><value>560000</value></IntervalReading></IntervalBlock></content></entry></feed>"#,
    );
    assert_eq!(
        (came.integers(energy::ENERGY), came.integers(energy::COST)),
        (vec![Some(560_000)], vec![Some(9)])
    );
    assert_eq!(came.texts(energy::CURRENCY), [Some("CAD")]);
}

/// <https://github.com/koftezz/whatsapp-chat-analyzer/issues/18>: the mark of a message that was changed is no part of it.
#[test]
fn the_mark_of_an_edit_is_no_text() {
    let came = came(
        "04/05/2026, 10:00 - Zoe: sample <This message was edited>\n\
         04/05/2026, 10:01 - Zoe: deux\nlignes \u{200e}<Ce message a été modifié>\n04/05/2026, 10:02 - Zoe: a <b> c>\n"
            .as_bytes(),
    );
    assert_eq!(came.texts(social::BODY), [Some("sample"), Some("deux\nlignes"), Some("a <b> c>")]);
    assert_eq!(came.integers(social::LENGTH), [6, 11, 8].map(Some));
}

/// <https://github.com/KiboOst/php-LinkyAPI/issues/9>, <https://github.com/JC144/EDF_Simulateur_Prix/issues/82>: the night
/// in which an hour is missing has 46 half-hours, and none of them is filled in
#[test]
fn the_hour_that_does_not_occur_is_not_missing() {
    let times = ["01:00:00+01:00", "01:30:00+01:00", "03:00:00+02:00", "03:30:00+02:00", "04:00:00+02:00"];
    let rows: String = times.iter().map(|time| format!("2026-03-29T{time};100\n")).collect();
    let came = came(format!("{ENEDIS}{rows}").as_bytes());
    assert_eq!((came.counts(), came.total("consumed", "Wh")), ((5, 0), Some(250)));
    let starts = came.integers(energy::START);
    assert!(starts.windows(2).all(|pair| pair[1].unwrap() - pair[0].unwrap() == 1_800), "{starts:?}");
}

/// A small packed file that would become a large one, alone and in an archive, is refused.
#[test]
fn a_packed_file_does_not_unpack_without_end() {
    use std::io::{Read as _, Write};
    let chat = "04/05/2026, 10:00 - Zoe: Hi\n".to_owned() + &" ".repeat(64 << 20);
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("chat", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(chat.as_bytes()).unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut member = archive.by_index_raw(0).unwrap();
    let mut packed = b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec();
    member.read_to_end(&mut packed).unwrap();
    packed.extend(member.crc32().to_le_bytes());
    packed.extend(u32::try_from(chat.len()).unwrap().to_le_bytes());
    for file in [packed.clone(), zipped(&[("chat.gz", &packed)])] {
        let refused = tried(&file);
        assert!(matches!(refused, Err(IntakeError::TooLarge { .. })), "{refused:?}");
    }
}

/// A row of a known bank with this label.
fn labelled(labels: &[&str]) -> String {
    let row = |label: &&str| format!("2026-03-10;2026-03-10;\"{label}\";\"x\";\"x\";x;-1,00;;0042;B;1\n");
    let rows: String = labels.iter().map(row).collect();
    format!(
        "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n{rows}"
    )
}

/// A statement in UTF-16, in either order of bytes, with its mark or without:
/// <https://github.com/BigAndini/ers/issues/808>
#[test]
fn a_statement_in_utf_16() {
    let text = labelled(&["CRÊPERIE", "ŒUFS €"]);
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        for mark in [Some(0xFEFF), None] {
            let units = mark.into_iter().chain(text.encode_utf16());
            let bytes: Vec<u8> = units.flat_map(order).collect();
            assert_eq!(came(&bytes).texts(bank::LABEL), [Some("CRÊPERIE"), Some("ŒUFS €")], "{mark:?}");
        }
    }
}

/// UTF-8 with a byte order mark is no other name of the first column:
/// <https://github.com/eitchtee/WYGIWYH/issues/136>
#[test]
fn a_byte_order_mark_is_no_part_of_a_name() {
    let came = came(format!("\u{feff}{}", labelled(&["CRÊPERIE"])).as_bytes());
    assert_eq!((came.counts(), came.days()), ((1, 0), vec!["2026-03-10".to_owned()]));
}

/// A bank that wrote the sign for a character that cannot be read: it is told, and nothing of the row is lost.
/// <https://github.com/firefly-iii/firefly-iii/issues/1286>
#[test]
fn what_the_holder_could_not_write_is_told() {
    let came = came(labelled(&["CAFÉ", "CR\u{fffd}PERIE", "\u{fffd}UFS"]).as_bytes());
    assert_eq!(came.texts(bank::LABEL), [Some("CAFÉ"), Some("CR\u{fffd}PERIE"), Some("\u{fffd}UFS")]);
    assert_eq!((came.read.unreadable.count, came.read.unreadable.lines), (2, vec![3, 4]));
}

/// A file that a bank formerly wrote in UTF-8 and now in the code page of Windows, with the first letter of it far from the
/// beginning: <https://github.com/firefly-iii/firefly-iii/issues/1420>, <https://github.com/libracore/erpnextswiss/issues/10>
#[test]
fn the_code_page_of_windows_after_a_long_beginning() {
    let plain = vec!["A TEXT OF PLAIN LETTERS THAT FILLS THE FIRST BYTES OF THE FILE"; 2_000];
    let mut bytes = labelled(&plain).into_bytes();
    bytes.extend(b"2026-03-11;2026-03-11;\"B\xC4CKER \x80\";\"x\";\"x\";x;-1,00;;0042;B;1\n");
    let came = came(&bytes);
    assert_eq!((came.counts(), came.texts(bank::LABEL)[2_000]), ((2_001, 0), Some("BÄCKER €")));
}

/// UTF-8 that was taken for the code page of Windows and encoded once more: <https://github.com/odoo/odoo/issues/24668>
#[test]
fn what_was_encoded_twice_is_text_again() {
    let twice = |text: &str| -> String {
        let page = [(0x8a, 'Š'), (0x80, '€'), (0x89, '‰'), (0x99, '™')];
        let letter = |byte: u8| {
            page.iter().find(|(code, _)| *code == byte).map_or(char::from(byte), |(_, letter)| *letter)
        };
        text.bytes().map(letter).collect()
    };
    let labels = ["CRÊPERIE", "CAFÉ À L'ÉTAGE", "José"];
    let came = came(twice(&labelled(&labels)).as_bytes());
    assert_eq!(came.texts(bank::LABEL), labels.map(Some));
}

/// A bank that has nothing to tell of a period says so, and no error: <https://github.com/firefly-iii/firefly-iii/issues/8000>,
/// <https://github.com/firefly-iii/firefly-iii/issues/9357>
#[test]
fn no_transactions_is_no_error() {
    for file in [
        r#"{"account": {"iban": "FR76"}, "transactions": {"booked": [], "pending": []}}"#,
        r#"{"transactions": {"booked": [], "pending": [], "_links": {"account": {"href": "/1"}}}}"#,
    ] {
        match tried(file.as_bytes()) {
            Ok((reads, batches)) => {
                assert!(batches.is_empty() && reads.iter().all(|read| read.rejected_count == 0), "{file}");
            }
            Err(error) => panic!("{file}: {error}"),
        }
    }
}

/// Each row that is not taken is told with its line, its column and the reason, also if none is taken:
/// <https://github.com/moneymanagerex/moneymanagerex/issues/7472>, <https://github.com/ushahidi/platform/issues/2056>,
/// <https://github.com/sqlitebrowser/sqlitebrowser/issues/1217> (a cell too many)
#[test]
fn every_row_that_is_not_taken_is_told() {
    let told = |rows: &str| {
        let (reads, batches) = tried(format!("{}{rows}", labelled(&[])).as_bytes()).unwrap();
        assert!(batches.is_empty());
        let of = |row: &mesinfos_intake::Rejected| (row.line, row.reason.name());
        reads[0].rejected.iter().map(of).collect::<Vec<_>>()
    };
    let wrong = told(
        "10 mars;2026-03-10;A;x;x;x;-1,00;;0042;B;1\n2026-03-10;2026-03-10;A;x;x;x;un euro;;0042;B;1\n\
         2026-03-10;2026-03-10;A;x;x;x;;;0042;B;1\n2026-03-10;2026-03-10;A;x;x;x;-1,00;;0042;B;1;more\n",
    );
    assert_eq!(wrong.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4, 5].map(Some));
    assert!(wrong.iter().all(|(_, reason)| !reason.is_empty()), "{wrong:?}");
}

/// A file that a program converted and that has a header only says so: <https://github.com/aniav/ynab-csv/issues/96>
#[test]
fn a_header_alone_says_so() {
    match tried(labelled(&[]).as_bytes()) {
        Err(IntakeError::Malformed { reason, .. }) => assert_eq!(reason.name(), "OnlyHeader"),
        other => panic!("{other:?}"),
    }
}

/// An archive without the files that are looked for: each is told with the reason, as far as ten that nobody knows.
/// <https://github.com/noitcudni/google-takeout-mileage-and-timeline-exporter-extension/issues/5>
#[test]
fn an_archive_that_gives_nothing_tells_why_of_each_file() {
    let months = b"{\"timelineObjects\": []}";
    let archive = zipped(&[
        ("Takeout/Location History/Settings.json", b"{\"hasReportedLocations\": true}"),
        ("Takeout/Location History/2022_MAY.json", months),
        ("Takeout/archive_browser.html", b"<html></html>"),
        ("Takeout/empty.csv", b""),
        ("Takeout/month.csv", b"Date;Label;Amount\n"),
    ]);
    let (reads, batches) = tried(&archive).unwrap();
    assert!(batches.is_empty());
    let told = |read: &Read| {
        let name = read.file.rsplit('/').next().unwrap_or_default().to_owned();
        (name, read.rejected.first().map_or("", |row| row.reason.name()))
    };
    let told: Vec<_> = reads.iter().map(told).collect();
    for (name, reason) in [
        ("Settings.json", "NoFormat"),
        ("archive_browser.html", "NoFormat"),
        ("empty.csv", "EmptyFile"),
        ("month.csv", "OnlyHeader"),
    ] {
        assert!(told.contains(&(name.to_owned(), reason)), "{name}: {told:?}");
    }
    let many: Vec<(String, &[u8])> = (0..30).map(|number| (format!("{number}.dat"), &b"?"[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let (reads, _) = tried(&zipped(&many)).unwrap();
    assert_eq!(reads.len(), 11);
    assert_eq!(reads[10].rejected[0].reason.to_string(), "20 further files are not in a known format");
}
