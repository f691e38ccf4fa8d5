"""Mobilité: trips by mode, a week, departures, months, and the routes that recur.

A ride that a track and a timeline both have is one ride. A route is two places; a place is a position, whatever file
gave it. An alternative is for the same distance: no walk for a drive of 52 km.
"""

from fractions import Fraction

from arithmetic import first_day, in_france, month_of, mean
from moving import GRAMS, day, days, once

from . import Figures, needs_data

NAMES = {"foot": "À pied", "bicycle": "Vélo", "car": "Voiture", "bus": "Bus", "underground": "Métro et tram",
         "train": "Train"}
WEEKDAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")


def figures(life, today):
    if not life.legs:
        return needs_data()
    it, trips = Figures(), once(life.legs)
    metres = sum(leg.metres for leg in trips)
    minutes = sum(Fraction(int((leg.end - leg.start).total_seconds()), 60) for leg in trips)
    span = days(trips)
    it.number("En bref", "Trajets", number=len(trips), unit="trip")
    if span >= 28:
        it.number("En bref", "Distance par semaine", number=Fraction(metres * 7, span * 1000), unit="km")
        it.number("En bref", "Temps par semaine", number=minutes * 7 / span, unit="minute")
    else:
        it.absent("En bref", "Distance par semaine")
    cars = sum(leg.metres for leg in trips if leg.mode == "car")
    it.number("En bref", "Part de la voiture", number=Fraction(cars * 100, metres), unit="percent")
    grams = sum(leg.metres * Fraction(GRAMS[leg.mode]) / 1000 for leg in trips)
    it.number("En bref", "Carbone de ces trajets", number=grams / 1000, unit="kg-co2e")
    modes = sorted({leg.mode for leg in trips})
    it.names("Par mode", names=(NAMES[mode] for mode in modes))
    for mode in modes:
        of = [leg for leg in trips if leg.mode == mode]
        length = sum(leg.metres for leg in of)
        it.number("Par mode", NAMES[mode], "Trajets", number=len(of), unit="trip")
        it.number("Par mode", NAMES[mode], "Distance", number=Fraction(length, 1000), unit="km")
        it.number("Par mode", NAMES[mode], "Temps", unit="minute",
                  number=sum(Fraction(int((leg.end - leg.start).total_seconds()), 60) for leg in of))
        it.number("Par mode", NAMES[mode], "Carbone", number=length * Fraction(GRAMS[mode]) / 1_000_000, unit="kg-co2e")
        it.number("Distance de chaque mode", NAMES[mode], number=Fraction(length, 1000), unit="km")
        there = {month_of(day(leg)) for leg in trips}
        last = max(there)
        for month in range(last, last - 120, -1):
            # A month without any trip is no point.
            if month in there:
                it.number("Trajets de chaque mois", NAMES[mode], first_day(month).isoformat(), unit="trip",
                          number=sum(month_of(day(leg)) == month for leg in of))
    for weekday, hour in ((weekday, hour) for weekday in range(7) for hour in range(24)):
        it.number("Quand vous partez", WEEKDAYS[weekday], f"{hour} h", unit="trip",
                  number=sum((at := in_france(leg.start)).weekday() == weekday and at.hour == hour for leg in trips))
    routes(it, trips)
    return it


def routes(it, trips):
    """The route that recurs most: how often by its first mode, how far and how long."""
    pairs = {}
    for leg in trips:
        if leg.ends[0] != leg.ends[1]:
            pairs.setdefault((frozenset(leg.ends), leg.mode), []).append(leg)
    often = {key: legs for key, legs in pairs.items() if len(legs) >= 4 and days(legs) >= 14}
    if not often:
        it.absent("Trajets qui reviennent", "text")
        return
    (_, mode), legs = max(often.items(), key=lambda pair: len(pair[1]))
    it.number("Aller et retour", "Lieu 1 – Lieu 2", "Trajets", number=len(legs), unit="trip")
    it.text("Aller et retour", "Lieu 1 – Lieu 2", "Mode", text=NAMES[mode])
    it.number("Aller et retour", "Lieu 1 – Lieu 2", "Distance moyenne",
              number=Fraction(sum(leg.metres for leg in legs), len(legs) * 1000), unit="km")
    it.number("Aller et retour", "Lieu 1 – Lieu 2", "Temps moyen", unit="minute",
              number=mean(Fraction(int((leg.end - leg.start).total_seconds()), 60) for leg in legs))
    # Walks between two places of which a drive has another length are no alternative.
    other = "Faites plus souvent le parcours Lieu 1 – Lieu 3 à pied, comme vous le faites déjà parfois"
    it.absent("advice", other, "money")
    it.absent("advice", other, "kg")
