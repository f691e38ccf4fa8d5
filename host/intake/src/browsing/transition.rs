//! Codes of `transition`: how the person reached a page, from the values that browsers write.

use mesinfos_model::category::browsing::transition::{BOOKMARK, LINK, OTHER, REDIRECT, RELOAD, TYPED};

/// Chrome's core types by their export names; the index of each is its number in the database
/// (`ui/base/page_transition_types.h`). A choice from suggestions counts as typed.
const CHROME: [(&str, i64); 11] = [
    ("LINK", LINK),
    ("TYPED", TYPED),
    ("AUTO_BOOKMARK", BOOKMARK),
    ("AUTO_SUBFRAME", OTHER),
    ("MANUAL_SUBFRAME", OTHER),
    ("GENERATED", TYPED),
    ("AUTO_TOPLEVEL", OTHER),
    ("FORM_SUBMIT", OTHER),
    ("RELOAD", RELOAD),
    ("KEYWORD", TYPED),
    ("KEYWORD_GENERATED", TYPED),
];

/// Bits of Chrome's number that mark a redirect by a page or a server.
const CHROME_REDIRECT: i64 = 0xC000_0000;

/// Firefox's types from 1 (`nsINavHistoryService`): link, typed, bookmark, embedded, permanent redirect,
/// temporary redirect, download, link in a frame, reload.
const FIREFOX: [i64; 9] = [LINK, TYPED, BOOKMARK, OTHER, REDIRECT, REDIRECT, OTHER, LINK, RELOAD];

/// Code for the words in a Chrome export: a core type, or a qualifier that names the kind of redirect.
/// Newer exports write the core type in the qualifier's member, so either member may hold either.
pub(super) fn chrome_words<'a>(words: impl Iterator<Item = &'a str>) -> Option<i64> {
    words.fold(None, |before, word| match word {
        "CLIENT_REDIRECT" | "SERVER_REDIRECT" => Some(REDIRECT),
        word => before.or_else(|| {
            let known = CHROME.iter().find(|(name, _)| *name == word);
            known.map(|(_, code)| *code)
        }),
    })
}

/// Code for the number in Chrome's database. It is stored signed: the highest qualifier makes it
/// negative.
pub(super) fn chrome_number(number: Option<i64>) -> Option<i64> {
    let number = number?;
    if number & CHROME_REDIRECT != 0 {
        return Some(REDIRECT);
    }
    let core = usize::try_from(number & 0xFF).ok()?;
    Some(CHROME.get(core).map_or(OTHER, |(_, code)| *code))
}

/// Code for the number in Firefox's database.
pub(super) fn firefox_number(number: Option<i64>) -> Option<i64> {
    let index = usize::try_from(number?.checked_sub(1)?).ok();
    Some(index.and_then(|index| FIREFOX.get(index)).copied().unwrap_or(OTHER))
}

/// Code for Safari's `redirect_source`, the visit that redirected; `None` for other visits, which say
/// nothing.
pub(super) fn safari_source(source: Option<i64>) -> Option<i64> {
    source.map(|_| REDIRECT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_agree() {
        assert_eq!(chrome_words(["LINK"].into_iter()), Some(LINK));
        assert_eq!(chrome_words(["AUTO_TOPLEVEL", "SERVER_REDIRECT"].into_iter()), Some(REDIRECT));
        assert_eq!(chrome_words(["SERVER_REDIRECT", "LINK"].into_iter()), Some(REDIRECT));
        assert_eq!(chrome_words(["a word of next year"].into_iter()), None);
        assert_eq!(chrome_number(Some(0x3000_0001)), Some(TYPED));
        assert_eq!(chrome_number(Some(0x3000_0008)), Some(RELOAD));
        assert_eq!(chrome_number(Some(i64::from(0xA000_0000_u32.cast_signed()))), Some(REDIRECT));
        assert_eq!(chrome_number(Some(200)), Some(OTHER));
        assert_eq!(
            [1, 2, 3, 6, 9].map(|n| firefox_number(Some(n))),
            [LINK, TYPED, BOOKMARK, REDIRECT, RELOAD].map(Some)
        );
        assert_eq!([0, 10, i64::MIN + 1].map(|n| firefox_number(Some(n))), [Some(OTHER); 3]);
        assert_eq!(
            (firefox_number(None), safari_source(None), safari_source(Some(7))),
            (None, None, Some(REDIRECT))
        );
    }
}
