import { journey, withAndWithout } from '../harness/journey.mjs';
import { PASSWORD, acceptInvitation, confirm, signIn, signUp } from '../harness/steps.mjs';

/** Signs out from a page like any other: its head has the button. */
async function signOut(visitor) {
  await visitor.visit('/data');
  await visitor.follow(visitor.say('page-shell', 'sign-out'));
  visitor.at('/');
  await visitor.see(visitor.say('page-start', 'signed-out'));
}

export default [
  withAndWithout('invitation with a password', async run => {
    const server = await run.start();
    const visitor = await run.visitor();
    const code = await server.invite('tester');
    await visitor.visit('/');
    await visitor.follow(visitor.link(visitor.say('page-start', 'begin')));
    visitor.at('/invitation');
    await visitor.shot('invitation');
    // A code with a fault in it, and one that nobody made.
    const field = visitor.field(visitor.say('page-sign-in', 'invitation-code'));
    await field.fill('not a code');
    await visitor.follow(visitor.say('page-sign-in', 'continue'), { status: 422 });
    await visitor.news.first().waitFor();
    await visitor.shot('invitation-wrong');
    await visitor.visit('/invitation/00000000000000000000000000', { status: 404 });
    // A code is read whatever its case and spaces.
    await visitor.visit('/invitation');
    await field.fill(` ${code.toUpperCase().replace(/(.{5})(?=.)/g, '$1 ')} `);
    await visitor.follow(visitor.say('page-sign-in', 'continue'));
    await visitor.seeHeading(visitor.say('page-sign-in', 'sign-up-title'));
    await visitor.shot('sign-up');
    // A password that is too easy keeps the name that was typed.
    await visitor.field(visitor.say('page-sign-in', 'name')).fill('Camille');
    await visitor.field(visitor.say('page-sign-in', 'new-password')).fill('123456789012');
    await visitor.follow(visitor.say('page-sign-in', 'sign-up'), { status: 422 });
    await visitor.news.first().waitFor();
    await visitor.shot('sign-up-weak-password');
    if ((await visitor.field(visitor.say('page-sign-in', 'name')).inputValue()) !== 'Camille') throw new Error('the name that was typed is lost');
    await visitor.field(visitor.say('page-sign-in', 'new-password')).fill(PASSWORD);
    await visitor.follow(visitor.say('page-sign-in', 'sign-up'));
    await visitor.seeHeading(visitor.say('page-sign-in', 'codes-title'));
    await visitor.shot('sign-up-codes');
    await visitor.follow(visitor.link(visitor.say('page-sign-in', 'codes-kept')));
    visitor.at('/home');
    await visitor.seeHeading(visitor.say('page-home', 'empty-title'));
    await visitor.shot('home-empty');
    // The invitation is used up, and a name is taken once.
    const other = await run.visitor();
    await other.visit(`/invitation/${code}`, { status: 404 });
    const second = await server.invite('tester');
    await other.visit(`/invitation/${second.replaceAll('-', '')}`);
    await other.field(other.say('page-sign-in', 'name')).fill('camille');
    await other.field(other.say('page-sign-in', 'new-password')).fill(PASSWORD);
    await other.follow(other.say('page-sign-in', 'sign-up'), { status: 422 });
    await other.news.first().waitFor();
  }),

  journey('sign in and out with a password', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    const session = (await visitor.context.cookies()).find(cookie => cookie.name.endsWith('session'));
    if (!session?.httpOnly || session.sameSite !== 'Lax' || session.expires !== -1) throw new Error(`the session's cookie is ${JSON.stringify({ ...session, value: '…' })}`);
    await signOut(visitor);
    // The browser's button does not bring back what was on the screen.
    await visitor.back();
    if (['/home', '/settings'].includes(visitor.path)) throw new Error(`${visitor.path} is shown after signing out`);
    await visitor.visit('/settings');
    visitor.at('/sign-in');
    await visitor.shot('sign-in');
    await signIn(visitor, { password: 'not the password', status: 422 });
    await visitor.news.first().waitFor();
    await visitor.shot('sign-in-wrong');
    // Nobody learns whether a name exists.
    const wrong = await visitor.news.first().innerText();
    await signIn(visitor, { name: 'Nobody', status: 422 });
    if ((await visitor.news.first().innerText()) !== wrong) throw new Error('a name that nobody has gets another answer');
    // The page that was asked for opens after signing in.
    await visitor.visit('/settings');
    await signIn(visitor);
    visitor.at('/settings');
    // A new password; the old one is worth nothing.
    await visitor.follow(visitor.link(visitor.say('page-account', 'change-password')));
    await visitor.shot('settings-password');
    await visitor.field(visitor.say('page-account', 'old-password')).fill(PASSWORD);
    await visitor.field(visitor.say('page-sign-in', 'new-password')).fill('girafe moulin parapluie 7');
    await visitor.follow(visitor.say('page-account', 'change-password'));
    visitor.at('/settings');
    await signOut(visitor);
    await visitor.visit('/sign-in');
    await signIn(visitor, { status: 422 });
    await signIn(visitor, { password: 'girafe moulin parapluie 7' });
    visitor.at('/home');
  }),

  journey('recovery', async run => {
    const visitor = await run.visitor();
    const codes = await signUp(visitor);
    const other = await run.visitor();
    await other.visit('/sign-in');
    await other.unfold(other.say('page-sign-in', 'lost-access'));
    await other.check();
    await other.shot('sign-in-lost-access');
    await other.follow(other.link(other.say('page-sign-in', 'enter-code')));
    await other.seeHeading(other.say('page-sign-in', 'recover-title'));
    await other.shot('recovery');
    const recover = async (code, password, status) => {
      await other.field(other.say('page-sign-in', 'name')).fill('Camille');
      await other.field(other.say('page-sign-in', 'recovery-code')).fill(code);
      await other.field(other.say('page-sign-in', 'new-password')).fill(password);
      await other.follow(other.say('page-sign-in', 'recover'), { status });
    };
    await recover('00000-00000', 'girafe moulin parapluie 7', 422);
    await other.news.first().waitFor();
    await recover(codes[3], 'girafe moulin parapluie 7', 200);
    other.at('/home');
    await other.visit('/settings');
    await other.see(other.say('page-account', 'codes-left', { codes: 9 }));
    // Every other session has ended.
    await visitor.reload();
    visitor.at('/sign-in');
    await visitor.see(visitor.say('page-sign-in', 'over'));
    // The code is used up, the old password too.
    await signIn(visitor, { status: 422 });
    await other.context.clearCookies();
    await other.visit('/sign-in/recover');
    await recover(codes[3], 'encore un autre mot 9', 422);
    // New codes need a fresh check, and replace the old ones.
    await other.visit('/sign-in');
    await signIn(other, { password: 'girafe moulin parapluie 7' });
    await other.visit('/settings');
    await other.follow(other.say('page-account', 'new-codes'));
    await confirm(other);
    if ((await other.main.locator('li code').count()) === 0) await other.follow(other.say('page-account', 'new-codes'));
    const fresh = await other.main.locator('li code').allInnerTexts();
    if (fresh.length !== 10 || fresh.some(code => codes.includes(code))) throw new Error('the new codes are not ten new ones');
  }),

  journey('expired session', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    await visitor.visit('/settings');
    // Another window of the same person closes every session.
    const other = await run.visitor();
    await other.visit('/sign-in');
    await signIn(other);
    await other.visit('/settings');
    await other.see(other.say('page-account', 'this-session'));
    await other.shot('settings-account');
    await other.follow(other.say('page-account', 'end-everywhere'));
    other.at('/sign-in');
    // An act is not done, and says so; it does not end in a blank form.
    await visitor.follow(visitor.say('page-account', 'new-codes'), { status: 401 });
    await visitor.seeHeading(visitor.say('page-failures', 'signed-out'));
    await visitor.shot('error-signed-out');
    await visitor.follow(visitor.link(visitor.say('page-failures', 'sign-in')));
    visitor.at('/sign-in');
    // A page leads to the sign-in page, and back to itself.
    await visitor.visit('/journal');
    visitor.at('/sign-in');
    await visitor.see(visitor.say('page-sign-in', 'over'));
    await visitor.shot('sign-in-session-over');
    await signIn(visitor);
    visitor.at('/journal');
    // The address to go back to is never another site's.
    await other.visit('/sign-in?next=https%3A%2F%2Fexample.com%2F');
    await signIn(other);
    other.at('/home');
  }),

  journey('two tabs', async run => {
    const visitor = await run.visitor();
    await signUp(visitor);
    const first = visitor.page;
    await visitor.visit('/settings');
    // The second tab is the same person, and sees a change of the first one.
    await visitor.tab();
    await visitor.visit('/settings');
    await visitor.page.getByRole('radio', { name: visitor.say('page-settings', 'theme-light') }).check();
    await visitor.follow(visitor.say('page-settings', 'save'));
    await visitor.turn(first);
    await visitor.reload();
    if ((await visitor.page.locator('html').getAttribute('data-theme')) !== 'light') throw new Error('the other tab keeps the old theme');
    // Signing out in one tab signs out in the other.
    await visitor.tab();
    await signOut(visitor);
    await visitor.turn(first);
    await visitor.follow(visitor.say('page-account', 'new-codes'), { status: 401 });
    await visitor.seeHeading(visitor.say('page-failures', 'signed-out'));
  }),

  journey('operator', async run => {
    const server = await run.start();
    const visitor = await run.visitor();
    // The address that the server prints leads the operator of the machine to an invitation.
    await visitor.visit(await server.entrance());
    visitor.at(/^\/invitation\//);
    await acceptInvitation(visitor, 'Dominique');
    await visitor.seeHeading(visitor.say('page-roles', 'title'));
    await visitor.see(visitor.say('page-roles', 'ready'));
    await visitor.shot('home-operator');
    // An operator has no vault, and sees nobody's.
    for (const path of ['/data', '/journal', '/settings']) await visitor.visit(path, { status: 404 });
    await visitor.visit('/home');
    await visitor.follow(visitor.link(visitor.say('page-roles', 'invitations')));
    await visitor.see(visitor.say('page-roles', 'none-pending'));
    await visitor.field(visitor.say('page-roles', 'role')).selectOption('tester');
    await visitor.follow(visitor.say('page-roles', 'invite'));
    await confirm(visitor);
    if ((await visitor.heading()) === visitor.say('page-roles', 'invitations')) await visitor.follow(visitor.say('page-roles', 'invite'));
    await visitor.seeHeading(visitor.say('page-roles', 'new-invitation'));
    await visitor.page.getByRole('img', { name: visitor.say('page-roles', 'qr') }).waitFor();
    await visitor.shot('operator-new-invitation');
    const code = await visitor.main.locator('code').first().innerText();
    await visitor.follow(visitor.link(visitor.say('page-roles', 'back')));
    await visitor.shot('operator-invitations');
    // The code works for a tester, who is not an operator.
    const tester = await run.visitor();
    await tester.visit('/invitation');
    await tester.field(tester.say('page-sign-in', 'invitation-code')).fill(code);
    await tester.follow(tester.say('page-sign-in', 'continue'));
    await acceptInvitation(tester, 'Camille');
    await tester.visit('/operator/invitations', { status: 404 });
    await visitor.reload();
    await visitor.see(visitor.say('page-roles', 'none-pending'));
    // A withdrawn invitation works no more.
    await visitor.follow(visitor.say('page-roles', 'invite'));
    const second = await visitor.main.locator('code').first().innerText();
    await visitor.follow(visitor.link(visitor.say('page-roles', 'back')));
    await visitor.follow(visitor.say('page-roles', 'withdraw'));
    const late = await run.visitor();
    await late.visit(`/invitation/${second.replaceAll('-', '')}`, { status: 404 });
  }),
];
