import { journey } from '../harness/journey.mjs';
import { beginLife } from '../harness/steps.mjs';

/** Sections of the navigation, with the address of each. */
const SECTIONS = { data: '/data', apps: '/apps', journal: '/journal', settings: '/settings', home: '/home' };

export default [
  journey('first run', async run => {
    const visitor = await run.visitor();
    await visitor.visit('/');
    await visitor.seeHeading(visitor.say('page-start', 'try-first'));
    // Each with what its files come to: amounts in which it differs from the others, and its rows.
    const cards = visitor.main.locator('article.life');
    if ((await cards.count()) !== 3) throw new Error('three lives are offered');
    for (const card of await cards.all()) {
      const lines = await card.locator('.gets li').allInnerTexts();
      if (lines.length < 2 || !lines.every(line => /\d/.test(line))) throw new Error(`a life says nothing of its rows: ${lines}`);
    }
    await visitor.shot('start');
    // Three lives, each with its own button.
    for (const life of ['cycliste', 'famille', 'retraitee']) {
      await visitor.button(visitor.say('page-start', 'try-life', { life })).waitFor();
    }
    await visitor.follow(visitor.say('page-start', 'try-life', { life: 'famille' }));
    visitor.at('/home');
    await visitor.page.getByRole('complementary', { name: visitor.say('page-shell', 'invented') }).waitFor();
    await visitor.page.getByRole('img', { name: /20\d\d/ }).first().waitFor();
    await visitor.shot('home-sample');
    const nav = visitor.page.getByRole('navigation', { name: visitor.say('page-shell', 'main') });
    for (const [section, path] of Object.entries(SECTIONS)) {
      await visitor.follow(nav.getByRole('link', { name: visitor.say('page-shell', section), exact: true }));
      visitor.at(path);
      const here = nav.locator('[aria-current=page]');
      if ((await here.count()) !== 1 || (await here.getAttribute('href')) !== path) throw new Error(`the navigation does not say that ${path} is open`);
    }
    // Somebody with a session does not see the start page.
    await visitor.visit('/');
    visitor.at('/home');
    // Another life: nothing of this one remains.
    await visitor.follow(visitor.say('page-shell', 'other-life'));
    visitor.at('/welcome');
    await visitor.visit('/home');
    visitor.at('/sign-in');
  }),

  journey('a session that ends soon says so', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor, 'cycliste');
    await visitor.page.clock.install();
    await visitor.visit('/settings');
    await visitor.page.clock.fastForward('27:50');
    await visitor.seeNot(visitor.say('page-shell', 'ends-soon'));
    await visitor.page.clock.fastForward('00:15');
    const warning = visitor.page.getByText(visitor.say('page-shell', 'ends-soon'));
    await warning.waitFor({ state: 'visible' });
    await visitor.shot('session-ends-soon');
    await visitor.press(visitor.button(visitor.say('page-shell', 'stay')));
    await warning.waitFor({ state: 'hidden' });
  }),

  journey('about the platform', async run => {
    const visitor = await run.visitor();
    await visitor.visit('/');
    await visitor.follow(visitor.link(visitor.say('page-shell', 'privacy')));
    await visitor.seeHeading(visitor.say('page-about', 'privacy-title'));
    await visitor.shot('about-privacy');
    await visitor.follow(visitor.link(visitor.say('page-shell', 'accessibility')));
    await visitor.seeHeading(visitor.say('page-about', 'access-title'));
    await visitor.shot('about-accessibility');
    await visitor.follow(visitor.link(visitor.say('page-shell', 'pages')));
    await visitor.seeHeading(visitor.say('page-shell', 'pages'));
    await visitor.shot('about-pages');
    await visitor.visit('/nowhere', { status: 404 });
    await visitor.shot('error-not-found');
    await visitor.follow(visitor.link(visitor.say('page-failures', 'home')));
    visitor.at('/');
    // The skip link is the first stop of the keyboard, and leads into the page.
    await visitor.page.keyboard.press('Tab');
    await visitor.page.keyboard.press('Enter');
    const inside = await visitor.page.evaluate(() => document.activeElement?.tagName);
    if (inside !== 'MAIN') throw new Error(`the skip link leads to ${inside}, not to the content`);
  }),

  journey('first run without scripts', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor, 'cycliste');
    for (const path of Object.values(SECTIONS)) await visitor.visit(path);
    await visitor.visit('/settings');
    await visitor.page.getByRole('radio', { name: visitor.say('page-settings', 'theme-dark') }).check();
    await visitor.follow(visitor.say('page-settings', 'save'));
    if ((await visitor.page.locator('html').getAttribute('data-theme')) !== 'dark') throw new Error('the theme is not kept');
    await visitor.follow(visitor.say('page-settings', 'end-sample'));
    visitor.at('/welcome');
  }, { hasScript: false }),
];
