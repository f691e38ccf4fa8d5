//! An app that calls all of WASI and reports its findings: a clock with only the day, time that passes only
//! during waits, the same random numbers in every run, no environment, and output that goes to the run's
//! log.

use mesinfos_sdk::view::{self, Param, Report};
use mesinfos_sdk::{Context, Failure, Lang, Period, app, bank};

#[cfg(target_arch = "wasm32")]
#[allow(
    missing_docs,
    unsafe_code,
    unreachable_pub,
    clippy::all,
    clippy::allow_attributes_without_reason,
    reason = "generated from the text below"
)]
mod wasi {
    wit_bindgen::generate!({
        inline: "
            package tests:wasi;
            world all {
                import wasi:cli/environment@0.2.0;
                import wasi:cli/stdin@0.2.0;
                import wasi:cli/stdout@0.2.0;
                import wasi:cli/stderr@0.2.0;
                import wasi:cli/terminal-stdout@0.2.0;
                import wasi:clocks/monotonic-clock@0.2.0;
                import wasi:clocks/wall-clock@0.2.0;
                import wasi:random/random@0.2.0;
                import wasi:random/insecure@0.2.0;
                import wasi:random/insecure-seed@0.2.0;
            }
            package wasi:io@0.2.0 {
                interface error { resource error; }
                interface poll {
                    resource pollable { block: func(); ready: func() -> bool; }
                    poll: func(in: list<borrow<pollable>>) -> list<u32>;
                }
                interface streams {
                    use error.{error};
                    use poll.{pollable};
                    variant stream-error { last-operation-failed(error), closed }
                    resource input-stream {
                        blocking-read: func(len: u64) -> result<list<u8>, stream-error>;
                        subscribe: func() -> pollable;
                    }
                    resource output-stream {
                        blocking-write-and-flush: func(contents: list<u8>) -> result<_, stream-error>;
                    }
                }
            }
            package wasi:cli@0.2.0 {
                interface environment {
                    get-environment: func() -> list<tuple<string, string>>;
                    get-arguments: func() -> list<string>;
                    initial-cwd: func() -> option<string>;
                }
                interface stdin { use wasi:io/streams@0.2.0.{input-stream}; get-stdin: func() -> input-stream; }
                interface stdout { use wasi:io/streams@0.2.0.{output-stream}; get-stdout: func() -> output-stream; }
                interface stderr { use wasi:io/streams@0.2.0.{output-stream}; get-stderr: func() -> output-stream; }
                interface terminal-output { resource terminal-output; }
                interface terminal-stdout {
                    use terminal-output.{terminal-output};
                    get-terminal-stdout: func() -> option<terminal-output>;
                }
            }
            package wasi:clocks@0.2.0 {
                interface wall-clock {
                    record datetime { seconds: u64, nanoseconds: u32 }
                    now: func() -> datetime;
                    resolution: func() -> datetime;
                }
                interface monotonic-clock {
                    use wasi:io/poll@0.2.0.{pollable};
                    now: func() -> u64;
                    subscribe-duration: func(when: u64) -> pollable;
                }
            }
            package wasi:random@0.2.0 {
                interface random { get-random-bytes: func(len: u64) -> list<u8>; get-random-u64: func() -> u64; }
                interface insecure { get-insecure-random-u64: func() -> u64; }
                interface insecure-seed { insecure-seed: func() -> tuple<u64, u64>; }
            }
        ",
        world: "tests:wasi/all",
        generate_all,
    });
}

app!(run: run, parameters: parameters);

fn parameters(_lang: Lang) -> Vec<Param> {
    vec![view::choice(
        "attack",
        "Attack",
        &[("none", "None"), ("flood", "Flood"), ("random", "Random"), ("wait", "Wait"), ("calls", "Calls")],
    )]
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let rows = bank::transactions(Period::all()).count();
    let found = look(ctx.choice("attack").unwrap_or("none"), rows);
    Ok(view::report(ctx, "WASI", "found", vec![view::section("s", vec![view::paragraph(&found)])]))
}

#[cfg(not(target_arch = "wasm32"))]
fn look(_attack: &str, _rows: usize) -> String {
    String::new()
}

#[cfg(target_arch = "wasm32")]
fn look(attack: &str, rows: usize) -> String {
    use wasi::wasi::cli::{environment, stderr, stdin, stdout, terminal_stdout};
    use wasi::wasi::clocks::{monotonic_clock, wall_clock};
    use wasi::wasi::io::poll;
    use wasi::wasi::random::{insecure, insecure_seed, random};
    let out = stdout::get_stdout();
    match attack {
        // More than a log holds, then more than a single call may write.
        "flood" => {
            for _ in 0..10_000 {
                let _ = out.blocking_write_and_flush(&[b'x'; 4096]);
            }
        }
        "random" => drop(random::get_random_bytes(1 << 40)),
        // Waits for a century, again and again.
        "wait" => loop {
            monotonic_clock::subscribe_duration(3_000_000_000_000_000_000).block();
        },
        "calls" => loop {
            std::hint::black_box(monotonic_clock::now());
        },
        _ => {}
    }
    let before = monotonic_clock::now();
    let hour = monotonic_clock::subscribe_duration(3_600_000_000_000);
    let input = stdin::get_stdin();
    let ready = poll::poll(&[&hour, &input.subscribe()]);
    let waited = (monotonic_clock::now() - before) / 1_000_000_000;
    let _ = out.blocking_write_and_flush(format!("printed: {rows} rows\n").as_bytes());
    let _ = stderr::get_stderr().blocking_write_and_flush(b"complained\n");
    let now = wall_clock::now();
    format!(
        "day {} resolution {} waited {waited} ready {} input {:?} environment {} arguments {} folder {:?} \
         terminal {} random {:x} {:x} {:?} {:x}",
        now.seconds as f64 / 86_400.0,
        wall_clock::resolution().seconds,
        ready.len(),
        input.blocking_read(100).is_ok_and(|read| !read.is_empty()),
        environment::get_environment().len(),
        environment::get_arguments().len(),
        environment::initial_cwd(),
        terminal_stdout::get_terminal_stdout().is_some(),
        random::get_random_u64(),
        insecure::get_insecure_random_u64(),
        insecure_seed::insecure_seed(),
        random::get_random_bytes(4).iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte)),
    )
}
