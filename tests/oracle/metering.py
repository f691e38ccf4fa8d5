"""What several apps need from meters: the curve of a year in local time, days, base load."""

from datetime import timedelta
from fractions import Fraction

from arithmetic import in_france

DAY = 86400
YEAR = 365


class Curve:
    """Readings of electricity, those of the last 365 days, and how many days they cover."""

    def __init__(self, intervals, days=YEAR):
        # One meter at two steps would count twice: the finer step is used.
        self.all = sorted(intervals)
        self.end = max(i.start + timedelta(seconds=i.seconds) for i in self.all)
        start = self.end - timedelta(days)
        self.year = [i for i in self.all if i.start >= start]
        self.milli = sum(i.milli for i in self.year)
        self.known = Fraction(sum(i.seconds for i in self.year), DAY)
        self.hourly = all(i.seconds <= 3600 for i in self.year)

    @property
    def whole(self):
        """Whether the year is there: a day that is missing, or cut by summer time, does no harm."""
        return self.known >= YEAR - Fraction(1, 2)

    def kwh(self):
        """A year at the pace of what is known."""
        kwh = Fraction(self.milli, 1_000_000)
        return kwh if self.whole else kwh * YEAR / self.known

    def local(self):
        """Readings of the year with their local start and mean power in watts."""
        return [(in_france(i.start), Fraction(i.milli * 3600, i.seconds * 1000), i) for i in self.year]


def by_day(intervals):
    """Milliwatt-hours and seconds of each local day."""
    days = {}
    for i in intervals:
        day = in_france(i.start).date()
        energy, seconds = days.get(day, (0, 0))
        days[day] = (energy + i.milli, seconds + i.seconds)
    return days


def base_load(intervals):
    """The power that a tenth of the readings is below."""
    powers = sorted(Fraction(i.milli * 3600, i.seconds * 1000) for i in intervals)
    return powers[len(powers) // 10]
