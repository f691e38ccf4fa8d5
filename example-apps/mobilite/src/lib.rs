//! Mobilité: cost of trips in time, money and carbon, recurring trips, and better alternatives.

use mesinfos_sdk::mobility::{self, Mode, PlaceKind, Row};
use mesinfos_sdk::span::Span;
use mesinfos_sdk::trips::{self as seen_twice, in_france};
use mesinfos_sdk::view::{self, Icon, Param, Report, Unit};
use mesinfos_sdk::{Context, Currency, Date, Failure, Lang, Period, Value, app, profile};
use std::collections::BTreeMap;

mod advice;
mod habits;
mod modes;
mod show;
#[cfg(test)]
mod tests;
mod trips;
#[cfg(test)]
mod whole;

use modes::Way;
use show::kilometres;
use trips::{Leg, Route, Step};

app!(run: run, parameters: parameters);

/// Minimum number of days for scaling to a year.
const FEW_DAYS: i64 = 28;

/// Days of trips that tell of a year: with a few days less, nothing is supposed of a season.
const A_YEAR: i64 = 330;

/// Data read.
#[derive(Default)]
struct Life {
    steps: Vec<Step>,
    /// Kind of each place, by its pseudonym.
    places: BTreeMap<String, PlaceKind>,
    /// Fares of trips, in cents, by currency. Top-ups and passes are excluded: they pay for the same trips.
    fares: BTreeMap<Currency, i64>,
    /// Metres per year of all vehicles, from their mileage.
    mileage: Option<i64>,
    /// Whether there are rows other than trips.
    others: bool,
    /// Whether rows say no local time: they are shown in the time of France.
    without_local_time: bool,
    /// Number of legs that another source has too, which do not count.
    twice: i64,
}

/// Use of one way.
#[derive(Clone, Copy, Default)]
struct Use {
    legs: i64,
    metres: i64,
    seconds: i64,
    /// Number of legs without a length, and of legs without a duration.
    unmeasured: i64,
    untimed: i64,
}

fn parameters(lang: Lang) -> Vec<Param> {
    let label = lang.t("Coût d’un kilomètre en voiture", "Cost of a kilometre by car");
    let mut cost = view::price("km", label, 2, 200, 12);
    cost.help = Some(
        lang.t(
            "0,12 € : le carburant seul (7 L aux 100 km, à 1,75 € le litre). Le barème fiscal de 2025, tous frais compris, va de 0,53 € à 0,70 €.",
            "€0.12: fuel alone (7 L per 100 km, at €1.75 a litre). The French tax scale of 2025, all costs included, goes from €0.53 to €0.70.",
        )
        .to_owned(),
    );
    vec![cost]
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let life = read(ctx.today)?;
    let legs: Vec<&Leg> = life
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Leg(leg) => Some(leg),
            Step::Stay(..) => None,
        })
        .collect();
    let (Some(first), Some(last)) = (legs.first(), legs.last()) else {
        if life.others {
            let words = ctx.t(
                "Vos fichiers donnent des positions, des séjours ou des paiements, mais aucun trajet. « Vos trajets » de Google ou une carte de transport en donnent.",
                "Your files give positions, stays or payments, but no trips. Google Timeline or a travel card gives some.",
            );
            return Err(Failure::Other(words.to_owned()));
        }
        return Err(Failure::NeedsData(vec!["mobility"]));
    };
    let days = i64::from(last.start.date() - first.start.date()) + 1;
    let trips = trips::trips(&life.steps);
    let routes = trips::routes(&trips);
    // A route is known only while trips have places: a rate over all days would be too low.
    let placed = trips::days_with_places(&trips);
    let known = placed.map_or(0, Span::days);
    let mut uses: BTreeMap<Way, Use> = BTreeMap::new();
    for leg in &legs {
        let of = uses.entry(leg.way).or_default();
        of.legs += 1;
        of.metres += leg.metres.unwrap_or(0);
        of.seconds += leg.seconds.unwrap_or(0);
        of.unmeasured += i64::from(leg.metres.is_none());
        of.untimed += i64::from(leg.seconds.is_none());
    }
    let mut sections = vec![view::section(
        ctx.t("En bref", "In short"),
        vec![show::in_short(ctx, &uses, &life, (first, last))],
    )];
    sections.push(show::ways(ctx, &uses));
    sections.push(show::months(ctx, &legs));
    sections.push(show::week(ctx, &trips));
    let (from, until) = (first.start.date(), last.start.date());
    let days_of = habits::Days { all: Span { first: from, last: until }, placed };
    let advice = habits::advice(ctx, &routes, &life.places, days_of);
    let is_advised = !advice.is_empty();
    let headline = show::headline(ctx, &uses, advice.len(), days_of.past());
    let report =
        view::report(ctx, ctx.t("Mobilité", "Getting around"), &headline, sections).days(from, until);
    let title = ctx.t("Trajets qui reviennent", "Regular trips");
    let report = match habits::recurring(ctx, &routes, &life.places, days_of, advice) {
        blocks if blocks.is_empty() => report,
        blocks => report.page(title, Icon::Bike, vec![view::section(title, blocks)]),
    };
    Ok(limits(ctx, report, &life, &uses, &routes, (days, known, is_advised)))
}

/// Number of a holder, from 0 on.
fn number_of(holders: &mut Vec<String>, holder: &str) -> usize {
    holders.iter().position(|known| known == holder).unwrap_or_else(|| {
        holders.push(holder.to_owned());
        holders.len() - 1
    })
}

fn read(today: Date) -> Result<Life, Failure> {
    let mut life = Life::default();
    let (mut legs, mut seen, mut holders) = (Vec::new(), Vec::new(), Vec::new());
    for row in mobility::movements(Period::all()) {
        let row = row?;
        let (Some(at), to) = (row.at(), row.to().map(str::to_owned)) else {
            continue;
        };
        let is_local = row.utc_offset().is_some();
        let start = if is_local { at } else { in_france(at.utc) };
        match row.row() {
            Some(Row::Visit) => {
                if let (Some(place), Some(kind)) = (&to, row.place_kind()) {
                    life.places.insert(place.clone(), kind);
                }
                life.steps.push(Step::Stay(start, to));
            }
            Some(Row::Leg) => {
                let fare = row.cost().filter(|fare| fare.minor > 0);
                if let Some(fare) = fare {
                    *life.fares.entry(fare.currency).or_default() += fare.minor;
                }
                let way = row.mode().map_or(Way::Other, Way::from);
                let (seconds, metres) = (row.duration(), row.distance());
                let from = row.from().map(str::to_owned);
                life.without_local_time |= !is_local;
                seen.push(seen_twice::Leg {
                    start: start.utc,
                    seconds,
                    metres,
                    mode: row.mode().unwrap_or(Mode::Unknown),
                    source: row.holder().map(|holder| number_of(&mut holders, holder)),
                });
                legs.push(Leg { start, seconds, metres, way, from, to });
            }
            Some(_) => life.others = true,
            None => {}
        }
    }
    for (leg, counts) in legs.into_iter().zip(seen_twice::once(&seen)) {
        life.twice += i64::from(!counts);
        life.steps.extend(counts.then_some(Step::Leg(leg)));
    }
    life.others |= !life.steps.is_empty();
    life.steps.sort_by_key(Step::start);
    for fact in profile::facts(Period::all()) {
        let fact = fact?;
        if let (Some(profile::Row::Vehicle), Some(metres), Some(built)) =
            (fact.row(), fact.distance(), fact.built())
        {
            let years = (i64::from(today.year()) - built).max(1);
            life.mileage = Some(life.mileage.unwrap_or(0) + metres / years);
        }
    }
    Ok(life)
}

fn limits(
    ctx: &Context,
    report: Report,
    life: &Life,
    uses: &BTreeMap<Way, Use>,
    routes: &[Route<'_>],
    (days, known, is_advised): (i64, i64, bool),
) -> Report {
    let mut report = report;
    let mut say = |words: &str, values: Vec<Value>| report.limits.push(view::rich(words, values));
    let unmeasured: i64 = uses.values().map(|of| of.unmeasured).sum();
    if unmeasured > 0 {
        let words = ctx.t(
            "Les trajets sans distance ({}) ne comptent ni dans les kilomètres ni dans les émissions. Un historique de positions (Google, votre téléphone) donne les distances.",
            "Trips without a distance ({}) count neither in kilometres nor in emissions. A location history (Google, your phone) gives distances.",
        );
        say(words, vec![view::quantity(unmeasured, Unit::None)]);
    }
    if life.twice > 0 {
        let words = ctx.t(
            "Les trajets que donnent deux sources à la fois ({}), une trace et Google par exemple, ne sont comptés qu’une fois.",
            "Trips that two sources give at once ({}), a recorded track and Google for instance, are counted once.",
        );
        say(words, vec![view::quantity(life.twice, Unit::None)]);
    }
    if life.without_local_time {
        say(
            ctx.t(
                "Une partie de vos trajets n’indique pas l’heure locale : elle est comptée à l’heure de Paris.",
                "Some of your trips come without a local time: they are counted in Paris time.",
            ),
            Vec::new(),
        );
    }
    if life.fares.is_empty() {
        say(
            ctx.t(
                "Aucun prix n’est donné avec vos trajets : votre transporteur ou votre banque les connaît.",
                "No prices come with your trips: your transport company or your bank knows them.",
            ),
            Vec::new(),
        );
    }
    if let (Some(car), Some(mileage)) = (uses.get(&Way::Car), life.mileage) {
        let words = ctx.t(
            "D’après leur compteur, vos véhicules font {} par an ; ces trajets en couvrent {} en {}.",
            "Going by their mileage, your vehicles cover {} a year; these trips account for {} in {}.",
        );
        say(words, vec![kilometres(mileage), kilometres(car.metres), view::quantity(days, Unit::Day)]);
    }
    if uses.get(&Way::Car).is_some_and(|car| car.metres > 0) {
        say(
            ctx.t(
                "Chaque trajet en voiture est compté comme si vous étiez sans passager : rien ne dit combien de personnes étaient à bord.",
                "Each car trip is counted as if you were alone: nothing says how many people were in the car.",
            ),
            Vec::new(),
        );
    }
    if routes.is_empty() {
        say(ctx.t(
            "Aucun parcours n’est montré : vous n’avez pas fait quatre fois un trajet entre les deux mêmes lieux, ou les lieux ne sont pas donnés.",
            "No routes are shown: you did not travel four times between the same two places, or places are not given.",
        ), Vec::new());
    } else if known < FEW_DAYS {
        say(ctx.t(
            "Moins de quatre semaines de trajets sont connues : rien n’est ramené à un an, et aucun conseil n’est donné.",
            "Less than four weeks of trips are known: nothing is scaled to a year, and no advice is given.",
        ), Vec::new());
    } else if known < A_YEAR && is_advised {
        say(
            ctx.t(
                "{} de trajets sont connus : ce qui est dit d’un an suppose le même rythme le reste de l’année, vacances comprises.",
                "{} of trips are known: what is said of a year assumes the same pace for the rest of it, holidays included.",
            ),
            vec![view::quantity(known, Unit::Day)],
        );
    }
    report
}
