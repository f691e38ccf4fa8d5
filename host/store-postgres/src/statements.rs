//! SQL, for each slot.

use mesinfos_store::Partition;
use uuid::Uuid;

/// Format of the schema that this program writes.
pub const FORMAT: i32 = 1;

/// Number of slots of persons.
const SLOTS: u8 = 64;

const SERVER: &str = include_str!("../sql/server.sql");
const SLOT: &str = include_str!("../sql/slot.sql");

/// Settings of a session.
pub(crate) const SESSION: &str = include_str!("../sql/session.sql");
/// State of a server as a session finds it.
pub(crate) const SESSION_STATE: &str = include_str!("../sql/session_state.sql");
/// Format and mode of the store.
pub(crate) const GATE: &str = "select format, oldest_program, mode from mesinfos.gate";
pub(crate) const PERSONS: &str = "select mesinfos.persons($1, $2)";
pub(crate) const CLOCK: &str = "select extract(epoch from clock_timestamp())::int8";
pub(crate) const SWEEP: &str = "select mesinfos.sweep()";

/// The schema of some partitions: a slot of persons, or the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Slot(u8);

impl Slot {
    const HOUSE: Slot = Slot(SLOTS);

    /// By the first six bits of the person: ids are random.
    pub(crate) fn of(partition: Partition) -> Slot {
        match partition {
            Partition::House => Slot::HOUSE,
            Partition::Person(person) => Slot(person.0[0] >> 2),
        }
    }

    fn all() -> impl Iterator<Item = Slot> {
        (0..=SLOTS).map(Slot)
    }

    fn schema(self) -> String {
        if self == Slot::HOUSE { "house".to_owned() } else { format!("s{:02x}", self.0) }
    }

    fn fill(self, template: &str) -> String {
        template.replace("{schema}", &self.schema()).replace("{slot}", &self.0.to_string())
    }
}

/// Value of the column `person`. The house has a schema of its own, so the value is never that of a person.
pub(crate) fn person(partition: Partition) -> Uuid {
    match partition {
        Partition::House => Uuid::nil(),
        Partition::Person(person) => Uuid::from_bytes(person.0),
    }
}

/// A statement that each slot has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Statement {
    Read,
    Chunks,
    ChunksOf,
    Commit,
    PutChunks,
    DeleteChunks,
}

impl Statement {
    pub(crate) fn text(self, slot: Slot) -> String {
        slot.fill(match self {
            Statement::Read => include_str!("../sql/read.sql"),
            Statement::Chunks => include_str!("../sql/chunks.sql"),
            Statement::ChunksOf => include_str!("../sql/chunks_of.sql"),
            Statement::Commit => include_str!("../sql/commit.sql"),
            Statement::PutChunks => include_str!("../sql/put_chunks.sql"),
            Statement::DeleteChunks => include_str!("../sql/delete_chunks.sql"),
        })
    }
}

/// Everything that a new store needs.
pub(crate) fn creation() -> String {
    let mut sql = SERVER.to_owned();
    Slot::all().for_each(|slot| sql.push_str(&slot.fill(SLOT)));
    sql + &format!(
        "insert into mesinfos.gate (format, oldest_program, mode) values ({FORMAT}, {FORMAT}, 'open');"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_store::PersonId;

    #[test]
    fn slots_follow_the_order_of_persons() {
        let schema = |first| Slot::of(PersonId([first; 16]).into()).schema();
        assert_eq!([0, 3, 4, 0x7f, 0xff].map(schema), ["s00", "s00", "s01", "s1f", "s3f"]);
        assert_eq!(Slot::of(Partition::House).schema(), "house");
        assert_eq!(Slot::all().count(), 65);
    }
}
