//! Readings in an `IntervalBlock`, streamed: no tree is built, because they make up nearly the whole
//! file.

use super::series::Reading;
use crate::error::FormatError;
use crate::read::{Tag, TagKind, Xml};

/// Elements that matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    Interval,
    Reading,
    Period,
    Quality,
    Start,
    Duration,
    Value,
    Cost,
    Tou,
    #[default]
    Other,
}

impl Part {
    fn of(name: &[u8]) -> Part {
        match name {
            b"interval" => Part::Interval,
            b"IntervalReading" => Part::Reading,
            b"timePeriod" => Part::Period,
            b"ReadingQuality" | b"quality" => Part::Quality,
            b"start" => Part::Start,
            b"duration" => Part::Duration,
            b"value" => Part::Value,
            b"cost" => Part::Cost,
            b"tou" => Part::Tou,
            _ => Part::Other,
        }
    }
}

/// An item read from a block.
#[derive(Debug, Clone, Copy)]
pub(super) enum Given<'r> {
    /// Start of its interval, in UTC seconds.
    Starts(i64),
    /// A reading.
    Reading(&'r Reading),
}

/// Reads the content of an `IntervalBlock` whose start tag was read.
pub(super) fn read(
    xml: &mut Xml<'_>,
    each: &mut dyn FnMut(Given<'_>) -> Result<(), FormatError>,
) -> Result<(), FormatError> {
    let mut reading = Reading::default();
    // Path from the block to the current element; below depth three nothing matters.
    let (mut way, mut depth) = ([Part::Other; 3], 0_usize);
    xml.tags(&mut |tag: Tag<'_>| {
        match tag.kind {
            TagKind::Opens => {
                if let Some(part) = way.get_mut(depth) {
                    *part = Part::of(tag.name);
                }
                depth += 1;
                if depth == 1 {
                    reading = Reading { line: tag.line, ..Reading::default() };
                }
            }
            TagKind::Closes => {
                match (depth, way) {
                    (1, [Part::Reading, ..]) => each(Given::Reading(&reading))?,
                    (2, [Part::Reading, leaf, _]) => own(&mut reading, leaf, tag.text),
                    (2, [Part::Interval, Part::Start, _]) => {
                        if let Some(start) = whole(tag.text) {
                            each(Given::Starts(start))?;
                        }
                    }
                    (3, [Part::Reading, within, leaf]) => deeper(&mut reading, within, leaf, tag.text),
                    _ => {}
                }
                depth = depth.saturating_sub(1);
            }
            TagKind::Empty => {}
        }
        Ok(())
    })
}

fn own(reading: &mut Reading, leaf: Part, text: &[u8]) {
    match leaf {
        Part::Value => reading.value = whole(text),
        Part::Cost => reading.cost = whole(text),
        Part::Tou => reading.tou = whole(text),
        _ => {}
    }
}

fn deeper(reading: &mut Reading, within: Part, leaf: Part, text: &[u8]) {
    match (within, leaf) {
        (Part::Period, Part::Start) => reading.start = whole(text),
        (Part::Period, Part::Duration) => reading.duration = whole(text),
        // There may be several; the first is the reading's own.
        (Part::Quality, Part::Quality) => reading.quality = reading.quality.or_else(|| whole(text)),
        _ => {}
    }
}

/// A whole number, with optional space around it.
fn whole(text: &[u8]) -> Option<i64> {
    let text = text.trim_ascii();
    let (negative, digits) = match text.first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value: i64 = 0;
    for &digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
    }
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        assert_eq!(whole(b" -42\n"), Some(-42));
        assert_eq!(whole(b"+7"), Some(7));
        for bad in [&b""[..], b"-", b"1.5", b"9223372036854775808", b"1 2", b"&#49;"] {
            assert_eq!(whole(bad), None);
        }
    }
}
