//! Budget: spending by month and kind, the balance, and payments that come back every month.

use mesinfos_sdk::bank::{self, Kind};
use mesinfos_sdk::view::{self, ColumnKind, Icon, Report, Unit, XyKind};
use mesinfos_sdk::{Context, Currency, Date, Failure, Money, Period, Value, app};
use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

app!(run: run);

/// What is known of the movements in one currency. Amounts of different currencies are never added.
#[derive(Default)]
struct Account {
    rows: usize,
    /// What came in, in minor units.
    income: i64,
    balance: Option<Money>,
    /// What was spent by month and kind, in minor units, as positive numbers.
    months: BTreeMap<Date, BTreeMap<Kind, i64>>,
    /// The month and amount of each payment, by label without digits.
    payments: BTreeMap<String, Vec<(Date, i64)>>,
    /// The label at hand, without digits.
    label: String,
}

impl Account {
    fn add(&mut self, day: Date, minor: i64, kind: Kind, label: &str) {
        self.rows += 1;
        if minor >= 0 {
            self.income += minor;
            return;
        }
        let month = day.month_start();
        let kind = if KINDS.iter().any(|(shown, ..)| *shown == kind) { kind } else { Kind::Other };
        *self.months.entry(month).or_default().entry(kind).or_default() -= minor;
        self.label.clear();
        self.label.extend(label.split(|c: char| c.is_ascii_digit()));
        match self.payments.get_mut(&self.label) {
            Some(paid) => paid.push((month, -minor)),
            None => drop(self.payments.insert(self.label.clone(), vec![(month, -minor)])),
        }
    }
}

/// Kinds of spending that are shown apart; the rest is one.
const KINDS: [(Kind, &str, &str); 5] = [
    (Kind::Card, "Carte", "Card"),
    (Kind::DirectDebit, "Prélèvements", "Direct debits"),
    (Kind::Transfer, "Virements", "Transfers"),
    (Kind::Cash, "Espèces", "Cash"),
    (Kind::Other, "Autres", "Other"),
];

fn run(ctx: &Context) -> Result<Report, Failure> {
    let mut accounts: BTreeMap<Currency, Account> = BTreeMap::new();
    for tx in bank::transactions(Period::all()) {
        let tx = tx?;
        let (Some(day), Some(money)) = (tx.booked_on(), tx.amount()) else {
            continue;
        };
        let account = accounts.entry(money.currency).or_default();
        account.add(day, money.minor, tx.kind().unwrap_or(Kind::Other), tx.label().unwrap_or_default());
        account.balance = tx.balance().or(account.balance);
    }
    let others = accounts.len() > 1;
    // Of several currencies, the one with most rows is shown.
    let most = accounts.into_iter().max_by_key(|(_, account)| account.rows);
    let (currency, account) = most.ok_or(Failure::NeedsData(vec!["bank"]))?;
    let months = &account.months;
    let names: Vec<Date> = months.keys().copied().collect();
    let of = |minor: i64| Money { minor, currency };
    let count = i64::try_from(months.len().max(1)).unwrap_or(1);
    let spent: i64 = months.values().flat_map(BTreeMap::values).sum();
    let course = |month: &BTreeMap<Kind, i64>| Some(of(month.values().sum()).major());
    let mut figures = vec![
        view::figure(Icon::Cart, ctx.t("Dépensé par mois", "Spent a month"), of(spent / count))
            .spark(months.values().map(course).rev().take(60).rev().collect()),
        view::figure(Icon::Money, ctx.t("Reçu par mois", "Received a month"), of(account.income / count)),
    ];
    figures
        .extend(account.balance.map(|b| view::figure(Icon::Bank, ctx.t("Dernier solde", "Last balance"), b)));
    let there = KINDS.iter().filter(|(kind, ..)| months.values().any(|m| m.contains_key(kind)));
    let stacks = there.map(|(kind, fr, en)| {
        let points = months.values().map(|m| Some(of(m.get(kind).copied().unwrap_or(0)).major()));
        view::series(ctx.t(fr, en), Unit::None, Some(currency.code()), points.collect())
    });
    let recurring: Vec<Vec<Value>> = recurring(&account.payments)
        .into_iter()
        .map(|(label, mean)| vec![label.into(), of(mean).into(), of(mean * 12).into()])
        .collect();
    let columns = [
        (ctx.t("Paiement", "Payment"), ColumnKind::Text),
        (ctx.t("Par mois", "A month"), ColumnKind::Money),
        (ctx.t("Par an", "A year"), ColumnKind::Money),
    ];
    let headline = ctx.t(
        "Vos dépenses mois par mois, et ce qui revient.",
        "What you spend month by month, and what comes back.",
    );
    let mut report = view::report(
        ctx,
        "Budget",
        headline,
        vec![
            view::section(ctx.t("En bref", "In short"), vec![view::Block::KeyFigures(figures)]),
            view::section(
                ctx.t("Mois par mois", "Month by month"),
                vec![view::by_month(
                    ctx.t("Dépenses par type", "Spending by kind"),
                    ctx.t("Chaque mois, par type de paiement.", "Each month, by kind of payment."),
                    XyKind::StackedBar,
                    &names,
                    stacks.collect(),
                )],
            ),
            view::section(
                ctx.t("Ce qui revient", "What comes back"),
                vec![view::table(ctx.t("Paiements récurrents", "Recurring payments"), &columns, recurring)],
            ),
        ],
    );
    if others {
        report = report
            .limit(ctx.t("Les autres devises ne sont pas comptées.", "Other currencies are not counted."));
    }
    Ok(report)
}

/// Payments of one label in three months or more, once in each, whose amounts are within 15 % of
/// their mean: label and mean in minor units, the dearest first.
fn recurring(payments: &BTreeMap<String, Vec<(Date, i64)>>) -> Vec<(&str, i64)> {
    let monthly = payments.iter().filter(|(label, paid)| {
        let once = paid.windows(2).all(|pair| pair[0].0 != pair[1].0);
        once && paid.len() >= 3 && !label.trim().is_empty()
    });
    let mut found: Vec<(&str, i64)> = monthly
        .filter_map(|(label, paid)| {
            let mean = paid.iter().map(|(_, minor)| minor).sum::<i64>() / i64::try_from(paid.len()).ok()?;
            let steady = paid.iter().all(|(_, minor)| (minor - mean).abs() * 100 <= mean * 15);
            steady.then_some((label.trim(), mean))
        })
        .collect();
    found.sort_by_key(|(_, mean)| -mean);
    found.truncate(30);
    found
}
