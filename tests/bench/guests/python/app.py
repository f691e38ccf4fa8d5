"""Budget: spending by month and kind, the balance, and payments that come back every month.

The same app as ../js, which gives the same view.
"""

import re

import mesinfos as m
from componentize_py_types import Err
from wit_world import exports
from wit_world.exports.app import Failure_NeedsData
from wit_world.imports.bank import Reader
from wit_world.imports.types import Period
from wit_world.imports.view import Block_KeyFigures, ColumnKind, Icon

# Kinds of spending that are shown apart, by their code; the rest is one.
OTHER = 8
KINDS = {
    0: ("Carte", "Card"),
    2: ("Prélèvements", "Direct debits"),
    1: ("Virements", "Transfers"),
    3: ("Espèces", "Cash"),
    OTHER: ("Autres", "Other"),
}
DIGITS = re.compile("[0-9]+")


class Account:
    """What is known of the movements in one currency. Amounts of different currencies are never added."""

    def __init__(self):
        self.rows = self.income = 0
        self.balance = None
        self.months = {}
        self.payments = {}

    def add(self, month, minor, kind, label):
        self.rows += 1
        if minor >= 0:
            self.income += minor
            return
        kinds = self.months.setdefault(month, {})
        shown = kind if kind in KINDS else OTHER
        kinds[shown] = kinds.get(shown, 0) - minor
        self.payments.setdefault(DIGITS.sub("", label), []).append((month, -minor))

    def recurring(self):
        """Payments of one label in three months or more, once in each, whose amounts are within
        15 % of their mean: label and mean in minor units, the dearest first."""
        found = []
        for label, paid in sorted(self.payments.items()):
            once = all(one[0] != other[0] for one, other in zip(paid, paid[1:]))
            if not once or len(paid) < 3 or not label.strip():
                continue
            mean = sum(minor for _, minor in paid) // len(paid)
            if all(abs(minor - mean) * 100 <= mean * 15 for _, minor in paid):
                found.append((label.strip(), mean))
        return sorted(found, key=lambda one: -one[1])[:30]


def read():
    accounts = {}
    reader = Reader(Period(None, None))
    while (page := reader.next()) is not None:
        with page:
            days, amounts = m.days(page.booked_on()), m.longs(page.amount())
            currencies, labels = m.terms(page.currency()), m.texts(page.label())
            # A column of which nothing is known is empty.
            none = [None] * len(days)
            balances, kinds = m.longs(page.balance()) or none, page.kind() or none
        months = {day: day - m.date(day).day + 1 for day in set(days) if day is not None}
        for day, minor, currency, balance, kind, label in zip(
            days, amounts, currencies, balances, kinds, labels or none
        ):
            if day is None or minor is None or currency is None:
                continue
            account = accounts.setdefault(currency, Account())
            account.add(months[day], minor, kind, label or "")
            account.balance = account.balance if balance is None else balance
    return accounts


def view(lang, accounts):
    def t(fr, en):
        return en if lang == "en" else fr

    if not accounts:
        raise Err(Failure_NeedsData(["bank"]))
    # Of several currencies, the one with most rows is shown.
    currency = max(sorted(accounts, reverse=True), key=lambda code: accounts[code].rows)
    account, scale = accounts[currency], 10 ** m.decimals(currency)

    def of(minor):
        return m.money(minor, currency)

    starts = sorted(account.months)
    by = [account.months[month] for month in starts]
    totals = [sum(kinds.values()) for kinds in by]
    count = max(len(by), 1)
    figures = [
        m.figure(
            Icon.CART,
            t("Dépensé par mois", "Spent a month"),
            of(sum(totals) // count),
            [minor / scale for minor in totals][-60:],
        ),
        m.figure(Icon.MONEY, t("Reçu par mois", "Received a month"), of(account.income // count)),
    ]
    if account.balance is not None:
        figures.append(m.figure(Icon.BANK, t("Dernier solde", "Last balance"), of(account.balance)))
    stacks = [
        (t(*names), [kinds.get(kind, 0) / scale for kinds in by])
        for kind, names in KINDS.items()
        if any(kind in kinds for kinds in by)
    ]
    columns = [
        (t("Paiement", "Payment"), ColumnKind.TEXT),
        (t("Par mois", "A month"), ColumnKind.MONEY),
        (t("Par an", "A year"), ColumnKind.MONEY),
    ]
    rows = [[m.words(label), of(mean), of(mean * 12)] for label, mean in account.recurring()]
    return m.report(
        lang,
        "Budget",
        t(
            "Vos dépenses mois par mois, et ce qui revient.",
            "What you spend month by month, and what comes back.",
        ),
        [
            m.section(t("En bref", "In short"), Block_KeyFigures(figures)),
            m.section(
                t("Mois par mois", "Month by month"),
                m.stacked_by_month(
                    t("Dépenses par type", "Spending by kind"),
                    t("Chaque mois, par type de paiement.", "Each month, by kind of payment."),
                    [m.date(month) for month in starts],
                    currency,
                    stacks,
                ),
            ),
            m.section(
                t("Ce qui revient", "What comes back"),
                m.table(t("Paiements récurrents", "Recurring payments"), columns, rows),
            ),
        ],
        [t("Les autres devises ne sont pas comptées.", "Other currencies are not counted.")]
        if len(accounts) > 1
        else [],
    )


class App(exports.App):
    def parameters(self, lang):
        return []

    def run(self, ctx):
        return view("en" if ctx.lang.startswith("en") else "fr", read())
