/** The workbench of an author: an app in a folder of its own, and the server of `mesinfos dev`. */
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Time within which the server says its address, in milliseconds. */
const START = 60_000;

export class Workbench {
  /** What it says in the terminal may be about errors of the author, so none of it is a fault. */
  log = [];

  /** Writes a new app in `folder` and begins to show it. `lang` is the language of the command line. */
  static async begin(program, folder, lang) {
    const bench = new Workbench();
    bench.folder = folder;
    await run(program, ['new', folder, '--publisher', 'Équipe 7']);
    bench.child = spawn(program, ['dev', folder, '--port', '0', '--lang', lang], { stdio: ['ignore', 'pipe', 'ignore'] });
    bench.ended = new Promise(resolve => bench.child.once('close', resolve));
    const lines = readline.createInterface({ input: bench.child.stdout });
    bench.url = await new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('the workbench did not start')), START).unref();
      lines.on('line', line => {
        const url = /http:\/\/localhost:\d+/.exec(line)?.[0];
        if (url) resolve(url);
      });
    });
    return bench;
  }

  /** Replaces a text in a file of the app. */
  edit(file, from, to) {
    const place = path.join(this.folder, file);
    const text = fs.readFileSync(place, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
    fs.writeFileSync(place, text.replace(from, to));
  }

  async remove() {
    this.child.kill('SIGKILL');
    await this.ended;
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
