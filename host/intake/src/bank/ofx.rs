//! OFX 1 (SGML, leaf tags without end tags) and OFX 2 (XML): the export that most French banks call
//! "Money".
//!
//! Real files mix both: an XML declaration before SGML, empty leaves, `</NAME>` on some leaves only, no
//! header at all. So the file is read as a sequence of tags, each with the text that follows it; an end
//! tag matters only for the few aggregates known here. Tags of HTML within a text are part of it, and comments are
//! skipped with what they contain. The header's `ENCODING` and `CHARSET` are often wrong: see `read::encoding`.
//!
//! `TRNAMT` is signed from the account's point of view, also on credit cards. Statements of some cards have no signs, or
//! those of the bank's point of view: see [`Signs`]. It has a decimal point or comma and no grouping; zeros before and after it are padding. Its currency is `CURRENCY/CURSYM` if the
//! booking has it, else `CURDEF`; `ORIGCURRENCY` gives the amount before conversion. A file that names no
//! currency yields rows without one, in hundredths. Securities transactions (`BUYSTOCK` …) are not
//! bookings of money. `LEDGERBAL` and `AVAILBAL` are not read: they are of the account on the day of the export, and the
//! category has rows of movements only. As the balance of the last movement, they would make it another row in each export.

use super::{Wrong, names, values, words};
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::Mark;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Guarded, Head, Input, decode};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::category::bank::{self, kind, status};
use std::borrow::Cow;
use std::io::BufRead;

/// The `ofx` format.
pub(crate) struct Ofx;

static ABOUT: FormatInfo = FormatInfo {
    id: "ofx",
    fr: "Relevé de compte OFX (Money, Quicken)",
    en: "OFX statement (Money, Quicken)",
    origin: "OFX",
    categories: &[Category::Bank],
    looks_for: "\"OFXHEADER\" or markup, and <OFX>",
    spec: "https://financialdataexchange.org/ofx",
    counts: OrdinalKind::Entries,
};

/// Lines within which the header begins: mail programs and gateways write some before it.
const HEADER_WITHIN: usize = 20;

impl Format for Ofx {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        // Some programs write a mark or a line before the header.
        let text = head.text().trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<');
        if text.starts_with('<') {
            return head.xml_root() == Some("OFX");
        }
        let header = text.lines().take(HEADER_WITHIN).any(|line| line.trim_start().starts_with("OFXHEADER"));
        header && text.contains("<OFX>")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut tags = Tags::new(input.text());
        let mut statement = Statement::default();
        let mut state = State::default();
        while let Some((tag, text)) = tags.next()? {
            state.take(tag, text, &mut statement, rows)?;
        }
        state.end_statement(&statement, rows)?;
        if !state.closed {
            return Err(FormatError::broken(state.ordinal + 1, Reason::ends_before("</OFX>")));
        }
        if !state.any_statement && rows.given() == 0 {
            rows.reject(1, None, Reason::NoStatement);
        }
        Ok(())
    }
}

/// Values shared by the rows of a statement.
#[derive(Default)]
struct Statement {
    holder: String,
    /// Code of the bank, which often stands where its name is missing.
    bank: String,
    account: String,
    currency: String,
}

impl Statement {
    /// Name of the bank, if the file tells it.
    fn holder(&self) -> Option<&str> {
        words::some(&self.holder).or_else(|| names::of_code(&self.bank))
    }
}

/// One `STMTTRN`.
#[derive(Default, Clone)]
struct Booking {
    kind: String,
    posted: String,
    available: String,
    amount: String,
    reference: String,
    label: String,
    name: String,
    memo: String,
    payee: String,
    currency: String,
}

impl Booking {
    fn clear(&mut self) {
        for field in [
            &mut self.kind,
            &mut self.posted,
            &mut self.available,
            &mut self.amount,
            &mut self.reference,
            &mut self.label,
            &mut self.name,
            &mut self.memo,
            &mut self.payee,
            &mut self.currency,
        ] {
            field.clear();
        }
    }
}

/// Position of a leaf in the tree, as far as it matters.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Within {
    #[default]
    Elsewhere,
    Status,
    Account,
    Booking,
    /// Aggregates in a booking whose leaves reuse names of the booking's own leaves.
    Payee,
    Currency,
    Other,
}

#[derive(Default)]
struct State {
    within: Within,
    booking: Booking,
    ordinal: u64,
    /// Bookings of the statement while it is not known what its signs mean.
    waiting: Vec<(u64, Booking)>,
    /// What the signs of the statement mean, once known.
    signs: Option<Signs>,
    seen: Seen,
    /// The statement is that of a card.
    is_card: bool,
    /// Code, severity and message of the open `STATUS`.
    answer: [String; 3],
    /// A statement was seen, or the reason why there is none.
    any_statement: bool,
    closed: bool,
}

impl State {
    fn take(
        &mut self,
        tag: &str,
        text: &str,
        statement: &mut Statement,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        match (self.within, tag) {
            (_, "STMTTRN") => {
                // The end tag of the booking before is missing.
                if self.in_booking() {
                    self.give(statement, rows)?;
                }
                self.booking.clear();
                self.ordinal += 1;
                self.within = Within::Booking;
            }
            (_, "/STMTTRN") => {
                if self.in_booking() {
                    self.give(statement, rows)?;
                }
                self.within = Within::Elsewhere;
            }
            (_, "/BANKTRANLIST" | "/OFX") => {
                if self.in_booking() {
                    self.give(statement, rows)?;
                }
                self.within = Within::Elsewhere;
                self.end_statement(statement, rows)?;
                self.closed |= tag == "/OFX";
            }
            (_, "STMTRS" | "CCSTMTRS" | "INVSTMTRS") => {
                self.any_statement = true;
                self.end_statement(statement, rows)?;
                self.is_card = tag == "CCSTMTRS";
                statement.account.clear();
                statement.bank.clear();
                statement.currency.clear();
            }
            (Within::Elsewhere, "BANKACCTFROM" | "CCACCTFROM" | "INVACCTFROM") => {
                self.within = Within::Account;
            }
            (Within::Elsewhere, "STATUS") => {
                self.within = Within::Status;
                self.answer = Default::default();
            }
            (Within::Account, "/BANKACCTFROM" | "/CCACCTFROM" | "/INVACCTFROM") => {
                self.within = Within::Elsewhere;
            }
            (Within::Status, "/STATUS") => {
                self.within = Within::Elsewhere;
                self.answered(rows);
            }
            // Some banks write a leaf of that name.
            (Within::Booking, "PAYEE") if text.is_empty() => self.within = Within::Payee,
            (Within::Booking, "CURRENCY") if text.is_empty() => self.within = Within::Currency,
            (Within::Booking, "ORIGCURRENCY" | "BANKACCTTO" | "CCACCTTO" | "IMAGEDATA")
                if text.is_empty() =>
            {
                self.within = Within::Other;
            }
            (
                Within::Payee | Within::Currency | Within::Other,
                "/PAYEE" | "/CURRENCY" | "/ORIGCURRENCY" | "/BANKACCTTO" | "/CCACCTTO" | "/IMAGEDATA",
            ) => self.within = Within::Booking,
            _ => self.leaf(tag, text, statement),
        }
        Ok(())
    }

    fn in_booking(&self) -> bool {
        matches!(self.within, Within::Booking | Within::Payee | Within::Currency | Within::Other)
    }

    fn leaf(&mut self, tag: &str, text: &str, statement: &mut Statement) {
        let booking = &mut self.booking;
        let field = match (self.within, tag) {
            (Within::Elsewhere, "ORG") => &mut statement.holder,
            (Within::Elsewhere, "CURDEF") => &mut statement.currency,
            (Within::Account, "BANKID") => &mut statement.bank,
            (Within::Account, "ACCTID") => &mut statement.account,
            (Within::Status, "CODE") => &mut self.answer[0],
            (Within::Status, "SEVERITY") => &mut self.answer[1],
            (Within::Status, "MESSAGE") => &mut self.answer[2],
            (Within::Booking, "TRNTYPE") => &mut booking.kind,
            (Within::Booking, "DTPOSTED") => &mut booking.posted,
            (Within::Booking, "DTAVAIL") => &mut booking.available,
            (Within::Booking, "TRNAMT") => &mut booking.amount,
            (Within::Booking, "FITID") => &mut booking.reference,
            (Within::Booking, "NAME") => &mut booking.name,
            (Within::Booking, "MEMO") => &mut booking.memo,
            (Within::Payee, "NAME") | (Within::Booking, "PAYEE") => &mut booking.payee,
            (Within::Currency, "CURSYM") | (Within::Booking, "CURRENCY") => &mut booking.currency,
            _ => return,
        };
        field.clear();
        field.push_str(&words::squeezed(text));
    }

    /// Reports the reason of a bank that has nothing to deliver.
    fn answered(&mut self, rows: &mut RowWriter<'_>) {
        let [code, severity, message] = &self.answer;
        if severity.eq_ignore_ascii_case("ERROR") {
            self.any_statement = true;
            let reason = Reason::bank_error(format!("{code} {message}").trim_end());
            rows.reject(self.ordinal + 1, Some("STATUS"), reason);
        }
    }

    /// Takes the booking that ended.
    fn give(&mut self, statement: &Statement, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        self.booking.kind.make_ascii_uppercase();
        if let Some(signs) = self.signs {
            return write(&mut self.booking, self.ordinal, signs, statement, rows);
        }
        self.seen.take(&self.booking);
        self.waiting.push((self.ordinal, self.booking.clone()));
        if self.seen.is_usual() {
            self.let_go(Signs::Own, statement, rows)
        } else if self.waiting.len() >= WAITING {
            self.let_go(self.seen.signs(self.is_card), statement, rows)
        } else {
            Ok(())
        }
    }

    fn end_statement(&mut self, statement: &Statement, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        self.let_go(self.seen.signs(self.is_card), statement, rows)?;
        self.signs = None;
        self.seen = Seen::default();
        Ok(())
    }

    fn let_go(
        &mut self,
        signs: Signs,
        statement: &Statement,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        for (ordinal, mut booking) in std::mem::take(&mut self.waiting) {
            write(&mut booking, ordinal, signs, statement, rows)?;
        }
        self.signs = Some(signs);
        Ok(())
    }
}

/// What the signs of a statement mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Signs {
    /// A minus is money that goes out.
    Own,
    /// The types tell what goes out, as on deferred cards; a minus is a movement that was taken back.
    ByType,
    /// A minus is money that comes in: the bank's point of view.
    Reversed,
}

impl Signs {
    fn applied(self, kind: &str, amount: i64) -> i64 {
        match self {
            Signs::ByType if OUTGOING.contains(&kind) => -amount,
            Signs::Own | Signs::ByType => amount,
            Signs::Reversed => -amount,
        }
    }
}

/// Bookings of a statement with and without a minus, by what their types say.
#[derive(Default)]
struct Seen {
    /// Without and with a minus, of types that take money.
    outgoing: [u32; 2],
    /// Without and with a minus, of types that bring money.
    incoming: [u32; 2],
    /// Without and with a minus, of types that say nothing.
    other: [u32; 2],
}

/// Bookings with a minus, of types that take money, after which a statement is written in the usual way.
const USUAL: u32 = 8;

impl Seen {
    fn take(&mut self, booking: &Booking) {
        let has_minus = usize::from(booking.amount.contains('-'));
        match booking.kind.as_str() {
            // On a card, a purchase, or what pays the card back.
            "PAYMENT" => self.other[has_minus] += 1,
            kind if OUTGOING.contains(&kind) => self.outgoing[has_minus] += 1,
            kind if INCOMING.contains(&kind) => self.incoming[has_minus] += 1,
            _ => self.other[has_minus] += 1,
        }
    }

    fn is_usual(&self) -> bool {
        let [plain, minus] = self.outgoing;
        minus + self.other[1] >= USUAL && minus + self.other[1] > plain
    }

    /// What the signs mean. A minus among many purchases without one is a purchase that was paid back, if the statement is
    /// that of a card or its types tell what comes in. Without any minus, purchases of an account may all be paid back:
    /// its types count if they tell what comes in too, or if there is nothing but many purchases.
    fn signs(&self, is_card: bool) -> Signs {
        let [plain, minus] = self.outgoing;
        let [plain_in, minus_in] = self.incoming;
        let [plain_other, minus_other] = self.other;
        if minus + minus_in + minus_other == 0 {
            let is_told = is_card || plain_in > 0 || (plain >= USUAL && plain_other == 0);
            return if is_told { Signs::ByType } else { Signs::Own };
        }
        let has_types = is_card || plain_in + minus_in > 0;
        if !(has_types && plain >= 2 && plain > minus + minus_other) {
            return Signs::Own;
        }
        if minus_in > plain_in { Signs::Reversed } else { Signs::ByType }
    }
}

/// Most bookings that wait until their signs are known: more than a card has in a month.
const WAITING: usize = 10_000;

/// Types of bookings that bring money to the account.
const INCOMING: [&str; 4] = ["CREDIT", "DEP", "DIRECTDEP", "DIV"];

/// Types of bookings that take money from the account.
const OUTGOING: [&str; 9] =
    ["DEBIT", "POS", "ATM", "CASH", "CHECK", "FEE", "SRVCHG", "DIRECTDEBIT", "PAYMENT"];

/// Writes a booking, or rejects it.
fn write(
    booking: &mut Booking,
    ordinal: u64,
    signs: Signs,
    statement: &Statement,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    let currency = words::some(&booking.currency).or(words::some(&statement.currency));
    let (day, amount) = match told(booking, currency) {
        Ok((day, amount)) => (day, signs.applied(&booking.kind, amount)),
        Err((field, reason)) => {
            rows.reject(ordinal, Some(field), reason);
            return Ok(());
        }
    };
    words::add(&mut booking.label, &booking.name);
    words::add(&mut booking.label, &booking.memo);
    let state = if booking.kind == "HOLD" { status::PENDING } else { status::BOOKED };
    rows.push(
        Category::Bank,
        ordinal,
        &[
            (bank::HOLDER, statement.holder().into()),
            (bank::ACCOUNT, words::some(&statement.account).into()),
            (bank::BOOKED_ON, day.into()),
            (bank::VALUE_ON, first_eight(&booking.available).into()),
            (bank::AMOUNT, amount.into()),
            (bank::CURRENCY, currency.into()),
            (bank::STATUS, state.into()),
            (bank::KIND, kind(&booking.kind, &booking.label).into()),
            (bank::LABEL, words::some(&booking.label).into()),
            (bank::COUNTERPARTY, words::some(&booking.payee).into()),
            (bank::REFERENCE, words::some(&booking.reference).into()),
        ],
    )
}

fn told(booking: &Booking, currency: Option<&str>) -> Result<(i64, i64), Wrong> {
    if let Some(currency) = currency {
        values::needed_currency(currency).map_err(|reason| ("CURDEF", reason))?;
    }
    let text = &booking.posted;
    let day = match text.as_str() {
        "" => return Err(("DTPOSTED", Reason::NoDate)),
        text => first_eight(text).ok_or_else(|| ("DTPOSTED", Reason::not_a_date(text, "20201231")))?,
    };
    // Digits are not grouped in OFX ("Amounts, prices, and quantities"): a comma is a decimal mark.
    let has_comma = booking.amount.contains(',') && !booking.amount.contains('.');
    let mark = if has_comma { Mark::Comma } else { Mark::Point };
    let amount = values::minor(&booking.amount, currency, mark).map_err(|reason| ("TRNAMT", reason))?;
    Ok((day, amount))
}

/// Day of `YYYYMMDD[HHMMSS[.XXX]][[offset:zone]]`, on the bank's clock.
fn first_eight(text: &str) -> Option<i64> {
    let text = text.get(..8)?;
    text.bytes().all(|b| b.is_ascii_digit()).then(|| values::day(text, "ymd"))?
}

/// Kind of a booking. `CREDIT` and `DEBIT` give only the sign, so the label decides.
fn kind(code: &str, label: &str) -> i64 {
    match code {
        "INT" => kind::INTEREST,
        "FEE" | "SRVCHG" => kind::FEE,
        "DEP" => kind::DEPOSIT,
        "ATM" | "CASH" => kind::CASH,
        "POS" => kind::CARD,
        "XFER" | "PAYMENT" | "DIRECTDEP" | "REPEATPMT" => kind::TRANSFER,
        "CHECK" => kind::CHEQUE,
        "DIRECTDEBIT" => kind::DIRECT_DEBIT,
        _ => words::kind(label).unwrap_or(kind::OTHER),
    }
}

/// Tags of a file, each with the text up to the next one.
struct Tags<'a> {
    input: Guarded<'a>,
    bytes: Vec<u8>,
    tag: String,
    text: String,
    /// A `<` was already consumed as the start of the next tag.
    begun: bool,
    /// The text is inside a CDATA section that has not ended.
    in_data: bool,
    /// The piece after the last tag, read already: it begins with the name of the next tag.
    ahead: Option<String>,
}

impl<'a> Tags<'a> {
    fn new(input: Guarded<'a>) -> Tags<'a> {
        Tags {
            input,
            bytes: Vec::new(),
            tag: String::new(),
            text: String::new(),
            begun: false,
            in_data: false,
            ahead: None,
        }
    }

    /// Next tag (with `/` for an end tag) and the text after it, trimmed and with entities resolved.
    fn next(&mut self) -> Result<Option<(&str, &str)>, FormatError> {
        self.input.count().next_record();
        if !self.begun && self.ahead.is_none() {
            // Text before the first tag is the header.
            self.piece()?;
        }
        self.tag.clear();
        self.text.clear();
        self.in_data = false;
        while let Some(piece) = self.ahead_or_next()? {
            if self.tag.is_empty() {
                if let Some(inside) = piece.strip_prefix("!--") {
                    self.skip_comment(inside)?;
                    continue;
                }
                // A declaration has no text.
                let Some((name, text)) = piece.split_once('>').filter(|(name, _)| is_name(name)) else {
                    continue;
                };
                self.tag.push_str(first_word(name).trim_end_matches('/'));
                self.text.push_str(text);
                if self.bytes.capacity() == 0 {
                    self.bytes = piece.into_bytes();
                }
                continue;
            }
            if self.in_data {
                self.text.push('<');
                self.text.push_str(&piece);
                self.in_data = !piece.contains("]]>");
                continue;
            }
            if let Some(inside) = piece.strip_prefix("!--") {
                let rest = self.skip_comment(inside)?;
                self.text.push_str(&rest);
                continue;
            }
            match piece.split_once('>').filter(|(name, _)| is_name(name)) {
                Some((name, text)) if let Some(space) = markup(name) => {
                    self.text.push_str(space);
                    self.text.push_str(text);
                }
                // The next tag, or a declaration between two of them.
                Some(_) => {
                    self.ahead = Some(piece);
                    break;
                }
                None if piece.starts_with('?') => {
                    self.ahead = Some(piece);
                    break;
                }
                None => {
                    self.text.push('<');
                    self.text.push_str(&piece);
                    self.in_data = piece.starts_with("![CDATA[") && !piece.contains("]]>");
                }
            }
        }
        if self.tag.is_empty() {
            return Ok(None);
        }
        if self.text.contains('<') || self.text.contains('&') {
            let plain = plain(&self.text);
            self.text = plain;
        }
        Ok(Some((&self.tag, self.text.trim())))
    }

    /// The piece that was read ahead, or the next one; `None` at the end.
    fn ahead_or_next(&mut self) -> Result<Option<String>, FormatError> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        if !self.begun {
            return Ok(None);
        }
        self.piece()?;
        // Nearly all are valid: their buffer is passed on, and comes back with the next tag.
        let piece = String::from_utf8(std::mem::take(&mut self.bytes));
        Ok(Some(piece.unwrap_or_else(|error| decode(error.as_bytes()).into_owned())))
    }

    /// Skips a comment, which may contain tags; the text after it.
    fn skip_comment(&mut self, inside: &str) -> Result<String, FormatError> {
        let mut inside = inside.to_owned();
        loop {
            if let Some((_, rest)) = inside.split_once("-->") {
                return Ok(rest.to_owned());
            }
            // The end of the file is the end of the comment.
            let Some(next) = self.ahead_or_next()? else { return Ok(String::new()) };
            // The mark of the end may be cut by a `<`, as in `--<>`, which is no end.
            inside = next;
        }
    }

    /// Reads up to and including the next `<`, and keeps the bytes before it.
    fn piece(&mut self) -> Result<(), FormatError> {
        self.bytes.clear();
        self.input.read_until(b'<', &mut self.bytes)?;
        self.begun = self.bytes.last() == Some(&b'<');
        if self.begun {
            self.bytes.pop();
        }
        Ok(())
    }
}

/// Tags of HTML that banks write within a text, and whether they part words. No element of OFX has such a name.
const MARKUP: [(&str, bool); 16] = [
    ("br", true),
    ("p", true),
    ("div", true),
    ("li", true),
    ("ul", true),
    ("hr", true),
    ("b", false),
    ("i", false),
    ("u", false),
    ("em", false),
    ("strong", false),
    ("span", false),
    ("font", false),
    ("small", false),
    ("sup", false),
    ("sub", false),
];

/// For a tag of HTML, the space that it means, or nothing.
fn markup(tag: &str) -> Option<&'static str> {
    let name = first_word(tag.strip_prefix('/').unwrap_or(tag)).trim_end_matches('/');
    let found = MARKUP.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
    found.map(|(_, parts)| if *parts { " " } else { "" })
}

/// Whether this may appear between `<` and `>`: a name such as `STMTTRN`, `/OFX` or `INTU.BID`.
fn is_name(text: &str) -> bool {
    let name = first_word(text.strip_prefix('/').unwrap_or(text)).trim_end_matches('/');
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

/// Name of a tag, without its attributes.
fn first_word(tag: &str) -> &str {
    tag.split([' ', '\t', '\r', '\n']).next().unwrap_or_default()
}

/// Text without CDATA marks and comments, with entities resolved.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let end = data.find("]]>");
            plain.push_str(&data[..end.unwrap_or(data.len())]);
            rest = end.map_or("", |end| &data[end + 3..]);
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
        } else if let Some((known, length)) = entity(rest) {
            plain.push_str(&known);
            rest = &rest[length..];
        } else {
            plain.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    plain
}

/// Value and length of the entity at the start of a text; `None` if there is none, since banks also write
/// a bare `&`.
fn entity(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let end = text.bytes().take(10).position(|b| b == b';')?;
    let name = text.get(..end)?.strip_prefix('&')?;
    let known = match name {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        "nbsp" => " ".into(),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?.to_string().into()
        }
    };
    Some((known, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    const SGML: &str = "OFXHEADER:100\nDATA:OFXSGML\nCHARSET:1252\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>\
        <FI><ORG>Banque &amp; Fils</FI></SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR\
        <BANKACCTFROM><BANKID>30004<BRANCHID>001<ACCTID>0001234<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\n\
        <STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20200131120000.000[-5:EST]<DTAVAIL>20200201<TRNAMT>-12,50<FITID>A1<NAME>CARTE CAFE & <3\
        <MEMO>CARTE CAFE & <3 PARIS</STMTTRN>\n\
        <STMTTRN><TRNTYPE>XFER<DTPOSTED>20200230<TRNAMT>1<FITID>A2</STMTTRN>\n\
        <STMTTRN><TRNTYPE>XFER<DTPOSTED>20200202<TRNAMT>+0001500.00<FITID><NAME></NAME><BANKACCTTO><ACCTID>999</BANKACCTTO></STMTTRN>\n";
    const END: &str = "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>";

    #[test]
    fn leaves_without_an_end() {
        let (reads, batches) = read_all(format!("{SGML}{END}").as_bytes()).unwrap();
        let batch = &batches[0];
        assert_eq!((reads[0].about.id, batch.rows()), ("ofx", 2));
        assert_eq!(batch.integer(bank::AMOUNT, 0), Some(-1_250));
        assert_eq!(batch.integer(bank::AMOUNT, 1), Some(150_000));
        assert_eq!(batch.integer(bank::VALUE_ON, 0), values::day("2020-02-01", "ymd"));
        assert_eq!(batch.text(bank::LABEL, 0), Some("CARTE CAFE & <3 PARIS"));
        assert_eq!(batch.text(bank::HOLDER, 0), Some("Banque & Fils"));
        assert_eq!(batch.text(bank::ACCOUNT, 1), Some("0001234"));
        assert_eq!(batch.text(bank::REFERENCE, 1), None);
        assert_eq!(batch.text(bank::LABEL, 1), None);
        assert_eq!(reads[0].rejected[0].field.as_deref(), Some("DTPOSTED"));
        assert_eq!(reads[0].rejected[0].line, Some(2));
    }

    #[test]
    fn a_truncated_file_gives_what_it_has() {
        let (reads, batches) = read_all(SGML.as_bytes()).unwrap();
        assert_eq!((batches[0].rows(), reads[0].rejected_count), (2, 2));
        assert!(reads[0].rejected[1].reason.to_string().contains("</OFX>"));
        let cut = &SGML[..SGML.find("A1").unwrap()];
        assert!(read_all(cut.as_bytes()).is_err());
    }

    #[test]
    fn xml_with_several_accounts_and_currencies() {
        let file = "<?xml version=\"1.0\"?>\n<?OFX OFXHEADER=\"200\" VERSION=\"211\"?>\n<!-- x -->\n<OFX>\n\
            <STMTRS><CURDEF>EUR</CURDEF><BANKACCTFROM><ACCTID>1</ACCTID></BANKACCTFROM>\n\
            <STMTTRN><TRNTYPE>INT</TRNTYPE><DTPOSTED>20200101</DTPOSTED><TRNAMT>2.00</TRNAMT>\
            <NAME><![CDATA[A <b> & C]]></NAME><MEMO/></STMTTRN></STMTRS>\n\
            <CCSTMTRS><CURDEF>EUR</CURDEF><CCACCTFROM><ACCTID>2</ACCTID></CCACCTFROM>\n\
            <STMTTRN><TRNTYPE>POS</TRNTYPE><DTPOSTED>20200101</DTPOSTED><TRNAMT>-300</TRNAMT>\
            <PAYEE><NAME>Caf&#233;</NAME></PAYEE><CURRENCY><CURRATE>1</CURRATE><CURSYM>JPY</CURSYM></CURRENCY></STMTTRN>\
            <STMTTRN><TRNTYPE>POS</TRNTYPE><DTPOSTED>20200101</DTPOSTED><TRNAMT>-3</TRNAMT>\
            <ORIGCURRENCY><CURRATE>1</CURRATE><CURSYM>JPY</CURSYM></ORIGCURRENCY></STMTTRN></CCSTMTRS></OFX>";
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        let batch = &batches[0];
        assert_eq!((batch.rows(), reads[0].rejected_count), (3, 0));
        let texts = |field| (0..3).map(|row| batch.text(field, row)).collect::<Vec<_>>();
        assert_eq!(texts(bank::ACCOUNT), [Some("1"), Some("2"), Some("2")]);
        assert_eq!(texts(bank::CURRENCY), [Some("EUR"), Some("JPY"), Some("EUR")]);
        assert_eq!(texts(bank::LABEL), [Some("A <b> & C"), None, None]);
        assert_eq!(texts(bank::COUNTERPARTY), [None, Some("Café"), None]);
        assert_eq!(batch.integer(bank::AMOUNT, 1), Some(-300));
        assert_eq!(batch.integer(bank::AMOUNT, 2), Some(-300));
    }

    #[test]
    fn an_error_and_a_file_with_nothing_say_so() {
        let error = "<OFX><STATUS><CODE>2000<SEVERITY>ERROR<MESSAGE>General error</STATUS></OFX>";
        let (reads, _) = read_all(error.as_bytes()).unwrap();
        assert!(reads[0].rejected[0].reason.to_string().contains("2000 General error"));
        let (reads, _) = read_all(b"OFXHEADER:100\n\n<OFX></OFX>").unwrap();
        assert!(reads[0].rejected[0].reason.to_string().contains("no account statement"));
    }

    #[test]
    fn an_end_that_is_missing_ends_with_the_next_booking() {
        let file = "<OFX><STMTRS><CURDEF>EUR<STMTTRN><DTPOSTED>20200101<TRNAMT>1<STMTTRN><DTPOSTED>20200102<TRNAMT>2</OFX>";
        let (_, batches) = read_all(file.as_bytes()).unwrap();
        assert_eq!(batches[0].rows(), 2);
    }
}
