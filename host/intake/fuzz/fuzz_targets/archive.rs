//! Archives, and whatever a file may begin with.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mesinfos_intake_fuzz::any(bytes));
