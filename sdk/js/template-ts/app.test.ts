import assert from "node:assert/strict";
import { test } from "node:test";
import { NeedsData } from "@mesinfos/sdk";
import { run } from "@mesinfos/sdk/testing";
import app from "./app.ts";

const bank = [
  { bookedOn: "2025-11-03", amount: -120_000, currency: "EUR" },
  { bookedOn: "2025-12-04", amount: -200_000, currency: "EUR" },
  { bookedOn: "2025-12-28", amount: 250_000, currency: "EUR" },
];

test("the mean of the months is shown, and how many passed the limit", () => {
  const view = run(app, { rows: { bank }, today: "2025-12-31", answers: { limit: 1_500 } });
  const figures = view.pages[0]?.sections[0]?.blocks[0];
  assert.ok(figures?.tag === "key-figures");
  assert.deepEqual(figures.val[0]?.value, {
    tag: "money",
    val: { amount: { mantissa: 160_000, scale: 2 }, currency: "EUR" },
  });
  assert.deepEqual(figures.val[1]?.value, {
    tag: "quantity",
    val: { amount: { mantissa: 1, scale: 0 }, unit: "month" },
  });
});

test("without rows, the app says what it needs", () => {
  assert.throws(() => run(app), NeedsData);
});
