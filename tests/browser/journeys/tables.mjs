import { journey, withAndWithout } from '../harness/journey.mjs';
import { signUp } from '../harness/steps.mjs';

const TABLE = `Quand;Quoi;Combien
13/01/2026;<b>Boulangerie;5,20
14/01/2026;Librairie;12,00
31/02/2026;Nulle part;1
15/01/2026;=HYPERLINK(1);7,50
`;

const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

async function add(visitor, ...files) {
  await visitor.visit('/add');
  await visitor.page.locator('input[type=file][multiple]').setInputFiles(files);
}

export default [
  withAndWithout('a table that nobody knows', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    await add(visitor, file('depenses.csv', TABLE));
    await visitor.follow(visitor.say('page-add', 'send'), { status: 422 });
    await visitor.shot('table-found');
    await visitor.follow(visitor.link(visitor.say('page-tables', 'say')));
    await visitor.seeHeading(visitor.say('page-tables', 'title', { file: 'depenses.csv' }));
    await visitor.shot('table');
    // What the table does not say is asked.
    await visitor.field(visitor.say('page-tables', 'holder')).fill('Ma banque');
    await visitor.follow(visitor.main.getByRole('button', { name: visitor.say('page-tables', 'look') }), { status: 422 });
    await visitor.see(visitor.say('page-tables', 'no-sign'));
    await visitor.shot('table-missing');
    await visitor.main.locator('select[name=sign]').selectOption('spent');
    await visitor.main.locator('input[name=currency]').fill('EUR');
    await visitor.follow(visitor.main.getByRole('button', { name: visitor.say('page-tables', 'look') }));
    await visitor.see(visitor.say('page-tables', 'would-add', { rows: 3 }));
    // The page shows the result: it is where the browser looks, without a script too.
    const isThere = await visitor.page.evaluate(() => document.querySelector('#result').getBoundingClientRect().top < innerHeight);
    if (!isThere) throw new Error('the result is below what the page shows');
    await visitor.see(visitor.say('page-tables', 'would-reject', { rows: 1 }));
    await visitor.shot('table-preview');
    await visitor.follow(visitor.say('page-tables', 'add'));
    await visitor.see(visitor.say('page-add', 'rejected-table'));
    await visitor.visit('/data/money/bank');
    await visitor.see('Librairie');
    // The next one is read alike.
    await add(visitor, file('suite.csv', 'Quand;Quoi;Combien\n02/02/2026;Marché;8,00\n'));
    await visitor.follow(visitor.say('page-add', 'send'));
    visitor.at('/imports/2');
    await visitor.see(visitor.say('page-tables', 'kept-used'));
    await visitor.shot('table-read-again');
    await visitor.follow(visitor.link(visitor.say('page-tables', 'kept-see')));
    await visitor.shot('tables-kept');
    await visitor.follow(visitor.main.locator('li button'));
    await visitor.see(visitor.say('page-tables', 'kept-none'));
    await visitor.shot('tables-none');
    // A table of something else is kept as a document.
    await add(visitor, file('cave.csv', 'Entree;Domaine;Bouteilles\n12/03/2024;Haut Pierre;6\n14/03/2024;Clos Vieux;12\n'));
    await visitor.follow(visitor.say('page-add', 'send'), { status: 422 });
    await visitor.follow(visitor.main.getByRole('button', { name: visitor.say('page-add', 'keep-this') }));
    await visitor.see(visitor.say('page-add', 'papers-next'));
    await visitor.visit('/documents');
    await visitor.see('cave.csv');
    const other = await run.visitor();
    await signUp(other, 'Dominique');
    await other.visit('/imports/2', { status: 404 });
  }),
];
