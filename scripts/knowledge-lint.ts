/**
 * Looks the knowledge articles over: `npm run knowledge` prints everything that is wrong with them. What is missing in a
 * language or differs between two, figures that are not in the table, what is too long or cannot be sent by SMS, what has
 * no source or has run out, choices that lead nowhere, and questions that nothing answers.
 */
import { choiceIds } from '../src/core/answer.ts';
import { figureKeys, figureNamed } from '../src/core/jamsostek/figures/figures.ts';
import { type Day, daySchema } from '../src/core/jamsostek/month.ts';
import type { Article } from '../src/core/knowledge/article.ts';
import { articles } from '../src/core/knowledge/articles.ts';
import { figuresIn, filled } from '../src/core/knowledge/filled.ts';
import { type Language, languages } from '../src/core/language.ts';
import { speeches } from '../src/core/speech.ts';
import { briefly } from '../src/core/topics/brief-text.ts';

/** Something that is wrong with an article. */
export interface Finding {
  readonly article: string;
  readonly language: Language;
  readonly wrong: string;
}

export type Articles = Readonly<Record<Language, ReadonlyMap<string, Article>>>;

/** Three SMS of 153 characters each, less what joins them. */
const longest = 450;
const longestLabel = 24;
const fewestQuestions = 5;
const mostChoices = 4;
/** What every phone shows: the characters of GSM 03.38 that stand for themselves, without the escaped ones. */
const gsm7 = /^[A-Za-z0-9 @\n!"#%&'()*+,\-./:;<=>?_]*$/;
const markup = /[*~`<>]/;

/** Everything that is wrong with these articles as they are said on this day. */
export function lint(day: Day, library: Articles = articles): Finding[] {
  return [
    ...languages.flatMap((language) =>
      [...library[language].values()].flatMap((article) =>
        wrongIn(article, language, day, library).map((wrong) => ({ article: article.id, language, wrong })),
      ),
    ),
    ...differences(library),
    ...askedTwice(library),
  ];
}

function wrongIn(article: Article, language: Language, day: Day, library: Articles): string[] {
  const { label, questions, sources, paragraphs, next, until, instead } = article;
  const text = [...paragraphs, article.short ?? ''].join('\n\n');
  const said = filled(article, day, speeches[language]);
  const length = said?.paragraphs.join('\n\n').length ?? 0;
  const unknown = [...text.matchAll(/\{\{([^{}]{0,60})\}\}/g)]
    .map(([, place = '']) => place)
    .filter((place) => !figureKeys.includes(place.replace(/\.(from|until)$/, '')));
  return [
    ...(label.length > longestLabel ? [`its label is longer than ${longestLabel} characters`] : []),
    ...(questions.length < fewestQuestions ? [`it has ${questions.length} questions, of ${fewestQuestions}`] : []),
    ...(sources.length === 0 ? ['it has no source'] : []),
    ...unknown.map((place) => `there is no figure ${place}`),
    ...(until !== undefined && until < day && instead === undefined ? [`it ran out on ${until}`] : []),
    ...(instead !== undefined && !library[language].has(instead) ? [`there is no ${instead} to answer instead`] : []),
    ...(length > longest ? [`it is ${length} characters long, of ${longest}`] : []),
    ...((said?.short ?? '').length > briefly ? [`its short text is longer than ${briefly} characters`] : []),
    ...(said && !gsm7.test([...said.paragraphs, said.short ?? ''].join('\n'))
      ? ['it holds characters that are not in the SMS alphabet']
      : []),
    ...(markup.test(text) ? ['it holds markup'] : []),
    ...(next.length > mostChoices ? [`it offers ${next.length} choices, of ${mostChoices}`] : []),
    ...next
      .filter((id) => !library[language].has(id) && !choiceIds.some((known) => known === id))
      .map((id) => `it offers ${id}, which there is not`),
    ...figuresIn(text)
      .filter((key) => figureKeys.includes(key) && !figureNamed(key, day))
      .map((key) => `the figure ${key} has run out`),
  ];
}

/** What all languages have to say alike: all but words. */
function differences(library: Articles): Finding[] {
  const ids = new Set(languages.flatMap((language) => [...library[language].keys()]));
  return [...ids].flatMap((id) =>
    languages.flatMap((language) => {
      const article = library[language].get(id);
      const first = library.id.get(id);
      if (!article) return [{ article: id, language, wrong: 'it is missing' }];
      if (!first || first === article) return [];
      return sameness(first)
        .filter(([name, value]) => sameness(article).every(([other, same]) => other !== name || same !== value))
        .map(([name]) => ({ article: id, language, wrong: `its ${name} differs between the languages` }));
    }),
  );
}

function sameness(article: Article): [name: string, value: string][] {
  const { intent, program, general, confidence, checked, from, until, instead, next, sources, paragraphs, short } =
    article;
  return [
    ...Object.entries({ intent, program, general, confidence, checked, from, until, instead }).map(
      ([name, value]): [string, string] => [name, String(value)],
    ),
    ['next', next.join()],
    ['number of sources', String(sources.length)],
    ['number of paragraphs', String(paragraphs.length)],
    [
      'figures',
      figuresIn([...paragraphs, short ?? ''].join('\n\n'))
        .sort()
        .join(),
    ],
    ['short text', short === undefined ? 'none' : 'its own'],
  ];
}

function askedTwice(library: Articles): Finding[] {
  return languages.flatMap((language) => {
    const asked = new Map<string, string>();
    return [...library[language].values()].flatMap(({ id, questions }) =>
      questions.flatMap((question) => {
        const other = asked.get(question.toLowerCase());
        asked.set(question.toLowerCase(), id);
        return other === undefined ? [] : [{ article: id, language, wrong: `"${question}" is asked in ${other}, too` }];
      }),
    );
  });
}

if (import.meta.main) {
  const day = daySchema.parse(process.argv[2] ?? new Date().toISOString().slice(0, 10));
  const findings = lint(day);
  for (const { article, language, wrong } of findings) process.stdout.write(`${language} ${article}: ${wrong}\n`);
  process.stdout.write(`${articles.id.size} articles, ${findings.length} findings on ${day}\n`);
  process.exitCode = findings.length > 0 ? 1 : 0;
}
