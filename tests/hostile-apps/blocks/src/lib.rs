//! Each block of a view, once: the book shows this code beside what is drawn. It reads nothing and does no harm.
//!
//! `sdk/js/test/blocks.js` and `sdk/python/tests/blocks.py` are the same app. Tests require equal views.

use mesinfos_sdk::view::{
    self, Block, ColumnKind, Confidence, Direction, Effort, Icon, Level, ListStyle, Offer, Report, Tone,
    Unit, XyKind,
};
use mesinfos_sdk::{Context, Currency, Date, Failure, Money, app};

app!(run: run);

fn run(ctx: &Context) -> Result<Report, Failure> {
    let words: [Named; 9] = [
        ("paragraph", paragraph),
        ("bullets", bullets),
        ("figures", figures),
        ("table", table),
        ("timeline", timeline),
        ("notice", notice),
        ("advice", advice),
        ("comparison", comparison),
        ("progress", progress),
    ];
    let charts: [Named; 7] = [
        ("bar", bar),
        ("line", line),
        ("area", area),
        ("stacked-bar", stacked_bar),
        ("parts", parts),
        ("calendar", calendar),
        ("heatmap", heatmap),
    ];
    let section = |(name, block): Named| view::section(name, vec![block(ctx)]);
    let headline = ctx.t("Chaque bloc d’un résultat, une fois.", "Each block of a view, once.");
    let report = view::report(ctx, ctx.t("Blocs", "Blocks"), headline, words.map(section).into());
    Ok(report.page(ctx.t("Graphiques", "Charts"), Icon::Chart, charts.map(section).into()))
}

/// A block with its name.
type Named = (&'static str, fn(&Context) -> Block);

fn euros(cents: i64) -> Money {
    Money::new(cents, Currency::EUR)
}

/// The last months, the oldest first.
fn months(ctx: &Context, count: i32) -> Vec<Date> {
    (0..count).rev().map(|back| ctx.today.month_start().plus_months(-back)).collect()
}

// [paragraph]
fn paragraph(ctx: &Context) -> Block {
    let words = ctx.t("Vous avez dépensé {} en {}.", "You spent {} in {}.");
    view::told(words, vec![euros(148_620).into(), view::month(ctx.today)])
}
// [end]

// [bullets]
fn bullets(ctx: &Context) -> Block {
    let items = [
        ctx.t("Les loyers sont comptés.", "Rents are counted."),
        ctx.t("Les virements entre vos comptes ne le sont pas.", "Transfers between your accounts are not."),
    ];
    view::bullets(ListStyle::Check, items.map(|words| view::rich(words, vec![])).into())
}
// [end]

// [figures]
fn figures(ctx: &Context) -> Block {
    let course = [140.0, 130.5, 90.0, 60.0, 120.0].map(Some).to_vec();
    let change = view::quantity(12, Unit::Percent);
    let spent = view::figure(Icon::Money, ctx.t("Dépense par mois", "Spent a month"), euros(148_620))
        .spark(course)
        .trend(Direction::Down, change, ctx.t("par rapport à 2024", "compared with 2024"), Tone::Good)
        .note(ctx.t("Moyenne de vos 12 derniers mois entiers.", "Average of your latest 12 full months."));
    let shops = view::figure(Icon::Cart, ctx.t("Achats", "Purchases"), view::quantity(42, Unit::Item));
    Block::KeyFigures(vec![spent, shops])
}
// [end]

// [table]
fn table(ctx: &Context) -> Block {
    let columns = [
        (ctx.t("Facture", "Bill"), ColumnKind::Text),
        (ctx.t("Date", "Date"), ColumnKind::Date),
        (ctx.t("Énergie", "Energy"), ColumnKind::Quantity),
        (ctx.t("Montant", "Amount"), ColumnKind::Money),
    ];
    let row = |name: &str, back: i32, kwh, cents| {
        let day = ctx.today.plus_days(-back);
        vec![name.into(), day.into(), view::quantity(kwh, Unit::Kwh), euros(cents).into()]
    };
    let rows =
        vec![row(ctx.t("Hiver", "Winter"), 30, 512, 9_905), row(ctx.t("Automne", "Autumn"), 90, 310, 6_020)];
    view::table(ctx.t("Vos factures", "Your bills"), &columns, rows)
}
// [end]

// [bar]
fn bar(ctx: &Context) -> Block {
    let used = [210.0, 180.0, 95.0, 60.0, 120.0, 205.0].map(Some).to_vec();
    let used = view::series(ctx.t("Consommé", "Used"), Unit::Kwh, None, used);
    let takeaway = ctx.t("L’hiver pèse le plus.", "Winter weighs most.");
    let title = ctx.t("Électricité par mois", "Electricity by month");
    view::by_month(title, takeaway, XyKind::Bar, &months(ctx, 6), vec![used])
}
// [end]

// [line]
fn line(ctx: &Context) -> Block {
    let spent = [120.5, 98.0, 143.0, 110.0].map(Some).to_vec();
    let spent = view::series(ctx.t("Courses", "Groceries"), Unit::None, Some("EUR"), spent);
    let mut limit = view::series(ctx.t("Limite", "Limit"), Unit::None, Some("EUR"), vec![Some(115.0); 4]);
    limit.tone = Tone::Compare;
    let takeaway = ctx.t("Deux mois sur quatre dépassent la limite.", "Two months of four exceed the limit.");
    let title = ctx.t("Courses par mois", "Groceries by month");
    view::by_month(title, takeaway, XyKind::Line, &months(ctx, 4), vec![spent, limit])
}
// [end]

// [area]
fn area(ctx: &Context) -> Block {
    // A month that is not known is a gap.
    let saved = vec![Some(900.0), Some(1_150.0), None, Some(1_400.0), Some(1_380.0)];
    let saved = view::series(ctx.t("Épargne", "Savings"), Unit::None, Some("EUR"), saved);
    let takeaway = ctx.t("Votre épargne augmente.", "Your savings grow.");
    let title = ctx.t("Épargne par mois", "Savings by month");
    view::by_month(title, takeaway, XyKind::Area, &months(ctx, 5), vec![saved])
}
// [end]

// [stacked-bar]
fn stacked_bar(ctx: &Context) -> Block {
    let labels = [ctx.t("semaine", "weekdays"), ctx.t("week-end", "weekend")].map(str::to_owned);
    let bike = view::series(ctx.t("Vélo", "Bicycle"), Unit::Km, None, vec![Some(38.0), Some(22.0)]);
    let train = view::series(ctx.t("Train", "Train"), Unit::Km, None, vec![Some(12.0), Some(90.0)]);
    let takeaway = ctx.t("Le train sert le week-end.", "The train is for weekends.");
    let title = ctx.t("Trajets par jour", "Trips by day");
    view::by_label(title, takeaway, XyKind::StackedBar, labels.into(), vec![bike, train])
}
// [end]

// [parts]
fn parts(ctx: &Context) -> Block {
    let slices = [(ctx.t("Chauffage", "Heating"), 620.0), (ctx.t("Eau chaude", "Hot water"), 210.0)];
    let slices = slices.map(|(label, spent)| (label.to_owned(), spent)).into();
    let takeaway = ctx.t("Le chauffage coûte le plus.", "Heating costs most.");
    view::parts(ctx.t("Répartition", "Breakdown"), takeaway, Unit::None, Some("EUR"), slices)
}
// [end]

// [calendar]
fn calendar(ctx: &Context) -> Block {
    let values = (0..60).map(|day| Some(f64::from(day * 37 % 90))).collect();
    let takeaway = ctx.t("Aucun jour ne se ressemble.", "No two days are alike.");
    let title = ctx.t("Électricité par jour", "Electricity by day");
    view::calendar(title, takeaway, ctx.today.plus_days(-59), Unit::Kwh, values)
}
// [end]

// [heatmap]
fn heatmap(ctx: &Context) -> Block {
    let days = [ctx.t("lundi", "Monday"), ctx.t("samedi", "Saturday")].map(str::to_owned);
    let times = [ctx.t("matin", "morning"), ctx.t("midi", "noon"), ctx.t("soir", "evening")];
    let cells = [3.0, 1.0, 8.0, 2.0, 6.0, 9.0].map(Some).into();
    let takeaway = ctx.t("Vous consommez le plus le soir.", "You use most in the evening.");
    let title = ctx.t("Quand vous consommez", "When you use electricity");
    view::heatmap(title, takeaway, days.into(), times.map(str::to_owned).into(), Unit::Kwh, cells)
}
// [end]

// [timeline]
fn timeline(ctx: &Context) -> Block {
    let event = view::event(
        ctx.today.plus_days(-200),
        Icon::Contract,
        ctx.t("Nouveau contrat", "New contract"),
        ctx.t("Le prix a augmenté.", "The price went up."),
        Some(euros(4_500).into()),
    );
    view::timeline(ctx.t("Ce qui a changé", "What changed"), vec![event])
}
// [end]

// [notice]
fn notice(ctx: &Context) -> Block {
    let words = ctx.t("Les chiffres de mars ne sont pas complets.", "The figures of March are not complete.");
    view::notice(Level::Warning, ctx.t("Un mois manque", "A month is missing"), words)
}
// [end]

// [advice]
fn advice(ctx: &Context) -> Block {
    let advice = view::advice(
        Icon::Idea,
        ctx.t("Baissez le chauffage la nuit", "Turn the heating down at night"),
        ctx.t("Un degré de moins suffit.", "One degree less is enough."),
        Effort::Minutes,
        ctx.t("7 % de votre chauffage de l’an dernier.", "7% of your heating of last year."),
    );
    Block::Advice(vec![advice.saves(Some(euros(4_340)), Some(85.0), Confidence::Medium)])
}
// [end]

// [comparison]
fn comparison(ctx: &Context) -> Block {
    let made_up = ctx.t("Offre inventée", "Made-up offer");
    let months = |count| vec![view::quantity(count, Unit::Month)];
    let blue = view::offer(ctx.t("Tarif bleu", "Blue plan"), made_up, true, Some(euros(148_620)), months(12));
    let green =
        view::offer(ctx.t("Tarif vert", "Green plan"), made_up, false, Some(euros(127_400)), months(24));
    let green = Offer {
        pros: vec![ctx.t("Moins cher l’hiver", "Cheaper in winter").to_owned()],
        cons: vec![ctx.t("Engagement", "Commitment").to_owned()],
        ..green
    };
    let ties =
        ctx.t("L’auteur n’a de lien avec aucun fournisseur.", "The author has no ties to any supplier.");
    view::comparison(
        ctx.t("Deux offres", "Two offers"),
        &[ctx.t("Durée", "Duration")],
        vec![blue, green],
        Some(1),
        ties,
    )
}
// [end]

// [progress]
fn progress(ctx: &Context) -> Block {
    let label = ctx.t("Budget du mois", "Budget of the month");
    Block::Progress(vec![view::progress(label, 45.5, 60.0, Unit::None, Some("EUR"))])
}
// [end]
