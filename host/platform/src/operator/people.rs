//! Creating, finding and listing people.

use crate::{Caller, Person, Platform, Result};
use mesinfos_consent::AuditEvent;
use mesinfos_store::PersonId;

impl Platform {
    /// Creates a person's vault.
    ///
    /// # Errors
    /// If the name is invalid or taken.
    pub fn create_person(&self, caller: &Caller) -> Result<()> {
        let vault = self.vault.create_person(caller.person()?.as_str())?;
        let person = Person::new(vault);
        self.act(&person, caller.act(), self.clock.now(), |_| Ok(((), vec![AuditEvent::PersonCreated])))
    }

    /// Id of the caller's person. `None` if nobody has the name.
    ///
    /// # Errors
    /// If the name is invalid, or the store cannot be read.
    pub fn who(&self, caller: &Caller) -> Result<Option<PersonId>> {
        Ok(self.find(caller.person()?.as_str())?.map(|person| person.vault.id()))
    }

    pub(crate) fn person_or_create(&self, caller: &Caller) -> Result<Person> {
        match self.find(caller.person()?.as_str())? {
            Some(person) => Ok(person),
            None => {
                self.create_person(caller)?;
                self.person_of(caller)
            }
        }
    }

    /// Names of all people, or `None` if there are too many to choose from.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn few_persons(&self) -> Result<Option<Vec<String>>> {
        Ok(self.vault.few_persons()?)
    }

    /// Names of all people, for an operator. Unbounded.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn persons(&self) -> Result<Vec<String>> {
        Ok(self.vault.persons()?)
    }
}
