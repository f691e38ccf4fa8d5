import type { RowSource } from "./lib/columns.js";
import type { Day, Energy, Moment, Money } from "./lib/units.js";
import type * as V from "./lib/vocabulary.js";
import type { Words } from "./index.js";

export type { Block, ColumnKind, Confidence, Direction, Effort, Icon, KeyFigure, Level, Report, Section, Tone, Unit, XyKind } from "./lib/vocabulary.js";

/** A value that the host formats in the person's language. A missing one is `undefined`. */
export type Given = string | bigint | number | boolean | Money | Day | Moment | Energy | V.Value | null | undefined;
/** A text, or pieces of text with values: see `rich`. */
export type Text = string | V.Piece | V.Piece[];
/** A point of a chart; a missing one is a gap. Of money, the currency is taken too. */
export type Point = number | Money | Energy | null | undefined;
export interface Units {
  unit?: V.Unit;
  /** ISO 4217 code, if numbers are money. */
  currency?: string;
}

/** A number, rounded to some decimals. */
export declare function decimal(number: number | bigint, decimals: number): V.Value;
/** A number with its unit, rounded to some decimals. */
export declare function quantity(amount: number | bigint, unit: V.Unit, decimals?: number): V.Value;
/** A price in units of its last decimal, such as that of a kilowatt-hour. */
export declare function price(amount: bigint | number, decimals: number, currency: string): V.Value;
/** The month of a day. */
export declare function month(day: Day): V.Value;
/** Days from `start` to `end`, exclusive, named by a step: a month, a year. */
export declare function span(start: Day, end: Day, step: V.Step): V.Value;

/** Text with values: rich`You spent ${amount} in ${month(day)}.` */
export declare function rich(words: TemplateStringsArray, ...values: (Given | V.Piece)[]): V.Piece[];
export declare function strong(words: string): V.Piece;
/** Text in the background. */
export declare function soft(words: string): V.Piece;

export declare function paragraph(body: Text): V.Block;
export declare function bullets(items: Text[], style?: V.ListStyle): V.Block;

/** A key figure. */
export declare function figure(
  icon: V.Icon,
  label: string,
  value: Given,
  options?: {
    /** Its course, drawn small. */
    spark?: Iterable<Point>;
    trend?: { direction: V.Direction; change: Given; versus: string; tone?: V.Tone };
    note?: string;
    /**
     * The rows that it was computed from (`asSource`): the person can open them. Figures with one label share them, so
     * give each its own label.
     */
    because?: Iterable<RowSource>;
  },
): V.KeyFigure;
/** Figures that stand out, at most six. */
export declare function figures(...figures: (V.KeyFigure | V.KeyFigure[])[]): V.Block;

/** A table: columns as [label, kind], and rows of cells. */
export declare function table(title: string, columns: [string, V.ColumnKind][], rows: Given[][]): V.Block;

/** A series of a chart. */
export declare function series(label: string, points: Iterable<Point>, options?: Units & { tone?: V.Tone }): V.Series;
/** A chart by month. `takeaway` is its message. */
export declare function byMonth(title: string, takeaway: string, kind: V.XyKind, months: Day[], series: V.Series[]): V.Block;
/** A chart over dates, one step apart. */
export declare function byDate(title: string, takeaway: string, kind: V.XyKind, step: V.Step, days: Day[], series: V.Series[]): V.Block;
/** A chart over labels. */
export declare function byLabel(title: string, takeaway: string, kind: V.XyKind, labels: string[], series: V.Series[]): V.Block;
/** Parts of a whole, the largest first. */
export declare function parts(title: string, takeaway: string, slices: [string, Point, V.Tone?][], options?: Units): V.Block;
/** A calendar: one value for each day from `start` on, at most 1 100. */
export declare function calendar(title: string, takeaway: string, start: Day, values: Iterable<Point>, options?: Units): V.Block;
/** A value for each row and column, row by row. */
export declare function heatmap(title: string, takeaway: string, rows: string[], columns: string[], cells: Iterable<Point>, options?: { unit?: V.Unit }): V.Block;

export declare function event(at: Day, title: string, body: Text, options?: { value?: Given; icon?: V.Icon; tone?: V.Tone }): V.Event;
export declare function timeline(title: string, events: V.Event[]): V.Block;
export declare function notice(level: V.Level, title: string, body: Text): V.Block;

export interface Advice {
  icon?: V.Icon;
  title: string;
  body: Text;
  /** Saving of a year. */
  saves?: Money;
  /** Kilograms of CO2 equivalent saved in a year. */
  kgCo2e?: number;
  confidence?: V.Confidence;
  effort: V.Effort;
  howComputed: Text;
}
/** Advice, which always says how it was computed. */
export declare function advice(...advice: (Advice | Advice[])[]): V.Block;

export interface Offer {
  name: string;
  provider: string;
  /** Whether the person has it today. */
  isCurrent?: boolean;
  /** One for each criterion. */
  values: Given[];
  yearlyCost?: Money;
  pros?: string[];
  cons?: string[];
}
/** Offers side by side. `disclosure` says the author's ties to the offers, or that there are none. */
export declare function comparison(title: string, options: { criteria: string[]; offers: Offer[]; recommended?: number; disclosure: string }): V.Block;

export interface Progress extends Units {
  label: string;
  value: Money | Energy | number;
  target: Money | Energy | number;
  tone?: V.Tone;
}
/** Progress towards targets. */
export declare function progress(...progress: (Progress | Progress[])[]): V.Block;

/** A part of a page, its blocks one below the other. */
export declare function section(title: string | undefined, ...blocks: (V.Block | V.Block[])[]): V.Section;
/** A part of a page in two columns. */
export declare function columns(title: string | undefined, ...blocks: (V.Block | V.Block[])[]): V.Section;
/** A part of a page as a grid. */
export declare function grid(title: string | undefined, ...blocks: (V.Block | V.Block[])[]): V.Section;
/** A page: a tab. */
export declare function page(title: string, icon: V.Icon, ...sections: (V.Section | V.Section[])[]): V.Page;

/** What a run gives to the person: one page with these sections, or several pages. */
export declare function report(
  ctx: Words,
  options: {
    title: string;
    /** The result in one sentence. */
    headline: string;
    /** The result in one figure. */
    headlineFigure?: V.KeyFigure;
    /** Days that it is about: see `span`. */
    period?: V.Value;
    sections?: V.Section[];
    pages?: V.Page[];
    /** What the app could not do: missing sources, short history. */
    limits?: Text[];
  },
): V.Report;
