/** Why a run has no report. */
export class Failure extends Error {
  constructor(payload, message) {
    super(message);
    this.name = "Failure";
    this.payload = payload;
  }
}

export class NeedsData extends Failure {
  constructor(...categories) {
    super({ tag: "needs-data", val: categories }, `data is missing: ${categories.join(", ")}`);
  }
}

export class BadAnswer extends Failure {
  constructor(parameter, expected) {
    super({ tag: "bad-answer", val: [parameter, expected] }, `${parameter}: ${expected}`);
  }
}

export class Failed extends Failure {
  constructor(reason) {
    super({ tag: "other", val: reason }, reason);
  }
}
