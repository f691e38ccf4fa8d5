// Columns of the contract as JavaScript values. A field is a value that an app imports: the build finds it in the
// bundle, and asks for it.

import { Failed } from "./failure.js";
import { Day, Energy, Moment, Money } from "./units.js";

const MISSING_DAY = -(2 ** 31);
const MISSING_LONG = -(2 ** 63);
const MISSING_CODE = 255;
const MISSING_TERM = 2 ** 32 - 1;

/** `booked-on` as `bookedOn`. */
export const camel = (name) => name.replace(/-./g, (pair) => pair[1].toUpperCase());

/** Bytes as a text with one character for each byte. */
function latin(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 8_192));
  }
  return text;
}

/** A column of free text: one string for each row, "" where it is missing. */
function texts({ ends, utf8 }) {
  const all = latin(utf8);
  const isAscii = !/[\x80-\xff]/.test(all);
  const found = new Array(ends.length);
  let start = 0;
  for (let row = 0; row < ends.length; row++) {
    const piece = all.slice(start, (start = ends[row]));
    found[row] = isAscii || !/[\x80-\xff]/.test(piece) ? piece : decodeURIComponent(escape(piece));
  }
  return found;
}

/** Whole numbers, NaN where they are missing. */
function longs(column, field) {
  const found = new Float64Array(column.length);
  for (let row = 0; row < found.length; row++) {
    const long = column[row];
    if (long !== MISSING_LONG && !Number.isSafeInteger(long)) {
      throw new Failed(`${field.category} ${field.name}: a number of this engine cannot hold ${long} exactly`);
    }
    found[row] = long === MISSING_LONG ? NaN : long;
  }
  return found;
}

/** The values of a column of numbers, undefined where `isMissing` says so. */
function values(column, isMissing, make) {
  const found = new Array(column.length);
  for (let row = 0; row < found.length; row++) {
    const one = column[row];
    found[row] = isMissing(one) ? undefined : make(one, row);
  }
  return found;
}

/**
 * Declares a field. `column` is what `pages` gives, `values` is what `rows` gives: an entry for each row, or none at all
 * if nothing is known.
 */
function field(category, name, column, values, more) {
  return { category, name, method: camel(name), column, values, ...more };
}

const raw = (page, field) => page.raw(field.method);

export const dateField = (category, name) =>
  field(
    category,
    name,
    (page, field) => Int32Array.from(raw(page, field)),
    (page, field) => values(raw(page, field), (day) => day === MISSING_DAY, (day) => new Day(day)),
  );

const long = (category, name, make) =>
  field(
    category,
    name,
    (page, field) => longs(raw(page, field), field),
    (page, field) => values(longs(raw(page, field), field), Number.isNaN, make),
  );

export const integerField = (category, name) => long(category, name, (number) => number);

export const energyField = (category, name) => long(category, name, (number) => new Energy(number));

export const moneyField = (category, name) =>
  field(
    category,
    name,
    (page, field) => longs(raw(page, field), field),
    (page, field) => {
      const currencies = termValues(page.raw("currency"));
      const isMissing = (minor, row) => Number.isNaN(minor) || !/^[A-Z]{3}$/.test(currencies[row] ?? "");
      const minors = longs(raw(page, field), field);
      return Array.from(minors, (minor, row) => (isMissing(minor, row) ? undefined : new Money(minor, currencies[row])));
    },
  );

export const instantField = (category, name) =>
  field(
    category,
    name,
    (page, field) => longs(raw(page, field), field),
    (page, field) => {
      const offsets = page.raw("utcOffset");
      const offset = (row) => (offsets[row] === undefined || offsets[row] === MISSING_LONG ? 0 : offsets[row]);
      return values(longs(raw(page, field), field), Number.isNaN, (utc, row) => new Moment(utc, offset(row)));
    },
  );

export const codeField = (category, name, codes) =>
  field(
    category,
    name,
    (page, field) => Uint8Array.from(raw(page, field)),
    (page, field) => values(raw(page, field), (code) => code === MISSING_CODE, (code) => codes[code]),
    { codes },
  );

function termValues(terms) {
  const known = texts(terms.values);
  return values(terms.codes, (code) => code === MISSING_TERM, (code) => known[code] || undefined);
}

export const termField = (category, name) =>
  field(
    category,
    name,
    (page, field) => {
      const { codes, values } = raw(page, field);
      return { codes: Uint32Array.from(codes), values: texts(values) };
    },
    (page, field) => termValues(raw(page, field)),
  );

export const textField = (category, name) =>
  field(
    category,
    name,
    (page, field) => texts(raw(page, field)),
    (page, field) => texts(raw(page, field)).map((text) => text || undefined),
  );

/** Rows as columns, each of which is fetched once. */
class Page {
  #native;
  #columns = new Map();

  constructor(native, reader, before) {
    this.#native = native;
    this.length = native.rows();
    this.reader = reader;
    this.before = before;
  }

  raw(method) {
    let column = this.#columns.get(method);
    if (column === undefined) this.#columns.set(method, (column = this.#native[method]()));
    return column;
  }
}

/** Readers opened in this run, by category: rows are named by their number. */
const opened = new Map();

/** Readers and pages that a run may have: the engine never gives one back, and the host lets a run hold 1 000. */
const MOST_HELD = 990;
let held = 0;

function hold() {
  if (++held > MOST_HELD) {
    throw new Error(`a run reads at most ${MOST_HELD} pages: read each category once, or a shorter period`);
  }
}

/** The functions of the host; in tests, of the rows that the test gave. */
const host = (category, native) => native.forTests?.(category) ?? native;

/** What an error of the host says: the engine puts it on `payload`. */
const reason = (error) => (typeof error === "string" ? error : error?.payload);

function* read(category, native, period) {
  const reader = opened.get(category) ?? 0;
  opened.set(category, reader + 1);
  const { Reader } = host(category, native);
  const isCounted = !native.forTests;
  if (isCounted) hold();
  const source = new Reader({ from: period.from?.days ?? null, until: period.until?.days ?? null });
  let before = 0;
  for (;;) {
    let next;
    try {
      next = source.next();
    } catch (error) {
      if (reason(error) === undefined) throw error;
      throw new Failed(reason(error));
    }
    if (!next) return;
    if (isCounted) hold();
    const page = new Page(next, reader, before);
    before += page.length;
    yield page;
  }
}

function checked(category, fields) {
  const asked = Object.entries(fields ?? {});
  for (const [name, field] of asked) {
    if (typeof field?.method !== "string") throw new TypeError(`rows of ${category}: ${name} is no field`);
    if (field.category !== category) {
      throw new TypeError(`rows of ${category}: ${name} is a field of ${field.category}`);
    }
  }
  return asked;
}

export const rowsOf = (category, native) =>
  function* (fields, period = {}) {
    const asked = checked(category, fields);
    const names = asked.map(([name]) => name);
    for (const page of read(category, native, period)) {
      const columns = asked.map(([, field]) => field.values(page, field));
      for (let row = 0; row < page.length; row++) {
        const one = {};
        for (let at = 0; at < names.length; at++) one[names[at]] = columns[at][row];
        yield one;
      }
    }
  };

export const pagesOf = (category, native) =>
  function* (fields, period = {}) {
    const asked = checked(category, fields);
    for (const page of read(category, native, period)) {
      const columns = { length: page.length };
      for (const [name, field] of asked) columns[name] = field.column(page, field);
      yield columns;
    }
  };

export const scopeOf = (category, native) => () => {
  const { period, grain } = host(category, native).scope();
  const day = (days) => (days === null || days === undefined ? undefined : new Day(days));
  return { period: { from: day(period.from), until: day(period.until) }, grain };
};

/** Stands in a bundle where all fields of a category are used at once. The build refuses it. */
export const everything = (category) => category;
