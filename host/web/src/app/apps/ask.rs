//! One requested category on the consent page: who gave it, what it changes, which rows, in which detail.

use super::AppPage;
use super::choice::{Choice, Window};
use crate::app::domain::Domain;
use crate::app::parts::{Icon, badge, capital, icon, more, table_region, tinted};
use maud::{Markup, html};
use mesinfos_model::view::{Block, KeyFigure, Lang, View};
use mesinfos_model::{Category, CategoryScope, Field, FieldSet, Grain, RowSet};
use mesinfos_platform::consent::{Widening, Wider};
use mesinfos_platform::{CountedTwice, Preview, PreviewRow, TrialRun, fields_read};
use mesinfos_words::page::{Consent as Words, Withheld};
use std::collections::{BTreeMap, BTreeSet};

/// Columns of the table of rows with examples of what is not given. What is given always has its column.
const HATCHED: usize = 3;

/// Values of a row that name its box.
const NAMED: usize = 3;

/// Rows of a page of exact rows.
pub(super) const PAGE: usize = 20;

/// A requested category, as it stands with the person's choice.
pub(super) struct Ask {
    pub(super) category: Category,
    /// Scope that the choice would give.
    pub(super) scope: CategoryScope,
    pub(super) preview: Preview,
    /// All holders of the category.
    pub(super) holders: BTreeSet<String>,
    /// Rows that the grant in force leaves out: they stay out until it is stopped.
    pub(super) kept_out: RowSet,
    /// What an update asks of it beyond what was given before.
    pub(super) news: Option<Widening>,
    /// Whether the vault has rows of it at all.
    pub(super) has_rows: bool,
    /// What the page shows of its rows, for the form.
    pub(super) rows: String,
    /// Rows of it that may be there twice.
    pub(super) twice: Vec<CountedTwice>,
}

impl Ask {
    /// Number of pages of its exact rows.
    pub(super) fn pages(&self) -> usize {
        usize::try_from(self.preview.listed).unwrap_or(usize::MAX).div_ceil(PAGE).max(1)
    }
}

/// What a trial showed.
pub(super) struct Tried {
    /// With everything.
    pub(super) whole: TrialRun,
    /// Without one category.
    pub(super) without: BTreeMap<Category, TrialRun>,
    /// The version that the person knows, with what they gave to it, if this is an update.
    pub(super) earlier: Option<TrialRun>,
    /// With another detail of one category.
    pub(super) grains: Vec<(Category, Grain, TrialRun)>,
    /// The least detail with which the main result stays the same, of the categories where that is less than what the
    /// app asks for.
    pub(super) least: BTreeMap<Category, Grain>,
    /// Categories with rows that the trial did not read, because they are given apart.
    pub(super) not_read: Vec<Category>,
}

/// Whether two runs show the same.
pub(super) fn is_equal(one: &TrialRun, other: &TrialRun) -> bool {
    one.view.is_some() && one.view == other.view
}

/// Whether two runs say the same in their headline and their key figures, and have the same parts.
pub(super) fn is_same_result(one: &TrialRun, other: &TrialRun) -> bool {
    let (Some(one), Some(other)) = (&one.view, &other.view) else { return false };
    one.headline == other.headline && key_figures(one) == key_figures(other) && parts(one) == parts(other)
}

/// The parts of a view, by their titles: blocks, and offers and advice within them.
fn parts(view: &View) -> Vec<&str> {
    let sections = view.pages.iter().flat_map(|page| &page.sections);
    sections.flat_map(|section| &section.blocks).flat_map(titles).collect()
}

fn titles(block: &Block) -> Vec<&str> {
    match block {
        Block::KeyFigures(figures) => figures.iter().map(|figure| figure.label.as_str()).collect(),
        Block::Table(table) => vec![&table.title],
        Block::Chart(chart) => vec![&chart.title],
        Block::Timeline(timeline) => vec![&timeline.title],
        Block::Notice(notice) => vec![&notice.title],
        Block::Comparison(comparison) => comparison.offers.iter().map(|offer| offer.name.as_str()).collect(),
        Block::Advice(advice) => advice.iter().map(|advice| advice.title.as_str()).collect(),
        Block::Progress(progress) => progress.iter().map(|progress| progress.label.as_str()).collect(),
        Block::Paragraph(_) | Block::Bullets(_) => Vec::new(),
    }
}

/// The key figures of a view: the one of its headline, then those of its blocks.
pub(super) fn key_figures(view: &View) -> Vec<&KeyFigure> {
    let blocks = view.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
    let of_blocks = blocks.filter_map(|block| match block {
        Block::KeyFigures(figures) => Some(figures),
        _ => None,
    });
    view.headline_figure.iter().chain(of_blocks.flatten()).take(COMPARED).collect()
}

/// A page of a result, or a section of one that has a single page, and what it has beyond what a trial shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct More<'a> {
    /// Its title; empty if it has none.
    pub(super) title: &'a str,
    /// Key figures that the trial does not show.
    pub(super) figures: u64,
    /// Tables, charts and texts.
    pub(super) parts: u64,
}

/// What a whole result has beyond the sentence and the figures that a trial shows, by place.
pub(super) fn beyond(view: &View) -> Vec<More<'_>> {
    let is_one = view.pages.len() == 1;
    let mut shown = COMPARED.saturating_sub(view.headline_figure.iter().count());
    let mut found: Vec<More<'_>> = Vec::new();
    for page in &view.pages {
        for (at, section) in page.sections.iter().enumerate() {
            let title =
                if is_one { section.title.as_deref().unwrap_or_default() } else { page.title.as_str() };
            if is_one || at == 0 {
                found.push(More { title, figures: 0, parts: 0 });
            }
            let Some(more) = found.last_mut() else { continue };
            for block in &section.blocks {
                match block {
                    Block::KeyFigures(figures) => {
                        let here = figures.len().min(shown);
                        shown -= here;
                        more.figures += (figures.len() - here) as u64;
                    }
                    _ => more.parts += 1,
                }
            }
        }
    }
    found.retain(|more| more.figures + more.parts > 0);
    found
}

/// Key figures that are shown and compared.
const COMPARED: usize = 3;

/// What a run shows compared with the one that had everything: the first key figure that differs, else the
/// sentence; then how many other figures and parts are gone.
fn difference(with_all: &TrialRun, run: &TrialRun, lang: Lang) -> String {
    let (all, view) = match (&with_all.view, &run.view) {
        (_, None) => return Words::NoResult.to(lang),
        (None, Some(view)) => return view.headline.clone(),
        (Some(all), Some(view)) => (all, view),
    };
    if all == view {
        return Words::NothingChanges.to(lang);
    }
    let after = key_figures(view);
    let value = |figure: &KeyFigure| mesinfos_words::value(&figure.value, lang);
    let mut first = None;
    for figure in key_figures(all) {
        let (label, before) = (figure.label.as_str(), value(figure));
        let words = match after.iter().find(|other| other.label == figure.label) {
            None => Words::FigureGone { label, before: &before }.to(lang),
            Some(other) if value(other) != before => {
                Words::InsteadOf { label, after: &value(other), before: &before }.to(lang)
            }
            Some(_) => continue,
        };
        first = Some((label, words));
        break;
    }
    let told = first.as_ref().map(|(label, _)| *label);
    let mut words = match first {
        Some((_, words)) => words,
        None if all.headline == view.headline => Words::OtherParts.to(lang),
        None => Words::OtherSentence { after: &view.headline }.to(lang),
    };
    let (figures, parts) = gone(all, view, told);
    for (count, gone) in [(figures, Words::FiguresGone { figures }), (parts, Words::PartsGone { parts })] {
        if count > 0 {
            words = Words::AndGone { words: &words, gone: &gone.to(lang) }.to(lang);
        }
    }
    words
}

/// Number of figures and of other parts of a view that another one lacks, without the figure of which it is told.
fn gone(all: &View, view: &View, told: Option<&str>) -> (u64, u64) {
    let blocks = |view: &View| -> Vec<Block> {
        let sections = view.pages.iter().flat_map(|page| &page.sections);
        sections.flat_map(|section| section.blocks.clone()).collect()
    };
    let of = |view: &View, are_figures: bool| -> BTreeSet<String> {
        let blocks = blocks(view);
        let own = blocks.iter().filter(|block| matches!(block, Block::KeyFigures(_)) == are_figures);
        let mut titles: BTreeSet<String> = own.flat_map(titles).map(str::to_owned).collect();
        if are_figures {
            titles.extend(view.headline_figure.iter().map(|figure| figure.label.clone()));
        }
        titles
    };
    let lost = |are_figures| {
        let left = of(view, are_figures);
        let lost = of(all, are_figures).into_iter().filter(|title| !left.contains(title));
        lost.filter(|title| !are_figures || Some(title.as_str()) != told).count() as u64
    };
    (lost(true), lost(false))
}

/// Id of a category's heading in the page.
pub(super) fn heading(category: Category) -> String {
    format!("ask-{}", category.id())
}

/// The section of a category in the form.
pub(super) fn section(
    ask: &Ask,
    choice: &Choice,
    app: &AppPage,
    tried: Option<&Tried>,
    lang: Lang,
) -> Markup {
    let category = ask.category;
    let (id, name) = (category.id(), category.name(lang));
    let is_required = app.is_required(category);
    let heading = heading(category);
    let holders: Vec<&str> = ask.holders.iter().map(String::as_str).collect();
    html! {
        section.card.ask.sens[category.is_sensitive()] data-d=(Domain::of(category).id()) aria-labelledby=(heading) {
            header {
                (tinted(Domain::of(category).icon()))
                div {
                    h3 id=(heading) { (capital(name)) }
                    p.soft { bdi { (holders.join(", ")) } @if is_required { " · " (Words::Required.to(lang)) } }
                }
                label.switch {
                    span.off { (Words::Give.to(lang)) } span.on { (Words::Given.to(lang)) }
                    // The name begins with the word that is seen.
                    span.sr { " " (name) }
                    input type="checkbox" role="switch" name=(format!("give.{id}")) checked[choice.is_given]
                        disabled[!ask.has_rows];
                }
            }
            @if let Some(news) = &ask.news {
                p { (badge(Icon::Star, &Words::New.to(lang), "")) " " (news_words(news, lang)) }
            }
            @if let Some(read) = app.manifest.read(category) {
                blockquote.soft { (Words::Why { why: read.why.get(lang) }.to(lang)) }
            }
            @if !ask.has_rows {
                p { (Words::NoRows.to(lang)) " " a href="/add" { (Words::Add.to(lang)) } }
            } @else {
                @if let Some(tried) = tried { (without(tried, category, is_required, lang)) }
                p data-part=(format!("count-{id}")) {
                    // Beside the number: with it, it is that of now as soon as a script counts again.
                    input type="hidden" name=(rows_field(category)) value=(ask.rows);
                    strong { (Words::Rows { rows: ask.preview.total }.to(lang)) } " "
                    span.soft {
                        (mesinfos_words::scope::days(&ask.scope, lang)) " · "
                        (mesinfos_words::scope::grain(ask.scope.grain, lang))
                    }
                }
                (twice(&ask.twice, &Words::TwiceWhy.to(lang), lang))
                @if let Some(grain) = tried.and_then(|tried| tried.least.get(&category)) {
                    @let grain = mesinfos_words::scope::grain(*grain, lang);
                    div.cf { (icon(Icon::Lightbulb)) p { (Words::Least { grain: &grain }.to(lang)) } }
                }
                (controls(ask, choice, app.months(category), tried, lang))
                (fields(ask, app, lang))
                // Before the rows: unfolded, they are long on a phone.
                @if category.is_sensitive() {
                    label.yes {
                        input type="checkbox" name=(format!("sure.{id}")) checked[choice.is_sure];
                        span { (Words::Sure { category: name }.to(lang)) }
                    }
                }
                (rows(ask, choice, app, lang))
            }
        }
    }
}

/// Rows that may be there twice, why it matters here, and the way to decide.
pub(super) fn twice(twice: &[CountedTwice], why: &str, lang: Lang) -> Markup {
    let Some(first) = twice.first() else { return html! {} };
    let rows = twice.iter().map(|twice| twice.pairs).sum();
    html! {
        p.small {
            (icon(Icon::Copy)) " " (Words::Twice { rows }.to(lang)) " " (why) " "
            a href=(format!("/imports/{}#alike", first.import)) { (Words::TwiceDecide.to(lang)) }
        }
    }
}

/// What is new in a category of an update.
fn news_words(news: &Widening, lang: Lang) -> String {
    match news.by[..] {
        [Wider::Category] => Words::NewCategory.to(lang),
        _ => Words::NewIn { what: &mesinfos_words::consent::by(news, lang) }.to(lang),
    }
}

/// What the result would be without this category.
fn without(tried: &Tried, category: Category, is_required: bool, lang: Lang) -> Markup {
    let words = match tried.without.get(&category) {
        _ if is_required => Words::WithoutRequired.to(lang),
        Some(run) => difference(&tried.whole, run, lang),
        None => return html! {},
    };
    html! {
        div.cf {
            (icon(Icon::CircleMinus))
            p {
                strong { (Words::Without.to(lang)) } " " bdi { (words) }
                // What a figure is without a category depends on what was there beside it.
                @if !is_required && !tried.not_read.is_empty() {
                    " " span.soft {
                        (Words::Baseline {
                            categories: &mesinfos_words::names::categories(&tried.not_read, lang),
                        }.to(lang))
                    }
                }
            }
        }
    }
}

/// Period, detail and holders.
fn controls(ask: &Ask, choice: &Choice, asked: Option<u16>, tried: Option<&Tried>, lang: Lang) -> Markup {
    let category = ask.category;
    let id = category.id();
    let grains = category.schema().grains;
    let grain_words = |grain| {
        let run = tried.and_then(|tried| {
            let found = tried.grains.iter().find(|(of, other, _)| (*of, *other) == (category, grain));
            found.map(|(.., run)| difference(&tried.whole, run, lang))
        });
        run.unwrap_or_default()
    };
    more(
        &Words::Adjust.to(lang),
        html! {
            div.ctl {
                fieldset {
                    legend { (Words::Period.to(lang)) }
                    div.seg {
                        @for window in windows(choice.window, asked) {
                            label {
                                input type="radio" name=(format!("period.{id}")) value=(window.id())
                                    checked[window == choice.window];
                                (window_name(window, asked, lang))
                            }
                        }
                    }
                }
                @if grains.len() > 1 {
                    fieldset.grain {
                        legend { (Words::Detail.to(lang)) }
                        div.pick {
                            @for grain in grains {
                                label {
                                    input type="radio" name=(format!("grain.{id}")) value=(grain.id())
                                        checked[*grain == ask.scope.grain];
                                    strong { (mesinfos_words::scope::grain(*grain, lang)) }
                                    span.small data-part=(format!("grain-{id}-{}", grain.id())) {
                                        @if *grain == ask.scope.grain { (Words::Rows { rows: ask.preview.total }.to(lang)) }
                                    }
                                    @let changes = grain_words(*grain);
                                    @if !changes.is_empty() { span.soft.small { bdi { (changes) } } }
                                }
                            }
                        }
                    }
                }
                @if ask.holders.len() > 1 {
                    fieldset {
                        legend { (Words::LeaveOutHolders.to(lang)) }
                        div.row {
                            @for holder in &ask.holders {
                                label.chip {
                                    input type="checkbox" name=(format!("without.{id}")) value=(holder)
                                        checked[choice.without.contains(holder)];
                                    bdi { (holder) }
                                }
                            }
                        }
                    }
                }
                label.field {
                    (Words::LeaveOutWords.to(lang))
                    input name=(format!("words.{id}")) maxlength="80" autocomplete="off"
                        placeholder=(Words::LeaveOutHint.to(lang));
                    small { (Words::LeaveOutNow.to(lang)) }
                }
                @for (words, rows) in &choice.found {
                    p.small role="status" { (Words::LeftOutWith { rows: *rows, words }.to(lang)) }
                }
            }
        },
    )
}

/// The periods to choose: those of every form, and the one of the grant in force if it is another.
fn windows(chosen: Window, asked: Option<u16>) -> impl Iterator<Item = Window> {
    let all = Window::ALL.into_iter().filter(move |window| *window == chosen || window.is_within(asked));
    all.chain(matches!(chosen, Window::Given(_)).then_some(chosen))
}

fn window_name(window: Window, asked: Option<u16>, lang: Lang) -> String {
    match window {
        Window::Asked => match asked {
            Some(months) => Words::PeriodAskedMonths { months: u64::from(months) },
            None => Words::PeriodAsked,
        },
        Window::Months(3) => Words::Period3,
        Window::Months(12) => Words::Period12,
        Window::Months(_) => Words::Period36,
        Window::All => Words::PeriodAll,
        Window::Given(_) => Words::PeriodGiven,
    }
    .to(lang)
}

/// Fields that the app would read, and those that it would not.
fn fields(ask: &Ask, app: &AppPage, lang: Lang) -> Markup {
    let scope = &ask.scope;
    let news = ask.news.iter().flat_map(|news| &news.by);
    let new: Vec<&str> = news
        .filter_map(|way| match way {
            Wider::Fields(names) => Some(names.iter().copied()),
            _ => None,
        })
        .flatten()
        .collect();
    let asked = app.inspection.request.categories.get(&scope.category).copied().unwrap_or(FieldSet::NONE);
    let (read, not_read) = fields_read(scope, asked.without(ask.preview.unread));
    let running = FieldSet::running(scope.category);
    html! {
        div.flow-s data-part=(format!("fields-{}", scope.category.id())) { dl.flds {
            dt { (Words::Read.to(lang)) }
            dd { ul role="list" {
                @for field in read {
                    li.fld {
                        (field.label(lang))
                        @if new.contains(&field.name) { " " strong { (Words::New.to(lang)) } }
                    } " "
                }
            } }
            dt { (Words::NotRead.to(lang)) }
            dd { ul role="list" {
                @for field in not_read {
                    li.fld.not { (field.label(lang)) } " "
                }
            } }
        }
        // A balance tells of the rows that it counts.
        @let told: Vec<&str> = scope.category.schema().open_fields()
            .filter(|(index, _)| running.contains(*index) && asked.contains(*index))
            .map(|(_, field)| field.label(lang))
            .collect();
        @if !scope.excluded.is_empty() && !told.is_empty() {
            p.small { (Words::RunningLeftOut { fields: &told.join(", ") }.to(lang)) }
        }
        @if ask.preview.withheld > 0 {
            p.small {
                (Withheld::LeftOut { rows: ask.preview.withheld }.to(lang)) " "
                @if scope.excluded.is_empty() && !told.is_empty() {
                    (Withheld::LeftOutRunning { fields: &told.join(", ") }.to(lang)) " "
                }
                a href="/data/withheld" { (Withheld::See.to(lang)) }
            }
        } }
    }
}

/// The exact rows, page by page, each with a box to leave it out.
fn rows(ask: &Ask, choice: &Choice, app: &AppPage, lang: Lang) -> Markup {
    let (category, shown) = (ask.category, &ask.preview.rows);
    let id = category.id();
    let can_drop = shown.iter().any(|row| row.id.is_some());
    let columns = columns(ask, app, can_drop);
    let not: Vec<_> = category
        .schema()
        .open_fields()
        .filter(|(index, _)| !ask.scope.fields.without(ask.preview.unread).contains(*index))
        .map(|(_, field)| field)
        .take(HATCHED)
        .collect();
    let is_shown = |id: &mesinfos_model::RowId| shown.iter().any(|row| row.id == Some(*id));
    let dropped = choice.excluded.len() as u64;
    html! {
        details.more id=(format!("rows-{id}")) open[choice.is_open] {
            summary {
                (icon(Icon::ChevronRight))
                span data-part=(format!("see-{id}")) { (Words::SeeRows { rows: ask.preview.total }.to(lang)) }
            }
            div.flow-s data-part=(format!("rows-{id}")) {
                // Rows that were left out before and are not among those shown.
                @for row in choice.excluded.iter().filter(|row| !is_shown(row) && !ask.kept_out.contains(row)) {
                    input type="hidden" name=(format!("drop.{id}")) value=(row);
                }
                p.small.soft {
                    @if can_drop { (Words::DropHint.to(lang)) } @else { (Words::SumHint.to(lang)) }
                    @if dropped > 0 { " " strong { (Words::Dropped { rows: dropped }.to(lang)) } }
                    @if !ask.kept_out.is_empty() { " " (Words::KeptOut.to(lang)) }
                }
                (table_region(&Words::RowsOf { category: category.name(lang) }.to(lang), html! {
                    @let narrow = crate::view::narrow(columns.len() + not.len() + usize::from(can_drop));
                    table class=(format!("{} tight", narrow.unwrap_or_default()).trim_start()) role="table" {
                        caption.sr { (Words::RowsOf { category: category.name(lang) }.to(lang)) }
                        thead role="rowgroup" { tr role="row" {
                            @if can_drop { th scope="col" role="columnheader" { (Words::Drop.to(lang)) } }
                            @for field in &columns { th scope="col" role="columnheader" { (capital(field.label(lang))) } }
                            @for field in &not { th.not scope="col" role="columnheader" { (capital(field.label(lang))) } }
                        } }
                        tbody role="rowgroup" { @for row in shown { (line(row, ask, &columns, &not, can_drop, choice, lang)) } }
                    }
                }))
                (turns(ask, choice, app, lang))
            }
        }
    }
}

/// A column for each field that the app reads. Sums have fewer: what no sum has gets none. First come those that
/// tell the rows apart: on a phone the others are reached by scrolling.
fn columns(ask: &Ask, app: &AppPage, are_rows: bool) -> Vec<&'static Field> {
    let asked = app.inspection.request.categories.get(&ask.category).copied().unwrap_or(FieldSet::NONE);
    let rows = &ask.preview.rows;
    let has_value = |name: &str| rows.iter().any(|row| row.values.iter().any(|value| value.field == name));
    let is_read = |index, field: &Field| {
        let read = ask.scope.fields.without(ask.preview.unread);
        read.contains(index) && asked.contains(index) && (are_rows || has_value(field.name))
    };
    let open = ask.category.schema().open_fields();
    let read = open.filter(|(index, field)| is_read(*index, field)).map(|(_, field)| field);
    let mut read: Vec<_> = read.collect();
    // A stable sort: within each group, the order is that of the category.
    read.sort_by_key(|field| match different(rows, field.name) {
        many if many > 1 && many * 2 >= rows.len() => 0,
        several if several > 1 => 1,
        _ => 2,
    });
    read
}

/// Number of different values of a field in rows; none counts as one.
fn different(rows: &[PreviewRow], name: &str) -> usize {
    let text = |row: &PreviewRow| {
        row.values.iter().find(|value| value.field == name).map(|value| value.text.clone())
    };
    rows.iter().map(text).collect::<BTreeSet<_>>().len()
}

/// Which rows are shown, and the way to the others: each button sends the form as it is.
fn turns(ask: &Ask, choice: &Choice, app: &AppPage, lang: Lang) -> Markup {
    let (id, shown) = (ask.category.id(), ask.preview.rows.len());
    let pages = ask.pages();
    if pages < 2 {
        return html! {};
    }
    let first = choice.page * PAGE + 1;
    let (from, until) = (first as u64, (first + shown).saturating_sub(1) as u64);
    let to = format!("/apps/{}#rows-{id}", app.record.id);
    let name = format!("turn.{id}");
    // Pages are counted from 1.
    let button = |page: Option<usize>, at: &str, words: Words<'_>| {
        html! {
            button.btn.small type="submit" formaction=(to) name=(name) value=[page] data-turn=(at) disabled[page.is_none()] {
                (words.to(lang))
            }
        }
    };
    html! {
        p.small.soft role="status" { (Words::Lines { from, until, total: ask.preview.listed }.to(lang)) }
        div.row {
            (button(choice.page.checked_sub(1).map(|before| before + 1), "newer", Words::Newer))
            (button(Some(choice.page + 2).filter(|next| *next <= pages), "older", Words::Older))
        }
        div.row {
            label.row {
                (Words::PageOf { pages: pages as u64 }.to(lang))
                input.page-no type="number" name=(format!("page.{id}")) min="1" max=(pages) value=(choice.page + 1)
                    inputmode="numeric";
            }
            button.btn.small type="submit" formaction=(to) name=(name) value="typed" data-turn="typed" {
                (Words::GoToPage.to(lang))
                span.sr { " " (ask.category.name(lang)) }
            }
        }
    }
}

/// Name of the field of a form with what its page shows of the rows of a category.
pub(super) fn rows_field(category: Category) -> String {
    format!("rows.{}", category.id())
}

fn line(
    row: &PreviewRow,
    ask: &Ask,
    columns: &[&Field],
    not: &[&Field],
    can_drop: bool,
    choice: &Choice,
    lang: Lang,
) -> Markup {
    let category = ask.category;
    let value = |name: &str| {
        let value = row.values.iter().find(|value| value.field == name);
        value.map_or_else(String::new, |value| {
            mesinfos_words::own_rows::cell(category, &row.values, value, lang)
        })
    };
    let named: Vec<String> =
        columns.iter().map(|field| value(field.name)).filter(|cell| !cell.is_empty()).collect();
    let named = named.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    html! {
        tr role="row" {
            @if can_drop {
                td role="cell" data-l=(Words::Drop.to(lang)) {
                    @if let Some(id) = row.id {
                        input.drop type="checkbox" name=(format!("drop.{}", category.id())) value=(id)
                            checked[choice.excluded.contains(&id)] disabled[ask.kept_out.contains(&id)]
                            aria-label=(Words::DropRow { row: &named }.to(lang));
                        @let with = ask.preview.rows.iter().filter(|other| other.id == row.id).count() - 1;
                        @if with > 0 {
                            br; span.small.soft { (Words::GoesWith { rows: with as u64 }.to(lang)) }
                        }
                    }
                }
            }
            @for field in columns {
                td role="cell" data-l=(capital(field.label(lang))) { bdi { (value(field.name)) } }
            }
            @for field in not {
                td.not role="cell" data-l=(capital(field.label(lang))) { span.sr { (Words::NotGiven.to(lang)) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_platform::RowValue;

    fn row(values: &[(&'static str, &str)]) -> PreviewRow {
        let value = |(field, text): &(&'static str, &str)| RowValue {
            field,
            text: (*text).to_owned(),
            number: None,
            code: None,
        };
        PreviewRow { id: None, is_excluded: false, values: values.iter().map(value).collect() }
    }

    /// Title of a page, and titles and blocks of its sections.
    type PageOf<'p> = (&'p str, &'p [(Option<&'p str>, &'p [usize])]);

    fn view(pages: &[PageOf<'_>], has_headline: bool) -> View {
        use mesinfos_model::view::{
            Bullets, Decimal, Icon, Layout, ListStyle, Page, Quantity, QuantityUnit, Section, Value,
        };
        let figure = || KeyFigure {
            label: "l".into(),
            value: Value::Quantity(Quantity {
                amount: Decimal { mantissa: 5, scale: 0 },
                unit: QuantityUnit::None,
            }),
            trend: None,
            spark: Vec::new(),
            icon: Icon::None,
            note: None,
        };
        // A block with so many figures; none is a list.
        let block = |figures: &usize| match figures {
            0 => Block::Bullets(Bullets { style: ListStyle::Bullet, items: Vec::new() }),
            figures => Block::KeyFigures((0..*figures).map(|_| figure()).collect()),
        };
        let section = |(title, blocks): &(Option<&str>, &[usize])| Section {
            title: title.map(str::to_owned),
            layout: Layout::Stack,
            blocks: blocks.iter().map(block).collect(),
        };
        let page = |(title, sections): &PageOf<'_>| Page {
            title: (*title).to_owned(),
            icon: Icon::None,
            sections: sections.iter().map(section).collect(),
        };
        View {
            lang: Lang::Fr,
            title: String::new(),
            headline: String::new(),
            headline_figure: has_headline.then(figure),
            period: None,
            pages: pages.iter().map(page).collect(),
            limits: Vec::new(),
        }
    }

    /// Together with what the trial shows, it is the whole result.
    #[test]
    fn what_a_trial_does_not_show_is_counted_where_it_is() {
        let more = |title, figures, parts| More { title, figures, parts };
        let one = view(&[("p", &[(None, &[2]), (Some("Mois"), &[3, 0, 0]), (Some("Vide"), &[])])], true);
        assert_eq!(beyond(&one), [more("Mois", 3, 2)], "the headline and two figures are shown");
        let pages = view(&[("A", &[(Some("x"), &[1]), (Some("y"), &[0])]), ("B", &[(None, &[4, 0])])], false);
        assert_eq!(beyond(&pages), [more("A", 0, 1), more("B", 2, 1)]);
        for view in [&one, &pages] {
            let all = view.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
            let (mut figures, mut parts) = (view.headline_figure.iter().count(), 0);
            for block in all {
                match block {
                    Block::KeyFigures(of) => figures += of.len(),
                    _ => parts += 1,
                }
            }
            let told = beyond(view).iter().fold((0, 0), |(f, p), more| (f + more.figures, p + more.parts));
            assert_eq!((told.0 + key_figures(view).len() as u64, told.1), (figures as u64, parts));
        }
        assert!(beyond(&view(&[("p", &[(None, &[2])])], true)).is_empty());
    }

    #[test]
    fn values_that_tell_rows_apart_are_counted() {
        let rows = [
            row(&[("label", "LOYER"), ("currency", "EUR")]),
            row(&[("label", "MARCHE"), ("currency", "EUR")]),
            row(&[("label", "MARCHE"), ("currency", "EUR"), ("balance", "12.00")]),
        ];
        assert_eq!(different(&rows, "label"), 2);
        assert_eq!(different(&rows, "currency"), 1);
        assert_eq!(different(&rows, "balance"), 2, "with and without");
        assert_eq!(different(&rows, "kind"), 1, "none at all");
        assert_eq!(different(&[], "label"), 0);
    }

    #[test]
    fn figures_and_parts_that_vanish_are_counted_once() {
        let mut all = mesinfos_model::sample::view(Lang::Fr, &str::to_owned);
        for section in all.pages.iter_mut().flat_map(|page| &mut page.sections) {
            for block in &mut section.blocks {
                if let Block::KeyFigures(figures) = block {
                    let mut other = figures[0].clone();
                    "Autre".clone_into(&mut other.label);
                    figures.push(other);
                }
            }
        }
        assert_eq!(gone(&all, &all, None), (0, 0));
        let mut none = all.clone();
        none.headline_figure = None;
        none.pages.iter_mut().flat_map(|page| &mut page.sections).for_each(|section| section.blocks.clear());
        let labels: BTreeSet<&str> = {
            let blocks = all.pages.iter().flat_map(|page| &page.sections).flat_map(|section| &section.blocks);
            let of = blocks.filter_map(|block| match block {
                Block::KeyFigures(figures) => Some(figures),
                _ => None,
            });
            all.headline_figure.iter().chain(of.flatten()).map(|figure| figure.label.as_str()).collect()
        };
        let (figures, parts) = gone(&all, &none, None);
        assert!(figures == labels.len() as u64 && figures > 1 && parts > 3, "{figures} {parts}");
        let told = labels.iter().next().copied();
        assert_eq!(gone(&all, &none, told), (figures - 1, parts), "the one that is told is not counted");
        assert_eq!(gone(&none, &all, None), (0, 0));
    }
}
