//! Forfait: what the person uses of a mobile plan, against a list of plans; after the app "Refact".

use mesinfos_sdk::telecom::{self, Direction, Service};
use mesinfos_sdk::view::{self, ColumnKind, Icon, Param, Report, Unit, XyKind};
use mesinfos_sdk::{Context, Currency, Date, Failure, Lang, Money, Period, Value, app};
use std::collections::BTreeMap;

app!(run: run, parameters: parameters);

/// A plan: what is in it, and what is beyond costs. Prices in cents.
struct Plan {
    name: &'static str,
    monthly: i64,
    minutes: i64,
    messages: i64,
    minute: i64,
    message: i64,
}

/// No limit.
const ALL: i64 = i64::MAX;

/// Invented, of the order of what was on offer in France in 2026.
const PLANS: [Plan; 4] = [
    Plan { name: "Exemple 2 h", monthly: 299, minutes: 120, messages: 100, minute: 5, message: 5 },
    Plan { name: "Exemple 5 h", monthly: 599, minutes: 300, messages: ALL, minute: 5, message: 0 },
    Plan { name: "Exemple 10 h", monthly: 899, minutes: 600, messages: ALL, minute: 5, message: 0 },
    Plan { name: "Exemple illimité", monthly: 1_299, minutes: ALL, messages: ALL, minute: 0, message: 0 },
];

/// What goes out in a month.
#[derive(Default)]
struct Use {
    seconds: i64,
    messages: i64,
}

fn parameters(lang: Lang) -> Vec<Param> {
    vec![view::euros(
        "bill",
        lang.t("Votre facture par mois (0 : inconnue)", "Your bill a month (0: unknown)"),
        200,
        0,
    )]
}

fn run(ctx: &Context) -> Result<Report, Failure> {
    let mut months: BTreeMap<Date, Use> = BTreeMap::new();
    for event in telecom::events(Period::all()) {
        let event = event?;
        let (Some(at), Some(Direction::Out)) = (event.at(), event.direction()) else {
            continue;
        };
        let month = months.entry(at.date().month_start()).or_default();
        match event.service() {
            Some(Service::Voice) => month.seconds += event.duration().unwrap_or(0),
            Some(Service::Sms | Service::Mms) => month.messages += event.messages().unwrap_or(1),
            _ => {}
        }
    }
    if months.is_empty() {
        return Err(Failure::NeedsData(vec!["telecom"]));
    }
    let eur = Currency::new("EUR").ok_or(Failure::Other(String::new()))?;
    let count = i64::try_from(months.len()).unwrap_or(1);
    let yearly = |plan: &Plan| {
        let minor = months.values().map(|month| cost(plan, month)).sum::<i64>() * 12 / count;
        Money { minor, currency: eur }
    };
    let minutes = months.values().map(|m| m.seconds).sum::<i64>() / 60 / count;
    let messages = months.values().map(|m| m.messages).sum::<i64>() / count;
    let best = PLANS.iter().enumerate().min_by_key(|(_, plan)| yearly(plan).minor).map(|(i, _)| i);
    let allowance = |most: i64, unit| {
        if most == ALL { Value::from(ctx.t("illimité", "unlimited")) } else { view::quantity(most, unit) }
    };
    let mut offers: Vec<view::Offer> = PLANS
        .iter()
        .map(|plan| {
            let values = vec![allowance(plan.minutes, Unit::Minute), allowance(plan.messages, Unit::Sms)];
            view::offer(plan.name, ctx.t("exemple", "example"), false, Some(yearly(plan)), values)
        })
        .collect();
    if let Some(bill) = ctx.number("bill").filter(|bill| *bill > 0.0) {
        #[allow(clippy::cast_possible_truncation, reason = "the host keeps it between 0 and 200")]
        let now = Money { minor: (bill * 1_200.0).round() as i64, currency: eur };
        let unknown = vec![Value::Missing, Value::Missing];
        offers.push(view::offer(ctx.t("Votre forfait", "Your plan"), "–", true, Some(now), unknown));
    }
    let names: Vec<Date> = months.keys().copied().collect();
    let talked = months.values().map(|m| Some(f64::from(i32::try_from(m.seconds / 60).unwrap_or(i32::MAX))));
    let rows = months.iter().map(|(month, used)| {
        vec![
            Value::from(*month),
            view::quantity(used.seconds / 60, Unit::Minute),
            view::quantity(used.messages, Unit::Sms),
        ]
    });
    let columns = [
        (ctx.t("Mois du", "Month of"), ColumnKind::Date),
        (ctx.t("Appels émis", "Calls made"), ColumnKind::Quantity),
        (ctx.t("Messages envoyés", "Messages sent"), ColumnKind::Quantity),
    ];
    let in_short = view::Block::KeyFigures(vec![
        view::figure(
            Icon::Phone,
            ctx.t("Appels par mois", "Calls a month"),
            view::quantity(minutes, Unit::Minute),
        ),
        view::figure(
            Icon::Phone,
            ctx.t("Messages par mois", "Messages a month"),
            view::quantity(messages, Unit::Sms),
        ),
    ]);
    let plans = view::comparison(
        ctx.t("Sur vos mois passés", "On your past months"),
        &[ctx.t("Appels", "Calls"), ctx.t("Messages", "Messages")],
        offers,
        best.and_then(|i| u32::try_from(i).ok()),
        ctx.t(
            "Forfaits inventés ; aucun lien avec un opérateur.",
            "Invented plans; no tie with any operator.",
        ),
    );
    let minutes = view::by_month(
        ctx.t("Minutes d’appels émis", "Minutes of calls made"),
        ctx.t("Le temps d’appel de chaque mois.", "Call time of each month."),
        XyKind::Bar,
        &names,
        vec![view::series(ctx.t("Minutes", "Minutes"), Unit::Minute, None, talked.collect())],
    );
    let detail = view::table(ctx.t("Détail", "Detail"), &columns, rows.rev().take(500).collect());
    let sections = vec![
        view::section(ctx.t("En bref", "In short"), vec![in_short]),
        view::section(ctx.t("Les forfaits", "The plans"), vec![plans]),
        view::section(ctx.t("Mois par mois", "Month by month"), vec![minutes, detail]),
    ];
    let headline = ctx.t("Ce que vous utilisez, et le bon forfait.", "What you use, and the right plan.");
    Ok(view::report(ctx, ctx.t("Forfait", "Phone plan"), headline, sections)
        .limit(ctx.t("Les données mobiles ne sont pas comptées.", "Mobile data is not counted.")))
}

/// What a plan would have cost for one month, in cents.
fn cost(plan: &Plan, used: &Use) -> i64 {
    let beyond = |used: i64, most: i64| used.saturating_sub(most).max(0);
    plan.monthly
        + beyond((used.seconds + 59) / 60, plan.minutes) * plan.minute
        + beyond(used.messages, plan.messages) * plan.message
}
