//! The pages of the view.

use crate::Given;
use crate::contract::Contract;
use mesinfos_sdk::contracts::Kind;
use mesinfos_sdk::view::{self, Icon, Level, Report, Value};
use mesinfos_sdk::{Context, Currency, Money};

mod contracts;
mod dates;
mod payments;
mod twice;

const KINDS: [(Kind, &str, &str); 10] = [
    (Kind::Home, "Habitation", "Home insurance"),
    (Kind::Vehicle, "Véhicule", "Vehicle insurance"),
    (Kind::Health, "Complémentaire santé", "Top-up health insurance"),
    (Kind::Energy, "Énergie", "Energy"),
    (Kind::Telecom, "Téléphone", "Telephone"),
    (Kind::Internet, "Internet", "Internet"),
    (Kind::Water, "Eau", "Water"),
    (Kind::Bank, "Banque", "Bank"),
    (Kind::Transport, "Transport", "Transport"),
    (Kind::Other, "Autre", "Other"),
];

/// Data shared by the pages.
struct Pages<'a> {
    ctx: &'a Context,
    currency: Currency,
    given: &'a Given,
    active: Vec<&'a Contract>,
}

pub(crate) fn report(ctx: &Context, currency: Currency, given: &Given) -> Report {
    let active = given.contracts.iter().filter(|contract| contract.is_active(ctx.today)).collect();
    let pages = Pages { ctx, currency, given, active };
    let twice = pages.twice();
    // A heading promises only what follows.
    let headline = match (given.contracts.is_empty(), twice.is_some()) {
        (true, _) => {
            ctx.t("Vos assurances, vues par vos paiements.", "Your insurance, going by your payments.")
        }
        (false, true) => ctx.t(
            "Vos contrats réunis : ce qu’ils coûtent, et ce qui serait couvert deux fois.",
            "Your contracts in one place: what they cost, and what may be covered twice.",
        ),
        (false, false) => ctx.t(
            "Vos contrats réunis : ce qu’ils coûtent, et quand vous pouvez en changer.",
            "Your contracts in one place: what they cost, and when you can change them.",
        ),
    };
    let mut sections = Vec::new();
    if !pages.active.is_empty() {
        sections.push(view::section(ctx.t("En bref", "In short"), pages.in_short()));
        sections
            .push(view::section(ctx.t("Vos contrats en cours", "Your current contracts"), pages.contracts()));
    }
    sections.extend(twice);
    sections.extend(pages.paid());
    if sections.is_empty() {
        let nothing = view::notice(
            Level::Info,
            ctx.t("Aucune assurance reconnue", "No insurance found"),
            ctx.t(
                "Rien, dans les données que vous avez confiées, ne ressemble à un contrat en cours ou au paiement d’une assurance. Cela ne veut pas dire que vous n’en avez pas.",
                "Nothing in the data you shared looks like a current contract or an insurance payment. That does not mean you have no insurance.",
            ),
        );
        sections.push(view::section(ctx.t("En bref", "In short"), vec![nothing]));
    }
    let mut report = view::report(ctx, ctx.t("Assurances", "Insurance"), headline, sections);
    let dates = pages.dates();
    if !dates.is_empty() {
        report = report.page(ctx.t("Échéances", "Key dates"), Icon::Calendar, pages.renewals(&dates));
    }
    pages.limits(report)
}

impl<'a> Pages<'a> {
    fn of(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    fn some(&self, minor: Option<i64>) -> Value {
        minor.map_or(Value::Missing, |minor| self.of(minor).into())
    }

    fn t<'b>(&self, fr: &'b str, en: &'b str) -> &'b str {
        self.ctx.t(fr, en)
    }

    fn kind(&self, kind: Kind) -> &'static str {
        let known = KINDS.iter().find(|(known, ..)| *known == kind);
        known.map_or("", |(_, fr, en)| self.ctx.lang.t(fr, en))
    }

    fn name(&self, contract: &Contract) -> String {
        let what = if contract.name.is_empty() { self.kind(contract.kind) } else { &contract.name };
        format!("{}, {what}", contract.provider)
    }

    /// Adds the limitations of the view, and the holders of missing data.
    fn limits(&self, mut report: Report) -> Report {
        let given = self.given;
        if given.contracts.is_empty() {
            report = report.limit(self.t(
                "Vos contrats ne sont pas là (vos assureurs les ont) : ni doublon ni échéance ne peut être signalé.",
                "Your contracts are not here (your insurers hold them), so neither overlaps nor renewal dates can be shown.",
            ));
        }
        if self.active.iter().any(|contract| contract.yearly().is_none()) {
            report = report.limit(self.t(
                "Le prix d’au moins un contrat n’est pas indiqué : les totaux n’en tiennent pas compte.",
                "At least one contract has no price in your data: the totals leave it out.",
            ));
        }
        if !given.has_bank {
            report = report.limit(self.t(
                "Vos opérations bancaires ne sont pas là (votre banque les a) : ni une assurance oubliée ni ce qui est débité ne peut être montré.",
                "Your bank transactions are not here (your bank holds them), so neither a forgotten policy nor what you really pay can be shown.",
            ));
        }
        if !given.has_bills {
            report = report.limit(self.t(
                "Vos factures ne sont pas là (chaque organisme a les siennes) : ce qui est facturé n’est pas comparé.",
                "Your bills are not here (each provider holds its own), so what you are billed is not compared.",
            ));
        }
        if given.others {
            report = report.limit(self.t(
                "Les montants dans d’autres monnaies ne sont pas comptés.",
                "Amounts in other currencies are not counted.",
            ));
        }
        if self.dates().is_empty() {
            return report;
        }
        report.limit(self.t(
            "L’échéance est supposée tomber au jour anniversaire du contrat ; votre avis d’échéance donne la vraie date.",
            "Contracts are assumed to renew on the day of the year on which they began; your renewal notice gives the real date.",
        ))
    }
}
