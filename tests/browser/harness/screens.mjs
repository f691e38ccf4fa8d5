/** Screenshots: every page and state, in each theme and at each width, as WebP in docs/screens. */
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './options.mjs';

export const FOLDER = path.join(ROOT, 'docs/screens');

/** Size of all screenshots together, in bytes, at most: everybody who clones the repository gets them. */
const MOST = 4 * 1024 * 1024;

/** Qualities that are tried, in percent. The best one with which all screenshots fit is used for all. */
const QUALITIES = [50, 30, 15, 6];

/** Of a long page the top is shown: height at most, in CSS pixels, and the scale of the picture. */
const SHOWN = { 360: { tallest: 880, scale: 0.5 }, 1200: { tallest: 880, scale: 0.42 } };

/** Quality of the large ones, which are for looking at, in percent. */
const LARGE = 60;

export class Screens {
  /** `large` is a folder for the whole pages in their own size, written as they are taken: for looking at. `kept` is one
   * for the screenshots in every quality: those that are there already count as taken. */
  constructor(most = MOST, large = undefined, kept = undefined) {
    Object.assign(this, { most, large, kept });
    /** Name of each screenshot, with its bytes in each quality. */
    this.taken = new Map();
    if (!kept) return;
    fs.mkdirSync(kept, { recursive: true });
    for (const file of fs.readdirSync(kept)) {
      const bytes = QUALITIES.map(quality => path.join(kept, file, `${quality}.webp`));
      if (bytes.every(one => fs.existsSync(one))) this.taken.set(file, bytes.map(one => fs.readFileSync(one)));
    }
  }

  /** Captures the current page of a visitor as `NAME-WIDTH-THEME.webp`. Names are `page-state`. */
  async take(visitor, name) {
    const { page, session, variant } = visitor;
    const { theme, width } = variant;
    const { tallest, scale } = SHOWN[width];
    await page.evaluate(() => scrollTo(0, 0));
    const needs = await page.evaluate(() => document.documentElement.scrollHeight);
    const height = Math.min(Math.max(needs, page.viewportSize().height), tallest);
    const clip = { x: 0, y: 0, width, height, scale };
    const file = `${name}-${width}-${theme}.webp`;
    if (this.large) {
      const whole = { x: 0, y: 0, width, height: Math.min(needs, 6_000), scale: 1 };
      const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: LARGE, clip: whole, captureBeyondViewport: true });
      fs.mkdirSync(this.large, { recursive: true });
      fs.writeFileSync(path.join(this.large, file), Buffer.from(data, 'base64'));
    }
    const bytes = [];
    for (const quality of QUALITIES) {
      const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality, clip, captureBeyondViewport: true });
      bytes.push(Buffer.from(data, 'base64'));
    }
    this.taken.set(file, bytes);
    if (!this.kept) return;
    const folder = path.join(this.kept, file);
    fs.mkdirSync(folder, { recursive: true });
    for (const [index, quality] of QUALITIES.entries()) fs.writeFileSync(path.join(folder, `${quality}.webp`), bytes[index]);
  }

  /** The screenshots in the best quality with which they fit, as `[quality, Map of name to bytes]`. Throws if they
   * fit in none. */
  chosen() {
    for (const [index, quality] of QUALITIES.entries()) {
      const files = new Map([...this.taken].map(([name, bytes]) => [name, bytes[index]]));
      if (size(files) <= this.most) return [quality, files];
    }
    throw new Error(`the screenshots do not fit into ${this.most} bytes: take fewer, or show less of each`);
  }

  /** Replaces the screenshots of a folder. Returns a sentence about them. */
  write(folder) {
    const [quality, files] = this.chosen();
    fs.mkdirSync(folder, { recursive: true });
    for (const file of fs.readdirSync(folder)) if (file.endsWith('.webp')) fs.rmSync(path.join(folder, file));
    for (const [file, bytes] of files) fs.writeFileSync(path.join(folder, file), bytes);
    return `${files.size} screenshots in ${folder}, ${(size(files) / 1024 / 1024).toFixed(1)} MB, quality ${quality}`;
  }
}

function size(files) {
  return [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
}
