"""Forfait: what a telephone is used for in a whole month, what is paid, and what five invented plans would cost.

The newest months in a row count, twelve at most, that the log covers. What is paid in a month is the mean
of the last bills, one for each month. The plans and their prices are data of the app (`plans.rs`), copied here.
"""

from fractions import Fraction

from arithmetic import first_day, in_france, mean, month_of, months_in_a_row, rounded

from . import Figures, needs_data

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")

# Cents a month, minutes and gigabytes that are included (None: no limit), cents a minute and a gigabyte beyond.
PLANS = {
    "Exemple Mini": (299, 120, 1, 5, 300), "Exemple 20": (599, None, 20, 0, 200),
    "Exemple 100": (899, None, 100, 0, 200), "Exemple 200": (1299, None, 200, 0, 200),
    "Exemple 350": (1999, None, 350, 0, 200),
}
# Gigabytes of a month that the app assumes if the log has none, and says so.
ASSUMED = 20


def cost(plan, seconds):
    monthly, minutes, gigabytes, minute, gigabyte = PLANS[plan]
    beyond = 0 if minutes is None else max(0, -(-seconds // 60) - minutes)
    return monthly + beyond * minute + max(0, ASSUMED - gigabytes) * gigabyte


def figures(life, today):
    if not life.calls:
        return needs_data()
    it = Figures()
    days = [in_france(call.at).date() for call in life.calls]
    months = {}
    for day, call in zip(days, life.calls):
        seconds, messages = months.setdefault(month_of(day), [0, 0])
        if call.outgoing:
            months[month_of(day)] = [seconds + (call.length if call.kind == "call" else 0),
                                     messages + (call.length if call.kind == "message" else 0)]
    last = months_in_a_row(days, 12)
    if not last:
        it.absent("En bref", "Appels émis par mois")
        it.absent("D’après vos mois passés", "recommended")
        return it
    it.number("En bref", "Appels émis par mois", number=Fraction(mean(months[m][0] for m in last), 60), unit="minute")
    it.number("En bref", "Messages envoyés par mois", number=mean(months[m][1] for m in last), unit="sms")
    for month in sorted(months)[-24:]:
        day = first_day(month).isoformat()
        it.number("Détail", day, "Appels émis", number=Fraction(months[month][0], 60), unit="minute")
        it.number("Détail", day, "Messages envoyés", number=months[month][1], unit="sms")
        it.number("Appels émis", "Compris dans un forfait", day, number=Fraction(months[month][0], 60), unit="minute")
    costs = {}
    for plan in PLANS:
        costs[plan] = rounded(Fraction(sum(cost(plan, months[m][0]) for m in last) * 12, len(last)))
        it.euros("D’après vos mois passés", plan, "Prix par mois", cents=PLANS[plan][0])
        it.number("D’après vos mois passés", plan, "Internet", number=PLANS[plan][2], unit="gigabyte")
        it.euros("D’après vos mois passés", plan, "yearly cost", cents=costs[plan])
    best = min(costs, key=costs.get)
    it.text("D’après vos mois passés", "recommended", text=best)
    bills = sorted(b for b in life.bills if b.service == "mobile" and not b.refund and b.day < today)
    if bills:
        paid = mean(b.amount for b in bills[-12:])
        it.euros("En bref", "Payé par mois", cents=paid)
        it.euros("D’après vos mois passés", "Votre forfait", "yearly cost", cents=rounded(paid * 12))
        for bill in bills[-24:]:
            it.euros("Vos factures", "Facture", f"{MONTHS[bill.day.month - 1]} {bill.day.year}", cents=bill.amount)
        saved = rounded(paid * 12) - costs[best]
        title = f"Cherchez un forfait comme « {best} »"
        if saved > 0:
            it.euros("advice", title, "money", cents=saved)
        else:
            it.absent("advice", title, "money")
    else:
        it.absent("En bref", "Payé par mois")
    return it
