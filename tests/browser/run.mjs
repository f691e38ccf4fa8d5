/** Runs the journeys: a line for each, and a last line "N passed, N failed". */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Run } from './harness/journey.mjs';
import { read } from './harness/options.mjs';
import { Passed } from './harness/passed.mjs';
import { FOLDER, Screens } from './harness/screens.mjs';
import { Template } from './harness/server.mjs';
import { says, variantsOf } from './harness/variants.mjs';

/** All journeys, in the order of their files' names. */
async function journeys() {
  const folder = new URL('./journeys/', import.meta.url);
  const files = fs.readdirSync(folder).filter(name => name.endsWith('.mjs')).sort();
  const modules = await Promise.all(files.map(file => import(new URL(file, folder))));
  return modules.flatMap(module => module.default).flat();
}

/** What a failed run leaves to look at: a screenshot and the markup of each window. */
async function keep(folder, visitor, index) {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${index}.html`), await visitor.page.content());
  await visitor.page.screenshot({ path: path.join(folder, `${index}.png`), fullPage: true });
}

async function main() {
  const options = read(process.argv.slice(2));
  const all = await journeys();
  if (options.list) return all.forEach(({ name }) => console.log(name));
  const isNamed = ({ name }) => options.only.some(part => name.includes(part));
  const isChosen = journey => (options.only.length === 0 ? journey.isCore || !options.core : isNamed(journey));
  const runs = all.flatMap((journey, index) => (isChosen(journey) ? variantsOf(index, options.core).map(variant => [journey, variant]) : []));
  if (!runs.length) throw new Error(`no journey has "${options.only.join('" or "')}" in its name: --list`);
  const before = new Passed(options, path.dirname(fileURLToPath(import.meta.url)));
  const template = new Template(options);
  await template.prepare();
  const screens = options.screens ? new Screens(undefined, path.join(options.work, 'screens-large'), path.join(options.work, 'screens-kept')) : undefined;
  let [passed, failed] = [0, 0];
  const of = (journey, variant) => `${journey.name} (${says(variant)})`;
  const left = runs.filter(([journey, variant]) => !before.has(of(journey, variant)));
  if (left.length < runs.length) console.log(`${runs.length - left.length} passed before`);
  const next = left.values();
  const work = async () => {
    for (const [journey, variant] of next) {
      const run = new Run(journey, variant, { ...options, template, screens });
      const place = path.join(options.work, 'failed', `${journey.name} ${says(variant)}`.replace(/[^\p{L}\p{N}]+/gu, '-'));
      let index = 0;
      await run.go(visitor => keep(place, visitor, ++index));
      const line = `${of(journey, variant)}${run.remarks.map(remark => `; ${remark}`).join('')} ${run.seconds.toFixed(1)} s`;
      if (run.problems.size === 0) {
        passed += 1;
        before.add(of(journey, variant));
        console.log(`ok    ${line}`);
      } else {
        failed += 1;
        console.log(`FAIL  ${line}\n      ${[...run.problems].join('\n      ')}\n      see ${place}`);
      }
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, work));
  // The folder of the repository gets them only if they are all there, and of pages without a fault.
  const isWhole = failed === 0 && options.only.length === 0;
  if (screens) console.log(screens.write(isWhole ? FOLDER : path.join(options.work, 'screens')));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

main().catch(error => {
  console.error(error.message);
  process.exitCode = 2;
});
