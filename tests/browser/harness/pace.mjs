/** Human pace: how long a person would take for a journey that the machine does in a moment. */

/** Seconds to find and press something. */
const PRESS = 1.2;

/** Seconds to type a character: 40 words in a minute, on a telephone (Palin and others 2019: 36). */
const KEY = 0.33;

/** Seconds to find a file on one's own device. */
const FILE = 20;

/** Words read in a minute: silent reading of French or English by adults is near 240 (Brysbaert 2019). */
const WORDS = 250;

export class Pace {
  constructor(visitor) {
    Object.assign(this, { visitor, presses: 0, words: 0, typed: 0, files: 0, machine: 0 });
    visitor.pace = this;
  }

  pressed() {
    this.presses += 1;
  }

  /** Types into a field. */
  async type(field, text) {
    await field.fill(text);
    this.presses += 1;
    this.typed += text.length;
  }

  /** Chooses a file from one's own device. */
  async choose(field, file) {
    await field.setInputFiles(file);
    this.presses += 1;
    this.files += 1;
  }

  /** Counts the words of what has to be read on the current page: those of `locators` that are visible. */
  async read(...locators) {
    for (const locator of locators) {
      for (const text of await locator.filter({ visible: true }).allInnerTexts()) this.words += text.split(/\s+/).filter(Boolean).length;
    }
  }

  /** Runs an act of which only the machine's time counts. Time for checks in between does not. */
  async wait(act) {
    const since = performance.now();
    const done = await act();
    this.machine += (performance.now() - since) / 1000;
    return done;
  }

  /** Seconds that a person would take. */
  get seconds() {
    const { presses, words, typed, files, machine } = this;
    return presses * PRESS + (words * 60) / WORDS + typed * KEY + files * FILE + machine;
  }

  get says() {
    const { presses, words, machine, seconds } = this;
    return `${presses} presses, ${words} words, ${machine.toFixed(1)} s of waiting: ${Math.round(seconds)} s`;
  }
}
