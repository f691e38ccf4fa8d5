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
        let rows = LABELS.iter().enumerate().map(|(i, label)| {
            let paid = self.shopping.labels.get(&i).map_or(Value::Missing, |minor| self.of(*minor).into());
            vec![
                self.t(label.name.0, label.name.1).into(),
                paid,
                self.t(label.certifies.0, label.certifies.1).into(),
            ]
        });
        let columns = [
            (self.t("Label", "Label"), ColumnKind::Text),
            (self.t("Payé", "Paid"), ColumnKind::Money),
            (self.t("Ce qu’il certifie", "What it certifies"), ColumnKind::Text),
        ];
        let known = view::table(
            self.t("Les labels et ce qu’ils certifient", "Labels and what they certify"),
            &columns,
            rows.collect(),
        );
        let reading = view::notice(
            Level::Info,
            self.t("D’après le libellé de vos tickets", "Read in the words of your receipts"),
            self.t(
                "Un ticket abrège : un produit peut avoir un label sans que le ticket le dise. Une part est donc un minimum, et une famille absente n’est pas une famille sans label.",
                "Receipts are short: a product may have a label that they do not say. A share is at least that much, and a class that is not here may have labels too.",
            ),
        );
        let shares: Vec<view::Progress> = shares.collect();
        let mut blocks = vec![reading];
        if !shares.is_empty() {
            blocks.insert(0, Block::Progress(shares));
        }
        vec![
            view::section(self.t("Ce qui a un label, par famille", "What has a label, by class"), blocks),
            view::section(self.t("Choisir en connaissance de cause", "Choosing with knowledge"), vec![known]),
        ]
    }
}
