import { withAndWithout, journey } from '../harness/journey.mjs';
import { signUp } from '../harness/steps.mjs';

/** A day, so many days ago, as a date field has it. */
const ago = days => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

export default [
  withAndWithout('letter to a data holder', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    await visitor.visit('/add');
    await visitor.follow(visitor.link(visitor.say('page-letters', 'write')));
    visitor.at('/letters/new');
    await visitor.shot('letter-holders');
    await visitor.follow(visitor.link('EDF'));
    await visitor.see(visitor.say('page-letters', 'download-title'));
    await visitor.shot('letter-empty');
    // What is typed stands in the letter, as text.
    await visitor.field(visitor.say('page-letters', 'your-name')).fill('Camille <b>Œuvrard</b>');
    await visitor.main.locator('textarea[name=address]').fill('12 rue des Tilleuls\n69003 Lyon');
    await visitor.main.locator('input[name=reference]').fill('118');
    await visitor.main.locator('textarea[name=their-address]').fill('1 place de l’Exemple\n75000 Paris');
    await visitor.follow(visitor.say('page-letters', 'update'));
    const sheet = visitor.main.locator('article.paper');
    const text = (await sheet.innerText()).replace(/\s+/g, ' ');
    for (const part of ['Camille <b>Œuvrard</b>', '69003 Lyon', '75000 Paris', '2016/679', '118']) {
      if (!text.includes(part)) throw new Error(`"${part}" is not in the letter: ${text}`);
    }
    await visitor.shot('letter');
    const pdf = await visitor.download(visitor.button(visitor.say('page-letters', 'pdf')));
    if (!/^(lettre|letter)-edf\.pdf$/.test(pdf.name) || !pdf.bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) {
      throw new Error(`${pdf.name} is not the PDF of the letter`);
    }
    // In the other language, by a choice in the form.
    const other = visitor.lang === 'fr' ? 'English' : 'Français';
    await visitor.main.locator('.seg label', { hasText: other }).click();
    await visitor.follow(visitor.say('page-letters', 'update'));
    if ((await sheet.getAttribute('lang')) === visitor.lang) throw new Error('the letter is still in the language of the page');
    await visitor.shot('letter-other-language');
    // Sent some time ago: the answer is late, and home says so.
    await visitor.main.locator('input[name=on]').fill(ago(40));
    await visitor.main.locator('input[name=keep]').check();
    await visitor.follow(visitor.say('page-letters', 'sent-button'));
    visitor.at(/^\/letters\/[0-9a-f]{32}$/);
    const kept = visitor.path;
    await visitor.see(visitor.say('page-letters', 'complaint-post'));
    await visitor.shot('letter-overdue');
    // It arrived two days after it was sent: the month begins there.
    const before = await visitor.main.innerText();
    await visitor.field(visitor.say('page-letters', 'arrived-on')).fill(ago(38));
    await visitor.follow(visitor.say('page-letters', 'arrived-button'));
    if ((await visitor.main.innerText()) === before) throw new Error('the day of arrival changes nothing');
    await visitor.seeNot(visitor.say('page-letters', 'arrival-why'));
    await visitor.visit('/home');
    await visitor.see(visitor.say('page-letters', 'overdue', { letters: 1 }));
    await visitor.shot('home-letter-overdue');
    await visitor.visit('/letters');
    await visitor.shot('letters');
    await visitor.follow(visitor.link('EDF'));
    visitor.at(kept);
    // The reminder fills itself in.
    await visitor.follow(visitor.say('page-letters', 'remind'));
    await visitor.seeHeading(visitor.say('page-letters', 'reminder-title', { holder: 'EDF' }));
    if (!(await sheet.innerText()).includes('69003 Lyon')) throw new Error('the reminder has lost the address');
    await visitor.shot('letter-reminder');
    // More time, then an answer; then nothing of the sender is kept, and nothing of the letter.
    await visitor.visit(kept);
    await visitor.follow(visitor.say('page-letters', 'extended'));
    await visitor.seeNot(visitor.say('page-letters', 'complaint-post'));
    await visitor.shot('letter-waiting');
    await visitor.follow(visitor.say('page-letters', 'answered'));
    await visitor.see(visitor.say('page-letters', 'next-answered'));
    await visitor.shot('letter-answered');
    await visitor.follow(visitor.say('page-letters', 'forget'));
    await visitor.see(visitor.say('page-letters', 'kept-nothing'));
    // It is nobody else's.
    const stranger = await run.visitor();
    await signUp(stranger, 'Dominique');
    await stranger.visit(kept, { status: 404 });
    await stranger.visit('/letters');
    await stranger.see(stranger.say('page-letters', 'none'));
    await stranger.shot('letters-none');
    await visitor.follow(visitor.say('page-letters', 'erase'));
    await visitor.shot('letter-erase');
    await visitor.follow(visitor.say('page-letters', 'erase'));
    visitor.at('/letters');
    await visitor.see(visitor.say('page-letters', 'none'));
    await visitor.visit(kept, { status: 404 });
    for (const path of ['/letters/0', '/letters/x', '/letters/new?holder=nobody']) await visitor.visit(path, { status: 404 });
  }),

  journey('letter to somebody who is not in the register', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    await visitor.visit('/letters/new');
    await visitor.field(visitor.say('page-letters', 'their-name')).fill('École des Lilas');
    await visitor.follow(visitor.say('page-letters', 'continue'));
    await visitor.seeHeading(visitor.say('page-letters', 'title-for', { holder: 'École des Lilas' }));
    // A name that the font of the PDF cannot write is told, and the page prints it.
    await visitor.field(visitor.say('page-letters', 'your-name')).fill('Мария');
    await visitor.follow(visitor.say('page-letters', 'update'));
    await visitor.see(visitor.say('page-letters', 'no-pdf'));
    await visitor.shot('letter-no-pdf');
    // A day to come does not fit, and what was typed is still there.
    await visitor.main.locator('input[name=on]').evaluate(field => {
      field.removeAttribute('max');
      field.value = '2999-01-01';
    });
    await visitor.follow(visitor.say('page-letters', 'sent-button'), { status: 422 });
    await visitor.see(visitor.say('page-letters', 'bad-day'));
    await visitor.see('Мария');
    await visitor.shot('letter-bad-day');
    await visitor.follow(visitor.say('page-letters', 'later-button'));
    await visitor.see(visitor.say('page-letters', 'next-written'));
    await visitor.see(visitor.say('page-letters', 'kept-nothing'));
    await visitor.seeNot('Мария');
    await visitor.shot('letter-written');
    await visitor.follow(visitor.say('page-letters', 'sent-button'));
    await visitor.see(visitor.say('page-letters', 'answered'));
  }),
];
