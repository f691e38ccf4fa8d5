//! Backups of the Android app "SMS Backup & Restore": calls (`<calls>`), and messages (`<smses>` with
//! `<sms>` and `<mms>`). The app writes the columns of Android's own databases as attributes.
//!
//! Gotchas:
//! - `date` is milliseconds since 1970 (UTC); a few old files have seconds. The local offset is not
//!   stored, but `readable_date` is the same instant in the telephone's zone and language: the difference
//!   of the two is the offset, if the time of day can be read without knowing the language. Otherwise it
//!   is missing: no zone is assumed.
//! - One person is written as `06…`, `+336…` or with spaces: see [`crate::phone`]. Empty, `-1` (unknown),
//!   `-2` (withheld) and `-3` (payphone) mean no person; letters are the sender name of a company.
//! - The members of a group are joined by `~`; the sender is in `<addr type="137">`.
//! - Drafts and messages that failed or are pending were not sent: they are reported, and yield no rows.
//! - The app writes a missing value as "null".
//! - Emoji and photographs: see [`super::repair_xml`].
//!
//! A message is a row of `telecom` and, with its text, a row of `social`. Its SIM is not kept, because
//! its number (`sub_id`) differs between telephones.

use super::repair_xml::Mender;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::phone;
use crate::read::{Filtered, Guarded, Head, Input, Node, Xml};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::time;
use mesinfos_model::Category;
use mesinfos_model::category::social;
use mesinfos_model::category::telecom::{self, direction, peer_kind, service};

/// The `sms-backup` format.
pub(crate) struct SmsBackup;

static ABOUT: FormatInfo = FormatInfo {
    id: "sms-backup",
    fr: "Appels et messages d’un téléphone Android (« SMS Backup & Restore », XML)",
    en: "Calls and messages of an Android telephone (\"SMS Backup & Restore\", XML)",
    origin: "SMS Backup & Restore (SyncTech)",
    categories: &[Category::Telecom, Category::Social],
    looks_for: "an XML document whose root is <smses>, or <calls> with a backup or calls in it",
    spec: "https://www.synctech.com.au/sms-backup-restore/fields-in-xml-backup-files/",
    counts: OrdinalKind::Lines,
};

const HOLDER: &str = "SMS Backup & Restore";

/// `type` of a call: service and direction. 6 is a call from a number that the person blocks, 7 a call
/// answered on another device.
const CALLS: [(&str, i64, i64); 7] = [
    ("1", service::VOICE, direction::IN),
    ("2", service::VOICE, direction::OUT),
    ("3", service::VOICE, direction::MISSED),
    ("4", service::VOICEMAIL, direction::IN),
    ("5", service::VOICE, direction::REJECTED),
    ("6", service::VOICE, direction::REJECTED),
    ("7", service::VOICE, direction::IN),
];

/// Addresses of an MMS by `type`, as in Android's `PduHeaders`.
const FROM: &str = "137";
const RECIPIENTS: [&str; 3] = ["151", "130", "129"];

/// Android's placeholder for the person's own number.
const OWN_NUMBER: &str = "insert-address-token";

/// In milliseconds, early 1973; in seconds, the year 5138: lower values are seconds.
const LEAST_MILLISECONDS: i64 = 100_000_000_000;

impl Format for SmsBackup {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        match head.xml_root() {
            Some("smses") => true,
            // The root name alone is too common.
            Some("calls") => head.text().contains(" backup_set=") || head.text().contains("<call number="),
            _ => false,
        }
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let unreadable = input.unreadable();
        let mended = Filtered::new(input.head.decoder(input.raw()), Mender::default());
        let mut xml = Xml::new(Guarded::new(Box::new(mended)).telling(&unreadable));
        while let Some(node) = xml.next(&["call", "sms", "mms"])? {
            match &*node.name {
                "call" => call(&node, rows)?,
                "sms" => sms(&node, rows)?,
                _ => mms(&node, rows)?,
            }
        }
        Ok(())
    }
}

fn call(node: &Node, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let Some((at, offset)) = when(node, rows) else { return Ok(()) };
    let kind = value(node, "type").unwrap_or_default();
    let Some(&(_, service, direction)) = CALLS.iter().find(|(number, ..)| *number == kind) else {
        rows.reject(node.line, Some("type"), Reason::unknown_call(kind));
        return Ok(());
    };
    let duration = match value(node, "duration").map(str::parse::<i64>) {
        None => None,
        Some(Ok(seconds)) if seconds >= 0 => Some(seconds),
        Some(_) => {
            let found = value(node, "duration").unwrap_or_default();
            rows.reject(node.line, Some("duration"), Reason::not_seconds(found));
            return Ok(());
        }
    };
    let peer = Party::of(value(node, "number"));
    rows.push(
        Category::Telecom,
        node.line,
        &[
            (telecom::HOLDER, HOLDER.into()),
            (telecom::AT, at.into()),
            (telecom::UTC_OFFSET, offset.into()),
            (telecom::SERVICE, service.into()),
            (telecom::DIRECTION, direction.into()),
            (telecom::PEER, peer.key().into()),
            (telecom::PEER_KIND, peer.kind.into()),
            (telecom::DURATION, duration.into()),
            (telecom::PEER_NUMBER, peer.key().into()),
        ],
    )
}

fn sms(node: &Node, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let Some(direction) = direction(node, "type", rows) else { return Ok(()) };
    let peer = Party::of(value(node, "address"));
    message(node, Message { is_mms: false, direction, peer, body: value(node, "body") }, rows)
}

fn mms(node: &Node, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let Some(direction) = direction(node, "msg_box", rows) else { return Ok(()) };
    let addresses = node.child("addrs").map(|addresses| addresses.children.as_slice()).unwrap_or_default();
    let of_types = |types: &[&str]| {
        let is_one = |address: &&Node| value(address, "type").is_some_and(|kind| types.contains(&kind));
        let found = addresses.iter().filter(is_one).filter_map(|address| value(address, "address"));
        found.filter(|address| *address != OWN_NUMBER).collect::<Vec<&str>>().join("~")
    };
    let sender = if direction == direction::IN { of_types(&[FROM]) } else { String::new() };
    // The app's own attribute lists everybody except the person; old versions lack it.
    let peer = match value(node, "address") {
        _ if !sender.is_empty() => Party::of(Some(&sender)),
        Some(others) => Party::of(Some(others)),
        None if direction == direction::OUT => Party::of(Some(&of_types(&RECIPIENTS))),
        None => Party::of(None),
    };
    let parts = node.child("parts").map(|parts| parts.children.as_slice()).unwrap_or_default();
    let is_text = |part: &&Node| part.attribute("ct").is_some_and(|kind| kind.starts_with("text/plain"));
    let texts: Vec<&str> = parts.iter().filter(is_text).filter_map(|part| value(part, "text")).collect();
    let body = texts.join("\n");
    let body = Some(body.as_str()).filter(|body| !body.is_empty());
    message(node, Message { is_mms: true, direction, peer, body }, rows)
}

struct Message<'m> {
    is_mms: bool,
    direction: i64,
    peer: Party,
    body: Option<&'m str>,
}

/// Writes a message to both of its categories.
fn message(node: &Node, message: Message<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
    let Message { is_mms, direction, peer, body } = message;
    let Some((at, offset)) = when(node, rows) else { return Ok(()) };
    let (service, channel) =
        if is_mms { (service::MMS, social::channel::MMS) } else { (service::SMS, social::channel::SMS) };
    rows.push(
        Category::Telecom,
        node.line,
        &[
            (telecom::HOLDER, HOLDER.into()),
            (telecom::AT, at.into()),
            (telecom::UTC_OFFSET, offset.into()),
            (telecom::SERVICE, service.into()),
            (telecom::DIRECTION, direction.into()),
            (telecom::PEER, peer.key().into()),
            (telecom::PEER_KIND, peer.kind.into()),
            (telecom::MESSAGES, 1.into()),
            (telecom::PEER_NUMBER, peer.key().into()),
        ],
    )?;
    let length = body.and_then(|body| i64::try_from(body.chars().count()).ok());
    let way = if direction == direction::IN { social::direction::IN } else { social::direction::OUT };
    let name = value(node, "contact_name").filter(|name| *name != "(Unknown)");
    rows.push(
        Category::Social,
        node.line,
        &[
            (social::HOLDER, HOLDER.into()),
            (social::ROW, social::row::MESSAGE.into()),
            (social::AT, at.into()),
            (social::UTC_OFFSET, offset.into()),
            (social::CHANNEL, channel.into()),
            (social::DIRECTION, way.into()),
            (social::PERSON, peer.key().into()),
            (social::LENGTH, length.into()),
            (social::NAME, name.into()),
            (social::PHONES, peer.key().into()),
            (social::BODY, body.into()),
        ],
    )
}

/// Value of an attribute; `None` if it is missing, empty or "null".
fn value<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    node.attribute(name).map(str::trim).filter(|value| !value.is_empty() && *value != "null")
}

/// Direction of a message that was transmitted; others are rejected.
fn direction(node: &Node, field: &str, rows: &mut RowWriter<'_>) -> Option<i64> {
    let kind = value(node, field).unwrap_or_default();
    let reason = match kind {
        "1" => return Some(direction::IN),
        "2" => return Some(direction::OUT),
        "3" => Reason::Draft,
        "4" | "6" => Reason::NotSentYet,
        "5" => Reason::NotSent,
        _ => Reason::unknown_call(kind),
    };
    rows.reject(node.line, Some(field), reason);
    None
}

/// Instant of the row; without one, the row is rejected.
fn when(node: &Node, rows: &mut RowWriter<'_>) -> Option<(i64, Option<i64>)> {
    let text = value(node, "date").unwrap_or_default();
    let Ok(number) = text.parse::<i64>() else {
        let reason = Reason::not_milliseconds(text);
        rows.reject(node.line, Some("date"), reason);
        return None;
    };
    let at = if number < LEAST_MILLISECONDS { number } else { number.div_euclid(1_000) };
    Some((at, value(node, "readable_date").and_then(|readable| offset(at, readable))))
}

/// Local time minus UTC in minutes, from a time of day in text.
fn offset(at: i64, readable: &str) -> Option<i64> {
    const DAY: i64 = 86_400;
    const QUARTER: i64 = 900;
    let clock = clock_in(readable)?;
    let ahead = (clock - at.rem_euclid(DAY)).rem_euclid(DAY);
    if ahead % QUARTER != 0 {
        return None;
    }
    // Behind by 9:30 equals ahead by 14:30. Ahead by 13 or 14 hours (Tonga) and behind by 11 or 10
    // (Samoa, Hawaii) show the same clock; 13:45 is in use only ahead (Chatham).
    match ahead / 60 {
        minutes @ (0..=765 | 825) => Some(minutes),
        766..=840 => None,
        minutes => Some(minutes - DAY / 60),
    }
}

/// Time of day in a textual date, in seconds; `None` if an unknown word might mean morning or afternoon.
fn clock_in(readable: &str) -> Option<i64> {
    let words: Vec<&str> = readable.split_whitespace().collect();
    let clock_at = words.iter().position(|word| word.matches(':').count() == 2)?;
    let clock = time::clock(words[clock_at])?;
    let before = clock_at.checked_sub(1).map(|before| words[before])?;
    let is_date = before.ends_with(|last: char| last.is_ascii_digit() || last.is_ascii_punctuation());
    if !is_date && !matches!(before, "à" | "at" | "um") {
        return None;
    }
    let after: String =
        words[clock_at + 1..].iter().flat_map(|word| word.chars()).filter(|c| *c != '.').collect();
    let hour = match (after.to_lowercase().as_str(), clock.hour()) {
        ("", hour) => hour,
        ("am", hour @ 1..=11) => hour,
        ("am", 12) => 0,
        ("pm", hour @ 1..=11) => hour + 12,
        ("pm", 12) => 12,
        _ => return None,
    };
    Some((i64::from(hour) * 60 + i64::from(clock.minute())) * 60 + i64::from(clock.second()))
}

/// The other party.
struct Party {
    /// The number in stored form, or the sender name; group members are separated by a space.
    key: String,
    /// Code of `peer-kind`.
    kind: i64,
}

impl Party {
    fn of(address: Option<&str>) -> Party {
        let members = address.unwrap_or_default().split('~').map(str::trim);
        let mut members: Vec<(String, i64)> = members.filter_map(member).collect();
        if let [(key, kind)] = &mut members[..] {
            return Party { key: std::mem::take(key), kind: *kind };
        }
        // Sorted, so that a group has one key regardless of who wrote first.
        members.sort();
        members.dedup();
        let keys: Vec<String> = members.into_iter().map(|(key, _)| key).collect();
        Party { key: keys.join(" "), kind: peer_kind::UNKNOWN }
    }

    fn key(&self) -> Option<&str> {
        Some(self.key.as_str()).filter(|key| !key.is_empty())
    }
}

fn member(address: &str) -> Option<(String, i64)> {
    match address {
        "" | "-1" | "-2" | "-3" => None,
        _ => Some(match phone::normal(address) {
            Some(number) => {
                let kind = phone::kind(&number);
                (number, kind)
            }
            None if address.contains('@') => (address.to_owned(), peer_kind::UNKNOWN),
            None => (address.to_owned(), peer_kind::SHORT),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_all;
    use mesinfos_model::category::telecom::direction::{IN, MISSED, OUT, REJECTED};
    use mesinfos_model::category::telecom::peer_kind::{INTERNATIONAL, MOBILE, SHORT, UNKNOWN};
    use mesinfos_model::category::telecom::service::{MMS, SMS, VOICE, VOICEMAIL};

    const CALLS_FILE: &str = include_str!("../../tests/samples/sms-backup--calls.xml");
    const MESSAGES: &str = include_str!("../../tests/samples/sms-backup.xml");

    #[test]
    fn calls_are_rows() {
        let (reads, batches) = read_all(CALLS_FILE.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows, reads[0].rejected_count), ("sms-backup", 7, 0));
        let calls = &batches[0];
        assert_eq!(calls.category(), Category::Telecom);
        let all = |field| (0..calls.rows()).map(|row| calls.integer(field, row)).collect::<Vec<_>>();
        assert_eq!(all(telecom::DIRECTION), [IN, OUT, IN, MISSED, REJECTED, IN, OUT].map(Some));
        assert_eq!(all(telecom::SERVICE), [VOICE, VOICE, VOICE, VOICE, VOICE, VOICEMAIL, VOICE].map(Some));
        assert_eq!(
            all(telecom::PEER_KIND),
            [MOBILE, MOBILE, UNKNOWN, UNKNOWN, SHORT, MOBILE, INTERNATIONAL].map(Some)
        );
        assert_eq!(all(telecom::UTC_OFFSET)[..2], [Some(120), Some(120)]);
        // One person in two spellings; nobody; a short number.
        let peer = |row| calls.text(telecom::PEER, row);
        assert_eq!(
            [peer(0), peer(1), peer(2), peer(3)],
            [Some("+33623456789"), Some("+33623456789"), None, None]
        );
        assert_eq!(peer(4), Some("3900"));
    }

    #[test]
    fn messages_are_rows_of_two_categories() {
        let (reads, batches) = read_all(MESSAGES.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (10, 0), "{:?}", reads[0].rejected);
        let [calls, messages] = &batches[..] else { panic!() };
        assert_eq!([calls.category(), messages.category()], [Category::Telecom, Category::Social]);
        let body = |row| messages.text(social::BODY, row);
        assert_eq!(body(0), Some("Bonjour 😀 & à demain"));
        assert_eq!(messages.integer(social::LENGTH, 0), Some(20));
        assert_eq!(messages.text(social::PERSON, 0), messages.text(social::PERSON, 1));
        assert_eq!(messages.text(social::NAME, 1), None, "(Unknown)");
        assert_eq!(
            (messages.text(social::PERSON, 2), calls.integer(telecom::PEER_KIND, 2)),
            (Some("Ma Banque"), Some(SHORT))
        );
        assert_eq!(body(3), Some("photo\nde la plage"));
        assert_eq!(messages.text(social::PERSON, 3), Some("+33623456789"), "who of the group wrote");
        assert_eq!(messages.text(social::PERSON, 4), Some("+33623456789 +33698765432"), "to a group");
        assert_eq!(
            (0..5).map(|row| calls.integer(telecom::SERVICE, row)).collect::<Vec<_>>(),
            [SMS, SMS, SMS, MMS, MMS].map(Some)
        );
    }

    #[test]
    fn what_was_not_sent_or_cannot_be_read_is_told_of() {
        let text = "<smses>\n<sms address=\"1\" date=\"1475312348000\" type=\"3\" body=\"x\"/>\n\
             <sms address=\"0612345678\" date=\"x\" type=\"1\" body=\"x\"/>\n\
             <sms address=\"0612345678\" date=\"1475312348\" type=\"1\" body=\"in seconds\"/>\n\
             <sms address=\"0612345678\" date=\"1475312348000\" type=\"9\" body=\"x\"/></smses>";
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        let lines: Vec<_> = reads[0].rejected.iter().map(|r| (r.line, r.field.as_deref())).collect();
        assert_eq!(lines, [(Some(2), Some("type")), (Some(3), Some("date")), (Some(5), Some("type"))]);
        assert_eq!(batches[0].integer(telecom::AT, 0), Some(1_475_312_348));
        let call = "<calls><call number=\"1\" duration=\"-5\" date=\"1475312348000\" type=\"1\"/>\
             <call number=\"1\" duration=\"5\" date=\"1475312348000\" type=\"12\"/></calls>";
        let (reads, _) = read_all(call.as_bytes()).unwrap();
        assert_eq!((reads[0].rows, reads[0].rejected_count), (0, 2));
    }

    #[test]
    fn the_offset_is_read_off_the_clock() {
        // 2012-11-26T00:17:19Z
        let at = 1_353_889_039;
        assert_eq!(offset(at, "Nov 25, 2012 6:17:19 PM"), Some(-360));
        assert_eq!(offset(at, "Nov 25, 2012, 6:17:19\u{202f}PM"), Some(-360));
        assert_eq!(offset(at, "25/11/2012 6:17:19 p. m."), Some(-360));
        assert_eq!(offset(at, "26 nov. 2012 01:17:19"), Some(60));
        assert_eq!(offset(at, "26 nov. 2012 à 01:17:19"), Some(60));
        assert_eq!(offset(at, "26.11.2012 00:17:19"), Some(0));
        // In Kathmandu; in Tonga or Samoa; another instant; unknown words.
        assert_eq!(offset(at, "26.11.2012 06:02:19"), Some(345));
        for unknown in [
            "26.11.2012 13:17:19",
            "26.11.2012 01:17:20",
            "2012. 11. 26. 오후 6:17:19",
            "2012年11月26日 下午6:17:19",
            "6:17:19",
            "",
            "Nov 25, 2012 6:17 PM",
            "Nov 25, 2012 13:17:19 PM",
            "Nov 25, 2012 6:17:19 CET",
        ] {
            assert_eq!(offset(at, unknown), None, "{unknown}");
        }
    }
}
