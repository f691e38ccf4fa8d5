"""What the person may set before a run."""

from typing import Any

from ._shapes import Unit
from .units import Day, Money
from .view import Parameter


def _param(id: str, label: str, help: str | None, kind: str, control: Any) -> Parameter:
    return Parameter({"id": id, "label": label, "help": help, "control": (kind, control)})


def _number(
    bounds: dict[str, int], scale: int, unit: Unit, currency: str | None
) -> dict[str, Any]:
    exact = {name: {"mantissa": mantissa, "scale": scale} for name, mantissa in bounds.items()}
    return {**exact, "unit": unit, "currency": currency}


def number(
    id: str,
    label: str,
    *,
    max: int,
    initial: int,
    min: int = 0,
    step: int = 1,
    unit: Unit = "none",
    help: str | None = None,
) -> Parameter:
    """A whole number: `ctx.whole(id)`."""
    bounds = {"min": min, "max": max, "step": step, "initial": initial}
    return _param(id, label, help, "number", _number(bounds, 0, unit, None))


def amount(
    id: str,
    label: str,
    *,
    max: Money,
    initial: Money,
    min: Money | None = None,
    step: Money | None = None,
    help: str | None = None,
) -> Parameter:
    """An amount of money, in the currency of `initial`: `ctx.money(id, currency)`."""
    bounds = {
        "min": min.minor if min else 0,
        "max": max.minor,
        "step": step.minor if step else 1,
        "initial": initial.minor,
    }
    return _param(id, label, help, "number", _number(bounds, initial.decimals, "none", initial.currency))


def price(
    id: str,
    label: str,
    *,
    decimals: int,
    max: int,
    initial: int,
    min: int = 0,
    currency: str = "EUR",
    help: str | None = None,
) -> Parameter:
    """A price with some decimals, in units of the last one: `ctx.scaled(id, decimals)`."""
    bounds = {"min": min, "max": max, "step": 1, "initial": initial}
    return _param(id, label, help, "number", _number(bounds, decimals, "none", currency))


def toggle(id: str, label: str, *, initial: bool = False, help: str | None = None) -> Parameter:
    """On or off: `ctx.flag(id)`."""
    return _param(id, label, help, "toggle", initial)


def choice(
    id: str, label: str, choices: dict[str, str], *, initial: str | None = None, help: str | None = None
) -> Parameter:
    """One of several choices, as ids and labels: `ctx.choice(id)`."""
    made = [{"id": one, "label": words} for one, words in choices.items()]
    first = initial if initial is not None else next(iter(choices), "")
    return _param(id, label, help, "choice", {"choices": made, "initial": first})


def day(
    id: str,
    label: str,
    *,
    min: Day | None = None,
    max: Day | None = None,
    initial: Day | None = None,
    help: str | None = None,
) -> Parameter:
    """A day: `ctx.date(id)`."""

    def date(day: Day | None) -> dict[str, int] | None:
        return None if day is None else {"year": day.year, "month": day.month, "day": day.day}

    return _param(id, label, help, "date", {"min": date(min), "max": date(max), "initial": date(initial)})
