/** Steps that several journeys begin with. */
import { appName } from './words.mjs';

/** A password that the product accepts. */
export const PASSWORD = 'tilleul canard brouette 42';

/** The smallest picture: a PNG of one pixel. */
export const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==', 'base64');

/** Begins a sample life from the start page, as somebody who was never here. */
export async function beginLife(visitor, life = 'famille') {
  await visitor.visit('/');
  await visitor.follow(visitor.say('page-start', 'try-life', { life }));
  visitor.at('/home');
}

/** Accepts a tester's invitation with a password. Resolves to the recovery codes; the visitor is at home. */
export async function signUp(visitor, name = 'Camille') {
  await visitor.visit(`/invitation/${await visitor.server.invite('tester')}`);
  return acceptInvitation(visitor, name);
}

/** Accepts the invitation whose page is open. */
export async function acceptInvitation(visitor, name) {
  await visitor.seeHeading(visitor.say('page-sign-in', 'sign-up-title'));
  await visitor.field(visitor.say('page-sign-in', 'name')).fill(name);
  await visitor.field(visitor.say('page-sign-in', 'new-password')).fill(PASSWORD);
  await visitor.follow(visitor.say('page-sign-in', 'sign-up'));
  await visitor.seeHeading(visitor.say('page-sign-in', 'codes-title'));
  const codes = await visitor.main.locator('li code').allInnerTexts();
  if (new Set(codes).size !== 10) throw new Error(`ten recovery codes are expected, not ${codes.length}`);
  await visitor.follow(visitor.link(visitor.say('page-sign-in', 'codes-kept')));
  visitor.at('/home');
  return codes;
}

/** Signs in with a password, from the sign-in page that the visitor is at. */
export async function signIn(visitor, { name = 'Camille', password = PASSWORD, status = 200 } = {}) {
  await visitor.field(visitor.say('page-sign-in', 'name')).fill(name);
  await visitor.field(visitor.say('page-sign-in', 'password')).fill(password);
  await visitor.follow(visitor.say('page-sign-in', 'open'), { status });
}

/** Confirms with the password that the visitor is there, if the page asks for it. */
export async function confirm(visitor) {
  if (!visitor.path.startsWith('/confirm')) return;
  await visitor.field(visitor.say('page-sign-in', 'password')).fill(PASSWORD);
  await visitor.follow(visitor.say('page-sign-in', 'continue'));
}

/** Opens the page of an app from the list of apps. */
export async function openApp(visitor, id) {
  await visitor.visit('/apps');
  await visitor.follow(visitor.link(appName(visitor.lang, id)));
  visitor.at(`/apps/${id}`);
}

/** Gives every category that an app asks for, and confirms the sensitive ones. */
export async function giveAll(visitor) {
  for (const give of await visitor.page.getByRole('switch').all()) if (await give.isEnabled()) await give.check();
  for (const sure of await visitor.main.locator('label.yes input').all()) await sure.check();
}

/** Tries an app with everything, with what is given apart too. */
export async function tryAll(visitor) {
  for (const apart of await visitor.main.locator('input[name^="trial."][type=checkbox]').all()) await apart.check();
  await visitor.follow(visitor.say('page-consent', 'try'));
}

/** Has what would be given counted: a script does it by itself; without one, a button does. */
export async function recount(visitor) {
  const button = visitor.button(visitor.say('page-consent', 'redraw'));
  if (!visitor.hasScript) return visitor.follow(button);
  if (await button.isVisible()) throw new Error('the button that counts is there although a script counts');
  await visitor.main.locator('.decide:not([aria-busy])').waitFor();
  return visitor.check();
}

/** Opens an app, gives it everything, and runs it. The visitor is at the result. */
export async function grantAndRun(visitor, id) {
  await openApp(visitor, id);
  await giveAll(visitor);
  await visitor.follow(visitor.say('page-consent', 'grant-and-run'));
  visitor.at(/^\/results\/[0-9a-z-]+$/);
}

/** Chooses files on the page that adds them. */
export async function choose(visitor, ...files) {
  await visitor.page.locator('input[type=file][multiple]').setInputFiles(files);
}
