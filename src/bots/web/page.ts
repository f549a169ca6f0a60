import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Language, languages } from '../../core/language.ts';
import en from '../../locales/en/page.json' with { type: 'json' };
import id from '../../locales/id/page.json' with { type: 'json' };

/** A file as it is served, from memory. */
export interface Asset {
  readonly type: string;
  readonly body: string;
  readonly etag: string;
}

/** All that the browser gets: the page in each language, and the files that it loads, by their paths. */
export interface Page {
  readonly html: Readonly<Record<Language, Asset>>;
  readonly files: ReadonlyMap<string, Asset>;
}

const files = [
  'page.css',
  'icon.svg',
  'page.js',
  'composer.js',
  'element.js',
  'language.js',
  'log.js',
  'sender.js',
  'stream.js',
];
const demoFiles = ['demo.css', 'demo.js'];

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * Makes the page. The files' paths hold a digest of them all, so that a browser may keep them for good, and never mixes
 * two versions. Without `demo`, nothing that belongs to it is in any of them: no markup, no style, no script, no words.
 */
export function makePage(demo: boolean): Page {
  const strings = { id: wordsOf(id, demo), en: wordsOf(en, demo) };
  const contents = new Map([...files, ...(demo ? demoFiles : [])].map((name) => [name, source(name)]));
  contents.set('strings.js', `export const strings = ${JSON.stringify(strings)};\n`);
  const version = digestOf([...contents].flat().join('\n'));
  const template = source('index.html').replaceAll(
    /<!-- demo -->((?:(?!<!-- demo -->).)*?)<!-- end -->\n*/gs,
    demo ? '$1' : '',
  );
  const html = (language: Language) =>
    asset('index.html', fill(template, { ...strings[language], language, files: `/page/${version}` }));
  return {
    html: { id: html('id'), en: html('en') },
    files: new Map([...contents].map(([name, body]) => [`/page/${version}/${name}`, asset(name, body)])),
  };
}

/** The language of a browser that has not chosen one here: the first of ours in its `Accept-Language`. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const asked = (acceptLanguage ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return asked.flatMap((asked) => languages.filter((language) => language === asked))[0] ?? 'id';
}

function wordsOf({ demo: demoWords, ...words }: typeof id, demo: boolean): object {
  return demo ? { ...words, demo: demoWords } : words;
}

function source(name: string): string {
  return readFileSync(join(import.meta.dirname, 'page', name), 'utf8');
}

/** Puts texts into `{{name}}` and `{{group.name}}`. */
function fill(template: string, words: object): string {
  return template.replaceAll(/\{\{([\w.]+)\}\}/g, (_, path: string) => {
    const text = path.split('.').reduce<unknown>((group, key) => (isRecord(group) ? group[key] : undefined), words);
    if (typeof text !== 'string') throw new Error(`The page has no text "${path}"`);
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function asset(name: string, body: string): Asset {
  const type = types[name.slice(name.lastIndexOf('.') + 1)];
  if (type === undefined) throw new Error(`No content type is known for ${name}`);
  return { type, body, etag: `"${digestOf(body)}"` };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
