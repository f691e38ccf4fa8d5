//! Green Button as tables, which suppliers in North America offer besides the XML.
//!
//! There are two layouts. Most suppliers (PG&E, ComEd, PECO, Con Edison…) write lines that name the
//! customer, then a table with `TYPE,DATE,START TIME,END TIME,USAGE,UNITS,COST,NOTES`; the names and
//! number of columns vary, so they are found by name. Southern California Edison writes text, then for
//! each day a header and rows `"<from> to <until>","<kWh>","<quality>"`, with no-break spaces around
//! "to".
//!
//! Costs have a "$", or no sign. Their currency is that of the country: suppliers of the United States and of Canada offer
//! this table. The address tells it, or a unit that only one country has. Where nothing does, costs are not taken, and
//! counted.
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
/// Longest interval in seconds: that of a bill.
const LONGEST: i64 = 400 * 86_400;

/// Decimals of a quantity that are read.
const DECIMALS: u32 = 9;

/// A unit of a column: 10^-9 of it in milliwatt-hours, or in millilitres of gas, as a fraction.
struct Unit {
    names: &'static [&'static str],
    is_volume: bool,
    /// Whether gas is sold in it in the United States, and in cubic metres or gigajoules in Canada.
    is_american: bool,
    numerator: i64,
    denominator: i64,
}

const UNITS: [Unit; 5] = [
    Unit { names: &["kwh"], is_volume: false, is_american: false, numerator: 1, denominator: 1_000 },
    Unit { names: &["wh"], is_volume: false, is_american: false, numerator: 1, denominator: 1_000_000 },
    // The US therm: 29 300.1 Wh.
    Unit {
        names: &["therms", "therm"],
        is_volume: false,
        is_american: true,
        numerator: 293_001,
        denominator: 10_000_000,
    },
    // A hundred cubic feet.
    Unit {
        names: &["ccf", "hcf"],
        is_volume: true,
        is_american: true,
        numerator: 28_316_846_592,
        denominator: 10_000_000_000_000,
    },
    Unit { names: &["m3", "m³"], is_volume: true, is_american: false, numerator: 1, denominator: 1_000 },
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
    /// Of the cost; `None` if it is not known.
    currency: Option<&'static str>,
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
        let currency = self.currency.or_else(|| unit.is_american.then_some("USD"));
        let cost = self.cost.filter(|_| !is_produced && currency.is_some());
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
            (energy::CURRENCY, cost.and(currency).into()),
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
        let mut costs = Costs::default();
        let mut clock = WallClock::of(time::zone(ZONE));
        while let Some(row) = table.next()? {
            match (&layout, row.get(0).trim_end_matches(':')) {
                _ if row.is_blank() => {}
                (_, first) if first.eq_ignore_ascii_case("type") => {
                    layout = Some(Layout::of(&Columns::of(row)));
                }
                (None, "Address") => {
                    let address: Vec<&str> = (1..row.len()).map(|cell| row.get(cell)).collect();
                    costs.currency = dollars_at(&address.join(" "));
                }
                (None, "Account Number" | "Service") => {
                    meter = if meter.is_empty() {
                        row.get(1).to_owned()
                    } else {
                        format!("{}/{}", part(&meter), part(row.get(1)))
                    };
                }
                (None, _) => {}
                (Some(layout), _) => match layout.read(row, &meter, &mut clock, &mut costs, rows) {
                    Ok(given) => given?,
                    Err((field, reason)) => rows.reject(row.line, Some(field), reason),
                },
            }
        }
        if costs.left_out > 0 {
            rows.leave_out(costs.first, "COST", Reason::no_cost_currency(costs.left_out.to_string()));
        }
        Ok(())
    }
}

/// The costs of a file.
#[derive(Default)]
struct Costs {
    currency: Option<&'static str>,
    /// Number of costs that were not taken, and the line of the first one.
    left_out: u64,
    first: u64,
}

/// States, districts and territories that the Postal Service of the United States delivers to.
const STATES: &str = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC \
    ND OH OK OR PA PR RI SC SD TN TX UT VT VA WA WV WI WY GU VI AS MP";

/// Provinces and territories of Canada.
const PROVINCES: &str = "AB BC MB NB NL NS NT NU ON PE QC SK YT";

/// Which dollar is paid at an address, by its end: a postal code, or a state or a province.
fn dollars_at(address: &str) -> Option<&'static str> {
    let words: Vec<&str> =
        address.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let shape = |word: &&str| -> String {
        word.chars()
            .map(|c| {
                if c.is_ascii_digit() {
                    '0'
                } else if c.is_ascii_alphabetic() {
                    'A'
                } else {
                    '?'
                }
            })
            .collect()
    };
    let shapes: Vec<String> = words.iter().map(shape).collect();
    let last = |count: usize| shapes[shapes.len().saturating_sub(count)..].join(" ");
    let without_code = match () {
        () if matches!(last(2).as_str(), "A0A 0A0") || last(1) == "A0A0A0" => return Some("CAD"),
        () if last(2) == "00000 0000" => words.len().checked_sub(2)?,
        () if matches!(last(1).as_str(), "00000" | "000000000") => words.len().checked_sub(1)?,
        () => words.len(),
    };
    let area = without_code.checked_sub(1).map(|at| words[at])?;
    let is_of = |areas: &str| areas.split_whitespace().any(|one| one == area);
    match () {
        () if is_of(STATES) => Some("USD"),
        () if is_of(PROVINCES) && without_code == words.len() => Some("CAD"),
        () => None,
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
        costs: &mut Costs,
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
        let currency = costs.currency;
        let used = Used { holder: "", meter, is_gas, start, duration, quality, cost, currency };
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
            if currency.is_none()
                && !unit.is_american
                && !is_produced
                && quantity >= 0
                && cost.is_some_and(|cost| cost != 0)
            {
                costs.first = if costs.left_out == 0 { row.line } else { costs.first };
                costs.left_out += 1;
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
    let (cost, currency) = (None, None);
    let used =
        Used { holder: EDISON.origin, meter: "", is_gas: false, start, duration, quality, cost, currency };
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
    fn a_dollar_is_that_of_the_address_or_is_not_taken() {
        use super::dollars_at;
        for (address, currency) in [
            ("1 EXAMPLE ST, SAMPLE CA 90000", Some("USD")),
            ("1 EXAMPLE ST SAMPLE NY 10001-1234", Some("USD")),
            ("1 EXAMPLE ST, SAMPLE, CA", Some("USD")),
            ("1 EXAMPLE ST, TORONTO ON M5V 2T6", Some("CAD")),
            ("1 rue Exemple, Montréal QC H2X1Y4", Some("CAD")),
            ("1 EXAMPLE ST, TORONTO ON", Some("CAD")),
            ("1 rue Exemple, 75010 Paris", None),
            ("1 EXAMPLE ST, SAMPLE 2000 AU", None),
            ("90000", None),
            ("****", None),
            ("", None),
        ] {
            assert_eq!(dollars_at(address), currency, "{address}");
        }
        let file = |address: &str| {
            format!(
                "Name,JANE DOE\n{address}Account Number,123\n\nTYPE,DATE,START TIME,END TIME,USAGE,UNITS,COST,NOTES\n\
                 Electric usage,2022-12-01,00:00,00:59,0.16,kWh,$0.02,\nElectric usage,2022-12-01,01:00,01:59,0.16,kWh,0.03,\n\
                 Electric usage,2022-12-01,02:00,02:59,0.16,kWh,$0.00,\n"
            )
        };
        let (reads, batches) =
            read_all(file("Address,1 EXAMPLE ST,TORONTO ON M5V 2T6\n").as_bytes()).unwrap();
        assert_eq!(batches[0].text(energy::CURRENCY, 1), Some("CAD"));
        assert_eq!(batches[0].integer(energy::COST, 1), Some(3));
        assert!(reads[0].rejected.is_empty());
        let (reads, batches) = read_all(file("").as_bytes()).unwrap();
        let cells = |row| (batches[0].integer(energy::COST, row), batches[0].text(energy::CURRENCY, row));
        assert_eq!((batches[0].rows(), [0, 1, 2].map(cells)), (3, [(None, None); 3]));
        let [told] = &reads[0].rejected[..] else { panic!("{:?}", reads[0].rejected) };
        assert_eq!((reads[0].rejected_count, told.line, told.field.as_deref()), (0, Some(5), Some("COST")));
        let words = "the file does not name the currency of its costs, so they are not taken: 2 in all";
        assert_eq!(told.to_string(), words);
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
