"""Tests of the oracle itself: python3 -m unittest discover tests/oracle."""

import sys
import unittest
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import check  # noqa: E402
from arithmetic import add_months, from_france, in_france, median, rounded  # noqa: E402
from banking import own_transfers, payee, theme  # noqa: E402
from figures import ABSENT, Expected, Names  # noqa: E402
from claims import false_claims  # noqa: E402
from figures.parcours import payment, plan  # noqa: E402
from moving import once  # noqa: E402
from readers.model import Leg, Move  # noqa: E402
from view import Shown, View  # noqa: E402

NOON = datetime(2025, 1, 1, 12, tzinfo=timezone.utc)


class Arithmetic(unittest.TestCase):
    def test_half_goes_away_from_zero(self):
        self.assertEqual([rounded(Fraction(n, 2)) for n in (1, 3, -1, -3, 2)], [1, 2, -1, -2, 1])
        self.assertEqual(rounded(Fraction("16.279"), 2), Fraction("16.28"))

    def test_a_median_is_between_the_two_in_the_middle(self):
        self.assertEqual(median([3, 1, 2, 10]), Fraction(5, 2))
        self.assertEqual(median([3, 1, 2]), 2)
        self.assertIsNone(median([]))

    def test_summer_time_begins_and_ends_at_one_in_utc(self):
        for moment, hour in (("2025-03-30T00:59", 1), ("2025-03-30T01:00", 3), ("2025-10-26T00:59", 2),
                             ("2025-10-26T01:00", 2)):
            utc = datetime.fromisoformat(moment).replace(tzinfo=timezone.utc)
            self.assertEqual(in_france(utc).hour, hour, moment)
        morning, evening = from_france(datetime(2025, 3, 29, 6)), from_france(datetime(2025, 3, 30, 6))
        self.assertEqual(evening - morning, timedelta(hours=23))

    def test_months_end(self):
        self.assertEqual(add_months(date(2025, 1, 31), 1), date(2025, 2, 28))


class Sources(unittest.TestCase):
    def test_a_ride_in_two_files_is_one_ride(self):
        ride = Leg("Google", NOON, NOON + timedelta(minutes=20), "bicycle", 4242, ((0, 0), (1, 1)))
        track = ride._replace(source="GPX", metres=2750)
        later = track._replace(start=NOON + timedelta(hours=2), end=NOON + timedelta(hours=3))
        self.assertEqual(once([ride, track, later]), [ride, later])

    def test_a_transfer_between_own_accounts_is_not_spent(self):
        out = Move("a", "A", date(2025, 1, 3), -10_000, "VIR SEPA COMPTE COMMUN", "transfer", None)
        into = Move("b", "B", date(2025, 1, 4), 10_000, "VIR SEPA COMPTE PERSONNEL", "transfer", None)
        rent = out._replace(amount=-5_000, label="PRLV SEPA LOYER OFFICE HLM", means="debit")
        self.assertEqual(own_transfers([out, into, rent]), {0, 1})
        self.assertEqual((payee(rent.label), theme(rent)), ("LOYER OFFICE HLM", "home"))

    def test_a_loan_ends(self):
        monthly = payment(420_000, Fraction("4.45"), 120)
        self.assertEqual(plan(420_000, Fraction("4.45"), monthly)[0], 120)
        self.assertIsNone(plan(420_000, Fraction("4.45"), monthly - 1, 120))


class Comparing(unittest.TestCase):
    def test_a_claim_of_now_is_found_in_both_languages(self):
        def said(text, lang, title="Part"):
            view = {"headline": text, "limits": [], "pages": [{"sections": [{"title": title, "blocks": []}]}]}
            return list(false_claims("budget", view, 2025, lang))
        for text, lang in (("Vos derniers mois", "fr"), ("Ce que vous payez en un an", "fr"), ("For your latest months", "en"),
                           ("What you pay a year", "en"), ("You spent less this month", "en")):
            self.assertEqual(said(text, lang), [text])
        for text, lang in (("Vos derniers mois de 2025", "fr"), ("Based on your past months", "en"), ("This month of 2025", "en"),
                           ("A contract over a year old", "en"), ("Nothing is scaled to a year", "en")):
            self.assertEqual(said(text, lang), [])

    def test_a_cent_is_a_difference(self):
        right = Expected(Fraction("16.279"), "EUR", 2)
        self.assertTrue(check.equal(right, Shown(Fraction("16.28"), "EUR", 2)))
        self.assertFalse(check.equal(right, Shown(Fraction("16.27"), "EUR", 2)))
        self.assertFalse(check.equal(right, Shown(Fraction("16.28"), "USD", 2)))
        self.assertTrue(check.equal(right, Shown(Fraction(16.279), "EUR", None)), "a chart does not round")
        self.assertFalse(check.equal(right, Shown(Fraction(16.27), "EUR", None)))

    def test_what_is_missing_or_too_much_is_a_difference(self):
        right = Expected(Fraction(1), "EUR", 2)
        self.assertFalse(check.equal(right, ABSENT))
        self.assertFalse(check.equal(ABSENT, Shown(Fraction(1), "EUR", 2)))
        self.assertFalse(check.equal(None, ABSENT))
        self.assertFalse(check.equal(Names(frozenset("a")), Names(frozenset("ab"))))

    def test_a_known_fault_covers_no_more_than_it_says(self):
        fault = {"app": "conso", "paths": ["Par an"], "ends": ["Énergie"], "within": "0.02"}
        row = check.Row("conso", "famille", "Par an / Base / Énergie", False, "1.02", "1.01", Fraction("0.01"))
        self.assertTrue(check.covers(fault, row))
        for other in (row._replace(apart=Fraction("0.03")), row._replace(apart=None), row._replace(app="budget"),
                      row._replace(path="Par an / Base / yearly cost")):
            self.assertFalse(check.covers(fault, other))

    def test_what_is_missing_is_known_only_if_the_fault_says_so(self):
        fault = {"app": "conso", "paths": ["Par an"]}
        row = check.Row("conso", "famille", "Par an / Base / Énergie", False, "1.02", check.shown_as(ABSENT), None)
        self.assertFalse(check.covers(fault, row))
        self.assertTrue(check.covers({**fault, "missing": True}, row))

    def test_a_view_is_flattened(self):
        cell = {"type": "money", "value": {"amount": {"mantissa": 1234, "scale": 2}, "currency": "EUR"}}
        table = {"title": "Paid", "columns": [{"label": "Who"}, {"label": "Sum"}],
                 "cells": [{"type": "text", "value": "EDF"}, cell] + [{"type": "text", "value": "EDF"}, {"type": "missing"}]}
        section = {"title": None, "blocks": [{"type": "table", "value": table}]}
        values = View({"limits": [], "pages": [{"title": "P", "sections": [section]}]}).values
        self.assertEqual(values["Paid", "EDF", "Sum"], Shown(Fraction("12.34"), "EUR", 2))
        self.assertIsNone(values["Paid", "EDF", "Sum", "#2"])


if __name__ == "__main__":
    unittest.main()
