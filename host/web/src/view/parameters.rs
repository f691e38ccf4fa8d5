//! The settings that an app declares, as a form, and what a person chose in it.

use super::csv::iso;
use maud::{Markup, html};
use mesinfos_model::view::{
    Choice, Control, DateField, Decimal, Lang, Money, NumberField, Param, Quantity, QuantityUnit, Value,
};
use mesinfos_platform::runtime::view::clean;
use mesinfos_platform::runtime::{Expected, Outcome, params};
use mesinfos_words::{self as words, Word, number, outcome};
use std::collections::BTreeMap;

/// Beginning of the names of fields.
const PREFIX: &str = "p.";

/// Longest answer that is repeated in a message, in characters.
const REPEATED: usize = 40;

/// Answers as typed, by the id of their parameter: what `RunInput` takes.
pub(crate) type Answers = Vec<(String, String)>;

/// A form as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Filled {
    /// The answers, as typed.
    pub(crate) answers: Answers,
    /// A sentence for each parameter that does not fit, by its id.
    pub(crate) errors: BTreeMap<String, String>,
}

/// A form for parameters, which is sent to `action`. A parameter without an answer in `filled`
/// has its initial value. Nothing if the app declares no parameter.
pub(crate) fn parameters(params: &[Param], filled: &Filled, action: &str, lang: Lang) -> Markup {
    html! {
        @if !params.is_empty() {
            @let title = Word::Settings.to(lang);
            form.panel.flow.stick.no-print method="post" action=(action) aria-label=(title) lang=(lang.code()) {
                h2.h3s { (title) }
                @if !filled.errors.is_empty() {
                    p.note.bad role="alert" { (Word::SettingsRefused.to(lang)) }
                }
                @for (at, param) in params.iter().enumerate() { (field(param, at, filled, lang)) }
                button.btn.pri type="submit" { (Word::Recalculate.to(lang)) }
                p.soft.small { (Word::SettingsStay.to(lang)) }
            }
        }
    }
}

/// The answers of a form: fields whose name is that of a parameter; others are left out. A field that was
/// sent twice has its last value. A date left empty has no answer.
///
/// # Errors
/// [`Filled`] with a sentence for each answer that does not fit.
pub(crate) fn chosen(params: &[Param], form: &[(String, String)], lang: Lang) -> Result<Answers, Filled> {
    let mut filled = Filled::default();
    let mut answers = Vec::new();
    for param in params {
        let sent = form.iter().rev().find(|(name, _)| name.strip_prefix(PREFIX) == Some(&param.id));
        let Some((_, typed)) = sent else { continue };
        filled.answers.push((param.id.clone(), typed.clone()));
        match answer(param, typed, lang) {
            Ok(Some(text)) => answers.push((param.id.clone(), text)),
            Ok(None) => {}
            Err(sentence) => {
                filled.errors.insert(param.id.clone(), sentence);
            }
        }
    }
    if filled.errors.is_empty() { Ok(answers) } else { Err(filled) }
}

/// An answer as the platform reads it, or `None` for the initial value.
fn answer(param: &Param, typed: &str, lang: Lang) -> Result<Option<String>, String> {
    let text = match &param.control {
        Control::Number(_) => ungrouped(typed),
        Control::Date(DateField { initial: None, .. }) if typed.trim().is_empty() => return Ok(None),
        Control::Date(_) if typed.trim().is_empty() => return Err(Word::DateWanted.to(lang)),
        Control::Date(_) => typed.trim().to_owned(),
        Control::Toggle(_) | Control::Choice(_) => typed.to_owned(),
    };
    match params::read(param, &text) {
        Ok(_) => Ok(Some(text)),
        Err(Outcome::BadAnswer { message, .. }) => Err(outcome::expected(&shortened(message), lang)),
        Err(other) => Err(outcome::outcome(&other, lang)),
    }
}

/// The answer to a parameter, for reading: as typed, or the initial value.
pub(crate) fn answer_shown(param: &Param, answers: &Answers, lang: Lang) -> String {
    let typed = answers.iter().rev().find(|(id, _)| *id == param.id).map(|(_, text)| text.as_str());
    let read = typed.and_then(|typed| params::read(param, typed).ok());
    match (&param.control, read.unwrap_or_else(|| params::initial(&param.control))) {
        (Control::Number(field), Value::Number(amount)) => {
            // A field has room for more decimals than a number in it needs.
            let amount = shortest(amount);
            let value = match &field.currency {
                Some(currency) => Value::Money(Money { amount, currency: currency.clone() }),
                None if field.unit == QuantityUnit::None => Value::Number(amount),
                None => Value::Quantity(Quantity { amount, unit: field.unit }),
            };
            words::value(&value, lang)
        }
        (Control::Choice(field), Value::Text(id)) => {
            field.choices.iter().find(|choice| choice.id == id).map_or(id, |choice| choice.label.clone())
        }
        (_, value) => words::value(&value, lang),
    }
}

/// A number without zeros at the end of its decimals: 0.00 is what was typed as 0.
fn shortest(amount: Decimal) -> Decimal {
    let mut short = amount;
    while short.scale > 0 && short.mantissa % 10 == 0 {
        short = Decimal { mantissa: short.mantissa / 10, scale: short.scale - 1 };
    }
    short
}

/// A number without the spaces between groups of digits, and with the minus sign of a keyboard.
fn ungrouped(typed: &str) -> String {
    let is_of_number = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-\u{2212}.,".contains(c);
    if !typed.chars().all(is_of_number) {
        // What is no number is repeated in the message as it was typed.
        return typed.trim().to_owned();
    }
    typed.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '\u{2212}' { '-' } else { c }).collect()
}

/// A message that repeats only the beginning of what was sent, and only what can be seen.
fn shortened(message: Expected) -> Expected {
    let short = |text: String| clean(&text, REPEATED);
    match message {
        Expected::Number(found) => Expected::Number(short(found)),
        Expected::YesOrNo(found) => Expected::YesOrNo(short(found)),
        Expected::Date(found) => Expected::Date(short(found)),
        Expected::OneOf { found, known } => Expected::OneOf { found: short(found), known },
        other => other,
    }
}

/// One field. `at` is the index of its parameter, which names its parts in the page.
fn field(param: &Param, at: usize, filled: &Filled, lang: Lang) -> Markup {
    let typed = filled.answers.iter().rev().find(|(id, _)| *id == param.id).map(|(_, text)| text.as_str());
    let error = filled.errors.get(&param.id).map(String::as_str);
    let field = Field {
        param,
        name: format!("{PREFIX}{}", param.id),
        error,
        id: format!("setting-{}", at + 1),
        notes: format!("setting-{}-notes", at + 1),
        lang,
    };
    match &param.control {
        Control::Number(number) => field.number(number, typed),
        Control::Toggle(initial) => field.toggle(typed.map_or(*initial, |typed| typed == ON)),
        Control::Choice(choice) => field.choice(&choice.choices, typed.unwrap_or(&choice.initial)),
        Control::Date(date) => field.date(date, typed),
    }
}

/// Values of a switch.
const ON: &str = "true";
const OFF: &str = "false";

/// Choices that stand side by side, and the characters of all their labels together.
const SEGMENTS: usize = 4;
const SEGMENT_TEXT: usize = 24;

/// Choices that stand one below the other; more of them are a list to open.
const RADIOS: usize = 6;

struct Field<'a> {
    param: &'a Param,
    name: String,
    error: Option<&'a str>,
    /// Id of its control.
    id: String,
    /// Id of the words under it.
    notes: String,
    lang: Lang,
}

impl Field<'_> {
    fn number(&self, field: &NumberField, typed: Option<&str>) -> Markup {
        let range = words::from_to(&number::typed(field.min, self.lang), &self.most(field), self.lang);
        let initial = number::typed(field.initial, self.lang);
        html! {
            div.field {
                (self.label())
                input id=(self.id) type="text" inputmode="decimal" autocomplete="off" name=(self.name)
                    value=(typed.unwrap_or(&initial)) aria-describedby=(self.notes)
                    aria-invalid=[self.invalid()];
                (self.notes(Some(&range)))
            }
        }
    }

    /// The highest number, with its unit.
    fn most(&self, field: &NumberField) -> String {
        let mut amount = field.max;
        while amount.scale > 0 && amount.mantissa % 10 == 0 {
            amount = Decimal { mantissa: amount.mantissa / 10, scale: amount.scale - 1 };
        }
        match &field.currency {
            Some(currency) => words::money(&Money { amount, currency: currency.clone() }, self.lang),
            None => number::quantity_in_its_unit(&Quantity { amount, unit: field.unit }, self.lang),
        }
    }

    fn toggle(&self, is_on: bool) -> Markup {
        html! {
            div {
                // A switch that is off sends nothing: then this is sent.
                input type="hidden" name=(self.name) value=(OFF);
                label.switch {
                    input type="checkbox" role="switch" name=(self.name) value=(ON) checked[is_on]
                        aria-describedby=[self.described()];
                    (self.words())
                }
                (self.noted())
            }
        }
    }

    fn choice(&self, choices: &[Choice], chosen: &str) -> Markup {
        let text: usize = choices.iter().map(|choice| choice.label.chars().count()).sum();
        let radios = html! {
            @for choice in choices {
                label {
                    input type="radio" name=(self.name) value=(choice.id) checked[choice.id == chosen];
                    span dir="auto" { (choice.label) }
                }
            }
        };
        if choices.len() > RADIOS {
            return html! {
                div.field {
                    (self.label())
                    select id=(self.id) name=(self.name) aria-describedby=[self.described()]
                        aria-invalid=[self.invalid()]
                    {
                        @for choice in choices {
                            option value=(choice.id) selected[choice.id == chosen] dir="auto" {
                                (choice.label)
                            }
                        }
                    }
                    (self.notes(None))
                }
            };
        }
        let is_short = choices.len() <= SEGMENTS && text <= SEGMENT_TEXT;
        html! {
            fieldset aria-describedby=[self.described()] {
                legend { (self.words()) }
                div class=(if is_short { "seg" } else { "pick" }) { (radios) }
                (self.noted())
            }
        }
    }

    fn date(&self, field: &DateField, typed: Option<&str>) -> Markup {
        let initial = field.initial.map(iso).unwrap_or_default();
        html! {
            div.field {
                (self.label())
                input id=(self.id) type="date" name=(self.name)
                    min=[field.min.map(iso)] max=[field.max.map(iso)]
                    value=(typed.unwrap_or(&initial)) aria-describedby=[self.described()]
                    aria-invalid=[self.invalid()];
                (self.notes(None))
            }
        }
    }

    fn label(&self) -> Markup {
        html! { label for=(self.id) dir="auto" { (self.param.label) } }
    }

    fn words(&self) -> Markup {
        html! { span dir="auto" { (self.param.label) } }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.map(|_| "true")
    }

    /// Id of the words under the field, if it has some.
    fn described(&self) -> Option<&str> {
        (self.error.is_some() || self.param.help.is_some()).then_some(self.notes.as_str())
    }

    /// The words under a switch or a group of choices.
    fn noted(&self) -> Markup {
        html! { @if self.described().is_some() { div.field { (self.notes(None)) } } }
    }

    /// The words under a field: what is wrong, the app's help, and what the host adds.
    fn notes(&self, own: Option<&str>) -> Markup {
        html! {
            @if own.is_some() || self.described().is_some() {
                small id=(self.notes) {
                    @if let Some(error) = self.error { strong.bad { bdi { (error) } } " " }
                    @if let Some(help) = &self.param.help { bdi { (help) } @if own.is_some() { " · " } }
                    @if let Some(own) = own { (own) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_number_loses_its_spaces() {
        assert_eq!(ungrouped(" \u{2212}1 234,5 "), "-1234,5");
        assert_eq!(ungrouped(" une douzaine "), "une douzaine");
    }
}
