//! Sources of figures, and limitations: missing data, and its holders.

use crate::factors;
use crate::home::Household;
use crate::posts::Facts;
use mesinfos_sdk::mobility::Mode;
use mesinfos_sdk::span::Reach;
use mesinfos_sdk::view::{self, ColumnKind, Report, Section, Unit};
use mesinfos_sdk::{Context, Value};

/// The factors and prices used, with their sources.
pub(crate) fn sources(ctx: &Context) -> Section {
    let grams = |grams: i64| view::quantity(grams, Unit::Gram);
    let tenth = |mode| view::tenths(factors::decigrams(mode).unwrap_or(0), Unit::Gram);
    let empreinte = "ADEME, Base Empreinte, 2022";
    let impact = "ADEME, Impact CO₂, 2024";
    let rows: [(&str, Value, &str); 9] = [
        (ctx.t("kWh d’électricité", "kWh of electricity"), grams(factors::ELECTRICITY), empreinte),
        (ctx.t("kWh de gaz", "kWh of gas"), grams(factors::GAS), empreinte),
        (
            ctx.t("litre de carburant", "litre of fuel"),
            grams(factors::FUEL),
            ctx.t("arrêté du 26 avril 2017", "French order of 26 April 2017"),
        ),
        (ctx.t("km en voiture", "km by car"), tenth(Mode::Car), impact),
        (ctx.t("km en bus", "km by bus"), tenth(Mode::Bus), impact),
        (ctx.t("km en métro ou tram", "km by metro or tram"), tenth(Mode::Metro), impact),
        (ctx.t("km en TER", "km by regional train"), tenth(Mode::Train), impact),
        (ctx.t("km en avion", "km by plane"), tenth(Mode::Plane), impact),
        (ctx.t("km à vélo", "km by bicycle"), tenth(Mode::Bike), impact),
    ];
    let rows = rows.into_iter().map(|(of, value, from)| vec![of.into(), value, from.into()]).collect();
    let columns = [
        (ctx.t("Pour 1", "Per"), ColumnKind::Text),
        (ctx.t("CO₂ équivalent", "CO₂ equivalent"), ColumnKind::Quantity),
        (ctx.t("Source", "Source"), ColumnKind::Text),
    ];
    let table = view::table(ctx.t("Facteurs d’émission", "Emission factors"), &columns, rows);
    let prices = ctx.t(
        "Prix utilisés pour les économies : 0,1952 € le kWh d’électricité (tarif réglementé, option Base, 1er août 2025) et 0,1028 € le kWh de gaz (prix repère de la CRE, chauffage, décembre 2025).",
        "Prices used for savings: €0.1952 per kWh of electricity (regulated tariff, flat option, 1 August 2025) and €0.1028 per kWh of gas (reference price of the French regulator CRE, heating, December 2025).",
    );
    view::section(
        ctx.t("D’où viennent les chiffres", "Where the figures come from"),
        vec![table, view::paragraph(prices)],
    )
}

/// Adds the missing data and its holders.
/// `is_apart` says that the emissions could not be added up.
pub(crate) fn limits(ctx: &Context, report: Report, facts: &Facts, is_apart: bool) -> Report {
    let mut report = report.limit(ctx.t(
        "L’alimentation, les achats et les services publics ne sont pas comptés : ce n’est pas une empreinte complète.",
        "Food, purchases and public services are not counted: this is not a complete footprint.",
    ));
    if facts.electricity.is_none() && facts.gas.is_none() {
        report = report.limit(ctx.t(
            "Vos relevés d’énergie manquent : ni l’énergie ni les émissions du logement ne sont calculées. Votre fournisseur, Enedis et GRDF les ont.",
            "Your energy readings are missing, so neither the energy nor the emissions of your home are computed. Your supplier, Enedis and GRDF hold them.",
        ));
    } else if facts.gas.is_none() && facts.household.electric != Some(true) {
        report = report.limit(ctx.t(
            "Aucun relevé de gaz n’est là. Si vous avez le gaz, GRDF a vos relevés, et vos émissions sont plus élevées que ce qui est montré.",
            "There are no gas readings. If you use gas, GRDF holds them, and your emissions are higher than shown.",
        ));
    }
    if let Some(meter) = facts.meters().find(|meter| !meter.is_whole()) {
        let words = if meter.of.is_yearly() {
            ctx.t(
                "Les relevés d’un compteur ne couvrent que {} : son année est extrapolée, et le chauffage n’est pas estimé.",
                "The readings of one meter cover only {}: its year is a projection, and heating is not estimated.",
            )
        } else {
            ctx.t(
                "Les relevés d’un compteur ne couvrent que {} : rien n’en est ramené à un an, et le chauffage n’est pas estimé.",
                "The readings of one meter cover only {}: nothing of them is scaled to a year, and heating is not estimated.",
            )
        };
        report.limits.push(view::rich(words, vec![view::quantity(meter.days, Unit::Day)]));
    }
    match &facts.moves {
        None => {
            report = report.limit(ctx.t(
                "Vos trajets manquent ou n’ont pas de distance : ni kilomètres ni conseil sur le vélo. Google, votre téléphone ou votre transporteur en ont.",
                "Your trips are missing or have no distance, so there are no kilometres and no advice on cycling. Google, your phone or your transport company hold some.",
            ));
        }
        Some(moves) if moves.unmeasured > 0 => {
            let words = ctx.t(
                "Les trajets sans distance ({}) ne sont pas comptés.",
                "Trips without a distance ({}) are not counted.",
            );
            report.limits.push(view::rich(words, vec![view::quantity(moves.unmeasured, Unit::None)]));
        }
        Some(_) => {}
    }
    let trips = facts.moves.as_ref().map(|moves| moves.of);
    let bank = facts.spending.as_ref().map(|spending| spending.of);
    for (name, of) in [
        (ctx.t("Vos trajets", "Your trips"), trips),
        (ctx.t("Vos opérations bancaires", "Your bank transactions"), bank),
    ] {
        if let Some(of) = of.filter(|of| of.reach != Reach::Year) {
            let words = if of.is_yearly() {
                ctx.t(
                    "{} ne couvrent que {} : leur année est extrapolée.",
                    "{} cover only {}: their year is a projection.",
                )
            } else {
                ctx.t(
                    "{} ne couvrent que {} sans interruption : rien n’en est ramené à un an.",
                    "{} cover only {} without a break: nothing of them is scaled to a year.",
                )
            };
            let days = view::quantity(of.span.days(), Unit::Day);
            report.limits.push(view::rich(words, vec![name.into(), days]));
        }
    }
    if is_apart {
        report = report.limit(ctx.t(
            "Vos données ne portent pas sur la même année, ou sur trop peu de jours : elles ne sont pas additionnées, et chacune est montrée avec sa période.",
            "Your data is not of the same year, or of too few days: it is not added up, and each part is shown with its period.",
        ));
    }
    if facts.spending.is_none() {
        report = report.limit(ctx.t(
            "Vos opérations bancaires en euros manquent : ce que vous payez n’est pas connu. Votre banque les a.",
            "Your bank transactions in euros are missing, so what you pay is not known. Your bank holds them.",
        ));
    } else {
        report = report.limit(ctx.t(
            "Les paiements sont reconnus au type de commerce ou à leur libellé : un libellé inhabituel passe inaperçu.",
            "Payments are recognised by the type of shop or by their description: an unusual one is missed.",
        ));
    }
    if facts.household == Household::default() {
        report = report.limit(ctx.t(
            "La surface du logement et le nombre d’habitants ne sont pas connus : votre assureur ou votre fournisseur d’énergie les a souvent.",
            "The floor area and the number of people are not known: your insurer or energy supplier often holds them.",
        ));
    }
    report
}
