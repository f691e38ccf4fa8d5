//! Amounts actually paid.

use super::Pages;
use crate::paid;
use mesinfos_sdk::view::{self, ColumnKind, Section, Unit};

impl Pages<'_> {
    /// Prices in contracts beside billed and debited amounts.
    pub(super) fn paid(&self) -> Option<Section> {
        let today = self.ctx.today;
        let providers =
            paid::by_provider(&self.given.contracts, &self.given.bills, &self.given.debits, today);
        let known: Vec<_> =
            providers.iter().filter(|(_, paid)| paid.billed.or(paid.debited).is_some()).collect();
        if known.is_empty() {
            return None;
        }
        let rows = known.iter().take(50).map(|(name, paid)| {
            vec![
                name.as_str().into(),
                self.some(paid.stated),
                self.some(paid.billed),
                self.some(paid.debited),
            ]
        });
        let columns = [
            (self.t("Organisme", "Provider"), ColumnKind::Text),
            (self.t("Prix annoncé, par an", "Stated price per year"), ColumnKind::Money),
            (self.t("Facturé", "Billed"), ColumnKind::Money),
            (self.t("Débité", "Debited"), ColumnKind::Money),
        ];
        let table = view::table(
            self.t("Les douze derniers mois, par organisme", "The last twelve months, by provider"),
            &columns,
            rows.collect(),
        );
        let words = self.t(
            "Sur ces douze mois, votre banque n’en montre que {}, du {} au {} : ce qui est débité n’est pas le prix d’un an.",
            "Of these twelve months, your bank shows only {}, from {} to {}: what was debited is not the price of a year.",
        );
        let mut blocks = vec![table];
        if let Some((from, until, months)) =
            paid::covered(&self.given.debits, today).filter(|(.., months)| *months < 12)
        {
            let values = vec![view::quantity(months, Unit::Month), from.into(), until.into()];
            // Before the amounts, which nobody should compare first.
            blocks.insert(0, view::told(words, values));
        }
        Some(view::section(self.t("Ce que vous payez vraiment", "What you really pay"), blocks))
    }
}
