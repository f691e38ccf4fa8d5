//! The computation `budget` as an app: rows through the SDK, the result as a view.

use bench_kernels::{Budget, KINDS};
use mesinfos_sdk::bank;
use mesinfos_sdk::view::{self, ColumnKind, Icon, Report, Unit, XyKind};
use mesinfos_sdk::{Context, Currency, Date, Failure, Money, Period, app};

app!(run: run);

fn run(ctx: &Context) -> Result<Report, Failure> {
    let mut budget = Budget::default();
    for row in bank::transactions(Period::all()) {
        let row = row?;
        if let (Some(day), Some(money), Some(kind)) = (row.booked_on(), row.amount(), row.kind()) {
            budget.add(day.0, money.minor, kind as u8, row.label().unwrap_or_default());
        }
    }
    let found = budget.finish();
    let euros = |minor| Money::new(minor, Currency::EUR);
    let months: Vec<Date> = found.months.iter().map(|month| Date(0).plus_months(month.month)).collect();
    let of_kind = |kind: usize| {
        let points = found.months.iter().map(|month| Some(euros(month.spent[kind]).major()));
        let label = ["Card", "Transfer", "Direct debit", "Cash", "Other"][kind];
        view::series(label, Unit::None, Some("EUR"), points.collect())
    };
    let series = (0..KINDS).map(of_kind).collect();
    let figures = vec![view::figure(Icon::Money, "Received", euros(found.income))];
    let rows = found.recurring.iter().map(|(label, mean)| vec![label.as_str().into(), euros(*mean).into()]);
    let heads = [("Payment", ColumnKind::Text), ("A month", ColumnKind::Money)];
    let blocks = vec![
        view::Block::KeyFigures(figures),
        view::by_month("Spending", "By month and kind.", XyKind::StackedBar, &months, series),
        view::table("Recurring payments", &heads, rows.collect()),
    ];
    Ok(view::report(ctx, "Budget", "Measured.", vec![view::section("All", blocks)]))
}
