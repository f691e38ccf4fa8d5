import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { journey, withAndWithout } from '../harness/journey.mjs';
import { laterVersion } from '../harness/components.mjs';
import { Pace } from '../harness/pace.mjs';
import { appName } from '../harness/words.mjs';
import { beginLife, giveAll, grantAndRun, openApp, PASSWORD, recount, tryAll } from '../harness/steps.mjs';

/** The example apps. */
const APPS = ['assurances', 'budget', 'comptes', 'conso', 'empreinte', 'forfait', 'fournisseurs', 'mobilite', 'panier', 'parcours', 'radar', 'sante'];

/** A person reaches a first useful result within so many seconds and presses. */
const SECONDS = 120;
const PRESSES = 10;

/** With one's own files, within so many seconds. */
const OWN_SECONDS = 300;

/** A year of a bank account, as its bank gives it. */
function statement() {
  const rows = ['dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance'];
  const day = (month, date) => `2025-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  const row = (date, label, supplier, amount) => rows.push(`${date};${date};"${label}";"x";"x";${supplier};${amount};;00040867845;"Compte";1000,00`);
  for (let month = 12; month >= 1; month -= 1) {
    row(day(month, 28), 'VIR SALAIRE', 'employeur', '2100,00');
    row(day(month, 20), 'PRLV ENERGIE', 'energie', '-64,10');
    row(day(month, 12), 'CARTE MARCHE', 'marche', `-${40 + month},50`);
    row(day(month, 3), 'PRLV LOYER', 'loyer', '-720,00');
  }
  return `${rows.join('\n')}\n`;
}

/** Number of rows in the person's choice. */
async function rowsGiven(visitor) {
  const text = await visitor.page.getByRole('complementary', { name: visitor.say('page-consent', 'your-choice') }).locator('strong').first().innerText();
  return Number(text.replace(/[\s\u00a0\u202f,]/g, '').match(/\d+/)[0]);
}

export default [
  journey('first useful result', async run => {
    const visitor = await run.visitor();
    const pace = new Pace(visitor);
    const { page } = visitor;
    const wait = act => pace.wait(act);
    await wait(() => page.goto(`${visitor.server.url}/`));
    // What has to be read to know what to press: what this is, and who the lives are.
    await pace.read(page.getByRole('heading', { level: 1 }), page.locator('.lead'), page.locator('#lives'), page.locator('article.life h3'));
    await wait(async () => {
      await visitor.press(visitor.say('page-start', 'try-life', { life: 'famille' }));
      await page.waitForURL('**/home');
    });
    await pace.read(page.getByRole('heading', { level: 1 }), page.locator('.lead'), page.locator('#todo li').first());
    await wait(async () => {
      await visitor.press(page.locator('a[href="/apps"]').filter({ visible: true }).first());
      await page.waitForURL('**/apps');
    });
    await pace.read(page.getByRole('heading'), page.locator('.lead'), page.locator('article.app').first());
    await wait(async () => {
      await visitor.press(visitor.link(appName(visitor.lang, 'forfait')));
      await page.waitForURL('**/apps/forfait');
    });
    // Before a consent: what is asked, why, and what a yes means.
    await pace.read(page.getByRole('heading'), page.locator('.lead'), page.locator('blockquote'), page.locator('.proof p'), page.locator('.decide'));
    for (const give of await page.getByRole('switch').all()) if (await give.isEnabled()) await visitor.press(give);
    await wait(async () => {
      await visitor.press(visitor.say('page-consent', 'grant-and-run'));
      await page.waitForURL('**/results/*');
    });
    // The result is useful once its first sentence and figures are read.
    await pace.read(page.getByRole('heading', { level: 1 }), page.locator('.res .lead'), page.locator('.res .figs').first());
    await visitor.check();
    run.remark(pace.says);
    if (pace.presses > PRESSES || pace.seconds >= SECONDS) throw new Error(`too long for a first result: ${pace.says}`);
  }),

  journey('first useful result with own files', async run => {
    const visitor = await run.visitor();
    const pace = new Pace(visitor);
    const { page } = visitor;
    const wait = act => pace.wait(act);
    // From the link of an invitation, with the bank's file on the device.
    const invitation = await visitor.server.invite('tester');
    await wait(() => page.goto(`${visitor.server.url}/invitation/${invitation}`));
    await pace.read(page.getByRole('heading', { level: 1 }), page.locator('.lead'), page.locator('form small').first());
    await pace.type(visitor.field(visitor.say('page-sign-in', 'name')), 'Camille');
    await pace.type(visitor.field(visitor.say('page-sign-in', 'new-password')), PASSWORD);
    await wait(async () => {
      await visitor.press(visitor.say('page-sign-in', 'sign-up'));
      await page.waitForURL('**/invitation/**');
      await visitor.seeHeading(visitor.say('page-sign-in', 'codes-title'));
    });
    // The codes are copied by hand.
    await pace.read(page.locator('main'));
    for (const code of await page.locator('main li code').allInnerTexts()) pace.typed += code.length;
    await wait(async () => {
      await visitor.press(visitor.link(visitor.say('page-sign-in', 'codes-kept')));
      await page.waitForURL('**/home');
    });
    await pace.read(page.getByRole('heading', { level: 1 }), page.locator('.lead'));
    await wait(async () => {
      await visitor.press(visitor.link(visitor.say('page-home', 'add-first')));
      await page.waitForURL('**/add');
    });
    await pace.read(page.getByRole('heading', { level: 1 }), page.locator('.lead'), page.locator('.drop-z'));
    await pace.choose(page.locator('input[type=file][multiple]'), { name: 'compte.csv', mimeType: 'text/csv', buffer: Buffer.from(statement()) });
    await wait(async () => {
      await visitor.press(visitor.say('page-add', 'send'));
      await page.waitForURL('**/imports/*');
    });
    await pace.read(page.getByRole('heading', { level: 1 }), page.locator('.lead'), page.locator('#next'));
    await wait(async () => {
      await visitor.press(page.locator('main a[href="/apps/budget"]').first());
      await page.waitForURL('**/apps/budget');
    });
    await pace.read(page.getByRole('heading'), page.locator('.lead'), page.locator('blockquote'), page.locator('.proof p'), page.locator('.decide'));
    for (const give of await page.getByRole('switch').all()) if (await give.isEnabled()) await visitor.press(give);
    for (const sure of await visitor.main.locator('label.yes input').all()) await visitor.press(sure);
    await wait(async () => {
      await visitor.press(visitor.say('page-consent', 'grant-and-run'));
      await page.waitForURL('**/results/*');
    });
    await pace.read(page.getByRole('heading', { level: 1 }), page.locator('.res .lead'), page.locator('.res .figs').first());
    await visitor.check();
    run.remark(pace.says);
    if (pace.seconds >= OWN_SECONDS) throw new Error(`too long for a first result with own files: ${pace.says}`);
  }),

  withAndWithout('consent and a run', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await visitor.visit('/apps');
    await visitor.shot('apps');
    await visitor.follow(visitor.link(appName(visitor.lang, 'forfait')));
    visitor.at('/apps/forfait');
    await visitor.shot('consent');
    // Nothing is ticked before the person ticks it.
    for (const box of await visitor.main.locator('input[type=checkbox]').all()) {
      if (await box.isChecked()) throw new Error('a box is ticked before the person ticks it');
    }
    // The two answers have the same weight.
    const [no, yes] = ['refuse', 'grant-and-run'].map(id => visitor.button(visitor.say('page-consent', id)));
    const looks = button => button.evaluate(element => {
      const { backgroundColor, color, borderColor, fontSize, fontWeight } = getComputedStyle(element);
      return [backgroundColor, color, borderColor, fontSize, fontWeight, Math.round(element.offsetHeight)].join(' ');
    });
    if ((await looks(no)) !== (await looks(yes))) throw new Error(`refusing looks like "${await looks(no)}", granting like "${await looks(yes)}"`);
    // A yes without a choice runs nothing.
    await visitor.follow(visitor.say('page-consent', 'grant-and-run'), { status: 422 });
    await visitor.see(visitor.say('page-consent', 'choose-one'));
    await visitor.shot('consent-nothing-chosen');
    await giveAll(visitor);
    await recount(visitor);
    if ((await rowsGiven(visitor)) === 0) throw new Error('no row is given');
    await visitor.shot('consent-given');
    await visitor.follow(visitor.say('page-consent', 'grant-and-run'));
    visitor.at(/^\/results\//);
    const result = visitor.path;
    await visitor.see(visitor.say('view', 'only-you'));
    await visitor.shot('result-forfait');
    // Every chart has its numbers as a table.
    for (const figure of await visitor.main.locator('figure').filter({ has: visitor.page.locator('mi-chart') }).all()) {
      if ((await figure.locator('table').count()) === 0) throw new Error('a chart has no table');
    }
    // The table of a chart is a file, with as many lines.
    const table = visitor.main.locator('figure details').first();
    await table.locator('summary').click();
    await visitor.check();
    const csv = await visitor.download(table.getByRole('link', { name: visitor.say('view', 'download') }));
    const [lines, rows] = [csv.bytes.toString().trim().split('\r\n').length, await table.locator('tr').count()];
    if (!csv.name.endsWith('.csv') || lines !== rows) throw new Error(`${csv.name} has ${lines} lines, the table ${rows}`);
    await visitor.follow(visitor.say('page-results', 'replay'));
    await visitor.see(visitor.say('page-results', 'identical'));
    await visitor.shot('result-replayed');
    await visitor.visit('/apps');
    await visitor.see(visitor.say('page-apps', 'granted'));
    await visitor.visit('/home');
    await visitor.shot('home-after-a-run');
    // Erasing the result leaves its receipt.
    await visitor.visit(result);
    await visitor.follow(visitor.say('page-results', 'erase'));
    await visitor.seeHeading(visitor.say('page-results', 'erase-ask'));
    await visitor.shot('result-erase');
    await visitor.follow(visitor.link(visitor.say('page-shell', 'keep')));
    visitor.at(result);
    await visitor.follow(visitor.say('page-results', 'erase'));
    await visitor.follow(visitor.say('page-results', 'erase'));
    await visitor.see(visitor.say('page-apps', 'erased'));
    await visitor.visit(result);
    await visitor.see(visitor.say('page-results', 'gone'));
    await visitor.see(visitor.say('page-results', 'gone-erased'));
    await visitor.see(visitor.say('page-results', 'receipt'));
    await visitor.shot('result-erased');
    // Nobody else opens it, and no invented address does.
    const other = await run.visitor();
    await beginLife(other, 'cycliste');
    await other.visit(result, { status: 404 });
    await other.visit('/results/00000000-0000-0000-0000-000000000000', { status: 404 });
  }),

  journey('results of every app', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    for (const id of APPS) {
      await openApp(visitor, id);
      await giveAll(visitor);
      await visitor.follow(visitor.say('page-consent', 'grant-and-run'));
      visitor.at(/^\/results\//);
      await visitor.shot(`result-${id}`);
      const pages = visitor.page.getByRole('navigation', { name: visitor.say('view', 'pages-of-result') }).getByRole('link');
      for (let index = 1; index < (await pages.count()); index += 1) {
        await visitor.follow(pages.nth(index));
        await visitor.shot(`result-${id}-${index + 1}`);
      }
    }
  }),

  journey('refuse', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await openApp(visitor, 'budget');
    await giveAll(visitor);
    await visitor.follow(visitor.say('page-consent', 'refuse'));
    visitor.at('/apps');
    await visitor.seeNot(visitor.say('page-apps', 'granted'));
    await visitor.visit('/journal?kind=reads');
    await visitor.see(visitor.say('page-journal', 'nothing'));
    await visitor.see(visitor.say('page-journal', 'no-grant'));
    // The refusal itself is there, with the text that was shown, word for word.
    await visitor.visit('/journal?kind=grants');
    await visitor.follow(visitor.link(visitor.say('page-journal', 'notice')));
    visitor.at(/^\/journal\/notices\//);
    await visitor.see(visitor.say('page-notices', 'unchanged'));
    await visitor.see(visitor.say('notice', 'recipient'));
    await visitor.shot('notice');
  }),

  withAndWithout('decide later', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    const app = appName(visitor.lang, 'budget');
    await openApp(visitor, 'budget');
    await visitor.follow(visitor.say('page-consent', 'later'));
    visitor.at('/home');
    const reminder = visitor.main.locator('#todo li').filter({ hasText: visitor.say('page-home', 'deferred', { app }) });
    await reminder.waitFor();
    await visitor.shot('home-later');
    // Nothing was given and nothing refused.
    await visitor.visit('/journal');
    await visitor.see(visitor.say('page-journal', 'no-grant'));
    await visitor.visit('/home');
    await visitor.follow(reminder.getByRole('link'));
    visitor.at('/apps/budget');
    await giveAll(visitor);
    await visitor.follow(visitor.say('page-consent', 'grant-and-run'));
    visitor.at(/^\/results\//);
    await visitor.visit('/home');
    await visitor.seeNot(visitor.say('page-home', 'deferred', { app }));
    // What was answered is not put off.
    await visitor.visit('/apps/budget');
    if (await visitor.button(visitor.say('page-consent', 'later')).count()) throw new Error('an answer can be put off');
  }),

  journey('a request that changed is not answered', async run => {
    const server = await run.start();
    const visitor = await run.visitor();
    await beginLife(visitor);
    await openApp(visitor, 'forfait');
    await giveAll(visitor);
    await recount(visitor);
    // Another version is installed while the page is open.
    const later = await laterVersion(server, run.template.apps, 'forfait', 'forfait');
    await server.restart(command => command('install', later));
    await visitor.follow(visitor.say('page-consent', 'grant-and-run'), { status: 409 });
    await visitor.see(visitor.say('page-consent', 'notice-changed'));
    for (const give of await visitor.page.getByRole('switch').all()) if (await give.isChecked()) throw new Error('a box that was ticked for another request is still ticked');
    await visitor.shot('consent-changed');
    await giveAll(visitor);
    await visitor.follow(visitor.say('page-consent', 'grant-and-run'));
    visitor.at(/^\/results\//);
  }),

  withAndWithout('every row can be seen and left out', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await openApp(visitor, 'budget');
    const rows = visitor.page.locator('#rows-bank');
    const lines = async () => Number((await rows.getByRole('status').innerText()).replace(/[\s\u00a0\u202f,]/g, '').match(/\d+/)[0]);
    const turn = async button => {
      if (!visitor.hasScript) return visitor.follow(button);
      await visitor.press(button);
      return recount(visitor);
    };
    await rows.locator('summary').click();
    await visitor.check();
    // Each field that is read has its column, and a page has another rows than the one before.
    const read = await visitor.main.locator('section.ask', { has: rows }).locator('dl.flds dd').first().locator('.fld').allInnerTexts();
    const heads = await rows.locator('thead th:not(.not)').allInnerTexts();
    const plain = words => words.map(word => word.trim().toLowerCase());
    const missing = plain(read).filter(field => !plain(heads).includes(field));
    if (read.length < 2 || missing.length) throw new Error(`no column for ${missing.join(', ')} of ${read.length} fields`);
    const first = await rows.locator('tbody').innerText();
    if ((await lines()) !== 1) throw new Error('the first page does not begin with the first row');
    await rows.locator('input.drop').first().check();
    await turn(rows.getByRole('button', { name: visitor.say('page-consent', 'older') }));
    const [second, from] = [await rows.locator('tbody').innerText(), await lines()];
    if (second === first || from !== 21) throw new Error(`the second page begins with row ${from}`);
    if (!(await rows.evaluate(part => part.open))) throw new Error('the rows closed');
    await visitor.shot('consent-rows');
    // The last page, by its number; the row that was left out on the first one is still left out.
    const number = rows.locator('input[type=number]');
    await number.fill(await number.getAttribute('max'));
    await turn(rows.getByRole('button', { name: visitor.say('page-consent', 'go-to-page') }));
    const last = await lines();
    if (last <= 21 || (await rows.locator('tbody tr').count()) < 1) throw new Error(`the last page begins with row ${last}`);
    if (await rows.getByRole('button', { name: visitor.say('page-consent', 'older') }).isEnabled()) throw new Error('the last page leads to an older one');
    await visitor.see(visitor.say('page-consent', 'dropped', { rows: 1 }));
    await giveAll(visitor);
    await visitor.follow(visitor.say('page-consent', 'grant-and-run'));
    visitor.at(/^\/results\//);
    // The page of the app says what it was given, and its form starts from it.
    await visitor.visit('/apps/budget');
    const standing = visitor.page.locator('section#standing');
    await standing.getByText(visitor.say('page-consent', 'dropped', { rows: 1 }).replace(/\.$/, '')).waitFor();
    if (!(await visitor.page.locator('input[name="give.bank"]').isChecked())) throw new Error('the form does not start from the grant');
    await visitor.shot('consent-standing');
  }),

  withAndWithout('a trial stays or says why it goes', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await openApp(visitor, 'conso');
    await tryAll(visitor);
    await visitor.see(visitor.say('page-consent', 'trial-why'));
    await giveAll(visitor);
    await recount(visitor);
    if ((await rowsGiven(visitor)) === 0) throw new Error('what is given is not counted');
    if (visitor.hasScript) await visitor.see(visitor.say('page-consent', 'trial-why'));
    else await visitor.see(visitor.say('page-consent', 'trial-lost'));
    await visitor.shot('consent-counted');
    await visitor.follow(visitor.say('page-consent', 'grant-and-run'));
    visitor.at(/^\/results\//);
    // The page now starts from this grant, but a form that gives nothing still gives nothing.
    const empty = await visitor.page.request.post(`${visitor.server.url}/apps/conso/grant`, { headers: { origin: visitor.server.url, 'sec-fetch-site': 'same-origin' }, form: {}, maxRedirects: 0 });
    if (empty.status() !== 422) throw new Error(`a form that gives nothing answers ${empty.status()}`);
  }),

  journey('search for an app', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    for (const [words, app] of [['chauffage', 'conso'], ['heating', 'conso'], ['mutuelle', 'sante'], ['MÉDECIN', 'sante']]) {
      await visitor.visit('/apps');
      await visitor.page.getByRole('searchbox').fill(words);
      await visitor.follow(visitor.say('page-apps', 'search'));
      await visitor.link(appName(visitor.lang, app)).waitFor();
    }
    await visitor.shot('apps-found');
    await visitor.visit('/apps?q=xylophone');
    await visitor.see(visitor.say('page-apps', 'not-found'));
  }),

  journey('a result in the other language', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await grantAndRun(visitor, 'forfait');
    const result = visitor.path;
    visitor.lang = visitor.lang === 'fr' ? 'en' : 'fr';
    await visitor.visit(`${result}?lang=${visitor.lang}`);
    await visitor.shot('result-other-language');
    await visitor.follow(visitor.say('page-results', 'other-language-again'));
    visitor.at(/^\/results\//);
    await visitor.seeNot(visitor.say('page-results', 'other-language-again'));
  }),

  journey('consent in detail', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await openApp(visitor, 'empreinte');
    await tryAll(visitor);
    await visitor.see(visitor.say('page-consent', 'trial-why'));
    // What each category changes is said beside it.
    if ((await visitor.main.getByText(visitor.say('page-consent', 'without')).count()) === 0) throw new Error('no category says what the result is without it');
    // The least detail that keeps the main result is proposed, once: then the person decides.
    const least = visitor.main.getByText(visitor.say('page-consent', 'least', { grain: 'GRAIN' }).split('GRAIN')[0]);
    if ((await least.count()) === 0) throw new Error('no category is given in less detail although the main result stays');
    await visitor.shot('consent-trial');
    await giveAll(visitor);
    await recount(visitor);
    const all = await rowsGiven(visitor);
    // A shorter period gives fewer rows.
    for (const summary of await visitor.main.locator('summary', { hasText: visitor.say('page-consent', 'adjust') }).all()) await summary.click();
    await visitor.check();
    for (const three of await visitor.page.getByRole('radio', { name: visitor.say('page-consent', 'period3'), exact: true }).all()) await three.check();
    await recount(visitor);
    const few = await rowsGiven(visitor);
    if (few >= all) throw new Error(`three months give ${few} rows, the whole ${all}`);
    // A row is left out.
    for (const summary of await visitor.main.locator('summary', { hasText: /\d.*(lignes exactes|exact rows)/ }).all()) await summary.click();
    await visitor.check();
    await visitor.page.locator('input.drop').filter({ visible: true }).first().check();
    await visitor.shot('consent-detail');
    await recount(visitor);
    const fewer = await rowsGiven(visitor);
    if (fewer !== few - 1) throw new Error(`after leaving out a row, ${fewer} of ${few} rows are given`);
    await visitor.follow(visitor.say('page-consent', 'grant-and-run'));
    visitor.at(/^\/results\//);
  }),

  journey('sensitive data is given apart', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor, 'retraitee');
    await openApp(visitor, 'sante');
    for (const give of await visitor.page.getByRole('switch').all()) if (await give.isEnabled()) await give.check();
    await visitor.follow(visitor.say('page-consent', 'grant-and-run'), { status: 422 });
    await visitor.shot('consent-sensitive');
    await giveAll(visitor);
    await visitor.follow(visitor.say('page-consent', 'grant-and-run'));
    visitor.at(/^\/results\//);
    // Given once, for a quarter of an hour: the journal says until when.
    await visitor.visit('/journal');
    await visitor.seeNot(visitor.say('page-journal', 'no-grant'));
  }),

  journey('proof', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await openApp(visitor, 'empreinte');
    await visitor.follow(visitor.link(visitor.say('page-consent', 'see-proof')));
    await visitor.seeHeading(visitor.say('page-proof', 'title', { app: appName(visitor.lang, 'empreinte') }));
    await visitor.shot('proof');
    // The digest is that of the component on the disk.
    const digest = (await visitor.main.locator('.kv code').last().innerText()).replace(/\s/g, '');
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error(`"${digest}" is no digest`);
    if (digest !== (await run.digest('empreinte.wasm'))) throw new Error('the digest is not that of the component');
    // The program that runs here, dropped, is the same; another one is not, and nor is a text a program.
    const program = await visitor.download(visitor.link(visitor.say('page-proof', 'take-program')));
    const drop = async bytes => {
      const file = { name: 'empreinte.wasm', mimeType: 'application/wasm', buffer: bytes };
      await visitor.main.locator('input[type=file]').setInputFiles(file);
      await visitor.follow(visitor.say('page-proof', 'analyse'));
    };
    await drop(program.bytes);
    await visitor.see(visitor.say('page-proof', 'same'));
    await visitor.shot('proof-same');
    await drop(await readFile(path.join(run.template.apps, 'budget.wasm')));
    await visitor.see(visitor.say('page-proof', 'other'));
    await visitor.shot('proof-other');
    await drop(Buffer.from('no program'));
    await visitor.see(visitor.say('page-proof', 'not-an-app'));
    await visitor.visit('/apps/no-such-app', { status: 404 });
    await visitor.visit('/apps/no-such-app/proof', { status: 404 });
    await visitor.visit('/apps/no-such-app/program', { status: 404 });
  }),

  journey('an update that reads more asks again', async run => {
    const server = await run.start();
    const visitor = await run.visitor();
    await beginLife(visitor);
    await grantAndRun(visitor, 'forfait');
    await openApp(visitor, 'forfait');
    await visitor.button(visitor.say('page-consent', 'run-now')).waitFor();
    const later = await laterVersion(server, run.template.apps, 'forfait', 'empreinte');
    await server.restart(command => command('install', later));
    // The page that was open runs the new version under no old consent.
    await visitor.follow(visitor.say('page-consent', 'run-now'), { status: 403 });
    await visitor.shot('error-app-changed');
    await openApp(visitor, 'forfait');
    await visitor.see(visitor.say('page-consent', 'version', { version: '99.0.0' }));
    await visitor.see(visitor.say('page-updates', 'compare-why'));
    await visitor.see(visitor.say('page-consent', 'new-category'));
    await visitor.shot('consent-after-update');
    if (await visitor.button(visitor.say('page-consent', 'run-now')).count()) throw new Error('the new version can run under the old consent');
    if ((await visitor.page.getByRole('switch').count()) !== 4) throw new Error('the four categories of the new version are not asked for');
    for (const give of await visitor.page.getByRole('switch').all()) if (await give.isChecked()) throw new Error('a box is ticked before the person ticks it');
    // Both versions on the person's own data.
    await visitor.follow(visitor.say('page-updates', 'compare'));
    await visitor.see(visitor.say('page-updates', 'results-why'));
    if ((await visitor.main.locator('#update tbody tr').count()) < 2) throw new Error('no figure of the two versions is compared');
    await visitor.shot('consent-update-compared');
    await giveAll(visitor);
    await visitor.follow(visitor.say('page-consent', 'grant-and-run'));
    visitor.at(/^\/results\//);
  }),

  withAndWithout('a figure opens its rows', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await grantAndRun(visitor, 'budget');
    await visitor.follow(visitor.main.locator('a[href*="/evidence/"]').first());
    await visitor.see(visitor.say('page-evidence', 'hint'));
    await visitor.shot('result-evidence');
    await visitor.follow(visitor.main.locator('tbody a').first());
    visitor.at(/^\/data\/money\/bank\//);
    await visitor.see(visitor.say('page-data', 'where-from'));
    await visitor.visit('/home');
    await visitor.see(visitor.say('page-home', 'figures', { figures: 1 }));
    // The course of the figure is drawn by the server.
    await visitor.main.locator('#figures svg.spark path').waitFor({ state: 'attached' });
    await visitor.shot('home-figures');
  }),

  journey('parameters and another run', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await grantAndRun(visitor, 'forfait');
    const first = visitor.path;
    await visitor.follow(visitor.say('page-results', 'again'));
    if (visitor.path === first) throw new Error('a run again has the same receipt');
    const form = visitor.main.locator('form').filter({ has: visitor.button(visitor.say('view', 'recalculate')) });
    await form.locator('input:not([type=hidden]), select').first().waitFor();
    await visitor.follow(form.getByRole('button'));
    visitor.at(/^\/results\//);
    // A value that is none is told at its field, and nothing is computed.
    const number = form.locator('input[inputmode=decimal]').first();
    await number.fill('une douzaine');
    await visitor.follow(form.getByRole('button'), { status: 422 });
    await visitor.see(visitor.say('view', 'settings-refused'));
    if ((await number.inputValue()) !== 'une douzaine') throw new Error('what was typed is lost');
    await visitor.shot('result-wrong-parameter');
    await number.fill('12');
    await visitor.follow(form.getByRole('button'));
    visitor.at(/^\/results\//);
    if ((await number.inputValue()) !== '12') throw new Error('the result does not say with what it was computed');
    await visitor.shot('result-with-parameters');
    // Beside the result before it.
    const result = visitor.path;
    await visitor.follow(visitor.main.locator('a[href*="/with/"]'));
    await visitor.seeHeading(visitor.say('page-compare', 'title', { app: appName(visitor.lang, 'forfait') }));
    if ((await visitor.main.locator('#settings tbody tr').count()) !== 1) throw new Error('the setting that changed is not shown alone');
    await visitor.shot('result-compared');
    await visitor.visit(result);
    // The rows that it read are one press away.
    await visitor.follow(visitor.main.locator('a[href^="/data/"]').first());
    visitor.at(/^\/data\//);
  }),
];
