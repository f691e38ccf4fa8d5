"""The SDK without a component: columns, units, views, and what a build asks for."""

import sys
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from mesinfos import Context, Day, Energy, Money, NeedsData, bank, energy, params, testing, view
from mesinfos._build import BuildError, asked, contract
from mesinfos._check import ViewError
from mesinfos._guest import frames

ROWS = [
    {"booked_on": "2025-01-31", "amount": -1_250, "currency": "EUR", "kind": "direct-debit", "label": "Œufs", "account": "a"},
    {"booked_on": "2025-02-01", "amount": 99, "kind": "other", "label": "PLAIN", "account": "a"},
    {"currency": "JPY"},
]
EUROS = Money.parse("12.34 EUR")
DAY = Day.of(2025, 1, 31)


def over(rows: dict[str, Any], does: Callable[[Context], Any]) -> Any:
    """What an app's function gives over rows."""
    found = []
    app = ModuleType("app")

    def run(ctx: Context) -> Any:
        found.append(does(ctx))
        return view.report(ctx, "t", "h")

    app.run = run  # type: ignore[attr-defined]
    testing.run(app, rows)
    return found[0]


def shown(*blocks: view.Block) -> dict[str, Any]:
    app = ModuleType("app")
    app.run = lambda ctx: view.report(ctx, "t", "h", [view.section("s", *blocks)])  # type: ignore[attr-defined]
    return testing.run(app)


class Columns(unittest.TestCase):
    def test_rows_have_the_fields_that_were_asked_for(self) -> None:
        first, second, third = over(
            {"bank": ROWS}, lambda _: list(bank.rows(bank.booked_on, bank.amount, bank.kind, bank.label))
        )
        self.assertEqual(first, (DAY, Money(-1_250, "EUR"), "direct-debit", "Œufs"))
        # Without its currency an amount is not known.
        self.assertEqual(second, (Day.of(2025, 2, 1), None, "other", "PLAIN"))
        self.assertEqual(third, (None, None, None, None))

    def test_pages_are_columns(self) -> None:
        def read(_: Context) -> Any:
            [page] = bank.pages()
            return len(page), list(page[bank.amount]), list(page[bank.kind]), page[bank.account]

        length, amounts, kinds, accounts = over({"bank": ROWS}, read)
        self.assertEqual((length, amounts, kinds), (3, [-1_250, 99, -(2**63)], [2, 8, 255]))
        self.assertEqual((list(accounts.codes), accounts.values), ([0, 0, 2**32 - 1], ["a"]))

    def test_an_instant_has_its_local_time_and_energy_its_unit(self) -> None:
        rows = [{"start": "2025-06-30T22:30:00Z", "utc_offset": 120, "energy": 1_500_000}]
        [(start, found)] = over({"energy": rows}, lambda _: list(energy.rows(energy.start, energy.energy)))
        self.assertEqual((str(start.date), start.hour, start.minute), ("2025-07-01", 0, 30))
        self.assertEqual((found, found.kwh), (Energy(1_500_000), 1.5))

    def test_rows_are_named_by_their_place(self) -> None:
        found = over({"bank": ROWS}, lambda _: [source.row for (source,) in bank.rows(bank.as_source) if source])
        self.assertEqual(found, [0, 1, 2])

    def test_a_field_of_another_category_is_refused(self) -> None:
        with self.assertRaisesRegex(TypeError, "rows of bank: <field start of energy> is none of its fields"):
            over({}, lambda _: list(bank.rows(energy.start)))

    def test_outside_a_test_there_is_no_host(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "there is no host here"):
            list(bank.rows(bank.amount))


class Units(unittest.TestCase):
    def test_days_go_round(self) -> None:
        for days in range(-200_000, 200_000, 13):
            date = Day(days).date
            self.assertEqual(Day.of(date.year, date.month, date.day), Day(days))
        day = Day.parse("2026-11-23")
        self.assertEqual((day.weekday, str(day.month_start.plus_months(2))), (0, "2027-01-01"))
        self.assertEqual(str(day.plus_months(-11)), "2025-12-01")

    def test_money_is_whole_minor_units_of_one_currency(self) -> None:
        self.assertEqual((Money.parse("-0.05 EUR").minor, str(Money(1_234, "TND"))), (-5, "1.234 TND"))
        with self.assertRaisesRegex(ValueError, "cannot be added"):
            EUROS + Money(1, "USD")
        with self.assertRaises(TypeError):
            Money(0.5, "EUR")  # type: ignore[arg-type]

    def test_a_quotient_is_rounded_once_halves_away_from_zero(self) -> None:
        found = [(Money(minor, "EUR") / by).minor for minor, by in ((5, 2), (-5, 2), (5, -2), (-5, -2), (4, 3), (-4, 3))]
        self.assertEqual(found, [3, -3, -3, 3, 1, -1])


class Views(unittest.TestCase):
    def test_every_block_is_one_that_the_contract_has(self) -> None:
        trend = view.Trend("up", EUROS, "2024", "bad")
        offer = view.Offer(name="n", provider="p", values=[EUROS], yearly_cost=EUROS)
        whole = shown(
            view.paragraph(view.rich("Spent {} in {}, {} of it.", EUROS, view.month(DAY), view.strong("all"))),
            view.bullets(["one", view.rich("{}", 1)], "check"),
            view.figures(view.figure("cart", "a", EUROS, spark=[EUROS, None, 1], trend=trend, note="n", because=[])),
            view.table("t", [("a", "text"), ("b", "money")], [("x", EUROS), (None, EUROS)]),
            view.by_month("t", "k", "line", [DAY.month_start], [view.series("s", [EUROS])]),
            view.by_label("t", "k", "bar", ["a"], [view.series("s", [Energy(1_500_000)])]),
            view.parts("t", "k", [("a", EUROS), ("b", EUROS)]),
            view.calendar("t", "k", DAY, [1, None], unit="kwh"),
            view.heatmap("t", "k", ["r"], ["c", "d"], [1, 2], unit="kwh"),
            view.timeline("t", [view.event(DAY, "e", "b", value=EUROS, icon="bell")]),
            view.notice("info", "t", "b"),
            view.advice(view.Advice(title="t", body="b", effort="minutes", how_computed="h", saves=EUROS, kg_co2e=1)),
            view.comparison("t", criteria=["c"], offers=[offer], recommended=0, disclosure="none"),
            view.progress(view.Progress("l", EUROS, EUROS)),
        )
        kinds = [kind for kind, _ in whole["pages"][0]["sections"][0]["blocks"]]
        self.assertEqual(len(set(kinds)), 10)

    def test_what_is_wrong_in_a_view_is_named(self) -> None:
        figure = view.figure("coffee", "Cafés", 1)  # type: ignore[arg-type]
        with self.assertRaisesRegex(ViewError, r"^pages\[0\]\.sections\[0\]\.blocks\[0\]\.key-figures\[0\]\.icon: one of"):
            shown(view.figures(figure))
        with self.assertRaisesRegex(ViewError, r"chart\.takeaway: a text is expected, nothing is there"):
            shown(view.by_label("t", None, "bar", [], []))  # type: ignore[arg-type]
        with self.assertRaisesRegex(ValueError, "table 't': row 0 has 2 cells, its columns are 1"):
            view.table("t", [("a", "text")], [("x", "y")])
        with self.assertRaisesRegex(TypeError, "1.5: a number with decimals is rounded first"):
            view.figure("cart", "a", 1.5)  # type: ignore[arg-type]

    def test_parameters_are_those_of_the_contract_and_come_back(self) -> None:
        app, found = ModuleType("app"), []

        def run(ctx: Context) -> Any:
            found.extend([ctx.whole("n"), ctx.money("m", "EUR"), ctx.flag("f"), ctx.choice("c"), ctx.date("d"), ctx.whole("x")])
            return view.report(ctx, "t", "h")

        app.run = run  # type: ignore[attr-defined]
        app.parameters = lambda words: [  # type: ignore[attr-defined]
            params.number("n", "n", max=9, initial=1),
            params.amount("m", "m", max=EUROS, initial=EUROS),
            params.price("p", "p", decimals=4, max=9_999, initial=1_952),
            params.toggle("f", "f"),
            params.choice("c", "c", {"a": "A"}),
            params.day("d", "d", initial=DAY),
        ]
        testing.run(app, answers={"n": 3, "m": EUROS, "f": True, "c": "a", "d": DAY})
        self.assertEqual(found, [3, EUROS, True, "a", DAY, None])

    def test_a_failure_passes(self) -> None:
        def fail(_: Context) -> Any:
            raise NeedsData("bank")

        with self.assertRaises(NeedsData):
            over({}, fail)


class Builds(unittest.TestCase):
    def use(self, **files: str) -> Any:
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                Path(folder, f"{name}.py").write_text(text, "utf-8")
            return asked(Path(folder, "app.py"))

    def test_a_build_asks_for_the_fields_that_the_code_uses(self) -> None:
        found = self.use(
            app="from mesinfos.bank import rows, amount, label, kind as k\nfrom mesinfos import energy as e\n"
            "def run(ctx):\n    for row in rows(amount, k): e.rows(e.start)\n"
        )
        asks = {name: sorted(use.fields) for name, use in found.categories.items()}
        self.assertEqual(asks, {"bank": ["amount", "currency", "kind"], "energy": ["start", "utc_offset"]})
        self.assertEqual(found.unused, ["app.py:1: label is imported and not used: it is not asked for"])

    def test_files_beside_the_app_count_and_evidence_too(self) -> None:
        found = self.use(
            app="import mesinfos.mobility\nfrom reading import read\ndef run(ctx): return read(mesinfos.mobility.from_)\n",
            reading="from mesinfos.mobility import rows, as_source\ndef read(field): return list(rows(field, as_source))\n",
        )
        self.assertEqual({name: use.fields for name, use in found.categories.items()}, {"mobility": {"from_"}})
        self.assertTrue(found.evidence)

    def test_the_contract_has_what_is_used(self) -> None:
        found = self.use(app="from mesinfos.mobility import pages, from_\ndef run(ctx): return [p[from_] for p in pages()]\n")
        with tempfile.TemporaryDirectory() as name:
            contract(Path(name, "wit"), found)
            text = Path(name, "wit/deps/data/mobility.wit").read_text("utf-8")
            world = Path(name, "wit/world.wit").read_text("utf-8")
        functions = [line.split(":")[0].strip() for line in text.splitlines() if ": func(" in line]
        self.assertEqual(functions, ["next", "rows", "%from"])
        self.assertEqual(world.count("import "), 2)

    def test_what_cannot_be_decided_names_file_line_and_remedy(self) -> None:
        start = "from mesinfos import bank\n"
        for text, says in (
            (f"{start}x = getattr(bank, 'amount')", "app.py:2: which fields of bank are read cannot be told"),
            ("from mesinfos.bank import *", "app.py:1: which fields of bank .*: from mesinfos.bank import rows, …"),
            ("import mesinfos.bank\nx = [mesinfos.bank]", "app.py:2: which fields of bank"),
            (f"{start}x = bank.amonut", "app.py:2: bank has no field amonut: did you mean amount. It has: holder, "),
            ("from mesinfos.bank import amonut", "app.py:1: bank has no field amonut"),
            ("import importlib\nimportlib.import_module('mesinfos.' + 'bank')", "app.py:2: a module that is imported"),
            ("from mesinfos.banks import amount", "app.py:1: there is no module mesinfos.banks: did you mean .*bank"),
            ("import urllib.request", "app.py:1: an app has no use for urllib.request: it has no files, no network"),
            ("def run(ctx)", "app.py:1: expected ':'"),
        ):
            with self.subTest(text), self.assertRaisesRegex(BuildError, says):
                self.use(app=text)

    def test_a_crash_names_the_author_s_lines(self) -> None:
        code = compile("def inner():\n    return {}['x']\ndef run():\n    inner()\n", "/0/app.py", "exec")
        names: dict[str, Any] = {}
        exec(code, names)
        try:
            names["run"]()
        except KeyError as error:
            self.assertEqual(frames(error.__traceback__), ["app.py:2 in inner", "app.py:4 in run"])
        else:
            self.fail("it must crash")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    unittest.main()
