//! How a holder writes a file of each format: two files of one account, meter or telephone are written with the same
//! entries.

mod bytes;
mod texts;
mod written;

use mesinfos_platform::model::Day;

/// What a file has an entry of: a payment, a reading, a message, a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) number: u32,
    /// What the holder says later of it is not what it said first.
    pub(crate) is_corrected: bool,
}

/// The first day.
const FIRST: &str = "2025-02-20";

const MONTHS: [&str; 3] = ["Jan", "Feb", "Mar"];

impl Entry {
    /// Two entries have each day.
    pub(crate) fn day(self) -> Day {
        later(self.number / 2)
    }

    /// A day that no other entry has.
    pub(crate) fn own_day(self) -> Day {
        later(self.number)
    }

    /// Seconds since 1970 of its hour: no two have one.
    pub(crate) fn hour(self) -> i64 {
        1_740_013_200 + i64::from(self.number) * 3_600
    }

    /// Hundredths, or watt-hours. Some entries of a day are equal: two coffees.
    pub(crate) fn amount(self) -> i64 {
        [150, 150, 1_999, 4_250, 150, 150, 320_005][self.number as usize % 7] + i64::from(self.is_corrected)
    }

    /// An amount that no correction changes.
    pub(crate) fn price(self) -> String {
        let amount = self.as_first_said().amount();
        format!("-{}.{:02}", amount / 100, amount % 100)
    }

    pub(crate) fn label(self) -> String {
        let shop = ["CAFE", "CAFE", "LIBRAIRIE", "TRAIN", "CAFE", "CAFE", "LOYER"][self.number as usize % 7];
        format!("{shop}{}", if self.is_corrected { " RECTIFIE" } else { "" })
    }

    pub(crate) fn as_first_said(self) -> Entry {
        Entry { is_corrected: false, ..self }
    }

    /// A value in the text of an entry, by its name in a layout; other words are what they say.
    fn value(self, name: &str) -> String {
        if let Some((first, corrected)) = name.split_once('|') {
            return self.value(if self.is_corrected { corrected } else { first });
        }
        let number = self.number;
        let day = self.day().to_string();
        let (year, month, of_month) = (&day[..4], &day[5..7], &day[8..]);
        let named = MONTHS[month.parse::<usize>().unwrap() - 1];
        // Two moments of its day.
        let hour = if number.is_multiple_of(2) { 8 } else { 14 };
        let at = |minute: u32| format!("{day}T{hour:02}:{minute:02}:00Z");
        let amount = self.amount();
        match name {
            "n" => number.to_string(),
            "nn" => format!("{number:02}"),
            "day" => day,
            "dmy" => format!("{of_month}/{month}/{year}"),
            "mdy" => format!("{month}/{of_month}/{year}"),
            "dotted" => format!("{of_month}.{month}.{year}"),
            "dashed" => format!("{of_month}-{month}-{year}"),
            "compact" => format!("{year}{month}{of_month}"),
            "day by name" => format!("{of_month}-{named}-{year}"),
            "day in words" => format!("{of_month} {named} {year}"),
            "day of its own" => self.own_day().to_string(),
            "dmy of its own" => {
                let day = self.own_day().to_string();
                format!("{}/{}/{}", &day[8..], &day[5..7], &day[..4])
            }
            "clock" => format!("{hour:02}:00"),
            "then" => format!("{hour:02}:30"),
            "later clock" => format!("{hour:02}:45"),
            "at" => at(0),
            "until" => at(30),
            "later" => at(45),
            "later day" => format!("{}T{hour:02}:00:00Z", Day(self.day().0 + 1)),
            "epoch" => (i64::from(self.day().0) * 86_400 + hour * 3_600).to_string(),
            "hour" => {
                let hours = 1 + number;
                format!("{}T{:02}:00:00Z", later(hours / 24), hours % 24)
            }
            "price" => self.price(),
            "abs" => self.price().trim_start_matches('-').to_owned(),
            "comma" => self.price().trim_start_matches('-').replace('.', ","),
            "amount" => amount.to_string(),
            "kwh" => format!("{}.{:02}", amount / 100, amount % 100),
            "label" => self.as_first_said().label(),
            "said" => self.label(),
            word => word.to_owned(),
        }
    }

    /// A text with the values of the entry in it.
    fn fill(self, text: &str) -> String {
        let mut parts = text.split('«');
        let mut filled = parts.next().unwrap().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('»').unwrap();
            filled += &self.value(name);
            filled += rest;
        }
        filled
    }
}

fn later(days: u32) -> Day {
    let first: Day = FIRST.parse().unwrap();
    Day(first.0 + i32::try_from(days).unwrap())
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    AsWritten,
    /// Rows backwards and, in tables that name their columns, columns from the last to the first.
    Backwards,
}

/// A format, and how a file of it is written.
pub(crate) struct Layout {
    pub(crate) id: &'static str,
    by: By,
    /// Whether the holder corrects an entry in a way that can be told: its id stays, or what identifies it.
    pub(crate) is_corrected: bool,
    /// Whether the first line of the file names its columns, and by what they are separated.
    columns: Option<char>,
    /// Whether only one order of the entries is a file.
    is_in_order: bool,
    /// Number of rows that an entry becomes: an order is a line and a receipt.
    pub(crate) rows: u64,
}

/// What writes the entries.
enum By {
    Text { head: &'static str, entry: &'static str, between: &'static str, tail: &'static str },
    Written(fn(&[Entry]) -> String),
    Bytes(fn(&[Entry]) -> Vec<u8>),
}

impl Layout {
    const fn of(id: &'static str) -> Layout {
        let by = By::Text { head: "", entry: "", between: "", tail: "" };
        Layout { id, by, is_corrected: false, columns: None, is_in_order: false, rows: 1 }
    }

    const fn head(mut self, text: &'static str) -> Layout {
        if let By::Text { head, .. } = &mut self.by {
            *head = text;
        }
        self
    }

    const fn entry(mut self, text: &'static str) -> Layout {
        if let By::Text { entry, .. } = &mut self.by {
            *entry = text;
        }
        self
    }

    const fn between(mut self, text: &'static str) -> Layout {
        if let By::Text { between, .. } = &mut self.by {
            *between = text;
        }
        self
    }

    const fn tail(mut self, text: &'static str) -> Layout {
        if let By::Text { tail, .. } = &mut self.by {
            *tail = text;
        }
        self
    }

    const fn written(mut self, write: fn(&[Entry]) -> String) -> Layout {
        self.by = By::Written(write);
        self
    }

    const fn bytes(mut self, write: fn(&[Entry]) -> Vec<u8>) -> Layout {
        self.by = By::Bytes(write);
        self
    }

    const fn corrected(mut self) -> Layout {
        self.is_corrected = true;
        self
    }

    const fn columns(mut self, delimiter: char) -> Layout {
        self.columns = Some(delimiter);
        self
    }

    const fn in_order(mut self) -> Layout {
        self.is_in_order = true;
        self
    }

    const fn rows(mut self, rows: u64) -> Layout {
        self.rows = rows;
        self
    }

    /// A file of these entries.
    pub(crate) fn file(&self, entries: &[Entry], order: Order) -> Vec<u8> {
        let is_backwards = order == Order::Backwards && !self.is_in_order;
        let mut entries = entries.to_vec();
        if is_backwards {
            entries.reverse();
        }
        let text = match &self.by {
            By::Bytes(write) => return write(&entries),
            By::Written(write) => write(&entries),
            By::Text { head, entry, between, tail } => {
                let filled: Vec<String> = entries.iter().map(|of| of.fill(entry)).collect();
                format!("{head}{}{tail}", filled.join(between))
            }
        };
        let text = match self.columns {
            Some(delimiter) if is_backwards => {
                let backwards =
                    |line: &str| line.split(delimiter).rev().collect::<Vec<_>>().join(&delimiter.to_string());
                text.lines().map(|line| backwards(line) + "\n").collect()
            }
            _ => text,
        };
        text.into_bytes()
    }
}

/// All layouts.
pub(crate) fn layouts() -> impl Iterator<Item = &'static Layout> {
    [written::WRITTEN, texts::TEXTS, bytes::BYTES].into_iter().flatten()
}

/// Formats that have no layout here, each with its reason.
pub(crate) const WITHOUT: &[(&str, &str)] = &[
    ("zip-archive", "its members are files of the formats that have one"),
    ("mesinfos-archive", "its rows are those of a vault: see `portability.rs`"),
    ("pdf-document", "a file is one row, and its bytes are what identifies it: no two files overlap"),
    ("photograph", "a file is one row, and its bytes are what identifies it: no two files overlap"),
    (
        "loan-table-csv",
        "a bank prints the whole table each time: the row of the loan is made from all its instalments",
    ),
    (
        "loan-table-xlsx",
        "a bank prints the whole table each time: the row of the loan is made from all its instalments",
    ),
    ("office-document", "a file is one row, and its bytes are what identifies it: no two files overlap"),
];
