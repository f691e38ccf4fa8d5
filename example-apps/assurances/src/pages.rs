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
    (Kind::Health, "Santé", "Health insurance"),
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
            ctx.t("Vos assurances, vues par vos paiements.", "Your insurance, as your payments show it.")
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
        sections.push(view::section(
            ctx.t("Vos contrats en cours", "Your contracts in force"),
            pages.contracts(),
        ));
    }
    sections.extend(twice);
    sections.extend(pages.paid());
    if sections.is_empty() {
        let nothing = view::notice(
            Level::Info,
            ctx.t("Aucune assurance reconnue", "No insurance recognised"),
            ctx.t(
                "Rien dans ce que vous avez donné ne ressemble à un contrat en cours ou à un paiement d’assurance. Cela ne veut pas dire que vous n’en avez pas.",
                "Nothing in what you gave looks like a contract in force or a payment for insurance. That does not mean that you have none.",
            ),
        );
        sections.push(view::section(ctx.t("En bref", "In short"), vec![nothing]));
    }
    let mut report = view::report(ctx, ctx.t("Assurances", "Insurance"), headline, sections);
    let dates = pages.dates();
    if !dates.is_empty() {
        report = report.page(ctx.t("Échéances", "Dates"), Icon::Calendar, pages.renewals(&dates));
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
                "Sans vos contrats (vos assureurs les ont), on ne peut signaler ni doublon ni échéance.",
                "Without your contracts (your insurers have them), neither overlaps nor dates can be said.",
            ));
        }
        if self.active.iter().any(|contract| contract.yearly().is_none()) {
            report = report.limit(self.t(
                "Le prix d’au moins un contrat n’est pas indiqué : les totaux n’en tiennent pas compte.",
                "The price of one contract at least is not said: totals do not count it.",
            ));
        }
        if !given.has_bank {
            report = report.limit(self.t(
                "Sans vos opérations bancaires (votre banque les a), on ne voit ni une assurance oubliée ni ce qui est débité.",
                "Without your bank transactions (your bank has them), neither a forgotten insurance nor what is debited is seen.",
            ));
        }
        if !given.has_bills {
            report = report.limit(self.t(
                "Sans vos factures (chaque organisme a les siennes), ce qui est facturé n’est pas comparé.",
                "Without your bills (each provider has its own), what is billed is not compared.",
            ));
        }
        if given.others {
            report = report.limit(
                self.t("Les autres devises ne sont pas comptées.", "Other currencies are not counted."),
            );
        }
        if self.dates().is_empty() {
            return report;
        }
        report.limit(self.t(
            "L’échéance est supposée tomber au jour anniversaire du contrat ; votre avis d’échéance donne la vraie date.",
            "Renewal is taken to be on the day the contract began; your renewal notice says the real date.",
        ))
    }
}
