"""Assurances: the price of a year by kind, what was billed and debited in the twelve months before today, and dates.

By French law an insurance of the home or of a vehicle (law 2014-344) and a complementary health insurance (law
2019-733) can be left at any time after a year; notice is two months before the anniversary (Code des assurances,
L113-12). A contract for electricity is not an insurance.
"""

from datetime import date

from arithmetic import add_months
from banking import payee

from . import Figures, needs_data

# Since when the right is there: decree 2014-1685 of 29 December 2014; law 2019-733, article 1.
SINCE = {"home": date(2015, 1, 1), "vehicle": date(2015, 1, 1), "health": date(2020, 12, 1)}
KINDS = {"home": "Habitation", "vehicle": "Véhicule", "health": "Complémentaire santé"}


def figures(life, today):
    if not (life.contracts or life.bills or life.bank):
        return needs_data()
    it = Figures()
    insurance = [c for c in life.contracts if c.kind in KINDS]
    if life.contracts:
        it.number("En bref", "Assurances en cours", number=len(insurance))
    if insurance:
        it.euros("En bref", "Assurances, par an", cents=sum(c.premium for c in insurance))
        it.names("Le prix d’un an, par type", names=(KINDS[c.kind] for c in insurance))
    since = add_months(today, -12)
    for holder in sorted({c.holder for c in life.contracts}):
        stated = sum(c.premium or 0 for c in life.contracts if c.holder == holder)
        billed = sum(b.amount for b in life.bills if b.vendor == holder and not b.refund and since <= b.day < today)
        debits = [m for m in life.bank if m.means == "debit" and m.amount < 0 and since <= m.day < today
                  and payee(m.label).split()[0] == holder]
        path = ("Douze mois, par organisme", holder)
        if not (stated or billed or debits) or not (billed or debits):
            continue
        it.euros(*path, "Annoncé, par an", cents=stated) if stated else it.unknown(*path, "Annoncé, par an")
        it.euros(*path, "Facturé", cents=billed) if billed else it.unknown(*path, "Facturé")
        it.euros(*path, "Débité", cents=-sum(m.amount for m in debits)) if debits else it.unknown(*path, "Débité")
    for contract in insurance:
        it.euros("Le prix d’un an, par type", KINDS[contract.kind], cents=contract.premium)
        name = f"{contract.holder}, {contract.name}"
        years = 0
        while add_months(contract.start, 12 * years) <= today:
            years += 1
        anniversary = add_months(contract.start, 12 * years)
        path = ("Quand vous pouvez partir, d’après la loi française", name)
        it.day(*path, "Échéance", day=anniversary)
        free = max(add_months(contract.start, 12), SINCE[contract.kind])
        if free <= today:
            it.unknown(*path, "Dernier jour du préavis")
        else:
            it.day(*path, "Dernier jour du préavis", day=add_months(anniversary, -2))
        it.day(*path, "Résiliable à tout moment depuis", day=free)
        it.euros("Les douze prochains mois", anniversary.isoformat(), name, cents=contract.premium)
        if add_months(contract.start, 12) <= today:
            it.unknown("advice", name, "money")
    return it
