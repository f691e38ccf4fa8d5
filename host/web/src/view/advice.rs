//! Advice: what it saves, what it takes, and how that is computed.

use super::drawing::{Drawing, heading};
use super::icon::{self, Mark, mark};
use super::text::{big, paragraph};
use maud::{Markup, html};
use mesinfos_model::view::{Advice, Confidence, Decimal, Icon, Lang, Quantity, QuantityUnit, Saving, Value};
use mesinfos_words::{self as words, Word};

/// Pieces of advice, one below the other. `level` is that of their headings.
pub(super) fn advice(all: &[Advice], level: u8, drawing: &Drawing<'_>) -> Markup {
    html! { ul.adv { @for one in all { li { (one_advice(one, level, drawing.lang)) } } } }
}

fn one_advice(advice: &Advice, level: u8, lang: Lang) -> Markup {
    let sure = advice.saving.confidence;
    html! {
        div.save { (saving(&advice.saving, advice.icon, lang)) }
        div.flow-s {
            (heading(level, &advice.title))
            (paragraph(&advice.body, lang))
            dl {
                div { dt { (Word::Effort.to(lang)) } dd { (words::effort(advice.effort, lang)) } }
                div {
                    dt { (Word::Confidence.to(lang)) }
                    dd { (words::confidence(sure, lang)) " " span.dots aria-hidden="true" { (dots(sure)) } }
                }
            }
            @if !advice.how_computed.is_empty() {
                details.more {
                    summary { (mark(Mark::Open)) (Word::HowComputed.to(lang)) }
                    div.soft { (paragraph(&advice.how_computed, lang)) }
                }
            }
        }
    }
}

/// What an advice saves in a year. Its icon stands in the place of a saving that it does not name.
fn saving(saving: &Saving, icon: Icon, lang: Lang) -> Markup {
    let carbon = saving.kg_co2e_per_year;
    match (&saving.money_per_year, carbon) {
        (Some(money), carbon) => html! {
            (big(&Value::Money(money.clone()), "m", lang))
            small { (Word::PerYear.to(lang)) }
            @if let Some(kg) = carbon { span.small { (words::and_carbon(kg, lang)) } }
        },
        (None, Some(kg)) => html! {
            (big(&carbon_of(kg), "m", lang))
            small { (Word::PerYear.to(lang)) }
        },
        (None, None) => {
            let icon = if icon == Icon::None { Icon::Idea } else { icon };
            html! { span.dic { (icon::icon(icon)) } }
        }
    }
}

/// Kilograms of CO2 equivalent, to the kilogram.
fn carbon_of(kg: f64) -> Value {
    // Numbers of a view are under 10^15, so this keeps them.
    #[allow(clippy::cast_possible_truncation, reason = "a conversion of floats saturates")]
    let mantissa = kg.round() as i64;
    Value::Quantity(Quantity { amount: Decimal { mantissa, scale: 0 }, unit: QuantityUnit::KgCo2e })
}

/// A confidence as one to three full dots.
fn dots(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "●○○",
        Confidence::Medium => "●●○",
        Confidence::High => "●●●",
    }
}
