"""Empreinte: energy, trips and payments of a year, and their carbon.

A year is the last 365 days of a source, back to a silence of more than 31 days of trips or of the bank. If it knows fewer, a
year at the same pace, from 90 days on; eleven months of the bank are a year. Of fewer days, amounts are those of the days.
Sums and quotients are of years that end at most 62 days apart, else each amount stands alone. Cars and their fuel are one
thing: carbon from kilometres.
"""

from datetime import timedelta
from fractions import Fraction

from arithmetic import in_france, newest, rounded
from banking import Ledger, payee
from metering import Curve, base_load
from moving import GRAMS, day, once

from . import Figures, needs_data
from .conso import BASE

ELECTRICITY, GAS = 52, 215
# Grams of a litre of fuel, and its price in cents.
FUEL, LITRE = 2970, 175
GAS_PRICE = Fraction("0.1028")
DEGREE = Fraction(7, 100)


# Least days that are brought to a year, and most days between the ends of one year.
QUARTER, NEAR = 90, 62


def yearly(amount, known):
    return amount if known >= 364 or known < QUARTER else Fraction(amount) * 365 / known


def together(years):
    """Whether amounts can be added, of years as pairs of a last day and a number of known days."""
    return (all(known >= QUARTER for _, known in years)
            and all(abs((a - b).days) <= NEAR for a, _ in years for b, _ in years))


def heating(intervals):
    """Kilowatt-hours of the other months above the level of June to August; only with a whole year."""
    summer = [i for i in intervals if in_france(i.start).month in (6, 7, 8)]
    other = [i for i in intervals if in_france(i.start).month not in (6, 7, 8)]
    level = Fraction(sum(i.milli for i in summer), sum(i.seconds for i in summer))
    return Fraction(sum(i.milli for i in other) - level * sum(i.seconds for i in other)) / 1_000_000


def figures(life, today):
    power = life.power or life.days
    if not (power or life.gas or life.legs or life.bank or life.profile):
        return needs_data()
    it = Figures()
    parts, paid, years, meters = {}, 0, {}, []
    energy, is_year = Fraction(0), True
    for name, intervals, grams in (("Électricité", power, ELECTRICITY), ("Gaz", life.gas, GAS)):
        curve = Curve(intervals) if intervals else None
        if curve is None:
            it.absent("Poste par poste", name, "En un an")
            continue
        kwh = curve.kwh() if rounded(curve.known) >= QUARTER else Fraction(curve.milli, 1_000_000)
        # The day of the last reading's start.
        years[name] = (in_france(max(i.start for i in curve.year)).date(), rounded(curve.known))
        meters.append(years[name])
        is_year = is_year and curve.whole
        energy += kwh
        parts[name] = kwh * grams / 1000
        it.number("Poste par poste", name, "En un an", number=kwh, unit="kwh")
        it.number("Poste par poste", name, "Gaz émis", number=parts[name], unit="kg-co2e")
    trips = once(life.legs)
    driven = None
    if trips:
        first, end = newest(map(day, trips))
        last = [leg for leg in trips if day(leg) > end - timedelta(365) and day(leg) >= first]
        # Days that are known of the year: those since the first trip, if it is later than the year.
        known = min(365, (end - first).days + 1)
        driven = (end, known)
        for name, modes in (("Voiture", {"car"}), ("Transports en commun", {"bus", "train", "underground"})):
            of = [leg for leg in last if leg.mode in modes]
            if not of:
                continue
            it.number("Poste par poste", name, "En un an", unit="km",
                      number=yearly(Fraction(sum(leg.metres for leg in of), 1000), known))
            years[name] = driven
            parts[name] = yearly(sum(leg.metres * Fraction(GRAMS[leg.mode]) for leg in of) / 1_000_000, known)
            it.number("Poste par poste", name, "Gaz émis", number=parts[name], unit="kg-co2e")
    else:
        it.absent("Poste par poste", "Voiture", "En un an")
        it.absent("Poste par poste", "Transports en commun", "En un an")
    ledger = Ledger(life.bank)
    out = [m.day for m in life.bank if m.amount < 0]
    if out:
        first, end = newest(out)
        last = [m for m in ledger.moves if end - timedelta(365) < m.day and m.day >= first and m.amount < 0]
        known = min((end - first).days + 1, 365)
        known = 365 if known >= 330 else known
        banked = (end, known)
        for name, of in (("Factures d’énergie", lambda m: payee(m.label) in ("EDF", "ENGIE")),
                         ("Voiture", lambda m: payee(m.label) == "TOTALENERGIES"),
                         ("Transports en commun", lambda m: payee(m.label) in ("SNCF", "TCL"))):
            total = -sum(m.amount for m in last if of(m))
            if total:
                total = rounded(yearly(total, known))
                paid += total
                if name == "Voiture":
                    fuel(it, total, trips, driven, banked)
                it.euros("Poste par poste", name, "Payé (banque)", cents=total)
                # Bills of gas that is not metered would be divided by electricity only.
                complete = life.gas or any(row.get("heating") == "Electricite" for row in life.profile)
                if name == "Factures d’énergie" and energy and is_year and known >= 364 and complete and together(
                        [*meters, banked]):
                    it.number("En bref, pour un an", "Ce que vous coûte un kWh, abonnement compris",
                              number=Fraction(total, 100) / energy, unit="EUR")
    if paid and known < QUARTER:
        it.euros("En bref, pour un an", "Payé pour l’énergie et les trajets", cents=paid)
    elif paid:
        it.euros("En bref, pour un an", "Payé en un an pour l’énergie et les trajets", cents=paid)
    else:
        it.absent("En bref, pour un an", "Payé en un an pour l’énergie et les trajets")
    if parts and together([years[name] for name in parts]):
        it.number("En bref, pour un an", "Gaz à effet de serre émis en un an",
                  number=sum(parts.values()), unit="kg-co2e")
        for name, kilograms in parts.items() if len(parts) > 1 else ():
            it.number("Gaz à effet de serre, en un an", name, number=kilograms, unit="kg-co2e")
    else:
        for name, kilograms in list(parts.items())[:3]:
            it.number("En bref, pour un an", f"Gaz à effet de serre : {name.lower()}", number=kilograms, unit="kg-co2e")
        it.absent("En bref, pour un an", "Gaz à effet de serre émis en un an")
    home = next((row for row in life.profile if row["row"] == "home"), None)
    if energy and home and together(meters):
        it.number("En bref, pour un an", "Énergie du logement, par m² et par an",
                  number=energy / home["area"], unit="kwh")
        if home["people"] > 1:
            it.number("En bref, pour un an", "Énergie du logement, par personne et par an",
                      number=energy / home["people"], unit="kwh")
    advice(it, power, life.gas)
    return it


def fuel(it, cents, trips, driven, banked):
    """What a kilometre costs in fuel, and a tenth less of it; a litre at the price that the app takes."""
    if not trips or not together([driven, banked]):
        return
    end = max(map(day, trips))
    metres = sum(leg.metres for leg in trips if leg.mode == "car" and day(leg) > end - timedelta(365))
    it.number("En bref, pour un an", "Ce que vous coûte un kilomètre, en carburant",
              number=Fraction(cents * 10, metres),
              unit="EUR")
    it.euros("advice", "Roulez plus souplement", "money", cents=Fraction(cents, 10))
    it.number("advice", "Roulez plus souplement", "kg",
              number=Fraction(cents, 10) / LITRE * FUEL / 1000, unit="kg-co2e")


def advice(it, power, gas):
    title = "Chauffez un degré de moins"
    heated = []
    for intervals, price, grams in ((gas, GAS_PRICE, GAS), (power, BASE[1], ELECTRICITY)):
        curve = Curve(intervals) if intervals else None
        # Without heating, what is above summer is light and cooking: at most a fifth of the year.
        if curve and curve.whole and heating(curve.year) * 5 > curve.kwh():
            heated.append((heating(curve.year), price, grams))
    if heated:
        kwh, price, grams = heated[0]
        it.number("advice", title, "text", "1", number=kwh, unit="kwh")
        it.euros("advice", title, "money", cents=kwh * DEGREE * price * 100)
        it.number("advice", title, "kg", number=kwh * DEGREE * grams / 1000, unit="kg-co2e")
    else:
        it.absent("advice", title, "money")
    title = "Éteignez un tiers de ce qui reste toujours allumé"
    curve = Curve(power) if power else None
    if curve and curve.hourly and curve.known >= 14 and any(5 <= in_france(i.start).month <= 9 for i in curve.year):
        spared = base_load(curve.year) / 3 * 8760 / 1000
        it.euros("advice", title, "money", cents=spared * BASE[1] * 100)
        it.number("advice", title, "kg", number=spared * ELECTRICITY / 1000, unit="kg-co2e")
    else:
        it.absent("advice", title, "money")
