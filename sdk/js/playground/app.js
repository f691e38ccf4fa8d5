// The app of the playground: it runs the source that the host put into it, in the place that `source.js` keeps. It could
// read every field; it reads those that the source names.

import * as sdk from "@mesinfos/sdk";
import * as params from "@mesinfos/sdk/params";
import * as view from "@mesinfos/sdk/view";
import { categories } from "./categories.js";
import { Author } from "./author.js";
import { SOURCE } from "./source.js";

const ofCategories = Object.entries(categories).map(([category, module]) => [`@mesinfos/sdk/${category}`, module]);
const modules = new Map([
  ["@mesinfos/sdk", sdk],
  ["@mesinfos/sdk/params", params],
  ["@mesinfos/sdk/view", view],
  ...ofCategories,
]);

const author = () => new Author(JSON.parse(SOURCE), modules);

/** The parameters of the author's app. */
const parametersOf = (one, words) => one.call((app) => app.parameters?.(words) ?? []);

export default sdk.app({
  // What is wrong is told by the run, which can be heard.
  parameters(words) {
    try {
      return parametersOf(author(), words);
    } catch {
      return [];
    }
  },
  run(ctx) {
    const one = author();
    parametersOf(one, ctx);
    return one.call((app) => app.run(ctx));
  },
});
