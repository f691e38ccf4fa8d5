// Writes the modules that the playground's app is built with: every field of every category, and the place of the source.

import { writeFileSync } from "node:fs";
import { camel } from "../lib/columns.js";
import { TABLES } from "../lib/tables.js";

/** Bytes of the place of the source, marks included. The host knows the marks: `platform/src/developer/playground.rs`. */
const PLACE = 48 * 1024;
const [BEGINS, ENDS] = ["<mesinfos playground source", "mesinfos playground source>"];

const folder = process.argv[2];
if (!folder) throw new Error("usage: prepare.js FOLDER");

const names = (category) => ["rows", "pages", "scope", "asSource", ...Object.keys(TABLES[category]).map(camel)];
const categories = Object.keys(TABLES);
const imports = categories.map((category) => {
  const list = names(category).map((name) => `${name} as ${category}_${name}`);
  return `import { ${list.join(", ")} } from "@mesinfos/sdk/${category}";\n`;
});
const objects = categories.map((category) => {
  const list = names(category).map((name) => `${name}: ${category}_${name}`);
  return `  ${category}: { ${list.join(", ")} },\n`;
});
writeFileSync(`${folder}/categories.js`, `${imports.join("")}\nexport const categories = {\n${objects.join("")}};\n`);
writeFileSync(`${folder}/source.js`, `export const SOURCE = "${BEGINS.padEnd(PLACE - ENDS.length, ".")}${ENDS}";\n`);
