//! The pages of the view.

use crate::loan::Loan;
use crate::{Given, Wish, paid_months};
use mesinfos_sdk::view::{self, Icon, Report, Value};
use mesinfos_sdk::{Context, Currency, Date, Lang, Money};

mod learning;
mod money;
mod simulator;

/// Data shared by the pages.
struct Pages<'a> {
    ctx: &'a Context,
    currency: Currency,
    given: &'a Given,
    /// Loans with what is owed of them today, or at their balance if that is not known.
    owed: Vec<Loan>,
    /// Whether `owed` is that of today.
    is_current: bool,
    /// Loans that can be simulated: with a debt and a known rate.
    loans: Vec<Loan>,
    wish: Wish,
}

/// Months since the balance of a loan in which a payment was made, if each month has one.
fn paid_since(ctx: &Context, given: &Given, loan: &Loan) -> Option<usize> {
    paid_months(&given.paid, loan.balance_on?, ctx.today)
}

/// The loans as they are today: their balance is recent, or the bank shows each payment since. `None` if neither.
fn current(ctx: &Context, given: &Given) -> Option<Vec<Loan>> {
    let today = |loan: &Loan| loan.carried(paid_since(ctx, given, loan).filter(|paid| *paid > 0)?);
    let now = |(at, loan): (usize, &Loan)| {
        if !loan.table.is_empty() {
            let is_paid = given.seen_of(at).is_none_or(|seen| seen.missing.is_none());
            return loan.by_table(ctx.today).or_else(|| Some(loan.clone())).filter(|_| is_paid);
        }
        today(loan).or_else(|| (!loan.is_old(ctx.today)).then(|| loan.clone()))
    };
    given.loans.iter().enumerate().map(now).collect()
}

pub(crate) fn report(ctx: &Context, currency: Currency, given: &Given, wish: Wish) -> Report {
    let today = current(ctx, given);
    let is_current = today.is_some();
    let can_be = |loan: &Loan| loan.rate.is_some() && loan.owed() > 0;
    // Where a payment is missing, the table still says what would be owed.
    let as_told = |loan: &Loan| loan.by_table(ctx.today).unwrap_or_else(|| loan.clone());
    let owed: Vec<Loan> = today.unwrap_or_else(|| given.loans.iter().map(as_told).collect());
    let loans = owed.iter().filter(|loan| can_be(loan)).cloned().collect();
    let pages = Pages { ctx, currency, given, owed, is_current, loans, wish };
    let (steps, owed) = (!given.steps.is_empty(), !given.loans.is_empty() || given.grants.is_some());
    let headline = match (steps, owed) {
        (true, true) => ctx.t(
            "Vos diplômes et vos cours, et ce que vos études coûtent.",
            "Your qualifications and courses, and what your studies cost.",
        ),
        (true, false) => {
            ctx.t("Vos diplômes et vos cours réunis.", "Your qualifications and courses in one place.")
        }
        _ => ctx.t(
            "Ce que vos études coûtent, et comment rembourser votre prêt.",
            "What your studies cost, and how to repay your loan.",
        ),
    };
    let title = ctx.t("Parcours", "Education");
    let mut report = match (steps, owed) {
        (true, false) => view::report(ctx, title, headline, pages.path()),
        (true, true) => view::report(ctx, title, headline, pages.path()).page(
            ctx.t("Prêts et bourses", "Loans and grants"),
            Icon::Money,
            pages.money(),
        ),
        _ => view::report(ctx, title, headline, pages.money()),
    };
    if !pages.loans.is_empty() {
        report = report.page(ctx.t("Rembourser", "Repaying"), Icon::Chart, pages.simulator());
    }
    pages.limits(report)
}

/// States of loans in the file of the National Student Loan Data System, in French and English.
const STATUSES: [(&str, &str, &str); 7] = [
    ("DEFERRED", "différé", "deferred"),
    ("FORBEARANCE", "paiements suspendus", "payments paused"),
    ("IN GRACE PERIOD", "délai avant remboursement", "grace period"),
    ("IN REPAYMENT", "en remboursement", "in repayment"),
    ("IN SCHOOL OR GRACE PERIOD", "pas encore à rembourser", "in school or grace period"),
    ("PAID IN FULL", "remboursé", "paid in full"),
    ("DEFAULTED", "en défaut", "in default"),
];

/// Types of loans in this file.
const TYPES: [(&str, &str, &str); 4] = [
    (
        "DIRECT STAFFORD SUBSIDIZED",
        "Direct Stafford, intérêts payés pendant les études",
        "Direct Stafford, subsidised",
    ),
    (
        "DIRECT STAFFORD UNSUBSIDIZED",
        "Direct Stafford, intérêts dus dès le début",
        "Direct Stafford, unsubsidised",
    ),
    ("DIRECT SUBSIDIZED", "Direct, intérêts payés pendant les études", "Direct, subsidised"),
    ("DIRECT UNSUBSIDIZED", "Direct, intérêts dus dès le début", "Direct, unsubsidised"),
];

impl Pages<'_> {
    /// A code in words; a text that is none stays as the holder wrote it.
    fn told(&self, table: &[(&str, &'static str, &'static str)], code: &str) -> String {
        let known = table.iter().find(|(known, ..)| known.eq_ignore_ascii_case(code));
        known.map_or_else(|| code.to_owned(), |(_, fr, en)| self.ctx.lang.t(fr, en).to_owned())
    }

    fn status(&self, status: &str) -> String {
        self.told(&STATUSES, status)
    }

    fn loan_type(&self, name: &str) -> String {
        self.told(&TYPES, name)
    }

    /// Instalments that the bank does not show, in a sentence.
    fn missing(&self, count: usize, first: Date) -> String {
        let (lang, day) = (self.ctx.lang, self.ctx.lang.day(first));
        match (lang, count) {
            (Lang::Fr, 1) => format!(
                "Votre banque ne montre pas la mensualité du {day} : le solde de l’échéancier suppose qu’elle a été payée, et aucun conseil n’est donné. Demandez le solde du prêt à votre banque."
            ),
            (Lang::Fr, count) => format!(
                "Votre banque ne montre pas {count} mensualités, dont celle du {day} : le solde de l’échéancier suppose qu’elles ont été payées, et aucun conseil n’est donné. Demandez le solde du prêt à votre banque."
            ),
            (Lang::En, 1) => format!(
                "Your bank does not show the payment of {day}: the balance of the repayment table assumes that it was paid, and no advice is given. Ask your bank for the balance of the loan."
            ),
            (Lang::En, count) => format!(
                "Your bank does not show {count} payments, among them that of {day}: the balance of the repayment table assumes that they were paid, and no advice is given. Ask your bank for the balance of the loan."
            ),
        }
    }

    fn t<'b>(&self, fr: &'b str, en: &'b str) -> &'b str {
        self.ctx.t(fr, en)
    }

    fn of(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    fn some(&self, minor: Option<i64>) -> Value {
        minor.map_or(Value::Missing, |minor| self.of(minor).into())
    }

    /// Adds the limitations of the view, and the holders of missing data.
    fn limits(&self, mut report: Report) -> Report {
        let given = self.given;
        if given.steps.is_empty() {
            report = report.limit(self.t(
                "Vos diplômes ne sont pas là (votre établissement, Europass ou diplome.gouv.fr les ont) : votre parcours n’est pas montré.",
                "Your qualifications are not here (your institution or Europass holds them), so they are not shown.",
            ));
        }
        if given.loans.is_empty() {
            report = report.limit(self.t(
                "Vos données ne contiennent aucun prêt étudiant : aucun remboursement n’est simulé. Si vous en avez un, votre banque ou votre organisme de prêt en a le détail.",
                "Your data contains no student loan, so no repayment is simulated. If you have one, your bank or lender holds the details.",
            ));
        }
        if given.loans.iter().any(|loan| loan.rate.is_none() && loan.principal > 0) {
            report = report.limit(self.t(
                "Vos données ne donnent pas le taux d’au moins un prêt : il n’est pas dans la simulation. Votre organisme de prêt le connaît.",
                "Your data does not give the rate of at least one loan: it is not in the simulation. Your lender knows it.",
            ));
        }
        if !given.loans.is_empty() && !given.has_bank {
            report = report.limit(self.t(
                "Vos opérations bancaires des douze derniers mois ne sont pas là (votre banque les a) : ce que vous remboursez vraiment n’est pas connu.",
                "Your bank transactions of the last twelve months are not here (your bank holds them), so what you really repay is not known.",
            ));
        }
        if !given.loans.is_empty() && given.has_bank && given.paid.is_empty() && !given.is_any_seen() {
            report = report.limit(self.t(
                "Aucun prélèvement sur votre compte ne nomme votre organisme de prêt : ce que vous remboursez n’est pas reconnu.",
                "No payment from your account names your lender, so what you repay is not recognised.",
            ));
        }
        let missing = given.seen.iter().flatten().find_map(|seen| Some((seen, seen.missing?)));
        if let Some((seen, day)) = missing {
            report = report.limit(&self.missing(seen.due - seen.paid.len(), day));
        } else if !self.is_current {
            report = report.limit(self.t(
                "Le solde de vos prêts n’est pas celui d’aujourd’hui : ce que vous avez payé depuis n’en est pas retiré, la simulation part de cet ancien solde, et aucun conseil n’est donné. Demandez un solde à jour à votre organisme de prêt.",
                "The balance of your loans is not today’s: what you have paid since is not taken off, the simulation starts from that old balance, and no advice is given. Ask your lender for an up-to-date balance.",
            ));
        }
        if given.others {
            report = report.limit(self.t(
                "Les montants dans d’autres monnaies ne sont pas comptés.",
                "Amounts in other currencies are not counted.",
            ));
        }
        if self.loans.is_empty() {
            return report;
        }
        if self.loans.iter().all(|loan| !loan.table.is_empty()) {
            return report.limit(self.t(
                "La simulation ne compte ni l’assurance, ni un différé, ni les frais d’un remboursement anticipé : renseignez-vous auprès de votre banque.",
                "The simulation leaves out insurance, deferment and the fees of an early repayment: ask your bank about them.",
            ));
        }
        report.limit(self.t(
            "La simulation ne compte ni différé, ni remboursement selon le revenu, ni effacement de dette : renseignez-vous auprès de votre organisme de prêt.",
            "The simulation leaves out deferment, income-based repayment and debt forgiveness: ask your lender about them.",
        ))
    }
}
