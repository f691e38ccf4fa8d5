"""Budget: usual months, themes, recurring payments, this month.

A usual month is the median of ordinary months: whole ones in a row, twelve at most and three at least, that ended at most
half a year ago. What changed is compared with what is shown as usual; a year of a recurring payment is what was paid in
the last twelve ordinary months, if there are twelve. Of rows that are older than two months, nothing recurs.
"""

from banking import Ledger, payee, theme
from arithmetic import first_day, median, month_of, months_in_a_row, rounded

from . import Figures, needs_data

THEMES = {"home": "Logement", "energy": "Énergie et eau", "transport": "Transports", "food": "Courses",
          "restaurants": "Restaurants", "leisure": "Loisirs et voyages", "shops": "Achats",
          "telephone": "Téléphone et internet", "insurance": "Assurances", "health": "Santé",
          "loan": "Prêts"}
# Months of the charts.
SHOWN = 24


class Recurring:
    """A payee that is paid once a month."""

    def __init__(self, name, moves, months):
        self.name = name
        self.moves = sorted(moves, key=lambda m: m.day)
        self.theme = theme(moves[0])
        last = [m for m in self.moves if month_of(m.day) in months[-12:]] or self.moves
        self.usual = rounded(median([-m.amount for m in last]))
        self.year = -sum(m.amount for m in last) if len(months) >= 12 else self.usual * 12
        self.last = self.moves[-1].day


def recurring(ledger, months, today):
    """Once a month, in three months or more and until now; four amounts of five near their median, or a debit."""
    found, by_payee = [], {}
    if (today - ledger.last).days > 62:
        return found
    there = [m for m in ledger.whole_months() if m < month_of(today)]
    for move in ledger.moves:
        if move.amount < 0:
            by_payee.setdefault(payee(move.label), []).append(move)
    for name, moves in by_payee.items():
        moves = [m for m in moves if month_of(m.day) in there]
        at = [month_of(m.day) for m in moves]
        if len(set(at)) < 3 or len(set(at)) != len(at) or max(at) < there[-1] - 1:
            continue
        if any(b - a != 1 for a, b in zip(sorted(at), sorted(at)[1:])):
            gaps = [m for m in there if min(at) <= m <= max(at) and m not in at]
            if gaps:
                continue
        middle = median([m.amount for m in moves])
        near = sum(abs(m.amount - middle) * 100 <= 15 * abs(middle) for m in moves)
        if near * 5 >= 4 * len(moves) or all(m.means == "debit" for m in moves):
            found.append(Recurring(name, moves, months))
    return found


def figures(life, today):
    if not life.bank:
        return needs_data()
    it, ledger = Figures(), Ledger(life.bank)
    # Own transfers and savings show that the statement has these days.
    # The month of today goes on.
    months = months_in_a_row([m.day for m in life.bank if m.day < first_day(month_of(today))], 13)
    if len(months) < 3 or (today - first_day(months[-1] + 1)).days > 183:
        months = []
    shown = [m for m in ledger.whole_months() if m < month_of(today)][-SHOWN:]
    if not shown:
        shown = sorted({month_of(m.day) for m in ledger.moves})
    if not months:
        out = -sum(m.amount for m in ledger.moves if m.amount < 0)
        if out:
            it.euros("En bref", "Total dépensé", cents=out)
        it.absent("En bref", "Dépenses d’un mois ordinaire")
        it.absent("En bref", "Ce mois-ci, prévu")
    else:
        usual = rounded(median([ledger.spent(m) for m in months[-12:]]))
        income = rounded(median([ledger.received(m) for m in months[-12:]]))
        if usual:
            it.euros("En bref", "Dépenses d’un mois ordinaire", cents=usual)
        else:
            # Nothing was spent: there is no figure of 0,00 EUR, but none.
            it.absent("En bref", "Dépenses d’un mois ordinaire")
        if income:
            it.euros("En bref", "Rentrées d’un mois ordinaire", cents=income)
        again = recurring(ledger, months, today)
        if again:
            it.euros("En bref", "Revient chaque mois", cents=sum(r.usual for r in again))
            it.names("Paiements récurrents", names=(r.name for r in again))
        for r in again:
            it.euros("Paiements récurrents", r.name, "Par mois", cents=r.usual)
            it.euros("Paiements récurrents", r.name, "Par an", cents=r.year)
            it.day("Paiements récurrents", r.name, "Dernière fois", day=r.last)
            if r.theme in THEMES:
                it.text("Paiements récurrents", r.name, "Poste", text=THEMES[r.theme])
        # A forecast needs three whole months, and data of the last ten days.
        if len(months) >= 3 and (today - ledger.last).days <= 10:
            names = {r.name for r in again}
            rest = median([ledger.spent(m, lambda move: payee(move.label) not in names) for m in months[-6:]])
            it.euros("En bref", "Ce mois-ci, prévu", cents=rounded(rest) + sum(r.usual for r in again))
            it.euros("Ce mois-ci", "text", "4", cents=rounded(rest))
        else:
            it.absent("En bref", "Ce mois-ci, prévu")
        # What changed needs three other months.
        if len(months) >= 4:
            last, others = months[-1], months[-13:-1]
            if usual or ledger.spent(last):
                it.euros("Ce qui a changé", "Dernier mois entier", cents=ledger.spent(last))
                it.euros("Ce qui a changé", "Dernier mois entier", "trend", cents=ledger.spent(last) - usual)
            moved = []
            for kind, name in THEMES.items():
                of = lambda move: theme(move) == kind
                now = ledger.spent(last, of)
                before = rounded(median([ledger.spent(m, of) for m in others]))
                if now != before:
                    moved.append((abs(now - before), name, now, before))
            for _, name, now, before in sorted(moved, reverse=True)[:3]:
                it.euros("Ce qui a bougé", name, "Ce mois", cents=now)
                it.euros("Ce qui a bougé", name, "D’habitude", cents=before)
                it.euros("Ce qui a bougé", name, "Écart", cents=now - before)
    totals = {}
    for kind, name in THEMES.items():
        of = lambda move, kind=kind: theme(move) == kind
        total = sum(ledger.spent(m, of) for m in shown)
        if total:
            it.euros("Sur les mois montrés", name, cents=total)
            totals[name] = total, of
        else:
            it.absent("Sur les mois montrés", name)
    # The largest of the themes in the chart: others that the bank tells of may be between them.
    for name in sorted(totals, key=lambda name: -totals[name][0])[:4]:
        for month in shown:
            it.euros("Dépenses par poste", name, first_day(month).isoformat(), cents=ledger.spent(month, totals[name][1]))
    return it
