import { decimals, Day, Money } from "./units.js";

const digits = (decimal) => (typeof decimal?.mantissa === "bigint" ? decimal.mantissa : BigInt(decimal.mantissa));

/** The person's language, and one of two texts in it. */
export class Words {
  constructor(lang) {
    this.lang = String(lang).startsWith("en") ? "en" : "fr";
    this.t = (fr, en) => (this.lang === "en" ? en : fr);
  }
}

export class Context extends Words {
  #answers;

  constructor({ lang, today, answers }) {
    super(lang);
    this.today = Day.of(today.year, today.month, today.day);
    this.#answers = new Map(answers.map(({ id, value }) => [id, value]));
  }

  #answer(id, tag) {
    const value = this.#answers.get(id);
    return value?.tag === tag ? value.val : undefined;
  }

  /** In units of 10^-scale; further digits are dropped. */
  scaled(id, scale) {
    const decimal = this.#answer(id, "number");
    if (decimal === undefined) return undefined;
    const more = scale - decimal.scale;
    return more >= 0 ? digits(decimal) * 10n ** BigInt(more) : digits(decimal) / 10n ** BigInt(-more);
  }
  number(id) {
    const decimal = this.#answer(id, "number");
    return decimal === undefined ? undefined : Number(decimal.mantissa) / 10 ** decimal.scale;
  }
  whole(id) {
    const found = this.scaled(id, 0);
    return found === undefined ? undefined : Number(found);
  }
  money(id, currency) {
    const minor = this.scaled(id, decimals(currency));
    return minor === undefined ? undefined : new Money(minor, currency);
  }
  flag(id) {
    return this.#answer(id, "flag");
  }
  choice(id) {
    return this.#answer(id, "text");
  }
  date(id) {
    const date = this.#answer(id, "date");
    return date && Day.of(date.year, date.month, date.day);
  }
}
