"""GRDF's JSON: kWh of each gas day, which runs from 6 to 6 in France, although the file writes "+00:00"."""

import json
from datetime import datetime

from arithmetic import from_france

from .model import Interval


def read(path):
    found = []
    for meter in json.load(open(path, encoding="utf-8")).values():
        for reading in meter["releves"]:
            start, end = (from_france(datetime.fromisoformat(reading[at]).replace(tzinfo=None))
                          for at in ("dateDebutReleve", "dateFinReleve"))
            found.append(Interval(start, int((end - start).total_seconds()), reading["energieConsomme"] * 1_000_000))
    return found
