"""pret-etudiant.csv: lines that name the loan, then the table of its instalments."""

from datetime import date
from fractions import Fraction

from arithmetic import cents

from .model import Instalment, Loan


def day(text):
    on, month, year = text.split("/")
    return date(int(year), int(month), int(on))


def money(text):
    return cents(text.replace("\u202f", "").replace(" ", "").removesuffix("€").replace(",", "."))


def read(path):
    lines = [line.strip().split(";") for line in open(path, encoding="utf-8")]
    at = next(number for number, line in enumerate(lines) if line[0] == "N°")
    said = {line[0]: line[1] for line in lines[:at] if len(line) == 2}
    table = [Instalment(day(line[1]), *map(money, line[2:])) for line in lines[at + 1:] if line[0].isdigit()]
    return [Loan(said["Type de prêt"], said["Prêteur"], money(said["Montant du prêt"]),
                 Fraction(said["Taux débiteur fixe"].removesuffix("%").strip().replace(",", ".")),
                 day(said["Date de mise à disposition"]), table)]
