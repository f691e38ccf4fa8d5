"""What several apps need from the bank: payees, transfers between one's own accounts, whole months."""

import re
from datetime import timedelta

from arithmetic import first_day, month_of

# What a person would say of each payee. "own" is money that stays theirs.
PAYEES = {
    "LOYER": "home", "PRET IMMOBILIER": "home",
    "EDF": "energy", "ENGIE": "energy", "VEOLIA": "energy",
    "TOTALENERGIES": "transport", "SNCF": "transport", "TCL": "transport",
    "INTERMARCHÉ": "food", "BOULANGERIE": "food",
    "RESTAURANT": "restaurants", "CAFE": "restaurants",
    "CINEMA": "leisure", "LIBRAIRIE": "leisure", "NETFLIX": "leisure",
    "MAISON ET VETEMENTS": "shops",
    "FREE": "telephone", "ORANGE": "telephone",
    "MAIF": "insurance",
    "DOCTEUR": "health", "PHARMACIE": "health",
    "PRET ETUDIANT": "loan",
    "LIVRET": "savings",
}


def payee(label):
    """The other party: the label without the means of payment, the date, and the word for an instalment."""
    return re.sub(r"^(AVOIR CARTE|CARTE|PRLV SEPA|VIR SEPA|VIR)( \d\d/\d\d/\d{4})?( ECHEANCE)? ", "", label).strip()


def theme(move):
    name = payee(move.label)
    for words, kind in PAYEES.items():
        if re.search(rf"(^|\W){re.escape(words)}(\W|$)", name):
            return kind
    return "other"


def own_transfers(moves):
    """Movements from one account of the person to another: the same amount within three days."""
    own, waiting = set(), []
    for n, move in enumerate(moves):
        if move.amount < 0:
            waiting.append(n)
    for n, move in enumerate(moves):
        if move.amount <= 0 or move.means != "transfer":
            continue
        for out in waiting:
            other = moves[out]
            if (out not in own and other.account != move.account and other.amount == -move.amount
                    and other.means == "transfer" and abs(other.day - move.day) <= timedelta(3)):
                own |= {n, out}
                break
    return own


class Ledger:
    def __init__(self, moves):
        own = own_transfers(moves)
        self.moves = [m for n, m in enumerate(moves) if n not in own and theme(m) != "savings"]
        self.first = min((m.day for m in moves), default=None)
        self.last = max((m.day for m in moves), default=None)

    def whole_months(self):
        """Months with movements that lie between the first and the last booking, give or take a week at the ends:
        no bank books something every day."""
        if self.first is None:
            return []
        start, end = self.first - timedelta(6), self.last + timedelta(6)
        there = {month_of(m.day) for m in self.moves}
        return [month for month in sorted(there)
                if first_day(month) >= start and first_day(month + 1) - timedelta(1) <= end]

    def spent(self, month, of=lambda move: True):
        return -sum(m.amount for m in self.moves if month_of(m.day) == month and m.amount < 0 and of(m))

    def received(self, month):
        return sum(m.amount for m in self.moves if month_of(m.day) == month and m.amount > 0)
