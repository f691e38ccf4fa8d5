//! Qualifications and courses.

use super::Pages;
use crate::path::{self, Step};
use mesinfos_sdk::education::Row;
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Section, Tone, Unit, Value};

impl Pages<'_> {
    pub(super) fn path(&self) -> Vec<Section> {
        let steps = &self.given.steps;
        let count =
            |row: Row| i64::try_from(steps.iter().filter(|step| step.row == row).count()).unwrap_or(0);
        let mut figures = Vec::new();
        for (row, label) in [
            (Row::Credential, self.t("Diplômes et certificats", "Qualifications")),
            (Row::Course, self.t("Cours", "Courses")),
        ] {
            if count(row) > 0 {
                figures.push(view::figure(Icon::Contract, label, view::quantity(count(row), Unit::None)));
            }
        }
        if let Some((step, level)) = path::highest(steps) {
            let label = self.t("Plus haut niveau européen", "Highest European level");
            let mut note = format!("{} {}", self.t("Sur une échelle de 8 :", "On a scale of 8:"), step.title);
            if let Some(like) = path::in_france(level) {
                note = format!("{note} ({like})");
            }
            figures.push(view::figure(Icon::Chart, label, view::quantity(level, Unit::None)).note(&note));
        }
        if let Some((row, thousandths)) = path::credits(steps) {
            let label = match row {
                Row::Course => self.t("Crédits de vos cours", "Credits from your courses"),
                _ => self.t("Crédits de vos diplômes", "Credits from your qualifications"),
            };
            figures.push(view::figure(Icon::Clock, label, view::tenths(thousandths / 100, Unit::None)));
        }
        let mut sections = Vec::new();
        if !figures.is_empty() {
            sections.push(view::section(self.t("En bref", "In short"), vec![Block::KeyFigures(figures)]));
        }
        sections.extend(self.timeline());
        sections.push(view::section(self.t("En détail", "In detail"), self.steps()));
        sections
    }

    pub(super) fn row(&self, row: Row) -> &'static str {
        let (fr, en) = match row {
            Row::Credential => ("Diplôme ou certificat", "Qualification"),
            Row::Course => ("Cours", "Course"),
            Row::Grade => ("Note", "Mark"),
            _ => ("Inscription", "Enrolment"),
        };
        self.ctx.lang.t(fr, en)
    }

    pub(super) fn timeline(&self) -> Option<Section> {
        let dated = self.given.steps.iter().filter(|step| step.row != Row::Grade);
        let events = dated.filter_map(|step| {
            let tone = if step.row == Row::Credential { Tone::Accent } else { Tone::Neutral };
            let words = step.institution.as_deref().unwrap_or_else(|| self.row(step.row));
            let mut event = view::event(step.start?, Icon::Contract, &step.title, words, None);
            event.tone = tone;
            Some(event)
        });
        let events: Vec<view::Event> = events.take(100).collect();
        let title = self.t("Du plus récent au plus ancien", "Most recent first");
        (!events.is_empty()).then(|| {
            view::section(title, vec![view::timeline(self.t("Votre parcours", "Your education"), events)])
        })
    }

    pub(super) fn steps(&self) -> Vec<Block> {
        let rows = self.given.steps.iter().take(300).map(|step: &Step| {
            let some = |text: &Option<String>| text.clone().map_or(Value::Missing, Value::Text);
            vec![
                Value::Text(step.title.clone()),
                self.row(step.row).into(),
                some(&step.institution),
                step.start.map_or(Value::Missing, Value::from),
                step.level.map_or(Value::Missing, |level| view::quantity(level, Unit::None)),
                step.credits.map_or(Value::Missing, |credits| view::tenths(credits / 100, Unit::None)),
                some(&step.result),
                step.is_signed.map_or(Value::Missing, Value::Flag),
            ]
        });
        let columns = [
            (self.t("Intitulé", "Title"), ColumnKind::Text),
            (self.t("Type", "Type"), ColumnKind::Text),
            (self.t("Établissement", "Institution"), ColumnKind::Text),
            (self.t("Date", "Date"), ColumnKind::Date),
            (self.t("Niveau", "Level"), ColumnKind::Quantity),
            (self.t("Crédits", "Credits"), ColumnKind::Quantity),
            (self.t("Résultat", "Result"), ColumnKind::Text),
            (self.t("Signé", "Signed"), ColumnKind::Flag),
        ];
        let levels = self.t(
            "Le niveau est celui du cadre européen des certifications, de 1 à 8. En France : 3 pour un CAP, 4 pour un baccalauréat, 5 pour un BTS, 6 pour une licence, 7 pour un master, 8 pour un doctorat (décret n° 2019-14). « Signé » signifie que le fichier porte une signature ; elle n’est pas vérifiée ici.",
            "The level is that of the European Qualifications Framework, 1 to 8. In France: 3 for a CAP, 4 for a baccalauréat, 5 for a BTS, 6 for a licence, 7 for a master, 8 for a doctorate (decree 2019-14). “Signed” means that the file carries a signature; it is not verified here.",
        );
        vec![
            view::table(
                self.t("Diplômes, cours, notes", "Qualifications, courses, marks"),
                &columns,
                rows.collect(),
            ),
            view::paragraph(levels),
        ]
    }
}
