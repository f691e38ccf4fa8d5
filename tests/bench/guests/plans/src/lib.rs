//! The computation `plans` as an app: rows through the SDK, the result as a view.

use bench_kernels::{Calls, PLANS};
use mesinfos_sdk::telecom;
use mesinfos_sdk::view::{self, ColumnKind, Report, Unit};
use mesinfos_sdk::{AccessError, Context, Currency, Date, Failure, Money, Period, Value, app};

app!(run: run);

/// Reads a page at a time, by column: the fast path of the SDK.
fn read() -> Result<Calls, AccessError> {
    let mut calls = Calls::default();
    for page in telecom::pages(Period::all()) {
        let page = page?;
        let (starts, offsets) = (page.at(), page.utc_offset());
        let (services, directions) = (page.service(), page.direction());
        let (durations, messages) = (page.duration(), page.messages());
        for row in 0..page.len() {
            let known = |column: &[i64]| column.get(row).copied().filter(|value| *value != i64::MIN);
            let code = |column: &[u8]| column.get(row).copied().filter(|code| *code != u8::MAX);
            if let (Some(at), Some(service), Some(direction)) =
                (known(starts), code(services), code(directions))
            {
                let codes = (service, direction);
                calls.add(at, known(offsets).unwrap_or(0), codes, known(durations), known(messages));
            }
        }
    }
    Ok(calls)
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let found = read()?.finish();
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
