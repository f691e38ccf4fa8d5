/** A day of the Gregorian calendar. */
export declare class Day {
  /** Days since 1970-01-01. */
  constructor(days: number);
  /** The day of a year, a month (1 to 12) and a day (1 to 31); an error if there is none. */
  static of(year: number, month: number, day: number): Day;
  /** The day of a text as `2026-01-31`; an error for anything else. */
  static parse(text: string): Day;
  /** Days since 1970-01-01. */
  readonly days: number;
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** 0 is Monday, 6 Sunday. */
  readonly weekday: number;
  /** The first day of this month. */
  readonly monthStart: Day;
  plusDays(days: number): Day;
  /** The first day of the month so many months later, earlier if negative. */
  plusMonths(months: number): Day;
  /** Days since 1970-01-01, so that days compare with `<` and subtract with `-`. */
  valueOf(): number;
  /** As `2026-01-31`. */
  toString(): string;
  toJSON(): string;
}

/** An instant, with the local time at its place. */
export declare class Moment {
  constructor(utc: number, offset?: number);
  /** UTC seconds since 1970-01-01T00:00:00Z. */
  readonly utc: number;
  /** Local time minus UTC in minutes; 0 if unknown. */
  readonly offset: number;
  /** Local day. */
  readonly date: Day;
  /** Local hour, 0 to 23. */
  readonly hour: number;
  /** Local minute, 0 to 59. */
  readonly minute: number;
  valueOf(): number;
}

/** An amount of money: a whole number of minor units (cents) of one currency. */
export declare class Money {
  constructor(minor: bigint | number, currency: string);
  /** An amount as it is written: `Money.parse("12.34 EUR")`. */
  static parse(text: string): Money;
  /** The sum of amounts in one currency; an error if one has another. */
  static sum(amounts: Iterable<Money>, currency: string): Money;
  /** Minor units; positive for money coming in. */
  readonly minor: bigint;
  /** ISO 4217 code. */
  readonly currency: string;
  /** Decimals of the minor unit: 2 for cents. */
  readonly decimals: number;
  /** In units of the currency (euros), for charts only: a float is not exact. */
  readonly major: number;
  readonly isNegative: boolean;
  readonly negated: Money;
  readonly abs: Money;
  /** The sum; an error if the currencies differ. */
  plus(other: Money): Money;
  /** The difference; an error if the currencies differ. */
  minus(other: Money): Money;
  times(count: number | bigint): Money;
  /** The quotient, rounded once, halves away from zero. */
  dividedBy(count: number | bigint): Money;
  /** Below, equal or above zero, for `sort`; an error if the currencies differ. */
  compareTo(other: Money): number;
  /** As `12.34 EUR`. */
  toString(): string;
  toJSON(): string;
}

/** Energy. */
export declare class Energy {
  constructor(milliwattHours: number);
  readonly milliwattHours: number;
  readonly wh: number;
  readonly kwh: number;
  plus(other: Energy): Energy;
  valueOf(): number;
}

/** Days from `from` to `until`, exclusive. Without one of them, it has no bound on that side. */
export interface Period {
  readonly from?: Day | undefined;
  readonly until?: Day | undefined;
}

/** The month of `today`, and so many whole months before it. */
export declare function lastMonths(today: Day, months: number): Period;

/** Decimals of the minor unit of a currency (ISO 4217). */
export declare function decimals(currency: string): number;
