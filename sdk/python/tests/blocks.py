"""Each block of a view, once: `tests/hostile-apps/blocks` in Python. The book shows this code."""

from collections.abc import Callable

from mesinfos import Context, Day, Money, Report, view


def euros(cents: int) -> Money:
    return Money(cents, "EUR")


def months(ctx: Context, count: int) -> list[Day]:
    """The last months, the oldest first."""
    return [ctx.today.month_start.plus_months(at + 1 - count) for at in range(count)]


# [paragraph]
def paragraph(ctx: Context) -> view.Block:
    words = ctx.t("Vous avez dépensé {} en {}.", "You spent {} in {}.")
    return view.paragraph(view.rich(words, euros(148_620), view.month(ctx.today)))
# [end]


# [bullets]
def bullets(ctx: Context) -> view.Block:
    items = [
        ctx.t("Les loyers sont comptés.", "Rents are counted."),
        ctx.t("Les virements entre vos comptes ne le sont pas.", "Transfers between your accounts are not."),
    ]
    return view.bullets(items, "check")
# [end]


# [figures]
def figures(ctx: Context) -> view.Block:
    versus = ctx.t("par rapport à 2024", "compared with 2024")
    return view.figures(
        view.figure(
            "money",
            ctx.t("Dépense par mois", "Spent a month"),
            euros(148_620),
            spark=[140, 130.5, 90, 60, 120],
            trend=view.Trend("down", view.quantity(12, "percent"), versus, "good"),
            note=ctx.t("Moyenne de vos 12 derniers mois entiers.", "Average of your latest 12 full months."),
        ),
        view.figure("cart", ctx.t("Achats", "Purchases"), view.quantity(42, "item")),
    )
# [end]


# [table]
def table(ctx: Context) -> view.Block:
    columns: list[tuple[str, view.ColumnKind]] = [
        (ctx.t("Facture", "Bill"), "text"),
        (ctx.t("Date", "Date"), "date"),
        (ctx.t("Énergie", "Energy"), "quantity"),
        (ctx.t("Montant", "Amount"), "money"),
    ]

    def row(name: str, back: int, kwh: int, cents: int) -> list[view.Given]:
        return [name, ctx.today.plus_days(-back), view.quantity(kwh, "kwh"), euros(cents)]

    rows = [row(ctx.t("Hiver", "Winter"), 30, 512, 9_905), row(ctx.t("Automne", "Autumn"), 90, 310, 6_020)]
    return view.table(ctx.t("Vos factures", "Your bills"), columns, rows)
# [end]


# [bar]
def bar(ctx: Context) -> view.Block:
    used = view.series(ctx.t("Consommé", "Used"), [210, 180, 95, 60, 120, 205], unit="kwh")
    takeaway = ctx.t("L’hiver pèse le plus.", "Winter weighs most.")
    title = ctx.t("Électricité par mois", "Electricity by month")
    return view.by_month(title, takeaway, "bar", months(ctx, 6), [used])
# [end]


# [line]
def line(ctx: Context) -> view.Block:
    spent = view.series(ctx.t("Courses", "Groceries"), [120.5, 98, 143, 110], currency="EUR")
    limit = view.series(ctx.t("Limite", "Limit"), [115] * 4, currency="EUR", tone="compare")
    takeaway = ctx.t("Deux mois sur quatre dépassent la limite.", "Two months of four exceed the limit.")
    title = ctx.t("Courses par mois", "Groceries by month")
    return view.by_month(title, takeaway, "line", months(ctx, 4), [spent, limit])
# [end]


# [area]
def area(ctx: Context) -> view.Block:
    # A month that is not known is a gap.
    saved = view.series(ctx.t("Épargne", "Savings"), [900, 1_150, None, 1_400, 1_380], currency="EUR")
    takeaway = ctx.t("Votre épargne augmente.", "Your savings grow.")
    title = ctx.t("Épargne par mois", "Savings by month")
    return view.by_month(title, takeaway, "area", months(ctx, 5), [saved])
# [end]


# [stacked-bar]
def stacked_bar(ctx: Context) -> view.Block:
    labels = [ctx.t("semaine", "weekdays"), ctx.t("week-end", "weekend")]
    bike = view.series(ctx.t("Vélo", "Bicycle"), [38, 22], unit="km")
    train = view.series(ctx.t("Train", "Train"), [12, 90], unit="km")
    takeaway = ctx.t("Le train sert le week-end.", "The train is for weekends.")
    title = ctx.t("Trajets par jour", "Trips by day")
    return view.by_label(title, takeaway, "stacked-bar", labels, [bike, train])
# [end]


# [parts]
def parts(ctx: Context) -> view.Block:
    slices = [(ctx.t("Chauffage", "Heating"), 620), (ctx.t("Eau chaude", "Hot water"), 210)]
    takeaway = ctx.t("Le chauffage coûte le plus.", "Heating costs most.")
    return view.parts(ctx.t("Répartition", "Breakdown"), takeaway, slices, currency="EUR")
# [end]


# [calendar]
def calendar(ctx: Context) -> view.Block:
    values = [day * 37 % 90 for day in range(60)]
    takeaway = ctx.t("Aucun jour ne se ressemble.", "No two days are alike.")
    title = ctx.t("Électricité par jour", "Electricity by day")
    return view.calendar(title, takeaway, ctx.today.plus_days(-59), values, unit="kwh")
# [end]


# [heatmap]
def heatmap(ctx: Context) -> view.Block:
    days = [ctx.t("lundi", "Monday"), ctx.t("samedi", "Saturday")]
    times = [ctx.t("matin", "morning"), ctx.t("midi", "noon"), ctx.t("soir", "evening")]
    takeaway = ctx.t("Vous consommez le plus le soir.", "You use most in the evening.")
    title = ctx.t("Quand vous consommez", "When you use electricity")
    return view.heatmap(title, takeaway, days, times, [3, 1, 8, 2, 6, 9], unit="kwh")
# [end]


# [timeline]
def timeline(ctx: Context) -> view.Block:
    event = view.event(
        ctx.today.plus_days(-200),
        ctx.t("Nouveau contrat", "New contract"),
        ctx.t("Le prix a augmenté.", "The price went up."),
        value=euros(4_500),
        icon="contract",
    )
    return view.timeline(ctx.t("Ce qui a changé", "What changed"), [event])
# [end]


# [notice]
def notice(ctx: Context) -> view.Block:
    words = ctx.t("Les chiffres de mars ne sont pas complets.", "The figures of March are not complete.")
    return view.notice("warning", ctx.t("Un mois manque", "A month is missing"), words)
# [end]


# [advice]
def advice(ctx: Context) -> view.Block:
    return view.advice(
        view.Advice(
            title=ctx.t("Baissez le chauffage la nuit", "Turn the heating down at night"),
            body=ctx.t("Un degré de moins suffit.", "One degree less is enough."),
            effort="minutes",
            how_computed=ctx.t("7 % de votre chauffage de l’an dernier.", "7% of your heating of last year."),
            saves=euros(4_340),
            kg_co2e=85,
        )
    )
# [end]


# [comparison]
def comparison(ctx: Context) -> view.Block:
    provider = ctx.t("Offre inventée", "Made-up offer")

    def lasting(count: int) -> list[view.Given]:
        return [view.quantity(count, "month")]

    blue = view.Offer(
        name=ctx.t("Tarif bleu", "Blue plan"),
        provider=provider,
        values=lasting(12),
        is_current=True,
        yearly_cost=euros(148_620),
    )
    green = view.Offer(
        name=ctx.t("Tarif vert", "Green plan"),
        provider=provider,
        values=lasting(24),
        yearly_cost=euros(127_400),
        pros=[ctx.t("Moins cher l’hiver", "Cheaper in winter")],
        cons=[ctx.t("Engagement", "Commitment")],
    )
    return view.comparison(
        ctx.t("Deux offres", "Two offers"),
        criteria=[ctx.t("Durée", "Duration")],
        offers=[blue, green],
        recommended=1,
        disclosure=ctx.t("L’auteur n’a de lien avec aucun fournisseur.", "The author has no ties to any supplier."),
    )
# [end]


# [progress]
def progress(ctx: Context) -> view.Block:
    label = ctx.t("Budget du mois", "Budget of the month")
    return view.progress(view.Progress(label=label, value=euros(4_550), target=euros(6_000)))
# [end]


Blocks = dict[str, Callable[[Context], view.Block]]

WORDS: Blocks = {
    "paragraph": paragraph,
    "bullets": bullets,
    "figures": figures,
    "table": table,
    "timeline": timeline,
    "notice": notice,
    "advice": advice,
    "comparison": comparison,
    "progress": progress,
}

CHARTS: Blocks = {
    "bar": bar,
    "line": line,
    "area": area,
    "stacked-bar": stacked_bar,
    "parts": parts,
    "calendar": calendar,
    "heatmap": heatmap,
}


def sections(blocks: Blocks, ctx: Context) -> list[view.Section]:
    return [view.section(name, block(ctx)) for name, block in blocks.items()]


def run(ctx: Context) -> Report:
    return view.report(
        ctx,
        title=ctx.t("Blocs", "Blocks"),
        headline=ctx.t("Chaque bloc d’un résultat, une fois.", "Each block of a view, once."),
        pages=[
            view.page(ctx.t("Blocs", "Blocks"), "none", *sections(WORDS, ctx)),
            view.page(ctx.t("Graphiques", "Charts"), "chart", *sections(CHARTS, ctx)),
        ],
    )
