"""Rounding, medians, days and the local time of France. Amounts are exact (integers of cents, fractions)."""

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction


def rounded(number, decimals=0):
    """Half away from zero, as people round."""
    number = Fraction(number) * 10 ** decimals
    whole = (abs(number) * 2 + 1) // 2
    return Fraction(-whole if number < 0 else whole) / 10 ** decimals


def median(numbers):
    """The middle one; of an even count, the mean of the two in the middle, which is not rounded."""
    ordered = sorted(numbers)
    if not ordered:
        return None
    half = len(ordered) // 2
    return Fraction(ordered[half]) if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half], 2)


def mean(numbers):
    numbers = list(numbers)
    return Fraction(sum(numbers), len(numbers)) if numbers else None


def month_of(day):
    return day.year * 12 + day.month - 1


def first_day(month):
    return date(month // 12, month % 12 + 1, 1)


def add_months(day, months):
    """The same day of another month, or the last one of that month."""
    month = month_of(day) + months
    last = first_day(month + 1) - timedelta(1)
    return date(last.year, last.month, min(day.day, last.day))


def newest(days):
    """The newest of these days, back to a silence of more than 31 days: the first and the last one."""
    days = sorted(set(days))
    first = last = days[-1]
    for day in reversed(days):
        if (first - day).days > 31:
            break
        first = day
    return first, last


def months_in_a_row(days, most):
    """The newest whole months in a row, at most so many, the oldest first.

    A month is whole if rows begin by its 5th, go on to its last five days, without a silence of more than 31 days, and if
    it has an eighth of the rows of a month in the middle.
    """
    days = sorted(days)
    count = {}
    for day in days:
        count[month_of(day)] = count.get(month_of(day), 0) + 1
    whole = set()
    for month in count:
        begin, end = first_day(month), first_day(month + 1)
        # The last row by the 5th, the first one of the last five days, and all between them.
        before = [day for day in days if day <= begin + timedelta(4)]
        after = [day for day in days if day >= end - timedelta(5)]
        if before and after:
            there = [before[-1]] + [day for day in days if begin + timedelta(4) < day < end - timedelta(5)] + [after[0]]
            if all((b - a).days <= 31 for a, b in zip(there, there[1:])):
                whole.add(month)
    middle = rounded(median([count[month] for month in whole])) if whole else 0
    whole = {month for month in whole if count[month] * 8 >= middle}
    row, month = [], max(whole, default=None)
    while month in whole and len(row) < most:
        row.insert(0, month)
        month -= 1
    return row


def last_sunday(year, month):
    day = date(year, month, 31)
    return day - timedelta((day.weekday() + 1) % 7)


_CHANGES = {}


def offset_in_france(moment):
    """Minutes that France is ahead of UTC: summer time begins and ends at 1 h UTC on the last Sunday of March and
    of October (directive 2000/84/EC)."""
    if moment.year not in _CHANGES:
        _CHANGES[moment.year] = tuple(
            datetime(moment.year, month, last_sunday(moment.year, month).day, 1, tzinfo=timezone.utc)
            for month in (3, 10))
    start, end = _CHANGES[moment.year]
    return 120 if start <= moment < end else 60


def in_france(moment):
    """The local time of a moment in UTC, without its offset."""
    return (moment + timedelta(minutes=offset_in_france(moment))).replace(tzinfo=None)


def from_france(local):
    """The moment in UTC of a local time that is not in the hour that summer time repeats or skips."""
    moment = local.replace(tzinfo=timezone.utc)
    for offset in (60, 120):
        if offset_in_france(moment - timedelta(minutes=offset)) == offset:
            return moment - timedelta(minutes=offset)
    raise ValueError(f"no such local time: {local}")


def cents(text):
    """Cents of an amount as text, with a point or a comma."""
    text = str(text).strip().replace("\u00a0", "").replace(" ", "").replace(",", ".")
    exact = Fraction(text) * 100
    if exact.denominator != 1:
        raise ValueError(f"not whole cents: {text}")
    return int(exact)


def utc(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)
