//! The sample lives that the pages offer: the built-in sample people.

use crate::samples::TODAY;
use mesinfos_model::Day;
use mesinfos_personas::{LIVES, Persona, SEED};
use mesinfos_web::{Life, LifeFiles, Lives};

/// The built-in sample people with complete lives.
pub(crate) struct SampleLives(Vec<Life>);

impl SampleLives {
    pub(crate) fn new() -> SampleLives {
        SampleLives(mesinfos_personas::personas().iter().take(LIVES).map(life).collect())
    }
}

/// What a page shows of a sample person.
pub(crate) fn life(persona: &Persona) -> Life {
    Life { id: persona.id, about: [persona.fr, persona.en] }
}

impl Lives for SampleLives {
    fn all(&self) -> &[Life] {
        &self.0
    }

    fn day(&self) -> Option<Day> {
        TODAY.parse().ok()
    }

    fn files(&self, id: &str) -> Option<LifeFiles> {
        let known = self.0.iter().any(|life| life.id == id);
        let persona = mesinfos_personas::personas().iter().find(|persona| known && persona.id == id)?;
        Some(Box::new(persona.files(SEED).map(|file| (file.name, file.bytes))))
    }
}
