export { note } from "./lib/log.js";
export { BadAnswer, Failed, Failure, NeedsData } from "./lib/failure.js";
export { Day, Energy, Moment, Money, decimals, lastMonths } from "./lib/units.js";

export function app(definition) {
  if (typeof definition?.run !== "function") throw new TypeError("app({ run }) needs a function run");
  return definition;
}
