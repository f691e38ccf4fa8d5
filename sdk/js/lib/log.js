import { note as noted } from "#native/log";

export const note = (...words) => noted(words.map((word) => (typeof word === "string" ? word : show(word))).join(" "));

function show(value) {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  const whole = (_, part) => (typeof part === "bigint" ? String(part) : part);
  return JSON.stringify(value, whole) ?? String(value);
}
