//! What a person withholds from every app, whatever was granted, and for rows that come later. The vault leaves these rows
//! out as it opens them for a run ([`mesinfos_vault::MonthReader`]).

use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_consent::{AuditEvent, WithheldKind};
use mesinfos_model::{Category, RowId};
use mesinfos_vault::{RuleId, Withheld, WithheldRule, are_words};

/// What to withhold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Withhold {
    /// A row.
    Row(RowId),
    /// The rows of a holder; `None`: those that name none.
    Holder(Option<String>),
    /// Rows that have these words.
    Words(String),
}

impl Platform {
    /// What the person withholds from every app, oldest first, with the number of rows that it is now. For the person only:
    /// no app reaches this.
    ///
    /// # Errors
    /// If there is no such person, or it cannot be read.
    pub fn withheld(&self, caller: &Caller) -> Result<Vec<(WithheldRule, u64)>> {
        self.read_of(caller, |person| Ok(person.vault.withheld_counts()?))
    }

    /// Withholds rows from every app, from now on, and stops the person's runs, which may have read them. Whether there is
    /// a new rule: there may be the same one, or too many.
    ///
    /// # Errors
    /// If there is no such person; [`PlatformError::BadRowValue`] for a row that is not there, or words that are none.
    pub fn withhold(&self, caller: &Caller, category: Category, what: &Withhold) -> Result<bool> {
        let bad = || PlatformError::BadRowValue { category, field: String::new() };
        self.write_of(caller, |person| {
            let what = match what {
                Withhold::Row(row) => person.vault.withheld_row(category, *row)?.ok_or_else(bad)?,
                Withhold::Holder(holder) => Withheld::Holder(holder.clone()),
                Withhold::Words(words) if are_words(words) => Withheld::Words(words.trim().to_owned()),
                Withhold::Words(_) => return Err(bad()),
            };
            let is_new = self.withhold_in(person, caller, category, &what)?;
            self.underway.stop(|run| run.person == person.vault.id());
            Ok(is_new)
        })
    }

    /// Adds a rule for a person.
    pub(crate) fn withhold_in(
        &self,
        person: &Person,
        caller: &Caller,
        category: Category,
        what: &Withheld,
    ) -> Result<bool> {
        let at = self.clock.now();
        self.act(person, caller.act(), at, |commit| {
            let prepared = self.afresh(person).vault.prepare_withheld(category, what.clone(), at)?;
            let Some((rule, prepared)) = prepared else { return Ok((false, Vec::new())) };
            commit.join(prepared);
            Ok((true, vec![event(&rule, false)]))
        })
    }

    /// Lets apps be given again what a rule withholds. Whether there was such a rule.
    ///
    /// # Errors
    /// If there is no such person, or the store cannot be written.
    pub fn show_again(&self, caller: &Caller, id: RuleId) -> Result<bool> {
        self.write_of(caller, |person| {
            self.act(person, caller.act(), self.clock.now(), |commit| {
                let prepared = self.afresh(person).vault.prepare_unwithheld(id)?;
                let Some((rule, prepared)) = prepared else { return Ok((false, Vec::new())) };
                commit.join(prepared);
                Ok((true, vec![event(&rule, true)]))
            })
        })
    }
}

impl Platform {
    /// Withholds what the lines of an archive say was withheld elsewhere. A line that says nothing credible is passed over:
    /// the rows of the archive are there all the same, and nothing was granted.
    pub(super) fn withhold_lines(&self, person: &Person, caller: &Caller, lines: &[String]) -> Result<()> {
        for line in lines {
            let Ok(rule) = serde_json::from_str::<WithheldRule>(line) else { continue };
            let what = match rule.what {
                // Ids of rows are of one vault; their values are the same.
                Withheld::Row { content, identities, .. } => Withheld::Row { row: None, content, identities },
                Withheld::Words(words) if !are_words(&words) => continue,
                what => what,
            };
            self.withhold_in(person, caller, rule.category, &what)?;
        }
        Ok(())
    }
}

/// One line of JSON for each rule, for the archive.
pub(crate) fn lines(rules: &[WithheldRule]) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    for rule in rules {
        serde_json::to_writer(&mut text, rule).map_err(std::io::Error::from)?;
        text.push(b'\n');
    }
    Ok(text)
}

/// The entry of the log about a rule.
fn event(rule: &WithheldRule, ended: bool) -> AuditEvent {
    let (what, of) = match &rule.what {
        Withheld::Row { .. } => (WithheldKind::Row, ""),
        Withheld::Holder(holder) => (WithheldKind::Holder, holder.as_deref().unwrap_or_default()),
        Withheld::Words(words) => (WithheldKind::Words, words.as_str()),
    };
    AuditEvent::Withheld { category: rule.category, what, of: of.into(), ended }
}
