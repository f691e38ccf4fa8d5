//! Formats of the family `documents`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mesinfos_intake_fuzz::family("documents", bytes));
