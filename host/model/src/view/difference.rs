//! Differences of values, exact.

use super::{Decimal, Money, Quantity, Value};

impl Decimal {
    /// This number less another one; `None` if the result is too large for a decimal.
    pub fn minus(self, other: Decimal) -> Option<Decimal> {
        let scale = self.scale.max(other.scale);
        let scaled =
            |one: Decimal| one.mantissa.checked_mul(10_i64.checked_pow(u32::from(scale - one.scale))?);
        Some(Decimal { mantissa: scaled(self)?.checked_sub(scaled(other)?)?, scale })
    }
}

impl Value {
    /// This value less another one of the same kind, unit and currency; `None` for others.
    pub fn minus(&self, other: &Value) -> Option<Value> {
        match (self, other) {
            (Value::Number(a), Value::Number(b)) => Some(Value::Number(a.minus(*b)?)),
            (Value::Money(a), Value::Money(b)) if a.currency == b.currency => {
                Some(Value::Money(Money { amount: a.amount.minus(b.amount)?, currency: a.currency.clone() }))
            }
            (Value::Quantity(a), Value::Quantity(b)) if a.unit == b.unit => {
                Some(Value::Quantity(Quantity { amount: a.amount.minus(b.amount)?, unit: a.unit }))
            }
            _ => None,
        }
    }

    /// Whether it is a number over zero, under it, or zero; `None` if it is no number.
    pub fn sign(&self) -> Option<std::cmp::Ordering> {
        let number = match self {
            Value::Number(number) => number,
            Value::Money(money) => &money.amount,
            Value::Quantity(quantity) => &quantity.amount,
            _ => return None,
        };
        Some(number.mantissa.cmp(&0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::QuantityUnit;
    use std::cmp::Ordering;

    fn euros(mantissa: i64, scale: u8) -> Value {
        Value::Money(Money { amount: Decimal { mantissa, scale }, currency: "EUR".to_owned() })
    }

    #[test]
    fn values_of_one_kind_are_subtracted_exactly() {
        assert_eq!(euros(12_345, 2).minus(&euros(1, 1)), Some(euros(12_335, 2)));
        assert_eq!(euros(1, 0).minus(&euros(150, 2)).unwrap().sign(), Some(Ordering::Less));
        let kwh = |mantissa, unit| Value::Quantity(Quantity { amount: Decimal { mantissa, scale: 0 }, unit });
        assert_eq!(kwh(5, QuantityUnit::Kwh).minus(&kwh(5, QuantityUnit::Wh)), None);
        assert_eq!(euros(1, 0).minus(&Value::Number(Decimal { mantissa: 1, scale: 0 })), None);
        assert_eq!(Value::Missing.minus(&Value::Missing), None);
    }

    #[test]
    fn a_difference_that_does_not_fit_is_none() {
        assert_eq!(euros(i64::MAX, 0).minus(&euros(-1, 0)), None);
        assert_eq!(euros(i64::MAX, 0).minus(&euros(1, 9)), None);
    }
}
