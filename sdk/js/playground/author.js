// An author's source as an app, without a bundler: its imports become names of the modules that are there.

import { Failed, Failure, note } from "@mesinfos/sdk";

/** A statement `import`, at the start of a line. */
const IMPORT = /^[ \t]*import\b(?:([^"'();]*?)\bfrom)?[ \t\n]*(["'])([^"'\n]*)\2[ \t]*;?/gm;
/** A statement `export`, at the start of a line. */
const EXPORT = /^[ \t]*export[ \t]+(default\b|(?=(?:async[ \t]+)?function\b|const\b|let\b|class\b))/gm;
/** An export without a declaration. */
const EXPORT_LIST = /^[ \t]*export[ \t]*[{*]/m;

/** Lines that an engine puts before the body of a function. */
const BEFORE = 2;

class Mistake extends Error {}

const lineAt = (text, at) => text.slice(0, at).split("\n").length;
const newlines = (text) => "\n".repeat(text.split("\n").length - 1);

export class Author {
  #definition;
  #modules;

  constructor(source, modules) {
    this.#modules = modules;
    this.#definition = this.#guarded(() => this.#loaded(source));
  }

  /** What a function gives of the app. An error is noted with its line, and thrown again. */
  call(of) {
    return this.#guarded(() => of(this.#definition));
  }

  #guarded(does) {
    try {
      return does();
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw told(error);
    }
  }

  #loaded(source) {
    let body = source.replace(IMPORT, (whole, names, _, path, at) => {
      const line = lineAt(source, at);
      const module = this.#modules.get(path);
      if (!module) throw new Mistake(`app.js:${line}: ${this.#unknown(path)}`);
      return bound(names?.trim() ?? "", path, module, line) + newlines(whole);
    });
    const list = EXPORT_LIST.exec(body);
    if (list) throw new Mistake(`app.js:${lineAt(body, list.index)}: write export default app({ run })`);
    let count = 0;
    body = body.replace(EXPORT, (_, word) => {
      if (word !== "default") return "";
      count += 1;
      return "$exports.default = ";
    });
    if (count !== 1) throw new Mistake("app.js: it declares no app: export default app({ run })");
    const exports = {};
    new Function("$modules", "$exports", `"use strict";${body}`)(this.#modules, exports);
    if (typeof exports.default?.run !== "function") throw new Mistake("app.js: it declares no app: export default app({ run })");
    return exports.default;
  }

  #unknown(path) {
    return `there is no "${path}". There are: ${[...this.#modules.keys()].join(", ")}`;
  }
}

/** The declaration of the names of an import. */
function bound(names, path, module, line) {
  const value = `$modules.get(${JSON.stringify(path)})`;
  if (names === "") return "";
  const all = /^\*\s+as\s+([\w$]+)$/.exec(names);
  if (all) return `const ${all[1]} = ${value};`;
  const list = /^\{([^]*)\}$/.exec(names);
  if (!list) throw new Mistake(`app.js:${line}: name what is imported: import { … } from "${path}"`);
  const pairs = list[1]
    .replace(/\/\/[^\n]*|\/\*[^]*?\*\//g, "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean)
    .map((one) => {
      const [, from, as] = /^([\w$]+)(?:\s+as\s+([\w$]+))?$/.exec(one) ?? [];
      if (!from) throw new Mistake(`app.js:${line}: "${one}" is no name`);
      if (!(from in module)) {
        throw new Mistake(`app.js:${line}: "${path}" has no ${from}. It has: ${Object.keys(module).join(", ")}`);
      }
      return as ? `${from}: ${as}` : from;
    });
  return `const { ${pairs.join(", ")} } = ${value};`;
}

/** Notes an error with the author's lines; gives one that says it in one line. */
function told(error) {
  const isError = error instanceof Error;
  const says = error instanceof Mistake ? error.message : isError ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`;
  note(says);
  for (const place of isError && !(error instanceof Mistake) ? places(error.stack) : []) note(`  at ${place}`);
  return new Failed(says);
}

/** The author's lines of a stack, innermost first. */
function places(stack) {
  return String(stack ?? "")
    .split("\n")
    .flatMap((frame) => {
      const found = /^\s*at (?:(.*) \()?<(?:input|evalScript|anonymous)>:(\d+)/.exec(frame);
      const line = found ? Number(found[2]) - BEFORE : 0;
      return line > 0 ? [`app.js:${line}${found[1] && found[1] !== "<anonymous>" && found[1] !== "anonymous" ? ` in ${found[1]}` : ""}`] : [];
    })
    .slice(0, 8);
}
