/** Variants: the themes and widths in which a journey runs. Each has a language, so that both are used in both
 * themes and at both widths, without doubling the number of runs. */

export const THEMES = ['light', 'dark'];

/** Widths in CSS pixels: a small phone, and a laptop. */
export const WIDTHS = [360, 1200];

/** Height of the window for each width, in CSS pixels. */
export const HEIGHTS = { 360: 780, 1200: 860 };

/** All variants: `{ theme, width, lang }`. */
export const VARIANTS = THEMES.flatMap(theme => WIDTHS.map(width => ({ theme, width, lang: langOf(theme, width) })));

/** Language of a variant: French for a light phone and a dark laptop, English for the two others. */
function langOf(theme, width) {
  return (theme === 'light') === (width === WIDTHS[0]) ? 'fr' : 'en';
}

/** Variants of the journey at `index`: all, or one for a core run. Core runs spread them over the journeys. */
export function variantsOf(index, core) {
  return core ? [VARIANTS[index % VARIANTS.length]] : VARIANTS;
}

/** A variant in words. */
export function says({ theme, width, lang }) {
  return `${theme}, ${width} px, ${lang}`;
}
