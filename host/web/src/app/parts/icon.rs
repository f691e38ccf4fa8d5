//! Icons: those of Lucide (`assets/icons`), inside the page, always beside a word.

use maud::{Markup, PreEscaped, html};

macro_rules! icons {
    ($($name:ident in $file:literal,)*) => {
        /// An icon.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(dead_code, reason = "the set is that of the design")]
        pub(crate) enum Icon {
            $($name,)*
        }

        impl Icon {
            fn file(self) -> &'static str {
                match self {
                    $(Icon::$name => {
                        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/icons/", $file, ".svg"))
                    })*
                }
            }

            #[cfg(test)]
            const ALL: &'static [Icon] = &[$(Icon::$name),*];
        }
    };
}

icons! {
    ArrowRight in "arrow-right",
    Ban in "ban",
    Bike in "bike",
    BookOpen in "book-open",
    CalendarClock in "calendar-clock",
    Car in "car",
    Check in "check",
    ChevronLeft in "chevron-left",
    ChevronRight in "chevron-right",
    CircleCheck in "circle-check",
    CircleDashed in "circle-dashed",
    CircleMinus in "circle-minus",
    CircleX in "circle-x",
    Circle in "circle",
    Coins in "coins",
    Copy in "copy",
    CreditCard in "credit-card",
    DoorOpen in "door-open",
    Download in "download",
    Droplet in "droplet",
    Eraser in "eraser",
    Eye in "eye",
    FileCheck in "file-check",
    FileText in "file-text",
    FileUp in "file-up",
    Flame in "flame",
    FlaskConical in "flask-conical",
    Folder in "folder",
    Gauge in "gauge",
    Globe in "globe",
    GraduationCap in "graduation-cap",
    HeartPulse in "heart-pulse",
    History in "history",
    Hourglass in "hourglass",
    House in "house",
    Inbox in "inbox",
    Info in "info",
    KeyRound in "key-round",
    Landmark in "landmark",
    Laptop in "laptop",
    Layers in "layers",
    LayoutGrid in "layout-grid",
    Leaf in "leaf",
    Lightbulb in "lightbulb",
    Link2 in "link-2",
    LoaderCircle in "loader-circle",
    Lock in "lock",
    LogOut in "log-out",
    Mail in "mail",
    MapPin in "map-pin",
    Minus in "minus",
    Pause in "pause",
    Pencil in "pencil",
    PhoneOutgoing in "phone-outgoing",
    Phone in "phone",
    Play in "play",
    PlugZap in "plug-zap",
    Plus in "plus",
    Printer in "printer",
    Receipt in "receipt",
    RotateCw in "rotate-cw",
    Rows3 in "rows-3",
    Scale in "scale",
    ScrollText in "scroll-text",
    Search in "search",
    Settings2 in "settings-2",
    ShieldCheck in "shield-check",
    ShoppingBasket in "shopping-basket",
    Smartphone in "smartphone",
    Star in "star",
    Stethoscope in "stethoscope",
    SunMoon in "sun-moon",
    ThumbsDown in "thumbs-down",
    ThumbsUp in "thumbs-up",
    Timer in "timer",
    TramFront in "tram-front",
    TrendingDown in "trending-down",
    TrendingUp in "trending-up",
    TriangleAlert in "triangle-alert",
    Undo2 in "undo-2",
    User in "user",
    Users in "users",
    Wallet in "wallet",
    X in "x",
    Zap in "zap",
}

/// An icon. It has no name for screen readers: the word beside it says the same.
pub(crate) fn icon(icon: Icon) -> Markup {
    html! { svg.i viewBox="0 0 24 24" aria-hidden="true" { (PreEscaped(strokes(icon.file()))) } }
}

/// The shapes of an icon's file, without its `svg` element.
fn strokes(file: &'static str) -> &'static str {
    let inside = file.split_once('>').map_or("", |(_, rest)| rest);
    inside.rsplit_once("</svg>").map_or("", |(strokes, _)| strokes)
}

/// An icon on the tint of its domain.
pub(crate) fn tinted(of: Icon) -> Markup {
    html! { span.dic { (icon(of)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_shapes_alone() {
        for of in Icon::ALL {
            let drawn = icon(*of).into_string();
            assert!(
                drawn.contains("<path") || drawn.contains("<circle") || drawn.contains("<rect"),
                "{of:?}"
            );
            for not in ["<script", "style=", "href", "<svg xmlns"] {
                assert!(!drawn.contains(not), "{of:?}: {not}");
            }
        }
    }
}
