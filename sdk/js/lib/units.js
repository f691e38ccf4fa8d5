// Values with units. Amounts are whole numbers of minor units: no float holds money.

const NO_DECIMALS = new Set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(" "));
const THREE_DECIMALS = new Set("BHD IQD JOD KWD LYD OMR TND".split(" "));

/** Decimals of the minor unit of a currency (ISO 4217 list one). */
export function decimals(currency) {
  if (NO_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}

const floorDiv = (a, b) => Math.floor(a / b);
const rest = (a, b) => a - b * Math.floor(a / b);

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years start in March.
function daysOf(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = floorDiv(y, 400);
  const yearOfEra = rest(y, 400);
  const dayOfYear = floorDiv(153 * ((month + 9) % 12) + 2, 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function civil(days) {
  const z = days + 719_468;
  const era = floorDiv(z, 146_097);
  const doe = rest(z, 146_097);
  const yoe = floorDiv(doe - floorDiv(doe, 1_460) + floorDiv(doe, 36_524) - floorDiv(doe, 146_096), 365);
  const doy = doe - (365 * yoe + floorDiv(yoe, 4) - floorDiv(yoe, 100));
  const mp = floorDiv(5 * doy + 2, 153);
  const month = ((mp + 2) % 12) + 1;
  return [yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - floorDiv(153 * mp + 2, 5) + 1];
}

export class Day {
  #civil;

  constructor(days) {
    if (!Number.isInteger(days)) throw new RangeError(`a day is a whole number of days since 1970-01-01, not ${days}`);
    this.days = days;
  }

  static of(year, month, day) {
    const found = Number.isInteger(year) && month >= 1 && month <= 12 ? new Day(daysOf(year, month, day)) : undefined;
    if (found?.year !== year || found.month !== month || found.day !== day) {
      throw new RangeError(`there is no day ${year}-${month}-${day}`);
    }
    return found;
  }

  static parse(text) {
    const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!found) throw new RangeError(`a day is written as 2026-01-31, not "${text}"`);
    return Day.of(Number(found[1]), Number(found[2]), Number(found[3]));
  }

  get #parts() {
    return (this.#civil ??= civil(this.days));
  }
  get year() {
    return this.#parts[0];
  }
  get month() {
    return this.#parts[1];
  }
  get day() {
    return this.#parts[2];
  }
  /** 0 is Monday, 6 Sunday. */
  get weekday() {
    return rest(this.days + 3, 7);
  }
  get monthStart() {
    return new Day(this.days - this.day + 1);
  }
  plusDays(days) {
    return new Day(this.days + days);
  }
  plusMonths(months) {
    const index = this.year * 12 + this.month - 1 + months;
    return new Day(daysOf(floorDiv(index, 12), rest(index, 12) + 1, 1));
  }
  valueOf() {
    return this.days;
  }
  toString() {
    const two = (number) => String(number).padStart(2, "0");
    return `${String(this.year).padStart(4, "0")}-${two(this.month)}-${two(this.day)}`;
  }
  toJSON() {
    return this.toString();
  }
}

export class Moment {
  constructor(utc, offset = 0) {
    this.utc = utc;
    this.offset = offset;
  }
  get #local() {
    return this.utc + this.offset * 60;
  }
  get date() {
    return new Day(floorDiv(this.#local, 86_400));
  }
  get hour() {
    return floorDiv(rest(this.#local, 86_400), 3_600);
  }
  get minute() {
    return floorDiv(rest(this.#local, 3_600), 60);
  }
  valueOf() {
    return this.utc;
  }
}

/** Rounds a quotient once, halves away from zero. */
function divided(amount, by) {
  const [size, part] = [amount < 0n ? -amount : amount, by < 0n ? -by : by];
  const quotient = (2n * size + part) / (2n * part);
  return amount < 0n === by < 0n ? quotient : -quotient;
}

export class Money {
  constructor(minor, currency) {
    if (typeof minor === "number" && !Number.isSafeInteger(minor)) {
      throw new RangeError(`an amount is a whole number of minor units (cents), not ${minor}`);
    }
    if (!/^[A-Z]{3}$/.test(currency)) {
      throw new RangeError(`a currency is three capital letters, such as EUR, not "${currency}"`);
    }
    this.minor = BigInt(minor);
    this.currency = currency;
  }

  /** An amount as it is written: `Money.parse("12.34 EUR")`. */
  static parse(text) {
    const found = /^(-?)(\d+)(?:\.(\d+))? ([A-Z]{3})$/.exec(text);
    const [, sign, whole, part = "", currency] = found ?? [];
    if (!found || part.length > decimals(currency)) throw new RangeError(`an amount is written as 12.34 EUR, not "${text}"`);
    return new Money(BigInt(`${sign}${whole}${part.padEnd(decimals(currency), "0")}`), currency);
  }

  static sum(amounts, currency) {
    let minor = 0n;
    for (const amount of amounts) minor += amount.#in(currency);
    return new Money(minor, currency);
  }

  #in(currency) {
    if (this.currency !== currency) {
      throw new RangeError(`${this.currency} and ${currency} cannot be added: keep one total for each currency`);
    }
    return this.minor;
  }
  get decimals() {
    return decimals(this.currency);
  }
  /** In units of the currency, for charts: a float is not exact. */
  get major() {
    return Number(this.minor) / 10 ** this.decimals;
  }
  get isNegative() {
    return this.minor < 0n;
  }
  get negated() {
    return new Money(-this.minor, this.currency);
  }
  get abs() {
    return this.isNegative ? this.negated : this;
  }
  plus(other) {
    return new Money(this.minor + other.#in(this.currency), this.currency);
  }
  minus(other) {
    return new Money(this.minor - other.#in(this.currency), this.currency);
  }
  times(count) {
    return new Money(this.minor * BigInt(count), this.currency);
  }
  dividedBy(count) {
    return new Money(divided(this.minor, BigInt(count)), this.currency);
  }
  compareTo(other) {
    const difference = this.minor - other.#in(this.currency);
    return difference < 0n ? -1 : Number(difference > 0n);
  }
  toString() {
    const digits = String(this.abs.minor).padStart(this.decimals + 1, "0");
    const at = digits.length - this.decimals;
    const part = this.decimals > 0 ? `.${digits.slice(at)}` : "";
    return `${this.isNegative ? "-" : ""}${digits.slice(0, at)}${part} ${this.currency}`;
  }
  toJSON() {
    return this.toString();
  }
}

export class Energy {
  constructor(milliwattHours) {
    this.milliwattHours = milliwattHours;
  }
  get wh() {
    return this.milliwattHours / 1e3;
  }
  get kwh() {
    return this.milliwattHours / 1e6;
  }
  plus(other) {
    return new Energy(this.milliwattHours + other.milliwattHours);
  }
  valueOf() {
    return this.milliwattHours;
  }
}

export const lastMonths = (today, months) => ({ from: today.plusMonths(-months) });
