// What the person may set before a run.

const whole = (mantissa) => ({ mantissa, scale: 0 });
const param = (id, label, help, tag, val) => ({ id, label, help: help ?? null, control: { tag, val } });
const date = (day) => (day ? { year: day.year, month: day.month, day: day.day } : null);

export const number = (id, label, { min = 0, max, step = 1, initial, unit = "none", help }) =>
  param(id, label, help, "number", {
    min: whole(min),
    max: whole(max),
    step: whole(step),
    initial: whole(initial),
    unit,
    currency: null,
  });

export function amount(id, label, { min, max, step, initial, help }) {
  const { currency, decimals } = initial;
  const exact = (money, otherwise) => ({ mantissa: money?.minor ?? otherwise, scale: decimals });
  return param(id, label, help, "number", {
    min: exact(min, 0n),
    max: exact(max),
    step: exact(step, 1n),
    initial: exact(initial),
    unit: "none",
    currency,
  });
}

export function price(id, label, { decimals, currency = "EUR", min = 0n, max, initial, help }) {
  const exact = (mantissa) => ({ mantissa: BigInt(mantissa), scale: decimals });
  return param(id, label, help, "number", {
    min: exact(min),
    max: exact(max),
    step: exact(1),
    initial: exact(initial),
    unit: "none",
    currency,
  });
}

export const toggle = (id, label, { initial = false, help } = {}) => param(id, label, help, "toggle", initial);

export function choice(id, label, choices, { initial, help } = {}) {
  const made = Object.entries(choices).map(([id, label]) => ({ id, label }));
  return param(id, label, help, "choice", { choices: made, initial: initial ?? made[0]?.id ?? "" });
}

export const day = (id, label, { min, max, initial, help } = {}) =>
  param(id, label, help, "date", { min: date(min), max: date(max), initial: date(initial) });
