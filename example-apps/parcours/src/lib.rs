//! Parcours: qualifications and courses in one place, and student loans with a simulator of their
//! repayment, after the "Purple Button" of the United States.

use mesinfos_sdk::education::{self, Learning, Proof, Row};
use mesinfos_sdk::view::{self, Param, Report, Unit};
use mesinfos_sdk::words::{fold, names};
use mesinfos_sdk::{Context, Currency, Date, Failure, Lang, Money, Period, app, bank};
use std::collections::{BTreeMap, BTreeSet};

mod loan;
mod pages;
mod path;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod whole;

use loan::Loan;
use path::Step;

app!(run: run, parameters: parameters);

/// Granted data. Amounts are in one currency.
#[derive(Debug, Default)]
struct Given {
    steps: Vec<Step>,
    /// As their servicers tell them.
    loans: Vec<Loan>,
    /// Days of debits that pay the loans, since the oldest balance.
    paid: Vec<Date>,
    /// Total of the grants for studies.
    grants: Option<i64>,
    /// Debits to the loans' servicers in the last twelve months.
    debited: Option<i64>,
    /// Whether bank data was granted.
    has_bank: bool,
    /// Whether amounts in other currencies were left out.
    others: bool,
}

/// Settings of the person.
#[derive(Clone, Copy, Debug)]
struct Wish {
    years: usize,
    /// Additional monthly payment in minor units; 0 if the person set none.
    extra: i64,
}

fn parameters(lang: Lang) -> Vec<Param> {
    let years = lang.t("Durée du remboursement", "Repayment period");
    let extra = lang.t(
        "Supplément à payer chaque mois (dans la monnaie du prêt)",
        "Extra to pay each month (in the loan’s currency)",
    );
    vec![
        view::number("years", years, Unit::None, (1, 30), 10),
        view::number("extra", extra, Unit::None, (0, 5_000), 0),
    ]
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let mut given = Given::default();
    let mut loans: Vec<(Currency, Loan)> = Vec::new();
    let mut grants: BTreeMap<Currency, i64> = BTreeMap::new();
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
            // Disbursements are already in the loan.
            Some(Row::Disbursement) | None => {}
        }
    }
    if given.steps.is_empty() && loans.is_empty() && grants.is_empty() {
        return Err(Failure::NeedsData(vec!["education"]));
    }
    given.steps = path::unique(given.steps);
    let currency = in_one_currency(loans, &grants, &mut given);
    read_debits(ctx, currency, &mut given)?;
    Ok(pages::report(ctx, currency, &given, wish(ctx, currency)))
}

fn wish(ctx: &Context, currency: Currency) -> Wish {
    let years = ctx.whole("years").unwrap_or(10).clamp(1, 30);
    let minor = 10_i64.pow(u32::from(currency.decimals()));
    let extra = ctx.whole("extra").unwrap_or(0).clamp(0, 5_000) * minor;
    Wish { years: usize::try_from(years).unwrap_or(10), extra }
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
    let loan = Loan {
        name: entry.loan_type().unwrap_or(ctx.t("Prêt étudiant", "Student loan")).to_owned(),
        servicer: entry.servicer().map(str::to_owned),
        status: entry.status().map(str::to_owned),
        principal: principal.minor.max(0),
        interest: minor(entry.interest()).unwrap_or(0),
        rate: entry.rate().filter(|rate| (0..=10_000).contains(rate)),
        payment: minor(entry.payment()),
        balance_on: entry.balance_on().filter(|on| *on <= ctx.today),
    };
    Some((principal.currency, loan))
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
    let mut payees: Vec<String> =
        given.loans.iter().filter_map(|loan| loan.servicer.as_deref()).map(fold).collect();
    if !given.loans.is_empty() && currency.code() == "USD" {
        payees.extend(FEDERAL.map(fold));
    }
    let balance_on = given.loans.iter().map(|loan| loan.balance_on).min().flatten();
    for row in
        bank::transactions(Period { from: Some(balance_on.map_or(year, |on| on.min(year))), until: None })
    {
        let row = row?;
        given.has_bank = true;
        let (Some(day), Some(money)) = (row.booked_on(), row.amount().filter(|money| money.minor < 0)) else {
            continue;
        };
        let said = [row.label(), row.counterparty()].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let said = fold(&said);
        if !payees.iter().any(|payee| names(&said, payee)) {
            continue;
        }
        given.paid.push(day);
        if money.currency == currency && day >= year {
            given.debited = Some(given.debited.unwrap_or(0).saturating_sub(money.minor));
        }
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
