"""Positions of Orange in the MesInfos pilot."""

import json

from arithmetic import utc


def read(path):
    return [(utc(it["timestamp"]), "Orange", it["latitude"], it["longitude"])
            for it in json.load(open(path, encoding="utf-8"))]
