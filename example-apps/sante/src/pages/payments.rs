//! Costs of care, and who paid them.

use super::Pages;
use crate::costs::{self, Care, Sums};
use mesinfos_sdk::Money;
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Section, Tone, Unit, XyKind};

impl Pages<'_> {
    /// Figures of amounts by payer; unknown ones are left out.
    pub(super) fn sums(&self, sums: &Sums) -> Vec<view::KeyFigure> {
        let figures = [
            (sums.charged, Icon::Receipt, self.t("Facturé", "Charged")),
            (
                sums.insurer,
                Icon::Contract,
                self.t("Remboursé par l’assurance maladie", "Refunded by health insurance"),
            ),
            (
                Some(sums.back).filter(|back| *back > 0),
                Icon::Contract,
                self.t("Remboursé par la complémentaire santé", "Refunded by top-up insurance"),
            ),
            (sums.person, Icon::Money, self.left(sums)),
        ];
        let said = figures.into_iter().filter_map(|(minor, icon, label)| {
            minor.map(|minor| {
                view::figure(icon, label, Money::new(minor, self.currency)).note(&self.counted())
            })
        });
        said.collect()
    }

    /// A figure of [`Self::sums`] with the care behind it.
    fn with_rows(&self, figure: view::KeyFigure, sums: &Sums) -> view::KeyFigure {
        let of: fn(&Care) -> Option<i64> = match figure.label.as_str() {
            label if label == self.t("Facturé", "Charged") => |care| care.charged,
            label if label == self.left(sums) => |care| care.person,
            label if label == self.t("Remboursé par l’assurance maladie", "Refunded by health insurance") => {
                |care| care.insurer
            }
            _ => return figure,
        };
        figure.because(self.care.iter().filter(|care| of(care).is_some()).map(|care| care.source))
    }

    /// Name of what is left: of the person only if what the complementary insurance gave back is known.
    fn left(&self, sums: &Sums) -> &'static str {
        if sums.back > 0 || sums.person == Some(0) {
            self.ctx.lang.t("Reste à votre charge", "Left for you to pay")
        } else {
            self.ctx.lang.t("Reste après l’assurance maladie", "Left after health insurance")
        }
    }

    /// Which care a total counts.
    fn counted(&self) -> String {
        let Some((first, last)) = self.days() else {
            return self.t("Les soins dont le montant est donné.", "Care with a stated amount.").to_owned();
        };
        let range = self.ctx.lang.days(first, last);
        self.t("Les soins dont le montant est donné, {}.", "Care with a stated amount, {}.")
            .replace("{}", &range)
    }

    pub(super) fn paid(&self) -> Vec<Section> {
        let sums = costs::sums(&self.care);
        let figures = self.sums(&sums);
        if figures.is_empty() {
            return Vec::new();
        }
        // Once for each label: the same figures stand on the first page.
        let mut figures: Vec<_> = figures.into_iter().map(|figure| self.with_rows(figure, &sums)).collect();
        figures.extend(sums.neither.filter(|minor| *minor != 0).map(|minor| {
            let figure = view::figure(
                Icon::None,
                self.t("Payé par aucune des deux", "Paid by neither"),
                Money::new(minor, self.currency),
            );
            figure.note(self.t(
                "Ce montant est facturé, mais ni vous ni l’assurance maladie ne l’avez payé : remise convenue, autre assureur, ou pas encore réglé.",
                "This amount was charged, but neither you nor the health insurer paid it: an agreed discount, another insurer, or not settled yet.",
            ))
        }));
        let mut blocks = vec![Block::KeyFigures(figures)];
        blocks.extend(self.by_year(&sums));
        let kinds = costs::by(&self.care, |care| care.kind);
        let rows = kinds.iter().map(|(kind, sums)| {
            let count = view::quantity(sums.count, Unit::None);
            let kind = self.kind(*kind).into();
            let back = Some(sums.back).filter(|back| *back > 0);
            let payers = [sums.charged, sums.insurer, back, sums.person].map(|minor| self.some(minor));
            [kind, count].into_iter().chain(payers).collect()
        });
        let columns = [
            (self.t("Soins", "Care"), ColumnKind::Text),
            (self.t("Nombre", "Number"), ColumnKind::Quantity),
            (self.t("Facturé", "Charged"), ColumnKind::Money),
            (self.t("Assurance maladie", "Health insurance"), ColumnKind::Money),
            (self.t("Complémentaire santé", "Top-up insurance"), ColumnKind::Money),
            (self.left(&sums), ColumnKind::Money),
        ];
        blocks.push(view::table(self.t("Par type de soins", "By type of care"), &columns, rows.collect()));
        vec![view::section(self.t("Ce que vos soins ont coûté", "What your care cost"), blocks)]
    }

    /// `all` are the sums of all years.
    pub(super) fn by_year(&self, all: &Sums) -> Option<Block> {
        let years = costs::by(&self.care, |care| Some(care.on?.year()));
        if !years.values().any(|sums| sums.insurer.or(sums.person).is_some()) {
            return None;
        }
        let points = |of: fn(&Sums) -> Option<i64>| {
            years
                .values()
                .map(|sums| of(sums).map(|minor| Money::new(minor, self.currency).major()))
                .collect()
        };
        let code = Some(self.currency.code());
        let mut series = vec![
            view::series(
                self.t("Assurance maladie", "Health insurance"),
                Unit::None,
                code,
                points(|sums| sums.insurer),
            ),
            view::series(self.left(all), Unit::None, code, points(|sums| sums.person)),
        ];
        series[1].tone = Tone::Accent;
        if years.values().any(|sums| sums.back > 0) {
            let label = self.t("Complémentaire santé", "Top-up insurance");
            series.insert(1, view::series(label, Unit::None, code, points(|sums| Some(sums.back))));
        }
        Some(view::by_label(
            self.t("Année par année", "Year by year"),
            self.t("Qui a payé vos soins, chaque année.", "Who paid for your care, each year."),
            XyKind::StackedBar,
            years.keys().map(i32::to_string).collect(),
            series,
        ))
    }
}
