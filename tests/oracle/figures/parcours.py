"""Parcours: qualifications, and the loan.

What is owed is the balance of the file on its date, carried forward by what was paid since: interest of a month on the
first, then the payment, if the bank saw one for each month. Payments are the smallest in whole cents that leave no debt
after the term.
"""

from arithmetic import first_day, month_of, rounded
from banking import payee

from . import Figures, needs_data

YEARS = (5, 10, 15, 20)


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


def carried(loan, life, today):
    """What is owed today."""
    months = month_of(today) - month_of(loan.as_of) - 1
    paid = [m for m in life.bank if payee(m.label) == "US DEPT OF EDUCATION" and loan.as_of < m.day < today]
    owed = loan.principal + loan.interest
    if len(paid) < months:
        return owed
    for _ in paid:
        owed += interest(owed, loan.rate)
        owed -= min(owed, loan.payment)
    return owed


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
    owed = carried(loan, life, today)
    dollars = {"currency": "USD"}
    table = ("Tels que vos organismes les décrivent", loan.name)
    it.euros("En bref", "À rembourser", cents=owed, **dollars)
    it.euros("En bref", "Échéances par mois", cents=loan.payment, **dollars)
    it.euros(*table, "Capital dû", cents=loan.principal, **dollars)
    it.euros(*table, "Intérêts dus", cents=loan.interest, **dollars)
    it.number(*table, "Taux par an", number=loan.rate, unit="percent")
    it.euros(*table, "Par mois", cents=loan.payment, **dollars)
    choices = [(f"{years} ans", payment(owed, loan.rate, years * 12)) for years in YEARS]
    for name, monthly in [*choices, ("Vos échéances", loan.payment)]:
        months, total = plan(owed, loan.rate, monthly)
        path = ("Rembourser en combien d’années", name)
        it.euros(*path, "Par mois", cents=monthly, **dollars)
        it.euros(*path, "Intérêts", cents=total, **dollars)
        it.day(*path, "Fini en", day=first_day(month_of(today) + months))
        it.euros(*path, "yearly cost", cents=monthly * 12, **dollars)
    ten = dict(choices)["10 ans"]
    it.euros("Votre simulation", "Par mois", cents=ten, **dollars)
    it.euros("Votre simulation", "Intérêts en tout", cents=plan(owed, loan.rate, ten)[1], **dollars)
    for name, monthly in (("Mensualités", ten), ("En payant davantage", max(ten, loan.payment))):
        left = owed
        for month in range(plan(owed, loan.rate, monthly)[0] + 1):
            it.euros("Ce qui reste dû", name, first_day(month_of(today) + month).isoformat(), cents=left, **dollars)
            left += interest(left, loan.rate)
            left -= min(left, monthly)
    if loan.payment > ten:
        # Who pays more already needs no advice to pay a little more than less.
        it.absent("advice", "Payer un peu plus chaque mois", "money")
    return it
