// Builders of a view. Every text is a text: there is no markup.

import { Day, Energy, Moment, Money } from "./lib/units.js";

const date = (day) => ({ year: day.year, month: day.month, day: day.day });
const money = (amount) => ({
  amount: { mantissa: amount.minor, scale: amount.decimals },
  currency: amount.currency,
});

/** A value as the host formats it. */
function value(given) {
  if (given === null || given === undefined) return { tag: "missing" };
  if (typeof given === "string") return { tag: "text", val: given };
  if (typeof given === "boolean") return { tag: "flag", val: given };
  if (typeof given === "bigint" || Number.isInteger(given)) {
    return { tag: "number", val: { mantissa: given, scale: 0 } };
  }
  if (typeof given === "number") {
    throw new TypeError(`${given}: a number with decimals needs to be rounded: decimal(value, decimals) or quantity(value, unit, decimals)`);
  }
  if (given instanceof Money) return { tag: "money", val: money(given) };
  if (given instanceof Day) return { tag: "date", val: date(given) };
  if (given instanceof Moment) {
    return { tag: "date-time", val: { date: date(given.date), hour: given.hour, minute: given.minute } };
  }
  // 1 kWh is a million mWh.
  if (given instanceof Energy) return quantity(given.milliwattHours / 1e6, "kwh", 1);
  return given;
}

/** A number rounded once, halves away from zero, to a whole number of its last decimal. */
function scaled(number, decimals) {
  if (typeof number === "bigint") return { mantissa: number * 10n ** BigInt(decimals), scale: decimals };
  if (!Number.isFinite(number)) throw new TypeError(`a finite number is expected, not ${number}`);
  const digits = Math.round(Math.abs(number) * 10 ** decimals);
  return { mantissa: number < 0 ? 0 - digits : digits, scale: decimals };
}

export const decimal = (number, decimals) => ({ tag: "number", val: scaled(number, decimals) });

export const quantity = (amount, unit, decimals = 0) => ({ tag: "quantity", val: { amount: scaled(amount, decimals), unit } });

export const price = (amount, decimals, currency) => ({
  tag: "money",
  val: { amount: { mantissa: amount, scale: decimals }, currency },
});

export const month = (day) => span(day.monthStart, day.plusMonths(1), "month");

export const span = (start, end, step) => ({ tag: "span", val: { start: date(start), end: date(end), step } });

const isPiece = (given) => ["plain", "marked", "val"].includes(given?.tag);

const pieces = (given) => {
  if (Array.isArray(given)) return given;
  return isPiece(given) ? [given] : [{ tag: "plain", val: given }];
};

export function rich(words, ...values) {
  return words.flatMap((plain, at) => {
    const before = plain === "" ? [] : [{ tag: "plain", val: plain }];
    if (at >= values.length) return before;
    return [...before, isPiece(values[at]) ? values[at] : { tag: "val", val: value(values[at]) }];
  });
}

const marked = (emphasis) => (words) => ({ tag: "marked", val: [emphasis, words] });
export const strong = marked("strong");
export const soft = marked("soft");

/** Numbers of a chart, and their unit. */
function points(given, { unit, currency }) {
  let found = currency;
  const numbers = Array.from(given, (point) => {
    if (point === null || point === undefined || Number.isNaN(point)) return null;
    if (point instanceof Energy) return point.kwh;
    if (!(point instanceof Money)) return point;
    found ??= point.currency;
    if (point.currency !== found) throw new RangeError(`a series has ${found} and ${point.currency}: make one for each currency`);
    return point.major;
  });
  const isEnergy = Array.from(given).some((point) => point instanceof Energy);
  return { numbers, unit: unit ?? (isEnergy ? "kwh" : "none"), currency: found ?? null };
}

export const paragraph = (body) => ({ tag: "paragraph", val: { body: pieces(body) } });

export const bullets = (items, style = "bullet") => ({ tag: "bullets", val: { style, items: items.map(pieces) } });

export function figure(icon, label, given, { spark = [], trend, note, because } = {}) {
  if (because !== undefined) cite(label, because);
  const change = trend && {
    direction: trend.direction,
    change: value(trend.change),
    versus: trend.versus,
    tone: trend.tone ?? "neutral",
  };
  return { label, value: value(given), trend: change ?? null, spark: points(spark, {}).numbers, icon, note: note ?? null };
}

/** Names the rows behind a figure, those of one reader at a time. */
function cite(label, sources) {
  const readers = new Map();
  for (const { category, reader, row, cite } of sources) {
    const key = `${category} ${reader}`;
    if (!readers.has(key)) readers.set(key, { category, reader, cite, rows: new Set() });
    readers.get(key).rows.add(row);
  }
  for (const key of [...readers.keys()].sort()) {
    const { category, reader, cite, rows } = readers.get(key);
    cite?.(label, category, reader, [...rows].sort((one, other) => one - other));
  }
}

export const figures = (...figures) => ({ tag: "key-figures", val: figures.flat() });

export function table(title, columns, rows) {
  const heads = columns.map(([label, kind]) => ({ label, kind }));
  rows.forEach((row, at) => {
    if (row.length !== heads.length) {
      throw new RangeError(`table "${title}": row ${at} has ${row.length} cells, its columns are ${heads.length}`);
    }
  });
  return { tag: "table", val: { title, columns: heads, cells: rows.flatMap((row) => row.map(value)) } };
}

export function series(label, given, { unit, currency, tone = "auto" } = {}) {
  const found = points(given, { unit, currency });
  return { label, unit: found.unit, currency: found.currency, points: found.numbers, tone };
}

const chart = (title, takeaway, tag, val) => ({ tag: "chart", val: { title, takeaway, plot: { tag, val } } });

function xy(title, takeaway, kind, axis, length, series) {
  for (const { label, points } of series) {
    if (points.length !== length) {
      throw new RangeError(`chart "${title}": series "${label}" has ${points.length} points, its axis has ${length}`);
    }
  }
  return chart(title, takeaway, "xy", { kind, axis, series });
}

export const byDate = (title, takeaway, kind, step, days, series) =>
  xy(title, takeaway, kind, { tag: "dates", val: [step, days.map(date)] }, days.length, series);

export const byMonth = (title, takeaway, kind, months, series) => byDate(title, takeaway, kind, "month", months, series);

export const byLabel = (title, takeaway, kind, labels, series) =>
  xy(title, takeaway, kind, { tag: "labels", val: labels }, labels.length, series);

export function parts(title, takeaway, slices, options = {}) {
  const { numbers, unit, currency } = points(slices.map(([, value]) => value), options);
  const made = slices.map(([label, , tone = "auto"], at) => ({ label, value: numbers[at], tone }));
  return chart(title, takeaway, "parts", { slices: made, unit, currency });
}

export function calendar(title, takeaway, start, given, options = {}) {
  const { numbers, unit, currency } = points(given, options);
  return chart(title, takeaway, "calendar", { start: date(start), values: numbers, unit, currency });
}

export function heatmap(title, takeaway, rows, columns, cells, options = {}) {
  const { numbers, unit } = points(cells, options);
  if (numbers.length !== rows.length * columns.length) {
    throw new RangeError(`heatmap "${title}": ${numbers.length} cells, ${rows.length} x ${columns.length} are expected`);
  }
  return chart(title, takeaway, "heatmap", { rows, columns, cells: numbers, unit });
}

export const event = (at, title, body, options = {}) => ({
  at: date(at),
  title,
  body: pieces(body),
  value: options.value === undefined ? null : value(options.value),
  icon: options.icon ?? "none",
  tone: options.tone ?? "neutral",
});

export const timeline = (title, events) => ({ tag: "timeline", val: { title, events } });

export const notice = (level, title, body) => ({ tag: "notice", val: { level, title, body: pieces(body) } });

export const advice = (...given) => ({
  tag: "advice",
  val: given.flat().map(({ icon = "idea", title, body, saves, kgCo2e, confidence = "medium", effort, howComputed }) => ({
    title,
    body: pieces(body),
    saving: { moneyPerYear: saves === undefined ? null : money(saves), kgCo2ePerYear: kgCo2e ?? null, confidence },
    effort,
    howComputed: pieces(howComputed),
    icon,
  })),
});

export const comparison = (title, { criteria, offers, recommended, disclosure }) => {
  for (const { name, values } of offers) {
    if (values.length !== criteria.length) {
      throw new RangeError(`comparison "${title}": "${name}" has ${values.length} values, the criteria are ${criteria.length}`);
    }
  }
  const made = offers.map(({ name, provider, isCurrent = false, values, yearlyCost, pros = [], cons = [] }) => ({
    name,
    provider,
    isCurrent,
    values: values.map(value),
    yearlyCost: yearlyCost === undefined ? null : money(yearlyCost),
    pros,
    cons,
  }));
  return { tag: "comparison", val: { title, criteria, offers: made, recommended: recommended ?? null, disclosure } };
};

export const progress = (...given) => ({
  tag: "progress",
  val: given.flat().map(({ label, value, target, unit, currency, tone = "auto" }) => {
    const found = points([value, target], { unit, currency });
    return { label, value: found.numbers[0], target: found.numbers[1], unit: found.unit, currency: found.currency, tone };
  }),
});

export const section = (title, ...blocks) => ({ title: title ?? null, layout: "stack", blocks: blocks.flat() });

export const columns = (title, ...blocks) => ({ ...section(title, ...blocks), layout: "two-columns" });

export const grid = (title, ...blocks) => ({ ...section(title, ...blocks), layout: "grid" });

export const page = (title, icon, ...sections) => ({ title, icon, sections: sections.flat() });

export const report = (ctx, { title, headline, headlineFigure, period, sections, pages = [], limits = [] }) => ({
  lang: ctx.lang,
  title,
  headline,
  headlineFigure: headlineFigure ?? null,
  period: period?.val ?? null,
  pages: [...(sections ? [page(title, "none", sections)] : []), ...pages],
  limits: limits.map(pieces),
});
