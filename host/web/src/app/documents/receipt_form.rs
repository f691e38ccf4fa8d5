//! The fields of a till receipt, as a form sends them: what was typed, and the receipt that it says.

use crate::app::form::{Fields, date};
use mesinfos_model::money::decimal;
use mesinfos_platform::intake::till::{self, LONGEST_TILL_LABEL, MOST_TILL_LINES, TillLine, TillReceipt};

/// Empty lines that a form offers.
const MORE: usize = 3;

/// A line as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct TypedLine {
    pub(super) label: String,
    pub(super) quantity: String,
    pub(super) is_weight: bool,
    pub(super) amount: String,
}

/// A receipt as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct TypedReceipt {
    pub(super) merchant: String,
    pub(super) day: String,
    pub(super) time: String,
    pub(super) total: String,
    pub(super) lines: Vec<TypedLine>,
}

/// What of a typed receipt cannot be understood. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    Day,
    Time,
    Total,
    /// A line with a label and no amount, or the reverse, or one that is none.
    Amount(usize),
    Quantity(usize),
}

impl TypedLine {
    fn is_empty(&self) -> bool {
        [&self.label, &self.quantity, &self.amount].iter().all(|text| text.trim().is_empty())
    }
}

impl TypedReceipt {
    /// Reads a form. Texts are cut at what a field accepts, and lines beyond the most are left out.
    pub(super) fn read(fields: &Fields) -> TypedReceipt {
        let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
        let of = |name: &str, most: usize| cut(fields.get(name), most);
        let line = |number: usize| TypedLine {
            label: of(&format!("label.{number}"), LONGEST_TILL_LABEL),
            quantity: of(&format!("quantity.{number}"), 20),
            is_weight: fields.get(&format!("unit.{number}")) == "kg",
            amount: of(&format!("amount.{number}"), 20),
        };
        // A form numbers its lines from 1 without a gap.
        let lines =
            (1..=MOST_TILL_LINES).take_while(|number| fields.has(&format!("label.{number}"))).map(line);
        TypedReceipt {
            merchant: of("merchant", LONGEST_TILL_LABEL),
            day: of("day", 20),
            time: of("time", 20),
            total: of("total", 20),
            lines: lines.collect(),
        }
    }

    /// The form of a proposal, with this decimal mark.
    pub(super) fn of(receipt: &TillReceipt, mark: &str) -> TypedReceipt {
        let written = |number: i64, decimals: u8| written(number, decimals).replace('.', mark);
        let line = |line: &TillLine| TypedLine {
            label: line.label.clone(),
            quantity: line.quantity.map(|quantity| written(quantity, 3)).unwrap_or_default(),
            is_weight: line.is_weight,
            amount: written(line.amount, 2),
        };
        TypedReceipt {
            merchant: receipt.merchant.clone(),
            day: receipt.day.map(|day| day.to_string()).unwrap_or_default(),
            time: receipt.time.map(|(hour, minute)| format!("{hour:02}:{minute:02}")).unwrap_or_default(),
            total: receipt.total.map(|total| written(total, 2)).unwrap_or_default(),
            lines: receipt.lines.iter().map(line).collect(),
        }
    }

    /// The same without the lines that are empty, and with some empty ones at the end.
    pub(super) fn with_room(mut self) -> TypedReceipt {
        self.lines.retain(|line| !line.is_empty());
        let room = MORE.min(MOST_TILL_LINES.saturating_sub(self.lines.len()));
        self.lines.extend(vec![TypedLine::default(); room]);
        self
    }

    /// The receipt, or everything that cannot be understood. Empty lines are no lines.
    pub(super) fn understood(&self) -> Result<TillReceipt, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let day = date(self.day.trim());
        if day.is_none() {
            wrong.push(Wrong::Day);
        }
        let time = clock(self.time.trim());
        if time.is_none() && !self.time.trim().is_empty() {
            wrong.push(Wrong::Time);
        }
        let total = till::amount(&self.total);
        if total.is_none() && !self.total.trim().is_empty() {
            wrong.push(Wrong::Total);
        }
        let mut lines = Vec::new();
        for (line, number) in self.lines.iter().zip(1..).filter(|(line, _)| !line.is_empty()) {
            let quantity = till::quantity(&line.quantity);
            if quantity.is_none() && !line.quantity.trim().is_empty() {
                wrong.push(Wrong::Quantity(number));
            }
            match till::amount(&line.amount) {
                Some(amount) if !line.label.trim().is_empty() => {
                    let label = line.label.trim().to_owned();
                    lines.push(TillLine { label, quantity, is_weight: line.is_weight, amount });
                }
                _ => wrong.push(Wrong::Amount(number)),
            }
        }
        let merchant = self.merchant.trim().to_owned();
        if wrong.is_empty() { Ok(TillReceipt { merchant, day, time, lines, total }) } else { Err(wrong) }
    }
}

/// A time as a browser sends it: `14:32`, or `14:32:05`.
fn clock(text: &str) -> Option<(i8, i8)> {
    let (hour, rest) = text.split_once(':')?;
    let minute = rest.split(':').next()?;
    let two = |text: &str| if text.len() == 2 { text.parse::<i8>().ok() } else { None };
    let (hour, minute) = (two(hour)?, two(minute)?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

/// A number of the smallest units, as a field shows it: cents as `12.30`, thousandths as `0.532` or `2`.
fn written(number: i64, decimals: u8) -> String {
    let text = decimal(number, decimals);
    let is_count = decimals > 2;
    if is_count { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: &str) -> TypedReceipt {
        TypedReceipt::read(&Fields::read(form.as_bytes()).unwrap())
    }

    #[test]
    fn a_proposal_comes_back_from_its_form() {
        let receipt = till::propose(
            "BOULANGERIE\n14/03/2025 08:12\nPAIN 1,30\nTOMATES\n0,532 kg x 1,99 1,06\nBAGUETTE 2 X 1,20 2,40\nREMISE -0,50\nTOTAL 4,26\n",
        );
        let typed = TypedReceipt::of(&receipt, ",");
        assert_eq!(
            (typed.day.as_str(), typed.time.as_str(), typed.total.as_str()),
            ("2025-03-14", "08:12", "4,26")
        );
        assert_eq!(typed.lines[1].quantity, "0,532");
        assert_eq!(typed.lines[2].quantity, "2");
        assert_eq!(typed.understood().unwrap(), receipt);
        let roomy = typed.clone().with_room();
        assert_eq!(roomy.lines.len(), typed.lines.len() + MORE);
        assert_eq!(roomy.understood().unwrap(), receipt, "empty lines are no lines");
    }

    #[test]
    fn what_cannot_be_understood_is_told_by_its_line() {
        let typed = read(
            "day=31/12/2025&time=25:00&total=x&label.1=a&amount.1=1,00&quantity.1=0&label.2=b&amount.2=&label.3=&amount.3=2&label.4=&amount.4=",
        );
        assert_eq!(
            typed.understood().unwrap_err(),
            [Wrong::Day, Wrong::Time, Wrong::Total, Wrong::Quantity(1), Wrong::Amount(2), Wrong::Amount(3)]
        );
        let sound =
            read("day=2025-12-31&merchant=+m+&label.1=+a+&amount.1=-1,5&quantity.1=1.5&unit.1=kg&total=");
        let receipt = sound.understood().unwrap();
        assert_eq!((receipt.merchant.as_str(), receipt.total, receipt.time), ("m", None, None));
        assert_eq!(
            receipt.lines,
            [TillLine { label: "a".to_owned(), quantity: Some(1_500), is_weight: true, amount: -150 }]
        );
    }

    #[test]
    fn a_form_is_bounded() {
        let long = "x".repeat(5_000);
        let mut form = format!("merchant={long}&day={long}&total={long}");
        for number in 1..=400 {
            form.push_str(&format!("&label.{number}={number}&amount.{number}=1"));
        }
        let typed = read(&form);
        assert_eq!(
            (typed.lines.len(), typed.merchant.len(), typed.day.len()),
            (MOST_TILL_LINES, LONGEST_TILL_LABEL, 20)
        );
        assert_eq!(typed.with_room().lines.len(), MOST_TILL_LINES);
        assert_eq!(read("label.2=a&amount.2=1").lines, []);
    }
}
