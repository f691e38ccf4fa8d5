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
                (self.t("Prélèvement", "Debit"), ColumnKind::Text),
                (self.t("Fois", "Times"), ColumnKind::Quantity),
                (self.t("Dernier", "Last"), ColumnKind::Date),
                (self.t("En douze mois", "In twelve months"), ColumnKind::Money),
            ];
            let title =
                self.t("Débits sans contrat correspondant", "Debits without a contract among those given");
            blocks.push(view::table(title, &columns, rows.collect()));
            blocks.push(view::paragraph(self.t(
                "Leur libellé évoque une assurance. C’est peut-être une assurance oubliée, ou un contrat que cet organisme ne vous a pas encore donné.",
                "Their words are those of insurance. It may be a forgotten one, or a contract that this provider has not given you yet.",
            )));
        }
        let title = if self.active.is_empty() {
            self.t("Ce qui ressemble à une assurance", "What looks like insurance")
        } else {
            self.t("Peut-être en double, ou oublié", "Perhaps twice, or forgotten")
        };
        (!blocks.is_empty()).then(|| view::section(title, blocks))
    }

    pub(super) fn overlap(&self, overlap: &Overlap) -> view::Advice {
        let [one, other] = overlap.pair.map(|i| self.name(&self.given.contracts[i]));
        let title =
            self.t("Vérifier si ces deux contrats se recoupent", "Check whether these two contracts overlap");
        let words = match &overlap.why {
            Why::Thing(_) => self.t("{} et {} nomment tous deux : {}.", "{} and {} both name: {}."),
            Why::Kind => self.t(
                "{} et {} sont du même type, et rien ne dit qu’ils couvrent des choses différentes.",
                "{} and {} are of the same kind, and nothing says that they cover different things.",
            ),
            Why::Guarantee(..) => {
                self.t("{} et {} nomment la même garantie : {}.", "{} and {} name the same guarantee: {}.")
            }
        };
        let shared = match &overlap.why {
            Why::Thing(thing) => Value::Text(thing.clone()),
            Why::Kind => Value::Missing,
            Why::Guarantee(fr, en) => self.ctx.lang.t(fr, en).into(),
        };
        let law = self.t(
            "Un même dommage n’est jamais indemnisé deux fois, et chaque assureur doit connaître l’autre (Code des assurances, art. L121-1 et L121-4).",
            "The same damage is never paid twice, and each insurer has to know of the other (French insurance code, art. L121-1 and L121-4).",
        );
        let gain = match overlap.at_most {
            Some(_) => self.t(
                "Au plus le prix du moins cher des deux, si l’autre suffit : lisez les conditions avant de résilier.",
                "At most the price of the cheaper of the two, if the other is enough: read the conditions before you leave.",
            ),
            None => self.t(
                "Aucun gain n’est estimé : ces contrats couvrent peut-être des choses différentes, ou un prix manque.",
                "No gain is estimated: it may be two things, or a price is missing.",
            ),
        };
        let how = &format!("{gain} {law}");
        let mut advice = view::advice(Icon::Contract, title, "", Effort::Minutes, how);
        advice.body = view::rich(words, vec![Value::Text(one), Value::Text(other), shared]);
        advice.saves(overlap.at_most.map(|minor| self.of(minor)), None, Confidence::Low)
    }
}
