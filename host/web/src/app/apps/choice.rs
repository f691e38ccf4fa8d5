//! The choices of a consent form: what each category gives, and for how long.

use super::AppPage;
use crate::app::form::Fields;
use mesinfos_model::category::Grain;
use mesinfos_model::{Category, Day, Period, RowId};
use mesinfos_platform::{CategoryChoice, TrialChoices};
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
}

impl Window {
    pub(crate) const ALL: [Window; 5] =
        [Window::Asked, Window::Months(3), Window::Months(12), Window::Months(36), Window::All];

    pub(crate) fn id(self) -> String {
        match self {
            Window::Asked => "asked".to_owned(),
            Window::Months(months) => months.to_string(),
            Window::All => "all".to_owned(),
        }
    }

    fn from_id(id: &str) -> Option<Window> {
        Window::ALL.into_iter().find(|window| window.id() == id)
    }

    fn period(self, today: Day) -> Option<Period> {
        match self {
            Window::Asked => None,
            Window::Months(months) => {
                let first = Day::first_of_month(today.month() - i32::from(months));
                Some(Period { from: Some(first), until: None })
            }
            Window::All => Some(Period::ALL),
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
    /// Words: rows that contain them are left out when the form is drawn again.
    pub(crate) words: String,
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
        let of = app.categories().into_iter().map(|category| (category, choice(fields, category))).collect();
        Choices { of, duration: Duration::from_id(fields.get("for")).unwrap_or_default() }
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
    Choice {
        is_given: fields.has(&of("give")),
        is_sure: fields.has(&of("sure")),
        window: Window::from_id(fields.get(&of("period"))).unwrap_or_default(),
        grain: category.schema().grains.iter().copied().find(|grain| grain.id() == fields.get(&of("grain"))),
        without: fields.all(&of("without")).map(str::to_owned).collect(),
        is_too_much: fields.all(&of("drop")).count() > EXCLUDED,
        excluded: fields.all(&of("drop")).filter_map(|id| id.parse().ok()).take(EXCLUDED).collect(),
        words: fields.get(&of("words")).trim().chars().take(80).collect(),
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
        assert!(bank.excluded.len() <= 1, "what is no row id is ignored");
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
    }
}
