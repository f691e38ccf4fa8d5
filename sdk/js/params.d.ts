import type { Day, Money } from "./lib/units.js";
import type { Param, Unit } from "./lib/vocabulary.js";

/** A parameter of an app. Its value is in the context of a run, under its id. */
export type Parameter = Param;

/** A whole number: `ctx.whole(id)`. */
export declare function number(
  id: string,
  label: string,
  options: { min?: number; max: number; step?: number; initial: number; unit?: Unit; help?: string },
): Parameter;
/** An amount of money, in the currency of `initial`: `ctx.money(id, currency)`. */
export declare function amount(
  id: string,
  label: string,
  options: { min?: Money; max: Money; step?: Money; initial: Money; help?: string },
): Parameter;
/** A price with some decimals, in units of the last one: `ctx.scaled(id, decimals)`. */
export declare function price(
  id: string,
  label: string,
  options: { decimals: number; currency?: string; min?: bigint | number; max: bigint | number; initial: bigint | number; help?: string },
): Parameter;
/** On or off: `ctx.flag(id)`. */
export declare function toggle(id: string, label: string, options?: { initial?: boolean; help?: string }): Parameter;
/** One of several choices, as ids and labels: `ctx.choice(id)`. */
export declare function choice(
  id: string,
  label: string,
  choices: Record<string, string>,
  options?: { initial?: string; help?: string },
): Parameter;
/** A day: `ctx.date(id)`. */
export declare function day(id: string, label: string, options?: { min?: Day; max?: Day; initial?: Day; help?: string }): Parameter;
