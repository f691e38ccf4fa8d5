//! Formats of the family `social`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mesinfos_intake_fuzz::family("social", bytes));
