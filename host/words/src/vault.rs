//! Errors of storage: the store, the vault, its keys.

use crate::date::period;
use crate::message::messages;
use crate::names;
use crate::number::{binary_size, size};
use crate::system::system;
use mesinfos_model::Period;
use mesinfos_model::day::UNDATED;
use mesinfos_model::person::NotAName;
use mesinfos_model::view::Lang;
use mesinfos_store::{DumpError, MAX_VALUE, StoreError};
use mesinfos_vault::VaultError;
use mesinfos_vault::kms::{KmsError, LocalKms};

messages! {
    /// Messages about the store.
    pub(crate) enum Store<'a> in "store" {
        Conflict,
        TooLarge { size: &'a str, most: &'a str },
        InUse,
        Damaged { why: &'a str },
        NotADump,
        DumpCutShort,
        DumpChanged,
        MissingChunk { chunk: &'a str },
        Closed,
        Unavailable { why: &'a str },
        Unknown { why: &'a str },
        Disk { why: &'a str },
    }
}

messages! {
    /// Messages about the vault and its keys.
    pub(crate) enum Vault<'a> in "vault" {
        BadName { name: &'a str },
        Exists { name: &'a str },
        NoSuchPerson { name: &'a str },
        NoSuchPersonYet { name: &'a str },
        NoSuchPersonLikeIt { name: &'a str, total: u64 },
        NoSuchPersonButAll { name: &'a str, names: &'a str },
        NoSuchPersonButClose { name: &'a str, names: &'a str },
        NewerFormat { found: u64, known: u64 },
        Damaged { why: &'a str },
        ChunkDamaged { category: &'a str, days: &'a str },
        ChunkDamagedUndated { category: &'a str },
        DocumentDamaged,
        Lost { missing: u64, changed: u64 },
        ErasureBegun { why: &'a str },
        ErasureBegunKeysGone { why: &'a str },
        RowTooLarge { category: &'a str, limit: &'a str },
        NoTime { rows: u64, category: &'a str, field: &'a str },
        TooManyMonths { limit: u64 },
        SpoolFull { limit: &'a str },
        Newer { category: &'a str },
        NoSuchImport { import: &'a str },
        TooManyAmendments { most: u64 },
        TooManyWithheld { most: u64 },
        TooManyStillWithheld { most: u64 },
        TooSlow { hours: u64 },
        KeyGone { key: &'a str },
        KeyDoesNotOpen { key: &'a str },
        KeysDamaged { file: &'a str, why: &'a str },
        NoRandom,
        KeysRefused { why: &'a str },
    }
}

/// An error of the store.
pub fn store_error(error: &StoreError, lang: Lang) -> String {
    match error {
        StoreError::Conflict => Store::Conflict.to(lang),
        StoreError::TooLarge { size: bytes } => {
            let (size, most) = (size(*bytes as u64, lang), size(MAX_VALUE as u64, lang));
            Store::TooLarge { size: &size, most: &most }.to(lang)
        }
        StoreError::InUse => Store::InUse.to(lang),
        StoreError::Damaged(why) => Store::Damaged { why }.to(lang),
        StoreError::Dump(DumpError::NotADump) => Store::NotADump.to(lang),
        StoreError::Dump(DumpError::CutShort) => Store::DumpCutShort.to(lang),
        StoreError::Dump(DumpError::Changed) => Store::DumpChanged.to(lang),
        StoreError::MissingChunk { partition: _, chunk } => {
            Store::MissingChunk { chunk: &chunk.to_string() }.to(lang)
        }
        StoreError::Closed => Store::Closed.to(lang),
        StoreError::Unavailable(why) => Store::Unavailable { why }.to(lang),
        StoreError::Unknown(why) => Store::Unknown { why }.to(lang),
        StoreError::Io(error) => Store::Disk { why: &system(error, lang) }.to(lang),
    }
}

/// An error of the vault.
pub fn vault_error(error: &VaultError, lang: Lang) -> String {
    match error {
        VaultError::Store(error) => store_error(error, lang),
        VaultError::Kms(error) => kms_error(error, lang),
        VaultError::BadName(NotAName(name)) => Vault::BadName { name }.to(lang),
        VaultError::Exists { name } => Vault::Exists { name }.to(lang),
        VaultError::NoSuchPerson { name, close, total } => no_such_person(name, close, *total).to(lang),
        VaultError::NewerFormat { found, known } => {
            Vault::NewerFormat { found: u64::from(*found), known: u64::from(*known) }.to(lang)
        }
        VaultError::Damaged(why) => Vault::Damaged { why }.to(lang),
        // The reason is for logs: it is in English and contains nothing that a person could act on.
        VaultError::ChunkDamaged { category, month, why: _ } if *month == UNDATED => {
            Vault::ChunkDamagedUndated { category: category.name(lang) }.to(lang)
        }
        VaultError::ChunkDamaged { category, month, why: _ } => {
            let days = period(&Period::of_month(*month), lang);
            Vault::ChunkDamaged { category: category.name(lang), days: &days }.to(lang)
        }
        VaultError::DocumentDamaged { why: _ } => Vault::DocumentDamaged.to(lang),
        VaultError::Lost { missing, changed } => {
            Vault::Lost { missing: *missing, changed: *changed }.to(lang)
        }
        VaultError::ErasureBegun { is_closed, why } => {
            let why = &vault_error(why, lang);
            let message =
                if *is_closed { Vault::ErasureBegunKeysGone { why } } else { Vault::ErasureBegun { why } };
            message.to(lang)
        }
        VaultError::RowTooLarge { category, limit } => {
            let limit = size(*limit as u64, lang);
            Vault::RowTooLarge { category: category.name(lang), limit: &limit }.to(lang)
        }
        VaultError::NoTime { category, field, rows } => {
            let field = names::field(*category, field, lang);
            Vault::NoTime { rows: *rows as u64, category: category.name(lang), field }.to(lang)
        }
        VaultError::TooManyMonths { limit } => Vault::TooManyMonths { limit: *limit as u64 }.to(lang),
        VaultError::SpoolFull { limit } => {
            Vault::SpoolFull { limit: &binary_size(limit << 20, lang) }.to(lang)
        }
        VaultError::Newer { category } => Vault::Newer { category: category.name(lang) }.to(lang),
        VaultError::TooManyAmendments { most } => Vault::TooManyAmendments { most: *most as u64 }.to(lang),
        VaultError::TooManyWithheld { most } => Vault::TooManyWithheld { most: *most as u64 }.to(lang),
        VaultError::TooManyStillWithheld { most } => {
            Vault::TooManyStillWithheld { most: *most as u64 }.to(lang)
        }
        VaultError::TooSlow { hours } => Vault::TooSlow { hours: *hours }.to(lang),
        VaultError::NoSuchImport { import_id } => {
            Vault::NoSuchImport { import: &import_id.to_string() }.to(lang)
        }
    }
}

/// "No such person", without the names of others.
pub fn nobody(name: &str, lang: Lang) -> String {
    Vault::NoSuchPerson { name }.to(lang)
}

/// Owns the list of names until the message is formatted.
struct Nobody<'a> {
    name: &'a str,
    names: String,
    is_all: bool,
    total: Option<usize>,
}

fn no_such_person<'a>(name: &'a str, close: &[String], total: Option<usize>) -> Nobody<'a> {
    Nobody { name, names: close.join(", "), is_all: total == Some(close.len()), total }
}

impl Nobody<'_> {
    fn to(&self, lang: Lang) -> String {
        let Nobody { name, names, is_all, total } = self;
        match total {
            None => Vault::NoSuchPerson { name },
            Some(0) => Vault::NoSuchPersonYet { name },
            Some(total) if names.is_empty() => Vault::NoSuchPersonLikeIt { name, total: *total as u64 },
            Some(_) if *is_all => Vault::NoSuchPersonButAll { name, names },
            Some(_) => Vault::NoSuchPersonButClose { name, names },
        }
        .to(lang)
    }
}

/// An error of the KMS.
pub fn kms_error(error: &KmsError, lang: Lang) -> String {
    match error {
        KmsError::NoSuchKey(key) => Vault::KeyGone { key: &key.to_string() }.to(lang),
        KmsError::DoesNotOpen(key) => Vault::KeyDoesNotOpen { key: &key.to_string() }.to(lang),
        KmsError::Damaged { why } => Vault::KeysDamaged { file: LocalKms::FILE, why }.to(lang),
        KmsError::NoRandom => Vault::NoRandom.to(lang),
        KmsError::Io(error) => Vault::KeysRefused { why: &system(error, lang) }.to(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::Category;

    #[test]
    fn who_is_not_there_is_told_with_names_that_are_near() {
        let error = |close: &[&str], total| VaultError::NoSuchPerson {
            name: "mari".to_owned(),
            close: close.iter().map(|&name| name.to_owned()).collect(),
            total,
        };
        let fr = |close: &[&str], total| vault_error(&error(close, total), Lang::Fr);
        assert_eq!(fr(&[], None), "Personne ici ne s’appelle «\u{A0}mari\u{A0}».");
        assert!(fr(&[], Some(0)).ends_with("il n’y a encore personne."));
        assert!(fr(&[], Some(3)).contains("aucune des 3 personnes"));
        assert!(fr(&["marie"], Some(1)).ends_with("Il y a\u{A0}: marie."));
        assert!(fr(&["marie"], Some(9)).ends_with("Vouliez-vous dire\u{A0}: marie\u{A0}?"));
    }

    #[test]
    fn what_is_damaged_is_said_in_the_language_alone() {
        let why = || "it was changed".to_owned();
        let chunk = |month| VaultError::ChunkDamaged { category: Category::Bank, month, why: why() };
        let missing = StoreError::MissingChunk {
            partition: mesinfos_store::Partition::House,
            chunk: mesinfos_store::ChunkId([0xab; 16]),
        };
        for error in [
            chunk(494),
            chunk(UNDATED),
            VaultError::DocumentDamaged { why: why() },
            VaultError::Lost { missing: 1, changed: 2 },
            missing.into(),
        ] {
            let said = vault_error(&error, Lang::Fr);
            assert!(said.contains("sauvegarde") && !said.contains("chunk"), "{said}");
            assert!(!said.contains("changed") && !said.contains("missing"), "{said}");
        }
        assert!(
            vault_error(&chunk(494), Lang::Fr).contains("(mars 2011)"),
            "{}",
            vault_error(&chunk(494), Lang::Fr)
        );
    }

    #[test]
    fn fields_have_their_names() {
        let error = VaultError::NoTime { category: Category::Bank, field: "booked-on", rows: 2 };
        let said = vault_error(&error, Lang::Fr);
        assert!(said.starts_with("2 lignes de la catégorie «\u{A0}opérations bancaires\u{A0}»"), "{said}");
        assert!(said.contains("date d’opération"), "{said}");
    }
}
