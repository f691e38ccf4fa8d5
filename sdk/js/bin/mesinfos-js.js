#!/usr/bin/env node
import { writeFileSync } from "node:fs";
import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { BuildError, build, entryOf } from "../build/build.js";

const HELP = `Usage: mesinfos-js build [FILE or FOLDER] [--output component.wasm] [--json]
       mesinfos-js test [FOLDER]

build  Builds the app that a file (by default app.ts or app.js) declares into a component, and says what it asks for
test   Runs the tests of a folder (*.test.ts, *.test.js) in Node, without a component
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { output: { type: "string", short: "o", default: "component.wasm" }, json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
});
const [verb, given = "."] = positionals;

try {
  if (values.help || !["build", "test"].includes(verb)) {
    process.stdout.write(HELP);
    process.exitCode = values.help ? 0 : 2;
  } else if (verb === "test") {
    const { test } = await import("../build/run-tests.js");
    process.exitCode = await test(given);
  } else {
    const file = statSync(given, { throwIfNoEntry: false })?.isDirectory() ? entryOf(given) : given;
    const { categories, evidence, component } = await build(file);
    writeFileSync(values.output, component);
    const asks = Object.fromEntries([...categories].map(([category, { fields }]) => [category, [...fields]]));
    if (values.json) console.log(JSON.stringify({ asks, evidence, component: values.output, size: component.length }));
    else {
      console.log(categories.size === 0 ? "asks for no data" : "asks for");
      for (const [category, fields] of Object.entries(asks)) console.log(`  ${category}: ${fields.join(", ") || "no field, only the number of rows"}`);
      console.log(`${values.output} (${(component.length / 1e6).toFixed(2)} MB)`);
    }
  }
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  for (const problem of error.message.split("\n")) console.error(problem.startsWith("    ") ? problem : `error: ${problem}`);
  process.exitCode = 1;
}
