//! Empreinte: combines bank, energy, home and trips to propose simple ways to cut bills and carbon. After
//! "EmpowerMi", one of the first apps imagined for MesInfos.

use mesinfos_sdk::energy::{self, Commodity};
use mesinfos_sdk::numbers::scaled;
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Param, Report, Section, Unit};
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
use posts::{Facts, Post};

app!(run: run, parameters: parameters);

fn parameters(lang: Lang) -> Vec<Param> {
    vec![view::price(
        "litre",
        lang.t("Prix d’un litre de carburant", "Price of a litre of fuel"),
        2,
        400,
        175,
    )]
}

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
    let litre = ctx.scaled("litre", 2).filter(|cents| *cents > 0).unwrap_or(175);
    let posts = posts::all(&facts, litre);
    let known = [facts.household.area, facts.household.people].iter().any(Option::is_some);
    if posts.is_empty() && !known && facts.spending.is_none() && nothing {
        return Err(Failure::NeedsData(vec!["energy", "mobility", "bank", "profile"]));
    }
    let mut sections = Vec::new();
    match in_short(ctx, &facts, &posts) {
        figures if figures.is_empty() => {}
        figures => {
            let title = ctx.t("En bref, sur un an", "In short, over a year");
            sections.push(view::section(title, vec![Block::KeyFigures(figures)]));
        }
    }
    let advice = advice::all(ctx, &facts, litre);
    if !advice.is_empty() {
        let title = ctx.t("Ce que vous pouvez faire", "What you can do");
        sections.push(view::section(title, vec![Block::Advice(advice)]));
    }
    if !posts.is_empty() {
        sections.push(balance(ctx, &posts));
    }
    if sections.is_empty() {
        let words = if nothing {
            ctx.t(
                "Vos données sont là, mais aucune ne porte sur l’énergie ni sur les déplacements.",
                "Your data is there, but none of it is about energy or travel.",
            )
        } else {
            ctx.t(
                "Vos relevés et vos trajets couvrent trop peu de jours pour estimer une année : il faut deux semaines de relevés, ou quatre semaines de trajets.",
                "Your readings and trips cover too few days to estimate a year: that takes two weeks of readings, or four weeks of trips.",
            )
        };
        sections.push(view::section(ctx.t("En bref", "In short"), vec![view::paragraph(words)]));
    }
    sections.push(notes::sources(ctx));
    let headline = headline(ctx, &posts);
    let report = view::report(ctx, ctx.t("Empreinte", "Footprint"), &headline, sections);
    Ok(notes::limits(ctx, report, &facts))
}

/// The post with the highest emissions, if there are several.
fn headline(ctx: &Context, posts: &[Post]) -> String {
    let emitting = || posts.iter().filter(|post| post.grams.is_some_and(|grams| grams > 0));
    match emitting().max_by_key(|post| post.grams).filter(|_| emitting().count() > 1) {
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
    let carbon: Vec<i64> = posts.iter().filter_map(|post| post.grams).collect();
    if !carbon.is_empty() {
        let label = ctx.t("Gaz à effet de serre émis en un an", "Greenhouse gases emitted in a year");
        let grams = carbon.iter().sum();
        let figure = view::figure(Icon::Leaf, label, kilograms(grams));
        figures.push(figure.note(&as_by_car(ctx, grams)));
    }
    let paid: Vec<i64> = posts.iter().filter_map(|post| post.cents).collect();
    if !paid.is_empty() {
        let label =
            ctx.t("Payé en un an pour l’énergie et les trajets", "Paid in a year for energy and travel");
        let note = ctx.t(
            "Les factures d’énergie, le carburant et les billets que montre votre banque.",
            "Energy bills, fuel and tickets, as your bank shows them.",
        );
        figures.push(view::figure(Icon::Bank, label, euros(paid.iter().sum())).note(note));
    }
    let meters = [facts.electricity, facts.gas].into_iter().flatten();
    let energy: i64 = meters.map(|meter| meter.yearly.0).sum();
    let Household { area, people, .. } = facts.household;
    if let Some(area) = area.filter(|_| energy > 0) {
        let label = ctx.t("Énergie du logement, par m² et par an", "Home energy, per m² a year");
        let note = ctx.t(
            "Ce que vos compteurs ont mesuré en un an, divisé par la surface. Ce chiffre ne se compare pas à la lettre du DPE, qui compte autrement (en énergie primaire).",
            "What your meters measured in a year, divided by the floor area. This figure cannot be compared with the energy rating of a home (DPE), which is worked out differently (primary energy).",
        );
        figures.push(view::figure(Icon::Home, label, Energy(scaled(energy, 1, area))).note(note));
    }
    if let Some(people) = people.filter(|people| *people > 1 && energy > 0) {
        let label = ctx.t("Énergie du logement, par personne et par an", "Home energy, per person a year");
        let note = ctx.t(
            "Ce que vos compteurs ont mesuré en un an, divisé par le nombre d’habitants.",
            "What your meters measured in a year, divided by the number of people who live there.",
        );
        figures.push(view::figure(Icon::People, label, Energy(scaled(energy, 1, people))).note(note));
    }
    if let Some(price) = posts::paid_a_kwh(facts) {
        let label = ctx.t(
            "Ce que vous coûte un kWh, abonnement compris",
            "What a kWh costs you, standing charge included",
        );
        let note = ctx.t(
            "Ce que vous avez payé en un an aux fournisseurs d’énergie (d’après votre banque), divisé par ce que vos compteurs ont mesuré.",
            "What you paid energy suppliers in a year (from your bank), divided by what your meters measured.",
        );
        figures.push(view::figure(Icon::Receipt, label, view::price_of(price, 4, "EUR")).note(note));
    }
    if let Some(cents) = posts::fuel_a_km(facts) {
        let label =
            ctx.t("Ce que vous coûte un kilomètre, en carburant", "What a kilometre costs you in fuel");
        let note = ctx.t(
            "Le carburant que vous avez payé en un an (d’après votre banque), divisé par vos kilomètres en voiture.",
            "The fuel you paid for in a year (from your bank), divided by the kilometres you drove.",
        );
        figures.push(view::figure(Icon::Car, label, euros(cents)).note(note));
    }
    figures.truncate(6);
    figures
}

/// What emissions mean: as many as by how many kilometres in a car, and of what.
fn as_by_car(ctx: &Context, grams: i64) -> String {
    let decigrams = factors::decigrams(mesinfos_sdk::mobility::Mode::Car).unwrap_or(1).max(1);
    // Two digits that count: it is a comparison, not a measure.
    let whole = scaled(grams, 10, decigrams);
    let step = 10_i64.pow(whole.max(1).ilog10().saturating_sub(1));
    let km = ctx.lang.number(scaled(grams, 10, i128::from(decigrams) * i128::from(step)) * step);
    match ctx.lang {
        Lang::Fr => format!(
            "C’est autant qu’environ {km}\u{a0}km en voiture. Les autres gaz sont convertis en CO₂. Seuls le logement et les trajets connus sont comptés, sur les douze derniers mois."
        ),
        Lang::En => format!(
            "That is as much as about {km}\u{a0}km by car. Other gases are converted to CO₂. Only your home and the trips that are known are counted, over the last twelve months."
        ),
    }
}

fn balance(ctx: &Context, posts: &[Post]) -> Section {
    let mut blocks = Vec::new();
    let mut slices: Vec<(String, f64)> = posts
        .iter()
        .filter_map(|post| Some((post, post.grams.filter(|grams| *grams > 0)?)))
        .map(|(post, grams)| (ctx.t(post.fr, post.en).to_owned(), (grams as f64 / 1e3).round()))
        .collect();
    slices.sort_by(|a, b| b.1.total_cmp(&a.1));
    if let [(most, _), _, ..] = slices.as_slice() {
        let takeaway = match ctx.lang {
            Lang::Fr => format!("Ce qui émet le plus, parmi ce qui est compté : {}.", most.to_lowercase()),
            Lang::En => format!("The largest source, of what is counted: {}.", most.to_lowercase()),
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
        ]
    });
    let columns = [
        (ctx.t("Poste", "Item"), ColumnKind::Text),
        (ctx.t("En un an", "In a year"), ColumnKind::Quantity),
        (ctx.t("Émissions", "Emissions"), ColumnKind::Quantity),
        (ctx.t("Payé, d’après la banque", "Paid, from your bank"), ColumnKind::Money),
    ];
    blocks.push(view::table(ctx.t("Poste par poste", "Item by item"), &columns, rows.collect()));
    view::section(ctx.t("Le détail", "In detail"), blocks)
}
