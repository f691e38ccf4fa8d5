// Each block of a view, once: `tests/hostile-apps/blocks` in JavaScript. The book shows this code.
import { app, Money } from "@mesinfos/sdk";
import * as view from "@mesinfos/sdk/view";

const euros = (cents) => new Money(cents, "EUR");

/** The last months, the oldest first. */
const months = (ctx, count) => Array.from({ length: count }, (_, at) => ctx.today.monthStart.plusMonths(at + 1 - count));

// [paragraph]
function paragraph({ lang, today }) {
  const [spent, month] = [euros(148_620), view.month(today)];
  return view.paragraph(
    lang === "fr" ? view.rich`Vous avez dépensé ${spent} en ${month}.` : view.rich`You spent ${spent} in ${month}.`,
  );
}
// [end]

// [bullets]
function bullets({ t }) {
  const items = [
    t("Les loyers sont comptés.", "Rents are counted."),
    t("Les virements entre vos comptes ne le sont pas.", "Transfers between your accounts are not."),
  ];
  return view.bullets(items, "check");
}
// [end]

// [figures]
function figures({ t }) {
  const change = view.quantity(12, "percent");
  return view.figures(
    view.figure("money", t("Dépense par mois", "Spent a month"), euros(148_620), {
      spark: [140, 130.5, 90, 60, 120],
      trend: { direction: "down", change, versus: t("par rapport à 2024", "compared with 2024"), tone: "good" },
      note: t("Moyenne de vos 12 derniers mois entiers.", "Average of your latest 12 full months."),
    }),
    view.figure("cart", t("Achats", "Purchases"), view.quantity(42, "item")),
  );
}
// [end]

// [table]
function table({ t, today }) {
  const columns = [
    [t("Facture", "Bill"), "text"],
    [t("Date", "Date"), "date"],
    [t("Énergie", "Energy"), "quantity"],
    [t("Montant", "Amount"), "money"],
  ];
  const row = (name, back, kwh, cents) => [name, today.plusDays(-back), view.quantity(kwh, "kwh"), euros(cents)];
  const rows = [row(t("Hiver", "Winter"), 30, 512, 9_905), row(t("Automne", "Autumn"), 90, 310, 6_020)];
  return view.table(t("Vos factures", "Your bills"), columns, rows);
}
// [end]

// [bar]
function bar(ctx) {
  const used = view.series(ctx.t("Consommé", "Used"), [210, 180, 95, 60, 120, 205], { unit: "kwh" });
  const takeaway = ctx.t("L’hiver pèse le plus.", "Winter weighs most.");
  return view.byMonth(ctx.t("Électricité par mois", "Electricity by month"), takeaway, "bar", months(ctx, 6), [used]);
}
// [end]

// [line]
function line(ctx) {
  const spent = view.series(ctx.t("Courses", "Groceries"), [120.5, 98, 143, 110], { currency: "EUR" });
  const limit = view.series(ctx.t("Limite", "Limit"), Array(4).fill(115), { currency: "EUR", tone: "compare" });
  const takeaway = ctx.t("Deux mois sur quatre dépassent la limite.", "Two months of four exceed the limit.");
  const title = ctx.t("Courses par mois", "Groceries by month");
  return view.byMonth(title, takeaway, "line", months(ctx, 4), [spent, limit]);
}
// [end]

// [area]
function area(ctx) {
  // A month that is not known is a gap.
  const saved = view.series(ctx.t("Épargne", "Savings"), [900, 1_150, undefined, 1_400, 1_380], { currency: "EUR" });
  const takeaway = ctx.t("Votre épargne augmente.", "Your savings grow.");
  return view.byMonth(ctx.t("Épargne par mois", "Savings by month"), takeaway, "area", months(ctx, 5), [saved]);
}
// [end]

// [stacked-bar]
function stackedBar({ t }) {
  const labels = [t("semaine", "weekdays"), t("week-end", "weekend")];
  const bike = view.series(t("Vélo", "Bicycle"), [38, 22], { unit: "km" });
  const train = view.series(t("Train", "Train"), [12, 90], { unit: "km" });
  const takeaway = t("Le train sert le week-end.", "The train is for weekends.");
  return view.byLabel(t("Trajets par jour", "Trips by day"), takeaway, "stacked-bar", labels, [bike, train]);
}
// [end]

// [parts]
function parts({ t }) {
  const slices = [[t("Chauffage", "Heating"), 620], [t("Eau chaude", "Hot water"), 210]];
  const takeaway = t("Le chauffage coûte le plus.", "Heating costs most.");
  return view.parts(t("Répartition", "Breakdown"), takeaway, slices, { currency: "EUR" });
}
// [end]

// [calendar]
function calendar({ t, today }) {
  const values = Array.from({ length: 60 }, (_, day) => (day * 37) % 90);
  const takeaway = t("Aucun jour ne se ressemble.", "No two days are alike.");
  const title = t("Électricité par jour", "Electricity by day");
  return view.calendar(title, takeaway, today.plusDays(-59), values, { unit: "kwh" });
}
// [end]

// [heatmap]
function heatmap({ t }) {
  const days = [t("lundi", "Monday"), t("samedi", "Saturday")];
  const times = [t("matin", "morning"), t("midi", "noon"), t("soir", "evening")];
  const takeaway = t("Vous consommez le plus le soir.", "You use most in the evening.");
  const title = t("Quand vous consommez", "When you use electricity");
  return view.heatmap(title, takeaway, days, times, [3, 1, 8, 2, 6, 9], { unit: "kwh" });
}
// [end]

// [timeline]
function timeline({ t, today }) {
  const words = t("Le prix a augmenté.", "The price went up.");
  const event = view.event(today.plusDays(-200), t("Nouveau contrat", "New contract"), words, {
    value: euros(4_500),
    icon: "contract",
  });
  return view.timeline(t("Ce qui a changé", "What changed"), [event]);
}
// [end]

// [notice]
function notice({ t }) {
  const words = t("Les chiffres de mars ne sont pas complets.", "The figures of March are not complete.");
  return view.notice("warning", t("Un mois manque", "A month is missing"), words);
}
// [end]

// [advice]
function advice({ t }) {
  return view.advice({
    title: t("Baissez le chauffage la nuit", "Turn the heating down at night"),
    body: t("Un degré de moins suffit.", "One degree less is enough."),
    effort: "minutes",
    howComputed: t("7 % de votre chauffage de l’an dernier.", "7% of your heating of last year."),
    saves: euros(4_340),
    kgCo2e: 85,
  });
}
// [end]

// [comparison]
function comparison({ t }) {
  const provider = t("Offre inventée", "Made-up offer");
  const months = (count) => [view.quantity(count, "month")];
  const blue = { name: t("Tarif bleu", "Blue plan"), provider, isCurrent: true, yearlyCost: euros(148_620), values: months(12) };
  const green = {
    name: t("Tarif vert", "Green plan"),
    provider,
    yearlyCost: euros(127_400),
    values: months(24),
    pros: [t("Moins cher l’hiver", "Cheaper in winter")],
    cons: [t("Engagement", "Commitment")],
  };
  return view.comparison(t("Deux offres", "Two offers"), {
    criteria: [t("Durée", "Duration")],
    offers: [blue, green],
    recommended: 1,
    disclosure: t("L’auteur n’a de lien avec aucun fournisseur.", "The author has no ties to any supplier."),
  });
}
// [end]

// [progress]
function progress({ t }) {
  const label = t("Budget du mois", "Budget of the month");
  return view.progress({ label, value: euros(4_550), target: euros(6_000) });
}
// [end]

const WORDS = { paragraph, bullets, figures, table, timeline, notice, advice, comparison, progress };
const CHARTS = { bar, line, area, "stacked-bar": stackedBar, parts, calendar, heatmap };

const sections = (blocks, ctx) => Object.entries(blocks).map(([name, block]) => view.section(name, block(ctx)));

export default app({
  run: (ctx) =>
    view.report(ctx, {
      title: ctx.t("Blocs", "Blocks"),
      headline: ctx.t("Chaque bloc d’un résultat, une fois.", "Each block of a view, once."),
      pages: [
        view.page(ctx.t("Blocs", "Blocks"), "none", sections(WORDS, ctx)),
        view.page(ctx.t("Graphiques", "Charts"), "chart", sections(CHARTS, ctx)),
      ],
    }),
});
