"""Builders of a view. Every text is a text: there is no markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NewType

from . import _host
from ._columns import RowSource
from ._context import Words
from ._shapes import (
    ColumnKind,
    Confidence,
    Direction,
    Effort,
    Emphasis,
    Icon,
    Layout,
    Level,
    ListStyle,
    Step,
    Tone,
    Unit,
    XyKind,
)
from .units import Day, Energy, Moment, Money

_Record = dict[str, Any]

Block = NewType("Block", tuple[str, Any])
"""A part of a section."""

Chart = NewType("Chart", tuple[str, Any])

Report = NewType("Report", _Record)
"""What a run gives to the person."""

Parameter = NewType("Parameter", _Record)
"""What the person may set before a run."""

Figure = NewType("Figure", _Record)
Section = NewType("Section", _Record)
Page = NewType("Page", _Record)
Series = NewType("Series", _Record)
Event = NewType("Event", _Record)


@dataclass(frozen=True, slots=True)
class Value:
    """A value that the host formats."""

    case: tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """Text that stands out, or stays in the background."""

    emphasis: Emphasis
    words: str


Given = str | int | bool | Money | Day | Moment | Energy | Value | None
"""A value that the host formats in the person's language. A missing one is None."""

Rich = list[tuple[str, Any]]
Text = str | Rich
"""A text, or a text with values: see `rich`."""

Point = float | int | Money | Energy | None
"""A point of a chart; a missing one is a gap. Of money, the currency is taken too."""


def _date(day: Day) -> _Record:
    date = day.date
    return {"year": date.year, "month": date.month, "day": date.day}


def _money(amount: Money) -> _Record:
    decimal = {"mantissa": amount.minor, "scale": amount.decimals}
    return {"amount": decimal, "currency": amount.currency}


def _scaled(number: float | int, decimals: int) -> _Record:
    """A number, rounded once, halves away from zero."""
    if isinstance(number, int):
        return {"mantissa": number * 10**decimals, "scale": decimals}
    digits = int(abs(number) * 10**decimals + 0.5)
    return {"mantissa": -digits if number < 0 else digits, "scale": decimals}


def _value(given: Given) -> tuple[Any, ...]:
    match given:
        case None:
            return ("missing",)
        case Value():
            return given.case
        case str():
            return ("text", given)
        case bool():
            return ("flag", given)
        case int():
            return ("number", {"mantissa": given, "scale": 0})
        case Money():
            return ("money", _money(given))
        case Day():
            return ("date", _date(given))
        case Moment():
            return ("date-time", {"date": _date(given.date), "hour": given.hour, "minute": given.minute})
        case Energy():
            # 1 kWh is a million mWh.
            tenths = (given.milliwatt_hours + 50_000) // 100_000
            return ("quantity", {"amount": {"mantissa": tenths, "scale": 1}, "unit": "kwh"})
    raise TypeError(
        f"{given!r}: a number with decimals is rounded first: decimal(number, decimals) or quantity(amount, unit, decimals)"
    )


def decimal(number: float | int, decimals: int) -> Value:
    """A number, rounded to some decimals."""
    return Value(("number", _scaled(number, decimals)))


def quantity(amount: float | int, unit: Unit, decimals: int = 0) -> Value:
    """A number with its unit, rounded to some decimals."""
    return Value(("quantity", {"amount": _scaled(amount, decimals), "unit": unit}))


def price(amount: int, decimals: int, currency: str) -> Value:
    """A price in units of its last decimal, such as that of a kilowatt-hour."""
    return Value(("money", {"amount": {"mantissa": amount, "scale": decimals}, "currency": currency}))


def span(start: Day, end: Day, step: Step) -> Value:
    """Days from `start` to `end`, exclusive, named by a step: a month, a year."""
    return Value(("span", {"start": _date(start), "end": _date(end), "step": step}))


def month(day: Day) -> Value:
    """The month of a day."""
    return span(day.month_start, day.plus_months(1), "month")


def strong(words: str) -> Marked:
    """Text that stands out."""
    return Marked("strong", words)


def soft(words: str) -> Marked:
    """Text in the background."""
    return Marked("soft", words)


def rich(words: str, *values: Given | Marked) -> Rich:
    """Text with values: `rich("You spent {} in {}.", amount, month(day))`."""
    plain = words.split("{}")
    if len(plain) - 1 != len(values):
        raise ValueError(f"{words!r} has {len(plain) - 1} places, {len(values)} values are given")
    pieces: Rich = []
    for at, part in enumerate(plain):
        if at > 0:
            given = values[at - 1]
            marked = isinstance(given, Marked)
            pieces.append(("marked", (given.emphasis, given.words)) if marked else ("val", _value(given)))  # type: ignore[union-attr, arg-type]
        if part:
            pieces.append(("plain", part))
    return pieces


def _pieces(given: Text) -> Rich:
    return given if isinstance(given, list) else [("plain", given)]


def _points(given: Iterable[Point], unit: Unit | None, currency: str | None) -> tuple[list[float | None], str, str | None]:
    """Numbers of a chart, with their unit and currency."""
    points: list[float | None] = []
    for point in given:
        if isinstance(point, Money):
            currency = currency or point.currency
            if point.currency != currency:
                raise ValueError(f"a series has {currency} and {point.currency}: make one for each currency")
            points.append(point.major)
        elif isinstance(point, Energy):
            unit = unit or "kwh"
            points.append(point.kwh)
        else:
            points.append(point)
    return points, unit or "none", currency


def paragraph(body: Text) -> Block:
    return Block(("paragraph", {"body": _pieces(body)}))


def bullets(items: Iterable[Text], style: ListStyle = "bullet") -> Block:
    return Block(("bullets", {"style": style, "items": [_pieces(item) for item in items]}))


@dataclass(frozen=True, slots=True)
class Trend:
    """Change of a figure, and what it is compared with. `tone` says whether the change is good."""

    direction: Direction
    change: Given
    versus: str
    tone: Tone = "neutral"


def figure(
    icon: Icon,
    label: str,
    value: Given,
    *,
    spark: Iterable[Point] = (),
    trend: Trend | None = None,
    note: str | None = None,
    because: Iterable[RowSource | None] | None = None,
) -> Figure:
    """A key figure. `spark` is its course, drawn small. `because` names the rows that it was computed from (`as_source`):
    the person can open them. Figures with one label share them, so give each its own label."""
    if because is not None:
        _cite(label, because)
    change = trend and {
        "direction": trend.direction,
        "change": _value(trend.change),
        "versus": trend.versus,
        "tone": trend.tone,
    }
    points = _points(spark, None, None)[0]
    return Figure(
        {"label": label, "value": _value(value), "trend": change, "spark": points, "icon": icon, "note": note}
    )


def _cite(label: str, sources: Iterable[RowSource | None]) -> None:
    readers: dict[tuple[str, int], set[int]] = {}
    for source in sources:
        if source is not None:
            readers.setdefault((source.category, source.reader), set()).add(source.row)
    for (category, reader), rows in sorted(readers.items()):
        if _host.cite is not None:
            _host.cite(label, category, reader, sorted(rows))


def figures(*figures: Figure) -> Block:
    """Figures that stand out, at most six."""
    return Block(("key-figures", list(figures)))


def table(title: str, columns: Sequence[tuple[str, ColumnKind]], rows: Iterable[Sequence[Given]]) -> Block:
    """A table: columns as (label, kind), and rows of cells."""
    cells: list[Any] = []
    for at, row in enumerate(rows):
        if len(row) != len(columns):
            raise ValueError(f"table {title!r}: row {at} has {len(row)} cells, its columns are {len(columns)}")
        cells.extend(map(_value, row))
    heads = [{"label": label, "kind": kind} for label, kind in columns]
    return Block(("table", {"title": title, "columns": heads, "cells": cells}))


def series(
    label: str, points: Iterable[Point], *, unit: Unit | None = None, currency: str | None = None, tone: Tone = "auto"
) -> Series:
    """A series of a chart."""
    numbers, found, money = _points(points, unit, currency)
    return Series({"label": label, "unit": found, "currency": money, "points": numbers, "tone": tone})


def _chart(title: str, takeaway: str, kind: str, plot: _Record) -> Block:
    return Block(("chart", {"title": title, "takeaway": takeaway, "plot": (kind, plot)}))


def _xy(title: str, takeaway: str, kind: XyKind, axis: tuple[str, Any], length: int, series: Iterable[Series]) -> Block:
    made = list(series)
    for one in made:
        if len(one["points"]) != length:
            raise ValueError(
                f"chart {title!r}: series {one['label']!r} has {len(one['points'])} points, its axis has {length}"
            )
    return _chart(title, takeaway, "xy", {"kind": kind, "axis": axis, "series": made})


def by_date(
    title: str, takeaway: str, kind: XyKind, step: Step, days: Sequence[Day], series: Iterable[Series]
) -> Block:
    """A chart over dates, one step apart. `takeaway` is its message."""
    return _xy(title, takeaway, kind, ("dates", (step, [_date(day) for day in days])), len(days), series)


def by_month(title: str, takeaway: str, kind: XyKind, months: Sequence[Day], series: Iterable[Series]) -> Block:
    """A chart by month. `takeaway` is its message."""
    return by_date(title, takeaway, kind, "month", months, series)


def by_label(title: str, takeaway: str, kind: XyKind, labels: Sequence[str], series: Iterable[Series]) -> Block:
    """A chart over labels."""
    return _xy(title, takeaway, kind, ("labels", list(labels)), len(labels), series)


def parts(
    title: str,
    takeaway: str,
    slices: Sequence[tuple[str, Point]],
    *,
    unit: Unit | None = None,
    currency: str | None = None,
) -> Block:
    """Parts of a whole, the largest first."""
    numbers, found, money = _points([value for _, value in slices], unit, currency)
    made = [{"label": label, "value": number, "tone": "auto"} for (label, _), number in zip(slices, numbers)]
    return _chart(title, takeaway, "parts", {"slices": made, "unit": found, "currency": money})


def calendar(
    title: str,
    takeaway: str,
    start: Day,
    values: Iterable[Point],
    *,
    unit: Unit | None = None,
    currency: str | None = None,
) -> Block:
    """A calendar: one value for each day from `start` on, at most 1 100."""
    numbers, found, money = _points(values, unit, currency)
    plot = {"start": _date(start), "values": numbers, "unit": found, "currency": money}
    return _chart(title, takeaway, "calendar", plot)


def heatmap(
    title: str,
    takeaway: str,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Iterable[Point],
    *,
    unit: Unit | None = None,
) -> Block:
    """A value for each row and column, row by row."""
    numbers, found, _ = _points(cells, unit, None)
    if len(numbers) != len(rows) * len(columns):
        raise ValueError(f"heatmap {title!r}: {len(numbers)} cells, {len(rows)} x {len(columns)} are expected")
    plot = {"rows": list(rows), "columns": list(columns), "cells": numbers, "unit": found}
    return _chart(title, takeaway, "heatmap", plot)


def event(
    at: Day, title: str, body: Text, *, value: Given = None, icon: Icon = "none", tone: Tone = "neutral"
) -> Event:
    """An event of a timeline."""
    shown = None if value is None else _value(value)
    return Event(
        {"at": _date(at), "title": title, "body": _pieces(body), "value": shown, "icon": icon, "tone": tone}
    )


def timeline(title: str, events: Iterable[Event]) -> Block:
    """Events in order."""
    return Block(("timeline", {"title": title, "events": list(events)}))


def notice(level: Level, title: str, body: Text) -> Block:
    """A notice to the person."""
    return Block(("notice", {"level": level, "title": title, "body": _pieces(body)}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Advice, which always says how it was computed. `saves` and `kg_co2e` are of a year."""

    title: str
    body: Text
    effort: Effort
    how_computed: Text
    icon: Icon = "idea"
    saves: Money | None = None
    kg_co2e: float | None = None
    confidence: Confidence = "medium"


def advice(*advice: Advice) -> Block:
    return Block(
        (
            "advice",
            [
                {
                    "title": one.title,
                    "body": _pieces(one.body),
                    "saving": {
                        "money_per_year": one.saves and _money(one.saves),
                        "kg_co2e_per_year": one.kg_co2e,
                        "confidence": one.confidence,
                    },
                    "effort": one.effort,
                    "how_computed": _pieces(one.how_computed),
                    "icon": one.icon,
                }
                for one in advice
            ],
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An offer of a comparison, with one value for each criterion. `is_current`: the person has it today."""

    name: str
    provider: str
    values: Sequence[Given]
    is_current: bool = False
    yearly_cost: Money | None = None
    pros: Sequence[str] = field(default=())
    cons: Sequence[str] = field(default=())


def comparison(
    title: str,
    *,
    criteria: Sequence[str],
    offers: Sequence[Offer],
    recommended: int | None = None,
    disclosure: str,
) -> Block:
    """Offers side by side. `disclosure` says the author's ties to the offers, or that there are none."""
    made = []
    for offer in offers:
        if len(offer.values) != len(criteria):
            raise ValueError(
                f"comparison {title!r}: {offer.name!r} has {len(offer.values)} values, the criteria are {len(criteria)}"
            )
        made.append(
            {
                "name": offer.name,
                "provider": offer.provider,
                "is_current": offer.is_current,
                "values": [_value(value) for value in offer.values],
                "yearly_cost": offer.yearly_cost and _money(offer.yearly_cost),
                "pros": list(offer.pros),
                "cons": list(offer.cons),
            }
        )
    whole = {"title": title, "criteria": list(criteria), "offers": made}
    return Block(("comparison", {**whole, "recommended": recommended, "disclosure": disclosure}))


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress towards a target."""

    label: str
    value: Money | Energy | float
    target: Money | Energy | float
    unit: Unit | None = None
    tone: Tone = "auto"


def progress(*progress: Progress) -> Block:
    made = []
    for one in progress:
        numbers, unit, currency = _points([one.value, one.target], one.unit, None)
        value, target = numbers
        made.append(
            {
                "label": one.label,
                "value": value,
                "target": target,
                "unit": unit,
                "currency": currency,
                "tone": one.tone,
            }
        )
    return Block(("progress", made))


def section(title: str | None, *blocks: Block, layout: Layout = "stack") -> Section:
    """A part of a page."""
    return Section({"title": title, "layout": layout, "blocks": list(blocks)})


def page(title: str, icon: Icon, *sections: Section) -> Page:
    """A page: a tab."""
    return Page({"title": title, "icon": icon, "sections": list(sections)})


def report(
    ctx: Words,
    title: str,
    headline: str,
    sections: Sequence[Section] = (),
    *,
    pages: Sequence[Page] = (),
    headline_figure: Figure | None = None,
    period: Value | None = None,
    limits: Iterable[Text] = (),
) -> Report:
    """What a run gives to the person: one page with these sections, or several pages. `headline` is the result in one
    sentence, `limits` what the app could not do."""
    first = [page(title, "none", *sections)] if sections else []
    return Report(
        {
            "lang": ctx.lang,
            "title": title,
            "headline": headline,
            "headline_figure": headline_figure,
            "period": period and period.case[1],
            "pages": [*first, *pages],
            "limits": [_pieces(limit) for limit in limits],
        }
    )
