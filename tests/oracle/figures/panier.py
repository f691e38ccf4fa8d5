"""Panier: receipts by month and family, and the price of the same basket.

A return is money that comes back: its amounts are negative in the file. The same basket is what was bought, at the
first and at the last price of each product of which 90 days lie between them. The bank's share is what went to the
shops of the receipts, and to other food shops.
"""

from fractions import Fraction

from arithmetic import first_day, in_france, mean, month_of, rounded
from banking import payee

from . import Figures, needs_data

FAMILIES = {"BOUCHERIE": "Viande et poisson", "POISSONNERIE": "Viande et poisson", "CHARCUTERIE": "Viande et poisson",
            "FRUITS ET LEGUMES": "Fruits et légumes", "CREMERIE": "Crèmerie et œufs", "EPICERIE SALEE": "Épicerie",
            "EPICERIE SUCREE": "Épicerie", "LIQUIDES": "Boissons", "SURGELES": "Surgelés",
            "BOULANGERIE": "Pain et pâtisserie", "DROGUERIE": "Hygiène et entretien", "HYGIENE": "Hygiène et entretien"}
# Finer than the shelf: coffee is a drink and pulses are vegetables (COICOP 2018, 01.2.2 and 01.1.7).
FINER = {"CAFE": "Boissons", "LEGUMES SECS": "Fruits et légumes"}
APART = 90
# Products in the table of prices.
MOST = 20
# Most months of the small chart: of more, the first ones are left out.
SHOWN = 36


def figures(life, today):
    if not life.receipts:
        return needs_data()
    it = Figures()
    signed = [(in_france(r.at).date(), r.total, r) for r in life.receipts]
    total = sum(amount for _, amount, _ in signed)
    it.euros("En bref", "Dépensé en courses, en tout", cents=total)
    months = {}
    for day, amount, _ in signed:
        months[month_of(day)] = months.get(month_of(day), 0) + amount
    it.euros("En bref", "Dépensé en courses par mois, en moyenne", cents=mean(months.values()))
    for n, month in enumerate(sorted(months)[:12] if len(months) <= SHOWN else ()):
        it.number("En bref", "Dépensé en courses par mois, en moyenne", "spark", str(n),
                  number=Fraction(months[month], 100), decimals=2)
    families, prices, bought, by_month = {}, {}, {}, {}
    for day, _, receipt in signed:
        for line in receipt.lines:
            family = FINER.get(line.family) or FAMILIES[line.shelf]
            paid = rounded(line.price * line.quantity)
            families[family] = families.get(family, 0) + paid
            by_month[family, month_of(day)] = by_month.get((family, month_of(day)), 0) + paid
            if not receipt.returned:
                prices.setdefault(line.product, []).append((day, line.price))
                bought[line.product] = bought.get(line.product, 0) + line.quantity
    for family, amount in families.items():
        if amount > 0:
            it.euros("Vos achats par famille de produits", family, cents=amount)
    it.names("Vos achats par famille de produits", names=(family for family, amount in families.items() if amount > 0))
    # The chart has seven families.
    shown = sorted(families, key=lambda family: -families[family])[:7]
    for (family, month), amount in by_month.items():
        if family in shown and families[family] > 0:
            it.euros("Dépensé chaque mois", family, first_day(month).isoformat(), cents=amount)
    basket(it, prices, bought)
    shop = [m for m in life.bank if payee(m.label) == "INTERMARCHÉ"]
    days = [day for day, _, _ in signed]
    # A share needs more than a day.
    if shop and total > 0 and min(days) < max(days):
        seen = -sum(m.amount for m in shop if min(days) <= m.day <= max(days))
        it.euros("Vos tickets et votre banque", "Courses dont vous avez le ticket", "value", cents=total)
        it.euros("Vos tickets et votre banque", "text", "4", cents=seen + bread(life, days))
        it.day("Vos tickets et votre banque", "text", "1", day=min(days))
        it.day("Vos tickets et votre banque", "text", "2", day=max(days))
    elif total <= 0:
        it.absent("Vos tickets et votre banque", "Courses dont vous avez le ticket", "value")
    return it


def bread(life, days):
    """A bakery is a food shop too."""
    return -sum(m.amount for m in life.bank
                if payee(m.label).startswith("BOULANGERIE") and min(days) <= m.day <= max(days))


def basket(it, prices, bought):
    first, last, changes = 0, 0, []
    for product, seen in prices.items():
        seen.sort(key=lambda pair: pair[0])
        (start, before), (end, after) = seen[0], seen[-1]
        if (end - start).days >= APART:
            first += before * bought[product]
            last += after * bought[product]
            changes.append((-before * bought[product], product, start, before, end, after))
    if not first:
        it.absent("En bref", "Les mêmes achats, aux prix d’aujourd’hui")
        return
    it.euros("En bref", "Les mêmes achats, aux prix d’aujourd’hui", cents=last)
    it.number("En bref", "Les mêmes achats, aux prix d’aujourd’hui", "trend",
              number=Fraction((last - first) * 100, first), unit="percent")
    for _, product, start, before, end, after in sorted(changes)[:MOST]:
        it.day("Du premier au dernier prix", product, "Premier achat", day=start)
        it.euros("Du premier au dernier prix", product, "Premier prix", cents=before)
        it.day("Du premier au dernier prix", product, "Dernier achat", day=end)
        it.euros("Du premier au dernier prix", product, "Dernier prix", cents=after)
        it.number("Du premier au dernier prix", product, "Variation",
                  number=Fraction((after - before) * 100, before), unit="percent")
