//! Visited pages and search terms.

use super::{Category, Grain, Identity, Revision, Schema, UTC_OFFSET_FIELD, codes, holder, instant, term, text};

codes! {
    kind {
        VISIT = code("visit", "visite", "visit"),
        SEARCH = code("search", "recherche", "search"),
        WATCH = code("watch", "visionnage", "watched"),
        OTHER = code("other", "autre", "other"),
    }
    transition {
        TYPED = code("typed", "adresse tapée", "typed"),
        LINK = code("link", "lien", "link"),
        BOOKMARK = code("bookmark", "favori", "bookmark"),
        REDIRECT = code("redirect", "redirection", "redirect"),
        RELOAD = code("reload", "rechargement", "reload"),
        OTHER = code("other", "autre", "other"),
    }
}

fields! {
    1: HOLDER = holder(["navigateur ou service", "browser or service"], [
        "d’où vient la ligne, p. ex. « Firefox »",
        "where the row comes from, e.g. \"Firefox\"",
    ]),
    2: AT = instant("at", ["date et heure", "date and time"]),
    3: UTC_OFFSET = UTC_OFFSET_FIELD,
    4: KIND = codes("kind", kind::CODES, ["type", "kind"]),
    5: SITE = term("site", ["site", "site"])
        .about(["le nom d’hôte seul, p. ex. « wikipedia.org »", "the host name only, e.g. \"wikipedia.org\""]),
    6: TRANSITION = codes("transition", transition::CODES, ["arrivée par", "way of arriving"]),
    7: PRODUCT = term("product", ["service", "service"])
        .about(["p. ex. « Maps »", "e.g. \"Maps\""]),
    8: TITLE = text("title", ["titre de la page", "title of the page"]).named(),
    9: URL = text("url", ["adresse de la page", "address of the page"]).named().about([
        "sans nom d’utilisateur, sans fragment et sans paramètres, qui peuvent contenir des secrets",
        "without user name, fragment and query: these hold secrets",
    ]),
    10: QUERY = text("query", ["recherche", "words searched"]).named(),
}

pub(super) static SCHEMA: Schema = Schema {
    category: Category::Browsing,
    version: 1,
    fields: FIELDS,
    time: AT,
    end: None,
    undated: false,
    utc_offset: Some(UTC_OFFSET),
    holder: HOLDER,
    grains: &[Grain::Raw],
    series: None,
    identity: Identity::Multiset(&[AT, KIND, SITE, URL, TITLE, QUERY]),
    alike: None,
    parts: None,
    revision: Revision::NONE,
    totals: &[],
    fr: "navigation",
    en: "browsing",
    about_fr: "Pages visitées et mots recherchés.",
    about_en: "Pages that were visited and words that were searched.",
    sdk: ("Visit", "visits"),
};
