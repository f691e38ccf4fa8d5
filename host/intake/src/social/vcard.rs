//! vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350): address books of telephones and mail programs.
//!
//! `GROUP.NAME;PARAMETERS:VALUE` on folded lines: a line that begins with white space continues the one
//! before. Version 2.1 has parameters without a name (`TEL;CELL`), and quoted-printable values, in which
//! a trailing `=` continues the line; a fold may part the bytes of a letter ([`super::whole_letters`]); some telephones fold that line as well, and the white space of the fold is not part
//! of the value. Photographs and keys are skipped line by line, so they need no
//! memory.

use super::contact::{Contact, PROPERTIES, Property};
use super::whole_letters::WholeLetters;
use crate::error::FormatError;
use crate::format::{Format, FormatInfo};
use crate::ordinal_kind::OrdinalKind;
use crate::read::{Head, Input, decode, unescaped};
use crate::reason::Reason;
use crate::rows::RowWriter;
use mesinfos_model::Category;

pub(crate) struct VCard;

static ABOUT: FormatInfo = FormatInfo {
    id: "vcard",
    fr: "Contacts (vCard)",
    en: "Contacts (vCard)",
    origin: "Google, Apple, Outlook…",
    categories: &[Category::Social],
    looks_for: "a first line BEGIN:VCARD",
    spec: "https://www.rfc-editor.org/rfc/rfc6350",
    counts: OrdinalKind::Lines,
};

/// Maximum number of bytes kept of one property: names and addresses are shorter.
const VALUE: usize = 16 << 10;

/// Properties that control the reader, besides those of a contact.
const STEERING: [&str; 4] = ["begin", "end", "version", "agent"];

impl Format for VCard {
    fn about(&self) -> &'static FormatInfo {
        &ABOUT
    }

    fn recognise(&self, head: &Head) -> bool {
        head.text()
            .trim_start()
            .lines()
            .next()
            .is_some_and(|line| line.trim_end().eq_ignore_ascii_case("BEGIN:VCARD"))
    }

    fn read(&self, input: Input<'_>, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let mut lines = input.filtered(WholeLetters::default()).lines();
        let mut cards = Cards::default();
        let mut last = 0;
        while let Some((number, line)) = lines.next()? {
            last = number;
            cards.line(number, line, rows)?;
        }
        cards.end_of_property(rows)?;
        match cards.open {
            Some(open) => {
                Err(FormatError::broken(last, Reason::ends_within_a_card(open.ordinal.to_string())))
            }
            None => Ok(()),
        }
    }
}

/// The card being read, and its current property.
#[derive(Default)]
struct Cards {
    open: Option<Open>,
    property: Option<Unfolded>,
}

/// A card that began.
#[derive(Default)]
struct Open {
    ordinal: u64,
    contact: Contact,
    /// Version 2.1: white space at a fold is part of the value.
    is_old: bool,
    /// The last property announced a card within the card (an agent's).
    is_agent_next: bool,
    /// Depth of open cards within the card: their content is not the contact's.
    inner: u32,
}

/// A property whose lines are being joined.
struct Unfolded {
    line: u64,
    /// Empty if the property is skipped.
    text: String,
    is_kept: bool,
    is_quoted: bool,
    /// The line ended with `=` in quoted-printable: the next one continues it.
    goes_on: bool,
}

impl Cards {
    fn line(&mut self, number: u64, line: &str, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let is_old = self.open.as_ref().is_some_and(|open| open.is_old);
        if let Some(property) = &mut self.property {
            if property.goes_on {
                // A soft break and a fold at once. A space that belongs to the text is "=20" or stands before the "=".
                property.add(line.strip_prefix([' ', '\t']).unwrap_or(line));
                return Ok(());
            }
            if line.starts_with([' ', '\t']) {
                // One character of white space is the fold itself.
                // In quoted-printable, white space of the value is before the fold.
                let is_old = is_old && !property.is_quoted;
                let (rest, space) = if is_old { (line.trim_start(), " ") } else { (&line[1..], "") };
                property.add(space);
                property.add(rest);
                return Ok(());
            }
        }
        if !line.contains(':') {
            // An empty line, or an unfolded line of a photograph.
            return Ok(());
        }
        self.end_of_property(rows)?;
        self.property = Some(Unfolded::of(number, line));
        Ok(())
    }

    /// Completes the property.
    fn end_of_property(&mut self, rows: &mut RowWriter<'_>) -> Result<(), FormatError> {
        let Some(unfolded) = self.property.take().filter(|property| property.is_kept) else {
            return Ok(());
        };
        let property = parsed(&unfolded);
        let value = property.parts.first().map(|value| value.trim()).unwrap_or_default();
        let is_card = value.eq_ignore_ascii_case("VCARD");
        match (property.name.as_str(), &mut self.open) {
            ("begin", Some(open)) if is_card && (open.is_agent_next || open.inner > 0) => {
                open.is_agent_next = false;
                open.inner = open.inner.saturating_add(1);
            }
            ("begin", open) if is_card => {
                if let Some(lost) = open {
                    rows.reject(lost.ordinal, Some("END"), Reason::CardNotEnded);
                }
                *open = Some(Open { ordinal: unfolded.line, ..Open::default() });
            }
            ("end", Some(open)) if is_card && open.inner > 0 => open.inner -= 1,
            ("end", open) if is_card => {
                if let Some(done) = open.take() {
                    done.contact.push(done.ordinal, rows)?;
                }
            }
            (_, Some(open)) if open.inner > 0 => {}
            ("version", Some(open)) => open.is_old = value == "2.1",
            ("agent", Some(open)) => open.is_agent_next = value.is_empty(),
            (_, Some(open)) => {
                open.is_agent_next = false;
                open.contact.take(&property);
            }
            (_, None) => {}
        }
        Ok(())
    }
}

impl Unfolded {
    fn of(line_number: u64, line: &str) -> Unfolded {
        let head = line.split_once(':').map_or(line, |(head, _)| head).to_ascii_lowercase();
        let name = name_of(&head);
        let is_kept = PROPERTIES.contains(&name) || STEERING.contains(&name);
        let mut unfolded = Unfolded {
            line: line_number,
            text: String::new(),
            is_kept,
            is_quoted: head.contains("quoted-printable"),
            goes_on: false,
        };
        unfolded.add(line);
        unfolded
    }

    fn add(&mut self, piece: &str) {
        let end = if self.is_quoted { piece.trim_end() } else { piece };
        self.goes_on = self.is_quoted && end.ends_with('=');
        let piece = if self.goes_on { &end[..end.len() - 1] } else { piece };
        if self.is_kept {
            let room = VALUE.saturating_sub(self.text.len());
            self.text.push_str(&piece[..piece.floor_char_boundary(room)]);
        }
    }
}

/// The name before parameters, without its group ("item1.").
fn name_of(head: &str) -> &str {
    let name = head.split(';').next().unwrap_or(head).trim();
    name.rsplit('.').next().unwrap_or(name)
}

fn parsed(unfolded: &Unfolded) -> Property {
    let (head, value) = parted(&unfolded.text);
    let head = head.to_ascii_lowercase();
    let name = name_of(&head).to_owned();
    let mut kinds = Vec::new();
    let mut charset = None;
    let mut placeholder = None;
    for parameter in head.split(';').skip(1) {
        match parameter.split_once('=') {
            Some(("charset", label)) => charset = Some(label.trim_matches('"').to_owned()),
            Some(("type", words)) => {
                kinds.extend(words.split(',').map(|word| word.trim_matches('"').trim().to_owned()));
            }
            Some(("x-apple-omit-year", year)) => placeholder = Some(year.trim_matches('"').to_owned()),
            Some(_) => {}
            None => kinds.push(parameter.trim().to_owned()),
        }
    }
    let value = if unfolded.is_quoted { unquoted(value, charset.as_deref()) } else { value.to_owned() };
    let parts = match name.as_str() {
        "n" | "adr" | "org" => split(&value, Some(';')),
        "categories" | "nickname" => split(&value, Some(',')),
        _ => split(&value, None),
    };
    let omits_year = placeholder.is_some_and(|year| !year.is_empty() && value.trim().starts_with(&year));
    Property { name, kinds, parts, omits_year }
}

/// Name and parameters before the first colon outside quotes, and the value after it.
fn parted(text: &str) -> (&str, &str) {
    let mut is_within = false;
    let colon = text.find(|c| {
        is_within ^= c == '"';
        c == ':' && !is_within
    });
    colon.or_else(|| text.find(':')).map_or((text, ""), |colon| (&text[..colon], &text[colon + 1..]))
}

/// Pieces of a value, unescaped: `\n` is a line break; `\;` and `\,` do not separate.
fn split(value: &str, separator: Option<char>) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        if Some(c) == separator {
            pieces.push(String::new());
            continue;
        }
        let plain = match c {
            '\\' => match characters.next() {
                Some('n' | 'N') => '\n',
                Some(escaped) => escaped,
                None => c,
            },
            c => c,
        };
        if let Some(piece) = pieces.last_mut() {
            piece.push(plain);
        }
    }
    pieces
}

/// A quoted-printable value (RFC 2045) in its character set.
fn unquoted(value: &str, charset: Option<&str>) -> String {
    let bytes = unescaped(value, b'=');
    match charset.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes())) {
        Some(encoding) => encoding.decode_without_bom_handling(&bytes).0.into_owned(),
        None => decode(&bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::read_all;
    use mesinfos_model::Batch;
    use mesinfos_model::category::social as s;

    fn card(text: &str) -> Batch {
        let (reads, mut batches) = read_all(text.as_bytes()).unwrap();
        assert_eq!((reads[0].about.id, reads[0].rows, reads[0].rejected_count), ("vcard", 1, 0), "{reads:?}");
        batches.remove(0)
    }

    #[test]
    fn the_version_of_old_telephones() {
        let batch = card(concat!(
            "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8vre;Andr=C3=\r\n=A9;;;\r\n",
            "TEL;HOME:01 23 45 67 89\r\nTEL;CELL;PREF:06 12 34 56 78\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZJ:RgABAQ\r\n\r\n",
            "EMAIL;PREF;INTERNET:a@b.example\r\nORG;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Soci=E9t=E9;Dept=\r\n",
            "REV:20121012T210525Z\r\nEND:VCARD\r\n"
        ));
        assert_eq!(batch.text(s::NAME, 0), Some("André Lefèvre"));
        assert_eq!(batch.text(s::PHONES, 0), Some("+33612345678 +33123456789"));
        assert_eq!(batch.text(s::PERSON, 0), Some("+33612345678"));
        assert_eq!(
            (batch.text(s::EMAILS, 0), batch.integer(s::CHANNEL, 0)),
            (Some("a@b.example"), Some(s::channel::ADDRESS_BOOK))
        );
        // The line after a trailing `=` belongs to the value, whatever it looks like.
        assert_eq!(
            (batch.text(s::ORGANISATION, 0), batch.integer(s::AT, 0)),
            (Some("Société, DeptREV:20121012T210525Z"), None)
        );
    }

    #[test]
    fn groups_folds_and_escapes() {
        let batch = card(concat!(
            "BEGIN:VCARD\nVERSION:3.0\nFN:Mr. John\n  Doe\\, Sr.\nitem1.TEL;type=CELL;type=pref:905-555-1234\n",
            "item1.X-ABLabel:_$!<Mobile>!$_\nADR;TYPE=HOME:;;2 Home St\\nNear\\; Here;Lyon;;69006;France\n",
            "BDAY;value=date:1980-03-22\nCATEGORIES:VIP,a\\,b\nREV:2012-03-05T13:32:54Z\nEND:VCARD"
        ));
        assert_eq!(
            (batch.text(s::NAME, 0), batch.text(s::PHONES, 0)),
            (Some("Mr. John Doe, Sr."), Some("9055551234"))
        );
        assert_eq!(batch.text(s::ADDRESS, 0), Some("2 Home St, Near; Here, Lyon, 69006, France"));
        assert_eq!((batch.text(s::COUNTRY, 0), batch.text(s::GROUPS, 0)), (Some("France"), Some("VIP,a,b")));
        assert_eq!(
            (batch.integer(s::BIRTHDAY, 0), batch.integer(s::AT, 0)),
            (Some(3_733), Some(1_330_954_374))
        );
    }

    #[test]
    fn the_newest_version_has_addresses_for_numbers() {
        let batch = card(concat!(
            "BEGIN:VCARD\nVERSION:4.0\nN:Perreault;Simon;;;ing. jr,M.Sc.\nBDAY:--0203\n",
            "TEL;VALUE=uri;TYPE=\"work,voice\";PREF=1:tel:+1-418-656-9254;ext=102\n",
            "TEL;VALUE=uri;TYPE=\"work,cell:x\":tel:+1-418-262-6501\nEND:VCARD\n"
        ));
        assert_eq!(batch.text(s::PHONES, 0), Some("+14186569254 +14182626501"));
        assert_eq!(
            (batch.text(s::NAME, 0), batch.integer(s::BIRTHDAY, 0)),
            (Some("Simon Perreault ing. jr,M.Sc."), None)
        );
    }

    #[test]
    fn cards_within_cards_and_cards_without_end() {
        let (reads, batches) = read_all(concat!(
            "BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:Agent\nTEL:0600000000\nEND:VCARD\nTEL:0612345678\nEND:VCARD\n",
            "BEGIN:VCARD\nFN:Lost\nBEGIN:VCARD\nFN:B\nEND:VCARD\nBEGIN:VCARD\nNOTE:nobody\nEND:VCARD\nBEGIN:VCARD\nFN:C\n"
        ).as_bytes())
        .unwrap();
        assert_eq!(reads[0].rows, 2);
        let names: Vec<_> = (0..2).map(|row| batches[0].text(s::NAME, row)).collect();
        assert_eq!(names, [Some("A"), Some("B")]);
        assert_eq!(batches[0].text(s::PERSON, 0), Some("+33612345678"));
        let lines: Vec<_> = reads[0].rejected.iter().map(|r| r.line).collect();
        assert_eq!(lines, [Some(10), Some(15), Some(19)]);
    }

    #[test]
    fn a_long_value_is_cut_and_a_photograph_is_not_kept() {
        let photo = format!("PHOTO;ENCODING=b:{}\n", "QUJD\n ".repeat(200_000));
        let text = format!("BEGIN:VCARD\nFN:{}\n{photo}END:VCARD\n", "é".repeat(100_000));
        let batch = card(&text);
        assert!(batch.text(s::NAME, 0).unwrap().len() <= super::VALUE);
    }
}
