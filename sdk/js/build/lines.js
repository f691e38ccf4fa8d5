// Which line of which file a line of the bundle comes from.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function* numbers(segment) {
  let [value, shift] = [0, 0];
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    yield value & 1 ? -(value >> 1) : value >> 1;
    [value, shift] = [0, 0];
  }
}

/** For each line of the bundle, from 1 on: the source and the line of its first piece; undefined for glue. */
export function origins(map) {
  const { mappings, sources } = JSON.parse(map);
  const found = [undefined];
  let [source, line] = [0, 0];
  for (const group of mappings.split(";")) {
    let first;
    for (const segment of group.split(",")) {
      const [, toSource, toLine] = [...numbers(segment)];
      if (toSource === undefined) continue;
      source += toSource;
      line += toLine;
      first ??= { source: sources[source], line: line + 1 };
    }
    found.push(first);
  }
  return found;
}

/** The author's lines, as `lib/guest.js` reads them. `nameOf` names a source of the author's, and nothing else. */
export function table(origins, nameOf) {
  const files = [];
  const lines = [];
  let [bundled, written] = [0, 0];
  origins.forEach((origin, at) => {
    const name = origin && nameOf(origin.source);
    if (!name) return;
    if (!files.includes(name)) files.push(name);
    lines.push([at - bundled, files.indexOf(name), origin.line - written].map((number) => number.toString(36)).join("."));
    [bundled, written] = [at, origin.line];
  });
  return `globalThis.__mesinfos = ${JSON.stringify({ files, lines: lines.join(",") })};\n`;
}
