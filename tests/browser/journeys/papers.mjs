import fs from 'node:fs';
import { journey, withAndWithout } from '../harness/journey.mjs';
import { signUp } from '../harness/steps.mjs';

/** A receipt as a till prints it. */
const RECEIPT = `BOULANGERIE MARTIN
75011 PARIS

14/03/2025 08:12

BAGUETTE TRADITION      1,30
PAIN COMPLET            2,10
TARTE CITRON            3,50

TOTAL                   6,90
CB                      6,90`;

/** The program of the system that recognises characters. */
const RECOGNISER = '/usr/bin/tesseract';

/** A page of its own with these lines, drawn by the browser: as a PDF, or as a picture. */
async function paper(run, lines, act) {
  const context = await run.browser.newContext({ viewport: { width: 620, height: 640 }, deviceScaleFactor: 2 });
  const page = await context.newPage();
  await page.setContent('<pre style="font: 22px/1.5 monospace; margin: 40px; color: #000; background: #fff"></pre>');
  await page.evaluate(text => (document.querySelector('pre').textContent = text), lines);
  const made = await act(page);
  await context.close();
  return Buffer.from(made);
}

const pdf = (run, lines) => paper(run, lines, page => page.pdf({ format: 'A4' }));
const picture = (run, lines) => paper(run, lines, page => page.screenshot());

const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });

async function add(visitor, ...files) {
  await visitor.visit('/add');
  await visitor.page.locator('input[type=file][multiple]').setInputFiles(files);
  await visitor.follow(visitor.say('page-add', 'send'));
}

/** Opens the paper with this name from the list. */
async function open(visitor, name) {
  await visitor.visit('/documents');
  await visitor.follow(visitor.link(name));
}

const field = (visitor, name) => visitor.page.locator(`[name="${name}"]`);

export default [
  withAndWithout('documents: read, search, download and delete', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    await visitor.visit('/documents');
    await visitor.see(visitor.say('page-documents', 'nothing'));
    await visitor.shot('documents-empty');
    const contract = await pdf(run, 'CONTRAT ÉLECTRICITÉ\nRéférence 2025-117\nPuissance 9 kVA');
    const hostile = '<img src=x onerror=alert(1)>.pdf';
    await add(visitor, file('contrat.pdf', 'application/pdf', contract), file(hostile, 'application/pdf', await pdf(run, 'FACTURE <b>12 EUR</b>')));
    await visitor.visit('/data/papers');
    await visitor.follow(visitor.link(visitor.say('page-data', 'documents')));
    visitor.at('/documents');
    await visitor.see(hostile);
    await visitor.shot('documents-unread');
    await visitor.follow(visitor.say('page-documents', 'read-all'));
    await visitor.see(visitor.say('page-documents', 'papers-read', { papers: 2 }));
    await visitor.shot('documents-read');
    await visitor.follow(visitor.link(visitor.say('page-documents', 'see-all')));
    await visitor.shot('documents');
    // Found by a word of its text, whatever its accents.
    await visitor.field(visitor.say('page-documents', 'text')).fill('electricite 2025-117');
    await visitor.follow(visitor.say('page-documents', 'apply'));
    await visitor.see(visitor.say('page-documents', 'found', { papers: 1 }));
    await visitor.seeNot(hostile);
    await visitor.shot('documents-found');
    await visitor.follow(visitor.link('contrat.pdf'));
    await visitor.see('Puissance 9 kVA');
    await visitor.shot('document');
    const kept = await visitor.download(visitor.link(visitor.say('page-documents', 'download')));
    if (kept.name !== 'contrat.pdf' || !kept.bytes.equals(contract)) throw new Error(`${kept.name} is not the file that was kept`);
    await visitor.visit('/documents?q=qqqqqq');
    await visitor.see(visitor.say('page-documents', 'none-found'));
    await visitor.shot('documents-none-found');
    await visitor.visit('/documents?from=yesterday');
    // Words with markup in them are text.
    await open(visitor, hostile);
    await visitor.see('FACTURE <b>12 EUR</b>');
    await visitor.follow(visitor.say('page-documents', 'remove'));
    await visitor.shot('document-remove');
    await visitor.follow(visitor.say('page-documents', 'remove'));
    visitor.at('/documents');
    await visitor.seeNot(hostile);
    // Another person's papers are not there.
    const other = await run.visitor();
    await signUp(other, 'Dominique');
    for (const path of ['/documents/1.0.1', '/documents/1.0.1/file', '/documents/1.0.1/receipt', '/documents/x']) await other.visit(path, { status: 404 });
  }),

  journey('receipt from a PDF, corrected and confirmed', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    await add(visitor, file('ticket.pdf', 'application/pdf', await pdf(run, RECEIPT)));
    await open(visitor, 'ticket.pdf');
    await visitor.shot('document-unread');
    await visitor.follow(visitor.say('page-documents', 'read-text'));
    await visitor.follow(visitor.link(visitor.say('page-documents', 'make-receipt')));
    await visitor.shot('receipt-proposed');
    const found = await Promise.all(['merchant', 'day', 'time', 'label.2', 'label.3'].map(name => field(visitor, name).inputValue()));
    const expected = ['BOULANGERIE MARTIN', '2025-03-14', '08:12', 'PAIN COMPLET', 'TARTE CITRON'];
    if (found.join() !== expected.join()) throw new Error(`proposed: ${found.join(', ')}`);
    // A wrong amount is seen in the sum, and not added without another tick.
    await field(visitor, 'amount.3').fill('3,60');
    await visitor.follow(visitor.say('page-receipts', 'confirm'), { status: 422 });
    await visitor.see(visitor.say('page-receipts', 'not-agreed'));
    await visitor.shot('receipt-differs');
    await field(visitor, 'amount.3').fill('x');
    await visitor.follow(visitor.main.locator('button[value=check]:visible'), { status: 422 });
    await visitor.see(visitor.say('page-receipts', 'bad-amount', { line: 3 }));
    await visitor.shot('receipt-wrong');
    await visitor.visit('/data/purchases');
    await visitor.seeNot('TARTE CITRON');
    // Nothing was kept of the corrections either: the proposal stands as before.
    await visitor.visit('/documents/1.0.1/receipt');
    await field(visitor, 'merchant').fill('Boulangerie Martin');
    await visitor.follow(visitor.say('page-receipts', 'confirm'));
    visitor.at(/^\/imports\/\d+$/);
    await visitor.shot('receipt-kept');
    await visitor.visit('/data/purchases/purchases');
    await visitor.see('TARTE CITRON');
    await open(visitor, 'ticket.pdf');
    await visitor.see(visitor.say('page-documents', 'receipt-kept'));
  }),

  journey('receipt photo', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    await visitor.visit('/add');
    await visitor.field(visitor.say('page-add', 'photo')).setInputFiles(file('ticket.png', 'image/png', await picture(run, RECEIPT)));
    await visitor.follow(visitor.say('page-add', 'keep'));
    await open(visitor, 'ticket.png');
    await visitor.shot('document-picture');
    if (!fs.existsSync(RECOGNISER)) {
      await visitor.follow(visitor.say('page-documents', 'recognise'), { status: 503 });
      await visitor.see(visitor.say('platform', 'no-recogniser'));
      run.remark('tesseract-ocr is not installed: the picture was not read');
      return;
    }
    await visitor.follow(visitor.say('page-documents', 'recognise'));
    await visitor.see(visitor.say('page-documents', 'may-be-wrong'));
    await visitor.shot('document-recognised');
    await visitor.follow(visitor.link(visitor.say('page-documents', 'make-receipt')));
    const shown = visitor.page.getByRole('img', { name: 'ticket.png' });
    await shown.waitFor();
    if (!(await shown.evaluate(image => image.complete && image.naturalWidth > 0))) throw new Error('the picture is not shown');
    await visitor.shot('receipt-recognised');
    await field(visitor, 'label.1').fill('BAGUETTE TRADITION');
    await visitor.follow(visitor.main.locator('button[value=check]:visible'));
    await visitor.see(visitor.say('page-receipts', 'sum-agrees', { sum: visitor.lang === 'fr' ? '6,90 €' : '€6.90' }));
    await visitor.follow(visitor.say('page-receipts', 'confirm'));
    await visitor.visit('/data/purchases/purchases');
    await visitor.see('BAGUETTE TRADITION');
  }),
];
