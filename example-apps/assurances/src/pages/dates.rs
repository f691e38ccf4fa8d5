//! Dates on which contracts can be ended.

use super::Pages;
use crate::contract::{Contract, Dates};
use mesinfos_sdk::Date;
use mesinfos_sdk::view::{self, Block, ColumnKind, Effort, Event, Icon, Level, Section, Value};

impl<'a> Pages<'a> {
    /// Active insurance contracts with known dates, soonest first.
    pub(super) fn dates(&self) -> Vec<(&'a Contract, Dates)> {
        let insurance = self.active.iter().filter(|contract| contract.is_insurance());
        let mut dates: Vec<_> =
            insurance.filter_map(|contract| Some((*contract, contract.dates(self.ctx.today)?))).collect();
        dates.sort_by_key(|(_, dates)| dates.anniversary);
        dates
    }

    pub(super) fn renewals(&self, dates: &[(&Contract, Dates)]) -> Vec<Section> {
        let rows = dates.iter().take(100).map(|(contract, dates)| {
            let free = dates.free_from.map_or(Value::Missing, Value::from);
            // A contract that can be cancelled at any time needs no notice.
            let is_free = dates.free_from.is_some_and(|from| from <= self.ctx.today);
            let notice = if is_free { Value::Missing } else { dates.notice.into() };
            vec![Value::Text(self.name(contract)), dates.anniversary.into(), notice, free]
        });
        let columns = [
            (self.t("Contrat", "Contract"), ColumnKind::Text),
            (self.t("Échéance", "Renewal date"), ColumnKind::Date),
            (self.t("Dernier jour du préavis", "Last day to give notice"), ColumnKind::Date),
            (
                self.t("Résiliable à tout moment depuis", "Can be cancelled at any time since"),
                ColumnKind::Date,
            ),
        ];
        let table = view::table(
            self.t(
                "Quand vous pouvez résilier, d’après la loi française",
                "When you can cancel, under French law",
            ),
            &columns,
            rows.collect(),
        );
        let mut events: Vec<(Date, Event)> = Vec::new();
        for (contract, dates) in dates.iter().take(25) {
            self.events(contract, dates, &mut events);
        }
        events.sort_by_key(|(day, _)| *day);
        let timeline = view::timeline(
            self.t("Les douze prochains mois", "The next twelve months"),
            events.into_iter().map(|(_, event)| event).take(100).collect(),
        );
        let law = view::notice(
            Level::Info,
            self.t("Ce que dit la loi en France", "What French law says"),
            self.t(
                "Après un an, une assurance habitation, véhicule ou santé se résilie à tout moment et sans frais ; elle prend fin un mois après votre demande (loi Hamon, n° 2014-344, et loi n° 2019-733 pour la santé ; Code des assurances, art. L113-15-2). La complémentaire santé obligatoire d’un employeur fait exception. Les autres contrats se résilient au plus tard deux mois avant l’échéance (art. L113-12). L’assureur doit vous rappeler cette date limite au moins quinze jours avant ; s’il le fait plus tard, vous avez vingt jours après son avis pour résilier (loi Chatel, n° 2005-67 ; art. L113-15-1).",
                "After a year, you can cancel home, vehicle or health insurance at any time without a fee; it ends a month after you ask (law 2014-344, “Hamon”, and law 2019-733 for health; French insurance code, art. L113-15-2). An employer’s compulsory health plan is an exception. Other contracts can be cancelled up to two months before they renew (art. L113-12). The insurer must remind you of that deadline at least fifteen days before it; if the reminder is later, you have twenty days after it to cancel (law 2005-67, “Chatel”; art. L113-15-1).",
            ),
        );
        let mut sections =
            vec![view::section(self.t("Vos échéances", "Your key dates"), vec![table, law, timeline])];
        let free =
            dates.iter().filter(|(_, dates)| dates.free_from.is_some_and(|from| from <= self.ctx.today));
        let free: Vec<&(&Contract, Dates)> = free.collect();
        if !free.is_empty() {
            let advice = free.iter().take(5).map(|(contract, _)| self.compare(contract)).collect();
            sections.push(view::section(
                self.t("Résiliables dès maintenant", "Contracts you can cancel now"),
                vec![Block::Advice(advice)],
            ));
        }
        sections
    }

    pub(super) fn events(&self, contract: &Contract, dates: &Dates, events: &mut Vec<(Date, Event)>) {
        let (today, name) = (self.ctx.today, self.name(contract));
        let renewed = self.t(
            "Le contrat se renouvelle, sauf si vous l’avez résilié.",
            "The contract renews unless you have cancelled it.",
        );
        let anniversary = view::event(
            dates.anniversary,
            Icon::Calendar,
            &name,
            renewed,
            contract.yearly().map(|m| self.of(m).into()),
        );
        events.push((dates.anniversary, anniversary));
        match dates.free_from {
            Some(free) if free > today => {
                let words = self.t(
                    "Résiliable à tout moment à partir de ce jour (loi Hamon).",
                    "You can cancel at any time from this day on (Hamon law).",
                );
                events.push((free, view::event(free, Icon::Clock, &name, words, None)));
            }
            Some(_) => {}
            None => {
                let words = self
                    .t("Dernier jour pour le préavis de deux mois.", "Last day to give two months’ notice.");
                let reminder = self.t(
                    "Date limite d’envoi de votre avis d’échéance (loi Chatel).",
                    "Your insurer must have sent you the renewal reminder by then (Chatel law).",
                );
                let both = [(dates.notice, Icon::Clock, words), (dates.reminder, Icon::Bell, reminder)];
                let coming = both.into_iter().filter(|(day, ..)| *day >= today);
                events.extend(
                    coming.map(|(day, icon, words)| (day, view::event(day, icon, &name, words, None))),
                );
            }
        }
    }

    pub(super) fn compare(&self, contract: &Contract) -> view::Advice {
        view::advice(
            Icon::Search,
            &self.name(contract),
            self.t(
                "Ce contrat a plus d’un an : vous pouvez le comparer et en changer sans attendre l’échéance.",
                "This contract is over a year old: you can compare it and switch without waiting for it to renew.",
            ),
            Effort::Days,
            self.t(
                "D’après sa date de début et son type ; aucune économie n’est estimée, faute d’offres à comparer.",
                "From its start date and type; no saving is estimated, as there are no offers to compare it with.",
            ),
        )
    }
}
