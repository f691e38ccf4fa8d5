import unittest

import app
from mesinfos import Money, NeedsData, testing

BANK = [
    {"booked_on": "2025-11-03", "amount": -120_000, "currency": "EUR"},
    {"booked_on": "2025-12-04", "amount": -200_000, "currency": "EUR"},
    {"booked_on": "2025-12-28", "amount": 250_000, "currency": "EUR"},
]


class Spending(unittest.TestCase):
    def test_the_mean_of_the_months_is_shown_and_how_many_passed_the_limit(self) -> None:
        limit = Money.parse("1500.00 EUR")
        view = testing.run(app, {"bank": BANK}, today="2025-12-31", answers={"limit": limit})
        kind, figures = view["pages"][0]["sections"][0]["blocks"][0]
        self.assertEqual(kind, "key-figures")
        self.assertEqual(figures[0]["value"][1]["amount"], {"mantissa": 160_000, "scale": 2})
        self.assertEqual(figures[1]["value"][1]["amount"], {"mantissa": 1, "scale": 0})

    def test_without_rows_the_app_says_what_it_needs(self) -> None:
        with self.assertRaises(NeedsData):
            testing.run(app)


if __name__ == "__main__":
    unittest.main()
