//! The rows of a category by month, drawn as a result is: a sentence, a chart, and its table.

use crate::view::own_chart;
use maud::{Markup, html};
use mesinfos_model::Category;
use mesinfos_model::Day;
use mesinfos_model::view::{Axis, Chart, Date, Lang, Plot, QuantityUnit, Series, Step, Tone, Xy, XyKind};
use mesinfos_platform::MonthSummary;
use mesinfos_words::page::Data as Words;

/// Months that are drawn, the last ones.
const MONTHS: i32 = 24;

/// The chart; nothing if there are fewer than two months to compare.
pub(super) fn of_months(category: Category, months: &[MonthSummary], lang: Lang) -> Markup {
    let Some(last) = months.iter().map(|month| month.month).max() else { return html! {} };
    let first =
        months.iter().map(|month| month.month).min().unwrap_or(last).max(last.saturating_sub(MONTHS - 1));
    let rows = |of: i32| months.iter().find(|month| month.month == of).map_or(0, |month| month.rows);
    let Some(most) = (first..=last).max_by_key(|month| rows(*month)).filter(|_| first < last) else {
        return html! {};
    };
    let name = |month: i32| {
        let date = Day::first_of_month(month).civil();
        format!("{} {}", mesinfos_words::date::month(date.month().unsigned_abs(), lang), date.year())
    };
    #[allow(clippy::cast_precision_loss, reason = "a number of rows, drawn")]
    let points = (first..=last).map(|month| Some(rows(month) as f64)).collect();
    let dates = (first..=last).map(|month| Date::from(Day::first_of_month(month))).collect();
    let chart = Chart {
        title: Words::ByMonth { category: category.name(lang) }.to(lang),
        takeaway: Words::MostIn { month: &name(most), rows: rows(most) }.to(lang),
        plot: Plot::Xy(Xy {
            kind: XyKind::Bar,
            axis: Axis::Dates(Step::Month, dates),
            series: vec![Series {
                label: Words::RowsLabel.to(lang),
                unit: QuantityUnit::None,
                currency: None,
                points,
                tone: Tone::Neutral,
            }],
        }),
    };
    html! { div.sec { (own_chart(&chart, lang)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(month: i32, rows: u64) -> MonthSummary {
        MonthSummary { category: Category::Bank, month, rows, days: 1 }
    }

    #[test]
    fn the_months_with_rows_and_those_between_are_drawn() {
        let july = (2025 - 1970) * 12 + 6;
        let page = of_months(Category::Bank, &[month(july, 3), month(july + 2, 12)], Lang::En).into_string();
        assert!(page.contains("September 2025") && page.contains("12"), "{page}");
        assert!(page.contains("2025-08") || page.contains("August"), "{page}");
        assert_eq!(of_months(Category::Bank, &[month(july, 3)], Lang::En).into_string(), "");
        assert_eq!(of_months(Category::Bank, &[], Lang::En).into_string(), "");
        let far = of_months(Category::Bank, &[month(0, 3), month(july, 3)], Lang::En).into_string();
        assert!(!far.contains("1970"), "the last months only");
    }
}
