import { describe, expect, it } from 'vitest';
import { understanding } from '../../../src/commands/open.ts';
import { articleIds, articleNamed } from '../../../src/core/knowledge/articles.ts';
import { languages } from '../../../src/core/language.ts';

const understand = understanding();
const top = (text: string) => understand(text).articles.map(({ id }) => id);

describe.each(languages)('what was learned of the articles, in %s', (language) => {
  const wordings = articleIds.flatMap((id) =>
    articleNamed(id, language).questions.map((question) => ({ id, question })),
  );
  /** Of each article's wordings one in five, so that every article is among them. */
  const some = wordings.filter((_, index) => index % 5 === 0);
  const share = (all: typeof wordings, asked: (question: string) => string) =>
    all.filter(({ id, question }) => top(asked(question)).slice(0, 2).includes(id)).length / all.length;

  it('has an article first, or second, for at least 97 of 100 of its own wordings, every article for most of them', () => {
    expect(new Set(some.map(({ id }) => id)).size).toBe(articleIds.length);
    expect(share(some, (question) => question)).toBeGreaterThanOrEqual(0.97);
    for (const [id, own] of Map.groupBy(some, (each) => each.id)) {
      expect(
        share(own, (question) => question),
        id,
      ).toBeGreaterThan(0.5);
    }
  });

  it('has it, too, at the end of a story', () => {
    const story =
      language === 'id' ? 'Halo kak, saya mau cerita dulu.' : 'Hello there, let me tell you something first.';
    const long = some.filter(({ question }) => question.split(' ').length > 4).slice(0, 300);
    expect(share(long, (question) => `${story} ${question}`)).toBeGreaterThanOrEqual(0.9);
  });

  it('is a few readings, each once, likeliest first, of at most 1', () => {
    for (const { question } of some.slice(0, 200)) {
      const { articles } = understand(question);
      expect(articles.length).toBeLessThanOrEqual(8);
      expect(new Set(articles.map(({ id }) => id)).size).toBe(articles.length);
      const confidences = articles.map(({ confidence }) => confidence);
      expect(confidences).toEqual(confidences.toSorted((one, other) => other - one));
      for (const each of confidences) expect(each >= 0 && each <= 1).toBe(true);
    }
  });
});

describe('what was learned of the articles', () => {
  it('gives little for what is no question', () => {
    for (const text of [
      '',
      '?',
      'asdf qwer zxcv',
      'xyzzy plugh',
      'kjhsdf',
      '🙂🙂',
      'wkwkwk',
      'lorem ipsum dolor sit',
    ]) {
      expect(understand(text).articles[0]?.confidence ?? 0, text).toBeLessThan(0.3);
    }
  });

  it('reads the same text the same every time, by every reader', () => {
    const other = understanding();
    for (const text of ['resign brp lama baru bs cair', 'how do i claim jht', 'asdf', '', 'jp umur brp ya min']) {
      expect(understand(text).articles).toEqual(understand(text).articles);
      expect(other(text).articles).toEqual(understand(text).articles);
    }
  });
});
