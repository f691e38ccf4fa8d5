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

/// A name for each route from its two places: their kinds, else a number. Home comes first.
fn names(ctx: &Context, routes: &[Route<'_>], places: &Places) -> Vec<String> {
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
    routes.iter().map(of).collect()
}

pub(crate) fn recurring(
    ctx: &Context,
    routes: &[Route<'_>],
    places: &Places,
    days: Option<Span>,
) -> Vec<Block> {
    let names = names(ctx, routes, places);
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
        ctx.t("Parcours que vous faites souvent, aller et retour", "Routes you often travel, both ways"),
        &columns,
        rows,
    )];
    let cents = ctx.scaled("km", 2).unwrap_or(12);
    let days = days.filter(|days| days.days() >= FEW_DAYS);
    let mut advice: Vec<_> = routes
        .iter()
        .zip(&names)
        .filter_map(|(route, name)| advice::of(ctx, route, name, days?, cents))
        .collect();
    advice.sort_by_key(|(gain, _)| std::cmp::Reverse(gain.grams));
    if !advice.is_empty() {
        blocks.push(Block::Advice(advice.into_iter().take(6).map(|(_, advice)| advice).collect()));
    }
    blocks
}
