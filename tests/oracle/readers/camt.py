"""ISO 20022 camt.053: entries with a sign beside the amount."""

import xml.etree.ElementTree as xml
from datetime import date

from arithmetic import cents

from .boursobank import means
from .model import Move

SPACE = {"c": "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"}


def read(path):
    moves = []
    for statement in xml.parse(path).getroot().iterfind(".//c:Stmt", SPACE):
        account = statement.findtext("c:Acct/c:Id/c:IBAN", namespaces=SPACE)
        holder = statement.findtext("c:Acct/c:Svcr/c:FinInstnId/c:Nm", namespaces=SPACE)
        for entry in statement.iterfind("c:Ntry", SPACE):
            amount = cents(entry.findtext("c:Amt", namespaces=SPACE))
            if entry.findtext("c:CdtDbtInd", namespaces=SPACE) == "DBIT":
                amount = -amount
            label = entry.findtext(".//c:Ustrd", namespaces=SPACE)
            on = date.fromisoformat(entry.findtext("c:BookgDt/c:Dt", namespaces=SPACE))
            moves.append(Move(account, holder, on, amount, label, means(label), None))
    return moves
