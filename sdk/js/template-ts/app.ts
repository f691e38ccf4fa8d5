// Spending by month, and how often it passed a limit that the person sets.
import { app, lastMonths, Money, NeedsData, type Context, type Day } from "@mesinfos/sdk";
import { amount, bookedOn, rows } from "@mesinfos/sdk/bank";
import * as params from "@mesinfos/sdk/params";
import * as view from "@mesinfos/sdk/view";

/** What was spent in each month of the last year, the oldest first. Of several currencies, euros are counted. */
function spending(today: Day): Map<number, Money> {
  const months = new Map<number, Money>();
  for (const row of rows({ bookedOn, amount }, lastMonths(today, 12))) {
    if (!row.bookedOn || row.amount?.currency !== "EUR" || !row.amount.isNegative) continue;
    const month = row.bookedOn.monthStart.days;
    months.set(month, row.amount.negated.plus(months.get(month) ?? new Money(0, "EUR")));
  }
  return months;
}

function run(ctx: Context) {
  const { t } = ctx;
  const found = [...spending(ctx.today)];
  if (found.length === 0) throw new NeedsData("bank");
  const days = found.map(([month]) => ctx.today.plusDays(month - ctx.today.days));
  const spent = found.map(([, money]) => money);
  const limit = ctx.money("limit", "EUR") ?? Money.parse("1500.00 EUR");
  const above = spent.filter((money) => money.compareTo(limit) > 0).length;
  const each = Money.sum(spent, "EUR").dividedBy(spent.length);
  return view.report(ctx, {
    title: t("Dépenses par mois", "Spending by month"),
    headline: t("Ce que vous dépensez, mois par mois.", "What you spend, month by month."),
    sections: [
      view.section(
        t("En bref", "In short"),
        view.figures(
          view.figure("cart", t("Dépensé par mois", "Spent a month"), each, { spark: spent }),
          view.figure("bell", t("Mois au-dessus de la limite", "Months above the limit"), view.quantity(above, "month")),
        ),
      ),
      view.section(
        t("Mois par mois", "Month by month"),
        view.byMonth(
          t("Dépenses", "Spending"),
          t("Les dépenses de chaque mois, face à votre limite.", "What each month cost, beside your limit."),
          "bar",
          days,
          [
            view.series(t("Dépensé", "Spent"), spent),
            view.series(t("Limite", "Limit"), days.map(() => limit), { tone: "compare" }),
          ],
        ),
      ),
    ],
  });
}

export default app({
  run,
  parameters: ({ t }) => [
    params.amount("limit", t("Limite par mois", "Limit for a month"), {
      max: Money.parse("10000.00 EUR"),
      step: Money.parse("50.00 EUR"),
      initial: Money.parse("1500.00 EUR"),
    }),
  ],
});
