import path from 'node:path';
import { journey } from '../harness/journey.mjs';
import { giveAll, signUp } from '../harness/steps.mjs';
import { hostileTexts } from '../harness/hostile.mjs';

/** Texts in a journey. */
const COUNT = 10_000;

/** Rows on a page of the data, and labels in a result of the app `echo`. */
const ROWS = 25;
const LABELS = 1_000;

/** Pages that are looked at with the policy in force, where the other window sees all. */
const FEW = 10;

/** A file of a bank: each row has a text as its label. */
function statement(texts) {
  const holders = texts.slice(0, 12);
  const rows = texts.map((text, index) => ({
    docType: 'bankoperation',
    bankAccount: texts[index % 40],
    date: new Date(Date.UTC(2020, 0, 1 + (index % 2_000))).toISOString(),
    amount: -1 - index / 100,
    title: texts[(index * 7) % COUNT],
    raw: text,
    origin: holders[index % holders.length],
  }));
  return Buffer.from(JSON.stringify(rows));
}

/** What a text changed on the page: nothing, if the list is empty. Runs in the page. */
function changes(own) {
  const found = [];
  const main = document.querySelector('main');
  const ACTIVE = 'script, iframe, object, embed, base, meta, link, style, img, video, audio, marquee, template, math, noscript, x';
  for (const element of main.querySelectorAll(ACTIVE)) found.push(`<${element.localName}>`);
  for (const element of document.querySelectorAll('body *')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on') || (name === 'style' && !element.closest('svg'))) found.push(`<${element.localName} ${name}>`);
      if (['href', 'src', 'action', 'formaction'].includes(name) && !/^([/?#]|$)/.test(value)) found.push(`${name}="${value}"`);
    }
    if (main.contains(element) && getComputedStyle(element).position === 'fixed') found.push(`<${element.localName}> is fixed`);
  }
  // What the host says around the page is what it says on every page.
  const frame = [...document.querySelectorAll('body > *')].filter(element => !element.contains(main));
  const says = frame.map(element => [...element.querySelectorAll('a, button, summary')].map(({ textContent }) => textContent.trim()).join('|')).join('||');
  if (own && own !== says) found.push(`around the page stands "${says}", not "${own}"`);
  // What an app says stays inside its frame.
  const result = document.querySelector('.res');
  const edge = result?.getBoundingClientRect();
  const isClipped = element => {
    for (let at = element.parentElement; at && at !== result; at = at.parentElement) if (getComputedStyle(at).overflowX !== 'visible') return true;
    return element.closest('.sr, details:not([open])') !== null;
  };
  for (const element of result?.querySelectorAll('*') ?? []) {
    const { left, right, width, height } = element.getBoundingClientRect();
    if (width && height && (right > edge.right + 1 || left < edge.left - 1) && !isClipped(element)) {
      found.push(`<${element.localName} class="${element.getAttribute('class') ?? ''}"> "${element.textContent.slice(0, 40)}" sticks out of the result: ${Math.round(left)} to ${Math.round(right)}, not ${Math.round(edge.left)} to ${Math.round(edge.right)}`);
    }
  }
  return { found: [...new Set(found)].slice(0, 5), says };
}

/** Opens a window whose pages are searched for what texts changed. `numbers` are those of the texts that were seen. */
async function watched(run, options) {
  const visitor = await run.visitor(options);
  const numbers = new Set();
  let own;
  const look = async () => {
    const { found, says } = await visitor.page.evaluate(changes, own);
    own ??= says;
    for (const one of found) visitor.told(`${new URL(visitor.page.url()).pathname}: a text became ${one}`);
    const text = await visitor.page.evaluate(() => document.body.textContent);
    for (const [, number] of text.matchAll(/•(\d+)•/g)) numbers.add(Number(number));
    if (/[\u202a-\u202e\u2066-\u2069]/.test(text)) visitor.told(`${visitor.path}: a character that turns text around`);
  };
  const open = async address => {
    await visitor.page.goto(visitor.server.url + address, { waitUntil: 'load' });
    await look();
  };
  return { visitor, numbers, look, open };
}

/** Fails unless every text was seen as it is. */
function all(numbers, count, where) {
  if (numbers.size < count) throw new Error(`${numbers.size} of ${count} texts stand ${where}`);
}

async function addStatement({ visitor, look }, texts) {
  await visitor.visit('/add');
  const name = `${texts[5].replace(/[\u0000/\\\r\n]/g, '')}.json`;
  await visitor.page.locator('input[type=file][multiple]').setInputFiles([{ name, mimeType: 'application/json', buffer: statement(texts) }]);
  await visitor.follow(visitor.say('page-add', 'send'));
  await look();
}

export default [
  journey('hostile texts of a data holder', async run => {
    const texts = hostileTexts(COUNT);
    // With the policy taken away nothing but the pages themselves protects the person.
    for (const bypassCSP of [true, false]) {
      const window = await watched(run, { bypassCSP });
      const { visitor, numbers, open } = window;
      await signUp(visitor, bypassCSP ? 'Camille' : 'Dominique');
      await open('/home');
      await addStatement(window, texts);
      await visitor.visit('/data/money/bank');
      const pages = bypassCSP ? COUNT / ROWS : FEW;
      for (let page = 1; page <= pages; page += 1) await open(`/data/money/bank?page=${page}`);
      if (bypassCSP) all(numbers, COUNT, 'in the list of rows');
      for (const address of ['/home', '/data', '/data/money', '/imports', '/journal', '/apps', '/apps/budget']) await open(address);
      const row = await visitor.page.goto(`${visitor.server.url}/data/money/bank`).then(() => visitor.main.locator('#rows a').first().getAttribute('href'));
      await open(row);
    }
    run.remark(`${COUNT} texts`);
  }),

  journey('hostile texts of an app', async run => {
    const texts = hostileTexts(COUNT);
    const echo = path.join(run.template.apps, '../hostile-apps/echo.wasm');
    const server = await run.start(command => command('install', echo));
    for (const bypassCSP of [true, false]) {
      const window = await watched(run, { server, bypassCSP });
      const { visitor, numbers, look, open } = window;
      await signUp(visitor, bypassCSP ? 'Camille' : 'Dominique');
      await open('/home');
      await addStatement(window, texts);
      await open('/apps');
      await open('/apps/echo/proof');
      await open('/apps/echo');
      await giveAll(visitor);
      await visitor.button(visitor.say('page-consent', 'grant-and-run')).click();
      await visitor.page.waitForURL('**/results/*');
      await visitor.check();
      await look();
      numbers.clear();
      const button = () => visitor.button(visitor.say('view', 'recalculate'));
      for (let from = 0; from < (bypassCSP ? COUNT : 2 * LABELS); from += LABELS) {
        const form = visitor.main.locator('form').filter({ has: button() });
        await form.locator('input[inputmode=decimal], input[inputmode=numeric]').first().fill(String(from));
        const led = visitor.page.waitForNavigation({ waitUntil: 'load' });
        await button().click();
        await led;
        await look();
        await open(`${visitor.path.split('?')[0]}?page=2`);
      }
      if (bypassCSP) all(numbers, COUNT, 'in the results');
      await open('/home');
      await open('/journal');
    }
    run.remark(`${COUNT} texts`);
  }),
];
