//! Messages in Facebook's and Instagram's "download your information" (JSON): `message_1.json` of each
//! conversation.
//!
//! `{participants: [{name}], messages: [{sender_name, timestamp_ms, content?, …}], title, …}`. The file
//! does not name its owner: in a conversation of two, `title` is the name of the other person. With more
//! participants, the owner's own messages cannot be identified.
//!
//! Since 2023, end-to-end encrypted conversations come from messenger.com in another layout: `{participants: ["name"],
//! threadName, messages: [{senderName, timestamp, text, isUnsent, …}]}`. Its texts are plain UTF-8, and `threadName` is
//! the other person's name and a number.

use super::characters;
use super::facebook_text::repaired;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Guarded, Head, Input, records};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;
use mesinfos_model::category::social as s;
use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};

pub(crate) struct FacebookMessages;

static ABOUT: FormatInfo = FormatInfo {
    id: "facebook-messages-json",
    fr: "Messages Facebook ou Instagram (JSON)",
    en: "Facebook or Instagram messages (JSON)",
    origin: "Facebook, Instagram",
    categories: &[Category::Social],
    looks_for: "a JSON object with \"participants\" and \"messages\" of \"sender_name\" and \"timestamp_ms\", or of \"senderName\" and \"timestamp\"",
    spec: "https://www.facebook.com/help/212802592074644",
    counts: OrdinalKind::Entries,
};

/// Largest file, in bytes. It is held in memory, because the title that identifies the other person comes
/// after the messages; a file has at most 10 000 messages.
const FILE: u64 = 32 << 20;

/// Members around the messages.
#[derive(serde::Deserialize, Default)]
struct Conversation {
    #[serde(default)]
    participants: Few,
    #[serde(alias = "threadName")]
    title: Option<String>,
}

/// The first participants: enough to tell whether there are more than two.
#[derive(Default)]
struct Few(Vec<Participant>);

impl<'de> Deserialize<'de> for Few {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Few, D::Error> {
        deserializer.deserialize_seq(Few::default())
    }
}

impl<'de> Visitor<'de> for Few {
    type Value = Few;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of participants")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Few, A::Error> {
        while self.0.len() < 3 {
            match seq.next_element()? {
                Some(participant) => self.0.push(participant),
                None => return Ok(self),
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self)
    }
}

/// An object with a name or, in encrypted conversations, the name itself.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Participant {
    Named { name: Option<String> },
    Name(String),
}

impl Participant {
    fn name(&self) -> Option<&str> {
        match self {
            Participant::Named { name } => name.as_deref(),
            Participant::Name(name) => Some(name),
        }
    }
}

#[derive(serde::Deserialize)]
struct Message {
    #[serde(alias = "senderName")]
    sender_name: Option<String>,
    #[serde(alias = "timestamp")]
    timestamp_ms: Option<i64>,
    #[serde(alias = "text")]
    content: Option<String>,
    /// The sender took the message back: it has no text.
    #[serde(default, rename = "isUnsent")]
    is_unsent: bool,
}

impl Format for FacebookMessages {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let has = |own: [&str; 2]| head.is_json_with(&["\"participants\"", "\"messages\"", own[0], own[1]]);
        head.text().trim_start().starts_with('{')
            && (has(["\"sender_name\"", "\"timestamp_ms\""])
                || has(["\"senderName\"", "\"timestamp\""]) && head.text().contains("\"threadName\""))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let text = input.string(FILE)?;
        // A truncated file loses its title, and with it the identity of the senders, but not its
        // messages.
        let conversation: Conversation = serde_json::from_str(&text).unwrap_or_default();
        let other = conversation.other();
        let text = Guarded::new(Box::new(text.as_bytes()));
        records(text, &["messages"], rows, &mut |message, ordinal, rows| {
            push(message, other.as_deref(), ordinal, rows)
        })
    }
}

impl Conversation {
    /// The other person, if there is only one.
    fn other(&self) -> Option<String> {
        let title = self.title.as_deref()?;
        let names = || self.participants.0.iter().filter_map(Participant::name);
        let is_two = self.participants.0.len() <= 2;
        // "Jane Doe_12": the number tells apart threads of one name.
        let bare =
            title.rsplit_once('_').filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
        let other = names().find(|name| *name == title || bare.is_some_and(|(bare, _)| *name == bare))?;
        is_two.then(|| repaired(other).into_owned())
    }
}

fn push(
    message: &Message,
    other: Option<&str>,
    ordinal: u64,
    rows: &mut RowWriter<'_>,
) -> Result<(), FormatError> {
    let Some(at) = message.timestamp_ms.filter(|&time| time > 0) else {
        rows.reject(ordinal, Some("timestamp_ms"), Reason::NoTime);
        return Ok(());
    };
    let sender = message.sender_name.as_deref().map(repaired);
    let sender = sender.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let direction = other
        .zip(sender)
        .map(|(other, sender)| if other == sender { s::direction::IN } else { s::direction::OUT });
    let body = message.content.as_deref().filter(|_| !message.is_unsent).map(repaired);
    rows.push(
        Category::Social,
        ordinal,
        &[
            (s::HOLDER, "Facebook".into()),
            (s::ROW, s::row::MESSAGE.into()),
            (s::AT, at.div_euclid(1_000).into()),
            (s::CHANNEL, s::channel::CHAT.into()),
            (s::DIRECTION, direction.into()),
            (s::PERSON, other.or(sender).into()),
            (s::LENGTH, body.as_deref().and_then(characters).into()),
            (s::NAME, other.or(sender).into()),
            (s::BODY, body.as_deref().into()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::category::social as s;

    fn conversation(participants: &str) -> String {
        format!(
            r#"{{"participants": [{participants}], "messages": [
            {{"sender_name": "Andr\u00c3\u00a9", "timestamp_ms": 1500000060999, "content": "\u00c3\u00a0 demain"}},
            {{"sender_name": "Moi", "timestamp_ms": 1500000000000, "photos": [{{"uri": "a.jpg"}}]}},
            {{"sender_name": "Moi", "timestamp_ms": 0}}, {{"sender_name": []}}],
            "title": "Andr\u00c3\u00a9", "thread_path": "inbox/a"}}"#
        )
    }

    #[test]
    fn of_two_people_it_is_known_who_is_who() {
        let text = conversation(r#"{"name": "Andr\u00c3\u00a9"}, {"name": "Moi"}"#);
        let (reads, batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("facebook-messages-json", 2, 2)
        );
        let batch = &batches[0];
        assert_eq!((batch.integer(s::AT, 0), batch.integer(s::LENGTH, 0)), (Some(1_500_000_060), Some(8)));
        let directions = [batch.integer(s::DIRECTION, 0), batch.integer(s::DIRECTION, 1)];
        assert_eq!(directions, [Some(s::direction::IN), Some(s::direction::OUT)]);
        assert_eq!((batch.text(s::PERSON, 1), batch.text(s::BODY, 0)), (Some("André"), Some("à demain")));
        assert_eq!((batch.integer(s::LENGTH, 1), batch.text(s::BODY, 1)), (None, None));
    }

    #[test]
    fn of_more_or_of_a_truncated_file_it_is_not() {
        let text = conversation(r#"{"name": "Andr\u00c3\u00a9"}, {"name": "Moi"}, {"name": "Toi"}"#);
        let (_, batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!((batches[0].integer(s::DIRECTION, 0), batches[0].text(s::PERSON, 1)), (None, Some("Moi")));
        let (reads, batches) = read_all(&text.as_bytes()[..text.len() - 90]).unwrap();
        assert!(reads[0].rows == 2 && batches[0].integer(s::DIRECTION, 0).is_none());
    }
}
