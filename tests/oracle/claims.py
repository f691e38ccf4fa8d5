"""What a view may not say of old rows.

The same rows, run five years later: no text may speak of the last months or of a year as if it were the present one. A text
on the last months names a year of the rows itself. A text on a year has one in its section, or the view has its days.
"""

import re

# Years between the rows and the run.
LATER = 5

# Of now: the text itself says of when.
NOW = {
    "fr": re.compile(r"derni(er|ère)s? (mois|années?|semaines?)|ce mois-ci|cette année|ces derniers temps|en ce moment", re.I),
    "en": re.compile(r"\b(last|latest|recent) ([a-z]+ )?(months?|years?|weeks?)\b|\bpast ([a-z]+ months|(month|year|week)\b)"
                     r"|\bthis (month|year|week)\b|\b(lately|recently|at the moment|these days)\b", re.I),
}
# Of a year: the section says of which.
YEARLY = {
    "fr": re.compile(r"(en|sur|dans) un an\b|\bpar an\b|dans l’année|au cours de l’année", re.I),
    "en": re.compile(r"(?<!scaled to )\b(a|per|each) year\b(?! old)|\b(in|over|during) the year\b", re.I),
}

# Texts that are about no rows: what the law, a price list or arithmetic says, or what is missing.
ALLOWED = {
    "assurances": ("Après un an, une assurance", "Ce contrat a plus d’un an", "Assurances, par an", "Prix annoncé, par an",
                   "Par an"),
    "conso": ("Ils changent une ou deux fois par an",),
    "parcours": ("opérations bancaires des douze derniers mois ne sont pas là",),
}
ALLOWED_IN_ENGLISH = {
    "parcours": ("transactions of the last twelve months are not here",),
}


def strings(it):
    """The texts of a part of a view: a sentence with values is one."""
    if isinstance(it, str):
        yield it
    elif isinstance(it, list):
        if it and all(isinstance(p, dict) and p.get("type") in ("plain", "marked", "val") for p in it):
            yield "".join(word for piece in it for word in (
                [" ".join(map(str, years(piece["value"])))] if piece["type"] == "val" else strings(piece["value"])))
        else:
            for part in it:
                yield from strings(part)
    elif isinstance(it, dict):
        for key, part in it.items():
            if key not in ("type", "unit", "icon", "layout", "currency"):
                yield from strings(part)


def years(it):
    """The years that a part of a view names, in words or as a date."""
    if isinstance(it, str):
        return [int(year) for year in re.findall(r"(?<![\d,.])(?:19|20)\d\d(?![\d,.]\d)", it)]
    if isinstance(it, list):
        return [year for part in it for year in years(part)]
    if isinstance(it, dict):
        own = [it["year"]] if isinstance(it.get("year"), int) else []
        return own + [year for part in it.values() for year in years(part)]
    return []


def items(section):
    """Parts of a section that are read together: a figure with its note, an advice; else a text."""
    for block in section["blocks"]:
        if isinstance(block["value"], list):
            yield from (" ".join(strings(one)) for one in block["value"])
        else:
            yield from strings(block["value"])


def false_claims(app, report, newest, lang="fr"):
    """Texts of a view that claim a time which the rows do not have; `newest` is the last year that rows may be of."""
    def is_said(it):
        return any(year <= newest for year in years(it))

    def is_allowed(text):
        return any(words in text for words in (ALLOWED if lang == "fr" else ALLOWED_IN_ENGLISH).get(app, ()))

    period = report.get("period")
    texts = [("", report["headline"])] + [("limits", text) for limit in report["limits"] for text in strings([limit])]
    sections = [section for page in report["pages"] for section in page["sections"]]
    of = [(None, text) for _, text in texts] + [(section, text) for section in sections for text in items(section)]
    of += [(section, section["title"]) for section in sections if section["title"]]
    for section, text in of:
        if is_allowed(text):
            continue
        if NOW[lang].search(text) and not is_said(text):
            yield text
        elif YEARLY[lang].search(text) and not (period or is_said(text) or is_said(section)):
            yield text
