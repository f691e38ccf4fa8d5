"""The household of the MesInfos pilot (MAIF, EDF)."""

import json
from datetime import date


def read(path):
    found = []
    for it in json.load(open(path, encoding="utf-8")):
        if "foyer" in it:
            found.append({"row": "household"})
            found += [{"row": "person", "role": member["quality"]} for member in it["foyer"]["membres"]]
        elif it.get("docType") == "vehicle":
            found.append({"row": "vehicle", "since": date.fromisoformat(it["dateMiseEnCirculation"])})
        elif "housingType" in it:
            found.append({"row": "home", "since": date.fromisoformat(it["beginTs"][:10]), "area": it["surface"],
                          "people": it["occupantsCount"], "heating": it["principalHeatingSystemType"]})
        else:
            found.append({"row": "customer"})
    return found
