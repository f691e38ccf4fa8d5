// The part of the contract that an app uses, as WIT: what it does not use is not in its component, and so not asked for.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** An interface of a category without the functions that are not used. */
function trimmed(text, { fields, reads, scopes }) {
  const kept = [];
  let docs = [];
  let skipping = false;
  for (const line of text.split("\n")) {
    if (/^\s*\/\/\//.test(line)) {
      docs.push(line);
      continue;
    }
    const column = /^    %?([a-z0-9-]+): func\(\) -> /.exec(line);
    const isScope = /^  scope: func/.test(line);
    if (/^  resource /.test(line) && !reads) skipping = true;
    const goes = skipping || (column && !["next", "rows"].includes(column[1]) && !fields.has(column[1])) || (isScope && !scopes);
    if (!goes) kept.push(...docs, line);
    if (skipping && line === "  }") skipping = false;
    docs = [];
  }
  return kept.join("\n");
}

/**
 * Writes the WIT of an app to a folder.
 * @param {string} wit the whole contract
 * @param {string} folder
 * @param {{ categories: Map<string, { fields: Set<string>, reads: boolean, scopes: boolean }>, evidence: boolean }} asked
 */
export function write(wit, folder, { categories, evidence }) {
  for (const part of ["app", "data"]) mkdirSync(join(folder, "deps", part), { recursive: true });
  cpSync(join(wit, "app"), join(folder, "deps/app"), { recursive: true });
  cpSync(join(wit, "data/types.wit"), join(folder, "deps/data/types.wit"));
  for (const [category, use] of categories) {
    const text = readFileSync(join(wit, `data/${category}.wit`), "utf8");
    writeFileSync(join(folder, `deps/data/${category}.wit`), trimmed(text, use));
  }
  const imports = [...categories.keys()].map((category) => `mesinfos:data/${category}@0.1.0`);
  imports.push("mesinfos:app/log@0.1.0", ...(evidence ? ["mesinfos:app/evidence@0.1.0"] : []));
  const world = imports.map((name) => `  import ${name};\n`).join("");
  writeFileSync(
    join(folder, "world.wit"),
    `package mesinfos:author;\n\nworld app {\n${world}  export mesinfos:app/app@0.1.0;\n}\n`,
  );
}
