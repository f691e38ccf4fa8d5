//! Conso: electricity use over the day, base load, and yearly cost under each tariff.

use mesinfos_sdk::energy::{self, Commodity, Interval};
use mesinfos_sdk::numbers::scaled;
use mesinfos_sdk::view::{self, Block, ColumnKind, Icon, Param, Report, Section, Unit, XyKind};
use mesinfos_sdk::{Context, Date, Energy, Failure, Lang, Period, Value, app};
use std::collections::BTreeMap;

mod advice;
mod curve;
mod tariffs;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod whole;

use curve::Curve;
use tariffs::{Plan, Year};

app!(run: run, parameters: parameters);

fn parameters(lang: Lang) -> Vec<Param> {
    let power = lang.t("Puissance souscrite (kVA)", "Subscribed power (kVA)");
    let hours = lang.t("Début des heures creuses", "Start of off-peak hours");
    let price = lang.t("Votre prix du kWh (0 : inconnu)", "Your price per kWh (0: unknown)");
    let monthly =
        lang.t("Votre abonnement par mois (0 : inconnu)", "Your monthly standing charge (0: unknown)");
    vec![
        view::choice("power", power, &[("6", "6 kVA"), ("9", "9 kVA"), ("12", "12 kVA")]),
        view::choice(
            "off-peak",
            hours,
            &[("22", &lang.hours(22, 6)), ("23", &lang.hours(23, 7)), ("0", &lang.hours(0, 8))],
        ),
        view::price("price", price, 4, 10_000, 0),
        view::price("monthly", monthly, 2, 10_000, 0),
    ]
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let readings = energy::consumed(Commodity::Electricity, Period::all())?;
    let curve = Curve::of(&readings).ok_or(Failure::NeedsData(vec!["energy"]))?;
    let days = energy::by_day(&readings);
    let costs = costs(ctx, &curve);
    let advice = advice::all(ctx, &curve, &costs);

    let mut profile = vec![view::section(ctx.t("En bref", "In short"), vec![in_short(ctx, &curve, &costs)])];
    profile.extend(day(ctx, &curve));
    profile.extend(calendar(ctx, &days));
    profile.push(months(ctx, &readings));
    let mut prices = vec![tariffs(ctx, &curve, &costs)];
    if !advice.is_empty() {
        let title = ctx.t("Ce que vous pouvez faire", "What you can do");
        prices.push(view::section(title, vec![Block::Advice(advice)]));
    }
    let report = view::report(ctx, ctx.t("Conso", "Electricity"), &headline(ctx, &curve, &costs), profile);
    let report = match energy::span(&readings) {
        Some(all) => report.days(all.first, all.last),
        None => report,
    };
    let report = report.page(ctx.t("Tarifs et conseils", "Tariffs and advice"), Icon::Money, prices);
    Ok(limits(ctx, &curve, report))
}

/// Price of a kilowatt-hour in ten-thousandths and standing charge of a month in hundredths of a euro, as the person set them.
fn own(ctx: &Context) -> (Option<i64>, Option<i64>) {
    let known = |name, digits| ctx.scaled(name, digits).filter(|number| *number > 0);
    (known("price", 4), known("monthly", 2))
}

/// Yearly cost under each plan, flat one first; omits plans that the readings cannot price. None with too few days.
fn costs(ctx: &Context, curve: &Curve) -> Vec<(Plan, &'static str, Year)> {
    if !curve.tells_of_a_year() {
        return Vec::new();
    }
    let power = ctx.choice("power").and_then(|set| tariffs::POWERS.iter().position(|power| *power == set));
    let first = ctx.choice("off-peak").and_then(|hour| hour.parse().ok()).unwrap_or(22);
    let mut plans = vec![
        (Plan::Base, ctx.lang.t("Base", "Flat")),
        (Plan::OffPeak, ctx.lang.t("Heures creuses", "Off-peak hours")),
        (Plan::Tempo, "Tempo"),
    ];
    // Without its standing charge, the own tariff would look cheaper than it is.
    if let (Some(price), Some(monthly)) = own(ctx) {
        plans.push((Plan::Own(price, monthly), ctx.lang.t("Votre tarif", "Your tariff")));
    }
    let of = |(plan, name)| Some((plan, name, tariffs::year(plan, curve, power.unwrap_or(0), first)?));
    plans.into_iter().filter_map(of).collect()
}

/// The cheapest plan, for a whole year only: in a part of it, the missing season would decide.
fn cheapest<'a>(curve: &Curve, costs: &'a [(Plan, &'a str, Year)]) -> Option<&'a (Plan, &'a str, Year)> {
    costs.iter().min_by_key(|(.., year)| year.total().minor).filter(|_| curve.is_whole() && costs.len() > 1)
}

/// An hour of the day, in words.
fn hour(ctx: &Context, hour: usize) -> String {
    ctx.lang.hour(u8::try_from(hour % 24).unwrap_or(0))
}

/// The main finding, in a sentence.
fn headline(ctx: &Context, curve: &Curve, costs: &[(Plan, &str, Year)]) -> String {
    let Some(from) = curve.peak() else {
        return ctx.t("Ce que vous consommez, jour après jour.", "What you use, day after day.").to_owned();
    };
    let (from, until) = (hour(ctx, from), hour(ctx, from + 3));
    let when = match ctx.lang {
        Lang::Fr => format!("Vous consommez le plus de {from} à {until}"),
        Lang::En => format!("You use most from {from} to {until}"),
    };
    match (cheapest(curve, costs), ctx.lang) {
        (None, _) => format!("{when}."),
        (Some((_, plan, _)), Lang::Fr) => format!("{when} ; l’option la moins chère pour vous : {plan}."),
        (Some((_, plan, _)), Lang::En) => format!("{when}; the cheapest option for you: {plan}."),
    }
}

/// Of which days the readings of the year are, in a sentence.
fn counted(ctx: &Context, curve: &Curve) -> String {
    format!("{} {}.", ctx.t("D’après vos relevés", "Based on your readings"), curve.range(ctx.lang))
}

fn in_short(ctx: &Context, curve: &Curve, costs: &[(Plan, &str, Year)]) -> Block {
    if !curve.tells_of_a_year() {
        let label = ctx.t("Consommation relevée", "Metered electricity");
        let note = ctx.t(
            "Moins de deux semaines de relevés : rien n’en est déduit pour une année.",
            "Less than two weeks of readings: nothing is concluded for a year.",
        );
        return Block::KeyFigures(vec![view::figure(Icon::Energy, label, curve.known()).note(note)]);
    }
    let a_year = if curve.is_whole() {
        ctx.t("Consommation d’un an", "Used in a year")
    } else {
        ctx.t("Consommation d’un an, à ce rythme", "Used in a year, at this pace")
    };
    // A total says of which days.
    let counted = counted(ctx, curve);
    let mut figures = vec![
        view::figure(Icon::Energy, a_year, curve.energy()).note(&counted),
        view::figure(Icon::Calendar, ctx.t("Par jour", "Per day"), Energy(scaled(curve.energy().0, 1, 365)))
            .note(ctx.t("La consommation d’un an, divisée par 365.", "The use of a year, divided by 365.")),
    ];
    figures.extend(curve.base_load().map(|watts| {
        view::figure(Icon::Home, ctx.t("Puissance toujours allumée", "Always-on power"), view::quantity(watts, Unit::Watt))
            .note(if curve.has_mild_days() {
                ctx.t("Votre logement demande au moins cette puissance lors de neuf relevés sur dix.", "Your home draws at least this much in nine readings out of ten.")
            } else {
                ctx.t(
                    "Votre logement demande au moins cette puissance lors de neuf relevés sur dix. Le chauffage est compris, faute de jours doux.",
                    "Your home draws at least this much in nine readings out of ten. Heating is included, as there are no mild days.",
                )
            })
    }));
    figures.extend(cheapest(curve, costs).map(|(_, name, year)| {
        view::figure(
            Icon::Money,
            ctx.t("Un an à l’option la moins chère", "A year on the cheapest option"),
            year.total(),
        )
        .note(name)
    }));
    Block::KeyFigures(figures)
}

/// Profile of a day, if the readings are hourly.
fn day(ctx: &Context, curve: &Curve) -> Option<Section> {
    if !curve.hourly {
        return None;
    }
    let points = |chosen: fn(u8) -> bool| {
        curve.profile(chosen).map(|watts| watts.and_then(|w| i32::try_from(w).ok()).map(f64::from)).to_vec()
    };
    let of = |label, chosen| view::series(label, Unit::Watt, None, points(chosen));
    let week = of(ctx.t("En semaine", "Weekdays"), |day| day < 5);
    let weekend = of(ctx.t("Le week-end", "Weekends"), |day| day >= 5);
    let hours = (0..24).map(|hour| ctx.lang.hour(hour)).collect();
    let takeaway = match curve.peak() {
        Some(from) => {
            let (from, until) = (hour(ctx, from), hour(ctx, from + 3));
            match ctx.lang {
                Lang::Fr => format!("Vous consommez le plus de {from} à {until}."),
                Lang::En => format!("You use most from {from} to {until}."),
            }
        }
        None => ctx.t("La puissance moyenne à chaque heure.", "Average power at each hour.").to_owned(),
    };
    let title = ctx.t("Votre journée type", "Your typical day");
    let chart = view::by_label(title, &takeaway, XyKind::Line, hours, vec![week, weekend]);
    Some(view::section(ctx.t("Heure par heure", "Hour by hour"), vec![chart]))
}

/// At most the last three years, day by day.
fn calendar(ctx: &Context, days: &BTreeMap<Date, Energy>) -> Option<Section> {
    let (first, last) = (*days.keys().next()?, *days.keys().last()?);
    let start = if last - first >= 1_100 { last.plus_days(-1_099) } else { first };
    let values = (start.0..=last.0).map(|day| days.get(&Date(day)).map(|energy| energy.kwh())).collect();
    let most = days.range(start..).max_by_key(|(_, energy)| **energy)?.0;
    let date = ctx.lang.day(*most);
    let takeaway = match ctx.lang {
        Lang::Fr => format!("Votre journée la plus forte : le {date}."),
        Lang::En => format!("Your heaviest day: {date}."),
    };
    let chart = view::calendar(
        ctx.t("Consommation de chaque jour", "Use of each day"),
        &takeaway,
        start,
        Unit::Kwh,
        values,
    );
    Some(view::section(ctx.t("Jour par jour", "Day by day"), vec![chart]))
}

/// Mean day of each month, so that an incomplete month does not look smaller.
fn months(ctx: &Context, readings: &[Interval]) -> Section {
    let mut months: BTreeMap<Date, Vec<Interval>> = BTreeMap::new();
    for reading in readings {
        months.entry(reading.start.date().month_start()).or_default().push(*reading);
    }
    let mean = |month: &Vec<Interval>| {
        Some(Energy(scaled(energy::sum(month).0, 86_400, energy::covered(month).max(1))).kwh())
    };
    let recent = months.len().saturating_sub(120);
    let (names, points) = months.iter().skip(recent).map(|(name, month)| (*name, mean(month))).unzip();
    let names: Vec<Date> = names;
    let label = ctx.t("Par jour", "Per day");
    let takeaway = if names.len() >= 12 {
        ctx.t("Ce que les saisons changent à votre consommation.", "How your use changes with the seasons.")
    } else {
        ctx.t(
            "Ce que vous consommez par jour, en moyenne, chaque mois.",
            "What you use per day, on average, each month.",
        )
    };
    let chart = view::by_month(
        ctx.t("Consommation par jour, en moyenne, chaque mois", "Average use per day, each month"),
        takeaway,
        XyKind::Bar,
        &names,
        vec![view::series(label, Unit::Kwh, None, points)],
    );
    view::section(ctx.t("Mois par mois", "Month by month"), vec![chart])
}

fn tariffs(ctx: &Context, curve: &Curve, costs: &[(Plan, &str, Year)]) -> Section {
    let rows = costs.iter().map(|(plan, name, year)| {
        let provider = match plan {
            Plan::Own(..) => ctx.t("d’après vos réglages", "from your settings"),
            _ => ctx.t("tarif réglementé", "regulated tariff"),
        };
        let values: Vec<Value> = vec![year.subscription.into(), year.energy.into()];
        let mut offer =
            view::offer(name, provider, matches!(plan, Plan::Own(..)), Some(year.total()), values);
        if *plan == Plan::Tempo {
            let con = ctx.t(
                "22 jours rouges à 0,6468 € le kWh le jour : ils sont comptés ici sur vos jours d’hiver les plus chargés",
                "22 red days at €0.6468 per kWh by day: they are counted here on your heaviest winter days",
            );
            offer.cons.push(con.to_owned());
        }
        offer
    });
    let best = cheapest(curve, costs).and_then(|best| costs.iter().position(|cost| cost == best));
    let title = if curve.is_whole() {
        ctx.t("Prix d’un an", "Price of a year")
    } else {
        ctx.t("Prix d’un an, à ce rythme", "Price of a year, at this pace")
    };
    let comparison = (!costs.is_empty()).then(|| {
        view::comparison(
            title,
            &[ctx.t("Abonnement", "Standing charge"), ctx.t("Énergie", "Energy")],
            rows.collect(),
            best.and_then(|i| u32::try_from(i).ok()),
            ctx.t("Aucun.", "None."),
        )
    });
    let prices = |plan: &str, rows: &[(&str, i64)]| -> Vec<Vec<Value>> {
        let price = |cents: i64| view::price_of(cents, 4, "EUR");
        rows.iter().map(|(when, ten)| vec![plan.into(), (*when).into(), price(*ten)]).collect()
    };
    let mut table =
        prices(ctx.t("Base", "Flat"), &[(ctx.t("à toute heure", "at all times"), tariffs::BASE.1)]);
    let [full, low] = tariffs::OFF_PEAK.1;
    table.extend(prices(
        ctx.t("Heures creuses", "Off-peak hours"),
        &[(ctx.t("heures pleines", "peak hours"), full), (ctx.t("heures creuses", "off-peak hours"), low)],
    ));
    for (colour, [day, night]) in
        [ctx.t("bleu", "blue"), ctx.t("blanc", "white"), ctx.t("rouge", "red")].iter().zip(tariffs::TEMPO.1)
    {
        let by_day = format!("{colour}, {}", ctx.lang.hours(6, 22));
        let by_night = format!("{colour}, {}", ctx.lang.hours(22, 6));
        table.extend(prices("Tempo", &[(&by_day, day), (&by_night, night)]));
    }
    let columns = [
        (ctx.t("Option", "Option"), ColumnKind::Text),
        (ctx.t("Quand", "When"), ColumnKind::Text),
        (ctx.t("Prix du kWh", "Price per kWh"), ColumnKind::Money),
    ];
    let used = view::table(ctx.t("Prix utilisés", "Prices used"), &columns, table);
    let title = ctx.t("Ce que coûte une année", "What a year costs");
    let years = comparison.map(|comparison| [view::paragraph(&counted(ctx, curve)), comparison]);
    view::section(title, years.into_iter().flatten().chain([used]).collect())
}

fn limits(ctx: &Context, curve: &Curve, report: Report) -> Report {
    let mut report = report.limit(ctx.t(
        "Les prix sont ceux du tarif réglementé d’EDF au 1er août 2025, toutes taxes comprises, pour la puissance choisie dans les réglages. Ils changent une ou deux fois par an : vérifiez-les sur la grille d’EDF avant de changer d’option.",
        "The prices are those of EDF’s regulated tariff on 1 August 2025, taxes included, for the power chosen in the settings. They change once or twice a year: check them on EDF’s price list before you switch.",
    ));
    report = report.limit(ctx.t(
        "Seul le tarif réglementé est comparé ici ; l’application « Fournisseurs » compare d’autres offres, à d’autres prix.",
        "Only the regulated tariff is compared here; the app “Energy suppliers” compares other offers, at other prices.",
    ));
    if matches!(own(ctx), (Some(_), None) | (None, Some(_))) {
        report = report.limit(ctx.t(
            "Votre tarif n’est pas comparé : donnez dans les réglages le prix du kWh et l’abonnement.",
            "Your tariff is not compared: give both the price per kWh and the standing charge in the settings.",
        ));
    }
    if !curve.tells_of_a_year() {
        report = report.limit(ctx.t(
            "Moins de deux semaines de relevés sont connues : aucune année n’est estimée, aucune option n’est comparée et aucun conseil n’est donné. Votre fournisseur ou Enedis en a davantage.",
            "Less than two weeks of readings are known: no year is estimated, no options are compared and no advice is given. Your supplier or Enedis holds more.",
        ));
    } else if curve.is_whole() && !curve.is_complete() {
        let words = ctx.t(
            "Sur l’année comptée, {} sont connus : le reste est supposé au même rythme.",
            "{} of the year counted are known: the rest is assumed to be at the same pace.",
        );
        report.limits.push(view::rich(words, vec![view::quantity(curve.days(), Unit::Day)]));
    } else if !curve.is_whole() {
        let words = ctx.t(
            "Vos relevés ne couvrent que {} : l’année est extrapolée au même rythme, sans tenir compte des saisons (l’hiver seul la donne trop haute, l’été seul trop basse), et l’option Tempo n’est pas calculée. Votre fournisseur ou Enedis en a davantage.",
            "Only {} are known: the year is a projection at the same pace, without the seasons (too high from a winter alone, too low from a summer alone), and Tempo is not priced. Your supplier or Enedis holds more.",
        );
        report.limits.push(view::rich(words, vec![view::quantity(curve.days(), Unit::Day)]));
    }
    if !curve.hourly {
        report = report.limit(ctx.t(
            "Les relevés que cette application reçoit ne sont pas heure par heure : ni la journée type, ni les heures creuses, ni Tempo ne sont calculés. Vous choisissez ce détail en la lui permettant ; Enedis a ces relevés, si la collecte horaire est activée.",
            "The readings that this app gets are not hour by hour, so neither a typical day nor off-peak hours nor Tempo is computed. You choose this detail when you allow the app to read them; Enedis holds the readings, if hourly collection is on.",
        ));
    }
    report
}
