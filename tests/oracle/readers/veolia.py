"""Veolia's CSV: litres since the reading before."""

from datetime import datetime


def read(path):
    rows = open(path, encoding="utf-8-sig").read().splitlines()[1:]
    return [(datetime.fromisoformat(at), int(litres)) for at, _, litres, _ in (row.split(";") for row in rows if row)]
