"""OFX 1.02 (SGML: elements without an end tag). The balance is that of the account on its date."""

import re
from datetime import date

from arithmetic import cents

from .model import Move


def field(text, name):
    found = re.search(rf"<{name}>([^<\r\n]*)", text)
    return found[1].strip() if found else None


def day(text):
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def read(path):
    text = open(path, "rb").read().decode("utf-8")
    account = field(text, "ACCTID")
    holder = field(text, "ORG")
    moves = []
    for part in re.split(r"<STMTTRN>", text)[1:]:
        part = part.split("</STMTTRN>")[0]
        kind = {"POS": "card", "DIRECTDEBIT": "debit", "XFER": "transfer", "CHECK": "cheque", "FEE": "fee",
                "INT": "interest"}.get(field(part, "TRNTYPE"), "other")
        moves.append(Move(account, holder, day(field(part, "DTPOSTED")), cents(field(part, "TRNAMT")),
                          field(part, "NAME"), kind, None))
    return moves


def ledger_balance(path):
    text = open(path, "rb").read().decode("utf-8")
    return cents(field(text, "BALAMT")), day(field(text, "DTASOF"))
