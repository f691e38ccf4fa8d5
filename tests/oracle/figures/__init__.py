"""The figures of the apps, recomputed: one module for each app.

A module has `figures(life, today)`. It returns a `Figures`: the outcome of the run, and what each path must show.
"""

from fractions import Fraction
from typing import NamedTuple


class Expected(NamedTuple):
    """A number in its unit, exact, with the decimals that it is compared with if the view gives a plain number."""

    number: Fraction
    unit: str
    decimals: int


class Names(NamedTuple):
    """The names of the rows of a table or of the parts of a chart, all of them."""

    names: frozenset


ABSENT = object()


class Figures:
    def __init__(self, outcome="completed"):
        self.outcome = outcome
        self.expected = {}

    def _put(self, path, it):
        assert path not in self.expected, path
        self.expected[path] = it

    def euros(self, *path, cents, currency="EUR"):
        self._put(path, Expected(Fraction(cents) / 100, currency, 2))

    def number(self, *path, number, unit="none", decimals=0):
        self._put(path, Expected(Fraction(number), unit, decimals))

    def text(self, *path, text):
        self._put(path, text)

    def day(self, *path, day):
        self._put(path, day.isoformat())

    def unknown(self, *path):
        self._put(path, None)

    def absent(self, *path):
        self._put(path, ABSENT)

    def names(self, *path, names):
        self._put((*path, "names"), Names(frozenset(names)))


def needs_data():
    """The app has nothing to compute with, and says so."""
    return Figures("needs-data")


def declines():
    """The app says that its data is not enough."""
    return Figures("declined")
