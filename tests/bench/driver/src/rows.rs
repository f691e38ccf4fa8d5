//! Rows as the peers need them: one structure per row, read from the sealed chunks.

use crate::native::{batches, bytes, known, longs};
use crate::work::Work;
use mesinfos_model::category::{bank, energy, telecom};
use mesinfos_model::{Batch, Category, Column};
use mesinfos_vault::PersonVault;
use serde::Serialize;

/// A transaction, borrowed from its batch.
#[derive(Serialize)]
pub(crate) struct Transaction<'a> {
    pub(crate) booked_on: i32,
    pub(crate) amount: i64,
    pub(crate) currency: &'a str,
    pub(crate) kind: u8,
    pub(crate) label: &'a str,
}

#[derive(Serialize)]
pub(crate) struct Reading {
    pub(crate) start: i64,
    pub(crate) utc_offset: i64,
    pub(crate) duration: i64,
    pub(crate) energy: i64,
}

#[derive(Serialize)]
pub(crate) struct Event {
    pub(crate) at: i64,
    pub(crate) utc_offset: i64,
    pub(crate) service: u8,
    pub(crate) direction: u8,
    pub(crate) duration: Option<i64>,
    pub(crate) messages: Option<i64>,
}

/// Passes each transaction to `take`.
pub(crate) fn transactions(person: &PersonVault, mut take: impl FnMut(Transaction<'_>)) {
    for batch in batches(person, Category::Bank, Work::Budget.fields().with(bank::CURRENCY)) {
        let (amounts, kinds) = (longs(&batch, bank::AMOUNT), bytes(&batch, bank::KIND));
        let Column::I32(days) = batch.column(bank::BOOKED_ON) else { continue };
        for row in 0..batch.rows() {
            let (Some(amount), Some(currency)) = (known(amounts, row), batch.text(bank::CURRENCY, row))
            else {
                continue;
            };
            let label = batch.text(bank::LABEL, row).unwrap_or_default();
            take(Transaction { booked_on: days[row], amount, currency, kind: kinds[row], label });
        }
    }
}

/// Passes each reading to `take`.
pub(crate) fn readings(person: &PersonVault, mut take: impl FnMut(Reading)) {
    for batch in batches(person, Category::Energy, Work::Profile.fields()) {
        let [starts, offsets, durations, energies] =
            columns(&batch, [energy::START, energy::UTC_OFFSET, energy::DURATION, energy::ENERGY]);
        for row in 0..batch.rows() {
            if let (Some(start), Some(duration), Some(energy)) =
                (known(starts, row), known(durations, row), known(energies, row))
            {
                take(Reading { start, utc_offset: known(offsets, row).unwrap_or(0), duration, energy });
            }
        }
    }
}

/// Passes each call or message to `take`.
pub(crate) fn events(person: &PersonVault, mut take: impl FnMut(Event)) {
    for batch in batches(person, Category::Telecom, Work::Plans.fields()) {
        let [starts, offsets, durations, messages] =
            columns(&batch, [telecom::AT, telecom::UTC_OFFSET, telecom::DURATION, telecom::MESSAGES]);
        let (services, directions) = (bytes(&batch, telecom::SERVICE), bytes(&batch, telecom::DIRECTION));
        for row in 0..batch.rows() {
            let Some(at) = known(starts, row) else { continue };
            take(Event {
                at,
                utc_offset: known(offsets, row).unwrap_or(0),
                service: services[row],
                direction: directions[row],
                duration: known(durations, row),
                messages: known(messages, row),
            });
        }
    }
}

fn columns(batch: &Batch, fields: [usize; 4]) -> [&[i64]; 4] {
    fields.map(|field| longs(batch, field))
}
