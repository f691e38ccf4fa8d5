//! Two exports of one life: the vault ends equal to it.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mesinfos_intake_fuzz::exports::two_exports(bytes));
