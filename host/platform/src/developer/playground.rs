//! The playground: an author's source, run on a sample person without a toolchain.
//!
//! A component with an engine keeps a place for a source in its data. The source is put there, which gives a component like
//! any other: it is inspected, confined and limited as one, and knows nobody but the sample people. What is made of a source
//! is never an app that somebody can install.

use super::matrix::Samples;
use crate::{PlatformError, Result, TrialRun, all_but};
use mesinfos_model::Digest;
use mesinfos_model::view::Lang;
use mesinfos_registry::Owner;
use mesinfos_runtime::Inspection;
use std::fmt::Write as _;
use std::ops::Range;

/// Marks of the place of a source, as `sdk/js/playground/prepare.js` writes them.
const BEGINS: &[u8] = b"<mesinfos playground source";
const ENDS: &[u8] = b"mesinfos playground source>";

/// What fills the place between its marks.
const FILLER: u8 = b'.';

/// Smallest place that is taken for one.
const SMALLEST: usize = 4_096;

/// A component that runs the source that is put into it.
pub struct Playground {
    component: Vec<u8>,
    /// Where the source stands: in the engine's memory, and in the program that it was built from.
    places: Vec<Range<usize>>,
}

impl Playground {
    /// The places of a source in a component. `None` if it has none.
    #[must_use]
    pub fn new(component: Vec<u8>) -> Option<Playground> {
        let mut places = Vec::new();
        let mut at = 0;
        while let Some(begins) = find(&component[at..], BEGINS).map(|found| at + found) {
            let filled = begins + BEGINS.len();
            let filler = component[filled..].iter().take_while(|byte| **byte == FILLER).count();
            let ends = filled + filler;
            at = filled;
            if component[ends..].starts_with(ENDS) {
                let place = begins..ends + ENDS.len();
                at = place.end;
                places.push(place);
            }
        }
        let is_one = places.first().is_some_and(|first| {
            first.len() >= SMALLEST && places.iter().all(|place| place.len() == first.len())
        });
        is_one.then_some(Playground { component, places })
    }

    /// Bytes that a source may have, once written in JSON with ASCII alone.
    #[must_use]
    pub fn most(&self) -> usize {
        self.places.first().map_or(0, Range::len)
    }

    /// The component with a source in it.
    ///
    /// # Errors
    /// [`PlatformError::LongSource`].
    pub fn with(&self, source: &str) -> Result<Vec<u8>> {
        let written = ascii(source);
        if written.len() > self.most() {
            return Err(PlatformError::LongSource { bytes: written.len(), most: self.most() });
        }
        let mut component = self.component.clone();
        for place in &self.places {
            let (source, rest) = component[place.clone()].split_at_mut(written.len());
            source.copy_from_slice(written.as_bytes());
            rest.fill(b' ');
        }
        Ok(component)
    }
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    within.windows(what.len()).position(|window| window == what)
}

/// A text as a string of JSON (RFC 8259, section 7) with ASCII alone: the engine keeps it byte for byte.
fn ascii(text: &str) -> String {
    // A text is written without errors.
    let json = serde_json::to_string(text).unwrap_or_default();
    let mut written = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_ascii() {
            written.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string never fails.
                let _ = write!(written, "\\u{unit:04x}");
            }
        }
    }
    written
}

impl Samples {
    /// Runs the component of a playground on a sample person, with everything given that it may read. Nothing is kept.
    ///
    /// # Errors
    /// [`PlatformError::TrialUnderWay`] if another one of `who` is not over; [`PlatformError::Busy`]; if it cannot be run
    /// at all. A run that ends without a view is no error.
    pub fn play(&self, who: &Owner, component: &[u8], person: &str, lang: Lang) -> Result<TrialRun> {
        self.as_draft(self.plays(), who, component, |app, component, inspection| {
            self.played(app, component, inspection, person, lang)
        })
    }

    fn played(
        &self,
        app: &str,
        component: Digest,
        inspection: &Inspection,
        person: &str,
        lang: Lang,
    ) -> Result<TrialRun> {
        let caller = crate::Caller { lang, ..self.caller(person)? };
        let everything = [all_but(inspection, &[])];
        let mut runs = self.platform().try_app(&caller, app, component, &everything, &[])?;
        // One set of choices gives one run.
        runs.pop().ok_or(PlatformError::Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn component(places: usize, filler: usize) -> Vec<u8> {
        let place = [BEGINS, &vec![FILLER; filler], ENDS].concat();
        let mut bytes = b"code".to_vec();
        for _ in 0..places {
            bytes.extend_from_slice(&place);
            // A mark alone is no place.
            bytes.extend_from_slice(b"more <mesinfos playground source. code");
        }
        bytes
    }

    #[test]
    fn a_source_stands_in_every_place_and_nowhere_else() {
        let before = component(2, SMALLEST);
        let playground = Playground::new(before.clone()).unwrap();
        let source = "const é = \"\u{1f600}\\n\";\n</script>\u{2028}";
        let after = playground.with(source).unwrap();
        assert_eq!(before.len(), after.len());
        let mut changed = 0;
        for (at, place) in playground.places.iter().enumerate() {
            let text = std::str::from_utf8(&after[place.clone()]).unwrap();
            assert!(text.is_ascii(), "{at}");
            assert_eq!(serde_json::from_str::<String>(text).unwrap(), source);
            changed += place.len();
        }
        let rest = |bytes: &[u8]| -> Vec<u8> {
            let out = |at: &usize| playground.places.iter().all(|place| !place.contains(at));
            (0..bytes.len()).filter(out).map(|at| bytes[at]).collect()
        };
        assert_eq!(rest(&before), rest(&after));
        assert_eq!(changed, 2 * (SMALLEST + BEGINS.len() + ENDS.len()));
    }

    #[test]
    fn a_source_that_is_too_long_is_refused() {
        let playground = Playground::new(component(1, SMALLEST)).unwrap();
        let most = playground.most();
        // Quotation marks around it.
        assert!(playground.with(&"a".repeat(most - 2)).is_ok());
        assert!(matches!(
            playground.with(&"a".repeat(most - 1)),
            Err(PlatformError::LongSource { bytes, most: found }) if bytes == most + 1 && found == most
        ));
        // Six characters each.
        assert!(matches!(playground.with(&"é".repeat(most / 5)), Err(PlatformError::LongSource { .. })));
    }

    #[test]
    fn a_component_without_a_place_is_no_playground() {
        assert!(Playground::new(component(0, 0)).is_none());
        assert!(Playground::new(component(1, 10)).is_none(), "too small");
        let uneven = [component(1, SMALLEST), component(1, 2 * SMALLEST)].concat();
        assert!(Playground::new(uneven).is_none());
        assert!(Playground::new(BEGINS.to_vec()).is_none());
    }
}
