"""Fournisseurs: eight invented offers on the person's own curve, by year and by month.

Offers and prices are data of the app (`offers.rs`), copied here. A month is known with 27 days, a year with 330; what
is missing is assumed at the same pace. The safest offer has the smallest gap to the best one in its worst year.
"""

from datetime import date, datetime
from fractions import Fraction

from arithmetic import first_day, in_france, mean, month_of, rounded
from metering import Curve

from . import Figures, declines, needs_data
from .conso import is_off_peak

# Cents of a month at 6 kVA, the kind of price, ten-thousandths of a euro a kWh.
OFFERS = {
    "Base fixe": (1520, "flat", 1890),
    "Prix bas, abonnement élevé": (2350, "flat", 1690),
    "Heures creuses": (1560, "night", 2040, 1540),
    "Super creuses, 2 h – 6 h": (1590, "deep", 2010, 1150),
    "Week-end": (1560, "weekend", 2030, 1490),
    "Nuit et week-end": (1590, "rest", 2240, 1580),
    "Deux saisons": (1480, "seasons", 2190, 1420),
    "Indexée sur le marché": (1490, "indexed", 1720),
}
HOURLY = {"night", "deep", "rest"}
SEASONAL = {"seasons", "indexed"}
YEARS = (86, 84, 80, 104, 158, 140, 108, 100, 98)
MONTHS = (112, 110, 104, 96, 92, 91, 92, 93, 98, 102, 105, 105)


def price(offer, at):
    """Euros a kWh."""
    _, kind, *prices = offer
    weekend = at.weekday() >= 5
    if kind == "indexed":
        index = YEARS[min(max(at.year - 2018, 0), len(YEARS) - 1)] * MONTHS[at.month - 1]
        return rounded(Fraction(prices[0] * index, 10_000 * 10_000), 4)
    cheap = {"flat": False, "night": is_off_peak(at.hour), "deep": 2 <= at.hour < 6, "weekend": weekend,
             "rest": weekend or is_off_peak(at.hour), "seasons": not (at.month >= 11 or at.month <= 3)}[kind]
    return Fraction(prices[1 if cheap else 0], 10_000)


class Replay:
    """Energy and cost of each offer by local month: one pass over the curve."""

    def __init__(self, curve, offers):
        self.seconds, self.cost = {}, {}
        table = {}
        for i in curve:
            at = in_france(i.start)
            month = month_of(at)
            self.seconds[month] = self.seconds.get(month, 0) + i.seconds
            key = (month, at.hour, at.weekday() >= 5)
            table[key] = table.get(key, 0) + i.milli
        for (month, hour, weekend), milli in table.items():
            year, number = month // 12, month % 12 + 1
            # Any day of the month of this kind: the first Saturday, or the first Monday.
            day = next(d for d in range(1, 8) if (date(year, number, d).weekday() == (5 if weekend else 0)))
            at = datetime(year, number, day, hour)
            for name in offers:
                key = (name, month)
                self.cost[key] = self.cost.get(key, 0) + Fraction(milli, 1_000_000) * price(OFFERS[name], at) * 100

    def known(self, month):
        """Days of a month."""
        return Fraction(self.seconds[month], 86_400)


def days_in(month):
    return (first_day(month + 1) - first_day(month)).days


def figures(life, today):
    intervals = life.power or life.days
    if not intervals:
        return needs_data()
    curve = Curve(intervals)
    if curve.known < 14:
        return declines()
    it = Figures()
    offers = [name for name in OFFERS if curve.hourly or OFFERS[name][1] not in HOURLY]
    if not curve.whole:
        offers = [name for name in offers if OFFERS[name][1] not in SEASONAL]
    it.number("En bref", "Jours connus de la dernière année", number=curve.known, unit="day")
    title = "Sur un an de vos relevés" if curve.whole else "Un an, à votre rythme"
    year = Replay(curve.year, offers)
    scale = 1 if curve.whole else 365 / curve.known
    costs = {name: rounded(sum(c for (n, _), c in year.cost.items() if n == name) * scale) + 12 * OFFERS[name][0]
             for name in offers}
    for name in offers:
        it.euros(title, name, "Abonnement par mois", cents=OFFERS[name][0])
        it.euros(title, name, "yearly cost", cents=costs[name])
        prices = OFFERS[name][2:]
        for n, price_ in enumerate(prices):
            it.number("Prix utilisés", name, "Prix du kWh", *((f"#{n + 1}",) if n else ()), unit="EUR",
                      number=Fraction(price_, 10_000))
    bills = [b for b in life.bills if b.service == "energy" and b.vendor == "EDF" and not b.refund
             and curve.year[0].start.date() <= b.day <= curve.end.date()]
    paid = sum(b.amount for b in bills) if curve.whole and len(bills) >= 11 else None
    if paid:
        it.euros("En bref", "Vous payez par an", cents=paid)
    else:
        it.absent("En bref", "Vous payez par an")
    whole = Replay(curve.all, offers)
    last = [m for m in sorted(whole.seconds) if whole.known(m) >= 27][-12:]
    for month in last:
        for name in offers:
            # A month of 743 hours is whole, and is not brought to 744: half a day may be missing.
            known = whole.known(month)
            pace = 1 if known >= days_in(month) - Fraction(1, 2) else days_in(month) / known
            energy = whole.cost[name, month] * pace
            it.euros("Chaque mois, abonnement compris", first_day(month).isoformat(), name,
                     cents=rounded(energy) + OFFERS[name][0])
    if not curve.whole:
        it.absent(title, "recommended")
        it.absent("En bref", "L’offre la moins chère")
        return it
    it.euros("En bref", "L’offre la moins chère", cents=min(costs.values()))
    known = {}
    for month in whole.seconds:
        known[month // 12] = known.get(month // 12, 0) + whole.known(month)
    years = [y for y in sorted(known) if known[y] >= 330]
    by_year = {}
    for y in years:
        length = (date(y + 1, 1, 1) - date(y, 1, 1)).days
        pace = length / known[y] if known[y] < length - 1 else 1
        for name in offers:
            energy = sum(c for (n, m), c in whole.cost.items() if n == name and m // 12 == y)
            by_year[name, y] = rounded(energy * pace) + 12 * OFFERS[name][0]
            it.euros("Coût de chaque année", name, str(y), cents=by_year[name, y])
    gaps = {}
    for name in offers:
        of = [by_year[name, y] for y in years]
        gaps[name] = max(by_year[name, y] - min(by_year[n, y] for n in offers) for y in years)
        won = sum(by_year[name, y] == min(by_year[n, y] for n in offers) for y in years)
        it.euros("Solidité", name, "Par an, en moyenne", cents=mean(of))
        it.euros("Solidité", name, "Au moins", cents=min(of))
        it.euros("Solidité", name, "Au plus", cents=max(of))
        it.number("Solidité", name, "Années en tête", number=won)
        it.number(title, name, "Années en tête", number=won)
        it.euros("Solidité", name, "Pire écart avec la meilleure", cents=gaps[name])
    safest = min(gaps, key=gaps.get)
    it.text(title, "recommended", text=safest)
    if paid and len(years) > 1:
        it.euros("En bref", "La plus sûre, en moyenne par an", cents=mean(by_year[safest, y] for y in years))
    if paid and paid > costs[safest]:
        it.euros("advice", "Cherchez une offre de ce type", "money", cents=paid - costs[safest])
    return it
