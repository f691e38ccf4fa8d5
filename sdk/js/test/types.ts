// Checked by tsc, never run: rows have the fields that were asked for, and no other.
import { app, type Day, type Money } from "@mesinfos/sdk";
import { amount, bookedOn, kind, pages, rows, asSource } from "@mesinfos/sdk/bank";
import * as view from "@mesinfos/sdk/view";
for (const row of rows({ day: bookedOn, amount, kind, asSource })) {
  const day: Day | undefined = row.day;
  const money: Money | undefined = row.amount;
  const k: "card" | "transfer" | "direct-debit" | "cash" | "cheque" | "fee" | "interest" | "deposit" | "other" | undefined = row.kind;
  const s: number = row.asSource.row;
  // @ts-expect-error not asked for
  row.label;
  // @ts-expect-error no float is money
  view.parts("a", "b", [["x", row.amount.minor * 1.5]]);
  void [day, money, k, s];
}
for (const page of pages({ amount, kind })) {
  const a: Float64Array = page.amount;
  const b: Uint8Array = page.kind;
  // @ts-expect-error not asked for
  page.bookedOn;
  void [a, b];
}
// @ts-expect-error no such icon
view.figure("coffee", "a", 1);
export default app({ run: (ctx) => view.report(ctx, { title: "a", headline: "b" }) });
