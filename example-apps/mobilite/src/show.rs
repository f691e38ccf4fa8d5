//! Summary of all trips: figures, ways, months, the week.

use crate::modes::Way;
use crate::trips::{Leg, Trip};
use crate::{Life, Use};
use mesinfos_sdk::span::Span;
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Section, Unit, XyKind};
use mesinfos_sdk::{Context, Date, Money, Value};
use std::collections::BTreeMap;

pub(crate) fn kilometres(metres: i64) -> Value {
    view::tenths(nearest(metres, 100), Unit::Km)
}

/// A number divided, to the nearest whole one, half away from zero.
pub(crate) fn nearest(number: i64, by: i64) -> i64 {
    let by = by.max(1);
    number.saturating_add(by / 2 * number.signum()) / by
}

/// The main finding in a sentence: the number of routes with advice; else, or if they are of an earlier time, the most
/// frequent way, and of which days the advice is.
pub(crate) fn headline(
    ctx: &Context,
    uses: &BTreeMap<Way, Use>,
    advised: usize,
    past: Option<Span>,
) -> String {
    let most = uses.iter().max_by_key(|(_, of)| of.legs).map_or(Way::Other, |(way, _)| *way);
    let (fr, en) = most.told();
    match (advised, past) {
        (0, _) => ctx
            .t("Votre moyen de transport le plus fréquent : {}.", "How you travel most often: {}.")
            .replace("{}", ctx.t(fr, en)),
        (_, Some(past)) => ctx
            .t(
                "Votre moyen de transport le plus fréquent : {}. Les conseils partent de vos parcours {days}.",
                "How you travel most often: {}. The advice is about your routes {days}.",
            )
            .replace("{days}", &ctx.lang.days(past.first, past.last))
            .replace("{}", ctx.t(fr, en)),
        (1, None) => ctx
            .t(
                "Vous faites régulièrement un parcours en voiture : voici une autre façon de le faire.",
                "You regularly drive one route: here is another way to travel it.",
            )
            .to_owned(),
        (n, None) => ctx
            .t(
                "Vous faites régulièrement {n} parcours en voiture : voici d’autres façons de les faire.",
                "You regularly drive {n} routes: here are other ways to travel them.",
            )
            .replace("{n}", &n.to_string()),
    }
}

pub(crate) fn in_short(
    ctx: &Context,
    uses: &BTreeMap<Way, Use>,
    life: &Life,
    (first, last): (&Leg, &Leg),
) -> Block {
    let (first, last) = (first.start.date(), last.start.date());
    let days = i64::from(last - first) + 1;
    let range = ctx.lang.days(first, last);
    // A total says of which days, and a mean too.
    let counted = ctx.lang.sentence(&range);
    let mean = format!("{}, {range}.", ctx.t("En moyenne", "On average"));
    let total = |of: fn(&Use) -> i64| uses.values().map(of).sum::<i64>();
    let (legs, metres, seconds) = (total(|u| u.legs), total(|u| u.metres), total(|u| u.seconds));
    let mut figures = vec![
        view::figure(Icon::Calendar, ctx.t("Trajets", "Trips"), view::quantity(legs, Unit::Trip))
            .note(&counted),
    ];
    // Scale to a week only with a week of data or more.
    let week = |amount: i64, of: i64| nearest(amount * 7, days.max(1) * of);
    let measured = total(|u| u.unmeasured) * 10 <= legs;
    if metres > 0 && days >= 7 && measured {
        let label = ctx.t("Distance par semaine", "Distance per week");
        let km = view::tenths(week(metres, 100), Unit::Km);
        figures.push(view::figure(Icon::Chart, label, km).note(&mean));
    }
    if seconds > 0 && days >= 7 && total(|u| u.untimed) * 10 <= legs {
        let minutes = view::quantity(week(seconds, 60), Unit::Minute);
        let label = ctx.t("Temps par semaine", "Time per week");
        figures.push(view::figure(Icon::Clock, label, minutes).note(&mean));
    }
    let car = uses.get(&Way::Car).map_or(0, |car| car.metres);
    // If many legs have no length, a share of the others does not represent all.
    if metres > 0 && measured {
        let share = view::quantity((car * 100 + metres / 2) / metres, Unit::Percent);
        let label = ctx.t("Part de la voiture dans la distance", "Share of distance by car");
        let note = format!("{}, {range}.", ctx.t("De vos kilomètres", "Of your kilometres"));
        figures.push(view::figure(Icon::Car, label, share).note(&note));
    }
    if metres > 0 {
        let emitted = uses.iter().filter_map(|(way, of)| way.exactly(of.metres)).sum();
        let kg = view::quantity(nearest(emitted, 10_000_000), Unit::KgCo2e);
        let label = ctx.t("Gaz à effet de serre de ces trajets", "Greenhouse gases from these trips");
        figures.push(view::figure(Icon::Leaf, label, kg).note(&counted));
    }
    if let Some((currency, minor)) = life.fares.iter().max_by_key(|(_, minor)| **minor) {
        let label = ctx.t("Billets de ces trajets", "Fares for these trips");
        figures.push(view::figure(Icon::Money, label, Money::new(*minor, *currency)).note(&counted));
    }
    Block::KeyFigures(figures)
}

pub(crate) fn ways(ctx: &Context, uses: &BTreeMap<Way, Use>) -> Section {
    let name = |way: Way| ctx.t(way.name().0, way.name().1);
    let mut blocks = Vec::new();
    let mut slices: Vec<(String, f64)> = uses
        .iter()
        .filter(|(_, of)| of.metres > 0)
        .map(|(way, of)| (name(*way).to_owned(), (of.metres as f64 / 1e3).round()))
        .collect();
    slices.sort_by(|a, b| b.1.total_cmp(&a.1));
    let longest = uses.iter().filter(|(_, of)| of.metres > 0).max_by_key(|(_, of)| of.metres);
    if let Some((most, _)) = longest {
        let takeaway = ctx
            .t("Premier moyen de transport, en distance : {}.", "How you cover the most distance: {}.")
            .replace("{}", ctx.t(most.told().0, most.told().1));
        let title = ctx.t("Distance par moyen de transport", "Distance by means of transport");
        blocks.push(view::parts(title, &takeaway, Unit::Km, None, slices));
    }
    let rows = uses.iter().map(|(way, of)| {
        let known = |there: bool, value: Value| if there { value } else { Value::Missing };
        let emitted = way.exactly(of.metres).filter(|_| of.metres > 0);
        vec![
            name(*way).into(),
            view::quantity(of.legs, Unit::Trip),
            known(of.metres > 0, kilometres(of.metres)),
            known(of.seconds > 0, view::quantity(nearest(of.seconds, 60), Unit::Minute)),
            emitted.map_or(Value::Missing, |exact| view::tenths(nearest(exact, 1_000_000), Unit::KgCo2e)),
        ]
    });
    let columns = [
        (ctx.t("Moyen de transport", "Means of transport"), ColumnKind::Text),
        (ctx.t("Trajets", "Trips"), ColumnKind::Quantity),
        (ctx.t("Distance", "Distance"), ColumnKind::Quantity),
        (ctx.t("Temps", "Time"), ColumnKind::Quantity),
        (ctx.t("Émissions", "Emissions"), ColumnKind::Quantity),
    ];
    blocks.push(view::table(
        ctx.t("Par moyen de transport", "By means of transport"),
        &columns,
        rows.collect(),
    ));
    view::section(ctx.t("Comment vous vous déplacez", "How you travel"), blocks)
}

/// Trips of each month, by way; at most the last ten years.
pub(crate) fn months(ctx: &Context, legs: &[&Leg]) -> Section {
    let mut months: BTreeMap<Date, BTreeMap<Way, f64>> = BTreeMap::new();
    for leg in legs {
        let month = months.entry(leg.start.date().month_start()).or_default();
        *month.entry(leg.way).or_default() += 1.0;
    }
    let recent = months.split_off(&months.keys().last().map_or(Date(0), |last| last.plus_months(-119)));
    let mut there: Vec<Way> = recent.values().flat_map(BTreeMap::keys).copied().collect();
    there.sort_unstable();
    there.dedup();
    let of = |way: &Way| {
        let points = recent.values().map(|month| Some(month.get(way).copied().unwrap_or(0.0))).collect();
        view::series(ctx.t(way.name().0, way.name().1), Unit::Trip, None, points)
    };
    let names: Vec<Date> = recent.keys().copied().collect();
    let title = ctx.t("Trajets de chaque mois", "Trips in each month");
    let takeaway = ctx.t(
        "Combien de trajets vous faites chaque mois, et par quel moyen.",
        "How many trips you make each month, and by what means.",
    );
    let series = there.iter().take(8).map(of).collect();
    let chart = view::by_month(title, takeaway, XyKind::StackedBar, &names, series);
    view::section(ctx.t("Mois par mois", "Month by month"), vec![chart])
}

/// Start times of trips: hours by weekdays.
pub(crate) fn week(ctx: &Context, trips: &[Trip]) -> Section {
    let mut cells = vec![0.0; 7 * 24];
    for trip in trips {
        let cell = usize::from(trip.start.date().weekday()) * 24 + usize::from(trip.start.hour());
        if let Some(cell) = cells.get_mut(cell) {
            *cell += 1.0;
        }
    }
    let days = ["lun.|Mon", "mar.|Tue", "mer.|Wed", "jeu.|Thu", "ven.|Fri", "sam.|Sat", "dim.|Sun"];
    let days = days.iter().filter_map(|day| day.split_once('|')).map(|(fr, en)| ctx.t(fr, en).to_owned());
    let hours = (0..24).map(|hour| ctx.lang.hour(hour)).collect();
    let title = ctx.t("À quelle heure vous partez", "When you set off");
    let takeaway = ctx.t(
        "Le nombre de départs à chaque heure de la semaine, sur toute la période.",
        "The number of departures at each hour of the week, over the whole period.",
    );
    let cells = cells.into_iter().map(Some).collect();
    let map = view::heatmap(title, takeaway, days.collect(), hours, Unit::Trip, cells);
    view::section(ctx.t("Votre semaine", "Your week"), vec![map])
}
