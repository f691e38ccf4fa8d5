//! Icons of a view: Lucide's shapes (`assets/icons`), drawn inside the page, always beside a word.

use maud::{Markup, PreEscaped, html};
use mesinfos_model::view::{Direction, Icon, Level, Tone};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;

/// The file of an icon, without the program around it.
macro_rules! shapes {
    ($name:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/icons/", $name, ".svg"))
    };
}

/// Icons of the host's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Open,
    Lock,
    Trial,
    Star,
    Check,
    Plus,
    Minus,
}

impl Mark {
    #[cfg(test)]
    pub(super) const ALL: [Mark; 7] =
        [Mark::Open, Mark::Lock, Mark::Trial, Mark::Star, Mark::Check, Mark::Plus, Mark::Minus];

    fn file(self) -> &'static str {
        match self {
            Mark::Open => shapes!("chevron-right"),
            Mark::Lock => shapes!("lock"),
            Mark::Trial => shapes!("flask-conical"),
            Mark::Star => shapes!("star"),
            Mark::Check => shapes!("check"),
            Mark::Plus => shapes!("plus"),
            Mark::Minus => shapes!("minus"),
        }
    }
}

/// An icon of the host's own.
pub(super) fn mark(mark: Mark) -> Markup {
    drawn(mark.file())
}

/// An icon that an app names; nothing for [`Icon::None`].
pub(crate) fn icon(icon: Icon) -> Markup {
    file(icon).map_or_else(|| html! {}, drawn)
}

/// The icon with this name, as in a manifest; [`Icon::None`] if there is none.
pub(crate) fn icon_named(name: &str) -> Icon {
    let name: StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
    Icon::deserialize(name).unwrap_or(Icon::None)
}

/// The icon of a level.
pub(super) fn level(level: Level) -> Markup {
    drawn(match level {
        Level::Info => shapes!("info"),
        Level::Success => shapes!("circle-check"),
        Level::Warning => shapes!("triangle-alert"),
        Level::Danger => shapes!("circle-x"),
    })
}

/// The icon of a direction.
pub(super) fn direction(direction: Direction) -> Markup {
    drawn(match direction {
        Direction::Up => shapes!("trending-up"),
        Direction::Down => shapes!("trending-down"),
        Direction::Flat => shapes!("arrow-right"),
    })
}

/// The icon of a tone that judges: a colour alone says nothing to some people.
pub(super) fn tone(tone: Tone) -> Markup {
    match tone {
        Tone::Good => level(Level::Success),
        Tone::Warn => level(Level::Warning),
        Tone::Bad => level(Level::Danger),
        Tone::Auto | Tone::Accent | Tone::Neutral | Tone::Compare => html! {},
    }
}

fn file(icon: Icon) -> Option<&'static str> {
    Some(match icon {
        Icon::None => return None,
        Icon::Money => shapes!("wallet"),
        Icon::Bank => shapes!("landmark"),
        Icon::Cart => shapes!("shopping-basket"),
        Icon::Receipt => shapes!("receipt"),
        Icon::Phone => shapes!("phone"),
        Icon::Internet => shapes!("globe"),
        Icon::Energy => shapes!("zap"),
        Icon::Water => shapes!("droplet"),
        Icon::Gas => shapes!("flame"),
        Icon::Home => shapes!("house"),
        Icon::Car => shapes!("car"),
        Icon::Train => shapes!("tram-front"),
        Icon::Bike => shapes!("bike"),
        Icon::Walk => shapes!("footprints"),
        Icon::Health => shapes!("heart-pulse"),
        Icon::Leaf => shapes!("leaf"),
        Icon::Calendar => shapes!("calendar"),
        Icon::Clock => shapes!("clock"),
        Icon::Chart => shapes!("chart-column"),
        Icon::Bell => shapes!("bell"),
        Icon::Idea => shapes!("lightbulb"),
        Icon::Contract => shapes!("file-text"),
        Icon::People => shapes!("users"),
        Icon::Search => shapes!("search"),
    })
}

/// The shapes of a file. They have no name for screen readers: the word beside them says the same.
fn drawn(file: &'static str) -> Markup {
    let inside = file.split_once('>').map_or("", |(_, rest)| rest);
    let shapes = inside.rsplit_once("</svg>").map_or("", |(shapes, _)| shapes);
    html! { svg.i viewBox="0 0 24 24" aria-hidden="true" { (PreEscaped(shapes)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_shapes_and_nothing_else() {
        let names = "money bank cart receipt phone internet energy water gas home car train bike walk health \
                     leaf calendar clock chart bell idea contract people search";
        let named = names.split(' ').map(|name| icon(icon_named(name)));
        for one in Mark::ALL.into_iter().map(mark).chain(named) {
            let drawn = one.into_string();
            let inside =
                drawn.strip_prefix("<svg class=\"i\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">").unwrap();
            let inside = inside.strip_suffix("</svg>").unwrap();
            assert!(inside.starts_with('<') && inside.ends_with("/>"), "{inside}");
            for not in ["script", "style", "href", " on", "url", "<svg", "http"] {
                assert!(!inside.contains(not), "{inside}: {not}");
            }
        }
        for none in ["none", "", "Money", "../lock", "<b>"] {
            assert_eq!(icon(icon_named(none)).into_string(), "");
        }
    }
}
