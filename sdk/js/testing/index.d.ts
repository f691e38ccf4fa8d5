import type { App } from "../index.js";
import type { Day, Money } from "../lib/units.js";
import type { Report } from "../lib/vocabulary.js";

/**
 * Runs an app in Node over rows, without a component, and gives its checked view. Rows have fields by name: days as
 * "2026-01-31", instants as "2026-01-31T12:00:00Z", numbers in the unit of the field (cents), codes as texts.
 */
export declare function run(
  app: App,
  given?: {
    rows?: Record<string, Record<string, unknown>[]>;
    today?: string | Day;
    lang?: "fr" | "en";
    answers?: Record<string, number | string | boolean | Money | Day>;
  },
): Report;
