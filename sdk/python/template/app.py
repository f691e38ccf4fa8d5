"""Spending by month, and how often it passed a limit that the person sets."""

from mesinfos import Context, Day, Money, NeedsData, Parameter, Report, Words, last_months, params, view
from mesinfos.bank import amount, booked_on, rows


def spending(today: Day) -> dict[Day, Money]:
    """What was spent in each month of the last year, the oldest first. Of several currencies, euros are counted."""
    months: dict[Day, Money] = {}
    for day, money in rows(booked_on, amount, period=last_months(today, 12)):
        if day is None or money is None or money.currency != "EUR" or not money.is_negative:
            continue
        month = day.month_start
        months[month] = months.get(month, Money(0, "EUR")) - money
    return months


def run(ctx: Context) -> Report:
    t = ctx.t
    months = spending(ctx.today)
    if not months:
        raise NeedsData("bank")
    spent = list(months.values())
    limit = ctx.money("limit", "EUR") or Money.parse("1500.00 EUR")
    above = sum(money > limit for money in spent)
    each = Money.sum(spent, "EUR") / len(spent)
    return view.report(
        ctx,
        title=t("Dépenses par mois", "Spending by month"),
        headline=t("Ce que vous dépensez, mois par mois.", "What you spend, month by month."),
        sections=[
            view.section(
                t("En bref", "In short"),
                view.figures(
                    view.figure("cart", t("Dépensé par mois", "Spent a month"), each, spark=spent),
                    view.figure(
                        "bell",
                        t("Mois au-dessus de la limite", "Months above the limit"),
                        view.quantity(above, "month"),
                    ),
                ),
            ),
            view.section(
                t("Mois par mois", "Month by month"),
                view.by_month(
                    t("Dépenses", "Spending"),
                    t("Les dépenses de chaque mois, face à votre limite.", "What each month cost, beside your limit."),
                    "bar",
                    list(months),
                    [
                        view.series(t("Dépensé", "Spent"), spent),
                        view.series(t("Limite", "Limit"), [limit] * len(spent), tone="compare"),
                    ],
                ),
            ),
        ],
    )


def parameters(words: Words) -> list[Parameter]:
    return [
        params.amount(
            "limit",
            words.t("Limite par mois", "Limit for a month"),
            max=Money.parse("10000.00 EUR"),
            step=Money.parse("50.00 EUR"),
            initial=Money.parse("1500.00 EUR"),
        )
    ]
