"""Values with units. Amounts are whole numbers of minor units: no float holds money."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import total_ordering

_EPOCH = 719_163  # datetime.date(1970, 1, 1).toordinal()
_NO_DECIMALS = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())
_THREE_DECIMALS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
_AMOUNT = re.compile(r"(-?)(\d+)(?:\.(\d+))? ([A-Z]{3})")


def decimals(currency: str) -> int:
    """Decimals of the minor unit of a currency (ISO 4217)."""
    if currency in _NO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day of the Gregorian calendar, as days since 1970-01-01."""

    days: int

    @staticmethod
    def of(year: int, month: int, day: int) -> Day:
        """The day of a year, a month (1 to 12) and a day (1 to 31). ValueError if there is none."""
        return Day(datetime.date(year, month, day).toordinal() - _EPOCH)

    @staticmethod
    def parse(text: str) -> Day:
        """The day of a text as `2026-01-31`. ValueError for anything else."""
        return Day(datetime.date.fromisoformat(text).toordinal() - _EPOCH)

    @property
    def date(self) -> datetime.date:
        return datetime.date.fromordinal(self.days + _EPOCH)

    @property
    def year(self) -> int:
        return self.date.year

    @property
    def month(self) -> int:
        return self.date.month

    @property
    def day(self) -> int:
        return self.date.day

    @property
    def weekday(self) -> int:
        """0 is Monday, 6 Sunday."""
        return (self.days + 3) % 7

    @property
    def month_start(self) -> Day:
        """The first day of this month."""
        return Day(self.days - self.day + 1)

    def plus_days(self, days: int) -> Day:
        return Day(self.days + days)

    def plus_months(self, months: int) -> Day:
        """The first day of the month so many months later, earlier if negative."""
        date = self.date
        year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
        return Day.of(year, month + 1, 1)

    def __sub__(self, other: Day) -> int:
        """Days from the other one to this one."""
        return self.days - other.days

    def __str__(self) -> str:
        return self.date.isoformat()


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """An instant: UTC seconds since 1970-01-01T00:00:00Z, and local time minus UTC in minutes (0 if unknown)."""

    utc: int
    offset: int = 0

    @property
    def _local(self) -> int:
        return self.utc + self.offset * 60

    @property
    def date(self) -> Day:
        """Local day."""
        return Day(self._local // 86_400)

    @property
    def hour(self) -> int:
        """Local hour, 0 to 23."""
        return self._local % 86_400 // 3_600

    @property
    def minute(self) -> int:
        """Local minute, 0 to 59."""
        return self._local % 3_600 // 60


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money: a whole number of minor units (cents) of one currency, positive for money coming in."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"an amount is a whole number of minor units (cents), not {self.minor!r}")
        if len(self.currency) != 3 or not (self.currency.isascii() and self.currency.isupper()):
            raise ValueError(f"a currency is three capital letters, such as EUR, not {self.currency!r}")

    @staticmethod
    def parse(text: str) -> Money:
        """An amount as it is written: `Money.parse("12.34 EUR")`."""
        found = _AMOUNT.fullmatch(text)
        if found is None or len(found[3] or "") > decimals(found[4]):
            raise ValueError(f"an amount is written as 12.34 EUR, not {text!r}")
        sign, whole, part, currency = found.groups()
        return Money(int(f"{sign}{whole}{(part or '').ljust(decimals(currency), '0')}"), currency)

    @staticmethod
    def sum(amounts: Iterable[Money], currency: str) -> Money:
        """The sum of amounts in one currency. ValueError if one has another."""
        return Money(sum(amount._in(currency) for amount in amounts), currency)

    def _in(self, currency: str) -> int:
        if self.currency != currency:
            raise ValueError(f"{self.currency} and {currency} cannot be added: keep one total for each currency")
        return self.minor

    @property
    def decimals(self) -> int:
        return decimals(self.currency)

    @property
    def major(self) -> float:
        """In units of the currency (euros), for charts only: a float is not exact."""
        return float(self.minor / 10**self.decimals)

    @property
    def is_negative(self) -> bool:
        return self.minor < 0

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + other._in(self.currency), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - other._in(self.currency), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __mul__(self, count: int) -> Money:
        return Money(self.minor * count, self.currency)

    def __truediv__(self, count: int) -> Money:
        """The quotient, rounded once, halves away from zero."""
        size, part = abs(self.minor), abs(count)
        quotient = (2 * size + part) // (2 * part)
        return Money(quotient if (self.minor < 0) == (count < 0) else -quotient, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < other._in(self.currency)

    def __str__(self) -> str:
        digits = str(abs(self.minor)).rjust(self.decimals + 1, "0")
        at = len(digits) - self.decimals
        part = f".{digits[at:]}" if self.decimals else ""
        return f"{'-' if self.minor < 0 else ''}{digits[:at]}{part} {self.currency}"


@dataclass(frozen=True, slots=True, order=True)
class Energy:
    """Energy, in milliwatt-hours."""

    milliwatt_hours: int

    @property
    def wh(self) -> float:
        return self.milliwatt_hours / 1e3

    @property
    def kwh(self) -> float:
        return self.milliwatt_hours / 1e6

    def __add__(self, other: Energy) -> Energy:
        return Energy(self.milliwatt_hours + other.milliwatt_hours)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `until`, exclusive; None is no bound."""

    first: Day | None = None
    until: Day | None = None


def last_months(today: Day, months: int) -> Period:
    """The month of `today`, and so many whole months before it."""
    return Period(today.plus_months(-months))
