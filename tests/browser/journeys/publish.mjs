import path from 'node:path';
import { journey, withAndWithout } from '../harness/journey.mjs';
import { laterVersion } from '../harness/components.mjs';
import { acceptInvitation, beginLife, confirm, giveAll } from '../harness/steps.mjs';

/** Time within which a version is tried on every sample life on a busy machine, in milliseconds. */
const TRIED = 300_000;

/** Somebody with an invitation for a role, at home. */
async function join(run, role, name) {
  const visitor = await run.visitor();
  visitor.page.setDefaultNavigationTimeout(TRIED);
  await visitor.visit(`/invitation/${await visitor.server.invite(role)}`);
  await acceptInvitation(visitor, name);
  return visitor;
}

/** Uploads a component from the list of a developer. */
async function send(developer, file) {
  await developer.visit('/developer/apps');
  await developer.page.locator('input[type=file]').setInputFiles(file);
  return developer.say('page-releases', 'check');
}

export default [
  journey('a developer reads the dictionary', async run => {
    const developer = await join(run, 'developer', 'Chloe');
    const say = (id, args) => developer.say('page-dictionary', id, args);
    await developer.follow(developer.link(say('title')));
    developer.at('/developer/dictionary');
    const categories = developer.main.locator('ul.list > li');
    if ((await categories.count()) < 10) throw new Error('categories are missing');
    await developer.shot('dictionary');
    for (const [category, field, value] of [['bank', 'booked-on', /^\d{5}$/], ['purchases', 'at', /^\d{9,}$/]]) {
      await developer.visit(`/developer/dictionary/${category}`);
      await developer.see(say('ask'));
      await developer.main.locator('pre', { hasText: `@mesinfos/sdk/${category}` }).waitFor();
      // A row of a sample life: what an app gets of it, beside what the person reads.
      await developer.press(developer.main.locator('#rows summary, [aria-labelledby=rows] summary').first());
      const line = developer.main.locator('details[open] tr', { has: developer.page.locator('th code', { hasText: new RegExp(`^${field}$`) }) });
      const cells = await line.locator('td').allInnerTexts();
      if (!value.test(cells[0]) || cells[0] === cells[1]) throw new Error(`${category}.${field}: ${cells}`);
    }
    await developer.shot('dictionary-category');
    await developer.visit('/developer/dictionary/nothing', { status: 404 });
  }),
  journey('a developer reads each block beside its code', async run => {
    const developer = await join(run, 'developer', 'Chloe');
    const say = (id, args) => developer.say('page-blocks', id, args);
    await developer.follow(developer.link(say('title')));
    developer.at('/developer/blocks');
    const blocks = developer.main.locator('section.sec');
    const count = await blocks.count();
    if (count < 10 || (await blocks.locator('.res').count()) !== count) throw new Error(`${count} blocks`);
    for (const [language, code] of [['Rust', 'view::by_month'], ['JavaScript', 'view.byMonth'], ['Python', 'view.by_month']]) {
      const part = developer.main.locator('#bar details', { hasText: say('code', { language }) });
      await developer.press(part.locator('summary'));
      await part.locator('pre', { hasText: code }).waitFor();
    }
  }),
  ...withAndWithout('a developer plays with code', async run => {
    const developer = await join(run, 'developer', 'Chloe');
    const { page } = developer;
    const say = (id, args) => developer.say('page-playground', id, args);
    await developer.follow(developer.link(say('title')));
    developer.at('/developer/playground');
    await developer.see(say('not-run'));
    const code = page.locator('textarea[name=code]');
    const play = async text => {
      await code.fill(text);
      await developer.press(developer.button(say('run')));
      // With scripts the page stays, and its result is another one.
      await developer.main.locator('#played .limits').waitFor({ timeout: TRIED });
    };
    const written = await code.inputValue();
    await play(written);
    const view = developer.main.locator('#played article.res');
    await view.getByText(developer.lang === 'fr' ? 'Dépenses par mois' : 'Spending by month').first().waitFor();
    await developer.shot('playground');
    // Who it is shown to, and what is said of a mistake: the author's line.
    await page.locator('select[name=life]').selectOption('cycliste');
    await play(written.replace('const found = [...spending(ctx.today)];', 'const found = spending(ctx.today).rows.length;'));
    await developer.main.locator('#played .note.bad').waitFor();
    await developer.main.locator('#played pre', { hasText: 'app.js:20 in run' }).waitFor();
    if ((await page.locator('select[name=life]').inputValue()) !== 'cycliste') throw new Error('another life is chosen');
    // What a code says is text, and what is not there is named.
    await play('import { app } from "@mesinfos/sdk";\nimport { x } from "lodash";\nexport default app({ run() {} });\n// <script>é</script>');
    await developer.main.locator('#played', { hasText: 'app.js:2' }).waitFor();
    if (!(await code.inputValue()).endsWith('// <script>é</script>')) throw new Error('the code came back otherwise');
    await developer.shot('playground-mistake');
    if (!developer.hasScript) return;
    // A link has the code in it, for whoever opens it here.
    await developer.press(developer.button(say('link')));
    await developer.see(say('linked'));
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    if (!(await code.inputValue()).includes('lodash')) throw new Error('the link does not have the code');
  }),
  // A tester has no such page.
  journey('the dictionary is for developers', async run => {
    const tester = await join(run, 'tester', 'Ada');
    await tester.visit('/developer/dictionary', { status: 404 });
    await tester.visit('/developer/playground', { status: 404 });
  }),
  journey('an app goes from its developer to people, and is stopped', async run => {
    const developer = await join(run, 'developer', 'Chloe');
    const { server } = developer;
    const say = (id, args) => developer.say('page-releases', id, args);
    const key = path.join(server.folder, '..', `${path.basename(server.folder)}.key`);
    await server.command('keys', 'new', key);
    const signed = (from, version) => laterVersion(server, run.template.apps, 'panier', from, { version, key, as: 'courses' });
    const unsigned = await laterVersion(server, run.template.apps, 'panier', 'budget', { version: '1.0.0', as: 'courses' });
    const first = await signed('budget', '1.0.1');
    const second = await signed('panier', '1.1.0');

    // The list is empty; what is no app is refused with its reasons, and nothing is kept.
    await developer.follow(developer.link(say('title')));
    developer.at('/developer/apps');
    await developer.see(say('none'));
    await developer.shot('developer-apps');
    await developer.follow(await send(developer, { name: 'x.wasm', mimeType: 'application/wasm', buffer: Buffer.from('\0asm no app') }), { status: 422 });
    await developer.see(say('refused-title'));
    await developer.shot('developer-refused');

    // An unsigned draft is shown and cannot be submitted.
    await developer.follow(await send(developer, unsigned));
    developer.at(/^\/developer\/apps\/[0-9a-f]{64}$/);
    await developer.see(say('sign-first'));
    if (await developer.button(say('submit')).count()) throw new Error('an unsigned app can be submitted');
    await developer.follow(say('delete'));
    await developer.see(say('none'));

    // A signed one: its report, the sample lives, the submission.
    await developer.follow(await send(developer, first));
    await developer.see(say('people-see'));
    await developer.shot('developer-report');
    await developer.follow(say('try'));
    await developer.see(say('never-fails'));
    // Who profits, by group: each of a trait, with as many people as there are.
    const groups = developer.main.locator('#profits tbody tr');
    const counts = (await groups.locator('td:first-of-type').allInnerTexts()).map(Number);
    if (counts.length !== 12 || counts.slice(1, 5).reduce((a, b) => a + b) !== counts[0]) throw new Error(`groups: ${counts}`);
    await developer.shot('developer-tried');
    // The id is nobody's: the key of the file shows whose it becomes.
    const line = developer.field(say('claim'));
    const command = (await developer.main.locator('pre code', { hasText: 'keys claim' }).innerText()).split(' ');
    await line.fill('mesinfos-claim:00');
    await developer.follow(say('submit'), { status: 422 });
    await developer.see(say('not-a-claim'));
    await line.fill((await server.command(...command.slice(1), '--key', key)).trim());
    await developer.follow(say('submit'));
    await developer.see(say('take-back'));
    const version = developer.path.split('/').pop();

    // A tester sees nothing of it, and neither does another developer.
    const tester = await run.visitor({ server });
    await beginLife(tester, 'famille');
    await tester.visit('/apps/courses', { status: 404 });
    for (const page of [`/developer/apps/${version}`, `/operator/apps/${version}`]) await tester.visit(page, { status: 404 });
    await developer.visit(`/operator/apps/${version}`, { status: 404 });

    // The operator reads it, and publishes it.
    const operator = await run.visitor({ server });
    await operator.visit(await server.entrance());
    await acceptInvitation(operator, 'Alex');
    await operator.visit('/operator/apps');
    await operator.shot('operator-review-list');
    await operator.follow(operator.main.locator(`a[href$="${version}"]`));
    await operator.see(operator.say('page-releases', 'submitted'));
    await operator.shot('operator-review');
    await operator.follow(operator.say('page-releases', 'publish'));
    await confirm(operator);
    if (await operator.button(operator.say('page-releases', 'publish')).count()) await operator.follow(operator.say('page-releases', 'publish'));
    await operator.see(operator.say('page-releases', 'published'));

    // A tester runs it.
    await tester.visit('/apps/courses');
    await giveAll(tester);
    await tester.follow(tester.say('page-consent', 'grant-and-run'));
    tester.at(/^\/results\/[0-9a-z-]+$/);

    // A version that reads more is given back with a reason, sent again, compared, and published.
    await developer.follow(await send(developer, second));
    await developer.follow(say('submit'));
    const wider = developer.path.split('/').pop();
    await operator.visit(`/operator/apps/${wider}`);
    await operator.see(operator.say('page-releases', 'new'));
    const reason = 'Dites pourquoi / say why <b>';
    await operator.field(operator.say('page-releases', 'return-reason')).fill(reason);
    await operator.follow(operator.say('page-releases', 'return'));
    await developer.visit(`/developer/apps/${wider}`);
    await developer.see(reason);
    await developer.shot('developer-returned');
    await developer.follow(say('submit'));
    await operator.visit(`/operator/apps/${wider}`);
    await operator.follow(operator.say('page-releases', 'try'));
    await operator.see(operator.say('page-releases', 'tried-title'));
    await operator.shot('operator-compared');
    await operator.follow(operator.say('page-releases', 'publish'));

    // The tester is asked again: nothing that they gave before counts for more.
    await tester.visit('/apps/courses');
    await tester.see(tester.say('page-consent', 'grant-and-run'));
    await giveAll(tester);
    await tester.follow(tester.say('page-consent', 'grant-and-run'));
    tester.at(/^\/results\/[0-9a-z-]+$/);
    const result = tester.path;

    // It is suspended: the tester is told, and nothing starts.
    await operator.visit(`/operator/apps/${wider}`);
    await operator.field(operator.say('page-releases', 'suspend-reason')).fill('unsafe <i>');
    await operator.follow(operator.say('page-releases', 'suspend'));
    await operator.shot('operator-suspended');
    await tester.visit('/home');
    await tester.see(tester.say('page-releases', 'stopped-why'));
    await tester.shot('home-app-stopped');
    await tester.visit('/apps/courses');
    await tester.see('unsafe <i>');
    await tester.shot('app-stopped');
    await tester.visit('/journal');
    await tester.see('unsafe <i>');
    await tester.visit(result);
    await developer.visit(`/developer/apps/${wider}`);
    await developer.see('unsafe <i>');

    // The log has all of it, and names nobody.
    const checkpoint = await server.ask('GET', '/log/checkpoint');
    const entries = await server.ask('GET', `/log/tile/entries/000.p/${checkpoint.body.split('\n')[1]}`);
    if (/Chloe|Alex/.test(entries.body) || !entries.body.includes('suspended')) throw new Error('the log has other entries');
  }),
];
