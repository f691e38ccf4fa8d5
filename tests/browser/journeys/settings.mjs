import { journey, withAndWithout } from '../harness/journey.mjs';
import { say } from '../harness/words.mjs';
import { beginLife, choose, confirm, grantAndRun, PICTURE, signIn, signUp } from '../harness/steps.mjs';

/** A statement of a bank. */
const STATEMENT = `dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance
2025-12-29;2025-12-29;"CARTE 29/12/2025 LIBRAIRIE DES HALLES";"Loisirs";"Loisirs";librairie des halles;-12,20;;00040867845;"BoursoBank";1517,32
2025-12-28;2025-12-28;"VIR SEPA LIVRET A";"Epargne";"Epargne";livret a;-250,00;;00040867845;"BoursoBank";1529,52
`;

/** Attribute of the page's root element. */
const root = (visitor, name) => visitor.page.locator('html').getAttribute(name);

export default [
  journey('language', async run => {
    const visitor = await run.visitor();
    // The language of the browser comes first.
    await visitor.visit('/');
    await beginLife(visitor, 'retraitee');
    const other = visitor.lang === 'fr' ? 'en' : 'fr';
    const link = visitor.link(visitor.say('page-shell', 'other-language'));
    visitor.lang = other;
    await visitor.follow(link);
    visitor.at('/home');
    // It is kept, without the address.
    for (const path of ['/settings', '/apps', '/home']) await visitor.visit(path);
    await visitor.visit('/settings');
    visitor.lang = run.lang;
    await visitor.page.getByRole('radio', { name: run.lang === 'fr' ? 'Français' : 'English' }).check();
    await visitor.follow(say(other, 'page-settings', 'save'));
    visitor.at('/settings');
    // An address in the other language is obeyed.
    visitor.lang = other;
    await visitor.visit(`/settings?lang=${other}`);
  }),

  journey('theme and text size', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await visitor.visit('/settings');
    await visitor.shot('settings-sample');
    const ground = () => visitor.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const seen = new Set();
    for (const theme of ['light', 'dark']) {
      await visitor.page.getByRole('radio', { name: visitor.say('page-settings', `theme-${theme}`) }).check();
      await visitor.follow(visitor.say('page-settings', 'save'));
      if ((await root(visitor, 'data-theme')) !== theme) throw new Error(`the theme is not ${theme}`);
      seen.add(await ground());
      await visitor.visit('/home');
      await visitor.visit('/settings');
    }
    if (seen.size !== 2) throw new Error(`both themes have the ground ${[...seen]}`);
    const size = () => visitor.page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize));
    const normal = await size();
    await visitor.page.getByRole('radio', { name: visitor.say('page-settings', 'text-larger'), exact: true }).check();
    await visitor.follow(visitor.say('page-settings', 'save'));
    if ((await size()) <= normal) throw new Error('the text is not larger');
    await visitor.shot('settings-larger-text');
    const face = () => visitor.page.evaluate(() => getComputedStyle(document.body).fontFamily.split(',')[0]);
    await visitor.page.getByRole('radio', { name: visitor.say('page-settings', 'reading-easy'), exact: true }).check();
    await visitor.follow(visitor.say('page-settings', 'save'));
    if ((await face()) !== 'Atkinson' || !(await visitor.page.evaluate(() => document.fonts.check('16px Atkinson')))) throw new Error('the letters are not those of easy reading');
    await visitor.shot('settings-easy-reading');
    for (const path of ['/home', '/data', '/apps']) await visitor.visit(path);
    // The button at the top of each page changes the theme, and stays on the page.
    await visitor.follow(visitor.say('page-shell', 'change-theme'));
    visitor.at('/apps');
    if ((await root(visitor, 'data-theme')) === 'dark') throw new Error('the button does not change the theme');
  }),

  withAndWithout('export and import into a second instance', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    await visitor.visit('/add');
    await choose(visitor, { name: 'compte.csv', mimeType: 'text/csv', buffer: Buffer.from(STATEMENT) });
    await visitor.follow(visitor.say('page-add', 'send'));
    await visitor.visit('/add');
    await choose(visitor, { name: 'photo.png', mimeType: 'image/png', buffer: PICTURE });
    await visitor.follow(visitor.say('page-add', 'send'));
    // The person's own words go with the rows.
    await visitor.visit('/data/money/bank');
    await visitor.follow(visitor.main.locator('#rows tbody a').first());
    await visitor.follow(visitor.link(visitor.say('page-amend', 'change')));
    await visitor.main.locator('input[name="v.amount"]').fill('-99,90');
    await visitor.follow(visitor.say('page-amend', 'save'));
    await visitor.main.locator('textarea[name=note]').fill('SNCF 27/12 ?');
    await visitor.follow(visitor.say('page-amend', 'note-save'));
    await grantAndRun(visitor, 'budget');
    await visitor.visit('/settings');
    await visitor.follow(visitor.link(visitor.say('page-settings', 'take-away-act')));
    await confirm(visitor);
    await visitor.seeHeading(visitor.say('page-export', 'title'));
    await visitor.see(visitor.say('page-export', 'rows', { rows: 3 }));
    await visitor.see(visitor.say('page-export', 'receipts', { receipts: 1 }));
    await visitor.shot('export');
    const { name, bytes } = await visitor.download(visitor.say('page-export', 'act'));
    if (name !== 'mesinfos.zip' || bytes.subarray(0, 2).toString() !== 'PK') throw new Error(`${name} is not an archive`);
    visitor.at('/settings/export');
    // The journal has it.
    await visitor.visit('/journal');
    await visitor.see(visitor.say('audit', 'exported'));

    // Another instance, another account: the archive is added like any file.
    const away = await run.visitor({ server: await run.start() });
    await signUp(away, 'Dominique');
    await away.visit('/add');
    await choose(away, { name, mimeType: 'application/zip', buffer: bytes });
    await away.follow(away.say('page-add', 'send'));
    away.at(/^\/imports\/\d+$/);
    await away.see('compte.csv');
    await away.shot('import-archive');
    const rows = async (who, path) => {
      await who.visit(path);
      // Who could read a row is a matter of grants, which an archive does not bring.
      const could = who.say('page-data', 'who-could');
      const texts = await who.main.locator('#rows tbody tr').evaluateAll((lines, could) => {
        const heads = [...lines[0].closest('table').tHead.rows[0].cells].map(head => head.textContent.trim());
        return lines.map(line => [...line.cells].filter((_, at) => heads[at] !== could).map(cell => cell.innerText).join(' '));
      }, could);
      return texts.map(row => row.replace(/\s+/g, ' ').trim());
    };
    for (const path of ['/data/money/bank', '/data/papers/documents']) {
      const [ours, theirs] = [await rows(visitor, path), await rows(away, path)];
      if (!ours.length || ours.join('|') !== theirs.join('|')) throw new Error(`${path}: ${ours} is not ${theirs}`);
    }
    const isCorrected = async () => {
      await away.visit('/data/money/bank');
      await away.follow(away.main.locator('#rows tbody a').first());
      await away.see(away.say('page-amend', 'before'));
      await away.see('SNCF 27/12 ?');
    };
    await isCorrected();
    await away.shot('row-of-archive');
    // The holder's file changes nothing of it.
    await away.visit('/add');
    await choose(away, { name: 'compte.csv', mimeType: 'text/csv', buffer: Buffer.from(STATEMENT) });
    await away.follow(away.say('page-add', 'send'));
    await isCorrected();
    // No app is allowed anything there.
    await away.visit('/settings');
    await away.see(away.say('page-settings', 'running', { grants: 0 }));

    // A changed archive is refused, and says which member is wrong.
    const changed = Buffer.from(bytes);
    changed[changed.indexOf(PICTURE) + 40] ^= 1;
    await away.visit('/add');
    await choose(away, { name: 'changed.zip', mimeType: 'application/zip', buffer: changed });
    await away.follow(away.say('page-add', 'send'), { status: 422 });
    await away.see('changed.zip/papers/00001-photo.png');
    await away.shot('import-archive-changed');
  }),

  withAndWithout('erase', async run => {
    const server = await run.start();
    const visitor = await run.visitor();
    await signUp(visitor);
    await visitor.visit('/settings');
    await visitor.follow(visitor.link(visitor.say('page-settings', 'leave-act')));
    await confirm(visitor);
    await visitor.seeHeading(visitor.say('page-account', 'leave-title'));
    await visitor.shot('leave');
    // The browser itself holds back a form without the tick.
    await visitor.press(visitor.say('page-account', 'leave-act'));
    visitor.at('/settings/leave');
    await visitor.page.getByRole('checkbox', { name: visitor.say('page-account', 'leave-sure') }).check();
    await visitor.follow(visitor.say('page-account', 'leave-act'));
    await visitor.seeHeading(visitor.say('page-account', 'left'));
    await visitor.see(visitor.say('page-account', 'receipt'));
    await visitor.shot('leave-receipt');
    // The account is gone with the data.
    await visitor.visit('/home');
    visitor.at('/sign-in');
    await signIn(visitor, { status: 422 });
    await visitor.news.first().waitFor();
    const people = await server.command('people', '--json').catch(error => error.message);
    if (/Camille/.test(people)) throw new Error('the person is still there');
  }),

  journey('erase a sample life', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    const cookies = await visitor.context.cookies();
    await visitor.visit('/settings');
    await visitor.follow(visitor.say('page-settings', 'end-sample'));
    visitor.at('/welcome');
    // Its session opens nothing any more.
    await visitor.context.addCookies(cookies);
    await visitor.visit('/home');
    visitor.at('/sign-in');
    await visitor.see(visitor.say('page-sign-in', 'over'));
  }),
];
