import assert from "node:assert/strict";
import { test } from "node:test";
import { app, Day, Energy, Money } from "@mesinfos/sdk";
import * as params from "@mesinfos/sdk/params";
import { run } from "@mesinfos/sdk/testing";
import * as view from "@mesinfos/sdk/view";

const shown = (...blocks) => run(app({ run: (ctx) => view.report(ctx, { title: "t", headline: "h", sections: [view.section("s", ...blocks)] }) }));
const day = Day.of(2025, 1, 31);
const euros = Money.parse("12.34 EUR");

test("every block is one that the contract has", () => {
  const whole = shown(
    view.paragraph(view.rich`Spent ${euros} in ${view.month(day)}, ${view.strong("all")} of it.`),
    view.bullets(["one", view.rich`${1}`], "check"),
    view.figures(view.figure("cart", "a", euros, { spark: [euros, undefined, 1], trend: { direction: "up", change: euros, versus: "2024", tone: "bad" }, note: "n", because: [] })),
    view.table("t", [["a", "text"], ["b", "money"]], [["x", euros], [undefined, euros]]),
    view.byMonth("t", "k", "line", [day.monthStart], [view.series("s", [euros])]),
    view.byLabel("t", "k", "bar", ["a"], [view.series("s", [new Energy(1_500_000)])]),
    view.parts("t", "k", [["a", euros], ["b", euros]]),
    view.calendar("t", "k", day, [1, null], { unit: "kwh" }),
    view.heatmap("t", "k", ["r"], ["c", "d"], [1, 2], { unit: "kwh" }),
    view.timeline("t", [view.event(day, "e", "b", { value: euros, icon: "bell" })]),
    view.notice("info", "t", "b"),
    view.advice({ title: "t", body: "b", effort: "minutes", howComputed: "h", saves: euros, kgCo2e: 1 }),
    view.comparison("t", { criteria: ["c"], offers: [{ name: "n", provider: "p", values: [euros], yearlyCost: euros }], recommended: 0, disclosure: "none" }),
    view.progress({ label: "l", value: euros, target: euros }),
  );
  const blocks = whole.pages[0].sections[0].blocks;
  assert.deepEqual(blocks.map(({ tag }) => tag).filter((tag, at, all) => all.indexOf(tag) === at), [
    "paragraph", "bullets", "key-figures", "table", "chart", "timeline", "notice", "advice", "comparison", "progress",
  ]);
  assert.deepEqual(blocks[2].val[0].value, { tag: "money", val: { amount: { mantissa: 1_234, scale: 2 }, currency: "EUR" } });
  assert.deepEqual(blocks[5].val.plot.val.series[0], { label: "s", unit: "kwh", currency: null, points: [1.5], tone: "auto" });
});

test("what is wrong in a view is named", () => {
  const wrong = [
    [() => view.figures(view.figure("coffee", "Cafés", 1)), /pages\[0\]\.sections\[0\]\.blocks\[0\]\.keyFigures\[0\]\.icon: one of none, .* is expected, "coffee" is there \(in "Cafés"\)$/],
    [() => view.figures(view.figure("cart", undefined, 1)), /keyFigures\[0\]\.label: a text is expected, nothing is there/],
    [() => view.byLabel("t", undefined, "bar", [], []), /blocks\[0\]\.chart\.takeaway: a text is expected/],
    [() => view.byLabel("t", "k", "bar", ["a"], [view.series("s", [NaN])]).val.plot.val.series.push({}) && { tag: "chart" }, /blocks\[0\]\.chart: a chart is expected/],
    [() => ({ tag: "charts" }), /blocks\[0\]: a block is expected, a Object is there/],
    [() => view.table("t", [["a", "text"]], [["x", "y"]]), /table "t": row 0 has 2 cells, its columns are 1/],
    [() => view.byLabel("t", "k", "bar", ["a"], [view.series("s", [])]), /series "s" has 0 points, its axis has 1/],
    [() => view.figures(view.figure("cart", "a", 1.5)), /1.5: a number with decimals needs to be rounded/],
    [() => view.series("s", [euros, Money.parse("1.00 USD")]), /EUR and USD/],
  ];
  for (const [make, says] of wrong) assert.throws(() => shown(make()), says);
});

test("numbers are rounded once, halves away from zero", () => {
  assert.deepEqual([0.25, -0.25, 2.5].map((number) => view.decimal(number, 1).val.mantissa), [3, -3, 25]);
});

test("parameters are those of the contract, and come back", () => {
  let found;
  const given = app({
    run: (ctx) => ((found = [ctx.whole("n"), String(ctx.money("m", "EUR")), ctx.scaled("p", 4), ctx.flag("f"), ctx.choice("c"), String(ctx.date("d")), ctx.whole("none")]), view.report(ctx, { title: "t", headline: "h" })),
    parameters: () => [
      params.number("n", "n", { max: 9, initial: 1 }),
      params.amount("m", "m", { max: euros, initial: euros }),
      params.price("p", "p", { decimals: 4, max: 9_999, initial: 1_952 }),
      params.toggle("f", "f"),
      params.choice("c", "c", { a: "A" }),
      params.day("d", "d", { initial: day }),
    ],
  });
  run(given, { answers: { n: 3, m: 12.5, p: 0.1952, f: true, c: "a", d: day } });
  assert.deepEqual(found, [3, "12.50 EUR", 1_952n, true, "a", "2025-01-31", undefined]);
});
