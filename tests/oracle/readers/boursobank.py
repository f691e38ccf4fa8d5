"""BoursoBank's CSV of movements: semicolons, a comma in amounts, newest first."""

import csv
from datetime import date

from arithmetic import cents

from .model import Move


def means(label):
    first = label.split()[0]
    return {"CARTE": "card", "PRLV": "debit", "VIR": "transfer", "AVOIR": "card", "CHEQUE": "cheque",
            "FRAIS": "fee", "COTISATION": "fee", "COMMISSION": "fee", "INTERETS": "interest"}.get(first, "other")


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [Move(row["accountNum"], "BoursoBank", date.fromisoformat(row["dateOp"]), cents(row["amount"]), row["label"],
                 means(row["label"]), cents(row["accountbalance"])) for row in rows]
