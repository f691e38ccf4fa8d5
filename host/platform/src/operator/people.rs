//! Persons: making, finding and listing them.

use crate::{Caller, Person, Platform, Result};
use mesinfos_consent::AuditEvent;
use mesinfos_store::PersonId;

impl Platform {
    /// Makes a person's vault.
    ///
    /// # Errors
    /// If the name cannot be one, or is taken.
    pub fn create_person(&self, caller: &Caller) -> Result<()> {
        let vault = self.vault.create_person(caller.person()?.as_str())?;
        let person = Person::new(vault);
        self.act(&person, caller.act(), self.clock.now(), |_| Ok(((), vec![AuditEvent::PersonCreated])))
    }

    /// Who has that name; none if nobody does.
    ///
    /// # Errors
    /// If it cannot be a name, or the store cannot be read.
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

    /// Names of all persons, if they are few enough to choose from.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn few_persons(&self) -> Result<Option<Vec<String>>> {
        Ok(self.vault.few_persons()?)
    }

    /// Names of all persons, however many: for an operator.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub fn persons(&self) -> Result<Vec<String>> {
        Ok(self.vault.persons()?)
    }
}
