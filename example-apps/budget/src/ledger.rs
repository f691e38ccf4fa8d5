//! Movements in one currency, by month, with transfers between the person's own accounts marked.

use crate::themes::{Theme, words};
use mesinfos_sdk::bank::Kind;
use mesinfos_sdk::{Date, Money, Source, span};
use std::collections::BTreeMap;

/// A booked movement. Amounts are in minor units, negative for outgoing money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Movement {
    pub(crate) on: Date,
    pub(crate) minor: i64,
    pub(crate) theme: Theme,
    pub(crate) kind: Kind,
    account: usize,
    /// Index into the ledger's names.
    pub(crate) name: usize,
    /// Its row.
    pub(crate) source: Source,
}

/// Movements of one currency: amounts of different currencies are never added.
#[derive(Default)]
pub(crate) struct Ledger {
    pub(crate) movements: Vec<Movement>,
    /// Normalised labels, see [`name`]; the first one is "".
    pub(crate) names: Vec<String>,
    places: BTreeMap<String, usize>,
    /// Last balance of each account, with its day and its row.
    balances: BTreeMap<String, (Date, Option<(Money, Source)>)>,
    accounts: BTreeMap<String, usize>,
}

/// A new entry for a ledger.
pub(crate) struct Entry<'a> {
    pub(crate) on: Date,
    pub(crate) amount: Money,
    pub(crate) balance: Option<Money>,
    pub(crate) account: &'a str,
    pub(crate) kind: Kind,
    pub(crate) theme: Theme,
    pub(crate) label: &'a str,
    pub(crate) source: Source,
}

impl Ledger {
    pub(crate) fn add(&mut self, entry: &Entry<'_>) {
        let name = name(entry.label);
        let place = match self.places.get(&name) {
            Some(place) => *place,
            None => {
                self.names.push(name.clone());
                self.places.insert(name, self.names.len() - 1);
                self.names.len() - 1
            }
        };
        let next = self.accounts.len();
        let account = *self.accounts.entry(entry.account.to_owned()).or_insert(next);
        let (day, balance) = self.balances.entry(entry.account.to_owned()).or_insert((entry.on, None));
        if entry.on >= *day {
            let latest = entry.balance.map(|money| (money, entry.source));
            (*day, *balance) = (entry.on, latest.or(*balance));
        }
        self.movements.push(Movement {
            on: entry.on,
            minor: entry.amount.minor,
            theme: entry.theme,
            kind: entry.kind,
            account,
            name: place,
            source: entry.source,
        });
    }

    /// Finds transfers between the person's own accounts: the same amount leaves one account and enters
    /// another within three days. They are neither spending nor income.
    pub(crate) fn find_own_transfers(&mut self) {
        let may_be =
            |one: &Movement| !matches!(one.kind, Kind::Card | Kind::Cash | Kind::Fee | Kind::Interest);
        let mut incoming: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (i, one) in self.movements.iter().enumerate().filter(|(_, one)| one.minor > 0 && may_be(one)) {
            incoming.entry(one.minor).or_default().push(i);
        }
        for i in 0..self.movements.len() {
            let out = self.movements[i];
            let Some(others) = incoming.get_mut(&-out.minor).filter(|_| out.minor < 0 && may_be(&out)) else {
                continue;
            };
            let twin = others.iter().position(|other| {
                let other = &self.movements[*other];
                other.account != out.account && (other.on - out.on).abs() <= 3
            });
            if let Some(twin) = twin {
                let other = others.swap_remove(twin);
                self.movements[i].theme = Theme::Own;
                self.movements[other].theme = Theme::Own;
            }
        }
    }

    /// First and last day.
    pub(crate) fn days(&self) -> Option<(Date, Date)> {
        let days = || self.movements.iter().map(|one| one.on);
        Some((days().min()?, days().max()?))
    }

    /// Total balance of all accounts in minor units, and number of accounts; `None` unless the bank gives
    /// the balance of each.
    pub(crate) fn balance(&self) -> Option<(i64, usize)> {
        let minor = self
            .balances
            .values()
            .map(|(_, balance)| balance.map(|(money, _)| money.minor))
            .sum::<Option<i64>>()?;
        Some((minor, self.balances.len()))
    }

    /// The rows with the last balances.
    pub(crate) fn balance_sources(&self) -> impl Iterator<Item = Source> {
        self.balances.values().filter_map(|(_, balance)| balance.map(|(_, source)| source))
    }

    /// The rows of what was spent in a month.
    pub(crate) fn spent_in(&self, month: Date) -> impl Iterator<Item = Source> {
        let spent = |one: &&Movement| one.minor < 0 && one.theme != Theme::Own;
        self.movements
            .iter()
            .filter(spent)
            .filter(move |one| one.on.month_start() == month)
            .map(|one| one.source)
    }

    /// Spending by month and theme, positive. A month without any movement is omitted: its data is missing.
    pub(crate) fn spending(&self) -> BTreeMap<Date, BTreeMap<Theme, i64>> {
        let mut months: BTreeMap<Date, BTreeMap<Theme, i64>> = BTreeMap::new();
        for one in &self.movements {
            let month = months.entry(one.on.month_start()).or_default();
            if one.minor < 0 && one.theme != Theme::Own {
                *month.entry(one.theme).or_default() -= one.minor;
            }
        }
        months
    }

    /// Income by month, without own transfers.
    pub(crate) fn income(&self) -> BTreeMap<Date, i64> {
        let mut months = BTreeMap::new();
        for one in self.movements.iter().filter(|one| one.minor > 0 && one.theme != Theme::Own) {
            *months.entry(one.on.month_start()).or_default() += one.minor;
        }
        months
    }

    /// Whether money came back for a purchase or for care.
    pub(crate) fn has_refunds(&self) -> bool {
        let is_refund = |one: &Movement| one.kind == Kind::Card || one.theme == Theme::Health;
        self.movements.iter().any(|one| one.minor > 0 && is_refund(one))
    }

    /// The newest whole months in a row, `most` at most, oldest first; none if they are too few, or of another time than
    /// `today`.
    pub(crate) fn ordinary_months(&self, today: Date, most: usize) -> Vec<Date> {
        span::ordinary_months(self.movements.iter().map(|one| one.on), today, most)
    }
}

/// Words in labels for the means of payment, not the payee.
const MEANS: [&str; 22] = [
    "ACHAT",
    "CARTE",
    "CB",
    "DE",
    "DU",
    "ECHEANCE",
    "EMETTEUR",
    "FACTURE",
    "FAVEUR",
    "LE",
    "MANDAT",
    "PAIEMENT",
    "PAR",
    "PERMANENT",
    "PRELEVEMENT",
    "PRLV",
    "RECU",
    "REF",
    "SEPA",
    "VERS",
    "VIR",
    "VIREMENT",
];

const MONTHS: [&str; 18] = [
    "APRIL",
    "AOUT",
    "AVRIL",
    "DECEMBRE",
    "FEV",
    "FEVRIER",
    "JANV",
    "JANVIER",
    "JUILLET",
    "JUIN",
    "MAI",
    "MARS",
    "NOV",
    "NOVEMBRE",
    "OCT",
    "OCTOBRE",
    "SEPT",
    "SEPTEMBRE",
];

/// Normalised label: up to four words, without numbers, months and means of payment. "PRLV SEPA LOYER
/// JANVIER 01/2026" is "LOYER".
fn name(label: &str) -> String {
    let all = || {
        words(label).filter(|word| {
            !word.chars().any(|c| c.is_ascii_digit() || c == '*') && !MONTHS.contains(&word.as_str())
        })
    };
    let named: Vec<String> = all().filter(|word| !MEANS.contains(&word.as_str())).take(4).collect();
    if named.is_empty() { all().take(4).collect::<Vec<_>>().join(" ") } else { named.join(" ") }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use mesinfos_sdk::Currency;

    pub(crate) fn day(year: i32, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    impl Ledger {
        pub(crate) fn put(&mut self, on: Date, minor: i64, theme: Theme, label: &str) {
            self.put_on("current", on, minor, theme, label);
        }

        pub(crate) fn put_on(&mut self, account: &str, on: Date, minor: i64, theme: Theme, label: &str) {
            self.put_of(account, Kind::Transfer, on, minor, theme, label);
        }

        pub(crate) fn put_by(&mut self, kind: Kind, on: Date, minor: i64, theme: Theme, label: &str) {
            self.put_of("current", kind, on, minor, theme, label);
        }

        fn put_of(&mut self, account: &str, kind: Kind, on: Date, minor: i64, theme: Theme, label: &str) {
            let (amount, balance) = (Money::new(minor, Currency::EUR), None);
            let source = Source::default();
            self.add(&Entry { on, amount, balance, account, kind, theme, label, source });
        }
    }

    #[test]
    fn labels_come_down_to_names() {
        assert_eq!(name("PRLV SEPA LOYER JANVIER 01/2026"), "LOYER");
        assert_eq!(name("CB Supermarché du Coin 12/03"), "SUPERMARCHE COIN");
        assert_eq!(name("VIREMENT SEPA 123"), "VIREMENT SEPA");
        assert_eq!(name("**** 12"), "");
    }

    #[test]
    fn own_transfers_are_not_spent() {
        let mut ledger = Ledger::default();
        ledger.put(day(2026, 3, 1), -10_000, Theme::Transfer, "VIR A");
        ledger.put_on("savings", day(2026, 3, 2), 10_000, Theme::Transfer, "VIR B");
        ledger.put(day(2026, 3, 9), -10_000, Theme::Transfer, "VIR A");
        ledger.find_own_transfers();
        let themes: Vec<Theme> = ledger.movements.iter().map(|one| one.theme).collect();
        assert_eq!(themes, [Theme::Own, Theme::Own, Theme::Transfer]);
        assert_eq!(ledger.spending()[&day(2026, 3, 1)][&Theme::Transfer], 10_000);
        assert!(ledger.income().is_empty());
        assert_eq!(ledger.balance(), None);
    }

    #[test]
    fn an_own_transfer_is_of_two_accounts_within_three_days_and_one_amount() {
        let own = |out: (Kind, i64), back: (&str, Kind, u8, i64)| {
            let mut ledger = Ledger::default();
            ledger.put_of("current", out.0, day(2026, 3, 5), out.1, Theme::Transfer, "A");
            ledger.put_of(back.0, back.1, day(2026, 3, back.2), back.3, Theme::Transfer, "B");
            ledger.find_own_transfers();
            ledger.movements.iter().filter(|one| one.theme == Theme::Own).count()
        };
        let out = (Kind::Transfer, -700);
        for day in [2, 5, 8] {
            assert_eq!(own(out, ("savings", Kind::Transfer, day, 700)), 2, "{day}");
        }
        assert_eq!(own(out, ("savings", Kind::Transfer, 1, 700)), 0);
        assert_eq!(own(out, ("savings", Kind::Transfer, 9, 700)), 0);
        assert_eq!(own(out, ("savings", Kind::Transfer, 5, 701)), 0);
        assert_eq!(own(out, ("current", Kind::Transfer, 5, 700)), 0, "of one account");
        assert_eq!(own(out, ("savings", Kind::Card, 5, 700)), 0, "a shop gives back");
        assert_eq!(own((Kind::Cash, -700), ("savings", Kind::Deposit, 5, 700)), 0);
        assert_eq!(own((Kind::Transfer, 0), ("savings", Kind::Transfer, 5, 0)), 0);
    }

    #[test]
    fn what_was_spent_in_a_month_has_its_rows() {
        let mut ledger = Ledger::default();
        ledger.put(day(2026, 3, 1), -1, Theme::Card, "A");
        ledger.put(day(2026, 3, 31), -1, Theme::Card, "A");
        ledger.put(day(2026, 4, 1), -1, Theme::Card, "A");
        ledger.put(day(2026, 3, 9), 1, Theme::Card, "A");
        ledger.put(day(2026, 3, 9), 0, Theme::Card, "A");
        ledger.put(day(2026, 3, 9), -1, Theme::Own, "A");
        assert_eq!(ledger.spent_in(day(2026, 3, 1)).count(), 2);
        assert_eq!(ledger.spending()[&day(2026, 3, 1)], BTreeMap::from([(Theme::Card, 2)]));
        assert_eq!(ledger.income(), BTreeMap::from([(day(2026, 3, 1), 1)]));
    }

    #[test]
    fn balances_are_the_last_of_each_account() {
        let mut ledger = Ledger::default();
        let mut put = |account, on, balance: Option<i64>| {
            let euros = |minor| Money::new(minor, Currency::EUR);
            let (amount, balance) = (euros(-1), balance.map(euros));
            let (kind, theme, label, source) = (Kind::Card, Theme::Card, "X", Source::default());
            ledger.add(&Entry { on, amount, balance, account, kind, theme, label, source });
            ledger.balance()
        };
        assert_eq!(put("current", day(2026, 1, 2), Some(500)), Some((500, 1)));
        assert_eq!(put("current", day(2026, 1, 1), Some(900)), Some((500, 1)), "an earlier day");
        assert_eq!(put("current", day(2026, 1, 2), None), Some((500, 1)), "the last that is given");
        assert_eq!(put("savings", day(2026, 1, 1), None), None, "not of each account");
        assert_eq!(put("savings", day(2026, 1, 3), Some(70)), Some((570, 2)));
    }

    #[test]
    fn a_month_without_bookings_ends_the_ordinary_ones() {
        let mut ledger = Ledger::default();
        for month in [1, 2, 3, 4, 6, 7, 8] {
            for on in [day(2026, month, 3), day(2026, month, 28)] {
                ledger.put(on, -1, Theme::Card, "X");
            }
        }
        let months = ledger.ordinary_months(day(2026, 9, 1), 12);
        assert_eq!(months, [6, 7, 8].map(|month| day(2026, month, 1)), "nothing was booked in May");
        assert!(ledger.ordinary_months(day(2031, 9, 1), 12).is_empty());
    }
}
