//! A person's own rows: amounts with their currency, quantities with their unit, local dates and times.

use crate::date::{day, instant, local_instant};
use crate::digits::NBSP;
use crate::number::{ascii, ascii_quantity, duration, metres, minor_units, size, volt_amperes};
use crate::view::labelled;
use crate::vocabulary::meaning;
use mesinfos_model::view::{Lang, QuantityUnit};
use mesinfos_model::{Category, Day, Field, FieldKind, Unit};
use mesinfos_platform::{Row, RowValue};

/// Values of a row with their names: "montant : −79,04 €".
pub fn values(category: Category, row: &Row, lang: Lang) -> Vec<String> {
    let schema = category.schema();
    let offset = schema.utc_offset.and_then(|index| row.number(schema.fields[index].name));
    let around = Around { category, offset, currency: row.value("currency"), holder: row.value("holder") };
    let has_amount = row.values.iter().any(|value| {
        schema.index(value.field).is_some_and(|index| schema.fields[index].unit == Unit::MinorUnits)
    });
    let named = |value: &RowValue| {
        let field = &schema.fields[schema.index(value.field)?];
        // Amounts already show the currency.
        if field.name == "currency" && has_amount {
            return None;
        }
        Some(labelled(field.label(lang), shown(field, value, around, lang), lang))
    };
    row.values.iter().filter_map(named).collect()
}

/// A value of a row as a cell of a table, without its name. `all` are the values of the row.
pub fn cell(category: Category, all: &[RowValue], value: &RowValue, lang: Lang) -> String {
    let schema = category.schema();
    let number = |name: &str| all.iter().find(|other| other.field == name).and_then(|other| other.number);
    let offset = schema.utc_offset.and_then(|index| number(schema.fields[index].name));
    let text = |name: &str| all.iter().find(|other| other.field == name).map(|other| other.text.as_str());
    let around = Around { category, offset, currency: text("currency"), holder: text("holder") };
    match schema.index(value.field) {
        Some(index) => shown(&schema.fields[index], value, around, lang),
        None => value.text.clone(),
    }
}

/// Values of a row that decide how its other values are shown.
#[derive(Clone, Copy)]
struct Around<'a> {
    category: Category,
    /// Local time minus UTC, in minutes.
    offset: Option<i64>,
    currency: Option<&'a str>,
    holder: Option<&'a str>,
}

fn shown(field: &Field, value: &RowValue, around: Around<'_>, lang: Lang) -> String {
    let Around { category, offset, currency, holder } = around;
    let text = value.text.as_str();
    let Some(number) = value.number else {
        let said = meaning(category, field.name, holder, text, lang);
        return said.unwrap_or_else(|| text.to_owned());
    };
    let quantity = |unit| ascii_quantity(text, unit, lang);
    match field.kind {
        FieldKind::Date => {
            return i32::try_from(number).map_or_else(|_| text.to_owned(), |n| day(Day(n), lang));
        }
        FieldKind::Instant => {
            return match offset {
                // Lines of many receipts have only its day.
                Some(offset) if category == Category::Purchases && is_midnight(number, offset) => {
                    day(Day::of_instant(number, offset), lang)
                }
                Some(offset) => local_instant(number, offset, lang),
                None => instant(number, lang),
            };
        }
        FieldKind::Integer
        | FieldKind::Code(_)
        | FieldKind::Term
        | FieldKind::Pseudonym
        | FieldKind::Text => {}
    }
    match field.unit {
        Unit::MinorUnits => {
            currency.map_or_else(|| ascii(text, lang), |code| minor_units(number, code, lang))
        }
        Unit::MilliwattHours => quantity(QuantityUnit::Wh),
        Unit::Millilitres => quantity(QuantityUnit::Litre),
        Unit::Thousandths => quantity(QuantityUnit::None),
        Unit::BasisPoints => quantity(QuantityUnit::Percent),
        Unit::E7Degrees => format!("{}°", quantity(QuantityUnit::None)),
        Unit::VoltAmperes => volt_amperes(text, lang),
        Unit::Metres => metres(text, lang),
        Unit::SquareMetres => format!("{}{NBSP}m²", ascii(text, lang)),
        Unit::Seconds => duration(number, lang),
        Unit::Minutes if field.name == "utc-offset" => utc_offset(number),
        Unit::Minutes => duration(number.saturating_mul(60), lang),
        Unit::Bytes => u64::try_from(number).map_or_else(|_| text.to_owned(), |bytes| size(bytes, lang)),
        Unit::Messages | Unit::Characters | Unit::Points => ascii(text, lang),
        // Counts may be codes, which must not be grouped.
        Unit::None | Unit::Count | Unit::Year => text.to_owned(),
    }
}

/// Whether an instant is the begin of a day where the offset from UTC has this many minutes.
fn is_midnight(utc_seconds: i64, offset: i64) -> bool {
    utc_seconds.saturating_add(offset.saturating_mul(60)).rem_euclid(86_400) == 0
}

/// An offset from UTC: "UTC+01:00".
fn utc_offset(minutes: i64) -> String {
    let (sign, size) = (if minutes < 0 { '−' } else { '+' }, minutes.unsigned_abs());
    format!("UTC{sign}{:02}:{:02}", size / 60, size % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Lang::{En, Fr};

    fn of(category: Category, field: &str, text: &str, number: i64, lang: Lang) -> String {
        let schema = category.schema();
        let index = schema.index(field).unwrap();
        let value = RowValue {
            field: schema.fields[index].name,
            text: text.to_owned(),
            number: Some(number),
            code: None,
        };
        let around = Around { category, offset: Some(60), currency: Some("EUR"), holder: Some("EDF") };
        shown(&schema.fields[index], &value, around, lang)
    }

    #[test]
    fn values_are_shown_as_people_write_them() {
        assert_eq!(of(Category::Bank, "amount", "-79.04", -7_904, Fr), "−79,04\u{A0}€");
        assert_eq!(of(Category::Bank, "booked-on", "2026-01-31", 20_484, Fr), "31\u{A0}janvier 2026");
        assert_eq!(of(Category::Energy, "energy", "151.500", 151_500, Fr), "151,5\u{A0}Wh");
        assert_eq!(of(Category::Energy, "energy", "10974.000", 10_974_000, Fr), "10,974\u{A0}kWh");
        assert_eq!(of(Category::Energy, "peak", "6000", 6_000, Fr), "6\u{A0}kVA");
        assert_eq!(of(Category::Energy, "duration", "1800", 1_800, En), "30\u{A0}min");
        assert_eq!(
            of(Category::Energy, "start", "2022-12-31T23:00:00Z", 1_672_527_600, Fr),
            "1er\u{A0}janvier 2023 à 0\u{A0}h\u{A0}00"
        );
        // A receipt's line has only its day.
        let line = of(Category::Purchases, "at", "2022-12-31T23:00:00Z", 1_672_527_600, Fr);
        assert_eq!(line, "1er\u{A0}janvier 2023");
        let receipt = of(Category::Purchases, "at", "2022-12-31T23:01:00Z", 1_672_527_660, Fr);
        assert_eq!(receipt, "1er\u{A0}janvier 2023 à 0\u{A0}h\u{A0}01");
        assert_eq!(of(Category::Energy, "utc-offset", "60", 60, Fr), "UTC+01:00");
        assert_eq!(of(Category::Water, "volume", "136.000", 136_000, En), "136\u{A0}L");
        assert_eq!(of(Category::Mobility, "distance", "11362", 11_362, Fr), "11,362\u{A0}km");
        assert_eq!(of(Category::Mobility, "latitude", "48.8566140", 488_566_140, Fr), "48,856614°");
    }
}
