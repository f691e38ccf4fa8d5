//! Letters by which a person asks a data holder for their data (articles 15 and 20 of the GDPR).
//!
//! The platform sends nothing: the person prints or copies a letter, and says when they sent it. A record of it is
//! sealed in their vault, with the day on which the answer is due. What they typed about themselves is in it only if
//! they ask for that. No app reads letters, and they are no part of the audit chain: nothing of the person's data is
//! read or changed, and a name in the chain could never be erased.

use crate::{Caller, Person, Platform, PlatformError, Result};
use mesinfos_consent::ConsentError;
use mesinfos_model::due::answer_due;
use mesinfos_model::view::Lang;
use mesinfos_model::visible::clean;
use mesinfos_model::{Day, Holder};
use mesinfos_records::{Current, Records, json};
use mesinfos_store::PersonId;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

const WHAT: &str = "a letter";

/// Version of the records that this code writes.
const VERSION: u8 = 1;

/// Largest number of letters that a person keeps. It bounds the pages that list them.
pub const MOST_LETTERS: usize = 200;
/// Largest number of characters of a line: a name or a line of an address.
pub const MOST_LINE: usize = 100;
/// Largest number of lines of an address. Postal addresses have six (NF Z 10-011), without the name.
pub const MOST_LINES: usize = 6;
/// Largest number of characters of what the person asks for in particular. With the rest, a letter fits two pages.
pub const MOST_WANTED: usize = 1_000;
/// Days that the day of sending may lie in the past: a complaint about an older request would come late.
const MOST_DAYS_AGO: i32 = 3 * 366;

/// Id of a letter: 16 random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LetterId([u8; 16]);

/// As 32 hexadecimal digits.
impl fmt::Display for LetterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for LetterId {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<LetterId, ()> {
        let mut id = [0; 16];
        if text.len() != 32 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(());
        }
        for (byte, at) in id.iter_mut().zip((0..32).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| ())?;
        }
        Ok(LetterId(id))
    }
}

/// What a letter asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// Article 15: a copy of all data, and what is done with it.
    Access,
    /// Article 20: the data that the person provided, in a machine-readable format.
    Portability,
    /// Both.
    Both,
}

impl Right {
    /// All of them.
    pub const ALL: [Right; 3] = [Right::Both, Right::Access, Right::Portability];

    /// Its word in forms.
    pub fn id(self) -> &'static str {
        match self {
            Right::Access => "access",
            Right::Portability => "portability",
            Right::Both => "both",
        }
    }

    /// What to propose for a holder. Article 20 does not apply to public tasks.
    pub fn proposed(holder: Option<&Holder>) -> Right {
        if holder.is_some_and(|holder| holder.is_public) { Right::Access } else { Right::Both }
    }
}

/// Whom a letter is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// Id in the register ([`mesinfos_model::HOLDERS`]); `None` for a holder that the person named.
    #[serde(default)]
    pub holder: Option<String>,
    /// Its name: one line of visible characters.
    pub name: String,
    /// Its address, in lines. Empty if unknown.
    #[serde(default)]
    pub address: Vec<String>,
}

/// What a person types about themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// Their name.
    pub name: String,
    /// Their address, in lines.
    #[serde(default)]
    pub address: Vec<String>,
    /// By what the holder knows them, such as a customer number.
    #[serde(default)]
    pub reference: String,
    /// What they ask for in particular.
    #[serde(default)]
    pub wanted: String,
}

impl Addressee {
    /// An addressee from what was typed. A holder of the register has the name it has there.
    pub fn typed(holder: Option<&Holder>, name: &str, address: &str) -> Addressee {
        Addressee {
            holder: holder.map(|holder| holder.id.to_owned()),
            name: holder.map_or_else(|| line(name), |holder| holder.name.to_owned()),
            address: lines(address),
        }
    }

    /// The holder in the register.
    pub fn known(&self) -> Option<&'static Holder> {
        self.holder.as_deref().and_then(Holder::find)
    }
}

impl Sender {
    /// A sender from what was typed.
    pub fn typed(name: &str, address: &str, reference: &str, wanted: &str) -> Sender {
        Sender {
            name: line(name),
            address: lines(address),
            reference: line(reference),
            wanted: cut(wanted, MOST_WANTED),
        }
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        *self == Sender::default()
    }
}

/// One line of visible characters, without spaces around it, cut to `most` characters.
fn cut(text: &str, most: usize) -> String {
    // No more is cleaned than could be kept, whatever was sent.
    let some: String = text.chars().take(most.saturating_mul(8)).collect();
    let clean = clean(&some);
    let mut words = clean.split(' ').filter(|word| !word.is_empty());
    let first: String = words.next().unwrap_or_default().to_owned();
    let joined = words.fold(first, |line, word| format!("{line} {word}"));
    joined.chars().take(most).collect::<String>().trim_end().to_owned()
}

fn line(text: &str) -> String {
    cut(text, MOST_LINE)
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(line).filter(|line| !line.is_empty()).take(MOST_LINES).collect()
}

/// A letter before it is written: everything that its text depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterDraft {
    /// Whom it is for.
    pub to: Addressee,
    /// Who writes it.
    pub from: Sender,
    /// What it asks for.
    pub right: Right,
    /// Its language, which may not be that of the page.
    pub lang: Lang,
    /// Day on which it is written.
    pub day: Day,
    /// Set if it reminds of an earlier letter that was not answered.
    pub reminder: Option<Reminder>,
}

/// What a reminder is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// Day on which the first letter was sent.
    pub sent: Day,
    /// Day on which it arrived, if the person knows it.
    pub received: Option<Day>,
    /// Whether the holder extended the period by two months.
    pub extended: bool,
}

impl Reminder {
    /// Last day on which the answer was in time. The period begins with the arrival (article 12(3)); if that is not
    /// known, it is counted from the day of sending.
    pub fn due(self) -> Day {
        answer_due(self.received.unwrap_or(self.sent), if self.extended { 3 } else { 1 })
    }
}

/// A letter that a person keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    version: u8,
    /// Whom it is for.
    pub to: Addressee,
    /// What it asks for.
    pub right: Right,
    /// Its language.
    pub lang: Lang,
    /// Day on which it was written.
    pub written: Day,
    /// Day on which it was sent.
    #[serde(default)]
    pub sent: Option<Day>,
    /// Day on which it arrived, as an acknowledgement says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Day>,
    /// Whether the holder extended the period by two months (article 12(3)).
    #[serde(default)]
    pub extended: bool,
    /// How it ended.
    #[serde(default)]
    pub end: Option<LetterEnd>,
    /// What the person typed about themselves, if they asked to keep it.
    #[serde(default)]
    pub from: Option<Sender>,
}

/// How a letter ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterEnd {
    /// The day.
    pub on: Day,
    /// Whether the holder answered. Otherwise the person closed it.
    pub answered: bool,
}

/// Where a letter stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterState {
    /// Not sent yet.
    Written,
    /// Sent; the answer is due on that day at the latest.
    Waiting(Day),
    /// Sent; the answer was due on that day, and has not come.
    Overdue(Day),
    /// Answered on that day.
    Answered(Day),
    /// Closed by the person on that day.
    Closed(Day),
}

/// A change of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterChange {
    /// The person sent it on that day.
    Sent(Day),
    /// It arrived on that day.
    Received(Day),
    /// The holder extended the period.
    Extended,
    /// The holder answered.
    Answered,
    /// The person expects nothing more.
    Closed,
    /// What the person typed about themselves is erased.
    Forgotten,
}

impl Letter {
    /// The letter of a draft, not sent yet. `keeps_sender`: whether the person asks to keep what they typed about
    /// themselves.
    pub fn of(draft: &LetterDraft, keeps_sender: bool) -> Letter {
        Letter {
            version: VERSION,
            to: draft.to.clone(),
            right: draft.right,
            lang: draft.lang,
            written: draft.day,
            sent: None,
            received: None,
            extended: false,
            end: None,
            from: (keeps_sender && !draft.from.is_empty()).then(|| draft.from.clone()),
        }
    }

    /// Where it stands on a day.
    pub fn state(&self, today: Day) -> LetterState {
        match (self.end, self.reminder()) {
            (Some(LetterEnd { on, answered: true }), _) => LetterState::Answered(on),
            (Some(LetterEnd { on, answered: false }), _) => LetterState::Closed(on),
            (None, None) => LetterState::Written,
            (None, Some(sent)) if today > sent.due() => LetterState::Overdue(sent.due()),
            (None, Some(sent)) => LetterState::Waiting(sent.due()),
        }
    }

    /// What a reminder of it is about; `None` if it was not sent.
    pub fn reminder(&self) -> Option<Reminder> {
        self.sent.map(|sent| Reminder { sent, received: self.received, extended: self.extended })
    }

    /// The letter after a change on a day; `None` if the change does not fit.
    #[must_use]
    pub fn changed(&self, change: LetterChange, today: Day) -> Option<Letter> {
        let state = self.state(today);
        let is_open = matches!(state, LetterState::Waiting(_) | LetterState::Overdue(_));
        let end = |answered| Some(LetterEnd { on: today, answered });
        let fits = match change {
            LetterChange::Sent(day) => {
                let since = Day(today.0.saturating_sub(MOST_DAYS_AGO));
                state == LetterState::Written && (since..=today).contains(&day)
            }
            LetterChange::Received(day) => {
                is_open && self.sent.is_some_and(|sent| (sent..=today).contains(&day))
            }
            LetterChange::Extended => is_open && !self.extended,
            LetterChange::Answered => is_open,
            LetterChange::Closed => self.end.is_none(),
            LetterChange::Forgotten => self.from.is_some(),
        };
        let letter = self.clone();
        fits.then(|| match change {
            LetterChange::Sent(day) => Letter { sent: Some(day), ..letter },
            LetterChange::Received(day) => Letter { received: Some(day), ..letter },
            LetterChange::Extended => Letter { extended: true, ..letter },
            LetterChange::Answered => Letter { end: end(true), ..letter },
            LetterChange::Closed => Letter { end: end(false), ..letter },
            LetterChange::Forgotten => Letter { from: None, ..letter },
        })
    }
}

fn prefix(person: PersonId) -> Vec<u8> {
    [b"letter/", &person.0[..], b"/"].concat()
}

fn key(person: PersonId, id: LetterId) -> Vec<u8> {
    [&prefix(person)[..], &id.0].concat()
}

impl Platform {
    fn post<'a>(&self, person: &'a Person) -> Records<'a> {
        Records::new(person.store(), person.sealer.as_ref(), person.vault.id())
    }

    /// Keeps a letter. `None` if the person already keeps [`MOST_LETTERS`].
    ///
    /// # Errors
    /// If there is no such person, or the store cannot be written.
    pub fn keep_letter(&self, caller: &Caller, letter: &Letter) -> Result<Option<LetterId>> {
        self.write_of(caller, |person| {
            let (records, whose) = (self.post(person), person.vault.id());
            if records.all(&prefix(whose)).map_err(ConsentError::from)?.len() >= MOST_LETTERS {
                return Ok(None);
            }
            let mut id = LetterId([0; 16]);
            getrandom::fill(&mut id.0).map_err(std::io::Error::from)?;
            self.write_letter(person, id, Current::Stored(None), letter)?;
            Ok(Some(id))
        })
    }

    /// All letters, the last written first.
    ///
    /// # Errors
    /// If there is no such person, or a letter cannot be read.
    pub fn letters(&self, caller: &Caller) -> Result<Vec<(LetterId, Letter)>> {
        self.read_of(caller, |person| self.letters_in(person))
    }

    pub(super) fn letters_in(&self, person: &Person) -> Result<Vec<(LetterId, Letter)>> {
        let (records, whose) = (self.post(person), prefix(person.vault.id()));
        let mut letters = Vec::new();
        for (key, sealed) in records.all(&whose).map_err(ConsentError::from)? {
            let Some(id) = key.strip_prefix(&whose[..]).and_then(|id| id.try_into().ok()) else { continue };
            let letter = records.open(WHAT, &key, &sealed).map_err(ConsentError::from)?;
            letters.push((LetterId(id), letter));
        }
        letters.sort_by_key(|(_, letter): &(_, Letter)| std::cmp::Reverse(letter.written));
        Ok(letters)
    }

    /// A letter; `None` if there is none with this id.
    ///
    /// # Errors
    /// As [`Platform::letters`].
    pub fn letter(&self, caller: &Caller, id: LetterId) -> Result<Option<Letter>> {
        self.read_of(caller, |person| Ok(self.letter_of(person, id)?.map(|(letter, _)| letter)))
    }

    /// Changes a letter. Whether the change fits; if not, nothing was changed.
    ///
    /// # Errors
    /// As [`Platform::letters`]; [`mesinfos_store::StoreError::Conflict`] if it changed meanwhile.
    pub fn change_letter(&self, caller: &Caller, id: LetterId, change: LetterChange) -> Result<bool> {
        self.write_of(caller, |person| {
            let Some((letter, sealed)) = self.letter_of(person, id)? else { return Ok(false) };
            let Some(changed) = letter.changed(change, caller.today) else { return Ok(false) };
            self.write_letter(person, id, Current::Stored(Some(sealed)), &changed)?;
            Ok(true)
        })
    }

    /// Erases a letter. Whether there was one.
    ///
    /// # Errors
    /// If there is no such person, or the store cannot be written.
    pub fn erase_letter(&self, caller: &Caller, id: LetterId) -> Result<bool> {
        self.write_of(caller, |person| {
            let key = key(person.vault.id(), id);
            let is_there = self.post(person).get(&key).map_err(ConsentError::from)?.is_some();
            if is_there {
                let mut commit = person.vault.empty_commit().ending();
                commit.delete(key);
                self.store().commit(&commit)?;
            }
            Ok(is_there)
        })
    }

    fn letter_of(&self, person: &Person, id: LetterId) -> Result<Option<(Letter, Vec<u8>)>> {
        let (records, key) = (self.post(person), key(person.vault.id(), id));
        let Some(sealed) = records.get(&key).map_err(ConsentError::from)? else { return Ok(None) };
        let letter = records.open(WHAT, &key, &sealed).map_err(ConsentError::from)?;
        Ok(Some((letter, sealed)))
    }

    fn write_letter(&self, person: &Person, id: LetterId, found: Current, letter: &Letter) -> Result<()> {
        let (records, whose) = (self.post(person), person.vault.id());
        let mut commit = person.vault.empty_commit();
        person.vault.guard(&mut commit);
        let plain = json(WHAT, letter).map_err(ConsentError::from)?;
        records.replace(WHAT, key(whose, id), found, &plain, &mut commit).map_err(ConsentError::from)?;
        self.store().commit(&commit).map_err(PlatformError::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Isolation;
    use crate::caller::me;

    fn draft() -> LetterDraft {
        LetterDraft {
            to: Addressee::typed(Holder::find("edf"), "ignored", ""),
            from: Sender::typed("Camille Exemple", "12 rue des Tilleuls\n69003 Lyon", "118", ""),
            right: Right::Both,
            lang: Lang::Fr,
            day: "2026-06-01".parse().unwrap(),
            reminder: None,
        }
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_letter_is_due_after_a_month_or_three() {
        let today = day("2026-06-03");
        let letter = Letter::of(&draft(), false);
        assert_eq!((letter.state(today), letter.from.as_ref()), (LetterState::Written, None));
        for not in [
            LetterChange::Extended,
            LetterChange::Answered,
            LetterChange::Forgotten,
            LetterChange::Sent(day("2026-06-04")),
            LetterChange::Sent(day("2020-06-04")),
        ] {
            assert_eq!(letter.changed(not, today), None, "{not:?}");
        }
        let sent = letter.changed(LetterChange::Sent(day("2026-06-02")), today).unwrap();
        assert_eq!(sent.changed(LetterChange::Sent(today), today), None, "it is sent once");
        let due = day("2026-07-02");
        assert_eq!(sent.state(due), LetterState::Waiting(due), "the last day is in time");
        assert_eq!(sent.state(day("2026-07-03")), LetterState::Overdue(due));
        let later = day("2026-06-10");
        assert_eq!(
            sent.changed(LetterChange::Received(day("2026-06-01")), later),
            None,
            "before it was sent"
        );
        assert_eq!(sent.changed(LetterChange::Received(day("2026-06-11")), later), None, "a day to come");
        assert_eq!(letter.changed(LetterChange::Received(today), later), None, "it was not sent");
        let received = sent.changed(LetterChange::Received(day("2026-06-05")), later).unwrap();
        assert_eq!(received.state(day("2026-07-06")), LetterState::Waiting(day("2026-07-06")), "a Monday");
        assert_eq!(received.sent, Some(day("2026-06-02")), "the day of sending stays");
        let extended = sent.changed(LetterChange::Extended, due).unwrap();
        assert_eq!(extended.state(day("2026-07-03")), LetterState::Waiting(day("2026-09-02")));
        assert_eq!(extended.changed(LetterChange::Extended, due), None, "it is extended once");
        let answered = sent.changed(LetterChange::Answered, due).unwrap();
        assert_eq!(answered.state(day("2027-01-01")), LetterState::Answered(due));
        assert_eq!(answered.changed(LetterChange::Closed, due), None);
        let closed = letter.changed(LetterChange::Closed, today).unwrap();
        assert_eq!(closed.state(today), LetterState::Closed(today));
    }

    #[test]
    fn what_is_typed_is_lines_of_visible_characters() {
        let hostile = "<b>A\u{202e}B\u{0}\u{1b}[2J\r\n\r\n  2\u{2003}rue \u{200b}X  \nc\nd\ne\nf\ng\nh";
        let sender = Sender::typed("a\nb", hostile, &"é".repeat(5_000), &"mot ".repeat(5_000));
        assert_eq!(sender.name, "a b");
        assert_eq!(sender.address, ["<b>AB[2J", "2 rue X", "c", "d", "e", "f"]);
        assert_eq!(sender.reference.chars().count(), MOST_LINE);
        assert_eq!(sender.wanted.chars().count(), MOST_WANTED - 1, "the last space is left out");
        assert!(Sender::typed(" ", "\n \n", "\u{200b}", "\t").is_empty());
        assert_eq!(Addressee::typed(Holder::find("edf"), "x", "").name, "EDF");
        assert_eq!(Addressee::typed(None, " Ma  boulangerie ", "").name, "Ma boulangerie");
    }

    #[test]
    fn a_letter_is_kept_changed_and_erased_and_is_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
        let (me, other) = (me("p"), me("q"));
        platform.create_person(&me).unwrap();
        platform.create_person(&other).unwrap();
        let letter = Letter::of(&draft(), true);
        let id = platform.keep_letter(&me, &letter).unwrap().unwrap();
        assert_eq!(platform.letter(&me, id).unwrap(), Some(letter));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(
            platform.letter(&other, id).unwrap().is_none() && platform.letters(&other).unwrap().is_empty()
        );
        assert!(!platform.change_letter(&other, id, LetterChange::Closed).unwrap());
        assert!(!platform.erase_letter(&other, id).unwrap());
        assert!(platform.change_letter(&me, id, LetterChange::Forgotten).unwrap());
        assert_eq!(platform.letters(&me).unwrap()[0].1.from, None);
        assert!(platform.erase_letter(&me, id).unwrap() && !platform.erase_letter(&me, id).unwrap());
        assert_eq!(platform.letters(&me).unwrap(), []);
        platform.audit_verify(&me, None).unwrap();
    }

    #[test]
    fn letters_are_so_many_at_most() {
        let folder = tempfile::tempdir().unwrap();
        let platform = Platform::open(folder.path(), &Isolation::InProcess).unwrap();
        let me = me("p");
        platform.create_person(&me).unwrap();
        let letter = Letter::of(&draft(), false);
        for _ in 0..MOST_LETTERS {
            assert!(platform.keep_letter(&me, &letter).unwrap().is_some());
        }
        assert_eq!(platform.keep_letter(&me, &letter).unwrap(), None);
    }

    #[test]
    fn a_record_of_this_version_is_read_by_later_ones() {
        let stored = r#"{"version":1,"to":{"name":"X"},"right":"access","lang":"fr","written":"2026-06-01","later":1}"#;
        let letter: Letter = serde_json::from_str(stored).unwrap();
        assert_eq!((letter.to.name.as_str(), letter.state(Day(0))), ("X", LetterState::Written));
    }

    #[test]
    fn only_ids_are_ids() {
        for not in ["", "0", "zz", &"g".repeat(32), &"0".repeat(33), "é00000000000000000000000000000"] {
            assert!(not.parse::<LetterId>().is_err(), "{not}");
        }
    }
}
