//! What the lines above a repayment table say of the loan.

use super::{day, money, plain};
use crate::display_text;
use crate::error::FormatError;
use crate::number::{Mark, mark_of, scaled_with, times};
use crate::reason::Reason;
use crate::rows::part;
use mesinfos_model::Day;

/// What is known of the loan.
#[derive(Debug)]
pub(super) struct Above {
    /// What the loan is called, where it is one of a student.
    pub(super) kind: Option<String>,
    /// What the table is called, if it is not that of a student.
    title: Option<String>,
    pub(super) number: Option<String>,
    pub(super) lender: Option<String>,
    pub(super) amount: Option<i64>,
    /// Yearly rate, in hundredths of a per cent.
    pub(super) rate: Option<i64>,
    pub(super) rate_kind: Option<String>,
    pub(super) start: Option<Day>,
    /// The day on which the table was made.
    pub(super) of_day: Option<Day>,
    pub(super) currency: &'static str,
}

impl Default for Above {
    fn default() -> Above {
        Above {
            kind: None,
            title: None,
            number: None,
            lender: None,
            amount: None,
            rate: None,
            rate_kind: None,
            start: None,
            of_day: None,
            currency: "EUR",
        }
    }
}

/// Words of a loan for studies, and those that tell another loan in the same line.
const LOAN: [&str; 4] = ["pret", "prets", "credit", "credits"];
const STUDENT: [&str; 6] = ["etudiant", "etudiants", "etudiante", "etudiantes", "etude", "etudes"];
const OTHER: [&str; 8] =
    ["immobilier", "immo", "habitat", "auto", "automobile", "travaux", "relais", "profession"];

/// Currencies of loans in French other than the euro, by the words of the lines above the table.
const CURRENCIES: [(&str, &str); 4] = [("chf", "CHF"), ("xpf", "XPF"), ("cfp", "XPF"), ("cad", "CAD")];

/// Longest text above a table that is read, in bytes.
const LONGEST: usize = 256;

impl Above {
    /// Takes a line: a title, or a name with its value in the next cell or after a colon.
    pub(super) fn line(&mut self, cells: &[&str], is_workbook: bool) {
        let is_short = |cell: &&str| !cell.is_empty() && cell.len() <= LONGEST;
        let mut filled = cells.iter().copied().filter(is_short).peekable();
        while let Some(cell) = filled.next() {
            match cell.split_once(':') {
                Some((name, value)) if !value.trim().is_empty() => self.pair(name, value.trim(), is_workbook),
                _ => match filled.peek() {
                    Some(value) => self.pair(cell.trim_end_matches([':', ' ']), value, is_workbook),
                    None => self.title(cell),
                },
            }
        }
    }

    fn pair(&mut self, name: &str, value: &str, is_workbook: bool) {
        let plain_name = plain(name);
        let has = |word: &str| plain_name.contains(word);
        let begins = |words: &[&str]| words.iter().any(|word| plain_name.starts_with(word));
        for (word, currency) in CURRENCIES {
            if words(&plain(value)).any(|said| said == word) {
                self.currency = currency;
            }
        }
        if has("taux") || begins(&["taeg", "teg"]) {
            let is_of_the_loan = !has("assurance") && !has("effectif") && !has("taeg") && !has("teg");
            if is_of_the_loan {
                let digits =
                    value.trim_end_matches(['%', ' ', '\u{a0}']).split(['%', ' ']).next().unwrap_or_default();
                let is_fraction = is_workbook && !value.contains('%');
                self.rate = self.rate.or_else(|| rate(digits, is_fraction));
                let said = format!("{plain_name} {}", plain(value));
                let kind = ["fixe", "variable", "revisable"].into_iter().find(|kind| said.contains(kind));
                self.rate_kind = self.rate_kind.take().or(kind.map(str::to_owned));
            }
        } else if begins(&["montant", "capital emprunte", "capital initial", "somme"]) && !has("echeance") {
            self.amount = self.amount.or_else(|| money(value, self.currency, is_workbook).ok());
        } else if begins(&["edite", "edition", "date d'edition", "situation", "tableau au", "arrete"]) {
            self.of_day = self.of_day.or_else(|| day(value, is_workbook));
        } else if has("deblocage") || has("mise a disposition") || has("versement") {
            self.start = self.start.or_else(|| day(value, is_workbook));
        } else if begins(&["banque", "preteur", "etablissement", "organisme"]) {
            self.lender = self.lender.take().or_else(|| Some(part(value).to_owned()));
        } else if begins(&["numero", "n°", "no ", "reference", "dossier"]) && !has("client") && !has("compte")
        {
            self.number = self.number.take().or_else(|| Some(part(value).to_owned()));
        } else if words(&plain(value)).any(|word| LOAN.contains(&word)) {
            self.title(value);
        } else {
            self.title(&format!("{} {value}", name.trim()));
        }
    }

    /// Takes a text that may be the name of the loan.
    fn title(&mut self, text: &str) {
        let text = text.trim();
        let said = plain(text);
        let of = |known: &[&str]| words(&said).any(|word| known.contains(&word));
        if !of(&LOAN) {
            return;
        }
        if of(&STUDENT) && !of(&OTHER) {
            self.kind = self.kind.take().or_else(|| Some(name(text).to_owned()));
        } else if said.split(' ').count() > 1 {
            self.title = self.title.take().or_else(|| Some(display_text::part(text)));
        }
    }

    /// Refuses a table that is not said to be that of a student's loan.
    pub(super) fn is_of_a_student(&self, line: u64) -> Result<(), FormatError> {
        if self.kind.is_some() {
            return Ok(());
        }
        let reason = match &self.title {
            Some(title) => Reason::not_a_student_loan(title),
            None => Reason::LoanNotNamed,
        };
        Err(FormatError::broken(line, reason))
    }
}

/// Words of a plain text.
fn words(plain: &str) -> impl Iterator<Item = &str> {
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The name of a loan in a title such as "Tableau d'amortissement - Prêt étudiant".
fn name(text: &str) -> &str {
    let is_loan = |at: &usize| {
        let (before, rest) = text.split_at(*at);
        let is_begun = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        is_begun
            && rest.starts_with(char::is_alphanumeric)
            && words(&plain(rest)).next().is_some_and(|word| LOAN.contains(&word))
    };
    let start = text.char_indices().map(|(at, _)| at).find(is_loan);
    part(&text[start.unwrap_or(0)..])
}

/// A number below this is a fraction where it may be one, in millionths: no loan bears 20 % a year, and few bear 0.2 %.
const FRACTION: i64 = 200_000;

/// A rate in hundredths of a per cent. A workbook may store it as a fraction, with a format of per cent.
fn rate(digits: &str, may_be_fraction: bool) -> Option<i64> {
    let usual = if may_be_fraction { Mark::Point } else { mark_of(digits, Mark::Comma) };
    let exact = scaled_with(digits, 6, usual)?;
    let parts = if may_be_fraction && exact < FRACTION { 100 } else { 10_000 };
    times(exact, 1, parts).filter(|rate| (0..=10_000).contains(rate))
}
