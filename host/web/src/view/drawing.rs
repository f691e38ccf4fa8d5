//! What the functions that draw parts of a view share.

use super::{Address, Context};
use maud::{Markup, html};
use mesinfos_model::view::Lang;
use mesinfos_words as words;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What a chart of the host's own may choose, and one of an app may not.
#[derive(Debug, Clone, Default)]
pub(crate) struct OwnLook {
    /// Number of the colour of each series in the style sheet, 0 for that of the rest. Empty for the usual ones.
    pub(crate) colours: Vec<u8>,
    /// Whether it is a low strip.
    pub(crate) is_low: bool,
}

/// One drawing of a view.
pub(super) struct Drawing<'a> {
    /// Language of the view, and of the host's words inside it.
    pub(super) lang: Lang,
    context: &'a Context<'a>,
    /// Looks of a chart of the host's own.
    pub(super) own: OwnLook,
    /// Names of regions so far: each must differ from the others.
    regions: RefCell<BTreeSet<String>>,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(lang: Lang, context: &'a Context<'a>) -> Drawing<'a> {
        Drawing { lang, context, own: OwnLook::default(), regions: RefCell::default() }
    }

    /// Path of the CSV file of a block, if the caller serves it.
    pub(super) fn csv(&self, at: Address) -> Option<String> {
        self.context.csv.map(|path| path(at))
    }

    /// Words and path of the rows behind the figures with a label, if the caller serves them.
    pub(super) fn evidence(&self, label: &str) -> Option<(String, String)> {
        self.context.evidence.and_then(|of| of(label))
    }

    /// The frame of a wide table: it scrolls by itself, also by keyboard. `title` names it for screen
    /// readers; a number distinguishes it from others with this title.
    #[allow(clippy::needless_pass_by_value, reason = "markup is made for one place")]
    pub(super) fn region(&self, title: &str, table: Markup) -> Markup {
        let title = if title.trim().is_empty() { &words::Word::Table.to(self.lang) } else { title };
        let mut regions = self.regions.borrow_mut();
        let mut name = title.to_owned();
        let mut count = 1_usize;
        while !regions.insert(name.clone()) {
            count += 1;
            name = format!("{title} ({count})");
        }
        html! { div.tw role="region" tabindex="0" aria-label=(name) { (table) } }
    }
}

/// A heading of a level from 2 to 4, set in the size of an `h3`. Nothing if it has no text.
pub(super) fn heading(level: u8, text: &str) -> Markup {
    html! {
        @if !text.is_empty() {
            @match level {
                0..=2 => { h2.h3s dir="auto" { (text) } }
                3 => { h3 dir="auto" { (text) } }
                _ => { h4.h3s dir="auto" { (text) } }
            }
        }
    }
}
