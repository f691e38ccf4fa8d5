//! The choices of a consent form: what each category gives, and for how long.

use super::AppPage;
use crate::app::form::{Fields, date};
use mesinfos_model::category::Grain;
use mesinfos_model::{Category, CategoryScope, Day, Holders, Period, RowId, Scope};
use mesinfos_platform::{CategoryChoice, GrantSummary, TrialChoices};
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of rows that a form excludes.
pub(crate) const EXCLUDED: usize = 1_000;

/// A period to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Window {
    /// As the app asks.
    #[default]
    Asked,
    /// The last months, and the current one.
    Months(u16),
    /// Everything.
    All,
    /// The days of the grant in force, if they are none of the above.
    Given(Period),
}

impl Window {
    pub(crate) const ALL: [Window; 5] =
        [Window::Asked, Window::Months(3), Window::Months(12), Window::Months(36), Window::All];

    pub(crate) fn id(self) -> String {
        match self {
            Window::Asked => "asked".to_owned(),
            Window::Months(months) => months.to_string(),
            Window::All => "all".to_owned(),
            Window::Given(period) => {
                let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
                format!("{}~{}", day(period.from), day(period.until))
            }
        }
    }

    fn from_id(id: &str) -> Option<Window> {
        if let Some((from, until)) = id.split_once('~') {
            let day = |text: &str| if text.is_empty() { Some(None) } else { date(text).map(Some) };
            return Some(Window::Given(Period { from: day(from)?, until: day(until)? }));
        }
        Window::ALL.into_iter().find(|window| window.id() == id)
    }

    /// The choice that gives the days of a scope. `asked` are the days that the app asks for.
    fn of(period: Period, asked: Option<Period>, today: Day) -> Window {
        if asked == Some(period) {
            return Window::Asked;
        }
        let same = |window: &Window| window.period(today) == Some(period);
        Window::ALL.into_iter().find(same).unwrap_or(Window::Given(period))
    }

    /// Whether it gives no more days than an app asks for that asks for these last months; `None` if it asks for all.
    pub(crate) fn is_within(self, asked: Option<u16>) -> bool {
        match self {
            Window::Asked | Window::Given(_) => true,
            Window::Months(months) => asked.is_none_or(|asked| months <= asked),
            // With all asked for, this is what is asked.
            Window::All => false,
        }
    }

    fn period(self, today: Day) -> Option<Period> {
        match self {
            Window::Asked => None,
            Window::Months(months) => {
                let first = Day::first_of_month(today.month() - i32::from(months));
                Some(Period { from: Some(first), until: None })
            }
            Window::All => Some(Period::ALL),
            Window::Given(period) => Some(period),
        }
    }
}

/// The choice for one category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) is_given: bool,
    /// Whether the person confirmed it separately, for a sensitive category.
    pub(crate) is_sure: bool,
    pub(crate) window: Window,
    pub(crate) grain: Option<Grain>,
    /// Holders to leave out.
    pub(crate) without: BTreeSet<String>,
    pub(crate) excluded: BTreeSet<RowId>,
    /// Whether more rows were to be left out than [`EXCLUDED`], or than were searched: nothing is given then.
    pub(crate) is_too_much: bool,
    /// Whether the form says something that no form of these pages says: nothing is given then.
    pub(crate) is_unclear: bool,
    /// Words: rows that contain them are left out when the form is drawn again.
    pub(crate) words: String,
    /// Number of rows that each of these words was found in, when the form is drawn again.
    pub(crate) found: Vec<(String, u64)>,
    /// Page of its exact rows, from 0.
    pub(crate) page: usize,
    /// Whether its exact rows are open.
    pub(crate) is_open: bool,
}

/// How long a grant lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Duration {
    /// A quarter of an hour: time to look at the result and change its parameters.
    #[default]
    Once,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

impl Duration {
    pub(crate) const ALL: [Duration; 3] = [Duration::Once, Duration::Quarter, Duration::Year];

    pub(crate) fn id(self) -> &'static str {
        match self {
            Duration::Once => "once",
            Duration::Quarter => "quarter",
            Duration::Year => "year",
        }
    }

    fn from_id(id: &str) -> Option<Duration> {
        Duration::ALL.into_iter().find(|duration| duration.id() == id)
    }

    /// How long a grant lasts that was given at `from` until `until`, both in UTC seconds.
    fn of(from: i64, until: Option<i64>) -> Option<Duration> {
        // Between the two moments that a door looks at the clock, a second may pass.
        Duration::ALL
            .into_iter()
            .find(|duration| until.is_some_and(|until| (until - duration.until(from)).abs() <= 60))
    }

    /// End of a grant given at `now`, in UTC seconds.
    pub(crate) fn until(self, now: i64) -> i64 {
        now + match self {
            Duration::Once => 15 * 60,
            Duration::Quarter => 91 * 86_400,
            Duration::Year => 365 * 86_400,
        }
    }
}

/// All choices of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Choices {
    pub(crate) of: BTreeMap<Category, Choice>,
    pub(crate) duration: Duration,
}

impl Choices {
    /// Reads a form for an app. What it names that the app does not request is ignored.
    pub(crate) fn read(fields: &Fields, app: &AppPage) -> Choices {
        let of = app.categories().into_iter().map(|category| {
            let mut choice = choice(fields, category);
            // A person narrows what is asked for. A form of another page cannot give more.
            if !choice.window.is_within(app.months(category)) {
                choice.window = Window::Asked;
            }
            (category, choice)
        });
        let of = of.collect();
        Choices { of, duration: Duration::from_id(fields.get("for")).unwrap_or_default() }
    }

    /// The choices that a grant made. `asked` is what the app asks for, and `holders` are all holders.
    pub(crate) fn of_grant(
        grant: &GrantSummary,
        asked: &Scope,
        today: Day,
        holders: &BTreeMap<Category, BTreeSet<String>>,
    ) -> Choices {
        let of = grant.scope.iter().map(|(category, scope)| {
            let asked = asked.get(category).map(|asked| asked.period);
            (*category, Choice::of_scope(scope, asked, today, holders.get(category)))
        });
        Choices { of: of.collect(), duration: Duration::of(grant.given_at, grant.until).unwrap_or_default() }
    }

    pub(crate) fn choice(&self, category: Category) -> Choice {
        self.of.get(&category).cloned().unwrap_or_default()
    }

    /// The choices that give something, for a grant. `holders` are all holders of each category.
    pub(crate) fn given(&self, today: Day, holders: &BTreeMap<Category, BTreeSet<String>>) -> TrialChoices {
        let given = self.of.iter().filter(|(_, choice)| choice.is_given);
        given.map(|(category, choice)| (*category, choice.for_grant(today, holders.get(category)))).collect()
    }

    /// The choices with every category given, for a trial.
    pub(crate) fn whole(&self, today: Day, holders: &BTreeMap<Category, BTreeSet<String>>) -> TrialChoices {
        let all = self.of.iter();
        all.map(|(category, choice)| (*category, choice.for_grant(today, holders.get(category)))).collect()
    }
}

impl Choice {
    /// The choice that gave a scope. What is confirmed apart is confirmed anew.
    fn of_scope(
        scope: &CategoryScope,
        asked: Option<Period>,
        today: Day,
        holders: Option<&BTreeSet<String>>,
    ) -> Choice {
        let without = match (&scope.holders, holders) {
            (Holders::Only(kept), Some(all)) => all.difference(kept).cloned().collect(),
            _ => BTreeSet::new(),
        };
        Choice {
            is_given: true,
            window: Window::of(scope.period, asked, today),
            grain: Some(scope.grain),
            without,
            excluded: scope.excluded.clone(),
            ..Choice::default()
        }
    }

    /// The choice in the terms of a grant.
    pub(crate) fn for_grant(&self, today: Day, holders: Option<&BTreeSet<String>>) -> CategoryChoice {
        let kept = holders
            .filter(|_| !self.without.is_empty())
            .map(|all| all.difference(&self.without).cloned().collect());
        CategoryChoice {
            period: self.window.period(today),
            undated: (self.window == Window::All).then_some(true),
            fields: None,
            grain: self.grain,
            holders: kept,
            excluded: self.excluded.iter().copied().collect(),
        }
    }
}

fn choice(fields: &Fields, category: Category) -> Choice {
    let of = |field: &str| format!("{field}.{}", category.id());
    // The page of a button, or the one that was typed.
    let page =
        [fields.get(&of("turn")), fields.get(&of("page"))].into_iter().find_map(|page| page.parse().ok());
    let page = page.unwrap_or(1_usize).saturating_sub(1);
    let (period, grain) = (fields.get(&of("period")), fields.get(&of("grain")));
    let window = Window::from_id(period);
    let known = category.schema().grains.iter().copied().find(|known| known.id() == grain);
    let drops: Vec<Option<RowId>> = fields.all(&of("drop")).map(|id| id.parse().ok()).collect();
    let is_unclear = window.is_none() && !period.is_empty()
        || known.is_none() && !grain.is_empty()
        || drops.iter().any(Option::is_none);
    Choice {
        is_given: fields.has(&of("give")),
        is_sure: fields.has(&of("sure")),
        window: window.unwrap_or_default(),
        grain: known,
        is_unclear,
        without: fields.all(&of("without")).map(str::to_owned).collect(),
        is_too_much: drops.len() > EXCLUDED,
        excluded: drops.into_iter().flatten().take(EXCLUDED).collect(),
        words: fields.get(&of("words")).trim().chars().take(80).collect(),
        found: Vec::new(),
        page,
        is_open: page > 0 || fields.has(&of("turn")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_gives_only_what_was_ticked() {
        let form =
            "give.bank=on&period.bank=12&drop.bank=1.0.3&drop.bank=x&without.bank=B&for=quarter&give.health";
        let fields = Fields::read(form.as_bytes()).unwrap();
        let bank = choice(&fields, Category::Bank);
        assert!(bank.is_given && !bank.is_sure);
        assert_eq!(bank.window, Window::Months(12));
        assert!(bank.excluded.len() <= 1 && bank.is_unclear, "what is no row id is told");
        for unclear in
            ["grain.bank=fine", "period.bank=7", "drop.bank=x", "period.bank=2025-13-01~2026-01-01"]
        {
            assert!(
                choice(&Fields::read(unclear.as_bytes()).unwrap(), Category::Bank).is_unclear,
                "{unclear}"
            );
        }
        let drops = |count: usize| {
            (1..=count).map(|row| format!("drop.bank=1.0.{row}")).collect::<Vec<_>>().join("&")
        };
        let of = |count| choice(&Fields::read(drops(count).as_bytes()).unwrap(), Category::Bank);
        assert!(!of(EXCLUDED).is_too_much && of(EXCLUDED).excluded.len() == EXCLUDED);
        assert!(of(EXCLUDED + 1).is_too_much, "no exclusion is dropped in silence");
        let energy = choice(&fields, Category::Energy);
        assert_eq!(energy, Choice::default());
        let today = Day::from_ymd(2026, 1, 15).unwrap();
        let holders = BTreeSet::from(["A".to_owned(), "B".to_owned()]);
        let given = bank.for_grant(today, Some(&holders));
        assert_eq!(given.holders, Some(vec!["A".to_owned()]));
        assert_eq!(given.period.unwrap().from, Day::from_ymd(2025, 1, 1));
        assert_eq!(Choice::default().for_grant(today, Some(&holders)).holders, None);
    }

    #[test]
    fn once_is_a_quarter_of_an_hour() {
        assert_eq!(Duration::Once.until(1_000), 1_900);
        for duration in Duration::ALL {
            assert_eq!(Duration::from_id(duration.id()), Some(duration));
        }
        for window in Window::ALL {
            assert_eq!(Window::from_id(&window.id()), Some(window));
        }
        let days = Period::parse("2025-03..2025-09").unwrap();
        assert_eq!(Window::from_id(&Window::Given(days).id()), Some(Window::Given(days)));
        assert_eq!(Duration::of(50, Some(951)), Some(Duration::Once));
        assert_eq!((Duration::of(50, Some(5_000)), Duration::of(50, None)), (None, None));
    }

    #[test]
    fn a_form_of_a_grant_gives_what_the_grant_gave() {
        let today = Day::from_ymd(2026, 1, 15).unwrap();
        let all = BTreeSet::from(["A".to_owned(), "B".to_owned()]);
        let asked = Period::parse("2025-01..2025-12").unwrap();
        let row: RowId = "1.0.3".parse().unwrap();
        let of = |period, holders| CategoryScope {
            period,
            grain: Grain::Rounded,
            holders,
            excluded: [row].into(),
            ..CategoryScope::all(Category::Bank)
        };
        let only_b = Holders::Only(["B".to_owned()].into());
        let year = Window::Months(12).period(today).unwrap();
        let odd = Period::parse("2024-02..2024-03").unwrap();
        for (period, window) in [
            (asked, Window::Asked),
            (year, Window::Months(12)),
            (Period::ALL, Window::All),
            (odd, Window::Given(odd)),
        ] {
            let choice = Choice::of_scope(&of(period, only_b.clone()), Some(asked), today, Some(&all));
            assert!(choice.is_given && !choice.is_sure);
            assert_eq!(choice.window, window);
            let again = choice.for_grant(today, Some(&all));
            assert_eq!(again.period.unwrap_or(asked), period);
            assert_eq!(again.grain, Some(Grain::Rounded));
            assert_eq!(again.holders, Some(vec!["B".to_owned()]));
            assert_eq!(again.excluded, [row].into());
        }
        let any = Choice::of_scope(&of(asked, Holders::Any), Some(asked), today, Some(&all));
        assert_eq!(any.for_grant(today, Some(&all)).holders, None);
    }

    #[test]
    fn a_page_of_rows_is_that_of_its_button_or_the_one_typed() {
        let of = |form: &str| choice(&Fields::read(form.as_bytes()).unwrap(), Category::Bank);
        assert_eq!((of("").page, of("").is_open), (0, false));
        assert_eq!((of("page.bank=1").page, of("page.bank=1").is_open), (0, false));
        assert_eq!((of("page.bank=3").page, of("page.bank=3").is_open), (2, true));
        assert_eq!(of("page.bank=3&turn.bank=4").page, 3);
        assert_eq!(of("page.bank=3&turn.bank=typed").page, 2);
        assert_eq!((of("turn.bank=1").page, of("turn.bank=1").is_open), (0, true));
        assert_eq!(of("page.bank=0").page, 0);
        assert_eq!(of("page.bank=-7").page, 0);
    }
}
