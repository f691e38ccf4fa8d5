// Rows as evidence. A module of its own: an app that names no row imports nothing of it.

import { cite } from "#native/evidence";

export const sourceOf = (category) => ({
  category,
  name: "as-source",
  method: "asSource",
  column: () => {
    throw new TypeError("pages have no evidence: use rows, or the place of a row in its page");
  },
  values: (page) =>
    Array.from({ length: page.length }, (_, row) => ({ category, reader: page.reader, row: page.before + row, cite })),
});
