//! Budget: spending by month and kind, the balance, and payments that come back every month.

use mesinfos_sdk::bank::{self, Kind};
use mesinfos_sdk::view::{self, ColumnKind, Icon, Report, Unit, XyKind};
use mesinfos_sdk::{Context, Currency, Date, Failure, Money, Period, Value, app};
use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

app!(run: run);

/// What the computation needs of a transaction.
struct Movement {
    month: Date,
    label: String,
    kind: Kind,
    money: Money,
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
    let (mut movements, mut balance) = (Vec::new(), None);
    for tx in bank::transactions(Period::all()) {
        let tx = tx?;
        let (Some(day), Some(money)) = (tx.booked_on(), tx.amount()) else {
            continue;
        };
        let kind = tx.kind().unwrap_or(Kind::Other);
        let label = tx.label().unwrap_or_default().to_owned();
        movements.push(Movement { month: day.month_start(), label, kind, money });
        balance = tx.balance().or(balance);
    }
    // Amounts of different currencies are never added: the one with most rows is shown.
    let currency = main_currency(&movements).ok_or(Failure::NeedsData(vec!["bank"]))?;
    let before = movements.len();
    movements.retain(|m| m.money.currency == currency);
    let months = by_month(&movements);
    let names: Vec<Date> = months.keys().copied().collect();
    let of = |minor: i64| Money { minor, currency };
    let count = i64::try_from(months.len().max(1)).unwrap_or(1);
    let spent: i64 = months.values().flat_map(BTreeMap::values).sum();
    let income: i64 = movements.iter().map(|m| m.money.minor.max(0)).sum();
    let course = |month: &BTreeMap<Kind, i64>| Some(of(month.values().sum()).major());
    let mut figures = vec![
        view::figure(Icon::Cart, ctx.t("Dépensé par mois", "Spent a month"), of(spent / count))
            .spark(months.values().map(course).rev().take(60).rev().collect()),
        view::figure(Icon::Money, ctx.t("Reçu par mois", "Received a month"), of(income / count)),
    ];
    figures.extend(balance.map(|b| view::figure(Icon::Bank, ctx.t("Dernier solde", "Last balance"), b)));
    let stacks = KINDS.iter().map(|(kind, fr, en)| {
        let points = months.values().map(|m| Some(of(m.get(kind).copied().unwrap_or(0)).major()));
        view::series(ctx.t(fr, en), Unit::None, Some(currency.code()), points.collect())
    });
    let recurring: Vec<Vec<Value>> = recurring(&movements)
        .into_iter()
        .map(|(label, mean)| vec![label.as_str().into(), of(mean).into(), of(mean * 12).into()])
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
    if before != movements.len() {
        report = report
            .limit(ctx.t("Les autres devises ne sont pas comptées.", "Other currencies are not counted."));
    }
    Ok(report)
}

fn main_currency(movements: &[Movement]) -> Option<Currency> {
    let mut counts: BTreeMap<&str, (usize, Currency)> = BTreeMap::new();
    for m in movements {
        counts.entry(m.money.currency.code()).or_insert((0, m.money.currency)).0 += 1;
    }
    counts.into_values().max_by_key(|(count, _)| *count).map(|(_, currency)| currency)
}

/// Money spent by month and kind, in minor units, as positive numbers.
fn by_month(movements: &[Movement]) -> BTreeMap<Date, BTreeMap<Kind, i64>> {
    let mut months: BTreeMap<Date, BTreeMap<Kind, i64>> = BTreeMap::new();
    for m in movements.iter().filter(|m| m.money.minor < 0) {
        let kind = KINDS.iter().map(|(kind, ..)| *kind).find(|kind| *kind == m.kind);
        *months.entry(m.month).or_default().entry(kind.unwrap_or(Kind::Other)).or_default() -= m.money.minor;
    }
    months
}

/// Payments of one label (digits left out) in three months or more, once in each, whose amounts
/// are within 15 % of their mean: label and mean in minor units, the dearest first.
fn recurring(movements: &[Movement]) -> Vec<(String, i64)> {
    let mut labels: BTreeMap<String, Vec<(Date, i64)>> = BTreeMap::new();
    for m in movements.iter().filter(|m| m.money.minor < 0) {
        let label: String = m.label.chars().filter(|c| !c.is_ascii_digit()).collect();
        labels.entry(label.trim().to_owned()).or_default().push((m.month, -m.money.minor));
    }
    let mut found: Vec<(String, i64)> = labels
        .into_iter()
        .filter_map(|(label, paid)| {
            let count = i64::try_from(paid.len()).ok().filter(|count| *count >= 3)?;
            let mean = paid.iter().map(|(_, minor)| minor).sum::<i64>() / count;
            let steady = paid.iter().all(|(_, minor)| (minor - mean).abs() * 100 <= mean * 15);
            let monthly = paid.windows(2).all(|pair| pair[0].0 != pair[1].0);
            (steady && monthly && !label.is_empty()).then_some((label, mean))
        })
        .collect();
    found.sort_by_key(|(_, mean)| -mean);
    found.truncate(30);
    found
}
