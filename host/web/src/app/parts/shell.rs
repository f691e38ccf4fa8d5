//! The frame of every page: head, navigation, tools, footer.

use super::icon::{Icon, icon};
use super::small::{logo, portrait};
use crate::app::preferences::{Preferences, Reading};
use crate::assets;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use mesinfos_model::Day;
use mesinfos_model::view::Lang;
use mesinfos_words::page::Shell as Words;

/// A section of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Home,
    Data,
    Apps,
    Journal,
    Settings,
}

impl Section {
    const ALL: [(Section, &'static str, Icon, Words<'static>); 5] = [
        (Section::Home, "/home", Icon::CircleDashed, Words::Home),
        (Section::Data, "/data", Icon::Layers, Words::Data),
        (Section::Apps, "/apps", Icon::LayoutGrid, Words::Apps),
        (Section::Journal, "/journal", Icon::ScrollText, Words::Journal),
        (Section::Settings, "/settings", Icon::Settings2, Words::Settings),
    ];
}

/// Who reads a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who<'a> {
    /// Somebody without a session.
    Nobody,
    /// A tester. `sample` is the sample life, if it is one. `seed` draws the portrait.
    Tester { sample: Option<SampleLife<'a>>, seed: u32 },
    /// Somebody with another role only.
    Other,
    /// The author of an app, at the workbench, where there are no other pages.
    Author,
}

/// A sample life: its id, and the day that is today in it.
pub(crate) type SampleLife<'a> = (&'a str, Option<Day>);

/// The frame of a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shell<'a> {
    /// Title of the page, for the browser.
    pub(crate) title: &'a str,
    /// Section of the navigation that it belongs to.
    pub(crate) at: Option<Section>,
    pub(crate) who: Who<'a>,
    pub(crate) preferences: Preferences,
    /// Path and query of the page, or of the one before the answer to a form: where a change of language or theme
    /// leads. Empty if neither is known.
    pub(crate) path: &'a str,
    pub(crate) stands: Stands,
    /// Whether it has charts.
    pub(crate) charts: bool,
    /// Class of the body and of the main element.
    pub(crate) classes: (&'a str, &'a str),
    /// Seconds after which the session ends if nothing is done, if they are few.
    pub(crate) ends: Option<u64>,
}

/// Whether a page can be asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    /// At its address.
    There,
    /// It answers a form: another language leads to the page before.
    Here,
    /// It shows something once, which going elsewhere would lose.
    Once,
}

impl<'a> Shell<'a> {
    /// A page for somebody without a session.
    pub(crate) fn outside(title: &'a str, preferences: Preferences, path: &'a str) -> Shell<'a> {
        Shell {
            title,
            at: None,
            who: Who::Nobody,
            preferences,
            path,
            stands: Stands::There,
            charts: false,
            classes: ("", "page"),
            ends: None,
        }
    }

    /// Whether the page has a way to sign out: a sample life has its own end, and what is shown once must not be lost.
    fn signs_out(&self) -> bool {
        matches!(self.who, Who::Other | Who::Tester { sample: None, .. }) && self.stands != Stands::Once
    }

    /// The page around a body, which begins with the page's `h1`.
    #[allow(clippy::needless_pass_by_value, reason = "markup is made for one place")]
    pub(crate) fn around(&self, body: Markup) -> Markup {
        let Preferences { lang, theme, text, reading } = self.preferences;
        let (body_class, main_class) = self.classes;
        let (home, other) =
            (if matches!(self.who, Who::Nobody | Who::Author) { "/" } else { "/home" }, lang.other());
        let path = if self.path.is_empty() { "/" } else { self.path };
        html! {
            (DOCTYPE)
            html lang=(lang.code()) data-theme=[named(theme.id(), "device")] data-text=[named(text.id(), "normal")]
                data-reading=[named(reading.id(), "usual")] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · MesInfos" }
                    // A browser that has the letters of easy reading already warns of a preload that it does not need.
                    @if reading != Reading::Easy {
                        link rel="preload" href=(assets::path("fonts/figtree.woff2")) as="font" type="font/woff2"
                            crossorigin;
                    }
                    link rel="icon" href=(assets::path("logo.svg")) type="image/svg+xml";
                    link rel="stylesheet" href=(assets::path("app.css"));
                    script type="module" src=(assets::path("app.js")) {}
                    @if self.charts { script type="module" src=(assets::path("charts.js")) {} }
                }
                body class=[named(body_class, "")] {
                    a.skip href="#content" { (Words::Skip.to(lang)) }
                    @if let Who::Tester { sample: Some(life), .. } = self.who { (strip(life, lang)) }
                    header.top {
                        a.brand href=(home) { (logo()) span { "MesInfos" } }
                        @if let Who::Tester { .. } = self.who {
                            nav.nav aria-label=(Words::Main.to(lang)) {
                                @for (section, path, of, words) in Section::ALL {
                                    a href=(path) aria-current=[(self.at == Some(section)).then_some("page")] {
                                        (icon(of)) span { (words.to(lang)) }
                                    }
                                }
                            }
                        }
                        div.tools {
                            @if self.stands != Stands::Once {
                                a href=(with_lang(path, other)) hreflang=(other.code()) lang=(other.code())
                                    aria-label=(Words::OtherLanguage.to(lang)) { (other.code().to_uppercase()) }
                            }
                            // A page that is at no address keeps what it says: a script changes the theme in it.
                            @let here = self.stands != Stands::There;
                            form method="post" action="/preferences" data-here[here] hidden[self.stands == Stands::Once] {
                                input type="hidden" name="theme" value=(theme.next().id());
                                input type="hidden" name="back" value=(path);
                                button type="submit" aria-label=(Words::ChangeTheme.to(lang)) { (icon(Icon::SunMoon)) }
                            }
                            @if let Who::Tester { seed, .. } = self.who {
                                a.face href="/settings" aria-label=(Words::Account.to(lang)) { (portrait(seed, 34)) }
                            }
                            @if self.signs_out() {
                                @let words = Words::SignOut.to(lang);
                                form method="post" action="/sign-out" {
                                    button type="submit" aria-label=(words) title=(words) { (icon(Icon::LogOut)) }
                                }
                            }
                        }
                    }
                    @if let Some(seconds) = self.ends { (warning(seconds, lang)) }
                    main id="content" class=(main_class) tabindex="-1" { (body) }
                    @if self.who != Who::Author {
                        footer.foot {
                            a href="/about/help" { (Words::Help.to(lang)) }
                            a href="/about/privacy" { (Words::Privacy.to(lang)) }
                            a href="/about/accessibility" { (Words::Accessibility.to(lang)) }
                            a href="/about/pages" { (Words::Pages.to(lang)) }
                        }
                    }
                }
            }
        }
    }
}

/// A page in one file, for somebody who opens it from a disk: the style sheet is in it, its fonts are those of the system,
/// and the file may load and send nothing.
#[allow(clippy::needless_pass_by_value, reason = "markup is made for one place")]
pub(crate) fn document(title: &str, remark: &str, body: Markup, lang: Lang) -> String {
    let style: Vec<&str> =
        assets::style_sheet().lines().filter(|line| !line.starts_with("@font-face")).collect();
    let page = html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(ALONE);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · MesInfos" }
                style { (PreEscaped(style.join("\n"))) }
            }
            body {
                p.strip { (remark) }
                main id="content" class="page" { (body) }
            }
        }
    };
    page.into_string()
}

/// What [`document`] may do.
const ALONE: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

/// A warning before the session ends, with a way to stay. A script shows it in time.
fn warning(seconds: u64, lang: Lang) -> Markup {
    html! {
        div.ends role="alert" hidden data-ends=(seconds) {
            template {
                span { (Words::EndsSoon.to(lang)) } " "
                button.btn.small type="button" { (Words::Stay.to(lang)) }
            }
        }
    }
}

/// `value`, unless it is the one that needs no attribute.
fn named<'a>(value: &'a str, plain: &str) -> Option<&'a str> {
    (value != plain).then_some(value)
}

/// The strip on every page of a sample life.
fn strip((life, day): SampleLife<'_>, lang: Lang) -> Markup {
    html! {
        aside.strip aria-label=(Words::Invented.to(lang)) {
            span {
                (icon(Icon::FlaskConical)) " " strong { (Words::Invented.to(lang)) }
                (Words::LifeOf { life }.to(lang))
                @if let Some(day) = day { " " (Words::LifeDay { day: &mesinfos_words::day(day, lang) }.to(lang)) }
                span.x { " " (Words::NobodyReal.to(lang)) }
            }
            form method="post" action="/sample/end" { button.link type="submit" { (Words::OtherLife.to(lang)) } }
            a href="/invitation" { (Words::WithMyData.to(lang)) }
        }
    }
}

/// The same page in another language.
fn with_lang(path: &str, lang: Lang) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
    let lang = format!("lang={}", lang.code());
    let query: Vec<&str> = kept.chain([lang.as_str()]).collect();
    format!("{path}?{}", query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::preferences::{TextSize, Theme};

    #[test]
    fn the_other_language_is_a_link_to_the_same_page() {
        assert_eq!(with_lang("/data", Lang::En), "/data?lang=en");
        assert_eq!(with_lang("/data?a=1&lang=fr&b=2", Lang::En), "/data?a=1&b=2&lang=en");
        assert_eq!(with_lang("", Lang::Fr), "?lang=fr");
    }

    #[test]
    fn every_page_has_its_language_and_theme_except_what_is_shown_once() {
        let reading = Reading::default();
        let preferences =
            Preferences { lang: Lang::Fr, theme: Theme::Device, text: TextSize::Normal, reading };
        let page = |path, stands| {
            Shell { stands, ..Shell::outside("t", preferences, path) }.around(html! {}).into_string()
        };
        let there = page("/data", Stands::There);
        assert!(there.contains("href=\"/data?lang=en\"") && !there.contains("data-here"));
        let here = page("/results/1", Stands::Here);
        assert!(here.contains("href=\"/results/1?lang=en\"") && here.contains("data-here"));
        assert!(page("", Stands::There).contains("href=\"/?lang=en\""));
        let once = page("/settings", Stands::Once);
        assert!(!once.contains("hreflang") && once.contains("data-here hidden"), "{once}");
    }

    /// A form, so that it works without a script, on every page of somebody who is signed in.
    #[test]
    fn whoever_is_signed_in_can_sign_out_on_every_page() {
        let reading = Reading::default();
        let preferences =
            Preferences { lang: Lang::Fr, theme: Theme::Device, text: TextSize::Normal, reading };
        let has = |who, stands| {
            let shell = Shell { who, stands, ..Shell::outside("t", preferences, "/data") };
            shell.around(html! {}).into_string().contains("<form method=\"post\" action=\"/sign-out\">")
        };
        let tester = |sample| Who::Tester { sample, seed: 1 };
        for who in [tester(None), Who::Other] {
            assert!(has(who, Stands::There) && has(who, Stands::Here) && !has(who, Stands::Once), "{who:?}");
        }
        for who in [tester(Some(("cycliste", None))), Who::Nobody, Who::Author] {
            assert!(!has(who, Stands::There), "{who:?}");
        }
    }

    #[test]
    fn a_page_has_no_script_or_style_of_its_own() {
        let (theme, text, reading) = (Theme::Dark, TextSize::Larger, Reading::Easy);
        let preferences = Preferences { lang: Lang::Fr, theme, text, reading };
        let who = Who::Tester { sample: Some(("<b>", Some(Day(20_454)))), seed: 1 };
        let shell = Shell { who, charts: true, ..Shell::outside("<b>", preferences, "/home?x=\"") };
        let page = shell.around(html! { h1 { "x" } }).into_string();
        assert!(page.starts_with(
            "<!DOCTYPE html><html lang=\"fr\" data-theme=\"dark\" data-text=\"larger\" data-reading=\"easy\">"
        ));
        assert!(page.contains("1er\u{a0}janvier 2026"), "the day that it is in the life");
        assert!(page.contains("href=\"/invitation\""), "the way to an own vault");
        for not in ["style=", "<b>", " on", "javascript:", "http"] {
            assert!(!page.contains(not), "{not}");
        }
        assert_eq!(
            page.matches("<script").count(),
            page.matches("<script type=\"module\" src=\"/assets/").count()
        );
    }
}
