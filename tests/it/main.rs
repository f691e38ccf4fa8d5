//! One binary for all.
