"""Radar: rows, first and last day, and holders of each category, in the days of France.

A row is what the file has one of: a booking, a receipt and each of its lines, a position, a ride. What takes time is of
the day on which it begins: a reading of water at 19 h of the 24 hours before it (SEDIF), so of the day before the one that
the file names. The app says that its dates are right within a day: it reads no length.
"""

from datetime import timedelta

from arithmetic import in_france, month_of

from . import Figures, needs_data


MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def local(moments):
    return [in_france(moment).date() for moment in moments]


def categories(life, today):
    """Name, number of rows, days, holders."""
    power = life.power or life.days
    contracts = [c for c in life.contracts for _ in range(1 + c.parts)]
    energy = local([i.start for i in power] + [i.start for i in life.gas])
    yield "Banque", len(life.bank), [m.day for m in life.bank], {m.holder for m in life.bank}
    yield ("Achats", len(life.receipts) + sum(len(r.lines) for r in life.receipts), local(r.at for r in life.receipts),
           {"Intermarché"})
    yield "Factures", len(life.bills), [b.day for b in life.bills], {b.vendor for b in life.bills}
    yield "Contrats", len(contracts), [c.start for c in contracts], {c.holder for c in contracts}
    yield "Téléphone", len(life.calls), local(c.at for c in life.calls), {"Orange"}
    yield ("Énergie", len(power) + len(life.gas), energy,
           ({"Enedis"} if power else set()) | ({"GRDF"} if life.gas else set()))
    yield "Eau", len(life.water), [(at - timedelta(1)).date() for at, _ in life.water], {"Veolia"}
    yield ("Déplacements", len(life.legs) + len(life.points),
           local([leg.start for leg in life.legs] + [p[0] for p in life.points]),
           ({"Google"} if life.legs else set()) | {p[1] for p in life.points if p[1] == "Orange"})
    yield ("Santé", len(life.claims) + len(life.medicines),
           [c.day for c in life.claims] + [on for on, _ in life.medicines],
           ({"Assurance Maladie"} if life.claims else set()) | ({"Mon espace santé"} if life.medicines else set()))
    # A loan is a row, and each of its instalments; those to come are of no day yet.
    yield ("Études", len(life.credentials) + sum(1 + len(loan.table) for loan in life.loans),
           [on for on, _, _ in life.credentials]
           + [on for loan in life.loans for on in (loan.start, *(one.day for one in loan.table)) if on <= today],
           {issuer for _, _, issuer in life.credentials} | {loan.lender for loan in life.loans})
    yield "Navigation", len(life.visits), local(life.visits), {"Chrome"}
    yield ("Contacts et messages", len(life.contacts) + len(life.messages),
           [at.date() for at in life.messages] + local(life.contacts), {"WhatsApp"} if life.messages else set())
    yield ("Foyer", len(life.profile), [row["since"] for row in life.profile if row["row"] == "home"],
           {"EDF"} if len(life.profile) == 1 else {"MAIF", "EDF"})
    yield "Documents", len(life.documents), local(life.documents), {"Cozy"}


def figures(life, today):
    found = [it for it in categories(life, today) if it[1]]
    if not found:
        return needs_data()
    it = Figures()
    for name, count, days, holders in found:
        it.number("Par catégorie", name, "Lignes", number=count)
        it.day("Par catégorie", name, "Depuis", day=min(days))
        it.day("Par catégorie", name, "Jusqu’à", day=max(days))
    it.names("Par catégorie", names=(name for name, *_ in found))
    it.number("En bref", "Lignes", number=sum(count for _, count, _, _ in found))
    it.number("En bref", "Catégories présentes", "value", number=len(found))
    it.number("En bref", "Sources", number=len(set().union(*(holders for *_, holders in found))))
    # Up to the month of the day before the run; what is to come is of no month yet.
    start = month_of(today - timedelta(1)) - 23
    for name, _, days, _ in found:
        for month in range(start, start + 24):
            covered = len({day for day in days if month_of(day) == month and day <= today})
            path = ("Jours couverts, mois par mois", name, f"{MONTHS[month % 12]} {month // 12}")
            if covered:
                it.number(*path, number=covered, unit="day")
    days = [day for _, _, of, _ in found for day in of]
    it.day("En bref", "La plus ancienne", day=min(days))
    it.day("En bref", "La plus récente", day=max(days))
    return it
