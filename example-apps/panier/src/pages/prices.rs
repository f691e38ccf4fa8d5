//! Price changes of the same products.

use super::Pages;
use crate::basket::{self, Change};
use mesinfos_sdk::Date;
use mesinfos_sdk::view::{self, Block, ColumnKind, Section, Unit, XyKind};
use std::collections::BTreeMap;

impl Pages<'_> {
    pub(super) fn prices(&self) -> Vec<Section> {
        let rows = self.changes.iter().take(100).map(|change| {
            vec![
                change.name.as_str().into(),
                change.shop.as_str().into(),
                change.first.0.into(),
                self.of(change.first.1).into(),
                change.last.0.into(),
                self.of(change.last.1).into(),
                view::tenths(change.per_mille(), Unit::Percent),
            ]
        });
        let columns = [
            (self.t("Produit", "Product"), ColumnKind::Text),
            (self.t("Magasin", "Shop"), ColumnKind::Text),
            (self.t("Premier achat", "First purchase"), ColumnKind::Date),
            (self.t("Premier prix", "First price"), ColumnKind::Money),
            (self.t("Dernier achat", "Latest purchase"), ColumnKind::Date),
            (self.t("Dernier prix", "Latest price"), ColumnKind::Money),
            (self.t("Variation", "Change"), ColumnKind::Quantity),
        ];
        let table = view::table(
            self.t("Du premier au dernier prix", "From the first to the last price"),
            &columns,
            rows.collect(),
        );
        let title =
            self.t("Les produits pour lesquels vous dépensez le plus", "The products you spend most on");
        vec![view::section(title, vec![self.courses(), table])]
    }

    /// Prices of four products, month by month.
    pub(super) fn courses(&self) -> Block {
        let shown: Vec<&Change> = self.changes.iter().take(4).collect();
        let all: Vec<(&String, &basket::Course)> = self.shopping.courses.values().flatten().collect();
        let mut lines: Vec<(String, BTreeMap<Date, i64>)> = Vec::new();
        for change in shown {
            let of_it =
                all.iter().filter(|(shop, course)| **shop == change.shop && course.name == change.name);
            let prices = of_it
                .flat_map(|(_, course)| &course.prices)
                .map(|(day, price, _)| (day.month_start(), *price));
            lines.push((format!("{}, {}", change.name, change.shop), prices.collect()));
        }
        let mut months: Vec<Date> = lines.iter().flat_map(|(_, prices)| prices.keys().copied()).collect();
        months.sort_unstable();
        months.dedup();
        let code = self.currency.code().to_owned();
        let series = lines.iter().map(|(name, prices)| {
            let points = months.iter().map(|month| prices.get(month).map(|price| self.of(*price).major()));
            view::series(name, Unit::None, Some(&code), points.collect())
        });
        view::by_month(
            self.t("Prix d’une unité, avant remise", "Price of one unit, before discounts"),
            self.t(
                "Mois par mois ; la ligne s’interrompt les mois sans achat.",
                "Month by month; the line breaks off in months without a purchase.",
            ),
            XyKind::Line,
            &months,
            series.collect(),
        )
    }
}
