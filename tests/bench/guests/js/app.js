// The computation `budget` in JavaScript: the same view as ../budget, to the byte.
import { app, Day, Money } from "@mesinfos/sdk";
import { amount, bookedOn, kind, label, pages } from "@mesinfos/sdk/bank";
import * as view from "@mesinfos/sdk/view";

const KINDS = ["Card", "Transfer", "Direct debit", "Cash", "Other"];
const MISSING_DAY = -(2 ** 31);

/** Months since 1970-01 of days, each computed once. */
const known = new Map();
function monthOf(day) {
  let month = known.get(day);
  if (month === undefined) {
    const { year, month: number } = new Day(day);
    known.set(day, (month = (year - 1970) * 12 + number - 1));
  }
  return month;
}

/** Reads a page at a time, by column: the fast path of the SDK. */
function read() {
  let income = 0;
  const months = new Map();
  const payments = new Map();
  for (const page of pages({ bookedOn, amount, kind, label })) {
    for (let row = 0; row < page.length; row++) {
      const [day, minor, code] = [page.bookedOn[row], page.amount[row], page.kind[row]];
      if ((day ?? MISSING_DAY) === MISSING_DAY || Number.isNaN(minor ?? NaN) || (code ?? 255) === 255) continue;
      if (minor >= 0) {
        income += minor;
        continue;
      }
      const month = monthOf(day);
      if (!months.has(month)) months.set(month, KINDS.map(() => 0));
      months.get(month)[Math.min(code, KINDS.length - 1)] -= minor;
      const words = (page.label[row] ?? "").replace(/[0-9]/g, "");
      if (!payments.has(words)) payments.set(words, []);
      payments.get(words).push([month, -minor]);
    }
  }
  return { income, months: [...months].sort(([one], [other]) => one - other), recurring: recurring(payments) };
}

/** Payments of one label in three months or more, once in each, with amounts within 15 % of their mean. */
function recurring(payments) {
  const found = [];
  for (const [label, paid] of payments) {
    const once = paid.every(([month], at) => at === 0 || paid[at - 1][0] !== month);
    if (!once || paid.length < 3 || label.trim() === "") continue;
    const mean = Math.trunc(paid.reduce((sum, [, minor]) => sum + minor, 0) / paid.length);
    if (paid.every(([, minor]) => Math.abs(minor - mean) * 100 <= mean * 15)) found.push([label.trim(), mean]);
  }
  return found.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 30);
}

function run(ctx) {
  const { income, months, recurring } = read();
  const euros = (minor) => new Money(minor, "EUR");
  const series = KINDS.map((label, kind) => view.series(label, months.map(([, spent]) => euros(spent[kind])), { currency: "EUR" }));
  const days = months.map(([month]) => Day.of(1970 + Math.floor(month / 12), (month % 12) + 1, 1));
  return view.report(ctx, {
    title: "Budget",
    headline: "Measured.",
    sections: [
      view.section(
        "All",
        view.figures(view.figure("money", "Received", euros(income))),
        view.byMonth("Spending", "By month and kind.", "stacked-bar", days, series),
        view.table("Recurring payments", [["Payment", "text"], ["A month", "money"]], recurring.map(([label, mean]) => [label, euros(mean)])),
      ),
    ],
  });
}

export default app({ run });
