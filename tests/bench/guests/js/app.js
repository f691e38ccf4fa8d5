// Budget: spending by month and kind, the balance, and payments that come back every month.
// The same app as ../python, which gives the same view.
import { Reader } from "mesinfos:data/bank@0.1.0";
import * as m from "./mesinfos.js";

// Kinds of spending that are shown apart, by their code; the rest is one.
const OTHER = 8;
const KINDS = [
  [0, "Carte", "Card"],
  [2, "Prélèvements", "Direct debits"],
  [1, "Virements", "Transfers"],
  [3, "Espèces", "Cash"],
  [OTHER, "Autres", "Other"],
];
const SHOWN = new Set(KINDS.map(([code]) => code));

// What is known of the movements in one currency. Amounts of different currencies are never added.
const account = () => ({ rows: 0, income: 0, balance: undefined, months: new Map(), payments: new Map() });

function add(into, month, minor, kind, label) {
  into.rows += 1;
  if (minor >= 0) {
    into.income += minor;
    return;
  }
  const shown = SHOWN.has(kind) ? kind : OTHER;
  let kinds = into.months.get(month);
  if (kinds === undefined) into.months.set(month, (kinds = new Map()));
  kinds.set(shown, (kinds.get(shown) ?? 0) - minor);
  const words = label.replace(/[0-9]+/g, "");
  const paid = into.payments.get(words);
  if (paid === undefined) into.payments.set(words, [[month, -minor]]);
  else paid.push([month, -minor]);
}

function read() {
  const accounts = new Map();
  const reader = new Reader({});
  for (let page = reader.next(); page; page = reader.next()) {
    const [days, kinds] = [m.days(page.bookedOn()), page.kind()];
    const [amounts, balances] = [m.longs(page.amount()), m.longs(page.balance())];
    const [currencies, labels] = [m.terms(page.currency()), m.texts(page.label())];
    const months = new Map();
    for (let row = 0; row < days.length; row++) {
      const [day, minor, currency] = [days[row], amounts[row], currencies[row]];
      if (day === undefined || minor === undefined || currency === undefined) continue;
      let month = months.get(day);
      if (month === undefined) months.set(day, (month = day - m.date(day).day + 1));
      let into = accounts.get(currency);
      if (into === undefined) accounts.set(currency, (into = account()));
      add(into, month, minor, kinds[row], labels[row] ?? "");
      into.balance = balances[row] ?? into.balance;
    }
    page[Symbol.dispose]();
  }
  return accounts;
}

// Payments of one label in three months or more, once in each, whose amounts are within 15 % of
// their mean: label and mean in minor units, the dearest first.
function recurring(payments) {
  const found = [];
  for (const label of [...payments.keys()].sort()) {
    const paid = payments.get(label);
    const once = paid.every(([month], at) => at === 0 || paid[at - 1][0] !== month);
    if (!once || paid.length < 3 || label.trim() === "") continue;
    const mean = Math.trunc(sum(paid.map(([, minor]) => minor)) / paid.length);
    if (paid.every(([, minor]) => Math.abs(minor - mean) * 100 <= mean * 15)) found.push([label.trim(), mean]);
  }
  return found.sort((one, other) => other[1] - one[1]).slice(0, 30);
}

const sum = (numbers) => [...numbers].reduce((all, one) => all + one, 0);

function view(lang, accounts) {
  const t = (fr, en) => (lang === "en" ? en : fr);
  // Of several currencies, the one with most rows is shown.
  const most = [...accounts].sort().reduce((best, one) => (best && best[1].rows > one[1].rows ? best : one), null);
  if (most === null) throw { tag: "needs-data", val: ["bank"] };
  const [currency, { months, payments, income, balance }] = most;
  const starts = [...months.keys()].sort((one, other) => one - other);
  const by = starts.map((month) => months.get(month));
  const of = (minor) => m.money(minor, currency);
  const major = (minor) => minor / 10 ** m.decimals(currency);
  const totals = by.map((kinds) => sum(kinds.values()));
  const count = Math.max(by.length, 1);
  const figures = [
    m.figure("cart", t("Dépensé par mois", "Spent a month"), of(Math.trunc(sum(totals) / count)), totals.map(major).slice(-60)),
    m.figure("money", t("Reçu par mois", "Received a month"), of(Math.trunc(income / count))),
  ];
  if (balance !== undefined) figures.push(m.figure("bank", t("Dernier solde", "Last balance"), of(balance)));
  const there = KINDS.filter(([code]) => by.some((kinds) => kinds.has(code)));
  const stacks = there.map(([code, fr, en]) => [t(fr, en), by.map((kinds) => major(kinds.get(code) ?? 0))]);
  const columns = [[t("Paiement", "Payment"), "text"], [t("Par mois", "A month"), "money"], [t("Par an", "A year"), "money"]];
  const rows = recurring(payments).map(([label, mean]) => [m.text(label), of(mean), of(mean * 12)]);
  return m.report(
    lang,
    "Budget",
    t("Vos dépenses mois par mois, et ce qui revient.", "What you spend month by month, and what comes back."),
    [
      m.section(t("En bref", "In short"), { tag: "key-figures", val: figures }),
      m.section(
        t("Mois par mois", "Month by month"),
        m.stackedByMonth(t("Dépenses par type", "Spending by kind"), t("Chaque mois, par type de paiement.", "Each month, by kind of payment."), starts.map(m.date), currency, stacks),
      ),
      m.section(t("Ce qui revient", "What comes back"), m.table(t("Paiements récurrents", "Recurring payments"), columns, rows)),
    ],
    accounts.size > 1 ? [t("Les autres devises ne sont pas comptées.", "Other currencies are not counted.")] : [],
  );
}

export const app = {
  parameters: () => [],
  run: (ctx) => view(ctx.lang.startsWith("en") ? "en" : "fr", read()),
};
