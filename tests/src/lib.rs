//! Integration tests across crates; see `tests/it`.
