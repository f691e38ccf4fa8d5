import path from 'node:path';
import { journey } from '../harness/journey.mjs';
import { Workbench } from '../harness/workbench.mjs';

/** Time within which a saved file is built and shown on a busy machine, in milliseconds. */
const BUILT = 120_000;

export default [
  journey('an author sees an app while writing it', async run => {
    const bench = await Workbench.begin(run.template.program, path.join(run.template.work, `coffees-${run.variant.theme}-${run.variant.width}`), run.lang);
    run.servers.push(bench);
    const visitor = await run.visitor({ server: bench });
    const say = (id, args) => visitor.say('page-workbench', id, args);
    await visitor.page.goto(`${bench.url}/?lang=${run.lang}`);
    const words = { fr: ['Dépensé en tout', 'Tout ce qui est parti'], en: ['Spent in all', 'All that was spent'] }[run.lang];
    // The page shows itself when the first build and the sample data are there.
    await visitor.main.getByText(words[0]).first().waitFor({ timeout: BUILT });
    await visitor.visit('/');
    await visitor.see(say('checks-hold'));
    await visitor.shot('workbench');
    // As if the labels were refused: the view has none, and everything else.
    await visitor.page.locator('input[value="bank.label"]').check();
    await visitor.page.waitForURL(/without=bank\.label/);
    await visitor.check();
    await visitor.seeNot('LOYER');
    // A saved file is shown without a press.
    bench.edit('src/lib.rs', words[0], words[1]);
    await visitor.main.getByText(words[1]).first().waitFor({ timeout: BUILT });
    if (!visitor.path.includes('without=bank.label')) throw new Error('the choice is lost');
    // What does not build is told, beside the last view.
    bench.edit('src/lib.rs', 'let label =', 'let lable =');
    await visitor.main.getByRole('alert').getByText('src/lib.rs:').waitFor({ timeout: BUILT });
    await visitor.check();
    await visitor.see(words[1]);
    await visitor.shot('workbench-broken');
    // An app that crashes is named with its line, and the checks count it.
    bench.edit('src/lib.rs', 'let lable =', 'assert!(payments.len() > 1_000_000, "too few");\n    let label =');
    await visitor.main.getByText(/src\/lib\.rs:\d+/).first().waitFor({ timeout: BUILT });
    await visitor.main.getByText('too few').first().waitFor();
    await visitor.check();
    await visitor.shot('workbench-crash');
  }),
];
