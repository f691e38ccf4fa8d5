//! The sample lives that the pages offer: the built-in sample people.

use crate::samples::TODAY;
use crate::wall::Wall;
use mesinfos_model::{Category, Day};
use mesinfos_personas::{LIVES, Persona, SEED};
use mesinfos_platform::{MonthSummary, PlatformError, Playground, Samples};
use mesinfos_web::{Life, LifeAmount, LifeFacts, LifeFiles, Lives};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tempfile::TempDir;

/// What the lives come to, counted once: `BLESS=1` counts anew. A line for each life: its id, holders, rows, months,
/// year. Then a line for each amount of that year, and a line for each category: its id, and the days known of each month of that year, as hexadecimal bits.
const FACTS: &str = include_str!("lives.txt");

/// Sample people, once they were brought to life.
type Kept = Option<(Arc<Samples>, TempDir)>;

/// Number of people over whom it is told who profits from an app: enough for some in each group, and imported in seconds.
const POPULATION: u64 = 60;

/// The built-in sample people with complete lives.
pub(crate) struct SampleLives {
    lives: Vec<Life>,
    facts: BTreeMap<&'static str, LifeFacts>,
    wall: Wall,
    /// Those on whom versions are tried, brought to life on first use, with the folder that goes with them.
    samples: Mutex<Kept>,
    /// Those over whom it is told who profits, the same way.
    population: Mutex<Kept>,
    playground: OnceLock<Option<Arc<Playground>>>,
}

impl SampleLives {
    pub(crate) fn new(wall: &Wall) -> SampleLives {
        let lives = mesinfos_personas::personas().iter().take(LIVES).map(life).collect();
        SampleLives {
            lives,
            facts: facts(FACTS),
            wall: wall.clone(),
            samples: Mutex::default(),
            population: Mutex::default(),
            playground: OnceLock::new(),
        }
    }
}

impl SampleLives {
    /// Sample people that are kept, or were just brought to life.
    fn kept(
        &self,
        kept: &Mutex<Kept>,
        welcome: impl FnOnce(&mut Samples) -> Result<(), PlatformError>,
    ) -> Result<Option<Arc<Samples>>, PlatformError> {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((samples, _)) = &*kept {
            return Ok(Some(Arc::clone(samples)));
        }
        let folder = tempfile::tempdir()?;
        let mut samples = self.wall.samples(folder.path(), self.day())?;
        welcome(&mut samples)?;
        let samples = Arc::new(samples);
        *kept = Some((Arc::clone(&samples), folder));
        Ok(Some(samples))
    }
}

/// The playground that was shipped with the command: it stands beside the folder of apps.
fn playground() -> Option<Playground> {
    let folder = crate::samples::apps_folder(None).ok()?;
    Playground::new(std::fs::read(folder.with_file_name("playground.wasm")).ok()?)
}

/// What a page shows of a sample person.
pub(crate) fn life(persona: &Persona) -> Life {
    Life { id: persona.id, about: [persona.fr, persona.en] }
}

/// The first month of a year, counted as [`Day::month`] counts them.
fn january(year: i32) -> i32 {
    (year - 1970) * 12
}

/// The facts of a text. Lines that say nothing are left out; a test compares the text with the lives.
fn facts(text: &'static str) -> BTreeMap<&'static str, LifeFacts> {
    let mut all: BTreeMap<&str, LifeFacts> = BTreeMap::new();
    let mut last = "";
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [id, holders, rows, months, year] = words[..]
            && let (Ok(holders), Ok(rows), Ok(months), Ok(year)) =
                (holders.parse(), rows.parse(), months.parse(), year.parse())
        {
            last = id;
            all.insert(id, LifeFacts { holders, rows, months, year, known: Vec::new(), amounts: Vec::new() });
        } else if let ["amount", of, amount] = words[..] {
            let of = LifeAmount::ALL.into_iter().find(|known| known.id() == of);
            if let (Some(of), Ok(amount), Some(facts)) = (of, amount.parse(), all.get_mut(last)) {
                facts.amounts.push((of, amount));
            }
        } else if let Some((category, days)) = words.split_first()
            && let (Some(category), Some(facts)) = (Category::from_id(category), all.get_mut(last))
        {
            for (month, days) in (january(facts.year)..).zip(days) {
                let days = u32::from_str_radix(days, 16).unwrap_or(0);
                if days > 0 {
                    facts.known.push(MonthSummary { category, month, rows: 0, days });
                }
            }
        }
    }
    all
}

impl Lives for SampleLives {
    fn all(&self) -> &[Life] {
        &self.lives
    }

    fn day(&self) -> Option<Day> {
        TODAY.parse().ok()
    }

    fn files(&self, id: &str) -> Option<LifeFiles> {
        let known = self.lives.iter().any(|life| life.id == id);
        let persona = mesinfos_personas::personas().iter().find(|persona| known && persona.id == id)?;
        Some(Box::new(persona.files(SEED).map(|file| (file.name, file.bytes))))
    }

    fn samples(&self) -> Result<Option<Arc<Samples>>, PlatformError> {
        self.kept(&self.samples, |samples| {
            self.lives
                .iter()
                .try_for_each(|life| samples.welcome(life.id, self.files(life.id).into_iter().flatten()))
        })
    }

    fn population(&self) -> Result<Option<Arc<Samples>>, PlatformError> {
        self.kept(&self.population, |samples| {
            mesinfos_personas::population(POPULATION, SEED).try_for_each(|person| {
                let files = person.files().map(|file| (file.name, file.bytes));
                samples.welcome_of(&person.id(), &person.groups(), files)
            })
        })
    }

    fn facts(&self, id: &str) -> Option<&LifeFacts> {
        self.facts.get(id)
    }

    fn playground(&self) -> Option<Arc<Playground>> {
        self.playground.get_or_init(|| playground().map(Arc::new)).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::view::Lang;
    use mesinfos_platform::consent::Channel;
    use mesinfos_platform::{Caller, Isolation, MonthSums, Platform, SumOf};
    use std::collections::BTreeSet;
    use std::fmt::Write as _;

    /// An amount of the months from `first` to `last`.
    fn amount(platform: &Platform, caller: &Caller, of: LifeAmount, (first, last): (i32, i32)) -> i64 {
        let category = match of {
            LifeAmount::Spent => Category::Bank,
            LifeAmount::Electricity | LifeAmount::Gas => Category::Energy,
            LifeAmount::Distance => Category::Mobility,
            LifeAmount::Calls => Category::Telecom,
            LifeAmount::Care => Category::Health,
        };
        let Some(sums) = platform.quantities(caller, category, (first, last)).unwrap() else { return 0 };
        let is_of = |series: &&MonthSums| match of {
            LifeAmount::Spent => series.of == SumOf::Out,
            LifeAmount::Electricity => series.of == SumOf::Consumed(0),
            LifeAmount::Gas => series.of == SumOf::Consumed(1),
            LifeAmount::Care => matches!(series.of, SumOf::Field("charged") | SumOf::All),
            LifeAmount::Distance | LifeAmount::Calls => true,
        };
        let sum = |series: &MonthSums| series.months.range(first..=last).map(|(_, sum)| *sum).sum::<i64>();
        // Two holders may tell of one trip: the one that tells most counts.
        let sum = sums.series.iter().filter(is_of).map(sum).max().unwrap_or(0);
        match of {
            LifeAmount::Spent => sum / 100 / 12,
            LifeAmount::Electricity | LifeAmount::Gas => sum / 1_000_000,
            LifeAmount::Distance => sum / 1_000,
            LifeAmount::Calls => sum / 60,
            LifeAmount::Care => sum / 100,
        }
    }

    /// The facts of a life, from its files.
    fn counted(lives: &SampleLives, id: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
        let (identity, now) = (platform.identity(), platform.clock().now());
        let (account, _) = identity.sample(id, "", now).unwrap();
        let caller = platform.caller_of(&account, Channel::Web, Lang::Fr).unwrap().on(lives.day());
        for (name, bytes) in lives.files(id).unwrap() {
            platform.import(&caller, &name, bytes.as_slice()).unwrap();
        }
        let (summary, months) = (platform.summary(&caller).unwrap(), platform.months(&caller).unwrap());
        let holders: BTreeSet<&String> = summary.iter().flat_map(|of| &of.holders).collect();
        let rows: u64 = summary.iter().map(|of| of.rows).sum();
        let of = |category: Category| months.iter().filter(move |month| month.category == category);
        let most = Category::ALL.iter().map(|category| of(*category).count()).max().unwrap();
        // The year before the day that apps see as today.
        let year = i32::from(lives.day().unwrap().civil().year()) - 1;
        let mut text = format!("{id} {} {rows} {most} {year}\n", holders.len());
        for of in LifeAmount::ALL {
            let amount = amount(&platform, &caller, of, (january(year), january(year) + 11));
            if amount > 0 {
                writeln!(text, "  amount {} {amount}", of.id()).unwrap();
            }
        }
        for category in Category::ALL {
            let days =
                |month: i32| of(*category).find(|known| known.month == month).map_or(0, |known| known.days);
            let days: Vec<u32> = (january(year)..january(year + 1)).map(days).collect();
            if days.iter().any(|days| *days > 0) {
                write!(text, "  {category}").unwrap();
                days.iter().for_each(|days| write!(text, " {days:x}").unwrap());
                text.push('\n');
            }
        }
        text
    }

    #[test]
    fn the_document_is_as_the_lives_are() {
        let lives = SampleLives::new(&Wall::of(None, false).unwrap());
        let text: String = lives.all().iter().map(|life| counted(&lives, life.id)).collect();
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lives.txt"), &text).unwrap();
        } else {
            assert!(FACTS == text, "lives.txt differs (BLESS=1 counts anew):\n{text}");
        }
    }

    #[test]
    fn every_life_has_facts() {
        let lives = SampleLives::new(&Wall::of(None, false).unwrap());
        for life in lives.all() {
            let facts = lives.facts(life.id).unwrap();
            assert!(facts.holders > 5 && facts.rows > 1_000 && facts.months >= 12, "{facts:?}");
            let others: Vec<&LifeFacts> = lives
                .all()
                .iter()
                .filter(|other| other.id != life.id)
                .filter_map(|other| lives.facts(other.id))
                .collect();
            let told = facts.distinct(&others, 2);
            assert_eq!(told.len(), 2, "{}", life.id);
            for other in others {
                assert_ne!(
                    told,
                    other.distinct(&[facts], 2),
                    "{}: a card says what distinguishes its life",
                    life.id
                );
            }
            let known: BTreeSet<i32> = facts.known.iter().map(|month| month.month).collect();
            assert_eq!(known, (january(facts.year)..january(facts.year + 1)).collect());
        }
        assert!(lives.facts("nobody").is_none());
        assert!(facts("a b c d e\n  bank 1 1\nbank zz\n\n").is_empty(), "what says nothing is left out");
    }
}
