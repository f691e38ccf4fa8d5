//! How many files may be on their way at once, in all and for one person.

use crate::limits;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Counts what is under way, by person.
#[derive(Default)]
pub(crate) struct Places(Mutex<HashMap<String, usize>>);

/// A place that is taken until it is dropped.
pub(crate) struct Place {
    places: Arc<Places>,
    person: String,
}

impl Places {
    /// A place for a person's upload; none if there is none, now.
    pub(crate) fn upload(self: &Arc<Places>, person: &str) -> Option<Place> {
        self.take(person, limits::UPLOADS_OF_ONE, limits::UPLOADS)
    }

    /// A place for a person's download; none if there is none, now.
    pub(crate) fn download(self: &Arc<Places>, person: &str) -> Option<Place> {
        self.take(person, limits::DOWNLOADS, limits::DOWNLOADS)
    }

    fn take(self: &Arc<Places>, person: &str, of_one: usize, in_all: usize) -> Option<Place> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.get(person).copied().unwrap_or(0);
        if own >= of_one || taken.values().sum::<usize>() >= in_all {
            return None;
        }
        taken.insert(person.to_owned(), own + 1);
        Some(Place { places: Arc::clone(self), person: person.to_owned() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.0.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get_mut(&self.person) {
            Some(own) if *own > 1 => *own -= 1,
            _ => {
                taken.remove(&self.person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_does_not_keep_the_others_out() {
        let places = Arc::<Places>::default();
        let mut held: Vec<Place> = (0..limits::UPLOADS_OF_ONE).map(|_| places.upload("a").unwrap()).collect();
        assert!(places.upload("a").is_none());
        let others = limits::UPLOADS - limits::UPLOADS_OF_ONE;
        held.extend((0..others).map(|n| places.upload(&format!("b{n}")).unwrap()));
        assert!(places.upload("c").is_none(), "all together");
        held.pop();
        assert!(places.upload("c").is_some());
        held.clear();
        assert!(places.0.lock().unwrap().is_empty());
    }
}
