import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../core/language.ts';

/** The knowledge articles as they stand in their files, by language and name: see docs/knowledge.md. */
export const articleFiles: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  id: filesIn('id'),
  en: filesIn('en'),
};

function filesIn(language: Language): Map<string, string> {
  const folder = join(import.meta.dirname, language, 'knowledge');
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
  return new Map(names.sort().map((name) => [name.slice(0, -'.md'.length), readFileSync(join(folder, name), 'utf8')]));
}
