import type { Parameter } from "./params.js";
import type { Report } from "./lib/vocabulary.js";
import type { Day, Money } from "./lib/units.js";

export { Day, Energy, Moment, Money, decimals, lastMonths } from "./lib/units.js";
export type { Period } from "./lib/units.js";
export type { Field, Fields, Granted, Page, Row, RowSource, Terms } from "./lib/columns.js";
export type { Report } from "./lib/vocabulary.js";
export type { Parameter } from "./params.js";

/** The person's language. */
export interface Words {
  readonly lang: "fr" | "en";
  /** One of two texts, in the person's language. */
  readonly t: (fr: string, en: string) => string;
}

/** Context of a run, from the host. A parameter that is not set is undefined. */
export interface Context extends Words {
  /** The day of the run: the only clock. */
  readonly today: Day;
  /** A number as a float. For money, use `money` or `scaled`. */
  number(parameter: string): number | undefined;
  /** The integer part of a number. */
  whole(parameter: string): number | undefined;
  /** A number in units of 10^-scale: 0.1952 with a scale of 4 is 1952n. Further digits are dropped. */
  scaled(parameter: string, scale: number): bigint | undefined;
  /** A number as an amount of a currency. */
  money(parameter: string, currency: string): Money | undefined;
  /** Whether a parameter is on. */
  flag(parameter: string): boolean | undefined;
  /** The id of the choice made. */
  choice(parameter: string): string | undefined;
  date(parameter: string): Day | undefined;
}

/** An app: one function from rows to a view. */
export interface App {
  run(ctx: Context): Report;
  /** What the person may set before a run. */
  parameters?(words: Words): Parameter[];
}

/** Declares the app: `export default app({ run })`. */
export declare function app(definition: App): App;

/** Notes down a line for the person who runs the app: on sample people, that is you. The host keeps 16 KiB of a run. */
export declare function note(...words: unknown[]): void;

/** Why a run has no report. Throw one of its kinds. */
export declare class Failure extends Error {}
/** Required data is missing: ids of its categories. */
export declare class NeedsData extends Failure {
  constructor(...categories: string[]);
}
/** A parameter is wrong: its id, and what is expected. */
export declare class BadAnswer extends Failure {
  constructor(parameter: string, expected: string);
}
/** Any other reason, in the person's language. */
export declare class Failed extends Failure {
  constructor(reason: string);
}
