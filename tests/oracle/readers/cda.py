"""Medicines of a French CDA document: each entry is a dispensing, on the date of its supply."""

import xml.etree.ElementTree as xml
from datetime import date

SPACE = {"h": "urn:hl7-org:v3"}


def read(path):
    root = xml.parse(path).getroot()
    names = {it.get("ID"): it.text for it in root.iterfind(".//h:content", SPACE)}
    found = []
    for it in root.iterfind(".//h:substanceAdministration", SPACE):
        name = names[it.find(".//h:reference", SPACE).get("value").lstrip("#")]
        on = it.find(".//h:supply/h:performer/h:time", SPACE).get("value")
        found.append((date(int(on[:4]), int(on[4:6]), int(on[6:])), name))
    return found
