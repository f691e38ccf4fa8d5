"""GRDF's JSON: kWh of each gas day, which runs from 6 to 6."""

import json

from arithmetic import utc

from .model import Interval


def read(path):
    found = []
    for meter in json.load(open(path, encoding="utf-8")).values():
        for reading in meter["releves"]:
            start, end = utc(reading["dateDebutReleve"]), utc(reading["dateFinReleve"])
            found.append(Interval(start, int((end - start).total_seconds()), reading["energieConsomme"] * 1_000_000))
    return found
