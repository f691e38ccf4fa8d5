"""Santé: what care cost and who paid, and the medicines of the record.

What remains to the person is what the insurer left, less what the complementary insurance gave back. A medicine that
was dispensed ten times is one medicine.
"""

from . import Figures, needs_data

KINDS = {"professional": "Consultation et soins", "pharmacy": "Pharmacie"}


def figures(life, today):
    it, claims = Figures(), life.claims
    if not claims and not life.medicines:
        if not any(c.kind == "health" for c in life.contracts):
            return needs_data()
        # A contract says who covers the person, and nothing of what care cost.
        it.absent("En bref", "Facturé")
        it.absent("En bref", "Reste à votre charge")
        return it
    back = sum(b.amount for b in life.bills if b.service == "health" and b.refund)
    for section in ("En bref", "Ce que vos soins ont coûté") if claims else ("En bref",):
        it.euros(section, "Facturé", cents=sum(c.charged for c in claims))
        it.euros(section, "Payé par l’assurance", cents=sum(c.insurer for c in claims))
    # What is left is the person's own only if what the complementary insurance gave back is known.
    left = sum(c.patient for c in claims) - back
    it.euros("En bref", "Reste à votre charge" if back or not left else "Reste après l’assurance maladie", cents=left)
    if back:
        it.euros("En bref", "Rendu par la complémentaire", cents=back)
    if life.medicines:
        it.number("En bref", "Médicaments au dossier", number=len({name for _, name in life.medicines}))
        for name in sorted({name for _, name in life.medicines}):
            days = [on for on, n in life.medicines if n == name]
            it.day("Ce que dit le dossier", name, "Depuis", day=min(days))
            it.day("Ce que dit le dossier", name, "La dernière fois", day=max(days))
            it.number("Ce que dit le dossier", name, "Fois", number=len(set(days)))
    else:
        it.absent("En bref", "Médicaments au dossier")
    for year in sorted({c.day.year for c in claims}):
        of = [c for c in claims if c.day.year == year]
        it.euros("Année par année", "Assurance", str(year), cents=sum(c.insurer for c in of))
    for kind in sorted({c.kind for c in claims}):
        of = [c for c in claims if c.kind == kind]
        it.number("Par type de soins", KINDS[kind], "Nombre", number=len(of))
        it.euros("Par type de soins", KINDS[kind], "Facturé", cents=sum(c.charged for c in of))
        it.euros("Par type de soins", KINDS[kind], "Assurance", cents=sum(c.insurer for c in of))
    last = max(claims, key=lambda c: c.day)
    # Care, and each medicine of a day.
    entries = len(claims) + len(set(life.medicines))
    title = f"Les 100 lignes les plus récentes, sur {entries}" if entries > 100 else "Toutes les lignes"
    it.euros(title, last.day.isoformat(), last.provider,
             cents=next(c.charged for c in claims if c.day == last.day and c.provider == last.provider))
    return it
