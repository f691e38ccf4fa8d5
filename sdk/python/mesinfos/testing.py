"""Runs an app in Python, over rows that a test gives, through the same columns as in a component."""

import datetime
from collections.abc import Iterable, Mapping
from types import ModuleType, SimpleNamespace
from typing import Any

from . import _host
from ._check import lowered, plain
from ._columns import MISSING_CODE, MISSING_DAY, MISSING_NUMBER, MISSING_TERM
from ._context import Context, Words
from ._tables import TABLES
from .units import Day, Money


def _plain(category: str, name: str, value: Any) -> Any:
    kind, _, codes = TABLES[category][name]
    where = f"row of {category}: {name}"
    if kind == "date":
        if value is None:
            return MISSING_DAY
        return (value if isinstance(value, Day) else Day.parse(value)).days
    if kind == "code":
        if value is not None and value not in codes:
            raise TypeError(f"{where}: one of {', '.join(codes)} is expected, not {value!r}")
        return MISSING_CODE if value is None else codes.index(value)
    if kind in ("term", "text"):
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{where}: a text is expected, not {value!r}")
        return value or ""
    if value is None:
        return MISSING_NUMBER
    if kind == "instant" and isinstance(value, str):
        return int(datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp())
    if type(value) is not int:
        raise TypeError(f"{where}: a whole number is expected, not {value!r}")
    return value


def _texts(values: list[str]) -> SimpleNamespace:
    utf8 = [value.encode() for value in values]
    ends, end = [], 0
    for text in utf8:
        end += len(text)
        ends.append(end)
    return SimpleNamespace(ends=ends, utf8=b"".join(utf8))


class _Page:
    def __init__(self, category: str, rows: list[Mapping[str, Any]]) -> None:
        self._category, self._rows = category, rows

    def __enter__(self) -> "_Page":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def rows(self) -> int:
        return len(self._rows)

    def __getattr__(self, name: str) -> Any:
        kind = TABLES[self._category][name][0]
        values = [_plain(self._category, name, row.get(name)) for row in self._rows]
        if kind == "text":
            return lambda: _texts(values)
        if kind == "code":
            return lambda: bytes(values)
        if kind != "term":
            return lambda: values
        known = sorted(set(values) - {""})
        codes = [known.index(value) if value else MISSING_TERM for value in values]
        return lambda: SimpleNamespace(codes=codes, values=_texts(known))


class _Category:
    def __init__(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        if name not in TABLES:
            raise TypeError(f"there is no category {name}: there is {', '.join(TABLES)}")
        self._name, self._rows = name, list(rows)
        for row in self._rows:
            if unknown := next((field for field in row if field not in TABLES[name]), None):
                raise TypeError(f"{name} has no field {unknown}: it has {', '.join(TABLES[name])}")

    def open(self, *_: object) -> Any:
        pages = [_Page(self._name, self._rows)] if self._rows else []
        return SimpleNamespace(next=lambda: pages.pop() if pages else None)

    def scope(self) -> Any:
        return SimpleNamespace(period=(None, None), grain="raw")


def _answer(value: int | str | bool | Money | Day) -> Any:
    if isinstance(value, Money):
        return (value.minor, value.decimals)
    return (value, 0) if type(value) is int else value


def run(
    app: ModuleType,
    rows: Mapping[str, Iterable[Mapping[str, Any]]] = {},
    *,
    today: str | Day = "2026-01-01",
    lang: str = "en",
    answers: Mapping[str, int | str | bool | Money | Day] = {},
) -> dict[str, Any]:
    """Runs an app over rows, and gives its checked view. Rows have fields by name: days as "2026-01-31", instants as
    "2026-01-31T12:00:00Z", numbers in the unit of the field (cents), codes as texts."""
    given = {name: _Category(name, rows.get(name, ())) for name in {*TABLES, *rows}}
    _host.categories.clear()
    _host.categories.update(given)
    _host.opened.clear()
    day = Day.parse(today) if isinstance(today, str) else today
    try:
        if parameters := getattr(app, "parameters", None):
            lowered(parameters(Words(lang)), ["list", "param"], "parameters", plain)
        report = app.run(Context(lang, day, {id: _answer(value) for id, value in answers.items()}))
        lowered(report, "report", "", plain)
        return dict(report)
    finally:
        _host.categories.clear()
