/** Options of the command. */
import { parseArgs } from 'node:util';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

/** Root of the repository. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Journeys at once, at most: each has a browser and a server. */
const MOST_JOBS = 4;

export const USAGE = `node run.mjs --program FILE --apps DIR [OPTIONS]
  --program FILE   the built mesinfos
  --apps DIR       components of the example apps
  --chromium FILE  the browser (default /usr/bin/chromium)
  --work DIR       folder for data folders and for what failed journeys leave (emptied first)
  --core           each journey once, instead of in every theme, width and language
  --only NAME      journeys whose name contains NAME; may be repeated
  --screens        takes the screenshots: docs/screens, or WORK/screens if some are missing
  --again          leaves out what passed before in WORK with the same program, apps and journeys
  --jobs N         journeys at once
  --list           lists the journeys`;

/** Reads the arguments of the command. Throws an Error that says what is wrong. */
export function read(args) {
  const { values } = parseArgs({
    args,
    options: {
      program: { type: 'string' },
      apps: { type: 'string' },
      chromium: { type: 'string', default: '/usr/bin/chromium' },
      work: { type: 'string', default: path.join(ROOT, 'target/browser') },
      core: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      screens: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      jobs: { type: 'string' },
      list: { type: 'boolean', default: false },
    },
  });
  const jobs = values.jobs === undefined ? Math.min(MOST_JOBS, availableParallelism()) : Number(values.jobs);
  if (!Number.isInteger(jobs) || jobs < 1) throw new Error(`--jobs: a number from 1 is expected, not "${values.jobs}"`);
  if (values.core && values.screens) throw new Error('--screens needs every theme and width: leave out --core');
  if (!values.list) for (const name of ['program', 'apps']) if (!values[name]) throw new Error(`--${name} is missing\n${USAGE}`);
  return { ...values, jobs };
}
