/** Words of the pages, read from the Fluent files that the pages themselves use. A journey names a message, so
 * that it finds a button by what a person reads on it, in both languages, and a new wording needs no change here. */
import { FluentBundle, FluentResource } from '@fluent/bundle';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './options.mjs';

const FOLDER = path.join(ROOT, 'host/words/messages');
const bundles = new Map();

/** Text of a message: `say('fr', 'page-sign-in', 'open')`. Throws if there is none, or an argument is missing. */
export function say(lang, file, id, args = {}) {
  const bundle = bundleOf(lang, file);
  const message = bundle.getMessage(id);
  if (!message?.value) throw new Error(`host/words/messages/${lang}/${file}.ftl has no message "${id}"`);
  const errors = [];
  const text = bundle.formatPattern(message.value, args, errors);
  if (errors.length) throw new Error(`${lang}/${file}.ftl, ${id}: ${errors.map(error => error.message).join('; ')}`);
  return text.replace(/\s+/g, ' ').trim();
}

/** Name of an example app, from its manifest. */
export function appName(lang, id) {
  const file = `example-apps/${id}/mesinfos.toml`;
  const manifest = fs.readFileSync(path.join(ROOT, file), 'utf8');
  const name = manifest.match(new RegExp(`^name = \\{.*\\b${lang} = "([^"]+)"`, 'm'))?.[1];
  if (!name) throw new Error(`${file} has no name in "${lang}"`);
  return name;
}

function bundleOf(lang, file) {
  const key = `${lang}/${file}`;
  if (!bundles.has(key)) {
    // The pages format numbers themselves, and isolate texts with markup.
    const bundle = new FluentBundle(lang, { useIsolating: false });
    bundle.addResource(new FluentResource(fs.readFileSync(path.join(FOLDER, `${key}.ftl`), 'utf8')));
    bundles.set(key, bundle);
  }
  return bundles.get(key);
}

/** Obvious words of each language: those that the other one does not have. Names of holders and apps contain none. */
const OBVIOUS = {
  fr: ['vous', 'votre', 'vos', 'nous', 'est', 'sont', 'cette', 'ces', 'avec', 'pour', 'dans', 'qui', 'une', 'aux', 'aucun', 'aucune', 'données', 'être', 'fait'],
  en: ['the', 'your', 'you', 'this', 'that', 'these', 'with', 'from', 'are', 'was', 'were', 'and', 'which', 'their', 'have', 'has', 'nothing', 'will'],
};

/** Texts of a page that are in the other language: those with one of its obvious words. */
export function foreign(texts, lang) {
  const words = OBVIOUS[lang === 'fr' ? 'en' : 'fr'];
  const one = new RegExp(`(?<![\\p{L}\\p{N}’'.-])(?:${words.join('|')})(?![\\p{L}\\p{N}’'-]|\\.\\p{L})`, 'iu');
  return texts.filter(text => one.test(text));
}

/** Texts that no person should read: what a program shows by mistake. */
export function junk(texts) {
  const marks = /\bundefined\b|\bNaN\b|\[object |\{ ?\$|\bPlatformError\b|\bSome\(/u;
  return texts.filter(text => marks.test(text));
}
