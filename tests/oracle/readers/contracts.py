"""Contracts of the MesInfos pilot: EDF (energy) and MAIF (insurance, with what each contract covers)."""

import json
from datetime import date

from arithmetic import cents

from .model import Contract

# MAIF's codes of its contracts: NOR the home (RAQVAM), VAM the vehicle, SANTE the complementary health insurance.
MAIF = {"NOR": "home", "VAM": "vehicle", "SANTE": "health"}


def edf(path):
    return [Contract("EDF", "energy", it["name"], date.fromisoformat(it["start"]), None, 0)
            for it in json.load(open(path, encoding="utf-8"))]


def maif(path):
    found = []
    for it in json.load(open(path, encoding="utf-8"), parse_float=str):
        for contract in it["contrat"]:
            parts = sum(len(covered) for covered in contract["objects"].values())
            start = date.fromisoformat(contract["startDate"][:10])
            found.append(Contract("MAIF", MAIF[contract["name"]], contract["formuleBase"], start,
                                  cents(contract["montantTarifTtc"]), parts))
    return found
