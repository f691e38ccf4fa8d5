//! Who a sample person is, and everything that happens in a life: what holders then write down, each in
//! its own way.

use crate::weather::Town;
use jiff::civil::Date;

/// A person, as it stands before anything happens. Amounts are in cents.
#[derive(Clone)]
pub(crate) struct Life {
    /// Tells the numbers of one person from those of another.
    pub(crate) key: u64,
    pub(crate) first: &'static str,
    pub(crate) family: &'static str,
    pub(crate) birth: Date,
    pub(crate) occupation: &'static str,
    /// All who live in the home; the person is the first of them.
    pub(crate) household: &'static [Member],
    pub(crate) town: &'static Town,
    pub(crate) street: &'static str,
    pub(crate) area: i64,
    /// The first day, and the day after the last one.
    pub(crate) from: Date,
    pub(crate) until: Date,
    /// What comes in each month on the first account, and from whom.
    pub(crate) income: (i64, &'static str),
    /// What comes in on the second account, where there is one.
    pub(crate) second_income: Option<(i64, &'static str)>,
    pub(crate) housing: (i64, &'static str),
    pub(crate) heating: Heating,
    /// Watts of heating for each degree below 17 °C.
    pub(crate) heat: i64,
    /// Watts that are always on.
    pub(crate) base: i64,
    /// Households that share the meter: the bill is one part.
    pub(crate) sharing: i64,
    pub(crate) plan: Plan,
    /// What the home insurance, the vehicle's and the complementary health insurance cost in a year.
    pub(crate) premiums: [i64; 3],
    pub(crate) vehicle: Option<Vehicle>,
    pub(crate) commute: Option<Commute>,
    /// Returns by train in a month.
    pub(crate) train: i64,
    pub(crate) pass: bool,
    /// The dollars of a loan for studies in the United States, and those of a month, in cents.
    pub(crate) loan: Option<(i64, i64)>,
    /// Visits to a doctor in a year.
    pub(crate) care: i64,
    /// What stays each month for bakeries, cafés and other shops.
    pub(crate) pocket: i64,
    /// As many calls and messages, and pages, as there are on a day at most.
    pub(crate) calls: i64,
    pub(crate) visits: i64,
    /// A time of which no holder has anything.
    pub(crate) silent: Option<(Date, Date)>,
}

/// Somebody in the home.
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

/// A telephone plan.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) vendor: &'static str,
    pub(crate) name: &'static str,
    pub(crate) month: i64,
    /// Seconds of calls out that it includes, if it does not include all.
    pub(crate) included: Option<i64>,
    /// Cents for each minute beyond.
    pub(crate) minute: i64,
}

#[derive(Clone, Copy)]
pub(crate) struct Vehicle {
    pub(crate) make: &'static str,
    pub(crate) model: &'static str,
    pub(crate) plate: &'static str,
    pub(crate) since: &'static str,
    /// Millilitres for a kilometre.
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

/// Everything that happened.
#[derive(Default)]
pub(crate) struct Record {
    pub(crate) movements: Vec<Movement>,
    pub(crate) receipts: Vec<Receipt>,
    pub(crate) legs: Vec<Leg>,
    pub(crate) calls: Vec<Call>,
    /// Watts of each half-hour of a day: 46 of them, 48 or 50.
    pub(crate) power: Vec<(Date, Vec<i64>)>,
    /// Watt-hours of gas of a day.
    pub(crate) gas: Vec<(Date, i64)>,
    /// Litres of a day.
    pub(crate) water: Vec<(Date, i64)>,
    pub(crate) bills: Vec<Bill>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) visits: Vec<Visit>,
    pub(crate) messages: Vec<Message>,
    pub(crate) papers: Vec<Paper>,
}

/// A movement on an account.
#[derive(Clone)]
pub(crate) struct Movement {
    pub(crate) account: usize,
    pub(crate) on: Date,
    pub(crate) cents: i64,
    pub(crate) kind: Kind,
    /// The other party.
    pub(crate) who: String,
    /// Where a bank files it.
    pub(crate) shelf: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Card,
    Transfer,
    Debit,
}

/// A receipt of the one shop that gives its receipts.
pub(crate) struct Receipt {
    pub(crate) at: i64,
    pub(crate) on: Date,
    pub(crate) lines: Vec<Line>,
    pub(crate) returned: bool,
    pub(crate) total: i64,
}

/// A product, where the shop files it, and its price in 2023 in cents.
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

/// A place: its name, and 1/10^7 degrees.
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
    /// None of a message.
    pub(crate) seconds: Option<i64>,
}

pub(crate) struct Bill {
    pub(crate) on: Date,
    pub(crate) vendor: &'static str,
    pub(crate) service: &'static str,
    pub(crate) plan: String,
    pub(crate) cents: i64,
}

/// Care: what it cost, what it is refunded by, and what the Assurance Maladie pays.
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

impl Record {
    /// A movement on an account, money that comes in being positive.
    pub(crate) fn pay(
        &mut self,
        account: usize,
        on: Date,
        cents: i64,
        kind: Kind,
        who: &str,
        shelf: &'static str,
    ) {
        self.movements.push(Movement { account, on, cents, kind, who: who.to_owned(), shelf });
    }
}
