//! What is done to a vault before an app is run again.

use super::vault::{File, Vault, only};
use crate::mutants::Random;
use mesinfos_model::{Batch, BatchBuilder, Category, Cell, Column, Day, FieldKind, Unit};
use std::collections::HashMap;
use std::sync::Arc;

/// A change of the data, of the grant, or of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transformation {
    /// All dates and the day of the run are 28 years later: weekdays, months and leap years are the same.
    Cycle,
    /// All dates and the day of the run are one year later. Weekdays move by one, and nothing else does: only for vaults
    /// without a 29 February.
    Year,
    /// Each file is two: the rows before a moment, and the others.
    Split,
    /// The same, with some rows in both.
    Overlap,
    /// Each file is imported twice.
    Twice,
    /// Rows, and files, in another order.
    Reorder,
    /// Another holder gives rows of a category that the app does not ask for.
    Stranger,
    /// Every amount of money is doubled.
    Doubled,
    /// The person reads English.
    English,
    /// A second holder gives other rows of a category.
    Second(Category),
    /// The same, and the grant leaves them out.
    LeftOut(Category),
    /// A second holder gives a few rows of a category, in francs.
    Foreign(Category),
    /// The category is not granted.
    Without(Category),
}

/// Days of 28 years: seven leap years.
pub(super) const CYCLE: i32 = 28 * 365 + 7;

/// Name of a holder that no sample person has.
pub(super) const OTHER: &str = "Autre détenteur";

impl Transformation {
    /// Years by which dates move.
    pub(super) fn years(self) -> i32 {
        match self {
            Transformation::Cycle => 28,
            Transformation::Year => 1,
            _ => 0,
        }
    }

    /// The vault after it. `stranger`: rows of a category that the app does not ask for.
    pub(super) fn of(self, vault: &Vault, stranger: &[File], random: &mut Random) -> Vault {
        match self {
            Transformation::Cycle | Transformation::Year => shifted(vault, self),
            Transformation::Split => halves(vault, 0, random),
            Transformation::Overlap => halves(vault, 30, random),
            Transformation::Twice => {
                let again = |file: &File| File { name: format!("again-{}", file.name), ..file.clone() };
                let files = vault.files.iter().flat_map(|file| [file.clone(), again(file)]);
                Vault { files: files.collect(), ..vault.clone() }
            }
            Transformation::Reorder => reordered(vault, random),
            Transformation::Stranger => {
                let files = vault.files.iter().chain(stranger).cloned();
                Vault { files: files.collect(), ..vault.clone() }
            }
            Transformation::Doubled => vault.with(doubled),
            Transformation::Second(category) | Transformation::LeftOut(category) => {
                let mut vault = vault.clone();
                vault.files.extend(second(&vault, category, random));
                vault
            }
            Transformation::Foreign(category) => {
                let mut vault = vault.clone();
                vault.files.extend(in_francs(&second(&vault, category, random)));
                vault
            }
            Transformation::English | Transformation::Without(_) => vault.clone(),
        }
    }
}

/// The day some calendar years later: a day that exists, see [`Vault::is_recent`].
pub(super) fn years_later(day: Day, years: i32) -> Day {
    let date = day.civil();
    let year = date.year() + i16::try_from(years).unwrap();
    Day::from_ymd(year, date.month(), date.day()).unwrap_or(Day(day.0 + 366))
}

fn shifted(vault: &Vault, how: Transformation) -> Vault {
    let mut known: HashMap<i32, i32> = HashMap::new();
    let mut later = |day: i32| match how {
        Transformation::Cycle => day + CYCLE,
        _ => *known.entry(day).or_insert_with(|| years_later(Day(day), 1).0),
    };
    let today = Day(later(vault.today.0));
    let vault = vault.with(|batch| {
        map(batch, |batch, at, row, number| {
            let field = &batch.schema().fields[at];
            match (field.kind, field.unit) {
                (FieldKind::Date, _) => later(i32::try_from(number).unwrap()).into(),
                (FieldKind::Instant, _) => {
                    let offset = batch.utc_offset(row) * 60;
                    let local = number + offset;
                    let day = i32::try_from(local.div_euclid(86_400)).unwrap();
                    i64::from(later(day)) * 86_400 + local.rem_euclid(86_400) - offset
                }
                (FieldKind::Integer, Unit::Year) => number + i64::from(how.years()),
                _ => number,
            }
        })
    });
    Vault { today, ..vault }
}

/// The batch with each number changed: `change` gets its batch, field and row.
fn map(batch: &Batch, mut change: impl FnMut(&Batch, usize, usize, i64) -> i64) -> Batch {
    let mut changed = batch.clone();
    for at in 0..batch.schema().fields.len() {
        let column = match batch.column(at) {
            Column::I64(numbers) => {
                let number = |(row, number): (usize, &i64)| {
                    batch.integer(at, row).map_or(*number, |known| change(batch, at, row, known))
                };
                Column::I64(Arc::new(numbers.iter().enumerate().map(number).collect()))
            }
            Column::I32(days) => {
                let day = |(row, day): (usize, &i32)| {
                    let known = batch.integer(at, row).map(|known| change(batch, at, row, known));
                    known.map_or(*day, |known| i32::try_from(known).unwrap())
                };
                Column::I32(Arc::new(days.iter().enumerate().map(day).collect()))
            }
            _ => continue,
        };
        changed = changed.with_column(at, column).unwrap();
    }
    changed
}

fn doubled(batch: &Batch) -> Batch {
    map(
        batch,
        |batch, at, _, number| {
            if batch.schema().fields[at].unit == Unit::MinorUnits { number * 2 } else { number }
        },
    )
}

/// Each file as two. `both`: of a hundred rows, how many are in both.
fn halves(vault: &Vault, both: usize, random: &mut Random) -> Vault {
    let mut files = Vec::new();
    for file in &vault.files {
        let mut cuts: HashMap<Category, (i64, i64)> = HashMap::new();
        for batch in &file.rows {
            let mut times: Vec<i64> = (0..batch.rows()).filter_map(|row| batch.time(row)).collect();
            times.sort_unstable();
            let at = random.below(times.len());
            let from = at.saturating_sub(times.len() * both / 100);
            let moment = |at: usize| times.get(at).copied().unwrap_or(0);
            cuts.entry(batch.category()).or_insert((moment(from), moment(at)));
        }
        let part = |of: &dyn Fn(i64, (i64, i64)) -> bool, name: &str| {
            let keep =
                |batch: &Batch, row: usize| of(batch.time(row).unwrap_or(i64::MIN), cuts[&batch.category()]);
            File { name: format!("{name}-{}", file.name), ..file.with(|batch| only(batch, keep)) }
        };
        files.push(part(&|time, (_, until)| time < until, "first"));
        files.push(part(&|time, (from, _)| time >= from, "second"));
    }
    Vault { files, ..vault.clone() }
}

fn shuffle<T>(all: &mut [T], random: &mut Random) {
    for at in (1..all.len()).rev() {
        all.swap(at, random.below(at + 1));
    }
}

fn reordered(vault: &Vault, random: &mut Random) -> Vault {
    let mut vault = vault.with(|batch| {
        let mut rows: Vec<usize> = (0..batch.rows()).collect();
        shuffle(&mut rows, random);
        batch.select(&rows)
    });
    shuffle(&mut vault.files, random);
    vault
}

/// Rows of another holder: those of somebody with other accounts, meters and numbers, who pays less, some days later.
fn second(vault: &Vault, category: Category, random: &mut Random) -> Vec<File> {
    let (days, hundredths) = (i64::try_from(1 + random.below(3)).unwrap(), 40 + random.below(50) as i64);
    let kept = [30, 70, 100][random.below(3)];
    let mut copy = |batch: &Batch| {
        let mut builder = BatchBuilder::new(category);
        // Fewer rows than the first holder gave.
        for row in (1..batch.rows()).filter(|_| random.below(100) < kept) {
            let texts: Vec<Option<String>> = batch
                .schema()
                .fields
                .iter()
                .enumerate()
                .map(|(at, field)| {
                    let text = batch.text(at, row)?;
                    // A name that tells rows apart is another one.
                    let is_name =
                        field.kind == FieldKind::Pseudonym || ["reference", "number"].contains(&field.name);
                    Some(if at == batch.schema().holder {
                        OTHER.to_owned()
                    } else if is_name {
                        format!("{text}-2")
                    } else {
                        text.to_owned()
                    })
                })
                .collect();
            let cells = batch.schema().fields.iter().enumerate().filter_map(|(at, field)| {
                if let Some(text) = &texts[at] {
                    return Some((at, Cell::Text(text)));
                }
                let number = batch.integer(at, row)?;
                Some((
                    at,
                    Cell::Int(match (field.kind, field.unit) {
                        (FieldKind::Date, _) => number + days,
                        (FieldKind::Instant, _) => number + days * 86_400,
                        (_, Unit::MinorUnits) => number * hundredths / 100,
                        _ => number,
                    }),
                ))
            });
            builder.push_cells(cells);
        }
        builder.finish()
    };
    let files: Vec<File> = vault
        .files
        .iter()
        .map(|file| {
            let rows = file.rows.iter().filter(|batch| batch.category() == category).cloned().collect();
            File { name: format!("other-{}", file.name), rows }.with(&mut copy)
        })
        .collect();
    files.into_iter().filter(|file| !file.rows.is_empty()).collect()
}

/// A quarter of the rows at most, in francs: fewer than any currency that is there has.
fn in_francs(files: &[File]) -> Vec<File> {
    let change = |batch: &Batch| {
        let Some(currency) = batch.schema().index("currency") else { return Batch::empty(batch.category()) };
        let few = only(batch, |_, row| row % 4 == 3);
        let francs = BatchBuilder::new(batch.category());
        let francs = (0..few.rows()).fold(francs, |mut francs, _| {
            francs.push_cells([(currency, Cell::Text("CHF"))]);
            francs
        });
        few.with_column(currency, francs.finish().column(currency).clone()).unwrap()
    };
    let files = files.iter().map(|file| file.with(change));
    files.filter(|file| !file.rows.is_empty()).collect()
}
