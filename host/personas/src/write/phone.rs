//! The operator's call log, the address book, and a chat.

use super::{SampleFile, file, some};
use crate::calendar::{day, offset, utc};
use crate::life::{Life, Record};
use crate::simulate::phone::CONTACTS;
use crate::text::{Object, array};

/// The person's own number, in a range reserved for fiction.
pub(super) fn number(life: &Life) -> String {
    format!("3363998{:04}", life.key % 10_000)
}

/// Orange's call log, as in the MesInfos pilot.
pub(crate) fn log(life: &Life, record: &Record) -> Vec<SampleFile> {
    let line = number(life);
    some("orange-communications.json", !record.calls.iter().any(|call| record.shows(call.on)), || {
        array(record.calls.iter().filter(|call| record.shows(call.on)).map(|call| {
            let (what, way) = (
                if call.seconds.is_some() { "appel" } else { "SMS" },
                if call.out { "sortant" } else { "entrant" },
            );
            Object::new()
                .text("docType", "fr.orange.phonecommunicationlog")
                .text("docTypeVersion", "konnectors_orange_mobile-0.7.9")
                .text("timestamp", &utc(call.at))
                .text("msisdn", &line)
                .text("partner", CONTACTS[call.peer].number)
                .raw("length", call.seconds.unwrap_or(1))
                .text("chipType", if call.seconds.is_some() { "s" } else { "M" })
                .text("type", &format!("{what} {way}"))
                .text("networkType", "4G")
                .text("endCause", "0")
        }))
    })
}

/// The address book, vCard 3.
pub(super) fn contacts(life: &Life, _: &Record) -> Vec<SampleFile> {
    let cards = CONTACTS.iter().map(|contact| {
        let (given, family, group, number) = (contact.given, contact.family, contact.group, contact.number);
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:{family};{given};;;\r\nFN:{given} {family}\r\nTEL;TYPE=CELL:+{number}\r\n\
             ADR;TYPE=HOME:;;;{};;{};France\r\nCATEGORIES:{group}\r\nREV:{}T08:00:00Z\r\nEND:VCARD\r\n",
            life.town.name, life.town.postcode, life.from
        )
    });
    file("contacts.vcf", cards.collect())
}

/// A chat with friends, in WhatsApp's export format of a telephone in English.
pub(crate) fn chat(_: &Life, record: &Record) -> Vec<SampleFile> {
    some("whatsapp.txt", !record.messages.iter().any(|message| record.shows(day(message.at))), || {
        let start = "Messages and calls are end-to-end encrypted.";
        let shown = record.messages.iter().filter(|message| record.shows(day(message.at)));
        let lines = shown.map(|message| (message.at, message.from, message.text));
        let first = record.messages.first().map_or(0, |message| message.at);
        let lines = lines.map(|(at, from, text)| format!("{} - {from}: {text}\n", stamp(at)));
        format!("{} - {start}\n{}", stamp(first), lines.collect::<String>())
    })
}

/// Time as "12/31/23, 1:45 PM".
fn stamp(at: i64) -> String {
    jiff::Timestamp::from_second(at + offset(at))
        .map(|at| at.strftime("%-m/%-d/%y, %-I:%M %p").to_string())
        .unwrap_or_default()
}
