// What the host calls. An error that nobody caught is noted with the author's file and line before the app crashes.

import { lowered } from "./check.js";
import { Context, Words } from "./context.js";
import { Failure } from "./failure.js";
import { note } from "./log.js";

const absent = (what, instead) =>
  function () {
    throw new Error(`${what} is not there: an app gives the same view for the same rows. ${instead}`);
  };

// Neither varies between two runs, so that a run can be repeated.
Math.random = absent("Math.random()", "Use a value of the rows, or a parameter");
Date.now = absent("Date.now()", "Use ctx.today");
globalThis.Date = new Proxy(Date, {
  construct(date, given) {
    return given.length === 0 ? Date.now() : new date(...given);
  },
  apply: () => Date.now(),
});
globalThis.console ??= { log: note, info: note, warn: note, error: note, debug: note };

/** Author's file and line of each line of the bundle: "line.file.line" in base 36, each but the file relative. */
function placeOf(line) {
  const { files, lines } = globalThis.__mesinfos ?? { files: [], lines: "" };
  let [bundled, written] = [0, 0];
  for (const one of lines.split(",")) {
    const [step, file, move] = one.split(".").map((number) => parseInt(number, 36));
    bundled += step;
    written += move;
    if (bundled === line) return `${files[file]}:${written}`;
    if (bundled > line) return undefined;
  }
  return undefined;
}

/** The author's functions of a stack, innermost first. */
function frames(stack) {
  return String(stack ?? "")
    .split("\n")
    .flatMap((frame) => {
      const found = /^\s*at (?:(.*) \()?(?:.*?):(\d+)(?::\d+)?\)?$/.exec(frame);
      const place = found && placeOf(Number(found[2]));
      const name = found?.[1] && found[1] !== "<anonymous>" ? ` in ${found[1]}` : "";
      return place ? [`${place}${name}`] : [];
    });
}

function told(error) {
  const isError = error instanceof Error;
  note(isError ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`);
  for (const frame of isError ? frames(error.stack).slice(0, 8) : []) note(`  at ${frame}`);
}

function call(does) {
  try {
    return does();
  } catch (error) {
    if (error instanceof Failure) throw lowered(error.payload, "failure", "failure");
    told(error);
    throw error;
  }
}

export const guest = (definition) => ({
  parameters: (lang) =>
    call(() => lowered(definition.parameters?.(new Words(lang)) ?? [], ["list", "param"], "parameters")),
  run: (raw) => call(() => lowered(definition.run(new Context(raw)), "report", "")),
});
