//! Recurring trips: their ways and durations, and advice.

use crate::show::kilometres;
use crate::trips::Route;
use crate::{FEW_DAYS, advice};
use mesinfos_sdk::mobility::PlaceKind;
use mesinfos_sdk::span::Span;
use mesinfos_sdk::view::{self, Block, ColumnKind, Unit};
use mesinfos_sdk::{Context, Value};
use std::collections::BTreeMap;

/// Kind of each place, by its pseudonym.
type Places = BTreeMap<String, PlaceKind>;

/// A name for each route from its two places: their kinds, else a number. Home comes first. Also whether any has a number.
fn names(ctx: &Context, routes: &[Route<'_>], places: &Places) -> (Vec<String>, bool) {
    let mut given: BTreeMap<&str, String> = BTreeMap::new();
    let mut count = 0;
    for route in routes {
        for place in [route.ends.0, route.ends.1] {
            given.entry(place).or_insert_with(|| match places.get(place) {
                Some(PlaceKind::Home) => ctx.t("Domicile", "Home").to_owned(),
                Some(PlaceKind::Work) => ctx.t("Travail", "Work").to_owned(),
                Some(PlaceKind::School) => ctx.t("École", "School").to_owned(),
                _ => {
                    count += 1;
                    format!("{} {count}", ctx.t("Lieu", "Place"))
                }
            });
        }
    }
    let name = |place: &str| given.get(place).map_or("", String::as_str);
    let of = |route: &Route<'_>| {
        let (a, b) = route.ends;
        let home = places.get(b) == Some(&PlaceKind::Home);
        let (a, b) = if home { (b, a) } else { (a, b) };
        format!("{} – {}", name(a), name(b))
    };
    let names = routes.iter().map(of).collect();
    (names, count > 0)
}

/// When trips were made, and when they say between which places.
#[derive(Clone, Copy)]
pub(crate) struct Days {
    pub(crate) all: Span,
    pub(crate) placed: Option<Span>,
}

impl Days {
    /// Days of trips with places, if enough of them are known to scale them to a year.
    pub(crate) fn enough(self) -> Option<Span> {
        self.placed.filter(|days| days.days() >= FEW_DAYS)
    }

    /// Days of trips with places, if they ended long before the last trip.
    pub(crate) fn past(self) -> Option<Span> {
        self.placed.filter(|placed| !placed.is_current(self.all.last))
    }
}

/// Of which days the routes are, and what a number of a place is.
fn reading(ctx: &Context, days: Days, is_numbered: bool) -> Option<Block> {
    let placed = days.placed?;
    let words = if placed == days.all {
        ctx.t("D’après vos trajets {}.", "Based on your trips {}.")
    } else {
        ctx.t(
            "D’après vos trajets {} : les autres n’indiquent pas les lieux.",
            "Based on your trips {}: the others do not say where.",
        )
    };
    let mut words = words.replace("{}", &ctx.lang.days(placed.first, placed.last));
    if is_numbered {
        words.push(' ');
        words.push_str(ctx.t(
            "Vos données ne nomment pas tous les lieux : ceux qui n’ont pas de nom ont un numéro.",
            "Your data does not name every place: those without a name have a number.",
        ));
    }
    Some(view::paragraph(&words))
}

/// The advice on these routes, the one that avoids most emissions first.
pub(crate) fn advice(ctx: &Context, routes: &[Route<'_>], places: &Places, days: Days) -> Vec<view::Advice> {
    let cents = ctx.scaled("km", 2).unwrap_or(12);
    let (Some(enough), is_past) = (days.enough(), days.past().is_some()) else { return Vec::new() };
    let (names, _) = names(ctx, routes, places);
    let each = routes.iter().zip(&names);
    let mut advice: Vec<_> =
        each.filter_map(|(route, name)| advice::of(ctx, route, name, (enough, is_past), cents)).collect();
    advice.sort_by_key(|(gain, _)| std::cmp::Reverse(gain.grams));
    advice.into_iter().take(6).map(|(_, advice)| advice).collect()
}

pub(crate) fn recurring(
    ctx: &Context,
    routes: &[Route<'_>],
    places: &Places,
    days: Days,
    advice: Vec<view::Advice>,
) -> Vec<Block> {
    let (names, is_numbered) = names(ctx, routes, places);
    let mut rows = Vec::new();
    for (route, name) in routes.iter().zip(&names).take(20) {
        for way in route.ways() {
            let Some(mean) = route.by(way) else { continue };
            rows.push(vec![
                name.as_str().into(),
                ctx.t(way.name().0, way.name().1).into(),
                view::quantity(mean.count, Unit::Trip),
                mean.metres.map_or(Value::Missing, kilometres),
                mean.seconds.map_or(Value::Missing, |s| view::quantity((s + 30) / 60, Unit::Minute)),
            ]);
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let columns = [
        (ctx.t("Parcours", "Route"), ColumnKind::Text),
        (ctx.t("Moyen de transport", "Means of transport"), ColumnKind::Text),
        (ctx.t("Trajets", "Trips"), ColumnKind::Quantity),
        (ctx.t("Distance moyenne", "Average distance"), ColumnKind::Quantity),
        (ctx.t("Temps moyen", "Average time"), ColumnKind::Quantity),
    ];
    rows.truncate(200);
    let mut blocks = vec![view::table(
        ctx.t(
            "Parcours faits au moins quatre fois, aller et retour",
            "Routes travelled at least four times, both ways",
        ),
        &columns,
        rows,
    )];
    blocks.extend(reading(ctx, days, is_numbered));
    if !advice.is_empty() {
        blocks.push(Block::Advice(advice));
    }
    blocks
}
