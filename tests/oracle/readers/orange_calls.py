"""Orange's log in the MesInfos pilot: seconds of a call, number of messages."""

import json

from arithmetic import utc

from .model import Call


def read(path):
    found = []
    for it in json.load(open(path, encoding="utf-8")):
        service, way = it["type"].split()
        found.append(Call(utc(it["timestamp"]), "call" if service == "appel" else "message", way == "sortant",
                          it["length"]))
    return found
