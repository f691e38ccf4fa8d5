// Runs an app in Node, over rows that a test gives, through the same columns as in a component.

import { lowered } from "../lib/check.js";
import { Context } from "../lib/context.js";
import { camel } from "../lib/columns.js";
import { TABLES } from "../lib/tables.js";
import { Day } from "../lib/units.js";
import { reset, set } from "./host.js";

const MISSING = { date: -(2 ** 31), code: 255, term: 2 ** 32 - 1 };

function plain(category, name, { kind, codes }, value) {
  const wrong = (expected) => new TypeError(`row of ${category}: ${camel(name)}: ${expected} is expected, not ${value}`);
  if (value === undefined || value === null) return kind === "term" || kind === "text" ? "" : (MISSING[kind] ?? -(2 ** 63));
  switch (kind) {
    case "date":
      return value instanceof Day ? value.days : Day.parse(value).days;
    case "instant": {
      const seconds = typeof value === "string" ? Date.parse(value) / 1_000 : Number(value);
      if (!Number.isInteger(seconds)) throw wrong("a text as 2026-01-31T12:00:00Z");
      return seconds;
    }
    case "code":
      if (!codes.includes(value)) throw wrong(`one of ${codes.join(", ")}`);
      return codes.indexOf(value);
    case "term":
    case "text":
      if (typeof value !== "string") throw wrong("a text");
      return value;
    default:
      if (!Number.isSafeInteger(Number(value))) throw wrong("a whole number");
      return Number(value);
  }
}

function texts(values) {
  const utf8 = values.map((value) => new TextEncoder().encode(value));
  let end = 0;
  return { ends: utf8.map((bytes) => (end += bytes.length)), utf8: Uint8Array.from(utf8.flatMap((bytes) => [...bytes])) };
}

function page(category, rows) {
  const made = { rows: () => rows.length };
  for (const [name, field] of Object.entries(TABLES[category])) {
    made[camel(name)] = () => {
      const values = rows.map((row) => plain(category, name, field, row[camel(name)]));
      if (field.kind === "text") return texts(values);
      if (field.kind !== "term") return values;
      const known = [...new Set(values)].filter((value) => value !== "");
      return { codes: values.map((value) => (value === "" ? MISSING.term : known.indexOf(value))), values: texts(known) };
    };
  }
  return made;
}

function check(given) {
  for (const [category, rows] of Object.entries(given)) {
    const fields = TABLES[category];
    if (!fields) throw new TypeError(`there is no category ${category}: there is ${Object.keys(TABLES).join(", ")}`);
    const known = Object.keys(fields).map(camel);
    for (const row of rows) {
      const unknown = Object.keys(row).find((name) => !known.includes(name));
      if (unknown) throw new TypeError(`${category} has no field ${unknown}: it has ${known.join(", ")}`);
    }
  }
}

const answer = (id, given) => {
  if (typeof given === "boolean") return { id, value: { tag: "flag", val: given } };
  if (given instanceof Day) return { id, value: { tag: "date", val: { year: given.year, month: given.month, day: given.day } } };
  if (typeof given === "string") return { id, value: { tag: "text", val: given } };
  const text = String(given?.minor === undefined ? given : Number(given.minor) / 10 ** given.decimals);
  const scale = text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
  return { id, value: { tag: "number", val: { mantissa: BigInt(text.replace(".", "")), scale } } };
};

/** Runs an app over rows, and gives its checked view. */
export function run(app, { rows = {}, today = "2026-01-01", lang = "en", answers = {} } = {}) {
  check(rows);
  const day = typeof today === "string" ? Day.parse(today) : today;
  const date = { year: day.year, month: day.month, day: day.day };
  const given = Object.entries(answers).map(([id, value]) => answer(id, value));
  set((category) => page(category, rows[category] ?? []));
  try {
    const ctx = new Context({ lang, today: date, answers: given });
    lowered(app.parameters?.(ctx) ?? [], ["list", "param"], "parameters");
    return lowered(app.run(ctx), "report", "");
  } finally {
    reset();
  }
}
