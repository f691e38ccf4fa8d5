"""The MesInfos SDK for Python: an app is one function from typed rows to a view.

An app is a file `app.py` with a function `run(ctx)`, and `parameters(words)` if the person may set something. Importing a
field is asking the person for it: `from mesinfos.bank import rows, booked_on, amount`.
"""

from ._context import Context, Words
from ._failure import BadAnswer, Failed, Failure, NeedsData
from ._host import note
from .units import Day, Energy, Moment, Money, Period, last_months
from .view import Parameter, Report

__all__ = [
    "BadAnswer",
    "Context",
    "Day",
    "Energy",
    "Failed",
    "Failure",
    "Moment",
    "Money",
    "NeedsData",
    "Parameter",
    "Period",
    "Report",
    "Words",
    "last_months",
    "note",
]
