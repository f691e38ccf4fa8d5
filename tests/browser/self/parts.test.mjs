import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreign, junk, say } from '../harness/words.mjs';
import { bare } from '../harness/components.mjs';
import { Screens } from '../harness/screens.mjs';
import { Pace } from '../harness/pace.mjs';
import { VARIANTS, variantsOf } from '../harness/variants.mjs';

test('words of the other language are found, names and addresses are not', () => {
  const french = ['Votre année', 'Banque des Rives', 'Français', 'www.the-and.example', 'Le « the vert »'];
  assert.deepEqual(foreign(french, 'fr'), ['Le « the vert »']);
  assert.deepEqual(foreign(['Vos données', 'Conso', 'a qui-vive'], 'en'), ['Vos données']);
  assert.deepEqual(foreign(['You and me'], 'fr'), ['You and me']);
  assert.deepEqual(junk(['12 lignes', 'undefined lignes', 'mon coffre [object Object]']), ['undefined lignes', 'mon coffre [object Object]']);
});

test('a message is said in both languages, with its arguments, and a missing one is an error', () => {
  assert.equal(say('fr', 'page-shell', 'home'), 'Accueil');
  assert.notEqual(say('en', 'page-shell', 'home'), say('fr', 'page-shell', 'home'));
  assert.throws(() => say('fr', 'page-shell', 'no-such-message'), /has no message "no-such-message"/);
  assert.throws(() => say('fr', 'page-shell', 'life-of'), /page-shell.ftl, life-of/);
});

test('core runs use each theme, width and language', () => {
  const core = [0, 1, 2, 3].flatMap(index => variantsOf(index, true));
  assert.deepEqual(core, VARIANTS);
  assert.deepEqual(variantsOf(7, false), VARIANTS);
  for (const lang of ['fr', 'en']) {
    const of = VARIANTS.filter(variant => variant.lang === lang);
    assert.deepEqual([...new Set(of.map(variant => variant.theme))].sort(), ['dark', 'light']);
    assert.deepEqual(of.map(variant => variant.width).sort(), [1200, 360]);
  }
});

test('the pace of a person counts presses, words and waiting', async () => {
  const pace = new Pace({});
  pace.pressed();
  pace.pressed();
  await pace.read({ filter: () => ({ allInnerTexts: async () => ['one two  three', 'four\nfive'] }) });
  assert.equal(pace.words, 5);
  await pace.wait(() => new Promise(resolve => setTimeout(resolve, 50)));
  assert.ok(pace.machine >= 0.045 && pace.machine < 5);
  assert.ok(Math.abs(pace.seconds - (2.4 + 1.2 + pace.machine)) < 1e-9);
});

test('screenshots have the best quality with which all fit', () => {
  const screens = new Screens(100);
  for (const name of ['a', 'b']) screens.taken.set(name, [60, 51, 50, 10].map(bytes => Buffer.alloc(bytes)));
  const [quality, files] = screens.chosen();
  assert.equal(quality, 15);
  assert.deepEqual([...files.values()].map(bytes => bytes.length), [50, 50]);
  screens.taken.set('c', [200, 200, 200, 200].map(bytes => Buffer.alloc(bytes)));
  assert.throws(() => screens.chosen(), /do not fit/);
});

test('custom sections of the outermost level are left out', () => {
  const head = [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0];
  const custom = [0, 3, 1, 0x6d, 9];
  const long = [4, 0x80, 1, ...Array(128).fill(0)];
  assert.deepEqual([...bare(Buffer.from([...head, ...custom, ...long, ...custom, 1, 1, 5]))], [...head, ...long, 1, 1, 5]);
});
