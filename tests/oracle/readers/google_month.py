"""A month of Google's timeline (Takeout, Semantic Location History)."""

import json
import re

from arithmetic import utc

from .model import Leg

MODES = {"WALKING": "foot", "CYCLING": "bicycle", "IN_PASSENGER_VEHICLE": "car", "IN_BUS": "bus",
         "IN_SUBWAY": "underground", "IN_TRAIN": "train"}


def is_one(file):
    return re.fullmatch(r"\d{4}_[A-Z]+\.json", file) is not None


def read(path):
    found = []
    for it in json.load(open(path, encoding="utf-8"))["timelineObjects"]:
        it = it["activitySegment"]
        ends = tuple((it[end]["latitudeE7"], it[end]["longitudeE7"]) for end in ("startLocation", "endLocation"))
        found.append(Leg("Google", utc(it["duration"]["startTimestamp"]), utc(it["duration"]["endTimestamp"]),
                         MODES[it["activityType"]], it["distance"], ends))
    return found
