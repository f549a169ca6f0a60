import { describe, expect, it } from 'vitest';
import { type Articles, lint } from '../../scripts/knowledge-lint.ts';
import { daySchema } from '../../src/core/jamsostek/month.ts';
import { type Article, readArticle } from '../../src/core/knowledge/article.ts';
import { articles } from '../../src/core/knowledge/articles.ts';

/** The day on which they were last held against their sources. */
const checked = daySchema.parse('2026-11-30');

const head = `label: Klaim
intent: claim_howto
questions: [satu, dua, tiga, empat, lima]
sources: [Permenaker 4/2022]
confidence: high
checked: 2026-11-22
from: 2022-05-04
next: [menu, office]
`;
const good = `---\n${head}---\nJHT di usia {{jht.age}}.\n`;

function library(id: string, en: string = id): Articles {
  const one = (file: string): ReadonlyMap<string, Article> => new Map([['one', readArticle('one', file)]]);
  return { id: one(id), en: one(en) };
}

const wrongWith = (id: string, en: string = id) => lint(checked, library(id, en)).map(({ wrong }) => wrong);

describe('the knowledge articles', () => {
  it('have nothing wrong with them', () => {
    expect(lint(checked)).toEqual([]);
  });

  it('are as many in every language', () => {
    expect(articles.id.size).toBe(articles.en.size);
    expect(articles.id.size).toBeGreaterThan(150);
  });
});

describe('the checker of articles', () => {
  it('finds nothing in a good one', () => {
    expect(wrongWith(good)).toEqual([]);
  });

  it.each([
    ['a figure that is not in the table', good.replace('jht.age', 'jht.aeg'), 'there is no figure jht.aeg'],
    ['no source', good.replace('[Permenaker 4/2022]', '[]'), 'it has no source'],
    [
      'a label too long for a button',
      good.replace('Klaim', 'Klaim '.repeat(6)),
      'its label is longer than 24 characters',
    ],
    ['too much for three SMS', good.replace('JHT di', `${'panjang '.repeat(60)}JHT di`), /^it is \d+ characters long/],
    ['a character that is not in the SMS alphabet', good.replace('JHT di', '“JHT” di'), /SMS alphabet/],
    ['markup', good.replace('JHT di', '*JHT* di'), 'it holds markup'],
    ['a choice that leads nowhere', good.replace('office', 'nowhere'), 'it offers nowhere, which there is not'],
    ['its time run out', good.replace('from:', 'until: 2026-11-29\nfrom:'), 'it ran out on 2026-11-29'],
    ['few questions', good.replace(', lima', ''), 'it has 4 questions, of 5'],
  ])('finds %s', (_, file, wrong) => {
    const found = wrongWith(file);
    expect(
      found.some((each) => (typeof wrong === 'string' ? each === wrong : wrong.test(each))),
      found.join(),
    ).toBe(true);
  });

  it('finds a figure that has run out', () => {
    const file = good.replace('jht.age', 'bpu.discount');
    expect(lint(daySchema.parse('2027-01-02'), library(file)).map(({ wrong }) => wrong)).toContain(
      'the figure bpu.discount has run out',
    );
  });

  it('finds what is missing in a language', () => {
    const one = new Map([['one', readArticle('one', good)]]);
    expect(lint(checked, { id: one, en: new Map() }).map(({ language, wrong }) => [language, wrong])).toEqual([
      ['en', 'it is missing'],
    ]);
  });

  it.each([
    ['figures', good.replace('jht.age', 'jp.age')],
    ['next', good.replace('office', 'balance')],
    ['confidence', good.replace('confidence: high', 'confidence: medium')],
    ['number of paragraphs', `${good}\nSatu lagi.\n`],
  ])('finds %s that differ between the languages', (name, other) => {
    expect(wrongWith(good, other)).toContain(`its ${name} differs between the languages`);
  });

  it('finds a question that two articles answer', () => {
    const two: ReadonlyMap<string, Article> = new Map([
      ['one', readArticle('one', good)],
      ['two', readArticle('two', good)],
    ]);
    expect(lint(checked, { id: two, en: two }).map(({ wrong }) => wrong)).toContain('"satu" is asked in one, too');
  });

  it('refuses a file that is no article, by its name', () => {
    expect(() => readArticle('one', 'no head')).toThrow('article one has no head');
    expect(() => readArticle('one', good.replace('intent: claim_howto', 'intent: cooking'))).toThrow(
      /^article one: [^]+intent/,
    );
  });
});
