/** A journey: something that a person does from beginning to end, and what it gets. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { launch } from './browser.mjs';
import { Visitor } from './visitor.mjs';

/** Time limit of a journey, in milliseconds. */
const LIMIT = 300_000;

/** Declares a journey. `act` gets a {@link Run}. With `hasScript` false, scripts are off. With `isCore` false, it takes too
 * long for a core run that does not name it. */
export function journey(name, act, { hasScript = true, isCore = true } = {}) {
  return { name, act, hasScript, isCore };
}

/** Declares a journey that is also run with scripts off. */
export function withAndWithout(name, act) {
  return [journey(name, act), journey(`${name} without scripts`, act, { hasScript: false })];
}

/** One run of a journey in a variant. */
export class Run {
  constructor(journey, variant, { template, chromium, screens }) {
    Object.assign(this, { journey, variant, template, chromium, screens, lang: variant.lang });
    this.problems = new Set();
    this.remarks = [];
    this.servers = [];
    this.visitors = [];
  }

  /** Starts a server of its own for this run. */
  async start(before) {
    const server = await this.template.start(before);
    this.servers.push(server);
    return server;
  }

  /** Starts the server of an event for this run. */
  async startEvent(...options) {
    const server = await this.template.startEvent(...options);
    this.servers.push(server);
    return server;
  }

  /** Opens a window at a server, by default the first one, which is started if there is none. */
  async visitor({ server, ...options } = {}) {
    server ??= this.servers[0] ?? (await this.start());
    // Ids differ from run to run, and say nothing.
    const told = problem => this.problems.add(problem.replace(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, '…'));
    const visitor = await Visitor.open(this.browser, server, this.variant, told, { hasScript: this.journey.hasScript, ...options });
    visitor.shot = async name => {
      if (this.screens && visitor.hasScript) await this.screens.take(visitor, name);
    };
    this.visitors.push(visitor);
    return visitor;
  }

  /** SHA-256 of a file of the example apps, as hexadecimal digits. */
  async digest(file) {
    return createHash('sha256').update(await fs.readFile(path.join(this.template.apps, file))).digest('hex');
  }

  /** Adds a sentence to the line about this run. */
  remark(says) {
    this.remarks.push(says);
  }

  /** Runs the journey. Never throws: `problems` has what went wrong. `keep` gets each visitor after a failure. */
  async go(keep) {
    const since = performance.now();
    let late;
    try {
      this.browser = await launch(this.chromium);
      const limit = new Promise((_, reject) => {
        late = setTimeout(() => reject(new Error(`the journey takes more than ${LIMIT / 1000} s`)), LIMIT);
      });
      await Promise.race([this.journey.act(this), limit]);
    } catch (error) {
      this.problems.add(readable(error));
    }
    clearTimeout(late);
    for (const visitor of this.visitors) {
      if (this.problems.size) await keep(visitor).catch(() => {});
      await visitor.close().catch(() => {});
    }
    await this.browser?.close().catch(() => {});
    for (const server of this.servers) {
      const log = server.log.filter(line => /panic|\berror\b/i.test(line));
      if (log.length) this.problems.add(`the server logged: ${log.slice(0, 3).join(' | ')}`);
      await server.remove();
    }
    this.seconds = (performance.now() - since) / 1000;
  }
}

/** An error with the line of the journey where it happened. */
function readable(error) {
  const line = error.stack?.split('\n').find(line => /\/journeys\//.test(line));
  const at = line?.match(/journeys\/[^)]*/)?.[0] ?? '';
  const message = error.message.replace(/\u001b\[[0-9;]*m/g, '').split('\n').slice(0, 6).map(part => part.trim()).join(' ');
  return at ? `${message} (${at})` : message;
}
