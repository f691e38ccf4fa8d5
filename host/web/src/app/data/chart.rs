//! What the rows of a category amount to in each month, drawn as a result is: a sentence, a chart, and its table.
//! Where nobody should add up the rows, their number.

use crate::app::domain::Domain;
use crate::app::parts::capital;
use crate::view::own_chart;
use maud::{Markup, html};
use mesinfos_model::Day;
use mesinfos_model::category::{Category, Code, FieldKind, energy};
use mesinfos_model::money::minor_per_unit;
use mesinfos_model::view::{Axis, Chart, Date, Lang, Plot, QuantityUnit, Series, Step, Tone, Xy, XyKind};
use mesinfos_model::visible::clean;
use mesinfos_platform::{Measured, MonthSummary, MonthSums, Quantities, SumOf};
use mesinfos_words::number::chart_number;
use mesinfos_words::page::{Data as Words, Measures};

/// Months that are drawn, the last ones.
const MONTHS: i32 = 24;

/// Series that the sentence tells of.
const TOLD: usize = 3;

/// The first and last month that are drawn: the last ones with rows. `None` if there are fewer than two to compare.
pub(super) fn drawn(months: &[MonthSummary]) -> Option<(i32, i32)> {
    let last = months.iter().map(|month| month.month).max()?;
    let first = months.iter().map(|month| month.month).min()?.max(last.saturating_sub(MONTHS - 1));
    (first < last).then_some((first, last))
}

/// The first and the last month that are drawn, in words. `None` if nothing is drawn.
pub(super) fn days_drawn(months: &[MonthSummary], lang: Lang) -> Option<(String, String)> {
    let (first, last) = drawn(months)?;
    Some((name(first, lang), name(last, lang)))
}

/// The chart; nothing if there are fewer than two months to compare.
pub(super) fn of_months(
    (domain, category): (Domain, Category),
    months: &[MonthSummary],
    quantities: Option<&Quantities>,
    lang: Lang,
) -> Markup {
    let Some(drawn) = drawn(months) else { return html! {} };
    let chart = match quantities {
        Some(quantities) => measured(category, quantities, drawn, lang),
        None => counted(category, months, drawn, lang),
    };
    let left_out = quantities.map_or(0, |quantities| quantities.left_out);
    html! {
        div.sec data-d=(domain.id()) {
            (own_chart(&chart, lang))
            @if left_out > 0 { p.soft.small { (Measures::LeftOut { rows: left_out }.to(lang)) } }
        }
    }
}

fn dates((first, last): (i32, i32)) -> Axis {
    Axis::Dates(Step::Month, (first..=last).map(|month| Date::from(Day::first_of_month(month))).collect())
}

fn name(month: i32, lang: Lang) -> String {
    let date = Day::first_of_month(month).civil();
    format!("{} {}", mesinfos_words::date::month(date.month().unsigned_abs(), lang), date.year())
}

/// Numbers of rows.
fn counted(category: Category, months: &[MonthSummary], drawn: (i32, i32), lang: Lang) -> Chart {
    let rows = |of: i32| months.iter().find(|month| month.month == of).map_or(0, |month| month.rows);
    let all = drawn.0..=drawn.1;
    let most = all.clone().max_by_key(|month| rows(*month)).unwrap_or(drawn.1);
    #[allow(clippy::cast_precision_loss, reason = "a number of rows, drawn")]
    let points = all.map(|month| Some(rows(month) as f64)).collect();
    Chart {
        title: Words::ByMonth { category: category.name(lang) }.to(lang),
        takeaway: Words::MostIn { month: &name(most, lang), rows: rows(most) }.to(lang),
        plot: Plot::Xy(Xy {
            kind: XyKind::Bar,
            axis: dates(drawn),
            series: vec![Series {
                label: Words::RowsLabel.to(lang),
                unit: QuantityUnit::None,
                currency: None,
                points,
                tone: Tone::Auto,
            }],
        }),
    }
}

/// The unit of a chart, and how many of the stored unit are one of it.
fn unit(of: &Quantities, currency: Option<&str>) -> (QuantityUnit, i64) {
    let largest = || of.series.iter().flat_map(|one| one.months.values()).map(|sum| sum.unsigned_abs()).max();
    match of.measured {
        Measured::Energy => (QuantityUnit::Kwh, 1_000_000),
        Measured::Volume if largest() >= Some(1_000_000) => (QuantityUnit::M3, 1_000_000),
        Measured::Volume => (QuantityUnit::Litre, 1_000),
        Measured::Money => (QuantityUnit::None, minor_per_unit(currency.unwrap_or_default())),
        Measured::Distance => (QuantityUnit::Km, 1_000),
        Measured::Time => (QuantityUnit::Minute, 60),
    }
}

/// Sums.
fn measured(category: Category, of: &Quantities, drawn: (i32, i32), lang: Lang) -> Chart {
    let mut ranges = Vec::new();
    let series = of.series.iter().map(|one| {
        let currency = one.currency.as_deref().filter(|currency| !currency.is_empty());
        let (unit, divisor) = unit(of, currency);
        #[allow(clippy::cast_precision_loss, reason = "a sum of a month, drawn")]
        let number = |sum: i64| sum as f64 / divisor as f64;
        let label = label(category, of.measured, one, lang);
        let month = |month: i32| one.months.get(&month).copied();
        let known: Vec<(i32, i64)> = (drawn.0..=drawn.1).filter_map(|at| Some((at, month(at)?))).collect();
        if let Some((at, most)) = known.iter().max_by_key(|(_, sum)| *sum) {
            let least = known.iter().map(|(_, sum)| *sum).min().unwrap_or(*most);
            let written = |sum| chart_number(number(sum), unit, currency, lang);
            ranges.push(Range {
                label: label.clone(),
                least: written(least),
                most: written(*most),
                month: name(*at, lang),
            });
        }
        Series {
            label,
            unit,
            currency: currency.map(str::to_owned),
            points: (drawn.0..=drawn.1).map(|at| month(at).map(number)).collect(),
            tone: Tone::Auto,
        }
    });
    let series: Vec<Series> = series.collect();
    let takeaway = told(&ranges, lang);
    // Energies go up and down together: lines show it. Money in and out stands side by side.
    let is_line = category == Category::Energy && series.len() > 1;
    Chart {
        title: title(category, of.measured).to(lang),
        takeaway,
        plot: Plot::Xy(Xy {
            kind: if is_line { XyKind::Line } else { XyKind::Bar },
            axis: dates(drawn),
            series,
        }),
    }
}

/// From what to what a series goes, in words.
struct Range {
    label: String,
    least: String,
    most: String,
    month: String,
}

/// What one learns from the chart, in a sentence.
fn told(ranges: &[Range], lang: Lang) -> String {
    if let [Range { least, most, month, .. }] = ranges {
        return if least == most {
            Measures::OnlyOne { month, amount: most }.to(lang)
        } else {
            Measures::Between { least, most, month }.to(lang)
        };
    }
    let each = ranges.iter().take(TOLD).map(|Range { label, least, most, .. }| {
        if least == most {
            Measures::OneOf { what: label, amount: most }.to(lang)
        } else {
            Measures::BetweenOf { what: label, least, most }.to(lang)
        }
    });
    let each = each.reduce(|first, next| Measures::Then { first: &first, next: &next }.to(lang));
    Measures::Months { ranges: &each.unwrap_or_default() }.to(lang)
}

fn title(category: Category, measured: Measured) -> Measures<'static> {
    match (category, measured) {
        (Category::Energy, Measured::Volume) => Measures::Gas,
        (Category::Energy, _) => Measures::Energy,
        (Category::Water, _) => Measures::Water,
        (Category::Bills, _) => Measures::Bills,
        (Category::Purchases, _) => Measures::Purchases,
        (Category::Health, _) => Measures::Care,
        (_, Measured::Distance) => Measures::Distance,
        (_, Measured::Time) => Measures::Calls,
        _ => Measures::Accounts,
    }
}

fn label(category: Category, measured: Measured, of: &MonthSums, lang: Lang) -> String {
    let schema = category.schema();
    let energy_name = |code: usize| {
        let codes: &[Code] = match schema.fields[energy::COMMODITY].kind {
            FieldKind::Code(codes) => codes,
            _ => &[],
        };
        capital(codes.get(code).map_or_else(|| category.name(lang), |code| code.name(lang)))
    };
    match &of.of {
        SumOf::Consumed(code) => energy_name(*code),
        SumOf::Produced(code) => Measures::Produced { energy: &energy_name(*code) }.to(lang),
        SumOf::Out => Measures::Out.to(lang),
        SumOf::In => Measures::In.to(lang),
        SumOf::Field(field) => {
            capital(schema.index(field).map_or(field, |index| schema.fields[index].label(lang)))
        }
        SumOf::Holder(holder) if holder.is_empty() => Measures::UnknownHolder.to(lang),
        SumOf::Holder(holder) => clean(holder),
        SumOf::All => match measured {
            Measured::Money => Measures::Amount,
            Measured::Time => Measures::Duration,
            Measured::Energy | Measured::Volume | Measured::Distance => Measures::Volume,
        }
        .to(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const JULY: i32 = (2025 - 1970) * 12 + 6;

    fn month(month: i32, rows: u64) -> MonthSummary {
        MonthSummary { category: Category::Bank, month, rows, days: 1 }
    }

    fn page(months: &[MonthSummary], quantities: Option<&Quantities>) -> String {
        of_months((Domain::Money, Category::Bank), months, quantities, Lang::En).into_string()
    }

    #[test]
    fn the_months_with_rows_and_those_between_are_drawn() {
        let drawn = page(&[month(JULY, 3), month(JULY + 2, 12)], None);
        assert!(drawn.contains("September 2025") && drawn.contains("12"), "{drawn}");
        assert!(drawn.contains("2025-08") || drawn.contains("August"), "{drawn}");
        assert_eq!(page(&[month(JULY, 3)], None), "");
        assert_eq!(page(&[], None), "");
        let far = page(&[month(0, 3), month(JULY, 3)], None);
        assert!(!far.contains("1970"), "the last months only");
    }

    #[test]
    fn what_rows_amount_to_is_drawn_in_the_colour_of_the_domain() {
        let sums = |of, months: &[(i32, i64)]| MonthSums {
            of,
            currency: Some("EUR".to_owned()),
            months: BTreeMap::from_iter(months.iter().copied()),
        };
        let of = Quantities {
            measured: Measured::Money,
            series: vec![
                sums(SumOf::Out, &[(JULY, 123_456), (JULY + 1, 50)]),
                sums(SumOf::In, &[(JULY + 1, 200_000)]),
            ],
            left_out: 2,
        };
        let drawn = page(&[month(JULY, 3), month(JULY + 1, 12)], Some(&of));
        assert!(drawn.contains("data-d=\"money\""), "{drawn}");
        let said = "Money out: from €0.50 to €1,234.56 a month; Money in: €2,000.00 a month.";
        assert!(drawn.contains(said), "{drawn}");
        assert!(drawn.contains("in\u{a0}€") && drawn.contains("[1234.56,0.5]"), "{drawn}");
        assert!(drawn.contains("2 rows of these months are not in the drawing"), "{drawn}");
        assert!(!drawn.contains("neutral"), "{drawn}");
    }

    #[test]
    fn an_energy_is_called_by_its_name() {
        let of = |of| MonthSums { of, currency: None, months: BTreeMap::from([(JULY, 1_500_000)]) };
        let name = |sums| label(Category::Energy, Measured::Energy, &of(sums), Lang::Fr);
        assert_eq!(name(SumOf::Consumed(1)), "Gaz");
        assert_eq!(name(SumOf::Produced(0)), "Électricité produite");
        let quantities = Quantities {
            measured: Measured::Energy,
            series: vec![of(SumOf::Consumed(0)), of(SumOf::Consumed(1))],
            left_out: 0,
        };
        let chart = measured(Category::Energy, &quantities, (JULY, JULY + 1), Lang::Fr);
        let Plot::Xy(xy) = &chart.plot else { panic!() };
        assert_eq!((xy.kind, xy.series[1].points[..].to_vec()), (XyKind::Line, vec![Some(1.5), None]));
        assert_eq!(
            chart.takeaway,
            "Électricité : 1,5\u{a0}kWh par mois ; Gaz : 1,5\u{a0}kWh par mois."
                .replace(" ;", "\u{a0};")
                .replace(" :", "\u{a0}:")
        );
    }
}
