/** What passed in a folder of work, so that a long run that broke off, or in which something failed, goes on from there. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

export class Passed {
  /** `again` leaves what an earlier run with the same program, apps and journeys passed; otherwise the folder begins empty. */
  constructor({ work, program, apps, again }, journeys) {
    this.file = path.join(work, 'passed.json');
    this.of = digest([program, ...below(apps, '.wasm'), ...below(journeys, '.mjs')]);
    const earlier = again ? read(this.file) : undefined;
    this.names = new Set(earlier?.of === this.of ? earlier.names : []);
    if (this.names.size === 0) fs.rmSync(work, { recursive: true, force: true });
    fs.mkdirSync(work, { recursive: true });
  }

  has(name) {
    return this.names.has(name);
  }

  add(name) {
    this.names.add(name);
    // Whole or not at all: a run may be stopped at any time.
    fs.writeFileSync(`${this.file}.new`, JSON.stringify({ of: this.of, names: [...this.names] }));
    fs.renameSync(`${this.file}.new`, this.file);
  }
}

function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function below(folder, ending) {
  const files = fs.readdirSync(folder, { recursive: true }).filter(name => name.endsWith(ending) && !name.includes('node_modules'));
  return files.sort().map(name => path.join(folder, name));
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(fs.readFileSync(file));
  return hash.digest('hex');
}
