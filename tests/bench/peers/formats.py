"""Holders' files as a user would read them in Python: the same values, as integers and dates.

    python formats.py KIND FILE        prints the number of rows and the seconds they took
"""

import csv
import json
import sys
import time
from datetime import date, datetime
from decimal import Decimal


def bank_csv(path):
    rows = []
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            rows.append(
                (
                    date.fromisoformat(row["dateOp"]),
                    date.fromisoformat(row["dateVal"]),
                    row["label"],
                    row["category"],
                    int(Decimal(row["amount"].replace(" ", "").replace(",", ".")) * 100),
                    int(Decimal(row["accountbalance"].replace(" ", "").replace(",", ".")) * 100),
                    row["accountNum"],
                )
            )
    return rows


def enedis_csv(path):
    rows = []
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=";")
        for row in reader:
            if row[0] == "Horodate":
                break
        before = None
        for stamp, watts in reader:
            at = datetime.fromisoformat(stamp)
            step = (at - before).total_seconds() if before else 1800
            before = at
            rows.append((int(at.timestamp() - step), int(step), int(watts) * int(step) * 1000 // 3600))
    return rows


def green_button(path):
    from lxml import etree

    espi = "{http://naesb.org/espi}"
    rows = []
    for _, reading in etree.iterparse(path, tag=espi + "IntervalReading"):
        period = reading.find(espi + "timePeriod")
        rows.append(
            (
                int(period.findtext(espi + "start")),
                int(period.findtext(espi + "duration")),
                int(reading.findtext(espi + "value")) * 1000,
                int(reading.findtext(espi + "cost")) // 1000,
            )
        )
        reading.clear()
    return rows


def ofx(path):
    from ofxtools.Parser import OFXTree

    tree = OFXTree()
    with open(path, "rb") as file:
        tree.parse(file)
    rows = []
    for statement in tree.convert().statements:
        for t in statement.transactions:
            rows.append((t.dtposted.date(), t.trntype, int(t.trnamt * 100), t.fitid, t.name, t.memo))
    return rows


def records(path):
    rows = []
    with open(path) as file:
        for place in json.load(file)["locations"]:
            at = datetime.fromisoformat(place["timestamp"])
            rows.append((int(at.timestamp()), place["latitudeE7"], place["longitudeE7"], place["accuracy"]))
    return rows


READERS = {
    "bank-csv": bank_csv,
    "enedis-csv": enedis_csv,
    "green-button": green_button,
    "ofx": ofx,
    "records": records,
}

started = time.perf_counter()
rows = READERS[sys.argv[1]](sys.argv[2])
print(len(rows), time.perf_counter() - started)
