/** The browser: Chromium, with a fresh profile for each journey, that reaches nothing but this machine. */
import { chromium } from 'playwright-core';
import { HEIGHTS } from './variants.mjs';

/** Time limit of one step of a journey, in milliseconds. */
const STEP = 15_000;

const ARGUMENTS = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--force-color-profile=srgb',
  // As on a phone: a scroll bar takes no room.
  '--hide-scrollbars',
  // No other name resolves: a request to another site fails even if the check of requests missed it.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  // Chromium's sandbox needs rights that root in a container lacks. The pages are our own.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Launches the browser with an empty profile. */
export function launch(executablePath) {
  return chromium.launch({ executablePath, headless: false, args: ARGUMENTS, timeout: 60_000 });
}

/** Opens a window of its own: nothing is shared with another one, neither cookies nor cache. */
export async function open(browser, { theme, width, lang }, { hasScript = true, ...more } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: HEIGHTS[width] },
    colorScheme: theme,
    reducedMotion: 'reduce',
    javaScriptEnabled: hasScript,
    locale: lang === 'fr' ? 'fr-FR' : 'en-GB',
    timezoneId: 'Europe/Paris',
    // A phone has a touch screen.
    hasTouch: width < 600,
    serviceWorkers: 'block',
    ...more,
  });
  context.setDefaultTimeout(STEP);
  return context;
}
