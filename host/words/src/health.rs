//! Findings about a data folder and its machine.

use crate::error::error as words_of;
use crate::message::messages;
use crate::number::binary_size;
use crate::system::system;
use crate::vault::vault_error;
use mesinfos_model::view::Lang;
use mesinfos_platform::Found;

messages! {
    /// Messages of findings.
    pub(crate) enum Health<'a> in "health" {
        NoFolder { path: &'a str },
        NoStoreYet,
        StoreWithoutKeys,
        OwnersAlone { path: &'a str },
        OpenToOthers { path: &'a str, mode: &'a str },
        FolderUnseen { path: &'a str, why: &'a str },
        Free { size: &'a str, path: &'a str },
        FreeUnseen { path: &'a str, why: &'a str },
        FreeUnknown,
        NetworkNamespace,
        WallThere { wall: &'a str },
        WallMissing { wall: &'a str },
        OwnProcesses,
        OneProcess { why: &'a str },
        StoreOpens,
        DiskReadOnly { path: &'a str },
        AppsWhole { apps: u64 },
        AppsMissing { some: &'a str },
        AppsUnseen { why: &'a str },
        StoreSilent,
        KeysThere,
        OtherKeys,
        BucketsWithoutKey { buckets: u64 },
        ClocksAgree,
        ClocksApart,
        ErasuresDone,
        ErasuresOpen { erasures: u64 },
        Versions { version: &'a str, format: u64, engine: &'a str },
        LogsWhole { vaults: u64 },
        LogsBroken { broken: u64, all: u64, some: &'a str },
        VaultsClosed { why: &'a str },
        RowsWhole { chunks: u64 },
        RowsLost { person: &'a str, missing: u64, changed: u64 },
        RowsUnread { person: &'a str, why: &'a str },
        RowsLostOfOthers { people: u64 },
        StoreGone,
        RestoreUnfinished { path: &'a str },
        RestoreLeft { path: &'a str },
    }
}

/// A barrier around apps that a machine may lack.
pub fn wall(name: &str, lang: Lang) -> String {
    match name {
        "network namespace" => Health::NetworkNamespace.to(lang),
        other => other.to_owned(),
    }
}

/// A finding as a sentence.
pub fn found(found: &Found, lang: Lang) -> String {
    match found {
        Found::NoFolder(path) => Health::NoFolder { path: &path.display().to_string() }.to(lang),
        Found::NoStoreYet => Health::NoStoreYet.to(lang),
        Found::StoreWithoutKeys => Health::StoreWithoutKeys.to(lang),
        Found::OwnersAlone(path) => Health::OwnersAlone { path: &path.display().to_string() }.to(lang),
        Found::OpenToOthers(path, mode) => {
            let (path, mode) = (path.display().to_string(), format!("{mode:o}"));
            Health::OpenToOthers { path: &path, mode: &mode }.to(lang)
        }
        Found::FolderUnseen(path, why) => {
            let (path, why) = (path.display().to_string(), system(why, lang));
            Health::FolderUnseen { path: &path, why: &why }.to(lang)
        }
        Found::Free { bytes, path } => {
            let (size, path) = (binary_size(*bytes, lang), path.display().to_string());
            Health::Free { size: &size, path: &path }.to(lang)
        }
        Found::FreeUnseen(path, why) => {
            let (path, why) = (path.display().to_string(), system(why, lang));
            Health::FreeUnseen { path: &path, why: &why }.to(lang)
        }
        Found::FreeUnknown => Health::FreeUnknown.to(lang),
        Found::Wall(name, true) => Health::WallThere { wall: &wall(name, lang) }.to(lang),
        Found::Wall(name, false) => Health::WallMissing { wall: &wall(name, lang) }.to(lang),
        Found::OwnProcesses => Health::OwnProcesses.to(lang),
        Found::OneProcess(why) => Health::OneProcess { why: &words_of(why, lang) }.to(lang),
        Found::Unopened(error) => words_of(error, lang),
        Found::StoreOpens => Health::StoreOpens.to(lang),
        Found::DiskReadOnly(path) => Health::DiskReadOnly { path: &path.display().to_string() }.to(lang),
        Found::AppsWhole(apps) => Health::AppsWhole { apps: *apps as u64 }.to(lang),
        Found::AppsMissing(some) => Health::AppsMissing { some: &some.join(", ") }.to(lang),
        Found::AppsUnseen(why) => Health::AppsUnseen { why: &words_of(why, lang) }.to(lang),
        Found::StoreSilent => Health::StoreSilent.to(lang),
        Found::KeysThere => Health::KeysThere.to(lang),
        Found::OtherKeys => Health::OtherKeys.to(lang),
        Found::BucketsWithoutKey(buckets) => Health::BucketsWithoutKey { buckets: *buckets as u64 }.to(lang),
        Found::KeysUnseen(error) | Found::ErasuresUnseen(error) => vault_error(error, lang),
        Found::ClocksAgree => Health::ClocksAgree.to(lang),
        Found::ClocksApart => Health::ClocksApart.to(lang),
        Found::ErasuresDone => Health::ErasuresDone.to(lang),
        Found::ErasuresOpen(erasures) => Health::ErasuresOpen { erasures: *erasures as u64 }.to(lang),
        Found::Versions { version, format, engine } => {
            Health::Versions { version, format: u64::from(*format), engine }.to(lang)
        }
        Found::LogsWhole(vaults) => Health::LogsWhole { vaults: *vaults as u64 }.to(lang),
        Found::LogsBroken { broken, all, some } => {
            let (broken, all, some) = (*broken as u64, *all as u64, some.join(", "));
            Health::LogsBroken { broken, all, some: &some }.to(lang)
        }
        Found::VaultsClosed(why) => Health::VaultsClosed { why: &words_of(why, lang) }.to(lang),
        Found::RowsWhole(chunks) => Health::RowsWhole { chunks: *chunks }.to(lang),
        Found::RowsLost { person, missing, changed } => {
            Health::RowsLost { person, missing: *missing, changed: *changed }.to(lang)
        }
        Found::RowsUnread { person, why } => {
            Health::RowsUnread { person, why: &words_of(why, lang) }.to(lang)
        }
        Found::RowsLostOfOthers(people) => Health::RowsLostOfOthers { people: *people as u64 }.to(lang),
        Found::StoreGone => Health::StoreGone.to(lang),
        Found::RestoreUnfinished(path) => {
            Health::RestoreUnfinished { path: &path.display().to_string() }.to(lang)
        }
        Found::RestoreLeft(path) => Health::RestoreLeft { path: &path.display().to_string() }.to(lang),
    }
}
