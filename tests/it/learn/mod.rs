//! Non-interference of grants: the results of any requests of an app depend only on the data shown by the
//! grant.
//!
//! Two people have rows that agree in the data shown by their grants and differ in everything else that a
//! vault can contain (`twin`). An app makes the same random calls for both and shows a digest of all
//! results, which must be equal, both in this process and in runners. `seen` restates which data a grant
//! shows, without using the host's code.

mod rows;
mod seen;
mod twin;

use crate::lab::times;
use crate::support::{app, binary, me};
use mesinfos_model::cut::Pseudonyms;
use mesinfos_model::{Category, Day};
use mesinfos_platform::runtime::Outcome;
use mesinfos_platform::{CategoryChoice, Isolation, Platform, PlatformError, RunInput};
use rows::{Random, Row};
use seen::Seen;
use std::path::Path;

/// Sequences of calls in one run.
const SEQUENCES: usize = 20;

/// Pairs of people that share a data folder.
const PAIRS: usize = 50;

/// Categories that the app requests.
const CATEGORIES: [Category; 4] = [Category::Bank, Category::Energy, Category::Mobility, Category::Health];

/// Day of the first rows, and day of the runs.
const FIRST: i32 = 20_089;
const TODAY: Day = Day(FIRST + 60);

/// One person's data and grants.
struct Side {
    name: String,
    given: Vec<Seen>,
}

/// A pair of people, and the first seed of the app.
struct Pair {
    sides: [Side; 2],
    seed: u64,
    /// Whether they agree. If not, one row visible for both was removed from one of them.
    agree: bool,
    /// Scopes and the rows of each person, to explain a difference.
    rows: Vec<(Seen, [Vec<Row>; 2])>,
}

fn open(folder: &Path, isolation: &Isolation) -> Platform {
    Platform::open(folder, isolation).unwrap()
}

/// A folder in memory if possible: thousands of commits need no disk.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

fn pair(platform: &Platform, random: &mut Random, number: usize) -> Pair {
    let agree = random.below(10) > 0;
    let names = ["a", "b"].map(|side| format!("{side}{number}"));
    let mut given = [Vec::new(), Vec::new()];
    let (mut taken, mut both) = (false, Vec::new());
    for category in CATEGORIES {
        let scope = Seen::random(category, random);
        let rows = rows::random(category, random);
        let (one, other) = if agree && random.below(6) == 0 {
            // One person refuses the category; the other one grants it and has no rows within the grant.
            given[1].push(scope.clone());
            let none: Vec<Row> = rows.iter().filter(|row| !scope.sees(row)).cloned().collect();
            (rows, none)
        } else {
            given[0].push(scope.clone());
            given[1].push(scope.clone());
            let mut twin = twin::of(&rows, &scope, random);
            if !agree && let Some(at) = twin.rows.iter().position(|row| scope.sees(row)) {
                twin.rows.remove(at);
                taken = true;
            }
            for part in twin.parts() {
                import(platform, &names[1], category, part);
            }
            import(platform, &names[0], category, &rows);
            both.push((scope, [rows, twin.rows]));
            continue;
        };
        import(platform, &names[0], category, &one);
        import(platform, &names[1], category, &other);
    }
    let sides = names.into_iter().zip(given).map(|(name, given)| Side { name, given });
    let sides = <[Side; 2]>::try_from(sides.collect::<Vec<_>>()).unwrap_or_else(|_| unreachable!());
    for side in &sides {
        // A grant has at least one category. Without one, the app is not run.
        let ask = |seen: &Seen| {
            // Only existing rows can be excluded.
            let excluded = platform.known_rows(&me(&side.name), seen.category, &seen.excluded()).unwrap();
            (seen.category, CategoryChoice { excluded, ..seen.ask() })
        };
        let asks: Vec<_> = side.given.iter().map(ask).collect();
        if !asks.is_empty() {
            platform.grant(&me(&side.name), "curious", &asks, None).unwrap();
        }
    }
    Pair { sides, seed: random.below(1_000_000_000) * 100, agree: agree || !taken, rows: both }
}

fn import(platform: &Platform, name: &str, category: Category, rows: &[Row]) {
    platform.import_rows(&me(name), "rows", &[rows::batch(category, rows)]).unwrap();
}

/// Digests of all results, as shown by the app.
fn learned(platform: &Platform, side: &Side, seed: u64) -> String {
    if side.given.is_empty() {
        return String::new();
    }
    let params = [("seed", seed), ("count", SEQUENCES as u64), ("day", FIRST as u64)];
    let params = params.map(|(id, value)| (id.to_owned(), value.to_string())).to_vec();
    let input = RunInput { params };
    loop {
        match platform.run(&me(&side.name).on(Some(TODAY)), "curious", &input) {
            Ok(output) => return serde_json::to_string(&output.view).unwrap(),
            // A timeout on a slow machine proves nothing about what the app learned.
            Err(PlatformError::Ended { outcome: Outcome::TimedOut { .. }, .. } | PlatformError::Busy) => {}
            Err(other) => panic!("{}: {other}", side.name),
        }
    }
}

/// Prints details for finding a leak: the scopes, and the cut of both people's rows.
fn explain(pair: &Pair) {
    for (seen, rows) in &pair.rows {
        let scope = seen.scope();
        let cut = |rows: &[Row]| {
            let rows: Vec<Row> = rows.iter().filter(|row| seen.sees(row)).cloned().collect();
            scope.cut(&rows::batch(seen.category, &rows).sorted(), &mut Pseudonyms::default()).unwrap()
        };
        let [one, other] = [cut(&rows[0]), cut(&rows[1])];
        if one != other {
            println!("{seen:?}\n  {one:?}\n  {other:?}");
            for row in rows.iter().flatten().filter(|row| seen.sees(row)) {
                println!("    {row:?}");
            }
        }
    }
}

/// Returns the number of compared sequences and, of the pairs that disagree, how many were told apart and
/// their number.
fn compare(seed: u64) -> (usize, usize, usize) {
    let folder = folder();
    let mut random = Random::new(seed);
    let platform = open(folder.path(), &Isolation::InProcess);
    platform.install(&std::fs::read(app("hostile-apps/curious")).unwrap()).unwrap();
    let pairs: Vec<Pair> = (0..PAIRS).map(|number| pair(&platform, &mut random, number)).collect();
    let all = |platform: &Platform| -> Vec<[String; 2]> {
        pairs
            .iter()
            .map(|pair| pair.sides.each_ref().map(|side| learned(platform, side, pair.seed)))
            .collect()
    };
    let here = all(&platform);
    let (mut cases, mut told) = (0, 0);
    for (at, (pair, [one, other])) in pairs.iter().zip(&here).enumerate() {
        let [a, b] = &pair.sides;
        if a.given.is_empty() || b.given.is_empty() {
            continue;
        }
        if pair.agree {
            cases += SEQUENCES;
            if pair.agree && one != other && std::env::var_os("MESINFOS_EXPLAIN").is_some() {
                explain(pair);
            }
            assert_eq!(one, other, "case {} of seed {seed}: {:?} and {:?}", at * SEQUENCES, a.given, b.given);
        } else {
            told += usize::from(one != other);
        }
    }
    drop(platform);
    let apart = open(folder.path(), &Isolation::Process { program: binary() });
    // Both sides are equal in this process: so they are behind the wall if each one equals its result here.
    assert_eq!(all(&apart), here, "behind the wall, seed {seed}");
    (cases, told, pairs.iter().filter(|pair| !pair.agree).count())
}

#[test]
fn whatever_an_app_asks_it_learns_what_was_granted() {
    let wanted = times(10_000, 1_000_000);
    let first = std::env::var("MESINFOS_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1_u64);
    let next = std::sync::atomic::AtomicU64::new(first);
    let total = std::sync::Mutex::new((0, 0, 0));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while total.lock().unwrap().0 < wanted {
                    let seed = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let (cases, told, differ) = compare(seed);
                    let mut total = total.lock().unwrap();
                    *total = (total.0 + cases, total.1 + told, total.2 + differ);
                }
            });
        }
    });
    let (cases, told, differ) = *total.lock().unwrap();
    println!(
        "{cases} sequences of calls, each for two people, here and apart; {told} of {differ} that differ told apart"
    );
    assert!(told * 2 > differ, "what may be seen is seen: {told} of {differ}");
}
