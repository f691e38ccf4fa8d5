// The app of the book gives the view that `tests/hostile-apps/blocks` gave as a component.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { run } from "@mesinfos/sdk/testing";
import app from "./blocks.js";

const kebab = (name) => name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A part of a view in one shape, whether it is of an app or of the host: a variant is a list of its case and value. */
function plain(part) {
  if (typeof part === "string") return part.replace(/[\u00a0\u202f]/g, " ");
  if (Array.isArray(part)) return part.map(plain);
  if (part === null || typeof part !== "object") return part;
  const known = Object.entries(part).filter(([, value]) => value !== null && value !== undefined);
  const names = known.map(([name]) => name).sort().join();
  if (names === "tag" || names === "type") return [part.tag ?? part.type];
  if (names === "tag,val" || names === "type,value") return [part.tag ?? part.type, plain(part.val ?? part.value)];
  // The host has a paragraph without the record around it.
  if (names === "body") return plain(part.body);
  return Object.fromEntries(known.map(([name, value]) => [kebab(name), plain(value)]));
}

for (const lang of ["fr", "en"]) {
  test(`each block is the same in JavaScript as in Rust, in ${lang}`, () => {
    const file = new URL(`../../../docs/reference/blocks/view.${lang}.json`, import.meta.url);
    const expected = plain(JSON.parse(readFileSync(file, "utf8")).pages);
    assert.deepEqual(plain(run(app, { today: "2026-01-01", lang }).pages), expected);
    assert.ok(expected.flatMap(({ sections }) => sections).length >= 10);
  });
}
