//! The pages of the view.

use crate::Given;
use crate::costs::{self, Care};
use crate::record::Item;
use mesinfos_sdk::health::Kind;
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Report, Value};
use mesinfos_sdk::{Context, Currency, Date, Money};

mod dates;
mod measures;
mod medicines;
mod payments;
mod record;

/// Kinds of items and care, in French and English.
const KINDS: [(Kind, &str, &str); 17] = [
    (Kind::Professional, "Consultation et soins", "Consultations and care"),
    (Kind::Institutional, "Hôpital", "Hospital"),
    (Kind::Pharmacy, "Pharmacie", "Pharmacy"),
    (Kind::Dental, "Dentaire", "Dental"),
    (Kind::Vision, "Optique", "Optical"),
    (Kind::Medication, "Médicament", "Medicine"),
    (Kind::Allergy, "Allergie", "Allergy"),
    (Kind::Immunization, "Vaccination", "Vaccination"),
    (Kind::Problem, "Problème de santé", "Health problem"),
    (Kind::Procedure, "Acte médical", "Procedure"),
    (Kind::Appointment, "Rendez-vous", "Appointment"),
    (Kind::Device, "Dispositif médical", "Device"),
    (Kind::Encounter, "Passage dans un établissement", "Visit"),
    (Kind::Imaging, "Imagerie", "Imaging"),
    (Kind::Coverage, "Couverture", "Cover"),
    (Kind::LabResult, "Analyse", "Lab test"),
    (Kind::Other, "Autre", "Other"),
];

/// Data shared by the pages.
struct Pages<'a> {
    ctx: &'a Context,
    currency: Currency,
    given: &'a Given,
    care: Vec<Care>,
    /// Number of claims reported by two holders.
    twice: usize,
}

pub(crate) fn report(ctx: &Context, currency: Currency, given: &Given) -> Report {
    let (care, twice) = costs::counted(&given.care);
    let mut care: Vec<Care> = care.into_iter().cloned().collect();
    costs::give_back(&mut care, &given.refunds);
    let pages = Pages { ctx, currency, given, care, twice };
    let headline = ctx.t(
        "Votre dossier rangé : médicaments, vaccins, dates et qui a payé.",
        "Your record in order: medicines, vaccines, dates and who paid.",
    );
    let mut report = view::report(ctx, ctx.t("Santé", "Health"), headline, pages.in_short());
    if let Some((first, last)) = pages.days() {
        report = report.days(first, last);
    }
    let more = [
        (ctx.t("Médicaments et vaccins", "Medicines and vaccines"), Icon::Health, pages.medicines()),
        (ctx.t("Chronologie", "Timeline"), Icon::Calendar, pages.timeline()),
        (ctx.t("Mesures", "Measurements"), Icon::Chart, pages.measures()),
        (ctx.t("Qui a payé", "Who paid"), Icon::Money, pages.paid()),
    ];
    for (title, icon, sections) in more {
        if !sections.is_empty() {
            report = report.page(title, icon, sections);
        }
    }
    pages.limits(report)
}

/// Statuses of medicines, vaccines, allergies and conditions (HL7 FHIR R4: `MedicationStatement.status`,
/// `Immunization.status`, `clinicalStatus`).
const STATUSES: [(&str, &str, &str); 11] = [
    ("active", "en cours", "active"),
    ("completed", "terminé", "completed"),
    ("stopped", "arrêté", "stopped"),
    ("on-hold", "suspendu", "on hold"),
    ("intended", "prévu", "planned"),
    ("cancelled", "annulé", "cancelled"),
    ("aborted", "interrompu", "stopped early"),
    ("not-done", "non fait", "not done"),
    ("not-taken", "non pris", "not taken"),
    ("inactive", "inactif", "inactive"),
    ("resolved", "terminé", "resolved"),
];

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

    /// First and last day of care.
    fn days(&self) -> Option<(Date, Date)> {
        let days = || self.care.iter().filter_map(|care| care.on);
        Some((days().min()?, days().max()?))
    }

    /// An HL7 FHIR status in words; an unknown one is shown unchanged.
    fn status(&self, status: &str) -> String {
        let known = STATUSES.iter().find(|(code, ..)| code.eq_ignore_ascii_case(status));
        known.map_or(status, |(_, fr, en)| self.ctx.lang.t(fr, en)).to_owned()
    }

    fn items(&self, kind: Kind) -> Vec<&'a Item> {
        self.given.items.iter().filter(|item| item.kind == kind).take(200).collect()
    }

    /// List of items of one kind.
    fn list(&self, title: &str, items: &[&Item]) -> Block {
        let some = |text: &Option<String>| text.clone().map_or(Value::Missing, Value::Text);
        let day = |day: Option<Date>| day.map_or(Value::Missing, Value::from);
        let rows = items.iter().map(|item| {
            vec![
                Value::Text(item.label.clone()),
                day(item.on),
                day(item.until),
                item.status.as_deref().map_or(Value::Missing, |status| Value::Text(self.status(status))),
                some(&item.provider),
            ]
        });
        let columns = [
            (self.t("Nom", "Name"), ColumnKind::Text),
            (self.t("Depuis le", "Since"), ColumnKind::Date),
            (self.t("Jusqu’au", "Until"), ColumnKind::Date),
            (self.t("État", "Status"), ColumnKind::Text),
            (self.t("Par", "By"), ColumnKind::Text),
        ];
        view::table(title, &columns, rows.collect())
    }

    /// Adds the limitations of the view, and the holders of missing data.
    fn limits(&self, mut report: Report) -> Report {
        let given = self.given;
        if given.items.is_empty() && given.measures.is_empty() {
            report = report.limit(self.t(
                "Votre dossier médical n’est pas là (« Mon espace santé », votre hôpital ou votre médecin l’ont) : ni médicament ni vaccin n’est montré.",
                "Your medical record is not here (“Mon espace santé”, your hospital or your doctor holds it), so no medicine or vaccine is shown.",
            ));
        }
        let sums = costs::sums(&self.care);
        if sums.charged.or(sums.insurer).or(sums.person).is_none() {
            report = report.limit(if given.has_claims {
                self.t(
                    "Vos remboursements ne donnent pas de montants : qui a payé n’est pas connu.",
                    "Your refunds have no amounts, so who paid is not known.",
                )
            } else {
                self.t(
                    "Vos remboursements ne sont pas là (l’Assurance Maladie et votre complémentaire santé les ont) : qui a payé n’est pas connu.",
                    "Your refunds are not here (your health insurers hold them), so who paid is not known.",
                )
            });
        }
        if sums.person.is_some_and(|person| person > 0) && sums.back == 0 {
            report = report.limit(self.t(
                "Aucun remboursement d’une complémentaire santé n’est dans vos données : si vous en avez une, ce qu’elle vous a remboursé n’est pas retiré.",
                "No refund from top-up health insurance is in your data: if you have one, what it refunded is not taken off.",
            ));
        }
        if given.covers.is_empty() && self.items(Kind::Coverage).is_empty() {
            report = report.limit(if given.has_contracts {
                self.t(
                    "Aucun de vos contrats en cours n’est une assurance santé : qui vous couvre n’est pas connu.",
                    "None of your current contracts is health insurance, so who covers you is not known.",
                )
            } else {
                self.t(
                    "Vos contrats ne sont pas là (votre complémentaire santé les a) : qui vous couvre n’est pas connu.",
                    "Your contracts are not here (your insurer holds them), so who covers you is not known.",
                )
            });
        }
        if self.twice > 0 {
            report = report.limit(self.t(
                "Les soins que deux organismes décrivent de la même façon (même jour, mêmes montants) ne sont comptés qu’une fois.",
                "Care that two organisations describe in the same way (same day, same amounts) is counted once.",
            ));
        }
        if given.others {
            report = report.limit(self.t(
                "Les montants dans d’autres monnaies ne sont pas comptés.",
                "Amounts in other currencies are not counted.",
            ));
        }
        report.limit(self.t(
            "Ce qui n’est pas dans vos données n’est pas montré ici : une liste vide ne veut pas dire « aucun ».",
            "What is not in your data is not shown here: an empty list does not mean “none”.",
        ))
    }
}
