//! The computation `budget` as an app: rows through the SDK, the result as a view.

use bench_kernels::{Budget, KINDS};
use mesinfos_sdk::bank;
use mesinfos_sdk::view::{self, ColumnKind, Icon, Report, Unit, XyKind};
use mesinfos_sdk::{AccessError, Context, Currency, Date, Failure, Money, Period, app};

app!(run: run);

/// Reads a page at a time, by column: the fast path of the SDK.
fn read() -> Result<Budget, AccessError> {
    let mut budget = Budget::default();
    for page in bank::pages(Period::all()) {
        let page = page?;
        let (days, amounts, kinds, labels) = (page.booked_on(), page.amount(), page.kind(), page.label());
        for row in 0..page.len() {
            let known = |column: &[i32]| column.get(row).copied().filter(|day| *day != i32::MIN);
            let minor = amounts.get(row).copied().filter(|minor| *minor != i64::MIN);
            let kind = kinds.get(row).copied().filter(|kind| *kind != u8::MAX);
            if let (Some(day), Some(minor), Some(kind)) = (known(days), minor, kind) {
                budget.add(day, minor, kind, labels.get(row).unwrap_or_default());
            }
        }
    }
    Ok(budget)
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let found = read()?.finish();
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
