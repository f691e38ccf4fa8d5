"""FHIR ExplanationOfBenefit: what care cost and who paid."""

import json
from datetime import date

from arithmetic import cents

from .model import Claim


def read(path):
    found = []
    for entry in json.load(open(path, encoding="utf-8"), parse_float=str)["entry"]:
        it = entry["resource"]
        total = {part["category"]["coding"][0]["code"]: cents(part["amount"]["value"]) for part in it["total"]}
        found.append(Claim(date.fromisoformat(it["billablePeriod"]["start"]), it["type"]["coding"][0]["code"],
                           it["provider"]["display"], total["submitted"], total["benefit"], total["paidbypatient"]))
    return found
