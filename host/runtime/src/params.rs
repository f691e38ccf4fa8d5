//! Checks the parameters that a person set against those that the app declared.

use crate::outcome::{Expected, Outcome};
use mesinfos_model::view::{ChoiceField, Control, Date, DateField, Decimal, NumberField, Param, Value};

/// A decimal in billionths, so that values of any scale compare exactly.
fn billionths(decimal: Decimal) -> i128 {
    i128::from(decimal.mantissa) * 10_i128.pow(9 - u32::from(decimal.scale.min(9)))
}

/// Parses a decimal as people write it: "12", "-3.5", "3,5". `None` if it is invalid or has more than nine
/// decimals.
pub fn decimal(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    if digits.is_empty() && fraction.is_empty() || fraction.len() > 9 {
        return None;
    }
    if !digits.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit()) {
        return None;
    }
    Some(Decimal {
        mantissa: format!("{whole}{fraction}").parse().ok()?,
        scale: u8::try_from(fraction.len()).ok()?,
    })
}

/// Parses the text that a person entered for a parameter: a number, yes/no, the id of a choice, a date.
///
/// # Errors
/// [`Outcome::BadAnswer`] with the expected value.
pub fn read(param: &Param, text: &str) -> Result<Value, Outcome> {
    let bad = |message: Expected| Outcome::BadAnswer { param: param.id.clone(), message };
    let value = match &param.control {
        Control::Number(_) => {
            Value::Number(decimal(text).ok_or_else(|| bad(Expected::Number(text.to_owned())))?)
        }
        Control::Toggle(_) => Value::Flag(match text {
            "true" | "yes" | "oui" | "on" | "1" => true,
            "false" | "no" | "non" | "off" | "0" => false,
            _ => return Err(bad(Expected::YesOrNo(text.to_owned()))),
        }),
        Control::Choice(_) => Value::Text(text.to_owned()),
        Control::Date(_) => {
            let day: mesinfos_model::Day = text.parse().map_err(|_| bad(Expected::Date(text.to_owned())))?;
            Value::Date(Date::from(day))
        }
    };
    check(param, &value)?;
    Ok(value)
}

/// The initial value of a parameter.
pub fn initial(control: &Control) -> Value {
    match control {
        Control::Number(field) => Value::Number(field.initial),
        Control::Toggle(on) => Value::Flag(*on),
        Control::Choice(field) => Value::Text(field.initial.clone()),
        Control::Date(field) => field.initial.map_or(Value::Missing, Value::Date),
    }
}

fn check(param: &Param, value: &Value) -> Result<(), Outcome> {
    let bad = |message: Expected| Err(Outcome::BadAnswer { param: param.id.clone(), message });
    match (&param.control, value) {
        (Control::Number(NumberField { min, max, .. }), Value::Number(number)) => {
            if (billionths(*min)..=billionths(*max)).contains(&billionths(*number)) {
                return Ok(());
            }
            let [min, max] = [min, max].map(|end| end.approximate().to_string());
            bad(Expected::Between { min, max })
        }
        (Control::Toggle(_), Value::Flag(_)) => Ok(()),
        (Control::Choice(ChoiceField { choices, .. }), Value::Text(id)) => {
            if choices.iter().any(|choice| choice.id == *id) {
                return Ok(());
            }
            let known = choices.iter().map(|choice| choice.id.clone()).collect();
            bad(Expected::OneOf { found: id.clone(), known })
        }
        (Control::Date(_), Value::Missing) => Ok(()),
        (Control::Date(DateField { min, max, .. }), Value::Date(date)) => {
            let day = date.day();
            let late = min.is_some_and(|min| day < min.day());
            let early = max.is_some_and(|max| day > max.day());
            if day.is_none() || late || early {
                return bad(Expected::OtherDate);
            }
            Ok(())
        }
        _ => bad(Expected::OtherKind),
    }
}

/// One answer for each parameter, in the order of declaration: the given value, or the initial one.
///
/// # Errors
/// [`Outcome::BadAnswer`] for an invalid value or an unknown parameter.
pub fn complete(params: &[Param], given: &[(String, Value)]) -> Result<Vec<(String, Value)>, Outcome> {
    if let Some((unknown, _)) = given.iter().find(|(id, _)| !params.iter().any(|p| p.id == *id)) {
        let known: Vec<String> = params.iter().map(|p| p.id.clone()).collect();
        let message = if known.is_empty() { Expected::Nothing } else { Expected::Parameter(known) };
        return Err(Outcome::BadAnswer { param: unknown.clone(), message });
    }
    params
        .iter()
        .map(|param| {
            let value = match given.iter().find(|(id, _)| *id == param.id) {
                Some((_, value)) => {
                    check(param, value)?;
                    value.clone()
                }
                None => initial(&param.control),
            };
            Ok((param.id.clone(), value))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_model::view::QuantityUnit;

    fn number() -> Param {
        let d = |mantissa| Decimal { mantissa, scale: 0 };
        Param {
            id: "bill".to_owned(),
            label: "Bill".to_owned(),
            help: None,
            control: Control::Number(NumberField {
                min: d(0),
                max: d(200),
                step: d(1),
                initial: d(20),
                unit: QuantityUnit::None,
                currency: None,
            }),
        }
    }

    #[test]
    fn answers_are_read_checked_and_completed() {
        let params = [number()];
        assert_eq!(read(&params[0], "19,99").unwrap(), Value::Number(Decimal { mantissa: 1_999, scale: 2 }));
        for wrong in ["", "-1", "200.1", "abc", "1e3", "--1", "1.2.3"] {
            assert!(read(&params[0], wrong).is_err(), "{wrong}");
        }
        assert_eq!(complete(&params, &[]).unwrap()[0].1, Value::Number(Decimal { mantissa: 20, scale: 0 }));
        assert!(complete(&params, &[("nope".to_owned(), Value::Flag(true))]).is_err());
        assert!(complete(&params, &[("bill".to_owned(), Value::Flag(true))]).is_err());
    }
}
