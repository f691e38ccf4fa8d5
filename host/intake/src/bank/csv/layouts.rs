//! Layouts of the banks' CSV files, as data.
//!
//! To add a bank, add an entry that cites the source of its header, and a sample in `tests/samples`.
//! Column names are compared without regard to case; `|` separates the names that one bank gives a column
//! in different languages or years. An empty name means that the bank has no such column. Entries with a
//! more specific header come before less specific ones.

use crate::bank::values::NAMED;
use crate::number::Mark;
use encoding_rs::{Encoding, WINDOWS_1250_INIT as WINDOWS_1250};

/// How one bank lays out its files.
pub(super) struct Layout {
    /// Everyday name of the bank.
    pub(super) holder: &'static str,
    /// Delimiters that may separate cells.
    pub(super) delimiters: &'static [u8],
    /// Columns that identify the header: all must be present.
    pub(super) header: &'static [&'static str],
    /// Whether the header must have no other columns: for headers with few distinctive names.
    pub(super) whole: bool,
    /// Column names to assume where files have no header.
    pub(super) bare: &'static [&'static str],
    /// Code page of files that are not UTF-8; `None` for Windows-1252.
    pub(super) codepage: Option<&'static Encoding>,
    /// Cell above the header that names the account.
    pub(super) above: Above,
    /// How lines that are not rows begin: totals below the rows.
    pub(super) no_rows: &'static [&'static str],
    /// Whether a line that holds only a label continues the label of the row above.
    pub(super) continued: bool,
    /// Order of the digits in dates: "dmy", "ymd", or [`NAMED`].
    pub(super) order: &'static str,
    /// The decimal mark.
    pub(super) mark: Mark,
    /// Column of the booking date.
    pub(super) date: &'static str,
    /// Column of the date to use while a row's booking date is still empty.
    pub(super) else_date: &'static str,
    /// Column of the value date, from which the movement counts for interest.
    pub(super) value_date: &'static str,
    /// Columns of the amount.
    pub(super) amount: Amount,
    /// Column of the fee that the bank charged on top of the amount.
    pub(super) fee: &'static str,
    /// Currency of the amount.
    pub(super) currency: Currency,
    /// Column of the account's balance after the movement, in the same currency.
    pub(super) balance: &'static str,
    /// Columns of the label; several are joined.
    pub(super) label: &'static [&'static str],
    /// Column of the other party's name.
    pub(super) counterparty: &'static str,
    /// Column of the account, if rows name it.
    pub(super) account: &'static str,
    /// Column of the bank's word for the kind of movement.
    pub(super) kind: &'static str,
    /// Column of the category under which the bank files the movement.
    pub(super) category: &'static str,
    /// Column of the bank's reference.
    pub(super) reference: &'static str,
    /// Column that says whether the movement is booked.
    pub(super) status: &'static str,
}

/// Columns that hold the amount.
pub(super) enum Amount {
    /// One signed column.
    Signed(&'static str),
    /// One column for outgoing money, with or without a sign, and one for incoming money.
    OutAndIn(&'static str, &'static str),
    /// One unsigned column, and one that gives the direction in these words.
    Directed {
        amount: &'static str,
        direction: &'static str,
        out: &'static [&'static str],
        into: &'static [&'static str],
    },
}

/// Source of the currency.
pub(super) enum Currency {
    /// Not in the file: the bank's own currency.
    Is(&'static str),
    /// In this column.
    In(&'static str),
}

/// Cell above the header that names the account.
pub(super) enum Above {
    Nothing,
    /// Second cell of the line that begins with this text.
    After(&'static str),
    /// First cell of the file.
    First,
}

/// The most common layout in France: semicolons, day first, decimal comma, euros.
const USUAL: Layout = Layout {
    holder: "",
    delimiters: b";",
    header: &[],
    whole: false,
    bare: &[],
    codepage: None,
    above: Above::Nothing,
    no_rows: &[],
    continued: false,
    order: "dmy",
    mark: Mark::Comma,
    date: "",
    else_date: "",
    value_date: "",
    amount: Amount::Signed(""),
    fee: "",
    currency: Currency::Is("EUR"),
    balance: "",
    label: &[],
    counterparty: "",
    account: "",
    kind: "",
    category: "",
    reference: "",
    status: "",
};

/// All known layouts.
pub(super) static LAYOUTS: &[Layout] = &[
    // "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;
    // accountbalance": older files lack supplierFound or comment, newer ones have suggestedLabel instead.
    // https://github.com/azerpas/bourso-api
    Layout {
        holder: "Boursorama",
        header: &["dateOp", "dateVal", "label", "amount", "accountNum"],
        order: "ymd",
        date: "dateOp",
        value_date: "dateVal",
        amount: Amount::Signed("amount"),
        balance: "accountbalance",
        label: &["label"],
        counterparty: "supplierFound|suggestedLabel",
        account: "accountNum",
        category: "category",
        ..USUAL
    },
    // "Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;
    // Type operation;Categorie;Sous categorie;Debit;Credit;Date operation;Date de valeur;Pointage operation".
    // https://github.com/NonoHM/budgetpilot, https://github.com/Djoulzy/compta
    Layout {
        holder: "Banque Populaire / Caisse d’Épargne",
        header: &["Date de comptabilisation", "Libelle operation", "Debit", "Credit", "Pointage operation"],
        date: "Date de comptabilisation",
        value_date: "Date de valeur",
        amount: Amount::OutAndIn("Debit", "Credit"),
        label: &["Libelle operation", "Informations complementaires"],
        counterparty: "Libelle simplifie",
        kind: "Type operation",
        category: "Categorie",
        reference: "Reference",
        ..USUAL
    },
    // In older years: "Date;Numéro d'opération;Libellé;Débit;Crédit;Détail;" between lines with totals,
    // according to the tests of several public importers.
    Layout {
        holder: "Caisse d’Épargne",
        header: &["Date", "Numéro d'opération", "Libellé", "Débit", "Crédit", "Détail"],
        no_rows: &["Solde"],
        date: "Date",
        amount: Amount::OutAndIn("Débit", "Crédit"),
        label: &["Libellé", "Détail"],
        reference: "Numéro d'opération",
        ..USUAL
    },
    // "Date;Libellé;Débit euros;Crédit euros;" below ten lines about the account; labels are padded and
    // broken across lines. https://github.com/jbleduigou/budgetcategorizer
    Layout {
        holder: "Crédit Agricole",
        header: &["Date", "Libellé", "Débit euros", "Crédit euros"],
        date: "Date",
        value_date: "Date valeur",
        amount: Amount::OutAndIn("Débit euros", "Crédit euros"),
        label: &["Libellé"],
        ..USUAL
    },
    // "Date operation;Libelle court;Type operation;Libelle operation;Montant operation en euro" below one
    // line about the account. https://github.com/BrunBrun24/InsightBank
    Layout {
        holder: "BNP Paribas",
        header: &[
            "Date operation",
            "Libelle court",
            "Type operation",
            "Libelle operation",
            "Montant operation en euro",
        ],
        date: "Date operation",
        amount: Amount::Signed("Montant operation en euro"),
        label: &["Libelle operation"],
        kind: "Type operation",
        ..USUAL
    },
    // "Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise" below a line that
    // begins with the account. https://github.com/AiroPi/moneymanager
    Layout {
        holder: "Société Générale",
        header: &[
            "Date de l'opération",
            "Libellé",
            "Détail de l'écriture",
            "Montant de l'opération",
            "Devise",
        ],
        above: Above::First,
        date: "Date de l'opération",
        amount: Amount::Signed("Montant de l'opération"),
        currency: Currency::In("Devise"),
        label: &["Libellé", "Détail de l'écriture"],
        ..USUAL
    },
    // "Date;Date de valeur;Débit;Crédit;Libellé;Solde", the debit negative.
    // https://github.com/afup/web, https://github.com/vrischmann/beancount-importers
    Layout {
        holder: "Crédit Mutuel / CIC",
        header: &["Date", "Date de valeur", "Débit", "Crédit", "Libellé", "Solde"],
        whole: true,
        date: "Date",
        value_date: "Date de valeur",
        amount: Amount::OutAndIn("Débit", "Crédit"),
        balance: "Solde",
        label: &["Libellé"],
        ..USUAL
    },
    // "Date;Date de valeur;Montant;Libellé;Solde". https://github.com/vrischmann/beancount-importers
    Layout {
        holder: "Crédit Mutuel / CIC",
        header: &["Date", "Date de valeur", "Montant", "Libellé", "Solde"],
        whole: true,
        date: "Date",
        value_date: "Date de valeur",
        amount: Amount::Signed("Montant"),
        balance: "Solde",
        label: &["Libellé"],
        ..USUAL
    },
    // "Date;Libellé;Montant(EUROS)" below six lines about the account; formerly with a column in francs
    // beside it. https://github.com/Fab2bprog/Rust-Radinus
    Layout {
        holder: "La Banque Postale",
        delimiters: b";\t",
        header: &["Date", "Libellé|Libelle", "Montant(EUROS)"],
        above: Above::After("Numéro Compte"),
        date: "Date",
        amount: Amount::Signed("Montant(EUROS)"),
        label: &["Libellé|Libelle"],
        ..USUAL
    },
    // "Date opération;Date valeur;libellé;Débit;Crédit;". https://github.com/vrischmann/beancount-importers
    Layout {
        holder: "Fortuneo",
        header: &["Date opération", "Date valeur", "libellé", "Débit", "Crédit"],
        whole: true,
        date: "Date opération",
        value_date: "Date valeur",
        amount: Amount::OutAndIn("Débit", "Crédit"),
        label: &["libellé"],
        ..USUAL
    },
    // The fee is not in the amount but is in the balance. A pending payment has no completed date.
    // https://github.com/Evernight/beancount-importers
    Layout {
        holder: "Revolut",
        delimiters: b",",
        header: &[
            "Started Date|Date de début",
            "Completed Date|Date de fin",
            "Amount|Montant",
            "Fee|Frais",
            "Currency|Devise",
            "State|État",
        ],
        order: "ymd",
        mark: Mark::Point,
        date: "Completed Date|Date de fin",
        else_date: "Started Date|Date de début",
        amount: Amount::Signed("Amount|Montant"),
        fee: "Fee|Frais",
        currency: Currency::In("Currency|Devise"),
        balance: "Balance|Solde",
        label: &["Description"],
        account: "Product|Produit",
        kind: "Type",
        status: "State|État",
        ..USUAL
    },
    // Since 2024, according to the tests of several public importers.
    Layout {
        holder: "N26",
        delimiters: b",",
        header: &["Booking Date", "Value Date", "Partner Name", "Type", "Payment Reference", "Amount (EUR)"],
        order: "ymd",
        mark: Mark::Point,
        date: "Booking Date",
        value_date: "Value Date",
        amount: Amount::Signed("Amount (EUR)"),
        label: &["Partner Name", "Payment Reference"],
        counterparty: "Partner Name",
        account: "Account Name",
        kind: "Type",
        ..USUAL
    },
    // Before 2024, in three languages. https://github.com/siddhantgoel/beancount-n26
    Layout {
        holder: "N26",
        delimiters: b",",
        header: &[
            "Date|Datum",
            "Payee|Bénéficiaire|Empfänger",
            "Transaction type|Type de transaction|Transaktionstyp",
            "Amount (EUR)|Montant (EUR)|Betrag (EUR)",
        ],
        order: "ymd",
        mark: Mark::Point,
        date: "Date|Datum",
        amount: Amount::Signed("Amount (EUR)|Montant (EUR)|Betrag (EUR)"),
        label: &["Payee|Bénéficiaire|Empfänger", "Payment reference|Référence de paiement|Verwendungszweck"],
        counterparty: "Payee|Bénéficiaire|Empfänger",
        kind: "Transaction type|Type de transaction|Transaktionstyp",
        category: "Category|Catégorie|Kategorie",
        ..USUAL
    },
    // https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "bunq",
        delimiters: b",;",
        header: &[
            "Date|Datum",
            "Amount|Bedrag",
            "Account|Rekening",
            "Counterparty|Tegenrekening",
            "Name|Naam",
            "Description|Omschrijving",
        ],
        whole: true,
        order: "ymd",
        date: "Date|Datum",
        amount: Amount::Signed("Amount|Bedrag"),
        label: &["Description|Omschrijving"],
        counterparty: "Name|Naam",
        account: "Account|Rekening",
        ..USUAL
    },
    // https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "Rabobank",
        delimiters: b",",
        header: &["IBAN/BBAN", "Munt", "Volgnr", "Datum", "Rentedatum", "Bedrag", "Saldo na trn"],
        order: "ymd",
        date: "Datum",
        value_date: "Rentedatum",
        amount: Amount::Signed("Bedrag"),
        currency: Currency::In("Munt"),
        balance: "Saldo na trn",
        label: &["Omschrijving-1", "Omschrijving-2", "Omschrijving-3"],
        counterparty: "Naam tegenpartij",
        account: "IBAN/BBAN",
        reference: "Volgnr",
        ..USUAL
    },
    // https://github.com/RSHKwee/ing2ofx
    Layout {
        holder: "ING",
        delimiters: b";,",
        header: &[
            "Datum",
            "Naam / Omschrijving",
            "Rekening",
            "Tegenrekening",
            "Af Bij",
            "Bedrag (EUR)",
            "Mededelingen",
        ],
        order: "ymd",
        date: "Datum",
        amount: Amount::Directed {
            amount: "Bedrag (EUR)",
            direction: "Af Bij",
            out: &["Af"],
            into: &["Bij"],
        },
        balance: "Saldo na mutatie",
        label: &["Naam / Omschrijving", "Mededelingen"],
        counterparty: "Naam / Omschrijving",
        account: "Rekening",
        kind: "MutatieSoort",
        ..USUAL
    },
    // A credit card: for purchases abroad, `bedrag` is in the foreign currency and `bedrag in EUR` is the
    // cost. https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "KBC",
        header: &["kredietkaart", "datum verrichting", "Datum verrekening", "bedrag in EUR", "Handelaar"],
        date: "Datum verrekening",
        amount: Amount::Signed("bedrag in EUR"),
        label: &["Handelaar", "locatie", "toelichting"],
        counterparty: "Handelaar",
        account: "kredietkaart",
        ..USUAL
    },
    // https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "Commerzbank",
        header: &[
            "Buchungstag",
            "Wertstellung",
            "Umsatzart",
            "Buchungstext",
            "Betrag",
            "Währung",
            "IBAN Auftraggeberkonto",
        ],
        date: "Buchungstag",
        value_date: "Wertstellung",
        amount: Amount::Signed("Betrag"),
        currency: Currency::In("Währung"),
        label: &["Buchungstext"],
        account: "IBAN Auftraggeberkonto",
        kind: "Umsatzart",
        ..USUAL
    },
    // An account, "CSV-CAMT". https://github.com/barredterra/camt-to-erpnext
    Layout {
        holder: "Sparkasse",
        header: &[
            "Auftragskonto",
            "Buchungstag",
            "Valutadatum",
            "Buchungstext",
            "Verwendungszweck",
            "Beguenstigter/Zahlungspflichtiger",
            "Betrag",
            "Waehrung",
        ],
        date: "Buchungstag",
        value_date: "Valutadatum",
        amount: Amount::Signed("Betrag"),
        currency: Currency::In("Waehrung"),
        label: &["Verwendungszweck"],
        counterparty: "Beguenstigter/Zahlungspflichtiger",
        account: "Auftragskonto",
        kind: "Buchungstext",
        category: "Kategorie",
        ..USUAL
    },
    // A credit card. https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "Sparkasse",
        header: &["Umsatz getätigt von", "Belegdatum", "Buchungsdatum", "Buchungsbetrag", "Buchungswährung"],
        date: "Buchungsdatum",
        amount: Amount::Signed("Buchungsbetrag"),
        currency: Currency::In("Buchungswährung"),
        label: &["Transaktionsbeschreibung", "Transaktionsbeschreibung Zusatz"],
        account: "Umsatz getätigt von",
        reference: "Buchungsreferenz",
        ..USUAL
    },
    // https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "Raiffeisenbank",
        header: &["Datum provedení", "Datum zaúčtování", "Číslo účtu", "Zaúčtovaná částka", "Měna účtu"],
        codepage: Some(&WINDOWS_1250),
        date: "Datum zaúčtování",
        amount: Amount::Signed("Zaúčtovaná částka"),
        currency: Currency::In("Měna účtu"),
        label: &["Zpráva", "Poznámka"],
        counterparty: "Název protiúčtu",
        account: "Číslo účtu",
        kind: "Typ transakce",
        category: "Kategorie transakce",
        reference: "Id transakce,|Id transakce",
        ..USUAL
    },
    // In Czech or English. https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "Česká spořitelna",
        header: &[
            "Item|Položka",
            "Posting date|Datum zaúčtování",
            "Amount CZK|Částka CZK",
            "Execution date|Datum provedení",
        ],
        codepage: Some(&WINDOWS_1250),
        order: "ymd",
        date: "Posting date|Datum zaúčtování",
        amount: Amount::Signed("Amount CZK|Částka CZK"),
        currency: Currency::Is("CZK"),
        label: &[
            "Item|Položka",
            "Bank account details|Bankovní spojení",
            "Message for payee|Zpráva pro příjemce",
            "Message for me|Zpráva pro mě",
        ],
        counterparty: "Counteraccount name|Název protiúčtu",
        reference: "Transaction reference number|Referenční číslo transakce",
        ..USUAL
    },
    // The balance is in the account's currency, which may differ from the movement's, so it is left out.
    // https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "Erste",
        delimiters: b",",
        header: &[
            "Tranzakció dátuma",
            "Partner neve",
            "Tranzakció összege",
            "Tranzakció devizaneme",
            "Értéknap",
        ],
        order: "ymd",
        mark: Mark::Point,
        date: "Tranzakció dátuma",
        value_date: "Értéknap",
        amount: Amount::Signed("Tranzakció összege"),
        currency: Currency::In("Tranzakció devizaneme"),
        label: &["Közlemény", "Részletek"],
        counterparty: "Partner neve",
        account: "Számlaszám",
        kind: "Tranzakció típusa",
        reference: "Megbízás azonosító",
        ..USUAL
    },
    // https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "OCBC",
        delimiters: b",",
        header: &["Transaction date", "Value date", "Description", "Withdrawals (SGD)", "Deposits (SGD)"],
        above: Above::After("Account details for:"),
        continued: true,
        mark: Mark::Point,
        date: "Transaction date",
        value_date: "Value date",
        amount: Amount::OutAndIn("Withdrawals (SGD)", "Deposits (SGD)"),
        currency: Currency::Is("SGD"),
        label: &["Description"],
        ..USUAL
    },
    // https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "POSB",
        delimiters: b",",
        bare: &["date", "reference", "debit", "credit", "text 1", "text 2", "text 3", "end"],
        order: NAMED,
        mark: Mark::Point,
        date: "date",
        amount: Amount::OutAndIn("debit", "credit"),
        currency: Currency::Is("SGD"),
        label: &["reference", "text 1", "text 2", "text 3"],
        ..USUAL
    },
    // A credit card. https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "Barclaycard",
        delimiters: b",",
        bare: &["date", "text", "card", "cardholder", "category", "credit", "debit"],
        order: NAMED,
        mark: Mark::Point,
        date: "date",
        amount: Amount::OutAndIn("debit", "credit"),
        currency: Currency::Is("GBP"),
        label: &["text"],
        kind: "card",
        category: "category",
        ..USUAL
    },
    // A credit card: purchases have no sign, money paid back is marked CR. Movements not booked yet have
    // "Pending" as their date. https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "John Lewis",
        delimiters: b",",
        header: &["Date Processed", "Description", "Amount"],
        whole: true,
        order: NAMED,
        mark: Mark::Point,
        date: "Date Processed",
        amount: Amount::Directed { amount: "Amount", direction: "", out: &[""], into: &["CR"] },
        currency: Currency::Is("GBP"),
        label: &["Description"],
        ..USUAL
    },
    // Until about 2019. https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "Monzo",
        delimiters: b",",
        header: &["id", "created", "amount", "currency", "local_amount", "category", "description"],
        order: "ymd",
        mark: Mark::Point,
        date: "created",
        amount: Amount::Signed("amount"),
        currency: Currency::In("currency"),
        label: &["description", "notes"],
        category: "category",
        reference: "id",
        ..USUAL
    },
    // Since about 2019. https://github.com/Evernight/beancount-importers
    Layout {
        holder: "Monzo",
        delimiters: b",",
        header: &["Transaction ID", "Date", "Time", "Type", "Name", "Category", "Amount", "Currency"],
        mark: Mark::Point,
        date: "Date",
        amount: Amount::Signed("Amount"),
        currency: Currency::In("Currency"),
        label: &["Name", "Description", "Notes and #tags"],
        counterparty: "Name",
        kind: "Type",
        category: "Category",
        reference: "Transaction ID",
        ..USUAL
    },
    // https://github.com/L3monJuic3/vault
    Layout {
        holder: "Starling",
        delimiters: b",",
        header: &["Date", "Counter Party", "Reference", "Type", "Amount (GBP)", "Balance (GBP)"],
        mark: Mark::Point,
        date: "Date",
        amount: Amount::Signed("Amount (GBP)"),
        currency: Currency::Is("GBP"),
        balance: "Balance (GBP)",
        label: &["Counter Party", "Reference"],
        counterparty: "Counter Party",
        kind: "Type",
        category: "Spending Category",
        ..USUAL
    },
    // https://github.com/bank2ynab/bank2ynab
    Layout {
        holder: "First Direct",
        delimiters: b",",
        header: &["Date", "Description", "Amount", "Balance"],
        whole: true,
        mark: Mark::Point,
        date: "Date",
        amount: Amount::Signed("Amount"),
        currency: Currency::Is("GBP"),
        balance: "Balance",
        label: &["Description"],
        ..USUAL
    },
];
