"""Columns of the contract as Python values. A field is a value that an app imports: the build finds its name."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, Never, TypeVar, overload

from . import _host
from ._failure import Failed
from .units import Day, Energy, Moment, Money, Period

MISSING_DAY: Final = -(2**31)
"""A day that is not known, in a column."""

MISSING_NUMBER: Final = -(2**63)
"""A number that is not known, in a column."""

MISSING_CODE: Final = 255
"""A code that is not known, in a column."""

MISSING_TERM: Final = 2**32 - 1
"""The code of a text that is not known, in a column of terms."""

T = TypeVar("T")
C = TypeVar("C")
V = TypeVar("V", covariant=True)
K = TypeVar("K", covariant=True)


@dataclass(frozen=True, slots=True)
class Terms:
    """A column of text that repeats: row `i` is `values[codes[i]]`, missing if the code is `MISSING_TERM`."""

    codes: array[int]
    values: list[str]


@dataclass(frozen=True, slots=True)
class RowSource:
    """A row as evidence for a figure."""

    category: str
    reader: int
    row: int


class Field(Generic[V, K]):
    """A field of a category: `V` is its value in a row, `K` its column. Importing it is asking for it."""

    def __init__(
        self,
        category: str,
        name: str,
        column: Callable[[Page, Any], K],
        values: Callable[[Page, Any], list[V | None]],
        codes: tuple[str, ...] = (),
    ) -> None:
        self.category = category
        self.name = name
        self.method = "from_" if name == "from" else name.replace("-", "_")
        self.codes = codes
        """Codes that it may have, by their number in the column."""
        self._column = column
        self._values = values

    def __repr__(self) -> str:
        return f"<field {self.name} of {self.category}>"


class Page:
    """Rows as columns, each of which is fetched once. A column has an entry for each row, or none at all if nothing is known."""

    def __init__(self, category: str, native: Any, reader: int, before: int) -> None:
        self._category = category
        self._native = native
        self._columns: dict[str, Any] = {}
        self._length: int = native.rows()
        self._reader = reader
        self._before = before

    def __len__(self) -> int:
        return self._length

    def _raw(self, method: str) -> Any:
        if method not in self._columns:
            self._columns[method] = getattr(self._native, method)()
        return self._columns[method]

    def __getitem__(self, field: Field[T, C]) -> C:
        """The column of a field, for code that must be fast."""
        return field._column(self, field)


def _texts(column: Any) -> list[str]:
    utf8, start, found = column.utf8, 0, []
    if utf8.isascii():
        # A byte is a character.
        text = str(utf8, "ascii")
        for end in column.ends:
            found.append(text[start:end])
            start = end
        return found
    for end in column.ends:
        found.append(str(utf8[start:end], "utf-8"))
        start = end
    return found


def _terms(column: Any) -> list[str | None]:
    known = dict(enumerate(text or None for text in _texts(column.values)))
    return [known.get(code) for code in column.codes]


def date_field(category: str, name: str) -> Field[Day, array[int]]:
    def values(page: Page, field: Any) -> list[Day | None]:
        days = page._raw(field.method)
        known: dict[int, Day | None] = {day: Day(day) for day in set(days)}
        known[MISSING_DAY] = None
        return [known[day] for day in days]

    return Field(category, name, lambda page, field: array("i", page._raw(field.method)), values)


def _long(category: str, name: str, make: Callable[[int], T]) -> Field[T, array[int]]:
    def values(page: Page, field: Any) -> list[T | None]:
        return [None if long == MISSING_NUMBER else make(long) for long in page._raw(field.method)]

    return Field(category, name, lambda page, field: array("q", page._raw(field.method)), values)


def integer_field(category: str, name: str) -> Field[int, array[int]]:
    return _long(category, name, int)


def energy_field(category: str, name: str) -> Field[Energy, array[int]]:
    return _long(category, name, Energy)


def money_field(category: str, name: str) -> Field[Money, array[int]]:
    def values(page: Page, field: Any) -> list[Money | None]:
        minors, currencies = page._raw(field.method), _terms(page._raw("currency"))
        return [
            None if minor == MISSING_NUMBER or currency is None else Money(minor, currency)
            for minor, currency in zip(minors, currencies)
        ]

    return Field(category, name, lambda page, field: array("q", page._raw(field.method)), values)


def instant_field(category: str, name: str) -> Field[Moment, array[int]]:
    def values(page: Page, field: Any) -> list[Moment | None]:
        seconds = page._raw(field.method)
        offsets = page._raw("utc_offset") or [0] * len(seconds)
        return [
            None if utc == MISSING_NUMBER else Moment(utc, 0 if offset == MISSING_NUMBER else offset)
            for utc, offset in zip(seconds, offsets)
        ]

    return Field(category, name, lambda page, field: array("q", page._raw(field.method)), values)


def code_field(category: str, name: str, codes: tuple[T, ...]) -> Field[T, bytes]:
    known: dict[int, T] = dict(enumerate(codes))

    def values(page: Page, field: Any) -> list[T | None]:
        return [known.get(code) for code in page._raw(field.method)]

    return Field(
        category, name, lambda page, field: bytes(page._raw(field.method)), values, tuple(map(str, codes))
    )


def term_field(category: str, name: str) -> Field[str, Terms]:
    def column(page: Page, field: Any) -> Terms:
        terms = page._raw(field.method)
        return Terms(array("I", terms.codes), _texts(terms.values))

    return Field(category, name, column, lambda page, field: _terms(page._raw(field.method)))


def text_field(category: str, name: str) -> Field[str, list[str]]:
    return Field(
        category,
        name,
        lambda page, field: _texts(page._raw(field.method)),
        lambda page, field: [text or None for text in _texts(page._raw(field.method))],
    )


def source_of(category: str) -> Field[RowSource, Never]:
    """The row itself, as evidence for a figure."""

    def values(page: Page, field: Any) -> list[RowSource | None]:
        return [RowSource(category, page._reader, row) for row in range(page._before, page._before + len(page))]

    def column(page: Page, field: Any) -> Never:
        raise TypeError("columns have no evidence: use rows")

    return Field(category, "as-source", column, values)


def _pages(category: str, period: Period) -> Iterator[Page]:
    native = _host.category(category)
    reader = _host.opened.get(category, 0)
    _host.opened[category] = reader + 1
    bounds = (day and day.days for day in (period.first, period.until))
    source, before = native.open(*bounds), 0
    while True:
        try:
            found = source.next()
        except Exception as error:
            reason = getattr(getattr(error, "value", None), "name", None)
            if reason is None:
                raise
            raise Failed(reason.lower()) from None
        if found is None:
            return
        with found:
            page = Page(category, found, reader, before)
            before += len(page)
            yield page


T1 = TypeVar("T1")
T2 = TypeVar("T2")
T3 = TypeVar("T3")
T4 = TypeVar("T4")
T5 = TypeVar("T5")
T6 = TypeVar("T6")
T7 = TypeVar("T7")
T8 = TypeVar("T8")
F = Field


class Rows:
    """Rows with some fields as tuples, from the oldest to the newest. A value is None if it is not known or was not granted."""

    def __init__(self, category: str) -> None:
        self._category = category

    @overload
    def __call__(self, f1: F[T1, Any], /, *, period: Period = ...) -> Iterator[tuple[T1 | None]]: ...
    @overload
    def __call__(self, f1: F[T1, Any], f2: F[T2, Any], /, *, period: Period = ...) -> Iterator[tuple[T1 | None, T2 | None]]: ...
    @overload
    def __call__(self, f1: F[T1, Any], f2: F[T2, Any], f3: F[T3, Any], /, *, period: Period = ...) -> Iterator[tuple[T1 | None, T2 | None, T3 | None]]: ...
    @overload
    def __call__(self, f1: F[T1, Any], f2: F[T2, Any], f3: F[T3, Any], f4: F[T4, Any], /, *, period: Period = ...) -> Iterator[tuple[T1 | None, T2 | None, T3 | None, T4 | None]]: ...
    @overload
    def __call__(self, f1: F[T1, Any], f2: F[T2, Any], f3: F[T3, Any], f4: F[T4, Any], f5: F[T5, Any], /, *, period: Period = ...) -> Iterator[tuple[T1 | None, T2 | None, T3 | None, T4 | None, T5 | None]]: ...
    @overload
    def __call__(self, f1: F[T1, Any], f2: F[T2, Any], f3: F[T3, Any], f4: F[T4, Any], f5: F[T5, Any], f6: F[T6, Any], /, *, period: Period = ...) -> Iterator[tuple[T1 | None, T2 | None, T3 | None, T4 | None, T5 | None, T6 | None]]: ...
    @overload
    def __call__(self, f1: F[T1, Any], f2: F[T2, Any], f3: F[T3, Any], f4: F[T4, Any], f5: F[T5, Any], f6: F[T6, Any], f7: F[T7, Any], /, *, period: Period = ...) -> Iterator[tuple[T1 | None, T2 | None, T3 | None, T4 | None, T5 | None, T6 | None, T7 | None]]: ...
    @overload
    def __call__(self, f1: F[T1, Any], f2: F[T2, Any], f3: F[T3, Any], f4: F[T4, Any], f5: F[T5, Any], f6: F[T6, Any], f7: F[T7, Any], f8: F[T8, Any], /, *, period: Period = ...) -> Iterator[tuple[T1 | None, T2 | None, T3 | None, T4 | None, T5 | None, T6 | None, T7 | None, T8 | None]]: ...

    def __call__(self, *fields: Any, period: Period = Period()) -> Iterator[Any]:
        """Reads rows, of a period if there is one."""
        for field in fields:
            if getattr(field, "category", None) != self._category:
                raise TypeError(f"rows of {self._category}: {field!r} is none of its fields")
        for page in _pages(self._category, period):
            # A column of which nothing is known is empty.
            columns = [field._values(page, field) or [None] * len(page) for field in fields]
            yield from zip(*columns)


class Pages:
    """The rows as columns, a page at a time: `page[field]` is a column."""

    def __init__(self, category: str) -> None:
        self._category = category

    def __call__(self, period: Period = Period()) -> Iterator[Page]:
        return _pages(self._category, period)


@dataclass(frozen=True, slots=True)
class Granted:
    """What the person granted. A refused category answers as one without rows."""

    period: Period
    grain: Literal["raw", "rounded", "hourly", "daily", "monthly"]


class Scope:
    """What the person granted of a category."""

    def __init__(self, category: str) -> None:
        self._category = category

    def __call__(self) -> Granted:
        found = _host.category(self._category).scope()
        first, until = (None if day is None else Day(day) for day in found.period)
        return Granted(Period(first, until), found.grain)


__all__ = ["Field", "Granted", "Page", "Pages", "Rows", "Scope", "RowSource", "Terms"]
