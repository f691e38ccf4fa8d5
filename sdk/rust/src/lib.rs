#![doc = include_str!("../README.md")]

#[doc(hidden)]
pub mod bindings;
mod columns;
#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code, reason = "it stands in for two functions of the C library")]
mod compare;
mod data;
pub mod energy;
mod evidence;
mod load;
mod log;
pub mod numbers;
pub mod span;
pub mod spending;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;
pub mod trips;
pub mod units;
pub mod view;
pub mod words;

pub use columns::{
    bank, bills, browsing, contracts, documents, education, health, mobility, profile, purchases, social,
    telecom, water,
};
pub use data::{AccessError, Grain, Granted, Period};
pub use evidence::Source;
pub use log::note;
pub use units::{Currency, Date, Energy, Money, Timestamp};
pub use view::{Param, Report, Section, Value};

use bindings::exports::mesinfos::app::app as raw;

/// Items used by the [`app!`] macro; not for authors.
#[doc(hidden)]
pub mod __private {
    pub use crate::bindings;
    pub use crate::bindings::exports::mesinfos::app::app::{Failure, Guest, RunContext};
    pub use crate::bindings::exports::mesinfos::app::app::{Param, Report};
    pub use crate::log::note_panics;
}

/// Languages of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// French.
    Fr,
    /// English.
    En,
}

impl Lang {
    /// Language of the host's tag; French if it is unknown.
    #[must_use]
    pub fn from_tag(tag: &str) -> Lang {
        if tag.starts_with("en") { Lang::En } else { Lang::Fr }
    }

    /// One of two texts.
    #[must_use]
    pub fn t<'a>(self, fr: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    /// A whole number, for texts that cannot hold a value: "1 350", "1,350".
    ///
    /// ```
    /// use mesinfos_sdk::Lang;
    /// assert_eq!((Lang::Fr.number(1350), Lang::En.number(-12)), ("1\u{202f}350".to_owned(), "−12".to_owned()));
    /// ```
    #[must_use]
    pub fn number(self, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let mut out = String::from(if number < 0 { "\u{2212}" } else { "" });
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(self.t("\u{202f}", ","));
            }
            out.push(digit);
        }
        out
    }

    /// A full hour, for texts that cannot hold a value, such as labels: "22 h", "22:00".
    ///
    /// ```
    /// use mesinfos_sdk::Lang;
    /// assert_eq!((Lang::Fr.hour(6), Lang::En.hour(6)), ("6\u{a0}h".to_owned(), "06:00".to_owned()));
    /// ```
    #[must_use]
    pub fn hour(self, hour: u8) -> String {
        match self {
            Lang::Fr => format!("{hour}\u{a0}h"),
            Lang::En => format!("{hour:02}:00"),
        }
    }

    /// From one hour to another: "22 h – 6 h", "22:00–06:00".
    ///
    /// ```
    /// use mesinfos_sdk::Lang;
    /// assert_eq!(Lang::En.hours(22, 6), "22:00–06:00");
    /// ```
    #[must_use]
    pub fn hours(self, from: u8, until: u8) -> String {
        let dash = self.t("\u{a0}– ", "–");
        format!("{}{dash}{}", self.hour(from), self.hour(until))
    }

    /// A month: "janvier 2025", "January 2025".
    #[must_use]
    pub fn month(self, day: Date) -> String {
        let (fr, en) = MONTHS[usize::from(day.month().clamp(1, 12) - 1)];
        format!("{}\u{a0}{}", self.t(fr, en), day.year())
    }

    /// From one day to another, for texts that cannot hold a value: "du 3 mars au 2 avril 2025", "from 3 March to 2 April
    /// 2025"; a single day as "le 3 mars 2025", "on 3 March 2025".
    ///
    /// ```
    /// use mesinfos_sdk::{Date, Lang};
    /// let (first, last) = (Date::new(2025, 3, 1).unwrap(), Date::new(2025, 4, 2).unwrap());
    /// assert_eq!(Lang::Fr.days(first, last), "du 1er\u{a0}mars au 2\u{a0}avril 2025");
    /// assert_eq!(Lang::En.days(last, last), "on 2\u{a0}April 2025");
    /// ```
    #[must_use]
    pub fn days(self, first: Date, last: Date) -> String {
        let until = self.day(last);
        if first == last {
            return format!("{} {until}", self.t("le", "on"));
        }
        let mut from = self.day(first);
        if first.year() == last.year() {
            from.truncate(from.len() - " 2025".len());
        }
        format!("{} {from} {} {until}", self.t("du", "from"), self.t("au", "to"))
    }

    /// From one month to another, for texts that cannot hold a value: "de mars à mai 2025", "from March to May 2025"; a
    /// single month as "en mars 2025", "in March 2025".
    ///
    /// ```
    /// use mesinfos_sdk::{Date, Lang};
    /// let (first, last) = (Date::new(2024, 10, 1).unwrap(), Date::new(2025, 2, 1).unwrap());
    /// assert_eq!(Lang::Fr.months(first, last), "d’octobre\u{a0}2024 à février\u{a0}2025");
    /// assert_eq!(Lang::En.months(last, last.plus_months(3)), "from February to May\u{a0}2025");
    /// assert_eq!(Lang::Fr.months(last, last), "en février\u{a0}2025");
    /// ```
    #[must_use]
    pub fn months(self, first: Date, last: Date) -> String {
        let until = self.month(last);
        if first.month_start() == last.month_start() {
            return format!("{} {until}", self.t("en", "in"));
        }
        let mut from = self.month(first);
        if first.year() == last.year() {
            from.truncate(from.len() - "\u{a0}2025".len());
        }
        match self {
            Lang::Fr if from.starts_with(['a', 'o']) => format!("d’{from} à {until}"),
            Lang::Fr => format!("de {from} à {until}"),
            Lang::En => format!("from {from} to {until}"),
        }
    }

    /// A text that begins a sentence, as [`days`](Lang::days) does not.
    ///
    /// ```
    /// assert_eq!(mesinfos_sdk::Lang::Fr.sentence("été 2025"), "Été 2025.");
    /// ```
    #[must_use]
    pub fn sentence(self, words: &str) -> String {
        let mut letters = words.chars();
        letters
            .next()
            .map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
    }

    /// A day: "1er janvier 2025", "1 January 2025".
    ///
    /// ```
    /// use mesinfos_sdk::{Date, Lang};
    /// let day = Date::new(2025, 8, 1).unwrap();
    /// assert_eq!(Lang::Fr.day(day), "1er\u{a0}août 2025");
    /// assert_eq!(Lang::En.day(day), "1\u{a0}August 2025");
    /// ```
    #[must_use]
    pub fn day(self, day: Date) -> String {
        let number = match (self, day.day()) {
            (Lang::Fr, 1) => "1er".to_owned(),
            (_, number) => number.to_string(),
        };
        let (fr, en) = MONTHS[usize::from(day.month().clamp(1, 12) - 1)];
        format!("{number}\u{a0}{} {}", self.t(fr, en), day.year())
    }
}

/// Names of the months.
const MONTHS: [(&str, &str); 12] = [
    ("janvier", "January"),
    ("février", "February"),
    ("mars", "March"),
    ("avril", "April"),
    ("mai", "May"),
    ("juin", "June"),
    ("juillet", "July"),
    ("août", "August"),
    ("septembre", "September"),
    ("octobre", "October"),
    ("novembre", "November"),
    ("décembre", "December"),
];

/// Context of a run, from the host.
#[derive(Clone, Debug)]
pub struct Context {
    /// The person's language.
    pub lang: Lang,
    /// The day of the run.
    pub today: Date,
    answers: Vec<(String, Value)>,
}

impl Context {
    /// One of two texts, in the person's language.
    #[must_use]
    pub fn t<'a>(&self, fr: &'a str, en: &'a str) -> &'a str {
        self.lang.t(fr, en)
    }

    /// The number set for a parameter, as a float. `None` if it is not set.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "what people set is far below 2^52")]
    pub fn number(&self, id: &str) -> Option<f64> {
        self.answers.iter().find(|(known, _)| known == id).and_then(|(_, value)| match value {
            Value::Number(n) => Some(n.mantissa as f64 / 10_f64.powi(i32::from(n.scale))),
            _ => None,
        })
    }

    /// The integer part of the number set for a parameter. `None` if it is not set.
    #[must_use]
    pub fn whole(&self, id: &str) -> Option<i64> {
        self.answers.iter().find(|(known, _)| known == id).and_then(|(_, value)| match value {
            Value::Number(n) => Some(n.mantissa / 10_i64.checked_pow(u32::from(n.scale))?),
            _ => None,
        })
    }

    /// The number set for a parameter, in units of 10^-`scale`: 0.1952 EUR with a scale of 4 is 1952.
    /// Further digits are dropped. `None` if it is not set or too large.
    #[must_use]
    pub fn scaled(&self, id: &str, scale: u8) -> Option<i64> {
        self.answers.iter().find(|(known, _)| known == id).and_then(|(_, value)| match value {
            Value::Number(n) if n.scale <= scale => {
                n.mantissa.checked_mul(10_i64.checked_pow(u32::from(scale - n.scale))?)
            }
            Value::Number(n) => Some(n.mantissa / 10_i64.checked_pow(u32::from(n.scale - scale))?),
            _ => None,
        })
    }

    /// The choice made for a parameter. `None` if none was made.
    #[must_use]
    pub fn choice(&self, id: &str) -> Option<&str> {
        self.answers.iter().find(|(known, _)| known == id).and_then(|(_, value)| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// A context for the day `today` with no parameters set, for tests of an app.
    #[must_use]
    pub fn new(lang: Lang, today: Date) -> Context {
        Context { lang, today, answers: Vec::new() }
    }

    /// Sets a parameter, for tests of an app.
    #[must_use]
    pub fn with(mut self, id: &str, value: impl Into<Value>) -> Context {
        self.answers.retain(|(known, _)| known != id);
        self.answers.push((id.to_owned(), value.into()));
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub fn from_raw(raw: raw::RunContext) -> Context {
        let day = &raw.today;
        Context {
            lang: Lang::from_tag(&raw.lang),
            today: Date::new(day.year, day.month, day.day).unwrap_or(Date(0)),
            answers: raw.answers.into_iter().map(|a| (a.id, a.value)).collect(),
        }
    }
}

/// Why an app returns no view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Required data is missing: ids of its categories.
    NeedsData(Vec<&'static str>),
    /// A parameter is invalid: its id, and the expected value.
    BadAnswer(&'static str, String),
    /// Any other reason, in the person's language.
    Other(String),
}

impl From<AccessError> for Failure {
    fn from(error: AccessError) -> Failure {
        Failure::Other(format!("{error:?}"))
    }
}

#[doc(hidden)]
impl From<Failure> for raw::Failure {
    fn from(failure: Failure) -> raw::Failure {
        match failure {
            Failure::NeedsData(ids) => raw::Failure::NeedsData(ids.into_iter().map(str::to_owned).collect()),
            Failure::BadAnswer(id, expected) => raw::Failure::BadAnswer((id.to_owned(), expected)),
            Failure::Other(reason) => raw::Failure::Other(reason),
        }
    }
}

/// Defines an app from a function: `app!(run: run)`, or `app!(run: run, parameters: parameters)`.
#[macro_export]
macro_rules! app {
    (run: $run:path) => {
        $crate::app!(run: $run, parameters: |_lang: $crate::Lang| ::std::vec::Vec::new());
    };
    (run: $run:path, parameters: $parameters:expr) => {
        /// The app, as called by the host.
        struct App;

        impl $crate::__private::Guest for App {
            fn parameters(lang: ::std::string::String) -> ::std::vec::Vec<$crate::__private::Param> {
                $crate::__private::note_panics();
                let parameters = $parameters;
                parameters($crate::Lang::from_tag(&lang))
            }

            fn run(
                ctx: $crate::__private::RunContext,
            ) -> ::std::result::Result<$crate::__private::Report, $crate::__private::Failure> {
                $crate::__private::note_panics();
                $run(&$crate::Context::from_raw(ctx)).map_err(::std::convert::Into::into)
            }
        }

        // Export only from a component: on other targets, as in the app's own tests, a linker may
        // reject the colons in the names.
        #[cfg(target_arch = "wasm32")]
        $crate::__private::bindings::export_app!(App with_types_in $crate::__private::bindings);
        #[cfg(not(target_arch = "wasm32"))]
        const _: App = App;
    };
}
