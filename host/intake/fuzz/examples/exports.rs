//! Tries two exports of one life with as many random choices as the first argument says, from the seed of the second
//! argument on: `cargo run --release --example exports -- 1000 1`. Needs neither cargo-fuzz nor a nightly compiler.

fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>().unwrap_or(1));
    let (times, seed) = (arguments.next().unwrap_or(100), arguments.next().unwrap_or(1));
    for number in seed..seed.saturating_add(times) {
        // A mixture of the bits of a number (SplitMix64).
        let mut state = number;
        let bytes: Vec<u8> = (0..3)
            .flat_map(|_| {
                state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
                (mixed ^ (mixed >> 31)).to_le_bytes()
            })
            .collect();
        let done = std::panic::catch_unwind(|| mesinfos_intake_fuzz::exports::two_exports(&bytes));
        if done.is_err() {
            eprintln!("seed {number}: {bytes:?}");
            std::process::exit(1);
        }
    }
    println!("{times} lives, from seed {seed} on: each vault ends equal to its life");
}
