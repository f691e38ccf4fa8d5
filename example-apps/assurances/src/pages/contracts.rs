//! Active contracts and their prices.

use super::Pages;
use mesinfos_sdk::contracts::Kind;
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Unit, Value};
use std::collections::BTreeMap;

impl Pages<'_> {
    pub(super) fn in_short(&self) -> Vec<Block> {
        let count = |insurance: bool| {
            let of_it = self.active.iter().filter(|contract| contract.is_insurance() == insurance).count();
            view::quantity(i64::try_from(of_it).unwrap_or(0), Unit::None)
        };
        // A contract for electricity is no insurance.
        let label = self.t("Assurances en cours", "Current insurance contracts");
        let mut figures = vec![view::figure(Icon::Contract, label, count(true))];
        if self.active.iter().any(|contract| !contract.is_insurance()) {
            let label = self.t("Autres contrats en cours", "Other current contracts");
            figures.push(view::figure(Icon::Contract, label, count(false)));
        }
        let priced = |insurance: bool| {
            let of_it = self.active.iter().filter(move |contract| contract.is_insurance() == insurance);
            let prices: Vec<i64> = of_it.filter_map(|contract| contract.yearly()).collect();
            (!prices.is_empty()).then(|| self.of(prices.iter().sum()))
        };
        let rows = |insurance: bool| {
            let of_it = self.active.iter().filter(move |contract| contract.is_insurance() == insurance);
            of_it.filter(|contract| contract.yearly().is_some()).map(|contract| contract.source)
        };
        let note = self.t("Les contrats dont le prix est indiqué.", "The contracts whose price is given.");
        figures.extend(priced(true).map(|sum| {
            view::figure(Icon::Money, self.t("Assurances, par an", "Yearly cost of insurance"), sum)
                .note(note)
                .because(rows(true))
        }));
        figures.extend(priced(false).map(|sum| {
            view::figure(
                Icon::Money,
                self.t("Autres contrats, par an", "Yearly cost of other contracts"),
                sum,
            )
            .note(note)
            .because(rows(false))
        }));
        vec![Block::KeyFigures(figures)]
    }

    pub(super) fn contracts(&self) -> Vec<Block> {
        let mut kinds: BTreeMap<Kind, i64> = BTreeMap::new();
        for contract in &self.active {
            if let Some(minor) = contract.yearly().filter(|minor| *minor > 0) {
                *kinds.entry(contract.kind).or_default() += minor;
            }
        }
        let mut blocks = Vec::new();
        if kinds.len() > 1 {
            let mut kinds: Vec<_> = kinds.into_iter().collect();
            kinds.sort_by_key(|(_, minor)| -minor);
            let slices =
                kinds.iter().map(|(kind, minor)| (self.kind(*kind).to_owned(), self.of(*minor).major()));
            blocks.push(view::parts(
                self.t("Prix d’un an, par type de contrat", "Price of a year, by type"),
                self.t("La part de chaque type de contrat.", "The share of each type of contract."),
                Unit::None,
                Some(self.currency.code()),
                slices.collect(),
            ));
        }
        let rows = self.active.iter().take(100).map(|contract| {
            vec![
                contract.provider.as_str().into(),
                self.kind(contract.kind).into(),
                Value::Text(contract.name.clone()),
                contract.start.map_or(Value::Missing, Value::from),
                self.some(contract.yearly()),
            ]
        });
        let columns = [
            (self.t("Organisme", "Provider"), ColumnKind::Text),
            (self.t("Type", "Type"), ColumnKind::Text),
            (self.t("Contrat", "Contract"), ColumnKind::Text),
            (self.t("Depuis", "Since"), ColumnKind::Date),
            (self.t("Par an", "Per year"), ColumnKind::Money),
        ];
        blocks.push(view::table(self.t("Vos contrats", "Your contracts"), &columns, rows.collect()));
        blocks
    }
}
