//! Amounts actually paid.

use super::Pages;
use crate::paid;
use mesinfos_sdk::view::{self, ColumnKind, Section};

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
            (self.t("Annoncé, par an", "Stated, a year"), ColumnKind::Money),
            (self.t("Facturé", "Billed"), ColumnKind::Money),
            (self.t("Débité", "Debited"), ColumnKind::Money),
        ];
        let table = view::table(
            self.t("Douze mois, par organisme", "Twelve months, by provider"),
            &columns,
            rows.collect(),
        );
        let from = self.given.debits.iter().map(|debit| debit.day).min();
        let words = self.t(
            "Facturé et débité depuis le {}. Vos données bancaires commencent le {} : ce qui précède manque.",
            "Billed and debited since {}. Your bank data begins on {}: what is earlier is missing.",
        );
        let since = paid::year_before(today);
        let mut blocks = vec![table];
        blocks.extend(
            from.filter(|from| *from > since).map(|from| view::told(words, vec![since.into(), from.into()])),
        );
        Some(view::section(self.t("Ce qui est vraiment payé", "What is really paid"), blocks))
    }
}
