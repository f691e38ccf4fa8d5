"""Google's timeline exported from the telephone."""

import json

from arithmetic import utc

from .google_month import MODES
from .model import Leg


def place(text):
    return tuple(round(float(part.strip().rstrip("°")) * 10_000_000) for part in text.split(","))


def read(path):
    found = []
    for it in json.load(open(path, encoding="utf-8"))["semanticSegments"]:
        leg = it["activity"]
        found.append(Leg("Google", utc(it["startTime"]), utc(it["endTime"]), MODES[leg["topCandidate"]["type"]],
                         leg["distanceMeters"], (place(leg["start"]["latLng"]), place(leg["end"]["latLng"]))))
    return found
