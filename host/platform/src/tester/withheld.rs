//! What a person withholds from every app, whatever was granted, and for rows that come later. The vault leaves these rows
//! out as it opens them for a run ([`mesinfos_vault::MonthReader`]).

use crate::tester::own_rows::{Row, file_names};
use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_consent::{AuditEvent, WithheldKind};
use mesinfos_intake::{IntakeError, OrdinalKind, Reason};
use mesinfos_model::{Category, RowId};
use mesinfos_store::Commit;
use mesinfos_vault::{RuleId, RuleRows, Withheld, WithheldRule, are_words, each_words};

/// What to withhold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Withhold {
    /// A row.
    Row(RowId),
    /// The rows of a holder; `None`: those that name none.
    Holder(Option<String>),
    /// Rows that have these words: one text in each line, or between semicolons, each a rule of its own.
    Words(String),
}

/// Rules that came with an archive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WithheldCame {
    /// Number of those that were not there before.
    pub new: u64,
    /// Number of those that were.
    pub same: u64,
}

impl Platform {
    /// What the person withholds from every app, oldest first, with the number of rows that it is now. For the person only:
    /// no app reaches this.
    ///
    /// # Errors
    /// If there is no such person, or it cannot be read.
    pub fn withheld(&self, caller: &Caller) -> Result<Vec<RuleRows>> {
        self.read_of(caller, |person| Ok(person.vault.withheld_counts()?))
    }

    /// [`Platform::withheld`], with the row that each rule about one row is about now.
    ///
    /// # Errors
    /// As [`Platform::withheld`].
    pub fn withheld_named(&self, caller: &Caller) -> Result<Vec<(RuleRows, Option<Row>)>> {
        self.read_of(caller, |Person { vault, .. }| {
            let (all, names) = (vault.withheld_counts()?, file_names(vault)?);
            let named = all.into_iter().map(|of| {
                let row = of.row.as_ref().map(|(id, batch)| Row::of(batch, 0, *id, &names, caller.lang));
                (of, row)
            });
            Ok(named.collect())
        })
    }

    /// Withholds rows from every app, from now on, and stops the person's runs, which may have read them. Whether there is
    /// a new rule: there may be the same ones already.
    ///
    /// # Errors
    /// If there is no such person; [`PlatformError::BadRowValue`] for a row that is not there, or words that are none; if
    /// there would be too many rules. Nothing is changed then.
    pub fn withhold(&self, caller: &Caller, category: Category, what: &Withhold) -> Result<bool> {
        let bad = || PlatformError::BadRowValue { category, field: String::new() };
        self.write_of(caller, |person| {
            let rules = match what {
                Withhold::Row(row) => vec![person.vault.withheld_row(category, *row)?.ok_or_else(bad)?],
                Withhold::Holder(holder) => vec![Withheld::Holder(holder.clone())],
                Withhold::Words(entry) => {
                    let each = each_words(entry);
                    each.map(|words| {
                        are_words(words).then(|| Withheld::Words(words.to_owned())).ok_or_else(bad)
                    })
                    .collect::<Result<_>>()?
                }
            };
            if rules.is_empty() || !rules.iter().all(Withheld::fits) {
                return Err(bad());
            }
            let at = self.clock.now();
            let is_new = self.act(person, caller.act(), at, |commit| {
                let rules = rules.iter().map(|what| (category, what.clone()));
                let done = self.afresh(person).vault.prepare_withheld(rules, None, at, commit)?;
                let events: Vec<AuditEvent> = done.new.iter().map(|rule| event(rule, false)).collect();
                Ok((!events.is_empty(), events))
            })?;
            self.underway.stop(|run| run.person == person.vault.id());
            Ok(is_new)
        })
    }

    /// Number of other rows that would be withheld with a row: those that are probably the same, and those that would tell
    /// it with the rows that are left.
    ///
    /// # Errors
    /// If there is no such person, or it cannot be read.
    pub fn withheld_with(&self, caller: &Caller, category: Category, row: RowId) -> Result<u64> {
        self.read_of(caller, |person| match person.vault.withheld_row(category, row)? {
            Some(what) => Ok(person.vault.withheld_with(category, &what)?),
            None => Ok(0),
        })
    }

    /// Number of rules that came with an import, and that its undo would end.
    ///
    /// # Errors
    /// If there is no such person, or it cannot be read.
    pub fn withheld_of(&self, caller: &Caller, import: u64) -> Result<u64> {
        self.read_of(caller, |person| Ok(person.vault.withheld_of(import)?))
    }

    /// Makes a rule that came with an archive the person's own: the undo of that import leaves it. Whether there was such
    /// a rule.
    ///
    /// # Errors
    /// If there is no such person, or the store cannot be written.
    pub fn keep_withheld(&self, caller: &Caller, id: RuleId) -> Result<bool> {
        self.write_of(caller, |person| {
            let Some(mut commit) = self.afresh(person).vault.prepare_kept_withheld(id)? else {
                return Ok(false);
            };
            person.vault.guard(&mut commit);
            self.store().commit(&commit)?;
            Ok(true)
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

    /// Adds to the commit of an import the rules that came with it: its rows are never there without them. Returns their
    /// number, with their events.
    pub(super) fn join_withheld(
        &self,
        person: &Person,
        rules: &[(Category, Withheld)],
        (import, at): (u64, i64),
        commit: &mut Commit,
    ) -> Result<(WithheldCame, Vec<AuditEvent>)> {
        if rules.is_empty() {
            return Ok(Default::default());
        }
        let vault = self.afresh(person).vault;
        let done = vault.prepare_withheld(rules.iter().cloned(), Some(import), at, commit)?;
        let came = WithheldCame { new: done.new.len() as u64, same: done.same };
        Ok((came, done.new.iter().map(|rule| event(rule, false)).collect()))
    }
}

/// What the lines of an archive say was withheld elsewhere. A line that says nothing credible is an error: the rows that it
/// is about would be shown to apps.
pub(super) fn came<'a>(
    archive: &str,
    lines: impl IntoIterator<Item = &'a String>,
) -> Result<Vec<(Category, Withheld)>> {
    let mut rules = Vec::new();
    for (number, line) in (1..).zip(lines) {
        let rule = serde_json::from_str::<WithheldRule>(line).ok().and_then(|rule| {
            let what = match rule.what {
                // Ids of rows are of one vault; their values are the same.
                Withheld::Row { content, identities, .. } => Withheld::Row { row: None, content, identities },
                Withheld::Words(words) if !are_words(&words) => return None,
                what => what,
            };
            what.fits().then_some((rule.category, what))
        });
        rules.push(rule.ok_or_else(|| IntakeError::Malformed {
            file: format!("{archive}/{}", mesinfos_intake::portable::WITHHELD),
            counts: OrdinalKind::Lines,
            ordinal: number,
            reason: Reason::OddShape,
        })?);
    }
    Ok(rules)
}

/// One line of JSON for each rule, for the archive. With which import it came means nothing elsewhere.
pub(crate) fn lines(rules: &[WithheldRule]) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    for rule in rules {
        let mut rule = rule.clone();
        rule.imports.clear();
        serde_json::to_writer(&mut text, &rule).map_err(std::io::Error::from)?;
        text.push(b'\n');
    }
    Ok(text)
}

/// The entry of the log about a rule.
pub(super) fn event(rule: &WithheldRule, ended: bool) -> AuditEvent {
    let (what, of) = match &rule.what {
        Withheld::Row { .. } => (WithheldKind::Row, ""),
        Withheld::Holder(holder) => (WithheldKind::Holder, holder.as_deref().unwrap_or_default()),
        Withheld::Words(words) => (WithheldKind::Words, words.as_str()),
    };
    AuditEvent::Withheld { category: rule.category, what, of: of.into(), ended }
}
