//! A conversation that WhatsApp exported as text: `_chat.txt`, "WhatsApp Chat with ….txt".
//!
//! `[25/12/2020, 13:45:12] Name: text` on iPhones, `25/12/2020, 13:45 - Name: text` on Android; what
//! follows on lines without a time belongs to the text. Dates are written as the telephone's country
//! does, and the file does not say which: see [`order`]. Times are the telephone's, taken as those of
//! France. Invisible marks of direction stand before names, numbers and what WhatsApp itself wrote.
//! Nothing says whose telephone it was, so it is not known which messages are one's own. WhatsApp
//! describes only how to export; the shapes are those of public parsers.

use super::characters;
use crate::counts::OrdinalKind;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::read::{Head, Input};
use crate::reason::Reason;
use crate::rows::RowWriter;
use crate::{phone, time};
use jiff::civil::Time;
use jiff::tz::TimeZone;
use mesinfos_model::Category;
use mesinfos_model::category::social as s;

pub(crate) struct WhatsAppChat;

static ABOUT: FormatInfo = FormatInfo {
    id: "whatsapp-chat",
    fr: "Conversation WhatsApp (texte)",
    en: "WhatsApp conversation (text)",
    origin: "WhatsApp",
    categories: &[Category::Social],
    looks_for: "lines as \"[25/12/2020, 13:45:12] Name: text\" or \"25/12/2020, 13:45 - Name: text\"",
    spec: "https://faq.whatsapp.com/1180414079177245",
    counts: OrdinalKind::Lines,
};

/// The longest text of a message that is kept, in bytes.
const BODY: usize = 64 << 10;

/// Marks of direction, which are not seen.
const MARKS: [char; 8] =
    ['\u{200E}', '\u{200F}', '\u{202A}', '\u{202C}', '\u{202D}', '\u{2068}', '\u{2069}', '\u{FEFF}'];

/// When a line says that it was written.
struct Stamp<'a> {
    date: &'a str,
    clock: String,
    half: Option<Half>,
}

/// Of twelve hours.
struct Half {
    is_afternoon: bool,
    is_upper_case: bool,
}

impl Format for WhatsAppChat {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        let text = head.text();
        text.lines().next().is_some_and(|line| stamped(line).is_some())
            && text.lines().filter_map(stamped).any(|(_, message)| message.contains(": "))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let order = order(input.head.text());
        let zone = time::zone("Europe/Paris");
        let mut lines = input.lines();
        let mut open: Option<Message> = None;
        while let Some((number, line)) = lines.next()? {
            let Some((stamp, rest)) = stamped(line) else {
                if let Some(message) = &mut open {
                    message.add(line);
                }
                continue;
            };
            if let Some(message) = open.take() {
                message.push(rows)?;
            }
            // Without a name it is WhatsApp that tells of the group.
            let Some((sender, text)) = rest.split_once(": ") else {
                continue;
            };
            match stamp.instant(order, &zone) {
                Some(at) => open = Some(Message::of(number, at, sender, text)),
                None => {
                    let text = format!("{} {}", stamp.date, stamp.clock);
                    let example = match order {
                        "ymd" => "2020-12-31 15:45",
                        "mdy" => "12/31/20, 3:45 PM",
                        _ => "31/12/2020 15:45",
                    };
                    rows.reject(number, None, Reason::not_a_time(text, example));
                }
            }
        }
        open.map_or(Ok(()), |message| message.push(rows))
    }
}

/// The time at the beginning of a line, and what comes after it.
fn stamped(line: &str) -> Option<(Stamp<'_>, &str)> {
    let line = line.trim_start_matches(MARKS);
    let (is_bracketed, line) = line.strip_prefix('[').map_or((false, line), |line| (true, line));
    let (date, rest) =
        line.split_at(line.find(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '.' | '-'))?);
    if date.split(['/', '.', '-']).filter(|piece| matches!(piece.len(), 1 | 2 | 4)).count() != 3 {
        return None;
    }
    // "25/12/2020, 13:45", "25/12/2020 13:45", « 25/12/2020 à 13:45 ».
    let rest = rest.trim_start_matches([',', ' ', 'à']);
    let (clock, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'))?);
    let clock = clock.replace('.', ":");
    if !(4..=8).contains(&clock.len()) || !clock.contains(':') {
        return None;
    }
    let (half, rest) = halved(rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']));
    let rest = if is_bracketed { rest.strip_prefix("] ")? } else { rest.trim_start().strip_prefix("- ")? };
    Some((Stamp { date, clock, half }, rest.trim_start_matches(MARKS)))
}

/// "AM", "pm", "p. m.": which half of the day, and what comes after it.
fn halved(text: &str) -> (Option<Half>, &str) {
    let Some(first) = text.chars().next().filter(|c| matches!(c, 'a' | 'A' | 'p' | 'P')) else {
        return (None, text);
    };
    let rest = text[1..].trim_start_matches(['.', ' ', '\u{A0}', '\u{202F}']);
    match rest.strip_prefix(['m', 'M']) {
        Some(rest) => {
            let half =
                Half { is_afternoon: first.eq_ignore_ascii_case(&'p'), is_upper_case: first.is_uppercase() };
            (Some(half), rest.strip_prefix('.').unwrap_or(rest))
        }
        None => (None, text),
    }
}

/// In which order dates are written, as [`time::day`] has it: told by the first date that can be read in
/// one order only. If there is none, "1/2/20, 3:45 PM" is American, and all else has the day first.
fn order(text: &str) -> &'static str {
    let mut is_american = false;
    for (stamp, _) in text.lines().filter_map(stamped) {
        let pieces: Vec<&str> = stamp.date.split(['/', '.', '-']).collect();
        let number =
            |index: usize| pieces.get(index).and_then(|piece| piece.parse::<u16>().ok()).unwrap_or(0);
        match () {
            () if pieces.first().is_some_and(|year| year.len() == 4) => return "ymd",
            () if number(0) > 12 => return "dmy",
            () if number(1) > 12 => return "mdy",
            () => {
                is_american |= stamp.date.contains('/') && stamp.half.is_some_and(|half| half.is_upper_case);
            }
        }
    }
    if is_american { "mdy" } else { "dmy" }
}

impl Stamp<'_> {
    fn instant(&self, order: &str, zone: &TimeZone) -> Option<time::Instant> {
        let clock = time::clock(&self.clock)?;
        let hour = match &self.half {
            Some(_) if !(1..=12).contains(&clock.hour()) => return None,
            Some(half) => clock.hour() % 12 + if half.is_afternoon { 12 } else { 0 },
            None => clock.hour(),
        };
        let clock = Time::new(hour, clock.minute(), clock.second(), 0).ok()?;
        time::local_at(time::day(self.date, order)?, clock, zone)
    }
}

/// A message whose lines are being joined.
struct Message {
    line: u64,
    at: time::Instant,
    sender: String,
    /// None for what WhatsApp wrote instead of a photograph, a call or the like.
    body: Option<String>,
}

impl Message {
    fn of(line: u64, at: time::Instant, sender: &str, text: &str) -> Message {
        // "~" stands before people who are not in the address book.
        let sender = sender.trim_start_matches(['~', ' ', '\u{A0}', '\u{202F}']);
        let sender = sender.trim_matches(MARKS).trim().to_owned();
        let is_generated = text.starts_with(MARKS) || (text.starts_with('<') && text.ends_with('>'));
        let mut message = Message { line, at, sender, body: (!is_generated).then(String::new) };
        if let Some(body) = &mut message.body {
            body.push_str(&text[..text.floor_char_boundary(BODY)]);
        }
        message
    }

    fn add(&mut self, line: &str) {
        if let Some(body) = self.body.as_mut().filter(|body| body.len() < BODY) {
            let room = BODY - body.len();
            body.push('\n');
            body.push_str(&line[..line.floor_char_boundary(room)]);
        }
    }

    fn push(self, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let number = phone::normal(&self.sender).filter(|_| self.sender.starts_with('+'));
        let body = self.body.as_deref().map(|body| body.trim_end().trim_end_matches(MARKS));
        rows.push(
            Category::Social,
            self.line,
            &[
                (s::HOLDER, "WhatsApp".into()),
                (s::ROW, s::row::MESSAGE.into()),
                (s::AT, self.at.0.into()),
                (s::UTC_OFFSET, self.at.1.into()),
                (s::CHANNEL, s::channel::CHAT.into()),
                (s::PERSON, number.as_deref().unwrap_or(&self.sender).into()),
                (s::LENGTH, body.and_then(characters).into()),
                (s::NAME, number.is_none().then_some(self.sender.as_str()).into()),
                (s::PHONES, number.as_deref().into()),
                (s::BODY, body.into()),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::Batch;
    use mesinfos_model::category::social as s;

    fn chat(text: &str, rows: u64, rejected: u64) -> Batch {
        let (reads, mut batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!(
            (reads[0].about.id, reads[0].rows, reads[0].rejected_count),
            ("whatsapp-chat", rows, rejected),
            "{reads:?}"
        );
        batches.remove(0)
    }

    #[test]
    fn an_iphone_in_france() {
        let batch = chat(
            "\u{200E}[05/12/2020, 13:45:12] Le groupe: \u{200E}Les messages sont chiffrés.\r\n\
             [25/12/2020, 13:45:12] \u{202A}+33 6 12 34 56 78\u{202C}: Bonjour : ça va ?\r\nJoyeux Noël\r\n\r\n\
             [25/12/2020, 13:46:00] ~\u{202F}Zoé: \u{200E}image absente\r\n[99/12/2020, 13:46:00] Zoé: x\r\n",
            3,
            1,
        );
        assert_eq!(
            (batch.integer(s::AT, 1), batch.integer(s::UTC_OFFSET, 1)),
            (Some(1_608_900_312), Some(60))
        );
        assert_eq!(
            (batch.text(s::PERSON, 1), batch.text(s::BODY, 1)),
            (Some("+33612345678"), Some("Bonjour : ça va ?\nJoyeux Noël"))
        );
        assert_eq!(
            (batch.text(s::NAME, 2), batch.text(s::BODY, 2), batch.integer(s::LENGTH, 2)),
            (Some("Zoé"), None, None)
        );
        assert_eq!((batch.text(s::BODY, 0), batch.integer(s::DIRECTION, 1)), (None, None));
    }

    #[test]
    fn an_android_in_america_and_in_france() {
        let batch = chat(
            "1/2/20, 12:05 AM - John created group\n1/2/20, 12:05\u{202F}AM - John: Hi\n1/3/20, 1:45 PM - Jane: <Media omitted>\n",
            2,
            0,
        );
        assert_eq!(
            (batch.integer(s::AT, 0), batch.integer(s::AT, 1)),
            (Some(1_577_919_900), Some(1_578_055_500))
        );
        let batch = chat("02/01/2020 à 00:05 - Zoé: Salut\n", 1, 0);
        assert_eq!((batch.integer(s::AT, 0), batch.integer(s::LENGTH, 0)), (Some(1_577_919_900), Some(5)));
        let batch = chat("[2020-01-02, 0:05:00] Zoé: a\n[02.01.2020, 13:05 PM] Zoé: b\n", 1, 1);
        assert_eq!(batch.integer(s::AT, 0), Some(1_577_919_900));
    }

    #[test]
    fn other_texts_are_not_conversations() {
        for text in [
            "25/12/2020;13:45;Name: text",
            "2020-12-25 13:45 Name: text",
            "25/12/2020, 13:45 - no name",
            "[x] y: z",
            "-- : --",
        ] {
            assert!(read_all(text.as_bytes()).is_err(), "{text}");
        }
    }
}
