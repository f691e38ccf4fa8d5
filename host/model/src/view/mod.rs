//! The typed view: what an app returns and what a person sees. Its types are generated
//! from `wit/app/view.wit`.
//!
//! A value of these types has been checked by the host (`mesinfos-runtime` builds them from what an app
//! returned): sizes are within limits, texts hold no control or direction marks, tables are rectangular,
//! numbers are finite. There is no markup, URL, image, colour or font in it.

mod difference;
mod vocabulary;

pub use vocabulary::*;

use serde::{Deserialize, Serialize};

/// A language of the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Lang {
    /// French.
    Fr,
    /// English.
    En,
}

impl Lang {
    /// "fr" or "en".
    pub fn code(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }

    /// Returns the value for this language, for tables that hold both. Sentences are in `host/words`.
    pub fn of<T>(self, fr: T, en: T) -> T {
        match self {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    /// The language that is not this one.
    #[must_use]
    pub fn other(self) -> Lang {
        self.of(Lang::En, Lang::Fr)
    }

    /// The language with a code, or of a tag that starts with it ("fr-FR", "en_GB.UTF-8").
    pub fn from_tag(tag: &str) -> Option<Lang> {
        match tag.get(..2)?.to_ascii_lowercase().as_str() {
            "fr" => Some(Lang::Fr),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
}

impl Decimal {
    /// The nearest floating-point number. For drawing only.
    #[allow(clippy::cast_precision_loss, reason = "the docs say that it is for drawing only")]
    pub fn approximate(self) -> f64 {
        self.mantissa as f64 / 10_f64.powi(i32::from(self.scale))
    }
}

impl Date {
    /// The day; `None` if the date does not exist.
    pub fn day(self) -> Option<crate::Day> {
        let (year, month) = (i16::try_from(self.year).ok()?, i8::try_from(self.month).ok()?);
        crate::Day::from_ymd(year, month, i8::try_from(self.day).ok()?)
    }
}

impl From<crate::Day> for Date {
    fn from(day: crate::Day) -> Date {
        let date = day.civil();
        Date {
            year: i32::from(date.year()),
            month: date.month().unsigned_abs(),
            day: date.day().unsigned_abs(),
        }
    }
}
