/** Each standing check fails on a page with its fault, and on no other. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch } from '../harness/browser.mjs';
import { Visitor } from '../harness/visitor.mjs';
import { POLICY, page, serve } from './site.mjs';

const GOOD = page('<h1>Bonjour</h1><p>Vos données sont à vous. <a href="/" lang="en">This is the English page</a></p>');
const heading = '<h1>Bonjour</h1>';
const script = src => page(heading, { head: `<script type="module" src="${src}"></script>` });
const style = (href, body) => page(heading + body, { head: `<link rel="stylesheet" href="${href}">` });

/** Faults: what a page has, and what is said about it. */
const FAULTS = {
  '/without-heading': [page('<p>Bonjour</p>'), /one h1 is expected, not 0/],
  '/two-headings': [page(`${heading}${heading}`), /one h1 is expected, not 2/],
  '/wrong-lang': [page('<h1>Hello</h1>', { lang: 'en' }), /lang is "en", not "fr"/],
  '/foreign': [page(`${heading}<p>This is your vault</p>`), /in the other language: "This is your vault"/],
  '/foreign-label': [page(`${heading}<nav aria-label="Back to the start"><a href="/">Accueil</a></nav>`), /in the other language: "Back to the start"/],
  '/junk': [page(`${heading}<p>NaN lignes</p>`), /not for people: "NaN lignes"/],
  '/wide': [style('/wide.css', '<div>x</div>'), /at 360 px the page is 9\d\d px wide: div/],
  '/reflow': [style('/narrow.css', '<div>x</div>'), /at 320 px the page is 3\d\d px wide: div/],
  '/pale': [style('/pale.css', '<p>Bonjour</p>'), /axe: .*\(color-contrast\)/],
  '/no-label': [page(`${heading}<form><input type="text" name="a"></form>`), /axe: .*\(label\)/],
  '/console': [script('/says.js'), /console \(log\) at \/says.js: hello/],
  '/throws': [script('/throws.js'), /script error at \/throws: broken/],
  '/evals': [script('/evals.js'), /ContentSecurityPolicyIssue|the policy blocks script-src/],
  '/other-site': [script('/asks.js'), /a request to another site: http:\/\/example.com\/x/],
  '/gone': [script('/asks-itself.js'), /\/nowhere answers 404/],
  '/alerts': [script('/alerts.js'), /a dialogue opened: hello/],
  '/missing-style': [style('/none.css', ''), /\/none.css answers 404/],
  '/inline-style': [page(`${heading}<p style="color:red">x</p>`), /markup: .*\(no-inline-style/],
  '/inline-script': [page(`${heading}<script>1</script>`), /markup: a script inside the page/],
  '/handler': [page(`${heading}<p onclick="x()">x</p>`), /markup: a handler in an attribute/],
  '/script-link': [page(`${heading}<a href="javascript:x()">x</a>`), /markup: <a href="javascript:/],
  '/bad-markup': [page(`${heading}<p><div>x</div></p>`), /markup: .*\(no-implicit-close|element-permitted-content/],
  '/twice': [page(`${heading}<p id="a">x</p><p id="a">y</p>`), /markup: .*\(no-dup-id/],
};

let browser, server;
const open = async (variant, options) => {
  const problems = [];
  return [await Visitor.open(browser, server, variant, problem => problems.push(problem), options), problems];
};
const PHONE = { theme: 'light', width: 360, lang: 'fr' };

before(async () => {
  const pages = Object.fromEntries(Object.entries(FAULTS).map(([path, [html]]) => [path, { html }]));
  server = await serve({
    ...pages,
    '/': { html: GOOD },
    '/refused': { html: GOOD, status: 422 },
    '/broken': { html: GOOD, status: 500 },
    '/other-site': { html: FAULTS['/other-site'][0], headers: { 'content-security-policy': `${POLICY}; connect-src http:`.replace("connect-src 'self'; ", '') } },
    '/lax': { html: GOOD, headers: { 'content-security-policy': POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"), 'cache-control': 'public' } },
  });
  browser = await launch(process.env.CHROMIUM ?? '/usr/bin/chromium');
});
after(async () => {
  await browser.close();
  server.close();
});

for (const hasScript of [true, false]) {
  test(`a page without a fault passes, ${hasScript ? 'with' : 'without'} scripts`, async () => {
    for (const theme of ['light', 'dark']) {
      const [visitor, problems] = await open({ ...PHONE, theme }, { hasScript });
      await visitor.visit('/');
      await visitor.close();
      assert.deepEqual(problems, []);
    }
  });
}

for (const [path, [, said]] of Object.entries(FAULTS)) {
  test(`the fault of ${path} is said`, async () => {
    const [visitor, problems] = await open(PHONE);
    await visitor.visit(path);
    await visitor.close();
    assert.ok(problems.some(problem => said.test(problem)), `${said} is not among:\n${problems.join('\n')}`);
  });
}

test('without scripts, the faults that need none are said', async () => {
  const [visitor, problems] = await open(PHONE, { hasScript: false });
  for (const path of ['/pale', '/foreign', '/wide', '/inline-style']) await visitor.visit(path);
  await visitor.close();
  for (const path of ['/pale', '/foreign', '/wide', '/inline-style']) {
    assert.ok(problems.some(problem => FAULTS[path][1].test(problem)), `${path}: ${problems.join('\n')}`);
  }
  assert.ok(problems.some(problem => /ContentSecurityPolicyIssue/.test(problem)), problems.join('\n'));
});

test('an expected status is no fault, another one is', async () => {
  const [visitor, problems] = await open(PHONE);
  await visitor.visit('/refused', { status: 422 });
  assert.deepEqual(problems, []);
  await assert.rejects(visitor.visit('/refused'), /\/refused answers 422, not 200/);
  assert.ok(problems.some(problem => /^console \(error\) at \/refused/.test(problem)), problems.join('\n'));
  await assert.rejects(visitor.visit('/', { status: 404 }), /answers 200, not 404/);
  await visitor.visit('/broken', { status: 500 });
  assert.ok(problems.includes('/broken answers 500'));
  await visitor.close();
});

test('headers that protect less are said', async () => {
  const [visitor, problems] = await open(PHONE);
  await visitor.visit('/lax');
  await visitor.close();
  assert.ok(problems.some(problem => problem.includes("'unsafe-inline'")), problems.join('\n'));
  assert.ok(problems.some(problem => problem.includes('cache-control')), problems.join('\n'));
});
