import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Language, languages } from '../../../src/core/language.ts';

/** A question that nobody trains on, and the articles that answer it, any of them. */
export interface LabelledQuestion {
  readonly language: Language;
  readonly articles: readonly string[];
  readonly text: string;
}

/** The questions of `questions.tsv`: language, articles and question between tabs. */
export function labelledQuestions(): LabelledQuestion[] {
  const lines = readFileSync(join(import.meta.dirname, 'questions.tsv'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const [written, articles = '', text = ''] = line.split('\t');
    const language = languages.find((known) => known === written);
    if (!language) throw new Error(`no language in: ${line}`);
    return { language, articles: articles.split(' '), text };
  });
}
