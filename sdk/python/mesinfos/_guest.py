"""What a component exports. An error that nobody caught is noted with the author's file and line before the app crashes."""

import builtins
import datetime
import re
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

from . import _host
from ._check import lowered
from ._context import Context, Words
from ._failure import Failure
from .units import Day

# Folders of the component: /0/app.py is app.py.
_FOLDER = re.compile(r"^/\d+/|^\./")


def pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def maker(interfaces: dict[str, Any]) -> Any:
    """Makes values of the types that componentize-py generates for the contract."""

    def make(interface: str, name: str, made: str, case: str, parts: list[Any]) -> Any:
        module = interfaces[interface]
        if made == "enum":
            return getattr(getattr(module, pascal(name)), case.upper().replace("-", "_"))
        own = pascal(name) if made == "record" else f"{pascal(name)}_{pascal(case)}"
        return getattr(module, own)(*parts)

    return make


def frames(trace: TracebackType | None) -> list[str]:
    """The author's functions of a traceback, innermost first."""
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        name = _FOLDER.sub("", code.co_filename)
        if not name.startswith("mesinfos/") and "mesinfos_entry" not in name and not name.startswith("/"):
            found.append(f"{name}:{trace.tb_lineno} in {code.co_qualname}")
        trace = trace.tb_next
    return found[::-1]


def _told(error: BaseException) -> None:
    _host.note(f"{type(error).__name__}: {error}")
    for frame in frames(error.__traceback__)[:8]:
        _host.note(f"  at {frame}")


class _Notes:
    """`print` writes notes."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self._line = ""

    def write(self, text: str) -> int:
        *lines, self._line = (self._line + text).split("\n")
        for line in lines:
            _host.note(line)
        return len(text)

    def flush(self) -> None:
        if self._line:
            _host.note(self._line)
            self._line = ""


def _absent(what: str, instead: str) -> Any:
    def absent(*_: Any, **__: Any) -> Any:
        raise RuntimeError(f"{what} is not there: an app gives the same view for the same rows. {instead}")

    return absent


def prepare() -> None:
    """Replaces the clock of `datetime`, which would crash a run without a word. The author's modules see the replaced class."""
    instead = "Use ctx.today"
    clocks: dict[str, Any] = {
        name: classmethod(_absent(f"datetime.{name}()", instead)) for name in ("now", "today", "utcnow")
    }
    datetime.datetime = type("datetime", (datetime.datetime,), clocks)  # type: ignore[assignment,misc]


def finish() -> None:
    """Replaces what would crash a run without a word, once the author's modules are there."""

    sys.stdout = sys.stderr = _Notes()
    for name in ("time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime", "sleep"):
        setattr(time, name, _absent(f"time.{name}()", "Use ctx.today"))
    builtins.open = _absent("open()", "An app has no files")
    builtins.input = _absent("input()", "Use a parameter")


def _answer(value: Any) -> Any:
    held = getattr(value, "value", None)
    match type(value).__name__:
        case "Value_Number":
            return (held.mantissa, held.scale)  # type: ignore[union-attr]
        case "Value_Date":
            return Day.of(held.year, held.month, held.day)  # type: ignore[union-attr]
        case _:
            return held


def exported(author: Any, interfaces: dict[str, Any], Err: Callable[[Any], BaseException]) -> tuple[Any, Any]:
    """The functions that the host calls: `parameters` and `run`."""
    make = maker(interfaces)

    def call(does: Callable[[], Any]) -> Any:
        _host.opened.clear()
        try:
            return does()
        except Failure as failure:
            raise Err(lowered(failure.payload, "failure", "failure", make)) from None
        except BaseException as error:
            _told(error)
            raise

    def parameters(lang: str) -> Any:
        declared = getattr(author, "parameters", None)
        return call(
            lambda: lowered(declared(Words(lang)) if declared else [], ["list", "param"], "parameters", make)
        )

    def run(raw: Any) -> Any:
        today = Day.of(raw.today.year, raw.today.month, raw.today.day)
        ctx = Context(raw.lang, today, {answer.id: _answer(answer.value) for answer in raw.answers})
        return call(lambda: lowered(author.run(ctx), "report", "", make))

    return parameters, run
