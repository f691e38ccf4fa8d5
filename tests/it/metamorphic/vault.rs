//! Random vaults: the files of a sample person, of a random seed, cut to random days, holders and rows.

use crate::mutants::Random;
use mesinfos_model::{Batch, Category, Day, FieldKind};
use mesinfos_personas::{LIVES, SampleFile, personas, population};
use mesinfos_platform::intake::read_file;
use std::collections::BTreeSet;

/// First day of a [`Vault::is_recent`]: from here to two years after the last rows, no year has a 29 February.
pub(super) const SINCE: &str = "2024-03-01";

/// The day after the last rows of the sample people.
const UNTIL: i32 = 20_454;

/// Categories whose rows are of a moment. Those of the others (contracts, a profile) hold for years, and stay.
const OF_A_MOMENT: [Category; 8] = [
    Category::Bank,
    Category::Bills,
    Category::Browsing,
    Category::Energy,
    Category::Mobility,
    Category::Purchases,
    Category::Telecom,
    Category::Water,
];

/// Rows of one file.
#[derive(Clone)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) rows: Vec<Batch>,
}

/// Files of a person, and the day of the run.
#[derive(Clone)]
pub(super) struct Vault {
    pub(super) files: Vec<File>,
    pub(super) today: Day,
    /// Whether no date is a 29 February, nor would be a year later.
    pub(super) is_recent: bool,
    /// What it was made from, for messages.
    pub(super) of: String,
}

fn read(file: &SampleFile, wanted: &BTreeSet<Category>) -> File {
    let mut rows = Vec::new();
    let mut sink = |batch: Batch| {
        if wanted.contains(&batch.category()) {
            rows.push(batch);
        }
        Ok(())
    };
    read_file(&file.name, &mut file.bytes.as_slice(), &mut sink).unwrap();
    File { name: file.name.clone(), rows }
}

/// Files of a random sample person with rows of these categories. The whole lives are half of them.
fn somebody(wanted: &BTreeSet<Category>, random: &mut Random) -> (String, Vec<File>) {
    let seed = random.next() % 1_000;
    let of_population = [Category::Bank, Category::Energy, Category::Telecom];
    let is_of_population = wanted.iter().all(|category| of_population.contains(category));
    let files: (String, Vec<SampleFile>) = if is_of_population && random.below(3) == 0 {
        let person = population(50, seed).nth(random.below(50)).unwrap();
        (format!("{} of seed {seed}", person.id()), person.files().collect())
    } else {
        let all = personas();
        let among = if random.below(2) == 0 { LIVES } else { all.len() };
        let persona = &all[random.below(among)];
        (format!("{} of seed {seed}", persona.id), persona.files(seed).collect())
    };
    let read = files.1.iter().map(|file| read(file, wanted)).filter(|file| !file.rows.is_empty());
    (files.0, read.collect())
}

/// The rows for which `keep` holds.
pub(super) fn only(batch: &Batch, mut keep: impl FnMut(&Batch, usize) -> bool) -> Batch {
    let rows: Vec<usize> = (0..batch.rows()).filter(|row| keep(batch, *row)).collect();
    if rows.len() == batch.rows() { batch.clone() } else { batch.select(&rows) }
}

impl File {
    /// The file with each batch changed; those without rows are left out.
    pub(super) fn with(&self, mut change: impl FnMut(&Batch) -> Batch) -> File {
        let rows = self.rows.iter().map(&mut change).filter(|batch| batch.rows() > 0).collect();
        File { name: self.name.clone(), rows }
    }
}

/// Whether a row has a date of 29 February.
fn has_leap_day(batch: &Batch, row: usize) -> bool {
    let is_leap = |day: Day| (day.civil().month(), day.civil().day()) == (2, 29);
    batch.schema().fields.iter().enumerate().any(|(at, field)| {
        let number = batch.integer(at, row);
        match field.kind {
            FieldKind::Date => {
                number.is_some_and(|day| i32::try_from(day).is_ok_and(|day| is_leap(Day(day))))
            }
            FieldKind::Instant => {
                number.is_some_and(|at| is_leap(Day::of_instant(at, batch.utc_offset(row))))
            }
            _ => false,
        }
    })
}

impl Vault {
    /// A random vault with rows of the wanted categories only.
    pub(super) fn random(wanted: &BTreeSet<Category>, random: &mut Random) -> Vault {
        let (of, files) = somebody(wanted, random);
        let is_recent = random.below(2) == 0;
        let before = |most: usize| i32::try_from(random.below(most)).unwrap();
        // Some end in the middle of a month, and some are run days after.
        let mut before = before;
        let until = UNTIL - [0, 0, before(60)][usize::try_from(before(3)).unwrap()];
        let today = until + [0, 0, before(20)][usize::try_from(before(3)).unwrap()];
        let since = SINCE.parse::<Day>().unwrap().0;
        let from = if is_recent { (until - 90 - before(600)).max(since) } else { until - 90 - before(1_000) };
        let all: BTreeSet<(Category, String)> = files
            .iter()
            .flat_map(|file| &file.rows)
            .flat_map(|batch| (0..batch.rows()).map(move |row| (batch, row)))
            .filter_map(|(batch, row)| {
                Some((batch.category(), batch.text(batch.schema().holder, row)?.to_owned()))
            })
            .collect();
        let left_out: BTreeSet<(Category, String)> = if random.below(3) == 0 {
            all.into_iter().filter(|_| random.below(4) == 0).collect()
        } else {
            BTreeSet::new()
        };
        // Of a hundred rows.
        let thinned = [0, 0, 0, 5, 30][random.below(5)];
        let mut keep = |batch: &Batch, row: usize| {
            let days = from..until;
            let in_time = !OF_A_MOMENT.contains(&batch.category())
                || batch.day(row).is_none_or(|day| days.contains(&day.0));
            let holder = batch.text(batch.schema().holder, row).unwrap_or_default();
            in_time
                && (left_out.is_empty() || !left_out.contains(&(batch.category(), holder.to_owned())))
                && (thinned == 0 || random.below(100) >= thinned)
                && !(is_recent && has_leap_day(batch, row))
        };
        let files: Vec<File> = files
            .iter()
            .map(|file| file.with(|batch| only(batch, &mut keep)))
            .filter(|file| !file.rows.is_empty())
            .collect();
        let of = format!(
            "{of}, {} to {}, run on {}, {thinned} % thinned, without {left_out:?}",
            Day(from),
            Day(until),
            Day(today)
        );
        Vault { files, today: Day(today), is_recent, of }
    }

    /// The vault with each batch changed.
    pub(super) fn with(&self, mut change: impl FnMut(&Batch) -> Batch) -> Vault {
        let files = self.files.iter().map(|file| file.with(&mut change)).filter(|file| !file.rows.is_empty());
        Vault { files: files.collect(), ..self.clone() }
    }

    /// Names of those who gave rows of a category; `None` if a row does not name its holder: no grant chooses it by that.
    pub(super) fn holders(&self, category: Category) -> Option<BTreeSet<String>> {
        let batches =
            self.files.iter().flat_map(|file| &file.rows).filter(|batch| batch.category() == category);
        batches
            .flat_map(|batch| (0..batch.rows()).map(|row| batch.text(batch.schema().holder, row)))
            .map(|holder| holder.map(str::to_owned))
            .collect()
    }

    /// Number of rows of a category.
    pub(super) fn rows(&self, category: Category) -> usize {
        let batches = self.files.iter().flat_map(|file| &file.rows);
        batches.filter(|batch| batch.category() == category).map(Batch::rows).sum()
    }

    /// Categories with rows.
    pub(super) fn categories(&self) -> BTreeSet<Category> {
        self.files.iter().flat_map(|file| &file.rows).map(Batch::category).collect()
    }
}
