//! What a person withholds from every app: single rows, the rows of a holder, the rows that have some words.
//!
//! It holds whatever was granted, and for rows that come later. A [`MonthReader`](crate::MonthReader) leaves these rows out
//! as it opens their chunk, before anything is merged, joined or counted; nothing opts out but
//! [`whole`](crate::MonthReader::whole), for the person alone. Fields that would reveal the rows are absent then.

use crate::error::Result;
use crate::identity::{content, identity_of, row_id};
use crate::ids::random_id;
use crate::person::PersonVault;
use crate::records;
use icu_normalizer::DecomposingNormalizerBorrowed;
use mesinfos_model::category::Reach;
use mesinfos_model::visible::is_hidden;
use mesinfos_model::{Batch, Category, Column, Digest, FieldKind, FieldSet, Period, RowId, RowSet};
use mesinfos_store::Commit;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};

/// Most rules of a person: each is looked at for every row that an app reads.
pub const MOST_WITHHELD: usize = 300;

/// Fewest and most characters of words: a letter would withhold nearly everything.
pub const WITHHELD_WORDS: std::ops::RangeInclusive<usize> = 3..=200;

/// Longest name of a holder, in bytes: a rule is one record.
const LONGEST_NAME: usize = 1_500;

/// Name of the records in errors.
const WITHHELD: &str = "a withheld row";

/// Version of the record.
const VERSION: u8 = 1;

/// What is withheld, of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Withheld {
    /// A row, its later versions, and the same row of another file.
    Row {
        /// Its id; `None` if it was withheld in another vault.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<RowId>,
        /// SHA-256 of its values.
        content: Digest,
        /// Hashes of what identifies it, as it is and as its holder gave it: earlier and later versions have the same,
        /// and so have rows that are equal to it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        identities: Vec<Digest>,
    },
    /// All rows of a holder; `None`: all rows that name none.
    Holder(Option<String>),
    /// All rows with a text that contains these words one after the other. Case and accents do not matter.
    Words(String),
}

/// What a person withholds from every app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithheldRule {
    version: u8,
    /// Random id.
    pub id: RuleId,
    /// The category.
    pub category: Category,
    /// What of it.
    pub what: Withheld,
    /// Since when, in UTC seconds.
    pub at: i64,
}

/// Id of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RuleId(#[serde(with = "hex")] [u8; 16]);

impl RuleId {
    /// The id of a text of 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<RuleId> {
        let is_hex = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        u128::from_str_radix(text, 16).ok().filter(|_| is_hex).map(|id| RuleId(id.to_be_bytes()))
    }
}

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

mod hex {
    use super::RuleId;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(id: &[u8; 16], s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&RuleId(*id))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<[u8; 16], D::Error> {
        let text = String::deserialize(d)?;
        RuleId::parse(&text).map(|id| id.0).ok_or_else(|| D::Error::custom("no id of a rule"))
    }
}

/// A text without case, accents and characters that nobody sees. Ligatures are their letters, and apostrophes one.
pub fn folded(text: &str) -> String {
    let is_seen = |c: &char| c.is_whitespace() || !is_hidden(*c);
    if text.is_ascii() {
        return text.chars().filter(is_seen).map(|c| c.to_ascii_lowercase()).collect();
    }
    const NFKD: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfkd();
    // The blocks of combining marks.
    let is_mark = |c: &char| {
        matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}')
            || matches!(c, '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
    };
    let plain = NFKD.normalize_iter(text.chars()).filter(|c| !is_mark(c) && is_seen(c));
    let mut folded = String::with_capacity(text.len());
    for c in plain.flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            '’' | '‘' | 'ʼ' => folded.push('\''),
            c => folded.push(c),
        }
    }
    folded
}

/// Folded words with single spaces.
fn squeezed(text: &str) -> String {
    folded(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rows of a category that are withheld.
#[derive(Debug, Clone, Default)]
pub struct WithheldRows {
    rows: RowSet,
    contents: HashSet<[u8; 32]>,
    identities: HashSet<[u8; 32]>,
    holders: BTreeSet<Option<String>>,
    words: Vec<String>,
}

impl WithheldRows {
    fn of(vault: &PersonVault, category: Category, rules: Vec<WithheldRule>) -> Result<WithheldRows> {
        let mut all = WithheldRows::default();
        for rule in rules.into_iter().filter(|rule| rule.category == category) {
            match rule.what {
                Withheld::Row { row, content, identities } => {
                    all.rows.extend(row);
                    all.contents.insert(content.0);
                    all.identities.extend(identities.into_iter().map(|identity| identity.0));
                }
                Withheld::Holder(holder) => {
                    all.holders.insert(holder);
                }
                Withheld::Words(words) => all.words.push(squeezed(&words)),
            }
        }
        all.rows = vault.with_later(category, &all.rows)?;
        Ok(all)
    }

    /// Whether nothing is withheld.
    pub fn is_empty(&self) -> bool {
        let (rows, contents, identities) = (&self.rows, &self.contents, &self.identities);
        let is_no_row = rows.is_empty() && contents.is_empty() && identities.is_empty();
        is_no_row && self.holders.is_empty() && self.words.is_empty()
    }

    /// Whether a row of an import is withheld. The batch has all stored columns.
    pub fn contains(&self, batch: &Batch, row: usize, import: u64) -> bool {
        let holder = || batch.text(batch.schema().holder, row).map(str::to_owned);
        (!self.rows.is_empty() && self.rows.contains(&row_id(batch, row, import)))
            || (!self.holders.is_empty() && self.holders.contains(&holder()))
            || (!self.words.is_empty() && self.has_words(batch, row))
            || (!self.contents.is_empty() && self.contents.contains(&content(batch, row)))
            || (!self.identities.is_empty() && self.identities.contains(&identity_of(batch, row)))
    }

    fn has_words(&self, batch: &Batch, row: usize) -> bool {
        let fields = batch.schema().fields.iter().enumerate();
        let texts = fields.filter(|(_, field)| {
            matches!(field.kind, FieldKind::Term | FieldKind::Text) && field.reach != Reach::Host
        });
        texts.filter_map(|(at, _)| batch.text(at, row)).any(|text| {
            let text = squeezed(text);
            self.words.iter().any(|words| text.contains(words.as_str()))
        })
    }

    /// The rows of a batch that are not withheld, with the wanted columns only, and without those that would reveal the
    /// others.
    pub(crate) fn sifted(&self, batch: &Batch, import: u64, wanted: FieldSet) -> Result<Batch> {
        let category = batch.schema().category;
        let kept: Vec<usize> = (0..batch.rows()).filter(|row| !self.contains(batch, *row, import)).collect();
        let mut kept = if kept.len() == batch.rows() { batch.clone() } else { batch.select(&kept) };
        let running = FieldSet::running(category);
        for field in 0..batch.schema().fields.len() {
            if !wanted.contains(field) || running.contains(field) {
                let without = kept.with_column(field, Column::Absent);
                kept = without.map_err(|error| records::damaged(&error.to_string()))?;
            }
        }
        Ok(kept)
    }
}

impl PersonVault {
    /// What the person withholds, oldest first.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn withheld(&self) -> Result<Vec<WithheldRule>> {
        let mut all = Vec::new();
        for (key, sealed) in self.records().all(&records::withheld(self.id()))? {
            all.push(self.records().open::<WithheldRule>(WITHHELD, &key, &sealed)?);
        }
        all.sort_by_key(|rule| (rule.at, rule.id));
        Ok(all)
    }

    /// The rows of a category that the person withholds.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn withheld_rows(&self, category: Category) -> Result<WithheldRows> {
        WithheldRows::of(self, category, self.withheld()?)
    }

    /// Number of rows of a category that are withheld, among those of a period and those without a date.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn withheld_count(&self, category: Category, period: &Period) -> Result<u64> {
        let withheld = self.withheld_rows(category)?;
        if withheld.is_empty() {
            return Ok(0);
        }
        let mut count = 0;
        for origin in self.origins(category, period)? {
            let (import, batch) = origin?;
            let is_in = |row: &usize| batch.day(*row).is_none_or(|day| period.contains(day));
            let rows = (0..batch.rows()).filter(is_in);
            count += rows.filter(|row| withheld.contains(&batch, *row, import)).count() as u64;
        }
        Ok(count)
    }

    /// The rules that withhold a row of an import. The batch has all stored columns.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn withheld_by(&self, batch: &Batch, row: usize, import: u64) -> Result<Vec<WithheldRule>> {
        let category = batch.schema().category;
        let mut found = Vec::new();
        for rule in self.withheld()? {
            if WithheldRows::of(self, category, vec![rule.clone()])?.contains(batch, row, import) {
                found.push(rule);
            }
        }
        Ok(found)
    }

    /// Number of rows that each rule withholds now, in the order of [`PersonVault::withheld`].
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn withheld_counts(&self) -> Result<Vec<(WithheldRule, u64)>> {
        let mut all = Vec::new();
        for rule in self.withheld()? {
            let rows = WithheldRows::of(self, rule.category, vec![rule.clone()])?;
            all.push((rule, rows, 0));
        }
        // Each category is opened once, whatever the number of its rules.
        let categories: BTreeSet<Category> = all.iter().map(|(rule, ..)| rule.category).collect();
        for category in categories {
            for origin in self.origins(category, &Period::ALL)? {
                let (import, batch) = origin?;
                for (_, rows, count) in all.iter_mut().filter(|(rule, ..)| rule.category == category) {
                    *count +=
                        (0..batch.rows()).filter(|row| rows.contains(&batch, *row, import)).count() as u64;
                }
            }
        }
        Ok(all.into_iter().map(|(rule, _, count)| (rule, count)).collect())
    }

    /// A rule for a row of the vault; `None` if there is no such row, or another one now.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn withheld_row(&self, category: Category, row: RowId) -> Result<Option<Withheld>> {
        let imports = BTreeSet::from([row.import]);
        for origin in self.origins(category, &Period::ALL)?.of_imports(&imports) {
            let (import, batch) = origin?;
            let found = (0..batch.rows()).find(|at| row_id(&batch, *at, import) == row);
            if let Some(at) = found {
                let mut identities = vec![Digest(identity_of(&batch, at))];
                // As its holder gave it, before the person corrected it.
                let changed = self.listed(false)?;
                let own = changed.iter().filter(|one| one.category == category && one.row == row);
                identities.extend(own.filter(|one| one.now.is_some()).map(|one| one.identity()));
                identities.dedup();
                let content = Digest(content(&batch, at));
                return Ok(Some(Withheld::Row { row: Some(row), content, identities }));
            }
        }
        Ok(None)
    }

    /// Prepares a rule; `None` if there is the same one, if there are [`MOST_WITHHELD`], or if a name is too long.
    ///
    /// # Errors
    /// If it cannot be read or sealed.
    pub fn prepare_withheld(
        &self,
        category: Category,
        what: Withheld,
        at: i64,
    ) -> Result<Option<(WithheldRule, Commit)>> {
        if matches!(&what, Withheld::Holder(Some(text)) | Withheld::Words(text) if text.len() > LONGEST_NAME)
        {
            return Ok(None);
        }
        let there = self.withheld()?;
        let is_same = |rule: &WithheldRule| rule.category == category && rule.what == what;
        if there.len() >= MOST_WITHHELD || there.iter().any(is_same) {
            return Ok(None);
        }
        let rule = WithheldRule { version: VERSION, id: RuleId(random_id()?), category, what, at };
        let key = records::withheld_rule(self.id(), rule.id.0);
        let mut commit = self.empty_commit();
        commit.expect(key.clone(), None);
        commit.put(key.clone(), self.records().seal(WITHHELD, &key, &rule)?);
        Ok(Some((rule, commit)))
    }

    /// Prepares that a rule ends; `None` if there is none with this id.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn prepare_unwithheld(&self, id: RuleId) -> Result<Option<(WithheldRule, Commit)>> {
        let key = records::withheld_rule(self.id(), id.0);
        let Some(sealed) = self.records().get(&key)? else { return Ok(None) };
        let rule = self.records().open(WITHHELD, &key, &sealed)?;
        let mut commit = self.empty_commit();
        commit.expect(key.clone(), Some(sealed));
        commit.delete(key);
        Ok(Some((rule, commit)))
    }
}

/// Whether words can be a rule.
pub fn are_words(words: &str) -> bool {
    WITHHELD_WORDS.contains(&squeezed(words).chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::BatchBuilder;
    use mesinfos_model::category::bank;

    fn rows(rows: &[(Option<&str>, &str, i64)]) -> Batch {
        let mut batch = BatchBuilder::new(Category::Bank);
        for (at, (holder, label, amount)) in (1_i64..).zip(rows) {
            let position = mesinfos_model::Position { member: 0, ordinal: at.unsigned_abs() }.packed();
            batch.push(&[
                (bank::HOLDER, (*holder).into()),
                (bank::LABEL, (*label).into()),
                (bank::AMOUNT, (*amount).into()),
                (bank::BALANCE, 500_i64.into()),
                (Category::Bank.schema().position(), position.into()),
            ]);
        }
        batch.finish()
    }

    #[test]
    fn rows_are_withheld_by_what_they_are() {
        let batch = rows(&[
            (Some("A"), "CARTE PHARMACIE  DU PORT", -1),
            (Some("A"), "Pharmacie du Porté", -2),
            (Some("B"), "boulangerie", -3),
            (None, "boulangerie", -4),
        ]);
        let of = |withheld: &WithheldRows| -> Vec<i64> {
            let kept = withheld.sifted(&batch, 3, FieldSet::stored(Category::Bank)).unwrap();
            assert!(
                (0..kept.rows()).all(|row| kept.integer(bank::BALANCE, row).is_none()),
                "it reveals rows"
            );
            (0..kept.rows()).filter_map(|row| kept.integer(bank::AMOUNT, row)).collect()
        };
        let words = |text: &str| WithheldRows { words: vec![squeezed(text)], ..WithheldRows::default() };
        assert_eq!(of(&words("pharmacie du port")), [-3, -4]);
        assert_eq!(of(&words("PHARMACIE DU PORTÉ")), [-1, -3, -4]);
        // What nobody sees does not hide a row from a rule.
        for text in ["PHARM\u{200B}ACIE", "PHARM\u{AD}ACIE", "PHA\u{1AB0}RMACIE", "PHARMACI\u{20DD}E"] {
            let hidden = rows(&[(Some("A"), text, -1)]);
            assert!(words("pharmacie").contains(&hidden, 0, 3), "{text:?}");
        }
        assert_eq!(folded("L’Œuf ß Æ"), "l'oeuf ss ae");
        let holders = |holder: Option<&str>| WithheldRows {
            holders: [holder.map(str::to_owned)].into(),
            ..WithheldRows::default()
        };
        assert_eq!(of(&holders(Some("B"))), [-1, -2, -4]);
        assert_eq!(of(&holders(None)), [-1, -2, -3]);
        let row = WithheldRows { rows: RowSet::from([row_id(&batch, 1, 3)]), ..WithheldRows::default() };
        assert_eq!(of(&row), [-1, -3, -4]);
        assert!(!row.contains(&batch, 1, 4), "a row of another import");
        // Another version of it: of other values, under the same identity.
        let like = WithheldRows { identities: [identity_of(&batch, 2)].into(), ..WithheldRows::default() };
        assert_eq!(of(&like), [-1, -2, -4]);
        let same = WithheldRows { contents: [content(&batch, 2)].into(), ..WithheldRows::default() };
        assert_eq!(of(&same), [-1, -2, -4]);
        let only = same.sifted(&batch, 3, FieldSet::NONE.with(bank::AMOUNT)).unwrap();
        assert_eq!((only.text(bank::LABEL, 0), only.integer(bank::AMOUNT, 0)), (None, Some(-1)));
    }

    #[test]
    fn words_that_would_withhold_nearly_everything_are_none() {
        assert!(!are_words("\u{200B}\u{200B}\u{200B}\u{200B}"));
        assert!(are_words("cpam") && are_words(&"é".repeat(200)));
        assert!(!are_words(" a b".trim_end_matches('b')) && !are_words("  ") && !are_words(&"é".repeat(201)));
        assert_eq!(RuleId::parse(&RuleId([7; 16]).to_string()), Some(RuleId([7; 16])));
        assert!(RuleId::parse("+7").is_none() && RuleId::parse(&"é".repeat(16)).is_none());
    }
}
