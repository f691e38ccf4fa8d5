//! Green Button as tables, which suppliers in North America offer besides the XML.
//!
//! There are two layouts. Most suppliers (PG&E, ComEd, PECO, Con Edison…) write lines that name the
//! customer, then a table with `TYPE,DATE,START TIME,END TIME,USAGE,UNITS,COST,NOTES`; the names and
//! number of columns vary, so they are found by name. Southern California Edison writes text, then for
//! each day a header and rows `"<from> to <until>","<kWh>","<quality>"`, with no-break spaces around
//! "to".
//!
//! Times are local, without a zone. SCE and PG&E are in California. The first layout does not say where a
//! supplier is, so California's zone is used for all: hours, days and months are right everywhere, and
//! instants are off by up to three hours elsewhere.

use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::number;
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Columns, Head, Input, Row};
use crate::reason::Reason;
use crate::rows::{RowWriter, part};
use crate::time::{self, Instant};
use crate::wall_clock::WallClock;
use jiff::civil::{DateTime, Time};
use mesinfos_model::category::energy::{self, commodity, direction, quality};
use mesinfos_model::{Category, Day};

/// The layout of most suppliers.
pub(crate) struct IntervalTable;

/// The layout of Southern California Edison.
pub(crate) struct Edison;

/// The reason to reject a row: its field, and the problem.
type Fault = (&'static str, Reason);

const ZONE: &str = "America/Los_Angeles";
const CURRENCY: &str = "USD";

/// Longest interval in seconds: that of a bill.
const LONGEST: i64 = 400 * 86_400;

/// Decimals of a quantity that are read.
const DECIMALS: u32 = 9;

/// A unit of a column: 10^-9 of it in milliwatt-hours, or in millilitres of gas, as a fraction.
struct Unit {
    names: &'static [&'static str],
    is_volume: bool,
    numerator: i64,
    denominator: i64,
}

const UNITS: [Unit; 5] = [
    Unit { names: &["kwh"], is_volume: false, numerator: 1, denominator: 1_000 },
    Unit { names: &["wh"], is_volume: false, numerator: 1, denominator: 1_000_000 },
    // The US therm: 29 300.1 Wh.
    Unit { names: &["therms", "therm"], is_volume: false, numerator: 293_001, denominator: 10_000_000 },
    // A hundred cubic feet.
    Unit {
        names: &["ccf", "hcf"],
        is_volume: true,
        numerator: 28_316_846_592,
        denominator: 10_000_000_000_000,
    },
    Unit { names: &["m3", "m³"], is_volume: true, numerator: 1, denominator: 1_000 },
];

impl Unit {
    fn of(name: &str) -> Option<&'static Unit> {
        let folded = name.trim().to_lowercase();
        UNITS.iter().find(|unit| unit.names.contains(&folded.as_str()))
    }

    fn read(&self, text: &str) -> Option<i64> {
        number::times(number::scaled(text, DECIMALS)?, self.numerator, self.denominator)
    }
}

static TABLE: FormatInfo = FormatInfo {
    id: "green-button-csv",
    fr: "Green Button (CSV)",
    en: "Green Button (CSV)",
    origin: "PG&E, ComEd, PECO, Con Edison…",
    categories: &[Category::Energy],
    looks_for: "a line that begins with TYPE,DATE and names USAGE",
    spec: "https://www.energy.gov/data/green-button",
    counts: OrdinalKind::Lines,
};

static EDISON: FormatInfo = FormatInfo {
    id: "green-button-sce-csv",
    fr: "Green Button de Southern California Edison (CSV)",
    en: "Green Button of Southern California Edison (CSV)",
    origin: "Southern California Edison",
    categories: &[Category::Energy],
    looks_for: "a line \"Energy consumption time period,Usage(Real energy in kilowatt-hours)\"",
    spec: "https://github.com/kodek/sce-greenbutton",
    counts: OrdinalKind::Lines,
};

/// Values of a row in either layout.
struct Used<'u> {
    /// Empty if it is not known.
    holder: &'u str,
    meter: &'u str,
    is_gas: bool,
    start: Instant,
    duration: i64,
    quality: Option<i64>,
    cost: Option<i64>,
}

impl Used<'_> {
    /// Writes a quantity; a negative one was fed into the grid.
    fn give(
        &self,
        unit: &Unit,
        quantity: i64,
        is_produced: bool,
        line: u64,
        rows: &mut RowWriter<'_>,
    ) -> Result<(), FormatError> {
        let is_produced = is_produced || quantity < 0;
        let quantity = quantity.saturating_abs();
        let what = if self.is_gas { "gas" } else { "electricity" };
        let series = format!("{}/{what}/{}", part(self.meter), if is_produced { "out" } else { "in" });
        let cost = self.cost.filter(|_| !is_produced);
        let cells = [
            (energy::HOLDER, self.holder.into()),
            (energy::SERIES, series.as_str().into()),
            (energy::METER, Some(self.meter).filter(|meter| !meter.is_empty()).into()),
            (energy::COMMODITY, if self.is_gas { commodity::GAS } else { commodity::ELECTRICITY }.into()),
            (energy::DIRECTION, if is_produced { direction::PRODUCED } else { direction::CONSUMED }.into()),
            (energy::START, self.start.0.into()),
            (energy::UTC_OFFSET, self.start.1.into()),
            (energy::DURATION, self.duration.into()),
            (energy::ENERGY, Some(quantity).filter(|_| !unit.is_volume).into()),
            (energy::VOLUME, Some(quantity).filter(|_| unit.is_volume).into()),
            (energy::QUALITY, self.quality.into()),
            (energy::COST, cost.into()),
            (energy::CURRENCY, cost.map(|_| CURRENCY).into()),
        ];
        rows.push(Category::Energy, line, &cells)
    }
}

impl Format for IntervalTable {
    fn about(&self) -> &'static FormatInfo {
        &TABLE
    }

    fn recognise(&self, head: &Head) -> bool {
        head.text().lines().take(30).any(is_header)
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut table = input.table(b',');
        let mut meter = String::new();
        let mut layout: Option<Layout> = None;
        let mut clock = WallClock::of(time::zone(ZONE));
        while let Some(row) = table.next()? {
            match (&layout, row.get(0).trim_end_matches(':')) {
                _ if row.is_blank() => {}
                (_, first) if first.eq_ignore_ascii_case("type") => {
                    layout = Some(Layout::of(&Columns::of(row)));
                }
                (None, "Account Number" | "Service") => {
                    meter = if meter.is_empty() {
                        row.get(1).to_owned()
                    } else {
                        format!("{}/{}", part(&meter), part(row.get(1)))
                    };
                }
                (None, _) => {}
                (Some(layout), _) => match layout.read(row, &meter, &mut clock, rows) {
                    Ok(given) => given?,
                    Err((field, reason)) => rows.reject(row.line, Some(field), reason),
                },
            }
        }
        Ok(())
    }
}

fn is_header(line: &str) -> bool {
    let line = line.to_uppercase();
    line.starts_with("TYPE,DATE,") && ["USAGE", "IMPORT"].iter().any(|name| line.contains(name))
}

/// Index of each column.
struct Layout {
    date: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    /// Quantities: the column, its unit if the header names it, and whether it was fed into the grid.
    quantities: Vec<(usize, Option<&'static Unit>, bool)>,
    unit: Option<usize>,
    cost: Option<usize>,
    notes: Option<usize>,
}

impl Layout {
    fn of(columns: &Columns) -> Layout {
        let mut quantities = Vec::new();
        for (name, is_produced) in [("usage", false), ("import", false), ("export", true)] {
            quantities.extend(columns.find(&[name]).map(|column| (column, None, is_produced)));
            for unit in &UNITS {
                let names: Vec<String> = unit.names.iter().map(|unit| format!("{name} ({unit})")).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                quantities.extend(columns.find(&names).map(|column| (column, Some(unit), is_produced)));
            }
        }
        Layout {
            date: columns.find(&["date"]),
            start: columns.find(&["start time"]),
            end: columns.find(&["end time"]),
            quantities,
            unit: columns.find(&["units"]),
            cost: columns.find(&["cost", "costs"]),
            notes: columns.find(&["notes"]),
        }
    }

    fn read(
        &self,
        row: Row<'_>,
        meter: &str,
        clock: &mut WallClock,
        rows: &mut RowWriter<'_>,
    ) -> Result<Result<(), FormatError>, Fault> {
        let cell = |column: Option<usize>| column.map_or("", |column| row.get(column));
        let kind = row.get(0).to_lowercase();
        let is_gas = kind.contains("gas");
        if !is_gas && !kind.contains("electric") {
            return Err(("TYPE", Reason::not_one_of(row.get(0), "Electric usage, Natural gas usage")));
        }
        let (start, duration) = self.interval(cell(self.date), cell(self.start), cell(self.end), clock)?;
        // "This read was estimated".
        let quality = cell(self.notes).to_lowercase().contains("estimated").then_some(quality::ESTIMATED);
        let cost = match cell(self.cost) {
            "" => None,
            text => Some(cost(text).ok_or_else(|| ("COST", Reason::not_an_amount_as(text, "$0.15")))?),
        };
        let used = Used { holder: "", meter, is_gas, start, duration, quality, cost };
        if self.quantities.is_empty() {
            return Err(("USAGE", Reason::NoUsageColumn));
        }
        for (column, unit, is_produced) in &self.quantities {
            let unit = unit.or_else(|| Unit::of(cell(self.unit)));
            let unit =
                unit.ok_or_else(|| ("UNITS", Reason::not_one_of(cell(self.unit), "kWh, therms, ccf")))?;
            let text = row.get(*column);
            if text.is_empty() {
                continue;
            }
            let quantity = unit.read(text).ok_or_else(|| ("USAGE", Reason::not_a_number(text)))?;
            if let Err(stop) = used.give(unit, quantity, *is_produced, row.line, rows) {
                return Ok(Err(stop));
            }
        }
        Ok(Ok(()))
    }

    fn interval(
        &self,
        date: &str,
        start: &str,
        end: &str,
        clock: &mut WallClock,
    ) -> Result<(Instant, i64), Fault> {
        let day = time::day(date, "ymd").or_else(|| time::day(date, "mdy"));
        let day = day.ok_or_else(|| ("DATE", Reason::not_a_date(date, "2022-12-01, 12/1/2022")))?;
        let out = || ("DATE", Reason::out_of_bounds(day.to_string()));
        if start.is_empty() {
            let at = clock.at(day.civil().to_datetime(Time::midnight())).ok_or_else(out)?;
            let end = Day(day.0.saturating_add(1)).civil().to_datetime(Time::midnight());
            return Ok((at, clock.until(end, at.0).ok_or_else(out)?));
        }
        let clock_time =
            |field, text| time::clock(text).ok_or_else(|| (field, Reason::not_a_time(text, "00:15")));
        let (from, until) = (clock_time("START TIME", start)?, clock_time("END TIME", end)?);
        let at = clock.at(day.civil().to_datetime(from)).ok_or_else(out)?;
        // Most suppliers write the last minute of the interval, some the minute after.
        let last = i64::from(until.hour()) * 60 + i64::from(until.minute());
        let last = if last % 5 == 4 { last + 1 } else { last };
        let minutes = last - i64::from(from.hour()) * 60 - i64::from(from.minute());
        Ok((at, if minutes > 0 { minutes } else { minutes + 1_440 } * 60))
    }
}

/// Cents of an amount, rounded from fractions of a cent.
fn cost(text: &str) -> Option<i64> {
    let bare: String = text.chars().filter(|c| *c != '$').collect();
    number::times(number::scaled(&bare, 6)?, 1, 10_000)
}

impl Format for Edison {
    fn about(&self) -> &'static FormatInfo {
        &EDISON
    }

    fn recognise(&self, head: &Head) -> bool {
        head.text().contains(" time period,Usage(Real energy in kilowatt-hours)")
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut table = input.table(b',');
        let mut is_received: Option<bool> = None;
        let mut clock = WallClock::of(time::zone(ZONE));
        let (mut seen, mut last) = (false, 1);
        while let Some(row) = table.next()? {
            last = row.line;
            let first = row.get(0);
            if first.starts_with("Energy") && first.ends_with("time period") {
                // Energy that the supplier received from the customer's panels.
                is_received = Some(first.to_lowercase().contains("received"));
                continue;
            }
            // Text comes before the first table, and between tables.
            let Some(is_received) = is_received.filter(|_| row.len() > 1) else { continue };
            seen = true;
            match period(row, is_received, &mut clock, rows) {
                Ok(given) => given?,
                Err((field, reason)) => rows.reject(row.line, Some(field), reason),
            }
        }
        if !seen {
            rows.reject(last, None, Reason::NoReadings);
        }
        Ok(())
    }
}

fn period(
    row: Row<'_>,
    is_received: bool,
    clock: &mut WallClock,
    rows: &mut RowWriter<'_>,
) -> Result<Result<(), FormatError>, Fault> {
    let text = row.get(0);
    let civil = |text: &str| text.trim().parse::<DateTime>().ok();
    // The space before "to" is a no-break space.
    let ends = text.split_once("to").and_then(|(from, until)| Some((civil(from)?, civil(until)?)));
    let wrong = || ("time period", Reason::not_a_period(text, "2020-05-01 00:00:00 to 2020-05-01 00:15:00"));
    let (from, until) = ends.ok_or_else(wrong)?;
    let start = clock.at(from).ok_or_else(wrong)?;
    let duration = clock.until(until, start.0).filter(|seconds| *seconds <= LONGEST).ok_or_else(wrong)?;
    let quality = match row.get(2).to_lowercase().as_str() {
        "" => None,
        "actual" => Some(quality::MEASURED),
        "estimated" => Some(quality::ESTIMATED),
        "validated" => Some(quality::VALIDATED),
        // There is no reading.
        "missing" => return Ok(Ok(())),
        _ => Some(quality::OTHER),
    };
    let [unit, ..] = &UNITS;
    let text = row.get(1);
    let quantity = unit.read(text).ok_or_else(|| ("Usage", Reason::not_a_number_of(text, "kWh")))?;
    let used = Used { holder: EDISON.origin, meter: "", is_gas: false, start, duration, quality, cost: None };
    Ok(used.give(unit, quantity, is_received, row.line, rows))
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::energy;
    use mesinfos_model::category::energy::direction::{CONSUMED, PRODUCED};

    #[test]
    fn the_table_of_most_suppliers() {
        let file = "Name,JANE DOE\nAddress,\"1 MAIN ST, CA\"\nAccount Number,123\nService,Service 1\n\n\
            TYPE,DATE,START TIME,END TIME,USAGE,UNITS,COST,NOTES\n\
            Electric usage,2022-12-01,00:00,00:14,0.16,kWh,$0.02,\n\
            Electric usage,12/1/2022,23:30,00:00,-0.5,kWh,,This read was estimated\n\
            Natural gas usage,2022-12-01,,,1.02,therms,$0.975,\n\
            Electric usage,2022-02-30,00:00,00:14,1,kWh,,\n\
            Electric usage,2022-12-01,00:00,00:14,x,kWh,,\n\
            Water usage,2022-12-01,00:00,00:14,1,gal,,\n";
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        let batch = &batches[0];
        assert_eq!((batch.rows(), reads[0].rejected_count), (3, 3), "{:?}", reads[0].rejected);
        let of = |field| [0, 1, 2].map(|row| batch.integer(field, row));
        assert_eq!(of(energy::ENERGY), [Some(160_000), Some(500_000), Some(29_886_102)]);
        assert_eq!(of(energy::DURATION), [Some(900), Some(1_800), Some(86_400)]);
        assert_eq!(of(energy::DIRECTION), [CONSUMED, PRODUCED, CONSUMED].map(Some));
        assert_eq!(of(energy::COST), [Some(2), None, Some(98)]);
        assert_eq!((batch.time(0), batch.integer(energy::UTC_OFFSET, 0)), (Some(1_669_881_600), Some(-480)));
        assert_eq!(batch.text(energy::METER, 0), Some("123/Service 1"));
    }

    #[test]
    fn units_in_the_header_and_the_hour_that_is_there_twice() {
        let file = "TYPE,DATE,START TIME,END TIME,IMPORT (kWh),EXPORT (kWh)\n\
            Electric usage,2022-11-06,01:30,01:59,1,0.25\nElectric usage,2022-11-06,01:00,01:29,2,0\n";
        let (_, batches) = read_all(file.as_bytes()).unwrap();
        let starts: Vec<_> = (0..4).map(|row| batches[0].time(row).unwrap()).collect();
        assert_eq!(starts[2] - starts[0], 1_800);
        assert_eq!(batches[0].integer(energy::DIRECTION, 1), Some(PRODUCED));
        assert_eq!(batches[0].integer(energy::ENERGY, 1), Some(250_000));
    }

    #[test]
    fn the_tables_of_edison() {
        let file = "Energy Usage Information\n\"For location: X\"\n\n\"Data for period starting: 2020-05-01 00:00:00\u{a0}  for 24 hours\"\n\
            Energy consumption time period,Usage(Real energy in kilowatt-hours),Reading quality\n\
            \"2020-05-01 00:00:00\u{a0}to 2020-05-01 00:15:00\",\"0.25\",\"\"\n\n\"Data for period starting: x\"\n\
            Energy consumption time period,Usage(Real energy in kilowatt-hours),Reading quality\n\
            \"2020-11-01 01:45:00\u{a0}to 2020-11-01 01:00:00\",\"0.5\",\"estimated\"\n\"x\",\"1\"\n\
            \"2020-05-01 00:15:00\u{a0}to 2020-05-01 00:30:00\",\"\",\"missing\"\n";
        let (reads, batches) = read_all(file.as_bytes()).unwrap();
        let batch = &batches[0];
        assert_eq!((batch.rows(), reads[0].rejected_count), (2, 1), "{:?}", reads[0].rejected);
        assert_eq!(batch.integer(energy::ENERGY, 0), Some(250_000));
        assert_eq!((batch.time(0), batch.integer(energy::UTC_OFFSET, 0)), (Some(1_588_316_400), Some(-420)));
        assert_eq!(batch.integer(energy::DURATION, 1), Some(900));
        assert_eq!(batch.integer(energy::QUALITY, 1), Some(energy::quality::ESTIMATED));
    }
}
