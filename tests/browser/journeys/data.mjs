import { journey, withAndWithout } from '../harness/journey.mjs';
import { beginLife, choose, grantAndRun, PICTURE, signUp } from '../harness/steps.mjs';
import { appName } from '../harness/words.mjs';

/** A statement of a bank: two rows that can be read, and three that cannot, each for another reason. */
const STATEMENT = `dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance
2025-12-29;2025-12-29;"CARTE 29/12/2025 LIBRAIRIE DES HALLES";"Loisirs";"Loisirs";librairie des halles;-12,20;;00040867845;"BoursoBank";1517,32
2025-02-31;2025-02-28;"CARTE 28/02/2025 BOULANGERIE";"Courses";"Courses";boulangerie;-3,10;;00040867845;"BoursoBank";1400,00
2025-12-28;2025-12-28;"VIR SEPA LIVRET A";"Epargne";"Epargne";livret a;-250,00;;00040867845;"BoursoBank";1529,52
2025-12-27;2025-12-27;"CARTE 27/12/2025 SNCF";"Transports";"Transports";sncf;-1O,10;;00040867845;"BoursoBank";1779,52
;;"CARTE 26/12/2025 CINEMA";"Loisirs";"Loisirs";cinema;-9,00;;00040867845;"BoursoBank";1797,62
`;

const file = (name, mimeType, content) => ({ name, mimeType, buffer: Buffer.from(content) });

export default [
  withAndWithout('import, rejected rows and undo', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    await visitor.visit('/data');
    await visitor.see(visitor.say('page-data', 'nothing'));
    await visitor.shot('data-empty');
    await visitor.visit('/home');
    await visitor.follow(visitor.link(visitor.say('page-home', 'add-first')));
    visitor.at('/add');
    await visitor.shot('add');
    await choose(visitor, file('compte.csv', 'text/csv', STATEMENT));
    await visitor.follow(visitor.say('page-add', 'send'));
    // Two rows are stored; the three others are told with place, field and reason.
    const rejected = visitor.page.getByRole('region', { name: visitor.say('page-add', 'rejected-table') }).locator('tbody tr');
    if ((await rejected.count()) !== 3) throw new Error(`three rejected rows are expected, not ${await rejected.count()}`);
    for (const line of ['3', '5', '6']) await rejected.filter({ hasText: line }).first().waitFor();
    // The answer to a form keeps what it says while its theme changes, and another language leads to the page before.
    const switched = await visitor.page.locator('.tools a[hreflang]').getAttribute('href');
    if (!switched.startsWith('/add?lang=')) throw new Error(`the answer leads to ${switched} in the other language`);
    if (visitor.hasScript) {
      const theme = () => visitor.page.locator('html').getAttribute('data-theme');
      const before = await theme();
      await visitor.button(visitor.say('page-shell', 'change-theme')).click();
      await visitor.page.waitForFunction(was => document.documentElement.dataset.theme !== (was ?? undefined), before);
      if ((await rejected.count()) !== 3) throw new Error('the theme takes the answer away');
    }
    await visitor.shot('add-rejected');
    await visitor.follow(visitor.link(visitor.say('page-add', 'see-report')));
    visitor.at(/^\/imports\/\d+$/);
    const report = visitor.path;
    await visitor.see(visitor.say('page-add', 'stored'));
    await visitor.shot('import');
    // A rejected row is corrected in its cells: what is still wrong is told again.
    await visitor.follow(visitor.link(visitor.say('page-rejects', 'see')));
    await visitor.shot('rejected');
    const correct = visitor.say('page-rejects', 'correct-at', { place: visitor.say('intake', 'line', { number: 5 }) });
    await visitor.follow(visitor.link(correct));
    const amount = visitor.page.locator('[name="cell.6"]');
    if ((await amount.inputValue()) !== '-1O,10') throw new Error('the form has not the cells of the row');
    if ((await amount.getAttribute('aria-invalid')) !== 'true') throw new Error('the wrong cell is not marked');
    await visitor.shot('rejected-row');
    await visitor.follow(visitor.say('page-rejects', 'add'), { status: 422 });
    await amount.fill('-10,10');
    await visitor.follow(visitor.say('page-rejects', 'add'));
    await visitor.see(visitor.say('page-rejects', 'added'));
    await visitor.see(visitor.say('page-rejects', 'corrected'));
    const taken = await visitor.download(visitor.link(visitor.say('page-rejects', 'download')));
    if (!taken.bytes.toString().includes('-1O,10')) throw new Error('the row is not in the download');
    // The same file again brings nothing.
    await visitor.visit('/add');
    await choose(visitor, file('compte (1).csv', 'text/csv', STATEMENT));
    await visitor.follow(visitor.say('page-add', 'send'));
    await visitor.see(visitor.say('page-add', 'done-known', { rows: 2 }));
    await visitor.visit('/imports');
    await visitor.shot('imports');
    await visitor.visit('/data/money/bank');
    if ((await visitor.main.locator('#rows tbody tr').count()) !== 3) throw new Error('the three rows are not there');
    await visitor.shot('data-category-few');
    // Undoing takes the rows away. A second click, from another tab, changes nothing.
    await visitor.visit(report);
    const first = visitor.page;
    await visitor.tab();
    await visitor.visit(report);
    const second = visitor.page;
    const undo = () => visitor.button(visitor.say('page-add', 'undo-file', { file: 'compte.csv' }));
    await visitor.turn(first);
    await visitor.follow(undo());
    await visitor.seeHeading(visitor.say('page-add', 'undo-ask', { file: 'compte.csv' }));
    // The corrected row goes; the others stay, because the same file was added twice.
    await visitor.see(visitor.say('page-add', 'undo-takes', { rows: 1 }));
    await visitor.see(visitor.say('page-add', 'undo-stays', { rows: 2, file: 'compte (1).csv' }));
    await visitor.shot('import-undo');
    await visitor.follow(visitor.say('page-add', 'undo-button'));
    await visitor.seeHeading(visitor.say('page-add', 'undo-title'));
    await visitor.shot('import-undone');
    await visitor.turn(second);
    await visitor.follow(undo());
    visitor.at(report);
    await visitor.see(visitor.say('page-add', 'undone'));
    // Imports are numbered for each person: another one has none.
    const other = await run.visitor();
    await signUp(other, 'Dominique');
    await other.visit(report, { status: 404 });
    await other.visit('/imports');
    await other.see(other.say('page-add', 'no-imports'));
    for (const path of ['/imports/0', '/imports/x', '/imports/-1', '/imports/99999999999999999999']) await other.visit(path, { status: 404 });
  }),

  withAndWithout('what rows amount to, and who could read them', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await visitor.visit('/data/energy/energy');
    const figure = visitor.main.getByRole('figure').first();
    const wide = visitor.page.viewportSize().width >= 880;
    const readers = visitor.main.locator('#rows tbody td:last-child');
    await figure.getByText(/kWh/).first().waitFor();
    await figure.locator('summary').click();
    await figure.locator('tbody tr').first().waitFor();
    if ((await figure.locator('tbody tr').count()) !== 24) throw new Error('two years of months are expected');
    if (wide && (await readers.first().innerText()) !== visitor.say('page-measures', 'nobody')) throw new Error('somebody could read the row');
    await visitor.shot('data-energy');
    await grantAndRun(visitor, 'conso');
    await visitor.visit('/data/energy/energy');
    if (wide) await readers.first().getByText(appName(visitor.lang, 'conso'), { exact: true }).waitFor();
    await visitor.shot('data-energy-read');
    for (const path of ['/data/money/bank', '/data/money/bills', '/data/purchases/purchases']) {
      await visitor.visit(path);
      await visitor.main.getByRole('figure').first().getByText(/€/).first().waitFor();
    }
    await visitor.visit('/data/phone/telecom');
    await visitor.main.getByRole('figure').first().getByText(/min/).first().waitFor();
    await visitor.visit('/data/travel/mobility');
    await visitor.main.getByRole('figure').first().getByText(/km/).first().waitFor();
  }),

  withAndWithout('a row is corrected, annotated and deleted', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    const two = STATEMENT.split('\n').filter((line, at) => at === 0 || at === 1 || at === 3).join('\n') + '\n';
    const add = async () => {
      await visitor.visit('/add');
      await choose(visitor, file('compte.csv', 'text/csv', two));
      await visitor.follow(visitor.say('page-add', 'send'));
    };
    await add();
    await visitor.visit('/data/money/bank');
    await visitor.follow(visitor.main.locator('#rows tbody a').first());
    const row = visitor.path;
    await visitor.shot('row');
    await visitor.follow(visitor.link(visitor.say('page-amend', 'change')));
    await visitor.see(visitor.say('page-amend', 'in-unit', { unit: '€' }));
    await visitor.shot('row-change');
    await visitor.main.locator('input[name="v.amount"]').fill('beaucoup');
    await visitor.follow(visitor.say('page-amend', 'save'), { status: 422 });
    await visitor.shot('row-change-wrong');
    await visitor.main.locator('input[name="v.amount"]').fill('-99,90');
    await visitor.follow(visitor.say('page-amend', 'save'));
    visitor.at(row);
    await visitor.see(visitor.say('page-amend', 'before'));
    await visitor.main.locator('textarea[name=note]').fill('SNCF 27/12 ?');
    await visitor.follow(visitor.say('page-amend', 'note-save'));
    await visitor.see('SNCF 27/12 ?');
    await visitor.shot('row-corrected');
    // The file once more brings neither of the two rows again.
    await add();
    await visitor.see(visitor.say('page-add', 'undo-nothing'));
    await visitor.visit(row);
    await visitor.follow(visitor.say('page-amend', 'restore'));
    await visitor.see(visitor.say('page-amend', 'restored', { rows: 1 }));
    await visitor.seeNot(visitor.say('page-amend', 'before'));
    await visitor.follow(visitor.link(visitor.say('page-amend', 'change')));
    await visitor.follow(visitor.say('page-amend', 'delete'));
    // The question names the row.
    const asks = visitor.say('page-amend', 'delete-ask-of', { row: '|' }).split(/[«“]/)[0].trim();
    await visitor.seeHeading(new RegExp(`^${asks}.*\\d{4}`));
    await visitor.shot('row-delete');
    await visitor.follow(visitor.say('page-amend', 'delete-button'));
    visitor.at('/data/money/bank');
    await visitor.see(visitor.say('page-amend', 'was-deleted'));
    if ((await visitor.main.locator('#rows tbody tr').count()) !== 1) throw new Error('the row is still there');
    await visitor.visit(row, { status: 404 });
    await add();
    await visitor.visit('/data/money/bank');
    if ((await visitor.main.locator('#rows tbody tr').count()) !== 1) throw new Error('the row came back');
    await visitor.visit('/data/deleted');
    await visitor.shot('rows-deleted');
    await visitor.follow(visitor.say('page-amend', 'lift'));
    await visitor.see(visitor.say('page-amend', 'deleted-none'));
    await add();
    await visitor.visit('/data/money/bank');
    if ((await visitor.main.locator('#rows tbody tr').count()) !== 2) throw new Error('the row does not come back');
  }),

  withAndWithout('a payment that was announced, then booked, counts once', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    const head = STATEMENT.split('\n')[0];
    const line = (date, label, amount, balance) =>
      `${date};${date};"${label}";"Transports";"Transports";;${amount};;00040867845;"BoursoBank";${balance}`;
    const add = async (name, ...lines) => {
      await visitor.visit('/add');
      await choose(visitor, file(name, 'text/csv', [head, ...lines, ''].join('\n')));
      await visitor.follow(visitor.say('page-add', 'send'));
    };
    const rows = async () => {
      await visitor.visit('/data/money/bank');
      return visitor.main.locator('#rows tbody tr').count();
    };
    const transfer = line('2025-12-28', 'VIR SEPA LIVRET A', '-250,00', '1529,52');
    await add('decembre.csv', line('2025-12-27', 'EN COURS SNCF', '-10,10', '1779,52'), transfer);
    await add('decembre-2.csv', line('2025-12-26', 'CINEMA', '-9,00', '1797,62'), transfer, line('2025-12-29', 'CARTE 27/12/25 SNCF', '-10,10', '1519,42'));
    visitor.at(/^\/imports\/\d+$/);
    const report = visitor.path;
    await visitor.see(visitor.say('page-add', 'alike-count', { rows: 1 }));
    await visitor.shot('import-alike');
    await visitor.visit('/imports');
    await visitor.see(visitor.say('page-add', 'alike-count', { rows: 1 }));
    if ((await rows()) !== 4) throw new Error('both count until the person decides');
    await visitor.visit(report);
    await visitor.follow(visitor.say('page-add', 'keep-new'));
    await visitor.seeNot(visitor.say('page-add', 'alike-count', { rows: 1 }));
    if ((await rows()) !== 3) throw new Error('the announced payment still counts');
    // The announced one comes back with neither its file nor, in secret, the list of deleted rows.
    await add('decembre.csv', line('2025-12-27', 'EN COURS SNCF', '-10,10', '1779,52'), transfer);
    if ((await rows()) !== 3) throw new Error('the announced payment came back with its file');
    await visitor.visit('/data/deleted');
    await visitor.see(visitor.say('page-amend', 'deleted-none'));
    // Undoing the file of the booked one brings it back.
    await visitor.visit(report);
    await visitor.follow(visitor.button(visitor.say('page-add', 'undo-file', { file: 'decembre-2.csv' })));
    await visitor.follow(visitor.say('page-add', 'undo-button'));
    await visitor.see(visitor.say('page-add', 'undo-restored', { rows: 1 }));
    if ((await rows()) !== 2) throw new Error('the announced payment is not back');
  }),

  journey('timeline', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await visitor.visit('/data');
    await visitor.follow(visitor.link(visitor.say('page-timeline', 'timeline')));
    visitor.at('/timeline');
    await visitor.shot('timeline');
    const days = visitor.main.locator('section.day');
    if ((await days.count()) === 0) throw new Error('no day is shown');
    // A payment is brought together with what it paid.
    const moment = visitor.main.locator('.moment').first();
    await visitor.visit('/timeline?month=2025-07');
    const links = visitor.main.getByRole('navigation', { name: visitor.say('page-timeline', 'months') }).getByRole('link');
    if ((await links.count()) !== 2) throw new Error('a month has its two neighbours');
    let found = false;
    while (!(found = (await moment.count()) > 0) && (await visitor.link(visitor.say('page-timeline', 'older')).count())) {
      await visitor.follow(visitor.link(visitor.say('page-timeline', 'older')));
    }
    if (!found) throw new Error('no payment of July is brought together with what it paid');
    if ((await moment.locator('li').count()) !== 2) throw new Error('a moment has two rows');
    await visitor.shot('timeline-moment');
    const health = visitor.main.locator('a.chip[data-d=health]');
    await visitor.follow(health);
    await visitor.shot('timeline-domain');
    if ((await visitor.main.locator('section.day li:not([data-d=health])').count()) > 0) throw new Error('a row of another domain is shown');
    await visitor.follow(visitor.main.locator('section.day li a').first());
    visitor.at(/^\/data\/health\//);
    // Nobody else's rows are there, and what cannot be read is left out.
    const other = await run.visitor();
    await signUp(other);
    await other.visit('/timeline?month=2025-07&until=x&domain=%00');
    await other.see(other.say('page-timeline', 'nothing'));
    await other.shot('timeline-empty');
  }),

  journey('several files, and one that nobody knows', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    await visitor.visit('/add');
    // The browser itself holds nothing back: the page says that no file came.
    await visitor.follow(visitor.say('page-add', 'send'), { status: 400 });
    await visitor.seeHeading(visitor.say('page-add', 'no-file'));
    await visitor.shot('add-no-file');
    await visitor.visit('/add');
    await choose(visitor, file('sauvegarde.bak', 'application/octet-stream', Buffer.from([0, 1, 2, 3, 250, 251])));
    await visitor.follow(visitor.say('page-add', 'send'), { status: 422 });
    await visitor.see(visitor.say('page-add', 'unrecognised', { file: 'sauvegarde.bak' }));
    await visitor.shot('add-unrecognised');
    // A name with markup in it is a text.
    const hostile = '<img src=x onerror=alert(1)>.csv';
    await visitor.visit('/add');
    await choose(visitor, file(hostile, 'text/csv', 'nothing'), file('compte.csv', 'text/csv', STATEMENT.split('\n').filter((_, line) => [0, 1, 3].includes(line)).join('\n')));
    await visitor.follow(visitor.say('page-add', 'send'));
    await visitor.see('<img src=x onerror=alert(1)>.csv');
    await visitor.visit('/data/money/bank');
    if ((await visitor.main.locator('#rows tbody tr').count()) !== 2) throw new Error('the file beside the unknown one is not stored');
  }),

  journey('several files at once, each with its state', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    await visitor.visit('/add');
    const names = ['compte.csv', 'vide.csv', 'compte (1).csv'];
    const contents = [STATEMENT, 'rien', STATEMENT];
    await visitor.page.locator('input[type=file][multiple]').setInputFiles(names.map((name, at) => file(name, 'text/csv', contents[at])));
    const files = visitor.page.locator('[data-files] > li');
    if ((await files.locator('bdi').allInnerTexts()).join() !== names.join()) throw new Error('the chosen files are not named');
    await visitor.shot('add-chosen');
    // What the list says until the answer comes is kept for the next page.
    await visitor.page.evaluate(() => {
      const list = document.querySelector('[data-files]');
      const keep = () => sessionStorage.setItem('said', (sessionStorage.getItem('said') ?? '') + [...list.children].map(line => line.className).join() + ';');
      new MutationObserver(keep).observe(list, { subtree: true, attributes: true });
    });
    await visitor.follow(visitor.say('page-add', 'send'));
    await visitor.see(visitor.say('page-add', 'answer-of', { files: 3 }));
    const said = await visitor.page.evaluate(() => sessionStorage.getItem('said'));
    if (!said?.includes('waiting,waiting,waiting')) throw new Error(`no file waits: ${said}`);
  }),

  journey('documents and the picture of a receipt', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    await visitor.visit('/add');
    await visitor.field(visitor.say('page-add', 'photo')).setInputFiles(file('ticket.png', 'image/png', PICTURE));
    await visitor.follow(visitor.say('page-add', 'keep'));
    await visitor.visit('/data/papers/documents');
    await visitor.shot('data-documents');
    await visitor.follow(visitor.main.locator('#rows tbody a').first());
    await visitor.shot('data-document');
    const kept = await visitor.download(visitor.link(visitor.say('page-data', 'download')));
    if (kept.name !== 'ticket.png' || !kept.bytes.equals(PICTURE)) throw new Error(`${kept.name} is not the picture that was kept`);
  }),

  journey('my data', async run => {
    const visitor = await run.visitor();
    await beginLife(visitor);
    await grantAndRun(visitor, 'budget');
    await visitor.visit('/data');
    await visitor.shot('data');
    for (const domain of ['money', 'energy', 'travel', 'purchases', 'phone', 'digital', 'papers', 'health']) {
      await visitor.visit(`/data/${domain}`);
      await visitor.shot(`data-${domain}`);
    }
    await visitor.visit('/data/money');
    await visitor.follow(visitor.main.locator('a[href="/data/money/bank"]').first());
    visitor.at('/data/money/bank');
    await visitor.shot('data-category');
    // Twenty-five rows on a page; the next page has others.
    const rows = visitor.main.locator('#rows tbody tr');
    const first = await rows.allInnerTexts();
    if (first.length !== 25) throw new Error(`twenty-five rows are expected, not ${first.length}`);
    await visitor.follow(visitor.link(visitor.say('page-data', 'older')));
    if ((await rows.allInnerTexts()).join() === first.join()) throw new Error('the second page has the rows of the first');
    await visitor.follow(visitor.link(visitor.say('page-data', 'newer')));
    // A filter by days and words, and what it selects as a file.
    await visitor.field(visitor.say('page-data', 'first-day')).fill('2025-12-01');
    await visitor.field(visitor.say('page-data', 'last-day')).fill('2025-12-31');
    await visitor.follow(visitor.say('page-data', 'apply'));
    await visitor.shot('data-filtered');
    const csv = await visitor.download(visitor.link(visitor.say('page-data', 'take-csv')));
    const json = await visitor.download(visitor.link(visitor.say('page-data', 'take-json')));
    const lines = csv.bytes.toString().trim().split('\r\n').length - 1;
    const said = Number((await visitor.main.locator('#rows').innerText()).match(/\d+/)[0]);
    if (lines < 2 || lines !== said || JSON.parse(json.bytes).rows.length !== lines) {
      throw new Error(`the CSV has ${lines} rows, the JSON ${JSON.parse(json.bytes).rows.length}; the page says ${said}`);
    };
    await visitor.field(visitor.say('page-data', 'text')).fill('qqqqqqq');
    await visitor.follow(visitor.say('page-data', 'apply'));
    await visitor.see(visitor.say('page-data', 'none-found'));
    await visitor.shot('data-none-found');
    await visitor.visit('/data/money/bank?from=yesterday');
    await visitor.shot('data-bad-date');
    // One row: where it comes from, and who could read it.
    await visitor.visit('/data/money/bank');
    await visitor.follow(visitor.main.locator('#rows tbody a').first());
    await visitor.see(visitor.say('page-data', 'where-from'));
    await visitor.see(visitor.say('page-data', 'see-receipt'));
    await visitor.shot('data-row');
    for (const path of ['/data/none', '/data/money/none', '/data/money/energy', '/data/money/bank/x', '/data/money/bank/1.0.99999999', '/data/money/bank/%2e%2e']) {
      await visitor.visit(path, { status: 404 });
    }
  }),
];
