//! Creating, finding and listing people.

use crate::{Caller, Person, Platform, PlatformError, Result, VaultError};
use mesinfos_consent::AuditEvent;
use mesinfos_store::PersonId;

impl Platform {
    /// Creates a person's vault.
    ///
    /// # Errors
    /// If the name is invalid or taken.
    pub fn create_person(&self, caller: &Caller) -> Result<()> {
        self.takes_data()?;
        let vault = self.vault.create_person(caller.person()?.as_str())?;
        let person = Person::new(vault);
        self.act(&person, caller.act(), self.clock.now(), |_| Ok(((), vec![AuditEvent::PersonCreated])))
    }

    /// Id of the caller's person. `None` if nobody has the name.
    ///
    /// # Errors
    /// If the name is invalid, or the store cannot be read.
    pub fn who(&self, caller: &Caller) -> Result<Option<PersonId>> {
        let found = self.find(caller.person()?.as_str())?.map(|person| person.vault.id());
        Ok(found.filter(|person| caller.may_act_on(*person)))
    }

    /// The caller's person, and whether this call created them. A concurrent call may create them first. For the
    /// caller of an account, nobody is created.
    pub(crate) fn person_or_create(&self, caller: &Caller) -> Result<(Person, bool)> {
        if caller.whose.is_some() {
            return Ok((self.person_of(caller)?, false));
        }
        if let Some(person) = self.find(caller.person()?.as_str())? {
            return Ok((person, false));
        }
        let is_new = match self.create_person(caller) {
            Ok(()) => true,
            Err(PlatformError::Vault(VaultError::Exists { .. })) => false,
            Err(error) => return Err(error),
        };
        Ok((self.person_of(caller)?, is_new))
    }

    /// Names of all people; `None` if there are too many to choose from.
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

#[cfg(test)]
mod tests {
    use crate::caller::me;
    use crate::{Isolation, Platform};

    #[test]
    fn imports_that_make_one_person_at_once_all_come_in() {
        let folder = tempfile::tempdir().unwrap();
        let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
        for round in 0..4 {
            let name = format!("new-{round}");
            let import = &|n: usize| {
                let row = format!(
                    r#"[{{"docType":"bankoperation","date":"2026-01-0{n}T00:00:00.000Z","amount":-{n}.5,
                         "raw":"r","title":"t","bankAccount":"a"}}]"#
                );
                platform.import(&me(&name), &format!("{n}.json"), row.as_bytes()).unwrap().is_first
            };
            let firsts = std::thread::scope(|scope| {
                let threads: Vec<_> = (1..=4).map(|n| scope.spawn(move || import(n))).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).filter(|first| *first).count()
            });
            assert_eq!((firsts, platform.imports(&me(&name)).unwrap().len()), (1, 4));
            platform.audit_verify(&me(&name), None).unwrap();
        }
    }
}
