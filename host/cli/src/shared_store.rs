//! A store on PostgreSQL: its address and password, and why it cannot be opened.

use crate::failure::{Doing, Failure, Result};
use crate::shared::shown;
use crate::wall::Wall;
use mesinfos_model::view::Lang;
use mesinfos_platform::Platform;
use mesinfos_store_postgres::{Address, AddressError, FORMAT, OLDEST_SERVER, OpenError, PostgresStore};
use mesinfos_words::cli::Cli;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Name of the password among the credentials that systemd gives to a service (`LoadCredential=`).
const CREDENTIAL: &str = "store-password";
/// Variable with the password. The processes that run apps and read files start without variables.
const VARIABLE: &str = "MESINFOS_STORE_PASSWORD";
/// Size limit of a file with a password, in bytes.
const LONGEST: u64 = 4 << 10;

/// The address that a command line names, with its password: that of a file, else of a credential, else of the
/// environment.
pub(crate) fn address(text: &str, password: Option<&Path>) -> Result<Address> {
    let address = Address::parse(text).map_err(|error| failure(&error.into()))?;
    let credential =
        std::env::var_os("CREDENTIALS_DIRECTORY").map(|folder| PathBuf::from(folder).join(CREDENTIAL));
    let file = password.map(ToOwned::to_owned).or(credential.filter(|path| path.is_file()));
    let password = match file {
        Some(path) => Some(read(&path).doing(Cli::Reading { path: &shown(&path) })?),
        None => std::env::var_os(VARIABLE).map(std::ffi::OsString::into_encoded_bytes),
    };
    Ok(match password {
        Some(password) => address.with_password(&password),
        None => address,
    })
}

/// A password, without the end of its line.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut password = Vec::new();
    File::open(path)?.take(LONGEST).read_to_end(&mut password)?;
    let end = password.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r')).map_or(0, |last| last + 1);
    password.truncate(end);
    Ok(password)
}

/// Opens the platform on a store, and on the data folder, which holds the keys.
pub(crate) fn open(address: &Address, folder: &Path, wall: &Wall) -> Result<Platform> {
    let store = Arc::new(PostgresStore::open(address.clone()).map_err(|error| failure(&error))?);
    wall.behind(|isolation| Platform::on(Arc::clone(&store) as _, folder, isolation))
        .doing(Cli::Opening { path: &shown(folder) })
}

/// An error in words.
pub(crate) fn failure(error: &OpenError) -> Failure {
    let failure = Failure::said_in(|lang| said(error, lang));
    match error {
        OpenError::NoStore => failure.hint(Cli::HintStoreInit),
        OpenError::Address(AddressError::HoldsPassword) => failure.hint(Cli::HintStorePassword),
        _ => failure,
    }
}

fn said(error: &OpenError, lang: Lang) -> String {
    let message = match error {
        OpenError::Address(error) => return said_of_address(error, lang),
        OpenError::Unreachable(why) => Cli::StoreUnreachable { why },
        OpenError::Busy => Cli::StoreBusy,
        OpenError::OldServer { found } => {
            Cli::StoreOldServer { found: number(*found), oldest: number(OLDEST_SERVER) }
        }
        OpenError::NoStore => Cli::StoreNotThere,
        OpenError::OtherFormat { found } if *found < FORMAT => {
            Cli::StoreOlder { found: number(*found), known: number(FORMAT) }
        }
        OpenError::OtherFormat { found } => Cli::StoreNewer { found: number(*found), known: number(FORMAT) },
        OpenError::Closed => Cli::StoreClosed,
        OpenError::Refused(why) => Cli::StoreRefused { why },
    };
    message.to(lang)
}

fn said_of_address(error: &AddressError, lang: Lang) -> String {
    let message = match error {
        AddressError::NotPostgres | AddressError::Malformed => Cli::StoreNotAnAddress,
        AddressError::HoldsPassword => Cli::StoreHoldsPassword,
        AddressError::NoHost => Cli::StoreNoHost,
        AddressError::UnknownOption { name } => Cli::StoreUnknownOption { name },
        AddressError::WeakMode { mode } => Cli::StoreWeakMode { mode },
        AddressError::NotEncrypted { host } => Cli::StoreNotEncrypted { host },
        AddressError::NoAuthority => Cli::StoreNoAuthority,
        AddressError::BadAuthority { path } => return Cli::StoreBadAuthority { path: &shown(path) }.to(lang),
    };
    message.to(lang)
}

/// A version, which is not negative.
fn number(version: i32) -> u64 {
    u64::from(version.unsigned_abs())
}
