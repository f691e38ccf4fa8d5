"""The files of one person, read as their holders wrote them: one module for each format.

Nothing here is shared with the program under test.
"""

from pathlib import Path

from . import (badges, boursobank, browser, bills, camt, cda, contracts, documents, enedis, fhir, google_month,
               google_timeline, gpx, grdf, loan_table, ofx, orange_calls, orange_positions, profile, receipts, vcard, veolia,
               whatsapp)


class Life:
    """What the files of a person say."""

    def __init__(self, name, folder):
        self.name = name
        self.bank, self.power, self.days, self.gas, self.water = [], [], [], [], []
        self.receipts, self.calls, self.bills, self.contracts = [], [], [], []
        self.legs, self.points, self.claims, self.medicines = [], [], [], []
        self.credentials, self.loans, self.visits, self.contacts, self.messages = [], [], [], [], []
        self.profile, self.documents = [], []
        self.files = sorted(path.name for path in Path(folder).iterdir())
        for file in self.files:
            self._read(file, Path(folder) / file)

    def _read(self, file, path):
        if file == "boursobank.csv":
            self.bank += boursobank.read(path)
        elif file == "releve.ofx":
            self.bank += ofx.read(path)
        elif file == "releve-camt053.xml":
            self.bank += camt.read(path)
        elif file == "enedis-courbe-de-charge.csv":
            self.power += enedis.load_curve(path)
        elif file == "enedis-energie-quotidienne.csv":
            self.days += enedis.daily(path)
        elif file == "grdf.json":
            self.gas += grdf.read(path)
        elif file == "veolia-eau.csv":
            self.water += veolia.read(path)
        elif file == "intermarche-tickets.json":
            self.receipts += receipts.read(path)
        elif file == "orange-communications.json":
            self.calls += orange_calls.read(path)
        elif file == "orange-positions.json":
            self.points += orange_positions.read(path)
        elif file == "factures.json":
            self.bills += bills.read(path)
        elif file == "edf-contrat.json":
            self.contracts += contracts.edf(path)
        elif file == "maif-contrats.json":
            self.contracts += contracts.maif(path)
        elif file == "profil.json":
            self.profile += profile.read(path)
        elif file == "documents.json":
            self.documents += documents.read(path)
        elif file == "remboursements-fhir.json":
            self.claims += fhir.read(path)
        elif file == "mon-espace-sante.xml":
            self.medicines += cda.read(path)
        elif file == "open-badges.json":
            self.credentials += badges.read(path)
        elif file == "pret-etudiant.csv":
            self.loans += loan_table.read(path)
        elif file == "BrowserHistory.json":
            self.visits += browser.read(path)
        elif file == "contacts.vcf":
            self.contacts += vcard.read(path)
        elif file == "whatsapp.txt":
            self.messages += whatsapp.read(path)
        elif file == "Timeline.json":
            self.legs += google_timeline.read(path)
        elif file == "trajets-velo.gpx":
            legs, points = gpx.read(path)
            self.legs += legs
            self.points += points
        elif google_month.is_one(file):
            self.legs += google_month.read(path)
        else:
            raise ValueError(f"no reader for {path}")
