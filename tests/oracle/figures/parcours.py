"""Parcours: qualifications, and the loan.

What is owed is what the repayment table leaves after the last instalment that is due; the bank shows which of them were
paid. Payments are the smallest in whole cents that leave no debt after the term.
"""

from datetime import timedelta

from arithmetic import first_day, month_of, rounded
from banking import payee

from . import Figures, needs_data

TERMS = (6, 12, 24, 36, 60, 84, 120, 180, 240, 300)


def interest(owed, rate):
    return int(rounded(owed * rate / 1200))


def plan(owed, rate, payment, most=1200):
    """Months until nothing is owed, and the interest in all; None if that is never."""
    total = 0
    for month in range(1, most + 1):
        due = interest(owed, rate)
        total += due
        owed += due
        owed -= min(owed, payment)
        if owed == 0:
            return month, total
    return None


def payment(owed, rate, months):
    low, high = owed // months, owed + interest(owed, rate)
    while low < high:
        middle = (low + high) // 2
        done = plan(owed, rate, middle, months)
        low, high = (low, middle) if done else (middle + 1, high)
    return low


def shown_by_bank(loan, life, today):
    """Instalments due while the bank is known, and how many of them it shows: the same sum, from three days before the day
    to twelve after it. The last ones may still be taken."""
    days = [m.day for m in life.bank if m.day <= today]
    if not days:
        return 0, 0
    left = [(m.day, -m.amount) for m in life.bank if m.amount < 0 and payee(m.label) == "PRET ETUDIANT"]
    due = paid = 0
    for one in loan.table:
        if not min(days) <= one.day <= max(days):
            continue
        found = [it for it in left if it[1] == one.payment and -3 <= (it[0] - one.day).days <= 12]
        if found:
            left.remove(found[0])
            paid += 1
        elif one.day + timedelta(12) >= max(days):
            continue
        due += 1
    return due, paid


def figures(life, today):
    if not life.credentials and not life.loans:
        return needs_data()
    it = Figures()
    if life.credentials:
        it.number("En bref", "Diplômes et certificats", number=len(life.credentials))
    for on, title, issuer in life.credentials:
        it.unknown("Votre parcours", on.isoformat(), title)
        it.day("Diplômes, cours, notes", title, "Le", day=on)
        it.text("Diplômes, cours, notes", title, "Établissement", text=issuer)
    if not life.loans:
        it.absent("En bref", "À rembourser")
        return it
    loan, = life.loans
    past = [one for one in loan.table if one.day <= today]
    coming = [one for one in loan.table if one.day > today]
    owed, monthly = past[-1].remaining, coming[0].payment - coming[0].insurance
    due, paid = shown_by_bank(loan, life, today)
    assert due == paid, "the sample people pay their loans"
    table = ("Tels que vos organismes les décrivent", loan.name)
    it.euros("En bref", "À rembourser", cents=owed)
    it.euros("En bref", "Échéances par mois", cents=coming[0].payment)
    if due:
        debits = [m for m in life.bank if payee(m.label) == "PRET ETUDIANT" and today - timedelta(364) <= m.day <= today]
        it.euros("En bref", "Débité en douze mois", cents=-sum(m.amount for m in debits))
    it.euros(*table, "Capital dû", cents=owed)
    it.euros(*table, "Intérêts dus", cents=0)
    it.day(*table, "À la date du", day=past[-1].day)
    it.number(*table, "Taux par an", number=loan.rate, unit="percent")
    it.euros(*table, "Par mois", cents=coming[0].payment)
    it.text(*table, "État", text="en remboursement")
    it.text(*table, "Organisme de prêt", text=loan.lender)
    it.day(loan.name, "Dernière mensualité", day=first_day(month_of(loan.table[-1].day)))
    it.euros(loan.name, "Intérêts encore à payer", cents=sum(one.interest for one in coming))
    it.euros(loan.name, "Assurance encore à payer", cents=sum(one.insurance for one in coming))
    for one in coming[:12]:
        path = ("Vos prochaines mensualités", one.day.isoformat())
        it.euros(*path, "Mensualité", cents=one.payment)
        it.euros(*path, "Capital", cents=one.principal)
        it.euros(*path, "Intérêts", cents=one.interest)
        it.euros(*path, "Assurance", cents=one.insurance)
        it.euros(*path, "Restera dû", cents=one.remaining)
    # Shorter terms than what is left, at most three, and a longer one.
    left = len(coming)
    shorter, longer = [term for term in TERMS if term < left][-3:], [term for term in TERMS if term > left][:1]
    start = month_of(coming[0].day)
    for term in shorter + longer:
        each = payment(owed, loan.rate, term)
        months, total = plan(owed, loan.rate, each)
        name = f"{term} mois" if term % 12 else "1 an" if term == 12 else f"{term // 12} ans"
        path = ("Rembourser en combien d’années", name)
        it.euros(*path, "Par mois", cents=each)
        it.euros(*path, "Intérêts", cents=total)
        it.euros(*path, "Total à payer", cents=owed + total)
        it.day(*path, "Fini en", day=first_day(start + months - 1))
    path = ("Rembourser en combien d’années", "Vos échéances")
    total = sum(one.interest for one in coming)
    it.euros(*path, "Par mois", cents=monthly)
    it.euros(*path, "Intérêts", cents=total)
    it.euros(*path, "Total à payer", cents=owed + total)
    it.day(*path, "Fini en", day=first_day(month_of(loan.table[-1].day)))
    it.euros("Votre simulation", "Par mois", cents=monthly)
    it.euros("Votre simulation", "Intérêts en tout", cents=total)
    it.number("Votre simulation", "Durée", number=left, unit="month")
    # A tenth more, in steps of five euros.
    extra = -(-monthly // 5000) * 500
    for month, remaining in enumerate([owed] + [one.remaining for one in coming]):
        it.euros("Ce qui reste dû", "Mensualités", first_day(start - 1 + month).isoformat(), cents=remaining)
    debt, month = owed, 0
    while True:
        it.euros("Ce qui reste dû", "En payant davantage", first_day(start - 1 + month).isoformat(), cents=debt)
        if debt == 0:
            break
        debt += interest(debt, loan.rate)
        debt -= min(debt, monthly + extra)
        month += 1
    faster = plan(owed, loan.rate, monthly + extra)[1]
    if total - faster < 1000:
        # Advice to pay more that saves next to nothing is none.
        it.absent("advice", "Payer un peu plus chaque mois", "money")
    return it
