"""Conso: the year, the day, the base load, and three options of the regulated tariff.

Prices are those that the app states with their date (its README, and its table "Prix utilisés"). Less than two weeks
say nothing of a year: no year, no price and no advice is right then.
"""

from datetime import timedelta
from fractions import Fraction

from arithmetic import first_day, month_of, rounded
from metering import Curve, base_load, by_day

from . import Figures, needs_data

# Subscription of a month at 6 kVA, and euros a kWh.
BASE = (Fraction("15.47"), Fraction("0.1952"))
OFF_PEAK = (Fraction("15.74"), Fraction("0.2081"), Fraction("0.1635"))
TEMPO = (Fraction("15.50"), {"blue": (Fraction("0.1494"), Fraction("0.1232")),
                             "white": (Fraction("0.1730"), Fraction("0.1391")),
                             "red": (Fraction("0.6468"), Fraction("0.1460"))})
RED, WHITE = 22, 43
# Off-peak hours begin, by default.
FIRST_OFF_PEAK = 22
GRAMS = 52
# Days of the calendar.
SHOWN = 1_100
# Fewer days say nothing of a year.
FEWEST = 14


def is_off_peak(hour, first=FIRST_OFF_PEAK):
    return (hour - first) % 24 < 8


def tempo(curve):
    """Red: the heaviest weekdays from November to March; white: the next heaviest, no Sundays, as the decree says.
    A Tempo day runs from 6 to 6; its weight is what is used from 6 to 22, when its colour costs."""
    days = {}
    for at, _, i in curve.local():
        if 6 <= at.hour < 22:
            days[at.date()] = days.get(at.date(), 0) + i.milli
    heavy = sorted(days, key=lambda day: (-days[day], -day.toordinal()))
    red = [day for day in heavy if day.weekday() < 5 and day.month in (11, 12, 1, 2, 3)][:RED]
    white = [day for day in heavy if day.weekday() < 6 and day not in red][:WHITE]
    colours = {**{day: "red" for day in red}, **{day: "white" for day in white}}
    cost = Fraction(0)
    for at, _, i in curve.local():
        day = (at - timedelta(hours=6)).date()
        full, low = TEMPO[1][colours.get(day, "blue")]
        cost += Fraction(i.milli, 1_000_000) * (full if 6 <= at.hour < 22 else low)
    return cost


def prices(it):
    """Prices of a kilowatt-hour, as they are shown. A row is named after the option: the second one has a number."""
    shown = [("Base", BASE[1]), ("Heures creuses", OFF_PEAK[1]), ("Heures creuses", OFF_PEAK[2])]
    shown += [("Tempo", price) for colour in ("blue", "white", "red") for price in TEMPO[1][colour]]
    count = {}
    for name, price in shown:
        count[name] = count.get(name, 0) + 1
        more = (f"#{count[name]}",) if count[name] > 1 else ()
        it.number("Prix utilisés", name, "Prix du kWh", *more, number=price, unit="EUR")


def figures(life, today):
    intervals = life.power or life.days
    if not intervals:
        return needs_data()
    it, curve = Figures(), Curve(intervals)
    title = "Par an" if curve.whole else "Par an, à ce rythme"
    year = "En un an" if curve.whole else "En un an, à ce rythme"
    days = by_day(curve.all)
    last = max(days)
    whole_days = {day: energy for day, (energy, seconds) in days.items()
                  if seconds >= 82800 and (last - day).days < SHOWN}
    for day, milli in whole_days.items():
        it.number("Calendrier", day.isoformat(), number=Fraction(milli, 1_000_000), unit="kwh", decimals=3)
    months = {}
    for day, (energy, seconds) in days.items():
        total = months.setdefault(month_of(day), [0, 0])
        total[0] += energy
        total[1] += seconds
    for month in sorted(months)[-120:]:
        energy, seconds = months[month]
        it.number("Jour moyen de chaque mois", "Par jour", first_day(month).isoformat(),
                  number=Fraction(energy * 86400, seconds * 1_000_000), unit="kwh", decimals=3)
    if curve.known < FEWEST:
        it.absent("En bref", year)
        it.absent(title, "Base", "yearly cost")
        it.absent("advice", "Décalez trois machines par semaine", "money")
        return it
    it.number("En bref", year, number=curve.kwh(), unit="kwh", decimals=1)
    it.number("En bref", "Par jour", number=curve.kwh() / 365, unit="kwh", decimals=1)
    prices(it)
    monthly, price = BASE
    it.euros(title, "Base", "Abonnement", cents=monthly * 1200)
    it.euros(title, "Base", "Énergie", cents=curve.kwh() * price * 100)
    it.euros(title, "Base", "yearly cost", cents=rounded(curve.kwh() * price * 100) + monthly * 1200)
    if not curve.hourly:
        it.absent(title, "Heures creuses", "yearly cost")
        it.absent(title, "Tempo", "yearly cost")
        it.absent("En bref", "Toujours allumé")
        return it
    scale = 1 if curve.whole else 365 / curve.known
    low = sum(Fraction(i.milli, 1_000_000) for at, _, i in curve.local() if is_off_peak(at.hour)) * scale
    full = curve.kwh() - low
    monthly, peak, off_peak = OFF_PEAK
    energy = full * peak + low * off_peak
    it.euros(title, "Heures creuses", "Énergie", cents=energy * 100)
    it.euros(title, "Heures creuses", "yearly cost", cents=rounded(energy * 100) + monthly * 1200)
    costs = {"Base": rounded(curve.kwh() * BASE[1] * 100) + BASE[0] * 1200,
             "Heures creuses": rounded(energy * 100) + monthly * 1200}
    if curve.whole:
        cost = tempo(curve)
        costs["Tempo"] = rounded(cost * 100) + TEMPO[0] * 1200
        it.euros(title, "Tempo", "Énergie", cents=cost * 100)
        it.euros(title, "Tempo", "yearly cost", cents=costs["Tempo"])
        best = min(costs, key=costs.get)
        it.text(title, "recommended", text=best)
        it.euros("En bref", "Au tarif le moins cher", cents=costs[best])
        if best != "Base":
            it.euros("advice", "Changez d’option tarifaire", "money", cents=costs["Base"] - costs[best])
    else:
        it.absent(title, "Tempo", "yearly cost")
        it.absent("En bref", "Au tarif le moins cher")
    base = base_load(curve.year)
    it.number("En bref", "Toujours allumé", number=base, unit="watt")
    spared = base / 3 * 8760 / 1000
    warm = any(5 <= month % 12 + 1 <= 9 for month in months)
    if warm:
        it.euros("advice", "Éteignez un tiers de ce qui reste toujours allumé", "money", cents=spared * BASE[1] * 100)
        it.number("advice", "Éteignez un tiers de ce qui reste toujours allumé", "kg", number=spared * GRAMS / 1000,
                  unit="kg-co2e")
    else:
        it.absent("advice", "Éteignez un tiers de ce qui reste toujours allumé", "money")
    it.euros("advice", "Décalez trois machines par semaine", "money", cents=3 * 52 * (peak - off_peak) * 100)
    for name, of in (("En semaine", lambda day: day < 5), ("Le week-end", lambda day: day >= 5)):
        for hour in range(24):
            energy = seconds = 0
            for at, _, i in curve.local():
                if at.hour == hour and of(at.weekday()):
                    energy += i.milli
                    seconds += i.seconds
            it.number("Profil d’une journée", name, f"{hour} h",
                      number=Fraction(energy * 3600, seconds * 1000), unit="watt")
    return it
