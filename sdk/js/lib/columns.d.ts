import type { Day, Period } from "./units.js";

declare const value: unique symbol;
declare const column: unique symbol;

/** A field of a category. Importing it is asking for it. */
export interface Field<Value, Column> {
  readonly category: string;
  readonly name: string;
  readonly [value]?: Value;
  readonly [column]?: Column;
}

/** A field that has one of a list of codes. Its column has the indexes of `codes`, 255 where it is missing. */
export interface CodeField<Code extends string> extends Field<Code, Uint8Array> {
  readonly codes: readonly Code[];
}

/** A column of text that repeats: row `i` is `values[codes[i]]`; 4294967295 is missing. */
export interface Terms {
  readonly codes: Uint32Array;
  readonly values: readonly string[];
}

/** A row as evidence for a figure. */
export interface RowSource {
  readonly category: string;
  readonly reader: number;
  readonly row: number;
}

export type Fields = Readonly<Record<string, Field<any, any>>>;

/** A row with the fields that were asked for. A field is undefined if it is not known or was not granted. */
export type Row<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer Value, infer Column>
    ? [Column] extends [never] ? Value : Value | undefined
    : never;
};

/** Rows as columns, with an entry for each of `length` rows, or none at all if nothing is known. */
export type Page<F extends Fields> = { readonly length: number } & {
  readonly [Name in keyof F]: F[Name] extends Field<any, infer Column> ? Column : never;
};

/** Rows with some fields, from the oldest to the newest. */
export interface Rows {
  <F extends Fields>(fields: F, period?: Period): IterableIterator<Row<F>>;
}

/**
 * Rows as columns, a page at a time. In numbers, a missing value is NaN; a missing day is -2147483648; a missing text
 * is "".
 */
export interface Pages {
  <F extends Fields>(fields: F, period?: Period): IterableIterator<Page<F>>;
}

/** What the person granted. A refused category answers as one without rows. */
export interface Granted {
  readonly period: Period;
  readonly grain: "raw" | "rounded" | "hourly" | "daily" | "monthly";
}

export type { Day };
