//! A sample person and the events of their life: the input of the data holders' files.

use crate::loan::Loan;
use crate::weather::Town;
use jiff::civil::Date;

/// Initial data of a person. Amounts are in cents.
#[derive(Clone)]
pub(crate) struct Life {
    /// Number that gives each person their own random stream.
    pub(crate) key: u64,
    pub(crate) first: &'static str,
    pub(crate) family: &'static str,
    pub(crate) birth: Date,
    pub(crate) occupation: &'static str,
    /// All members of the household; the person is the first.
    pub(crate) household: &'static [Member],
    pub(crate) town: &'static Town,
    pub(crate) street: &'static str,
    pub(crate) area: i64,
    /// First day, and the day after the last one.
    pub(crate) from: Date,
    pub(crate) until: Date,
    /// Monthly income on the first account in cents, and its payer.
    pub(crate) income: (i64, &'static str),
    /// Monthly income on the second account in cents, if the person has one.
    pub(crate) second_income: Option<(i64, &'static str)>,
    pub(crate) housing: (i64, &'static str),
    pub(crate) heating: Heating,
    /// Watts of heating per degree below 17 °C.
    pub(crate) heat: i64,
    /// Base load in watts.
    pub(crate) base: i64,
    /// Number of households that share the meter; the bill is divided by it.
    pub(crate) sharing: i64,
    pub(crate) plan: Plan,
    /// Yearly premiums of the home, vehicle and complementary health insurance.
    pub(crate) premiums: [i64; 3],
    pub(crate) vehicle: Option<Vehicle>,
    pub(crate) commute: Option<Commute>,
    /// Return trips by train per month.
    pub(crate) train: i64,
    pub(crate) pass: bool,
    /// A student loan, if the person has one.
    pub(crate) loan: Option<Loan>,
    /// Visits to a doctor per year.
    pub(crate) care: i64,
    /// Monthly budget for bakeries, cafés and other shops.
    pub(crate) pocket: i64,
    /// Maximum number of calls and messages, and of page visits, per day.
    pub(crate) calls: i64,
    pub(crate) visits: i64,
    /// Fees of the bank, if it takes any.
    pub(crate) charges: Option<Charges>,
    /// Period without any data.
    pub(crate) silent: Option<(Date, Date)>,
}

/// A member of the household.
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) birth: &'static str,
    pub(crate) role: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heating {
    Electric,
    Gas,
}

/// Fees of an account, in cents. The prices are near those of La Banque Postale in 2025 and 2026 (25.20 € a year for
/// the account, 47.60 € for a Visa Classic, 7.90 € for a payment beyond the limit, at least 3 € of interest a quarter:
/// the press, linked in docs/sample-people.md); the bank is invented.
#[derive(Clone, Copy)]
pub(crate) struct Charges {
    /// For keeping the account, each quarter.
    pub(crate) quarter: i64,
    /// For the card, each year, in this month.
    pub(crate) card: (i64, i8),
    /// For the card of the second account, each year, in the same month.
    pub(crate) second_card: i64,
    /// A day abroad in July: payee with the amount that it says, and the amount in euros.
    pub(crate) abroad: &'static [(&'static str, i64)],
    /// Share of a payment abroad, in ten-thousandths.
    pub(crate) abroad_rate: i64,
    /// Cheques: month, day and amount, each year from the year given.
    pub(crate) cheques: &'static [(i16, i8, i8, i64)],
    /// Last year in which these cheques are written.
    pub(crate) until: i16,
}

/// A telephone plan.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) vendor: &'static str,
    pub(crate) name: &'static str,
    pub(crate) month: i64,
    /// Seconds of outgoing calls included; `None` for unlimited.
    pub(crate) included: Option<i64>,
    /// Cents per minute beyond the included time.
    pub(crate) minute: i64,
}

#[derive(Clone, Copy)]
pub(crate) struct Vehicle {
    pub(crate) make: &'static str,
    pub(crate) model: &'static str,
    pub(crate) plate: &'static str,
    pub(crate) since: &'static str,
    /// Fuel consumption in millilitres per kilometre.
    pub(crate) thirst: i64,
}

#[derive(Clone, Copy)]
pub(crate) struct Commute {
    pub(crate) mode: Mode,
    pub(crate) metres: i64,
    pub(crate) minutes: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Walk,
    Bike,
    Car,
    Bus,
    Metro,
    Train,
}

/// All events of a life.
#[derive(Default)]
pub(crate) struct Record {
    pub(crate) movements: Vec<Movement>,
    pub(crate) receipts: Vec<Receipt>,
    pub(crate) legs: Vec<Leg>,
    pub(crate) calls: Vec<Call>,
    /// Watts per half-hour of each day: 46, 48 or 50 values.
    pub(crate) power: Vec<(Date, Vec<i64>)>,
    /// Watt-hours of gas per day.
    pub(crate) gas: Vec<(Date, i64)>,
    /// Litres of water per day.
    pub(crate) water: Vec<(Date, i64)>,
    pub(crate) bills: Vec<Bill>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) visits: Vec<Visit>,
    pub(crate) messages: Vec<Message>,
    pub(crate) papers: Vec<Paper>,
    /// Days that the files cover: from the first to the second (exclusive); all if `None`.
    pub(crate) window: Option<(Date, Date)>,
}

/// A movement on an account.
#[derive(Clone)]
pub(crate) struct Movement {
    pub(crate) account: usize,
    pub(crate) on: Date,
    pub(crate) cents: i64,
    pub(crate) kind: Kind,
    /// Counterparty.
    pub(crate) who: String,
    /// The bank's category of the movement.
    pub(crate) shelf: &'static str,
    /// Whether the bank has announced it only.
    pub(crate) is_pending: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Card,
    Transfer,
    Debit,
    Cheque,
    Fee,
    /// Interest on an overdraft.
    Interest,
}

/// A receipt of the one shop that issues them.
pub(crate) struct Receipt {
    pub(crate) at: i64,
    pub(crate) on: Date,
    pub(crate) lines: Vec<Line>,
    pub(crate) returned: bool,
    pub(crate) total: i64,
}

/// A product: name, category of the shop, and price of 2023 in cents.
pub(crate) struct Product {
    pub(crate) label: &'static str,
    pub(crate) section: &'static str,
    pub(crate) family: &'static str,
    pub(crate) price: i64,
}

pub(crate) struct Line {
    pub(crate) product: &'static Product,
    pub(crate) quantity: i64,
    pub(crate) price: i64,
}

pub(crate) struct Leg {
    pub(crate) at: i64,
    pub(crate) on: Date,
    pub(crate) mode: Mode,
    pub(crate) seconds: i64,
    pub(crate) metres: i64,
    pub(crate) from: Spot,
    pub(crate) to: Spot,
}

/// A place: its name, and coordinates in 1/10^7 degrees.
#[derive(Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) name: &'static str,
    pub(crate) latitude: i64,
    pub(crate) longitude: i64,
}

pub(crate) struct Call {
    pub(crate) at: i64,
    pub(crate) on: Date,
    pub(crate) peer: usize,
    pub(crate) out: bool,
    /// Duration; `None` for a message.
    pub(crate) seconds: Option<i64>,
}

pub(crate) struct Bill {
    pub(crate) on: Date,
    pub(crate) vendor: &'static str,
    pub(crate) service: &'static str,
    pub(crate) plan: String,
    pub(crate) cents: i64,
}

/// A medical expense: its kind, its cost, and the part paid by the Assurance Maladie.
pub(crate) struct Claim {
    pub(crate) on: Date,
    pub(crate) kind: Care,
    pub(crate) provider: &'static str,
    pub(crate) label: &'static str,
    pub(crate) charged: i64,
    pub(crate) paid: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    Doctor,
    Pharmacy,
}

pub(crate) struct Visit {
    pub(crate) at: i64,
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) typed: bool,
}

pub(crate) struct Message {
    pub(crate) at: i64,
    pub(crate) from: &'static str,
    pub(crate) text: &'static str,
}

pub(crate) struct Paper {
    pub(crate) on: Date,
    pub(crate) name: String,
    pub(crate) bytes: i64,
}

impl Leg {
    /// Whether the person's sports watch recorded it.
    pub(crate) fn is_recorded(&self) -> bool {
        self.mode == Mode::Bike && self.on.day() <= 3
    }
}

impl Record {
    /// Whether the files cover a day.
    pub(crate) fn shows(&self, day: Date) -> bool {
        self.window.is_none_or(|(from, until)| from <= day && day < until)
    }

    /// Adds a movement on an account; incoming money is positive.
    pub(crate) fn pay(
        &mut self,
        account: usize,
        on: Date,
        cents: i64,
        kind: Kind,
        who: &str,
        shelf: &'static str,
    ) {
        let who = who.to_owned();
        self.movements.push(Movement { account, on, cents, kind, who, shelf, is_pending: false });
    }
}
