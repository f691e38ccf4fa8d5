//! Summary of the record, and health cover.

use super::Pages;
use crate::costs;
use mesinfos_sdk::Date;
use mesinfos_sdk::health::Kind;
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Level, Section, Unit, Value};
use mesinfos_sdk::words::fold;
use std::collections::BTreeSet;

impl Pages<'_> {
    pub(super) fn in_short(&self) -> Vec<Section> {
        let mut figures = Vec::new();
        let counts = [
            (
                Kind::Medication,
                Icon::Health,
                self.t("Médicaments dans votre dossier", "Medicines on your record"),
            ),
            (
                Kind::Immunization,
                Icon::Health,
                self.t("Vaccinations dans votre dossier", "Vaccinations on your record"),
            ),
        ];
        for (kind, icon, label) in counts {
            let names =
                self.given.items.iter().filter(|item| item.kind == kind).map(|item| fold(&item.label));
            // A medicine that was dispensed six times is one medicine; each vaccination counts.
            let count = match kind {
                Kind::Medication => names.collect::<BTreeSet<String>>().len(),
                _ => names.count(),
            };
            let count = i64::try_from(count).unwrap_or(0);
            if count > 0 {
                figures.push(
                    view::figure(icon, label, view::quantity(count, Unit::None)).note(&self.dated(kind)),
                );
            }
        }
        figures.extend(self.sums(&costs::sums(&self.care)));
        figures.truncate(6);
        let notice = view::notice(
            Level::Info,
            self.t("Cette page range vos données et ne donne aucun conseil", "This page sorts your data and gives no advice"),
            self.t(
                "Tout est montré tel que les organismes l’ont écrit. Pour savoir ce que cela veut dire, parlez-en à votre médecin ou à la pharmacie.",
                "Everything is shown as the organisations wrote it. To find out what it means, ask your doctor or pharmacist.",
            ),
        );
        let mut blocks = vec![notice];
        if !figures.is_empty() {
            blocks.insert(0, Block::KeyFigures(figures));
        }
        let mut sections = vec![view::section(self.t("En bref", "In short"), blocks)];
        let to_know = [
            (Kind::Allergy, self.t("Allergies", "Allergies")),
            (Kind::Problem, self.t("Problèmes de santé", "Health problems")),
        ];
        let tables: Vec<Block> = to_know
            .into_iter()
            .filter(|(kind, _)| !self.items(*kind).is_empty())
            .map(|(kind, title)| self.list(title, &self.items(kind)))
            .collect();
        if !tables.is_empty() {
            sections.push(view::section(
                self.t("Allergies et problèmes dans votre dossier", "Allergies and problems on your record"),
                tables,
            ));
        }
        sections.extend(self.covers());
        sections
    }

    /// From which day to which the items of a kind are.
    fn dated(&self, kind: Kind) -> String {
        let days = || self.given.items.iter().filter(|item| item.kind == kind).filter_map(|item| item.on);
        match days().min().zip(days().max()) {
            Some((first, last)) => self.ctx.lang.sentence(&self.ctx.lang.days(first, last)),
            None => self.t("Aucune date n’est donnée.", "No date is given.").to_owned(),
        }
    }

    /// Health cover, from the record and from contracts.
    pub(super) fn covers(&self) -> Option<Section> {
        let day = |day: Option<Date>| day.map_or(Value::Missing, Value::from);
        let of_record = self.items(Kind::Coverage).into_iter().map(|item| {
            vec![
                item.provider.clone().map_or(Value::Missing, Value::Text),
                item.label.as_str().into(),
                day(item.on),
            ]
        });
        let of_contracts = self.given.covers.iter().map(|cover| {
            let name = if cover.name.is_empty() { Value::Missing } else { Value::Text(cover.name.clone()) };
            vec![cover.provider.as_str().into(), name, day(cover.since)]
        });
        let rows: Vec<Vec<Value>> = of_contracts.chain(of_record).take(100).collect();
        if rows.is_empty() {
            return None;
        }
        let columns = [
            (self.t("Organisme", "Provider"), ColumnKind::Text),
            (self.t("Contrat", "Contract"), ColumnKind::Text),
            (self.t("Depuis le", "Since"), ColumnKind::Date),
        ];
        let table = view::table(self.t("Vos contrats santé", "Your health contracts"), &columns, rows);
        Some(view::section(self.t("Qui vous couvre", "Who covers you"), vec![table]))
    }
}
