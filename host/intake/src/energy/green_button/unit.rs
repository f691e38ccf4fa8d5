//! Quantity and unit of readings: ESPI `ReadingType` and its codes.

use crate::read::Node;
use crate::reason::Reason;
use mesinfos_model::category::energy::{self, commodity, direction};
use mesinfos_model::category::water;
use mesinfos_model::money;

/// Quantity of a series, with the factor from file values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    /// Milliwatt-hours per unit.
    Energy(Ratio),
    /// Watts, the mean of the interval.
    Power(Ratio),
    /// Volt-amperes, the highest of the interval.
    Peak(Ratio),
    /// Millilitres of gas per unit.
    Gas(Ratio),
    /// Millilitres of water per unit.
    Water(Ratio),
}

/// An exact factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ratio {
    numerator: i128,
    denominator: i128,
    /// The numerator if the denominator is 1 and both are small, as in nearly every file.
    whole: Option<i64>,
}

impl Ratio {
    fn new(numerator: i128, denominator: i128) -> Option<Ratio> {
        let (mut a, mut b) = (numerator, denominator);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let (numerator, denominator) = (numerator.checked_div(a)?, denominator.checked_div(a)?);
        let whole = i64::try_from(numerator).ok().filter(|_| denominator == 1);
        Some(Ratio { numerator, denominator, whole })
    }

    /// `value` times the ratio, rounded half away from zero; `None` on overflow.
    pub(super) fn of(self, value: i64) -> Option<i64> {
        if let Some(whole) = self.whole {
            return value.checked_mul(whole);
        }
        let product = i128::from(value).checked_mul(self.numerator)?;
        let half = if product < 0 { -self.denominator / 2 } else { self.denominator / 2 };
        i64::try_from(product.checked_add(half)? / self.denominator).ok()
    }

    /// The ratio times `seconds` as a fraction of an hour.
    pub(super) fn over(self, seconds: i64) -> Option<Ratio> {
        let numerator = self.numerator.checked_mul(i128::from(seconds))?;
        Ratio::new(numerator, self.denominator.checked_mul(3_600)?)
    }
}

/// Fields of an ESPI `ReadingType` that matter here.
#[derive(Debug, Clone, Default)]
pub(super) struct ReadingType {
    uom: i64,
    /// `powerOfTenMultiplier`.
    power: i64,
    commodity: Option<i64>,
    kind: Option<i64>,
    /// `dataQualifier`.
    qualifier: Option<i64>,
    accumulation: Option<i64>,
    flow: Option<i64>,
    pub(super) step: Option<i64>,
    pub(super) currency: Option<&'static str>,
    pub(super) quality: Option<i64>,
}

impl ReadingType {
    pub(super) fn of(node: &Node) -> ReadingType {
        let number = |name: &str| node.text_at(&[name])?.parse::<i64>().ok();
        ReadingType {
            uom: number("uom").unwrap_or(0),
            power: number("powerOfTenMultiplier").unwrap_or(0),
            commodity: number("commodity"),
            kind: number("kind"),
            qualifier: number("dataQualifier"),
            accumulation: number("accumulationBehaviour"),
            flow: number("flowDirection"),
            step: number("intervalLength").filter(|step| *step > 0),
            currency: currency(node),
            quality: number("defaultQuality"),
        }
    }

    /// Whether the values are a register's, which only grows (1 bulk, 2 continuous, 3 cumulative).
    pub(super) fn is_register(&self) -> bool {
        matches!(self.accumulation, Some(1..=3))
    }

    /// Code of `direction`: 1 is delivered to the customer, 19 received from the customer.
    pub(super) fn direction(&self) -> i64 {
        match self.flow {
            Some(19) => direction::PRODUCED,
            Some(4) => direction::NET,
            Some(20) => direction::TOTAL,
            _ => direction::CONSUMED,
        }
    }

    /// Code of `commodity`; `service` is the kind of the ESPI `ServiceCategory`.
    pub(super) fn commodity(&self, service: Option<i64>) -> i64 {
        match (self.commodity, service) {
            (Some(7 | 8), _) | (None | Some(0), Some(1)) => commodity::GAS,
            (Some(10 | 12 | 13), _) | (None | Some(0), Some(4)) => commodity::HEAT,
            _ => commodity::ELECTRICITY,
        }
    }

    /// Quantity of the values, or the reason why they are not imported.
    pub(super) fn quantity(&self, service: Option<i64>) -> Result<Quantity, Reason> {
        let is_water = matches!(self.commodity, Some(9 | 11 | 14)) || service == Some(2);
        let is_gas = self.commodity(service) == commodity::GAS;
        // Demand (kind 8) and a maximum (qualifier 8) are not means.
        let is_peak = self.kind == Some(8) || self.qualifier == Some(8);
        let make = |what: fn(Ratio) -> Quantity, numerator: i128, denominator: i128| {
            let ratio =
                ten_to(self.power).and_then(|(up, down)| Ratio::new(numerator * up, denominator * down));
            ratio.map(what).ok_or_else(|| Reason::not_a_factor(self.power.to_string()))
        };
        let volume = |numerator: i128, denominator: i128| match (is_gas, is_water) {
            (_, true) => make(Quantity::Water, numerator, denominator),
            (true, _) => make(Quantity::Gas, numerator, denominator),
            _ => Err(Reason::VolumeOfSomething),
        };
        match self.uom {
            72 => make(Quantity::Energy, 1_000, 1),
            38 if !is_peak => make(Quantity::Power, 1_000, 1),
            38 | 61 if is_peak => make(Quantity::Peak, 1, 1),
            31 => make(Quantity::Energy, 1_000, 3_600),
            132 => make(Quantity::Energy, 293_071, 1_000),
            // The US therm: 29 300.1 Wh.
            169 => make(Quantity::Energy, 29_300_100, 1),
            42 => volume(1_000_000, 1),
            134 => volume(1_000, 1),
            119 | 120 => volume(28_316_846_592, 1_000_000),
            128 => volume(3_785_411_784, 1_000_000),
            130 => volume(454_609, 100),
            other => Err(Reason::unit_not_imported(other.to_string())),
        }
    }
}

/// 10^`power` as a fraction; `None` outside the standard's bounds.
fn ten_to(power: i64) -> Option<(i128, i128)> {
    let ten = 10_i128.checked_pow(u32::try_from(power.unsigned_abs()).ok().filter(|p| *p <= 12)?)?;
    Some(if power < 0 { (1, ten) } else { (ten, 1) })
}

/// Currency of a resource, from its ISO 4217 number; some holders write the letters. A sign such as `$` is of several
/// countries, and settles none.
pub(super) fn currency(node: &Node) -> Option<&'static str> {
    let text = node.text_at(&["currency"])?.trim();
    match text.parse() {
        Ok(number) => money::from_numeric(number),
        Err(_) => (0..1_000).filter_map(money::from_numeric).find(|code| code.eq_ignore_ascii_case(text)),
    }
}

/// Converts an amount in 1/100000 of a currency to its minor unit, rounded half away from zero.
pub(super) fn minor(amount: i64, currency: &str) -> Option<i64> {
    let scaled = amount.checked_mul(money::minor_per_unit(currency))?;
    let half = if scaled < 0 { -50_000 } else { 50_000 };
    Some(scaled.checked_add(half)? / 100_000)
}

/// Code of `quality` for an ESPI `QualityOfReading`.
pub(super) fn quality(code: i64) -> i64 {
    match code {
        0 | 17..=19 => energy::quality::VALIDATED,
        8 | 9 => energy::quality::ESTIMATED,
        14 => energy::quality::RAW,
        11 => energy::quality::DERIVED,
        _ => energy::quality::OTHER,
    }
}

/// Code of `quality` for a water reading.
pub(super) fn water_quality(code: i64) -> i64 {
    match code {
        0 | 14 | 17..=19 => water::quality::MEASURED,
        8 | 9 => water::quality::ESTIMATED,
        11 => water::quality::DERIVED,
        _ => water::quality::OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(uom: i64, power: i64, commodity: i64) -> ReadingType {
        ReadingType { uom, power, commodity: Some(commodity), ..ReadingType::default() }
    }

    #[test]
    fn factors_are_exact() {
        for (uom, power, commodity, value, expected) in [
            (72, 0, 1, 450, 450_000),
            (72, -3, 1, 450, 450),
            (31, 0, 1, 3_600, 1_000),
            (169, 3, 7, 2, 58_600_200_000),
            (132, 0, 7, 1_000, 293_071),
        ] {
            let Ok(Quantity::Energy(ratio)) = of(uom, power, commodity).quantity(None) else {
                panic!("{uom}")
            };
            assert_eq!(ratio.of(value), Some(expected), "{uom}");
        }
        for (uom, value, expected) in
            [(42, 2, 2_000_000), (134, 2, 2_000), (119, 1, 28_317), (128, 1_000, 3_785_412), (130, 1, 4_546)]
        {
            let Ok(Quantity::Water(ratio)) = of(uom, 0, 9).quantity(None) else { panic!("{uom}") };
            assert_eq!(ratio.of(value), Some(expected), "{uom}");
            assert_eq!(ratio.of(-value), Some(-expected), "{uom}");
        }
        let Ok(Quantity::Power(ratio)) = of(38, 0, 1).quantity(None) else { panic!() };
        assert_eq!(ratio.over(1_800).and_then(|r| r.of(477)), Some(238_500));
    }

    #[test]
    fn what_is_not_imported_says_why() {
        assert!(of(119, 0, 1).quantity(None).is_err());
        assert!(matches!(of(119, 0, 0).quantity(Some(1)), Ok(Quantity::Gas(_))));
        assert!(of(73, 0, 1).quantity(None).unwrap_err().to_string().contains("73"));
        assert!(of(72, 13, 1).quantity(None).unwrap_err().to_string().contains("10^13"));
        assert!(of(61, 0, 1).quantity(None).is_err());
        let demand = ReadingType { kind: Some(8), ..of(61, 3, 1) };
        assert!(matches!(demand.quantity(None), Ok(Quantity::Peak(_))));
    }

    #[test]
    fn amounts_are_rounded_once() {
        assert_eq!(minor(23_364_000, "USD"), Some(23_364));
        assert_eq!(minor(974, "USD"), Some(1));
        assert_eq!(minor(-1_499, "USD"), Some(-1));
        assert_eq!(minor(i64::MAX, "USD"), None);
    }
}
