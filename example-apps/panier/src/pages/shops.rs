//! Merchants, and the same products at two of them.

use super::Pages;
use crate::basket::{self, Pair};
use mesinfos_sdk::view::{self, Block, ColumnKind, Confidence, Effort, Icon, Section, Unit, Value};

impl Pages<'_> {
    pub(super) fn shops(&self) -> Vec<Section> {
        let mut shops: Vec<_> = self.shopping.shops.iter().collect();
        shops.sort_by_key(|(_, shop)| -shop.total());
        let rows = shops.iter().take(50).map(|(name, shop)| {
            let receipts = i64::try_from(shop.receipts.len()).unwrap_or(0);
            let mean = if receipts > 0 { self.of(shop.total() / receipts).into() } else { Value::Missing };
            let receipts = if receipts > 0 { view::quantity(receipts, Unit::None) } else { Value::Missing };
            vec![name.as_str().into(), self.of(shop.total()).into(), receipts, mean]
        });
        let columns = [
            (self.t("Magasin", "Shop"), ColumnKind::Text),
            (self.t("Payé", "Paid"), ColumnKind::Money),
            (self.t("Tickets", "Receipts"), ColumnKind::Quantity),
            (self.t("Par ticket", "Per receipt"), ColumnKind::Money),
        ];
        let table = view::table(self.t("Où vous achetez", "Where you buy"), &columns, rows.collect());
        let mut sections = vec![view::section(self.t("Vos magasins", "Your shops"), vec![table])];
        let until = self.shopping.days().map_or(self.ctx.today, |(_, last)| last);
        if let Some((names, pairs)) = basket::two_shops(&self.shopping.courses, until) {
            sections.push(view::section(
                self.t("Les mêmes produits", "The same products"),
                self.comparison(&names, &pairs),
            ));
        }
        sections
    }

    pub(super) fn comparison(&self, names: &[String; 2], pairs: &[Pair]) -> Vec<Block> {
        let sum = |at: usize| self.of(pairs.iter().map(|pair| pair.prices[at]).sum());
        let figures = [0, 1].map(|at| view::figure(Icon::Cart, &names[at], sum(at)));
        let rows = pairs.iter().take(100).map(|pair| {
            vec![pair.name.as_str().into(), self.of(pair.prices[0]).into(), self.of(pair.prices[1]).into()]
        });
        let columns = [
            (self.t("Produit", "Product"), ColumnKind::Text),
            (names[0].as_str(), ColumnKind::Money),
            (names[1].as_str(), ColumnKind::Money),
        ];
        let table = view::table(
            self.t("Votre dernier prix dans chaque magasin", "Your latest price in each shop"),
            &columns,
            rows.collect(),
        );
        let mut blocks = vec![Block::KeyFigures(figures.to_vec()), table];
        let saved: i64 = pairs.iter().map(Pair::saving).sum();
        if saved > 0 {
            let advice = view::advice(
                Icon::Idea,
                self.t("Achetez chacun de ces produits là où il coûte le moins", "Buy each of these products where it costs least"),
                self.t(
                    "Ce conseil ne vaut que si les deux magasins sont déjà sur votre chemin.",
                    "This only makes sense if both shops are already on your way.",
                ),
                Effort::Minutes,
                self.t(
                    "La différence entre vos deux derniers prix, multipliée par ce que vous avez acheté dans le magasin le plus cher au cours des douze derniers mois. Ni les remises ni le trajet ne sont comptés.",
                    "The difference between your two latest prices, multiplied by what you bought in the dearer shop over the last twelve months. Neither discounts nor the journey are counted.",
                ),
            );
            blocks.push(Block::Advice(vec![advice.saves(Some(self.of(saved)), None, Confidence::Low)]));
        }
        blocks
    }
}
