import { describe, expect, it } from 'vitest';
import { understanding } from '../../../src/commands/open.ts';
import { articleIds } from '../../../src/core/knowledge/articles.ts';
import { labelledQuestions } from './questions.ts';

const understand = understanding();
const questions = labelledQuestions();

/** The share of the questions of which one of the first so many articles answers. */
function found(among: number): number {
  const right = questions.filter(({ text, articles }) =>
    understand(text)
      .articles.slice(0, among)
      .some(({ id }) => articles.includes(id)),
  );
  return right.length / questions.length;
}

describe('questions that nobody trained on', () => {
  it('are labelled with articles that there are', () => {
    const known: readonly string[] = articleIds;
    for (const { articles, text } of questions) {
      expect(articles.length).toBeGreaterThan(0);
      for (const article of articles) expect(known, text).toContain(article);
    }
  });

  it('find an article that answers first in four of five cases, and among two in more', () => {
    expect(found(1)).toBeGreaterThan(0.8);
    expect(found(2)).toBeGreaterThan(0.86);
  });

  it('are answered by what is surely read in nine of ten cases', () => {
    const sure = questions.flatMap(({ text, articles }) => {
      const [best] = understand(text).articles;
      return best && best.confidence >= 0.5 ? [articles.includes(best.id)] : [];
    });
    expect(sure.length).toBeGreaterThan(questions.length / 2);
    expect(sure.filter(Boolean).length / sure.length).toBeGreaterThan(0.88);
  });
});
