"""Flattens the JSON of a view into paths and values.

A path is a tuple of the texts that a person sees: the title of the section or of the block, then the label of the
row, then that of the column. A value is what the JSON says, exactly: `Shown(number, unit)` with a fraction for
amounts and quantities, a date as text for dates, a text otherwise, None for "not known".

Repeated paths get a last part "#2", "#3".
"""

import datetime
from fractions import Fraction
from typing import NamedTuple


class Shown(NamedTuple):
    """A number as it is shown: its exact value, its unit, and the number of its decimals (None: not rounded)."""

    number: Fraction
    unit: str
    scale: int | None


def decimal(it):
    return Fraction(it["mantissa"], 10 ** it["scale"]), it["scale"]


def date(it):
    return f"{it['year']:04}-{it['month']:02}-{it['day']:02}"


def value(it):
    """The value of a cell."""
    if it is None or it["type"] == "missing":
        return None
    kind, content = it["type"], it["value"]
    if kind == "money":
        number, scale = decimal(content["amount"])
        return Shown(number, content["currency"], scale)
    if kind == "quantity":
        number, scale = decimal(content["amount"])
        return Shown(number, content["unit"], scale)
    if kind == "number":
        number, scale = decimal(content)
        return Shown(number, "none", scale)
    if kind == "date":
        return date(content)
    if kind == "span":
        return date(content["start"])
    return content


def money(it):
    return None if it is None else value({"type": "money", "value": it})


def real(number, unit, currency):
    return None if number is None else Shown(Fraction(number), currency or unit, None)


def plain(rich):
    """The text of a paragraph, with … for each value."""
    return "".join(piece["value"] if piece["type"] == "plain" else
                   piece["value"][1] if piece["type"] == "marked" else "…" for piece in rich)


def values_of(rich):
    return [value(piece["value"]) for piece in rich if piece["type"] == "val"]


def spaced(text):
    """A text with plain spaces: French has three more, before a unit or a colon."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ")


class View:
    def __init__(self, report):
        self.values = {}
        self.texts = []
        self.report = report
        for page in report["pages"]:
            for section in page["sections"]:
                for block in section["blocks"]:
                    self.block(section["title"] or page["title"], block["type"], block["value"])
        for limit in report["limits"]:
            self.texts.append(("limits", plain(limit), values_of(limit)))

    def put(self, *path_and_value):
        *path, it = path_and_value
        path = tuple("–" if part is None else spaced(part) for part in path)
        it = spaced(it) if isinstance(it, str) else it
        at, n = path, 1
        while at in self.values:
            n += 1
            at = (*path, f"#{n}")
        self.values[at] = it

    def rich(self, title, rich):
        self.texts.append((title, plain(rich), values_of(rich)))
        for n, it in enumerate(values_of(rich), 1):
            self.put(title, "text", str(n), it)

    def block(self, section, kind, it):
        getattr(self, "block_" + kind.replace("-", "_"))(section, it)

    def block_paragraph(self, section, it):
        self.rich(section, it["body"] if isinstance(it, dict) else it)

    def block_bullets(self, section, it):
        for item in it["items"]:
            self.rich(section, item)

    def block_notice(self, section, it):
        self.rich(it["title"], it["body"])

    def block_key_figures(self, section, it):
        for figure in it:
            self.put(section, figure["label"], value(figure["value"]))
            if figure["trend"]:
                self.put(section, figure["label"], "trend", value(figure["trend"]["change"]))
                self.texts.append((figure["label"], figure["trend"]["versus"], []))
            for n, point in enumerate(figure["spark"]):
                self.put(section, figure["label"], "spark", str(n), real(point, "none", None))

    def block_table(self, section, it):
        width = len(it["columns"])
        for start in range(0, len(it["cells"]), width):
            row = [value(cell) for cell in it["cells"][start:start + width]]
            first = row[0] if isinstance(row[0], str) else str(row[0])
            for column, cell in zip(it["columns"], row):
                self.put(it["title"], first, column["label"], cell)

    def block_chart(self, section, it):
        plot = it["plot"]["value"]
        getattr(self, "plot_" + it["plot"]["type"])(it["title"], plot)

    def plot_xy(self, title, plot):
        axis = plot["axis"]["value"]
        points = [date(day) for day in axis[1]] if plot["axis"]["type"] == "dates" else axis
        for series in plot["series"]:
            for at, point in zip(points, series["points"]):
                self.put(title, series["label"], at, real(point, series["unit"], series["currency"]))

    def plot_parts(self, title, plot):
        for part in plot["slices"]:
            self.put(title, part["label"], real(part["value"], plot["unit"], plot["currency"]))

    def plot_calendar(self, title, plot):
        start = datetime.date.fromisoformat(date(plot["start"]))
        for n, point in enumerate(plot["values"]):
            self.put(title, (start + datetime.timedelta(n)).isoformat(), real(point, plot["unit"], plot["currency"]))

    def plot_heatmap(self, title, plot):
        cells = iter(plot["cells"])
        for row in plot["rows"]:
            for column in plot["columns"]:
                self.put(title, row, column, real(next(cells), plot["unit"], None))

    def block_timeline(self, section, it):
        for event in it["events"]:
            self.put(it["title"], date(event["at"]), event["title"], value(event["value"]))

    def block_advice(self, section, it):
        for advice in it:
            saving = advice["saving"]
            self.put("advice", advice["title"], "money", money(saving["money-per-year"]))
            self.put("advice", advice["title"], "kg", real(saving["kg-co2e-per-year"], "kg-co2e", None))
            self.texts.append((advice["title"], plain(advice["body"]), values_of(advice["body"])))
            for n, shown in enumerate(values_of(advice["body"]), 1):
                self.put("advice", advice["title"], "text", str(n), shown)

    def block_comparison(self, section, it):
        for n, offer in enumerate(it["offers"]):
            for criterion, cell in zip(it["criteria"], offer["values"]):
                self.put(it["title"], offer["name"], criterion, value(cell))
            self.put(it["title"], offer["name"], "yearly cost", money(offer["yearly-cost"]))
            if it["recommended"] == n:
                self.put(it["title"], "recommended", offer["name"])

    def block_progress(self, section, it):
        for bar in it:
            self.put(section, bar["label"], "value", real(bar["value"], bar["unit"], bar["currency"]))
            self.put(section, bar["label"], "target", real(bar["target"], bar["unit"], bar["currency"]))
