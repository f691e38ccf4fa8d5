//! Products with a label, and the meaning of labels.

use super::Pages;
use crate::labels::LABELS;
use mesinfos_sdk::view::{self, Block, ColumnKind, Level, Section, Unit, Value};

impl Pages<'_> {
    pub(super) fn labels(&self) -> Vec<Section> {
        let labelled = |class: &String| self.shopping.labelled.get(class).copied().unwrap_or(0);
        // Leave out classes without any label read: that does not mean that they have none.
        let mut classes: Vec<_> = self
            .shopping
            .classes
            .iter()
            .filter(|(class, minor)| **minor > 0 && labelled(class) > 0)
            .collect();
        classes.sort_by_key(|(_, minor)| -**minor);
        let shares = classes.iter().take(12).map(|(class, minor)| {
            let target = self.of(**minor).major();
            view::progress(
                class,
                self.of(labelled(class)).major(),
                target,
                Unit::None,
                Some(self.currency.code()),
            )
        });
        // Without a label read, a column of what was paid would be empty.
        let is_paid = !self.shopping.labels.is_empty();
        let rows = LABELS.iter().enumerate().map(|(i, label)| {
            let paid = self.shopping.labels.get(&i).map_or(Value::Missing, |minor| self.of(*minor).into());
            let mut row: Vec<Value> = vec![
                self.t(label.name.0, label.name.1).into(),
                self.t(label.certifies.0, label.certifies.1).into(),
            ];
            row.extend(is_paid.then_some(paid));
            row
        });
        let mut columns = vec![
            (self.t("Label", "Label"), ColumnKind::Text),
            (self.t("Ce qu’il garantit", "What it guarantees"), ColumnKind::Text),
        ];
        columns.extend(is_paid.then(|| (self.t("Payé", "Paid"), ColumnKind::Money)));
        let known = view::table(
            self.t("Les labels, et ce qu’ils garantissent", "Labels, and what they guarantee"),
            &columns,
            rows.collect(),
        );
        let reading = view::notice(
            Level::Info,
            self.t("Seulement ce que disent vos tickets", "Only what your receipts say"),
            if is_paid {
                self.t(
                    "Un ticket abrège le nom des produits : un label peut figurer sur le paquet sans figurer sur le ticket. Les montants sont donc des minimums, et des produits qui ne sont pas cités ici peuvent aussi avoir un label.",
                    "Receipts shorten the names of products: a label may be on the pack and not on the receipt. The amounts are therefore minimums, and products not listed here may also have a label.",
            )
            } else {
                self.t(
                    "Aucun de vos tickets ne mentionne un label. Un ticket abrège le nom des produits : un label peut figurer sur le paquet sans figurer sur le ticket.",
                    "None of your receipts mentions a label. Receipts shorten names: a label may be on the pack and not on the receipt.",
                )
            },
        );
        let shares: Vec<view::Progress> = shares.collect();
        let mut blocks = vec![reading];
        if !shares.is_empty() {
            blocks.insert(0, Block::Progress(shares));
        }
        vec![
            view::section(self.t("Ce que vous achetez avec un label", "What you buy with a label"), blocks),
            view::section(self.t("Pour choisir", "Choosing"), vec![known]),
        ]
    }
}
