//! An app that runs for a while with its rows in memory, so that many concurrent runs can be observed.

use mesinfos_sdk::telecom;
use mesinfos_sdk::view::{self, Report};
use mesinfos_sdk::{Context, Failure, Period, app};

app!(run: run);

/// Steps that each depend on the previous one, a tenth of a second in total.
const STEPS: u64 = 60_000_000;

fn run(ctx: &Context) -> Result<Report, Failure> {
    let rows: Vec<telecom::Event> = telecom::events(Period::all()).collect::<Result<_, _>>()?;
    let mut state = rows.iter().filter_map(telecom::Event::at).map(|at| at.utc as u64).sum::<u64>();
    for _ in 0..STEPS {
        state = std::hint::black_box(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
    }
    let words = format!("{} rows, {state}", rows.len());
    Ok(view::report(ctx, "Wait", "Waited.", vec![view::section("All", vec![view::paragraph(&words)])]))
}
