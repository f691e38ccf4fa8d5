//! What an app returned, as a part of a page: readable without scripts, on a phone, in print and by a screen
//! reader.
//!
//! Invariants: a view never becomes markup (maud escapes every text, and no text of an app is placed where it
//! would be an address, a name or a rule of style); no script, no inline style, no foreign content; all that
//! an app says is inside the frame "Résultat de X", which the host's own pages never use.
//!
//! Start reading at [`report`]. [`blocks`] has an arm for each kind of block, [`grid`] the rows of those that
//! have some, for their table and for their file ([`mod@csv`]). [`fn@parameters`] draws an app's settings and
//! reads what was chosen.

mod address;
mod advice;
mod blocks;
mod chart;
mod csv;
mod drawing;
mod figures;
mod grid;
mod icon;
mod offers;
mod parameters;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use address::Address;
pub(crate) use csv::csv;
pub(crate) use drawing::OwnLook;
pub(crate) use figures::spark;
pub(crate) use icon::{icon, icon_named};
pub(crate) use mesinfos_model::view::Icon;
pub(crate) use parameters::{Filled, answer_shown, chosen, parameters};
pub(crate) use table::narrow;

use drawing::{Drawing, heading};
use icon::{Mark, mark};
use maud::{Markup, html};
use mesinfos_model::view::{Block, Chart, Lang, Layout, Page, Piece, Plot, Section, View};
use mesinfos_words::{self as words, Word};
use text::pieces;

/// Words and path of the rows behind the figures with a label, if there are any.
pub(crate) type RowsBehind<'a> = &'a dyn Fn(&str) -> Option<(String, String)>;

/// What the caller knows about a view, and how it is shown.
pub(crate) struct Context<'a> {
    /// Name of the app.
    pub(crate) app: &'a str,
    /// Icon of the app: [`icon_named`].
    pub(crate) icon: Icon,
    /// Domain that gives the frame its colour (`data-d` of the style sheet).
    pub(crate) domain: Option<&'static str>,
    /// Language of the page around the view; the view states its own.
    pub(crate) lang: Lang,
    /// What was read, and when: "2 164 opérations lues, 1er janvier 2026". May be empty.
    pub(crate) read: &'a str,
    /// Whether the run tried the app before a decision.
    pub(crate) is_trial: bool,
    /// What is shown of a view of several pages.
    pub(crate) pages: Pages,
    /// Path of the CSV file of a block. `None` leaves the links out.
    pub(crate) csv: Option<&'a dyn Fn(Address) -> String>,
    /// Words and path of the rows behind the figures with a label. `None` leaves the links out.
    pub(crate) evidence: Option<RowsBehind<'a>>,
}

/// What is shown of a view of several pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pages {
    /// All of them, one after the other, without tabs: for print, and where no address can name a page.
    All,
    /// The page with this index, from 0, under tabs that link to `?page=1` and so on. An index that is too
    /// high is the last page.
    One(usize),
}

impl Pages {
    /// The page that a query names, counted from 1, or "all": the value of `page`. The first one if it names none.
    pub(crate) fn named(value: Option<&str>) -> Pages {
        if value == Some("all") {
            return Pages::All;
        }
        let number = value.and_then(|value| value.parse::<usize>().ok());
        Pages::One(number.map_or(0, |number| number.saturating_sub(1)))
    }
}

/// What is known where there is no app.
fn of_no_app(lang: Lang) -> Context<'static> {
    Context {
        app: "",
        icon: Icon::None,
        domain: None,
        lang,
        read: "",
        is_trial: false,
        pages: Pages::All,
        csv: None,
        evidence: None,
    }
}

/// A chart of the host's own, outside of the frame of an app.
pub(crate) fn own_chart(chart: &Chart, lang: Lang) -> Markup {
    own_chart_in(chart, OwnLook::default(), lang)
}

/// [`own_chart`] with a look of its own.
pub(crate) fn own_chart_in(chart: &Chart, own: OwnLook, lang: Lang) -> Markup {
    let context = of_no_app(lang);
    let mut drawing = Drawing::new(lang, &context);
    drawing.own = own;
    chart::chart(chart, Address { page: 0, section: 0, block: 0 }, &drawing)
}

/// A block of no app, which shows developers what one looks like; `at` is its place on the page.
pub(crate) fn one_block(block: &Block, at: usize, lang: Lang) -> Markup {
    let context = of_no_app(lang);
    blocks::block(block, Address { page: 0, section: at, block: 0 }, 3, false, &Drawing::new(lang, &context))
}

/// The notes that the app wrote, folded away: only for people who want the details. Nothing if it wrote none.
pub(crate) fn notes(notes: &str, lang: Lang) -> Markup {
    html! {
        @if !notes.is_empty() {
            details.more {
                summary { (mark(Mark::Open)) (Word::Noted.to(lang)) }
                p.soft { (Word::NotedOnlyForYou.to(lang)) }
                pre dir="auto" { (notes) }
            }
        }
    }
}

/// A view in its frame, with the page's `h1`. `beside` is one element, with its own language, that stands
/// beside the first section: [`fn@parameters`].
#[allow(clippy::needless_pass_by_value, reason = "markup is made for one place")]
pub(crate) fn report(view: &View, context: &Context<'_>, beside: Option<Markup>) -> Markup {
    let drawing = Drawing::new(view.lang, context);
    let lang = (view.lang != context.lang).then(|| view.lang.code());
    let last = view.pages.len().saturating_sub(1);
    let shown = match context.pages {
        Pages::One(index) => Some(index.min(last)),
        Pages::All => None,
    };
    let mut parts = parts(view, shown, &drawing).into_iter();
    html! {
        article.res data-d=[context.domain] {
            (bar(context))
            @if let Some(at) = shown.filter(|_| last > 0) { (tabs(view, at, lang, context)) }
            div.res-b lang=[lang] {
                @match beside {
                    Some(beside) if fits_beside(view, shown) => {
                        div.side {
                            div {
                                (opening(view, shown, &drawing))
                                @if let Some(first) = parts.next() { (first) }
                            }
                            (beside)
                        }
                    }
                    // Wide tables and charts get the whole width: what is set stands above them.
                    Some(beside) => {
                        (opening(view, shown, &drawing))
                        div.across { (beside) }
                    }
                    None => (opening(view, shown, &drawing)),
                }
                (contents(view, shown))
                @for part in parts { (part) }
                (limits(&view.limits, view.lang))
            }
        }
    }
}

/// Whether the first section that is shown fits beside a panel.
fn fits_beside(view: &View, shown: Option<usize>) -> bool {
    // Under the title of a page there is nothing yet to stand beside.
    let page = match shown {
        Some(at) => view.pages.get(at),
        None => Some(&view.pages).filter(|pages| pages.len() == 1).and_then(|pages| pages.first()),
    };
    let section = page.and_then(|page| page.sections.first());
    section.is_some_and(|section| section.blocks.iter().all(is_slim))
}

/// Whether a block needs no more than half of the page.
fn is_slim(block: &Block) -> bool {
    match block {
        Block::Paragraph(_)
        | Block::Bullets(_)
        | Block::KeyFigures(_)
        | Block::Timeline(_)
        | Block::Notice(_)
        | Block::Progress(_) => true,
        Block::Advice(_) => false,
        Block::Table(one) => one.columns.len() <= table::BESIDE,
        // The offer, its cost, and the cost as a bar.
        Block::Comparison(one) => one.criteria.len() + 3 <= table::BESIDE,
        Block::Chart(one) => !matches!(one.plot, Plot::Heatmap(_) | Plot::Calendar(_)),
    }
}

/// The host's bar: whose result, what was read, who sees it.
fn bar(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        header.res-h {
            @if context.icon != Icon::None { span.dic { (icon::icon(context.icon)) } }
            strong { bdi { (words::result_of(context.app, lang)) } }
            @if context.is_trial { span.badge.plain.small { (mark(Mark::Trial)) (Word::Trial.to(lang)) } }
            @if !context.read.is_empty() { bdi.soft { (context.read) } }
            span.soft { (mark(Mark::Lock)) " " (Word::OnlyYou.to(lang)) }
        }
    }
}

/// Links to the pages, which work without scripts.
fn tabs(view: &View, shown: usize, lang: Option<&'static str>, context: &Context<'_>) -> Markup {
    let own = context.icon;
    html! {
        nav.tabs aria-label=(Word::PagesOfResult.to(context.lang)) {
            @for (at, page) in view.pages.iter().enumerate() {
                @let current = (at == shown).then_some("page");
                a href=(format!("?page={}", at + 1)) aria-current=[current] lang=[lang] {
                    // The first page is that of the app itself.
                    (icon::icon(if at == 0 && page.icon == Icon::None { own } else { page.icon }))
                    bdi { (page.title) }
                }
            }
        }
    }
}

/// Title, result in one sentence, and, on the first page, result in one figure.
fn opening(view: &View, shown: Option<usize>, drawing: &Drawing<'_>) -> Markup {
    html! {
        header.head {
            h1 dir="auto" { (view.title) }
            p.lead dir="auto" { (view.headline) }
            @if let Some(period) = &view.period {
                p.soft { (icon::icon(Icon::Calendar)) " " (words::span(period, drawing.lang)) }
            }
        }
        @if shown.unwrap_or(0) == 0 {
            @if let Some(figure) = &view.headline_figure { (figures::headline(figure, drawing)) }
        }
    }
}

/// Sections from which a narrow screen gets a table of contents: in large letters, each may be several screens long.
const MANY: usize = 2;

/// The titled sections that are shown, with their pages, if there are many.
fn titled(view: &View, shown: Option<usize>) -> Vec<((usize, usize), &str)> {
    let pages = view.pages.iter().enumerate().filter(|(at, _)| shown.is_none_or(|shown| shown == *at));
    let sections = pages.flat_map(|(page, of)| {
        of.sections.iter().enumerate().map(move |(index, section)| ((page, index), section))
    });
    let named = sections.filter(|((_, index), section)| !opens(*index, section));
    let found: Vec<((usize, usize), &str)> =
        named.filter_map(|(at, section)| Some((at, title(section)?))).collect();
    if found.len() < MANY { Vec::new() } else { found }
}

/// The id of a section, by its place: no text of an app is an address.
fn anchor((page, index): (usize, usize)) -> String {
    format!("part-{}-{}", page + 1, index + 1)
}

/// A folded table of contents, which a wide screen and print leave out.
fn contents(view: &View, shown: Option<usize>) -> Markup {
    let all = titled(view, shown);
    html! {
        @if !all.is_empty() {
            details.more.toc.no-print {
                summary { (mark(Mark::Open)) (Word::InThisResult { parts: all.len() as u64 }.to(view.lang)) }
                ul.limits {
                    @for (at, title) in &all {
                        li { a href=(format!("#{}", anchor(*at))) { bdi { (title) } } }
                    }
                }
            }
        }
    }
}

fn title(section: &Section) -> Option<&str> {
    section.title.as_deref().filter(|title| !title.trim().is_empty())
}

/// Whether a section opens a page with figures, which need no title to be understood: it is for screen readers.
fn opens(index: usize, section: &Section) -> bool {
    index == 0 && matches!(section.blocks[..], [Block::KeyFigures(_)])
}

/// The sections that are shown, in order, with the titles of pages where several are shown.
fn parts(view: &View, shown: Option<usize>, drawing: &Drawing<'_>) -> Vec<Markup> {
    let is_named = shown.is_none() && view.pages.len() > 1;
    let pages = view.pages.iter().enumerate().filter(|(at, _)| shown.is_none_or(|shown| shown == *at));
    let listed: Vec<(usize, usize)> = titled(view, shown).into_iter().map(|(at, _)| at).collect();
    let mut parts = Vec::new();
    for (at, page) in pages {
        if is_named {
            parts.push(named(page));
        }
        let level = if is_named { 3 } else { 2 };
        let sections = page.sections.iter().enumerate();
        parts.extend(sections.map(|(index, one)| {
            let id = listed.contains(&(at, index)).then(|| anchor((at, index)));
            section(one, (at, index), (level, id), drawing)
        }));
    }
    parts
}

fn named(page: &Page) -> Markup {
    html! { div.sec { div.sec-h { h2 dir="auto" { (icon::icon(page.icon)) " " (page.title) } } } }
}

/// A section: a rule, its title and its blocks. `level` is that of its title.
fn section(
    section: &Section,
    (page, index): (usize, usize),
    (level, id): (u8, Option<String>),
    drawing: &Drawing<'_>,
) -> Markup {
    let at = |block| Address { page, section: index, block };
    let title = title(section);
    let opens = opens(index, section);
    let inner = if title.is_some() { level + 1 } else { level };
    let alone = title.is_some() && section.blocks.len() == 1;
    let draw = |(block, one): (usize, &Block)| blocks::block(one, at(block), inner, alone, drawing);
    html! {
        section.sec id=[id] {
            @if let Some(title) = title {
                @if opens {
                    (unseen(level, title))
                } @else {
                    div.sec-h {
                        @if level < 3 { h2 dir="auto" { (title) } } @else { (heading(level, title)) }
                    }
                }
            }
            @match section.layout {
                Layout::Stack => (stack(&section.blocks, draw)),
                Layout::TwoColumns => div.two { @for one in each(&section.blocks) { div { (draw(one)) } } },
                Layout::Grid => div.grid { @for one in each(&section.blocks) { div { (draw(one)) } } },
            }
        }
    }
}

fn unseen(level: u8, title: &str) -> Markup {
    html! { @if level < 3 { h2.sr dir="auto" { (title) } } @else { h3.sr dir="auto" { (title) } } }
}

fn each(blocks: &[Block]) -> impl Iterator<Item = (usize, &Block)> {
    blocks.iter().enumerate()
}

/// Blocks one below the other, with more room before one that begins something than before words that
/// explain it.
fn stack<'a>(blocks: &'a [Block], draw: impl Fn((usize, &'a Block)) -> Markup) -> Markup {
    let mut groups: Vec<Vec<(usize, &Block)>> = Vec::new();
    for one in each(blocks) {
        match groups.last_mut().filter(|_| is_words(one.1)) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    html! {
        @if let [group] = &groups[..] {
            div.flow { @for one in group { (draw(*one)) } }
        } @else {
            div.flow-l { @for group in &groups { div.flow { @for one in group { (draw(*one)) } } } }
        }
    }
}

fn is_words(block: &Block) -> bool {
    matches!(block, Block::Paragraph(_) | Block::Bullets(_) | Block::Notice(_))
}

fn limits(limits: &[Vec<Piece>], lang: Lang) -> Markup {
    html! {
        @if !limits.is_empty() {
            section.sec {
                div.sec-h { h2 { (Word::Limits.to(lang)) } }
                ul.limits { @for limit in limits { li dir="auto" { (pieces(limit, lang)) } } }
            }
        }
    }
}
