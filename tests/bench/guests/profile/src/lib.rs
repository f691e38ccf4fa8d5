//! The computation `profile` as an app: rows through the SDK, the result as a view.

use bench_kernels::{Profile, SLOTS};
use mesinfos_sdk::energy;
use mesinfos_sdk::view::{self, Icon, Report, Unit, XyKind};
use mesinfos_sdk::{AccessError, Context, Failure, Period, app};

app!(run: run);

/// Reads a page at a time, by column: the fast path of the SDK.
fn read() -> Result<Profile, AccessError> {
    let mut profile = Profile::default();
    for page in energy::pages(Period::all()) {
        let page = page?;
        let (starts, offsets) = (page.start(), page.utc_offset());
        let (durations, energies) = (page.duration(), page.energy());
        let known = |column: &[i64], row: usize| column.get(row).copied().filter(|value| *value != i64::MIN);
        for row in 0..page.len() {
            let read = (known(starts, row), known(durations, row), known(energies, row));
            if let (Some(start), Some(seconds), Some(energy)) = read {
                profile.add(start, known(offsets, row).unwrap_or(0), seconds, energy);
            }
        }
    }
    Ok(profile)
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let found = read()?.finish();
    let figure = |label, amount, unit| view::figure(Icon::Energy, label, view::quantity(amount, unit));
    let figures = vec![
        figure("Days", found.days, Unit::Day),
        figure("Least", found.least, Unit::Wh),
        figure("Most", found.most, Unit::Wh),
    ];
    let names = (0..SLOTS).map(|slot| format!("{:02}:{:02}", slot / 2, slot % 2 * 30)).collect();
    // Watts are far below 2^52.
    let points = found.watts.iter().map(|watts| Some(*watts as f64)).collect();
    let series = vec![view::series("Mean power", Unit::Watt, None, points)];
    let blocks = vec![
        view::Block::KeyFigures(figures),
        view::by_label("A day", "Mean power at each half-hour.", XyKind::Bar, names, series),
    ];
    Ok(view::report(ctx, "Profile", "Measured.", vec![view::section("All", blocks)]))
}
