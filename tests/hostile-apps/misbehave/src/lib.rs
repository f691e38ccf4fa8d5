//! A hostile app: performs the attack named by its parameter `attack`. Each attack must end in its own
//! outcome.

mod views;

use mesinfos_sdk::view::{self, Param, Report};
use mesinfos_sdk::{Context, Failure, Lang, Period, app, bank};

app!(run: run, parameters: parameters);

const ATTACKS: [(&str, &str); 9] = [
    ("none", "None"),
    ("loop", "Loop"),
    ("allocate", "Allocate"),
    ("output", "Output"),
    ("trap", "Trap"),
    ("recurse", "Recurse"),
    ("calls", "Calls"),
    ("view", "View"),
    ("cite", "Cite"),
];

fn parameters(_lang: Lang) -> Vec<Param> {
    let views: Vec<_> = views::NAMES.iter().map(|name| (*name, *name)).collect();
    vec![view::choice("attack", "Attack", &ATTACKS), view::choice("view", "View", &views)]
}

#[allow(clippy::panic, clippy::infinite_loop, reason = "a hostile app")]
fn run(ctx: &Context) -> Result<Report, Failure> {
    let tiny = |words: &str| view::report(ctx, "Misbehave", words, Vec::new());
    match ctx.choice("attack").unwrap_or("none") {
        "loop" => loop {
            std::hint::black_box(0);
        },
        "allocate" => {
            let mut kept = Vec::new();
            loop {
                kept.push(std::hint::black_box(vec![1_u8; 1 << 20]));
            }
        }
        "output" => {
            let words = "x".repeat(1 << 20);
            // The same megabyte thirty times: the host would copy each one.
            let blocks = (0..30).map(|_| view::paragraph(&words)).collect();
            Ok(view::report(ctx, "Misbehave", "output", vec![view::section("s", blocks)]))
        }
        "trap" => panic!("canary"),
        "recurse" => Ok(tiny(&deep(std::hint::black_box(1)).to_string())),
        "calls" => loop {
            std::hint::black_box(bank::scope());
        },
        "view" => Ok(views::view(ctx)),
        "cite" => Ok(tiny(&format!("rows: {}", cite()))),
        _ => Ok(tiny(&format!("rows: {}", bank::transactions(Period::all()).count()))),
    }
}

/// Names rows that it was given, and others. Returns the number of rows that it was given.
fn cite() -> usize {
    use mesinfos_sdk::__private::bindings::mesinfos::app::evidence::cite;
    let rows = bank::transactions(Period::all()).filter_map(Result::ok);
    let mut count = 0_usize;
    for row in rows {
        std::hint::black_box((row.booked_on(), row.amount()));
        count += 1;
    }
    let given = u32::try_from(count).unwrap_or(0);
    cite("honest", "bank", 0, &[0, 1, 2, 2]);
    cite("beyond", "bank", 0, &[given, given + 1]);
    cite("last", "bank", 0, &[u32::MAX]);
    cite("no reader", "bank", 7, &[0]);
    cite("not granted", "health", 0, &[0]);
    cite("no category", "dreams", 0, &[0]);
    cite("\u{202e}\u{1b}[2J<b>", "bank", 0, &[0]);
    cite(&"x".repeat(100_000), "bank", 0, &[0]);
    for _ in 0..1_000 {
        cite("many", "bank", 0, &[0; 100]);
    }
    count
}

#[allow(unconditional_recursion, reason = "a hostile app")]
fn deep(n: u64) -> u64 {
    std::hint::black_box(n) + deep(std::hint::black_box(n + 1)) * 2
}
