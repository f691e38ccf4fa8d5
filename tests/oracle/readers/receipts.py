"""Receipts of Intermarché in the MesInfos pilot: a document for each receipt and one for each of its lines."""

import json
from fractions import Fraction

from arithmetic import cents, utc

from .model import Line, Receipt


def read(path):
    heads, lines = [], {}
    for it in json.load(open(path, encoding="utf-8"), parse_float=str):
        if it["docType"] == "Receipt":
            heads.append(it)
        else:
            lines.setdefault(it["receiptId"], []).append(
                Line(it["label"], it["sectionLabel"], it["familyLabel"], cents(it["price"]),
                     Fraction(str(it["amount"])), utc(it["timestamp"]).date()))
    return [Receipt(it["receiptId"], utc(it["timestamp"]), it["transaction"] == "Retour", cents(it["total"]),
                    tuple(lines.get(it["receiptId"], ()))) for it in heads]
