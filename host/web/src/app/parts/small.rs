//! Small components.

use super::icon::{Icon, icon};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_words::page::{Settings, Shell as Words};

/// The brand: a circle that is nearly closed, and the point that closes it.
pub(crate) fn logo() -> Markup {
    html! {
        svg viewBox="0 0 32 32" aria-hidden="true" {
            circle cx="16" cy="16" r="11.5" fill="none" stroke="var(--accent)" stroke-width="5"
                stroke-linecap="round" stroke-dasharray="58 72.3" transform="rotate(-48 16 16)" {}
            circle cx="20.9" cy="5.6" r="3" fill="var(--c2)" {}
        }
    }
}

/// The name of a publisher, and what stands behind it. Pages of testers show no name without that.
pub(crate) fn publisher(name: &str, is_signed: bool, lang: Lang) -> Markup {
    html! { bdi { (name) } " (" (mesinfos_words::notice::standing(is_signed, lang)) ")" }
}

/// A portrait without a face: rings drawn from a number. The same number gives the same rings.
pub(crate) fn portrait(seed: u32, size: u32) -> Markup {
    let mut state = seed.wrapping_mul(9_301).wrapping_add(49_297);
    let mut next = move |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // The upper bits of a linear congruential generator are the good ones.
        ((u64::from(state) * u64::from(below)) >> 32) as u32
    };
    // Tenths of a unit: no floating point decides how a picture looks.
    let mut arcs = Vec::new();
    for ring in 0..5 {
        let radius = 520 - ring * 96;
        let around = radius * 6_283 / 1_000;
        let mut at = next(360);
        for _ in 0..2 + next(2) {
            let long = 30 + next(110);
            let colour = ["var(--c1)", "var(--c2)", "var(--c3)", "var(--c6)"][next(4) as usize];
            arcs.push((radius, around, at, long, colour, 46 + next(24)));
            at += long + 25 + next(60);
        }
    }
    let tenths = |value: u32| format!("{}.{}", value / 10, value % 10);
    html! {
        svg viewBox="0 0 120 120" width=(size) height=(size) aria-hidden="true" {
            circle cx="60" cy="60" r="60" fill="var(--sunken)" {}
            @for (radius, around, at, long, colour, wide) in arcs {
                circle cx="60" cy="60" r=(tenths(radius)) fill="none" stroke=(colour)
                    stroke-width=(tenths(wide)) stroke-linecap="round"
                    stroke-dasharray=(format!("{} {}", tenths(around * long / 360), tenths(around)))
                    transform=(format!("rotate({} 60 60)", at % 360)) {}
            }
        }
    }
}

/// "3 of 3" as a ring, with `label` for screen readers.
pub(crate) fn meter(have: usize, of: usize, label: &str) -> Markup {
    let around = 87.96;
    #[allow(clippy::cast_precision_loss, reason = "a handful of segments")]
    let (segment, count) = (around / of.max(1) as f64, of.max(1) as f64);
    let gap = if of > 1 { 4.0 } else { 0.0 };
    html! {
        svg.meter.part[have < of] viewBox="0 0 36 36" role="img" aria-label=(label) {
            @for part in 0..of.max(1) {
                @let turn = -90.0 + part as f64 * 360.0 / count + 180.0 * gap / around;
                circle cx="18" cy="18" r="14" fill="none"
                    stroke=(if part < have { "currentColor" } else { "var(--line)" }) stroke-width="5"
                    stroke-dasharray=(format!("{:.1} {:.1}", segment - gap, around - segment + gap))
                    transform=(format!("rotate({turn:.1} 18 18)")) {}
            }
        }
    }
}

/// A state, as an icon and a word.
pub(crate) fn badge(of: Icon, words: &str, class: &str) -> Markup {
    html! { span class=(format!("badge {class}").trim_end()) { (icon(of)) (words) } }
}

/// The way to a page: links, then its own name.
pub(crate) fn crumbs(links: &[(&str, &str)], here: &str, lang: Lang) -> Markup {
    html! {
        nav.crumb aria-label=(Words::Crumbs.to(lang)) {
            @for (path, name) in links {
                a href=(path) { bdi { (name) } }
                span aria-hidden="true" { "/" }
            }
            span aria-current="page" { bdi { (here) } }
        }
    }
}

/// A section under an ink rule. `id` names it in the page.
pub(crate) fn section(id: &str, title: &str, body: Markup) -> Markup {
    section_with(id, title, html! {}, body)
}

/// [`section`] with a link beside its title.
#[allow(clippy::needless_pass_by_value, reason = "markup is made for one place")]
pub(crate) fn section_with(id: &str, title: &str, beside: Markup, body: Markup) -> Markup {
    let heading = format!("{id}-h");
    html! {
        section.sec id=(id) aria-labelledby=(heading) {
            div.sec-h { h2 id=(heading) { bdi { (title) } } (beside) }
            (body)
        }
    }
}

/// A part that opens.
#[allow(clippy::needless_pass_by_value, reason = "markup is made for one place")]
pub(crate) fn more(summary: &str, body: Markup) -> Markup {
    html! { details.more { summary { (icon(Icon::ChevronRight)) bdi { (summary) } } (body) } }
}

/// Words about what stands in the way of a form, with an id that its fields name.
pub(crate) fn note_with(id: &str, words: &str) -> Markup {
    html! { div.note.bad.flow-s id=(id) role="alert" tabindex="-1" autofocus { p { (words) } } }
}

/// A word of caution; `is_bad` for an error, which screen readers say at once.
pub(crate) fn note(title: &str, words: &str, is_bad: bool) -> Markup {
    html! {
        div.note.bad[is_bad].flow-s role=[is_bad.then_some("alert")] {
            @if !title.is_empty() { h2.h3s { (title) } }
            p { (words) }
        }
    }
}

/// Says that everything is paused, with the button that ends it, which leads to `back`. `but` are apps that may read all
/// the same. Nothing if it is not.
pub(crate) fn paused_note(since: Option<i64>, but: &[&str], back: &str, lang: Lang) -> Markup {
    let Some(since) = since else { return html! {} };
    html! {
        form.note.sec.flow-s method="post" action="/settings/pause" {
            input type="hidden" name="back" value=(back);
            h2.h3s { bdi { (paused_title(since, but, lang)) } }
            p { (if but.is_empty() { Settings::PausedWhy } else { Settings::PausedButWhy }.to(lang)) }
            p.row {
                button.btn.small type="submit" name="do" value="resume" {
                    (icon(Icon::Play)) (Settings::ResumeAll.to(lang))
                }
                @if !but.is_empty() {
                    button.btn.small type="submit" name="do" value="pause" {
                        (icon(Icon::Pause)) (Settings::PauseAll.to(lang))
                    }
                }
            }
        }
    }
}

/// What a pause of everything since `since`, in UTC seconds, says: with the apps that may read all the same.
pub(crate) fn paused_title(since: i64, but: &[&str], lang: Lang) -> String {
    let since = &mesinfos_words::instant(since, lang);
    if but.is_empty() {
        return Settings::PausedSince { since }.to(lang);
    }
    let apps =
        &mesinfos_words::names::series(&but.iter().map(|&name| name.to_owned()).collect::<Vec<_>>(), lang);
    Settings::PausedBut { since, apps }.to(lang)
}

/// An empty state: what it will bring, and what to do.
#[allow(clippy::needless_pass_by_value, reason = "markup is made for one place")]
pub(crate) fn empty(title: &str, words: &str, actions: Markup) -> Markup {
    html! {
        div.empty.flow {
            h2.h3s { (title) }
            p { (words) }
            div.row { (actions) }
        }
    }
}

/// A figure with its smaller cents and unit. `text` is a number as `words` formats it: the part from the decimal
/// sign on, or the unit after a no-break space, is set smaller.
pub(crate) fn figure(text: &str, class: &str) -> Markup {
    let is_part = |c: char| c == ',' || c == '.' || c == '\u{a0}' || c == '\u{202f}';
    let digits_follow = |rest: &str| {
        let mut chars = rest.chars();
        let mark = chars.next();
        let tail: String = chars.collect();
        match mark {
            // A group of thousands: three digits and then no digit before the unit.
            Some('\u{202f}') => !tail.starts_with(|c: char| c.is_ascii_digit()),
            Some(',') => tail.len() < 3 || !tail.as_bytes()[..3].iter().all(u8::is_ascii_digit),
            _ => true,
        }
    };
    let split = |part: &'_ str| {
        let at = part.char_indices().find(|(at, c)| is_part(*c) && digits_follow(&part[*at..]));
        at.map_or(part.len(), |(at, _)| at)
    };
    // A duration has several numbers, each with its unit.
    let is_duration = text.split(' ').all(|part| part.contains('\u{a0}'));
    let parts: Vec<&str> = if is_duration { text.split(' ').collect() } else { vec![text] };
    html! {
        span class=(format!("n {class}").trim_end()) {
            @for (at, part) in parts.into_iter().enumerate() {
                @let (whole, small) = part.split_at(split(part));
                @if at > 0 { " " }
                (whole) @if !small.is_empty() { small { (small) } }
            }
        }
    }
}

/// The frame of a wide table: it scrolls by itself, also by keyboard.
#[allow(clippy::needless_pass_by_value, reason = "markup is made for one place")]
pub(crate) fn table_region(label: &str, table: Markup) -> Markup {
    html! { div.tw role="region" tabindex="0" aria-label=(label) { (table) } }
}

/// A column of a [`list_table`]: its head, and whether it has numbers.
pub(crate) type Head = (String, bool);

/// A table that is a list for each row where its columns do not fit: each cell then says its column. Roles keep it a
/// table for screen readers. The first cell of a row is its head.
pub(crate) fn list_table(label: &str, heads: &[Head], rows: Vec<Vec<Markup>>) -> Markup {
    let class = |number: bool| number.then_some("num");
    table_region(
        label,
        html! {
            table class=[crate::view::narrow(heads.len())] role="table" {
                caption.sr { (label) }
                thead role="rowgroup" {
                    tr role="row" {
                        @for (head, number) in heads {
                            th scope="col" role="columnheader" class=[class(*number)] { (head) }
                        }
                    }
                }
                tbody role="rowgroup" {
                    @for row in rows {
                        tr role="row" {
                            @for (at, (cell, (head, number))) in row.into_iter().zip(heads).enumerate() {
                                @if at == 0 { th scope="row" role="rowheader" { (cell) } }
                                @else { td role="cell" data-l=(head) class=[class(*number)] { (cell) } }
                            }
                        }
                    }
                }
            }
        },
    )
}

/// `text` with a capital at its start.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_sets_cents_and_unit_smaller() {
        let of = |text| figure(text, "l").into_string();
        assert_eq!(
            of("2\u{202f}759,89\u{a0}€"),
            "<span class=\"n l\">2\u{202f}759<small>,89\u{a0}€</small></span>"
        );
        assert_eq!(
            of("4\u{202f}978\u{a0}kg"),
            "<span class=\"n l\">4\u{202f}978<small>\u{a0}kg</small></span>"
        );
        assert_eq!(of("1,234.50"), "<span class=\"n l\">1,234<small>.50</small></span>");
        assert_eq!(of("12"), "<span class=\"n l\">12</span>");
        assert_eq!(
            of("2\u{a0}h 12\u{a0}min"),
            "<span class=\"n l\">2<small>\u{a0}h</small> 12<small>\u{a0}min</small></span>"
        );
        assert_eq!(
            of("3\u{a0}mai 2025"),
            "<span class=\"n l\">3<small>\u{a0}mai 2025</small></span>",
            "a date is no duration"
        );
    }

    #[test]
    fn a_portrait_is_that_of_its_number() {
        assert_eq!(portrait(7, 34).into_string(), portrait(7, 34).into_string());
        assert_ne!(portrait(7, 34).into_string(), portrait(8, 34).into_string());
    }

    #[test]
    fn a_table_that_becomes_lists_keeps_its_roles() {
        let heads = ["<a>", "b", "c", "d"].map(|head| (head.to_owned(), head == "b"));
        let table =
            list_table("t", &heads, vec![vec![html! { "1" }, html! { "2" }, html! { "3" }, html! { "4" }]]);
        let table = table.into_string();
        for role in ["table", "rowgroup", "row", "columnheader", "rowheader", "cell"] {
            assert!(table.contains(&format!("role=\"{role}\"")), "{role}");
        }
        assert!(table.contains("class=\"c4\"") && table.contains("data-l=\"d\""), "{table}");
        assert!(table.contains("&lt;a&gt;") && !table.contains("<a>"));
    }

    #[test]
    fn words_of_others_are_text() {
        for drawn in [badge(Icon::Lock, "<b>", ""), note("<b>", "<b>", true), more("<b>", html! {})] {
            assert!(!drawn.into_string().contains("<b>"));
        }
        assert!(meter(1, 3, "\"><b>").into_string().contains("&quot;&gt;&lt;b&gt;"));
    }
}
