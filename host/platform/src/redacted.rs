//! Values that are carried but never printed.

use std::fmt;
use std::ops::Deref;

/// Text printed instead of a value.
pub const REDACTED: &str = "[redacted]";

/// Wrapper for personal data in printable types: neither `{}` nor `{:?}` shows the value.
///
/// ```
/// let name = mesinfos_platform::Redacted("camille");
/// assert_eq!(format!("{name} {name:?}"), "[redacted] [redacted]");
/// assert_eq!(*name, "camille");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Redacted<T>(pub T);

impl<T> fmt::Debug for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl<T> fmt::Display for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl<T> Deref for Redacted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
