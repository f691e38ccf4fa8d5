/** Standing checks: what holds for every page in every state. Each returns a list of problems, as sentences. */
import fs from 'node:fs';
import { createHash } from 'node:crypto';
import { HtmlValidate } from 'html-validate';
import { foreign, junk } from './words.mjs';

const AXE = fs.readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** Rules of axe: WCAG 2.2, levels A and AA, and its best practices. */
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Narrowest width without horizontal scrolling (WCAG 2.2, 1.4.10), in CSS pixels. */
export const REFLOW = 320;

/** Headers of every page, and what each must contain. */
const HEADERS = [
  ['content-security-policy', "default-src 'none'"],
  ['content-security-policy', "frame-ancestors 'none'"],
  ['content-security-policy', "base-uri 'none'"],
  ['content-security-policy', "form-action 'self'"],
  ['x-content-type-options', 'nosniff'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cache-control', 'no-store'],
];

/** Sources that a policy must not allow. */
const UNSAFE = ["'unsafe-inline'", "'unsafe-eval'", "'wasm-unsafe-eval'", 'data:', 'blob:', 'https:', 'http:', '*'];

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // How maud writes: unquoted nothing, `<br>`, and attributes without a value.
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    // A field without a type is one for text.
    'no-implicit-input-type': 'off',
    // Boxes of one list have one name, and so have two ways to choose a file.
    'form-dup-name': 'off',
    // Titles are sentences for people.
    'long-title': 'off',
    // Files come from this server, at an address that names their content.
    'require-sri': 'off',
    // A region that scrolls needs a name and a place in the order of the keyboard, not an element of its own.
    'prefer-native-element': ['error', { exclude: ['region'] }],
    // RGAA 4.1.2 (criterion 1.9) asks for `role="figure"` beside `figure`, and ARIA allows no other there.
    'no-redundant-role': 'off',
    // The formatter writes no-break spaces on purpose; axe checks names.
    'tel-non-breaking': 'off',
    // Rows may hold any character, escaped.
    'no-raw-characters': 'error',
    'no-inline-style': ['error', { allowedProperties: [] }],
    'no-style-tag': 'error',
  },
});

/** Problems of a document as the server sent it: its markup, and whatever its policy would have to block. */
export async function ofMarkup(html) {
  const problems = [];
  const { results } = await validator.validateString(html);
  for (const [rule, found] of grouped(results.flatMap(result => result.messages), ({ ruleId }) => ruleId)) {
    const [{ message, selector }] = found;
    problems.push(`markup: ${message} (${rule}${selector ? `: ${selector}` : ''}${found.length > 1 ? `, and ${found.length - 1} more` : ''})`);
  }
  for (const [tag] of html.matchAll(/<[a-z][^>]*>/gi)) {
    // Attribute values may contain anything: look at names only.
    const names = tag.replace(/"[^"]*"|'[^']*'/g, '""');
    if (/\son[a-z]+\s*=/i.test(names)) problems.push(`markup: a handler in an attribute: ${tag.slice(0, 120)}`);
    if (/^<script\b/i.test(tag) && !/\ssrc=/i.test(names)) problems.push(`markup: a script inside the page: ${tag}`);
    if (/\b(?:href|action|src|formaction)="(?:javascript|data|blob):/i.test(tag)) problems.push(`markup: ${tag.slice(0, 120)}`);
  }
  return problems;
}

/** Items by key, in the order of the first of each. */
function grouped(items, key) {
  const groups = new Map();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

/** Problems of the headers of a document: `headers` has names in lower case. `referrer` is the policy of the server. */
export function ofHeaders(headers, referrer = 'no-referrer') {
  const problems = [...HEADERS, ['referrer-policy', referrer]].filter(([name, part]) => !(headers[name] ?? '').includes(part)).map(
    ([name, part]) => `header ${name}: "${part}" is expected, not "${headers[name] ?? ''}"`,
  );
  const sources = (headers['content-security-policy'] ?? '').split(/[\s;]+/);
  return problems.concat(UNSAFE.filter(source => sources.includes(source)).map(source => `header content-security-policy: ${source}`));
}

/** Problems of a page as it is now: language, headings, texts, and its width. */
export async function ofPage(page, { lang, width }) {
  const problems = [];
  const facts = await page.evaluate(readPage);
  if (facts.lang !== lang) problems.push(`lang is "${facts.lang}", not "${lang}"`);
  if (facts.h1.length !== 1) problems.push(`one h1 is expected, not ${facts.h1.length}: ${facts.h1.join(' | ')}`);
  if (facts.h1.some(text => !text)) problems.push('the h1 is empty');
  if (!facts.title) problems.push('the page has no title');
  for (const text of foreign(facts.texts, lang)) problems.push(`in the other language: "${text.slice(0, 140)}"`);
  for (const text of junk([...facts.texts, facts.title])) problems.push(`not for people: "${text.slice(0, 140)}"`);
  problems.push(...(await overflow(page)));
  for (const link of facts.covering) problems.push(`the link "${link}" covers more than its item`);
  if (facts.undrawn) problems.push(`${facts.undrawn} charts are not drawn`);
  if (width === 360) {
    const { height } = page.viewportSize();
    await page.setViewportSize({ width: REFLOW, height });
    problems.push(...(await overflow(page)));
    await page.setViewportSize({ width, height });
  }
  return problems;
}

async function overflow(page) {
  const { needs, has, wide } = await page.evaluate(readWidth);
  return needs > has ? [`at ${has} px the page is ${needs} px wide: ${wide.join(' | ') || 'no element stands out'}`] : [];
}

/** Problems that axe finds. */
export async function ofAxe(page, hasScript) {
  // Timers never fire in a page whose scripts are off, but promises do.
  if (!hasScript) await page.evaluate(withoutTimers);
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const violations = await page.evaluate(runAxe, AXE_TAGS);
  return violations.map(({ id, help, nodes }) => `axe: ${help} (${id}): ${nodes.join(' | ')}`);
}

/** Short name of a page's content: the same content need not be given to axe twice. */
export function digest(...parts) {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}

/* The functions below run inside the page. */

/** Texts that a person reads or hears, without what is marked as another language, and without rows of data. */
function readPage() {
  const root = document.documentElement;
  const OTHER = '[lang]:not(html), [translate=no], bdi, code, pre, td, script, style, template, noscript, svg text, mi-chart';
  // Inside an app's result the language is that of the page, although its frame repeats it.
  const isOurs = element => {
    const other = element.closest(OTHER);
    return !other || (other.matches('[lang]') && other.lang === root.lang && !other.closest('bdi, code, td'));
  };
  const isSeen = element => element.checkVisibility({ visibilityProperty: true });
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data.replace(/\s+/g, ' ').trim();
    if (text && isOurs(node.parentElement) && isSeen(node.parentElement)) texts.push(text);
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const text = element.getAttribute(name);
      // The name of the link to the other language is in both.
      if (text && isOurs(element) && !element.matches('[lang]:not(html)')) texts.push(text);
    }
  }
  const h1 = [...document.querySelectorAll('h1')].filter(isSeen).map(element => element.textContent.trim());
  const charts = [...document.querySelectorAll('mi-chart')].filter(chart => customElements.get('mi-chart') && isSeen(chart));
  const undrawn = charts.filter(chart => !chart.querySelector('svg')).length;
  // A link over a whole item covers that item and nothing else.
  const covers = [...document.querySelectorAll('.cover')].filter(link => !link.offsetParent?.matches('li, .card'));
  const covering = covers.map(link => link.textContent.trim());
  return { covering, lang: root.lang, title: document.title, h1, texts, undrawn };
}

/** Width that the page needs, and the elements that stick out of it. */
function readWidth() {
  const root = document.documentElement;
  const has = root.clientWidth;
  const wide = [];
  if (root.scrollWidth > has) {
    for (const element of document.querySelectorAll('body *')) {
      const { right, width } = element.getBoundingClientRect();
      if (width && right > has + 1) wide.push(`${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} to ${Math.round(right)}`);
      if (wide.length === 4) break;
    }
  }
  return { needs: root.scrollWidth, has, wide };
}

/** Lets axe, which uses timers, run without them. */
function withoutTimers() {
  globalThis.setTimeout = act => {
    void Promise.resolve().then(act);
    return 0;
  };
}

/** Violations, with the first elements of each. */
async function runAxe(tags) {
  const { violations } = await globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'], preload: false });
  const why = node => [...node.any, ...node.all, ...node.none][0]?.message ?? '';
  return violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.slice(0, 3).map(node => `${node.target.join(' ')}: ${why(node)}`.slice(0, 240)),
  }));
}
