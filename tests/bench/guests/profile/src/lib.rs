//! The computation `profile` as an app: rows through the SDK, the result as a view.

use bench_kernels::{Profile, SLOTS};
use mesinfos_sdk::energy;
use mesinfos_sdk::view::{self, Icon, Report, Unit, XyKind};
use mesinfos_sdk::{Context, Failure, Period, app};

app!(run: run);

fn run(ctx: &Context) -> Result<Report, Failure> {
    let mut profile = Profile::default();
    for row in energy::readings(Period::all()) {
        let row = row?;
        if let (Some(start), Some(seconds), Some(energy)) = (row.start(), row.seconds(), row.energy()) {
            profile.add(start.utc, start.offset, seconds, energy.0);
        }
    }
    let found = profile.finish();
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
