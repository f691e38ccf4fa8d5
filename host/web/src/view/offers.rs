//! Offers side by side.

use super::Address;
use super::drawing::{Drawing, heading};
use super::icon::{Mark, mark};
use super::table;
use maud::{Markup, html};
use mesinfos_model::view::{Comparison, Lang, Money, Offer, Value};
use mesinfos_words::{self as words, Word};

/// Offers as rows, so that many criteria scroll and a few fit on a phone. `level` is that of the heading; 0
/// leaves it to the section.
pub(super) fn comparison(comparison: &Comparison, at: Address, level: u8, drawing: &Drawing<'_>) -> Markup {
    let lang = drawing.lang;
    let advised = comparison.recommended.and_then(|at| usize::try_from(at).ok());
    let most = most(&comparison.offers);
    let rows = html! {
        table class=[table::narrow(comparison.criteria.len() + 3)] role="table" {
            thead role="rowgroup" { tr role="row" {
                th scope="col" role="columnheader" { (Word::Offer.to(lang)) }
                @for (column, criterion) in comparison.criteria.iter().enumerate() {
                    th scope="col" role="columnheader" class=[numeric(&comparison.offers, column)] dir="auto" { (criterion) }
                }
                th.num scope="col" role="columnheader" { (Word::YearlyCost.to(lang)) }
                @if most.is_some() { th scope="col" role="columnheader" { span.sr { (Word::CostInBars.to(lang)) } } }
            } }
            tbody role="rowgroup" {
                @for (row, one) in comparison.offers.iter().enumerate() {
                    (offer(one, advised == Some(row), most, comparison, lang))
                }
            }
        }
    };
    html! {
        @if level > 0 { (heading(level, &comparison.title)) }
        @if comparison.offers.is_empty() {
            p.soft { (Word::NothingToShow.to(lang)) }
        } @else {
            (drawing.region(&comparison.title, rows))
            (table::file(at, &comparison.title, drawing))
        }
        @if !comparison.disclosure.is_empty() {
            p.soft.small {
                (words::labelled(Word::Disclosure.to(lang), "", lang)) bdi { (comparison.disclosure) }
            }
        }
    }
}

fn offer(offer: &Offer, is_advised: bool, most: Option<f64>, all: &Comparison, lang: Lang) -> Markup {
    html! {
        tr role="row" class=[is_advised.then_some("best")] {
            th scope="row" role="rowheader" {
                strong { bdi { (offer.name) } }
                @if is_advised { " " span.badge.small { (mark(Mark::Star)) (Word::Advised.to(lang)) } }
                @if offer.is_current { " " span.badge.plain.small { (Word::CurrentOffer.to(lang)) } }
                @if !offer.provider.is_empty() { div.soft.small dir="auto" { (offer.provider) } }
                (reasons(&offer.pros, Mark::Plus, Word::Pros, lang))
                (reasons(&offer.cons, Mark::Minus, Word::Cons, lang))
            }
            @for (column, value) in offer.values.iter().enumerate() {
                @let dir = matches!(value, Value::Text(_)).then_some("auto");
                td role="cell" data-l=[all.criteria.get(column)] class=[numeric(&all.offers, column)] dir=[dir] { (words::value(value, lang)) }
            }
            td.num role="cell" data-l=(Word::YearlyCost.to(lang)) {
                @match &offer.yearly_cost {
                    Some(cost) => strong { (words::money(cost, lang)) },
                    None => (words::MISSING),
                }
            }
            @if let Some(most) = most { td role="cell" { (bar(offer.yearly_cost.as_ref(), most)) } }
        }
    }
}

/// Reasons for or against an offer.
fn reasons(reasons: &[String], sign: Mark, word: Word, lang: Lang) -> Markup {
    html! {
        @if !reasons.is_empty() {
            ul.why.soft.small {
                @for reason in reasons {
                    li {
                        (mark(sign))
                        span { span.sr { (words::labelled(word.to(lang), "", lang)) } bdi { (reason) } }
                    }
                }
            }
        }
    }
}

/// Class of a column in which every value is a number or is missing, and one is a number.
fn numeric(offers: &[Offer], column: usize) -> Option<&'static str> {
    let values = || offers.iter().filter_map(|offer| offer.values.get(column));
    let is_number = |value: &Value| matches!(value, Value::Number(_) | Value::Money(_) | Value::Quantity(_));
    let all = values().all(|value| is_number(value) || *value == Value::Missing);
    (all && values().any(is_number)).then_some("num")
}

/// The highest cost of a year, if costs can be compared as bars: two at least, of one currency, and none
/// negative.
fn most(offers: &[Offer]) -> Option<f64> {
    let costs: Vec<&Money> = offers.iter().filter_map(|offer| offer.yearly_cost.as_ref()).collect();
    let [first, _, ..] = costs[..] else { return None };
    let comparable = |cost: &&Money| cost.currency == first.currency && cost.amount.mantissa >= 0;
    let most = costs.iter().map(|cost| cost.amount.approximate()).fold(0.0, f64::max);
    (costs.iter().all(comparable) && most > 0.0).then_some(most)
}

/// A cost as a bar, in SVG attributes: the content security policy refuses `style` attributes.
fn bar(cost: Option<&Money>, most: f64) -> Markup {
    let share = cost.map_or(0.0, |cost| cost.amount.approximate() / most);
    html! {
        svg.bars viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true" {
            rect width=(format!("{:.1}", share.clamp(0.0, 1.0) * 100.0)) height="14" fill="var(--d)" {}
        }
    }
}
