//! Layouts of the banks' CSV files, as data.
//!
//! To add a bank, add an entry that cites the source of its header, and a sample in `tests/samples`.
//! Column names are compared without regard to case; `|` separates the names that one bank gives a column
//! in different languages or years; `***` stands for a currency. An empty name means that the bank has no such column.
//! Entries with a more specific header come before less specific ones.

use crate::bank::values::NAMED;
use crate::number::Mark;
use encoding_rs::{Encoding, WINDOWS_1250_INIT as WINDOWS_1250};

/// How one bank lays out its files.
pub(super) struct Layout {
    /// Everyday name of the bank. Empty if banks of several names write this layout, or if its columns have names that any
    /// bank may use: then the account's number tells, or nobody.
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
    /// Order of the digits after a spreadsheet of the bank's country has saved a file with the year first again; empty
    /// if the bank has customers in countries of several orders.
    pub(super) resaved: &'static str,
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
    /// Column of that name for incoming money, where it is another one.
    pub(super) payer: &'static str,
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
    /// One column for outgoing money, which has no sign, and one for incoming money. With a minus, a number goes the other
    /// way: a purchase that was paid back, a credit that was taken back.
    OutAndIn(&'static str, &'static str),
    /// The same, and outgoing money has its sign: a minus is the usual one.
    SignedOutAndIn(&'static str, &'static str),
    /// One unsigned column, and one that gives the direction in these words.
    Directed {
        amount: &'static str,
        direction: &'static str,
        out: &'static [&'static str],
        into: &'static [&'static str],
    },
    /// Two sides without signs, and a column that says which is this account's: "OUT" (the source), "IN" (the target)
    /// or "NEUTRAL" (both: money changed from one currency to another). Each has columns of its amount and currency,
    /// the source also one of the fee on top.
    Sides {
        direction: &'static str,
        source: &'static str,
        fee: &'static str,
        source_currency: &'static str,
        target: &'static str,
        target_currency: &'static str,
    },
}

/// Source of the currency.
pub(super) enum Currency {
    /// Not in the file: the bank's own currency.
    Is(&'static str),
    /// In this column.
    In(&'static str),
    /// In the name of the amount's column, where the layout writes `***`.
    Named,
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
    resaved: "dmy",
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
    payer: "",
    account: "",
    kind: "",
    category: "",
    reference: "",
    status: "",
};

/// All known layouts.
pub(super) static LAYOUTS: &[Layout] = &[
    // "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;
    // accountbalance": older files lack supplierFound or comment, newer ones have suggestedLabel instead. The last column
    // is the account's balance on the day of the export, the same in every row, not the balance after the movement.
    // https://github.com/azerpas/bourso-api
    Layout {
        holder: "BoursoBank",
        header: &["dateOp", "dateVal", "label", "amount", "accountNum"],
        order: "ymd",
        date: "dateOp",
        value_date: "dateVal",
        amount: Amount::Signed("amount"),
        label: &["label"],
        counterparty: "supplierFound|suggestedLabel",
        account: "accountNum",
        category: "category",
        ..USUAL
    },
    // "Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Informations complementaires;
    // Type operation;Categorie;Sous categorie;Debit;Credit;Date operation;Date de valeur;Pointage operation".
    // Banque Populaire, Caisse d’Épargne and other banks of their group write it.
    // https://github.com/NonoHM/budgetpilot, https://github.com/Djoulzy/compta
    Layout {
        header: &["Date de comptabilisation", "Libelle operation", "Debit", "Credit", "Pointage operation"],
        date: "Date de comptabilisation",
        value_date: "Date de valeur",
        amount: Amount::SignedOutAndIn("Debit", "Credit"),
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
        amount: Amount::SignedOutAndIn("Débit", "Crédit"),
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
    // line about the account. BNP Paribas and Hello bank! write it. https://github.com/BrunBrun24/InsightBank
    Layout {
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
    // "Date;Date de valeur;Débit;Crédit;Libellé;Solde", the debit negative. Crédit Mutuel, CIC and others write it.
    // https://github.com/afup/web, https://github.com/vrischmann/beancount-importers
    Layout {
        header: &["Date", "Date de valeur", "Débit", "Crédit", "Libellé", "Solde"],
        whole: true,
        date: "Date",
        value_date: "Date de valeur",
        amount: Amount::SignedOutAndIn("Débit", "Crédit"),
        balance: "Solde",
        label: &["Libellé"],
        ..USUAL
    },
    // "Date;Date de valeur;Montant;Libellé;Solde". Of the same banks. https://github.com/vrischmann/beancount-importers
    Layout {
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
    // "Date opération;Date valeur;libellé;Débit;Crédit;": Fortuneo, and plain names. https://github.com/vrischmann/beancount-importers
    Layout {
        header: &["Date opération", "Date valeur", "libellé", "Débit", "Crédit"],
        whole: true,
        date: "Date opération",
        value_date: "Date valeur",
        amount: Amount::SignedOutAndIn("Débit", "Crédit"),
        label: &["libellé"],
        ..USUAL
    },
    // The fee is not in the amount but is in the balance. A pending payment has no completed date.
    // https://github.com/Evernight/beancount-importers
    Layout {
        holder: "Revolut",
        delimiters: b",",
        header: &[
            "Started Date|Date de début|Startdatum|Fecha de inicio|Data di inizio|Data de início",
            "Completed Date|Date de fin|Datum des Abschlusses|Datum voltooid|Fecha de finalización|Data di completamento|Data de Conclusão",
            "Amount|Montant|Betrag|Bedrag|Importe|Importo|Montante",
            "Fee|Frais|Gebühr|Kosten|Comisión|Costo|Comissão",
            "Currency|Devise|Währung|Valuta|Divisa|Moeda",
            "State|État|Status|Estado|Stato",
        ],
        order: "ymd",
        resaved: "",
        mark: Mark::Point,
        date: "Completed Date|Date de fin|Datum des Abschlusses|Datum voltooid|Fecha de finalización|Data di completamento|Data de Conclusão",
        else_date: "Started Date|Date de début|Startdatum|Fecha de inicio|Data di inizio|Data de início",
        amount: Amount::Signed("Amount|Montant|Betrag|Bedrag|Importe|Importo|Montante"),
        fee: "Fee|Frais|Gebühr|Kosten|Comisión|Costo|Comissão",
        currency: Currency::In("Currency|Devise|Währung|Valuta|Divisa|Moeda"),
        balance: "Balance|Solde|Guthaben|Saldo",
        label: &["Description|Beschreibung|Beschrijving|Descripción|Descrizione|Descrição"],
        account: "Product|Produit|Produkt|Producto|Prodotto|Produto",
        kind: "Type|Typ|Tipo",
        status: "State|État|Status|Estado|Stato",
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
    // Since 2021 with the day from which interest counts. https://github.com/DanielHaitink/YNABGoingDutch/issues/43
    Layout {
        holder: "bunq",
        delimiters: b",;",
        header: &[
            "Date|Datum",
            "Interest Date|Rentedatum",
            "Amount|Bedrag",
            "Account|Rekening",
            "Counterparty|Tegenrekening",
            "Name|Naam",
            "Description|Omschrijving",
        ],
        whole: true,
        order: "ymd",
        date: "Date|Datum",
        value_date: "Interest Date|Rentedatum",
        amount: Amount::Signed("Amount|Bedrag"),
        label: &["Description|Omschrijving"],
        counterparty: "Name|Naam",
        account: "Account|Rekening",
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
        status: "Info",
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
            "Amount ***|Částka ***",
            "Execution date|Datum provedení",
        ],
        codepage: Some(&WINDOWS_1250),
        order: "ymd",
        date: "Posting date|Datum zaúčtování",
        amount: Amount::Signed("Amount ***|Částka ***"),
        currency: Currency::Named,
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
        header: &["Transaction date", "Value date", "Description", "Withdrawals (***)", "Deposits (***)"],
        above: Above::After("Account details for:"),
        continued: true,
        mark: Mark::Point,
        date: "Transaction date",
        value_date: "Value date",
        amount: Amount::OutAndIn("Withdrawals (***)", "Deposits (***)"),
        currency: Currency::Named,
        label: &["Description"],
        ..USUAL
    },
    // https://github.com/bank2ynab/bank2ynab
    Layout {
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
    // A credit card, John Lewis': purchases have no sign, money paid back is marked CR. Movements not booked yet have
    // "Pending" as their date. https://github.com/bank2ynab/bank2ynab
    Layout {
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
    // Accounts in pounds, euros and dollars. https://github.com/L3monJuic3/vault,
    // https://github.com/reubano/csv2ofx/pull/69
    Layout {
        holder: "Starling",
        delimiters: b",",
        header: &["Date", "Counter Party", "Reference", "Type", "Amount (***)", "Balance (***)"],
        mark: Mark::Point,
        date: "Date",
        amount: Amount::Signed("Amount (***)"),
        currency: Currency::Named,
        balance: "Balance (***)",
        label: &["Counter Party", "Reference"],
        counterparty: "Counter Party",
        kind: "Type",
        category: "Spending Category",
        ..USUAL
    },
    // Since 2023. The payer and the payee are named; one of them is the account's owner.
    // https://github.com/siddhantgoel/beancount-dkb
    Layout {
        holder: "DKB",
        delimiters: b";,",
        header: &[
            "Buchungsdatum",
            "Wertstellung",
            "Status",
            "Zahlungspflichtige*r",
            "Zahlungsempfänger*in",
            "Verwendungszweck",
            "Betrag (€)",
        ],
        above: Above::After("Girokonto"),
        date: "Buchungsdatum",
        value_date: "Wertstellung",
        amount: Amount::Signed("Betrag (€)"),
        label: &["Verwendungszweck"],
        counterparty: "Zahlungsempfänger*in",
        payer: "Zahlungspflichtige*r",
        kind: "Umsatztyp",
        reference: "Kundenreferenz",
        status: "Status",
        ..USUAL
    },
    // A credit card, since 2023. https://github.com/siddhantgoel/beancount-dkb
    Layout {
        holder: "DKB",
        header: &["Belegdatum", "Wertstellung", "Status", "Beschreibung", "Umsatztyp", "Betrag (€)"],
        date: "Belegdatum",
        value_date: "Wertstellung",
        amount: Amount::Signed("Betrag (€)"),
        label: &["Beschreibung"],
        kind: "Umsatztyp",
        status: "Status",
        ..USUAL
    },
    // Until 2023. https://github.com/siddhantgoel/beancount-dkb
    Layout {
        holder: "DKB",
        header: &[
            "Buchungstag",
            "Wertstellung",
            "Buchungstext",
            "Auftraggeber / Begünstigter",
            "Verwendungszweck",
            "Betrag (EUR)",
        ],
        date: "Buchungstag",
        value_date: "Wertstellung",
        amount: Amount::Signed("Betrag (EUR)"),
        label: &["Verwendungszweck"],
        counterparty: "Auftraggeber / Begünstigter",
        kind: "Buchungstext",
        reference: "Kundenreferenz",
        ..USUAL
    },
    // In Germany; the balance and the amount have a currency each. Public tests of importers show the lines above.
    Layout {
        holder: "ING",
        header: &[
            "Buchung",
            "Valuta|Wertstellungsdatum",
            "Auftraggeber/Empfänger|Auftraggeber/Empfaenger|Auftraggeber",
            "Buchungstext",
            "Verwendungszweck",
            "Betrag",
            "Währung|Waehrung",
        ],
        above: Above::After("IBAN"),
        date: "Buchung",
        value_date: "Valuta|Wertstellungsdatum",
        amount: Amount::Signed("Betrag"),
        currency: Currency::In("Währung|Waehrung"),
        balance: "Saldo",
        label: &["Verwendungszweck"],
        counterparty: "Auftraggeber/Empfänger|Auftraggeber/Empfaenger|Auftraggeber",
        kind: "Buchungstext",
        ..USUAL
    },
    // A movement that is not booked yet has "offen" as its date, and is refused: it will come with a date.
    // https://github.com/ironholger/comdirect2ofx and public tests of importers
    Layout {
        holder: "comdirect",
        header: &["Buchungstag", "Wertstellung (Valuta)", "Vorgang", "Buchungstext", "Umsatz in EUR"],
        no_rows: &["Alter Kontostand", "Neuer Kontostand"],
        date: "Buchungstag",
        value_date: "Wertstellung (Valuta)",
        amount: Amount::Signed("Umsatz in EUR"),
        label: &["Buchungstext"],
        kind: "Vorgang",
        ..USUAL
    },
    // Statements of an account, in Dutch and French, of KBC and CBC. https://github.com/bank2ynab/bank2ynab
    Layout {
        header: &[
            "Rekeningnummer|Numéro de compte",
            "Rubrieknaam|Nom de la rubrique",
            "Datum|Date",
            "Omschrijving|Description",
            "Bedrag|Montant",
            "Munt|Devise",
            "Saldo|Solde",
        ],
        date: "Datum|Date",
        value_date: "Valuta|Valeur",
        amount: Amount::Signed("Bedrag|Montant"),
        currency: Currency::In("Munt|Devise"),
        balance: "Saldo|Solde",
        label: &["Omschrijving|Description", "Vrije mededeling|Communication libre"],
        counterparty: "Naam tegenpartij|Nom contrepartie",
        account: "Rekeningnummer|Numéro de compte",
        ..USUAL
    },
    // In French and Dutch, below a dozen lines about the search. Public tests of importers
    Layout {
        holder: "Belfius",
        header: &[
            "Compte|Rekening",
            "Date de comptabilisation|Boekingsdatum",
            "Numéro de transaction|Transactienummer",
            "Transaction|Transactie",
            "Montant|Bedrag",
            "Devise|Devies",
            "Communications|Mededelingen",
        ],
        date: "Date de comptabilisation|Boekingsdatum",
        value_date: "Date valeur|Valutadatum",
        amount: Amount::Signed("Montant|Bedrag"),
        currency: Currency::In("Devise|Devies"),
        label: &["Transaction|Transactie", "Communications|Mededelingen"],
        counterparty: "Nom contrepartie contient|Naam tegenpartij bevat",
        account: "Compte|Rekening",
        reference: "Numéro de transaction|Transactienummer",
        ..USUAL
    },
    // In French and Dutch. A refused order moves no money.
    Layout {
        holder: "BNP Paribas Fortis",
        header: &[
            "Nº de séquence|N° de séquence|Volgnummer",
            "Date d'exécution|Uitvoeringsdatum",
            "Date valeur|Valutadatum",
            "Montant|Bedrag",
            "Devise du compte|Valuta rekening",
            "Type de transaction|Type verrichting",
        ],
        date: "Date d'exécution|Uitvoeringsdatum",
        value_date: "Date valeur|Valutadatum",
        amount: Amount::Signed("Montant|Bedrag"),
        currency: Currency::In("Devise du compte|Valuta rekening"),
        label: &["Communication|Mededeling", "Détails|Details"],
        counterparty: "Nom de la contrepartie|Naam van de tegenpartij",
        account: "Numéro de compte|Rekeningnummer",
        kind: "Type de transaction|Type verrichting",
        reference: "Nº de séquence|N° de séquence|Volgnummer",
        status: "Statut|Status",
        ..USUAL
    },
    // All transfers and card payments of a person, each with its two sides and no sign.
    // https://github.com/Bone008/finance-tracker/issues/285
    Layout {
        holder: "Wise",
        delimiters: b",",
        header: &[
            "ID",
            "Status",
            "Direction",
            "Created on",
            "Finished on",
            "Source amount (after fees)",
            "Source currency",
            "Target amount (after fees)",
            "Target currency",
        ],
        order: "ymd",
        resaved: "",
        mark: Mark::Point,
        date: "Finished on",
        else_date: "Created on",
        amount: Amount::Sides {
            direction: "Direction",
            source: "Source amount (after fees)",
            fee: "Source fee amount",
            source_currency: "Source currency",
            target: "Target amount (after fees)",
            target_currency: "Target currency",
        },
        label: &["Reference", "Note"],
        counterparty: "Target name",
        payer: "Source name",
        category: "Category",
        reference: "ID",
        status: "Status",
        ..USUAL
    },
    // The statement of one balance. https://github.com/Evernight/beancount-importers
    Layout {
        holder: "Wise",
        delimiters: b",",
        header: &["TransferWise ID", "Date", "Amount", "Currency", "Description", "Running Balance"],
        mark: Mark::Point,
        date: "Date",
        amount: Amount::Signed("Amount"),
        currency: Currency::In("Currency"),
        balance: "Running Balance",
        label: &["Description", "Payment Reference"],
        counterparty: "Merchant",
        reference: "TransferWise ID",
        ..USUAL
    },
    // https://github.com/reubano/csv2ofx
    Layout {
        holder: "Barclays",
        delimiters: b",",
        header: &["Number", "Date", "Account", "Amount", "Subcategory", "Memo"],
        whole: true,
        mark: Mark::Point,
        date: "Date",
        amount: Amount::Signed("Amount"),
        currency: Currency::Is("GBP"),
        label: &["Memo"],
        account: "Account",
        kind: "Subcategory",
        ..USUAL
    },
    // Lloyds, Halifax, Bank of Scotland and TSB write the same columns. Public tests of importers
    Layout {
        delimiters: b",",
        header: &[
            "Transaction Date",
            "Transaction Type",
            "Sort Code",
            "Account Number",
            "Transaction Description",
            "Debit Amount",
            "Credit Amount",
            "Balance",
        ],
        mark: Mark::Point,
        date: "Transaction Date",
        amount: Amount::OutAndIn("Debit Amount", "Credit Amount"),
        currency: Currency::Is("GBP"),
        balance: "Balance",
        label: &["Transaction Description"],
        account: "Account Number",
        kind: "Transaction Type",
        ..USUAL
    },
];
