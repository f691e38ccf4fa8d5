//! Loans and grants, as in the files.

use super::Pages;
use crate::loan::Loan;
use crate::schedule::State;
use mesinfos_sdk::Lang;
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Section, Unit, Value};

/// Most loans whose table is shown, and most instalments of one.
const MOST: usize = 10;
const NEXT: usize = 12;

impl Pages<'_> {
    /// Loans as their lenders tell them; one with a table, as its table does today.
    fn described(&self) -> Vec<&Loan> {
        let each = self.given.loans.iter().zip(&self.owed);
        each.map(|(told, owed)| if told.table.is_empty() { told } else { owed }).collect()
    }

    /// Of which day the sum owed is, and how it was brought to today.
    fn balance_of(&self) -> String {
        if let Some(said) = self.balance_of_table() {
            return said;
        }
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

    /// The same where each loan has a table: of which day, and how many of its instalments the bank shows.
    fn balance_of_table(&self) -> Option<String> {
        let (given, lang) = (self.given, self.ctx.lang);
        if given.loans.iter().any(|loan| loan.table.is_empty()) {
            return None;
        }
        let on = lang.day(self.owed.iter().filter_map(|loan| loan.balance_on).min()?);
        let seen: Vec<_> = given.seen.iter().flatten().collect();
        let (paid, due) = seen.iter().fold((0, 0), |(paid, due), one| (paid + one.paid.len(), due + one.due));
        let first = seen.iter().map(|one| one.days.0).min();
        let last = seen.iter().map(|one| one.days.1).max();
        let of = lang.t("Solde de votre échéancier au", "Balance of your repayment table on");
        let Some((first, last)) = first.zip(last) else { return Some(format!("{of} {on}.")) };
        let months = lang.months(first, last);
        let shown = match (lang, due) {
            (Lang::Fr, 1) if paid == 1 => format!("votre banque montre la mensualité due {months}"),
            (Lang::En, 1) if paid == 1 => format!("your bank shows the payment due {months}"),
            (Lang::Fr, _) if paid == due => {
                format!("votre banque montre les {due} mensualités dues {months}")
            }
            (Lang::En, _) if paid == due => format!("your bank shows the {due} payments due {months}"),
            (Lang::Fr, 1) => format!("votre banque ne montre pas la mensualité due {months}"),
            (Lang::En, 1) => format!("your bank does not show the payment due {months}"),
            (Lang::Fr, _) => format!("votre banque montre {paid} des {due} mensualités dues {months}"),
            (Lang::En, _) => format!("your bank shows {paid} of the {due} payments due {months}"),
        };
        Some(format!("{of} {on}{} {shown}.", lang.t("\u{a0};", ";")))
    }

    /// What a loan is at: as its lender says, or as its table does.
    fn state_of(&self, loan: &Loan) -> Value {
        let lang = self.ctx.lang;
        match loan.state(self.ctx.today) {
            Some(State::Repaid) => Value::Text(self.t("remboursé", "paid in full").to_owned()),
            Some(State::Repaying) => Value::Text(self.t("en remboursement", "in repayment").to_owned()),
            Some(State::Deferred { until, is_total }) => {
                let until = lang.day(until);
                Value::Text(match (lang, is_total) {
                    (Lang::Fr, false) => format!("différé partiel : les intérêts seuls, jusqu’au {until}"),
                    (Lang::Fr, true) => format!("différé total : rien à payer avant le {until}"),
                    (Lang::En, false) => format!("partial deferment: interest only, until {until}"),
                    (Lang::En, true) => format!("full deferment: nothing to pay before {until}"),
                })
            }
            None => loan.status.as_deref().map_or(Value::Missing, |status| Value::Text(self.status(status))),
        }
    }

    /// What is left of the tables: the end, the cost, and the next instalments.
    fn schedules(&self) -> Vec<Section> {
        let (today, mut sections) = (self.ctx.today, Vec::new());
        for loan in self.owed.iter().filter(|loan| !loan.to_come(today).is_empty()).take(MOST) {
            let to_come = loan.to_come(today);
            let (interest, insurance) = loan.cost_to_come(today);
            let mut figures = Vec::new();
            figures.extend(to_come.last().map(|last| {
                view::figure(
                    Icon::Calendar,
                    self.t("Dernière mensualité", "Last payment"),
                    view::month(last.on),
                )
            }));
            let label = self.t("Intérêts encore à payer", "Interest still to pay");
            figures.push(view::figure(Icon::Money, label, self.of(interest)));
            if insurance > 0 {
                let label = self.t("Assurance encore à payer", "Insurance still to pay");
                figures.push(view::figure(Icon::Money, label, self.of(insurance)));
            }
            let rows = to_come.iter().take(NEXT).map(|due| {
                let parts =
                    [due.payment, loan.repaid(due), loan.interest_of(due), due.insurance, due.remaining];
                std::iter::once(due.on.into()).chain(parts.map(|minor| self.of(minor).into())).collect()
            });
            let columns = [
                (self.t("Date", "Date"), ColumnKind::Date),
                (self.t("Mensualité", "Payment"), ColumnKind::Money),
                (self.t("Capital", "Principal"), ColumnKind::Money),
                (self.t("Intérêts", "Interest"), ColumnKind::Money),
                (self.t("Assurance", "Insurance"), ColumnKind::Money),
                (self.t("Restera dû", "Left to repay"), ColumnKind::Money),
            ];
            let title = self.t("Vos prochaines mensualités", "Your next payments");
            let blocks = vec![Block::KeyFigures(figures), view::table(title, &columns, rows.collect())];
            sections.push(view::section(&self.loan_type(&loan.name), blocks));
        }
        sections
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
            let paid = |loan: &Loan| loan.payment.map(|payment| payment + loan.insurance);
            let payments: Vec<i64> = self.owed.iter().filter_map(paid).collect();
            if !payments.is_empty() {
                let label = self.t("Mensualités en cours", "Current monthly payments");
                let figure = view::figure(Icon::Calendar, label, self.of(payments.iter().sum()));
                let insurance: i64 =
                    self.owed.iter().filter(|loan| loan.payment.is_some()).map(|loan| loan.insurance).sum();
                figures.push(match insurance {
                    0 => figure,
                    _ => figure.note(self.t("Assurance comprise.", "With insurance.")),
                });
            }
        }
        figures.extend(self.given.debited.map(|minor| {
            view::figure(
                Icon::Bank,
                self.t("Débité en douze mois", "Paid in the last twelve months"),
                self.of(minor),
            )
            .note(if self.given.loans.iter().all(|loan| !loan.table.is_empty()) {
                self.t(
                    "Les prélèvements qui correspondent à vos mensualités.",
                    "Payments that match those of your repayment table.",
                )
            } else {
                self.t(
                    "Les prélèvements qui nomment votre organisme de prêt.",
                    "Payments that name your lender.",
                )
            })
        }));
        figures.extend(self.given.grants.map(|minor| {
            view::figure(Icon::Receipt, self.t("Bourses reçues", "Grants received"), self.of(minor))
        }));
        let mut sections =
            vec![view::section(self.t("En bref", "In short"), vec![Block::KeyFigures(figures)])];
        if !loans.is_empty() {
            let rows = self.described().into_iter().take(100).map(|loan| {
                let some = |text: &Option<String>| text.clone().map_or(Value::Missing, Value::Text);
                let rate = loan.rate.map_or(Value::Missing, |rate| view::hundredths(rate, Unit::Percent));
                vec![
                    Value::Text(self.loan_type(&loan.name)),
                    self.of(loan.principal).into(),
                    self.of(loan.interest).into(),
                    loan.balance_on.map_or(Value::Missing, Value::from),
                    rate,
                    self.some(loan.payment.map(|payment| payment + loan.insurance)),
                    self.state_of(loan),
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
            sections.extend(self.schedules());
        }
        sections
    }
}
