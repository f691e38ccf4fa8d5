"""MyStudentData.txt of the NSLDS: "name:value" on each line; a loan begins at "Loan Type"."""

from datetime import date
from fractions import Fraction

from arithmetic import cents

from .model import Loan


def day(text):
    month, on, year = text.split("/")
    return date(int(year), int(month), int(on))


def read(path):
    loans, current = [], None
    for line in open(path, encoding="utf-8"):
        name, _, content = line.strip().partition(":")
        if name == "Loan Type":
            current = {}
            loans.append(current)
        if current is not None:
            current[name] = content
    dollars = lambda it: cents(it.lstrip("$"))
    return [Loan(it["Loan Type"], dollars(it["Loan Outstanding Principal Balance"]),
                 dollars(it["Loan Outstanding Interest Balance"]),
                 day(it["Loan Outstanding Principal Balance as of Date"]),
                 Fraction(it["Loan Interest Rate"].rstrip("%")), dollars(it["Loan Repayment Plan Scheduled Amount"]),
                 day(it["Loan Date"])) for it in loans]
