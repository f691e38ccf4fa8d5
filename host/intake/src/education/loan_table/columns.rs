//! Columns of a repayment table, by their words. Every bank, and every program that makes such a table, has words of its
//! own; a column is told by the words that the law has: principal, interest, insurance, what remains due.

use super::plain;

/// Index of each column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) date: Option<usize>,
    /// Number of the instalment.
    number: Option<usize>,
    pub(super) payment: Option<usize>,
    /// Whether the payment is said to be without insurance.
    pub(super) is_bare: bool,
    pub(super) principal: Option<usize>,
    pub(super) interest: Option<usize>,
    pub(super) insurance: Option<usize>,
    pub(super) remaining: Option<usize>,
    /// Whether what remains is that before the instalment.
    is_before: bool,
}

impl Columns {
    /// Columns of a header; `None` for a record that is none.
    pub(super) fn of<'c>(cells: impl Iterator<Item = &'c str>) -> Option<Columns> {
        let mut columns = Columns::default();
        let mut payments: Vec<(u8, usize, bool)> = Vec::new();
        for (at, cell) in cells.enumerate() {
            // A header has names, not sentences.
            if cell.is_empty() || cell.len() > LONGEST {
                continue;
            }
            let name = plain(cell.trim_start_matches('\u{feff}'));
            let has = |word: &str| name.contains(word);
            let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
            let set = |column: &mut Option<usize>| *column = column.or(Some(at));
            if begins(&["capital restant", "crd", "reste du", "restant du", "solde restant", "capital du"]) {
                let is_before = has("avant") || has("debut");
                if columns.remaining.is_none() || columns.is_before && !is_before {
                    (columns.remaining, columns.is_before) = (Some(at), is_before);
                }
            } else if begins(&["date", "echeance le", "echeance du", "jour"]) {
                set(&mut columns.date);
            } else if begins(&["n°", "no", "num", "rang", "nº", "#"]) && !has("note") {
                set(&mut columns.number);
            } else if has("interet") && !has("differe") && !has("report") && !has("cumul") && !has("capital")
            {
                set(&mut columns.interest);
            } else if has("echeance") || has("mensualite") || begins(&["total", "montant", "a payer"]) {
                let is_bare = has("hors");
                let is_whole = has("total") || has("compris") || has("inclu") || has("avec");
                payments.push((if is_whole { 0 } else { 1 + u8::from(is_bare) }, at, is_bare));
            } else if has("assurance") {
                set(&mut columns.insurance);
            } else if begins(&[
                "capital",
                "amortissement",
                "principal",
                "part capital",
                "part de capital",
                "dont capital",
            ]) {
                set(&mut columns.principal);
            }
        }
        if let Some((_, at, is_bare)) = payments.into_iter().min() {
            (columns.payment, columns.is_bare) = (Some(at), is_bare);
        }
        // Without a payment, its parts make it.
        let has_payment = columns.payment.is_some() || columns.principal.is_some();
        (columns.remaining.is_some() && columns.interest.is_some() && has_payment).then_some(columns)
    }

    /// What remains due after an instalment, from the cell of its row.
    pub(super) fn after(&self, remaining: i64, principal: Option<i64>) -> Option<i64> {
        if self.is_before {
            remaining.checked_sub(principal?).filter(|left| *left >= 0)
        } else {
            Some(remaining)
        }
    }

    /// Whether a row is said to come before the first instalment, or has no number to say.
    pub(super) fn is_number_zero(&self, cells: &[&str]) -> bool {
        self.number.and_then(|at| cells.get(at)).is_none_or(|number| matches!(*number, "" | "0" | "-"))
    }
}

/// Longest name of a column, in bytes.
const LONGEST: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Option<Columns> {
        Columns::of(header.split(';'))
    }

    #[test]
    fn the_words_of_banks_and_programs() {
        let columns =
            of("N°;Date d'échéance;Échéance;Capital amorti;Intérêts;Assurance;Capital restant dû").unwrap();
        assert_eq!(
            [columns.number, columns.date, columns.payment, columns.principal, columns.interest],
            [Some(0), Some(1), Some(2), Some(3), Some(4)]
        );
        assert_eq!((columns.insurance, columns.remaining, columns.is_bare), (Some(5), Some(6), false));
        let columns = of(
            "Date;Mensualité hors assurance;Dont intérêts;Dont capital;Prime d’assurance;Mensualité assurance comprise;CRD",
        );
        let columns = columns.unwrap();
        assert_eq!((columns.payment, columns.is_bare, columns.insurance), (Some(5), false, Some(4)));
        let columns = of(
            "DATE ECHEANCE\tx;Capital restant dû avant échéance;Amortissement;Intérêts;Capital restant dû après échéance",
        );
        let columns = columns.unwrap();
        assert_eq!((columns.remaining, columns.payment, columns.principal), (Some(4), None, Some(2)));
        assert_eq!(columns.after(500, None), Some(500));
        let before = of("Date;Capital restant dû avant échéance;Capital;Intérêts").unwrap();
        assert_eq!(
            (before.after(500, Some(200)), before.after(500, None), before.after(1, Some(2))),
            (Some(300), None, None)
        );
        let bare = of("Date;Échéance hors assurance;Intérêts;Assurance;Capital restant dû").unwrap();
        assert!(bare.is_bare);
    }

    #[test]
    fn other_tables_are_none() {
        for other in ["", "Date;Libellé;Montant", "Capital restant dû;12", "Date;Intérêts;Capital", "a;b;c"]
        {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
