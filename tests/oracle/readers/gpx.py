"""GPX: a track is a ride; its length is that of its points on the sphere."""

import xml.etree.ElementTree as xml
from math import asin, cos, radians, sin, sqrt

from arithmetic import utc

from .model import Leg

SPACE = {"g": "http://www.topografix.com/GPX/1/1"}
RADIUS = 6_371_000.0


def between(a, b):
    """Metres between two positions (haversine)."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * RADIUS * asin(sqrt(half))


def read(path):
    legs, points = [], []
    for track in xml.parse(path).getroot().iterfind("g:trk", SPACE):
        at = [((float(p.get("lat")), float(p.get("lon"))), utc(p.findtext("g:time", namespaces=SPACE)))
              for p in track.iterfind(".//g:trkpt", SPACE)]
        metres = round(sum(between(a[0], b[0]) for a, b in zip(at, at[1:])))
        ends = tuple(tuple(round(x * 10_000_000) for x in p[0]) for p in (at[0], at[-1]))
        legs.append(Leg("GPX", at[0][1], at[-1][1], "bicycle", metres, ends))
        points += [(when, "GPX", *where) for where, when in at]
    return legs, points
