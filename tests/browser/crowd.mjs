/**
 * Many people at once: each has a sample life and a session, and opens a page every few seconds. Prints a line for each
 * page: number of requests, median, 95th percentile and longest time from request to the last byte of the answer, in
 * milliseconds, and the ratio of the 95th percentile to that of a page without anybody's data.
 */
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './harness/options.mjs';
import { Template } from './harness/server.mjs';

/** The page that the others are compared with. */
const PLAIN = '/about/privacy';

const PAGES = [PLAIN, '/home', '/data', '/data/money', '/data/money/bank', '/timeline', '/apps', '/apps/budget', '/journal', '/imports', '/settings'];

const { values } = parseArgs({
  options: {
    program: { type: 'string' },
    apps: { type: 'string' },
    work: { type: 'string', default: path.join(ROOT, 'target/crowd') },
    /** At most 200: a server has no more sample lives at once. */
    people: { type: 'string', default: '190' },
    seconds: { type: 'string', default: '120' },
    /** Seconds between two pages of one person, on average. */
    pause: { type: 'string', default: '15' },
  },
});
if (!values.program || !values.apps) throw new Error('--program FILE and --apps DIR are needed');
const [people, seconds, pause] = [values.people, values.seconds, values.pause].map(Number);

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

function ask(port, method, at, { cookie, form, lang = 'fr' } = {}) {
  const body = form ? new URLSearchParams(form).toString() : '';
  const headers = { host: `localhost:${port}`, 'sec-fetch-site': 'same-origin', 'accept-language': lang };
  if (body) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length });
  if (cookie) headers.cookie = cookie;
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path: at, method, headers, agent }, response => {
      let bytes = 0;
      const parts = [];
      response.on('data', part => {
        bytes += part.length;
        if (bytes < 1 << 20) parts.push(part);
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, bytes, text: Buffer.concat(parts).toString() }));
    });
    request.once('error', reject);
    request.end(body);
  });
}

const wait = time => new Promise(resolve => setTimeout(resolve, time));

/** Sessions of people with sample lives. */
async function arrive(port) {
  const start = await ask(port, 'GET', '/welcome');
  const lives = [...start.text.matchAll(/name="life" value="([^"]+)"/g)].map(([, life]) => life);
  if (!lives.length) throw new Error(`no life is offered`);
  const cookies = [];
  let next = 0;
  const work = async () => {
    while (next < people) {
      const life = lives[next++ % lives.length];
      for (;;) {
        const begun = await ask(port, 'POST', '/welcome', { form: { life } });
        const cookie = begun.headers['set-cookie']?.[0].split(';')[0];
        if (begun.status === 303 && cookie) {
          cookies.push(cookie);
          break;
        }
        if (begun.status < 500 && begun.status !== 429) throw new Error(`a life does not begin: ${begun.status}`);
        await wait(500);
      }
    }
  };
  await Promise.all([work(), work()]);
  return cookies;
}

function quantile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)];
}

const template = new Template({ program: values.program, apps: values.apps, work: values.work });
await template.prepare();
const server = await template.start();
try {
  const begun = Date.now();
  const cookies = await arrive(server.port);
  console.log(`${cookies.length} people after ${((Date.now() - begun) / 1000).toFixed(0)} s; ${os.cpus().length} processors`);
  const times = new Map(PAGES.map(page => [page, []]));
  const sizes = new Map();
  let failed = 0;
  const until = Date.now() + seconds * 1000;
  const visit = async (cookie, index) => {
    let turn = index;
    await wait(Math.random() * pause * 1000);
    while (Date.now() < until) {
      const page = PAGES[turn++ % PAGES.length];
      const from = performance.now();
      const answer = await ask(server.port, 'GET', page, { cookie });
      const took = performance.now() - from;
      if (answer.status === 200) {
        times.get(page).push(took);
        sizes.set(page, answer.bytes);
      } else {
        failed += 1;
      }
      await wait(-Math.log(1 - Math.random()) * pause * 1000);
    }
  };
  await Promise.all(cookies.map(visit));
  const plain = quantile(times.get(PLAIN).sort((a, b) => a - b), 0.95);
  console.log('page requests median p95 longest ratio bytes');
  const all = [];
  for (const [page, took] of times) {
    if (!took.length) continue;
    took.sort((a, b) => a - b);
    all.push(...took);
    const of = part => quantile(took, part).toFixed(1);
    console.log([page, took.length, of(0.5), of(0.95), of(1), (quantile(took, 0.95) / plain).toFixed(1), sizes.get(page)].join(' '));
  }
  all.sort((a, b) => a - b);
  console.log(`all ${all.length} ${quantile(all, 0.5).toFixed(1)} ${quantile(all, 0.95).toFixed(1)} ${quantile(all, 1).toFixed(1)}; ${failed} other answers`);
} finally {
  agent.destroy();
  await server.remove();
}
