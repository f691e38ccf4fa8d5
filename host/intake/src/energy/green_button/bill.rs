//! Bills: ESPI `UsageSummary`, formerly `ElectricPowerUsageSummary`.
//!
//! Money is in 1/100000 of the currency, which may be named by the summary or only elsewhere in the feed. A summary without an amount only repeats the readings.

use super::unit::{currency, minor};
use super::zone::LocalTime;
use crate::error::FormatError;
use crate::read::Node;
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::category::bills::{self, kind, row, service};

/// Longest label that is kept, in bytes.
const LABEL: usize = 1 << 10;

/// Kept fields of a summary.
#[derive(Debug)]
pub(super) struct Bill {
    ordinal: u64,
    /// UTC seconds: start and end of the billing period, and creation time of the summary.
    period: Option<(i64, i64)>,
    status: Option<i64>,
    pub(super) currency: Option<&'static str>,
    amount: Option<i64>,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    ordinal: u64,
    label: Option<String>,
    /// `itemKind`.
    kind: Option<i64>,
    amount: Option<i64>,
}

impl Bill {
    /// `None` if it has neither an amount nor lines.
    pub(super) fn of(node: &Node) -> Option<Bill> {
        let number = |node: &Node, path: &[&str]| node.text_at(path)?.parse::<i64>().ok();
        let period = || {
            let start = seconds(number(node, &["billingPeriod", "start"])?);
            let duration = number(node, &["billingPeriod", "duration"]).filter(|seconds| *seconds >= 0)?;
            Some((start, start.checked_add(duration)?))
        };
        let line = |line: &Node| Line {
            ordinal: line.line,
            label: line.text_at(&["note"]).map(|note| note[..note.floor_char_boundary(LABEL)].to_owned()),
            kind: number(line, &["itemKind"]),
            amount: number(line, &["amount"]),
        };
        let bill = Bill {
            ordinal: node.line,
            period: period(),
            // Holders that do not know it write 0.
            status: number(node, &["statusTimeStamp"]).filter(|&at| at > 0).map(seconds),
            currency: currency(node),
            amount: number(node, &["billLastPeriod"]),
            lines: node.all("costAdditionalDetailLastPeriod").map(line).collect(),
        };
        (bill.amount.is_some() || !bill.lines.is_empty()).then_some(bill)
    }

    /// Memory weight, in resources: the bill and its lines.
    pub(super) fn weight(&self) -> usize {
        1 + self.lines.len()
    }

    /// Writes its rows: one for the bill, and one for each line. `usual` is the currency of the feed.
    pub(super) fn give(
        &self,
        own: &str,
        meter: &str,
        service: Option<i64>,
        zone: Option<&LocalTime>,
        usual: Option<&'static str>,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let Some(currency) = self.currency.or(usual) else {
            let reason = Reason::NoBillCurrency;
            rows.reject_rows(self.weight() as u64, self.ordinal, Some("currency"), reason);
            return Ok(());
        };
        let day = |utc: i64| zone.map_or(utc.div_euclid(86_400), |zone| zone.day(utc));
        let (from, until) = self.period.unzip();
        // Several summaries may share one address, so the period is part of a bill's id.
        let id = format!("{own}#{}", from.unwrap_or_default());
        let common = [
            (bills::BILL, id.as_str().into()),
            (bills::CONTRACT, meter.into()),
            (bills::ISSUED_ON, self.status.or(until).map(day).into()),
            (bills::PERIOD_FROM, from.map(day).into()),
            (bills::PERIOD_UNTIL, until.map(day).into()),
            (bills::SERVICE, if service == Some(2) { service::WATER } else { service::ENERGY }.into()),
            (bills::CURRENCY, currency.into()),
        ];
        let itself = self.amount.map(|amount| (row::BILL, None, None, Some(amount), self.ordinal));
        let lines = self.lines.iter().map(|line| {
            let row = if line.kind == Some(9) { row::PAYMENT } else { row::LINE };
            (row, line.kind.map(kind), line.label.as_deref(), line.amount, line.ordinal)
        });
        for (row, kind, label, amount, ordinal) in itself.into_iter().chain(lines) {
            let Some(amount) = amount.and_then(|amount| minor(amount, currency)) else {
                rows.reject(ordinal, Some("amount"), Reason::HundredThousandthsExpected);
                continue;
            };
            let own = [
                (bills::ROW, row.into()),
                (bills::KIND, kind.into()),
                (bills::LABEL, label.into()),
                (bills::AMOUNT, amount.into()),
            ];
            let cells: Vec<_> = common.iter().copied().chain(own).collect();
            rows.push(Category::Bills, ordinal, &cells)?;
        }
        Ok(())
    }
}

/// UTC seconds of a time that some holders write in milliseconds. In seconds, the limit is in the year 5138.
fn seconds(at: i64) -> i64 {
    if at >= 100_000_000_000 { at.div_euclid(1_000) } else { at }
}

/// Code of `kind` for an ESPI `ItemKind`: 1 to 3 are energy, its delivery and its use.
fn kind(item: i64) -> i64 {
    match item {
        1..=3 => kind::USAGE,
        4 => kind::FEE,
        5 => kind::TAX,
        6..=8 => kind::CREDIT,
        _ => kind::OTHER,
    }
}
