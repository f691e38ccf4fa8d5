"""Enedis' CSV. A load curve gives the mean power (W) of the step that ends at each time; daily energy gives Wh."""

from datetime import datetime, timedelta, timezone

from arithmetic import from_france

from .model import Interval


def lines(path):
    text = open(path, encoding="utf-8-sig").read().splitlines()
    head = dict(zip(text[0].split(";"), text[1].split(";")))
    assert text[2] == "Horodate;Valeur", text[2]
    return head, [line.split(";") for line in text[3:] if line]


def load_curve(path):
    head, rows = lines(path)
    assert head["Type de donnees"] == "Courbe de charge" and head["Unite"] == "W"
    step = timedelta(minutes=int(head["Pas en minutes"] or 30))
    found = []
    for at, power in rows:
        end = datetime.fromisoformat(at).astimezone(timezone.utc)
        found.append(Interval(end - step, step.seconds, int(power) * 1000 * step.seconds // 3600))
    return found


def daily(path):
    """Days from midnight to midnight in France, which are not all of 24 hours."""
    head, rows = lines(path)
    assert head["Type de donnees"] == "Energie globale quotidienne" and head["Unite"] == "Wh"
    found = []
    for at, energy in rows:
        start = datetime.fromisoformat(at)
        end = from_france(start.replace(tzinfo=None) + timedelta(1))
        start = start.astimezone(timezone.utc)
        found.append(Interval(start, int((end - start).total_seconds()), int(energy) * 1000))
    return found
