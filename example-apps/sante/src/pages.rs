//! The pages of the view.

use crate::Given;
use crate::costs::{self, Care, Sums};
use crate::record::Item;
use mesinfos_sdk::health::Kind;
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Level, Report, Section, Tone, Unit, Value, XyKind};
use mesinfos_sdk::{Context, Currency, Date, Money};

/// Kinds of items and care, in French and English.
const KINDS: [(Kind, &str, &str); 17] = [
    (Kind::Professional, "Consultation et soins", "Doctors and carers"),
    (Kind::Institutional, "Hôpital", "Hospital"),
    (Kind::Pharmacy, "Pharmacie", "Pharmacy"),
    (Kind::Dental, "Dentaire", "Dental"),
    (Kind::Vision, "Optique", "Vision"),
    (Kind::Medication, "Médicament", "Medicine"),
    (Kind::Allergy, "Allergie", "Allergy"),
    (Kind::Immunization, "Vaccination", "Vaccination"),
    (Kind::Problem, "Problème de santé", "Health problem"),
    (Kind::Procedure, "Acte", "Procedure"),
    (Kind::Appointment, "Rendez-vous", "Appointment"),
    (Kind::Device, "Dispositif", "Device"),
    (Kind::Encounter, "Venue", "Encounter"),
    (Kind::Imaging, "Imagerie", "Imaging"),
    (Kind::Coverage, "Couverture", "Coverage"),
    (Kind::LabResult, "Analyse", "Laboratory"),
    (Kind::Other, "Autre", "Other"),
];

/// What the pages have in common.
struct Pages<'a> {
    ctx: &'a Context,
    currency: Currency,
    given: &'a Given,
    care: Vec<&'a Care>,
    /// Claims that two holders tell of.
    twice: usize,
}

pub(crate) fn report(ctx: &Context, currency: Currency, given: &Given) -> Report {
    let (care, twice) = costs::counted(&given.care);
    let pages = Pages { ctx, currency, given, care, twice };
    let headline = ctx.t(
        "Votre dossier rangé : traitements, vaccins, dates, et qui a payé.",
        "Your record in order: medicines, vaccines, dates, and who paid.",
    );
    let mut report = view::report(ctx, ctx.t("Santé", "Health"), headline, pages.in_short());
    let more = [
        (ctx.t("Traitements et vaccins", "Medicines and vaccines"), Icon::Health, pages.medicines()),
        (ctx.t("Chronologie", "Timeline"), Icon::Calendar, pages.timeline()),
        (ctx.t("Mesures", "Measures"), Icon::Chart, pages.measures()),
        (ctx.t("Qui a payé", "Who paid"), Icon::Money, pages.paid()),
    ];
    for (title, icon, sections) in more {
        if !sections.is_empty() {
            report = report.page(title, icon, sections);
        }
    }
    pages.limits(report)
}

impl<'a> Pages<'a> {
    fn t<'b>(&self, fr: &'b str, en: &'b str) -> &'b str {
        self.ctx.t(fr, en)
    }

    fn some(&self, minor: Option<i64>) -> Value {
        minor.map_or(Value::Missing, |minor| Money::new(minor, self.currency).into())
    }

    fn kind(&self, kind: Kind) -> &'static str {
        let known = KINDS.iter().find(|(known, ..)| *known == kind);
        known.map_or("", |(_, fr, en)| self.ctx.lang.t(fr, en))
    }

    fn items(&self, kind: Kind) -> Vec<&'a Item> {
        self.given.items.iter().filter(|item| item.kind == kind).take(200).collect()
    }

    fn in_short(&self) -> Vec<Section> {
        let mut figures = Vec::new();
        let counts = [
            (Kind::Medication, Icon::Health, self.t("Médicaments au dossier", "Medicines on record")),
            (Kind::Immunization, Icon::Health, self.t("Vaccinations au dossier", "Vaccinations on record")),
        ];
        for (kind, icon, label) in counts {
            let count = i64::try_from(self.items(kind).len()).unwrap_or(0);
            if count > 0 {
                figures.push(view::figure(icon, label, view::quantity(count, Unit::None)));
            }
        }
        figures.extend(self.sums(&costs::sums(self.care.iter().copied())));
        figures.truncate(6);
        let notice = view::notice(
            Level::Info,
            self.t("Cette page range, elle ne conseille rien", "This page puts in order, it advises nothing"),
            self.t(
                "Tout est montré comme vos organismes l’ont écrit. Pour ce que cela veut dire, parlez à votre médecin ou à votre pharmacien.",
                "Everything is shown as your holders wrote it. For what it means, ask your doctor or pharmacist.",
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
                self.t("Allergies et problèmes au dossier", "Allergies and problems on record"),
                tables,
            ));
        }
        sections.extend(self.covers());
        sections
    }

    /// Items of one kind.
    fn list(&self, title: &str, items: &[&Item]) -> Block {
        let some = |text: &Option<String>| text.clone().map_or(Value::Missing, Value::Text);
        let day = |day: Option<Date>| day.map_or(Value::Missing, Value::from);
        let rows = items.iter().map(|item| {
            vec![
                Value::Text(item.label.clone()),
                day(item.on),
                day(item.until),
                some(&item.status),
                some(&item.provider),
            ]
        });
        let columns = [
            (self.t("Nom", "Name"), ColumnKind::Text),
            (self.t("Depuis", "Since"), ColumnKind::Date),
            (self.t("Jusqu’au", "Until"), ColumnKind::Date),
            (self.t("État", "Status"), ColumnKind::Text),
            (self.t("Par", "By"), ColumnKind::Text),
        ];
        view::table(title, &columns, rows.collect())
    }

    /// Who covers, by the record and by contracts.
    fn covers(&self) -> Option<Section> {
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
            (self.t("Depuis", "Since"), ColumnKind::Date),
        ];
        let table = view::table(self.t("Vos couvertures", "Your covers"), &columns, rows);
        Some(view::section(self.t("Qui vous couvre", "Who covers you"), vec![table]))
    }

    fn medicines(&self) -> Vec<Section> {
        let mut sections = Vec::new();
        let medicines = self.items(Kind::Medication);
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
            let title = self.t("Délivré en pharmacie, d’après l’assurance", "Dispensed, by the insurer");
            sections.push(view::section(
                title,
                vec![view::table(
                    self.t("Ce que l’assurance a vu", "What the insurer saw"),
                    &columns,
                    rows.collect(),
                )],
            ));
        }
        let vaccines = self.items(Kind::Immunization);
        if !vaccines.is_empty() {
            let title = self.t("Vaccinations", "Vaccinations");
            sections.push(view::section(
                title,
                vec![self.list(self.t("Ce que dit le dossier", "What the record says"), &vaccines)],
            ));
        }
        sections
    }

    /// Medicines with their doses.
    fn doses(&self, medicines: &[&Item]) -> Block {
        let some = |text: &Option<String>| text.clone().map_or(Value::Missing, Value::Text);
        let day = |day: Option<Date>| day.map_or(Value::Missing, Value::from);
        let rows = medicines.iter().map(|item| {
            let name = Value::Text(item.label.clone());
            vec![
                name,
                some(&item.dose),
                day(item.on),
                day(item.until),
                some(&item.status),
                some(&item.provider),
            ]
        });
        let columns = [
            (self.t("Nom", "Name"), ColumnKind::Text),
            (self.t("Dose écrite", "Dose as written"), ColumnKind::Text),
            (self.t("Depuis", "Since"), ColumnKind::Date),
            (self.t("Jusqu’au", "Until"), ColumnKind::Date),
            (self.t("État", "Status"), ColumnKind::Text),
            (self.t("Par", "By"), ColumnKind::Text),
        ];
        view::table(self.t("Ce que dit le dossier", "What the record says"), &columns, rows.collect())
    }

    /// Items and care by day, the newest first.
    fn timeline(&self) -> Vec<Section> {
        let mut events: Vec<(Date, view::Event)> = Vec::new();
        for item in self.given.items.iter().filter(|item| item.kind != Kind::Coverage) {
            if let Some(on) = item.on {
                let event = view::event(on, Icon::Health, &item.label, self.kind(item.kind), None);
                events.push((on, event));
            }
        }
        for care in &self.care {
            if let Some(on) = care.on {
                let kind = care.kind.map_or("", |kind| self.kind(kind));
                let title = care.provider.as_deref().or(care.label.as_deref()).unwrap_or(kind);
                let charged = care.charged.map(|_| self.some(care.charged));
                events.push((on, view::event(on, Icon::Receipt, title, kind, charged)));
            }
        }
        if events.is_empty() {
            return Vec::new();
        }
        events.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
        let shown = events.into_iter().map(|(_, event)| event).take(100).collect();
        let title = self.t("Du plus récent au plus ancien", "The newest first");
        vec![view::section(
            title,
            vec![view::timeline(self.t("Vos cent dernières dates", "Your last hundred dates"), shown)],
        )]
    }

    fn measures(&self) -> Vec<Section> {
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
            (self.t("Mesure", "Measure"), ColumnKind::Text),
            (self.t("Dernière valeur", "Last value"), ColumnKind::Text),
            (self.t("Unité", "Unit"), ColumnKind::Text),
            (self.t("Le", "On"), ColumnKind::Date),
            (self.t("Valeurs", "Values"), ColumnKind::Quantity),
        ];
        let table = view::table(self.t("Dernières valeurs", "Last values"), &columns, rows.collect());
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
                "The mean of each month that has a value.",
            );
            let series = vec![view::series(label, Unit::None, None, points)];
            blocks.push(view::by_month(&title, takeaway, XyKind::Line, &months, series));
        }
        vec![view::section(self.t("Mesures et analyses", "Measures and laboratory"), blocks)]
    }

    /// Figures of what was paid by whom; what nobody says is left out.
    fn sums(&self, sums: &Sums) -> Vec<view::KeyFigure> {
        let figures = [
            (sums.charged, Icon::Receipt, self.t("Facturé", "Charged")),
            (sums.insurer, Icon::Contract, self.t("Payé par l’assurance", "Paid by the insurer")),
            (sums.person, Icon::Money, self.t("À votre charge", "Your share")),
        ];
        let said = figures.into_iter().filter_map(|(minor, icon, label)| {
            let note = self.t("Là où vos données le disent.", "Where your data say so.");
            minor.map(|minor| view::figure(icon, label, Money::new(minor, self.currency)).note(note))
        });
        said.collect()
    }

    fn paid(&self) -> Vec<Section> {
        let sums = costs::sums(self.care.iter().copied());
        let mut figures = self.sums(&sums);
        if figures.is_empty() {
            return Vec::new();
        }
        figures.extend(sums.neither.filter(|minor| *minor != 0).map(|minor| {
            let figure = view::figure(
                Icon::None,
                self.t("Ni l’un ni l’autre", "Neither of the two"),
                Money::new(minor, self.currency),
            );
            figure.note(self.t(
                "Facturé, et payé par aucun des deux : remise convenue, autre assureur, ou pas encore réglé.",
                "Charged, and paid by neither: taken off by agreement, another insurer, or not settled yet.",
            ))
        }));
        let mut blocks = vec![Block::KeyFigures(figures)];
        blocks.extend(self.by_year());
        let kinds = costs::by(&self.care, |care| care.kind);
        let rows = kinds.iter().map(|(kind, sums)| {
            let count = view::quantity(sums.count, Unit::None);
            let kind = self.kind(*kind).into();
            vec![kind, count, self.some(sums.charged), self.some(sums.insurer), self.some(sums.person)]
        });
        let columns = [
            (self.t("Soins", "Care"), ColumnKind::Text),
            (self.t("Nombre", "Number"), ColumnKind::Quantity),
            (self.t("Facturé", "Charged"), ColumnKind::Money),
            (self.t("Assurance", "Insurer"), ColumnKind::Money),
            (self.t("Vous", "You"), ColumnKind::Money),
        ];
        blocks.push(view::table(self.t("Par type de soins", "By kind of care"), &columns, rows.collect()));
        vec![view::section(self.t("Ce que vos soins ont coûté", "What your care cost"), blocks)]
    }

    fn by_year(&self) -> Option<Block> {
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
            view::series(self.t("Assurance", "Insurer"), Unit::None, code, points(|sums| sums.insurer)),
            view::series(self.t("Vous", "You"), Unit::None, code, points(|sums| sums.person)),
        ];
        series[1].tone = Tone::Accent;
        Some(view::by_label(
            self.t("Année par année", "Year by year"),
            self.t("Qui a payé vos soins, chaque année.", "Who paid for your care, each year."),
            XyKind::StackedBar,
            years.keys().map(i32::to_string).collect(),
            series,
        ))
    }

    /// What could not be said, and who has what is missing.
    fn limits(&self, mut report: Report) -> Report {
        let given = self.given;
        if given.items.is_empty() && given.measures.is_empty() {
            report = report.limit(self.t(
                "Sans votre dossier (Mon espace santé, votre hôpital ou votre médecin l’ont), ni traitement ni vaccin n’est montré.",
                "Without your record (your hospital, your doctor or Mon espace santé has it), no medicine or vaccine is shown.",
            ));
        }
        if given.care.is_empty() {
            report = report.limit(self.t(
                "Sans vos remboursements (l’Assurance Maladie et votre mutuelle les ont), on ne sait pas qui a payé.",
                "Without your claims (your health insurers have them), who paid is not known.",
            ));
        }
        if given.covers.is_empty() && self.items(Kind::Coverage).is_empty() {
            report = report.limit(self.t(
                "Sans vos contrats (votre mutuelle les a), qui vous couvre n’est pas dit.",
                "Without your contracts (your insurer has them), who covers you is not said.",
            ));
        }
        if self.twice > 0 {
            report = report.limit(self.t(
                "Des soins que deux organismes disent pareil, même jour et mêmes montants, sont comptés une fois.",
                "Care that two holders tell alike, same day and amounts, is counted once.",
            ));
        }
        if given.others {
            report = report.limit(
                self.t("Les autres devises ne sont pas comptées.", "Other currencies are not counted."),
            );
        }
        report.limit(self.t(
            "Ce qui n’est pas dans vos données n’est pas ici : une liste vide ne veut pas dire « aucun ».",
            "What is not in your data is not here: that something is missing does not mean that there is none.",
        ))
    }
}
