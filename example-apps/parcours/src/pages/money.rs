//! Loans and grants, as in the files.

use super::Pages;
use crate::loan::Loan;
use mesinfos_sdk::Lang;
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Section, Unit, Value};

impl Pages<'_> {
    /// Of which day the sum owed is, and how it was brought to today.
    fn balance_of(&self) -> String {
        let oldest = self.given.loans.iter().min_by_key(|loan| loan.balance_on);
        let (Some(on), lang) = (oldest.and_then(|loan| loan.balance_on), self.ctx.lang) else {
            return self
                .t(
                    "Vos données ne donnent pas la date de ce solde.",
                    "Your data does not give the date of this balance.",
                )
                .to_owned();
        };
        let paid = oldest.and_then(|loan| super::paid_since(self.ctx, self.given, loan));
        let (on, paid) = (lang.day(on), paid.filter(|paid| *paid > 0 && self.is_current));
        match (paid, lang) {
            (Some(1), Lang::Fr) => {
                format!("Solde du {on}, moins la mensualité que votre banque montre depuis.")
            }
            (Some(1), Lang::En) => format!("Balance of {on}, less the payment that your bank shows since."),
            (Some(paid), Lang::Fr) => {
                format!("Solde du {on}, moins les {paid} mensualités que votre banque montre depuis.")
            }
            (Some(paid), Lang::En) => {
                format!("Balance of {on}, less the {paid} payments that your bank shows since.")
            }
            (None, Lang::Fr) => format!("Solde du {on}."),
            (None, Lang::En) => format!("Balance of {on}."),
        }
    }

    /// Loans and grants, as in the files.
    pub(super) fn money(&self) -> Vec<Section> {
        let loans = &self.given.loans;
        let mut figures = Vec::new();
        if !loans.is_empty() {
            let owed = self.owed.iter().map(Loan::owed).sum();
            let figure =
                view::figure(Icon::Money, self.t("Reste à rembourser", "Left to repay"), self.of(owed));
            figures.push(figure.note(&self.balance_of()));
            let payments: Vec<i64> = loans.iter().filter_map(|loan| loan.payment).collect();
            if !payments.is_empty() {
                let label = self.t("Mensualités en cours", "Current monthly payments");
                figures.push(view::figure(Icon::Calendar, label, self.of(payments.iter().sum())));
            }
        }
        figures.extend(self.given.debited.map(|minor| {
            view::figure(
                Icon::Bank,
                self.t("Débité en douze mois", "Paid in the last twelve months"),
                self.of(minor),
            )
            .note(self.t(
                "Les prélèvements qui nomment votre organisme de prêt.",
                "Payments that name your lender.",
            ))
        }));
        figures.extend(self.given.grants.map(|minor| {
            view::figure(Icon::Receipt, self.t("Bourses reçues", "Grants received"), self.of(minor))
        }));
        let mut sections =
            vec![view::section(self.t("En bref", "In short"), vec![Block::KeyFigures(figures)])];
        if !loans.is_empty() {
            let rows = loans.iter().take(100).map(|loan| {
                let some = |text: &Option<String>| text.clone().map_or(Value::Missing, Value::Text);
                let rate = loan.rate.map_or(Value::Missing, |rate| view::hundredths(rate, Unit::Percent));
                vec![
                    Value::Text(self.loan_type(&loan.name)),
                    self.of(loan.principal).into(),
                    self.of(loan.interest).into(),
                    loan.balance_on.map_or(Value::Missing, Value::from),
                    rate,
                    self.some(loan.payment),
                    loan.status.as_deref().map_or(Value::Missing, |status| Value::Text(self.status(status))),
                    some(&loan.servicer),
                ]
            });
            let columns = [
                (self.t("Prêt", "Loan"), ColumnKind::Text),
                (self.t("Capital restant dû", "Principal outstanding"), ColumnKind::Money),
                (self.t("Intérêts dus", "Interest outstanding"), ColumnKind::Money),
                (self.t("À la date du", "As of"), ColumnKind::Date),
                (self.t("Taux annuel", "Annual rate"), ColumnKind::Quantity),
                (self.t("Par mois", "Per month"), ColumnKind::Money),
                (self.t("État", "Status"), ColumnKind::Text),
                (self.t("Organisme de prêt", "Lender"), ColumnKind::Text),
            ];
            let title = self.t("Vos prêts", "Your loans");
            let as_told =
                self.t("Tels que votre organisme de prêt les décrit", "As your lender describes them");
            sections.push(view::section(title, vec![view::table(as_told, &columns, rows.collect())]));
        }
        sections
    }
}
