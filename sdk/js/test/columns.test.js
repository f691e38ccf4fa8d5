import assert from "node:assert/strict";
import { test } from "node:test";
import { app, Day, Energy, Money, NeedsData } from "@mesinfos/sdk";
import * as bank from "@mesinfos/sdk/bank";
import * as energy from "@mesinfos/sdk/energy";
import { run } from "@mesinfos/sdk/testing";
import { report } from "@mesinfos/sdk/view";
import { pagesOf } from "../lib/columns.js";

/** What an app's function gives over rows. */
function over(rows, does) {
  let found;
  const view = (ctx) => report(ctx, { title: "t", headline: "h", sections: [] });
  run(app({ run: (ctx) => ((found = does(ctx)), view(ctx)) }), { rows });
  return found;
}

const ROWS = [
  { bookedOn: "2025-01-31", amount: -1_250, currency: "EUR", kind: "direct-debit", label: "Œufs « bio »", account: "a" },
  { bookedOn: "2025-02-01", amount: 99, kind: "other", label: "PLAIN", account: "a" },
  { currency: "JPY" },
];

test("rows have the fields that were asked for", () => {
  const { amount, bookedOn, kind, label, rows } = bank;
  const found = over({ bank: ROWS }, () => [...rows({ bookedOn, amount, kind, label })]);
  assert.deepEqual(found.map(({ label, kind }) => [label, kind]), [["Œufs « bio »", "direct-debit"], ["PLAIN", "other"], [undefined, undefined]]);
  assert.deepEqual(found[0].bookedOn, Day.of(2025, 1, 31));
  assert.deepEqual(found[0].amount, Money.parse("-12.50 EUR"));
  // Without its currency an amount is not known.
  assert.deepEqual([found[1].amount, found[2].amount, found[2].bookedOn], [undefined, undefined, undefined]);
  assert.deepEqual(Object.keys(found[0]), ["bookedOn", "amount", "kind", "label"]);
});

test("pages are columns", () => {
  const { account, amount, bookedOn, kind, pages } = bank;
  const [page] = over({ bank: ROWS }, () => [...pages({ account, amount, bookedOn, kind })]);
  assert.equal(page.length, 3);
  assert.deepEqual([...page.amount], [-1_250, 99, NaN]);
  assert.deepEqual([...page.bookedOn], [20_119, 20_120, -(2 ** 31)]);
  assert.deepEqual([[...page.kind], kind.codes[2]], [[2, 8, 255], "direct-debit"]);
  assert.deepEqual([[...page.account.codes], page.account.values], [[0, 0, 2 ** 32 - 1], ["a"]]);
});

test("an instant has its local time, and energy its unit", () => {
  const rows = [{ start: "2025-06-30T22:30:00Z", utcOffset: 120, energy: 1_500_000 }, { start: "2025-06-30T22:30:00Z" }];
  const [local, utc] = over({ energy: rows }, () => [...energy.rows({ start: energy.start, energy: energy.energy })]);
  assert.deepEqual([String(local.start.date), local.start.hour, local.start.minute], ["2025-07-01", 0, 30]);
  assert.deepEqual([local.energy, local.energy.kwh], [new Energy(1_500_000), 1.5]);
  assert.deepEqual([String(utc.start.date), utc.start.hour, utc.energy], ["2025-06-30", 22, undefined]);
});

test("rows are named by their reader and their place", () => {
  const named = () => [...bank.rows({ as: bank.asSource })].map(({ as: { category, row } }) => [category, row]);
  assert.deepEqual(over({ bank: ROWS }, named), [["bank", 0], ["bank", 1], ["bank", 2]]);
});

test("a field of another category is refused", () => {
  assert.throws(() => over({}, () => [...bank.rows({ start: energy.start })]), /rows of bank: start is a field of energy/);
  assert.throws(() => over({}, () => [...bank.rows({ x: 1 })]), /rows of bank: x is no field/);
});

test("a whole number that a number cannot hold is an error, not another number", () => {
  const rows = [{ amount: 1, currency: "EUR" }];
  const huge = { bank: rows };
  assert.doesNotThrow(() => over(huge, () => [...bank.rows({ amount: bank.amount })]));
  assert.throws(() => over({ bank: [{ amount: 2 ** 60, currency: "EUR" }] }, () => [...bank.pages({ amount: bank.amount })]), TypeError);
});

test("outside a test there is no host", () => {
  assert.throws(() => [...bank.rows({ amount: bank.amount })], /there is no host here/);
});

test("a failure passes", () => {
  assert.throws(() => over({}, () => { throw new NeedsData("bank"); }), NeedsData);
});

test("a run that reads too many pages is told so", () => {
  class Reader {
    next() {
      return { rows: () => 1, bookedOn: () => [0] };
    }
  }
  const pages = pagesOf("bank", { Reader });
  const read = () => {
    for (const page of pages({ bookedOn: bank.bookedOn })) assert.equal(page.length, 1);
  };
  assert.throws(read, /a run reads at most 990 pages: read each category once/);
});
