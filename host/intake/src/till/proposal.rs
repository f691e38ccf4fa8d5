//! A proposal from the text of a receipt.

use super::line::{Count, Said, is_amount_alone, say};
use super::{LARGEST_TILL_AMOUNT, LONGEST_TILL_LABEL, MOST_TILL_LINES, TillLine, TillReceipt, date};
use mesinfos_model::visible::clean;

/// Lines of a text that are looked at.
const LINES: usize = 2_000;

/// Longest line that is looked at, in bytes: no till prints longer ones.
const LINE: usize = 200;

/// Lines at the top among which the merchant is.
const TOP: usize = 8;

/// Words that stand above the name of a merchant.
const GREETINGS: &[&str] = &["TICKET", "BIENVENUE", "DUPLICATA", "FACTURE", "FACTURETTE", "COMMANDE", "RECU"];

/// Most lines that are told as not understood.
const UNREAD: usize = 50;

/// Proposes a receipt from a text. What is not found is missing; a text that is no receipt gives no lines.
pub fn propose(text: &str) -> TillReceipt {
    let lines = looked_at(text);
    let bought = bought(&lines);
    TillReceipt {
        merchant: merchant(&lines),
        day: lines.iter().find_map(|line| date::day(line)),
        time: lines.iter().find_map(|line| date::time(line)),
        lines: bought.lines,
        total: bought.total,
    }
}

/// Lines of a text above its total that have an amount and of which [`propose`] made nothing, in their order, at most
/// fifty.
pub fn unread(text: &str) -> Vec<String> {
    bought(&looked_at(text)).unread
}

fn looked_at(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && line.len() <= LINE);
    lines.take(LINES).collect()
}

/// What the lines say was bought.
fn bought(lines: &[&str]) -> Bought {
    let mut bought = Bought::default();
    for line in lines {
        if bought.total.is_some() {
            // What follows is about payment, except a larger total: a subtotal may be called "total" too.
            if let Said::Total(paid) = say(line) {
                bought.total = bought.total.max(Some(paid));
            }
            continue;
        }
        bought.take(say(line), line);
    }
    bought.settle(None);
    if bought.count.take().is_some() {
        bought.leave_count();
    }
    bought.price_ahead();
    bought
}

/// The first line at the top that can be a name.
fn merchant(lines: &[&str]) -> String {
    let is_name = |line: &&&str| {
        let words = super::line::plain(line);
        let letters = line.chars().filter(|c| c.is_alphabetic()).count();
        let digits = line.chars().filter(|c| c.is_ascii_digit()).count();
        let is_greeting = GREETINGS.iter().any(|word| words.starts_with(word));
        letters >= 3 && letters > digits && !is_greeting && matches!(say(line), Said::Words(_))
    };
    lines.iter().take(TOP).find(is_name).map_or_else(String::new, |line| label(line))
}

/// A text as a label: visible characters of one line, without marks around it.
fn label(text: &str) -> String {
    let cleaned = clean(text);
    let trimmed = cleaned.trim().trim_matches(['*', '-', '=', '.', ':', '_']).trim();
    trimmed.chars().take(LONGEST_TILL_LABEL).collect()
}

/// What so many cost at this price, in cents.
fn cost(count: Count) -> i64 {
    (count.quantity.saturating_mul(count.price).saturating_add(500)) / 1_000
}

/// The lines so far, and what waits for the next one.
#[derive(Default)]
struct Bought {
    lines: Vec<TillLine>,
    total: Option<i64>,
    /// Words whose amount may be on the next line.
    words: Option<String>,
    /// Words above the count that waits.
    above: Option<String>,
    /// How many there are of what comes next.
    count: Option<Count>,
    /// The line of the last count.
    count_line: String,
    /// Lines with an amount of which nothing was made.
    unread: Vec<String>,
    /// Places of the lines whose number stands before the label: their amounts are of all of them, or of one each.
    ahead: Vec<usize>,
}

impl Bought {
    /// Gives a count that waits below words to these words, unless it is the one of the line that follows.
    fn settle(&mut self, next: Option<&Said>) {
        let (Some(words), Some(count)) = (self.above.take(), self.count) else { return };
        let is_of_next = matches!(next, Some(Said::Item { amount, count: None, .. }) if count.costs(*amount));
        if !is_of_next {
            self.count = None;
            self.push(&words, cost(count), Some(count));
        }
    }

    fn take(&mut self, said: Said, line: &str) {
        self.settle(Some(&said));
        let (words, waiting) = (self.words.take(), self.count.take());
        let is_used = matches!(&said, Said::Item { amount, count: None, .. }
            if waiting.is_some_and(|count| count.costs(*amount)));
        if waiting.is_some() && !is_used {
            self.leave_count();
        }
        match said {
            Said::Item { label, amount, count } => {
                let count = count.or(waiting.filter(|count| count.costs(amount)));
                self.push(&label, amount, count);
            }
            Said::Count { count, amount } => {
                line.clone_into(&mut self.count_line);
                let belongs_above = amount.is_none()
                    && self
                        .lines
                        .last()
                        .is_some_and(|line| line.quantity.is_none() && count.costs(line.amount));
                match (words, self.lines.last_mut()) {
                    (Some(words), _) => match amount {
                        Some(paid) => self.push(&words, paid, Some(count)),
                        None => (self.above, self.count) = (Some(words), Some(count)),
                    },
                    (None, Some(last)) if belongs_above => {
                        (last.quantity, last.is_weight) = (Some(count.quantity), count.is_weight);
                    }
                    _ => self.count = Some(count),
                }
            }
            Said::Total(paid) => self.total = Some(paid),
            Said::Words(words) => self.words = Some(words),
            Said::Aside if is_amount_alone(line) => self.leave(line),
            Said::Aside => {}
        }
    }

    /// Makes the amounts of lines with a number ahead those of all of them, where the receipt only then comes to its total.
    fn price_ahead(&mut self) {
        let each = |line: &TillLine| {
            let all = line.quantity.unwrap_or(1_000).saturating_mul(line.amount);
            (all.saturating_add(500)) / 1_000
        };
        let sum = |lines: &[TillLine]| lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.amount));
        let mut priced = self.lines.clone();
        for at in &self.ahead {
            priced[*at].amount = each(&priced[*at]);
        }
        let is_within = priced.iter().all(|line| line.amount <= LARGEST_TILL_AMOUNT);
        if is_within && Some(sum(&self.lines)) != self.total && Some(sum(&priced)) == self.total {
            self.lines = priced;
        }
    }

    /// Tells the line of a count that belongs to nothing.
    fn leave_count(&mut self) {
        let line = std::mem::take(&mut self.count_line);
        self.leave(&line);
    }

    fn leave(&mut self, line: &str) {
        if self.unread.len() < UNREAD {
            self.unread.push(clean(line));
        }
    }

    fn push(&mut self, text: &str, amount: i64, count: Option<Count>) {
        let label = label(text);
        if self.lines.len() < MOST_TILL_LINES && !label.is_empty() {
            let quantity = count.map(|count| count.quantity);
            if count.is_some_and(|count| count.is_ahead) {
                self.ahead.push(self.lines.len());
            }
            self.lines.push(TillLine {
                label,
                quantity,
                is_weight: count.is_some_and(|count| count.is_weight),
                amount,
            });
        }
    }
}
