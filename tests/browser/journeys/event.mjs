import fs from 'node:fs/promises';
import path from 'node:path';
import { journey } from '../harness/journey.mjs';
import { laterVersion } from '../harness/components.mjs';
import { Phone } from '../harness/phones.mjs';
import { PASSWORD } from '../harness/steps.mjs';

/** Time within which a version is tried on every sample life on a busy machine, in milliseconds. */
const TRIED = 300_000;

/** Phones in the room, teams, and the teams whose apps come from phones without a browser. */
const PHONES = 60;
const TEAMS = 8;

/** The organiser, with the address that the command prints. */
async function organise(run, server) {
  const organiser = await run.visitor({ server });
  await organiser.visit(await server.entrance());
  await organiser.field(organiser.say('page-sign-in', 'name')).fill('Olga');
  await organiser.field(organiser.say('page-sign-in', 'new-password')).fill(PASSWORD);
  await organiser.follow(organiser.say('page-sign-in', 'sign-up'));
  await organiser.follow(organiser.link(organiser.say('page-sign-in', 'codes-kept')));
  organiser.at('/organiser');
  return organiser;
}

/** Names a juror. Resolves to the path that the code leads to. */
async function named(organiser, name) {
  await organiser.visit('/organiser');
  await organiser.field(organiser.say('event', 'juror-name')).fill(name);
  await organiser.follow(organiser.say('event', 'add-juror'));
  const address = await organiser.main.locator('code.url-small').innerText();
  return new URL(address).pathname;
}

export default [
  journey('an event goes from joining to the jury', async run => {
    const server = await run.startEvent('--teams', String(TEAMS));
    const organiser = await organise(run, server);
    const say = (id, args) => organiser.say('event', id, args);
    await organiser.shot('event-organiser');
    await organiser.follow(organiser.link(say('projector')));
    await organiser.see(say('join-at'));
    await organiser.shot('event-projector');

    // The first team at a browser: the code, the team, the page of the team.
    const team = await run.visitor({ server });
    team.page.setDefaultNavigationTimeout(TRIED);
    await team.visit('/');
    await team.field(say('join-with')).fill(server.code);
    await team.follow(say('continue'));
    team.at(`/join/${server.code}`);
    await team.shot('event-join');
    await team.field(say('your-name')).first().fill('Ada');
    await team.field(say('team-name')).fill('Watt & Co');
    await team.follow(say('create-team'));
    team.at('/team');
    await team.see('Watt & Co');
    await team.shot('event-team');

    // The room: sixty phones at once, seven of which make teams, and the others join them.
    const since = performance.now();
    const phones = Array.from({ length: PHONES }, (_, number) => new Phone(server, number));
    const founders = phones.slice(0, TEAMS - 1);
    const join = `/join/${server.code}`;
    await Promise.all(founders.map((phone, at) => phone.expect(303, 'POST', join, { how: 'new', member: `Member ${at}`, team: `Team ${at}` })));
    const codes = await Promise.all(
      founders.map(async (phone, at) => {
        const { text } = await phone.expect(200, 'GET', '/team');
        const number = (await phone.expect(200, 'GET', join)).text.match(new RegExp(`<option value="(\\d+)"[^>]*>Team ${at}<`))[1];
        return [number, text.match(/<strong class="mono">([^<]+)</)[1]];
      }),
    );
    await Promise.all(
      phones.slice(TEAMS - 1).map(async (phone, at) => {
        await phone.expect(200, 'GET', '/');
        const [number, code] = codes[at % codes.length];
        await phone.expect(303, 'POST', join, { how: 'join', member: `Guest ${at}`, number, of_team: code });
        await phone.expect(200, 'GET', '/team');
      }),
    );
    await Promise.all(phones.map(phone => phone.expect(200, 'GET', '/developer/apps')));
    const seconds = (performance.now() - since) / 1000;
    run.remark(`${PHONES} phones in ${seconds.toFixed(1)} s`);
    // One team too many.
    await new Phone(server, PHONES).expect(422, 'POST', join, { how: 'new', member: 'Eve', team: 'Too many' });

    // All hand in: one at the browser, the others from their phones.
    const key = path.join(server.folder, '..', `${path.basename(server.folder)}.key`);
    await server.command('keys', 'new', key);
    const app = as => laterVersion(server, run.template.apps, 'forfait', 'forfait', { version: '1.0.1', key, as });
    await team.visit('/developer/apps');
    await team.page.locator('input[type=file]').setInputFiles(await app('team-browser'));
    await team.follow(team.say('page-releases', 'check'));
    await team.follow(team.say('page-releases', 'submit'));
    const files = await Promise.all(founders.map((_, at) => app(`team-${at}`)));
    // They are tried in turn.
    await Promise.all(founders.map(async (phone, at) => phone.handIn(await fs.readFile(files[at]))));
    await team.visit('/team');
    await team.see(say('handed-in'));
    await organiser.visit('/projector');
    await organiser.see(say('ready', { teams: TEAMS, ready: TEAMS }));

    // The jury: one at a browser, one at a phone.
    const [browser, phone] = [await named(organiser, 'Zoe'), await named(organiser, 'Yves')];
    await organiser.visit('/organiser');
    await organiser.follow(say('close-submissions'));
    const juror = await run.visitor({ server });
    await juror.visit(browser);
    await juror.shot('event-jury');
    await juror.follow(say('begin-jury'));
    juror.at('/ballots');
    await juror.follow(juror.link('Watt & Co'));
    await juror.shot('event-ballot');
    for (const criterion of ['usefulness', 'minimisation', 'clarity']) await juror.field(say(criterion)).selectOption('5');
    await juror.field(say('comment')).fill('<b>');
    await juror.follow(say('vote'));
    await juror.see(say('given', { marks: '5, 5, 5' }));
    const yves = new Phone(server, PHONES + 1);
    await yves.expect(303, 'POST', phone, { team: '' });
    for (let number = 0; number < TEAMS; number += 1) {
      await yves.expect(303, 'POST', `/ballots/${number}`, { usefulness: '3', minimisation: '4', clarity: '2', comment: '' });
    }

    // The end: closed, shown, taken away.
    await organiser.visit('/organiser');
    await organiser.follow(say('close-vote'));
    await organiser.see(say('ranking'));
    await organiser.follow(say('reveal'));
    await organiser.visit('/projector');
    await organiser.see('Watt & Co');
    await organiser.shot('event-ranking');
    await team.visit('/team');
    await team.see(say('ranking'));
    await team.seeNot('<b>');
    const everybody = await yves.expect(200, 'GET', '/ballots');
    if (!everybody.text.includes('Watt &amp; Co')) throw new Error('a juror does not see the ranking');
    await organiser.visit('/organiser');
    const archive = await organiser.download(organiser.link(say('export')));
    if (archive.name !== 'submissions.zip' || archive.bytes.subarray(0, 2).toString() !== 'PK') throw new Error(`${archive.name} is no archive`);
  }, { isCore: false }),
];
