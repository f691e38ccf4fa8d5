//! Spending by class.

use super::Pages;
use crate::basket;
use crate::coverage::{self, Debit};
use mesinfos_sdk::view::{self, Block, Direction, Icon, KeyFigure, Section, Tone, Unit, XyKind};
use mesinfos_sdk::{Date, Lang};
use std::collections::BTreeMap;

impl Pages<'_> {
    /// Sections on spending.
    pub(super) fn money(&self, debits: &[Debit]) -> Vec<Section> {
        let shopping = self.shopping;
        let paid: i64 = shopping.shops.values().map(basket::Shop::total).sum();
        let mut by_month: BTreeMap<Date, i64> = BTreeMap::new();
        for (day, minor) in shopping.shops.values().flat_map(basket::Shop::paid) {
            *by_month.entry(day.month_start()).or_default() += minor;
        }
        let months = i64::try_from(by_month.len().max(1)).unwrap_or(1);
        let spark = by_month.values().rev().take(60).rev().map(|minor| Some(self.of(*minor).major()));
        let mut figures = vec![
            view::figure(
                Icon::Cart,
                self.t("Dépensé en courses, par mois en moyenne", "Spent on groceries, monthly average"),
                self.of(basket::nearest(paid, months)),
            )
            .spark(spark.collect())
            .note(&self.months_counted(months)),
            view::figure(
                Icon::Receipt,
                self.t("Dépensé en courses, au total", "Spent on groceries, in total"),
                self.of(paid),
            )
            .note(&self.days_counted()),
        ];
        figures.extend(self.same_basket());
        let mut sections =
            vec![view::section(self.t("En bref", "In short"), vec![Block::KeyFigures(figures)])];
        let classes = if shopping.products > shopping.without_class { self.classes() } else { Vec::new() };
        if !classes.is_empty() {
            sections.push(view::section(self.t("Ce que vous achetez", "What you buy"), classes));
        }
        sections.extend(self.coverage(debits));
        sections
    }

    /// Which months a mean is of.
    fn months_counted(&self, months: i64) -> String {
        let months = self.ctx.lang.number(months);
        let Some((first, last)) = self.shopping.days() else { return String::new() };
        let range = self.ctx.lang.days(first, last);
        match self.ctx.lang {
            Lang::Fr => {
                format!(
                    "Moyenne des mois avec au moins un achat ({months}), d’après vos tickets seulement, {range}."
                )
            }
            Lang::En => format!(
                "Average of the months with at least one purchase ({months}), from your receipts only, {range}."
            ),
        }
    }

    /// Of which days the receipts are.
    fn days_counted(&self) -> String {
        let Some((first, last)) = self.shopping.days() else { return String::new() };
        let range = self.ctx.lang.days(first, last);
        format!("{}, {range}.", self.t("Tous vos tickets", "All your receipts"))
    }

    /// Classes by spending, largest first: at most eleven, and the rest. Nothing if no class cost anything: what was
    /// only returned has no share.
    pub(super) fn classes(&self) -> Vec<Block> {
        let mut classes: Vec<(&String, i64)> = self
            .shopping
            .classes
            .iter()
            .map(|(name, minor)| (name, *minor))
            .filter(|(_, minor)| *minor > 0)
            .collect();
        classes.sort_by_key(|(_, minor)| -minor);
        let (shown, rest) = classes.split_at(classes.len().min(11));
        let mut slices: Vec<_> =
            shown.iter().map(|(name, minor)| ((*name).clone(), self.of(*minor).major())).collect();
        let rest: i64 = rest.iter().map(|(_, minor)| minor).sum();
        if rest > 0 {
            slices.push((self.t("Le reste", "The rest").to_owned(), self.of(rest).major()));
        }
        let code = self.currency.code().to_owned();
        let months: Vec<Date> = self.shopping.months.keys().copied().collect();
        let stacks = shown.iter().take(7).map(|(name, _)| {
            let points =
                self.shopping.months.values().map(|month| month.get(*name).map(|m| self.of(*m).major()));
            view::series(name, Unit::None, Some(&code), points.collect())
        });
        let whole: i64 = classes.iter().map(|(_, minor)| minor).sum();
        let Some((most, minor)) = classes.first() else { return Vec::new() };
        let (most, share) = (most.to_lowercase(), (minor * 100 + whole / 2) / whole.max(1));
        let takeaway = match self.ctx.lang {
            Lang::Fr => format!("Ce qui vous coûte le plus : {most}, {share}\u{a0}% de vos achats."),
            Lang::En => format!("What costs you most: {most}, {share}% of your shopping."),
        };
        vec![
            view::parts(
                self.t("Vos achats par famille de produits", "Your shopping by type of product"),
                &takeaway,
                Unit::None,
                Some(&code),
                slices,
            ),
            view::by_month(
                self.t("Dépensé chaque mois", "Spent each month"),
                self.t(
                    "Les familles de produits pour lesquelles vous dépensez le plus, mois par mois.",
                    "The types of product you spend most on, month by month.",
                ),
                XyKind::StackedBar,
                &months,
                stacks.collect(),
            ),
        ]
    }

    /// Receipts compared with bank data.
    pub(super) fn coverage(&self, debits: &[Debit]) -> Option<Section> {
        let found = coverage::coverage(&self.shopping.shops, debits)?;
        let label = self.t("Courses dont vous avez le ticket", "Shopping you have receipts for");
        let progress = view::progress(
            label,
            self.of(found.receipts).major(),
            self.of(found.debits).major(),
            Unit::None,
            Some(self.currency.code()),
        );
        let words = if found.receipts == found.debits {
            self.t(
                "Du {} au {}, vos tickets totalisent {} et vous avez payé {} par votre banque dans les mêmes magasins : il ne manque rien.",
                "From {} to {}, your receipts total {} and you paid {} from your bank in the same shops: nothing is missing.",
            )
        } else if found.debits > found.receipts {
            self.t(
                "Du {} au {}, vos tickets totalisent {} et vous avez payé {} par votre banque dans les mêmes magasins et dans d’autres commerces alimentaires. L’écart vient surtout d’achats dont vous n’avez pas le ticket.",
                "From {} to {}, your receipts total {} and you paid {} from your bank in the same shops and in other food shops. Most of the difference comes from purchases whose receipts you do not have.",
            )
        } else {
            self.t(
                "Du {} au {}, vos tickets totalisent {} et vous avez payé {} par votre banque dans les mêmes magasins et dans d’autres commerces alimentaires. L’écart vient surtout de ce que vous payez autrement : en espèces, ou par un compte qui n’est pas ici.",
                "From {} to {}, your receipts total {} and you paid {} from your bank in the same shops and in other food shops. Most of the difference comes from what you pay in another way: in cash, or from an account that is not here.",
            )
        };
        let values = vec![
            found.from.into(),
            found.until.into(),
            self.of(found.receipts).into(),
            self.of(found.debits).into(),
        ];
        let blocks = vec![Block::Progress(vec![progress]), view::told(words, values)];
        Some(view::section(self.t("Vos tickets et votre banque", "Your receipts and your bank"), blocks))
    }

    /// Cost of products bought over months, then and now.
    pub(super) fn same_basket(&self) -> Option<KeyFigure> {
        let (first, last) = basket::same_basket(&self.changes);
        if first <= 0 {
            return None;
        }
        let per_mille = basket::nearest((last - first) * 1_000, first);
        let (direction, tone) = match per_mille {
            1.. => (Direction::Up, Tone::Warn),
            0 => (Direction::Flat, Tone::Neutral),
            _ => (Direction::Down, Tone::Good),
        };
        let figure = view::figure(
            Icon::Chart,
            self.t("Les mêmes achats, à vos derniers prix", "The same purchases, at your latest prices"),
            self.of(last),
        )
        .trend(
            direction,
            view::tenths(per_mille, Unit::Percent),
            self.t("par rapport à vos premiers prix", "compared with your first prices"),
            tone,
        );
        Some(figure.note(self.t(
            "Les produits que vous avez rachetés dans le même magasin au moins trois mois plus tard : ce que tous vos achats de ces produits coûteraient à leur dernier prix.",
            "Products that you bought again in the same shop at least three months later: what all your purchases of them would cost at their latest price.",
        )))
    }
}
