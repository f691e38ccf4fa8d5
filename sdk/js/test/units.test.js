import assert from "node:assert/strict";
import { test } from "node:test";
import { Day, Money } from "@mesinfos/sdk";

test("days go round", () => {
  for (let days = -200_000; days < 200_000; days += 13) {
    const day = new Day(days);
    assert.equal(Day.of(day.year, day.month, day.day).days, days);
  }
  const day = Day.parse("2026-11-23");
  assert.deepEqual([day.weekday, String(day.monthStart.plusMonths(2)), String(day.plusMonths(-11))], [0, "2027-01-01", "2025-12-01"]);
  assert.ok(day > Day.parse("2026-11-22") && day - Day.parse("2026-11-20") === 3);
  for (const wrong of ["2023-02-29", "2023-13-01", "23-01-01", "2023-00-01"]) assert.throws(() => Day.parse(wrong), RangeError);
});

test("money is whole minor units of one currency", () => {
  const price = Money.parse("-0.05 EUR");
  assert.deepEqual([price.minor, String(price.negated), String(Money.parse("7 JPY")), String(new Money(1_234, "TND"))], [-5n, "0.05 EUR", "7 JPY", "1.234 TND"]);
  assert.equal(String(Money.sum([price, new Money(10, "EUR")], "EUR")), "0.05 EUR");
  assert.throws(() => price.plus(new Money(1, "USD")), /cannot be added/);
  assert.throws(() => new Money(0.5, "EUR"), /whole number of minor units/);
  assert.throws(() => new Money(1, "eur"), /three capital letters/);
  assert.throws(() => Money.parse("1.234 EUR"), /written as/);
});

test("a quotient is rounded once, halves away from zero", () => {
  const divided = [[5, 2], [-5, 2], [5, -2], [-5, -2], [4, 3], [-4, 3]].map(([minor, by]) => Number(new Money(minor, "EUR").dividedBy(by).minor));
  assert.deepEqual(divided, [3, -3, -3, 3, 1, -1]);
});
