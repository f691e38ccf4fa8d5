//! Formats of the family `education`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mesinfos_intake_fuzz::family("education", bytes));
