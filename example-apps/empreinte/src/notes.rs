//! Sources of figures, and limitations: missing data, and its holders.

use crate::factors;
use crate::home::Household;
use crate::posts::Facts;
use mesinfos_sdk::mobility::Mode;
use mesinfos_sdk::view::{self, ColumnKind, Report, Section, Unit};
use mesinfos_sdk::{Context, Value};

/// The factors and prices used, with their sources.
pub(crate) fn sources(ctx: &Context) -> Section {
    let grams = |grams: i64| view::quantity(grams, Unit::Gram);
    let tenth = |mode| view::tenths(factors::decigrams(mode).unwrap_or(0), Unit::Gram);
    let empreinte = "ADEME, Base Empreinte, 2022";
    let impact = "ADEME, Impact CO2, 2024";
    let rows: [(&str, Value, &str); 9] = [
        (ctx.t("kWh d’électricité", "kWh of electricity"), grams(factors::ELECTRICITY), empreinte),
        (ctx.t("kWh de gaz", "kWh of gas"), grams(factors::GAS), empreinte),
        (
            ctx.t("litre de carburant", "litre of fuel"),
            grams(factors::FUEL),
            ctx.t("arrêté du 26 avril 2017", "order of 26 April 2017"),
        ),
        (ctx.t("km en voiture", "km by car"), tenth(Mode::Car), impact),
        (ctx.t("km en bus", "km by bus"), tenth(Mode::Bus), impact),
        (ctx.t("km en métro ou tram", "km by underground or tram"), tenth(Mode::Metro), impact),
        (ctx.t("km en train (TER)", "km by (regional) train"), tenth(Mode::Train), impact),
        (ctx.t("km en avion", "km by plane"), tenth(Mode::Plane), impact),
        (ctx.t("km à vélo", "km by bicycle"), tenth(Mode::Bike), impact),
    ];
    let rows = rows.into_iter().map(|(of, value, from)| vec![of.into(), value, from.into()]).collect();
    let columns = [
        (ctx.t("Pour un", "For a"), ColumnKind::Text),
        (ctx.t("CO2 équivalent", "CO2 equivalent"), ColumnKind::Quantity),
        (ctx.t("Source", "Source"), ColumnKind::Text),
    ];
    let table = view::table(ctx.t("Facteurs d’émission", "Emission factors"), &columns, rows);
    let prices = ctx.t(
        "Prix utilisés pour les économies : électricité 0,1952 € le kWh (tarif réglementé, Base, 1er août 2025), gaz 0,1028 € le kWh (prix repère de la CRE, chauffage, décembre 2025).",
        "Prices used for savings: electricity €0.1952 a kWh (regulated tariff, flat, 1 August 2025), gas €0.1028 a kWh (reference price of the regulator CRE, heating, December 2025).",
    );
    view::section(
        ctx.t("D’où viennent les chiffres", "Where the figures come from"),
        vec![table, view::paragraph(prices)],
    )
}

/// Adds the missing data and its holders.
pub(crate) fn limits(ctx: &Context, report: Report, facts: &Facts) -> Report {
    let mut report = report.limit(ctx.t(
        "Alimentation, achats et services publics ne sont pas comptés : ce n’est pas une empreinte complète.",
        "Food, purchases and public services are not counted: this is no complete footprint.",
    ));
    if facts.electricity.is_none() && facts.gas.is_none() {
        report = report.limit(ctx.t(
            "Pas assez de relevés d’énergie : ni kWh ni carbone du logement. Votre fournisseur, Enedis et GRDF les ont.",
            "Not enough energy readings: neither kWh nor carbon of the home. Your supplier, Enedis and GRDF hold them.",
        ));
    } else if facts.gas.is_none() && facts.household.electric != Some(true) {
        report = report.limit(ctx.t(
            "Pas de relevé de gaz : si vous avez le gaz, GRDF a vos relevés, et ils manquent ici.",
            "No reading of gas: if you use it, GRDF knows, and it is missing here.",
        ));
    }
    let partial = [facts.electricity, facts.gas].into_iter().flatten().find(|meter| !meter.is_whole());
    if let Some(meter) = partial {
        let words = ctx.t(
            "Un compteur n’est connu que sur {} : son année est extrapolée, et le chauffage n’est pas estimé.",
            "One meter is known for {} only: its year is a projection, and heating is not estimated.",
        );
        report.limits.push(view::rich(words, vec![view::quantity(meter.days, Unit::Day)]));
    }
    match &facts.moves {
        None => {
            report = report.limit(ctx.t(
                "Pas assez de trajets avec leur distance (quatre semaines) : ni kilomètres ni vélo. Google, votre téléphone ou votre transporteur en ont.",
                "Not enough trips with their distance (four weeks): neither kilometres nor bicycle. Google, your phone or your operator hold some.",
            ));
        }
        Some(moves) if moves.unmeasured > 0 => {
            let words =
                ctx.t("{} sans distance ne sont pas comptés.", "{} without a distance are not counted.");
            report.limits.push(view::rich(words, vec![view::quantity(moves.unmeasured, Unit::Trip)]));
        }
        Some(_) => {}
    }
    let short = |days: Option<i64>| days.filter(|days| *days < 330);
    let trips = short(facts.moves.as_ref().map(|moves| moves.days));
    let bank = short(facts.spending.as_ref().map(|spending| spending.days));
    for (name, days) in
        [(ctx.t("Vos trajets", "Your trips"), trips), (ctx.t("Vos opérations", "Your transactions"), bank)]
    {
        if let Some(days) = days {
            let words = ctx.t(
                "{} : {} connus seulement ; l’année est extrapolée.",
                "{}: known for {} only; the year is a projection.",
            );
            report.limits.push(view::rich(words, vec![name.into(), view::quantity(days, Unit::Day)]));
        }
    }
    if facts.spending.is_none() {
        report = report.limit(ctx.t(
            "Pas assez d’opérations bancaires en euros (quatre semaines) : on ne sait pas ce que vous payez. Votre banque les a.",
            "Not enough bank transactions in euros (four weeks): nothing is said of what you pay. Your bank holds them.",
        ));
    } else {
        report = report.limit(ctx.t(
            "Les paiements sont reconnus à leur code ou à leur libellé : un libellé inhabituel passe inaperçu.",
            "Payments are recognised by their code or their words: an unusual label slips through.",
        ));
    }
    if facts.household == Household::default() {
        report = report.limit(ctx.t(
            "Surface et nombre de personnes ne sont pas connus : votre assureur ou votre fournisseur d’énergie les a souvent.",
            "Floor area and number of people are not known: your insurer or energy supplier often holds them.",
        ));
    }
    report
}
