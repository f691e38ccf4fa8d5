// Checks what an app returns before it is handed to the host, and says where it is wrong. The engine would crash on it
// without a word.

import { camel } from "./columns.js";
import { SHAPES } from "./shapes.js";

export class ViewError extends TypeError {
  constructor(path, expected, found) {
    const isNothing = !path && (found === null || found === undefined);
    super(isNothing ? "run returned nothing: return view.report(…)" : `${path || "what run returned"}: ${expected} is expected, ${said(found)} is there`);
    this.name = "ViewError";
  }

  /** Names the part around what is wrong: its title stands in the source. */
  within(name) {
    if (this.near || typeof name !== "string" || name === "") return;
    this.near = name;
    this.message += ` (in "${name}")`;
  }
}

function said(value) {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" || typeof value === "function") return `a ${value.constructor?.name ?? "value"}`;
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const WHOLE = { u8: [0, 255], u32: [0, 2 ** 31 - 1], s32: [-(2 ** 31), 2 ** 31 - 1] };

function whole(value, type, path) {
  if (type === "s64") {
    const number = Number(value);
    const isNumber = typeof value === "bigint" || typeof value === "number";
    if (!isNumber || !Number.isSafeInteger(number)) throw new ViewError(path, "a whole number below 2^53", value);
    return number;
  }
  const [least, most] = WHOLE[type];
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new ViewError(path, `a whole number from ${least} to ${most}`, value);
  }
  return value;
}

function items(value, type, path) {
  if (!Array.isArray(value)) throw new ViewError(path, "a list", value);
  return value.map((item, at) => lowered(item, type, `${path}[${at}]`));
}

/** A value of a type of `view.wit` as the engine takes it. */
export function lowered(value, type, path) {
  if (Array.isArray(type)) {
    const [made, part] = type;
    if (made === "option") return value === null || value === undefined ? null : lowered(value, part, path);
    if (made === "list") return items(value, part, path);
    if (!Array.isArray(value) || value.length !== part.length) throw new ViewError(path, `a list of ${part.length}`, value);
    return part.map((type, at) => lowered(value[at], type, `${path}[${at}]`));
  }
  switch (type) {
    case "string":
      if (typeof value !== "string") throw new ViewError(path, "a text", value);
      return value;
    case "bool":
      if (typeof value !== "boolean") throw new ViewError(path, "true or false", value);
      return value;
    case "f64":
      if (typeof value !== "number" || !Number.isFinite(value)) throw new ViewError(path, "a finite number", value);
      return value;
    case "u8":
    case "u32":
    case "s32":
    case "s64":
      return whole(value, type, path);
  }
  const [, made, parts] = SHAPES[type];
  if (made === "list") return items(value, parts, path);
  if (made === "enum") {
    if (!parts.includes(value)) throw new ViewError(path, `one of ${parts.join(", ")}`, value);
    return value;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new ViewError(path, `a ${type}`, value);
  if (made === "record") {
    const found = {};
    try {
      for (const [name, part] of parts) found[name] = lowered(value[name], part, path === "" ? name : `${path}.${name}`);
    } catch (error) {
      if (error instanceof ViewError) error.within(value.title ?? value.label);
      throw error;
    }
    for (const name of Object.keys(value)) {
      if (!(name in found)) throw new ViewError(`${path}.${name}`, `no such part of a ${type}`, value[name]);
    }
    return found;
  }
  const known = parts.find(([tag]) => tag === value.tag);
  if (!known) throw new ViewError(path, `a ${type}`, value);
  if (known.length === 1) return { tag: value.tag };
  return { tag: value.tag, val: lowered(value.val, known[1], `${path}.${camel(value.tag)}`) };
}
