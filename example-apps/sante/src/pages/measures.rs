//! Vital signs and laboratory results.

use super::Pages;
use mesinfos_sdk::Date;
use mesinfos_sdk::view::{self, ColumnKind, Section, Unit, Value, XyKind};

impl Pages<'_> {
    pub(super) fn measures(&self) -> Vec<Section> {
        if self.given.measures.is_empty() {
            return Vec::new();
        }
        let rows = self.given.measures.iter().take(200).filter_map(|((label, unit), values)| {
            let (on, value) = values.last.as_ref()?;
            let unit = unit.clone().map_or(Value::Missing, Value::Text);
            let count = view::quantity(values.count, Unit::None);
            Some(vec![label.as_str().into(), Value::Text(value.clone()), unit, (*on).into(), count])
        });
        let columns = [
            (self.t("Mesure", "Measurement"), ColumnKind::Text),
            (self.t("Dernière valeur", "Latest value"), ColumnKind::Text),
            (self.t("Unité", "Unit"), ColumnKind::Text),
            (self.t("Le", "On"), ColumnKind::Date),
            (self.t("Valeurs", "Values"), ColumnKind::Quantity),
        ];
        let table = view::table(self.t("Dernières valeurs", "Latest values"), &columns, rows.collect());
        let mut blocks = vec![table];
        let mut courses: Vec<_> =
            self.given.measures.iter().map(|(measure, values)| (measure, values.course())).collect();
        courses.sort_by_key(|(_, course)| std::cmp::Reverse(course.len()));
        for ((label, unit), course) in courses.iter().take(3).filter(|(_, course)| course.len() >= 3) {
            let title = unit.as_ref().map_or_else(|| label.clone(), |unit| format!("{label} ({unit})"));
            let months: Vec<Date> = course.iter().map(|(month, _)| *month).collect();
            let points = course.iter().map(|(_, mean)| Some(*mean)).collect();
            let takeaway = self.t(
                "La moyenne de chaque mois où il y a une valeur.",
                "The average of each month that has a value.",
            );
            let series = vec![view::series(label, Unit::None, None, points)];
            blocks.push(view::by_month(&title, takeaway, XyKind::Line, &months, series));
        }
        vec![view::section(self.t("Mesures et analyses", "Measurements and lab tests"), blocks)]
    }
}
