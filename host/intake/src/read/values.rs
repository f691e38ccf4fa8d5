//! How many values one entry of a JSON document may have.

use crate::error::FormatError;
use crate::reason::Excess;

/// Maximum number of values of one entry. The largest known, a claim with its items, has some thousands. A value may
/// take two bytes in a file and hundreds in memory.
pub(super) const VALUES: usize = 100_000;

/// Refuses JSON text with more values than an entry may have, before it is parsed.
pub(crate) fn bounded(json: &str) -> Result<(), FormatError> {
    // Each value takes at least one byte.
    if json.len() <= VALUES {
        return Ok(());
    }
    let (mut values, mut is_within, mut is_escaped) = (0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_within,
            b'"' => is_within = !is_within,
            // One of these precedes each value except the first.
            b',' | b'[' | b'{' if !is_within => values += 1,
            _ => {}
        }
    }
    match values > VALUES {
        true => Err(FormatError::too_many(Excess::Values, VALUES)),
        false => Ok(()),
    }
}
