//! A person's summary, audit chain and receipts.

use crate::tester::till_receipts::receipt_id;
use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_consent::{
    AuditEntry, AuditEvent, Channel, ConsentError, Imports, Mismatch, Receipt, ReceiptId, Verified,
};
use mesinfos_intake::till;
use mesinfos_model::category::purchases;
use mesinfos_model::{Category, Digest, Period};
use mesinfos_vault::{CategorySummary, Checked, MonthSummary};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What the person's own papers gave of their rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnPapers {
    /// Number of these rows.
    pub rows: u64,
    /// Shops and others that only these rows name: they gave nothing back themselves.
    pub holders: BTreeSet<String>,
}

impl Platform {
    /// Summary of a person's vault, by category.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn summary(&self, caller: &Caller) -> Result<Vec<CategorySummary>> {
        self.read_of(caller, |person| Ok(person.vault.summary()?))
    }

    /// A mark of each category: another one as soon as its rows change, or which of them apps are given. A page that asks
    /// for an answer about rows has their marks, so that the answer is about the rows that it showed.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn marks(&self, caller: &Caller) -> Result<BTreeMap<Category, Digest>> {
        self.read_of(caller, |person| Ok(person.vault.marks()?))
    }

    /// What of the rows the person's own papers gave, and no data holder: documents, and till receipts that were read on
    /// one, also in another instance. For the person only: no app reaches this.
    ///
    /// # Errors
    /// If there is no such person, or the rows cannot be read.
    pub fn own_papers(&self, caller: &Caller) -> Result<OwnPapers> {
        self.read_of(caller, |person| {
            let vault = &person.vault;
            let rows = |category| {
                let all = vault.summary()?;
                let of = all.iter().find(|one| one.category == category);
                Ok::<_, crate::PlatformError>(of.map_or(0, |one| one.rows))
            };
            let mut found = OwnPapers { rows: rows(Category::Documents)?, ..OwnPapers::default() };
            let receipts: HashSet<String> =
                vault.all_documents()?.iter().map(|kept| receipt_id(&kept.sha256)).collect();
            // A receipt is the person's own, whether its photograph is still there or not.
            let of_till = vault.imports()?.into_iter().filter(|record| record.source.format == till::FORMAT);
            let of_till: HashSet<u64> = of_till.map(|record| record.outcome.import_id).collect();
            if receipts.is_empty() && of_till.is_empty() || rows(Category::Purchases)? == 0 {
                return Ok(found);
            }
            let mut given = HashSet::new();
            for origin in vault.origins(Category::Purchases, &Period::ALL)? {
                let (import, batch) = origin?;
                for row in 0..batch.rows() {
                    let holder = batch.text(purchases::HOLDER, row).map(str::to_owned);
                    let is_own = batch.text(purchases::RECEIPT, row).is_some_and(|id| receipts.contains(id));
                    let is_own = is_own || of_till.contains(&import);
                    if is_own {
                        found.rows += 1;
                        found.holders.extend(holder);
                    } else {
                        given.extend(holder);
                    }
                }
            }
            found.holders.retain(|holder| !given.contains(holder));
            Ok(found)
        })
    }

    /// The months of a person's vault that have rows, by category and month.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn months(&self, caller: &Caller) -> Result<Vec<MonthSummary>> {
        self.read_of(caller, |person| Ok(person.vault.months_known()?))
    }

    /// The person's audit chain, oldest entry first.
    ///
    /// # Errors
    /// If there is no such person, or the chain is broken.
    pub fn audit_entries(&self, caller: &Caller) -> Result<Vec<Logged>> {
        self.read_of(caller, |person| self.entries_of(person, caller.channel))
    }

    fn entries_of(&self, person: &Person, channel: Channel) -> Result<Vec<Logged>> {
        self.log_refusals(person, channel)?;
        let mut open = HashSet::new();
        loop {
            let underway = self.underway.of(person.vault.id());
            let entries = self.audit(person).entries(None, usize::MAX)?;
            let ended: HashSet<ReceiptId> = entries.iter().filter_map(|entry| ended(&entry.event)).collect();
            let state = |entry: &AuditEntry| match entry.event {
                AuditEvent::Began { run, .. } | AuditEvent::TrialBegan { run, .. } => {
                    if underway.contains(&run) {
                        Some(RunState::UnderWay)
                    } else {
                        (!ended.contains(&run)).then_some(RunState::Interrupted)
                    }
                }
                _ => None,
            };
            let interrupted = |entry: &AuditEntry| state(entry) == Some(RunState::Interrupted);
            let now_open: HashSet<u64> = entries.iter().filter(|e| interrupted(e)).map(|e| e.seq).collect();
            if now_open.is_subset(&open) {
                let told = entries.into_iter().map(|entry| Logged { run: state(&entry), entry });
                return Ok(told.collect());
            }
            // A run may have begun or ended between the two reads, so read again.
            open = now_open;
        }
    }

    /// Verifies the person's whole audit chain, checks grants, receipts and the vault's rows against it, and
    /// opens every row and document. `kept` is a head of the chain stored elsewhere, which the chain must
    /// contain.
    ///
    /// # Errors
    /// [`ConsentError::Broken`] with the first altered entry; [`ConsentError::Mismatch`] with the first
    /// record that disagrees with the chain; [`mesinfos_vault::VaultError::Lost`] if rows or documents are
    /// missing or changed.
    pub fn audit_verify(&self, caller: &Caller, kept: Option<Digest>) -> Result<Verified> {
        self.read_of(caller, |person| {
            let verified = self.verify(person, kept)?;
            person.vault.check()?.whole()?;
            Ok(verified)
        })
    }

    /// [`Platform::audit_verify`] without opening rows and documents.
    pub(crate) fn verify_log(&self, caller: &Caller) -> Result<Verified> {
        self.read_of(caller, |person| self.verify(person, None))
    }

    /// Opens all rows and documents of a person. Fails with [`mesinfos_vault::VaultError::Lost`] if some are
    /// missing or changed.
    pub(crate) fn check_rows(&self, caller: &Caller) -> Result<Checked> {
        self.read_of(caller, |person| Ok(person.vault.check()?.whole()?))
    }

    fn verify(&self, person: &Person, kept: Option<Digest>) -> Result<Verified> {
        let (store, sealer, id) = (person.store(), person.sealer.as_ref(), person.vault.id());
        let (verified, imports) = mesinfos_consent::verify(store, sealer, id, kept)?;
        self.hold(person, &imports).map(|()| verified)
    }

    /// Checks the vault's rows against the imports in the audit chain.
    fn hold(&self, person: &Person, imports: &Imports) -> Result<()> {
        self.as_of(person)?;
        let found = person.vault.rows_by_import()?;
        let logged = |key: &(u64, Category)| match imports.rows.get(key) {
            Some(_) if imports.undone.contains(&key.0) => 0,
            Some(rows) => *rows,
            None => 0,
        };
        for key @ (import, category) in imports.rows.keys().chain(found.keys()) {
            let (logged, found) = (logged(key), found.get(key).copied().unwrap_or(0));
            if logged != found {
                let wrong = Mismatch::Rows { import: *import, category: *category, logged, found };
                return Err(ConsentError::from(wrong).into());
            }
        }
        Ok(())
    }

    /// The vault's sequence number, which counts imports and undos, checked against the audit chain.
    pub(crate) fn as_of(&self, person: &Person) -> Result<u64> {
        self.audit(person).check_sequence(|| person.vault.sequence().map_err(PlatformError::from))
    }

    /// All receipts of a person's runs.
    ///
    /// # Errors
    /// If there is no such person.
    pub fn receipts_of(&self, caller: &Caller) -> Result<Vec<Receipt>> {
        self.read_of(caller, |person| Ok(self.receipts(person).list()?))
    }

    /// One receipt.
    ///
    /// # Errors
    /// If there is no such person or receipt.
    pub fn receipt(&self, caller: &Caller, id: ReceiptId) -> Result<Receipt> {
        self.read_of(caller, |person| Ok(self.receipts(person).get(id)?))
    }
}

/// An entry of the audit chain as doors show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// The entry.
    pub entry: AuditEntry,
    /// State of a run that began and has no end in the chain. `None` for all other entries.
    pub run: Option<RunState>,
}

/// State of a run without an end in the audit chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// Still running.
    UnderWay,
    /// The host stopped before the run ended: its reads are unknown, and nobody saw its view.
    Interrupted,
}

/// Id of the run that ended with this entry.
fn ended(event: &AuditEvent) -> Option<ReceiptId> {
    match event {
        AuditEvent::Ran { run, .. } | AuditEvent::Replayed { run, .. } => *run,
        AuditEvent::Tried { run, .. } => Some(*run),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Isolation;
    use crate::caller::me;
    use mesinfos_store::Store;
    use mesinfos_vault::VaultError;

    fn platform() -> (tempfile::TempDir, Platform) {
        let folder = tempfile::tempdir().unwrap();
        let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
        for month in 1..=3 {
            let row = format!(
                r#"[{{"docType":"bankoperation","date":"2026-0{month}-08T00:00:00.000Z","amount":-22.28,
                     "raw":"r","title":"t","bankAccount":"a"}}]"#
            );
            platform.import(&me("p"), &format!("{month}.json"), row.as_bytes()).unwrap();
        }
        (folder, platform)
    }

    fn wrong(platform: &Platform) -> Mismatch {
        match platform.audit_verify(&me("p"), None) {
            Err(PlatformError::Consent(ConsentError::Mismatch(wrong))) => wrong,
            other => panic!("{other:?}"),
        }
    }

    fn write(platform: &Platform, key: &[u8], value: Option<&[u8]>) {
        let mut commit = platform.person("p").unwrap().vault.empty_commit();
        match value {
            Some(value) => commit.put(key, value),
            None => commit.delete(key),
        }
        platform.store.commit(&commit).unwrap();
    }

    fn first(platform: &Platform, prefix: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let partition = platform.person("p").unwrap().vault.partition();
        platform.store.scan(partition, prefix, None, 1).unwrap().remove(0)
    }

    #[test]
    fn rows_that_were_left_out_of_the_vault_are_found() {
        let (_folder, platform) = platform();
        assert_eq!(platform.audit_verify(&me("p"), None).unwrap().entries, 4);
        platform.undo_import(&me("p"), 2).unwrap();
        platform.audit_verify(&me("p"), None).unwrap();
        let (key, sealed) = first(&platform, b"chunk/");
        write(&platform, &key, None);
        let expected = Mismatch::Rows { import: 1, category: Category::Bank, logged: 1, found: 0 };
        assert_eq!(wrong(&platform), expected);
        write(&platform, &key, Some(&sealed));
        platform.audit_verify(&me("p"), None).unwrap();
    }

    /// Paths of the chunk files of all people.
    fn chunk_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
        let below = |path: &std::path::Path| -> Vec<std::path::PathBuf> {
            std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect()
        };
        let shards = below(&folder.join("store/chunks")).into_iter();
        let shards = shards.filter(|shard| !shard.ends_with("house"));
        shards.flat_map(|shard| below(&shard)).flat_map(|person| below(&person)).collect()
    }

    #[test]
    fn rows_that_are_gone_or_changed_are_found() {
        let (folder, platform) = platform();
        let paper = crate::ImportInput::file(std::io::Cursor::new(b"%PDF-1.4 a paper")).as_document(true);
        platform.import(&me("p"), "paper.pdf", paper).unwrap();
        platform.audit_verify(&me("p"), None).unwrap();
        let files = chunk_files(folder.path());
        assert!(files.len() >= 5, "three months, the row of a document and its piece: {files:?}");
        let lost = |missing, changed| {
            let error = platform.audit_verify(&me("p"), None).unwrap_err();
            let expected = matches!(&error, PlatformError::Vault(VaultError::Lost { missing: m, changed: c })
                if (*m, *c) == (missing, changed));
            assert!(expected, "{error:?}");
            assert_eq!(error.code(), "lost");
            platform.verify_log(&me("p")).unwrap();
        };
        let refused = || {
            let gaps = platform.backup(&mut std::io::sink()).unwrap_err();
            let expected =
                matches!(gaps, PlatformError::ChunksMissing(mesinfos_vault::Gaps { persons: 1, chunks: 1 }));
            assert!(expected, "{gaps:?}");
        };
        for file in &files {
            let sound = std::fs::read(file).unwrap();
            std::fs::remove_file(file).unwrap();
            lost(1, 0);
            refused();
            let mut changed = sound.clone();
            *changed.last_mut().unwrap() ^= 1;
            std::fs::write(file, &changed).unwrap();
            lost(0, 1);
            refused();
            std::fs::write(file, &sound).unwrap();
        }
        platform.audit_verify(&me("p"), None).unwrap();
        platform.backup(&mut std::io::sink()).unwrap();
        std::fs::remove_dir_all(folder.path().join("store/chunks")).unwrap();
        lost(files.len() as u64, 0);
    }

    #[test]
    fn an_import_that_the_vault_is_told_to_forget_is_found_before_a_run() {
        let (_folder, platform) = platform();
        let person = platform.person("p").unwrap();
        assert_eq!(platform.as_of(&person).unwrap(), 3);
        platform.undo_import(&me("p"), 3).unwrap();
        assert_eq!(platform.as_of(&person).unwrap(), 4);
        let (key, _) = first(&platform, b"seq/");
        for moved in [0_u64, 3, 5] {
            write(&platform, &key, Some(&moved.to_be_bytes()));
            let expected = Mismatch::Sequence { logged: 4, found: moved };
            assert_eq!(wrong(&platform), expected);
            let error = platform.as_of(&person).unwrap_err();
            assert_eq!(error.code(), "broken-log");
            assert!(error.to_string().contains("Nothing was run"), "{error}");
        }
    }

    #[test]
    fn an_erasure_that_the_disk_refused_can_be_tried_again() {
        let (_folder, platform) = platform();
        let person = platform.person("p").unwrap();
        platform.act(&person, me("p").act(), 0, |_| Ok(((), vec![AuditEvent::Erased]))).unwrap();
        let closed = platform.undo_import(&me("p"), 1).unwrap_err();
        assert!(closed.to_string().contains("start it again"), "{closed}");
        platform.erase(&me("p")).unwrap();
        assert_eq!(platform.persons().unwrap(), Vec::<String>::new());
        // An erasure that stopped after its first commit: a second request finishes it, and then the person
        // does not exist.
        platform.create_person(&me("q")).unwrap();
        let request = mesinfos_vault::ErasureRequest { at_utc_seconds: 7, closing: Digest([1; 32]) };
        let (id, commit) = platform.vault.prepare_erase("q", &request).unwrap();
        platform.store.commit(&commit).unwrap();
        let receipt = platform.erase(&me("q")).unwrap();
        assert_eq!((receipt.person, receipt.at_utc_seconds), (id, 7));
        assert_eq!(platform.vault.unfinished_erasures().unwrap(), 0);
        assert_eq!(platform.erase(&me("q")).unwrap_err().code(), "no-such-person");
    }
}
