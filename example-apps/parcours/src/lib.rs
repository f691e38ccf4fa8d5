//! Parcours: qualifications and courses in one place, and student loans with a simulator of their
//! repayment, after the "Purple Button" of the United States. A loan of a French bank has a table of its instalments
//! ("tableau d'amortissement"), from which what is owed of it on a day is read.

use mesinfos_sdk::education::{self, Learning, Proof, Row};
use mesinfos_sdk::view::{self, Param, Report, Unit};
use mesinfos_sdk::words::{fold, names};
use mesinfos_sdk::{Context, Currency, Date, Failure, Lang, Money, Period, app, bank};
use std::collections::{BTreeMap, BTreeSet};

mod loan;
mod pages;
mod path;
mod schedule;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod whole;

use loan::Loan;
use path::Step;
use schedule::{Debit, Due, Seen};

app!(run: run, parameters: parameters);

/// Granted data. Amounts are in one currency.
#[derive(Debug, Default)]
struct Given {
    steps: Vec<Step>,
    /// As their servicers tell them.
    loans: Vec<Loan>,
    /// Days of debits that pay the loans without a table, since the oldest balance.
    paid: Vec<Date>,
    /// Instalments of each loan that the bank shows; of a loan without a table, nothing.
    seen: Vec<Option<Seen>>,
    /// Total of the grants for studies.
    grants: Option<i64>,
    /// Debits to the loans' servicers in the last twelve months.
    debited: Option<i64>,
    /// Whether bank data was granted.
    has_bank: bool,
    /// Whether amounts in other currencies were left out.
    others: bool,
}

impl Given {
    /// Instalments of a loan that the bank shows.
    fn seen_of(&self, loan: usize) -> Option<&Seen> {
        self.seen.get(loan)?.as_ref()
    }

    fn is_any_seen(&self) -> bool {
        self.seen.iter().flatten().any(|seen| !seen.paid.is_empty())
    }
}

/// Settings of the person.
#[derive(Clone, Copy, Debug)]
struct Wish {
    /// Term; 0 if the person set none: that of their payments.
    years: usize,
    /// Additional monthly payment in minor units; 0 if the person set none.
    extra: i64,
}

fn parameters(lang: Lang) -> Vec<Param> {
    let years = lang.t(
        "Durée du remboursement (0 : celle de vos mensualités)",
        "Repayment period (0: that of your payments)",
    );
    let extra = lang.t(
        "Supplément à payer chaque mois (dans la monnaie du prêt)",
        "Extra to pay each month (in the loan’s currency)",
    );
    vec![
        view::number("years", years, Unit::None, (0, 30), 0),
        view::number("extra", extra, Unit::None, (0, 5_000), 0),
    ]
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let mut given = Given::default();
    let mut loans: Vec<(Currency, Loan)> = Vec::new();
    let mut grants: BTreeMap<Currency, i64> = BTreeMap::new();
    let mut tables: BTreeMap<String, Vec<Due>> = BTreeMap::new();
    for entry in education::entries(Period::all()) {
        let entry = entry?;
        match entry.row() {
            Some(row @ (Row::Credential | Row::Course | Row::Grade | Row::Enrolment)) => {
                given.steps.extend(read_step(row, &entry));
            }
            Some(Row::Loan) => loans.extend(read_loan(ctx, &entry)),
            Some(Row::Grant) => {
                if let Some(money) = entry.amount() {
                    *grants.entry(money.currency).or_default() += money.minor;
                }
            }
            Some(Row::Instalment) => {
                if let Some((loan, due)) = entry.loan().zip(read_due(&entry)) {
                    tables.entry(loan.to_owned()).or_default().push(due);
                }
            }
            // Disbursements are already in the loan.
            Some(Row::Disbursement) | None => {}
        }
    }
    if given.steps.is_empty() && loans.is_empty() && grants.is_empty() {
        return Err(Failure::NeedsData(vec!["education"]));
    }
    for (_, loan) in &mut loans {
        let mut table = tables.remove(&loan.id).unwrap_or_default();
        table.sort_by_key(|due| due.on);
        table.dedup_by_key(|due| due.on);
        loan.table = table;
    }
    given.steps = path::unique(given.steps);
    let currency = in_one_currency(loans, &grants, &mut given);
    read_debits(ctx, currency, &mut given)?;
    Ok(pages::report(ctx, currency, &given, wish(ctx, currency)))
}

fn wish(ctx: &Context, currency: Currency) -> Wish {
    let years = ctx.whole("years").unwrap_or(0).clamp(0, 30);
    let minor = 10_i64.pow(u32::from(currency.decimals()));
    let extra = ctx.whole("extra").unwrap_or(0).clamp(0, 5_000) * minor;
    Wish { years: usize::try_from(years).unwrap_or(0), extra }
}

fn read_step(row: Row, entry: &Learning) -> Option<Step> {
    Some(Step {
        row,
        start: entry.start(),
        end: entry.end(),
        title: entry.title()?.to_owned(),
        institution: entry.institution().map(str::to_owned),
        level: entry.level().filter(|level| (1..=8).contains(level)),
        credits: entry.credits().filter(|credits| *credits > 0),
        result: entry.result().map(str::to_owned),
        is_signed: entry.proof().map(|proof| proof == Proof::Present),
    })
}

/// A loan with known outstanding principal; `None` without it.
fn read_loan(ctx: &Context, entry: &Learning) -> Option<(Currency, Loan)> {
    let principal = entry.principal()?;
    let minor = |money: Option<Money>| money.map(|money| money.minor).filter(|minor| *minor > 0);
    let insurance = minor(entry.insurance()).unwrap_or(0);
    let loan = Loan {
        id: entry.loan().unwrap_or_default().to_owned(),
        name: entry.loan_type().unwrap_or(ctx.t("Prêt étudiant", "Student loan")).to_owned(),
        servicer: entry.servicer().map(str::to_owned),
        status: entry.status().map(str::to_owned),
        principal: principal.minor.max(0),
        interest: minor(entry.interest()).unwrap_or(0),
        rate: entry.rate().filter(|rate| (0..=10_000).contains(rate)),
        payment: minor(entry.payment()).map(|payment| (payment - insurance).max(0)),
        insurance,
        lent: minor(entry.amount()).unwrap_or(0),
        table: Vec::new(),
        balance_on: entry.balance_on().filter(|on| *on <= ctx.today),
    };
    Some((principal.currency, loan))
}

/// An instalment of a loan's table.
fn read_due(entry: &Learning) -> Option<Due> {
    let minor = |money: Option<Money>| money.map(|money| money.minor.max(0));
    Some(Due {
        on: entry.start()?,
        payment: minor(entry.payment())?,
        insurance: minor(entry.insurance()).unwrap_or(0),
        remaining: minor(entry.remaining())?,
    })
}

/// Keeps the currency of most loans; without loans, that of the grants.
fn in_one_currency(
    loans: Vec<(Currency, Loan)>,
    grants: &BTreeMap<Currency, i64>,
    given: &mut Given,
) -> Currency {
    let mut counts: BTreeMap<Currency, usize> = grants.keys().map(|currency| (*currency, 0)).collect();
    for (currency, _) in &loans {
        *counts.entry(*currency).or_default() += 1;
    }
    given.others = counts.len() > 1;
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    let currency = most.map_or(Currency::EUR, |(currency, _)| currency);
    given.loans = loans.into_iter().filter(|(of, _)| *of == currency).map(|(_, loan)| loan).collect();
    given.grants = grants.get(&currency).copied();
    currency
}

/// Words of French banks for the instalment of a loan. Its sum and its day tell of which.
const INSTALMENT: [&str; 6] = ["PRET", "PRETS", "ECHEANCE", "ECH", "CREDIT", "EMPRUNT"];

/// Words of debits that pay federal loans of the United States, by the department or one of its servicers.
const FEDERAL: [&str; 9] = [
    "DEPT OF EDUCATION",
    "DEPT EDUCATION",
    "DEPARTMENT OF EDUCATION",
    "STUDENT LN",
    "NELNET",
    "MOHELA",
    "AIDVANTAGE",
    "EDFINANCIAL",
    "STUDENT LOAN",
];

/// Reads debits to the loans' servicers, in any currency: a loan in dollars is paid from an account in euros too. A
/// debit says that a payment was made; its amount counts only in the currency of the loans.
fn read_debits(ctx: &Context, currency: Currency, given: &mut Given) -> Result<(), Failure> {
    let year = ctx.today.plus_days(-364);
    let without = || given.loans.iter().filter(|loan| loan.table.is_empty());
    let mut payees: Vec<String> = without().filter_map(|loan| loan.servicer.as_deref()).map(fold).collect();
    if without().next().is_some() && currency.code() == "USD" {
        payees.extend(FEDERAL.map(fold));
    }
    let lenders: Vec<String> =
        given.loans.iter().filter_map(|loan| loan.servicer.as_deref()).map(fold).collect();
    let balance_on = without().map(|loan| loan.balance_on).min().flatten();
    let first_due = given.loans.iter().filter_map(|loan| loan.table.first()).map(|due| due.on).min();
    let from = [Some(year), balance_on, first_due].into_iter().flatten().min();
    let (mut debits, mut known): (Vec<Debit>, Option<(Date, Date)>) = (Vec::new(), None);
    for row in bank::transactions(Period { from, until: None }) {
        let row = row?;
        given.has_bank = true;
        if let Some(day) = row.booked_on().filter(|day| *day <= ctx.today) {
            let (first, last) = known.unwrap_or((day, day));
            known = Some((first.min(day), last.max(day)));
        }
        let (Some(day), Some(money)) = (row.booked_on(), row.amount().filter(|money| money.minor < 0)) else {
            continue;
        };
        let said = [row.label(), row.counterparty()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let said = fold(&said);
        let is_loan = said.split(' ').any(|word| INSTALMENT.contains(&word));
        if money.currency == currency && (is_loan || lenders.iter().any(|lender| names(&said, lender))) {
            debits.push(Debit { on: day, minor: money.minor.saturating_neg() });
        }
        if !payees.iter().any(|payee| names(&said, payee)) {
            continue;
        }
        given.paid.push(day);
        if money.currency == currency && day >= year {
            given.debited = Some(given.debited.unwrap_or(0).saturating_sub(money.minor));
        }
    }
    // A debit pays one instalment.
    for loan in &given.loans {
        let seen = known.and_then(|known| schedule::seen(&loan.table, &mut debits, known));
        let paid = seen.iter().flat_map(|seen| &seen.paid).filter(|debit| debit.on >= year);
        let sum: i64 = paid.map(|debit| debit.minor).sum();
        if sum > 0 {
            given.debited = Some(given.debited.unwrap_or(0).saturating_add(sum));
        }
        given.seen.push(seen);
    }
    Ok(())
}

/// Months from the balance to today in which a payment was made; `None` if there is a whole month without one.
fn paid_months(paid: &[Date], balance_on: Date, today: Date) -> Option<usize> {
    let since = paid.iter().filter(|day| (balance_on.plus_days(1)..today).contains(day));
    let months: BTreeSet<Date> = since.map(|day| day.month_start()).collect();
    // Of the month of the balance and of this one, only a part is there.
    let mut whole =
        std::iter::successors(Some(balance_on.plus_months(1)), |month| Some(month.plus_months(1)))
            .take_while(|month| month.plus_months(1) <= today);
    whole.all(|month| months.contains(&month)).then_some(months.len())
}
