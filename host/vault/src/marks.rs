//! A mark of each category, which is another one as soon as its rows change, or which of them apps are given.

use crate::error::Result;
use crate::person::PersonVault;
use crate::records;
use crate::sha::sha256;
use mesinfos_model::{Category, Digest};
use std::collections::BTreeMap;

impl PersonVault {
    /// The marks of all categories of which there is anything. Equal marks are of equal rows; a mark may also change where
    /// the rows do not, when a record is sealed again.
    ///
    /// # Errors
    /// If the records cannot be read.
    pub fn marks(&self) -> Result<BTreeMap<Category, Digest>> {
        let mut told: BTreeMap<Category, Vec<u8>> = BTreeMap::new();
        for record in self.imports()?.iter().filter(|record| record.undone_at.is_none()) {
            for of in &record.outcome.categories {
                let numbers =
                    [record.outcome.import_id, of.added, of.corrected, of.older, of.duplicates].into_iter();
                told.entry(of.category).or_default().extend(numbers.flat_map(u64::to_be_bytes));
            }
        }
        for (key, sealed) in self.records().all(&records::amendments(self.id()))? {
            let category = records::amendment_parts(&key).map(|(category, ..)| category);
            let category = Category::ALL.iter().find(|one| Some(one.number()) == category);
            if let Some(category) = category {
                let told = told.entry(*category).or_default();
                told.extend(key);
                told.extend(sealed);
            }
        }
        for rule in self.withheld()? {
            told.entry(rule.category).or_default().extend(rule.id.to_string().bytes());
        }
        for (category, import, number) in self.undecided_numbers()? {
            let numbers = [import.to_be_bytes(), u64::from(number).to_be_bytes()];
            told.entry(category).or_default().extend(numbers.as_flattened());
        }
        Ok(told.into_iter().map(|(category, told)| (category, sha256(&told))).collect())
    }
}
