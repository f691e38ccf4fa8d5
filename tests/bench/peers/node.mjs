// The three computations in a worker thread of Node.js: the text of the rows goes in, a small result
// comes out. A line `budget`, `profile` or `plans` on the standard input makes one timed run.
//
//   node node.mjs FOLDER        with budget.json, profile.json and plans.json in it
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Worker, isMainThread, parentPort } from "node:worker_threads";
import { fileURLToPath } from "node:url";

/** Months since 1970-01 of a day since 1970-01-01. */
function month(day) {
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const ofEra = shifted - era * 146097;
  const year = Math.trunc(
    (ofEra - Math.trunc(ofEra / 1460) + Math.trunc(ofEra / 36524) - Math.trunc(ofEra / 146096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.trunc(year / 4) - Math.trunc(year / 100));
  return (era * 400 + year - 1970) * 12 + Math.trunc((5 * ofYear + 2) / 153) + 2;
}

function budget(rows) {
  let income = 0;
  const months = new Map();
  const payments = new Map();
  for (const row of rows) {
    const { amount } = row;
    if (amount >= 0) {
      income += amount;
      continue;
    }
    const at = month(row.booked_on);
    let spent = months.get(at);
    if (spent === undefined) months.set(at, (spent = [0, 0, 0, 0, 0]));
    spent[Math.min(row.kind, 4)] -= amount;
    const label = row.label.replace(/[0-9]+/g, "");
    const paid = payments.get(label);
    if (paid === undefined) payments.set(label, [[at, -amount]]);
    else paid.push([at, -amount]);
  }
  const recurring = [];
  for (const [label, paid] of payments) {
    const once = paid.every(([at], i) => i === 0 || paid[i - 1][0] !== at);
    if (!once || paid.length < 3 || label.trim() === "") continue;
    const mean = Math.trunc(paid.reduce((sum, [, minor]) => sum + minor, 0) / paid.length);
    if (paid.every(([, minor]) => Math.abs(minor - mean) * 100 <= mean * 15)) {
      recurring.push([label.trim(), mean]);
    }
  }
  recurring.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  recurring.length = Math.min(recurring.length, 30);
  const numbers = [income];
  for (const [at, spent] of [...months].sort((a, b) => a[0] - b[0])) numbers.push(at, ...spent);
  numbers.push(...recurring.map(([, mean]) => mean));
  return { numbers, texts: recurring.map(([label]) => label) };
}

function profile(rows) {
  const energies = new Array(48).fill(0);
  const seconds = new Array(48).fill(0);
  const days = new Map();
  for (const row of rows) {
    const local = row.start + row.utc_offset * 60;
    const day = Math.floor(local / 86400);
    const slot = Math.trunc((local - day * 86400) / 1800);
    energies[slot] += row.energy;
    seconds[slot] += row.duration;
    days.set(day, (days.get(day) ?? 0) + row.energy);
  }
  const numbers = energies.map((energy, slot) =>
    Math.trunc(Math.trunc((energy * 3600) / 1000) / Math.max(seconds[slot], 1)),
  );
  let least = Infinity;
  let most = -Infinity;
  for (const energy of days.values()) {
    const whole = Math.trunc(energy / 1000);
    least = Math.min(least, whole);
    most = Math.max(most, whole);
  }
  numbers.push(days.size, least, most);
  return { numbers, texts: [] };
}

const ALL = Infinity;
const PLANS = [
  { monthly: 299, minutes: 120, messages: 100, minute: 5, message: 5 },
  { monthly: 599, minutes: 300, messages: ALL, minute: 5, message: 0 },
  { monthly: 899, minutes: 600, messages: ALL, minute: 5, message: 0 },
  { monthly: 1299, minutes: ALL, messages: ALL, minute: 0, message: 0 },
];

function plans(rows) {
  const months = new Map();
  for (const row of rows) {
    if (row.direction !== 1) continue;
    const at = month(Math.floor((row.at + row.utc_offset * 60) / 86400));
    let used = months.get(at);
    if (used === undefined) months.set(at, (used = { seconds: 0, messages: 0 }));
    if (row.service === 0) used.seconds += row.duration ?? 0;
    else if (row.service === 1 || row.service === 2) used.messages += row.messages ?? 1;
  }
  const used = [...months]
    .sort((a, b) => a[0] - b[0])
    .map(([at, { seconds, messages }]) => [at, Math.trunc((seconds + 59) / 60), messages]);
  const yearly = PLANS.map((plan) => {
    const cost = ([, minutes, messages]) =>
      plan.monthly +
      Math.max(minutes - plan.minutes, 0) * plan.minute +
      Math.max(messages - plan.messages, 0) * plan.message;
    const all = used.reduce((sum, month) => sum + cost(month), 0);
    return Math.trunc((all * 12) / Math.max(used.length, 1));
  });
  const best = yearly.indexOf(Math.min(...yearly));
  return { numbers: [...used.flat(), ...yearly, best], texts: [] };
}

const works = { budget, profile, plans };

if (isMainThread) {
  const texts = {};
  for (const id of Object.keys(works)) texts[id] = readFileSync(`${process.argv[2]}/${id}.json`, "utf8");
  const worker = new Worker(fileURLToPath(import.meta.url));
  for await (const id of createInterface({ input: process.stdin })) {
    const started = performance.now();
    const answered = new Promise((answer) => worker.once("message", answer));
    worker.postMessage([id, texts[id]]);
    const answer = await answered;
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(JSON.stringify({ seconds, ...answer }) + "\n");
  }
  await worker.terminate();
} else {
  parentPort.on("message", ([id, text]) => parentPort.postMessage(works[id](JSON.parse(text))));
}
