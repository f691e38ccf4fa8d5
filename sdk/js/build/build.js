// Builds an app: bundles it, finds what it uses of the person's data, and makes a component that asks for that.

import { componentize } from "componentize-qjs";
import esbuild from "esbuild";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { camel } from "../lib/columns.js";
import { TABLES } from "../lib/tables.js";
import { write } from "./contract.js";
import { flatten } from "./flatten.js";
import { origins, table } from "./lines.js";

const SDK = realpathSync(fileURLToPath(new URL("..", import.meta.url)));
const EXPORT = "mesinfos:app/app@0.1.0";

/** What is wrong in the author's source: file, line and remedy. */
export class BuildError extends Error {
  constructor(problems) {
    super(problems.join("\n"));
    this.name = "BuildError";
  }
}

const native = {
  name: "native",
  setup(build) {
    build.onResolve({ filter: /^#native\// }, ({ path }) => {
      const name = path.slice("#native/".length);
      const owner = name === "log" || name === "evidence" ? "app" : "data";
      return { path: `mesinfos:${owner}/${name}@0.1.0`, external: true, sideEffects: false };
    });
    build.onResolve({ filter: /.*/ }, ({ path, kind, namespace, importer }) => {
      if (namespace !== "file" && importer === "") return undefined;
      if (kind === "dynamic-import" || kind === "require-call" || kind === "require-resolve") {
        const category = /^@mesinfos\/sdk\/([a-z]+)$/.exec(path)?.[1];
        const remedy = category
          ? `name the fields at the top of the file: import { rows, … } from "${path}"`
          : "write an import at the top of the file";
        return { errors: [{ text: `what is imported while the app runs cannot be told before: ${remedy}` }] };
      }
      if (/^node:/.test(path) || builtinModules.includes(path)) {
        return { errors: [{ text: `an app has no "${path}": it has no files, no network and no clock` }] };
      }
      return undefined;
    });
    build.onLoad({ filter: /\.([cm]?[jt]s|[jt]sx)$/ }, async ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!COMPUTED.test(text)) return undefined;
      const loader = path.split(".").pop().replace(/^[cm]/, "");
      // Without its comments.
      const code = await esbuild.transform(text, { loader }).then(({ code }) => code, () => "");
      if (!COMPUTED.test(code)) return undefined;
      const line = text.split("\n").findIndex((line) => COMPUTED.test(line));
      const says = "what is imported while the app runs cannot be told before: write an import at the top of the file";
      return { errors: [{ text: says, location: { file: basename(path), line: line + 1, lineText: text.split("\n")[line] ?? "" } }] };
    });
  },
};

/** An import whose module is computed. */
const COMPUTED = /(?<![\w$.])import\s*\(\s*(?!(["'])[^"']*\1\s*[,)])/;

function place({ location, text }) {
  if (location?.file === "mesinfos entry" && text.includes('"default"')) {
    return `${/in "(.*?)"/.exec(text)[1]}: it declares no app: export default app({ run })`;
  }
  text = meant(text) ?? text;
  return location ? `${location.file}:${location.line}: ${text}\n    ${location.lineText.trim()}` : text;
}

/** What an import of the SDK that does not exist was probably meant to be; nothing for other errors. */
function meant(text) {
  const module = /^Could not resolve "@mesinfos\/sdk\/(.*)"$/.exec(text)?.[1];
  if (module !== undefined) {
    const known = [...Object.keys(TABLES), "params", "testing", "view"];
    return `there is no "@mesinfos/sdk/${module}"${hint(module, known)} There are: ${known.join(", ")}`;
  }
  const [, category, name] = /^No matching export in ".*categories\/([a-z]+)\.js" for import "(.*)"$/.exec(text) ?? [];
  if (!category) return undefined;
  const fields = Object.keys(TABLES[category]).map(camel);
  return `${category} has no field ${name}${hint(name, fields)} It has: ${fields.join(", ")}`;
}

const hint = (found, known) => {
  const near = nearest(found, known);
  return near ? `: did you mean ${near}?` : ".";
};

/** The word that is nearest to another, if at most a third of its letters differ or it begins in the same way. */
function nearest(found, known) {
  const distance = (a, b) => {
    let row = Array.from({ length: b.length + 1 }, (_, at) => at);
    [...a].forEach((letter, at) => {
      const next = [at + 1];
      for (let to = 1; to <= b.length; to++) {
        next[to] = Math.min(row[to - 1] + (letter === b[to - 1] ? 0 : 1), row[to] + 1, next[to - 1] + 1);
      }
      row = next;
    });
    return row[b.length];
  };
  const low = found.toLowerCase();
  const scored = known.map((word) => [distance(low, word.toLowerCase()), word]).sort(([a], [b]) => a - b);
  const isNear = ([far, word]) => far * 3 <= Math.max(word.length, low.length) || low.startsWith(word.toLowerCase());
  return scored.find(isNear)?.[1];
}

async function bundled(entry) {
  try {
    return await esbuild.build({
      stdin: {
        contents:
          'import { guest } from "@mesinfos/sdk/guest";\n' +
          `import definition from ${JSON.stringify(`./${relative(dirname(entry), entry)}`)};\n` +
          "export const app = guest(definition);\n",
        resolveDir: dirname(entry),
        sourcefile: "mesinfos entry",
      },
      absWorkingDir: dirname(entry),
      bundle: true,
      format: "esm",
      platform: "neutral",
      mainFields: ["module", "main"],
      target: "es2022",
      charset: "utf8",
      treeShaking: true,
      write: false,
      outfile: join(dirname(entry), "app.bundle.js"),
      sourcemap: "external",
      metafile: true,
      logLevel: "silent",
      plugins: [native],
    });
  } catch (error) {
    if (!error.errors) throw error;
    throw new BuildError(error.errors.map(place));
  }
}

/** Lines of a source that use a namespace otherwise than by a name after a dot. */
function escapes(text, category) {
  const lines = text.split("\n");
  const imported = new RegExp(`import\\s*\\*\\s*as\\s+([\\w$]+)\\s+from\\s*["']@mesinfos/sdk/${category}["']`).exec(text);
  if (!imported) {
    const star = lines.findIndex((line) => line.includes("*") && line.includes(`@mesinfos/sdk/${category}`));
    return star < 0 ? [] : [star];
  }
  const use = new RegExp(`(?<![\\w$.])${imported[1].replace(/\$/g, "\\$")}(?![\\w$])(?!\\s*\\.\\s*[A-Za-z_$])`);
  return lines.flatMap((line, at) => (use.test(line) && !line.includes(`@mesinfos/sdk/${category}`) ? [at] : []));
}

/** What the bundle uses: the fields of each category, and evidence. */
function asked(code, from, authored, folder) {
  const categories = new Map();
  const problems = [];
  code.split("\n").forEach((line, at) => {
    const origin = from[at + 1];
    const name = origin && authored(origin.source);
    if (name && /(?<![\w$.])import\s*\(/.test(line)) {
      problems.push(`${name}:${origin.line}: a module that is imported while the app runs cannot be found: use import … from`);
    }
    if (!line.includes("@__PURE__")) return;
    const found = /\/\* @__PURE__ \*\/ ([A-Za-z]+?)\d*\("([a-z]+)"(?:, "([a-z0-9-]+)")?/.exec(line);
    const source = origin && resolve(folder, origin.source);
    if (!found || !source?.startsWith(join(SDK, "categories") + sep)) return;
    const [, declare, category, field] = found;
    if (declare === "everything") {
      for (const [path, text] of authored.texts()) {
        for (const line of escapes(text, category)) {
          problems.push(
            `${path}:${line + 1}: which fields of ${category} are read cannot be told before it runs: name them, as in ` +
              `import { rows, … } from "@mesinfos/sdk/${category}"\n    ${text.split("\n")[line].trim()}`,
          );
        }
      }
      if (problems.length === 0) problems.push(`all fields of ${category} are used at once: name those that the app reads`);
      return;
    }
    const use = categories.get(category) ?? { fields: new Set(), reads: false, scopes: false };
    categories.set(category, use);
    if (declare === "rowsOf" || declare === "pagesOf") use.reads = true;
    else if (declare === "scopeOf") use.scopes = true;
    else if (field) {
      use.fields.add(field);
      if (TABLES[category][field].with) use.fields.add(TABLES[category][field].with);
    }
  });
  if (problems.length > 0) throw new BuildError([...new Set(problems)]);
  for (const [category, use] of categories) {
    // Without a reader, no field can be read.
    if (!use.reads && !use.scopes) categories.delete(category);
  }
  return categories;
}

/** The file that declares the app. */
export function entryOf(folder) {
  const names = ["app.ts", "app.js", "src/app.ts", "src/app.js"];
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (!found) throw new BuildError([`${folder}: there is none of ${names.join(", ")}, which declares the app`]);
  return found;
}

/**
 * Builds the app of a file into a component.
 * @returns what it asks for, and the component
 */
export async function build(file) {
  const entry = realpathSync(file);
  const folder = dirname(entry);
  const { outputFiles, metafile } = await bundled(entry);
  const [code, map] = ["app.bundle.js", "app.bundle.js.map"].map((name) => outputFiles.find(({ path }) => path.endsWith(name)).text);
  const from = origins(map);
  const authored = (source) => {
    const path = resolve(folder, source);
    const isOurs = path.startsWith(SDK + sep) || path.includes(`${sep}node_modules${sep}`) || source.includes("mesinfos entry");
    return isOurs ? undefined : relative(folder, path);
  };
  authored.texts = () =>
    Object.keys(metafile.inputs).flatMap((input) => {
      const name = authored(input);
      return name && existsSync(join(folder, name)) ? [[name, readFileSync(join(folder, name), "utf8")]] : [];
    });
  const categories = asked(code, from, authored, folder);
  const [output] = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint !== undefined);
  const evidence = output.imports.some(({ path }) => path === "mesinfos:app/evidence@0.1.0");
  const wit = mkdtempSync(join(tmpdir(), "mesinfos-"));
  try {
    write(join(SDK, "wit"), wit, { categories, evidence });
    const script = join(wit, "app.js");
    writeFileSync(script, code + table(from, authored));
    const options = { witPath: wit, jsSource: readFileSync(script, "utf8"), jsPath: script, world: "app", worldName: "app", sync: true };
    const { component } = await componentize(options).catch((error) => {
      throw new BuildError([`the app cannot start: ${placed(error.message, from, authored)}`]);
    });
    const flat = flatten(component, (name) => name.startsWith("mesinfos:"), EXPORT);
    return { categories, evidence, component: flat, code };
  } finally {
    rmSync(wit, { recursive: true, force: true });
  }
}

/** An engine's message with the author's places. */
function placed(message, from, authored) {
  const says = /((?:[A-Z]\w*)?Error: [^\n]*)\s*$/m.exec(message.replace(/^[^]*?evaluation: /, ""))?.[1] ?? message.trim();
  const places = [...message.matchAll(/app\.js:(\d+)/g)].flatMap(([, line]) => {
    const origin = from[Number(line)];
    const name = origin && authored(origin.source);
    return name ? [`\n    at ${name}:${origin.line}`] : [];
  });
  return says + places.join("");
}
