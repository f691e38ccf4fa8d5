//! Empreinte: combines bank, energy, home and trips to propose simple ways to cut bills and carbon. After
//! "EmpowerMi", one of the first apps imagined for MesInfos.

use mesinfos_sdk::energy::{self, Commodity};
use mesinfos_sdk::numbers::scaled;
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Report, Section, Unit};
use mesinfos_sdk::{Context, Currency, Energy, Failure, Lang, Money, Period, Value, app};

mod advice;
mod factors;
mod home;
mod money;
mod moves;
mod notes;
mod posts;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod whole;

use home::{Household, Meter};
use money::Spending;
use moves::Moves;
use posts::{Facts, Of, Post};

app!(run: run);

fn run(ctx: &Context) -> Result<Report, Failure> {
    let electricity = energy::consumed(Commodity::Electricity, Period::all())?;
    let gas = energy::consumed(Commodity::Gas, Period::all())?;
    let (legs, payments) = (moves::legs()?, money::payments()?);
    let nothing = electricity.is_empty() && gas.is_empty() && legs.is_empty();
    let facts = Facts {
        electricity: Meter::of(&electricity),
        gas: Meter::of(&gas),
        moves: Moves::of(&legs),
        spending: Spending::of(&payments),
        household: home::household()?,
    };
    let posts = posts::all(&facts);
    let known = [facts.household.area, facts.household.people].iter().any(Option::is_some);
    if posts.is_empty() && !known && facts.spending.is_none() && nothing {
        return Err(Failure::NeedsData(vec!["energy", "mobility", "bank", "profile"]));
    }
    let mut sections = Vec::new();
    match in_short(ctx, &facts, &posts) {
        figures if figures.is_empty() => {}
        figures => {
            sections.push(view::section(ctx.t("En bref", "In short"), vec![Block::KeyFigures(figures)]));
        }
    }
    let advice = advice::all(ctx, &facts);
    if !advice.is_empty() {
        let title = ctx.t("Ce que vous pouvez faire", "What you can do");
        sections.push(view::section(title, vec![Block::Advice(advice)]));
    }
    if !posts.is_empty() {
        sections.push(balance(ctx, &facts, &posts));
    }
    if sections.is_empty() {
        let words = if nothing {
            ctx.t(
                "Vos données sont là, mais aucune ne porte sur l’énergie ni sur les déplacements.",
                "Your data is there, but none of it is about energy or travel.",
            )
        } else {
            ctx.t(
                "Vos trajets sont là, mais aucun n’a de distance : rien n’en est calculé.",
                "Your trips are there, but none has a distance, so nothing is computed from them.",
            )
        };
        sections.push(view::section(ctx.t("En bref", "In short"), vec![view::paragraph(words)]));
    }
    sections.push(notes::sources(ctx));
    let headline = headline(ctx, &posts);
    let report = view::report(ctx, ctx.t("Empreinte", "Footprint"), &headline, sections);
    let is_apart = emitted(&posts).is_none() && posts.iter().any(|post| post.grams.is_some());
    Ok(notes::limits(ctx, report, &facts, is_apart))
}

/// What the emissions of these posts are of together; `None` if they cannot be added.
fn emitted(posts: &[Post]) -> Option<Of> {
    posts::together(posts.iter().filter(|post| post.grams.is_some()).filter_map(|post| post.of))
}

/// The post with the highest emissions, if there are several of the same year.
fn headline(ctx: &Context, posts: &[Post]) -> String {
    let emitting = || posts.iter().filter(|post| post.grams.is_some_and(|grams| grams > 0));
    let is_compared = emitting().count() > 1 && emitted(posts).is_some();
    match emitting().max_by_key(|post| post.grams).filter(|_| is_compared) {
        Some(most) => {
            let post = ctx.t(most.fr, most.en).to_lowercase();
            match ctx.lang {
                Lang::Fr => {
                    format!(
                        "Ce qui émet le plus de gaz à effet de serre chez vous, d’après vos données : {post}."
                    )
                }
                Lang::En => {
                    format!("Your largest source of greenhouse gases, going by your data: {post}.")
                }
            }
        }
        None => ctx
            .t(
                "Ce que vos données disent de vos factures et de vos émissions de gaz à effet de serre.",
                "What your data says about your bills and your greenhouse gas emissions.",
            )
            .to_owned(),
    }
}

fn euros(cents: i64) -> Value {
    Money::new(cents, Currency::EUR).into()
}

fn kilograms(grams: i64) -> Value {
    view::quantity(scaled(grams, 1, 1_000), Unit::KgCo2e)
}

/// Figures from data only: a post without data has no figure, not a zero.
fn in_short(ctx: &Context, facts: &Facts, posts: &[Post]) -> Vec<view::KeyFigure> {
    let mut figures = Vec::new();
    let emitting = || posts.iter().filter_map(|post| Some((post, post.grams?, post.of?)));
    if let Some(of) = emitted(posts) {
        let label = ctx.t("Gaz à effet de serre émis en un an", "Greenhouse gases emitted in a year");
        let grams = emitting().map(|(_, grams, _)| grams).sum();
        let figure = view::figure(Icon::Leaf, label, kilograms(grams));
        figures.push(figure.note(&as_by_car(ctx, grams, of)));
    } else {
        // Of different times, or of too few days: each stands alone, with its days.
        figures.extend(emitting().take(3).map(|(post, grams, of)| {
            let label = ctx
                .t("Gaz à effet de serre : {}", "Greenhouse gases: {}")
                .replace("{}", &ctx.t(post.fr, post.en).to_lowercase());
            view::figure(post.icon, &label, kilograms(grams)).note(&ctx.lang.sentence(&of.words(ctx)))
        }));
    }
    let paid: Vec<i64> = posts.iter().filter_map(|post| post.cents).collect();
    if let Some(spending) = facts.spending.as_ref().filter(|_| !paid.is_empty()) {
        let label = if spending.of.is_yearly() {
            ctx.t("Payé en un an pour l’énergie et les trajets", "Paid in a year for energy and travel")
        } else {
            ctx.t("Payé pour l’énergie et les trajets", "Paid for energy and travel")
        };
        let note = ctx
            .t(
                "Les factures d’énergie, le carburant et les billets que montre votre banque, {}.",
                "Energy bills, fuel and tickets, as your bank shows them, {}.",
            )
            .replace("{}", &spending.of.words(ctx));
        figures.push(view::figure(Icon::Bank, label, euros(paid.iter().sum())).note(&note));
    }
    let metered = posts::together(facts.meters().map(|meter| meter.of));
    let energy: i64 = facts.meters().filter(|_| metered.is_some()).map(|meter| meter.energy.0).sum();
    let counted = metered.map_or_else(String::new, |of| of.words(ctx));
    let Household { area, people, .. } = facts.household;
    if let Some(area) = area.filter(|_| energy > 0) {
        let label = ctx.t("Énergie du logement, par m² et par an", "Home energy, per m² a year");
        let note = ctx
            .t(
                "Ce que vos compteurs ont mesuré {}, divisé par la surface. Ce chiffre ne se compare pas à la lettre du DPE, qui compte autrement (en énergie primaire).",
                "What your meters measured {}, divided by the floor area. This figure cannot be compared with the energy rating of a home (DPE), which is worked out differently (primary energy).",
            )
            .replace("{}", &counted);
        figures.push(view::figure(Icon::Home, label, Energy(scaled(energy, 1, area))).note(&note));
    }
    if let Some(people) = people.filter(|people| *people > 1 && energy > 0) {
        let label = ctx.t("Énergie du logement, par personne et par an", "Home energy, per person a year");
        let note = ctx
            .t(
                "Ce que vos compteurs ont mesuré {}, divisé par le nombre d’habitants.",
                "What your meters measured {}, divided by the number of people who live there.",
            )
            .replace("{}", &counted);
        figures.push(view::figure(Icon::People, label, Energy(scaled(energy, 1, people))).note(&note));
    }
    let banked = facts.spending.as_ref().map_or_else(String::new, |spending| spending.of.words(ctx));
    if let Some(price) = posts::paid_a_kwh(facts) {
        let label = ctx.t(
            "Ce que vous coûte un kWh, abonnement compris",
            "What a kWh costs you, standing charge included",
        );
        let note = ctx
            .t(
                "Ce que vous avez payé aux fournisseurs d’énergie (d’après votre banque, {}), divisé par ce que vos compteurs ont mesuré ({metered}).",
                "What you paid energy suppliers (from your bank, {}), divided by what your meters measured ({metered}).",
            )
            .replace("{}", &banked)
            .replace("{metered}", &counted);
        figures.push(view::figure(Icon::Receipt, label, view::price_of(price, 4, "EUR")).note(&note));
    }
    if let Some(cents) = posts::fuel_a_km(facts) {
        let label =
            ctx.t("Ce que vous coûte un kilomètre, en carburant", "What a kilometre costs you in fuel");
        let driven = facts.moves.as_ref().map_or_else(String::new, |moves| moves.of.words(ctx));
        let note = ctx
            .t(
                "Le carburant que vous avez payé (d’après votre banque, {}), divisé par vos kilomètres en voiture ({driven}).",
                "The fuel you paid for (from your bank, {}), divided by the kilometres you drove ({driven}).",
            )
            .replace("{}", &banked)
            .replace("{driven}", &driven);
        figures.push(view::figure(Icon::Car, label, euros(cents)).note(&note));
    }
    figures.truncate(6);
    figures
}

/// What emissions mean: as many as by how many kilometres in a car, and of what.
fn as_by_car(ctx: &Context, grams: i64, of: Of) -> String {
    let decigrams = factors::decigrams(mesinfos_sdk::mobility::Mode::Car).unwrap_or(1).max(1);
    // Two digits that count: it is a comparison, not a measure.
    let whole = scaled(grams, 10, decigrams);
    let step = 10_i64.pow(whole.max(1).ilog10().saturating_sub(1));
    let km = ctx.lang.number(scaled(grams, 10, i128::from(decigrams) * i128::from(step)) * step);
    let days = of.words(ctx);
    match ctx.lang {
        Lang::Fr => format!(
            "C’est autant qu’environ {km}\u{a0}km en voiture. Les autres gaz sont convertis en CO₂. Seuls le logement et les trajets connus sont comptés, {days}."
        ),
        Lang::En => format!(
            "That is as much as about {km}\u{a0}km by car. Other gases are converted to CO₂. Only your home and the trips that are known are counted, {days}."
        ),
    }
}

/// What the amounts of a post are of, in words.
fn days(ctx: &Context, facts: &Facts, post: &Post) -> String {
    let paid = facts.spending.as_ref().filter(|_| post.cents.is_some()).map(|spending| spending.of);
    match (post.of, paid) {
        (Some(of), Some(paid)) if of != paid => {
            let words = ctx.t("quantité {}, paiements {paid}", "quantity {}, payments {paid}");
            words.replace("{}", &of.words(ctx)).replace("{paid}", &paid.words(ctx))
        }
        (of, paid) => of.or(paid).map_or_else(String::new, |of| of.words(ctx)),
    }
}

fn balance(ctx: &Context, facts: &Facts, posts: &[Post]) -> Section {
    let mut blocks = Vec::new();
    let emitted = emitted(posts);
    let mut slices: Vec<(String, f64)> = posts
        .iter()
        .filter_map(|post| Some((post, post.grams.filter(|grams| *grams > 0)?)))
        .map(|(post, grams)| (ctx.t(post.fr, post.en).to_owned(), (grams as f64 / 1e3).round()))
        .collect();
    slices.sort_by(|a, b| b.1.total_cmp(&a.1));
    // Parts of a whole are of one year.
    if let ([(most, _), _, ..], Some(of)) = (slices.as_slice(), emitted) {
        let (most, days) = (most.to_lowercase(), of.words(ctx));
        let takeaway = match ctx.lang {
            Lang::Fr => format!("Ce qui émet le plus, parmi ce qui est compté ({days}) : {most}."),
            Lang::En => format!("The largest source, of what is counted ({days}): {most}."),
        };
        let title = ctx.t("Gaz à effet de serre, en un an", "Greenhouse gases, in a year");
        blocks.push(view::parts(title, &takeaway, Unit::KgCo2e, None, slices));
    }
    let rows = posts.iter().map(|post| {
        vec![
            ctx.t(post.fr, post.en).into(),
            post.quantity.map_or(Value::Missing, |(tenths, unit)| view::tenths(tenths, unit)),
            post.grams.map_or(Value::Missing, kilograms),
            post.cents.map_or(Value::Missing, euros),
            days(ctx, facts, post).as_str().into(),
        ]
    });
    let columns = [
        (ctx.t("Poste", "Type"), ColumnKind::Text),
        (ctx.t("Quantité", "Quantity"), ColumnKind::Quantity),
        (ctx.t("Émissions", "Emissions"), ColumnKind::Quantity),
        (ctx.t("Payé, d’après la banque", "Paid, from your bank"), ColumnKind::Money),
        (ctx.t("Période", "Period"), ColumnKind::Text),
    ];
    blocks.push(view::table(ctx.t("Poste par poste", "Type by type"), &columns, rows.collect()));
    view::section(ctx.t("Le détail", "In detail"), blocks)
}
