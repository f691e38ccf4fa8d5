//! Transactions of an OV-chipkaart (Dutch public transport), as ov-chipkaart.nl exports them, with this
//! header on one line:
//!
//! ```text
//! "Datum";"Check-in";"Vertrek";"Check-uit";"Bestemming";"Bedrag";"Transactie";"Klasse";"Product";
//! "Opmerkingen";"Naam";"Kaartnummer"
//! ```
//!
//! Trans Link Systems publishes no description; the details come from programs that read the export
//! (jesperancinha/public-transport-declarer, an importer for Beancount).
//!
//! Gotchas:
//! - a trip is two rows, a check-in and a check-out, and the check-out repeats the origin: they are
//!   paired, whichever comes first in the file, even with other rows between them;
//! - an unpaired row is a trip whose other validation is missing or in another file;
//! - the time of a payment is in the column "Check-in", and its location in "Bestemming" ("bij NS");
//! - amounts have a decimal comma; fares and top-ups are both positive; older files lack the last two
//!   columns.

use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number::{self, Mark};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Columns, Head, Input, Row};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use jiff::tz::TimeZone;
use mesinfos_model::Category;
use mesinfos_model::category::mobility::{self, complete, mode, row};

/// The `ov-chipkaart` format.
pub(crate) struct OvChipkaart;

static ABOUT: FormatInfo = FormatInfo {
    id: "ov-chipkaart",
    fr: "Transactions d’une OV-chipkaart (transports néerlandais, CSV)",
    en: "Transactions of an OV-chipkaart (Dutch public transport, CSV)",
    origin: "Trans Link Systems",
    categories: &[Category::Mobility],
    looks_for: "a first line with \"Datum\";\"Check-in\";\"Vertrek\";\"Check-uit\"",
    spec: "https://github.com/jesperancinha/public-transport-declarer",
    counts: OrdinalKind::Lines,
};

const HOLDER: &str = "OV-chipkaart";
const CURRENCY: &str = "EUR";

/// Longest trip, in seconds: nobody may stay checked in for longer, so beyond it a check-in and a
/// check-out are two trips.
const LONGEST_TRIP: i64 = 24 * 3_600;

const DAY: i64 = 86_400;

/// Prefix of the product of a trip paid from the balance; its operator follows.
const ON_BALANCE: &str = "Reizen op Saldo ";

/// Words that mark a payment, in lower case: loading of balance or of a product onto the card.
const PAID: [&str; 2] = ["geladen", "opladen"];

/// Words that mark a refund: "Saldo teruggave", "Restitutie".
const GIVEN_BACK: [&str; 2] = ["teruggave", "restitutie"];

/// Columns by which a file is recognised.
const NAMES: [&str; 7] = ["Datum", "Check-in", "Vertrek", "Check-uit", "Bestemming", "Bedrag", "Transactie"];

impl Format for OvChipkaart {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let names = head.names(';');
        NAMES.iter().all(|name| names.contains(name))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut table = input.table(b';');
        let Some(header) = table.next()? else { return Ok(()) };
        let layout = Layout::of(&Columns::of(header))?;
        let zone = time::zone("Europe/Amsterdam");
        let mut waiting = None;
        let ended = loop {
            let cells = match table.next() {
                Ok(Some(cells)) => cells,
                Ok(None) => break Ok(()),
                Err(stop) => break Err(stop),
            };
            match Transaction::of(&layout, cells, &zone) {
                _ if cells.is_blank() => {}
                Ok(transaction) => take(transaction, &mut waiting, rows)?,
                Err((field, reason)) => rows.reject(cells.line, field, reason),
            }
        };
        if let Some(alone) = waiting {
            push_alone(&alone, rows)?;
        }
        ended
    }
}

/// Index of each column.
struct Layout {
    date: usize,
    check_in: usize,
    from: usize,
    check_out: usize,
    to: usize,
    amount: usize,
    transaction: usize,
    product: Option<usize>,
    card: Option<usize>,
    width: usize,
}

impl Layout {
    fn of(columns: &Columns) -> Result<Layout, FormatError> {
        let find =
            |name: &str| columns.find(&[name]).ok_or_else(|| FormatError::broken(1, Reason::no_column(name)));
        Ok(Layout {
            date: find("Datum")?,
            check_in: find("Check-in")?,
            from: find("Vertrek")?,
            check_out: find("Check-uit")?,
            to: find("Bestemming")?,
            amount: find("Bedrag")?,
            transaction: find("Transactie")?,
            product: columns.find(&["Product"]),
            card: columns.find(&["Kaartnummer"]),
            width: columns.len(),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    CheckIn,
    CheckOut,
    Payment { is_refund: bool },
}

struct Transaction {
    line: u64,
    kind: Kind,
    at: time::Instant,
    from: String,
    to: String,
    cost: Option<i64>,
    /// Label: the product, else the kind of transaction.
    label: String,
    operator: String,
    card: String,
}

impl Transaction {
    fn of(
        layout: &Layout,
        cells: Row<'_>,
        zone: &TimeZone,
    ) -> Result<Transaction, (Option<&'static str>, Reason)> {
        if cells.len() != layout.width {
            let reason = Reason::columns(layout.width.to_string(), cells.len().to_string());
            return Err((None, reason));
        }
        let words = cells.get(layout.transaction);
        let kind = match words {
            "Check-in" => Kind::CheckIn,
            "Check-uit" => Kind::CheckOut,
            "" => return Err((Some("Transactie"), Reason::NoTransactionType)),
            _ => {
                let lower = words.to_lowercase();
                let is_in = |words: &[&str]| words.iter().any(|word| lower.contains(word));
                match (is_in(&PAID), is_in(&GIVEN_BACK)) {
                    (_, true) => Kind::Payment { is_refund: true },
                    (true, false) => Kind::Payment { is_refund: false },
                    (false, false) => {
                        let reason = Reason::unknown_transaction(words);
                        return Err((Some("Transactie"), reason));
                    }
                }
            }
        };
        let date = cells.get(layout.date);
        let day =
            time::day(date, "dmy").ok_or_else(|| (Some("Datum"), Reason::not_a_date(date, "29-03-2021")))?;
        let (check_in, check_out) = (cells.get(layout.check_in), cells.get(layout.check_out));
        let (clock, field) = match kind {
            Kind::CheckOut => (check_out, "Check-uit"),
            _ if check_in.is_empty() => (check_out, "Check-in"),
            _ => (check_in, "Check-in"),
        };
        let at = time::clock(clock)
            .and_then(|clock| time::local_at(day, clock, zone))
            .ok_or_else(|| (Some(field), Reason::not_a_time(clock, "16:02")))?;
        let cost = match cells.get(layout.amount) {
            "" => None,
            text => {
                let amount = number::amount(text, CURRENCY, Mark::Comma);
                Some(amount.map_err(|reason| (Some("Bedrag"), reason))?)
            }
        };
        let product = layout.product.map(|cell| cells.get(cell)).unwrap_or_default();
        Ok(Transaction {
            line: cells.line,
            kind,
            at,
            from: cells.get(layout.from).to_owned(),
            to: cells.get(layout.to).to_owned(),
            cost,
            label: if product.is_empty() { words } else { product }.to_owned(),
            operator: product.strip_prefix(ON_BALANCE).unwrap_or_default().trim().to_owned(),
            card: layout.card.map(|cell| cells.get(cell)).unwrap_or_default().replace(' ', ""),
        })
    }
}

/// Pairs a check-in with its check-out. At most one row waits for its other half: a card is in one
/// vehicle at a time.
fn take(
    transaction: Transaction,
    waiting: &mut Option<Transaction>,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    if let Kind::Payment { is_refund } = transaction.kind {
        return push_payment(&transaction, is_refund, rows);
    }
    let Some(other) = waiting.take() else {
        *waiting = Some(transaction);
        return Ok(());
    };
    let (check_in, check_out) = match transaction.kind {
        Kind::CheckIn => (&transaction, &other),
        _ => (&other, &transaction),
    };
    if let Some(duration) = trip(check_in, check_out) {
        let to = Some(check_out.to.as_str());
        return push_leg(check_in, check_out, Some(duration), to, complete::COMPLETE, rows);
    }
    push_alone(&other, rows)?;
    *waiting = Some(transaction);
    Ok(())
}

/// Duration of the trip in seconds, if the two rows are one trip.
fn trip(check_in: &Transaction, check_out: &Transaction) -> Option<i64> {
    let is_pair = (check_in.kind, check_out.kind) == (Kind::CheckIn, Kind::CheckOut)
        && check_in.from == check_out.from
        && check_in.card == check_out.card;
    let seconds = check_out.at.0.checked_sub(check_in.at.0)?;
    // A check-out after midnight may carry the date of its check-in.
    let seconds = if (-DAY..0).contains(&seconds) { seconds + DAY } else { seconds };
    (is_pair && (0..=LONGEST_TRIP).contains(&seconds)).then_some(seconds)
}

/// Writes a trip with only one end in the file.
fn push_alone(alone: &Transaction, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let to = (alone.kind == Kind::CheckOut).then_some(alone.to.as_str());
    push_leg(alone, alone, None, to, complete::INCOMPLETE, rows)
}

fn push_leg(
    start: &Transaction,
    end: &Transaction,
    duration: Option<i64>,
    to: Option<&str>,
    complete: i64,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    // Only the operator NS reveals the mode: it runs trains.
    let mode = if end.operator == "NS" { mode::TRAIN } else { mode::UNKNOWN };
    rows.push(
        Category::Mobility,
        start.line,
        &[
            (mobility::HOLDER, HOLDER.into()),
            (mobility::ROW, row::LEG.into()),
            (mobility::SOURCE, start.card.as_str().into()),
            (mobility::AT, start.at.0.into()),
            (mobility::UTC_OFFSET, start.at.1.into()),
            (mobility::DURATION, duration.into()),
            (mobility::MODE, mode.into()),
            (mobility::COST, end.cost.into()),
            (mobility::CURRENCY, CURRENCY.into()),
            (mobility::OPERATOR, end.operator.as_str().into()),
            (mobility::COMPLETE, complete.into()),
            (mobility::FROM, start.from.as_str().into()),
            (mobility::TO, to.into()),
            (mobility::LABEL, end.label.as_str().into()),
            (mobility::FROM_NAME, start.from.as_str().into()),
            (mobility::TO_NAME, to.into()),
        ],
    )
}

fn push_payment(payment: &Transaction, is_refund: bool, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let cost = payment.cost.map(|cost| if is_refund { -cost.abs() } else { cost });
    rows.push(
        Category::Mobility,
        payment.line,
        &[
            (mobility::HOLDER, HOLDER.into()),
            (mobility::ROW, row::PAYMENT.into()),
            (mobility::SOURCE, payment.card.as_str().into()),
            (mobility::AT, payment.at.0.into()),
            (mobility::UTC_OFFSET, payment.at.1.into()),
            (mobility::COST, cost.into()),
            (mobility::CURRENCY, CURRENCY.into()),
            (mobility::LABEL, payment.label.as_str().into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;

    const HEADER: &str = "\"Datum\";\"Check-in\";\"Vertrek\";\"Check-uit\";\"Bestemming\";\"Bedrag\";\"Transactie\";\"Klasse\";\"Product\";\"Opmerkingen\";\"Naam\";\"Kaartnummer\"\n";

    fn all(rows: &mesinfos_model::Batch, field: usize) -> Vec<Option<i64>> {
        (0..rows.rows()).map(|row| rows.integer(field, row)).collect()
    }

    #[test]
    fn check_ins_and_check_outs_are_paired() {
        let sample = include_str!("../../tests/samples/ov-chipkaart.csv");
        let (reads, batches) = read_all(sample.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rejected_count),
            ("ov-chipkaart", 0),
            "{:?}",
            reads[0].rejected
        );
        let rows = &batches[0];
        let (leg, payment) = (Some(row::LEG), Some(row::PAYMENT));
        assert_eq!(all(rows, mobility::ROW), [payment, leg, leg, payment, leg]);
        assert_eq!(all(rows, mobility::COST), [Some(1_000), Some(790), Some(167), Some(-350), None]);
        assert_eq!(all(rows, mobility::DURATION), [None, Some(2_340), Some(1_500), None, None]);
        // 2021-03-29 16:02 in summer time.
        assert_eq!(
            (all(rows, mobility::AT)[1], all(rows, mobility::UTC_OFFSET)[1]),
            (Some(1_617_026_520), Some(120))
        );
        assert_eq!(all(rows, mobility::MODE)[1], Some(mode::TRAIN));
        assert_eq!(
            [rows.text(mobility::OPERATOR, 1), rows.text(mobility::OPERATOR, 2)],
            [Some("NS"), Some("GVB")]
        );
        assert_eq!(
            [rows.text(mobility::FROM, 1), rows.text(mobility::TO, 1)],
            [Some("Utrecht Centraal"), Some("Amsterdam Centraal")]
        );
        assert_eq!(all(rows, mobility::COMPLETE)[4], Some(complete::INCOMPLETE));
        assert_eq!(rows.text(mobility::SOURCE, 0), Some("1234567890123456"));
    }

    #[test]
    fn the_newest_may_come_first() {
        let row = |line: &str| format!("\"29-03-2021\";{line};\"\";\"\";\"\";\"N\";\"1\"\n");
        let out = row("\"\";\"A\";\"16:41\";\"B\";\"7,90\";\"Check-uit\"");
        let other_card = out.replace("\"1\"\n", "\"2\"\n");
        let check_in = row("\"16:02\";\"A\";\"\";\"\";\"\";\"Check-in\"");
        let (_, batches) = read_all(format!("{HEADER}{out}{check_in}").as_bytes()).unwrap();
        assert_eq!(all(&batches[0], mobility::DURATION), [Some(2_340)]);
        // Another card or another station makes separate trips.
        let (_, batches) = read_all(format!("{HEADER}{other_card}{check_in}").as_bytes()).unwrap();
        assert_eq!(all(&batches[0], mobility::COMPLETE), [Some(complete::INCOMPLETE); 2]);
        let (_, batches) =
            read_all(format!("{HEADER}{check_in}{}", out.replace("\"A\"", "\"C\"")).as_bytes()).unwrap();
        assert_eq!(all(&batches[0], mobility::COMPLETE), [Some(complete::INCOMPLETE); 2]);
        // After midnight, with the date of the check-in.
        let late = out.replace("16:41", "00:10");
        let (_, batches) =
            read_all(format!("{HEADER}{}{late}", check_in.replace("16:02", "23:50")).as_bytes()).unwrap();
        assert_eq!(all(&batches[0], mobility::DURATION), [Some(1_200)]);
    }

    #[test]
    fn what_is_wrong_is_told_of() {
        let text = format!(
            "{HEADER}\"29-13-2021\";\"16:02\";\"A\";\"\";\"\";\"\";\"Check-in\";\"\";\"\";\"\";\"N\";\"1\"\n\
             \"29-03-2021\";\"\";\"A\";\"\";\"\";\"\";\"Check-in\";\"\";\"\";\"\";\"N\";\"1\"\n\
             \"29-03-2021\";\"16:02\";\"A\";\"\";\"\";\"1,2,3\";\"Check-in\";\"\";\"\";\"\";\"N\";\"1\"\n\
             \"29-03-2021\";\"16:02\";\"A\";\"\";\"\";\"\";\"\";\"\";\"\";\"\";\"N\";\"1\"\n\
             \"29-03-2021\";\"16:02\"\n\"29-03-2021\";\"\";\"\";\"\";\"\";\"5,00\";\"Product op kaart geladen\";\"\";\"\";\"\";\"N\";\"1\"\n\
             \"29-03-2021\";\"16:02\";\"A\";\"\";\"\";\"\";\"Iets nieuws\";\"\";\"\";\"\";\"N\";\"1\"\n"
        );
        let (reads, _) = read_all(text.as_bytes()).unwrap();
        let places: Vec<_> =
            reads[0].rejected.iter().map(|r| (r.line.unwrap(), r.field.as_deref())).collect();
        let expected = [
            (2, Some("Datum")),
            (3, Some("Check-in")),
            (4, Some("Bedrag")),
            (5, Some("Transactie")),
            (6, None),
            (7, Some("Check-in")),
            (8, Some("Transactie")),
        ];
        assert_eq!(places, expected);
    }
}
