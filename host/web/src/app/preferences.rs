//! How a reader sees the pages: language, theme, size of the text, easy reading. Kept in cookies of the browser, not in the
//! account: they belong to the device, and say nothing about a person.

use crate::app::cookies::{cookie, persistent};
use crate::language::Reader;
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::request::Parts;
use mesinfos_model::view::Lang;
use std::convert::Infallible;

/// Theme of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Theme {
    /// That of the device.
    #[default]
    Device,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Theme; 3] = [Theme::Device, Theme::Light, Theme::Dark];

    pub(crate) fn id(self) -> &'static str {
        match self {
            Theme::Device => "device",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub(crate) fn from_id(id: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.id() == id)
    }

    /// The next one, for a button that changes it.
    pub(crate) fn next(self) -> Theme {
        match self {
            Theme::Device => Theme::Dark,
            Theme::Dark => Theme::Light,
            Theme::Light => Theme::Device,
        }
    }
}

/// Size of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum TextSize {
    #[default]
    Normal,
    Large,
    Larger,
}

impl TextSize {
    pub(crate) const ALL: [TextSize; 3] = [TextSize::Normal, TextSize::Large, TextSize::Larger];

    pub(crate) fn id(self) -> &'static str {
        match self {
            TextSize::Normal => "normal",
            TextSize::Large => "large",
            TextSize::Larger => "larger",
        }
    }

    pub(crate) fn from_id(id: &str) -> Option<TextSize> {
        TextSize::ALL.into_iter().find(|size| size.id() == id)
    }
}

/// Letters and lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Reading {
    #[default]
    Usual,
    /// Letters that differ more from each other, and more room between lines.
    Easy,
}

impl Reading {
    pub(crate) const ALL: [Reading; 2] = [Reading::Usual, Reading::Easy];

    pub(crate) fn id(self) -> &'static str {
        match self {
            Reading::Usual => "usual",
            Reading::Easy => "easy",
        }
    }

    pub(crate) fn from_id(id: &str) -> Option<Reading> {
        Reading::ALL.into_iter().find(|reading| reading.id() == id)
    }
}

/// Preferences of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Preferences {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    pub(crate) text: TextSize,
    pub(crate) reading: Reading,
}

const LANG: &str = "lang";
const THEME: &str = "theme";
const TEXT: &str = "text";
const READING: &str = "reading";

impl Preferences {
    /// Preferences of a request.
    pub(crate) fn of(parts: &Parts) -> Preferences {
        let kept = |name| cookie(&parts.headers, name);
        Preferences {
            lang: Reader::of(parts).0,
            theme: kept(THEME).and_then(Theme::from_id).unwrap_or_default(),
            text: kept(TEXT).and_then(TextSize::from_id).unwrap_or_default(),
            reading: kept(READING).and_then(Reading::from_id).unwrap_or_default(),
        }
    }

    /// Cookies that keep them for a year.
    pub(crate) fn cookies(self) -> [HeaderValue; 4] {
        [
            (LANG, self.lang.code()),
            (THEME, self.theme.id()),
            (TEXT, self.text.id()),
            (READING, self.reading.id()),
        ]
        .map(|(name, value)| persistent(name, value))
    }

    /// The cookie that keeps the language.
    pub(crate) fn language_cookie(lang: Lang) -> HeaderValue {
        persistent(LANG, lang.code())
    }
}

impl<S: Sync> FromRequestParts<S> for Preferences {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Preferences, Infallible> {
        Ok(Preferences::of(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn of(cookie: &str) -> Preferences {
        let request = Request::builder().header("cookie", cookie).body(()).unwrap();
        Preferences::of(&request.into_parts().0)
    }

    #[test]
    fn preferences_come_back_from_their_cookies() {
        for theme in Theme::ALL {
            for (text, reading) in TextSize::ALL.into_iter().zip(Reading::ALL.into_iter().cycle()) {
                let set = Preferences { lang: Lang::En, theme, text, reading };
                let sent: Vec<String> = set
                    .cookies()
                    .iter()
                    .map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap().to_owned())
                    .collect();
                assert_eq!(of(&sent.join("; ")), set);
            }
        }
    }

    #[test]
    fn an_unknown_value_is_the_default() {
        let (theme, text, reading) = (Theme::Device, TextSize::Normal, Reading::Usual);
        let plain = Preferences { lang: Lang::Fr, theme, text, reading };
        assert_eq!(of(""), plain);
        assert_eq!(of("lang=xx; theme=\"><script>; text="), plain);
    }
}
