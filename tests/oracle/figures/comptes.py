"""Comptes: fees and use of the last 365 days of the bank, and the cost of the same use at eleven published tariffs.

The tariffs are data of the app (`tariffs.rs`), copied here. A year is whole with 330 known days: those of the months in
which something is booked. Of a shorter time, what is paid for one by one is brought to a year at the same pace.
"""

import re
from datetime import timedelta
from fractions import Fraction

from arithmetic import first_day, month_of, rounded

from . import Figures, needs_data

# Words of the sample banks, and what the app calls them.
FEES = {
    "Tenue de compte": r"TENUE DE COMPTE",
    "Cotisation de carte": r"COTISATION CARTE",
    "Paiements et retraits dans une autre monnaie": r"HORS ZONE EURO",
    "Commissions d’intervention": r"COMMISSION D.INTERVENTION",
    "Agios (intérêts débiteurs)": r"INTERETS DEBITEURS",
}
COMPARED = list(FEES)[:4]
# Account and card of a year; a month without a card; abroad; cash abroad; cash: free a month, then, own machines;
# beyond the limit: least, most; cheques.
TARIFFS = {
    "BoursoBank Ultim": (0, 900, "free", ("after", 3, 169), "free", (0, 0), True),
    "Fortuneo Fosfo": (0, 300, "free", "free", "free", (0, 0), True),
    "Hello bank! Hello One": (0, 0, "free", ("rate", 150, None), "free", (0, 0), None),
    "Hello bank! Hello Prime": (6000, 0, "free", "free", "free", (0, 0), None),
    "Monabanq Uniq": (7200, 0, "free", ("yearly", 25), "free", (800, 800), None),
    "N26 Standard": (0, 0, "free", ("rate", 170, None), (3, 200, False), (0, 800), False),
    "La Banque Postale, à la carte, Visa Classic": (7280, 0, ("rate", 230, 600), None, (0, None, True), (790, 790), True),
    "Crédit Agricole Nord de France, à la carte, Visa Classic":
        (7300, 0, ("hundred", 370), ("hundred", 640), (0, None, True), (0, 800), True),
    "BNP Paribas Esprit Libre Référence, Visa Classic": (9600, 0, None, None, (0, 120, True), (0, 800), True),
    "LCL, à la carte, carte classique": (5220, 0, None, None, (1, None, True), (0, 800), True),
    "Crédit Coopératif, carte classique": (4800, 0, None, None, (1, None, True), (0, 800), True),
}
NO_OVERDRAFT = ("Hello bank! Hello One", "N26 Standard")
# Of these, what is paid for the card: an account without a card does not pay it.
CARDS = {"La Banque Postale, à la carte, Visa Classic": 4760,
         "Crédit Agricole Nord de France, à la carte, Visa Classic": 4900}


def fee(move):
    return next((name for name, words in FEES.items() if move.means in ("fee", "interest")
                 and re.search(words, move.label)), None)


def foreign(move):
    return re.search(r"\d (CHF|GBP|USD)$", move.label) is not None


class Account:
    def __init__(self, moves, start, last):
        self.moves = [m for m in moves if start <= m.day <= last]
        self.months = {month_of(m.day) for m in self.moves}
        first = min((m.day for m in self.moves), default=last)
        self.known = sum((min(first_day(n + 1) - timedelta(1), last) - max(first_day(n), first)).days + 1
                         for n in self.months)
        self.whole = self.known >= 330
        self.cards = [m for m in self.moves if m.means == "card" and m.amount < 0]
        with_card = {month_of(m.day) for m in self.cards}
        self.idle = sum(first_day(n) >= start and first_day(n + 1) - timedelta(1) <= last and n not in with_card
                        for n in self.months)
        self.fees = [m for m in self.moves if fee(m)]
        self.has_card = bool(self.cards) or any(fee(m) == "Cotisation de carte" for m in self.fees)

    def cost(self, *names):
        return -sum(m.amount for m in self.fees if not names or fee(m) in names)


def abroad(price, amounts):
    """Least and most of payments in another currency, in cents; None if the price is not known."""
    if not amounts or price == "free":
        return 0, 0
    if price is None:
        return None
    kind, *of = price
    if kind == "rate":
        limit = of[1]
        each = [Fraction(a * of[0], 10_000) for a in amounts]
        whole = sum(e if limit is None else min(e, limit) for e in each)
        return whole, whole
    if kind == "hundred":
        ends = [sorted((Fraction(a * of[0], 10_000), Fraction(of[0]))) for a in amounts]
        return sum(e[0] for e in ends), sum(e[1] for e in ends)
    raise ValueError("no sample person takes cash abroad")


def price_of(tariff, account):
    """Least and most of a year, and whether all of it is known."""
    fixed, idle, abroad_price, _, cash, beyond, _ = TARIFFS[tariff]
    if not account.has_card:
        fixed -= CARDS.get(tariff, 0)
    passed = sum(fee(m) == "Commissions d’intervention" for m in account.fees)
    ends = abroad(abroad_price, [-m.amount for m in account.cards if foreign(m)])
    known, low, high = ends is not None, 0, 0
    if known:
        low, high = ends
    if account.has_card:
        low, high = low + idle * account.idle, high + idle * account.idle
    low, high = low + passed * beyond[0], high + passed * beyond[1]
    scale = 1 if account.whole else Fraction(365, account.known)
    return fixed + rounded(low * scale), fixed + rounded(high * scale), known


def figures(life, today):
    if not life.bank:
        return needs_data()
    it = Figures()
    last = max(m.day for m in life.bank)
    start = last - timedelta(364)
    names = {}
    for move in life.bank:
        names.setdefault((move.holder, move.account), []).append(move)
    everything = Account(life.bank, start, last)
    accounts = [(holder, Account(moves, start, last)) for (holder, _), moves in names.items()]
    accounts = [one for one in accounts if one[1].moves]
    main = max((account for _, account in accounts), key=lambda a: (len(a.cards), len(a.moves)))
    it.euros("En bref", "Frais vus, tous comptes", cents=everything.cost())
    it.number("En bref", "Jours connus", number=everything.known, unit="day")
    overdraft = everything.cost("Agios (intérêts débiteurs)", "Commissions d’intervention")
    if overdraft:
        it.euros("En bref", "Dont le découvert", cents=overdraft)
    else:
        it.absent("En bref", "Dont le découvert")
    for name in FEES:
        of = [m for m in everything.fees if fee(m) == name]
        if of:
            it.number("Ce que vos comptes ont coûté", name, "Nombre", number=len(of))
            it.euros("Ce que vos comptes ont coûté", name, "Coût", cents=everything.cost(name))
        else:
            it.absent("Ce que vos comptes ont coûté", name, "Nombre")
    used = {
        "Paiements par carte": everything.cards,
        "dont dans une autre monnaie": [m for m in everything.cards if foreign(m)],
        "Retraits": [],
        "Prélèvements": [m for m in everything.moves if m.means == "debit" and m.amount < 0],
        "Virements émis": [m for m in everything.moves if m.means == "transfer" and m.amount < 0],
        "dont instantanés": [],
        "Chèques émis": [m for m in everything.moves if m.means == "cheque" and m.amount < 0],
        "Chèques remis": [],
    }
    for name, of in used.items():
        it.number("Ce dont vous vous servez", name, "Nombre", number=len(of))
        it.euros("Ce dont vous vous servez", name, "Montant", cents=-sum(m.amount for m in of))
    if len(accounts) > 1:
        for holder, account in accounts:
            it.euros("Compte par compte", holder, "Frais", cents=account.cost())
            it.number("Compte par compte", holder, "Jours connus", number=account.known, unit="day")
    title = "Le même usage, aux tarifs publiés" if main.whole else "Un an, à votre rythme"
    if main.known < 60:
        it.absent("En bref", "Le tarif le moins cher, au plus")
        it.absent(title, "N26 Standard", "Au moins")
        return it
    prices = {name: price_of(name, main) for name in TARIFFS}
    for name, (low, high, known) in prices.items():
        it.euros(title, name, "Compte et carte", cents=TARIFFS[name][0])
        it.euros(title, name, "Au moins", cents=low)
        if known:
            it.euros(title, name, "yearly cost", cents=high)
        else:
            it.unknown(title, name, "yearly cost")
    cheques = any(m.means == "cheque" and m.amount < 0 for m in main.moves)
    overdrawn = any(fee(m) in ("Agios (intérêts débiteurs)", "Commissions d’intervention") for m in main.fees)
    fit = [(high, low) for name, (low, high, known) in prices.items()
           if known and (TARIFFS[name][6] or not cheques) and not (overdrawn and name in NO_OVERDRAFT)]
    most, least = min(fit)
    it.euros("En bref", "Le tarif le moins cher, au plus", cents=most)
    advice = "Regardez de plus près ce qui vous coûterait moins"
    if not main.whole:
        it.absent(title, "Ce que vous payez", "yearly cost")
        it.absent("advice", advice, "money")
        return it
    paid = main.cost(*COMPARED)
    it.euros("En bref", "Frais comparables du compte principal", cents=paid)
    it.euros(title, "Ce que vous payez", "yearly cost", cents=paid)
    # Less than 10 euros is not worth it; a saving must be larger than the doubt.
    if paid - most >= 1_000 and paid - most > most - least:
        it.euros("advice", advice, "money", cents=paid - most)
    else:
        it.absent("advice", advice, "money")
    return it
