"""Context of a run."""

from typing import Any

from .units import Day, Money, decimals


class Words:
    """The person's language."""

    def __init__(self, lang: str) -> None:
        self.lang = "en" if lang.startswith("en") else "fr"

    def t(self, fr: str, en: str) -> str:
        """One of two texts, in the person's language."""
        return en if self.lang == "en" else fr


class Context(Words):
    """Context of a run, from the host. A parameter that is not set is None."""

    def __init__(self, lang: str, today: Day, answers: dict[str, Any]) -> None:
        super().__init__(lang)
        self.today = today
        """The day of the run: the only clock."""
        self._answers = answers

    def scaled(self, parameter: str, scale: int) -> int | None:
        """A number in units of 10^-scale: 0.1952 with a scale of 4 is 1952. Further digits are dropped."""
        found = self._answers.get(parameter)
        if not isinstance(found, tuple):
            return None
        mantissa, of = found
        size = abs(mantissa) * 10**scale // 10**of
        return int(-size if mantissa < 0 else size)

    def number(self, parameter: str) -> float | None:
        """A number as a float. For money, use `money` or `scaled`."""
        found = self._answers.get(parameter)
        return float(found[0] / 10 ** found[1]) if isinstance(found, tuple) else None

    def whole(self, parameter: str) -> int | None:
        """The integer part of a number."""
        return self.scaled(parameter, 0)

    def money(self, parameter: str, currency: str) -> Money | None:
        """A number as an amount of a currency."""
        minor = self.scaled(parameter, decimals(currency))
        return None if minor is None else Money(minor, currency)

    def flag(self, parameter: str) -> bool | None:
        """Whether a parameter is on."""
        found = self._answers.get(parameter)
        return found if isinstance(found, bool) else None

    def choice(self, parameter: str) -> str | None:
        """The id of the choice made."""
        found = self._answers.get(parameter)
        return found if isinstance(found, str) else None

    def date(self, parameter: str) -> Day | None:
        found = self._answers.get(parameter)
        return found if isinstance(found, Day) else None
