import { journey, withAndWithout } from '../harness/journey.mjs';
import { beginLife, grantAndRun, openApp, tryAll } from '../harness/steps.mjs';

export default [
  journey('journal and its chain', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await grantAndRun(visitor, 'forfait');
    await visitor.visit('/journal');
    // The week of the reading, drawn, and its table.
    const weeks = visitor.main.getByRole('figure');
    await weeks.locator('summary').click();
    if ((await weeks.locator('tbody tr').count()) !== 8) throw new Error('eight weeks are expected');
    await visitor.shot('journal');
    const entries = visitor.main.locator('ol.thread > li');
    const all = await entries.count();
    const kinds = visitor.page.getByRole('navigation', { name: visitor.say('page-journal', 'kinds') });
    for (const kind of ['kind-reads', 'kind-arrivals', 'kind-grants']) {
      await visitor.follow(kinds.getByRole('link', { name: visitor.say('page-journal', kind), exact: true }));
      const some = await entries.count();
      if (some === 0 || some > all) throw new Error(`${kind}: ${some} entries of ${all}`);
    }
    await visitor.follow(visitor.say('page-journal', 'verify'));
    await visitor.see(/\d+/);
    const said = await visitor.news.first().innerText();
    const count = Number(said.replace(/[\u00a0\u202f\s,]/g, '').match(/\d+/)[0]);
    await visitor.shot('journal-verified');
    // What is taken away has every entry that was verified.
    const { name, bytes } = await visitor.download(visitor.link(visitor.say('page-journal', 'take')));
    const taken = JSON.parse(bytes);
    if (name !== 'journal.json' || taken.length !== count) throw new Error(`${name} has ${taken.length} entries; ${count} were verified`);
    // A reading leads to its receipt.
    await visitor.visit('/journal?kind=reads');
    await visitor.follow(visitor.link(visitor.say('page-journal', 'receipt')).first());
    visitor.at(/^\/results\//);
  }),

  journey('revoke', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await grantAndRun(visitor, 'forfait');
    const result = visitor.path;
    // A second tab is about to run the app.
    const first = visitor.page;
    await visitor.tab();
    await visitor.visit('/apps/forfait');
    await visitor.shot('consent-standing');
    const second = visitor.page;
    await visitor.turn(first);
    await visitor.visit('/journal');
    await visitor.follow(visitor.main.getByRole('button', { name: visitor.say('page-journal', 'stop') }));
    // What goes with the grant is said before it goes.
    await visitor.see(visitor.say('page-consent', 'stop-lead'));
    await visitor.shot('stop-question');
    await visitor.follow(visitor.say('page-consent', 'stop-sure'));
    visitor.at('/journal');
    await visitor.see(visitor.say('page-journal', 'no-grant'));
    await visitor.shot('journal-stopped');
    await visitor.visit(result);
    await visitor.see(visitor.say('page-results', 'gone'));
    await visitor.see(visitor.say('page-results', 'gone-stopped'));
    // The other tab can run nothing any more.
    await visitor.turn(second);
    await visitor.follow(visitor.say('page-consent', 'run-now'), { status: 403 });
    await visitor.shot('error-no-grant');
    await visitor.visit('/journal?kind=grants');
  }),

  withAndWithout('pause all', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await grantAndRun(visitor, 'forfait');
    await grantAndRun(visitor, 'conso');
    await visitor.visit('/settings');
    await visitor.see(visitor.say('page-settings', 'running', { grants: 2 }));
    await visitor.follow(visitor.say('page-settings', 'pause-all'));
    await visitor.see(visitor.say('page-settings', 'paused', { grants: 2 }));
    await visitor.shot('settings-paused');
    await openApp(visitor, 'forfait');
    await visitor.see(visitor.say('page-consent', 'standing-paused'));
    if (await visitor.button(visitor.say('page-consent', 'run-now')).count()) throw new Error('a paused app can be run');
    // Neither a trial nor a new grant passes by the pause unasked.
    const here = visitor.path;
    await visitor.follow(visitor.say('page-consent', 'try'), { status: 422 });
    await visitor.see(visitor.say('page-consent', 'paused-ask'));
    await visitor.shot('consent-paused');
    await visitor.visit(here);
    await visitor.follow(visitor.say('page-consent', 'grant-and-run'), { status: 422 });
    await visitor.see(visitor.say('page-consent', 'paused-ask'));
    await visitor.page.getByLabel(visitor.say('page-consent', 'paused-despite')).check();
    await tryAll(visitor);
    await visitor.see(visitor.say('page-consent', 'trial-why'));
    // One of them goes on; then all of them.
    await visitor.visit('/journal');
    await visitor.see(visitor.say('page-journal', 'is-paused'));
    await visitor.follow(visitor.main.getByRole('button', { name: visitor.say('page-journal', 'resume') }).first());
    await visitor.visit('/settings');
    await visitor.follow(visitor.say('page-settings', 'pause-all'));
    await visitor.follow(visitor.say('page-settings', 'resume-all'));
    await visitor.see(visitor.say('page-settings', 'running', { grants: 2 }));
    await openApp(visitor, 'forfait');
    await visitor.follow(visitor.say('page-consent', 'run-now'));
    visitor.at(/^\/results\//);
  }),
];
