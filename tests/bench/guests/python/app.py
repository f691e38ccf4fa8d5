"""The computation `budget` in Python: the same view as ../budget, to the byte."""

import re

from mesinfos import Context, Day, Money, Report, view
from mesinfos.bank import amount, booked_on, kind, label, pages

KINDS = ("Card", "Transfer", "Direct debit", "Cash", "Other")
DIGITS = re.compile("[0-9]")
MISSING_DAY, MISSING_NUMBER, MISSING_CODE = -(2**31), -(2**63), 255


class Budget:
    def __init__(self) -> None:
        self.income = 0
        self.months: dict[int, list[int]] = {}
        self.payments: dict[str, list[tuple[int, int]]] = {}

    def read(self) -> None:
        """Reads a page at a time, by column: the fast path of the SDK."""
        for page in pages():
            # A column of which nothing is known is empty: no row can be used then.
            labels = page[label] or [""] * len(page)
            days = page[booked_on]
            months = {day: (Day(day).year - 1970) * 12 + Day(day).month - 1 for day in set(days) if day != MISSING_DAY}
            for day, minor, code, words in zip(days, page[amount], page[kind], labels):
                if day == MISSING_DAY or minor == MISSING_NUMBER or code == MISSING_CODE:
                    continue
                if minor >= 0:
                    self.income += minor
                    continue
                month = months[day]
                self.months.setdefault(month, [0] * len(KINDS))[min(code, len(KINDS) - 1)] -= minor
                self.payments.setdefault(DIGITS.sub("", words), []).append((month, -minor))

    def recurring(self) -> list[tuple[str, int]]:
        """Payments of one label in three months or more, once in each, with amounts within 15 % of their mean."""
        found = []
        for words, paid in self.payments.items():
            once = all(one[0] != other[0] for one, other in zip(paid, paid[1:]))
            if not once or len(paid) < 3 or not words.strip():
                continue
            mean = sum(minor for _, minor in paid) // len(paid)
            if all(abs(minor - mean) * 100 <= mean * 15 for _, minor in paid):
                found.append((words.strip(), mean))
        return sorted(found, key=lambda one: (-one[1], one[0]))[:30]


def run(ctx: Context) -> Report:
    budget = Budget()
    budget.read()
    months = sorted(budget.months.items())
    series = [
        view.series(words, [Money(spent[number], "EUR") for _, spent in months], currency="EUR")
        for number, words in enumerate(KINDS)
    ]
    days = [Day.of(1970 + month // 12, month % 12 + 1, 1) for month, _ in months]
    rows = [(words, Money(mean, "EUR")) for words, mean in budget.recurring()]
    return view.report(
        ctx,
        "Budget",
        "Measured.",
        [
            view.section(
                "All",
                view.figures(view.figure("money", "Received", Money(budget.income, "EUR"))),
                view.by_month("Spending", "By month and kind.", "stacked-bar", days, series),
                view.table("Recurring payments", [("Payment", "text"), ("A month", "money")], rows),
            )
        ],
    )
