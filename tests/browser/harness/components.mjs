/** Components of apps, for a test of a new version. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './options.mjs';

/** A component without the custom sections of its outermost level: its manifest is one of them. A section is a byte
 * for its kind, its length, and its content; a custom one has kind 0.
 * https://github.com/WebAssembly/component-model/blob/main/design/mvp/Binary.md */
export function bare(bytes) {
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length; ) {
    const start = at;
    const kind = bytes[at++];
    const [length, content] = unsigned(bytes, at);
    at = content + length;
    if (kind !== 0) kept.push(bytes.subarray(start, at));
  }
  return Buffer.concat(kept);
}

/** An unsigned number in LEB128 at `at`, and the place after it. */
function unsigned(bytes, at) {
  let [value, shift] = [0, 0];
  for (;;) {
    const byte = bytes[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
    shift += 7;
  }
}

/** Builds a later version of an app: its name and id, with the program of `from` and what that asks for. Resolves to
 * the file. `program` is the built command of a server. With the file of a key, it is signed; with `as`,
 * it has another id. */
export async function laterVersion(server, apps, id, from, { version = '99.0.0', key, as = id } = {}) {
  const folder = `${server.folder}-later-${as}-${version}`;
  await fs.mkdir(folder, { recursive: true });
  const read = app => fs.readFile(path.join(ROOT, `example-apps/${app}/mesinfos.toml`), 'utf8');
  const [head] = (await read(id)).split('\n[[reads]]');
  const asks = (await read(from)).split('\n[[reads]]').slice(1).map(part => `\n[[reads]]${part}`);
  await fs.writeFile(path.join(folder, 'mesinfos.toml'), head.replace(/^version = .*$/m, `version = "${version}"`).replace(/^id = .*$/m, `id = "${as}"`) + asks.join(''));
  const [component, output] = ['component.wasm', 'later.wasm'].map(name => path.join(folder, name));
  await fs.writeFile(component, bare(await fs.readFile(path.join(apps, `${from}.wasm`))));
  const signing = key ? ['--key', key] : ['--unsigned'];
  await server.command('build', folder, '--component', component, '--output', output, ...signing);
  return output;
}
