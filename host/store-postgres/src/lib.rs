//! The store on PostgreSQL, for several hosts that share one store and for servers that replicate it.
//!
//! - [`PostgresStore`]: [`Store`] on the primary of an [`Address`].
//! - [`init`], [`check`]: creates the schema, and says in which state a store is.
//! - [`Patience`]: how long it waits.
//!
//! Each person belongs to one of 64 slots by the first six bits of the id, and each slot is a schema (`sql/slot.sql`), so
//! that it can be kept on another server. The house has a schema of its own. Three statements do the work: one reads any number of
//! ranges of a partition from one snapshot, one reads chunks, and one applies a commit.
//!
//! Invariants:
//! - A commit is applied once, however often it is sent. It has an id; the server keeps the outcome with its changes
//!   and gives the same answer again.
//! - A write is acknowledged only when the server has confirmed it without a warning. Nothing is ever cancelled, and no
//!   statement has a time limit on the server.
//! - Every write passes the gate in its own transaction.
//! - No password is in an address, a log or an error.
//!
//! Start with [`Store::commit`] below and `sql/slot.sql`.

mod address;
mod error;
mod patience;
mod pool;
mod schema;
mod session;
mod statements;

pub use address::{Address, AddressError};
pub use error::{OLDEST_SERVER, OpenError};
pub use patience::Patience;
pub use schema::{Checked, Concern, Mode, check, init};
pub use statements::FORMAT;

use error::{Failure, Refusal, words};
use mesinfos_store::{ChunkId, Commit, Partition, PersonId, Range, Record, Result, Store, StoreError, Which};
use patience::{BYTES_PER_SECOND, MESSAGE, PAUSE};
use pool::Pool;
use session::{Call, Parameter, Session};
use statements::{CLOCK, PERSONS, SWEEP, Slot, Statement, person};
use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::time::{Duration, Instant};
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;
use uuid::Uuid;

/// A store on PostgreSQL.
///
/// All methods block. They must not be called on a thread that drives a tokio runtime; a thread of `spawn_blocking` is
/// right.
pub struct PostgresStore {
    pool: Pool,
}

/// What a caller gets when the time is over.
struct Pending {
    /// Reason of the last failure.
    why: StoreError,
    /// Whether an attempt may have been applied.
    may_be_written: bool,
}

impl PostgresStore {
    /// Opens the store at an address, with one session.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(address: Address) -> std::result::Result<PostgresStore, OpenError> {
        PostgresStore::with(address, Patience::default())
    }

    /// Opens the store with other time limits.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn with(address: Address, patience: Patience) -> std::result::Result<PostgresStore, OpenError> {
        let pool = Pool::new(address, patience);
        let until = Instant::now() + patience.busy;
        error::patiently(until, || pool.take(until))?.give_back();
        Ok(PostgresStore { pool })
    }

    /// Attempts a call until it succeeds, is refused, or the time is over: [`Patience::busy`], and `outcome` once an
    /// attempt may have been applied. `attempt` is told whether one may have been.
    fn attempts<T>(
        &self,
        since: Instant,
        outcome: Duration,
        mut attempt: impl FnMut(&mut Session, bool) -> std::result::Result<T, Failure>,
    ) -> std::result::Result<T, Pending> {
        let patience = &self.pool.patience;
        let mut may_be_written = false;
        loop {
            let most = if may_be_written { outcome } else { patience.busy };
            let until = since + most;
            let why = match self.pool.take(until) {
                Err(error) if error.is_passing() || may_be_written => StoreError::from(error),
                Err(error) => return Err(Pending { why: error.into(), may_be_written }),
                Ok(mut taken) => match attempt(&mut taken.session, may_be_written) {
                    Ok(done) => {
                        taken.give_back();
                        return Ok(done);
                    }
                    Err(Failure::Refused(error)) => {
                        let refusal = Refusal::of(&error);
                        if matches!(refusal, Refusal::Demoted) {
                            drop(taken);
                            self.pool.forget();
                        } else {
                            taken.give_back();
                        }
                        match refusal {
                            Refusal::Passing | Refusal::Demoted => StoreError::Unavailable(words(&error)),
                            // This attempt was not applied, but an earlier one may have been.
                            Refusal::Final(why) if may_be_written => why,
                            Refusal::Final(why) => return Err(Pending { why, may_be_written }),
                        }
                    }
                    Err(Failure::Lost(why)) => {
                        drop(taken);
                        may_be_written = true;
                        self.pool.forget();
                        StoreError::Unavailable(why)
                    }
                },
            };
            let most = if may_be_written { outcome } else { patience.busy };
            if since.elapsed() + PAUSE >= most {
                return Err(Pending { why, may_be_written });
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Attempts a read.
    fn read_with<T>(
        &self,
        call: Call,
        parameters: &[Parameter<'_>],
        decode: impl Fn(Vec<Row>) -> Decoded<T>,
    ) -> Result<T> {
        let Patience { read, busy, .. } = self.pool.patience;
        let rows = self.attempts(Instant::now(), busy, |session, _| session.call(call, parameters, read));
        let rows = rows.map_err(|pending| pending.why)?;
        decode(rows).map_err(|error| StoreError::Damaged(error.to_string()))
    }

    /// Attempts a write that has the same effect if it is done twice.
    fn write_with(&self, call: Call, parameters: &[Parameter<'_>], bytes: usize) -> Result<()> {
        let Patience { write, outcome, .. } = self.pool.patience;
        let wait = write + time_for(bytes);
        let written =
            self.attempts(Instant::now(), outcome, |session, _| session.call(call, parameters, wait));
        written.map(|_| ()).map_err(Pending::into_error)
    }

    fn read_partition(&self, partition: Partition, ranges: &[&Range]) -> Result<Vec<Vec<Record>>> {
        let (mut low, mut high, mut most, mut is_backwards) = (vec![], vec![], vec![], vec![]);
        for range in ranges {
            low.push(from(&range.from));
            high.push(until(&range.until));
            most.push(i64::try_from(range.limit).unwrap_or(i64::MAX));
            is_backwards.push(range.is_backwards);
        }
        let person = person(partition);
        let parameters: [Parameter<'_>; 5] = [&person, &low, &high, &most, &is_backwards];
        self.read_with(Call::Slot(Statement::Read, Slot::of(partition)), &parameters, |rows| {
            let mut found = vec![Vec::new(); ranges.len()];
            for row in rows {
                let n = usize::try_from(row.try_get::<_, i64>(0)?)?;
                let records = n.checked_sub(1).and_then(|n| found.get_mut(n));
                records.ok_or("an answer to no range")?.push((row.try_get(1)?, row.try_get(2)?));
            }
            // Nothing promises an order over two queries that are joined.
            found.iter_mut().for_each(|records| records.sort_unstable());
            Ok(found)
        })
    }
}

impl Pending {
    /// The error of a write.
    fn into_error(self) -> StoreError {
        match self {
            Pending { why, may_be_written: false } => why,
            Pending { why: StoreError::Unavailable(why), .. } => StoreError::Unknown(why),
            Pending { why, .. } => StoreError::Unknown(why.to_string()),
        }
    }
}

/// What an answer says, or why it is not the answer of this schema.
type Decoded<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Lower bound, inclusive.
fn from(bound: &Bound<Vec<u8>>) -> Vec<u8> {
    match bound {
        Bound::Included(key) => key.clone(),
        Bound::Excluded(key) => just_after(key),
        Bound::Unbounded => Vec::new(),
    }
}

/// Upper bound, exclusive. `None`: there is none.
fn until(bound: &Bound<Vec<u8>>) -> Option<Vec<u8>> {
    match bound {
        Bound::Included(key) => Some(just_after(key)),
        Bound::Excluded(key) => Some(key.clone()),
        Bound::Unbounded => None,
    }
}

/// The first key after a key.
fn just_after(key: &[u8]) -> Vec<u8> {
    [key, &[0]].concat()
}

/// Time that bytes take on a slow network.
fn time_for(bytes: usize) -> Duration {
    Duration::from_secs((bytes / BYTES_PER_SECOND) as u64)
}

fn column<'a, T: FromSql<'a>>(row: &'a Row, n: usize) -> Decoded<T> {
    Ok(row.try_get(n)?)
}

fn ids(chunks: &[ChunkId]) -> Vec<Uuid> {
    chunks.iter().map(|chunk| Uuid::from_bytes(chunk.0)).collect()
}

impl Store for PostgresStore {
    fn read(&self, ranges: &[Range]) -> Result<Vec<Vec<Record>>> {
        let mut of: BTreeMap<Partition, Vec<usize>> = BTreeMap::new();
        for (n, range) in ranges.iter().enumerate() {
            of.entry(range.partition).or_default().push(n);
        }
        let mut found = vec![Vec::new(); ranges.len()];
        for (partition, positions) in of {
            let asked: Vec<&Range> = positions.iter().map(|&n| &ranges[n]).collect();
            for (n, records) in positions.into_iter().zip(self.read_partition(partition, &asked)?) {
                found[n] = records;
            }
        }
        Ok(found)
    }

    fn commit(&self, commit: &Commit) -> Result<()> {
        commit.check_sizes()?;
        let since = Instant::now();
        let Patience { write, outcome, .. } = self.pool.patience;
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(std::io::Error::from)?;
        let (person, id) = (person(commit.partition), Uuid::from_bytes(id));
        // The last of several puts of a key counts.
        let puts: BTreeMap<&[u8], &[u8]> =
            commit.puts.iter().map(|(key, value)| (key.as_slice(), value.as_slice())).collect();
        let (put_keys, put_values): (Vec<&[u8]>, Vec<&[u8]>) = puts.into_iter().unzip();
        let deletes: Vec<&[u8]> = commit.deletes.iter().map(Vec::as_slice).collect();
        let (expected_keys, expected_values): (Vec<&[u8]>, Vec<Option<&[u8]>>) =
            commit.preconditions.iter().map(|(key, value)| (key.as_slice(), value.as_deref())).unzip();
        let names = ids(&commit.names);
        let call = Call::Slot(Statement::Commit, Slot::of(commit.partition));
        let committed = self.attempts(since, outcome, |session, is_again| {
            // When the caller has an answer, a message that is still on its way is too late.
            let latest = session.server_time(since + outcome);
            let parameters: [Parameter<'_>; 11] = [
                &person,
                &id,
                &FORMAT,
                &latest,
                &is_again,
                &expected_keys,
                &expected_values,
                &names,
                &deletes,
                &put_keys,
                &put_values,
            ];
            let rows = session.call(call, &parameters, write)?;
            let outcome = rows.first().and_then(|row| row.try_get::<_, bool>(0).ok());
            outcome.ok_or_else(|| Failure::Lost("an empty answer".to_owned()))
        });
        match committed {
            Ok(true) => Ok(()),
            Ok(false) => Err(StoreError::Conflict),
            Err(pending) => Err(pending.into_error()),
        }
    }

    fn put_chunks(&self, partition: Partition, chunks: &[(ChunkId, Vec<u8>)]) -> Result<()> {
        let mut rest = chunks;
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = |(_, body): &&(ChunkId, Vec<u8>)| {
                bytes += body.len();
                bytes <= MESSAGE
            };
            let (now, later) = rest.split_at(rest.iter().take_while(fits).count().max(1));
            rest = later;
            let ids: Vec<Uuid> = now.iter().map(|(chunk, _)| Uuid::from_bytes(chunk.0)).collect();
            let bodies: Vec<&[u8]> = now.iter().map(|(_, body)| body.as_slice()).collect();
            let parameters: [Parameter<'_>; 4] = [&person(partition), &FORMAT, &ids, &bodies];
            let call = Call::Slot(Statement::PutChunks, Slot::of(partition));
            self.write_with(call, &parameters, bodies.iter().map(|body| body.len()).sum())?;
        }
        Ok(())
    }

    fn get_chunks(&self, partition: Partition, chunks: &[ChunkId]) -> Result<Vec<Vec<u8>>> {
        if chunks.is_empty() {
            return Ok(Vec::new());
        }
        let call = Call::Slot(Statement::Chunks, Slot::of(partition));
        let found: HashMap<Uuid, Vec<u8>> =
            self.read_with(call, &[&person(partition), &ids(chunks)], |rows| {
                rows.iter().map(|row| Ok((column(row, 0)?, column(row, 1)?))).collect()
            })?;
        let body = |chunk: &ChunkId| {
            let body = found.get(&Uuid::from_bytes(chunk.0)).cloned();
            body.ok_or(StoreError::MissingChunk { partition, chunk: *chunk })
        };
        chunks.iter().map(body).collect()
    }

    fn chunks_of(&self, partition: Partition) -> Result<Vec<(ChunkId, Duration)>> {
        let call = Call::Slot(Statement::ChunksOf, Slot::of(partition));
        self.read_with(call, &[&person(partition)], |rows| {
            let chunk = |row: &Row| {
                let age = Duration::try_from_secs_f64(column(row, 1)?).unwrap_or_default();
                Ok((ChunkId(column::<Uuid>(row, 0)?.into_bytes()), age))
            };
            rows.iter().map(chunk).collect()
        })
    }

    fn delete_chunks(&self, partition: Partition, which: Which<'_>) -> Result<()> {
        let chunks = match which {
            Which::Some([]) => return Ok(()),
            Which::Some(chunks) => Some(ids(chunks)),
            Which::All => None,
        };
        let call = Call::Slot(Statement::DeleteChunks, Slot::of(partition));
        self.write_with(call, &[&person(partition), &FORMAT, &chunks], 0)
    }

    fn persons(&self, after: Option<PersonId>, limit: usize) -> Result<Vec<PersonId>> {
        let after = after.map(|person| Uuid::from_bytes(person.0));
        let most = i32::try_from(limit).unwrap_or(i32::MAX);
        self.read_with(Call::Text(PERSONS), &[&after, &most], |rows| {
            rows.iter().map(|row| Ok(PersonId(column::<Uuid>(row, 0)?.into_bytes()))).collect()
        })
    }

    fn clock(&self) -> Result<i64> {
        self.read_with(Call::Text(CLOCK), &[], |rows| column(rows.first().ok_or("an empty answer")?, 0))
    }

    fn upkeep(&self) -> Result<()> {
        self.write_with(Call::Text(SWEEP), &[], 0)
    }
}
