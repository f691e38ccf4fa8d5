//! The view: this year, over the years, month by month.

use crate::history::{Record, cheapest, records, safest};
use crate::offers::Offer;
use crate::{Findings, euros};
use mesinfos_sdk::view::{self, Block, ColumnKind, Confidence, Effort, Icon, Report, Section, Unit, XyKind};
use mesinfos_sdk::{Context, Currency, Date, Lang, Money, Value};

pub(crate) fn report(ctx: &Context, found: &Findings) -> Report {
    let headline = headline(ctx, found);
    let mut year = vec![view::section(ctx.t("En bref", "In short"), vec![in_short(ctx, found)])];
    year.push(view::section(
        ctx.t("Les offres", "The offers"),
        vec![counted(ctx, found), offers(ctx, found), prices(ctx, found)],
    ));
    year.extend(advice(ctx, found));
    let report = view::report(ctx, ctx.t("Fournisseurs", "Energy suppliers"), &headline, year);
    let report = report.days(found.all.first, found.all.last);
    let report = match over_years(ctx, found) {
        blocks if blocks.is_empty() => report,
        blocks => {
            let title = ctx.t("Au fil des années", "Over the years");
            report.page(title, Icon::Calendar, vec![view::section(title, blocks)])
        }
    };
    match by_month(ctx, found) {
        blocks if blocks.is_empty() => report,
        blocks => {
            let title = ctx.t("Mois par mois", "Month by month");
            report.page(title, Icon::Chart, vec![view::section(title, blocks)])
        }
    }
}

fn name<'a>(ctx: &Context, offer: &'a Offer) -> &'a str {
    ctx.lang.t(offer.fr, offer.en)
}

/// The recommended offer, if a whole year is known: the safest one over two whole years or more, with its
/// record; else the cheapest of the last year.
fn recommended(found: &Findings) -> Option<(usize, Option<Record>)> {
    let records = records(&found.years);
    match safest(&records) {
        _ if !found.whole => None,
        Some(offer) if found.years.len() > 1 => Some((offer, records.get(offer).copied())),
        _ => Some((cheapest(&found.last)?, None)),
    }
}

/// The main finding, in a sentence.
fn headline(ctx: &Context, found: &Findings) -> String {
    let Some((best, record)) = recommended(found) else {
        let words = ctx.t(
            "Les offres sont comparées sur les jours connus, encore trop peu nombreux pour en recommander une.",
            "The offers are compared on the days that are known, which are still too few to recommend one.",
        );
        return words.to_owned();
    };
    let offer = name(ctx, found.offers[best]);
    match (record.is_some(), ctx.lang) {
        (true, Lang::Fr) => format!("Pour vous, l’offre inventée la plus sûre au fil des ans : {offer}."),
        (true, Lang::En) => format!("The made-up offer that is safest for you over the years: {offer}."),
        (false, Lang::Fr) => format!("Pour vous, l’offre inventée la moins chère : {offer}."),
        (false, Lang::En) => format!("The cheapest made-up offer for you: {offer}."),
    }
}

/// Of which days the year counted is.
fn range(ctx: &Context, found: &Findings) -> String {
    ctx.lang.days(found.year.first, found.year.last)
}

/// The year counted: "en 2025" if it is a calendar year, else its days.
fn counted_year(ctx: &Context, found: &Findings) -> String {
    let (first, last) = (found.year.first, found.year.last);
    if first.year() == last.year() {
        format!("{} {}", ctx.t("en", "in"), last.year())
    } else {
        ctx.lang.days(first, last)
    }
}

fn in_short(ctx: &Context, found: &Findings) -> Block {
    let mut figures = Vec::new();
    if let Some(best) = cheapest(&found.last).filter(|_| found.whole) {
        let label =
            ctx.t("L’offre inventée la moins chère, sur un an", "The cheapest made-up offer, over a year");
        let figure = view::figure(Icon::Money, label, euros(found.last.of[best]));
        figures.push(figure.note(name(ctx, found.offers[best])));
    }
    if let Some(paid) = found.paid {
        let label = ctx.t("Ce que vous payez par an", "What you pay per year");
        let note = if found.paid_is_set {
            ctx.t("D’après vos réglages.", "From your settings.").to_owned()
        } else {
            ctx.t("D’après vos factures {}.", "From your bills {}.").replace("{}", &range(ctx, found))
        };
        figures.push(view::figure(Icon::Receipt, label, euros(paid)).note(&note));
    }
    if let Some((safest, Some(record))) = recommended(found) {
        let label = ctx.t(
            "L’offre inventée la plus sûre, en moyenne par an",
            "The safest made-up offer, average for a year",
        );
        let figure = view::figure(Icon::Clock, label, euros(record.mean));
        figures.push(figure.note(name(ctx, found.offers[safest])));
    }
    let label = ctx.t("Jours connus de l’année comptée", "Days with readings that year");
    let figure = view::figure(Icon::Calendar, label, view::quantity(found.days, Unit::Day));
    figures.push(figure.note(&ctx.lang.sentence(&range(ctx, found))));
    Block::KeyFigures(figures)
}

/// Which readings are priced.
fn counted(ctx: &Context, found: &Findings) -> Block {
    let words = ctx.t(
        "Vos relevés {}, aux prix d’aujourd’hui de chaque offre.",
        "Your readings {}, at each offer’s current prices.",
    );
    view::paragraph(&words.replace("{}", &range(ctx, found)))
}

fn offers(ctx: &Context, found: &Findings) -> Block {
    let records = records(&found.years);
    let best = recommended(found);
    let mut offers: Vec<view::Offer> = Vec::new();
    for (i, (offer, cost)) in found.offers.iter().zip(&found.last.of).enumerate() {
        let monthly = euros(offer.monthly(found.terms));
        let wins = records.get(i).map_or(Value::Missing, |record| view::quantity(record.wins, Unit::None));
        let yearly = Some(Money::new(*cost, Currency::EUR));
        let mut shown = view::offer(name(ctx, offer), offer.supplier, false, yearly, vec![monthly, wins]);
        if matches!(offer.prices, crate::offers::Prices::Indexed(_)) {
            let con = ctx.t("son prix change avec le marché", "its price changes with the market");
            shown.cons.push(con.to_owned());
        }
        if best.is_some_and(|(best, record)| best == i && record.is_some()) {
            let pro = ctx.t("jamais loin de la moins chère", "never far from the cheapest");
            shown.pros.push(pro.to_owned());
        }
        offers.push(shown);
    }
    if let Some(paid) = found.paid {
        let contract = found.contract.clone().unwrap_or_default();
        let product = Some(contract.product.as_str()).filter(|product| !product.is_empty());
        let product = product.unwrap_or_else(|| ctx.t("Ce que vous payez", "What you pay"));
        let yearly = Some(Money::new(paid, Currency::EUR));
        let unknown = vec![Value::Missing, Value::Missing];
        offers.push(view::offer(product, &contract.supplier, true, yearly, unknown));
    }
    let title = if !found.whole {
        ctx.t("Un an, à votre rythme", "A year, at your pace")
    } else {
        ctx.t("Sur un an de vos relevés", "For a year of your readings")
    };
    view::comparison(
        title,
        &[
            ctx.t("Abonnement par mois", "Monthly standing charge"),
            ctx.t("Années où elle est la moins chère", "Years it was cheapest"),
        ],
        offers,
        best.and_then(|(i, _)| u32::try_from(i).ok()),
        ctx.t(
            "Aucun : les offres et les fournisseurs sont inventés.",
            "None: the offers and the suppliers are made up.",
        ),
    )
}

/// Price of a kWh in each offer, with which the costs can be checked.
fn prices(ctx: &Context, found: &Findings) -> Block {
    let rows = found.offers.iter().flat_map(|offer| {
        offer.prices.parts().into_iter().map(|(fr, en, price)| {
            vec![name(ctx, offer).into(), ctx.lang.t(fr, en).into(), view::price_of(price, 4, "EUR")]
        })
    });
    let columns = [
        (ctx.t("Offre", "Offer"), ColumnKind::Text),
        (ctx.t("Quand", "When"), ColumnKind::Text),
        (ctx.t("Prix du kWh", "Price per kWh"), ColumnKind::Money),
    ];
    view::table(ctx.t("Prix utilisés", "Prices used"), &columns, rows.collect())
}

/// Only if today's cost is known: a saving needs a reference.
fn advice(ctx: &Context, found: &Findings) -> Option<Section> {
    let (paid, (best, record)) = (found.paid?, recommended(found)?);
    let saved = paid - found.last.of[best];
    // Too little to change for below 10 EUR, and too uncertain with an estimated year.
    if saved < 1_000 || !found.whole {
        return None;
    }
    let mut advice = view::advice(
        Icon::Contract,
        ctx.t("Cherchez une vraie offre de ce type", "Look for a real offer of this type"),
        "",
        Effort::Minutes,
        &ctx.t(
            "Ce que vous payez en un an, moins le coût de vos relevés {} aux prix de l’offre inventée, abonnement compris. Une vraie offre donnera un autre montant.",
            "What you pay in a year, less the cost of your readings {} at the prices of the made-up offer, standing charge included. A real offer will give another amount.",
        )
        .replace("{}", &range(ctx, found)),
    );
    let offer = Value::from(name(ctx, found.offers[best]));
    let (words, values) = match record {
        Some(record) => (
            ctx.t(
                "« {} » aurait coûté {} {days}. Sur {} années complètes, elle n’a jamais dépassé de plus de {} par an l’offre la moins chère.",
                "“{}” would have cost {} {days}. Over {} full years, it never cost more than {} a year above the cheapest offer.",
            ),
            vec![
                offer,
                euros(found.last.of[best]),
                view::quantity(i64::try_from(found.years.len()).unwrap_or(0), Unit::None),
                euros(record.regret),
            ],
        ),
        None => (
            ctx.t(
                "« {} » aurait été la moins chère {days} : {}.",
                "“{}” would have been the cheapest {days}: {}.",
            ),
            vec![offer, euros(found.last.of[best])],
        ),
    };
    advice.body = view::rich(&words.replace("{days}", &range(ctx, found)), values);
    let advice = advice.saves(Some(Money::new(saved, Currency::EUR)), None, Confidence::Low);
    Some(view::section(ctx.t("Conseil", "Advice"), vec![Block::Advice(vec![advice])]))
}

/// Cents as euros, for a chart.
fn point(cents: i64) -> Option<f64> {
    Some(Money::new(cents, Currency::EUR).major())
}

fn over_years(ctx: &Context, found: &Findings) -> Vec<Block> {
    let records = records(&found.years);
    if found.years.is_empty() {
        return Vec::new();
    }
    let series = found.offers.iter().enumerate().map(|(i, offer)| {
        let points = found.years.values().map(|costs| point(costs.of[i])).collect();
        view::series(name(ctx, offer), Unit::None, Some("EUR"), points)
    });
    let labels = found.years.keys().map(i32::to_string).collect();
    let takeaway = ctx.t(
        "Vos consommations de chaque année, aux prix d’aujourd’hui : une offre sûre reste bonne quand l’hiver change.",
        "What you used each year, at today’s prices: a safe offer stays good when winters change.",
    );
    let title = ctx.t("Coût de chaque année", "Cost of each year");
    let chart = view::by_label(title, takeaway, XyKind::Line, labels, series.take(8).collect());
    let rows = found.offers.iter().zip(&records).map(|(offer, record)| {
        vec![
            name(ctx, offer).into(),
            euros(record.mean),
            euros(record.least),
            euros(record.most),
            view::quantity(record.wins, Unit::None),
            euros(record.regret),
        ]
    });
    let columns = [
        (ctx.t("Offre", "Offer"), ColumnKind::Text),
        (ctx.t("Coût par an, en moyenne", "Average cost per year"), ColumnKind::Money),
        (ctx.t("Année la moins chère", "Cheapest year"), ColumnKind::Money),
        (ctx.t("Année la plus chère", "Dearest year"), ColumnKind::Money),
        (ctx.t("Années où elle est la moins chère", "Years it was cheapest"), ColumnKind::Quantity),
        (ctx.t("Plus grand écart avec la moins chère", "Largest gap to the cheapest"), ColumnKind::Money),
    ];
    let table =
        view::table(ctx.t("D’une année à l’autre", "From one year to the next"), &columns, rows.collect());
    vec![chart, table]
}

fn by_month(ctx: &Context, found: &Findings) -> Vec<Block> {
    if found.months.is_empty() {
        return Vec::new();
    }
    let names: Vec<Date> = found.months.keys().copied().collect();
    let best = recommended(found).map_or(0, |(offer, _)| offer);
    // The recommended offer, the most expensive one, and the flat one, first in the list: three lines
    // remain readable.
    let dearest = found.last.of.iter().enumerate().max_by_key(|(_, cost)| **cost).map_or(0, |(i, _)| i);
    let mut shown = vec![best, dearest, 0];
    shown.dedup();
    if shown.len() == 3 && best == 0 {
        shown.pop();
    }
    let series = shown.iter().map(|i| {
        let points = found.months.values().map(|costs| point(costs.of[*i])).collect();
        view::series(name(ctx, found.offers[*i]), Unit::None, Some("EUR"), points)
    });
    let takeaway = ctx.t(
        "Ce que chaque mois aurait coûté, abonnement compris.",
        "What each month would have cost, standing charge included.",
    );
    // The chart shows three years, and the dearest offer is that of the year counted.
    let title = if found.whole {
        ctx.t(
            "L’offre conseillée, la plus chère {} et la base fixe",
            "The recommended offer, the dearest {} and the fixed flat rate",
        )
    } else {
        ctx.t("La base fixe et l’offre la plus chère {}", "The fixed flat rate and the dearest offer {}")
    };
    let title = title.replace("{}", &counted_year(ctx, found));
    let chart = view::by_month(&title, takeaway, XyKind::Line, &names, series.collect());
    let mut columns = vec![(ctx.t("Mois", "Month"), ColumnKind::Text)];
    columns.extend(found.offers.iter().map(|offer| (name(ctx, offer), ColumnKind::Money)));
    let rows = found.months.iter().rev().take(12).map(|(month, costs)| {
        std::iter::once(view::month(*month)).chain(costs.of.iter().map(|cost| euros(*cost))).collect()
    });
    let table = view::table(
        ctx.t("Chaque mois, abonnement compris", "Each month, standing charge included"),
        &columns,
        rows.collect(),
    );
    vec![chart, table]
}
