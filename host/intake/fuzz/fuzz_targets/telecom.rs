//! Formats of the family `telecom`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mesinfos_intake_fuzz::family("telecom", bytes));
