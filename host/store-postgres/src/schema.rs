//! Creation of a store in a database, and its state.

use crate::address::Address;
use crate::error::{OpenError, patiently};
use crate::patience::Patience;
use crate::session::{Call, Session};
use crate::statements::creation;
use std::time::Instant;

/// Whether a store may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It takes reads and writes.
    Open,
    /// It takes reads.
    ReadOnly,
    /// No host opens it.
    Closed,
}

/// Something that an operator should know about a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// `fsync` or `full_page_writes` is off: a power cut may lose or damage everything.
    NotDurable,
    /// Pages have no checksums: damage on the disk is found late.
    NoChecksums,
    /// The server waits for no standby: what it acknowledged last is lost with its disk.
    NoStandby,
    /// Slots are moving, or not here.
    SlotsElsewhere,
}

/// State of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Major version of PostgreSQL.
    pub server: i32,
    /// Format of the schema.
    pub format: i32,
    /// Whether it may be used.
    pub mode: Mode,
    /// What an operator should know, in order of weight.
    pub concerns: Vec<Concern>,
}

/// Lock of those who create a store, so that of two at once the second finds it created.
const CREATING: &str = "set local lock_timeout = 0; select pg_advisory_xact_lock(19785, 100);";

fn opened(address: &Address, patience: &Patience) -> Result<Session, OpenError> {
    patiently(Instant::now() + patience.busy, || Session::open(address, patience))
}

/// Creates the store in the database of an address. Returns whether it was created now: an existing one of this format
/// is left as it is.
///
/// # Errors
/// [`OpenError`]; then nothing was created.
pub fn init(address: &Address, patience: &Patience) -> Result<bool, OpenError> {
    let mut session = opened(address, patience)?;
    if let Some(gate) = session.gate() {
        return gate.check().map(|()| false);
    }
    let created = session.batch(&format!("begin; {CREATING} {} commit;", creation()), patience.outcome);
    // A failed transaction ends with its session.
    drop(session);
    match created {
        Ok(()) => Ok(true),
        // Another was first: it holds the lock until its schema is there.
        Err(error) => match opened(address, patience)?.gate() {
            Some(gate) => gate.check().map(|()| false),
            None => Err(error),
        },
    }
}

/// State of the store at an address.
///
/// # Errors
/// [`OpenError`] if no host could open it.
pub fn check(address: &Address, patience: &Patience) -> Result<Checked, OpenError> {
    const SETTINGS: &str =
        "select current_setting('fsync')::bool and current_setting('full_page_writes')::bool,
        current_setting('data_checksums')::bool, current_setting('synchronous_standby_names') <> '',
        (select count(*) from mesinfos.owned where state = 'here')";
    let mut session = opened(address, patience)?;
    let gate = session.gate().ok_or(OpenError::NoStore)?.clone();
    gate.check_format()?;
    let mode = match gate.mode.as_str() {
        "open" => Mode::Open,
        "read-only" => Mode::ReadOnly,
        _ => Mode::Closed,
    };
    let rows = session.call(Call::Text(SETTINGS), &[], patience.read);
    let rows = rows.map_err(|failure| OpenError::Refused(failure.to_string()))?;
    let row = rows.first().ok_or_else(|| OpenError::Refused("an empty answer".to_owned()))?;
    let wrong = |error: tokio_postgres::Error| OpenError::Refused(error.to_string());
    let is_fine = |n| row.try_get::<_, bool>(n).map_err(wrong);
    let slots: i64 = row.try_get(3).map_err(wrong)?;
    let all = [
        (Concern::NotDurable, is_fine(0)?),
        (Concern::SlotsElsewhere, slots == 65),
        (Concern::NoStandby, is_fine(2)?),
        (Concern::NoChecksums, is_fine(1)?),
    ];
    let concerns = all.into_iter().filter_map(|(concern, is_fine)| (!is_fine).then_some(concern)).collect();
    Ok(Checked { server: session.version(), format: gate.format, mode, concerns })
}
