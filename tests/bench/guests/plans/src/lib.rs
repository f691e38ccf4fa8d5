//! The computation `plans` as an app: rows through the SDK, the result as a view.

use bench_kernels::{Calls, PLANS};
use mesinfos_sdk::telecom;
use mesinfos_sdk::view::{self, ColumnKind, Report, Unit};
use mesinfos_sdk::{Context, Currency, Date, Failure, Money, Period, Value, app};

app!(run: run);

fn run(ctx: &Context) -> Result<Report, Failure> {
    let mut calls = Calls::default();
    for row in telecom::events(Period::all()) {
        let row = row?;
        if let (Some(at), Some(service), Some(direction)) = (row.at(), row.service(), row.direction()) {
            let codes = (service as u8, direction as u8);
            calls.add(at.utc, at.offset, codes, row.seconds(), row.messages());
        }
    }
    let found = calls.finish();
    let rows = found.months.iter().map(|used| {
        vec![
            Value::from(Date(0).plus_months(used.month)),
            view::quantity(used.minutes, Unit::Minute),
            view::quantity(used.messages, Unit::Sms),
        ]
    });
    let heads =
        [("Month", ColumnKind::Date), ("Minutes", ColumnKind::Quantity), ("Messages", ColumnKind::Quantity)];
    let offers = PLANS.iter().zip(found.yearly).map(|(plan, cents)| {
        view::offer(plan.name, "example", false, Some(Money::new(cents, Currency::EUR)), Vec::new())
    });
    let best = u32::try_from(found.best).ok();
    let blocks = vec![
        view::table("Use", &heads, rows.collect()),
        view::comparison("Plans", &[], offers.collect(), best, "Invented plans."),
    ];
    Ok(view::report(ctx, "Plans", "Measured.", vec![view::section("All", blocks)]))
}
