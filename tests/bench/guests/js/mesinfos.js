// The contract's columns as JavaScript values, its days, and the blocks of a view that apps build.

const UTF8 = new TextDecoder();

/** A column of free text: one string for each row, empty where it is missing. */
export function texts({ ends, utf8 }) {
  const all = UTF8.decode(utf8);
  // Where all of it is ASCII, a byte is a character: no row is decoded by itself.
  const piece = all.length === utf8.length
    ? (from, until) => all.slice(from, until)
    : (from, until) => UTF8.decode(utf8.subarray(from, until));
  return Array.from(ends, (end, row) => piece(row === 0 ? 0 : ends[row - 1], end));
}

/** A column of text that repeats: one string for each row, undefined where it is missing. */
export function terms({ codes, values }) {
  const known = texts(values);
  return Array.from(codes, (code) => known[code]);
}

/** Days, undefined where they are missing (the smallest s32). */
export const days = (column) => Array.from(column, (day) => (day === -(2 ** 31) ? undefined : day));

/** Amounts, undefined where they are missing (the smallest s64). Money is far below 2^53. */
export function longs(column) {
  return Array.from(column, (long) => (Number(long) === -(2 ** 63) ? undefined : Number(long)));
}

/** Days since 1970-01-01 as the view's date. */
export function date(days) {
  const civil = new Date(days * 86_400_000);
  return { year: civil.getUTCFullYear(), month: civil.getUTCMonth() + 1, day: civil.getUTCDate() };
}

/** Decimals of a currency's minor unit (ISO 4217). */
export function decimals(currency) {
  const none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
  if (none.includes(currency)) return 0;
  return "BHD IQD JOD KWD LYD OMR TND".includes(currency) ? 3 : 2;
}

export const text = (val) => ({ tag: "text", val });

/** An amount in minor units, exact. */
export function money(minor, currency) {
  return { tag: "money", val: { amount: { mantissa: BigInt(minor), scale: decimals(currency) }, currency } };
}

export const figure = (icon, label, value, spark = []) =>
  ({ label, value, trend: null, spark, icon, note: null });

export const section = (title, ...blocks) => ({ title, layout: "stack", blocks });

/** A table: columns as [label, kind], rows of values. */
export function table(title, columns, rows) {
  const heads = columns.map(([label, kind]) => ({ label, kind }));
  return { tag: "table", val: { title, columns: heads, cells: rows.flat() } };
}

/** Bars over months, stacked: `series` as [label, points]. */
export function stackedByMonth(title, takeaway, months, currency, series) {
  const columns = series.map(([label, points]) => ({ label, unit: "none", currency, points, tone: "auto" }));
  const axis = { tag: "dates", val: ["month", months] };
  return { tag: "chart", val: { title, takeaway, plot: { tag: "xy", val: { kind: "stacked-bar", axis, series: columns } } } };
}

/** A view of one page. */
export function report(lang, title, headline, sections, limits) {
  const pages = [{ title, icon: "none", sections }];
  const rich = limits.map((val) => [{ tag: "plain", val }]);
  return { lang, title, headline, headlineFigure: null, period: null, pages, limits: rich };
}
