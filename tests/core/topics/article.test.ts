import { describe, expect, it } from 'vitest';
import { type ArticleId, articleIds, articleNamed } from '../../../src/core/knowledge/articles.ts';
import { articlesFor, certain, likeliestAnswer, worthOffering } from '../../../src/core/topics/article.ts';
import { exactAnswer } from '../../../src/core/topics/knowledge.ts';
import type { Asked } from '../../../src/core/topics/topic.ts';
import { askedIn } from './asked.ts';

function named(name: string): ArticleId {
  const id = articleIds.find((known) => known === name);
  if (!id) throw new Error(`no article ${name}`);
  return id;
}

/** A question that is read as being about these articles, so surely. */
function readAs(
  day: string,
  articles: readonly (readonly [name: string, confidence: number])[],
  text = 'apa saja',
): Asked {
  const asked = askedIn('id', Date.parse(`${day}T03:00:00Z`), text);
  if (!asked.said) throw new Error('nothing was said');
  const read = articles.map(([name, confidence]) => ({ id: named(name), confidence }));
  return { ...asked, said: { ...asked.said, meaning: { ...asked.said.meaning, entities: {}, articles: read } } };
}

function textOf(asked: Asked): string {
  return exactAnswer(asked, null)?.paragraphs.join('\n\n') ?? '';
}

const label = (name: string) => articleNamed(named(name), 'id').label;

describe('an article that answers', () => {
  it('is not announced when it is certain', () => {
    expect(textOf(readAs('2026-11-25', [['claim-wait-resign', certain]]))).not.toContain('Ini tentang');
  });

  it('stands with the next likely one, each under its name, when it is not certain', () => {
    const asked = readAs('2026-11-25', [
      ['claim-wait-resign', certain - 0.01],
      ['claim-free', worthOffering],
    ]);
    const text = textOf(asked);
    expect(text).toContain(`Ini tentang: ${label('claim-wait-resign')}`);
    expect(text).toContain(`Ini tentang: ${label('claim-free')}`);
    expect(text).toMatch(/^Sumber: /m);
    expect(exactAnswer(asked, null)?.offers.slice(0, 2)).toEqual([named('claim-wait-resign'), named('claim-free')]);
  });

  it('is announced alone when nothing else is likely', () => {
    const text = textOf(readAs('2026-11-25', [['claim-wait-resign', certain - 0.01]]));
    expect(text.match(/Ini tentang: /g)).toHaveLength(1);
  });

  it('is none when nothing is likely enough', () => {
    expect(exactAnswer(readAs('2026-11-25', [['claim-wait-resign', 0.01]]), null)).toBeNull();
    expect(likeliestAnswer([], readAs('2026-11-25', []))).toBeNull();
  });

  it('gives way to the one that answers in its place on days that it does not hold on', () => {
    const over = (day: string) => articlesFor(told(readAs(day, [['bpu-discount-over', 0.9]])), null, readAs(day, []));
    const still = (day: string) => articlesFor(told(readAs(day, [['bpu-discount', 0.9]])), null, readAs(day, []));
    expect(over('2026-11-25')).toEqual([{ id: named('bpu-discount'), confidence: 0.9 }]);
    expect(over('2027-04-01')).toEqual([{ id: named('bpu-discount-over'), confidence: 0.9 }]);
    expect(still('2027-03-31')).toEqual([{ id: named('bpu-discount'), confidence: 0.9 }]);
    expect(still('2027-04-01')).toEqual([{ id: named('bpu-discount-over'), confidence: 0.9 }]);
  });

  it('about another program than the one that is meant counts half', () => {
    const asked = readAs('2026-11-25', [['program-jp', 0.8]]);
    expect(articlesFor(told(asked), 'JHT', asked)[0]?.confidence).toBe(0.4);
    expect(articlesFor(told(asked), 'JP', asked)[0]?.confidence).toBe(0.8);
    expect(articlesFor(told(asked), null, asked)[0]?.confidence).toBe(0.8);
  });
});

function told({ said }: Asked) {
  if (!said) throw new Error('nothing was said');
  return said;
}
