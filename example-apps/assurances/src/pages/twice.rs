//! Possible double cover.

use super::Pages;
use crate::overlaps::{self, Overlap, Why};
use crate::paid;
use mesinfos_sdk::view::{self, Block, ColumnKind, Confidence, Effort, Icon, Section, Unit, Value};

impl Pages<'_> {
    /// Possible double cover: two contracts, or a debit beside the contracts.
    pub(super) fn twice(&self) -> Option<Section> {
        let found = overlaps::overlaps(&self.given.contracts, self.ctx.today);
        let mut blocks = Vec::new();
        if !found.is_empty() {
            blocks.push(Block::Advice(found.iter().take(10).map(|overlap| self.overlap(overlap)).collect()));
        }
        let beside = paid::beside(&self.given.contracts, &self.given.debits, self.ctx.today);
        if !beside.is_empty() {
            let rows = beside.iter().take(50).map(|debit| {
                let times = view::quantity(debit.times, Unit::None);
                vec![debit.label.as_str().into(), times, debit.last.into(), self.of(debit.sum).into()]
            });
            let columns = [
                (self.t("Prélèvement", "Payment"), ColumnKind::Text),
                (self.t("Fois", "Times"), ColumnKind::Quantity),
                (self.t("Dernière fois", "Last time"), ColumnKind::Date),
                (self.t("En douze mois", "In twelve months"), ColumnKind::Money),
            ];
            let title =
                self.t("Prélèvements sans contrat correspondant", "Payments with no matching contract");
            blocks.push(view::table(title, &columns, rows.collect()));
            blocks.push(view::paragraph(self.t(
                "Leur libellé évoque une assurance. C’est peut-être une assurance oubliée, ou un contrat que cet organisme ne vous a pas encore donné.",
                "Their descriptions suggest insurance. It may be a policy you have forgotten, or a contract that the provider has not given you yet.",
            )));
        }
        let title = if self.active.is_empty() {
            self.t("Ce qui ressemble à une assurance", "What looks like insurance")
        } else {
            self.t("Peut-être en double, ou oublié", "Perhaps covered twice, or forgotten")
        };
        (!blocks.is_empty()).then(|| view::section(title, blocks))
    }

    pub(super) fn overlap(&self, overlap: &Overlap) -> view::Advice {
        let [one, other] = overlap.pair.map(|i| self.name(&self.given.contracts[i]));
        let title =
            self.t("Vérifier si ces deux contrats se recoupent", "Check whether these two contracts overlap");
        let words = match &overlap.why {
            Why::Thing(_) => self.t("{} et {} citent la même chose : {}.", "{} and {} both mention: {}."),
            Why::Kind => self.t(
                "{} et {} sont du même type, et rien ne dit qu’ils couvrent des choses différentes.",
                "{} and {} are of the same type, and nothing says that they cover different things.",
            ),
            Why::Guarantee(..) => {
                self.t("{} et {} citent la même garantie : {}.", "{} and {} mention the same cover: {}.")
            }
        };
        let shared = match &overlap.why {
            Why::Thing(thing) => Value::Text(thing.clone()),
            Why::Kind => Value::Missing,
            Why::Guarantee(fr, en) => self.ctx.lang.t(fr, en).into(),
        };
        let law = self.t(
            "Un même dommage n’est jamais indemnisé deux fois, et vous devez déclarer chaque assureur à l’autre (Code des assurances, art. L121-1 et L121-4).",
            "The same damage is never paid for twice, and you must tell each insurer about the other (French insurance code, art. L121-1 and L121-4).",
        );
        let gain = match overlap.at_most {
            Some(_) => self.t(
                "Au plus le prix du moins cher des deux, si l’autre suffit : lisez les conditions avant de résilier.",
                "At most the price of the cheaper of the two, if the other is enough: read the terms before you cancel.",
            ),
            None => self.t(
                "Aucune économie n’est estimée : ces contrats couvrent peut-être des choses différentes, ou un prix manque.",
                "No saving is estimated: the contracts may cover different things, or a price is missing.",
            ),
        };
        let how = &format!("{gain} {law}");
        let mut advice = view::advice(Icon::Contract, title, "", Effort::Minutes, how);
        advice.body = view::rich(words, vec![Value::Text(one), Value::Text(other), shared]);
        advice.saves(overlap.at_most.map(|minor| self.of(minor)), None, Confidence::Low)
    }
}
