//! Medicines and vaccines.

use super::Pages;
use crate::costs;
use crate::record::{self, Medicine};
use mesinfos_sdk::Date;
use mesinfos_sdk::health::Kind;
use mesinfos_sdk::view::{self, Block, ColumnKind, Section, Unit, Value};

impl Pages<'_> {
    pub(super) fn medicines(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        let medicines = record::medicines(&self.given.items);
        if !medicines.is_empty() {
            sections.push(view::section(self.t("Médicaments", "Medicines"), vec![self.doses(&medicines)]));
        }
        let bought = costs::dispensed(&self.given.care);
        if !bought.is_empty() {
            let rows = bought.iter().take(200).map(|care| {
                vec![
                    care.label.clone().map_or(Value::Missing, Value::Text),
                    care.on.map_or(Value::Missing, Value::from),
                    care.provider.clone().map_or(Value::Missing, Value::Text),
                ]
            });
            let columns = [
                (self.t("Nom", "Name"), ColumnKind::Text),
                (self.t("Le", "On"), ColumnKind::Date),
                (self.t("Pharmacie", "Pharmacy"), ColumnKind::Text),
            ];
            let title = self.t("Médicaments délivrés en pharmacie", "Medicines dispensed at the pharmacy");
            sections.push(view::section(
                title,
                vec![view::table(
                    self.t("D’après l’assurance maladie", "From your health insurer"),
                    &columns,
                    rows.collect(),
                )],
            ));
        }
        let vaccines = self.items(Kind::Immunization);
        // The title of the page promises vaccines.
        if !vaccines.is_empty() || !sections.is_empty() {
            let block = match vaccines.as_slice() {
                [] => view::paragraph(
                    self.t("Aucun vaccin n’est dans ces données.", "There are no vaccines in this data."),
                ),
                some => self.list(self.t("Ce que dit le dossier", "What the record says"), some),
            };
            sections.push(view::section(self.t("Vaccinations", "Vaccinations"), vec![block]));
        }
        sections
    }

    /// Medicines with their doses.
    pub(super) fn doses(&self, medicines: &[Medicine<'_>]) -> Block {
        let some = |text: &Option<String>| text.clone().map_or(Value::Missing, Value::Text);
        let day = |day: Option<Date>| day.map_or(Value::Missing, Value::from);
        let rows = medicines.iter().take(200).map(|medicine| {
            let item = medicine.last;
            vec![
                Value::Text(item.label.clone()),
                some(&item.dose),
                view::quantity(medicine.times, Unit::None),
                day(medicine.first),
                day(item.on),
                day(item.until),
                item.status.as_deref().map_or(Value::Missing, |status| Value::Text(self.status(status))),
                some(&item.provider),
            ]
        });
        let columns = [
            (self.t("Nom", "Name"), ColumnKind::Text),
            (self.t("Dose indiquée", "Stated dose"), ColumnKind::Text),
            (self.t("Nombre de fois", "Times"), ColumnKind::Quantity),
            (self.t("Première fois", "First time"), ColumnKind::Date),
            (self.t("Dernière fois", "Last time"), ColumnKind::Date),
            (self.t("Jusqu’au", "Until"), ColumnKind::Date),
            (self.t("État", "Status"), ColumnKind::Text),
            (self.t("Délivré par", "Dispensed by"), ColumnKind::Text),
        ];
        view::table(self.t("Ce que dit le dossier", "What the record says"), &columns, rows.collect())
    }
}
