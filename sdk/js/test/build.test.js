// What a build asks for, and what it refuses. Needs the packages that a build needs.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const found = await import("../build/build.js").catch((error) => {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
});
const skip = found ? false : "esbuild and componentize-qjs are not installed";

/** Builds an app of some files. */
async function built(files) {
  const folder = mkdtempSync(join(tmpdir(), "mesinfos-test-"));
  try {
    mkdirSync(join(folder, "node_modules/@mesinfos"), { recursive: true });
    symlinkSync(fileURLToPath(new URL("..", import.meta.url)), join(folder, "node_modules/@mesinfos/sdk"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return await found.build(join(folder, "app.ts"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const app = (imports, body = "") => ({
  "app.ts": `import { app } from "@mesinfos/sdk";\n${imports}\nexport default app({ run(ctx): any { ${body} } });\n`,
});
const asks = ({ categories }) => Object.fromEntries([...categories].map(([category, { fields }]) => [category, [...fields].sort()]));

test("a build asks for the fields that the code uses", { skip }, async () => {
  const given = await built(app('import { rows, amount, label, kind } from "@mesinfos/sdk/bank";\nimport * as energy from "@mesinfos/sdk/energy";', "for (const row of rows({ amount, kind })) energy.pages({ at: energy.start });"));
  assert.deepEqual(asks(given), { bank: ["amount", "currency", "kind"], energy: ["start", "utc-offset"] });
  assert.equal(given.evidence, false);
  assert.ok(given.component.length < 2_200_000, `${given.component.length} bytes`);
  // One component: no part of it holds another with code, and it imports nothing but the contract.
  const { COMPONENT, sections } = await import("../build/flatten.js");
  const parts = sections(given.component, COMPONENT);
  const nested = parts.filter(({ id }) => id === 4).flatMap(({ payload }) => sections(payload, COMPONENT));
  assert.ok(nested.every(({ id }) => id !== 1), "a nested component has code");
  const imports = parts.filter(({ id }) => id === 10).map(({ payload }) => payload.toString("latin1"));
  assert.ok(imports.some((name) => name.includes("mesinfos:data/bank@0.1.0")));
  assert.ok(imports.every((name) => name.includes("mesinfos:")), "an import is not of the contract");
});

test("files beside the app count, evidence too, and what is not used does not", { skip }, async () => {
  const files = app('import { read } from "./read.ts";', "return read();");
  files["read.ts"] = 'import { rows, amount, asSource, label } from "@mesinfos/sdk/bank";\nexport const read = () => [...rows({ asSource })];\nexport const other = () => [...rows({ amount })];\n';
  const given = await built(files);
  assert.deepEqual([asks(given), given.evidence], [{ bank: [] }, true]);
});

test("an app may ask for nothing", { skip }, async () => {
  assert.deepEqual(asks(await built(app(""))), {});
});

const REFUSED = [
  [app('import * as bank from "@mesinfos/sdk/bank";', "\nreturn bank[ctx.lang];"), /^app\.ts:4: which fields of bank are read cannot be told before it runs: name them.*\n {4}return bank\[ctx\.lang\];/],
  [app("", '\nreturn import("@mesinfos/sdk/bank");'), /^app\.ts:4: what is imported while the app runs .* import { rows, … } from "@mesinfos\/sdk\/bank"/],
  [app("", '\nreturn import("./" + ctx.lang);'), /^app\.ts:4: what is imported while the app runs/],
  [app('import { amonut } from "@mesinfos/sdk/bank";', "return amonut;"), /^app\.ts:2: bank has no field amonut: did you mean amount\? It has: holder, /],
  [app('import { amount } from "@mesinfos/sdk/banks";', "return amount;"), /^app\.ts:2: there is no "@mesinfos\/sdk\/banks": did you mean bank\? There are: bank, /],
  [app('import fs from "node:fs";', "return fs;"), /^app\.ts:2: an app has no "node:fs": it has no files/],
  [app("", "return ("), /^app\.ts:3: /],
  [{ "app.ts": "export const x = 1;\n" }, /^app\.ts: it declares no app: export default app\({ run }\)/],
  [app("const x = (globalThis as any).nothing.there;", "return x;"), /^the app cannot start: .*'there' of undefined\n {4}at app\.ts:2/],
];

test("what cannot be decided is an error that names file, line and remedy", { skip }, async () => {
  for (const [files, says] of REFUSED) await assert.rejects(built(files), (error) => (assert.match(error.message, says), true));
});
