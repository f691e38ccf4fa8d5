/** Servers for the journeys: each has a data folder of its own, copied from a template. */
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import readline from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Time within which a server answers, and within which it stops, in milliseconds. */
const START = 20_000;
const STOP = 15_000;

const OPERATOR = 'falaise orgue casserole 58';

/** Servers that run, for the end of the process. */
const running = new Set();

/** A folder to copy for each server: the example apps are installed, and there is nobody. */
export class Template {
  constructor({ program, apps, work }) {
    Object.assign(this, { program, apps, work, folder: path.join(work, 'template'), made: 0 });
  }

  async prepare() {
    const files = fs.readdirSync(this.apps).filter(name => name.endsWith('.wasm')).sort();
    if (!files.length) throw new Error(`${this.apps} has no app: cargo xtask apps`);
    fs.mkdirSync(this.work, { recursive: true });
    for (const file of files) await command(this.program, this.folder, ['install', path.join(this.apps, file)]);
  }

  /** Makes an event, and starts its server. `options` are those of `event new`. */
  async startEvent(...options) {
    const folder = path.join(this.work, `data-${++this.made}`);
    const made = JSON.parse(await command(this.program, folder, ['--json', 'event', 'new', 'Lyon', ...options]));
    const server = new Server(this.program, folder, ['event', 'serve', '--listen', '127.0.0.1']);
    // It sends the origin with its own forms.
    server.referrer = 'same-origin';
    server.code = made.code.replaceAll('-', '');
    return server.start();
  }

  /** Starts a server. `before` gets a function that runs commands on the data folder before the server starts. */
  async start(before = async () => {}) {
    const folder = path.join(this.work, `data-${++this.made}`);
    fs.cpSync(this.folder, folder, { recursive: true, preserveTimestamps: true });
    fs.chmodSync(folder, 0o700);
    await before((...args) => command(this.program, folder, args));
    return new Server(this.program, folder).start();
  }
}

/** A running server. */
export class Server {
  constructor(program, folder, verb = ['serve']) {
    Object.assign(this, { program, folder, verb, log: [] });
  }

  async start() {
    // A fixed port, so that a server that restarts keeps its origin.
    this.port ??= await freePort();
    const args = ['--data', this.folder, '--lang', 'en', ...this.verb, '--port', String(this.port)];
    this.child = spawn(this.program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(this.child);
    this.ended = new Promise(resolve => this.child.once('close', resolve));
    readline.createInterface({ input: this.child.stderr }).on('line', line => this.log.push(line));
    readline.createInterface({ input: this.child.stdout }).on('line', line => this.log.push(line));
    // Passkeys need a domain: a browser refuses them on an IP address.
    this.url = `http://localhost:${this.port}`;
    const until = Date.now() + START;
    for (;;) {
      if (await answers(`http://127.0.0.1:${this.port}/healthz`)) return this;
      if (this.child.exitCode !== null || Date.now() > until) {
        await this.stop();
        throw new Error(`the server did not start:\n${this.log.join('\n')}`);
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  /** Runs a command beside the server, on its data folder. Resolves to its output. */
  command(...args) {
    return command(this.program, this.folder, args);
  }

  /** Path that the operator of the machine opens first: it leads to their invitation. */
  async entrance() {
    const said = await this.command('open');
    const path = /\/open\/[0-9a-f]+/.exec(said)?.[0];
    if (!path) throw new Error(`no address in "${said}"`);
    return path;
  }

  /** Makes an invitation, as an operator who sits at another computer. Resolves to its code. */
  async invite(role) {
    if (!this.operator) {
      const led = await this.ask('GET', await this.entrance());
      const joined = await this.ask('POST', led.headers.location, { name: 'Operator', password: OPERATOR });
      this.operator = joined.headers['set-cookie'][0].split(';')[0];
    }
    const { body, status } = await this.ask('POST', '/operator/invitations', { role, days: '1' });
    const code = /\/invitation\/([0-9A-Za-z]+)/.exec(body)?.[1];
    if (!code) throw new Error(`the operator's page answers ${status}, without a code`);
    return code;
  }

  /** A request of the operator: `{ status, headers, body }`. */
  ask(method, path, form) {
    const body = form ? new URLSearchParams(form).toString() : '';
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
    if (this.operator) headers.cookie = this.operator;
    return new Promise((resolve, reject) => {
      const request = http.request({ host: '127.0.0.1', port: this.port, path, method, headers: { ...headers, host: `localhost:${this.port}` } }, response => {
        const parts = [];
        response.on('data', part => parts.push(part));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts).toString() }));
      });
      request.once('error', reject);
      request.end(body);
    });
  }

  async stop() {
    if (!this.child) return;
    const child = this.child;
    this.child = undefined;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP);
    await this.ended;
    clearTimeout(late);
    running.delete(child);
  }

  /** Stops for good, and removes the data folder. */
  async remove() {
    await this.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Stops, runs a command on the data folder, and starts again at the same address. */
  async restart(between = async () => {}) {
    await this.stop();
    await between((...args) => command(this.program, this.folder, args));
    return this.start();
  }
}

/** Output of a command. Fails with what it printed. */
async function command(program, folder, args) {
  try {
    const { stdout } = await run(program, ['--data', folder, '--lang', 'en', ...args], { maxBuffer: 1 << 26 });
    return stdout;
  } catch (error) {
    throw new Error(`mesinfos ${args.join(' ')}: ${error.stderr || error.message}`);
  }
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const socket = net.createServer();
    socket.once('error', reject);
    socket.listen(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

process.once('exit', () => running.forEach(child => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
