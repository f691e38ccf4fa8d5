//! Fournisseurs: electricity offers applied to the person's own load curve, year by year.

use mesinfos_sdk::energy::{self, Commodity};
use mesinfos_sdk::numbers::{YEAR, is_known, scaled};
use mesinfos_sdk::span::Span;
use mesinfos_sdk::view::{self, Param, Report, Unit, Value};
use mesinfos_sdk::{Context, Failure, Lang, Period, app};

mod history;
mod offers;
mod show;
#[cfg(test)]
mod tests;
mod today;
#[cfg(test)]
mod whole;

use history::{Costs, History};
use offers::{Grain, Offer, Terms};
use std::collections::BTreeMap;
use today::Contract;

app!(run: run, parameters: parameters);

/// Minimum number of days for a comparison: with fewer, one cold week or one absence would decide.
const TOO_FEW: i64 = 14;

/// Data of the view.
struct Findings {
    offers: Vec<&'static Offer>,
    grain: Grain,
    terms: Terms,
    /// Costs of the last year, and number of its known days.
    last: Costs,
    days: i64,
    /// Days of all readings, and of those of the last year.
    all: Span,
    year: Span,
    /// Whether the last year is whole.
    whole: bool,
    years: BTreeMap<i32, Costs>,
    months: BTreeMap<mesinfos_sdk::Date, Costs>,
    contract: Option<Contract>,
    /// Today's yearly cost, in cents.
    paid: Option<i64>,
    /// Whether `paid` was set by the person, not taken from bills.
    paid_is_set: bool,
    /// Whether the subscribed power is a guess.
    power_is_guess: bool,
}

fn parameters(lang: Lang) -> Vec<Param> {
    let power = lang.t("Puissance souscrite", "Subscribed power");
    let from_contract = lang.t("Selon mon contrat, sinon 6 kVA", "As in my contract, otherwise 6 kVA");
    let hours = lang.t("Début des heures creuses", "Start of off-peak hours");
    let bill = lang.t(
        "Ce que vous payez par an (0 : d’après vos factures)",
        "What you pay per year (0: from your bills)",
    );
    vec![
        view::choice(
            "power",
            power,
            &[("contract", from_contract), ("6", "6 kVA"), ("9", "9 kVA"), ("12", "12 kVA")],
        ),
        view::choice(
            "off-peak",
            hours,
            &[("22", &lang.hours(22, 6)), ("23", &lang.hours(23, 7)), ("0", &lang.hours(0, 8))],
        ),
        view::euros("bill", bill, 10_000, 0),
    ]
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let readings = energy::consumed(Commodity::Electricity, Period::all())?;
    let history = History::of(readings);
    let Some(all) = energy::span(&history.readings) else {
        return Err(Failure::NeedsData(vec!["energy"]));
    };
    let end = all.last;
    let contract = today::contract()?;
    let (power, power_is_guess) = power(ctx, contract.as_ref());
    let night = ctx.choice("off-peak").and_then(|hour| hour.parse().ok()).unwrap_or(22);
    let terms = Terms { power, night };
    let Some(last) = history.last_year(terms) else {
        return Err(Failure::NeedsData(vec!["energy"]));
    };
    let days = scaled(last.covered, 1, 86_400);
    if last.covered < TOO_FEW * 86_400 {
        return Err(Failure::Other(
            ctx.t(
                "Moins de deux semaines de relevés sont connues : aucune comparaison ne serait juste. Votre fournisseur ou Enedis en a davantage.",
                "Less than two weeks of readings are known: no comparison would be fair. Your supplier or Enedis holds more.",
            )
            .to_owned(),
        ));
    }
    let set = ctx.whole("bill").filter(|euros| *euros > 0).map(|euros| euros * 100);
    let paid = match set {
        Some(cents) => Some(cents),
        // Bills of a year beside a projection from some days would be a false comparison.
        None if !history.is_whole() => None,
        None => today::of_year(&today::of_electricity(today::paid()?, contract.as_ref()), end),
    };
    let findings = Findings {
        offers: history.offers(),
        grain: history.grain,
        terms,
        days,
        all,
        year: all.last_year(),
        whole: history.is_whole(),
        years: history.years(terms),
        months: history.months(terms, 36),
        last,
        contract,
        paid,
        paid_is_set: set.is_some(),
        power_is_guess,
    };
    Ok(limits(ctx, show::report(ctx, &findings), &findings))
}

/// Index for [`Terms::power`], and whether it is a guess.
fn power(ctx: &Context, contract: Option<&Contract>) -> (usize, bool) {
    let known = contract.and_then(|contract| contract.power);
    match (ctx.choice("power"), known) {
        (Some("6"), _) => (0, false),
        (Some("9"), _) => (1, false),
        (Some("12"), _) => (2, false),
        (_, Some(power)) => (usize::from(power > 6_000) + usize::from(power > 9_000), power > 12_000),
        (_, None) => (0, true),
    }
}

fn limits(ctx: &Context, report: Report, found: &Findings) -> Report {
    let mut report = report.limit(ctx.t(
        "Les offres sont inventées : l’application montre comment comparer, et non laquelle souscrire.",
        "The offers are made up: the app shows how to compare, not which one to choose.",
    ));
    report = report.limit(ctx.t(
        "Toutes les années sont calculées aux prix d’aujourd’hui de chaque offre ; seule l’offre indexée suit un marché, inventé lui aussi.",
        "Every year is priced at each offer’s current prices; only the indexed offer follows a market, which is made up as well.",
    ));
    report = report.limit(ctx.t(
        "Les options du tarif réglementé ne sont pas dans cette liste : l’application « Conso » les compare. Les deux applications peuvent donc conseiller des offres différentes pour le même compteur.",
        "The options of the regulated tariff are not in this list: the app “Electricity” compares them. So the two apps may advise different offers for the same meter.",
    ));
    if !found.whole {
        let words = ctx.t(
            "Sur l’année comptée, {} seulement sont connus : l’année est extrapolée au même rythme, sans tenir compte des saisons (l’hiver seul la donne trop haute, l’été seul trop basse). Rien n’est donc recommandé, et les offres dont le prix suit la saison ou le marché sont laissées de côté. Votre fournisseur ou Enedis a le reste.",
            "Only {} of the year counted are known: the year is a projection at the same pace, without the seasons (too high from a winter alone, too low from a summer alone). So nothing is recommended, and offers whose price follows the season or the market are left out. Your supplier or Enedis holds the rest.",
        );
        report.limits.push(view::rich(words, vec![view::quantity(found.days, Unit::Day)]));
    }
    if found.whole && !is_known(found.last.covered, YEAR) {
        let words = ctx.t(
            "Sur l’année comptée, {} sont connus : le reste est supposé au même rythme.",
            "{} of the year counted are known: the rest is assumed to be at the same pace.",
        );
        report.limits.push(view::rich(words, vec![view::quantity(found.days, Unit::Day)]));
    }
    if found.grain != Grain::Hour {
        let words = ctx.t(
            "La consommation heure par heure n’est pas connue : les offres dont le prix change au fil de la journée ou de la semaine sont laissées de côté, et {} sur {} sont comparées. Enedis a ces relevés, si la collecte horaire est activée.",
            "Your use hour by hour is not known: offers whose price changes during the day or the week are left out, and {} of {} are compared. Enedis holds these readings, if hourly collection is on.",
        );
        let count = |of: usize| view::quantity(i64::try_from(of).unwrap_or(0), Unit::None);
        let values = vec![count(found.offers.len()), count(offers::OFFERS.len())];
        report.limits.push(view::rich(words, values));
    }
    if found.power_is_guess {
        report = report.limit(ctx.t(
            "Votre puissance souscrite n’est pas connue ou dépasse 12 kVA : indiquez-la dans les réglages, ou donnez votre contrat à l’application.",
            "Your subscribed power is not known or is above 12 kVA: enter it in the settings, or let the app see your contract.",
        ));
    }
    match found.paid {
        None => report.limit(ctx.t(
            "Ce que vous payez aujourd’hui n’est pas connu : il faut un an de factures (votre fournisseur les a) et un an de relevés. Vous pouvez aussi indiquer le montant dans les réglages.",
            "What you pay today is not known: that takes a year of bills (your supplier holds them) and a year of readings. You can also enter the amount in the settings.",
        )),
        Some(_) if !found.paid_is_set => report.limit(ctx.t(
            "Ce que vous payez est la somme des factures d’un an de votre fournisseur, aux prix de chaque facture : une part de l’écart peut venir de prix qui ont changé depuis. Si le gaz figure sur ces factures, il est compris.",
            "What you pay is the sum of your supplier’s bills over a year, at the prices of each bill: part of the difference may come from prices that have changed since. If these bills include gas, so does the sum.",
        )),
        Some(_) => report,
    }
}

/// Cents as euros, for a cell.
fn euros(cents: i64) -> Value {
    mesinfos_sdk::Money::new(cents, mesinfos_sdk::Currency::EUR).into()
}
