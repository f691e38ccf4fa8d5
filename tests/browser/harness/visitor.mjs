/** A person at a browser window: opens pages, presses buttons, types, and looks. Every page that they reach, and
 * every state that a journey names, passes the standing checks; what these find is collected, not thrown, so that
 * a run tells all of it. */
import fs from 'node:fs/promises';
import { ofAxe, ofHeaders, ofMarkup, ofPage, digest } from './checks.mjs';
import { open } from './browser.mjs';
import { say } from './words.mjs';

/** Contents that axe has passed in this process. */
const passed = new Set();

/** Time within which everything that a page asks for has come, in milliseconds. */
const QUIET = 10_000;

/** Time within which a chart that is in view is drawn, in milliseconds. */
const DRAWN = 3_000;

/** Console messages that are no fault of a page, each with its reason. */
const EXPECTED = [
  // Chromium tells every site that uses this header.
  [/^Clear-Site-Data header on /, 'signing out clears what the browser kept'],
];

export class Visitor {
  /** Opens a window. `told` receives each problem, as a sentence. */
  static async open(browser, server, variant, told, options = {}) {
    const visitor = new Visitor();
    Object.assign(visitor, { server, variant, lang: variant.lang, hasScript: options.hasScript ?? true, told });
    visitor.pages = new Map();
    visitor.context = await open(browser, variant, options);
    visitor.watch();
    visitor.page = await visitor.tab();
    return visitor;
  }

  /** Watches everything that happens in the window. */
  watch() {
    const { context } = this;
    this.pending = [];
    this.requests = new Set();
    this.heard = new Set();
    this.answers = [];
    const at = url => (url ? new URL(url).pathname : 'an unknown page');
    context.on('console', message => {
      const text = message.text();
      if (EXPECTED.some(([known]) => known.test(text))) return;
      if (this.isExpectedFailure(message)) return;
      // One page of a site that repeats itself is enough.
      if (this.heard.has(text)) return;
      this.heard.add(text);
      this.told(`console (${message.type()}) at ${at(message.location().url || message.page()?.url())}: ${text.slice(0, 300)}`);
    });
    context.on('weberror', error => this.told(`script error at ${at(error.page()?.url())}: ${error.error().message}`));
    context.on('request', request => {
      // A stream of events has no end, and the workbench waits for a change.
      const waits = request.resourceType() === 'eventsource' || new URL(request.url()).pathname === '/changes';
      if (!waits) this.requests.add(request);
      const { origin, protocol } = new URL(request.url());
      if (origin !== this.server.url && !['data:', 'blob:'].includes(protocol)) this.told(`a request to another site: ${request.url()}`);
    });
    // A script need not read the body of a response: its headers are enough.
    context.on('response', response => this.requests.delete(response.request()));
    for (const end of ['requestfinished', 'requestfailed']) context.on(end, request => this.requests.delete(request));
    context.on('requestfailed', request => {
      const why = request.failure()?.errorText ?? '';
      // A person who leaves a page ends its requests.
      if (why !== 'net::ERR_ABORTED') this.told(`${request.url()} was not loaded: ${why}`);
    });
    context.on('response', response => this.pending.push(this.answered(response).catch(error => this.isClosed || this.told(error.message))));
  }

  /** Looks at a response: at a page, its headers and markup; at anything else, its status. */
  async answered(response) {
    const request = response.request();
    const isPage = request.resourceType() === 'document';
    const [status, path] = [response.status(), new URL(response.url()).pathname];
    if (isPage) this.answers.push({ url: response.url(), status });
    if (!isPage) {
      if (status >= 400) this.told(`${path} answers ${status}`);
      return;
    }
    if (status >= 500) this.told(`${path} answers ${status}`);
    const headers = await response.allHeaders();
    if (status >= 300 && status < 400) return;
    if (!(headers['content-type'] ?? '').startsWith('text/html')) return;
    for (const problem of ofHeaders(headers, this.server.referrer)) this.told(`${path}: ${problem}`);
    const html = await response.text().catch(() => undefined);
    if (html === undefined || passed.has(digest('markup', html))) return;
    const problems = await ofMarkup(html);
    if (problems.length === 0) passed.add(digest('markup', html));
    for (const problem of problems) this.told(`${path}: ${problem}`);
  }

  /** Whether a console message only repeats that a page answered with a status that the journey expects. */
  isExpectedFailure(message) {
    const status = /^Failed to load resource: the server responded with a status of (\d+)/.exec(message.text())?.[1];
    return status !== undefined && Number(status) === this.expects && withoutFragment(message.location().url) === withoutFragment(this.answers.at(-1)?.url);
  }

  /** Opens another tab of the window, which becomes the current one. */
  async tab() {
    const page = await this.context.newPage();
    const session = await this.context.newCDPSession(page);
    await session.send('Audits.enable');
    session.on('Audits.issueAdded', ({ issue }) => {
      const { code, details } = issue;
      const policy = details.contentSecurityPolicyIssueDetails;
      const says = policy ? `${policy.violatedDirective} blocks ${policy.blockedURL ?? policy.contentSecurityPolicyViolationType}` : '';
      this.told(`browser issue ${code} at ${new URL(page.url()).pathname}: ${says || JSON.stringify(details).slice(0, 300)}`);
    });
    await page.addInitScript(() => {
      globalThis.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
        console.error(`the policy blocks ${effectiveDirective}: ${blockedURI} ${sample}`);
      });
    });
    page.on('dialog', dialog => {
      this.told(`a dialogue opened: ${dialog.message()}`);
      void dialog.dismiss();
    });
    this.pages.set(page, session);
    this.page = page;
    return page;
  }

  /** Goes back to a tab. */
  async turn(page) {
    this.page = page;
    await page.bringToFront();
  }

  /** DevTools session of the current tab. */
  get session() {
    return this.pages.get(this.page);
  }

  /** A text of the pages in the visitor's language. */
  say(file, id, args) {
    return say(this.lang, file, id, args);
  }

  /** Opens an address, which must answer with `status`, and checks the page. */
  async visit(path, { status = 200 } = {}) {
    await this.arrive(() => this.page.goto(this.server.url + path, { waitUntil: 'load' }), status);
  }

  /** Loads the page again. */
  async reload({ status = 200 } = {}) {
    await this.arrive(() => this.page.reload({ waitUntil: 'load' }), status);
  }

  /** Goes back to the page before, with the browser's button. */
  async back({ status = 200 } = {}) {
    await this.arrive(() => this.page.goBack({ waitUntil: 'load' }), status);
  }

  /** Presses what leads to another page, waits for that page, and checks it. */
  async follow(target, { status = 200 } = {}) {
    await this.arrive(async () => {
      const led = this.page.waitForNavigation({ waitUntil: 'load' });
      led.catch(() => {});
      await this.press(target);
      await led;
    }, status);
  }

  async arrive(act, status) {
    this.answers.length = 0;
    this.expects = status;
    try {
      await act();
      await this.check();
    } finally {
      this.expects = undefined;
    }
    const last = this.answers.at(-1);
    // A link within the page asks for nothing.
    if (last && last.status !== status) {
      throw new Error(`${new URL(last.url).pathname} answers ${last.status}, not ${status}: "${await this.heading()}"`);
    }
  }

  /** Presses a button, link or other control: a locator, or the text of a button. */
  async press(target) {
    const locator = typeof target === 'string' ? this.button(target) : target;
    await locator.click();
    this.pace?.pressed();
  }

  /** Saves what a link or button downloads. Resolves to `{ name, bytes }`. */
  async download(target) {
    const started = this.page.waitForEvent('download');
    await this.press(target);
    const found = await started;
    return { name: found.suggestedFilename(), bytes: await fs.readFile(await found.path()) };
  }

  /** A button by its name. */
  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** A link by its name. */
  link(name) {
    return this.page.getByRole('link', { name, exact: true });
  }

  /** A field by its label. */
  field(name) {
    return this.page.getByLabel(name).and(this.page.locator('input, select, textarea'));
  }

  /** What the page says went wrong, or other news: a live region with words in it. */
  get news() {
    return this.page.getByRole('alert').or(this.page.getByRole('status')).filter({ hasText: /\S/ });
  }

  /** The main part of the page. */
  get main() {
    return this.page.getByRole('main');
  }

  /** Opens a folded part by its summary. */
  async unfold(name) {
    await this.page.locator('summary', { hasText: name }).click();
  }

  /** Waits until a text stands in the main part of the page. */
  async see(text) {
    await this.main.getByText(text).first().waitFor({ state: 'visible' });
  }

  /** Fails if a text stands on the page. */
  async seeNot(text) {
    if (await this.page.getByText(text).filter({ visible: true }).count()) throw new Error(`"${text}" stands on ${this.path}`);
  }

  /** Waits for the page with this heading. */
  async seeHeading(name) {
    await this.page.getByRole('heading', { level: 1, name }).waitFor({ state: 'visible' });
  }

  async heading() {
    return (await this.page.getByRole('heading', { level: 1 }).first().textContent({ timeout: 1000 }).catch(() => '')).trim();
  }

  /** Path and query of the current page. */
  get path() {
    const { pathname, search } = new URL(this.page.url());
    return pathname + search;
  }

  /** Fails unless the current page is at `path`, a text without query or an expression. */
  at(path) {
    const here = new URL(this.page.url()).pathname;
    if (typeof path === 'string' ? here !== path : !path.test(here)) throw new Error(`at ${this.path}, not at ${path}`);
  }

  /** Standing checks of the page as it is now. */
  async check() {
    await this.settle();
    const { page, variant, lang, hasScript } = this;
    const problems = await ofPage(page, { ...variant, lang });
    const theme = await page.evaluate(() => document.documentElement.dataset.theme ?? '');
    const key = digest(variant.theme, variant.width, theme, hasScript, await page.content());
    if (!passed.has(key)) {
      const found = await ofAxe(page, hasScript);
      if (found.length === 0) passed.add(key);
      problems.push(...found);
    }
    for (const problem of problems) this.told(`${new URL(page.url()).pathname}: ${problem}`);
    await Promise.all(this.pending.splice(0));
  }

  /** Waits until the page is drawn: everything asked for has come, fonts are loaded, and charts, which are drawn
   * when they come near, too. */
  async settle() {
    const { page, hasScript } = this;
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await this.quiet();
    if (!hasScript || (await page.locator('mi-chart').count()) === 0) return;
    // As a person who scrolls down the page and looks at each chart. The check says which are not drawn.
    await page.evaluate(async patience => {
      for (const chart of document.querySelectorAll('mi-chart')) {
        if (!chart.checkVisibility()) continue;
        chart.scrollIntoView({ block: 'center' });
        const until = performance.now() + patience;
        do await new Promise(requestAnimationFrame);
        while (!chart.querySelector('svg') && performance.now() < until);
      }
      scrollTo(0, 0);
    }, DRAWN);
    await this.quiet();
  }

  /** Waits until no request is under way. */
  async quiet() {
    const until = Date.now() + QUIET;
    while (this.requests.size && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 20));
    for (const request of this.requests) this.told(`${request.url()} did not come within ${QUIET / 1000} s`);
    this.requests.clear();
  }

  async close() {
    await Promise.all(this.pending.splice(0));
    this.isClosed = true;
    await this.context.close();
  }
}

/** An address without the place in the page. */
function withoutFragment(url) {
  return url?.split('#')[0];
}
