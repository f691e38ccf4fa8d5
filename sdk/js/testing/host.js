// Stands for the host outside a component.

let given;

export const set = (rows) => {
  given = rows;
};
export const reset = () => {
  given = undefined;
};

export const forTests = (category) => ({
  Reader: class {
    #page = given === undefined ? fail() : given(category);
    next() {
      const page = this.#page;
      this.#page = undefined;
      return page?.rows() > 0 ? page : undefined;
    }
  },
  scope: () => ({ period: { from: null, until: null }, grain: "raw" }),
});

function fail() {
  throw new Error('there is no host here: run the app with run() of "@mesinfos/sdk/testing"');
}

export const note = (line) => console.error(line);
export const cite = () => {};
